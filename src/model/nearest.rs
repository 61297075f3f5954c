//! The nearest of the valid words to one that is not. Knows no fields.

/// The most single-letter slips between what was typed and what is offered.
const SLIPS: usize = 2;

/// The first of `words` that is nearest to `typed`: one that begins with it or that it begins, else one at most two slips away
/// (a letter more, less, other, or two letters swapped). Nothing for what is shorter than two letters.
pub fn nearest<'a>(typed: &str, words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let typed: Vec<char> = typed.to_lowercase().chars().take(64).collect();
    if typed.len() < 2 {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for word in words {
        let letters: Vec<char> = word.to_lowercase().chars().take(64).collect();
        let cost = if letters.starts_with(&typed) || (letters.len() > 2 && typed.starts_with(&letters)) {
            1
        } else {
            2 * slips(&typed, &letters)
        };
        // a word of two letters is not one slip away from every other
        if cost <= 2 * SLIPS && cost < 2 * letters.len().min(typed.len()) && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, word));
        }
    }
    best.map(|(_, word)| word.to_owned())
}

/// How many slips lead from one word to the other.
fn slips(a: &[char], b: &[char]) -> usize {
    if a.len().abs_diff(b.len()) > SLIPS {
        return SLIPS + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_and_beginnings_are_found() {
        let words = ["status", "source", "status_reason", "rating", "city"];
        for (typed, found) in [
            ("statsu", Some("status")),
            ("sourec", Some("source")),
            ("rat", Some("rating")),
            ("ratingg", Some("rating")),
            ("citty", Some("city")),
            ("colour", None),
            ("x", None),
        ] {
            assert_eq!(nearest(typed, words).as_deref(), found, "{typed}");
        }
    }
}
