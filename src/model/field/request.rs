//! Table: the fields of a customer request beside the shared ones. Source: the incident of Dynamics, as far as a salesperson needs it.

use super::build::{choice, instant, lookup, memo, of, text};
use super::{Field, Group, Kind};
use crate::model::choice::Set;
use crate::model::entity::Entity;

const WHAT: Group = Group::What;
const WHEN: Group = Group::When;
const DETAILS: Group = Group::Details;

/// Every field of a request but administration, in the order of forms.
pub const FIELDS: &[Field] = &[
    text("name", "Title", 200).also(&["title", "topic", "subject"]).group(WHAT).column("Title", 30).needed(),
    of("regarding", "Customer", Kind::Record, 22).also(&["customer", "about"]).group(WHAT).column("Customer", 22),
    choice("type", "Type", Set::RequestType).also(&["request_type", "kind"]).group(WHAT).column("Type", 9),
    lookup("product", "Product", Entity::Product).group(WHAT).column("Product", 18),
    choice("priority", "Priority", Set::RequestPriority).group(WHAT).column("Priority", 8),
    choice("origin", "Origin", Set::RequestOrigin).also(&["source"]).group(WHAT).column("Origin", 7),
    choice("status", "Status", Set::RequestState).also(&["state"]).group(WHEN).column("Status", 9).imported(),
    choice("status_reason", "Status Reason", Set::RequestReason).also(&["reason"]).group(WHEN).column("Reason", 16).imported(),
    instant("due_at", "Answer By").also(&["due"]).group(WHEN).column("Due", 12),
    memo("description", "Description", 100_000).group(DETAILS).column("Description", 30),
    memo("resolution", "Resolution", 2_000).group(DETAILS).column("Resolution", 30),
    of("tags", "Tags", Kind::Tags, 16).also(&["tag"]).group(DETAILS),
];
