//! Scores: whatever is done to whatever record, adding all points up anew changes none.

use leadbook::exchange::import::Options;
use leadbook::model::attachment::Rules;
use leadbook::model::definition::{Body, Definition, ScoreRule};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::field::read::read;
use leadbook::model::locale::Locale;
use leadbook::model::people::{Role, UnitKind, User};
use leadbook::model::rights::Rights;
use leadbook::model::value::{Owner, Value};
use leadbook::model::zone::Zone;
use leadbook::query::path;
use leadbook::service::activity::complete::CompleteActivities;
use leadbook::service::attachment::{AttachFiles, RemoveAttachment};
use leadbook::service::definition::PutDefinition;
use leadbook::service::erase::{ErasePerson, erase};
use leadbook::service::exchange::{Duplicates, ImportRecords, KindOf, PlanImport};
use leadbook::service::link::{Associate, Disassociate};
use leadbook::service::merge::Merge;
use leadbook::service::note::{AddNote, DeleteNote, EditNote};
use leadbook::service::opportunity::{CloseOpportunity, Outcome};
use leadbook::service::people::{PutTeam, PutUnit, PutUser};
use leadbook::service::qualify::close::DisqualifyLeads;
use leadbook::service::qualify::{Deal, Part, QualifyLead};
use leadbook::service::record::advance::Advance;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::{DeleteRecords, RestoreRecords};
use leadbook::service::record::open::MarkOpened;
use leadbook::service::record::purge::Purge;
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::tag::TagRecords;
use leadbook::service::record::update::UpdateRecord;
use leadbook::service::scope::Targets;
use leadbook::service::score::ScoreLeads;
use leadbook::service::share::{GrantAccess, RevokeAccess};
use leadbook::service::undo::{Redo, Undo};

use crate::common::Desk;
use crate::world::Dice;

const KINDS: &[Entity] = &[
    Entity::Lead,
    Entity::Lead,
    Entity::Lead,
    Entity::Account,
    Entity::Contact,
    Entity::Opportunity,
    Entity::Activity,
    Entity::Request,
    Entity::Campaign,
    Entity::Product,
    Entity::Competitor,
];

/// The greatest number of a record that deeds are done to.
const MOST: usize = 4;

const NAMES: &[&str] = &["Lee", "Contoso", "Fabrikam", "Printer"];

/// What may be asked of records of any kind.
const ASKED: &[&str] = &[
    "*",
    "lee",
    "contoso or printer",
    "-fabrikam",
    "name:lee",
    "text:demo",
    "has:note",
    "has:file",
    "has:link",
    "tag:expo",
    "no:tags",
    "owner:bo",
    "was:ana",
    "unit<=North",
    "unit:West",
    "is:unassigned",
    "is:queued",
    "is:shared",
    "is:deleted",
    "is:late",
    "is:incomplete",
    "status:open",
    "has:opened_at",
    "modified>=2026-11-23",
    "has:last_contact_at",
    "no:next_due_at",
];

/// What may be asked of one kind.
fn asked_of(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Lead => &[
            "rating:hot",
            "account:fabrikam",
            "contact:lee",
            "no:account",
            "interest:printer",
            "competitors:contoso",
            "campaign:contoso",
            "has:campaign",
            "has:interest",
            "master:lee",
            "has:originating_request",
            "city:berlin",
            "status:disqualified",
        ],
        Entity::Account => &["city:berlin", "parent_account:contoso", "primary_contact:lee", "originating_lead:lee", "lead:lee"],
        Entity::Contact => &["city:berlin", "account:fabrikam", "has:account", "no:originating_lead"],
        Entity::Opportunity => {
            &["status:won", "value>5k", "stage>=propose", "has:competitor", "account:fabrikam", "has:campaign"]
        }
        Entity::Activity => &["kind:task", "regarding:lee", "outcome:talked", "status:completed"],
        Entity::Request => &["product:printer", "has:product", "regarding:contoso"],
        _ => &["name:contoso"],
    }
}

/// A random condition, along paths as often as not.
fn condition(dice: &mut Dice, entity: Entity, depth: usize) -> String {
    let paths: Vec<_> = path::of(entity).collect();
    match dice.roll(if depth == 0 { 2 } else { 6 }) {
        0 => dice.pick(ASKED).into(),
        1 => dice.pick(asked_of(entity)).into(),
        2 => format!("({} {})", condition(dice, entity, depth - 1), condition(dice, entity, depth - 1)),
        _ if paths.is_empty() => dice.pick(ASKED).into(),
        n => {
            let path = paths[dice.roll(paths.len())];
            format!("{}{}.({})", ["", "", "-"][n - 3], path.name, condition(dice, path.to, depth - 1))
        }
    }
}

