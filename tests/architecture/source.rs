//! The source tree as these tests see it: code without comments, its strings, and which files hold tests. Judges nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Where the crate lies.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A Rust file, taken apart.
pub struct Source {
    /// Its path below the root, with slashes.
    pub path: String,
    /// What is in it, word for word.
    pub text: String,
    /// Its code: comments blank, strings and characters empty, parts for tests left out. Lines stay where they are.
    pub code: String,
    /// The strings of that code, each with its line, from 1.
    pub strings: Vec<(usize, String)>,
    /// Whether all of it is for tests.
    pub test: bool,
}

impl Source {
    /// The folder or file right below `src`: `model`, `error`; empty elsewhere.
    pub fn layer(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or_default();
        inner.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// The modules that it lies in, from the root of the crate: `src/model/dates/mod.rs` is `model`, `dates`.
    pub fn modules(&self) -> Vec<&str> {
        let inner = self.path.strip_prefix("src/").unwrap_or_default().trim_end_matches(".rs");
        let mut names: Vec<&str> = inner.split('/').filter(|name| !name.is_empty()).collect();
        if names.last().is_some_and(|name| matches!(*name, "mod" | "lib" | "main")) {
            names.pop();
        }
        names
    }
}

/// Every Rust file of the project, in the order of the paths.
pub fn all() -> &'static [Source] {
    static ALL: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let files = ["src", "tests", "benches"].iter().flat_map(|folder| below(folder, "rs"));
        let mut all: Vec<Source> = files.map(|(path, text)| take_apart(path, text)).collect();
        mark_tests(&mut all);
        all
    });
    &ALL
}

/// The files under `src` that are part of the program.
pub fn program() -> impl Iterator<Item = &'static Source> {
    all().iter().filter(|source| source.path.starts_with("src/") && !source.test)
}

/// The files under a folder, or all when `ending` is empty, with their texts; what is no UTF-8 is left out.
pub fn below(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    found.sort();
    let named = found.into_iter().filter(|path| ending.is_empty() || path.extension().is_some_and(|e| e == ending));
    named
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let path = path.strip_prefix(root()).ok()?.to_string_lossy().replace('\\', "/");
            Some((path, text))
        })
        .collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Files that `#[cfg(test)] mod name;` takes in, and all below them.
fn mark_tests(all: &mut [Source]) {
    let mut roots: Vec<String> = Vec::new();
    for source in all.iter() {
        let folder = match source.path.rsplit_once('/') {
            Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder.to_owned(),
            _ => source.path.trim_end_matches(".rs").to_owned(),
        };
        let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            let name = pair[1].trim_start_matches("pub ").strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
            roots.extend(name.map(|name| format!("{folder}/{name}")));
        }
    }
    for source in all.iter_mut() {
        let inside = |root: &String| source.path == format!("{root}.rs") || source.path.starts_with(&format!("{root}/"));
        source.test = !source.path.starts_with("src/") || roots.iter().any(inside);
    }
}

/// Takes one file apart.
pub fn take_apart(path: String, text: String) -> Source {
    let (code, strings) = scan(&text);
    let hidden = test_parts(&code);
    let within = |at: usize| hidden.iter().any(|(from, to)| (*from..*to).contains(&at));
    let strings = strings.into_iter().filter(|(at, _)| !within(*at));
    let strings = strings.map(|(at, string)| (code[..at].matches('\n').count() + 1, string)).collect();
    let mut kept = String::with_capacity(code.len());
    for (at, c) in code.char_indices() {
        kept.push(if c != '\n' && within(at) { ' ' } else { c });
    }
    Source { path, text, code: kept, strings, test: false }
}

