//! Random values of every field, and the records that leads are tied to.

use leadbook::model::catalog::Catalog;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::field::read::tags;
use leadbook::model::field::{Field, Kind, Registry};
use leadbook::model::note::Note;
use leadbook::model::record::Record;
use leadbook::model::rules;
use leadbook::model::value::{Link, Owner, Value};
use leadbook::store::sqlite::Db;
use leadbook::store::{link, note, record};
use uuid::Uuid;

use super::{DAY, Dice, ME, NOW};

pub const NAMES: &[&str] = &[
    "Ann Lee",
    "Anna Leeds",
    "José Müller",
    "Bo Ek",
    "O’Brien-Smith",
    "李 小龍",
    "हिंदी भाषा",
    "Øyvind Ærø",
    "50% Off_er\\",
    "mc*donald (x)",
    "\"Quote\" Me",
    "Αθηνά Οδός",
    "김 철수",
    "ann",
    "-dash",
    "e\u{301}clair",
    "🅐 emoji 👩‍🚀",
];
pub const COMPANIES: &[&str] = &[
    "Contoso",
    "Contoso GmbH",
    "Fourth Coffee",
    "The Contoso Group",
    "株式会社 日本ガス",
    "A_B%C Ltd.",
    "Fabrikam, Inc.",
    "annex",
];
pub const MAILS: &[&str] =
    &["ann@contoso.com", "Ann.Lee@Contoso.com", "info@fourthcoffee.com", "a_b%c@x.de", "jürgen@müller.de", "bo@ann.se"];
pub const PHONES: &[&str] =
    &["+1 555 0100", "555-0100", "+46 (0)8 555 010", "0046 8 555010", "08 12", "(650) 867-3450 x12", "none", "٠١٢٣٤٥٦٧"];
const PLACES: &[&str] = &["Germany", "DE", "deutschland", "Denmark", "de", "France", "Österreich", "USA", "New York", "york"];
pub const TEXTS: &[&str] =
    &["expo 2026", "Expo", "www.contoso.com", "https://x.de/a_b", "100 % sure", "über", "line one\nline two", "0100"];

pub fn text(dice: &mut Dice, field: &Field) -> String {
    let all = match (field.kind, field.name) {
        (Kind::Email, _) => MAILS,
        (Kind::Phone, _) => PHONES,
        (Kind::Currency, _) => &["EUR", "USD", "JPY"],
        (_, "name" | "first_name" | "last_name" | "topic") => NAMES,
        (_, "company") => COMPANIES,
        (_, "country" | "address2_country" | "city") => PLACES,
        _ => TEXTS,
    };
    dice.pick(all).into()
}

pub fn value(dice: &mut Dice, field: &Field, catalog: &Catalog) -> Value {
    let few = dice.roll(5) as i64;
    match field.kind {
        Kind::Choice(set) => {
            let all = catalog.choices.all(set);
            if all.is_empty() { Value::None } else { Value::Choice(all[dice.roll(all.len())].code) }
        }
        Kind::Money => Value::Money([0, 5_000, 10_000_000, 400_000_000, 12_345_678][dice.roll(5)]),
        Kind::Int => Value::Int([0, 1, 50, 500, 1_000_000][dice.roll(5)]),
        Kind::Degree => Value::Degree(few * 1_000_000 - 2_000_000),
        Kind::Flag { .. } => Value::Bool(dice.roll(2) == 0),
        Kind::Date => Value::Date(20_780 + dice.roll(200) as i32 - 100),
        Kind::Instant => Value::Instant(NOW - DAY * dice.roll(90) as i64 - few * 3_600_000_000),
        Kind::Owner => Value::Owner(
            [Owner::User(1), Owner::User(2), Owner::User(3), Owner::User(4), Owner::Team(1), Owner::Team(2)][dice.roll(6)],
        ),
        Kind::User => Value::User(1 + dice.roll(3) as i64),
        Kind::Tags => match tags(dice.pick(&["expo", "vip,Expo", "cold call", "50%"])) {
            Ok(tags) => Value::Tags(tags),
            Err(_) => Value::None,
        },
        Kind::Linked(_) => {
            let first = dice.roll(NAMED.len());
            let last = first + 1 + dice.roll(NAMED.len() - first);
            Value::Tags(NAMED[first..last].iter().map(|name| (*name).to_owned()).collect())
        }
        Kind::Lookup(entity) => {
            let number = 1 + dice.roll(MANY as usize) as i64;
            Value::Link(Link { number, name: customer(entity, number) })
        }
        _ => Value::text(text(dice, field)),
    }
}

