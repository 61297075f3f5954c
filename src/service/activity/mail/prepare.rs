//! What a mail to somebody would say: its address, a template filled in, and whom of many it is not sent to. Sends nothing.

use super::super::forbidden;
use crate::error::{Error, Problem, Result};
use crate::exchange::mail::Letter;
use crate::model::activity::{EMAIL, is_open};
use crate::model::choice::OPEN;
use crate::model::entity::{Entity, RecordId};
use crate::model::merge_field::{self, Known};
use crate::model::record::Record;
use crate::model::rules;
use crate::model::value::Value;
use crate::service::act::Query;
use crate::service::activity::mail::send::Posting;
use crate::service::context::Context;
use crate::service::record::write::display_name;
use crate::service::scope::Targets;
use crate::store::{self, Db};

/// What is needed to write a mail to a record, or to go on with one: its address, and the templates there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrepareMail {
    /// The record, or an e-mail that is open.
    pub about: RecordId,
    /// The template to fill in, by its number.
    pub template: Option<i64>,
}

/// A mail that can be written on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// What it says so far.
    pub posting: Posting,
    /// How the record is called.
    pub name: String,
    /// What speaks against writing, in words.
    pub against: Option<&'static str>,
    /// What is wrong with the merge fields of the template; then its text stands there as it is.
    pub problems: Vec<Problem>,
    /// The templates that can be filled in, by number and name.
    pub templates: Vec<(i64, String)>,
}

/// The templates that are neither inactive nor deleted, by number and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailTemplates;

impl Query for MailTemplates {
    type Reply = Vec<(i64, String)>;

    fn run(&self, db: &Db, _: &Context) -> Result<Vec<(i64, String)>> {
        store::mail::templates(db)
    }
}

/// What mails from a template to many records would say.
#[derive(Clone, Debug, PartialEq)]
pub struct PrepareMails {
    /// The records.
    pub targets: Targets,
    /// The template.
    pub template: i64,
}

/// Mails to many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreparedMany {
    /// The mails, in the order of the records' numbers.
    pub postings: Vec<Posting>,
    /// Records without an address.
    pub no_address: usize,
    /// Records that ask for no mails.
    pub asks_not: usize,
    /// Records that are closed or deleted.
    pub closed: usize,
    /// Records of which a merge field has no value and the template no other word: each with its sentence.
    pub unfilled: Vec<(RecordId, String)>,
    /// Records that share an address with one before them, who gets one mail.
    pub twice: usize,
}

/// A template's subject and text.
fn template(db: &Db, ctx: &Context, number: i64) -> Result<(String, String)> {
    let registry = &ctx.catalog.template;
    let record = store::record::need(db, registry, number)?;
    Ok((record.text(registry, "subject").to_owned(), record.text(registry, "body").to_owned()))
}

/// A text with the fields of a record.
fn filled(ctx: &Context, record: &Record, text: &str, names: &[&str]) -> Result<String, Vec<Problem>> {
    merge_field::fill(text, names, |name| known(ctx, record, name, names))
}

/// What a record says of a merge field.
fn known(ctx: &Context, record: &Record, name: &str, names: &[&str]) -> Known {
    let registry = ctx.catalog.registry(record.key.entity);
    match registry.find(name) {
        Some(id) => match ctx.showing().show(registry.field(id), record.get(id), record.currency(registry)) {
            text if text.trim().is_empty() => Known::Empty,
            text => Known::Value(text),
        },
        // a field of other records, as of an account in a mail to a lead
        None if names.contains(&name) => Known::Empty,
        None => Known::No,
    }
}

/// `Ann Lee <ann@contoso.com>`, as it stands behind `To:`; empty without an address.
fn addressed(ctx: &Context, record: &Record) -> String {
    let registry = ctx.catalog.registry(record.key.entity);
    let text = |name| registry.find(name).map(|id| record.get(id).as_text()).unwrap_or_default();
    let address = ["email", "email2", "email3"].into_iter().map(text).find(|text| !text.is_empty()).unwrap_or_default();
    let name = text("name").replace(['"', '<', '>'], "");
    match (address, name.as_str()) {
        ("", _) => String::new(),
        (address, "") => address.to_owned(),
        (address, name) if name.contains([',', ';']) => format!("\"{name}\" <{address}>"),
        (address, name) => format!("{name} <{address}>"),
    }
}

