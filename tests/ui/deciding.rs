//! Qualifying, disqualifying, reopening, winning and losing, and the screens of customers.

use crate::harness::{Stage, at_all_sizes};

/// Ann Lee qualified as her page preselects; the cursor stays in the list.
fn qualified(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.keys("jQ").shows("Qualify Ann Lee").keys("<c-s>").shows("Qualified Ann Lee → A-1, C-1, O-1").shows("g m opens O-1");
    stage
}

#[test]
fn the_page_says_what_will_be_written() {
    at_all_sizes("qualify", |stage| {
        stage.keys("jQ").shows("[ Qualify");
    });
    let mut stage = Stage::new(50, 16);
    snapshot!(stage, "qualify_50x16", "jQ");
}

#[test]
fn a_lead_is_qualified_opened_and_taken_back() {
    let mut stage = qualified(120, 40);
    stage.hides("│ + Ann Lee");
    snapshot!(stage, "opportunity_120x40", "gm");
    // the lead that it came from, and back
    stage.keys("<tab>]]]").shows("Originating Lead").keys("<esc>");
    stage.keys("u").shows("Undone: Qualified Ann Lee");
    assert!(stage.sql("SELECT 'x' FROM opportunity WHERE deleted_at IS NULL").is_empty());
    stage.keys("<c-r>").shows("Redone: Qualified Ann Lee");
    assert_eq!(stage.sql("SELECT name FROM account"), ["Contoso"]);
}

#[test]
fn the_screens_of_customers() {
    let mut stage = qualified(80, 24);
    snapshot!(stage, "opportunities_80x24", "4");
    snapshot!(stage, "accounts_80x24", "5");
    snapshot!(stage, "contacts_80x24", "6");
    stage.keys("2").shows("My open leads");
    let mut stage = qualified(200, 50);
    stage.keys("5").wait(500);
    snapshot!(stage, "accounts_200x50");
}

#[test]
fn the_same_person_again_is_tied_to_what_is_there() {
    let mut stage = qualified(120, 40);
    stage.keys("nAnn Lee @ Contoso ann@contoso.example : refill<enter>").shows("Added Ann Lee");
    snapshot!(stage, "qualify_matches_120x40", "Q");
    stage.keys("<c-s>").shows("Qualified Ann Lee → O-2, A-1, C-1");
    assert_eq!(stage.sql("SELECT CAST(count(*) AS TEXT) FROM account"), ["1"]);
}

#[test]
fn many_are_summed_up_asked_about_and_taken_back_as_one() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "qualify_many", "j   Q");
    stage.keys("y").shows("Qualified 3 leads").keys("u").shows("Undone: Qualified 3 leads");
    assert!(stage.sql("SELECT 'x' FROM account WHERE deleted_at IS NULL").is_empty());
    stage.hides("marked").keys("gg   Qn").shows("nothing was done");
}

#[test]
fn a_reason_and_a_note_close_a_lead_and_o_reopens_it() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "disqualify", "jX");
    stage.keys("2").shows("a note; may be empty").keys("moved away<enter>").shows("Disqualified Ann Lee: Cannot Contact");
    assert_eq!(stage.sql("SELECT body FROM note ORDER BY number DESC LIMIT 1"), ["moved away"]);
    stage.keys("vclosed<enter>").shows("Closed leads").keys("/ann lee<enter>R").shows("disqualified, so read-only");
    stage.keys("Q").shows("disqualified already; O reopens it").keys("O").shows("Reopened Ann Lee");
}

#[test]
fn an_opportunity_is_won_or_lost_and_reopened() {
    let mut stage = qualified(80, 24);
    stage.keys("4Q").shows("won · O-1 · revenue").keys("<c-u>lots<enter>").shows("lots");
    stage.keys("<c-u>38k EUR<enter>").shows("on ›").keys("<enter>").shows("note ›").keys("Signed<enter>");
    stage.shows("3D printers: Won · 38,000.00").shows("Nothing in My open opportunities");
    stage.keys("vwon<enter>").shows("3D printers").keys("O").shows("Reopened 3D printers");
    stage.keys("vmy open<enter>");
    snapshot!(stage, "lose", "X");
    stage.keys("2").shows("Lost to").keys("Litware<enter>").shows("note ›").keys("<enter>").shows("to Litware");
    assert_eq!(stage.sql("SELECT body FROM note ORDER BY number DESC LIMIT 1")[0].split(" · ").nth(1), Some("to Litware"));
}

