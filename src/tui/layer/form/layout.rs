//! Where each line of a form lies: groups, fields, problems, in one or two columns, scrolled to the cursor. Draws nothing.

use ratatui::layout::Rect;

use super::{Form, Spot};
use crate::model::field::Group;
use crate::tui::env::Env;
use crate::tui::layer::entry::Remark;

/// From so many columns on, fields stand in two columns.
const TWO: u16 = 116;
/// The blank columns between the two.
const GAP: u16 = 2;
/// The most rows of a text of several lines.
const TALL: u16 = 4;

/// What stands on some lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The heading of a group.
    Heading(Group),
    /// A place for the cursor.
    Spot(Spot),
    /// The problem of the field at this place.
    Problem(usize),
}

/// A part with its place, counted from the top of the unscrolled form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub part: Part,
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

/// All parts, and the first line that is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    pub parts: Vec<Placed>,
    pub top: u16,
    /// The columns of labels.
    pub label: u16,
}

impl Places {
    /// Where a part is drawn in `area`; nothing when it is scrolled out.
    pub(super) fn on_screen(&self, placed: &Placed, area: Rect) -> Option<Rect> {
        let y = placed.y.checked_sub(self.top)?;
        if y >= area.height || placed.x >= area.width {
            return None;
        }
        let height = placed.height.min(area.height - y);
        Some(Rect { x: area.x + placed.x, y: area.y + y, width: placed.width.min(area.width - placed.x), height })
    }
}

impl Form {
    /// Where everything lies in so many columns and rows.
    pub(super) fn layout(&self, columns: u16, rows: u16, env: &Env) -> Places {
        let two = columns >= TWO;
        let width = if two { (columns - GAP) / 2 } else { columns };
        let label = (width * 2 / 5).clamp(1, 28);
        let mut blocks: Vec<Vec<Placed>> = Vec::new();
        let spots = self.spots(env);
        for group in Group::ALL {
            let own: Vec<Spot> = spots.iter().copied().filter(|spot| self.group_of(*spot, env) == *group).collect();
            if own.is_empty() {
                continue;
            }
            let mut block = vec![(Part::Heading(*group), 1)];
            for spot in own {
                block.push((Part::Spot(spot), self.height(spot, width.saturating_sub(label + 1))));
                if let Spot::Field(place) = spot
                    && self.problem(place, env).is_some()
                {
                    block.push((Part::Problem(place), 1));
                }
            }
            let place = |(part, height)| Placed { part, x: 0, y: 0, width, height };
            blocks.push(block.into_iter().map(place).collect());
        }
        let heights: Vec<u16> = blocks.iter().map(|block| block.iter().map(|p| p.height).sum()).collect();
        let left = if two { balance(&heights) } else { blocks.len() };
        let (mut y, mut parts) = (0, Vec::new());
        for (at, block) in blocks.into_iter().enumerate() {
            if at == left {
                y = 0;
            }
            for placed in block {
                let x = if at < left { 0 } else { width + GAP };
                parts.push(Placed { x, y, ..placed });
                y += placed.height;
            }
        }
        let top = self.scroll(&parts, rows);
        Places { parts, top, label }
    }

    fn group_of(&self, spot: Spot, env: &Env) -> Group {
        match spot {
            Spot::Field(place) => self.group(place, env),
            Spot::More(group) => group,
        }
    }

    fn height(&self, spot: Spot, columns: u16) -> u16 {
        match spot {
            Spot::Field(place) => self.entries.get(place).map_or(1, |entry| entry.input.rows(columns).clamp(1, TALL)),
            Spot::More(_) => 1,
        }
    }

    /// What is wrong with a field; that of the field under the cursor stands in the last line.
    pub(super) fn problem(&self, place: usize, env: &Env) -> Option<String> {
        if self.spot == Spot::Field(place) {
            return None;
        }
        match self.entries.get(place)?.remark(&self.terms, false, env) {
            Some(Remark::Wrong(message)) => Some(message),
            _ => None,
        }
    }

    /// The cursor stays near the middle of a form that is longer than the screen.
    fn scroll(&self, parts: &[Placed], rows: u16) -> u16 {
        let total = parts.iter().map(|p| p.y + p.height).max().unwrap_or(0);
        let here = parts.iter().find(|p| p.part == Part::Spot(self.spot));
        let wanted = here.map_or(0, |p| p.y.saturating_sub(rows.saturating_sub(p.height) / 2));
        wanted.min(total.saturating_sub(rows))
    }
}

/// How many of the blocks stand at the left, so that the two columns differ least.
fn balance(heights: &[u16]) -> usize {
    let total: u16 = heights.iter().sum();
    let mut left = 0;
    let mut best = (u16::MAX, heights.len());
    for (count, height) in (1..).zip(heights) {
        left += height;
        best = best.min((left.max(total - left), count));
    }
    best.1
}
