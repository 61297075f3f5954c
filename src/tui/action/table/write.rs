//! Table: what changes records, carries them out and takes changes back.

use super::Action;
use crate::tui::action::Group::{
    CarryOn as CARRY_ON, Decide as DECIDE, Files as FILES, People as PEOPLE, Time as TIME, Write as WRITE,
};
use crate::tui::action::Scope::{self, *};
use crate::tui::action::row::{Row, act};

/// Where there is a record under the cursor.
const HERE: &[Scope] = &[Browse, Record, Today];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    act(Action::New, "record.new", "new", WRITE, "Types a new lead in one line; elsewhere opens the form of a new record.").on(HERE, &["n"]).on(&[Rules], &["n"]).hint(&[(Browse, 95, ""), (Empty, 98, ""), (Rules, 95, "")]),
    act(Action::Edit, "record.edit", "edit", WRITE, "Edits the record as a form; on an import, what a column becomes; while qualifying, a value.").on(&[Browse, Record, Rules, Import, Qualify], &["e"]).hint(&[(Record, 80, ""), (Import, 90, "change"), (Qualify, 75, "change"), (Browse, 45, "")]),
    act(Action::Note, "note.write", "note", WRITE, "Writes a note, or goes on with the one begun.").on(HERE, &["i"]).hint(&[(Browse, 85, ""), (Record, 90, "")]),
    act(Action::Call, "activity.call", "call", WRITE, "Logs a call: a digit says how it went, then a note and the next step; all of it is one undo.").on(HERE, &["c"]).hint(&[(Browse, 84, ""), (Record, 88, ""), (Today, 90, "")]),
    act(Action::Task, "activity.task", "task", WRITE, "Plans a task or follow-up in one line: send the price list fri 9am.").on(HERE, &["t"]).hint(&[(Record, 80, ""), (Browse, 58, ""), (Today, 50, "")]).marked(),
    act(Action::Book, "activity.book", "appointment", WRITE, "Books an appointment in one line: demo @ their office tue 15:00 for 45m.").on(HERE, &["b"]).marked(),
    act(Action::Mail, "activity.mail", "mail", WRITE, "Writes a mail, or goes on with one; to marked records one from a template each.").on(HERE, &["m"]).hint(&[(Record, 78, ""), (Browse, 57, "")]).marked(),
    act(Action::Request, "record.request", "request", WRITE, "Makes a customer request of the lead, account or contact.").on(HERE, &["r"]),
    act(Action::Tags, "record.tags", "tags", WRITE, "Adds tags and takes them off.").on(HERE, &["T"]).again().marked(),
    act(Action::Rating, "lead.rating", "rating", WRITE, "Sets the rating: hot, warm, cold.").on(HERE, &["R"]).hint(&[(Record, 60, ""), (Browse, 60, "")]).again().marked(),
    act(Action::StatusReason, "record.status-reason", "status", WRITE, "Sets the status reason within the status; switches a rule, points, a user or the queue of a team on or off.").on(HERE, &["S"]).on(&[Rules], &["S"]).hint(&[(Rules, 78, "on or off")]).again().marked(),

    act(Action::StepOn, "process.on", "step on", CARRY_ON, "One step on in the process: New, Contacted, qualify; the stages of an opportunity, then won or lost; makes a lead of a request; a rule is asked later.").on(&[Browse, Record, Rules, Process], &[">"]).hint(&[(Process, 92, "next stage"), (Rules, 74, "later")]),
    act(Action::StepBack, "process.back", "step back", CARRY_ON, "One step back in the process; a rule is asked earlier.").on(&[Browse, Record, Rules, Process], &["<"]).hint(&[(Rules, 75, "earlier")]),
    act(Action::Work, "list.work", "work", CARRY_ON, "Works the list from the cursor on: one record after the other, each with its call.").on(&[Browse, Today], &["w"]).hint(&[(Browse, 70, ""), (Today, 80, "")]),
    act(Action::GoOnWorking, "list.go-on", "go on working", CARRY_ON, "Goes on with the list that was worked last, where it was left.").on(&[Global], &["g w"]),
    act(Action::Done, "activity.done", "done", CARRY_ON, "The activity is done; of a call it asks how it went.").on(HERE, &["x"]).hint(&[(Today, 85, "")]).marked(),
    act(Action::Reschedule, "activity.move", "move", CARRY_ON, "Moves the activity to another time, or snoozes it: +30m, tomorrow 9.").on(HERE, &["z"]).hint(&[(Today, 66, "")]).marked(),
    act(Action::Dial, "activity.dial", "dial", CARRY_ON, "Dials the number by the configured command, or shows and copies it.").on(HERE, &["P"]),
    act(Action::Repeat, "repeat", "repeat", CARRY_ON, "Does the last act again, here.").on(HERE, &["."]),

    act(Action::CloseWell, "record.close-well", "qualify", DECIDE, "Closes it well: qualifies a lead, wins an opportunity, resolves a request.").on(HERE, &["Q"]).on(&[WrapUp], &["Q"]).hint(&[(WrapUp, 92, ""), (Record, 75, ""), (Browse, 78, ""), (Today, 70, "")]).marked(),
    act(Action::CloseBadly, "record.close-badly", "disqualify", DECIDE, "Closes it badly: disqualifies a lead, loses an opportunity, cancels a request.").on(HERE, &["X"]).hint(&[(Record, 50, "")]).marked(),
    act(Action::Restore, "record.restore", "reopen", DECIDE, "Reopens a closed record, brings a deleted one back.").on(HERE, &["O"]).again().marked(),
    act(Action::Delete, "record.delete", "delete", DECIDE, "Moves the record to the deleted ones; u and O bring it back. A rule, a user or a team is taken away.").on(HERE, &["D"]).on(&[File], &["D"]).on(&[Rules], &["D"]).hint(&[(File, 70, "take off"), (Rules, 60, "remove")]).again().marked(),
    act(Action::Erase, "record.erase", "erase", DECIDE, "Erases a person for good, a lead or a contact with what was made from it; asks first, and nothing brings it back.").on(HERE, &[]),

    act(Action::Assign, "record.assign", "assign", PEOPLE, "Gives the record to a user or a team, with a note for them.").on(HERE, &["a"]).hint(&[(Browse, 55, ""), (Record, 55, "")]).again().marked(),

    act(Action::TakeNext, "queue.take", "take next", PEOPLE, "Takes the next lead of the queues of your teams, and opens it.").on(&[Global], &["N"]),
    act(Action::WhyOwner, "record.why-owner", "why this owner", PEOPLE, "Tells why the lead has its owner: which rules were passed over and why, which fired, who gave it by hand.").on(HERE, &["Y"]),
    act(Action::Link, "record.link", "link", PEOPLE, "Ties the record to another one, with a role; the Links tab lists them, and D there unties.").on(HERE, &["L"]),
    act(Action::Merge, "record.merge", "merge", PEOPLE, "Merges two marked records, or this one with one that it may be too, or with another.").on(HERE, &["M"]).marked(),

    act(Action::Attach, "file.attach", "attach", FILES, "Attaches files: a path with Tab, a list of what is there, or what is dropped on the terminal; the marked records all get them.").on(HERE, &["f"]).hint(&[(Record, 58, "")]).again().marked(),
    act(Action::OpenOutside, "file.open", "open outside", FILES, "Opens a copy of the file under the cursor with the system's program.").on(&[Record, File], &["o"]).hint(&[(Record, 88, "open outside"), (File, 90, "")]),
    act(Action::WriteOut, "file.write", "write out", FILES, "Writes the file under the cursor to a folder, over nothing.").on(&[Record, File], &["W"]).hint(&[(Record, 87, "write out"), (File, 89, "")]),
    act(Action::CopyField, "copy.field", "field", FILES, "Copies the field under the cursor; in a list, the name.").on(HERE, &["y f"]).marked(),
    act(Action::CopyEmail, "copy.email", "e-mail", FILES, "Copies the e-mail address.").on(HERE, &["y e"]).marked(),
    act(Action::CopyPhone, "copy.phone", "phone", FILES, "Copies the phone number.").on(HERE, &["y p"]).marked(),
    act(Action::CopyNumber, "copy.number", "number", FILES, "Copies the record's number, as L-1042.").on(HERE, &["y n"]).marked(),
    act(Action::CopyCard, "copy.vcard", "vCard", FILES, "Copies the record as a vCard, for an address book.").on(HERE, &["y v"]).marked(),
    act(Action::Export, "export", "export", FILES, "Writes what is listed or marked, or a report, to a file; on an import, its problems.").on(&[Browse, Reports, Import], &["E"]).hint(&[(Reports, 60, ""), (Import, 70, "problems to file")]).marked(),
    act(Action::Import, "import", "import", FILES, "Reads records from a file; nothing is written before Enter.").on(&[Global], &["I"]).hint(&[(Empty, 99, "")]),

    act(Action::Undo, "undo", "undo", TIME, "Takes back your newest step.").on(&[Global, Steps, WrapUp], &["u"]).hint(&[(WrapUp, 91, ""), (Browse, 20, ""), (Record, 20, "")]),
    act(Action::Redo, "redo", "redo", TIME, "Does again what was taken back.").on(&[Global, Steps], &["ctrl-r"]).hint(&[(Steps, 80, "")]),
    act(Action::Steps, "steps", "steps", TIME, "Lists the steps: who, when, what, how many; Enter undoes one.").on(&[Global], &["U"]),
];
