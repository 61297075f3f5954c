//! A salesperson's day on the screens: Today, a call and what is next, a list that is worked, the calendar.

use leadbook::config::Config;
use leadbook::model::zone::Zone;

use crate::harness::{Setting, Stage};

fn today(columns: u16, rows: u16) -> Stage {
    let config = Config { country: "US".into(), zone: Zone::Utc, ..Config::default() };
    Stage::with(Setting { size: (columns, rows), config, ..Setting::default() })
}

/// Plans a few steps by the keys, beginning in the list of leads.
fn planned(columns: u16, rows: u16) -> Stage {
    let mut stage = today(columns, rows);
    stage.keys("2").shows("My open leads");
    stage.keys("ggtsend the price list yesterday<enter>").shows("Planned send the price list");
    stage.keys("jt15:00<enter>").shows("Planned Follow up");
    stage.keys("jbdemo @ their office 16:00 for 45m<enter>").shows("Planned demo");
    stage.keys("jc4<tab>14:30<enter>").shows("Call Back · next");
    stage
}

#[test]
fn the_day_stands_on_the_first_screen() {
    let mut stage = planned(120, 40);
    stage.keys("1").shows("LATE").shows("TODAY").shows("NEW TO ME").shows("NO NEXT STEP");
    snapshot!(stage, "today_wide");
    stage.resize(80, 24);
    snapshot!(stage, "today");
    stage.resize(60, 16);
    snapshot!(stage, "today_small");
}

#[test]
fn what_is_due_is_done_moved_opened_and_noted_there() {
    let mut stage = planned(80, 24);
    stage.keys("1").shows("done 1 of 5");
    stage.keys("ggx").shows("Done: send the price list").shows("done 2 of 5");
    stage.keys("u").shows("Undone").shows("done 1 of 5");
    stage.keys("ggztomorrow 9:00<enter>").shows("moved to Tue 24 Nov 09:00").hides("LATE");
    stage.keys("gg<enter>").shows("Activities").keys("<esc>").shows("TODAY");
    stage.keys("ggi").shows("Note on").keys("asks for more<c-s>").shows("asks for more · u undoes");
    let notes = stage.sql("SELECT body FROM note WHERE body = 'asks for more'");
    assert_eq!(notes.len(), 1);
}

#[test]
fn a_call_is_wrapped_up_on_one_strip_and_is_one_step() {
    let mut stage = Stage::new(80, 24);
    let calls = |stage: &Stage| {
        stage.sql("SELECT CAST(count(*) AS TEXT) FROM activity WHERE deleted_at IS NULL AND kind = 4210")[0].clone()
    };
    stage.keys("ggc").shows("how did it go?");
    snapshot!(stage, "call_keys");
    stage.keys("1").shows("note ›").shows("tomorrow");
    snapshot!(stage, "call_note");
    stage.keys("<enter>").shows("No Answer · next Tue 24 Nov");
    assert_eq!(calls(&stage), "2");
    stage.keys("u").shows("Undone: Call with");
    assert_eq!(calls(&stage), "0");
    // what is wrong is said, and nothing is lost
    stage.keys("c4asks for a price list<enter>").shows("when?");
    stage.keys("blursday<enter>").shows("“blursday” is not understood");
    stage.keys("<esc><esc>").shows("draft kept · c goes on").shows("✎");
    stage.keys("c").shows("asks for a price list").shows("blursday");
    stage.keys("<tab><tab><c-u>fri 10:00<enter>").shows("Call Back · next Fri 27 Nov 10:00");
    stage.keys("c6<enter>").shows("Disqualify ").keys("<esc>");
    assert_eq!(stage.sql("SELECT 'x' FROM activity WHERE outcome = 6").len(), 1);
    stage.keys("c5<enter>").shows("Wrong Number");
}

#[test]
fn forty_leads_take_three_keys_each() {
    let mut stage = Stage::new(80, 24);
    stage.keys("v<down><enter>").shows(" Open leads ·").keys("gg");
    let listed: usize = stage
        .sql("SELECT CAST(count(*) AS TEXT) FROM lead WHERE status = 0 AND deleted_at IS NULL AND do_not_phone = 0")[0]
        .parse()
        .expect("a number");
    let wanted = listed.min(40);
    stage.keys("w").shows("how did it go?").shows(" 1 of ");
    snapshot!(stage, "work");
    let before = stage.presses;
    for _ in 0..wanted {
        stage.keys("1<enter>");
    }
    assert!(stage.presses - before <= 3 * wanted);
    let made = stage.sql("SELECT CAST(count(*) AS TEXT) FROM activity WHERE status = 1 AND kind = 4210");
    assert_eq!(made[0], wanted.to_string());
    let leads = stage.sql("SELECT CAST(count(DISTINCT regarding) AS TEXT) FROM activity WHERE status = 1");
    assert_eq!(leads[0], wanted.to_string(), "each once");
}

