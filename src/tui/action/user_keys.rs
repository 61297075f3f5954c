//! Keys that a file asks for, laid over those that are there: checked together, reported at once, the valid rest taken.
//!
//! The file has a table for each scope, or `all` for every scope that an action lives in:
//!
//! ```toml
//! [browse]
//! "note.write" = ["i", "ctrl-n"]
//! [all]
//! "redo" = "ctrl-y"
//! "mark.range" = []
//! ```

use super::keymap::{Binding, KeyChord};
use super::{Action, Row, Scope, by_name, row, table};
use crate::config::lines::{self, Entry, Value};
use crate::config::{Mistake, guess};

/// What one line of the file asks for in one scope.
struct Wish {
    scope: Scope,
    action: Action,
    keys: Vec<Vec<KeyChord>>,
    line: usize,
}

/// `base` with what `text` asks for. Mistakes are added to `mistakes`; a line with one changes nothing.
pub(super) fn apply(base: Vec<Binding>, file: &str, text: &str, mistakes: &mut Vec<Mistake>) -> Vec<Binding> {
    let (entries, unreadable) = lines::read(file, text);
    mistakes.extend(unreadable);
    let mut wishes = Vec::new();
    for entry in entries {
        read_scope(entry, file, &mut wishes, mistakes);
    }
    loop {
        let laid = lay(&base, &wishes);
        let Some((at, message)) = first_clash(&laid, &wishes) else {
            mistakes.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
            return laid.into_iter().map(|(binding, _)| binding).collect();
        };
        let lost = wishes.remove(at);
        mistakes.push(Mistake::new(file, lost.line, message));
    }
}

fn read_scope(entry: Entry, file: &str, wishes: &mut Vec<Wish>, mistakes: &mut Vec<Mistake>) {
    let Value::Table(acts) = entry.value else {
        let message = format!("“{}” stands outside a place: put it under [browse], [record] … or [all]", entry.key);
        return mistakes.push(Mistake::new(file, entry.line, message));
    };
    let scope = Scope::named(&entry.key);
    if scope.is_none() && entry.key != "all" {
        let near = guess(&entry.key, Scope::all().map(Scope::name).chain(["all"]));
        return mistakes.push(Mistake::new(file, entry.line, format!("there is no place called [{}]{near}", entry.key)));
    }
    for act in acts {
        match read_act(&act, scope) {
            Ok((found, keys)) => {
                let scopes: Vec<Scope> = scope.map_or_else(|| found.scopes().collect(), |s| vec![s]);
                let line = act.line;
                wishes.extend(scopes.into_iter().map(|scope| Wish { scope, action: found.action, keys: keys.clone(), line }));
            }
            Err(message) => mistakes.push(Mistake::new(file, act.line, message)),
        }
    }
}

fn read_act(entry: &Entry, scope: Option<Scope>) -> Result<(&'static Row, Vec<Vec<KeyChord>>), String> {
    let found = by_name(&entry.key).ok_or_else(|| {
        format!("there is no act called “{}”{}", entry.key, guess(&entry.key, table().iter().map(|row| row.name)))
    })?;
    if let Some(scope) = scope.filter(|s| !found.lives_in(*s)) {
        let places: Vec<&str> = found.scopes().map(Scope::name).collect();
        return Err(format!("“{}” is no act of [{}]; it is one of {}", found.name, scope.name(), places.join(", ")));
    }
    let words = match &entry.value {
        Value::Text(word) => vec![word.as_str()],
        Value::List(list) => list
            .iter()
            .map(|(_, value)| match value {
                Value::Text(word) => Ok(word.as_str()),
                _ => Err(format!("“{}”: each key is written in quotes, as [\"i\", \"ctrl-n\"]", found.name)),
            })
            .collect::<Result<_, _>>()?,
        _ => return Err(format!("“{}”: write the keys as [\"i\", \"ctrl-n\"]", found.name)),
    };
    let keys = words.into_iter().map(KeyChord::parse_sequence).collect::<Result<Vec<_>, _>>()?;
    let scopes = scope.map_or_else(|| found.scopes().collect(), |s| vec![s]);
    if let Some(typed) = keys.iter().find(|k| k[0].text().is_some())
        && scopes.iter().all(|s| s.takes_text())
    {
        return Err(format!("{} is text there: choose a key with ctrl or alt", KeyChord::print_sequence(typed)));
    }
    Ok((found, keys))
}

