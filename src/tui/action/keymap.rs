//! From keys to actions: a tree of chords for every scope. Reads no file and performs nothing.

use std::collections::BTreeMap;

pub use super::chord::KeyChord;
use super::row::Row;
use super::{Action, Scope, presets, row, table, user_keys};
use crate::config::Mistake;

/// What the keys typed so far mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// They ask for this.
    Action(Action),
    /// The place takes text, and this is some.
    Text(char),
    /// More keys must follow; these can.
    Pending(Vec<Next>),
    /// Nothing; what was pending is forgotten.
    None,
}

/// A key that can follow, for the box that shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The key as people write it.
    pub key: String,
    /// What it does, in two or three words; `…` when further keys follow.
    pub label: &'static str,
    /// What it asks for, unless further keys follow.
    pub action: Option<Action>,
}

/// One sequence of keys in one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where it holds.
    pub scope: Scope,
    /// What it asks for.
    pub action: Action,
    /// The keys, one after the other.
    pub keys: Vec<KeyChord>,
}

/// The keys that hold now. Made once at start; cheap to ask.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bindings: Vec<Binding>,
    trees: BTreeMap<Scope, Node>,
}

#[derive(Clone, Debug, Default)]
struct Node {
    action: Option<Action>,
    next: Vec<(KeyChord, Node)>,
}

impl Node {
    fn insert(&mut self, keys: &[KeyChord], action: Action) {
        let Some((first, rest)) = keys.split_first() else {
            self.action.get_or_insert(action);
            return;
        };
        if let Some((_, node)) = self.next.iter_mut().find(|(key, _)| key == first) {
            return node.insert(rest, action);
        }
        let mut node = Self::default();
        node.insert(rest, action);
        self.next.push((*first, node));
    }

    fn at(&self, keys: &[KeyChord]) -> Option<&Self> {
        keys.iter().try_fold(self, |node, key| node.next.iter().find(|(k, _)| k == key).map(|(_, next)| next))
    }
}

impl Keymap {
    /// The keys of the table.
    pub fn standard() -> Self {
        Self::new(standard_bindings())
    }

    /// Keys that were put together elsewhere; of two for the same keys in one scope the first holds.
    pub fn new(bindings: Vec<Binding>) -> Self {
        let mut trees: BTreeMap<Scope, Node> = BTreeMap::new();
        for binding in &bindings {
            trees.entry(binding.scope).or_default().insert(&binding.keys, binding.action);
        }
        Self { bindings, trees }
    }

    /// The keys of a preset (`default` or `plain`) with the person's own over them.
    ///
    /// `user` is the name and the text of keys.toml. Every mistake comes back at once; what was right holds.
    pub fn load(preset: &str, user: Option<(&str, &str)>) -> (Self, Vec<Mistake>) {
        let (mut bindings, mut mistakes) = presets::bindings(preset);
        if let Some((file, text)) = user {
            bindings = user_keys::apply(bindings, file, text, &mut mistakes);
        }
        (Self::new(bindings), mistakes)
    }

    /// All bindings, in the order of the table.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// What `pending` (the newest key last) means where the place names `scopes`, inside out.
    ///
    /// `Global` and `Always` need not be named. An inner scope wins; where one waits for more keys, the outer ones add theirs.
    pub fn lookup(&self, scopes: &[Scope], pending: &[KeyChord]) -> Lookup {
        let mut following: Vec<Next> = Vec::new();
        for scope in Scope::stack(scopes) {
            if scope.takes_text()
                && following.is_empty()
                && let [chord] = pending
                && let Some(c) = chord.text()
            {
                return Lookup::Text(c);
            }
            let Some(node) = self.trees.get(&scope).and_then(|tree| tree.at(pending)) else { continue };
            if node.next.is_empty() {
                match node.action {
                    Some(action) if following.is_empty() => return Lookup::Action(action),
                    _ => continue,
                }
            }
            for (key, next) in &node.next {
                let shown = Next {
                    key: key.to_string(),
                    label: if next.next.is_empty() { next.action.map_or("", |a| row(a).label_in(scope)) } else { "…" },
                    action: next.action.filter(|_| next.next.is_empty()),
                };
                if !following.iter().any(|other| other.key == shown.key) {
                    following.push(shown);
                }
            }
        }
        if following.is_empty() { Lookup::None } else { Lookup::Pending(following) }
    }

    /// The key that a hint shows for `action` in `scope` or behind it; empty when only the palette reaches it.
    pub fn keys_of(&self, action: Action, scope: Scope) -> String {
        self.all_keys_of(action, &[scope]).into_iter().next().unwrap_or_default()
    }

