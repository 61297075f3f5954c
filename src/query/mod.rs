//! The filter language: text ⇄ tree, what it means on a record in memory, and help while typing. Knows no SQL.

pub mod ast;
mod describe;
mod error;
pub mod eval;
mod help;
mod lexer;
mod offers;
mod parser;
pub mod path;
mod print;
pub mod reference;
mod resolve;
mod respell;
mod states;
pub mod views;

pub use ast::{Expr, Fit, IsKind, Op, Operand, Query, SortKey};
pub use describe::describe;
pub use error::QueryError;
pub use help::{Completion, TokenClass, complete, highlight};
pub use parser::{LONGEST, parse, parse_whole};
pub use print::{print, quote};
pub use resolve::{is_country, ranked, search_words};
pub use respell::respelled;
