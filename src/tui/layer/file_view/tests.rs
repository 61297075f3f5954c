//! A look into files of any kind and size.

use proptest::prelude::*;

use super::*;
use crate::error::Error;
use crate::model::entity::RecordId;
use crate::tui::effect::Effect;
use crate::tui::stage::{NOW, Stage};

fn file(name: &str) -> Attachment {
    Attachment {
        number: 4,
        id: uuid::Uuid::from_u128(4),
        version: 1,
        about: RecordId::lead(7),
        name: name.into(),
        mime: "application/pdf".into(),
        size: 212_400,
        content: 1,
        created_at: NOW,
        created_by: 1,
        modified_at: NOW,
        modified_by: 1,
        deleted_at: None,
    }
}

fn looked(columns: u16, rows: u16, name: &str, shown: Shown, cut: bool) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(|cx| FileView::open(&file(name), cx));
    let preview = Preview { file: file(name), shown, cut };
    let answer = Ok(Answer::File(Box::new(preview)));
    stage.incoming(&Incoming::Answer { slot: Slot::File, serial: 1, result: &answer });
    stage
}

#[test]
fn what_cannot_be_shown_is_said_with_type_and_size() {
    let stage = looked(60, 12, "offer\u{1b}.pdf", Shown::Nothing, false);
    let screen = stage.screen();
    assert!(screen.contains("offer␛.pdf · 212 kB") && screen.contains("application/pdf"), "{screen}");
    let mut stage = looked(60, 12, "a.txt", Shown::Text(String::new()), false);
    assert!(stage.screen().contains("the file is empty"));
    let answer = Err(Error::NotFound("there is no file F-4".into()));
    stage.incoming(&Incoming::Answer { slot: Slot::File, serial: 2, result: &answer });
    assert!(stage.screen().contains("there is no file F-4"));
}

#[test]
fn a_long_text_is_scrolled_to_its_end() {
    let text: String = (1..=100).map(|n| format!("line {n}\n")).collect();
    let mut stage = looked(60, 12, "a.txt", Shown::Text(text), true);
    assert!(stage.screen().contains("line 1 ") && !stage.screen().contains("line 99"));
    stage.keys("pgdn");
    assert!(stage.screen().contains("line 12"));
    stage.keys("G");
    assert!(stage.screen().contains("line 100") && stage.screen().contains("there is more in the file"));
    stage.keys("j j home");
    assert!(stage.screen().contains("line 1 "));
}

#[test]
fn its_keys_open_it_write_it_out_and_take_it_off() {
    let mut stage = looked(60, 12, "a.pdf", Shown::Nothing, false);
    stage.keys("o");
    assert!(matches!(stage.effects.last(), Some(Effect::Ask { slot: Slot::OpenFile, .. })));
    stage.keys("W");
    assert_eq!(stage.layers.len(), 2);
    stage.keys("esc D");
    assert!(matches!(stage.effects.last(), Some(Effect::Do { act, .. }) if matches!(**act, AnyAct::RemoveFile(_))));
    assert!(stage.layers.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn anything_can_be_looked_into(columns in 1u16..160, rows in 1u16..50, text in ".{0,300}", kind in 0..4, keys in prop::collection::vec(0usize..6, 0..8)) {
        let shown = match kind {
            0 => Shown::Text(text.clone()),
            1 => Shown::Markdown(text.clone()),
            2 => Shown::Table(text.split('a').map(|row| row.split('e').map(str::to_owned).collect()).collect()),
            _ => {
                let address = Address { name: text.clone(), email: text.clone() };
                Shown::Mail(Box::new(Mail { from: vec![address], subject: text.clone(), text: text.clone(), ..Mail::default() }))
            }
        };
        let mut stage = looked(columns, rows, &text, shown, kind == 1);
        for key in keys {
            stage.keys(["j", "k", "G", "home", "pgdn", "pgup"][key]);
            let screen = stage.screen();
            let hostile = screen.contains(char::from(27));
            prop_assert!(!hostile, "a control character");
        }
    }
}
