//! A database of random leads, the same leads in memory, and random filters over them.

use leadbook::model::catalog::Catalog;
use leadbook::model::choice::Set;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::field::read::{Reading, tags};
use leadbook::model::field::{Field, Kind, Registry};
use leadbook::model::locale::Locale;
use leadbook::model::people::Role;
use leadbook::model::record::Record;
use leadbook::model::rules;
use leadbook::model::value::{Link, Owner, Value};
use leadbook::model::zone::Zone;
use leadbook::store::sqlite::{Db, Opening};
use leadbook::store::{link, lists, people, record};
use uuid::Uuid;

/// Monday 23 November 2026, 11:30 UTC.
pub const NOW: i64 = 1_795_433_400_000_000;
/// The person who asks.
pub const ME: i64 = 1;
const DAY: i64 = 86_400_000_000;

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `n`.
    pub fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % n.max(1)
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.roll(all.len())]
    }
}

pub struct World {
    pub db: Db,
    pub catalog: Catalog,
    pub locale: Locale,
    pub leads: Vec<Record>,
    pub drafts: Vec<RecordId>,
    _folder: tempfile::TempDir,
}

const NAMES: &[&str] = &[
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
const COMPANIES: &[&str] = &[
    "Contoso",
    "Contoso GmbH",
    "Fourth Coffee",
    "The Contoso Group",
    "株式会社 日本ガス",
    "A_B%C Ltd.",
    "Fabrikam, Inc.",
    "annex",
];
const MAILS: &[&str] =
    &["ann@contoso.com", "Ann.Lee@Contoso.com", "info@fourthcoffee.com", "a_b%c@x.de", "jürgen@müller.de", "bo@ann.se"];
const PHONES: &[&str] =
    &["+1 555 0100", "555-0100", "+46 (0)8 555 010", "0046 8 555010", "08 12", "(650) 867-3450 x12", "none", "٠١٢٣٤٥٦٧"];
const PLACES: &[&str] = &["Germany", "DE", "deutschland", "Denmark", "de", "France", "Österreich", "USA", "New York", "york"];
const TEXTS: &[&str] =
    &["expo 2026", "Expo", "www.contoso.com", "https://x.de/a_b", "100 % sure", "über", "line one\nline two", "0100"];

fn text(dice: &mut Dice, field: &Field) -> String {
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

fn value(dice: &mut Dice, field: &Field, catalog: &Catalog) -> Value {
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
        Kind::Owner => {
            Value::Owner([Owner::User(1), Owner::User(2), Owner::User(3), Owner::Team(1), Owner::Team(2)][dice.roll(5)])
        }
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
            let number = 1 + dice.roll(CUSTOMERS.len()) as i64;
            Value::Link(Link { number, name: customer(entity, number) })
        }
        _ => Value::text(text(dice, field)),
    }
}

/// What accounts and contacts are called.
const CUSTOMERS: &[&str] = &["Contoso", "Éclair Ltd", "annex 50%"];

fn customer(entity: Entity, number: i64) -> String {
    format!("{} {}", CUSTOMERS[number as usize - 1], entity.name())
}

/// The accounts and contacts that leads refer to.
fn customers(db: &Db, catalog: &Catalog, unit: i64) -> leadbook::error::Result<()> {
    for entity in [Entity::Account, Entity::Contact] {
        let registry = catalog.registry(entity);
        for number in 1..=CUSTOMERS.len() as i64 {
            let id = Uuid::from_u128(100 * entity.code() as u128 + number as u128);
            let mut record = Record::new(entity.numbered(number), id, 1, Vec::new());
            for (field, value) in leadbook::model::rules::defaults(registry) {
                record.set(field, value);
            }
            for (name, value) in [
                ("name", Value::text(customer(entity, number))),
                ("owner", Value::Owner(Owner::User(1))),
                ("created_at", Value::Instant(NOW)),
                ("created_by", Value::User(1)),
                ("modified_at", Value::Instant(NOW)),
                ("modified_by", Value::User(1)),
            ] {
                record.set(registry.id(name), value);
            }
            record::insert(db, registry, &record, unit)?;
        }
    }
    Ok(())
}

fn must_be_there(field: &Field) -> bool {
    matches!(field.kind, Kind::Flag { .. } | Kind::Choice(Set::State | Set::StatusReason))
        || matches!(field.name, "owner" | "created_at" | "created_by" | "modified_at" | "modified_by" | "name")
}

