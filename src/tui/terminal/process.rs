//! Other programs: the person's editor on a private file, and the system's opener. No shell is involved.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// The most that is read back from an editor, in bytes.
const LIMIT: u64 = 1 << 20;

/// What came of editing elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The text is as it was.
    Unchanged,
    /// The new text.
    Changed(String),
    /// A sentence: what went wrong, and where the text is if it differs from what was given.
    Failed(String),
}

/// The editor that the person wants: `own` (a setting), $VISUAL, $EDITOR, or vi.
pub fn editor(own: Option<&str>, env: &dyn Fn(&str) -> Option<String>) -> String {
    own.map(str::to_owned)
        .into_iter()
        .chain(["VISUAL", "EDITOR"].into_iter().filter_map(env))
        .find(|command| !command.trim().is_empty())
        .unwrap_or_else(|| "vi".into())
}

/// Edits `text` with `command`, a program with its arguments as one would write them in a shell.
///
/// To be called inside `Screen::suspended`. `folder` is where the private folder with the file is made for as long as it lasts;
/// it must exist. Line breaks come back as `\n`.
pub fn edit(text: &str, command: &str, folder: &Path) -> Edited {
    let Some((program, arguments)) = split(command) else {
        return Edited::Failed(format!("the editor “{command}” cannot be understood: check its quotes"));
    };
    let place = match private(folder, text) {
        Ok(place) => place,
        Err(error) => return Edited::Failed(format!("no file could be made for the editor in {}: {error}", folder.display())),
    };
    let file = place.join("note.md");
    let edited = match Command::new(&program).args(&arguments).arg(&file).status() {
        Err(error) => Edited::Failed(format!("“{program}” could not be started ({error}): set $VISUAL or $EDITOR")),
        Ok(status) if !status.success() => Edited::Failed(format!("“{program}” ended with {status}; the text is as it was")),
        Ok(_) => match read(&file) {
            Ok(new) if new == text || new.strip_suffix('\n') == Some(text) => Edited::Unchanged,
            Ok(new) => Edited::Changed(new),
            // what was typed there is not thrown away
            Err(why) => return Edited::Failed(format!("{why}; what you typed is in {}", file.display())),
        },
    };
    let _ = std::fs::remove_dir_all(&place);
    edited
}

fn split(command: &str) -> Option<(String, Vec<String>)> {
    let mut words = shlex::split(command)?.into_iter();
    Some((words.next()?, words.collect()))
}

/// A new folder (0700) with the text in a file (0600).
fn private(folder: &Path, text: &str) -> io::Result<PathBuf> {
    for attempt in 0..100_u32 {
        let place = folder.join(format!("leadbook-{}-{attempt}", std::process::id()));
        match DirBuilder::new().mode(0o700).create(&place) {
            Ok(()) => {
                let written = OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .mode(0o600)
                    .open(place.join("note.md"))
                    .and_then(|mut file| file.write_all(text.as_bytes()));
                return match written {
                    Ok(()) => Ok(place),
                    Err(error) => {
                        let _ = std::fs::remove_dir_all(&place);
                        Err(error)
                    }
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn read(file: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let opened = OpenOptions::new().read(true).open(file);
    opened
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|e| format!("the edited text cannot be read back ({e})"))?;
    if bytes.len() as u64 > LIMIT {
        return Err("the edited text is larger than a megabyte".into());
    }
    let text = String::from_utf8(bytes).map_err(|_| "the edited text is not UTF-8".to_owned())?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Opens a file with the program that the system has for it, without waiting for it. The error is a sentence.
pub fn open(file: &Path) -> Result<(), String> {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    open_with(opener, file)
}

fn open_with(opener: &str, file: &Path) -> Result<(), String> {
    // an absolute path cannot be taken for an option
    let file = std::path::absolute(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut child = Command::new(opener)
        .arg(&file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{} could not be opened: “{opener}” cannot be started ({e})", file.display()))?;
    thread::spawn(move || {
        // only so that it does not stay in the system's table once it has ended
        let _ = child.wait();
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A program that runs `script` with the file's path as $1.
    fn program(folder: &Path, script: &str) -> String {
        let path = folder.join("an editor");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
        // started through sh, as a file that was just written may not yet be run while another thread forks
        format!("sh '{}'", path.display())
    }

    fn run(script: &str) -> (Edited, usize) {
        let dir = tempfile::tempdir().unwrap();
        let result = edit("old text", &program(dir.path(), script), dir.path());
        (result, std::fs::read_dir(dir.path()).unwrap().count() - 1)
    }

    #[test]
    fn what_the_editor_wrote_comes_back_and_the_file_goes() {
        assert_eq!(run("printf 'new\\r\\ntext' > \"$1\""), (Edited::Changed("new\ntext".into()), 0));
        assert_eq!(run("true"), (Edited::Unchanged, 0));
        assert_eq!(run("echo >> \"$1\""), (Edited::Unchanged, 0));
    }

    #[test]
    fn the_file_is_private() {
        let script = "stat -c %a \"$1\" \"$(dirname \"$1\")\" > \"$1.x\" && mv \"$1.x\" \"$1\"";
        assert_eq!(run(script).0, Edited::Changed("600\n700\n".into()));
    }

    #[test]
    fn a_failure_is_a_sentence_and_loses_nothing() {
        let (edited, left) = run("exit 3");
        assert!(matches!(&edited, Edited::Failed(why) if why.contains("the text is as it was")), "{edited:?}");
        assert_eq!(left, 0);
        let (edited, left) = run("printf '\\377' > \"$1\"");
        assert!(matches!(&edited, Edited::Failed(why) if why.contains("what you typed is in")), "{edited:?}");
        assert_eq!(left, 1);
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(edit("x", "no-such-editor -x", dir.path()), Edited::Failed(why) if why.contains("$EDITOR")));
        assert!(matches!(edit("x", "vi 'half", dir.path()), Edited::Failed(why) if why.contains("quotes")));
        assert!(open_with("no-such-opener", Path::new("x")).is_err());
    }

    #[test]
    fn the_person_chooses_the_editor() {
        let env = |name: &str| (name == "EDITOR").then(|| "nano".to_owned());
        assert_eq!(editor(None, &env), "nano");
        assert_eq!(editor(Some("hx"), &env), "hx");
        assert_eq!(
            editor(None, &|name| Some(if name == "VISUAL" { "code --wait".into() } else { "nano".into() })),
            "code --wait"
        );
        assert_eq!(editor(None, &|_| None), "vi");
    }
}
