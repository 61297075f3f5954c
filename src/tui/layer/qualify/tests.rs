//! What is preselected, chosen, changed and sent; what the page says will be written.

use super::*;
use crate::error::Error;
use crate::model::record::Record;
use crate::service::qualify::matches::{Candidates, Match, Matches};
use crate::service::qualify::{Deal, Part, Qualified, QualifyLead};
use crate::tui::stage::Stage;
use crate::worker::writer::Reply;

fn found(key: RecordId, name: &str, reason: &str, is_strong: bool) -> Match {
    Match { key, name: name.into(), place: String::new(), reasons: vec![reason.into()], is_strong }
}

fn candidates(lead: Record, matches: Matches) -> Candidates {
    Candidates { lead, matches, notes: 4, files: 2, activities: 6, requests: 1 }
}

/// The page of L-7 with an account and a contact that have its e-mail, and a namesake.
fn with_matches(columns: u16, rows: u16) -> Stage {
    let accounts = vec![found(Entity::Account.numbered(17), "Contoso GmbH", "its contact C-12 has this e-mail", true)];
    let contacts = vec![
        found(Entity::Contact.numbered(12), "A. Lee", "same e-mail", true),
        found(Entity::Contact.numbered(90), "Anne Lee", "same name, other company", false),
    ];
    page(columns, rows, &[], Matches { accounts, contacts, opportunity: None })
}

