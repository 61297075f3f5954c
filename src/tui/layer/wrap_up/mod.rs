//! The end of a call, below any record: one strip, one act, one undo. What is typed is a draft until the call is logged.

mod strip;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use super::picker::Picker;
use super::{Flow, Incoming, Layer, Outcome, Purpose};
use crate::model::activity::{Follows, PHONE_CALL};
use crate::model::choice::{DISQUALIFIED, NO_LONGER_INTERESTED};
use crate::model::clean::{clean, fit};
use crate::model::entity::{Entity, RecordId};
use crate::service::activity::forbidden;
use crate::service::record::read::{GetRecord, RecordDetail};
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::theme::Meaning;
use crate::worker::drafts::Draft;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::{AnyAct, Reply};

pub use strip::{Focus, ROWS, Strip, digit};

/// The wrap-up of a call.
#[derive(Debug)]
pub struct WrapUpLayer {
    about: RecordId,
    name: String,
    /// The planned call that this is.
    activity: Option<i64>,
    detail: Option<Box<RecordDetail>>,
    strip: Strip,
    saving: Option<u64>,
}

/// The name of the draft of a call.
pub fn draft_key(about: RecordId) -> String {
    format!("call-{about}")
}

/// Keeps what was typed about a call, or forgets it where nothing is left.
pub fn keep(strip: &Strip, about: RecordId, cx: &mut Cx<'_>) {
    let key = draft_key(about);
    if strip.is_blank() {
        return cx.push(Effect::DropDraft(key));
    }
    let (text, fields) = (strip.note.text().to_owned(), strip.kept());
    cx.push(Effect::KeepDraft(Draft { key, record: about.to_string(), at: cx.env.now(), version: 0, text, fields }));
}

/// A strip with what was typed about a call before.
pub fn restored(about: RecordId, env: &Env) -> Strip {
    let mut strip = Strip::default();
    if let Some(draft) = env.drafts.iter().find(|draft| draft.key == draft_key(about)) {
        strip.restore(&draft.text, &draft.fields);
    }
    strip
}

/// What is offered after a call with somebody who is not interested.
pub fn offer(follows: Follows, about: RecordId, name: &str, env: &Env) -> Option<Picker> {
    if follows != Follows::NotInterested || about.entity != Entity::Lead {
        return None;
    }
    let targets = Targets::one(about);
    let title = if name.is_empty() { format!("Disqualify {about}?") } else { format!("Disqualify {} ({about})?", clean(name)) };
    let picker = Picker::reason(env, title, Purpose::DisqualifyCalled(targets), Entity::Lead, DISQUALIFIED);
    Some(picker.by_enter().beginning_at(NO_LONGER_INTERESTED))
}

