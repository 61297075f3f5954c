//! What is here already: the same file twice, next week's file, updates, other duplicates.

use leadbook::model::entity::RecordId;
use leadbook::model::people::Role;
use leadbook::model::rights::Rights;
use leadbook::model::value::Owner;
use leadbook::service::people::AddUser;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::scope::Targets;
use leadbook::service::share::GrantAccess;
use leadbook::service::undo::Redo;

use super::*;

const WEEK_1: &str = "Lead ID,First Name,Last Name,Email,Phone,Company,Topic\n\
    7,Ann,Lee,ann@contoso.example,555 0100,Contoso,Printers\n\
    8,Bo,Ek,bo@fabrikam.example,555 0101,Fabrikam,Service\n";
const WEEK_2: &str = "Lead ID,First Name,Last Name,Email,Phone,Company,Topic\n\
    7,Ann,Lee,ann@contoso.example,555 0199,Contoso,\n\
    8,Bo,Ek,bo@fabrikam.example,555 0101,Fabrikam,Service\n\
    9,Cy,Diaz,cy@litware.example,555 0102,Litware,Parts\n";

fn week_1(desk: &mut Desk) -> Done<Imported> {
    let path = file(desk, "week.csv", WEEK_1);
    import_file(desk, &path)
}

#[test]
fn the_same_file_twice_makes_nothing_and_next_weeks_only_what_is_new() {
    let mut desk = Desk::new();
    assert_eq!(counts(&week_1(&mut desk)), (2, 2, 0, 0));
    let before = everything(&desk);
    let again = week_1(&mut desk);
    assert_eq!((counts(&again), again.step), ((2, 0, 0, 2), None));
    assert_eq!(problems(&again), [(2, "import_key".into(), "imported before · 2 rows: 2, 3".into())]);
    assert_eq!(before, everything(&desk), "a file that brings nothing leaves no step");
    let path = file(&desk, "next.csv", WEEK_2);
    let next = import_file(&mut desk, &path);
    assert_eq!((counts(&next), next.reply.made), ((3, 1, 0, 2), Some((3, 3))));
    expect(&desk, by_key(&desk, "7"), &[("phone", "555 0100")]);
    expect(&desk, by_key(&desk, "9"), &[("name", "Cy Diaz")]);
}

#[test]
fn without_ids_the_rows_themselves_are_the_key() {
    let mut desk = Desk::new();
    let done = import_file(&mut desk, &fixture("plain-no-id.csv"));
    assert_eq!(counts(&done), (3, 2, 0, 1));
    assert!(problems(&done).contains(&(4, "import_key".into(), "the same as row 2".into())), "{:?}", problems(&done));
    let again = import_file(&mut desk, &fixture("plain-no-id.csv"));
    assert_eq!(counts(&again), (3, 0, 0, 3));
}

#[test]
fn known_leads_are_updated_where_asked_and_that_is_undone() {
    let mut desk = Desk::new();
    week_1(&mut desk);
    let ann = by_key(&desk, "7");
    let before = desk.dump();
    let path = file(&desk, "next.csv", WEEK_2);
    let plan = plan(&desk, &path, options("US"));
    let done = import(&mut desk, act(plan, Duplicates::Update));
    assert_eq!(counts(&done), (3, 1, 2, 0));
    assert_eq!(done.summary, "Imported 1 lead from next.csv, updated 2");
    // an empty cell and what was only filled in say nothing
    expect(&desk, ann, &[("phone", "555 0199"), ("topic", "Printers"), ("incomplete", "")]);
    let after = desk.dump();
    desk.act(undo());
    assert_eq!(before, desk.dump());
    desk.act(Redo);
    assert_eq!(after, desk.dump());
}

#[test]
fn duplicates_by_address_are_skipped_updated_or_made() {
    let mut desk = Desk::new();
    let ann = desk.lead(&[("topic", "Typed"), ("last_name", "Lee"), ("email", "Ann@Contoso.example")]);
    let text = "Last Name,Email,City\nLee,ann@contoso.EXAMPLE,Berlin\nNew,new@x.example,Bonn\nNewer,NEW@x.example,Köln\n\
        Lee again,ann@contoso.example,Kiel\n";
    let path = file(&desk, "list.csv", text);
    let list = plan(&desk, &path, options("US"));
    let done = import(&mut desk, act(list.clone(), Duplicates::Skip));
    assert_eq!(counts(&done), (4, 1, 0, 3));
    let said: Vec<(u64, String)> = problems(&done).into_iter().map(|(row, _, text)| (row, text)).collect();
    let expected = [(2, "here already with the same email: L-1 · 2 rows: 2, 5"), (4, "the same email as row 3")];
    assert_eq!(said, expected.map(|(row, text)| (row, text.to_owned())));
    desk.act(undo());
    let done = import(&mut desk, act(list.clone(), Duplicates::Update));
    // of two rows for one lead the first is taken, as of two rows for a new one
    assert_eq!(counts(&done), (4, 1, 1, 2));
    expect(&desk, ann, &[("city", "Berlin"), ("last_name", "Lee"), ("topic", "Typed")]);
    desk.act(undo());
    expect(&desk, ann, &[("city", "")]);
    let done = import(&mut desk, act(list, Duplicates::Create));
    assert_eq!(counts(&done), (4, 4, 0, 0));
}

