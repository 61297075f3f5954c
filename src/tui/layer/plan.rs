//! A step that is planned in one line, or moved to another time, with what was understood of it above the line. Writes nothing itself.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph};

use super::picker::of;
use super::{Flow, Incoming, Layer, Outcome};
use crate::model::activity::{APPOINTMENT, HALF_AN_HOUR, TASK};
use crate::model::clean::{clean, fit};
use crate::model::dates::{no_date, parse_when};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::FieldId;
use crate::model::plan::{self, Plan};
use crate::model::value::Value;
use crate::model::zone::Zone;
use crate::service::activity::plan::{AddActivities, AddActivity, MoveActivities};
use crate::service::record::read::GetRecord;
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::when::{Reader, Typed};
use crate::worker::drafts::Draft;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// What the line makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Makes {
    /// A task, or a follow-up where only a time is given.
    Task,
    /// An appointment.
    Appointment,
    /// Another time for open activities.
    Move,
}

/// The line.
#[derive(Debug)]
pub struct PlanLine {
    makes: Makes,
    targets: Targets,
    label: String,
    input: Input,
    problem: Option<String>,
    /// The act that is on its way.
    saving: Option<u64>,
    /// The zone of the one whom it concerns, as soon as the record is here.
    place: Option<Zone>,
}

/// Asks for the record that tells by which clock the person lives.
fn ask_for(record: RecordId, cx: &mut Cx<'_>) {
    cx.ask(Slot::Call, AnyQuery::Record(GetRecord { record, entries: 1 }));
}

impl PlanLine {
    /// For a task or an appointment on these records, called `name`, or for other times of these activities.
    pub fn open(makes: Makes, targets: Targets, name: &str, cx: &mut Cx<'_>) -> Self {
        if let Some(record) = targets.single() {
            ask_for(record, cx);
        }
        let env = cx.env;
        let word = match makes {
            Makes::Task => "task",
            Makes::Appointment => "appointment",
            Makes::Move => "move to",
        };
        let whom = if name.is_empty() { of(&targets) } else { format!(" · {}", clean(name)) };
        let label = format!("{word}{whom} › ");
        let mut line = Self { makes, targets, label, input: Input::default(), problem: None, saving: None, place: None };
        if let Some(draft) = line.key().and_then(|key| env.drafts.iter().find(|draft| draft.key == key)) {
            line.input = Input::new(&draft.text);
        }
        line
    }

    /// The name of the draft; many records have none.
    fn key(&self) -> Option<String> {
        let word = match self.makes {
            Makes::Task => "task",
            Makes::Appointment => "appointment",
            Makes::Move => return None,
        };
        self.targets.single().map(|record| format!("{word}-{record}"))
    }

    fn plan(&self, env: &Env) -> Plan {
        plan::parse(self.input.text(), env.now(), env.zone, &env.locale)
    }

    /// What Enter does now, or what is still missing.
    fn read(&self, env: &Env) -> Result<AnyAct, String> {
        if self.makes == Makes::Move {
            let when = parse_when(self.input.text(), env.now(), env.zone, &env.locale).map_err(|error| error.to_string())?;
            let to = when.instant(env.zone);
            return Ok(AnyAct::Reschedule(MoveActivities { targets: self.targets.clone(), to }));
        }
        let plan = self.plan(env);
        if let Some(word) = &plan.mistaken {
            return Err(no_date(word));
        }
        if plan.subject.is_empty() && plan.when.is_none() {
            return Err("what is to be done, and when? send the price list fri 9am".into());
        }
        if self.makes == Makes::Appointment && plan.when.is_none_or(|when| when.time.is_none()) {
            return Err("when? an appointment needs a day and a time: tue 15:00".into());
        }
        let values = self.values(&plan, env);
        Ok(match &self.targets {
            Targets::Numbers { entity, numbers } if numbers.len() == 1 => {
                AnyAct::AddActivity(AddActivity { about: numbers.first().map(|number| entity.numbered(*number)), values })
            }
            _ => AnyAct::AddActivities(AddActivities { targets: self.targets.clone(), values }),
        })
    }

    /// The fields of the activity.
    fn values(&self, plan: &Plan, env: &Env) -> Vec<(FieldId, Value)> {
        let registry = &env.catalog.activity;
        let at = plan.at(env.zone).map_or(Value::None, Value::Instant);
        let subject = |without: &str| Value::text(if plan.subject.is_empty() { without } else { plan.subject.as_str() });
        match self.makes {
            Makes::Appointment => vec![
                (registry.id("kind"), Value::Choice(APPOINTMENT)),
                (registry.id("name"), subject("Appointment")),
                (registry.id("starts_at"), at),
                (registry.id("duration"), Value::Int(plan.minutes.unwrap_or(HALF_AN_HOUR))),
                (registry.id("location"), Value::text(plan.place.as_str())),
            ],
            _ => vec![
                (registry.id("kind"), Value::Choice(TASK)),
                (registry.id("name"), subject("Follow up")),
                (registry.id("due_at"), at),
            ],
        }
    }

