//! The list screen without a database: keys that come before the answers.

use std::sync::Arc;

use super::*;
use crate::query::views;
use crate::tui::stage::Stage;
use crate::tui::view::spec::LEADS;
use crate::worker::reader::{Answer, Slot};

#[test]
fn a_row_that_is_still_being_read_can_be_edited() {
    for key in ["e", "i", "R"] {
        let mut stage = Stage::new(80, 24);
        let views = views::shipped(&stage.env.reading()).unwrap();
        stage.open(|cx| {
            let mut browse = Browse::new(&LEADS, Arc::new(views), cx.env);
            browse.restart(cx);
            browse
        });
        stage.answer(Slot::Numbers, Ok(Answer::Numbers(Arc::new(vec![7]))));
        stage.keys(key);
        assert_eq!((stage.layers.len(), stage.said()), (2, ""), "{key}");
    }
}

#[test]
fn a_long_list_is_worked_in_parts_and_says_so() {
    for (count, said) in [(2_000, ""), (2_500, "the first 2,000 of 2,500 are worked; the others the next time")] {
        let mut stage = Stage::new(80, 24);
        let views = views::shipped(&stage.env.reading()).unwrap();
        stage.open(|cx| {
            let mut browse = Browse::new(&LEADS, Arc::new(views), cx.env);
            browse.restart(cx);
            browse
        });
        stage.answer(Slot::Page, Ok(Answer::Rows(Vec::new())));
        stage.answer(Slot::Numbers, Ok(Answer::Numbers(Arc::new((1..=count).collect()))));
        stage.keys("w");
        assert_eq!((stage.layers.len(), stage.said()), (2, said), "{count}");
    }
}
