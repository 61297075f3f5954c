//! What kind of activity a row is: the words of other programs, of several columns the one that says most. Reads no status.

use super::ids::Ids;
use super::plan::Plan;
use super::recognise::normal;
use super::row::Row;
use crate::model::activity::{APPOINTMENT, EMAIL, FAX, LETTER, PHONE_CALL, TASK};
use crate::model::catalog::Catalog;
use crate::model::choice::Set;
use crate::model::value::Value;

/// Other programs' words for kinds, in their normal form; the labels are known besides.
const WORDS: &[(&str, i64)] = &[
    ("call", PHONE_CALL),
    ("calls", PHONE_CALL),
    ("phone", PHONE_CALL),
    ("telephone", PHONE_CALL),
    ("inboundcall", PHONE_CALL),
    ("outboundcall", PHONE_CALL),
    ("mail", EMAIL),
    ("email", EMAIL),
    ("emails", EMAIL),
    ("listemail", EMAIL),
    ("inboundemail", EMAIL),
    ("outboundemail", EMAIL),
    ("meeting", APPOINTMENT),
    ("meetings", APPOINTMENT),
    ("event", APPOINTMENT),
    ("visit", APPOINTMENT),
    ("lunch", APPOINTMENT),
    ("todo", TASK),
    ("deadline", TASK),
    ("post", LETTER),
    ("postalmail", LETTER),
    ("telefax", FAX),
];

fn kind_of(cell: &str, catalog: &Catalog) -> Option<i64> {
    let word = normal(cell);
    let known = WORDS.iter().find(|(own, _)| *own == word).map(|(_, kind)| *kind);
    known.or_else(|| catalog.choices.find(Set::ActivityKind, cell).map(|choice| choice.code))
}

impl Row {
    /// Sets the kind of an activity. Task is what programs call all they have, so another word beside it says more; a word that is no
    /// kind is a category.
    pub fn place_kinds(&mut self, ids: Ids, plan: &Plan, catalog: &Catalog) {
        let Some(id) = ids.kind else { return };
        let cells = std::mem::take(&mut self.kinds);
        let kinds: Vec<Option<i64>> = cells.iter().map(|(_, cell)| kind_of(cell, catalog)).collect();
        let told = self.draft.get(id).and_then(Value::as_int);
        let said = kinds.iter().flatten();
        let kind = told.or_else(|| said.clone().find(|kind| **kind != TASK).or_else(|| said.clone().next()).copied());
        if let Some(kind) = kind {
            self.set(ids, id, Value::Choice(kind));
        }
        for (cell, own) in cells.iter().zip(kinds) {
            let is_said = match own {
                Some(_) => own == kind,
                None => ids.category.is_some_and(|category| {
                    let text = cell.1.trim();
                    text.chars().count() <= 250 && self.take(ids, category, Value::text(text))
                }),
            };
            if !is_said {
                self.keep(plan, cell);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_many_words() {
        let catalog = Catalog::shipped();
        for (word, _) in WORDS {
            assert_eq!(*word, normal(word));
        }
        for (cell, kind) in [
            ("Call", Some(PHONE_CALL)),
            ("Phone Call", Some(PHONE_CALL)),
            ("EMAIL", Some(EMAIL)),
            ("E-mail", Some(EMAIL)),
            ("Meeting", Some(APPOINTMENT)),
            ("4207", Some(LETTER)),
            ("To-do", Some(TASK)),
            ("Prep", None),
        ] {
            assert_eq!(kind_of(cell, &catalog), kind, "{cell}");
        }
    }
}
