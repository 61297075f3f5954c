//! The month as a calendar beside what is due on a day of it. Asks for the month, writes nothing.

use chrono::Datelike;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::draw::due_line;
use crate::model::clean::{pad, width};
use crate::model::dates::{is_late, is_whole_day};
use crate::model::zone::{date, days};
use crate::service::activity::today::{DueRow, GetAgenda};
use crate::tui::action::Action;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::worker::reader::{AnyQuery, Slot};

/// Columns of a day.
const CELL: usize = 6;
const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The calendar.
#[derive(Debug)]
pub(super) struct Calendar {
    /// The day under the cursor, since 1970-01-01.
    day: i32,
    /// The row of the day's list.
    row: usize,
    /// What is due in the weeks on the screen.
    rows: Vec<DueRow>,
    /// The day of each row.
    on: Vec<i32>,
    /// Where the person's clock stands.
    zone: crate::model::zone::Zone,
}

impl Calendar {
    /// The month of today.
    pub(super) fn new(env: &Env) -> Self {
        Self { day: env.zone.today(env.now()), row: 0, rows: Vec::new(), on: Vec::new(), zone: env.zone }
    }

    /// The first day on the screen: the Monday on or before the first of the month.
    fn first(&self) -> i32 {
        let month = date(self.day).with_day(1).unwrap_or(date(self.day));
        days(month) - i32::try_from(month.weekday().num_days_from_monday()).unwrap_or(0)
    }

    /// Asks for what is due in the weeks on the screen.
    pub(super) fn ask(&self, cx: &mut Cx<'_>) {
        let first = self.first();
        let (from, before) = (self.zone.day_start(first), self.zone.day_start(first.saturating_add(42)));
        cx.ask(Slot::Month, AnyQuery::Agenda(GetAgenda { from, before }));
    }

    pub(super) fn arrived(&mut self, rows: &[DueRow]) {
        self.rows = rows.to_vec();
        self.on = rows.iter().map(|row| row.activity.due.map_or(i32::MIN, |due| self.zone.today(due))).collect();
        self.row = self.row.min(self.of_day(self.day).count().saturating_sub(1));
    }

    fn of_day(&self, day: i32) -> impl Iterator<Item = &DueRow> {
        self.rows.iter().zip(&self.on).filter(move |(_, on)| **on == day).map(|(row, _)| row)
    }

    /// What is chosen among what is due on the day.
    pub(super) fn here(&self) -> Option<&DueRow> {
        self.of_day(self.day).nth(self.row)
    }

    /// Moves about; false where the key means nothing here.
    pub(super) fn go(&mut self, action: Action, cx: &mut Cx<'_>) -> bool {
        let month = |by: i32| {
            let here = date(self.day);
            let at = here.year() * 12 + i32::try_from(here.month0()).unwrap_or(0) + by;
            let first = chrono::NaiveDate::from_ymd_opt(at.div_euclid(12), at.rem_euclid(12) as u32 + 1, 1);
            first.map_or(0, |first| days(first) - self.day)
        };
        let by = match action {
            Action::Left => -1,
            Action::Right => 1,
            Action::Up => -7,
            Action::Down => 7,
            Action::PageUp => month(-1),
            Action::PageDown => month(1),
            Action::First => cx.env.zone.today(cx.env.now()) - self.day,
            Action::NextRecord => {
                self.row = (self.row + 1).min(self.of_day(self.day).count().saturating_sub(1));
                return true;
            }
            Action::PreviousRecord => {
                self.row = self.row.saturating_sub(1);
                return true;
            }
            _ => return false,
        };
        let before = self.first();
        self.day = self.day.saturating_add(by);
        self.row = 0;
        if before != self.first() {
            self.ask(cx);
        }
        true
    }

    /// Draws the month, and below it, or beside it where there is room, what is due on the day.
    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let wide = (CELL * 7 + 1) as u16;
        let beside = area.width >= wide + 50;
        let grid = Rect { width: wide.min(area.width), height: 8.min(area.height), ..area };
        frame.render_widget(Paragraph::new(self.grid(env)), grid);
        let list = if beside {
            Rect { x: area.x + wide + 2, width: area.width - wide - 2, ..area }
        } else {
            Rect { y: grid.bottom(), height: area.bottom().saturating_sub(grid.bottom()), ..area }
        };
        let columns = usize::from(list.width);
        let mut lines = vec![Line::styled(
            format!(
                " {} {}",
                NAMES[date(self.day).weekday().num_days_from_monday() as usize % 7],
                date(self.day).format("%-d %b %Y")
            ),
            env.theme.style(Meaning::Title),
        )];
        let room = usize::from(list.height).saturating_sub(1).max(1);
        let count = self.of_day(self.day).count();
        // the chosen one is seen, and one below it
        let top = (self.row + 2).saturating_sub(room).min(count.saturating_sub(room));
        for (place, row) in self.of_day(self.day).enumerate().skip(top).take(room) {
            let line = self.line(row, columns, env);
            lines.push(if place == self.row { line.style(env.theme.style(Meaning::Cursor)) } else { line });
        }
        if count > room {
            let label = env.theme.style(Meaning::Label);
            lines[0].spans.push(Span::styled(format!(" · {} of {count}", self.row + 1), label));
        }
        if lines.len() == 1 {
            lines.push(Line::styled(" nothing is due", env.theme.style(Meaning::Label)));
        }
        frame.render_widget(Paragraph::new(lines), list);
    }

    /// What is due, with its hour also on another day than today.
    fn line(&self, row: &DueRow, columns: usize, env: &Env) -> Line<'static> {
        let late = row.activity.due.is_some_and(|due| is_late(due, env.now(), env.zone));
        let mut line = due_line(row, late, columns, env);
        let due = row.activity.due.filter(|due| self.day != env.zone.today(env.now()) && !is_whole_day(*due, env.zone));
        if let Some((due, when)) = due.zip(line.spans.first_mut()) {
            let mark = if late { "!" } else { " " };
            let wide = width(&when.content);
            let hour = pad(&format!("{mark} {}", env.zone.local(due).format("%H:%M")), wide);
            *when = Span::styled(hour, when.style);
        }
        line
    }

    fn grid(&self, env: &Env) -> Vec<Line<'static>> {
        let shown = date(self.day);
        let title = format!(" {} {}", MONTHS[shown.month0() as usize % 12], shown.year());
        let names: String = NAMES.iter().map(|name| format!(" {name}  ")).collect();
        let mut lines =
            vec![Line::styled(title, env.theme.style(Meaning::Title)), Line::styled(names, env.theme.style(Meaning::Label))];
        let today = env.zone.today(env.now());
        for week in 0..6 {
            let mut spans = Vec::new();
            for weekday in 0..7 {
                let day = self.first() + week * 7 + weekday;
                let due = self.of_day(day).count();
                let count = if due > 0 { format!("·{}", due.min(99)) } else { String::new() };
                let text = format!("{:>3}{count:<3}", date(day).day());
                let style = match day {
                    day if day == self.day => env.theme.style(Meaning::Cursor),
                    day if day == today => env.theme.style(Meaning::Today),
                    day if date(day).month() != shown.month() => env.theme.style(Meaning::Dim),
                    day if due > 0 && day < today => env.theme.style(Meaning::Late),
                    _ => Style::new(),
                };
                spans.push(Span::styled(text, style));
            }
            lines.push(Line::from(spans));
        }
        lines
    }
}
