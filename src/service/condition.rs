//! What holds of every filter that is saved to be asked for everybody: of rules and of points. Asks nothing of the database.

use crate::model::definition::Rule;
use crate::model::entity::Entity;
use crate::model::field::read::Reading;
use crate::query::ast::{Expr, IsKind, Query as Filter};
use crate::query::{QueryError, parse, parse_whole};
use crate::service::context::Context;

/// Reads a filter that is asked in nobody's name; `what` is whose it is, as `a rule`.
pub(in crate::service) fn of_everybody(reading: &Reading<'_>, when: &str, what: &str) -> Result<Filter, String> {
    let read = |me: i64| -> Result<Filter, QueryError> { parse_whole(when, &Reading { me, ..*reading }) };
    let one = read(reading.me).map_err(|error| error.to_string())?;
    if !one.sort.is_empty() {
        return Err(format!("{what} has no order; leave sort: out"));
    }
    // read for a user that nobody is, it must mean the same
    let mut asks_me = read(0).ok().as_ref() != Some(&one);
    each(&one.filter, &mut |expr| asks_me |= matches!(expr, Expr::Is(IsKind::Mine | IsKind::New | IsKind::Draft)));
    if asks_me {
        return Err(format!("{what} is the same for everybody, so its filter asks for nobody's own: say owner:ana for owner:me"));
    }
    Ok(one)
}

/// Reads the condition of a rule that is asked now; the error says why it cannot be.
pub(in crate::service) fn of_rule(ctx: &Context, rule: &Rule) -> Result<Filter, String> {
    if rule.unit.is_some_and(|unit| ctx.catalog.people.unit(unit).is_none()) {
        return Err("the business unit or channel partner whose rule it is is gone; give it another, or none".into());
    }
    parse(&rule.when, &ctx.reading_of(Entity::Lead)).map_err(|error| error.to_string())
}

/// Calls `visit` for a condition and every one inside it, also for those on linked records.
pub(in crate::service) fn each(expr: &Expr, visit: &mut impl FnMut(&Expr)) {
    let mut linked = Vec::new();
    expr.visit(&mut |part| {
        visit(part);
        if let Expr::Linked { inner, .. } = part {
            linked.push(inner.clone());
        }
    });
    for inner in linked {
        each(&inner, visit);
    }
}
