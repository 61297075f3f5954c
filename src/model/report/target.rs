//! What somebody is to win in a stretch of time.

use crate::model::value::Owner;

/// What a user or a team is to win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Who; a team with all its members.
    pub owner: Owner,
    /// From this day on, since 1970-01-01.
    pub from: i32,
    /// Before this one.
    pub before: i32,
    /// In which currency.
    pub currency: String,
    /// How much, in ten-thousandths.
    pub amount: i64,
}
