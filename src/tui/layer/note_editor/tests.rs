//! Notes by keys: saved, kept as a draft, in conflict.

use proptest::prelude::*;

use super::*;
use crate::error::{Clash, Conflict};
use crate::tui::action::table;
use crate::tui::stage::{NOW, Stage};

fn stored() -> Note {
    Note {
        number: 3,
        id: uuid::Uuid::from_u128(3),
        version: 2,
        about: RecordId::lead(7),
        body: "Wants a demo\nof the printer".into(),
        created_at: NOW - 1_000_000,
        created_by: 1,
        modified_at: NOW,
        modified_by: 1,
        deleted_at: None,
        pinned: false,
        tasks: Vec::new(),
    }
}

fn on_lead(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(|cx| NoteEditor::new_note(RecordId::lead(7), "Ann Lee", cx));
    stage
}

fn dropped(stage: &Stage) -> Vec<&str> {
    let dropped = stage.effects.iter().filter_map(|effect| match effect {
        Effect::DropDraft(key) => Some(key.as_str()),
        _ => None,
    });
    dropped.collect()
}

#[test]
fn a_note_is_typed_kept_and_saved() {
    let mut stage = on_lead(80, 24);
    stage.write("Wants a demo").keys("enter").write("call Tue");
    let (lines, cursor) = stage.draw();
    assert!(lines[11].contains(" Note on Ann Lee · Wants a demo ") && lines[11].contains("✎ draft 2:9"), "{}", lines.join("\n"));
    assert_eq!((lines[12].as_str(), lines[13].as_str()), (" Wants a demo", " call Tue"));
    assert_eq!(cursor.map(|at| (at.x, at.y)), Some((9, 14)));
    let draft = stage.draft().unwrap();
    assert_eq!((draft.key.as_str(), draft.record.as_str(), draft.text.as_str()), ("note-L-7", "L-7", "Wants a demo\ncall Tue"));
    stage.keys("ctrl-s");
    let body = "Wants a demo\ncall Tue".to_owned();
    assert_eq!(stage.acts()[0].1, AnyAct::AddNote(AddNote { about: RecordId::lead(7), body }));
    assert!(dropped(&stage).is_empty() && stage.screen().contains("saving …"));
    stage.written(Ok(Reply::Number(9)));
    assert_eq!((stage.layers.len(), dropped(&stage)), (0, vec!["note-L-7"]));
}

#[test]
fn what_is_typed_while_it_is_saved_is_a_change_of_the_saved_note() {
    let mut stage = on_lead(80, 24);
    stage.write("one").keys("ctrl-s").write(" two").keys("esc");
    assert_eq!(stage.said(), "being saved; this closes by itself");
    stage.written(Ok(Reply::Number(9)));
    assert_eq!(stage.draft().map(|d| (d.key, d.version, d.text)), Some(("edit-note-N-9".into(), 1, "one two".into())));
    stage.keys("ctrl-s");
    let act = AnyAct::EditNote(EditNote { note: 9, version: Some(1), body: "one two".into() });
    assert_eq!(stage.acts()[1].1, act);
    stage.written(Ok(Reply::Version(2)));
    assert!(stage.layers.is_empty());
}

#[test]
fn esc_keeps_a_draft_and_opening_again_goes_on() {
    let mut stage = on_lead(80, 24);
    stage.write("half a th").keys("esc");
    assert_eq!((stage.layers.len(), stage.said()), (0, "draft kept · i goes on"));
    let draft = stage.draft().unwrap();
    stage.env.drafts.push(Draft { at: NOW - 7_200_000_000, ..draft });
    stage.open(|cx| NoteEditor::new_note(RecordId::lead(7), "Ann Lee", cx));
    assert_eq!(stage.said(), "going on with the draft of 2 h ago");
    stage.write("ought").keys("ctrl-s");
    assert!(matches!(&stage.acts()[0].1, AnyAct::AddNote(note) if note.body == "half a thought"));
}

#[test]
fn an_empty_note_is_refused_and_leaves_no_draft() {
    let mut stage = on_lead(80, 24);
    stage.write("x").keys("backspace ctrl-s");
    assert_eq!(stage.said(), "the note is empty: type something, or press Esc to leave it");
    assert_eq!(dropped(&stage), ["note-L-7"]);
    stage.keys("esc");
    assert!(stage.layers.is_empty() && stage.acts().is_empty() && stage.draft().is_none());
}

#[test]
fn a_failed_save_keeps_text_and_draft() {
    let mut stage = on_lead(80, 24);
    stage.write("text").keys("ctrl-s").written(Err(Error::Busy("locked".into())));
    assert_eq!((stage.layers.len(), dropped(&stage).len()), (1, 0));
    stage.keys("ctrl-s");
    assert_eq!(stage.acts().len(), 2);
}

