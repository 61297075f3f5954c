//! The built program on a real pseudo-terminal, as a person meets it: the first minutes, typing, sleep, ends, sizes, colours.

#[path = "../common/desk.rs"]
mod desk;
#[path = "../common/pty.rs"]
mod pty;

mod attaching;
mod day;
mod drafts;
mod ends;
mod first_minutes;
mod looks;
mod reports;
mod rules;
mod screens;
mod session;
mod sizes;
mod typing;
mod windows;
