//! Rules at work: who gets a lead, and why; what else they do; how it is told and taken back.

mod chain;
mod entry;
mod import;
mod pool;
mod queue;
mod trial;

use leadbook::model::definition::{Assign, Body, Definition, FollowUp, How, Match, Rule, Setting, Trigger};
use leadbook::model::people::{Absence, Role, Team, Unit, UnitKind, User, Work};
use leadbook::model::value::Owner;
use leadbook::service::definition::PutDefinition;
use leadbook::service::people::{PutTeam, PutUnit, PutUser};
use leadbook::service::rule::{Fired, Step, WhyAnswer, WhyOwner};
use leadbook::store::firing::{self, Firing};

use crate::common::Desk;

/// A rule that is asked of new leads and by hand, and does nothing yet.
pub fn rule(when: &str) -> Rule {
    Rule {
        active: true,
        unit: None,
        on: vec![Trigger::Created, Trigger::Imported, Trigger::ByHand],
        when: when.into(),
        assign: None,
        set: Vec::new(),
        tags: Vec::new(),
        task: None,
    }
}

/// A rule that gives leads to one owner.
pub fn to(when: &str, owner: Owner) -> Rule {
    Rule { assign: Some(Assign::To(owner.code())), ..rule(when) }
}

/// A rule that shares leads out among users.
pub fn share(when: &str, how: How, among: &[i64]) -> Rule {
    Rule { assign: Some(Assign::Share { how, among: among.to_vec(), matching: Vec::new() }), ..rule(when) }
}

/// A rule that sets one field.
pub fn sets(when: &str, field: &str, value: &str) -> Rule {
    Rule { set: vec![Setting { field: field.into(), value: value.into() }], ..rule(when) }
}

/// What tests do with rules and people.
pub trait Routing {
    fn rule(&mut self, name: &str, rule: Rule) -> i64;
    fn user(&mut self, login: &str, unit: i64, work: Work) -> i64;
    fn change_user(&mut self, login: &str, change: impl FnOnce(&mut User));
    fn unit(&mut self, name: &str, parent: Option<i64>, kind: UnitKind) -> i64;
    fn team(&mut self, name: &str, members: &[i64], queue: bool) -> i64;
    fn act_as(&mut self, login: &str);
    fn why(&self, lead: i64) -> WhyAnswer;
    fn fired(&self, lead: i64) -> Vec<Firing>;
    /// Owner and reason of the newest firing, as people read them.
    fn owner_and_reason(&self, lead: i64) -> (String, String);
}

impl Routing for Desk {
    fn rule(&mut self, name: &str, rule: Rule) -> i64 {
        let body = Body::Rule(rule);
        self.act(PutDefinition { definition: Definition { number: 0, name: name.into(), place: 0, owner: None, body } }).reply
    }

    fn user(&mut self, login: &str, unit: i64, work: Work) -> i64 {
        self.act(PutUser { user: User { unit, work, ..User::new(0, login, login, Role::Seller) } }).reply
    }

    fn change_user(&mut self, login: &str, change: impl FnOnce(&mut User)) {
        let mut user = self.ctx.catalog.people.find_user(login).cloned().expect("a user");
        change(&mut user);
        self.act(PutUser { user });
    }

    fn unit(&mut self, name: &str, parent: Option<i64>, kind: UnitKind) -> i64 {
        self.act(PutUnit { unit: Unit { number: 0, name: name.into(), parent, kind, partner: None, contact: None } }).reply
    }

    fn team(&mut self, name: &str, members: &[i64], queue: bool) -> i64 {
        self.act(PutTeam { team: Team { number: 0, name: name.into(), unit: 1, members: members.to_vec(), queue } }).reply
    }

    fn act_as(&mut self, login: &str) {
        let user = self.ctx.catalog.people.find_user(login).expect("a user");
        (self.ctx.user, self.ctx.role) = (user.number, user.role);
    }

    fn why(&self, lead: i64) -> WhyAnswer {
        self.service.ask(&WhyOwner { lead }, &self.ctx).unwrap_or_else(|e| panic!("{e}"))
    }

    fn fired(&self, lead: i64) -> Vec<Firing> {
        firing::of_lead(self.service.db(), lead, 100).unwrap_or_else(|e| panic!("{e}"))
    }

    fn owner_and_reason(&self, lead: i64) -> (String, String) {
        let why = self.fired(lead).first().map(|firing| firing.given.why.clone()).unwrap_or_default();
        (self.shown(lead, "owner"), why)
    }
}

/// The newest firing that an answer tells.
pub fn newest(answer: &WhyAnswer) -> &Fired {
    let fired = answer.steps.iter().find_map(|step| if let Step::Rules(fired) = step { Some(fired) } else { None });
    fired.expect("a firing")
}

/// Away today, with somebody who stands in.
pub fn away(deputy: Option<i64>) -> Work {
    // Mon 23 Nov 2026
    let today = 20_780;
    Work { absence: Some(Absence { from: today - 1, until: today + 5, deputy }), ..Work::default() }
}

/// Somebody who can hold so many.
pub fn holds(capacity: i64) -> Work {
    Work { capacity: Some(capacity), ..Work::default() }
}

/// A task of a rule.
pub fn task(text: &str, due: &str) -> Option<FollowUp> {
    Some(FollowUp { text: text.into(), due: due.into() })
}

/// Leads are shared among people whom they suit.
pub fn suited(when: &str, among: &[i64], matching: &[Match]) -> Rule {
    let assign = Assign::Share { how: How::RoundRobin, among: among.to_vec(), matching: matching.to_vec() };
    Rule { assign: Some(assign), ..rule(when) }
}
