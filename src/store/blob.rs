//! Contents of files: each kept once, named by its hash, in chunks, so that none is ever whole in memory. Knows no file's name.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};

use sha2::{Digest, Sha256};

use super::sqlite::ahead::Ahead;
use super::{Db, SqlValue};
use crate::error::{Error, Result};

/// Bytes of a chunk; the last one of a content may have fewer.
pub const CHUNK: usize = 256 * 1024;

/// Chunks that wait to be hashed at most.
const AHEAD: usize = 4;

/// Chunks between two syncs of the log while it grows.
const SYNCED: i64 = 32;

/// A content that is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its number.
    pub number: i64,
    /// Bytes.
    pub size: u64,
}

/// Gives the next bytes of a content: fills the buffer from its start and says how many came; none at the end.
pub type Source<'a> = &'a mut dyn FnMut(&mut [u8]) -> Result<usize>;

/// Fills `chunk` as far as the source goes.
fn fill(from: Source<'_>, chunk: &mut Vec<u8>) -> Result<()> {
    chunk.resize(CHUNK, 0);
    let mut filled = 0;
    while filled < CHUNK {
        match from(&mut chunk[filled..])? {
            0 => break,
            more => filled += more,
        }
    }
    chunk.truncate(filled);
    Ok(())
}

/// The next number of a content. No sequence is asked: its page would be written before the chunks and once more behind them, and a
/// page that is written twice in one transaction makes SQLite go over all between them again.
fn next(db: &Db) -> Result<i64> {
    let kept = db.number("SELECT max(number) FROM blob", &[])?;
    let begun = db.number("SELECT max(blob) FROM blob_chunk", &[])?;
    Ok(kept.max(begun) + 1)
}

/// Stores a content while it is read and hashed; one that is there already is not kept twice. The hash is made on a thread of its own,
/// which is given each chunk when it is stored and gives it back to be filled again.
pub fn write(db: &Db, from: Source<'_>) -> Result<Content> {
    db.writes_much()?;
    let number = next(db)?;
    let (stored, to_hash) = sync_channel::<Vec<u8>>(AHEAD);
    let (hashed, to_fill) = channel::<Vec<u8>>();
    let (size, hash) = std::thread::scope(|scope| {
        let hasher = scope.spawn(move || {
            let mut hash = Sha256::new();
            for chunk in to_hash {
                hash.update(&chunk);
                // nobody fills it again when the storing has failed
                let _ = hashed.send(chunk);
            }
            hash.finalize().to_vec()
        });
        let size = store(db, number, from, &to_fill, &stored);
        drop(stored);
        let hash = hasher.join().map_err(|_| Error::Internal("a content could not be hashed".into()))?;
        Ok::<_, Error>((size?, hash))
    })?;
    if let Some(found) = find(db, &hash)? {
        db.execute("DELETE FROM blob_chunk WHERE blob = $1", &[number.into()])?;
        return Ok(found);
    }
    name(db, Content { number, size }, hash)
}

/// Names a content whose chunks are stored by its hash; no file has it yet.
fn name(db: &Db, content: Content, hash: Vec<u8>) -> Result<Content> {
    db.execute(
        "INSERT INTO blob (number, sha256, size, refs) VALUES ($1, $2, $3, 0)",
        &[content.number.into(), SqlValue::Blob(hash), i64::try_from(content.size).unwrap_or(i64::MAX).into()],
    )?;
    Ok(content)
}

/// Stores a content of one chunk at most that is at hand: without a thread and with the memory that the transaction has.
pub fn write_small(db: &Db, bytes: &[u8]) -> Result<Content> {
    debug_assert!(bytes.len() <= CHUNK, "a content of more than one chunk");
    let hash = Sha256::digest(bytes).to_vec();
    if let Some(found) = find(db, &hash)? {
        return Ok(found);
    }
    let number = next(db)?;
    if !bytes.is_empty() {
        let values = [number.into(), 0.into(), SqlValue::Blob(bytes.to_vec())];
        db.execute("INSERT INTO blob_chunk (blob, seq, bytes) VALUES ($1, $2, $3)", &values)?;
    }
    name(db, Content { number, size: bytes.len() as u64 }, hash)
}

/// Stores chunk after chunk and hands each on; how many bytes they have comes back.
fn store(db: &Db, number: i64, from: Source<'_>, to_fill: &Receiver<Vec<u8>>, stored: &SyncSender<Vec<u8>>) -> Result<u64> {
    let lost = || Error::Internal("a chunk was lost on the way".into());
    let ahead = Ahead::start(db);
    let mut size = 0;
    for seq in 0_i64.. {
        let mut chunk = to_fill.try_recv().unwrap_or_default();
        fill(from, &mut chunk)?;
        if chunk.is_empty() {
            break;
        }
        size += chunk.len() as u64;
        let values = [number.into(), seq.into(), SqlValue::Blob(chunk)];
        db.execute("INSERT INTO blob_chunk (blob, seq, bytes) VALUES ($1, $2, $3)", &values)?;
        let [_, _, SqlValue::Blob(chunk)] = values else { return Err(lost()) };
        stored.send(chunk).map_err(|_| lost())?;
        if seq % SYNCED == SYNCED - 1 {
            ahead.sync();
        }
    }
    Ok(size)
}

