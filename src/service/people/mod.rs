//! Users and teams: who there is. What they may do is decided in `access`.

use crate::error::{Error, Result};
use crate::model::people::Role;
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::store::people;

/// Adds a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddUser {
    /// The short name that is typed.
    pub login: String,
    /// The name that is read; the login where empty.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// Adds a team with its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddTeam {
    /// The name.
    pub name: String,
    /// The logins of its members.
    pub members: Vec<String>,
}

/// A login or a team's name as it is kept.
fn checked(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    let bad = |c: char| c.is_control() || c == ',' || c == ':';
    if text.is_empty() || text.chars().count() > 100 || text.chars().any(bad) {
        return Err(Error::invalid(field, "1 to 100 characters, without commas and colons"));
    }
    Ok(text.to_owned())
}

impl Act for AddUser {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CreateUser"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        access::check_admin(tx.ctx, "adding a user")?;
        let login = checked("login", &self.login)?;
        if login.contains(char::is_whitespace) {
            let message = format!("“{login}” has blanks; a login is one word, as a.lee, and the name can have several");
            return Err(Error::invalid("login", message));
        }
        let people = &tx.ctx.catalog.people;
        if people.users.iter().any(|u| u.login.to_lowercase() == login.to_lowercase()) {
            return Err(Error::invalid("login", format!("there is a user {login} already")));
        }
        let name = if self.name.trim().is_empty() { login.clone() } else { self.name.trim().to_owned() };
        let unit = people.units.first().map_or(1, |u| u.number);
        let number = people::add_user(tx.db, tx.ctx.ids.make(), &login, &name, self.role, true, unit)?;
        tx.catalog_changed();
        tx.say(format!("Added the user {login}"));
        Ok(number)
    }
}

impl Act for AddTeam {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "CreateTeam"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        access::check_admin(tx.ctx, "adding a team")?;
        let name = checked("team", &self.name)?;
        let people = &tx.ctx.catalog.people;
        if people.find_team(&name).is_some() {
            return Err(Error::invalid("team", format!("there is a team {name} already")));
        }
        let mut members = Vec::new();
        for login in &self.members {
            let user = people.find_user(login).ok_or_else(|| Error::NotFound(format!("there is no user {login}")))?;
            members.push(user.number);
        }
        members.sort_unstable();
        members.dedup();
        let unit = people.units.first().map_or(1, |u| u.number);
        let number = people::add_team(tx.db, tx.ctx.ids.make(), &name, unit, &members)?;
        tx.catalog_changed();
        tx.say(format!("Added the team {name}"));
        Ok(number)
    }
}
