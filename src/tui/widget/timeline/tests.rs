//! The timeline by keys, and what a step says.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use uuid::Uuid;

use super::*;
use crate::model::entity::RecordId;
use crate::store::log::{Change, ChangeKind, Operation};
use crate::tui::stage::NOW;

const HOUR: i64 = 3_600_000_000;

fn note(number: i64, hours: i64, body: &str) -> Entry {
    Entry::Note(Note {
        number,
        id: Uuid::nil(),
        version: 1,
        about: RecordId::lead(7),
        body: body.into(),
        created_at: NOW - hours * HOUR,
        created_by: 1,
        modified_at: NOW,
        modified_by: 1,
        deleted_at: None,
        pinned: false,
        tasks: Vec::new(),
    })
}

fn change(kind: ChangeKind, field: &str, old: Option<&str>, new: Option<&str>) -> Change {
    let lead = RecordId::lead(7);
    Change { record: lead, about: lead, kind, field: field.into(), old: old.map(str::to_owned), new: new.map(str::to_owned) }
}

fn update(field: &str, old: Option<&str>, new: Option<&str>) -> Change {
    change(ChangeKind::Update, field, old, new)
}

fn on_note(kind: ChangeKind, new: Option<&str>) -> Change {
    Change { record: RecordId::note(3), ..change(kind, "body", None, new) }
}

fn operation(hours: i64) -> Operation {
    Operation {
        number: 9,
        act: "Update".into(),
        summary: String::new(),
        actor: 2,
        origin: "tui".into(),
        at: NOW - hours * HOUR,
        touched: 1,
        made: None,
        undoes: None,
        undone_by: None,
    }
}

fn step(hours: i64, changes: Vec<Change>) -> Entry {
    Entry::Step(operation(hours), changes)
}

fn said(entries: &[Entry], tab: Tab) -> Vec<String> {
    lines(Timeline { of: RecordId::lead(7), entries }, &Env::test(), 90, tab, 100)
        .iter()
        .map(|line| line.to_string().trim_end().to_owned())
        .collect()
}

fn screen(entries: &[Entry], tab: Tab, selected: Option<usize>, columns: u16, rows: u16) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal
        .draw(|f| {
            draw(Timeline { of: RecordId::lead(7), entries }, tab, selected, selected.unwrap_or(0), f, f.area(), &Env::test())
        })
        .unwrap();
    let cells = terminal.backend().buffer().content();
    let line = |row: &[ratatui::buffer::Cell]| row.iter().map(|c| c.symbol()).collect::<String>().trim_end().to_owned();
    cells.chunks(columns.into()).map(line).collect()
}

#[test]
fn values_are_in_peoples_words() {
    let entries = [
        note(3, 2, "# Wants a demo of the large printer\ndecision with Lena"),
        step(72, vec![update("rating", Some("2"), Some("1")), update("modified_at", Some("1"), Some("2"))]),
        step(80, vec![update("phone", None, Some("555-0100")), update("topic", Some("x"), None)]),
        step(
            90,
            vec![
                update("owner", Some("1"), Some("-1")),
                update("handed_by", None, Some("2")),
                update("handed_note", None, Some("wants French docs\ncall Tue")),
            ],
        ),
        step(100, vec![update("tags", Some("expo\nvip"), Some("expo\ntrade"))]),
        step(110, vec![update("estimated_value", None, Some("400000000"))]),
        step(120, vec![change(ChangeKind::Create, "", None, None)]),
    ];
    assert_eq!(
        said(&entries, Tab::All),
        [
            "2 h     ✎ Wants a demo of the large printer",
            "3 d     ~ Rating Warm → Hot · bo",
            "3 d     ~ Business Phone: 555-0100, Topic x → – · bo",
            "3 d     ~ Owner ana → team:North, “wants French docs…” · bo",
            "4 d     ~ Tags +trade -vip · bo",
            "4 d     ~ Est. Value: 40,000.00 · bo",
            "5 d     + lead added · bo",
        ]
    );
}

