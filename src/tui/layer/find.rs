//! Find anywhere: records of any state and owner by words or the digits of a phone, as one types; of all kinds, or of one to be
//! chosen. Finds nothing itself.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::listing::{fields, hit, note_hit};
use super::menu::{Did, Menu, Pointed, Words};
use super::picker::{Item, Picker, of};
use super::{Flow, Incoming, Layer, Outcome, Pick, Purpose};
use crate::error::Result;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::name;
use crate::model::value::Value;
use crate::query::{Expr, Query, search_words};
use crate::service::act::Done;
use crate::service::note::find::{FindNotes, NoteHit};
use crate::service::record::create::CreateRecord;
use crate::service::record::read::{ListPage, ListRow};
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::{AnyAct, Reply};

/// The most hits that are shown; who has more types another word.
const MOST: usize = 50;

/// What can be made of what was typed where nothing that it could be tied to is found.
const MADE_TO_LINK: &[Entity] = &[Entity::Contact, Entity::Account, Entity::Product, Entity::Competitor];

/// What a record is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sought {
    /// To be opened, of any kind.
    #[default]
    Open,
    /// To stand for the account or the contact of a lead that is qualified.
    Customer(Entity),
    /// To be what a field of some records refers to.
    Field(FieldId, Entity, Targets),
    /// To be tied to this record, of any kind.
    Link(RecordId),
    /// To be merged with this record, of the same kind.
    Merge(RecordId),
}

impl Sought {
    /// The only kind that is looked for, if it is one.
    const fn only(&self) -> Option<Entity> {
        match self {
            Self::Customer(entity) | Self::Field(_, entity, _) => Some(*entity),
            Self::Merge(record) => Some(record.entity),
            Self::Open | Self::Link(_) => None,
        }
    }

    /// The kinds that are looked through, what is most likely meant first: a sale is tied to products and to who else sells, a lead to
    /// customers.
    fn kinds(&self) -> Vec<Entity> {
        let first: &[Entity] = match self {
            Self::Link(record) if record.entity == Entity::Opportunity => &[Entity::Product, Entity::Competitor, Entity::Contact],
            Self::Link(_) => &[Entity::Contact, Entity::Account, Entity::Product, Entity::Competitor],
            _ => &[],
        };
        let rest = Entity::LISTED.iter().filter(|entity| !first.contains(entity) && **entity != Entity::Template);
        first.iter().chain(rest).copied().filter(|entity| self.only().is_none_or(|only| only == *entity)).collect()
    }

    /// The kind that is made of what was typed when nothing matches. A lead in its own right is begun by its own line.
    fn makes(&self) -> Option<Entity> {
        if matches!(self, Self::Merge(_)) {
            return None;
        }
        self.only().filter(|entity| matches!(entity, Entity::Account | Entity::Contact))
    }

    fn title(&self, env: &Env) -> String {
        match self {
            Self::Open => "Find anywhere".to_owned(),
            Self::Customer(entity) => format!("Another {}", entity.name()),
            Self::Field(field, _, targets) => format!("{}{}", env.catalog.field(*field).label, of(targets)),
            Self::Link(record) => format!("Link {record} to"),
            Self::Merge(record) => format!("Merge {record} with"),
        }
    }
}

/// The finder.
#[derive(Debug, Default)]
pub struct Find {
    menu: Menu,
    sought: Sought,
    hits: Vec<RecordId>,
    /// The question whose answer is awaited.
    asked: Option<u64>,
    /// Enter was pressed before the answer to what is typed was there.
    entered: bool,
    /// The ticket and the kind of the record that is made of what was typed.
    making: Option<(u64, Entity)>,
}

impl Find {
    /// An empty line.
    pub fn new(_: &mut Cx<'_>) -> Self {
        Self::default()
    }

    /// Looks for a record that is handed to what lies below.
    pub fn sought(sought: Sought) -> Self {
        Self { sought, ..Self::default() }
    }

    /// The same with what was typed already.
    pub fn beginning(sought: Sought, text: &str, cx: &mut Cx<'_>) -> Self {
        let mut find = Self::sought(sought);
        find.menu.input.insert(text);
        find.ask(cx);
        find
    }

    fn typed(&self) -> &str {
        self.menu.input.text().trim()
    }

    fn ask(&mut self, cx: &mut Cx<'_>) {
        self.entered = false;
        let text = self.typed().to_owned();
        if search_words(&text).iter().all(String::is_empty) {
            self.asked = None;
            self.hits.clear();
            self.menu.list.replace(Vec::new());
            return;
        }
        let page = |entity: &Entity| ListPage {
            filter: Query { entity: *entity, filter: Expr::Words(text.clone()), sort: Vec::new() },
            limit: MOST,
            fields: fields(*entity, cx.env),
        };
        let pages = self.sought.kinds().iter().map(page).collect();
        let query = match self.sought {
            Sought::Open => AnyQuery::Find(pages, FindNotes { text, limit: MOST }),
            _ => AnyQuery::Pages(pages),
        };
        self.asked = Some(cx.ask(Slot::Find, query));
    }

