//! What the keys of the list screen do. Draws nothing and answers nothing.

use super::{Browse, Pane};
use crate::model::number::show_count;
use crate::query::SortKey;
use crate::service::record::read::{ListRow, SeekText};
use crate::service::scope::Targets;
use crate::tui::action::Action;
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::layer::columns::ColumnChoice;
use crate::tui::layer::picker::Picker;
use crate::tui::layer::views::{Change, ViewPicker};
use crate::tui::layer::{Flow, GoTo, Outcome, Pick, Purpose};
use crate::tui::view::marks::Marks;
use crate::tui::view::record::RecordView;
use crate::tui::view::work::{MOST, WorkView};
use crate::worker::reader::{AnyQuery, Slot};

impl Browse {
    /// What an act works on: the marks, else the lead under the cursor.
    fn targets(&self) -> Option<Targets> {
        if self.marks.is_empty() { self.record().map(Targets::one) } else { Some(self.marks.targets(&self.query)) }
    }

    /// What is written to a file: the marks, else all of the list.
    fn listed(&self) -> Option<Targets> {
        let all = Marks::All(std::collections::BTreeSet::new());
        (!self.window.is_empty()).then(|| if self.marks.is_empty() { &all } else { &self.marks }.targets(&self.query))
    }

    pub(super) fn perform(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if self.jump.is_some() {
            return self.jumping(action, cx);
        }
        if self.bar.is_open
            && let Some(flow) = self.filtering(action, cx)
        {
            return flow;
        }
        if self.pane == Pane::Preview && self.scroll_preview(action) {
            return Flow::Stay;
        }
        let page = isize::try_from(self.height.max(2) - 1).unwrap_or(1);
        match action {
            Action::Down => self.go(1, cx),
            Action::Up => self.go(-1, cx),
            Action::PageDown => self.go(page, cx),
            Action::PageUp => self.go(-page, cx),
            Action::First => self.go_to(0, cx),
            Action::Last => self.go_to(usize::MAX, cx),
            Action::NextRecord => self.go(1, cx),
            Action::PreviousRecord => self.go(-1, cx),
            Action::Left | Action::Right | Action::Next | Action::Previous => self.change_pane(action, cx),
            Action::Open => return self.open(cx),
            Action::Filter => self.bar.open(cx.env),
            Action::Jump => self.jump = Some(String::new()),
            Action::Mark => self.mark(cx),
            Action::MarkRange => self.mark_range(),
            Action::MarkAll => self.mark_all(),
            Action::Views => {
                self.read_views(cx.env);
                return Flow::Push(Box::new(ViewPicker::new(self.spec.entity, &self.views, self.view)));
            }
            Action::SaveView => return self.name_view(),
            Action::Sort => {
                return Flow::Push(Box::new(Picker::sort(
                    cx.env.catalog.registry(self.spec.entity),
                    &self.columns,
                    self.query.sort.first().copied(),
                )));
            }
            Action::Columns => {
                return Flow::Push(Box::new(ColumnChoice::new(cx.env.catalog.registry(self.spec.entity), &self.columns)));
            }
            Action::Preview => self.toggle_preview(cx),
            Action::Wider => self.widen(5, cx),
            Action::Narrower => self.widen(-5, cx),
            Action::Work => return self.work(cx),
            Action::Back => return self.back(cx),
            Action::Close if self.is_over => return Flow::Close,
            Action::Close => {
                cx.push(Effect::Quit);
            }
            _ => {
                // a row that is still being read is known by its number, which is what most acts ask for
                let unread = self.record().map(ListRow::unread);
                let row = self.window.current_row().or(unread.as_ref());
                let targets = if action == Action::Export { self.listed() } else { self.targets() };
                return flow::start(self.spec.entity, action, targets, row, &self.columns, cx);
            }
        }
        Flow::Stay
    }

