//! Mails: what is read of them, from which files they come, what hostile ones do, and what is written.

mod hostile;
mod look_alikes;
mod real;
mod sources;
mod writing;

use leadbook::exchange::mail::{Address, Attachment, Mail, read};

/// Reads a message that is a text; lines may end in line feeds.
fn mail(text: &str) -> Mail {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Addresses as people write them.
fn people(list: &[Address]) -> Vec<String> {
    list.iter().map(|a| if a.name.is_empty() { a.email.clone() } else { format!("{} <{}>", a.name, a.email) }).collect()
}

/// Files as name, type and size.
fn files(list: &[Attachment]) -> Vec<String> {
    list.iter().map(|file| format!("{} {} {}", file.name, file.mime, file.bytes.len())).collect()
}
