//! Table: the fields of a lead. Source: attributes of the lead entity that a person can see, with their lengths and ranges.

use super::build::{choice, date, degree, email, flag, instant, int, lookup, memo, money, of, phone, text, url};
use super::{Field, Group, Kind};
use crate::model::choice::Set;
use crate::model::entity::Entity;

const TRILLION: i64 = 1_000_000_000_000;
const COMPANY: Group = Group::Company;
const QUALIFICATION: Group = Group::Qualification;
const DETAILS: Group = Group::Details;
const ADDRESS: Group = Group::Address;
const PREFERENCES: Group = Group::Preferences;
const ADMINISTRATION: Group = Group::Administration;

/// Every field of a lead, in the order of forms.
pub const FIELDS: &[Field] = &[
    // Contact
    text("salutation", "Salutation", 100).seldom(),
    text("first_name", "First Name", 50).also(&["first", "given_name"]),
    text("middle_name", "Middle Name", 50).seldom(),
    text("last_name", "Last Name", 50).also(&["last", "surname", "family_name"]).needed(),
    text("name", "Name", 160).also(&["full_name", "fullname"]).column("Name", 20).kept(),
    text("job_title", "Job Title", 100).also(&["title", "position"]),
    email("email", "Email").also(&["mail", "email1"]),
    phone("phone", "Business Phone", 50).also(&["tel", "business_phone", "telephone"]).column("Phone", 16),
    phone("mobile_phone", "Mobile Phone", 20).also(&["mobile", "cell"]),
    phone("home_phone", "Home Phone", 50).seldom(),
    phone("other_phone", "Other Phone", 50).seldom(),
    email("email2", "Email Address 2").seldom(),
    email("email3", "Email Address 3").seldom(),
    phone("fax", "Fax", 50).seldom(),
    phone("pager", "Pager", 20).seldom(),
    text("yomi_first_name", "Yomi First Name", 150).seldom(),
    text("yomi_middle_name", "Yomi Middle Name", 150).seldom(),
    text("yomi_last_name", "Yomi Last Name", 150).seldom(),
    // Company
    text("company", "Company Name", 100).also(&["organization", "organisation"]).group(COMPANY).column("Company", 20),
    text("yomi_company", "Yomi Company Name", 100).group(COMPANY).seldom(),
    url("website", "Website").also(&["url", "web_site"]).group(COMPANY),
    choice("industry", "Industry", Set::Industry).group(COMPANY).column("Industry", 18),
    money("annual_revenue", "Annual Revenue", 100 * TRILLION).also(&["revenue"]).group(COMPANY),
    int("employees", "No. of Employees", 1_000_000).also(&["headcount"]).group(COMPANY).column("Employees", 9),
    text("sic", "SIC Code", 20).group(COMPANY).seldom(),
    lookup("parent_account", "Parent Account", Entity::Account).also(&["account"]).group(COMPANY).column("Account", 20),
    lookup("parent_contact", "Parent Contact", Entity::Contact).also(&["contact"]).group(COMPANY).column("Contact", 20),
    // Qualification
    text("topic", "Topic", 300).also(&["subject"]).group(QUALIFICATION).column("Topic", 24).needed(),
    choice("source", "Lead Source", Set::Source).also(&["lead_source", "via"]).group(QUALIFICATION).column("Source", 14),
    choice("rating", "Rating", Set::Rating).also(&["quality"]).group(QUALIFICATION).column("Rating", 7),
    int("score", "Lead Score", 1_000_000).also(&["points"]).group(QUALIFICATION).column("Score", 6).following().seldom(),
    choice("grade", "Lead Grade", Set::Grade).group(QUALIFICATION).column("Grade", 5).following().seldom(),
    choice("status", "Status", Set::State).also(&["state"]).group(QUALIFICATION).column("Status", 12).imported(),
    choice("status_reason", "Status Reason", Set::StatusReason).also(&["reason"]).group(QUALIFICATION).column("Reason", 14),
    money("estimated_value", "Est. Value", TRILLION).also(&["value", "amount"]).group(QUALIFICATION).column("Value", 16),
    of("currency", "Currency", Kind::Currency, 8).limit(3).group(QUALIFICATION),
    date("estimated_close_date", "Est. Close Date").also(&["closes", "close_date"]).group(QUALIFICATION).column("Closes", 12),
    choice("budget_status", "Budget", Set::Budget).also(&["budget"]).group(QUALIFICATION),
    money("budget_amount", "Budget Amount", TRILLION).group(QUALIFICATION),
    choice("need", "Need", Set::Need).group(QUALIFICATION),
    choice("purchase_timeframe", "Purchase Timeframe", Set::Timeframe).also(&["timeframe"]).group(QUALIFICATION),
    choice("purchase_process", "Purchase Process", Set::PurchaseProcess).also(&["process"]).group(QUALIFICATION),
    flag("decision_maker", "Decision Maker?", "completed", "mark complete").group(QUALIFICATION),
    flag("confirm_interest", "Confirm Interest", "yes", "no").group(QUALIFICATION).seldom(),
    flag("evaluate_fit", "Evaluate Fit", "yes", "no").group(QUALIFICATION).seldom(),
    choice("initial_communication", "Initial Communication", Set::InitialCommunication).group(QUALIFICATION).seldom(),
    date("follow_up_prospect", "Follow Up (Prospect)").group(QUALIFICATION).seldom(),
    date("follow_up_qualify", "Follow Up (Qualify)").group(QUALIFICATION).seldom(),
    memo("qualification_comments", "Qualification Comments", 2_000).group(QUALIFICATION).seldom(),
    // Details
    memo("description", "Description", 2_000).group(DETAILS),
    of("tags", "Tags", Kind::Tags, 16).also(&["tag"]).group(DETAILS),
    of("interest", "Products of Interest", Kind::Linked(Entity::Product), 20)
        .also(&["products"])
        .group(QUALIFICATION)
        .kept()
        .seldom(),
    of("competitors", "Competitors", Kind::Linked(Entity::Competitor), 20).group(QUALIFICATION).kept().seldom(),
    choice("campaign", "Source Campaign", Set::Campaign).group(DETAILS).column("Campaign", 18),
    money("cost", "Lead Cost", TRILLION).also(&["lead_cost"]).group(DETAILS).column("Cost", 14).seldom(),
    choice("partner", "Channel Partner", Set::Partner).group(DETAILS).column("Partner", 16),
    date("last_campaign_date", "Last Campaign Date").group(DETAILS).seldom(),
    flag("merged", "Merged", "yes", "no").group(DETAILS).kept().seldom(),
    lookup("originating_request", "Originating Request", Entity::Request)
        .also(&["request"])
        .group(ADMINISTRATION)
        .kept()
        .seldom(),
    lookup("master", "Merged Into", Entity::Lead).also(&["merged_into"]).group(DETAILS).kept().seldom(),
    // Address
    text("street", "Street 1", 250).also(&["street1", "address"]).group(ADDRESS),
    text("street2", "Street 2", 250).group(ADDRESS).seldom(),
    text("street3", "Street 3", 250).group(ADDRESS).seldom(),
    text("postal_code", "ZIP/Postal Code", 20).also(&["zip", "postcode"]).group(ADDRESS).column("ZIP", 9),
    text("city", "City", 80).also(&["town"]).group(ADDRESS),
    text("state_or_province", "State/Province", 50).also(&["province", "region"]).group(ADDRESS),
    text("country", "Country/Region", 80).group(ADDRESS).column("Country", 12),
    text("county", "County", 50).group(ADDRESS).seldom(),
    text("post_office_box", "Post Office Box", 20).group(ADDRESS).seldom(),
    text("address_name", "Address Name", 200).group(ADDRESS).seldom(),
    phone("address_phone", "Address Phone", 50).group(ADDRESS).seldom(),
    phone("address_fax", "Address Fax", 50).group(ADDRESS).seldom(),
    degree("latitude", "Latitude", 90).group(ADDRESS).seldom(),
    degree("longitude", "Longitude", 180).group(ADDRESS).seldom(),
    text("address2_street", "Address 2: Street 1", 250).group(ADDRESS).seldom(),
    text("address2_street2", "Address 2: Street 2", 250).group(ADDRESS).seldom(),
    text("address2_street3", "Address 2: Street 3", 250).group(ADDRESS).seldom(),
    text("address2_postal_code", "Address 2: ZIP/Postal Code", 20).group(ADDRESS).seldom(),
    text("address2_city", "Address 2: City", 80).group(ADDRESS).seldom(),
    text("address2_state_or_province", "Address 2: State/Province", 50).group(ADDRESS).seldom(),
    text("address2_country", "Address 2: Country/Region", 80).group(ADDRESS).seldom(),
    text("address2_county", "Address 2: County", 50).group(ADDRESS).seldom(),
    text("address2_post_office_box", "Address 2: Post Office Box", 20).group(ADDRESS).seldom(),
    text("address2_name", "Address 2: Name", 200).group(ADDRESS).seldom(),
    phone("address2_phone", "Address 2: Phone", 50).group(ADDRESS).seldom(),
    phone("address2_fax", "Address 2: Fax", 50).group(ADDRESS).seldom(),
    degree("address2_latitude", "Address 2: Latitude", 90).group(ADDRESS).seldom(),
    degree("address2_longitude", "Address 2: Longitude", 180).group(ADDRESS).seldom(),
    // Preferences
    choice("preferred_contact_method", "Preferred Method of Contact", Set::ContactMethod).group(PREFERENCES),
    flag("do_not_phone", "Phone Calls", "do not allow", "allow").group(PREFERENCES),
    flag("do_not_email", "Emails", "do not allow", "allow").group(PREFERENCES),
    flag("do_not_bulk_email", "Bulk Emails", "do not allow", "allow").group(PREFERENCES),
    flag("do_not_mail", "Mails", "do not allow", "allow").group(PREFERENCES),
    flag("do_not_fax", "Faxes", "do not allow", "allow").group(PREFERENCES),
    flag("do_not_send_marketing", "Marketing Material", "do not send", "send").group(PREFERENCES),
    flag("follow_email", "Follow Email Activity", "allow", "do not allow").group(PREFERENCES),
    // Administration
    of("number", "Number", Kind::Number(Entity::Lead), 9).group(ADMINISTRATION).kept(),
    of("owner", "Owner", Kind::Owner, 12).group(ADMINISTRATION),
    instant("created_at", "Created On").also(&["created"]).group(ADMINISTRATION).column("Created", 12).imported(),
    of("created_by", "Created By", Kind::User, 12).group(ADMINISTRATION).kept(),
    instant("modified_at", "Modified On").also(&["modified"]).group(ADMINISTRATION).column("Modified", 12).kept(),
    of("modified_by", "Modified By", Kind::User, 12).group(ADMINISTRATION).kept(),
    instant("closed_at", "Closed On").also(&["closed"]).group(ADMINISTRATION).column("Closed", 12).imported(),
    instant("deleted_at", "Deleted On").also(&["deleted"]).group(ADMINISTRATION).column("Deleted", 12).kept().seldom(),
    instant("erased_at", "Erased On").also(&["erased"]).group(ADMINISTRATION).column("Erased", 12).kept().seldom(),
    of("handed_by", "Handed Over By", Kind::User, 12).group(ADMINISTRATION).kept().seldom(),
    instant("handed_at", "Handed Over On").group(ADMINISTRATION).kept().seldom(),
    text("handed_note", "Handed Over With", 2_000).group(ADMINISTRATION).kept().seldom(),
    instant("opened_at", "First Opened On").group(ADMINISTRATION).kept().seldom(),
    text("import_source", "Import Source", 100).group(ADMINISTRATION).imported().seldom(),
    text("import_key", "Import Key", 200).group(ADMINISTRATION).imported().seldom(),
    text("incomplete", "Filled In By Import", 200).group(ADMINISTRATION).kept().seldom(),
    memo("imported_rest", "Imported Rest", 0).group(ADMINISTRATION).imported().seldom(),
    of("id", "Id", Kind::Id, 36).group(ADMINISTRATION).kept(),
];

#[cfg(test)]
mod tests {
    use crate::model::field::Registry;
    use std::collections::HashSet;

    #[test]
    fn no_name_or_synonym_means_two_fields() {
        let mut seen = HashSet::new();
        for name in Registry::lead().names() {
            assert!(seen.insert(name), "{name} twice");
        }
    }

    #[test]
    fn people_find_fields_by_any_name() {
        let lead = Registry::lead();
        for (typed, name) in
            [("reason", "status_reason"), ("Value", "estimated_value"), ("job-title", "job_title"), ("zip", "postal_code")]
        {
            assert_eq!(lead.find(typed), Some(lead.id(name)), "{typed}");
        }
        assert_eq!(lead.find("colour"), None);
    }
}
