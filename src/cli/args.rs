//! What can be typed behind `leadbook`: the options that hold everywhere and the list of commands. Does nothing itself.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use super::{
    activity, add, assign, attach, backup, catalogue, check, choices, completions, delete, erase, execute, export, find,
    generate, history, import, keys, link, list, log_mail, merge, note, opportunity, people, purge, qualify, report, request,
    restore, route, rule, score, score_rule, set, share, show, steps, tag, take, target, undo, view,
};
use crate::model::catalog::Catalog;
use crate::model::entity::Entity as Kind;
use crate::model::field::Registry;

/// A keyboard-driven terminal program for working and qualifying sales leads
///
/// Without a command the interface opens, on the database in your data folder (made if missing) or on the one named by --db.
/// Every command works on the same data and through the same rules, so that what is done here can be seen and undone there.
#[derive(Debug, Parser)]
#[command(name = "leadbook", version, after_help = AFTER, disable_help_subcommand = true, max_term_width = 100)]
pub struct Args {
    /// What holds for every command.
    #[command(flatten)]
    pub globals: Globals,
    /// The command; none is the interface.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER: &str = "\
REC is a record: L-1042 or 1042 a lead, A-17 an account, C-12 a contact, O-3 an opportunity, N-7 a note, F-4 a file,
 or a UUID.
 OWNER is a user's login or team:name.
Exit codes: 0 done, 1 failed (a sentence says why), 2 wrong usage, 75 the database stayed locked (try again).";

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The options of every command.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Globals {
    /// The database file; else LEADBOOK_DB, the one in config.toml, or leads.db in your data folder
    #[arg(long, global = true, value_name = "FILE")]
    pub db: Option<PathBuf>,
    /// Act as this user; another than yourself needs the admin role
    #[arg(long = "as", global = true, value_name = "USER")]
    pub user: Option<String>,
    /// When to colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value = "auto",
        hide_possible_values = true,
        help = "When to colour: auto, always or never"
    )]
    pub color: Colour,
    /// How long to wait while another program writes
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub wait: u32,
    /// Answer with JSON
    #[arg(long, global = true, action = ArgAction::SetTrue)]
    pub json: bool,
}

/// The kinds of records that commands work on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Entity {
    /// Leads.
    #[default]
    #[value(alias = "leads")]
    Lead,
    /// Accounts.
    #[value(alias = "accounts")]
    Account,
    /// Contacts.
    #[value(alias = "contacts")]
    Contact,
    /// Opportunities.
    #[value(alias = "opportunities")]
    Opportunity,
    /// Products.
    #[value(alias = "products")]
    Product,
    /// Competitors.
    #[value(alias = "competitors")]
    Competitor,
    /// Campaigns.
    #[value(alias = "campaigns")]
    Campaign,
    /// Activities.
    #[value(alias = "activities")]
    Activity,
    /// Templates.
    #[value(alias = "templates")]
    Template,
    /// Customer requests.
    #[value(alias = "requests")]
    Request,
}

/// Which kind of records a command works on.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct OfEntity {
    /// The kind of records
    #[arg(long, value_enum, ignore_case = true, default_value = "lead")]
    pub entity: Entity,
}

impl OfEntity {
    /// The kind, as the model knows it.
    pub const fn kind(self) -> Kind {
        match self.entity {
            Entity::Lead => Kind::Lead,
            Entity::Account => Kind::Account,
            Entity::Contact => Kind::Contact,
            Entity::Opportunity => Kind::Opportunity,
            Entity::Product => Kind::Product,
            Entity::Competitor => Kind::Competitor,
            Entity::Campaign => Kind::Campaign,
            Entity::Activity => Kind::Activity,
            Entity::Template => Kind::Template,
            Entity::Request => Kind::Request,
        }
    }

    /// The fields of such records.
    pub fn registry(self, catalog: &Catalog) -> &Registry {
        catalog.registry(self.kind())
    }
}

