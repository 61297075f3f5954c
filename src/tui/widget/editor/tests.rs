//! Text of many lines by keys: whatever is typed, the cursor stays where people see it.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;

use super::*;
use crate::tui::theme::Theme;

const ACTIONS: &[Action] = &[
    Action::Left,
    Action::Right,
    Action::WordLeft,
    Action::WordRight,
    Action::LineStart,
    Action::LineEnd,
    Action::First,
    Action::Last,
    Action::Up,
    Action::Down,
    Action::PageUp,
    Action::PageDown,
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

fn screen(editor: &Editor, columns: u16, rows: u16) -> (Vec<String>, Position) {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|f| editor.draw(f, f.area(), &Theme::default(), true)).unwrap();
    let cursor = terminal.get_cursor_position().unwrap();
    let cells = terminal.backend().buffer().content();
    let line = |row: &[ratatui::buffer::Cell]| row.iter().map(|c| c.symbol()).collect::<String>().trim_end().to_owned();
    (cells.chunks(columns.into()).map(line).collect(), cursor)
}

fn typed(text: &str) -> Editor {
    let mut editor = Editor::new("");
    for grapheme in text.graphemes(true) {
        assert!(editor.insert(grapheme));
    }
    editor
}

#[test]
fn characters_are_what_people_see() {
    let mut editor = typed("a👨‍👩‍👧e\u{301}");
    editor.act(Action::DeleteBack);
    assert_eq!(editor.text(), "a👨‍👩‍👧");
    editor.act(Action::Left);
    editor.insert("日");
    editor.act(Action::DeleteForward);
    assert_eq!((editor.text().as_str(), editor.position()), ("a日", (1, 3)));
    // what is typed before a mark is one character with it
    let mut editor = Editor::new("\u{301}x");
    editor.act(Action::First);
    editor.insert("e");
    assert_eq!(editor.position(), (1, 2));
    editor.act(Action::DeleteBack);
    assert_eq!(editor.text(), "x");
}

#[test]
fn letters_in_a_row_are_taken_back_together() {
    let mut editor = typed("Ann Lee\nwants");
    for expected in ["Ann Lee\n", "Ann Lee", "Ann ", "Ann", "", ""] {
        editor.act(Action::TextUndo);
        assert_eq!(editor.text(), expected);
    }
    for expected in ["Ann", "Ann ", "Ann Lee", "Ann Lee\n", "Ann Lee\nwants", "Ann Lee\nwants"] {
        editor.act(Action::TextRedo);
        assert_eq!(editor.text(), expected);
    }
    editor.replace_all("other\r\ntext");
    assert_eq!(editor.text(), "other\ntext");
    editor.act(Action::TextUndo);
    assert_eq!(editor.text(), "Ann Lee\nwants");
}

#[test]
fn deleting_joins_lines_and_takes_words() {
    let mut editor = Editor::new("one two\nthree");
    editor.act(Action::LineStart);
    editor.act(Action::DeleteBack);
    assert_eq!(editor.text(), "one twothree");
    editor.act(Action::DeleteWord);
    assert_eq!(editor.text(), "one three");
    editor.act(Action::DeleteToEnd);
    editor.act(Action::DeleteToStart);
    assert!(editor.is_blank());
    let mut editor = Editor::new("a\nb");
    editor.act(Action::First);
    editor.act(Action::LineEnd);
    editor.act(Action::DeleteForward);
    assert_eq!(editor.text(), "ab");
}

#[test]
fn long_lines_wrap_and_are_walked_by_rows() {
    let mut editor = Editor::new("one two three\nfour");
    assert_eq!(
        screen(&editor, 9, 4),
        (vec!["one two".into(), "three".into(), "four".into(), String::new()], Position { x: 4, y: 2 })
    );
    editor.act(Action::Up);
    editor.act(Action::Up);
    assert_eq!(screen(&editor, 9, 4).1, Position { x: 4, y: 0 });
    editor.act(Action::Down);
    assert_eq!(editor.position(), (1, 13));
    assert!(editor.click(1, 2));
    assert_eq!(editor.position(), (2, 2));
    assert!(editor.click(8, 3) && !editor.click(9, 0));
    assert_eq!(editor.position(), (2, 5));
}

#[test]
fn only_the_part_around_the_cursor_is_seen() {
    let text: Vec<String> = (0..100).map(|n| format!("line {n}")).collect();
    let mut editor = Editor::new(&text.join("\n"));
    assert_eq!(screen(&editor, 10, 3).0, ["line 97", "line 98", "line 99"]);
    editor.act(Action::PageUp);
    assert_eq!(screen(&editor, 10, 3).0, ["line 97", "line 98", "line 99"]);
    editor.wheel(-3);
    assert_eq!(screen(&editor, 10, 3).0, ["line 94", "line 95", "line 96"]);
    editor.act(Action::First);
    assert_eq!(screen(&editor, 10, 3), (vec!["line 0".into(), "line 1".into(), "line 2".into()], Position { x: 0, y: 0 }));
}

#[test]
fn a_search_goes_round_and_takes_signs_as_they_are() {
    let mut editor = Editor::new("Price (net)\nprice (gross)\nno");
    assert!(editor.search("PRICE ("));
    assert_eq!(editor.position(), (1, 1));
    assert!(editor.search_next());
    assert_eq!(editor.position(), (2, 1));
    assert!(editor.search_next());
    assert_eq!(editor.position(), (1, 1));
    assert!(!editor.search("[nothing"));
    assert!(!editor.search(""));
}

#[test]
fn pasted_text_keeps_lines_and_loses_controls_and_the_rest_is_seen() {
    let mut editor = Editor::new("");
    editor.insert("a\r\nb\rc\u{1b}[31m\u{7}\tx\u{202e}y");
    assert_eq!(editor.text(), "a\nb\nc[31m\tx\u{202e}y");
    assert_eq!(screen(&editor, 30, 3).0, ["a", "b", "c[31m    x⟨202E⟩y"]);
    assert!(!editor.insert(&"x".repeat(LONGEST)));
}

proptest! {
    #[test]
    fn anything_typed_anywhere_is_drawn_and_taken_back(
        start in "[a-z é日\n\t]{0,40}",
        steps in prop::collection::vec((0usize..ACTIONS.len() * 2, "[ -~é日👨\u{200d}\u{301}\n\r\u{1b}]{0,6}"), 0..40),
        columns in 1u16..20,
        rows in 1u16..6,
    ) {
        let mut editor = Editor::new(&start);
        for (step, text) in steps {
            match ACTIONS.get(step) {
                Some(action) => { editor.act(*action); }
                None => { editor.insert(&text); }
            }
            let (_, cursor) = screen(&editor, columns, rows);
            prop_assert!(cursor.x < columns && cursor.y < rows);
            let (row, at) = editor.cursor;
            let line = editor.line(row);
            prop_assert!(at == line.len() || line.grapheme_indices(true).any(|(start, _)| start == at));
            editor.click(columns / 2, rows / 2);
        }
        for _ in 0..200 {
            editor.act(Action::TextUndo);
        }
        prop_assert_eq!(editor.text(), start.replace("\r\n", "\n"));
    }
}
