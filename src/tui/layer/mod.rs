//! Layers: what lies over a screen and takes the keys first. The contract, and the messages between a layer and the app.

pub mod attach;
pub mod checklist;
pub mod columns;
pub mod commands;
pub mod compose;
pub mod confirm;
pub mod conflict;
pub mod duplicates;
pub mod entry;
pub mod erase;
pub mod field;
pub mod file_view;
pub mod find;
pub mod form;
pub mod import;
pub mod listing;
pub mod mailing;
mod menu;
pub mod merge;
pub mod note_editor;
pub mod picker;
pub mod plan;
pub mod prompt;
pub mod qualify;
pub mod quick_add;
pub mod score;
pub mod setup_form;
#[cfg(test)]
mod sizes;
pub mod steps;
pub mod trial;
pub mod views;
pub mod welcome;
pub mod why_owner;
pub mod wrap_up;

use std::fmt::Debug;

use ratatui::Frame;
use ratatui::layout::Rect;

use self::find::Sought;
use super::action::{Action, Scope};
use super::desk::Cx;
use super::env::Env;
use crate::error::Result;
use crate::model::choice::Choice;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::value::{Owner, Value};
use crate::service::act::Done;
use crate::service::opportunity::CloseOpportunity;
use crate::service::scope::Targets;
use crate::tui::decide::Asks;
use crate::worker::reader::{Answer, Slot};
use crate::worker::writer::{AnyAct, Reply};

/// What a layer, a view and the app tell each other after a key.
#[derive(Debug, Default)]
pub enum Flow {
    /// Taken; stay as it is.
    #[default]
    Stay,
    /// Not for this layer: the one below, or the app, may take it.
    Pass,
    /// Taken; close this layer.
    Close,
    /// Put another layer over this one.
    Push(Box<dyn Layer>),
    /// Close this layer and open another in its place.
    Replace(Box<dyn Layer>),
    /// Close this layer and hand its result to what lies below.
    Done(Outcome),
}

/// What a layer was closed with.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Run this action where the layer was opened.
    Run(Action),
    /// A row of a picker was chosen.
    Picked(Purpose, Pick),
    /// A line was entered.
    Entered(Purpose, String),
    /// A question was answered with yes: do this.
    Confirmed(Box<AnyAct>),
    /// The filter bar was left with this text.
    Filtered(String),
    /// Open this record.
    OpenRecord(RecordId),
    /// A record was found for the layer below.
    Found {
        /// Which.
        record: RecordId,
        /// How people recognise it.
        name: String,
        /// What it was looked for.
        sought: Sought,
    },
    /// Open the form of a new record with these values.
    NewForm(Entity, Vec<(FieldId, Value)>),
    /// A column choice was accepted.
    Columns(Vec<FieldId>),
    /// Start quick add with this text, as after a search that found nothing.
    QuickAdd(String),
    /// Open the record so many rows away in the list below.
    Neighbour(isize),
    /// Go to a row of the list.
    GoTo(GoTo),
    /// It was decided whose values are kept; what was typed is to be saved against this version.
    Resolved {
        /// The version that is stored.
        version: i64,
        /// The fields, by registry name, whose stored value is kept, and that value as people read it.
        theirs: Vec<(String, String)>,
    },
    /// A record was made: the cursor goes to it where the list has it.
    Made(RecordId),
    /// A field that was edited in place was saved; `next` goes on with the field below it.
    FieldSaved {
        /// Whether the next field shall be edited.
        next: bool,
    },
}

/// A row of a list as people name one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoTo {
    /// Its number, from 1: `:5000`.
    Row(u64),
    /// Its share of the list: `:50%`.
    Percent(u8),
}

impl GoTo {
    /// The place in a list of `length` rows, from 0.
    pub fn row(self, length: usize) -> usize {
        let last = length.saturating_sub(1);
        match self {
            Self::Row(n) => usize::try_from(n).unwrap_or(usize::MAX).saturating_sub(1).min(last),
            Self::Percent(p) => last * usize::from(p.min(100)) / 100,
        }
    }

    /// Reads `5000` or `50%`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.strip_suffix('%') {
            Some(share) => share.trim().parse().ok().filter(|p| *p <= 100).map(Self::Percent),
            None => text.parse().ok().filter(|n| *n > 0).map(Self::Row),
        }
    }
}

/// Whether the open activities of a record go to its new owner with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Along {
    /// Those of the owner before go along.
    Go,
    /// They stay whose they are.
    Stay,
}

