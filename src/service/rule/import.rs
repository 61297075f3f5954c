//! The rules at the end of an import: asked about all its new leads by set, before it is complete.

use std::sync::Arc;

use super::apply::Told;
use super::ask;
use super::book::Book;
use super::event::{Event, EventKind};
use super::route::Routed;
use crate::error::Result;
use crate::model::entity::Entity;
use crate::service::act::Tx;
use crate::service::context::Context;
use crate::store::lists;
use crate::store::log::Made;

/// Whether rules wait for leads that come in files.
pub fn waits(tx: &Tx<'_>) -> bool {
    let event = Event::of(EventKind::Imported);
    tx.ctx.catalog.rules().any(|(_, rule)| rule.active && event.wakes(rule).is_some())
}

/// Asks the rules about the leads that an import made, whose searched words are in the index by now. They get their owners as if they had
/// come with them.
pub fn imported(tx: &mut Tx<'_>, made: Made) -> Result<Routed> {
    if made.entity != Entity::Lead || !waits(tx) {
        return Ok(Routed::default());
    }
    let event = Event::of(EventKind::Imported);
    let leads: Vec<i64> = (made.first..=made.last).collect();
    // the file may have made campaigns and sources that rules ask for
    let now = match tx.has_changed_catalog() {
        true => Some(Context { catalog: Arc::new(lists::catalog(tx.db)?), ..tx.ctx.clone() }),
        false => None,
    };
    let ctx = now.as_ref().unwrap_or(tx.ctx);
    let book = Book::new(&ctx.catalog.definitions, &event, leads.len(), ctx);
    let mut told = Told::default();
    ask(tx, &book, &event, &leads, Some(made), &mut told)?;
    Ok(Routed::from(&told))
}