fn clash() -> Error {
    Error::Conflict(Box::new(Conflict {
        record: "N-3".into(),
        version: 5,
        by: "bo".into(),
        at: NOW - 120_000_000,
        clashes: vec![Clash { field: "note".into(), theirs: "Wants a demo\nof the scanner\nsoon".into(), yours: String::new() }],
    }))
}

#[test]
fn of_two_texts_mine_is_kept_by_one_key() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| NoteEditor::edit_note(&stored(), cx));
    stage.write("!").keys("ctrl-s").written(Err(clash()));
    let screen = stage.screen();
    for part in ["Bo changed note 2 min ago", "of the scanner … 1 more lines", "of the printer!", "1 keep Bo's · 2 keep mine"]
    {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.keys("2");
    let body = "Wants a demo\nof the printer!".to_owned();
    assert_eq!(stage.acts()[1].1, AnyAct::EditNote(EditNote { note: 3, version: Some(5), body }));
    stage.written(Ok(Reply::Version(6)));
    assert!(stage.layers.is_empty());
}

#[test]
fn of_two_texts_theirs_is_kept_and_mine_can_come_back() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| NoteEditor::edit_note(&stored(), cx));
    stage.write("!").keys("ctrl-s").written(Err(clash())).keys("1");
    assert_eq!((stage.layers.len(), stage.said()), (1, "the stored text is here; Ctrl-/ brings yours back"));
    assert!(stage.screen().contains("of the scanner"));
    stage.keys("ctrl-/ ctrl-s");
    assert!(matches!(&stage.acts()[1].1, AnyAct::EditNote(note) if note.version == Some(5) && note.body.ends_with("printer!")));
    stage.written(Ok(Reply::Version(6)));
    assert!(stage.layers.is_empty());
}

#[test]
fn an_unchanged_note_is_left_and_saved_silently() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| NoteEditor::edit_note(&stored(), cx)).keys("ctrl-s");
    assert!(stage.layers.is_empty() && stage.acts().is_empty() && stage.said().is_empty());
    stage.open(|cx| NoteEditor::edit_note(&stored(), cx)).write("x").keys("ctrl-/ esc");
    assert!(stage.layers.is_empty() && stage.draft().is_none() && stage.said().is_empty());
}

#[test]
fn a_template_is_put_in_with_name_and_date() {
    let mut stage = on_lead(80, 24);
    stage.keys("ctrl-t");
    assert!(stage.screen().contains("1 Call summary"), "{}", stage.screen());
    stage.write("1");
    assert_eq!(
        stage.draft().map(|d| d.text),
        Some("Call with Ann Lee, 2026-11-23\n\n- Who:\n- Wants:\n- Said:\n- Next: ".into())
    );
}

#[test]
fn the_text_goes_to_the_other_editor_and_comes_back() {
    let mut stage = on_lead(80, 24);
    stage.write("one").keys("ctrl-e");
    assert_eq!(stage.effects.last(), Some(&Effect::EditOutside("one".into())));
    stage.incoming(&Incoming::Edited(&Ok(Some("one\ntwo\n".into()))));
    assert_eq!(stage.draft().map(|d| d.text), Some("one\ntwo".into()));
    stage.keys("ctrl-/");
    assert_eq!(stage.draft().map(|d| d.text), Some("one".into()));
    // what another editor sends is not for this one
    stage.incoming(&Incoming::Edited(&Ok(Some("other".into()))));
    assert_eq!(stage.draft().map(|d| d.text), Some("one".into()));
}

#[test]
fn a_search_follows_what_is_typed_and_esc_returns() {
    let mut stage = on_lead(80, 24);
    stage.write("price\nlist\nPrice").keys("ctrl-f").write("pri");
    assert_eq!(stage.layers[0].prompt(), Some(("search ".into(), "pri".into(), 3)));
    assert!(stage.screen().contains(" 1:1 "), "{}", stage.screen());
    stage.keys("enter ctrl-g");
    assert!(stage.screen().contains(" 3:1 ") && stage.layers[0].prompt().is_none());
    stage.keys("ctrl-f").write("ce").keys("esc");
    assert!(stage.screen().contains(" 3:1 "), "{}", stage.screen());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_keys_in_any_size(
        columns in 1u16..120, rows in 1u16..40,
        steps in prop::collection::vec((0usize..120, "[ -~é日\u{301}\u{202e}\n\t]{0,8}", any::<(u16, u16)>()), 0..25),
    ) {
        let mut stage = on_lead(columns, rows);
        let actions: Vec<Action> = table().iter().map(|row| row.action).collect();
        for (step, text, (x, y)) in steps {
            let Some(layer) = stage.layers.last_mut() else { break };
            let cx = &mut Cx { env: &stage.env, desk: &mut stage.desk };
            if let Some(action) = actions.get(step) {
                let _ = layer.act(*action, cx);
            } else {
                let _ = layer.text(&text, cx);
            }
            let _ = layer.mouse(x % columns, y % rows, i32::from(y % 3) - 1, &mut Cx { env: &stage.env, desk: &mut stage.desk });
            stage.draw();
        }
    }
}
