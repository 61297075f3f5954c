//! The first page by keys: its guesses, its answers.

use proptest::prelude::*;

use super::*;
use crate::tui::action::table;
use crate::tui::stage::Stage;

fn page(columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::new(columns, rows);
    stage.open(|cx| Welcome::new(cx.env));
    stage
}

fn told(stage: &Stage) -> Option<Answers> {
    stage.effects.iter().find_map(|effect| match effect {
        Effect::SaveConfig(answers) => Some((**answers).clone()),
        _ => None,
    })
}

#[test]
fn enter_accepts_all_that_is_guessed() {
    let mut stage = page(80, 24);
    let screen = stage.screen();
    for part in [
        "Welcome to leadbook",
        "Your name      Ana Lima                   you are the user ana",
        "Country        US",
        "Currency       USD",
        "Start with     (•) sample data   made-up leads",
        "( ) a file",
        "( ) nothing",
        "Your leads will lie in leads.db",
    ] {
        assert!(screen.contains(part), "{part} in\n{screen}");
    }
    stage.keys("enter");
    let answers = Answers {
        name: "Ana Lima".into(),
        login: "ana".into(),
        currency: "USD".into(),
        country: "US".into(),
        start: Start::Sample,
    };
    assert_eq!(told(&stage), Some(answers));
    assert_eq!(stage.effects.last(), Some(&Effect::Switch(Switch::Sample)));
    assert!(stage.layers.is_empty());
}

#[test]
fn a_file_or_nothing_is_chosen_by_arrow_or_letter() {
    let mut stage = page(80, 24);
    stage.keys("down enter");
    assert_eq!(
        (told(&stage).map(|a| a.start), stage.outcomes.as_slice()),
        (Some(Start::File), &[Outcome::Run(Action::Import)][..])
    );
    for (keys, chosen) in [("j", "a file"), ("j j", "nothing"), ("j j k", "a file"), ("f", "a file"), ("s", "sample data")] {
        let mut stage = page(80, 24);
        stage.keys(keys);
        assert!(stage.screen().contains(&format!("(•) {chosen}")), "{keys}\n{}", stage.screen());
    }
    let mut stage = page(80, 24);
    stage.keys("n");
    assert!(stage.screen().contains("(•) nothing"));
    stage.keys("enter");
    assert_eq!((told(&stage).map(|a| a.start), stage.outcomes.len()), (Some(Start::Empty), 0));
    assert!(!stage.effects.iter().any(|effect| matches!(effect, Effect::Switch(_))));
}

#[test]
fn lines_are_edited_and_the_currency_follows_the_country() {
    let mut stage = page(80, 24);
    stage.keys("tab ctrl-u").write("Bo Ek").keys("tab ctrl-u").write("germany");
    assert!(stage.screen().contains("Currency       EUR"), "{}", stage.screen());
    stage.keys("enter");
    let answers = told(&stage).unwrap();
    assert_eq!((answers.name.as_str(), answers.country.as_str(), answers.currency.as_str()), ("Bo Ek", "DE", "EUR"));
    let mut stage = page(80, 24);
    stage.keys("backtab ctrl-u").write("chf").keys("backtab ctrl-u").write("se").keys("enter");
    assert_eq!(told(&stage).map(|a| (a.country, a.currency)), Some(("SE".into(), "CHF".into())));
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_kept() {
    for (keys, text, said) in [
        ("tab ctrl-u", " ", "write your name"),
        ("tab tab ctrl-u", "Atlantis", "“Atlantis” is no country"),
        ("backtab ctrl-u", "euros", "“euros” is no currency"),
    ] {
        let mut stage = page(80, 24);
        stage.keys(keys).write(text).keys("enter");
        assert!(stage.said().starts_with(said) && stage.screen().contains(said), "{}", stage.said());
        assert!(told(&stage).is_none() && stage.layers.len() == 1);
    }
    let mut stage = page(80, 24);
    stage.keys("esc");
    assert_eq!((stage.layers.len(), stage.said()), (1, "Enter starts leadbook; Ctrl-c twice leaves it"));
}

#[test]
fn a_click_goes_to_a_line() {
    let mut stage = page(80, 24);
    let (lines, _) = stage.draw();
    let row = lines.iter().position(|line| line.contains("a file")).and_then(|row| u16::try_from(row).ok()).unwrap();
    stage.mouse(20, row + 1, 0);
    assert!(stage.screen().contains("(•) a file"), "{}", stage.screen());
}

#[test]
fn the_line_with_the_cursor_is_seen_on_the_smallest_screens() {
    let mut stage = page(30, 4);
    assert!(stage.screen().contains("(•) sample data"), "{}", stage.screen());
    stage.keys("tab");
    assert!(stage.screen().contains("Ana Lima"), "{}", stage.screen());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_keys_in_any_size(
        columns in 1u16..160, rows in 1u16..50,
        steps in prop::collection::vec((0usize..120, "[ -~é日\u{301}\u{202e}]{0,6}", any::<(u16, u16)>()), 0..20),
    ) {
        let mut stage = page(columns, rows);
        let actions: Vec<Action> = table().iter().map(|row| row.action).collect();
        for (step, text, (x, y)) in steps {
            let Some(layer) = stage.layers.last_mut() else { break };
            let cx = &mut Cx { env: &stage.env, desk: &mut stage.desk };
            let _ = match actions.get(step) {
                Some(action) => layer.act(*action, cx),
                None => layer.text(&text, cx),
            };
            stage.mouse(x % columns, y % rows, i32::from(y % 3) - 1);
            stage.draw();
        }
    }
}
