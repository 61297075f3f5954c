//! The end of a row: what can be placed only when all its cells are read. Names, further e-mail addresses, the status, currencies,
//! and what a record needs but the row lacks.

use super::draft::{Filled, NewChoice};
use super::foreign::foreign;
use super::ids::Ids;
use super::plan::Plan;
use super::row::Row;
use super::status::Status;
use crate::model::catalog::Catalog;
use crate::model::choice::{CONTACTED, OPEN, Set};
use crate::model::entity::{Entity, RecordName};
use crate::model::field::{FieldId, Kind};
use crate::model::fold::fold;
use crate::model::value::Value;
use crate::model::{email, name};

impl Row {
    /// Puts waiting addresses into the free e-mail fields, in their order.
    pub fn place_emails(&mut self, ids: Ids, plan: &Plan) {
        for cell in std::mem::take(&mut self.emails) {
            let text = cell.1.trim();
            let parsed: Result<Vec<String>, String> = match email::parse(text) {
                Ok(address) => Ok(vec![address]),
                Err(message) => {
                    let parts: Vec<&str> = text.split([';', ',', ' ', '\n', '\r']).filter(|p| !p.is_empty()).collect();
                    let all: Result<Vec<String>, String> = parts.into_iter().map(email::parse).collect();
                    all.map_err(|_| message)
                }
            };
            let addresses = match parsed {
                Ok(addresses) => addresses,
                Err(message) => {
                    self.draft.problem("email", format!("{message}; kept in imported_rest"));
                    self.keep(plan, &cell);
                    continue;
                }
            };
            let whole = addresses.iter().map(String::len).sum::<usize>() + addresses.len() * 2 >= text.len();
            let placed = addresses.into_iter().all(|address| self.place_email(ids, address));
            if !placed {
                self.draft.problem("email", "has more addresses than there are fields; kept in imported_rest");
            }
            if !placed || !whole {
                self.keep(plan, &cell);
            }
        }
    }

    fn place_email(&mut self, ids: Ids, address: String) -> bool {
        let key = email::key(&address);
        if address.chars().count() > 100 || ids.emails.iter().any(|id| email::key(self.text(*id)) == key) {
            return address.chars().count() <= 100;
        }
        let free = ids.emails.into_iter().flatten().find(|id| !self.draft.has(*id));
        free.is_some_and(|id| self.take(ids, id, Value::Text(address)))
    }

    /// Takes full names apart where the row has no last name, and keeps those that say something else than the row's names.
    pub fn place_names(&mut self, ids: Ids, plan: &Plan) {
        let (Some(last), [Some(salutation), Some(first), Some(middle)]) = (ids.last, [ids.salutation, ids.first, ids.middle])
        else {
            return;
        };
        for cell in std::mem::take(&mut self.names) {
            let text = cell.1.trim();
            if !self.draft.has(last) {
                let parts = name::split(text);
                let fields = [(salutation, &parts.salutation, 100), (first, &parts.first, 50), (middle, &parts.middle, 50)];
                let fits = |part: &str, max: usize| part.chars().count() <= max;
                if foreign(text).is_some() {
                    let heading = plan.columns.get(cell.0).map_or("name", |c| c.heading.as_str());
                    let message =
                        format!("{heading} holds no name but an id or object of another program; kept in imported_rest");
                    self.draft.common("name", message, text);
                } else if fits(&parts.last, 50) && fields.iter().all(|(_, part, max)| fits(part, *max)) {
                    self.take(ids, last, Value::text(parts.last.as_str()));
                    for (id, part, _) in fields.into_iter().filter(|(_, part, _)| !part.is_empty()) {
                        self.take(ids, id, Value::text(part.as_str()));
                    }
                } else {
                    self.draft.problem("name", "has parts longer than a name can be; kept in imported_rest");
                }
            }
            if !self.says_name(ids, text) {
                self.keep(plan, &cell);
            }
        }
    }

    /// Whether the row's names, in one of the usual ways of writing, are this text.
    fn says_name(&self, ids: Ids, text: &str) -> bool {
        let [salutation, first, middle, last] = [ids.salutation, ids.first, ids.middle, ids.last].map(|id| self.text(id));
        let given = name::full(first, middle, "");
        let full = name::full(first, middle, last);
        let (text, is) = (fold(text), |written: &str| fold(written));
        !last.is_empty()
            && (text == is(&full)
                || text == is(&name::full(first, "", last))
                || text == is(&name::full(salutation, "", &full))
                || text == is(&format!("{last}, {given}"))
                || text == is(&format!("{last}, {}", name::full(salutation, "", &given))))
    }

