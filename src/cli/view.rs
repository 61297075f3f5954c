//! `view`: the lists that have a name: shipped, shared, and one's own.

use clap::Subcommand;
use serde_json::{Value as Json, json};

use super::args::{OfEntity, joined, word};
use super::open::Cli;
use super::output::Out;
use super::{defined, filter, names, table};
use crate::error::{Error, Result};
use crate::model::choice::slug;
use crate::model::definition::{Body, Definition, DefinitionKind, SavedView};
use crate::model::entity::Entity;
use crate::query::views::{self, Whose};
use crate::service::Context;
use crate::service::definition::key;
use crate::service::record::read::CountRecords;

/// List views; add, change, move and remove your own and the shared ones
#[derive(Debug, clap::Args)]
pub struct View {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List your own views, the shared ones and the shipped ones
    List {
        #[command(flatten)]
        entity: OfEntity,
        /// With the number of records in each
        #[arg(long)]
        count: bool,
    },
    /// Save a filter under a name
    #[command(
        after_help = "Example:\n  leadbook view add \"Hot in Sweden\" rating:hot country:se --sort -score --columns name,company,score"
    )]
    Add {
        /// What people read
        name: String,
        /// The filter; none for all records
        filter: Vec<String>,
        /// The order, as -score,name
        #[arg(long, value_name = "KEYS", allow_hyphen_values = true)]
        sort: Option<String>,
        /// The fields that are shown
        #[arg(long, value_name = "A,B")]
        columns: Option<String>,
        /// For everybody; needs the admin role
        #[arg(long)]
        shared: bool,
        #[command(flatten)]
        entity: OfEntity,
    },
    /// Change one; what is not named stays
    Set {
        /// Its name or D-7
        name: String,
        /// Another name
        #[arg(long)]
        rename: Option<String>,
        /// Another filter
        #[arg(long, value_name = "FILTER", allow_hyphen_values = true)]
        filter: Option<String>,
        /// Another order
        #[arg(long, value_name = "KEYS", allow_hyphen_values = true)]
        sort: Option<String>,
        /// Other fields
        #[arg(long, value_name = "A,B")]
        columns: Option<String>,
        /// For everybody from now on; needs the admin role
        #[arg(long, conflicts_with = "own")]
        shared: bool,
        /// Your own from now on
        #[arg(long)]
        own: bool,
    },
    /// Move one to another place among the saved ones
    Move {
        /// Its name or D-7
        name: String,
        /// The place, from 1
        to: i64,
    },
    /// Take one away; shipped ones stay
    #[command(visible_alias = "rm")]
    Remove {
        /// Its name or D-7
        name: String,
    },
}

const KIND: DefinitionKind = DefinitionKind::View;

impl View {
    /// Lists or changes them.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        match self.what {
            What::List { entity, count } => list(entity.kind(), count, cli, out)?,
            What::Add { name, filter, sort, columns, shared, entity } => {
                let mut desk = cli.write()?;
                let view = SavedView {
                    entity: entity.kind().name().to_owned(),
                    filter: joined(&filter),
                    sort: sort.as_deref().map(word).unwrap_or_default().to_owned(),
                    columns: fields(&desk.ctx, entity.kind(), columns.as_deref())?,
                };
                let owner = (!shared).then_some(desk.ctx.user);
                check(&desk.ctx, &view)?;
                let body = Body::View(view);
                defined::put(&mut desk, cli, out, Definition { number: 0, name, place: 0, owner, body })?;
            }
            What::Set { name, rename, filter, sort, columns, shared, own } => {
                let mut desk = cli.write_existing()?;
                let mut found = saved(&desk.ctx, &name)?;
                let Body::View(view) = &mut found.body else { return Err(Error::Usage(format!("{name} is no view"))) };
                view.filter = filter.as_deref().map_or_else(|| view.filter.clone(), |text| word(text).to_owned());
                view.sort = sort.as_deref().map_or_else(|| view.sort.clone(), |text| word(text).to_owned());
                if columns.is_some() {
                    view.columns = fields(&desk.ctx, Entity::of_name(&view.entity).unwrap_or_default(), columns.as_deref())?;
                }
                check(&desk.ctx, view)?;
                found.name = rename.unwrap_or(found.name);
                found.owner = match (shared, own) {
                    (true, _) => None,
                    (_, true) => Some(desk.ctx.user),
                    _ => found.owner,
                };
                defined::put(&mut desk, cli, out, found)?;
            }
            What::Move { name, to } => defined::shift(cli, out, KIND, &name, to)?,
            What::Remove { name } => {
                let number = saved(&cli.read()?.ctx, &name)?.number;
                defined::remove(cli, out, KIND, &key(number).to_string())?;
            }
        }
        Ok(0)
    }
}

/// Reads what was typed for a view, so that a mistake in it is wrong usage.
fn check(ctx: &Context, view: &SavedView) -> Result<()> {
    let reading = ctx.reading_of(Entity::of_name(&view.entity).unwrap_or_default());
    filter::read(&view.filter, &reading)?;
    if !view.sort.is_empty() {
        filter::read(&format!("sort:{}", view.sort), &reading)?;
    }
    Ok(())
}

/// The saved view of a name; a shipped one is said to be none.
fn saved(ctx: &Context, name: &str) -> Result<Definition> {
    defined::find(ctx, KIND, name).map_err(|error| {
        let is_shipped = |entity: &Entity| {
            views::shipped(&ctx.reading_of(*entity)).is_ok_and(|views| views.iter().any(|view| view.slug == slug(name)))
        };
        match Entity::LISTED.iter().any(is_shipped) {
            true => Error::refused(
                format!("“{name}” is shipped and stays as it is"),
                "save your own under the same name: it is found first".to_owned(),
            ),
            false => error,
        }
    })
}

fn fields(ctx: &Context, entity: Entity, columns: Option<&str>) -> Result<Vec<String>> {
    let registry = ctx.catalog.registry(entity);
    let found = names::columns(registry, columns)?.unwrap_or_default();
    Ok(found.into_iter().map(|id| registry.field(id).name.to_owned()).collect())
}

fn list(entity: Entity, count: bool, cli: &Cli, out: &mut Out) -> Result<()> {
    let desk = cli.read()?;
    let reading = desk.ctx.reading_of(entity);
    let mut rows = Vec::new();
    let mut objects = Vec::new();
    for view in views::all(&reading)? {
        let counted = match crate::query::parse(&view.filter, &reading) {
            Ok(filter) if count => Some(desk.ask(&CountRecords { filter })?.0),
            _ => None,
        };
        let whose = if view.whose == Whose::Shipped { "shipped" } else { view.whose.name() };
        let number = view.whose.number().map(|number| key(number).to_string());
        let sort = view.sort.strip_prefix("sort:").unwrap_or_default();
        objects.push(json!({"name": view.name, "slug": view.slug, "whose": whose, "number": number, "filter": view.filter,
                            "sort": sort, "columns": view.columns, "count": counted}));
        let mut row = vec![view.name, whose.to_owned(), view.filter, sort.to_owned()];
        row.extend(count.then(|| counted.map(|count| count.to_string()).unwrap_or_default()));
        rows.push(row);
    }
    if cli.globals.json {
        return out.json(&Json::Array(objects));
    }
    let mut heads = vec!["Name", "Whose", "Filter", "Sort"];
    heads.extend(count.then_some("Records"));
    let right = heads.iter().map(|head| *head == "Records").collect();
    table::write(out, &heads, right, &rows)
}
