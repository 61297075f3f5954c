//! Rules, points and targets as people type them, a field at a time: what forms show and commands take behind `FIELD=`. Writes
//! nothing; whether the whole can be meant is checked where it is written.

use super::{Assign, Body, Definition, FollowUp, How, Match, Rule, ScoreRule, Setting, Target, Trigger};
use crate::model::field::read::Reading;
use crate::model::locale::Locale;
use crate::model::money::{self, Money};
use crate::model::people::People;
use crate::model::people::typed::{Typed, flag, listed, typed, unit, unit_name, yes};
use crate::model::value::Owner;

/// The fields of a rule.
pub const RULE: &[Typed] = &[
    typed("name", "Name", "what the rule is called"),
    typed("unit", "Whose", "a business unit or channel partner; empty for a general rule"),
    typed("active", "Active", "yes or no"),
    typed("on", "Asked On", "created, imported, updated:rating+source, reopened, idle:30d, by-hand"),
    typed("when", "When", "a filter over leads; empty for every lead"),
    typed("assign", "Assign To", "a login, or team:North; empty where another way is chosen below, or the lead stays"),
    typed("share", "Share", "round-robin or least-loaded: among several people"),
    typed("among", "Among", "logins and teams; empty for everybody of the unit who takes leads"),
    typed("match", "Match", "region, language: what of a person must suit the lead"),
    typed("queue", "Queue", "a team that takes its leads one by one"),
    typed("set", "Set", "fields that are written, as rating=hot, source=web"),
    typed("tags", "Tags", "tags that are added, as expo, vip"),
    typed("task", "Task", "what the new owner is to do"),
    typed("due", "Due", "when, as +2h or tomorrow 9:00"),
];

/// The fields of a rule of points.
pub const SCORE: &[Typed] = &[
    typed("name", "Name", "what the points are for"),
    typed("active", "Active", "yes or no"),
    typed("points", "Points", "as +20 or -10"),
    typed("when", "When", "a filter over leads"),
];

/// The fields of a target.
pub const TARGET: &[Typed] = &[
    typed("name", "Name", "what the target is called"),
    typed("of", "Of", "a login, or team:North; empty for all together"),
    typed("month", "Month", "as 2026-11; empty for every month that has none of its own"),
    typed("amount", "Amount", "what is to be won, as 40k EUR"),
];

/// When a task of a rule is due where nobody said so.
const DUE: &str = "tomorrow 9:00";

impl Definition {
    /// A rule that is asked when a lead is entered, imported or routed by hand, of no number yet.
    pub fn rule() -> Self {
        let rule = Rule {
            active: true,
            unit: None,
            on: vec![Trigger::Created, Trigger::Imported, Trigger::ByHand],
            when: String::new(),
            assign: None,
            set: Vec::new(),
            tags: Vec::new(),
            task: None,
        };
        Self { number: 0, name: String::new(), place: 0, owner: None, body: Body::Rule(rule) }
    }

    /// A rule of points, of no number yet.
    pub fn score_rule() -> Self {
        let rule = ScoreRule { points: 10, when: String::new(), active: true };
        Self { number: 0, name: String::new(), place: 0, owner: None, body: Body::ScoreRule(rule) }
    }

    /// A target of all together, of no number yet.
    pub fn target(currency: &str) -> Self {
        let target = Target { of: None, month: None, amount: 0, currency: currency.into() };
        Self { number: 0, name: String::new(), place: 0, owner: None, body: Body::Target(target) }
    }

