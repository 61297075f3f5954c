//! Writing what the first start page was told into config.toml, without touching what else stands there.

use super::settings::SETTINGS;
use super::{Paths, private_folder, read_small, write_whole};
use crate::error::Result;

/// What the first start page was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstRun {
    /// The person's name.
    pub name: String,
    /// ISO 3166 code, as `DE`.
    pub country: String,
    /// ISO 4217 code, as `EUR`.
    pub currency: String,
}

/// Writes it into config.toml: a missing file is made with every setting as a comment; in one that is there the lines of these
/// three settings are changed or added, and all else, comments too, stays as it is.
pub fn save_first_run(paths: &Paths, told: &FirstRun) -> Result<()> {
    private_folder(&paths.config)?;
    let file = paths.config_file();
    let text = match read_small(&file)? {
        Some(text) => text,
        None => template(),
    };
    let pairs = [("name", &told.name), ("country", &told.country), ("currency", &told.currency)];
    let text = pairs.into_iter().fold(text, |text, (name, value)| with(&text, name, &quoted(value)));
    write_whole(&file, text.as_bytes())
}

/// A file in which every setting is a comment.
fn template() -> String {
    let mut text = String::from("# The settings of leadbook. A line that begins with # is a comment.\n\n");
    for setting in SETTINGS {
        text.push_str(&format!("# {} = {}\n", setting.name, setting.example));
    }
    text
}

fn quoted(value: &str) -> String {
    toml::Value::String(value.to_owned()).to_string()
}

/// `text` in which `name` is set to `value`: in its own line, in place of the commented example, or as a new first line.
fn with(text: &str, name: &str, value: &str) -> String {
    let set = format!("{name} = {value}");
    let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().trim_matches('"').to_owned());
    let lines: Vec<&str> = text.lines().collect();
    let top = lines.iter().position(|line| line.trim_start().starts_with('[')).unwrap_or(lines.len());
    let own = lines[..top].iter().position(|line| key(line).as_deref() == Some(name));
    let example = || {
        let named = |line: &&str| line.strip_prefix('#').and_then(key).as_deref() == Some(name);
        lines[..top].iter().position(named)
    };
    let mut result: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    match own.or_else(example) {
        Some(at) => {
            // a comment behind the value stays, unless the value may hold the sign itself
            let comment = lines[at].trim_start_matches('#').rsplit_once(" #").map(|(_, comment)| comment.trim());
            let value_has_sign = lines[at].trim_start_matches('#').matches('#').count() > 1;
            result[at] = match comment {
                Some(comment) if own.is_some() && !value_has_sign => format!("{set}  # {comment}"),
                _ => set,
            };
        }
        None => result.insert(0, set),
    }
    result.push(String::new());
    result.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn told() -> FirstRun {
        FirstRun { name: "Ana \"A\" Lima".into(), country: "DE".into(), currency: "EUR".into() }
    }

    #[test]
    fn a_new_file_says_what_can_be_set_and_is_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path());
        save_first_run(&paths, &told()).unwrap();
        let text = std::fs::read_to_string(paths.config_file()).unwrap();
        assert!(text.contains("# theme = \"default\""), "{text}");
        let (config, mistakes) = Config::load(&paths, &|_| None);
        assert_eq!(mistakes, []);
        assert_eq!((config.name.as_deref(), config.country.as_str()), (Some("Ana \"A\" Lima"), "DE"));
        assert_eq!(config.currency.as_deref(), Some("EUR"));
    }

    #[test]
    fn every_example_can_be_taken_over_by_removing_its_sign() {
        let text: String = template().lines().skip(2).map(|line| format!("{}\n", line.trim_start_matches("# "))).collect();
        let (_, mistakes) = Config::read("config.toml", &text, &|_| None);
        assert_eq!(mistakes, [], "{text}");
    }

    #[test]
    fn what_else_stands_in_the_file_stays() {
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::under(dir.path());
        paths.make().unwrap();
        std::fs::write(paths.config_file(), "# mine\ncountry = \"FR\"  # where I live\nbell = true\n").unwrap();
        save_first_run(&paths, &told()).unwrap();
        let text = std::fs::read_to_string(paths.config_file()).unwrap();
        assert!(text.contains("# mine\ncountry = \"DE\"  # where I live\nbell = true\n"), "{text}");
        assert_eq!(Config::load(&paths, &|_| None).1, []);
    }
}