fn some(dice: &mut Dice) -> RecordId {
    let entity = KINDS[dice.roll(KINDS.len())];
    entity.numbered(number(dice))
}

fn number(dice: &mut Dice) -> i64 {
    1 + dice.roll(MOST) as i64
}

/// A random value of a field that ties records or that conditions ask for.
fn typed(desk: &Desk, dice: &mut Dice, entity: Entity, name: &'static str) -> Option<(leadbook::model::field::FieldId, Value)> {
    let registry = desk.ctx.catalog.registry(entity);
    let id = registry.find(name)?;
    let field = registry.field(id);
    let text = match (name, field.refers_to()) {
        (_, _) if dice.roll(8) == 0 && !field.required => String::new(),
        ("regarding", _) => entity.stands_on()[dice.roll(entity.stands_on().len())].numbered(number(dice)).to_string(),
        ("campaign" | "competitor", Some(_)) => dice.pick(NAMES).to_lowercase(),
        (_, Some(to)) => to.numbered(number(dice)).to_string(),
        ("city", _) => dice.pick(&["Berlin", "Oslo"]).into(),
        ("rating", _) => dice.pick(&["hot", "cold"]).into(),
        ("value" | "estimated_value", _) => dice.pick(&["9k", "100"]).into(),
        ("due_at", _) => dice.pick(&["yesterday", "tomorrow"]).into(),
        _ => dice.pick(NAMES).into(),
    };
    Some((id, read(field, &text, &desk.ctx.reading_of(entity)).ok()?))
}

/// Values for what is needed where it is to be made, and of the rest one in so many.
fn values(desk: &Desk, dice: &mut Dice, entity: Entity, new: bool, rest: usize) -> Vec<(leadbook::model::field::FieldId, Value)> {
    const FIELDS: &[&str] = &[
        "last_name",
        "name",
        "topic",
        "company",
        "regarding",
        "city",
        "rating",
        "estimated_value",
        "due_at",
        "parent_account",
        "parent_contact",
        "account",
        "contact",
        "primary_contact",
        "originating_lead",
        "campaign",
        "competitor",
        "product",
    ];
    let mut found = Vec::new();
    for name in FIELDS {
        let is_needed = matches!(*name, "last_name" | "name" | "topic") || (*name == "regarding" && entity == Entity::Request);
        let is_full_name = *name == "name" && matches!(entity, Entity::Lead | Entity::Contact);
        if !is_full_name && ((new && is_needed) || dice.roll(rest) == 0) {
            found.extend(typed(desk, dice, entity, name));
        }
    }
    found
}

fn tried<T>(done: leadbook::error::Result<T>) -> bool {
    done.is_ok()
}

