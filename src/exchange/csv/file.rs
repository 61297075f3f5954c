//! A list as a whole, a CSV or a vCard file: its encoding, its delimiter, its headings, and its rows as often as they are asked for.

use std::io::Read;

use super::sniff::told;
use super::{Reader, Record, delimiter_name, sniff};
use crate::error::{Error, Result};
use crate::exchange::input::Input;
use crate::exchange::text::{Decode, Encoding, Probe};
use crate::exchange::vcard::{self, CardRow, Columns};

/// The bytes of a file, as they are or decoded.
type Bytes = Box<dyn Read + Send>;

/// The rows of a file.
pub enum Rows {
    /// Of a CSV file, decoded.
    Csv(Box<Reader<Decode<Bytes>>>),
    /// Of a vCard file, a row a card, with the headings that are used.
    Cards(Box<vcard::Reader<Bytes>>, Vec<usize>),
}

impl Rows {
    /// Bytes used so far, for progress.
    pub fn position(&self) -> u64 {
        match self {
            Self::Csv(rows) => rows.position(),
            Self::Cards(cards, _) => cards.position(),
        }
    }

    /// Reads the next row; `false` at the end. The errors stop the file.
    pub fn read(&mut self, record: &mut Record) -> Result<bool> {
        let (cards, used) = match self {
            Self::Csv(rows) => return rows.read(record),
            Self::Cards(cards, used) => (cards, used),
        };
        let Some(mut placed) = cards.read()? else { return Ok(false) };
        let cells = Columns::of(&placed);
        let card = CardRow::of(&mut placed, &cells);
        record.put(placed.number, placed.line, used.iter().map(|at| cells.get(*at).map_or("", String::as_str)), card);
        Ok(true)
    }
}

/// How much text the delimiter is looked for in, in bytes.
const SAMPLE: u64 = 128 * 1024;
/// How much a vCard is known by, in bytes.
const HEAD: u64 = 4096;

/// A list that was looked at: a CSV file, or the cards of a vCard file as rows.
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
    /// Of a vCard file: which of [`vcard::HEADINGS`] its cards use.
    cards: Option<Vec<usize>>,
}

impl CsvFile {
    /// Looks at all bytes for the encoding and at the first ones for delimiter and headings.
    pub fn open(input: Input) -> Result<Self> {
        let probe = input.probe()?;
        if is_cards(&input, &probe)? {
            return Self::of_cards(input, probe);
        }
        let mut sample = Vec::new();
        input.decode(&probe)?.take(SAMPLE).read_to_end(&mut sample).map_err(|e| input.failed(&e))?;
        let whole = (sample.len() as u64) < SAMPLE;
        let sample = String::from_utf8_lossy(&sample);
        let delimiter = sniff(&sample, whole);
        let told = told(&sample).is_some();
        let mut file = Self { input, probe, delimiter, headings: Vec::new(), first_quoted: false, told, cards: None };
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

    /// Reads all cards once: which headings they use.
    fn of_cards(input: Input, probe: Probe) -> Result<Self> {
        let all: Vec<usize> = (0..vcard::HEADINGS.len()).collect();
        let mut file =
            Self { input, probe, delimiter: b',', headings: Vec::new(), first_quoted: false, told: false, cards: Some(all) };
        let mut used = vec![false; vcard::HEADINGS.len()];
        let (mut rows, mut record) = (file.rows()?, Record::default());
        while rows.read(&mut record)? {
            used.iter_mut().enumerate().for_each(|(at, used)| *used |= !record.get(at).is_empty());
        }
        let used: Vec<usize> = (0..used.len()).filter(|at| used[*at]).collect();
        if used.is_empty() {
            let what = format!("{} holds no card that says anything", file.input.name());
            return Err(Error::refused(what, "export the contacts again as vCard"));
        }
        file.headings = used.iter().map(|at| vcard::HEADINGS[*at].0.to_owned()).collect();
        file.cards = Some(used);
        Ok(file)
    }

    /// Whether it is a vCard file, whose rows are cards.
    pub const fn is_cards(&self) -> bool {
        self.cards.is_some()
    }

    /// What its rows are called, one and many.
    pub const fn unit(&self) -> (&'static str, &'static str) {
        if self.is_cards() { ("card", "cards") } else { ("row", "rows") }
    }

    /// How it is written, in words: `UTF-8 · comma`, `vCard`.
    pub fn about(&self) -> String {
        if self.is_cards() {
            "vCard".into()
        } else {
            format!("{} · {}", self.probe.encoding.name(), delimiter_name(self.delimiter))
        }
    }

    /// The fields that take a column of a vCard file, the likeliest first; none of any other file.
    pub fn card_targets(&self, column: usize) -> Option<&'static [&'static str]> {
        self.cards.as_ref()?.get(column).map(|at| vcard::HEADINGS[*at].1)
    }

    /// The rows after the headings, from the first.
    pub fn rows(&self) -> Result<Rows> {
        if let Some(used) = &self.cards {
            return Ok(Rows::Cards(Box::new(vcard::Reader::new(bytes(&self.input, &self.probe)?)), used.clone()));
        }
        let mut rows = self.start()?;
        rows.read(&mut Record::default())?;
        Ok(Rows::Csv(Box::new(rows)))
    }

    /// What a column is called: its heading, or `column 3` where it has none.
    pub fn heading(&self, column: usize) -> String {
        match self.headings.get(column) {
            Some(heading) if !heading.is_empty() => heading.clone(),
            _ => format!("column {}", column + 1),
        }
    }

    fn start(&self) -> Result<Reader<Decode<Bytes>>> {
        let mut rows = Reader::new(self.input.decode(&self.probe)?, self.delimiter);
        if self.told {
            rows.read(&mut Record::default())?;
        }
        Ok(rows)
    }
}

/// The bytes of a vCard file: as they are, since each property says its charset; a file in UTF-16 as UTF-8.
fn bytes(input: &Input, probe: &Probe) -> Result<Bytes> {
    match probe.encoding {
        Encoding::Utf8 | Encoding::Windows1252 => input.open(),
        Encoding::Utf16Le | Encoding::Utf16Be => Ok(Box::new(input.decode(probe)?)),
    }
}

fn is_cards(input: &Input, probe: &Probe) -> Result<bool> {
    let mut head = Vec::new();
    bytes(input, probe)?.take(HEAD).read_to_end(&mut head).map_err(|e| input.failed(&e))?;
    Ok(vcard::is_vcard(&head))
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
