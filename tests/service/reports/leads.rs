//! What comes of leads, by source, owner, unit and partner, counted once more by plain loops.

use std::collections::{BTreeMap, BTreeSet};

use leadbook::model::choice::{DISQUALIFIED, LOST, OPEN, QUALIFIED, Set, WON};
use leadbook::model::entity::Entity;
use leadbook::model::people::Unit;
use leadbook::model::record::Record;
use leadbook::model::report::{Amounts, Figure, Period, ReportKind, Row, Sheet};
use leadbook::model::value::Owner;

use super::world::{FILTERS, PERIODS, World, median, world};

/// The customers that a lead refers to or is linked with.
fn customers(world: &World, lead: &Record) -> BTreeSet<leadbook::model::entity::RecordId> {
    let mut all: BTreeSet<_> =
        world.links.iter().filter(|(number, _)| *number == lead.key.number).map(|(_, other)| *other).collect();
    all.extend(world.code(lead, "parent_account").map(|number| Entity::Account.numbered(number)));
    all.extend(world.code(lead, "parent_contact").map(|number| Entity::Contact.numbered(number)));
    all
}

fn rounded(number: i128, by: i128) -> i128 {
    (2 * number + by).div_euclid(2 * by)
}

/// The figures of a row, of the leads that are in it. `keyed` says what the column that the report groups by holds.
fn figures(world: &World, leads: &[&Record], keyed: impl Fn(&Record) -> Option<i64>) -> Vec<Figure> {
    let deals: Vec<&Record> = world.deals.values().filter(|deal| world.code(deal, "deleted_at").is_none()).collect();
    let numbers: BTreeSet<i64> = leads.iter().map(|lead| lead.key.number).collect();
    let state = |wanted: i64| leads.iter().filter(|lead| world.code(lead, "status") == Some(wanted)).count() as i64;
    let (open, qualified, disqualified) = (state(OPEN), state(QUALIFIED), state(DISQUALIFIED));
    let times: Vec<i64> = leads
        .iter()
        .filter(|lead| world.code(lead, "status") == Some(QUALIFIED))
        .filter_map(|lead| Some(world.code(lead, "closed_at")? - world.code(lead, "created_at")?))
        .collect();
    let mean = match times.len() as i128 {
        0 => Figure::None,
        n => Figure::Time(rounded(times.iter().map(|time| i128::from(*time)).sum(), n) as i64),
    };
    let origin = |deal: &Record| world.code(deal, "originating_lead");
    let own: Vec<&&Record> = deals.iter().filter(|deal| origin(deal).is_some_and(|lead| numbers.contains(&lead))).collect();
    let closed = |wanted: i64| own.iter().filter(|deal| world.code(deal, "status") == Some(wanted)).count() as i64;
    let mut known: BTreeSet<_> = leads.iter().flat_map(|lead| customers(world, lead)).collect();
    known.retain(|customer| !world.gone.contains(customer));
    let sold: BTreeSet<i64> = deals.iter().filter_map(|deal| origin(deal)).collect();
    let (mut from, mut through) = (Amounts::default(), Amounts::default());
    for deal in deals.iter().filter(|deal| world.code(deal, "status") == Some(WON)) {
        let Some(value) = world.code(deal, "actual_value") else { continue };
        let account = world.code(deal, "account").map(|number| Entity::Account.numbered(number));
        let contact = world.code(deal, "contact").map(|number| Entity::Contact.numbered(number));
        if origin(deal).is_some_and(|lead| numbers.contains(&lead)) {
            from.add(world.currency(deal), value);
        } else if account.into_iter().chain(contact).any(|customer| known.contains(&customer)) {
            through.add(world.currency(deal), value);
        }
    }
    let mut cost = Amounts::default();
    for lead in leads {
        if let Some(own) = world.code(lead, "cost") {
            cost.add(world.currency(lead), own);
        }
    }
    let all = world.counted("", "created_at", None);
    for campaign in world.campaigns.values().filter(|campaign| world.code(campaign, "deleted_at").is_none()) {
        let Some(spent) = world.code(campaign, "actual_cost") else { continue };
        let of = |lead: &&Record| world.code(lead, "campaign") == Some(campaign.key.number);
        let brought = all.iter().copied().filter(of).count() as i128;
        let mut parts: BTreeMap<Option<i64>, i128> = BTreeMap::new();
        for lead in leads.iter().copied().filter(of).filter(|lead| world.code(lead, "cost").is_none()) {
            *parts.entry(keyed(lead)).or_default() += 1;
        }
        for part in parts.values() {
            cost.add(world.currency(campaign), rounded(i128::from(spent) * part, brought));
        }
    }
    let silent = |lead: &&&Record| !sold.contains(&lead.key.number);
    let without = leads.iter().filter(|lead| world.code(lead, "status") == Some(QUALIFIED)).filter(silent).count() as i64;
    let (mut per_lead, mut gain) = (Amounts::default(), Vec::new());
    for (currency, amount) in from.each() {
        per_lead.add(currency, rounded(amount, (leads.len() as i128).max(1)));
    }
    // all that was won may be in other currencies than what was spent
    let is_told = |currency: &str| from.is_empty() || from.of(currency) != 0;
    for (currency, spent) in cost.each().filter(|(currency, spent)| *spent > 0 && is_told(currency)) {
        let number = 10_000 * (from.of(currency) - spent);
        let rate = if number < 0 { -rounded(-number, spent) } else { rounded(number, spent) };
        gain.push((currency.to_owned(), rate as i64));
    }
    vec![
        Figure::Count(leads.len() as i64),
        Figure::Count(open),
        Figure::Count(qualified),
        Figure::Count(disqualified),
        Figure::share(qualified, qualified + disqualified),
        Figure::share(qualified, leads.len() as i64),
        median(times),
        mean,
        Figure::Count(own.len() as i64),
        Figure::Count(closed(WON)),
        Figure::Count(closed(LOST)),
        Figure::Money(from),
        Figure::Money(through),
        Figure::Money(per_lead),
        if cost.is_empty() { Figure::None } else { Figure::Money(cost) },
        if gain.is_empty() { Figure::None } else { Figure::Rates(gain) },
        Figure::Count(without),
    ]
}

