//! Pieces that screens and layers are put together from. They hold no data of the database and ask for none.

pub mod chart;
pub mod columns;
pub mod editor;
pub mod input;
pub mod links;
pub mod markdown;
pub mod popup;
pub mod select;
pub mod sentence;
pub mod timeline;
pub mod when;
pub mod window;
