//! What rules do, in words, as lists and logs show them. Reads no filter.

use super::{Assign, How, Match, Rule, Trigger};
use crate::model::people::People;
use crate::model::value::Owner;

impl Rule {
    /// What it does with a lead: `to bo · rating=hot · #expo · task “Call” +2h`.
    pub fn does(&self, people: &People) -> String {
        let mut parts: Vec<String> = self.assign.iter().map(|way| way.words(people, self.unit)).collect();
        parts.extend(self.set.iter().map(|one| format!("{}={}", one.field, one.value)));
        parts.extend(self.tags.iter().map(|tag| format!("#{tag}")));
        parts.extend(self.task.iter().map(|task| format!("task “{}” {}", task.text, task.due)));
        if parts.is_empty() { "nothing yet".into() } else { parts.join(" · ") }
    }

    /// When it is asked: `when a lead is created or imported`.
    pub fn asked(&self) -> String {
        let words: Vec<String> = self.on.iter().map(Trigger::words).collect();
        match words.split_last() {
            None => "never".into(),
            Some((one, [])) => one.clone(),
            Some((last, first)) => format!("{} or {last}", first.join(", ")),
        }
    }

    /// That it is asked of no lead that comes in or is routed, and what it waits for instead; none where it is.
    pub fn waits(&self) -> Option<String> {
        let comes = |trigger: &Trigger| matches!(trigger, Trigger::Created | Trigger::Imported | Trigger::ByHand);
        (!self.on.iter().any(comes)).then(|| format!("asked only when a lead is {}", self.asked()))
    }
}

impl Trigger {
    /// What it waits for, behind “asked when a lead is …”.
    pub fn words(&self) -> String {
        match self {
            Self::Created => "created".into(),
            Self::Imported => "imported".into(),
            Self::Updated(fields) if fields.is_empty() => "changed".into(),
            Self::Updated(fields) => format!("changed in {}", fields.join(" or ").replace('_', " ")),
            Self::Reopened => "reopened".into(),
            Self::Idle(1) => "left alone for a day".into(),
            Self::Idle(days) => format!("left alone for {days} days"),
            Self::ByHand => "routed by hand".into(),
        }
    }
}

impl Assign {
    /// Who gets the lead, in words: `to bo`, `round robin among team:North, by region`; `unit` is that of the rule.
    pub fn words(&self, people: &People, unit: Option<i64>) -> String {
        let everybody = match unit.and_then(|unit| people.unit(unit)) {
            Some(unit) => format!("everybody of {} and below who takes leads", unit.name),
            None => "everybody who takes leads".into(),
        };
        let name = |code: &i64| Owner::of_code(*code).map_or_else(|| "nobody".to_owned(), |owner| people.show(owner));
        match self {
            Self::To(code) => format!("to {}", name(code)),
            Self::Queue(team) => format!("to the queue of {}", people.team(*team).map_or("a team", |team| team.name.as_str())),
            Self::Share { how, among, matching } => {
                let among: Vec<String> = among.iter().map(name).collect();
                let among = if among.is_empty() { everybody } else { among.join(", ") };
                let how = match how {
                    How::RoundRobin => "round robin among",
                    How::LeastLoaded => "to the least loaded of",
                };
                let by: Vec<&str> = matching.iter().map(|one| Match::name(*one)).collect();
                let by = if by.is_empty() { String::new() } else { format!(", by {}", by.join(" and ")) };
                format!("{how} {among}{by}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Body, Definition, FollowUp};
    use super::*;
    use crate::model::people::{Role, Team, UnitKind, User};

    #[test]
    fn a_rule_is_told_in_words() {
        let people = People {
            users: vec![User::new(2, "bo", "Bo", Role::Seller)],
            teams: vec![Team { number: 1, name: "North".into(), unit: 1, members: vec![2], queue: true }],
            units: Vec::new(),
        };
        let Body::Rule(mut rule) = Definition::rule().body else { panic!("a rule") };
        assert_eq!((rule.does(&people).as_str(), rule.asked().as_str()), ("nothing yet", "created, imported or routed by hand"));
        rule.assign = Some(Assign::Share { how: How::RoundRobin, among: vec![2, -1], matching: vec![Match::Region] });
        rule.tags = vec!["expo".into()];
        rule.task = Some(FollowUp { text: "Call".into(), due: "+2h".into() });
        rule.on = vec![Trigger::Updated(vec!["rating".into(), "source".into()]), Trigger::Idle(30), Trigger::ByHand];
        assert_eq!(rule.does(&people), "round robin among bo, team:North, by region · #expo · task “Call” +2h");
        assert_eq!(rule.asked(), "changed in rating or source, left alone for 30 days or routed by hand");
        assert_eq!(Assign::Queue(1).words(&people, None), "to the queue of North");
        assert_eq!(Assign::To(-1).words(&people, None), "to team:North");
        assert_eq!(rule.waits(), None);
        rule.on.pop();
        let waits = "asked only when a lead is changed in rating or source or left alone for 30 days";
        assert_eq!(rule.waits().as_deref(), Some(waits));
        let unit = crate::model::people::Unit { number: 4, ..crate::model::people::Unit::new("Dubai", None, UnitKind::Internal) };
        let people = People { units: vec![unit], ..people };
        let share = Assign::Share { how: How::LeastLoaded, among: Vec::new(), matching: Vec::new() };
        assert_eq!(share.words(&people, Some(4)), "to the least loaded of everybody of Dubai and below who takes leads");
        assert_eq!(share.words(&people, None), "to the least loaded of everybody who takes leads");
    }
}
