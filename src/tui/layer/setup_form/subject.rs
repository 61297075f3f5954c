//! What is edited: a user, a team, a unit, a rule, points or a target; its fields as text, and the act that writes them. Draws nothing.

use crate::error::Problem;
use crate::model::definition::{Body, Definition};
use crate::model::people::typed::{TEAM, Typed, UNIT, USER};
use crate::model::people::{Team, Unit, UnitKind, User};
use crate::service::definition::{self, PutDefinition};
use crate::service::people::{PutTeam, PutUnit, PutUser, check};
use crate::tui::env::Env;
use crate::worker::writer::AnyAct;

/// What is edited, as it was when the form was opened; a new one has the number 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A user.
    User(User),
    /// A team.
    Team(Team),
    /// A business unit or a channel partner.
    Unit(Unit),
    /// A rule, points or a target.
    Definition(Definition),
}

impl Subject {
    /// Its number; 0 for a new one.
    pub const fn number(&self) -> i64 {
        match self {
            Self::User(user) => user.number,
            Self::Team(team) => team.number,
            Self::Unit(unit) => unit.number,
            Self::Definition(definition) => definition.number,
        }
    }

    /// What one is called in a sentence.
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Team(_) => "team",
            Self::Unit(Unit { kind: UnitKind::ChannelPartner, .. }) => "channel partner",
            Self::Unit(_) => "business unit",
            Self::Definition(definition) => definition.body.kind().noun(),
        }
    }

    /// What people call this one.
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) => &user.login,
            Self::Team(team) => &team.name,
            Self::Unit(unit) => &unit.name,
            Self::Definition(definition) => &definition.name,
        }
    }

    /// The name under which a draft of it is kept.
    pub fn draft(&self) -> String {
        let kind = match self {
            Self::User(_) => "user",
            Self::Team(_) => "team",
            Self::Unit(_) => "unit",
            Self::Definition(definition) => definition.body.kind().name(),
        };
        match self.number() {
            0 => format!("setup-{kind}-new"),
            number => format!("setup-{kind}-{number}"),
        }
    }

    /// Its fields, in the order of the form.
    pub const fn fields(&self) -> &'static [Typed] {
        match self {
            Self::User(_) => USER,
            Self::Team(_) => TEAM,
            Self::Unit(_) => UNIT,
            Self::Definition(definition) => definition.typed(),
        }
    }

    /// Whether it is a rule, which can be tried.
    pub const fn is_rule(&self) -> bool {
        matches!(self, Self::Definition(Definition { body: Body::Rule(_), .. }))
    }

    /// A field as it is typed.
    pub fn shown(&self, field: &str, env: &Env) -> String {
        let people = &env.catalog.people;
        match self {
            Self::User(user) => user.shown(field, people),
            Self::Team(team) => team.shown(field, people),
            Self::Unit(unit) => unit.shown(field, people),
            Self::Definition(definition) => definition.shown(field, people, &env.locale),
        }
    }

    fn put(&mut self, field: &str, text: &str, env: &Env) -> Result<(), String> {
        let (people, reading) = (&env.catalog.people, env.reading());
        match self {
            Self::User(user) => user.put(field, text, people, &reading),
            Self::Team(team) => team.put(field, text, people),
            Self::Unit(unit) => unit.put(field, text, people),
            Self::Definition(definition) => definition.put(field, text, people, &reading),
        }
    }

    /// This one with all fields as they are typed, or every mistake at its field.
    pub fn with<'a>(&self, texts: impl Iterator<Item = (&'static str, &'a str)>, env: &Env) -> Result<Self, Vec<Problem>> {
        let (new, problems) = self.tried(texts, env);
        if problems.is_empty() { Ok(new) } else { Err(problems) }
    }

    /// The same with what is wrong with the whole, as it would be said when it is written.
    pub fn checked<'a>(&self, texts: impl Iterator<Item = (&'static str, &'a str)>, env: &Env) -> Result<Self, Vec<Problem>> {
        let (new, mut problems) = self.tried(texts, env);
        let people = &env.catalog.people;
        let whole = match &new {
            Self::User(user) => check::user(people, user),
            Self::Team(team) => check::team(people, team),
            Self::Unit(unit) => check::unit(people, unit),
            Self::Definition(one) => definition::problems(one, &env.reading()),
        };
        let mut wrong: Vec<&'static str> = Vec::new();
        for problem in whole {
            // the name of a team or unit is checked under the word for the whole
            let found = self.fields().iter().find(|field| field.name == problem.field);
            let field = found.map_or("name", |field| field.name);
            // a rule whose actions cannot be read may do something all the same
            if self.is_rule() && field == "assign" && problems.iter().any(|one| DOES.contains(&one.field.as_str())) {
                continue;
            }
            // a field that could not be read has its own mistake, and is not what it was before either
            if !problems.iter().any(|one| one.field == field) && !wrong.contains(&field) {
                wrong.push(field);
                problems.push(Problem::new(field, problem.message));
            }
        }
        if problems.is_empty() { Ok(new) } else { Err(problems) }
    }

    /// This one with what can be read of the fields, and every mistake in the others.
    fn tried<'a>(&self, texts: impl Iterator<Item = (&'static str, &'a str)>, env: &Env) -> (Self, Vec<Problem>) {
        let (mut new, mut problems) = (self.clone(), Vec::new());
        let mut way: Option<&str> = None;
        for (field, text) in texts {
            if self.is_rule() && ["assign", "share", "queue"].contains(&field) && !text.trim().is_empty() {
                // which of two is meant only the person knows
                if let Some(other) = way.replace(field) {
                    let label = RULE_WAYS.iter().find(|(name, _)| *name == other).map_or(other, |(_, label)| label);
                    problems.push(Problem::new(field, format!("a lead goes one way: empty this or {label}")));
                    // what goes with this way is read all the same
                    let _ = new.put(field, text, env);
                    continue;
                }
            }
            // what is not touched is not read again: a deputy who left since is no mistake of this form
            if text.trim() != self.shown(field, env).trim()
                && let Err(wrong) = new.put(field, text, env)
            {
                problems.push(Problem::new(field, wrong));
            }
        }
        (new, problems)
    }

    /// The act that writes it.
    pub fn act(self) -> AnyAct {
        match self {
            Self::User(user) => AnyAct::PutUser(Box::new(PutUser { user })),
            Self::Team(team) => AnyAct::PutTeam(PutTeam { team }),
            Self::Unit(unit) => AnyAct::PutUnit(PutUnit { unit }),
            Self::Definition(definition) => AnyAct::PutDefinition(Box::new(PutDefinition { definition })),
        }
    }
}

/// The fields of what a rule does.
const DOES: &[&str] = &["assign", "share", "among", "match", "queue", "set", "tags", "task", "due"];

/// The ways in which a rule gives a lead to somebody, with the labels of their fields.
const RULE_WAYS: &[(&str, &str)] = &[("assign", "Assign To"), ("share", "Share"), ("queue", "Queue")];
