//! How the first page looks: its lines, those that fit, the one with the cursor always. Changes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{FIELDS, STARTS, Welcome};
use crate::model::clean::{clean, fit};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::put;

/// Columns before a value.
const LABELS: u16 = 15;
/// Columns of a value.
const VALUE: u16 = 26;

/// A line of the page.
pub(super) enum Row {
    Blank,
    Text(String, Meaning),
    Field(usize),
    Start(usize),
}

/// Where the page stands in `area`: in the middle where there is room.
fn place(area: Rect, rows: usize) -> Rect {
    let columns = 92.min(area.width);
    let left = (area.width - columns) / 2;
    let left = if left == 0 && area.width > 40 { 1 } else { left };
    let down = area.height.saturating_sub(u16::try_from(rows).unwrap_or(u16::MAX)) / 3;
    Rect { x: area.x + left, y: area.y + down, width: area.width - left, height: area.height - down }
}

/// Where the value of a line is typed.
pub(super) fn value(line: Rect) -> Rect {
    Rect { x: line.x + LABELS, width: VALUE, ..line }.intersection(line)
}

/// The line that was drawn last at a row of the screen, and where.
pub(super) fn row_at(page: &Welcome, row: u16) -> Option<(Row, Rect)> {
    let all = page.area.get();
    let mut rows = page.rows(all.height.into());
    let area = place(all, rows.len());
    let line = usize::from(row.checked_sub(area.y)?) + page.top(&rows, area.height.into());
    (line < rows.len()).then(|| (rows.swap_remove(line), Rect { y: row, height: 1, ..area }))
}

pub(super) fn draw(page: &Welcome, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let area = area.intersection(frame.area());
    if area.is_empty() {
        return;
    }
    page.area.set(area);
    frame.render_widget(ratatui::widgets::Clear, area);
    let rows = page.rows(area.height.into());
    let area = place(area, rows.len());
    let top = page.top(&rows, area.height.into());
    for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
        page.draw_row(row, frame, Rect { y, height: 1, ..area }, env);
    }
}

impl Welcome {
    fn rows(&self, height: usize) -> Vec<Row> {
        let said = self.mistake.clone().map_or(Row::Blank, |mistake| Row::Text(mistake, Meaning::Error));
        let mut rows = vec![
            Row::Text("Welcome to leadbook".into(), Meaning::Title),
            Row::Blank,
            Row::Text("All is guessed: Enter accepts it, Tab goes to the fields, arrows choose.".into(), Meaning::Hint),
            said,
        ];
        rows.extend((0..FIELDS.len()).map(Row::Field));
        rows.push(Row::Blank);
        rows.extend((0..STARTS.len()).map(Row::Start));
        rows.push(Row::Blank);
        rows.push(Row::Text(format!("Your leads will lie in {}", self.database), Meaning::Label));
        rows.push(Row::Text("No one else reads them; nothing leaves this computer.".into(), Meaning::Label));
        if rows.len() > height {
            rows.retain(|row| !matches!(row, Row::Blank));
        }
        rows
    }

    /// The first row on the screen, so that the one with the cursor is seen.
    fn top(&self, rows: &[Row], height: usize) -> usize {
        let here = rows.iter().position(|row| self.is_at(row)).unwrap_or(0);
        (here + 1).saturating_sub(height)
    }

    fn is_at(&self, row: &Row) -> bool {
        match row {
            Row::Field(place) => *place == self.at,
            Row::Start(place) => place + FIELDS.len() == self.at,
            _ => false,
        }
    }

    fn draw_row(&self, row: &Row, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let style = |meaning| env.theme.style(meaning);
        match row {
            Row::Blank => {}
            Row::Text(text, meaning) => {
                put(frame, area.x, area.y, &fit(&clean(text), area.width.into()), area, style(*meaning));
            }
            Row::Field(place) => {
                let (label, remark) = FIELDS[*place];
                put(frame, area.x, area.y, label, area, style(Meaning::Label));
                self.inputs[*place].draw(frame, value(area), Style::new(), *place == self.at);
                let remark = self.remark(*place).unwrap_or_else(|| remark.to_owned());
                put(frame, area.x + LABELS + VALUE + 1, area.y, &clean(&remark), area, style(Meaning::Dim));
            }
            Row::Start(place) => {
                let (_, label, remark) = STARTS[*place];
                if *place == 0 {
                    put(frame, area.x, area.y, "Start with", area, style(Meaning::Label));
                }
                let sign = if *place == self.start { "(•)" } else { "( )" };
                let text = format!("{sign} {label}");
                let own = if place + FIELDS.len() == self.at { style(Meaning::Cursor) } else { Style::new() };
                put(frame, area.x + LABELS, area.y, &text, area, own);
                put(frame, area.x + LABELS + 18, area.y, remark, area, style(Meaning::Dim));
            }
        }
    }

    fn remark(&self, place: usize) -> Option<String> {
        match place {
            0 if !self.login.is_empty() => Some(format!("you are the user {}", self.login)),
            _ => None,
        }
    }
}
