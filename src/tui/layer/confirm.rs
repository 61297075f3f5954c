//! A question before something large: how many, what follows, yes or no. Carries the act as data and does nothing itself.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Flow, Incoming, Layer, Outcome};
use crate::model::clean::{clean, fit, width};
use crate::model::dates::ago;
use crate::model::number::show_count;
use crate::service::qualify::Qualifications;
use crate::service::scope::{Confirmed, Targets};
use crate::store::log::Operation;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::markdown::plain;
use crate::tui::widget::popup::{Popup, put};
use crate::worker::reader::{Answer, Slot};
use crate::worker::writer::AnyAct;

mod words;

/// How old a step is before taking it back is a question, in µs.
const OLD: i64 = 86_400_000_000;

/// The question.
#[derive(Debug)]
pub struct Confirm {
    act: AnyAct,
    question: String,
    consequences: Vec<String>,
    /// The serial of the count, or of the plan, that is awaited; until then nothing can be confirmed.
    counting: Option<u64>,
    drawn: Cell<Rect>,
}

/// Why taking a step back is a question: it is large, old, or was not made here. Empty when it is none.
pub fn undo_reasons(step: &Operation, env: &Env) -> Vec<String> {
    let mut reasons = Vec::new();
    if step.touched > i64::from(env.config.confirm_above) {
        reasons.push(format!("It changed {} records.", show_count(step.touched, &env.locale)));
    }
    if env.now() - step.at > OLD {
        reasons.push(format!("It was done {} ago.", ago(step.at, env.now())));
    }
    if step.actor != env.me {
        reasons.push(format!("It was done by {}.", clean(&env.user(step.actor))));
    }
    match step.origin.as_str() {
        "tui" => {}
        "cli" => reasons.push("It was made on the command line.".into()),
        "import" => reasons.push("It was made by an import.".into()),
        other => reasons.push(format!("It was made by {}.", clean(other))),
    }
    reasons
}

impl Confirm {
    /// Asks whether an act on so many records is meant.
    pub fn act(act: AnyAct, count: u64, env: &Env) -> Self {
        let (question, consequences) = words::of(&act, count, env);
        Self { act, question, consequences, counting: None, drawn: Cell::default() }
    }

    /// Asks as soon as the records are counted; `serial` is that of the question how many there are. What turns out to be few
    /// needs no question.
    pub fn counting(act: AnyAct, serial: u64, env: &Env) -> Self {
        Self { counting: Some(serial), ..Self::act(act, 0, env) }
    }

    /// Asks with what many qualifications come to, as soon as that is known.
    fn planned(&mut self, plan: &Qualifications, newest: i64, cx: &mut Cx<'_>) -> Flow {
        if plan.leads == 0 {
            cx.complain("none of these leads is open");
            return Flow::Close;
        }
        if let Some(Targets::All { filter, except, .. }) = self.act.targets() {
            let confirmed = Some(Confirmed { count: plan.leads + plan.closed, newest });
            let targets = Targets::All { filter: filter.clone(), except: except.clone(), confirmed };
            self.act = self.act.clone().with_targets(targets);
        }
        (self.question, self.consequences) = words::of_plan(plan, cx.env);
        self.counting = None;
        Flow::Stay
    }

    /// Asks whether a step is to be taken back.
    pub fn undo(step: &Operation, act: AnyAct, env: &Env) -> Self {
        let question = format!("Take back “{}”?", step.summary);
        let mut consequences = undo_reasons(step, env);
        let redo = env.keymap.keys_of(Action::Redo, Scope::Browse);
        consequences.push(format!("{redo} does it again."));
        Self { act, question, consequences, counting: None, drawn: Cell::default() }
    }

