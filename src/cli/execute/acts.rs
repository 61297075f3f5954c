//! The messages that write, each by the act that a key does. Reads no standard input.

use serde_json::{Map, Value as Json, json};

use super::door::Door;
use super::questions::{doubles, reference};
use super::request::{Request, attributes, record};
use crate::cli::names;
use crate::error::{Error, Result};
use crate::model::choice::{DISQUALIFIED, NEW, OPEN, QUALIFIED, Set, WON};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::value::{Owner, Value};
use crate::service::link::{Associate, Disassociate};
use crate::service::merge::Merge;
use crate::service::opportunity::{CloseOpportunity, Outcome};
use crate::service::qualify::close::DisqualifyLeads;
use crate::service::qualify::{Deal, Part, QualifyLead};
use crate::service::record::assign::AssignRecords;
use crate::service::record::create::CreateRecord;
use crate::service::record::delete::{DeleteRecords, RestoreRecords};
use crate::service::record::read::GetRecord;
use crate::service::record::reopen::ReopenRecords;
use crate::service::record::update::{UpdateRecord, UpdateRecords};
use crate::service::scope::Targets;

/// The reason of a disqualified lead unless another is given. Source: the default of statuscode.
const LOST: i64 = 4;
/// Dynamics' word for the default reason of a state.
const DEFAULT: &str = "-1";

/// The object of a target.
fn object<'a>(value: &'a Json, name: &str) -> Result<&'a Map<String, Json>> {
    value.as_object().ok_or_else(|| Error::invalid(name, format!("{name} is an object with attributes")))
}

/// The kind of a target: as it says, else as the request does.
fn kind_of(request: &Request<'_>, target: &Map<String, Json>) -> Result<Entity> {
    let said = ["LogicalName", "entity"].iter().find_map(|key| target.get(*key)?.as_str());
    match said {
        None => request.entity("Entity"),
        Some(text) => Entity::LISTED
            .iter()
            .copied()
            .find(|entity| entity.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| Error::invalid("Target", format!("“{text}” is no kind of records"))),
    }
}

fn make(door: &mut Door<'_, '_>, entity: Entity, target: &Map<String, Json>, compare: bool) -> Result<Json> {
    let values = attributes(door, target, entity)?;
    if compare && let Some(double) = doubles(door, entity, &values)?.first() {
        return Err(Error::refused(format!("{double} is like it"), "SuppressDuplicateDetection makes it all the same"));
    }
    let number = door.act(CreateRecord { entity, values })?;
    reference(door, entity.numbered(number))
}

pub(super) fn create(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let target = object(request.get("Target").unwrap_or(&Json::Null), "Target")?;
    let entity = kind_of(request, target)?;
    // as the Web API does it, doubles are looked for only where that is asked for
    let compare = request.get("SuppressDuplicateDetection") == Some(&Json::Bool(false));
    make(door, entity, target, compare)
}

/// Does the same with every target, all or none.
fn each(
    door: &mut Door<'_, '_>,
    request: &Request<'_>,
    name: &'static str,
    one: impl Fn(&mut Door<'_, '_>, &Json) -> Result<Json>,
) -> Result<Json> {
    let targets = request.list("Targets")?;
    let replies = door.whole(name, |door| {
        let numbered = targets.iter().enumerate();
        numbered.map(|(place, target)| one(door, target).map_err(|error| at(place, error))).collect::<Result<Vec<_>>>()
    })?;
    Ok(Json::Array(replies))
}

/// Says which of several targets a mistake is in.
fn at(place: usize, error: Error) -> Error {
    match error {
        Error::Invalid(mut problems) => {
            for problem in &mut problems {
                problem.field = format!("Targets[{place}].{}", problem.field);
            }
            Error::Invalid(problems)
        }
        other => other,
    }
}

pub(super) fn create_multiple(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    each(door, request, "CreateMultiple", |door, target| {
        let target = object(target, "Targets")?;
        make(door, kind_of(request, target)?, target, false)
    })
}

fn put(door: &mut Door<'_, '_>, target: &Json, version: Option<i64>) -> Result<Json> {
    let key = record(door, target, Entity::Lead).map_err(|message| Error::invalid("Target", message))?;
    let values = attributes(door, object(target, "Target")?, key.entity)?;
    write(door, key, values, version)
}

