//! Lists of actions to choose from: the help of a place and the palette of all commands. What is chosen is run where it was opened.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::menu::{Did, Menu, Pointed, Words};
use super::{Flow, GoTo, Layer, Outcome};
use crate::model::clean::pad;
use crate::model::entity::{RecordId, RecordName};
use crate::model::nearest::nearest;
use crate::tui::action::keymap::Keymap;
use crate::tui::action::{Action, HelpLine, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::select::{Item, Select};

/// What a list of actions is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The keys of the place below.
    Help,
    /// Any command, and rows to go to where there is a list.
    Palette {
        /// Whether there is.
        rows: bool,
    },
}

/// What a command of vim asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vim {
    /// To save, which is done already.
    Write,
    /// An action of ours.
    Run(Action),
}

const SAVED: &str = "everything is saved already: each act is on the disk as soon as it is done";

/// A list of actions that narrows as one types.
#[derive(Debug)]
pub struct Commands {
    kind: Kind,
    title: String,
    lines: Vec<HelpLine>,
    /// The lines in the list, by their places.
    shown: Vec<usize>,
    /// Whether they are guesses, below a line that says so.
    guesses: bool,
    reasons: Vec<(Action, String)>,
    menu: Menu,
}

impl Commands {
    fn new(kind: Kind, title: String, lines: Vec<HelpLine>, reasons: &[(Action, String)]) -> Self {
        let mut commands =
            Self { kind, title, lines, shown: Vec::new(), guesses: false, reasons: reasons.to_vec(), menu: Menu::default() };
        commands.narrow();
        commands
    }

    /// Every key of the place with these scopes; what cannot be done now says why.
    pub fn help(keymap: &Keymap, scopes: &[Scope], reasons: &[(Action, String)]) -> Self {
        let place = scopes.first().map_or("here", |scope| scope.title());
        Self::new(Kind::Help, format!("Keys · {place}"), keymap.help(scopes), reasons)
    }

    /// Every command that the place with these scopes reaches.
    pub fn palette(keymap: &Keymap, scopes: &[Scope], reasons: &[(Action, String)]) -> Self {
        let rows = scopes.contains(&Scope::Browse);
        Self::new(Kind::Palette { rows }, "Commands".into(), keymap.palette(scopes), reasons)
    }

    fn item(&self, line: &HelpLine, in_groups: bool) -> Item {
        let keys = line.keys.join("  ");
        let item = match self.kind {
            Kind::Help => {
                let shown = if keys.is_empty() { format!(":{}", line.name) } else { keys };
                let group = if in_groups { line.group.title() } else { "" };
                Item::new(format!("{} {}", pad(&shown, 15), line.help)).group(group).words(line.name)
            }
            Kind::Palette { .. } => Item::new(format!("{} {}", pad(line.name, 22), line.help)).detail(keys).words(line.label),
        };
        item.dim(self.reason(line.action))
    }

    fn reason(&self, action: Action) -> Option<String> {
        self.reasons.iter().find(|(other, _)| *other == action).map(|(_, why)| why.clone())
    }

    /// The row that the palette was told to go to.
    fn goto(&self) -> Option<GoTo> {
        GoTo::parse(self.menu.input.text()).filter(|_| self.kind == Kind::Palette { rows: true })
    }

    /// The record that the palette was told to open, by its letter and number.
    fn record(&self) -> Option<RecordId> {
        let text = self.menu.input.text().trim();
        match RecordName::parse(text).filter(|_| self.kind != Kind::Help && text.starts_with(char::is_alphabetic))? {
            RecordName::Number(record) => Some(record),
            RecordName::Id(_) => None,
        }
    }

    /// What vim's command means here, where it is typed whole.
    fn vim(&self) -> Option<Vim> {
        match self.menu.input.text().trim() {
            "w" | "w!" | "wa" => Some(Vim::Write),
            "q" | "q!" | "wq" | "wq!" | "x" | "x!" => Some(Vim::Run(Action::Close)),
            "qa" | "qa!" | "wqa" | "xa" => Some(Vim::Run(Action::Quit)),
            _ => None,
        }
        .filter(|_| self.kind != Kind::Help)
    }

    /// Shows what fits the text, the likeliest first. Where nothing does, what is alike stands below a line that says so; the
    /// cursor is on that line, so that a slip of the finger runs nothing.
    fn narrow(&mut self) {
        let typed = self.menu.input.text().trim().to_owned();
        self.guesses = false;
        let single = match (self.goto(), self.vim()) {
            (Some(GoTo::Row(row)), _) => Some(format!("go to row {row}")),
            (Some(GoTo::Percent(share)), _) => Some(format!("go to {share} % of the list")),
            (None, Some(Vim::Write)) => Some(SAVED.to_owned()),
            _ => self.record().map(|record| format!("open {record}")),
        };
        if let Some(text) = single {
            self.shown.clear();
            self.menu.list.replace(vec![Item::new(text)]);
            return self.menu.list.narrow("");
        }
        let is_whole = typed.is_empty();
        let likely = self.likely(&typed);
        self.guesses = !is_whole && likely.is_empty();
        self.shown = match (is_whole, self.guesses) {
            (true, _) => (0..self.lines.len()).collect(),
            (false, true) => self.alike(&typed),
            (false, false) => likely,
        };
        let mut items: Vec<Item> = Vec::new();
        if self.guesses {
            let tail = if self.shown.is_empty() { "" } else { " · did you mean" };
            items.push(Item::new(format!("{}{tail}", self.unknown())));
        }
        items.extend(self.shown.iter().filter_map(|place| self.lines.get(*place)).map(|line| self.item(line, is_whole)));
        self.menu.list.replace(items);
        self.menu.list.narrow("");
    }

