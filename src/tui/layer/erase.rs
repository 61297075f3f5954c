//! The question before a person is erased: all that goes and stays, and the number of the record to be typed, as nothing takes it back.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Flow, Incoming, Layer, Outcome};
use crate::model::clean::{clean, fit};
use crate::model::entity::{RecordId, RecordName};
use crate::service::erase::{ErasePerson, Erasure, PlanErasure};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::markdown::plain;
use crate::tui::widget::popup::{Popup, put};
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// The most lines that one sentence takes.
const MOST: usize = 40;

/// The most backups that are named.
const NAMED: usize = 3;

/// The question.
#[derive(Debug)]
pub struct EraseQuestion {
    record: RecordId,
    /// The question what it would reach.
    asked: u64,
    plan: Option<Box<Erasure>>,
    /// Whether the backups that hold the person go too.
    backups: bool,
    input: Input,
    drawn: Cell<Rect>,
}

impl EraseQuestion {
    /// Asks what erasing a lead or a contact would reach.
    pub fn open(record: RecordId, cx: &mut Cx<'_>) -> Self {
        let asked = Self::ask(record, cx);
        Self { record, asked, plan: None, backups: false, input: Input::new(""), drawn: Cell::default() }
    }

    fn ask(record: RecordId, cx: &mut Cx<'_>) -> u64 {
        cx.ask(Slot::Erasure, AnyQuery::Erasure(PlanErasure { record }))
    }

    /// Does it, if the number was typed; what was erased before needs none for its backups.
    fn erase(&self, cx: &mut Cx<'_>) -> Flow {
        let Some(plan) = &self.plan else {
            cx.say("still looking what it reaches: a moment");
            return Flow::Stay;
        };
        let is_typed = RecordName::parse(self.input.text()) == Some(RecordName::Number(self.record));
        if plan.done && !(self.backups && is_typed) {
            cx.complain(if plan.backups.is_empty() {
                "nothing is left to erase"
            } else {
                "only backups are left: Tab, then the number"
            });
            return Flow::Stay;
        }
        if !is_typed {
            cx.complain(format!("type {} to erase it; Esc leaves everything as it is", self.record));
            return Flow::Stay;
        }
        let act = ErasePerson { record: self.record, confirmed: Some(plan.count()), backups: self.backups };
        Flow::Done(Outcome::Confirmed(Box::new(AnyAct::Erase(act))))
    }

    fn lines(&self, columns: usize, env: &Env) -> Vec<(String, Meaning)> {
        let Some(plan) = &self.plan else { return vec![("looking what it reaches …".into(), Meaning::Dim)] };
        let mut lines: Vec<(String, Meaning)> = Vec::new();
        for (place, text) in plan.words().iter().enumerate() {
            let meaning = if place == 0 { Meaning::Title } else { Meaning::Hint };
            lines.extend(plain(&clean(text), columns, MOST).into_iter().map(|line| (line, meaning)));
        }
        if plan.backups.is_empty() {
            return lines;
        }
        let tick = if self.backups { "[x]" } else { "[ ]" };
        let key = env.keymap.keys_of(Action::Complete, Scope::Line);
        let text = match plan.backups.len() {
            1 => format!("{tick} delete the backup that still holds the person ({key})"),
            n => format!("{tick} delete the {n} backups that still hold the person ({key})"),
        };
        lines.push((fit(&text, columns), Meaning::Label));
        let name = |path: &std::path::Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for holding in plan.backups.iter().take(NAMED) {
            let doubt = if holding.readable { "" } else { " (cannot be looked into)" };
            lines.push((fit(&format!("    {}{doubt}", clean(&name(&holding.backup.path))), columns), Meaning::Dim));
        }
        if plan.backups.len() > NAMED {
            lines.push((format!("    and {} more", plan.backups.len() - NAMED), Meaning::Dim));
        }
        lines
    }
}

