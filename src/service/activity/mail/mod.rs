//! A mail that came or went is filed: as one activity, on all whose it is. Reads no file and sends nothing; who is meant is found by
//! `find`. Source: message DeliverIncoming, which tracks an e-mail by its addresses and by what it answers.

mod also;
mod find;
pub mod hand_over;
pub mod prepare;
pub mod send;

pub(in crate::service) use also::{also_read, move_also, put_also};

use self::find::Found;
use crate::error::{Error, Result};
use crate::exchange::mail::{Address, Attachment, Automatic, Mail};
use crate::model::activity::{COMPLETED, EMAIL, INCOMING, OUTGOING, done_reason};
use crate::model::choice::{Set, slug};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::record::Record;
use crate::model::value::Value;
use crate::model::{email, name};
use crate::service::act::{Act, Tx};
use crate::service::attachment::{self, Incoming};
use crate::service::list;
use crate::service::record::create;
use crate::service::record::write::display_name;
use crate::service::{access, activity};
use crate::store;

/// Files a mail once, on every open record that has one of its addresses and on what it answers.
#[derive(Clone, Debug, PartialEq)]
pub struct FileMail {
    /// The mail.
    pub mail: Mail,
    /// The addresses that are the person's own.
    pub own: Vec<String>,
    /// Whether a lead is made of a sender whom nobody knows.
    pub create: bool,
}

/// What became of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    /// The activity: the new one, or the one that held it already.
    pub activity: Option<i64>,
    /// Whether it was filed before; then nothing was written.
    pub before: bool,
    /// On which records it is read.
    pub on: Vec<RecordId>,
    /// The lead that was made of its sender.
    pub made: Option<RecordId>,
    /// The files that were kept.
    pub files: Vec<String>,
    /// What was not done, and why: sentences.
    pub said: Vec<String>,
}

/// The label of the source that leads made of mails get.
const SOURCE: &str = "E-mail";

impl Act for FileMail {
    type Reply = Filed;

    fn name(&self) -> &'static str {
        "DeliverIncoming"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<Filed> {
        access::check_active(tx.ctx)?;
        let id = self.mail.key();
        if let Some(number) = store::mail::filed(tx.db, &id)? {
            let on = store::mail::records_of(tx.db, number)?;
            return Ok(Filed { activity: Some(number), before: true, on, ..Filed::default() });
        }
        let own: Vec<String> = self.own.iter().map(|address| email::key(address)).collect();
        let found = find::find(tx, &self.mail, &own)?;
        let mut filed = Filed { said: found.said.clone(), ..Filed::default() };
        filed.on = found.records.clone();
        if filed.on.is_empty() {
            match self.stranger(&found) {
                Ok(sender) => {
                    let lead = make_lead(tx, sender, &self.mail.subject)?;
                    filed.made = Some(lead.key);
                    filed.on.push(lead.key);
                }
                Err(why) => {
                    filed.said.extend(why);
                    return Ok(filed);
                }
            }
        }
        let activity = self.write(tx, &id, &found, &mut filed)?;
        let count = filed.on.len();
        let first = crate::store::record::need(tx.db, tx.ctx.catalog.registry(filed.on[0].entity), filed.on[0].number)?;
        let more = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
        tx.say(format!("Filed {} on {}{more} · {}", display_name(tx.ctx, &activity), display_name(tx.ctx, &first), activity.key));
        Ok(filed)
    }
}

impl FileMail {
    /// Whom a lead is made of; else why none is, where there is more to say than was said.
    fn stranger(&self, found: &Found) -> Result<&Address, Option<String>> {
        if found.is_known {
            return Err(None);
        }
        let sender = self.mail.from.first();
        let Some(sender) = sender.filter(|_| !found.is_outgoing) else {
            return Err(Some("nobody whom it is from or to is known here".into()));
        };
        let unknown = format!("{} is known to no record here", sender.email);
        match self.mail.automatic.map(Automatic::words) {
            None if !self.create => Err(Some(format!("{unknown}; --create makes a lead of such a sender"))),
            Some(words) if !self.create => Err(Some(format!("{unknown}; it is {words}"))),
            Some(words) => Err(Some(format!("{unknown}, and no lead is made of it: it is {words}"))),
            None if email::parse(&sender.email).is_err() => Err(Some(format!("{unknown}, and that is no e-mail address"))),
            None => Ok(sender),
        }
    }

    /// Writes the activity, where else it is read, and its files.
    fn write(&self, tx: &mut Tx<'_>, id: &str, found: &Found, filed: &mut Filed) -> Result<Record> {
        let kept = kept_files(tx, &self.mail.attachments, filed);
        let values = self.values(tx, id, found, filed);
        let activity = create::make(tx, Entity::Activity, values)?;
        for about in &filed.on[1..] {
            store::mail::set_also(tx.db, activity.key.number, *about, true)?;
        }
        for file in kept {
            let stored = Incoming::store(tx, &file.name, &mut file.bytes.as_slice())?;
            filed.files.push(attachment::write_new(tx, activity.key, &stored)?.name);
        }
        for about in &filed.on {
            // of each it counts as a contact, wherever it stands
            let mut of = activity.clone();
            of.set(tx.ctx.catalog.activity.id("regarding"), Value::record(*about));
            activity::contacted(tx, &of)?;
        }
        filed.activity = Some(activity.key.number);
        Ok(activity)
    }

