//! Mails that go out: each is marked as being sent before it is handed over and as sent after it, in steps of their own. What a crash
//! leaves between the two stays marked and is never sent again by itself. Source: message SendEmail.

use std::path::Path;

use super::super::{check_about, check_write, contacted};
use super::hand_over::Mailer;
use crate::error::{Error, Result};
use crate::exchange::mail::{Address, Ending, Letter, Outgoing};
use crate::model::activity::{COMPLETED, EMAIL, FAILED, OUTGOING, SENDING, SENT, is_open, state_of};
use crate::model::choice::OPEN;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::record::Record;
use crate::model::value::Value;
use crate::service::act::{Act, Done, Tx};
use crate::service::activity::forbidden;
use crate::service::context::Context;
use crate::service::lead_service::LeadService;
use crate::service::record::create;
use crate::service::record::write::change_record;
use crate::store::log::ChangeKind;

/// The name of the steps of sending, which are never taken back.
pub const SEND: &str = "SendEmail";

/// A mail to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// On which record it is.
    pub about: Option<RecordId>,
    /// The activity that it is already: a draft, one that failed, one that a crash left.
    pub activity: Option<i64>,
    /// What it says, with its merge fields filled in.
    pub letter: Letter,
}

/// Mails to be sent one after the other, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendMails {
    /// How they leave.
    pub mailer: Mailer,
    /// The mails.
    pub postings: Vec<Posting>,
}

/// What became of mails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    /// The activities that were sent.
    pub sent: Vec<i64>,
    /// Those that were not, each with why.
    pub failed: Vec<(i64, String)>,
    /// Those that were not begun, because it was stopped.
    pub left: usize,
}

/// Marks a mail as being sent.
struct Begin<'a> {
    posting: &'a Posting,
    to: &'a [Address],
    cc: &'a [Address],
    from: &'a Address,
    message_id: &'a str,
}

impl Act for Begin<'_> {
    type Reply = i64;

    fn name(&self) -> &'static str {
        SEND
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        let values = self.values(tx)?;
        let number = match self.posting.activity {
            Some(number) => {
                let key = Entity::Activity.numbered(number);
                change_record(tx, key, ChangeKind::Update, |stored| {
                    check_write(db, ctx, stored)?;
                    let state = stored.named(&ctx.catalog.activity, "status").as_int().unwrap_or(OPEN);
                    if !is_open(state) {
                        return Err(Error::refused(format!("{key} was sent or closed already"), "write a new one"));
                    }
                    values.iter().for_each(|(id, value)| stored.set(*id, value.clone()));
                    Ok(())
                })?;
                number
            }
            None => create::make(tx, Entity::Activity, values)?.key.number,
        };
        tx.say(format!("Sending {} to {}", self.posting.letter.subject, self.posting.letter.to));
        Ok(number)
    }
}

impl Begin<'_> {
    fn values(&self, tx: &Tx<'_>) -> Result<Vec<(FieldId, Value)>> {
        let registry = &tx.ctx.catalog.activity;
        let listed = |list: &[Address]| Value::text(list.iter().map(super::shown).collect::<Vec<_>>().join(", "));
        let letter = &self.posting.letter;
        let subject = if letter.subject.is_empty() { "(no subject)" } else { &letter.subject };
        let mut values = vec![
            (registry.id("kind"), Value::Choice(EMAIL)),
            (registry.id("name"), Value::text(super::cut(subject, 800))),
            (registry.id("direction"), Value::Choice(OUTGOING)),
            (registry.id("status"), Value::Choice(state_of(SENDING))),
            (registry.id("status_reason"), Value::Choice(SENDING)),
            (registry.id("sender"), Value::text(super::shown(self.from))),
            (registry.id("recipients"), listed(self.to)),
            (registry.id("copies"), listed(self.cc)),
            (registry.id("description"), Value::text(letter.body.as_str())),
            (registry.id("message_id"), Value::text(self.message_id)),
        ];
        if let Some(about) = self.posting.about {
            let record = check_about(tx.db, tx.ctx, about)?;
            values.push((registry.id("regarding"), Value::record(about)));
            // who asked for no mails gets one only by a decision, which stays readable
            if let Some(words) = forbidden(tx.ctx.catalog.registry(about.entity), &record, EMAIL) {
                values.push((registry.id("override_note"), Value::text(words)));
            }
        }
        Ok(values)
    }
}

/// Marks a mail as sent, or as failed.
struct End<'a> {
    activity: i64,
    why: Option<&'a str>,
    /// The file that it was written to, where no program took it.
    written: Option<&'a Path>,
}

