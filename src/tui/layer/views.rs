//! The views of a list to choose from, with how many records each has as soon as that is known; the list is saved as one from here,
//! and the open one changed. Saves nothing itself.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::picker::{Item, Picker};
use super::{Flow, Incoming, Layer, Outcome, Pick, Purpose};
use crate::model::entity::Entity;
use crate::model::number::show_count;
use crate::query::views::View;
use crate::service::record::read::CountRecords;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// What is done with a saved view, in the order in which it is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Filter, order and columns of the list are its own from now on.
    Save,
    /// Another name.
    Rename,
    /// A place nearer to the first.
    Earlier,
    /// A place nearer to the last.
    Later,
    /// Everybody sees it, or only the person.
    Share,
    /// It goes.
    Delete,
}

impl Change {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Save, Self::Rename, Self::Earlier, Self::Later, Self::Share, Self::Delete];
}

/// The choice of a view.
#[derive(Debug)]
pub struct ViewPicker {
    entity: Entity,
    /// The filter and whose each is, in the order of the rows.
    views: Vec<(String, &'static str)>,
    open: usize,
    picker: Picker,
    /// The row that is counted, and its question.
    counting: (usize, u64),
}

impl ViewPicker {
    /// The views of a list; the one that is open holds the cursor.
    pub fn new(entity: Entity, views: &[View], open: usize) -> Self {
        let item = |(place, view): (usize, &View)| {
            Item::new(&view.name, Pick::Index(place)).detail(view.whose.name()).current(place == open)
        };
        let mut items: Vec<Item> = views.iter().enumerate().map(item).collect();
        items.push(Item::new("save this list as a view …", Pick::New(String::new())));
        if let Some((view, _)) = views.get(open).and_then(|view| Some((view, view.whose.number()?))) {
            items.push(Item::new(format!("change “{}” …", view.name), Pick::Nothing));
        }
        Self {
            entity,
            views: views.iter().map(|view| (view.filter.clone(), view.whose.name())).collect(),
            open,
            picker: Picker::new("Views", Purpose::View, items),
            counting: (0, 0),
        }
    }

    /// What can be done with a saved view.
    pub fn changes(view: &View, number: i64) -> Picker {
        let share = if view.whose.name() == "mine" { "share it with everybody" } else { "keep it to myself" };
        let label = |change: &Change| match change {
            Change::Save => "save this list in it: filter, order, columns",
            Change::Rename => "another name",
            Change::Earlier => "earlier in the list",
            Change::Later => "later in the list",
            Change::Share => share,
            Change::Delete => "delete it",
        };
        let items = Change::ALL.iter().enumerate().map(|(place, change)| Item::new(label(change), Pick::Index(place)));
        Picker::new(format!("Change “{}”", view.name), Purpose::ChangeView(number), items.collect()).quick()
    }

    /// Asks for the count of the next view whose filter can be read.
    fn count(&mut self, from: usize, cx: &mut Cx<'_>) {
        let reading = cx.env.reading_of(self.entity);
        let next = (from..self.views.len()).find_map(|place| {
            let filter = crate::query::parse(&self.views[place].0, &reading).ok()?;
            Some((place, filter))
        });
        self.counting = match next {
            Some((place, filter)) => (place, cx.ask(Slot::InView, AnyQuery::Count(CountRecords { filter }))),
            None => (self.views.len(), 0),
        };
    }
}

impl Layer for ViewPicker {
    fn scopes(&self) -> Vec<Scope> {
        self.picker.scopes()
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        self.picker.act(action, cx)
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        self.picker.text(text, cx)
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        self.picker.outcome(outcome, cx)
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        let Incoming::Answer { slot: Slot::InView, serial, result } = incoming else {
            return self.picker.incoming(incoming, cx);
        };
        let (place, asked) = self.counting;
        if *serial != asked {
            return Flow::Pass;
        }
        if let Ok(Answer::Count(count, _)) = result {
            let count = show_count(i64::try_from(*count).unwrap_or(i64::MAX), &cx.env.locale);
            let whose = self.views.get(place).map_or("", |(_, whose)| *whose);
            let now = if place == self.open { "now" } else { "" };
            let parts: Vec<&str> = [now, whose, count.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
            self.picker.tell(place, parts.join(" · "));
        }
        self.count(place + 1, cx);
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        self.picker.mouse(column, row, wheel, cx)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        self.picker.draw(frame, area, env);
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        if self.counting == (0, 0) {
            self.count(0, cx);
        }
    }
}
