//! How far a list is worked, kept so that it survives quitting and a crash. Knows no strip and no screen.

use crate::config::WorkState;
use crate::model::entity::{RecordId, RecordName};
use crate::service::activity::claim::Passed;
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;

/// The most records of a list that are worked in one go; what follows is worked the next time.
pub const MOST: usize = 2_000;

/// The place in the list.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) title: String,
    pub(super) records: Vec<RecordId>,
    /// The record that is worked, from 0.
    pub(super) at: usize,
    pub(super) reached: u64,
    pub(super) calls: u64,
    pub(super) call_backs: u64,
    /// How many were passed over: closed, not to be called, worked by others.
    pub(super) passed: [u64; 3],
    /// What was passed over on the way to the one after this, counted once that is shown.
    ahead: Vec<Passed>,
}

const fn slot(passed: Passed) -> usize {
    match passed {
        Passed::Closed => 0,
        Passed::DoNotPhone => 1,
        Passed::Others => 2,
    }
}

impl Place {
    /// The beginning of a list, or where it was left: a list of the same name that still holds what comes first here. Whether it was
    /// left comes with it.
    pub(super) fn begin(title: &str, mut records: Vec<RecordId>, env: &Env) -> (Self, bool) {
        records.truncate(MOST);
        if let Some(kept) = env.state.worked_of(&env.database).iter().find(|kept| kept.title == title) {
            let place = Self::of(kept);
            let first = records.first().copied();
            let is_same = place.records.iter().any(|record| Some(*record) == first);
            if is_same && place.at < place.records.len() {
                return (place, true);
            }
        }
        (Self { title: title.to_owned(), records, ..Self::default() }, false)
    }

    /// The list that was worked last and is not worked off.
    pub(super) fn last(env: &Env) -> Option<Self> {
        env.state.worked_of(&env.database).iter().map(Self::of).find(|place| place.at < place.records.len())
    }

    fn of(kept: &WorkState) -> Self {
        let number = |text: &String| match RecordName::parse(text)? {
            RecordName::Number(record) => Some(record),
            RecordName::Id(_) => None,
        };
        Self {
            title: kept.title.clone(),
            records: kept.records.iter().filter_map(number).collect(),
            at: kept.place,
            reached: kept.reached,
            calls: kept.calls,
            call_backs: kept.call_backs,
            passed: kept.passed,
            ahead: Vec::new(),
        }
    }

    /// The record that is worked.
    pub(super) fn here(&self) -> Option<RecordId> {
        self.records.get(self.at).copied()
    }

    /// The records from a place on, at most so many.
    pub(super) fn from(&self, at: usize, most: usize) -> Vec<RecordId> {
        self.records.iter().skip(at).take(most).copied().collect()
    }

    /// To another record.
    pub(super) fn go(&mut self, at: usize, cx: &mut Cx<'_>) {
        self.at = at;
        let ahead = std::mem::take(&mut self.ahead);
        self.pass(&ahead);
        self.keep(cx);
    }

    /// Records were passed over.
    pub(super) fn pass(&mut self, passed: &[Passed]) {
        for one in passed {
            self.passed[slot(*one)] += 1;
        }
    }

    /// Records are passed over when one goes on.
    pub(super) fn will_pass(&mut self, passed: &[Passed]) {
        self.ahead.extend(passed);
    }

    /// A call was logged.
    pub(super) fn count(&mut self, reached: bool, call_back: bool, cx: &mut Cx<'_>) {
        self.calls += 1;
        self.reached += u64::from(reached);
        self.call_backs += u64::from(call_back);
        self.keep(cx);
    }

    /// A call was taken back.
    pub(super) fn uncount(&mut self, reached: bool, call_back: bool, cx: &mut Cx<'_>) {
        self.calls = self.calls.saturating_sub(1);
        self.reached = self.reached.saturating_sub(u64::from(reached));
        self.call_backs = self.call_backs.saturating_sub(u64::from(call_back));
        self.keep(cx);
    }

    fn keep(&self, cx: &mut Cx<'_>) {
        let mut state = cx.state();
        let kept = WorkState {
            title: self.title.clone(),
            when: cx.env.now(),
            records: self.records.iter().map(RecordId::to_string).collect(),
            place: self.at,
            reached: self.reached,
            calls: self.calls,
            call_backs: self.call_backs,
            passed: self.passed,
        };
        state.works(&cx.env.database, kept);
        cx.push(Effect::SaveState(Box::new(state)));
    }

    /// All of it is worked.
    pub(super) fn forget(&mut self, cx: &mut Cx<'_>) {
        let ahead = std::mem::take(&mut self.ahead);
        self.pass(&ahead);
        self.at = self.records.len();
        let mut state = cx.state();
        if state.worked_off(&cx.env.database, &self.title) {
            cx.push(Effect::SaveState(Box::new(state)));
        }
    }

    /// `passed over: 1 closed, 2 do not phone`; empty where none was.
    pub(super) fn passed_words(&self) -> String {
        let words = ["closed", "do not phone", "worked by others"];
        let parts = self.passed.iter().zip(words).filter(|(count, _)| **count > 0);
        let parts: Vec<String> = parts.map(|(count, word)| format!("{count} {word}")).collect();
        if parts.is_empty() { String::new() } else { format!("passed over: {}", parts.join(", ")) }
    }
}
