//! `qualify`, `disqualify` and `reopen`: what becomes of leads.

use clap::ValueEnum;
use serde_json::json;

use super::answer;
use super::names::{self, Pair};
use super::open::{Cli, Desk};
use super::output::{Out, tell};
use crate::error::{Error, Result};
use crate::model::choice::{DISQUALIFIED, QUALIFIED, Set};
use crate::model::entity::{Entity, RecordId};
use crate::service::LeadService;
use crate::service::qualify::close::DisqualifyLeads;
use crate::service::qualify::matches::{Candidates, RetrieveMatches};
use crate::service::qualify::{Deal, Part, Qualified, QualifyLead};
use crate::service::record::reopen::ReopenRecords;
use crate::service::scope::Targets;

/// Make customers and an opportunity of leads; prints the numbers of what is new
///
/// By itself it does what the page of the interface preselects: an account or contact that has the lead's e-mail is linked, else a
/// new one is made; a lead without a company makes no account.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  leadbook qualify L-1042 --account A-17 --value 40k --close +4w")]
pub struct Qualify {
    /// The leads
    #[arg(required = true, value_name = "LEAD")]
    leads: Vec<String>,
    /// The account: auto, new, none, or one that is there
    #[arg(long, value_name = "auto|new|none|REC", default_value = "auto")]
    account: String,
    /// The contact: auto, new, none, or one that is there
    #[arg(long, value_name = "auto|new|none|REC", default_value = "auto")]
    contact: String,
    /// Whether an opportunity is made; by itself unless one came from the lead before
    #[arg(long, value_enum, value_name = "yes|no", hide_possible_values = true)]
    opportunity: Option<Answer>,
    /// An account or contact that is the customer of the opportunity, instead of those of the lead
    #[arg(long, value_name = "REC")]
    customer: Option<String>,
    /// The opportunity's topic, instead of the lead's
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Its estimated revenue
    #[arg(long, value_name = "AMOUNT")]
    value: Option<String>,
    /// Its currency
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Its estimated close date
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    close: Option<String>,
    /// Its owner
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// Its campaign
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,
    /// The status reason of the lead
    #[arg(long, value_name = "REASON")]
    reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Answer {
    /// It is made.
    Yes,
    /// None is made.
    No,
}

/// Close leads that will not buy
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  leadbook disqualify L-1042 --reason cannot-contact")]
pub struct Disqualify {
    /// The leads
    #[arg(required = true, value_name = "LEAD")]
    leads: Vec<String>,
    /// Why: lost, cannot-contact, no-longer-interested, canceled, or one of your own
    #[arg(long, value_name = "REASON")]
    reason: String,
    /// A note on each of them
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

/// Work closed leads and opportunities again
#[derive(Debug, clap::Args)]
pub struct Reopen {
    /// Leads, opportunities; also inactive accounts and contacts
    #[arg(required = true, value_name = "REC")]
    records: Vec<String>,
}

/// The code of a status reason of a state.
fn reason<S>(desk: &Desk<S>, state: i64, text: &str) -> Result<i64> {
    let choices = &desk.ctx.catalog.choices;
    match choices.find(Set::StatusReason, text).filter(|choice| choice.state == Some(state)) {
        Some(choice) => Ok(choice.code),
        None => {
            let all = choices.all(Set::StatusReason).iter();
            let known: Vec<&str> = all.filter(|c| c.active && c.state == Some(state)).map(|c| c.slug.as_str()).collect();
            Err(Error::invalid("reason", format!("there is no such reason “{text}”; it can be {}", known.join(", "))))
        }
    }
}

impl Qualify {
    fn part(&self, desk: &Desk<LeadService>, entity: Entity, found: &Candidates) -> Result<Part> {
        let text = if entity == Entity::Account { &self.account } else { &self.contact };
        match text.as_str() {
            "auto" if entity == Entity::Account => Ok(found.matches.account(&found.lead, &desk.ctx.catalog)),
            "auto" => Ok(found.matches.contact()),
            "new" => Ok(Part::New),
            "none" => Ok(Part::None),
            record => match names::record_of(desk, record, entity)? {
                found if found.entity == entity => Ok(Part::Existing(found.number)),
                other => Err(Error::Usage(format!("{other} is {}, not {}", other.entity.one(), entity.one()))),
            },
        }
    }

