//! Find anywhere: leads of any state and owner by the words typed, digits at the end of phone numbers too. Opens what is chosen.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Flow, Incoming, Layer, Outcome};
use crate::model::choice::{OPEN, Set};
use crate::model::clean::width;
use crate::model::value::Value;
use crate::query;
use crate::service::lead::read::{ListPage, ListRow};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::popup::{Popup, put};
use crate::tui::widget::select::{Item, Select};
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// The most hits that are shown.
const HITS: usize = 50;
/// The fields of a hit.
const FIELDS: [&str; 5] = ["name", "company", "topic", "phone", "email"];

/// The finder.
#[derive(Debug)]
pub struct Find {
    input: Input,
    list: Select,
    leads: Vec<i64>,
    asked: bool,
    drawn: Cell<Rect>,
}

impl Find {
    /// An empty finder.
    pub fn new(_: &mut Cx<'_>) -> Self {
        Self { input: Input::default(), list: Select::default(), leads: Vec::new(), asked: false, drawn: Cell::default() }
    }

    /// Asks for what matches; the words only, so that nothing typed is a mistake.
    fn search(&mut self, cx: &mut Cx<'_>) {
        let text = self.input.text().trim();
        if text.is_empty() {
            self.list = Select::default();
            self.leads.clear();
            self.asked = false;
            return;
        }
        let words: Vec<String> = text.split_whitespace().map(query::quote).collect();
        let Ok(filter) = query::parse(&words.join(" "), &cx.env.reading()) else { return };
        let registry = &cx.env.catalog.lead;
        let fields = FIELDS.map(|name| registry.id(name)).to_vec();
        cx.ask(Slot::Find, AnyQuery::Page(ListPage { filter, limit: HITS, fields }));
        self.asked = true;
    }

    fn found(&mut self, rows: &[ListRow], env: &Env) {
        self.leads = rows.iter().map(|row| row.number).collect();
        let items = rows
            .iter()
            .map(|row| {
                let texts: Vec<&str> = row.values.iter().map(Value::as_text).filter(|t| !t.is_empty()).collect();
                let state = if row.state == OPEN { String::new() } else { env.catalog.choices.label(Set::State, row.state) };
                let detail = [state, format!("L-{}", row.number)].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>();
                Item::new(texts.join(" · ")).detail(detail.join(" · ")).group("Leads")
            })
            .collect();
        self.list = Select::new(items);
    }

    fn open(&self) -> Flow {
        match self.list.current().and_then(|place| self.leads.get(place)) {
            Some(lead) => Flow::Done(Outcome::OpenLead(*lead)),
            None if self.input.text().trim().is_empty() => Flow::Close,
            None => Flow::Done(Outcome::QuickAdd(self.input.text().trim().to_owned())),
        }
    }
}

impl Layer for Find {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Find]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => return self.open(),
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            other if self.list.act(other, self.drawn.get().height) => {}
            other => {
                let before = self.input.text().to_owned();
                if !self.input.act(other) {
                    return Flow::Pass;
                }
                if before != self.input.text() {
                    self.search(cx);
                }
            }
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        self.input.insert(text);
        self.search(cx);
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        if let Incoming::Answer { slot: Slot::Find, result, .. } = incoming {
            match result {
                Ok(Answer::Rows(rows)) => self.found(rows, cx.env),
                Ok(_) => {}
                Err(error) => cx.complain(error.to_string()),
            }
        }
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel);
        } else if self.drawn.get().contains(Position { x: column, y: row }) {
            let area = self.drawn.get();
            if self.list.click(column, row, area) {
                return self.open();
            }
        } else {
            return Flow::Close;
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let rows = area.height.saturating_sub(6).min(24);
        let popup = Popup::centred(area, area.width.saturating_sub(6).min(110), rows);
        let inner = popup.draw(frame, &env.theme, "Find anywhere", &self.list.counts());
        if inner.is_empty() {
            return;
        }
        let label = " find ";
        let wide = u16::try_from(width(label)).unwrap_or(0).min(inner.width);
        put(frame, inner.x, inner.y, label, inner, env.theme.style(Meaning::Prompt));
        let field = Rect { x: inner.x + wide, width: inner.width - wide, height: 1, ..inner };
        self.input.draw(frame, field, Style::default(), true);
        let below = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
        self.drawn.set(below);
        let empty = if self.asked { "nothing matches: Enter starts a lead with it" } else { "name, company, topic, e-mail, phone digits" };
        self.list.draw(frame, below, &env.theme, empty);
    }
}
