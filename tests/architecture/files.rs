//! What every file keeps to: its size, its first line, and its place in the map of modules.

use super::source;

/// The most lines of a file that is no table.
const MOST: usize = 500;

#[test]
fn files_are_small_rooms() {
    let large = source::all().iter().filter(|source| source.path.starts_with("src/") && source.text.lines().count() > MOST);
    let large = large.filter(|source| !opening(&source.text).contains("Table:"));
    let large: Vec<String> = large.map(|source| format!("{}: {} lines", source.path, source.text.lines().count())).collect();
    assert!(large.is_empty(), "over {MOST} lines and no `Table:`\n{}", large.join("\n"));
}

/// The lines with which a file says what it is.
fn opening(text: &str) -> String {
    text.lines().take_while(|line| line.starts_with("//!")).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_file_says_what_it_is() {
    let silent = source::all().iter().filter(|source| !source.text.starts_with("//! "));
    let silent: Vec<&str> = silent.map(|source| source.path.as_str()).collect();
    assert!(silent.is_empty(), "these do not begin with `//! `:\n{}", silent.join("\n"));
}

#[test]
fn the_map_of_modules_is_whole() {
    let map = &source::all().iter().find(|source| source.path == "src/lib.rs").expect("src/lib.rs").text;
    let page = std::fs::read_to_string(source::root().join("src/ARCHITECTURE.md")).expect("src/ARCHITECTURE.md");
    assert!(map.contains("#![doc = include_str!(\"ARCHITECTURE.md\")]"), "the crate's docs are ARCHITECTURE.md");
    assert!(map.contains("#![forbid(unsafe_code)]"), "no unsafe code");
    let listed: Vec<&str> = map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut there: Vec<&str> = source::program().map(|source| source.layer()).filter(|l| !matches!(*l, "lib" | "main")).collect();
    there.dedup();
    there.sort_unstable();
    there.dedup();
    assert_eq!(listed, there, "src/lib.rs lists every layer, in the order of their names");
    let missing: Vec<&&str> = there.iter().filter(|layer| !page.contains(&format!("`{layer}`"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not speak of {missing:?}");
}

/// Paths in ARCHITECTURE.md lead somewhere.
#[test]
fn the_page_speaks_of_files_that_exist() {
    let page = std::fs::read_to_string(source::root().join("src/ARCHITECTURE.md")).expect("src/ARCHITECTURE.md");
    let named = page.split('`').skip(1).step_by(2).filter(|word| {
        ["src/", "assets/", "tests/", "benches/"].iter().any(|folder| word.starts_with(folder)) && !word.contains(['…', '*', ' '])
    });
    let gone: Vec<&str> = named.filter(|path| !path.contains("NNNN") && !source::root().join(path).exists()).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md names what is not there: {gone:?}");
}

#[test]
fn nothing_is_left_half_done() {
    // Put together here, so that this file does not hold them.
    let marks = [["to", "do!("], ["unimple", "mented!("], ["db", "g!("], ["#[ign", "ore"]].map(|parts| parts.concat());
    let mut wrong = Vec::new();
    for source in source::all() {
        for (at, line) in source.text.lines().enumerate() {
            let found = marks.iter().filter(|mark| line.contains(mark.as_str()));
            wrong.extend(found.map(|mark| format!("{}:{}: {mark}", source.path, at + 1)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
