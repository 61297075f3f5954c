//! The list screen over an entity: filter, sort, marks, cursor, preview. Written over an `EntitySpec`; names no field of a lead.

mod actions;
mod draw;
pub(in crate::tui::view) mod filter_bar;
mod load;
mod views;

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::marks::Marks;
use super::spec::EntitySpec;
use crate::model::catalog::Catalog;
use crate::model::entity::RecordId;
use crate::model::field::FieldId;
use crate::query::views::{View, Whose};
use crate::query::{Expr, Query, SortKey};
use crate::service::record::read::RecordDetail;
use crate::tui::action::{Action, Scope};
use crate::tui::decide;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::{Flow, Incoming, Layer, Outcome};
use crate::tui::widget::window::Window;
pub(super) use draw::NARROW;
pub(in crate::tui::view) use draw::{divider, filter_bar as draw_filter_bar};
use filter_bar::FilterBar;

/// Where the keys of the list screen go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pane {
    /// To the list.
    #[default]
    List,
    /// To the preview, which they scroll.
    Preview,
}

/// The preview beside or below the list.
#[derive(Debug, Default)]
pub(super) struct Preview {
    /// Whether it is shown below the list on a terminal that is too narrow for two panes; beside it, it is shown unless hidden.
    pub(super) below: bool,
    /// Whether it is hidden on a wide terminal.
    pub(super) hidden: bool,
    /// What is shown.
    pub(super) detail: Option<Box<RecordDetail>>,
    /// The lead that was asked for last.
    pub(super) asked: Option<i64>,
    /// The first line that is shown.
    pub(super) scroll: usize,
}

/// The list screen.
#[derive(Debug)]
pub struct Browse {
    pub(super) spec: &'static EntitySpec,
    pub(super) views: Arc<Vec<View>>,
    pub(super) view: usize,
    /// The view that a filter without a match was typed in, while all leads are shown for it.
    pub(super) came_from: Option<usize>,
    pub(super) columns: Vec<FieldId>,
    /// Whether it lies over a screen that it was opened from, as a column of the board: Esc goes back there, nothing is remembered.
    pub(super) is_over: bool,
    /// The order that was chosen; empty follows the view.
    pub(super) sort: Vec<SortKey>,
    pub(super) bar: FilterBar,
    pub(super) query: Query,
    pub(super) window: Window,
    pub(super) marks: Marks,
    /// What the last act was done on: of these, a mark goes when the record has left the list for it.
    pub(super) acted_on: Vec<i64>,
    pub(super) last_mark: Option<usize>,
    pub(super) preview: Preview,
    pub(super) pane: Pane,
    /// Rows of the list on the screen when it was drawn last; what paging and loading go by.
    pub(super) height: usize,
    /// How many match in all leads when nothing matches here.
    pub(super) elsewhere: Option<u64>,
    /// How many of the list are late; none while it is not known.
    pub(super) late: Option<u64>,
    /// The question for it.
    late_asked: u64,
    /// How many leads there are at all; 0 shows how to begin.
    pub(super) total: Option<u64>,
    /// When the cursor came to rest, in µs; the preview follows a moment later.
    pub(super) moved_at: i64,
    /// Whether other rows were asked for and have not come.
    pub(super) awaits_rows: bool,
    pub(super) failed: Option<String>,
    pub(super) jump: Option<String>,
    /// A lead that was just made here; the cursor goes to it when the order comes.
    pub(super) made: Option<i64>,
    /// Whether that order was asked for and has not come: no key acts on the lead that the cursor is about to leave.
    pub(super) awaits_made: bool,
    counting: Counting,
    /// The catalog that the views were read from.
    catalog: Arc<Catalog>,
    /// The ticket of a view that is being saved.
    pub(super) saving: Option<u64>,
}

/// What the answer to a count is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Counting {
    #[default]
    Nothing,
    Elsewhere(u64),
    Total(u64),
}

/// The columns of a view, else those of the entity.
fn columns_of(spec: &EntitySpec, view: Option<&View>, env: &Env) -> Vec<FieldId> {
    let registry = env.catalog.registry(spec.entity);
    let own: Vec<FieldId> = view.iter().flat_map(|view| &view.columns).filter_map(|name| registry.find(name)).collect();
    if own.is_empty() { spec.column_ids(registry) } else { own }
}

impl Browse {
    /// The list of an entity in the view that was used last, else the first.
    pub fn new(spec: &'static EntitySpec, views: Arc<Vec<View>>, env: &Env) -> Self {
        let registry = env.catalog.registry(spec.entity);
        let remembered = env.state.lists.get(spec.entity.plural()).cloned().unwrap_or_default();
        let first = views.iter().position(|view| view.whose == Whose::Shipped).unwrap_or_default();
        let view = views.iter().position(|v| v.slug == remembered.view).unwrap_or(first);
        let mut columns: Vec<FieldId> = remembered.columns.iter().filter_map(|name| registry.find(name)).collect();
        if columns.is_empty() {
            columns = columns_of(spec, views.get(view), env);
        }
        let sort = crate::query::parse(&remembered.sort, &env.reading_of(spec.entity)).map(|q| q.sort).unwrap_or_default();
        let mut browse = Self {
            spec,
            views,
            view,
            came_from: None,
            is_over: false,
            columns,
            sort,
            bar: FilterBar::new(spec.entity),
            query: Query { entity: spec.entity, ..Query::default() },
            window: Window::default(),
            marks: Marks::default(),
            acted_on: Vec::new(),
            last_mark: None,
            preview: Preview { below: env.state.preview, ..Preview::default() },
            pane: Pane::List,
            height: 1,
            elsewhere: None,
            late: None,
            late_asked: 0,
            total: None,
            moved_at: 0,
            awaits_rows: false,
            failed: None,
            jump: None,
            made: None,
            awaits_made: false,
            counting: Counting::Nothing,
            catalog: Arc::clone(&env.catalog),
            saving: None,
        };
        browse.compose(env);
        browse
    }

