//! What the list screen asks for and does with the answers: first rows, the order of all, the rows on the screen, the preview.

use super::{Browse, Counting};
use crate::query::{Expr, Query};
use crate::service::record::read::{CountRecords, GetRecord, ListNumbers, ListPage, RowsByNumber};
use crate::tui::desk::Cx;
use crate::tui::layer::{Flow, Incoming};
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::Reply;

/// How long the cursor rests before the preview follows, in µs.
pub(super) const PREVIEW_REST: i64 = 40_000;

/// How many entries of a timeline the preview asks for.
const PREVIEW_ENTRIES: i64 = 40;

impl Browse {
    /// Asks for another list: the first rows at once, the order of all behind.
    pub fn restart(&mut self, cx: &mut Cx<'_>) {
        self.compose(cx.env);
        self.window.restart();
        self.awaits_rows = true;
        self.awaits_made = false;
        self.elsewhere = None;
        self.late = None;
        self.failed = None;
        let limit = self.height.max(50) * 2;
        let page = ListPage { filter: self.query.clone(), limit, fields: self.fields() };
        cx.ask(Slot::Page, AnyQuery::Page(page));
        cx.ask(Slot::Numbers, AnyQuery::Numbers(ListNumbers { filter: self.query.clone() }));
        self.touch(cx);
    }

    /// Asks for the same list again, because something was written: the cursor stays on its lead.
    pub fn refresh(&mut self, cx: &mut Cx<'_>) {
        if !self.window.is_loaded() || self.window.is_empty() || self.awaits_rows {
            return self.restart(cx);
        }
        self.compose(cx.env);
        match self.made.take() {
            Some(made) => {
                self.window.come_to(made);
                self.awaits_made = true;
            }
            None => self.window.hold(),
        }
        let numbers = self.window.on_screen(self.height);
        cx.ask(Slot::Rows, AnyQuery::Rows(RowsByNumber { entity: self.spec.entity, numbers, fields: self.fields() }));
        cx.ask(Slot::Numbers, AnyQuery::Numbers(ListNumbers { filter: self.query.clone() }));
        self.preview.asked = None;
        self.touch(cx);
    }

    /// The cursor moved, or what it is on changed: the preview follows once it rests.
    pub(super) fn touch(&mut self, cx: &Cx<'_>) {
        self.moved_at = cx.env.now().max(1);
    }

    /// Asks for the rows that the screen lacks.
    pub fn load_rows(&mut self, cx: &mut Cx<'_>) {
        self.window.scroll_to(self.height);
        let numbers = self.window.missing(self.height);
        if !numbers.is_empty() {
            cx.ask(Slot::Rows, AnyQuery::Rows(RowsByNumber { entity: self.spec.entity, numbers, fields: self.fields() }));
        }
    }

    /// Asks for the preview of the lead under a cursor that rests.
    pub fn follow(&mut self, cx: &mut Cx<'_>) {
        if self.moved_at == 0 || cx.env.now() < self.moved_at + PREVIEW_REST {
            return;
        }
        self.moved_at = 0;
        if !self.shows_preview(cx.env.size.0) {
            return;
        }
        match self.window.current() {
            Some(number) if self.preview.asked != Some(number) => {
                self.preview.asked = Some(number);
                self.preview.scroll = 0;
                cx.ask(
                    Slot::Preview,
                    AnyQuery::Record(GetRecord { record: self.spec.entity.numbered(number), entries: PREVIEW_ENTRIES }),
                );
            }
            Some(_) => {}
            None => self.preview.detail = None,
        }
    }

    /// Whether there is a preview on a terminal of this width.
    pub(super) fn shows_preview(&self, width: u16) -> bool {
        if width >= super::draw::WIDE { !self.preview.hidden } else { self.preview.below && width >= super::draw::NARROW }
    }

