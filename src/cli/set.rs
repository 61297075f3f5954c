//! `set`: values of fields on one or more leads.

use super::answer::{self, Did};
use super::args::OfEntity;
use super::names::{self, Pair};
use super::open::{Cli, Desk};
use super::output::Out;
use crate::error::{Error, Result};
use crate::model::field::read::currency_in;
use crate::service::LeadService;
use crate::service::lead::assign::AssignLeads;
use crate::service::lead::read::GetLead;
use crate::service::lead::update::UpdateLeads;
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
    words: Vec<String>,
    #[command(flatten)]
    entity: OfEntity,
}

impl Set {
    /// Writes them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let first = self.words.iter().position(|word| word.contains('=')).unwrap_or(self.words.len());
        let (records, typed) = self.words.split_at(first);
        if records.is_empty() || typed.is_empty() {
            return Err(Error::Usage("say which leads, then FIELD=VALUE: leadbook set L-1042 rating=hot".into()));
        }
        let mut desk = cli.write()?;
        let pairs = names::pairs(self.entity.registry(&desk.ctx.catalog)?, typed)?;
        let numbers = names::leads(&desk, records)?;
        let owner = desk.ctx.catalog.lead.id("owner");
        let (owners, pairs): (Vec<Pair>, Vec<Pair>) = pairs.into_iter().partition(|(id, _)| *id == owner);
        let owner = owners.last().map(|(_, text)| names::owner(&desk.ctx, text)).transpose()?;
        let values = names::values(&desk.ctx, &pairs, &currency(&desk, &numbers, &pairs)?)?;

        let mut steps = Vec::new();
        let mut said = Vec::new();
        if !values.is_empty() {
            let act = UpdateLeads { targets: Targets::Numbers(numbers.clone()), values, leave_out_closed: false };
            let done = desk.act(act).map_err(|error| whole(error, numbers.len()))?;
            steps.push(done.step);
            said.push(done.summary);
        }
        if let Some(owner) = owner {
            let done = desk.act(AssignLeads { targets: Targets::Numbers(numbers), owner, note: None })?;
            steps.push(done.step);
            said.push(done.summary);
        }
        let names = answer::changed(&desk, &steps)?;
        let newest = steps.iter().flatten().max().copied();
        answer::give(cli, out, Did::Changed, &names, newest, &said.join(" · "))?;
        Ok(0)
    }
}

/// Where one of several leads is refused, that none of them was changed.
fn whole(error: Error, leads: usize) -> Error {
    match error {
        Error::Refused { headline, hint } if leads > 1 => {
            Error::Refused { headline: format!("{headline}; none of the {leads} leads was changed"), hint }
        }
        other => other,
    }
}

/// The currency by which typed amounts are read: that of the leads where they have one, empty where the amount settles it. Nothing
/// is converted, so leads in several currencies take no amount that names one.
fn currency(desk: &Desk<LeadService>, numbers: &[i64], pairs: &[Pair]) -> Result<String> {
    let registry = &desk.ctx.catalog.lead;
    let reading = desk.ctx.reading();
    let named = pairs.iter().find_map(|(id, text)| Some((*id, currency_in(registry.field(*id), text, &reading)?)));
    let Some((field, named)) = named else { return Ok(String::new()) };
    if pairs.iter().any(|(id, _)| *id == registry.id("currency")) {
        return Ok(String::new());
    }
    let mut found: Vec<String> = Vec::new();
    for number in numbers {
        found.push(desk.ask(&GetLead { number: *number, entries: 0 })?.record.currency(registry).to_owned());
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
