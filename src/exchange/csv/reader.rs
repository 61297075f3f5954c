//! Reads records from UTF-8 with their row and line, within limits. Says where a quote was opened that nobody closes, which the
//! usual readers swallow; a quote inside an unquoted cell is text, and so is what follows a closing quote.

use std::io::{self, Read};

use crate::error::{Error, Result};
use crate::exchange::vcard::CardRow;
use crate::exchange::{MAX_CELL, MAX_COLUMNS};

/// The cells of one row. Kept between rows, so that reading allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Record {
    text: String,
    ends: Vec<usize>,
    /// The row as a spreadsheet counts it, from 1, headings and empty rows included.
    pub row: u64,
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// Whether the first cell stood in quotes.
    pub first_quoted: bool,
    /// What a row that was made of a vCard holds besides cells.
    pub card: Option<Box<CardRow>>,
}

impl Record {
    /// A record of these cells; for tests and for what is not read from a file.
    pub fn of<S: AsRef<str>>(row: u64, cells: impl IntoIterator<Item = S>) -> Self {
        let mut record = Self { row, line: row, ..Self::default() };
        for cell in cells {
            record.text.push_str(cell.as_ref());
            record.ends.push(record.text.len());
        }
        record
    }

    /// The same in place, with what a vCard holds besides.
    pub(crate) fn put<S: AsRef<str>>(&mut self, row: u64, line: u64, cells: impl IntoIterator<Item = S>, card: CardRow) {
        *self = Self { line, card: Some(Box::new(card)), ..Self::of(row, cells) };
    }

    /// The cell of a column; empty beyond the end of a short row.
    pub fn get(&self, column: usize) -> &str {
        let start = if column == 0 { Some(&0) } else { self.ends.get(column - 1) };
        match (start, self.ends.get(column)) {
            (Some(start), Some(end)) => self.text.get(*start..*end).unwrap_or_default(),
            _ => "",
        }
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// All cells.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|column| self.get(column))
    }

    /// The column, from 0, of the first cell that holds a zero byte.
    pub fn nul(&self) -> Option<usize> {
        let at = self.text.bytes().position(|b| b == 0)?;
        Some(self.ends.partition_point(|end| *end <= at))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    Plain,
    Quoted,
    Closed,
}

/// Reads records one by one.
pub struct Reader<R> {
    input: R,
    delimiter: u8,
    chunk: Vec<u8>,
    at: usize,
    end: usize,
    /// Rows begun.
    row: u64,
    /// The line at hand.
    line: u64,
    /// A line feed after the carriage return that ended the last line belongs to it.
    skip_feed: bool,
    /// Bytes taken from `input`.
    taken: u64,
}

const CHUNK: usize = 64 * 1024;

impl<R: Read> Reader<R> {
    /// Reads UTF-8 (see [`crate::exchange::text::Decode`]) with cells apart by `delimiter`.
    pub fn new(input: R, delimiter: u8) -> Self {
        let chunk = vec![0; CHUNK];
        Self { input, delimiter, chunk, at: 0, end: 0, row: 0, line: 1, skip_feed: false, taken: 0 }
    }

    /// Bytes of text used so far, for progress.
    pub fn position(&self) -> u64 {
        self.taken - (self.end - self.at) as u64
    }

    /// Reads the next row that is not an empty line; `false` at the end. The errors name the row and stop the file, since
    /// nothing after them can be told apart.
    pub fn read(&mut self, record: &mut Record) -> Result<bool> {
        loop {
            if !self.read_line(record)? {
                return Ok(false);
            }
            if record.len() > 1 || !record.get(0).is_empty() || record.first_quoted {
                return Ok(true);
            }
        }
    }

