//! The filter bar, and finding anywhere.

use crate::harness::{Stage, at_all_sizes};

#[test]
fn the_list_follows_each_key_and_says_what_was_understood() {
    at_all_sizes("filter", |stage| {
        stage.keys("/ann");
    });
    let mut stage = Stage::new(80, 24);
    stage.keys("/rating:hot").shows("Ann Lee").shows("Cy Diaz").hides("Bo Ekman");
    snapshot!(stage, "filter_left", "<enter>");
    stage.keys("<esc>").shows("Bo Ekman");
}

#[test]
fn fields_and_values_are_offered_and_completed() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "filter_fields", "/sta");
    snapshot!(stage, "filter_values", "<tab>");
    stage.keys("<esc>/rating:w<tab>").shows("warm").hides("Ann Lee");
}

#[test]
fn a_mistake_is_underlined_with_the_nearest_word() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "filter_mistake", "/ann rting:hot");
    snapshot!(stage, "filter_mistake_entered", "<enter>");
    snapshot!(
        stage,
        "filter_mistake_wide",
        "<c-u>田中 colour:red and more words than the line is able to show at once, or so it seems"
    );
}

#[test]
fn filters_that_were_kept_come_back() {
    let mut stage = Stage::new(80, 24);
    stage.keys("/rating:hot<enter>/<c-u>rating:cold<enter>/<c-u>bo<a-p>").shows("/ rating:cold");
    stage.keys("<a-p>").shows("/ rating:hot").keys("<a-p>").shows("/ rating:hot");
    stage.keys("<a-n>").shows("/ rating:cold").keys("<a-n>").shows("/ bo").keys("<a-n>").shows("/ bo").keys("<esc>");
    // over restarts, each once
    let mut stage = stage.restart();
    stage.keys("/<a-p><a-p>").shows("/ rating:hot").shows("Ann Lee").keys("<enter>");
    stage
        .restart()
        .keys("/<a-p>")
        .shows("/ rating:hot")
        .keys("<a-p>")
        .shows("/ rating:cold")
        .keys("<a-p>")
        .shows("/ rating:cold");
}

#[test]
fn the_next_step_that_is_late_is_a_word_of_the_language() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "filter_later", "/is:late");
}

#[test]
fn nothing_matches_but_elsewhere_does() {
    at_all_sizes("nothing_matches", |stage| {
        stage.keys("/gus").shows("Nothing matches in My open leads.").shows("1 match in All leads: Enter shows them");
    });
    let mut stage = Stage::new(80, 24);
    stage.keys("/gus<enter>").shows("Gus Holm").shows("All leads now · Esc goes back to My open leads");
    stage.keys("<esc>").hides("Gus Holm").shows("┌ My open leads");
    // a filter that was emptied by hand is no reason to stay
    stage.keys("/gus<enter>/<backspace><backspace><backspace><enter>").shows("┌ All leads");
    stage.keys("<esc>").shows("┌ My open leads");
    // another order is remembered, the view that the filter led to is not
    stage.keys("/gus<enter>sname<enter>").shows("┌ All leads");
    stage.restart().shows("┌ My open leads").shows("name ↑");
}

#[test]
fn nothing_matches_anywhere() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "nothing_anywhere", "/Wanda Quist");
    snapshot!(stage, "nothing_anywhere_entered", "<enter>");
}

#[test]
fn a_pasted_filter_is_one_line() {
    let mut stage = Stage::new(80, 24);
    stage.keys("/").paste("ann\nlee\t\u{1b}[31m\u{202e}x");
    snapshot!(stage, "filter_pasted");
}

#[test]
fn leads_of_any_state_and_owner_are_found() {
    at_all_sizes("find", |stage| {
        stage.keys("Flit");
    });
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "find_closed", "Fgus");
    stage.keys("<enter>").shows("Gus Holm");
    snapshot!(stage, "record_closed");
    stage.keys("<enter>").shows(": disqualified, so read-only").hides("Ctrl-s");
    stage.keys("<esc>").keys("F555 0100").shows("Ann Lee");
    snapshot!(stage, "find_nothing", "<c-u>zzzz");
}

#[test]
fn what_was_asked_of_fields_is_no_name_of_a_new_lead() {
    let mut stage = Stage::new(80, 24);
    stage.keys("/value>900m").wait(200).shows("Nothing matches").hides("Enter starts");
    stage.keys("<enter>").hides("New lead").shows("/ value>900m");
    stage.keys("/<c-u>Zora value>900m").wait(200).shows("Enter starts a lead with it").keys("<enter>").shows("Zora");
}

#[test]
fn what_a_list_is_sorted_by_is_seen() {
    let mut stage = Stage::new(80, 24);
    stage.hides("ZIP ").keys("/sort:postal_code<enter>").shows("ZIP ").shows("98052");
    stage.keys("<esc>").hides("ZIP ");
}
