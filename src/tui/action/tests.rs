//! What must hold of the table as a whole.

use std::collections::BTreeSet;

use super::keymap::{Binding, KeyChord, Keymap};
use super::user_keys::clash;
use super::{Group, Scope, markdown, presets, table};

/// Each place that can be on top, as a view names it.
fn places() -> Vec<Vec<Scope>> {
    Scope::all()
        .filter(|s| !matches!(s, Scope::Always | Scope::Global))
        .map(|s| if s == Scope::Empty { vec![s, Scope::Browse] } else { vec![s] })
        .collect()
}

fn loaded(preset: &str) -> Keymap {
    let (map, mistakes) = Keymap::load(preset, None);
    assert!(mistakes.is_empty(), "{preset}: {mistakes:?}");
    map
}

#[test]
fn every_action_has_one_row_with_its_own_name_and_a_sentence() {
    let mut actions = BTreeSet::new();
    let mut names = BTreeSet::new();
    for row in table() {
        assert!(actions.insert(row.action), "{:?} has two rows", row.action);
        assert!(names.insert(row.name), "two rows are called {}", row.name);
        assert!(row.help.ends_with('.') && row.help.len() > 6, "{}: the help is a sentence", row.name);
        assert!(!row.label.is_empty() && row.label.chars().count() <= 20, "{}: a short label", row.name);
        assert!(row.scopes().next().is_some(), "{} lives nowhere", row.name);
        assert!(Group::ALL.contains(&row.group), "{} is in no group", row.name);
    }
    // the last variant of the enum tells how many there are
    assert_eq!(actions.len(), super::Action::DeleteToEnd as usize + 1, "an action without a row");
}

#[test]
fn every_key_of_the_table_can_be_typed_on_any_terminal() {
    for row in table() {
        for bind in row.binds {
            for keys in bind.keys {
                assert!(KeyChord::parse_sequence(keys).is_ok(), "{}: {keys}", row.name);
            }
        }
    }
    for binding in Keymap::standard().bindings() {
        for chord in &binding.keys {
            let word = chord.to_string().to_lowercase();
            let never = ["ctrl-i", "ctrl-m", "ctrl-h", "ctrl-j", "ctrl-space", "shift-enter"];
            assert!(!never.contains(&word.as_str()), "{:?}: {word}", binding.action);
        }
    }
}

#[test]
fn one_key_never_means_two_acts() {
    for preset in presets::names() {
        let map = loaded(preset);
        let strict: Vec<&Binding> = map.bindings().iter().filter(|b| !b.scope.takes_text() && !b.scope.asks()).collect();
        for (at, a) in strict.iter().enumerate() {
            for b in &strict[at + 1..] {
                let same = a.keys == b.keys && a.action != b.action;
                assert!(
                    !same,
                    "{preset}: {} is {:?} in {:?} and {:?} in {:?}",
                    KeyChord::print_sequence(&a.keys),
                    a.action,
                    a.scope,
                    b.action,
                    b.scope
                );
            }
        }
        for a in map.bindings() {
            for b in map.bindings() {
                assert!(!clash(a, b), "{preset}: {a:?} and {b:?}");
            }
        }
    }
}

#[test]
fn every_act_is_reached_where_it_lives() {
    for preset in presets::names() {
        let map = loaded(preset);
        for row in table() {
            for scope in row.scopes() {
                let place = if scope == Scope::Always { Scope::Browse } else { scope };
                assert!(map.reaches(row.action, &[place]), "{preset}: {} cannot be reached in {scope:?}", row.name);
            }
        }
    }
}

#[test]
fn the_help_of_a_place_lists_every_key_of_it_once() {
    for preset in presets::names() {
        let map = loaded(preset);
        for place in places() {
            let lines = map.help(&place);
            let listed: BTreeSet<_> = lines.iter().map(|line| line.action).collect();
            assert_eq!(listed.len(), lines.len(), "{place:?}: an act twice");
            for binding in map.bindings() {
                if map.lookup(&place, &binding.keys) == super::keymap::Lookup::Action(binding.action) {
                    let line = lines.iter().find(|l| l.action == binding.action);
                    let keys = KeyChord::print_sequence(&binding.keys);
                    assert!(line.is_some_and(|l| l.keys.contains(&keys)), "{place:?}: {keys} is not in the help");
                }
            }
        }
    }
}

#[test]
fn every_place_can_be_left_and_helped_and_hints_at_what_works() {
    let map = Keymap::standard();
    for place in places() {
        let hints = map.hints(&place, 6);
        assert!(hints.len() <= 6 && (hints.len() >= 2 || place == [Scope::Text]), "{place:?}: {hints:?}");
        assert_eq!(hints.last().map(|h| h.label), Some("help"), "{place:?}");
        for hint in &hints {
            assert!(map.reaches(hint.action, &place), "{place:?}: {hint:?}");
        }
    }
}

#[test]
fn hints_point_at_scopes_where_the_act_can_be_asked_for() {
    let map = Keymap::standard();
    for row in table() {
        for (scope, _, _) in row.hints {
            let place = if *scope == Scope::Empty { vec![Scope::Empty, Scope::Browse] } else { vec![*scope] };
            assert!(map.reaches(row.action, &place), "{} is hinted at in {scope:?}", row.name);
        }
    }
}

#[test]
fn the_list_hints_at_what_is_done_every_day() {
    let shown: Vec<String> =
        Keymap::standard().hints(&[Scope::Browse], 6).iter().map(|h| format!("{} {}", h.keys, h.label)).collect();
    assert_eq!(shown, ["n new", "Enter open", "i note", "c call", "Q qualify", "? help"]);
    let shown: Vec<String> =
        Keymap::standard().hints(&[Scope::Empty, Scope::Browse], 4).iter().map(|h| format!("{} {}", h.keys, h.label)).collect();
    assert_eq!(shown, ["I import", "n new", "d sample data", "? help"]);
}

#[test]
fn the_table_of_keys_has_every_act() {
    let text = markdown();
    for row in table() {
        assert!(text.contains(&format!("`{}`", row.name)), "{}", row.name);
    }
}
