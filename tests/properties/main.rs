//! Property tests across layers: what must hold whatever is typed and stored.

mod completion;
mod filters;
mod plans;
mod values;
mod world;
