//! A message of our own as bytes: plain text with the fields that it needs. Sends nothing, keeps nothing.

use std::fmt::Write;

use chrono::{DateTime, FixedOffset, Utc};

use super::Address;
use crate::error::{Error, Result};

/// The longest line of a head that is written, in bytes.
const LINE: usize = 76;

/// How lines end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As files of this system and programs that take a message on their input want it.
    Lf,
    /// As messages travel, and as .eml files have it.
    CrLf,
}

/// A message to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outgoing {
    /// Its id, without the brackets.
    pub message_id: String,
    /// Who writes it.
    pub from: Address,
    /// To whom it goes.
    pub to: Vec<Address>,
    /// Who gets a copy.
    pub cc: Vec<Address>,
    /// The subject.
    pub subject: String,
    /// The text, with line feeds.
    pub body: String,
    /// The ids of the talk that it goes on, the oldest first; the last one is what it answers.
    pub references: Vec<String>,
    /// When, in µs UTC.
    pub at: i64,
    /// The minutes that the writer's clock is before UTC.
    pub offset: i32,
}

impl Outgoing {
    /// The message. Refused without a sender or without anybody whom it goes to.
    pub fn bytes(&self, ending: Ending) -> Result<Vec<u8>> {
        if self.from.email.is_empty() {
            return Err(Error::invalid("from", "your own address is missing; set `mail_own` in config.toml"));
        }
        if self.to.is_empty() {
            return Err(Error::invalid("to", "nobody is named whom the mail goes to"));
        }
        let mut out = Fields::default();
        out.field("Date", &[self.date()]);
        out.field("From", &addresses(std::slice::from_ref(&self.from)));
        out.field("To", &addresses(&self.to));
        if !self.cc.is_empty() {
            out.field("Cc", &addresses(&self.cc));
        }
        out.field("Subject", &words(&self.subject));
        out.field("Message-ID", &[format!("<{}>", bare(&self.message_id))]);
        if let Some(last) = self.references.last() {
            out.field("In-Reply-To", &[format!("<{}>", bare(last))]);
            out.field("References", &self.references.iter().map(|id| format!("<{}>", bare(id))).collect::<Vec<_>>());
        }
        out.field("MIME-Version", &["1.0".to_owned()]);
        let body = self.body.replace("\r\n", "\n").replace('\r', "\n");
        let plain = body.bytes().all(|b| b.is_ascii() && b != 0) && body.lines().all(|line| line.len() <= 78 && is_calm(line));
        let charset = if body.is_ascii() { "us-ascii" } else { "utf-8" };
        out.field("Content-Type", &["text/plain;".to_owned(), format!("charset={charset}")]);
        out.field("Content-Transfer-Encoding", &[if plain { "7bit" } else { "quoted-printable" }.to_owned()]);
        let mut text = out.text;
        text.push('\n');
        text.push_str(&if plain { body } else { quoted_printable(&body) });
        if !text.ends_with('\n') {
            text.push('\n');
        }
        Ok(match ending {
            Ending::Lf => text.into_bytes(),
            Ending::CrLf => text.replace('\n', "\r\n").into_bytes(),
        })
    }

    fn date(&self) -> String {
        let at = DateTime::<Utc>::from_timestamp_micros(self.at).unwrap_or_default();
        match FixedOffset::east_opt(self.offset.clamp(-1_439, 1_439) * 60) {
            Some(zone) => at.with_timezone(&zone).to_rfc2822(),
            None => at.to_rfc2822(),
        }
    }
}

/// Whether a line passes every mailbox as it is: not `From …`, no lone dot, no blank at its end.
fn is_calm(line: &str) -> bool {
    !line.starts_with("From ") && line != "." && !line.ends_with([' ', '\t'])
}

/// The fields as they grow, lines broken between words.
#[derive(Default)]
struct Fields {
    text: String,
}

impl Fields {
    fn field(&mut self, name: &str, words: &[String]) {
        let mut column = name.len() + 1;
        self.text.push_str(name);
        self.text.push(':');
        for (at, word) in words.iter().enumerate() {
            if at > 0 && column + 1 + word.len() > LINE {
                self.text.push('\n');
                column = 0;
            }
            self.text.push(' ');
            self.text.push_str(word);
            column += 1 + word.len();
        }
        self.text.push('\n');
    }
}

/// One word for each address, with a comma behind all but the last.
fn addresses(list: &[Address]) -> Vec<String> {
    let mut out = Vec::new();
    for (at, address) in list.iter().enumerate() {
        let comma = if at + 1 < list.len() { "," } else { "" };
        let name = bare(&address.name);
        if name.is_empty() {
            out.push(format!("{}{comma}", bare(&address.email)));
            continue;
        }
        if !name.is_ascii() {
            out.extend(encoded(&name));
        } else if name.chars().all(|c| c.is_ascii_alphanumeric() || " !#$%&'*+-/=?^_`{|}~".contains(c)) && !name.contains("=?") {
            out.extend(name.split(' ').map(str::to_owned));
        } else {
            out.push(format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")));
        }
        out.push(format!("<{}>{comma}", bare(&address.email)));
    }
    out
}

/// A subject in words: as it is in ASCII, else encoded.
fn words(subject: &str) -> Vec<String> {
    let subject = bare(subject);
    if subject.is_ascii() && !subject.contains("=?") && subject.split(' ').all(|word| word.len() < LINE) {
        return subject.split(' ').map(str::to_owned).collect();
    }
    encoded(&subject)
}

/// Text without anything that would end the line: nobody adds a field by a line break.
fn bare(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Encoded words (RFC 2047) of at most 75 bytes, never cutting a character.
fn encoded(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut piece = String::new();
    for c in text.chars() {
        // 42 bytes become 56 letters beside the 12 of the frame
        if piece.len() + c.len_utf8() > 42 {
            words.push(encoded_word(&piece));
            piece.clear();
        }
        piece.push(c);
    }
    words.push(encoded_word(&piece));
    words
}

fn encoded_word(text: &str) -> String {
    format!("=?utf-8?B?{}?=", base64(text.as_bytes()))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let held = chunk.iter().fold(0_usize, |held, byte| (held << 8) | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = if at <= chunk.len() { LETTERS[(held >> (18 - 6 * at)) & 63] } else { b'=' };
            out.push(char::from(letter));
        }
    }
    out
}

/// Lines of at most 76 letters; what a mailbox or the way could change is written as a code.
fn quoted_printable(body: &str) -> String {
    let mut out = String::with_capacity(body.len() * 2);
    for (at, line) in body.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let bytes = line.as_bytes();
        let mut column = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let last = at + 1 == bytes.len();
            let code = match byte {
                b' ' | b'\t' => last,
                b'=' => true,
                // a line `From …` or a lone dot means something to mailboxes
                b'F' => at == 0 && line.starts_with("From "),
                b'.' => at == 0,
                b'!'..=b'~' => false,
                _ => true,
            };
            let room = if code { 3 } else { 1 };
            if column + room > LINE - 1 {
                out.push_str("=\n");
                column = 0;
            }
            if code {
                // writing into a text cannot fail
                let _ = write!(out, "={byte:02X}");
            } else {
                out.push(char::from(*byte));
            }
            column += room;
        }
    }
    out
}
