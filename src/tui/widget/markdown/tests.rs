//! Markdown as it is read, and that no text breaks it.

use proptest::prelude::*;

use super::*;

fn shown(text: &str, columns: usize) -> Vec<String> {
    render(text, columns, usize::MAX, &Theme::default()).iter().map(Line::to_string).collect()
}

/// The text of the spans with a mark.
fn marked(text: &str, mark: Modifier) -> Vec<String> {
    let lines = render(text, 80, 10, &Theme::default());
    let spans = lines.iter().flat_map(|line| &line.spans);
    spans.filter(|span| span.style.add_modifier.contains(mark)).map(|span| span.content.to_string()).collect()
}

#[test]
fn blocks_are_known_by_how_a_line_begins() {
    let text = "# Call with Ann\n\nWants a demo.\nDecides with Lena.\n\n\n- [ ] call Ann tomorrow\n- [x] send price list\n* big\n  \
                * small\n2) two\n> she said\n>> he said\n---\n| a | b |\n```rust\nlet x = *y*;\n```\nend\n\n";
    let expected = "Call with Ann\n\nWants a demo.\nDecides with Lena.\n\n☐ call Ann tomorrow\n☑ send price list\n• big\n  • \
                    small\n2. two\n│ she said\n│ │ he said\n────────────────────────────────────────\n| a | b |\n  let x = *y*;\nend";
    assert_eq!(shown(text, 40).join("\n"), expected);
}

#[test]
fn marks_inside_a_line() {
    let text = "a **bold** and *it* and _this_ and ~~gone~~, `*code*`, first_name, 2 * 3 * 4, \\*no\\*";
    assert_eq!(shown(text, 200), ["a bold and it and this and gone, *code*, first_name, 2 * 3 * 4, *no*"]);
    assert_eq!(marked(text, Modifier::BOLD), ["bold"]);
    assert_eq!(marked(text, Modifier::ITALIC), ["it", "this"]);
    assert_eq!(marked(text, Modifier::CROSSED_OUT), ["gone"]);
    assert_eq!(marked("***both***", Modifier::BOLD | Modifier::ITALIC), ["both"]);
    assert_eq!(shown("**open and [text](no `x", 80), ["**open and [text](no `x"]);
}

#[test]
fn a_link_is_text_with_its_target_behind() {
    let text = "see [the list](https://a.example/x) or [](https://b.example) or ![plan](plan.png)";
    assert_eq!(shown(text, 200), ["see the list (https://a.example/x) or https://b.example or plan (plan.png)"]);
}

#[test]
fn lines_are_wrapped_by_columns_and_hang() {
    assert_eq!(shown("- one two three four", 10), ["• one two", "  three", "  four"]);
    assert_eq!(shown("日本語日本語", 5), ["日本", "語日", "本語"]);
    assert_eq!(shown("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    assert_eq!(shown("> quoted text here", 9), ["│ quoted", "│ text", "│ here"]);
}

#[test]
fn what_is_long_ends_in_an_ellipsis() {
    let lines = render("a\nb\nc\nd", 10, 3, &Theme::default());
    assert_eq!(lines.iter().map(Line::to_string).collect::<Vec<_>>(), ["a", "b", "…"]);
    assert_eq!(render("a\nb\nc", 10, 3, &Theme::default()).len(), 3);
    assert_eq!(render("a", 10, 0, &Theme::default()).len(), 0);
    let long = "x".repeat(50_000);
    assert_eq!(shown(&long, 100).len(), 500);
}

#[test]
fn hostile_text_is_made_visible() {
    let text = "a\u{1b}[31mb\u{202e}c\u{200b}\n\u{7}- x\td";
    let all = shown(text, 80).join("\n");
    assert!(!all.chars().any(|c| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{200b}')), "{all:?}");
    assert!(all.contains('␛'), "{all}");
}

#[test]
fn a_long_line_of_marks_takes_no_time() {
    let started = std::time::Instant::now();
    for mark in ["*", "[", "`", "_", "~", "[a](", "> ", "- ", "**a", "\\"] {
        let text = "a ".to_owned() + &mark.repeat(100_000 / mark.len());
        assert!(!render(&text, 80, 10_000, &Theme::default()).is_empty(), "{mark}");
    }
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn any_text_fits(text in "[-*_`~\\[\\]()#>|!x0-9 \\\\\n日é\u{301}\u{202e}\u{1b}👨\u{200d}]{0,200}", columns in 1usize..40, most in 0usize..20) {
        let lines = render(&text, columns, most, &Theme::default());
        prop_assert!(lines.len() <= most);
        for line in lines {
            let shown = line.to_string();
            // a wide character alone may need the two columns that it takes
            prop_assert!(width(&shown) <= columns.max(2) || columns < 8, "{:?} in {}", shown, columns);
        }
    }
}
