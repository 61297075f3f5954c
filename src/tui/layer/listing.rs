//! Lists to read or choose from without typing: the records opened last, the messages so far.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::{Flow, Incoming, Layer, Outcome};
use crate::model::clean::{clean, pad};
use crate::model::dates::ago;
use crate::model::entity::{Entity, RecordId, RecordName};
use crate::model::field::FieldId;
use crate::model::rules;
use crate::service::note::find::NoteHit;
use crate::service::record::read::{ListRow, RowsByNumber};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::{Cx, Message, Tone};
use crate::tui::env::Env;
use crate::tui::view::spec::EntitySpec;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::select::{Item, Select};
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// The fields by which a record is recognised in a list of hits; the owner last.
pub fn fields(entity: Entity, env: &Env) -> Vec<FieldId> {
    let (spec, registry) = (EntitySpec::of(entity), env.catalog.registry(entity));
    spec.title.iter().chain(spec.about).chain(&["owner"]).filter_map(|name| registry.find(name)).collect()
}

/// A record in a list of hits: who, where, what; number, owner and what is unusual at the right.
pub fn hit(row: &ListRow, env: &Env) -> Item {
    let (registry, showing) = (env.catalog.registry(row.key.entity), env.showing());
    let shown: Vec<String> = fields(row.key.entity, env)
        .into_iter()
        .zip(&row.values)
        .map(|(id, value)| clean(showing.show(registry.field(id), value, "").trim()).into_owned())
        .collect();
    let (owner, who) = shown.split_last().map_or((None, &[] as &[String]), |(owner, who)| (Some(owner), who));
    let who: Vec<&str> = who.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    let mut tail = vec![row.key.to_string()];
    if let Some(owner) = owner.filter(|owner| !owner.is_empty()) {
        tail.push(owner.clone());
    }
    if row.deleted {
        tail.push("deleted".into());
    } else if !rules::is_open(row.key.entity, row.state) {
        tail.push(rules::state_label(registry, &env.catalog.choices, row.state));
    }
    Item::new(if who.is_empty() { row.key.to_string() } else { who.join(" · ") }).detail(tail.join(" · "))
}

/// A note among the hits: the line with the words, marked; the record, the note and its age at the right.
pub(super) fn note_hit(hit: &NoteHit, env: &Env) -> Item {
    let text = &hit.excerpt.text;
    let marks = (0u32..).zip(text.grapheme_indices(true));
    let marks = marks.filter(|(_, (at, _))| hit.excerpt.marks.iter().any(|mark| mark.contains(at))).map(|(place, _)| place);
    let marks = marks.collect();
    let mut tail = vec![hit.name.clone(), hit.note.about.to_string(), ago(hit.note.created_at, env.now())];
    tail.retain(|part| !part.is_empty());
    if hit.deleted {
        tail.push("deleted".into());
    }
    Item::new(text.clone()).detail(tail.join(" · ")).marks(marks)
}

/// What is listed.
#[derive(Debug)]
enum Content {
    /// Records.
    Recent(Vec<RecordId>),
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
        let record = |name: &String| match RecordName::parse(name) {
            Some(RecordName::Number(id)) if Entity::LISTED.contains(&id.entity) => Some(id),
            _ => None,
        };
        let records: Vec<RecordId> = cx.env.state.recent_of(&cx.env.database).iter().filter_map(record).collect();
        let items = records.iter().map(|record| Item::new(record.to_string())).collect();
        let mut queries = Vec::new();
        for entity in Entity::LISTED {
            let numbers: Vec<i64> = records.iter().filter(|r| r.entity == *entity).map(|r| r.number).collect();
            if !numbers.is_empty() {
                queries.push(RowsByNumber { entity: *entity, numbers, fields: fields(*entity, cx.env) });
            }
        }
        if !queries.is_empty() {
            cx.ask(Slot::Recent, AnyQuery::RowsOf(queries));
        }
        let mut list = Select::new(items);
        // the first is the one that is open; the one before it is what is wanted
        list.go(usize::from(records.len() > 1));
        Self { content: Content::Recent(records), list, drawn: Cell::default() }
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
        let Content::Recent(records) = &mut self.content else { return };
        let here = self.list.current();
        let mut found: Vec<&ListRow> = records.iter().filter_map(|record| rows.iter().find(|row| row.key == *record)).collect();
        found.dedup_by_key(|row| row.key);
        *records = found.iter().map(|row| row.key).collect();
        self.list.replace(found.into_iter().map(|row| hit(row, env)).collect());
        self.list.go(here.unwrap_or(0));
    }

    fn open(&self, cx: &mut Cx<'_>) -> Flow {
        let Some(place) = self.list.current() else { return Flow::Stay };
        match &self.content {
            Content::Recent(records) => records.get(place).map_or(Flow::Stay, |record| Flow::Done(Outcome::OpenRecord(*record))),
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
        let Incoming::Answer { slot: Slot::Recent, result, .. } = incoming else { return Flow::Pass };
        if !matches!(&self.content, Content::Recent(_)) {
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
            Content::Recent(_) => ("Opened last", "no record was opened yet"),
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
