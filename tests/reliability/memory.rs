//! Files that are larger than the memory that there is: streamed in and out, never whole in memory.

use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use crate::desk::Desk;

/// Runs the program where all of its memory, mapped files counted, is so many kilobytes.
fn limited(desk: &Desk, kilobytes: u64, args: &[&str]) -> (Option<i32>, String) {
    let inner = desk.command(args);
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("ulimit -v {kilobytes}; exec \"$@\"")).arg("sh");
    command.arg(inner.get_program()).args(inner.get_args()).current_dir(desk.dir.path());
    for (name, value) in inner.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let done = command.arg0("sh").stdin(Stdio::null()).output().expect("a shell");
    (done.status.code(), String::from_utf8(done.stderr).expect("UTF-8"))
}

#[test]
fn a_file_larger_than_memory_goes_in_and_out() {
    let desk = Desk::with_lead();
    std::fs::create_dir_all(desk.path("config/leadbook")).expect("a folder");
    std::fs::write(desk.path("config/leadbook/config.toml"), "attachment_size = 1000\n").expect("settings");
    let (size, memory) = (150_000_000, 120_000);
    // a hole takes no room on the disk and is read like any other file
    std::fs::File::create(desk.path("large.bin")).and_then(|file| file.set_len(size)).expect("a large file");
    assert_eq!(limited(&desk, memory, &["attach", "L-1", "large.bin"]), (Some(0), String::new()));
    assert_eq!(limited(&desk, memory, &["save-attachment", "F-1", "-o", "out.bin"]), (Some(0), String::new()));
    assert_eq!(std::fs::metadata(desk.path("out.bin")).expect("the file").len(), size);
    desk.run(&["check"]).ok();
}
