//! A generated database in which people have worked: merged, deleted, erased, linked, moved, valued, won, lost, taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::record::Record;
use leadbook::model::report::{Amounts, Figure, Period, ReportKind, Sheet};
use leadbook::model::value::Owner;
use leadbook::query::parse;
use leadbook::service::erase::{ErasePerson, erase};
use leadbook::service::generate::{Spec, generate};
use leadbook::service::lead_service::FirstUser;
use leadbook::service::link::Associate;
use leadbook::service::merge::Merge;
use leadbook::service::opportunity::{CloseOpportunity, Outcome};
use leadbook::service::record::advance::Advance;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::record::read::{CountRecords, ListNumbers};
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::update::UpdateRecord;
use leadbook::service::report::GetReport;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::service::{Act, LeadService, Query};
use leadbook::store;
use leadbook::store::sqlite::Opening;

use crate::common::{Desk, NOW, context};

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % n.max(1)
    }

    pub fn number(&mut self, n: i64) -> i64 {
        1 + self.roll(n as usize) as i64
    }
}

/// A database, and all its records read back.
pub struct World {
    pub desk: Desk,
    pub leads: BTreeMap<i64, Record>,
    pub deals: BTreeMap<i64, Record>,
    pub activities: BTreeMap<i64, Record>,
    pub campaigns: BTreeMap<i64, Record>,
    /// Leads and the accounts and contacts that they are linked with.
    pub links: BTreeSet<(i64, RecordId)>,
    /// Accounts and contacts in Deleted, but erased ones.
    pub gone: BTreeSet<RecordId>,
}

/// 2026-11-23, the day of [`NOW`].
pub const TODAY: i32 = 20_780;

/// Filters of leads that reports are asked with.
pub const FILTERS: &[&str] = &[
    "",
    "source:web,partner",
    "rating>=warm created>-2y",
    "status:open or owner:me",
    "a -country:de",
    "no:partner value>5k",
    "has:erased_at",
    "opportunity.(status:won)",
];

/// Filters of opportunities.
pub const DEAL_FILTERS: &[&str] =
    &["", "status:open", "owner:me or value>20k", "stage>=propose -currency:usd", "account.(has:phone)", "lead.(source:web)"];

/// Filters of activities.
pub const ACTIVITY_FILTERS: &[&str] = &["", "kind:phone-call", "owner:me or outcome:talked", "price", "done>-1y"];

/// Periods.
pub const PERIODS: &[Option<&str>] = &[None, Some("2026"), Some("this-quarter"), Some("2026-02-10..2026-06-20")];

