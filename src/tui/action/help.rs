//! What is said about keys: the last line's hints, the help of a place, README's table. Draws nothing.

use super::keymap::Keymap;
use super::{Action, Group, Scope, table};

/// A key for the last line of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What it asks for.
    pub action: Action,
    /// The key as people write it.
    pub keys: String,
    /// What it does here, in two or three words.
    pub label: &'static str,
}

/// A line of the help or of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    /// What Enter on it asks for.
    pub action: Action,
    /// The part of the help that it belongs to.
    pub group: Group,
    /// Its name, as `note.write`.
    pub name: &'static str,
    /// All keys that lead to it here; empty when only the palette does.
    pub keys: Vec<String>,
    /// What it does here, in two or three words.
    pub label: &'static str,
    /// A sentence about it.
    pub help: &'static str,
}

impl Keymap {
    /// The `count` most useful keys where the place names `scopes`, the most useful first and the help last.
    pub fn hints(&self, scopes: &[Scope], count: usize) -> Vec<Hint> {
        let stack = Scope::stack(scopes);
        let mut found: Vec<(u8, Hint)> = Vec::new();
        for row in table() {
            let Some((scope, weight, _)) = stack.iter().find_map(|scope| row.hints.iter().find(|(hinted, _, _)| hinted == scope))
            else {
                continue;
            };
            if let Some(keys) = self.all_keys_of(row.action, scopes).into_iter().next() {
                found.push((*weight, Hint { action: row.action, keys, label: row.label_in(*scope) }));
            }
        }
        found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        let mut hints: Vec<Hint> = found.into_iter().map(|(_, hint)| hint).take(count.saturating_sub(1)).collect();
        if count > 0
            && let Some(keys) = self.all_keys_of(Action::Help, scopes).into_iter().next()
        {
            hints.push(Hint { action: Action::Help, keys, label: "help" });
        }
        hints
    }

    /// Every act that a key reaches where the place names `scopes`, and what only the palette reaches there, by group.
    pub fn help(&self, scopes: &[Scope]) -> Vec<HelpLine> {
        let stack = Scope::stack(scopes);
        let mut lines: Vec<HelpLine> = table()
            .iter()
            .filter(|row| self.reaches(row.action, scopes))
            .map(|row| HelpLine {
                action: row.action,
                group: row.group,
                name: row.name,
                keys: self.all_keys_of(row.action, scopes),
                label: row.label_in(stack.iter().copied().find(|s| row.lives_in(*s)).unwrap_or(Scope::Always)),
                help: row.help,
            })
            .collect();
        // what is asked for here comes first
        lines.sort_by_key(|line| (line.group != Group::Answer, line.group));
        lines
    }

    /// What the palette offers where the place names `scopes`.
    pub fn palette(&self, scopes: &[Scope]) -> Vec<HelpLine> {
        let offered = |action| table().iter().any(|row| row.action == action && row.palette);
        self.help(scopes).into_iter().filter(|line| offered(line.action)).collect()
    }
}

/// README's table of keys, with the names for keys.toml.
pub fn markdown() -> String {
    let map = Keymap::standard();
    let mut text = String::from("| key | what it does | name in keys.toml | where |\n|---|---|---|---|\n");
    for group in Group::ALL {
        let mut rows = table().iter().filter(|row| row.group == *group).peekable();
        if rows.peek().is_some() {
            text.push_str(&format!("| | **{}** | | |\n", group.title()));
        }
        for row in rows {
            let mut keys: Vec<String> = Vec::new();
            for binding in map.bindings().iter().filter(|b| b.action == row.action) {
                let key = format!("`{}`", super::keymap::KeyChord::print_sequence(&binding.keys).replace('|', "\\|"));
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
            if keys.is_empty() {
                keys.push(format!("`:{}`", row.name));
            }
            let places: Vec<&str> = row.scopes().map(Scope::name).collect();
            text.push_str(&format!("| {} | {} | `{}` | {} |\n", keys.join(" "), row.help, row.name, places.join(", ")));
        }
    }
    text
}
