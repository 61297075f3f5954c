//! How the record screen looks: who it is, the fields in groups, the timeline; side by side or one above the other.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Paragraph, Wrap};

use super::process::{Bar, Shape};
use super::{FieldLine, Pane, RecordView, field_lines};
use crate::model::activity::suits;
use crate::model::choice::OPEN;
use crate::model::clean::{clean, fit, pad, width};
use crate::model::dates::show_planned;
use crate::model::entity::Entity;
use crate::model::field::{Access, Field, FieldId, Group, Registry};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::record::read::RecordDetail;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::view::browse::NARROW;
use crate::tui::view::{activity, preview};
use crate::tui::widget::links;
use crate::tui::widget::timeline::{self, Tab};

/// From this many columns fields and timeline stand side by side.
const SIDE_BY_SIDE: u16 = 100;
/// Columns of the labels.
const LABELS: usize = 22;

struct Places {
    head: Rect,
    /// The process, where it has lines of its own.
    bar: Rect,
    shape: Shape,
    fields: Rect,
    timeline: Rect,
}

fn places(view: &RecordView, record: &Record, area: Rect, env: &Env) -> Places {
    let head_lines = match area.height {
        0..12 => 1,
        12..18 => 2,
        _ => 3,
    };
    let at = (view.pane == Pane::Process).then_some(view.step);
    let taken = (head_lines == 3).then(|| width(&reach(record, area.width, env)));
    let bar = Bar::of(record, env);
    let shape = bar.map(|bar| bar.shape(area.width, area.height, taken, at, env)).unwrap_or_default();
    let heights = [Constraint::Length(head_lines), Constraint::Length(shape.height()), Constraint::Fill(1)];
    let [head, bar, body] = Layout::vertical(heights).areas(area);
    let [fields, timeline] = if area.width >= SIDE_BY_SIDE {
        let share = super::super::browse::divider(&env.state).clamp(35, 65);
        Layout::horizontal([Constraint::Percentage(share), Constraint::Fill(1)]).areas(body)
    } else if view.is_text() {
        // a text is what one came for: it stands first, and the pane with the keys has more room
        let share = if view.pane == Pane::Timeline { 68 } else { 38 };
        let [text, fields] = Layout::vertical([Constraint::Percentage(share), Constraint::Fill(1)]).areas(body);
        [fields, text]
    } else {
        Layout::vertical([Constraint::Percentage(58), Constraint::Fill(1)]).areas(body)
    };
    Places { head, bar, shape, fields, timeline }
}

/// How to reach the person, in the last line of the head.
fn reach(record: &Record, columns: u16, env: &Env) -> String {
    fit(&format!(" {}", preview::reach(record, env)), usize::from(columns))
}

fn screen(env: &Env) -> Rect {
    Rect { x: 0, y: 1, width: env.size.0, height: env.size.1.saturating_sub(2) }
}

/// Where a text is read.
pub(super) fn text_area(view: &RecordView, record: &Record, env: &Env) -> Rect {
    pane_block(true, env).inner(places(view, record, screen(env), env).timeline)
}

/// The pane that was clicked.
pub(super) fn pane_at(view: &RecordView, column: u16, row: u16, env: &Env) -> Option<Pane> {
    let places = places(view, view.record()?, screen(env), env);
    let at = (column, row).into();
    if places.fields.contains(at) { Some(Pane::Fields) } else { places.timeline.contains(at).then_some(Pane::Timeline) }
}

/// The step of the process that was clicked.
pub(super) fn step_at(view: &RecordView, column: u16, row: u16, env: &Env) -> Option<usize> {
    let places = places(view, view.record()?, screen(env), env);
    places.bar.contains((column, row).into()).then(|| Bar::step_at(&places.shape, column, row - places.bar.y)).flatten()
}

/// The field that was clicked.
pub(super) fn field_at(view: &RecordView, row: u16, env: &Env) -> Option<FieldId> {
    let record = view.record()?;
    let inner = pane_block(true, env).inner(places(view, record, screen(env), env).fields);
    let lines = field_lines(env.catalog.registry(record.key.entity), record);
    let top = first_line(view, &lines, inner.height);
    match lines.get(top + usize::from(row.checked_sub(inner.y)?))? {
        FieldLine::Field(id) => Some(*id),
        FieldLine::Group(_) => None,
    }
}

