//! What the screen asks for and does with the answers: counts, loads, queues, the log of a rule, what a condition finds.

use super::Rules;
use super::rows::{Part, condition, whose};
use crate::model::entity::Entity;
use crate::service::people::load::Loads;
use crate::service::rule::queue::{GetQueues, HasQueues};
use crate::service::rule::{RuleLog, TallyRules};
use crate::tui::desk::Cx;
use crate::tui::layer::Incoming;
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// How many firings of a rule are listed.
const FIRINGS: i64 = 20;

impl Rules {
    /// Reads everything again: something was written, or the screen is opened.
    pub(super) fn refresh(&mut self, cx: &mut Cx<'_>) {
        self.compose(cx.env);
        cx.ask(Slot::RuleTally, AnyQuery::RuleTally(TallyRules));
        if matches!(self.part, Part::Users | Part::Teams) {
            self.ask_loads(cx);
        }
        self.log = None;
        self.ask_about(true, cx);
    }

    fn ask_loads(&mut self, cx: &mut Cx<'_>) {
        cx.ask(Slot::Loads, AnyQuery::Loads(Loads));
        cx.ask(Slot::Queues, AnyQuery::Queues(GetQueues));
        cx.ask(Slot::HasQueues, AnyQuery::HasQueues(HasQueues));
    }

    /// Asks about the row under the cursor, which is another now.
    pub(super) fn look(&mut self, cx: &mut Cx<'_>) {
        if matches!(self.part, Part::Users | Part::Teams) && self.counted.loads.is_none() {
            self.ask_loads(cx);
        }
        self.ask_about(false, cx);
    }

    fn ask_about(&mut self, again: bool, cx: &mut Cx<'_>) {
        match self.key().and_then(|key| Some((key, condition(key, cx.env)?.to_owned()))) {
            Some((key, when)) => {
                let unit = whose(key, cx.env);
                self.matches.ask(&when, unit, again, cx);
                if self.part == Part::Rules && self.log.as_ref().is_none_or(|(rule, _)| *rule != key.number) {
                    let log = RuleLog { rule: Some(key.number), unmatched: false, limit: FIRINGS };
                    cx.ask(Slot::RuleLog, AnyQuery::RuleLog(log));
                }
            }
            None => self.matches.forget(),
        }
    }

    /// Takes what is its own of what came back.
    pub(super) fn take(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) {
        self.matches.take(incoming);
        match incoming {
            Incoming::Answer { slot: Slot::RuleTally, result: Ok(Answer::RuleTally(tally)), .. } => {
                self.counted.tally.clone_from(tally);
                self.compose(cx.env);
            }
            Incoming::Answer { slot: Slot::Loads, result: Ok(Answer::Loads(loads)), .. } => {
                let held = self.counted.loads.insert(std::collections::HashMap::new());
                loads.iter().for_each(|(owner, count)| *held.entry(*owner).or_default() += count);
                self.compose(cx.env);
            }
            Incoming::Answer { slot: Slot::Queues, result: Ok(Answer::Queues(queues)), .. } => {
                self.counted.queues.clone_from(queues);
                self.compose(cx.env);
            }
            Incoming::Answer { slot: Slot::HasQueues, result: Ok(Answer::HasQueues(on)), .. } => {
                self.counted.has_queues = Some(*on);
                self.compose(cx.env);
            }
            Incoming::Answer { slot: Slot::RuleLog, result: Ok(Answer::RuleLog(log)), .. } => {
                let rule = self.key().filter(|key| key.entity == Entity::Definition).map(|key| key.number);
                self.log = rule.map(|rule| (rule, log.clone()));
            }
            Incoming::Answer {
                slot: Slot::RuleTally | Slot::Loads | Slot::Queues | Slot::HasQueues | Slot::RuleLog,
                result: Err(error),
                ..
            } => {
                cx.complain(error.to_string());
            }
            Incoming::Written { result: Ok(_), .. } => {
                self.counted.loads = None;
                self.refresh(cx);
            }
            _ => {}
        }
    }
}
