//! A mail being written: to whom, the subject and the text in one editor. What is typed is a draft until it was handed over; sending
//! cannot be taken back, and the frame says so.

mod draw;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::picker::{Item, Picker};
use super::{Flow, Incoming, Layer, Outcome, Pick, Purpose};
use crate::config::Config;
use crate::exchange::mail::{Address, Letter};
use crate::model::dates::ago;
use crate::model::entity::RecordId;
use crate::model::merge_field;
use crate::service::activity::mail::hand_over::Mailer;
use crate::service::activity::mail::prepare::{PrepareMail, Prepared};
use crate::service::activity::mail::send::{Posting, SendMails};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::widget::editor::{Acted, Editor};
use crate::worker::drafts::Draft;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::{AnyAct, Reply};

/// The editor of one mail.
#[derive(Debug)]
pub struct Compose {
    /// The record, or the open e-mail.
    about: RecordId,
    name: String,
    editor: Editor,
    /// What stood there before anything was typed.
    original: String,
    prepared: Option<Box<Prepared>>,
    /// The serial of the question that is being answered.
    asked: u64,
    has_draft: bool,
    sending: Option<u64>,
    outside: bool,
    /// What is wrong with it, shown above the text.
    problem: Option<String>,
}

impl Compose {
    /// A mail on a record that is called `name`, or the one that was begun there.
    pub fn open(about: RecordId, name: &str, cx: &mut Cx<'_>) -> Self {
        let asked = cx.ask(Slot::Mail, AnyQuery::PrepareMail(PrepareMail { about, template: None }));
        let mut mail = Self {
            about,
            name: name.to_owned(),
            editor: Editor::new(""),
            original: String::new(),
            prepared: None,
            asked,
            has_draft: false,
            sending: None,
            outside: false,
            problem: None,
        };
        let key = mail.key();
        if let Some(draft) = cx.env.drafts.iter().find(|draft| draft.key == key) {
            mail.editor = Editor::new(&draft.text);
            mail.has_draft = true;
            cx.say(match ago(draft.at, cx.env.now()).as_str() {
                "now" => "going on with the draft".to_owned(),
                age => format!("going on with the draft of {age} ago"),
            });
        }
        mail
    }

    fn key(&self) -> String {
        format!("mail-{}", self.about)
    }

    fn is_changed(&self) -> bool {
        !self.editor.is_blank() && self.editor.text().trim_end() != self.original.trim_end()
    }

    /// Keeps what was typed, or forgets the draft when nothing is left of it.
    fn keep(&mut self, cx: &mut Cx<'_>) {
        self.problem = None;
        if self.is_changed() {
            self.has_draft = true;
            let (key, record, text) = (self.key(), self.about.to_string(), self.editor.text());
            cx.push(Effect::KeepDraft(Draft { key, record, at: cx.env.now(), version: 0, text, fields: Vec::new() }));
        } else {
            self.forget(cx);
        }
    }

    fn forget(&mut self, cx: &mut Cx<'_>) {
        if std::mem::take(&mut self.has_draft) {
            cx.push(Effect::DropDraft(self.key()));
        }
    }

    /// What is to be sent, or the sentence why it cannot be.
    fn read(&self) -> Result<Posting, String> {
        let Some(prepared) = &self.prepared else { return Err("the record is still being read".into()) };
        let letter = Letter::parse(&self.editor.text()).map_err(|error| error.to_string())?;
        letter.people().map_err(|error| error.to_string())?;
        if letter.body.trim().is_empty() {
            return Err("the text is empty: it begins below a blank line".into());
        }
        if let Some((_, left)) = merge_field::left_over(&letter.subject) {
            return Err(format!("{left} still stands in the subject: write the words instead"));
        }
        if let Some((line, left)) = merge_field::left_over(&letter.body) {
            return Err(format!("{left} still stands in line {line} of the text: write the words instead"));
        }
        Ok(Posting { letter, ..prepared.posting.clone() })
    }

    fn send(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.sending.is_some() {
            cx.say("being sent already");
            return Flow::Stay;
        }
        let mailer = mailer(&cx.env.config);
        match mailer.check().map_err(|error| error.to_string()).and_then(|()| self.read()) {
            Ok(posting) => {
                self.sending = Some(cx.act(AnyAct::SendMails(Box::new(SendMails { mailer, postings: vec![posting] }))));
            }
            Err(problem) => {
                cx.complain(problem.clone());
                self.problem = Some(problem);
            }
        }
        Flow::Stay
    }

    fn leave(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.sending.is_some() {
            cx.say("being sent; this closes by itself");
            return Flow::Stay;
        }
        if !self.is_changed() {
            self.forget(cx);
            return Flow::Close;
        }
        cx.say(format!("draft kept · {} goes on", cx.env.keymap.keys_of(Action::Mail, Scope::Browse)));
        Flow::Close
    }

