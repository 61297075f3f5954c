//! How the page looks: both records side by side where they differ, whose value stays, what will happen. Chooses nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::MergePage;
use super::page::{Page, Side};
use crate::model::clean::{clean, fit, pad, width};
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::view::preview::heading;
use crate::tui::widget::popup::{Popup, put};
use crate::tui::widget::sentence::broken;

/// The most lines of one value.
const MOST: usize = 3;
/// Lines of fields that are shown before what will happen gives way.
const LEAST: usize = 4;

/// A piece of a line with its style.
type Piece = (String, Style);

/// One line of the page; the place is what the cursor can be on.
struct Line {
    place: Option<usize>,
    pieces: Vec<Piece>,
}

/// The columns of the names of fields and of each of the two values.
#[derive(Clone, Copy)]
struct Widths {
    label: usize,
    value: usize,
}

impl Widths {
    fn of(columns: usize, page: &Page, env: &Env) -> Self {
        let longest = page.fields.iter().map(|id| width(env.catalog.field(*id).label)).max().unwrap_or(0);
        let label = longest.clamp(8, 26).min(columns / 4);
        Self { label, value: columns.saturating_sub(label + 4) / 2 }
    }

    /// The first column of a side.
    const fn start(self, side: Side) -> usize {
        match side {
            Side::Left => self.label + 3,
            Side::Right => self.label + 4 + self.value,
        }
    }
}

/// The lines of the page: what stands above, the fields, what will happen.
struct Parts {
    head: Vec<Line>,
    fields: Vec<Line>,
    foot: Vec<Line>,
}

/// Which lines of each part are shown, from the top.
struct Shown {
    head: usize,
    top: usize,
    fields: usize,
    foot: usize,
}

impl Parts {
    /// The fields scroll, so that the one under the cursor is shown; what will happen stays where there is room for it.
    fn shown(&self, height: usize, cursor: usize) -> Shown {
        let head = self.head.len().min(height.saturating_sub(LEAST));
        let foot = self.foot.len().min(height.saturating_sub(head + LEAST.min(self.fields.len())));
        let fields = self.fields.len().min(height.saturating_sub(head + foot));
        let end = self.fields.iter().rposition(|line| line.place == Some(cursor)).map_or(self.fields.len(), |last| last + 1);
        Shown { head, top: end.saturating_sub(fields).min(self.fields.len() - fields), fields, foot }
    }

    /// The rows in which it is said that there are fields above and below what is shown.
    fn more(&self, height: usize, cursor: usize) -> [Option<usize>; 2] {
        let shown = self.shown(height, cursor);
        let (above, below) = (shown.top > 0, shown.top + shown.fields < self.fields.len());
        let has_rule = shown.foot == self.foot.len();
        [(above && shown.head > 0).then(|| shown.head - 1), (below && has_rule).then_some(shown.head + shown.fields)]
    }

    /// What is shown, line by line; of what will happen the end, where the button is.
    fn visible(&self, height: usize, cursor: usize) -> Vec<&Line> {
        let shown = self.shown(height, cursor);
        let foot = self.foot.len() - shown.foot;
        self.head[..shown.head]
            .iter()
            .chain(&self.fields[shown.top..shown.top + shown.fields])
            .chain(&self.foot[foot..])
            .collect()
    }
}

