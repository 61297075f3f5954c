//! Table: the fields of an activity beside the shared ones. Source: activitypointer and what phone calls, e-mails, appointments, tasks,
//! letters and faxes have beside it.

use super::build::{choice, flag, instant, int, memo, of, phone, text};
use super::{Field, Group, Kind};
use crate::model::choice::Set;

const WHAT: Group = Group::What;
const WHEN: Group = Group::When;
const WHO: Group = Group::Who;
const DETAILS: Group = Group::Details;

/// A hundred years in minutes.
const LONGEST: i64 = 52_560_000;

/// Every field of an activity but administration, in the order of forms.
pub const FIELDS: &[Field] = &[
    text("name", "Subject", 800).also(&["subject", "topic", "title"]).group(WHAT).column("Subject", 30).needed(),
    choice("kind", "Kind", Set::ActivityKind).also(&["type"]).group(WHAT).column("Kind", 11),
    of("regarding", "Regarding", Kind::Record, 22).also(&["about", "record"]).group(WHAT).column("Regarding", 22),
    choice("direction", "Direction", Set::Direction).group(WHAT).column("Dir.", 9),
    phone("phone_number", "Phone Number", 200).also(&["phone_no"]).group(WHAT).column("Phone", 16),
    choice("outcome", "Outcome", Set::Outcome).also(&["result"]).group(WHAT).column("Outcome", 14),
    flag("left_voicemail", "Left Voice Mail", "yes", "no").also(&["voicemail"]).group(WHAT).seldom(),
    choice("status", "Status", Set::ActivityState).also(&["state"]).group(WHAT).column("Status", 9).imported(),
    choice("status_reason", "Status Reason", Set::ActivityReason).also(&["reason"]).group(WHAT).column("Reason", 12).imported(),
    instant("starts_at", "Start").also(&["start", "starts", "scheduled_start"]).group(WHEN).column("Start", 12),
    instant("due_at", "Due").also(&["due", "end", "ends_at", "scheduled_end"]).group(WHEN).column("Due", 12),
    int("duration", "Duration (min)", LONGEST).group(WHEN).column("Min", 5),
    flag("all_day", "All Day Event", "yes", "no").group(WHEN).seldom(),
    choice("priority", "Priority", Set::Priority).group(WHEN).column("Priority", 8),
    int("percent_complete", "Percent Complete", 100).also(&["percent"]).group(WHEN).seldom(),
    instant("actual_start", "Actual Start").group(WHEN).column("Began", 12).seldom(),
    instant("actual_end", "Actual End").also(&["done", "completed_at"]).group(WHEN).column("Done", 12).imported().seldom(),
    int("actual_duration", "Actual Duration (min)", LONGEST).group(WHEN).seldom(),
    instant("sent_at", "Sent On").also(&["sent"]).group(WHEN).column("Sent", 12).imported().seldom(),
    text("sender", "From", 500).also(&["from"]).group(WHO).seldom(),
    text("recipients", "To", 4_000).also(&["to"]).group(WHO).seldom(),
    text("copies", "Cc", 4_000).also(&["cc"]).group(WHO).seldom(),
    text("blind_copies", "Bcc", 4_000).also(&["bcc"]).group(WHO).seldom(),
    text("location", "Location", 200).also(&["place"]).group(WHO).column("Location", 18).seldom(),
    text("organizer", "Organizer", 500).group(WHO).seldom(),
    text("required_attendees", "Required Attendees", 4_000).also(&["attendees"]).group(WHO).seldom(),
    text("optional_attendees", "Optional Attendees", 4_000).group(WHO).seldom(),
    text("address", "Address", 500).group(WHO).seldom(),
    phone("fax_number", "Fax Number", 200).group(WHO).seldom(),
    int("pages", "Number of Pages", 10_000).group(WHO).seldom(),
    text("cover_page", "Cover Page Name", 100).group(WHO).seldom(),
    text("billing_code", "Billing Code", 50).group(WHO).seldom(),
    memo("description", "Description", 0).also(&["body", "text"]).group(DETAILS),
    text("category", "Category", 250).group(DETAILS).seldom(),
    text("subcategory", "Subcategory", 250).group(DETAILS).seldom(),
    of("tags", "Tags", Kind::Tags, 16).also(&["tag"]).group(DETAILS),
    flag("read_receipt", "Read Receipt Requested", "yes", "no").group(DETAILS).seldom(),
    flag("delivery_receipt", "Delivery Receipt Requested", "yes", "no").group(DETAILS).seldom(),
    choice("delivery_priority", "Delivery Priority", Set::Priority).group(DETAILS).seldom(),
    text("message_id", "Message ID", 998).group(DETAILS).imported().seldom(),
    text("in_reply_to", "In Reply To", 998).group(DETAILS).imported().seldom(),
    text("override_note", "Done In Spite Of", 200).group(DETAILS).imported().seldom(),
];
