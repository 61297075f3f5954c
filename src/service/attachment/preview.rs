//! What can be seen of a file without opening it elsewhere: text, tables, mails; of pictures their size. Only its beginning is read.

use std::io::Read;

use crate::error::Result;
use crate::exchange::csv::{Reader, Record, sniff};
use crate::exchange::image::pixels;
use crate::exchange::mail::{self, Mail};
use crate::exchange::text::{Decode, probe};
use crate::model::attachment::{Attachment, kind};
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::blob::{self, CHUNK};
use crate::store::{self, Db};

/// Bytes that are read of a mail, whose text may stand behind its files; of all else one chunk.
const OF_MAIL: usize = 4 * CHUNK;
/// The most rows of a table.
const ROWS: usize = 500;
/// The most cells of a row.
const CELLS: usize = 50;

/// Looks into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewAttachment {
    /// The file's number.
    pub file: i64,
}

/// What is in a file, as far as it can be shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// Plain text.
    Text(String),
    /// Markdown.
    Markdown(String),
    /// The rows of a table, the first one its headings.
    Table(Vec<Vec<String>>),
    /// A mail.
    Mail(Box<Mail>),
    /// A picture, with its width and height in pixels where they are known.
    Image(Option<(u32, u32)>),
    /// Nothing but what it is and how large.
    Nothing,
}

/// A file and what can be seen of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The file.
    pub file: Attachment,
    /// What is in it.
    pub shown: Shown,
    /// Whether there is more in it than was read.
    pub cut: bool,
}

impl Query for PreviewAttachment {
    type Reply = Preview;

    fn run(&self, db: &Db, _: &Context) -> Result<Preview> {
        let file = store::attachment::need(db, self.file)?;
        let most = if file.mime == "message/rfc822" { OF_MAIL } else { CHUNK };
        let mut bytes = Vec::new();
        for part in 0.. {
            match blob::chunk(db, file.content, part)? {
                Some(chunk) if bytes.len() < most => bytes.extend(chunk),
                _ => break,
            }
        }
        let cut = (bytes.len() as i64) < file.size;
        let (shown, more) = shown(&file.mime, &bytes, cut);
        Ok(Preview { shown, file, cut: cut || more })
    }
}

/// What can be seen of the first bytes of a file, and whether some of these are left out too.
fn shown(mime: &str, bytes: &[u8], cut: bool) -> (Shown, bool) {
    let shown = match mime {
        "text/markdown" => Shown::Markdown(text(bytes)),
        "text/csv" | "text/tab-separated-values" => return table(bytes, cut),
        "message/rfc822" => match mail::read(bytes) {
            Ok(mail) => return (Shown::Mail(Box::new(mail.clone())), mail.cut),
            Err(_) => Shown::Text(text(bytes)),
        },
        _ if mime.starts_with("image/") && mime != "image/svg+xml" => Shown::Image(pixels(bytes)),
        _ if is_text(mime) || (mime == "application/octet-stream" && !bytes.is_empty() && kind::is_text(bytes)) => {
            Shown::Text(text(bytes))
        }
        _ => Shown::Nothing,
    };
    (shown, false)
}

/// Whether files of a type are read as text.
fn is_text(mime: &str) -> bool {
    let named = ["application/json", "application/toml", "application/yaml", "application/mbox", "image/svg+xml"];
    mime.starts_with("text/") || named.contains(&mime)
}

/// Bytes as text in whatever encoding they are.
fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    let found = probe(&mut &bytes[..]);
    // what is in memory can be read, and is valid once it is decoded
    let _ = found.and_then(|found| Decode::new(bytes, found.encoding).read_to_string(&mut text));
    text
}

fn table(bytes: &[u8], cut: bool) -> (Shown, bool) {
    let text = text(bytes);
    let mut reader = Reader::new(text.as_bytes(), sniff(&text, !cut));
    let (mut rows, mut record, mut more) = (Vec::new(), Record::default(), false);
    // a row that cannot be read ends the table: what stood before it is shown
    while let Ok(true) = reader.read(&mut record) {
        more = rows.len() == ROWS;
        if more {
            break;
        }
        rows.push(record.iter().take(CELLS).map(str::to_owned).collect());
    }
    (Shown::Table(rows), more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_shown_as_what_it_is() {
        let of = |mime: &str, bytes: &[u8]| shown(mime, bytes, false).0;
        assert_eq!(of("text/plain", b"caf\xe9\r\n"), Shown::Text("café\r\n".into()));
        assert_eq!(of("text/plain", b"\xff\xfea\0b\0"), Shown::Text("ab".into()));
        assert_eq!(of("text/markdown", b"# Offer"), Shown::Markdown("# Offer".into()));
        assert_eq!(of("application/json", b"{}"), Shown::Text("{}".into()));
        assert_eq!(of("application/octet-stream", b"key=1\n"), Shown::Text("key=1\n".into()));
        assert_eq!(of("application/octet-stream", b"\0\x01"), Shown::Nothing);
        assert_eq!(of("application/pdf", b"%PDF-1.7"), Shown::Nothing);
        assert_eq!(of("image/gif", b"GIF89a\x40\x01\xc8\x00"), Shown::Image(Some((320, 200))));
        let rows = vec![vec!["a".to_owned(), "b".into()], vec!["1;2".into(), "3".into()]];
        assert_eq!(of("text/csv", b"a;b\n\"1;2\";3\n"), Shown::Table(rows));
        match of("message/rfc822", b"From: Ann <ann@contoso.com>\r\nSubject: Offer\r\n\r\nHello\r\n") {
            Shown::Mail(mail) => assert_eq!((mail.subject.as_str(), mail.text.trim()), ("Offer", "Hello")),
            other => panic!("{other:?}"),
        }
        assert!(matches!(of("message/rfc822", b"no mail at all"), Shown::Text(_)));
    }

    #[test]
    fn a_long_table_says_that_it_goes_on() {
        let text = "a,b\n".repeat(ROWS + 1);
        let (shown, more) = shown("text/csv", text.as_bytes(), false);
        assert!(matches!(shown, Shown::Table(rows) if rows.len() == ROWS));
        assert!(more);
    }
}