impl Layer for EraseQuestion {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Line]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => return self.erase(cx),
            Action::Back | Action::Close | Action::Cancel => {
                cx.say("nothing was done");
                return Flow::Close;
            }
            Action::Complete => self.backups = !self.backups,
            other if self.input.act(other) => {}
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _: &mut Cx<'_>) -> Flow {
        self.input.insert(text);
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        let Incoming::Answer { slot: Slot::Erasure, serial, result } = incoming else { return Flow::Pass };
        if *serial != self.asked {
            return Flow::Pass;
        }
        match result {
            Ok(Answer::Erasure(plan)) => self.plan = Some(plan.clone()),
            Ok(_) => {}
            Err(error) => {
                cx.complain(error.to_string());
                return Flow::Close;
            }
        }
        Flow::Pass
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.asked = Self::ask(self.record, cx);
    }

    fn label(&self, action: Action) -> Option<&'static str> {
        match action {
            Action::Complete => Some("backups too"),
            Action::Open => Some("erase"),
            _ => None,
        }
    }

    fn unavailable(&self, action: Action, _: &Env) -> Option<String> {
        let is_none = self.plan.as_ref().is_none_or(|plan| plan.backups.is_empty());
        (action == Action::Complete && is_none).then(|| "no backup holds it".into())
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let columns = 76.min(area.width.saturating_sub(2)).max(1);
        let mut lines = self.lines(columns.into(), env);
        let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
        let inner = Popup::centred(area, columns, rows).draw(frame, &env.theme, &format!("Erase {}", self.record), "");
        self.drawn.set(inner);
        if inner.is_empty() {
            return;
        }
        let above = inner.height - 1;
        let hidden = lines.len().saturating_sub(above.into());
        if hidden > 0 {
            lines.truncate(usize::from(above).saturating_sub(1));
            lines.push((format!("… and {} lines more: a taller terminal shows them", hidden + 1), Meaning::Error));
        }
        for (y, (text, meaning)) in (inner.y..inner.y + above).zip(&lines) {
            put(frame, inner.x, y, text, inner, env.theme.style(*meaning));
        }
        // what is typed stays in view, however little room there is
        let line = Rect { y: inner.bottom() - 1, height: 1, ..inner };
        let label = format!("type {} › ", self.record);
        put(frame, line.x, line.y, &label, line, env.theme.style(Meaning::Prompt));
        let before = u16::try_from(crate::model::clean::width(&label)).unwrap_or(0).min(line.width - 1);
        let field = Rect { x: line.x + before, width: line.width - before, ..line };
        self.input.draw(frame, field, Style::new(), true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::model::entity::Entity;
    use crate::model::value::Named;
    use crate::store::sqlite::backup::{Backup, Holding};
    use crate::tui::stage::Stage;

    fn plan(backups: usize) -> Erasure {
        let named = |key: RecordId, name: &str| Named { key, name: name.into() };
        let held =
            |n| Holding { backup: Backup { path: format!("/x/2026112{n}-daily.db").into(), size: 1, at: 0 }, readable: n != 1 };
        Erasure {
            record: RecordId::lead(7),
            persons: vec![named(RecordId::lead(7), "Ann Lee"), named(Entity::Contact.numbered(3), "Ann Lee")],
            deals: vec![named(Entity::Opportunity.numbered(2), "3D printers")],
            companies: vec![named(Entity::Account.numbered(5), "Contoso")],
            left: Vec::new(),
            activities: 2,
            shared: 0,
            notes: 1,
            files: 0,
            requests: 1,
            entries: 31,
            done: false,
            backups: (0..backups).map(held).collect(),
        }
    }

    fn stage(plan: Erasure) -> Stage {
        let mut stage = Stage::new(80, 24);
        stage.open(|cx| EraseQuestion::open(RecordId::lead(7), cx));
        stage.answer(Slot::Erasure, Ok(Answer::Erasure(Box::new(plan))));
        stage
    }

    fn confirmed(stage: &Stage) -> Option<ErasePerson> {
        match stage.outcomes.last() {
            Some(Outcome::Confirmed(act)) => match act.as_ref() {
                AnyAct::Erase(act) => Some(act.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    #[test]
    fn it_is_done_when_the_number_is_typed() {
        let mut stage = stage(plan(0));
        let screen = stage.screen();
        for part in ["L-7 Ann Lee, C-3 Ann Lee", "2 activities, 1 note, 1 request", "O-2 3D printers", "A-5 Contoso", "cannot be"]
        {
            assert!(screen.contains(part), "{part} in\n{screen}");
        }
        stage.keys("enter").write("L-8").keys("enter");
        assert_eq!(confirmed(&stage), None);
        stage.keys("backspace").write("7").keys("enter");
        assert_eq!(confirmed(&stage), Some(ErasePerson { record: RecordId::lead(7), confirmed: Some(8), backups: false }));
    }

    #[test]
    fn backups_go_where_that_is_ticked() {
        let mut stage = stage(plan(5));
        let screen = stage.screen();
        for part in ["[ ] delete the 5 backups that still hold", "20261121-daily.db (cannot be", "and 2 more"] {
            assert!(screen.contains(part), "{part} in\n{screen}");
        }
        stage.write("l7").keys("tab").keys("enter");
        assert_eq!(confirmed(&stage).map(|act| act.backups), Some(true));
    }

    #[test]
    fn nothing_is_done_before_it_is_known_or_after_esc() {
        let mut stage = Stage::new(80, 24);
        stage.open(|cx| EraseQuestion::open(RecordId::lead(7), cx));
        stage.write("L-7").keys("enter");
        assert_eq!(confirmed(&stage), None);
        stage.keys("esc");
        assert!(stage.layers.is_empty() && confirmed(&stage).is_none());
        stage.open(|cx| EraseQuestion::open(RecordId::lead(7), cx));
        stage.answer(Slot::Erasure, Err(Error::refused("L-7 was merged into L-1; work on that", "")));
        assert!(stage.layers.is_empty());
    }
}