    fn values(&self, tx: &Tx<'_>, id: &str, found: &Found, filed: &Filed) -> Vec<(FieldId, Value)> {
        let (ctx, mail) = (tx.ctx, &self.mail);
        let registry = &ctx.catalog.activity;
        let direction = if found.is_outgoing { OUTGOING } else { INCOMING };
        let subject = if mail.subject.is_empty() { "(no subject)" } else { &mail.subject };
        // a mail from the future was sent by a wrong clock
        let at = mail.sent_at.unwrap_or_else(|| ctx.now()).min(ctx.now());
        let mut text = mail.text.clone();
        if mail.cut {
            text.push_str("\n\n[The mail goes on; no more of it is kept.]");
        }
        let missing: Vec<&String> = filed.said.iter().filter(|said| said.starts_with(NOT_KEPT)).collect();
        for said in missing {
            text.push_str(&format!("\n\n[{said}]"));
        }
        let answers = mail.related().first().copied().unwrap_or_default().to_owned();
        let listed = |list: &[Address]| cut(&list.iter().map(shown).collect::<Vec<_>>().join(", "), 4_000);
        vec![
            (registry.id("kind"), Value::Choice(EMAIL)),
            (registry.id("name"), Value::text(cut(subject, 800))),
            (registry.id("direction"), Value::Choice(direction)),
            (registry.id("regarding"), Value::record(filed.on[0])),
            (registry.id("status"), Value::Choice(COMPLETED)),
            (registry.id("status_reason"), Value::Choice(done_reason(EMAIL, Some(direction)))),
            (registry.id("sent_at"), Value::Instant(at)),
            (registry.id("actual_end"), Value::Instant(at)),
            (registry.id("closed_at"), Value::Instant(ctx.now())),
            (registry.id("sender"), Value::text(cut(&mail.from.first().map(shown).unwrap_or_default(), 500))),
            (registry.id("recipients"), Value::text(listed(&mail.to))),
            (registry.id("copies"), Value::text(listed(&mail.cc))),
            (registry.id("description"), Value::text(text.trim_start())),
            (registry.id("message_id"), Value::text(id)),
            (registry.id("in_reply_to"), Value::text(cut(&answers, 998))),
        ]
    }
}

/// How a sentence about a file that is left out begins.
const NOT_KEPT: &str = "Not kept: ";

/// The files that the settings allow; of the others it is said why they are left out.
fn kept_files<'a>(tx: &Tx<'_>, files: &'a [Attachment], filed: &mut Filed) -> Vec<&'a Attachment> {
    let rules = &tx.ctx.files;
    let mut kept = Vec::new();
    for file in files {
        match rules.refuses(&file.name).or_else(|| rules.too_large(file.bytes.len() as u64)) {
            Some(why) => filed.said.push(format!("{NOT_KEPT}{}: {why}", file.name)),
            None => kept.push(file),
        }
    }
    kept
}

/// A new lead of a sender: name, address, source, and the subject as its topic.
fn make_lead(tx: &mut Tx<'_>, sender: &Address, subject: &str) -> Result<Record> {
    let catalog = &tx.ctx.catalog;
    let registry = &catalog.lead;
    let known = catalog.choices.all(Set::Source).iter().find(|c| c.active && matches!(c.slug.as_str(), "e-mail" | "email"));
    let source = match known {
        Some(choice) => choice.code,
        None => {
            debug_assert_eq!(slug(SOURCE), "e-mail");
            list::make(tx, Set::Source, SOURCE, None)?.code
        }
    };
    let address = email::parse(&sender.email).map_err(|message| Error::invalid("email", message))?;
    let local = address.split('@').next().unwrap_or_default();
    let called = match sender.name.trim() {
        // some programs write the address as the name
        "" => local.replace(['.', '_'], " "),
        name if name.contains('@') => local.replace(['.', '_'], " "),
        name => name.to_owned(),
    };
    let parts = name::split(&called);
    let topic = cut(without_marks(subject), 200);
    let topic = if topic.is_empty() { format!("Mail from {address}") } else { topic };
    let fits = |name: &'static str, text: &str| {
        let id = registry.id(name);
        (id, Value::text(cut(text, registry.field(id).max as usize)))
    };
    let values = vec![
        fits("topic", &topic),
        fits("first_name", &parts.first),
        fits("middle_name", &parts.middle),
        fits("last_name", if parts.last.is_empty() { local } else { &parts.last }),
        fits("email", &address),
        (registry.id("source"), Value::Choice(source)),
    ];
    create::make(tx, Entity::Lead, values)
}

/// A subject without what answering and forwarding put before it.
fn without_marks(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        let mark = mark.trim().to_lowercase();
        if !["re", "aw", "fw", "fwd", "wg", "sv", "antw", "rv", "tr"].contains(&mark.as_str()) {
            break;
        }
        rest = after.trim();
    }
    rest
}

fn shown(address: &Address) -> String {
    if address.name.is_empty() { address.email.clone() } else { format!("{} <{}>", address.name, address.email) }
}

/// At most so many characters of a text, without those that no field takes.
fn cut(text: &str, most: usize) -> String {
    let kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect();
    kept.trim().to_owned()
}
