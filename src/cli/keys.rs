//! `keys`: every key of the interface, from the table that dispatch and help use.

use super::open::env;
use super::output::Out;
use super::table;
use crate::config::{Config, Paths};
use crate::error::Result;
use crate::tui::action::keymap::{KeyChord, Keymap};
use crate::tui::action::{self, Group};

/// List the keys of the interface with their names for keys.toml
#[derive(Debug, clap::Args)]
pub struct Keys {
    /// As the table in README, which has the keys as they are shipped
    #[arg(long)]
    markdown: bool,
}

impl Keys {
    /// Lists them; without a database.
    pub fn run(self, out: &mut Out) -> Result<u8> {
        if self.markdown {
            out.line(action::markdown().trim_end())?;
            return Ok(0);
        }
        let (config, _) = Config::load(&Paths::of_user()?, &env);
        let file = Paths::of_user()?.keys_file();
        let text = crate::config::read_small(&file)?;
        let name = file.display().to_string();
        let (map, mistakes) = Keymap::load(&config.keys, text.as_deref().map(|text| (name.as_str(), text)));
        mistakes.iter().for_each(|mistake| super::output::warn(&mistake.to_string()));
        let mut rows = Vec::new();
        for group in Group::ALL {
            for row in action::table().iter().filter(|row| row.group == *group) {
                let mut keys: Vec<String> = Vec::new();
                for binding in map.bindings().iter().filter(|b| b.action == row.action) {
                    let key = KeyChord::print_sequence(&binding.keys);
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
                rows.push(vec![keys.join("  "), row.name.to_owned(), row.help.to_owned()]);
            }
        }
        table::write(out, &["Keys", "Name", "What it does"], vec![false; 3], &rows)?;
        Ok(0)
    }
}
