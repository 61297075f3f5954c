//! A file on a record: what is kept of it, which files are taken, and the name under which one is written out. Opens no file.

pub mod kind;
pub mod pasted;

use std::sync::Arc;

use uuid::Uuid;

use super::entity::RecordId;

/// The longest name in characters. Source: filename of annotation.
pub const LONGEST_NAME: usize = 255;
/// The longest name that file systems take, in bytes.
const LONGEST_FILE_NAME: usize = 255;
/// The size above which nobody may attach a file, in bytes. Source: filesize of annotation.
pub const LARGEST: u64 = 1_000_000_000;
/// The size that is allowed where nothing else is set, in bytes.
pub const USUAL: u64 = 25_000_000;

/// Endings of files that run when they are opened. Source: the default of blockedattachments.
pub const BLOCKED: &str = "ade adp app asa ashx asmx asp bas bat cdx cer chm class cmd com config cpl crt csh dll exe fxp hlp hta \
    htr htw ida idc idq inf ins isp its jar js jse ksh lnk mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz msc msh \
    msh1 msh1xml msh2 msh2xml mshxml msi msp mst ops pcd pif prf prg printer pst reg rem scf scr sct shb shs shtm shtml soap stm tmp \
    url vb vbe vbs vsmacros vss vst vsw ws wsc wsf wsh";

/// A file on a record, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The number, shown as `F-7`.
    pub number: i64,
    /// The identity that other programs hold.
    pub id: Uuid,
    /// Grows with every change.
    pub version: i64,
    /// The record it is on.
    pub about: RecordId,
    /// The name as it came, without folders; to be cleaned where it is shown or written.
    pub name: String,
    /// What it is, as `application/pdf`.
    pub mime: String,
    /// Bytes.
    pub size: i64,
    /// The number of its content, which several files may share.
    pub content: i64,
    /// µs UTC.
    pub created_at: i64,
    /// A user's number.
    pub created_by: i64,
    /// µs UTC.
    pub modified_at: i64,
    /// A user's number.
    pub modified_by: i64,
    /// µs UTC; `None` while it is there.
    pub deleted_at: Option<i64>,
}

/// Which files may be attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The largest in bytes.
    pub largest: u64,
    /// Endings that are refused: small letters, without the dot.
    pub blocked: Arc<Vec<String>>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { largest: USUAL, blocked: Arc::new(endings(BLOCKED)) }
    }
}

/// Endings as people list them: `exe, .Bat js`.
pub fn endings(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    words.map(|word| word.trim_start_matches('.').to_lowercase()).filter(|word| !word.is_empty()).collect()
}

/// What stands behind the last dot of a name, in small letters; blanks and dots at the end do not hide it.
pub fn extension(name: &str) -> Option<String> {
    let name = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace() || c.is_control());
    let (_, end) = name.rsplit_once('.')?;
    (!end.is_empty()).then(|| end.to_lowercase())
}

impl Rules {
    /// The sentence that refuses a file by its name, if it is one that runs.
    pub fn refuses(&self, name: &str) -> Option<String> {
        let ending = extension(name)?;
        self.blocked.contains(&ending).then(|| format!("files that end in .{ending} are not taken, as opening one may run it"))
    }

    /// The sentence that refuses a file of so many bytes.
    pub fn too_large(&self, size: u64) -> Option<String> {
        let (is, most) = (show_size(size), show_size(self.largest));
        (size > self.largest).then(|| match is == most {
            true => format!("it has {size} bytes, and {} are allowed", self.largest),
            false => format!("it has {is}, and {most} are allowed"),
        })
    }
}

/// The name that is kept of a path or of what a mail calls a file: the last part, at most [`LONGEST_NAME`] characters, of which the
/// ending is never cut off.
pub fn kept_name(given: &str) -> String {
    let last = given.trim().trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if last.is_empty() {
        return "file".into();
    }
    shortened(last, LONGEST_NAME, |text| text.chars().count())
}

/// The text, if `length` of it is no more than `most`; else cut before its ending.
fn shortened(name: &str, most: usize, length: impl Fn(&str) -> usize) -> String {
    if length(name) <= most {
        return name.to_owned();
    }
    let (stem, ending) = match name.rfind('.') {
        Some(at) if at > 0 && length(&name[at..]) <= 20 => name.split_at(at),
        _ => (name, ""),
    };
    let mut kept = String::new();
    let room = most.saturating_sub(length(ending));
    for c in stem.chars() {
        kept.push(c);
        if length(&kept) > room {
            kept.pop();
            break;
        }
    }
    kept + ending
}

/// Names that some systems keep for devices.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul"];

/// A name under which a file can be written into any folder without leaving it, hiding in it, or being read as an option.
///
/// Slashes, control characters, and signs that turn the direction of text or cannot be seen become `_`, as does what stands first
/// where it is a dot or a dash; it is at most 255 bytes long.
pub fn safe_name(name: &str) -> String {
    let last = name.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let mut safe: String = last
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\0' => '_',
            c if c.is_control() || super::clean::is_hidden(c) => '_',
            c => c,
        })
        .collect();
    if safe.starts_with(['.', '-', ' ', '~']) {
        safe.replace_range(..1, "_");
    }
    let stem = safe.split('.').next().unwrap_or_default().to_lowercase();
    let is_port =
        stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem.ends_with(|c: char| c.is_ascii_digit());
    if RESERVED.contains(&stem.as_str()) || is_port {
        safe.insert(0, '_');
    }
    if safe.is_empty() {
        safe.push_str("file");
    }
    shortened(&safe, LONGEST_FILE_NAME, str::len)
}

/// The same name as the `n`th of its kind in a folder: `offer (2).pdf`.
pub fn numbered_name(name: &str, n: usize) -> String {
    let (stem, ending) = match name.rfind('.') {
        Some(at) if at > 0 => name.split_at(at),
        _ => (name, ""),
    };
    let tail = format!(" ({n}){ending}");
    let stem = shortened(stem, LONGEST_FILE_NAME.saturating_sub(tail.len()), str::len);
    stem + &tail
}

/// A size as people read it: `640 bytes`, `212 kB`, `1.4 MB`.
pub fn show_size(bytes: u64) -> String {
    let bytes = bytes.min(u64::MAX / 100);
    let of = |unit: u64| {
        let tenths = (bytes * 10 + unit / 2) / unit;
        if tenths < 100 && !tenths.is_multiple_of(10) {
            format!("{}.{}", tenths / 10, tenths % 10)
        } else {
            ((bytes + unit / 2) / unit).to_string()
        }
    };
    match bytes {
        1 => "1 byte".into(),
        0..1_000 => format!("{bytes} bytes"),
        1_000..999_500 => format!("{} kB", of(1_000)),
        999_500..999_500_000 => format!("{} MB", of(1_000_000)),
        _ => format!("{} GB", of(1_000_000_000)),
    }
}

#[cfg(test)]
mod tests;
