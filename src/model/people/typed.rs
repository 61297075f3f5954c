//! Users, teams and units as people type them, a field at a time: what the command line takes behind `FIELD=` and what forms show.
//! Writes nothing; whether the whole can be meant is checked where it is written.

use super::{Absence, Hours, People, Role, Team, Unit, UnitKind, User};
use crate::model::dates::{parse_date, parse_period};
use crate::model::entity::{Entity, RecordName};
use crate::model::field::read::Reading;
use crate::model::nearest::nearest;
use crate::model::zone;

/// A field of a user, a team or a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The name behind which it is typed.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// How it is written.
    pub help: &'static str,
}

/// A field of a table.
pub const fn typed(name: &'static str, label: &'static str, help: &'static str) -> Typed {
    Typed { name, label, help }
}

/// The fields of a user.
pub const USER: &[Typed] = &[
    typed("login", "Login", "one word"),
    typed("name", "Name", "first and last name"),
    typed("role", "Role", "admin, manager, seller or read-only"),
    typed("unit", "Business Unit", "the name of a unit"),
    typed("active", "Active", "yes or no"),
    typed("takes_leads", "Takes Leads", "yes or no: whether rules may give them leads"),
    typed("capacity", "Capacity", "how many open leads and opportunities they can hold; empty for any number"),
    typed("languages", "Languages", "as de, fr"),
    typed("regions", "Regions", "countries, states or provinces, as Norway, Bavaria"),
    typed("hours", "Working Hours", "as mon-fri 9:00-17:00"),
    typed("away", "Away", "as 20 Dec..6 Jan, this-week or today; empty when they are here"),
    typed("deputy", "Deputy", "who gets their new leads while they are away"),
];

/// The fields of a team.
pub const TEAM: &[Typed] = &[
    typed("name", "Name", "without commas and colons"),
    typed("unit", "Business Unit", "the name of a unit"),
    typed("members", "Members", "logins, as ana, bo"),
    typed("queue", "Queue", "yes or no: whether its members take its leads one by one"),
];

/// The fields of a business unit.
pub const UNIT: &[Typed] = &[
    typed("name", "Name", "without commas and colons"),
    typed("parent", "Part Of", "the unit above"),
    typed("kind", "Kind", "internal or channel-partner"),
    typed("contact", "Contact", "of a channel partner: a contact, as C-12"),
];

