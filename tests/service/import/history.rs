//! The activities of another program: on whom they are, what they were, once, and what follows of them.

use std::collections::BTreeMap;

use leadbook::model::entity::RecordId;
use leadbook::model::people::Role;
use leadbook::service::people::AddUser;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::scope::Targets;
use leadbook::service::undo::Redo;

use super::*;

const LEADS: &str = "Id,Last Name,Email,Phone\n00Qa,Lee,ann@contoso.example,1\n00Qb,Ek,bo@contoso.example,2\n";
const TASKS: &str = "Id,WhoId,WhatId,Subject,ActivityDate,Status,Priority,TaskSubtype,Type__c,CallDisposition,Description,CreatedDate,OwnerId\n\
    00Ta,00Qa,,First call,2023-12-20,Completed,High,Task,Call,Talked,Wants a demo,2023-12-01T09:00:00.000+0000,005x\n\
    00Tb,00Qa,,Send papers,2030-01-15,Not Started,Normal,Task,Prep,,,2023-12-02T09:00:00.000+0000,005x\n\
    00Tc,003z,00Qb,Demo,2030-02-01,Not Started,Low,Task,Meeting,,,2023-12-03T09:00:00.000+0000,005x\n\
    00Td,003z,,Gone,2023-12-04,Not Started,Normal,Task,,,,,005x\n\
    00Te,003y,001z,Gone too,2023-12-04,Not Started,Normal,Task,,,,,005x\n\
    00Tf,,,Of nobody,2030-03-01,In Progress,Normal,Email,,,,,005x\n";

fn leads(desk: &mut Desk, source: &str) {
    bring_as(desk, Entity::Lead, LEADS, linked(source, &[]));
}

fn activities(desk: &Desk, lead: &str) -> i64 {
    let sql = "SELECT count(*) FROM activity WHERE regarding = $1 AND deleted_at IS NULL";
    desk.service.db().number(sql, &[lead.into()]).expect("a count")
}

#[test]
fn activities_stand_on_whom_their_rows_name_and_are_what_they_were() {
    let mut desk = Desk::new();
    leads(&mut desk, "sf");
    let done = bring_as(&mut desk, Entity::Activity, TASKS, linked("sf", &[]));
    assert_eq!(counts(&done), (6, 4, 0, 2), "{:?}", problems(&done));
    assert_eq!(done.summary, "Imported 4 activities from list.csv, skipped 2");
    is(
        &desk,
        "T-1",
        &[
            ("name", "First call"),
            ("regarding", "L-1"),
            ("kind", "phone-call"),
            ("status", "completed"),
            ("status_reason", "made"),
            ("priority", "high"),
            ("outcome", "talked"),
            ("description", "Wants a demo"),
            ("due_at", "2023-12-20T00:00:00Z"),
            ("actual_end", "2023-12-20T00:00:00Z"),
            ("created_at", "2023-12-01T09:00:00Z"),
            ("import_key", "00Ta"),
            ("imported_rest", "OwnerId: 005x\nTaskSubtype: Task"),
        ],
    );
    is(&desk, "T-2", &[("kind", "task"), ("category", "Prep"), ("status", "open"), ("status_reason", "not-started")]);
    // the first column names nobody who is here, the second does
    is(&desk, "T-3", &[("regarding", "L-2"), ("kind", "appointment"), ("status", "scheduled")]);
    is(&desk, "T-4", &[("regarding", ""), ("kind", "email"), ("name", "Of nobody")]);
    let said = "no record here has this key, number, address or name (as “003z”) · 2 rows: 5, 6";
    assert_eq!(problems(&done), [(5, "regarding".to_owned(), said.to_owned())]);
    let unread = done.reply.unread.expect("the rows of nobody");
    assert!(unread.lines().count() == 3 && unread.contains("00Td") && unread.contains("00Te"), "{unread}");
    // what follows of them on the lead
    is(
        &desk,
        "L-1",
        &[
            ("next_due_at", "2030-01-15T00:00:00Z"),
            ("open_activities", "1"),
            ("last_contact_at", "2023-12-20T00:00:00Z"),
            ("first_contact_at", "2023-12-20T00:00:00Z"),
            ("status_reason", "new"),
        ],
    );
}

