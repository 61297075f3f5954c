//! Records from files and to files: the look at a file, the trial, the import, the export. Reads and writes no format itself.

mod activity;
mod export;
mod files;
mod import;
mod known;
mod look_up;
mod note;
mod refer;
mod row;

use std::ops::Deref;
use std::sync::Arc;

pub use export::{ExportRecords, Exported, card, card_fields, format_of, write};
pub use import::{Duplicates, ImportRecords, Imported, KindOf, PlanImport, TryImport};

/// A large value that is handed about and compared by identity.
#[derive(Debug)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Shares a value.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
