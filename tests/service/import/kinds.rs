//! Files of accounts, contacts and opportunities: what they refer to, what is here already, one undo.

use leadbook::model::entity::RecordId;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::scope::Targets;
use leadbook::service::undo::Redo;

use super::*;

const ACCOUNTS: &str = "Id,Name,ParentId,Type,Phone,BillingCity,Status,OwnerId\n\
    001a,Contoso Ltd,001b,Customer - Direct,555 0100,Bonn,Active,x1\n\
    001b,Contoso Holding,,Prospect,,Berlin,Inactive,x1\n\
    001c,Fabrikam,Nobody Inc,,,,,x1\n";
const CONTACTS: &str = "Contact ID,First Name,Last Name,Account Name,Email,Mailing City\n\
    003a,Ann,Lee,Contoso Ltd,ann@contoso.example,Bonn\n\
    003b,Bo,Ek,contoso  LTD,bo@contoso.example,\n\
    003c,Cy,Diaz,Litware,cy@litware.example,\n";
const SALES: &str = "Opportunity Name,Account Name,Contact,Stage,Amount,Close Date,Probability,Owner\n\
    Renewal,Contoso Ltd,Ann Lee,Negotiation/Review,4000 EUR,2026-12-24,75%,Jo Fox\n\
    Renewal,Fabrikam,,Closed Won,500 EUR,2026-10-02,100%,Jo Fox\n\
    Renewal,Contoso Ltd,,Qualify,1 EUR,2026-12-25,10%,Jo Fox\n\
    Renewal,Litware,\"Ek, Bo\",Closed Lost,,2026-10-03,,\n";

fn bring(desk: &mut Desk, entity: Entity, name: &str, text: &str, duplicates: Duplicates) -> Done<Imported> {
    let path = file(desk, name, text);
    let plan = plan_of(desk, &path, entity, Options { import_source: Some("crm".into()), ..options("US") });
    import(desk, act(plan, duplicates))
}

fn all_three(desk: &mut Desk) {
    bring(desk, Entity::Account, "accounts.csv", ACCOUNTS, Duplicates::Skip);
    bring(desk, Entity::Contact, "contacts.csv", CONTACTS, Duplicates::Skip);
    bring(desk, Entity::Opportunity, "sales.csv", SALES, Duplicates::Skip);
}

#[test]
fn accounts_refer_to_others_of_the_same_file_wherever_they_stand() {
    let mut desk = Desk::new();
    let done = bring(&mut desk, Entity::Account, "accounts.csv", ACCOUNTS, Duplicates::Skip);
    assert_eq!((counts(&done), done.reply.made), ((3, 3, 0, 0), Some((1, 3))));
    assert_eq!(done.summary, "Imported 3 accounts from accounts.csv");
    is(
        &desk,
        "A-1",
        &[
            ("name", "Contoso Ltd"),
            ("parent_account", "A-2"),
            ("relationship", "customer"),
            ("city", "Bonn"),
            ("status", "active"),
            ("imported_rest", "Type: Customer - Direct\nOwnerId: x1"),
        ],
    );
    is(&desk, "A-2", &[("status", "inactive"), ("status_reason", "inactive"), ("relationship", "prospect")]);
    is(&desk, "A-3", &[("parent_account", ""), ("imported_rest", "OwnerId: x1\nParentId: Nobody Inc")]);
    let said = "no account here is called so or was imported under that id; kept in imported_rest (as “Nobody Inc”)";
    assert!(problems(&done).contains(&(4, "parent_account".into(), said.into())), "{:?}", problems(&done));
}

