//! What can be guessed of the person at the keyboard. Asks the environment and the system's list of users; writes nothing.

use std::process::{Command, Stdio};

/// The country that the language settings name, as `DE`, from LC_ALL, LC_MONETARY or LANG, the first that is set.
pub fn country(env: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let set = |name: &&str| env(name).filter(|value| !value.is_empty());
    let value = ["LC_ALL", "LC_MONETARY", "LANG"].iter().find_map(set)?;
    let (_, rest) = value.split_once('_')?;
    let code: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    (code.len() == 2).then(|| code.to_ascii_uppercase())
}

/// The name under which the person is logged in to the system.
pub fn login(env: &dyn Fn(&str) -> Option<String>) -> String {
    let set = |name: &&str| env(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
    ["USER", "LOGNAME"].iter().find_map(set).or_else(asked).unwrap_or_else(|| "me".into())
}

fn asked() -> Option<String> {
    let output = Command::new("id").arg("-un").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !name.is_empty()).then_some(name)
}

/// The person's name as the system's list of users has it; else the login with a capital.
pub fn person_name(login: &str) -> String {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    full_name(&users, login).unwrap_or_else(|| {
        let mut chars = login.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
    })
}

fn full_name(users: &str, login: &str) -> Option<String> {
    let line = users.lines().find(|line| line.split(':').next() == Some(login))?;
    let name = line.split(':').nth(4)?.split(',').next()?.trim();
    (!name.is_empty() && name != login).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_settings_name_the_country() {
        let env = |pairs: &'static [(&str, &str)]| {
            move |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(country(&env(&[("LANG", "de_AT.UTF-8")])), Some("AT".into()));
        assert_eq!(country(&env(&[("LC_ALL", "sv_SE"), ("LANG", "en_US.UTF-8")])), Some("SE".into()));
        assert_eq!(country(&env(&[("LC_ALL", ""), ("LANG", "de_DE@euro")])), Some("DE".into()));
        assert_eq!(country(&env(&[("LANG", "C.UTF-8")])), None);
        assert_eq!(country(&env(&[])), None);
    }

    #[test]
    fn a_name_comes_from_the_list_of_users_or_the_login() {
        let users = "root:x:0:0:root:/root:/bin/sh\nana:x:1000:1000:Ana Lima,,,:/home/ana:/bin/sh\n";
        assert_eq!(full_name(users, "ana"), Some("Ana Lima".into()));
        assert_eq!(full_name(users, "root"), None);
        assert_eq!(person_name("no-such-login"), "No-such-login");
    }

    #[test]
    fn the_login_is_never_empty() {
        assert_eq!(login(&|name| (name == "USER").then(|| "ana".into())), "ana");
        assert_eq!(login(&|name| (name == "LOGNAME").then(|| "bo".into())), "bo");
        assert!(!login(&|_| None).is_empty());
    }
}
