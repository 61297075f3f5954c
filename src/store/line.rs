//! The product lines of opportunities: what is sold, how many, at what price. Knows no rule.

use super::Db;
use crate::error::Result;
use crate::model::entity::{Entity, RecordId};
use crate::model::line::Line;

/// The line of a product on an opportunity.
pub fn get(db: &Db, opportunity: i64, product: i64) -> Result<Option<Line>> {
    let sql = "SELECT quantity, price FROM product_line WHERE opportunity = $1 AND product = $2";
    db.row(sql, &[opportunity.into(), product.into()], |row| Ok(Line { quantity: row.int(0)?, price: row.int(1)? }))
}

/// Writes the line of a product on an opportunity; `None` removes it.
pub fn put(db: &Db, opportunity: i64, product: i64, line: Option<Line>) -> Result<()> {
    let mut values = vec![opportunity.into(), product.into()];
    let sql = match line {
        Some(line) => {
            values.extend([line.quantity.into(), line.price.into()]);
            "INSERT INTO product_line (opportunity, product, quantity, price) VALUES ($1, $2, $3, $4)
             ON CONFLICT (opportunity, product) DO UPDATE SET quantity = excluded.quantity, price = excluded.price"
        }
        None => "DELETE FROM product_line WHERE opportunity = $1 AND product = $2",
    };
    db.execute(sql, &values).map(|_| ())
}

/// The lines of an opportunity with their products, or of a product with their opportunities; other records have none.
pub fn of(db: &Db, record: RecordId) -> Result<Vec<(RecordId, Line)>> {
    let (own, other, entity) = match record.entity {
        Entity::Opportunity => ("opportunity", "product", Entity::Product),
        Entity::Product => ("product", "opportunity", Entity::Opportunity),
        _ => return Ok(Vec::new()),
    };
    let sql = format!("SELECT {other}, quantity, price FROM product_line WHERE {own} = $1 ORDER BY {other}");
    db.rows(&sql, &[record.number.into()], |row| {
        Ok((entity.numbered(row.int(0)?), Line { quantity: row.int(1)?, price: row.int(2)? }))
    })
}
