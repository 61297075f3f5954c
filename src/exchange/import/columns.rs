//! What the first pass learns of each column: samples, how much it holds, and in which order and with which mark its dates and
//! numbers are written. Holds no cell but the samples.

use super::plan::Options;
use super::target::Target;
use crate::model::dates::{ColumnStyle, DateStyle, column_style};
use crate::model::field::{Kind, Registry};
use crate::model::number::{self, column_marks, is_ambiguous};

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
    /// The field of the records that it names by which they are looked up; none where any name of theirs will do.
    pub by: Option<&'static str>,
    /// Up to three different values as they stand in the file.
    pub samples: Vec<String>,
    /// Rows in which it holds something.
    pub filled: u64,
    /// How its dates are written, if its target takes dates.
    pub dates: Option<Dates>,
    /// How its numbers are written, if its target takes numbers.
    pub marks: Option<Marks>,
}

/// What the first pass keeps of a column.
pub(super) struct Column {
    target: Target,
    by: Option<&'static str>,
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
    /// A column of which nothing was seen yet.
    pub fn new(target: Target, by: Option<&'static str>, registry: &Registry) -> Self {
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
        Self { target, by, samples: Vec::new(), filled: 0, evidence }
    }

    /// Looks at a cell.
    pub fn see(&mut self, cell: &str) {
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

    /// What all cells together say; what they leave open, the person or the country decides.
    pub fn decide(self, heading: String, options: &Options) -> ColumnPlan {
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
        ColumnPlan { heading, target: self.target, by: self.by, samples: self.samples, filled: self.filled, dates, marks }
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
