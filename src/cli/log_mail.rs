//! `log-mail`: mails from standard input, files, folders, mailboxes and maildirs, each filed on whom it is from or to.

use std::io::stdin;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use super::open::{Cli, Desk};
use super::output::{Out, tell, warn};
use crate::error::{Error, Result};
use crate::exchange::mail::{Automatic, Mail, Messages, Raw, one, read};
use crate::model::entity::Entity;
use crate::service::activity::mail::{FileMail, Filed};
use crate::service::{Done, LeadService, Origin};

/// File mails on whom they are from or to; prints the numbers of the new activities
///
/// A mail is filed once, as an e-mail with its files, on every open lead, contact and account that has one of its addresses, and on
/// what it answers; on none where more than five share an address. Without PATH one message is read from standard input; a PATH is a
/// message, an mbox, a folder of messages or a maildir. Your own addresses are `mail_own` in config.toml.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  leadbook log-mail < message.eml\n  leadbook log-mail --create ~/Maildir\nExit codes: 0 also where a mail is of nobody who is known; 1 where one could not be read or filed; 75: try again."
)]
pub struct LogMail {
    /// Make a lead of a sender whom nobody knows; never of bulk or automatic mail
    #[arg(long)]
    create: bool,
    /// Messages, mboxes, folders of messages, maildirs; - is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// What became of all mails.
#[derive(Default)]
struct Tally {
    read: u64,
    filed: Vec<Json>,
    before: Vec<Json>,
    skipped: Vec<Json>,
    failed: Vec<Json>,
}

impl LogMail {
    /// Files them. A mail that cannot be read or filed does not stop the others; a database that stays locked does.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let own = cli.config.mail_own.clone();
        if self.create && own.is_empty() {
            return Err(Error::refused(
                "it is not known which addresses are yours, so that your own mails would become leads",
                "set mail_own in config.toml, as mail_own = \"ana@us.example, office@us.example\"",
            ));
        }
        let sources = self.sources()?;
        let mut desk = cli.write()?;
        desk.ctx.origin = Origin::Mail;
        let mut tally = Tally::default();
        for source in sources {
            for (place, raw) in source {
                tally.read += 1;
                let done = raw.and_then(|raw| self.file(&mut desk, &raw, &own));
                match done {
                    Ok((mail, done)) => tally.take(out, cli.globals.json, &place, &mail, &done)?,
                    Err(error @ (Error::Busy(_) | Error::Full(_) | Error::ReadOnly(_) | Error::Canceled)) => return Err(error),
                    Err(error) => {
                        warn(&format!("{place}: {error}"));
                        tally.failed.push(json!({"place": place, "why": error.to_string()}));
                    }
                }
            }
        }
        let code = u8::from(!tally.failed.is_empty());
        if cli.globals.json {
            out.json(&tally.json())?;
        } else if tally.read != 1 {
            out.end()?;
            tell(&tally.words());
        }
        Ok(code)
    }

    /// All messages, one after the other; a path that is not there is told before the first is filed.
    fn sources(&self) -> Result<Vec<Source>> {
        if self.paths.is_empty() {
            return Ok(vec![Source::Input]);
        }
        let source = |path: &PathBuf| {
            if path == Path::new("-") {
                Ok(Source::Input)
            } else {
                Messages::of(path).map(|found| Source::Files(Box::new(found)))
            }
        };
        self.paths.iter().map(source).collect()
    }

    fn file(&self, desk: &mut Desk<LeadService>, raw: &Raw, own: &[String]) -> Result<(Mail, Done<Filed>)> {
        let mail = read(&raw.bytes)?;
        let done = desk.act(FileMail { mail: mail.clone(), own: own.to_vec(), create: self.create })?;
        Ok((mail, done))
    }
}

/// Where messages come from.
enum Source {
    Input,
    Files(Box<Messages>),
    Done,
}

impl Iterator for Source {
    type Item = (String, Result<Raw>);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Input => {
                *self = Self::Done;
                let place = "standard input";
                Some((place.to_owned(), one(place, stdin())))
            }
            Self::Files(found) => found.next(),
            Self::Done => None,
        }
    }
}

impl Tally {
    fn take(&mut self, out: &mut Out, is_json: bool, place: &str, mail: &Mail, done: &Done<Filed>) -> Result<()> {
        let filed = &done.reply;
        let number = filed.activity.map(|number| Entity::Activity.numbered(number).to_string());
        let told = describe(place, mail, done, number.as_deref());
        match &number {
            None => self.skipped.push(told),
            Some(_) if filed.before => self.before.push(told),
            Some(_) => self.filed.push(told),
        }
        if is_json {
            return Ok(());
        }
        let before = if place == "standard input" { String::new() } else { format!("{place}: ") };
        match number {
            // of one mail it is always said; of a mailbox the sum is
            Some(number) if filed.before && place == "standard input" => warn(&format!("filed already as {number}")),
            Some(number) if filed.before => tell(&format!("{before}filed already as {number}")),
            Some(number) => {
                out.line(&number)?;
                out.end()?;
                tell(&format!("{before}{}", done.summary));
            }
            None => {}
        }
        for said in &filed.said {
            warn(&format!("{before}{said}"));
        }
        Ok(())
    }

    fn json(self) -> Json {
        json!({
            "read": self.read,
            "filed": self.filed,
            "already": self.before,
            "skipped": self.skipped,
            "failed": self.failed,
        })
    }

    fn words(&self) -> String {
        let count = |list: &[Json], what: &str| (!list.is_empty()).then(|| format!("{} {what}", list.len()));
        let parts = [
            count(&self.filed, "filed"),
            count(&self.before, "filed already"),
            count(&self.skipped, "of nobody who is known"),
            count(&self.failed, "not read or not filed"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let mails = if self.read == 1 { "mail" } else { "mails" };
        format!("{} {mails}: {}", self.read, if parts.is_empty() { "nothing to do".to_owned() } else { parts.join(" · ") })
    }
}

/// One mail for a script.
fn describe(place: &str, mail: &Mail, done: &Done<Filed>, number: Option<&str>) -> Json {
    let filed = &done.reply;
    let mut object = Map::new();
    object.insert("place".into(), json!(place));
    object.insert("message_id".into(), json!(mail.message_id));
    object.insert("subject".into(), json!(mail.subject));
    object.insert("activity".into(), json!(number));
    object.insert("on".into(), json!(filed.on.iter().map(ToString::to_string).collect::<Vec<_>>()));
    object.insert("made".into(), json!(filed.made.map(|record| record.to_string())));
    object.insert("files".into(), json!(filed.files));
    object.insert("automatic".into(), json!(mail.automatic.map(Automatic::name)));
    object.insert("said".into(), json!(filed.said));
    object.insert("step".into(), json!(done.step));
    Json::Object(object)
}