/// The first line on the screen, so that the cursor's line and the heading above it are seen.
fn first_line(view: &RecordView, lines: &[FieldLine], height: u16) -> usize {
    let height = usize::from(height).max(1);
    let here = lines.iter().position(|line| matches!(line, FieldLine::Field(id) if Some(*id) == view.field)).unwrap_or(0);
    here.saturating_sub(height * 2 / 3).min(lines.len().saturating_sub(height))
}

pub(super) fn draw(view: &RecordView, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let Some(detail) = &view.detail else {
        if let Some(failed) = &view.failed {
            let text = Line::styled(clean(failed).into_owned(), env.theme.style(Meaning::Error)).centered();
            frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
        }
        return;
    };
    let places = places(view, &detail.record, area, env);
    let bar = Bar::of(&detail.record, env);
    head(&detail.record, bar.as_ref().filter(|_| places.shape.beside), frame, places.head, env);
    if let Some(bar) = &bar {
        let at = (view.pane == Pane::Process).then_some(view.step);
        bar.draw(&places.shape, at, frame, places.bar, env);
    }
    fields(view, &detail.record, frame, places.fields, env);
    let mut block = pane_block(view.pane == Pane::Timeline, env).title(tabs(view, detail, places.timeline.width, env));
    if !view.sought.words.is_empty() {
        let words = fit(&format!(" / {} ", clean(&view.sought.words)), usize::from(places.timeline.width / 2));
        block = block.title_bottom(Line::styled(words, env.theme.style(Meaning::Prompt)));
    }
    let inner = block.inner(places.timeline);
    frame.render_widget(block, places.timeline);
    let selected = (view.pane == Pane::Timeline).then_some(view.entry);
    if view.is_text() {
        view.draw_text(&detail.record, frame, inner, env);
    } else if view.tab == Tab::Links {
        links::draw(&detail.related, selected, frame, inner, env);
    } else {
        timeline::draw(detail.as_ref().into(), view.tab, selected, view.entry, frame, inner, env);
    }
}

fn head(record: &Record, bar: Option<&Bar>, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let number = record.key.to_string();
    let room = usize::from(area.width).saturating_sub(number.len() + 3);
    let name = fit(&preview::heading(record, env), room);
    let mut title = Line::from(vec![Span::raw(" "), Span::styled(name, env.theme.style(Meaning::Title))]);
    let draft = preview::draft_line(record, env).map(|line| vec![Span::raw("   "), Span::styled(line.to_string(), line.style)]);
    let [first, second, third] = Layout::vertical([Constraint::Length(1), Constraint::Max(1), Constraint::Max(1)]).areas(area);
    if second.height == 0 {
        title.spans.extend(draft.iter().flatten().cloned());
    }
    frame.render_widget(title, first);
    if third.height > 0 {
        frame.render_widget(Line::from(reach(record, third.width, env)), third);
        if let Some(bar) = bar {
            let place = Rect { width: third.width.saturating_sub(1), ..third };
            frame.render_widget(bar.stages(env).right_aligned(), place);
        }
    }
    frame.render_widget(Line::from(format!("{number} ")).right_aligned(), first);
    if second.height > 0 {
        let mut line = preview::state_line(record, env);
        line.spans.insert(0, Span::raw(" "));
        if record.key.entity == Entity::Activity {
            line.spans.push(Span::raw(format!("   {}", activity::time(record, env))));
        }
        if let Some(barred) = preview::barred_line(record, env) {
            line.spans.push(Span::raw("   "));
            line.spans.extend(barred.spans.into_iter().map(|s| s.style(barred.style)));
        }
        line.spans.extend(draft.into_iter().flatten());
        if let Some(handed) = preview::handed_line(record, env) {
            line.spans.push(Span::raw("   "));
            line.spans.extend(handed.spans.into_iter().map(|s| s.style(handed.style)));
        }
        frame.render_widget(line, second);
    }
}

fn pane_block(focused: bool, env: &Env) -> Block<'static> {
    // where there is no room for frames a line keeps the panes apart
    let borders = if env.size.0 >= NARROW { Borders::ALL } else { Borders::TOP };
    Block::new().borders(borders).border_style(env.theme.style(if focused { Meaning::Focus } else { Meaning::Frame }))
}