/// The rows of a report as they must be: what they are called, and the leads in them.
fn groups(world: &World, kind: ReportKind) -> Vec<(String, Vec<Option<i64>>)> {
    let (people, choices) = (&world.desk.ctx.catalog.people, &world.desk.ctx.catalog.choices);
    let of = |set: Set| {
        let named = choices.all(set).iter().map(|choice| (choice.label.clone(), vec![Some(choice.code)]));
        named.chain([(format!("no {}", set.name()), vec![None])]).collect()
    };
    let owners = people.users.iter().map(|user| Owner::User(user.number));
    let owners = owners.chain(people.teams.iter().map(|team| Owner::Team(team.number)));
    match kind {
        ReportKind::Sources => of(Set::Source),
        ReportKind::Partners => of(Set::Partner),
        ReportKind::Units => {
            let owners: Vec<Owner> = owners.collect();
            let held = |unit: &Unit| {
                let within = |owner: &&Owner| people.unit_of(**owner).is_some_and(|own| people.is_within(own, unit.number));
                owners.iter().filter(within).map(|owner| Some(owner.code())).collect()
            };
            people.units.iter().map(|unit| (unit.name.clone(), held(unit))).collect()
        }
        _ => {
            let mut all: Vec<_> = owners.map(|owner| (people.show(owner), vec![Some(owner.code())])).collect();
            for team in people.teams.iter().filter(|team| !team.members.is_empty()) {
                let mut codes = vec![Some(Owner::Team(team.number).code())];
                codes.extend(team.members.iter().map(|member| Some(*member)));
                all.push((format!("team:{} and members", team.name), codes));
            }
            all
        }
    }
}

