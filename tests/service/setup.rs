//! Users, teams, units and definitions: written whole, taken back whole, by those who may.

use leadbook::model::definition::{Assign, Body, Definition, How, Rule, SavedView, ScoreRule, Trigger};
use leadbook::model::entity::Entity;
use leadbook::model::people::{Absence, Role, Unit, UnitKind, User, Work};
use leadbook::model::value::Owner;
use leadbook::service::definition::{MoveDefinition, PutDefinition, RemoveDefinition};
use leadbook::service::people::{AddTeam, AddUser, PutUnit, PutUser, RemovePeople};
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};

use crate::common::Desk;

fn points(name: &str, when: &str) -> PutDefinition {
    let body = Body::ScoreRule(ScoreRule { points: 10, when: when.into(), active: true });
    PutDefinition { definition: Definition { number: 0, name: name.into(), place: 0, owner: None, body } }
}

fn names(desk: &Desk) -> Vec<String> {
    desk.ctx.catalog.score_rules().map(|(definition, _)| definition.name.clone()).collect()
}

fn undo(desk: &mut Desk) {
    desk.act(Undo { step: None, origins: Vec::new() });
}

#[test]
fn definitions_are_made_moved_and_removed_and_each_step_is_taken_back() {
    let mut desk = Desk::new();
    for name in ["A", "B", "C"] {
        desk.act(points(name, "has:phone"));
    }
    let third = desk.ctx.catalog.score_rules().nth(2).map(|(d, _)| d.number).expect("three");
    desk.act(MoveDefinition { number: third, to: 1 });
    assert_eq!(names(&desk), ["C", "A", "B"]);
    desk.act(RemoveDefinition { number: third });
    assert_eq!(names(&desk), ["A", "B"]);
    undo(&mut desk);
    assert_eq!(names(&desk), ["C", "A", "B"]);
    undo(&mut desk);
    assert_eq!(names(&desk), ["A", "B", "C"]);
    desk.act(Redo);
    assert_eq!(names(&desk), ["C", "A", "B"]);
}

#[test]
fn a_definition_that_cannot_be_meant_is_refused_with_every_mistake() {
    let mut desk = Desk::new();
    let rule = Rule {
        active: true,
        unit: Some(99),
        on: vec![Trigger::Updated(vec!["colour".into()])],
        when: "sourze:web".into(),
        assign: Some(Assign::Share { how: How::RoundRobin, among: vec![77], matching: Vec::new() }),
        set: Vec::new(),
        tags: vec!["expo".into(), "two words".into()],
        task: None,
    };
    let definition = Definition { number: 0, name: String::new(), place: 0, owner: None, body: Body::Rule(rule) };
    let error = desk.try_act(PutDefinition { definition }).expect_err("wrong").headline();
    for part in [
        "1 to 100 characters",
        "sourze",
        "no field colour",
        "no such business unit",
        "cannot be given leads",
        "“two words” is no tag",
    ] {
        assert!(error.contains(part), "{part}: {error}");
    }
}

#[test]
fn users_and_units_are_changed_whole_and_taken_back() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: "Bo Ek".into(), role: Role::Seller }).reply;
    let unit = Unit {
        number: 0,
        name: "Nordic Partners".into(),
        parent: None,
        kind: UnitKind::ChannelPartner,
        partner: None,
        contact: None,
    };
    let unit = desk.act(PutUnit { unit }).reply;
    let code = desk.ctx.catalog.people.unit(unit).and_then(|unit| unit.partner).expect("a code");
    assert_eq!(desk.ctx.catalog.people.partner(code).map(|unit| unit.number), Some(unit));
    let before = desk.ctx.catalog.people.user(bo).cloned().expect("bo");
    let work = Work {
        languages: vec!["sv".into()],
        capacity: Some(20),
        absence: Some(Absence { from: 20_000, until: 20_010, deputy: Some(1) }),
        ..Work::default()
    };
    desk.act(PutUser { user: User { role: Role::Manager, unit, work, ..before.clone() } });
    assert_eq!(
        desk.ctx.catalog.people.user(bo).map(|u| (u.role, u.unit, u.work.capacity)),
        Some((Role::Manager, unit, Some(20)))
    );
    let refused = desk.try_act(RemovePeople { key: Entity::Unit.numbered(unit) }).expect_err("bo is in it").headline();
    assert!(refused.contains("bo belongs to the unit Nordic Partners"), "{refused}");
    undo(&mut desk);
    assert_eq!(desk.ctx.catalog.people.user(bo), Some(&before));
    undo(&mut desk);
    undo(&mut desk);
    assert_eq!(desk.ctx.catalog.people.user(bo), None);
    let last = desk.ctx.catalog.people.user(1).cloned().expect("ana");
    let refused = desk.try_act(PutUser { user: User { role: Role::Seller, ..last } }).expect_err("the only admin").headline();
    assert!(refused.contains("the only admin"), "{refused}");
}

