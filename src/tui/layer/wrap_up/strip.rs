//! The strip on which a call is wrapped up: how it went, what is to be remembered, what is next. Knows no record and writes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::model::activity::{Follows, OUTGOING};
use crate::model::choice::{Choice, Set};
use crate::model::clean::{clean, fit, width};
use crate::model::dates::parse_when;
use crate::model::entity::RecordId;
use crate::model::zone::Zone;
use crate::service::activity::wrap_up::WrapUp;
use crate::tui::action::Action;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::when::{Reader, Typed};

/// Where the keys of the strip go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// Digits are outcomes, other keys act on the record.
    #[default]
    Keys,
    /// Text goes to the note.
    Note,
    /// Text goes to the time of the next step.
    Next,
}

/// The strip.
#[derive(Debug, Default)]
pub struct Strip {
    pub(super) focus: Focus,
    pub(super) outcome: Option<i64>,
    pub(super) note: Input,
    pub(super) next: Input,
    /// Whether the next step was typed and not proposed.
    pub(super) typed_next: bool,
    pub(super) direction: Option<i64>,
    pub(super) problem: Option<String>,
}

/// The lines that the strip takes.
pub const ROWS: u16 = 4;

/// The outcomes that digits stand for.
pub fn outcomes(env: &Env) -> impl Iterator<Item = (usize, &Choice)> {
    (1..=9).zip(env.catalog.choices.all(Set::Outcome).iter().filter(|choice| choice.active))
}

/// The place of the outcome that an action names, from 1.
pub const fn digit(action: Action) -> Option<usize> {
    Some(match action {
        Action::Outcome1 => 1,
        Action::Outcome2 => 2,
        Action::Outcome3 => 3,
        Action::Outcome4 => 4,
        Action::Outcome5 => 5,
        Action::Outcome6 => 6,
        Action::Outcome7 => 7,
        Action::Outcome8 => 8,
        Action::Outcome9 => 9,
        _ => return None,
    })
}

impl Strip {
    /// Says what is wrong, in words.
    pub fn complain(&mut self, problem: String) {
        self.problem = Some(problem);
    }

    /// Where its keys go.
    pub const fn focus(&self) -> Focus {
        self.focus
    }

    /// Whether anything was entered.
    pub fn is_blank(&self) -> bool {
        self.outcome.is_none() && self.note.text().trim().is_empty() && !self.typed_next
    }

    /// Takes what was typed before.
    pub fn restore(&mut self, note: &str, fields: &[(String, String)]) {
        self.note.set(note);
        for (name, value) in fields {
            match name.as_str() {
                "outcome" => self.outcome = value.parse().ok(),
                "next" => {
                    self.next.set(value);
                    self.typed_next = true;
                }
                _ => {}
            }
        }
    }

    /// What is kept of it as a draft, beside the note.
    pub fn kept(&self) -> Vec<(String, String)> {
        let outcome = self.outcome.map(|code| ("outcome".to_owned(), code.to_string()));
        let next = self.typed_next.then(|| ("next".to_owned(), self.next.text().to_owned()));
        outcome.into_iter().chain(next).collect()
    }

    /// A digit: the outcome, and the keys go to the note. What follows from it is proposed.
    pub fn choose(&mut self, place: usize, env: &Env) -> bool {
        let Some(code) = outcomes(env).find(|(n, _)| *n == place).map(|(_, choice)| choice.code) else {
            self.problem = Some(format!("there is no outcome {place}; `leadbook outcome add` makes one"));
            return false;
        };
        self.problem = None;
        self.outcome = Some(code);
        self.focus = Focus::Note;
        if !self.typed_next {
            let proposed = match Follows::of(&env.catalog.choices, code) {
                Follows::TryAgain | Follows::Voicemail => next_working_day(env),
                _ => String::new(),
            };
            self.next.set(&proposed);
        }
        true
    }

    /// Esc: from the text back to the keys. False where the keys had it already.
    pub fn step_back(&mut self) -> bool {
        let was = std::mem::take(&mut self.focus);
        was != Focus::Keys
    }

    /// Tab and its opposite: between the note and the next step.
    pub fn switch(&mut self) {
        self.focus = match self.focus {
            Focus::Note => Focus::Next,
            Focus::Keys | Focus::Next => Focus::Note,
        };
    }

    /// Text was typed; false where no text is taken.
    pub fn insert(&mut self, text: &str) -> bool {
        self.problem = None;
        match self.focus {
            Focus::Note => self.note.insert(text),
            Focus::Next => {
                // what is proposed gives way to what is typed
                if !std::mem::replace(&mut self.typed_next, true) {
                    self.next.set("");
                }
                self.next.insert(text)
            }
            Focus::Keys => false,
        }
    }

    /// An action of the line that is typed; whether the text is another now.
    pub fn edit(&mut self, action: Action) -> bool {
        let input = match self.focus {
            Focus::Note => &mut self.note,
            Focus::Next => &mut self.next,
            Focus::Keys => return false,
        };
        let before = input.text().to_owned();
        input.act(action);
        let changed = before != input.text();
        self.typed_next |= changed && self.focus == Focus::Next;
        if changed {
            self.problem = None;
        }
        changed
    }

