//! What the status words of other programs mean for a record: a state, a reason, a rating. Source: the table of the import.

use super::recognise::normal;
use crate::model::activity::{CANCELED as ACTIVITY_CANCELED, COMPLETED, DONE, REASON_CANCELED};
use crate::model::choice::{CONTACTED, Choices, DISQUALIFIED, HOT, INACTIVE, NEW, OPEN, QUALIFIED, Set, WARM, WON};
use crate::model::rules::first_reason;

const LOST: i64 = 4;
const CANNOT_CONTACT: i64 = 5;
const NO_LONGER_INTERESTED: i64 = 6;
const CANCELED: i64 = 7;
const COLD: i64 = 3;

/// What a word of a status column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// A state and its reason.
    Status(i64, i64),
    /// Qualified, unless a conversion column is there and not true.
    Qualified,
    /// How warm the lead is, nothing about its state.
    Rating(i64),
}

/// The codes of the reasons of an opportunity that words speak of.
const IN_PROGRESS: i64 = 1;
const ON_HOLD: i64 = 2;
const WON_REASON: i64 = 3;
const CANCELED_SALE: i64 = 4;
const OUT_SOLD: i64 = 5;
/// Those of an account or a contact.
const ACTIVE_REASON: i64 = 1;
const INACTIVE_REASON: i64 = 2;

/// Words in their normal form, and what they say of a lead.
const WORDS: &[(&str, Says)] = &[
    ("open", Says::Status(OPEN, NEW)),
    ("new", Says::Status(OPEN, NEW)),
    ("newlead", Says::Status(OPEN, NEW)),
    ("opennew", Says::Status(OPEN, NEW)),
    ("notcontacted", Says::Status(OPEN, NEW)),
    ("opennotcontacted", Says::Status(OPEN, NEW)),
    ("assigned", Says::Status(OPEN, NEW)),
    ("unassigned", Says::Status(OPEN, NEW)),
    ("contacted", Says::Status(OPEN, CONTACTED)),
    ("opencontacted", Says::Status(OPEN, CONTACTED)),
    ("workingcontacted", Says::Status(OPEN, CONTACTED)),
    ("qualified", Says::Qualified),
    ("converted", Says::Status(QUALIFIED, QUALIFIED_REASON)),
    ("closedconverted", Says::Status(QUALIFIED, QUALIFIED_REASON)),
    ("sold", Says::Status(QUALIFIED, QUALIFIED_REASON)),
    ("won", Says::Status(QUALIFIED, QUALIFIED_REASON)),
    ("closedwon", Says::Status(QUALIFIED, QUALIFIED_REASON)),
    ("notconverted", Says::Status(DISQUALIFIED, LOST)),
    ("closednotconverted", Says::Status(DISQUALIFIED, LOST)),
    ("unqualified", Says::Status(DISQUALIFIED, LOST)),
    ("notqualified", Says::Status(DISQUALIFIED, LOST)),
    ("disqualified", Says::Status(DISQUALIFIED, LOST)),
    ("lost", Says::Status(DISQUALIFIED, LOST)),
    ("lostlead", Says::Status(DISQUALIFIED, LOST)),
    ("closedlost", Says::Status(DISQUALIFIED, LOST)),
    ("dead", Says::Status(DISQUALIFIED, LOST)),
    ("cannotcontact", Says::Status(DISQUALIFIED, CANNOT_CONTACT)),
    ("unreachable", Says::Status(DISQUALIFIED, CANNOT_CONTACT)),
    ("nolongerinterested", Says::Status(DISQUALIFIED, NO_LONGER_INTERESTED)),
    ("notinterested", Says::Status(DISQUALIFIED, NO_LONGER_INTERESTED)),
    ("canceled", Says::Status(DISQUALIFIED, CANCELED)),
    ("cancelled", Says::Status(DISQUALIFIED, CANCELED)),
    ("junk", Says::Status(DISQUALIFIED, CANCELED)),
    ("junklead", Says::Status(DISQUALIFIED, CANCELED)),
    ("spam", Says::Status(DISQUALIFIED, CANCELED)),
    ("hot", Says::Rating(HOT)),
    ("warm", Says::Rating(WARM)),
    ("cold", Says::Rating(COLD)),
];