impl WrapUpLayer {
    /// Opens the strip under a record that is called `name`; `activity` is the planned call that is over.
    pub fn open(about: RecordId, activity: Option<i64>, name: &str, cx: &mut Cx<'_>) -> Self {
        cx.ask(Slot::Call, AnyQuery::Record(GetRecord { record: about, entries: 1 }));
        Self { about, name: name.to_owned(), activity, detail: None, strip: restored(about, cx.env), saving: None }
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Flow {
        match self.strip.read(self.about, self.activity, cx.env) {
            Ok(act) => {
                self.saving = Some(cx.act(AnyAct::WrapUp(act)));
                Flow::Stay
            }
            Err(problem) => {
                self.strip.problem = Some(problem);
                Flow::Stay
            }
        }
    }

    fn leave(&mut self, cx: &mut Cx<'_>) -> Flow {
        if !self.strip.is_blank() {
            keep(&self.strip, self.about, cx);
            cx.say(format!("draft kept · {} goes on", cx.env.keymap.keys_of(Action::Call, Scope::Browse)));
        }
        Flow::Close
    }

    /// Who it is about, and what speaks against calling.
    fn head(&self, env: &Env) -> (String, Option<String>) {
        let Some(detail) = &self.detail else { return (self.name.clone(), None) };
        let registry = env.catalog.registry(self.about.entity);
        let text = |name: &'static str| registry.find(name).map(|id| detail.record.get(id).as_text()).unwrap_or_default();
        let name = ["name", "company"].into_iter().map(text).find(|text| !text.is_empty()).unwrap_or_default();
        let number = ["phone", "mobile_phone"].into_iter().map(text).find(|text| !text.is_empty()).unwrap_or("no number");
        let there = env.there(&detail.record).map_or_else(String::new, |there| format!(" · {there}"));
        (format!("{name} · ☎ {number}{there}"), forbidden(registry, &detail.record, PHONE_CALL).map(str::to_owned))
    }
}

impl Layer for WrapUpLayer {
    fn scopes(&self) -> Vec<Scope> {
        match self.strip.focus {
            Focus::Keys => vec![Scope::WrapUp, Scope::Record],
            Focus::Note | Focus::Next => vec![Scope::Call],
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if self.saving.is_some() {
            return if action == Action::Cancel { self.leave(cx) } else { Flow::Stay };
        }
        if let Some(place) = digit(action) {
            if self.strip.choose(place, cx.env) {
                keep(&self.strip, self.about, cx);
            }
            return Flow::Stay;
        }
        match action {
            Action::Back | Action::Close if self.strip.step_back() => Flow::Stay,
            Action::Back | Action::Close | Action::Cancel => self.leave(cx),
            Action::Open | Action::Save => self.save(cx),
            Action::Next | Action::Previous => {
                self.strip.switch();
                Flow::Stay
            }
            other if self.strip.focus == Focus::Keys => {
                let name = self.name.clone();
                let targets = Targets::one(self.about);
                match flow::start_named(other, targets, &name, self.detail.as_ref().map(|d| &d.record), cx) {
                    Flow::Push(layer) => Flow::Push(layer),
                    flow => flow,
                }
            }
            other => {
                if self.strip.edit(other) {
                    keep(&self.strip, self.about, cx);
                }
                Flow::Stay
            }
        }
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if self.strip.insert(text) {
            keep(&self.strip, self.about, cx);
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Call, result: Ok(Answer::Record(detail)), .. } if detail.record.key == self.about => {
                self.detail = Some(Box::new((**detail).clone()));
                Flow::Stay
            }
            Incoming::Written { ticket, result } if self.saving == Some(*ticket) => {
                self.saving = None;
                match result {
                    Ok(done) => {
                        cx.push(Effect::DropDraft(draft_key(self.about)));
                        match &done.reply {
                            Reply::WrappedUp(call) => match offer(call.follows, self.about, &self.name, cx.env) {
                                Some(picker) => Flow::Replace(Box::new(picker)),
                                None => Flow::Close,
                            },
                            _ => Flow::Close,
                        }
                    }
                    Err(error) => {
                        self.strip.problem = Some(error.to_string());
                        Flow::Stay
                    }
                }
            }
            _ => Flow::Pass,
        }
    }

    fn unavailable(&self, action: Action, _: &Env) -> Option<String> {
        match action {
            Action::OpenOutside | Action::WriteOut => Some("no file is shown here".into()),
            Action::Call => Some("this is the call: a digit says how it went".into()),
            Action::NextRecord | Action::PreviousRecord => Some("this call comes first; Esc leaves it".into()),
            _ => None,
        }
    }

    fn outcome(&mut self, _: &Outcome, _: &mut Cx<'_>) -> Flow {
        Flow::Pass
    }

    fn awaits(&self, _: Option<Action>) -> bool {
        self.saving.is_some()
    }

    fn draft_key(&self) -> Option<String> {
        Some(draft_key(self.about))
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let (head, against) = self.head(env);
        let rows = ROWS + 1 + u16::from(against.is_some());
        let top = area.bottom().saturating_sub(rows).max(area.y);
        let place = Rect { y: top, height: area.bottom() - top, ..area };
        frame.render_widget(Clear, place);
        let columns = usize::from(place.width);
        let title = Line::from(vec![
            Span::styled("━━ ", env.theme.style(Meaning::Focus)),
            Span::styled(fit(&format!("call · {} ", clean(&head)), columns.saturating_sub(4)), env.theme.style(Meaning::Title)),
        ]);
        frame.render_widget(Paragraph::new(title), Rect { height: 1, ..place });
        let mut y = place.y + 1;
        if let Some(words) = against {
            let words = fit(&format!(" ! {words}: a call that is logged all the same says so"), columns);
            frame.render_widget(
                Paragraph::new(Line::styled(words, env.theme.style(Meaning::Late))),
                Rect { y, height: 1, ..place },
            );
            y += 1;
        }
        let strip = Rect { y, height: place.bottom().saturating_sub(y), ..place };
        self.strip.draw(frame, strip, self.detail.as_ref().and_then(|detail| env.place_of(&detail.record)), env);
    }
}