/// The bindings that result, each with the wish that it comes from.
fn lay(base: &[Binding], wishes: &[Wish]) -> Vec<(Binding, Option<usize>)> {
    let wished = |b: &Binding| wishes.iter().any(|w| w.scope == b.scope && w.action == b.action);
    let mut laid: Vec<_> = base.iter().filter(|b| !wished(b)).map(|b| (b.clone(), None)).collect();
    for (at, wish) in wishes.iter().enumerate() {
        for keys in &wish.keys {
            laid.push((Binding { scope: wish.scope, action: wish.action, keys: keys.clone() }, Some(at)));
        }
    }
    laid
}

/// The latest wish that another binding contradicts, with the sentence about it.
fn first_clash(laid: &[(Binding, Option<usize>)], wishes: &[Wish]) -> Option<(usize, String)> {
    let mut found: Option<(usize, String)> = None;
    for (mine, at) in laid.iter().filter_map(|(b, at)| at.map(|at| (b, at))) {
        for (other, their) in laid {
            if !clash(mine, other) && !clash(other, mine) {
                continue;
            }
            let loser = their.map_or(at, |their| their.max(at));
            if found.as_ref().is_none_or(|(most, _)| loser > *most) {
                let (lost, kept) = if loser == at { (mine, other) } else { (other, mine) };
                let place = their.map_or(String::new(), |their| {
                    let first = if loser == at { their } else { at };
                    format!(" (line {})", wishes[first].line)
                });
                let message = format!(
                    "{} is “{}” in [{}]{place}, so “{}” keeps its keys",
                    KeyChord::print_sequence(&kept.keys),
                    row(kept.action).name,
                    kept.scope.name(),
                    row(lost.action).name
                );
                found = Some((loser, message));
            }
        }
    }
    found
}

/// Whether two bindings cannot both hold: two acts, one key or the beginning of one, in places that meet.
pub(super) fn clash(inner: &Binding, outer: &Binding) -> bool {
    let meet = inner.scope == outer.scope
        || (inner.scope == Scope::Empty && outer.scope == Scope::Browse)
        // a typing place may have its own use for a key that edits a line
        || (outer.scope != Scope::Text && Scope::stack(&[inner.scope]).contains(&outer.scope));
    // where a digit answers a question it opens no screen
    let meet = meet && !(inner.scope.asks() && outer.scope == Scope::Global);
    let shorter = inner.keys.len().min(outer.keys.len());
    let is_text = inner.scope.takes_text() && inner.keys[0].text().is_some();
    inner.action != outer.action && meet && !is_text && inner.keys[..shorter] == outer.keys[..shorter]
}

#[cfg(test)]
mod tests {
    use crate::tui::action::keymap::{KeyChord, Keymap, Lookup};
    use crate::tui::action::{Action, Scope};

    fn load(text: &str) -> (Keymap, Vec<String>) {
        let (map, mistakes) = Keymap::load("default", Some(("keys.toml", text)));
        (map, mistakes.iter().map(ToString::to_string).collect())
    }

    fn look(map: &Keymap, scope: Scope, words: &str) -> Lookup {
        map.lookup(&[scope], &KeyChord::parse_sequence(words).unwrap())
    }

