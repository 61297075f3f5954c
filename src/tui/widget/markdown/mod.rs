//! Markdown made into lines for the screen: what a note says, as it is read. Stores nothing and follows no link.
//!
//! Line by line, as notes are typed: a line break stays one. Headings, lists, task boxes, quotes, fences, rules and tables are
//! known by how a line begins; bold, italic, code and links by [`inline`]. The time is linear in the text that is shown.

mod inline;
mod wrap;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::model::clean::{clean_lines, fit, width};
use crate::tui::theme::{Meaning, Theme};
use wrap::{Piece, wrap};

/// So many characters are cleaned at once, so that no long line is cut by the limit of `clean`.
const CHUNK: usize = 4_000;
/// Lists and quotes are drawn at most so deep.
const DEEPEST: usize = 8;

/// `text` as at most `max_lines` lines of at most `columns` columns. Where it goes on, the last line is `…`.
pub fn render(text: &str, columns: usize, max_lines: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut page = Page { lines: Vec::new(), columns: columns.max(1), most: max_lines.saturating_add(1), theme };
    let mut fence: Option<char> = None;
    for line in text.lines() {
        if page.is_full() {
            break;
        }
        let line = cleaned(line);
        match (fence, fence_of(&line)) {
            (Some(open), Some((mark, ""))) if mark == open => fence = None,
            (Some(_), _) => page.verbatim(&line, theme.style(Meaning::Label)),
            (None, Some((mark, _))) => fence = Some(mark),
            (None, None) => page.block(&line),
        }
    }
    while page.lines.last().is_some_and(|line| line.width() == 0) {
        page.lines.pop();
    }
    if page.lines.len() > max_lines {
        page.lines.truncate(max_lines);
        if let Some(last) = page.lines.last_mut() {
            *last = Line::styled("…", theme.style(Meaning::Dim));
        }
    }
    page.lines
}

/// One line of text without marks, made harmless and wrapped; at most `most` lines.
pub fn plain(text: &str, columns: usize, most: usize) -> Vec<String> {
    let lines = wrap(&[Piece { text: cleaned(text), style: Style::new() }], columns, most);
    lines.into_iter().map(|spans| spans.iter().map(|span| span.content.as_ref()).collect()).collect()
}

/// A line that is harmless on a terminal, however long it is.
fn cleaned(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.char_indices().nth(CHUNK).map_or(rest.len(), |(at, _)| at);
        // `lines` leaves no line feed, so what `clean_lines` keeps of one does not occur
        out.push_str(&clean_lines(&rest[..end]));
        rest = &rest[end..];
    }
    out
}

/// The mark of a fence and what stands behind it.
fn fence_of(line: &str) -> Option<(char, &str)> {
    let line = line.trim();
    ['`', '~'].into_iter().find_map(|mark| {
        let behind = line.trim_start_matches(mark);
        (line.len() - behind.len() >= 3 && !behind.contains(mark)).then_some((mark, behind.trim()))
    })
}

struct Page<'a> {
    lines: Vec<Line<'static>>,
    columns: usize,
    most: usize,
    theme: &'a Theme,
}