    /// Lets a stage that says how a sale ended speak as its status, where the row has no other.
    pub fn place_last_stage(&mut self, plan: &Plan) {
        match (self.last_stage.take(), &self.status) {
            (Some(stage), None) => self.status = Some((stage.0, stage.1.trim().to_owned())),
            (Some(stage), Some(_)) => self.keep(plan, &stage),
            (None, _) => {}
        }
    }

    /// Sets state, reason, rating and closing date, and keeps the words that these do not show.
    pub fn place_status(&mut self, ids: Ids, plan: &Plan, found: &Status) {
        let one = plan.entity.one();
        let is_lead = plan.entity == Entity::Lead;
        let (status, reason) = (self.status.take(), self.reason.take());
        let said = status.as_ref().map_or("", |(_, text)| text.as_str());
        if let Some((state, reason)) = found.state {
            for (id, code) in [(ids.status, state), (ids.reason, reason)] {
                id.into_iter().for_each(|id| self.set(ids, id, Value::Choice(code)));
            }
        }
        let rated = found.rating.zip(ids.rating).is_none_or(|(rating, id)| self.take(ids, id, Value::Choice(rating)));
        if found.unknown && is_lead {
            self.draft.common("status", format!("“{said}” is no status of leadbook; read as Open · Contacted"), "");
        } else if found.unknown {
            self.draft.common("status", format!("“{said}” is no status of {one}; kept in imported_rest"), "");
        } else if let Some(contradiction) = &found.contradiction {
            self.draft.problem("status", contradiction.clone());
        } else if is_lead && found.state == Some((OPEN, CONTACTED)) && fold(said) == "qualified" {
            self.draft.common("status", "“Qualified” but not converted; read as Open · Contacted", "");
        }
        let word = reason.as_ref().filter(|_| !found.shows_reason && found.contradiction.is_none());
        if let (Some((_, word)), true) = (word, plan.options.keep_unknown && is_lead && found.is_new_reason)
            && let (Some(id), Some((state, _))) = (ids.reason, found.state.filter(|(state, _)| *state != OPEN))
            && let Some(label) = own_reason(word)
        {
            self.unset(id);
            self.draft.new_choices.push(NewChoice { field: id, set: Set::StatusReason, label, state: Some(state) });
            for cell in status.iter().filter(|_| !found.shows_status || !rated) {
                self.keep(plan, cell);
            }
            return self.place_closed(ids, plan, found);
        }
        let more = if is_lead { "; --keep-unknown, or Unknown reasons on the page of the import, makes it your own" } else { "" };
        if let Some((_, word)) = word {
            self.draft.common("status_reason", format!("“{word}” is no reason of such {one}; kept in imported_rest{more}"), "");
        }
        for cell in status.iter().filter(|_| !found.shows_status || !rated).chain(reason.iter().filter(|_| !found.shows_reason)) {
            self.keep(plan, cell);
        }
        self.place_closed(ids, plan, found);
    }

    /// Sets when the record was closed, and takes back what only a closed one has.
    fn place_closed(&mut self, ids: Ids, plan: &Plan, found: &Status) {
        if let Some((cell, value)) = self.closed.take() {
            match ids.closed_at.filter(|_| found.state.is_some_and(|(state, _)| state != OPEN)) {
                Some(id) => self.set(ids, id, value),
                None => self.keep(plan, &cell),
            }
        }
        if found.state.is_none_or(|(state, _)| state == OPEN) {
            for (id, cell) in std::mem::take(&mut self.closing) {
                self.unset(id);
                self.keep(plan, &cell);
            }
        }
    }

