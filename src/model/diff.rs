//! What became of the lines of a text: which went, which came. Knows nothing of words within a line.

/// A line that is not in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// It was only in the older one.
    Gone(&'a str),
    /// It is only in the newer one.
    Come(&'a str),
}

/// Beyond so many pairs of changed lines the whole stretch between the first and the last change counts as another.
const MOST: usize = 1_000_000;

/// The lines that went and came, in the order of the texts, those that went first where both did. Lines without text are left out.
pub fn lines<'a>(old: &'a str, new: &'a str) -> Vec<Line<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[start..], &new[start..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    let mut found = Vec::new();
    let common = if old.len().saturating_mul(new.len()) > MOST { Vec::new() } else { common(old, new) };
    let (mut a, mut b) = (0, 0);
    for (at, with) in common.into_iter().chain([(old.len(), new.len())]) {
        found.extend(old[a..at].iter().map(|line| Line::Gone(line)));
        found.extend(new[b..with].iter().map(|line| Line::Come(line)));
        (a, b) = (at + 1, with + 1);
    }
    found.retain(|line| !matches!(line, Line::Gone(text) | Line::Come(text) if text.trim().is_empty()));
    found
}

/// The places of a longest run of lines that both have in one order.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut longest = vec![0u32; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            longest[a * width + b] = if old[a] == new[b] {
                longest[(a + 1) * width + b + 1] + 1
            } else {
                longest[(a + 1) * width + b].max(longest[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut found = Vec::new();
    while a < old.len() && b < new.len() {
        if old[a] == new[b] {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if longest[(a + 1) * width + b] >= longest[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Line::{Come, Gone};
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        assert_eq!(lines("a\nb\nc", "a\nc\nd"), [Gone("b"), Come("d")]);
        assert_eq!(lines("one\ntwo", "one\n2"), [Gone("two"), Come("2")]);
        assert_eq!(lines("x", "x"), []);
        assert_eq!(lines("", "\n\nnew"), [Come("new")]);
    }

    proptest! {
        #[test]
        fn what_stayed_and_what_came_is_the_new_text(old in "[ab\n]{0,20}", new in "[ab\n]{0,20}") {
            let told = lines(&old, &new);
            let count = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
            let gone = told.iter().filter(|line| matches!(line, Gone(_))).count();
            prop_assert_eq!(count(&old) - gone, count(&new) - (told.len() - gone));
        }
    }
}
