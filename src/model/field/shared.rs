//! Table: the fields that accounts, contacts and opportunities share. Source: the same attributes of each in Dynamics.

use super::build::{choice, degree, flag, instant, int, memo, of, phone, text};
use super::{Field, Group, Kind};
use crate::model::choice::Set;
use crate::model::entity::Entity;

const ADDRESS_GROUP: Group = Group::Address;
const PREFERENCES_GROUP: Group = Group::Preferences;
const NEXT_GROUP: Group = Group::Administration;
const ADMINISTRATION_GROUP: Group = Group::Administration;

/// Both addresses.
pub const ADDRESS: &[Field] = &[
    text("street", "Street 1", 250).also(&["street1", "address"]).group(ADDRESS_GROUP),
    text("street2", "Street 2", 250).group(ADDRESS_GROUP).seldom(),
    text("street3", "Street 3", 250).group(ADDRESS_GROUP).seldom(),
    text("postal_code", "ZIP/Postal Code", 20).also(&["zip", "postcode"]).group(ADDRESS_GROUP).column("ZIP", 9),
    text("city", "City", 80).also(&["town"]).group(ADDRESS_GROUP),
    text("state_or_province", "State/Province", 50).also(&["province", "region"]).group(ADDRESS_GROUP),
    text("country", "Country/Region", 80).group(ADDRESS_GROUP).column("Country", 12),
    text("county", "County", 50).group(ADDRESS_GROUP).seldom(),
    text("post_office_box", "Post Office Box", 20).group(ADDRESS_GROUP).seldom(),
    text("address_name", "Address Name", 200).group(ADDRESS_GROUP).seldom(),
    phone("address_phone", "Address Phone", 50).group(ADDRESS_GROUP).seldom(),
    phone("address_fax", "Address Fax", 50).group(ADDRESS_GROUP).seldom(),
    degree("latitude", "Latitude", 90).group(ADDRESS_GROUP).seldom(),
    degree("longitude", "Longitude", 180).group(ADDRESS_GROUP).seldom(),
    text("address2_street", "Address 2: Street 1", 250).group(ADDRESS_GROUP).seldom(),
    text("address2_street2", "Address 2: Street 2", 250).group(ADDRESS_GROUP).seldom(),
    text("address2_street3", "Address 2: Street 3", 250).group(ADDRESS_GROUP).seldom(),
    text("address2_postal_code", "Address 2: ZIP/Postal Code", 20).group(ADDRESS_GROUP).seldom(),
    text("address2_city", "Address 2: City", 80).group(ADDRESS_GROUP).seldom(),
    text("address2_state_or_province", "Address 2: State/Province", 50).group(ADDRESS_GROUP).seldom(),
    text("address2_country", "Address 2: Country/Region", 80).group(ADDRESS_GROUP).seldom(),
    text("address2_county", "Address 2: County", 50).group(ADDRESS_GROUP).seldom(),
    text("address2_post_office_box", "Address 2: Post Office Box", 20).group(ADDRESS_GROUP).seldom(),
    text("address2_name", "Address 2: Name", 200).group(ADDRESS_GROUP).seldom(),
    phone("address2_phone", "Address 2: Phone", 50).group(ADDRESS_GROUP).seldom(),
    phone("address2_fax", "Address 2: Fax", 50).group(ADDRESS_GROUP).seldom(),
    degree("address2_latitude", "Address 2: Latitude", 90).group(ADDRESS_GROUP).seldom(),
    degree("address2_longitude", "Address 2: Longitude", 180).group(ADDRESS_GROUP).seldom(),
];

/// How they want to be contacted.
pub const PREFERENCES: &[Field] = &[
    choice("preferred_contact_method", "Preferred Method of Contact", Set::ContactMethod).group(PREFERENCES_GROUP),
    flag("do_not_phone", "Phone Calls", "do not allow", "allow").group(PREFERENCES_GROUP),
    flag("do_not_email", "Emails", "do not allow", "allow").group(PREFERENCES_GROUP),
    flag("do_not_bulk_email", "Bulk Emails", "do not allow", "allow").group(PREFERENCES_GROUP),
    flag("do_not_mail", "Mails", "do not allow", "allow").group(PREFERENCES_GROUP),
    flag("do_not_fax", "Faxes", "do not allow", "allow").group(PREFERENCES_GROUP),
    flag("do_not_send_marketing", "Marketing Material", "do not send", "send").group(PREFERENCES_GROUP),
    flag("follow_email", "Follow Email Activity", "allow", "do not allow").group(PREFERENCES_GROUP),
];

/// What is to be done next and was done last, which follows from the activities of the record.
pub const NEXT: &[Field] = &[
    instant("next_due_at", "Next Step Due").also(&["due", "next", "next_step"]).group(NEXT_GROUP).column("When", 12).following(),
    int("open_activities", "Open Activities", i64::MAX).group(NEXT_GROUP).column("Open", 5).following().seldom(),
    instant("last_activity_at", "Last Activity")
        .also(&["last_activity"])
        .group(NEXT_GROUP)
        .column("Last", 12)
        .following()
        .seldom(),
    instant("last_contact_at", "Last Contact")
        .also(&["last_contact"])
        .group(NEXT_GROUP)
        .column("Contact", 12)
        .following()
        .seldom(),
    instant("first_contact_at", "First Outgoing Contact").also(&["first_contact"]).group(NEXT_GROUP).following().seldom(),
];

/// What the program keeps.
pub const ADMINISTRATION: &[Field] = &[
    of("number", "Number", Kind::Number(Entity::Lead), 9).group(ADMINISTRATION_GROUP).kept(),
    of("owner", "Owner", Kind::Owner, 12).group(ADMINISTRATION_GROUP),
    instant("created_at", "Created On").also(&["created"]).group(ADMINISTRATION_GROUP).column("Created", 12).imported(),
    of("created_by", "Created By", Kind::User, 12).group(ADMINISTRATION_GROUP).kept(),
    instant("modified_at", "Modified On").also(&["modified"]).group(ADMINISTRATION_GROUP).column("Modified", 12).kept(),
    of("modified_by", "Modified By", Kind::User, 12).group(ADMINISTRATION_GROUP).kept(),
    instant("closed_at", "Closed On").also(&["closed"]).group(ADMINISTRATION_GROUP).column("Closed", 12).imported(),
    instant("deleted_at", "Deleted On").also(&["deleted"]).group(ADMINISTRATION_GROUP).column("Deleted", 12).kept().seldom(),
    of("handed_by", "Handed Over By", Kind::User, 12).group(ADMINISTRATION_GROUP).kept().seldom(),
    instant("handed_at", "Handed Over On").group(ADMINISTRATION_GROUP).kept().seldom(),
    text("handed_note", "Handed Over With", 2_000).group(ADMINISTRATION_GROUP).kept().seldom(),
    instant("opened_at", "First Opened On").group(ADMINISTRATION_GROUP).kept().seldom(),
    text("import_source", "Import Source", 100).group(ADMINISTRATION_GROUP).imported().seldom(),
    text("import_key", "Import Key", 200).group(ADMINISTRATION_GROUP).imported().seldom(),
    text("incomplete", "Filled In By Import", 200).group(ADMINISTRATION_GROUP).kept().seldom(),
    memo("imported_rest", "Imported Rest", 0).group(ADMINISTRATION_GROUP).imported().seldom(),
    of("id", "Id", Kind::Id, 36).group(ADMINISTRATION_GROUP).kept(),
];
