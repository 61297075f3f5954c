//! Exports that other programs really wrote, where they are on this machine.

use leadbook::exchange::import::parse_map;

use crate::common::*;

#[test]
fn salesforce_full_export() {
    let Some(input) = real("salesforce-lead-full-export.csv") else { return };
    let got = import(input, options("US")).expect("an import");
    assert_eq!((got.report.read, got.report.created, got.report.skipped), (60, 60, 0));
    assert_eq!(got.plan.import_source, "salesforce");
    got.expect(
        got.key("00QEc00000BBaeXMAT"),
        &[
            ("salutation", "Mr."),
            ("first_name", "William"),
            ("last_name", "Lee"),
            ("company", ""),
            ("email", "william.lee@example.com"),
            ("phone", "8683896283"),
            ("home_phone", "9667318696"),
            ("source", "<Online Form>"),
            ("status", "Open"),
            ("status_reason", "Contacted"),
            ("street", "84011 Porter Springs Suite 653"),
            ("city", "East Kellyburgh"),
            ("created_at", "2024-01-22T20:36:47Z"),
        ],
    );
    got.expect(got.key("00QEc00000BBaeYMAT"), &[("status", "Open"), ("status_reason", "New"), ("source", "<Cold Call>")]);
    let company = got.said("company");
    assert!(company.len() == 1 && company[0].1.contains("60 rows"), "{company:?}");
    assert!(got.drafts.iter().all(|d| d.rest.contains("Company: 001Ec00000GINb1IAH") && d.rest.contains("Address: {\"city\"")));
    assert!(got.said("status").iter().any(|(_, s)| s.contains("“Working”") && s.contains("15 rows")));
}

#[test]
fn salesforce_converted_flags() {
    let Some(input) = real("salesforce-lead-converted-flags.csv") else { return };
    let got = import(input, options("US")).expect("an import");
    assert_eq!((got.report.read, got.report.skipped), (22, 0));
    got.expect(
        got.key("00Qbm00000Orxk5EAB"),
        &[
            ("last_name", "Boxer"),
            ("company", "Farmers Coop. of Florida"),
            ("status", "Qualified"),
            ("closed_at", "2026-02-24T00:00:00Z"),
            ("annual_revenue", "900750000.00"),
        ],
    );
    got.expect(got.key("00Qbm00000Orxk6EAB"), &[("status", "Open"), ("status_reason", "New")]);
    got.expect(got.key("00Qbm00000OrxkFEAR"), &[("status", "Disqualified"), ("status_reason", "Lost")]);
    got.expect(got.key("00Qbm00000OrxkNEAR"), &[("last_name", "Dadio Jr"), ("first_name", "Bill")]);
    // closed as converted, but not converted
    let rows = ["00Qbm00000OrxkHEAR", "00Qbm00000OrxkIEAR", "00Qbm00000OrxkMEAR"].map(|key| got.key(key).row.to_string());
    let said = got.said("status");
    assert!(said.len() == 1 && said[0].1.ends_with(&format!(" · 3 rows: {}", rows.join(", "))), "{said:?}");
}

#[test]
fn atomic_crm_contacts() {
    let Some(input) = real("atomic-crm-contacts.csv") else { return };
    let got = import(input, options("US")).expect("an import");
    assert_eq!((got.report.read, got.report.created), (500, 500));
    got.expect(
        got.key("2"),
        &[
            ("first_name", "Shelley"),
            ("last_name", "Kerluke"),
            ("rating", "Warm"),
            ("company", "Gottlieb and Sons"),
            ("email", "Shelley_Kerluke47@hotmail.com"),
            ("home_phone", "1-955-371-0847 x371"),
            ("owner", "<Jane Doe>"),
            ("created_at", "2024-08-13T18:04:34.666Z"),
        ],
    );
    got.expect(got.key("1"), &[("tags", "football-fan|musician"), ("rating", "Cold"), ("other_phone", "621.669.1184")]);
    assert!(got.said("status").iter().any(|(_, s)| s.contains("“in-contract”") && s.contains("124 rows")));

    let Some(input) = real("atomic-crm-import-sample.csv") else { return };
    let got = import(input, options("US")).expect("an import");
    assert_eq!((got.report.read, got.plan.import_source.as_str()), (2, "csv"));
    got.expect(
        &got.drafts[0],
        &[
            ("email", "john@doe.example"),
            ("email2", "john.doe@gmail.com"),
            ("email3", "jdoe@caramail.com"),
            ("job_title", "Sales Executive"),
            ("tags", "developer|influencer"),
            ("phone", "659-980-2015"),
        ],
    );
    got.expect(&got.drafts[1], &[("email", "jane@doe.example"), ("home_phone", "740.647.3802")]);
}

#[test]
fn real_estate_leads_with_a_map() {
    let Some(input) = real("realestate-leads-5000.csv") else { return };
    let mut options = options("AE");
    options.map = parse_map("Lead_Date=created_at,Lost_Reason=qualification_comments,Booking_Date=closed_at").expect("a map");
    let got = import(input, options).expect("an import");
    assert_eq!((got.report.read, got.report.created, got.report.incomplete), (5000, 5000, 5000));
    assert_eq!(got.plan.import_source, "Lead_ID");
    got.expect(
        got.key("LEAD-003407"),
        &[
            ("topic", "IG_Reels_OffPlan_Q1"),
            ("last_name", "LEAD-003407"),
            ("source", "<Instagram>"),
            ("status", "Disqualified"),
            ("status_reason", "Lost"),
            ("qualification_comments", "Found cheaper unit elsewhere"),
            ("created_at", "2026-02-27T00:00:00Z"),
        ],
    );
    let count = |name, value: &str| got.drafts.iter().filter(|d| got.show(d, name) == value).count();
    assert_eq!((count("status", "Qualified"), count("status", "Disqualified")), (813 + 18, 4098));
    let said = got.said("status");
    assert_eq!(said.len(), 4, "Booking, Negotiation, Lead, Site Visit: {said:?}");
}

#[test]
fn the_heading_line_of_dynamics() {
    let Some(input) = real("dynamics365-lead-export-header.csv") else { return };
    let got = import(input, options("US")).expect("an import");
    assert_eq!((got.plan.program, got.report.read, got.plan.rows), (Some("dynamics-365"), 0, 0));
    let ours = look_alike("dynamics-365.csv");
    assert_eq!(got.plan.fingerprint, ours.plan.fingerprint);
}
