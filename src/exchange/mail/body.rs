//! What of a message's parts is its text and what is a file. Decodes each part once; parses no structure.

use std::borrow::Cow;
use std::collections::HashSet;

use super::decode::{charset, transfer};
use super::head::Head;
use super::parts::Part;
use super::{Attachment, MAX_TEXT, html, name};

/// The largest HTML that is made into text, in bytes; what comes behind is not read.
const MAX_HTML: usize = 8 << 20;

/// The text and the files of a message.
#[derive(Debug, Default)]
pub struct Body {
    /// The texts that people read, in their order.
    blocks: Vec<String>,
    /// The files, in their order, with the names that they were given; empty where none was.
    given: Vec<Attachment>,
}

impl Body {
    /// What a part and all in it hold.
    pub fn of(part: &Part<'_>) -> Self {
        let mut body = Self::default();
        body.take(part);
        body
    }

    /// The whole text, at most [`MAX_TEXT`] bytes, and whether it was cut.
    pub fn text(&self) -> (String, bool) {
        let blocks: Vec<&str> = self.blocks.iter().map(|block| block.trim_matches('\n')).collect();
        let mut text = blocks.into_iter().filter(|block| !block.trim().is_empty()).collect::<Vec<_>>().join("\n\n");
        let cut = text.len() > MAX_TEXT;
        if cut {
            let mut end = MAX_TEXT;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        text.truncate(text.trim_end().len());
        (text, cut)
    }

    /// The files under names that are safe, each another one.
    pub fn files(self) -> Vec<Attachment> {
        let mut taken: HashSet<String> = HashSet::new();
        let mut files = self.given;
        for (at, file) in files.iter_mut().enumerate() {
            let name = name::safe(&file.name, &file.mime, at + 1);
            file.name = if taken.contains(&name) { name::numbered(&name, at + 1) } else { name };
            taken.insert(file.name.clone());
        }
        files
    }

    fn take(&mut self, part: &Part<'_>) {
        match part.mime.as_str() {
            "multipart/alternative" if !part.inner.is_empty() => self.alternatives(part),
            "multipart/related" if !part.inner.is_empty() => {
                for (at, inner) in part.inner.iter().enumerate() {
                    // what belongs to the first part (its images) is no text of its own
                    if at == 0 { self.take(inner) } else { self.file_or_parts(inner) }
                }
            }
            _ if !part.inner.is_empty() => part.inner.iter().for_each(|inner| self.take(inner)),
            "text/plain" | "text/html" if !is_file(part) => {
                let text = shown(part);
                self.blocks.push(text);
            }
            _ => self.file(part),
        }
    }

    /// One text in several forms: the plain one if there is text in it, else the richest that can be read.
    fn alternatives(&mut self, part: &Part<'_>) {
        let mut plain: Option<Vec<String>> = None;
        let mut rich: Option<Vec<String>> = None;
        for inner in &part.inner {
            let Body { blocks, given } = Self::of(inner);
            self.given.extend(given);
            if blocks.iter().all(|block| block.trim().is_empty()) {
                continue;
            }
            if inner.mime == "text/plain" {
                plain.get_or_insert(blocks);
            } else {
                rich = Some(blocks);
            }
        }
        self.blocks.extend(plain.or(rich).unwrap_or_default());
    }

    fn file_or_parts(&mut self, part: &Part<'_>) {
        if part.inner.is_empty() { self.file(part) } else { part.inner.iter().for_each(|inner| self.file_or_parts(inner)) }
    }

    fn file(&mut self, part: &Part<'_>) {
        let bytes = decoded(part).into_owned();
        if bytes.is_empty() && given_name(part).is_none() {
            return;
        }
        let given = given_name(part).or_else(|| (part.mime == "message/rfc822").then(|| inner_subject(&bytes)).flatten());
        self.given.push(Attachment { name: given.unwrap_or_default(), mime: part.mime.clone(), bytes });
    }
}

/// The subject of a message in the message, as the name of its file.
fn inner_subject(bytes: &[u8]) -> Option<String> {
    let (head, _) = Head::split(bytes).ok()?;
    let subject = head.text("subject");
    (!subject.is_empty()).then(|| format!("{}.eml", subject.replace(['/', '\\'], "-")))
}

fn is_file(part: &Part<'_>) -> bool {
    let disposition = part.head.content("content-disposition");
    disposition.is_some_and(|d| d.is_attachment()) || given_name(part).is_some()
}

/// The name that the sender gave, of the disposition first.
fn given_name(part: &Part<'_>) -> Option<String> {
    let disposition = part.head.content("content-disposition");
    let named = disposition.as_ref().and_then(|d| d.attribute("filename")).or_else(|| part.attribute("name"));
    let located = || {
        let place = part.head.text("content-location");
        // an address is no name, the last piece of one may be
        let last = place.rsplit('/').next().unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
        (last.contains('.') && !part.mime.starts_with("text/")).then(|| last.to_owned())
    };
    named.map(str::to_owned).or_else(located).filter(|name| !name.trim().is_empty())
}

fn decoded<'a>(part: &Part<'a>) -> Cow<'a, [u8]> {
    transfer(part.body, &part.head.word("content-transfer-encoding"))
}

/// The text of a part as people read it, with line feeds alone.
fn shown(part: &Part<'_>) -> String {
    let bytes = decoded(part);
    let text = charset(&bytes, part.attribute("charset").unwrap_or_default());
    if part.mime == "text/html" {
        let mut end = text.len().min(MAX_HTML);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        return html::to_text(&text[..end]);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{2400}");
    let flowed = part.attribute("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
    let joined = part.attribute("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes"));
    if flowed { unfolded(&text, joined) } else { text }
}

/// Lines that end in a blank go on in the next one (RFC 3676), unless the quotation is another one's.
fn unfolded(text: &str, joined: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let rest = &line[depth..];
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        match open {
            Some(before) if before == depth => {}
            _ => {
                if open.is_some() {
                    out.push('\n');
                }
                if depth > 0 {
                    out.push_str(&line[..depth]);
                    out.push(' ');
                }
            }
        }
        let soft = rest.ends_with(' ') && rest != "-- ";
        out.push_str(if soft && joined { &rest[..rest.len() - 1] } else { rest });
        open = soft.then_some(depth);
        if !soft {
            out.push('\n');
        }
    }
    out
}
