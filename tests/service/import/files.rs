//! What rows of each program become in the database, and what the report says of them.

use leadbook::model::value::Owner;
use leadbook::service::exchange::{Duplicates, ImportRecords};
use leadbook::service::note::AddNote;
use leadbook::service::undo::Redo;

use super::*;

#[test]
fn an_export_of_salesforce_becomes_leads() {
    let mut desk = Desk::new();
    let done = import_file(&mut desk, &fixture("salesforce-export.csv"));
    assert_eq!(counts(&done), (3, 3, 0, 0));
    assert_eq!(
        (done.reply.made, done.touched, done.summary.as_str()),
        (Some((1, 3)), 3, "Imported 3 leads from salesforce-export.csv")
    );
    let anton = by_key(&desk, "00QXy00000pD001MAC");
    expect(
        &desk,
        anton,
        &[
            ("name", "Anton Bergqvist"),
            ("company", ""),
            ("source", "Cold Call"),
            ("status", "Open"),
            ("status_reason", "Contacted"),
            ("import_source", "salesforce"),
            // a foreign id is nobody's name
            ("owner", "ana"),
            ("topic", "Cold Call"),
            ("incomplete", "topic"),
        ],
    );
    // the new source is a row of its list now
    assert!(desk.ctx.catalog.choices.all(leadbook::model::choice::Set::Source).iter().any(|c| c.label == "Cold Call"));
    // no cell is lost: what fits no field is kept, counted, and found
    assert!(desk.shown(anton, "imported_rest").contains("Company: 001Xy00000U8001IAB"));
    assert_eq!(done.reply.report.with_rest, 3);
    assert_eq!(found(&desk, "imported_rest:*001Xy00000U8001IAB*").len(), 3);
    assert!(problems(&done).iter().any(|(_, field, text)| field == "company" && text.contains("3 rows")));
    assert_eq!(found(&desk, "is:incomplete").len(), 3);
    assert_eq!((found(&desk, "bergq").as_slice(), found(&desk, "0142").as_slice()), ([anton].as_slice(), [anton].as_slice()));
    assert_eq!(done.reply.report.filled.get(&("topic", "source")), Some(&3));
}

#[test]
fn a_state_is_imported_and_a_deleted_row_is_not() {
    let mut desk = Desk::new();
    let done = import_file(&mut desk, &fixture("salesforce-flags.csv"));
    assert_eq!(counts(&done), (6, 5, 0, 1));
    let greta = by_key(&desk, "00QXy00000Fj011MAB");
    expect(&desk, greta, &[("status", "Qualified"), ("status_reason", "Qualified"), ("closed_at", "24 Feb")]);
    // the file says when it was closed but not when it was made: by then at the latest
    assert_eq!(desk.shown(greta, "created_at"), "24 Feb");
    assert_eq!(found(&desk, "status:disqualified"), [by_key(&desk, "00QXy00000H8014MAB")]);
    let list = done.reply.unread.clone().expect("a list of what was not read");
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines.len() == 2 && lines[0].ends_with(",leadbook_problem") && lines[1].contains("Guy Gone"), "{list}");
    // mended and imported again, the row is a lead
    let mended = list.replace(",TRUE,", ",FALSE,");
    let path = file(&desk, "mended.csv", &mended);
    let done = import_file(&mut desk, &path);
    assert_eq!(counts(&done), (1, 1, 0, 0));
    expect(&desk, by_key(&desk, "00QXy00000ol016MAA"), &[("name", "Guy Gone"), ("company", "Vanished Inc")]);
}

#[test]
fn an_owner_nobody_knows_is_an_inactive_user_and_an_id_is_not() {
    let mut desk = Desk::new();
    let done = import_file(&mut desk, &fixture("zoho.csv"));
    assert_eq!(counts(&done), (2, 2, 0, 0));
    let lead = by_key(&desk, "zcrm_4876876000000312001");
    expect(&desk, lead, &[("owner", "kim.abel"), ("tags", "expo, printer"), ("email2", "t.brandt@home.example")]);
    let users: Vec<(String, String, bool)> =
        desk.ctx.catalog.people.users.iter().map(|u| (u.login.clone(), u.name.clone(), u.active)).collect();
    assert_eq!(users, [("ana".into(), "Ana Sample".into(), true), ("kim.abel".into(), "Kim Abel".into(), false)]);
    assert_eq!(found(&desk, "is:unassigned").len(), 2);
    // the same name in another file is the same user
    import_file(&mut desk, &fixture("suitecrm.csv"));
    let path = file(&desk, "more.csv", "Last Name,Lead Owner\nNew,Kim Abel\nOther,005Xy00000JZ001IAD\n");
    import_file(&mut desk, &path);
    let names: Vec<&str> = desk.ctx.catalog.people.users.iter().map(|u| u.login.as_str()).collect();
    assert_eq!(names, ["ana", "kim.abel", "sarah.smith"]);
    let other = found(&desk, "name:Other")[0];
    expect(&desk, other, &[("owner", "ana"), ("imported_rest", "Lead Owner: 005Xy00000JZ001IAD")]);
}