/// The one that all tests look at: making it costs more than most of them.
pub fn world() -> MutexGuard<'static, World> {
    static WORLD: OnceLock<Mutex<World>> = OnceLock::new();
    WORLD.get_or_init(|| Mutex::new(World::new(11, 180))).lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    fn new(seed: u64, leads: u64) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("leads.db");
        let first = FirstUser { login: "ana".into(), name: "Ana Lima".into() };
        generate(&path, &Spec { leads, seed, today: TODAY, first: first.clone() }, &mut |_, _, _| Ok(())).expect("generated");
        let service = LeadService::open(&Opening::existing(&path), &first).expect("a service");
        let ctx = context(&service);
        let mut desk = Desk { dir, service, ctx };
        live(&mut desk, &mut Dice(seed | 1), leads as i64);
        desk.ctx.catalog = desk.service.catalog();
        let read = |entity: Entity| {
            let reading = desk.ctx.reading_of(entity);
            let all = parse("is:deleted or -is:deleted", &reading).expect("all");
            let numbers = ListNumbers { filter: all }.run(desk.service.db(), &desk.ctx).expect("numbers");
            let registry = desk.ctx.catalog.registry(entity);
            let one = |number: &i64| (*number, store::record::need(desk.service.db(), registry, *number).expect("a record"));
            numbers.iter().map(one).collect::<BTreeMap<_, _>>()
        };
        let mut links = BTreeSet::new();
        for entity in [Entity::Account, Entity::Contact] {
            store::report::lead::links(desk.service.db(), entity, |lead, other| {
                links.insert((lead, entity.numbered(other)));
            })
            .expect("links");
        }
        let (leads, deals) = (read(Entity::Lead), read(Entity::Opportunity));
        let (activities, campaigns) = (read(Entity::Activity), read(Entity::Campaign));
        let mut world = Self { leads, deals, activities, campaigns, links, gone: BTreeSet::new(), desk };
        for entity in [Entity::Account, Entity::Contact] {
            let gone = world.numbers(entity, "is:deleted no:erased_at");
            world.gone.extend(gone.into_iter().map(|number| entity.numbered(number)));
        }
        world
    }

    /// A report; none where it refuses the filter.
    pub fn report(&self, kind: ReportKind, filter: &str, period: Option<&str>) -> Sheet {
        let ctx = &self.desk.ctx;
        let filter = parse(filter, &ctx.reading_of(kind.entity())).unwrap_or_else(|e| panic!("{filter}: {e}"));
        let period = period.map(|text| self.period(text));
        GetReport { kind, filter, period }.run(self.desk.service.db(), ctx).unwrap_or_else(|e| panic!("{e}"))
    }

    pub fn period(&self, text: &str) -> Period {
        Period::parse(text, TODAY, &self.desk.ctx.locale).expect("a period")
    }

    /// How many records a filter finds.
    pub fn count(&self, entity: Entity, text: &str) -> u64 {
        let filter = parse(text, &self.desk.ctx.reading_of(entity)).unwrap_or_else(|e| panic!("{text}: {e}"));
        CountRecords { filter }.run(self.desk.service.db(), &self.desk.ctx).unwrap_or_else(|e| panic!("{text}: {e}")).0
    }

    /// Which they are.
    pub fn numbers(&self, entity: Entity, text: &str) -> BTreeSet<i64> {
        let filter = parse(text, &self.desk.ctx.reading_of(entity)).unwrap_or_else(|e| panic!("{text}: {e}"));
        let found = ListNumbers { filter }.run(self.desk.service.db(), &self.desk.ctx).unwrap_or_else(|e| panic!("{text}: {e}"));
        found.iter().copied().collect()
    }

    /// What a field of a record holds, as a number.
    pub fn code(&self, record: &Record, name: &'static str) -> Option<i64> {
        record.named(self.desk.ctx.catalog.registry(record.key.entity), name).as_int()
    }

    /// The currency of a record.
    pub fn currency<'a>(&self, record: &'a Record) -> &'a str {
        record.currency(self.desk.ctx.catalog.registry(record.key.entity))
    }

    /// The leads that a report counts: not merged into others, not deleted unless erased, found by the filter, entered in the period.
    pub fn counted(&self, filter: &str, field: &'static str, period: Option<&Period>) -> Vec<&Record> {
        let mut found = self.numbers(Entity::Lead, filter);
        let erased = if filter.is_empty() { "has:erased_at".to_owned() } else { format!("({filter}) has:erased_at") };
        found.extend(self.numbers(Entity::Lead, &erased));
        let kept = |lead: &&Record| {
            self.code(lead, "merged") != Some(1)
                && (self.code(lead, "deleted_at").is_none() || self.code(lead, "erased_at").is_some())
                && period.is_none_or(|period| {
                    let (from, before) = period.moments(self.desk.ctx.zone);
                    self.code(lead, field).is_some_and(|at| (from..before).contains(&at))
                })
        };
        self.leads.values().filter(|lead| found.contains(&lead.key.number)).filter(kept).collect()
    }
}

/// The median of some times, by sorting.
pub fn median(mut times: Vec<i64>) -> Figure {
    times.sort_unstable();
    match times.len() {
        0 => Figure::None,
        n if n % 2 == 1 => Figure::Time(times[n / 2]),
        n => Figure::Time((times[n / 2 - 1] + times[n / 2] + 1).div_euclid(2)),
    }
}

/// Amounts of a currency and a number.
pub fn money<'a>(all: impl IntoIterator<Item = (&'a str, i64)>) -> Figure {
    let mut sum = Amounts::default();
    all.into_iter().for_each(|(currency, amount)| sum.add(currency, amount));
    Figure::Money(sum)
}