const QUALIFIED_REASON: i64 = 3;

/// The same of an opportunity.
const SALE_WORDS: &[(&str, Says)] = &[
    ("new", Says::Status(OPEN, IN_PROGRESS)),
    ("active", Says::Status(OPEN, IN_PROGRESS)),
    ("onhold", Says::Status(OPEN, ON_HOLD)),
    ("paused", Says::Status(OPEN, ON_HOLD)),
    ("won", Says::Status(WON, WON_REASON)),
    ("closedwon", Says::Status(WON, WON_REASON)),
    ("sold", Says::Status(WON, WON_REASON)),
    ("lost", Says::Status(LOST_SALE, CANCELED_SALE)),
    ("closedlost", Says::Status(LOST_SALE, CANCELED_SALE)),
    ("cancelled", Says::Status(LOST_SALE, CANCELED_SALE)),
    ("losttocompetition", Says::Status(LOST_SALE, OUT_SOLD)),
    ("closedlosttocompetition", Says::Status(LOST_SALE, OUT_SOLD)),
];

/// The same of an account or a contact.
const RECORD_WORDS: &[(&str, Says)] = &[
    ("enabled", Says::Status(OPEN, ACTIVE_REASON)),
    ("disabled", Says::Status(INACTIVE, INACTIVE_REASON)),
    ("archived", Says::Status(INACTIVE, INACTIVE_REASON)),
];

const LOST_SALE: i64 = crate::model::choice::LOST;

/// The same of a campaign: those of Salesforce, whose state is what Dynamics calls a reason.
const CAMPAIGN_WORDS: &[(&str, Says)] = &[
    ("planned", Says::Status(OPEN, 0)),
    ("inprogress", Says::Status(OPEN, 2)),
    ("aborted", Says::Status(OPEN, 4)),
    ("cancelled", Says::Status(OPEN, 4)),
];

/// The same of an activity.
const ACTIVITY_WORDS: &[(&str, Says)] = &[
    ("planned", Says::Status(OPEN, 1)),
    ("pending", Says::Status(OPEN, 1)),
    ("todo", Says::Status(OPEN, 2)),
    ("notcompleted", Says::Status(OPEN, 2)),
    ("waiting", Says::Status(OPEN, 4)),
    ("pendinginput", Says::Status(OPEN, 4)),
    ("waitingforinput", Says::Status(OPEN, 4)),
    ("done", Says::Status(COMPLETED, DONE)),
    ("held", Says::Status(COMPLETED, DONE)),
    ("closed", Says::Status(COMPLETED, DONE)),
    ("finished", Says::Status(COMPLETED, DONE)),
    ("notheld", Says::Status(ACTIVITY_CANCELED, REASON_CANCELED)),
    ("noshow", Says::Status(ACTIVITY_CANCELED, REASON_CANCELED)),
    ("cancelled", Says::Status(ACTIVITY_CANCELED, REASON_CANCELED)),
];

/// What words say of a record with these states and reasons.
fn words(sets: (Set, Set)) -> &'static [(&'static str, Says)] {
    match sets {
        (_, Set::CampaignReason) => CAMPAIGN_WORDS,
        (Set::State, _) => WORDS,
        (Set::OpportunityState, _) => SALE_WORDS,
        (Set::ActivityState, _) => ACTIVITY_WORDS,
        (Set::RecordState, _) => RECORD_WORDS,
        _ => &[],
    }
}

/// Whether a stage is no stage but says how a sale ended.
pub fn is_end(stage: &str) -> bool {
    let word = normal(stage);
    SALE_WORDS.iter().any(|(w, says)| *w == word && matches!(says, Says::Status(state, _) if *state != OPEN))
}

/// The cells of one row that speak of its status; empty ones say nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cells<'a> {
    /// The status column, if there is one.
    pub status: &'a str,
    /// The status reason column.
    pub reason: &'a str,
    /// Whether the file has a column for conversion.
    pub has_conversion: bool,
    /// What it says; of an opportunity, whether it was won.
    pub converted: Option<bool>,
    /// Whether an opportunity was won or lost.
    pub ended: Option<bool>,
}