    /// Works the marked records, else the list from the cursor on.
    fn work(&self, cx: &mut Cx<'_>) -> Flow {
        let entity = self.spec.entity;
        if !entity.takes_activities() {
            cx.complain(format!("{} are not called; leads, accounts, contacts and opportunities are", entity.plural()));
            return Flow::Stay;
        }
        let Some(numbers) = self.window.numbers() else {
            cx.complain("the list is still being read; try again in a moment");
            return Flow::Stay;
        };
        let is_marked = |number: &i64| self.marks.is_empty() || self.marks.contains(*number);
        let from = if self.marks.is_empty() { self.window.cursor() } else { 0 };
        let wanted = || numbers.iter().skip(from).filter(|n| is_marked(n));
        let records = wanted().take(MOST).map(|n| entity.numbered(*n)).collect();
        let all = i64::try_from(wanted().count()).unwrap_or(i64::MAX);
        let filter = self.bar.text().trim();
        let title = if filter.is_empty() { self.view_name().to_owned() } else { format!("{} · {filter}", self.view_name()) };
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        if all > most {
            // said first: that a list is gone on with is said instead
            let (most, all) = (show_count(most, &cx.env.locale), show_count(all, &cx.env.locale));
            cx.say(format!("the first {most} of {all} are worked; the others the next time"));
        }
        Flow::Push(Box::new(WorkView::open(&title, records, cx)))
    }

    fn go(&mut self, rows: isize, cx: &mut Cx<'_>) {
        self.window.move_by(rows);
        self.load_rows(cx);
        self.touch(cx);
    }

    fn go_to(&mut self, place: usize, cx: &mut Cx<'_>) {
        self.window.move_to(place);
        self.load_rows(cx);
        self.touch(cx);
    }

    fn open(&mut self, cx: &mut Cx<'_>) -> Flow {
        if let Some(record) = self.record() {
            return Flow::Push(Box::new(RecordView::open(record, cx)));
        }
        if self.bar.is_active() && self.elsewhere.is_some_and(|n| n > 0) {
            // The last view that shows all is where the matches are.
            if let Some(all) = self.views.iter().position(|v| v.slug == format!("all-{}", self.spec.entity.plural())) {
                let before = std::mem::replace(&mut self.view, all);
                let back_to = *self.came_from.get_or_insert(before);
                self.restart(cx);
                let keys = cx.env.keymap.all_keys_of(Action::Back, &[crate::tui::action::Scope::Browse]);
                let esc = keys.first().map_or("Esc", String::as_str);
                let name = self.views.get(back_to).map_or("", |view| view.name.as_str());
                cx.say(format!("{} now · {esc} goes back to {name}", self.view_name()));
            }
            return Flow::Stay;
        }
        let words = flow::plain_words(self.bar.text());
        if self.bar.is_active() && !words.is_empty() {
            return flow::new_record(self.spec.entity, &words, cx);
        }
        Flow::Stay
    }

    /// Esc: the marks, then the filter, then back to where it was opened; it never leaves the first screen.
    fn back(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.pane == Pane::Preview {
            self.pane = Pane::List;
        } else if !self.marks.is_empty() {
            self.marks = Marks::default();
        } else if self.bar.is_active() || self.came_from.is_some() {
            self.clear_filter(cx);
        } else if self.is_over {
            return Flow::Close;
        } else {
            let keys = cx.env.keymap.all_keys_of(Action::Close, &[crate::tui::action::Scope::Browse]);
            cx.say(format!("{} quits", keys.first().map_or("q", String::as_str)));
        }
        Flow::Stay
    }

    /// Empties the filter; where it had led to all leads, the view that it came from is back.
    fn clear_filter(&mut self, cx: &mut Cx<'_>) {
        self.bar.clear();
        if let Some(view) = self.came_from.take() {
            self.view = view;
        }
        self.restart(cx);
    }

    /// Remembers the filter that is kept, so that it can be had again.
    fn keep_filter(&self, cx: &mut Cx<'_>) {
        let text = self.bar.text().trim();
        let mut state = cx.state();
        if !text.is_empty() && state.filtered(self.spec.entity.plural(), text) {
            cx.push(Effect::SaveState(Box::new(state)));
        }
    }

    fn filtering(&mut self, action: Action, cx: &mut Cx<'_>) -> Option<Flow> {
        match action {
            Action::Open => {
                if let Some(mistake) = &self.bar.mistake {
                    cx.complain(mistake.to_string());
                    return Some(Flow::Stay);
                }
                self.bar.is_open = false;
                self.keep_filter(cx);
                if self.window.is_empty() && self.window.is_loaded() && self.bar.is_active() {
                    return Some(self.open(cx));
                }
            }
            Action::Back | Action::Cancel => {
                if self.bar.mistake.is_some() || !self.bar.is_active() || action == Action::Back {
                    self.clear_filter(cx);
                } else {
                    self.bar.is_open = false;
                }
            }
            Action::Complete => {
                if self.bar.complete(cx.env) {
                    self.restart(cx);
                }
            }
            Action::Earlier | Action::Later => {
                if self.bar.recall(action == Action::Earlier, cx.env) {
                    self.restart(cx);
                }
            }
            Action::Down => self.go(1, cx),
            Action::Up => self.go(-1, cx),
            Action::PageDown => self.go(isize::try_from(self.height).unwrap_or(1), cx),
            Action::PageUp => self.go(-isize::try_from(self.height).unwrap_or(1), cx),
            other => match self.bar.edit(other, cx.env) {
                Some(true) => self.restart(cx),
                Some(false) => {}
                None => return None,
            },
        }
        Some(Flow::Stay)
    }

