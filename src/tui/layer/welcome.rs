//! The page of the first start: who, where, in which money, and with what to begin. All is guessed; writes nothing itself.

mod draw;

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use self::draw::Row;
use super::{Flow, Layer, Outcome};
use crate::model::country;
use crate::model::fold::fold;
use crate::model::locale::Locale;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::{Effect, Switch};
use crate::tui::env::Env;
use crate::tui::widget::input::Input;

/// With what a person begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// A throw-away copy of the sample data.
    #[default]
    Sample,
    /// A file that another program exported.
    File,
    /// An empty database.
    Empty,
}

/// What the page is told; before that, what is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// The person's name.
    pub name: String,
    /// The login that they act as; guessed, not asked for.
    pub login: String,
    /// ISO 4217 code.
    pub currency: String,
    /// ISO 3166 code in capitals.
    pub country: String,
    /// With what they begin.
    pub start: Start,
}

/// The lines that can be edited, with what they are for.
const FIELDS: [(&str, &str); 3] =
    [("Your name", ""), ("Country", "phones, order of dates, decimal mark"), ("Currency", "of new leads")];

/// With what one can begin.
const STARTS: [(Start, &str, &str); 3] = [
    (Start::Sample, "sample data", "made-up leads to try things on, gone on quit"),
    (Start::File, "a file", "a CSV that another program exported"),
    (Start::Empty, "nothing", "an empty database; n types the first lead"),
];

/// The page.
#[derive(Debug)]
pub struct Welcome {
    inputs: [Input; FIELDS.len()],
    start: usize,
    /// The line with the cursor: the fields, then what to start with.
    at: usize,
    login: String,
    database: String,
    /// The currency follows the country until it is typed itself.
    own_currency: bool,
    mistake: Option<String>,
    /// Whether it was to be left: once more leaves it.
    canceled: bool,
    /// Where it was drawn last, for the mouse.
    area: Cell<Rect>,
}

impl Welcome {
    /// The page with what is guessed of the person, and where the file lies.
    pub fn new(env: &Env) -> Self {
        let name = env.catalog.people.user(env.me).map_or("", |user| user.name.as_str());
        Self {
            inputs: [name, env.locale.country.as_str(), env.locale.currency.as_str()].map(Input::new),
            start: 0,
            at: FIELDS.len(),
            login: env.login(),
            database: env.database.clone(),
            own_currency: false,
            mistake: None,
            canceled: false,
            area: Cell::default(),
        }
    }

    /// What the page says now; the sentence names the line that is wrong.
    fn answers(&self) -> Result<Answers, (usize, String)> {
        let [name, country, currency] = self.inputs.each_ref().map(|input| input.text().trim());
        if name.is_empty() {
            return Err((0, "write your name, as others shall read it on the leads that you own".into()));
        }
        let country = code_of(country)
            .ok_or_else(|| (1, format!("“{country}” is no country known here: its name, or its code as DE or US")))?;
        if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err((2, format!("“{currency}” is no currency: write its code as EUR or USD")));
        }
        Ok(Answers {
            name: name.to_owned(),
            login: self.login.clone(),
            currency: currency.to_ascii_uppercase(),
            country,
            start: STARTS[self.start].0,
        })
    }

    fn go(&mut self, to: usize) {
        self.at = to.min(FIELDS.len() + STARTS.len() - 1);
        if let Some(start) = self.at.checked_sub(FIELDS.len()) {
            self.start = start;
        }
    }

    /// The currency of the country, while nobody typed another.
    fn follow(&mut self) {
        self.mistake = None;
        match self.at {
            1 if !self.own_currency => {
                if let Some(code) = code_of(self.inputs[1].text()) {
                    self.inputs[2].set(&Locale::of(&code).currency);
                }
            }
            2 => self.own_currency = true,
            _ => {}
        }
    }

    fn accept(&mut self, cx: &mut Cx<'_>) -> Flow {
        let answers = match self.answers() {
            Ok(answers) => answers,
            Err((at, mistake)) => {
                self.at = at;
                cx.complain(mistake.clone());
                self.mistake = Some(mistake);
                return Flow::Stay;
            }
        };
        let start = answers.start;
        cx.push(Effect::SaveConfig(Box::new(answers)));
        match start {
            Start::Sample => {
                cx.push(Effect::Switch(Switch::Sample));
                Flow::Close
            }
            Start::File => Flow::Done(Outcome::Run(Action::Import)),
            Start::Empty => Flow::Close,
        }
    }
}

