//! The board: open leads by status reason, then open opportunities by stage. Each lane is a window on a list of any length; what a key
//! does to a card is what it does in a list. Moves no card itself.

mod draw;
mod load;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::model::choice::{OPEN, Set};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::query::{self, Expr, Op, Operand, Query, SortKey};
use crate::service::record::read::ListRow;
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::decide;
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::layer::prompt::Prompt;
use crate::tui::layer::{Flow, Incoming, Layer, Outcome, Purpose};
use crate::tui::view::browse::Browse;
use crate::tui::view::record::RecordView;
use crate::tui::view::spec::EntitySpec;
use crate::tui::widget::window::Window;

/// What a card tells of a lead, and of an opportunity, in the order of its lines; the last is when it came.
const CARD: [(Entity, [&str; 4]); 2] = [
    (Entity::Lead, ["name", "company", "estimated_value", "created_at"]),
    (Entity::Opportunity, ["name", "account", "estimated_value", "created_at"]),
];

/// The fields of a card.
fn card_fields(entity: Entity, env: &Env) -> Vec<FieldId> {
    let registry = env.catalog.registry(entity);
    let names = CARD.iter().find(|(of, _)| *of == entity).map_or(&[] as &[&str], |(_, names)| names);
    names.iter().filter_map(|name| registry.find(name)).collect()
}

/// One lane of the board.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) entity: Entity,
    pub(super) label: String,
    /// What stands in it, without the filter of the board.
    condition: Expr,
    pub(super) query: Query,
    pub(super) window: Window,
    /// What it is worth by currency, in whole units; `None` until that is known.
    pub(super) sums: Option<Vec<(String, i64)>>,
    /// Why the filter of the board says nothing about such records.
    pub(super) mistake: Option<String>,
}

/// The board.
#[derive(Debug)]
pub struct Pipeline {
    pub(super) lanes: Vec<Lane>,
    /// The lane under the cursor.
    pub(super) lane: usize,
    /// Whether the cursor is on the head of the lane, over its cards.
    pub(super) on_head: bool,
    /// The first lane on the screen.
    pub(super) left: usize,
    /// How many cards a lane shows.
    pub(super) height: usize,
    pub(super) filter: String,
    /// A card that was moved: the cursor follows it into its lane.
    followed: Option<RecordId>,
    pub(super) failed: Option<String>,
}

impl Pipeline {
    /// The board without a filter.
    pub fn new(env: &Env) -> Self {
        let choices = &env.catalog.choices;
        let reasons = choices.all(Set::StatusReason).iter().filter(|c| c.state == Some(OPEN) && c.active);
        let leads = reasons.map(|c| (Entity::Lead, "status_reason", c));
        let stages = choices.all(Set::Stage).iter().map(|c| (Entity::Opportunity, "stage", c));
        let lane = |(entity, field, choice): (Entity, &'static str, &crate::model::choice::Choice)| {
            let registry = env.catalog.registry(entity);
            let is = |name, code| Expr::Compare { field: registry.id(name), op: Op::Is, values: vec![Operand::Code(code)] };
            Lane {
                entity,
                label: choice.label.clone(),
                condition: Expr::and([is("status", OPEN), is(field, choice.code)]),
                query: Query { entity, ..Query::default() },
                window: Window::default(),
                sums: None,
                mistake: None,
            }
        };
        let lanes = leads.chain(stages).map(lane).collect();
        let mut board =
            Self { lanes, lane: 0, on_head: false, left: 0, height: 1, filter: String::new(), followed: None, failed: None };
        board.compose(env);
        board
    }

    /// Puts the questions of the lanes together.
    fn compose(&mut self, env: &Env) {
        for lane in &mut self.lanes {
            let sort = SortKey::by(env.catalog.registry(lane.entity).id("modified_at"), true);
            let typed = query::parse(&self.filter, &env.reading_of(lane.entity));
            lane.mistake = typed.as_ref().err().map(ToString::to_string);
            let filter = Expr::and([lane.condition.clone(), typed.map(|typed| typed.filter).unwrap_or_default()]);
            lane.query = Query { entity: lane.entity, filter, sort: vec![sort] };
        }
    }

    fn here(&self) -> Option<&Lane> {
        self.lanes.get(self.lane)
    }

    /// The record of the card under the cursor.
    fn record(&self) -> Option<RecordId> {
        let lane = self.here().filter(|_| !self.is_on_head())?;
        lane.window.current().map(|number| lane.entity.numbered(number))
    }

    /// Whether Enter lists the lane: the cursor is on its head, or there is no card that it could be on.
    pub(super) fn is_on_head(&self) -> bool {
        self.on_head || self.here().is_some_and(|lane| lane.window.is_empty() && lane.window.is_loaded())
    }

    /// One card up; above the first one to the head of the lane.
    fn up(&mut self, cx: &mut Cx<'_>) {
        if self.here().is_some_and(|lane| lane.window.cursor() == 0) {
            self.on_head = true;
        } else {
            self.go(-1, cx);
        }
    }

    fn go(&mut self, cards: isize, cx: &mut Cx<'_>) {
        // from the head the first step down is to the first card
        let cards = if std::mem::take(&mut self.on_head) { cards.saturating_sub(1).max(0) } else { cards };
        if let Some(lane) = self.lanes.get_mut(self.lane) {
            lane.window.move_by(cards);
        }
        self.load_rows(cx);
    }

    /// To the lane on the left or the right.
    fn turn(&mut self, on: bool, cx: &Cx<'_>) {
        let last = self.lanes.len().saturating_sub(1);
        self.lane = if on { (self.lane + 1).min(last) } else { self.lane.saturating_sub(1) };
        self.show(cx.env);
    }

