//! Help and commands: what is listed, found and run.

use proptest::prelude::*;

use super::*;
use crate::tui::stage::Stage;

fn help(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    let reasons = [(Action::Restore, "not deleted".to_owned())];
    stage.open(|cx| Commands::help(&cx.env.keymap, &[Scope::Browse], &reasons));
    stage
}

fn palette(scope: Scope) -> Stage {
    let mut stage = Stage::new(100, 30);
    let reasons = [(Action::Restore, "not deleted".to_owned())];
    stage.open(|cx| Commands::palette(&cx.env.keymap, &[scope], &reasons));
    stage
}

#[test]
fn help_lists_every_key_in_groups_and_says_what_cannot_be_done() {
    let mut stage = help(110, 120);
    let screen = stage.screen();
    for line in stage.env.keymap.help(&[Scope::Browse]) {
        assert!(screen.contains(&line.help[..20.min(line.help.len())]), "{} in\n{screen}", line.help);
    }
    for part in ["Keys · List", "Decide", "not deleted", "n               Types a new lead"] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.write("restore").keys("enter");
    assert_eq!((stage.said(), stage.layers.len()), ("reopen: not deleted", 1));
}

#[test]
fn a_key_or_a_word_is_typed_and_enter_runs_it() {
    for (typed, action) in [("u", Action::Undo), ("D", Action::Delete), ("gl", Action::Leads), ("Gives the rec", Action::Assign)]
    {
        let mut stage = help(100, 30);
        stage.write(typed).keys("enter");
        assert_eq!(stage.outcomes, [Outcome::Run(action)], "{typed}");
    }
    let mut stage = help(100, 30);
    stage.write("qqqq").keys("enter");
    assert_eq!(stage.said(), "nothing here is called “qqqq”");
    let mut stage = help(100, 30);
    stage.write("?");
    assert!(stage.layers.is_empty());
}

#[test]
fn commands_are_found_by_name_and_completed() {
    for (typed, action) in
        [("quit", Action::Quit), ("record.del", Action::Delete), ("hide", Action::HideChecklist), ("choose col", Action::Columns)]
    {
        let mut stage = palette(Scope::Browse);
        stage.write(typed).keys("enter");
        assert_eq!(stage.outcomes, [Outcome::Run(action)], "{typed}");
    }
    let mut stage = palette(Scope::Record);
    stage.write("notewri").keys("tab");
    assert!(stage.screen().contains(": note.write"), "{}", stage.screen());
    stage.keys("enter");
    assert_eq!(stage.outcomes, [Outcome::Run(Action::Note)]);
    let mut stage = palette(Scope::Record);
    stage.write("x").keys("backspace backspace");
    assert!(stage.layers.is_empty());
}

#[test]
fn a_typo_runs_nothing_until_a_guess_is_chosen() {
    for typed in ["nonsense", "hepl", "undoo", "sort name", "tgs", "quit quit now", "ind.filter"] {
        let mut stage = palette(Scope::Browse);
        stage.write(typed).keys("enter");
        assert_eq!((stage.outcomes.len(), stage.said()), (0, &*format!("nothing here is called “{typed}”")), "{typed}");
        assert_eq!(stage.layers.len(), 1);
    }
    for (typed, action) in [("hepl", Action::Help), ("undoo", Action::Undo), ("tgs", Action::Tags)] {
        let mut stage = palette(Scope::Browse);
        stage.write(typed);
        let screen = stage.screen();
        assert!(screen.contains(&format!("nothing here is called “{typed}” · did you mean")), "{screen}");
        stage.keys("down enter");
        assert_eq!(stage.outcomes, [Outcome::Run(action)], "{typed} in\n{screen}");
    }
}

#[test]
fn what_vim_calls_leaving_leaves_and_saving_says_that_all_is_saved() {
    for typed in ["q", "q!", "wq", "x"] {
        let mut stage = palette(Scope::Browse);
        stage.write(typed).keys("enter");
        assert_eq!(stage.outcomes, [Outcome::Run(Action::Close)], "{typed}");
    }
    let mut stage = palette(Scope::Record);
    stage.write("qa").keys("enter");
    assert_eq!(stage.outcomes, [Outcome::Run(Action::Quit)]);
    let mut stage = palette(Scope::Record);
    stage.write("w").keys("enter");
    assert_eq!((stage.outcomes.len(), stage.layers.len()), (0, 0));
    assert!(stage.said().starts_with("everything is saved already"), "{}", stage.said());
}

#[test]
fn a_number_goes_to_a_row_where_there_are_rows() {
    for (typed, goto) in [("5000", GoTo::Row(5000)), ("50%", GoTo::Percent(50))] {
        let mut stage = palette(Scope::Browse);
        stage.write(typed);
        assert!(stage.screen().contains("go to "), "{}", stage.screen());
        stage.keys("enter");
        assert_eq!(stage.outcomes, [Outcome::GoTo(goto)]);
    }
    let mut stage = palette(Scope::Record);
    stage.write("5000").keys("enter");
    assert!(stage.outcomes.is_empty() && stage.said().contains("5000"));
}

#[test]
fn a_second_click_runs_and_one_outside_leaves() {
    let mut stage = palette(Scope::Browse);
    stage.draw();
    stage.mouse(20, 12, 0).mouse(20, 12, 0);
    assert!(matches!(stage.outcomes.as_slice(), [Outcome::Run(_)]), "{:?}", stage.outcomes);
    let mut stage = help(100, 30);
    stage.draw();
    stage.mouse(0, 0, 0);
    assert!(stage.layers.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_text_in_any_size(columns in 1u16..160, rows in 1u16..50, text in ".{0,12}", x in any::<u16>(), y in any::<u16>()) {
        let mut stage = help(columns, rows);
        stage.draw();
        stage.write(&text).keys("down pgdn up");
        stage.draw();
        stage.mouse(x % columns, y % rows, 0).mouse(x % columns, y % rows, 1).mouse(x % columns, y % rows, 0);
        stage.draw();
    }
}
