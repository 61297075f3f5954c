//! The first pass over a file: a target for each column, samples, and how its dates and numbers are written, decided from all
//! its values. Makes no record.

use super::recognise::{PROBLEM_HEADING, fingerprint, recognise};
use super::target::{Target, nearest};
use crate::error::{Error, Problem, Result};
use crate::exchange::csv::{CsvFile, Record, delimiter_name};
use crate::model::dates::{ColumnStyle, DateStyle, column_style};
use crate::model::field::{FieldId, Kind, Registry};
use crate::model::locale::Locale;
use crate::model::number::{self, column_marks, is_ambiguous};
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
    /// `--set`: one value for all rows, as typed.
    pub fixed: Vec<(FieldId, String)>,
    /// `--dates`: whether the day comes first.
    pub day_first: Option<bool>,
    /// `--decimal`: whether the comma is the decimal mark.
    pub decimal_comma: Option<bool>,
    /// `--import-source`.
    pub import_source: Option<String>,
}

impl Options {
    /// No word but the country's.
    pub fn new(locale: Locale, zone: Zone) -> Self {
        Self {
            locale,
            zone,
            map: Vec::new(),
            remembered: Vec::new(),
            fixed: Vec::new(),
            day_first: None,
            decimal_comma: None,
            import_source: None,
        }
    }
}

/// How the dates of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The order they are read in.
    pub style: DateStyle,
    /// Both orders read all values, and at least one means two days; the country or the person decided.
    pub ambiguous: bool,
    /// No order reads all values.
    pub mixed: bool,
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Whether the comma is the decimal mark they are read with.
    pub comma: bool,
    /// Both marks read all values, and at least one means two numbers; the country or the person decided.
    pub ambiguous: bool,
    /// No mark reads all values.
    pub mixed: bool,
}

