//! What is chosen on the page: for the account, for the contact, for the opportunity, and what follows from it in words. Takes no key.

use crate::model::choice::Set;
use crate::model::clean::clean;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::field::read::{currency_in, read_in};
use crate::model::value::Value;
use crate::service::qualify::matches::{Candidates, Match};
use crate::service::qualify::{Deal, Part, QualifyLead, from_lead};
use crate::tui::env::Env;

/// The reason of a qualified lead unless another is chosen. Source: the default of statuscode.
const QUALIFIED_REASON: i64 = 3;

/// The values of the opportunity that can be changed on the page, in the order of its line.
pub(super) const PARTS: [&str; 4] = ["name", "estimated_value", "estimated_close_date", "owner"];

/// One thing that can stand for the account or the contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) part: Part,
    /// What it is.
    pub(super) label: String,
    /// Why it is offered.
    pub(super) detail: String,
}

/// What can stand for the account, or for the contact.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    pub(super) entity: Entity,
    pub(super) rows: Vec<Choice>,
    pub(super) chosen: usize,
}

impl Choices {
    fn new(entity: Entity, new: Option<String>, matches: &[Match], first: Part) -> Self {
        let new = new.map(|name| Choice { part: Part::New, label: format!("new “{name}”"), detail: String::new() });
        let found = matches.iter().map(|found| {
            let place = if found.place.is_empty() { String::new() } else { format!(" · {}", found.place) };
            let label = format!("{} {}{place}", found.key, found.name);
            Choice { part: Part::Existing(found.key.number), label, detail: found.reasons.join(", ") }
        });
        let none = Choice { part: Part::None, label: "none".into(), detail: String::new() };
        let rows: Vec<Choice> = new.into_iter().chain(found).chain([none]).collect();
        let chosen = rows.iter().position(|row| row.part == first).unwrap_or(rows.len() - 1);
        Self { entity, rows, chosen }
    }

    /// What is chosen.
    pub(super) fn part(&self) -> Part {
        self.rows.get(self.chosen).map_or(Part::None, |row| row.part)
    }

    /// The record that is chosen, if it is there already.
    fn existing(&self) -> Option<RecordId> {
        match self.part() {
            Part::Existing(number) => Some(self.entity.numbered(number)),
            _ => None,
        }
    }

    /// Another record that was looked up: chosen, and offered from now on.
    pub(super) fn take(&mut self, record: RecordId, name: &str) {
        let part = Part::Existing(record.number);
        self.chosen = match self.rows.iter().position(|row| row.part == part) {
            Some(place) => place,
            None => {
                let place = self.rows.len() - 1;
                let row = Choice { part, label: format!("{record} {name}"), detail: "found by you".into() };
                self.rows.insert(place, row);
                place
            }
        };
    }
}

/// All that is chosen on the page.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) found: Candidates,
    pub(super) account: Choices,
    pub(super) contact: Choices,
    /// Whether an opportunity is made.
    pub(super) with_deal: bool,
    /// Values of the opportunity that are other than what the lead says.
    changed: Vec<(FieldId, Value)>,
    pub(super) reason: i64,
}

/// One line of what will be done: a sign, what, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Consequence {
    pub(super) sign: char,
    pub(super) what: String,
    pub(super) how: String,
}

impl Page {
    pub(super) fn new(found: Candidates, env: &Env) -> Self {
        let registry = &env.catalog.lead;
        let text = |name| clean(found.lead.text(registry, name)).into_owned();
        let company = Some(text("company")).filter(|company| !company.is_empty());
        let first = match found.matches.account(&found.lead, &env.catalog) {
            Part::New if company.is_none() => Part::None,
            part => part,
        };
        let account = Choices::new(Entity::Account, company, &found.matches.accounts, first);
        let contact = Choices::new(Entity::Contact, Some(text("name")), &found.matches.contacts, found.matches.contact());
        let with_deal = found.matches.opportunity.is_none();
        Self { found, account, contact, with_deal, changed: Vec::new(), reason: QUALIFIED_REASON }
    }

    /// The value of the opportunity: as it was changed here, else as the lead has it.
    pub(super) fn value(&self, name: &'static str, env: &Env) -> Value {
        let id = env.catalog.opportunity.id(name);
        let changed = self.changed.iter().find(|(field, _)| *field == id).map(|(_, value)| value.clone());
        changed.unwrap_or_else(|| {
            let values = from_lead(&env.catalog, &self.found.lead, Entity::Opportunity);
            values.into_iter().find(|(field, _)| *field == id).map_or(Value::None, |(_, value)| value)
        })
    }