    /// The call as it is to be logged, or what is missing, where the keys then go.
    pub fn read(&mut self, about: RecordId, activity: Option<i64>, env: &Env) -> Result<WrapUp, String> {
        let Some(outcome) = self.outcome else {
            self.focus = Focus::Keys;
            return Err("how did it go? A digit says it".into());
        };
        let typed = self.next.text().trim();
        let next = if typed.is_empty() {
            None
        } else {
            let when = parse_when(typed, env.now(), env.zone, &env.locale).map_err(|error| {
                self.focus = Focus::Next;
                error.to_string()
            })?;
            Some(when.instant(env.zone))
        };
        if next.is_none() && Follows::of(&env.catalog.choices, outcome) == Follows::CallBack {
            self.focus = Focus::Next;
            return Err("when? tomorrow 15:00, tue 9am, +3d".into());
        }
        let note = self.note.text().trim().to_owned();
        Ok(WrapUp { about, activity, outcome, direction: self.direction.unwrap_or(OUTGOING), note, next })
    }

    /// Draws it in [`ROWS`] lines; `place` is the zone of the one who was called.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, place: Option<Zone>, env: &Env) {
        let (area, place_of_call) = (area.intersection(frame.area()), place);
        if area.height < ROWS || area.width < 10 {
            return;
        }
        let line = |row: u16| Rect { y: area.y + row, height: 1, ..area };
        let (dim, label) = (env.theme.style(Meaning::Frame), env.theme.style(Meaning::Label));
        let head = match &self.problem {
            Some(problem) => {
                Line::styled(fit(&format!("── {}", clean(problem)), area.width.into()), env.theme.style(Meaning::Error))
            }
            None => {
                let rule = "─".repeat(usize::from(area.width).saturating_sub(18));
                Line::from(vec![
                    Span::styled("── ", dim),
                    Span::styled("how did it go? ", env.theme.style(Meaning::Title)),
                    Span::styled(rule, dim),
                ])
            }
        };
        frame.render_widget(Paragraph::new(head), line(0));
        frame.render_widget(Paragraph::new(self.outcome_line(area.width.into(), env)), line(1));
        for (row, name, input, focus) in [(2, " note › ", &self.note, Focus::Note), (3, " next › ", &self.next, Focus::Next)]
        {
            let place = line(row);
            frame.render_widget(Paragraph::new(Span::styled(name, label)), place);
            let start = (width(name) as u16).min(place.width);
            let focused = self.focus == focus;
            let read = if focus == Focus::Next { self.when(place_of_call, env) } else { None };
            let free = place.width.saturating_sub(start + width(input.text()) as u16 + 2).max(place.width / 2);
            let taken = read.as_ref().map_or(0, |(words, _)| (width(words) as u16 + 2).min(free));
            let room = Rect { x: place.x + start, width: (place.width - start).saturating_sub(taken), ..place };
            let is_typed = focus == Focus::Note || self.typed_next;
            self.draw_line(input, frame, room, (focused, is_typed), env);
            if let Some((words, style)) = read {
                let x = place.right().saturating_sub(taken);
                let words = fit(&words, taken.into());
                frame.render_widget(Paragraph::new(Span::styled(words, style)), Rect { x, width: taken, ..place });
            }
        }
    }

    /// A line with the cursor where it is `focused`; what is only proposed is dim.
    fn draw_line(&self, input: &Input, frame: &mut Frame<'_>, room: Rect, (focused, is_typed): (bool, bool), env: &Env) {
        let style = if focused && is_typed { Style::new() } else { env.theme.style(Meaning::Dim) };
        input.draw(frame, room, style, focused);
    }

    /// What the next step was read as.
    fn when(&self, place: Option<Zone>, env: &Env) -> Option<(String, Style)> {
        match Reader::new(env, place).read(self.next.text()) {
            Typed::Nothing => None,
            Typed::Read { line, .. } => Some((line, env.theme.style(Meaning::Label))),
            Typed::Wrong { word, .. } => Some((format!("? {}", clean(&word)), env.theme.style(Meaning::Error))),
        }
    }

    fn outcome_line(&self, columns: usize, env: &Env) -> Line<'static> {
        let mut spans = Vec::new();
        let mut used = 0;
        let whole: usize = outcomes(env).map(|(_, choice)| width(&choice.label) + 4).sum();
        let gap = if whole <= columns { " " } else { "" };
        for (digit, choice) in outcomes(env) {
            let word = format!("{}{gap}", clean(&choice.label).to_lowercase());
            let text = format!(" {digit} ");
            used += width(&text) + width(&word);
            if used > columns {
                break;
            }
            let chosen = self.outcome == Some(choice.code);
            spans.push(Span::styled(text, env.theme.style(Meaning::Key)));
            spans.push(Span::styled(word, if chosen { env.theme.style(Meaning::Cursor) } else { Style::new() }));
        }
        Line::from(spans)
    }
}

/// The next day on which people work, as it is typed.
fn next_working_day(env: &Env) -> String {
    // days count from a Thursday
    match (env.zone.today(env.now()) + 3).rem_euclid(7) {
        4 | 5 => "mon".into(),
        _ => "tomorrow".into(),
    }
}
