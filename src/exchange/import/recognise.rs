//! Headings → targets, and which program wrote the file. Looks at headings alone, never at cells.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::headings::{HEADINGS, KEYS, PROGRAMS, TOGETHER};
use super::headings_own::own;
use super::target::Target;
use crate::exchange::csv::CsvFile;
use crate::exchange::text::hex;
use crate::model::entity::Entity;
use crate::model::field::logical::attribute;
use crate::model::field::{Access, Kind, Registry};
use crate::model::money::known_currency;

/// A heading as the table knows it: letters and figures in lower case, without the ending of a custom field.
pub fn normal(heading: &str) -> String {
    let heading = heading.trim();
    let bare = heading.strip_suffix("__c").unwrap_or(heading);
    bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The heading of our own remark in a list of skipped rows.
pub const PROBLEM_HEADING: &str = "leadbook_problem";

/// What headings say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// The program that wrote them.
    pub program: Option<&'static str>,
    /// A target for each heading.
    pub targets: Vec<Target>,
}

/// Reads a line of headings.
pub fn recognise<S: AsRef<str>>(headings: &[S], registry: &Registry) -> Recognised {
    let normals: Vec<String> = headings.iter().map(|h| normal(h.as_ref())).collect();
    let table = table(registry);
    let has = |name: &str| normals.iter().any(|n| n == name);
    let mut targets: Vec<Target> = normals
        .iter()
        .map(|heading| {
            let together = TOGETHER.iter().find(|(own, other, _)| heading == own && has(other));
            match together {
                Some((_, _, word)) => Target::read(word, registry).unwrap_or(Target::Rest),
                None => known(heading, &table, registry).unwrap_or(Target::Rest),
            }
        })
        .collect();
    let key = keys(registry.entity()).iter().find_map(|key| normals.iter().position(|n| n == key));
    if let Some(key) = key {
        targets[key] = Target::Key;
    }
    // an export of our own names its records as this database does
    if is_ours(headings, registry) {
        for (heading, target) in headings.iter().zip(&mut targets) {
            if matches!(heading.as_ref(), "id" | "number") {
                *target = Target::Own;
            }
        }
    }
    // a second e-mail or phone column takes the next field of its kind
    let next_phone = registry.find("other_phone").map_or(Target::Rest, Target::Field);
    for (again, next) in [("email", Target::Emails), ("phone", next_phone)] {
        let Some(first) = registry.find(again).map(Target::Field) else { continue };
        targets.iter_mut().filter(|t| **t == first).skip(1).for_each(|t| *t = next);
    }
    Recognised { program: program(&normals), targets }
}

/// The targets of a vCard file: of the fields that take a column the first one that the records have.
pub fn of_cards(file: &CsvFile, registry: &Registry) -> Recognised {
    let target = |at: usize| {
        let words = file.card_targets(at).unwrap_or_default();
        let known = words.iter().find_map(|word| Target::read(word, registry).ok().filter(|target| *target != Target::Rest));
        known.unwrap_or(Target::Rest)
    };
    Recognised { program: None, targets: (0..file.headings.len()).map(target).collect() }
}

/// Whether all headings are names of fields as leadbook writes them.
pub fn is_ours<S: AsRef<str>>(headings: &[S], registry: &Registry) -> bool {
    let known = |heading: &str| heading == PROBLEM_HEADING || registry.fields().iter().any(|field| field.name == heading);
    headings.iter().all(|heading| known(heading.as_ref()))
}

/// The program with the most telling headings.
fn program(normals: &[String]) -> Option<&'static str> {
    let count = |of: &[&str]| of.iter().filter(|name| normals.iter().any(|n| n == *name)).count();
    let scores = PROGRAMS.iter().map(|p| (3 * count(p.sure) + count(p.telling), p.name));
    // of two that score the same, the first of the table
    scores.rev().max_by_key(|(score, _)| *score).filter(|(score, _)| *score >= 3).map(|(_, name)| name)
}

/// What a heading means: as it stands, without the kind of records before it (Account Phone), or as an attribute of Dynamics.
fn known(heading: &str, table: &HashMap<String, Target>, registry: &Registry) -> Option<Target> {
    let short = heading.strip_prefix(registry.entity().name()).filter(|rest| !rest.is_empty());
    let found = table.get(heading).or_else(|| table.get(short?)).copied();
    // an amount whose heading ends in its currency: Sale_Value_AED
    let found = found.or_else(|| {
        let bare = heading.get(..heading.len().checked_sub(3)?).filter(|bare| known_currency(&heading[bare.len()..]))?;
        let is_money = |target: &&Target| matches!(target, Target::Field(id) if registry.field(*id).kind == Kind::Money);
        table.get(bare).filter(is_money).copied()
    });
    found.or_else(|| {
        let field = registry.field(attribute(registry, heading).filter(|_| !heading.is_empty())?);
        // an attribute for the owner holds an id, not the name of a person
        let written = Some(field).filter(|f| f.access != Access::System && f.kind != Kind::Owner);
        written.and_then(|f| Target::read(f.name, registry).ok())
    })
}

