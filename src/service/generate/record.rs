//! From a person and a story to the record of a lead: which field holds what. Draws only what neither of them tells.

use super::company::bounded;
use super::lexicon::Lexicon;
use super::person::{Person, filled};
use super::random::Random;
use super::story::Story;
use super::words::companies::TRADES;
use super::words::places::COUNTRIES;
use super::words::talk;
use crate::model::choice::FIRST_OWN_CODE;
use crate::model::entity::RecordId;
use crate::model::field::Registry;
use crate::model::record::Record;
use crate::model::value::{Owner, Value};

/// Fields of which few leads hold one: name, how many of a hundred do, and how many codes there are from which first one.
const SELDOM: &[(&str, usize, i64, i64)] = &[
    ("budget_status", 20, 0, 3),
    ("need", 20, 0, 3),
    ("purchase_timeframe", 25, 0, 4),
    ("purchase_process", 15, 0, 2),
    ("initial_communication", 10, 0, 1),
];

/// Flags, and how many of a hundred leads have them set.
const FLAGS: &[(&str, usize)] = &[
    ("decision_maker", 18),
    ("confirm_interest", 12),
    ("evaluate_fit", 10),
    ("do_not_phone", 4),
    ("do_not_email", 4),
    ("do_not_bulk_email", 12),
    ("do_not_mail", 3),
    ("do_not_fax", 2),
    ("do_not_send_marketing", 9),
];

/// The record of a lead.
pub fn record(
    registry: &Registry,
    lexicon: &Lexicon,
    random: &mut Random,
    number: i64,
    person: &Person,
    story: &Story,
) -> Record {
    let place = &COUNTRIES[person.country];
    let id = random.id(story.created);
    let mut lead = Record::new(RecordId::lead(number), id, 1, vec![Value::None; registry.len()]);
    let mut set = |name: &'static str, value: Value| lead.set(registry.id(name), value);
    let instant = |at: Option<i64>| at.map_or(Value::None, Value::Instant);

    set("first_name", Value::text(person.first.text.as_str()));
    set("last_name", Value::text(person.last.text.as_str()));
    set("name", Value::text(crate::model::name::full(&person.first.text, "", &person.last.text)));
    set("email", person.email.as_deref().map_or(Value::None, Value::text));
    set("phone", person.phone.as_deref().map_or(Value::None, Value::text));
    set("mobile_phone", person.mobile.as_deref().map_or(Value::None, Value::text));
    set("job_title", person.title.map_or(Value::None, Value::text));
    set("topic", Value::text(person.topic.as_str()));
    set("country", Value::text(place.name));
    set("city", Value::text(place.cities[person.city].0));
    set("state_or_province", Value::text(place.cities[person.city].1));
    if let Some((street, code)) = &person.address {
        set("street", Value::text(street.as_str()));
        set("postal_code", Value::text(code.as_str()));
    }
    if let Some(company) = &person.company {
        set("company", Value::text(company.name.as_str()));
        if random.percent(35) {
            set("website", Value::Text(format!("https://www.{}", company.domain)));
        }
        if random.percent(70) {
            set("industry", Value::Choice(company.industry));
        }
        if random.percent(35) {
            set("employees", Value::Int(company.employees.min(1_000_000)));
            let revenue = bounded(random.log_normal(110_000.0, 0.4), 1e9).saturating_mul(company.employees) / 1_000;
            set("annual_revenue", Value::Money(revenue.saturating_mul(10_000_000)));
        }
    }

    set("source", Value::Choice(story.source));
    set("rating", Value::Choice(story.rating));
    set("status", Value::Choice(story.status));
    set("status_reason", Value::Choice(story.reason));
    set("estimated_value", story.value.map_or(Value::None, Value::Money));
    set("currency", Value::text(place.currency));
    set("estimated_close_date", story.close_day.map_or(Value::None, Value::Date));
    set("preferred_contact_method", Value::Choice(if random.percent(80) { 1 } else { random.between(2, 5) }));
    for (name, percent, first, last) in SELDOM {
        if random.percent(*percent) {
            set(name, Value::Choice(random.between(*first, *last)));
        }
    }
    for (name, percent) in FLAGS {
        set(name, Value::Bool(random.percent(*percent)));
    }
    set("follow_email", Value::Bool(!random.percent(6)));
    if random.percent(12) {
        let text = filled(random.pick(talk::NOTES), person.company.as_ref(), talk::PRODUCTS[lexicon.products.draw(random)]);
        set("description", Value::Text(text));
    }
    if random.percent(25) {
        set("campaign", Value::Choice(1 + random.between(0, talk::CAMPAIGNS.len() as i64 - 1)));
    }
    if random.percent(8) {
        set("partner", Value::Choice(FIRST_OWN_CODE + random.between(0, talk::PARTNERS.len() as i64 - 1)));
    }
    if random.percent(15) {
        let mut tags: Vec<String> = (0..random.between(1, 3)).map(|_| talk::TAGS[lexicon.tags.draw(random)].to_owned()).collect();
        tags.sort_unstable();
        tags.dedup();
        set("tags", Value::Tags(tags));
    }

    set("owner", Owner::of_code(story.owner).map_or(Value::None, Value::Owner));
    set("created_at", Value::Instant(story.created));
    set("created_by", Value::User(story.created_by));
    set("modified_at", Value::Instant(story.modified));
    set("modified_by", Value::User(if story.owner > 0 { story.owner } else { story.created_by }));
    set("closed_at", instant(story.closed));
    if let Some((at, by, opened)) = story.handed {
        set("handed_at", Value::Instant(at));
        set("handed_by", Value::User(by));
        set("handed_note", Value::text(random.pick(talk::HAND_OVERS)));
        set("opened_at", instant(opened));
    }
    debug_assert!(place.trades < TRADES.len());
    lead
}

/// What was noted on a lead, the oldest first: the moment and the text.
pub fn notes(lexicon: &Lexicon, random: &mut Random, person: &Person, story: &Story, end: i64) -> Vec<(i64, String)> {
    let last = story.closed.unwrap_or(end - 1);
    let mut moments: Vec<i64> = (0..story.notes).map(|_| random.between(story.created, last)).collect();
    moments.sort_unstable();
    moments
        .into_iter()
        .map(|at| {
            let product = talk::PRODUCTS[lexicon.products.draw(random)];
            let mut body = filled(random.pick(talk::NOTES), person.company.as_ref(), product);
            if random.percent(25) && !body.contains('\n') {
                body.push(' ');
                body.push_str(&filled(random.pick(&talk::NOTES[..20]), person.company.as_ref(), product));
            }
            (at, body)
        })
        .collect()
}
