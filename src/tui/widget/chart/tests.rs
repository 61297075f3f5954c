//! What holds of charts of any kind in any room.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Rect;

use super::{Bar, Chart, Form, View};
use crate::tui::theme::Theme;

fn drawn(chart: &Chart, (columns, rows): (u16, u16), cursor: usize) -> Vec<String> {
    let theme = Theme::default();
    let top = chart.top(0, cursor, rows.into());
    let view = View { top, cursor: Some(cursor), is_old: false, theme: &theme };
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a terminal");
    let frame = terminal.draw(|frame| chart.draw(frame, Rect::new(0, 0, columns, rows), &view)).expect("a frame");
    let cells = frame.buffer.content().chunks(usize::from(columns).max(1));
    let line = |row: &[ratatui::buffer::Cell]| {
        let mut skip = 0;
        let shown = row.iter().map(ratatui::buffer::Cell::symbol).filter(|symbol| {
            let is_seen = skip == 0;
            skip = if is_seen { crate::model::clean::width(symbol).saturating_sub(1) } else { skip - 1 };
            is_seen
        });
        shown.collect::<String>().trim_end().to_owned()
    };
    cells.map(line).collect()
}

fn bar(label: &str, parts: &[f64], end: &str) -> Bar {
    Bar { label: label.into(), parts: parts.to_vec(), end: end.into(), ..Bar::default() }
}

#[test]
fn bars_stand_between_their_labels_and_their_numbers() {
    let bars = vec![bar("Web", &[40.0], "40"), bar("日本 trade fair", &[15.0], "15"), bar("none", &[0.0], "0")];
    let chart = Chart { form: Form::Bars, bars };
    assert_eq!(
        drawn(&chart, (40, 3), 1),
        [" Web          ██████████████████████ 40", "▸日本 trade … ████████▎ 15", " none         0"]
    );
    // no room for bars: the numbers alone
    assert_eq!(drawn(&chart, (14, 1), 0), ["▸Web        40"]);
}

#[test]
fn a_mark_shows_what_a_bar_is_measured_against() {
    let bars = vec![Bar { mark: Some(20.0), ..bar("Ann", &[10.0], "10") }, Bar { mark: Some(5.0), ..bar("Bo", &[10.0], "10") }];
    assert_eq!(drawn(&Chart { form: Form::Bars, bars }, (20, 2), 9), [" Ann █████▌    ┃ 10", " Bo  ██┃██▌ 10"]);
}

#[test]
fn columns_grow_from_the_ground_and_name_the_cursor() {
    let bars = (1..=6).map(|n| bar(&format!("2026-0{n}"), &[f64::from(n)], &n.to_string())).collect();
    let chart = Chart { form: Form::Columns, bars };
    assert_eq!(
        drawn(&chart, (27, 4), 2),
        ["6 ┤                ▄▄▄ ███", "  │        ▄▄▄ ███ ███ ███", "  │▄▄▄ ███ ███ ███ ███ ███", "  └2026-01 2026-03 2026-05"]
    );
}

proptest! {
    #[test]
    fn nothing_is_drawn_outside(
        values in proptest::collection::vec((-50.0f64..500.0, 0.0f64..9.0, ".{0,20}", 0usize..3), 0..30),
        (columns, rows) in (1u16..90, 1u16..20), cursor in 0usize..40, form in 0usize..3, parts in 1usize..3,
    ) {
        let bars = values.iter().map(|(one, other, label, depth)| Bar {
            label: crate::model::clean::clean(label).into_owned(),
            depth: *depth,
            parts: [*one, *other][..parts].to_vec(),
            mark: (*other > 6.0).then_some(*other),
            end: format!("{one:.1}"),
        });
        let chart = Chart { form: [Form::Bars, Form::Funnel, Form::Columns][form], bars: bars.collect() };
        drawn(&chart, (columns, rows), cursor);
        let theme = Theme::default();
        let area = Rect::new(0, 0, columns, rows);
        let view = View { top: chart.top(3, cursor, rows.into()), cursor: Some(cursor), is_old: true, theme: &theme };
        for column in 0..columns {
            if let Some(row) = chart.row_at(area, column, rows - 1, &view) {
                prop_assert!(row < chart.bars.len());
            }
        }
    }
}