#[test]
fn the_same_file_makes_nothing_and_what_came_since_is_taken() {
    let mut desk = Desk::new();
    leads(&mut desk, "sf");
    bring_as(&mut desk, Entity::Activity, TASKS, linked("sf", &[("WhoId", "import_key"), ("WhatId", "import_key")]));
    let before = desk.dump_customers();
    let again = bring_as(&mut desk, Entity::Activity, TASKS, linked("sf", &[]));
    assert_eq!((counts(&again), again.step), ((6, 0, 0, 6), None), "{:?}", problems(&again));
    assert_eq!(before, desk.dump_customers());
    bring_as(&mut desk, Entity::Contact, "Id,Last Name\n003z,Fox\n", linked("sf", &[]));
    let more = bring_as(&mut desk, Entity::Activity, TASKS, linked("sf", &[]));
    assert_eq!(counts(&more), (6, 1, 0, 5), "{:?}", problems(&more));
    is(&desk, "T-5", &[("regarding", "C-1"), ("name", "Gone")]);
    // of rows that are here, what the file says now is written over them
    let text = TASKS.replace("Not Started,Low", "Completed,Low").replace("00Tc,003z,00Qb", "00Tc,,009z");
    let path = file(&desk, "list.csv", &text);
    let plan = plan_of(&desk, &path, Entity::Activity, linked("sf", &[]));
    let done = import(&mut desk, act(plan, Duplicates::Update));
    assert_eq!(counts(&done), (6, 0, 5, 1), "{:?}", problems(&done));
    is(&desk, "T-3", &[("regarding", "L-2"), ("status", "completed")]);
}

#[test]
fn a_key_of_this_program_comes_before_others_and_two_are_none() {
    let mut desk = Desk::new();
    leads(&mut desk, "first");
    leads(&mut desk, "second");
    assert_eq!(activities(&desk, "L-3"), 0, "one address is one lead");
    let other = "Id,Last Name\n00Qa,Other\n";
    bring_as(&mut desk, Entity::Lead, other, linked("second", &[]));
    bring_as(&mut desk, Entity::Contact, "Id,Last Name\n00Qb,Same\n7,Seven\n", linked("second", &[]));
    let text = "Id,WhoId,Subject\n1,00Qa,A\n2,00Qb,B\n3,7,C\n";
    // under the name of the import only one has the key
    let own = bring_as(&mut desk, Entity::Activity, text, linked("second", &[]));
    assert_eq!(counts(&own), (3, 3, 0, 0));
    is(&desk, "T-1", &[("regarding", "L-3")]);
    is(&desk, "T-2", &[("regarding", "C-1")]);
    // under others two have it, and a bare number is counted anew by each program
    let before = desk.dump_customers();
    let done = bring_as(&mut desk, Entity::Activity, text, linked("third", &[]));
    let nobody = "no record here has this key, number, address or name (as “7”)";
    let said = [(2, "“00Qa” is L-1 and L-3 alike"), (3, "“00Qb” is L-2 and C-1 alike"), (4, nobody)];
    let said = said.map(|(row, text)| (row, "regarding".to_owned(), text.to_owned()));
    assert_eq!((counts(&done), done.step), ((3, 0, 0, 3), None));
    assert_eq!(problems(&done), said);
    assert_eq!(before, desk.dump_customers());
    // unless it is told that it is a key
    let done = bring_as(&mut desk, Entity::Activity, text, linked("third", &[("WhoId", "import_key")]));
    assert_eq!(counts(&done), (3, 1, 0, 2));
    is(&desk, "T-4", &[("regarding", "C-2"), ("name", "C")]);
}

