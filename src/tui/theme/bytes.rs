//! What a theme without colours sends to the terminal, byte by byte.

use std::io::Write;
use std::sync::{Arc, Mutex};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::{TerminalOptions, Viewport};

use super::{Meaning, NAMES, Theme};

/// A terminal's wire.
#[derive(Clone, Default)]
struct Wire(Arc<Mutex<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn sent(theme: &Theme, meanings: &[Meaning]) -> String {
    let wire = Wire::default();
    let area = Rect::new(0, 0, 40, meanings.len() as u16);
    let viewport = TerminalOptions { viewport: Viewport::Fixed(area) };
    let mut terminal = Terminal::with_options(CrosstermBackend::new(wire.clone()), viewport).unwrap();
    terminal
        .draw(|frame| {
            for (row, meaning) in meanings.iter().enumerate() {
                let line = Line::from(Span::styled("words", theme.style(*meaning)));
                frame.render_widget(line, Rect::new(0, row as u16, 40, 1));
            }
        })
        .unwrap();
    let bytes = wire.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

/// The parameters of every attribute sequence, as `7` of `ESC[7m`.
fn attributes(text: &str) -> Vec<&str> {
    text.split("\u{1b}[").skip(1).filter_map(|part| part.split_once('m')).map(|(p, _)| p).filter(|p| !p.contains('H')).collect()
}

// one test, because the switch that stands in for NO_COLOR is the whole process's
#[test]
fn a_theme_without_colours_sends_none_and_resets_nothing_in_between() {
    crossterm::style::force_color_output(false);
    let all: Vec<Meaning> = NAMES.iter().map(|(meaning, _)| *meaning).collect();
    let text = sent(&Theme::mono(), &all);
    let cursor = sent(&Theme::mono(), &[Meaning::Cursor]);
    crossterm::style::force_color_output(true);

    assert!(cursor.contains("\u{1b}[7mwords"), "{cursor:?}");
    let (drawn, end) = text.split_at(text.rfind("words").unwrap());
    for code in attributes(drawn) {
        let number = code.parse::<u8>().unwrap_or(0);
        assert!((1..=29).contains(&number), "{code:?} in {drawn:?}");
    }
    for code in attributes(end) {
        assert!(code.trim_matches('0').is_empty(), "{code:?} in {end:?}");
    }
}
