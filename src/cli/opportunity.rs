//! `stage`, `win` and `lose`: the way of an opportunity.

use super::answer;
use super::names::{self, Pair};
use super::open::{Cli, Desk};
use super::output::Out;
use crate::error::{Error, Result};
use crate::model::choice::{LOST, Set, WON};
use crate::model::entity::Entity;
use crate::model::value::Value;
use crate::service::LeadService;
use crate::service::opportunity::{CloseOpportunity, Outcome};
use crate::service::record::read::GetRecord;
use crate::service::record::update::UpdateRecords;
use crate::service::scope::Targets;

/// Put opportunities into a stage: qualify, develop, propose or close
#[derive(Debug, clap::Args)]
pub struct Stage {
    /// Opportunities, then the stage
    #[arg(required = true, num_args = 2.., value_name = "OPPORTUNITY… STAGE")]
    words: Vec<String>,
}

/// Close an opportunity as won
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  leadbook win O-3 --revenue 38k --note \"Signed by Ann\"")]
pub struct Win {
    /// The opportunity
    #[arg(value_name = "OPPORTUNITY")]
    opportunity: String,
    /// The actual revenue; without it the estimated one
    #[arg(long, value_name = "AMOUNT")]
    revenue: Option<String>,
    /// The status reason
    #[arg(long, value_name = "REASON")]
    reason: Option<String>,
    /// The day; without it today
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<String>,
    /// What is to be remembered
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

/// Close an opportunity as lost
#[derive(Debug, clap::Args)]
pub struct Lose {
    /// The opportunity
    #[arg(value_name = "OPPORTUNITY")]
    opportunity: String,
    /// Why: canceled or out-sold
    #[arg(long, value_name = "REASON")]
    reason: String,
    /// To whom
    #[arg(long, value_name = "COMPETITOR")]
    competitor: Option<String>,
    /// The day; without it today
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<String>,
    /// What is to be remembered
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

/// The code that people call `text` in a set, of a state where it is of one.
pub(super) fn code(desk: &Desk<LeadService>, set: Set, text: &str, state: Option<i64>, field: &'static str) -> Result<i64> {
    let choices = &desk.ctx.catalog.choices;
    let fits = |of: Option<i64>| state.is_none() || of == state;
    match choices.find(set, text).filter(|choice| fits(choice.state)) {
        Some(choice) => Ok(choice.code),
        None => {
            let known: Vec<&str> =
                choices.all(set).iter().filter(|c| c.active && fits(c.state)).map(|c| c.slug.as_str()).collect();
            let known = if known.is_empty() { "there is none yet".to_owned() } else { format!("it can be {}", known.join(", ")) };
            Err(Error::invalid(field, format!("there is no {field} “{text}”; {known}")))
        }
    }
}

/// The value of one typed field of an opportunity.
fn typed(desk: &Desk<LeadService>, name: &'static str, text: Option<&String>, currency: &str) -> Result<Option<Value>> {
    let Some(text) = text else { return Ok(None) };
    let pair: Pair = (desk.ctx.catalog.opportunity.id(name), text.clone());
    let values = names::values(&desk.ctx, Entity::Opportunity, &[pair], currency)?;
    Ok(values.into_iter().next().map(|(_, value)| value))
}

fn day(value: Option<Value>) -> Option<i32> {
    match value {
        Some(Value::Date(day)) => Some(day),
        _ => None,
    }
}

fn close(cli: &Cli, out: &mut Out, desk: &mut Desk<LeadService>, act: CloseOpportunity) -> Result<u8> {
    let done = desk.act(act)?;
    answer::give_steps(cli, out, desk, &[done.step], &[done.summary])?;
    Ok(0)
}

impl Stage {
    /// Puts them there.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let (stage, opportunities) = match self.words.split_last() {
            Some((stage, opportunities)) => (code(&desk, Set::Stage, stage, None, "stage")?, opportunities),
            None => return Err(Error::Usage("say which opportunities, then the stage".into())),
        };
        let numbers = names::numbers(&desk, opportunities, Entity::Opportunity)?;
        let values = vec![(desk.ctx.catalog.opportunity.id("stage"), Value::Choice(stage))];
        let done =
            desk.act(UpdateRecords { targets: Targets::of(Entity::Opportunity, numbers), values, leave_out_closed: false })?;
        answer::give_steps(cli, out, &desk, &[done.step], &[done.summary])?;
        Ok(0)
    }
}

impl Win {
    /// Closes it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let opportunity = names::numbers(&desk, &[&self.opportunity], Entity::Opportunity)?[0];
        let record = desk.ask(&GetRecord { record: Entity::Opportunity.numbered(opportunity), entries: 0 })?.record;
        let currency = record.currency(&desk.ctx.catalog.opportunity);
        let revenue = match typed(&desk, "actual_value", self.revenue.as_ref(), currency)? {
            Some(Value::Money(amount)) => Some(amount),
            _ => None,
        };
        let reason =
            self.reason.as_ref().map(|text| code(&desk, Set::OpportunityReason, text, Some(WON), "reason")).transpose()?;
        let date = day(typed(&desk, "actual_close_date", self.date.as_ref(), "")?);
        let act = CloseOpportunity { opportunity, outcome: Outcome::Won { revenue }, reason, date, note: self.note };
        close(cli, out, &mut desk, act)
    }
}

impl Lose {
    /// Closes it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let opportunity = names::numbers(&desk, &[&self.opportunity], Entity::Opportunity)?[0];
        let reason = Some(code(&desk, Set::OpportunityReason, &self.reason, Some(LOST), "reason")?);
        let competitor =
            self.competitor.as_ref().map(|text| code(&desk, Set::Competitor, text, None, "competitor")).transpose()?;
        let date = day(typed(&desk, "actual_close_date", self.date.as_ref(), "")?);
        let act = CloseOpportunity { opportunity, outcome: Outcome::Lost { competitor }, reason, date, note: self.note };
        close(cli, out, &mut desk, act)
    }
}
