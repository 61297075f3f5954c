//! How the import screen looks: columns with samples and guesses, settings for all rows, counts and problems. Changes nothing.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Paragraph, Wrap};

use super::settings::settings as lines_of;
use super::{ImportScreen, Pane, Stage};
use crate::exchange::import::{ColumnPlan, Plan, Report, Target};
use crate::model::clean::{clean, fit, pad};
use crate::model::definition::Trigger;
use crate::model::entity::Entity;
use crate::model::number::show_count;
use crate::service::exchange::Imported;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::sentence::broken;

pub(super) fn draw(screen: &ImportScreen, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let [head, body] = Layout::vertical([Constraint::Length(2), Constraint::Fill(1)]).areas(area);
    heading(screen, frame, head, env);
    match (screen.stage, &screen.plan, &screen.outcome) {
        (Stage::Trial | Stage::Done, Some(plan), Some(outcome)) => result(screen, plan, outcome, frame, body, env),
        (Stage::Columns, Some(plan), _) => columns(screen, plan, frame, body, env),
        _ => waiting(screen, frame, body, env),
    }
}

fn count(n: u64, env: &Env) -> String {
    show_count(i64::try_from(n).unwrap_or(i64::MAX), &env.locale)
}

fn heading(screen: &ImportScreen, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let [first, second] = Layout::vertical([Constraint::Length(1), Constraint::Length(1)]).areas(area);
    let name = screen.path.file_name().map_or_else(|| screen.path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let what = match screen.stage {
        Stage::Done => "imported",
        Stage::Writing => "importing",
        _ => "nothing written yet",
    };
    let room = usize::from(area.width).saturating_sub(what.len() + 4);
    let title = fit(&format!(" Import {}", clean(&name)), room);
    frame.render_widget(Span::styled(title, env.theme.style(Meaning::Title)), first);
    frame.render_widget(Line::styled(format!("{what} "), env.theme.style(Meaning::Label)).right_aligned(), first);
    if let Some(plan) = &screen.plan {
        let program = plan.program.map_or_else(String::new, |p| format!(" · from {p}"));
        let text = format!(
            " {} · {} · {}{program} · keys kept under “{}”",
            counted(plan.rows, plan.file.unit().0, plan.file.unit().1, env),
            counted(plan.columns.len() as u64, "column", "columns", env),
            plan.file.about(),
            clean(&plan.import_source)
        );
        frame.render_widget(Span::styled(fit(&text, usize::from(area.width)), env.theme.style(Meaning::Label)), second);
    }
}

fn waiting(screen: &ImportScreen, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let mut lines = Vec::new();
    if let Some(failed) = &screen.failed {
        lines.push(Line::styled(clean(failed).into_owned(), env.theme.style(Meaning::Error)));
    } else {
        let what = match screen.stage {
            Stage::Trying => "counting what is new and what is here already",
            Stage::Writing => "importing; Esc takes all of it back",
            _ => "reading the file",
        };
        lines.push(Line::from(what));
        if let Some(progress) = screen.progress.filter(|p| p.total > 0) {
            let share = progress.done.min(progress.total) * 100 / progress.total;
            let wide = usize::from(area.width).clamp(10, 60) - 8;
            let filled = wide * usize::try_from(share).unwrap_or(0) / 100;
            lines.push(Line::from(format!("{}{} {share} %", "█".repeat(filled), "░".repeat(wide - filled))));
        }
    }
    let top = area.height / 3;
    let area = Rect { y: area.y + top, height: area.height - top, ..area };
    let lines: Vec<Line<'_>> = lines.into_iter().map(Line::centered).collect();
    frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }), area);
}

/// What a column becomes, in people's words.
fn target_text(column: &ColumnPlan, is_of_cards: bool, env: &Env) -> (String, bool) {
    match column.target {
        Target::Field(id) => (env.catalog.field(id).label.to_owned(), true),
        Target::Name => ("Name, taken apart".into(), true),
        Target::Emails => ("Email, the first free".into(), true),
        Target::Own => ("says which record of ours".into(), true),
        Target::Key => ("key of the other program".into(), true),
        Target::Converted => ("says whether converted".into(), true),
        Target::Ended => ("says whether closed".into(), true),
        Target::Deleted => ("says whether deleted".into(), true),
        Target::Problem => ("our own remark, not data".into(), false),
        Target::Rest if is_of_cards => ("told in Description".into(), true),
        Target::Rest => ("kept in Imported Rest".into(), false),
    }
}

struct Places {
    columns: Rect,
    settings: Rect,
    notes: Rect,
}

