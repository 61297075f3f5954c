//! What keys do to the row under the cursor: forms, switches, another place, away with it; and why not. Writes nothing itself.

use super::Rules;
use super::rows::{Part, definition, ordered};
use crate::model::definition::{Body, Definition};
use crate::model::entity::{Entity, RecordId};
use crate::model::people::{Role, Team, Unit, UnitKind, User};
use crate::service::definition::{MoveDefinition, PutDefinition, RemoveDefinition};
use crate::service::people::{PutTeam, PutUser, RemovePeople};
use crate::service::rule::queue::SetQueues;
use crate::tui::action::Action;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::Flow;
use crate::tui::layer::setup_form::{SetupForm, Subject};
use crate::tui::layer::trial::TrialPage;
use crate::worker::writer::AnyAct;

/// What changes something.
const WRITES: &[Action] =
    &[Action::New, Action::Edit, Action::Open, Action::Delete, Action::StatusReason, Action::StepOn, Action::StepBack];

impl Rules {
    /// Does what a key asks for.
    pub(super) fn press(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::New => Flow::Push(Box::new(SetupForm::open(self.new_one(cx.env), cx))),
            Action::Open | Action::Edit => match self.key().and_then(|key| subject(key, cx.env)) {
                Some(subject) => Flow::Push(Box::new(SetupForm::open(subject, cx))),
                None if action == Action::Open && self.entries.is_empty() => {
                    Flow::Push(Box::new(SetupForm::open(self.new_one(cx.env), cx)))
                }
                None => Flow::Stay,
            },
            Action::Preview | Action::TryRules => Flow::Push(Box::new(TrialPage::of_database(cx))),
            Action::Delete => {
                if let Some(key) = self.key() {
                    cx.act(match key.entity {
                        Entity::Definition => AnyAct::RemoveDefinition(RemoveDefinition { number: key.number }),
                        _ => AnyAct::RemovePeople(RemovePeople { key }),
                    });
                }
                Flow::Stay
            }
            Action::StatusReason => {
                for act in self.key().map(|key| self.switched(key, cx.env)).unwrap_or_default() {
                    cx.act(act);
                }
                Flow::Stay
            }
            Action::StepOn | Action::StepBack => {
                if let Some(act) = self.moved(action == Action::StepOn, cx.env) {
                    cx.act(AnyAct::MoveDefinition(act));
                }
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    /// What `n` begins here.
    fn new_one(&self, env: &Env) -> Subject {
        let people = &env.catalog.people;
        let root = people.units.first().map_or(1, |unit| unit.number);
        let mine = people.user(env.me).map_or(root, |user| user.unit);
        match self.part {
            Part::Rules => {
                let mut rule = Definition::rule();
                if let (Role::Manager, Body::Rule(body)) = (env.role, &mut rule.body) {
                    // the only rules that a manager may write
                    body.unit = Some(mine);
                }
                Subject::Definition(rule)
            }
            Part::Scores => Subject::Definition(Definition::score_rule()),
            Part::Targets => Subject::Definition(Definition::target(&env.locale.currency)),
            Part::Users => Subject::User(User { unit: root, ..User::new(0, "", "", Role::Seller) }),
            Part::Teams => Subject::Team(Team { number: 0, name: String::new(), unit: root, members: Vec::new(), queue: false }),
            Part::Units => Subject::Unit(Unit::new("", Some(root), UnitKind::Internal)),
        }
    }

    /// The row one place on or back; rules stay among those of their unit.
    fn moved(&self, on: bool, env: &Env) -> Option<MoveDefinition> {
        let here = self.here()?;
        let next = if on { self.cursor() + 1 } else { self.cursor().checked_sub(1)? };
        let other = self.entries.get(next).filter(|other| other.group == here.group)?;
        let kind = self.part.kind()?;
        let place = env.catalog.defined(kind).position(|one| one.number == other.key.number)?;
        Some(MoveDefinition { number: here.key.number, to: i64::try_from(place).unwrap_or_default() + 1 })
    }

    /// The acts that switch a row on or off: of a team its queue, and with the first and the last one the queues of the database.
    fn switched(&self, key: RecordId, env: &Env) -> Vec<AnyAct> {
        if key.entity == Entity::Team {
            let Some(mut team) = env.catalog.people.team(key.number).cloned() else { return Vec::new() };
            let are_off = self.counted.has_queues == Some(false);
            let mut acts: Vec<AnyAct> = are_off.then_some(AnyAct::SetQueues(SetQueues { on: true })).into_iter().collect();
            if !(are_off && team.queue) {
                team.queue = !team.queue;
                let is_last = !env.catalog.people.teams.iter().any(|other| other.queue && other.number != team.number);
                let ends = !team.queue && is_last && self.counted.has_queues == Some(true);
                acts.push(AnyAct::PutTeam(PutTeam { team }));
                acts.extend(ends.then_some(AnyAct::SetQueues(SetQueues { on: false })));
            }
            return acts;
        }
        switched(key, env).into_iter().collect()
    }

    /// Why something cannot be done here now.
    pub(super) fn why_not(&self, action: Action, env: &Env) -> Option<String> {
        if !WRITES.contains(&action) {
            return None;
        }
        let right = self.right(action == Action::New, env);
        if right.is_some() {
            return right;
        }
        match action {
            Action::New => None,
            Action::Open if self.entries.is_empty() => None,
            _ if self.entries.is_empty() => Some("nothing here yet".into()),
            Action::StepOn | Action::StepBack if self.part.kind().is_none() => Some("these have no order".into()),
            Action::StepOn | Action::StepBack if self.moved(action == Action::StepOn, env).is_none() => {
                let end = if action == Action::StepOn { "last" } else { "first" };
                Some(match self.part {
                    Part::Rules => format!("it is the {end} of its group; the form moves it to another unit"),
                    _ => format!("it is the {end}"),
                })
            }
            Action::StatusReason if matches!(self.part, Part::Targets | Part::Units) => {
                Some("rules, points, users and queues are switched on and off".into())
            }
            _ => None,
        }
    }

    /// Why the person may not write here; a new one is theirs to choose for whom.
    fn right(&self, is_new: bool, env: &Env) -> Option<String> {
        if env.read_only {
            return Some("the database can only be read".into());
        }
        let own = |unit: i64| {
            let people = &env.catalog.people;
            people.user(env.me).is_some_and(|me| people.is_within(unit, me.unit))
        };
        match (env.role, self.part) {
            (Role::Admin, _) => None,
            (Role::Manager, Part::Rules) if is_new || self.entries.is_empty() => None,
            (Role::Manager, Part::Rules) => {
                let found = self.key().and_then(|key| definition(key, env));
                match found.map(|one| &one.body) {
                    Some(Body::Rule(rule)) if rule.unit.is_some_and(own) => None,
                    _ => Some("a manager writes the rules of their unit; this one is an admin's".into()),
                }
            }
            (_, Part::Rules) => Some("admins write rules, managers those of their unit; you can read and try them".into()),
            _ => Some("only admins change these; you can read them".into()),
        }
    }
}

/// What a row is, to be edited.
fn subject(key: RecordId, env: &Env) -> Option<Subject> {
    let people = &env.catalog.people;
    match key.entity {
        Entity::User => people.user(key.number).cloned().map(Subject::User),
        Entity::Team => people.team(key.number).cloned().map(Subject::Team),
        Entity::Unit => people.unit(key.number).cloned().map(Subject::Unit),
        _ => definition(key, env).cloned().map(Subject::Definition),
    }
}

/// The act that switches a user, a rule or points on or off.
fn switched(key: RecordId, env: &Env) -> Option<AnyAct> {
    if key.entity == Entity::User {
        let mut user = env.catalog.people.user(key.number)?.clone();
        user.active = !user.active;
        return Some(AnyAct::PutUser(Box::new(PutUser { user })));
    }
    let mut definition = definition(key, env)?.clone();
    match &mut definition.body {
        Body::Rule(rule) => rule.active = !rule.active,
        Body::ScoreRule(rule) => rule.active = !rule.active,
        _ => return None,
    }
    Some(AnyAct::PutDefinition(Box::new(PutDefinition { definition })))
}

/// The rules as they would be with one that is edited: in its place, or behind the others.
pub fn with_rule(edited: &Definition, env: &Env) -> Vec<Definition> {
    let mut rules: Vec<Definition> = ordered(env).into_iter().map(|(definition, _)| definition.clone()).collect();
    match rules.iter_mut().find(|one| edited.number != 0 && one.number == edited.number) {
        Some(one) => *one = edited.clone(),
        None => rules.push(edited.clone()),
    }
    rules
}
