//! A report as text: CSV and JSON for programs, Markdown and the cells of a table for people.

use serde_json::{Map, Value as Json};

use super::csv::{Guard, guard, write_row};
use crate::error::{Error, Result};
use crate::model::clean::clean;
use crate::model::locale::Locale;
use crate::model::report::{Cell, Column, ColumnKind, Row, Sheet};

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with a row of keys.
    Csv,
    /// A table in Markdown.
    Markdown,
    /// One array of objects.
    Json,
}

/// The endings of files, and what is in them.
const ENDINGS: &[(&str, Format)] = &[(".csv", Format::Csv), (".md", Format::Markdown), (".json", Format::Json)];

impl Format {
    /// What a file of this name holds.
    pub fn of_path(path: &str) -> Option<Self> {
        let path = path.to_ascii_lowercase();
        ENDINGS.iter().find(|(ending, _)| path.ends_with(ending)).map(|(_, format)| *format)
    }
}

/// A report as the text of a file.
pub fn text(sheet: &Sheet, format: Format, locale: &Locale) -> Result<String> {
    match format {
        Format::Markdown => Ok(markdown(sheet, locale)),
        Format::Csv => {
            let mut bytes = Vec::new();
            write_csv(sheet, &mut bytes).map_err(|error| Error::io("a report", &error))?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        }
        Format::Json => {
            let text = serde_json::to_string_pretty(&json(sheet));
            text.map(|text| text + "\n").map_err(|error| Error::Io(format!("a report as JSON: {error}")))
        }
    }
}

const fn hours(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::Hours)
}

/// A cell for people, with how it differs from the period before.
fn shown(column: &Column, cell: &Cell, locale: &Locale) -> String {
    let now = cell.figure.show(locale, hours(column));
    match &cell.before {
        Some(before) => match cell.figure.change(before, locale, hours(column)) {
            change if change.is_empty() => now,
            change => format!("{now} ({change})"),
        },
        None => now,
    }
}

/// The cells of a row for people; the name of one that is part of another stands further in.
pub fn cells(sheet: &Sheet, row: &Row, locale: &Locale) -> Vec<String> {
    let mut cells: Vec<String> = sheet.columns.iter().zip(&row.cells).map(|(column, cell)| shown(column, cell, locale)).collect();
    if let Some(first) = cells.first_mut() {
        *first = format!("{}{first}", "  ".repeat(row.depth));
    }
    cells
}

/// The heads of the columns.
pub fn heads(sheet: &Sheet) -> Vec<&'static str> {
    sheet.columns.iter().map(|column| column.label).collect()
}

/// A heading, the table, the notes.
pub fn markdown(sheet: &Sheet, locale: &Locale) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| clean(cell).replace('|', "\\|")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut text = format!("## {}\n\n{}\n\n", sheet.kind.title(), clean(&sheet.about));
    text.push_str(&line(&heads(sheet).iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()));
    let marks: Vec<&str> = sheet.columns.iter().map(|column| if column.is_name() { "---" } else { "---:" }).collect();
    text.push_str(&format!("| {} |\n", marks.join(" | ")));
    for row in sheet.rows.iter().chain(&sheet.total) {
        // a Markdown table takes no blanks at the beginning of a cell
        let cells: Vec<String> = cells(sheet, row, locale).iter().map(|cell| cell.replace("  ", "\u{2003}")).collect();
        text.push_str(&line(&cells));
    }
    if !sheet.notes.is_empty() {
        text.push('\n');
        sheet.notes.iter().for_each(|note| text.push_str(&format!("- {}\n", clean(note))));
    }
    text
}

/// The keys of the columns; where there is a period before, those of its figures behind them. The whole is left out: who adds up the
/// rows has it.
pub fn write_csv(sheet: &Sheet, out: &mut impl std::io::Write) -> std::io::Result<()> {
    let compared = sheet.is_compared();
    let figures = || sheet.columns.iter().filter(|column| compared && !column.is_name());
    let keys = sheet.columns.iter().map(|column| column.key.to_owned());
    let keys: Vec<String> = keys.chain(figures().map(|column| format!("{}_before", column.key))).collect();
    write_row(out, &keys, Guard::On)?;
    for row in &sheet.rows {
        let all = || sheet.columns.iter().zip(&row.cells);
        // a figure begins with its sign and is no formula; a name may be one
        let now = all().map(|(column, cell)| match cell.figure.cell(hours(column)) {
            name if column.is_name() => guard(&name).into_owned(),
            figure => figure,
        });
        let before = all().filter(|(column, _)| compared && !column.is_name());
        let before =
            before.map(|(column, cell)| cell.before.as_ref().map_or_else(String::new, |figure| figure.cell(hours(column))));
        write_row(out, now.chain(before).collect::<Vec<_>>(), Guard::Off)?;
    }
    Ok(())
}

/// An array of the rows without the whole.
pub fn json(sheet: &Sheet) -> Json {
    Json::Array(sheet.rows.iter().map(|row| object(sheet, row)).collect())
}

/// A row as an object by the keys of the columns; the figures of the period before are an object of their own.
fn object(sheet: &Sheet, row: &Row) -> Json {
    let (mut object, mut before) = (Map::new(), Map::new());
    for (column, cell) in sheet.columns.iter().zip(&row.cells) {
        object.insert(column.key.to_owned(), cell.figure.json(hours(column)));
        if let Some(figure) = &cell.before {
            before.insert(column.key.to_owned(), figure.json(hours(column)));
        }
    }
    if !before.is_empty() {
        object.insert("before".into(), Json::Object(before));
    }
    Json::Object(object)
}