#[test]
fn people_whom_definitions_name_are_not_taken_away() {
    let mut desk = Desk::new();
    let unit = desk.act(PutUnit { unit: Unit::new("North", None, UnitKind::Internal) }).reply;
    let team = desk.act(AddTeam { name: "Inside".into(), members: Vec::new() }).reply;
    let [bo, cy] =
        ["bo", "cy"].map(|login| desk.act(AddUser { login: login.into(), name: String::new(), role: Role::Seller }).reply);
    let rule = |unit, assign| Rule {
        active: true,
        unit,
        on: vec![Trigger::Created],
        when: String::new(),
        assign,
        set: Vec::new(),
        tags: vec!["x".into()],
        task: None,
    };
    let put = |desk: &mut Desk, name: &str, body| {
        desk.act(PutDefinition { definition: Definition { number: 0, name: name.into(), place: 0, owner: None, body } }).reply
    };
    let among = Assign::Share { how: How::RoundRobin, among: vec![bo, -team], matching: Vec::new() };
    let rules = [
        put(&mut desk, "Of North", Body::Rule(rule(Some(unit), None))),
        put(&mut desk, "Turn", Body::Rule(rule(None, Some(among)))),
        desk.act(points("North below", "unit<=North")).reply,
        desk.act(points("Of cy", "-owner:ana,cy")).reply,
    ];
    for (key, named) in [
        (Entity::Unit.numbered(unit), "North is named by the rule “Of North” and the score rule “North below”"),
        (Entity::Team.numbered(team), "team:Inside is named by the rule “Turn”"),
        (Entity::User.numbered(bo), "bo is named by the rule “Turn”"),
        (Entity::User.numbered(cy), "cy is named by the score rule “Of cy”"),
    ] {
        assert_eq!(desk.try_act(RemovePeople { key }).expect_err("named").headline(), named);
    }
    let user = desk.ctx.catalog.people.user(bo).cloned().expect("bo");
    let done = desk.act(PutUser { user: User { active: false, ..user } });
    assert_eq!(done.warnings, ["bo gets no leads any more by the rule “Turn”"]);
    for number in rules {
        desk.act(RemoveDefinition { number });
    }
    for key in [Entity::Unit.numbered(unit), Entity::Team.numbered(team), Entity::User.numbered(cy)] {
        desk.act(RemovePeople { key });
    }
}

#[test]
fn words_with_a_meaning_of_their_own_are_no_names() {
    let mut desk = Desk::new();
    for word in ["me", "Mine", "none", "all", "everybody"] {
        let user = AddUser { login: word.into(), name: String::new(), role: Role::Seller };
        let refused = [
            desk.try_act(user).expect_err(word),
            desk.try_act(AddTeam { name: word.into(), members: Vec::new() }).expect_err(word),
            desk.try_act(PutUnit { unit: Unit::new(word, None, UnitKind::Internal) }).expect_err(word),
        ];
        assert!(refused.iter().all(|error| error.headline().contains("take another name")), "{refused:?}");
    }
}

#[test]
fn each_role_writes_as_deep_as_it_reaches() {
    let mut desk = Desk::new();
    let unit = |name: &str, parent| Unit::new(name, parent, UnitKind::Internal);
    let north = desk.act(PutUnit { unit: unit("North", None) }).reply;
    let oslo = desk.act(PutUnit { unit: unit("Oslo", Some(north)) }).reply;
    let south = desk.act(PutUnit { unit: unit("South", None) }).reply;
    let user = |desk: &mut Desk, login: &str, role, unit| {
        desk.act(PutUser { user: User { unit, ..User::new(0, login, "", role) } }).reply
    };
    let mia = user(&mut desk, "mia", Role::Manager, north);
    let ole = user(&mut desk, "ole", Role::Seller, oslo);
    let sam = user(&mut desk, "sam", Role::Seller, south);
    let rita = user(&mut desk, "rita", Role::ReadOnly, north);
    let mut leads = Vec::new();
    for owner in [ole, sam] {
        let lead = desk.lead(&[("last_name", "Lee"), ("topic", "Printers")]);
        let targets = Targets::leads(vec![lead]);
        desk.act(AssignRecords { targets, owner: Owner::User(owner), note: None, activities: false });
        leads.push(lead);
    }
    // who may hand over the lead of ole, who that of sam
    for (me, role, may) in [
        (1, Role::Admin, [true, true]),
        (mia, Role::Manager, [true, false]),
        (ole, Role::Seller, [true, false]),
        (sam, Role::Seller, [false, true]),
        (rita, Role::ReadOnly, [false, false]),
    ] {
        (desk.ctx.user, desk.ctx.role) = (me, role);
        for (lead, may) in leads.iter().zip(may) {
            let written = desk.try_act(leadbook::service::record::tag::TagRecords {
                targets: Targets::leads(vec![*lead]),
                add: vec![format!("by-{me}")],
                remove: Vec::new(),
            });
            assert_eq!(written.is_ok(), may, "user {me}, lead {lead}");
        }
        if role == Role::ReadOnly {
            assert!(desk.try_act(AddTeam { name: "X".into(), members: Vec::new() }).is_err());
            let values = desk.values(&[("last_name", "Roth"), ("topic", "Ink")]);
            let made = desk.try_act(leadbook::service::record::create::CreateRecord { entity: Entity::Lead, values });
            assert!(made.expect_err("reads").headline().contains("only reads"));
        }
    }
}

