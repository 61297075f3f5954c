//! The terminal as a device: entering and leaving it, input, signals, clipboard. Draws nothing.

pub mod capability;
