//! A list to choose from that narrows as one types, best match first. Knows not what its rows mean.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::popup::put;
use crate::model::clean::{clean, fit, width};
use crate::tui::action::Action;
use crate::tui::theme::{Meaning, Theme};

/// One row to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What is read.
    pub text: String,
    /// What stands at the right: a key, a number, where it comes from.
    pub detail: String,
    /// Why it cannot be chosen now; shown instead of the detail.
    pub dim: Option<String>,
    /// The heading it stands under while nothing is typed; empty: none.
    pub group: String,
    /// Further words by which it is found, not shown.
    pub words: String,
    /// The graphemes that are shown as matching while nothing narrows the list.
    pub marks: Vec<u32>,
}

impl Item {
    /// A row of this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// With a text at the right.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Not to be chosen now, for this reason.
    pub fn dim(mut self, reason: Option<String>) -> Self {
        self.dim = reason;
        self
    }

    /// Under a heading.
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// With these graphemes shown as matching.
    pub fn marks(mut self, marks: Vec<u32>) -> Self {
        self.marks = marks;
        self
    }

    /// Found by these words too.
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.words = words.into();
        self
    }
}

/// A line on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// The heading of the item at this place.
    Heading(usize),
    /// The place among the shown items, and the item.
    Item(usize, usize),
}

/// A list with a cursor, narrowed by what was typed.
#[derive(Clone, Debug, Default)]
pub struct Select {
    items: Vec<Item>,
    /// Places of items, in the order in which they are shown.
    shown: Vec<usize>,
    /// For each shown item the graphemes that matched.
    matched: Vec<Vec<u32>>,
    query: String,
    cursor: usize,
    numbered: bool,
}

impl Select {
    /// A list of these rows, the cursor on the first.
    pub fn new(items: Vec<Item>) -> Self {
        let mut select = Self { items: items.into_iter().map(cleaned).collect(), ..Self::default() };
        select.narrow("");
        select
    }

