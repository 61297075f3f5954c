//! README's generated parts say what the program says. `LEADBOOK_UPDATE=1 cargo test --test architecture` writes them anew.

use std::process::Command;

use leadbook::model::entity::Entity;
use leadbook::model::field::{Registry, markdown as fields};
use leadbook::model::report::ReportKind;
use leadbook::service::report::columns;
use leadbook::tui::action;

use super::source::root;

/// README with what belongs between the marks of `name`; an error where there are none.
fn with(readme: &str, name: &str, part: &str) -> Result<String, String> {
    let (begin, end) = (format!("<!-- {name} begin -->\n"), format!("<!-- {name} end -->"));
    let from = readme.find(&begin).ok_or_else(|| format!("README has no {begin}"))? + begin.len();
    let to = readme[from..].find(&end).ok_or_else(|| format!("README has no {end}"))? + from;
    Ok(format!("{}\n{}\n\n{}", &readme[..from], part.trim(), &readme[to..]))
}

/// The columns of every report; those that are the same are listed once.
fn report_columns() -> String {
    let mut text = String::new();
    for kind in ReportKind::ALL {
        let same = match kind {
            ReportKind::Owners => Some("owner"),
            ReportKind::Units => Some("unit"),
            ReportKind::Partners => Some("partner"),
            _ => None,
        };
        let (name, title, about) = (kind.name(), kind.title(), kind.entity().plural());
        text.push_str(&format!("\n#### `{name}`: {title}\n\n"));
        if let Some(same) = same {
            text.push_str(&format!("The columns of `sources`, behind `{same}` in the place of `source`.\n"));
            continue;
        }
        text.push_str(&format!("Its filter is about {about}.\n\n| key | head | what it says |\n|---|---|---|\n"));
        for column in columns(*kind) {
            text.push_str(&format!("| `{}` | {} | {} |\n", column.key, column.label, column.formula));
        }
    }
    text
}

#[test]
fn readme_says_what_the_program_says() {
    let file = root().join("README.md");
    let readme = std::fs::read_to_string(&file).expect("README.md");
    let mut wanted = readme.clone();
    let of = |entity| fields(&Registry::of(entity));
    let parts = [
        ("keys", action::markdown()),
        ("filter", leadbook::query::reference::reference()),
        ("fields", of(Entity::Lead)),
        ("account fields", of(Entity::Account)),
        ("contact fields", of(Entity::Contact)),
        ("opportunity fields", of(Entity::Opportunity)),
        ("report columns", report_columns()),
    ];
    for (name, part) in parts {
        wanted = with(&wanted, name, &part).expect("marks");
    }
    if std::env::var_os("LEADBOOK_UPDATE").is_some_and(|value| value == "1") {
        if readme != wanted {
            std::fs::write(&file, &wanted).expect("README.md can be written");
        }
    } else {
        let differs = readme.lines().zip(wanted.lines()).enumerate().find(|(_, (is, should))| is != should);
        assert!(readme == wanted, "README is out of step at {differs:?}; LEADBOOK_UPDATE=1 cargo test --test architecture");
    }
}

/// The answer to `leadbook … --help`; none where there is no such command.
fn help(words: &[&str]) -> Option<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_leadbook")).args(words).arg("--help").env("COLUMNS", "200").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The commands that the program's own help lists.
fn commands() -> Vec<String> {
    let help = help(&[]).expect("help");
    let listed = help.split_once("Commands:\n").expect("commands").1.split("\n\n").next().unwrap_or_default();
    // a description that is too long goes on in a line that stands further in
    let names = listed.lines().filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    names.filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
}

/// Every command line that README shows is one that the program has, with those options; and none is left out.
#[test]
fn readme_shows_the_commands_that_exist() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let known = commands();
    let mut wrong = Vec::new();
    for line in readme.lines().filter_map(|line| line.trim().strip_prefix("leadbook ")) {
        let line = line.split(" # ").next().unwrap_or_default();
        // behind a pipe or an arrow another program begins
        let words: Vec<&str> = line.split_whitespace().take_while(|word| !matches!(*word, "|" | ">")).collect();
        let Some(command) = words.first().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())) else { continue };
        for name in command.split('|') {
            let Some(help) = help(&[name]).filter(|_| known.iter().any(|k| k == name)) else {
                wrong.push(format!("leadbook {name} does not exist"));
                continue;
            };
            // `user add` has options of its own
            let under = words.get(1).copied().filter(|_| help.contains("Commands:"));
            let help = under.and_then(|under| self::help(&[name, under])).unwrap_or(help);
            let options = words.iter().map(|word| word.trim_matches(['[', ']', '…', '|'])).filter(|word| word.starts_with("--"));
            let unknown = options.filter(|option| !help.contains(*option));
            wrong.extend(unknown.map(|option| format!("leadbook {name} has no {option}")));
        }
    }
    let silent = known.iter().filter(|name| !readme.contains(&format!("leadbook {name}")));
    wrong.extend(silent.map(|name| format!("README does not speak of leadbook {name}")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