#[test]
fn a_column_is_looked_up_by_the_field_that_is_told() {
    let mut desk = Desk::new();
    leads(&mut desk, "sf");
    bring_as(&mut desk, Entity::Account, "Id,Name,Phone\n1,Contoso,77\n2,Twice,88\n3,Thrice,88\n", linked("sf", &[]));
    let text = "Client,Subject\nBO@contoso.example,By address\nContoso,By name\nL-1,By number\nnobody@x.example,Lost\n";
    for (by, on) in [("email", "L-2"), ("name", "A-1"), ("number", "L-1")] {
        let done = bring_as(&mut desk, Entity::Activity, text, linked(by, &[("Client", by)]));
        assert_eq!(counts(&done), (4, 1, 0, 3), "{by}: {:?}", problems(&done));
        let last = done.reply.made.expect("one").0;
        is(&desk, &format!("T-{last}"), &[("regarding", on)]);
    }
    // without a word of it any name of a record will do
    let options = Options { map: vec![("Client".into(), "regarding".into())], ..linked("any", &[]) };
    let done = bring_as(&mut desk, Entity::Activity, text, options);
    assert_eq!(counts(&done), (4, 3, 0, 1), "{:?}", problems(&done));
    // of a list the first that is here, and the cell is kept
    let done = bring_as(
        &mut desk,
        Entity::Activity,
        "Client,Subject\nx@x.example; bo@contoso.example; L-1,A\n",
        linked("list", &[("Client", "email")]),
    );
    let last = done.reply.made.expect("one").0;
    let kept = "Client: x@x.example; bo@contoso.example; L-1";
    is(&desk, &format!("T-{last}"), &[("regarding", "L-2"), ("imported_rest", kept)]);
    let phones = "Client,Subject\n77,A\n88,B\n";
    let done = bring_as(&mut desk, Entity::Activity, phones, linked("phones", &[("Client", "phone")]));
    assert_eq!(counts(&done), (2, 1, 0, 1));
    assert_eq!(problems(&done)[0].2, "“88” is A-2 and A-3 alike");
}

#[test]
fn one_undo_takes_it_back_and_who_has_a_history_stays() {
    let mut desk = Desk::new();
    leads(&mut desk, "sf");
    let brought = desk.ctx.catalog.lead.id("next_due_at");
    let before = (desk.dump(), desk.dump_customers());
    let step = bring_as(&mut desk, Entity::Activity, TASKS, linked("sf", &[])).step;
    let after = (desk.dump(), desk.dump_customers());
    assert_ne!(before, after);
    desk.act(Undo { step, origins: Vec::new() });
    assert_eq!(before, (desk.dump(), desk.dump_customers()));
    assert_eq!(desk.ctx.catalog.field(brought).name, "next_due_at");
    is(&desk, "L-1", &[("next_due_at", ""), ("open_activities", "0"), ("last_contact_at", "")]);
    desk.act(Redo);
    assert_eq!(after, (desk.dump(), desk.dump_customers()));
    let leads = Undo { step: Some(1), origins: Vec::new() };
    refused(&desk.try_act(leads).unwrap_err(), "refers to L-1, which it made");
    // what was taken back may be imported again
    desk.act(undo());
    let done = bring_as(&mut desk, Entity::Activity, TASKS, linked("sf", &[]));
    assert_eq!(counts(&done), (6, 4, 0, 2));
}

#[test]
fn what_is_past_and_says_no_state_took_place_and_a_task_is_done_only_when_it_says_so() {
    let mut desk = Desk::new();
    leads(&mut desk, "sf");
    let text = "Id,WhoId,Type,StartDateTime,EndDateTime,CompletedDateTime,IsClosed,Status,Call Result\n\
        8,00Qa,Call,,,,,,Talked\n\
        1,00Qa,Event,2023-05-01 10:00,2023-05-01 11:00,,,,\n\
        2,00Qa,Event,2030-05-01 10:00,2030-05-01 11:00,,,,\n\
        3,00Qa,Task,,2023-05-02,,,,\n\
        4,00Qa,Task,,2023-05-02,2023-05-03 12:00,,,\n\
        5,00Qa,Task,,2023-05-02,,true,,\n\
        6,00Qa,Call,,2023-05-02,2023-05-04 12:00,,Not Started,\n\
        7,00Qa,Call,2030-05-02,,,,Not Held,\n";
    bring_as(&mut desk, Entity::Activity, text, linked("sf", &[]));
    for (key, status, end) in [
        ("T-2", "completed", "2023-05-01T11:00:00Z"),
        ("T-3", "scheduled", ""),
        ("T-4", "open", ""),
        ("T-5", "completed", "2023-05-03T12:00:00Z"),
        ("T-6", "completed", "2023-05-02T00:00:00Z"),
        ("T-7", "open", ""),
        ("T-8", "canceled", ""),
    ] {
        is(&desk, key, &[("status", status), ("actual_end", end)]);
    }
    is(&desk, "T-1", &[("status", "completed"), ("outcome", "talked")]);
    is(&desk, "T-2", &[("name", "Appointment"), ("starts_at", "2023-05-01T10:00:00Z")]);
    is(&desk, "T-7", &[("imported_rest", "CompletedDateTime: 2023-05-04 12:00")]);
}

