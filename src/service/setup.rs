//! How users, teams, units and definitions are written: each is one row that is logged whole, as it was and as it is, and taken back
//! whole. Checks no rights, and of what a row says only what must hold of every write.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Problem, Result};
use crate::model::catalog::Catalog;
use crate::model::choice::Set;
use crate::model::definition::Definition;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::read::Reading;
use crate::model::people::{Team, Unit, User};
use crate::model::value::Owner;
use crate::query::parse;
use crate::service::act::Tx;
use crate::service::definition::is_taken;
use crate::service::people::{check, named};
use crate::service::spelling;
use crate::service::undo::Direction;
use crate::store::log::{Change, ChangeKind};
use crate::store::{self, Db, people};

/// How the log names what a row is.
pub const FIELD: &str = "row";

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Row {
    /// A user.
    User(User),
    /// A team.
    Team(Team),
    /// A business unit.
    Unit(Unit),
    /// A definition.
    Definition(Definition),
}

impl Row {
    /// Which row it is.
    pub const fn key(&self) -> RecordId {
        match self {
            Self::User(user) => Entity::User.numbered(user.number),
            Self::Team(team) => Entity::Team.numbered(team.number),
            Self::Unit(unit) => Entity::Unit.numbered(unit.number),
            Self::Definition(definition) => Entity::Definition.numbered(definition.number),
        }
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) => &user.login,
            Self::Team(team) => &team.name,
            Self::Unit(unit) => &unit.name,
            Self::Definition(definition) => &definition.name,
        }
    }

    /// The names by which filters call it; those of definitions stand in none.
    fn called(&self) -> [&str; 2] {
        match self {
            Self::User(user) => [&user.login, &user.name],
            Self::Team(team) => [&team.name, ""],
            Self::Unit(unit) => [&unit.name, ""],
            Self::Definition(_) => ["", ""],
        }
    }

    fn to_log(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|e| Error::Internal(e.to_string()))
    }

    /// What the log holds of a row of a kind.
    pub fn of_log(entity: Entity, text: &str) -> Result<Self> {
        let read = match entity {
            Entity::User => serde_json::from_str(text).map(Self::User),
            Entity::Team => serde_json::from_str(text).map(Self::Team),
            Entity::Unit => serde_json::from_str(text).map(Self::Unit),
            _ => serde_json::from_str(text).map(Self::Definition),
        };
        read.map_err(|e| Error::Damaged(format!("the log holds {} that cannot be read: {e}", entity.one())))
    }
}

/// Writes a row over the one that was there, or takes it away, and logs it. Nothing where both are the same.
pub fn write(tx: &mut Tx<'_>, old: Option<&Row>, new: Option<&Row>) -> Result<()> {
    let Some(key) = new.or(old).map(Row::key).filter(|_| old != new) else { return Ok(()) };
    let kind = match (old, new) {
        (None, _) => ChangeKind::Create,
        (Some(_), Some(_)) => ChangeKind::Update,
        (Some(_), None) => ChangeKind::Delete,
    };
    if let Some(Row::User(user)) = old {
        let becomes = if let Some(Row::User(user)) = new { Some(user) } else { None };
        check::leaves_an_admin(&people::load(tx.db)?, user, becomes)?;
    }
    let renames = old.zip(new).is_some_and(|(old, new)| old.called() != new.called());
    let before = if renames { Some(store::lists::catalog(tx.db)?) } else { None };
    store(tx, key, new)?;
    let (old, new) = (old.map(Row::to_log).transpose()?, new.map(Row::to_log).transpose()?);
    tx.catalog_changed();
    tx.log(Change { record: key, about: key, kind, field: FIELD.into(), old, new })?;
    before.map_or(Ok(()), |before| call_anew(tx, &before))
}

/// Writes the definitions anew that call people as they were called before.
fn call_anew(tx: &mut Tx<'_>, before: &Catalog) -> Result<()> {
    let after = store::lists::catalog(tx.db)?;
    let reading = tx.ctx.reading();
    let (author, other) = (Reading { catalog: before, ..reading }, Reading { catalog: &after, ..reading });
    for definition in &after.definitions {
        let anew = spelling::spelled(definition, &author, &[other]);
        write(tx, Some(&Row::Definition(definition.clone())), Some(&Row::Definition(anew)))?;
    }
    Ok(())
}