    /// With 1 to 9 before the first rows.
    pub fn numbered(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// Other rows; what was typed holds, and the cursor stays where it can.
    pub fn replace(&mut self, items: Vec<Item>) {
        let (query, cursor) = (std::mem::take(&mut self.query), self.cursor);
        self.items = items.into_iter().map(cleaned).collect();
        self.narrow(&query);
        self.cursor = cursor.min(self.shown.len().saturating_sub(1));
    }

    /// All rows, as they were given.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Shows what matches `query`, the cursor on the best.
    pub fn narrow(&mut self, query: &str) {
        self.query = query.into();
        self.cursor = 0;
        if query.trim().is_empty() {
            self.shown = (0..self.items.len()).collect();
            self.matched = self.items.iter().map(|item| item.marks.clone()).collect();
            return;
        }
        let pattern = Pattern::new(query.trim(), CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut found: Vec<(bool, u32, usize, Vec<u32>)> = Vec::new();
        for (place, item) in self.items.iter().enumerate() {
            let mut indices = Vec::new();
            if let Some(score) = pattern.indices(Utf32Str::new(&item.text, &mut buffer), &mut matcher, &mut indices) {
                found.push((true, score, place, indices));
                continue;
            }
            let whole = format!("{} {} {} {}", item.text, item.detail, item.words, item.group);
            if let Some(score) = pattern.score(Utf32Str::new(&whole, &mut buffer), &mut matcher) {
                found.push((false, score, place, Vec::new()));
            }
        }
        found.sort_by_key(|(text, score, _, _)| std::cmp::Reverse((*text, *score)));
        self.shown = found.iter().map(|(_, _, place, _)| *place).collect();
        self.matched = found.into_iter().map(|(_, _, _, indices)| indices).collect();
    }

    /// What it was narrowed by.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The place of the row under the cursor among all rows; `None` when nothing matches.
    pub fn current(&self) -> Option<usize> {
        self.shown.get(self.cursor).copied()
    }

    /// The places of the rows that are shown, in their order.
    pub fn places(&self) -> &[usize] {
        &self.shown
    }

    /// The row under the cursor.
    pub fn current_item(&self) -> Option<&Item> {
        self.items.get(self.current()?)
    }

    /// Puts the cursor on a row, if it is shown.
    pub fn go(&mut self, place: usize) {
        if let Some(at) = self.shown.iter().position(|shown| *shown == place) {
            self.cursor = at;
        }
    }

    /// The place of the row that a digit stands before.
    pub fn numbered_row(&self, digit: char) -> Option<usize> {
        let at = digit.to_digit(10)?.checked_sub(1)?;
        self.shown.get(at as usize).copied().filter(|_| self.numbered && self.query.is_empty())
    }

    /// How many rows are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// `12`, or `3 of 12` while narrowed.
    pub fn counts(&self) -> String {
        if self.shown.len() == self.items.len() {
            self.items.len().to_string()
        } else {
            format!("{} of {}", self.shown.len(), self.items.len())
        }
    }

    /// Moves the cursor; `page` is the height of the list. False when the action does not move.
    pub fn act(&mut self, action: Action, page: u16) -> bool {
        let last = self.shown.len().saturating_sub(1);
        let page = usize::from(page.max(2)) - 1;
        self.cursor = match action {
            Action::Up => self.cursor.checked_sub(1).unwrap_or(last),
            Action::Down if self.cursor >= last => 0,
            Action::Down => self.cursor + 1,
            Action::PageUp => self.cursor.saturating_sub(page),
            Action::PageDown => (self.cursor + page).min(last),
            Action::First => 0,
            Action::Last => last,
            _ => return false,
        };
        true
    }

    /// The wheel was turned by so many rows; stops at the ends.
    pub fn wheel(&mut self, rows: i32) {
        let last = i64::try_from(self.shown.len()).unwrap_or(i64::MAX) - 1;
        let wanted = i64::try_from(self.cursor).unwrap_or(0) + i64::from(rows);
        self.cursor = usize::try_from(wanted.clamp(0, last.max(0))).unwrap_or(0);
    }

    /// The mouse was clicked at a cell. True when a row was there; the cursor is on it then.
    pub fn click(&mut self, column: u16, row: u16, area: Rect) -> bool {
        if !area.contains((column, row).into()) {
            return false;
        }
        let lines = self.lines();
        let top = self.top(&lines, area.height);
        match lines.get(top + usize::from(row - area.y)) {
            Some(Line::Item(at, _)) => {
                self.cursor = *at;
                true
            }
            _ => false,
        }
    }

    /// The rows that it takes with its headings.
    pub fn height(&self) -> u16 {
        u16::try_from(self.lines().len()).unwrap_or(u16::MAX)
    }

    /// The columns that it would like to have.
    pub fn width(&self) -> u16 {
        let of = |item: &Item| {
            let right = item.dim.as_ref().unwrap_or(&item.detail);
            width(&item.text) + if right.is_empty() { 0 } else { width(right) + 2 }
        };
        let widest = self.items.iter().map(of).max().unwrap_or(0) + self.indent() + 1;
        u16::try_from(widest).unwrap_or(u16::MAX)
    }

    /// Draws the rows around the cursor; where none matches, `empty` in words.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme, empty: &str) {
        let area = area.intersection(frame.area());
        if area.is_empty() {
            return;
        }
        if self.shown.is_empty() {
            let text = fit(&clean(empty), usize::from(area.width));
            return put(frame, area.x, area.y, &text, area, theme.style(Meaning::Dim));
        }
        let lines = self.lines();
        for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(self.top(&lines, area.height))) {
            match line {
                Line::Heading(place) => {
                    let text = fit(&self.items[*place].group, usize::from(area.width));
                    put(frame, area.x, y, &text, area, theme.style(Meaning::Title));
                }
                Line::Item(at, place) => self.draw_item(frame, Rect { y, height: 1, ..area }, theme, *at, *place),
            }
        }
    }

    fn draw_item(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme, at: usize, place: usize) {
        let item = &self.items[place];
        let base = if item.dim.is_some() { theme.style(Meaning::Disabled) } else { Style::new() };
        let indent = self.indent();
        if self.numbered && self.query.is_empty() && at < 9 {
            put(frame, area.x, area.y, &(at + 1).to_string(), area, theme.style(Meaning::Key));
        }
        let room = usize::from(area.width).saturating_sub(indent);
        let right = item.dim.as_ref().unwrap_or(&item.detail);
        let text = fit(&item.text, room);
        let free = room.saturating_sub(width(&text) + 2);
        let mut x = area.x + u16::try_from(indent).unwrap_or(0);
        let whole = text.len() == item.text.len();
        for (index, grapheme) in (0u32..).zip(text.graphemes(true)) {
            let hit = (whole || grapheme != "…") && self.matched[at].contains(&index);
            let style = if hit { base.patch(theme.style(Meaning::Match)) } else { base };
            put(frame, x, area.y, grapheme, area, style);
            x += u16::try_from(width(grapheme)).unwrap_or(0);
        }
        if !right.is_empty() && (free > 3 || width(right) <= free) {
            let right = fit(right, free);
            let x = area.right().saturating_sub(u16::try_from(width(&right)).unwrap_or(0));
            let style = if item.dim.is_some() { base } else { theme.style(Meaning::Dim) };
            put(frame, x, area.y, &right, area, style);
        }
        if at == self.cursor {
            frame.buffer_mut().set_style(area, theme.style(Meaning::Cursor));
        }
    }