fn page(columns: u16, rows: u16, values: &[(&'static str, Value)], matches: Matches) -> Stage {
    let mut stage = Stage::new(columns, rows);
    let lead = stage.env.lead(values);
    stage.open(|cx| Qualify::open(RecordId::lead(7), cx));
    assert!(stage.screen().contains("looking for what it may already be"), "{}", stage.screen());
    stage.answer(Slot::Matches, Ok(Answer::Matches(Box::new(candidates(lead, matches)))));
    stage
}

fn sent(stage: &Stage) -> QualifyLead {
    match stage.acts().pop() {
        Some((_, AnyAct::Qualify(act))) => *act,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_has_the_leads_e_mail_is_taken_and_the_page_says_so() {
    let mut stage = with_matches(100, 30);
    let screen = stage.screen();
    for part in [
        "Qualify Ann Lee",
        "nothing written yet",
        "( ) new “Contoso”",
        "(•) A-17 Contoso GmbH",
        "its contact C-12 has this e-mail",
        "(•) C-12 A. Lee",
        "( ) C-90 Anne Lee",
        "same name, other company",
        "[x] 3D printers",
        "owner ana",
        "= A-17, C-12",
        "nothing in them changes",
        "+ opportunity for A-17",
        "~ L-7",
        "closed as Qualified; 4 notes, 2 files, 6 activities, 1 request",
        "are read on all 4 records (one copy)",
        "[ Qualify  Ctrl-s ]",
    ] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.keys("ctrl-s ctrl-s");
    assert_eq!(stage.acts().len(), 1, "once");
    let act = sent(&stage);
    assert_eq!((act.account, act.contact, act.opportunity), (Part::Existing(17), Part::Existing(12), Some(Deal::default())));
    stage.written(Ok(Reply::Qualified(Qualified::default())));
    assert!(stage.layers.is_empty());
}

#[test]
fn enter_goes_through_the_page_and_does_it_on_the_last_line() {
    let mut stage = page(80, 24, &[], Matches::default());
    assert!(stage.screen().contains("(•) new “Contoso”") && stage.screen().contains("(•) new “Ann Lee”"), "{}", stage.screen());
    stage.keys("enter enter enter enter");
    assert!(stage.acts().is_empty());
    stage.keys("enter");
    let act = sent(&stage);
    assert_eq!((act.account, act.contact, act.reason), (Part::New, Part::New, Some(3)));
}

#[test]
fn a_lead_without_a_company_offers_no_new_account() {
    let mut stage = page(80, 24, &[("company", Value::None)], Matches::default());
    assert!(
        !stage.screen().contains("new “”") && stage.screen().contains("+ opportunity for the new contact"),
        "{}",
        stage.screen()
    );
    stage.keys("ctrl-s");
    assert_eq!((sent(&stage).account, sent(&stage).contact), (Part::None, Part::New));
}

#[test]
fn others_are_chosen_and_the_list_below_follows() {
    let mut stage = with_matches(100, 30);
    stage.keys("up enter j j enter");
    let screen = stage.screen();
    assert!(screen.contains("(•) new “Contoso”") && screen.contains("(•) none"), "{screen}");
    assert!(screen.contains("+ account") && screen.contains("+ opportunity for the new account"), "{screen}");
    stage.keys("space");
    assert!(stage.screen().contains("[ ] none is made"), "{}", stage.screen());
    stage.keys("ctrl-s");
    assert_eq!((sent(&stage).account, sent(&stage).contact, sent(&stage).opportunity), (Part::New, Part::None, None));
}

#[test]
fn another_record_is_looked_up_for_the_part_under_the_cursor() {
    let mut stage = with_matches(100, 30);
    stage.keys("tab /");
    assert!(stage.screen().contains("Another contact"), "{}", stage.screen());
    stage.keys("esc");
    let sought = Sought::Customer(Entity::Contact);
    let found = Outcome::Found { record: Entity::Contact.numbered(33), name: "Bo Ek · Fabrikam".into(), sought };
    let flow = stage.layers[0].outcome(&found, &mut Cx { env: &stage.env, desk: &mut stage.desk });
    assert!(matches!(flow, Flow::Stay));
    assert!(stage.screen().contains("(•) C-33 Bo Ek · Fabrikam"), "{}", stage.screen());
    stage.keys("ctrl-s");
    assert_eq!(sent(&stage).contact, Part::Existing(33));
    // neither the opportunity nor the reason is looked up
    let mut stage = with_matches(100, 30);
    stage.keys("tab tab /");
    assert_eq!(stage.said(), "go to the account or the contact first");
}

#[test]
fn the_opportunity_is_changed_in_place_and_a_mistake_loses_nothing() {
    let mut stage = page(100, 30, &[], Matches::default());
    stage.keys("tab tab l l e").write("lots").keys("enter");
    assert!(stage.screen().contains("“lots” is no number"), "{}", stage.screen());
    stage.keys("ctrl-u").write("40k EUR").keys("enter l e").write("2026-12-18").keys("enter l e").write("bo").keys("enter");
    let screen = stage.screen();
    for part in ["40,000.00 EUR", "close ", "owner bo"] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.keys("ctrl-s");
    let registry = &stage.env.catalog.opportunity;
    let values = sent(&stage).opportunity.unwrap().values;
    let held = |name| values.iter().find(|(id, _)| *id == registry.id(name)).map(|(_, value)| value.clone());
    assert_eq!(held("estimated_value"), Some(Value::Money(400_000_000)));
    assert_eq!(held("currency"), Some(Value::text("EUR")));
    assert_eq!(held("owner"), Some(Value::Owner(crate::model::value::Owner::User(2))));
    assert_eq!(held("name"), None, "as the lead says");
}

#[test]
fn a_lead_that_was_qualified_before_gets_no_second_opportunity_by_itself() {
    let before = Some((Entity::Opportunity.numbered(3), "3D printers".to_owned()));
    let mut stage = page(100, 30, &[], Matches { opportunity: before, ..Matches::default() });
    assert!(stage.screen().contains("[ ] O-3 3D printers came from it before"), "{}", stage.screen());
    stage.keys("ctrl-s");
    assert_eq!(sent(&stage).opportunity, None);
}

#[test]
fn a_key_before_the_matches_are_here_waits_and_a_refusal_keeps_the_page() {
    let mut stage = Stage::new(80, 24);
    let lead = stage.env.lead(&[]);
    stage.open(|cx| Qualify::open(RecordId::lead(7), cx));
    stage.keys("ctrl-s");
    assert!(stage.acts().is_empty());
    stage.answer(Slot::Matches, Ok(Answer::Matches(Box::new(candidates(lead, Matches::default())))));
    assert_eq!(stage.acts().len(), 1);
    stage.written(Err(Error::refused("L-7 is qualified already", "O reopens it first")));
    assert_eq!(stage.layers.len(), 1);
    stage.keys("esc");
    assert!(stage.layers.is_empty());
}
