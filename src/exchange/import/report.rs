//! What an import did, row by row, for people and for programs; and the rows it skipped, as a list that can be mended and imported
//! again. Counts what it is told, decides nothing.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde_json::{Value, json};

use super::draft::{Draft, RowProblem};
use super::plan::Plan;
use super::recognise::PROBLEM_HEADING;
use crate::exchange::csv::{Guard, Record, write_row};

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row as a spreadsheet counts it, headings being row 1; of many rows the first; 0 for the whole file.
    pub row: u64,
    /// The field or column.
    pub field: String,
    /// A sentence.
    pub message: String,
    /// In how many rows it is so.
    pub rows: u64,
    /// The first of them.
    pub first: Vec<u64>,
    example: String,
}

/// So many rows of one remark are named.
const NAMED: usize = 5;

impl Line {
    fn of_file(field: &str, message: String) -> Self {
        Self { row: 0, field: field.to_owned(), message, rows: 1, first: Vec::new(), example: String::new() }
    }

    /// The sentence with an example, the number of rows and the first of them.
    pub fn sentence(&self) -> String {
        let mut out = self.message.clone();
        if !self.example.is_empty() {
            out.push_str(&format!(" (as “{}”)", self.example));
        }
        if self.rows > 1 {
            let first: Vec<String> = self.first.iter().map(u64::to_string).collect();
            let more = if self.rows > self.first.len() as u64 { " …" } else { "" };
            out.push_str(&format!(" · {} rows: {}{more}", self.rows, first.join(", ")));
        }
        out
    }
}

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Rows that held something.
    pub read: u64,
    /// Records made.
    pub created: u64,
    /// Records changed.
    pub updated: u64,
    /// Rows of which nothing was made.
    pub skipped: u64,
    /// Records that keep cells in `imported_rest`.
    pub with_rest: u64,
    /// Records of which a field was filled in.
    pub incomplete: u64,
    /// How often which field was filled from what.
    pub filled: BTreeMap<(&'static str, &'static str), u64>,
    /// Headings of columns that go to no field.
    pub unused_columns: Vec<String>,
    /// Whether its rows are cards of a vCard file.
    pub is_of_cards: bool,
    /// Photos and other files of cards that became files of records.
    pub files: u64,
    lines: Vec<Line>,
    listed: HashMap<(String, String), usize>,
    unlisted: u64,
}

/// More lines than this are counted, not listed.
const MOST_LINES: usize = 10_000;

impl Report {
    /// An empty report on a file, with what the first pass found.
    pub fn new(plan: &Plan) -> Self {
        let lines = plan.notes.iter().map(|note| Line::of_file(&note.field, note.message.clone()));
        Self { is_of_cards: plan.file.is_cards(), unused_columns: plan.unused(), lines: lines.collect(), ..Self::default() }
    }

    /// Counts a row that became a new record.
    pub fn created(&mut self, draft: &Draft) {
        self.created += 1;
        self.incomplete += u64::from(!draft.filled.is_empty());
        for filled in &draft.filled {
            *self.filled.entry((filled.field, filled.from)).or_default() += 1;
        }
        self.kept(draft);
    }

    /// Counts a row that changed a record.
    pub fn updated(&mut self, draft: &Draft) {
        self.updated += 1;
        self.kept(draft);
    }

    /// Counts a row of which nothing was made, with its reason.
    pub fn skipped(&mut self, row: u64, field: &str, message: &str) {
        self.read += 1;
        self.skipped += 1;
        self.line(row, field, message, "");
    }

    /// The same with a reason that was found before.
    pub fn skipped_for(&mut self, row: u64, problem: &RowProblem) {
        self.read += 1;
        self.skipped += 1;
        self.line(row, &problem.field, &problem.message, &problem.example);
    }

    /// Lists something about a row that is counted elsewhere.
    pub fn remark(&mut self, row: u64, field: &str, message: &str) {
        self.line(row, field, message, "");
    }

    /// Lists that a row refers to a record that no row made, when all are read; the cell is kept.
    pub fn kept_late(&mut self, row: u64, has_rest: bool, problem: &RowProblem) {
        self.with_rest += u64::from(!has_rest);
        self.line(row, &problem.field, &problem.message, &problem.example);
    }

