//! Questions about files: those of a record, one, a part of what is in it. Changes nothing.

use crate::error::Result;
use crate::model::attachment::Attachment;
use crate::model::entity::RecordId;
use crate::service::act::Query;
use crate::service::context::Context;
use crate::store::{self, Db};

/// The files of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentsOf {
    /// The record.
    pub about: RecordId,
    /// At most so many, newest first.
    pub limit: i64,
}

impl Query for AttachmentsOf {
    type Reply = Vec<Attachment>;

    /// Those of the leads that it came from are among them.
    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Attachment>> {
        if self.about.entity.is_child() {
            return Ok(Vec::new());
        }
        let record = store::record::need(db, ctx.catalog.registry(self.about.entity), self.about.number)?;
        let mut files = store::attachment::of_record(db, self.about, self.limit)?;
        for source in store::related::sources(db, &record, &ctx.catalog)? {
            files.extend(store::attachment::of_record(db, source, self.limit)?);
        }
        files.sort_by_key(|file| std::cmp::Reverse((file.created_at, file.number)));
        files.truncate(usize::try_from(self.limit).unwrap_or(usize::MAX));
        Ok(files)
    }
}

/// One file, without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetAttachment {
    /// Its number.
    pub number: i64,
}

impl Query for GetAttachment {
    type Reply = Attachment;

    fn run(&self, db: &Db, _: &Context) -> Result<Attachment> {
        store::attachment::need(db, self.number)
    }
}

/// How many files were taken off their records and are still kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountDeletedFiles;

impl Query for CountDeletedFiles {
    type Reply = u64;

    fn run(&self, db: &Db, _: &Context) -> Result<u64> {
        Ok(store::attachment::deleted_before(db, i64::MAX)?.len() as u64)
    }
}

/// A part of what is in a file: at most 256 KiB; none behind the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadPart {
    /// The file's number.
    pub file: i64,
    /// Which part, from 0.
    pub part: i64,
}

impl Query for ReadPart {
    type Reply = Option<Vec<u8>>;

    fn run(&self, db: &Db, _: &Context) -> Result<Option<Vec<u8>>> {
        let file = store::attachment::need(db, self.file)?;
        store::blob::chunk(db, file.content, self.part)
    }
}