#[test]
fn nobody_writes_on_anothers_record_by_an_import() {
    let mut desk = Desk::new();
    leads(&mut desk, "sf");
    desk.act(AddUser { login: "bo".into(), name: "Bo Ek".into(), role: Role::Seller });
    let bo = desk.ctx.catalog.people.users.iter().find(|user| user.login == "bo").expect("bo").number;
    (desk.ctx.user, desk.ctx.role) = (bo, Role::Seller);
    let own = desk.lead(&[("last_name", "Own"), ("topic", "T")]);
    let text = format!("Id,WhoId,Subject\n1,00Qa,A\n2,L-{own},B\n");
    let done = bring_as(&mut desk, Entity::Activity, &text, linked("sf", &[]));
    assert_eq!(counts(&done), (2, 1, 0, 1));
    assert!(problems(&done)[0].2.contains("L-1 belongs to ana; bo may not write it"), "{:?}", problems(&done));
    is(&desk, "T-1", &[("regarding", &format!("L-{own}")), ("owner", "bo")]);
}

#[test]
fn what_is_deleted_is_nobody_and_what_was_merged_leads_on() {
    let mut desk = Desk::new();
    leads(&mut desk, "sf");
    desk.act(leadbook::service::merge::Merge { master: RecordId::lead(2), other: RecordId::lead(1), take: Vec::new() });
    let done = bring_as(&mut desk, Entity::Activity, "Id,WhoId\n1,00Qa\n", linked("sf", &[("WhoId", "import_key")]));
    assert_eq!(counts(&done), (1, 1, 0, 0), "{:?}", problems(&done));
    is(&desk, "T-1", &[("regarding", "L-2")]);
    desk.act(DeleteRecords { targets: Targets::one(RecordId::lead(2)) });
    let done = bring_as(&mut desk, Entity::Activity, "Id,WhoId\n2,00Qb\n", linked("sf", &[("WhoId", "import_key")]));
    assert_eq!(counts(&done), (1, 0, 0, 1));
}

#[test]
fn a_sale_is_linked_to_its_lead_by_a_key_of_another_list() {
    let mut desk = Desk::new();
    bring_as(&mut desk, Entity::Lead, "Lead_ID,Last Name\nLEAD-1,Lee\n", options("AE"));
    let sales = "Sale_ID,Lead_ID,Sale_Date\nSALE-1,LEAD-1,2024-06-04\nSALE-2,LEAD-9,2024-06-05\nSALE-3,LEAD-8,2024-06-06\n";
    let catalog = desk.ctx.catalog.clone();
    let fixed =
        vec![(catalog.opportunity.id("status"), "won".to_owned()), (catalog.opportunity.id("currency"), "AED".to_owned())];
    let options = Options { links: vec![("Lead_ID".into(), "import_key".into())], fixed, ..options("AE") };
    let done = bring_as(&mut desk, Entity::Opportunity, sales, options);
    assert_eq!(counts(&done), (3, 3, 0, 0));
    let won = [("status", "won"), ("currency", "AED"), ("actual_close_date", "2024-06-04"), ("originating_lead", "L-1")];
    is(&desk, "O-1", &won);
    is(&desk, "O-2", &[("originating_lead", ""), ("imported_rest", "Lead_ID: LEAD-9")]);
    let said = "no lead here was imported under this key: import the leads first, then this file again; kept in imported_rest \
                (as “LEAD-9”) · 2 rows: 3, 4";
    assert!(problems(&done).contains(&(3, "originating_lead".into(), said.into())), "{:?}", problems(&done));
}

