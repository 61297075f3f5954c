//! Users, teams and business units in the database. Checks no rights.

use uuid::Uuid;

use super::{Db, SqlValue, setting};
use crate::error::Result;
use crate::model::fold::fold;
use crate::model::people::{People, Role, Team, Unit, User};

/// Everyone.
pub fn load(db: &Db) -> Result<People> {
    let users = db.rows("SELECT number, login, name, role, active, unit FROM app_user ORDER BY number", &[], |row| {
        Ok(User {
            number: row.int(0)?,
            login: row.text(1)?.to_owned(),
            name: row.text(2)?.to_owned(),
            role: Role::of_name(row.text(3)?).unwrap_or(Role::Seller),
            active: row.int(4)? != 0,
            unit: row.int(5)?,
        })
    })?;
    let members =
        db.rows("SELECT team, member FROM team_member ORDER BY team, member", &[], |row| Ok((row.int(0)?, row.int(1)?)))?;
    let teams = db.rows("SELECT number, name, unit FROM team ORDER BY number", &[], |row| {
        let number = row.int(0)?;
        let members = members.iter().filter(|(team, _)| *team == number).map(|(_, member)| *member).collect();
        Ok(Team { number, name: row.text(1)?.to_owned(), unit: row.int(2)?, members })
    })?;
    let units = db.rows("SELECT number, name, parent FROM business_unit ORDER BY number", &[], |row| {
        Ok(Unit { number: row.int(0)?, name: row.text(1)?.to_owned(), parent: row.opt_int(2)? })
    })?;
    Ok(People { users, teams, units })
}

/// Adds a user; the number comes back.
pub fn add_user(db: &Db, id: Uuid, login: &str, name: &str, role: Role, active: bool, unit: i64) -> Result<i64> {
    let number = setting::take_numbers(db, "user", 1)?;
    db.execute(
        "INSERT INTO app_user (number, id, login, login_key, name, role, active, unit)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            number.into(),
            id.into(),
            login.into(),
            fold(login).into(),
            name.into(),
            role.name().into(),
            active.into(),
            unit.into(),
        ],
    )?;
    Ok(number)
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

/// Changes what a user may do, is called, and whether they can act.
pub fn update_user(db: &Db, user: &User) -> Result<()> {
    let sql = "UPDATE app_user SET name = $1, role = $2, active = $3, unit = $4 WHERE number = $5";
    let values: [SqlValue; 5] =
        [user.name.as_str().into(), user.role.name().into(), user.active.into(), user.unit.into(), user.number.into()];
    db.execute(sql, &values).map(|_| ())
}

/// Adds a business unit.
pub fn add_unit(db: &Db, id: Uuid, name: &str, parent: Option<i64>) -> Result<i64> {
    let number = setting::take_numbers(db, "unit", 1)?;
    db.execute(
        "INSERT INTO business_unit (number, id, name, name_key, parent) VALUES ($1, $2, $3, $4, $5)",
        &[number.into(), id.into(), name.into(), fold(name).into(), parent.into()],
    )?;
    Ok(number)
}

/// Adds a team with its members.
pub fn add_team(db: &Db, id: Uuid, name: &str, unit: i64, members: &[i64]) -> Result<i64> {
    let number = setting::take_numbers(db, "team", 1)?;
    db.execute(
        "INSERT INTO team (number, id, name, name_key, unit) VALUES ($1, $2, $3, $4, $5)",
        &[number.into(), id.into(), name.into(), fold(name).into(), unit.into()],
    )?;
    for member in members {
        db.execute("INSERT INTO team_member (team, member) VALUES ($1, $2)", &[number.into(), (*member).into()])?;
    }
    Ok(number)
}
