//! `completions` and `man`: what a shell and `man` know of the commands, made from the same table.

use std::io::Write;

use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::args::Args;
use super::output::Out;
use crate::error::{Error, Result};

/// Write the completions of a shell to standard output
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Write the manual page to standard output: leadbook man | man -l -
#[derive(Debug, clap::Args)]
pub struct Man {}

impl Completions {
    /// Writes them.
    pub fn run(self, out: &mut Out) -> Result<u8> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Args::command(), "leadbook", &mut text);
        out.write_all(&text).map_err(failed)?;
        Ok(0)
    }
}

impl Man {
    /// Writes it.
    pub fn run(self, out: &mut Out) -> Result<u8> {
        page(out).map_err(failed)?;
        Ok(0)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the form that map_err takes")]
fn failed(error: std::io::Error) -> Error {
    Error::io("standard output", &error)
}

/// What a reader of the page needs beside the commands.
const ENDS: &[(&str, &[(&str, &str)])] = &[
    (
        "EXIT STATUS",
        &[
            ("0", "Done. An import that was read to its end is done, problems or not."),
            ("1", "Failed; a sentence on standard error says why and what to do."),
            ("2", "Wrong usage, also a mistake in a filter or in the name of a field."),
            ("75", "The database stayed locked for the seconds of --wait; try again later."),
        ],
    ),
    (
        "ENVIRONMENT",
        &[
            ("LEADBOOK_DB", "The database file; --db is stronger."),
            ("LEADBOOK_USER", "The login of the acting user; --as is stronger."),
            ("NO_COLOR", "If it is not empty, nothing is coloured unless --color says so."),
            ("XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "Where the folders named leadbook lie."),
        ],
    ),
    (
        "FILES",
        &[
            ("config.toml, keys.toml, themes/", "In the configuration folder: the settings, the keys, the colours."),
            ("leads.db, leads-backups/", "In the data folder: the database and its backups."),
            ("state.toml, drafts/", "In the state folder: what is remembered between starts, and text that was not saved."),
        ],
    ),
];

fn page(out: &mut Out) -> std::io::Result<()> {
    let mut command = Args::command();
    command.build();
    let man = clap_mangen::Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    writeln!(out, ".SH COMMANDS")?;
    for sub in command.get_subcommands() {
        render(out, sub)?;
        for under in sub.get_subcommands() {
            render(out, under)?;
        }
    }
    for (title, entries) in ENDS {
        writeln!(out, ".SH \"{title}\"")?;
        for (term, text) in *entries {
            writeln!(out, ".TP\n\\fB{}\\fR\n{}", roff(term), roff(text))?;
        }
    }
    Ok(())
}

/// A command with its usage, what it does and its own options.
fn render(out: &mut Out, command: &Command) -> std::io::Result<()> {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").trim();
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default();
    writeln!(out, ".SS \"{}\"\n{}", roff(usage), roff(&about).replace("\n\n", "\n.PP\n"))?;
    let own = command.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help" && !arg.is_hide_set());
    for arg in own {
        let Some(help) = arg.get_help().map(ToString::to_string) else { continue };
        let help = if help.ends_with('.') { help } else { format!("{help}.") };
        let values: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_owned()).collect();
        let values = if values.is_empty() { String::new() } else { format!(" One of {}.", values.join(", ")) };
        let name = arg.to_string();
        writeln!(out, ".TP\n\\fB{}\\fR\n{}", roff(&name), roff(&format!("{help}{values}")))?;
    }
    Ok(())
}

/// Text in which nothing is a command of the page.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('"', "\\(dq").replace('…', "...");
    let lines = text.lines().map(|line| if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}
