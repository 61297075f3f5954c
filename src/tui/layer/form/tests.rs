//! Forms by keys: what is shown, saved, refused, kept.

use proptest::prelude::*;

use super::*;
use crate::error::{Clash, Conflict, Error, Problem};
use crate::service::record::create::CreateRecord;
use crate::service::record::read::RecordDetail;
use crate::service::record::update::UpdateRecord;
use crate::tui::effect::Effect;
use crate::tui::stage::{NOW, Stage};
use crate::worker::drafts::Draft;
use crate::worker::writer::{AnyAct, Reply};

/// The form of L-7 with these further values.
fn editing(columns: u16, rows: u16, values: &[(&'static str, Value)]) -> Stage {
    let mut stage = Stage::new(columns, rows);
    open_lead(&mut stage, values);
    stage
}

fn open_lead(stage: &mut Stage, values: &[(&'static str, Value)]) {
    let record = stage.env.lead(values);
    stage.open(|cx| Form::edit(RecordId::lead(7), cx));
    let detail = RecordDetail {
        record,
        notes: 0,
        files: 0,
        activities: 0,
        requests: 0,
        related: Vec::new(),
        timeline: Vec::new(),
        more: false,
    };
    stage.answer(Slot::Form, Ok(Answer::Record(Box::new(detail))));
}

fn new(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(|cx| Form::new_record(Entity::Lead, Vec::new(), cx));
    stage
}

fn update(stage: &Stage) -> UpdateRecord {
    match stage.acts().pop() {
        Some((_, AnyAct::Update(act))) => act,
        other => panic!("{other:?}"),
    }
}

fn created(stage: &Stage) -> Vec<(&'static str, Value)> {
    match stage.acts().pop() {
        Some((_, AnyAct::Create(CreateRecord { values, .. }))) => {
            values.into_iter().map(|(id, value)| (stage.env.catalog.field(id).name, value)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_form_shows_groups_and_hides_what_is_rare() {
    let stage = editing(80, 24, &[]);
    let screen = stage.screen();
    for part in ["Ann Lee · Contoso · L-7", "── Contact ─", "▸ First Name", "Last Name (needed)", "555-0100", "+ 11 more fields"]
    {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    assert!(!screen.contains("Yomi") && !screen.contains("Salutation"));
    let wide = editing(120, 40, &[]).screen();
    assert!(wide.lines().any(|line| line.contains("Contact ─") && line.contains("Details ─")), "{wide}");
}

#[test]
fn rare_fields_are_a_key_away() {
    let mut stage = editing(80, 24, &[]);
    stage.keys("down down down down down down");
    assert!(stage.screen().contains("▸ + 11 more fields"), "{}", stage.screen());
    stage.keys("enter");
    assert!(stage.screen().contains("▸ Salutation") && stage.screen().contains("Email Address 3"), "{}", stage.screen());
}

#[test]
fn only_what_changed_is_saved_against_what_was_seen() {
    let mut stage = editing(80, 24, &[]);
    stage.keys("end").write("-Marie").keys("ctrl-s");
    let id = stage.env.catalog.lead.id("first_name");
    let act = update(&stage);
    assert_eq!((act.record, act.version), (RecordId::lead(7), Some(3)));
    assert_eq!(act.values, [(id, Value::text("Ann-Marie"))]);
    assert_eq!(act.seen, [(id, Value::text("Ann"))]);
    assert!(stage.screen().contains("saving…"));
    stage.written(Ok(Reply::Version(4)));
    assert!(stage.layers.is_empty() && stage.draft().is_none());
    assert_eq!(stage.effects.last(), Some(&Effect::DropDraft("form-L-7".into())));
}

#[test]
fn nothing_changed_saves_nothing() {
    let mut stage = editing(80, 24, &[]);
    stage.keys("ctrl-s");
    assert!(stage.layers.is_empty() && stage.acts().is_empty());
    assert_eq!(stage.said(), "nothing was changed");
}

#[test]
fn every_problem_is_said_and_the_first_has_the_cursor() {
    let mut stage = new(120, 40);
    stage.write("Ann").keys("tab tab tab").write("nobody at all").keys("tab ctrl-s");
    assert!(stage.acts().is_empty());
    assert!(stage.said().starts_with("3 fields are not right yet; the first: Last Name is needed"), "{}", stage.said());
    let screen = stage.screen();
    assert!(screen.contains("▸ Last Name (needed)") && screen.contains("! Topic is needed"), "{screen}");
    stage.write("Lee").keys("tab tab ctrl-u");
    stage.write("ann@contoso.com").keys("ctrl-s");
    assert_eq!(stage.said(), "Topic is needed");
    stage.write("Printers").keys("ctrl-s");
    let given = [("first_name", "Ann"), ("last_name", "Lee"), ("email", "ann@contoso.com"), ("topic", "Printers")];
    assert_eq!(created(&stage), given.map(|(name, text)| (name, Value::text(text))));
}

#[test]
fn problems_of_the_service_stand_at_their_fields() {
    let mut stage = editing(80, 24, &[]);
    stage.write("x").keys("ctrl-s").written(Err(Error::Invalid(vec![
        Problem::new("company", "Company is not wanted"),
        Problem::new("topic", "Topic is odd"),
    ])));
    assert!(stage.screen().contains("▸ Company Name") && stage.screen().contains("! Company is not wanted"));
    assert!(stage.said().contains("2 fields are not right yet"));
    stage.keys("ctrl-s").written(Err(Error::Denied("L-7 is Bo's".into())));
    assert_eq!((stage.said(), stage.layers.len()), ("L-7 is Bo's", 1));
}

#[test]
fn choices_are_listed_typed_and_turned() {
    let mut stage = new(80, 40);
    let down = |stage: &mut Stage, label: &str| {
        for _ in 0..60 {
            if stage.screen().contains(&format!("▸ {label}")) {
                return;
            }
            stage.keys("down");
        }
        panic!("{label} in\n{}", stage.screen());
    };
    down(&mut stage, "Lead Source");
    stage.keys("enter");
    assert_eq!(stage.layers.len(), 2);
    stage.write("trade").keys("enter");
    assert!(stage.screen().contains("Trade Show") && stage.screen().contains("▸ Rating"), "{}", stage.screen());
    stage.write("h");
    assert!(stage.screen().contains("→ Hot"));
    stage.keys("down left");
    assert!(stage.screen().contains("Contacted"));
    down(&mut stage, "Est. Value");
    stage.write("40k eur");
    assert!(stage.screen().contains("→ 40,000.00 EUR"), "{}", stage.screen());
    down(&mut stage, "Est. Close Date");
    stage.write("tomorrow");
    assert!(stage.screen().contains("→ Tue 24 Nov"));
    down(&mut stage, "Last Name");
    stage.write("Lee");
    down(&mut stage, "Topic");
    stage.write("x").keys("ctrl-s");
    let values = created(&stage);
    for wanted in [
        ("source", Value::Choice(7)),
        ("rating", Value::Choice(1)),
        ("status_reason", Value::Choice(2)),
        ("estimated_value", Value::Money(400_000_000)),
        ("currency", Value::text("EUR")),
        ("estimated_close_date", Value::Date(20_781)),
    ] {
        assert!(values.contains(&wanted), "{wanted:?} in {values:?}");
    }
}

#[test]
fn esc_keeps_the_draft_and_opening_again_brings_it_back() {
    let mut stage = editing(80, 24, &[]);
    stage.write("x").keys("esc");
    assert_eq!((stage.layers.len(), stage.said()), (0, "draft kept · e goes on"));
    let draft = stage.draft().unwrap();
    assert_eq!((draft.key.as_str(), draft.record.as_str(), draft.version), ("form-L-7", "L-7", 3));
    assert_eq!(draft.fields, [("first_name".to_owned(), "Annx".to_owned())]);
    stage.env.drafts = vec![Draft { at: NOW - 300_000_000, ..draft }];
    open_lead(&mut stage, &[]);
    assert_eq!(stage.said(), "your draft of 5 min ago is back · Ctrl-c empties it");
    assert!(stage.screen().contains("Annx") && stage.screen().contains("1 field changed"));
    stage.keys("ctrl-c");
    assert!(!stage.screen().contains("Annx") && stage.draft().is_none());
    stage.keys("ctrl-c");
    assert!(stage.layers.is_empty());
}

#[test]
fn a_draft_of_a_new_lead_comes_back_with_n_and_tab() {
    let mut stage = new(80, 24);
    stage.write("Ann").keys("esc");
    assert_eq!(stage.said(), "draft kept · n Tab goes on");
    stage.env.drafts = vec![stage.draft().unwrap()];
    stage.open(|cx| Form::new_record(Entity::Lead, Vec::new(), cx));
    assert!(stage.screen().contains("Ann"));
    // with other values another draft is begun, and this one stays
    let company = stage.env.catalog.lead.id("company");
    stage.open(|cx| Form::new_record(Entity::Lead, vec![(company, Value::text("Litware"))], cx));
    assert_eq!(stage.draft().map(|draft| draft.key), Some("form-new-2".into()));
}

#[test]
fn a_stale_draft_is_compared_with_what_is_stored() {
    let mut stage = Stage::new(80, 24);
    let fields = vec![("phone".to_owned(), "555-0199".to_owned())];
    stage.env.drafts =
        vec![Draft { key: "form-L-7".into(), record: "L-7".into(), at: NOW, version: 2, text: String::new(), fields }];
    open_lead(&mut stage, &[]);
    stage.keys("ctrl-s");
    let act = update(&stage);
    assert_eq!((act.version, act.seen), (Some(2), Vec::new()));
}

#[test]
fn a_conflict_is_decided_and_saved_against_the_new_version() {
    let mut stage = editing(80, 24, &[]);
    stage.write("x").keys("tab").write("y").keys("ctrl-s");
    let clash =
        |field: &str, theirs: &str, yours: &str| Clash { field: field.into(), theirs: theirs.into(), yours: yours.into() };
    let clashes = vec![clash("first_name", "Anna", "Annx"), clash("last_name", "Li", "Leey")];
    let conflict = Conflict { record: "L-7".into(), version: 9, by: "bo".into(), at: NOW, clashes };
    stage.written(Err(Error::Conflict(Box::new(conflict))));
    assert!(stage.screen().contains("Bo changed 2 of the fields just now"), "{}", stage.screen());
    stage.keys("1 2 enter");
    let act = update(&stage);
    assert_eq!(act.version, Some(9));
    assert_eq!(act.values, [(stage.env.catalog.lead.id("last_name"), Value::text("Leey"))]);
    stage.written(Ok(Reply::Version(10)));
    assert!(stage.layers.is_empty());
}

#[test]
fn ctrl_n_begins_the_next_with_source_tags_and_owner() {
    let mut stage = new(80, 24);
    let id = |name| stage.env.catalog.lead.id(name);
    let values = vec![
        (id("last_name"), Value::text("Lee")),
        (id("topic"), Value::text("x")),
        (id("source"), Value::Choice(7)),
        (id("tags"), Value::Tags(vec!["expo".into()])),
        (id("owner"), Value::Owner(Owner::User(2))),
    ];
    stage.layers.clear();
    stage.open(|cx| Form::new_record(Entity::Lead, values.clone(), cx));
    stage.keys("ctrl-n").written(Ok(Reply::Number(8)));
    assert_eq!(stage.layers.len(), 1);
    let fields = stage.draft().unwrap().fields;
    let names: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(names, [("source", "Trade Show"), ("tags", "expo"), ("owner", "bo")]);
}

#[test]
fn a_closed_lead_says_why_it_is_read_only() {
    let mut stage = editing(80, 24, &[("status", Value::Choice(2))]);
    stage.write("x");
    assert_eq!(stage.said(), "disqualified, so read-only");
    assert!(stage.screen().contains("disqualified, so read-only"));
}

#[test]
fn long_texts_have_lines_of_their_own() {
    let mut stage = editing(80, 60, &[("description", Value::text("one\ntwo"))]);
    for _ in 0..60 {
        if stage.screen().contains("▸ Description") {
            break;
        }
        stage.keys("down");
    }
    assert!(stage.screen().contains("one"));
    stage.keys("down end alt-enter").write("three").keys("ctrl-s");
    assert_eq!(update(&stage).values[0].1, Value::text("one\ntwo\nthree"));
}

#[test]
fn what_cannot_be_read_says_so() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| Form::edit(RecordId::lead(7), cx)).answer(Slot::Form, Err(Error::NotFound("L-7 does not exist".into())));
    assert!(stage.screen().contains("L-7 does not exist"));
    stage.keys("esc");
    assert!(stage.layers.is_empty());
}

#[test]
fn a_click_goes_to_a_field() {
    let mut stage = editing(120, 40, &[]);
    let (lines, _) = stage.draw();
    let row = lines.iter().position(|line| line.contains("Topic (needed)")).unwrap();
    stage.mouse(5, u16::try_from(row).unwrap() + 1, 0);
    assert!(stage.screen().contains("▸ Topic (needed)"));
}

const KEYS: &[&str] = &[
    "tab",
    "backtab",
    "down",
    "up",
    "enter",
    "ctrl-s",
    "ctrl-n",
    "pgdn",
    "pgup",
    "left",
    "right",
    "backspace",
    "ctrl-w",
    "ctrl-u",
    "alt-enter",
    "ctrl-c",
    "esc",
    "space",
    "1",
    "x",
    "ctrl-/",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_keys_in_any_size_break_nothing(
        columns in 1u16..200, rows in 1u16..60, closed in any::<bool>(),
        steps in prop::collection::vec((0usize..KEYS.len() + 4, ".{0,5}"), 0..25),
    ) {
        let mut stage = Stage::new(columns, rows);
        open_lead(&mut stage, &[("status", Value::Choice(if closed { 2 } else { 0 })), ("city", Value::text("日本\u{202e}"))]);
        for (step, text) in steps {
            match KEYS.get(step) {
                Some(key) => { stage.keys(key); }
                None => { stage.write(&text); }
            }
            let (_, cursor) = stage.draw();
            prop_assert!(cursor.is_none_or(|at| at.x < columns && at.y < rows));
            stage.mouse(columns / 2, rows / 2, 0);
        }
    }
}

#[test]
fn keys_wait_until_the_record_is_here() {
    let mut stage = Stage::new(80, 24);
    stage.open(|cx| Form::edit(RecordId::lead(7), cx));
    let awaits = |stage: &Stage| stage.layers.last().is_some_and(|layer| layer.awaits(None));
    assert!(awaits(&stage), "what is typed now is not lost");
    let stage = editing(80, 24, &[]);
    assert!(!awaits(&stage));
}
