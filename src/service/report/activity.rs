//! What was done, by whom: completed activities by kind.

use std::collections::BTreeMap;

use super::line::{Line, name};
use super::scope::Scope;
use crate::error::Result;
use crate::model::activity::{APPOINTMENT, COMPLETED, EMAIL, FAX, Follows, INCOMING, LETTER, OUTGOING, PHONE_CALL, TASK};
use crate::model::choice::Set;
use crate::model::report::{Chart, ChartForm, Column, ColumnKind, Figure, Period, Row, Sheet};
use crate::model::value::Owner;
use crate::query::ast::Expr;
use crate::store::report::activity;

use ColumnKind::{Count, Name, Share};

/// The columns.
pub(super) const COLUMNS: &[Column] = &[
    Column::new("owner", "Owner", Name, "Whose activities they are."),
    Column::new("done", "Done", Count, "Completed activities; canceled ones do not count."),
    Column::new("calls", "Calls", Count, "Of these, phone calls in either direction."),
    Column::new("talked", "Talked", Count, "Of the calls, those in which somebody was spoken to."),
    Column::new("reached", "Reached", Share, "Of the calls, those in which somebody was spoken to: talked / calls."),
    Column::new("mails_sent", "Mails sent", Count, "Outgoing mails."),
    Column::new("mails_received", "Received", Count, "Incoming mails."),
    Column::new("appointments", "Appointments", Count, "Appointments that took place."),
    Column::new("tasks", "Tasks", Count, "Tasks."),
    Column::new("others", "Others", Count, "Letters and faxes."),
];

#[derive(Clone, Copy, Default)]
struct Tally {
    done: i64,
    calls: i64,
    talked: i64,
    sent: i64,
    received: i64,
    appointments: i64,
    tasks: i64,
    others: i64,
}

/// By owner; none is all of them.
type Tallies = BTreeMap<Option<i64>, Tally>;

/// The report.
pub(super) fn sheet(scope: &Scope<'_>) -> Result<Sheet> {
    let talked = talked(scope);
    let mut now = count(scope, &talked, scope.period.as_ref())?;
    let before = match &scope.period {
        Some(period) => Some(count(scope, &talked, Some(&period.previous()))?),
        None => None,
    };
    let mut sheet = scope.sheet();
    sheet.columns = COLUMNS.to_vec();
    sheet.charts = vec![
        Chart {
            title: "Done by us",
            form: ChartForm::Stacked,
            columns: vec!["calls", "mails_sent", "appointments", "tasks", "others"],
        },
        Chart { title: "Calls", form: ChartForm::Bars, columns: vec!["calls", "talked"] },
    ];
    sheet.notes.push("A mail without a direction is done and neither sent nor received.".into());
    if let Some(period) = &scope.period {
        sheet.notes.push(format!("Compared with {}.", period.previous().text));
    }
    // where the stretch before had something, that now there is nothing is worth telling
    if now.is_empty() {
        now.extend(before.iter().flat_map(BTreeMap::keys).map(|owner| (*owner, Tally::default())));
    }
    let mut owners: Vec<(Option<i64>, Tally)> = now.into_iter().collect();
    owners.sort_by_key(|(owner, tally)| (owner.is_none(), std::cmp::Reverse(tally.done), *owner));
    for (owner, tally) in owners {
        let earlier = before.as_ref().map(|before| before.get(&owner).copied().unwrap_or_default());
        let line = line(scope, owner, &talked, &tally, earlier);
        if owner.is_none() { sheet.total = Some(line) } else { sheet.rows.push(line) }
    }
    Ok(sheet)
}

/// The outcomes of calls in which somebody was spoken to.
fn talked(scope: &Scope<'_>) -> Vec<i64> {
    let choices = &scope.ctx.catalog.choices;
    let spoken = |code: &i64| matches!(Follows::of(choices, *code), Follows::Talked | Follows::CallBack | Follows::NotInterested);
    choices.all(Set::Outcome).iter().map(|choice| choice.code).filter(spoken).collect()
}

fn count(scope: &Scope<'_>, talked: &[i64], period: Option<&Period>) -> Result<Tallies> {
    let mut found = Tallies::new();
    let moments = period.map(|period| scope.moments(Some(period)));
    activity::done(scope.db, scope.within.as_deref(), moments, &|rows| scope.advance(rows), |done| {
        for owner in [Some(done.owner), None] {
            let tally = found.entry(owner).or_default();
            tally.done += done.count;
            let part = match (done.kind, done.direction) {
                (PHONE_CALL, _) => &mut tally.calls,
                (EMAIL, Some(OUTGOING)) => &mut tally.sent,
                (EMAIL, Some(INCOMING)) => &mut tally.received,
                (APPOINTMENT, _) => &mut tally.appointments,
                (TASK, _) => &mut tally.tasks,
                (LETTER | FAX, _) => &mut tally.others,
                _ => continue,
            };
            *part += done.count;
            if done.kind == PHONE_CALL && done.outcome.is_some_and(|outcome| talked.contains(&outcome)) {
                tally.talked += done.count;
            }
        }
    })?;
    Ok(found)
}

fn figures(tally: &Tally) -> Vec<Figure> {
    vec![
        Figure::Count(tally.done),
        Figure::Count(tally.calls),
        Figure::Count(tally.talked),
        Figure::share(tally.talked, tally.calls),
        Figure::Count(tally.sent),
        Figure::Count(tally.received),
        Figure::Count(tally.appointments),
        Figure::Count(tally.tasks),
        Figure::Count(tally.others),
    ]
}

fn line(scope: &Scope<'_>, owner: Option<i64>, talked: &[i64], tally: &Tally, before: Option<Tally>) -> Row {
    let people = &scope.ctx.catalog.people;
    let label =
        owner.map_or_else(|| "all".to_owned(), |code| Owner::of_code(code).map_or_else(String::new, |owner| people.show(owner)));
    let owned = owner.map_or(Expr::All, |owner| scope.coded("owner", &[owner]));
    let of = |parts: Vec<Expr>| {
        let all = [scope.coded("status", &[COMPLETED]), owned.clone()].into_iter().chain(parts);
        Some(scope.drill(Expr::and(all)))
    };
    let kind = |codes: &[i64]| scope.coded("kind", codes);
    let mail = |direction: i64| of(vec![kind(&[EMAIL]), scope.coded("direction", &[direction])]);
    let calls = of(vec![kind(&[PHONE_CALL])]);
    let drills = vec![
        of(Vec::new()),
        calls.clone(),
        of(vec![kind(&[PHONE_CALL]), scope.coded("outcome", talked)]),
        calls,
        mail(OUTGOING),
        mail(INCOMING),
        of(vec![kind(&[APPOINTMENT])]),
        of(vec![kind(&[TASK])]),
        of(vec![kind(&[LETTER, FAX])]),
    ];
    let slug = owner.map(|_| label.clone());
    Line {
        names: vec![name(&label, slug.as_deref())],
        label,
        depth: 0,
        figures: figures(tally),
        before: before.as_ref().map(figures),
        drills,
    }
    .row()
}
