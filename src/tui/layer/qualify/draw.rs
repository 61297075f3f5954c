//! How the page looks: what is chosen, what can be chosen, what will be written. Chooses nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::page::{Choices, PARTS, Page};
use super::{Place, Qualify};
use crate::model::choice::Set;
use crate::model::clean::{clean, fit, pad, width};
use crate::model::entity::Entity;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::view::preview::heading;
use crate::tui::widget::popup::{Popup, put};
use crate::tui::widget::sentence::broken;

/// Columns of the page on a wide terminal.
const WIDE: u16 = 92;
/// Columns of the names of its parts.
const LABEL: usize = 13;

/// A piece of a line with its style.
type Piece = (String, Style);

/// One line of the page; the place is what the cursor can be on.
struct Line {
    place: Option<Place>,
    pieces: Vec<Piece>,
}

impl Qualify {
    pub(super) fn paint(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let popup =
            |rows: usize| Popup::centred(area, WIDE.min(area.width.saturating_sub(2)), u16::try_from(rows).unwrap_or(u16::MAX));
        let columns = usize::from(popup(1).inner.width).saturating_sub(2);
        let lines = self.lines(columns, env);
        let title = match &self.page {
            Some(page) => format!("Qualify {} · {}", heading(&page.found.lead, env), self.lead),
            None => format!("Qualify {}", self.lead),
        };
        let remark = if self.awaited.is_some() { "writing …" } else { "nothing written yet" };
        let inner = popup(lines.len()).draw(frame, &env.theme, &title, remark);
        self.drawn.set(inner);
        for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(self.top(&lines, inner.height))) {
            let mut x = inner.x.saturating_add(1);
            for (text, style) in &line.pieces {
                put(frame, x, y, text, inner, *style);
                x = x.saturating_add(u16::try_from(width(text)).unwrap_or(u16::MAX));
            }
        }
    }

    /// The first line that is shown, so that the one under the cursor is, and what follows from it if there is room.
    fn top(&self, lines: &[Line], height: u16) -> usize {
        let height = usize::from(height);
        let here = lines.iter().position(|line| line.place.is_some_and(|place| self.is_here(place))).unwrap_or(0);
        (here + 2).saturating_sub(height).min(lines.len().saturating_sub(height))
    }

    pub(super) fn place_at(&self, column: u16, row: u16, env: &Env) -> Option<Place> {
        let inner = self.drawn.get();
        if !inner.contains((column, row).into()) {
            return None;
        }
        let lines = self.lines(usize::from(inner.width).saturating_sub(2), env);
        lines.get(self.top(&lines, inner.height) + usize::from(row - inner.y))?.place
    }

    fn is_here(&self, place: Place) -> bool {
        match (self.at, place) {
            (Place::Deal(_), Place::Deal(_)) => true,
            (here, place) => here == place,
        }
    }

    fn lines(&self, columns: usize, env: &Env) -> Vec<Line> {
        let plain = |text: &str, meaning| Line { place: None, pieces: vec![(text.to_owned(), env.theme.style(meaning))] };
        let Some(page) = &self.page else {
            let text = self.failed.as_deref().unwrap_or("looking for what it may already be …");
            return vec![plain(text, if self.failed.is_some() { Meaning::Error } else { Meaning::Dim })];
        };
        let mut lines = self.choices("Account", &page.account, columns, env);
        lines.extend(self.choices("Contact", &page.contact, columns, env));
        lines.extend(self.deal(page, columns, env));
        let reason = env.catalog.choices.label(Set::StatusReason, page.reason);
        lines.push(self.line(Place::Reason, "Reason", vec![(reason, self.style(Place::Reason, env))], env));
        let rule = format!("── this will {}", "─".repeat(columns.saturating_sub(13)));
        lines.push(plain(&rule, Meaning::Frame));
        let consequences = page.consequences(env);
        let wide = consequences.iter().map(|c| width(&c.what)).max().unwrap_or(0).min(columns / 2);
        for consequence in consequences {
            let room = columns.saturating_sub(wide + 5).max(10);
            for (row, how) in broken(&consequence.how, room, 3).into_iter().enumerate() {
                let (sign, what) = if row == 0 { (consequence.sign, consequence.what.as_str()) } else { (' ', "") };
                let text = format!("{sign} {}   {how}", pad(&fit(what, wide), wide));
                lines.push(plain(&text, Meaning::Hint));
            }
        }
        let button = format!("[ Qualify  {} ]", env.keymap.keys_of(Action::Save, Scope::Qualify));
        let indent = " ".repeat(columns.saturating_sub(width(&button)));
        let style = if self.at == Place::Do { Meaning::Cursor } else { Meaning::Key };
        let pieces = vec![(indent, Style::new()), (button, env.theme.style(style))];
        lines.push(Line { place: Some(Place::Do), pieces });
        lines
    }

    fn style(&self, place: Place, env: &Env) -> Style {
        if self.is_here(place) { env.theme.style(Meaning::Cursor) } else { Style::new() }
    }

    /// A line of the upper half: its name, the sign of the cursor, and what stands there.
    fn line(&self, place: Place, label: &str, rest: Vec<Piece>, env: &Env) -> Line {
        let sign = if self.is_here(place) { "▸ " } else { "  " };
        let mut pieces =
            vec![(pad(label, LABEL), env.theme.style(Meaning::Label)), (sign.to_owned(), env.theme.style(Meaning::Prompt))];
        pieces.extend(rest);
        Line { place: Some(place), pieces }
    }

    fn choices(&self, label: &str, choices: &Choices, columns: usize, env: &Env) -> Vec<Line> {
        let room = columns.saturating_sub(LABEL + 6);
        let wide = choices.rows.iter().map(|row| width(&clean(&row.label))).max().unwrap_or(0);
        let wide = if choices.rows.iter().all(|row| row.detail.is_empty()) { room } else { wide.min(room * 3 / 5) };
        let line = |(at, row): (usize, &super::page::Choice)| {
            let place = if choices.entity == Entity::Account { Place::Account(at) } else { Place::Contact(at) };
            let tick = if at == choices.chosen { "(•) " } else { "( ) " };
            let name = fit(&clean(&row.label), wide);
            let gap = " ".repeat(wide.saturating_sub(width(&name)) + 3);
            let detail = fit(&clean(&row.detail), room.saturating_sub(wide + 3));
            let rest = vec![
                (tick.to_owned(), Style::new()),
                (name, self.style(place, env)),
                (format!("{gap}{detail}"), env.theme.style(Meaning::Dim)),
            ];
            self.line(place, if at == 0 { label } else { "" }, rest, env)
        };
        choices.rows.iter().enumerate().map(line).collect()
    }

    fn deal(&self, page: &Page, columns: usize, env: &Env) -> Vec<Line> {
        let here = if let Place::Deal(part) = self.at { Some(part) } else { None };
        let style = |part| if here == Some(part) { env.theme.style(Meaning::Cursor) } else { Style::new() };
        let mut pieces = vec![(if page.with_deal { "[x] " } else { "[ ] " }.to_owned(), style(0))];
        if page.with_deal {
            let registry = &env.catalog.opportunity;
            let room = columns.saturating_sub(LABEL + 6);
            let showing = env.showing();
            let texts: Vec<String> = PARTS
                .iter()
                .map(|name| {
                    let value = page.value(name, env);
                    let field = registry.field(registry.id(name));
                    let shown = clean(showing.show(field, &value, &page.currency(env)).trim()).into_owned();
                    match (*name, shown.is_empty()) {
                        ("estimated_value", true) => "no value".to_owned(),
                        ("estimated_close_date", true) => "no close date".to_owned(),
                        ("estimated_close_date", false) => format!("close {shown}"),
                        ("owner", _) => format!("owner {shown}"),
                        _ => shown,
                    }
                })
                .collect();
            let others: usize = texts.iter().skip(1).map(|text| width(text) + 3).sum();
            for (at, text) in texts.iter().enumerate() {
                let text = if at == 0 { fit(text, room.saturating_sub(others).max(8)) } else { text.clone() };
                pieces.push((text, style(at + 1)));
                pieces.push(("   ".to_owned(), Style::new()));
            }
        } else if let Some((deal, name)) = &page.found.matches.opportunity {
            pieces.push((format!("{deal} {} came from it before", clean(name)), env.theme.style(Meaning::Dim)));
        } else {
            pieces.push(("none is made".to_owned(), env.theme.style(Meaning::Dim)));
        }
        vec![self.line(Place::Deal(0), "Opportunity", pieces, env)]
    }
}