    /// The fields that are typed; those of a view are typed where it is saved.
    pub const fn typed(&self) -> &'static [Typed] {
        match &self.body {
            Body::Rule(_) => RULE,
            Body::ScoreRule(_) => SCORE,
            Body::Target(_) => TARGET,
            Body::View(_) => &[],
        }
    }

    /// A field as [`Self::put`] reads it.
    pub fn shown(&self, field: &str, people: &People, locale: &Locale) -> String {
        match (field, &self.body) {
            ("name", _) => self.name.clone(),
            (_, Body::Rule(rule)) => rule.shown(field, people),
            ("active", Body::ScoreRule(rule)) => yes(rule.active).into(),
            ("points", Body::ScoreRule(rule)) => format!("{:+}", rule.points),
            ("when", Body::ScoreRule(rule)) => rule.when.clone(),
            ("of", Body::Target(target)) => target.of.map_or_else(String::new, |code| owner_name(code, people)),
            ("month", Body::Target(target)) => target.month.clone().unwrap_or_default(),
            ("amount", Body::Target(target)) if target.amount == 0 => String::new(),
            ("amount", Body::Target(target)) => money::show(target.amount, &target.currency, locale),
            _ => String::new(),
        }
    }

    /// Writes a field as it is typed. The error says what is wrong with the text.
    pub fn put(&mut self, field: &str, text: &str, people: &People, reading: &Reading<'_>) -> Result<(), String> {
        let text = text.trim();
        match (field, &mut self.body) {
            ("name", _) => text.clone_into(&mut self.name),
            (_, Body::Rule(rule)) => rule.put(field, text, people)?,
            ("active", Body::ScoreRule(rule)) => rule.active = flag(text)?,
            ("points", Body::ScoreRule(rule)) => {
                let digits = text.trim_start_matches('+');
                rule.points =
                    digits.parse().map_err(|_| format!("“{text}” is no whole number; points are typed as +20 or -10"))?;
            }
            ("when", Body::ScoreRule(rule)) => rule.when = one_line(text),
            ("of", Body::Target(target)) => target.of = if text.is_empty() { None } else { Some(owner(people, text)?) },
            ("month", Body::Target(target)) => target.month = Some(text.to_owned()).filter(|text| !text.is_empty()),
            ("amount", Body::Target(target)) => {
                let money = Money::parse(text, reading.locale).map_err(|e| e.to_string())?;
                target.amount = money.amount;
                target.currency = money.currency.map_or_else(|| reading.locale.currency.clone(), str::to_owned);
            }
            _ => return Err(format!("there is no field “{field}”")),
        }
        Ok(())
    }
}

/// A filter as it is kept: what was broken into lines while it was typed is one.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn owner_name(code: i64, people: &People) -> String {
    Owner::of_code(code).map_or_else(String::new, |owner| people.show(owner))
}

fn owner(people: &People, text: &str) -> Result<i64, String> {
    let found = people.find_owner(text).map(Owner::code);
    found.ok_or_else(|| format!("there is no user or team “{}”; a user is typed by login, a team as team:North", text.trim()))
}

impl Rule {
    fn shown(&self, field: &str, people: &People) -> String {
        let joined = |parts: Vec<String>| parts.join(", ");
        match (field, &self.assign) {
            ("unit", _) => self.unit.map_or_else(String::new, |n| unit_name(people, n)),
            ("active", _) => yes(self.active).into(),
            ("on", _) => joined(self.on.iter().map(Trigger::to_string).collect()),
            ("when", _) => self.when.clone(),
            ("assign", Some(Assign::To(code))) => owner_name(*code, people),
            ("share", Some(Assign::Share { how, .. })) => how.name().into(),
            ("among", Some(Assign::Share { among, .. })) => joined(among.iter().map(|code| owner_name(*code, people)).collect()),
            ("match", Some(Assign::Share { matching, .. })) => joined(matching.iter().map(|one| one.name().into()).collect()),
            ("queue", Some(Assign::Queue(team))) => people.team(*team).map_or_else(String::new, |team| team.name.clone()),
            ("set", _) => joined(self.set.iter().map(|one| format!("{}={}", one.field, one.value)).collect()),
            ("tags", _) => joined(self.tags.clone()),
            ("task", _) => self.task.as_ref().map_or_else(String::new, |task| task.text.clone()),
            ("due", _) => self.task.as_ref().map_or_else(String::new, |task| task.due.clone()),
            _ => String::new(),
        }
    }

