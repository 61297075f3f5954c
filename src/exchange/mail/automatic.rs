//! Whether a message was sent by a program or to many: nobody's lead is made of such a one. Reads the head alone.

use super::Address;
use super::head::Head;

/// Why a message counts as automatic or bulk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// It says that a message could not be delivered.
    Bounce,
    /// A program wrote it: an absence, a receipt, a notice.
    Program,
    /// It came through a mailing list.
    List,
    /// It went to many.
    Bulk,
    /// Its sender reads no answers.
    NoReply,
}

impl Automatic {
    /// What it is, in words that follow “it is”.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Bounce => "a notice that a mail was not delivered",
            Self::Program => "an automatic mail",
            Self::List => "from a mailing list",
            Self::Bulk => "a mail to many",
            Self::NoReply => "from an address that reads no answers",
        }
    }

    /// The one word in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bounce => "bounce",
            Self::Program => "automatic",
            Self::List => "list",
            Self::Bulk => "bulk",
            Self::NoReply => "no-reply",
        }
    }

    /// Why the message with this head is one, if it is.
    pub(super) fn of(head: &Head, from: &[Address]) -> Option<Self> {
        let locals: Vec<String> = from.iter().map(|a| local(&a.email)).collect();
        let is = |words: &[&str]| locals.iter().any(|l| words.contains(&l.as_str()));
        if head.word("return-path") == "<>"
            || head.word("content-type") == "multipart/report"
            || head.has("x-failed-recipients")
            || is(&["mailerdaemon", "postmaster"])
        {
            return Some(Self::Bounce);
        }
        let submitted = head.word("auto-submitted");
        if (!submitted.is_empty() && submitted != "no")
            || head.has("x-autoreply")
            || head.has("x-autorespond")
            || matches!(head.word("precedence").as_str(), "auto_reply" | "auto-reply")
            || !matches!(head.word("x-auto-response-suppress").as_str(), "" | "none")
        {
            return Some(Self::Program);
        }
        if ["list-id", "list-post", "mailing-list", "x-mailing-list"].iter().any(|name| head.has(name)) {
            return Some(Self::List);
        }
        if matches!(head.word("precedence").as_str(), "bulk" | "junk" | "list")
            || head.has("list-unsubscribe")
            || head.has("feedback-id")
        {
            return Some(Self::Bulk);
        }
        let silent = |l: &String| ["noreply", "donotreply", "nichtantworten"].iter().any(|word| l.contains(word));
        (locals.iter().any(silent) || is(&["bounce", "bounces"])).then_some(Self::NoReply)
    }
}

/// What stands before the @, without what divides its words, and without a tag.
fn local(address: &str) -> String {
    let local = address.split('@').next().unwrap_or_default().split('+').next().unwrap_or_default();
    local.chars().filter(|c| !matches!(c, '-' | '_' | '.')).flat_map(char::to_lowercase).collect()
}