/// The tabs with how many entries each has; where not all fit, those around the current one between ‹ and ›.
fn tabs(view: &RecordView, detail: &RecordDetail, columns: u16, env: &Env) -> Line<'static> {
    let all: Vec<Tab> = view.tabs().collect();
    let counted = |tab: Tab| match tab {
        Tab::Notes => detail.notes,
        Tab::Requests => detail.requests,
        Tab::Activities => detail.activities,
        Tab::Files => detail.files,
        Tab::Links => i64::try_from(detail.related.len()).unwrap_or(i64::MAX),
        Tab::All | Tab::History | Tab::Text => 0,
    };
    let words: Vec<String> = all
        .iter()
        .map(|tab| match counted(*tab) {
            0 if *tab == Tab::Text => view.text_label(env).to_owned(),
            0 => tab.label().to_owned(),
            count => format!("{} {count}", tab.label()),
        })
        .collect();
    let here = all.iter().position(|tab| *tab == view.tab).unwrap_or(0);
    // the corners, a blank at either end, and the marks
    let room = usize::from(columns).saturating_sub(4);
    let wide = |from: usize, to: usize| words[from..to].iter().map(|word| width(word) + 1).sum::<usize>();
    let (mut from, mut to) = (here, (here + 1).min(words.len()));
    let marks = |from: usize, to: usize| 2 * (usize::from(from > 0) + usize::from(to < words.len()));
    loop {
        let before = (from, to);
        if to < words.len() && wide(from, to + 1) + marks(from, to + 1) <= room {
            to += 1;
        }
        if from > 0 && wide(from - 1, to) + marks(from - 1, to) <= room {
            from -= 1;
        }
        if before == (from, to) {
            break;
        }
    }
    let label = env.theme.style(Meaning::Label);
    let mut spans = vec![Span::raw(" ")];
    if from > 0 {
        spans.push(Span::styled("‹ ", label));
    }
    for (tab, word) in all.iter().zip(&words).take(to).skip(from) {
        spans.push(Span::styled(word.clone(), if *tab == view.tab { env.theme.style(Meaning::Tab) } else { label }));
        spans.push(Span::raw(" "));
    }
    if to < words.len() {
        spans.push(Span::styled("› ", label));
    }
    Line::from(spans)
}

/// How a field is called on a record; on an activity its kind may have another word.
fn label_of(record: &Record, field: &Field, registry: &Registry) -> &'static str {
    record.activity_kind(registry).and_then(|kind| suits::label(kind, field.name)).unwrap_or(field.label)
}

fn fields(view: &RecordView, record: &Record, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let registry = env.catalog.registry(record.key.entity);
    let block = pane_block(view.pane == Pane::Fields, env);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let lines = field_lines(registry, record);
    let top = first_line(view, &lines, inner.height);
    let showing = env.showing();
    let closed = !rules::is_open(record.key.entity, record.named(registry, "status").as_int().unwrap_or(OPEN));
    let shown: Vec<Line<'_>> = lines
        .iter()
        .skip(top)
        .take(usize::from(inner.height))
        .map(|line| match line {
            FieldLine::Group(group) => {
                let rule = "─".repeat(usize::from(inner.width).saturating_sub(group.label().len() + 4));
                Line::from(vec![
                    Span::styled("── ", env.theme.style(Meaning::Frame)),
                    Span::styled(group.label(), env.theme.style(Meaning::Title)),
                    Span::styled(format!(" {rule}"), env.theme.style(Meaning::Frame)),
                ])
            }
            FieldLine::Field(id) => {
                let field = registry.field(*id);
                let value = match record.get(*id) {
                    Value::Instant(at) if field.group == Group::When => show_planned(*at, showing.now, showing.zone),
                    value => showing.show(field, value, record.currency(registry)),
                };
                let room = usize::from(inner.width).saturating_sub(LABELS + 2);
                let more = value.lines().count() > 1;
                let text = clean(value.lines().next().unwrap_or("")).into_owned();
                let text = if more { fit(&format!("{text} …"), room) } else { fit(&text, room) };
                let at_cursor = view.pane == Pane::Fields && Some(*id) == view.field;
                let locked = field.access != Access::Edit || (closed && !rules::is_writable_when_closed(registry, field));
                let (label, content) = if at_cursor {
                    (env.theme.style(Meaning::Cursor), env.theme.style(Meaning::Cursor))
                } else {
                    let content = if locked { env.theme.style(Meaning::Dim) } else { Style::default() };
                    (env.theme.style(Meaning::Label), content)
                };
                Line::from(vec![
                    Span::styled(pad(&format!(" {}", label_of(record, field, registry)), LABELS), label),
                    Span::styled(format!(" {}", pad(&text, room)), content),
                ])
            }
        })
        .collect();
    frame.render_widget(Paragraph::new(shown), inner);
}
