//! The writer thread: acts in the order in which they came, none dropped, all done before the program ends.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::model::catalog::Catalog;
use crate::model::choice::Choice;
use crate::model::entity::{Entity, RecordId};
use crate::service::act::{Act, Done};
use crate::service::activity::mail::send;
use crate::service::context::Context;
use crate::service::lead_service::LeadService;
use crate::service::qualify::{self, close};
use crate::service::record::{advance, assign, create, delete, open, purge, reopen, tag, update};
use crate::service::scope::Targets;
use crate::service::{
    activity, attachment, definition, erase, exchange, link, list, merge, note, opportunity, people, request, rule, score, undo,
};

/// Any act that the interface can ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum AnyAct {
    /// A new record.
    Create(create::CreateRecord),
    /// Fields of one record.
    Update(update::UpdateRecord),
    /// Fields of many.
    UpdateMany(update::UpdateRecords),
    /// Another owner.
    Assign(assign::AssignRecords),
    /// Labels.
    Tag(tag::TagRecords),
    /// To Deleted.
    Delete(delete::DeleteRecords),
    /// From Deleted.
    Restore(delete::RestoreRecords),
    /// A lead into customers and an opportunity.
    Qualify(Box<qualify::QualifyLead>),
    /// The same of many leads.
    QualifyMany(qualify::QualifyMany),
    /// Leads closed without becoming anything.
    Disqualify(close::DisqualifyLeads),
    /// An opportunity won or lost.
    CloseOpportunity(opportunity::CloseOpportunity),
    /// A step on or back in the process.
    Advance(advance::Advance),
    /// Closed records worked again.
    Reopen(reopen::ReopenRecords),
    /// Two records tied to each other.
    Link(link::Associate),
    /// Two records untied.
    Unlink(link::Disassociate),
    /// Two records that become one.
    Merge(merge::Merge),
    /// Opened by its owner.
    Opened(open::MarkOpened),
    /// A person, for good.
    Erase(erase::ErasePerson),
    /// Out of Deleted for good.
    Purge(purge::Purge),
    /// A new note.
    AddNote(note::AddNote),
    /// Another text of a note.
    EditNote(note::EditNote),
    /// A note less.
    DeleteNote(note::DeleteNote),
    /// A planned activity.
    AddActivity(activity::plan::AddActivity),
    /// The same one on many records.
    AddActivities(activity::plan::AddActivities),
    /// Activities that are done.
    Complete(activity::complete::CompleteActivities),
    /// Activities that are not to be done any more.
    CancelActivities(activity::complete::CancelActivities),
    /// Activities at another time.
    Reschedule(activity::plan::MoveActivities),
    /// The next record of a list that is worked.
    Claim(activity::claim::ClaimNext),
    /// A call that is over.
    WrapUp(activity::wrap_up::WrapUp),
    /// Files on records.
    Attach(attachment::AttachFiles),
    /// A file less.
    RemoveFile(attachment::RemoveAttachment),
    /// Another name of a file.
    RenameFile(attachment::RenameAttachment),
    /// Mails that are sent.
    SendMails(Box<send::SendMails>),
    /// A request of a customer.
    AddRequest(request::AddRequest),
    /// Requests that are answered.
    ResolveRequests(request::ResolveRequests),
    /// Requests that are not answered any more.
    CancelRequests(request::CancelRequests),
    /// A request that becomes a lead.
    LeadFromRequest(request::LeadFromRequest),
    /// A note that stands first, or no longer.
    PinNote(note::pin::PinNote),
    /// A row of a list.
    AddChoice(list::AddChoice),
    /// A user.
    AddUser(people::AddUser),
    /// A user as they are to be.
    PutUser(Box<people::PutUser>),
    /// A team as it is to be.
    PutTeam(people::PutTeam),
    /// A unit or partner as it is to be.
    PutUnit(people::PutUnit),
    /// A user, a team or a unit less.
    RemovePeople(people::RemovePeople),
    /// A rule, points, a view or a target, new or another than before.
    PutDefinition(Box<definition::PutDefinition>),
    /// One less of these.
    RemoveDefinition(definition::RemoveDefinition),
    /// One of these at another place.
    MoveDefinition(definition::MoveDefinition),
    /// The scores that time has moved.
    Score(score::ScoreDue),
    /// Rules asked by hand.
    Route(rule::Route),
    /// Rules that wait for time.
    RouteIdle(rule::RouteIdle),
    /// Whether there are queues.
    SetQueues(rule::queue::SetQueues),
    /// The next lead of a queue.
    TakeNext(rule::queue::TakeNext),
    /// A step back.
    Undo(undo::Undo),
    /// A step again.
    Redo(undo::Redo),
    /// A file of leads.
    Import(Box<exchange::ImportRecords>),
}

