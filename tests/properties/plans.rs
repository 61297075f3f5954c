//! How SQLite answers the lists that open most: from an index that holds all it needs, never by reading the table.

use leadbook::query::{parse, views};
use leadbook::store::filter::compile;

use crate::world::World;

/// Filters and orders that people use all day, beside the shipped views.
const COMMON: &[&str] = &[
    "ann",
    "ann lee sort:name",
    "0100",
    "company:contoso",
    "email:ann@contoso.com",
    "phone:0100",
    "name:ann*",
    "tag:expo",
    "text:french",
    "text:\"french docs\" ann sort:name",
    "source:web sort:company",
    "owner:bo rating:hot sort:-modified_at",
    "status_reason:lost",
    "created:this-week sort:-created",
    "value>10k",
    "closes:this-quarter",
    "campaign:*expo* or industry:agri*",
    "sort:name",
    "sort:-company",
    "opportunity.status:won",
    "opportunity.(status:won actual_close_date:this-year) source:web",
    "has:opportunity status:qualified",
    "no:opportunity status:qualified",
    "account.industry:consulting",
    "account.number:A-5 or linked_account.number:A-5",
    "contact.email:ann@contoso.com",
    "linked_account.email:ann@contoso.com",
    "opportunity.account.number:A-5",
];

#[test]
fn lists_come_from_indexes() {
    let world = World::new(7, 120);
    let reading = world.reading();
    let ctx = world.ctx();
    let shipped = views::shipped(&reading).expect("the shipped views");
    let texts = shipped.iter().map(|v| format!("{} {}", v.filter, v.sort)).chain(COMMON.iter().map(|t| (*t).to_owned()));
    for text in texts {
        let Ok(query) = parse(&text, &reading) else { panic!("{text} is no filter") };
        let compiled = compile(&query, &ctx);
        let sql = format!("SELECT l.number FROM lead l WHERE {}", compiled.condition);
        let plan = world.db.explain(&sql, &compiled.values).expect("a plan");
        for step in plan.iter().filter(|step| step.starts_with("SCAN l") || step.starts_with("SEARCH l ")) {
            let covered = step.contains("COVERING") || step.contains("PRIMARY KEY");
            // few leads are new to somebody, incomplete or of one customer
            let small = ["lead_handed", "lead_incomplete", "_of_", "_by_email"].iter().any(|index| step.contains(index));
            assert!(covered || small || step.contains("lead_words"), "{text}: {step}");
        }
        // linked records are found first, and lead to those that are asked of
        assert_eq!(
            plan.iter().find(|step| step.contains("CORRELATED")).filter(|_| text.contains('.')),
            None,
            "{text}: {plan:#?}"
        );
        // a note is found by its words, and not its words by all notes
        assert_eq!(plan.iter().find(|step| step.contains("note_by_record")), None, "{text}: {plan:#?}");
    }
}

#[test]
fn words_of_an_account_lead_to_its_contacts_and_opportunities() {
    use leadbook::model::entity::Entity;

    let world = World::new(7, 120);
    let ctx = world.ctx();
    for entity in [Entity::Contact, Entity::Opportunity] {
        let reading = leadbook::model::field::read::Reading { entity, ..world.reading() };
        for text in ["ann contoso", "status:open contoso", "0100"] {
            let Ok(query) = parse(&text.replace("open", if entity == Entity::Contact { "active" } else { "open" }), &reading)
            else {
                panic!("{text} is no filter")
            };
            let compiled = compile(&query, &ctx);
            let sql = format!("SELECT l.number FROM {} l WHERE {}", entity.name(), compiled.condition);
            let plan = world.db.explain(&sql, &compiled.values).expect("a plan");
            let scans = |step: &&String| {
                step.starts_with("SCAN ")
                    && !step.contains("_words")
                    && !step.contains("VIRTUAL TABLE")
                    && !step.contains("COVERING")
            };
            assert_eq!(plan.iter().find(scans), None, "{text} of {}: {plan:#?}", entity.plural());
            assert!(plan.iter().any(|step| step.contains("_of_account")), "{text} of {}: {plan:#?}", entity.plural());
        }
    }
}

#[test]
fn duplicates_are_looked_up_and_never_searched_for() {
    use leadbook::model::entity::Entity;
    use leadbook::store::customer::{By, statement};

    let world = World::new(7, 120);
    let asked = [
        (By::Email("ann@contoso.com"), vec![Entity::Lead, Entity::Account, Entity::Contact]),
        (By::Phone("15550100"), vec![Entity::Lead, Entity::Account, Entity::Contact]),
        (By::Name("ann lee"), vec![Entity::Lead, Entity::Contact]),
        (By::Company("contoso"), vec![Entity::Lead]),
        (By::Stem("contoso"), vec![Entity::Account]),
        (By::Domain("contoso.com"), vec![Entity::Account]),
    ];
    for (by, entities) in asked {
        for entity in entities {
            let (sql, values) = statement(entity, by, 20).expect("a question");
            let plan = world.db.explain(&sql, &values).expect("a plan");
            let looked_up = plan.iter().all(|step| step.starts_with("SEARCH") && step.contains("INDEX"));
            assert!(looked_up, "{by:?} of {}: {plan:?}", entity.plural());
        }
    }
}
