//! The first pass over a file: a target for each column, samples, and how its dates and numbers are written, decided from all
//! its values. Makes no record.

use super::columns::{Column, ColumnPlan};
use super::guess::{Guess, guess};
use super::link;
use super::map::apply;
use super::recognise::{fingerprint, is_ours, of_cards, recognise};
use super::target::Target;
use crate::error::{Problem, Result};
use crate::exchange::csv::{CsvFile, Record, delimiter_name};
use crate::model::dates::DateStyle;
use crate::model::entity::Entity;
use crate::model::field::{FieldId, Registry};
use crate::model::locale::Locale;
use crate::model::zone::Zone;

/// What the person says about a file besides what it says itself.
#[derive(Clone, Debug)]
pub struct Options {
    /// How the person writes numbers and dates; decides what the file leaves open.
    pub locale: Locale,
    /// The zone of times without an offset.
    pub zone: Zone,
    /// `--map`: heading and target word, stronger than all guesses.
    pub map: Vec<(String, String)>,
    /// The map that was used for the same headings before; weaker than `map`.
    pub remembered: Vec<(String, String)>,
    /// `--link`: a column that names other records, and the field of theirs that it holds.
    pub links: Vec<(String, String)>,
    /// `--set`: one value for all rows, as typed.
    pub fixed: Vec<(FieldId, String)>,
    /// `--dates`: whether the day comes first.
    pub day_first: Option<bool>,
    /// `--decimal`: whether the comma is the decimal mark.
    pub decimal_comma: Option<bool>,
    /// `--import-source`.
    pub import_source: Option<String>,
    /// `--keep-unknown`: whether reasons that the list lacks become own ones, instead of being set aside.
    pub keep_unknown: bool,
}

impl Options {
    /// No word but the country's.
    pub fn new(locale: Locale, zone: Zone) -> Self {
        Self {
            locale,
            zone,
            map: Vec::new(),
            remembered: Vec::new(),
            links: Vec::new(),
            fixed: Vec::new(),
            day_first: None,
            decimal_comma: None,
            import_source: None,
            keep_unknown: false,
        }
    }
}

/// How far a pass is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows read.
    pub rows: u64,
    /// Bytes of text used.
    pub done: u64,
    /// Bytes of the file.
    pub total: u64,
}

/// What is to be done with a file, before any of it is.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The file.
    pub file: CsvFile,
    /// What was asked.
    pub options: Options,
    /// What its rows become.
    pub entity: Entity,
    /// What the file itself says that they are.
    pub guess: Option<Guess>,
    /// The program that wrote it.
    pub program: Option<&'static str>,
    /// Under which name its ids are kept.
    pub import_source: String,
    /// The columns in their order.
    pub columns: Vec<ColumnPlan>,
    /// Rows that hold something.
    pub rows: u64,
    /// Bytes of its text in UTF-8, which [`crate::exchange::csv::Reader::position`] counts to.
    pub text_bytes: u64,
    /// What a map for these headings is remembered by.
    pub fingerprint: String,
    /// Whether it is an export of leadbook.
    pub ours: bool,
    /// Whether it is an export of leadbook whose formulas are guarded.
    pub guarded: bool,
    /// What the person should know before Enter: damage, orders that fit both ways, cells beyond the headings.
    pub notes: Vec<Problem>,
}

/// How many rows pass between two calls of the watcher.
const STEP: u64 = 1024;