    fn read_line(&mut self, record: &mut Record) -> Result<bool> {
        let mut bytes = std::mem::take(&mut record.text).into_bytes();
        bytes.clear();
        record.ends.clear();
        record.first_quoted = false;
        if !self.more()? {
            return Ok(false);
        }
        self.row += 1;
        record.row = self.row;
        record.line = self.line;
        let mut state = State::Start;
        let mut opened = self.line;
        loop {
            if !self.more()? {
                if state == State::Quoted {
                    return Err(self.unclosed(record, opened, "is never closed"));
                }
                break;
            }
            let rest = &self.chunk[self.at..self.end];
            let start = record.ends.last().copied().unwrap_or(0);
            if bytes.len() - start > MAX_CELL {
                return Err(match state {
                    State::Quoted => self.unclosed(record, opened, "is not closed within 1 MB"),
                    _ => self.wrong(record, "is longer than 1 MB"),
                });
            }
            match state {
                State::Start if rest[0] == b'"' => {
                    opened = self.line;
                    state = State::Quoted;
                    record.first_quoted |= record.ends.is_empty();
                    self.at += 1;
                }
                State::Start | State::Plain | State::Closed => {
                    let delimiter = self.delimiter;
                    let length = rest.iter().position(|b| *b == delimiter || *b == b'\n' || *b == b'\r');
                    let plain = &rest[..length.unwrap_or(rest.len())];
                    bytes.extend_from_slice(plain);
                    self.at += plain.len();
                    state = State::Plain;
                    let Some(length) = length else { continue };
                    let stop = rest[length];
                    self.at += 1;
                    if stop != delimiter {
                        self.line += 1;
                        self.skip_feed = stop == b'\r';
                        break;
                    }
                    record.ends.push(bytes.len());
                    if record.ends.len() >= MAX_COLUMNS {
                        return Err(self.refuse(record, &format!("has more than {MAX_COLUMNS} columns")));
                    }
                    state = State::Start;
                }
                State::Quoted => {
                    let length = rest.iter().position(|b| *b == b'"');
                    let inside = &rest[..length.unwrap_or(rest.len())];
                    bytes.extend_from_slice(inside);
                    self.line += inside.iter().filter(|b| **b == b'\n').count() as u64;
                    self.at += inside.len();
                    if length.is_some() {
                        self.at += 1;
                        state = State::Closed;
                        // a doubled quote is one, and goes on
                        if self.more()? && self.chunk[self.at] == b'"' {
                            bytes.push(b'"');
                            self.at += 1;
                            state = State::Quoted;
                        }
                    }
                }
            }
        }
        record.ends.push(bytes.len());
        record.text = String::from_utf8(bytes).map_err(|_| Error::Internal("a decoded file is not UTF-8".into()))?;
        Ok(true)
    }

    /// Whether a byte stands at `at`, after reading on where needed.
    fn more(&mut self) -> Result<bool> {
        loop {
            if self.at < self.end {
                if self.skip_feed {
                    self.skip_feed = false;
                    if self.chunk[self.at] == b'\n' {
                        self.at += 1;
                        continue;
                    }
                }
                return Ok(true);
            }
            self.at = 0;
            self.end = match self.input.read(&mut self.chunk) {
                Ok(n) => n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(Error::io(format!("row {}", self.row + 1), &e)),
            };
            self.taken += self.end as u64;
            if self.end == 0 {
                return Ok(false);
            }
        }
    }

    fn unclosed(&self, record: &Record, line: u64, how: &str) -> Error {
        let column = record.ends.len() + 1;
        Error::refused(
            format!("row {}: the quote that opens column {column} on line {line} {how}", record.row),
            "close it, or double it if it belongs to the text",
        )
    }

    fn wrong(&self, record: &Record, what: &str) -> Error {
        self.refuse(record, &format!("column {} {what}", record.ends.len() + 1))
    }

    fn refuse(&self, record: &Record, what: &str) -> Error {
        Error::refused(format!("row {} (line {}): {what}", record.row, record.line), "is this a list with one record a row?")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, delimiter: u8) -> Result<Vec<(u64, u64, Vec<String>)>> {
        let mut reader = Reader::new(text.as_bytes(), delimiter);
        let mut record = Record::default();
        let mut out = Vec::new();
        while reader.read(&mut record)? {
            out.push((record.row, record.line, record.iter().map(str::to_owned).collect()));
        }
        assert_eq!(reader.position(), text.len() as u64);
        Ok(out)
    }

