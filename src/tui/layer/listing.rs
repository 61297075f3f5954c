//! Lists to read or open from: the records opened last, the messages so far. Holds no record.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::{Flow, Incoming, Layer, Outcome};
use crate::model::dates::{ago, show_instant};
use crate::model::entity::RecordName;
use crate::model::value::Value;
use crate::service::lead::read::{ListRow, RowsByNumber};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::{Cx, Message};
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::select::{Item, Select};
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// A list in a box.
#[derive(Debug)]
pub struct Listing {
    title: &'static str,
    empty: &'static str,
    list: Select,
    /// The leads behind the rows; none for messages.
    leads: Vec<i64>,
    drawn: Cell<Rect>,
}

impl Listing {
    fn new(title: &'static str, empty: &'static str, items: Vec<Item>, leads: Vec<i64>) -> Self {
        Self { title, empty, list: Select::new(items), leads, drawn: Cell::default() }
    }

    /// The leads opened last; their names are asked for.
    pub fn recent(cx: &mut Cx<'_>) -> Self {
        let leads: Vec<i64> = cx
            .env
            .state
            .recent_of(&cx.env.database)
            .iter()
            .filter_map(|name| match RecordName::parse(name) {
                Some(RecordName::Number(id)) => Some(id.number),
                _ => None,
            })
            .collect();
        let registry = &cx.env.catalog.lead;
        let fields = ["name", "company", "topic", "modified_at"].map(|name| registry.id(name)).to_vec();
        cx.ask(Slot::Recent, AnyQuery::Rows(RowsByNumber { numbers: leads.clone(), fields }));
        let items = leads.iter().map(|n| Item::new(format!("L-{n}"))).collect();
        Self::new("Opened last", "nothing was opened yet", items, leads)
    }

    /// The messages so far, newest first.
    pub fn messages(messages: Vec<Message>, env: &Env) -> Self {
        let items =
            messages.iter().rev().map(|m| Item::new(m.text.as_str()).detail(show_instant(m.at, env.zone))).collect();
        Self::new("Messages", "no messages yet", items, Vec::new())
    }

    fn named(&mut self, rows: &[ListRow], env: &Env) {
        self.leads = rows.iter().map(|row| row.number).collect();
        let text = |row: &ListRow, at: usize| row.values.get(at).map(Value::as_text).unwrap_or_default().to_owned();
        let items = rows
            .iter()
            .map(|row| {
                let words: Vec<String> = (0..3).map(|at| text(row, at)).filter(|t| !t.is_empty()).collect();
                let changed = row.values.get(3).and_then(Value::as_int).map_or_else(String::new, |at| ago(at, env.now()));
                Item::new(words.join(" · ")).detail(format!("L-{} · {changed}", row.number))
            })
            .collect();
        self.list.replace(items);
    }

    fn open(&self) -> Flow {
        match self.list.current().and_then(|place| self.leads.get(place)) {
            Some(lead) => Flow::Done(Outcome::OpenLead(*lead)),
            None => Flow::Close,
        }
    }
}

impl Layer for Listing {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Listing]
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => self.open(),
            Action::Back | Action::Close | Action::Cancel => Flow::Close,
            other if self.list.act(other, self.drawn.get().height) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        if let Incoming::Answer { slot: Slot::Recent, result: Ok(Answer::Rows(rows)), .. } = incoming {
            self.named(rows, cx.env);
        }
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel);
        } else if self.drawn.get().contains(Position { x: column, y: row }) {
            let before = self.list.current();
            let area = self.drawn.get();
            if self.list.click(column, row, area) && before == self.list.current() {
                return self.open();
            }
        } else {
            return Flow::Close;
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let popup = Popup::centred(area, self.list.width().max(40), self.list.height().max(1));
        let inner = popup.draw(frame, &env.theme, self.title, &self.list.counts());
        self.drawn.set(inner);
        self.list.draw(frame, inner, &env.theme, self.empty);
    }
}
