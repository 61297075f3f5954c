//! Reads a file to drafts, and shows their values as a test writes them.

use std::path::{Path, PathBuf};

use leadbook::error::Result;
use leadbook::exchange::csv::{CsvFile, Record};
use leadbook::exchange::import::{Draft, Options, OwnerGuess, Plan, Planner, Report};
use leadbook::exchange::input::Input;
use leadbook::model::catalog::Catalog;
use leadbook::model::dates::{iso_date, rfc3339_utc};
use leadbook::model::entity::Entity;
use leadbook::model::field::Kind;
use leadbook::model::locale::Locale;
use leadbook::model::money::decimal;
use leadbook::model::value::Value;
use leadbook::model::zone::Zone;

/// A file with all its drafts.
pub struct Imported {
    pub plan: Plan,
    pub drafts: Vec<Draft>,
    pub records: Vec<Record>,
    pub catalog: Catalog,
    pub report: Report,
}

pub fn options(country: &str) -> Options {
    Options::new(Locale::of(country), Zone::Utc)
}

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/csv").join(name)
}

pub fn plan(input: Input, options: Options) -> Result<Plan> {
    let catalog = Catalog::shipped();
    Plan::read(CsvFile::open(input)?, options, &catalog.lead, &mut |_| Ok(()))
}

pub fn import(input: Input, options: Options) -> Result<Imported> {
    import_as(input, options, Entity::Lead)
}

pub fn import_as(input: Input, options: Options, entity: Entity) -> Result<Imported> {
    let catalog = Catalog::shipped();
    let plan = Plan::read(CsvFile::open(input)?, options, catalog.registry(entity), &mut |_| Ok(()))?;
    let mut planner = Planner::new(&plan, &catalog)?;
    let (mut drafts, mut records) = (Vec::new(), Vec::new());
    let mut report = Report::new(&plan);
    let mut rows = plan.file.rows()?;
    let mut record = Record::default();
    while rows.read(&mut record)? {
        if record.is_empty() {
            continue;
        }
        let draft = planner.draft(&record);
        match &draft.skip {
            Some(reason) => report.skipped(draft.row, "", reason),
            None => report.created(&draft),
        }
        drafts.push(draft);
        records.push(record.clone());
    }
    drop(planner);
    Ok(Imported { plan, drafts, records, catalog, report })
}

/// A fixture, read in the United States.
pub fn look_alike(name: &str) -> Imported {
    import(Input::path(fixture(name)).expect("the fixture"), options("US")).expect("an import")
}

pub fn text(text: &str) -> Input {
    Input::memory("leads.csv", text.as_bytes().to_vec())
}

impl Imported {
    /// The draft whose import key it is.
    pub fn key(&self, key: &str) -> &Draft {
        self.drafts.iter().find(|d| d.import_key == key).unwrap_or_else(|| panic!("no row {key}"))
    }

    /// A value as a test writes it; new choices and owners in angle brackets.
    pub fn show(&self, draft: &Draft, name: &'static str) -> String {
        self.show_of(Entity::Lead, draft, name)
    }

    /// The same of another kind of records.
    pub fn show_of(&self, entity: Entity, draft: &Draft, name: &'static str) -> String {
        let id = self.catalog.registry(entity).id(name);
        if name == "owner" {
            return match &draft.owner {
                OwnerGuess::None => String::new(),
                OwnerGuess::Known(owner) => self.catalog.people.show(*owner),
                OwnerGuess::UnknownName(name) => format!("<{name}>"),
            };
        }
        match draft.get(id) {
            None | Some(Value::None) => {
                draft.new_choices.iter().find(|c| c.field == id).map_or(String::new(), |c| format!("<{}>", c.label))
            }
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Money(amount)) => decimal(*amount),
            Some(Value::Date(day)) => iso_date(*day),
            Some(Value::Instant(at)) => rfc3339_utc(*at),
            Some(Value::Choice(code)) => match self.catalog.field(id).kind {
                Kind::Choice(set) => self.catalog.choices.label(set, *code),
                _ => code.to_string(),
            },
            Some(Value::Tags(tags)) => tags.join("|"),
            Some(Value::Bool(yes)) => yes.to_string(),
            Some(other) => other.as_int().map_or(String::new(), |n| n.to_string()),
        }
    }

    /// Asserts the values of several fields.
    pub fn expect(&self, draft: &Draft, values: &[(&'static str, &str)]) {
        for (name, value) in values {
            assert_eq!(self.show(draft, name), *value, "{name} of row {}", draft.row);
        }
    }

    /// The report's sentences on a field.
    pub fn said(&self, field: &str) -> Vec<(u64, String)> {
        self.report.lines().iter().filter(|l| l.field == field).map(|l| (l.row, l.sentence())).collect()
    }
}

/// The folder of real exports, if there is one.
pub fn real(name: &str) -> Option<Input> {
    real_in("csv", name)
}

/// A file of one of the folders with real data.
pub fn real_in(kind: &str, name: &str) -> Option<Input> {
    let Some(folder) = std::env::var_os("LEADBOOK_REAL_DATA") else {
        eprintln!("skipped without LEADBOOK_REAL_DATA: {name}");
        return None;
    };
    let path = Path::new(&folder).join(kind).join(name);
    Some(Input::path(path).expect("the real export"))
}
