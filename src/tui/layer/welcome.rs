//! The page of the first start: who, where, in which money, and with what to begin. All is guessed; writes nothing itself.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Flow, Layer, Outcome};
use crate::model::clean::{clean, fit};
use crate::model::country;
use crate::model::fold::fold;
use crate::model::locale::Locale;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::{Effect, Switch};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::popup::put;

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
    (Start::Sample, "sample data", "made-up leads to try everything on, gone on quit"),
    (Start::File, "a file", "a CSV that another program exported"),
    (Start::Empty, "nothing", "an empty database; n types the first lead"),
];

/// Columns before a value.
const LABELS: u16 = 15;
/// Columns of a value.
const VALUE: u16 = 26;

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
    /// Where it was drawn last, for the mouse.
    area: Cell<Rect>,
}

/// A line of the page.
enum Row {
    Blank,
    Text(String, Meaning),
    Field(usize),
    Start(usize),
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
            area: Cell::default(),
        }
    }

    /// What the page says now; the sentence names the line that is wrong.
    fn answers(&self) -> Result<Answers, (usize, String)> {
        let [name, country, currency] = self.inputs.each_ref().map(|input| input.text().trim());
        if name.is_empty() {
            return Err((0, "write your name, as others shall read it on the leads that you own".into()));
        }
        let country = code_of(country).ok_or_else(|| {
            (1, format!("“{country}” is no country that leadbook knows: write its name, or its code as DE or US"))
        })?;
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

    fn rows(&self, height: usize) -> Vec<Row> {
        let said = self.mistake.clone().map_or(Row::Blank, |mistake| Row::Text(mistake, Meaning::Error));
        let mut rows = vec![
            Row::Text("Welcome to leadbook".into(), Meaning::Title),
            Row::Blank,
            Row::Text("All of this is guessed: Enter accepts it, Tab goes to the next line.".into(), Meaning::Hint),
            said,
        ];
        rows.extend((0..FIELDS.len()).map(Row::Field));
        rows.push(Row::Blank);
        rows.extend((0..STARTS.len()).map(Row::Start));
        rows.push(Row::Blank);
        rows.push(Row::Text(format!("Your leads will lie in {}", self.database), Meaning::Label));
        rows.push(Row::Text("No one else reads them; nothing leaves this computer.".into(), Meaning::Label));
        if rows.len() > height {
            rows.retain(|row| !matches!(row, Row::Blank));
        }
        rows
    }

    /// The first row on the screen, so that the one with the cursor is seen.
    fn top(&self, rows: &[Row], height: usize) -> usize {
        let here = rows.iter().position(|row| self.is_at(row)).unwrap_or(0);
        (here + 1).saturating_sub(height)
    }

    fn is_at(&self, row: &Row) -> bool {
        match row {
            Row::Field(place) => *place == self.at,
            Row::Start(place) => place + FIELDS.len() == self.at,
            _ => false,
        }
    }

    fn draw_row(&self, row: &Row, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let style = |meaning| env.theme.style(meaning);
        match row {
            Row::Blank => {}
            Row::Text(text, meaning) => {
                put(frame, area.x, area.y, &fit(&clean(text), area.width.into()), area, style(*meaning));
            }
            Row::Field(place) => {
                let (label, remark) = FIELDS[*place];
                put(frame, area.x, area.y, label, area, style(Meaning::Label));
                let value = Rect { x: area.x + LABELS, width: VALUE, ..area }.intersection(area);
                self.inputs[*place].draw(frame, value, Style::new(), *place == self.at);
                let remark = self.remark(*place).unwrap_or_else(|| remark.to_owned());
                put(frame, area.x + LABELS + VALUE + 1, area.y, &clean(&remark), area, style(Meaning::Dim));
            }
            Row::Start(place) => {
                let (_, label, remark) = STARTS[*place];
                if *place == 0 {
                    put(frame, area.x, area.y, "Start with", area, style(Meaning::Label));
                }
                let sign = if *place == self.start { "(•)" } else { "( )" };
                let text = format!("{sign} {label}");
                let own = if place + FIELDS.len() == self.at { style(Meaning::Cursor) } else { Style::new() };
                put(frame, area.x + LABELS, area.y, &text, area, own);
                put(frame, area.x + LABELS + 18, area.y, remark, area, style(Meaning::Dim));
            }
        }
    }

    fn remark(&self, place: usize) -> Option<String> {
        match place {
            0 if !self.login.is_empty() => Some(format!("you are the user {}", self.login)),
            _ => None,
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

/// Where the page stands in `area`: in the middle where there is room.
fn place(area: Rect, rows: usize) -> Rect {
    let columns = 92.min(area.width);
    let left = (area.width - columns) / 2;
    let left = if left == 0 && area.width > 40 { 1 } else { left };
    let down = area.height.saturating_sub(u16::try_from(rows).unwrap_or(u16::MAX)) / 3;
    Rect { x: area.x + left, y: area.y + down, width: area.width - left, height: area.height - down }
}

impl Layer for Welcome {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Welcome]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let last = FIELDS.len() + STARTS.len() - 1;
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
        let all = self.area.get();
        let rows = self.rows(all.height.into());
        let area = place(all, rows.len());
        let Some(line) = row.checked_sub(area.y).map(usize::from) else { return Flow::Stay };
        match rows.get(line + self.top(&rows, area.height.into())) {
            Some(Row::Field(place)) => {
                let (place, left) = (*place, area.x + LABELS);
                self.go(place);
                self.inputs[place].click(column.saturating_sub(left), 0, Rect { x: left, y: row, width: VALUE, height: 1 });
            }
            Some(Row::Start(place)) => self.go(FIELDS.len() + place),
            _ => {}
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let area = area.intersection(frame.area());
        if area.is_empty() {
            return;
        }
        self.area.set(area);
        frame.render_widget(ratatui::widgets::Clear, area);
        let rows = self.rows(area.height.into());
        let area = place(area, rows.len());
        let top = self.top(&rows, area.height.into());
        for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
            self.draw_row(row, frame, Rect { y, height: 1, ..area }, env);
        }
    }

    fn covers(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