#[test]
fn tabs_tell_notes_from_what_happened() {
    let undone = Entry::Step(
        Operation { undone_by: Some(10), origin: "cli".into(), ..operation(2) },
        vec![update("city", None, Some("Rome"))],
    );
    let undo = Entry::Step(Operation { number: 10, undoes: Some(9), ..operation(1) }, vec![update("city", Some("Rome"), None)]);
    let kept = step(4, vec![update("opened_at", None, Some("5"))]);
    let written = step(3, vec![on_note(ChangeKind::Create, Some("Wants a demo"))]);
    let mended = step(3, vec![on_note(ChangeKind::Update, Some("Wants two demos"))]);
    let gone = step(3, vec![on_note(ChangeKind::Delete, None)]);
    let entries = [undo, undone, note(3, 3, "Wants two demos"), mended, gone, written, kept];
    assert_eq!(
        said(&entries, Tab::All),
        [
            "2 h     ~ City: Rome · bo · command line · undone",
            "3 h     ✎ Wants two demos",
            "3 h     ~ note changed: Wants two demos · bo",
            "3 h     ✗ note deleted · bo",
        ]
    );
    assert_eq!(said(&entries, Tab::Notes), ["3 h     ✎ Wants two demos"]);
    assert_eq!(
        said(&entries, Tab::History),
        [
            "1 h     ↶ City Rome → – · bo",
            "2 h     ~ City: Rome · bo · command line · undone",
            "3 h     ~ note changed: Wants two demos · bo",
            "3 h     ✗ note deleted · bo",
            "3 h     + note: Wants a demo · bo",
        ]
    );
    assert_eq!(said(&[], Tab::All), ["no notes yet: i writes one"]);
    assert_eq!(said(&[], Tab::History), ["nothing has happened yet"]);
}

#[test]
fn the_entry_under_the_cursor_says_all() {
    let entries = [
        note(1, 1, "short"),
        note(2, 2, "Call\n\n- [ ] send **list**\n- wait"),
        step(3, vec![update("phone", Some("1"), Some("2")), update("city", None, Some("Rome"))]),
    ];
    assert_eq!(
        screen(&entries, Tab::All, Some(1), 40, 6),
        ["1 h     ✎ short", "2 h     ✎ Call · N-2", "  ☐ send list", "  • wait", "3 h     ~ Business Phone 1 → 2, Ci… · bo", ""]
    );
    assert_eq!(
        screen(&entries, Tab::All, Some(2), 40, 5)[2..],
        ["3 h     ~ Business Phone 1 → 2, Ci… · bo", "  Business Phone 1 → 2", "  City: Rome"]
    );
    // a title that does not fit is read in full below
    assert_eq!(
        screen(&[note(1, 1, "one two three four")], Tab::All, Some(0), 20, 3),
        ["1 h     ✎ one two t…", "  one two three four", ""]
    );
}

#[test]
fn ten_thousand_entries_are_drawn_in_a_frame() {
    let long = "# A title\n".to_owned() + &"- a line with **some** text in it\n".repeat(50);
    let entries: Vec<Entry> = (0..10_000)
        .map(|n| if n % 2 == 0 { note(n, n, &long) } else { step(n, vec![update("rating", Some("2"), Some("1"))]) })
        .collect();
    for at in [0, 5_000, 9_999] {
        let started = std::time::Instant::now();
        assert_eq!(screen(&entries, Tab::All, Some(at), 100, 50).len(), 50);
        // far more than a frame, as tests are not optimised and machines are busy
        assert!(started.elapsed().as_millis() < 500, "{:?}", started.elapsed());
    }
    assert!(screen(&entries, Tab::All, Some(9_999), 100, 50)[49].contains("Rating Warm → Hot"));
}

#[test]
fn every_size_shows_the_cursor_and_nothing_hostile() {
    let entries = [
        note(1, 1, "\u{1b}[2J\u{202e}evil\u{200b}\nbody \u{1b}]0;title\u{7}"),
        step(2, vec![update("topic", Some("\u{1b}[31m"), Some("日本語\u{202e}"))]),
        step(2, vec![update("rating", Some("no number"), Some("7777"))]),
        step(2, vec![update("no_such_field", Some("a"), Some("b"))]),
        note(4, 9, ""),
    ];
    for columns in [1, 2, 9, 200] {
        for rows in [1, 3, 60] {
            for tab in Tab::ALL {
                for at in [0, 2, 99] {
                    let text = screen(&entries, *tab, Some(at), columns, rows).join("");
                    assert!(!text.chars().any(|c| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}')), "{text:?}");
                }
            }
        }
    }
}