fn store(tx: &Tx<'_>, key: RecordId, row: Option<&Row>) -> Result<()> {
    let (db, id) = (tx.db, tx.ctx.ids.make());
    match row {
        Some(Row::User(user)) => people::put_user(db, id, user),
        Some(Row::Team(team)) => people::put_team(db, id, team),
        Some(Row::Unit(unit)) => {
            people::put_unit(db, id, unit)?;
            // leads call a partner by its choice, so that has its name
            unit.partner.map_or(Ok(()), |code| store::lists::rename(db, Set::Partner, code, &unit.name))
        }
        Some(Row::Definition(definition)) => store::definition::put(db, definition),
        None => remove(tx, key),
    }
}

/// A row of a table as people name it.
fn record(table: &str, number: i64) -> String {
    Entity::of_name(table).map_or_else(|| format!("{table} {number}"), |entity| entity.numbered(number).to_string())
}

/// Takes a row away; [`Error::Refused`] where records or people refer to it.
fn remove(tx: &Tx<'_>, key: RecordId) -> Result<()> {
    let (db, people) = (tx.db, &tx.ctx.catalog.people);
    let refused = |what: String, hint: &str| Err(Error::refused(what, hint.to_owned()));
    if let Entity::User | Entity::Team | Entity::Unit = key.entity
        && let Some(others) = named::by(tx.ctx, key)
    {
        let name = match key.entity {
            Entity::Unit => people.unit(key.number).map_or_else(|| key.to_string(), |unit| unit.name.clone()),
            Entity::Team => people.show(Owner::Team(key.number)),
            _ => people.show(Owner::User(key.number)),
        };
        return refused(format!("{name} is named by {others}"), "change or remove what names it first");
    }
    match key.entity {
        Entity::User => {
            let name = people.show(Owner::User(key.number));
            if let Some((table, number)) = people::owns(db, key.number)? {
                return refused(
                    format!("{name} owns {} and others, or did", record(table, number)),
                    "make the user inactive instead",
                );
            }
            let hint = "make the user inactive instead";
            people::remove_user(db, key.number)
                .map_err(|_| Error::refused(format!("{name} has worked here, and the log names them"), hint))
        }
        Entity::Team => match people::owns(db, -key.number)? {
            Some((table, number)) => refused(
                format!("{} owns {} and others", people.show(Owner::Team(key.number)), record(table, number)),
                "assign them to somebody first",
            ),
            None => people::remove_team(db, key.number),
        },
        Entity::Unit => {
            let name = people.unit(key.number).map_or_else(|| key.to_string(), |unit| unit.name.clone());
            let below = people.units.iter().find(|unit| unit.parent == Some(key.number)).map(|unit| unit.name.clone());
            let user = people.users.iter().find(|user| user.unit == key.number).map(|user| user.login.clone());
            let team = people.teams.iter().find(|team| team.unit == key.number).map(|team| team.name.clone());
            if let Some(other) = below.or(user).or(team) {
                return refused(format!("{other} belongs to the unit {name}"), "move it to another unit first");
            }
            if let Some((table, number)) = people::holds(db, key.number)? {
                return refused(
                    format!("{} and others belong to the unit {name}", record(table, number)),
                    "assign them to others first",
                );
            }
            people::remove_unit(db, key.number)
        }
        _ => store::definition::remove(db, key.number),
    }
}

/// What a row was and is to be again.
fn rows(change: &Change, direction: Direction) -> Result<(Option<Row>, Option<Row>)> {
    let (from, to) = match direction {
        Direction::Back => (&change.new, &change.old),
        Direction::Forth => (&change.old, &change.new),
    };
    let row = |text: &Option<String>| text.as_deref().map(|text| Row::of_log(change.record.entity, text)).transpose();
    Ok((row(from)?, row(to)?))
}

