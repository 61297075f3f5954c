//! The list: what stands where at every size, moving, preview, views, order, columns, marks, help and commands.

use crate::harness::{Stage, at_all_sizes};

#[test]
fn list() {
    at_all_sizes("list", |stage| {
        stage.keys("jj");
    });
}

#[test]
fn narrower_terminals_show_fewer_columns_then_two_lines_a_row_then_a_sentence() {
    for (columns, rows) in [(79, 24), (60, 20), (59, 20), (40, 12), (39, 12), (80, 11), (12, 4)] {
        let mut stage = Stage::new(columns, rows);
        snapshot!(stage, format!("list_{columns}x{rows}"), "j");
    }
}

#[test]
fn the_preview_follows_when_the_cursor_rests() {
    at_all_sizes("preview", |stage| {
        if stage.env().size.0 < 120 {
            stage.keys("p");
        }
        stage.keys("j").wait(500).shows("ann@contoso.example").shows("Wants a demo");
    });
}

#[test]
fn the_preview_scrolls_with_the_keys_of_its_pane() {
    let mut stage = Stage::new(120, 20);
    stage.keys("j").wait(500);
    snapshot!(stage, "preview_scrolled", "<tab>jjj");
    stage.keys("<esc>j").wait(500).shows("Bo Ekman · Fabrikam");
}

#[test]
fn views_are_chosen_by_name() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "views", "v");
    stage.keys("closed<enter>").wait(200).shows("Closed leads").shows("Gus Holm").shows("Una Park");
    snapshot!(stage, "view_closed");
    stage.shows("Disqualif").keys("vdeleted<enter>").shows("Gone Byebye");
    snapshot!(stage, "view_deleted");
}

#[test]
fn another_order_is_chosen_by_field_and_turned_round() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "sort", "s");
    stage.keys("company<enter>").shows("company ↑");
    snapshot!(stage, "sorted_by_company");
    stage.keys("scompany<enter>").shows("company ↓");
}

#[test]
fn columns_are_ticked_and_moved() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "columns", "C");
    stage.keys("jj <enter>").hides("Company");
}

#[test]
fn the_list_is_the_same_after_a_restart() {
    let mut stage = Stage::new(120, 40);
    stage.keys("vall l<enter>").keys("sname<enter>").shows("All leads").shows("name ↑");
    let mut stage = stage.restart();
    stage.shows("All leads").shows("name ↑");
}

#[test]
fn marked_rows_are_counted_and_acts_work_on_them() {
    at_all_sizes("marks", |stage| {
        stage.keys("  jjV").shows("5 marked");
    });
    let mut stage = Stage::new(80, 24);
    stage.keys("  R").shows("2");
    stage.keys("cold<enter>").shows("2 ").keys("<esc>");
    assert_eq!(
        stage.sql("SELECT name FROM lead WHERE rating = 3 AND name IN ('Cy Diaz', 'Ann Lee') ORDER BY name"),
        ["Ann Lee", "Cy Diaz"]
    );
}

#[test]
fn an_act_on_all_of_a_view_names_the_count_and_asks() {
    let mut stage = Stage::new(80, 24);
    stage.keys("*").shows("32 marked");
    snapshot!(stage, "confirm", "Rcold<enter>");
    for key in ["u", "<enter>", "x"] {
        stage.keys(key).shows("y yes").shows("y does it · n or Esc leaves everything as it is");
    }
    stage.keys("n").shows("32 marked");
    assert!(stage.sql("SELECT name FROM lead WHERE name = 'Ann Lee' AND rating = 3").is_empty());
    stage.keys("Rcold<enter>y").shows("u undoes");
    assert!(!stage.sql("SELECT name FROM lead WHERE name = 'Ann Lee' AND rating = 3").is_empty());
}

#[test]
fn closed_leads_among_others_are_left_out_of_an_act() {
    let mut stage = Stage::new(80, 24);
    let closed = "SELECT name FROM lead WHERE status <> 0 AND deleted_at IS NULL AND rating <> 3 ORDER BY number";
    let before = stage.sql(closed);
    stage.keys("vall l<enter>*Rcold<enter>").shows("y yes").keys("y");
    stage.shows("Rating of 28 leads: Cold · 2 closed ones left out · u undoes");
    assert_eq!((stage.sql(closed), before.is_empty()), (before, false));
    // the row under the cursor says nothing of the marks
    stage.keys("<esc>/gus<enter> <esc>").keys("vclosed<enter>").shows("Gus Holm").keys("*Rhot<enter>");
    stage.shows("is disqualified and so read-only");
}

#[test]
fn a_row_is_reached_by_its_text_and_by_its_number() {
    let mut stage = Stage::new(80, 24);
    stage.keys("sname<enter>");
    snapshot!(stage, "jump", "'no");
    stage.keys("<esc>:5<enter>").hides("the list has").keys(":999999<enter>").shows("the list has 32 rows");
    stage.keys(":100%<enter>");
    snapshot!(stage, "last_row");
}

#[test]
fn a_key_that_waits_for_another_says_which_can_follow() {
    let mut stage = Stage::new(80, 24);
    stage.keys("y").wait(400);
    snapshot!(stage, "which_key");
    stage.keys("e");
    assert_eq!(stage.copied, [("Email".to_owned(), "cy@litware.example".to_owned())]);
    snapshot!(stage, "copied");
}

#[test]
fn help_lists_the_keys_of_the_place() {
    at_all_sizes("help", |stage| {
        stage.keys("?");
    });
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "help_narrowed", "?mark");
    stage.keys("<esc>?views<enter>");
    snapshot!(stage, "views", "");
}

#[test]
fn the_palette_finds_commands_by_name() {
    at_all_sizes("palette", |stage| {
        stage.keys(":");
    });
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "palette_narrowed", ":mess");
    stage.keys("<enter>");
    snapshot!(stage, "messages_empty");
}

#[test]
fn the_mouse_points_opens_and_turns() {
    let mut stage = Stage::new(120, 40);
    stage.click(10, 5).wait(500).shows("Bo Ekman · Fabrikam");
    stage.click(10, 5).shows("Enter edit field").shows("Bo Ekman");
}

#[test]
fn an_unknown_key_says_so() {
    let mut stage = Stage::new(80, 24);
    snapshot!(stage, "unknown_key", "Z");
}
