//! The parts of a message: a tree of boundaries, walked within limits. Decodes nothing; a message in the message is one part.

use mail_parser::ContentType;

use super::head::Head;
use super::{MAX_DEPTH, MAX_PARTS};
use crate::error::{Error, Result};

/// A part with its head.
#[derive(Debug)]
pub struct Part<'a> {
    /// Its fields.
    pub head: Head,
    /// Its type in lower case, as `text/plain`.
    pub mime: String,
    /// The type with its attributes; `None` where it says none that can be read.
    pub content: Option<ContentType<'static>>,
    /// What is in it, still encoded.
    pub body: &'a [u8],
    /// The parts in it; empty for all that is no multipart.
    pub inner: Vec<Part<'a>>,
}

impl<'a> Part<'a> {
    /// The tree of a message whose head was read.
    pub fn tree(head: Head, body: &'a [u8]) -> Result<Self> {
        make(head, body, "text/plain", 0, &mut 0)
    }

    /// An attribute of the type.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.content.as_ref()?.attribute(name)
    }
}

fn make<'a>(head: Head, body: &'a [u8], default: &str, depth: usize, count: &mut usize) -> Result<Part<'a>> {
    *count += 1;
    if *count > MAX_PARTS {
        return Err(too_much(&format!("the mail has more than {MAX_PARTS} parts")));
    }
    if depth > MAX_DEPTH {
        return Err(too_much(&format!("the mail has parts in parts, more than {MAX_DEPTH} deep")));
    }
    let content = head.content("content-type");
    let mime = content.as_ref().map_or_else(
        || default.to_owned(),
        |content| match content.subtype() {
            Some(subtype) => format!("{}/{subtype}", content.ctype()).to_ascii_lowercase(),
            // `Content-Type: text`, as old programs write it
            None if content.ctype().eq_ignore_ascii_case("text") => "text/plain".to_owned(),
            None => "application/octet-stream".to_owned(),
        },
    );
    let mut part = Part { head, mime, content, body, inner: Vec::new() };
    if !part.mime.starts_with("multipart/") {
        return Ok(part);
    }
    let boundary = part.attribute("boundary").unwrap_or_default().to_owned();
    let default = if part.mime == "multipart/digest" { "message/rfc822" } else { "text/plain" };
    let mut pieces = Pieces::new(body, boundary.as_bytes());
    while let Some(piece) = pieces.next_piece() {
        let (head, body) = Head::split(piece)?;
        part.inner.push(make(head, body, default, depth + 1, count)?);
    }
    if part.inner.is_empty() {
        // no boundary is where it should be: what can be read is all of it
        part.mime = "text/plain".to_owned();
        part.content = None;
    }
    Ok(part)
}

fn too_much(what: &str) -> Error {
    Error::refused(what, "nothing of it was read; look at it in a mail program")
}

/// What lies between the lines of a boundary.
struct Pieces<'a, 'b> {
    body: &'a [u8],
    boundary: &'b [u8],
    at: usize,
    ended: bool,
}

impl<'a, 'b> Pieces<'a, 'b> {
    fn new(body: &'a [u8], boundary: &'b [u8]) -> Self {
        let mut pieces = Self { body, boundary, at: 0, ended: boundary.is_empty() };
        if !pieces.ended {
            pieces.seek();
        }
        pieces
    }

    /// Goes behind the next line of the boundary; gives where that line begins, without the line break that belongs to it.
    fn seek(&mut self) -> usize {
        while self.at < self.body.len() {
            let start = self.at;
            let rest = &self.body[start..];
            let end = rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |at| at + 1);
            self.at += end;
            let Some(after) = rest[..end].strip_prefix(b"--").and_then(|line| line.strip_prefix(self.boundary)) else { continue };
            let closing = after.strip_prefix(b"--");
            // one boundary may begin like another
            if !closing.unwrap_or(after).trim_ascii().is_empty() {
                continue;
            }
            self.ended = closing.is_some();
            let before = &self.body[..start];
            let before = before.strip_suffix(b"\n").unwrap_or(before);
            return before.strip_suffix(b"\r").unwrap_or(before).len();
        }
        self.ended = true;
        self.body.len()
    }

    fn next_piece(&mut self) -> Option<&'a [u8]> {
        if self.ended {
            return None;
        }
        let start = self.at;
        let end = self.seek();
        Some(&self.body[start.min(end)..end])
    }
}
