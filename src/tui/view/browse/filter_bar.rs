//! The filter bar: text that becomes a filter while it is typed, what it means, what is wrong with it. Finds no record.

use std::ops::Range;

use crate::model::entity::Entity;
use crate::query::{self, Query, QueryError};
use crate::tui::action::Action;
use crate::tui::env::Env;
use crate::tui::widget::input::Input;

/// The filter bar.
#[derive(Debug, Default)]
pub(in crate::tui::view) struct FilterBar {
    /// What is filtered.
    entity: Entity,
    /// Whether the keys go to it.
    pub(in crate::tui::view) is_open: bool,
    /// What is typed.
    pub(in crate::tui::view) input: Input,
    /// The filter of the last text that could be understood.
    pub(in crate::tui::view) query: Query,
    /// What is wrong with the text.
    pub(in crate::tui::view) mistake: Option<QueryError>,
    /// What the word at the cursor could become, and which of it is taken next.
    pub(in crate::tui::view) offers: Vec<(Range<usize>, String, String)>,
    /// The text before the bar was opened.
    before: String,
    /// Which of the filters that were kept is shown, and what was typed before that.
    recalled: Option<(usize, String)>,
}

impl FilterBar {
    /// An empty one over records of a kind.
    pub(in crate::tui::view) fn new(entity: Entity) -> Self {
        Self { entity, query: Query { entity, ..Query::default() }, ..Self::default() }
    }

    /// The kind of records that it filters.
    pub(in crate::tui::view) const fn entity(&self) -> Entity {
        self.entity
    }

    /// The text.
    pub(in crate::tui::view) fn text(&self) -> &str {
        self.input.text()
    }

    /// Whether it filters.
    pub(in crate::tui::view) fn is_active(&self) -> bool {
        !self.text().trim().is_empty()
    }

    /// Opens it.
    pub(in crate::tui::view) fn open(&mut self, env: &Env) {
        self.is_open = true;
        self.before = self.text().to_owned();
        self.recalled = None;
        self.offer(env);
    }

    /// Empties and closes it.
    pub(in crate::tui::view) fn clear(&mut self) {
        *self = Self::new(self.entity);
    }

    /// Types text; whether the filter is another now.
    pub(in crate::tui::view) fn insert(&mut self, text: &str, env: &Env) -> bool {
        self.input.insert(text);
        self.understand(env)
    }

    /// Edits the line; `None` when the action is not one of editing, else whether the filter is another now.
    pub(in crate::tui::view) fn edit(&mut self, action: Action, env: &Env) -> Option<bool> {
        self.input.act(action).then(|| self.understand(env))
    }

    /// Shows the filter that was kept before the one that is shown, or after it, at last what was typed; whether the filter is another now.
    pub(in crate::tui::view) fn recall(&mut self, is_earlier: bool, env: &Env) -> bool {
        let kept = env.state.filters_of(self.entity.plural());
        let (place, typed) = match self.recalled.take() {
            Some((place, typed)) if is_earlier => (Some(place + 1), typed),
            Some((place, typed)) => (place.checked_sub(1), typed),
            // the filter that stands there already is no earlier one
            None => (
                is_earlier.then(|| usize::from(kept.first().is_some_and(|newest| newest == self.text()))),
                self.text().to_owned(),
            ),
        };
        match place.map(|place| place.min(kept.len().saturating_sub(1))) {
            Some(place) if !kept.is_empty() => {
                self.input.set(&kept[place]);
                self.recalled = Some((place, typed));
            }
            _ => self.input.set(&typed),
        }
        self.understand(env)
    }

    /// Takes the first offer; whether the filter is another now.
    pub(in crate::tui::view) fn complete(&mut self, env: &Env) -> bool {
        let Some((range, text, _)) = self.offers.first().cloned() else { return false };
        let mut whole = self.text().to_owned();
        if whole.get(range.clone()).is_none() {
            return false;
        }
        whole.replace_range(range.clone(), &text);
        self.input.set_at(&whole, range.start + text.len());
        self.understand(env)
    }

    fn understand(&mut self, env: &Env) -> bool {
        self.offer(env);
        match query::parse(self.text(), &env.reading_of(self.entity)) {
            Ok(query) => {
                self.mistake = None;
                let changed = query != self.query;
                self.query = query;
                changed
            }
            Err(mistake) => {
                // While a word is half typed the rest of the filter holds.
                let rest = without_word(self.text(), mistake.span.clone());
                self.mistake = Some(mistake);
                match query::parse(&rest, &env.reading_of(self.entity)) {
                    Ok(query) => {
                        let changed = query != self.query;
                        self.query = query;
                        changed
                    }
                    Err(_) => false,
                }
            }
        }
    }

    fn offer(&mut self, env: &Env) {
        self.offers = query::complete(self.text(), self.input.cursor(), &env.reading_of(self.entity))
            .into_iter()
            .take(8)
            .map(|offer| (offer.replace, offer.text, offer.help))
            .collect();
    }
}

/// A filter without the word that the bytes of `span` are part of.
fn without_word(text: &str, span: Range<usize>) -> String {
    let start = text.get(..span.start).and_then(|before| before.rfind(char::is_whitespace)).unwrap_or(0);
    let end = text.get(span.end..).and_then(|after| after.find(char::is_whitespace)).map_or(text.len(), |at| span.end + at);
    format!("{} {}", text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::without_word;

    #[test]
    fn the_wrong_word_is_left_out() {
        assert_eq!(without_word("ann rating:ho open", 11..13).trim(), "ann  open");
        assert_eq!(without_word("rating:ho", 7..9).trim(), "");
    }
}
