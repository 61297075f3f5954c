//! The page on which a lead is qualified: one look, one key. Writes nothing before it is asked to, and decides no rule.

mod draw;
mod page;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use self::page::{PARTS, Page};
use super::entry::text_of;
use super::find::{Find, Sought};
use super::picker::Picker;
use super::prompt::Prompt;
use super::{Flow, Incoming, Layer, Outcome, Pick, Purpose};
use crate::model::choice::QUALIFIED;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::Kind;
use crate::model::value::Value;
use crate::service::qualify::matches::RetrieveMatches;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// A line that the cursor can be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// A choice for the account.
    Account(usize),
    /// A choice for the contact.
    Contact(usize),
    /// The opportunity: its tick, then each of its parts.
    Deal(usize),
    /// The reason.
    Reason,
    /// The button.
    Do,
}

/// The page.
#[derive(Debug)]
pub struct Qualify {
    lead: RecordId,
    /// The question what the lead may already be.
    asked: u64,
    page: Option<Page>,
    failed: Option<String>,
    at: Place,
    /// The ticket of the act.
    awaited: Option<u64>,
    /// The act was asked for before the matches were here.
    hurried: bool,
    drawn: Cell<Rect>,
}

impl Qualify {
    /// Opens the page of a lead and asks what it may already be.
    pub fn open(lead: RecordId, cx: &mut Cx<'_>) -> Self {
        let asked = cx.ask(Slot::Matches, AnyQuery::Matches(RetrieveMatches { lead: lead.number }));
        Self {
            lead,
            asked,
            page: None,
            failed: None,
            at: Place::Account(0),
            awaited: None,
            hurried: false,
            drawn: Cell::default(),
        }
    }

    /// Every line, from the top; the parts of the opportunity are one.
    fn places(&self, page: &Page) -> Vec<Place> {
        let part = if let Place::Deal(part) = self.at { part } else { 0 };
        let accounts = (0..page.account.rows.len()).map(Place::Account);
        let contacts = (0..page.contact.rows.len()).map(Place::Contact);
        accounts.chain(contacts).chain([Place::Deal(part), Place::Reason, Place::Do]).collect()
    }

    fn go(&mut self, by: isize) {
        let Some(page) = &self.page else { return };
        let places = self.places(page);
        let here = places.iter().position(|place| *place == self.at).unwrap_or(0);
        let there = here.saturating_add_signed(by).min(places.len() - 1);
        self.at = places[there];
    }

    /// To what is chosen in the next or the previous part of the page.
    fn section(&mut self, on: bool) {
        let Some(page) = &self.page else { return };
        let heads =
            [Place::Account(page.account.chosen), Place::Contact(page.contact.chosen), Place::Deal(0), Place::Reason, Place::Do];
        let here = match self.at {
            Place::Account(_) => 0,
            Place::Contact(_) => 1,
            Place::Deal(_) => 2,
            Place::Reason => 3,
            Place::Do => 4,
        };
        let there = if on { (here + 1).min(heads.len() - 1) } else { here.saturating_sub(1) };
        self.at = heads[there];
    }

    /// Chooses the row under the cursor; false where there is none to be chosen.
    fn choose(&mut self) {
        match (self.at, &mut self.page) {
            (Place::Account(row), Some(page)) => page.account.chosen = row,
            (Place::Contact(row), Some(page)) => page.contact.chosen = row,
            _ => {}
        }
    }

    fn enter(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.at == Place::Do {
            return self.save(cx);
        }
        self.choose();
        self.section(true);
        Flow::Stay
    }

    /// Space: chooses, ticks the opportunity, changes a part of it.
    fn tick(&mut self, cx: &mut Cx<'_>) -> Flow {
        match (self.at, &mut self.page) {
            (Place::Deal(0), Some(page)) => page.with_deal = !page.with_deal,
            (Place::Deal(_) | Place::Reason, _) => return self.change(cx),
            (Place::Do, _) => return self.save(cx),
            _ => self.choose(),
        }
        Flow::Stay
    }

    /// Left and right: the parts of the opportunity.
    fn part(&mut self, on: bool) {
        if let (Place::Deal(part), Some(page)) = (self.at, &self.page) {
            let last = if page.with_deal { PARTS.len() } else { 0 };
            self.at = Place::Deal(if on { (part + 1).min(last) } else { part.saturating_sub(1) });
        }
    }

