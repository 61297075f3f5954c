//! Sharing: what a share adds to role and ownership, right by right, and that each change of it comes back. Source: messages
//! GrantAccess, ModifyAccess, RevokeAccess, RetrievePrincipalAccess, RetrieveSharedPrincipalsAndAccess.

use leadbook::error::{Error, Result};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::people::Role;
use leadbook::model::rights::Rights;
use leadbook::model::value::Owner;
use leadbook::service::link::Associate;
use leadbook::service::note::AddNote;
use leadbook::service::people::{AddTeam, AddUser};
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::{DeleteRecords, RestoreRecords};
use leadbook::service::record::purge::Purge;
use leadbook::service::record::read::HistoryOf;
use leadbook::service::record::tag::TagRecords;
use leadbook::service::record::update::{UpdateRecord, UpdateRecords};
use leadbook::service::scope::Targets;
use leadbook::service::share::{
    GrantAccess, ModifyAccess, RetrievePrincipalAccess, RetrieveSharedPrincipalsAndAccess, RevokeAccess, words,
};
use leadbook::service::undo::{Redo, Undo};
use leadbook::store;

use crate::common::Desk;

const ANA: i64 = 1;
const BO: i64 = 2;
const CY: i64 = 3;
const NORDICS: Owner = Owner::Team(1);
const LEAD: RecordId = RecordId::lead(1);

/// Ana, admin, with a lead; bo and cy, sellers; bo is in the team Nordics.
fn desk() -> Desk {
    let mut desk = Desk::new();
    for login in ["bo", "cy"] {
        desk.act(AddUser { login: login.into(), name: String::new(), role: Role::Seller });
    }
    desk.act(AddTeam { name: "Nordics".into(), members: vec!["bo".into()] });
    assert_eq!(desk.lead(&[("topic", "T"), ("last_name", "Lee")]), LEAD.number);
    desk
}

fn is(desk: &mut Desk, user: i64) {
    desk.ctx.user = user;
    desk.ctx.role = if user == ANA { Role::Admin } else { Role::Seller };
}

fn rights(text: &str) -> Rights {
    Rights::parse(text).unwrap()
}

fn grant(principal: Owner, text: &str) -> GrantAccess {
    GrantAccess { record: LEAD, principal, rights: rights(text) }
}

fn modify(principal: Owner, text: &str) -> ModifyAccess {
    ModifyAccess { record: LEAD, principal, rights: rights(text) }
}

fn revoke(revokee: Owner) -> RevokeAccess {
    RevokeAccess { record: LEAD, revokee }
}

fn undo() -> Undo {
    Undo { step: None, origins: Vec::new() }
}

/// The shares of the lead, as `bo read,write`.
fn shares(desk: &Desk) -> Vec<String> {
    let shares = desk.service.ask(&RetrieveSharedPrincipalsAndAccess { record: LEAD }, &desk.ctx).unwrap();
    shares.iter().map(|(with, rights)| format!("{} {rights}", desk.ctx.catalog.people.show(*with))).collect()
}

fn effective(desk: &Desk, principal: Owner) -> String {
    desk.service.ask(&RetrievePrincipalAccess { record: LEAD, principal }, &desk.ctx).unwrap().to_string()
}

fn tag(desk: &mut Desk) -> Result<()> {
    let add = vec![format!("t{}", desk.ctx.now())];
    desk.try_act(TagRecords { targets: Targets::one(LEAD), add, remove: Vec::new() }).map(|_| ())
}

fn assign(desk: &mut Desk, owner: i64) -> Result<()> {
    desk.try_act(AssignRecords { targets: Targets::one(LEAD), owner: Owner::User(owner), note: None, activities: false })
        .map(|_| ())
}

fn delete(desk: &mut Desk) -> Result<()> {
    desk.try_act(DeleteRecords { targets: Targets::one(LEAD) }).map(|_| ())
}

fn denied(done: Result<()>) -> String {
    match done {
        Err(Error::Denied(said)) => said,
        other => panic!("not denied: {other:?}"),
    }
}