/// Does something at random; what the records of the moment do not allow is refused, which is part of the play.
fn deed(desk: &mut Desk, dice: &mut Dice) -> (String, bool) {
    let (record, other) = (some(dice), some(dice));
    let targets = || Targets::one(record);
    let entity = record.entity;
    let choice = dice.roll(34);
    let done = match choice {
        0..=3 => {
            let values = values(desk, dice, entity, true, 3);
            tried(desk.try_act(CreateRecord { entity, values }))
        }
        4..=9 => {
            let values = values(desk, dice, entity, false, 5);
            tried(desk.try_act(UpdateRecord { record, version: None, seen: Vec::new(), values }))
        }
        10 | 11 => tried(desk.try_act(Associate { one: record, other, role: String::new() })),
        12 => {
            let linked = leadbook::store::link::of(desk.service.db(), record).expect("links");
            linked.first().is_some_and(|(other, _)| tried(desk.try_act(Disassociate { one: record, other: *other })))
        }
        13 => {
            let part = |n: usize| [Part::None, Part::New, Part::Existing(2)][n];
            let opportunity = (dice.roll(2) == 0).then(Deal::default);
            let (account, contact) = (part(dice.roll(3)), part(dice.roll(3)));
            tried(desk.try_act(QualifyLead { lead: record.number, account, contact, opportunity, reason: None }))
        }
        14 => tried(desk.try_act(DisqualifyLeads { targets: targets(), reason: 4, note: None })),
        15 => tried(desk.try_act(ReopenRecords { targets: targets() })),
        16 => tried(desk.try_act(DeleteRecords { targets: targets() })),
        17 | 18 => tried(desk.try_act(RestoreRecords { targets: targets() })),
        19 => {
            let other = entity.numbered(number(dice));
            tried(desk.try_act(Merge { master: record, other, take: Vec::new() }))
        }
        20 | 21 => tried(desk.try_act(Undo { step: None, origins: Vec::new() })),
        22 => tried(desk.try_act(Redo)),
        23 => tried(desk.try_act(CompleteActivities {
            targets: Targets::of(Entity::Activity, vec![record.number]),
            outcome: None,
            note: None,
            at: None,
        })),
        24 => {
            let (add, remove) = if dice.roll(3) == 0 { (vec![], vec!["expo".into()]) } else { (vec!["expo".into()], vec![]) };
            tried(desk.try_act(TagRecords { targets: targets(), add, remove }))
        }
        25 => tried(desk.try_act(AddNote { about: record, body: "A demo, please".into() })),
        26 if dice.roll(2) == 0 => tried(desk.try_act(DeleteNote { note: record.number })),
        26 => tried(desk.try_act(EditNote { note: record.number, version: None, body: dice.pick(NAMES).into() })),
        27 if dice.roll(2) == 0 => tried(desk.try_act(RemoveAttachment { file: record.number })),
        27 => {
            let path = desk.dir.path().join("offer.txt");
            std::fs::write(&path, "an offer").expect("a file");
            desk.ctx.files = Rules::default();
            tried(desk.try_act(AttachFiles { targets: targets(), files: vec![path] }))
        }
        28 => {
            let owner = [Owner::User(1), Owner::User(2), Owner::Team(1)][dice.roll(3)];
            tried(desk.try_act(AssignRecords { targets: targets(), owner, note: None, activities: dice.roll(2) == 0 }))
        }
        29 => {
            let principal = Owner::User(2);
            tried(desk.try_act(GrantAccess { record, principal, rights: Rights::WRITE }))
                || tried(desk.try_act(RevokeAccess { record, revokee: principal }))
        }
        30 if dice.roll(3) == 0 => tried(desk.try_act(MarkOpened { record })),
        30 => {
            let outcome = if dice.roll(2) == 0 { Outcome::Won { revenue: None } } else { Outcome::Lost { competitor: None } };
            let reason = (outcome.state() == 2).then_some(4);
            let opportunity = record.number;
            tried(desk.try_act(CloseOpportunity { opportunity, outcome, reason, date: None, note: None }))
                || tried(desk.try_act(Advance { record, on: true }))
        }
        // seldom, or little is left to work with
        31 if dice.roll(5) > 0 => tried(desk.try_act(RestoreRecords { targets: targets() })),
        31 if dice.roll(2) == 0 => {
            erase(&mut desk.service, &desk.ctx, &ErasePerson { record, confirmed: None, backups: false }).is_ok()
        }
        31 => tried(desk.try_act(Purge { before: desk.ctx.now() })),
        32 => import(desk, dice),
        _ => people(desk, dice),
    };
    desk.ctx.catalog = desk.service.catalog();
    (format!("{choice} on {record}, {other}"), done)
}

/// People change: who works here, where, what a team is for.
fn people(desk: &mut Desk, dice: &mut Dice) -> bool {
    let people = desk.ctx.catalog.people.clone();
    match dice.roll(4) {
        0 => {
            let mut user = people.user(2).cloned().expect("bo");
            user.active = !user.active;
            tried(desk.try_act(PutUser { user }))
        }
        1 => {
            let mut user = people.user(2).cloned().expect("bo");
            user.unit = 1 + dice.roll(3) as i64;
            tried(desk.try_act(PutUser { user }))
        }
        2 => {
            let mut team = people.team(1).cloned().expect("a team");
            team.queue = !team.queue;
            tried(desk.try_act(PutTeam { team }))
        }
        _ => {
            let mut unit = people.unit(3).cloned().expect("a unit");
            unit.name = if unit.name == "West" { "East".into() } else { "West".into() };
            tried(desk.try_act(PutUnit { unit }))
        }
    }
}

