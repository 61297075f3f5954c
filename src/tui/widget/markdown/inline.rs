//! The marks inside a line: bold, italic, crossed out, code, links. One pass; a mark without its partner is text.

use ratatui::style::{Modifier, Style};

use super::wrap::Piece;
use crate::tui::theme::{Meaning, Theme};

/// The marks that open and close, the longer of two before the shorter.
const PAIRS: &[(&str, Modifier)] = &[
    ("**", Modifier::BOLD),
    ("__", Modifier::BOLD),
    ("~~", Modifier::CROSSED_OUT),
    ("*", Modifier::ITALIC),
    ("_", Modifier::ITALIC),
];

/// The text as pieces of one style each, over `base`.
pub(super) fn pieces(text: &str, base: Style, theme: &Theme) -> Vec<Piece> {
    let mut line = Inline {
        text,
        at: 0,
        out: Vec::new(),
        plain: String::new(),
        base,
        open: [false; PAIRS.len()],
        last: PAIRS.iter().map(|(mark, _)| text.rfind(mark)).collect(),
        ticks: true,
        links: true,
    };
    line.run(theme);
    line.out
}

struct Inline<'a> {
    text: &'a str,
    at: usize,
    out: Vec<Piece>,
    plain: String,
    base: Style,
    open: [bool; PAIRS.len()],
    /// Where each mark occurs for the last time; none opens behind it.
    last: Vec<Option<usize>>,
    /// Whether a further backtick or link may still be found; each search that fails ends all others.
    ticks: bool,
    links: bool,
}

impl<'a> Inline<'a> {
    fn run(&mut self, theme: &Theme) {
        let code = theme.style(Meaning::Label);
        let dim = theme.style(Meaning::Dim);
        while let Some(c) = self.rest().chars().next() {
            let done = match c {
                '\\' => self.escape(),
                '`' => self.code(code),
                '[' => self.link(dim),
                '!' if self.rest().starts_with("![") => {
                    self.at += 1;
                    self.link(dim) || {
                        self.at -= 1;
                        false
                    }
                }
                '*' | '_' | '~' => self.pair(),
                _ => false,
            };
            if !done {
                self.plain.push(c);
                self.at += c.len_utf8();
            }
        }
        self.flush();
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn style(&self) -> Style {
        PAIRS.iter().zip(self.open).filter(|(_, open)| *open).fold(self.base, |style, ((_, marks), _)| style.add_modifier(*marks))
    }

    fn flush(&mut self) {
        if !self.plain.is_empty() {
            let text = std::mem::take(&mut self.plain);
            self.out.push(Piece { text, style: self.style() });
        }
    }

    fn escape(&mut self) -> bool {
        let mut chars = self.rest().chars();
        chars.next();
        let Some(c) = chars.next().filter(char::is_ascii_punctuation) else { return false };
        self.plain.push(c);
        self.at += 1 + c.len_utf8();
        true
    }

    fn code(&mut self, style: Style) -> bool {
        if !self.ticks {
            return false;
        }
        let Some(end) = self.rest()[1..].find('`') else {
            self.ticks = false;
            return false;
        };
        self.flush();
        let text = self.rest()[1..=end].to_owned();
        self.out.push(Piece { text, style: self.base.patch(style) });
        self.at += end + 2;
        true
    }

    /// `[text](target)`: the text underlined, the target behind it where it says more.
    fn link(&mut self, dim: Style) -> bool {
        if !self.links {
            return false;
        }
        let rest = self.rest();
        let found = rest.find("](").and_then(|middle| rest[middle..].find(')').map(|length| (middle, middle + length)));
        let Some((middle, end)) = found else {
            self.links = false;
            return false;
        };
        let (text, target) = (&rest[1..middle], rest[middle + 2..end].trim());
        self.flush();
        let style = self.style().add_modifier(Modifier::UNDERLINED);
        if text.is_empty() {
            self.out.push(Piece { text: target.to_owned(), style });
        } else {
            self.out.push(Piece { text: text.to_owned(), style });
            if target != text && !target.is_empty() {
                self.out.push(Piece { text: format!(" ({target})"), style: self.base.patch(dim) });
            }
        }
        self.at += end + 1;
        true
    }

    fn pair(&mut self) -> bool {
        let rest = self.rest();
        let Some(at) = PAIRS.iter().position(|(mark, _)| rest.starts_with(mark)) else { return false };
        let mark = PAIRS[at].0;
        let before = self.text[..self.at].chars().next_back();
        let after = rest[mark.len()..].chars().next();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // an underscore within a word is part of it, as in first_name
        if mark.starts_with('_') && word(before) && word(after) {
            return false;
        }
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let turns =
            if self.open[at] { !blank(before) } else { !blank(after) && self.last[at].is_some_and(|last| last > self.at) };
        if !turns {
            // both characters of a double mark are text, not two single marks
            self.plain.push_str(mark);
            self.at += mark.len();
            return true;
        }
        self.flush();
        self.open[at] = !self.open[at];
        self.at += mark.len();
        true
    }
}
