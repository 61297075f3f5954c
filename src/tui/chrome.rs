//! What surrounds every screen: the first line, the last line, the box of keys that can follow. Draws, changes nothing.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph, Wrap};

use super::action::Hint;
use super::app::App;
use super::desk::Tone;
use super::layer::checklist;
use super::theme::Meaning;
use crate::model::clean::{clean, fit, width};
use crate::model::number::show_count;
use crate::tui::view::spec::{EntitySpec, SCREENS, Screen};
use crate::tui::widget::sentence::broken;

/// The smallest terminal that is drawn on.
const LEAST: (u16, u16) = (40, 12);

/// From this many columns all screens are named, below it the current one.
const TABS: u16 = 120;

/// The most lines of a message.
const MOST_LINES: usize = 3;

/// That these are sample data, in as many words as there is room for.
const SAMPLE: [&str; 5] = [
    "sample data, gone on quit · :keep saves it as a new file",
    "sample data · :keep saves it",
    "sample · :keep saves it",
    "sample data",
    "sample",
];

/// The pictures of the spinner.
const SPINNER: [&str; 4] = ["◐", "◓", "◑", "◒"];

pub(super) fn draw(app: &App, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        return too_small(frame, area);
    }
    let [head, body, foot] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)]).areas(area);
    first_line(app, frame, head);
    let over = Rect { height: area.height - 1, ..area };
    let first = app.layers.iter().rposition(|layer| layer.covers()).unwrap_or(0);
    for layer in &app.layers[first..] {
        layer.draw(frame, if layer.covers() { body } else { over }, &app.env);
    }
    // the numbers of a report and what a rule says are not covered
    if app.layers.len() == 1 && !matches!(app.screen, Screen::Reports | Screen::Rules) {
        checklist::draw(frame, body, &app.env);
    }
    if !app.next.is_empty() {
        which_key(app, frame, body);
    }
    last_line(app, frame, foot);
}

fn too_small(frame: &mut Frame<'_>, area: Rect) {
    let text = format!("leadbook needs {}×{}; this is {}×{}", LEAST.0, LEAST.1, area.width, area.height);
    frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
}

fn first_line(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let env = &app.env;
    let mut right = Vec::new();
    if env.read_only {
        right.push("read-only".to_owned());
    }
    let late = app.day.as_ref().map_or(0, |day| day.late_count);
    if late > 0 {
        right.push(format!("{} late", show_count(i64::try_from(late).unwrap_or(i64::MAX), &env.locale)));
    }
    if app.new_to_me > 0 {
        right.push(format!("{} new to me", app.new_to_me));
    }
    right.push(clean(&env.login()).into_owned());
    let mut right = right.join(" · ");
    let room_beside = |left: &Line<'_>| usize::from(area.width).saturating_sub(left.width() + 2);
    let beside = width(&right) + if env.sample { width(SAMPLE[SAMPLE.len() - 1]) + 3 } else { 0 };
    // who one is and what is late is never cut for the names of screens
    let ways: &[Named] = if area.width >= TABS { &[Named::All, Named::Bare, Named::Keys] } else { &[] };
    let left = ways.iter().map(|named| screens(app, *named)).find(|left| room_beside(left) >= beside);
    let left = left.unwrap_or_else(|| screens(app, Named::Current));
    let room = room_beside(&left);
    if env.sample {
        let fits = |text: &&&str| width(text) + 3 + width(&right) <= room;
        let text = SAMPLE.iter().find(fits).or(SAMPLE.last()).copied().unwrap_or_default();
        right = format!("{text} · {right}");
    }
    right = fit(&right, room);
    frame.render_widget(left, area);
    let style = if env.sample { env.theme.style(Meaning::NoNextStep) } else { env.theme.style(Meaning::Label) };
    frame.render_widget(Line::styled(format!("{right} "), style).right_aligned(), area);
}

/// How the screens are named where there is more or less room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    /// Each with its key.
    All,
    /// The same without the name of the program.
    Bare,
    /// The current one; of the others the keys.
    Keys,
    /// The current one alone.
    Current,
}

/// The program and its screens.
fn screens(app: &App, named: Named) -> Line<'static> {
    let theme = &app.env.theme;
    let mut line = match named {
        Named::Bare => Vec::new(),
        _ => vec![Span::raw(" "), Span::styled("leadbook", theme.style(Meaning::Title)), Span::raw("  ")],
    };
    for (screen, name) in SCREENS {
        if *screen == app.screen {
            line.push(Span::styled(format!("[{name}]"), theme.style(Meaning::Tab)));
            continue;
        }
        let name = match named {
            Named::All | Named::Bare => format!(" {name} "),
            Named::Keys => format!(" {} ", name.split(' ').next().unwrap_or(name)),
            Named::Current => continue,
        };
        line.push(Span::styled(name, theme.style(Meaning::Label)));
    }
    if let Screen::List(entity) = app.screen
        && !SCREENS.iter().any(|(screen, _)| *screen == app.screen)
    {
        line.push(Span::styled(format!("[{}]", EntitySpec::of(entity).screen), theme.style(Meaning::Tab)));
    }
    Line::from(line)
}

