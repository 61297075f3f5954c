//! The screen of the assignment rules on a real database: rules written, tried and at work, people, queues, why a lead has its owner.

use leadbook::model::people::{Role, User};
use leadbook::service::people::PutUser;
use leadbook::worker::writer::AnyAct;

use crate::harness::{Setting, Stage};
use crate::seed::Seed;

/// A rule by keys alone: leads of the source Web go to bo.
fn web_to_bo(stage: &mut Stage) {
    stage.keys("8").shows("No rules yet. n makes the first").keys("n").shows("New rule");
    stage.keys("Web leads").keys("<down><down><down><down>").keys("sour<tab>we<tab>").shows("open leads match now");
    stage.keys("<down>bo<c-s>").shows("Added the rule Web leads");
}

#[test]
fn a_rule_is_written_and_gives_the_next_lead_away() {
    let mut stage = Stage::new(120, 40);
    web_to_bo(&mut stage);
    stage.shows("Lead Source Web").shows("has not fired yet");
    snapshot!(stage, "rules_120x40");
    stage.keys("2nIda Ray @ Raycom via web<enter>").shows("Ida Ray");
    assert_eq!(stage.sql("SELECT u.login FROM lead l JOIN app_user u ON u.number = l.owner WHERE l.last_name = 'Ray'"), ["bo"]);
    stage.keys("8").shows("fired once").shows("source:web");
    // the rule and what it did are one step, and it is taken back as one
    stage.keys("u").keys("u").shows("No rules yet");
    assert_eq!(stage.sql("SELECT count(*) || '' FROM lead WHERE last_name = 'Ray' AND deleted_at IS NULL"), ["0"]);
}

#[test]
fn a_rule_is_edited_with_its_mistakes_at_their_fields() {
    let mut stage = Stage::new(80, 24);
    stage.keys("8n").keys("Colour<down>Mars<down><down><down>colour:red").shows("colour");
    snapshot!(stage, "rule_form_80x24");
    stage.keys("<c-s>").shows("there is no business unit “Mars”");
    snapshot!(stage, "rule_form_mistakes_80x24");
    stage.keys("<esc>").shows("draft kept").keys("n").shows("is back").shows("colour:red");
    stage.keys("<c-c>").shows("all fields are as they were").keys("<c-c>").shows("No rules yet");
}

#[test]
fn rules_are_tried_before_and_after_they_are_saved() {
    let mut stage = Stage::new(80, 24);
    stage.keys("8n").keys("All to cy<down><down><down><down><down>cy<c-t>").shows("with All to cy as it is typed");
    stage.shows("would get another owner");
    snapshot!(stage, "trial_80x24");
    assert_eq!(stage.sql("SELECT count(*) || '' FROM firing"), ["0"]);
    stage.keys("<enter>").shows("→ cy").keys("<enter>").shows("lead added").keys("<esc><esc><esc>").shows("All to cy");
    stage.keys("<c-s>").shows("Added the rule").keys("p").shows("on status:open");
    stage.keys("/").keys("<c-u>colour:red<enter>").shows("colour").keys("<c-u>rating:hot<enter>").shows("on rating:hot");
    let acts: Vec<_> = stage.acts.iter().filter(|act| !matches!(act, AnyAct::Score(_))).collect();
    assert!(acts.len() == 1, "a trial writes nothing: {acts:?}");
}

#[test]
fn a_lead_tells_why_it_has_its_owner() {
    let mut stage = Stage::new(100, 30);
    web_to_bo(&mut stage);
    stage.keys("2nIda Ray @ Raycom via web<enter>").keys("v").keys("all leads<enter>").shows("Ida Ray");
    stage.keys("/ida ray<enter>Y").shows("Why this owner").shows("the rule Web leads gave it to them");
    stage.shows("would match first: source:web");
    snapshot!(stage, "why_owner_100x30");
    stage.keys("<esc>").shows("Ida Ray").keys("<enter>").shows("Raycom").keys("Y").shows("Why this owner");
    stage.keys("<esc><esc>");
    // by hand since
    stage.keys("acy<enter><enter>").keys("Y").shows("by hand: bo → cy");
}

#[test]
fn people_are_written_on_the_same_screen() {
    let mut stage = Stage::new(80, 24);
    stage.keys("8lll").shows("[Users]").keys("j").shows("bo");
    stage.keys("<enter>").keys(&"<down>".repeat(6)).keys("20<down>sv, en<down>Norway<down><down>today<down>an<tab><c-s>");
    stage.shows("Changed the user bo").shows("of 20").shows("away");
    snapshot!(stage, "users_80x24");
    stage.keys("l").shows("North").keys("n").keys("Hunters<down><down>bo, c<tab><c-s>").shows("Added the team Hunters");
    stage.keys("l").keys("n").keys("Acme<down><down><c-u>cha<tab><c-s>").shows("Added the channel partner Acme");
    assert_eq!(stage.sql("SELECT label FROM choice WHERE set_name = 'partner' AND label = 'Acme'"), ["Acme"]);
    stage.keys("D").shows("Acme").keys("u");
    stage.keys("hhhh").shows("No points yet").keys("nBudget<down><down><c-u>+20<down>budget:will<tab><c-s>").shows("+20 Budget");
    stage.keys("lnAll<down><down><down>40k EUR<c-s>").shows("all together").shows("every month");
    stage.keys("D").shows("Removed the target All").shows("No targets yet").keys("u").shows("40,000.00 EUR");
}

#[test]
fn the_next_lead_of_a_queue_is_taken_and_opened() {
    let mut stage = Stage::new(80, 24);
    stage.keys("N").shows("this database has no queues");
    stage.keys("8llll").shows("North").keys("S").shows("Changed the team North").shows("waiting");
    stage.keys("2N").shows("nothing waits in the queue of North");
    stage.keys("jateam:no<enter><enter>").shows("team:North").keys("N").shows("Took");
    assert_eq!(stage.sql("SELECT count(*) || '' FROM lead WHERE owner < 0 AND status = 0 AND deleted_at IS NULL"), ["0"]);
    stage.shows("Owner team:North → ana");
}

#[test]
fn the_best_lead_is_opened_with_the_reason() {
    let mut stage = Stage::new(80, 24);
    stage.keys("gn").shows("next: L-39 · it is hot and new to you");
    let mut stage = Stage::with(Setting { seed: Seed::Empty, ..Setting::default() });
    stage.keys("gn").shows("no open lead of yours");
}

#[test]
fn a_seller_reads_the_rules_and_is_told_why() {
    let mut stage = Stage::new(80, 24);
    web_to_bo(&mut stage);
    let ana = User { ..stage.env().catalog.people.users[0].clone() };
    let bo = User { role: Role::Admin, ..stage.env().catalog.people.users[1].clone() };
    stage.others(1, PutUser { user: bo }).others(2, PutUser { user: User { role: Role::Seller, ..ana } });
    let mut stage = stage.restart();
    stage.keys("8").shows("Web leads").keys("n").shows("admins write rules");
    snapshot!(stage, "rules_seller_80x24");
    stage.keys("p").shows("on status:open");
}