#[test]
fn one_choice_of_source_campaign_owner_and_tag_for_all_rows() {
    let mut desk = Desk::new();
    let bo = leadbook::service::people::AddUser {
        login: "bo".into(),
        name: "Bo Ek".into(),
        role: leadbook::model::people::Role::Seller,
    };
    let bo = desk.act(bo).reply;
    let registry = desk.registry();
    let mut options = options("US");
    options.fixed = [("source", "Trade Show"), ("campaign", "Spring Fair"), ("owner", "bo"), ("tags", "expo")]
        .map(|(name, text)| (registry.id(name), text.to_owned()))
        .to_vec();
    let plan = plan(&desk, &fixture("ragged.csv"), options);
    let done = import(&mut desk, act(plan, Duplicates::Skip));
    assert_eq!(counts(&done), (4, 4, 0, 0));
    for lead in found(&desk, "") {
        expect(&desk, lead, &[("source", "Trade Show"), ("campaign", "Spring Fair"), ("owner", "bo"), ("tags", "expo")]);
    }
    assert_eq!(found(&desk, "owner:bo tag:expo campaign:\"Spring Fair\"").len(), 4);
    assert_eq!(desk.ctx.catalog.people.show(Owner::User(bo)), "bo");
    // a cell that is no value of its field is kept, and the row is listed
    let cy = found(&desk, "last_name:Contoso*")[0];
    assert_eq!(desk.shown(cy, "imported_rest"), "company: Contoso\nLtd\nemail: not an address");
    assert!(problems(&done).iter().any(|(row, field, _)| (*row, field.as_str()) == (5, "email")));
}

#[test]
fn every_look_alike_goes_into_one_database() {
    let mut desk = Desk::new();
    let mut leads = 0;
    for name in [
        "contacts-export.csv",
        "dynamics-365.csv",
        "dynamics-365-view.csv",
        "estate-leads.csv",
        "hubspot.csv",
        "plain-no-id.csv",
        "ragged.csv",
        "salesforce-export.csv",
        "salesforce-flags.csv",
        "suitecrm.csv",
        "umlaut-1252.csv",
        "utf16-tab.csv",
        "zoho.csv",
    ] {
        let done = import_file(&mut desk, &fixture(name));
        let (read, created, _, skipped) = counts(&done);
        assert_eq!(read, created + skipped, "{name}");
        leads += created;
    }
    assert_eq!(found(&desk, "").len() as u64, leads);
    // the same person in two files is one lead
    assert_eq!(found(&desk, "email:ann@contoso.example").len(), 1);
    for (filter, count) in [("größ", 1), ("gross", 1), ("0171 or brandt", 1), ("company:\"Quinn and Sons\"", 2)] {
        assert_eq!(found(&desk, filter).len(), count, "{filter}");
    }
    assert!(leadbook::store::sqlite::fts::check(desk.service.db()).unwrap().is_empty());
}

#[test]
fn reasons_that_the_list_lacks_become_own_ones_where_that_is_wanted() {
    use leadbook::model::choice::Set;

    let mut desk = Desk::new();
    let is_own = |desk: &Desk| desk.ctx.catalog.choices.find(Set::StatusReason, "Budget too small").is_some();
    let done = import_file(&mut desk, &fixture("estate-leads.csv"));
    let first = by_key(&desk, "LEAD-000101");
    expect(&desk, first, &[("status", "Disqualified"), ("status_reason", "Lost")]);
    assert!(desk.shown(first, "imported_rest").contains("Lost_Reason: Budget too small") && !is_own(&desk));
    assert!(
        problems(&done)
            .iter()
            .any(|(.., text)| text.contains("“Budget too small” is no reason") && text.contains("--keep-unknown"))
    );

    let mut desk = Desk::new();
    let before = desk.dump();
    let plan = plan(&desk, &fixture("estate-leads.csv"), Options { keep_unknown: true, ..options("US") });
    let done = import(&mut desk, act(plan.clone(), Duplicates::Skip));
    let first = by_key(&desk, "LEAD-000101");
    expect(&desk, first, &[("status", "Disqualified"), ("status_reason", "Budget too small")]);
    assert!(!desk.shown(first, "imported_rest").contains("Lost_Reason"));
    assert!(problems(&done).iter().all(|(_, field, _)| field != "status_reason"), "{:?}", problems(&done));
    assert_eq!(desk.ctx.catalog.choices.find(Set::StatusReason, "budget-too-small").and_then(|c| c.state), Some(2));
    let again = import(&mut desk, act(plan, Duplicates::Skip));
    assert_eq!(again.step, None, "the same file again makes nothing");
    desk.act(Undo { step: done.step, origins: Vec::new() });
    let without = |dump: Vec<String>| dump.into_iter().filter(|line| !line.contains("choice")).collect::<Vec<_>>();
    assert_eq!(without(desk.dump()), without(before));
}

