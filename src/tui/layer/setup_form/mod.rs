//! The form of a user, a team, a unit, a rule, points or a target: typed fields, what each could be, what is wrong at its field, and
//! for a condition what it means and finds. Decides nothing of what may be said; the service does.

mod draw;
pub mod matches;
mod offers;
mod subject;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

pub use self::subject::Subject;

use self::matches::Matches;
use self::offers::Offer;
use super::{Flow, Incoming, Layer, Outcome};
use crate::error::{Error, Problem};
use crate::model::dates::ago;
use crate::model::definition::Body;
use crate::model::entity::{Entity, RecordId};
use crate::query::{self, QueryError};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::widget::input::Input;
use crate::worker::drafts::Draft;
use crate::worker::writer::Reply;

/// The form.
#[derive(Debug)]
pub struct SetupForm {
    subject: Subject,
    inputs: Vec<Input>,
    at: usize,
    problems: Vec<Problem>,
    offers: Vec<Offer>,
    /// What is wrong with the condition.
    mistake: Option<QueryError>,
    matches: Matches,
    /// The act that saves it.
    saving: Option<u64>,
    draft: String,
    kept: bool,
    /// Whether it was said that somebody else wrote meanwhile.
    warned: bool,
    drawn: Cell<Rect>,
    /// The columns of a value, as it was drawn.
    wide: Cell<u16>,
}

impl SetupForm {
    /// The form of what is there or of something new; a draft of it comes back.
    pub fn open(subject: Subject, cx: &mut Cx<'_>) -> Self {
        let texts = subject.fields().iter().map(|field| (field.name, subject.shown(field.name, cx.env)));
        let inputs = texts.map(|(name, text)| if name == "when" { Input::lines(&text) } else { Input::new(&text) }).collect();
        let draft = subject.draft();
        let mut form = Self {
            subject,
            inputs,
            at: 0,
            problems: Vec::new(),
            offers: Vec::new(),
            mistake: None,
            matches: Matches::default(),
            saving: None,
            draft,
            kept: false,
            warned: false,
            drawn: Cell::default(),
            wide: Cell::new(40),
        };
        form.restore(cx);
        form.understand(cx);
        form
    }

    fn restore(&mut self, cx: &mut Cx<'_>) {
        let Some(draft) = cx.env.drafts.iter().find(|draft| draft.key == self.draft).cloned() else { return };
        for (name, text) in &draft.fields {
            if let Some(place) = self.place(name) {
                self.inputs[place].set(text);
            }
        }
        self.kept = true;
        let age = match ago(draft.at, cx.env.now()).as_str() {
            "now" => "a moment ago".to_owned(),
            age => format!("{age} ago"),
        };
        cx.say(format!("your draft of {age} is back · {} empties it", cx.env.keymap.keys_of(Action::Cancel, Scope::Setup)));
    }

    fn place(&self, field: &str) -> Option<usize> {
        self.subject.fields().iter().position(|one| one.name == field)
    }

