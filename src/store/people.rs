//! Users, teams and business units in the database. Checks no rights.

use uuid::Uuid;

use super::{Db, SqlValue, setting};
use crate::error::{Error, Result};
use crate::model::fold::fold;
use crate::model::people::{People, Role, Team, Unit, UnitKind, User};

/// Everyone.
pub fn load(db: &Db) -> Result<People> {
    let users = db.rows("SELECT number, login, name, role, active, unit, work FROM app_user ORDER BY number", &[], |row| {
        let login = row.text(1)?.to_owned();
        let work = serde_json::from_str(row.text(6)?)
            .map_err(|e| Error::Damaged(format!("how the user {login} works cannot be read: {e}")))?;
        Ok(User {
            number: row.int(0)?,
            login,
            name: row.text(2)?.to_owned(),
            role: Role::of_name(row.text(3)?).unwrap_or(Role::ReadOnly),
            active: row.int(4)? != 0,
            unit: row.int(5)?,
            work,
        })
    })?;
    let members =
        db.rows("SELECT team, member FROM team_member ORDER BY team, member", &[], |row| Ok((row.int(0)?, row.int(1)?)))?;
    let teams = db.rows("SELECT number, name, unit, queue FROM team ORDER BY number", &[], |row| {
        let number = row.int(0)?;
        let members = members.iter().filter(|(team, _)| *team == number).map(|(_, member)| *member).collect();
        Ok(Team { number, name: row.text(1)?.to_owned(), unit: row.int(2)?, members, queue: row.int(3)? != 0 })
    })?;
    let sql = "SELECT number, name, parent, kind, partner, contact FROM business_unit ORDER BY number";
    let units = db.rows(sql, &[], |row| {
        Ok(Unit {
            number: row.int(0)?,
            name: row.text(1)?.to_owned(),
            parent: row.opt_int(2)?,
            kind: UnitKind::of_name(row.text(3)?).unwrap_or_default(),
            partner: row.opt_int(4)?,
            contact: row.opt_int(5)?,
        })
    })?;
    Ok(People { users, teams, units })
}

/// Adds a user who works as most do; the number comes back.
pub fn add_user(db: &Db, id: Uuid, login: &str, name: &str, role: Role, active: bool, unit: i64) -> Result<i64> {
    let number = setting::take_numbers(db, "user", 1)?;
    put_user(db, id, &User { active, unit, ..User::new(number, login, name, role) })?;
    Ok(number)
}

/// Writes a user, whether they are there or not; the identity is that of a new one.
pub fn put_user(db: &Db, id: Uuid, user: &User) -> Result<()> {
    let work = serde_json::to_string(&user.work).map_err(|e| Error::Damaged(e.to_string()))?;
    let values: [SqlValue; 9] = [
        user.number.into(),
        id.into(),
        user.login.as_str().into(),
        fold(&user.login).into(),
        user.name.as_str().into(),
        user.role.name().into(),
        user.active.into(),
        user.unit.into(),
        work.into(),
    ];
    db.execute(
        "INSERT INTO app_user (number, id, login, login_key, name, role, active, unit, work)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (number) DO UPDATE SET login = excluded.login, login_key = excluded.login_key, name = excluded.name,
         role = excluded.role, active = excluded.active, unit = excluded.unit, work = excluded.work",
        &values,
    )
    .map(|_| ())
}

/// A login that nobody has: `wanted`, or `wanted-2` and so on.
pub fn free_login(db: &Db, wanted: &str) -> Result<String> {
    let taken = "SELECT count(*) FROM app_user WHERE login_key = $1";
    let mut login = wanted.to_owned();
    let mut n = 2;
    while db.number(taken, &[fold(&login).into()])? > 0 {
        login = format!("{wanted}-{n}");
        n += 1;
    }
    Ok(login)
}

/// Adds a business unit.
pub fn add_unit(db: &Db, id: Uuid, name: &str, parent: Option<i64>) -> Result<i64> {
    let number = setting::take_numbers(db, "unit", 1)?;
    let unit = Unit { number, name: name.to_owned(), parent, kind: UnitKind::Internal, partner: None, contact: None };
    put_unit(db, id, &unit)?;
    Ok(number)
}

/// Writes a business unit, whether it is there or not.
pub fn put_unit(db: &Db, id: Uuid, unit: &Unit) -> Result<()> {
    let values: [SqlValue; 8] = [
        unit.number.into(),
        id.into(),
        unit.name.as_str().into(),
        fold(&unit.name).into(),
        unit.parent.into(),
        unit.kind.name().into(),
        unit.partner.into(),
        unit.contact.into(),
    ];
    db.execute(
        "INSERT INTO business_unit (number, id, name, name_key, parent, kind, partner, contact)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (number) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, parent = excluded.parent,
         kind = excluded.kind, partner = excluded.partner, contact = excluded.contact",
        &values,
    )
    .map(|_| ())
}

/// Adds a team with its members.
pub fn add_team(db: &Db, id: Uuid, name: &str, unit: i64, members: &[i64]) -> Result<i64> {
    let number = setting::take_numbers(db, "team", 1)?;
    put_team(db, id, &Team { number, name: name.to_owned(), unit, members: members.to_vec(), queue: false })?;
    Ok(number)
}

/// Writes a team with its members, whether it is there or not.
pub fn put_team(db: &Db, id: Uuid, team: &Team) -> Result<()> {
    let values: [SqlValue; 6] =
        [team.number.into(), id.into(), team.name.as_str().into(), fold(&team.name).into(), team.unit.into(), team.queue.into()];
    db.execute(
        "INSERT INTO team (number, id, name, name_key, unit, queue) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (number) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, unit = excluded.unit,
         queue = excluded.queue",
        &values,
    )?;
    db.execute("DELETE FROM team_member WHERE team = $1", &[team.number.into()])?;
    for member in &team.members {
        db.execute("INSERT INTO team_member (team, member) VALUES ($1, $2)", &[team.number.into(), (*member).into()])?;
    }
    Ok(())
}

/// The tables whose records have an owner and a unit.
const OWNED: [&str; 10] =
    ["lead", "account", "contact", "opportunity", "activity", "request", "product", "competitor", "campaign", "template"];

/// A number of a record that belongs to an owner, by code; none where nothing does.
pub fn owns(db: &Db, owner: i64) -> Result<Option<(&'static str, i64)>> {
    first(db, "owner", owner)
}

/// A number of a record of a unit; none where it has none.
pub fn holds(db: &Db, unit: i64) -> Result<Option<(&'static str, i64)>> {
    first(db, "unit", unit)
}

fn first(db: &Db, column: &str, code: i64) -> Result<Option<(&'static str, i64)>> {
    for table in OWNED {
        let sql = format!("SELECT number FROM {table} WHERE {column} = $1 LIMIT 1");
        if let Some(number) = db.row(&sql, &[code.into()], |row| row.int(0))? {
            return Ok(Some((table, number)));
        }
    }
    Ok(None)
}

/// Takes a user away who never did anything; [`Error::Refused`] by the database where something refers to them.
pub fn remove_user(db: &Db, number: i64) -> Result<()> {
    db.execute("DELETE FROM app_user WHERE number = $1", &[number.into()]).map(|_| ())
}

/// Takes a team away.
pub fn remove_team(db: &Db, number: i64) -> Result<()> {
    db.execute("DELETE FROM team WHERE number = $1", &[number.into()]).map(|_| ())
}

/// Takes a business unit away.
pub fn remove_unit(db: &Db, number: i64) -> Result<()> {
    db.execute("DELETE FROM business_unit WHERE number = $1", &[number.into()]).map(|_| ())
}