#[test]
fn granting_adds_modifying_replaces_revoking_takes_away() {
    let mut desk = desk();
    assert_eq!(desk.act(grant(Owner::User(BO), "read")).summary, "Shared Lee with bo: read");
    assert_eq!(desk.act(grant(Owner::User(BO), "write")).reply, rights("read,write"));
    desk.act(grant(NORDICS, "append-to"));
    assert_eq!(shares(&desk), ["bo read,write", "team:Nordics append-to"]);
    assert_eq!(desk.act(grant(Owner::User(BO), "write")).step, None, "nothing new is no step");
    desk.act(modify(Owner::User(BO), "delete"));
    assert_eq!(shares(&desk), ["bo delete", "team:Nordics append-to"]);
    assert_eq!(desk.act(modify(Owner::User(BO), "delete")).step, None);
    assert_eq!(desk.act(revoke(Owner::User(BO))).summary, "Lee is no longer shared with bo");
    assert_eq!(shares(&desk), ["team:Nordics append-to"]);
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let mut desk = desk();
    let said = |done: Result<()>| done.expect_err("a refusal").to_string();
    let bo = Owner::User(BO);
    let refused = [
        (said(desk.try_act(modify(bo, "read")).map(|_| ())), "L-1 is not shared with bo"),
        (said(desk.try_act(revoke(bo)).map(|_| ())), "L-1 is not shared with bo"),
        (said(desk.try_act(grant(bo, "")).map(|_| ())), "say for which rights: read, write"),
        (said(desk.try_act(grant(Owner::User(ANA), "read")).map(|_| ())), "L-1 belongs to ana, who may do all with it already"),
        (said(desk.try_act(grant(Owner::User(99), "read")).map(|_| ())), "there is no user 99"),
        (said(desk.try_act(grant(Owner::Team(99), "read")).map(|_| ())), "there is no team 99"),
        (
            said(desk.service.ask(&RetrievePrincipalAccess { record: LEAD, principal: Owner::Team(99) }, &desk.ctx).map(|_| ())),
            "there is no team 99",
        ),
    ];
    for (said, expected) in refused {
        assert!(said.contains(expected), "{said}");
    }
    desk.act(AddNote { about: LEAD, body: "x".into() });
    let note = RecordId::note(1);
    assert!(said(desk.try_act(GrantAccess { record: note, ..grant(bo, "read") }).map(|_| ())).contains("N-1 is a note"));
    delete(&mut desk).unwrap();
    assert!(said(desk.try_act(grant(bo, "read")).map(|_| ())).contains("L-1 is deleted"));
}

#[test]
fn a_seller_writes_what_is_shared_with_them_and_nothing_else() {
    let mut desk = desk();
    is(&mut desk, BO);
    let said = denied(tag(&mut desk));
    assert_eq!(
        said,
        "L-1 belongs to ana; bo may not write it: it is neither their own nor their team's, nor shared with them for that"
    );
    is(&mut desk, ANA);
    desk.act(grant(Owner::User(BO), "read,append,append-to,delete,share,assign"));
    is(&mut desk, BO);
    assert!(denied(tag(&mut desk)).contains("may not write it"), "no other right stands for writing");
    is(&mut desk, ANA);
    desk.act(modify(Owner::User(BO), "write"));
    is(&mut desk, BO);
    tag(&mut desk).unwrap();
    desk.act(AddNote { about: LEAD, body: "by bo".into() });
    let values = desk.values(&[("topic", "Printers")]);
    desk.act(UpdateRecord { record: LEAD, version: None, seen: Vec::new(), values });
    assert_eq!(desk.shown(1, "topic"), "Printers");
    // and it is not cy's
    is(&mut desk, CY);
    denied(tag(&mut desk));
    is(&mut desk, ANA);
    desk.act(revoke(Owner::User(BO)));
    is(&mut desk, BO);
    denied(tag(&mut desk));
}

#[test]
fn a_share_with_a_team_is_one_with_its_members() {
    let mut desk = desk();
    desk.act(grant(NORDICS, "write"));
    desk.act(grant(Owner::User(BO), "delete"));
    assert_eq!(effective(&desk, Owner::User(BO)), "read,write,delete");
    is(&mut desk, CY);
    denied(tag(&mut desk));
    is(&mut desk, BO);
    tag(&mut desk).unwrap();
    delete(&mut desk).unwrap();
}