/// What accounts and contacts are called.
pub const CUSTOMERS: &[&str] = &["Contoso", "Éclair Ltd", "annex 50%"];
/// How many there are of each.
pub const MANY: i64 = 9;

pub fn customer(entity: Entity, number: i64) -> String {
    format!("{} {}", CUSTOMERS[number as usize % CUSTOMERS.len()], entity.name())
}

/// A record with a random value in most fields but those that refer to other records.
pub fn random(dice: &mut Dice, catalog: &Catalog, key: RecordId, id: Uuid) -> Record {
    let registry = catalog.registry(key.entity);
    let mut record = Record::new(key, id, 1, Vec::new());
    for (place, field) in registry.ids() {
        let skipped = match field.name {
            "deleted_at" | "incomplete" | "handed_at" | "opened_at" => dice.roll(4) > 0,
            // unique together
            "import_key" => true,
            _ => !must_be_there(field) && dice.roll(3) == 0,
        };
        let tied = matches!(field.kind, Kind::Number(_) | Kind::Id | Kind::Lookup(_) | Kind::Linked(_) | Kind::Record);
        if !tied && !skipped && !field.follows {
            record.set(place, value(dice, field, catalog));
        }
    }
    record.set(registry.id("number"), Value::Int(key.number));
    record.set(registry.id("id"), Value::Text(id.to_string()));
    record
}

/// The accounts, contacts and requests that leads refer to.
pub fn customers(db: &Db, dice: &mut Dice, catalog: &Catalog, unit: i64, leads: i64) -> leadbook::error::Result<()> {
    for entity in [Entity::Account, Entity::Contact, Entity::Request] {
        let registry = catalog.registry(entity);
        for number in 1..=MANY {
            let id = Uuid::from_u128(100 * entity.code() as u128 + number as u128);
            let mut record = random(dice, catalog, entity.numbered(number), id);
            record.set(registry.id("name"), Value::text(customer(entity, number)));
            let other = 1 + dice.roll(MANY as usize) as i64;
            let about = 1 + dice.roll(leads as usize) as i64;
            let tie = match entity {
                Entity::Account if number > 1 => Some(("parent_account", Value::link(1 + dice.roll(number as usize - 1) as i64))),
                Entity::Contact => Some(("account", Value::link(other))),
                Entity::Request => {
                    Some(("regarding", Value::record([RecordId::lead(about), Entity::Account.numbered(other)][dice.roll(2)])))
                }
                _ => None,
            };
            if let Some((field, to)) = tie.filter(|_| dice.roll(5) > 0) {
                record.set(registry.id(field), to);
            }
            record::insert(db, registry, &record, unit)?;
        }
    }
    Ok(())
}

pub fn must_be_there(field: &Field) -> bool {
    matches!(field.kind, Kind::Flag { .. })
        || matches!(field.kind, Kind::Choice(set) if set.is_state() || set.is_reason())
        || matches!(field.name, "owner" | "created_at" | "created_by" | "modified_at" | "modified_by" | "name")
}

/// A record of which only the name is known.
pub fn named(db: &Db, key: RecordId, name: &str, unit: i64) -> leadbook::error::Result<()> {
    let registry = Registry::of(key.entity);
    let id = Uuid::from_u128((key.entity.code() as u128) << 64 | key.number as u128);
    let mut record = Record::new(key, id, 1, Vec::new());
    for (id, value) in rules::defaults(&registry) {
        record.set(id, value);
    }
    for (name, value) in [
        ("name", Value::text(name)),
        ("owner", Value::Owner(Owner::User(ME))),
        ("created_at", Value::Instant(NOW)),
        ("created_by", Value::User(ME)),
        ("modified_at", Value::Instant(NOW)),
        ("modified_by", Value::User(ME)),
    ] {
        record.set(registry.id(name), value);
    }
    record::insert(db, &registry, &record, unit)
}

