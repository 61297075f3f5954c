//! One row of the table of actions, and the const builders that write it on one line. Holds no row itself.

use super::{Action, Scope};

/// Where the help and README list an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Moving about.
    Move,
    /// Opening and leaving.
    Open,
    /// Finding and narrowing.
    Find,
    /// Choosing many.
    Mark,
    /// Writing.
    Write,
    /// Going on with a list.
    CarryOn,
    /// Ending a record's life, or beginning it again.
    Decide,
    /// Owners and colleagues.
    People,
    /// Files and the clipboard.
    Files,
    /// Undo and redo.
    Time,
    /// The program itself.
    Program,
    /// Answers to questions.
    Answer,
    /// Editing text.
    Text,
}

impl Group {
    /// Every group, in the order of the help.
    pub const ALL: &[Self] = &[
        Self::Move,
        Self::Open,
        Self::Find,
        Self::Mark,
        Self::Write,
        Self::CarryOn,
        Self::Decide,
        Self::People,
        Self::Files,
        Self::Time,
        Self::Program,
        Self::Answer,
        Self::Text,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Open => "Open",
            Self::Find => "Find",
            Self::Mark => "Mark",
            Self::Write => "Write",
            Self::CarryOn => "Carry on",
            Self::Decide => "Decide",
            Self::People => "People",
            Self::Files => "Files",
            Self::Time => "Time",
            Self::Program => "Program",
            Self::Answer => "Answer",
            Self::Text => "Text",
        }
    }
}

/// Keys of an action in some of its scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bind {
    /// Where the keys hold.
    pub scopes: &'static [Scope],
    /// The keys, as `ctrl-x` or `g g`; the first is the one that hints show. None: reached by the palette alone.
    pub keys: &'static [&'static str],
}

const NOWHERE: Bind = Bind { scopes: &[], keys: &[] };

/// One action with all that the program says about it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The action.
    pub action: Action,
    /// Its name in keys.toml and in the palette, as `note.write`.
    pub name: &'static str,
    /// Where the help lists it.
    pub group: Group,
    /// Two or three words for the last line.
    pub label: &'static str,
    /// A sentence for the help, the palette and README.
    pub help: &'static str,
    /// Its keys, by scope.
    pub binds: [Bind; 3],
    /// The worth of its place in the last line of a scope (higher first; absent: not shown there), with a label that holds there
    /// (empty: the usual one).
    pub hints: &'static [(Scope, u8, &'static str)],
    /// Whether `.` does it again.
    pub repeats: bool,
    /// Whether it works on all marked records.
    pub marks: bool,
    /// Whether the palette offers it.
    pub palette: bool,
}

/// A row of `group` without keys.
pub const fn act(action: Action, name: &'static str, label: &'static str, group: Group, help: &'static str) -> Row {
    Row { action, name, group, label, help, binds: [NOWHERE; 3], hints: &[], repeats: false, marks: false, palette: true }
}

impl Row {
    /// Bound to `keys` in `scopes`; up to three such calls.
    pub const fn on(mut self, scopes: &'static [Scope], keys: &'static [&'static str]) -> Self {
        let mut at = 0;
        while at < self.binds.len() - 1 && !self.binds[at].scopes.is_empty() {
            at += 1;
        }
        self.binds[at] = Bind { scopes, keys };
        self
    }

    /// Shown in the last line of these scopes.
    pub const fn hint(mut self, hints: &'static [(Scope, u8, &'static str)]) -> Self {
        self.hints = hints;
        self
    }

    /// `.` does it again.
    pub const fn again(mut self) -> Self {
        self.repeats = true;
        self
    }

    /// Works on all marked records.
    pub const fn marked(mut self) -> Self {
        self.marks = true;
        self
    }

    /// Makes sense as a key alone; the palette leaves it out.
    pub const fn key_only(mut self) -> Self {
        self.palette = false;
        self
    }

    /// Every scope that it lives in.
    pub fn scopes(&self) -> impl Iterator<Item = Scope> + '_ {
        self.binds.iter().flat_map(|bind| bind.scopes.iter().copied())
    }

    /// Whether it lives in `scope`.
    pub fn lives_in(&self, scope: Scope) -> bool {
        self.scopes().any(|s| s == scope)
    }

    /// Its label in the last line of `scope`.
    pub fn label_in(&self, scope: Scope) -> &'static str {
        match self.hints.iter().find(|(s, _, _)| *s == scope) {
            Some((_, _, label)) if !label.is_empty() => label,
            _ => self.label,
        }
    }
}