fn places(screen: &ImportScreen, area: Rect, env: &Env) -> Places {
    let notes = screen.plan.as_ref().map_or(0, |p| p.notes.len()) + usize::from(screen.failed.is_some());
    let notes = u16::try_from(notes).unwrap_or(u16::MAX).min(area.height / 5);
    let settings = (u16::try_from(lines_of(screen.entity(), env).len()).unwrap_or(u16::MAX) + 2).min(area.height / 2);
    let [columns, settings, notes] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(settings), Constraint::Length(notes)]).areas(area);
    Places { columns, settings, notes }
}

fn first_row(screen: &ImportScreen, height: usize) -> usize {
    let count = screen.plan.as_ref().map_or(0, |p| p.columns.len());
    screen.column.saturating_sub(height * 2 / 3).min(count.saturating_sub(height))
}

/// The column that was clicked.
pub(super) fn column_at(screen: &ImportScreen, row: u16, env: &Env) -> Option<usize> {
    let area = Rect { x: 0, y: 3, width: env.size.0, height: env.size.1.saturating_sub(4) };
    let inner = Block::bordered().inner(places(screen, area, env).columns);
    let line = usize::from(row.checked_sub(inner.y + 1)?);
    let height = usize::from(inner.height.saturating_sub(1));
    let column = first_row(screen, height) + line;
    let count = screen.plan.as_ref().map_or(0, |p| p.columns.len());
    (line < height && column < count).then_some(column)
}

fn columns(screen: &ImportScreen, plan: &Plan, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let places = places(screen, area, env);
    let focus = |pane| env.theme.style(if screen.pane == pane { Meaning::Focus } else { Meaning::Frame });
    let block = Block::bordered().border_style(focus(Pane::Columns)).title(" Columns ");
    let inner = block.inner(places.columns);
    frame.render_widget(block, places.columns);
    let wide = usize::from(inner.width);
    let (heading, target) = (wide * 26 / 100, wide * 26 / 100);
    let samples = wide.saturating_sub(heading + target + 12);
    let head = format!(" {} {} {:>8} {}", pad("Heading", heading), pad("becomes", target), "filled", pad("samples", samples));
    let mut lines = vec![Line::styled(fit(&head, wide), env.theme.style(Meaning::Label))];
    let height = usize::from(inner.height.saturating_sub(1));
    let top = first_row(screen, height);
    for (at, column) in plan.columns.iter().enumerate().skip(top).take(height) {
        let (text, used) = target_text(column, plan.file.is_cards(), env);
        let shown = column.samples.iter().map(|s| clean(s).into_owned()).collect::<Vec<_>>().join(" · ");
        let here = screen.pane == Pane::Columns && at == screen.column;
        let style = match (here, used) {
            (true, _) => env.theme.style(Meaning::Cursor),
            (false, true) => Style::default(),
            (false, false) => env.theme.style(Meaning::Dim),
        };
        let line = format!(
            " {} {} {:>8} {}",
            pad(&clean(&column.heading), heading),
            pad(&format!("→ {text}"), target),
            count(column.filled, env),
            pad(&shown, samples)
        );
        lines.push(Line::styled(pad(&line, wide), style));
    }
    frame.render_widget(Paragraph::new(lines), inner);
    settings(screen, frame, places.settings, focus(Pane::Settings), env);
    notes(screen, plan, frame, places.notes, env);
}

fn settings(screen: &ImportScreen, frame: &mut Frame<'_>, area: Rect, border: Style, env: &Env) {
    let block = Block::bordered().border_style(border).title(" For all rows ");
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let top = screen.setting.saturating_sub(usize::from(inner.height).saturating_sub(1));
    let lines: Vec<Line<'_>> = lines_of(screen.entity(), env)
        .iter()
        .enumerate()
        .skip(top)
        .take(usize::from(inner.height))
        .map(|(at, setting)| {
            let here = screen.pane == Pane::Settings && at == screen.setting;
            let value = clean(&setting.value(screen, env)).into_owned();
            let text = pad(&format!(" {} {value}", pad(setting.label(screen.entity(), env), 20)), usize::from(inner.width));
            Line::styled(text, if here { env.theme.style(Meaning::Cursor) } else { Style::default() })
        })
        .collect();
    frame.render_widget(Paragraph::new(lines), inner);
}