/// What the cells mean together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// State and reason; `None` where nothing was said.
    pub state: Option<(i64, i64)>,
    /// The rating that the status column holds instead of a status.
    pub rating: Option<i64>,
    /// Whether state, reason and rating show the very word of the status column, so that it need not be kept.
    pub shows_status: bool,
    /// Whether they show the word of the reason column.
    pub shows_reason: bool,
    /// Whether that column has a word that is no reason here.
    pub is_new_reason: bool,
    /// The word is not known; of a lead it was taken for Open · Contacted.
    pub unknown: bool,
    /// How the cells contradict each other; the status text was followed.
    pub contradiction: Option<String>,
}

/// Follows the status text, then the reason, then the conversion column; `sets` are those of state and reason of such records.
pub fn decide(cells: Cells, sets: (Set, Set), choices: &Choices) -> Status {
    let is_lead = sets.0 == Set::State;
    let mut out = Status::default();
    let said = if cells.status.is_empty() { None } else { says(cells.status, sets, choices) };
    let reason = if cells.reason.is_empty() { None } else { reason_of(cells.reason, sets, choices) };
    out.is_new_reason = reason.is_none() && !normal(cells.reason).is_empty() && choices.find(sets.0, cells.reason).is_none();
    let unproved = cells.has_conversion && cells.converted != Some(true);
    let open_reason = reason.filter(|(state, _)| *state == OPEN).map_or(CONTACTED, |(_, reason)| reason);
    out.state = match said {
        Some(Says::Status(state, own)) => Some((state, own)),
        Some(Says::Qualified) if unproved => Some((OPEN, open_reason)),
        Some(Says::Qualified) => Some((QUALIFIED, QUALIFIED_REASON)),
        Some(Says::Rating(rating)) => {
            out.rating = Some(rating);
            reason
        }
        None if !cells.status.is_empty() => {
            out.unknown = true;
            if is_lead { Some((OPEN, CONTACTED)) } else { reason.or_else(|| flags(cells, sets.0)) }
        }
        None => reason.or_else(|| flags(cells, sets.0)),
    };
    // a reason of the same state is more exact than the state's usual one
    if let (Some((state, _)), Some((of, exact))) = (out.state, reason) {
        if of == state {
            out.state = Some((state, exact));
        } else if !matches!(said, Some(Says::Qualified)) {
            let shown = choices.label(sets.0, state);
            let one = if is_lead { "a lead" } else { "one" };
            out.contradiction =
                Some(format!("the reason “{}” is none of {one} that is {shown}; the status was followed", cells.reason));
        }
    }
    let is = out.state.map_or(OPEN, |(state, _)| state);
    let proof = if is_lead { "converted" } else { "won" };
    match cells.converted {
        Some(false) if is == QUALIFIED => {
            out.contradiction = Some(format!("is “{}” but not {proof}; the status was followed", cells.status));
        }
        Some(true) if is != QUALIFIED => {
            out.contradiction = Some(format!("is “{}” but {proof}; the status was followed", cells.status));
        }
        _ => {}
    }
    out.shows_status = out.shows(cells.status, sets, choices);
    out.shows_reason = out.shows(cells.reason, sets, choices);
    out
}

/// What the columns of yes and no say alone. A sale that ended and was not won was lost, if there is a column for both; an activity that
/// ended was done.
fn flags(cells: Cells, states: Set) -> Option<(i64, i64)> {
    if states == Set::ActivityState {
        return cells.ended.filter(|ended| *ended).map(|_| (COMPLETED, DONE));
    }
    match (cells.converted, cells.ended) {
        (Some(true), _) => Some((QUALIFIED, QUALIFIED_REASON)),
        (_, Some(true)) if cells.has_conversion => Some((LOST_SALE, CANCELED_SALE)),
        _ => None,
    }
}

impl Status {
    fn shows(&self, cell: &str, sets: (Set, Set), choices: &Choices) -> bool {
        if cell.trim().is_empty() {
            return true;
        }
        // Of a cell without letters nothing is left to be compared, and so nothing shows it.
        let word = normal(cell);
        let same = |set, code| choices.get(set, code).is_some_and(|c| normal(&c.label) == word || normal(&c.slug) == word);
        !word.is_empty()
            && (self.state.is_some_and(|(state, reason)| same(sets.0, state) || same(sets.1, reason))
                || self.rating.is_some_and(|rating| same(Set::Rating, rating)))
    }
}

