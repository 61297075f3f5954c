//! Table: the words of the filter language that need what this version does not have, so that each is refused by its name.

/// What `is:` words need.
const IS: &[(&str, &str)] = &[("duplicate", "filtering by duplicates"), ("shared", "filtering by shares"), ("queued", "queues")];

/// What fields need that are not in the registry.
const FIELDS: &[(&str, &str)] = &[
    ("was", "the list of former owners"),
    ("stage", "filtering by the stage"),
    ("opportunity", "filtering by opportunities"),
    ("link", "filtering by links"),
    ("unit", "business units in filters"),
];

/// What `has:` and `no:` words need.
const HAS: &[(&str, &str)] = &[
    ("request", "filtering by requests"),
    ("link", "filtering by links"),
    ("duplicate", "filtering by duplicates"),
    ("opportunity", "filtering by opportunities"),
];

fn needs(table: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase().replace('-', "_");
    table.iter().find(|(known, _)| *known == word).map(|(_, what)| *what)
}

fn sentence(written: &str, what: &str) -> String {
    format!("{written} needs {what}, which this version does not have")
}

/// The sentence that refuses `is:word`.
pub fn is(word: &str) -> Option<String> {
    needs(IS, word).map(|what| sentence(&format!("is:{word}"), what))
}

/// The sentence that refuses `has:word` or `no:word`; the word ends where a comparison begins.
pub fn has(name: &str, word: &str) -> Option<String> {
    let bare = word.split(['<', '>']).next().unwrap_or(word);
    needs(HAS, bare).map(|what| sentence(&format!("{name}:{word}"), what))
}

/// The sentence that refuses a field, in a comparison or a sort.
pub fn field(name: &str) -> Option<String> {
    if let Some((record, _)) = name.split_once('.') {
        let what = match record {
            "account" => "filtering by the account's fields",
            "contact" => "filtering by the contact's fields",
            "opportunity" => "filtering by the opportunity's fields",
            _ => return None,
        };
        return Some(sentence(name, what));
    }
    needs(FIELDS, name).map(|what| sentence(name, what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::Registry;

    #[test]
    fn what_comes_later_is_named() {
        assert_eq!(is("shared").as_deref(), Some("is:shared needs filtering by shares, which this version does not have"));
        assert!(field("account.industry").is_some_and(|s| s.contains("account")));
        assert_eq!(field("company"), None);
    }

    #[test]
    fn no_field_that_exists_is_refused() {
        for name in Registry::lead().names() {
            assert_eq!(field(name), None, "{name}");
        }
    }
}