/// Writes attributes of a record; another owner is an assignment.
fn write(door: &mut Door<'_, '_>, key: RecordId, values: Vec<(FieldId, Value)>, version: Option<i64>) -> Result<Json> {
    let owner_field = door.ctx().catalog.registry(key.entity).id("owner");
    let (owners, values): (Vec<_>, Vec<_>) = values.into_iter().partition(|(id, _)| *id == owner_field);
    door.whole("Update", |door| {
        if !values.is_empty() {
            door.act(UpdateRecord { record: key, version, seen: Vec::new(), values })?;
        }
        match owners.first() {
            Some((_, Value::Owner(owner))) => give(door, key, *owner),
            _ => Ok(()),
        }
    })?;
    reference(door, key)
}

fn give(door: &mut Door<'_, '_>, key: RecordId, owner: Owner) -> Result<()> {
    door.act(AssignRecords { targets: Targets::one(key), owner, note: None, activities: true }).map(|_| ())
}

pub(super) fn update(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let version = match request.text("RowVersion")? {
        None => None,
        Some(text) => Some(text.parse().map_err(|_| Error::invalid("RowVersion", "RowVersion is a number"))?),
    };
    put(door, request.get("Target").unwrap_or(&Json::Null), version)
}

pub(super) fn update_multiple(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    each(door, request, "UpdateMultiple", |door, target| put(door, target, None))
}

fn put_or_make(door: &mut Door<'_, '_>, request: &Request<'_>, target: &Json) -> Result<Json> {
    let fields = object(target, "Target")?;
    let entity = kind_of(request, fields)?;
    let (reply, created) = match record(door, target, entity) {
        Ok(key) => (write(door, key, attributes(door, fields, key.entity)?, None)?, false),
        Err(_) => (make(door, entity, fields, false)?, true),
    };
    Ok(json!({"created": created, "record": reply}))
}

pub(super) fn upsert(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    put_or_make(door, request, request.get("Target").unwrap_or(&Json::Null))
}

pub(super) fn upsert_multiple(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    each(door, request, "UpsertMultiple", |door, target| put_or_make(door, request, target))
}

fn remove(door: &mut Door<'_, '_>, key: RecordId) -> Result<Json> {
    door.act(DeleteRecords { targets: Targets::one(key) })?;
    Ok(json!(key.to_string()))
}

pub(super) fn delete(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let key = request.record(door, "Target")?;
    remove(door, key)
}

pub(super) fn delete_multiple(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    each(door, request, "DeleteMultiple", |door, target| {
        let key = record(door, target, Entity::Lead).map_err(|message| Error::invalid("Targets", message))?;
        remove(door, key)
    })
}

pub(super) fn restore(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let key = request.record(door, "Target")?;
    door.act(RestoreRecords { targets: Targets::one(key) })?;
    reference(door, key)
}

pub(super) fn assign(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let key = request.record(door, "Target")?;
    let owner = names::owner(door.ctx(), &request.text("Assignee")?.unwrap_or_default())?;
    give(door, key, owner)?;
    reference(door, key)
}

pub(super) fn set_state(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let key = request.record(door, "EntityMoniker")?;
    let catalog = std::sync::Arc::clone(&door.ctx().catalog);
    let (states, reasons) = crate::model::rules::state_sets(catalog.registry(key.entity));
    let state = request.choice(door, "State", states)?.unwrap_or(OPEN);
    let reason = match request.text("Status")? {
        Some(text) if text == DEFAULT => None,
        _ => request.choice(door, "Status", reasons)?,
    };
    let targets = Targets::one(key);
    match (key.entity, state) {
        (_, OPEN) => {
            door.whole("SetState", |door| {
                door.act(ReopenRecords { targets: targets.clone() })?;
                let Some(reason) = reason.filter(|reason| *reason != NEW) else { return Ok(()) };
                let values = vec![(catalog.registry(key.entity).id("status_reason"), Value::Choice(reason))];
                door.act(UpdateRecords { targets, values, leave_out_closed: false }).map(|_| ())
            })?;
        }
        (Entity::Lead, QUALIFIED) => {
            let (account, contact) = (Part::None, Part::None);
            door.act(QualifyLead { lead: key.number, account, contact, opportunity: None, reason })?;
        }
        (Entity::Lead, DISQUALIFIED) => {
            door.act(DisqualifyLeads { targets, reason: reason.unwrap_or(LOST), note: None })?;
        }
        (Entity::Opportunity, state) => {
            let outcome = if state == WON { Outcome::Won { revenue: None } } else { Outcome::Lost { competitor: None } };
            let (date, note) = (None, None);
            door.act(CloseOpportunity { opportunity: key.number, outcome, reason, date, note })?;
        }
        (other, _) => {
            return Err(Error::refused(format!("{} has no such state", other.one()), "Delete moves it to the deleted ones"));
        }
    }
    reference(door, key)
}