    fn indent(&self) -> usize {
        if self.numbered { 2 } else { 0 }
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::with_capacity(self.shown.len());
        let mut group = "";
        for (at, place) in self.shown.iter().enumerate() {
            let own = self.items[*place].group.as_str();
            if self.query.trim().is_empty() && own != group {
                if !own.is_empty() {
                    lines.push(Line::Heading(*place));
                }
                group = own;
            }
            lines.push(Line::Item(at, *place));
        }
        lines
    }

    /// The first line on the screen: the cursor stays near the middle of a long list.
    fn top(&self, lines: &[Line], height: u16) -> usize {
        let height = usize::from(height);
        let at = lines.iter().position(|line| matches!(line, Line::Item(at, _) if *at == self.cursor)).unwrap_or(0);
        at.saturating_sub(height / 2).min(lines.len().saturating_sub(height))
    }
}

fn cleaned(item: Item) -> Item {
    let made = |text: String| clean(&text).into_owned();
    let Item { words, marks, .. } = item;
    Item { text: made(item.text), detail: made(item.detail), dim: item.dim.map(made), group: made(item.group), words, marks }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    fn screen(select: &Select, columns: u16, rows: u16) -> Vec<String> {
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|f| select.draw(f, f.area(), &Theme::default(), "nothing matches")).unwrap();
        let cells = terminal.backend().buffer().content();
        cells.chunks(columns.into()).map(|row| row.iter().map(|c| c.symbol()).collect::<String>().trim_end().into()).collect()
    }

    fn sources() -> Select {
        Select::new(["Advertisement", "Trade Show", "Web", "Word of Mouth", "Other"].map(Item::new).to_vec())
    }

    #[test]
    fn typing_narrows_best_first() {
        let mut select = sources();
        select.narrow("tsh");
        assert_eq!((screen(&select, 12, 2), select.counts().as_str()), (vec!["Trade Show".into(), String::new()], "1 of 5"));
        select.narrow("w");
        assert_eq!(select.current(), Some(2));
        select.narrow("xyz");
        assert_eq!(screen(&select, 20, 1), ["nothing matches"]);
        assert_eq!(select.current(), None);
        assert!(select.act(Action::Down, 5));
    }

    #[test]
    fn rows_have_numbers_headings_details_and_reasons() {
        let items = vec![
            Item::new("Open").group("State").detail("12"),
            Item::new("Qualified").group("State").dim(Some("comes later".into())),
            Item::new("Ann").group("People"),
        ];
        let select = Select::new(items).numbered();
        assert_eq!(
            screen(&select, 26, 5),
            ["State", "1 Open                  12", "2 Qualified    comes later", "People", "3 Ann"]
        );
        assert_eq!((select.numbered_row('3'), select.numbered_row('4'), select.numbered_row('0')), (Some(2), None, None));
    }

    #[test]
    fn the_cursor_goes_round_and_stays_in_sight() {
        let mut select = Select::new((0..50).map(|n| Item::new(format!("row {n}"))).collect());
        select.act(Action::Up, 5);
        assert_eq!(
            (select.current(), screen(&select, 8, 3)),
            (Some(49), vec!["row 47".into(), "row 48".into(), "row 49".into()])
        );
        select.act(Action::Down, 5);
        assert_eq!(select.current(), Some(0));
        select.act(Action::PageDown, 5);
        assert_eq!(screen(&select, 8, 3), ["row 3", "row 4", "row 5"]);
        assert!(select.click(0, 2, Rect::new(0, 0, 8, 3)));
        assert_eq!(select.current(), Some(5));
        select.wheel(-100);
        assert_eq!(select.current(), Some(0));
    }

    proptest! {
        #[test]
        fn any_rows_in_any_size(
            rows in prop::collection::vec((".{0,12}", ".{0,8}", "[ab]?"), 0..12),
            query in ".{0,6}", columns in 1u16..30, height in 1u16..8, moves in prop::collection::vec(0usize..6, 0..10),
        ) {
            let items = rows.into_iter().map(|(text, detail, group)| Item::new(text).detail(detail).group(group)).collect();
            let mut select = Select::new(items);
            select.narrow(&query);
            for m in moves {
                let all = [Action::Up, Action::Down, Action::PageUp, Action::PageDown, Action::First, Action::Last];
                select.act(all[m], height);
                prop_assert!(select.current().is_some() || select.is_empty());
                screen(&select, columns, height);
                select.clone().click(columns / 2, height / 2, Rect::new(0, 0, columns, height));
            }
        }
    }
}
