//! Where the bytes of a file come from: a path, or memory for what came through a pipe. Opens, measures, refuses what is no text.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;

use super::MAX_FILE;
use super::text::{Decode, Probe, probe};
use crate::error::{Error, Result};

/// A file that can be read more than once from its beginning.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file on the disk.
    Path(PathBuf),
    /// Bytes with the name they go by.
    Memory {
        /// The name that reports use.
        name: String,
        /// All bytes.
        bytes: Arc<[u8]>,
    },
}

/// The first bytes of files that are no text, and what to do with each.
const OTHERS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "is a spreadsheet or a zip archive; save the sheet as CSV and import that"),
    (b"\xD0\xCF\x11\xE0", "is an old spreadsheet; save the sheet as CSV and import that"),
    (b"\x1F\x8B", "is compressed; unpack it first"),
    (b"SQLite format 3\0", "is a database, not a list"),
    (b"%PDF", "is a PDF, not a list"),
];

impl Input {
    /// Bytes that are in memory already.
    pub fn memory(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self::Memory { name: name.into(), bytes: bytes.into() }
    }

    /// The file at a path; what cannot be read twice (a pipe) is taken into memory.
    pub fn path(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        let about = std::fs::metadata(&path).map_err(|e| Error::io(path.display(), &e))?;
        if about.is_file() || about.is_dir() {
            return Ok(Self::Path(path));
        }
        let file = File::open(&path).map_err(|e| Error::io(path.display(), &e))?;
        Self::collect(path.display().to_string(), file)
    }

    /// All that a pipe gives, in memory.
    pub fn collect(name: impl Into<String>, from: impl Read) -> Result<Self> {
        let mut bytes = Vec::new();
        let input = Self::memory(name, *b"");
        from.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|e| input.failed(&e))?;
        if bytes.len() as u64 > MAX_FILE { Err(input.too_large()) } else { Ok(Self::memory(input.name(), bytes)) }
    }

    /// The file's name without its folder.
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned()),
            Self::Memory { name, .. } => name.clone(),
        }
    }

    /// The name without its ending, as people would say it.
    pub fn stem(&self) -> String {
        let name = self.name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
            _ => name,
        }
    }

    /// The raw bytes from the beginning.
    pub fn open(&self) -> Result<Box<dyn Read + Send>> {
        match self {
            Self::Path(path) => {
                let file = File::open(path).map_err(|e| Error::io(path.display(), &e))?;
                let about = file.metadata().map_err(|e| Error::io(path.display(), &e))?;
                if about.is_dir() {
                    return Err(Error::Io(format!("{}: is a folder, not a file", path.display())));
                }
                if about.len() > MAX_FILE {
                    return Err(self.too_large());
                }
                Ok(Box::new(file))
            }
            Self::Memory { bytes, .. } => Ok(Box::new(Cursor::new(bytes.clone()))),
        }
    }

    /// Reads all bytes once to learn their encoding.
    pub fn probe(&self) -> Result<Probe> {
        let mut file = self.open()?.take(MAX_FILE + 1);
        let mut head = [0; 16];
        let mut held = 0;
        while held < head.len() {
            match file.read(&mut head[held..]).map_err(|e| self.failed(&e))? {
                0 => break,
                n => held += n,
            }
        }
        if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| head[..held].starts_with(magic)) {
            return Err(Error::Io(format!("{} {what}", self.name())));
        }
        let found = probe(&mut Cursor::new(&head[..held]).chain(file)).map_err(|e| self.failed(&e))?;
        if found.bytes > MAX_FILE { Err(self.too_large()) } else { Ok(found) }
    }

    /// The text from the beginning.
    pub fn decode(&self, found: &Probe) -> Result<Decode<Box<dyn Read + Send>>> {
        Ok(Decode::new(self.open()?, found.encoding))
    }

    /// A failure to read it, in words.
    pub fn failed(&self, error: &io::Error) -> Error {
        Error::io(self.name(), error)
    }

    fn too_large(&self) -> Error {
        Error::refused(format!("{} is larger than {} GB", self.name(), MAX_FILE >> 30), "split it and import the parts")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_refused_in_words() {
        let error = Input::memory("leads.xlsx", *b"PK\x03\x04rest").probe().expect_err("a zip");
        assert!(error.headline().contains("save the sheet as CSV"), "{error}");
        let error = Input::Path("/no/such/file.csv".into()).probe().expect_err("missing");
        assert!(error.headline().contains("no such file"), "{error}");
        assert!(Input::memory("short.csv", *b"a").probe().is_ok());
    }

    #[test]
    fn the_stem_is_what_people_say() {
        for (name, stem) in [("spring leads.csv", "spring leads"), (".csv", ".csv"), ("a.b.csv", "a.b"), ("plain", "plain")] {
            assert_eq!(Input::memory(name, *b"").stem(), stem);
        }
    }
}
