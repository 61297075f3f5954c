//! Finding anywhere, by keys.

use proptest::prelude::*;

use super::*;
use crate::model::excerpt::excerpt;
use crate::model::note::Note;
use crate::model::value::{Owner, Value};
use crate::tui::stage::Stage;

fn row(number: i64, name: &str, company: &str, state: i64) -> ListRow {
    ListRow {
        key: RecordId::lead(number),
        values: vec![Value::text(name), Value::text(company), Value::text("3D printers"), Value::Owner(Owner::User(2))],
        state,
        rating: 2,
        currency: "USD".into(),
        deleted: false,
        incomplete: false,
        unopened: false,
        due: None,
        idle: false,
    }
}

fn finder() -> Stage {
    let mut stage = Stage::new(80, 24);
    stage.open(Find::new);
    stage
}

#[test]
fn each_key_asks_and_enter_opens_the_hit() {
    let mut stage = finder();
    stage.write("a").write("nn (");
    let asked: Vec<Expr> = stage
        .questions()
        .into_iter()
        .filter_map(|(slot, query)| match query {
            AnyQuery::Find(mut pages, notes) if slot == Slot::Find => {
                let Expr::Words(text) = pages.remove(0).filter.filter else { return None };
                assert_eq!(notes.text, text);
                Some(Expr::Words(text))
            }
            _ => None,
        })
        .collect();
    assert_eq!(asked, [Expr::Words("a".into()), Expr::Words("ann (".into())]);
    stage.answer(Slot::Find, Ok(Answer::Rows(vec![row(7, "Ann Lee", "Contoso", 0), row(9, "Ann Ek\u{1b}[31m", "", 2)])));
    let screen = stage.screen();
    for part in ["Leads", "Ann Lee · Contoso · 3D printers", "L-7 · bo", "Ann Ek␛[31m · 3D printers", "L-9 · bo · disqualified"]
    {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.keys("down enter");
    assert_eq!(stage.outcomes, [Outcome::OpenRecord(RecordId::lead(9))]);
}

#[test]
fn notes_stand_below_with_the_words_marked_and_open_where_they_are() {
    let mut stage = finder();
    stage.write("docs");
    let note = Note {
        number: 5,
        id: uuid::Uuid::nil(),
        version: 1,
        about: RecordId::lead(7),
        body: "# Call\nsend the *French* docs".into(),
        created_at: stage.env.now() - 3 * 86_400_000_000,
        created_by: 1,
        modified_at: 0,
        modified_by: 1,
        deleted_at: None,
        pinned: false,
        tasks: Vec::new(),
    };
    let excerpt = excerpt(&note.body, &["docs".into()], 100);
    let hits = vec![NoteHit { note, name: "Ann Lee".into(), deleted: false, excerpt }];
    stage.answer(Slot::Find, Ok(Answer::Found(vec![row(9, "Doc Docs", "", 0)], hits)));
    let screen = stage.screen();
    for part in ["Leads", "Doc Docs", "Notes", "send the *French* docs", "Ann Lee · L-7 · 3 d"] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.keys("down enter");
    assert_eq!(stage.outcomes, [Outcome::OpenRecord(RecordId::note(5))]);
}

#[test]
fn enter_before_the_answer_waits_for_it() {
    let mut stage = finder();
    stage.write("ann").keys("enter");
    assert_eq!((stage.layers.len(), stage.outcomes.len()), (1, 0));
    stage.answer(Slot::Find, Ok(Answer::Rows(vec![row(7, "Ann Lee", "Contoso", 0)])));
    assert_eq!(stage.outcomes, [Outcome::OpenRecord(RecordId::lead(7))]);
}

#[test]
fn what_is_not_found_starts_a_lead() {
    let mut stage = finder();
    stage.keys("enter");
    assert!(stage.outcomes.is_empty());
    stage.write("Zoe Xu ").answer(Slot::Find, Ok(Answer::Rows(Vec::new())));
    assert!(stage.screen().contains("nothing matches “Zoe Xu”: Enter starts a lead with it"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.outcomes, [Outcome::QuickAdd("Zoe Xu".into())]);
}

#[test]
fn an_answer_to_older_text_changes_nothing() {
    let mut stage = finder();
    stage.write("a");
    let serial = stage.effects.len();
    stage.write("b");
    assert!(stage.effects.len() > serial);
    let result = Ok(Answer::Rows(vec![row(7, "Ann Lee", "Contoso", 0)]));
    stage.incoming(&Incoming::Answer { slot: Slot::Find, serial: 1, result: &result });
    assert!(!stage.screen().contains("Ann Lee") && stage.screen().contains("looking"));
    stage.keys("ctrl-u");
    assert!(stage.screen().contains("of any state and owner, by"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_text_in_any_size(columns in 1u16..120, rows in 1u16..40, text in ".{0,20}", x in any::<u16>(), y in any::<u16>()) {
        let mut stage = Stage::new(columns, rows);
        stage.open(Find::new).write(&text);
        stage.draw();
        if !stage.questions().is_empty() {
            stage.answer(Slot::Find, Ok(Answer::Rows(vec![row(7, &text, "日本語 👨‍👩‍👧", 0), row(8, "", "", 1)])));
        }
        stage.draw();
        stage.mouse(x % columns, y % rows, 0).mouse(x % columns, y % rows, 0).keys("down pgdn home");
        stage.draw();
    }
}
