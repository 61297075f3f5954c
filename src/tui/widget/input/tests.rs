//! What typing does, and that nothing typed anywhere breaks the screen.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

const ACTIONS: &[Action] = &[
    Action::Left,
    Action::Right,
    Action::WordLeft,
    Action::WordRight,
    Action::LineStart,
    Action::LineEnd,
    Action::DeleteBack,
    Action::DeleteForward,
    Action::DeleteWord,
    Action::DeleteToStart,
    Action::DeleteToEnd,
    Action::NewLine,
    Action::TextUndo,
    Action::TextRedo,
    Action::Open,
];

fn drawn(input: &Input, columns: u16, rows: u16) -> (String, Position) {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|f| input.draw(f, f.area(), Style::new(), true)).unwrap();
    let cursor = terminal.get_cursor_position().unwrap();
    (terminal.backend().buffer().content().iter().map(|cell| cell.symbol()).collect(), cursor)
}

#[test]
fn characters_are_what_people_see() {
    let mut input = Input::new("a👨‍👩‍👧e\u{301}");
    input.act(Action::DeleteBack);
    assert_eq!(input.text(), "a👨‍👩‍👧");
    input.act(Action::Left);
    input.insert("日");
    assert_eq!(input.text(), "a日👨‍👩‍👧");
    input.act(Action::DeleteForward);
    assert_eq!((input.text(), input.cursor_column()), ("a日", 3));
}

#[test]
fn words_are_walked_and_deleted() {
    let mut input = Input::new("ann.lee@contoso.com, Bo");
    input.act(Action::DeleteWord);
    assert_eq!(input.text(), "ann.lee@contoso.com, ");
    input.act(Action::DeleteWord);
    assert_eq!(input.text(), "ann.lee@contoso.");
    input.act(Action::LineStart);
    input.act(Action::WordRight);
    input.act(Action::DeleteToEnd);
    assert_eq!(input.text(), "ann");
    input.act(Action::DeleteToStart);
    assert_eq!(input.text(), "");
}

#[test]
fn typing_is_taken_back_by_words_and_brought_again() {
    let mut input = Input::new("");
    for c in "Ann Lee".chars() {
        input.insert(&c.to_string());
    }
    input.act(Action::TextUndo);
    assert_eq!(input.text(), "Ann ");
    input.act(Action::TextUndo);
    input.act(Action::TextUndo);
    assert_eq!(input.text(), "");
    for _ in 0..3 {
        input.act(Action::TextRedo);
    }
    assert_eq!(input.text(), "Ann Lee");
}

#[test]
fn pasted_lines_become_one_and_controls_go() {
    let mut input = Input::new("");
    input.insert("a\r\nb\tc\x1b[31m");
    assert_eq!(input.text(), "a b c[31m");
    let mut input = Input::lines("");
    input.insert("a\r\nb\rc");
    assert_eq!(input.text(), "a\nb\nc");
    assert!(!input.insert(&"x".repeat(MOST)));
}

#[test]
fn a_limit_is_said_and_cuts_nothing() {
    let mut input = Input::new("1234567").limited(10);
    assert_eq!(input.count(), None);
    input.insert("89ab");
    assert_eq!((input.count().unwrap().as_str(), input.is_over(), input.text().len()), ("11 of 10", true, 11));
}

#[test]
fn a_long_line_shows_where_the_cursor_is() {
    let mut input = Input::new("0123456789abcdef");
    assert_eq!(drawn(&input, 8, 1), ("9abcdef ".into(), Position { x: 7, y: 0 }));
    input.act(Action::LineStart);
    assert_eq!(drawn(&input, 8, 1), ("01234567".into(), Position { x: 0, y: 0 }));
    let text = "one two three\nfour";
    assert_eq!(drawn(&Input::lines(text), 9, 3), ("one two  three    four     ".into(), Position { x: 4, y: 2 }));
    assert_eq!(drawn(&Input::new("a\u{202e}b"), 12, 1).0, "a⟨202E⟩b    ");
}

#[test]
fn a_click_puts_the_cursor_there() {
    let mut input = Input::new("日本x");
    input.click(2, 0, Rect::new(0, 0, 10, 1));
    assert_eq!(input.cursor(), 3);
    input.click(9, 0, Rect::new(0, 0, 10, 1));
    assert!(input.at_end());
    let mut input = Input::lines("ab\ncd");
    input.click(1, 0, Rect::new(0, 0, 10, 2));
    assert_eq!(input.cursor(), 1);
}

proptest! {
    #[test]
    fn anything_typed_anywhere_is_drawn(
        lines in any::<bool>(),
        steps in prop::collection::vec((0usize..ACTIONS.len() * 2, ".{0,6}"), 0..30),
        columns in 1u16..20,
        rows in 1u16..5,
    ) {
        let mut input = if lines { Input::lines("") } else { Input::new("") };
        for (step, text) in steps {
            match ACTIONS.get(step) {
                Some(action) => { input.act(*action); }
                None => { input.insert(&text); }
            }
            prop_assert!(input.text().is_char_boundary(input.cursor()));
            let (_, cursor) = drawn(&input, columns, rows);
            prop_assert!(cursor.x < columns && cursor.y < rows);
            let mut clicked = input.clone();
            clicked.click(columns / 2, rows / 2, Rect::new(0, 0, columns, rows));
        }
    }
}
