//! `set`: values of fields on one or more leads.

use super::answer::{self, Did};
use super::args::OfEntity;
use super::names::{self, Pair};
use super::open::{Cli, Desk};
use super::output::Out;
use crate::error::{Error, Result};
use crate::model::entity::{Entity, RecordName};
use crate::model::field::read::currency_in;
use crate::service::LeadService;
use crate::service::record::assign::AssignRecords;
use crate::service::record::read::GetRecord;
use crate::service::record::update::UpdateRecords;
use crate::service::scope::Targets;

/// Write fields of leads; prints the numbers of those that changed
///
/// Values are read as in the interface: amounts with k and m, dates in words, choices by label or slug. An empty value empties the
/// field. `owner=` hands the leads over, as `assign` does.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  leadbook set L-1042 1043 rating=hot value=40k closes=+2w")]
pub struct Set {
    /// Leads, then what is written on each
    #[arg(required = true, num_args = 2.., value_name = "REC|FIELD=VALUE")]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) entity: OfEntity,
}

impl Set {
    /// The kind of the records: as the first of them is named, else as `--entity` says.
    fn entity_of(&self, records: &[String]) -> Entity {
        let said = self.entity.kind();
        let named = records.first().and_then(|word| RecordName::parse_as(word, said));
        named.map_or(said, |record| record.entity)
    }

    /// Writes them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let first = self.words.iter().position(|word| word.contains('=')).unwrap_or(self.words.len());
        let (records, typed) = self.words.split_at(first);
        if records.is_empty() || typed.is_empty() {
            return Err(Error::Usage("say which leads, then FIELD=VALUE: leadbook set L-1042 rating=hot".into()));
        }
        let mut desk = cli.write()?;
        let entity = self.entity_of(records);
        let catalog = desk.service.catalog();
        let registry = catalog.registry(entity);
        let pairs = names::pairs(registry, typed)?;
        let numbers = names::numbers(&desk, records, entity)?;
        let owner = registry.id("owner");
        let (owners, pairs): (Vec<Pair>, Vec<Pair>) = pairs.into_iter().partition(|(id, _)| *id == owner);
        let owner = owners.last().map(|(_, text)| names::owner(&desk.ctx, text)).transpose()?;
        let values = names::values(&desk.ctx, entity, &pairs, &currency(&desk, entity, &numbers, &pairs)?)?;

        let mut steps = Vec::new();
        let mut said = Vec::new();
        if !values.is_empty() {
            let act = UpdateRecords { targets: Targets::of(entity, numbers.clone()), values, leave_out_closed: false };
            let done = desk.act(act).map_err(|error| whole(error, entity, numbers.len()))?;
            steps.push(done.step);
            said.push(done.summary);
        }
        if let Some(owner) = owner {
            let done = desk.act(AssignRecords { targets: Targets::of(entity, numbers), owner, note: None, activities: true })?;
            steps.push(done.step);
            said.push(done.summary);
        }
        let names = answer::changed(&desk, &steps)?;
        let newest = steps.iter().flatten().max().copied();
        answer::give(cli, out, Did::Changed, &names, newest, &said.join(" · "))?;
        Ok(0)
    }
}

/// Where one of several records is refused, that none of them was changed.
fn whole(error: Error, entity: Entity, count: usize) -> Error {
    match error {
        Error::Refused { headline, hint } if count > 1 => {
            Error::Refused { headline: format!("{headline}; none of the {count} {} was changed", entity.plural()), hint }
        }
        other => other,
    }
}

/// The currency by which typed amounts are read: that of the leads where they have one, empty where the amount settles it. Nothing
/// is converted, so leads in several currencies take no amount that names one.
fn currency(desk: &Desk<LeadService>, entity: Entity, numbers: &[i64], pairs: &[Pair]) -> Result<String> {
    let reading = desk.ctx.reading_of(entity);
    let registry = reading.registry();
    let named = pairs.iter().find_map(|(id, text)| Some((*id, currency_in(registry.field(*id), text, &reading)?)));
    let Some((field, named)) = named else { return Ok(String::new()) };
    if pairs.iter().any(|(id, _)| Some(*id) == registry.find("currency")) {
        return Ok(String::new());
    }
    let mut found: Vec<String> = Vec::new();
    for number in numbers {
        found.push(desk.ask(&GetRecord { record: entity.numbered(*number), entries: 0 })?.record.currency(registry).to_owned());
    }
    found.sort_unstable();
    found.dedup();
    let has_none = found.first().is_some_and(String::is_empty);
    found.retain(|code| !code.is_empty());
    match found.as_slice() {
        [one] if has_none && one == named => Ok(String::new()),
        [one] => Ok(one.clone()),
        [] => Ok(String::new()),
        several => Err(Error::invalid(
            registry.field(field).name,
            format!("the amounts of these leads are in {}; write the amount without a currency", several.join(" and ")),
        )),
    }
}
