//! TOML read with line numbers, so that every mistake of a file can be reported at once. Knows no setting.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Mistake;

/// A key of a table with its line and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its value.
    pub value: Value,
}

/// A TOML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// Values, each with its line.
    List(Vec<(usize, Value)>),
    /// A table.
    Table(Vec<Entry>),
    /// A number with a fraction, or a date; no file of ours has one.
    Other,
}

/// Reads `text`; `file` is what its mistakes call it. Entries come in the order of their lines.
pub fn read(file: &str, text: &str) -> (Vec<Entry>, Vec<Mistake>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let line_of = |at: usize| text.as_bytes()[..at.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1;
    let mistakes =
        errors.iter().map(|e| Mistake::new(file, e.span().map_or(0, |span| line_of(span.start)), e.message())).collect();
    (entries(table.get_ref(), &line_of), mistakes)
}

fn entries(table: &DeTable<'_>, line_of: &dyn Fn(usize) -> usize) -> Vec<Entry> {
    let mut all: Vec<Entry> = table
        .iter()
        .map(|(key, found)| Entry {
            key: key.get_ref().to_string(),
            line: line_of(key.span().start),
            value: value(found, line_of),
        })
        .collect();
    all.sort_by_key(|entry| entry.line);
    all
}

fn value(found: &Spanned<DeValue<'_>>, line_of: &dyn Fn(usize) -> usize) -> Value {
    match found.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(int) => i64::from_str_radix(int.as_str(), int.radix()).map_or(Value::Other, Value::Int),
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Array(list) => Value::List(list.iter().map(|item| (line_of(item.span().start), value(item, line_of))).collect()),
        DeValue::Table(table) => Value::Table(entries(table, line_of)),
        DeValue::Float(_) | DeValue::Datetime(_) => Value::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Value, read};

    #[test]
    fn lines_are_counted_from_one() {
        let (entries, mistakes) = read("x.toml", "# a comment\nname = \"Ana\"\n\n[browse]\n\"note.write\" = [\"i\",\n \"x\"]\n");
        assert!(mistakes.is_empty());
        assert_eq!((entries[0].key.as_str(), entries[0].line), ("name", 2));
        let Value::Table(browse) = &entries[1].value else { panic!("no table: {entries:?}") };
        assert_eq!((browse[0].key.as_str(), browse[0].line), ("note.write", 5));
        let keys = Value::List(vec![(5, Value::Text("i".into())), (6, Value::Text("x".into()))]);
        assert_eq!(browse[0].value, keys);
    }

    #[test]
    fn what_is_right_survives_what_is_not() {
        let (entries, mistakes) = read("x.toml", "name = \"Ana\"\ncurrency = \nmouse = true\n");
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        assert_eq!(mistakes[0].line, 2);
        assert!(entries.iter().any(|e| e.key == "name"));
        assert!(entries.iter().any(|e| e.key == "mouse"));
    }
}
