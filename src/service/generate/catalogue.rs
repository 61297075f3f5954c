//! The products, competitors and campaigns of generated and sample data. Draws nothing that leads are drawn from.

use super::random::Random;
use super::story::DAY;
use super::words::talk;
use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::entity::Entity;
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::store::{self, Db, setting};

/// The dice of this file.
const SEED: u64 = 0x6361_7461;
/// The cheapest and the dearest product, in whole units of the currency.
const PRICES: (i64, i64) = (40, 4_800);
/// What a campaign cost at least and at most, in whole units of the currency.
const COSTS: (i64, i64) = (500, 30_000);
/// Days between the beginnings of two campaigns.
const APART: i64 = 45;
/// Whole days in a moment.
const MICROS_OF_DAY: i64 = 86_400_000_000;
/// The reason of a campaign that is over.
const COMPLETED: i64 = 3;

/// Writes them; `at` is when, in µs UTC, `unit` the business unit and `by` the user that they belong to.
pub fn write(db: &Db, at: i64, unit: i64, by: i64) -> Result<()> {
    let catalog = Catalog::shipped();
    let mut random = Random::new(SEED);
    for name in talk::PRODUCTS {
        let price = Value::Money(random.between(PRICES.0, PRICES.1) * 10_000);
        make(db, &catalog, &mut random, (at, unit, by), Entity::Product, &[("name", Value::text(*name)), ("price", price)])?;
    }
    for (name, strengths, weaknesses) in talk::COMPETITORS {
        let values =
            [("name", Value::text(*name)), ("strengths", Value::text(*strengths)), ("weaknesses", Value::text(*weaknesses))];
        make(db, &catalog, &mut random, (at, unit, by), Entity::Competitor, &values)?;
    }
    for (place, (name, kind)) in (1..).zip(talk::CAMPAIGNS.iter().zip(talk::CAMPAIGN_TYPES)) {
        let starts = at / MICROS_OF_DAY - place * APART;
        let day = |day: i64| i32::try_from(day).map_or(Value::None, Value::Date);
        let cost = random.between(COSTS.0, COSTS.1);
        let values = [
            ("name", Value::text(*name)),
            ("type", Value::Choice(*kind)),
            ("status_reason", Value::Choice(COMPLETED)),
            ("starts", day(starts)),
            ("ends", day(starts + random.between(1, 20))),
            ("budgeted_cost", Value::Money(cost.div_euclid(100) * 100 * 10_000)),
            ("actual_cost", Value::Money(cost * 10_000)),
        ];
        make(db, &catalog, &mut random, (at - place * DAY, unit, by), Entity::Campaign, &values)?;
    }
    Ok(())
}

fn make(
    db: &Db,
    catalog: &Catalog,
    random: &mut Random,
    (at, unit, by): (i64, i64, i64),
    entity: Entity,
    values: &[(&'static str, Value)],
) -> Result<()> {
    let registry = catalog.registry(entity);
    let number = setting::take_numbers(db, entity.name(), 1)?;
    let mut record = Record::new(entity.numbered(number), random.id(at), 1, Vec::new());
    for (id, value) in rules::defaults(registry) {
        record.set(id, value);
    }
    let stamps = [
        ("owner", Value::Owner(Owner::User(by))),
        ("created_at", Value::Instant(at)),
        ("created_by", Value::User(by)),
        ("modified_at", Value::Instant(at)),
        ("modified_by", Value::User(by)),
    ];
    for (name, value) in stamps.into_iter().chain(values.iter().cloned()) {
        record.set(registry.id(name), value);
    }
    rules::complete(registry, &mut record, "EUR");
    store::record::insert(db, registry, &record, unit)
}
