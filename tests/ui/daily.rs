//! The acts of a day, from the list to the saved row: how many keys each takes. README's table comes from here; LEADBOOK_UPDATE=1
//! writes it anew.

use std::fmt::Write;

use crate::harness::{Stage, chords};

/// An act of the day: the keys to where one types or saves, what is typed, the keys that save, and what holds then.
struct Act {
    name: &'static str,
    /// Keys that bring about the state it starts from; not counted.
    before: &'static str,
    /// Keys to where one types, chooses or is done.
    to: &'static str,
    /// Text that is typed, which nobody counts.
    text: &'static str,
    /// Keys that save it.
    save: &'static str,
    holds: fn(&Stage) -> bool,
}

const ACTS: &[Act] = &[
    Act { name: "go to the next lead", before: "", to: "j", text: "", save: "", holds: |s| cursor(s).contains("Ann Lee") },
    Act {
        name: "open a lead",
        before: "",
        to: "<enter>",
        text: "",
        save: "",
        holds: |s| s.screen().contains("Cy Diaz · Litware"),
    },
    Act { name: "find a lead", before: "", to: "/", text: "eva", save: "", holds: |s| cursor(s).contains("Eva Roth") },
    Act {
        name: "write a note",
        before: "",
        to: "i",
        text: "asks for French docs",
        save: "<c-s>",
        holds: |s| has(s, "SELECT 'x' FROM note WHERE body = 'asks for French docs'"),
    },
    Act {
        name: "log a call that nobody answered; the next try is planned",
        before: "",
        to: "c",
        text: "",
        save: "1<enter>",
        holds: |s| {
            has(s, "SELECT 'x' FROM activity WHERE status = 1 AND outcome = 1")
                && has(s, "SELECT 'x' FROM activity WHERE status = 0 AND due_at > 0")
        },
    },
    Act {
        name: "log a call with a note",
        before: "",
        to: "c3",
        text: "asks for prices",
        save: "<enter>",
        holds: |s| has(s, "SELECT 'x' FROM activity WHERE description = 'asks for prices'"),
    },
    Act {
        name: "plan a follow-up",
        before: "",
        to: "t",
        text: "send prices fri 9am",
        save: "<enter>",
        holds: |s| has(s, "SELECT 'x' FROM activity WHERE name = 'send prices' AND kind = 4212"),
    },
    Act {
        name: "book an appointment",
        before: "",
        to: "b",
        text: "demo tue 15:00",
        save: "<enter>",
        holds: |s| has(s, "SELECT 'x' FROM activity WHERE kind = 4201 AND status = 3"),
    },
    Act {
        name: "add a lead",
        before: "",
        to: "n",
        text: "Pia Lund @ Contoso",
        save: "<enter>",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Pia Lund' AND company = 'Contoso'"),
    },
    Act {
        name: "set the rating",
        before: "",
        to: "R",
        text: "",
        save: "3",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Cy Diaz' AND rating = 3"),
    },
    Act {
        name: "set the status reason",
        before: "",
        to: "S",
        text: "",
        save: "2",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Cy Diaz' AND status_reason = 2"),
    },
    Act {
        name: "assign to a colleague, with a note",
        before: "",
        to: "a",
        text: "bo",
        save: "<enter><enter>",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Cy Diaz' AND owner = 2"),
    },
    Act {
        name: "tag",
        before: "",
        to: "T",
        text: "expo",
        save: "<enter>",
        holds: |s| has(s, "SELECT 'x' FROM lead_tag t JOIN lead l ON l.number = t.lead WHERE l.name = 'Cy Diaz'"),
    },
    Act {
        name: "edit a lead: another first name",
        before: "",
        to: "e<c-u>",
        text: "Cyrus",
        save: "<c-s>",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Cyrus Diaz'"),
    },
    Act {
        name: "qualify a lead",
        before: "",
        to: "Q",
        text: "",
        save: "<c-s>",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Cy Diaz' AND status = 1") && has(s, "SELECT 'x' FROM opportunity"),
    },
    Act {
        name: "disqualify, without a note",
        before: "",
        to: "X",
        text: "",
        save: "2<enter>",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Cy Diaz' AND status = 2"),
    },
    Act {
        name: "reopen",
        before: "j<enter>X2<enter>",
        to: "O",
        text: "",
        save: "",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Ann Lee' AND status = 0 AND version > 2"),
    },
    Act {
        name: "delete",
        before: "",
        to: "D",
        text: "",
        save: "",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Cy Diaz' AND deleted_at IS NOT NULL"),
    },
    Act {
        name: "undo",
        before: "D",
        to: "u",
        text: "",
        save: "",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Cy Diaz' AND deleted_at IS NULL"),
    },
    Act {
        name: "redo",
        before: "Du",
        to: "<c-r>",
        text: "",
        save: "",
        holds: |s| has(s, "SELECT 'x' FROM lead WHERE name = 'Cy Diaz' AND deleted_at IS NOT NULL"),
    },
];

fn has(stage: &Stage, sql: &str) -> bool {
    !stage.sql(sql).is_empty()
}

/// The row under the cursor, which is the only reversed one.
fn cursor(stage: &Stage) -> String {
    let (buffer, _) = stage.frame();
    let lines = crate::picture::lines(&buffer);
    let reversed = |y: usize| {
        let cell = &buffer[(5, u16::try_from(y).unwrap_or(0))];
        cell.modifier.contains(ratatui::style::Modifier::REVERSED)
    };
    (2..lines.len()).find(|y| reversed(*y)).map(|y| lines[y].clone()).unwrap_or_default()
}

/// Keys as people write them.
fn written(script: &str) -> String {
    chords(script).iter().map(|chord| format!("`{chord}`")).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_act_of_the_day_takes_at_most_two_keys_to_where_one_types_or_saves() {
    let mut table = String::from("| act | keys | to where one types or saves | in all, but for the text |\n|---|---|--:|--:|\n");
    for act in ACTS {
        let mut stage = Stage::new(80, 24);
        stage.keys(act.before);
        stage.presses = 0;
        stage.keys(act.to);
        let to = stage.presses;
        stage.keys(act.text);
        stage.presses = to;
        stage.keys(act.save);
        assert!((act.holds)(&stage), "{}: not done:\n{}", act.name, stage.screen());
        assert!(to <= 2, "{}: {to} keys", act.name);
        let text = if act.text.is_empty() { String::new() } else { format!(" *{}*", act.text) };
        let save = if act.save.is_empty() { String::new() } else { format!(" {}", written(act.save)) };
        let _ = writeln!(table, "| {} | {}{text}{save} | {to} | {} |", act.name, written(act.to), stage.presses);
    }
    crate::common::readme("acts", &table);
}
