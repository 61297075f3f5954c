//! The terminal as a device: entering and leaving it, input, signals, clipboard. Draws nothing.

pub mod capability;
pub mod clipboard;
mod decode;
pub mod guard;
pub mod input;
pub mod process;
mod screen;
mod sequence;
pub mod signals;

pub use input::Arrived;
pub use screen::Screen;
pub use signals::{Signal, Signals};
