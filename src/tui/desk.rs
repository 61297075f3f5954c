//! Where views and layers leave what they want done and said: effects, tickets, messages. Does none of it.

use std::collections::HashMap;

use super::effect::Effect;
use super::env::Env;
use super::flow;
use crate::config::State;
use crate::model::entity::RecordId;
use crate::model::field::FieldId;
use crate::worker::reader::{AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Info,
    /// Something went wrong, or cannot be done.
    Error,
}

/// One message of the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// A sentence.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// When it was said, in µs UTC.
    pub at: i64,
}

/// The tray between the parts of the interface and the runtime.
#[derive(Debug, Default)]
pub struct Desk {
    effects: Vec<Effect>,
    tickets: u64,
    serials: u64,
    newest: HashMap<Slot, u64>,
    pending: Vec<(Slot, u64, i64)>,
    /// Acts that are not answered yet: the ticket, since when, the records that they name, and whether those keep their places.
    writing: Vec<(u64, i64, Vec<RecordId>, bool)>,
    /// Activities that leave their places on the day, each with the ticket of the act; none once that is answered.
    settling: Vec<(Option<u64>, i64)>,
    worked_on: Vec<RecordId>,
    keeps_places: bool,
    message: Option<Message>,
    said: Vec<Message>,
    repeat: Option<AnyAct>,
    due: Option<(i64, String, i64)>,
    copying: Option<Copying>,
    made: Option<RecordId>,
    folders: Folders,
}

/// The folders that files were taken from and written to last, as they were typed.
#[derive(Clone, Debug)]
pub struct Folders {
    /// Where the last attached file lay; empty or with a slash at the end.
    pub from: String,
    /// Where the last file was written.
    pub to: String,
    /// The file that is being written, and the folder as it was typed.
    pub writing: Option<(i64, String)>,
}

impl Default for Folders {
    fn default() -> Self {
        Self { from: "~/".into(), to: "~/".into(), writing: None }
    }
}

/// The longest list of messages that `:messages` shows.
const MESSAGES: usize = 200;

