//! A reader thread: of every slot the newest question is answered, an older one that still runs is interrupted.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::error::{Error, Result};
use crate::model::report::Sheet;
use crate::service::act::Query;
use crate::service::activity::mail::prepare;
use crate::service::activity::today;
use crate::service::attachment;
use crate::service::context::Context;
use crate::service::duplicates;
use crate::service::erase;
use crate::service::exchange;
use crate::service::lead_service::LeadReader;
use crate::service::merge;
use crate::service::note::find::{FindNotes, NoteHit};
use crate::service::people::load;
use crate::service::qualify;
use crate::service::record::read;
use crate::service::report::GetReport;
use crate::service::rule;
use crate::service::score;
use crate::store::log::Operation;
use crate::store::sqlite::Interrupt;

/// What a question is for; a newer question for the same thing replaces an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The first rows of the list.
    Page,
    /// The order of the whole list.
    Numbers,
    /// The rows of the window.
    Rows,
    /// Rows of a lane of the board, by its place.
    Lane(u8),
    /// The order of a lane.
    LaneNumbers(u8),
    /// What a lane is worth.
    LaneSums(u8),
    /// The preview beside the list.
    Preview,
    /// The record that is open.
    Record,
    /// The record that a form edits.
    Form,
    /// The steps.
    Steps,
    /// A count before a question.
    Count,
    /// How many match elsewhere when nothing matches here.
    Elsewhere,
    /// How many of the list are late.
    Late,
    /// How many are in a view that is offered.
    InView,
    /// Why a lead has its score.
    Score,
    /// A place in the list.
    Seek,
    /// The step that undo would take.
    Undo,
    /// How many leads are new to the person.
    NewToMe,
    /// The newest step, to see whether others have written.
    Newest,
    /// A note to be edited.
    Note,
    /// The look at a file before it is imported.
    ImportPlan,
    /// What an import would do.
    ImportTrial,
    /// What a lead may already be.
    Matches,
    /// What a record may be too.
    Duplicates,
    /// Two records that are to be merged.
    Merge,
    /// What many qualifications would come to.
    QualifyPlan,
    /// The hits of “find anywhere”.
    Find,
    /// What an erasure would reach.
    Erasure,
    /// Recent records by number.
    Recent,
    /// A mail that is being written.
    Mail,
    /// Mails to many.
    Mailing,
    /// The record that a call is logged on.
    Call,
    /// The record that is worked next.
    NextCall,
    /// What a record that is worked may be too.
    CallTwins,
    /// A person's day.
    Day,
    /// What is due in the month of a calendar.
    Month,
    /// A report.
    Report,
    /// The first record that a report without rows could be about.
    ReportFirst,
    /// How many open leads a condition finds.
    RuleCount,
    /// The first of them.
    RuleFirst,
    /// How often each rule fired.
    RuleTally,
    /// What a rule did last.
    RuleLog,
    /// How much everybody holds.
    Loads,
    /// What waits in the queues.
    Queues,
    /// Whether there are queues.
    HasQueues,
    /// What rules would do.
    Trial,
    /// The leads of a trial that are seen.
    TrialRows,
    /// Why a lead has its owner.
    Why,
    /// The lead that is best worked next.
    NextBest,
    /// A value to be copied.
    Copy,
    /// A file that is written.
    Export,
    /// What is in an attached file.
    File,
    /// An attached file that is written to a folder.
    SaveFile,
    /// An attached file that is written to be opened by another program.
    OpenFile,
}

