//! Mails by keys: one written and sent, one to each marked record from a template, what is undone and what is not.

use leadbook::model::entity::Entity;
use leadbook::model::field::read::read;
use leadbook::service::record::create::CreateRecord;

use crate::harness::{Setting, Stage};

/// The list of leads; mails are written into a folder.
fn stage(columns: u16, rows: u16, outbox: &tempfile::TempDir) -> Stage {
    let mut setting = Setting { size: (columns, rows), ..Setting::default() };
    setting.config.mail_own = vec!["ana@us.example".into()];
    setting.config.mail_folder = Some(outbox.path().to_owned());
    let mut stage = Stage::with(setting);
    let catalog = stage.env().catalog.clone();
    let reading = stage.env().reading_of(Entity::Template);
    let typed = [("name", "Welcome"), ("subject", "Your {topic}"), ("body", "Dear {first_name|there},\n\nthank you.")];
    let values = typed
        .iter()
        .map(|(name, text)| {
            let id = catalog.template.id(name);
            (id, read(catalog.template.field(id), text, &reading).unwrap_or_else(|p| panic!("{}", p.message)))
        })
        .collect();
    stage.meanwhile(1, CreateRecord { entity: Entity::Template, values });
    stage
}

fn written(outbox: &tempfile::TempDir) -> Vec<String> {
    let mut names: Vec<String> = outbox
        .path()
        .read_dir()
        .expect("the folder")
        .map(|e| e.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_mail_is_written_from_a_template_and_sent() {
    let outbox = tempfile::tempdir().expect("a folder");
    let mut stage = stage(80, 24, &outbox);
    stage.keys("jm").shows("Mail · Ann Lee").shows("To: Ann Lee <").keys("<c-t>").shows("Welcome").keys("<enter>");
    stage.shows("Subject: Your 3D printers").shows("Dear Ann,");
    snapshot!(stage, "compose_80x24");
    stage.keys("<c-s>").shows("Written to /").hides("Sent Your");
    assert_eq!(written(&outbox).len(), 1);
    let state = "SELECT status || ' ' || status_reason || ' ' || regarding FROM activity WHERE kind = 4202";
    assert_eq!(stage.sql(state), ["1 13 L-41"]);
    assert!(stage.drafts().is_empty());
    // what went out stays out: u passes it over
    stage.keys("u").keys("u");
    assert_eq!(stage.sql(state), ["1 13 L-41"]);
}

#[test]
fn each_marked_record_gets_one_and_who_is_passed_over_is_told() {
    let outbox = tempfile::tempdir().expect("a folder");
    let mut stage = stage(120, 40, &outbox);
    stage
        .keys("  *m")
        .shows("Template")
        .keys("<enter>")
        .shows("Mails from Welcome · 1 of ")
        .shows("passed over: ")
        .shows("there is no undo");
    snapshot!(stage, "mailing_120x40");
    let count = |stage: &Stage| stage.sql("SELECT count(*) || '' FROM activity WHERE kind = 4202").concat();
    assert_eq!(count(&stage), "0", "nothing is sent before it is said");
    stage.keys("J").shows("2 of ").keys("<c-s>").shows("written as .eml files · passed over: ");
    assert_eq!(count(&stage), written(&outbox).len().to_string());
    assert!(written(&outbox).len() > 5);
}

#[test]
fn what_could_not_go_out_is_said_and_kept() {
    let outbox = tempfile::tempdir().expect("a folder");
    let mut stage = stage(120, 40, &outbox);
    std::fs::remove_dir(outbox.path()).expect("gone");
    std::fs::write(outbox.path(), "no folder").expect("a file in its place");
    stage.keys("jm").shows("Mail · Ann Lee").keys("Offer<down><down>Dear Ann<c-s>").shows("not sent: ");
    assert_eq!(stage.sql("SELECT status_reason || '' FROM activity WHERE kind = 4202"), ["7"]);
    // its text is in the activity; nothing was written anywhere
    assert_eq!(stage.sql("SELECT description FROM activity WHERE kind = 4202"), ["Dear Ann"]);
    assert!(stage.drafts().is_empty() && !outbox.path().is_dir());
    std::fs::remove_file(outbox.path()).expect("gone");
}