    #[test]
    fn rows_keep_their_row_and_line() {
        let text = "a,b\r\n\"x\ny\",\"1 \"\"2\"\"\"\n\n3,\"q\"r,4\rlast\n";
        let found = rows(text, b',').expect("good");
        let expected =
            [(1, 1, vec!["a", "b"]), (2, 2, vec!["x\ny", "1 \"2\""]), (4, 5, vec!["3", "qr", "4"]), (5, 6, vec!["last"])];
        assert_eq!(found.len(), expected.len());
        for (row, expected) in found.iter().zip(expected) {
            assert_eq!((row.0, row.1), (expected.0, expected.1));
            assert_eq!(row.2, expected.2);
        }
    }

    #[test]
    fn short_and_long_rows_are_themselves() {
        let mut reader = Reader::new("a;b;c\n1;;\n".as_bytes(), b';');
        let mut record = Record::default();
        assert!(reader.read(&mut record).expect("good") && reader.read(&mut record).expect("good"));
        assert_eq!((record.len(), record.get(0), record.get(1), record.get(9)), (3, "1", "", ""));
        assert_eq!(Record::of(7, ["a", "", "b\0"]).nul(), Some(2));
        assert_eq!(Record::of(7, ["a"]).nul(), None);
    }

    #[test]
    fn limits_and_open_quotes_name_the_place() {
        let error = rows("a,b\n1,\"x\n2,y\n", b',').expect_err("open quote");
        assert!(error.headline().contains("row 2: the quote that opens column 2 on line 2 is never closed"), "{error}");
        let error = rows(&format!("a\n\"{}", "x\n".repeat(MAX_CELL)), b',').expect_err("open quote");
        assert!(error.headline().contains("not closed within 1 MB"), "{error}");
        let error = rows(&"x".repeat(MAX_CELL * 2), b',').expect_err("long");
        assert!(error.headline().contains("longer than 1 MB"), "{error}");
        let error = rows(&",".repeat(MAX_COLUMNS), b',').expect_err("wide");
        assert!(error.headline().contains("columns"), "{error}");
        assert!(rows(&",".repeat(MAX_COLUMNS - 1), b',').is_ok());
    }

    /// Gives its bytes one at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(1).min(into.len());
            into[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    proptest! {
        #[test]
        fn reads_as_the_usual_reader_does(
            cells in proptest::collection::vec(proptest::collection::vec("[a-c,;\"\r\n é]{0,6}", 1..5), 1..6)
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &cells {
                writer.write_record(row).expect("memory");
            }
            let text = String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8");
            let found: Vec<Vec<String>> = rows(&text, b',').expect("good").into_iter().map(|r| r.2).collect();
            prop_assert_eq!(&found, &cells);
        }

        #[test]
        fn chunks_do_not_matter(text in "[ab,\"\r\n]{0,40}") {
            let mut drops = Reader::new(Drops(text.as_bytes()), b',');
            let mut record = Record::default();
            let mut found = Vec::new();
            let one = loop {
                match drops.read(&mut record) {
                    Ok(true) => found.push((record.row, record.line, record.iter().map(str::to_owned).collect())),
                    Ok(false) => break Ok(found),
                    Err(e) => break Err(e),
                }
            };
            let whole = {
                let mut reader = Reader::new(text.as_bytes(), b',');
                let mut out = Vec::new();
                loop {
                    match reader.read(&mut record) {
                        Ok(true) => out.push((record.row, record.line, record.iter().map(str::to_owned).collect::<Vec<String>>())),
                        Ok(false) => break Ok(out),
                        Err(e) => break Err(e),
                    }
                }
            };
            prop_assert_eq!(one, whole);
        }
    }
}
