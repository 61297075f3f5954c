//! Table: the settings of config.toml, with what each may be. Every mistake is reported at once, and the rest holds.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::lines::{self, Value};
use super::mistake::{Mistake, guess};
use super::{Paths, country, read_small};
use crate::model::attachment::{LARGEST, Rules, endings};
use crate::model::email;
use crate::model::locale::Locale;
use crate::model::zone::Zone;

/// What the person has set, over what is usual in their country.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The login of the acting user; none: the system's.
    pub user: Option<String>,
    /// The person's name, for the user that is made for them.
    pub name: Option<String>,
    /// ISO 3166 code in capitals, as `DE`.
    pub country: String,
    /// ISO 4217 code that new leads get; none: the country's.
    pub currency: Option<String>,
    /// Where times are read and typed.
    pub zone: Zone,
    /// Whether 3/4 is the third of April; none: as in the country.
    pub day_first: Option<bool>,
    /// Whether 1.234,50 is how money is written; none: as in the country.
    pub decimal_comma: Option<bool>,
    /// The database; none: the one in the data folder.
    pub database: Option<PathBuf>,
    /// The name of a shipped theme or of a file in the folder `themes`.
    pub theme: String,
    /// The set of keys: `default` or `plain`.
    pub keys: String,
    /// Whether the mouse is taken from the terminal.
    pub mouse: bool,
    /// The screen on which the program opens.
    pub start_screen: String,
    /// Whether the terminal's bell rings when something falls due.
    pub bell: bool,
    /// The editor for notes, with its arguments; none: $VISUAL, then $EDITOR.
    pub editor: Option<String>,
    /// The command that dials a number, which takes the place of `{number}` or follows it; none: the number is shown and copied.
    pub dial: Option<String>,
    /// Acts on more records than this are confirmed first.
    pub confirm_above: u32,
    /// The person's own e-mail addresses.
    pub mail_own: Vec<String>,
    /// The program that sends a mail from its input, with its arguments.
    pub mail_send: Vec<String>,
    /// The folder into which mails are written where none sends them.
    pub mail_folder: Option<PathBuf>,
    /// Whether any opportunity of a lead forbids to disqualify it, and not only an open one.
    pub strict_disqualify: bool,
    /// Which files may be attached.
    pub files: Rules,
    /// The program that opens files, with its arguments; none: the system's.
    pub open: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            user: None,
            name: None,
            country: "US".into(),
            currency: None,
            zone: Zone::System,
            day_first: None,
            decimal_comma: None,
            database: None,
            theme: "default".into(),
            keys: "default".into(),
            mouse: true,
            start_screen: "today".into(),
            bell: true,
            editor: None,
            dial: None,
            confirm_above: 20,
            mail_own: Vec::new(),
            mail_send: Vec::new(),
            mail_folder: None,
            strict_disqualify: false,
            files: Rules::default(),
            open: None,
        }
    }
}

/// The largest size of a file that may be set, in MB.
const MOST_MB: u32 = (LARGEST / 1_000_000) as u32;

/// One setting: its name, an example with a comment for a new file, and how a value is taken; the error is a sentence.
pub(super) struct Setting {
    pub name: &'static str,
    pub example: &'static str,
    take: fn(&mut Config, &Value) -> Result<(), String>,
}

type Taken = Result<(), String>;

const fn setting(name: &'static str, example: &'static str, take: fn(&mut Config, &Value) -> Taken) -> Setting {
    Setting { name, example, take }
}

