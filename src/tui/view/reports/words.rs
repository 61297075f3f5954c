//! What is said where there is nothing to show: no rows, nothing yet, an answer that did not come. Asks for nothing itself.

use super::Reports;
use crate::model::choice::DISQUALIFIED;
use crate::model::field::FieldId;
use crate::model::report::ReportKind;
use crate::model::value::Value;
use crate::model::zone;
use crate::query::{Expr, Op, Operand, Query, SortKey};
use crate::service::report::GetReport;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;

/// The month of a day or an instant, in words: `March 2024`.
pub(super) fn month(value: &Value, env: &Env) -> Option<String> {
    let day = match value {
        Value::Date(day) => *day,
        Value::Instant(at) => env.zone.today(*at),
        _ => return None,
    };
    Some(zone::date(day).format("%B %Y").to_string())
}

/// What finds the first record that a report could be about, and the field that says when that was.
pub(super) fn of_first(kind: ReportKind, question: &GetReport, env: &Env) -> Option<(Query, FieldId)> {
    let entity = kind.entity();
    let registry = env.catalog.registry(entity);
    let field = registry.find(kind.dated_by())?;
    let only = match kind {
        ReportKind::Reasons => {
            let field = registry.find("status")?;
            Expr::Compare { field, op: Op::Is, values: vec![Operand::Code(DISQUALIFIED)] }
        }
        _ => Expr::All,
    };
    let filter = Expr::and([question.filter.filter.clone(), only, Expr::Has(field)]);
    Some((Query { entity, filter, sort: vec![SortKey::by(field, false)] }, field))
}

/// What a report is of, in a sentence without rows.
fn what(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Pipeline | ReportKind::Changes => "opportunities",
        ReportKind::Forecast => "opportunities that are to close",
        ReportKind::Age => "open leads",
        ReportKind::Reasons => "disqualified leads",
        ReportKind::Activity => "completed activities",
        _ => "leads",
    }
}

/// What stands where no row does.
pub(super) fn empty(reports: &Reports, env: &Env) -> String {
    let place = reports.place();
    let key = |action: Action| env.keymap.keys_of(action, Scope::Reports);
    if let Some(failed) = &place.failed {
        return format!("{failed} · {} and {} come back to it", key(Action::NextRecord), key(Action::PreviousRecord));
    }
    if place.shown.is_none() {
        return "counting…".to_owned();
    }
    if reports.bar().mistake.is_some() {
        return "The filter cannot be read; what it asks for is counted when it can.".to_owned();
    }
    let what = what(reports.kind);
    let narrowed = reports.bar().is_active();
    let within = match (&reports.period, narrowed) {
        (Some(_), true) => " match in this period",
        (Some(_), false) => " in this period",
        (None, true) => " match",
        (None, false) => " yet",
    };
    let first = place.first.as_ref().map_or_else(String::new, |first| format!("The first: {first}"));
    let way = match (&reports.period, narrowed) {
        (_, true) => format!("{} clears the filter", key(Action::Back)),
        (Some(_), _) => format!("{} chooses another", key(Action::Period)),
        (None, false) => {
            let import = env.keymap.all_keys_of(Action::Import, &[Scope::Reports]).into_iter().next().unwrap_or_default();
            format!("{import} imports a file")
        }
    };
    let said = [first, way].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    format!("No {what}{within}. {said}")
}
