//! What the interface remembers between starts. Losing it loses comfort, never data; a damaged file is set aside.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Mistake, private_folder, read_small, write_whole};
use crate::error::Result;

/// The most records that are remembered of one database.
const RECENT: usize = 50;
/// The most maps of imports that are remembered.
const MAPS: usize = 100;

/// How one list was left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListState {
    /// The name of its view; empty: the default one.
    pub view: String,
    /// Its sort, as `-modified_at`; empty: the view's.
    pub sort: String,
    /// Its columns by registry name; empty: the view's.
    pub columns: Vec<String>,
}

/// How far a list is worked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkState {
    /// What the list is called.
    pub title: String,
    /// When it was worked last, in µs UTC.
    pub when: i64,
    /// Its records in their order, as `L-7`.
    pub records: Vec<String>,
    /// The place of the one that is worked, from 0.
    pub place: usize,
    /// How many were reached.
    pub reached: u64,
    /// How many calls were logged.
    pub calls: u64,
    /// With how many another call was agreed.
    pub call_backs: u64,
    /// How many were passed over: closed, not to be called, worked by others.
    pub passed: [u64; 3],
}

/// All that is remembered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The share of the left pane, in per cent of the width.
    pub divider: u16,
    /// Whether the preview is open below the list on a narrow terminal.
    pub preview: bool,
    /// Whether the checklist of the first steps was hidden.
    pub checklist_hidden: bool,
    /// The items of the checklist that are ticked, by name.
    pub checklist: Vec<String>,
    /// The file imported from last, as typed; empty: none.
    pub last_import: String,
    /// How each list was left, by screen name.
    pub lists: BTreeMap<String, ListState>,
    /// The filters that were kept last on each list, newest first, by screen name.
    pub filters: BTreeMap<String, Vec<String>>,
    /// The records opened last, newest first, as `L-1042`, by database id.
    pub recent: BTreeMap<String, Vec<String>>,
    /// The lists that are being worked, the one that was worked last first, by database id.
    pub worked: BTreeMap<String, Vec<WorkState>>,
    /// Import maps (heading → field) by the key of their headings.
    pub imports: BTreeMap<String, BTreeMap<String, String>>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            divider: 60,
            preview: false,
            checklist_hidden: false,
            checklist: Vec::new(),
            last_import: String::new(),
            lists: BTreeMap::new(),
            filters: BTreeMap::new(),
            recent: BTreeMap::new(),
            worked: BTreeMap::new(),
            imports: BTreeMap::new(),
        }
    }
}

/// How many filters of a list are remembered, and the longest of them in bytes.
const FILTERS: usize = 50;
const LONGEST_FILTER: usize = 2_000;

/// How many lists that are worked are remembered.
const WORKED: usize = 5;

impl State {
    /// Reads the file; a missing one gives the default. A damaged one is renamed to `….damaged`, said so, and the default given.
    pub fn load(file: &Path) -> (Self, Option<Mistake>) {
        let problem = match read_small(file) {
            Ok(None) => return (Self::default(), None),
            Ok(Some(text)) => match toml::from_str::<Self>(&text) {
                Ok(mut state) => {
                    state.divider = state.divider.clamp(10, 90);
                    return (state, None);
                }
                Err(error) => error.message().to_owned(),
            },
            Err(error) => error.headline(),
        };
        let aside = file.with_extension("toml.damaged");
        let message = match std::fs::rename(file, &aside) {
            Ok(()) => format!("cannot be read ({problem}); set aside as {}", aside.display()),
            Err(_) => format!("cannot be read ({problem}); views and columns are as at the first start"),
        };
        (Self::default(), Some(Mistake::new(file.display().to_string(), 0, message)))
    }