    fn put(&mut self, field: &str, text: &str, people: &People) -> Result<(), String> {
        match field {
            "unit" => self.unit = if text.is_empty() { None } else { Some(unit(people, text)?) },
            "active" => self.active = flag(text)?,
            "on" => self.on = listed(text).iter().map(|one| one.parse()).collect::<Result<_, _>>()?,
            "when" => self.when = one_line(text),
            "assign" | "share" | "among" | "match" | "queue" => self.put_way(field, text, people)?,
            "set" => self.set = settings(text)?,
            "tags" => {
                let tags =
                    text.split([',', ' ']).map(|tag| tag.trim().trim_start_matches(['#', '+'])).filter(|tag| !tag.is_empty());
                self.tags = tags.map(str::to_owned).collect();
            }
            "task" if text.is_empty() => self.task = None,
            "task" => {
                let due = self.task.take().map_or_else(|| DUE.into(), |task| task.due);
                self.task = Some(FollowUp { text: text.into(), due });
            }
            "due" => match &mut self.task {
                Some(task) => task.due = if text.is_empty() { DUE.into() } else { text.into() },
                None if text.is_empty() => {}
                None => return Err("goes with a task: say what is to be done".into()),
            },
            _ => return Err(format!("there is no field “{field}”")),
        }
        Ok(())
    }

    /// The ways in which a lead goes to somebody: one of them, and the last that is typed.
    fn put_way(&mut self, field: &str, text: &str, people: &People) -> Result<(), String> {
        match (field, text) {
            ("assign", "") => drop(self.assign.take_if(|way| matches!(way, Assign::To(_)))),
            ("assign", _) => self.assign = Some(Assign::To(owner(people, text)?)),
            ("queue", "") => drop(self.assign.take_if(|way| matches!(way, Assign::Queue(_)))),
            ("queue", _) => {
                let name = text.trim_start_matches("team:");
                let team = people.find_team(name).ok_or_else(|| format!("there is no team “{name}”"))?;
                self.assign = Some(Assign::Queue(team.number));
            }
            ("share", "") => drop(self.assign.take_if(|way| matches!(way, Assign::Share { .. }))),
            ("share", _) => {
                let how = How::of_name(text)
                    .ok_or_else(|| format!("“{text}” is no way to share; it can be round-robin or least-loaded"))?;
                self.assign = Some(match self.assign.take() {
                    Some(Assign::Share { among, matching, .. }) => Assign::Share { how, among, matching },
                    _ => Assign::Share { how, among: Vec::new(), matching: Vec::new() },
                });
            }
            _ => match &mut self.assign {
                Some(Assign::Share { among, .. }) if field == "among" => {
                    *among = listed(text).iter().map(|one| owner(people, one)).collect::<Result<_, _>>()?;
                }
                Some(Assign::Share { matching, .. }) => {
                    let wrong = |one: &String| format!("“{one}” is nothing that can suit a lead; it can be region or language");
                    let found = listed(text).into_iter().map(|one| Match::of_name(&one).ok_or_else(|| wrong(&one)));
                    *matching = found.collect::<Result<_, _>>()?;
                }
                _ if text.is_empty() => {}
                _ => return Err("goes with Share: say round-robin or least-loaded there".into()),
            },
        }
        Ok(())
    }
}

