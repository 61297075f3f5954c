//! Layers point one way: who may name whom, and which crates belong to one room.

use super::source::{self, Source};

/// Each layer with those that it may name beside itself and `error`. What is not listed is not allowed.
const LAYERS: &[(&str, &[&str])] = &[
    ("error", &["model"]),
    ("model", &[]),
    ("query", &["model"]),
    ("exchange", &["model"]),
    ("store", &["model", "query"]),
    ("service", &["model", "query", "store", "exchange"]),
    ("worker", &["model", "query", "store", "exchange", "service"]),
    ("config", &["model"]),
    ("tui", &["model", "query", "store", "exchange", "service", "worker", "config"]),
    // the command line opens the interface, prints its keys and completes its words
    ("cli", &["model", "query", "store", "exchange", "service", "worker", "config", "tui"]),
];

/// Crates with the only folders that may name them.
const CRATES: &[(&str, &[&str])] = &[
    ("rusqlite", &["src/store/sqlite/"]),
    ("ratatui", &["src/tui/"]),
    ("crossterm", &["src/tui/"]),
    ("tui_textarea", &["src/tui/"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/"]),
];

/// What the pure layers do not do: look at the clock, the disk, the environment, the network, other threads and programs.
const IMPURE: &[&str] =
    &["std::fs", "std::env", "std::net", "std::process", "std::thread", "SystemTime", "Instant::now", "Utc::now", "Local::now"];

/// Names of the outside world that the interface uses in these places alone; everywhere else it would wait.
const OUTSIDE: &[&str] = &["src/tui/runtime.rs", "src/tui/outside.rs", "src/tui/terminal/", "src/tui/theme/"];

/// The modules of the crate that the code of a file names, by `crate::` or by `super::` from far enough inside.
fn named(source: &Source) -> Vec<(usize, String)> {
    let depth = source.modules().len();
    let mut found = Vec::new();
    for (index, line) in joined(&source.code) {
        for (at, _) in line.match_indices("crate::") {
            let before = line[..at].chars().next_back();
            if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
                found.extend(heads(&line[at + "crate::".len()..]).into_iter().map(|name| (index, name)));
            }
        }
        let mut rest = line.as_str();
        while let Some(at) = rest.find("super::") {
            let path = &rest[at..];
            let inner = path.trim_start_matches("super::");
            let climbed = (path.len() - inner.len()) / "super::".len();
            if climbed >= depth {
                found.extend(heads(inner).into_iter().map(|name| (index, name)));
            }
            rest = inner;
        }
    }
    found
}

/// The first names of `a::b`, or of each part of `{a::b, c}`.
fn heads(path: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(inner) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut heads, mut begin) = (0_i32, Vec::new(), 0);
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(name(&inner[begin..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(name(&inner[begin..at]));
                begin = at + 1;
            }
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

/// The statements of code, each on one line with the line on which it begins; enough to keep a `use` in one piece.
fn joined(code: &str) -> Vec<(usize, String)> {
    let (mut statements, mut open) = (Vec::new(), None::<(usize, String)>);
    for (index, line) in code.lines().enumerate() {
        let line = line.trim();
        let begins = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ").starts_with("use ");
        match &mut open {
            Some((_, text)) => text.push_str(line),
            None if begins => open = Some((index + 1, line.to_owned())),
            None => statements.push((index + 1, line.to_owned())),
        }
        if line.ends_with(';') {
            statements.extend(open.take());
        }
    }
    statements.extend(open);
    statements
}

/// The layers that a file names and must not.
fn wrong_layers(source: &Source) -> Vec<String> {
    let layer = source.layer();
    let Some((_, below)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
        return vec![format!("{}: no rule knows the layer {layer}", source.path)];
    };
    let allowed = |name: &str| name == layer || name == "error" || below.contains(&name);
    let layers = named(source).into_iter().filter(|(_, name)| LAYERS.iter().any(|(other, _)| other == name));
    let wrong = layers.filter(|(_, name)| !allowed(name));
    wrong.map(|(line, name)| format!("{}:{line}: {layer} must not name {name}", source.path)).collect()
}

/// The crates that a file names and that belong to another room.
fn wrong_crates(source: &Source) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, rooms) in CRATES.iter().filter(|(_, rooms)| !rooms.iter().any(|room| source.path.starts_with(room))) {
        let says = |line: &str| {
            line.match_indices(name).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
                let after = line[at + name.len()..].trim_start();
                whole && (after.starts_with("::") || (line.trim_start().starts_with("use ") && after.starts_with([';', ' '])))
            })
        };
        let lines = source.code.lines().enumerate().filter(|(_, line)| says(line));
        wrong.extend(lines.map(|(at, _)| format!("{}:{}: {name} belongs to {}", source.path, at + 1, rooms.join(", "))));
    }
    wrong
}

