//! `import`: the records of a CSV or a vCard file that another program wrote.

use std::collections::BTreeMap;
use std::io::stdin;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::export::whole;
use super::open::{Cli, Desk};
use super::output::{Out, tell, warn};
use super::scratch::Scratch;
use super::{names, progress};
use crate::config::{State, private_folder};
use crate::error::{Error, Result};
use crate::exchange::csv::CsvFile;
use crate::exchange::import::{Options, Plan, Report, parse_map};
use crate::exchange::input::Input;
use crate::model::clean::clean;
use crate::model::entity::Entity;
use crate::service::LeadService;
use crate::service::exchange::{Duplicates, ImportRecords, Imported, Shared, TryImport};

/// Import records, activities and notes from a CSV file of any program or from vCards; the same file twice creates nothing
///
/// Columns are recognised by their headings, as Dynamics 365, Salesforce, HubSpot, Zoho, SuiteCRM and others write them. What fits
/// no field is kept with the record, of a vCard in its description; names of other records become references where one record is
/// called so. Activities and notes stand on the records that their rows name; rows that find none are left out and reported.
/// One import is one step: `leadbook undo STEP` takes it back, Ctrl-c rolls it back.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  leadbook import leads.csv --map \"Budget=estimated_value,Notes=description\" --set source=web --dry-run\n  leadbook import contacts.vcf --set source=\"trade show\"\n  leadbook import Task.csv --entity activity --link WhoId=import_key\n  leadbook import Note.csv --entity note --link ParentId=import_key"
)]
pub struct Import {
    /// The file; - is standard input
    file: PathBuf,
    /// What columns are, where the heading does not say it; - is no field
    #[arg(long, value_name = "COLUMN=FIELD,…")]
    map: Option<String>,
    /// A column that names other records, and the field of theirs that it holds: import_key, email, name, number …
    #[arg(long, value_name = "COLUMN=FIELD")]
    link: Vec<String>,
    /// One value for all rows
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// What to do with rows that are here already
    #[arg(long, value_enum, default_value = "skip")]
    duplicates: Known,
    /// The field by which rows are compared besides their own id; else the e-mail address of people, the name of all else
    #[arg(long, value_name = "FIELD")]
    key: Option<String>,
    /// Under which name the ids of the file are kept; else the program that wrote it
    #[arg(long, value_name = "NAME")]
    import_source: Option<String>,
    /// Whether 3/4 is the third of April (dmy) or the fourth of March (mdy), where the file leaves it open
    #[arg(long, value_enum)]
    dates: Option<Dates>,
    /// The decimal mark, where the file leaves it open
    #[arg(long, value_name = ",|.", value_parser = [",", "."])]
    decimal: Option<String>,
    /// Make own reasons of those that closed leads have and the list lacks; else they are set aside in imported_rest
    #[arg(long)]
    keep_unknown: bool,
    /// What the rows become
    #[arg(long, value_name = "ENTITY", ignore_case = true, default_value = "lead", value_parser = kinds())]
    entity: Entity,
}

