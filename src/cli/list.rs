//! `list`: leads by a filter, a view, or all.

use super::args::{OfEntity, joined};
use super::open::{Asked, Cli, Desk};
use super::output::{Out, warn};
use super::rows::{self, Format};
use super::{filter, names};
use crate::error::{Error, Result};
use crate::model::entity::Entity;
use crate::query::ast::{Expr, Query as Filter};
use crate::query::parse;
use crate::query::views::{self, View, Whose};

/// List leads: all that are not deleted, or those that a filter finds, newest first
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  leadbook list status:open source:web -owner:me 'value>10k' --columns number,name,value --format csv"
)]
pub struct List {
    /// Words and field:value, as on the screen: status:open source:web rating>=warm
    #[arg(value_name = "FILTER")]
    pub(super) filter: Vec<String>,
    /// The leads, order and columns of a view, as open-leads
    #[arg(long, value_name = "VIEW")]
    pub(super) view: Option<String>,
    /// The fields to write; every field where none is named, in a table the usual ones
    #[arg(long, value_name = "A,B")]
    pub(super) columns: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", value_parser = rows::count, allow_negative_numbers = true)]
    pub(super) limit: Option<u64>,
    /// How to write them
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
    #[command(flatten)]
    pub(super) entity: OfEntity,
}

/// The columns of a table unless others are asked for; the first of a view's.
pub(super) const fn usual(entity: Entity) -> &'static [&'static str] {
    match entity {
        Entity::Account => &["name", "phone", "city", "primary_contact", "industry", "owner"],
        Entity::Contact => &["name", "account", "job_title", "email", "phone", "owner"],
        Entity::Opportunity => &["name", "account", "stage", "status", "estimated_value", "estimated_close_date", "owner"],
        Entity::Product => &["name", "product_number", "price", "status"],
        Entity::Competitor => &["name", "website", "strengths", "weaknesses", "status"],
        Entity::Campaign => &["name", "type", "status_reason", "starts", "ends", "budgeted_cost", "actual_cost"],
        Entity::Activity => &["due_at", "kind", "name", "regarding", "status", "outcome", "owner"],
        Entity::Request => &["name", "regarding", "type", "priority", "status", "due_at", "owner"],
        Entity::Template => &["name", "kind", "subject", "body", "status"],
        Entity::Lead | Entity::Note | Entity::Attachment | Entity::User | Entity::Team | Entity::Unit | Entity::Definition => {
            &["name", "company", "topic", "rating", "status", "source", "owner", "estimated_value"]
        }
    }
}

impl List {
    /// Lists them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let desk = cli.read()?;
        let registry = self.entity.registry(&desk.ctx.catalog);
        let (filter, view) = filter(&desk, self.entity.kind(), &self.filter, self.view.as_deref())?;
        let format = Format::asked(self.format, cli.globals.json);
        let columns = match names::columns(registry, self.columns.as_deref())? {
            Some(columns) => columns,
            None if format == Format::Table => {
                let usual = || usual(self.entity.kind()).iter().map(|name| (*name).to_owned()).collect();
                let named = view.map(|v| v.columns).filter(|c| !c.is_empty()).unwrap_or_else(usual);
                let first = std::iter::once("number").chain(named.iter().map(String::as_str));
                first.map(|name| names::field(registry, name)).collect::<Result<Vec<_>>>()?
            }
            None => rows::all_fields(registry),
        };
        let numbers = rows::numbers(&desk, filter, rows::limit(self.limit))?;
        rows::write(&desk, out, self.entity.kind(), &numbers, &columns, format)?;
        Ok(0)
    }
}

/// The filter of these words inside a view, with the order of the words or else of the view.
pub fn filter<S: Asked>(desk: &Desk<S>, entity: Entity, words: &[String], view: Option<&str>) -> Result<(Filter, Option<View>)> {
    let reading = desk.ctx.reading_of(entity);
    let typed = filter::read(&joined(words), &reading)?;
    let Some(name) = view else { return Ok((typed, None)) };
    let views = views::all(&reading)?;
    let Some(view) = views::find(&views, name).cloned() else {
        let slugs: Vec<&str> = views.iter().map(|v| v.slug.as_str()).collect();
        return Err(Error::Usage(format!("there is no view “{name}”; there are {}", slugs.join(", "))));
    };
    if let Some(other) = views.iter().find(|other| other.slug == view.slug && other.whose != view.whose) {
        let kind = |whose: Whose| if whose == Whose::Shipped { "the shipped one" } else { whose.name() };
        warn(&format!("“{}” is {} here; {} is called so too", view.name, kind(view.whose), kind(other.whose)));
    }
    let of_view = parse(&view.filter, &reading)?;
    let sort = if typed.sort.is_empty() { parse(&view.sort, &reading)?.sort } else { typed.sort };
    Ok((Filter { entity, filter: Expr::and([of_view.filter, typed.filter]), sort }, Some(view)))
}