/// Hints, or a message, or a prompt; at its right end what is being waited for.
fn last_line(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let env = &app.env;
    let mut area = area;
    if let Some(waited) = app.spinning_for() {
        let text = working(app, waited);
        let wide = u16::try_from(width(&text)).unwrap_or(0).min(area.width);
        let right = Rect { x: area.x + area.width - wide, width: wide, ..area };
        frame.render_widget(Span::styled(text, env.theme.style(Meaning::Message)), right);
        area.width -= wide;
    }
    if let Some((label, text, cursor)) = app.layers.last().and_then(|layer| layer.prompt()) {
        return prompt(app, frame, area, &label, &text, cursor);
    }
    if let Some(message) = app.desk.message() {
        let (sign, meaning) = match message.tone {
            Tone::Info => (" ", Meaning::Message),
            Tone::Error => (" ! ", Meaning::Error),
        };
        return say(sign, &message.text, env.theme.style(meaning), frame, area);
    }
    hints(app, frame, area);
}

/// A message; one that is longer than the line takes the lines above it too.
fn say(sign: &str, text: &str, style: Style, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width).saturating_sub(width(sign));
    let lines = broken(&clean(text), room, MOST_LINES);
    let more = u16::try_from(lines.len() - 1).unwrap_or(0).min(area.y);
    let area = Rect { y: area.y - more, height: area.height + more, ..area };
    let margin = " ".repeat(width(sign));
    let lines: Vec<Line<'_>> = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| Line::styled(format!("{}{line}", if at == 0 { sign } else { &margin }), style))
        .collect();
    frame.render_widget(Clear, area);
    frame.render_widget(Paragraph::new(lines), area);
}

fn working(app: &App, waited: i64) -> String {
    let picture = SPINNER[usize::try_from(waited / 125_000).unwrap_or(0) % SPINNER.len()];
    match app.progress {
        Some(progress) if progress.total > 0 => {
            let percent = progress.done.min(progress.total) * 100 / progress.total;
            let filled = usize::try_from(percent / 10).unwrap_or(0);
            format!("{}{} {percent} % · Esc cancels ", "█".repeat(filled), "░".repeat(10 - filled))
        }
        _ if app.is_writing() => format!("{picture} saving "),
        _ => format!("{picture} reading "),
    }
}

fn prompt(app: &App, frame: &mut Frame<'_>, area: Rect, label: &str, text: &str, cursor: u16) {
    let label_text = format!(" {label}");
    let label_width = u16::try_from(width(&label_text)).unwrap_or(u16::MAX).min(area.width / 2);
    let [left, right] = Layout::horizontal([Constraint::Length(label_width), Constraint::Fill(1)]).areas(area);
    frame.render_widget(Span::styled(fit(&label_text, usize::from(label_width)), app.env.theme.style(Meaning::Prompt)), left);
    // The part of the text around the cursor.
    let room = right.width.saturating_sub(1);
    let hidden = cursor.saturating_sub(room);
    let shown: String = skip_columns(&clean(text), usize::from(hidden));
    frame.render_widget(Span::styled(fit(&shown, usize::from(right.width)), Style::default()), right);
    if right.width > 0 {
        frame.set_cursor_position((right.x + (cursor - hidden).min(right.width - 1), right.y));
    }
}

fn skip_columns(text: &str, columns: usize) -> String {
    let mut skipped = 0;
    text.chars()
        .skip_while(|c| {
            let before = skipped;
            skipped += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
            before < columns
        })
        .collect()
}

/// The most useful keys here; as many as fit, help always.
fn hints(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let env = &app.env;
    let scopes = app.scopes();
    let top = app.layers.last();
    let mut hints: Vec<_> = env
        .keymap
        .hints(&scopes, 12)
        .into_iter()
        .filter(|hint| top.is_none_or(|layer| layer.unavailable(hint.action, env).is_none()))
        .map(|hint| Hint { label: top.and_then(|layer| layer.label_here(hint.action, env)).unwrap_or(hint.label), ..hint })
        .collect();
    let most = if area.width >= 100 { 8 } else { 6 };
    let help = hints.pop();
    hints.truncate(most - 1);
    hints.extend(help);
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    let count = hints.len();
    for (index, hint) in hints.into_iter().enumerate() {
        let last = index + 1 == count;
        let wide = width(&hint.keys) + width(hint.label) + 3;
        // Room is kept for the help, which comes last.
        let reserve = if last { 0 } else { 8 };
        if used + wide + reserve > usize::from(area.width) {
            continue;
        }
        used += wide;
        spans.push(Span::styled(hint.keys, env.theme.style(Meaning::Key)));
        spans.push(Span::styled(format!(" {}  ", hint.label), env.theme.style(Meaning::Hint)));
    }
    frame.render_widget(Line::from(spans), area);
}

/// The keys that can follow the one that was pressed.
fn which_key(app: &App, frame: &mut Frame<'_>, area: Rect) {
    let env = &app.env;
    let lines: Vec<Line<'_>> = app
        .next
        .iter()
        .map(|next| {
            Line::from(vec![
                Span::styled(format!(" {:>3} ", next.key), env.theme.style(Meaning::Key)),
                Span::styled(next.label, env.theme.style(Meaning::Hint)),
            ])
        })
        .collect();
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2).min(area.height);
    let columns = 26.min(area.width);
    let place = Rect { x: area.right() - columns, y: area.bottom() - rows, width: columns, height: rows };
    frame.render_widget(Clear, place);
    frame.render_widget(Paragraph::new(lines).block(Block::bordered().border_style(env.theme.style(Meaning::Frame))), place);
}