/// `rating=hot, source=web`; a comma that no field follows belongs to the value before it.
fn settings(text: &str) -> Result<Vec<Setting>, String> {
    let mut found: Vec<Setting> = Vec::new();
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        match (part.split_once('='), found.last_mut()) {
            (Some((field, value)), _) => {
                let field = field.trim().to_lowercase().replace(['-', ' '], "_");
                found.push(Setting { field, value: value.trim().to_owned() });
            }
            (None, Some(last)) => last.value = format!("{}, {}", last.value, part.trim()),
            (None, None) => return Err(format!("“{}” sets nothing; write it as rating=hot", part.trim())),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;
    use crate::model::entity::Entity;
    use crate::model::people::{Role, Team, Unit, UnitKind, User};
    use crate::model::zone::Zone;

    fn put_all(definition: &mut Definition, texts: &[(&str, &str)]) -> Result<(), String> {
        let mut catalog = Catalog::shipped();
        catalog.people.users = vec![User::new(1, "ana", "Ana", Role::Admin), User::new(2, "bo", "Bo", Role::Seller)];
        catalog.people.teams = vec![Team { number: 1, name: "North".into(), unit: 1, members: vec![2], queue: true }];
        catalog.people.units = vec![Unit { number: 1, ..Unit::new("Nordics", None, UnitKind::Internal) }];
        let (people, locale) = (catalog.people.clone(), Locale::of("US"));
        let reading = Reading { entity: Entity::Lead, catalog: &catalog, locale: &locale, zone: Zone::Utc, now: 0, me: 1 };
        for (field, text) in texts {
            definition.put(field, text, &people, &reading)?;
            // what is shown is typed again
            let again = definition.clone();
            definition.put(field, &again.shown(field, &people, &locale), &people, &reading)?;
            assert_eq!(*definition, again, "{field}={text}");
        }
        Ok(())
    }

    #[test]
    fn a_rule_is_typed_field_by_field() {
        let mut rule = Definition::rule();
        let texts = [
            ("name", "Expo"),
            ("unit", "nordics"),
            ("on", "created, updated:rating+source"),
            ("when", "source:web\n tag:expo"),
            ("share", "least-loaded"),
            ("among", "bo, team:North"),
            ("match", "region, language"),
            ("set", "rating=hot, topic=a, b"),
            ("tags", "#expo vip"),
            ("task", "Call"),
            ("due", "+2h"),
        ];
        assert_eq!(put_all(&mut rule, &texts), Ok(()));
        let Body::Rule(rule) = &rule.body else { panic!("a rule") };
        let share = Assign::Share { how: How::LeastLoaded, among: vec![2, -1], matching: vec![Match::Region, Match::Language] };
        assert_eq!(rule.assign, Some(share));
        assert_eq!(rule.when, "source:web tag:expo");
        assert_eq!(rule.set.last().map(|one| one.value.as_str()), Some("a, b"));
        assert_eq!(rule.tags, ["expo", "vip"]);
    }

    #[test]
    fn the_way_that_is_typed_last_is_the_one() {
        let mut rule = Definition::rule();
        assert_eq!(put_all(&mut rule, &[("assign", "bo"), ("queue", "North"), ("assign", "")]), Ok(()));
        let Body::Rule(held) = &rule.body else { panic!("a rule") };
        assert_eq!(held.assign, Some(Assign::Queue(1)));
        assert_eq!(put_all(&mut rule, &[("queue", "")]), Ok(()));
        let Body::Rule(held) = &rule.body else { panic!("a rule") };
        assert_eq!(held.assign, None);
    }

    #[test]
    fn points_and_targets_are_typed_too() {
        let mut points = Definition::score_rule();
        assert_eq!(put_all(&mut points, &[("name", "Budget"), ("points", "+20"), ("active", "no")]), Ok(()));
        assert!(matches!(points.body, Body::ScoreRule(ScoreRule { points: 20, active: false, .. })));
        let mut target = Definition::target("USD");
        assert_eq!(put_all(&mut target, &[("of", "team:North"), ("month", "2026-11"), ("amount", "40k EUR")]), Ok(()));
        assert!(matches!(&target.body, Body::Target(target) if target.of == Some(-1) && target.amount == 400_000_000));
    }

    #[test]
    fn mistakes_say_what_would_be_right() {
        for (field, text, part) in [
            ("unit", "South", "Nordics"),
            ("on", "made", "created"),
            ("assign", "zoe", "login"),
            ("share", "fairly", "round-robin"),
            ("among", "bo", "goes with Share"),
            ("set", "hot", "rating=hot"),
            ("due", "+2h", "task"),
            ("queue", "South", "no team"),
        ] {
            let wrong = put_all(&mut Definition::rule(), &[(field, text)]).expect_err(field);
            assert!(wrong.contains(part), "{field}={text}: {wrong}");
        }
    }
}