#[test]
fn a_list_is_skipped_gone_back_in_left_and_gone_on_with() {
    let mut stage = Stage::new(80, 24);
    stage.keys("ggw").shows(" 1 of ");
    let first = stage.line(2);
    stage.keys("J").shows(" 2 of ");
    assert_ne!(stage.line(2), first);
    stage.keys("K").shows(" 1 of ");
    assert_eq!(stage.line(2), first);
    stage.keys("J3").keys("wants the <esc>").keys("<esc>").shows("left at 2 of");
    let mut stage = stage.restart();
    stage.keys("ggw").shows("going on with My open leads").shows(" 2 of ").shows("wants the");
    stage.keys("<tab>large printer<enter>").shows("reached 1 of 1").shows(" 3 of ");
    // the keys of a record hold
    stage.keys("i").shows("Note on").keys("<esc>").shows("how did it go?");
    stage.keys("P");
    assert_eq!(stage.dialled.len(), 0);
}

#[test]
fn who_is_closed_not_to_be_called_or_anothers_is_passed_over() {
    let mut stage = Stage::new(120, 40);
    let order: Vec<String> = stage.sql("SELECT CAST(number AS TEXT) FROM lead WHERE owner = 1 AND status = 0 AND deleted_at IS NULL ORDER BY modified_at DESC, number DESC LIMIT 4");
    stage.execute(&format!("UPDATE lead SET do_not_phone = 1 WHERE number = {}", order[1]));
    stage.execute(&format!("INSERT INTO claim (record, holder, at) VALUES ('L-{}', 2, {})", order[2], stage.now() - 60_000_000));
    stage.keys("w").shows(" 1 of ").keys("1<enter>").shows(" 4 of ").shows("1 do not phone, 1 worked by others");
    // ten minutes later somebody else's is anybody's
    stage.execute(&format!("UPDATE claim SET at = {} WHERE record = 'L-{}'", stage.now() - 601_000_000, order[2]));
    stage.keys("K").shows(" 3 of ");
}

#[test]
fn the_month_is_a_calendar() {
    let mut stage = planned(80, 24);
    stage.keys("1<tab>").shows("November 2026").shows("demo");
    snapshot!(stage, "calendar");
    stage.keys("h").shows("send the price list").keys("x").shows("Done: send the price list");
    stage.keys("<c-d>").shows("December 2026").keys("<tab>").shows("TODAY");
    stage.resize(120, 40);
    stage.keys("<tab>");
    snapshot!(stage, "calendar_wide");
}

#[test]
fn what_falls_due_is_said_once_with_the_bell() {
    let mut stage = planned(80, 24);
    let bells = stage.bells;
    // it is ten now, and half past two a call is due
    stage.wait(4 * 3_600_000 + 31 * 60_000).shows("now due: Call");
    assert_eq!(stage.bells, bells + 1);
    stage.keys("j").hides("now due");
    // z there means what fell due, once
    stage.keys("z+30m<enter>").shows("moved to");
    stage.keys("z").shows("activities are moved: on Today");
}

#[test]
fn who_asks_not_to_be_called_is_dialled_with_a_word_about_it() {
    let mut stage = Stage::new(80, 24);
    stage.execute("UPDATE lead SET do_not_phone = 1, do_not_email = 1 WHERE name = 'Ann Lee'");
    stage.keys("jP").shows("! asks not to be called · Phone");
    stage.keys("<enter>").shows("! no calls · no e-mail").keys("P").shows("! asks not to be called · Phone");
    stage.keys("<esc>jjP").shows("Phone").hides("asks not");
}

#[test]
fn a_number_is_dialled_by_the_configured_command() {
    let config =
        Config { zone: Zone::Utc, start_screen: "leads".into(), dial: Some("dial --to {number}".into()), ..Config::default() };
    let mut stage = Stage::with(Setting { config, ..Setting::default() });
    stage.keys("/eva<enter>P");
    assert_eq!(stage.dialled.len(), 1, "{}", stage.screen());
    assert!(stage.dialled[0].1.starts_with('+'), "{:?}", stage.dialled);
}