/// What people do in a month, at random; what is refused is left.
fn live(desk: &mut Desk, dice: &mut Dice, leads: i64) {
    fn attempt<A: Act>(desk: &mut Desk, act: A) -> bool {
        desk.try_act(act).is_ok()
    }
    let count = |desk: &Desk, table: &str| desk.service.db().number(&format!("SELECT max(number) FROM {table}"), &[]).unwrap();
    let (deals, accounts, contacts) = (count(desk, "opportunity"), count(desk, "account"), count(desk, "contact"));
    let mut done = BTreeMap::new();
    for turn in 0..260 {
        let lead = RecordId::lead(dice.number(leads));
        let deal = Entity::Opportunity.numbered(dice.number(deals));
        let choice = turn % 13;
        let worked = match choice {
            0 => attempt(desk, Merge { master: lead, other: RecordId::lead(dice.number(leads)), take: Vec::new() }),
            1 => attempt(desk, DeleteRecords { targets: Targets::one(if dice.roll(3) == 0 { deal } else { lead }) }),
            2 => erase(&mut desk.service, &desk.ctx, &ErasePerson { record: lead, confirmed: None, backups: false }).is_ok(),
            3 => {
                let (kind, most) = if dice.roll(2) == 0 { (Entity::Account, accounts) } else { (Entity::Contact, contacts) };
                attempt(desk, Associate { one: lead, other: kind.numbered(dice.number(most)), role: String::new() })
            }
            4..=6 => {
                attempt(desk, ReopenRecords { targets: Targets::one(deal) });
                let on = dice.roll(3) > 0;
                attempt(desk, Advance { record: deal, on: !on });
                attempt(desk, Advance { record: deal, on })
            }
            7 => {
                let value = [("estimated_value", ["1200", "50k", "7500.55", ""][dice.roll(4)])];
                let mut values = desk.values_of(Entity::Opportunity, &value);
                let category = ["committed", "best-case", "omitted", "pipeline"][dice.roll(4)];
                values.extend(desk.values_of(Entity::Opportunity, &[("forecast_category", category)]));
                values.extend(desk.values_of(
                    Entity::Opportunity,
                    &[("estimated_close_date", ["2026-12-04", "2027-02-01", "2026-11-02", "2031-05-01"][dice.roll(4)])],
                ));
                attempt(desk, UpdateRecord { record: deal, version: None, seen: Vec::new(), values })
            }
            8 => {
                let outcome = if dice.roll(2) == 0 { Outcome::Won { revenue: None } } else { Outcome::Lost { competitor: None } };
                let reason = (outcome.state() == 2).then_some(4);
                let act = CloseOpportunity { opportunity: deal.number, outcome, reason, date: None, note: None };
                attempt(desk, act)
            }
            9 => {
                let owner = if dice.roll(3) == 0 { Owner::Team(dice.number(3)) } else { Owner::User(dice.number(6)) };
                attempt(desk, AssignRecords { targets: Targets::one(lead), owner, note: None, activities: false })
            }
            10 => {
                let values = desk.values(&[("cost", ["12.50", "3", "0.1234"][dice.roll(3)]), ("source", "")]);
                attempt(desk, UpdateRecord { record: lead, version: None, seen: Vec::new(), values })
            }
            11 => attempt(desk, Undo { step: None, origins: Vec::new() }),
            _ => attempt(desk, Redo) || attempt(desk, DeleteRecords { targets: Targets::one(deal) }),
        };
        *done.entry(choice).or_insert(0) += i32::from(worked);
    }
    for (entity, most) in [(Entity::Account, accounts), (Entity::Contact, contacts)] {
        let some = (1..=most).filter(|number| number % 9 == 4).collect();
        assert!(attempt(desk, DeleteRecords { targets: Targets::of(entity, some) }));
    }
    let campaign = desk.values_of(Entity::Campaign, &[("actual_cost", "1000.01"), ("currency", "USD")]);
    let number = count(desk, "campaign");
    let record = Entity::Campaign.numbered(number);
    assert!(attempt(desk, UpdateRecord { record, version: None, seen: Vec::new(), values: campaign }));
    assert!(done.values().all(|done| *done > 0), "something is never done: {done:?}");
    assert!(matches!(desk.ctx.clock, leadbook::service::context::Clock::Fixed(now) if now > NOW));
}