fn notes(screen: &ImportScreen, plan: &Plan, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let room = usize::from(area.width);
    let line = |text: String, meaning| Line::styled(fit(&text, room), env.theme.style(meaning));
    let failed = screen.failed.iter().map(|text| line(format!(" ! {}", clean(text)), Meaning::Error));
    let notes = plan.notes.iter().map(|note| {
        let place = if note.field.is_empty() { String::new() } else { format!("{}: ", clean(&note.field)) };
        line(format!(" ! {place}{}", clean(&note.message)), Meaning::NoNextStep)
    });
    let lines: Vec<Line<'_>> = failed.chain(notes).take(usize::from(area.height)).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// A number of things, one or many: `3 rows`.
fn counted(n: u64, one: &str, many: &str, env: &Env) -> String {
    format!("{} {}", count(n, env), if n == 1 { one } else { many })
}

fn result(screen: &ImportScreen, plan: &Plan, outcome: &Imported, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let report: &Report = &outcome.report;
    let done = screen.stage == Stage::Done;
    let room = usize::from(area.width).saturating_sub(12);
    let mut lines = Vec::new();
    let mut put = |n: u64, text: &str, style: Style| {
        for (at, line) in broken(&clean(text), room, 3).into_iter().enumerate() {
            let number = if at == 0 { count(n, env) } else { String::new() };
            lines.push(Line::styled(format!(" {number:>9}  {line}"), style));
        }
    };
    let plain = Style::default();
    let made = format!("{} made", plan.entity.counted(report.created));
    put(report.created, if done { &made } else { "new" }, env.theme.style(Meaning::Title));
    if report.updated > 0 {
        let updated = format!("{} updated", plan.entity.counted(report.updated));
        put(report.updated, if done { &updated } else { "here already, to be updated" }, plain);
    }
    let (one, many) = plan.file.unit();
    let rows = format!("{} skipped", if report.skipped == 1 { one } else { many });
    let stands = plan.entity.has_regarding() || plan.entity == Entity::Note;
    let why = if stands {
        "here already, or on nobody who is here, to be skipped"
    } else {
        "here already or not readable, to be skipped"
    };
    put(report.skipped, if done { &rows } else { why }, plain);
    if report.files > 0 {
        let files = if report.files == 1 { "photo or other file" } else { "photos and other files" };
        put(report.files, &format!("{files} {}", if done { "attached" } else { "to be attached" }), plain);
    }
    if report.incomplete > 0 {
        let registry = env.catalog.registry(plan.entity);
        let label = |name: &str| registry.find(name).map_or_else(|| name.to_owned(), |id| registry.field(id).label.to_owned());
        let filled = report.filled.iter().map(|((field, from), n)| format!("{} from {}: {n}", label(field), label(from)));
        let text = format!("filled in, found by is:incomplete ({})", filled.collect::<Vec<_>>().join(", "));
        put(report.incomplete, &text, plain);
    }
    if report.with_rest > 0 {
        put(report.with_rest, "with cells that fit no field, kept in Imported Rest", plain);
    }
    let unused = plan.unused();
    if !unused.is_empty() {
        let columns = if unused.len() == 1 { "column" } else { "columns" };
        let text = format!("{columns} in no field: {}", unused.join(", "));
        put(unused.len() as u64, &text, env.theme.style(Meaning::Label));
    }
    let asked = env.catalog.rules().filter(|(_, rule)| rule.active && rule.on.contains(&Trigger::Imported)).count() as u64;
    if !done && plan.entity == Entity::Lead && report.created > 0 && asked > 0 {
        let rules = if asked == 1 { "rule is asked" } else { "rules are asked" };
        put(asked, &format!("{rules} who gets the new ones, else they are yours or their Owner's"), plain);
    }
    let enter = if done { " Enter closes · u takes the import back" } else { " Enter imports · Esc back to the columns" };
    lines.push(Line::styled(enter, env.theme.style(Meaning::Key)));
    let problems = report.lines();
    let head = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(1).min(area.height);
    let [above, below] = Layout::vertical([Constraint::Length(head), Constraint::Fill(1)]).areas(area);
    frame.render_widget(Paragraph::new(lines), above);
    let block = Block::bordered()
        .border_style(env.theme.style(Meaning::Frame))
        .title(format!(" {} ", counted(problems.len() as u64, "remark", "remarks", env)));
    let inner = block.inner(below);
    frame.render_widget(block, below);
    let shown: Vec<Line<'_>> = problems
        .iter()
        .skip(screen.scroll)
        .flat_map(|line| {
            let row = report.place(line);
            let field = if line.field.is_empty() { String::new() } else { format!("{}: ", clean(&line.field)) };
            let text = format!("{field}{}", clean(&line.sentence()));
            let rows = broken(&text, usize::from(inner.width).saturating_sub(12), 3);
            let lead = |at: usize| if at == 0 { row.clone() } else { String::new() };
            rows.into_iter().enumerate().map(|(at, text)| Line::from(format!(" {:>9}  {text}", lead(at)))).collect::<Vec<_>>()
        })
        .take(usize::from(inner.height))
        .collect();
    frame.render_widget(Paragraph::new(shown), inner);
}
