//! What becomes of named rows of look-alikes of other programs' exports.

use leadbook::exchange::import::{Filled, Target};

use crate::common::*;

#[test]
fn salesforce_with_ids_for_names() {
    let got = look_alike("salesforce-export.csv");
    assert_eq!((got.plan.program, got.plan.import_source.as_str(), got.drafts.len()), (Some("salesforce"), "salesforce", 3));
    assert!(got.plan.file.probe.marked && got.plan.has_ids() && !got.plan.guarded);
    let anton = got.key("00QXy00000pD001MAC");
    got.expect(
        anton,
        &[
            ("salutation", "Mr."),
            ("first_name", "Anton"),
            ("last_name", "Bergqvist"),
            ("company", ""),
            ("email", "anton.bergqvist@example.com"),
            ("phone", "2075550142"),
            ("home_phone", "2075550901"),
            ("street", "12 Quay Lane"),
            ("postal_code", "04101"),
            ("state_or_province", "ME"),
            ("source", "<Cold Call>"),
            // qualified, but the conversion column does not say so
            ("status", "Open"),
            ("status_reason", "Contacted"),
            ("created_at", "2025-01-22T20:36:47Z"),
            ("topic", "Cold Call"),
        ],
    );
    assert_eq!(anton.incomplete(), "topic");
    assert!(anton.rest.contains("Company: 001Xy00000U8001IAB\nAddress: {\"city\":\"Northport\""), "{}", anton.rest);
    assert!(anton.rest.ends_with("Status: Qualified"));
    got.expect(got.key("00QXy00000iG002MAC"), &[("status", "Open"), ("status_reason", "New")]);
    let said = got.said("company");
    assert_eq!(said.len(), 1);
    assert!(said[0].0 == 2 && said[0].1.contains("Company holds the id") && said[0].1.ends_with("3 rows: 2, 3, 4"), "{said:?}");
    assert!(got.said("street")[0].1.contains("Address holds an object in JSON"));
    assert!(got.said("status").iter().any(|(row, s)| *row == 4 && s.contains("“Working”")));
    assert!(got.report.unused_columns.contains(&"Branch__c".to_owned()));
}

#[test]
fn salesforce_with_american_dates_and_contradictions() {
    let got = look_alike("salesforce-flags.csv");
    let greta = got.key("00QXy00000Fj011MAB");
    got.expect(
        greta,
        &[
            ("status", "Qualified"),
            ("closed_at", "2026-02-24T00:00:00Z"),
            ("company", "Lakeside Growers Coop"),
            ("industry", "<Agriculture>"),
            ("annual_revenue", "900750000.00"),
            ("source", "Web"),
            ("phone", "(850) 555-0142"),
        ],
    );
    // closed as converted, though not converted: the text is followed, the row listed
    let will = got.key("00QXy000000k013MAA");
    got.expect(will, &[("status", "Qualified"), ("last_name", "Dale Jr"), ("employees", "9000"), ("closed_at", "")]);
    assert_eq!(got.said("status").iter().map(|(row, _)| *row).collect::<Vec<_>>(), [will.row]);
    let pia = got.key("00QXy00000H8014MAB");
    got.expect(pia, &[("status", "Disqualified"), ("status_reason", "Lost"), ("job_title", "\"VP\", Finance")]);
    got.expect(got.key("00QXy00000Oo015MAB"), &[("status", "Open"), ("status_reason", "Contacted")]);
    got.expect(got.key("00QXy00000bD012MAC"), &[("status", "Open"), ("status_reason", "New"), ("job_title", "SVP, Procurement")]);
    assert!(got.key("00QXy00000ol016MAA").skip.as_deref().is_some_and(|s| s.contains("was deleted")));
    assert_eq!((got.report.read, got.report.created, got.report.skipped), (6, 5, 1));
}

#[test]
fn contacts_with_a_temperature_for_a_status() {
    let got = look_alike("contacts-export.csv");
    assert_eq!((got.plan.program, got.plan.import_source.as_str()), (None, "id"));
    let orla = got.key("2");
    got.expect(
        orla,
        &[
            ("rating", "Warm"),
            ("status", ""),
            ("email", "Orla_Quinn47@mail.example"),
            ("phone", ""),
            ("home_phone", "1-955-555-0147 x371"),
            ("company", "Quinn and Sons"),
            ("owner", "<Mara Lind>"),
            ("topic", "contacts-export"),
            ("description", "Sed ipsa quia."),
            ("created_at", "2025-08-13T18:04:34.666Z"),
        ],
    );
    assert_eq!(orla.filled, [Filled { field: "topic", from: "file name" }]);
    let leif = got.key("4");
    got.expect(
        leif,
        &[
            ("status", "Open"),
            ("status_reason", "Contacted"),
            ("tags", "football-fan|musician"),
            ("company", "Brekk, Diet and Klein"),
            ("other_phone", "621.555.0184"),
        ],
    );
    assert!(leif.rest.ends_with("status: in-contract"));
    got.expect(
        got.key("8"),
        &[("email", "noor@work.example"), ("email2", "noor@home.example"), ("email3", "noor@other.example"), ("rating", "Hot")],
    );
}

