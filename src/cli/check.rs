//! `check`: whether the database is sound, private, and backed up.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use serde_json::json;

use super::open::Cli;
use super::output::Out;
use crate::error::{Error, Result};
use crate::model::clean::clean;
use crate::model::dates::{ago, show_instant};
use crate::model::zone::Zone;
use crate::service::context::Clock;
use crate::store::Db;
use crate::store::sqlite::{Mode, Opening, backup, check, clean};

/// Check the database: its file, its contents, its permissions, free space and backups; exit code 1 if something is wrong
#[derive(Debug, clap::Args)]
pub struct Check {}

/// A backup older than this is worth a remark, in µs.
const OLD: i64 = 7 * 86_400_000_000;

#[derive(Default)]
struct Report {
    sound: Vec<String>,
    remarks: Vec<String>,
    problems: Vec<String>,
}

impl Check {
    /// Looks at everything.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let path = cli.database();
        let opening = Opening { wait: u64::from(cli.globals.wait) * 1_000, ..Opening::existing(&path) };
        let mut db = Db::open(&opening)?;
        let mut report = Report::default();
        clean_up(&mut db, &mut report);
        for finding in check::run(&mut db)? {
            if finding.problems.is_empty() {
                report.sound.push(finding.what.to_owned());
            }
            report.problems.extend(finding.problems.into_iter().map(|p| format!("{}: {p}", finding.what)));
        }
        if db.mode() != Mode::Write {
            report.remarks.push("the file can only be read: the search index was not checked".into());
        }
        permissions(&path, &mut report)?;
        space(&path, &mut report)?;
        backups(&path, cli.config.zone, &mut report)?;
        report.give(cli, out)
    }
}

/// Goes on with cleaning up behind an erasure, where an end halfway left it due.
fn clean_up(db: &mut Db, report: &mut Report) {
    let done = match clean::is_due(db) {
        Ok(false) => return,
        Ok(true) if db.mode() != Mode::Write => Err(Error::ReadOnly("the file can only be read".into())),
        Ok(true) => clean::run(db, &mut |_, _| Ok(())),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => report.remarks.push("what an erasure had left in the file is cleaned up now".into()),
        Err(error) => report.problems.push(format!("erasing: the file may still hold what was erased: {error}")),
    }
}

impl Report {
    fn give(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let failed = u8::from(!self.problems.is_empty());
        if cli.globals.json {
            out.json(&json!({
                "ok": self.problems.is_empty(), "sound": self.sound, "remarks": self.remarks, "problems": self.problems,
            }))?;
            return Ok(failed);
        }
        for (word, lines) in [("ok", &self.sound), ("remark", &self.remarks), ("wrong", &self.problems)] {
            for line in lines {
                out.line(&format!("{word:<7} {}", clean(line)))?;
            }
        }
        if failed > 0 {
            out.line("`leadbook restore` lists the backups")?;
        }
        Ok(failed)
    }
}

/// Others than the owner are kept out; a group that the owner let in is said.
fn permissions(path: &Path, report: &mut Report) -> Result<()> {
    let mode = std::fs::metadata(path).map_err(|e| Error::io(path.display(), &e))?.mode();
    let shown = path.display();
    if mode & 0o006 != 0 {
        report.problems.push(format!("permissions: everybody on this machine can read {shown}; chmod o-rwx keeps them out"));
    } else if mode & 0o060 != 0 {
        let can = if mode & 0o020 != 0 { "write" } else { "read" };
        report.remarks.push(format!("the group of {shown} can {can} it"));
    } else {
        report.sound.push("permissions: private".into());
    }
    Ok(())
}

fn space(path: &Path, report: &mut Report) -> Result<()> {
    let size = std::fs::metadata(path).map_err(|e| Error::io(path.display(), &e))?.len();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if backup::fits(folder, size)? {
        report.sound.push("free space: a backup fits".into());
    } else {
        report.problems.push(format!("free space: a backup of {:.1} MB does not fit in {}", size as f64 / 1e6, folder.display()));
    }
    Ok(())
}

fn backups(path: &Path, zone: Zone, report: &mut Report) -> Result<()> {
    let now = Clock::System.now();
    match backup::list(path)?.first() {
        None => report.remarks.push("there is no backup yet: leadbook backup".into()),
        Some(newest) if now - newest.at > OLD => {
            report.remarks.push(format!("the newest backup is {} old: leadbook backup", ago(newest.at, now)));
        }
        Some(newest) => report.sound.push(format!("backups: the newest was taken {}", show_instant(newest.at, zone))),
    }
    Ok(())
}