impl Query for PrepareMail {
    type Reply = Prepared;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Prepared> {
        let templates = store::mail::templates(db)?;
        if self.about.entity == Entity::Activity {
            return open_mail(db, ctx, self.about, templates);
        }
        if !self.about.entity.takes_activities() {
            return Err(Error::refused(format!("no mails are written to {}", self.about.entity.one()), "write to a person"));
        }
        let registry = ctx.catalog.registry(self.about.entity);
        let record = store::record::need(db, registry, self.about.number)?;
        let mut letter = Letter { to: addressed(ctx, &record), ..Letter::default() };
        let mut problems = Vec::new();
        if let Some(number) = self.template {
            let (subject, body) = template(db, ctx, number)?;
            let names = rules::merge_names();
            for (text, place) in [(subject, &mut letter.subject), (body, &mut letter.body)] {
                let (text, found) = merge_field::fill_what_is_known(&text, &names, |name| known(ctx, &record, name, &names));
                *place = text;
                problems.extend(found);
            }
        }
        let against = forbidden(registry, &record, EMAIL);
        let posting = Posting { about: Some(self.about), activity: None, letter };
        Ok(Prepared { posting, name: display_name(ctx, &record), against, problems, templates })
    }
}

/// An e-mail that is open, to be gone on with.
fn open_mail(db: &Db, ctx: &Context, key: RecordId, templates: Vec<(i64, String)>) -> Result<Prepared> {
    let registry = &ctx.catalog.activity;
    let record = store::record::need(db, registry, key.number)?;
    let code = |name| record.named(registry, name).as_int();
    if code("kind") != Some(EMAIL) || !code("status").is_some_and(is_open) {
        let headline = format!("{key} is no e-mail that is still to be sent");
        return Err(Error::refused(headline, "write one on the record that it is about"));
    }
    let text = |name| record.text(registry, name).to_owned();
    let letter = Letter { to: text("recipients"), cc: text("copies"), subject: text("name"), body: text("description") };
    let about = record.named(registry, "regarding").as_record();
    let posting = Posting { about, activity: Some(key.number), letter };
    Ok(Prepared { posting, name: display_name(ctx, &record), against: None, problems: Vec::new(), templates })
}

impl Query for PrepareMails {
    type Reply = PreparedMany;

    fn run(&self, db: &Db, ctx: &Context) -> Result<PreparedMany> {
        let entity = self.targets.entity();
        if !entity.takes_activities() {
            return Err(Error::refused(format!("no mails are written to {}", entity.plural()), "mark people"));
        }
        let registry = ctx.catalog.registry(entity);
        let (subject, body) = template(db, ctx, self.template)?;
        let names = rules::merge_names();
        let mut all = PreparedMany::default();
        let mut taken = std::collections::HashSet::new();
        let numbers = self.targets.numbers(db, ctx)?;
        for (at, number) in (0_u64..).zip(&numbers) {
            if at % 256 == 0 {
                ctx.advance(at, numbers.len() as u64)?;
            }
            let record = store::record::need(db, registry, *number)?;
            let is_set = |name| registry.find(name).is_some_and(|id| *record.get(id) == Value::Bool(true));
            let to = addressed(ctx, &record);
            let is_there = record.named(registry, "deleted_at").is_none();
            if !is_there || record.named(registry, "status").as_int() != Some(OPEN) {
                all.closed += 1;
            } else if to.is_empty() {
                all.no_address += 1;
            } else if is_set("do_not_email") || is_set("do_not_bulk_email") {
                all.asks_not += 1;
            } else if !taken.insert(crate::model::email::key(&to)) {
                all.twice += 1;
            } else {
                match (filled(ctx, &record, &subject, &names), filled(ctx, &record, &body, &names)) {
                    (Ok(subject), Ok(body)) => {
                        let letter = Letter { to, cc: String::new(), subject, body };
                        all.postings.push(Posting { about: Some(record.key), activity: None, letter });
                    }
                    (subject, body) => {
                        let found = [subject.err(), body.err()].into_iter().flatten().flatten();
                        let why = Error::Invalid(found.collect()).headline();
                        all.unfilled.push((record.key, why));
                    }
                }
            }
        }
        Ok(all)
    }
}

impl PreparedMany {
    /// Who is passed over and why, in words; empty when nobody is.
    pub fn passed_over(&self) -> String {
        let parts = [
            (self.no_address, "without an address"),
            (self.asks_not, "ask for no mails"),
            (self.closed, "closed"),
            (self.twice, "with an address that has one already"),
            (self.unfilled.len(), "with an empty merge field"),
        ];
        let words: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        words.join(" · ")
    }
}
