//! Writes rows of cells, and keeps a spreadsheet from running them. Knows no field.

use std::borrow::Cow;
use std::io::{self, Write};

/// Whether cells that a spreadsheet would run as formulas are written with an apostrophe before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Written so; [`unguard`] takes it back exactly.
    On,
    /// Written as they are.
    Off,
}

/// Writes one row, ended by a line feed. Cells are quoted where they need it.
pub fn write_row<S: AsRef<str>>(out: &mut impl Write, cells: impl IntoIterator<Item = S>, guard_cells: Guard) -> io::Result<()> {
    let mut lone_empty = false;
    for (column, cell) in cells.into_iter().enumerate() {
        let cell = cell.as_ref();
        if column > 0 {
            out.write_all(b",")?;
        }
        let text = if guard_cells == Guard::On { guard(cell) } else { Cow::Borrowed(cell) };
        write_cell(out, &text, false)?;
        lone_empty = column == 0 && cell.is_empty();
    }
    if lone_empty {
        out.write_all(b"\"\"")?; // an empty line would be no row
    }
    out.write_all(b"\n")
}

/// Writes one cell; `quote` asks for quotes where none are needed.
pub(super) fn write_cell(out: &mut impl Write, text: &str, quote: bool) -> io::Result<()> {
    let needed = text.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r' | b';' | b'\t'))
        || text.starts_with(char::is_whitespace)
        || text.ends_with(char::is_whitespace);
    if !needed && !quote {
        return out.write_all(text.as_bytes());
    }
    out.write_all(b"\"")?;
    for (i, part) in text.split('"').enumerate() {
        if i > 0 {
            out.write_all(b"\"\"")?;
        }
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b"\"")
}

/// The cell with an apostrophe before each line that a spreadsheet would run.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if is_number(cell) || !lines(cell).any(|line| runs(line, cell)) {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len() + 4);
    for line in lines(cell) {
        if runs(line, cell) {
            out.push('\'');
        }
        out.push_str(line);
    }
    Cow::Owned(out)
}

/// The cell as it was before [`guard`]: `unguard(guard(x)) == x` for every text.
pub fn unguard(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') || !lines(cell).any(|line| line.starts_with('\'') && runs(line, cell)) {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len());
    for line in lines(cell) {
        out.push_str(if line.starts_with('\'') && runs(line, cell) { &line[1..] } else { line });
    }
    Cow::Owned(out)
}

/// The lines with their ends. A carriage return alone is an end too.
fn lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.split_inclusive(['\n', '\r'])
}

/// Whether a line begins with what spreadsheets run, however many apostrophes stand before it: so that one more or less does
/// not change the answer.
fn runs(line: &str, cell: &str) -> bool {
    let bare = line.trim_start_matches('\'');
    let first = bare.trim_start_matches([' ', '\u{a0}', '\u{3000}']).chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t') => true,
        // a break at the very beginning of the cell hides what follows
        Some('\n' | '\r') => std::ptr::eq(line.as_ptr(), cell.as_ptr()),
        _ => false,
    }
}

/// A number or a phone number: nothing in it can be run.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'(' | b')' | b'.' | b'/' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::super::{Reader, Record};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_runs_is_guarded() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+49 170 1", "+49 170 1"),
            ("-5.25", "-5.25"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            (" \u{a0}=1", "' \u{a0}=1"),
            ("＝1", "'＝1"),
            ("fine\n=1", "fine\n'=1"),
            ("\n=1", "'\n'=1"),
            ("'=1", "''=1"),
            ("'tis", "'tis"),
            ("- a list", "'- a list"),
            ("", ""),
            ("a=b", "a=b"),
        ] {
            assert_eq!(guard(cell), written, "{cell:?}");
            assert_eq!(unguard(written), cell, "{written:?}");
        }
    }

    #[test]
    fn a_row_is_one_row() {
        let mut out = Vec::new();
        write_row(&mut out, ["a", "b,c", "d\"e", "x\ny", " z"], Guard::On).expect("memory");
        write_row(&mut out, [""], Guard::On).expect("memory");
        assert_eq!(String::from_utf8_lossy(&out), "a,\"b,c\",\"d\"\"e\",\"x\ny\",\" z\"\n\"\"\n");
    }

    proptest! {
        #[test]
        fn the_guard_comes_off(cell in "['=+@ \n\r\ta5-]{0,8}") {
            let guarded = guard(&cell).into_owned();
            prop_assert_eq!(unguard(&guarded), cell);
        }

        #[test]
        fn rows_come_back(cells in proptest::collection::vec("[a,;\"\r\n\t =é]{0,6}", 1..5)) {
            let mut out = Vec::new();
            write_row(&mut out, &cells, Guard::Off).expect("memory");
            let mut reader = Reader::new(out.as_slice(), b',');
            let mut record = Record::default();
            prop_assert!(reader.read(&mut record).expect("good"));
            prop_assert_eq!(record.iter().map(str::to_owned).collect::<Vec<_>>(), cells);
            prop_assert!(!reader.read(&mut record).expect("good"));
        }
    }
}
