//! No space left, or no right to write: a sentence, and all that was stored is still there.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::desk::Desk;
use crate::{ids, leads, sound};

/// Runs the program where no file may grow over so many kilobytes.
fn limited(desk: &Desk, kilobytes: u64, args: &[&str]) -> (Option<i32>, String) {
    let inner = desk.command(args);
    let mut command = Command::new("sh");
    // dash counts in blocks of 512 bytes
    command.arg("-c").arg(format!("ulimit -f {}; exec \"$@\"", kilobytes * 2)).arg("sh");
    command.arg(inner.get_program()).args(inner.get_args()).current_dir(desk.dir.path());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let done = command.stdin(Stdio::null()).output().expect("a shell");
    (done.status.code(), String::from_utf8(done.stderr).expect("UTF-8"))
}

#[test]
fn a_full_disk_is_a_sentence_and_nothing_is_lost() {
    let desk = Desk::with_lead();
    let file = desk.file("leads.csv", &leads(2_500));
    let size = std::fs::metadata(desk.database()).expect("the database").len() / 1024;
    let mut refused = 0;
    for more in (0..=2_400).step_by(160) {
        let (code, said) = limited(&desk, size + more, &["import", &file]);
        match code {
            Some(0) => break,
            Some(1) => {
                refused += 1;
                assert!(said.contains("space") && !said.contains("panicked"), "{said}");
                assert_eq!(ids(&desk).len(), 1, "with {more} kB left: {said}");
            }
            other => panic!("{other:?}: {said}"),
        }
        sound(&desk);
    }
    assert!(refused > 0, "it was never full");
    desk.run(&["import", &file, "--json"]).json();
    assert_eq!(ids(&desk).len(), 2_501);
    sound(&desk);
}

#[test]
fn a_full_disk_makes_no_half_database() {
    let desk = Desk::new();
    for kilobytes in [0, 4, 40, 100] {
        let (code, said) = limited(&desk, kilobytes, &["add", "Ann Lee"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("space"), "{said}");
    }
    assert_eq!(desk.run(&["add", "Ann Lee"]).ok(), "L-1\n");
    sound(&desk);
}

/// Runs the program as somebody who may write nothing; the superuser may everything, so it becomes nobody.
fn as_nobody(desk: &Desk, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = desk.command(args);
    if rustix::process::geteuid().is_root() {
        command.uid(65_534).gid(65_534);
    }
    let done = command.stdin(Stdio::null()).output().expect("the program");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (done.status.code(), text(done.stdout), text(done.stderr))
}

fn allow(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("permissions");
}

#[test]
fn what_may_not_be_written_can_be_read() {
    let desk = Desk::with_lead();
    // the program must be within reach of nobody
    let program = Path::new(env!("CARGO_BIN_EXE_leadbook"));
    let reachable = program.ancestors().skip(1).all(|folder| {
        folder.as_os_str().is_empty() || std::fs::metadata(folder).is_ok_and(|meta| meta.permissions().mode() & 0o005 == 0o005)
    });
    if rustix::process::geteuid().is_root() && !reachable {
        println!("skipped: {} cannot be reached by another user", program.display());
        return;
    }
    let folder = desk.path("data/leadbook");
    allow(&desk.database(), 0o444);
    for path in [desk.dir.path(), &desk.path("data"), &folder] {
        allow(path, 0o555);
    }
    let database = desk.database();
    let database = database.to_str().expect("a path in UTF-8");
    let (code, out, err) = as_nobody(&desk, &["--db", database, "list", "--format", "ids"]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "L-1\n", ""));
    for args in [&["add", "Bo"][..], &["set", "L-1", "rating=cold"], &["delete", "L-1"], &["undo"]] {
        let (code, out, err) = as_nobody(&desk, &[&["--db", database], args].concat());
        assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
        assert!(err.contains("open for reading only"), "{err}");
    }
    for path in [desk.dir.path(), &desk.path("data"), &folder] {
        allow(path, 0o700);
    }
    allow(&desk.database(), 0o600);
    assert_eq!(ids(&desk), ["L-1"]);
}
