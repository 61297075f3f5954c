//! Lists to read or choose from without typing: the records opened last, the messages so far.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Flow, Incoming, Layer, Outcome};
use crate::model::choice::{OPEN, Set};
use crate::model::clean::{clean, pad};
use crate::model::dates::ago;
use crate::model::entity::{Entity, RecordName};
use crate::model::field::FieldId;
use crate::service::lead::read::{ListRow, RowsByNumber};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::{Cx, Message, Tone};
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::select::{Item, Select};
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// The fields by which a lead is recognised in a list of hits.
pub(super) const FIELDS: [&str; 5] = ["name", "company", "topic", "status", "owner"];

/// The fields of [`FIELDS`].
pub(super) fn fields(env: &Env) -> Vec<FieldId> {
    FIELDS.iter().map(|name| env.catalog.lead.id(name)).collect()
}

/// A lead in a list of hits: who, where, what; number, owner and what is unusual at the right.
pub(super) fn hit(row: &ListRow, env: &Env) -> Item {
    let registry = &env.catalog.lead;
    let showing = env.showing();
    let shown: Vec<String> = FIELDS
        .iter()
        .zip(&row.values)
        .map(|(name, value)| clean(showing.show(registry.field(registry.id(name)), value, "").trim()).into_owned())
        .collect();
    let who: Vec<&str> = shown.iter().take(3).map(String::as_str).filter(|text| !text.is_empty()).collect();
    let mut tail = vec![format!("L-{}", row.number)];
    if let Some(owner) = shown.get(4).filter(|owner| !owner.is_empty()) {
        tail.push(owner.clone());
    }
    if row.deleted {
        tail.push("deleted".into());
    } else if row.state != OPEN {
        tail.push(env.catalog.choices.label(Set::State, row.state).to_lowercase());
    }
    Item::new(if who.is_empty() { format!("L-{}", row.number) } else { who.join(" · ") }).detail(tail.join(" · "))
}

/// What is listed.
#[derive(Debug)]
enum Content {
    /// Leads, by number, and the question for their rows.
    Recent { numbers: Vec<i64>, serial: u64 },
    /// Messages, newest first, in full.
    Messages(Vec<String>),
}

/// A list over a screen.
#[derive(Debug)]
pub struct Listing {
    content: Content,
    list: Select,
    drawn: Cell<Rect>,
}

impl Listing {
    /// The records opened last, newest first.
    pub fn recent(cx: &mut Cx<'_>) -> Self {
        let lead = |name: &String| match RecordName::parse(name) {
            Some(RecordName::Number(id)) if id.entity == Entity::Lead => Some(id.number),
            _ => None,
        };
        let numbers: Vec<i64> = cx.env.state.recent_of(&cx.env.database).iter().filter_map(lead).collect();
        let items = numbers.iter().map(|number| Item::new(format!("L-{number}"))).collect();
        let serial = match numbers.is_empty() {
            true => 0,
            false => {
                let query = RowsByNumber { numbers: numbers.clone(), fields: fields(cx.env) };
                cx.ask(Slot::Recent, AnyQuery::Rows(query))
            }
        };
        let mut list = Select::new(items);
        // the first is the one that is open; the one before it is what is wanted
        list.go(usize::from(numbers.len() > 1));
        Self { content: Content::Recent { numbers, serial }, list, drawn: Cell::default() }
    }

    /// The messages so far, newest first.
    pub fn messages(messages: Vec<Message>, env: &Env) -> Self {
        let item = |message: &Message| {
            let sign = if message.tone == Tone::Error { "!" } else { " " };
            Item::new(format!("{} {sign} {}", pad(&ago(message.at, env.now()), 7), clean(&message.text)))
        };
        let list = Select::new(messages.iter().rev().map(item).collect());
        let texts = messages.into_iter().rev().map(|message| message.text).collect();
        Self { content: Content::Messages(texts), list, drawn: Cell::default() }
    }

    fn arrived(&mut self, rows: &[ListRow], env: &Env) {
        let Content::Recent { numbers, .. } = &mut self.content else { return };
        let here = self.list.current();
        *numbers = rows.iter().map(|row| row.number).collect();
        self.list.replace(rows.iter().map(|row| hit(row, env)).collect());
        self.list.go(here.unwrap_or(0));
    }

    fn open(&self, cx: &mut Cx<'_>) -> Flow {
        let Some(place) = self.list.current() else { return Flow::Stay };
        match &self.content {
            Content::Recent { numbers, .. } => {
                numbers.get(place).map_or(Flow::Stay, |number| Flow::Done(Outcome::OpenLead(*number)))
            }
            Content::Messages(texts) => {
                if let Some(text) = texts.get(place) {
                    cx.say(text.clone());
                }
                Flow::Close
            }
        }
    }
}

impl Layer for Listing {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Listing]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => self.open(cx),
            Action::Back | Action::Close | Action::Cancel => Flow::Close,
            other if self.list.act(other, self.drawn.get().height) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        let Incoming::Answer { slot: Slot::Recent, serial, result } = incoming else { return Flow::Pass };
        if !matches!(&self.content, Content::Recent { serial: asked, .. } if asked == serial) {
            return Flow::Pass;
        }
        match result {
            Ok(Answer::Rows(rows)) => self.arrived(rows, cx.env),
            Ok(_) => {}
            Err(error) => cx.complain(error.to_string()),
        }
        Flow::Stay
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel);
            return Flow::Stay;
        }
        let before = self.list.current();
        if self.list.click(column, row, self.drawn.get()) && before == self.list.current() {
            return self.open(cx);
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let (title, empty) = match self.content {
            Content::Recent { .. } => ("Opened last", "no record was opened yet"),
            Content::Messages(_) => ("Messages, newest first", "no message so far"),
        };
        let popup = Popup::centred(area, 92, self.list.height().max(1));
        let inner = popup.draw(frame, &env.theme, title, &self.list.counts());
        self.drawn.set(inner);
        self.list.draw(frame, inner, &env.theme, empty);
    }
}

#[cfg(test)]
mod tests;