pub(super) fn qualify(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let lead = request.record(door, "LeadId")?;
    if lead.entity != Entity::Lead {
        return Err(Error::invalid("LeadId", format!("{lead} is {}, not a lead", lead.entity.one())));
    }
    let part = |flag| Ok::<_, Error>(if request.flag(flag)? { Part::New } else { Part::None });
    let (account, contact) = (part("CreateAccount")?, part("CreateContact")?);
    let reason = request.choice(door, "Status", Set::StatusReason)?;
    let customer = match request.get("OpportunityCustomerId") {
        Some(_) => Some(request.record(door, "OpportunityCustomerId")?),
        None => None,
    };
    let mut values = Vec::new();
    let registry = &door.ctx().catalog.opportunity;
    if let Some(code) = request.text("OpportunityCurrencyId")? {
        values.push((registry.id("currency"), Value::text(code.to_uppercase())));
    }
    if let Some(code) = request.choice(door, "SourceCampaignId", Set::Campaign)? {
        values.push((registry.id("campaign"), Value::Choice(code)));
    }
    let opportunity = request.flag("CreateOpportunity")?.then_some(Deal { values, customer });
    let done = door.act(QualifyLead { lead: lead.number, account, contact, opportunity, reason })?;
    let names = |keys: &[RecordId]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
    Ok(json!({"CreatedEntities": names(&done.created), "linked": names(&done.linked)}))
}

/// Merges two records; what the SDK wants written on the master besides is one step with it.
pub(super) fn merge(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let (master, other) = (request.record(door, "Target")?, request.record(door, "SubordinateId")?);
    let content = match request.get("UpdateContent") {
        Some(content) => attributes(door, object(content, "UpdateContent")?, master.entity)?,
        None => Vec::new(),
    };
    if request.flag("PerformParentingChecks")? {
        check_parents(door, master, other)?;
    }
    door.whole("Merge", |door| {
        door.act(Merge { master, other, take: Vec::new() })?;
        if content.is_empty() {
            return Ok(());
        }
        write(door, master, content, None).map(|_| ())
    })?;
    reference(door, master)
}

/// Refuses two records of different parents. Source: PerformParentingChecks.
fn check_parents(door: &Door<'_, '_>, master: RecordId, other: RecordId) -> Result<()> {
    let registry = door.ctx().catalog.registry(master.entity);
    let parents = ["parent_account", "parent_contact", "account"].into_iter().filter_map(|name| registry.find(name));
    let get = |record| door.ask(&GetRecord { record, entries: 0 }).map(|detail| detail.record);
    let (one, two) = (get(master)?, get(other)?);
    for parent in parents {
        if one.get(parent).as_int() != two.get(parent).as_int() {
            let label = registry.field(parent).label;
            return Err(Error::refused(
                format!("{master} and {other} differ in {label}"),
                "merge without the check, or mend it first",
            ));
        }
    }
    Ok(())
}

/// Ties or unties every related record, all or none.
fn related(
    door: &mut Door<'_, '_>,
    request: &Request<'_>,
    name: &'static str,
    one: impl Fn(&mut Door<'_, '_>, RecordId, RecordId) -> Result<()>,
) -> Result<Json> {
    let target = request.record(door, "Target")?;
    let others = request.list("RelatedEntities")?;
    let done = door.whole(name, |door| {
        let mut done = Vec::new();
        for other in others {
            let other = record(door, other, Entity::Lead).map_err(|message| Error::invalid("RelatedEntities", message))?;
            one(door, target, other)?;
            done.push(other.to_string());
        }
        Ok(done)
    })?;
    Ok(json!(done))
}

pub(super) fn associate(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let role = request.text("Relationship")?.unwrap_or_default();
    related(door, request, "Associate", |door, one, other| door.act(Associate { one, other, role: role.clone() }))
}

pub(super) fn disassociate(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    related(door, request, "Disassociate", |door, one, other| door.act(Disassociate { one, other }))
}

pub(super) fn add_to_queue(_: &mut Door<'_, '_>, _: &Request<'_>) -> Result<Json> {
    Err(Error::refused("queues are off, so a lead is in none", "assign it to a team instead"))
}