/// Takes the change of a row back, or brings it again.
pub fn apply(tx: &mut Tx<'_>, change: &Change, direction: Direction) -> Result<()> {
    let (from, to) = rows(change, direction)?;
    if let Some(to) = &to {
        let db = tx.db;
        let people = people::load(db)?;
        let problems = |row: &Row| match row {
            Row::User(user) => Ok(check::user(&people, user)),
            Row::Team(team) => Ok(check::team(&people, team)),
            Row::Unit(unit) => {
                let other = check::other_partner(&people, unit).map(|other| format!("its leads are those of {} now", other.name));
                let code = other.map(|taken| Problem::new("partner", taken)).into_iter().collect();
                check::contact(db, unit).map(|contact| [check::unit(&people, unit), contact, code].concat())
            }
            Row::Definition(_) => Ok(Vec::new()),
        };
        if let Row::Definition(definition) = to
            && store::definition::load(db)?.contains(definition)
        {
            // it went along with the name of somebody
            return Ok(());
        }
        comes_back(to, from.as_ref(), |row| Ok(problems(row)?.into_iter().map(|one| one.message).collect()))?;
    }
    write(tx, from.as_ref(), to.as_ref())
}

/// [`Error::Refused`] where a definition that came back names what is not there, or is called as another: asked when all of a step is
/// written, as what it names may have come back with it.
pub fn check_applied(tx: &Tx<'_>, changes: &[Change], direction: Direction) -> Result<()> {
    let mut catalog = None;
    for change in changes.iter().filter(|change| change.record.entity == Entity::Definition && change.field == FIELD) {
        let (from, Some(to)) = rows(change, direction)? else { continue };
        if catalog.is_none() {
            catalog = Some(store::lists::catalog(tx.db)?);
        }
        let Some(catalog) = &catalog else { continue };
        comes_back(&to, from.as_ref(), |row| match row {
            Row::Definition(definition) => lacks(tx, catalog, definition),
            _ => Ok(Vec::new()),
        })?;
    }
    Ok(())
}

/// What is wrong with a definition that comes back, a sentence each.
fn lacks(tx: &Tx<'_>, catalog: &Catalog, definition: &Definition) -> Result<Vec<String>> {
    let mut lacks = Vec::new();
    for key in named::missing(&catalog.people, definition) {
        let name = former_name(tx.db, key)?.unwrap_or_else(|| key.to_string());
        lacks.push(format!("the {} {name} is gone", key.entity.name()));
    }
    if let Some((entity, filter)) = named::filter(definition)
        && let Err(error) = parse(filter, &Reading { catalog, ..tx.ctx.reading_of(entity) })
    {
        lacks.push(error.to_string());
    }
    if is_taken(catalog, definition) {
        lacks.push(format!("there is a {} of this name already", definition.body.kind().noun()));
    }
    Ok(lacks)
}

/// What a row of people that was taken away was called.
fn former_name(db: &Db, key: RecordId) -> Result<Option<String>> {
    let history = store::log::history(db, key, 0, i64::MAX)?;
    let last = history.into_iter().find_map(|(_, change)| change.old.filter(|_| change.new.is_none()));
    last.map(|text| Row::of_log(key.entity, &text).map(|row| row.name().to_owned())).transpose()
}

/// [`Error::Refused`] where something is wrong with a row that comes back that is not so with what is there now.
fn comes_back(to: &Row, from: Option<&Row>, wrong: impl Fn(&Row) -> Result<Vec<String>>) -> Result<()> {
    let before = from.map(&wrong).transpose()?.unwrap_or_default();
    let lacks: Vec<String> = wrong(to)?.into_iter().filter(|one| !before.contains(one)).collect();
    if lacks.is_empty() {
        return Ok(());
    }
    let what = match to {
        Row::Definition(definition) => definition.body.kind().noun(),
        _ => to.key().entity.name(),
    };
    let hint = "undo what changed since, or write it anew: U lists the steps";
    Err(Error::refused(format!("the {what} {} cannot be as it was: {}", to.name(), lacks.join("; ")), hint))
}
