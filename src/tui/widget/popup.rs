//! The box that a layer stands in: where it lies, its frame, its title. Draws nothing inside it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear};

use crate::model::clean::{clean, fit};
use crate::tui::theme::{Meaning, Theme};

/// Terminals narrower than this show no frames.
const FRAMED: u16 = 60;

/// Where a box lies, with its frame and without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Popup {
    /// All of it.
    pub outer: Rect,
    /// What is inside the frame.
    pub inner: Rect,
}

impl Popup {
    /// A box for `columns` by `rows` of content in the middle of `area`, as much of it as there is. On a narrow terminal it has
    /// a title but no frame, and takes the whole width.
    pub fn centred(area: Rect, columns: u16, rows: u16) -> Self {
        Self::placed(area, columns, rows, area.height.saturating_sub(rows + 2) / 3)
    }

    /// The same at the lower edge of `area`.
    pub fn below(area: Rect, columns: u16, rows: u16) -> Self {
        Self::placed(area, columns, rows, area.height)
    }

    fn placed(area: Rect, columns: u16, rows: u16, down: u16) -> Self {
        let framed = is_framed(area);
        let width = if framed { columns.saturating_add(2).min(area.width) } else { area.width };
        let height = rows.saturating_add(if framed { 2 } else { 1 }).min(area.height);
        let outer = Rect { x: area.x + (area.width - width) / 2, y: area.y + down.min(area.height - height), width, height };
        Self { outer, inner: inside(outer, framed) }
    }

    /// A box that takes all of `area`.
    pub fn whole(area: Rect) -> Self {
        Self { outer: area, inner: inside(area, is_framed(area)) }
    }

    /// Clears its place and draws its frame, with a title above and a remark below at the right. Returns the inside.
    pub fn draw(&self, frame: &mut Frame<'_>, theme: &Theme, title: &str, remark: &str) -> Rect {
        let outer = self.outer.intersection(frame.area());
        if outer.is_empty() {
            return Rect::default();
        }
        frame.render_widget(Clear, outer);
        let room = usize::from(outer.width).saturating_sub(4);
        let title = fit(&clean(title), room);
        if self.inner.width < self.outer.width {
            frame.render_widget(Block::bordered().border_style(theme.style(Meaning::Focus)), outer);
            put(frame, outer.x + 1, outer.y, &format!(" {title} "), outer, theme.style(Meaning::Title));
            let remark = fit(&clean(remark), room);
            if !remark.is_empty() && outer.height > 1 {
                let x = outer.right().saturating_sub(u16::try_from(crate::model::clean::width(&remark)).unwrap_or(0) + 3);
                put(frame, x, outer.bottom() - 1, &format!(" {remark} "), outer, theme.style(Meaning::Dim));
            }
        } else {
            let head = if remark.is_empty() { title } else { format!("{title} · {}", clean(remark)) };
            let style = theme.style(Meaning::Title);
            put(frame, outer.x, outer.y, &fit(&head, usize::from(outer.width)), outer, style);
        }
        self.inner.intersection(frame.area())
    }
}

/// Whether layers in `area` have frames.
pub fn is_framed(area: Rect) -> bool {
    area.width >= FRAMED && area.height >= 5
}

fn inside(outer: Rect, framed: bool) -> Rect {
    if framed {
        Rect { x: outer.x + 1, y: outer.y + 1, width: outer.width.saturating_sub(2), height: outer.height.saturating_sub(2) }
    } else if outer.height > 1 {
        Rect { y: outer.y + 1, height: outer.height - 1, ..outer }
    } else {
        outer
    }
}

/// Writes `text` at a place, cut at the right edge of `area`.
pub fn put(frame: &mut Frame<'_>, x: u16, y: u16, text: &str, area: Rect, style: ratatui::style::Style) {
    let area = area.intersection(frame.area());
    if x >= area.x && x < area.right() && y >= area.y && y < area.bottom() {
        frame.buffer_mut().set_stringn(x, y, text, usize::from(area.right() - x), style);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    proptest! {
        #[test]
        fn a_box_lies_inside_its_area(
            (w, h) in (1u16..150, 1u16..60), columns in 0u16..200, rows in 0u16..100, title in ".{0,40}",
        ) {
            let area = Rect::new(0, 0, w, h);
            for popup in [Popup::centred(area, columns, rows), Popup::below(area, columns, rows), Popup::whole(area)] {
                prop_assert_eq!(popup.outer.intersection(area), popup.outer);
                prop_assert_eq!(popup.inner.intersection(popup.outer), popup.inner);
                let mut terminal = Terminal::new(TestBackend::new(w, h)).unwrap();
                terminal.draw(|f| { popup.draw(f, &Theme::default(), &title, &title); }).unwrap();
            }
        }
    }
}
