//! What a form begins with: defaults, a record, a draft. Draws nothing and saves nothing.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::{Form, Phase, Spot, Subject};
use crate::model::activity::suits::Suits;
use crate::model::choice::OPEN;
use crate::model::dates::ago;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::read::currency_in;
use crate::model::field::{Access, FieldId, Kind};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::{Owner, Value};
use crate::model::zone::of_place;
use crate::service::record::read::GetRecord;
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::layer::entry::{Entry, Terms, text_of};
use crate::tui::view::preview::heading;
use crate::worker::drafts::Draft;
use crate::worker::reader::{AnyQuery, Slot};

/// The draft of a new lead's form; further ones have a number behind it.
const NEW: &str = "form-new";

impl Form {
    fn empty(entity: Entity, subject: Subject, draft: String) -> Self {
        Self {
            entity,
            subject,
            phase: Phase::Loading,
            title: String::new(),
            version: None,
            terms: Terms::default(),
            entries: Vec::new(),
            rare: BTreeSet::new(),
            opened: BTreeSet::new(),
            spot: Spot::Field(0),
            draft,
            kept: false,
            drawn: Cell::default(),
            wide: Cell::default(),
        }
    }

    /// The form of a record, which is read first.
    pub fn edit(record: RecordId, cx: &mut Cx<'_>) -> Self {
        let mut form = Self::empty(record.entity, Subject::Record(record), format!("form-{record}"));
        form.title = record.to_string();
        cx.ask(Slot::Form, AnyQuery::Record(GetRecord { record, entries: 0 }));
        form
    }

    /// The form of a new record with these values. Without any, the draft that was kept last comes back.
    pub fn new_record(entity: Entity, values: Vec<(FieldId, Value)>, cx: &mut Cx<'_>) -> Self {
        let new = match entity {
            Entity::Lead => NEW.to_owned(),
            other => format!("{NEW}-{}", other.name()),
        };
        let is_further =
            |key: &str| key.strip_prefix(&new).is_some_and(|rest| rest.chars().all(|c| c == '-' || c.is_ascii_digit()));
        let kept = cx.env.drafts.iter().find(|draft| values.is_empty() && is_further(&draft.key)).cloned();
        let key = kept.as_ref().map_or_else(|| free_key(&new, cx.env), |draft| draft.key.clone());
        let mut form = Self::empty(entity, Subject::New, key);
        form.title = format!("New {}", entity.name());
        let registry = cx.env.catalog.registry(entity);
        let mut record = Record::new(entity.numbered(0), uuid::Uuid::nil(), 0, Vec::new());
        for (id, value) in rules::defaults(registry) {
            record.set(id, value);
        }
        record.set(registry.id("owner"), Value::Owner(Owner::User(cx.env.me)));
        form.fill(&record, cx.env);
        match kept {
            Some(draft) => form.restore(&draft, cx),
            None => {
                for (id, value) in &values {
                    let text = text_of(registry.field(*id), value, cx.env);
                    form.put(*id, &text, false);
                }
                form.typed(cx);
            }
        }
        form.go_to_first(!values.is_empty(), cx.env);
        form
    }

