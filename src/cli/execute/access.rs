//! The messages about who may do what with a record. Decides no right.

use serde_json::{Value as Json, json};

use super::door::Door;
use super::request::Request;
use crate::cli::names;
use crate::error::{Error, Result};
use crate::model::entity::RecordId;
use crate::model::rights::Rights;
use crate::model::value::Owner;
use crate::service::share::{
    GrantAccess, ModifyAccess, RetrievePrincipalAccess, RetrieveSharedPrincipalsAndAccess, RevokeAccess,
};

/// The user or team that a parameter names, as a login or `team:name`.
fn principal(door: &Door<'_, '_>, value: Option<&Json>, name: &str) -> Result<Owner> {
    let text = value.and_then(Json::as_str).ok_or_else(|| Error::invalid(name, "name a login, or team:name"))?;
    names::owner(door.ctx(), text)
}

/// Whom and what a `PrincipalAccess` gives.
fn given(door: &Door<'_, '_>, request: &Request<'_>) -> Result<(RecordId, Owner, Rights)> {
    const NAME: &str = "PrincipalAccess";
    let record = request.record(door, "Target")?;
    let access = request.get(NAME).and_then(Json::as_object);
    let access = access.ok_or_else(|| Error::invalid(NAME, "{\"Principal\": \"bo\", \"AccessMask\": \"Read,Write\"}"))?;
    let principal = principal(door, access.get("Principal"), "PrincipalAccess.Principal")?;
    let mask = access.get("AccessMask").and_then(Json::as_str).unwrap_or_default();
    Ok((record, principal, Rights::parse(mask)?))
}

fn shown(door: &Door<'_, '_>, principal: Owner, rights: Rights) -> Json {
    json!({"Principal": door.ctx().catalog.people.show(principal), "AccessMask": rights.to_string()})
}

pub(super) fn grant(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let (record, principal, rights) = given(door, request)?;
    let rights = door.act(GrantAccess { record, principal, rights })?;
    Ok(shown(door, principal, rights))
}

pub(super) fn modify(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let (record, principal, rights) = given(door, request)?;
    door.act(ModifyAccess { record, principal, rights })?;
    Ok(shown(door, principal, rights))
}

pub(super) fn revoke(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let record = request.record(door, "Target")?;
    let revokee = principal(door, request.get("Revokee"), "Revokee")?;
    door.act(RevokeAccess { record, revokee })?;
    Ok(Json::Null)
}

pub(super) fn of_principal(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let record = request.record(door, "Target")?;
    let principal = principal(door, request.get("Principal"), "Principal")?;
    let rights = door.ask(&RetrievePrincipalAccess { record, principal })?;
    Ok(json!({"AccessRights": rights.to_string()}))
}

pub(super) fn of_all(door: &mut Door<'_, '_>, request: &Request<'_>) -> Result<Json> {
    let record = request.record(door, "Target")?;
    let shares = door.ask(&RetrieveSharedPrincipalsAndAccess { record })?;
    let all: Vec<Json> = shares.into_iter().map(|(principal, rights)| shown(door, principal, rights)).collect();
    Ok(json!({"PrincipalAccesses": all}))
}
