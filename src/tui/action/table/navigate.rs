//! Table: moving about, opening, finding and marking.

use super::Action;
use crate::tui::action::Group::{Find as FIND, Mark as MARK, Move as MOVE, Open as OPEN};
use crate::tui::action::Scope::{self, *};
use crate::tui::action::row::{Row, act};

/// Places with rows where no text is typed.
const ROWED: &[Scope] = &[
    Browse, Record, Today, Reports, Rules, Trial, Process, Steps, Listing, Columns, Import, Qualify, Merge, Conflict, File,
    Mailing,
];
/// Places with rows or fields where text is typed.
const TYPED: &[Scope] = &[Filter, QuickAdd, Form, Setup, Field, Editor, Picker, Find, Palette, Help, Line, Path, Attach, Welcome];
/// Places where Enter accepts what was typed or chosen.
const TAKEN: &[Scope] =
    &[Filter, Jump, QuickAdd, Form, Setup, Field, Picker, Find, Palette, Help, Line, Path, Attach, Welcome, Call, WrapUp];
const PANED: &[Scope] = &[
    Browse, Record, Process, Import, Qualify, Merge, Form, Field, QuickAdd, Welcome, Conflict, Today, Reports, Rules, WrapUp,
    Call,
];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    act(Action::Down, "move.down", "down", MOVE, "One row, field or line down.").on(ROWED, &["j", "down"]).on(TYPED, &["down"]).key_only(),
    act(Action::Up, "move.up", "up", MOVE, "One row, field or line up; above the first field, to the process; above the first card, to the head of the column.").on(ROWED, &["k", "up"]).on(TYPED, &["up"]).key_only(),
    act(Action::Left, "move.left", "left", MOVE, "To the left: a pane, a step of the process, a value of a merge, a column of a report, a part of the rules, or one character.").on(&[Browse, Record, Today, Reports, Rules, Process, Import, Qualify, Merge], &["h", "left"]).on(&[Text], &["left"]).key_only(),
    act(Action::Right, "move.right", "right", MOVE, "To the right: a pane, a step of the process, a value of a merge, a column of a report, a part of the rules, or one character.").on(&[Browse, Record, Today, Reports, Rules, Process, Import, Qualify, Merge], &["l", "right"]).on(&[Text], &["right"]).key_only(),
    act(Action::First, "move.first", "first", MOVE, "To the first row.").on(ROWED, &["g g", "home"]).on(&[Editor], &["ctrl-home"]).key_only(),
    act(Action::Last, "move.last", "last", MOVE, "To the last row.").on(ROWED, &["G", "end"]).on(&[Editor], &["ctrl-end"]).key_only(),
    act(Action::PageDown, "move.page-down", "page down", MOVE, "A page down.").on(ROWED, &["ctrl-d", "pgdn"]).on(TYPED, &["pgdn"]).key_only(),
    act(Action::PageUp, "move.page-up", "page up", MOVE, "A page up.").on(ROWED, &["ctrl-u", "pgup"]).on(TYPED, &["pgup"]).key_only(),
    act(Action::Next, "move.next", "next", MOVE, "To the next pane, field, report or part of the rules; in a merge, the other one stays.").on(PANED, &["tab"]).hint(&[(Merge, 85, "other stays"), (QuickAdd, 85, "form"), (Form, 85, "next field"), (Welcome, 85, "next field"), (Field, 80, "next field"), (Call, 85, "next step"), (Today, 40, "calendar"), (Reports, 85, "next report"), (Rules, 72, "scores, people")]).key_only(),
    act(Action::Previous, "move.previous", "previous", MOVE, "To the previous pane, field, report or part of the rules; from the fields of a record, to its process.").on(PANED, &["backtab"]).on(&[Setup], &["backtab"]).hint(&[(Record, 72, "process")]).key_only(),
    act(Action::NextRecord, "record.next", "next", MOVE, "The next record of the list one came from, mail, entry of a day, or report.").on(&[Browse, Record, Mailing, Today, Reports, WrapUp], &["J"]).hint(&[(WrapUp, 94, ""), (Record, 70, "")]),
    act(Action::PreviousRecord, "record.previous", "previous", MOVE, "The previous record of the list one came from, mail, entry of a day, or report.").on(&[Browse, Record, Mailing, Today, Reports, WrapUp], &["K"]).hint(&[(WrapUp, 93, "")]),
    act(Action::NextTab, "timeline.next-tab", "next tab", MOVE, "The next tab of the timeline; the next chart of a report.").on(&[Record, Reports], &["]"]).hint(&[(Reports, 70, "next chart")]),
    act(Action::PreviousTab, "timeline.previous-tab", "previous tab", MOVE, "The previous tab of the timeline; the previous chart of a report.").on(&[Record, Reports], &["["]),
    act(Action::Jump, "move.jump", "jump", MOVE, "To the first row whose sorted column begins with what is typed.").on(&[Browse], &["'"]),
    act(Action::GoTo, "move.goto", "go to row", MOVE, "To a row by its number or its share of the list: :5000, :50%.").on(&[Browse], &[]),

    act(Action::Open, "open", "open", OPEN, "Opens what the cursor is on, on the head of a column its list, on a number of a report the records behind it; accepts what was typed or chosen.").on(ROWED, &["enter"]).on(TAKEN, &["enter"]).hint(&[(Browse, 90, ""), (Record, 85, "edit field"), (Process, 95, "tick"), (Steps, 95, "undo this"), (Listing, 95, ""), (Columns, 95, "use"), (Import, 95, "go on"), (Qualify, 90, "choose, next"), (Merge, 70, "next"), (Conflict, 80, "save"), (Filter, 95, "keep"), (Jump, 95, "stay here"), (QuickAdd, 95, "save"), (Form, 80, "next field"), (Field, 95, "save"), (Picker, 95, "choose"), (Find, 95, ""), (Palette, 95, "run"), (Help, 95, "run"), (Line, 95, "take"), (Path, 95, "take"), (Attach, 95, ""), (Welcome, 95, "start"), (WrapUp, 95, "save"), (Call, 95, "save"), (Today, 90, ""), (Reports, 90, "records behind it"), (Rules, 90, "edit"), (Trial, 95, "the leads"), (Setup, 80, "next field")]).key_only(),
    act(Action::Back, "back", "back", OPEN, "Closes a layer, then clears the marks, then the filter, then goes back; never quits, never loses text.").on(&[Always], &["esc"]).hint(&[(Record, 50, "list"), (Steps, 60, ""), (Listing, 60, ""), (Columns, 60, "leave"), (Import, 60, ""), (Qualify, 60, ""), (Merge, 60, ""), (Job, 90, "cancel"), (Filter, 60, "leave"), (Jump, 60, "return"), (QuickAdd, 60, "keep draft"), (Form, 60, "keep draft"), (Setup, 60, "keep draft"), (Trial, 60, ""), (Field, 60, "leave"), (Editor, 60, "keep draft"), (Picker, 60, ""), (Find, 60, ""), (Palette, 60, ""), (Help, 60, ""), (Line, 60, ""), (Path, 60, ""), (Conflict, 60, "keep draft")]).key_only(),
    act(Action::Today, "go.today", "today", OPEN, "The Today screen: what is late, due, new to you.").on(&[Global], &["1", "g t"]),
    act(Action::Leads, "go.leads", "leads", OPEN, "The Leads screen.").on(&[Global], &["2", "g l"]),
    act(Action::Pipeline, "go.pipeline", "pipeline", OPEN, "The board of open leads and opportunities.").on(&[Global], &["3", "g p"]),
    act(Action::Opportunities, "go.opportunities", "opportunities", OPEN, "The Opportunities screen.").on(&[Global], &["4", "g o"]),
    act(Action::Accounts, "go.accounts", "accounts", OPEN, "The Accounts screen.").on(&[Global], &["5", "g a"]),
    act(Action::Contacts, "go.contacts", "contacts", OPEN, "The Contacts screen.").on(&[Global], &["6", "g c"]),
    act(Action::Reports, "go.reports", "reports", OPEN, "The reports: what comes of the leads, as charts and tables; Enter opens the records behind a number.").on(&[Global], &["7", "g r"]),
    act(Action::Rules, "go.rules", "rules", OPEN, "The Assignment rules: who gets leads from where; points, targets, users, teams, units and partners.").on(&[Global], &["8", "g x"]),
    act(Action::Products, "go.products", "products", OPEN, "The list of products.").on(&[Global], &[]),
    act(Action::Competitors, "go.competitors", "competitors", OPEN, "The list of competitors.").on(&[Global], &[]),
    act(Action::Campaigns, "go.campaigns", "campaigns", OPEN, "The list of campaigns.").on(&[Global], &[]),
    act(Action::Activities, "go.activities", "activities", OPEN, "The list of activities.").on(&[Global], &[]),
    act(Action::Requests, "go.requests", "requests", OPEN, "The list of customer requests; it opens with the open ones.").on(&[Global], &[]),
    act(Action::Templates, "go.templates", "templates", OPEN, "The list of templates, of notes and of mails.").on(&[Global], &[]),
    act(Action::OpenMade, "open.made", "open made", OPEN, "Opens what the last qualification made: the opportunity, else the contact or the account.").on(&[Global], &["g m"]),
    act(Action::NextBest, "go.next-best", "best lead", OPEN, "Opens the lead that is best worked next, and says why.").on(&[Global], &["g n"]),
    act(Action::Recent, "go.recent", "recent", OPEN, "The records opened last.").on(&[Global], &["H"]),
    act(Action::Close, "close", "close", OPEN, "Closes what is open; on the first screen it quits.").on(&[Always], &["q"]),
    act(Action::Quit, "quit", "quit", OPEN, "Leaves leadbook; drafts are kept.").on(&[Global], &[]),

    act(Action::Filter, "find.filter", "filter", FIND, "Narrows the list or report as one types: words, and field:value; a timeline to what says some words; the leads on which rules are tried; while qualifying, finds another customer.").on(&[Browse, Record, Reports, Trial, Qualify], &["/"]).hint(&[(Browse, 77, ""), (Reports, 80, ""), (Trial, 80, "other leads"), (Qualify, 80, "another")]),
    act(Action::FindAnywhere, "find.anywhere", "find", FIND, "Finds leads, accounts, contacts and opportunities of any state and owner, and notes by their words.").on(&[Global], &["F"]),
    act(Action::Views, "view.choose", "views", FIND, "Chooses a view of the list.").on(&[Browse], &["v"]).hint(&[(Browse, 75, "")]),
    act(Action::SaveView, "save-view", "save view", FIND, "Saves filter, order and columns of the list under a name; views orders, shares and deletes them.").on(&[Browse], &[]),
    act(Action::Score, "score", "score", FIND, "Why the lead has its score: each rule with its points, and whether it counts.").on(&[Browse, Record], &[]),
    act(Action::Sort, "view.sort", "sort", FIND, "Sorts the list by a column; the same one again turns it round.").on(&[Browse], &["s"]).hint(&[(Browse, 40, "")]),
    act(Action::Columns, "view.columns", "columns", FIND, "Chooses the columns of the list and their order.").on(&[Browse], &["C"]),
    act(Action::Period, "report.period", "period", FIND, "Chooses the days that a report is about; it is compared with the ones before.").on(&[Reports], &["@"]).hint(&[(Reports, 78, "")]),
    act(Action::Preview, "view.preview", "preview", FIND, "Shows or hides the preview; on the rules, tries them: who would get what, without doing it.").on(&[Browse, Rules], &["p"]).hint(&[(Browse, 30, ""), (Rules, 80, "try")]),
    act(Action::TryRules, "rules.try", "try rules", FIND, "Tells what the rules would do with open leads, or those of any filter: who would get what; nothing is done.").on(&[Global], &[]).on(&[Setup], &["ctrl-t"]).hint(&[(Setup, 85, "try")]),
    act(Action::Route, "rules.route", "route leads", FIND, "Asks the rules about open leads, on the trial about its leads, after a question that names how many: who gets what is done; one step.").on(&[Global], &[]),
    act(Action::Wider, "view.wider", "wider", FIND, "Gives the left pane more room.").on(&[Browse, Record], &["+"]),
    act(Action::Narrower, "view.narrower", "narrower", FIND, "Gives the left pane less room.").on(&[Browse, Record], &["-"]),
    act(Action::Help, "help", "help", FIND, "The keys of this place; type to narrow, Enter runs one.").on(&[Always], &["?", "f1"]),
    act(Action::Palette, "commands", "commands", FIND, "Any command by its name; a record by its number, as L-7.").on(&[Global], &[":", "ctrl-p"]).key_only(),

    act(Action::Mark, "mark.toggle", "mark", MARK, "Marks the row or takes the mark off; ticks a column, a choice or a step of the process; pins a note of the timeline.").on(&[Browse, Record, Process, Columns, Import, Qualify, Merge], &["space"]).hint(&[(Browse, 50, ""), (Merge, 75, "the other value"), (Columns, 90, "tick"), (Qualify, 85, "tick"), (Import, 85, "use or skip")]),
    act(Action::MarkRange, "mark.range", "mark range", MARK, "Marks from the row marked last to this one.").on(&[Browse], &["V"]),
    act(Action::MarkAll, "mark.all", "mark all", MARK, "Marks all of the view, or none; every act then works on the marked ones.").on(&[Browse], &["*"]),
    act(Action::ItemUp, "item.up", "move up", MARK, "Moves the column one place to the front.").on(&[Columns], &["alt-up", "alt-k"]).hint(&[(Columns, 85, "")]).key_only(),
    act(Action::ItemDown, "item.down", "move down", MARK, "Moves the column one place back.").on(&[Columns], &["alt-down", "alt-j"]).hint(&[(Columns, 84, "")]).key_only(),
];
