//! The terminal layer on a real pseudo-terminal: entering, leaving, panics, signals, children, sleep, split keys.
//!
//! Each test starts this same program again inside the pseudo-terminal, where only `child` runs, as a small interface that
//! shows what arrives.

mod child;
mod program;
#[path = "../common/pty.rs"]
mod pty;

use std::time::{Duration, Instant};

use program::Program;
use pty::{after, assert_left};

#[test]
fn what_was_taken_is_given_back() {
    let mut program = Program::start();
    program.wait_for("ready");
    assert_ne!(program.modes(), program.modes_at_start, "raw mode");
    program.send("q");
    assert!(program.ended());
    assert_left(&program.output());
    assert_eq!(program.modes(), program.modes_at_start);
}

#[test]
fn a_panic_gives_the_terminal_back_then_says_why_and_the_last_words_are_said() {
    let mut program = Program::start();
    program.wait_for("ready");
    program.send("p");
    assert!(!program.ended());
    let output = program.output();
    assert_left(&output);
    assert!(after(&output, "\x1b[?1049l").contains("drawing failed on purpose"), "{output:?}");
    assert!(!output.contains("never shown"), "half a frame was sent: {output:?}");
    assert_eq!(program.modes(), program.modes_at_start);
    assert_eq!(program.last_words(), "said");
}

#[test]
fn a_panic_elsewhere_leaves_the_interface_up_and_is_told() {
    let mut program = Program::start();
    program.wait_for("ready");
    program.send("t");
    program.wait_for("a worker failed at");
    program.send("q");
    assert!(program.ended());
    assert_left(&program.output());
}

#[test]
fn a_signal_to_end_is_a_message_and_a_second_one_ends_at_once() {
    let mut program = Program::start();
    program.wait_for("ready");
    program.signal("TERM");
    program.wait_for("Terminate");
    program.signal("TERM");
    assert!(!program.ended());
    assert_left(&program.output());
    assert_eq!(program.modes(), program.modes_at_start);
    assert_eq!(program.last_words(), "said");
}

#[test]
fn a_child_has_the_terminal_to_itself_and_all_is_drawn_again_after_it() {
    let mut program = Program::start();
    program.wait_for("ready");
    program.send("s");
    program.wait_for("child asks");
    assert_eq!(program.modes(), program.modes_at_start, "the child's terminal is as it was at the start");
    assert_left(&program.output());
    // Ctrl-c is the child's; the interface, which is in the same group, must not take it for its own
    program.send("\x03");
    program.wait_for("child interrupted");
    program.send("qxq\r");
    program.wait_for("child got qxq");
    program.wait_for_after("child got qxq", "ready");
    program.send("a");
    program.wait_for("key a");
    program.send("q");
    assert!(program.ended());
    assert_left(&program.output());
}

#[test]
fn ctrl_z_sleeps_and_comes_back() {
    let mut program = Program::start();
    program.wait_for("ready");
    program.send("\x1a");
    program.wait_until_stopped();
    assert_left(&program.output());
    assert_eq!(program.modes(), program.modes_at_start);
    program.signal("CONT");
    program.wait_for_after("\x1b[?1049l", "ready");
    program.send("b");
    program.wait_for("key b");
    program.signal("TSTP");
    program.wait_until_stopped();
    program.signal("CONT");
    program.send("c");
    program.wait_for("key c");
    program.send("q");
    assert!(program.ended());
    assert_left(&program.output());
}

#[test]
fn split_keys_are_one_and_a_lone_esc_acts_within_50_ms() {
    let mut program = Program::start();
    program.wait_for("ready");
    program.send("\x1b");
    std::thread::sleep(Duration::from_millis(20));
    program.send("[A");
    program.wait_for("key ↑");
    let start = Instant::now();
    program.send("\x1b");
    program.wait_for("key Esc");
    // the promise is 50 ms; the rest is what a busy machine adds
    assert!(start.elapsed() < Duration::from_millis(150), "{:?}", start.elapsed());
    program.send("\x1b[200~a\rb\x1b[201~");
    program.wait_for("paste \"a\\rb\"");
    program.resize(33, 77);
    program.wait_for("Resize(77, 33)");
    program.send("q");
    assert!(program.ended());
}

/// What runs inside the pseudo-terminal; nothing where it was not started there.
#[test]
fn child() {
    child::run();
}