/// Code without comments and without what stands in strings, and the strings with the place of their closing quote in that code.
fn scan(text: &str) -> (String, Vec<(usize, String)>) {
    let chars: Vec<char> = text.chars().collect();
    let (mut code, mut strings, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    let starts = |at: usize, with: &str| with.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    while let Some(&c) = chars.get(at) {
        let word_before = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
        if starts(at, "//") {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if starts(at, "/*") {
            let mut depth = 0;
            while at < chars.len() {
                if starts(at, "/*") {
                    depth += 1;
                    at += 1;
                } else if starts(at, "*/") {
                    depth -= 1;
                    at += 1;
                } else if chars[at] == '\n' {
                    code.push('\n');
                }
                at += 1;
                if depth == 0 {
                    break;
                }
            }
        } else if let Some(hashes) = raw_string(&chars[at..]).filter(|_| !word_before) {
            at += chars[at..].iter().position(|c| *c == '"').unwrap_or_default() + 1;
            let end = format!("\"{}", "#".repeat(hashes));
            let begin = at;
            while at < chars.len() && !starts(at, &end) {
                at += 1;
            }
            put(&mut code, &mut strings, chars[begin..at].iter().collect());
            at += hashes + 1;
        } else if c == '"' {
            at += 1;
            let begin = at;
            while at < chars.len() && chars[at] != '"' {
                at += if chars[at] == '\\' { 2 } else { 1 };
            }
            put(&mut code, &mut strings, chars[begin..at.min(chars.len())].iter().collect());
            at += 1;
        } else if c == '\'' && (chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\'')) {
            at += if chars.get(at + 1) == Some(&'\\') { 3 } else { 2 };
            while at < chars.len() && chars[at] != '\'' {
                at += 1;
            }
            at += 1;
            code.push_str("' '");
        } else {
            code.push(c);
            at += 1;
        }
    }
    (code, strings)
}

fn put(code: &mut String, strings: &mut Vec<(usize, String)>, string: String) {
    code.push('"');
    code.extend(string.chars().filter(|c| *c == '\n'));
    strings.push((code.len(), string));
    code.push('"');
}

/// The hashes of a raw string that begins here.
fn raw_string(chars: &[char]) -> Option<usize> {
    let prefix = chars.iter().take_while(|c| matches!(c, 'b' | 'c')).count();
    let rest = chars.get(prefix..)?;
    let hashes = rest.get(1..)?.iter().take_while(|c| **c == '#').count();
    (prefix < 2 && rest.first() == Some(&'r') && rest.get(1 + hashes) == Some(&'"')).then_some(hashes)
}

/// Where items behind `#[cfg(test)]` stand.
fn test_parts(code: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    for (from, mark) in code.match_indices("#[cfg(test)]") {
        let mut depth = 0_i32;
        let end = code[from + mark.len()..].char_indices().find(|(_, c)| {
            depth += i32::from(*c == '{') - i32::from(*c == '}');
            depth == 0 && matches!(c, ';' | '}')
        });
        parts.push((from, end.map_or(code.len(), |(at, _)| from + mark.len() + at + 1)));
    }
    parts
}

#[test]
fn code_is_told_from_comments_and_strings() {
    let text = "//! rusqlite\nuse a; /* b /* c */ d */ let s = \"x\\\"y\"; let r = r#\"raw \"q\" \"#;\nlet c = '\"'; let l: &'static str = b\"z\";\n#[cfg(test)]\nmod tests { fn f() { \"hidden\" } }\nfn end() {}\n";
    let source = take_apart("src/model/x.rs".into(), text.into());
    assert!(!source.code.contains("rusqlite") && !source.code.contains("b /"), "{}", source.code);
    let strings: Vec<(usize, &str)> = source.strings.iter().map(|(line, s)| (*line, s.as_str())).collect();
    assert_eq!(strings, [(2, "x\\\"y"), (2, "raw \"q\" "), (3, "z")]);
    assert_eq!(source.code.lines().count(), text.lines().count());
    assert!(!source.code.contains("fn f"), "{}", source.code);
    assert_eq!((source.layer(), source.modules()), ("model", vec!["model", "x"]));
}
