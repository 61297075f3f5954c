//! What may be done with a record, as a mask. Decides for nobody: that is the service's.

use std::fmt;
use std::ops::BitOr;

use crate::error::{Error, Result};

/// Rights on a record. Source: AccessRights, whose bits these are. Append and AppendTo are kept for other programs; a link is a write
/// of the record that it is made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rights(i64);

/// The words for the single rights, in the order in which they are listed.
const WORDS: [(Rights, &str); 7] = [
    (Rights::READ, "read"),
    (Rights::WRITE, "write"),
    (Rights::APPEND, "append"),
    (Rights::APPEND_TO, "append-to"),
    (Rights::DELETE, "delete"),
    (Rights::SHARE, "share"),
    (Rights::ASSIGN, "assign"),
];

impl Rights {
    /// None.
    pub const NONE: Self = Self(0);
    /// To see it.
    pub const READ: Self = Self(1);
    /// To change it, its notes, tags and links.
    pub const WRITE: Self = Self(2);
    /// To attach it to another record.
    pub const APPEND: Self = Self(4);
    /// To attach another record to it.
    pub const APPEND_TO: Self = Self(16);
    /// To move it to Deleted and back.
    pub const DELETE: Self = Self(65_536);
    /// To share it with others.
    pub const SHARE: Self = Self(262_144);
    /// To give it another owner.
    pub const ASSIGN: Self = Self(524_288);
    /// Every one of them.
    pub const ALL: Self = Self(1 | 2 | 4 | 16 | 65_536 | 262_144 | 524_288);

    /// The rights of a stored sum; bits that mean nothing here are left out.
    pub const fn of_bits(bits: i64) -> Self {
        Self(bits & Self::ALL.0)
    }

    /// The stored form.
    pub const fn bits(self) -> i64 {
        self.0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of `others` are among these.
    pub const fn contains(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// These but for `others`.
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Reads `read,write`; case, blanks and the dash of `append-to` do not matter, and the empty text is none.
    pub fn parse(text: &str) -> Result<Self> {
        let mut rights = Self::NONE;
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let plain = |text: &str| text.to_lowercase().replace(['-', '_'], "");
            match WORDS.iter().find(|(_, name)| plain(name) == plain(word)) {
                Some((right, _)) => rights = rights | *right,
                None => {
                    return Err(Error::invalid("rights", format!("“{word}” is no right; they are {}", Self::ALL.listed(", "))));
                }
            }
        }
        Ok(rights)
    }

    /// The words, with this between two of them.
    pub fn listed(self, between: &str) -> String {
        let words: Vec<&str> = WORDS.iter().filter(|(right, _)| self.contains(*right)).map(|(_, word)| *word).collect();
        words.join(between)
    }
}

/// As [`Rights::parse`] reads them.
impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.listed(","))
    }
}

impl BitOr for Rights {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_are_those_of_dynamics() {
        let bits = WORDS.map(|(right, _)| right.bits());
        assert_eq!(bits, [1, 2, 4, 16, 65_536, 262_144, 524_288]);
        assert_eq!(Rights::ALL.bits(), bits.iter().sum::<i64>());
        assert_eq!(Rights::of_bits(-1), Rights::ALL);
        assert_eq!(Rights::of_bits(8 | 2), Rights::WRITE, "what means nothing here is left out");
    }

    #[test]
    fn what_is_written_is_read_back() {
        for bits in 0..(1 << WORDS.len()) {
            let chosen = WORDS.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
            let rights = chosen.fold(Rights::NONE, |all, (_, (right, _))| all | *right);
            assert_eq!(Rights::parse(&rights.to_string()).expect("rights"), rights);
            assert_eq!(Rights::of_bits(rights.bits()), rights);
        }
        assert_eq!(Rights::parse(" Write, READ,,AppendTo ").expect("rights").to_string(), "read,write,append-to");
        assert!(Rights::parse("").expect("none").is_empty());
    }

    #[test]
    fn another_word_is_refused_with_those_there_are() {
        let said = Rights::parse("read,rite").expect_err("no right").headline();
        assert_eq!(said, "rights: “rite” is no right; they are read, write, append, append-to, delete, share, assign");
    }

    #[test]
    fn masks_are_compared_and_taken_from_each_other() {
        let both = Rights::READ | Rights::WRITE;
        assert!(both.contains(Rights::WRITE) && both.contains(Rights::NONE) && !both.contains(Rights::ALL));
        assert_eq!(both.without(Rights::WRITE | Rights::DELETE), Rights::READ);
    }
}
