//! Table: the messages, their parameters and what does them. Source: the messages of the lead and their SDK parameter names.

use serde_json::Value as Json;

use super::door::Door;
use super::request::Request;
use super::{access, acts, questions};
use crate::error::Result;

/// What does a request.
type Run = fn(&mut Door<'_, '_>, &Request<'_>) -> Result<Json>;

/// One message.
pub(super) struct Message {
    /// Its name in the SDK.
    pub(super) name: &'static str,
    /// What it does, for people.
    pub(super) about: &'static str,
    /// What it takes.
    pub(super) parameters: &'static [Parameter],
    /// What does it.
    pub(super) run: Run,
}

/// A parameter of a message.
pub(super) struct Parameter {
    /// Its name in the SDK.
    pub(super) name: &'static str,
    /// What it is, for people.
    pub(super) kind: &'static str,
    /// Whether it must be there.
    pub(super) needed: bool,
}

const fn needs(name: &'static str, kind: &'static str) -> Parameter {
    Parameter { name, kind, needed: true }
}

const fn takes(name: &'static str, kind: &'static str) -> Parameter {
    Parameter { name, kind, needed: false }
}

const fn message(name: &'static str, about: &'static str, parameters: &'static [Parameter], run: Run) -> Message {
    Message { name, about, parameters, run }
}

const RECORD: &str = "record";
const OBJECT: &str = "object with attributes";

#[rustfmt::skip]
pub(super) const MESSAGES: &[Message] = &[
    message("Create", "Makes a record", &[needs("Target", OBJECT), takes("Entity", "kind"), takes("SuppressDuplicateDetection", "flag")], acts::create),
    message("CreateMultiple", "Makes several, or none", &[needs("Targets", "array"), takes("Entity", "kind")], acts::create_multiple),
    message("Retrieve", "Reads a record", &[needs("Target", RECORD), takes("ColumnSet", "array")], questions::retrieve),
    message("RetrieveMultiple", "Reads what a filter finds", &[takes("Entity", "kind"), takes("Query", "filter"), takes("ColumnSet", "array"), takes("TopCount", "number")], questions::retrieve_multiple),
    message("Update", "Writes attributes of a record", &[needs("Target", OBJECT), takes("RowVersion", "number")], acts::update),
    message("UpdateMultiple", "Writes several, or none", &[needs("Targets", "array")], acts::update_multiple),
    message("Upsert", "Writes the record that is named, or makes one", &[needs("Target", OBJECT), takes("Entity", "kind")], acts::upsert),
    message("UpsertMultiple", "The same with several, or none", &[needs("Targets", "array"), takes("Entity", "kind")], acts::upsert_multiple),
    message("Delete", "Moves a record to the deleted ones", &[needs("Target", RECORD)], acts::delete),
    message("DeleteMultiple", "Moves several, or none", &[needs("Targets", "array")], acts::delete_multiple),
    message("Restore", "Brings a deleted record back", &[needs("Target", RECORD)], acts::restore),
    message("Assign", "Gives a record to a user or a team", &[needs("Target", RECORD), needs("Assignee", "owner")], acts::assign),
    message("SetState", "Closes a record or opens it again", &[needs("EntityMoniker", RECORD), needs("State", "choice"), takes("Status", "choice, -1 for the default")], acts::set_state),
    message("QualifyLead", "Makes customers and an opportunity of a lead", &[needs("LeadId", "lead"), takes("CreateAccount", "flag"), takes("CreateContact", "flag"), takes("CreateOpportunity", "flag"), takes("Status", "choice"), takes("OpportunityCurrencyId", "code"), takes("OpportunityCustomerId", "account or contact"), takes("SourceCampaignId", "choice"), takes("SuppressDuplicateDetection", "flag")], acts::qualify),
    message("Merge", "Makes one of two records", &[needs("Target", RECORD), needs("SubordinateId", RECORD), takes("UpdateContent", OBJECT), takes("PerformParentingChecks", "flag")], acts::merge),
    message("Associate", "Ties records to a record", &[needs("Target", RECORD), needs("RelatedEntities", "array"), takes("Relationship", "role")], acts::associate),
    message("Disassociate", "Unties records from a record", &[needs("Target", RECORD), needs("RelatedEntities", "array"), takes("Relationship", "role")], acts::disassociate),
    message("GrantAccess", "Shares a record: adds rights", &[needs("Target", RECORD), needs("PrincipalAccess", "object with Principal and AccessMask")], access::grant),
    message("ModifyAccess", "Shares it with these rights instead", &[needs("Target", RECORD), needs("PrincipalAccess", "object with Principal and AccessMask")], access::modify),
    message("RevokeAccess", "Takes a share away", &[needs("Target", RECORD), needs("Revokee", "owner")], access::revoke),
    message("RetrievePrincipalAccess", "All that one may do with a record", &[needs("Target", RECORD), needs("Principal", "owner")], access::of_principal),
    message("RetrieveSharedPrincipalsAndAccess", "With whom a record is shared", &[needs("Target", RECORD)], access::of_all),
    message("InitializeFrom", "What a record would begin with that is made from a lead; writes nothing", &[needs("EntityMoniker", "lead"), needs("TargetEntityName", "kind"), takes("TargetFieldType", "text")], questions::initialize_from),
    message("Rollup", "The leads of a customer", &[needs("Target", RECORD), takes("Query", "filter"), takes("RollupType", "None, Related or Extended")], questions::rollup),
    message("RetrieveDuplicates", "Which others of its kind a record may be too, or which account or contact a lead, and why", &[needs("BusinessEntity", "record"), needs("MatchingEntityName", "kind"), takes("PagingInfo", "object")], questions::duplicates),
    message("AddToQueue", "Refused: a lead is in no queue until queues are on", &[needs("Target", RECORD), takes("DestinationQueueId", "queue"), takes("SourceQueueId", "queue")], acts::add_to_queue),
];