impl Act for End<'_> {
    type Reply = Record;

    fn name(&self) -> &'static str {
        SEND
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Record> {
        let ctx = tx.ctx;
        let registry = &ctx.catalog.activity;
        let now = Value::Instant(ctx.now());
        let key = Entity::Activity.numbered(self.activity);
        let reason = if self.why.is_some() { FAILED } else { SENT };
        let (after, _) = change_record(tx, key, ChangeKind::Update, |stored| {
            stored.set(registry.id("status"), Value::Choice(state_of(reason)));
            stored.set(registry.id("status_reason"), Value::Choice(reason));
            if self.why.is_none() {
                for name in ["sent_at", "actual_end", "closed_at"] {
                    stored.set(registry.id(name), now.clone());
                }
            }
            Ok(())
        })?;
        debug_assert!(reason == FAILED || state_of(reason) == COMPLETED);
        let subject = after.text(registry, "name");
        match (self.why, self.written) {
            (Some(why), _) => tx.say(format!("Not sent: {subject} · {key} · {why}")),
            (None, Some(path)) => tx.say(format!("Written to {}: {subject} · {key}", path.display())),
            (None, None) => tx.say(format!("Sent {subject} to {} · {key}", after.text(registry, "recipients"))),
        }
        Ok(after)
    }
}

/// The first outgoing mail makes a new lead a contacted one; a step of its own for all of them, that can be taken back.
struct Contacted(Vec<Record>);

impl Act for Contacted {
    type Reply = usize;

    fn name(&self) -> &'static str {
        "SetState"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<usize> {
        let mut changed = Vec::new();
        tx.expect(self.0.len());
        for mail in &self.0 {
            if contacted(tx, mail)? {
                changed.extend(mail.named(&tx.ctx.catalog.activity, "regarding").as_record());
            }
        }
        match changed.as_slice() {
            [] => {}
            [about] => tx.say(format!("{about} is contacted: a mail went out")),
            many => tx.say(format!("{} leads are contacted: mails went out", many.len())),
        }
        Ok(changed.len())
    }
}

/// How many minutes the person's clock is before UTC.
fn offset(ctx: &Context) -> i32 {
    let ahead = ctx.zone.local(ctx.now()).and_utc().timestamp_micros() - ctx.now();
    i32::try_from(ahead / 60_000_000).unwrap_or_default()
}

/// Sends mails one after the other. One that fails does not stop the others; stopped, the rest is not begun.
pub fn send(service: &mut LeadService, ctx: &Context, mails: &SendMails) -> Result<Done<Posted>> {
    let SendMails { mailer, postings } = mails;
    mailer.check()?;
    let mut posted = Posted::default();
    let (mut last, mut out) = (None, Vec::new());
    let all: Vec<(Vec<Address>, Vec<Address>)> = postings.iter().map(|posting| posting.letter.people()).collect::<Result<_>>()?;
    for (at, (posting, (to, cc))) in postings.iter().zip(&all).enumerate() {
        if ctx.advance(at as u64, postings.len() as u64).is_err() {
            posted.left = postings.len() - at;
            break;
        }
        let domain = mailer.from.email.rsplit('@').next().unwrap_or("leadbook");
        let message_id = format!("{}@{domain}", ctx.ids.make());
        let begin = Begin { posting, to, cc, from: &mailer.from, message_id: &message_id };
        let begun = service.execute(begin, ctx)?;
        let message = Outgoing {
            message_id,
            from: mailer.from.clone(),
            to: to.clone(),
            cc: cc.clone(),
            subject: posting.letter.subject.clone(),
            body: posting.letter.body.clone(),
            references: Vec::new(),
            at: ctx.now(),
            offset: offset(ctx),
        };
        let ending = if mailer.is_sending() { Ending::Lf } else { Ending::CrLf };
        let name = Entity::Activity.numbered(begun.reply).to_string();
        let handed = message.bytes(ending).and_then(|bytes| mailer.hand_over(&bytes, &name, &ctx.cancel));
        let (written, why) = match handed {
            Ok(written) => (written, None),
            Err(error) => (None, Some(error.to_string())),
        };
        let end = End { activity: begun.reply, why: why.as_deref(), written: written.as_deref() };
        let ended = service.execute(end, ctx)?;
        last = Some(ended.summary);
        match why {
            Some(why) => posted.failed.push((begun.reply, why)),
            None => {
                out.push(ended.reply);
                posted.sent.push(begun.reply);
            }
        }
    }
    service.execute(Contacted(out), ctx)?;
    let summary = summary(&posted, last, mailer.is_sending());
    let touched = i64::try_from(posted.sent.len() + posted.failed.len()).unwrap_or(i64::MAX);
    Ok(Done { reply: posted, step: None, summary, touched, catalog_changed: false, warnings: Vec::new() })
}

fn summary(posted: &Posted, last: Option<String>, is_sending: bool) -> String {
    let done = if is_sending { "sent" } else { "written as .eml files" };
    match (posted.sent.len(), posted.failed.len(), posted.left, last) {
        (1, 0, 0, Some(last)) | (0, 1, 0, Some(last)) => last,
        (sent, failed, left, _) => {
            let mut text = format!("{sent} mails {done}");
            if failed > 0 {
                text.push_str(&format!(" · {failed} failed and are drafts again"));
            }
            if left > 0 {
                text.push_str(&format!(" · {left} not begun"));
            }
            text
        }
    }
}
