//! Customer requests beside their fields: asked, resolved, canceled, and made into leads. Source: the incident of Dynamics with
//! CloseIncident, and the case that a lead originates from.

use crate::error::{Error, Result};
use crate::model::choice::{OPEN, REQUEST_CANCELED, RESOLVED, Set};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Access, Field, FieldId, Group, Kind};
use crate::model::record::Record;
use crate::model::rules::{self, check_reason_of};
use crate::model::value::Value;
use crate::service::access;
use crate::service::act::{Act, Query, Tx};
use crate::service::context::Context;
use crate::service::record::create;
use crate::service::record::write::{change_each, check_not_erased, display_name, owner};
use crate::service::scope::Targets;
use crate::store::log::ChangeKind;
use crate::store::request::Asked;
use crate::store::{self, Db};

/// The reason of a resolved request unless another is given. Source: the default of statuscode.
const PROBLEM_SOLVED: i64 = 5;
/// The reason of a canceled one.
const CANCELED: i64 = 6;

/// Makes a request of a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct AddRequest {
    /// Who asks: a lead, an account or a contact.
    pub about: RecordId,
    /// Its fields; a title is needed.
    pub values: Vec<(FieldId, Value)>,
}

/// Resolves requests.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolveRequests {
    /// Which requests.
    pub targets: Targets,
    /// What they were answered with; what stands there stays where nothing is given.
    pub resolution: Option<String>,
    /// The reason, one of the resolved state; the usual one where none is given.
    pub reason: Option<i64>,
}

/// Cancels requests.
#[derive(Clone, Debug, PartialEq)]
pub struct CancelRequests {
    /// Which requests.
    pub targets: Targets,
}

/// Makes a lead of a request, which it points to from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadFromRequest {
    /// The request's number.
    pub request: i64,
}

/// What a lead has of its own where it comes from a request, and so does not take from whoever asked.
const OWN: &[&str] = &["company", "yomi_company", "parent_account", "parent_contact"];

/// Whether a lead takes a field from whoever asked: who they are, how and where they are reached, and what they wish.
fn is_taken(field: &Field) -> bool {
    let who = matches!(field.group, Group::Contact | Group::Company | Group::Address | Group::Preferences);
    field.access == Access::Edit && (who || field.kind == Kind::Currency) && !OWN.contains(&field.name)
}

impl Act for AddRequest {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CreateRequest"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let ctx = tx.ctx;
        let customer = check_customer(tx.db, ctx, self.about)?;
        for (id, _) in &self.values {
            let field = ctx.catalog.field(*id);
            if field.access != Access::Edit {
                return Err(Error::invalid(field.name, format!("{} is kept by the program and cannot be given", field.label)));
            }
        }
        let mut values = self.values;
        values.push((ctx.catalog.request.id("regarding"), Value::record(self.about)));
        let request = create::make(tx, Entity::Request, values)?;
        tx.say(format!("Request of {}: {} · {}", display_name(ctx, &customer), display_name(ctx, &request), request.key));
        Ok(request.key.number)
    }
}

/// Checks that a record is there, can ask for something and may be written; it comes back.
pub(in crate::service) fn check_customer(db: &Db, ctx: &Context, about: RecordId) -> Result<Record> {
    if !about.entity.takes_requests() {
        let headline = format!("{about} is {}: no request stands on it", about.entity.one());
        return Err(Error::refused(headline, "requests are those of leads, accounts and contacts"));
    }
    let of = ctx.catalog.registry(about.entity);
    let customer = store::record::need(db, of, about.number)?;
    check_not_erased(of, &customer)?;
    if !customer.named(of, "deleted_at").is_none() {
        return Err(Error::refused(format!("{about} is deleted"), "restore it first: O, or `leadbook undelete`"));
    }
    access::check_write(db, ctx, about, owner(of, &customer))?;
    Ok(customer)
}

fn only_requests(targets: &Targets, what: &str) -> Result<()> {
    if targets.entity() == Entity::Request {
        return Ok(());
    }
    let headline = format!("{} are not {what}", targets.entity().plural());
    Err(Error::refused(headline, "only requests are: name them by their numbers, as R-7"))
}

/// Whether a request can be closed by the acting user now.
fn check_open(db: &Db, ctx: &Context, request: &Record) -> Result<()> {
    let registry = &ctx.catalog.request;
    access::check_write(db, ctx, request.key, owner(registry, request))?;
    if !request.named(registry, "deleted_at").is_none() {
        return Err(Error::refused(format!("{} is deleted", request.key), "O restores it first"));
    }
    let state = request.named(registry, "status").as_int().unwrap_or(OPEN);
    if state == OPEN {
        return Ok(());
    }
    let state = rules::state_label(registry, &ctx.catalog.choices, state);
    Err(Error::refused(format!("{} is {state} already", request.key), "O reopens it first"))
}

fn close(ctx: &Context, request: &mut Record, state: i64, reason: i64) {
    let registry = &ctx.catalog.request;
    request.set(registry.id("status"), Value::Choice(state));
    request.set(registry.id("status_reason"), Value::Choice(reason));
    request.set(registry.id("closed_at"), Value::Instant(ctx.now()));
}