/// The content with this hash.
fn find(db: &Db, hash: &[u8]) -> Result<Option<Content>> {
    db.row("SELECT number, size FROM blob WHERE sha256 = $1", &[SqlValue::Blob(hash.to_vec())], |row| {
        Ok(Content { number: row.int(0)?, size: row.int(1)?.unsigned_abs() })
    })
}

/// Whether a content of so many bytes is there: only then is it worth hashing one before it is written.
pub fn is_any_of_size(db: &Db, size: u64) -> Result<bool> {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    Ok(db.row("SELECT number FROM blob WHERE size = $1", &[size.into()], |row| row.int(0))?.is_some())
}

/// The stored content that a source gives, if it is there; writes nothing.
pub fn known(db: &Db, from: Source<'_>) -> Result<Option<Content>> {
    let (mut hash, mut chunk) = (Sha256::new(), Vec::new());
    loop {
        fill(from, &mut chunk)?;
        if chunk.is_empty() {
            return find(db, &hash.finalize());
        }
        hash.update(&chunk);
    }
}

/// One more file has this content.
pub fn hold(db: &Db, number: i64) -> Result<()> {
    db.execute("UPDATE blob SET refs = refs + 1 WHERE number = $1", &[number.into()]).map(|_| ())
}

/// One file less has this content; without any it is removed.
pub fn release(db: &Db, number: i64) -> Result<()> {
    db.execute("UPDATE blob SET refs = refs - 1 WHERE number = $1", &[number.into()])?;
    db.execute("DELETE FROM blob WHERE number = $1 AND refs <= 0", &[number.into()]).map(|_| ())
}

/// One chunk of a content; none behind the last.
pub fn chunk(db: &Db, number: i64, seq: i64) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT bytes FROM blob_chunk WHERE blob = $1 AND seq = $2";
    db.row(sql, &[number.into(), seq.into()], |row| Ok(row.blob(0)?.to_vec()))
}

/// Gives the chunks of a content in their order. [`Error::Damaged`] when it is not whole.
pub fn read(db: &Db, number: i64, each: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let size = db.row("SELECT size FROM blob WHERE number = $1", &[number.into()], |row| row.int(0))?;
    let size = size.ok_or_else(|| Error::Damaged("the content of a file is not there".into()))?;
    let mut given = 0;
    db.visit("SELECT bytes FROM blob_chunk WHERE blob = $1 ORDER BY seq", &[number.into()], |row| {
        let bytes = row.blob(0)?;
        given += bytes.len() as i64;
        each(bytes).map(|()| true)
    })?;
    if given == size { Ok(()) } else { Err(Error::Damaged(format!("a file has {given} bytes where {size} are due"))) }
}

/// The most sentences that [`check`] says.
const MOST: usize = 20;

/// What is wrong with stored contents, a sentence each: hashes, sizes, counts of files, contents that no file has.
pub fn check(db: &Db) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let sql = "SELECT b.number, b.sha256, b.size, b.refs, (SELECT count(*) FROM attachment a WHERE a.blob = b.number)
               FROM blob b ORDER BY b.number";
    let all = db.rows(sql, &[], |row| Ok((row.int(0)?, row.blob(1)?.to_vec(), row.int(2)?, row.int(3)?, row.int(4)?)))?;
    for (number, sha256, size, refs, files) in all {
        let (mut hash, mut found, mut next) = (Sha256::new(), 0, 0);
        let mut gap = false;
        db.visit("SELECT bytes, seq FROM blob_chunk WHERE blob = $1 ORDER BY seq", &[number.into()], |row| {
            hash.update(row.blob(0)?);
            found += row.blob(0)?.len() as i64;
            gap |= row.int(1)? != next;
            next += 1;
            Ok(true)
        })?;
        let names = || -> Result<String> {
            let sql = "SELECT name FROM attachment WHERE blob = $1 ORDER BY number LIMIT 1";
            Ok(db.row(sql, &[number.into()], |row| Ok(row.text(0)?.to_owned()))?.unwrap_or_else(|| "no file".into()))
        };
        if gap || found != size {
            problems.push(format!("{} has {found} bytes where {size} are due", names()?));
        } else if hash.finalize().to_vec() != sha256 {
            problems.push(format!("{} is not what was attached: its bytes have changed", names()?));
        }
        match files {
            0 => problems.push(format!("{size} bytes are kept that belong to no file")),
            _ if files != refs => problems.push(format!("{} counts {refs} files where there are {files}", names()?)),
            _ => {}
        }
        if problems.len() >= MOST {
            break;
        }
    }
    Ok(problems)
}
