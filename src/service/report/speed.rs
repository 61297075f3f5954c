//! How soon new leads were answered: from entry to the first contact from our side, in working hours, by source and by owner.

use std::collections::{BTreeMap, HashMap};

use super::line::{Line, name};
use super::scope::Scope;
use crate::error::Result;
use crate::model::choice::Set;
use crate::model::people::Hours as Week;
use crate::model::report::hours::worked;
use crate::model::report::{Chart, ChartForm, Column, ColumnKind, Figure, Period, Row, Sheet};
use crate::model::value::Owner;
use crate::query::ast::Expr;
use crate::store::report::lead;

use ColumnKind::{Count, Hours, Name, Share};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new("source", "Source", Name, "The leads of one source; of all where it is empty."),
    Column::new("owner", "Owner", Name, "The leads of one owner; of all where it is empty."),
    Column::new("leads", "Leads", Count, "Leads that were entered."),
    Column::new(
        "contacted",
        "Contacted",
        Count,
        "Of these, the ones with an outgoing call, mail, letter or appointment that was done.",
    ),
    Column::new("not_contacted", "Not yet", Count, "Of these, the ones without."),
    Column::new(
        "hours_median",
        "Hours (median)",
        Hours,
        "Working hours from entry to the first outgoing contact: half of the contacted leads waited less.",
    ),
    Column::new("hours_mean", "Hours (mean)", Hours, "Working hours from entry to the first outgoing contact, on average."),
    Column::new("within_hour", "Within 1 h", Share, "Contacted within one working hour, of all contacted."),
    Column::new("within_day", "Within a day", Share, "Contacted within eight working hours, of all contacted."),
];

/// An hour, in µs.
const HOUR: i64 = 3_600_000_000;

/// The leads of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    All,
    Source(Option<i64>),
    Owner(i64),
}

#[derive(Clone, Default)]
struct Tally {
    leads: i64,
    times: Vec<i64>,
}

/// The report.
pub(super) fn sheet(scope: &Scope<'_>) -> Result<Sheet> {
    let mut now = count(scope, scope.period.as_ref())?;
    let before = match &scope.period {
        Some(period) => Some(count(scope, Some(&period.previous()))?),
        None => None,
    };
    // where the stretch before had leads, that now there are none is worth telling
    if now.is_empty() {
        now.extend(before.iter().flat_map(BTreeMap::keys).map(|of| (*of, Tally::default())));
    }
    let mut sheet = scope.sheet();
    sheet.columns = COLUMNS.to_vec();
    sheet.charts = vec![
        Chart { title: "Working hours to the first contact", form: ChartForm::Bars, columns: vec!["hours_median"] },
        Chart { title: "Contacted leads", form: ChartForm::Stacked, columns: vec!["contacted", "not_contacted"] },
    ];
    sheet.notes.push("Working hours are those of the owner; of a team Monday to Friday, 9 to 17 o'clock.".into());
    if let Some(period) = &scope.period {
        sheet.notes.push(format!("Compared with {}.", period.previous().text));
    }
    let rank = |of: Of| match of {
        Of::Source(_) => 0,
        Of::Owner(_) => 1,
        Of::All => 2,
    };
    let mut parts: Vec<(Of, &Tally)> = now.iter().map(|(of, tally)| (*of, tally)).collect();
    parts.sort_by_key(|(of, tally)| (rank(*of), std::cmp::Reverse(tally.leads), *of));
    for (of, tally) in parts {
        let earlier = before.as_ref().map(|before| figures(&before.get(&of).cloned().unwrap_or_default()));
        let line = line(scope, of, figures(tally), earlier);
        if of == Of::All { sheet.total = Some(line) } else { sheet.rows.push(line) }
    }
    Ok(sheet)
}

fn count(scope: &Scope<'_>, period: Option<&Period>) -> Result<BTreeMap<Of, Tally>> {
    let mut found: BTreeMap<Of, Tally> = BTreeMap::new();
    let zone = scope.ctx.zone;
    let own: HashMap<i64, Week> = scope.ctx.catalog.people.users.iter().map(|user| (user.number, user.work.hours)).collect();
    let usual = Week::default();
    let moments = scope.moments(period);
    let columns = ["created_at", "first_contact_at", "source", "owner"];
    lead::columns(scope.db, columns, None, scope.within.as_deref(), &|rows| scope.advance(rows), |lead| {
        let [created, contacted, source, owner] = lead;
        let (created, owner) = (created.unwrap_or_default(), owner.unwrap_or_default());
        if !moments.contains(&created) {
            return Ok(());
        }
        let hours = own.get(&owner).unwrap_or(&usual);
        let time = contacted.map(|at| worked(hours, created, at, zone));
        for of in [Of::All, Of::Source(source), Of::Owner(owner)] {
            let tally = found.entry(of).or_default();
            tally.leads += 1;
            tally.times.extend(time);
        }
        Ok(())
    })?;
    Ok(found)
}

fn figures(tally: &Tally) -> Vec<Figure> {
    let contacted = i64::try_from(tally.times.len()).unwrap_or(i64::MAX);
    let within = |most: i64| tally.times.iter().filter(|time| **time <= most).count() as i64;
    let day = Week::default();
    vec![
        Figure::Count(tally.leads),
        Figure::Count(contacted),
        Figure::Count(tally.leads - contacted),
        Figure::median(&mut tally.times.clone()),
        Figure::mean(tally.times.iter().map(|time| i128::from(*time)).sum(), contacted),
        Figure::share(within(HOUR), contacted),
        Figure::share(within((day.to - day.from) * 60_000_000), contacted),
    ]
}

fn line(scope: &Scope<'_>, of: Of, figures: Vec<Figure>, before: Option<Vec<Figure>>) -> Row {
    let (choices, people) = (&scope.ctx.catalog.choices, &scope.ctx.catalog.people);
    let (label, source, owner, filter) = match of {
        Of::All => ("all".to_owned(), name("all", None), Figure::None, Expr::All),
        Of::Source(Some(code)) => {
            let label = choices.label(Set::Source, code);
            let slug = choices.slug(Set::Source, code);
            (label.clone(), name(&label, Some(&slug)), Figure::None, scope.coded("source", &[code]))
        }
        Of::Source(None) => ("no source".to_owned(), name("no source", None), Figure::None, scope.without("source")),
        Of::Owner(code) => {
            let label = Owner::of_code(code).map_or_else(String::new, |owner| people.show(owner));
            (label.clone(), Figure::None, name(&label, Some(&label)), scope.coded("owner", &[code]))
        }
    };
    let contacted = Expr::Has(scope.ctx.catalog.lead.id("first_contact_at"));
    let contacted = scope.drill(Expr::and([filter.clone(), contacted]));
    let silent = scope.drill(Expr::and([filter.clone(), scope.without("first_contact_at")]));
    let mut drills = vec![Some(scope.drill(filter)), Some(contacted.clone()), Some(silent)];
    drills.extend(vec![Some(contacted); 4]);
    Line { label, depth: 0, names: vec![source, owner], figures, before, drills }.row()
}