#[rustfmt::skip]
pub(super) const SETTINGS: &[Setting] = &[
    setting("name", "\"Ana Lima\"    # who you are", |c, v| set(&mut c.name, text(v).map(Some))),
    setting("user", "\"ana\"    # the login that you act as; else the system's", |c, v| set(&mut c.user, text(v).map(Some))),
    setting("country", "\"DE\"    # phones, the order of dates, the decimal mark", |c, v| set(&mut c.country, code(v, 2, "a country as \"DE\""))),
    setting("currency", "\"EUR\"    # of new leads; else the country's", |c, v| set(&mut c.currency, code(v, 3, "a currency as \"EUR\"").map(Some))),
    setting("time_zone", "\"local\"    # local, utc, an offset as +02:00 or a name as Europe/Berlin", |c, v| set(&mut c.zone, text(v).and_then(|t| Zone::parse(&t)))),
    setting("dates", "\"dmy\"    # dmy or mdy; else as in the country", |c, v| set(&mut c.day_first, one_of(v, &[("dmy", true), ("mdy", false)]).map(Some))),
    setting("decimal", "\",\"    # , or . ; else as in the country", |c, v| set(&mut c.decimal_comma, one_of(v, &[(",", true), (".", false)]).map(Some))),
    setting("database", "\"/home/ana/leads.db\"    # else leads.db in the data folder", |c, v| set(&mut c.database, path(v).map(Some))),
    setting("theme", "\"default\"    # default, mono, or a file in the folder themes", |c, v| set(&mut c.theme, text(v))),
    setting("keys", "\"default\"    # default (vim and arrows) or plain (arrows and function keys)", |c, v| set(&mut c.keys, text(v))),
    setting("mouse", "true    # false leaves the mouse to the terminal", |c, v| set(&mut c.mouse, yes(v))),
    setting("start_screen", "\"today\"    # today or leads", |c, v| set(&mut c.start_screen, one_of(v, &[("today", "today"), ("leads", "leads")]).map(str::to_owned))),
    setting("bell", "true    # false: nothing rings when something falls due", |c, v| set(&mut c.bell, yes(v))),
    setting("editor", "\"nvim\"    # for notes; else $VISUAL or $EDITOR", |c, v| set(&mut c.editor, text(v).map(Some))),
    setting("dial", "\"linphonecsh dial {number}\"    # dials a number; without it the number is copied", |c, v| set(&mut c.dial, text(v).map(Some))),
    setting("confirm_above", "20    # acts on more records than this are confirmed first", |c, v| set(&mut c.confirm_above, number(v, 1, 1_000_000))),
    setting("mail_own", "\"ana@us.example, office@us.example\"    # your own addresses: what they send is outgoing, and makes no leads", |c, v| set(&mut c.mail_own, text(v).and_then(|t| addresses(&t)))),
    setting("mail_send", "\"msmtp -t\"    # the program that sends a mail from its input; no shell runs it", |c, v| set(&mut c.mail_send, text(v).and_then(|t| words(&t)))),
    setting("mail_folder", "\"/home/ana/outbox\"    # where mails are written as .eml files if mail_send is not set", |c, v| set(&mut c.mail_folder, path(v).map(Some))),
    setting("disqualify", "\"open\"    # open: not while an opportunity from the lead is open; any: not if there is one at all, as in Dynamics", |c, v| set(&mut c.strict_disqualify, one_of(v, &[("open", false), ("any", true)]))),
    setting("attachment_size", "25    # the largest file that is attached, in MB, at most 1000", |c, v| set(&mut c.files.largest, number(v, 1, MOST_MB).map(|mb| u64::from(mb) * 1_000_000))),
    setting("attachment_blocked", "\"exe bat js\"    # endings of files that are not attached; else those that run when they are opened", |c, v| set(&mut c.files.blocked, text(v).map(|t| Arc::new(endings(&t))))),
    setting("open", "\"xdg-open\"    # opens attached files, with its arguments", |c, v| set(&mut c.open, text(v).map(Some))),
];

impl Config {
    /// Reads config.toml, then LEADBOOK_DB and LEADBOOK_USER over it. A missing file is none; mistakes stop nothing.
    pub fn load(paths: &Paths, env: &dyn Fn(&str) -> Option<String>) -> (Self, Vec<Mistake>) {
        let file = paths.config_file();
        let name = file.display().to_string();
        let (text, unreadable) = match read_small(&file) {
            Ok(text) => (text.unwrap_or_default(), None),
            Err(error) => (String::new(), Some(Mistake::new(&name, 0, error.headline()))),
        };
        let (mut config, mut mistakes) = Self::read(&name, &text, env);
        mistakes.extend(unreadable);
        mistakes.extend(config.without_commands_of_others(&file));
        let given = |name: &str| env(name).filter(|value| !value.is_empty());
        if let Some(database) = given("LEADBOOK_DB") {
            config.database = Some(database.into());
        }
        if let Some(user) = given("LEADBOOK_USER") {
            config.user = Some(user);
        }
        (config, mistakes)
    }

