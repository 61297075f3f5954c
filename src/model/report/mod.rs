//! Reports as values: which there are, the columns and rows of one, and which records stand behind a number. Computes none.

pub mod figure;
pub mod hours;
pub mod period;

use super::entity::Entity;

pub use figure::{Amounts, Figure};
pub use period::Period;

/// The reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReportKind {
    /// What comes of the leads of each source.
    Sources,
    /// Where the opportunities stand, and how many go on from stage to stage.
    Pipeline,
    /// What is expected to be won, by month.
    Forecast,
    /// How many leads came, over time.
    Trend,
    /// How old the open leads are.
    Age,
    /// Why leads were disqualified.
    Reasons,
    /// What comes of the leads of each owner.
    Owners,
    /// What comes of the leads of each business unit.
    Units,
    /// What comes of the leads of each channel partner.
    Partners,
    /// What was done, by whom.
    Activity,
    /// How soon new leads were answered.
    Speed,
    /// What changed since a day.
    Changes,
}

impl ReportKind {
    /// All of them, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[
        Self::Sources,
        Self::Pipeline,
        Self::Forecast,
        Self::Trend,
        Self::Age,
        Self::Reasons,
        Self::Owners,
        Self::Units,
        Self::Partners,
        Self::Activity,
        Self::Speed,
        Self::Changes,
    ];

    /// The word that is typed for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sources => "sources",
            Self::Pipeline => "pipeline",
            Self::Forecast => "forecast",
            Self::Trend => "trend",
            Self::Age => "age",
            Self::Reasons => "reasons",
            Self::Owners => "owners",
            Self::Units => "units",
            Self::Partners => "partners",
            Self::Activity => "activity",
            Self::Speed => "speed",
            Self::Changes => "changes",
        }
    }

    /// The report of a word.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// What it is called on a screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Sources => "Lead sources",
            Self::Pipeline => "Pipeline",
            Self::Forecast => "Forecast",
            Self::Trend => "Leads over time",
            Self::Age => "Age of open leads",
            Self::Reasons => "Why disqualified",
            Self::Owners => "By owner and team",
            Self::Units => "By business unit",
            Self::Partners => "By channel partner",
            Self::Activity => "Activity",
            Self::Speed => "Speed to lead",
            Self::Changes => "Changes",
        }
    }

    /// The kind of records that its filter is about.
    pub const fn entity(self) -> Entity {
        match self {
            Self::Pipeline | Self::Forecast | Self::Changes => Entity::Opportunity,
            Self::Activity => Entity::Activity,
            _ => Entity::Lead,
        }
    }

    /// The field whose days its period is about.
    pub const fn dated_by(self) -> &'static str {
        match self {
            Self::Reasons => "closed_at",
            Self::Activity => "actual_end",
            Self::Forecast => "estimated_close_date",
            _ => "created_at",
        }
    }
}

/// A computed report: a table with what it says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Which report.
    pub kind: ReportKind,
    /// What it is of, in words: the filter, the period, and the period it is compared with.
    pub about: String,
    /// The filter as it was asked for, as text of the filter language; empty where there is none.
    pub filter: String,
    /// The period, if one was asked for.
    pub period: Option<Period>,
    /// The columns; the first ones name the row.
    pub columns: Vec<Column>,
    /// The rows in the order in which they are read.
    pub rows: Vec<Row>,
    /// The whole, where it is more than nothing: its own computation and never the sum of rows that overlap.
    pub total: Option<Row>,
    /// What is not in it, or must be known to read it.
    pub notes: Vec<String>,
    /// How it is drawn, the most telling first.
    pub charts: Vec<Chart>,
}

/// A column of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its key in JSON and CSV.
    pub key: &'static str,
    /// Its head.
    pub label: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// How it is computed, in a sentence.
    pub formula: &'static str,
}

impl Column {
    /// A column.
    pub const fn new(key: &'static str, label: &'static str, kind: ColumnKind, formula: &'static str) -> Self {
        Self { key, label, kind, formula }
    }

    /// Whether it names the row.
    pub const fn is_name(&self) -> bool {
        matches!(self.kind, ColumnKind::Name)
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// What the row is called.
    Name,
    /// A number of records.
    Count,
    /// Amounts, one a currency.
    Money,
    /// A part of a whole.
    Share,
    /// A time, read in days.
    Days,
    /// A time, read in hours.
    Hours,
    /// A part of a whole, one a currency.
    Rates,
}

/// A row of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is called in a chart.
    pub label: String,
    /// How deep it stands below others: 0 at the top. A row of depth 1 is a part of the last one of depth 0 before it.
    pub depth: usize,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// A cell of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it says.
    pub figure: Figure,
    /// The same of the period before, where the report has a period and the column can be compared.
    pub before: Option<Figure>,
    /// The records behind it: as many as a count says.
    pub drill: Option<Drill>,
}

impl Cell {
    /// A cell with nothing behind it.
    pub const fn of(figure: Figure) -> Self {
        Self { figure, before: None, drill: None }
    }

    /// A cell and what stands behind it.
    pub const fn with(figure: Figure, drill: Drill) -> Self {
        Self { figure, before: None, drill: Some(drill) }
    }
}

/// The records behind a cell, as a list can be opened on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drill {
    /// What they are.
    pub entity: Entity,
    /// The text of the filter that finds them: the report's filter and period are in it.
    pub filter: String,
}

/// How a report is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What it is called.
    pub title: &'static str,
    /// In which form.
    pub form: ChartForm,
    /// The keys of the columns that it shows: one, or the parts of a stack.
    pub columns: Vec<&'static str>,
}

/// The forms of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartForm {
    /// A bar a row.
    Bars,
    /// A bar a row, of as many parts as columns.
    Stacked,
    /// A line over the rows.
    Line,
    /// Bars that grow narrower from row to row.
    Funnel,
}

impl Sheet {
    /// The place of a column.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// The cell of a row and a column.
    pub fn cell(&self, row: usize, key: &str) -> Option<&Cell> {
        self.rows.get(row)?.cells.get(self.column(key)?)
    }

    /// Whether its cells carry those of a period before.
    pub fn is_compared(&self) -> bool {
        let rows = self.rows.iter().chain(&self.total);
        rows.flat_map(|row| &row.cells).any(|cell| cell.before.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_report_has_a_word_of_its_own() {
        for kind in ReportKind::ALL {
            assert_eq!(ReportKind::of_name(kind.name()), Some(*kind));
            assert!(!kind.title().is_empty());
        }
        assert_eq!(ReportKind::of_name("colours"), None);
    }
}