    /// The currency of the opportunity.
    pub(super) fn currency(&self, env: &Env) -> String {
        match self.value("currency", env).as_text() {
            "" => env.locale.currency.to_string(),
            code => code.to_owned(),
        }
    }

    /// Another value, as it was typed; the error is a sentence.
    pub(super) fn change(&mut self, field: FieldId, text: &str, env: &Env) -> Result<(), String> {
        let registry = &env.catalog.opportunity;
        let reading = env.reading_of(Entity::Opportunity);
        let own = currency_in(registry.field(field), text, &reading);
        let currency = own.map_or_else(|| self.currency(env), str::to_owned);
        let value = read_in(registry.field(field), text, &currency, &reading).map_err(|problem| problem.message)?;
        if registry.field(field).required && value.is_none() {
            return Err(format!("{} is needed", registry.field(field).label));
        }
        self.put(field, value);
        if let Some(code) = own {
            self.put(registry.id("currency"), Value::text(code));
        }
        Ok(())
    }

    /// Another value.
    pub(super) fn put(&mut self, field: FieldId, value: Value) {
        self.changed.retain(|(other, _)| *other != field);
        self.changed.push((field, value));
    }

    /// Whether a value was given by hand.
    pub(super) fn is_changed(&self, field: FieldId) -> bool {
        self.changed.iter().any(|(other, _)| *other == field)
    }

    /// The act that does it.
    pub(super) fn act(&self) -> QualifyLead {
        QualifyLead {
            lead: self.found.lead.key.number,
            account: self.account.part(),
            contact: self.contact.part(),
            opportunity: self.with_deal.then(|| Deal { values: self.changed.clone(), customer: None }),
            reason: Some(self.reason),
        }
    }

    /// How many fields of the lead go into a new record.
    fn fields(&self, entity: Entity, env: &Env) -> String {
        match from_lead(&env.catalog, &self.found.lead, entity).len() {
            1 => "1 field from the lead".to_owned(),
            count => format!("{count} fields from the lead"),
        }
    }

    /// What will be written where.
    pub(super) fn consequences(&self, env: &Env) -> Vec<Consequence> {
        let line = |sign, what: String, how: String| Consequence { sign, what, how };
        let mut lines = Vec::new();
        let mut readers = 1;
        for choices in [&self.account, &self.contact] {
            if choices.part() == Part::New {
                lines.push(line('+', choices.entity.name().to_owned(), self.fields(choices.entity, env)));
                readers += 1;
            }
        }
        let linked: Vec<String> =
            [&self.account, &self.contact].iter().filter_map(|c| c.existing()).map(|key| key.to_string()).collect();
        if !linked.is_empty() {
            readers += linked.len();
            let how = if linked.len() == 1 { "linked; nothing in it changes" } else { "linked; nothing in them changes" };
            lines.push(line('=', linked.join(", "), how.into()));
        }
        if self.with_deal {
            let customer = [&self.account, &self.contact].iter().find(|c| c.part() != Part::None).map(|c| match c.existing() {
                Some(key) => format!(" for {key}"),
                None => format!(" for the new {}", c.entity.name()),
            });
            let what = format!("opportunity{}", customer.unwrap_or_default());
            lines.push(line('+', what, format!("stage Develop, {}", self.fields(Entity::Opportunity, env))));
            readers += 1;
        }
        let reason = env.catalog.choices.label(Set::StatusReason, self.reason);
        let counts = [
            (self.found.notes, "note", "notes"),
            (self.found.files, "file", "files"),
            (self.found.activities, "activity", "activities"),
            (self.found.requests, "request", "requests"),
        ];
        let counts = counts.iter().filter(|(count, ..)| *count > 0);
        let counted = |(count, one, many): &(i64, &str, &str)| format!("{count} {}", if *count == 1 { one } else { many });
        let read: Vec<String> = counts.clone().map(counted).collect();
        let are = if counts.map(|(count, ..)| count).sum::<i64>() == 1 { "is" } else { "are" };
        let notes = match (read.is_empty(), readers) {
            (true, _) | (_, 1) => String::new(),
            (false, n) => format!("; {} {are} read on all {n} records (one copy)", read.join(", ")),
        };
        lines.push(line('~', self.found.lead.key.to_string(), format!("closed as {reason}{notes}")));
        lines
    }
}