#[test]
fn requests_stand_on_the_customer_that_they_name() {
    let mut desk = Desk::new();
    bring_as(&mut desk, Entity::Account, "Id,Name\n1,Contoso\n", linked("sf", &[]));
    let text = "Case Number,Title,Customer\n7,No paper,Contoso\n8,No ink,Nobody\n9,No paper,Contoso\n";
    let done = bring_as(&mut desk, Entity::Request, text, linked("sf", &[]));
    assert_eq!(counts(&done), (3, 2, 0, 1), "{:?}", problems(&done));
    is(&desk, "R-1", &[("name", "No paper"), ("regarding", "A-1"), ("import_key", "7")]);
    assert_eq!(problems(&done)[0].2, "no record here has this key, number, address or name (as “Nobody”)");
}

#[test]
fn a_long_history_is_one_step_and_keeps_its_indexes() {
    let mut desk = Desk::new();
    leads(&mut desk, "sf");
    let rows: Vec<String> =
        (0..1_200).map(|n| format!("{n},00Q{},Call {n},Call,2023-05-01", if n % 2 == 0 { 'a' } else { 'b' })).collect();
    let text = format!("Id,WhoId,Subject,Type,ActivityDate\n{}\n", rows.join("\n"));
    let indexes = |desk: &Desk| {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'activity%'";
        desk.service.db().number(sql, &[]).expect("a count")
    };
    let before = indexes(&desk);
    let done = bring_as(&mut desk, Entity::Activity, &text, linked("sf", &[]));
    assert_eq!((counts(&done), indexes(&desk)), ((1_200, 1_200, 0, 0), before));
    assert_eq!((activities(&desk, "L-1"), activities(&desk, "L-2")), (600, 600));
    desk.act(undo());
    assert_eq!(activities(&desk, "L-1"), 0);
    is(&desk, "L-1", &[("last_contact_at", "")]);
    let values = desk.values_of(Entity::Activity, &[("name", "New")]);
    assert_eq!(desk.act(CreateRecord { entity: Entity::Activity, values }).reply, 1_201);
}

#[test]
fn the_real_tasks_find_their_leads() {
    let (Some(leads), Some(tasks)) = (real("salesforce-lead-full-export.csv"), real("salesforce-task.csv")) else { return };
    let mut desk = Desk::new();
    import_file(&mut desk, &leads);
    for (links, made) in [(vec![("WhoId".to_owned(), "import_key".to_owned())], 15), (Vec::new(), 0)] {
        let plan = plan_of(&desk, &tasks, Entity::Activity, Options { links, ..options("US") });
        let done = import(&mut desk, act(plan, Duplicates::Skip));
        assert_eq!(counts(&done), (75, made, 0, 75 - made), "{:?}", problems(&done));
        let lost: Vec<_> = problems(&done).into_iter().filter(|(_, field, _)| field == "regarding").collect();
        assert_eq!(lost.len(), 1, "{lost:?}");
        let (begin, end) = ("no contact here was imported under this key", "· 60 rows: 2, 3, 4, 5, 6 …");
        assert!(lost[0].2.starts_with(begin) && lost[0].2.ends_with(end), "{lost:?}");
    }
    let kinds = "SELECT count(*) FROM activity WHERE kind = $1 AND regarding LIKE 'L-%'";
    let count = |kind: i64| desk.service.db().number(kinds, &[kind.into()]).expect("a count");
    assert_eq!([4212, 4210, 4202, 4201].map(count).iter().sum::<i64>(), 15);
    assert!(count(4210) > 0 && count(4202) > 0 && count(4201) > 0);
}

#[test]
fn the_real_sales_find_their_leads() {
    let (Some(leads), Some(sales)) = (real("realestate-leads-5000.csv"), real("realestate-sales.csv")) else { return };
    let mut desk = Desk::new();
    import_file(&mut desk, &leads);
    let fixed = vec![(desk.ctx.catalog.opportunity.id("status"), "won".to_owned())];
    let options = Options {
        links: vec![("Lead_ID".into(), "import_key".into())],
        map: vec![("Sale_Value_AED".into(), "actual_value".into())],
        fixed,
        ..options("AE")
    };
    let plan = plan_of(&desk, &sales, Entity::Opportunity, options);
    let done = import(&mut desk, act(plan, Duplicates::Skip));
    assert_eq!(counts(&done), (813, 813, 0, 0));
    let sql = "SELECT count(*) FROM opportunity o JOIN lead l ON l.number = o.originating_lead WHERE o.imported_rest NOT LIKE '%Lead_ID%'";
    assert_eq!(desk.service.db().number(sql, &[]), Ok(813));
    let customers: Vec<_> = problems(&done).into_iter().filter(|(_, field, _)| field == "account").collect();
    assert_eq!(customers.len(), 1, "{customers:?}");
}