/// Any question that the interface can ask.
#[derive(Clone, Debug, PartialEq)]
pub enum AnyQuery {
    /// First rows.
    Page(read::ListPage),
    /// The whole order.
    Numbers(read::ListNumbers),
    /// Rows by number.
    Rows(read::RowsByNumber),
    /// First rows of several lists, one after the other.
    Pages(Vec<read::ListPage>),
    /// The same, and the notes with these words.
    Find(Vec<read::ListPage>, FindNotes),
    /// Rows by number, of several entities.
    RowsOf(Vec<read::RowsByNumber>),
    /// How many.
    Count(read::CountRecords),
    /// Why a lead has its score.
    Score(score::ExplainScore),
    /// What they are worth.
    Sums(read::SumValues),
    /// A record with its timeline.
    Record(read::GetRecord),
    /// What a lead may already be.
    Matches(qualify::matches::RetrieveMatches),
    /// What a record may be too.
    Duplicates(duplicates::RetrieveDuplicates),
    /// Two records that are to be merged.
    Merge(merge::RetrieveMerge),
    /// What many qualifications would come to.
    QualifyPlan(qualify::QualifyPlan),
    /// What an erasure would reach.
    Erasure(erase::PlanErasure),
    /// A person's day.
    Day(today::GetDay),
    /// What is due in a stretch of time.
    Agenda(today::GetAgenda),
    /// A note.
    Note(read::GetNote),
    /// What a mail to somebody says so far.
    PrepareMail(prepare::PrepareMail),
    /// What mails to many would say.
    PrepareMails(prepare::PrepareMails),
    /// The templates of mails.
    MailTemplates(prepare::MailTemplates),
    /// Steps.
    Steps(read::ListSteps),
    /// The step that undo would take.
    Undo(read::NextUndo),
    /// The newest step.
    Newest(read::NewestStep),
    /// A place in a sorted list.
    Seek(read::SeekText),
    /// A file, its columns and the guesses.
    ImportPlan(Box<exchange::PlanImport>),
    /// What an import would do.
    ImportTrial(Box<exchange::TryImport>),
    /// Leads written to a file.
    Export(Box<exchange::ExportRecords>),
    /// A report.
    Report(Box<GetReport>),
    /// A look into an attached file.
    File(attachment::PreviewAttachment),
    /// An attached file written out.
    SaveFile(attachment::SaveAttachment),
    /// How often each rule fired.
    RuleTally(rule::TallyRules),
    /// What a rule did last.
    RuleLog(rule::RuleLog),
    /// What rules would do.
    Trial(Box<rule::TryRoute>),
    /// Why a lead has its owner.
    Why(rule::WhyOwner),
    /// How much everybody holds.
    Loads(load::Loads),
    /// What waits in the queues.
    Queues(rule::queue::GetQueues),
    /// Whether there are queues.
    HasQueues(rule::queue::HasQueues),
}

/// What comes back.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Rows of a list.
    Rows(Vec<read::ListRow>),
    /// Rows of lists, and notes.
    Found(Vec<read::ListRow>, Vec<NoteHit>),
    /// Numbers in order.
    Numbers(Arc<Vec<i64>>),
    /// How many, and the newest operation then.
    Count(u64, i64),
    /// The score of a lead, line by line.
    Score(Box<score::Explained>),
    /// Sums by currency, in whole units.
    Sums(Vec<(String, i64)>),
    /// A record.
    Record(Box<read::RecordDetail>),
    /// What a lead may already be.
    Matches(Box<qualify::matches::Candidates>),
    /// What a record may be too.
    Duplicates(Vec<duplicates::Match>),
    /// Two records that can be merged.
    Merge(Box<merge::Merging>),
    /// What many qualifications would come to, and the newest operation then.
    Qualifications(qualify::Qualifications, i64),
    /// What an erasure would reach.
    Erasure(Box<erase::Erasure>),
    /// A person's day.
    Day(Box<today::Day>),
    /// What is due.
    Due(Vec<today::DueRow>),
    /// A note.
    Note(crate::model::note::Note),
    /// What a mail to somebody says so far.
    Prepared(Box<prepare::Prepared>),
    /// What mails to many would say.
    PreparedMany(Box<prepare::PreparedMany>),
    /// The templates of mails, by number and name.
    MailTemplates(Vec<(i64, String)>),
    /// Steps.
    Steps(Vec<Operation>),
    /// The step that undo would take.
    Undo(Option<Operation>),
    /// The number of a step.
    Step(i64),
    /// A place.
    Place(usize),
    /// A plan of an import.
    Plan(exchange::Shared<crate::exchange::import::Plan>),
    /// What an import would do.
    Trial(Box<exchange::Imported>),
    /// What was written to a file.
    Exported(exchange::Exported),
    /// A report.
    Report(Box<Sheet>),
    /// What is in an attached file.
    File(Box<attachment::Preview>),
    /// Where an attached file was written.
    Saved(attachment::Saved),
    /// How often each rule fired.
    RuleTally(Vec<rule::RuleTally>),
    /// What a rule did last.
    RuleLog(Vec<rule::Fired>),
    /// What rules would do.
    Tried(Arc<rule::Trial>),
    /// Why a lead has its owner.
    Why(Box<rule::WhyAnswer>),
    /// How many open leads and opportunities each owner holds, by code; leads and opportunities apart.
    Loads(Vec<(i64, i64)>),
    /// What waits in the queues.
    Queues(Vec<rule::queue::Queue>),
    /// Whether there are queues.
    HasQueues(bool),
}

