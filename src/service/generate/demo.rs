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
use crate::service::lead::open::MarkOpened;
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

/// How a lead came to the person.
#[derive(Clone, Copy)]
enum Came {
    /// It did not: a colleague has it.
    Not,
    /// A colleague handed it over with this note.
    Handed(&'static str),
    /// It is their own.
    Mine,
}

/// A lead that a person meets first.
struct Row {
    name: &'static str,
    company: &'static str,
    email: &'static str,
    phone: &'static str,
    topic: &'static str,
    source: &'static str,
    rating: &'static str,
    /// Whole units of the currency.
    value: i64,
    /// Days until it closes.
    days: i32,
    note: &'static str,
    came: Came,
}

const ROWS: &[Row] = &[
    Row {
        name: "Ann Lee",
        company: "Contoso",
        email: "ann.lee@contoso.example",
        phone: "+1 555 0100",
        topic: "3D printers",
        source: "Trade Show",
        rating: "Hot",
        value: 40_000,
        days: 12,
        note: "Wants a demo of the large printer\n\n- decides with Lena from purchasing\n- has *40,000* set aside this quarter",
        came: Came::Mine,
    },
    Row {
        name: "Bo Ek",
        company: "Fabrikam",
        email: "bo.ek@fabrikam.example",
        phone: "+46 8 555 010",
        topic: "Service plan",
        source: "Web",
        rating: "Warm",
        value: 12_500,
        days: 40,
        note: "Asked for the price list; prefers e-mail",
        came: Came::Not,
    },
    Row {
        name: "Cy Diaz",
        company: "Litware",
        email: "cy@litware.example",
        phone: "+34 91 555 0199",
        topic: "Spare parts",
        source: "Employee Referral",
        rating: "Cold",
        value: 3_200,
        days: 75,
        note: "Call again after the fair",
        came: Came::Handed("wants French docs, call Tue"),
    },
    Row {
        name: "Eva Roth",
        company: "Tailspin Toys",
        email: "eva.roth@tailspin.example",
        phone: "+49 30 5550 1234",
        topic: "Packaging machine",
        source: "Web",
        rating: "Hot",
        value: 86_000,
        days: 5,
        note: "Budget approved. Needs the offer by Friday",
        came: Came::Mine,
    },
    Row {
        name: "Kim Abe",
        company: "Woodgrove",
        email: "kim.abe@woodgrove.example",
        phone: "+81 3 5550 0147",
        topic: "倉庫ロボットの見積り",
        source: "Partner",
        rating: "Warm",
        value: 54_000,
        days: 60,
        note: "Documents in Japanese, please",
        came: Came::Handed("speaks some English; time there is far ahead"),
    },
    Row {
        name: "Lena O’Neill",
        company: "Adventure Works",
        email: "lena@adventure.example",
        phone: "+353 1 555 0123",
        topic: "Label printers",
        source: "Seminar",
        rating: "Warm",
        value: 9_900,
        days: 30,
        note: "Met at the seminar; wants to see it running at another customer’s",
        came: Came::Mine,
    },
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
        service.execute(AddNote { about, body: row.note.into() }, &ctx)?;
        let to_me = |note: Option<&str>| AssignLeads {
            targets: Targets::one(lead),
            owner: Owner::User(1),
            note: note.map(str::to_owned),
        };
        match row.came {
            Came::Not => {}
            Came::Handed(note) => {
                service.execute(to_me(Some(note)), &ctx)?;
            }
            Came::Mine => {
                service.execute(to_me(None), &ctx)?;
                service.execute(MarkOpened { lead }, &ctx)?;
            }
        }
    }
    service.db().checkpoint(true)
}

fn values(ctx: &Context, row: &Row, today: i32) -> Vec<(crate::model::field::FieldId, Value)> {
    let registry = &ctx.catalog.lead;
    let parts = crate::model::name::split(row.name);
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
        text("company", row.company),
        text("email", row.email),
        text("phone", row.phone),
        text("topic", row.topic),
        (registry.id("source"), choice("source", row.source)),
        (registry.id("rating"), choice("rating", row.rating)),
        (registry.id("estimated_value"), Value::Money(row.value * 10_000)),
        (registry.id("estimated_close_date"), Value::Date(today + row.days)),
        (registry.id("owner"), Value::Owner(Owner::User(2))),
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
