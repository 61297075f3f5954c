//! Table: the rules, points and targets of the sample data. Decides nothing about a lead.

use crate::error::Result;
use crate::model::catalog::Catalog;
use crate::model::definition::{Assign, Body, Definition, FollowUp, How, Rule, ScoreRule, Target, Trigger};
use crate::model::value::Owner;
use crate::store::{Db, definition};

/// A rule: name, channel partner whose it is, condition, among whom its leads are shared, tags, what is to be done at once.
type Routed = (&'static str, &'static str, &'static str, &'static [&'static str], &'static [&'static str], &'static str);

const RULES: &[Routed] = &[
    ("Nordic Partners", "Nordic Partners", "", &["team:Nordics"], &["partner"], ""),
    (
        "Hot from a fair",
        "",
        "source:trade-show,seminar rating:hot",
        &["team:Inside Sales"],
        &["priority"],
        "Call while they remember us",
    ),
    ("Nordics", "", "country:se,no,dk,fi", &["team:Nordics"], &[], ""),
    ("French and Southern", "", "country:fr,it,es,pt", &["team:South"], &[], ""),
];

/// Points: name, how many, condition.
const POINTS: &[(&str, i64, &str)] = &[
    ("Hot", 25, "rating:hot"),
    ("Recommended to us", 15, "source:external-referral,employee-referral"),
    ("Worth a visit", 15, "value>20k"),
    ("Decides soon", 15, "closes<+45d"),
    ("Talked to lately", 10, "has:contact<30d"),
    ("Can be called", 10, "has:phone"),
    ("A company", 10, "has:company"),
    ("Cold", -15, "rating:cold"),
    ("Silent for long", -20, "no:contact>120d created<-120d"),
];

/// What is to be won in each month: by the person at the keyboard, and by all.
const TARGETS: [(&str, bool, i64); 2] = [("My month", true, 40_000), ("Our month", false, 250_000)];

/// Writes them; `me` is the person at the keyboard.
pub(super) fn write(db: &Db, catalog: &Catalog, me: i64) -> Result<()> {
    for (place, (name, partner, when, among, tags, task)) in (1..).zip(RULES) {
        let among = among.iter().filter_map(|owner| catalog.people.find_owner(owner)).map(Owner::code).collect();
        let rule = Rule {
            active: true,
            unit: catalog.people.find_unit(partner).map(|unit| unit.number),
            on: vec![Trigger::Created, Trigger::Imported, Trigger::ByHand],
            when: (*when).to_owned(),
            assign: Some(Assign::Share { how: How::RoundRobin, among, matching: Vec::new() }),
            set: Vec::new(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            task: (!task.is_empty()).then(|| FollowUp { text: (*task).to_owned(), due: "+2h".into() }),
        };
        put(db, name, place, Body::Rule(rule))?;
    }
    for (place, (name, points, when)) in (1..).zip(POINTS) {
        put(db, name, place, Body::ScoreRule(ScoreRule { points: *points, when: (*when).to_owned(), active: true }))?;
    }
    for (place, (name, mine, amount)) in (1..).zip(TARGETS) {
        let of = mine.then_some(me);
        let target = Target { of, month: None, amount: amount * 10_000, currency: "EUR".into() };
        put(db, name, place, Body::Target(target))?;
    }
    Ok(())
}

fn put(db: &Db, name: &str, place: i64, body: Body) -> Result<()> {
    let number = definition::take_number(db)?;
    definition::put(db, &Definition { number, name: name.to_owned(), place, owner: None, body })
}