#[test]
fn layers_point_one_way() {
    let files = source::program().filter(|source| !matches!(source.layer(), "lib" | "main"));
    let wrong: Vec<String> = files.flat_map(wrong_layers).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn drivers_and_screens_stay_in_their_rooms() {
    let wrong: Vec<String> = source::program().flat_map(wrong_crates).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn wrong_names_are_found_however_they_are_written() {
    let file = |path: &str, text: &str| source::take_apart(path.into(), text.into());
    for (path, text, count) in [
        ("src/model/x.rs", "use crate::store::Db;\n", 1),
        ("src/model/x.rs", "use crate::{error, model::a,\n    tui::b, query};\n", 2),
        ("src/model/dates/x.rs", "use super::super::super::cli::run;\n", 1),
        ("src/model/dates/x.rs", "use super::super::phone;\nuse super::parts;\n", 0),
        ("src/query/x.rs", "fn f() { crate::service::act() }\n", 1),
        ("src/store/x.rs", "use crate::query::Expr; // crate::tui\nconst A: &str = \"crate::cli\";\n", 0),
        ("src/cli/x.rs", "use crate::tui::runtime;\n#[cfg(test)]\nmod tests { use crate::nothing; }\n", 0),
        ("src/nowhere/x.rs", "", 1),
    ] {
        assert_eq!(wrong_layers(&file(path, text)).len(), count, "{path}: {text}");
    }
    for (path, text, count) in [
        ("src/store/lead.rs", "use rusqlite::Connection;\n", 1),
        ("src/store/sqlite/lead.rs", "use rusqlite::Connection;\n", 0),
        ("src/cli/x.rs", "fn f(frame: &ratatui::Frame) {}\n", 1),
        ("src/tui/x.rs", "use ratatui::Frame;\nuse clap::Parser;\n", 1),
        ("src/model/x.rs", "fn clap_hands() {}\n// rusqlite::x\n", 0),
    ] {
        assert_eq!(wrong_crates(&file(path, text)).len(), count, "{path}: {text}");
    }
}

#[test]
fn the_pure_layers_are_pure() {
    let mut wrong = Vec::new();
    for source in source::program().filter(|source| matches!(source.layer(), "model" | "query")) {
        for (at, line) in source.code.lines().enumerate() {
            let impure = IMPURE.iter().filter(|name| line.contains(**name));
            wrong.extend(impure.map(|name| format!("{}:{}: {name} is not for {}", source.path, at + 1, source.layer())));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Rule: acts and questions leave the interface as values. So it opens no file and holds no database.
#[test]
fn the_interface_never_waits() {
    let mut wrong = Vec::new();
    let inside = |source: &&Source| source.layer() == "tui" && !OUTSIDE.iter().any(|place| source.path.starts_with(place));
    for source in source::program().filter(inside) {
        for (at, line) in source.code.lines().enumerate() {
            for name in ["std::fs", "store::sqlite", "store::Db", "LeadService", "LeadReader", "thread::sleep", "std::process"] {
                if line.contains(name) {
                    wrong.push(format!("{}:{}: {name} makes the interface wait", source.path, at + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    assert_eq!(heads("model::field::Kind;"), ["model"]);
    assert_eq!(heads("{error::Result, model::{a, b}, store};"), ["error", "model", "store"]);
    let lines = joined("use crate::{\n    model::x,\n    store::y,\n};\nfn f() {\n    crate::tui::run()\n}\n");
    assert_eq!(lines[0], (1, "use crate::{model::x,store::y,};".to_owned()));
    assert_eq!(heads(lines[0].1.split_once("crate::").map(|p| p.1).unwrap_or_default()), ["model", "store"]);
    assert!(lines.iter().any(|(at, text)| *at == 6 && text == "crate::tui::run()"));
}