#[test]
fn the_clock_of_the_one_who_is_called_is_seen_wherever_a_time_is_chosen() {
    // Ann lives in Washington state, eight hours behind; it is 10:00 here
    let mut stage = today(120, 40);
    stage.keys("2").shows("My open leads").keys("/ann<enter>").wait(500).shows("there 02:00!");
    stage.keys("c4<tab>tue 9am").shows("→ Tue 24 Nov 09:00 (their 01:00!)").keys("<esc><esc>").shows("draft kept");
    stage.keys("tsend it tue 18:00").shows("→ send it · Tue 24 Nov 18:00 (their 10:00)").keys("<enter>").shows("Planned");
    stage.keys("bdemo tue 19:00").shows("Tue 24 Nov 19:00 (their 11:00)").keys("<enter>").shows("Planned demo");
    stage.keys("bvisit 18:30<enter>").shows("Planned visit");
    stage.keys("1").shows("their time 10:30");
    stage.keys("/visit").keys("<esc>").keys("ggztue 17:00").shows("→ Tue 24 Nov 17:00 (their 09:00) · Enter moves it");
    stage.keys("<esc>").keys("2").shows("Ann Lee").keys("w").shows("there 02:00!");
}

#[test]
fn a_call_that_is_taken_back_is_there_again_and_not_counted() {
    let mut stage = Stage::new(80, 24);
    stage.keys("ggw").shows(" 1 of ");
    let first = stage.line(2);
    stage.keys("3<enter>").shows("reached 1 of 1").shows(" 2 of ");
    // the first steps and the place are remembered both
    let state = &stage.env().state;
    assert!(state.checklist.iter().any(|step| step == "call") && state.worked.values().flatten().any(|list| list.place == 1));
    stage.keys("u").shows("Undone: Call with").shows("reached 0 of 0").shows(" 1 of ");
    assert_eq!(stage.line(2), first);
}

#[test]
fn several_lists_are_worked_and_the_last_is_gone_on_with_by_one_key() {
    let mut stage = Stage::new(80, 24);
    stage.keys("g").keys("w").shows("no list was left in the middle");
    stage.keys("/source:web<enter>ggw").shows("source:web · 1 of").keys("1<enter>").shows(" 2 of ");
    stage.keys("<esc><esc>ggw").shows("My open leads · 1 of ").keys("1<enter>").shows(" 2 of ").keys("<esc>");
    let mut stage = stage.restart();
    stage.shows("g w goes on with My open leads: 2 of");
    stage.keys("/source:web<enter>ggw").shows("going on with").shows("source:web · 2 of").keys("<esc>");
    stage.keys("gw").shows("source:web · 2 of");
}

#[test]
fn what_is_proposed_as_the_next_step_gives_way_to_what_is_typed() {
    let mut stage = Stage::new(80, 24);
    stage.keys("jc2").shows("tomorrow");
    stage.keys("<tab>fri 9am").shows("→ Fri 27 Nov 09:00").hides("tomorrow");
    stage.keys("<enter>").shows("next Fri 27 Nov 09:00");
    stage.keys("c5<enter>").shows("Wrong Number · +1 555 0100 taken off L-");
}

#[test]
fn a_date_that_is_none_is_named_and_a_step_is_planned_again_by_one_key() {
    let mut stage = today(80, 24);
    stage.keys("2").shows("My open leads").keys("tsend prices 31.11.").shows("“31.11.” is no day and no time");
    stage.keys("<enter>").shows("“31.11.” is no day").keys("<c-u>sell 30 prices<enter>").shows("Planned sell 30 prices");
    stage.keys("u").shows("Undone");
    stage.keys("tsend prices fri 9am<enter>").shows("Planned send prices");
    stage.keys("j.").shows("1 lead");
    let planned = stage.sql("SELECT regarding FROM activity WHERE name = 'send prices'");
    assert!(planned.len() == 2 && planned[0] != planned[1], "{planned:?}");
    // a call is with one person only
    stage.keys("c1<enter>").shows("No Answer").keys("j.").shows("nothing to repeat yet");
    stage.keys("bdemo tue").shows("a time is missing").keys("<esc>");
    stage.keys("i- [ ] send it 32.13.").shows("“32.13.” is no date").keys("<c-u>");
    stage.keys("<c-k>- [ ] send it tue 9:00").shows("task → Tue 24 Nov 09:00");
}

#[test]
fn a_timeline_is_narrowed_to_what_says_some_words() {
    let mut stage = Stage::new(80, 24);
    stage.keys("jc3wants the price list<enter>").shows("Talked").keys("i").shows("Note on").keys("Board meets in May<c-s>");
    stage.keys("<enter><tab>").shows("wants the price list").shows("Board meets");
    stage
        .keys("/")
        .shows("timeline ›")
        .keys("PRICE list<enter>")
        .shows("wants the price list")
        .shows("/ PRICE list")
        .hides("Board meets");
    // what the cursor is on is what is shown
    stage.keys("<enter>").shows("Description").shows("wants the price list").keys("<esc>").shows("Board meets");
    stage.keys("<tab>/zzz<enter>").hides("Board meets").keys("<esc>").shows("Board meets");
}
