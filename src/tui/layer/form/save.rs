//! Saving a form: all problems at once, the act, what comes back, and leaving without saving. Draws nothing.

use super::{Form, Phase, Spot, Subject};
use crate::error::{Error, Problem, Result};
use crate::model::field::{FieldId, Kind};
use crate::model::value::Value;
use crate::service::act::Done;
use crate::service::record::create::CreateRecord;
use crate::service::record::update::UpdateRecord;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::layer::Flow;
use crate::tui::layer::Outcome;
use crate::tui::layer::conflict::ConflictLayer;
use crate::worker::writer::{AnyAct, Reply};

/// What the next new record begins with when one follows the other.
const CARRIED: &[&str] = &["source", "tags", "owner"];

impl Form {
    /// What is to be written, or every problem there is.
    fn changes(&self, env: &Env) -> Result<Vec<(FieldId, Value)>, Vec<Problem>> {
        let registry = env.catalog.registry(self.entity);
        let (mut values, mut problems) = (Vec::new(), Vec::new());
        for entry in &self.entries {
            let field = registry.field(entry.id);
            let empty = field.required && entry.input.text().trim().is_empty();
            if empty && entry.locked.is_none() && (self.subject == Subject::New || entry.is_changed()) {
                problems.push(Problem::new(field.name, format!("{} is needed", field.label)));
                continue;
            }
            match entry.change(&self.terms, env) {
                Ok(Some(value)) => values.push((entry.id, value)),
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
        // an amount that names its currency brings it along
        let currency = registry.find("currency");
        let has_amount = values.iter().any(|(id, value)| registry.field(*id).kind == Kind::Money && !value.is_none());
        if let Some(id) = currency.filter(|id| has_amount && !values.iter().any(|(other, _)| other == id)) {
            let held = self.entries.iter().find(|entry| entry.id == id).is_some_and(|entry| !entry.input.is_empty());
            if !held {
                values.push((id, Value::text(self.terms.currency.clone())));
            }
        }
        if problems.is_empty() { Ok(values) } else { Err(problems) }
    }

    pub(super) fn save(&mut self, next: bool, cx: &mut Cx<'_>) -> Flow {
        self.terms = self.read_terms(cx.env);
        let values = match self.changes(cx.env) {
            Ok(values) => values,
            Err(problems) => {
                self.refused(&problems, cx);
                return Flow::Stay;
            }
        };
        let act = match self.subject {
            Subject::New => AnyAct::Create(CreateRecord { entity: self.entity, values }),
            Subject::Record(_) if values.is_empty() => {
                self.drop_draft(cx);
                cx.say("nothing was changed");
                return Flow::Close;
            }
            Subject::Record(record) => {
                let seen = self.entries.iter().filter_map(|entry| Some((entry.id, entry.seen()?.clone())));
                let seen = seen.filter(|(id, _)| values.iter().any(|(changed, _)| changed == id)).collect();
                AnyAct::Update(UpdateRecord { record, version: self.version, seen, values })
            }
        };
        self.phase = Phase::Saving { ticket: cx.act(act), next };
        Flow::Stay
    }

    /// Puts each problem at its field and the cursor at the first.
    fn refused(&mut self, problems: &[Problem], cx: &mut Cx<'_>) {
        let registry = cx.env.catalog.registry(self.entity);
        let mut elsewhere = Vec::new();
        for problem in problems {
            let place = self.entries.iter().position(|entry| registry.field(entry.id).name == problem.field);
            match place {
                Some(place) => {
                    self.entries[place].problem = Some(problem.message.clone());
                    self.rare.remove(&place);
                }
                None => elsewhere.push(problem.message.as_str()),
            }
        }
        if let Some(place) = self.entries.iter().position(|entry| entry.problem.is_some()) {
            self.go(Spot::Field(place), cx.env);
        }
        let first = self.entries.iter().find_map(|entry| entry.problem.clone()).unwrap_or_default();
        cx.complain(match (problems.len(), elsewhere.as_slice()) {
            (_, [message, ..]) => (*message).to_owned(),
            (1, _) => first,
            (count, _) => format!("{count} fields are not right yet; the first: {first}"),
        });
    }

    /// The writer answered.
    pub(super) fn written(&mut self, result: &Result<Done<Reply>>, next: bool, cx: &mut Cx<'_>) -> Flow {
        self.phase = Phase::Ready;
        match result {
            Ok(done) => {
                self.drop_draft(cx);
                if next && self.subject == Subject::New {
                    return Flow::Replace(Box::new(Self::new_record(self.entity, self.carried(cx.env), cx)));
                }
                return match done.reply {
                    Reply::Number(number) => Flow::Done(Outcome::Made(self.entity.numbered(number))),
                    _ => Flow::Close,
                };
            }
            Err(Error::Conflict(conflict)) if !conflict.clashes.is_empty() => {
                return Flow::Push(Box::new(ConflictLayer::new((**conflict).clone())));
            }
            Err(Error::Invalid(problems)) => self.refused(problems, cx),
            Err(error) => cx.complain(error.to_string()),
        }
        Flow::Stay
    }

    /// It was decided whose values are kept: saves the rest against the new version.
    pub(super) fn resolved(&mut self, version: i64, theirs: &[(String, String)], cx: &mut Cx<'_>) -> Flow {
        self.version = Some(version);
        for entry in &mut self.entries {
            let name = cx.env.catalog.field(entry.id).name;
            if let Some((_, value)) = theirs.iter().find(|(field, _)| field == name) {
                entry.give_way(value);
            }
        }
        self.keep(cx);
        self.save(false, cx)
    }

    /// The values that the next new record begins with.
    fn carried(&self, env: &Env) -> Vec<(FieldId, Value)> {
        let registry = env.catalog.registry(self.entity);
        let carried = CARRIED.iter().filter(|name| **name != "owner" || !self.is_mine(env));
        carried.filter_map(|name| Some((registry.find(name)?, self.value(name, env)?))).collect()
    }

    fn drop_draft(&mut self, cx: &mut Cx<'_>) {
        if std::mem::take(&mut self.kept) {
            cx.push(Effect::DropDraft(self.draft.clone()));
        }
    }

    /// Esc: leaves; what was typed is kept and the key that brings it back is said.
    pub(super) fn leave(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.entries.iter().any(super::Entry::is_changed) {
            self.keep(cx);
            let keys = |action, scope| cx.env.keymap.keys_of(action, scope);
            let back = match self.subject {
                Subject::Record(_) => keys(Action::Edit, Scope::Browse),
                Subject::New if self.entity != crate::model::entity::Entity::Lead => keys(Action::New, Scope::Browse),
                Subject::New => {
                    format!("{} {}", keys(Action::New, Scope::Browse), keys(Action::Next, Scope::QuickAdd))
                }
            };
            cx.say(format!("draft kept · {back} goes on"));
        }
        Flow::Close
    }
}
