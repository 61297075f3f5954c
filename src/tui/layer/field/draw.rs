//! A field edited in place, on the screen. Changes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::FieldEditor;
use crate::model::clean::{clean, fit, width};
use crate::model::field::Kind;
use crate::tui::env::Env;
use crate::tui::layer::entry::Remark;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::{Popup, put};

/// The columns that a line has.
const WIDE: u16 = 58;
/// The rows of a text of several lines.
const TALL: u16 = 6;
/// The most rows of a list.
const LISTED: u16 = 14;

impl FieldEditor {
    pub(super) fn paint(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let lines = if env.catalog.field(self.entry.id).kind == Kind::Memo { TALL } else { 1 };
        let listed = self.list.height().min(LISTED);
        let wide = WIDE.max(u16::try_from(width(&self.title)).unwrap_or(WIDE).saturating_add(4)).min(100);
        let popup = Popup::centred(area, wide, lines + listed + 1);
        let remark = if self.awaited.is_some() { "saving…" } else { "" };
        let inner = popup.draw(frame, &env.theme, &self.title, remark);
        if inner.is_empty() {
            return;
        }
        let line = Rect { height: lines.min(inner.height), ..inner };
        put(frame, line.x, line.y, "› ", line, env.theme.style(Meaning::Prompt));
        let line = Rect { x: line.x + 2.min(line.width - 1), width: line.width.saturating_sub(2).max(1), ..line };
        let style = if self.entry.locked.is_some() { env.theme.style(Meaning::Disabled) } else { Style::new() };
        self.entry.input.draw(frame, line, style, true);
        let rest = inner.height - line.height;
        let list = Rect { y: line.bottom(), height: rest.saturating_sub(1), ..inner };
        self.drawn.set((line, list));
        if self.entry.is_choice() {
            self.list.draw(frame, list, &env.theme, "nothing matches");
        }
        if rest > 0 {
            self.paint_remark(frame, Rect { y: inner.bottom() - 1, height: 1, ..inner }, env);
        }
    }

    fn paint_remark(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let remark = self.entry.remark(&self.terms(env), true, env);
        let (text, meaning) = match remark {
            Some(Remark::Wrong(_)) if self.entry.problem.is_none() && self.entry.is_choice() && !self.list.is_empty() => return,
            // the list says it
            Some(Remark::Help(_)) if self.entry.is_choice() && self.entry.locked.is_none() => return,
            Some(Remark::Help(text)) => (text, Meaning::Dim),
            Some(Remark::Read(text)) => (text, Meaning::Message),
            Some(Remark::Wrong(text)) => (format!("! {text}"), Meaning::Error),
            None => return,
        };
        put(frame, area.x, area.y, &fit(&clean(&text), usize::from(area.width)), area, env.theme.style(meaning));
    }
}
