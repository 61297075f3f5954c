//! Imports above a thousand rows: without indexes while they run, with all of them afterwards, behind a backup.

use leadbook::store::sqlite::{backup, fts};
use leadbook::store::{Db, list};

use super::*;

const ROWS: usize = 1_500;

fn rows(from: usize, count: usize, phone: &str) -> String {
    let mut text = String::from("Lead ID,First Name,Last Name,Email,Phone,Company,Lead Source,Status\n");
    for n in from..from + count {
        let status = ["Open", "Qualified", "Lost"][n % 3];
        text.push_str(&format!("{n},Ann,Number{n},n{n}@x.example,{phone}{n:04},Company {},Source {},{status}\n", n % 90, n % 5));
    }
    text
}

fn definitions(db: &Db) -> Vec<String> {
    let sql =
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema WHERE type IN ('index', 'trigger') ORDER BY 1";
    db.rows(sql, &[], |row| Ok(row.text(0)?.to_owned())).expect("a schema")
}

#[test]
fn indexes_and_search_are_whole_after_a_large_import() {
    let mut desk = Desk::new();
    let definitions_before = definitions(desk.service.db());
    let path = file(&desk, "many.csv", &rows(0, ROWS, "555 "));
    let done = import_file(&mut desk, &path);
    assert_eq!(counts(&done), (1_500, 1_500, 0, 0));
    let db = desk.service.db();
    assert_eq!(definitions_before, definitions(db));
    assert!(fts::check(db).unwrap().is_empty());
    assert_eq!(db.rows("PRAGMA integrity_check", &[], |row| Ok(row.text(0)?.to_owned())).unwrap(), ["ok"]);
    assert_eq!(found(&desk, "number7 ann").len(), 111, "7, 70 to 79, 700 to 799");
    for view in ["sort:name", "sort:company", "sort:-modified", "status:open sort:-modified"] {
        let query = leadbook::query::parse(view, &desk.ctx.reading()).unwrap();
        let compiled = leadbook::store::filter::compile(&query, &(&desk.ctx).into());
        let sql = format!("SELECT l.number FROM lead l WHERE {} ORDER BY {} LIMIT 50", compiled.condition, compiled.order);
        let steps = db.explain(&sql, &compiled.values).unwrap().join("; ");
        assert!(steps.contains("INDEX") && !steps.contains("SCAN l;"), "{view}: {steps}");
        assert_eq!(list::page(db, &desk.registry(), &(&desk.ctx).into(), &query, 50, &[]).unwrap().len(), 50);
    }
    assert!(!backup::folder(&desk.path()).exists(), "there was nothing to keep");
}

#[test]
fn a_large_import_into_a_full_database_leaves_a_backup_that_opens() {
    let mut desk = Desk::new();
    desk.lead(&[("topic", "T"), ("last_name", "Here before")]);
    let path = file(&desk, "many.csv", &rows(0, ROWS, "555 "));
    import_file(&mut desk, &path);
    let backups = backup::list(&desk.path()).unwrap();
    assert_eq!(backups.len(), 1);
    let copy = Db::open_reader(&backups[0].path).unwrap();
    assert_eq!(copy.number("SELECT count(*) FROM lead", &[]).unwrap(), 1);
    // a small one goes without
    let path = file(&desk, "few.csv", &rows(ROWS, 3, "555 "));
    import_file(&mut desk, &path);
    assert_eq!(backup::list(&desk.path()).unwrap().len(), 1);
}

#[test]
fn a_large_update_is_undone_like_a_small_one() {
    let mut desk = Desk::new();
    let path = file(&desk, "many.csv", &rows(0, ROWS, "555 "));
    import_file(&mut desk, &path);
    let before = desk.dump();
    let path = file(&desk, "next.csv", &rows(300, ROWS, "556 "));
    let plan = plan(&desk, &path, options("US"));
    let done = import(&mut desk, act(plan, Duplicates::Update));
    assert_eq!((counts(&done), done.touched), ((1_500, 300, 1_200, 0), 1_500));
    let after = desk.dump();
    assert_eq!(desk.shown(by_key(&desk, "301"), "phone"), "556 0301");
    desk.act(undo());
    assert_eq!(before, desk.dump());
    desk.act(leadbook::service::undo::Redo);
    assert_eq!(after, desk.dump());
    assert!(fts::check(desk.service.db()).unwrap().is_empty());
}
