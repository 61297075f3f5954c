//! Product lines: what is sold with an opportunity, and the estimated value that follows from them unless it was given by hand. Source:
//! the opportunity product, and “Revenue: System Calculated or User Provided”.

use crate::error::{Error, Result};
use crate::model::choice::OPEN;
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::model::line::Line;
use crate::model::number::{parse_number, show_number};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::record::write::{change_record, display_name, owner};
use crate::store::log::{Change, ChangeKind};
use crate::store::{self, Db};

/// One piece, in ten-thousandths.
const ONE: i64 = 10_000;
/// How the log names the field that a line is: `line:P-3`.
const FIELD: &str = "line:";
/// The most that a price or an amount can be, in ten-thousandths. Source: the money attributes.
const MOST: i64 = 1_000_000_000_000 * 10_000;
/// The greatest quantity, in ten-thousandths. Source: the quantity of an opportunity product.
const MOST_PIECES: i64 = 100_000_000_000 * 10_000;

/// Puts a product on an opportunity, or gives its line another quantity and price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PutLine {
    /// The opportunity's number.
    pub opportunity: i64,
    /// The product's number.
    pub product: i64,
    /// How many, in ten-thousandths.
    pub quantity: i64,
    /// The price of one, in ten-thousandths of the opportunity's currency; `None` keeps that of the line, or takes the list price.
    pub price: Option<i64>,
}

/// Takes a product off an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoveLine {
    /// The opportunity's number.
    pub opportunity: i64,
    /// The product's number.
    pub product: i64,
}

/// The opportunity and the product of two records, in any order, if they are such.
pub fn pair(one: RecordId, other: RecordId) -> Option<(i64, i64)> {
    match (one.entity, other.entity) {
        (Entity::Opportunity, Entity::Product) => Some((one.number, other.number)),
        (Entity::Product, Entity::Opportunity) => Some((other.number, one.number)),
        _ => None,
    }
}

/// How many, and the price of one if it is said, as people type it: `3`, `3 x 1200`; nothing is one.
pub fn typed(text: &str, decimal_comma: bool) -> Result<(i64, Option<i64>)> {
    let number = |name, text: &str| {
        let text = text.trim();
        let wrong =
            |_| Error::invalid(name, format!("“{text}” is no number: say how many, as 3, or with the price of one, as 3 x 1200"));
        parse_number(text, decimal_comma).map_err(wrong)
    };
    let (quantity, price) = match text.split_once(['x', '×', '*', '@']) {
        Some((quantity, price)) => (quantity, Some(price)),
        None => (text, None),
    };
    let quantity = if quantity.trim().is_empty() { ONE } else { number("quantity", quantity)? };
    Ok((quantity, price.map(|price| number("price", price)).transpose()?))
}

impl Act for PutLine {
    type Reply = Line;

    fn name(&self) -> &'static str {
        "Associate"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Line> {
        let (deal, product) = both(tx, self.opportunity, self.product)?;
        if !(1..=MOST_PIECES).contains(&self.quantity) {
            return Err(Error::invalid("quantity", "the quantity is a number above 0, as 3 or 2.5"));
        }
        let old = store::line::get(tx.db, self.opportunity, self.product)?;
        let price = match self.price.or(old.map(|line| line.price)) {
            Some(price) => price,
            None => list_price(tx, &deal, &product)?,
        };
        if !(0..=MOST).contains(&price) {
            return Err(Error::invalid("price", "the price is an amount of 0 or more, as 1200 or 99.50"));
        }
        let line = Line { quantity: self.quantity, price };
        if line.amount().is_none_or(|amount| amount > MOST) {
            return Err(Error::invalid("price", "quantity times price is more than an amount can be"));
        }
        let (name, what) = (display_name(tx.ctx, &deal), display_name(tx.ctx, &product));
        if old == Some(line) {
            tx.say(format!("{what} is on {name} like that already"));
            return Ok(line);
        }
        put(tx, deal.key, product.key, Some(line))?;
        let value = follow(tx, &deal)?;
        let pieces = show_number(line.quantity, &tx.ctx.locale, 0);
        tx.say(format!("{name}: {pieces} × {what}{value}"));
        Ok(line)
    }
}

impl Act for RemoveLine {
    type Reply = ();

    fn name(&self) -> &'static str {
        "Disassociate"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        let (deal, product) = both(tx, self.opportunity, self.product)?;
        let (name, what) = (display_name(tx.ctx, &deal), display_name(tx.ctx, &product));
        if store::line::get(tx.db, self.opportunity, self.product)?.is_none() {
            return Err(Error::refused(format!("{what} is not on {}", deal.key), "the Links tab lists what is"));
        }
        put(tx, deal.key, product.key, None)?;
        let value = follow(tx, &deal)?;
        tx.say(format!("{name}: {what} taken off{value}"));
        Ok(())
    }
}