#[test]
fn deleting_and_assigning_take_their_own_rights() {
    let mut desk = desk();
    desk.act(grant(Owner::User(BO), "write"));
    is(&mut desk, BO);
    assert!(denied(delete(&mut desk)).contains("bo may not delete it"));
    assert!(denied(assign(&mut desk, BO)).contains("bo may not assign it"));
    // another owner is another owner, whichever way it is written
    let values = desk.values(&[("owner", "bo")]);
    let update = UpdateRecord { record: LEAD, version: None, seen: Vec::new(), values: values.clone() };
    assert!(denied(desk.try_act(update).map(|_| ())).contains("bo may not assign it"));
    let many = UpdateRecords { targets: Targets::one(LEAD), values, leave_out_closed: false };
    assert!(denied(desk.try_act(many).map(|_| ())).contains("bo may not assign it"));
    is(&mut desk, ANA);
    desk.act(modify(Owner::User(BO), "delete,assign"));
    is(&mut desk, BO);
    denied(tag(&mut desk));
    delete(&mut desk).unwrap();
    desk.act(RestoreRecords { targets: Targets::one(LEAD) });
    delete(&mut desk).unwrap();
    desk.act(undo());
    assign(&mut desk, CY).unwrap();
    assert_eq!(desk.shown(1, "owner"), "cy");
    desk.act(undo());
    assert_eq!(desk.shown(1, "owner"), "ana");
    desk.act(Redo);
    assert_eq!(desk.shown(1, "owner"), "cy");
}

#[test]
fn effective_rights_are_role_ownership_team_and_share_together() {
    let mut desk = desk();
    let all = Rights::ALL.to_string();
    assert_eq!([effective(&desk, Owner::User(ANA)), effective(&desk, Owner::User(BO))], [all.clone(), "read".into()]);
    desk.act(grant(NORDICS, "write"));
    assert_eq!(effective(&desk, NORDICS), "read,write");
    assert_eq!([effective(&desk, Owner::User(BO)), effective(&desk, Owner::User(CY))], ["read,write", "read"]);
    assign(&mut desk, CY).unwrap();
    assert_eq!(effective(&desk, Owner::User(CY)), all);
    desk.act(AssignRecords { targets: Targets::one(LEAD), owner: NORDICS, note: None, activities: false });
    assert_eq!([effective(&desk, NORDICS), effective(&desk, Owner::User(BO))], [all.clone(), all.clone()]);
    assert_eq!(effective(&desk, Owner::User(ANA)), all, "an admin, whoever owns it");
}

#[test]
fn sharing_takes_the_right_to_share_and_gives_no_more_than_one_has() {
    let mut desk = desk();
    is(&mut desk, BO);
    assert!(denied(desk.try_act(grant(Owner::User(CY), "read")).map(|_| ())).contains("bo may not share it"));
    is(&mut desk, ANA);
    desk.act(grant(Owner::User(BO), "write,share"));
    is(&mut desk, BO);
    desk.act(grant(Owner::User(CY), "read,write"));
    let said = denied(desk.try_act(grant(Owner::User(CY), "delete")).map(|_| ()));
    assert!(said.contains("bo may not delete it"), "{said}");
    denied(desk.try_act(modify(Owner::User(BO), "write,share,assign")).map(|_| ()));
    desk.act(modify(Owner::User(CY), "read"));
    desk.act(revoke(Owner::User(CY)));
    assert_eq!(shares(&desk), ["bo write,share"]);
    // nor is another's step a way around it
    is(&mut desk, ANA);
    let step = desk.act(revoke(Owner::User(BO))).step;
    is(&mut desk, BO);
    denied(desk.try_act(Undo { step, origins: Vec::new() }).map(|_| ()));
    assert!(shares(&desk).is_empty());
}

#[test]
fn an_owner_and_their_team_share() {
    let mut desk = desk();
    assign(&mut desk, CY).unwrap();
    is(&mut desk, CY);
    desk.act(grant(Owner::User(BO), "write,delete,assign"));
    is(&mut desk, ANA);
    desk.act(AssignRecords { targets: Targets::one(LEAD), owner: NORDICS, note: None, activities: false });
    is(&mut desk, BO);
    desk.act(grant(Owner::User(CY), "write"));
    assert_eq!(shares(&desk).len(), 2);
}

