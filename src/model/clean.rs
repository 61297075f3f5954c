//! Text of others made harmless for a terminal, and cut to columns. For display only: what is stored stays as it came.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The most characters of one text that are shown.
const LONGEST: usize = 10_000;
/// The most marks that may stand on one letter.
const MARKS: usize = 8;
/// The most joiners in one emoji: a family of four has three.
const JOINERS: usize = 7;

/// `text` for one line: controls become pictures (␀, ␊), bidi, zero-width and tag characters become visible (`⟨202E⟩`), heaps
/// of combining marks are thinned to eight, and more than 10,000 characters end in `…`.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST && text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    made(text, false)
}

/// Like [`clean`], for text of several lines: line feeds stay, CR LF becomes one, a tab becomes four blanks.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST && text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    made(text, true)
}

/// The columns that `text` takes, counted by grapheme as the screen lays them out.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// `text` in at most `columns` columns; what is too long ends in `…`. A wide character that does not fit leaves a column free.
/// Give it cleaned text.
pub fn fit(text: &str, columns: usize) -> String {
    // no grapheme needs more columns than it has bytes, so a short text needs no counting
    if text.len() <= columns || width(text) <= columns {
        return text.into();
    }
    if columns == 0 {
        return String::new();
    }
    let (mut used, mut end) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns - 1 {
            break;
        }
        end = at + grapheme.len();
    }
    let mut out = String::with_capacity(end + '…'.len_utf8());
    out.push_str(&text[..end]);
    out.push('…');
    out
}

/// `text` in exactly `columns` columns: cut by [`fit`], filled with blanks at its right.
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = fit(text, columns);
    let free = columns.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', free));
    out
}

fn made(text: &str, lines: bool) -> Cow<'_, str> {
    let (kept, cut) = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    };
    let mut out = String::with_capacity(kept.len() + 16);
    for grapheme in kept.graphemes(true) {
        one(grapheme, lines, &mut out);
    }
    if cut {
        out.push('…');
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// Writes one grapheme, without what would reach beyond it.
fn one(grapheme: &str, lines: bool, out: &mut String) {
    let mut chars = grapheme.chars().peekable();
    let (mut marks, mut joiners, mut selected, mut first) = (0, 0, false, true);
    let mut base = ' ';
    while let Some(c) = chars.next() {
        match c {
            '\r' if lines && chars.peek() == Some(&'\n') => {}
            '\n' if lines => out.push(c),
            '\t' if lines => out.push_str("    "),
            '\u{200D}' if joiners < JOINERS && is_pictograph(base) && chars.peek().copied().is_some_and(is_pictograph) => {
                joiners += 1;
                out.push(c);
            }
            // one choice of presentation a letter, as emoji and ideographs have it
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}'
                if !first && !selected && (c < '\u{FE10}' || is_ideograph(base)) =>
            {
                selected = true;
                out.push(c);
            }
            c if is_hidden(c) => hidden(c, out),
            c if is_mark(c) => {
                if first {
                    out.push('◌');
                }
                marks += 1;
                if marks <= MARKS {
                    out.push(c);
                }
            }
            c => {
                (base, selected) = (c, false);
                out.push(c);
            }
        }
        first = false;
    }
}

fn hidden(c: char, out: &mut String) {
    match c as u32 {
        code @ 0..=0x1F => out.push(char::from_u32(0x2400 + code).unwrap_or('\u{FFFD}')),
        0x7F => out.push('\u{2421}'),
        code => {
            // writing to a String cannot fail
            let _ = write!(out, "⟨{code:04X}⟩");
        }
    }
}

fn is_mark(c: char) -> bool {
    is_combining_mark(c) || c.width() == Some(0)
}

fn is_ideograph(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

fn is_pictograph(c: char) -> bool {
    matches!(c as u32, 0x2190..=0x2BFF | 0x1F000..=0x1FAFF)
}

/// What acts on a terminal or the order of text, or stands in it unseen.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c as u32,
            0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E
            | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x1BCA0..=0x1BCA3
            | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_text_is_seen_and_not_obeyed() {
        for (text, shown) in [
            ("Ann Lee", "Ann Lee"),
            ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
            ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
            ("\u{9b}2J", "⟨009B⟩2J"),
            ("a\nb\tc\rd\0\x7f", "a␊b␉c␍d␀␡"),
            ("exe.\u{202e}gpj", "exe.⟨202E⟩gpj"),
            ("\u{2066}x\u{2069}", "⟨2066⟩x⟨2069⟩"),
            ("An\u{200b}n\u{feff}\u{ad}", "An⟨200B⟩n⟨FEFF⟩⟨00AD⟩"),
            ("hi\u{e0041}", "hi⟨E0041⟩"),
            ("a\u{2028}b", "a⟨2028⟩b"),
            ("\u{301}a", "◌\u{301}a"),
            ("a\u{200d}b", "a⟨200D⟩b"),
            ("x\u{fe0f}\u{fe0f}", "x\u{fe0f}⟨FE0F⟩"),
            ("x\u{e0100}", "x⟨E0100⟩"),
            ("日本 é e\u{301} 👩‍🚀 👍🏽 🇩🇪 ❤️", "日本 é e\u{301} 👩‍🚀 👍🏽 🇩🇪 ❤️"),
        ] {
            assert_eq!(clean(text), shown, "{text:?}");
        }
        assert!(matches!(clean("日本 é"), Cow::Borrowed(_)));
    }

    #[test]
    fn heaps_are_thinned_and_ends_cut() {
        let heap = format!("a{}b", "\u{301}".repeat(500));
        assert_eq!(clean(&heap), format!("a{}b", "\u{301}".repeat(8)));
        let long = "x".repeat(20_000);
        assert_eq!(clean(&long).chars().count(), 10_001);
        assert!(clean(&long).ends_with('…'));
        let chain = "👩\u{200d}".repeat(40);
        assert!(clean(&chain).contains('⟨'));
    }

    #[test]
    fn lines_keep_their_ends() {
        assert_eq!(clean_lines("a\r\nb\tc\rd\x1b"), "a\nb    c␍d␛");
        assert!(matches!(clean_lines("a\nb"), Cow::Borrowed(_)));
    }

    #[test]
    fn columns_are_counted_not_characters() {
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(fit("Contoso", 7), "Contoso");
        assert_eq!(fit("Contoso", 5), "Cont…");
        assert_eq!(fit("日本語", 4), "日…");
        assert_eq!(pad("日本語", 4), "日… ");
        assert_eq!(fit("x", 0), "");
        assert_eq!(pad("Ann", 5), "Ann  ");
    }

    proptest! {
        #[test]
        fn nothing_dangerous_remains(text in any::<String>(), columns in 0usize..30) {
            let shown = clean(&text);
            prop_assert!(!shown.chars().any(char::is_control));
            let unseen = shown.contains(['\u{202e}', '\u{200b}', '\u{feff}', '\u{2066}']);
            prop_assert!(!unseen);
            let lines = clean_lines(&text);
            prop_assert!(!lines.chars().any(|c| c.is_control() && c != '\n'));
            prop_assert!(width(&fit(&shown, columns)) <= columns);
            prop_assert_eq!(width(&pad(&shown, columns)), columns);
        }
    }
}
