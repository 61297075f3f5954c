//! SQL stands in the store alone, and outside `store/sqlite/` in the words that SQLite and PostgreSQL share.

use super::source;

/// How a text that is SQL, or a part of it, can be known. Upper case: the project writes its SQL so.
const SQL: &[&str] = &[
    "SELECT ",
    "INSERT INTO ",
    "DELETE FROM ",
    "UPDATE ",
    "PRAGMA ",
    "CREATE TABLE",
    "CREATE INDEX",
    " WHERE ",
    "ORDER BY ",
    "GROUP BY ",
    "LEFT JOIN ",
    "UNION ALL",
    " COLLATE ",
];

/// What only SQLite, or only PostgreSQL, understands, and what it is to be written as.
const FOREIGN: &[(&str, &str)] = &[
    ("GLOB ", "LIKE … ESCAPE on a folded column"),
    ("ILIKE", "LIKE on a folded column"),
    ("AUTOINCREMENT", "a number from the table sequence"),
    ("INSERT OR ", "ON CONFLICT"),
    ("REPLACE INTO", "ON CONFLICT"),
    ("INDEXED BY", "nothing: the plan is tested"),
    ("COLLATE ", "a folded key column"),
    ("PRAGMA", "a function of store::sqlite"),
    (" MATCH ", "a function of store::sqlite"),
    ("rowid", "number"),
    ("datetime(", "µs UTC from the context"),
    ("strftime(", "µs UTC from the context"),
    ("julianday(", "µs UTC from the context"),
    ("unixepoch(", "µs UTC from the context"),
    ("now()", "µs UTC from the context"),
    ("CURRENT_TIMESTAMP", "µs UTC from the context"),
    ("ifnull(", "coalesce("),
    ("iif(", "CASE"),
    ("group_concat(", "rows, joined in Rust"),
    ("json_", "columns"),
    ("last_insert", "RETURNING"),
    ("changes()", "the count that execute gives back"),
    (" IS TRUE", "= 1"),
    (" == ", "="),
    ("::text", "CAST"),
    ("::bigint", "CAST"),
];

fn is_sql(text: &str) -> bool {
    SQL.iter().any(|word| text.contains(word) || text.starts_with(word.trim_start()))
}

#[test]
fn only_the_store_knows_sql() {
    let mut wrong = Vec::new();
    for source in source::program().filter(|source| source.layer() != "store") {
        let found = source.strings.iter().filter(|(_, text)| is_sql(text));
        wrong.extend(found.map(|(line, text)| format!("{}:{line}: {text}", source.path)));
    }
    assert!(wrong.is_empty(), "SQL outside src/store:\n{}", wrong.join("\n"));
}

#[test]
fn the_texts_are_portable() {
    let mut wrong = Vec::new();
    let portable = source::program().filter(|source| source.layer() == "store" && !source.path.starts_with("src/store/sqlite/"));
    for source in portable {
        for (line, text) in &source.strings {
            let foreign = FOREIGN.iter().filter(|(word, _)| is_sql(text) && text.contains(word));
            wrong.extend(foreign.map(|(word, instead)| format!("{}:{line}: {word:?}; write {instead}", source.path)));
            if is_sql(text) && text.contains('?') {
                wrong.push(format!("{}:{line}: `?`; places are written $1…$n: {text}", source.path));
            }
            if let Some(place) = out_of_order(text) {
                wrong.push(format!("{}:{line}: ${place} is used before those below it: {text}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The first place of a statement that is used before a lower one was; SQLite numbers them by first use.
fn out_of_order(text: &str) -> Option<usize> {
    let whole = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "].iter().any(|verb| text.trim_start().starts_with(verb));
    let mut highest = 0;
    for (at, _) in text.match_indices('$').filter(|_| whole) {
        let digits: String = text[at + 1..].chars().take_while(char::is_ascii_digit).collect();
        let Ok(place) = digits.parse::<usize>() else { continue };
        if place > highest + 1 {
            return Some(place);
        }
        highest = highest.max(place);
    }
    None
}

#[test]
fn places_are_numbered_by_first_use() {
    assert_eq!(out_of_order("UPDATE t SET a = $1 WHERE b = $2 AND c = $1"), None);
    assert_eq!(out_of_order("UPDATE t SET a = $2 WHERE b = $1"), Some(2));
    assert_eq!(out_of_order("INSERT INTO t VALUES ($1, $3)"), Some(3));
    assert!(is_sql("SELECT 1") && is_sql("ORDER BY a") && !is_sql("Selects where it is"));
}
