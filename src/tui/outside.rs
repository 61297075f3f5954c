//! What the interface has done to files: paths completed, reports written, state and settings remembered. Draws nothing.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use super::layer::welcome::Answers;
use super::msg::Msg;
use crate::config::{FirstRun, Paths, State, save_first_run, write_whole};
use crate::error::Result;

/// The most entries of a folder that are offered.
const OFFERED: usize = 200;

/// `~/x` as the home folder's x.
pub fn expand(typed: &str) -> PathBuf {
    match (typed.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(typed),
    }
}

/// Lists what a path could become; on a thread, as folders can be slow.
pub fn complete_path(typed: String, sender: Sender<Msg>) {
    let work = move || {
        let found = completions(&typed);
        // The interface is gone when nobody listens.
        let _ = sender.send(Msg::Paths { typed, found });
    };
    // Without a thread nothing is completed, and the path can still be typed.
    let _ = std::thread::Builder::new().name("paths".into()).spawn(work);
}

/// What a path could become: the entries of its folder that begin so, folders with a slash at the end.
pub fn completions(typed: &str) -> Vec<String> {
    let (folder, begun) = match typed.rfind('/') {
        Some(at) => typed.split_at(at + 1),
        None => ("", typed),
    };
    let place = if folder.is_empty() { PathBuf::from(".") } else { expand(folder) };
    let Ok(entries) = std::fs::read_dir(place) else { return Vec::new() };
    let mut found: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !begun.starts_with('.');
            let fits = name.to_lowercase().starts_with(&begun.to_lowercase());
            let slash = if entry.path().is_dir() { "/" } else { "" };
            (fits && !hidden).then(|| format!("{folder}{name}{slash}"))
        })
        .collect();
    found.sort();
    found.truncate(OFFERED);
    found
}

/// Writes a private file that must not exist yet; on a thread.
pub fn write_file(path: String, text: String, sender: Sender<Msg>) {
    let work = move || {
        let _ = sender.send(Msg::Told(write_new(&path, &text)));
    };
    let _ = std::thread::Builder::new().name("file".into()).spawn(work);
}

/// Writes a private file that must not exist yet, and says so.
pub fn write_new(path: &str, text: &str) -> Result<String> {
    let place = expand(path);
    if place.exists() {
        return Err(crate::error::Error::refused(format!("{path} exists already"), "name a file that does not exist yet"));
    }
    write_whole(&place, text.as_bytes()).map(|()| format!("written: {path}"))
}

/// Runs the command that dials a number, without a shell; on a thread, as it may take as long as the call.
pub fn dial(command: String, number: String, warning: Option<String>, sender: Sender<Msg>) {
    let work = move || {
        let warning = warning.map(|warning| format!("{warning} · ")).unwrap_or_default();
        let told = run_dialler(&command, &number).map(|()| format!("{warning}dialling {number}"));
        let _ = sender.send(Msg::Told(told));
    };
    let _ = std::thread::Builder::new().name("dial".into()).spawn(work);
}

/// The words of the command with the number in the place that is kept for it, else behind them.
pub fn dialler(command: &str, number: &str) -> Option<Vec<String>> {
    let mut words = shlex::split(command)?;
    let has_place = words.iter().any(|word| word.contains("{number}"));
    for word in &mut words {
        *word = word.replace("{number}", number);
    }
    if !has_place {
        words.push(number.to_owned());
    }
    (words.len() > usize::from(!has_place)).then_some(words)
}

fn run_dialler(command: &str, number: &str) -> Result<()> {
    use std::process::{Command, Stdio};
    let wrong = |what: &str| {
        crate::error::Error::refused(format!("the command that dials ({command}) {what}"), "mend “dial” in config.toml")
    };
    let words = dialler(command, number).ok_or_else(|| wrong("cannot be read: a quote is open, or it is empty"))?;
    let mut run = Command::new(&words[0]);
    run.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match run.spawn() {
        Ok(mut child) => {
            // whoever dials may go on for as long as the call lasts
            let _ = std::thread::Builder::new().name("call".into()).spawn(move || child.wait());
            Ok(())
        }
        Err(error) => Err(wrong(&format!("does not start: {error}"))),
    }
}

fn report(result: Result<()>, sender: &Sender<Msg>) {
    if let Err(error) = result {
        let _ = sender.send(Msg::Told(Err(error)));
    }
}

/// Remembers view, order, columns and the like.
pub fn save_state(paths: &Paths, state: &State, sender: &Sender<Msg>) {
    report(paths.make().and_then(|()| state.save(&paths.state_file())), sender);
}

/// Remembers what the first page asked for.
pub fn save_config(paths: &Paths, answers: &Answers, sender: &Sender<Msg>) {
    let told = FirstRun { name: answers.name.clone(), country: answers.country.clone(), currency: answers.currency.clone() };
    report(paths.make().and_then(|()| save_first_run(paths, &told)), sender);
}