    /// Scrolls sideways so that the lane under the cursor is seen.
    fn show(&mut self, env: &Env) {
        let shown = draw::lanes_on_screen(self, env).max(1);
        self.left = self.left.clamp((self.lane + 1).saturating_sub(shown), self.lane);
    }

    /// The list of exactly what stands in the lane under the cursor.
    fn list(&self, env: &Env) -> Flow {
        let Some(lane) = self.here() else { return Flow::Stay };
        let kind = if lane.entity == Entity::Lead { "Leads" } else { "Opportunities" };
        let narrowed = !self.filter.is_empty() && lane.mistake.is_none();
        let filter = if narrowed { format!(" · {}", self.filter) } else { String::new() };
        let name = format!("{kind} · {}{filter}", lane.label);
        Flow::Push(Box::new(Browse::over(EntitySpec::of(lane.entity), name, &lane.query.filter, env)))
    }

    fn open(&self, cx: &mut Cx<'_>) -> Flow {
        match self.record() {
            None if self.is_on_head() => self.list(cx.env),
            Some(record) => Flow::Push(Box::new(RecordView::open(record, cx))),
            None => Flow::Stay,
        }
    }
}

impl Layer for Pipeline {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Browse]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let page = isize::try_from(self.height.max(1)).unwrap_or(1);
        match action {
            Action::Down | Action::NextRecord => self.go(1, cx),
            Action::Up => self.up(cx),
            Action::PreviousRecord => self.go(-1, cx),
            Action::PageDown => self.go(page, cx),
            Action::PageUp => self.go(-page, cx),
            Action::First => self.go(isize::MIN / 2, cx),
            Action::Last => self.go(isize::MAX / 2, cx),
            Action::Left | Action::Previous => self.turn(false, cx),
            Action::Right | Action::Next => self.turn(true, cx),
            Action::Open => return self.open(cx),
            Action::Filter => {
                let prompt = Prompt::new("/ ", Purpose::BoardFilter, &self.filter);
                return Flow::Push(Box::new(
                    prompt.saying("words, or owner:me value:>10k: what leads and opportunities both have"),
                ));
            }
            Action::Back if !self.filter.is_empty() => {
                self.filter.clear();
                self.restart(cx);
            }
            Action::Back => {
                let keys = cx.env.keymap.all_keys_of(Action::Close, &[Scope::Browse]);
                cx.say(format!("{} quits", keys.first().map_or("q", String::as_str)));
            }
            Action::Close => cx.push(Effect::Quit),
            Action::Mark | Action::MarkRange | Action::MarkAll | Action::Export => return Flow::Pass,
            _ => {
                let Some(lane) = self.here() else { return Flow::Pass };
                let fields = card_fields(lane.entity, cx.env);
                if matches!(action, Action::StepOn | Action::StepBack) {
                    self.followed = self.record();
                }
                let lane = &self.lanes[self.lane];
                // a card that is still being read is known by its number
                let unread = self.record().map(ListRow::unread);
                let row = lane.window.current_row().filter(|_| unread.is_some()).or(unread.as_ref());
                return flow::start(lane.entity, action, self.record().map(Targets::one), row, &fields, cx);
            }
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Entered(Purpose::BoardFilter, text) => {
                text.trim().clone_into(&mut self.filter);
                self.restart(cx);
                if self.lanes.iter().all(|lane| lane.mistake.is_some())
                    && let Some(mistake) = self.here().and_then(|lane| lane.mistake.clone())
                {
                    cx.complain(mistake);
                }
            }
            Outcome::Neighbour(by) => {
                self.go(*by, cx);
                return self.open(cx);
            }
            other => return flow::finish(other, cx),
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        self.take(incoming, cx)
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.go(wheel as isize, cx);
            return Flow::Stay;
        }
        if let Some(lane) = draw::head_at(self, column, row, cx.env) {
            let again = self.lane == lane && self.is_on_head();
            (self.lane, self.on_head) = (lane, true);
            return if again { self.list(cx.env) } else { Flow::Stay };
        }
        let Some((lane, place)) = draw::card_at(self, column, row, cx.env) else { return Flow::Stay };
        let again = self.lane == lane && !self.is_on_head() && self.lanes[lane].window.cursor() == place;
        (self.lane, self.on_head) = (lane, false);
        self.lanes[lane].window.move_to(place);
        if again { self.open(cx) } else { Flow::Stay }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        self.height = draw::cards_on_screen(cx.env);
        self.show(cx.env);
        if self.lanes.iter().any(|lane| lane.window.is_loaded()) {
            self.load_rows(cx);
        } else {
            self.restart(cx);
        }
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.refresh(cx);
    }

    fn label(&self, action: Action) -> Option<&'static str> {
        decide::label(self.here()?.entity, action)
    }

    fn label_here(&self, action: Action, _env: &Env) -> Option<&'static str> {
        if action == Action::Open && self.is_on_head() { Some("list the column") } else { self.label(action) }
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        match action {
            Action::Views | Action::Sort | Action::Columns | Action::Jump | Action::GoTo | Action::Preview => {
                Some("the board has none; the lists do".into())
            }
            Action::Mark | Action::MarkRange | Action::MarkAll | Action::Export => Some("mark in the lists".into()),
            _ => {
                let lane = self.here()?;
                let row = lane.window.current_row().filter(|_| !self.is_on_head());
                flow::why_not(action, self.record().is_some(), row, env)
            }
        }
    }
}
