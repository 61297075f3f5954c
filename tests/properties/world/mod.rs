//! A database of random leads, the same leads in memory, and random filters over them.

mod data;
pub mod filters;

use leadbook::model::catalog::Catalog;
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::field::Kind;
use leadbook::model::field::read::Reading;
use leadbook::model::locale::Locale;
use leadbook::model::people::{Role, Team};
use leadbook::model::record::Record;
use leadbook::model::value::{Link, Value};
use leadbook::model::zone::Zone;
use leadbook::query::eval::{Beside, EvalContext};
use leadbook::store::sqlite::{Db, Opening};
use leadbook::store::{lists, people, record};
use uuid::Uuid;

use data::{MANY, NAMED, activities, attach, customers, deals, handed, links, named, notes, random, value};

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
    /// What is tied to the leads.
    pub beside: Beside,
    _folder: tempfile::TempDir,
}

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
                let north = people::add_unit(db, Uuid::from_u128(2), "North", Some(unit))?;
                let nordic = people::add_unit(db, Uuid::from_u128(3), "Nordic, Ltd", Some(north))?;
                people::add_user(db, Uuid::from_u128(14), "eva", "Eva", Role::Seller, true, north)?;
                people::add_team(db, Uuid::from_u128(21), "inbox", nordic, &[2])?;
                let team = Team { number: 2, name: "inbox".into(), unit: nordic, members: vec![2], queue: true };
                people::put_team(db, Uuid::from_u128(21), &team)?;
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
            let mut record = random(&mut dice, &catalog, RecordId::lead(number), id);
            for (place, field) in catalog.lead.ids() {
                let value = match field.kind {
                    // one that is there already
                    Kind::Lookup(Entity::Lead) if number == 1 || dice.roll(3) > 0 => continue,
                    Kind::Lookup(Entity::Lead) => {
                        let master: &Record = &leads[dice.roll(leads.len())];
                        let name = master.text(&catalog.lead, "name").to_owned();
                        Value::Link(Link { number: master.key.number, name })
                    }
                    Kind::Lookup(_) | Kind::Linked(_) if dice.roll(3) > 0 => value(&mut dice, field, &catalog),
                    _ => continue,
                };
                record.set(place, value);
            }
            leads.push(record);
        }
        db.write(|db| customers(db, &mut dice, &catalog, unit, count)).expect("customers");
        db.write(|db| leads.iter().try_for_each(|lead| record::insert(db, &catalog.lead, lead, unit))).expect("leads");
        let mut ties = db.write(|db| deals(db, &mut dice, &catalog, unit, count)).expect("opportunities");
        db.write(|db| leads.iter().try_for_each(|lead| links(db, &catalog, lead, &mut ties))).expect("links");
        let others = [Entity::Account, Entity::Contact, Entity::Opportunity, Entity::Request];
        let others = others.into_iter().flat_map(|entity| (1..=MANY.min(count / 3)).map(move |number| entity.numbered(number)));
        let mut about = leads.iter().map(|lead| lead.key).chain(others);
        db.write(|db| about.try_for_each(|about| activities(db, &mut dice, &catalog, about, unit))).expect("activities");
        for lead in &mut leads {
            let stored = record::need(&db, &catalog.lead, lead.key.number).expect("the lead");
            for (id, _) in catalog.lead.ids().filter(|(_, field)| field.follows) {
                lead.set(id, stored.get(id).clone());
            }
        }
        let notes = db.write(|db| notes(db, &mut dice, count)).expect("notes");
        let drafts = (1..=count).filter(|n| n % 7 == 0).map(RecordId::lead).collect();
        let files: Vec<RecordId> = (1..=count).filter(|n| n % 5 == 0).map(RecordId::lead).collect();
        let files = db.write(|db| attach(db, &files, count)).expect("files");
        let (former, shared) = db.write(|db| handed(db, &mut dice, count)).expect("a log");
        // two sources that qualify sooner than the others, for sort:next
        let catalog = lists::catalog(&db).expect("a catalog with tags");
        let catalog = leadbook::model::catalog::Catalog { fast_sources: [8, 1, 0, 0], ..catalog };
        let mut records = leads.clone();
        for entity in Entity::LISTED.iter().filter(|entity| **entity != Entity::Lead) {
            let numbers = db.rows(&format!("SELECT number FROM {}", entity.name()), &[], |row| row.int(0)).expect("numbers");
            let read = |number| record::need(&db, catalog.registry(*entity), number).expect("a record");
            records.extend(numbers.into_iter().map(read));
        }
        let beside = Beside { files, notes, former, shared, records, links: ties };
        Self { db, catalog, locale: Locale::of("US"), leads, drafts, beside, _folder: folder }
    }

    /// Who asks.
    pub fn ctx(&self) -> EvalContext<'_> {
        EvalContext { catalog: &self.catalog, me: ME, drafts: &self.drafts, beside: &self.beside }
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
}