    #[test]
    fn a_key_is_bound_anew_and_the_old_one_is_free() {
        let (map, mistakes) = load("[browse]\n\"note.write\" = [\"ctrl-n\", \"Z\"]\n[all]\n\"mark.range\" = []\n");
        assert_eq!(mistakes, [""; 0]);
        assert_eq!(look(&map, Scope::Browse, "Z"), Lookup::Action(Action::Note));
        assert_eq!(look(&map, Scope::Browse, "i"), Lookup::None);
        assert_eq!(look(&map, Scope::Record, "i"), Lookup::Action(Action::Note));
        assert_eq!(look(&map, Scope::Browse, "V"), Lookup::None);
    }

    #[test]
    fn two_acts_can_swap_their_keys() {
        let (map, mistakes) = load("[all]\n\"undo\" = \"U\"\n\"steps\" = \"u\"\n");
        assert_eq!(mistakes, [""; 0]);
        assert_eq!(look(&map, Scope::Browse, "U"), Lookup::Action(Action::Undo));
        assert_eq!(look(&map, Scope::Browse, "u"), Lookup::Action(Action::Steps));
    }

    #[test]
    fn every_mistake_is_reported_with_its_line_and_the_rest_holds() {
        let (map, mistakes) = load(
            "[browse]\n\"note.wriet\" = [\"w\"]\n\"lead.rating\" = [\"i\"]\n\"record.tags\" = [\"hyper-t\"]\n\"record.assign\" = [\"u\"]\n\
             [recrod]\n\"record.edit\" = [\"x\"]\n[record]\n\"view.sort\" = [\"x\"]\n[all]\n\"steps\" = [\"ctrl-u\", \"w\"]\n\"mouse\" = [\"Z\"]\n",
        );
        assert_eq!(
            mistakes,
            [
                "keys.toml, line 2: there is no act called “note.wriet” (did you mean “note.write”?)",
                "keys.toml, line 3: i is “note.write” in [browse], so “lead.rating” keeps its keys",
                "keys.toml, line 4: “hyper-t” is no key: “hyper” is none of ctrl, alt, shift",
                "keys.toml, line 5: u is “undo” in [global], so “record.assign” keeps its keys",
                "keys.toml, line 6: there is no place called [recrod] (did you mean “record”?)",
                "keys.toml, line 9: “view.sort” is no act of [record]; it is one of browse",
                "keys.toml, line 11: Ctrl-u is “move.page-up” in [browse], so “steps” keeps its keys",
            ]
        );
        assert_eq!(look(&map, Scope::Browse, "Z"), Lookup::Action(Action::Mouse));
        assert_eq!(look(&map, Scope::Browse, "R"), Lookup::Action(Action::Rating));
        assert_eq!(look(&map, Scope::Browse, "U"), Lookup::Action(Action::Steps));
    }

    #[test]
    fn of_two_lines_for_one_key_the_first_holds() {
        let (map, mistakes) = load("[browse]\n\"note.write\" = [\"Z\"]\n\"record.edit\" = [\"Z\"]\n");
        assert_eq!(mistakes, ["keys.toml, line 3: Z is “note.write” in [browse] (line 2), so “record.edit” keeps its keys"]);
        assert_eq!(look(&map, Scope::Browse, "Z"), Lookup::Action(Action::Note));
        assert_eq!(look(&map, Scope::Browse, "e"), Lookup::Action(Action::Edit));
    }

    #[test]
    fn text_cannot_be_bound_where_text_is_typed() {
        let (_, mistakes) = load("[editor]\n\"text.save\" = [\"s\"]\n");
        assert_eq!(mistakes, ["keys.toml, line 2: s is text there: choose a key with ctrl or alt"]);
    }

    #[test]
    fn a_broken_file_is_a_mistake_and_no_failure() {
        let (map, mistakes) = load("[browse\n\"note.write\" = [\"w\"\n");
        assert!(!mistakes.is_empty());
        assert_eq!(look(&map, Scope::Browse, "i"), Lookup::Action(Action::Note));
    }
}
