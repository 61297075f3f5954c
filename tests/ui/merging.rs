//! Merging two records: marked, or looked for; the page, the keys, the way back.

use crate::harness::{Stage, at_all_sizes};

/// A double of Ann Lee, and the page of the two.
fn double(stage: &mut Stage) {
    stage.keys("nHanna Lee @ Contoso hanna@contoso.example : 3D printers<enter>").shows("Added Hanna Lee");
}

#[test]
fn the_page_shows_both_side_by_side() {
    at_all_sizes("merge", |stage| {
        double(stage);
        stage.keys("/ann<enter>M").shows("Merge L-41 with").keys("hanna").wait(200).keys("<enter>").shows("[ Merge");
    });
    let mut stage = Stage::new(80, 24);
    double(&mut stage);
    stage.keys("/ann<enter>Mhanna").wait(200).keys("<enter>").shows("▼ more").keys("G").shows("▲ more").hides("▼ more");
    stage.shows("5 more fields are the same");
    let mut stage = Stage::new(50, 16);
    double(&mut stage);
    stage.keys("/ann<enter>Mhanna").wait(200).keys("<enter>").shows("[ Merge");
    snapshot!(stage, "merge_50x16");
}

#[test]
fn what_a_record_may_be_too_is_offered_with_the_reasons() {
    at_all_sizes("duplicates", |stage| {
        double(stage);
        stage.keys("nAnn O'Neill @ Contoso ann@contoso.example : plotter<enter>").shows("Added Ann O'Neill");
        stage.keys("/ann lee<enter>M").wait(200).shows("Merge L-41 with").shows("same e-mail");
    });
    let mut stage = Stage::new(80, 24);
    double(&mut stage);
    stage.keys("/ann<enter>M<enter>").shows("[ Merge").keys("<esc>");
    // what is typed and is none of them is looked for
    stage.keys("Mcy").wait(200).shows("Cy Diaz").keys("<esc>");
    stage.keys("M<down><enter>").shows("of any state and owner");
    let mut stage = Stage::new(50, 16);
    double(&mut stage);
    snapshot!(stage, "duplicates_50x16", "/ann<enter>M");
    let mut stage = Stage::new(80, 24);
    stage.keys("/cy<enter>M").shows("nothing is like").shows("of any state and owner");
}

#[test]
fn two_marked_leads_become_one_and_u_brings_both_back() {
    let mut stage = Stage::new(120, 40);
    double(&mut stage);
    stage.keys("/lee<enter>").wait(300).shows("Hanna Lee").keys("gg  M").shows("Merge two leads").shows("nothing written yet");
    snapshot!(stage, "merge_swapped", "<right><tab>");
    stage.keys("<c-s>").shows("Merged L-");
    let merged = "SELECT first_name FROM lead WHERE merged = 1";
    assert_eq!(stage.sql(merged).len(), 1);
    stage.hides("marked");
    stage.keys("u").shows("Undone: Merged");
    assert!(stage.sql(merged).is_empty());
    stage.keys("<c-r>").shows("Redone: Merged");
    stage.keys("M").shows("Merge L-43 with");
}

#[test]
fn other_counts_are_told_what_to_do() {
    let mut stage = Stage::new(80, 24);
    stage.keys("j   M").shows("3 are marked; two are merged at a time: mark two, or none");
    stage.keys("<esc>*M").shows("all are marked; two are merged at a time");
    stage.keys("*jQ<c-s>").shows("Qualified").keys("4M").shows("opportunities are not merged");
}

#[test]
fn two_accounts_become_one_with_the_contacts_of_both() {
    let mut stage = Stage::new(120, 40);
    stage.keys("/ann<enter>Q").shows("Qualify Ann Lee").keys("<c-s>").shows("Qualified Ann Lee → A-1, C-1, O-1");
    stage.keys("5nContoso Ltd<c-s>").shows("Added Contoso Ltd").wait(200);
    stage.keys("gg  M").shows("Merge two accounts").keys("<tab>").wait(100);
    snapshot!(stage, "merge_accounts");
    stage.keys("<c-s>").shows("Merged A-1 into Contoso Ltd (A-2)");
    let accounts = "SELECT a.name FROM contact c JOIN account a ON a.number = c.account";
    assert_eq!(stage.sql(accounts), ["Contoso Ltd"]);
    stage.keys("u").shows("Undone: Merged A-1");
    assert_eq!(stage.sql(accounts), ["Contoso"]);
    // the one that stayed tells of it, and so does the one that did not
    stage
        .keys("<c-r>")
        .shows("Redone")
        .keys("<esc>gg<enter>")
        .shows("Account Name")
        .keys("<tab>]]]")
        .shows("merged into it    A-1");
    stage.keys("]").shows("A-1 merged into it").keys("[jjj<enter>").wait(200).shows("Merged Into");
}