#[test]
fn each_change_of_a_share_comes_back_and_goes_again() {
    let mut desk = desk();
    let bo = Owner::User(BO);
    let mut states: Vec<Vec<String>> = vec![shares(&desk)];
    desk.act(grant(bo, "read"));
    states.push(shares(&desk));
    desk.act(grant(bo, "write"));
    states.push(shares(&desk));
    desk.act(modify(bo, "delete,share"));
    states.push(shares(&desk));
    desk.act(grant(NORDICS, "assign"));
    states.push(shares(&desk));
    desk.act(revoke(bo));
    states.push(shares(&desk));
    for at in (0..states.len() - 1).rev() {
        desk.act(undo());
        assert_eq!(shares(&desk), states[at], "back to {at}");
    }
    assert!(desk.service.db().rows("SELECT 1 FROM share", &[], |row| row.int(0)).unwrap().is_empty());
    for (at, state) in states.iter().enumerate().skip(1) {
        desk.act(Redo);
        assert_eq!(&shares(&desk), state, "forth to {at}");
    }
}

#[test]
fn history_tells_of_it() {
    let mut desk = desk();
    desk.act(grant(Owner::User(BO), "write,read"));
    desk.act(grant(NORDICS, "append-to"));
    desk.act(revoke(Owner::User(BO)));
    desk.act(undo());
    let history = desk.service.ask(&HistoryOf { about: LEAD, limit: 10 }, &desk.ctx).unwrap();
    let said: Vec<String> = history.iter().filter_map(|(_, change)| words(&desk.ctx.catalog, change)).collect();
    assert_eq!(
        said,
        [
            "shared with bo: read, write",
            "no longer shared with bo",
            "shared with team:Nordics: append-to",
            "shared with bo: read, write"
        ]
    );
    assert_eq!((history[0].0.act.as_str(), history[1].0.act.as_str()), ("Undo", "RevokeAccess"));
}

#[test]
fn a_share_outlives_deleting_and_goes_with_a_purge() {
    let mut desk = desk();
    let step = desk.act(grant(Owner::User(BO), "read,write")).step;
    // what a share hangs on is not taken back below it
    let created = Undo { step: step.map(|step| step - 1), origins: Vec::new() };
    assert!(matches!(desk.try_act(created), Err(Error::Refused { .. })));
    delete(&mut desk).unwrap();
    desk.act(undo());
    assert_eq!(shares(&desk), ["bo read,write"]);
    delete(&mut desk).unwrap();
    let before = desk.ctx.now() + 1;
    desk.act(Purge { before });
    assert!(store::share::of(desk.service.db(), LEAD).unwrap().is_empty());
    assert!(desk.try_act(Undo { step, origins: Vec::new() }).is_err());
    assert!(matches!(desk.service.ask(&RetrieveSharedPrincipalsAndAccess { record: LEAD }, &desk.ctx), Err(Error::NotFound(_))));
}

#[test]
fn records_of_every_kind_are_shared() {
    let mut desk = desk();
    for (entity, field) in [(Entity::Account, "name"), (Entity::Contact, "last_name"), (Entity::Opportunity, "name")] {
        let values = desk.values_of(entity, &[(field, "Contoso")]);
        let record = entity.numbered(desk.act(CreateRecord { entity, values }).reply);
        let tag = || TagRecords { targets: Targets::one(record), add: vec!["x".into()], remove: Vec::new() };
        is(&mut desk, BO);
        denied(desk.try_act(tag()).map(|_| ()));
        is(&mut desk, ANA);
        desk.act(GrantAccess { record, ..grant(Owner::User(BO), "write") });
        is(&mut desk, BO);
        desk.act(tag());
        is(&mut desk, ANA);
    }
    assert!(shares(&desk).is_empty(), "L-1, A-1 and C-1 are not the same record");
}

#[test]
fn notes_and_links_of_another_are_taken_back_only_by_who_may_write_the_record() {
    let mut desk = desk();
    let other = desk.lead(&[("topic", "T"), ("last_name", "Ek")]);
    desk.act(grant(Owner::User(CY), "read,write"));
    let note = desk.act(AddNote { about: LEAD, body: "Called".into() }).step;
    let link = desk.act(Associate { one: LEAD, other: RecordId::lead(other), role: "partner".into() }).step;
    let step = |step| Undo { step, origins: Vec::new() };
    is(&mut desk, BO);
    for one in [note, link] {
        denied(desk.try_act(step(one)).map(|_| ()));
    }
    is(&mut desk, CY);
    for one in [note, link] {
        desk.act(step(one));
    }
    // one's own is taken back also when the record was handed over since
    let own = desk.act(AddNote { about: LEAD, body: "Mine".into() }).step;
    is(&mut desk, ANA);
    desk.act(revoke(Owner::User(CY)));
    is(&mut desk, CY);
    desk.act(step(own));
}