    /// Sets the currency that amounts were written with; an amount in another one than the row's is kept instead.
    pub fn place_currency(&mut self, ids: Ids, plan: &Plan) {
        let Some(currency) = ids.currency else { return };
        for (id, code, cell) in std::mem::take(&mut self.amounts) {
            if !self.draft.has(id) {
                continue;
            }
            if !self.take(ids, currency, Value::Text(code.to_owned())) {
                let (own, one) = (self.text(ids.currency), plan.entity.name());
                let message = format!("is in {code}, the {one} in {own}; kept in imported_rest");
                self.draft.problem(plan.columns.get(cell.0).map_or("currency", |c| c.heading.as_str()), message);
                self.unset(id);
                self.keep(plan, &cell);
            }
        }
    }

    /// Fills what such a record needs and the row lacks: a topic from campaign, source or the file's name, a last name from company,
    /// e-mail or the id, another name from what the row says of it.
    pub fn fill(&mut self, ids: Ids, plan: &Plan, catalog: &Catalog) {
        let label = |row: &Self, id: Option<FieldId>| id.and_then(|id| row.label(id, catalog));
        if let Some(topic) = ids.topic.filter(|id| !self.draft.has(*id)) {
            let (text, from) = match (label(self, ids.campaign), label(self, ids.source)) {
                (Some(campaign), _) => (campaign, "campaign"),
                (None, Some(source)) => (source, "source"),
                (None, None) => (plan.file.input.stem(), "file name"),
            };
            self.invent(ids, topic, catalog, &text, from);
        }
        if let Some(last) = ids.last.filter(|id| !self.draft.has(*id)) {
            let found = [(self.text(ids.company).to_owned(), "company"), (self.referred(ids.account), "account")];
            let (text, from) = found.into_iter().find(|(text, _)| !text.is_empty()).unwrap_or_else(|| self.handle(ids));
            self.invent(ids, last, catalog, &text, from);
        }
        if let Some(name) = ids.name.filter(|id| !self.draft.has(*id)) {
            let account = self.referred(ids.account);
            let campaign = label(self, ids.campaign).unwrap_or_default();
            let website = self.text(ids.website).to_owned();
            let found = [(account, "account"), (campaign, "campaign"), (website, "website")];
            let (text, from) = match found.into_iter().find(|(text, _)| !text.is_empty()) {
                Some(found) => found,
                // a sale is called after what it is about, and that may stand over the whole list
                None if ids.account.is_some() => (plan.file.input.stem(), "file name"),
                None => self.handle(ids),
            };
            self.invent(ids, name, catalog, &text, from);
        }
    }

    /// What a record may be called by that has no name: its address, else its id or its row.
    fn handle(&self, ids: Ids) -> (String, &'static str) {
        let address = ids.emails.iter().map(|id| self.text(*id)).find(|t| !t.is_empty()).unwrap_or_default();
        let local = address.split('@').next().unwrap_or_default();
        if !local.is_empty() {
            (local.to_owned(), "email")
        } else if !self.draft.hashed {
            (self.draft.import_key.clone(), "import_key")
        } else {
            (format!("row {}", self.draft.row), "row")
        }
    }

    /// The name by which the row refers to another record; empty where it has none or only an id.
    fn referred(&self, id: Option<FieldId>) -> String {
        let found = self.draft.references.iter().filter(|r| Some(r.field) == id && !r.is_id).map(|r| r.text.trim());
        found.filter(|text| RecordName::parse(text).is_none()).map(str::to_owned).next().unwrap_or_default()
    }

    fn invent(&mut self, ids: Ids, id: FieldId, catalog: &Catalog, text: &str, from: &'static str) {
        let field = catalog.field(id);
        let cut: String = text.chars().take(field.max as usize).collect();
        self.set(ids, id, Value::Text(cut.trim().to_owned()));
        self.draft.filled.push(Filled { field: field.name, from });
    }

    /// The label that a choice field has or will have.
    fn label(&self, id: FieldId, catalog: &Catalog) -> Option<String> {
        let Kind::Choice(set) = catalog.field(id).kind else { return None };
        match self.draft.get(id) {
            Some(Value::Choice(code)) => Some(catalog.choices.label(set, *code)),
            _ => self.draft.new_choices.iter().find(|c| c.field == id).map(|c| c.label.clone()),
        }
    }
}

/// What a reason is called that a list does not have yet; none of what is no name.
fn own_reason(word: &str) -> Option<String> {
    let label = word.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=100).contains(&label.chars().count()) && label.contains(char::is_alphabetic);
    Some(label).filter(|label| fits && foreign(label).is_none())
}