    /// The name of the field under the cursor.
    fn field(&self) -> &'static str {
        self.subject.fields().get(self.at).map_or("", |field| field.name)
    }

    fn text_of(&self, field: &str) -> &str {
        self.place(field).map_or("", |place| self.inputs[place].text())
    }

    fn is_changed(&self, place: usize, env: &Env) -> bool {
        let name = self.subject.fields()[place].name;
        self.inputs[place].text().trim() != self.subject.shown(name, env).trim()
    }

    fn changed_fields(&self, env: &Env) -> Vec<(String, String)> {
        let changed = (0..self.inputs.len()).filter(|place| self.is_changed(*place, env));
        changed.map(|place| (self.subject.fields()[place].name.to_owned(), self.inputs[place].text().to_owned())).collect()
    }

    /// What is typed as a whole, or every mistake.
    fn read(&self, env: &Env) -> Result<Subject, Vec<Problem>> {
        let names = self.subject.fields().iter().map(|field| field.name);
        self.subject.with(names.zip(self.inputs.iter().map(Input::text)), env)
    }

    /// What follows from the text: offers, what is wrong with it, what the condition finds.
    fn understand(&mut self, cx: &mut Cx<'_>) {
        if let Some(input) = self.inputs.get(self.at) {
            let (text, cursor) = if input.is_proposed() { ("", 0) } else { (input.text(), input.cursor()) };
            self.offers = offers::offers(&self.subject, self.field(), text, cursor, cx.env);
        }
        if self.place("when").is_some() {
            let when = self.text_of("when").to_owned();
            self.mistake = query::parse(&when, &cx.env.reading()).err();
            let unit = cx.env.catalog.people.find_unit(self.text_of("unit")).map(|unit| unit.number);
            self.matches.ask(&when, unit, false, cx);
        }
    }

    fn typed(&mut self, cx: &mut Cx<'_>) {
        let field = self.field();
        self.problems.retain(|problem| problem.field != field);
        self.understand(cx);
        self.keep(cx);
    }

    fn keep(&mut self, cx: &mut Cx<'_>) {
        let fields = self.changed_fields(cx.env);
        if fields.is_empty() {
            return self.drop_draft(cx);
        }
        self.kept = true;
        let draft =
            Draft { key: self.draft.clone(), record: String::new(), at: cx.env.now(), version: 0, text: String::new(), fields };
        cx.push(Effect::KeepDraft(draft));
    }

    fn drop_draft(&mut self, cx: &mut Cx<'_>) {
        if std::mem::take(&mut self.kept) {
            cx.push(Effect::DropDraft(self.draft.clone()));
        }
    }

    fn go(&mut self, place: usize, cx: &mut Cx<'_>) {
        self.at = place.min(self.inputs.len().saturating_sub(1));
        // one value among several gives way to what is typed; what is added to stays
        if is_one(self.field()) && !self.is_changed(self.at, cx.env) {
            self.inputs[self.at].propose();
        }
        self.understand(cx);
    }

    fn walk(&mut self, by: isize, cx: &mut Cx<'_>) {
        let last = self.inputs.len().saturating_sub(1);
        let there = match by {
            1 if self.at == last => 0,
            -1 if self.at == 0 => last,
            by => self.at.saturating_add_signed(by).min(last),
        };
        self.go(there, cx);
    }

    fn leave(&self, cx: &mut Cx<'_>) -> Flow {
        if self.kept {
            let key = if self.subject.number() == 0 { Action::New } else { Action::Edit };
            cx.say(format!("draft kept · {} goes on", cx.env.keymap.keys_of(key, Scope::Rules)));
        }
        Flow::Close
    }

    /// Ctrl-c: what was typed goes; a second one leaves.
    fn cancel(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.changed_fields(cx.env).is_empty() {
            self.drop_draft(cx);
            return Flow::Close;
        }
        for (input, field) in self.inputs.iter_mut().zip(self.subject.fields()) {
            input.replace(&self.subject.shown(field.name, cx.env));
        }
        self.problems.clear();
        self.typed(cx);
        cx.say("all fields are as they were");
        Flow::Stay
    }

    /// Whether Tab completes: something is begun that can become what is offered. Where nothing is, Tab goes on, as in every form.
    fn is_begun(&self) -> bool {
        let input = self.inputs.get(self.at).filter(|input| !input.is_proposed());
        let before = input.and_then(|input| input.text().get(..input.cursor()));
        !self.offers.is_empty() && before.and_then(|text| text.chars().last()).is_some_and(|c| !c.is_whitespace() && c != ',')
    }

    /// Takes the first offer; whether there was one.
    fn complete(&mut self, cx: &mut Cx<'_>) -> bool {
        if !self.is_begun() {
            return false;
        }
        let Some((range, text, _)) = self.offers.first().cloned() else { return false };
        let Some(input) = self.inputs.get_mut(self.at) else { return false };
        let mut whole = input.text().to_owned();
        if whole.get(range.clone()).is_none() {
            return false;
        }
        whole.replace_range(range.clone(), &text);
        input.set_at(&whole, range.start + text.len());
        self.typed(cx);
        true
    }

    fn save(&mut self, cx: &mut Cx<'_>) {
        let names = self.subject.fields().iter().map(|field| field.name);
        let new = match self.subject.checked(names.zip(self.inputs.iter().map(Input::text)), cx.env) {
            Ok(new) => new,
            Err(problems) => return self.refused(problems, cx),
        };
        if !self.warned && self.is_other_now(cx.env) {
            self.warned = true;
            let key = cx.env.keymap.keys_of(Action::Save, Scope::Setup);
            return cx.complain(format!("somebody changed {} meanwhile · {key} again writes over it", self.subject.name()));
        }
        self.problems.clear();
        self.saving = Some(cx.act(new.act()));
    }

    /// Whether what is stored is not what the form began with.
    fn is_other_now(&self, env: &Env) -> bool {
        let (people, number) = (&env.catalog.people, self.subject.number());
        let now = match &self.subject {
            _ if number == 0 => return false,
            Subject::User(_) => people.user(number).cloned().map(Subject::User),
            Subject::Team(_) => people.team(number).cloned().map(Subject::Team),
            Subject::Unit(_) => people.unit(number).cloned().map(Subject::Unit),
            Subject::Definition(held) => {
                // another place in the order is nobody's change of what it says
                let found = env.catalog.definitions.iter().find(|one| one.number == number).cloned();
                found.map(|one| Subject::Definition(crate::model::definition::Definition { place: held.place, ..one }))
            }
        };
        now.as_ref() != Some(&self.subject)
    }

    /// Shows every mistake at its field, the cursor on the first.
    fn refused(&mut self, problems: Vec<Problem>, cx: &mut Cx<'_>) {
        let at = |problem: &Problem| self.place(&problem.field);
        let first = problems.iter().filter_map(at).min();
        let count = problems.len();
        let words = problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
        self.problems = problems;
        if let Some(first) = first {
            self.go(first, cx);
        }
        cx.complain(if count > 1 { format!("{words} · and {} more", count - 1) } else { words });
    }

    fn written(&mut self, result: &crate::error::Result<crate::service::act::Done<Reply>>, cx: &mut Cx<'_>) -> Flow {
        self.saving = None;
        match result {
            Ok(done) => {
                self.drop_draft(cx);
                let number = if let Reply::Number(number) = done.reply { number } else { self.subject.number() };
                Flow::Done(Outcome::Made(self.key(number)))
            }
            Err(Error::Invalid(problems)) => {
                // the name of a team is checked under the word for the whole
                let named = |problem: &Problem| match self.place(&problem.field) {
                    Some(_) => problem.clone(),
                    None => Problem::new("name", problem.message.clone()),
                };
                let problems = problems.iter().map(named).collect();
                self.refused(problems, cx);
                Flow::Stay
            }
            Err(_) => Flow::Stay,
        }
    }

    fn key(&self, number: i64) -> RecordId {
        match &self.subject {
            Subject::User(_) => Entity::User.numbered(number),
            Subject::Team(_) => Entity::Team.numbered(number),
            Subject::Unit(_) => Entity::Unit.numbered(number),
            Subject::Definition(_) => Entity::Definition.numbered(number),
        }
    }

    /// The rule as it is typed, to be tried.
    fn try_out(&self, cx: &mut Cx<'_>) -> Flow {
        match self.read(cx.env) {
            Ok(Subject::Definition(mut rule)) if self.mistake.is_none() && matches!(rule.body, Body::Rule(_)) => {
                if rule.name.trim().is_empty() {
                    rule.name = "this rule".into();
                }
                Flow::Push(Box::new(super::trial::TrialPage::with(&rule, cx)))
            }
            Ok(_) => {
                cx.complain(
                    self.mistake.as_ref().map_or_else(|| "rules are tried, nothing else".to_owned(), ToString::to_string),
                );
                Flow::Stay
            }
            Err(problems) => {
                cx.complain(problems.first().map(|problem| problem.message.clone()).unwrap_or_default());
                Flow::Stay
            }
        }
    }
}

