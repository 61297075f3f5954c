//! The cards of a file, one after the other, within limits: no more than one card is in memory. Knows no record.

use std::io::Read;

use super::card::Card;
use super::lines::Lines;
use super::property::Property;
use super::{MAX_CARD, MAX_CARDS, MAX_PROPERTIES};
use crate::error::{Error, Result};

/// Reads cards one by one.
pub struct Reader<R> {
    lines: Lines<R>,
    cards: u64,
    /// The line of the BEGIN that ended the card before it, which had no END.
    begun: Option<u64>,
    is_first: bool,
}

/// A card and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which card of the file it is, from 1.
    pub number: u64,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// What it says.
    pub card: Card,
    /// Lines of it that are no property.
    pub unread: u64,
    /// Whether it ends without an END.
    pub is_cut: bool,
}

impl<R: Read> Reader<R> {
    /// Reads bytes from their beginning.
    pub fn new(input: R) -> Self {
        Self { lines: Lines::new(input), cards: 0, begun: None, is_first: true }
    }

    /// Bytes used so far, for progress.
    pub fn position(&self) -> u64 {
        self.lines.position()
    }

    /// The next card; none at the end. What stands between cards is passed over.
    pub fn read(&mut self) -> Result<Option<Placed>> {
        let Some(line) = self.begin()? else { return Ok(None) };
        self.cards += 1;
        if self.cards > MAX_CARDS {
            return Err(Error::refused(format!("there are more than {MAX_CARDS} cards"), "split the file and import the parts"));
        }
        let mut placed = Placed { number: self.cards, line, card: Card::default(), unread: 0, is_cut: true };
        let (mut properties, mut size, mut inner, mut is_old) = (Vec::new(), 0, 0u32, false);
        self.lines.keeps_blanks = false;
        while let Some(next) = self.lines.next()? {
            let text = next.bytes.trim_ascii();
            if text.is_empty() {
                continue;
            }
            size += text.len();
            let Some(property) = Property::read(text, is_old) else {
                placed.unread += 1;
                continue;
            };
            let value = property.value.trim_ascii();
            match property.name.as_str() {
                // a card in a card, as 2.1 has it, is not one of the file's
                "BEGIN" if value.eq_ignore_ascii_case(b"VCARD") && properties.last().is_some_and(is_agent) => inner += 1,
                "BEGIN" if value.eq_ignore_ascii_case(b"VCARD") && inner == 0 => {
                    self.begun = Some(next.number);
                    break;
                }
                "END" if inner > 0 => inner -= 1,
                "END" => {
                    placed.is_cut = false;
                    break;
                }
                _ if inner > 0 => {}
                "VERSION" => {
                    is_old = value.starts_with(b"2");
                    self.lines.keeps_blanks = is_old;
                }
                _ => properties.push(property),
            }
            if size > MAX_CARD || properties.len() > MAX_PROPERTIES {
                let most = if size > MAX_CARD { format!("{} MB", MAX_CARD >> 20) } else { format!("{MAX_PROPERTIES} lines") };
                return Err(Error::refused(
                    format!("the card on line {line} has more than {most}"),
                    "no address book writes such a card; take it out of the file",
                ));
            }
        }
        placed.card = Card::of(&properties);
        Ok(Some(placed))
    }

    /// Goes on to the next BEGIN; its line.
    fn begin(&mut self) -> Result<Option<u64>> {
        if let Some(line) = self.begun.take() {
            return Ok(Some(line));
        }
        while let Some(line) = self.lines.next()? {
            let bytes = if std::mem::take(&mut self.is_first) {
                line.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line.bytes)
            } else {
                &line.bytes
            };
            let begins = Property::read(bytes.trim_ascii(), false)
                .is_some_and(|property| property.name == "BEGIN" && property.value.trim_ascii().eq_ignore_ascii_case(b"VCARD"));
            if begins {
                return Ok(Some(line.number));
            }
        }
        Ok(None)
    }
}

fn is_agent(property: &Property) -> bool {
    property.name == "AGENT" && property.value.trim_ascii().is_empty()
}
