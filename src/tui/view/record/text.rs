//! A long text of the record, read from its beginning in the pane of the timeline: that of a mail, or a field that can only be read.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Pane, RecordView, draw};
use crate::model::activity::suits::label;
use crate::model::activity::{EMAIL, FAX, LETTER};
use crate::model::choice::OPEN;
use crate::model::entity::Entity;
use crate::model::field::{FieldId, Kind};
use crate::model::record::Record;
use crate::model::rules;
use crate::tui::env::Env;
use crate::tui::widget::markdown;
use crate::tui::widget::timeline::Tab;

/// More lines than any text has.
const ALL: usize = 1_000_000;

/// The text as at most so many lines. What was written as a mail stands as it came; all else is Markdown, as notes are.
fn lines(record: &Record, id: FieldId, columns: usize, most: usize, env: &Env) -> Vec<Line<'static>> {
    let text = record.get(id).as_text();
    let kind = record.activity_kind(env.catalog.registry(record.key.entity));
    if kind.is_some_and(|kind| !matches!(kind, EMAIL | LETTER | FAX)) {
        return markdown::render(text, columns, most, &env.theme);
    }
    let mut lines = Vec::new();
    for line in text.lines() {
        let room = most.saturating_sub(lines.len());
        if room == 0 {
            break;
        }
        let broken = markdown::plain(line, columns, room);
        if broken.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(broken.into_iter().map(Line::from));
    }
    lines
}

impl RecordView {
    /// Whether the pane of the timeline shows a text.
    pub(super) fn is_text(&self) -> bool {
        self.tab == Tab::Text
    }

    /// The record is here: an activity is read by its text, if it has one; a text that is gone is not shown any more.
    pub(super) fn text_arrived(&mut self, record: &Record, env: &Env) {
        let registry = env.catalog.registry(record.key.entity);
        if record.key.entity == Entity::Activity && self.detail.is_none() && self.wanted.is_none() {
            let id = registry.id("description");
            if !record.get(id).is_none() {
                self.read(id);
                let state = record.named(registry, "status").as_int().unwrap_or(OPEN);
                let is_read = record.activity_kind(registry) == Some(EMAIL) || !rules::is_open(Entity::Activity, state);
                self.pane = if is_read { Pane::Timeline } else { Pane::Fields };
            }
        }
        if self.reading.is_some_and(|id| record.get(id).is_none()) {
            self.reading = None;
            if self.is_text() {
                (self.tab, self.entry) = (Tab::All, 0);
            }
        }
    }

    /// Opens a text for reading.
    pub(super) fn read(&mut self, id: FieldId) {
        (self.reading, self.tab, self.entry, self.pane) = (Some(id), Tab::Text, 0, Pane::Timeline);
    }

    /// Whether a field that cannot be written is opened for reading instead.
    pub(super) fn is_long(&self, id: FieldId, env: &Env) -> bool {
        env.catalog.field(id).kind == Kind::Memo && self.record().is_some_and(|record| !record.get(id).is_none())
    }

    /// The last line that can stand at the top.
    pub(super) fn text_end(&self, env: &Env) -> usize {
        let (Some(record), Some(id)) = (self.record(), self.reading) else { return 0 };
        let area = draw::text_area(self, record, env);
        lines(record, id, area.width.into(), ALL, env).len().saturating_sub(area.height.into())
    }

    /// How the tab is called.
    pub(super) fn text_label(&self, env: &Env) -> &'static str {
        let Some(id) = self.reading else { return Tab::Text.label() };
        let field = env.catalog.field(id);
        let kind = self.record().and_then(|record| record.activity_kind(env.catalog.registry(self.key.entity)));
        kind.and_then(|kind| label(kind, field.name)).unwrap_or(field.label)
    }

    /// Draws the text from the line at the top on.
    pub(super) fn draw_text(&self, record: &Record, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let Some(id) = self.reading else { return };
        let height = usize::from(area.height);
        let shown = lines(record, id, area.width.into(), self.entry + height + 1, env);
        let shown: Vec<Line<'static>> = shown.into_iter().skip(self.entry).take(height).collect();
        frame.render_widget(Paragraph::new(shown), area);
    }
}
