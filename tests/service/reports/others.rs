//! Age, trend, reasons, speed and activity, counted once more by plain loops.

use leadbook::model::choice::{DISQUALIFIED, HOT, OPEN, QUALIFIED, Set};
use leadbook::model::entity::Entity;
use leadbook::model::record::Record;
use leadbook::model::report::{Figure, Period, ReportKind, Sheet};
use leadbook::model::value::Owner;

use super::world::{ACTIVITY_FILTERS, FILTERS, PERIODS, TODAY, median, world};

const DAY: i64 = 86_400_000_000;

fn count(all: &[&Record], which: impl Fn(&Record) -> bool) -> i64 {
    all.iter().filter(|record| which(record)).count() as i64
}

/// The figures of a row, without the names.
fn row(sheet: &Sheet, at: usize, names: usize) -> Vec<Figure> {
    sheet.rows[at].cells[names..].iter().map(|cell| cell.figure.clone()).collect()
}

#[test]
fn ages_are_days_since_entry() {
    let world = world();
    for filter in FILTERS {
        let sheet = world.report(ReportKind::Age, filter, None);
        let leads = world.counted(filter, "created_at", None);
        let open: Vec<&Record> = leads.into_iter().filter(|lead| world.code(lead, "status") == Some(OPEN)).collect();
        let age = |lead: &Record| i64::from(TODAY) - world.code(lead, "created_at").expect("a moment").div_euclid(DAY);
        let mut seen = 0;
        for (at, ages) in [i64::MIN..=0, 1..=7, 8..=30, 31..=90, 91..=180, 181..=365, 366..=i64::MAX].into_iter().enumerate() {
            let of: Vec<&Record> = open.iter().copied().filter(|lead| ages.contains(&age(lead))).collect();
            seen += of.len();
            let wanted = vec![
                Figure::Count(of.len() as i64),
                Figure::share(of.len() as i64, open.len() as i64),
                Figure::Count(count(&of, |lead| world.code(lead, "rating") == Some(HOT))),
                Figure::Count(count(&of, |lead| world.code(lead, "open_activities").unwrap_or_default() == 0)),
                Figure::Count(count(&of, |lead| world.code(lead, "first_contact_at").is_none())),
            ];
            if !open.is_empty() {
                assert_eq!(row(&sheet, at, 1), wanted, "{filter:?} {ages:?}");
            }
        }
        assert_eq!(seen, open.len());
    }
}

#[test]
fn a_trend_goes_over_all_days_of_its_period() {
    let world = world();
    for (filter, period) in FILTERS.iter().zip(PERIODS.iter().cycle()) {
        let sheet = world.report(ReportKind::Trend, filter, *period);
        let leads = world.counted(filter, "created_at", period.map(|text| world.period(text)).as_ref());
        if leads.is_empty() {
            let before = period.map(|text| world.period(text).previous());
            let had = before.is_some_and(|before| !world.counted(filter, "created_at", Some(&before)).is_empty());
            assert_eq!(sheet.rows.is_empty(), !had, "{filter:?} {period:?}");
            assert!(sheet.rows.iter().all(|row| row.cells[2].figure == Figure::Count(0)), "{filter:?} {period:?}");
            continue;
        }
        let day = |text: &str| leadbook::model::zone::days(text.parse().expect("a day"));
        let mut seen = 0;
        for at in 0..sheet.rows.len() {
            let ends: Vec<i32> = sheet.rows[at].cells[..2].iter().map(|cell| day(&cell.figure.cell(false))).collect();
            let created = |lead: &Record| world.code(lead, "created_at").expect("a moment").div_euclid(DAY) as i32;
            let of: Vec<&Record> = leads.iter().copied().filter(|lead| (ends[0]..=ends[1]).contains(&created(lead))).collect();
            seen += of.len();
            let [open, qualified, disqualified] =
                [OPEN, QUALIFIED, DISQUALIFIED].map(|state| count(&of, |lead| world.code(lead, "status") == Some(state)));
            let all = of.len() as i64;
            let mut wanted = [all, open, qualified, disqualified].map(Figure::Count).to_vec();
            wanted.push(Figure::share(qualified, qualified + disqualified));
            wanted.push(Figure::share(qualified, all));
            assert_eq!(row(&sheet, at, 2), wanted, "{filter:?} {period:?} {ends:?}");
        }
        assert_eq!(seen, leads.len(), "{filter:?} {period:?}");
    }
}

