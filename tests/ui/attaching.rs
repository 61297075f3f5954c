//! Files: attached by a typed or a dropped path, seen in the timeline, looked into, opened, written out, taken off; all undone.

use crate::harness::Stage;

/// Ann Lee's record, with some files in the folder that counts as home.
fn stage() -> Stage {
    let stage = Stage::new(120, 40);
    let put = |name: &str, bytes: &[u8]| std::fs::write(stage.folder().join(name), bytes).expect("a file");
    put("offer.md", b"# Offer\n\n- **printers**\n- service");
    put("prices.csv", "Article;Price\nPrinter;1.200\nInk \u{1b}[31m;20\n".as_bytes());
    put("my plan.txt", b"first line\nsecond line\n");
    put("logo.gif", b"GIF89a\x40\x01\xc8\x00");
    put("setup.exe", b"MZ");
    put(".hidden.txt", b"x");
    put(
        "mail.eml",
        b"From: Ann Lee <ann@contoso.com>\r\nTo: ana@example.com\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nSubject: Offer?\r\n\r\nPlease send it.\r\n",
    );
    std::fs::create_dir(stage.folder().join("papers")).expect("a folder");
    put("papers/note.txt", b"in a folder");
    stage
}

fn files(stage: &Stage) -> Vec<String> {
    stage.sql("SELECT record || ' ' || name FROM attachment WHERE deleted_at IS NULL ORDER BY number")
}

#[test]
fn a_path_is_completed_and_chosen_from_the_list() {
    let mut stage = stage();
    stage.keys("jf").shows("attach · L-41 › ~/").shows("offer.md").shows("papers/").hides(".hidden");
    snapshot!(stage, "attach_120x40");
    stage.keys("of<tab>").shows("› ~/offer.md").keys("<enter>").shows("Attached offer.md (33 bytes) to Ann Lee · u undoes");
    assert_eq!(files(&stage), ["41 offer.md"]);
    // the next one begins where that lay; a folder of the list is gone into, hidden files are seen when they are typed
    stage.keys("f").shows("› ~/").keys(".h").shows(".hidden.txt").keys("<c-u>~/pap<down><enter>").shows("› ~/papers/");
    stage.keys("<down><enter>").shows("Attached note.txt (11 bytes) to Ann Lee");
    assert_eq!(files(&stage), ["41 offer.md", "41 note.txt"]);
    stage.keys("uu");
    assert!(files(&stage).is_empty());
    stage.keys("<c-r>").shows("Redone: Attached offer.md");
    assert_eq!(files(&stage), ["41 offer.md"]);
}

#[test]
fn what_is_not_taken_stays_in_the_line_with_the_reason() {
    let mut stage = stage();
    stage.keys("jf").keys("setup.exe<enter>").shows("files that end in .exe are not taken").shows("› ~/setup.exe");
    stage.keys("<c-u>~/none.txt<enter>").shows("there is no such file").shows("› ~/none.txt");
    stage.keys("<c-u><enter>").shows("which file?").keys("~/<enter>").shows("which file?").keys("<esc>").hides("attach ·");
    assert!(files(&stage).is_empty());
}

#[test]
fn several_files_are_one_step_also_on_marked_leads() {
    let mut stage = stage();
    stage.keys("<space><space>f").shows("attach · 2 leads › ~/").keys("offer.md<c-n>").shows("+ ~/offer.md").shows("› ~/");
    stage.keys("my plan.txt<enter>").shows("Attached 2 files to 2 leads · u undoes");
    assert_eq!(files(&stage).len(), 4);
    assert_eq!(stage.sql("SELECT count(*) || '' FROM blob"), ["2"]);
    stage.keys("u").shows("Undone: Attached 2 files to 2 leads");
    assert!(files(&stage).is_empty());
}

#[test]
fn dropped_files_open_the_line_wherever_a_record_is() {
    let mut stage = stage();
    let home = stage.folder().display().to_string();
    stage
        .keys("j")
        .paste(&format!("'{home}/my plan.txt' "))
        .shows("attach · L-41 › ")
        .keys("<enter>")
        .shows("Attached my plan.txt");
    stage.keys("<enter>").paste(&format!("file://{home}/my%20plan.txt\nfile://{home}/offer.md\n")).shows("+ /").keys("<enter>");
    stage.shows("Attached 2 files to Ann Lee · already attached as F-1");
    assert_eq!(files(&stage), ["41 my plan.txt", "41 offer.md"], "what is there is not attached again");
    stage
        .keys("f")
        .paste(&format!("{home}/my\\ plan.txt"))
        .shows("my plan.txt")
        .keys("<backspace>")
        .shows("my plan.tx")
        .keys("<esc>");
    stage.paste("call Ann").shows("pasted text goes where text is typed");
}

#[test]
fn a_file_is_seen_looked_into_opened_and_written_out() {
    let mut stage = stage();
    for name in ["mail.eml", "logo.gif", "my plan.txt", "prices.csv", "offer.md"] {
        stage.keys(if name == "mail.eml" { "jf" } else { "f" }).keys(name).keys("<enter>").shows("Attached").wait(1_000);
    }
    stage.keys("<enter><tab>").shows("⧉ offer.md · 33 bytes").shows("Files 5");
    snapshot!(stage, "files_tab_120x40", "]]]");
    snapshot!(stage, "file_markdown", "<enter>");
    stage.shows("printers").hides("**").keys("<esc>").keys("j<enter>").shows("Printer").shows("Article");
    snapshot!(stage, "file_table");
    stage.keys("<esc>").keys("j<enter>").shows("second line").keys("<esc>").keys("j<enter>").shows("320 × 200 pixels");
    stage.keys("<esc>").keys("j<enter>").shows("Subject  Offer?").shows("Ann Lee <ann@contoso.com>").shows("Please send it.");
    snapshot!(stage, "file_mail");
    stage.keys("o").shows("opening a copy of mail.eml");
    let scratch = stage.folder().join("scratch");
    assert_eq!(stage.opened, [scratch.join("mail.eml")]);
    assert!(std::fs::read(scratch.join("mail.eml")).expect("the copy").starts_with(b"From: Ann"));
    // a folder that is not there stays in the line with the reason
    stage.keys("<esc>").keys("W<c-u>~/nowhere<enter>").shows("› ~/nowhere").shows("there is no folder").keys("<esc>");
    stage.keys("W").shows("write mail.eml to folder › ~/").keys("<c-u>~/papers<enter>");
    stage.shows("written to").keys("W<enter>").shows("mail (2).eml");
    stage
        .keys("e")
        .shows("name of the file › mail.eml")
        .keys("<c-u>letter.eml<enter>")
        .shows("Renamed mail.eml on Ann Lee to letter.eml");
    stage
        .keys("D")
        .shows("Took letter.eml off Ann Lee · u undoes")
        .shows("Files 4")
        .keys("uu")
        .shows("mail.eml")
        .shows("Files 5");
}

#[test]
fn no_file_here_is_said_and_a_list_that_can_only_be_read_takes_none() {
    let mut stage = stage();
    stage.keys("j<enter>o").shows("no file under the cursor").keys("<tab>]]]").shows("no files yet: f attaches one");
    let mut stage = Stage::with(crate::harness::Setting { read_only: true, ..Default::default() });
    stage.keys("f").shows("the database can only be read");
}