    fn unknown(&self) -> String {
        format!("nothing here is called “{}”", self.menu.input.text().trim())
    }

    /// The lines that are meant by a text: by their key, or with each word by the beginning of a word of theirs.
    fn likely(&self, typed: &str) -> Vec<usize> {
        let lower = typed.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let begins = |text: &str, word: &str| {
            let text = text.to_lowercase();
            text.starts_with(word) || text.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word))
        };
        let rank = |line: &HelpLine| {
            let named = |fits: &dyn Fn(&str) -> bool| fits(line.name) || fits(line.label);
            let by_name = |word: &str| named(&|name| begins(name, word));
            if self.kind == Kind::Help && line.keys.iter().any(|key| key == typed || key.replace(' ', "") == typed)
                || self.vim() == Some(Vim::Run(line.action))
            {
                Some(0)
            } else if named(&|name| name == lower) {
                Some(1)
            } else if named(&|name| name.starts_with(&lower)) {
                Some(2)
            } else if words.iter().all(|word| by_name(word)) {
                Some(3)
            } else {
                words.iter().all(|word| by_name(word) || begins(line.help, word)).then_some(4)
            }
        };
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(u8, usize)> =
            self.lines.iter().enumerate().filter_map(|(place, line)| rank(line).map(|rank| (rank, place))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, place)| place).collect()
    }

    /// The lines that a mistyped text may mean: names a letter or two away, then what has its letters in their order.
    fn alike(&self, typed: &str) -> Vec<usize> {
        let lower = typed.to_lowercase();
        let near = nearest(&lower, self.lines.iter().flat_map(|line| [line.name, line.label]));
        let is_near = |line: &HelpLine| near.as_deref().is_some_and(|near| near == line.name || near == line.label);
        let mut found: Vec<usize> = (0..self.lines.len()).filter(|place| is_near(&self.lines[*place])).collect();
        let mut scattered = Select::new(self.lines.iter().map(|line| self.item(line, false)).collect());
        scattered.narrow(typed);
        for place in scattered.places() {
            if !found.contains(place) {
                found.push(*place);
            }
        }
        found
    }

    fn current(&self) -> Option<&HelpLine> {
        let place = self.menu.list.current()?.checked_sub(usize::from(self.guesses))?;
        self.lines.get(*self.shown.get(place)?)
    }

    fn run(&self, cx: &mut Cx<'_>) -> Flow {
        if let Some(goto) = self.goto() {
            return Flow::Done(Outcome::GoTo(goto));
        }
        if let Some(record) = self.record() {
            return Flow::Done(Outcome::OpenRecord(record));
        }
        if self.vim() == Some(Vim::Write) {
            cx.say(SAVED);
            return Flow::Close;
        }
        let Some(line) = self.current() else {
            cx.complain(self.unknown());
            return Flow::Stay;
        };
        match self.reason(line.action) {
            Some(why) => {
                cx.complain(format!("{}: {why}", line.label));
                Flow::Stay
            }
            None => Flow::Done(Outcome::Run(line.action)),
        }
    }
}

impl Layer for Commands {
    fn scopes(&self) -> Vec<Scope> {
        vec![if self.kind == Kind::Help { Scope::Help } else { Scope::Palette }]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => return self.run(cx),
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            Action::Help if self.kind == Kind::Help => return Flow::Close,
            Action::Complete => {
                // on the line that says that nothing fits, the first that may be meant
                let line = self.current().or_else(|| self.lines.get(*self.shown.first()?));
                if let Some(name) = line.map(|line| line.name) {
                    self.menu.input.replace(name);
                    self.narrow();
                }
            }
            // as in vim, deleting what is not there leaves
            Action::DeleteBack if self.menu.input.is_empty() => return Flow::Close,
            other => match self.menu.act(other) {
                Did::Nothing => return Flow::Pass,
                Did::Moved => {}
                Did::Typed => self.narrow(),
            },
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _: &mut Cx<'_>) -> Flow {
        // a second `?` closes the help, as the first opened it
        if self.kind == Kind::Help && text == "?" && self.menu.input.is_empty() {
            return Flow::Close;
        }
        self.menu.input.insert(text);
        self.narrow();
        Flow::Stay
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        match self.menu.pointed(column, row, wheel) {
            Pointed::Chosen => self.run(cx),
            Pointed::Moved => Flow::Stay,
            Pointed::Outside => Flow::Close,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let (prompt, invites) = match self.kind {
            Kind::Help => ("› ", "type a key or a word · Enter runs it"),
            Kind::Palette { rows: true } => (": ", "a command, a record as L-7, or a row as 5000 or 50%"),
            Kind::Palette { rows: false } => (": ", "a command, or a record as L-7"),
        };
        // the box keeps its size while the list narrows
        let headings = match self.kind {
            Kind::Help => self.lines.chunk_by(|a, b| a.group == b.group).count(),
            Kind::Palette { .. } => 0,
        };
        let rows = u16::try_from(self.lines.len() + headings + 1).unwrap_or(u16::MAX);
        let popup = Popup::centred(area, area.width.saturating_sub(4).min(104), rows.min(area.height.saturating_sub(2)));
        let counts = match self.shown.len() {
            0 => String::new(),
            all if all == self.lines.len() => all.to_string(),
            some => format!("{some} of {}", self.lines.len()),
        };
        let words =
            Words { title: &self.title, remark: &counts, prompt, invites, empty: "nothing here is called so; Esc leaves" };
        self.menu.draw(frame, popup, &words, env);
    }
}

#[cfg(test)]
mod tests;