#[test]
fn reasons_are_counted_by_source_and_by_owner() {
    let world = world();
    let (choices, people) = (&world.desk.ctx.catalog.choices, &world.desk.ctx.catalog.people);
    for (filter, period) in FILTERS.iter().zip(PERIODS.iter().cycle().skip(1)) {
        let sheet = world.report(ReportKind::Reasons, filter, *period);
        let closed = |period: Option<&Period>| {
            let leads = match period {
                Some(period) => world.counted(filter, "closed_at", Some(period)),
                None => world.counted(filter, "created_at", None),
            };
            leads.into_iter().filter(|lead| world.code(lead, "status") == Some(DISQUALIFIED)).collect::<Vec<_>>()
        };
        let period = period.map(|text| world.period(text));
        let leads = closed(period.as_ref());
        let (mut seen, mut by_source, mut by_owner) = (0, 0, 0);
        for (at, line) in sheet.rows.iter().enumerate() {
            let name = |place: usize| match &line.cells[place].figure {
                Figure::Name { label, .. } => Some(label.clone()),
                _ => None,
            };
            let source = |lead: &Record| {
                world.code(lead, "source").map_or_else(|| "no source".into(), |code| choices.label(Set::Source, code))
            };
            let owner =
                |lead: &Record| people.show(Owner::of_code(world.code(lead, "owner").expect("an owner")).expect("an owner"));
            let reason = |lead: &Record| choices.label(Set::StatusReason, world.code(lead, "status_reason").expect("a reason"));
            let with_reason: Vec<&Record> = leads.iter().copied().filter(|lead| Some(reason(lead)) == name(0)).collect();
            let of: Vec<&Record> = with_reason
                .iter()
                .copied()
                .filter(|lead| {
                    name(1).is_none_or(|label| label == source(lead)) && name(2).is_none_or(|label| label == owner(lead))
                })
                .collect();
            match (name(1), name(2)) {
                (None, None) => seen += of.len(),
                (Some(_), None) => by_source += of.len(),
                _ => by_owner += of.len(),
            }
            let whole = if line.depth == 0 { leads.len() } else { with_reason.len() };
            let time = |lead: &&Record| Some(world.code(lead, "closed_at")? - world.code(lead, "created_at")?);
            let wanted = vec![
                Figure::Count(of.len() as i64),
                Figure::share(of.len() as i64, whole as i64),
                median(of.iter().filter_map(time).collect()),
            ];
            assert_eq!(row(&sheet, at, 3), wanted, "{filter:?} {period:?} {}", line.label);
        }
        assert_eq!([seen, by_source, by_owner], [leads.len(); 3], "{filter:?} {period:?}");
    }
}

/// The working time between two moments, minute by minute.
fn worked(from: i64, to: i64) -> i64 {
    const MINUTE: i64 = 60_000_000;
    let is_worked = |at: i64| {
        let day = at.div_euclid(DAY);
        // 1970-01-01 was a Thursday
        let weekday = (day + 3).rem_euclid(7);
        weekday < 5 && (9 * 60..17 * 60).contains(&(at.rem_euclid(DAY) / MINUTE))
    };
    let mut sum = 0;
    let mut at = from;
    while at < to {
        let next = (at.div_euclid(MINUTE) + 1) * MINUTE;
        sum += if is_worked(at) { next.min(to) - at } else { 0 };
        at = next;
    }
    sum
}

