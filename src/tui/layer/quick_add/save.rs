//! From a line to a lead: a new source first, then the lead, then the next line or the form. Draws nothing.

use super::{After, Awaited, Carried, QuickAdd};
use crate::error::{Error, Problem, Result};
use crate::model::choice::{Choice, Set, slug};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::quick_add::Described;
use crate::model::value::Value;
use crate::service::act::Done;
use crate::service::list::AddChoice;
use crate::service::record::create::CreateRecord;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::{Flow, Outcome};
use crate::worker::writer::{AnyAct, Reply};

impl QuickAdd {
    pub(super) fn save(&mut self, after: After, cx: &mut Cx<'_>) -> Flow {
        self.after = after;
        if self.is_blank() {
            if after == After::Form {
                return Flow::Done(Outcome::NewForm(Entity::Lead, self.with_carried(Vec::new(), cx.env)));
            }
            return self.refuse("type a name, or a company after @".into(), cx);
        }
        let described = match self.described(after, cx.env) {
            Ok(described) => described,
            Err(problems) => {
                let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
                return self.refuse(messages.join(" · "), cx);
            }
        };
        let mut values = described.values;
        if let Some(label) = described.new_source {
            match self.added.as_ref().filter(|added| slug(&added.label) == slug(&label)) {
                Some(added) => values.push((cx.env.catalog.lead.id("source"), Value::Choice(added.code))),
                None => {
                    let add = AddChoice { set: Set::Source, label, state: None };
                    self.awaited = Some(Awaited::Source(cx.act(AnyAct::AddChoice(add))));
                    return Flow::Stay;
                }
            }
        }
        let values = self.with_carried(values, cx.env);
        if after == After::Form {
            // from here on the form keeps it
            self.drop_draft(cx);
            return Flow::Done(Outcome::NewForm(Entity::Lead, values));
        }
        self.awaited = Some(Awaited::Lead(cx.act(AnyAct::Create(CreateRecord { entity: Entity::Lead, values }))));
        Flow::Stay
    }

    fn refuse(&mut self, message: String, cx: &mut Cx<'_>) -> Flow {
        cx.complain(message.clone());
        self.problem = Some(message);
        Flow::Stay
    }

    /// The values of the line. The form takes also what is not enough for a lead.
    fn described(&self, after: After, env: &Env) -> Result<Described, Vec<Problem>> {
        let mut line = self.line(env);
        if after == After::Form {
            line.problems.retain(|problem| problem.field != "name");
        }
        line.describe(&env.reading())
    }

    /// With the source and the tags of the lead before, where the line says nothing else.
    pub(super) fn with_carried(&self, mut values: Vec<(FieldId, Value)>, env: &Env) -> Vec<(FieldId, Value)> {
        let registry = &env.catalog.lead;
        let (source, tags) = (registry.id("source"), registry.id("tags"));
        if let Some(choice) = self.carried.source.as_ref().filter(|_| !values.iter().any(|(id, _)| *id == source)) {
            values.push((source, Value::Choice(choice.code)));
        }
        if !self.carried.tags.is_empty() {
            let own = values.iter().position(|(id, _)| *id == tags).map(|place| values.remove(place).1);
            let own = if let Some(Value::Tags(own)) = own { own } else { Vec::new() };
            let all: Vec<String> = self.carried.tags.iter().cloned().chain(own).collect();
            if let Ok(all) = crate::model::field::read::tags(&all.join(",")) {
                values.push((tags, Value::Tags(all)));
            }
        }
        values
    }

    pub(super) fn source_added(&mut self, result: &Result<Done<Reply>>, cx: &mut Cx<'_>) -> Flow {
        self.awaited = None;
        match result {
            Ok(Done { reply: Reply::Choice(choice), .. }) => {
                self.added = Some(choice.clone());
                self.save(self.after, cx)
            }
            Ok(_) => Flow::Stay,
            Err(error) => self.failed(error, cx),
        }
    }

    pub(super) fn written(&mut self, result: &Result<Done<Reply>>, cx: &mut Cx<'_>) -> Flow {
        self.awaited = None;
        match result {
            Ok(_) if self.after == After::Next => {
                self.carried = self.carry(cx.env);
                self.drop_draft(cx);
                self.added = None;
                self.input.set("");
                Flow::Stay
            }
            Ok(done) => {
                self.drop_draft(cx);
                match done.reply {
                    Reply::Number(number) => Flow::Done(Outcome::Made(RecordId::lead(number))),
                    _ => Flow::Close,
                }
            }
            Err(error) => self.failed(error, cx),
        }
    }

    /// What the next line has from this one.
    fn carry(&self, env: &Env) -> Carried {
        let line = self.line(env);
        let own = line.source.and_then(|source| {
            let known = env.catalog.choices.find(Set::Source, &source.text).cloned();
            known.or_else(|| self.added.clone().filter(|added: &Choice| slug(&added.label) == slug(&source.text)))
        });
        let mut tags = self.carried.tags.clone();
        tags.extend(line.tags.into_iter().filter(|tag| !self.carried.tags.contains(tag)));
        Carried { source: own.or_else(|| self.carried.source.clone()), tags }
    }

    fn failed(&mut self, error: &Error, cx: &mut Cx<'_>) -> Flow {
        let message = match error {
            Error::Invalid(problems) => problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>().join(" · "),
            error => error.to_string(),
        };
        self.refuse(message, cx)
    }
}
