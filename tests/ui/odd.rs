//! Odd states: nothing there yet, the first start, sample data, read-only, no colours.

use leadbook::tui::effect::Switch;
use leadbook::tui::terminal::capability::Colours;

use crate::harness::{Left, SIZES, Setting, Stage};
use crate::seed::Seed;

#[test]
fn the_first_page() {
    for size in SIZES {
        let stage = Stage::with(Setting { seed: Seed::Empty, fresh: true, size, ..Setting::default() });
        snapshot!(stage, format!("welcome_{}x{}", size.0, size.1));
    }
    let mut stage = Stage::with(Setting { seed: Seed::Empty, fresh: true, ..Setting::default() });
    snapshot!(stage, "welcome_wrong", "<up><up><c-u>Atlantis<enter>");
    stage.keys("<c-u>Germany<tab><tab>");
    snapshot!(stage, "welcome_filled");
}

#[test]
fn the_first_page_leads_to_sample_data_to_a_file_and_to_an_empty_list() {
    let fresh = || Stage::with(Setting { seed: Seed::Empty, fresh: true, ..Setting::default() });
    let mut stage = fresh();
    stage.keys("<enter>");
    assert_eq!(stage.left, Some(Left::Switch(Switch::Sample)));
    let mut stage = fresh();
    stage.keys("<down><enter>");
    snapshot!(stage, "welcome_to_file");
    let mut stage = fresh();
    stage.keys("<down><down><enter>");
    snapshot!(stage, "welcome_to_empty");
}

#[test]
fn no_leads_yet() {
    for size in SIZES.into_iter().chain([(60, 20), (50, 20), (40, 12)]) {
        let stage = Stage::with(Setting { seed: Seed::Empty, size, ..Setting::default() });
        snapshot!(stage, format!("no_leads_{}x{}", size.0, size.1));
    }
    let mut stage = Stage::with(Setting { seed: Seed::Empty, ..Setting::default() });
    snapshot!(stage, "no_leads_key", "e");
    snapshot!(stage, "no_leads_filter", "/ann");
}

#[test]
fn sample_data_says_so_and_has_a_checklist() {
    for size in SIZES {
        let stage = Stage::with(Setting { sample: true, size, ..Setting::default() });
        snapshot!(stage, format!("sample_{}x{}", size.0, size.1));
    }
    let mut stage = Stage::with(Setting { sample: true, ..Setting::default() });
    snapshot!(stage, "sample_ticked", "/ann<enter><esc>Rcold<enter>u");
    snapshot!(stage, "sample_hidden", ":hide<enter>");
    stage.keys(":keep<enter>");
    assert_eq!(stage.left, Some(Left::Switch(Switch::Keep)));
}

#[test]
fn a_file_that_can_only_be_read() {
    let mut stage = Stage::with(Setting { read_only: true, ..Setting::default() });
    snapshot!(stage, "read_only", "jR");
    snapshot!(stage, "read_only_help", "?");
    snapshot!(stage, "read_only_new", "<esc>n");
    stage.keys("<esc>j<enter>");
    snapshot!(stage, "read_only_field", "<enter>");
    snapshot!(stage, "read_only_undo", "<esc>u");
    assert!(stage.acts.is_empty(), "{:?}", stage.acts);
}

#[test]
fn without_colours_the_signs_remain() {
    let mut stage = Stage::with(Setting { colours: Colours::None, ..Setting::default() });
    snapshot!(stage, "no_colour_list", " j");
    snapshot!(stage, "no_colour_mistake", "/rting:hot");
    let mut stage = Stage::with(Setting { colours: Colours::None, ..Setting::default() });
    snapshot!(stage, "no_colour_record", "j<enter>");
}

#[test]
fn esc_never_quits_and_q_does() {
    let mut stage = Stage::new(80, 24);
    stage.keys("<esc><esc><esc>");
    assert_eq!(stage.left, None);
    snapshot!(stage, "esc");
    stage.keys("q");
    assert_eq!(stage.left, Some(Left::Quit));
    let mut stage = Stage::new(80, 24);
    stage.keys("<c-c>").shows("Ctrl-c again quits").keys("<c-c>");
    assert_eq!(stage.left, Some(Left::Quit));
}
