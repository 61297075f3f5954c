//! Opening a file with another program: the system's opener or the person's own. No shell is involved and nothing is waited for.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use uuid::Uuid;

use crate::error::{Error, Result};

/// The system's opener.
const SYSTEM: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// A new name for the private folder of files that other programs open; nothing is made.
pub fn folder(temporary: &Path) -> PathBuf {
    temporary.join(format!("leadbook-{}", Uuid::now_v7().simple()))
}

/// Removes that folder with all that is in it; one that was never made is gone already.
pub fn forget(folder: &Path) {
    // what cannot be removed is private, and in a folder that the system clears
    let _ = std::fs::remove_dir_all(folder);
}

/// The opener with its arguments: `own` as one would write it in a shell, else the system's.
fn command(own: Option<&str>) -> Result<(String, Vec<String>)> {
    let own = own.filter(|own| !own.trim().is_empty()).unwrap_or(SYSTEM);
    let mut words = shlex::split(own).unwrap_or_default().into_iter();
    match words.next() {
        Some(program) => Ok((program, words.collect())),
        None => Err(Error::refused(format!("“{own}” cannot be understood"), "check the quotes of `open` in config.toml")),
    }
}

/// Opens a file, which must be named from the root: so no opener can take its name for an option. On a thread, as the opener may
/// live as long as what it opens; `failed` is called on it when nothing could be opened.
pub fn open(file: PathBuf, own: Option<&str>, failed: impl Fn(Error) + Send + 'static) {
    let command = command(own);
    let work = move || {
        if let Err(error) = command.and_then(|(program, arguments)| run(&program, &arguments, &file)) {
            failed(error);
        }
    };
    // without a thread nothing is opened, and the file can still be written out
    let _ = std::thread::Builder::new().name("opener".into()).spawn(work);
}

fn run(program: &str, arguments: &[String], file: &Path) -> Result<()> {
    debug_assert!(file.is_absolute(), "{}", file.display());
    let mut opener = Command::new(program);
    opener.args(arguments).arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // keys that interrupt this program are not meant for it
    opener.process_group(0);
    let hint = "`open` in config.toml names the program; the file can be written to a folder instead";
    match opener.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Error::refused(format!("{program} did not open it ({status})"), hint)),
        Err(error) => Err(Error::refused(format!("{program} could not be started ({error})"), hint)),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::mpsc::channel;

    use super::*;

    /// An opener that writes each of its arguments on a line of its own.
    fn opener(dir: &Path) -> PathBuf {
        let script = dir.join("opener");
        std::fs::write(&script, format!("#!/bin/sh\nprintf '%s\\n' \"$@\" > {}\n", dir.join("told").display())).unwrap();
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).unwrap();
        script
    }

    #[test]
    fn no_name_is_more_than_a_name() {
        let dir = tempfile::tempdir().unwrap();
        let script = opener(dir.path());
        for name in ["; touch x", "$(touch x)", "--help", "a b 'c'", "`x`", "*"] {
            let file = dir.path().join(name);
            run(&script.display().to_string(), &["--new window".into()], &file).unwrap();
            let told = std::fs::read_to_string(dir.path().join("told")).unwrap();
            assert_eq!(told, format!("--new window\n{}\n", file.display()));
        }
        assert!(!Path::new("x").exists() && !dir.path().join("x").exists());
    }

    #[test]
    fn an_opener_is_a_program_with_arguments() {
        assert_eq!(command(Some("gio open")).unwrap(), ("gio".into(), vec!["open".into()]));
        assert_eq!(command(Some("'my opener' -x")).unwrap(), ("my opener".into(), vec!["-x".into()]));
        assert_eq!(command(Some(" ")).unwrap(), (SYSTEM.into(), Vec::new()));
        assert!(command(Some("'open")).unwrap_err().to_string().contains("cannot be understood"));
    }

    #[test]
    fn what_cannot_be_opened_is_said() {
        let (tell, told) = channel();
        for own in ["no-such-program-here", "false"] {
            let tell = tell.clone();
            open("/x".into(), Some(own), move |error| tell.send(error.to_string()).unwrap());
            let said = told.recv_timeout(std::time::Duration::from_secs(10)).unwrap();
            assert!(said.starts_with(own) && said.contains("written to a folder"), "{said}");
        }
    }
}