/// What an act replies with.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The number of what was made.
    Number(i64),
    /// How many records were changed.
    Count(i64),
    /// The new version of the record.
    Version(i64),
    /// The row of a list.
    Choice(Choice),
    /// The step that was taken back.
    Undone(i64),
    /// The step that was brought again.
    Step(i64),
    /// What became of a lead.
    Qualified(qualify::Qualified),
    /// What a step in the process came to.
    Advanced(advance::Advanced),
    /// What a call left behind.
    WrappedUp(activity::wrap_up::WrappedUp),
    /// The record that is worked next.
    Claimed(activity::claim::Claimed),
    /// What became of many leads.
    Qualifications(qualify::Qualifications),
    /// What an import did.
    Import(Box<exchange::Imported>),
    /// What became of mails.
    Posted(send::Posted),
    /// The lead that was taken from a queue.
    Taken(i64),
    /// What rules did.
    Routed(rule::Routed),
    /// What an erasure left and took.
    Erased(Box<erase::Erased>),
    /// Whether leads were scored.
    Scored(bool),
    /// Nothing beside that it was done.
    Done,
}

impl AnyAct {
    /// The records of an act that is done on many.
    pub fn targets(&self) -> Option<&Targets> {
        match self {
            Self::UpdateMany(act) => Some(&act.targets),
            Self::Assign(act) => Some(&act.targets),
            Self::Tag(act) => Some(&act.targets),
            Self::Delete(act) => Some(&act.targets),
            Self::Restore(act) => Some(&act.targets),
            Self::QualifyMany(act) => Some(&act.targets),
            Self::Disqualify(act) => Some(&act.targets),
            Self::Reopen(act) => Some(&act.targets),
            Self::ResolveRequests(act) => Some(&act.targets),
            Self::CancelRequests(act) => Some(&act.targets),
            Self::AddActivities(act) => Some(&act.targets),
            Self::Complete(act) => Some(&act.targets),
            Self::CancelActivities(act) => Some(&act.targets),
            Self::Reschedule(act) => Some(&act.targets),
            Self::Attach(act) => Some(&act.targets),
            Self::Route(act) => Some(&act.targets),
            _ => None,
        }
    }

    /// Whether the records that it names may stay in the list that they are in; a deleted one has no place to be kept for it.
    pub const fn keeps_places(&self) -> bool {
        !matches!(self, Self::Delete(_) | Self::Restore(_) | Self::Erase(_))
    }

    /// The same act on other records; one that is done on a single record stays as it is.
    pub fn with_targets(self, targets: Targets) -> Self {
        let mut act = self;
        let slot = match &mut act {
            Self::UpdateMany(act) => &mut act.targets,
            Self::Assign(act) => &mut act.targets,
            Self::Tag(act) => &mut act.targets,
            Self::Delete(act) => &mut act.targets,
            Self::Restore(act) => &mut act.targets,
            Self::QualifyMany(act) => &mut act.targets,
            Self::Disqualify(act) => &mut act.targets,
            Self::Reopen(act) => &mut act.targets,
            Self::AddActivities(act) => &mut act.targets,
            Self::Complete(act) => &mut act.targets,
            Self::CancelActivities(act) => &mut act.targets,
            Self::Reschedule(act) => &mut act.targets,
            Self::Attach(act) => &mut act.targets,
            Self::Route(act) => &mut act.targets,
            _ => return act,
        };
        *slot = targets;
        act
    }

    /// The records that it names one by one, and that a list keeps in view after it; none when it names them by a filter.
    pub fn records(&self) -> Vec<RecordId> {
        match self {
            Self::Update(act) => return vec![act.record],
            Self::AddNote(act) => return vec![act.about],
            Self::WrapUp(act) => return vec![act.about],
            Self::AddActivity(act) => return act.about.into_iter().collect(),
            Self::Advance(act) => return vec![act.record],
            Self::Merge(act) => return vec![act.master, act.other],
            Self::Erase(act) => return vec![act.record],
            _ => {}
        }
        match self.targets() {
            Some(Targets::Numbers { entity, numbers }) => numbers.iter().map(|number| entity.numbered(*number)).collect(),
            _ => Vec::new(),
        }
    }

