//! `log-mail`: from standard input, files, folders and mailboxes; what is printed, what is refused, and the exit codes.

use leadbook::store::sqlite::Opening;
use leadbook::store::{Db, setting};
use serde_json::json;

use crate::desk::Desk;

fn mail(id: &str, from: &str, subject: &str) -> String {
    format!(
        "Message-ID: <{id}>\nDate: Mon, 23 Nov 2026 08:00:00 +0000\nFrom: {from}\nTo: ana@us.example\nSubject: {subject}\n\nHello,\n\nthe text.\n"
    )
}

/// A desk with Ann, whose own address is known.
fn desk() -> Desk {
    let desk = Desk::with_lead();
    std::fs::create_dir_all(desk.path("config/leadbook")).expect("a folder");
    desk.file("config/leadbook/config.toml", "mail_own = \"ana@us.example\"\n");
    desk
}

#[test]
fn a_mail_on_standard_input_is_filed_once() {
    let desk = desk();
    let text = mail("m1@contoso.com", "Ann <ann@contoso.com>", "Prices");
    assert_eq!(desk.run_with(&["log-mail"], text.as_bytes()).ok(), "T-1\n");
    let again = desk.run_with(&["log-mail", "-"], text.as_bytes());
    assert_eq!((again.code, again.out.as_str(), again.err.as_str()), (0, "", "filed already as T-1\n"));
    let shown = desk.run(&["show", "T-1", "--json"]).json();
    for (field, value) in [("name", "Prices"), ("kind", "email"), ("direction", "incoming"), ("status_reason", "received")] {
        assert_eq!(shown[field], value, "{field}");
    }
    assert_eq!((&shown["description"], &shown["sender"]), (&json!("Hello,\n\nthe text."), &json!("Ann <ann@contoso.com>")));
    assert_eq!(desk.run(&["undo"]).code, 0);
    assert_eq!(desk.run(&["list", "--entity", "activity", "--format", "ids"]).ok(), "");
    let steps = desk.run(&["steps"]).ok();
    assert!(steps.contains("mail"), "{steps}");
}

#[test]
fn nobody_who_is_known_is_no_failure_and_what_is_no_mail_is_one() {
    let desk = desk();
    let ran = desk.run_with(&["log-mail"], mail("m1@x", "who@x.example", "x").as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert_eq!(ran.err, "who@x.example is known to no record here; --create makes a lead of such a sender\n");
    let bounce = format!("Precedence: bulk\n{}", mail("m2@x", "MAILER-DAEMON@x.example", "failed"));
    let ran = desk.run_with(&["log-mail"], bounce.as_bytes());
    assert!(!ran.err.contains("--create") && ran.err.contains("known to no record here; it is "), "{}", ran.err);
    let ran = desk.run_with(&["log-mail"], b"no mail at all");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("standard input: this is no mail"), "{}", ran.err);
    assert!(desk.run(&["log-mail", "/no/such/file"]).fails(1).contains("no such file or folder"));
    assert!(Desk::with_lead().run(&["log-mail", "--create"]).fails(1).contains("set mail_own in config.toml"));
}

#[test]
fn folders_and_mailboxes_give_one_object() {
    let desk = desk();
    std::fs::create_dir_all(desk.path("mails")).expect("a folder");
    desk.file("mails/1.eml", &mail("m1@contoso.com", "ann@contoso.com", "one"));
    desk.file("mails/2.eml", &mail("m2@new.example", "\u{1b}[31mBo Ek <bo@new.example>", "3D printers"));
    desk.file("mails/3.eml", &mail("m3@list.example", "news@list.example\nPrecedence: bulk", "News"));
    desk.file("mails/4.eml", "nothing");
    desk.file(
        "box",
        &format!(
            "From a@b Mon Nov 23 08:00:00 2026\n{}\nFrom a@b Mon Nov 23 08:00:00 2026\n{}",
            mail("m1@contoso.com", "ann@contoso.com", "one"),
            mail("m5@contoso.com", "ann@contoso.com", "five")
        ),
    );
    let ran = desk.run(&["log-mail", "--create", "mails", "box", "--json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
    let said: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(said["read"], 6);
    let on =
        |at: usize| (said["filed"][at]["activity"].clone(), said["filed"][at]["on"].clone(), said["filed"][at]["made"].clone());
    assert_eq!(on(0), (json!("T-1"), json!(["L-1"]), json!(null)));
    assert_eq!(on(1), (json!("T-2"), json!(["L-2"]), json!("L-2")));
    assert_eq!(on(2), (json!("T-3"), json!(["L-1"]), json!(null)));
    assert_eq!(said["already"][0]["activity"], "T-1");
    assert_eq!((&said["skipped"][0]["automatic"], said["skipped"].as_array().map(Vec::len)), (&json!("bulk"), Some(1)));
    assert!(said["failed"][0]["why"].as_str().is_some_and(|why| why.contains("this is no mail")), "{said}");
    assert_eq!(desk.field("L-2", "topic"), "3D printers");
    assert_eq!(desk.field("L-2", "source"), "e-mail");
    // all of it again: nothing is new
    let again: serde_json::Value = serde_json::from_str(&desk.run(&["log-mail", "mails", "box", "--json"]).out).expect("JSON");
    assert_eq!((again["filed"].as_array().map(Vec::len), again["already"].as_array().map(Vec::len)), (Some(0), Some(4)));
}

#[test]
fn a_locked_database_lets_the_mail_filter_try_again() {
    let desk = desk();
    let text = mail("m1@contoso.com", "ann@contoso.com", "Prices");
    let mut db = Db::open(&Opening::existing(desk.database())).expect("the database");
    let held = db.write(|db| {
        setting::put(db, "held", "yes")?;
        let ran = desk.run_with(&["log-mail", "--wait", "0"], text.as_bytes());
        assert_eq!((ran.code, ran.out.as_str()), (75, ""), "{}", ran.err);
        Ok(())
    });
    held.expect("a write");
    assert_eq!(desk.run_with(&["log-mail"], text.as_bytes()).ok(), "T-1\n");
}

#[test]
fn every_real_mail_can_be_fed() {
    let Ok(folder) = std::env::var("LEADBOOK_REAL_DATA") else {
        println!("skipped without LEADBOOK_REAL_DATA: the real mails fed to log-mail");
        return;
    };
    let desk = desk();
    let eml = format!("{folder}/eml");
    let ran = desk.run(&["log-mail", "--create", &eml, "--json"]);
    let said: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((ran.code, &said["read"], said["failed"].as_array().map(Vec::len)), (0, &json!(10), Some(0)), "{said}");
    let skipped: Vec<&str> =
        said["skipped"].as_array().into_iter().flatten().filter_map(|mail| mail["automatic"].as_str()).collect();
    assert_eq!(skipped, ["bulk", "bounce"]);
    assert_eq!(said["filed"].as_array().map(Vec::len), Some(8));
    let again: serde_json::Value = serde_json::from_str(&desk.run(&["log-mail", "--create", &eml, "--json"]).out).expect("JSON");
    assert_eq!(again["already"].as_array().map(Vec::len), Some(8), "{again}");
}
