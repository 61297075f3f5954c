//! Mails from a template to the marked records: each to be looked at, who is passed over and why, then sent one after the other.
//! Sending cannot be taken back, and the frame says so before.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};

use super::compose::{NO_TEMPLATES, mailer, picker};
use super::picker::of;
use super::{Flow, Incoming, Layer, Outcome, Pick, Purpose};
use crate::model::clean::{clean, clean_lines, fit};
use crate::service::activity::mail::prepare::{MailTemplates, PrepareMails, PreparedMany};
use crate::service::activity::mail::send::SendMails;
use crate::service::context::Progress;
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::Popup;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// The mails to many, before and while they are sent.
#[derive(Debug)]
pub struct Mailing {
    targets: Targets,
    templates: Vec<(i64, String)>,
    template: String,
    asked: u64,
    mails: Option<Box<PreparedMany>>,
    /// Which mail is shown.
    at: usize,
    /// Lines of it that are above the window.
    above: u16,
    sending: Option<u64>,
    progress: Option<Progress>,
}

impl Mailing {
    /// Begins with the choice of a template.
    pub fn new(targets: Targets, cx: &mut Cx<'_>) -> Self {
        let asked = cx.ask(Slot::Mail, AnyQuery::MailTemplates(MailTemplates));
        Self {
            targets,
            templates: Vec::new(),
            template: String::new(),
            asked,
            mails: None,
            at: 0,
            above: 0,
            sending: None,
            progress: None,
        }
    }

    fn send(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(mails) = self.mails.as_ref().filter(|mails| self.sending.is_none() && !mails.postings.is_empty()) else {
            return Flow::Stay;
        };
        let mailer = mailer(&cx.env.config);
        match mailer.check() {
            Ok(()) => {
                let postings = mails.postings.clone();
                self.sending = Some(cx.act(AnyAct::SendMails(Box::new(SendMails { mailer, postings }))));
            }
            Err(error) => cx.complain(error.to_string()),
        }
        Flow::Stay
    }

    /// Looks at another mail.
    fn go(&mut self, step: isize) {
        let last = self.mails.as_ref().map_or(0, |mails| mails.postings.len().saturating_sub(1));
        self.at = self.at.saturating_add_signed(step).min(last);
        self.above = 0;
    }

    fn answered(&mut self, answer: &Answer, cx: &mut Cx<'_>) -> Flow {
        match answer {
            Answer::MailTemplates(templates) => {
                self.templates.clone_from(templates);
                match picker(templates) {
                    Some(picker) => Flow::Push(Box::new(picker)),
                    None => {
                        cx.complain(NO_TEMPLATES);
                        Flow::Close
                    }
                }
            }
            Answer::PreparedMany(mails) => {
                self.mails = Some(mails.clone());
                Flow::Stay
            }
            _ => Flow::Stay,
        }
    }

    /// What will happen, or is happening.
    fn words(&self, env: &Env) -> (String, Meaning) {
        let Some(mails) = &self.mails else { return ("being prepared …".into(), Meaning::Label) };
        if self.sending.is_some() {
            let done = self.progress.map_or(0, |progress| progress.done);
            return (format!("{done} of {} are out · Esc stops before the next", mails.postings.len()), Meaning::Label);
        }
        let mailer = mailer(&env.config);
        match mailer.check() {
            Err(error) => (error.to_string(), Meaning::Error),
            Ok(()) if mails.postings.is_empty() => ("there is nobody to send it to".into(), Meaning::Error),
            Ok(()) => {
                let count = mails.postings.len();
                let what = match (mailer.is_sending(), count) {
                    (true, 1) => "Ctrl-s sends 1 mail".to_owned(),
                    (true, _) => format!("Ctrl-s sends {count} mails"),
                    (false, 1) => "Ctrl-s writes 1 .eml file and counts it as sent".to_owned(),
                    (false, _) => format!("Ctrl-s writes {count} .eml files and counts them as sent"),
                };
                (format!("{what}; there is no undo"), Meaning::Late)
            }
        }
    }
}

impl Layer for Mailing {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Mailing]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Save => return self.send(cx),
            Action::Back | Action::Close | Action::Cancel => {
                if self.sending.is_none() {
                    return Flow::Close;
                }
                cx.push(Effect::CancelJob);
                cx.say("stopped before the next mail");
            }
            Action::NextRecord => self.go(1),
            Action::PreviousRecord => self.go(-1),
            Action::Down => self.above = self.above.saturating_add(1),
            Action::Up => self.above = self.above.saturating_sub(1),
            Action::PageDown => self.above = self.above.saturating_add(10),
            Action::PageUp => self.above = self.above.saturating_sub(10),
            Action::First => self.go(isize::MIN),
            Action::Last => self.go(isize::MAX),
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        let Outcome::Picked(Purpose::MailTemplate, Pick::Index(place)) = outcome else { return Flow::Pass };
        if let Some((number, name)) = self.templates.get(*place) {
            self.template.clone_from(name);
            let query = PrepareMails { targets: self.targets.clone(), template: *number };
            self.asked = cx.ask(Slot::Mailing, AnyQuery::PrepareMails(query));
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Mail | Slot::Mailing, serial, result } if *serial == self.asked => match result {
                Ok(answer) => self.answered(answer, cx),
                Err(error) => {
                    cx.complain(error.to_string());
                    Flow::Close
                }
            },
            Incoming::Progress(progress) if self.sending.is_some() => {
                self.progress = Some(*progress);
                Flow::Stay
            }
            Incoming::Written { ticket, result } if self.sending == Some(*ticket) => {
                self.sending = None;
                let Ok(done) = result else { return Flow::Stay };
                let passed = self.mails.as_deref().map(PreparedMany::passed_over).unwrap_or_default();
                if !passed.is_empty() {
                    cx.say(format!("{} · passed over: {passed}", done.summary));
                }
                Flow::Close
            }
            _ => Flow::Pass,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let mails = self.mails.as_deref();
        let count = mails.map_or(0, |mails| mails.postings.len());
        let title = match count {
            0 => format!("Mails{}", of(&self.targets)),
            _ => format!("Mails from {} · {} of {count}", self.template, self.at + 1),
        };
        let inside = Popup::whole(area).draw(frame, &env.theme, &title, "");
        if inside.is_empty() {
            return;
        }
        let columns = usize::from(inside.width);
        let (words, meaning) = self.words(env);
        let mut head = vec![Line::styled(fit(&words, columns), env.theme.style(meaning))];
        let passed = mails.map(PreparedMany::passed_over).unwrap_or_default();
        if !passed.is_empty() {
            head.push(Line::styled(fit(&format!("passed over: {passed}"), columns), env.theme.style(Meaning::NoNextStep)));
        }
        for (record, why) in mails.iter().flat_map(|mails| &mails.unfilled).take(3) {
            head.push(Line::styled(fit(&clean(&format!("  {record}: {why}")), columns), env.theme.style(Meaning::Label)));
        }
        head.push(Line::default());
        let rows = u16::try_from(head.len()).unwrap_or(u16::MAX).min(inside.height);
        frame.render_widget(Paragraph::new(head), Rect { height: rows, ..inside });
        let below = Rect { y: inside.y + rows, height: inside.height - rows, ..inside };
        if let Some(posting) = mails.and_then(|mails| mails.postings.get(self.at)) {
            let text = clean_lines(&posting.letter.text()).into_owned();
            frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: false }).scroll((self.above, 0)), below);
        }
    }

    fn covers(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
