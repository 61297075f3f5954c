//! The command line: arguments to acts and questions, answers to standard output, failures to exit codes. Knows no rule of a lead.

mod activity;
mod add;
mod answer;
mod args;
mod assign;
mod attach;
mod backup;
mod catalogue;
mod check;
mod choices;
mod completions;
mod defined;
mod delete;
mod erase;
mod execute;
mod export;
mod files;
mod filter;
mod find;
mod generate;
mod held;
mod history;
mod import;
mod interface;
mod keys;
mod link;
mod list;
mod log_mail;
mod merge;
mod names;
mod note;
mod open;
mod opportunity;
mod output;
mod people;
mod progress;
mod purge;
mod qualify;
mod report;
mod request;
mod restore;
mod route;
mod rows;
mod rule;
mod score;
mod score_rule;
mod scratch;
mod set;
mod share;
mod show;
mod steps;
mod table;
mod tag;
mod take;
mod target;
mod undo;
mod view;
mod words;

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches};

use self::args::{Args, Command};
use self::open::Cli;
use self::output::Out;
use crate::error::Result;

/// Runs what was typed and returns the exit code: 0 done, 1 failed, 2 wrong usage, 75 the database stayed locked.
pub fn run(typed: impl IntoIterator<Item = OsString>) -> u8 {
    let matches = Args::command().try_get_matches_from(args::marked(typed));
    let args = match matches.and_then(|matches| Args::from_arg_matches(&matches)) {
        Ok(args) => args,
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            // nobody reads the help that they asked for: nothing is left to be done
            let _ = error.print();
            return code;
        }
    };
    let globals = args.globals.clone();
    let mut out = Out::new(&globals);
    let done = dispatch(args, &mut out).and_then(|code| out.end().map(|()| code));
    match done {
        Ok(code) => code,
        // whoever read the output has seen enough
        Err(_) if out.is_broken() => 0,
        Err(error) => {
            // what was found before it failed is still worth reading
            let _ = out.end();
            output::complain(&error, &globals);
            error.exit_code()
        }
    }
}

fn dispatch(args: Args, out: &mut Out) -> Result<u8> {
    let cli = || Cli::new(args.globals);
    match args.command {
        None => interface::run(&cli()?, false),
        Some(Command::Demo) => interface::run(&cli()?, true),
        Some(Command::Generate(it)) => it.run(&cli()?, out),
        Some(Command::Add(it)) => it.run(&cli()?, out),
        Some(Command::List(it)) => it.run(&cli()?, out),
        Some(Command::Show(it)) => it.run(&cli()?, out),
        Some(Command::Find(it)) => it.run(&cli()?, out),
        Some(Command::Set(it)) => it.run(&cli()?, out),
        Some(Command::Note(it)) => it.run(&cli()?, out),
        Some(Command::Call(it)) => it.run(&cli()?, out),
        Some(Command::Task(it)) => it.run(&cli()?, out),
        Some(Command::Appointment(it)) => it.run(&cli()?, out),
        Some(Command::Activity(it)) => it.run(&cli()?, out),
        Some(Command::Done(it)) => it.run(&cli()?, out),
        Some(Command::Cancel(it)) => it.run(&cli()?, out),
        Some(Command::Move(it)) => it.run(&cli()?, out),
        Some(Command::Agenda(it)) => it.run(&cli()?, out),
        Some(Command::Attach(it)) => it.run(&cli()?, out),
        Some(Command::SaveAttachment(it)) => it.run(&cli()?, out),
        Some(Command::Tag(it)) => it.run(&cli()?, out),
        Some(Command::Assign(it)) => it.run(&cli()?, out),
        Some(Command::Qualify(it)) => it.run(&cli()?, out),
        Some(Command::Disqualify(it)) => it.run(&cli()?, out),
        Some(Command::Reopen(it)) => it.run(&cli()?, out),
        Some(Command::Stage(it)) => it.run(&cli()?, out),
        Some(Command::Win(it)) => it.run(&cli()?, out),
        Some(Command::Lose(it)) => it.run(&cli()?, out),
        Some(Command::Link(it)) => it.run(&cli()?, out),
        Some(Command::Unlink(it)) => it.run(&cli()?, out),
        Some(Command::Share(it)) => it.run(&cli()?, out),
        Some(Command::Unshare(it)) => it.run(&cli()?, out),
        Some(Command::Access(it)) => it.run(&cli()?, out),
        Some(Command::Merge(it)) => it.run(&cli()?, out),
        Some(Command::Delete(it)) => it.run(&cli()?, out),
        Some(Command::Undelete(it)) => it.run(&cli()?, out),
        Some(Command::Import(it)) => it.run(&cli()?, out),
        Some(Command::LogMail(it)) => it.run(&cli()?, out),
        Some(Command::Export(it)) => it.run(&cli()?, out),
        Some(Command::Execute(it)) => it.run(&cli()?, out),
        Some(Command::Messages(it)) => it.run(&cli()?, out),
        Some(Command::Rule(it)) => it.run(&cli()?, out),
        Some(Command::Route(it)) => it.run(&cli()?, out),
        Some(Command::Take(it)) => it.run(&cli()?, out),
        Some(Command::Queue(it)) => it.run(&cli()?, out),
        Some(Command::History(it)) => it.run(&cli()?, out),
        Some(Command::Undo(it)) => it.run(&cli()?, out),
        Some(Command::Redo(it)) => it.run(&cli()?, out),
        Some(Command::Steps(it)) => it.run(&cli()?, out),
        Some(Command::User(it)) => it.run(&cli()?, out),
        Some(Command::Team(it)) => it.run(&cli()?, out),
        Some(Command::Unit(it)) => it.run(&cli()?, out),
        Some(Command::Partner(it)) => it.run(&cli()?, out),
        Some(Command::Source(it)) => it.run(&cli()?, out),
        Some(Command::Industry(it)) => it.run(&cli()?, out),
        Some(Command::Product(it)) => it.run(&cli()?, out),
        Some(Command::Competitor(it)) => it.run(&cli()?, out),
        Some(Command::Campaign(it)) => it.run(&cli()?, out),
        Some(Command::Template(it)) => it.run(&cli()?, out),
        Some(Command::Report(it)) => it.run(&cli()?, out),
        Some(Command::Request(it)) => it.run(&cli()?, out),
        Some(Command::Outcome(it)) => it.run(&cli()?, out),
        Some(Command::Score(it)) => it.run(&cli()?, out),
        Some(Command::ScoreRule(it)) => it.run(&cli()?, out),
        Some(Command::Target(it)) => it.run(&cli()?, out),
        Some(Command::View(it)) => it.run(&cli()?, out),
        Some(Command::Reason(it)) => it.run(&cli()?, out),
        Some(Command::Backup(it)) => it.run(&cli()?, out),
        Some(Command::Restore(it)) => it.run(&cli()?, out),
        Some(Command::Check(it)) => it.run(&cli()?, out),
        Some(Command::Erase(it)) => it.run(&cli()?, out),
        Some(Command::Purge(it)) => it.run(&cli()?, out),
        Some(Command::Keys(it)) => it.run(out),
        Some(Command::Completions(it)) => it.run(out),
        Some(Command::Man(it)) => it.run(out),
    }
}
