//! The head of a message or of a part: its fields, and each read as what it is. Judges nothing.

use std::borrow::Cow;

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, DateTime, HeaderValue};

use super::{Address, MAX_ADDRESSES, MAX_HEAD, MAX_REFERENCES};
use crate::error::{Error, Result};

/// The fields of a head in their order, names in lower case, values with their line breaks.
#[derive(Clone, Debug, Default)]
pub struct Head {
    fields: Vec<(String, Vec<u8>)>,
}

/// Fields by which a text is known to be a message.
const TELLING: &[&str] = &["from", "to", "subject", "date", "message-id", "received", "cc", "sender", "reply-to", "return-path"];

impl Head {
    /// The head at the beginning of `bytes`, and what follows its blank line.
    pub fn split(bytes: &[u8]) -> Result<(Self, &[u8])> {
        let mut head = Self::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |at| at + 1);
            let (line, after) = rest.split_at(end);
            rest = after;
            if bytes.len() - rest.len() > MAX_HEAD {
                return Err(Error::refused(
                    format!("the head of the mail is larger than {} MB", MAX_HEAD >> 20),
                    "nothing of it was read; look at it in a mail program",
                ));
            }
            if line.trim_ascii_end().is_empty() && !matches!(line.first(), Some(b' ' | b'\t')) {
                break;
            }
            head.take(line);
        }
        Ok((head, rest))
    }

    /// One more line: a field, more of the last one, or nothing that is known (as a mailbox' own first line).
    fn take(&mut self, line: &[u8]) {
        if matches!(line.first(), Some(b' ' | b'\t')) {
            if let Some((_, value)) = self.fields.last_mut() {
                value.extend_from_slice(line);
            }
            return;
        }
        let Some(colon) = line.iter().position(|b| *b == b':') else { return };
        let name = line[..colon].trim_ascii_end();
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return;
        }
        self.fields.push((String::from_utf8_lossy(name).to_ascii_lowercase(), line[colon + 1..].to_vec()));
    }

    /// Whether this is the head of a message and not just lines with a colon in them.
    pub fn is_mail(&self) -> bool {
        TELLING.iter().any(|name| self.has(name))
    }

    /// Whether the field is there.
    pub fn has(&self, name: &str) -> bool {
        self.raw(name).is_some()
    }

    fn raw(&self, name: &str) -> Option<&[u8]> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_slice())
    }

    fn value<T>(&self, name: &str, read: impl FnOnce(&mut MessageStream<'_>) -> T) -> Option<T> {
        self.raw(name).map(|raw| parse(raw, read))
    }

    /// The field as one line of text, encoded words read; empty when it is not there.
    pub fn text(&self, name: &str) -> String {
        let text = self.value(name, |stream| stream.parse_unstructured().into_text().map(Cow::into_owned)).flatten();
        one_line(&text.unwrap_or_default())
    }

    /// The first word of a field, in lower case and without what follows a `;`.
    pub fn word(&self, name: &str) -> String {
        let raw = self.raw(name).map(String::from_utf8_lossy).unwrap_or_default();
        raw.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// The addresses of a field; what is no address is left out.
    pub fn addresses(&self, name: &str) -> Vec<Address> {
        let read = |stream: &mut MessageStream<'_>| match stream.parse_address() {
            HeaderValue::Address(list) => {
                let each = list.iter().filter_map(|a| {
                    let email = a.address()?.trim().trim_matches(['<', '>']).to_owned();
                    let known = email.contains('@') && !email.contains(char::is_whitespace);
                    known.then(|| Address { name: one_line(a.name().unwrap_or_default()), email })
                });
                each.take(MAX_ADDRESSES).collect()
            }
            _ => Vec::new(),
        };
        self.value(name, read).unwrap_or_default()
    }

    /// The ids of a field, without their brackets: those of References are the first and the newest of them.
    pub fn ids(&self, name: &str) -> Vec<String> {
        let raw = self.raw(name).map(String::from_utf8_lossy).unwrap_or_default();
        let mut ids: Vec<String> = Vec::new();
        for piece in raw.split('<').skip(1) {
            let Some((id, _)) = piece.split_once('>') else { continue };
            let id: String = id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            if !id.is_empty() && id.len() <= 998 {
                ids.push(id);
            }
        }
        if ids.len() > MAX_REFERENCES {
            ids.drain(1..=ids.len() - MAX_REFERENCES);
        }
        ids
    }

    /// The id of the message itself; some programs leave the brackets out.
    pub fn id(&self) -> Option<String> {
        let bare = || {
            let raw = String::from_utf8_lossy(self.raw("message-id")?).trim().to_owned();
            (!raw.is_empty() && raw.len() <= 998 && !raw.contains(char::is_whitespace)).then_some(raw)
        };
        self.ids("message-id").into_iter().next().or_else(bare)
    }

    /// A date in µs UTC; `None` where it cannot be read or is none that a mail can have.
    pub fn date(&self, name: &str) -> Option<i64> {
        instant(self.raw(name)?)
    }

    /// When the message was last received: what stands after the last `;` of the newest such field.
    pub fn received_at(&self) -> Option<i64> {
        let lines = self.fields.iter().filter(|(field, _)| field == "received");
        lines.filter_map(|(_, raw)| raw.rsplit(|b| *b == b';').next()).find_map(instant)
    }

    /// The type or the disposition with its attributes.
    pub fn content(&self, name: &str) -> Option<ContentType<'static>> {
        self.value(name, |stream| stream.parse_content_type().into_content_type().map(owned)).flatten()
    }
}

/// Reads one value: the parser wants its line ended, and text that is no UTF-8 is taken as Western European.
fn parse<T>(raw: &[u8], read: impl FnOnce(&mut MessageStream<'_>) -> T) -> T {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw).0,
    };
    let ended = format!("{}\n", text.trim_end());
    read(&mut MessageStream::new(ended.as_bytes()))
}

fn owned(content: ContentType<'_>) -> ContentType<'static> {
    HeaderValue::ContentType(content).into_owned().into_content_type().unwrap_or(ContentType {
        c_type: Cow::Borrowed("text"),
        c_subtype: Some(Cow::Borrowed("plain")),
        attributes: None,
    })
}

/// The instant of a date, in µs UTC, between 1970 and 2200.
fn instant(raw: &[u8]) -> Option<i64> {
    let text = String::from_utf8_lossy(raw);
    // a time without seconds is read as one with them
    let words = text.split_whitespace().map(|word| match word.split_once(':') {
        Some((_, minutes)) if minutes.len() == 2 => format!("{word}:00"),
        _ => word.to_owned(),
    });
    let whole = words.collect::<Vec<_>>().join(" ");
    let mut date: DateTime = parse(whole.as_bytes(), |stream| stream.parse_date().into_datetime())?;
    // years of two and three digits, as RFC 5322 reads them
    date.year += match date.year {
        0..50 => 2_000,
        50..1_000 => 1_900,
        _ => 0,
    };
    // the thirtieth of February is no day
    chrono::NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?;
    let seconds = date.is_valid().then(|| date.to_timestamp())?;
    (0..7_258_118_400).contains(&seconds).then_some(seconds * 1_000_000)
}

/// Blanks and line breaks to one blank each.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\0').filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