#[test]
fn estate_leads_without_names_with_a_map() {
    let mut options = options("AE");
    options.map = vec![("Lost_Reason".into(), "qualification_comments".into()), ("Booking_Date".into(), "closed_at".into())];
    let got = import(leadbook::exchange::input::Input::path(fixture("estate-leads.csv")).expect("there"), options).expect("good");
    assert_eq!(got.plan.import_source, "Lead_ID");
    let lost = got.key("LEAD-000101");
    got.expect(
        lost,
        &[
            ("last_name", "LEAD-000101"),
            ("topic", "IG_Reels_Spring"),
            ("campaign", "<IG_Reels_Spring>"),
            ("source", "<Instagram>"),
            ("status", "Disqualified"),
            ("status_reason", "Lost"),
            ("qualification_comments", "Budget too small"),
            ("created_at", "2026-02-27T00:00:00Z"),
        ],
    );
    assert_eq!(lost.incomplete(), "topic, last_name");
    assert!(lost.rest.contains("Agent_ID: AGT-0010") && !lost.rest.contains("Lead_Status"), "{}", lost.rest);
    let sold = got.key("LEAD-000102");
    got.expect(sold, &[("status", "Qualified"), ("closed_at", "2025-08-01T00:00:00Z")]);
    got.expect(got.key("LEAD-000103"), &[("status", "Open"), ("status_reason", "Contacted")]);
    got.expect(got.key("LEAD-000104"), &[("status", "Qualified"), ("topic", "Referral")]);
}

#[test]
fn dynamics_with_its_hidden_columns() {
    let got = look_alike("dynamics-365.csv");
    assert_eq!((got.plan.program, got.plan.import_source.as_str()), (Some("dynamics-365"), "dynamics-365"));
    let ann = got.key("5b2d6c1e-0a51-ee11-be6e-000d3a45f001");
    got.expect(
        ann,
        &[
            ("topic", "Three label printers"),
            ("source", "Trade Show"),
            ("rating", "Hot"),
            ("campaign", "<Spring Fair 2026>"),
            ("description", "Saw us at the fair.\nWants a call on \"Thursday\"."),
            ("state_or_province", "WA"),
        ],
    );
    assert_eq!(ann.rest, "(Do Not Modify) Row Checksum: Zm9vYmFyMQ==\n(Do Not Modify) Modified On: 1/22/2026 4:05:00 PM");
    assert!(ann.filled.is_empty());
    let zoe = got.key("5b2d6c1e-0a51-ee11-be6e-000d3a45f003");
    got.expect(zoe, &[("first_name", "Zoë"), ("last_name", "zoe"), ("source", "<Podcast>")]);
    assert_eq!((zoe.line, zoe.row), (5, 4));

    let got = look_alike("dynamics-365-view.csv");
    got.expect(
        got.key("5b2d6c1e-0a51-ee11-be6e-000d3a45f011"),
        &[
            ("status", "Open"),
            ("status_reason", "Contacted"),
            ("owner", "<Sally Seller>"),
            ("estimated_value", "40000.00"),
            ("estimated_close_date", "2026-06-30"),
            ("currency", "USD"),
            ("do_not_email", "false"),
            ("do_not_send_marketing", "true"),
            ("preferred_contact_method", "Email"),
            ("purchase_timeframe", "This Quarter"),
            ("decision_maker", "true"),
            ("email2", "ann.lee@home.example"),
            ("created_at", "2025-12-15T08:00:00Z"),
        ],
    );
    got.expect(
        got.key("5b2d6c1e-0a51-ee11-be6e-000d3a45f012"),
        &[("status", "Disqualified"), ("status_reason", "No Longer Interested"), ("do_not_email", "true")],
    );
    assert!(got.report.lines().is_empty(), "{:?}", got.report.lines());
}

