//! The one table of actions, and what is derived from it. Performs no action itself.