impl MergePage {
    pub(super) fn paint(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let title = format!("Merge two {}", self.one.entity.plural());
        let remark = if self.awaited.is_some() { "writing …" } else { "nothing written yet" };
        let inner = Popup::whole(area).draw(frame, &env.theme, &title, remark);
        self.drawn.set(inner);
        let Some(page) = &self.page else {
            return put(frame, inner.x, inner.y, " reading …", inner, env.theme.style(Meaning::Dim));
        };
        let parts = self.parts(page, usize::from(inner.width).saturating_sub(2), env);
        for (y, line) in (inner.y..inner.bottom()).zip(parts.visible(usize::from(inner.height), self.cursor)) {
            let mut x = inner.x.saturating_add(1);
            for (text, style) in &line.pieces {
                put(frame, x, y, text, inner, *style);
                x = x.saturating_add(u16::try_from(width(text)).unwrap_or(u16::MAX));
            }
        }
        let style = env.theme.style(Meaning::Hint);
        let [above, below] = parts.more(usize::from(inner.height), self.cursor);
        for (row, text, x) in [(above, "▲ more", 1), (below, " ▼ more ", inner.width.saturating_sub(12))] {
            let Some(row) = row.and_then(|row| u16::try_from(row).ok()) else { continue };
            put(frame, inner.x.saturating_add(x), inner.y.saturating_add(row), text, inner, style);
        }
    }

    /// The field at a cell, or the button, and the side whose value stands there.
    pub(super) fn place_at(&self, column: u16, row: u16, env: &Env) -> Option<(usize, Option<Side>)> {
        let inner = self.drawn.get();
        if !inner.contains((column, row).into()) {
            return None;
        }
        let page = self.page.as_ref()?;
        let columns = usize::from(inner.width).saturating_sub(2);
        let parts = self.parts(page, columns, env);
        let place = parts.visible(usize::from(inner.height), self.cursor).get(usize::from(row - inner.y))?.place?;
        let widths = Widths::of(columns, page, env);
        let at = usize::from(column - inner.x).saturating_sub(1);
        let side = Side::BOTH.into_iter().rfind(|side| at >= widths.start(*side));
        Some((place, side))
    }

    fn parts(&self, page: &Page, columns: usize, env: &Env) -> Parts {
        let widths = Widths::of(columns, page, env);
        let mut fields: Vec<Line> = (0..page.fields.len()).flat_map(|place| self.field(page, place, widths, env)).collect();
        let same = match (page.fields.len(), page.same) {
            (0, _) => "the two differ in no field that can be chosen".to_owned(),
            (_, 0) => String::new(),
            (_, 1) => "1 more field is the same in both".to_owned(),
            (_, count) => format!("{count} more fields are the same in both"),
        };
        if !same.is_empty() {
            fields.push(plain(fit(&same, columns), env.theme.style(Meaning::Dim)));
        }
        Parts { head: head(page, widths, env), fields, foot: self.foot(page, columns, env) }
    }

    /// A field: its name, and the value of each side, the one that stays ticked.
    fn field(&self, page: &Page, place: usize, widths: Widths, env: &Env) -> Vec<Line> {
        let Some(id) = page.fields.get(place).copied() else { return Vec::new() };
        let field = env.catalog.field(id);
        let kept = page.kept(id);
        let value = |side: Side| {
            let record = page.record(side);
            let shown = env.showing().show(field, record.get(id), record.currency(env.catalog.registry(record.key.entity)));
            let shown = clean(&shown.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned();
            let shown = if shown.is_empty() { "–".to_owned() } else { shown };
            let columns = widths.value.saturating_sub(5).max(1);
            broken(&split(&shown, columns), columns, MOST)
        };
        let values = Side::BOTH.map(|side| (side, value(side)));
        let rows = values.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1);
        let here = place == self.cursor;
        (0..rows)
            .map(|row| {
                let (label, sign) = if row == 0 { (field.label, if here { "▸" } else { " " }) } else { ("", " ") };
                let style = env.theme.style(Meaning::Label);
                let mut pieces = vec![
                    (pad(&fit(label, widths.label), widths.label), style),
                    (format!(" {sign} "), env.theme.style(Meaning::Prompt)),
                ];
                for (side, lines) in &values {
                    let tick = match (row, *side == kept) {
                        (0, true) => "(•) ",
                        (0, false) => "( ) ",
                        _ => "    ",
                    };
                    let text = lines.get(row).map_or("", String::as_str);
                    let style = match (here, *side == kept) {
                        (true, true) => env.theme.style(Meaning::Cursor),
                        (false, true) => Style::new(),
                        (_, false) => env.theme.style(Meaning::Dim),
                    };
                    let gap = widths.value.saturating_sub(width(tick) + width(text)) + 1;
                    pieces.extend([(tick.to_owned(), Style::new()), (text.to_owned(), style), (" ".repeat(gap), Style::new())]);
                }
                Line { place: Some(place), pieces }
            })
            .collect()
    }