/// Some leads have activities, open ones and others, from which some of their fields follow.
pub fn activities(db: &Db, dice: &mut Dice, catalog: &Catalog, about: RecordId, unit: i64) -> leadbook::error::Result<()> {
    let registry = &catalog.activity;
    for place in 0..[0, 0, 1, 3][dice.roll(4)] {
        let number = about.entity.code() * 100_000 + about.number * 10 + place;
        let mut record =
            Record::new(Entity::Activity.numbered(number), Uuid::from_u128((9 << 64) | number as u128), 1, Vec::new());
        for id in registry.ids().map(|(id, _)| id) {
            let field = registry.field(id);
            if matches!(field.name, "kind" | "direction" | "due_at" | "starts_at" | "actual_end") {
                record.set(id, value(dice, field, catalog));
            }
        }
        let day = [NOW - NOW.rem_euclid(DAY), NOW - 1, NOW + DAY][dice.roll(3)];
        for (name, value) in [
            ("name", Value::text("x")),
            ("status", Value::Choice([0, 0, 1, 1, 2, 3][dice.roll(6)])),
            ("status_reason", Value::Choice(1)),
            ("regarding", Value::record(about)),
            ("owner", Value::Owner(Owner::User(ME))),
            ("created_at", Value::Instant(NOW)),
            ("created_by", Value::User(ME)),
            ("modified_at", Value::Instant(NOW)),
            ("modified_by", Value::User(ME)),
        ] {
            record.set(registry.id(name), value);
        }
        if dice.roll(3) == 0 {
            record.set(registry.id("due_at"), Value::Instant(day));
        }
        record::insert(db, registry, &record, unit)?;
    }
    Ok(())
}

/// Links a lead with what its fields say that it is linked with.
pub fn links(db: &Db, catalog: &Catalog, lead: &Record, ties: &mut Vec<(RecordId, RecordId)>) -> leadbook::error::Result<()> {
    for (id, field) in catalog.lead.ids() {
        let (Kind::Linked(entity), Value::Tags(names)) = (field.kind, lead.get(id)) else { continue };
        for name in names {
            let number = (1..).zip(NAMED).find(|(_, known)| *known == name).map_or(1, |(number, _)| number);
            link::put(db, lead.key, entity.numbered(number), Some(""))?;
            ties.push((lead.key, entity.numbered(number)));
        }
    }
    Ok(())
}

/// Opportunities, of which some came from a lead, and links of leads with accounts and contacts.
pub fn deals(
    db: &Db,
    dice: &mut Dice,
    catalog: &Catalog,
    unit: i64,
    leads: i64,
) -> leadbook::error::Result<Vec<(RecordId, RecordId)>> {
    let registry = catalog.registry(Entity::Opportunity);
    for number in 1..=leads / 3 {
        let key = Entity::Opportunity.numbered(number);
        let mut record = random(dice, catalog, key, Uuid::from_u128((3 << 64) | number as u128));
        record.set(registry.id("name"), Value::text(text(dice, registry.field(registry.id("name")))));
        for (field, most) in [("account", MANY), ("contact", MANY), ("originating_lead", leads)] {
            if dice.roll(3) > 0 {
                record.set(registry.id(field), Value::link(1 + dice.roll(most as usize) as i64));
            }
        }
        record::insert(db, registry, &record, unit)?;
    }
    for number in 1..=MANY {
        db.execute(
            "UPDATE account SET primary_contact = $1, originating_lead = $2 WHERE number = $3",
            &[(1 + dice.roll(MANY as usize) as i64).into(), (1 + dice.roll(leads as usize) as i64).into(), number.into()],
        )?;
    }
    let mut ties = Vec::new();
    for _ in 0..leads / 4 {
        let lead = RecordId::lead(1 + dice.roll(leads as usize) as i64);
        let other = [Entity::Account, Entity::Contact][dice.roll(2)].numbered(1 + dice.roll(MANY as usize) as i64);
        link::put(db, lead, other, Some(""))?;
        ties.push((lead, other));
    }
    Ok(ties)
}

/// Puts a file on each of these leads, on every lead one that is deleted, and on the account of the same number one.
pub fn attach(db: &Db, on: &[RecordId], count: i64) -> leadbook::error::Result<Vec<(RecordId, i64)>> {
    use leadbook::model::attachment::Attachment;
    let mut left = 3;
    let content = leadbook::store::blob::write(db, &mut |buffer| {
        let got = std::mem::take(&mut left);
        buffer[..got].fill(b'x');
        Ok(got)
    })?;
    let mut there = Vec::new();
    let mut one = |number: i64, about: RecordId, deleted_at: Option<i64>| {
        let created_at = NOW - number % 100 * DAY;
        if deleted_at.is_none() {
            there.push((about, created_at));
        }
        let file = Attachment {
            number,
            id: Uuid::from_u128(5_000_000 + number as u128),
            version: 1,
            about,
            name: "x.txt".into(),
            mime: "text/plain".into(),
            size: 3,
            content: content.number,
            created_at,
            created_by: ME,
            modified_at: created_at,
            modified_by: ME,
            deleted_at,
        };
        leadbook::store::attachment::insert(db, &file)
    };
    for number in 1..=count {
        one(number, RecordId::lead(number), Some(NOW))?;
        one(count + number, Entity::Account.numbered(number), None)?;
    }
    on.iter().zip(2 * count + 1..).try_for_each(|(about, number)| one(number, *about, None))?;
    Ok(there)
}

