//! The order of what to work next, part by part: late leads and those with a later step are walked by the index of what is due, hot ones
//! that nobody opened and those without a step, of fast sources first, by indexes that hold only such. What would take longer is fetched whole and sorted here.

use super::{Search, sorted};
use crate::error::Result;
use crate::model::choice::{HOT, OPEN};
use crate::query::ast::Next;
use crate::store::columns::part_of_next;
use crate::store::filter::{Common, compile_with};

impl Search<'_> {
    /// The first leads of the order; none where looking at so much would take longer than to fetch all.
    pub(super) fn first_next(&self, next: Next, limit: usize) -> Result<Option<Vec<i64>>> {
        let shape = &self.shape;
        if shape.is_worded() || shape.asks_deleted || shape.selective.is_some() {
            return Ok(None);
        }
        let mut found = Vec::new();
        for part in 0..Next::PARTS {
            let Some(more) = self.first_of_part(next, part, limit - found.len())? else { return Ok(None) };
            found.extend(more);
            if found.len() >= limit {
                return Ok(Some(found));
            }
        }
        Ok(Some(found))
    }

    /// The first leads of a part of the order.
    fn first_of_part(&self, next: Next, part: i64, limit: usize) -> Result<Option<Vec<i64>>> {
        let (Next { now, .. }, rows) = (next, self.limits.rows);
        match part {
            0 => self.walk_part(next, part, (&format!("l.next_due_at < {now}"), "l.next_due_at, l.number DESC"), limit),
            1 if self.unopened()? > rows => Ok(None),
            1 => self.sorted_part(
                next,
                part,
                &format!("l.handed_at IS NOT NULL AND l.opened_at IS NULL AND l.rating = {HOT}"),
                limit,
            ),
            2 | 3 if self.shape.is_pinned => {
                let few = format!("l.open_activities = 0 AND l.status = {OPEN}");
                self.sorted_part(next, part, &few, limit)
            }
            2 if next.fast == [0; Next::FAST] => Ok(Some(Vec::new())),
            2 | 3 => self.walk_part(next, part, ("1 = 1", "l.number DESC"), limit),
            // what begins today without a time is not late
            4 => self.walk_part(next, part, ("l.next_due_at IS NOT NULL", "l.next_due_at, l.number DESC"), limit),
            // closed leads are seldom asked for and by no index in this order
            _ if self.is_open_only() => Ok(Some(Vec::new())),
            _ => Ok(None),
        }
    }

    /// Whether the filter lets through no lead that is closed.
    fn is_open_only(&self) -> bool {
        use crate::query::ast::{Expr, Op, Operand};
        let status = self.registry().id("status");
        let is_open = |part: &Expr| matches!(part, Expr::Compare { field, op: Op::Is, values } if *field == status && values.as_slice() == [Operand::Code(OPEN)]);
        match &self.query.filter {
            Expr::And(parts) => parts.iter().any(is_open),
            one => is_open(one),
        }
    }

    /// How many leads were handed over and not opened, counted a little further than it matters.
    fn unopened(&self) -> Result<usize> {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM lead h WHERE h.handed_at IS NOT NULL AND h.opened_at IS NULL LIMIT {})",
            self.limits.rows + 1
        );
        Ok(usize::try_from(self.db.number(&sql, &[])?).unwrap_or(usize::MAX))
    }

    /// Looks at so many entries of the index of an order and keeps those of the part that the filter finds.
    fn walk_part(&self, next: Next, part: i64, (within, order): (&str, &str), limit: usize) -> Result<Option<Vec<i64>>> {
        let compiled = compile_with(self.query, self.ctx, Common::Checked);
        let most = self.limits.rows;
        let sql = format!(
            "SELECT l.number, CASE WHEN {} AND {} = {part} THEN 1 ELSE 0 END FROM lead l
             WHERE {within} ORDER BY {order} LIMIT {most}",
            compiled.condition,
            part_of_next(next)
        );
        let (mut found, mut seen) = (Vec::new(), 0);
        self.db.visit(&sql, &compiled.values, |row| {
            seen += 1;
            if row.int(1)? == 1 {
                found.push(row.int(0)?);
            }
            Ok(found.len() < limit)
        })?;
        Ok((found.len() >= limit || seen < most).then_some(found))
    }

    /// The leads of a part that an index of few, or of one owner, leads to.
    fn sorted_part(&self, next: Next, part: i64, within: &str, limit: usize) -> Result<Option<Vec<i64>>> {
        let compiled = compile_with(self.query, self.ctx, Common::Sought);
        let order = if matches!(part, 2 | 3) { "l.number DESC" } else { "l.next_due_at NULLS LAST, l.number DESC" };
        let sql = format!(
            "SELECT l.number FROM lead l WHERE {} AND {within} AND {} = {part} ORDER BY {order} LIMIT {limit}",
            compiled.condition,
            part_of_next(next)
        );
        self.db.rows(&sql, &compiled.values, |row| row.int(0)).map(Some)
    }

    /// Fetches the leads with the part and what is due, and sorts them.
    pub(super) fn fetch_next(&self, next: Next, limit: usize) -> Result<Vec<i64>> {
        let mut leads = Vec::new();
        self.fetch(&format!(", {}, l.next_due_at", part_of_next(next)), |number, row| {
            leads.push(([row.int(1)?, row.opt_int(2)?.unwrap_or(i64::MAX)], number));
            Ok(true)
        })?;
        Ok(sorted(leads, true, limit))
    }
}