    /// All lines: those of the whole file, then by row.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.lines.clone();
        lines.sort_by_key(|line| line.row);
        if self.unlisted > 0 {
            lines.push(Line::of_file("", format!("{} further problems are not listed", self.unlisted)));
        }
        lines
    }

    /// Where a line belongs: `file`, `row 3`, `card 3`.
    pub fn place(&self, line: &Line) -> String {
        match line.row {
            0 => "file".to_owned(),
            row => format!("{} {row}", if self.is_of_cards { "card" } else { "row" }),
        }
    }

    /// The object that `--json` ends with.
    pub fn json(&self) -> Value {
        let problems: Vec<Value> =
            self.lines().iter().map(|l| json!({"row": l.row, "field": l.field, "message": l.sentence()})).collect();
        json!({
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "skipped": self.skipped,
            "unused_columns": self.unused_columns,
            "problems": problems,
        })
    }

    fn kept(&mut self, draft: &Draft) {
        self.read += 1;
        self.with_rest += u64::from(!(draft.rest.is_empty() && draft.kept.is_empty()));
        for problem in &draft.problems {
            self.line(draft.row, &problem.field, &problem.message, &problem.example);
        }
    }

    /// Lists a remark; the same one of many rows once, with their number.
    fn line(&mut self, row: u64, field: &str, message: &str, example: &str) {
        let key = (field.to_owned(), message.to_owned());
        if let Some(line) = self.listed.get(&key).and_then(|at| self.lines.get_mut(*at)) {
            line.rows += 1;
            if line.first.len() < NAMED {
                line.first.push(row);
            }
            return;
        }
        if self.lines.len() >= MOST_LINES {
            self.unlisted += 1;
            return;
        }
        self.listed.insert(key.clone(), self.lines.len());
        let ((field, message), example) = (key, example.to_owned());
        self.lines.push(Line { row, field, message, rows: 1, first: vec![row], example });
    }
}

/// Writes skipped rows as they were, with the reason in a last column that a later import reads as a remark.
pub struct SkippedRows<W> {
    out: W,
    columns: usize,
    /// Which column of the file is such a remark already.
    remark: Option<usize>,
}

impl<W: Write> SkippedRows<W> {
    /// Writes the headings.
    pub fn new(mut out: W, plan: &Plan) -> io::Result<Self> {
        let headings = &plan.file.headings;
        let remark = headings.iter().position(|h| h == PROBLEM_HEADING);
        let own = headings.iter().enumerate().filter(|(at, _)| Some(*at) != remark).map(|(_, h)| h.as_str());
        write_row(&mut out, own.chain([PROBLEM_HEADING]), Guard::Off)?;
        Ok(Self { out, columns: headings.len(), remark })
    }

    /// Writes a row and why it was skipped; cells beyond the headings stay behind the remark.
    pub fn write(&mut self, record: &Record, reason: &str) -> io::Result<()> {
        let own = (0..self.columns).filter(|at| Some(*at) != self.remark).map(|at| record.get(at));
        let beyond = (self.columns..record.len()).map(|at| record.get(at));
        write_row(&mut self.out, own.chain([reason]).chain(beyond), Guard::Off)
    }

    /// Ends the list.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_rows_share_is_one_line() {
        let mut report = Report::default();
        for row in 2..62 {
            let problem =
                RowProblem { field: "company".into(), message: "Company holds ids".into(), example: format!("00{row}") };
            report.created(&Draft { row, problems: vec![problem], rest: "Company: x".into(), ..Draft::default() });
        }
        report.skipped(70, "email", "no");
        let lines = report.lines();
        assert_eq!((lines.len(), lines[0].row, lines[1].row), (2, 2, 70));
        assert_eq!(lines[0].sentence(), "Company holds ids (as “002”) · 60 rows: 2, 3, 4, 5, 6 …");
        assert_eq!((report.read, report.created, report.skipped, report.with_rest), (61, 60, 1, 60));
        let keys: Vec<String> = report.json().as_object().expect("an object").keys().cloned().collect();
        assert_eq!(keys, ["read", "created", "updated", "skipped", "unused_columns", "problems"]);
        assert_eq!(report.json()["problems"][1], json!({"row": 70, "field": "email", "message": "no"}));
    }

    #[test]
    fn a_report_stays_small() {
        let mut report = Report::default();
        for row in 0..20_000 {
            report.skipped(row, "email", &format!("bad {row}"));
        }
        let lines = report.lines();
        assert_eq!((lines.len(), report.skipped), (MOST_LINES + 1, 20_000));
        assert!(lines[MOST_LINES].message.starts_with("10000 further"));
    }
}