    pub(super) fn typed(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if let Some(jump) = &mut self.jump {
            jump.push_str(&text.replace('\n', " "));
            self.seek(cx);
        } else if self.bar.is_open && self.bar.insert(text, cx.env) {
            self.restart(cx);
        }
        Flow::Stay
    }

    fn jumping(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::DeleteBack => {
                if let Some(jump) = &mut self.jump {
                    jump.pop();
                }
                self.seek(cx);
            }
            Action::Open | Action::Back | Action::Cancel => self.jump = None,
            _ => {}
        }
        Flow::Stay
    }

    fn seek(&mut self, cx: &mut Cx<'_>) {
        let Some(prefix) = self.jump.clone().filter(|p| !p.is_empty()) else { return };
        let (Some(numbers), Some(sort)) = (self.window.numbers().cloned(), self.query.sort.first().copied()) else { return };
        cx.ask(Slot::Seek, AnyQuery::Seek(SeekText { entity: self.spec.entity, numbers, sort, prefix }));
    }

    fn mark(&mut self, cx: &mut Cx<'_>) {
        if let Some(number) = self.window.current() {
            self.marks.toggle(number);
            self.last_mark = Some(self.window.cursor());
            self.go(1, cx);
        }
    }

    fn mark_range(&mut self) {
        let here = self.window.cursor();
        let from = self.last_mark.unwrap_or(here);
        for place in from.min(here)..=from.max(here) {
            if let Some(number) = self.window.number_at(place) {
                self.marks.mark(number);
            }
        }
        self.last_mark = Some(here);
    }

    fn mark_all(&mut self) {
        self.marks =
            if matches!(self.marks, Marks::All(_)) { Marks::default() } else { Marks::All(std::collections::BTreeSet::new()) };
    }

    fn change_pane(&mut self, action: Action, cx: &Cx<'_>) {
        if !self.shows_preview(cx.env.size.0) {
            return;
        }
        self.pane = match action {
            Action::Left => Pane::List,
            Action::Right => Pane::Preview,
            _ if self.pane == Pane::List => Pane::Preview,
            _ => Pane::List,
        };
    }

    fn scroll_preview(&mut self, action: Action) -> bool {
        let scroll = &mut self.preview.scroll;
        match action {
            Action::Down => *scroll += 1,
            Action::Up => *scroll = scroll.saturating_sub(1),
            Action::PageDown => *scroll += self.height / 2,
            Action::PageUp => *scroll = scroll.saturating_sub(self.height / 2),
            Action::First => *scroll = 0,
            _ => return false,
        }
        *scroll = (*scroll).min(10_000);
        true
    }

    fn toggle_preview(&mut self, cx: &mut Cx<'_>) {
        if cx.env.size.0 >= super::draw::WIDE {
            self.preview.hidden = !self.preview.hidden;
        } else {
            self.preview.below = !self.preview.below;
            let mut state = cx.state();
            state.preview = self.preview.below;
            cx.push(Effect::SaveState(Box::new(state)));
        }
        self.pane = Pane::List;
        self.preview.asked = None;
        self.touch(cx);
    }

    fn widen(&mut self, by: i16, cx: &mut Cx<'_>) {
        let mut state = cx.state();
        let now = super::draw::divider(&state);
        state.divider = now.saturating_add_signed(by).clamp(30, 85);
        cx.push(Effect::SaveState(Box::new(state)));
    }

    /// Remembers view, order and columns for the next start.
    pub(super) fn remember(&self, cx: &mut Cx<'_>) {
        if self.is_over {
            return;
        }
        let registry = cx.env.catalog.registry(self.spec.entity);
        let view = self.views.get(self.came_from.unwrap_or(self.view));
        let mut state = cx.state();
        let list = state.lists.entry(self.spec.entity.plural().to_owned()).or_default();
        list.view = view.map(|v| v.slug.clone()).unwrap_or_default();
        list.sort = crate::query::print(
            &crate::query::Query { entity: self.spec.entity, sort: self.sort.clone(), ..Default::default() },
            &cx.env.reading_of(self.spec.entity),
        );
        list.columns = match self.columns == super::columns_of(self.spec, view, cx.env) {
            true => Vec::new(),
            false => self.columns.iter().map(|id| registry.field(*id).name.to_owned()).collect(),
        };
        cx.push(Effect::SaveState(Box::new(state)));
    }

    pub(super) fn closed_with(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Picked(Purpose::View, Pick::Index(view)) => {
                self.show_view(*view, cx);
            }
            Outcome::Picked(Purpose::View, Pick::New(_)) => return self.name_view(),
            Outcome::Picked(Purpose::View, Pick::Nothing) => return self.change_view(),
            Outcome::Picked(Purpose::ChangeView(number), Pick::Index(place)) => {
                if let Some(change) = Change::ALL.get(*place) {
                    return self.changed_view(*number, *change, cx);
                }
            }
            Outcome::Entered(Purpose::NameView(of), name) => self.named_view(*of, name, cx),
            Outcome::Picked(Purpose::Sort, Pick::Field(field)) => {
                let now = self.query.sort.first().copied();
                let descending = match now {
                    Some(key) if key.field == *field => !key.descending,
                    _ => first_descending(cx.env, *field),
                };
                self.sort = vec![SortKey::by(*field, descending)];
                self.remember(cx);
                self.restart(cx);
            }
            Outcome::Columns(columns) => {
                self.columns.clone_from(columns);
                self.remember(cx);
                self.window = Default::default();
                self.restart(cx);
            }
            Outcome::Neighbour(by) => {
                self.go(*by, cx);
                return self.open(cx);
            }
            Outcome::Made(made) if made.entity == self.spec.entity => self.made = Some(made.number),
            Outcome::GoTo(place) => {
                if let (GoTo::Row(row), Some(count)) = (place, self.window.count())
                    && *row > count as u64
                {
                    let rows = if count == 1 { "row" } else { "rows" };
                    let count = show_count(i64::try_from(count).unwrap_or(i64::MAX), &cx.env.locale);
                    cx.say(format!("the list has {count} {rows}"));
                }
                let place = place.row(self.window.len());
                self.go_to(place, cx);
            }
            other => return flow::finish(other, cx),
        }
        Flow::Stay
    }

    pub(super) fn pointed(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            if super::draw::is_preview_at(self, column, row, cx.env) {
                self.preview.scroll = self.preview.scroll.saturating_add_signed(3 * wheel as isize);
            } else {
                self.go(3 * wheel as isize, cx);
            }
            return Flow::Stay;
        }
        match super::draw::row_at(self, column, row, cx.env) {
            Some(place) if place == self.window.cursor() => self.open(cx),
            Some(place) => {
                self.pane = Pane::List;
                self.go_to(place, cx);
                Flow::Stay
            }
            None => Flow::Pass,
        }
    }

    pub(super) fn why_not(&self, action: Action, env: &Env) -> Option<String> {
        if matches!(action, Action::Jump) && self.window.numbers().is_none() {
            return Some("the order of the list is still being read".into());
        }
        let nothing = self.window.is_empty() && self.window.is_loaded() && !self.bar.is_active();
        if nothing && matches!(action, Action::Open | Action::Mark | Action::MarkRange | Action::MarkAll | Action::Export) {
            return Some("no record here".into());
        }
        if matches!(action, Action::Filter | Action::Jump | Action::Sort) && self.is_empty_database() {
            return Some(format!("no {} yet", self.spec.entity.plural()));
        }
        // what works on the marks does not ask how the row under the cursor is
        let on_marks = !self.marks.is_empty() && crate::tui::action::row(action).marks;
        let row = self.window.current_row().filter(|_| !on_marks);
        flow::why_not(action, self.targets().is_some(), row, env)
    }
}

/// Numbers, dates and ratings are sorted with the best first, texts from A.
fn first_descending(env: &Env, field: crate::model::field::FieldId) -> bool {
    use crate::model::field::Kind;
    matches!(
        env.catalog.field(field).kind,
        Kind::Money | Kind::Int | Kind::Date | Kind::Instant | Kind::Number(_) | Kind::Flag { .. }
    ) || matches!(env.catalog.field(field).kind, Kind::Choice(set) if set.is_ordered())
}