/// The code of a country by its name or code; any two letters are one.
fn code_of(text: &str) -> Option<String> {
    let folded = fold(text.trim());
    let known = country::writings(&folded).and_then(|writings| writings.first().copied());
    let letters = folded.len() == 2 && folded.bytes().all(|b| b.is_ascii_lowercase());
    known.or_else(|| letters.then_some(folded.as_str())).map(str::to_ascii_uppercase)
}

impl Layer for Welcome {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Welcome]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let last = FIELDS.len() + STARTS.len() - 1;
        let was_canceled = std::mem::take(&mut self.canceled);
        match action {
            Action::Open => return self.accept(cx),
            Action::Down => self.go(self.at + 1),
            Action::Up => self.go(self.at.saturating_sub(1)),
            Action::PageDown => self.go(last),
            Action::PageUp => self.go(0),
            // what to start with is one field
            Action::Next if self.at >= FIELDS.len() => self.go(0),
            Action::Next if self.at + 1 == FIELDS.len() => self.go(FIELDS.len() + self.start),
            Action::Next => self.go(self.at + 1),
            Action::Previous if self.at == 0 => self.go(FIELDS.len() + self.start),
            Action::Previous if self.at >= FIELDS.len() => self.go(FIELDS.len() - 1),
            Action::Previous => self.go(self.at - 1),
            Action::Left | Action::Right if self.at >= FIELDS.len() => {
                let by = if action == Action::Left { STARTS.len() - 1 } else { 1 };
                self.go(FIELDS.len() + (self.start + by) % STARTS.len());
            }
            Action::Back => cx.say("Enter starts leadbook; Ctrl-c twice leaves it"),
            Action::Cancel if was_canceled => cx.push(Effect::Quit),
            Action::Cancel => {
                self.canceled = true;
                cx.say("Ctrl-c again leaves leadbook; Enter starts it");
            }
            other => {
                let Some(input) = self.inputs.get_mut(self.at) else { return Flow::Pass };
                let before = input.text().to_owned();
                if !input.act(other) {
                    return Flow::Pass;
                }
                if input.text() != before {
                    self.follow();
                }
            }
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _: &mut Cx<'_>) -> Flow {
        match self.inputs.get_mut(self.at) {
            Some(input) => {
                input.insert(text);
                self.follow();
            }
            // on the choices a letter chooses the one that begins with it, and a blank the next
            None if text == "j" => self.go(self.at + 1),
            None if text == "k" => self.go(self.at - 1),
            None if text == " " => self.go(FIELDS.len() + (self.start + 1) % STARTS.len()),
            None => {
                let typed = text.to_lowercase();
                let found = STARTS.iter().position(|(_, label, _)| label.trim_start_matches("a ").starts_with(&typed));
                if let Some(place) = found {
                    self.go(FIELDS.len() + place);
                }
            }
        }
        Flow::Stay
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.go(if wheel > 0 { self.at + 1 } else { self.at.saturating_sub(1) });
            return Flow::Stay;
        }
        match draw::row_at(self, row) {
            Some((Row::Field(place), area)) => {
                self.go(place);
                let value = draw::value(area);
                self.inputs[place].click(column.saturating_sub(value.x), 0, value);
            }
            Some((Row::Start(place), _)) => self.go(FIELDS.len() + place),
            _ => {}
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