impl Page<'_> {
    fn is_full(&self) -> bool {
        self.lines.len() >= self.most
    }

    /// One line of the source.
    fn block(&mut self, line: &str) {
        let (quotes, line) = quotes(line);
        let first = "│ ".repeat(quotes);
        let dim = self.theme.style(Meaning::Dim);
        let text = line.trim_start();
        if text.trim_end().is_empty() {
            // several blank lines are one, and none stands at the top
            if self.lines.last().is_some_and(|last| last.width() > 0) {
                self.lines.push(Line::styled(first.trim_end().to_owned(), dim));
            }
        } else if let Some((level, title)) = heading(text) {
            let marks = if level == 1 { Modifier::BOLD | Modifier::UNDERLINED } else { Modifier::BOLD };
            let style = self.theme.style(Meaning::Title).add_modifier(marks);
            self.flow(&first, &first, title, style);
        } else if is_rule(text) {
            self.lines.push(Line::styled("─".repeat(self.columns), dim));
        } else if text.starts_with('|') {
            self.lines.push(Line::raw(fit(text.trim_end(), self.columns)));
        } else if let Some((mark, item)) = list_item(text) {
            let depth = ((line.len() - text.len()) / 2).min(DEEPEST);
            let sign = match task(item) {
                Some(false) => "☐ ".to_owned(),
                Some(true) => "☑ ".to_owned(),
                None => mark,
            };
            let item = if task(item).is_some() { item[3..].trim_start() } else { item };
            let head = format!("{first}{}{sign}", "  ".repeat(depth));
            let behind = format!("{first}{}", " ".repeat(width(&head) - width(&first)));
            self.flow(&head, &behind, item, Style::new());
        } else {
            let style = if quotes > 0 { dim } else { Style::new() };
            self.flow(&first, &first, line.trim_end(), style);
        }
    }

    /// Text with marks in it, wrapped; `head` stands before the first line, `behind` before the others.
    fn flow(&mut self, head: &str, behind: &str, text: &str, style: Style) {
        let pieces = inline::pieces(text, style, self.theme);
        self.put(head, behind, &pieces);
    }

    /// A line of code: as it is, broken where it is too long.
    fn verbatim(&mut self, line: &str, style: Style) {
        self.put("  ", "  ", &[Piece { text: line.trim_end().to_owned(), style }]);
    }

    fn put(&mut self, head: &str, behind: &str, pieces: &[Piece]) {
        // where the marks leave no room, they yield to the text
        let fits = width(head) * 2 <= self.columns;
        let (head, behind) = if fits { (head, behind) } else { ("", "") };
        let left = self.most - self.lines.len();
        let dim = self.theme.style(Meaning::Dim);
        for (at, mut spans) in wrap(pieces, self.columns - width(head), left).into_iter().enumerate() {
            let mark = if at == 0 { head } else { behind };
            if !mark.is_empty() {
                spans.insert(0, Span::styled(mark.to_owned(), dim));
            }
            self.lines.push(Line::from(spans));
        }
    }
}

/// How deep a line is quoted, and the line without the marks.
fn quotes(line: &str) -> (usize, &str) {
    let (mut deep, mut rest) = (0, line);
    while let Some(inner) = rest.trim_start().strip_prefix('>') {
        deep += 1;
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    (deep.min(DEEPEST), rest)
}

fn heading(text: &str) -> Option<(usize, &str)> {
    let title = text.trim_start_matches('#');
    let level = text.len() - title.len();
    ((1..=6).contains(&level) && title.starts_with(' ')).then(|| (level, title.trim().trim_end_matches('#').trim_end()))
}

fn is_rule(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| *c != ' ');
    let Some(mark) = marks.next().filter(|c| matches!(c, '-' | '*' | '_')) else { return false };
    let mut count = 1;
    for c in marks {
        if c != mark {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// The sign of a list and the text of its item.
fn list_item(text: &str) -> Option<(String, &str)> {
    if let Some(item) = ["- ", "* ", "+ "].into_iter().find_map(|mark| text.strip_prefix(mark)) {
        return Some(("• ".into(), item.trim()));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let item = text[digits..].strip_prefix(". ").or_else(|| text[digits..].strip_prefix(") "))?;
    ((1..=9).contains(&digits)).then(|| (format!("{}. ", &text[..digits]), item.trim()))
}

/// Whether the box at the beginning of an item is ticked.
fn task(item: &str) -> Option<bool> {
    match item.as_bytes() {
        [b'[', b' ', b']', b' ', ..] | [b'[', b' ', b']'] => Some(false),
        [b'[', b'x' | b'X', b']', b' ', ..] | [b'[', b'x' | b'X', b']'] => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
