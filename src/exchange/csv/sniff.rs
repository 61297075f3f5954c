//! Finds the delimiter of a file by its first rows. Reads no more than it is given.

use super::{DELIMITERS, Reader, Record};

/// How many rows are looked at.
const ROWS: u64 = 200;

/// The delimiter by which the first rows fall into the most columns of equal number; comma where nothing divides them. A first
/// line `sep=;`, as spreadsheets write it, decides. `whole` says that the sample is the whole file, else its last row is ignored.
pub fn sniff(sample: &str, whole: bool) -> u8 {
    if let Some(told) = told(sample) {
        return told;
    }
    let mut best = (0.0, b',');
    for delimiter in DELIMITERS {
        let score = score(sample, *delimiter, whole);
        if score > best.0 {
            best = (score, *delimiter);
        }
    }
    best.1
}

/// The delimiter that a first line `sep=;` names.
pub fn told(sample: &str) -> Option<u8> {
    let line = sample.lines().next()?.trim_end_matches(['\r', '"']);
    let told = line.trim_start_matches('"').strip_prefix("sep=")?;
    match told.as_bytes() {
        [one] if one.is_ascii_punctuation() || *one == b'\t' => Some(*one),
        _ => None,
    }
}

fn score(sample: &str, delimiter: u8, whole: bool) -> f64 {
    let mut reader = Reader::new(sample.as_bytes(), delimiter);
    let mut record = Record::default();
    let mut counts = Vec::new();
    while counts.len() as u64 <= ROWS && matches!(reader.read(&mut record), Ok(true)) {
        counts.push(record.len());
    }
    if !whole && counts.len() > 1 {
        counts.pop();
    }
    let Some(columns) = counts.first().copied().filter(|n| *n > 1) else {
        return 0.0;
    };
    let same = counts.iter().filter(|n| **n == columns).count();
    columns as f64 * same as f64 / counts.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found() {
        for (sample, delimiter) in [
            ("a,b,c\n1,2,3\n", b','),
            ("Name;Wert\nLee, Ann;1.234,50\nEk, Bo;2,5\n", b';'),
            ("a\tb\n1,5\t2,5\n", b'\t'),
            ("a|b|c\n1|2|3\n", b'|'),
            ("just one\nx\n", b','),
            ("", b','),
            ("a,b\n\"x;y;z\",\"1;2;3\"\n", b','),
            ("sep=;\na;b\n", b';'),
            ("Name (last, first),Mail\n\"Lee; Ann\",a@b.de\n", b','),
        ] {
            assert_eq!(sniff(sample, true), delimiter, "{sample}");
        }
        assert_eq!(sniff("a;b;c\n1;2;3\n4;5,5,5,5,5", false), b';');
    }
}
