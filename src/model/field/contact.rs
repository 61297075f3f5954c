//! Table: the fields of a contact beside the shared ones. Source: the contact entity, what a lead maps to and what its form shows.

use super::build::{choice, date, email, flag, instant, lookup, memo, of, phone, text, url};
use super::{Field, Group, Kind};
use crate::model::choice::Set;
use crate::model::entity::Entity;

const COMPANY: Group = Group::Company;
const DETAILS: Group = Group::Details;

/// Every field of a contact but address, preferences and administration, in the order of forms.
pub const FIELDS: &[Field] = &[
    text("salutation", "Salutation", 100).seldom(),
    text("first_name", "First Name", 50).also(&["first", "given_name"]),
    text("middle_name", "Middle Name", 50).seldom(),
    text("last_name", "Last Name", 50).also(&["last", "surname", "family_name"]).needed(),
    text("name", "Name", 160).also(&["full_name", "fullname"]).column("Name", 22).kept(),
    text("job_title", "Job Title", 100).also(&["title", "position"]).column("Job Title", 18),
    email("email", "Email").also(&["mail", "email1"]),
    phone("phone", "Business Phone", 50).also(&["tel", "business_phone", "telephone"]).column("Phone", 16),
    phone("mobile_phone", "Mobile Phone", 50).also(&["mobile", "cell"]),
    phone("home_phone", "Home Phone", 50).seldom(),
    phone("other_phone", "Other Phone", 50).seldom(),
    email("email2", "Email Address 2").seldom(),
    email("email3", "Email Address 3").seldom(),
    phone("fax", "Fax", 50).seldom(),
    phone("pager", "Pager", 50).seldom(),
    date("birthday", "Birthday").seldom(),
    text("yomi_first_name", "Yomi First Name", 150).seldom(),
    text("yomi_middle_name", "Yomi Middle Name", 150).seldom(),
    text("yomi_last_name", "Yomi Last Name", 150).seldom(),
    lookup("account", "Account", Entity::Account)
        .also(&["company", "parent_account", "customer"])
        .group(COMPANY)
        .column("Account", 22),
    text("department", "Department", 100).group(COMPANY).seldom(),
    choice("role", "Role", Set::ContactRole).group(COMPANY),
    url("website", "Website").also(&["url", "web_site"]).group(COMPANY).seldom(),
    memo("description", "Description", 2_000).group(DETAILS),
    of("tags", "Tags", Kind::Tags, 16).also(&["tag"]).group(DETAILS),
    lookup("originating_lead", "Originating Lead", Entity::Lead).also(&["lead"]).group(DETAILS).imported(),
    choice("status", "Status", Set::RecordState).also(&["state"]).group(DETAILS).column("Status", 10).imported(),
    choice("status_reason", "Status Reason", Set::RecordReason).also(&["reason"]).group(DETAILS).imported().seldom(),
    flag("merged", "Merged", "yes", "no").group(DETAILS).kept().seldom(),
    lookup("master", "Merged Into", Entity::Contact).also(&["merged_into"]).group(DETAILS).kept().seldom(),
    instant("erased_at", "Erased On").also(&["erased"]).group(DETAILS).column("Erased", 12).kept().seldom(),
];
