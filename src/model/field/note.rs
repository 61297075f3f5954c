//! Table: what a file of notes can say of each. A note itself has no fields: it is a text on a record, and these are its parts on the way
//! in. Source: the annotation of Dynamics.

use super::build::{instant, memo, of, text};
use super::{Field, Group, Kind};

const WHAT: Group = Group::Contact;
const ADMINISTRATION_GROUP: Group = Group::Administration;

/// The parts of a note in a file.
pub const FIELDS: &[Field] = &[
    text("name", "Title", 1_000).also(&["title", "subject"]).group(WHAT),
    memo("body", "Text", 0).also(&["text", "description"]).group(WHAT),
    of("regarding", "Regarding", Kind::Record, 22).also(&["about", "record"]).group(WHAT),
    of("owner", "Author", Kind::Owner, 12).also(&["author", "created_by"]).group(ADMINISTRATION_GROUP),
    instant("created_at", "Created On").also(&["created"]).group(ADMINISTRATION_GROUP).imported(),
    text("import_source", "Import Source", 100).group(ADMINISTRATION_GROUP).imported(),
    text("import_key", "Import Key", 200).group(ADMINISTRATION_GROUP).imported(),
    memo("imported_rest", "Imported Rest", 0).group(ADMINISTRATION_GROUP).imported(),
];