#[test]
fn another_field_can_be_compared() {
    let mut desk = Desk::new();
    let ann = desk.lead(&[("topic", "T"), ("last_name", "Lee"), ("website", "contoso.example"), ("email", "same@x.example")]);
    let text = "Last Name,Website,Email\nA,CONTOSO.example,\nB,other.example,same@x.example\nC,other.example,\n";
    let path = file(&desk, "list.csv", text);
    let plan = plan(&desk, &path, options("US"));
    let key = Some(field(&desk, "website"));
    let done = import(&mut desk, ImportRecords { plan, duplicates: Duplicates::Skip, key });
    assert_eq!(counts(&done), (3, 1, 0, 2));
    assert_eq!(problems(&done)[0].2, format!("here already with the same website: L-{ann}"));
    assert_eq!(found(&desk, "").len(), 2);
}

#[test]
fn an_import_that_was_taken_back_can_be_done_again_with_another_map() {
    let mut desk = Desk::new();
    week_1(&mut desk);
    desk.act(undo());
    assert_eq!(found(&desk, "").len(), 0);
    let path = file(&desk, "week.csv", WEEK_1);
    let mut options = options("US");
    options.map = vec![("Topic".into(), "description".into())];
    let plan = plan(&desk, &path, options);
    let done = import(&mut desk, act(plan, Duplicates::Skip));
    assert_eq!((counts(&done), done.reply.made), ((2, 2, 0, 0), Some((3, 4))));
    expect(&desk, by_key(&desk, "7"), &[("description", "Printers")]);
    // the first one cannot come back beside it
    let error = desk.try_act(Redo).unwrap_err();
    refused(&error, "here already");
    desk.act(undo());
    desk.act(Redo);
    expect(&desk, by_key(&desk, "7"), &[("description", "Printers")]);
}

#[test]
fn what_somebody_deleted_does_not_come_back_by_itself() {
    let mut desk = Desk::new();
    week_1(&mut desk);
    let bo = by_key(&desk, "8");
    desk.act(DeleteRecords { targets: Targets::one(leadbook::model::entity::RecordId::lead(bo)) });
    let path = file(&desk, "week.csv", WEEK_1);
    for duplicates in [Duplicates::Skip, Duplicates::Update, Duplicates::Create] {
        let plan = plan(&desk, &path, options("US"));
        let done = import(&mut desk, act(plan, duplicates));
        let said = problems(&done).into_iter().find(|(row, ..)| *row == 3).expect("a line");
        assert_eq!(said.2, format!("imported before as L-{bo}, which is in Deleted"));
        assert_eq!(found(&desk, "is:deleted"), [bo]);
    }
}

#[test]
fn a_seller_updates_what_is_theirs_alone() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: "Bo Ek".into(), role: Role::Seller }).reply;
    week_1(&mut desk);
    let before = desk.dump();
    (desk.ctx.user, desk.ctx.role) = (bo, Role::Seller);
    let path = file(&desk, "next.csv", WEEK_2);
    let plan = plan(&desk, &path, options("US"));
    let done = import(&mut desk, act(plan, Duplicates::Update));
    assert_eq!(counts(&done), (3, 1, 0, 2));
    let expected =
        "L-1 belongs to ana; bo may not write it: it is neither their own nor their team's, nor shared with them for that";
    assert!(problems(&done).contains(&(2, "owner".into(), expected.into())), "{:?}", problems(&done));
    expect(&desk, by_key(&desk, "9"), &[("owner", "bo")]);
    desk.act(undo());
    assert_eq!(before, desk.dump());
}

#[test]
fn a_seller_updates_what_is_shared_but_another_owner_takes_its_own_right() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: "Bo Ek".into(), role: Role::Seller }).reply;
    week_1(&mut desk);
    let record = RecordId::lead(by_key(&desk, "7"));
    desk.act(GrantAccess { record, principal: Owner::User(bo), rights: Rights::WRITE });
    (desk.ctx.user, desk.ctx.role) = (bo, Role::Seller);
    for (owner, updated) in [("ana", 1), ("bo", 0), ("Nobody Known", 0)] {
        let text = format!("Lead ID,Last Name,Email,Phone,Owner\n7,Lee,ann@contoso.example,555 0200,{owner}\n");
        let path = file(&desk, "owners.csv", &text);
        let plan = plan(&desk, &path, options("US"));
        let done = import(&mut desk, act(plan, Duplicates::Update));
        assert_eq!(counts(&done), (1, 0, updated, 1 - updated), "{owner}: {:?}", problems(&done));
        if updated == 0 {
            assert!(problems(&done)[0].2.contains("bo may not assign it"), "{:?}", problems(&done));
        }
    }
    expect(&desk, record.number, &[("phone", "555 0200"), ("owner", "ana")]);
}
