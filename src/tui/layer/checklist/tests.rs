//! The first steps, begun, ticked and hidden.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;

fn screen(env: &Env, columns: u16, rows: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| draw(frame, frame.area(), env)).unwrap();
    let cells = terminal.backend().buffer().content();
    let line = |row: &[ratatui::buffer::Cell]| row.iter().map(|c| c.symbol()).collect::<String>();
    cells.chunks(columns.into()).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn steps_are_ticked_by_doing_and_the_list_goes_when_all_are() {
    let mut env = Env::test();
    begin(&mut env.state);
    assert!(tick(&mut env.state, Step::Find) && !tick(&mut env.state, Step::Find));
    let shown = screen(&env, 80, 24);
    for part in ["First steps", "☑ find someone", "☐ log a call           c │", "☐ undo it", "1 of 5", ":hide puts this away"]
    {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    for step in [Step::Call, Step::Undo, Step::Next, Step::Qualify] {
        assert!(is_shown(&env.state) && tick(&mut env.state, step));
    }
    assert!(!is_shown(&env.state));
    assert_eq!(screen(&env, 80, 24).trim(), "");
}

#[test]
fn hidden_it_stays_away_and_small_screens_have_none() {
    let mut env = Env::test();
    begin(&mut env.state);
    for (columns, rows) in [(1, 1), (59, 40), (80, 15), (60, 16), (200, 60)] {
        assert_eq!(screen(&env, columns, rows).contains("First steps"), columns >= 60 && rows >= 16);
    }
    env.state.checklist_hidden = true;
    assert!(!tick(&mut env.state, Step::Call));
    assert_eq!(screen(&env, 80, 24).trim(), "");
}