    /// Takes what is its own of what came back.
    pub(super) fn take(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot, serial, result } => match result {
                Ok(answer) => self.answered(*slot, *serial, answer, cx),
                Err(error) => {
                    self.awaits_rows &= *slot != Slot::Page;
                    self.awaits_made &= *slot != Slot::Numbers;
                    if matches!(slot, Slot::Page | Slot::Numbers | Slot::Rows) {
                        self.failed = Some(error.headline());
                        cx.complain(error.to_string());
                    }
                }
            },
            Incoming::Written { ticket, result: Ok(done) } if self.saving == Some(*ticket) => {
                self.saving = None;
                self.saved_view(&done.reply, cx);
            }
            Incoming::Written { result: Ok(done), .. } if done.step.is_some() || done.reply == Reply::Scored(true) => {
                let worked_on: Vec<i64> =
                    cx.desk.worked_on().iter().filter(|r| r.entity == self.spec.entity).map(|r| r.number).collect();
                if cx.desk.keeps_places() {
                    self.window.keep(&worked_on, self.height);
                }
                self.acted_on = worked_on;
                self.refresh(cx);
            }
            _ => {}
        }
        Flow::Pass
    }

    fn answered(&mut self, slot: Slot, serial: u64, answer: &Answer, cx: &mut Cx<'_>) {
        match (slot, answer) {
            // of a list that was left meanwhile
            (Slot::Page | Slot::Rows, Answer::Rows(rows))
                if rows.first().is_some_and(|row| row.key.entity != self.spec.entity) => {}
            (Slot::Preview, Answer::Record(detail)) if detail.record.key.entity != self.spec.entity => {}
            (Slot::Page, Answer::Rows(rows)) => {
                self.awaits_rows = false;
                self.failed = None;
                // The order of all may have come first; it knows more.
                if self.window.count().is_none() || self.window.is_empty() || self.window.cursor() == 0 {
                    self.window.put_first(rows.clone());
                }
                if rows.is_empty() {
                    self.look_elsewhere(cx);
                }
                self.touch(cx);
            }
            (Slot::Numbers, Answer::Numbers(numbers)) => {
                self.failed = None;
                self.awaits_made = false;
                self.count_late(cx);
                self.marks.forget_gone(&std::mem::take(&mut self.acted_on), numbers);
                self.window.put_numbers(numbers.clone());
                self.load_rows(cx);
                if numbers.is_empty() {
                    self.look_elsewhere(cx);
                } else {
                    self.total = self.total.filter(|total| *total > 0);
                }
                self.touch(cx);
            }
            (Slot::Rows, Answer::Rows(rows)) => self.window.put_rows(rows.clone()),
            (Slot::Preview, Answer::Record(detail)) => {
                self.preview.detail = Some(detail.clone());
            }
            (Slot::Seek, Answer::Place(place)) => {
                self.window.move_to(*place);
                self.load_rows(cx);
                self.touch(cx);
            }
            (Slot::Late, Answer::Count(count, _)) if self.late_asked == serial => self.late = Some(*count),
            (Slot::Elsewhere, Answer::Count(count, _)) => match self.counting {
                Counting::Elsewhere(asked) if asked == serial => {
                    self.elsewhere = Some(*count);
                    if *count == 0 {
                        self.count_all(cx);
                    }
                }
                Counting::Total(asked) if asked == serial => self.total = Some(*count),
                _ => {}
            },
            _ => {}
        }
    }

    /// How many of the list are late? Asked when its order is here: nothing waits for it.
    fn count_late(&mut self, cx: &mut Cx<'_>) {
        let reading = cx.env.reading_of(self.spec.entity);
        let Ok(late) = crate::query::parse("is:late", &reading) else { return };
        let filter = Expr::and([self.query.filter.clone(), late.filter]);
        let filter = Query { entity: self.spec.entity, filter, sort: Vec::new() };
        self.late_asked = cx.ask(Slot::Late, AnyQuery::Count(CountRecords { filter }));
    }

    /// Nothing matches here: how many match in all leads?
    fn look_elsewhere(&mut self, cx: &mut Cx<'_>) {
        let filter = Query { entity: self.spec.entity, filter: self.bar.query.filter.clone(), sort: Vec::new() };
        if filter.filter == Expr::All {
            return self.count_all(cx);
        }
        self.counting = Counting::Elsewhere(cx.ask(Slot::Elsewhere, AnyQuery::Count(CountRecords { filter })));
    }

    fn count_all(&mut self, cx: &mut Cx<'_>) {
        let all = CountRecords { filter: Query { entity: self.spec.entity, ..Query::default() } };
        self.counting = Counting::Total(cx.ask(Slot::Elsewhere, AnyQuery::Count(all)));
    }
}