    /// What will happen, and the button.
    fn foot(&self, page: &Page, columns: usize, env: &Env) -> Vec<Line> {
        let rule = format!("── this will {}", "─".repeat(columns.saturating_sub(13)));
        let mut lines = vec![plain(rule, env.theme.style(Meaning::Frame))];
        if let Some(reason) = page.obstacle() {
            for text in broken(&clean(reason), columns, MOST) {
                lines.push(plain(text, env.theme.style(Meaning::Error)));
            }
        } else {
            let consequences = page.consequences(env);
            let wide = consequences.iter().map(|c| width(&c.what)).max().unwrap_or(0).min(columns / 2);
            for consequence in consequences {
                let room = columns.saturating_sub(wide + 5).max(10);
                for (row, how) in broken(&consequence.how, room, MOST).into_iter().enumerate() {
                    let (sign, what) = if row == 0 { (consequence.sign, consequence.what.as_str()) } else { (' ', "") };
                    let text = format!("{sign} {}   {how}", pad(&fit(what, wide), wide));
                    lines.push(plain(text, env.theme.style(Meaning::Hint)));
                }
            }
        }
        let button = format!("[ Merge  {} ]", env.keymap.keys_of(Action::Save, Scope::Merge));
        let indent = " ".repeat(columns.saturating_sub(width(&button)));
        let meaning = match (page.obstacle(), self.cursor == self.last()) {
            (Some(_), _) => Meaning::Disabled,
            (None, true) => Meaning::Cursor,
            (None, false) => Meaning::Key,
        };
        lines.push(Line { place: Some(self.last()), pieces: vec![(indent, Style::new()), (button, env.theme.style(meaning))] });
        lines
    }
}

fn plain(text: String, style: Style) -> Line {
    Line { place: None, pieces: vec![(text, style)] }
}

/// The same text with blanks in words that are longer than a line, which is then all that is between their parts.
fn split(text: &str, columns: usize) -> String {
    let mut parts = String::new();
    let mut filled = 0;
    for letter in text.chars() {
        let wide = width(letter.encode_utf8(&mut [0; 4]));
        if letter == ' ' {
            filled = 0;
        } else if filled + wide > columns {
            parts.push(' ');
            filled = wide;
        } else {
            filled += wide;
        }
        parts.push(letter);
    }
    parts
}

/// The two records: what they are called, and what becomes of each.
fn head(page: &Page, widths: Widths, env: &Env) -> Vec<Line> {
    let mut names = vec![(" ".repeat(widths.label + 3), Style::new())];
    let mut fates = names.clone();
    for side in Side::BOTH {
        let record = page.record(side);
        let column = |text: String| format!("{} ", pad(&fit(&text, widths.value), widths.value));
        let is_master = side == page.master;
        let meaning = if is_master { Meaning::Title } else { Meaning::Dim };
        names.push((column(format!("{} {}", record.key, clean(&heading(record, env)))), env.theme.style(meaning)));
        let meaning = if is_master { Meaning::Tab } else { Meaning::Dim };
        fates.push((fit(page.fate(side), widths.value), env.theme.style(meaning)));
        let gap = widths.value.saturating_sub(width(page.fate(side)).min(widths.value)) + 1;
        fates.push((" ".repeat(gap), Style::new()));
    }
    [names, fates].map(|pieces| Line { place: None, pieces }).into()
}
