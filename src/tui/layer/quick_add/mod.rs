//! A lead in one line, with what was understood of it below. The grammar is the model's, the rules are the service's.

mod draw;
mod save;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::form::free_key;
use super::{Flow, Incoming, Layer};
use crate::model::choice::{Choice, Set};
use crate::model::dates::ago;
use crate::model::quick_add::{QuickAdd as Line, Vocabulary, parse};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::widget::input::Input;
use crate::worker::drafts::Draft;

/// The name under which the line is kept.
const DRAFT: &str = "quick-add";

/// What comes after the lead, or instead of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum After {
    /// The line closes.
    #[default]
    Close,
    /// The next line begins.
    Next,
    /// The form opens with the values.
    Form,
}

/// What is awaited from the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Awaited {
    /// The source that is added first.
    Source(u64),
    /// The lead.
    Lead(u64),
}

/// What the next lead has from the one before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Carried {
    source: Option<Choice>,
    tags: Vec<String>,
}

impl Carried {
    fn is_empty(&self) -> bool {
        self.source.is_none() && self.tags.is_empty()
    }
}

/// The line.
#[derive(Debug)]
pub struct QuickAdd {
    input: Input,
    carried: Carried,
    /// A source that was added for this line.
    added: Option<Choice>,
    awaited: Option<Awaited>,
    after: After,
    /// What was wrong when it was to be saved.
    problem: Option<String>,
    /// That a draft is back, until something is typed.
    greeting: Option<String>,
    draft: String,
    kept: bool,
    drawn: Cell<Rect>,
}

impl QuickAdd {
    /// A line that begins with `text`; without any, the draft comes back.
    pub fn new(text: &str, env: &Env) -> Self {
        let kept = env.drafts.iter().find(|draft| text.is_empty() && draft.key.starts_with(DRAFT) && !draft.text.is_empty());
        let greeting = kept.map(|draft| {
            let age = match ago(draft.at, env.now()).as_str() {
                "now" => "a moment ago".to_owned(),
                age => format!("{age} ago"),
            };
            format!("your draft of {age} is back · {} empties it", env.keymap.keys_of(Action::Cancel, Scope::QuickAdd))
        });
        Self {
            input: Input::new(kept.map_or(text, |draft| draft.text.as_str())),
            carried: Carried::default(),
            added: None,
            awaited: None,
            after: After::Close,
            problem: None,
            greeting,
            draft: kept.map_or_else(|| free_key(DRAFT, env), |draft| draft.key.clone()),
            kept: kept.is_some(),
            drawn: Cell::default(),
        }
    }

    /// What was understood.
    fn line(&self, env: &Env) -> Line {
        let known = env.catalog.choices.all(Set::Source).iter().filter(|choice| choice.active);
        let sources: Vec<&str> = known.map(|choice| choice.label.as_str()).collect();
        parse(self.input.text(), &Vocabulary { sources: &sources })
    }

    fn is_blank(&self) -> bool {
        self.input.text().trim().is_empty()
    }

    /// Keeps the line, or forgets the draft when it is empty.
    fn keep(&mut self, cx: &mut Cx<'_>) {
        if self.is_blank() {
            return self.drop_draft(cx);
        }
        self.kept = true;
        let (key, text) = (self.draft.clone(), self.input.text().to_owned());
        cx.push(Effect::KeepDraft(Draft { key, record: String::new(), at: cx.env.now(), version: 0, text, fields: Vec::new() }));
    }

    fn drop_draft(&mut self, cx: &mut Cx<'_>) {
        if std::mem::take(&mut self.kept) {
            cx.push(Effect::DropDraft(self.draft.clone()));
        }
    }

    fn typed(&mut self, cx: &mut Cx<'_>) {
        self.problem = None;
        self.greeting = None;
        self.keep(cx);
    }

    /// Esc: leaves; what was typed is kept.
    fn leave(&mut self, cx: &mut Cx<'_>) -> Flow {
        if !self.is_blank() {
            self.keep(cx);
            cx.say(format!("draft kept · {} goes on", cx.env.keymap.keys_of(Action::New, Scope::Browse)));
        }
        Flow::Close
    }

    fn mend(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if action == Action::DeleteBack && self.input.is_empty() {
            self.carried = Carried::default();
            return Flow::Stay;
        }
        let before = self.input.text().to_owned();
        if !self.input.act(action) {
            return Flow::Pass;
        }
        if before != self.input.text() {
            self.typed(cx);
        }
        Flow::Stay
    }
}

impl Layer for QuickAdd {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::QuickAdd]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if self.awaited.is_some() {
            return match action {
                Action::Cancel => self.leave(cx),
                Action::Back | Action::Close => {
                    let cancel = cx.env.keymap.keys_of(Action::Cancel, Scope::QuickAdd);
                    cx.say(format!("still being saved · {cancel} leaves it to itself and keeps the draft"));
                    Flow::Stay
                }
                _ => Flow::Stay,
            };
        }
        match action {
            Action::Back | Action::Close => self.leave(cx),
            Action::Cancel if self.input.is_empty() => Flow::Close,
            Action::Cancel => {
                self.input.replace("");
                self.typed(cx);
                Flow::Stay
            }
            Action::Open | Action::Save => self.save(After::Close, cx),
            Action::SaveNext => self.save(After::Next, cx),
            Action::Next => self.save(After::Form, cx),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::Previous => Flow::Stay,
            other => self.mend(other, cx),
        }
    }

    fn awaits(&self, action: Option<Action>) -> bool {
        // what is typed while the line is saved is for the next one, or for the lead that it made
        self.awaited.is_some() && !matches!(action, Some(Action::Back | Action::Close))
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if self.input.insert(text) {
            self.typed(cx);
        } else {
            cx.complain("that is too long for one line; I imports many leads from a file");
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        let Incoming::Written { ticket, result } = incoming else { return Flow::Pass };
        match self.awaited {
            Some(Awaited::Source(mine)) if mine == *ticket => self.source_added(result, cx),
            Some(Awaited::Lead(mine)) if mine == *ticket => self.written(result, cx),
            _ => Flow::Pass,
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        let line = self.drawn.get();
        if wheel == 0 && line.contains((column, row).into()) {
            self.input.click(column - line.x, row - line.y, line);
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        self.paint(frame, area, env);
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        let writes = matches!(action, Action::Open | Action::Save | Action::SaveNext);
        (writes && env.read_only).then(|| "the database can only be read".into())
    }
}