/// A file of leads, activities or opportunities that refer to what is there.
fn import(desk: &mut Desk, dice: &mut Dice) -> bool {
    let (kind, head, row) = match dice.roll(3) {
        0 => (Entity::Lead, "Last Name,Topic,Rating,Parent Account", "Lee,T,Hot,A-2"),
        1 => (Entity::Activity, "Subject,Kind,Regarding,Due Date", "Demo,task,L-2,2026-11-20"),
        _ => (Entity::Opportunity, "Name,Account,Originating Lead", "Printer,A-1,L-1"),
    };
    let path = desk.dir.path().join("file.csv");
    std::fs::write(&path, format!("{head}\n{row}\n{}\n", row.replace("-2", "-3").replace("-1", "-4"))).expect("a file");
    let options = Options::new(Locale::of("US"), Zone::Utc);
    let Ok(plan) = desk.service.ask(&PlanImport { path, options, kind: KindOf::Told(kind) }, &desk.ctx) else { return false };
    desk.service.import(ImportRecords { plan, duplicates: Duplicates::Skip, key: None }, &desk.ctx).is_ok()
}

fn world(dice: &mut Dice) -> Desk {
    let mut desk = Desk::new();
    let unit = |name: &str, parent| PutUnit { unit: leadbook::model::people::Unit::new(name, parent, UnitKind::Internal) };
    let north = desk.act(unit("North", None)).reply;
    desk.act(unit("West", Some(north)));
    desk.act(PutUser { user: User { unit: north, ..User::new(0, "bo", "Bo", Role::Seller) } });
    desk.act(leadbook::service::people::AddTeam { name: "Inside".into(), members: vec!["bo".into()] });
    for name in NAMES {
        for entity in [Entity::Campaign, Entity::Competitor, Entity::Product] {
            let values = desk.values_of(entity, &[("name", *name)]);
            desk.act(CreateRecord { entity, values });
        }
    }
    for entity in Entity::LISTED.iter().filter(|entity| !entity.is_small() && **entity != Entity::Template) {
        for _ in 0..MOST {
            let values = values(&desk, dice, *entity, true, 100);
            let _ = desk.try_act(CreateRecord { entity: *entity, values });
        }
    }
    for _ in 0..40 {
        let record = some(dice);
        let values = values(&desk, dice, record.entity, false, 2);
        let _ = desk.try_act(UpdateRecord { record, version: None, seen: Vec::new(), values });
    }
    desk
}

#[test]
fn adding_up_anew_changes_no_score_after_any_act() {
    let mut done = std::collections::BTreeMap::new();
    let mut moved = 0;
    for seed in 1..=40_u64 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (seed * 0x1_0000_01B3));
        let mut desk = world(&mut dice);
        let mut rules = Vec::new();
        for n in 0..14 {
            let depth = dice.roll(3);
            let when = condition(&mut dice, Entity::Lead, depth);
            // a bit of the score for each, so that it says which rule counts
            let body = Body::ScoreRule(ScoreRule { points: 1 << n, when: when.clone(), active: true });
            let definition = Definition { number: 0, name: format!("R{n}"), place: 0, owner: None, body };
            if desk.try_act(PutDefinition { definition }).is_ok() {
                rules.push(format!("{} {when}", 1 << n));
            }
        }
        for _ in 0..60 {
            let before = scores(&desk);
            let (what, is_done) = deed(&mut desk, &mut dice);
            *done.entry(what.split(' ').next().unwrap_or_default().to_owned()).or_insert(0) += i32::from(is_done);
            let after = scores(&desk);
            moved += usize::from(after != before);
            let changed = desk.act(ScoreLeads::default()).reply.changed;
            let last = "SELECT coalesce(max(act || ': ' || summary), '') FROM operation WHERE number = (SELECT max(number) FROM operation)";
            let last = desk.service.db().row(last, &[], |row| Ok(row.text(0)?.to_owned())).expect("a step");
            assert_eq!(changed, 0, "seed {seed}, {what}, {last:?}\n{}\n{after:?}\n{:?}", rules.join("\n"), scores(&desk));
        }
    }
    assert!(done.values().all(|done| *done > 0) && moved > 100, "{moved} scores, something is never done: {done:?}");
}

fn scores(desk: &Desk) -> Vec<(i64, Option<i64>)> {
    let sql = "SELECT number, score FROM lead ORDER BY number";
    desk.service.db().rows(sql, &[], |row| Ok((row.int(0)?, row.opt_int(1)?))).expect("scores")
}
