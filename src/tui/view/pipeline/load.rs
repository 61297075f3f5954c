//! What the board asks for and does with the answers: first cards, the order of each lane, what it is worth.

use super::{Pipeline, card_fields};
use crate::service::record::advance::Advanced;
use crate::service::record::read::{ListNumbers, ListPage, RowsByNumber, SumValues};
use crate::tui::desk::Cx;
use crate::tui::layer::{Flow, Incoming};
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::Reply;

/// The place of a lane in a slot.
fn slot(place: usize) -> u8 {
    u8::try_from(place).unwrap_or(u8::MAX)
}

impl Pipeline {
    /// Asks for other lanes: the first cards at once, the order and the worth behind.
    pub(super) fn restart(&mut self, cx: &mut Cx<'_>) {
        self.compose(cx.env);
        self.failed = None;
        let limit = self.height.max(10) * 2;
        for (place, lane) in self.lanes.iter_mut().enumerate() {
            lane.window.restart();
            lane.sums = None;
            let page = ListPage { filter: lane.query.clone(), limit, fields: card_fields(lane.entity, cx.env) };
            cx.ask(Slot::Lane(slot(place)), AnyQuery::Page(page));
        }
        self.ask_all(cx);
    }

    /// Asks for the same lanes again, because something was written: the cursors stay on their cards.
    pub(super) fn refresh(&mut self, cx: &mut Cx<'_>) {
        if !self.lanes.iter().all(|lane| lane.window.is_loaded()) {
            return self.restart(cx);
        }
        for (place, lane) in self.lanes.iter_mut().enumerate() {
            lane.window.hold();
            let (entity, numbers) = (lane.entity, lane.window.on_screen(self.height));
            let rows = RowsByNumber { entity, numbers, fields: card_fields(entity, cx.env) };
            cx.ask(Slot::Lane(slot(place)), AnyQuery::Rows(rows));
        }
        self.ask_all(cx);
    }

    fn ask_all(&self, cx: &mut Cx<'_>) {
        for (place, lane) in self.lanes.iter().enumerate() {
            cx.ask(Slot::LaneNumbers(slot(place)), AnyQuery::Numbers(ListNumbers { filter: lane.query.clone() }));
        }
        for (place, lane) in self.lanes.iter().enumerate() {
            cx.ask(Slot::LaneSums(slot(place)), AnyQuery::Sums(SumValues { filter: lane.query.clone() }));
        }
    }

    /// Asks for the cards that the screen lacks.
    pub(super) fn load_rows(&mut self, cx: &mut Cx<'_>) {
        for place in 0..self.lanes.len() {
            self.load_lane(place, cx);
        }
    }

    fn load_lane(&mut self, place: usize, cx: &mut Cx<'_>) {
        let height = self.height;
        let Some(lane) = self.lanes.get_mut(place) else { return };
        lane.window.scroll_to(height);
        let numbers = lane.window.missing(height);
        if !numbers.is_empty() {
            let rows = RowsByNumber { entity: lane.entity, numbers, fields: card_fields(lane.entity, cx.env) };
            cx.ask(Slot::Lane(slot(place)), AnyQuery::Rows(rows));
        }
    }

    /// Takes what is its own of what came back.
    pub(super) fn take(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot, result, .. } => match (slot, result) {
                (Slot::Lane(place) | Slot::LaneNumbers(place) | Slot::LaneSums(place), Ok(answer)) => {
                    self.answered(usize::from(*place), answer, cx);
                }
                (Slot::Lane(_) | Slot::LaneNumbers(_) | Slot::LaneSums(_), Err(error)) => {
                    self.failed = Some(error.headline());
                    cx.complain(error.to_string());
                }
                _ => {}
            },
            Incoming::Written { result: Ok(done), .. } => {
                if matches!(done.reply, Reply::Advanced(Advanced::Qualify(_) | Advanced::Close(_))) {
                    self.followed = None;
                }
                if done.step.is_some() {
                    self.refresh(cx);
                }
            }
            Incoming::Written { .. } => self.followed = None,
            _ => {}
        }
        Flow::Pass
    }

    fn answered(&mut self, place: usize, answer: &Answer, cx: &mut Cx<'_>) {
        let followed = self.followed;
        let Some(lane) = self.lanes.get_mut(place) else { return };
        match answer {
            Answer::Rows(rows) if lane.window.is_loaded() && lane.window.count().is_some() => lane.window.put_rows(rows.clone()),
            Answer::Rows(rows) => lane.window.put_first(rows.clone()),
            Answer::Numbers(numbers) => {
                lane.window.put_numbers(numbers.clone());
                let moved = followed.filter(|record| record.entity == lane.entity);
                if let Some(there) = moved.and_then(|record| numbers.iter().position(|number| *number == record.number)) {
                    lane.window.move_to(there);
                    (self.lane, self.on_head) = (place, false);
                    self.followed = None;
                    self.show(cx.env);
                }
                self.load_lane(place, cx);
            }
            Answer::Sums(sums) => lane.sums = Some(sums.clone()),
            _ => {}
        }
    }
}
