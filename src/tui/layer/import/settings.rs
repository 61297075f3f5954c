//! What holds for all rows of an import: the kind of records, by what those are found that they stand on, source, campaign, owner,
//! tags, duplicates, unknown reasons, the order of dates, the decimal mark.

use super::{ImportScreen, Pane};
use crate::exchange::import::Target;
use crate::model::entity::Entity;
use crate::model::field::{FieldId, Kind};
use crate::service::exchange::{Duplicates, KindOf};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::picker::Picker;
use crate::tui::layer::prompt::Prompt;
use crate::tui::layer::{Flow, Purpose};

/// One line of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// What the rows become.
    Kind,
    /// By what the records are looked up that the rows stand on.
    Linked,
    /// One value of a field for all rows.
    Field(&'static str),
    /// What is done with rows that are here already.
    Duplicates,
    /// What becomes of reasons that the list lacks.
    Unknown,
    /// Whether the day or the month comes first.
    Dates,
    /// Which mark is the decimal one.
    Decimal,
}

/// The lines in their order; a field that the records have not is left out.
const SETTINGS: &[Setting] = &[
    Setting::Kind,
    Setting::Linked,
    Setting::Field("source"),
    Setting::Field("campaign"),
    Setting::Field("owner"),
    Setting::Field("tags"),
    Setting::Duplicates,
    Setting::Unknown,
    Setting::Dates,
    Setting::Decimal,
];

/// The lines for records of a kind.
pub(super) fn settings(entity: Entity, env: &Env) -> Vec<Setting> {
    let registry = env.catalog.registry(entity);
    let has = |setting: &Setting| match setting {
        Setting::Field(name) => registry.find(name).is_some_and(|id| registry.field(id).name == *name),
        Setting::Linked => stands(env, entity).is_some(),
        Setting::Unknown => entity == Entity::Lead,
        _ => true,
    };
    SETTINGS.iter().copied().filter(has).collect()
}

/// By which field of a record it can be named; none is by any of them.
const NAMED_BY: &[Option<&str>] = &[None, Some("import_key"), Some("email"), Some("name"), Some("number")];

/// The field in which records of a kind say what they stand on.
fn stands(env: &Env, entity: Entity) -> Option<FieldId> {
    env.catalog.registry(entity).ids().find(|(_, field)| field.kind == Kind::Record).map(|(id, _)| id)
}

impl Setting {
    /// What the line is called.
    pub(super) fn label(self, entity: Entity, env: &Env) -> &'static str {
        match self {
            Self::Kind => "The rows are",
            Self::Linked => "They stand on what",
            Self::Field(name) => env.catalog.field(env.catalog.registry(entity).id(name)).label,
            Self::Duplicates => "Rows here already",
            Self::Unknown => "Unknown reasons",
            Self::Dates => "Dates",
            Self::Decimal => "Decimal mark",
        }
    }

    /// What it is set to.
    pub(super) fn value(self, screen: &ImportScreen, env: &Env) -> String {
        let day_first = screen.options.day_first;
        match self {
            Self::Kind => {
                let entity = screen.entity();
                let guess = screen.plan.as_ref().and_then(|plan| plan.guess).filter(|guess| guess.entity == entity);
                let why = guess.map_or_else(String::new, |guess| format!(" · {} so", guess.says()));
                format!("{}{why}", entity.plural())
            }
            Self::Linked if screen.standing(env).is_empty() => "no column says it · e on a column: Regarding".into(),
            Self::Linked => match screen.by {
                None => "has the key, number, e-mail address or name".into(),
                Some("import_key") => "was imported under the key".into(),
                Some(by) => format!("has the {by}"),
            },
            Self::Field(name) => {
                let id = env.catalog.registry(screen.entity()).id(name);
                let set = screen.options.fixed.iter().find(|(field, _)| *field == id);
                set.map_or_else(|| "from the file".to_owned(), |(_, text)| text.clone())
            }
            Self::Duplicates => match screen.duplicates {
                Duplicates::Skip => "skip".into(),
                Duplicates::Update => "update from the file".into(),
                Duplicates::Create => "create again, unless imported before".into(),
            },
            Self::Unknown if screen.options.keep_unknown => "of closed leads, become own ones".into(),
            Self::Unknown => "set aside in Imported Rest".into(),
            Self::Dates => match day_first {
                None => "decided from the values of each column".into(),
                Some(true) => "day first".into(),
                Some(false) => "month first".into(),
            },
            Self::Decimal => match screen.options.decimal_comma {
                None => "decided from the values of each column".into(),
                Some(true) => "comma".into(),
                Some(false) => "point".into(),
            },
        }
    }
}