/// Records, each with a moment or an owner.
type Numbered = Vec<(RecordId, i64)>;

/// Handings over in the log, one by one and in a set, and some shares.
pub fn handed(db: &Db, dice: &mut Dice, count: i64) -> leadbook::error::Result<(Numbered, Vec<RecordId>)> {
    use leadbook::model::rights::Rights;
    use leadbook::store::log::{self, Change, ChangeKind, ChangeSet};
    let owners = [ME, 2, 3, -1, -2];
    let mut former = Vec::new();
    let operation = log::begin(db, Uuid::from_u128(77), "Assign", ME, "tui", NOW)?;
    for number in 1..=count / 6 {
        let record =
            [RecordId::lead(1 + dice.roll(count as usize) as i64), Entity::Account.numbered(1 + number % MANY)][dice.roll(2)];
        let old = owners[dice.roll(owners.len())];
        let field = *["owner", "owner", "created_by"].get(dice.roll(3)).unwrap_or(&"owner");
        let change = Change {
            record,
            about: record,
            kind: ChangeKind::Update,
            field: field.into(),
            old: Some(old.to_string()),
            new: Some("1".into()),
        };
        log::put(db, operation, &change)?;
        if field == "owner" {
            former.push((record, old));
        }
    }
    for (seq, entity) in [(1, Entity::Lead), (2, Entity::Contact)] {
        let records: Vec<i64> = (1..=count).filter(|n| n % 8 == seq).collect();
        let old: Vec<i64> = records.iter().map(|_| owners[dice.roll(owners.len())]).collect();
        former.extend(records.iter().zip(&old).map(|(n, old)| (entity.numbered(*n), *old)));
        let (kind, field, new) = (ChangeKind::Update, "owner".into(), Some("2".into()));
        let old = old.iter().map(|old| Some(old.to_string())).collect();
        log::put_set(db, operation, seq, &ChangeSet { entity, kind, field, new, records, old })?;
    }
    let mut shared = Vec::new();
    for number in (1..=count).filter(|n| n % 11 == 0) {
        for record in [RecordId::lead(number), Entity::Contact.numbered(number % MANY)] {
            leadbook::store::share::put(db, record, Owner::User(2), Some(Rights::of_bits(1)))?;
            shared.push(record);
        }
    }
    Ok((former, shared))
}

/// What notes say.
pub const BODIES: &[&str] = &[
    "# Call with Ann\n\nShe asks for *French* docs; price 1,200.",
    "Ann asked again, the French docs are late",
    "日本ガス と 話した — हिंदी भाषा",
    "Müller’s office: 0100, O’Brien-Smith; “quoted” 50% off_er",
    "x",
];

/// Notes on some leads and some deleted ones, and on an account with the number of a lead.
pub fn notes(db: &Db, dice: &mut Dice, count: i64) -> leadbook::error::Result<Vec<(RecordId, i64, String)>> {
    let mut there = Vec::new();
    for number in 1..=count {
        let about =
            if dice.roll(9) == 0 { Entity::Account.numbered(1) } else { RecordId::lead(1 + dice.roll(count as usize) as i64) };
        let body: String = dice.pick(BODIES).into();
        let deleted_at = (dice.roll(5) == 0).then_some(NOW);
        let id = Uuid::from_u128(50_000 + number as u128);
        let (created_at, created_by, version) = (NOW - number % 60 * DAY, ME, 1);
        let body_kept = body.clone();
        let made = Note {
            number,
            id,
            version,
            about,
            body,
            created_at,
            created_by,
            modified_at: created_at,
            modified_by: created_by,
            deleted_at,
            pinned: false,
            tasks: Vec::new(),
        };
        note::insert(db, &made)?;
        if deleted_at.is_none() {
            there.push((about, created_at, body_kept));
        }
    }
    Ok(there)
}

/// What products and competitors are called, by their numbers from 1.
pub const NAMED: &[&str] = &["3D printer", "Éclair scanner", "annex 50%"];
