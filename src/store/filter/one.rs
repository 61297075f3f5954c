//! Conditions that look things up in sets of records, asked of one record instead. Rewrites text that the compiler made, nothing else.

/// `l.number IN (SELECT …)` as `EXISTS (… = l.number)`, at any depth, so that an index leads from the one to the other.
pub(super) fn of_one(text: &str) -> String {
    const SET: &str = " IN (SELECT ";
    let Some(at) = text.find(SET) else { return text.to_owned() };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let begin = text[..at].rfind(|c| !is_name(c)).map_or(0, |before| before + 1);
    let (column, open) = (&text[begin..at], at + " IN (".len());
    let Some(close) = closing(text, open).filter(|_| column.contains('.')) else {
        return format!("{}{}", &text[..open], of_one(&text[open..]));
    };
    let (inner, rest) = (of_one(&text[open..close]), of_one(&text[close + 1..]));
    let (inner, wanted) = borne(&inner, column).unwrap_or_else(|| (inner.clone(), column.to_owned()));
    format!("{}EXISTS (WITH found(record) AS ({inner}) SELECT 1 FROM found WHERE found.record = {wanted}){rest}", &text[..begin])
}

/// What stands on a record says so in words, as `L-7`, and it is these that have an index.
fn borne(inner: &str, column: &str) -> Option<(String, String)> {
    const NUMBER: &str = "SELECT CAST(substr(l.regarding, 3) AS INTEGER) FROM ";
    let rest = inner.strip_prefix(NUMBER)?;
    let (_, prefix) = rest.split_once("l.regarding >= '")?;
    let (prefix, _) = prefix.split_once('\'')?;
    Some((format!("SELECT l.regarding FROM {rest}"), format!("'{prefix}' || {column}")))
}

/// Where the parenthesis closes in which `from` stands.
fn closing(text: &str, from: usize) -> Option<usize> {
    let (mut depth, mut quoted) = (0, false);
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            b'\'' => quoted = !quoted,
            _ if quoted => {}
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::of_one;

    #[test]
    fn sets_are_asked_of_one() {
        assert_eq!(
            of_one("l.a = $1 AND l.number IN (SELECT x FROM t WHERE y IN (SELECT z) AND w = $12) OR q.number IN ($2)"),
            "l.a = $1 AND EXISTS (WITH found(record) AS (SELECT x FROM t WHERE y IN (SELECT z) AND w = $12) \
             SELECT 1 FROM found WHERE found.record = l.number) OR q.number IN ($2)"
        );
        assert_eq!(
            of_one(
                "(l.number IN (SELECT CAST(substr(l.regarding, 3) AS INTEGER) FROM activity l WHERE l.regarding >= 'L-' AND x))"
            ),
            "(EXISTS (WITH found(record) AS (SELECT l.regarding FROM activity l WHERE l.regarding >= 'L-' AND x) \
             SELECT 1 FROM found WHERE found.record = 'L-' || l.number))"
        );
    }
}