fn says(word: &str, sets: (Set, Set), choices: &Choices) -> Option<Says> {
    let known = normal(word);
    if let Some((_, says)) = words(sets).iter().find(|(w, _)| *w == known) {
        return Some(*says);
    }
    if let Some(state) = choices.find(sets.0, word) {
        return Some(Says::Status(state.code, first_reason(sets.1, choices, state.code)?));
    }
    choices.find(sets.1, word).and_then(|r| Some(Says::Status(r.state?, r.code)))
}

fn reason_of(word: &str, sets: (Set, Set), choices: &Choices) -> Option<(i64, i64)> {
    if let Some(choice) = choices.find(sets.1, word) {
        return Some((choice.state?, choice.code));
    }
    let known = normal(word);
    words(sets).iter().find(|(w, _)| *w == known).and_then(|(_, says)| match says {
        Says::Status(state, reason) => Some((*state, *reason)),
        Says::Qualified => Some((QUALIFIED, QUALIFIED_REASON)),
        Says::Rating(_) => None,
    })
}

/// A cell of yes or no, in the words that programs use.
pub fn yes_or_no(cell: &str) -> Option<bool> {
    match normal(cell).as_str() {
        "true" | "yes" | "y" | "1" | "t" | "x" | "on" | "checked" | "ja" | "oui" | "si" | "sí" => Some(true),
        "false" | "no" | "n" | "0" | "f" | "off" | "unchecked" | "nein" | "non" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(status: &str, reason: &str, conversion: Option<Option<bool>>) -> Status {
        let cells = Cells { status, reason, has_conversion: conversion.is_some(), converted: conversion.flatten(), ended: None };
        decide(cells, (Set::State, Set::StatusReason), &Choices::shipped())
    }

    #[test]
    fn the_table_is_sound() {
        for (word, _) in WORDS.iter().chain(SALE_WORDS).chain(RECORD_WORDS).chain(ACTIVITY_WORDS) {
            assert_eq!(*word, normal(word));
        }
    }

    #[test]
    fn words_become_states() {
        for (word, state) in [
            ("Converted", (QUALIFIED, 3)),
            ("Closed - Converted", (QUALIFIED, 3)),
            ("Sold", (QUALIFIED, 3)),
            ("WON", (QUALIFIED, 3)),
            ("Not Converted", (DISQUALIFIED, 4)),
            ("Closed - Not Converted", (DISQUALIFIED, 4)),
            ("Unqualified", (DISQUALIFIED, 4)),
            ("lost", (DISQUALIFIED, 4)),
            ("Dead", (DISQUALIFIED, 4)),
            ("Junk Lead", (DISQUALIFIED, 7)),
            ("Cannot Contact", (DISQUALIFIED, 5)),
            ("Disqualified", (DISQUALIFIED, 4)),
            ("Qualified", (QUALIFIED, 3)),
            ("New", (OPEN, NEW)),
            ("Open", (OPEN, NEW)),
            ("Open - Not Contacted", (OPEN, NEW)),
            ("Working - Contacted", (OPEN, CONTACTED)),
            ("1", (QUALIFIED, 3)),
        ] {
            let found = status(word, "", None);
            assert_eq!((found.state, found.unknown, found.contradiction), (Some(state), false, None), "{word}");
        }
        let other = status("Negotiation", "", None);
        assert_eq!((other.state, other.unknown, other.shows_status), (Some((OPEN, CONTACTED)), true, false));
        for (word, rating) in [("hot", HOT), ("Warm", WARM), ("COLD", COLD)] {
            let found = status(word, "", None);
            assert_eq!((found.state, found.rating, found.shows_status), (None, Some(rating), true), "{word}");
        }
        assert_eq!(status("", "", None), Status { shows_status: true, shows_reason: true, ..Status::default() });
    }

    #[test]
    fn qualified_needs_a_conversion_where_there_is_a_column_for_it() {
        assert_eq!(status("Qualified", "", Some(None)).state, Some((OPEN, CONTACTED)));
        assert_eq!(status("Qualified", "", Some(Some(false))).state, Some((OPEN, CONTACTED)));
        assert_eq!(status("Qualified", "", Some(Some(true))).state, Some((QUALIFIED, 3)));
        assert_eq!(status("Qualified", "", None).state, Some((QUALIFIED, 3)));
        assert_eq!(status("", "", Some(Some(true))).state, Some((QUALIFIED, 3)));
        assert!(!status("Qualified", "", Some(None)).shows_status);
    }

    #[test]
    fn contradictions_follow_the_status() {
        let found = status("Closed - Converted", "", Some(Some(false)));
        assert_eq!(found.state, Some((QUALIFIED, 3)));
        assert!(found.contradiction.is_some() && !found.shows_status);
        let found = status("Working - Contacted", "", Some(Some(true)));
        assert_eq!(found.state, Some((OPEN, CONTACTED)));
        assert!(found.contradiction.is_some());
        let found = status("Open", "Lost", None);
        assert_eq!((found.state, found.shows_reason), (Some((OPEN, NEW)), false));
        assert!(found.contradiction.is_some());
    }

    #[test]
    fn the_reason_is_more_exact() {
        assert_eq!(status("Open", "Contacted", None).state, Some((OPEN, CONTACTED)));
        assert_eq!(status("Disqualified", "No Longer Interested", None).state, Some((DISQUALIFIED, 6)));
        assert_eq!(status("", "Canceled", None).state, Some((DISQUALIFIED, CANCELED)));
        let other = status("Disqualified", "Budget mismatch", None);
        assert_eq!((other.state, other.shows_reason, other.contradiction), (Some((DISQUALIFIED, 4)), false, None));
    }

    #[test]
    fn other_records_have_their_own_states() {
        let choices = Choices::shipped();
        let sale = (Set::OpportunityState, Set::OpportunityReason);
        let record = (Set::RecordState, Set::RecordReason);
        let activity = (Set::ActivityState, Set::ActivityReason);
        for (sets, status, reason, converted, ended, state) in [
            (sale, "Open", "", None, None, Some((OPEN, IN_PROGRESS))),
            (sale, "Closed Won", "", None, None, Some((WON, WON_REASON))),
            (sale, "lost", "Out-Sold", None, None, Some((LOST_SALE, OUT_SOLD))),
            (sale, "2", "5", None, None, Some((LOST_SALE, OUT_SOLD))),
            (sale, "On Hold", "", None, None, Some((OPEN, ON_HOLD))),
            (sale, "", "", Some(true), Some(true), Some((WON, WON_REASON))),
            (sale, "", "", Some(false), Some(true), Some((LOST_SALE, CANCELED_SALE))),
            (sale, "", "", Some(false), Some(false), None),
            (sale, "Prospecting", "", None, None, None),
            (record, "Active", "", None, None, Some((OPEN, ACTIVE_REASON))),
            (record, "inactive", "", None, None, Some((INACTIVE, INACTIVE_REASON))),
            (record, "1", "", None, None, Some((INACTIVE, INACTIVE_REASON))),
            (record, "Customer", "", None, None, None),
            (activity, "Not Started", "", None, None, Some((OPEN, 2))),
            (activity, "NOT_STARTED", "", None, None, Some((OPEN, 2))),
            (activity, "Waiting on someone else", "", None, None, Some((OPEN, 4))),
            (activity, "Completed", "", None, Some(true), Some((COMPLETED, DONE))),
            (activity, "Held", "", None, None, Some((COMPLETED, DONE))),
            (activity, "", "", None, Some(true), Some((COMPLETED, DONE))),
            (activity, "", "", None, Some(false), None),
        ] {
            let cells = Cells { status, reason, has_conversion: converted.is_some(), converted, ended };
            let found = decide(cells, sets, &choices);
            assert_eq!(found.state, state, "{status} {reason}");
            assert_eq!(found.unknown, state.is_none() && !status.is_empty(), "{status}");
        }
        assert!(is_end("Closed Won") && is_end("Lost") && !is_end("Prospecting") && !is_end("On Hold"));
    }

    #[test]
    fn yes_and_no_have_many_words() {
        assert_eq!((yes_or_no("TRUE"), yes_or_no("0"), yes_or_no("maybe"), yes_or_no("")), (Some(true), Some(false), None, None));
    }
}