/// Unset → yes → no → unset.
const fn turned(now: Option<bool>) -> Option<bool> {
    match now {
        None => Some(true),
        Some(true) => Some(false),
        Some(false) => None,
    }
}

impl ImportScreen {
    /// The columns, from 1, that say what the rows stand on.
    fn standing(&self, env: &Env) -> Vec<usize> {
        let (Some(plan), Some(id)) = (&self.plan, stands(env, self.entity())) else { return Vec::new() };
        let columns = (1..).zip(&plan.columns);
        columns.filter(|(_, column)| column.target == Target::Field(id)).map(|(place, _)| place).collect()
    }

    /// How the options say by what the records of these columns are looked up.
    pub(super) fn links(&self, env: &Env) -> Vec<(String, String)> {
        let Some(by) = self.by else { return Vec::new() };
        self.standing(env).into_iter().map(|place| (format!("column {place}"), by.to_owned())).collect()
    }

    /// Changes the setting under the cursor: by a layer that asks, or to its next value.
    pub(super) fn change_setting(&mut self, cx: &mut Cx<'_>) -> Flow {
        let lines = settings(self.entity(), cx.env);
        match lines[self.setting.min(lines.len() - 1)] {
            Setting::Kind => self.change_kind(cx),
            Setting::Linked => {
                let place = NAMED_BY.iter().position(|by| *by == self.by).unwrap_or_default();
                self.by = NAMED_BY[(place + 1) % NAMED_BY.len()];
                self.options.links.clear();
                self.read(cx);
            }
            Setting::Field(name) => {
                let id = cx.env.catalog.registry(self.entity()).id(name);
                if name == "tags" {
                    let now = self.fixed(id).unwrap_or_default().to_owned();
                    return Flow::Push(Box::new(Prompt::new("tags for all rows › ", Purpose::ImportSet(id), &now)));
                }
                return Flow::Push(Box::new(Picker::import_set(cx.env, id)));
            }
            Setting::Duplicates => {
                self.duplicates = match self.duplicates {
                    Duplicates::Skip => Duplicates::Update,
                    Duplicates::Update => Duplicates::Create,
                    Duplicates::Create => Duplicates::Skip,
                };
            }
            Setting::Unknown => {
                self.options.keep_unknown = !self.options.keep_unknown;
                self.read(cx);
            }
            Setting::Dates => {
                self.options.day_first = turned(self.options.day_first);
                self.read(cx);
            }
            Setting::Decimal => {
                self.options.decimal_comma = turned(self.options.decimal_comma);
                self.read(cx);
            }
        }
        self.pane = Pane::Settings;
        Flow::Stay
    }

    /// Reads the file as records of the next kind. What was said of all rows stays where such records have the field; what was said of
    /// the columns was said of other fields.
    fn change_kind(&mut self, cx: &mut Cx<'_>) {
        let place = Entity::IMPORTED.iter().position(|entity| *entity == self.entity()).unwrap_or_default();
        let next = Entity::IMPORTED[(place + 1) % Entity::IMPORTED.len()];
        let registry = cx.env.catalog.registry(next);
        let catalog = &cx.env.catalog;
        let fixed = std::mem::take(&mut self.options.fixed).into_iter();
        self.options.fixed = fixed.filter_map(|(id, text)| Some((registry.find(catalog.field(id).name)?, text))).collect();
        self.options.map.clear();
        self.options.links.clear();
        self.options.remembered.clear();
        self.remembered = false;
        self.kind = KindOf::Told(next);
        self.read(cx);
    }

    fn fixed(&self, id: FieldId) -> Option<&str> {
        self.options.fixed.iter().find(|(field, _)| *field == id).map(|(_, text)| text.as_str())
    }

    /// Sets one value for all rows; the empty one leaves it to the file.
    pub(super) fn set_fixed(&mut self, id: FieldId, text: &str, cx: &mut Cx<'_>) {
        self.options.fixed.retain(|(field, _)| *field != id);
        if !text.trim().is_empty() {
            self.options.fixed.push((id, text.trim().to_owned()));
        }
        self.read(cx);
    }
}

/// Whether a layer's result is one value for all rows, and for which field.
pub(super) fn field_of(purpose: &Purpose) -> Option<FieldId> {
    match purpose {
        Purpose::ImportSet(field) => Some(*field),
        _ => None,
    }
}