/// The field of a table that people call `name`; the error names the nearest.
pub fn find(table: &'static [Typed], name: &str) -> Result<&'static Typed, String> {
    let wanted = name.trim().to_lowercase().replace(['-', ' '], "_");
    table.iter().find(|field| field.name == wanted || field.label.to_lowercase().replace(' ', "_") == wanted).ok_or_else(|| {
        let names: Vec<&str> = table.iter().map(|field| field.name).collect();
        match nearest(&wanted, names.iter().copied()) {
            Some(near) => format!("there is no field “{name}”; did you mean {near}?"),
            None => format!("there is no field “{name}”; there are {}", names.join(", ")),
        }
    })
}

pub(in crate::model) fn listed(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

pub(in crate::model) fn flag(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "on" => Ok(true),
        "no" | "n" | "false" | "0" | "off" | "" => Ok(false),
        other => Err(format!("“{other}” is neither yes nor no")),
    }
}

pub(in crate::model) fn unit(people: &People, text: &str) -> Result<i64, String> {
    people.find_unit(text).map(|unit| unit.number).ok_or_else(|| {
        let names: Vec<&str> = people.units.iter().map(|unit| unit.name.as_str()).collect();
        format!("there is no business unit “{}”; there are {}", text.trim(), names.join(", "))
    })
}

/// The first logins of those who can act.
fn logins(people: &People) -> String {
    let logins = people.users.iter().filter(|user| user.active).map(|user| user.login.as_str());
    logins.take(5).collect::<Vec<_>>().join(", ")
}

fn user(people: &People, text: &str) -> Result<i64, String> {
    let found = people.find_user(text).map(|user| user.number);
    found.ok_or_else(|| format!("there is no user “{}”; a user is typed by login, as {}", text.trim(), logins(people)))
}

pub(in crate::model) const fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn login(people: &People, number: i64) -> String {
    people.user(number).map_or_else(String::new, |user| user.login.clone())
}

pub(in crate::model) fn unit_name(people: &People, number: i64) -> String {
    people.unit(number).map_or_else(String::new, |unit| unit.name.clone())
}

/// Days as they are typed, `20 Dec..6 Jan`, `this-week` or one day; the error says how they are written.
fn days(text: &str, reading: &Reading<'_>) -> Result<(i64, i64), String> {
    let today = zone::date(reading.today());
    if let Some((from, until)) = text.split_once("..") {
        let from = parse_date(from.trim(), today, reading.locale).map_err(|e| e.to_string())?;
        let until = parse_date(until.trim(), from, reading.locale).map_err(|e| e.to_string())?;
        return Ok((zone::days(from).into(), zone::days(until).into()));
    }
    let period = parse_period(text, today, reading.locale).map_err(|e| e.to_string())?;
    Ok((zone::days(period.start).into(), i64::from(zone::days(period.end_exclusive)) - 1))
}

impl User {
    /// A field as [`Self::put`] reads it.
    pub fn shown(&self, field: &str, people: &People) -> String {
        match field {
            "login" => self.login.clone(),
            "name" => self.name.clone(),
            "role" => self.role.name().into(),
            "unit" => unit_name(people, self.unit),
            "active" => yes(self.active).into(),
            "takes_leads" => yes(self.work.takes_leads).into(),
            "capacity" => self.work.capacity.map_or_else(String::new, |n| n.to_string()),
            "languages" => self.work.languages.join(", "),
            "regions" => self.work.regions.join(", "),
            "hours" => self.work.hours.show(),
            "away" => self.work.absence.map_or_else(String::new, |away| {
                let day = |day: i64| zone::date(i32::try_from(day).unwrap_or_default()).to_string();
                format!("{}..{}", day(away.from), day(away.until))
            }),
            "deputy" => self.work.absence.and_then(|away| away.deputy).map_or_else(String::new, |n| login(people, n)),
            _ => String::new(),
        }
    }

    /// Writes a field as it is typed. The error says what is wrong with the text.
    pub fn put(&mut self, field: &str, text: &str, people: &People, reading: &Reading<'_>) -> Result<(), String> {
        let text = text.trim();
        match find(USER, field)?.name {
            "login" => text.clone_into(&mut self.login),
            "name" => text.clone_into(&mut self.name),
            "role" => {
                let roles: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
                self.role = Role::of_name(text).ok_or_else(|| format!("“{text}” is no role; it can be {}", roles.join(", ")))?;
            }
            "unit" => self.unit = unit(people, text)?,
            "active" => self.active = flag(text)?,
            "takes_leads" => self.work.takes_leads = flag(text)?,
            "capacity" if text.is_empty() => self.work.capacity = None,
            "capacity" => {
                let number = text.parse().map_err(|_| format!("“{text}” is no whole number"))?;
                self.work.capacity = Some(number);
            }
            "languages" => self.work.languages = listed(text),
            "regions" => self.work.regions = listed(text),
            "hours" if text.is_empty() => self.work.hours = Hours::default(),
            "hours" => self.work.hours = Hours::parse(text)?,
            "away" if text.is_empty() => self.work.absence = None,
            "away" => {
                let (from, until) = days(text, reading)?;
                let deputy = self.work.absence.and_then(|away| away.deputy);
                self.work.absence = Some(Absence { from, until, deputy });
            }
            _ => {
                let deputy = if text.is_empty() { None } else { Some(user(people, text)?) };
                match (&mut self.work.absence, deputy) {
                    (Some(away), _) => away.deputy = deputy,
                    (None, None) => {}
                    (None, Some(_)) => {
                        return Err("somebody stands in for who is away: say when first, away=20 Dec..6 Jan".into());
                    }
                }
            }
        }
        Ok(())
    }
}

impl Team {
    /// A field as [`Self::put`] reads it.
    pub fn shown(&self, field: &str, people: &People) -> String {
        match field {
            "name" => self.name.clone(),
            "unit" => unit_name(people, self.unit),
            "members" => self.members.iter().map(|n| login(people, *n)).collect::<Vec<_>>().join(", "),
            "queue" => yes(self.queue).into(),
            _ => String::new(),
        }
    }

    /// Writes a field as it is typed. The error says what is wrong with the text.
    pub fn put(&mut self, field: &str, text: &str, people: &People) -> Result<(), String> {
        match find(TEAM, field)?.name {
            "name" => text.trim().clone_into(&mut self.name),
            "unit" => self.unit = unit(people, text)?,
            "members" => self.members = listed(text).iter().map(|login| user(people, login)).collect::<Result<_, _>>()?,
            _ => self.queue = flag(text)?,
        }
        Ok(())
    }
}

impl Unit {
    /// A unit of no number yet, below another one.
    pub fn new(name: impl Into<String>, parent: Option<i64>, kind: UnitKind) -> Self {
        Self { number: 0, name: name.into(), parent, kind, partner: None, contact: None }
    }

    /// A field as [`Self::put`] reads it.
    pub fn shown(&self, field: &str, people: &People) -> String {
        match field {
            "name" => self.name.clone(),
            "parent" => self.parent.map_or_else(String::new, |n| unit_name(people, n)),
            "kind" => self.kind.name().into(),
            "contact" => self.contact.map_or_else(String::new, |n| Entity::Contact.numbered(n).to_string()),
            _ => String::new(),
        }
    }

    /// Writes a field as it is typed. The error says what is wrong with the text.
    pub fn put(&mut self, field: &str, text: &str, people: &People) -> Result<(), String> {
        let text = text.trim();
        match find(UNIT, field)?.name {
            "name" => text.clone_into(&mut self.name),
            "parent" => self.parent = if text.is_empty() { None } else { Some(unit(people, text)?) },
            "kind" => {
                let wrong = || format!("“{text}” is no kind of unit; it can be internal or channel-partner");
                self.kind = UnitKind::of_name(&text.to_lowercase()).ok_or_else(wrong)?;
            }
            _ if text.is_empty() => self.contact = None,
            _ => match RecordName::parse_as(text, Entity::Contact) {
                Some(key) if key.entity == Entity::Contact => self.contact = Some(key.number),
                _ => return Err(format!("“{text}” is no contact; write it as C-12")),
            },
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;
    use crate::model::locale::Locale;
    use crate::model::zone::Zone;

    #[test]
    fn what_is_typed_is_shown_so_that_it_can_be_typed_again() {
        let mut catalog = Catalog::shipped();
        catalog.people.units = vec![Unit { number: 1, ..Unit::new("North", None, UnitKind::Internal) }];
        catalog.people.users = vec![User::new(1, "ana", "Ana", Role::Admin), User::new(2, "bo", "Bo", Role::Seller)];
        let (people, locale) = (catalog.people.clone(), Locale::of("US"));
        // Monday 23 November 2026
        let now = 1_795_428_000_000_000;
        let reading = Reading { entity: Entity::Lead, catalog: &catalog, locale: &locale, zone: Zone::Utc, now, me: 1 };
        let mut bo = people.users[1].clone();
        for (field, text, shown) in [
            ("role", "Manager", "manager"),
            ("capacity", "20", "20"),
            ("languages", "de,fr ", "de, fr"),
            ("hours", "mon-thu 8-16", "mon-thu 8:00-16:00"),
            ("away", "20 Dec..6 Jan", "2026-12-20..2027-01-06"),
            ("deputy", "ana", "ana"),
            ("takes-leads", "no", "no"),
            ("unit", "north", "North"),
        ] {
            bo.put(field, text, &people, &reading).unwrap_or_else(|e| panic!("{field}: {e}"));
            let name = find(USER, field).expect("a field").name;
            assert_eq!(bo.shown(name, &people), shown);
            let again = bo.clone();
            bo.put(field, shown, &people, &reading).unwrap_or_else(|e| panic!("{field}: {e}"));
            assert_eq!(bo, again, "{field}");
        }
        for (field, text) in
            [("role", "boss"), ("capacity", "many"), ("unit", "South"), ("colour", "red"), ("away", "never"), ("deputy", "zoe")]
        {
            assert!(bo.put(field, text, &people, &reading).is_err(), "{field}={text}");
        }
    }
}
