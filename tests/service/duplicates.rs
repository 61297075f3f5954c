//! What a record may be too: by what, in which order, and what is never offered. Source: the duplicate rules that ship.

use leadbook::model::entity::{Entity, RecordId};
use leadbook::service::duplicates::{Match, RetrieveDuplicates};
use leadbook::service::merge::Merge;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::scope::Targets;

use crate::common::Desk;

fn made(desk: &mut Desk, entity: Entity, typed: &[(&str, &str)]) -> RecordId {
    let values = desk.values_of(entity, typed);
    entity.numbered(desk.act(CreateRecord { entity, values }).reply)
}

fn lead(desk: &mut Desk, typed: &[(&str, &str)]) -> RecordId {
    let topic = [("topic", "Printers")];
    made(desk, Entity::Lead, &[typed, &topic].concat())
}

/// The others with their first reason.
fn doubles(desk: &Desk, record: RecordId) -> Vec<(RecordId, String)> {
    let found: Vec<Match> = desk.service.ask(&RetrieveDuplicates { record }, &desk.ctx).unwrap();
    found.into_iter().map(|found| (found.key, found.reasons.first().cloned().unwrap_or_default())).collect()
}

fn own(reasons: &[(RecordId, &str)]) -> Vec<(RecordId, String)> {
    reasons.iter().map(|(key, reason)| (*key, (*reason).to_owned())).collect()
}

#[test]
fn leads_are_found_by_all_that_they_have_in_common_the_strongest_first() {
    let mut desk = Desk::new();
    let ann = lead(
        &mut desk,
        &[
            ("first_name", "Ann"),
            ("last_name", "O’Neill"),
            ("company", "Contoso GmbH"),
            ("email", "ann@contoso.example"),
            ("phone", "+1 555 010 0123"),
        ],
    );
    let similar = lead(&mut desk, &[("first_name", "A."), ("last_name", "O'Neill"), ("company", "contoso")]);
    lead(&mut desk, &[("first_name", "Ann"), ("last_name", "Ek"), ("company", "Contoso GmbH")]);
    let phone = lead(&mut desk, &[("last_name", "Diaz"), ("company", "Litware"), ("phone", "+1 (555) 0100123")]);
    let domain = lead(&mut desk, &[("first_name", "ANN"), ("last_name", "O'Neill"), ("website", "www.contoso.example")]);
    let company = lead(&mut desk, &[("first_name", "ann"), ("last_name", "O´Neill"), ("company", "CONTOSO")]);
    let email = lead(&mut desk, &[("last_name", "Roth"), ("email", "Ann@Contoso.example")]);
    lead(&mut desk, &[("first_name", "Ann"), ("last_name", "O'Neill"), ("company", "Fabrikam")]);
    lead(&mut desk, &[("last_name", "Abe"), ("company", "Contosoft")]);
    let expected = [
        (email, "same e-mail"),
        (company, "same name and company"),
        (domain, "same name and mail domain"),
        (phone, "same phone"),
        (similar, "same company, similar name"),
    ];
    let found = doubles(&desk, ann);
    // of two reasons that say the same much, the older record comes first
    let mut sorted = found.clone();
    sorted.sort_by_key(|(key, _)| expected.iter().position(|(other, _)| other == key));
    assert_eq!(sorted, own(&expected));
    assert_eq!((found[0].0, found[4].0), (email, similar));
    assert_eq!(doubles(&desk, email), own(&[(ann, "same e-mail")]), "what holds one way holds the other");
    assert!(doubles(&desk, company).contains(&(ann, "same name and company".into())));
}

#[test]
fn public_mail_domains_empty_keys_and_short_numbers_say_nothing() {
    let mut desk = Desk::new();
    let one = lead(
        &mut desk,
        &[("first_name", "Ann"), ("last_name", "Lee"), ("company", "Contoso"), ("email", "a@gmail.com"), ("phone", "100")],
    );
    lead(
        &mut desk,
        &[("first_name", "Ann"), ("last_name", "Lee"), ("company", "Litware"), ("email", "b@gmail.com"), ("phone", "100")],
    );
    lead(&mut desk, &[("last_name", "Ek")]);
    assert!(doubles(&desk, one).is_empty());
}

#[test]
fn deleted_and_merged_records_are_never_offered() {
    let mut desk = Desk::new();
    let typed = [("last_name", "Lee"), ("email", "ann@contoso.example")];
    let [one, other, gone] = [0; 3].map(|_| lead(&mut desk, &typed));
    assert_eq!(doubles(&desk, one), own(&[(other, "same e-mail"), (gone, "same e-mail")]));
    desk.act(DeleteRecords { targets: Targets::one(gone) });
    assert_eq!(doubles(&desk, one), own(&[(other, "same e-mail")]));
    desk.act(Merge { master: one, other, take: Vec::new() });
    assert!(doubles(&desk, one).is_empty());
}

#[test]
fn accounts_are_compared_with_accounts_and_contacts_with_contacts() {
    let mut desk = Desk::new();
    let contoso = made(&mut desk, Entity::Account, &[("name", "Contoso GmbH"), ("website", "https://contoso.example")]);
    let stem = made(&mut desk, Entity::Account, &[("name", "contoso")]);
    let domain = made(&mut desk, Entity::Account, &[("name", "Contoso Nordic"), ("email", "office@contoso.example")]);
    let typed = [("first_name", "Ann"), ("last_name", "Lee"), ("account", "A-1")];
    let [ann, twin] = [0; 2].map(|_| made(&mut desk, Entity::Contact, &typed));
    let free = made(&mut desk, Entity::Contact, &[("first_name", "Ann"), ("last_name", "Lee")]);
    made(&mut desk, Entity::Contact, &[("last_name", "Ek"), ("account", "A-1")]);
    assert_eq!(doubles(&desk, contoso), own(&[(stem, "same name"), (domain, "same mail domain")]));
    assert_eq!(doubles(&desk, ann), own(&[(twin, "same name and company"), (free, "same name")]));
    // a name that many have says nothing alone
    for _ in 0..3 {
        made(&mut desk, Entity::Contact, &[("first_name", "Ann"), ("last_name", "Lee")]);
    }
    assert_eq!(doubles(&desk, ann), own(&[(twin, "same name and company")]));
    let deal = made(&mut desk, Entity::Opportunity, &[("name", "Printers")]);
    let refused = desk.service.ask(&RetrieveDuplicates { record: deal }, &desk.ctx).expect_err("no duplicates");
    assert!(refused.headline().contains("is an opportunity"), "{refused}");
}