/// A record of which only the name is known.
fn named(db: &Db, key: RecordId, name: &str, unit: i64) -> leadbook::error::Result<()> {
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
fn activities(db: &Db, dice: &mut Dice, catalog: &Catalog, about: RecordId, unit: i64) -> leadbook::error::Result<()> {
    let registry = &catalog.activity;
    for place in 0..[0, 0, 1, 3][dice.roll(4)] {
        let number = about.number * 10 + place;
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
fn links(db: &Db, catalog: &Catalog, lead: &Record) -> leadbook::error::Result<()> {
    for (id, field) in catalog.lead.ids() {
        let (Kind::Linked(entity), Value::Tags(names)) = (field.kind, lead.get(id)) else { continue };
        for name in names {
            let number = (1..).zip(NAMED).find(|(_, known)| *known == name).map_or(1, |(number, _)| number);
            link::put(db, lead.key, entity.numbered(number), Some(""))?;
        }
    }
    Ok(())
}

/// What products and competitors are called, by their numbers from 1.
const NAMED: &[&str] = &["3D printer", "Éclair scanner", "annex 50%"];

impl World {
    /// A database of `count` leads.
    pub fn new(seed: u64, count: i64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut db = Db::open(&Opening::or_create(folder.path().join("test.db"))).expect("a database");
        let unit = db
            .write(|db| {
                let unit = people::add_unit(db, Uuid::from_u128(1), "Root", None)?;
                for (n, login, active) in [(1u128, "ana", true), (2, "bo", true), (3, "Gone Person", false)] {
                    people::add_user(db, Uuid::from_u128(10 + n), login, login, Role::Seller, active, unit)?;
                }
                people::add_team(db, Uuid::from_u128(20), "North West", unit, &[ME, 2])?;
                people::add_team(db, Uuid::from_u128(21), "inbox", unit, &[2])?;
                named(db, Entity::Campaign.numbered(100_000), "Über Expo", unit)?;
                named(db, Entity::Campaign.numbered(100_001), "Autumn, mailing", unit)?;
                for entity in [Entity::Product, Entity::Competitor] {
                    for (number, name) in (1..).zip(NAMED) {
                        named(db, entity.numbered(number), name, unit)?;
                    }
                }
                Ok(unit)
            })
            .expect("people");
        let catalog = lists::catalog(&db).expect("a catalog");
        let mut dice = Dice(seed | 1);
        let mut leads = Vec::new();
        for number in 1..=count {
            let id = Uuid::from_u128(1_000 + number as u128);
            let mut record = Record::new(RecordId::lead(number), id, 1, Vec::new());
            for (place, field) in catalog.lead.ids() {
                let skipped = match field.name {
                    "deleted_at" | "incomplete" | "handed_at" | "opened_at" => dice.roll(4) > 0,
                    // unique together
                    "import_key" => true,
                    "master" => number == 1 || dice.roll(3) > 0,
                    _ => !must_be_there(field) && dice.roll(3) == 0,
                };
                if matches!(field.kind, Kind::Number(_) | Kind::Id) || skipped {
                    continue;
                }
                let value = match field.kind {
                    // one that is there already
                    Kind::Lookup(Entity::Lead) => {
                        let master: &Record = &leads[dice.roll(leads.len())];
                        let name = master.text(&catalog.lead, "name").to_owned();
                        Value::Link(Link { number: master.key.number, name })
                    }
                    _ => value(&mut dice, field, &catalog),
                };
                record.set(place, value);
            }
            record.set(catalog.lead.id("number"), Value::Int(number));
            record.set(catalog.lead.id("id"), Value::Text(id.to_string()));
            leads.push(record);
        }
        db.write(|db| customers(db, &catalog, unit)).expect("customers");
        db.write(|db| leads.iter().try_for_each(|lead| record::insert(db, &catalog.lead, lead, unit))).expect("leads");
        db.write(|db| leads.iter().try_for_each(|lead| links(db, &catalog, lead))).expect("links");
        db.write(|db| leads.iter().try_for_each(|lead| activities(db, &mut dice, &catalog, lead.key, unit))).expect("activities");
        for lead in &mut leads {
            let stored = record::need(&db, &catalog.lead, lead.key.number).expect("the lead");
            for (id, _) in catalog.lead.ids().filter(|(_, field)| field.follows) {
                lead.set(id, stored.get(id).clone());
            }
        }
        let drafts = (1..=count).filter(|n| n % 7 == 0).map(RecordId::lead).collect();
        let catalog = lists::catalog(&db).expect("a catalog with tags");
        Self { db, catalog, locale: Locale::of("US"), leads, drafts, _folder: folder }
    }

    /// How filters are read here.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            entity: leadbook::model::entity::Entity::Lead,
            catalog: &self.catalog,
            locale: &self.locale,
            zone: Zone::Fixed(7_200),
            now: NOW,
            me: ME,
        }
    }

    /// A random filter, most of them valid.
    pub fn filter(&self, dice: &mut Dice, depth: usize) -> String {
        match dice.roll(if depth == 0 { 6 } else { 10 }) {
            0 => self.word(dice),
            1 => format!("is:{}", dice.pick(&["mine", "unassigned", "new", "draft", "incomplete", "deleted"])),
            2..=5 => self.comparison(dice),
            6 => format!("-({})", self.filter(dice, depth - 1)),
            7 => format!("({} or {})", self.filter(dice, depth - 1), self.filter(dice, depth - 1)),
            _ => format!("{} {}", self.filter(dice, depth - 1), self.filter(dice, depth - 1)),
        }
    }

    fn word(&self, dice: &mut Dice) -> String {
        let lists = [NAMES, COMPANIES, MAILS, PHONES, TEXTS];
        let all = dice.pick(&lists);
        quoted(&piece(dice, dice_text(dice.0, all)))
    }

    fn comparison(&self, dice: &mut Dice) -> String {
        let fields = self.catalog.lead.fields();
        let mut field = fields[dice.roll(fields.len())];
        // what lists are made of, more often than the rest
        if dice.roll(3) == 0 {
            let name = dice.pick(&["status", "owner", "source", "rating", "name", "modified_at", "estimated_value", "company"]);
            field = fields.iter().copied().find(|f| f.name == name).unwrap_or(field);
        }
        if dice.roll(8) == 0 {
            return format!("{}:{}", dice.pick(&["has", "no"]), field.name);
        }
        let op = dice.pick(&[":", ":", ">", ">=", "<", "<="]);
        let one = |dice: &mut Dice| match field.kind {
            Kind::Choice(_) | Kind::Flag { .. } | Kind::Owner | Kind::User => {
                let all = leadbook::model::field::options::of(&field, &self.catalog);
                all.get(dice.roll(all.len())).map_or("x".into(), |o| quoted(&o.word))
            }
            Kind::Money | Kind::Int => dice.pick(&["0", "0.5", "50", "1k", "40k", "1m", "50..", "..1k", "0..500"]).into(),
            Kind::Degree => dice.pick(&["0", "-10", "-10..10.5", "20"]).into(),
            Kind::Date | Kind::Instant => dice
                .pick(&["today", "-30d", "this-week", "last-month", "2026-11", "2026-10-01..today", "..-7d", "tomorrow..", "-2h"])
                .into(),
            Kind::Number(_) => dice.pick(&["L-5", "10..50", "7"]).into(),
            Kind::Lookup(Entity::Account) => dice.pick(&["A-1", "contoso", "*account", "ann*", "eclair"]).into(),
            Kind::Lookup(Entity::Lead) => dice.pick(&["L-2", "7", "a*", "*e"]).into(),
            Kind::Lookup(_) => dice.pick(&["C-2", "contoso", "*contact", "50"]).into(),
            Kind::Id => Uuid::from_u128(1_000 + dice.roll(30) as u128).to_string(),
            Kind::Linked(_) => dice.pick(&["\"3D printer\"", "3d", "eclair", "scan", "*50%", "a*", "*an*"]).into(),
            Kind::Tags => dice.pick(&["expo", "VIP", "cold*", "*%", "\"cold call\""]).into(),
            _ => {
                let whole = text(dice, &field);
                let part = quoted(&piece(dice, &whole));
                match dice.roll(5) {
                    0 => format!("{part}*"),
                    1 => format!("*{part}"),
                    2 => format!("*{part}*"),
                    _ => part,
                }
            }
        };
        let ordered = match field.kind {
            Kind::Money | Kind::Int | Kind::Degree | Kind::Date | Kind::Instant | Kind::Number(_) => true,
            Kind::Choice(set) => set.is_ordered(),
            _ => false,
        };
        let op = if ordered { op } else { ":" };
        let mut values = vec![one(dice)];
        while op == ":" && dice.roll(3) == 0 {
            values.push(one(dice));
        }
        format!("{}{op}{}", field.name, values.join(","))
    }

    /// A random order, perhaps none.
    pub fn sort(&self, dice: &mut Dice) -> String {
        let fields = self.catalog.lead.fields();
        let mut keys: Vec<String> =
            (0..dice.roll(3)).map(|_| format!("{}{}", dice.pick(&["", "-"]), fields[dice.roll(fields.len())].name)).collect();
        // the orders that an index has, and almost has
        if dice.roll(3) == 0 {
            let first = dice.pick(&["name", "-name", "company", "-company", "modified_at", "-modified_at", "number", "-number"]);
            keys.truncate(1);
            keys.insert(usize::from(dice.roll(4) == 0).min(keys.len()), first.into());
            if dice.roll(4) == 0 {
                keys.push(dice.pick(&["number", "-number"]).into());
            }
        }
        if keys.is_empty() { String::new() } else { format!(" sort:{}", keys.join(",")) }
    }
}

fn dice_text(seed: u64, all: &[&'static str]) -> &'static str {
    all[usize::try_from(seed >> 7).unwrap_or(0) % all.len()]
}

/// A part of a text, so that beginnings, ends and middles are asked for.
fn piece(dice: &mut Dice, text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let start = if dice.roll(2) == 0 { 0 } else { dice.roll(chars.len()) };
    let length = 1 + dice.roll(chars.len() - start);
    chars[start..start + length].iter().collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
