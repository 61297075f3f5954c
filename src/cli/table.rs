//! Rows in columns for people: as wide as the terminal, or as wide as needed where there is none. Cleans every cell, cuts none that
//! need not be cut.

use super::output::Out;
use crate::error::Result;
use crate::model::clean::{clean, fit, pad, width};

/// How the columns of a table stand.
pub struct Table {
    widths: Vec<usize>,
    right: Vec<bool>,
    cut: bool,
}

/// Blanks between two columns.
const GAP: usize = 2;
/// What a column keeps when the terminal is narrow; with less the last columns are of more use left out.
const LEAST: usize = 10;

impl Table {
    /// Columns that hold these heads and cells; later cells may be longer. `right` says which stand at their right edge.
    pub fn new(out: &Out, heads: &[&str], right: Vec<bool>, cells: &[Vec<String>]) -> Self {
        let mut widths: Vec<usize> = heads.iter().map(|head| width(head)).collect();
        for row in cells {
            for (most, cell) in widths.iter_mut().zip(row) {
                *most = (*most).max(width(&clean(cell)));
            }
        }
        let columns = out.columns();
        if let Some(columns) = columns {
            shrink(&mut widths, columns);
        }
        Self { widths, right, cut: columns.is_some() }
    }

    /// Writes the heads.
    pub fn heads(&self, out: &mut Out, heads: &[&str]) -> Result<()> {
        let line = self.laid(&heads.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>());
        let line = out.bold(&line);
        out.line(&line)
    }

    /// Writes a row.
    pub fn row(&self, out: &mut Out, cells: &[String]) -> Result<()> {
        let line = self.laid(cells);
        out.line(&line)
    }

    fn laid(&self, cells: &[String]) -> String {
        let mut line = String::new();
        for (at, ((cell, width_of), right)) in cells.iter().zip(&self.widths).zip(&self.right).enumerate() {
            if *width_of == 0 {
                continue;
            }
            if at > 0 {
                line.push_str(&" ".repeat(GAP));
            }
            let cell = clean(cell);
            let cell = if self.cut { fit(&cell, *width_of) } else { cell.into_owned() };
            let free = width_of.saturating_sub(width(&cell));
            match (*right, at + 1 == cells.len()) {
                (true, _) => {
                    line.push_str(&" ".repeat(free));
                    line.push_str(&cell);
                }
                (false, true) => line.push_str(&cell),
                (false, false) if free == 0 => line.push_str(&cell),
                (false, false) => line.push_str(&pad(&cell, *width_of)),
            }
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// Takes from the widest columns until all fit; where that is not enough, the last columns go.
fn shrink(widths: &mut [usize], columns: usize) {
    let total = |widths: &[usize]| {
        let shown = widths.iter().filter(|w| **w > 0).count();
        widths.iter().sum::<usize>() + GAP * shown.saturating_sub(1)
    };
    while total(widths) > columns {
        // the first column names the record and is left whole
        match widths.iter_mut().skip(1).max_by_key(|w| **w) {
            Some(widest) if *widest > LEAST => *widest -= 1,
            _ => break,
        }
    }
    for at in (1..widths.len()).rev() {
        if total(widths) <= columns {
            break;
        }
        widths[at] = 0;
    }
}

/// Writes a whole table at once.
pub fn write(out: &mut Out, heads: &[&str], right: Vec<bool>, cells: &[Vec<String>]) -> Result<()> {
    let table = Table::new(out, heads, right, cells);
    table.heads(out, heads)?;
    cells.iter().try_for_each(|row| table.row(out, row))
}

#[cfg(test)]
mod tests {
    use super::shrink;

    #[test]
    fn columns_give_way_from_the_widest_and_then_from_the_right() {
        let mut widths = vec![6, 20, 40, 10];
        shrink(&mut widths, 60);
        assert_eq!(widths, [6, 19, 19, 10]);
        let mut widths = vec![6, 20, 40, 10];
        shrink(&mut widths, 30);
        assert_eq!(widths, [6, 10, 10, 0]);
        let mut widths = vec![6, 20];
        shrink(&mut widths, 80);
        assert_eq!(widths, [6, 20]);
    }
}
