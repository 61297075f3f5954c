//! What pickers offer: choices, owners, views, fields to sort by and to import into. Draws nothing.

use super::{Item, Picker};
use crate::model::choice::OPEN;
use crate::model::entity::Entity;
use crate::model::field::{FieldId, Kind, Registry};
use crate::model::people::Role;
use crate::model::value::{Owner, Value};
use crate::query::SortKey;
use crate::service::scope::Targets;
use crate::tui::env::Env;
use crate::tui::layer::entry::{can_be_empty, offered, typed};
use crate::tui::layer::{Pick, Purpose};

impl Picker {
    /// A value of a choice field for some leads in a state; the digits choose at once.
    pub fn choice(env: &Env, field: FieldId, state: i64, targets: Targets) -> Self {
        let title = format!("{}{}", env.catalog.field(field).label, of(&targets));
        Self::values(env, title, Purpose::Choice(field, targets), field, state, &Value::None)
    }

    /// Why some records are closed: a reason of the state that they get.
    pub fn reason(env: &Env, title: String, purpose: Purpose, entity: Entity, state: i64) -> Self {
        let field = env.catalog.registry(entity).id("status_reason");
        Self::values(env, title, purpose, field, state, &Value::None)
    }

    /// A value of any field, for a purpose; nothing too where the field can be empty.
    pub fn value(env: &Env, title: String, purpose: Purpose, field: FieldId) -> Self {
        Self::values(env, title, purpose, field, OPEN, &Value::None)
    }

    /// A value for a field of the form that lies below; `now` is what it holds.
    pub fn field(env: &Env, field: FieldId, state: i64, now: &Value) -> Self {
        let title = env.catalog.field(field).label;
        Self::values(env, title.into(), Purpose::Field(field), field, state, now)
    }

    fn values(env: &Env, title: String, purpose: Purpose, id: FieldId, state: i64, now: &Value) -> Self {
        let field = env.catalog.field(id);
        let choices = offered(field, state, env);
        let mut items: Vec<Item> = choices
            .into_iter()
            .map(|o| {
                let current = now.as_int() == Some(o.code);
                let pick = match field.kind {
                    Kind::Choice(set) => env.catalog.choices.get(set, o.code).map(|choice| Pick::Choice(choice.clone())),
                    Kind::Owner => Owner::of_code(o.code).map(Pick::Owner),
                    _ => None,
                };
                let word = typed(field, &o);
                let detail = if word == o.label { String::new() } else { o.label };
                Item::new(&word, pick.unwrap_or(Pick::New(word.clone()))).detail(detail).current(current)
            })
            .collect();
        if can_be_empty(field) {
            items.push(Item::new("none", Pick::Nothing).detail("empties it"));
        }
        let picker = Self::new(title, purpose, items).quick();
        match field.kind {
            Kind::Choice(set) => picker.adding_to(set, state),
            _ => picker,
        }
    }

    /// A new owner for some leads: people who can write, and teams.
    pub fn owner(env: &Env, targets: Targets) -> Self {
        let people = &env.catalog.people;
        let me = people.users.iter().filter(|u| u.number == env.me && u.role != Role::ReadOnly);
        let others = people.users.iter().filter(|u| u.active && u.role != Role::ReadOnly && u.number != env.me);
        let users = me.chain(others).map(|user| {
            let detail = if user.number == env.me { format!("{} · me", user.name) } else { user.name.clone() };
            Item::new(&user.login, Pick::Owner(Owner::User(user.number))).detail(detail)
        });
        let teams = people.teams.iter().map(|team| {
            let members = if team.members.len() == 1 { "1 member".into() } else { format!("{} members", team.members.len()) };
            Item::new(people.show(Owner::Team(team.number)), Pick::Owner(Owner::Team(team.number))).detail(members)
        });
        Self::new(format!("Assign to{}", of(&targets)), Purpose::Owner(targets), users.chain(teams).collect())
    }

    /// A field to sort by: the columns of the list first. The one that holds now says which way.
    pub fn sort(registry: &Registry, columns: &[FieldId], now: Option<SortKey>) -> Self {
        let others = registry.ids().map(|(id, _)| id).filter(|id| !columns.contains(id));
        let item = |id: FieldId| {
            let field = registry.field(id);
            let key = now.filter(|key| key.field == id);
            let detail = match key {
                Some(SortKey { descending: true, .. }) => "now ↓ · again turns it",
                Some(_) => "now ↑ · again turns it",
                None => "",
            };
            Item::new(field.label, Pick::Field(id)).detail(detail).current(key.is_some())
        };
        let sortable = |id: &FieldId| !matches!(registry.field(*id).kind, Kind::Memo | Kind::Tags | Kind::Linked(_) | Kind::Id);
        let fields = columns.iter().copied().chain(others).filter(sortable);
        Self::new("Sort by", Purpose::Sort, fields.map(item).collect())
    }

    /// The field that a column of a file becomes; nothing leaves it out.
    pub fn import_column(registry: &Registry, column: usize, heading: &str, now: Option<FieldId>) -> Self {
        let item = |(id, field): (FieldId, &crate::model::field::Field)| {
            Item::new(field.label, Pick::Field(id)).detail(field.group.label()).current(now == Some(id))
        };
        let writable = |(_, field): &(FieldId, &crate::model::field::Field)| field.access != crate::model::field::Access::System;
        let mut items = vec![Item::new("not a field", Pick::Nothing).detail("kept in Imported Rest").current(now.is_none())];
        items.extend(registry.ids().filter(writable).map(item));
        Self::new(format!("“{heading}” becomes"), Purpose::ImportColumn(column), items)
    }

    /// One value of a set for all rows of an import.
    pub fn import_set(env: &Env, field: FieldId) -> Self {
        let title = format!("{} of all rows", env.catalog.field(field).label);
        Self::values(env, title, Purpose::ImportSet(field), field, OPEN, &Value::None)
    }
}

/// ` · 3 leads`, for titles.
pub(in crate::tui) fn of(targets: &Targets) -> String {
    match targets {
        Targets::Numbers { entity, numbers } => match numbers.as_slice() {
            [] => String::new(),
            [one] => format!(" · {}", entity.numbered(*one)),
            several => format!(" · {} {}", several.len(), entity.plural()),
        },
        Targets::All { except, .. } if except.is_empty() => " · all of the list".into(),
        Targets::All { except, .. } => format!(" · all of the list but {}", except.len()),
    }
}
