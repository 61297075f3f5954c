//! The shipped sets of keys: the table's own, and those of assets/keymaps laid over them.

use super::keymap::{Binding, standard_bindings};
use super::user_keys;
use crate::config::{Mistake, guess};

/// Shipped presets besides `default`, with their files.
const PRESETS: &[(&str, &str)] = &[("plain", include_str!("../../../assets/keymaps/plain.toml"))];

/// The names of all presets.
pub fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once("default").chain(PRESETS.iter().map(|(name, _)| *name))
}

/// The bindings of a preset; an unknown one is a mistake and gives the default.
pub(super) fn bindings(preset: &str) -> (Vec<Binding>, Vec<Mistake>) {
    let mut mistakes = Vec::new();
    let base = standard_bindings();
    if preset == "default" {
        return (base, mistakes);
    }
    match PRESETS.iter().find(|(name, _)| *name == preset) {
        Some((name, text)) => (user_keys::apply(base, name, text, &mut mistakes), mistakes),
        None => {
            let message = format!("there is no set of keys called “{preset}”{}: default and plain exist", guess(preset, names()));
            mistakes.push(Mistake::new("config.toml", 0, message));
            (base, mistakes)
        }
    }
}
