//! Why a lead has its score: each rule with its points, and whether it counts. Writes nothing.

use super::{Grades, grades, need_lead, reading, rules};
use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::choice::{OPEN, Set};
use crate::model::entity::RecordId;
use crate::query::parse;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::{self, Db};

/// Asks for the score of a lead, line by line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplainScore {
    /// The lead.
    pub lead: RecordId,
}

/// A score and what makes it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The score as it is kept; none where there is none.
    pub score: Option<i64>,
    /// The code of its grade.
    pub grade: Option<i64>,
    /// Whether the lead is closed, and so keeps the score that it had then.
    pub closed: bool,
    /// The rules in their order.
    pub lines: Vec<Line>,
    /// The least scores of the grades.
    pub grades: Grades,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its points.
    pub points: i64,
    /// What it is called.
    pub name: String,
    /// Its filter as text.
    pub when: String,
    /// What it says of the lead now.
    pub says: Says,
}

/// What a rule says of a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// It counts.
    Counts,
    /// Its filter does not find the lead.
    Not,
    /// It is switched off.
    Off,
    /// Its filter cannot be read any more, in words.
    Wrong(String),
}

/// Asks for the grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetGrades;

impl Query for GetGrades {
    type Reply = Grades;

    fn run(&self, db: &Db, _: &Context) -> Result<Grades> {
        grades(db)
    }
}

impl Explained {
    /// `78 A`, with what the lines come to where the lead keeps another score.
    pub fn headline(&self, catalog: &Catalog) -> String {
        let now: i64 = self.lines.iter().filter(|line| line.says == Says::Counts).map(|line| line.points).sum();
        let Some(score) = self.score else {
            return if self.lines.is_empty() { "no score".into() } else { "no score yet".into() };
        };
        let grade = self.grade.map(|code| catalog.choices.label(Set::Grade, code)).unwrap_or_default();
        let kept = match self.closed {
            true if now != score => format!(" · closed with it; would be {now} now"),
            true => " · closed with it".into(),
            false => String::new(),
        };
        format!("score {score} {grade}{kept}")
    }
}

impl Line {
    /// The points with their sign.
    pub fn sign(&self) -> String {
        format!("{:+}", self.points)
    }

    /// What is said where it does not count.
    pub fn remark(&self) -> String {
        match &self.says {
            Says::Counts => "counts".into(),
            Says::Not => "–".into(),
            Says::Off => "off".into(),
            Says::Wrong(why) => format!("cannot be read: {why}"),
        }
    }
}

impl Query for ExplainScore {
    type Reply = Explained;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Explained> {
        let registry = &ctx.catalog.lead;
        let record = store::record::need(db, registry, need_lead(self.lead)?)?;
        let held = |name: &'static str| record.named(registry, name).as_int();
        let reading = reading(ctx);
        let mut lines = Vec::new();
        let mut asked = Vec::new();
        for (definition, rule) in rules(&ctx.catalog.definitions) {
            let says = match parse(&rule.when, &reading) {
                _ if !rule.active => Says::Off,
                Err(error) => Says::Wrong(error.to_string()),
                Ok(filter) => {
                    asked.push((lines.len(), filter));
                    Says::Not
                }
            };
            lines.push(Line { points: rule.points, name: definition.name.clone(), when: rule.when.clone(), says });
        }
        let filters: Vec<_> = asked.iter().map(|(_, filter)| filter).collect();
        let found = store::score::found(db, &ctx.into(), &filters, record.key.number)?;
        for ((line, _), found) in asked.iter().zip(found) {
            if found {
                lines[*line].says = Says::Counts;
            }
        }
        let closed = held("status") != Some(OPEN);
        Ok(Explained { score: held("score"), grade: held("grade"), closed, lines, grades: grades(db)? })
    }
}