    /// Asks for another value of what the cursor is on.
    fn change(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(page) = &mut self.page else { return Flow::Stay };
        match self.at {
            Place::Reason => {
                let title = "Status Reason".to_owned();
                Flow::Push(Box::new(Picker::reason(cx.env, title, Purpose::Qualified, Entity::Lead, QUALIFIED)))
            }
            Place::Deal(part) => {
                page.with_deal = true;
                let name = PARTS[part.saturating_sub(1).min(PARTS.len() - 1)];
                let registry = &cx.env.catalog.opportunity;
                let id = registry.id(name);
                let field = registry.field(id);
                let value = page.value(name, cx.env);
                if field.kind == Kind::Owner {
                    return Flow::Push(Box::new(Picker::value(cx.env, "Owner".into(), Purpose::Deal(id), id)));
                }
                let mut text = text_of(field, &value, cx.env);
                if field.kind == Kind::Money && !text.is_empty() {
                    text = format!("{text} {}", page.currency(cx.env));
                }
                let prompt = Prompt::new(format!("{} › ", field.label), Purpose::Deal(id), &text);
                Flow::Push(Box::new(if page.is_changed(id) { prompt } else { prompt.proposing() }))
            }
            _ => {
                self.choose();
                Flow::Stay
            }
        }
    }

    /// Looks for another account, or another contact.
    fn look(&self) -> Flow {
        let entity = if matches!(self.at, Place::Contact(_)) { Entity::Contact } else { Entity::Account };
        Flow::Push(Box::new(Find::sought(Sought::Customer(entity))))
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Flow {
        match &self.page {
            _ if self.awaited.is_some() => {}
            Some(page) => self.awaited = Some(cx.act(AnyAct::Qualify(Box::new(page.act())))),
            None => self.hurried = true,
        }
        Flow::Stay
    }

    fn arrived(&mut self, page: Page) {
        self.at = Place::Account(page.account.chosen);
        self.page = Some(page);
    }
}

impl Layer for Qualify {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Qualify]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            _ if self.awaited.is_some() => {}
            Action::Save => return self.save(cx),
            _ if self.page.is_none() => {}
            Action::Open => return self.enter(cx),
            Action::Mark => return self.tick(cx),
            Action::Edit => return self.change(cx),
            Action::Filter => return self.look(),
            Action::Down => self.go(1),
            Action::Up => self.go(-1),
            Action::PageDown | Action::Last => self.at = Place::Do,
            Action::PageUp | Action::First => self.at = Place::Account(0),
            Action::Next => self.section(true),
            Action::Previous => self.section(false),
            Action::Left => self.part(false),
            Action::Right => self.part(true),
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        let Some(page) = &mut self.page else { return Flow::Pass };
        match outcome {
            Outcome::Found { record, name, .. } => {
                let (choices, place): (_, fn(usize) -> Place) = match record.entity {
                    Entity::Contact => (&mut page.contact, Place::Contact),
                    _ => (&mut page.account, Place::Account),
                };
                choices.take(*record, name);
                self.at = place(choices.chosen);
            }
            Outcome::Entered(Purpose::Deal(id), text) => {
                if let Err(message) = page.change(*id, text, cx.env) {
                    let label = format!("{} › ", cx.env.catalog.field(*id).label);
                    return Flow::Push(Box::new(Prompt::new(label, Purpose::Deal(*id), text).mistaken(Some(message))));
                }
            }
            Outcome::Picked(Purpose::Deal(id), Pick::Owner(owner)) => page.put(*id, Value::Owner(*owner)),
            Outcome::Picked(Purpose::Qualified, Pick::Choice(choice)) => page.reason = choice.code,
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Matches, serial, result } if *serial == self.asked => match result {
                Ok(Answer::Matches(found)) => {
                    self.arrived(Page::new((**found).clone(), cx.env));
                    if std::mem::take(&mut self.hurried) {
                        return self.save(cx);
                    }
                }
                Ok(_) => {}
                Err(error) => self.failed = Some(error.to_string()),
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

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.go(wheel as isize);
            return Flow::Stay;
        }
        match self.place_at(column, row, cx.env) {
            Some(Place::Do) => {
                self.at = Place::Do;
                self.save(cx)
            }
            Some(place) => {
                self.at = place;
                self.choose();
                Flow::Stay
            }
            None => Flow::Stay,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        self.paint(frame, area, env);
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        match action {
            Action::Save if env.read_only => Some("the database can only be read".into()),
            Action::Filter if !matches!(self.at, Place::Account(_) | Place::Contact(_)) => {
                Some("go to the account or the contact first".into())
            }
            _ => None,
        }
    }
}