impl Act for ResolveRequests {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CloseIncident"
    }

    /// How many were resolved comes back; one that is closed refuses all.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        only_requests(&self.targets, "resolved")?;
        let (db, ctx) = (tx.db, tx.ctx);
        let registry = &ctx.catalog.request;
        let reason = self.reason.unwrap_or(PROBLEM_SOLVED);
        check_reason_of(registry, &ctx.catalog.choices, RESOLVED, reason)?;
        let resolution = self.resolution.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let field = registry.id("resolution");
        let most = registry.field(field).max as usize;
        if resolution.is_some_and(|text| text.chars().count() > most) {
            return Err(Error::invalid(
                "resolution",
                format!("the resolution has at most {most} characters; write a note for more"),
            ));
        }
        let each = change_each(tx, &self.targets, ChangeKind::Update, |request| {
            check_open(db, ctx, request)?;
            close(ctx, request, RESOLVED, reason);
            if let Some(text) = resolution {
                request.set(field, Value::text(text));
            }
            Ok(())
        })?;
        match each.asked {
            1 => tx.say(format!("Resolved {}: {}", each.name, ctx.catalog.choices.label(Set::RequestReason, reason))),
            _ => tx.say(format!("Resolved {} requests", each.changed)),
        }
        Ok(each.changed)
    }
}

impl Act for CancelRequests {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CancelIncident"
    }

    /// How many were canceled comes back; one that is closed refuses all.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        only_requests(&self.targets, "canceled")?;
        let (db, ctx) = (tx.db, tx.ctx);
        let each = change_each(tx, &self.targets, ChangeKind::Update, |request| {
            check_open(db, ctx, request)?;
            close(ctx, request, REQUEST_CANCELED, CANCELED);
            Ok(())
        })?;
        match each.asked {
            1 => tx.say(format!("Canceled {}", each.name)),
            _ => tx.say(format!("Canceled {} requests", each.changed)),
        }
        Ok(each.changed)
    }
}

impl Act for LeadFromRequest {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CreateLeadFromRequest"
    }

    /// The number of the lead comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        let (lead, registry) = (&ctx.catalog.lead, &ctx.catalog.request);
        let request = store::record::need(db, registry, self.request)?;
        access::check_write(db, ctx, request.key, owner(registry, &request))?;
        if !request.named(registry, "deleted_at").is_none() {
            return Err(Error::refused(format!("{} is deleted", request.key), "O restores it first"));
        }
        let mut values: Vec<(FieldId, Value)> = vec![
            (lead.id("topic"), request.named(registry, "name").clone()),
            (lead.id("description"), request.named(registry, "description").clone()),
            (lead.id("originating_request"), Value::link(self.request)),
        ];
        if let Some(about) = request.named(registry, "regarding").as_record() {
            values.extend(of_customer(db, ctx, about)?);
        }
        // who asked may be a company, of which no person is known
        let is_named = values.iter().any(|(id, value)| *id == lead.id("last_name") && !value.is_none());
        if !is_named {
            let company = values.iter().find(|(id, _)| *id == lead.id("company")).map(|(_, value)| value.as_text().to_owned());
            let name = company.filter(|name| !name.is_empty()).unwrap_or_else(|| request.key.to_string());
            values.push((lead.id("last_name"), Value::text(name)));
        }
        values.retain(|(_, value)| !value.is_none());
        let made = create::make(tx, Entity::Lead, values)?;
        tx.say(format!("Lead {} from {}: {}", made.key, request.key, display_name(ctx, &request)));
        Ok(made.key.number)
    }
}

/// What a lead takes of the customer whose request it comes from.
fn of_customer(db: &Db, ctx: &Context, about: RecordId) -> Result<Vec<(FieldId, Value)>> {
    let (lead, of) = (&ctx.catalog.lead, ctx.catalog.registry(about.entity));
    let Some(customer) = store::record::get(db, of, about.number)? else { return Ok(Vec::new()) };
    let held = |field: &Field| {
        let (id, _) = of.ids().find(|(_, theirs)| theirs.name == field.name && theirs.kind == field.kind)?;
        let value = customer.get(id);
        // what is too long for a lead stays with the customer
        let fits = field.max == 0 || value.as_text().chars().count() <= field.max as usize;
        fits.then(|| value.clone())
    };
    let taken = lead.ids().filter(|(_, field)| is_taken(field));
    let mut values: Vec<(FieldId, Value)> = taken.filter_map(|(id, field)| Some((id, held(field)?))).collect();
    match about.entity {
        Entity::Account => {
            values.push((lead.id("company"), customer.named(of, "name").clone()));
            values.push((lead.id("parent_account"), Value::link(about.number)));
        }
        Entity::Contact => {
            values.push((lead.id("parent_contact"), Value::link(about.number)));
            if let Value::Link(account) = customer.named(of, "account") {
                values.push((lead.id("company"), Value::text(account.name.clone())));
                values.push((lead.id("parent_account"), Value::link(account.number)));
            }
        }
        _ => values.push((lead.id("company"), customer.named(of, "company").clone())),
    }
    Ok(values)
}

/// The requests of a record and of the leads that it came from, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestsOf {
    /// The record.
    pub about: RecordId,
}

impl Query for RequestsOf {
    type Reply = Vec<Asked>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Asked>> {
        let record = store::record::need(db, ctx.catalog.registry(self.about.entity), self.about.number)?;
        let mut found = store::request::of_record(db, self.about, i64::MAX)?;
        for source in store::related::sources(db, &record, &ctx.catalog)? {
            found.extend(store::request::of_record(db, source, i64::MAX)?);
        }
        found.sort_by_key(|asked| std::cmp::Reverse(asked.number));
        Ok(found)
    }
}