/// What a picker or a prompt was opened for; comes back with its result.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// A view of the list.
    View,
    /// What is done with a saved view, by the number of its definition.
    ChangeView(i64),
    /// The name under which the list is saved; of a view that gets another name its number.
    NameView(Option<i64>),
    /// A field to sort by.
    Sort,
    /// A choice for a field of some leads.
    Choice(FieldId, Targets),
    /// A new owner for some leads.
    Owner(Targets),
    /// The note for the new owner of some leads.
    HandOver(Owner, Targets, Along),
    /// The words that a timeline is narrowed to.
    Timeline,
    /// Tags for some leads, as `expo -trade`.
    Tags(Targets),
    /// Why some leads are disqualified.
    Disqualify(Targets),
    /// The same after a call, whose note says the rest.
    DisqualifyCalled(Targets),
    /// The note to leads that are disqualified for this reason.
    DisqualifyNote(i64, Targets),
    /// What is still asked about an opportunity that is won or lost.
    Closing(Box<CloseOpportunity>, Asks),
    /// What requests are answered with.
    Resolve(Targets),
    /// How a call went that stands on no record.
    Outcome(Targets),
    /// Whether an opportunity was won or lost.
    Ended(RecordId),
    /// Another value of the opportunity that a lead is to become.
    Deal(FieldId),
    /// The reason of a lead that is qualified.
    Qualified,
    /// What the second record is to the first, which are to be linked.
    Role(RecordId, RecordId),
    /// What is made of what was typed, to be linked.
    MadeToLink,
    /// What the board is narrowed to.
    BoardFilter,
    /// The days that reports are about.
    Period,
    /// Where a report is written to.
    Report,
    /// The leads that rules are tried on.
    Trial,
    /// Where a list is written to.
    Export(Targets),
    /// Which file is imported.
    ImportFile,
    /// The folder that an attached file, by its number, is written to.
    WriteOut(i64),
    /// Another name for an attached file, by its number.
    RenameFile(i64),
    /// A template for a note.
    Template,
    /// A template for a mail.
    MailTemplate,
    /// A choice for a field of a form that lies below.
    Field(FieldId),
    /// A recent record.
    Recent,
    /// What a column of a file becomes.
    ImportColumn(usize),
    /// One value for all rows of an import.
    ImportSet(FieldId),
}

/// A row of a picker.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    /// By its place among the rows that the picker was opened with.
    Index(usize),
    /// A choice of a set.
    Choice(Choice),
    /// An owner.
    Owner(Owner),
    /// A text that was typed because no row fitted.
    New(String),
    /// A field.
    Field(FieldId),
    /// Nothing: empty the field.
    Nothing,
}

/// Something that came back from a worker.
#[derive(Clone, Debug)]
pub enum Incoming<'a> {
    /// An answer to the newest question of its slot.
    Answer {
        /// What it was asked for.
        slot: Slot,
        /// The serial of the question.
        serial: u64,
        /// The answer.
        result: &'a Result<Answer>,
    },
    /// An act was done, or was not.
    Written {
        /// Its ticket.
        ticket: u64,
        /// What it did.
        result: &'a Result<Done<Reply>>,
    },
    /// The external editor is done.
    Edited(&'a Result<Option<String>>),
    /// What a path could become.
    Paths {
        /// What was typed.
        typed: &'a str,
        /// What was found.
        found: &'a [String],
    },
    /// A long job is so far.
    Progress(crate::service::context::Progress),
}

/// Something that lies over a screen.
pub trait Layer: Debug {
    /// The places whose keys hold, from the inside out.
    fn scopes(&self) -> Vec<Scope>;

    /// A key or the palette asked for this.
    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow;

    /// Text was typed or pasted; called only where the scopes take text. Line breaks are `\n`.
    fn text(&mut self, _text: &str, _cx: &mut Cx<'_>) -> Flow {
        Flow::Pass
    }

    /// A layer above closed with a result that may be for this one; `Pass` hands it further down.
    fn outcome(&mut self, _outcome: &Outcome, _cx: &mut Cx<'_>) -> Flow {
        Flow::Pass
    }

    /// Something came back; every layer sees it and takes what is its own.
    fn incoming(&mut self, _incoming: &Incoming<'_>, _cx: &mut Cx<'_>) -> Flow {
        Flow::Pass
    }

    /// The mouse was clicked (or the wheel turned: ±1 rows in `wheel`) at a cell.
    fn mouse(&mut self, _column: u16, _row: u16, _wheel: i32, _cx: &mut Cx<'_>) -> Flow {
        Flow::Pass
    }

    /// Draws itself. `area` is all but the last line, which belongs to hints and messages.
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env);

    /// Whether it covers the whole screen, so that what lies below need not be drawn.
    fn covers(&self) -> bool {
        false
    }

    /// Why an action that the table offers here cannot be done now; shown with the dim action.
    fn unavailable(&self, _action: Action, _env: &Env) -> Option<String> {
        None
    }

    /// What an action is called here, where that is another word than usual.
    fn label(&self, _action: Action) -> Option<&'static str> {
        None
    }

    /// The same where it hangs on what the cursor is on.
    fn label_here(&self, action: Action, _env: &Env) -> Option<&'static str> {
        self.label(action)
    }

    /// What is said of a key that does nothing here, where the usual sentence is not enough.
    fn other_key(&self, _env: &Env) -> Option<String> {
        None
    }

    /// Whether a key must wait, none where it is text: what it is for was asked for, or is being saved, and is not here yet. So no
    /// key acts on a row of the list that was there before, and none is lost.
    fn awaits(&self, _action: Option<Action>) -> bool {
        false
    }

    /// The key of the draft that is typed in it.
    fn draft_key(&self) -> Option<String> {
        None
    }

    /// The terminal has another size, or the layer was just opened.
    fn resized(&mut self, _cx: &mut Cx<'_>) {}

    /// Somebody else has written: what is shown may be old.
    fn changed(&mut self, _cx: &mut Cx<'_>) {}

    /// Rules, people or lists are others now: what was made of them is old.
    fn renewed(&mut self, _cx: &mut Cx<'_>) {}

    /// When something is due without a key, in µs UTC.
    fn due(&self) -> Option<i64> {
        None
    }

    /// What was due.
    fn tick(&mut self, _cx: &mut Cx<'_>) {}

    /// A prompt in the last line: the text before the cursor's line, the text, and the cursor's column in it.
    fn prompt(&self) -> Option<(String, String, u16)> {
        None
    }
}