    fn counted(&mut self, count: u64, newest: i64, env: &Env) -> Flow {
        let Some(Targets::All { filter, except, .. }) = self.act.targets() else { return Flow::Stay };
        let count = count.saturating_sub(except.len() as u64);
        let confirmed = Some(Confirmed { count, newest });
        let targets = Targets::All { filter: filter.clone(), except: except.clone(), confirmed };
        *self = Self { drawn: self.drawn.clone(), ..Self::act(self.act.clone().with_targets(targets), count, env) };
        // what the rules do with few leads is no less wide than with many
        let is_few = count <= u64::from(env.config.confirm_above) && !matches!(self.act, AnyAct::Route(_));
        if is_few { self.yes() } else { Flow::Stay }
    }

    fn yes(&self) -> Flow {
        Flow::Done(Outcome::Confirmed(Box::new(self.act.clone())))
    }

    fn answers(env: &Env) -> (String, String) {
        let key = |action| env.keymap.keys_of(action, Scope::Confirm);
        (format!("{} yes", key(Action::Yes)), format!("{} no", key(Action::No)))
    }

    fn lines(&self, columns: usize) -> Vec<(String, Meaning)> {
        if self.counting.is_some() {
            return vec![("counting the records …".into(), Meaning::Dim)];
        }
        let question = plain(&self.question, columns, 6).into_iter().map(|line| (line, Meaning::Title));
        let rest = self.consequences.iter().flat_map(|text| plain(text, columns, 4)).map(|line| (line, Meaning::Hint));
        question.chain(rest).collect()
    }
}

impl Layer for Confirm {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Confirm]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Yes if self.counting.is_some() => {
                cx.say("still counting: a moment");
                Flow::Stay
            }
            Action::Yes => self.yes(),
            Action::No | Action::Back | Action::Close | Action::Cancel => {
                cx.say("nothing was done");
                Flow::Close
            }
            _ => Flow::Pass,
        }
    }

    fn other_key(&self, env: &Env) -> Option<String> {
        let key = |action| env.keymap.keys_of(action, Scope::Confirm);
        let esc = env.keymap.keys_of(Action::Back, Scope::Always);
        Some(format!("{} does it · {} or {esc} leaves everything as it is", key(Action::Yes), key(Action::No)))
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        let Incoming::Answer { slot: Slot::Count | Slot::QualifyPlan, serial, result } = incoming else { return Flow::Pass };
        if self.counting != Some(*serial) {
            return Flow::Pass;
        }
        match result {
            Ok(Answer::Count(count, newest)) => self.counted(*count, *newest, cx.env),
            Ok(Answer::Qualifications(plan, newest)) => self.planned(plan, *newest, cx),
            Ok(_) => Flow::Pass,
            Err(error) => {
                cx.complain(error.to_string());
                Flow::Close
            }
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        let inner = self.drawn.get();
        if wheel != 0 || inner.height < 2 || row + 1 != inner.bottom() || column < inner.x {
            return Flow::Stay;
        }
        let (yes, no) = Self::answers(cx.env);
        let at = usize::from(column - inner.x);
        if at < width(&yes) {
            self.act(Action::Yes, cx)
        } else if (width(&yes) + 3..width(&yes) + 3 + width(&no)).contains(&at) {
            self.act(Action::No, cx)
        } else {
            Flow::Stay
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let columns = 64.min(area.width.saturating_sub(2)).max(1);
        let lines = self.lines(columns.into());
        let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = Popup::centred(area, columns, rows).draw(frame, &env.theme, "Please confirm", "");
        self.drawn.set(inner);
        if inner.is_empty() {
            return;
        }
        let above = if inner.height > 1 { inner.height - 1 } else { inner.height };
        for (y, (text, meaning)) in (inner.y..inner.y + above).zip(&lines) {
            put(frame, inner.x, y, &fit(text, inner.width.into()), inner, env.theme.style(*meaning));
        }
        if inner.height > 1 {
            let (yes, no) = Self::answers(env);
            put(frame, inner.x, inner.bottom() - 1, &format!("{yes}   {no}"), inner, env.theme.style(Meaning::Key));
        }
    }
}

#[cfg(test)]
mod tests;
