//! A CSV file as a whole: its encoding, its delimiter, its headings, and its rows as often as they are asked for.

use std::io::Read;

use super::sniff::told;
use super::{Reader, Record, sniff};
use crate::error::{Error, Result};
use crate::exchange::input::Input;
use crate::exchange::text::{Decode, Probe};

/// The rows of a file, decoded.
pub type Rows = Reader<Decode<Box<dyn Read + Send>>>;

/// How much text the delimiter is looked for in, in bytes.
const SAMPLE: u64 = 128 * 1024;

/// A CSV file that was looked at.
#[derive(Clone, Debug)]
pub struct CsvFile {
    /// Where it is.
    pub input: Input,
    /// Its encoding and size.
    pub probe: Probe,
    /// What stands between its cells.
    pub delimiter: u8,
    /// Its first row.
    pub headings: Vec<String>,
    /// Whether the first heading stands in quotes; see [`crate::exchange::export`].
    pub first_quoted: bool,
    /// Whether a line `sep=;` stands before the headings.
    told: bool,
}

impl CsvFile {
    /// Looks at all bytes for the encoding and at the first ones for delimiter and headings.
    pub fn open(input: Input) -> Result<Self> {
        let probe = input.probe()?;
        let mut sample = Vec::new();
        input.decode(&probe)?.take(SAMPLE).read_to_end(&mut sample).map_err(|e| input.failed(&e))?;
        let whole = (sample.len() as u64) < SAMPLE;
        let sample = String::from_utf8_lossy(&sample);
        let delimiter = sniff(&sample, whole);
        let told = told(&sample).is_some();
        let mut file = Self { input, probe, delimiter, headings: Vec::new(), first_quoted: false, told };
        let mut first = Record::default();
        let mut rows = file.start()?;
        if !rows.read(&mut first)? || first.is_empty() {
            return Err(Error::refused(format!("{} is empty", file.input.name()), "a list needs a first row with headings"));
        }
        if let Some(column) = first.nul() {
            let what = format!("row {}, column {} of {} holds a zero byte", first.row, column + 1, file.input.name());
            return Err(Error::refused(what, "is this a text file?"));
        }
        file.first_quoted = first.first_quoted;
        file.headings = first.iter().map(|h| h.trim().to_owned()).collect();
        while file.headings.last().is_some_and(String::is_empty) {
            file.headings.pop();
        }
        Ok(file)
    }

    /// The rows after the headings, from the first.
    pub fn rows(&self) -> Result<Rows> {
        let mut rows = self.start()?;
        rows.read(&mut Record::default())?;
        Ok(rows)
    }

    /// What a column is called: its heading, or `column 3` where it has none.
    pub fn heading(&self, column: usize) -> String {
        match self.headings.get(column) {
            Some(heading) if !heading.is_empty() => heading.clone(),
            _ => format!("column {}", column + 1),
        }
    }

    fn start(&self) -> Result<Rows> {
        let mut rows = Reader::new(self.input.decode(&self.probe)?, self.delimiter);
        if self.told {
            rows.read(&mut Record::default())?;
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Result<CsvFile> {
        CsvFile::open(Input::memory("x.csv", text.as_bytes().to_vec()))
    }

    #[test]
    fn headings_come_first() {
        let file = open("sep=;\nName; Mail ;\nLee;a@b.de;x\n").expect("good");
        assert_eq!((file.delimiter, file.headings.as_slice()), (b';', ["Name".to_owned(), "Mail".into()].as_slice()));
        assert_eq!((file.heading(1).as_str(), file.heading(2).as_str()), ("Mail", "column 3"));
        let mut record = Record::default();
        let mut rows = file.rows().expect("good");
        assert!(rows.read(&mut record).expect("good"));
        assert_eq!((record.get(0), record.row, record.line), ("Lee", 3, 3));
        assert!(!rows.read(&mut record).expect("good"));
    }

    #[test]
    fn a_file_without_headings_is_refused() {
        for text in ["", "\n\n", ",,\n", "\u{feff}"] {
            assert!(open(text).expect_err("empty").headline().contains("is empty"), "{text:?}");
        }
        assert!(open("a,b\0\n").expect_err("zero").headline().contains("row 1, column 2"));
    }
}
