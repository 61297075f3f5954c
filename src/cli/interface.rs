//! The interface on a database of the person's, or on a throw-away copy of the sample data. Draws nothing itself.

use std::path::{Path, PathBuf};

use clap::CommandFactory;

use super::args::Args;
use super::open::Cli;
use super::output;
use super::scratch::Scratch;
use crate::error::{Error, Result};
use crate::service::generate::demo::FillDemo;
use crate::service::lead_service::FirstUser;
use crate::store::Db;
use crate::store::sqlite::backup;
use crate::tui::effect::Switch;
use crate::tui::runtime::{self, Launch, Left};
use crate::tui::terminal::capability::Capability;

/// The database that the interface works on.
enum Place {
    /// The person's, or a kept copy.
    File(PathBuf),
    /// The sample data, in a folder that goes when it is left.
    Sample(Scratch),
}

impl Place {
    fn path(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Sample(folder) => folder.path().join("sample.db"),
        }
    }
}

/// Runs the interface until it is left; `demo` begins with the sample data.
pub fn run(cli: &Cli, demo: bool) -> Result<u8> {
    if !Capability::detect().interactive {
        return Err(without_terminal());
    }
    if cli.globals.user.is_some() && !demo && cli.database().exists() {
        // opened only to see whether the person may act as this user
        cli.read()?;
    }
    cli.paths.make()?;
    let mut place = if demo { sample(cli)? } else { Place::File(cli.database()) };
    loop {
        place = match runtime::run(launch(cli, &place))? {
            Left::Quit => return Ok(0),
            Left::Switch(Switch::Sample) => sample(cli)?,
            Left::Switch(Switch::Keep) => Place::File(keep(cli, &place.path())?),
        };
    }
}

fn launch(cli: &Cli, place: &Place) -> Launch {
    let database = place.path();
    let sample = matches!(place, Place::Sample(_));
    let FirstUser { login, name } = cli.first_user();
    Launch {
        fresh: !database.exists(),
        database,
        paths: cli.paths.clone(),
        config: cli.config.clone(),
        login,
        name,
        sample,
        mistakes: cli.mistakes.clone(),
    }
}

/// The sample data, made anew: its dates are relative to today.
fn sample(cli: &Cli) -> Result<Place> {
    let place = Place::Sample(Scratch::new()?);
    let mut desk = cli.write_at(place.path())?;
    desk.service.execute(FillDemo, &desk.ctx)?;
    Ok(place)
}

/// Copies the sample data into a new file of the data folder, whose name is said when the interface is left.
fn keep(cli: &Cli, sample: &Path) -> Result<PathBuf> {
    let named = |n: u32| if n == 1 { "sample.db".to_owned() } else { format!("sample-{n}.db") };
    let path = (1..1_000).map(|n| cli.paths.data.join(named(n))).find(|path| !path.exists());
    let path = path.ok_or_else(|| Error::refused("there are a thousand kept samples", "remove some of them"))?;
    backup::write(&Db::open_reader(sample)?, &path)?;
    output::tell(&format!("the sample data is kept: leadbook --db {}", path.display()));
    Ok(path)
}

/// What works where there is no terminal.
fn without_terminal() -> Error {
    let command = Args::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).filter(|name| *name != "demo").collect();
    Error::refused(
        "the interface needs a terminal",
        format!("these commands work without one: {}; `leadbook --help` says what each does", names.join(", ")),
    )
}