/// Whether a field holds one value that is chosen or counted, and no text that goes on.
fn is_one(field: &str) -> bool {
    const ONE: &[&str] = &[
        "role",
        "unit",
        "parent",
        "kind",
        "active",
        "takes_leads",
        "capacity",
        "deputy",
        "contact",
        "assign",
        "share",
        "queue",
        "points",
        "of",
        "month",
        "amount",
        "due",
        "away",
    ];
    ONE.contains(&field)
}

impl Layer for SetupForm {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Setup]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let wide = self.wide.get();
        match action {
            Action::Back | Action::Close if self.saving.is_some() => cx.say("still being saved"),
            Action::Back | Action::Close => return self.leave(cx),
            _ if self.saving.is_some() => {}
            Action::Cancel => return self.cancel(cx),
            Action::Down | Action::Up
                if self.inputs.get_mut(self.at).is_some_and(|input| input.row_step(action == Action::Down, wide)) => {}
            Action::Down => self.walk(1, cx),
            Action::Up | Action::Previous => self.walk(-1, cx),
            Action::PageDown => self.walk(8, cx),
            Action::PageUp => self.walk(-8, cx),
            Action::Complete => {
                if !self.complete(cx) {
                    self.walk(1, cx);
                }
            }
            Action::Open if self.at + 1 == self.inputs.len() => {
                cx.say(format!("the last field · {} saves", cx.env.keymap.keys_of(Action::Save, Scope::Setup)));
            }
            Action::Open => self.walk(1, cx),
            Action::Save => self.save(cx),
            Action::TryRules => return self.try_out(cx),
            other => {
                let Some(input) = self.inputs.get_mut(self.at) else { return Flow::Pass };
                let before = input.text().to_owned();
                if !input.act(other) {
                    return Flow::Pass;
                }
                if self.inputs[self.at].text() == before {
                    self.understand(cx);
                } else {
                    self.typed(cx);
                }
            }
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if self.saving.is_some() {
            return Flow::Stay;
        }
        // a line break that is pasted into a condition is a blank
        let text = text.replace(['\n', '\r'], " ");
        match self.inputs.get_mut(self.at).map(|input| input.insert(&text)) {
            Some(false) => cx.complain("that is too long for a field"),
            _ => self.typed(cx),
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        self.matches.take(incoming);
        match incoming {
            Incoming::Written { ticket, result } if self.saving == Some(*ticket) => self.written(result, cx),
            _ => Flow::Pass,
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.walk(if wheel > 0 { 1 } else { -1 }, cx);
        } else if let Some(place) = self.place_at(column, row) {
            self.go(place, cx);
        }
        Flow::Stay
    }

    fn awaits(&self, _: Option<Action>) -> bool {
        self.saving.is_some()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        self.paint(frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn draft_key(&self) -> Option<String> {
        Some(self.draft.clone())
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        match action {
            Action::Save if env.read_only => Some("the database can only be read".into()),
            Action::TryRules if !self.subject.is_rule() => Some("rules are tried, nothing else".into()),
            _ => None,
        }
    }

    fn label_here(&self, action: Action, _: &Env) -> Option<&'static str> {
        (action == Action::Complete && !self.is_begun()).then_some("next field")
    }
}
