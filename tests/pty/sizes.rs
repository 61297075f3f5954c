//! Terminals of every size, and those that change while one looks.

use crate::desk::Desk;
use crate::session::Session;

#[test]
fn a_storm_of_sizes_ends_in_a_whole_frame() {
    let desk = Desk::with_lead();
    let mut session = Session::listing(&desk);
    // a fixed walk through sizes, small, huge and none, between keys
    let mut seed = 7_u32;
    for step in 0..300 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (rows, columns) = ((seed >> 8) % 70, (seed >> 20) % 220);
        session.resize(u16::try_from(rows).unwrap(), u16::try_from(columns).unwrap());
        match step % 30 {
            5 => session.press("Enter"),
            10 => session.press("e"),
            15 | 20 | 25 => session.press("Esc"),
            27 => session.press("?"),
            29 => session.press("Esc"),
            _ => {}
        }
    }
    for (rows, columns) in [(0, 0), (1, 1), (65_535, 1), (24, 80)] {
        session.resize(rows, columns);
    }
    session.back_to_the_list();
    session.wait_for("Ann Lee");
    assert!(session.line(0).starts_with(" leadbook"), "{}", session.screen());
    session.quit();
}

#[test]
fn each_size_has_its_layout() {
    let desk = Desk::with_lead();
    let mut session = Session::listing(&desk);
    // from 120 columns the preview stands beside the list
    session.resize_list(40, 120);
    session.wait_for("ann@contoso.com");
    session.until("both panes", || session.line(1).contains("My open leads") && session.line(1).contains("L-1"));
    session.resize_list(50, 200);
    session.wait_for("ann@contoso.com");
    session.resize_list(24, 80);
    assert!(!session.screen().contains("ann@contoso.com"));
    session.press_for(&["p"], "ann@contoso.com");
    session.press("p");
    session.wait_without("ann@contoso.com");
    // under 60 columns a lead takes two lines, without frames
    session.resize(20, 50);
    session.until("no frames", || !session.screen().contains('│') && session.screen().contains("Ann Lee"));
    session.resize(11, 30);
    session.until("one line", || session.screen().trim().lines().filter(|line| !line.trim().is_empty()).count() == 1);
    session.resize(24, 80);
    session.wait_for("Ann Lee");
    session.quit();
}