    fn arrived(&mut self, rows: &[ListRow], notes: &[NoteHit], cx: &mut Cx<'_>) -> Flow {
        let noted = notes.iter().map(|hit| RecordId::note(hit.note.number));
        self.hits = rows.iter().map(|row| row.key).chain(noted).collect();
        let group = |row: &ListRow| capital(row.key.entity.plural());
        let rows = rows.iter().map(|row| hit(row, cx.env).group(group(row)));
        self.menu
            .list
            .replace(rows.chain(notes.iter().map(|hit| note_hit(hit, cx.env).group(capital(Entity::Note.plural())))).collect());
        self.menu.list.narrow("");
        if std::mem::take(&mut self.entered) { self.enter(cx) } else { Flow::Stay }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.asked.is_some() {
            self.entered = true;
            return Flow::Stay;
        }
        if self.making.is_some() {
            return Flow::Stay;
        }
        match self.menu.list.current().and_then(|place| Some((self.hits.get(place)?, self.menu.list.items().get(place)?))) {
            Some((record, _)) if self.sought == Sought::Open => Flow::Done(Outcome::OpenRecord(*record)),
            Some((record, item)) => self.found(*record, item.text.clone()),
            None if self.typed().is_empty() => Flow::Stay,
            None if cx.env.read_only => {
                cx.complain("nothing matches, and the database can only be read");
                Flow::Stay
            }
            None if self.sought == Sought::Open => Flow::Done(Outcome::QuickAdd(self.typed().to_owned())),
            None if matches!(self.sought, Sought::Link(_)) => {
                let item = |(place, entity): (usize, &Entity)| Item::new(entity.one(), Pick::Index(place));
                let items = MADE_TO_LINK.iter().enumerate().map(item).collect();
                Flow::Push(Box::new(Picker::new(format!("“{}” is a new", self.typed()), Purpose::MadeToLink, items).quick()))
            }
            None => {
                if let Some(entity) = self.sought.makes() {
                    self.make(entity, cx);
                }
                Flow::Stay
            }
        }
    }

    /// Makes a record of what was typed.
    fn make(&mut self, entity: Entity, cx: &mut Cx<'_>) {
        let values = named(entity, self.typed(), cx.env);
        self.making = Some((cx.act(AnyAct::Create(CreateRecord { entity, values })), entity));
    }

    fn found(&self, record: RecordId, name: String) -> Flow {
        Flow::Done(Outcome::Found { record, name, sought: self.sought.clone() })
    }

    /// The record that was made of what was typed is there, or is refused.
    fn made(&mut self, result: &Result<Done<Reply>>) -> Flow {
        let making = self.making.take();
        match (result, making.map(|(_, entity)| entity)) {
            (Ok(Done { reply: Reply::Number(number), .. }), Some(entity)) => {
                self.found(entity.numbered(*number), self.typed().to_owned())
            }
            // the app says why
            _ => Flow::Stay,
        }
    }
}

/// An account or a contact of which only the name is known.
fn named(entity: Entity, text: &str, env: &Env) -> Vec<(FieldId, Value)> {
    let registry = env.catalog.registry(entity);
    let values = match entity {
        Entity::Contact => {
            let parts = name::split(text);
            vec![
                ("salutation", parts.salutation),
                ("first_name", parts.first),
                ("middle_name", parts.middle),
                ("last_name", parts.last),
            ]
        }
        _ => vec![("name", text.to_owned())],
    };
    values.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (registry.id(name), Value::text(text))).collect()
}

/// `Leads`.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Layer for Find {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Find]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => return self.enter(cx),
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            other => match self.menu.act(other) {
                Did::Nothing => return Flow::Pass,
                Did::Moved => {}
                Did::Typed => self.ask(cx),
            },
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        self.menu.input.insert(text);
        self.ask(cx);
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        let Outcome::Picked(Purpose::MadeToLink, Pick::Index(place)) = outcome else { return Flow::Pass };
        if let Some(entity) = MADE_TO_LINK.get(*place) {
            self.make(*entity, cx);
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        if let Incoming::Written { ticket, result } = incoming
            && self.making.is_some_and(|(made, _)| made == *ticket)
        {
            return self.made(result);
        }
        let Incoming::Answer { slot: Slot::Find, serial, result } = incoming else { return Flow::Pass };
        if self.asked != Some(*serial) {
            return Flow::Pass;
        }
        self.asked = None;
        match result {
            Ok(Answer::Rows(rows)) => self.arrived(rows, &[], cx),
            Ok(Answer::Found(rows, notes)) => self.arrived(rows, notes, cx),
            Ok(_) => Flow::Stay,
            Err(error) => {
                self.entered = false;
                cx.complain(error.to_string());
                Flow::Stay
            }
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        match self.menu.pointed(column, row, wheel) {
            Pointed::Chosen => self.enter(cx),
            Pointed::Moved => Flow::Stay,
            Pointed::Outside => Flow::Close,
        }
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        if !self.typed().is_empty() {
            self.ask(cx);
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let popup = Popup::centred(area, 96, if area.height < 30 { area.height } else { 26 });
        let remark = match self.hits.len() {
            0 => String::new(),
            count if count.is_multiple_of(MOST) => format!("the first {count}"),
            count => count.to_string(),
        };
        let empty = match (self.typed().is_empty(), self.asked.is_some()) {
            (true, _) => "of any state and owner, by the beginnings of words or the end of a phone number".to_owned(),
            (false, true) => "looking …".to_owned(),
            (false, false) if matches!(self.sought, Sought::Link(_)) => {
                format!("nothing matches “{}”: Enter makes a contact, an account, a product or a competitor of it", self.typed())
            }
            (false, false) if self.sought != Sought::Open => match self.sought.makes() {
                Some(entity) => format!("nothing matches “{}”: Enter makes {} of this name", self.typed(), entity.one()),
                None => format!("nothing matches “{}”", self.typed()),
            },
            (false, false) => format!("nothing matches “{}”: Enter starts a lead with it", self.typed()),
        };
        let title = self.sought.title(env);
        let invites = match self.sought {
            Sought::Open => "name, company, topic, e-mail, phone; words of notes",
            _ => "name, company, topic, e-mail, phone",
        };
        let words = Words { title: &title, remark: &remark, prompt: "› ", invites, empty: &empty };
        self.menu.draw(frame, popup, &words, env);
    }
}

#[cfg(test)]
mod tests;
