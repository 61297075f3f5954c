//! Table: what of a lead goes into the account, the contact and the opportunity that it becomes. Source: the attribute maps of
//! QualifyLead, the union of the documented ones and those of its reimplementations. The source stays with the lead: reports
//! reach it through the originating lead.

use crate::model::catalog::Catalog;
use crate::model::entity::Entity;
use crate::model::field::{FieldId, shared};
use crate::model::record::Record;
use crate::model::value::Value;

/// Fields that are called otherwise in what the lead becomes.
const RENAMED: &[(Entity, &str, &str)] = &[
    (Entity::Account, "company", "name"),
    (Entity::Account, "yomi_company", "yomi_name"),
    (Entity::Opportunity, "topic", "name"),
];

const ACCOUNT: &[&str] = &[
    "phone",
    "other_phone",
    "fax",
    "email",
    "website",
    "industry",
    "annual_revenue",
    "employees",
    "sic",
    "currency",
    "description",
    "owner",
];

const CONTACT: &[&str] = &[
    "salutation",
    "first_name",
    "middle_name",
    "last_name",
    "job_title",
    "email",
    "email2",
    "email3",
    "phone",
    "mobile_phone",
    "home_phone",
    "other_phone",
    "fax",
    "pager",
    "yomi_first_name",
    "yomi_middle_name",
    "yomi_last_name",
    "website",
    "description",
    "owner",
];

const OPPORTUNITY: &[&str] = &[
    "email",
    "rating",
    "estimated_value",
    "currency",
    "estimated_close_date",
    "budget_status",
    "budget_amount",
    "need",
    "purchase_timeframe",
    "purchase_process",
    "decision_maker",
    "confirm_interest",
    "evaluate_fit",
    "initial_communication",
    "follow_up_prospect",
    "follow_up_qualify",
    "qualification_comments",
    "campaign",
    "description",
    "owner",
];

/// What a record of `entity` begins with that is made from a lead; fields that the lead leaves empty are left out.
pub fn from_lead(catalog: &Catalog, lead: &Record, entity: Entity) -> Vec<(FieldId, Value)> {
    let (from, to) = (&catalog.lead, catalog.registry(entity));
    let names: &[&str] = match entity {
        Entity::Account => ACCOUNT,
        Entity::Contact => CONTACT,
        Entity::Opportunity => OPPORTUNITY,
        _ => &[],
    };
    let renamed = RENAMED.iter().filter(|(of, ..)| *of == entity).map(|(_, from, to)| (*from, *to));
    let shared = [shared::ADDRESS, shared::PREFERENCES].concat();
    let shared = shared.iter().map(|field| (field.name, field.name)).filter(|_| entity != Entity::Opportunity);
    let same = names.iter().map(|name| (*name, *name));
    renamed
        .chain(same)
        .chain(shared)
        .filter_map(|(own, theirs)| Some((to.find(theirs)?, lead.get(from.find(own)?).clone())))
        .filter(|(_, value)| !value.is_none() && *value != Value::Bool(false))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map may not cut: same kind, and room for all that the lead's field takes.
    #[test]
    fn every_mapped_field_exists_and_has_room() {
        let catalog = Catalog::shipped();
        for (entity, names) in [(Entity::Account, ACCOUNT), (Entity::Contact, CONTACT), (Entity::Opportunity, OPPORTUNITY)] {
            let same = names.iter().map(|name| (*name, *name));
            let renamed = RENAMED.iter().filter(|(of, ..)| *of == entity).map(|(_, from, to)| (*from, *to));
            for (own, theirs) in same.chain(renamed) {
                let lead = catalog.lead.field(catalog.lead.find(own).unwrap_or_else(|| panic!("lead.{own}")));
                let registry = catalog.registry(entity);
                let target = registry.field(registry.find(theirs).unwrap_or_else(|| panic!("{}.{theirs}", entity.name())));
                assert_eq!((target.name, target.kind), (theirs, lead.kind), "{own}");
                assert!(target.max == 0 || target.max >= lead.max, "{own} is cut");
                assert!(target.most >= lead.most, "{own} is too large");
            }
        }
    }
}