    /// The activities that it takes from where they stand on a person's day: those that are then done, elsewhere or gone.
    pub fn settles(&self) -> Vec<i64> {
        match self {
            Self::WrapUp(act) => act.activity.into_iter().collect(),
            Self::Complete(_) | Self::CancelActivities(_) | Self::Reschedule(_) | Self::Delete(_) => {
                self.records().iter().filter(|key| key.entity == Entity::Activity).map(|key| key.number).collect()
            }
            _ => Vec::new(),
        }
    }

    fn run(self, service: &mut LeadService, ctx: &Context) -> Result<Done<Reply>> {
        fn go<A: Act>(s: &mut LeadService, ctx: &Context, act: A, reply: impl FnOnce(A::Reply) -> Reply) -> Result<Done<Reply>> {
            s.execute(act, ctx).map(|done| done.map(reply))
        }
        match self {
            Self::Create(act) => go(service, ctx, act, Reply::Number),
            Self::Update(act) => go(service, ctx, act, Reply::Version),
            Self::UpdateMany(act) => go(service, ctx, act, Reply::Count),
            Self::Assign(act) => go(service, ctx, act, Reply::Count),
            Self::Tag(act) => go(service, ctx, act, Reply::Count),
            Self::Delete(act) => go(service, ctx, act, Reply::Count),
            Self::Restore(act) => go(service, ctx, act, Reply::Count),
            Self::Qualify(act) => go(service, ctx, *act, Reply::Qualified),
            Self::QualifyMany(act) => go(service, ctx, act, Reply::Qualifications),
            Self::Disqualify(act) => go(service, ctx, act, Reply::Count),
            Self::CloseOpportunity(act) => go(service, ctx, act, |()| Reply::Done),
            Self::Advance(act) => go(service, ctx, act, Reply::Advanced),
            Self::Reopen(act) => go(service, ctx, act, Reply::Count),
            Self::Link(act) => go(service, ctx, act, |()| Reply::Done),
            Self::Unlink(act) => go(service, ctx, act, |()| Reply::Done),
            Self::Merge(act) => go(service, ctx, act, |_| Reply::Done),
            Self::Opened(act) => go(service, ctx, act, |_| Reply::Done),
            Self::Erase(act) => erase::erase(service, ctx, &act).map(|done| done.map(|erased| Reply::Erased(Box::new(erased)))),
            Self::Purge(act) => go(service, ctx, act, Reply::Count),
            Self::AddNote(act) => go(service, ctx, act, Reply::Number),
            Self::EditNote(act) => go(service, ctx, act, Reply::Version),
            Self::DeleteNote(act) => go(service, ctx, act, |()| Reply::Done),
            Self::AddActivity(act) => go(service, ctx, act, Reply::Number),
            Self::AddActivities(act) => go(service, ctx, act, Reply::Count),
            Self::Complete(act) => go(service, ctx, act, Reply::Count),
            Self::CancelActivities(act) => go(service, ctx, act, Reply::Count),
            Self::Reschedule(act) => go(service, ctx, act, Reply::Count),
            Self::Claim(act) => go(service, ctx, act, Reply::Claimed),
            Self::WrapUp(act) => go(service, ctx, act, Reply::WrappedUp),
            Self::Attach(act) => go(service, ctx, act, |_| Reply::Done),
            Self::RemoveFile(act) => go(service, ctx, act, |()| Reply::Done),
            Self::RenameFile(act) => go(service, ctx, act, |()| Reply::Done),
            Self::SendMails(act) => send::send(service, ctx, &act).map(|done| done.map(Reply::Posted)),
            Self::PinNote(act) => go(service, ctx, act, Reply::Version),
            Self::AddRequest(act) => go(service, ctx, act, Reply::Number),
            Self::ResolveRequests(act) => go(service, ctx, act, Reply::Count),
            Self::CancelRequests(act) => go(service, ctx, act, Reply::Count),
            Self::LeadFromRequest(act) => go(service, ctx, act, Reply::Number),
            Self::AddChoice(act) => go(service, ctx, act, Reply::Choice),
            Self::AddUser(act) => go(service, ctx, act, Reply::Number),
            Self::PutUser(act) => go(service, ctx, *act, Reply::Number),
            Self::PutTeam(act) => go(service, ctx, act, Reply::Number),
            Self::PutUnit(act) => go(service, ctx, act, Reply::Number),
            Self::RemovePeople(act) => go(service, ctx, act, |()| Reply::Done),
            Self::PutDefinition(act) => go(service, ctx, *act, Reply::Number),
            Self::RemoveDefinition(act) => go(service, ctx, act, |()| Reply::Done),
            Self::MoveDefinition(act) => go(service, ctx, act, |()| Reply::Done),
            Self::Score(act) => go(service, ctx, act, Reply::Scored),
            Self::Route(act) => go(service, ctx, act, Reply::Routed),
            Self::RouteIdle(act) => go(service, ctx, act, Reply::Routed),
            Self::SetQueues(act) => go(service, ctx, act, |()| Reply::Done),
            Self::TakeNext(act) => go(service, ctx, act, Reply::Taken),
            Self::Undo(act) => go(service, ctx, act, |undone| Reply::Undone(undone.step.number)),
            Self::Redo(act) => go(service, ctx, act, |undone| Reply::Step(undone.step.number)),
            Self::Import(act) => service.import(*act, ctx).map(|done| done.map(|imported| Reply::Import(Box::new(imported)))),
        }
    }
}

