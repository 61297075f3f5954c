//! The threads that stand between the interface and the service: acts in order, questions newest first. Draws nothing.

pub mod drafts;
pub mod opener;
pub mod question;
pub mod reader;
pub mod watch;
pub mod writer;