/// The headings of a column of ids in lists of a kind, the surest first.
fn keys(entity: Entity) -> Vec<String> {
    let own = own(entity).map_or(&[][..], |own| own.keys);
    KEYS.iter().chain(own).map(|key| key.replace('*', entity.name())).collect()
}

fn table(registry: &Registry) -> HashMap<String, Target> {
    let mut table = HashMap::new();
    for field in registry.fields().iter().filter(|f| f.access != Access::System) {
        let target = Target::read(field.name, registry).unwrap_or(Target::Rest);
        for name in [field.name, field.label].iter().chain(field.synonyms) {
            table.entry(normal(name)).or_insert(target);
        }
    }
    for field in registry.fields().iter().filter(|f| matches!(f.kind, Kind::Lookup(_)) && f.access != Access::System) {
        let target = Target::read(field.name, registry).unwrap_or(Target::Rest);
        for name in [field.name, field.label] {
            table.entry(format!("{}id", normal(name))).or_insert(target);
        }
    }
    let own = own(registry.entity()).map_or(&[][..], |own| own.headings);
    for (word, headings) in HEADINGS.iter().chain(own) {
        let Ok(target) = Target::read(word, registry) else { continue };
        for heading in *headings {
            table.insert((*heading).to_owned(), target);
        }
    }
    table
}