    /// Every key that asks for `action` where the place names `scopes`, the one that hints show first.
    pub fn all_keys_of(&self, action: Action, scopes: &[Scope]) -> Vec<String> {
        let mut keys = Vec::new();
        for scope in Scope::stack(scopes) {
            for binding in self.bindings.iter().filter(|b| b.action == action && b.scope == scope) {
                let printed = KeyChord::print_sequence(&binding.keys);
                // a key that an inner scope takes, or that is text here, does not lead to it
                if self.lookup(scopes, &binding.keys) == Lookup::Action(action) && !keys.contains(&printed) {
                    keys.push(printed);
                }
            }
        }
        keys
    }

    /// Whether a key or the palette reaches `action` where the place names `scopes`.
    pub fn reaches(&self, action: Action, scopes: &[Scope]) -> bool {
        let found = row(action);
        let stack = Scope::stack(scopes);
        (found.palette && stack.contains(&Scope::Global) && found.scopes().any(|s| stack.contains(&s)))
            || !self.all_keys_of(action, scopes).is_empty()
    }
}

/// The bindings of the table as they stand in it.
pub(super) fn standard_bindings() -> Vec<Binding> {
    table().iter().flat_map(bindings_of).collect()
}

fn bindings_of(row: &'static Row) -> impl Iterator<Item = Binding> {
    row.binds
        .iter()
        .flat_map(|bind| bind.scopes.iter().flat_map(|scope| bind.keys.iter().map(|keys| (*scope, *keys))))
        .filter_map(|(scope, keys)| {
            // a test holds that every key of the table can be read
            KeyChord::parse_sequence(keys).ok().map(|keys| Binding { scope, action: row.action, keys })
        })
}

#[cfg(test)]
mod tests {
    use super::{KeyChord, Keymap, Lookup};
    use crate::tui::action::{Action, Scope};

    fn keys(words: &str) -> Vec<KeyChord> {
        KeyChord::parse_sequence(words).unwrap()
    }

    #[test]
    fn an_inner_scope_wins_and_outer_ones_add_what_can_follow() {
        let map = Keymap::standard();
        assert_eq!(map.lookup(&[Scope::Browse], &keys("j")), Lookup::Action(Action::Down));
        assert_eq!(map.lookup(&[Scope::Browse], &keys("u")), Lookup::Action(Action::Undo));
        let Lookup::Pending(next) = map.lookup(&[Scope::Browse], &keys("g")) else { panic!("g waits") };
        assert_eq!(
            next.iter().map(|n| n.key.as_str()).collect::<Vec<_>>(),
            ["g", "t", "l", "p", "o", "a", "c", "r", "x", "m", "n", "w"]
        );
        assert_eq!(map.lookup(&[Scope::Browse], &keys("g g")), Lookup::Action(Action::First));
        assert_eq!(map.lookup(&[Scope::Browse], &keys("g l")), Lookup::Action(Action::Leads));
        assert_eq!(map.lookup(&[Scope::Browse], &keys("g z")), Lookup::None);
    }

    #[test]
    fn characters_are_text_where_text_is_taken() {
        let map = Keymap::standard();
        for scope in Scope::all().filter(|s| s.takes_text()) {
            assert_eq!(map.lookup(&[scope, Scope::Browse], &keys("q")), Lookup::Text('q'), "{scope:?}");
            assert_eq!(map.lookup(&[scope, Scope::Browse], &keys("space")), Lookup::Text(' '), "{scope:?}");
            assert_eq!(map.lookup(&[scope], &keys("esc")), Lookup::Action(Action::Back), "{scope:?}");
            assert_eq!(map.lookup(&[scope], &keys("f1")), Lookup::Action(Action::Help), "{scope:?}");
        }
        assert_eq!(map.lookup(&[Scope::Editor], &keys("ctrl-e")), Lookup::Action(Action::ExternalEditor));
        assert_eq!(map.lookup(&[Scope::Field], &keys("ctrl-e")), Lookup::Action(Action::LineEnd));
    }

    #[test]
    fn a_closed_layer_lets_only_the_keys_of_everywhere_through() {
        let map = Keymap::standard();
        assert_eq!(map.lookup(&[Scope::Confirm, Scope::Browse], &keys("D")), Lookup::None);
        assert_eq!(map.lookup(&[Scope::Confirm, Scope::Browse], &keys("y")), Lookup::Action(Action::Yes));
        assert_eq!(map.lookup(&[Scope::Confirm, Scope::Browse], &keys("ctrl-z")), Lookup::Action(Action::Suspend));
    }

    #[test]
    fn hints_show_the_key_that_works_there() {
        let map = Keymap::standard();
        assert_eq!(map.keys_of(Action::Help, Scope::Browse), "?");
        assert_eq!(map.keys_of(Action::Help, Scope::Editor), "F1");
        assert_eq!(map.keys_of(Action::Undo, Scope::Browse), "u");
        assert_eq!(map.keys_of(Action::Mouse, Scope::Browse), "");
        assert!(map.reaches(Action::Mouse, &[Scope::Browse]));
        assert!(!map.reaches(Action::Mouse, &[Scope::Confirm]));
    }
}