    /// The record's address, or a template filled in, has come.
    fn answered(&mut self, prepared: &Prepared, cx: &mut Cx<'_>) {
        let is_first = self.prepared.is_none();
        let mut letter = prepared.posting.letter.clone();
        self.name.clone_from(&prepared.name);
        if is_first {
            self.original = letter.text();
            if self.editor.is_blank() {
                self.editor = Editor::new(&self.original);
                self.editor.act(Action::First);
                self.editor.act(if letter.to.is_empty() { Action::LineEnd } else { Action::Down });
                self.editor.act(Action::LineEnd);
            }
        } else {
            // whom it goes to was typed and stays
            if let Ok(typed) = Letter::parse(&self.editor.text()) {
                letter.to = typed.to;
                letter.cc = typed.cc;
            }
            self.editor.replace_all(&letter.text());
            self.keep(cx);
            self.problem = prepared.problems.first().map(|p| format!("{} {}", p.field, p.message).trim().to_owned());
        }
        self.prepared = Some(Box::new(prepared.clone()));
    }

    fn templates(&self, cx: &mut Cx<'_>) -> Flow {
        let templates = self.prepared.iter().flat_map(|prepared| &prepared.templates);
        match picker(templates) {
            Some(picker) => Flow::Push(Box::new(picker)),
            None => {
                cx.complain(NO_TEMPLATES);
                Flow::Stay
            }
        }
    }
}

/// How the person's mails leave.
pub fn mailer(config: &Config) -> Mailer {
    let email = config.mail_own.first().cloned().unwrap_or_default();
    let from = Address { name: config.name.clone().unwrap_or_default(), email };
    Mailer { from, command: config.mail_send.clone(), folder: config.mail_folder.clone() }
}

/// What is said where a template is asked for and there is none.
pub const NO_TEMPLATES: &str = "there are no templates yet: `leadbook template add NAME subject=… body=…`, or :templates and n";

/// A choice of a template; none where there are none.
pub fn picker<'a>(templates: impl IntoIterator<Item = &'a (i64, String)>) -> Option<Picker> {
    let items: Vec<Item> =
        templates.into_iter().enumerate().map(|(place, (_, name))| Item::new(name.as_str(), Pick::Index(place))).collect();
    (!items.is_empty()).then(|| Picker::new("Template", Purpose::MailTemplate, items).quick())
}

impl Layer for Compose {
    fn draft_key(&self) -> Option<String> {
        Some(self.key())
    }

    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Editor]
    }

    fn label(&self, action: Action) -> Option<&'static str> {
        (action == Action::Save).then_some("send")
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Save => return self.send(cx),
            Action::Back | Action::Close | Action::Cancel => return self.leave(cx),
            Action::ExternalEditor => {
                self.outside = true;
                cx.push(Effect::EditOutside(self.editor.text()));
            }
            Action::Template => return self.templates(cx),
            other => match self.editor.act(other) {
                Acted::No => return Flow::Pass,
                Acted::Moved => {}
                Acted::Changed => self.keep(cx),
            },
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if self.editor.insert(text) {
            self.keep(cx);
        } else {
            cx.complain("that does not fit: a mail holds a million bytes");
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        let Outcome::Picked(Purpose::MailTemplate, Pick::Index(place)) = outcome else { return Flow::Pass };
        let Some(prepared) = &self.prepared else { return Flow::Stay };
        if let (Some((number, _)), Some(about)) = (prepared.templates.get(*place), prepared.posting.about) {
            self.asked = cx.ask(Slot::Mail, AnyQuery::PrepareMail(PrepareMail { about, template: Some(*number) }));
        } else {
            cx.complain("this mail is on no record that a template could be filled with");
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Mail, serial, result } if *serial == self.asked => {
                match result {
                    Ok(Answer::Prepared(prepared)) => self.answered(prepared, cx),
                    Err(error) if self.prepared.is_none() && !self.has_draft => {
                        cx.complain(error.to_string());
                        return Flow::Close;
                    }
                    Err(error) => self.problem = Some(error.to_string()),
                    Ok(_) => {}
                }
                Flow::Stay
            }
            Incoming::Written { ticket, result } if self.sending == Some(*ticket) => {
                self.sending = None;
                match result {
                    Ok(done) => {
                        self.forget(cx);
                        if let Reply::Posted(posted) = &done.reply
                            && let Some((number, why)) = posted.failed.first()
                        {
                            cx.complain(format!(
                                "not sent: {why} · T-{number} keeps it, {} there goes on",
                                cx.env.keymap.keys_of(Action::Mail, Scope::Record)
                            ));
                        }
                        Flow::Close
                    }
                    // said by the app; the text and its draft are still here
                    Err(error) => {
                        self.problem = Some(error.to_string());
                        Flow::Stay
                    }
                }
            }
            Incoming::Edited(result) if std::mem::take(&mut self.outside) => {
                if let Ok(Some(text)) = result {
                    self.editor.replace_all(text.strip_suffix('\n').unwrap_or(text));
                    self.keep(cx);
                }
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.editor.wheel(wheel * 3);
        } else {
            self.editor.click(column, row);
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }
}

#[cfg(test)]
mod tests;