#[test]
fn another_customer_is_found_by_typing() {
    let mut stage = qualified(120, 40);
    stage.keys("Q").shows("Qualify Bo").keys("/cont").wait(200).shows("Another account").keys("<enter>");
    stage.shows("(•) A-1 Contoso").keys("<c-s>").shows("A-1");
}

#[test]
fn a_record_goes_through_its_process_step_by_step() {
    let mut stage = Stage::new(120, 40);
    stage.keys("j>").shows("Ann Lee: New → Contacted · u undoes").keys("<lt>").shows("Ann Lee: Contacted → New");
    stage.keys("<lt>").shows("L-41 is at the first step").keys(">>").shows("Qualify Ann Lee").keys("<c-s>").shows("Qualified");
    stage.keys("4>").shows("3D printers: Develop → Propose · Develop still lacks Customer Need");
    snapshot!(stage, "opportunity_stages", "<enter>");
    stage.keys(">").shows("Propose → Close").keys(">").shows("O-1 is");
    snapshot!(stage, "ended");
    stage.keys("1").shows("won · O-1 · revenue").keys("<esc>").keys("<lt>").shows("Close → Propose");
}

#[test]
fn the_board() {
    at_all_sizes("pipeline", |stage| {
        stage.keys("jQ<c-s>").shows("Qualified").keys("3").shows("Pipeline").shows("Contacted");
    });
    let mut stage = qualified(120, 40);
    stage.keys("3>").shows("New → Contacted");
    assert!(stage.screen().contains("Contacted"), "{}", stage.screen());
    // the card took the cursor along, and beyond Contacted is the page
    stage.keys(">").shows("nothing written yet").keys("<c-s>").shows("Qualified");
    stage.keys("ll<lt>").shows("Develop → Qualify");
    stage.keys("<enter>").shows("Est. Revenue").keys("<esc>").shows("Pipeline").keys("2").shows("My open leads");
}

#[test]
fn a_column_of_the_board_is_listed_and_esc_comes_back() {
    at_all_sizes("column", |stage| {
        stage
            .keys("3")
            .wait(100)
            .keys("/rating:hot<enter>")
            .wait(100)
            .keys("k<enter>")
            .wait(100)
            .shows("Leads · New · rating:hot");
    });
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "column_head", "3k");
    let count = "SELECT CAST(COUNT(*) AS TEXT) FROM lead WHERE status = 0 AND status_reason = 1 AND deleted_at IS NULL";
    let count = stage.sql(count).remove(0);
    stage.keys("<enter>").wait(100).shows(&format!("Leads · New · {count} "));
    // the list has its own filter, marks and records, and goes back step by step
    stage.keys("/ann<enter>").wait(100).shows("Leads · New · 1 ").keys("<enter>").shows("Ann Lee · Contoso");
    stage.keys("<esc>").shows("Leads · New").keys("<esc>").wait(100).shows(&format!("Leads · New · {count} "));
    stage.keys("<esc>").shows("Pipeline").keys("<enter>").shows("Leads · New").keys("q").shows("Pipeline");
    // nothing of it is remembered as the view of the list
    stage.keys("2").shows("My open leads");
    stage.keys("3/rating:hot<enter>").wait(100).shows("/ rating:hot").keys("<esc>").hides("rating:hot");
}

#[test]
fn what_a_record_does_not_have_is_said() {
    let mut stage = qualified(80, 24);
    stage.keys("5R").shows("rating: an account has no rating").keys("Q").shows("an account is not closed");
    stage.keys(">").shows("an account has no steps").keys("6R").shows("a contact has no rating");
    stage.keys("<esc> R").shows("a contact has no rating").keys("Q").shows("a contact is not closed");
}

#[test]
fn marks_go_with_the_records_that_leave_the_list() {
    let mut stage = Stage::new(120, 40);
    stage
        .keys("<space><space>")
        .shows("2 marked")
        .keys("X")
        .keys("1")
        .keys("<enter>")
        .shows("Disqualified 2 leads")
        .hides("2 marked");
    // those that stay in the list keep their marks, so that more can be done on them
    stage.keys("<space><space>").shows("2 marked").keys("R1").shows("Rating").shows("2 marked");
    stage.keys("D").shows("Deleted 2 leads").hides("2 marked").keys("u").shows("Undone");
}

#[test]
fn a_value_that_is_refused_says_why_in_its_own_line() {
    let mut stage = Stage::new(120, 40);
    stage.keys("jQ<c-s>").shows("Qualified").keys("4<enter>").shows("Topic").keys("Q").shows("revenue ›");
    stage.keys("<c-u>plenty<enter>").shows("“plenty” is no number").shows("› plenty").keys("<esc><esc>");
}
