//! The lead that is best worked next, and why it is: late, hot and new, without a next step, due. Orders nothing itself; `sort:next`
//! does.

use crate::model::choice::HOT;
use crate::model::dates::{ago, show_next};
use crate::model::entity::Entity;
use crate::query;
use crate::service::record::read::{ListPage, ListRow};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::listing;
use crate::worker::reader::{AnyQuery, Slot};

/// The open leads of the person, the best first.
const MINE: &str = "status:open is:mine sort:next";

/// Asks which it is.
pub fn ask(cx: &mut Cx<'_>) {
    match query::parse(MINE, &cx.env.reading()) {
        Ok(filter) => {
            let page = ListPage { filter, limit: 1, fields: listing::fields(Entity::Lead, cx.env) };
            cx.ask(Slot::NextBest, AnyQuery::Page(page));
        }
        Err(error) => cx.complain(error.to_string()),
    }
}

/// Why this one comes first.
pub fn reason(row: &ListRow, env: &Env) -> String {
    let now = env.now();
    let why = match row.due {
        Some(due) if due < now => format!("its next step is late since {}", ago(due, now)),
        _ if row.unopened && row.rating == HOT => "it is hot and new to you".into(),
        _ if row.idle => "it has no next step".into(),
        Some(due) => format!("its next step comes first: {}", show_next(due, now, env.zone)),
        None if row.unopened => "it is new to you".into(),
        None => "nothing of yours is more urgent".into(),
    };
    format!("next: {} · {why}", row.key)
}
