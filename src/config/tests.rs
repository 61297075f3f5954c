//! Reading config.toml.

use super::{Config, Paths};
use crate::model::zone::Zone;

fn read(text: &str) -> (Config, Vec<String>) {
    let (config, mistakes) = Config::read("config.toml", text, &|name| (name == "LANG").then(|| "de_DE.UTF-8".into()));
    (config, mistakes.iter().map(ToString::to_string).collect())
}

#[test]
fn nothing_set_is_what_is_usual_in_the_country_of_the_language() {
    let (config, mistakes) = read("");
    assert_eq!(mistakes, [""; 0]);
    let locale = config.locale();
    assert_eq!((locale.country.as_str(), locale.currency.as_str()), ("DE", "EUR"));
    assert!(locale.day_first && locale.decimal_comma);
}

#[test]
fn what_is_set_holds() {
    let (config, mistakes) = read(
        "country = \"us\"\ncurrency = \"chf\"\ndates = \"dmy\"\ndecimal = \",\"\ntime_zone = \"+02:00\"\nmouse = false\nconfirm_above = 5\n",
    );
    assert_eq!(mistakes, [""; 0]);
    let locale = config.locale();
    assert_eq!((locale.country.as_str(), locale.currency.as_str()), ("US", "CHF"));
    assert!(locale.day_first && locale.decimal_comma && !config.mouse);
    assert_eq!((config.zone, config.confirm_above), (Zone::Fixed(7200), 5));
}

#[test]
fn every_mistake_is_reported_with_its_line_and_the_rest_holds() {
    let (config, mistakes) = read(
        "name = \"Ana\"\ncurency = \"EUR\"\nmouse = \"no\"\ncountry = \"Germany\"\n\nconfirm_above = 0\ndatabase = \"~/x.db\"\ntime_zone = \"Mars\"\n[extra]\nx = 1\n",
    );
    assert_eq!(config.name.as_deref(), Some("Ana"));
    assert_eq!(
        mistakes,
        [
            "config.toml, line 2: there is no setting “curency” (did you mean “currency”?)",
            "config.toml, line 3: “mouse”: write true or false, without quotes",
            "config.toml, line 4: “country”: “Germany” is not a country as \"DE\"",
            "config.toml, line 6: “confirm_above”: write a whole number from 1 to 1000000",
            "config.toml, line 7: “database”: write the path from the root; ~ is the shell's",
            "config.toml, line 8: “time_zone”: “Mars” is no time zone; write local, utc, an offset as +02:00 or a name as Europe/Berlin",
            "config.toml, line 9: there is no setting “extra”",
        ]
    );
}

#[test]
fn the_environment_goes_before_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::under(dir.path());
    assert_eq!(Config::default().database_path(&paths), paths.data.join("leads.db"));
    paths.make().unwrap();
    std::fs::write(paths.config_file(), "user = \"ana\"\ndatabase = \"/a/b.db\"\n").unwrap();
    let (config, _) = Config::load(&paths, &|_| None);
    assert_eq!(config.user.as_deref(), Some("ana"));
    assert_eq!(config.database_path(&paths), std::path::Path::new("/a/b.db"));
    let env = |name: &str| match name {
        "LEADBOOK_DB" => Some("/c/d.db".into()),
        "LEADBOOK_USER" => Some("bo".into()),
        _ => None,
    };
    let (config, _) = Config::load(&paths, &env);
    assert_eq!(config.user.as_deref(), Some("bo"));
    assert_eq!(config.database_path(&paths), std::path::Path::new("/c/d.db"));
}

#[test]
fn an_unreadable_file_is_a_mistake_and_no_failure() {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::under(dir.path());
    std::fs::create_dir_all(paths.config_file()).unwrap();
    let (config, mistakes) = Config::load(&paths, &|_| None);
    assert_eq!(config, Config::default());
    assert_eq!(mistakes.len(), 1);
}

#[test]
fn commands_of_a_file_that_others_can_write_are_not_run() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::under(dir.path());
    std::fs::create_dir_all(paths.config_file().parent().unwrap()).unwrap();
    std::fs::write(paths.config_file(), "open = \"my-opener\"\nmail_send = \"msmtp -t\"\nname = \"Ann\"\n").unwrap();
    for (mode, is_run) in [(0o600, true), (0o644, true), (0o664, false), (0o666, false)] {
        std::fs::set_permissions(paths.config_file(), std::fs::Permissions::from_mode(mode)).unwrap();
        let (config, mistakes) = Config::load(&paths, &|_| None);
        assert_eq!((config.open.is_some(), config.mail_send.len()), (is_run, if is_run { 2 } else { 0 }), "{mode:o}");
        assert_eq!(config.name.as_deref(), Some("Ann"), "all else holds");
        assert_eq!(
            mistakes.iter().filter(|m| m.message.contains("others can write it")).count(),
            usize::from(!is_run),
            "{mode:o}"
        );
    }
}
