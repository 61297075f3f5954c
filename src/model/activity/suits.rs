//! Table: which fields of an activity belong to which kind, and how some are called there. Stores nothing.

use super::{APPOINTMENT, EMAIL, FAX, LETTER, PHONE_CALL, TASK};

/// How well a field suits a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suits {
    /// Most of this kind hold it.
    Well,
    /// Some do.
    Seldom,
    /// None does; one that was filled all the same is shown.
    Not,
}

/// What each kind has beside what all have.
const OWN: &[(i64, &[&str])] = &[
    (TASK, &["due_at", "priority"]),
    (PHONE_CALL, &["direction", "phone_number", "outcome", "due_at", "priority"]),
    (EMAIL, &["direction", "sender", "recipients", "copies", "due_at"]),
    (APPOINTMENT, &["starts_at", "due_at", "duration", "location", "required_attendees", "priority"]),
    (LETTER, &["direction", "address", "due_at", "priority"]),
    (FAX, &["direction", "fax_number", "due_at", "priority"]),
];

/// What few of each kind have.
const SELDOM: &[(i64, &[&str])] = &[
    (TASK, &["starts_at", "duration", "percent_complete"]),
    (PHONE_CALL, &["left_voicemail", "starts_at", "duration", "sender", "recipients"]),
    (EMAIL, &["blind_copies", "priority", "read_receipt", "delivery_receipt", "delivery_priority"]),
    (APPOINTMENT, &["all_day", "organizer", "optional_attendees"]),
    (LETTER, &["sender", "recipients"]),
    (FAX, &["pages", "cover_page", "billing_code", "sender", "recipients"]),
];

/// What any kind has.
const ALL: &[&str] = &["name", "kind", "regarding", "status", "status_reason", "description", "tags"];

/// What few of any kind have.
const ALL_SELDOM: &[&str] = &["actual_start", "actual_end", "actual_duration", "category", "subcategory"];

/// How well a field suits an activity of a kind. Fields of administration are no kind's.
pub fn suits(kind: i64, field: &str) -> Suits {
    let of = |table: &[(i64, &[&str])]| table.iter().any(|(own, names)| *own == kind && names.contains(&field));
    if ALL.contains(&field) || of(OWN) {
        Suits::Well
    } else if ALL_SELDOM.contains(&field) || of(SELDOM) {
        Suits::Seldom
    } else {
        Suits::Not
    }
}

/// How a field is called for a kind, where that is another word than for all.
pub fn label(kind: i64, field: &str) -> Option<&'static str> {
    match (kind, field) {
        (APPOINTMENT, "due_at") => Some("End"),
        (APPOINTMENT, "required_attendees") => Some("Attendees"),
        (EMAIL, "description") => Some("Text"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::KINDS;
    use crate::model::entity::Entity;
    use crate::model::field::Registry;

    #[test]
    fn every_name_is_a_field_and_every_kind_has_its_own() {
        let registry = Registry::of(Entity::Activity);
        let tables = OWN.iter().chain(SELDOM).flat_map(|(_, names)| names.iter());
        for name in tables.chain(ALL).chain(ALL_SELDOM) {
            assert!(registry.find(name).is_some(), "{name}");
        }
        for (kind, label) in KINDS {
            assert!(OWN.iter().any(|(own, _)| own == kind), "{label}");
            assert_eq!(suits(*kind, "regarding"), Suits::Well, "{label}");
        }
        assert_eq!(suits(APPOINTMENT, "phone_number"), Suits::Not);
        assert_eq!(suits(APPOINTMENT, "outcome"), Suits::Not);
        assert_eq!(suits(PHONE_CALL, "left_voicemail"), Suits::Seldom);
    }
}
