//! The sample data: some two hundred leads around today, with something to find in every view. Made anew each time, never mixed
//! with a person's own data.

use std::path::Path;

use super::{Spec, generate};
use crate::error::Result;
use crate::model::locale::Locale;
use crate::model::people::Role;
use crate::model::value::{Owner, Value};
use crate::model::zone::Zone;
use crate::service::context::{Cancel, Clock, Context, Ids, Origin};
use crate::service::lead::assign::AssignLeads;
use crate::service::lead::create::CreateLead;
use crate::service::lead_service::{FirstUser, LeadService};
use crate::service::note::AddNote;
use crate::service::scope::Targets;
use crate::store::sqlite::Opening;

/// How many leads the generator makes for it.
const LEADS: u64 = 180;
/// The seed, so that everyone's sample data is the same but for its dates.
const SEED: u64 = 2026;
/// A day in µs.
const DAY: i64 = 86_400_000_000;

/// Leads that a person meets first: name, company, e-mail, phone, topic, source, rating, value, days until it closes, a note.
type Row =
    (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str, i64, i32, &'static str);

const ROWS: &[Row] = &[
    (
        "Ann Lee",
        "Contoso",
        "ann.lee@contoso.example",
        "+1 555 0100",
        "3D printers",
        "Trade Show",
        "Hot",
        40_000,
        12,
        "Wants a demo of the large printer\n\n- decides with Lena from purchasing\n- has *40,000* set aside this quarter",
    ),
    (
        "Bo Ek",
        "Fabrikam",
        "bo.ek@fabrikam.example",
        "+46 8 555 010",
        "Service plan",
        "Web",
        "Warm",
        12_500,
        40,
        "Asked for the price list; prefers e-mail",
    ),
    (
        "Cy Diaz",
        "Litware",
        "cy@litware.example",
        "+34 91 555 0199",
        "Spare parts",
        "Employee Referral",
        "Cold",
        3_200,
        75,
        "Call again after the fair",
    ),
    (
        "Eva Roth",
        "Tailspin Toys",
        "eva.roth@tailspin.example",
        "+49 30 5550 1234",
        "Packaging machine",
        "Web",
        "Hot",
        86_000,
        5,
        "Budget approved. Needs the offer by Friday",
    ),
    (
        "Kim Abe",
        "Woodgrove",
        "kim.abe@woodgrove.example",
        "+81 3 5550 0147",
        "倉庫ロボットの見積り",
        "Partner",
        "Warm",
        54_000,
        60,
        "Documents in Japanese, please",
    ),
    (
        "Lena O’Neill",
        "Adventure Works",
        "lena@adventure.example",
        "+353 1 555 0123",
        "Label printers",
        "Seminar",
        "Warm",
        9_900,
        30,
        "Met at the seminar; wants to see it running at another customer’s",
    ),
];

/// Fills a database that must be new with the sample data; `today` is the day it is around, since 1970-01-01.
pub fn fill(path: &Path, first: &FirstUser, today: i32) -> Result<()> {
    let spec = Spec { leads: LEADS, seed: SEED, today, first: first.clone() };
    generate(path, &spec, &mut |_, _| Ok(()))?;
    let mut service = LeadService::open(&Opening::existing(path), first)?;
    // The afternoon before, and by a colleague: the first undo of the person finds nothing of their own to take back.
    let mut ctx = Context {
        user: 2,
        role: Role::Admin,
        origin: Origin::Import,
        clock: Clock::Fixed(i64::from(today) * DAY - 9 * DAY / 24),
        ids: Ids::System,
        zone: Zone::Utc,
        locale: Locale::of("US"),
        catalog: service.catalog(),
        progress: None,
        cancel: Cancel::default(),
        drafts: std::sync::Arc::default(),
    };
    for (at, row) in (1i64..).zip(ROWS) {
        ctx.catalog = service.catalog();
        ctx.clock = Clock::Fixed(i64::from(today) * DAY - 9 * DAY / 24 + at * 60_000_000);
        let lead = service.execute(CreateLead { values: values(&ctx, row, today) }, &ctx)?.reply;
        let about = crate::model::entity::RecordId::lead(lead);
        service.execute(AddNote { about, body: row.9.into() }, &ctx)?;
        if at % 3 == 0 {
            let note = Some("please call this week".to_owned());
            service.execute(AssignLeads { targets: Targets::one(lead), owner: Owner::User(1), note }, &ctx)?;
        }
    }
    service.db().checkpoint(true)
}

fn values(ctx: &Context, row: &Row, today: i32) -> Vec<(crate::model::field::FieldId, Value)> {
    let registry = &ctx.catalog.lead;
    let (name, company, email, phone, topic, source, rating, value, days, _) = *row;
    let parts = crate::model::name::split(name);
    let choice = |field: &'static str, label: &str| {
        let set = match field {
            "source" => crate::model::choice::Set::Source,
            _ => crate::model::choice::Set::Rating,
        };
        ctx.catalog.choices.find(set, label).map_or(Value::None, |c| Value::Choice(c.code))
    };
    let text = |field: &'static str, text: &str| (registry.id(field), Value::text(text));
    vec![
        text("first_name", &parts.first),
        text("last_name", &parts.last),
        text("company", company),
        text("email", email),
        text("phone", phone),
        text("topic", topic),
        (registry.id("source"), choice("source", source)),
        (registry.id("rating"), choice("rating", rating)),
        (registry.id("estimated_value"), Value::Money(value * 10_000)),
        (registry.id("estimated_close_date"), Value::Date(today + days)),
        (registry.id("owner"), Value::Owner(if row.0 == "Bo Ek" { Owner::User(2) } else { Owner::User(1) })),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;
    use crate::query::views;
    use crate::service::lead::read::CountLeads;

    #[test]
    fn every_view_but_the_deleted_has_something_in_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("sample.db");
        let first = FirstUser { login: "ana".into(), name: "Ana".into() };
        let today = 20_780;
        fill(&path, &first, today).unwrap();
        let service = LeadService::open(&Opening::existing(&path), &first).unwrap();
        let ctx = Context {
            user: 1,
            role: Role::Admin,
            origin: Origin::Tui,
            clock: Clock::Fixed(i64::from(today) * DAY),
            ids: Ids::System,
            zone: Zone::Utc,
            locale: Locale::of("US"),
            catalog: service.catalog(),
            progress: None,
            cancel: Cancel::default(),
            drafts: std::sync::Arc::default(),
        };
        for view in views::shipped(&ctx.reading()).unwrap() {
            if matches!(view.slug.as_str(), "deleted-leads" | "incomplete-leads" | "leads-opened-this-week") {
                continue;
            }
            let filter = query::parse(&view.filter, &ctx.reading()).unwrap();
            let (count, _) = service.ask(&CountLeads { filter }, &ctx).unwrap();
            assert!(count > 0, "nothing in {}", view.name);
        }
    }
}
