//! The leads behind a line of a trial: whose each is, whose it would be, by which rule and why. Asks only for those that are seen.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::model::clean::{clean, fit, pad, width};
use crate::model::entity::{Entity, RecordId};
use crate::model::number::show_count;
use crate::model::value::Owner;
use crate::service::record::read::RowsByNumber;
use crate::service::rule::Trial;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::listing;
use crate::tui::layer::{Flow, Incoming, Layer};
use crate::tui::theme::Meaning;
use crate::tui::view::record::RecordView;
use crate::tui::widget::popup::{Popup, put};
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// How many rows more than are seen are asked for at once.
const MORE: usize = 60;

/// The list.
#[derive(Debug)]
pub struct TrialLeads {
    trial: Arc<Trial>,
    /// The places of its leads in the trial.
    places: Vec<usize>,
    title: String,
    /// How many would get another owner.
    moves: usize,
    cursor: usize,
    /// What the leads are called, by number, as far as they were seen.
    names: HashMap<i64, String>,
    drawn: Cell<Rect>,
}

impl TrialLeads {
    pub(super) fn new(trial: Arc<Trial>, places: Vec<usize>, title: String, cx: &mut Cx<'_>) -> Self {
        let moves = places.iter().filter(|place| trial.rows[**place].moves()).count();
        let list = Self { trial, places, title, moves, cursor: 0, names: HashMap::new(), drawn: Cell::default() };
        list.load(cx);
        list
    }

    fn height(&self) -> usize {
        usize::from(self.drawn.get().height).max(20)
    }

    fn top(&self, height: usize) -> usize {
        self.cursor.saturating_sub(height / 2).min(self.places.len().saturating_sub(height))
    }

    /// Asks for the names that the screen lacks.
    fn load(&self, cx: &mut Cx<'_>) {
        let top = self.top(self.height());
        let seen = self.places.iter().skip(top).take(self.height()).map(|place| self.trial.rows[*place].lead);
        if seen.clone().all(|lead| self.names.contains_key(&lead)) {
            return;
        }
        let from = top.saturating_sub(MORE / 2);
        let wanted = self.places.iter().skip(from).take(self.height() + MORE).map(|place| self.trial.rows[*place].lead);
        let numbers: Vec<i64> = wanted.filter(|lead| !self.names.contains_key(lead)).collect();
        let fields = listing::fields(Entity::Lead, cx.env);
        cx.ask(Slot::TrialRows, AnyQuery::Rows(RowsByNumber { entity: Entity::Lead, numbers, fields }));
    }

    fn go(&mut self, place: usize, cx: &mut Cx<'_>) {
        self.cursor = place.min(self.places.len().saturating_sub(1));
        self.load(cx);
    }

    fn line(&self, place: usize, columns: usize, env: &Env) -> String {
        let Some(row) = self.places.get(place).map(|at| &self.trial.rows[*at]) else { return String::new() };
        let people = &env.catalog.people;
        let name = |code: i64| Owner::of_code(code).map_or_else(|| "nobody".to_owned(), |owner| people.show(owner));
        let owners = if row.moves() {
            format!("{} → {}", name(row.now), name(row.would))
        } else {
            format!("stays with {}", name(row.now))
        };
        let rule = row.rule.and_then(|(rule, part)| Some((self.trial.rules.get(rule)?, part)));
        let why = match rule {
            None => "no rule matches".to_owned(),
            Some((rule, part)) => {
                let part = rule.parts.get(part).map_or_else(String::new, |part| format!(" ({part})"));
                format!("{}{part} · {}", rule.name, row.why.words(people))
            }
        };
        let who = self.names.get(&row.lead).map_or("…", String::as_str);
        let (number, owners) = (pad(&format!("L-{}", row.lead), 9), clean(&owners).into_owned());
        let (first, second) = (columns.saturating_sub(10) * 3 / 10, 24.min(columns / 4).max(width(&owners).min(columns / 3)));
        let text =
            format!("{number}{} {} {}", pad(&fit(&clean(who), first), first), pad(&fit(&owners, second), second), clean(&why));
        pad(&fit(&text, columns), columns)
    }
}

impl Layer for TrialLeads {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Trial]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let page = usize::from(self.drawn.get().height.max(2) - 1);
        match action {
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            Action::Down => self.go(self.cursor + 1, cx),
            Action::Up => self.go(self.cursor.saturating_sub(1), cx),
            Action::PageDown => self.go(self.cursor + page, cx),
            Action::PageUp => self.go(self.cursor.saturating_sub(page), cx),
            Action::First => self.go(0, cx),
            Action::Last => self.go(usize::MAX, cx),
            Action::Open => {
                if let Some(place) = self.places.get(self.cursor) {
                    let lead = RecordId::lead(self.trial.rows[*place].lead);
                    return Flow::Push(Box::new(RecordView::open(lead, cx)));
                }
            }
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        if let Incoming::Answer { slot: Slot::TrialRows, result: Ok(Answer::Rows(rows)), .. } = incoming {
            for row in rows {
                self.names.insert(row.key.number, listing::hit(row, cx.env).text);
            }
        }
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        let area = self.drawn.get();
        if wheel != 0 {
            self.go(self.cursor.saturating_add_signed(wheel as isize * 3), cx);
        } else if area.contains((column, row).into()) {
            let place = self.top(usize::from(area.height)) + usize::from(row - area.y);
            if place == self.cursor {
                return self.act(Action::Open, cx);
            }
            self.go(place, cx);
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let count = |n: usize| show_count(i64::try_from(n).unwrap_or(i64::MAX), &env.locale);
        let remark = format!("{} leads · {} would get another owner", count(self.places.len()), count(self.moves));
        let inner = Popup::whole(area).draw(frame, &env.theme, &self.title, &remark);
        self.drawn.set(inner);
        if self.places.is_empty() {
            return put(frame, inner.x, inner.y, "none", inner, env.theme.style(Meaning::Dim));
        }
        let top = self.top(usize::from(inner.height));
        for (y, place) in (inner.y..inner.bottom()).zip(top..self.places.len()) {
            let style = if place == self.cursor { env.theme.style(Meaning::Cursor) } else { ratatui::style::Style::new() };
            put(frame, inner.x, y, &self.line(place, usize::from(inner.width), env), inner, style);
        }
    }

    fn covers(&self) -> bool {
        true
    }

    fn label(&self, action: Action) -> Option<&'static str> {
        (action == Action::Open).then_some("open")
    }

    fn unavailable(&self, action: Action, _: &Env) -> Option<String> {
        match action {
            Action::Filter => Some("one level up the leads are chosen".into()),
            Action::Save | Action::Route => Some("one level up all of them are routed".into()),
            _ => None,
        }
    }
}