impl AnyQuery {
    /// Answers it.
    pub fn run(&self, reader: &LeadReader, ctx: &Context) -> Result<Answer> {
        fn go<Q: Query>(r: &LeadReader, ctx: &Context, query: &Q, answer: impl FnOnce(Q::Reply) -> Answer) -> Result<Answer> {
            r.ask(query, ctx).map(answer)
        }
        fn many<Q: Query<Reply = Vec<read::ListRow>>>(r: &LeadReader, ctx: &Context, queries: &[Q]) -> Result<Answer> {
            let rows = queries.iter().map(|query| r.ask(query, ctx)).collect::<Result<Vec<_>>>()?;
            Ok(Answer::Rows(rows.concat()))
        }
        match self {
            Self::Page(q) => go(reader, ctx, q, Answer::Rows),
            Self::Numbers(q) => go(reader, ctx, q, Answer::Numbers),
            Self::Rows(q) => go(reader, ctx, q, Answer::Rows),
            Self::Pages(pages) => many(reader, ctx, pages),
            Self::Find(pages, notes) => {
                let rows = pages.iter().map(|page| reader.ask(page, ctx)).collect::<Result<Vec<_>>>()?;
                Ok(Answer::Found(rows.concat(), reader.ask(notes, ctx)?))
            }
            Self::RowsOf(queries) => many(reader, ctx, queries),
            Self::Count(q) => go(reader, ctx, q, |(count, newest)| Answer::Count(count, newest)),
            Self::Score(q) => go(reader, ctx, q, |explained| Answer::Score(Box::new(explained))),
            Self::Sums(q) => go(reader, ctx, q, Answer::Sums),
            Self::Record(q) => go(reader, ctx, q, |record| Answer::Record(Box::new(record))),
            Self::Matches(q) => go(reader, ctx, q, |found| Answer::Matches(Box::new(found))),
            Self::Duplicates(q) => go(reader, ctx, q, Answer::Duplicates),
            Self::Merge(q) => go(reader, ctx, q, |found| Answer::Merge(Box::new(found))),
            Self::QualifyPlan(q) => go(reader, ctx, q, |(plan, newest)| Answer::Qualifications(plan, newest)),
            Self::Erasure(q) => go(reader, ctx, q, |plan| Answer::Erasure(Box::new(plan))),
            Self::Day(q) => go(reader, ctx, q, |day| Answer::Day(Box::new(day))),
            Self::Agenda(q) => go(reader, ctx, q, Answer::Due),
            Self::Note(q) => go(reader, ctx, q, Answer::Note),
            Self::PrepareMail(q) => go(reader, ctx, q, |found| Answer::Prepared(Box::new(found))),
            Self::PrepareMails(q) => go(reader, ctx, q, |found| Answer::PreparedMany(Box::new(found))),
            Self::MailTemplates(q) => go(reader, ctx, q, Answer::MailTemplates),
            Self::Steps(q) => go(reader, ctx, q, Answer::Steps),
            Self::Undo(q) => go(reader, ctx, q, Answer::Undo),
            Self::Newest(q) => go(reader, ctx, q, Answer::Step),
            Self::Seek(q) => go(reader, ctx, q, Answer::Place),
            Self::ImportPlan(q) => go(reader, ctx, q.as_ref(), Answer::Plan),
            Self::ImportTrial(q) => go(reader, ctx, q.as_ref(), |trial| Answer::Trial(Box::new(trial))),
            Self::Export(q) => go(reader, ctx, q.as_ref(), Answer::Exported),
            Self::Report(q) => go(reader, ctx, q.as_ref(), |sheet| Answer::Report(Box::new(sheet))),
            Self::File(q) => go(reader, ctx, q, |preview| Answer::File(Box::new(preview))),
            Self::SaveFile(q) => go(reader, ctx, q, Answer::Saved),
            Self::RuleTally(q) => go(reader, ctx, q, Answer::RuleTally),
            Self::RuleLog(q) => go(reader, ctx, q, Answer::RuleLog),
            Self::Trial(q) => go(reader, ctx, q.as_ref(), |trial| Answer::Tried(Arc::new(trial))),
            Self::Why(q) => go(reader, ctx, q, |why| Answer::Why(Box::new(why))),
            Self::Loads(q) => go(reader, ctx, q, Answer::Loads),
            Self::Queues(q) => go(reader, ctx, q, Answer::Queues),
            Self::HasQueues(q) => go(reader, ctx, q, Answer::HasQueues),
        }
    }
}

