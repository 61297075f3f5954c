//! Draws the day: sections, rows, the last note of the row under the cursor. Changes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::{Row, Today};
use crate::model::activity::{APPOINTMENT, PHONE_CALL, sign};
use crate::model::choice::{HOT, Set};
use crate::model::clean::{clean, fit, pad, width};
use crate::model::dates::{ago, is_whole_day, show_next, show_planned};
use crate::model::zone::{is_called_hour, of_place, their};
use crate::service::activity::today::{Aim, Day, DueRow, NewRow, Person};
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::timeline::{self, Tab};

/// Lines of the newest entries of the row under the cursor, with their rule.
const GLANCE: u16 = 4;
/// Terminals lower than this show no such lines.
const TALL: u16 = 20;
/// Columns of the time.
const WHEN: usize = 12;

/// A line of the screen: a heading, or the row with this place.
enum Shown<'a> {
    Head(&'static str, String),
    Row(usize, Row<'a>),
    Blank,
}

/// The lines of all sections.
fn lines(today: &Today) -> Vec<Shown<'_>> {
    let Some(day) = &today.day else { return Vec::new() };
    let mut shown = Vec::new();
    let rows: Vec<(usize, Row<'_>)> = today.rows().into_iter().enumerate().collect();
    let of = |wanted: fn(&Row<'_>) -> bool| rows.iter().filter(|(_, row)| wanted(row)).copied().collect::<Vec<_>>();
    let more = usize::try_from(day.late_count).unwrap_or(usize::MAX).saturating_sub(day.late.len());
    let more = if more > 0 { format!("and {more} more") } else { String::new() };
    for (title, rest, rows) in [
        ("LATE", more, of(|row| matches!(row, Row::Late(_)))),
        ("TODAY", String::new(), of(|row| matches!(row, Row::Due(_)))),
        ("NEW TO ME", String::new(), of(|row| matches!(row, Row::New(_)))),
    ] {
        if !rows.is_empty() {
            shown.push(Shown::Head(title, rest));
            shown.extend(rows.into_iter().map(|(place, row)| Shown::Row(place, row)));
        }
    }
    let nothing = shown.is_empty();
    if let Some((place, row)) = rows.last().filter(|(_, row)| matches!(row, Row::Idle(_))) {
        if !nothing {
            shown.push(Shown::Blank);
        }
        shown.push(Shown::Row(*place, *row));
    }
    shown
}

pub(super) fn draw(today: &Today, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    if area.height < 3 {
        return;
    }
    head(today, frame, Rect { height: 1, ..area }, env);
    let glance = if area.height >= TALL && today.detail.is_some() && today.here().is_some() { GLANCE } else { 0 };
    let body = Rect { y: area.y + 1, height: area.height - 1 - glance, ..area };
    match &today.calendar {
        Some(calendar) => calendar.draw(frame, body, env),
        None => sections(today, frame, body, env),
    }
    if glance > 0 {
        let place = Rect { y: body.bottom(), height: glance, ..area };
        newest(today, frame, place, env);
    }
}

fn head(today: &Today, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let date = show_planned(env.zone.day_start(env.zone.today(env.now())), env.now(), env.zone);
    let right = today.day.as_ref().map_or_else(String::new, |day| {
        let all = day.done + day.open;
        let won = won(day);
        if all == 0 { won.trim_start_matches(" · ").to_owned() } else { format!("done {} of {all}{won}", day.done) }
    });
    let style = env.theme.style(Meaning::Title);
    frame.render_widget(Line::styled(format!(" {date}"), style), area);
    frame.render_widget(Line::styled(format!("{right} "), env.theme.style(Meaning::Label)).right_aligned(), area);
}

/// ` · won 12k of 50k EUR this month`, without a target how many were won.
fn won(day: &Day) -> String {
    match day.targets.as_slice() {
        [] if day.won == 0 => String::new(),
        [] => format!(" · won {} this month", day.won),
        aims => {
            let aim = |aim: &Aim| format!("{} of {} {}", short(aim.won), short(aim.target), aim.currency);
            format!(" · won {} this month", aims.iter().take(2).map(aim).collect::<Vec<_>>().join(", "))
        }
    }
}

/// An amount in few characters: 950, 12k, 1.2M.
fn short(amount: i64) -> String {
    let whole = amount / 10_000;
    let with = |unit: i64, letter: &str| {
        let tenths = whole / (unit / 10);
        match (tenths / 10, tenths % 10) {
            (many, _) if many.abs() >= 100 => format!("{many}{letter}"),
            (many, 0) => format!("{many}{letter}"),
            (many, tenth) => format!("{many}.{}{letter}", tenth.abs()),
        }
    };
    match whole.abs() {
        0..1_000 => whole.to_string(),
        1_000..1_000_000 => with(1_000, "k"),
        1_000_000..1_000_000_000 => with(1_000_000, "M"),
        _ => with(1_000_000_000, "bn"),
    }
}

fn sections(today: &Today, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    if let Some(failed) = &today.failed {
        return frame.render_widget(Paragraph::new(format!(" {}", clean(failed))).style(env.theme.style(Meaning::Error)), area);
    }
    let Some(day) = &today.day else { return };
    let shown = lines(today);
    if day.late.is_empty() && day.today.is_empty() && day.new.is_empty() {
        let text = nothing(today, env);
        let at = if shown.is_empty() { area.y } else { area.y + 2 };
        let place = Rect { y: at.min(area.bottom().saturating_sub(1)), height: area.bottom().saturating_sub(at), ..area };
        let text = Paragraph::new(text).wrap(Wrap { trim: false }).style(env.theme.style(Meaning::Label));
        frame.render_widget(text, place);
    }
    let height = usize::from(area.height);
    let top = first_line(&shown, today.cursor, height);
    let lines: Vec<Line<'_>> =
        shown.iter().skip(top).take(height).map(|line| one(line, today.cursor, usize::from(area.width), env)).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// What is said of a day with nothing in it.
fn nothing(today: &Today, env: &Env) -> String {
    let key = |action, scope| env.keymap.keys_of(action, scope);
    match &today.day {
        Some(day) if day.is_empty => format!(
            " No leads yet. {} imports a file · {} types the first · {} takes sample data",
            key(Action::Import, Scope::Today),
            key(Action::New, Scope::Today),
            key(Action::SampleData, Scope::Empty)
        ),
        _ => format!(
            " Nothing is late, due or new to you. {} lists leads: {} calls, {} plans, {} works",
            env.keymap.keys_of(Action::Leads, Scope::Today).split(' ').next().unwrap_or_default(),
            key(Action::Call, Scope::Browse),
            key(Action::Task, Scope::Browse),
            key(Action::Work, Scope::Browse)
        ),
    }
}

/// The first line that is shown, so that the row under the cursor and its heading are seen.
fn first_line(shown: &[Shown<'_>], cursor: usize, height: usize) -> usize {
    let at = shown.iter().position(|line| matches!(line, Shown::Row(place, _) if *place == cursor)).unwrap_or(0);
    let at = if at <= 1 { 0 } else { at };
    (at + 2).saturating_sub(height).min(shown.len().saturating_sub(height.min(shown.len())))
}

/// The row of the list that stands on a line of the terminal.
pub(super) fn row_at(today: &Today, row: u16, env: &Env) -> Option<usize> {
    if today.calendar.is_some() {
        return None;
    }
    let shown = lines(today);
    // the first line of the program and that of the day
    let body = usize::from(env.size.1).saturating_sub(3);
    let glance = if env.size.1.saturating_sub(2) >= TALL && today.detail.is_some() { usize::from(GLANCE) } else { 0 };
    let top = first_line(&shown, today.cursor, body.saturating_sub(glance));
    let at = top + usize::from(row).checked_sub(2)?;
    match shown.get(at)? {
        Shown::Row(place, _) => Some(*place),
        Shown::Head(..) | Shown::Blank => None,
    }
}

fn one(line: &Shown<'_>, cursor: usize, columns: usize, env: &Env) -> Line<'static> {
    match line {
        Shown::Blank => Line::default(),
        Shown::Head(title, rest) => {
            let rule = "─".repeat(columns.saturating_sub(title.len() + 3 + width(rest)));
            Line::from(vec![
                Span::styled(format!(" {title} "), env.theme.style(Meaning::Title)),
                Span::styled(rule, env.theme.style(Meaning::Frame)),
                Span::styled(rest.clone(), env.theme.style(Meaning::Label)),
            ])
        }
        Shown::Row(place, row) => {
            let line = match row {
                Row::Late(due) => due_line(due, true, columns, env),
                Row::Due(due) => due_line(due, false, columns, env),
                Row::New(new) => new_line(new, columns, env),
                Row::Idle(count) => idle(*count, columns, env),
            };
            if *place == cursor {
                let free = columns.saturating_sub(line.width());
                let mut line = line;
                line.spans.push(Span::raw(" ".repeat(free)));
                return line.style(env.theme.style(Meaning::Cursor));
            }
            line
        }
    }
}

fn idle(count: u64, columns: usize, env: &Env) -> Line<'static> {
    let count = crate::model::number::show_count(i64::try_from(count).unwrap_or(i64::MAX), &env.locale);
    let text = format!(" NO NEXT STEP   {count} of my open leads");
    let keys = env.keymap.keys_of(Action::Open, Scope::Today);
    let tail = format!("{keys} lists ");
    let free = columns.saturating_sub(width(&text) + width(&tail));
    Line::from(vec![
        Span::styled(text, env.theme.style(Meaning::NoNextStep)),
        Span::raw(" ".repeat(free)),
        Span::styled(tail, env.theme.style(Meaning::Label)),
    ])
}

/// The columns behind the time and the sign: name, company, what, rating, number.
fn widths(columns: usize) -> [usize; 5] {
    let room = columns.saturating_sub(WHEN + 6);
    let (rating, phone) = (if room >= 60 { 7 } else { 0 }, if room >= 45 { 18 } else { 0 });
    let rest = room.saturating_sub(rating + phone);
    let name = (rest * 3 / 10).clamp(rest.min(13), 26);
    let company = if rest >= 34 { (rest * 3 / 10).min(24) } else { 0 };
    [name, company, rest.saturating_sub(name + company), rating, phone]
}

pub(super) fn due_line(row: &DueRow, late: bool, columns: usize, env: &Env) -> Line<'static> {
    let activity = &row.activity;
    let due = activity.due.unwrap_or(activity.at);
    let when = if !late && is_whole_day(due, env.zone) { String::new() } else { show_next(due, env.now(), env.zone) };
    // “Call Ann Lee” says nothing beside Ann Lee
    let subject = match activity.kind {
        PHONE_CALL if activity.subject == format!("Call {}", row.person.name) && !row.person.topic.is_empty() => {
            row.person.topic.as_str()
        }
        _ => activity.subject.as_str(),
    };
    let their = of_place(&row.person.country, &row.person.region)
        .filter(|_| !late && !is_whole_day(due, env.zone))
        .filter(|place| match activity.kind {
            APPOINTMENT => true,
            PHONE_CALL => !is_called_hour(due, *place),
            _ => false,
        })
        .and_then(|place| their(due, env.zone, place));
    let last = match their {
        Some(their) => their.replacen("their ", "their time ", 1),
        None if activity.kind == APPOINTMENT && !activity.location.is_empty() => activity.location.clone(),
        None => row.person.phone.clone(),
    };
    let meaning = if late { Meaning::Late } else { Meaning::Today };
    let mark = if late { "!" } else { " " };
    let mut spans = vec![
        Span::styled(format!("{mark} {}", pad(&when, WHEN - 2)), env.theme.style(meaning)),
        Span::raw(format!("{}  ", sign(activity.kind))),
    ];
    spans.extend(person(&row.person, subject, &last, columns, env));
    Line::from(spans)
}

fn new_line(row: &NewRow, columns: usize, env: &Env) -> Line<'static> {
    let by = row.by.map(|user| env.user(user)).unwrap_or_default();
    // who gave it and why: a rule, in its own words, or a colleague
    let is_rule = row.note.starts_with("rule “");
    let said = match (by.is_empty() || is_rule, row.note.is_empty()) {
        (true, _) => row.note.clone(),
        (false, true) => format!("from {by}"),
        (false, false) => format!("from {by}: “{}”", row.note),
    };
    let mut spans = vec![
        Span::raw(format!("  {}", pad(&ago(row.at, env.now()), WHEN - 2))),
        Span::styled("+  ", env.theme.style(Meaning::Today)),
    ];
    let [name, company, subject, rating, phone] = widths(columns);
    if !said.is_empty() && !is_rule && width(&said) < subject {
        spans.extend(person(&row.person, &said, &row.person.phone, columns, env));
    } else if said.is_empty() || (phone > 0 && width(&said) < phone && !row.person.topic.is_empty()) {
        let last = if said.is_empty() { &row.person.phone } else { &said };
        spans.extend(person(&row.person, &row.person.topic, last, columns, env));
    } else {
        // what is longer takes the room of what else is known
        spans.push(Span::raw(cell(&row.person.name, name)));
        spans.push(Span::raw(cell(&row.person.company, company)));
        spans.push(Span::raw(cell(&said, subject + rating + phone)));
    }
    Line::from(spans)
}

/// A text in a column, its first line.
fn cell(text: &str, columns: usize) -> String {
    let text = clean(text.lines().next().unwrap_or_default()).into_owned();
    if columns < 2 { String::new() } else { format!("{} ", pad(&fit(&text, columns - 1), columns - 1)) }
}

fn person(person: &Person, what: &str, last: &str, columns: usize, env: &Env) -> Vec<Span<'static>> {
    let [name, company, subject, rating, phone] = widths(columns);
    let label = if person.rating > 0 { env.catalog.choices.label(Set::Rating, person.rating) } else { String::new() };
    let (label, style) =
        if person.rating == HOT { (format!("▲ {label}"), env.theme.style(Meaning::Hot)) } else { (label, Style::new()) };
    vec![
        Span::raw(cell(&person.name, name)),
        Span::raw(cell(&person.company, company)),
        Span::raw(cell(what, subject)),
        Span::styled(cell(&label, rating), style),
        Span::raw(cell(last, phone)),
    ]
}

fn newest(today: &Today, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let Some(detail) = &today.detail else { return };
    let title = " last ";
    let rule = "─".repeat(usize::from(area.width).saturating_sub(title.len() + 2));
    let mut shown = vec![Line::styled(format!("──{title}{rule}"), env.theme.style(Meaning::Frame))];
    shown.extend(timeline::lines(detail.as_ref().into(), env, area.width, Tab::All, usize::from(area.height) - 1));
    frame.render_widget(Paragraph::new(shown), area);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::RecordId;

    #[test]
    fn what_is_new_says_who_or_which_rule_gave_it() {
        let env = Env::test();
        let person = Person { name: "Cy Diaz".into(), company: "Adventure".into(), topic: "Show".into(), ..Person::default() };
        let row =
            |note: &str| NewRow { key: RecordId::lead(7), person: person.clone(), at: env.now(), by: Some(1), note: note.into() };
        let said = |note: &str, columns: usize| new_line(&row(note), columns, &env).to_string();
        let by_rule = said("rule “Nordics”", 80);
        assert!(by_rule.contains("Show") && by_rule.contains("rule “Nordics”") && !by_rule.contains("from"), "{by_rule}");
        let long = said("rule “Everything from the trade show in Oslo”", 80);
        assert!(long.contains("rule “Everything from the trade show"), "{long}");
        let handed = said("wants French docs, call Tue", 100);
        assert!(handed.contains("from ana: “wants French docs, call Tue”"), "{handed}");
        for columns in [30, 60, 80, 140] {
            assert!(width(&said("rule “Nordics”", columns)) <= columns, "{columns}");
        }
        assert!(idle(1, 80, &env).to_string().contains("1 of my open leads"));
    }

    #[test]
    fn the_head_says_what_was_won_of_the_target() {
        let aim = |won: i64, target: i64| Aim { currency: "EUR".into(), won: won * 10_000, target: target * 10_000 };
        let head = |targets: Vec<Aim>, won: u64| super::won(&Day { targets, won, ..Day::default() });
        assert_eq!(head(vec![aim(12_345, 50_000)], 3), " · won 12.3k of 50k EUR this month");
        assert_eq!(head(vec![aim(0, 999)], 0), " · won 0 of 999 EUR this month");
        assert_eq!(head(vec![aim(1_250_000, 200_000_000)], 0), " · won 1.2M of 200M EUR this month");
        assert_eq!(head(Vec::new(), 2), " · won 2 this month");
        assert_eq!(head(Vec::new(), 0), "");
    }
}