/// What a line of headings is remembered by: equal for the same headings in the same order, with our own remark or without.
pub fn fingerprint<S: AsRef<str>>(headings: &[S]) -> String {
    let mut hash = Sha256::new();
    for heading in headings.iter().filter(|h| h.as_ref() != PROBLEM_HEADING) {
        hash.update(heading.as_ref().trim().as_bytes());
        hash.update([0]);
    }
    hex(&hash.finalize()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::headings_own::OWN;
    use crate::model::catalog::Catalog;
    use std::collections::HashSet;

    #[test]
    fn the_table_is_sound() {
        let catalog = Catalog::shipped();
        let registries: Vec<&Registry> = Entity::IMPORTED.iter().map(|entity| catalog.registry(*entity)).collect();
        let check = |rows: &[(&str, &[&'static str])], registries: &[&Registry]| {
            let mut seen = HashSet::new();
            for (word, headings) in rows {
                let is_target = |r: &&Registry| Target::read(word, r).is_ok_and(|target| target != Target::Rest);
                assert!(registries.iter().any(is_target), "{word}");
                for heading in *headings {
                    assert_eq!(*heading, normal(heading), "{heading} is not in its normal form");
                    assert!(seen.insert(*heading), "{heading} twice");
                }
            }
        };
        check(HEADINGS, &registries);
        for own in OWN {
            check(own.headings, &[catalog.registry(own.entity)]);
            for name in own.keys.iter().chain(own.sure) {
                assert_eq!(*name, normal(name));
            }
        }
        for name in PROGRAMS.iter().flat_map(|p| p.sure.iter().chain(p.telling)) {
            assert_eq!(*name, normal(name));
        }
    }

    #[test]
    fn other_records_have_their_own_columns() {
        let catalog = Catalog::shipped();
        for (entity, line, targets) in [
            (
                Entity::Account,
                "(Do Not Modify) Account,Account Name,Main Phone,Primary Contact,Parent Account,No. of Employees,Status",
                "import_key name phone primary_contact parent_account employees status",
            ),
            (
                Entity::Account,
                "Id,Name,Type,ParentId,BillingStreet,BillingState,BillingPostalCode,ShippingCity,NumberOfEmployees,OwnerId",
                "import_key name relationship parent_account street state_or_province postal_code address2_city employees -",
            ),
            (Entity::Account, "Account ID,Account Phone,Account Owner,Company", "import_key phone owner name"),
            (
                Entity::Contact,
                "(Do Not Modify) Contact,Full Name,Company Name,Job Title,Business Phone,Birthday,Status",
                "import_key name account job_title phone birthday status",
            ),
            (
                Entity::Contact,
                "Id,AccountId,LastName,MailingCity,OtherCity,Birthdate,ReportsToId,Account Name,MobilePhone,LeadSource",
                "import_key account last_name city address2_city birthday - account mobile_phone -",
            ),
            (
                Entity::Opportunity,
                "(Do Not Modify) Opportunity,Topic,Potential Customer,Est. Close Date,Est. Revenue,Contact,Rating,Probability",
                "import_key name account estimated_close_date estimated_value contact rating probability",
            ),
            (
                Entity::Opportunity,
                "Id,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,ForecastCategoryName,ContactId,CampaignId,Type",
                "import_key account name stage estimated_value estimated_close_date ended converted forecast_category contact campaign -",
            ),
            (Entity::Opportunity, "Deal Name,Deal Stage,Lead ID,Opportunity Owner", "name stage originating_lead owner"),
            (
                Entity::Activity,
                "Id,WhoId,WhatId,Subject,ActivityDate,Status,Priority,OwnerId,IsClosed,CreatedDate,CallType,TaskSubtype,Type__c",
                "import_key regarding regarding name due_at status priority - ended created_at direction kind kind",
            ),
            (
                Entity::Note,
                "Id,IsDeleted,ParentId,Title,IsPrivate,Body,OwnerId,Created By,CreatedDate",
                "import_key deleted regarding name - body - owner created_at",
            ),
            (Entity::Note, "Record Id,Parent ID,Note Title,Note Content,Note Owner", "import_key regarding name body owner"),
            (Entity::Contact, "number,id,first_name,last_name,account", "id id first_name last_name account"),
        ] {
            let registry = catalog.registry(entity);
            let headings: Vec<&str> = line.split(',').collect();
            let words: Vec<_> = recognise(&headings, registry).targets.iter().map(|t| t.word(registry)).collect();
            assert_eq!(words.join(" "), targets, "{line}");
        }
    }

    #[test]
    fn columns_find_their_fields() {
        let lead = Registry::lead();
        let words = |line: &str| {
            let headings: Vec<&str> = line.split(',').collect();
            let found = recognise(&headings, &lead);
            (found.program, found.targets.iter().map(|t| t.word(&lead)).collect::<Vec<_>>().join(" "))
        };
        for (line, program, targets) in [
            (
                "(Do Not Modify) Lead,(Do Not Modify) Row Checksum,Subject,First Name,State or Province,Source Campaign",
                Some("dynamics-365"),
                "import_key - topic first_name state_or_province campaign",
            ),
            (
                "Id,IsDeleted,LastName,Title,State,OwnerId,IsConverted,ConvertedDate,Home_Phone__c,External_id__c",
                Some("salesforce"),
                "import_key deleted last_name job_title state_or_province - converted closed_at home_phone -",
            ),
            (
                "Record ID,First Name,Phone Number,Contact owner,Lifecycle Stage,Create Date,Company name",
                Some("hubspot"),
                "import_key first_name phone owner - created_at company",
            ),
            (
                "Record Id,Lead Owner,Company,Designation,Lead Status,No. of Employees,Email Opt Out,Created Time,Secondary Email",
                Some("zoho"),
                "import_key owner company job_title status employees do_not_bulk_email created_at email2",
            ),
            (
                "id,date_entered,assigned_user_name,phone_work,primary_address_street,alt_address_city,account_name,converted",
                Some("suitecrm"),
                "import_key created_at owner phone street address2_city company converted",
            ),
            ("id,sales_id,sales,email_work,email_home,phone_home", None, "import_key - owner emails emails home_phone"),
            ("sales,Name,Email,E-Mail,Phone,phone", None, "- name email emails phone other_phone"),
            (
                "number,name,topic,status,status_reason,created_at",
                Some("leadbook"),
                "id name topic status status_reason created_at",
            ),
            ("id,import_key,last_name,Rating", None, "- import_key last_name rating"),
            ("id,last_name,rating", None, "id last_name rating"),
            ("colour,,x", None, "- - -"),
        ] {
            assert_eq!(words(line), (program, targets.to_owned()), "{line}");
        }
    }

    #[test]
    fn the_fingerprint_is_of_order_and_words() {
        assert_eq!(fingerprint(&["a", " b"]), fingerprint(&["a", "b "]));
        assert_ne!(fingerprint(&["a", "b"]), fingerprint(&["b", "a"]));
        assert_ne!(fingerprint(&["ab", ""]), fingerprint(&["a", "b"]));
        assert_eq!(fingerprint(&["a", PROBLEM_HEADING]), fingerprint(&["a"]));
        assert_eq!(fingerprint(&["a"]).len(), 32);
    }
}