/// The opportunity, which is open and the acting user's to write, and the product.
fn both(tx: &Tx<'_>, opportunity: i64, product: i64) -> Result<(Record, Record)> {
    let ctx = tx.ctx;
    let need = |key: RecordId| {
        let record = store::record::need(tx.db, ctx.catalog.registry(key.entity), key.number)?;
        if record.named(ctx.catalog.registry(key.entity), "deleted_at").is_none() {
            return Ok(record);
        }
        Err(Error::refused(format!("{key} is deleted"), "O restores it first"))
    };
    let deal = need(Entity::Opportunity.numbered(opportunity))?;
    let registry = &ctx.catalog.opportunity;
    access::check_write(tx.db, ctx, deal.key, owner(registry, &deal))?;
    let state = deal.named(registry, "status").as_int().unwrap_or(OPEN);
    if state != OPEN {
        let state = rules::state_label(registry, &ctx.catalog.choices, state);
        return Err(Error::refused(format!("{} is {state} and its products stay as they are", deal.key), "O reopens it first"));
    }
    Ok((deal, need(Entity::Product.numbered(product))?))
}

/// What a product costs on an opportunity unless somebody says otherwise. Amounts are never converted.
fn list_price(tx: &Tx<'_>, deal: &Record, product: &Record) -> Result<i64> {
    let (own, theirs) = (&tx.ctx.catalog.opportunity, &tx.ctx.catalog.product);
    let Some(price) = product.named(theirs, "price").as_int() else { return Ok(0) };
    let (of_deal, of_product) = (deal.currency(own), product.currency(theirs));
    if !of_deal.is_empty() && !of_product.is_empty() && of_deal != of_product {
        let name = display_name(tx.ctx, product);
        return Err(Error::invalid(
            "price",
            format!(
                "{name} has a list price in {of_product} and {} is in {of_deal}: say the price of one in {of_deal}",
                deal.key
            ),
        ));
    }
    Ok(price)
}

/// Writes and logs a line; `None` removes it. The opportunity's history tells of it; the product only lists where it is sold.
pub(in crate::service) fn put(tx: &mut Tx<'_>, deal: RecordId, product: RecordId, line: Option<Line>) -> Result<()> {
    let old = store::line::get(tx.db, deal.number, product.number)?;
    store::line::put(tx.db, deal.number, product.number, line)?;
    tx.log(Change {
        record: deal,
        about: deal,
        kind: ChangeKind::Update,
        field: format!("{FIELD}{product}"),
        old: old.map(Line::log),
        new: line.map(Line::log),
    })
}

/// The product of a change that is about a line.
pub fn sold(field: &str) -> Option<RecordId> {
    match RecordName::parse(field.strip_prefix(FIELD)?)? {
        RecordName::Number(record) => Some(record),
        RecordName::Id(_) => None,
    }
}

/// The sum of the lines of an opportunity, in ten-thousandths; `None` where there is no line.
pub(in crate::service) fn sum(db: &Db, opportunity: RecordId) -> Result<Option<i64>> {
    let lines = store::line::of(db, opportunity)?;
    if lines.is_empty() { Ok(None) } else { Ok(Line::sum(lines.into_iter().map(|(_, line)| line))) }
}

/// Lets the estimated value follow the lines, where it is not given by hand; how it is said comes back.
fn follow(tx: &mut Tx<'_>, deal: &Record) -> Result<String> {
    let (db, ctx) = (tx.db, tx.ctx);
    let registry = &ctx.catalog.opportunity;
    let (flag, value) = (registry.id("value_from_products"), registry.id("estimated_value"));
    let sum = sum(db, deal.key)?;
    let show = |amount: Option<i64>, currency: &str| {
        let amount = amount.map_or(Value::None, Value::Money);
        ctx.showing().show(registry.field(value), &amount, currency)
    };
    if *deal.get(flag) != Value::Bool(true) && !deal.get(value).is_none() {
        let currency = deal.currency(registry);
        return Ok(match sum {
            Some(sum) if deal.get(value).as_int() != Some(sum) => {
                format!(" · products {}, value by hand {}", show(Some(sum), currency), show(deal.get(value).as_int(), currency))
            }
            _ => String::new(),
        });
    }
    let (after, _) = change_record(tx, deal.key, ChangeKind::Update, |stored| {
        stored.set(flag, Value::Bool(true));
        stored.set(value, sum.map_or(Value::None, Value::Money));
        Ok(())
    })?;
    Ok(format!(" · value {}", show(sum, after.currency(registry))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_a_quantity_and_perhaps_a_price() {
        for (text, wanted) in
            [("", (10_000, None)), (" 3 ", (30_000, None)), ("2.5 x 99", (25_000, Some(990_000))), ("×7", (10_000, Some(70_000)))]
        {
            assert_eq!(typed(text, false).expect("a line"), wanted, "{text}");
        }
        for (text, said) in [("two x many", "quantity: “two”"), ("2 x many", "price: “many”"), ("2 x", "price: “”")] {
            let wrong = typed(text, false).expect_err("no line").to_string();
            assert!(wrong.contains(said), "{text}: {wrong}");
        }
    }
}
