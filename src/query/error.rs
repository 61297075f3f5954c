//! What is wrong with a filter, where, and what was probably meant.

use std::fmt;
use std::ops::Range;

use crate::error::Error;

/// A mistake in the text of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The part that is wrong, in bytes of the text.
    pub span: Range<usize>,
    /// A sentence without a full stop: what is wrong and what would be right.
    pub message: String,
    /// What to write in place of the part that is wrong, where one word is near.
    pub suggestion: Option<String>,
}

impl QueryError {
    /// A mistake at a place.
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), suggestion: None }
    }

    /// The same with what was probably meant.
    pub fn or_rather(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.suggestion {
            Some(word) => write!(f, "; did you mean {word}?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        Self::Usage(format!("the filter is wrong: {error}"))
    }
}
