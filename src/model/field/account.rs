//! Table: the fields of an account beside the shared ones. Source: the account entity, what a lead maps to and what its form shows.

use super::build::{choice, email, flag, instant, int, lookup, memo, money, of, phone, text, url};
use super::{Field, Group, Kind};
use crate::model::choice::Set;
use crate::model::entity::Entity;

const COMPANY: Group = Group::Company;
const DETAILS: Group = Group::Details;
const TRILLION: i64 = 1_000_000_000_000;

/// Every field of an account but address, preferences and administration, in the order of forms.
pub const FIELDS: &[Field] = &[
    text("name", "Account Name", 160).also(&["account_name", "company"]).group(COMPANY).column("Name", 26).needed(),
    phone("phone", "Main Phone", 50).also(&["tel", "business_phone", "telephone"]).group(COMPANY).column("Phone", 16),
    email("email", "Email").also(&["mail", "email1"]).group(COMPANY),
    url("website", "Website").also(&["url", "web_site"]).group(COMPANY),
    lookup("primary_contact", "Primary Contact", Entity::Contact).also(&["contact"]).group(COMPANY).column("Contact", 20),
    lookup("parent_account", "Parent Account", Entity::Account).also(&["parent"]).group(COMPANY),
    choice("relationship", "Relationship Type", Set::Relationship)
        .also(&["customer_type"])
        .group(COMPANY)
        .column("Relationship", 13),
    choice("industry", "Industry", Set::Industry).group(COMPANY).column("Industry", 18),
    money("annual_revenue", "Annual Revenue", 100 * TRILLION).also(&["revenue"]).group(COMPANY),
    of("currency", "Currency", Kind::Currency, 8).limit(3).group(COMPANY),
    int("employees", "No. of Employees", 1_000_000).also(&["headcount"]).group(COMPANY).column("Employees", 9),
    text("sic", "SIC Code", 20).group(COMPANY).seldom(),
    phone("other_phone", "Other Phone", 50).group(COMPANY).seldom(),
    phone("fax", "Fax", 50).group(COMPANY).seldom(),
    email("email2", "Email Address 2").group(COMPANY).seldom(),
    email("email3", "Email Address 3").group(COMPANY).seldom(),
    text("yomi_name", "Yomi Account Name", 160).group(COMPANY).seldom(),
    memo("description", "Description", 2_000).group(DETAILS),
    of("tags", "Tags", Kind::Tags, 16).also(&["tag"]).group(DETAILS),
    lookup("originating_lead", "Originating Lead", Entity::Lead).also(&["lead"]).group(DETAILS).imported(),
    choice("status", "Status", Set::RecordState).also(&["state"]).group(DETAILS).column("Status", 10).imported(),
    choice("status_reason", "Status Reason", Set::RecordReason).also(&["reason"]).group(DETAILS).imported().seldom(),
    flag("merged", "Merged", "yes", "no").group(DETAILS).kept().seldom(),
    lookup("master", "Merged Into", Entity::Account).also(&["merged_into"]).group(DETAILS).kept().seldom(),
    instant("erased_at", "Erased On").also(&["erased"]).group(DETAILS).column("Erased", 12).kept().seldom(),
];
