//! Bars, stacks and funnels: one line a row, the label before it, the number at its end.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Bar, Chart, Form, MARK, View, eighths, fills, steps, write};
use crate::model::clean::{fit, pad, width};
use crate::tui::theme::Meaning;

/// The fewest cells in which a bar says anything.
const LEAST: usize = 4;

/// How the columns of the area are shared out.
struct Shares {
    label: usize,
    bar: usize,
    end: usize,
}

fn shares(chart: &Chart, columns: usize) -> Shares {
    let widest = |of: &dyn Fn(&Bar) -> usize| chart.bars.iter().map(of).max().unwrap_or(0);
    let end = widest(&|bar| width(&bar.end)).min(columns / 2);
    let label =
        widest(&|bar| width(&bar.label) + bar.depth * 2).min((columns * 3 / 10).max(10)).min(columns.saturating_sub(end + 3));
    let bar = columns.saturating_sub(label + end + 4);
    Shares { label, bar: if bar < LEAST { 0 } else { bar }, end }
}

pub(super) fn draw(chart: &Chart, frame: &mut Frame<'_>, area: Rect, view: &View<'_>) {
    let columns = usize::from(area.width);
    let shares = shares(chart, columns);
    let most = chart.most();
    let parts = chart.bars.iter().map(|bar| bar.parts.len()).max().unwrap_or(1);
    for (line, (place, bar)) in chart.bars.iter().enumerate().skip(view.top).take(area.height.into()).enumerate() {
        let here = view.cursor == Some(place);
        let label = pad(&format!("{}{}", "  ".repeat(bar.depth), bar.label), shares.label);
        write(frame, (0, line), if here { "▸" } else { " " }, area, view, Some(Meaning::Focus));
        write(frame, (1, line), &label, area, view, here.then_some(Meaning::Focus));
        let from = shares.label + 2;
        let drawn = match chart.form {
            Form::Funnel => funnel(bar, most, shares.bar),
            _ if parts > 1 => stack(bar, most, shares.bar, parts),
            _ => plain(bar, most, shares.bar),
        };
        write(frame, (from, line), &drawn, area, view, None);
        let long = match chart.form {
            Form::Funnel => shares.bar,
            _ => width(&drawn),
        };
        let marked = bar.mark.filter(|_| shares.bar > 0).map(|mark| steps(mark, most, shares.bar).max(1) - 1);
        if let Some(mark) = marked {
            write(frame, (from + mark, line), MARK, area, view, Some(Meaning::Focus));
        }
        let behind = long.max(marked.map_or(0, |mark| mark + 1));
        let gap = usize::from(shares.bar > 0 && behind > 0);
        let end = fit(&bar.end, shares.end);
        // numbers without a bar before them stand in a column
        let at = if shares.bar == 0 { columns.saturating_sub(width(&end)) } else { from + behind + gap };
        write(frame, (at, line), &end, area, view, here.then_some(Meaning::Focus));
    }
}

/// One bar; what is less than nothing has another fill.
fn plain(bar: &Bar, most: f64, room: usize) -> String {
    let count = steps(bar.sum(), most, room * 8);
    if bar.sum() < 0.0 { "▒".repeat(count.div_ceil(8)) } else { eighths(count) }
}

/// Parts side by side; each ends where the sum up to it ends, so that rounding does not add up.
fn stack(bar: &Bar, most: f64, room: usize, parts: usize) -> String {
    let fills = fills(parts);
    let (mut drawn, mut cells, mut sum) = (String::new(), 0, 0.0);
    for (part, value) in bar.parts.iter().enumerate() {
        sum += value.max(0.0);
        let end = steps(sum, most, room).max(cells);
        drawn.push_str(&fills[part % fills.len()].repeat(end - cells));
        cells = end;
    }
    drawn
}

/// A bar in the middle, to half a cell.
fn funnel(bar: &Bar, most: f64, room: usize) -> String {
    let halves = steps(bar.sum(), most, room * 2);
    let from = (room * 2 - halves) / 2;
    let is_filled = |half: usize| (from..from + halves).contains(&half);
    let cell = |at: usize| match (is_filled(at * 2), is_filled(at * 2 + 1)) {
        (true, true) => '█',
        (true, false) => '▌',
        (false, true) => '▐',
        (false, false) => ' ',
    };
    (0..room).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[f64]) -> Bar {
        Bar { parts: parts.to_vec(), ..Bar::default() }
    }

    #[test]
    fn bars_have_eighths_and_what_is_there_is_seen() {
        assert_eq!(plain(&of(&[8.0]), 8.0, 4), "████");
        assert_eq!(plain(&of(&[3.0]), 8.0, 4), "█▌");
        assert_eq!(plain(&of(&[0.001]), 8.0, 4), "▏");
        assert_eq!(plain(&of(&[0.0]), 8.0, 4), "");
        assert_eq!(plain(&of(&[-4.0]), 8.0, 4), "▒▒");
    }

    #[test]
    fn a_stack_is_as_long_as_its_sum() {
        assert_eq!(stack(&of(&[2.0, 1.0, 1.0]), 4.0, 8, 3), "████▒▒░░");
        assert_eq!(stack(&of(&[0.4, 0.4, 0.4]), 1.2, 3, 3), "█▒░");
        assert_eq!(stack(&of(&[0.0, 4.0]), 4.0, 4, 2), "░░░░");
    }

    #[test]
    fn a_funnel_lies_in_the_middle_and_fills_its_room() {
        assert_eq!(funnel(&of(&[4.0]), 4.0, 4), "████");
        assert_eq!(funnel(&of(&[2.0]), 4.0, 4), " ██ ");
        for value in 0..=40 {
            let drawn = funnel(&of(&[f64::from(value)]), 40.0, 7);
            assert_eq!(width(&drawn), 7, "{value}: {drawn:?}");
        }
    }
}
