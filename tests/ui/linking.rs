//! Links with a role, references that are looked up, customers made on the way.

use crate::harness::Stage;

#[test]
fn a_lead_is_tied_to_an_account_with_a_role_and_untied() {
    let mut stage = Stage::new(120, 40);
    stage.keys("jL").shows("Link L-41 to").keys("bo ek").wait(200).shows("Bo Ekman");
    stage.keys("<enter>").shows("Bo Ekman · Fabrikam · Service plan is ›").keys("consultant<enter>");
    stage.shows("Linked Ann Lee with Bo Ekman as consultant");
    snapshot!(stage, "links_120x40", "<enter><tab>]]]");
    stage.keys("D").shows("Unlinked Ann Lee and Bo Ekman").shows("tied to nothing yet").keys("u").shows("consultant");
    stage.keys("D<esc>").shows("My open leads");
}

#[test]
fn a_reference_is_looked_up_and_a_new_one_made_of_what_was_typed() {
    let mut stage = Stage::new(120, 40);
    stage.keys("jQ<c-s>").shows("Qualified").keys("6<enter>").shows("First Name");
    let mut fields = 0;
    while !stage.screen().contains("Account · C-1") {
        // the next field, until its finder opens over the record
        stage.keys("<esc>").keys("6<enter>").keys(&"j".repeat(fields)).keys("<enter>");
        fields += 1;
        assert!(fields < 20, "{}", stage.screen());
    }
    stage.keys("northwind traders").wait(200);
    snapshot!(stage, "look_up_120x40");
    stage.keys("<enter>").shows("Account of Ann Lee: A-2");
    assert_eq!(stage.sql("SELECT a.name FROM contact c JOIN account a ON a.number = c.account"), ["northwind traders"]);
    stage.keys("u").shows("Undone").keys("u").shows("Undone: Added northwind traders");
}

#[test]
fn a_product_is_made_on_the_way_and_sold_with_an_opportunity() {
    let mut stage = Stage::new(120, 40);
    stage.keys("jQ<c-s>").shows("Qualified").keys("4<enter>").shows("Topic");
    stage.keys("L").keys("laser cutter").wait(200).shows("nothing matches").keys("<enter>").shows("is a new");
    snapshot!(stage, "link_makes");
    stage.keys("3").wait(100).shows("laser cutter · how many ›").keys("<c-u>2 x 1500<enter>");
    stage.shows("2 × laser cutter");
    snapshot!(stage, "product_lines_120x40", "<tab>]]]");
    assert_eq!(stage.sql("SELECT quantity || ' ' || price FROM product_line"), ["20000 15000000"]);
    stage
        .keys("L")
        .keys("laser")
        .wait(200)
        .keys("<enter>")
        .shows("how many ›")
        .keys("<c-u>many<enter>")
        .shows("“many” is no number");
    stage.shows("how many › many").keys("<esc>").keys("D").shows("laser cutter taken off").keys("u").shows("1,500.00");
}