/// An answer with the slot and the serial of its question.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What it was asked for.
    pub slot: Slot,
    /// The serial of the question; an answer to an older question than the last of its slot is stale.
    pub serial: u64,
    /// The answer.
    pub result: Result<Answer>,
}

struct Asked {
    slot: Slot,
    serial: u64,
    query: AnyQuery,
    ctx: Context,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Asked>,
    running: Option<Slot>,
    /// Stops what runs; there as soon as the connection is.
    interrupt: Option<Interrupt>,
    closed: bool,
}

impl Queue {
    fn interrupt(&self) {
        if let Some(interrupt) = &self.interrupt {
            interrupt.interrupt();
        }
    }
}

struct Shared {
    queue: Mutex<Queue>,
    filled: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A reader thread, from outside.
pub struct Reader {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// Starts the thread, which opens its reading connection with the first question: the first frame waits for none. `say` is called
    /// on it.
    pub fn start(name: &str, database: &Path, say: impl Fn(Answered) + Send + 'static) -> Result<Self> {
        let database = database.to_owned();
        let shared = Arc::new(Shared { queue: Mutex::default(), filled: Condvar::new() });
        let inner = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name(name.into())
            .spawn(move || serve(&database, &inner, &say))
            .map_err(|e| Error::io("a reader thread", &e))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Asks; a waiting question of the same slot is forgotten, a running one is interrupted.
    pub fn ask(&self, slot: Slot, serial: u64, query: AnyQuery, ctx: Context) {
        let mut queue = self.shared.lock();
        queue.waiting.retain(|asked| asked.slot != slot);
        let place = place_of(slot, queue.waiting.iter().map(|asked| asked.slot));
        queue.waiting.insert(place, Asked { slot, serial, query, ctx });
        if queue.running == Some(slot) {
            queue.interrupt();
        }
        self.shared.filled.notify_one();
    }
}

/// Where a question stands among those that wait: at the end, but the day before what goes over whole lists.
fn place_of(slot: Slot, mut waiting: impl ExactSizeIterator<Item = Slot>) -> usize {
    let count = waiting.len();
    // the number of new leads is one of the day's, and waits for it
    let is_long = |slot| {
        matches!(
            slot,
            Slot::Numbers
                | Slot::LaneNumbers(_)
                | Slot::LaneSums(_)
                | Slot::Count
                | Slot::Seek
                | Slot::NewToMe
                | Slot::RuleCount
                | Slot::Loads
        )
    };
    let before = if slot == Slot::Day { waiting.position(is_long) } else { None };
    before.unwrap_or(count)
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut queue = self.shared.lock();
        queue.waiting.clear();
        queue.closed = true;
        queue.interrupt();
        drop(queue);
        self.shared.filled.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(database: &Path, shared: &Shared, say: &dyn Fn(Answered)) {
    let mut reader: Option<LeadReader> = None;
    loop {
        let mut queue = shared.lock();
        let asked = loop {
            if queue.closed {
                return;
            }
            if let Some(asked) = queue.waiting.pop_front() {
                break asked;
            }
            queue = shared.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
        };
        queue.running = Some(asked.slot);
        drop(queue);
        let result = match &reader {
            Some(reader) => asked.query.run(reader, &asked.ctx),
            None => LeadReader::open(database).and_then(|opened| {
                let mut queue = shared.lock();
                queue.interrupt = Some(opened.interrupter());
                if queue.closed {
                    return Err(Error::Canceled);
                }
                drop(queue);
                asked.query.run(reader.insert(opened), &asked.ctx)
            }),
        };
        let mut queue = shared.lock();
        queue.running = None;
        let replaced = queue.waiting.iter().any(|other| other.slot == asked.slot);
        drop(queue);
        // An interrupt that came as the answer was ready, or the answer to an older question, helps nobody.
        if !replaced {
            say(Answered { slot: asked.slot, serial: asked.serial, result });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_waits_for_no_whole_list() {
        let waiting = [Slot::Page, Slot::Numbers, Slot::Count];
        assert_eq!(place_of(Slot::Day, waiting.into_iter()), 1);
        assert_eq!(place_of(Slot::Seek, waiting.into_iter()), 3);
        assert_eq!(place_of(Slot::Day, [Slot::Page].into_iter()), 1);
        assert_eq!(place_of(Slot::Day, [Slot::NewToMe].into_iter()), 0);
    }
}