#[test]
fn names_keys_and_numbers_become_references_and_what_is_unknown_is_kept() {
    let mut desk = Desk::new();
    all_three(&mut desk);
    is(&desk, "C-1", &[("name", "Ann Lee"), ("account", "A-1"), ("city", "Bonn"), ("import_key", "003a")]);
    is(&desk, "C-2", &[("account", "A-1")]);
    is(&desk, "C-3", &[("account", ""), ("imported_rest", "Account Name: Litware")]);
    is(
        &desk,
        "O-1",
        &[
            ("name", "Renewal"),
            ("account", "A-1"),
            ("contact", "C-1"),
            ("stage", "close"),
            ("status", "open"),
            ("estimated_value", "4000.00"),
            ("currency", "EUR"),
            ("estimated_close_date", "2026-12-24"),
            ("probability", "75"),
            ("actual_value", ""),
            ("imported_rest", "Stage: Negotiation/Review"),
        ],
    );
    is(
        &desk,
        "O-2",
        &[
            ("account", "A-3"),
            ("stage", "close"),
            ("status", "won"),
            ("status_reason", "won"),
            ("actual_value", "500.00"),
            ("actual_close_date", "2026-10-02"),
        ],
    );
    is(&desk, "O-3", &[("contact", "C-2"), ("status", "lost"), ("status_reason", "canceled"), ("actual_value", "")]);
    let path = file(&desk, "more.csv", "Last Name,Account ID,Account Name\nA,001b,\nB,A-3,\nC,009x,Fabrikam\nD,,Contoso\n");
    let options = Options { import_source: Some("crm".into()), ..options("US") };
    let plan = plan_of(&desk, &path, Entity::Contact, options);
    let done = import(&mut desk, act(plan, Duplicates::Skip));
    is(&desk, "C-4", &[("account", "A-2"), ("imported_rest", "")]);
    is(&desk, "C-5", &[("account", "A-3")]);
    is(&desk, "C-6", &[("account", "A-3"), ("imported_rest", "Account ID: 009x")]);
    is(&desk, "C-7", &[("account", ""), ("imported_rest", "Account Name: Contoso")]);
    assert_eq!(problems(&done).len(), 1, "{:?}", problems(&done));
}

#[test]
fn a_name_that_several_have_is_none() {
    let mut desk = Desk::new();
    for _ in 0..2 {
        let values = desk.values_of(Entity::Account, &[("name", "Contoso")]);
        desk.act(CreateRecord { entity: Entity::Account, values });
    }
    let done = bring(&mut desk, Entity::Contact, "c.csv", "Last Name,Account\nLee,Contoso\nEk,A-2\n", Duplicates::Skip);
    let said = "several accounts are called “Contoso”; kept in imported_rest";
    assert_eq!(problems(&done), [(2, "account".to_owned(), said.to_owned())]);
    is(&desk, "C-2", &[("account", "A-2")]);
    desk.act(DeleteRecords { targets: Targets::one(Entity::Account.numbered(1)) });
    let done = bring(&mut desk, Entity::Contact, "d.csv", "Last Name,Account\nFox,Contoso\nDiaz,A-1\n", Duplicates::Skip);
    is(&desk, "C-3", &[("account", "A-2")]);
    assert_eq!(problems(&done).len(), 1, "what is deleted is not referred to: {:?}", problems(&done));
    // of all rows a reference must mean something
    let path = file(&desk, "e.csv", "Last Name\nX\n");
    let fixed = |text: &str| vec![(desk.ctx.catalog.contact.id("account"), text.to_owned())];
    let wrong = plan_of(&desk, &path, Entity::Contact, Options { fixed: fixed("Litware"), ..options("US") });
    refused(&try_import(&mut desk, act(wrong, Duplicates::Skip)).unwrap_err(), "“Litware”: no account here is called so");
    let fixed = vec![(desk.ctx.catalog.contact.id("account"), "contoso".to_owned())];
    let right = plan_of(&desk, &path, Entity::Contact, Options { fixed, ..options("US") });
    import(&mut desk, act(right, Duplicates::Skip));
    is(&desk, "C-5", &[("account", "A-2")]);
}

#[test]
fn what_is_here_already_is_known_by_what_such_records_have() {
    let mut desk = Desk::new();
    all_three(&mut desk);
    let db = |desk: &Desk| desk.dump_customers();
    let before = db(&desk);
    for (entity, name, text) in [
        (Entity::Account, "accounts.csv", ACCOUNTS),
        (Entity::Contact, "contacts.csv", CONTACTS),
        (Entity::Opportunity, "sales.csv", SALES),
    ] {
        let again = bring(&mut desk, entity, name, text, Duplicates::Skip);
        assert_eq!((again.reply.report.created, again.step), (0, None), "{name}");
    }
    assert_eq!(before, db(&desk));
    // the third row of the sales is of the same name and customer as the first
    let said = |done: &Done<Imported>| problems(done).into_iter().map(|(row, _, text)| (row, text)).collect::<Vec<_>>();
    let text = "Topic,Account\nRenewal,A-1\nRenewal,A-2\nRenewal,\nNew,\nNew,\n";
    let done = bring(&mut desk, Entity::Opportunity, "other.csv", text, Duplicates::Skip);
    assert_eq!(counts(&done), (5, 3, 0, 2));
    assert_eq!(said(&done)[0], (2, "here already with the same name and account: O-1".into()));
    let done = bring(&mut desk, Entity::Account, "more.csv", "Account Name,City\nFABRIKAM,Kiel\n", Duplicates::Update);
    assert_eq!(counts(&done), (1, 0, 1, 0));
    is(&desk, "A-3", &[("name", "FABRIKAM"), ("city", "Kiel")]);
    let text = "Last Name,Email,Role\nLee,ANN@contoso.example,Influencer\n";
    let done = bring(&mut desk, Entity::Contact, "more.csv", text, Duplicates::Update);
    assert_eq!(counts(&done), (1, 0, 1, 0));
    is(&desk, "C-1", &[("role", "influencer")]);
}

