//! The lines of a vCard, unfolded, with their numbers and within limits. Knows nothing of properties but how they go on.

use std::io::{self, Read};

use super::{MAX_LINE, MAX_TEXT};
use crate::error::{Error, Result};

/// A property as it stands in a file, all its lines in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The line of the file on which it begins, from 1.
    pub number: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

const CHUNK: usize = 64 * 1024;

/// Reads lines one by one.
pub struct Lines<R> {
    input: R,
    chunk: Vec<u8>,
    at: usize,
    end: usize,
    taken: u64,
    number: u64,
    skip_feed: bool,
    /// A line that was read and does not belong to the one before it.
    waiting: Option<Line>,
    /// White space at a fold belongs to the text, as in 2.1.
    pub keeps_blanks: bool,
}

impl<R: Read> Lines<R> {
    /// Reads bytes from their beginning.
    pub fn new(input: R) -> Self {
        let chunk = vec![0; CHUNK];
        Self { input, chunk, at: 0, end: 0, taken: 0, number: 0, skip_feed: false, waiting: None, keeps_blanks: false }
    }

    /// Bytes used so far, for progress.
    pub fn position(&self) -> u64 {
        self.taken - (self.end - self.at) as u64
    }

    /// The next property, or none at the end of the file.
    pub fn next(&mut self) -> Result<Option<Line>> {
        let first = match self.waiting.take() {
            Some(line) => Some(line),
            None => self.raw()?,
        };
        let Some(mut line) = first else { return Ok(None) };
        let head = Head::of(&line.bytes);
        let most = if head == Head::Base64 { MAX_LINE } else { MAX_TEXT };
        while let Some(next) = self.raw()? {
            if head == Head::Quoted && line.bytes.ends_with(b"=") {
                line.bytes.pop();
                line.bytes.extend_from_slice(&next.bytes);
            } else if next.bytes.starts_with(b" ") || next.bytes.starts_with(b"\t") {
                let kept = usize::from(!self.keeps_blanks || head == Head::Base64);
                line.bytes.extend_from_slice(&next.bytes[kept..]);
            } else if head == Head::Base64 && is_base64(&next.bytes) {
                line.bytes.extend_from_slice(&next.bytes);
            } else {
                self.waiting = Some(next);
                break;
            }
            if line.bytes.len() > most {
                return Err(too_long(line.number, most));
            }
        }
        if line.bytes.len() > most { Err(too_long(line.number, most)) } else { Ok(Some(line)) }
    }

    /// One line of the file.
    fn raw(&mut self) -> Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut any = false;
        loop {
            if self.at == self.end && !self.fill()? {
                break;
            }
            // CR, CR LF, and CR CR LF as mail programs make of it, end one line
            if self.skip_feed && matches!(self.chunk[self.at], b'\n' | b'\r') {
                self.skip_feed = self.chunk[self.at] == b'\r';
                self.at += 1;
                continue;
            }
            self.skip_feed = false;
            any = true;
            let rest = &self.chunk[self.at..self.end];
            let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let text = &rest[..length.unwrap_or(rest.len())];
            bytes.extend_from_slice(text);
            self.at += text.len();
            if bytes.len() > MAX_LINE {
                return Err(too_long(self.number + 1, MAX_LINE));
            }
            if length.is_some() {
                self.skip_feed = self.chunk[self.at] == b'\r';
                self.at += 1;
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(Line { number: self.number, bytes }))
    }

    fn fill(&mut self) -> Result<bool> {
        loop {
            self.at = 0;
            self.end = match self.input.read(&mut self.chunk) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Error::io(format!("line {}", self.number + 1), &error)),
            };
            self.taken += self.end as u64;
            return Ok(self.end > 0);
        }
    }
}

/// How a property goes on over several lines.
#[derive(Clone, Copy, PartialEq)]
enum Head {
    Plain,
    Quoted,
    Base64,
}

impl Head {
    fn of(line: &[u8]) -> Self {
        let end = line.iter().position(|byte| *byte == b':').unwrap_or(0);
        let mut words = line[..end].split(|byte| matches!(byte, b';' | b'=')).skip(1);
        let mut found = Self::Plain;
        for word in words.by_ref() {
            if word.eq_ignore_ascii_case(b"QUOTED-PRINTABLE") {
                found = Self::Quoted;
            } else if word.eq_ignore_ascii_case(b"BASE64") || word.eq_ignore_ascii_case(b"B") {
                found = Self::Base64;
            }
        }
        // 4.0 writes the bytes of a photo as an address
        let is_data = line[end..].get(1..6).is_some_and(|start| start.eq_ignore_ascii_case(b"data:"));
        if is_data { Self::Base64 } else { found }
    }
}

fn is_base64(line: &[u8]) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    !line.is_empty() && line.iter().all(is_letter)
}

fn too_long(number: u64, most: usize) -> Error {
    Error::refused(
        format!("line {number} is longer than {} MB", most >> 20),
        "no address book writes such a line; take it out of the file",
    )
}