/// Does an act with the newest catalog; the new one comes with the reply when people, lists or tags are others after it.
pub fn perform(act: AnyAct, service: &mut LeadService, ctx: &Context) -> (Option<Arc<Catalog>>, Result<Done<Reply>>) {
    let ctx = Context { catalog: service.catalog(), ..ctx.clone() };
    let result = act.run(service, &ctx);
    let changed = result.as_ref().is_ok_and(|done| done.catalog_changed);
    (changed.then(|| service.catalog()), result)
}

/// An act with what it is done with; the ticket finds its reply.
pub struct Job {
    /// Given back with the reply.
    pub ticket: u64,
    /// The act.
    pub act: AnyAct,
    /// Who acts and how; the catalog in it is replaced by the newest.
    pub ctx: Context,
}

/// What the writer says.
#[derive(Clone, Debug)]
pub enum Said {
    /// An act was done, or was not.
    Written {
        /// The ticket of the job.
        ticket: u64,
        /// What it did.
        result: Result<Done<Reply>>,
    },
    /// People, lists or tags are others now.
    Catalog(Arc<Catalog>),
}

enum Order {
    Do(Box<Job>),
    Reload,
}

/// The writer thread, from outside. Dropping it waits until every act is done.
pub struct Writer {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<()>>,
}

/// How long the writer rests before it moves the log into the file.
const IDLE: Duration = Duration::from_secs(2);

impl Writer {
    /// Starts the thread; `say` is called on it.
    pub fn start(service: LeadService, say: impl Fn(Said) + Send + 'static) -> Result<Self> {
        let (orders, inbox) = channel();
        let thread = std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || serve(service, &inbox, &say))
            .map_err(|e| Error::io("the writer thread", &e))?;
        Ok(Self { orders: Some(orders), thread: Some(thread) })
    }

    /// Queues an act.
    pub fn submit(&self, job: Job) {
        self.order(Order::Do(Box::new(job)));
    }

    /// Asks for the catalog to be read again, because another process wrote.
    pub fn reload(&self) {
        self.order(Order::Reload);
    }

    fn order(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The thread ends only after this sender is dropped.
            let _ = orders.send(order);
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut service: LeadService, inbox: &Receiver<Order>, say: &dyn Fn(Said)) {
    // what an erasure left in the file when the program ended halfway; it stays due where that fails
    let mut written = service.clean_up(&mut |_, _| Ok(())).is_ok_and(|cleaned| cleaned);
    loop {
        let rest = if service.db().is_checkpoint_due() { Duration::ZERO } else { IDLE };
        let order = if written { inbox.recv_timeout(rest) } else { inbox.recv().map_err(|_| RecvTimeoutError::Disconnected) };
        match order {
            Ok(Order::Do(job)) => {
                let Job { ticket, act, ctx } = *job;
                let (catalog, result) = perform(act, &mut service, &ctx);
                written |= result.is_ok();
                if let Some(catalog) = catalog {
                    say(Said::Catalog(catalog));
                }
                say(Said::Written { ticket, result });
            }
            Ok(Order::Reload) => {
                if service.reload().is_ok() {
                    say(Said::Catalog(service.catalog()));
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                // A checkpoint that a reader keeps from ending is done the next time.
                let _ = service.db().checkpoint(false);
                written = false;
            }
            Err(RecvTimeoutError::Disconnected) => {
                let _ = service.db().optimize();
                let _ = service.db().checkpoint(true);
                return;
            }
        }
    }
}
