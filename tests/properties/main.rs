//! Property tests across layers: what must hold whatever is typed and stored.

mod filters;
mod plans;
mod values;
mod world;