/// What is known and decided about one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnPlan {
    /// The heading, or `column 3` where it has none.
    pub heading: String,
    /// Where its cells go.
    pub target: Target,
    /// Up to three different values as they stand in the file.
    pub samples: Vec<String>,
    /// Rows in which it holds something.
    pub filled: u64,
    /// How its dates are written, if its target takes dates.
    pub dates: Option<Dates>,
    /// How its numbers are written, if its target takes numbers.
    pub marks: Option<Marks>,
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
    /// The program that wrote it.
    pub program: Option<&'static str>,
    /// Under which name its ids are kept.
    pub import_source: String,
    /// The columns in their order.
    pub columns: Vec<ColumnPlan>,
    /// Rows that hold something.
    pub rows: u64,
    /// What a map for these headings is remembered by.
    pub fingerprint: String,
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
        let found = recognise(&file.headings, registry);
        let mut targets = found.targets;
        apply(&options.remembered, &file.headings, &mut targets, registry, false)?;
        apply(&options.map, &file.headings, &mut targets, registry, true)?;
        let mut columns: Vec<Column> = targets.into_iter().map(|target| Column::new(target, registry)).collect();

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
                watch(Progress { rows: count, done: rows.position(), total: file.probe.bytes })?;
            }
        }

        let columns: Vec<ColumnPlan> =
            columns.into_iter().enumerate().map(|(at, column)| column.decide(file.heading(at), &options)).collect();
        let key = columns.iter().find(|c| c.target == Target::Key);
        let import_source = match (&options.import_source, found.program, key) {
            (Some(told), ..) => told.clone(),
            (None, Some(program), _) => program.to_owned(),
            (None, None, Some(key)) => key.heading.clone(),
            (None, None, None) => "csv".to_owned(),
        };
        let known = |h: &String| registry.fields().iter().any(|f| f.name == h) || h == PROBLEM_HEADING;
        let guarded = !file.first_quoted && file.headings.iter().all(known);
        let fingerprint = fingerprint(&file.headings);
        let mut plan = Self {
            file,
            options,
            program: found.program,
            import_source,
            columns,
            rows: count,
            fingerprint,
            guarded,
            notes: Vec::new(),
        };
        plan.notes = plan.remarks(beyond);
        Ok(plan)
    }

    /// The map to remember for the same headings.
    pub fn map(&self, registry: &Registry) -> Vec<(String, String)> {
        self.columns.iter().map(|c| (c.heading.clone(), c.target.word(registry).to_owned())).collect()
    }

    /// The headings of columns that hold something and go to no field.
    pub fn unused(&self) -> Vec<String> {
        self.columns.iter().filter(|c| c.target == Target::Rest && c.filled > 0).map(|c| c.heading.clone()).collect()
    }

    /// Whether rows bring an id of their own.
    pub fn has_ids(&self) -> bool {
        self.columns.iter().any(|c| c.target == Target::Key)
    }

    /// Whether any column goes to a field; without one the first row is hardly a row of headings.
    pub fn is_recognised(&self) -> bool {
        self.columns.iter().any(|c| !matches!(c.target, Target::Rest | Target::Problem | Target::Key))
    }

    fn remarks(&self, beyond: u64) -> Vec<Problem> {
        let mut notes = Vec::new();
        let mut note = |place: &str, message: String| notes.push(Problem::new(place, message));
        if self.file.probe.undecodable > 0 {
            let (count, encoding) = (self.file.probe.undecodable, self.file.probe.encoding.name());
            note("", format!("{count} bytes are no characters in {encoding}; they are shown as \u{FFFD}"));
        }
        if beyond > 0 {
            note(
                "",
                format!(
                    "{beyond} rows have more cells than there are headings; is {} right between cells?",
                    delimiter_name(self.file.delimiter)
                ),
            );
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

/// Puts a map over the guesses. A heading that the file has not is an error only where the person typed it.
fn apply<S: AsRef<str>>(
    map: &[(String, String)],
    headings: &[S],
    targets: &mut [Target],
    registry: &Registry,
    typed: bool,
) -> Result<()> {
    for (heading, word) in map {
        let same = |at: &usize| {
            headings[*at].as_ref().trim().eq_ignore_ascii_case(heading.trim()) || format!("column {}", at + 1) == *heading
        };
        let mut found = (0..targets.len()).filter(same).peekable();
        if found.peek().is_none() && typed {
            let near = nearest(heading, headings.iter().map(AsRef::as_ref)).map(|n| format!("; did you mean “{n}”?"));
            return Err(Error::Usage(format!("the file has no column “{heading}”{}", near.unwrap_or_default())));
        }
        match Target::read(word, registry) {
            Ok(target) => found.for_each(|at| targets[at] = target),
            Err(error) if typed => return Err(error),
            Err(_) => {}
        }
    }
    Ok(())
}

/// Splits `--map "Column=field,Other=-"`. A heading with a comma or an equals sign stands in quotes.
pub fn parse_map(text: &str) -> Result<Vec<(String, String)>> {
    let mut map = Vec::new();
    let mut quoted = false;
    let entries = text.split(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    for entry in entries.filter(|e| !e.trim().is_empty()) {
        let Some((heading, word)) = entry.rsplit_once('=') else {
            return Err(Error::Usage(format!("“{}” is no mapping; write Column=field", entry.trim())));
        };
        map.push((heading.trim().trim_matches('"').to_owned(), word.trim().to_owned()));
    }
    Ok(map)
}

/// What the first pass keeps of a column.
struct Column {
    target: Target,
    samples: Vec<String>,
    filled: u64,
    evidence: Evidence,
}

enum Evidence {
    None,
    Dates { any: bool, day: bool, month: bool, twice: bool },
    Numbers { any: bool, point: bool, comma: bool, twice: bool },
}

impl Column {
    fn new(target: Target, registry: &Registry) -> Self {
        let kind = match target {
            Target::Field(id) => Some(registry.field(id).kind),
            _ => None,
        };
        let evidence = match kind {
            Some(Kind::Date | Kind::Instant) => Evidence::Dates { any: false, day: true, month: true, twice: false },
            Some(Kind::Money | Kind::Int | Kind::Degree) => {
                Evidence::Numbers { any: false, point: true, comma: true, twice: false }
            }
            _ => Evidence::None,
        };
        Self { target, samples: Vec::new(), filled: 0, evidence }
    }

    fn see(&mut self, cell: &str) {
        let text = cell.trim();
        if text.is_empty() {
            return;
        }
        self.filled += 1;
        if self.samples.len() < 3 && !self.samples.iter().any(|s| s == cell) {
            self.samples.push(cell.to_owned());
        }
        match &mut self.evidence {
            Evidence::None => {}
            Evidence::Dates { any, day, month, twice } => {
                if is_year_first(text.as_bytes()) {
                    return;
                }
                match column_style([text]) {
                    ColumnStyle::Only(DateStyle::Iso) => return,
                    ColumnStyle::Only(DateStyle::DayFirst) => *month = false,
                    ColumnStyle::Only(DateStyle::MonthFirst) => *day = false,
                    ColumnStyle::BothFit => *twice |= !is_palindrome(text),
                    ColumnStyle::Mixed => (*day, *month) = (false, false),
                }
                *any = true;
            }
            Evidence::Numbers { any, point, comma, twice } => {
                if text.bytes().all(|b| b.is_ascii_digit()) {
                    return;
                }
                match column_marks([text]) {
                    number::Marks::Neither => return,
                    number::Marks::Point => *comma = false,
                    number::Marks::Comma => *point = false,
                    number::Marks::Both => *twice |= is_ambiguous(text),
                }
                *any = true;
            }
        }
    }

    fn decide(self, heading: String, options: &Options) -> ColumnPlan {
        let (mut dates, mut marks) = (None, None);
        match self.evidence {
            Evidence::None => {}
            Evidence::Dates { any, day, month, twice } => {
                let order = |first| if first { DateStyle::DayFirst } else { DateStyle::MonthFirst };
                let style = match (options.day_first, day, month) {
                    (Some(told), ..) => order(told),
                    (None, true, false) => DateStyle::DayFirst,
                    (None, false, true) => DateStyle::MonthFirst,
                    (None, ..) => order(options.locale.day_first),
                };
                let style = if any { style } else { DateStyle::Iso };
                dates = Some(Dates { style, ambiguous: any && day && month && twice, mixed: any && !day && !month });
            }
            Evidence::Numbers { any, point, comma, twice } => {
                let comma_is = match (options.decimal_comma, point, comma) {
                    (Some(told), ..) => told,
                    (None, true, false) => false,
                    (None, false, true) => true,
                    (None, ..) => options.locale.decimal_comma,
                };
                marks =
                    Some(Marks { comma: comma_is, ambiguous: any && point && comma && twice, mixed: any && !point && !comma });
            }
        }
        ColumnPlan { heading, target: self.target, samples: self.samples, filled: self.filled, dates, marks }
    }
}

/// `2024-…`: dates that say their order themselves.
fn is_year_first(text: &[u8]) -> bool {
    text.len() > 4 && text[..4].iter().all(u8::is_ascii_digit) && matches!(text[4], b'-' | b'/')
}

/// `3/3/2024` is the same day in both orders.
fn is_palindrome(text: &str) -> bool {
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).map(|p| p.trim_start_matches('0'));
    parts.next() == parts.next()
}
