//! The key that text is sorted and matched by, and the words that are searched. Never for display: a key has lost its spelling.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The sort and match key of `text`: compatible characters made equal, accents and case removed, typographic apostrophes made
/// plain, runs of blanks and controls made one blank, ends trimmed. Scripts whose marks are letters (kana, Hangul, Indic, Thai)
/// keep them. `fold(fold(x)) == fold(x)`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() { fold_ascii(text) } else { fold_wide(text) }
}

/// The words that the full-text index holds and a search looks for: folded, split at whatever is neither letter, digit nor mark.
pub fn words(text: &str) -> Vec<String> {
    words_of_key(&fold(text)).map(str::to_owned).collect()
}

/// The words of a text that is folded already.
pub fn words_of_key(key: &str) -> impl Iterator<Item = &str> {
    key.split(|c: char| !is_of_word(c)).filter(|w| w.contains(char::is_alphanumeric))
}

/// Whether a character stands in words.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The stretches of a text, in bytes, that hold a word beginning with one of these folded words, each with the place of that one.
pub fn stretches(text: &str, wanted: &[String]) -> Vec<(Range<usize>, usize)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(is_of_word).map(|at| rest + at) {
        let end = text[start..].find(|c| !is_of_word(c)).map_or(text.len(), |at| start + at);
        let own = words(&text[start..end]);
        if let Some(place) = wanted.iter().position(|word| own.iter().any(|own| own.starts_with(word.as_str()))) {
            found.push((start..end, place));
        }
        rest = end;
    }
    found
}

fn fold_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            0..=b' ' | 0x7f => blank(&mut out),
            b'`' => out.push('\''),
            _ => out.push(byte.to_ascii_lowercase() as char),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn fold_wide(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // the acute accent alone would decompose into a blank and a mark
    for c in text.chars().map(|c| if c == '´' { '\'' } else { c }).nfkd() {
        if is_stripped(c) {
            continue;
        }
        if c.is_whitespace() || c.is_control() {
            blank(&mut out);
            continue;
        }
        for lower in c.to_lowercase().filter(|c| !is_stripped(*c)) {
            match plain(lower) {
                Some(text) => out.push_str(text),
                None => out.push(lower),
            }
        }
    }
    out.truncate(out.trim_end().len());
    if out.is_ascii() { out } else { out.nfc().collect() }
}

fn blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Accents of the alphabetic scripts, and characters that nobody sees.
fn is_stripped(c: char) -> bool {
    matches!(c as u32,
        0x0300..=0x036F | 0x0483..=0x0489 | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F
        | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7
        | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4 | 0x06E7..=0x06E8 | 0x06EA..=0x06ED
        | 0x00AD | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xFFF9..=0xFFFB | 0xE0000..=0xE01EF)
}

/// What is written for a lower-case letter that no decomposition reaches.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' | 'ɖ' => "d",
        'ł' | 'ƚ' => "l",
        'ħ' => "h",
        'ŧ' => "t",
        'þ' => "th",
        'ŋ' => "n",
        'ĸ' => "k",
        'ı' | 'ɨ' => "i",
        'ƀ' => "b",
        'ǥ' => "g",
        'ƶ' => "z",
        'ʉ' => "u",
        'ə' => "e",
        'ς' => "σ",
        '‘' | '’' | '‛' | '′' | 'ʼ' | 'ʻ' | 'ʹ' | '`' => "'",
        '“' | '”' | '„' | '″' | '«' | '»' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spelling_disappears() {
        for (text, key) in [
            ("  Ann   LEE\t", "ann lee"),
            ("Müller", "muller"),
            ("Groß & Söhne", "gross & sohne"),
            ("STRAẞE", "strasse"),
            ("Øyvind Ærø", "oyvind aero"),
            ("Łódź", "lodz"),
            ("Đỗ Thị", "do thi"),
            ("O’Brien", "o'brien"),
            ("O´Brien", "o'brien"),
            ("İstanbul ılık", "istanbul ilik"),
            ("Ａｃｍｅ㈱", "acme(株)"),
            ("ΟΔΟΣ", "οδοσ"),
            ("Ann\u{200b}\u{00a0}Lee", "ann lee"),
            ("a\0b", "a b"),
            ("Jose\u{301}", "jose"),
            ("ﬁrm №5", "firm no5"),
        ] {
            assert_eq!(fold(text), key, "{text:?}");
        }
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(fold("株式会社 日本ガス"), "株式会社 日本ガス");
        assert_eq!(fold("김철수"), "김철수");
        assert_eq!(fold("हिंदी"), "हिंदी");
        assert_eq!(words("हिंदी भाषा"), ["हिंदी", "भाषा"]);
        assert_eq!(words("日本語・東京"), ["日本語", "東京"]);
    }

    #[test]
    fn words_are_what_stands_between_marks() {
        assert_eq!(
            words("O’Brien-Smith, ann.lee@contoso.com +46 8"),
            ["o", "brien", "smith", "ann", "lee", "contoso", "com", "46", "8"]
        );
        assert!(words(" .,;- ").is_empty());
    }

    #[test]
    fn every_character_folds_to_a_fixed_point() {
        for c in (0..=0x2FFFF).filter_map(char::from_u32) {
            let once = fold(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "{:04X}", c as u32);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
            prop_assert_eq!(words(&once), words(&text));
        }
    }
}