    /// The list of exactly what a filter finds, over the screen that it is opened from; the other views are offered behind it.
    pub fn over(spec: &'static EntitySpec, name: String, filter: &Expr, env: &Env) -> Self {
        let reading = env.reading_of(spec.entity);
        let query = Query { entity: spec.entity, filter: filter.clone(), sort: Vec::new() };
        let filter = crate::query::print(&query, &reading);
        let own = View { name, slug: String::new(), filter, sort: String::new(), columns: Vec::new(), whose: Whose::Shipped };
        let all = crate::query::views::all(&reading).unwrap_or_default();
        let views = std::iter::once(own).chain(all).collect();
        let mut browse = Self { view: 0, is_over: true, ..Self::new(spec, Arc::new(views), env) };
        browse.compose(env);
        browse
    }

    /// Puts the question of the list together from view, filter bar and order.
    pub(super) fn compose(&mut self, env: &Env) {
        self.read_views(env);
        let reading = env.reading_of(self.spec.entity);
        let view =
            self.views.get(self.view).and_then(|view| crate::query::parse(&view.filter, &reading).ok()).unwrap_or_default();
        let bar = self.bar.query.clone();
        let view_sort = self
            .views
            .get(self.view)
            .and_then(|v| crate::query::parse(&v.sort, &reading).ok())
            .map(|q| q.sort)
            .unwrap_or_default();
        let sort = [bar.sort, self.sort.clone(), view_sort, self.spec.default_sort(env.catalog.registry(self.spec.entity))]
            .into_iter()
            .find(|sort| !sort.is_empty())
            .unwrap_or_default();
        self.query = Query { entity: self.spec.entity, filter: Expr::and([view.filter, bar.filter]), sort };
    }

    /// The field that somebody chose to sort by.
    pub(super) fn sorted(&self) -> Option<FieldId> {
        let chosen = [&self.bar.query.sort, &self.sort].into_iter().find(|sort| !sort.is_empty());
        chosen.and_then(|sort| sort.first()).filter(|key| key.next.is_none()).map(|key| key.field)
    }

    /// The fields of the rows: the columns, and what the list is sorted by.
    pub(super) fn fields(&self) -> Vec<FieldId> {
        let more = self.sorted().filter(|field| !self.columns.contains(field));
        self.columns.iter().copied().chain(more).collect()
    }

    /// The name of the view.
    pub(super) fn view_name(&self) -> &str {
        self.views.get(self.view).map_or("all", |v| v.name.as_str())
    }

    /// The number of the record under the cursor.
    pub fn current(&self) -> Option<i64> {
        self.window.current()
    }

    /// The record under the cursor.
    pub(super) fn record(&self) -> Option<RecordId> {
        self.window.current().map(|number| self.spec.entity.numbered(number))
    }

    /// Whether there is no record in the whole database.
    fn is_empty_database(&self) -> bool {
        self.total == Some(0) && self.window.is_empty()
    }
}

impl Layer for Browse {
    fn scopes(&self) -> Vec<Scope> {
        if self.jump.is_some() {
            vec![Scope::Jump, Scope::Browse]
        } else if self.bar.is_open {
            vec![Scope::Filter, Scope::Browse]
        } else if self.is_empty_database() {
            vec![Scope::Empty, Scope::Browse]
        } else {
            vec![Scope::Browse]
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        self.perform(action, cx)
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        self.typed(text, cx)
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        self.closed_with(outcome, cx)
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        self.take(incoming, cx)
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        self.pointed(column, row, wheel, cx)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        self.height = draw::rows_on_screen(self, cx.env);
        if self.window.is_loaded() {
            self.load_rows(cx);
        } else {
            self.restart(cx);
        }
        self.touch(cx);
    }

    fn due(&self) -> Option<i64> {
        (self.moved_at > 0).then_some(self.moved_at + load::PREVIEW_REST)
    }

    fn tick(&mut self, cx: &mut Cx<'_>) {
        self.follow(cx);
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.refresh(cx);
    }

    fn label(&self, action: Action) -> Option<&'static str> {
        decide::label(self.spec.entity, action)
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        self.why_not(action, env)
    }

    fn awaits(&self, action: Option<Action>) -> bool {
        let awaits = self.awaits_rows || self.awaits_made;
        action.is_some_and(crate::tui::flow::is_on_rows) && awaits && !self.bar.is_open && self.jump.is_none()
    }

    fn prompt(&self) -> Option<(String, String, u16)> {
        if let Some(jump) = &self.jump {
            let at = crate::model::clean::width(jump);
            return Some(("jump to ".into(), jump.clone(), u16::try_from(at).unwrap_or(u16::MAX)));
        }
        None
    }
}

#[cfg(test)]
mod tests;
