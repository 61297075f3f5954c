//! The views of the list screen: read again when they are others, saved from what the list shows, changed. Draws nothing.

use std::sync::Arc;

use super::Browse;
use crate::model::definition::{Body, Definition, SavedView};
use crate::query::views::{self, View, Whose};
use crate::query::{Expr, Query, parse, print};
use crate::service::definition::{MoveDefinition, PutDefinition, RemoveDefinition};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::prompt::Prompt;
use crate::tui::layer::views::{Change, ViewPicker};
use crate::tui::layer::{Flow, Purpose};
use crate::tui::view::marks::Marks;
use crate::worker::writer::{AnyAct, Reply};

impl Browse {
    /// Reads the views again where somebody may have saved one, and stays in the one that is open.
    pub(super) fn read_views(&mut self, env: &Env) {
        if Arc::ptr_eq(&self.catalog, &env.catalog) {
            return;
        }
        self.catalog = Arc::clone(&env.catalog);
        let Ok(all) = views::all(&env.reading_of(self.spec.entity)) else { return };
        let views: Vec<View> = self.views.iter().take(usize::from(self.is_over)).cloned().chain(all).collect();
        if *self.views == views {
            return;
        }
        let place = |at: usize| {
            let old = self.views.get(at)?;
            let same = |view: &&View| view.whose == old.whose && (old.whose != Whose::Shipped || view.slug == old.slug);
            views.iter().position(|view| same(&view))
        };
        let shipped = views.iter().position(|view| view.whose == Whose::Shipped).unwrap_or_default();
        let (open, came_from) = (place(self.view), self.came_from.and_then(place));
        (self.view, self.came_from) = (open.unwrap_or(shipped), came_from);
        self.views = Arc::new(views);
    }

    /// Opens a view as it is saved.
    pub(super) fn show_view(&mut self, view: usize, cx: &mut Cx<'_>) {
        self.view = view;
        self.came_from = None;
        self.sort.clear();
        self.columns = super::columns_of(self.spec, self.views.get(view), cx.env);
        self.window = Default::default();
        self.marks = Marks::default();
        self.remember(cx);
        self.restart(cx);
    }

    /// Asks for the name under which the list is saved.
    pub(super) fn name_view(&self) -> Flow {
        let prompt = Prompt::new("name of the view › ", Purpose::NameView(None), "");
        Flow::Push(Box::new(prompt.saying("Enter saves filter, order and columns, over your own view of that name")))
    }

    /// What can be done with the open view.
    pub(super) fn change_view(&self) -> Flow {
        match self.views.get(self.view).and_then(|view| Some((view, view.whose.number()?))) {
            Some((view, number)) => Flow::Push(Box::new(ViewPicker::changes(view, number))),
            None => Flow::Stay,
        }
    }

    /// What the list shows, to be saved.
    fn as_view(&self, env: &Env) -> SavedView {
        let registry = env.catalog.registry(self.spec.entity);
        let reading = env.reading_of(self.spec.entity);
        let sort = print(&Query { entity: self.spec.entity, sort: self.query.sort.clone(), filter: Expr::All }, &reading);
        SavedView {
            entity: self.spec.entity.name().to_owned(),
            filter: self.filter_text(env),
            sort: sort.strip_prefix("sort:").unwrap_or_default().to_owned(),
            columns: self.columns.iter().map(|id| registry.field(*id).name.to_owned()).collect(),
        }
    }

    /// View and filter bar as one text, in the words that were typed: `this-week` is to move on.
    fn filter_text(&self, env: &Env) -> String {
        let reading = env.reading_of(self.spec.entity);
        let view = self.views.get(self.view).map_or("", |view| view.filter.trim());
        let orders = |word: &&str| !word.to_lowercase().starts_with("sort:");
        let bar: Vec<&str> = self.bar.text().split_whitespace().filter(orders).collect();
        let bar = bar.join(" ");
        let both = [view.to_owned(), bar.clone(), format!("{view} {bar}"), format!("({view}) ({bar})")];
        let means = |text: &String| parse(text, &reading).is_ok_and(|query| query.filter == self.query.filter);
        let plain = Query { entity: self.spec.entity, filter: self.query.filter.clone(), sort: Vec::new() };
        both.into_iter().find(means).unwrap_or_else(|| print(&plain, &reading)).trim().to_owned()
    }

    fn put(&mut self, definition: Definition, cx: &mut Cx<'_>) {
        self.saving = Some(cx.act(AnyAct::PutDefinition(Box::new(PutDefinition { definition }))));
    }

    /// A name was typed: the list is saved under it, or a saved view gets it.
    pub(super) fn named_view(&mut self, of: Option<i64>, name: &str, cx: &mut Cx<'_>) {
        let name = name.trim().to_owned();
        let saved = |number: i64| cx.env.catalog.saved_views().find(|(d, _)| d.number == number).map(|(d, _)| d.clone());
        if let Some(number) = of {
            if let Some(old) = saved(number) {
                self.put(Definition { name, ..old }, cx);
            }
            return;
        }
        let slug = crate::model::choice::slug(&name);
        let own = self.views.iter().find(|view| view.slug == slug && matches!(view.whose, Whose::Own(_)));
        let old = own.and_then(|view| saved(view.whose.number()?));
        let body = Body::View(self.as_view(cx.env));
        let new = Definition { number: 0, name, place: 0, owner: Some(cx.env.me), body: body.clone() };
        self.put(old.map_or(new, |old| Definition { body, ..old }), cx);
    }

    /// What was chosen to be done with a saved view.
    pub(super) fn changed_view(&mut self, number: i64, change: Change, cx: &mut Cx<'_>) -> Flow {
        let Some(old) = cx.env.catalog.saved_views().find(|(d, _)| d.number == number).map(|(d, _)| d.clone()) else {
            cx.complain("somebody took the view away");
            return Flow::Stay;
        };
        match change {
            Change::Save => {
                let body = Body::View(self.as_view(cx.env));
                self.put(Definition { body, ..old }, cx);
            }
            Change::Rename => {
                let prompt = Prompt::new("name of the view › ", Purpose::NameView(Some(number)), &old.name);
                return Flow::Push(Box::new(prompt));
            }
            Change::Earlier | Change::Later => {
                let beside =
                    |view: &&View| matches!((view.whose, old.owner), (Whose::Own(_), Some(_)) | (Whose::Shared(_), None));
                let place = self.views.iter().filter(beside).position(|view| view.whose.number() == Some(number));
                let here = place.and_then(|place| i64::try_from(place).ok()).unwrap_or_default() + 1;
                let to = if change == Change::Earlier { (here - 1).max(1) } else { here + 1 };
                cx.act(AnyAct::MoveDefinition(MoveDefinition { number, to }));
            }
            Change::Share => {
                let owner = if old.owner.is_some() { None } else { Some(cx.env.me) };
                self.put(Definition { owner, ..old }, cx);
            }
            Change::Delete => {
                cx.act(AnyAct::RemoveDefinition(RemoveDefinition { number }));
            }
        }
        Flow::Stay
    }

    /// A view that was saved here is there: it is opened, and the filter that it holds now leaves the bar.
    pub(super) fn saved_view(&mut self, reply: &Reply, cx: &mut Cx<'_>) {
        self.read_views(cx.env);
        let Reply::Number(number) = reply else { return };
        if let Some(view) = self.views.iter().position(|view| view.whose.number() == Some(*number)) {
            self.bar.clear();
            self.show_view(view, cx);
        }
    }
}
