//! Rows as CSV, a JSON array, a JSON object a line, vCards, or a calendar. Writes values that are already the machine's form of themselves.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::Value;

use super::csv::{Guard, write_row};
use super::{ics, vcard};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with a row of headings. Guarded against spreadsheets that run cells, unless raw.
    Csv(Guard),
    /// One array of objects.
    Json,
    /// An object a line.
    Jsonl,
    /// A vCard 3.0 each; the columns are fields of [`vcard::FIELDS`].
    Vcard,
    /// One calendar, written at a moment in µs UTC; the columns are fields of [`ics::FIELDS`].
    Ics(i64),
}

/// Writes rows of the same columns, one by one.
pub struct Writer<W> {
    out: W,
    format: Format,
    columns: Vec<String>,
    rows: u64,
}

impl<W: Write> Writer<W> {
    /// Writes what stands before the first row. The first heading of a raw CSV is quoted: that tells our reader, and no other,
    /// that there is no guard to take off.
    pub fn new(mut out: W, format: Format, columns: &[&str]) -> io::Result<Self> {
        match format {
            Format::Csv(guard) => {
                let mut line = Vec::new();
                write_row(&mut line, columns, Guard::Off)?;
                match columns.first() {
                    Some(first) if guard == Guard::Off && !line.starts_with(b"\"") => {
                        write!(out, "\"{first}\"")?;
                        out.write_all(&line[first.len()..])?;
                    }
                    _ => out.write_all(&line)?,
                }
            }
            Format::Json => out.write_all(b"[")?,
            Format::Ics(_) => ics::begin(&mut out)?,
            Format::Jsonl | Format::Vcard => {}
        }
        Ok(Self { out, format, columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows: 0 })
    }

    /// Writes a row: a value for each column. In CSV null is an empty cell and a list is joined by commas.
    pub fn row(&mut self, values: &[Value]) -> io::Result<()> {
        match self.format {
            Format::Csv(guard) => write_row(&mut self.out, values.iter().map(cell), guard)?,
            Format::Json => {
                self.out.write_all(if self.rows == 0 { b"\n  " } else { b",\n  " })?;
                self.object(values)?;
            }
            Format::Jsonl => {
                self.object(values)?;
                self.out.write_all(b"\n")?;
            }
            Format::Ics(now) => match ics::of_record(&self.columns, values) {
                Some(entry) => ics::entry(&mut self.out, &entry, now)?,
                None => return Ok(()),
            },
            Format::Vcard => vcard::write(&mut self.out, &vcard::of_record(&self.columns, values))?,
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes what stands after the last row; gives the number of rows.
    pub fn finish(mut self) -> io::Result<u64> {
        if self.format == Format::Json {
            self.out.write_all(if self.rows == 0 { b"]\n" } else { b"\n]\n" })?;
        }
        if matches!(self.format, Format::Ics(_)) {
            ics::end(&mut self.out)?;
        }
        self.out.flush()?;
        Ok(self.rows)
    }

    fn object(&mut self, values: &[Value]) -> io::Result<()> {
        self.out.write_all(b"{")?;
        for (at, (column, value)) in self.columns.iter().zip(values).enumerate() {
            if at > 0 {
                self.out.write_all(b",")?;
            }
            serde_json::to_writer(&mut self.out, column)?;
            self.out.write_all(b":")?;
            serde_json::to_writer(&mut self.out, value)?;
        }
        self.out.write_all(b"}")
    }
}

/// A JSON value as a cell.
fn cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(values) => Cow::Owned(values.iter().map(cell).collect::<Vec<_>>().join(", ")),
        other => Cow::Owned(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(format: Format, rows: &[[Value; 2]]) -> String {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out, format, &["topic", "tags"]).expect("memory");
        for row in rows {
            writer.row(row).expect("memory");
        }
        assert_eq!(writer.finish().expect("memory"), rows.len() as u64);
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn each_format_is_itself() {
        let rows = [[json!("=1+1"), json!(["a", "b"])], [json!(null), json!(5)]];
        assert_eq!(written(Format::Csv(Guard::On), &rows), "topic,tags\n'=1+1,\"a, b\"\n,5\n");
        assert_eq!(written(Format::Csv(Guard::Off), &rows), "\"topic\",tags\n=1+1,\"a, b\"\n,5\n");
        assert_eq!(written(Format::Jsonl, &rows), "{\"topic\":\"=1+1\",\"tags\":[\"a\",\"b\"]}\n{\"topic\":null,\"tags\":5}\n");
        let json: Value = serde_json::from_str(&written(Format::Json, &rows)).expect("JSON");
        assert_eq!(json[0]["topic"], "=1+1");
        assert_eq!(written(Format::Json, &[]), "[]\n");
    }
}