#[test]
fn open_activities_go_to_the_new_owner_or_stay_and_undo_brings_all_back() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: "Bo Ek".into(), role: Role::Seller }).reply;
    let cy = desk.act(AddUser { login: "cy".into(), name: "Cy Diaz".into(), role: Role::Seller }).reply;
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "Printers")]);
    let about = Some(leadbook::model::entity::RecordId::lead(lead));
    let mut tasks = Vec::new();
    for (name, owner) in [("Call", "ana"), ("Visit", "cy")] {
        let values = desk.values_of(Entity::Activity, &[("name", name), ("due_at", "tomorrow"), ("owner", owner)]);
        tasks.push(desk.act(leadbook::service::activity::plan::AddActivity { about, values }).reply);
    }
    let owners = |desk: &Desk| -> Vec<i64> {
        let sql = "SELECT owner FROM activity ORDER BY number";
        desk.service.db().rows(sql, &[], |row| row.int(0)).expect("owners")
    };
    assert_eq!(owners(&desk), [1, cy]);
    let assign = |owner, activities| AssignRecords {
        targets: Targets::leads(vec![lead]),
        owner: Owner::User(owner),
        note: None,
        activities,
    };
    let before = (desk.dump(), desk.dump_customers());
    let said = desk.act(assign(bo, true)).summary;
    assert_eq!(said, "Assigned Lee to bo with 1 open activity");
    assert_eq!(owners(&desk), [bo, cy], "what is a third one's stays theirs");
    undo(&mut desk);
    assert_eq!((desk.dump(), desk.dump_customers()), before);
    desk.act(assign(bo, false));
    assert_eq!(owners(&desk), [1, cy]);
}

#[test]
fn who_assigns_to_somebody_away_is_told_so() {
    let mut desk = Desk::new();
    let bo = desk.act(AddUser { login: "bo".into(), name: "Bo Ek".into(), role: Role::Seller }).reply;
    let user = desk.ctx.catalog.people.user(bo).cloned().expect("bo");
    // Mon 23 Nov 2026 is day 20780
    let absence = Some(Absence { from: 20_770, until: 20_830, deputy: Some(1) });
    desk.act(PutUser { user: User { work: Work { absence, ..Work::default() }, ..user } });
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "Printers")]);
    let targets = Targets::leads(vec![lead]);
    let said = desk.act(AssignRecords { targets, owner: Owner::User(bo), note: None, activities: true }).summary;
    assert_eq!(said, "Assigned Lee to bo · bo is away until 12 Jan 2027, ana stands in");
}

#[test]
fn the_unit_of_a_record_follows_its_owner_there_and_back() {
    let mut desk = Desk::new();
    let north = desk.act(PutUnit { unit: Unit::new("North", None, UnitKind::Internal) }).reply;
    let bo = desk.act(PutUser { user: User { unit: north, ..User::new(0, "bo", "Bo", Role::Seller) } }).reply;
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "Printers")]);
    let unit = |desk: &Desk| desk.service.db().number("SELECT unit FROM lead", &[]).expect("a unit");
    let before = unit(&desk);
    let targets = Targets::leads(vec![lead]);
    desk.act(AssignRecords { targets, owner: Owner::User(bo), note: None, activities: false });
    assert_eq!((before, unit(&desk)), (1, north));
    undo(&mut desk);
    assert_eq!(unit(&desk), before);
}

#[test]
fn a_view_that_is_called_as_a_shipped_one_says_so() {
    let mut desk = Desk::new();
    let view = |name: &str| {
        let body = Body::View(SavedView {
            entity: "lead".into(),
            filter: "rating:hot".into(),
            sort: String::new(),
            columns: Vec::new(),
        });
        PutDefinition { definition: Definition { number: 0, name: name.into(), place: 0, owner: Some(1), body } }
    };
    let said = desk.act(view("Open leads")).summary;
    assert!(said.contains("a view of the program has this name too"), "{said}");
    assert_eq!(desk.act(view("Hot ones")).summary, "Added the view Hot ones");
}
