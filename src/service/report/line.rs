//! A row while it is made: its names, its figures, those of the period before, and what stands behind them.

use crate::model::report::{Cell, Drill, Figure, Row};

/// A row while it is made.
pub(super) struct Line {
    pub label: String,
    pub depth: usize,
    pub names: Vec<Figure>,
    pub figures: Vec<Figure>,
    /// As many as figures.
    pub before: Option<Vec<Figure>>,
    /// As many as figures.
    pub drills: Vec<Option<Drill>>,
}

impl Line {
    /// A row with one name.
    pub fn named(label: &str, slug: Option<&str>, figures: Vec<Figure>, drills: Vec<Option<Drill>>) -> Self {
        Self { label: label.to_owned(), depth: 0, names: vec![name(label, slug)], figures, before: None, drills }
    }

    /// The row.
    pub fn row(self) -> Row {
        let mut before = self.before.map(Vec::into_iter);
        let mut drills = self.drills.into_iter();
        let names = self.names.into_iter().map(Cell::of);
        let figures = self.figures.into_iter().map(|figure| Cell {
            figure,
            before: before.as_mut().and_then(Iterator::next),
            drill: drills.next().flatten(),
        });
        Row { label: self.label, depth: self.depth, cells: names.chain(figures).collect() }
    }
}

/// What a row is called.
pub(super) fn name(label: &str, slug: Option<&str>) -> Figure {
    Figure::Name { label: label.to_owned(), slug: slug.map(str::to_owned) }
}
