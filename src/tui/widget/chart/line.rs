//! Columns side by side, as over time: the greatest value at the left, names below as many as there is room for.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Chart, View, steps, write};
use crate::model::clean::{fit, width};
use crate::tui::theme::Meaning;

const PARTS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Where the columns stand.
struct Places {
    /// Cells of the axis at the left.
    axis: usize,
    /// Cells of a column, and of it the blank behind it.
    wide: usize,
    gap: usize,
    /// The first row that has a column, and how many there are.
    first: usize,
    count: usize,
}

fn places(chart: &Chart, area: Rect, cursor: Option<usize>) -> Places {
    let greatest = chart.bars.iter().max_by(|a, b| a.sum().abs().total_cmp(&b.sum().abs()));
    let axis = greatest.map_or(0, |bar| width(&bar.end)).min(usize::from(area.width) / 3) + 2;
    let room = usize::from(area.width).saturating_sub(axis).max(1);
    let all = chart.bars.len().max(1);
    let wide = (room / all).clamp(1, 8);
    let count = all.min(room / wide).max(1);
    let cursor = cursor.unwrap_or(all - 1).min(all - 1);
    // the newest ones, or those around the cursor
    let first = (all - count).min(cursor.saturating_sub(count / 2).max((cursor + 1).saturating_sub(count)));
    Places { axis, wide, gap: usize::from(wide > 2), first, count }
}

pub(super) fn row_at(chart: &Chart, area: Rect, column: u16, cursor: Option<usize>) -> Option<usize> {
    let places = places(chart, area, cursor);
    let at = usize::from(column - area.x).checked_sub(places.axis)? / places.wide;
    (at < places.count).then_some(places.first + at)
}

pub(super) fn draw(chart: &Chart, frame: &mut Frame<'_>, area: Rect, view: &View<'_>) {
    let places = places(chart, area, view.cursor);
    let most = chart.most();
    let height = usize::from(area.height.saturating_sub(1)).max(1);
    axis(chart, &places, height, frame, area, view);
    for (at, bar) in chart.bars.iter().skip(places.first).take(places.count).enumerate() {
        let eighths = steps(bar.sum(), most, height * 8);
        for line in 0..height {
            let level = eighths.saturating_sub(line * 8).min(8);
            if level > 0 {
                let fill = if bar.sum() < 0.0 { "▒" } else { PARTS[level] };
                let cells = fill.repeat(places.wide - places.gap);
                let at = (places.axis + at * places.wide, height - 1 - line);
                write(frame, at, &cells, area, view, None);
            }
        }
    }
    if usize::from(area.height) > height {
        names(chart, &places, height, frame, area, view);
    }
}

/// The greatest value, the half of the way, nothing.
fn axis(chart: &Chart, places: &Places, height: usize, frame: &mut Frame<'_>, area: Rect, view: &View<'_>) {
    let room = places.axis - 2;
    let greatest = chart.bars.iter().max_by(|a, b| a.sum().abs().total_cmp(&b.sum().abs()));
    let text = fit(greatest.map_or("", |bar| bar.end.as_str()), room);
    write(frame, (room.saturating_sub(width(&text)), 0), &text, area, view, Some(Meaning::Label));
    for line in 0..height {
        let sign = if line == 0 { "┤" } else { "│" };
        write(frame, (places.axis - 1, line), sign, area, view, Some(Meaning::Label));
    }
    write(frame, (places.axis - 1, height), "└", area, view, Some(Meaning::Label));
}

/// The names below: the one under the cursor always, of the others as many as stand apart.
fn names(chart: &Chart, places: &Places, line: usize, frame: &mut Frame<'_>, area: Rect, view: &View<'_>) {
    let columns = usize::from(area.width);
    let start = |at: usize, label: &str| (places.axis + at * places.wide).min(columns.saturating_sub(width(label)));
    let shown = || chart.bars.iter().enumerate().skip(places.first).take(places.count).enumerate();
    let cursor = shown().find(|(_, (place, _))| view.cursor == Some(*place)).map(|(at, (_, bar))| {
        let label = fit(&bar.label, columns.saturating_sub(places.axis));
        (start(at, &label), label)
    });
    let mut taken: Vec<(usize, usize)> = cursor.iter().map(|(from, label)| (*from, from + width(label))).collect();
    for (at, (place, bar)) in shown() {
        let label = fit(&bar.label, columns.saturating_sub(places.axis));
        let (from, to) = (start(at, &label), start(at, &label) + width(&label));
        let fits = taken.iter().all(|(start, end)| to < *start || from > *end);
        if view.cursor != Some(place) && fits && from == places.axis + at * places.wide {
            write(frame, (from, line), &label, area, view, Some(Meaning::Label));
            taken.push((from, to));
        }
    }
    if let Some((from, label)) = cursor {
        write(frame, (from, line), &label, area, view, Some(Meaning::Cursor));
    }
}
