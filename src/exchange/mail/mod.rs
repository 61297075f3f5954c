//! E-mail: a message's bytes → what people read of it, many messages from a file or a folder, and a message written.
//! Sends nothing, knows no record. What is larger, deeper or in more pieces than the limits allow is refused in a sentence.

mod automatic;
mod body;
mod decode;
mod head;
mod html;
mod letter;
mod name;
mod parts;
mod read;
mod source;
mod write;

use sha2::{Digest, Sha256};

pub use automatic::Automatic;
pub use letter::Letter;
pub use read::read;
pub use source::{Messages, Raw, one};
pub use write::{Ending, Outgoing};

/// The largest message that is read, in bytes as it came.
pub const MAX_MESSAGE: usize = 64 << 20;
/// The largest head of a message or of a part, in bytes.
pub const MAX_HEAD: usize = 1 << 20;
/// How deep parts may lie in parts.
pub const MAX_DEPTH: usize = 20;
/// The most parts of a message.
pub const MAX_PARTS: usize = 1_000;
/// The most addresses that are taken from each of the fields From, Reply-To, To and Cc.
pub const MAX_ADDRESSES: usize = 500;
/// The most message ids that are taken from References.
pub const MAX_REFERENCES: usize = 100;
/// The longest text, in bytes; what is longer is cut, and the message says so.
pub const MAX_TEXT: usize = 200_000;

/// One address of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The name beside it; empty when there is none.
    pub name: String,
    /// The address as it was written, without brackets; always with an `@`.
    pub email: String,
}

/// A file that came with a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A name that is safe in any folder: no path, no control characters, at most 200 bytes, never empty.
    pub name: String,
    /// The type that the sender gave it, in lower case, as `application/pdf`.
    pub mime: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}, {} bytes)", self.name, self.mime, self.bytes.len())
    }
}

/// What people read of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// Its own id, without the brackets.
    pub message_id: Option<String>,
    /// The ids that it answers.
    pub in_reply_to: Vec<String>,
    /// The ids of the talk that it belongs to, the oldest first.
    pub references: Vec<String>,
    /// When it was sent, in µs UTC; where its date cannot be read, when it was last received; `None` where neither says.
    pub sent_at: Option<i64>,
    /// Who wrote it.
    pub from: Vec<Address>,
    /// Where answers are wanted.
    pub reply_to: Vec<Address>,
    /// To whom it went.
    pub to: Vec<Address>,
    /// Who got a copy, also a blind one where that is said.
    pub cc: Vec<Address>,
    /// The subject in one line; empty when there is none.
    pub subject: String,
    /// The text: plain where there is plain text, else what can be read of the HTML.
    pub text: String,
    /// Whether the text is longer than [`MAX_TEXT`] and was cut.
    pub cut: bool,
    /// The files, in their order; a message in the message is one file.
    pub attachments: Vec<Attachment>,
    /// Why it counts as sent by a program or to many, if it does.
    pub automatic: Option<Automatic>,
}

impl Mail {
    /// All ids that it refers to, each once: what it answers first, then its talk from the newest on.
    pub fn related(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for id in self.in_reply_to.iter().chain(self.references.iter().rev()) {
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
        ids
    }

    /// By what it is the same mail when it comes again: its id, else a hash of what people read of it.
    pub fn key(&self) -> String {
        if let Some(id) = &self.message_id {
            return id.clone();
        }
        let mut hash = Sha256::new();
        let sent = self.sent_at.unwrap_or_default().to_string();
        let people = self.from.iter().chain(self.recipients()).map(|address| address.email.as_str());
        for text in people.chain([sent.as_str(), self.subject.as_str(), self.text.as_str()]) {
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        for file in &self.attachments {
            hash.update(Sha256::digest(&file.bytes));
        }
        let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("sha256-{digits}")
    }

    /// Everybody that it went to.
    pub fn recipients(&self) -> impl Iterator<Item = &Address> {
        self.to.iter().chain(&self.cc)
    }
}
