//! `share`, `unshare` and `access`.

use serde_json::json;

use crate::desk::Desk;

/// Ana's lead L-1; bo is a seller.
fn desk() -> Desk {
    let desk = Desk::with_lead();
    desk.run(&["user", "add", "bo", "--name", "Bo Berg"]).ok();
    desk
}

#[test]
fn a_record_is_shared_shared_otherwise_and_unshared() {
    let desk = desk();
    assert_eq!(desk.run(&["access", "L-1"]).ok(), "");
    assert_eq!(desk.run(&["access", "L-1", "--json"]).json(), json!([]));
    assert_eq!(desk.run(&["share", "1", "--with", "bo", "--rights", "write,read"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["access", "L-1"]).lines(), ["Principal  Rights", "bo         read,write"]);
    desk.run(&["share", "L-1", "--with", "bo", "--rights", "Delete,AppendTo"]).ok();
    assert_eq!(desk.run(&["access", "L-1", "--json"]).json(), json!([{"principal": "bo", "rights": "append-to,delete"}]));
    let steps = desk.run(&["steps", "--json"]).json();
    assert_eq!([&steps[0]["act"], &steps[1]["act"]], ["ModifyAccess", "GrantAccess"]);
    assert_eq!(desk.run(&["unshare", "L-1", "--with", "bo"]).ok(), "L-1\n");
    assert_eq!(desk.run(&["access", "L-1", "--json"]).json(), json!([]));
    desk.run(&["undo"]).ok();
    assert_eq!(desk.run(&["access", "L-1"]).lines()[1], "bo         append-to,delete");
    desk.run(&["redo"]).ok();
    assert_eq!(desk.run(&["access", "L-1"]).ok(), "");
    let history = desk.run(&["history", "L-1"]).ok();
    assert!(history.contains("shared with bo: read, write") && history.contains("no longer shared with bo"), "{history}");
    let newest = desk.run(&["history", "L-1", "--json"]).json()[0].clone();
    assert_eq!(
        [&newest["field"], &newest["old"], &newest["new"]],
        [&json!("share:bo"), &json!("append-to,delete"), &json!(null)]
    );
}

#[test]
fn access_counts_role_ownership_and_shares_together() {
    let desk = desk();
    assert_eq!(desk.run(&["access", "L-1", "ana"]).ok(), "read,write,append,append-to,delete,share,assign\n");
    assert_eq!(desk.run(&["access", "L-1", "bo"]).ok(), "read\n");
    desk.run(&["share", "L-1", "--with", "bo", "--rights", "write"]).ok();
    assert_eq!(desk.run(&["access", "L-1", "bo", "--json"]).json(), json!({"principal": "bo", "rights": "read,write"}));
}

#[test]
fn a_seller_does_what_a_share_allows() {
    let mut desk = desk();
    let set = ["set", "L-1", "rating=cold"];
    desk.user = "bo";
    assert!(desk.run(&set).fails(1).contains("L-1 belongs to ana; bo may not write it"));
    assert!(desk.run(&["share", "L-1", "--with", "bo", "--rights", "write"]).fails(1).contains("bo may not share it"));
    desk.user = "ana";
    desk.run(&["share", "L-1", "--with", "bo", "--rights", "write"]).ok();
    desk.user = "bo";
    assert_eq!(desk.run(&set).ok(), "L-1\n");
    assert!(desk.run(&["delete", "L-1"]).fails(1).contains("bo may not delete it"));
    assert!(desk.run(&["assign", "L-1", "--to", "bo"]).fails(1).contains("bo may not assign it"));
    assert!(desk.run(&["set", "L-1", "owner=bo"]).fails(1).contains("bo may not assign it"));
}

#[test]
fn bad_words_get_a_sentence() {
    let desk = desk();
    let share = |with: &str, rights: &str| desk.run(&["share", "L-1", "--with", with, "--rights", rights]).fails(1);
    assert!(share("bo", "rite").contains("“rite” is no right; they are read, write, append, append-to, delete, share, assign"));
    assert!(share("bo", "").contains("say for which rights"));
    assert!(share("zed", "read").contains("there is no user or team “zed”"));
    assert!(share("ana", "read").contains("L-1 belongs to ana"));
    assert!(desk.run(&["unshare", "L-1", "--with", "bo"]).fails(1).contains("L-1 is not shared with bo"));
    desk.run(&["note", "L-1", "x"]).ok();
    assert!(desk.run(&["access", "N-1"]).fails(1).contains("N-1 is a note and has no rights of its own"));
    assert!(desk.run(&["share", "L-1", "--with", "bo"]).fails(2).contains("--rights"));
}

/// Fills the tables of an old format with what a newer file holds for them.
fn copy(old: &mut rusqlite::Connection, from: &std::path::Path) {
    let names = |sql: &str, old: &rusqlite::Connection| -> Vec<String> {
        let mut rows = old.prepare(sql).expect("a question");
        rows.query_map([], |row| row.get(0)).expect("rows").map(|name| name.expect("a name")).collect()
    };
    old.execute("ATTACH ? AS new", [from.to_str().expect("a path")]).expect("the newer file");
    old.pragma_update(None, "foreign_keys", false).expect("no order of tables");
    let tables = names(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_words*' AND sql NOT LIKE '%VIRTUAL%'",
        old,
    );
    for table in tables {
        let columns = names(&format!("SELECT name FROM pragma_table_info('{table}')"), old).join(", ");
        old.execute_batch(&format!(
            "DELETE FROM main.{table}; INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}"
        ))
        .unwrap_or_else(|error| panic!("{table}: {error}"));
    }
    old.execute_batch("DETACH new").expect("one file");
}

#[test]
fn a_file_from_before_there_were_shares_is_brought_up_to_date_also_by_a_question() {
    let desk = desk();
    let mut old = rusqlite::Connection::open(desk.path("old.db")).expect("a file");
    for step in [
        include_str!("../../assets/migrations/sqlite/0001_start.sql"),
        include_str!("../../assets/migrations/sqlite/0002_customers.sql"),
    ] {
        old.execute_batch(step).expect("the old format");
    }
    copy(&mut old, &desk.database());
    old.execute_batch(
        "INSERT INTO choice (set_name, code, label, slug) VALUES ('campaign', 100000, 'Spring fair', 'spring-fair');
         UPDATE lead SET campaign = 100000 WHERE number = 1;
         PRAGMA application_id = 0x4c44424b; PRAGMA user_version = 2; PRAGMA journal_mode = WAL;",
    )
    .expect("a campaign");
    drop(old);
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", desk.database().display()));
    }
    std::fs::rename(desk.path("old.db"), desk.database()).expect("the old file in its place");
    assert_eq!(desk.run(&["access", "L-1", "--json"]).json(), json!([]));
    let backups = std::fs::read_dir(desk.path("data/leadbook/leads-backups")).expect("backups");
    assert_eq!(backups.count(), 1, "a backup is taken before");
    assert_eq!(desk.field("L-1", "campaign"), "spring-fair", "a row of the set is a campaign now, under its code");
    assert_eq!(desk.run(&["campaign", "list", "--format", "ids"]).lines(), ["M-100000"]);
    assert_eq!(desk.run(&["campaign", "add", "Autumn"]).lines(), ["M-100001"]);
    desk.run(&["share", "L-1", "--with", "bo", "--rights", "read"]).ok();
}