    /// The opportunity that is to be made of a lead.
    fn deal(&self, desk: &Desk<LeadService>, found: &Candidates) -> Result<Option<Deal>> {
        let wanted = match self.opportunity {
            Some(answer) => answer == Answer::Yes,
            None => found.matches.opportunity.is_none(),
        };
        if !wanted {
            return Ok(None);
        }
        let registry = &desk.ctx.catalog.opportunity;
        let typed = [
            ("name", &self.name),
            ("estimated_value", &self.value),
            ("currency", &self.currency),
            ("estimated_close_date", &self.close),
            ("owner", &self.owner),
            ("campaign", &self.campaign),
        ];
        let pairs: Vec<Pair> =
            typed.iter().filter_map(|(name, text)| Some((registry.id(name), text.as_ref()?.clone()))).collect();
        let currency = found.lead.currency(&desk.ctx.catalog.lead);
        let values = names::values(&desk.ctx, Entity::Opportunity, &pairs, if self.currency.is_some() { "" } else { currency })?;
        let customer = self.customer.as_ref().map(|text| names::record(desk, text)).transpose()?;
        Ok(Some(Deal { values, customer }))
    }

    /// Qualifies them, each in a step of its own.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let reason = self.reason.as_ref().map(|text| reason(&desk, QUALIFIED, text)).transpose()?;
        let leads = names::numbers(&desk, &self.leads, Entity::Lead)?;
        let (mut all, mut said) = (Qualified::default(), Vec::new());
        for lead in leads {
            let found = desk.ask(&RetrieveMatches { lead })?;
            let act = QualifyLead {
                lead,
                account: self.part(&desk, Entity::Account, &found)?,
                contact: self.part(&desk, Entity::Contact, &found)?,
                opportunity: self.deal(&desk, &found)?,
                reason,
            };
            match desk.act(act) {
                Ok(done) => {
                    all.created.extend(done.reply.created);
                    all.linked.extend(done.reply.linked);
                    said.push(done.summary);
                }
                Err(error) => {
                    // those before are done, and are named
                    give(cli, out, &all, &said)?;
                    return Err(error);
                }
            }
        }
        give(cli, out, &all, &said)?;
        Ok(0)
    }
}

fn give(cli: &Cli, out: &mut Out, done: &Qualified, said: &[String]) -> Result<()> {
    let names = |records: &[RecordId]| records.iter().map(ToString::to_string).collect::<Vec<_>>();
    if cli.globals.json {
        return out.json(&json!({"created": names(&done.created), "linked": names(&done.linked)}));
    }
    for name in names(&done.created) {
        out.line(&name)?;
    }
    out.end()?;
    said.iter().for_each(|line| tell(line));
    Ok(())
}

impl Disqualify {
    /// Closes them, all in one step.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let reason = reason(&desk, DISQUALIFIED, &self.reason)?;
        let targets = Targets::leads(names::numbers(&desk, &self.leads, Entity::Lead)?);
        let done = desk.act(DisqualifyLeads { targets, reason, note: self.note })?;
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}

impl Reopen {
    /// Opens them again, those of a kind in one step.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let (mut steps, mut said) = (Vec::new(), Vec::new());
        for targets in names::targets(&desk, &self.records, Entity::Lead)? {
            let done = desk.act(ReopenRecords { targets })?;
            steps.push(done.step);
            said.push(done.summary);
        }
        answer::give_steps(cli, out, &desk, &steps, &said)?;
        Ok(0)
    }
}
