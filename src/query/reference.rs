//! The reference of the filter language that README shows, made from what the language reads. Writes no file.

use std::fmt::Write;

use super::ast::IsKind;
use super::offers::DAYS;
use super::parser::{DEPTH, LONGEST, SPECIAL, STEPS, TERMS};
use super::path;
use super::states::HAD;
use crate::model::entity::Entity;

/// What can be written, with examples that are read of leads, and what it finds.
pub const WRITTEN: &[(&[&str], &str)] = &[
    (&["ann contoso"], "both words, in any order, each as the beginning of a word"),
    (&["company:\"Fourth Coffee\""], "quotes hold words together"),
    (&["email:*@contoso.com", "topic:print*", "name:*son*"], "`*` at an end is anything"),
    (&["source:web,partner"], "a comma is *or*"),
    (&["industry:retail", "source:seminar"], "a value of a list by its name, else all whose names have the word"),
    (&["-source:web", "not is:mine", "owner!=me", "rating!=hot,warm"], "negation; of several values none"),
    (&["rating:hot or (value>10k is:unassigned)"], "*or* and parentheses; `and` may be written"),
    (
        &["rating>=warm", "value:>10k", "employees:50..500", "value:..10k", "revenue>1m"],
        "comparisons and ranges; numbers take `k` and `m`",
    ),
    (
        &["created>-30d", "closes:this-quarter", "modified:today", "created:2026-11", "closed:\"23 Nov\"..today"],
        "dates: `2026`, `2026-11`, `2026-q4`, `2026-11-23`, `\"23 Nov\"`, `today`, `yesterday`, `-30d`, `+2w`, `this-week`, `last-month`, \
         `next-year`, `\"dec 2026\"`, `\"kw 50\"`",
    ),
    (&["owner:me", "owner:bo", "owner:team:inbox"], "owners: people, teams"),
    (&["was:me", "was:bo"], "once of me, of bo, and handed on"),
    (&["unit:North", "unit<=North", "unit:mine"], "its owner is of that business unit; of it or of one below; of my own"),
    (&["country:de,at,ch"], "countries by code or by name"),
    (&["tag:expo", "partner:*", "interest:\"3D printer\""], "tags; any partner; products of interest"),
    (&["has:phone", "no:email"], "a field that is not, or is, empty"),
    (&["text:docs", "text:\"french docs\""], "words in one of its notes, one after the other where quotes hold them together"),
    (
        &["no:contact>30d", "no:activity>6mo", "has:note<2w", "no:note>2w", "has:file>1y", "has:created<7d"],
        "ages: nobody spoke to them for so long, nothing was done; a note of the last two weeks, none of them; a file older than a \
         year; any moment",
    ),
    (
        &["account.industry:retail", "opportunity.(status:won value>10k)", "-account.contact.email:*@contoso.com"],
        "a field, or any filter in parentheses, of the records that it is tied to; one of them must fulfil it; deleted ones do not count",
    ),
    (&["has:opportunity", "no:request"], "tied to at least one, to none"),
    (&["sort:-value,name"], "the order, `-` from the greatest"),
    (
        &["sort:next"],
        "what to work next: late leads, hot ones that were handed over and not opened, those without a next step (of the up to four \
         sources that qualify sooner than all do on average first), the rest by when it is due; closed ones last",
    ),
];

/// The tables of README.
pub fn reference() -> String {
    let mut text = String::from("| written | finds |\n|---|---|\n");
    for (written, finds) in WRITTEN {
        let written: Vec<String> = written.iter().map(|filter| format!("`{filter}`")).collect();
        let _ = writeln!(text, "| {} | {finds} |", written.join(" · "));
    }
    text.push_str("\nWords before a colon that are no fields:\n\n| | |\n|---|---|\n");
    for (word, help) in SPECIAL {
        let _ = writeln!(text, "| `{word}:` | {help} |");
    }
    text.push_str("\nStates, behind `is:`:\n\n| | |\n|---|---|\n");
    for kind in IsKind::ALL {
        let _ = writeln!(text, "| `is:{}` | {} |", kind.name(), kind.help());
    }
    text.push_str("| `is:open` `is:closed` | in an open state, in none |\n");
    text.push_str("\nBehind `has:` and `no:` beside every field:\n\n| | |\n|---|---|\n");
    for (word, help) in HAD {
        let _ = writeln!(text, "| `has:{word}` | {help} |");
    }
    text.push_str(
        "\nFrom a record to those that it is tied to; with the mark ✓ also behind `has:` and `no:`:\n\n| of | | leads to | |\n|---|---|---|---|\n",
    );
    for entity in Entity::LISTED {
        for path in path::of(*entity) {
            let mark = if path.is_had { " ✓" } else { "" };
            let _ = writeln!(text, "| {} | `{}.`{mark} | {} | {} |", entity.plural(), path.name, path.to.plural(), path.help);
        }
    }
    let days: Vec<String> = DAYS.iter().map(|word| format!("`{word}`")).collect();
    let _ = writeln!(text, "\nPeriods: {}, and whatever [dates](#dates-and-times) are written as.", days.join(" "));
    let _ = writeln!(
        text,
        "\nA filter has at most {LONGEST} characters, {TERMS} words and values, {DEPTH} parentheses inside each other and {STEPS} steps \
         from record to record."
    );
    text
}