fn check(world: &World, kind: ReportKind, filter: &str, period: Option<&str>) {
    let sheet = world.report(kind, filter, period);
    let column = match kind {
        ReportKind::Sources => "source",
        ReportKind::Partners => "partner",
        _ => "owner",
    };
    let keyed = |lead: &Record| world.code(lead, column);
    let period = period.map(|text| world.period(text));
    let earlier = period.as_ref().map(Period::previous);
    let now = world.counted(filter, "created_at", period.as_ref());
    let before = earlier.as_ref().map(|period| world.counted(filter, "created_at", Some(period)));
    let of = |leads: &[&Record], keys: &[Option<i64>]| {
        let leads: Vec<&Record> = leads.iter().copied().filter(|lead| keys.contains(&keyed(lead))).collect();
        (leads.len(), figures(world, &leads, keyed))
    };
    let place = || format!("{} {filter:?} {period:?}", kind.name());
    let mut shown = 0;
    for (label, keys) in groups(world, kind) {
        let (count, wanted) = of(&now, &keys);
        let before = before.as_ref().map(|before| of(before, &keys));
        if count == 0 && before.as_ref().is_none_or(|(count, _)| *count == 0) {
            assert!(!sheet.rows.iter().any(|row| row.label == label), "{}: {label} has no leads", place());
            continue;
        }
        shown += 1;
        compare(&sheet, &label, &wanted, before.map(|(_, wanted)| wanted).as_deref(), &place());
    }
    assert_eq!(sheet.rows.len(), shown, "{}: other rows", place());
    if let Some(total) = &sheet.total {
        assert_eq!(values(total), figures(world, &now, keyed), "{}: the whole", place());
    }
}

fn values(row: &Row) -> Vec<Figure> {
    row.cells[1..].iter().map(|cell| cell.figure.clone()).collect()
}

fn compare(sheet: &Sheet, label: &str, wanted: &[Figure], before: Option<&[Figure]>, place: &str) {
    let row = sheet.rows.iter().find(|row| row.label == label).unwrap_or_else(|| panic!("{place}: no row {label}"));
    for (at, (column, found)) in sheet.columns[1..].iter().zip(values(row)).enumerate() {
        assert_eq!(found, wanted[at], "{place}: {} of {label}", column.key);
        assert_eq!(
            row.cells[at + 1].before.as_ref(),
            before.map(|before| &before[at]),
            "{place}: before {} of {label}",
            column.key
        );
    }
}

#[test]
fn what_comes_of_leads_is_what_the_records_say() {
    let world = world();
    for (at, filter) in FILTERS.iter().enumerate() {
        for (kind, turn) in
            [ReportKind::Sources, ReportKind::Owners, ReportKind::Units, ReportKind::Partners].into_iter().zip(0..)
        {
            check(&world, kind, filter, PERIODS[(at + turn) % PERIODS.len()]);
        }
    }
    for period in PERIODS {
        check(&world, ReportKind::Sources, "", *period);
    }
}

#[test]
fn merged_and_deleted_leads_count_nowhere_and_erased_ones_for_ever() {
    let world = world();
    let is = |field: &'static str| world.leads.values().filter(|lead| world.code(lead, field).unwrap_or_default() != 0).count();
    assert!(is("merged") > 0 && is("erased_at") > 0 && is("deleted_at") > is("erased_at"));
    let all = world.leads.len() as i64;
    let left_out = world.leads.values().filter(|lead| {
        let (merged, erased) = (world.code(lead, "merged") == Some(1), world.code(lead, "erased_at").is_some());
        merged || (world.code(lead, "deleted_at").is_some() && !erased)
    });
    let total = world.report(ReportKind::Sources, "", None).total.expect("a whole");
    assert_eq!(total.cells[1].figure, Figure::Count(all - left_out.count() as i64));
}