/// Leads, disqualified, won, won revenue in AED of each channel, counted outside of the program.
const CHANNELS: &[(&str, i64, i64, i64, i64)] = &[
    ("Instagram", 1_229, 1_008, 200, 532_746_000),
    ("Google Ads", 1_065, 882, 168, 507_309_000),
    ("Bayut", 1_039, 848, 166, 425_535_000),
    ("Website", 695, 567, 119, 340_929_000),
    ("Referral", 607, 495, 100, 254_206_000),
    ("LinkedIn", 365, 298, 60, 164_819_000),
];

#[test]
fn the_report_of_the_real_sales_says_which_channels_pay() {
    use leadbook::model::report::{Amounts, Figure, ReportKind};
    use leadbook::service::report::GetReport;

    let (Some(leads), Some(sales)) = (real("realestate-leads-5000.csv"), real("realestate-sales.csv")) else { return };
    let mut desk = Desk::new();
    let plan = plan(&desk, &leads, Options { keep_unknown: true, ..options("US") });
    import(&mut desk, act(plan, Duplicates::Skip));
    // why each was lost is a reason of its own
    let mut reasons: BTreeMap<String, i64> = BTreeMap::new();
    let mut rows = csv::Reader::from_path(&leads).expect("the file");
    for row in rows.deserialize::<BTreeMap<String, String>>().map(|row| row.expect("a row")) {
        if row["Lead_Status"] == "Lost" {
            *reasons.entry(row["Lost_Reason"].clone()).or_default() += 1;
        }
    }
    let all = leadbook::query::parse("", &desk.ctx.reading()).expect("a filter");
    let report = GetReport { kind: ReportKind::Reasons, filter: all, period: None };
    let sheet = desk.service.ask(&report, &desk.ctx).expect("a report");
    for (reason, leads) in &reasons {
        let at = sheet.rows.iter().position(|row| row.label == *reason).unwrap_or_else(|| panic!("{reason} is no row"));
        assert_eq!(sheet.cell(at, "leads").expect("a cell").figure, Figure::Count(*leads), "{reason}");
    }
    assert_eq!(reasons.len(), 8);
    let deal = &desk.ctx.catalog.opportunity;
    let fixed = vec![(deal.id("status"), "won".to_owned()), (deal.id("currency"), "AED".to_owned())];
    let options = Options { links: vec![("Lead_ID".into(), "import_key".into())], fixed, ..options("US") };
    let plan = plan_of(&desk, &sales, Entity::Opportunity, options);
    assert_eq!(counts(&import(&mut desk, act(plan, Duplicates::Skip))), (813, 813, 0, 0));
    let filter = leadbook::query::parse("", &desk.ctx.reading()).expect("a filter");
    let report = GetReport { kind: ReportKind::Sources, filter, period: None };
    let sheet = desk.service.ask(&report, &desk.ctx).expect("a report");
    assert_eq!(sheet.rows.len(), CHANNELS.len(), "{:?}", sheet.rows.iter().map(|row| &row.label).collect::<Vec<_>>());
    for (at, (channel, leads, disqualified, won, revenue)) in CHANNELS.iter().enumerate() {
        let says = |key: &str| sheet.cell(at, key).expect("a cell").figure.clone();
        assert_eq!(sheet.rows[at].label, *channel);
        assert_eq!(
            [says("leads"), says("disqualified"), says("won")],
            [*leads, *disqualified, *won].map(Figure::Count),
            "{channel}"
        );
        let mut paid = Amounts::default();
        paid.add("AED", revenue * 10_000);
        assert_eq!(says("revenue_from"), Figure::Money(paid), "{channel}");
    }
}
