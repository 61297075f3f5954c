//! Saving a field that was edited in place, its draft, and leaving it. Draws nothing.

use super::{Awaited, FieldEditor};
use crate::error::{Error, Result};
use crate::model::field::{FieldId, Kind};
use crate::model::value::Value;
use crate::service::act::Done;
use crate::service::list::AddChoice;
use crate::service::record::update::UpdateRecord;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::layer::conflict::ConflictLayer;
use crate::tui::layer::{Flow, Outcome};
use crate::worker::drafts::Draft;
use crate::worker::writer::{AnyAct, Reply};

impl FieldEditor {
    pub(super) fn restore(&mut self, cx: &mut Cx<'_>) {
        let Some(draft) = cx.env.drafts.iter().find(|draft| draft.key == self.draft) else { return };
        let stale = draft.version != self.version;
        if let Some((_, text)) = draft.fields.first() {
            self.entry.put(text, stale);
        }
        if stale {
            self.version = draft.version;
        }
        self.kept = true;
        if self.entry.is_changed() {
            let cancel = cx.env.keymap.keys_of(Action::Cancel, Scope::Field);
            cx.say(format!("your draft is back · {cancel} empties it"));
        } else {
            self.keep(cx);
        }
    }

    /// Keeps what was typed, or forgets the draft when nothing is.
    pub(super) fn keep(&mut self, cx: &mut Cx<'_>) {
        if !self.entry.is_changed() {
            return self.drop_draft(cx);
        }
        self.kept = true;
        let name = cx.env.catalog.field(self.entry.id).name;
        cx.push(Effect::KeepDraft(Draft {
            key: self.draft.clone(),
            record: self.record.to_string(),
            at: cx.env.now(),
            version: self.version,
            text: String::new(),
            fields: vec![(name.to_owned(), self.entry.input.text().to_owned())],
        }));
    }

    fn drop_draft(&mut self, cx: &mut Cx<'_>) {
        if std::mem::take(&mut self.kept) {
            cx.push(Effect::DropDraft(self.draft.clone()));
        }
    }

    pub(super) fn save(&mut self, next: bool, cx: &mut Cx<'_>) -> Flow {
        self.next = next;
        if self.entry.locked.is_some() && !next {
            cx.complain(self.entry.locked.clone().unwrap_or_default());
            return Flow::Stay;
        }
        if self.entry.is_choice() && !self.entry.is_fresh() && !self.entry.input.is_empty() && !self.take_row() {
            return self.add(cx);
        }
        let field = cx.env.catalog.field(self.entry.id);
        let changed = if field.required && self.entry.is_changed() && self.entry.input.text().trim().is_empty() {
            Err(format!("{} is needed", field.label))
        } else {
            self.entry.change(&self.terms(cx.env), cx.env).map_err(|problem| problem.message)
        };
        match changed {
            Err(message) => {
                cx.complain(message.clone());
                self.entry.problem = Some(message);
                Flow::Stay
            }
            Ok(None) => {
                self.drop_draft(cx);
                Flow::Done(Outcome::FieldSaved { next })
            }
            Ok(Some(value)) => {
                let id = self.entry.id;
                let seen = self.entry.seen().map(|seen| (id, seen.clone())).into_iter().collect();
                let mut values = vec![(id, value)];
                values.extend(self.currency(cx.env));
                let act = UpdateRecord { record: self.record, version: Some(self.version), seen, values };
                self.awaited = Some(Awaited::Saved(cx.act(AnyAct::Update(act))));
                Flow::Stay
            }
        }
    }

    /// An amount on a record without a currency brings its own along.
    fn currency(&self, env: &Env) -> Option<(FieldId, Value)> {
        let registry = env.catalog.registry(self.record.entity);
        let amount = registry.field(self.entry.id).kind == Kind::Money && !self.entry.input.is_empty();
        let id = registry.find("currency").filter(|_| amount && self.own.currency.is_empty())?;
        Some((id, Value::text(self.terms(env).currency)))
    }

    /// A new value is added to the set first.
    fn add(&mut self, cx: &mut Cx<'_>) -> Flow {
        if let (Some(set), Some(label)) = (self.open_set(cx.env), self.new_value(cx.env)) {
            let state = set.is_reason().then_some(self.own.state);
            self.awaited = Some(Awaited::Choice(cx.act(AnyAct::AddChoice(AddChoice { set, label, state }))));
        }
        Flow::Stay
    }

    pub(super) fn added(&mut self, result: &Result<Done<Reply>>, cx: &mut Cx<'_>) -> Flow {
        self.awaited = None;
        match result {
            Ok(Done { reply: Reply::Choice(choice), .. }) => {
                self.values.push(choice.label.clone());
                self.entry.put(&choice.label, false);
                self.follow(cx.env);
                self.save(self.next, cx)
            }
            Ok(_) => Flow::Stay,
            Err(error) => {
                cx.complain(error.to_string());
                Flow::Stay
            }
        }
    }

    pub(super) fn written(&mut self, result: &Result<Done<Reply>>, cx: &mut Cx<'_>) -> Flow {
        self.awaited = None;
        match result {
            Ok(_) => {
                self.drop_draft(cx);
                return Flow::Done(Outcome::FieldSaved { next: self.next });
            }
            Err(Error::Conflict(conflict)) if !conflict.clashes.is_empty() => {
                return Flow::Push(Box::new(ConflictLayer::new((**conflict).clone())));
            }
            Err(Error::Invalid(problems)) => self.entry.problem = problems.first().map(|problem| problem.message.clone()),
            Err(error) => cx.complain(error.to_string()),
        }
        Flow::Stay
    }

    /// It was decided whose value is kept.
    pub(super) fn resolved(&mut self, version: i64, theirs: &[(String, String)], cx: &mut Cx<'_>) -> Flow {
        self.version = version;
        let name = cx.env.catalog.field(self.entry.id).name;
        if let Some((_, value)) = theirs.iter().find(|(field, _)| field == name) {
            self.entry.give_way(value);
        }
        self.save(self.next, cx)
    }

    /// Esc: leaves; what was typed is kept.
    pub(super) fn leave(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.entry.is_changed() {
            self.keep(cx);
            let open = cx.env.keymap.keys_of(Action::Open, Scope::Record);
            cx.say(format!("draft kept · {open} goes on"));
        }
        Flow::Close
    }

    /// Ctrl-c: back to what the record holds; a second one leaves.
    pub(super) fn cancel(&mut self, cx: &mut Cx<'_>) -> Flow {
        if !self.entry.is_changed() {
            return Flow::Close;
        }
        self.entry.revert();
        self.follow(cx.env);
        self.keep(cx);
        Flow::Stay
    }
}
