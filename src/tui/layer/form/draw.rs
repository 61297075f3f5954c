//! A form on the screen, and what a click on it hits. Changes no text.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::layout::{Part, Places};
use super::{Form, Phase, Spot};
use crate::model::clean::{clean, fit};
use crate::model::field::{Group, Kind};
use crate::tui::env::Env;
use crate::tui::layer::entry::{Entry, Remark};
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::{Popup, put};

impl Form {
    pub(super) fn paint(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let changed = self.entries.iter().filter(|entry| entry.is_changed()).count();
        let remark = match (&self.phase, changed) {
            (Phase::Saving { .. }, _) => "saving…".to_owned(),
            (_, 0) => String::new(),
            (_, 1) => "1 field changed".to_owned(),
            (_, count) => format!("{count} fields changed"),
        };
        let inner = Popup::whole(area).draw(frame, &env.theme, &self.title, &remark);
        self.drawn.set(inner);
        if inner.is_empty() {
            return;
        }
        match &self.phase {
            Phase::Loading => return put(frame, inner.x, inner.y, "reading…", inner, env.theme.style(Meaning::Dim)),
            Phase::Failed(reason) => {
                let text = fit(&clean(reason), usize::from(inner.width));
                return put(frame, inner.x, inner.y, &text, inner, env.theme.style(Meaning::Error));
            }
            Phase::Ready | Phase::Saving { .. } => {}
        }
        let (body, last) = split(inner);
        let places = self.layout(body.width, body.height, env);
        for placed in &places.parts {
            let Some(area) = places.on_screen(placed, body) else { continue };
            match placed.part {
                Part::Heading(group) => heading(frame, area, group, env),
                Part::Spot(Spot::More(group)) => self.paint_more(frame, area, group, env),
                Part::Spot(Spot::Field(place)) => self.paint_field(frame, area, places.label, place, env),
                Part::Problem(place) => {
                    let text = format!("  ! {}", clean(&self.problem(place, env).unwrap_or_default()));
                    put(frame, area.x, area.y, &fit(&text, usize::from(area.width)), area, env.theme.style(Meaning::Error));
                }
            }
        }
        self.paint_remark(frame, last, env);
    }

    fn paint_more(&self, frame: &mut Frame<'_>, area: Rect, group: Group, env: &Env) {
        let count = self.seldom(group, env).len();
        let text = match (self.opened.contains(&group), count) {
            (true, _) => "− fewer fields".to_owned(),
            (false, 1) => "+ 1 more field".to_owned(),
            (false, count) => format!("+ {count} more fields"),
        };
        let focused = self.spot == Spot::More(group);
        let text = fit(&format!("{} {text}", if focused { '▸' } else { ' ' }), usize::from(area.width));
        let meaning = if focused { Meaning::Cursor } else { Meaning::Dim };
        put(frame, area.x, area.y, &text, area, env.theme.style(meaning));
    }

    fn paint_field(&self, frame: &mut Frame<'_>, area: Rect, label: u16, place: usize, env: &Env) {
        let Some(entry) = self.entries.get(place) else { return };
        let field = env.catalog.field(entry.id);
        let focused = self.spot == Spot::Field(place) && self.phase == Phase::Ready;
        let sign = match entry {
            _ if self.spot == Spot::Field(place) => '▸',
            _ if entry.problem.is_some() || self.problem(place, env).is_some() => '!',
            _ if entry.is_changed() => '*',
            _ => ' ',
        };
        let needed = if field.required { " (needed)" } else { "" };
        let text = format!("{sign} {}{needed}", self.label(place, env));
        let meaning = if focused { Meaning::Title } else { Meaning::Label };
        put(frame, area.x, area.y, &fit(&text, usize::from(label)), area, env.theme.style(meaning));
        let left = (label + 1).min(area.width);
        let value = Rect { x: area.x + left, width: area.width - left, ..area };
        // what is proposed stands there as a hint does
        let style = if entry.input.is_proposed() {
            env.theme.style(Meaning::Hint)
        } else if entry.locked.is_some() {
            env.theme.style(Meaning::Disabled)
        } else {
            Style::new()
        };
        if focused {
            self.wide.set(value.width);
        }
        if focused || field.kind == Kind::Memo {
            entry.input.draw(frame, value, style, focused);
        } else {
            let text = fit(&clean(entry.input.text()), usize::from(value.width));
            put(frame, value.x, value.y, &text, value, style);
        }
    }

    /// What there is to say about the field under the cursor.
    fn paint_remark(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let remark = match self.spot {
            Spot::Field(place) => self.entries.get(place).and_then(|entry| entry.remark(&self.terms, true, env)),
            Spot::More(_) => Some(Remark::Help("Enter shows or hides the fields that are rarely used".into())),
        };
        let Some(remark) = remark else { return };
        let (text, meaning) = match remark {
            Remark::Help(text) => (text, Meaning::Dim),
            Remark::Read(text) => (text, Meaning::Message),
            Remark::Wrong(text) => (format!("! {text}"), Meaning::Error),
        };
        put(frame, area.x, area.y, &fit(&clean(&text), usize::from(area.width)), area, env.theme.style(meaning));
    }

    /// Puts the cursor where the mouse was clicked.
    pub(super) fn clicked(&mut self, column: u16, row: u16, env: &Env) {
        let (body, _) = split(self.drawn.get());
        let places: Places = self.layout(body.width, body.height, env);
        let hit = places.parts.iter().find_map(|placed| {
            let area = places.on_screen(placed, body)?;
            area.contains((column, row).into()).then_some((placed.part, area))
        });
        let Some((Part::Spot(spot), area)) = hit else { return };
        let again = self.spot == spot;
        self.go(spot, env);
        match spot {
            Spot::More(group) => self.toggle(group, env),
            Spot::Field(place) => {
                let left = (places.label + 1).min(area.width);
                let value = Rect { x: area.x + left, width: area.width - left, ..area };
                if let Some(entry) = self.entries.get_mut(place).filter(|_| again && column >= value.x) {
                    Entry::click(entry, column - value.x, row - value.y, value);
                }
            }
        }
    }
}

/// The lines of the form, and the last one for what is said of the field under the cursor.
fn split(inner: Rect) -> (Rect, Rect) {
    if inner.height < 2 {
        return (inner, Rect { height: 0, ..inner });
    }
    let body = Rect { height: inner.height - 1, ..inner };
    (body, Rect { y: body.bottom(), height: 1, ..inner })
}

fn heading(frame: &mut Frame<'_>, area: Rect, group: Group, env: &Env) {
    let text = format!("── {} ", group.label());
    let line: String = text.chars().chain(std::iter::repeat('─')).take(usize::from(area.width)).collect();
    put(frame, area.x, area.y, &line, area, env.theme.style(Meaning::Frame));
    put(frame, area.x + 3, area.y, group.label(), area, env.theme.style(Meaning::Title));
}
