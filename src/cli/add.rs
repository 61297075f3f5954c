//! `add`: a new lead, from one line or from fields.

use super::answer::{self, Did};
use super::args::{OfEntity, joined};
use super::names;
use super::open::{Cli, Desk};
use super::output::Out;
use crate::error::{Error, Result};
use crate::model::choice::Set;
use crate::model::entity::Entity;
use crate::model::field::FieldId;
use crate::model::quick_add::{self, Vocabulary};
use crate::model::value::Value;
use crate::service::LeadService;
use crate::service::list::AddChoice;
use crate::service::record::create::CreateRecord;

/// Add a lead, from one line or from FIELD=VALUE pairs; prints its number
///
/// The line is that of the interface: company after @, source after via, rating after !, tags after #, topic after a colon
/// between blanks or what is left; quotes hold words together. Only a name or a company is needed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  leadbook add \"Ann Lee @ Contoso ann@contoso.com +1 555 0100 via web !hot #expo needs 3D printers\"\n  leadbook add last_name=Lee company=Contoso topic=\"3D printers\" value=40k"
)]
pub struct Add {
    /// The line, or FIELD=VALUE pairs
    #[arg(required = true, value_name = "TEXT|FIELD=VALUE")]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) entity: OfEntity,
}

impl Add {
    /// Adds it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let mut desk = cli.write()?;
        let entity = self.entity.kind();
        let values = if self.words.iter().all(|word| names::is_pair(word)) {
            let pairs = names::pairs(self.entity.registry(&desk.ctx.catalog), &self.words)?;
            names::values(&desk.ctx, entity, &pairs, "")?
        } else if entity != Entity::Lead {
            return Err(Error::Usage(format!(
                "{} is added by FIELD=VALUE: leadbook add --entity {} name=…",
                entity.one(),
                entity.name()
            )));
        } else {
            described(&mut desk, &joined(&self.words))?
        };
        let done = desk.act(CreateRecord { entity, values })?;
        let made = [entity.numbered(done.reply).to_string()];
        answer::give(cli, out, Did::Made, &made, done.step, &done.summary)?;
        Ok(0)
    }
}

/// The values that a line describes; its source is added where it is new.
fn described(desk: &mut Desk<LeadService>, line: &str) -> Result<Vec<(FieldId, Value)>> {
    let catalog = desk.service.catalog();
    let sources: Vec<&str> = catalog.choices.all(Set::Source).iter().filter(|c| c.active).map(|c| c.label.as_str()).collect();
    let line = quick_add::parse(line, &Vocabulary { sources: &sources });
    let mut described = line.describe(&desk.ctx.reading()).map_err(Error::Invalid)?;
    if let Some(label) = described.new_source {
        let choice = desk.act(AddChoice { set: Set::Source, label, state: None })?.reply;
        described.values.push((catalog.lead.id("source"), Value::Choice(choice.code)));
    }
    Ok(described.values)
}