#[test]
fn one_undo_takes_each_back_and_what_is_referred_to_stays() {
    let mut desk = Desk::new();
    let empty = desk.dump_customers();
    let step = bring(&mut desk, Entity::Account, "accounts.csv", ACCOUNTS, Duplicates::Skip).step;
    let accounts = desk.dump_customers();
    desk.act(undo());
    assert_eq!(desk.dump_customers(), empty);
    desk.act(Redo);
    assert_eq!(desk.dump_customers(), accounts);
    bring(&mut desk, Entity::Contact, "contacts.csv", CONTACTS, Duplicates::Skip);
    let error = desk.try_act(Undo { step, origins: Vec::new() }).unwrap_err();
    refused(&error, "C-1 refers to A-1, which it made");
    let text = "Id,Name,ParentId,City\n001c,Fabrikam,Contoso Ltd,Kiel\n001b,Contoso Holding,001d,\n001d,Top,,\n";
    let before = desk.dump_customers();
    let done = bring(&mut desk, Entity::Account, "accounts.csv", text, Duplicates::Update);
    assert_eq!(counts(&done), (3, 1, 2, 0));
    is(&desk, "A-3", &[("parent_account", "A-1"), ("city", "Kiel")]);
    is(&desk, "A-2", &[("parent_account", "A-4")]);
    desk.act(undo());
    assert_eq!(desk.dump_customers(), before);
    desk.act(undo());
    assert_eq!(desk.dump_customers(), accounts);
    let made = leadbook::store::log::history(desk.service.db(), Entity::Account.numbered(1), 0, 9).unwrap();
    assert!(made.iter().any(|(step, _)| step.act == "Import"), "an import is in the history of what it made");
    let lead = leadbook::store::log::history(desk.service.db(), RecordId::lead(1), 0, 9).unwrap();
    assert!(lead.is_empty(), "and in no other's");
}

#[test]
fn a_record_is_not_its_own_parent() {
    let mut desk = Desk::new();
    bring(&mut desk, Entity::Account, "a.csv", "Account Name,Parent Account\nContoso,Contoso\n", Duplicates::Skip);
    is(&desk, "A-1", &[("parent_account", ""), ("imported_rest", "Parent Account: Contoso")]);
    let text = "Account Name,Parent Account\nContoso,A-1\n";
    let done = bring(&mut desk, Entity::Account, "b.csv", text, Duplicates::Update);
    is(&desk, "A-1", &[("parent_account", "")]);
    assert!(problems(&done)[0].2.contains("A-1 cannot be its own"), "{:?}", problems(&done));
}

#[test]
fn many_accounts_are_found_by_their_words_and_names() {
    let mut desk = Desk::new();
    let rows: String = (0..2_000).map(|n| format!("Firm {n},Firm {}\n", (n + 1) % 2_000)).collect();
    let text = format!("Account Name,Parent Account\n{rows}");
    let done = bring(&mut desk, Entity::Account, "many.csv", &text, Duplicates::Skip);
    assert_eq!(counts(&done), (2_000, 2_000, 0, 0));
    is(&desk, "A-1", &[("parent_account", "A-2")]);
    is(&desk, "A-2000", &[("parent_account", "A-1")]);
    let again = bring(&mut desk, Entity::Account, "many.csv", &text, Duplicates::Skip);
    assert_eq!(counts(&again), (2_000, 0, 0, 2_000));
    let hits = desk.service.db().number("SELECT count(*) FROM account_words WHERE account_words MATCH '\"1999\"*'", &[]);
    assert_eq!(hits.expect("an answer"), 1);
}
