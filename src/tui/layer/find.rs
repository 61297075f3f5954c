//! Find anywhere: records of any state and owner by words or the digits of a phone, as one types; of all kinds, or of one to be
//! chosen. Finds nothing itself.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::listing::{fields, hit};
use super::menu::{Did, Menu, Pointed, Words};
use super::{Flow, Incoming, Layer, Outcome};
use crate::model::entity::{Entity, RecordId};
use crate::query::{Expr, Query, search_words};
use crate::service::record::read::{ListPage, ListRow};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// The most hits that are shown; who has more types another word.
const MOST: usize = 50;

/// The finder.
#[derive(Debug, Default)]
pub struct Find {
    menu: Menu,
    /// The kind that is looked for; the record is handed to the layer below rather than opened.
    only: Option<Entity>,
    hits: Vec<RecordId>,
    /// The question whose answer is awaited.
    asked: Option<u64>,
    /// Enter was pressed before the answer to what is typed was there.
    entered: bool,
}

impl Find {
    /// An empty line.
    pub fn new(_: &mut Cx<'_>) -> Self {
        Self::default()
    }

    /// Looks for a record of one kind for the layer below.
    pub fn one_of(entity: Entity) -> Self {
        Self { only: Some(entity), ..Self::default() }
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
        let pages = Entity::LISTED.iter().filter(|entity| self.only.is_none_or(|only| only == **entity)).map(page).collect();
        self.asked = Some(cx.ask(Slot::Find, AnyQuery::Pages(pages)));
    }

    fn arrived(&mut self, rows: &[ListRow], cx: &mut Cx<'_>) -> Flow {
        self.hits = rows.iter().map(|row| row.key).collect();
        let group = |row: &ListRow| capital(row.key.entity.plural());
        self.menu.list.replace(rows.iter().map(|row| hit(row, cx.env).group(group(row))).collect());
        self.menu.list.narrow("");
        if std::mem::take(&mut self.entered) { self.enter(cx) } else { Flow::Stay }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.asked.is_some() {
            self.entered = true;
            return Flow::Stay;
        }
        match self.menu.list.current().and_then(|place| Some((self.hits.get(place)?, self.menu.list.items().get(place)?))) {
            Some((record, item)) if self.only.is_some() => {
                Flow::Done(Outcome::Found { record: *record, name: item.text.clone() })
            }
            Some((record, _)) => Flow::Done(Outcome::OpenRecord(*record)),
            None if self.typed().is_empty() || self.only.is_some() => Flow::Stay,
            None if cx.env.read_only => {
                cx.complain("nothing matches, and the database can only be read");
                Flow::Stay
            }
            None => Flow::Done(Outcome::QuickAdd(self.typed().to_owned())),
        }
    }
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

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        let Incoming::Answer { slot: Slot::Find, serial, result } = incoming else { return Flow::Pass };
        if self.asked != Some(*serial) {
            return Flow::Pass;
        }
        self.asked = None;
        match result {
            Ok(Answer::Rows(rows)) => self.arrived(rows, cx),
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
            (false, false) if self.only.is_some() => format!("nothing matches “{}”", self.typed()),
            (false, false) => format!("nothing matches “{}”: Enter starts a lead with it", self.typed()),
        };
        let title = self.only.map_or_else(|| "Find anywhere".to_owned(), |entity| format!("Another {}", entity.name()));
        let words =
            Words {
                title: &title, remark: &remark, prompt: "› ", invites: "name, company, topic, e-mail, phone", empty: &empty
            };
        self.menu.draw(frame, popup, &words, env);
    }
}

#[cfg(test)]
mod tests;
