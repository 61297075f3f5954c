//! Names of people: put together and taken apart. Guesses parts from their order, never corrects a spelling.

use super::fold::fold;

/// A name in parts; a part that is not there is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Mr., Dr., Frau … as written.
    pub salutation: String,
    /// The first name.
    pub first: String,
    /// All that stands between first and last name.
    pub middle: String,
    /// The last name with its particles (von der Leyen) and suffix (Lee Jr.).
    pub last: String,
}

/// Words that belong to the last name after them.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zum", "zur", "der", "den", "de", "del", "della", "delle", "di", "da", "das", "dal", "do", "dos",
    "du", "des", "la", "le", "las", "los", "lo", "ter", "ten", "te", "'t", "op", "af", "av", "al", "el", "bin", "bint", "ibn",
    "ben", "abu", "st.", "san", "santa", "y", "e", "d'", "mac", "mc",
];

/// Words that belong to the last name before them.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "mba", "cpa"];

/// Words before a name.
const SALUTATIONS: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "rev", "herr", "frau", "hr", "fr", "mme", "mlle", "sr", "sra",
    "srta", "sig", "dott", "ing", "dipl-ing", "mevr", "dhr",
];

/// The name as people write it: the parts that are there, with one blank between.
pub fn full(first: &str, middle: &str, last: &str) -> String {
    let mut out = String::with_capacity(first.len() + middle.len() + last.len() + 2);
    for part in [first, middle, last].into_iter().flat_map(str::split_whitespace) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// The parts of a name: `Ann M. Lee`, `Lee, Ann M.`, `Dr. Ludwig van Beethoven`. One word alone is the last name.
pub fn split(text: &str) -> Parts {
    if let Some((last, rest)) = text.split_once(',')
        && !last.trim().is_empty()
        && !rest.split_whitespace().all(is_suffix)
    {
        let (salutation, given) = salutation(rest.split_whitespace().collect());
        let (first, middle) = given.split_first().map_or((String::new(), String::new()), |(f, m)| ((*f).into(), m.join(" ")));
        return Parts { salutation, first, middle, last: full("", "", last) };
    }
    let (salutation, words) = salutation(text.split_whitespace().collect());
    let Some(start) = last_name(&words) else {
        return Parts { salutation, ..Parts::default() };
    };
    let middle = if start > 1 { words[1..start].join(" ") } else { String::new() };
    let first = if start > 0 { words[0].to_owned() } else { String::new() };
    Parts { salutation, first, middle, last: words[start..].join(" ") }
}

/// Where the last name begins.
fn last_name(words: &[&str]) -> Option<usize> {
    let mut start = words.len().checked_sub(1)?;
    while start > 1 && is_suffix(words[start]) {
        start -= 1;
    }
    while start > 1 && is_particle(words[start - 1]) {
        start -= 1;
    }
    // "de Boer" has no first name, "Van Morrison" has
    if start == 1 && is_particle(words[0]) && words[0].starts_with(char::is_lowercase) {
        start = 0;
    }
    Some(start)
}

/// Takes the salutations off, unless nothing but them is there.
fn salutation(words: Vec<&str>) -> (String, Vec<&str>) {
    let count = words.iter().take_while(|w| SALUTATIONS.contains(&bare(w).as_str())).count();
    if count == 0 || count == words.len() { (String::new(), words) } else { (words[..count].join(" "), words[count..].to_vec()) }
}

fn bare(word: &str) -> String {
    fold(word).trim_end_matches([',', '.']).into()
}

fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&bare(word).replace('.', "").as_str())
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&fold(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_come_apart() {
        for (text, salutation, first, middle, last) in [
            ("Ann Lee", "", "Ann", "", "Lee"),
            ("  Ann   M.  Lee ", "", "Ann", "M.", "Lee"),
            ("Lee, Ann M.", "", "Ann", "M.", "Lee"),
            ("van der Berg, Dr. Jan", "Dr.", "Jan", "", "van der Berg"),
            ("Ludwig van Beethoven", "", "Ludwig", "", "van Beethoven"),
            ("Maria de la Cruz", "", "Maria", "", "de la Cruz"),
            ("Anna Maria von der Leyen", "", "Anna", "Maria", "von der Leyen"),
            ("Van Morrison", "", "Van", "", "Morrison"),
            ("de Boer", "", "", "", "de Boer"),
            ("Ann Lee Jr.", "", "Ann", "", "Lee Jr."),
            ("Ann Lee, Jr.", "", "Ann", "", "Lee, Jr."),
            ("Dr. Ann Lee", "Dr.", "Ann", "", "Lee"),
            ("Frau Prof. Dr. Eva Roth", "Frau Prof. Dr.", "Eva", "", "Roth"),
            ("Madonna", "", "", "", "Madonna"),
            ("王小明", "", "", "", "王小明"),
            ("Dr.", "", "", "", "Dr."),
            ("", "", "", "", ""),
            (", Ann", "", ",", "", "Ann"),
        ] {
            let parts = split(text);
            assert_eq!(
                (parts.salutation.as_str(), parts.first.as_str(), parts.middle.as_str(), parts.last.as_str()),
                (salutation, first, middle, last),
                "{text:?}"
            );
        }
    }

    #[test]
    fn names_come_together() {
        assert_eq!(full("Ann", "", "Lee"), "Ann Lee");
        assert_eq!(full(" Ann ", "M.", ""), "Ann M.");
        assert_eq!(full("", "", ""), "");
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[^,]{0,40}") {
            let parts = split(&text);
            let again = full(&parts.salutation, &full(&parts.first, &parts.middle, ""), &parts.last);
            prop_assert_eq!(again, full("", "", &text));
        }

        #[test]
        fn any_text_is_safe(text in any::<String>()) {
            let parts = split(&text);
            prop_assert_eq!(parts.last.is_empty() && parts.first.is_empty(), text.trim().is_empty());
        }
    }
}
