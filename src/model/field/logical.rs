//! Table: the logical names that Dynamics gives to attributes, where they are other words than ours. Source: the attributes of lead,
//! account, contact and opportunity. Names that differ by dashes alone need no row.

use super::{FieldId, Registry};
use crate::model::entity::Entity;

/// Ours, theirs; the first that an entity has wins.
const NAMES: &[(&str, &str)] = &[
    ("topic", "subject"),
    ("company", "companyname"),
    ("email", "emailaddress1"),
    ("email2", "emailaddress2"),
    ("email3", "emailaddress3"),
    ("phone", "telephone1"),
    ("home_phone", "telephone2"),
    ("other_phone", "telephone2"),
    ("other_phone", "telephone3"),
    ("mobile_phone", "mobilephone"),
    ("website", "websiteurl"),
    ("source", "leadsourcecode"),
    ("rating", "leadqualitycode"),
    ("rating", "opportunityratingcode"),
    ("industry", "industrycode"),
    ("annual_revenue", "revenue"),
    ("employees", "numberofemployees"),
    ("estimated_value", "estimatedamount"),
    ("estimated_close_date", "estimatedclosedate"),
    ("actual_close_date", "actualclosedate"),
    ("probability", "closeprobability"),
    ("stage", "salesstage"),
    ("relationship", "customertypecode"),
    ("role", "accountrolecode"),
    ("street", "address1_line1"),
    ("street2", "address1_line2"),
    ("street3", "address1_line3"),
    ("city", "address1_city"),
    ("state_or_province", "address1_stateorprovince"),
    ("postal_code", "address1_postalcode"),
    ("country", "address1_country"),
    ("owner", "ownerid"),
    ("status", "statecode"),
    ("status_reason", "statuscode"),
    ("name", "fullname"),
    ("created_at", "createdon"),
    ("created_by", "createdby"),
    ("modified_at", "modifiedon"),
    ("modified_by", "modifiedby"),
    ("parent_account", "parentaccountid"),
    ("parent_contact", "parentcontactid"),
    ("account", "parentcustomerid"),
    ("account", "parentaccountid"),
    ("contact", "parentcontactid"),
    ("primary_contact", "primarycontactid"),
    ("originating_lead", "originatingleadid"),
    ("campaign", "campaignid"),
    ("currency", "transactioncurrencyid"),
    ("preferred_contact_method", "preferredcontactmethodcode"),
    ("do_not_send_marketing", "donotsendmm"),
    ("do_not_bulk_email", "donotbulkemail"),
    ("do_not_mail", "donotpostalmail"),
];

/// The field that a program calls so: by our name, by Dynamics' logical name, or by either without its dashes.
pub fn attribute(registry: &Registry, name: &str) -> Option<FieldId> {
    if let Some(id) = registry.find(name) {
        return Some(id);
    }
    let plain = name.to_lowercase();
    // an opportunity and an account call their topic and company a name
    let own = match (registry.entity(), plain.as_str()) {
        (Entity::Account | Entity::Opportunity, "name") => Some("name"),
        (Entity::Opportunity, "subject") => Some("name"),
        _ => None,
    };
    let known = NAMES.iter().filter(|(_, theirs)| *theirs == plain).map(|(ours, _)| *ours);
    own.into_iter().chain(known).find_map(|ours| registry.find(ours)).or_else(|| {
        let bare = |text: &str| text.replace('_', "");
        registry.ids().find(|(_, field)| bare(field.name) == bare(&plain)).map(|(id, _)| id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;

    #[test]
    fn every_name_of_ours_is_a_field_somewhere() {
        let catalog = Catalog::shipped();
        for (ours, theirs) in NAMES {
            assert!(Entity::LISTED.iter().any(|e| catalog.registry(*e).find(ours).is_some()), "{ours} for {theirs}");
        }
    }

    #[test]
    fn attributes_are_found_by_either_name() {
        let catalog = Catalog::shipped();
        let found = |entity, name| {
            let registry = catalog.registry(entity);
            attribute(registry, name).map(|id| registry.field(id).name)
        };
        for (name, ours) in [
            ("firstname", "first_name"),
            ("subject", "topic"),
            ("emailaddress1", "email"),
            ("address1_city", "city"),
            ("jobtitle", "job_title"),
            ("estimatedclosedate", "estimated_close_date"),
            ("donotphone", "do_not_phone"),
            ("LastName", "last_name"),
        ] {
            assert_eq!(found(Entity::Lead, name), Some(ours), "{name}");
        }
        assert_eq!(found(Entity::Opportunity, "name"), Some("name"));
        assert_eq!(found(Entity::Contact, "parentcustomerid"), Some("account"));
        assert_eq!(found(Entity::Lead, "nonsense"), None);
    }
}