/// The kinds of records that rows can become, by their names in the singular and the plural.
fn kinds() -> impl TypedValueParser<Value = Entity> {
    let names = Entity::IMPORTED.iter().map(|entity| PossibleValue::new(entity.name()).alias(entity.plural()));
    PossibleValuesParser::new(names).map(|name| Entity::of_name(&name).unwrap_or_default())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Known {
    /// Leave them out.
    Skip,
    /// Write what they say over the record that is here.
    Update,
    /// Make a second record, unless its id was imported before.
    Create,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dates {
    /// The day first.
    Dmy,
    /// The month first.
    Mdy,
}

impl Import {
    /// Imports it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let file = CsvFile::open(self.input()?)?;
        // a trial on a database that is not there yet is made on an empty one that goes with it
        let scratch = (self.dry_run && !cli.database().exists()).then(Scratch::new).transpose()?;
        let mut desk = match &scratch {
            Some(folder) => cli.write_at(folder.path().join("trial.db"))?,
            None if self.dry_run => cli.write_existing()?,
            None => cli.write()?,
        };
        let state_file = cli.paths.state_file();
        let (mut state, _) = State::load(&state_file);
        let registry = desk.ctx.catalog.registry(self.entity);
        let key = self.key.as_deref().map(|name| names::field(registry, name)).transpose()?;
        let options = self.options(&desk, &file, &state)?;

        desk.ctx.progress = progress::reporter("reading", &desk.ctx.cancel);
        let ctx = &desk.ctx;
        let plan = Plan::read(file, options, registry, &mut |p| ctx.advance(p.rows, 0));
        progress::clear();
        let plan = plan?;
        if !plan.is_recognised() {
            return Err(Error::refused(
                format!("no column of {} is recognised; the first row should hold the headings", plan.file.input.name()),
                "say what the columns are: --map \"Column=field\"",
            ));
        }
        let plan = Shared::new(plan);
        let duplicates = match self.duplicates {
            Known::Skip => Duplicates::Skip,
            Known::Update => Duplicates::Update,
            Known::Create => Duplicates::Create,
        };
        let import = ImportRecords { plan: plan.clone(), duplicates, key };
        desk.ctx.progress = progress::reporter(if self.dry_run { "trying" } else { "importing" }, &desk.ctx.cancel);
        let (done, step) = if self.dry_run {
            (desk.ask(&TryImport { import }), None)
        } else {
            match desk.service.import(import, &desk.ctx) {
                Ok(done) => (Ok(done.reply), done.step),
                Err(error) => (Err(error), None),
            }
        };
        progress::clear();
        let imported = done?;
        if !self.dry_run && self.map.is_some() {
            let map: BTreeMap<String, String> = plan.map(desk.ctx.catalog.registry(plan.entity)).into_iter().collect();
            state.remember_import(plan.entity.name(), &plan.file.headings, map);
            // the leads are in: that the map is not remembered is no failure of the import
            if let Err(error) = cli.paths.make().and_then(|()| state.save(&state_file)) {
                warn(&error.to_string());
            }
        }
        let unread = match (&imported.unread, self.dry_run) {
            (Some(text), false) => Some(save_unread(cli, &plan.file.input.stem(), text)?),
            _ => None,
        };
        if cli.globals.json {
            out.json(&imported.report.json())?;
        } else {
            report(out, plan.entity, &imported, self.dry_run)?;
        }
        out.end()?;
        if let Some(path) = unread {
            tell(&format!("the rows of which nothing could be made, to be imported again: {}", path.display()));
        }
        if let Some(step) = step {
            tell(&format!("`leadbook undo {step}` takes it back"));
        }
        Ok(0)
    }

    fn input(&self) -> Result<Input> {
        if self.file == Path::new("-") { Input::collect("standard input", stdin()) } else { Input::path(&self.file) }
    }

    fn options(&self, desk: &Desk<LeadService>, file: &CsvFile, state: &State) -> Result<Options> {
        let registry = desk.ctx.catalog.registry(self.entity);
        let remembered = state.import_map(self.entity.name(), &file.headings).into_iter().flatten();
        Ok(Options {
            map: self.map.as_deref().map(parse_map).transpose()?.unwrap_or_default(),
            remembered: remembered.map(|(heading, word)| (heading.clone(), word.clone())).collect(),
            links: self.link.iter().map(|text| parse_map(text)).collect::<Result<Vec<_>>>()?.concat(),
            fixed: names::pairs(registry, &self.set)?,
            day_first: self.dates.map(|dates| dates == Dates::Dmy),
            decimal_comma: self.decimal.as_deref().map(|mark| mark == ","),
            import_source: self.import_source.clone(),
            keep_unknown: self.keep_unknown,
            ..Options::new(desk.ctx.locale.clone(), desk.ctx.zone)
        })
    }
}

/// Keeps the rows of which nothing could be made in the state folder.
fn save_unread(cli: &Cli, stem: &str, text: &str) -> Result<PathBuf> {
    let folder = cli.paths.state.join("skipped");
    private_folder(&folder)?;
    let stamp = uuid::Uuid::now_v7().simple().to_string();
    let name: String =
        stem.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).take(60).collect();
    let path = folder.join(format!("{name}-{}.csv", &stamp[..12]));
    whole(&path, |file| file.write_all(text.as_bytes()).map_err(|e| Error::io(path.display(), &e)))?;
    Ok(path)
}

/// The report for people.
fn report(out: &mut Out, entity: Entity, imported: &Imported, trial: bool) -> Result<()> {
    let report: &Report = &imported.report;
    let counts = [
        (if report.is_of_cards { "cards read" } else { "rows read" }, report.read),
        (if trial { "would be created" } else { "created" }, report.created),
        (if trial { "would be updated" } else { "updated" }, report.updated),
        ("skipped", report.skipped),
        ("with a field filled in (is:incomplete)", report.incomplete),
        ("with cells kept in imported_rest", report.with_rest),
    ];
    for (what, count) in counts {
        out.line(&format!("{count:>9} {what}"))?;
    }
    if report.files > 0 {
        let files = if report.files == 1 { "photo or other file" } else { "photos and other files" };
        out.line(&format!("{:>9} {files} {}", report.files, if trial { "would be attached" } else { "attached" }))?;
    }
    if let Some((first, last)) = imported.made {
        out.line(&format!("made      {} to {}", entity.numbered(first), entity.numbered(last)))?;
    }
    for ((field, from), count) in &report.filled {
        out.line(&format!("filled in {field} from {from} · {count} rows"))?;
    }
    if !report.unused_columns.is_empty() {
        let columns: Vec<_> = report.unused_columns.iter().map(|c| clean(c)).collect();
        out.line(&format!("no field  {}", columns.join(", ")))?;
    }
    for line in report.lines() {
        let place = report.place(&line);
        let field = if line.field.is_empty() { String::new() } else { format!("{}: ", line.field) };
        out.line(&format!("{place:<9} {}", clean(&format!("{field}{}", line.sentence()))))?;
    }
    Ok(())
}