#[test]
fn hubspot_zoho_and_suitecrm() {
    let got = look_alike("hubspot.csv");
    assert_eq!(got.plan.import_source, "hubspot");
    got.expect(
        got.key("1501"),
        &[
            ("email", "maria@alpine.example"),
            ("email2", "m.campo@home.example"),
            ("email3", "maria.c@old.example"),
            ("owner", "<Ana Silva>"),
            ("status_reason", "New"),
            ("company", "Alpine Ski House"),
            ("do_not_bulk_email", "false"),
        ],
    );
    got.expect(got.key("1502"), &[("last_name", "Wingtip Toys"), ("status", "Disqualified"), ("do_not_bulk_email", "true")]);

    let got = look_alike("zoho.csv");
    assert_eq!(got.plan.import_source, "zoho");
    got.expect(
        got.key("zcrm_4876876000000312001"),
        &[
            ("email2", "t.brandt@home.example"),
            ("tags", "expo|printer"),
            ("industry", "Financial"),
            ("rating", ""),
            ("annual_revenue", ""),
        ],
    );
    assert!(got.said("rating")[0].1.contains("“Active” is none of Hot, Warm, Cold"));
    assert!(got.key("zcrm_4876876000000312001").rest.contains("Annual Revenue: Rs. 0\nRating: Active"));
    got.expect(got.key("zcrm_4876876000000312002"), &[("status", "Disqualified"), ("status_reason", "Canceled")]);

    let got = look_alike("suitecrm.csv");
    assert_eq!(got.plan.import_source, "suitecrm");
    got.expect(
        got.key("8f0b1c1a-5a3e-4b7e-9d7a-65f1d2c3e401"),
        &[
            ("street", "Dlouhá 8"),
            ("street2", "Suite 2"),
            ("address2_city", "Brno"),
            ("do_not_phone", "true"),
            ("source", "Trade Show"),
        ],
    );
    got.expect(got.key("8f0b1c1a-5a3e-4b7e-9d7a-65f1d2c3e402"), &[("status", "Qualified")]);
    assert!(got.drafts[2].skip.is_some());
}

#[test]
fn other_encodings_and_marks() {
    let mut german = options("DE");
    german.map = vec![("Vorname".into(), "first_name".into())];
    let got = import(leadbook::exchange::input::Input::path(fixture("umlaut-1252.csv")).expect("there"), german).expect("good");
    assert_eq!((got.plan.file.probe.encoding.name(), got.plan.file.delimiter), ("Windows-1252", b';'));
    got.expect(
        &got.drafts[0],
        &[
            ("first_name", "Jürgen"),
            ("last_name", "Größ"),
            ("company", "Müller & Söhne"),
            ("estimated_value", "1234.50"),
            ("annual_revenue", "2500000.00"),
            ("created_at", "2026-01-22T00:00:00Z"),
            ("description", "„Süd“ – 5 € Rabatt"),
        ],
    );
    got.expect(&got.drafts[1], &[("estimated_value", "999.99"), ("created_at", "2026-02-03T14:30:00Z")]);
    assert!(got.plan.notes.is_empty(), "{:?}", got.plan.notes);

    let got = look_alike("utf16-tab.csv");
    assert_eq!((got.plan.file.probe.encoding.name(), got.plan.file.delimiter), ("UTF-16 LE", b'\t'));
    got.expect(&got.drafts[0], &[("first_name", "Ann"), ("last_name", "Lee"), ("description", "日本語, ok")]);
    got.expect(&got.drafts[1], &[("salutation", "Dr."), ("first_name", "Ludwig"), ("last_name", "van Beek")]);
    assert_eq!(got.drafts[0].rest, "");
}

#[test]
fn ragged_rows_and_rows_without_an_id() {
    let got = look_alike("ragged.csv");
    assert_eq!((got.report.read, got.plan.rows), (4, 4));
    assert_eq!(got.drafts[1].rest, "column 6: extra one\ncolumn 7: extra two");
    assert_eq!((got.drafts[2].row, got.drafts[2].line), (5, 5));
    got.expect(&got.drafts[2], &[("company", "Contoso, Ltd"), ("email", ""), ("last_name", "Contoso, Ltd")]);
    assert_eq!(got.drafts[2].rest, "company: Contoso\nLtd\nemail: not an address");
    got.expect(&got.drafts[3], &[("email", "dee@fox.example"), ("email2", "d.fox@home.example")]);
    assert_eq!(got.said("email").iter().map(|(row, _)| *row).collect::<Vec<_>>(), [5]);

    let got = look_alike("plain-no-id.csv");
    assert_eq!(got.plan.import_source, "csv");
    let keys: Vec<&str> = got.drafts.iter().map(|d| d.import_key.as_str()).collect();
    assert!(keys[0] == keys[2] && keys[0] != keys[1] && keys[0].len() == 32 && got.drafts[0].hashed);
    got.expect(&got.drafts[0], &[("first_name", "Ann"), ("estimated_value", "1500.00"), ("estimated_close_date", "2026-03-04")]);
    assert_eq!(got.plan.notes.len(), 2, "both the numbers and the dates can be read both ways: {:?}", got.plan.notes);
    let column = &got.plan.columns[4];
    assert!(matches!(column.target, Target::Field(_)) && column.dates.is_some_and(|d| d.ambiguous));
    assert_eq!((column.samples.as_slice(), column.filled), (["3/4/2026".to_owned(), "5/6/2026".into()].as_slice(), 3));
}