#[test]
fn an_import_that_made_campaigns_is_taken_back_with_them() {
    let mut desk = Desk::new();
    let before = desk.dump();
    let done = import_file(&mut desk, &fixture("estate-leads.csv"));
    let campaigns =
        |desk: &Desk| desk.service.db().number("SELECT count(*) FROM campaign WHERE deleted_at IS NULL", &[]).expect("a count");
    assert_eq!(campaigns(&desk), 3);
    desk.act(Undo { step: done.step, origins: Vec::new() });
    let without = |dump: Vec<String>| dump.into_iter().filter(|line| !line.contains("choice")).collect::<Vec<_>>();
    assert_eq!((campaigns(&desk), without(desk.dump())), (0, without(before)));
    desk.act(Redo);
    assert_eq!((campaigns(&desk), found(&desk, "campaign:po_featured").len()), (3, 1));
    // a lead of somebody else that has one of them stays with it
    desk.act(leadbook::service::record::create::CreateRecord {
        entity: Entity::Lead,
        values: vec![
            (desk.ctx.catalog.lead.id("last_name"), leadbook::model::value::Value::text("Lee")),
            (desk.ctx.catalog.lead.id("topic"), leadbook::model::value::Value::text("Printers")),
            (desk.ctx.catalog.lead.id("campaign"), leadbook::model::value::Value::link(1)),
        ],
    });
    let error = desk.try_act(Undo { step: done.step, origins: Vec::new() }).unwrap_err();
    assert!(error.headline().contains("L-5 refers to M-"), "{error}");
}

#[test]
fn the_real_exports_are_in_one_database_and_searched() {
    let names = [
        ("salesforce-lead-full-export.csv", (60, 60)),
        ("salesforce-lead-converted-flags.csv", (22, 22)),
        ("atomic-crm-contacts.csv", (500, 500)),
        ("atomic-crm-import-sample.csv", (2, 2)),
        ("realestate-leads-5000.csv", (5_000, 5_000)),
    ];
    let mut desk = Desk::new();
    let mut leads = 0;
    for (name, expected) in names {
        let Some(path) = real(name) else { return };
        let mut options = options("US");
        if name.starts_with("realestate") {
            let map = "Lead_Date=created_at,Lost_Reason=qualification_comments,Booking_Date=closed_at";
            options.map = leadbook::exchange::import::parse_map(map).unwrap();
        }
        let plan = plan(&desk, &path, options);
        let done = import(&mut desk, act(plan.clone(), Duplicates::Skip));
        let (read, created, _, skipped) = counts(&done);
        assert_eq!((read, created), expected, "{name}: {:?}", problems(&done));
        assert_eq!(created + skipped, read);
        leads += created;
        // and once more, with nothing made
        let again = import(&mut desk, act(plan, Duplicates::Skip));
        assert_eq!((counts(&again), again.step), ((read, 0, 0, read), None), "{name} again");
    }
    assert_eq!(found(&desk, "").len() as u64, leads);
    let william = by_key(&desk, "00QEc00000BBaeXMAT");
    expect(&desk, william, &[("name", "William Lee"), ("source", "Online Form"), ("company", "")]);
    assert_eq!(found(&desk, "william lee 6283"), [william]);
    expect(&desk, by_key(&desk, "00Qbm00000Orxk5EAB"), &[("status", "Qualified"), ("company", "Farmers Coop. of Florida")]);
    expect(&desk, by_key(&desk, "2"), &[("name", "Shelley Kerluke"), ("rating", "Warm"), ("owner", "jane.doe")]);
    let lost = by_key(&desk, "LEAD-003407");
    expect(&desk, lost, &[("status", "Disqualified"), ("topic", "IG_Reels_OffPlan_Q1"), ("source", "Instagram")]);
    assert_eq!(found(&desk, "lead-003407"), [lost]);
    assert_eq!(found(&desk, "is:incomplete import_source:Lead_ID").len(), 5_000);
    assert!(found(&desk, "source:instagram status:disqualified").len() > 500);
    // a lead of theirs is edited, noted and undone like any other
    let before = desk.dump();
    let values = desk.values(&[("phone", "+1 555 0199")]);
    let targets = leadbook::service::scope::Targets::one(leadbook::model::entity::RecordId::lead(william));
    desk.act(leadbook::service::record::update::UpdateRecords { targets, values, leave_out_closed: false });
    desk.act(AddNote { about: leadbook::model::entity::RecordId::lead(william), body: "Called".into() });
    desk.act(undo());
    desk.act(undo());
    assert_eq!(before, desk.dump());
    desk.act(Redo);
    expect(&desk, william, &[("phone", "+1 555 0199")]);
    assert!(leadbook::store::sqlite::fts::check(desk.service.db()).unwrap().is_empty());
}

#[test]
fn a_file_without_a_known_column_is_refused() {
    let mut desk = Desk::new();
    let path = file(&desk, "odd.csv", "qux,quux\n1,2\n");
    let plan = plan(&desk, &path, options("US"));
    let before = everything(&desk);
    let error = try_import(&mut desk, ImportRecords { plan, duplicates: Duplicates::Skip, key: None }).unwrap_err();
    refused(&error, "no column of odd.csv is known");
    assert_eq!(before, everything(&desk));
}
