//! The project speaks of itself alone: no paths of one machine, no hosts of one network, no keys.

use super::source;

/// Files at the top that are read too.
const TOP: &[&str] = &["README.md", "CHANGELOG.md", "Cargo.toml", ".gitignore", ".gitattributes", "rustfmt.toml", ".ci/run"];

/// Every word in two pieces, so that this file does not hold it.
const FOREIGN: &[[&str; 2]] = &[
    ["/wo", "rk/"],
    ["/tmp/", "wt"],
    ["/tmp/", "plan"],
    ["/ro", "ot/"],
    ["~/.car", "go"],
    ["index.cra", "tes.io"],
    ["static.cra", "tes.io"],
    ["pypi", ".org"],
    ["registry.np", "mjs"],
    ["proxy.gol", "ang"],
    ["local", "host:"],
    ["127.0", ".0.1"],
    ["BEGIN RSA PRI", "VATE"],
    ["BEGIN OPENSSH PRI", "VATE"],
];

#[test]
fn no_word_of_the_machine_that_it_was_written_on() {
    let words: Vec<String> = FOREIGN.iter().map(|pieces| pieces.concat()).collect();
    let mut files: Vec<(String, String)> =
        ["src", "tests", "benches", "assets", ".ci"].iter().flat_map(|folder| source::below(folder, "")).collect();
    files.extend(
        TOP.iter().filter_map(|name| Some(((*name).to_owned(), std::fs::read_to_string(source::root().join(name)).ok()?))),
    );
    let mut wrong = Vec::new();
    for (path, text) in &files {
        for (at, line) in text.lines().enumerate() {
            let found = words.iter().filter(|word| line.contains(word.as_str()));
            wrong.extend(found.map(|word| format!("{path}:{}: {word}", at + 1)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