impl Plan {
    /// Reads all rows once. `watch` is told how far it is now and then, and stops the pass with its error.
    pub fn read(
        file: CsvFile,
        options: Options,
        registry: &Registry,
        watch: &mut dyn FnMut(Progress) -> Result<()>,
    ) -> Result<Self> {
        let found = if file.is_cards() { of_cards(&file, registry) } else { recognise(&file.headings, registry) };
        let mut targets = found.targets;
        apply(&options.remembered, &file.headings, &mut targets, registry, false)?;
        apply(&options.map, &file.headings, &mut targets, registry, true)?;
        let by = link::apply(&options, &file.headings, &mut targets, registry)?;
        let columns = targets.into_iter().zip(by).map(|(target, by)| Column::new(target, by, registry));
        let mut columns: Vec<Column> = columns.collect();

        let (mut rows, mut record) = (file.rows()?, Record::default());
        let (mut count, mut beyond) = (0, 0);
        while rows.read(&mut record)? {
            if record.is_empty() {
                continue;
            }
            count += 1;
            beyond += u64::from((columns.len()..record.len()).any(|c| !record.get(c).trim().is_empty()));
            for (at, column) in columns.iter_mut().enumerate() {
                column.see(record.get(at));
            }
            if count % STEP == 0 {
                let total = file.probe.bytes;
                watch(Progress { rows: count, done: rows.position().min(total), total })?;
            }
        }

        let columns: Vec<ColumnPlan> =
            columns.into_iter().enumerate().map(|(at, column)| column.decide(file.heading(at), &options)).collect();
        let key = columns.iter().find(|c| c.target == Target::Key);
        let key = key.or_else(|| columns.iter().find(|c| c.target == Target::Own && c.heading == "id"));
        let import_source = match (&options.import_source, found.program, key) {
            (Some(told), ..) => told.clone(),
            _ if file.is_cards() => "vcard".to_owned(),
            (None, Some(program), _) => program.to_owned(),
            (None, None, Some(key)) => key.heading.clone(),
            (None, None, None) => "csv".to_owned(),
        };
        let ours = !file.is_cards() && is_ours(&file.headings, registry);
        let guarded = !file.first_quoted && ours;
        let fingerprint = fingerprint(&file.headings);
        let guess = guess(&file)?;
        let mut plan = Self {
            file,
            options,
            entity: registry.entity(),
            guess,
            program: found.program,
            import_source,
            columns,
            rows: count,
            text_bytes: rows.position(),
            fingerprint,
            ours,
            guarded,
            notes: Vec::new(),
        };
        plan.notes = plan.remarks(beyond);
        Ok(plan)
    }

    /// The map to remember for the same headings. A heading that stands there twice is written as `column 3`.
    pub fn map(&self, registry: &Registry) -> Vec<(String, String)> {
        let twice = |heading: &str| self.columns.iter().filter(|c| c.heading.eq_ignore_ascii_case(heading)).count() > 1;
        let name = |at: usize, heading: &str| if twice(heading) { format!("column {}", at + 1) } else { heading.to_owned() };
        let columns = self.columns.iter().enumerate();
        columns.map(|(at, c)| (name(at, &c.heading), c.target.word(registry).to_owned())).collect()
    }

    /// The headings of columns that hold something and go to no field.
    pub fn unused(&self) -> Vec<String> {
        let rest = self.columns.iter().filter(|c| c.target == Target::Rest && c.filled > 0);
        // what a card says besides stands in the description
        rest.filter(|_| !self.file.is_cards()).map(|c| c.heading.clone()).collect()
    }

    /// Whether rows bring an id of their own.
    pub fn has_ids(&self) -> bool {
        self.columns.iter().any(|c| c.target == Target::Key)
    }

    /// Whether any column goes to a field; without one the first row is hardly a row of headings.
    pub fn is_recognised(&self) -> bool {
        self.columns.iter().any(|c| !matches!(c.target, Target::Rest | Target::Problem | Target::Key | Target::Own))
    }

    fn remarks(&self, beyond: u64) -> Vec<Problem> {
        let mut notes = Vec::new();
        let mut note = |place: &str, message: String| notes.push(Problem::new(place, message));
        if let Some(guess) = self.guess.filter(|guess| guess.entity != self.entity) {
            let (says, other, own) = (guess.says(), guess.entity.plural(), self.entity.plural());
            note("", format!("{says} that it holds {other}; it is read as {own}"));
        }
        if self.file.probe.undecodable > 0 && !self.file.is_cards() {
            let (count, encoding) = (self.file.probe.undecodable, self.file.probe.encoding.name());
            note("", format!("{count} bytes are no characters in {encoding}; they are shown as \u{FFFD}"));
        }
        if beyond > 0 {
            let (rows, mark) = (if beyond == 1 { "row has" } else { "rows have" }, delimiter_name(self.file.delimiter));
            note("", format!("{beyond} {rows} more cells than there are headings; is the {mark} right between cells?"));
        }
        for column in &self.columns {
            if let Some(dates) = column.dates {
                let order = if dates.style == DateStyle::DayFirst { "day first" } else { "month first" };
                if dates.mixed {
                    note(&column.heading, format!("some dates are day first, some month first; read {order}"));
                } else if dates.ambiguous {
                    note(&column.heading, format!("the dates can be read both ways; read {order} (--dates dmy|mdy)"));
                }
            }
            if let Some(marks) = column.marks {
                let mark = if marks.comma { "comma" } else { "point" };
                if marks.mixed {
                    note(&column.heading, format!("some numbers have a decimal comma, some a point; read with the {mark}"));
                } else if marks.ambiguous {
                    note(
                        &column.heading,
                        format!("the numbers can be read both ways; the {mark} is the decimal mark (--decimal ,|.)"),
                    );
                }
            }
        }
        notes
    }
}
