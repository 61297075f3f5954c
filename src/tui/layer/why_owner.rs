//! Why a lead has its owner: who gave it to whom and when, what rules did, and what each rule says to it now. Changes nothing.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Flow, Incoming, Layer};
use crate::model::clean::{clean, fit, pad};
use crate::model::dates::ago;
use crate::model::entity::RecordId;
use crate::model::value::Owner;
use crate::service::rule::{Fired, Handed, Step, Verdict, WhyAnswer, WhyOwner};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::{Popup, put};
use crate::tui::widget::select::{Item, Select};
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// The layer.
#[derive(Debug)]
pub struct WhyPage {
    lead: RecordId,
    name: String,
    /// In a sentence who has it and how.
    head: String,
    failed: Option<String>,
    list: Select,
    drawn: Cell<Rect>,
}

impl WhyPage {
    /// Asks about a lead that is called `name`.
    pub fn open(lead: RecordId, name: &str, cx: &mut Cx<'_>) -> Self {
        cx.ask(Slot::Why, AnyQuery::Why(WhyOwner { lead: lead.number }));
        Self { lead, name: name.to_owned(), head: String::new(), failed: None, list: Select::default(), drawn: Cell::default() }
    }

    fn arrived(&mut self, why: &WhyAnswer, env: &Env) {
        let who = owner(why.owner, env);
        let by = match why.steps.iter().find(|step| !matches!(step, Step::Rules(fired) if fired.given.to.is_none())) {
            Some(Step::Rules(fired)) => format!("the rule {} gave it to them {}", fired.name, when(fired.at, env)),
            Some(Step::Hand(handed)) => format!("{} gave it to them {}", handed.by, when(handed.at, env)),
            None if why.entered_by == who => "who entered it; no rule gave it to anybody".into(),
            None => format!("since {} entered it; no rule gave it to anybody", why.entered_by),
        };
        self.head = format!("{who} has it: {by}");
        let steps = why.steps.iter().map(|step| Item::new(step_line(step, env)).group("What happened, newest first"));
        let first = why.rules.iter().position(|verdict| verdict.matches && verdict.waits.is_empty());
        let rules = why.rules.iter().enumerate().map(|(place, verdict)| verdict_line(verdict, first == Some(place), env));
        self.list.replace(steps.chain(rules).collect());
    }
}

fn owner(code: i64, env: &Env) -> String {
    Owner::of_code(code).map_or_else(|| "nobody".to_owned(), |owner| env.catalog.people.show(owner))
}

fn when(at: i64, env: &Env) -> String {
    match ago(at, env.now()).as_str() {
        "now" => "just now".into(),
        age => format!("{age} ago"),
    }
}

fn step_line(step: &Step, env: &Env) -> String {
    match step {
        Step::Hand(Handed { at, by, from, to, .. }) => {
            format!("{} {by} by hand: {} → {}", pad(&ago(*at, env.now()), 7), owner(*from, env), owner(*to, env))
        }
        Step::Rules(fired) => {
            let age = pad(&ago(fired.at, env.now()), 7);
            match fired.rule {
                None => format!("{age} {} by {}: no rule matched, it stayed", fired.event, fired.by),
                Some(_) => format!("{age} rule {}: {}", fired.name, fired_words(fired, env)),
            }
        }
    }
}

fn fired_words(fired: &Fired, env: &Env) -> String {
    let given = &fired.given;
    let part = if given.part.is_empty() { String::new() } else { format!("{} · ", given.part) };
    let to = match (given.from, given.to) {
        (Some(from), Some(to)) => format!("{} → {}", owner(from, env), owner(to, env)),
        (_, Some(to)) => format!("to {}", owner(to, env)),
        _ => "no other owner".into(),
    };
    let why = if given.why.is_empty() { String::new() } else { format!(" · {}", given.why) };
    format!("{part}{to}{why} · {} by {}", fired.event, fired.by)
}