    /// What was understood, in words.
    fn words(&self, env: &Env) -> String {
        if self.makes == Makes::Move {
            return match Reader::new(env, self.place).read(self.input.text()) {
                Typed::Read { line, .. } => format!("{line} · Enter moves it"),
                Typed::Nothing => "+30m · tomorrow 9:00 · fri · 12 Dec · in 2 weeks".into(),
                Typed::Wrong { sentence, .. } => sentence,
            };
        }
        let plan = self.plan(env);
        if plan == Plan::default() {
            return match self.makes {
                Makes::Appointment => "demo @ their office tue 15:00 for 45m · Tab opens the form".into(),
                _ => "send the price list fri 9am · a time alone is a follow-up · Tab opens the form".into(),
            };
        }
        if let Some(word) = &plan.mistaken {
            return no_date(word);
        }
        let mut parts = vec![if plan.subject.is_empty() { "Follow up".to_owned() } else { clean(&plan.subject).into_owned() }];
        match plan.at(env.zone) {
            Some(at) => parts.push(Reader::new(env, self.place).moment(at, plan.when.is_some_and(|when| when.time.is_some()))),
            None => parts.push("no time yet".into()),
        }
        if self.makes == Makes::Appointment {
            parts.push(format!("{} min", plan.minutes.unwrap_or(HALF_AN_HOUR)));
            if !plan.place.is_empty() {
                parts.push(format!("at {}", clean(&plan.place)));
            }
        }
        let then = match (self.makes, plan.when) {
            (Makes::Appointment, None) => "a day and a time are missing: tue 15:00",
            (Makes::Appointment, Some(when)) if when.time.is_none() => "a time is missing: 15:00",
            _ => "Enter plans it",
        };
        format!("→ {} · {then}", parts.join(" · "))
    }

    fn keep(&self, cx: &mut Cx<'_>) {
        let Some(key) = self.key() else { return };
        if self.input.text().trim().is_empty() {
            return cx.push(Effect::DropDraft(key));
        }
        let record = match &self.targets {
            Targets::Numbers { entity, numbers } => numbers.first().map(|n| entity.numbered(*n).to_string()).unwrap_or_default(),
            Targets::All { .. } => String::new(),
        };
        let text = self.input.text().to_owned();
        cx.push(Effect::KeepDraft(Draft { key, record, at: cx.env.now(), version: 0, text, fields: Vec::new() }));
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Flow {
        match self.read(cx.env) {
            Ok(act) if act.targets().is_some() => {
                let flow = flow::submit(act, cx);
                match flow {
                    Flow::Push(question) => Flow::Replace(question),
                    _ => Flow::Close,
                }
            }
            Ok(act) => {
                self.saving = Some(cx.act(act));
                let again = AddActivities { targets: self.targets.clone(), values: self.values(&self.plan(cx.env), cx.env) };
                cx.desk.remember(AnyAct::AddActivities(again));
                Flow::Stay
            }
            Err(problem) => {
                cx.complain(problem.clone());
                self.problem = Some(problem);
                Flow::Stay
            }
        }
    }

    /// All fields of the activity, in a form.
    fn form(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Targets::Numbers { entity, numbers } = &self.targets else { return Flow::Stay };
        let [number] = numbers.as_slice() else { return Flow::Stay };
        if self.makes == Makes::Move {
            return Flow::Stay;
        }
        let registry = &cx.env.catalog.activity;
        let mut values = self.values(&self.plan(cx.env), cx.env);
        values.push((registry.id("regarding"), Value::record(entity.numbered(*number))));
        values.retain(|(_, value)| !value.is_none());
        if let Some(key) = self.key() {
            cx.push(Effect::DropDraft(key));
        }
        Flow::Done(Outcome::NewForm(Entity::Activity, values))
    }
}

impl Layer for PlanLine {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Line]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if self.saving.is_some() {
            return if action == Action::Cancel { Flow::Close } else { Flow::Stay };
        }
        match action {
            Action::Back | Action::Close | Action::Cancel => {
                if self.key().is_some() && !self.input.text().trim().is_empty() {
                    self.keep(cx);
                    let opens = if self.makes == Makes::Task { Action::Task } else { Action::Book };
                    cx.say(format!("draft kept · {} goes on", cx.env.keymap.keys_of(opens, Scope::Browse)));
                }
                Flow::Close
            }
            Action::Open => self.save(cx),
            Action::Next | Action::Complete => self.form(cx),
            other => {
                let before = self.input.text().to_owned();
                if !self.input.act(other) {
                    return Flow::Stay;
                }
                if before != self.input.text() {
                    self.problem = None;
                    self.keep(cx);
                }
                Flow::Stay
            }
        }
    }

    fn awaits(&self, _: Option<Action>) -> bool {
        self.saving.is_some()
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if self.input.insert(text) {
            self.problem = None;
            self.keep(cx);
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Call, result: Ok(Answer::Record(detail)), .. } => {
                let record = &detail.record;
                self.place = cx.env.place_of(record);
                // an activity has no address, the one whom it is about has
                let regarding = cx.env.catalog.registry(record.key.entity).find("regarding");
                if let Some(about) = regarding.and_then(|id| record.get(id).as_record()) {
                    ask_for(about, cx);
                }
                Flow::Stay
            }
            Incoming::Written { ticket, result } if self.saving == Some(*ticket) => match result {
                Ok(_) => {
                    if let Some(key) = self.key() {
                        cx.push(Effect::DropDraft(key));
                    }
                    Flow::Close
                }
                Err(error) => {
                    self.saving = None;
                    self.problem = Some(error.to_string());
                    Flow::Stay
                }
            },
            _ => Flow::Pass,
        }
    }

    fn draft_key(&self) -> Option<String> {
        self.key()
    }

    fn prompt(&self) -> Option<(String, String, u16)> {
        Some((self.label.clone(), clean(self.input.text()).into_owned(), self.input.cursor_column()))
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let above = area.bottom().saturating_sub(1);
        let (words, style) = match &self.problem {
            Some(problem) => (clean(problem).into_owned(), env.theme.style(Meaning::Error)),
            None => (self.words(env), env.theme.style(Meaning::Label)),
        };
        let place = Rect { y: above, height: 1, ..area };
        frame.render_widget(Clear, place);
        frame.render_widget(Paragraph::new(Line::styled(fit(&format!(" {words}"), usize::from(place.width)), style)), place);
    }
}
