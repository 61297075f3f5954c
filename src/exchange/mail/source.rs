//! Where messages come from: one file, a folder of them, an mbox, a maildir. One is in memory at a time. Changes no file.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::MAX_MESSAGE;
use super::read::too_large;
use crate::error::{Error, Result};

/// A message as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// Where it was found, for people: a path, in an mbox with the number of the message.
    pub place: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// All that a stream gives, as one message.
pub fn one(place: &str, from: impl Read) -> Result<Raw> {
    let mut bytes = Vec::new();
    from.take(MAX_MESSAGE as u64 + 1).read_to_end(&mut bytes).map_err(|e| Error::io(place, &e))?;
    if bytes.len() > MAX_MESSAGE {
        return Err(too_large());
    }
    Ok(Raw { place: place.to_owned(), bytes })
}

/// The messages of a path, one after the other. What cannot be read is an error with its place, and the next one follows.
#[derive(Debug)]
pub struct Messages {
    files: VecDeque<PathBuf>,
    open: Option<Mbox>,
}

impl Messages {
    /// Those of a file (a message or an mbox), of a folder with message files, or of a maildir.
    pub fn of(path: &Path) -> Result<Self> {
        let about = fs::metadata(path).map_err(|e| Error::io(path.display(), &e))?;
        let files = if about.is_dir() {
            files_of(path)?
        } else if about.is_file() {
            VecDeque::from([path.to_owned()])
        } else {
            return Err(Error::refused(
                format!("{} is no file and no folder", path.display()),
                "give it to the standard input of log-mail",
            ));
        };
        Ok(Self { files, open: None })
    }

    /// How many files there are to read still.
    pub fn left(&self) -> usize {
        self.files.len()
    }

    fn file(&mut self, path: &Path) -> Result<Option<Raw>> {
        let fail = |e: &io::Error| Error::io(path.display(), e);
        let mut file = BufReader::new(File::open(path).map_err(|e| fail(&e))?);
        if file.fill_buf().map_err(|e| fail(&e))?.starts_with(b"From ") {
            self.open = Some(Mbox { place: path.display().to_string(), file, number: 0, ahead: Vec::new() });
            return Ok(None);
        }
        if file.buffer().starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(Error::invalid(
                path.display().to_string(),
                "this is a mail in the own format of one program; save it as .eml there",
            ));
        }
        one(&path.display().to_string(), file).map(Some)
    }
}

impl Iterator for Messages {
    type Item = (String, Result<Raw>);

    /// The next message with its place.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(mbox) = &mut self.open {
                if let Some(message) = mbox.next_message() {
                    return Some((format!("{}, message {}", mbox.place, mbox.number), message));
                }
                self.open = None;
            }
            let path = self.files.pop_front()?;
            match self.file(&path).transpose() {
                Some(message) => return Some((path.display().to_string(), message)),
                None => continue,
            }
        }
    }
}

/// The message files of a folder in the order of their names: of a maildir those in `new` and `cur`.
fn files_of(folder: &Path) -> Result<VecDeque<PathBuf>> {
    let (new, cur) = (folder.join("new"), folder.join("cur"));
    let folders = if new.is_dir() && cur.is_dir() { vec![new, cur] } else { vec![folder.to_owned()] };
    let mut files = Vec::new();
    for folder in &folders {
        let entries = fs::read_dir(folder).map_err(|e| Error::io(folder.display(), &e))?;
        for entry in entries {
            let entry = entry.map_err(|e| Error::io(folder.display(), &e))?;
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            // a pipe or a device would be waited for, and folders in it are folders of their own
            if !hidden && fs::metadata(entry.path()).is_ok_and(|about| about.is_file()) {
                files.push(entry.path());
            }
        }
    }
    // numbered files (as of MH) in the order of their numbers
    files.sort_by_cached_key(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
        (path.parent().map(|folder| folder.ends_with("cur")), digits.parse::<u64>().unwrap_or(u64::MAX), name)
    });
    Ok(files.into())
}

/// An mbox being read.
#[derive(Debug)]
struct Mbox {
    place: String,
    file: BufReader<File>,
    number: usize,
    /// The line that began the next message, read already.
    ahead: Vec<u8>,
}

impl Mbox {
    /// The next message; one that is too large is an error, and reading goes on behind it.
    fn next_message(&mut self) -> Option<Result<Raw>> {
        let mut bytes = Vec::new();
        let mut line = std::mem::take(&mut self.ahead);
        let mut begun = !line.is_empty();
        let mut blank = !begun;
        let mut large = false;
        loop {
            line.clear();
            match read_line(&mut self.file, &mut line) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => {
                    self.number += 1;
                    // what comes behind cannot be trusted to begin with a message
                    let failed = Error::io(&self.place, &error);
                    self.skip_all();
                    return Some(Err(failed));
                }
            }
            if blank && divides(&line) {
                if begun {
                    self.ahead = line;
                    break;
                }
                begun = true;
                blank = false;
                continue;
            }
            blank = line.trim_ascii_end().is_empty();
            large |= bytes.len() + line.len() > MAX_MESSAGE;
            if begun && !large {
                bytes.extend_from_slice(unquoted(&line));
            }
        }
        if !begun {
            return None;
        }
        self.number += 1;
        if large {
            return Some(Err(too_large()));
        }
        Some(Ok(Raw { place: format!("{}, message {}", self.place, self.number), bytes }))
    }

    fn skip_all(&mut self) {
        self.ahead.clear();
        // a file that failed once is not read again: the end is where it is
        let _ = io::Seek::seek(&mut self.file, io::SeekFrom::End(0));
    }
}

/// One line with its end, at most a message long; a longer one comes in pieces.
fn read_line(file: &mut BufReader<File>, line: &mut Vec<u8>) -> io::Result<usize> {
    file.by_ref().take(MAX_MESSAGE as u64 + 1).read_until(b'\n', line)
}

/// Whether a line begins a message: `From `, somebody, and a date with a time and a year.
fn divides(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    let is_time = |word: &&&[u8]| {
        (4..=8).contains(&word.len()) && word.contains(&b':') && word.iter().all(|b| b.is_ascii_digit() || *b == b':')
    };
    let is_year = |word: &&&[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words.iter().any(|word| is_time(&word)) && words.iter().any(|word| is_year(&word))
}

/// A line without one of the marks that keep it from beginning a message: `>From `, `>>From `.
fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|b| **b == b'>').count();
    if marks > 0 && line[marks..].starts_with(b"From ") { &line[1..] } else { line }
}