    /// Takes what a field begins with as a proposal: what is typed first takes its place.
    #[must_use]
    pub fn proposing(mut self, id: FieldId) -> Self {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.id == id && entry.is_changed()) {
            entry.input.propose();
        }
        self
    }

    /// The record is here.
    pub(super) fn arrived(&mut self, record: &Record, cx: &mut Cx<'_>) {
        let heading = heading(record, cx.env);
        let number = record.key.to_string();
        self.title = if heading == number { number } else { format!("{heading} · {number}") };
        self.version = Some(record.version);
        self.fill(record, cx.env);
        self.go_to_first(false, cx.env);
        if let Some(draft) = cx.env.drafts.iter().find(|draft| draft.key == self.draft).cloned() {
            self.restore(&draft, cx);
        }
    }

    fn fill(&mut self, record: &Record, env: &Env) {
        let registry = env.catalog.registry(self.entity);
        let state = record.named(registry, "status").as_int().unwrap_or(OPEN);
        let deleted = !record.named(registry, "deleted_at").is_none();
        self.terms = Terms { currency: record.currency(registry).to_owned(), state, place: record.place(registry) };
        for (id, field) in registry.ids().filter(|(_, field)| field.access == Access::Edit) {
            let value = record.get(id);
            let mut entry = Entry::new(id, value, env);
            entry.locked = if deleted {
                Some("deleted, so read-only; O restores it".into())
            } else if !rules::is_open(self.entity, state) && !rules::is_writable_when_closed(registry, field) {
                let state = rules::state_label(registry, &env.catalog.choices, state);
                Some(format!("{state}, so read-only"))
            } else {
                None
            };
            // of an activity the kind says what is rare
            let rare = field.rare || self.entity == Entity::Activity;
            if rare && (entry.input.is_empty() || is_unset_flag(field.kind, value)) {
                self.rare.insert(self.entries.len());
            }
            self.entries.push(entry);
        }
        self.phase = Phase::Ready;
        self.terms = self.read_terms(env);
    }

    /// Puts a text in a field, which then is shown.
    fn put(&mut self, id: FieldId, text: &str, stale: bool) {
        if let Some(place) = self.entries.iter().position(|entry| entry.id == id) {
            self.entries[place].put(text, stale);
            if self.entries[place].is_changed() {
                self.rare.remove(&place);
            }
        }
    }

    /// Text that was kept comes back over what is stored now.
    fn restore(&mut self, draft: &Draft, cx: &mut Cx<'_>) {
        let stale = self.version.is_some_and(|version| version != draft.version);
        for (name, text) in &draft.fields {
            if let Some(id) = cx.env.catalog.registry(self.entity).find(name) {
                self.put(id, text, stale);
            }
        }
        self.kept = true;
        if stale {
            // what was typed against an older record is compared with what others wrote since
            self.version = Some(draft.version);
        }
        self.terms = self.read_terms(cx.env);
        if self.entries.iter().any(Entry::is_changed) {
            let age = match ago(draft.at, cx.env.now()).as_str() {
                "now" => "a moment ago".to_owned(),
                age => format!("{age} ago"),
            };
            let cancel = cx.env.keymap.keys_of(crate::tui::action::Action::Cancel, crate::tui::action::Scope::Form);
            cx.say(format!("your draft of {age} is back · {cancel} empties it"));
        } else {
            self.keep(cx);
        }
    }

    /// The cursor goes to the first field; of a form that is partly filled, to the first that is needed and empty.
    fn go_to_first(&mut self, filled: bool, env: &Env) {
        let kind = self.activity_kind(env);
        let shown = |place: &usize| self.suits(*place, kind, env) == Suits::Well;
        let needed = |place: &usize| {
            let entry = &self.entries[*place];
            filled && entry.input.is_empty() && env.catalog.field(entry.id).required
        };
        let places = 0..self.entries.len();
        let first = places.clone().filter(shown).find(needed).or_else(|| places.clone().find(shown));
        self.go(Spot::Field(first.unwrap_or(0)), env);
    }

    /// The currency and the state that the entries are read with, as far as they are typed.
    pub(super) fn read_terms(&self, env: &Env) -> Terms {
        let registry = env.catalog.registry(self.entity);
        let own = |name: &'static str| self.entries.iter().find(|entry| registry.field(entry.id).name == name);
        let typed = own("currency").and_then(|entry| entry.read(&Terms::default(), env).ok());
        let mut currency = typed.map(|value| value.as_text().to_owned()).unwrap_or_default();
        if currency.is_empty() {
            // the first amount that says one decides
            let said = |entry: &Entry| currency_in(registry.field(entry.id), entry.input.text(), &env.reading());
            currency = self.entries.iter().find_map(said).unwrap_or(&env.locale.currency).to_owned();
        }
        let text = |name| own(name).map_or("", |entry| entry.input.text());
        let place = of_place(text("country"), text("state_or_province"));
        Terms { currency, state: self.terms.state, place }
    }

    /// Keeps what was typed, or forgets the draft when nothing is.
    pub(super) fn keep(&mut self, cx: &mut Cx<'_>) {
        let registry = cx.env.catalog.registry(self.entity);
        let changed = self.entries.iter().filter(|entry| entry.is_changed());
        let fields: Vec<(String, String)> =
            changed.map(|entry| (registry.field(entry.id).name.to_owned(), entry.input.text().to_owned())).collect();
        if fields.is_empty() {
            if std::mem::take(&mut self.kept) {
                cx.push(Effect::DropDraft(self.draft.clone()));
            }
            return;
        }
        self.kept = true;
        let record = if let Subject::Record(record) = self.subject { record.to_string() } else { String::new() };
        let version = self.version.unwrap_or_default();
        let at = cx.env.now();
        cx.push(Effect::KeepDraft(Draft { key: self.draft.clone(), record, at, version, text: String::new(), fields }));
    }
}

/// Whether a flag stands as it is without anybody's doing.
fn is_unset_flag(kind: Kind, value: &Value) -> bool {
    matches!(kind, Kind::Flag { .. }) && matches!(value, Value::None | Value::Bool(false))
}

/// `base`, or with a number behind it if a draft of that name is kept.
pub(in crate::tui::layer) fn free_key(base: &str, env: &Env) -> String {
    let taken = |key: &str| env.drafts.iter().any(|draft| draft.key == key);
    if !taken(base) {
        return base.to_owned();
    }
    (2..).map(|n| format!("{base}-{n}")).find(|key| !taken(key)).unwrap_or_else(|| base.to_owned())
}
