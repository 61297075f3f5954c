//! A message's bytes → [`Mail`]. Keeps to the limits; fails only in sentences.

use super::automatic::Automatic;
use super::body::Body;
use super::head::Head;
use super::parts::Part;
use super::{MAX_MESSAGE, Mail};
use crate::error::{Error, Result};

/// Reads one message. A mailbox' `From ` line before it is passed over.
pub fn read(bytes: &[u8]) -> Result<Mail> {
    if bytes.len() > MAX_MESSAGE {
        return Err(too_large());
    }
    let (head, body) = Head::split(unmarked(bytes))?;
    if !head.is_mail() {
        return Err(Error::invalid("", "this is no mail: it has none of the lines From, To, Subject and Date at its beginning"));
    }
    let part = Part::tree(head, body)?;
    let found = Body::of(&part);
    let (text, cut) = found.text();
    let head = &part.head;
    let from = first_of(head, &["from", "sender"]);
    let mut cc = head.addresses("cc");
    cc.extend(head.addresses("bcc"));
    Ok(Mail {
        message_id: head.id(),
        in_reply_to: head.ids("in-reply-to"),
        references: head.ids("references"),
        sent_at: head.date("date").or_else(|| head.received_at()),
        reply_to: head.addresses("reply-to"),
        to: head.addresses("to"),
        cc,
        subject: head.text("subject"),
        text,
        cut,
        automatic: Automatic::of(head, &from),
        from,
        attachments: found.files(),
    })
}

/// The addresses of the first field that has any.
fn first_of(head: &Head, names: &[&str]) -> Vec<super::Address> {
    names.iter().map(|name| head.addresses(name)).find(|list| !list.is_empty()).unwrap_or_default()
}

/// Without the line by which a mailbox divides its messages.
fn unmarked(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = bytes.iter().position(|b| !matches!(b, b'\r' | b'\n')).unwrap_or(bytes.len());
    let bytes = &bytes[start..];
    if !bytes.starts_with(b"From ") && !bytes.starts_with(b">From ") {
        return bytes;
    }
    bytes.iter().position(|b| *b == b'\n').map_or(b"", |end| &bytes[end + 1..])
}

/// That a message is over the limit.
pub(super) fn too_large() -> Error {
    Error::refused(format!("the mail is larger than {} MB", MAX_MESSAGE >> 20), "save its files and attach those that matter")
}
