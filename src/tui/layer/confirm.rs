//! A question before an act that touches much: how many, what happens, yes or no. Carries the act as data and does not do it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Wrap};

use super::{Flow, Incoming, Layer, Outcome};
use crate::model::clean::{clean, width};
use crate::model::dates::ago;
use crate::model::number::show_count;
use crate::service::scope::{Confirmed, Targets};
use crate::store::log::Operation;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::widget::popup::Popup;
use crate::worker::reader::{Answer, Slot};
use crate::worker::writer::AnyAct;

/// The question.
#[derive(Debug)]
pub struct Confirm {
    act: AnyAct,
    text: String,
    /// The serial of the count that is awaited; the question cannot be answered before.
    counting: Option<u64>,
}

/// What an act is called in a question.
fn verb(act: &AnyAct, env: &Env) -> String {
    match act {
        AnyAct::UpdateMany(act) => {
            let names: Vec<&str> = act.values.iter().map(|(id, _)| env.catalog.lead.field(*id).label).collect();
            format!("Change {} of", names.join(", "))
        }
        AnyAct::Assign(act) => format!("Hand to {}:", env.catalog.people.show(act.owner)),
        AnyAct::Tag(_) => "Tag".into(),
        AnyAct::Delete(_) => "Move to Deleted:".into(),
        AnyAct::Restore(_) => "Restore".into(),
        _ => "Change".into(),
    }
}

fn question(act: &AnyAct, count: u64, env: &Env) -> String {
    let count = show_count(i64::try_from(count).unwrap_or(i64::MAX), &env.locale);
    format!("{} {count} leads? One undo takes all of it back.", verb(act, env))
}

impl Confirm {
    /// A question about so many records.
    pub fn act(act: AnyAct, count: u64, env: &Env) -> Self {
        Self { text: question(&act, count, env), act, counting: None }
    }

    /// A question about a whole list whose count is being asked for with this serial.
    pub fn counting(act: AnyAct, serial: u64, env: &Env) -> Self {
        Self { text: format!("{} all leads of this list? Counting them …", verb(&act, env)), act, counting: Some(serial) }
    }

    /// A question before a step is taken back that is large, old or was made elsewhere.
    pub fn undo(step: &Operation, act: AnyAct, env: &Env) -> Self {
        let place = match step.origin.as_str() {
            "tui" => String::new(),
            "cli" => ", by the command line".into(),
            "import" => ", an import".into(),
            other => format!(", by {other}"),
        };
        let text = format!(
            "Undo “{}”? {} records, {} ago{place}.",
            clean(&step.summary),
            show_count(step.touched, &env.locale),
            ago(step.at, env.now()),
        );
        Self { act, text, counting: None }
    }

    fn counted(&mut self, count: u64, newest: i64, env: &Env) {
        let Some(Targets::All { filter, except, .. }) = flow::targets_of(&self.act).cloned() else { return };
        let count = count.saturating_sub(except.len() as u64);
        let targets = Targets::All { filter, except, confirmed: Some(Confirmed { count, newest }) };
        self.act = flow::with_targets(self.act.clone(), targets);
        self.text = question(&self.act, count, env);
        self.counting = None;
    }
}

impl Layer for Confirm {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Confirm]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Yes if self.counting.is_some() => {
                cx.say("still counting");
                Flow::Stay
            }
            Action::Yes => Flow::Done(Outcome::Confirmed(Box::new(self.act.clone()))),
            Action::No | Action::Back | Action::Close | Action::Cancel => {
                cx.say("nothing changed");
                Flow::Close
            }
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        if let Incoming::Answer { slot: Slot::Count, serial, result } = incoming
            && self.counting == Some(*serial)
        {
            match result {
                Ok(Answer::Count(count, newest)) => self.counted(*count, *newest, cx.env),
                Ok(_) => {}
                Err(error) => {
                    cx.complain(error.to_string());
                    return Flow::Close;
                }
            }
        }
        Flow::Pass
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let wide = u16::try_from(width(&self.text)).unwrap_or(u16::MAX).clamp(20, 70) + 2;
        let lines = u16::try_from(width(&self.text)).unwrap_or(u16::MAX) / (wide - 2).max(1) + 1;
        let popup = Popup::centred(area, wide, lines);
        let inner = popup.draw(frame, &env.theme, "Sure?", "");
        frame.render_widget(Paragraph::new(self.text.as_str()).wrap(Wrap { trim: true }), inner);
    }
}