/// What a rule says now: the first that matches would be the one, what stands behind it is not asked any more.
fn verdict_line(verdict: &Verdict, is_first: bool, env: &Env) -> Item {
    let (sign, words) = match (verdict.matches, is_first) {
        (true, _) if !verdict.waits.is_empty() => ("=", format!("matches, but is {}: {}", verdict.waits, verdict.reason)),
        (true, true) => ("▸", format!("would match first: {}", verdict.reason)),
        (true, false) => ("=", format!("matches too, but is asked later: {}", verdict.reason)),
        (false, _) => ("·", verdict.reason.clone()),
    };
    let text = format!("{sign} {} {words}", pad(&fit(&clean(&verdict.name), 22), 22));
    let fired = verdict.fired.map_or_else(String::new, |at| format!("fired {}", when(at, env)));
    Item::new(text).detail(fired).group("The rules in their order, as they see the lead now")
}

impl Layer for WhyPage {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Listing]
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Flow {
        match action {
            Action::Back | Action::Close | Action::Cancel | Action::Open => Flow::Close,
            other if self.list.act(other, self.drawn.get().height) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Why, result, .. } => match result {
                Ok(Answer::Why(why)) => self.arrived(why, cx.env),
                Ok(_) => {}
                Err(error) => self.failed = Some(error.to_string()),
            },
            Incoming::Written { result: Ok(done), .. } if done.step.is_some() => {
                cx.ask(Slot::Why, AnyQuery::Why(WhyOwner { lead: self.lead.number }));
            }
            _ => {}
        }
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        if wheel == 0 {
            self.list.click(column, row, self.drawn.get());
        } else {
            self.list.wheel(wheel * 3);
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let title = format!("Why this owner · {} · {}", clean(&self.name), self.lead);
        let inner = Popup::whole(area).draw(frame, &env.theme, &title, "");
        if inner.height < 3 {
            return;
        }
        let (text, meaning) = match &self.failed {
            Some(failed) => (format!("! {failed}"), Meaning::Error),
            None if self.head.is_empty() => ("reading …".into(), Meaning::Dim),
            None => (self.head.clone(), Meaning::Title),
        };
        put(frame, inner.x, inner.y, &fit(&clean(&text), usize::from(inner.width)), inner, env.theme.style(meaning));
        let list = Rect { y: inner.y + 2, height: inner.height - 2, ..inner };
        self.drawn.set(list);
        let key = env.keymap.all_keys_of(Action::Rules, &[Scope::Browse]).into_iter().next().unwrap_or_default();
        let empty =
            if self.head.is_empty() { String::new() } else { format!("there are no rules yet; {key} shows where they are made") };
        self.list.draw(frame, list, &env.theme, &empty);
    }

    fn covers(&self) -> bool {
        true
    }

    fn label(&self, action: Action) -> Option<&'static str> {
        (action == Action::Open).then_some("back")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::stage::Stage;

    #[test]
    fn the_first_that_matches_is_the_first_that_is_asked_of_it() {
        let mut stage = Stage::new(120, 20);
        stage.open(|cx| WhyPage::open(RecordId::lead(7), "Ann Lee", cx));
        let verdict = |number, name: &str, waits: &str| Verdict {
            number,
            name: name.into(),
            matches: true,
            reason: "every lead".into(),
            waits: waits.into(),
            fired: None,
        };
        let waits = "asked only when a lead is changed in rating";
        let rules = vec![verdict(3, "Loop", waits), verdict(2, "Own", ""), verdict(1, "All", "")];
        let why = WhyAnswer { owner: 1, entered_by: "ana".into(), steps: Vec::new(), rules };
        stage.answer(Slot::Why, Ok(Answer::Why(Box::new(why))));
        let screen = stage.screen();
        assert!(screen.contains("▸ Own") && screen.contains("= All"), "{screen}");
        assert!(screen.contains("matches, but is asked only when a lead is changed in rating"), "{screen}");
        assert!(screen.contains("ana has it: who entered it"), "{screen}");
    }
}