#[test]
fn speed_is_in_working_hours() {
    let world = world();
    for filter in ["", "source:web", "has:erased_at or rating:hot"] {
        let sheet = world.report(ReportKind::Speed, filter, Some("2025-01-01..2026-12-31"));
        let period = world.period("2025-01-01..2026-12-31");
        let leads = world.counted(filter, "created_at", Some(&period));
        let time = |lead: &&Record| Some(worked(world.code(lead, "created_at")?, world.code(lead, "first_contact_at")?));
        let total = sheet.total.as_ref().expect("a whole");
        let times: Vec<i64> = leads.iter().filter_map(time).collect();
        let figures: Vec<Figure> = total.cells[2..].iter().map(|cell| cell.figure.clone()).collect();
        let within = |hours: i64| times.iter().filter(|time| **time <= hours * 3_600_000_000).count() as i64;
        let n = times.len() as i64;
        assert_eq!(figures[0], Figure::Count(leads.len() as i64), "{filter:?}");
        assert_eq!((&figures[1], &figures[2]), (&Figure::Count(n), &Figure::Count(leads.len() as i64 - n)), "{filter:?}");
        assert_eq!(figures[3], median(times.clone()), "{filter:?}");
        let sum: i64 = times.iter().sum();
        assert_eq!(figures[4], Figure::Time((2 * sum + n).div_euclid(2 * n)), "{filter:?}");
        assert_eq!(figures[5..], [Figure::share(within(1), n), Figure::share(within(8), n)], "{filter:?}");
        let of = |place: usize| {
            let rows = sheet.rows.iter().filter(|row| row.cells[place].figure != Figure::None);
            rows.map(|row| if let Figure::Count(count) = row.cells[2].figure { count } else { 0 }).sum::<i64>()
        };
        assert_eq!((of(0), of(1)), (leads.len() as i64, leads.len() as i64), "{filter:?}");
    }
}

#[test]
fn activity_is_what_was_completed() {
    let world = world();
    let people = &world.desk.ctx.catalog.people;
    for (filter, period) in ACTIVITY_FILTERS.iter().zip(PERIODS.iter().cycle()) {
        let sheet = world.report(ReportKind::Activity, filter, *period);
        let found = world.numbers(Entity::Activity, filter);
        let period = period.map(|text| world.period(text));
        let is_done = |activity: &&Record| {
            let at = world.code(activity, "actual_end");
            let dated = period.as_ref().is_none_or(|period| {
                let (from, before) = period.moments(world.desk.ctx.zone);
                at.is_some_and(|at| (from..before).contains(&at))
            });
            dated && found.contains(&activity.key.number) && world.code(activity, "status") == Some(1)
        };
        let done: Vec<&Record> = world.activities.values().filter(is_done).collect();
        let mut seen = 0;
        for (at, line) in sheet.rows.iter().enumerate() {
            let owned = |activity: &Record| {
                people.show(Owner::of_code(world.code(activity, "owner").expect("an owner")).expect("an owner"))
            };
            let of: Vec<&Record> = done.iter().copied().filter(|activity| owned(activity) == line.label).collect();
            seen += of.len();
            let kind = |code: i64| count(&of, |activity| world.code(activity, "kind") == Some(code));
            let mail = |direction: i64| {
                count(&of, |mail| world.code(mail, "kind") == Some(4202) && world.code(mail, "direction") == Some(direction))
            };
            // talked, call back, not interested
            let spoken =
                |call: &Record| world.code(call, "kind") == Some(4210) && matches!(world.code(call, "outcome"), Some(3 | 4 | 6));
            let talked = count(&of, spoken);
            let wanted = vec![
                Figure::Count(of.len() as i64),
                Figure::Count(kind(4210)),
                Figure::Count(talked),
                Figure::share(talked, kind(4210)),
                Figure::Count(mail(1)),
                Figure::Count(mail(0)),
                Figure::Count(kind(4201)),
                Figure::Count(kind(4212)),
                Figure::Count(kind(4204) + kind(4207)),
            ];
            assert_eq!(row(&sheet, at, 1), wanted, "{filter:?} {period:?} {}", line.label);
        }
        assert_eq!(seen, done.len(), "{filter:?} {period:?}");
    }
}
