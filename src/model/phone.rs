//! Phone numbers: kept as typed, compared and found by their digits. Knows no country's numbering plan.

/// The digits that two ways of writing one number share: no marks, no extension, no leading + or 00, no (0) after a country
/// code; so `+46 (0)8 555` and `0046 8 555` are both `468555`.
pub fn digits(text: &str) -> String {
    let mut out = String::new();
    let mut letters = String::new();
    let mut plus = false;
    let mut open = None;
    for c in text.chars() {
        if c.is_alphabetic() {
            letters.extend(c.to_lowercase());
            continue;
        }
        if !out.is_empty() && (is_extension(&letters) || c == '#') {
            break;
        }
        letters.clear();
        match c {
            '+' if out.is_empty() => plus = true,
            '(' => open = Some(out.len()),
            ')' => {
                if let Some(start) = open.take()
                    && (plus || out.starts_with("00"))
                    && start > 0
                    && out.get(start..) == Some("0")
                {
                    out.truncate(start);
                }
            }
            c => out.extend(digit(c)),
        }
    }
    match out.strip_prefix("00") {
        Some(rest) if !plus && !rest.is_empty() => rest.into(),
        _ => out,
    }
}

/// Whether `text` is meant as a phone number: it begins with + or has seven digits, and has nothing but what numbers are
/// written with. A date is none.
pub fn looks_like(text: &str) -> bool {
    let text = text.trim();
    let number = match text.find(|c: char| c.is_ascii_alphabetic() || c == '#') {
        Some(at) if is_extension_part(&text[at..]) => text[..at].trim_end(),
        Some(_) => return false,
        None => text,
    };
    let count = number.chars().filter(|c| digit(*c).is_some()).count();
    let allowed = number.chars().enumerate().all(|(i, c)| {
        digit(c).is_some() || matches!(c, ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/' | '‑' | '–') || (c == '+' && i == 0)
    });
    allowed && count <= 20 && ((number.starts_with('+') && count > 0) || count >= 7) && !is_date(number)
}

/// The tokens of a number in the full-text index: its digits, and `z` with the digits reversed, so that the end of a number is
/// the beginning of a token.
pub fn search_tokens(text: &str) -> Vec<String> {
    let digits = digits(text);
    if digits.is_empty() { Vec::new() } else { vec![reversed(&digits), digits] }
}

/// The beginning of a token of [`search_tokens`] in every number that ends with the digits of `text`; none without digits.
pub fn suffix_token(text: &str) -> Option<String> {
    let digits = digits(text);
    (!digits.is_empty()).then(|| reversed(&digits))
}

fn reversed(digits: &str) -> String {
    std::iter::once('z').chain(digits.chars().rev()).collect()
}

/// The ASCII digit of a digit in the usual scripts.
fn digit(c: char) -> Option<char> {
    let value = match c as u32 {
        code @ 0x30..=0x39 => code - 0x30,
        code @ 0x660..=0x669 => code - 0x660,
        code @ 0x6F0..=0x6F9 => code - 0x6F0,
        code @ 0x966..=0x96F => code - 0x966,
        code @ 0xFF10..=0xFF19 => code - 0xFF10,
        _ => return None,
    };
    char::from_digit(value, 10)
}

fn is_extension(letters: &str) -> bool {
    matches!(letters, "x" | "ext" | "extn" | "extension" | "dw" | "durchwahl" | "poste" | "ramal")
}

fn is_extension_part(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = text[..text.len() - rest.len()].to_ascii_lowercase();
    let number = rest.trim_start_matches(['.', ':', '#', ' ']);
    (is_extension(&letters) || (letters.is_empty() && rest.starts_with('#')))
        && (1..=7).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// 2026-11-23, 23.11.2026 and 11/23/2026 have digits enough for a number.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    let lengths: Vec<usize> = parts.iter().map(|p| if p.bytes().all(|b| b.is_ascii_digit()) { p.len() } else { 0 }).collect();
    matches!(lengths[..], [4, 2, 2] | [1..=2, 1..=2, 4])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_are_the_same_however_written() {
        for (text, found) in [
            ("+46 8 555 010", "468555010"),
            ("0046 8-555 010", "468555010"),
            ("+46 (0)8 555 010", "468555010"),
            ("(650) 867-3450 x123", "6508673450"),
            ("650.867.3450 Ext. 9", "6508673450"),
            ("tel:+1-555-0100;ext=7", "15550100"),
            ("08 555 010", "08555010"),
            ("+１ ５５５", "1555"),
            ("555 0100 #12", "5550100"),
            ("x12", "12"),
            ("none", ""),
            ("00", "00"),
        ] {
            assert_eq!(digits(text), found, "{text}");
        }
    }

    #[test]
    fn a_phone_looks_like_one() {
        for yes in ["+1 555 0100", "+4", "555-0100", "(650) 867-3450 x123", "5550100", "01.23.45.67.89", "555 0100 ext. 5"] {
            assert!(looks_like(yes), "{yes}");
        }
        for no in
            ["", "+", "12345", "3D", "2026-11-23", "23.11.2026", "11/23/2026", "+1 call", "555x", "1+5550100", "0100 a 5550"]
        {
            assert!(!looks_like(no), "{no}");
        }
    }

    #[test]
    fn the_end_of_a_number_begins_a_token() {
        let tokens = search_tokens("+46 8 555 010");
        assert_eq!(tokens, ["z010555864", "468555010"]);
        assert!(tokens[0].starts_with(&suffix_token("5 010").expect("digits")));
        assert!(search_tokens("-").is_empty());
        assert_eq!(suffix_token("abc"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_safe(text in any::<String>()) {
            prop_assert!(digits(&text).bytes().all(|b| b.is_ascii_digit()));
            let _ = looks_like(&text);
        }

        #[test]
        fn marks_do_not_count(a in "[1-9][0-9]{1,2}", b in "[0-9]{6,9}") {
            prop_assert_eq!(digits(&format!("+{a} {b}")), digits(&format!("00{a}-{b}")));
            let phone = format!("+{a} {b}");
            prop_assert!(looks_like(&phone));
        }
    }
}