    /// Forgets the commands where others than the person can write the file: they would decide what runs in the person's name.
    fn without_commands_of_others(&mut self, file: &Path) -> Option<Mistake> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let meta = std::fs::metadata(file).ok()?;
        let home = std::fs::metadata(file.parent()?).ok()?;
        let by_others = meta.permissions().mode() & 0o022 != 0;
        // of whoever owns the folder, or of the system
        let by_a_stranger = meta.uid() != home.uid() && meta.uid() != 0;
        let has_commands = self.editor.is_some() || self.dial.is_some() || self.open.is_some() || !self.mail_send.is_empty();
        if !has_commands || !(by_others || by_a_stranger) {
            return None;
        }
        (self.editor, self.dial, self.open, self.mail_send) = (None, None, None, Vec::new());
        let message =
            "others can write it, so its commands (open, editor, dial, mail_send) are not run; chmod go-w makes it yours alone";
        Some(Mistake::new(file.display().to_string(), 0, message))
    }

    /// Reads the text of a config.toml; `file` is what its mistakes call it. The country is guessed from the environment.
    pub fn read(file: &str, text: &str, env: &dyn Fn(&str) -> Option<String>) -> (Self, Vec<Mistake>) {
        let mut config = Self { country: country(env).unwrap_or_else(|| "US".into()), ..Self::default() };
        let (entries, mut mistakes) = lines::read(file, text);
        for entry in entries {
            let taken = match SETTINGS.iter().find(|setting| setting.name == entry.key) {
                Some(setting) => (setting.take)(&mut config, &entry.value).map_err(|e| format!("“{}”: {e}", setting.name)),
                None => {
                    let near = guess(&entry.key, SETTINGS.iter().map(|setting| setting.name));
                    Err(format!("there is no setting “{}”{near}", entry.key))
                }
            };
            if let Err(message) = taken {
                mistakes.push(Mistake::new(file, entry.line, message));
            }
        }
        mistakes.sort_by_key(|mistake| mistake.line);
        (config, mistakes)
    }

    /// How the person writes numbers and dates.
    pub fn locale(&self) -> Locale {
        let usual = Locale::of(&self.country);
        Locale {
            currency: self.currency.clone().unwrap_or_else(|| usual.currency.clone()),
            day_first: self.day_first.unwrap_or(usual.day_first),
            decimal_comma: self.decimal_comma.unwrap_or(usual.decimal_comma),
            ..usual
        }
    }

    /// The database to open when the command line names none.
    pub fn database_path(&self, paths: &Paths) -> PathBuf {
        self.database.clone().unwrap_or_else(|| paths.default_database())
    }
}

fn set<T>(place: &mut T, value: Result<T, String>) -> Taken {
    value.map(|value| *place = value)
}

fn text(value: &Value) -> Result<String, String> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Value::Text(_) => Err("write something, or leave the line out".into()),
        _ => Err("write it in quotes".into()),
    }
}

/// A command as a shell would take it apart; no shell runs it.
fn words(text: &str) -> Result<Vec<String>, String> {
    let words = shlex::split(text).filter(|words| !words.is_empty());
    words.ok_or_else(|| "a quotation mark is not closed".into())
}

/// E-mail addresses with commas or blanks between.
fn addresses(text: &str) -> Result<Vec<String>, String> {
    let words = text.split([',', ';', ' ', '\n']).map(str::trim).filter(|word| !word.is_empty());
    words.map(email::parse).collect()
}

fn code(value: &Value, length: usize, what: &str) -> Result<String, String> {
    let text = text(value)?;
    let right = text.len() == length && text.bytes().all(|b| b.is_ascii_alphabetic());
    if right { Ok(text.to_ascii_uppercase()) } else { Err(format!("“{text}” is not {what}")) }
}

fn one_of<T: Copy>(value: &Value, known: &[(&str, T)]) -> Result<T, String> {
    let text = text(value)?;
    known.iter().find(|(word, _)| *word == text.to_ascii_lowercase()).map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        format!("“{text}” is not {}", words.join(" or "))
    })
}

fn yes(value: &Value) -> Result<bool, String> {
    match value {
        Value::Bool(yes) => Ok(*yes),
        _ => Err("write true or false, without quotes".into()),
    }
}

fn number(value: &Value, least: u32, most: u32) -> Result<u32, String> {
    match value {
        Value::Int(int) => u32::try_from(*int).ok().filter(|n| (least..=most).contains(n)),
        _ => None,
    }
    .ok_or_else(|| format!("write a whole number from {least} to {most}"))
}

fn path(value: &Value) -> Result<PathBuf, String> {
    let text = text(value)?;
    if text.starts_with('~') {
        return Err("write the path from the root; ~ is the shell's".into());
    }
    let path = Path::new(&text);
    if path.is_absolute() { Ok(path.to_owned()) } else { Err(format!("“{text}” does not begin at the root (/)")) }
}
