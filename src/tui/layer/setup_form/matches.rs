//! How many open leads a condition finds now, and the first of them, asked while it is typed and while the cursor moves.

use crate::model::choice::OPEN;
use crate::model::entity::Entity;
use crate::query::{self, Expr, Op, Operand, Query, QueryError};
use crate::service::record::read::{CountRecords, ListPage, ListRow};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::Incoming;
use crate::tui::layer::listing;
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// How many of the leads are named.
pub const FIRST: usize = 5;

/// What a condition finds.
#[derive(Debug, Default)]
pub struct Matches {
    /// The condition that was asked about.
    asked: Option<Query>,
    /// The serials of the questions.
    serials: (u64, u64),
    /// How many; none until that is known.
    pub count: Option<u64>,
    /// The first of them.
    pub first: Vec<ListRow>,
    /// Which leads are asked about where these are not all, behind “no open lead matches now”.
    whose: &'static str,
    /// What went wrong.
    pub failed: Option<String>,
}

/// The open leads that a condition finds, of a partner or entered by the people of a unit; an error where it cannot be read.
fn open_leads(when: &str, unit: Option<i64>, env: &Env) -> Result<Query, QueryError> {
    let parsed = query::parse(when, &env.reading())?;
    let (lead, people) = (&env.catalog.lead, &env.catalog.people);
    let is = |name, codes: Vec<i64>| {
        let values = codes.into_iter().map(Operand::Code).collect();
        Expr::Compare { field: lead.id(name), op: Op::Is, values }
    };
    let whose = unit.and_then(|unit| people.unit(unit)).map(|unit| match unit.partner {
        Some(partner) => is("partner", vec![partner]),
        None => {
            let within = people.users.iter().filter(|user| people.is_within(user.unit, unit.number));
            // of a unit without people: nobody's
            is("created_by", within.map(|user| user.number).chain([0]).collect())
        }
    });
    let parts = [Some(is("status", vec![OPEN])), whose, Some(parsed.filter)];
    Ok(Query { entity: Entity::Lead, filter: Expr::and(parts.into_iter().flatten()), sort: parsed.sort })
}

impl Matches {
    /// Asks about a condition of a unit's or partner's rule, or a general one, where it can be read and is another than the last; `again`
    /// asks in any case.
    pub fn ask(&mut self, when: &str, unit: Option<i64>, again: bool, cx: &mut Cx<'_>) {
        let Ok(filter) = open_leads(when, unit, cx.env) else { return };
        if !again && self.asked.as_ref() == Some(&filter) {
            return;
        }
        self.asked = Some(filter.clone());
        self.whose = match unit.and_then(|unit| cx.env.catalog.people.unit(unit)) {
            Some(unit) if unit.partner.is_some() => " among leads of the partner",
            Some(_) => " among those that the unit's people entered",
            None => "",
        };
        (self.count, self.failed) = (None, None);
        if !again {
            self.first.clear();
        }
        let page = ListPage { filter: filter.clone(), limit: FIRST, fields: listing::fields(Entity::Lead, cx.env) };
        let first = cx.ask(Slot::RuleFirst, AnyQuery::Page(page));
        let count = cx.ask(Slot::RuleCount, AnyQuery::Count(CountRecords { filter }));
        self.serials = (first, count);
    }

    /// Forgets what was asked.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Takes what is its own of what came back.
    pub fn take(&mut self, incoming: &Incoming<'_>) {
        let Incoming::Answer { slot: Slot::RuleFirst | Slot::RuleCount, serial, result } = incoming else { return };
        if *serial != self.serials.0 && *serial != self.serials.1 {
            return;
        }
        match result {
            Ok(Answer::Rows(rows)) => self.first.clone_from(rows),
            Ok(Answer::Count(count, _)) => self.count = Some(*count),
            Ok(_) => {}
            Err(error) => self.failed = Some(error.to_string()),
        }
    }

    /// How many match, in words.
    pub fn words(&self, env: &Env) -> String {
        match (&self.failed, self.count) {
            (Some(failed), _) => format!("! {failed}"),
            (None, None) => "counting …".into(),
            (None, Some(0)) => format!("no open lead matches now{}", self.whose),
            (None, Some(1)) => "1 open lead matches now".into(),
            (None, Some(count)) => {
                let count = crate::model::number::show_count(i64::try_from(count).unwrap_or(i64::MAX), &env.locale);
                format!("{count} open leads match now")
            }
        }
    }
}
