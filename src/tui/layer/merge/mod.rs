//! The page on which two records become one: both side by side where they differ, and what will happen. Writes nothing before it is
//! asked to, and decides no rule.

mod draw;
mod page;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use self::page::{Page, Side};
use super::{Flow, Incoming, Layer};
use crate::model::entity::RecordId;
use crate::service::merge::RetrieveMerge;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// The page.
#[derive(Debug)]
pub struct MergePage {
    one: RecordId,
    other: RecordId,
    /// The question how the two are.
    asked: u64,
    page: Option<Page>,
    /// The field under the cursor, by its place; behind the last one is the button.
    cursor: usize,
    /// The ticket of the act.
    awaited: Option<u64>,
    drawn: Cell<Rect>,
}

impl MergePage {
    /// Opens the page of two records and asks how they are.
    pub fn open(one: RecordId, other: RecordId, cx: &mut Cx<'_>) -> Self {
        let asked = cx.ask(Slot::Merge, AnyQuery::Merge(RetrieveMerge { one, other }));
        Self { one, other, asked, page: None, cursor: 0, awaited: None, drawn: Cell::default() }
    }

    /// The place of the button.
    fn last(&self) -> usize {
        self.page.as_ref().map_or(0, |page| page.fields.len())
    }

    fn go(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.last());
    }

    /// The value of this side stays; of the other one where none is named.
    fn keep(&mut self, side: Option<Side>) {
        if let Some(page) = &mut self.page
            && let Some(field) = page.fields.get(self.cursor).copied()
        {
            let side = side.unwrap_or_else(|| page.kept(field).other());
            page.keep(field, side);
        }
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Flow {
        match &self.page {
            Some(page) => match page.obstacle() {
                Some(reason) => cx.complain(reason.to_owned()),
                None => self.awaited = Some(cx.act(AnyAct::Merge(page.act()))),
            },
            None => cx.complain("the two are still being read"),
        }
        Flow::Stay
    }
}

impl Layer for MergePage {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Merge]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            _ if self.awaited.is_some() => {}
            Action::Save => return self.save(cx),
            Action::Open if self.cursor == self.last() => return self.save(cx),
            Action::Open | Action::Down => self.go(1),
            Action::Up => self.go(-1),
            Action::PageDown => self.go(10),
            Action::PageUp => self.go(-10),
            Action::First => self.cursor = 0,
            Action::Last => self.cursor = self.last(),
            Action::Left | Action::Theirs => self.keep(Some(Side::Left)),
            Action::Right | Action::Mine => self.keep(Some(Side::Right)),
            Action::Mark => self.keep(None),
            Action::Next | Action::Previous => {
                if let Some(page) = &mut self.page {
                    page.swap(cx.env);
                }
            }
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Merge, serial, result } if *serial == self.asked => match result {
                Ok(Answer::Merge(found)) => {
                    let found = (**found).clone();
                    self.page = Some(match &self.page {
                        Some(page) => page.renewed(found, cx.env),
                        None => Page::new(found, cx.env),
                    });
                    self.go(0);
                }
                Ok(_) => {}
                Err(error) => {
                    // two that cannot be merged have no page
                    cx.complain(error.to_string());
                    return Flow::Close;
                }
            },
            Incoming::Written { ticket, result } if self.awaited == Some(*ticket) => {
                self.awaited = None;
                // a refusal is said by the app; what was chosen stays
                if result.is_ok() {
                    return Flow::Close;
                }
            }
            _ => {}
        }
        Flow::Pass
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        if self.awaited.is_none() {
            self.asked = cx.ask(Slot::Merge, AnyQuery::Merge(RetrieveMerge { one: self.one, other: self.other }));
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.go(wheel as isize);
            return Flow::Stay;
        }
        let Some((place, side)) = self.place_at(column, row, cx.env) else { return Flow::Stay };
        self.cursor = place;
        if self.awaited.is_some() {
            return Flow::Stay;
        }
        if place == self.last() {
            return self.save(cx);
        }
        if let Some(side) = side {
            self.keep(Some(side));
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        self.paint(frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        match action {
            Action::Save if env.read_only => Some("the database can only be read".into()),
            _ => None,
        }
    }
}
