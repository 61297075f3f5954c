//! An import is whole or not at all, and one undo.

use leadbook::error::Error;
use leadbook::service::Context;
use leadbook::service::context::Cancel;
use leadbook::service::record::update::UpdateRecords;
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use std::sync::Arc;

use super::*;

#[test]
fn one_undo_takes_an_import_back_and_redo_brings_it_again() {
    let mut desk = Desk::new();
    desk.lead(&[("topic", "T"), ("last_name", "Here before"), ("tags", "expo")]);
    for name in ["zoho.csv", "salesforce-flags.csv", "dynamics-365-view.csv"] {
        let before = desk.dump();
        let done = import_file(&mut desk, &fixture(name));
        let after = desk.dump();
        assert_ne!(before, after);
        let operation = leadbook::store::log::get(desk.service.db(), done.step.unwrap()).unwrap().unwrap();
        assert_eq!((operation.origin.as_str(), operation.act.as_str()), ("import", "Import"));
        desk.act(undo());
        assert_eq!(before, desk.dump(), "undo of {name}");
        desk.act(Redo);
        assert_eq!(after, desk.dump(), "redo of {name}");
    }
}

#[test]
fn a_lead_that_was_edited_since_keeps_its_import_until_the_edit_is_undone() {
    let mut desk = Desk::new();
    let step = import_file(&mut desk, &fixture("hubspot.csv")).step;
    let maria = by_key(&desk, "1501");
    let values = desk.values(&[("city", "Torino")]);
    desk.act(UpdateRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(maria)),
        values,
        leave_out_closed: false,
    });
    let error = desk.try_act(Undo { step, origins: Vec::new() }).unwrap_err();
    refused(&error, "changed since by step 2 on L-1");
    desk.act(undo());
    desk.act(undo());
    assert_eq!(found(&desk, "").len(), 0);
}

#[test]
fn what_was_stopped_in_the_middle_wrote_nothing() {
    let mut desk = Desk::new();
    desk.lead(&[("topic", "T"), ("last_name", "Here before")]);
    let rows: String = (0..2_000).map(|n| format!("{n},Name {n},n{n}@x.example,Source {}\n", n % 7)).collect();
    let path = file(&desk, "many.csv", &format!("Lead ID,Last Name,Email,Lead Source\n{rows}"));
    let plan = plan(&desk, &path, options("US"));
    for stop_at in [1, 512, 1_500] {
        let before = everything(&desk);
        let cancel = Cancel::default();
        let flag = cancel.clone();
        let progress: leadbook::service::context::Reporter = Arc::new(move |progress| {
            if progress.done >= stop_at {
                flag.cancel();
            }
        });
        let ctx = Context { cancel, progress: Some(progress), catalog: desk.service.catalog(), ..desk.ctx.clone() };
        let error = desk.service.import(act(plan.clone(), Duplicates::Skip), &ctx).unwrap_err();
        assert_eq!(error, Error::Canceled);
        assert_eq!(before, everything(&desk), "stopped at {stop_at}");
        let trial = TryImport { import: act(plan.clone(), Duplicates::Skip) };
        assert_eq!(desk.service.ask(&trial, &ctx).unwrap_err(), Error::Canceled);
    }
    // indexes and search are as they were, and the next import is not disturbed
    assert!(leadbook::store::sqlite::fts::check(desk.service.db()).unwrap().is_empty());
    assert_eq!(counts(&import(&mut desk, act(plan, Duplicates::Skip))), (2_000, 2_000, 0, 0));
}

#[test]
fn a_failed_row_write_takes_the_whole_import_back() {
    let mut desk = Desk::new();
    let path = file(&desk, "list.csv", "Last Name,Lead Source\nA,One\nB,Two\nC,Three\n");
    let plan = plan(&desk, &path, options("US"));
    // a list that two planners read is changed by somebody else between plan and act: the file is gone
    std::fs::remove_file(&path).unwrap();
    let before = everything(&desk);
    let error = try_import(&mut desk, act(plan, Duplicates::Skip)).unwrap_err();
    refused(&error, "list.csv");
    assert_eq!(before, everything(&desk));
}