impl Desk {
    /// Takes what is to be done.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Leaves an effect to be done.
    pub fn push(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// What is remembered, with what was left here to be remembered and is not carried out yet: changed and left here as a whole.
    pub fn state(&self, env: &Env) -> State {
        let left = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::SaveState(state) => Some((**state).clone()),
            _ => None,
        });
        left.unwrap_or_else(|| env.state.clone())
    }

    /// Has an act done; the ticket comes back with the reply.
    pub fn act(&mut self, act: AnyAct, now: i64) -> u64 {
        self.tickets += 1;
        let is_aside = matches!(act, AnyAct::Undo(_) | AnyAct::Redo(_) | AnyAct::Opened(_) | AnyAct::Claim(_));
        if !is_aside && !flow::is_repeatable(&act) {
            // an older act is not the last one any more
            self.repeat = None;
        }
        self.writing.push((self.tickets, now, act.records(), act.keeps_places()));
        self.due.take_if(|(number, ..)| act.settles().contains(number));
        self.settling.extend(act.settles().into_iter().map(|number| (Some(self.tickets), number)));
        self.effects.push(Effect::Do { ticket: self.tickets, act: Box::new(act) });
        self.tickets
    }

    /// Asks a question; the serial comes back with the answer.
    pub fn ask(&mut self, slot: Slot, query: AnyQuery, now: i64) -> u64 {
        self.serials += 1;
        self.newest.insert(slot, self.serials);
        self.pending.retain(|(s, _, _)| *s != slot);
        self.pending.push((slot, self.serials, now));
        self.effects.push(Effect::Ask { slot, serial: self.serials, query: Box::new(query) });
        self.serials
    }

    /// Whether an answer is to the newest question of its slot; it is no longer waited for then.
    pub fn is_newest(&mut self, slot: Slot, serial: u64) -> bool {
        self.pending.retain(|(s, n, _)| (*s, *n) != (slot, serial));
        self.newest.get(&slot) == Some(&serial)
    }

    /// Notes that an act was answered.
    pub fn written(&mut self, ticket: u64) {
        self.worked_on.clear();
        for (waits_for, _) in &mut self.settling {
            *waits_for = waits_for.filter(|other| *other != ticket);
        }
        if let Some(place) = self.writing.iter().position(|(t, ..)| *t == ticket) {
            (_, _, self.worked_on, self.keeps_places) = self.writing.swap_remove(place);
        }
    }

    /// The activities that are done or moved as far as the person is concerned, while the day on the screen still has them.
    pub fn settling(&self) -> impl Iterator<Item = i64> {
        self.settling.iter().map(|(_, number)| *number)
    }

    /// The day was read again: it has whatever was answered before.
    pub fn day_is_here(&mut self) {
        self.settling.retain(|(waits_for, _)| waits_for.is_some());
    }

    /// The records that the act named which was answered last.
    pub fn worked_on(&self) -> &[RecordId] {
        &self.worked_on
    }

    /// Whether those records keep their places in a list.
    pub const fn keeps_places(&self) -> bool {
        self.keeps_places
    }

    /// Since when something has been waited for, in µs UTC; rows and the preview are too quick to count.
    pub fn waiting_since(&self) -> Option<i64> {
        let asked = self
            .pending
            .iter()
            .filter(|(slot, _, _)| !matches!(slot, Slot::Preview | Slot::NewToMe | Slot::Day | Slot::Late | Slot::InView))
            .map(|(_, _, at)| *at);
        asked.chain(self.writing.iter().map(|(_, at, ..)| *at)).min()
    }

    /// Whether acts are not answered yet.
    pub fn is_writing(&self) -> bool {
        !self.writing.is_empty()
    }

    /// Says something in the status line.
    pub fn say(&mut self, text: impl Into<String>, now: i64) {
        self.put(Message { text: text.into(), tone: Tone::Info, at: now });
    }

    /// Says that something went wrong or cannot be done, and why.
    pub fn complain(&mut self, text: impl Into<String>, now: i64) {
        self.put(Message { text: text.into(), tone: Tone::Error, at: now });
    }

    fn put(&mut self, message: Message) {
        if self.said.len() >= MESSAGES {
            self.said.remove(0);
        }
        self.said.push(message.clone());
        self.message = Some(message);
    }

    /// The message in the status line.
    pub fn message(&self) -> Option<&Message> {
        self.message.as_ref()
    }

    /// Notes what has just fallen due: an activity's number and what it is called.
    pub fn fell_due(&mut self, number: i64, subject: String, now: i64) {
        self.due = Some((number, subject, now));
    }

    /// What fell due less than ten minutes ago.
    pub fn just_due(&self, now: i64) -> Option<(i64, &str)> {
        let (number, subject, at) = self.due.as_ref()?;
        (now - at < 600_000_000).then_some((*number, subject.as_str()))
    }

    /// The act that is done again by one key.
    pub fn repeat(&self) -> Option<AnyAct> {
        self.repeat.clone()
    }

    /// Notes that something is to be copied when it comes.
    pub fn copy_when_here(&mut self, copying: Copying) {
        self.copying = Some(copying);
    }

    /// What is to be copied; only once.
    pub fn take_copying(&mut self) -> Option<Copying> {
        self.copying.take()
    }

    /// The folders of this run.
    pub fn folders(&mut self) -> &mut Folders {
        &mut self.folders
    }

    /// Remembers what the last qualification made.
    pub fn made(&mut self, record: Option<RecordId>) {
        self.made = record;
    }

    /// What the last qualification made.
    pub fn last_made(&self) -> Option<RecordId> {
        self.made
    }

    /// Remembers an act to be done again.
    pub fn remember(&mut self, act: AnyAct) {
        self.repeat = Some(act);
    }

    /// Clears the status line; the messages stay listed.
    pub fn hush(&mut self) {
        self.message = None;
    }

    /// All messages, oldest first.
    pub fn messages(&self) -> &[Message] {
        &self.said
    }
}

/// What was asked for to be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copying {
    /// The value of a field.
    Field(FieldId),
    /// The value of a field, to be dialled.
    Dial(FieldId),
    /// A vCard of these fields.
    Card(Vec<FieldId>),
}

/// What a view or layer gets with every call.
pub struct Cx<'a> {
    /// The surroundings, to be read.
    pub env: &'a Env,
    /// The tray.
    pub desk: &'a mut Desk,
}

impl Cx<'_> {
    /// What is remembered between starts, to be changed and left as [`Effect::SaveState`].
    pub fn state(&self) -> State {
        self.desk.state(self.env)
    }

    /// Has an act done.
    pub fn act(&mut self, act: AnyAct) -> u64 {
        self.desk.act(act, self.env.now())
    }

    /// Asks a question.
    pub fn ask(&mut self, slot: Slot, query: AnyQuery) -> u64 {
        self.desk.ask(slot, query, self.env.now())
    }

    /// Says something.
    pub fn say(&mut self, text: impl Into<String>) {
        self.desk.say(text, self.env.now());
    }

    /// Says that something went wrong or cannot be done.
    pub fn complain(&mut self, text: impl Into<String>) {
        self.desk.complain(text, self.env.now());
    }

    /// Has something done outside.
    pub fn push(&mut self, effect: Effect) {
        self.desk.push(effect);
    }
}