    /// Writes the file whole.
    pub fn save(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            private_folder(folder)?;
        }
        let text = toml::to_string(self).map_err(|e| crate::error::Error::Internal(e.to_string()))?;
        write_whole(file, text.as_bytes())
    }

    /// Puts a list first among those that are being worked; one of the same name is replaced.
    pub fn works(&mut self, database: &str, list: WorkState) {
        let worked = self.worked.entry(database.to_owned()).or_default();
        worked.retain(|other| other.title != list.title);
        worked.insert(0, list);
        worked.truncate(WORKED);
    }

    /// The lists that are being worked, the one that was worked last first.
    pub fn worked_of(&self, database: &str) -> &[WorkState] {
        self.worked.get(database).map_or(&[], Vec::as_slice)
    }

    /// Forgets records, as `L-7`, that are erased, and the lists that were worked with them: what such a list is called may name a person.
    /// False where none was remembered.
    pub fn forget(&mut self, database: &str, gone: &[String]) -> bool {
        let before = self.clone();
        if let Some(recent) = self.recent.get_mut(database) {
            recent.retain(|record| !gone.contains(record));
        }
        if let Some(worked) = self.worked.get_mut(database) {
            worked.retain(|list| !list.records.iter().any(|record| gone.contains(record)));
        }
        *self != before
    }

    /// Forgets how far a list was worked that is worked off; false where it was not.
    pub fn worked_off(&mut self, database: &str, title: &str) -> bool {
        let Some(worked) = self.worked.get_mut(database) else { return false };
        let before = worked.len();
        worked.retain(|other| other.title != title);
        worked.len() < before
    }

    /// Puts a filter first among those that were kept on a list; false where it is already.
    pub fn filtered(&mut self, list: &str, filter: &str) -> bool {
        let kept = self.filters.entry(list.to_owned()).or_default();
        if kept.first().is_some_and(|newest| newest == filter) || filter.len() > LONGEST_FILTER {
            return false;
        }
        kept.retain(|other| other != filter);
        kept.insert(0, filter.to_owned());
        kept.truncate(FILTERS);
        true
    }

    /// The filters that were kept on a list, newest first.
    pub fn filters_of(&self, list: &str) -> &[String] {
        self.filters.get(list).map_or(&[], Vec::as_slice)
    }

    /// Puts a record first among those opened last.
    pub fn opened(&mut self, database: &str, record: &str) {
        let recent = self.recent.entry(database.to_owned()).or_default();
        recent.retain(|other| other != record);
        recent.insert(0, record.to_owned());
        recent.truncate(RECENT);
    }

    /// The records opened last, newest first.
    pub fn recent_of(&self, database: &str) -> &[String] {
        self.recent.get(database).map_or(&[], Vec::as_slice)
    }

    /// Remembers the map of an import for files with the same headings.
    pub fn remember_import<S: AsRef<str>>(&mut self, kind: &str, headings: &[S], map: BTreeMap<String, String>) {
        let key = headings_key(kind, headings);
        while self.imports.len() >= MAPS && !self.imports.contains_key(&key) {
            self.imports.pop_first();
        }
        self.imports.insert(key, map);
    }

    /// The map that was used for these headings.
    pub fn import_map<S: AsRef<str>>(&self, kind: &str, headings: &[S]) -> Option<&BTreeMap<String, String>> {
        self.imports.get(&headings_key(kind, headings))
    }
}

/// What stands for a line of headings over records of a kind: the same for the same headings in the same order.
pub fn headings_key<S: AsRef<str>>(kind: &str, headings: &[S]) -> String {
    let mut hash = Sha256::new();
    // maps were remembered for leads before there were others
    if kind != "lead" {
        hash.update(kind.as_bytes());
        hash.update([0x1e]);
    }
    for heading in headings {
        hash.update(heading.as_ref().as_bytes());
        hash.update([0x1f]);
    }
    hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{ListState, State};

    #[test]
    fn what_is_saved_is_loaded() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("state/state.toml");
        let mut state = State { divider: 40, checklist_hidden: true, ..State::default() };
        let columns = vec!["name".into(), "company".into()];
        state.lists.insert("leads".into(), ListState { view: "Open leads".into(), sort: "-value".into(), columns });
        state.opened("db", "L-1");
        state.opened("db", "L-2");
        state.opened("db", "L-1");
        state.remember_import(
            "lead",
            &["First name", "E-Mail: \"work\""],
            BTreeMap::from([("First name".into(), "first_name".into())]),
        );
        state.save(&file).unwrap();
        let (loaded, mistake) = State::load(&file);
        assert_eq!(mistake, None);
        assert_eq!(loaded, state);
        assert_eq!(loaded.recent_of("db"), ["L-1", "L-2"]);
        assert!(loaded.import_map("lead", &["First name", "E-Mail: \"work\""]).is_some());
        assert!(loaded.import_map("account", &["First name", "E-Mail: \"work\""]).is_none());
        assert!(loaded.import_map("lead", &["First name"]).is_none());
    }

    #[test]
    fn what_is_erased_is_forgotten_with_the_lists_it_was_worked_in() {
        let mut state = State::default();
        state.opened("db", "L-1");
        state.opened("db", "L-2");
        for (title, record) in [("My open leads · ann", "L-1"), ("All leads", "L-2")] {
            state.works(
                "db",
                crate::config::WorkState { title: title.into(), records: vec![record.into()], ..Default::default() },
            );
        }
        assert!(state.forget("db", &["L-1".into()]) && !state.forget("db", &["L-1".into()]));
        assert_eq!(state.recent_of("db"), ["L-2"]);
        assert_eq!(state.worked_of("db").iter().map(|list| list.title.as_str()).collect::<Vec<_>>(), ["All leads"]);
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_an_older_or_newer_one_read() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("state.toml");
        assert_eq!(State::load(&file), (State::default(), None));
        std::fs::write(&file, "divider = 30\nfrom_the_future = 1\n").unwrap();
        assert_eq!(State::load(&file), (State { divider: 30, ..State::default() }, None));
        std::fs::write(&file, "divider = [\u{0}").unwrap();
        let (state, mistake) = State::load(&file);
        assert_eq!(state, State::default());
        assert!(mistake.unwrap().message.contains("set aside"));
        assert!(dir.path().join("state.toml.damaged").exists() && !file.exists());
    }
}
