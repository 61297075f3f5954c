//! Tests: questions and lists in any size, with any keys, texts and clicks. The larger layers have such a test of their own.

use proptest::prelude::*;

use super::Purpose;
use super::columns::ColumnChoice;
use super::conflict::ConflictLayer;
use super::picker::{Item, Picker};
use super::prompt::Prompt;
use crate::error::{Clash, Conflict};
use crate::model::value::Owner;
use crate::service::scope::Targets;
use crate::tui::layer::{Incoming, Pick};
use crate::tui::stage::{NOW, Stage};

const KEYS: &[&str] = &[
    "down",
    "up",
    "enter",
    "tab",
    "pgdn",
    "pgup",
    "1",
    "2",
    "x",
    "space",
    "alt-up",
    "alt-down",
    "home",
    "end",
    "backspace",
    "left",
    "ctrl-u",
    "ctrl-w",
];

/// Opens the layer of this number, with this text in it.
fn open(stage: &mut Stage, layer: usize, text: &str) {
    let targets = Targets::leads(vec![1, 2]);
    let source = stage.env.catalog.lead.id("source");
    let registry = stage.env.catalog.lead.clone();
    match layer {
        0 => stage.open(|_| {
            let clash = |field: &str| Clash { field: field.into(), theirs: text.into(), yours: format!("{text}{text}") };
            let clashes = vec![clash("phone"), clash(text), clash("topic")];
            ConflictLayer::new(Conflict { record: "L-7".into(), version: 1, by: text.into(), at: NOW, clashes })
        }),
        1 => stage.open(|_| ColumnChoice::new(&registry, &[registry.id("name"), registry.id("topic")])),
        2 => stage.open(|cx| Picker::choice(cx.env, source, 0, targets)),
        3 => stage.open(|_| {
            let items = (0..12).map(|n| Item::new(format!("{text}{n}"), Pick::Index(n)).detail(text)).collect();
            Picker::new(text, Purpose::View, items)
        }),
        4 => stage.open(|cx| Prompt::tags(cx.env, targets)),
        5 => stage.open(|cx| Prompt::hand_over(cx.env, Owner::User(2), targets)),
        _ => stage.open(|cx| Prompt::export(cx.env, targets)),
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn anything_goes(
        columns in 1u16..200, rows in 1u16..60, layer in 0usize..7, text in "\\PC{0,12}",
        steps in prop::collection::vec((0usize..KEYS.len() + 6, ".{0,5}"), 0..15),
    ) {
        let mut stage = Stage::new(columns, rows);
        open(&mut stage, layer, &text);
        for (step, typed) in steps {
            match KEYS.get(step) {
                Some(key) => { stage.keys(key); }
                None => {
                    stage.write(&typed);
                    stage.incoming(&Incoming::Paths { typed: &typed, found: &[format!("{typed}é"), format!("{typed}ë")] });
                }
            }
            let (_, cursor) = stage.draw();
            prop_assert!(cursor.is_none_or(|at| at.x < columns && at.y < rows));
            stage.mouse(columns / 2, rows / 2, 0).mouse(columns / 2, rows / 3, 1);
        }
    }
}
