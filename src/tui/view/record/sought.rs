//! The timeline narrowed to the entries that say some words. Asks for the whole of it, so that nothing is missed; changes no record.

use super::RecordView;
use crate::model::fold::fold;
use crate::service::record::read::Entry;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::prompt::Prompt;
use crate::tui::layer::{Flow, Purpose};
use crate::tui::widget::timeline;

/// More entries than any record has that a person works.
const WHOLE: i64 = 100_000;

/// What the timeline is narrowed to.
#[derive(Debug, Default)]
pub(in crate::tui::view) struct Sought {
    /// The words; empty where all of it is shown.
    pub words: String,
    /// All of it, while only a part is shown.
    all: Option<Vec<Entry>>,
}

impl RecordView {
    /// Asks for the words.
    pub(super) fn ask_for_words(&self) -> Flow {
        let prompt = Prompt::new("timeline › ", Purpose::Timeline, &self.sought.words);
        Flow::Push(Box::new(prompt.saying("words that an entry says; empty shows all of it")))
    }

    /// Shows only what says these words; all of it where there are none.
    pub(super) fn narrow(&mut self, words: &str, cx: &mut Cx<'_>) {
        self.sought.words = words.trim().to_owned();
        self.pane = super::Pane::Timeline;
        self.entry = 0;
        self.followed = None;
        if self.detail.as_ref().is_some_and(|detail| detail.more) && !self.sought.words.is_empty() {
            self.entries = WHOLE;
            self.ask(cx);
        }
        self.narrowed(cx.env);
    }

    /// A timeline came anew: what is sought is sought in it.
    pub(super) fn narrowed_anew(&mut self, env: &Env) {
        self.sought.all = None;
        self.narrowed(env);
    }

    fn narrowed(&mut self, env: &Env) {
        let Some(detail) = &mut self.detail else { return };
        if let Some(all) = self.sought.all.take() {
            detail.timeline = all;
        }
        let wanted = fold(&self.sought.words);
        if wanted.is_empty() {
            return;
        }
        let all = detail.timeline.clone();
        detail.timeline.retain(|entry| {
            let said = fold(&timeline::said(entry, env));
            wanted.split_whitespace().all(|word| said.contains(word))
        });
        self.sought.all = Some(all);
    }
}