/// Every command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the interface on a throw-away copy of the sample data
    Demo,
    Generate(generate::Generate),
    Add(add::Add),
    List(list::List),
    Show(show::Show),
    Find(find::Find),
    Set(set::Set),
    Note(note::Note),
    Call(activity::Call),
    Task(activity::Task),
    Appointment(activity::Appointment),
    Activity(activity::Activity),
    Done(activity::Done),
    Cancel(activity::Cancel),
    Move(activity::Move),
    Agenda(activity::Agenda),
    Attach(attach::Attach),
    SaveAttachment(attach::Save),
    Tag(tag::Tag),
    Assign(assign::Assign),
    Qualify(qualify::Qualify),
    Disqualify(qualify::Disqualify),
    Reopen(qualify::Reopen),
    Stage(opportunity::Stage),
    Win(opportunity::Win),
    Lose(opportunity::Lose),
    Link(link::Link),
    Unlink(link::Unlink),
    Share(share::Share),
    Unshare(share::Unshare),
    Access(share::Access),
    Merge(merge::Merge),
    Delete(delete::Delete),
    Undelete(delete::Undelete),
    Import(import::Import),
    LogMail(log_mail::LogMail),
    Export(export::Export),
    Execute(execute::Execute),
    Messages(execute::Messages),
    Rule(rule::Rule),
    Route(route::Route),
    Take(take::Take),
    Queue(take::Queue),
    History(history::History),
    Undo(undo::Undo),
    Redo(undo::Redo),
    Steps(steps::Steps),
    User(people::User),
    Team(people::Team),
    Unit(people::Unit),
    Partner(people::Partner),
    Source(choices::Source),
    Industry(choices::Industry),
    Product(catalogue::Product),
    Competitor(catalogue::Competitor),
    Campaign(catalogue::Campaign),
    Template(catalogue::Template),
    Report(report::Report),
    Request(request::Request),
    Reason(choices::Reason),
    Outcome(choices::Outcome),
    Score(score::Score),
    ScoreRule(score_rule::ScoreRule),
    Target(target::Target),
    View(view::View),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Check(check::Check),
    Erase(erase::Erase),
    Purge(purge::Purge),
    Keys(keys::Keys),
    Completions(completions::Completions),
    Man(completions::Man),
}

/// What stands before a word that begins with `-` and is no option; no typed word can hold it.
const WORD: char = '\0';

/// Options that take the next word.
const VALUED: [&str; 4] = ["--db", "--as", "--color", "--wait"];

/// Marks the words that begin with `-` and are no options: `-expo` of `tag`, `-source:web` of a filter. [`word`] takes the mark
/// off again.
pub fn marked(typed: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut words: Vec<OsString> = typed.into_iter().collect();
    let mut at = 1;
    while let Some(word) = words.get(at).and_then(|w| w.to_str()) {
        if !word.starts_with('-') {
            break;
        }
        at += if VALUED.contains(&word) { 2 } else { 1 };
    }
    let is_word: fn(&str) -> bool = match words.get(at).and_then(|w| w.to_str()) {
        Some("tag" | "list" | "find" | "report" | "route" | "score" | "view") => |w| w != "-h",
        Some("export") => |w| w != "-h" && !w.starts_with("-o"),
        _ => return words,
    };
    for slot in &mut words[at + 1..] {
        if let Some(text) = slot.to_str()
            && text.len() > 1
            && text.starts_with('-')
            && !text.starts_with("--")
            && is_word(text)
        {
            *slot = format!("{WORD}{text}").into();
        }
    }
    words
}

/// A word as it was typed.
pub fn word(text: &str) -> &str {
    text.strip_prefix(WORD).unwrap_or(text)
}

/// Words as one text with a blank between, as a filter or a quick-add line may be typed without quotes.
pub fn joined(words: &[String]) -> String {
    words.iter().map(|w| word(w)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_minus_before_a_word_is_no_option_where_words_are_due() {
        let typed = ["leadbook", "--db", "tag", "tag", "L-1", "+a", "-b", "--json"].map(OsString::from);
        let args = Args::try_parse_from(marked(typed)).expect("words");
        assert!(args.globals.json);
        let Some(Command::Tag(tag)) = args.command else { panic!("not tag") };
        assert_eq!(tag.words.iter().map(|w| word(w)).collect::<Vec<_>>(), ["L-1", "+a", "-b"]);
        let typed = ["leadbook", "export", "-source:web", "-o", "x.csv"].map(OsString::from);
        let Some(Command::Export(export)) = Args::try_parse_from(marked(typed)).expect("words").command else {
            panic!("not export")
        };
        assert_eq!((joined(&export.filter), export.output), ("-source:web".into(), Some("x.csv".into())));
    }

    #[test]
    fn options_that_hold_everywhere_hold_before_and_behind_the_command() {
        for typed in [["leadbook", "--db", "x.db", "redo"], ["leadbook", "redo", "--db", "x.db"]] {
            let args = Args::try_parse_from(typed).expect("an option");
            assert_eq!(args.globals.db, Some("x.db".into()));
        }
        assert!(Args::try_parse_from(["leadbook", "report"]).is_err());
    }
}
