//! Messages from files, folders, mailboxes and maildirs: how many, in which order, and what is passed over.

use std::fs;
use std::path::Path;

use leadbook::exchange::mail::{MAX_MESSAGE, Messages, one, read};

/// The places, each with the subject or the error.
fn all(path: &Path) -> Vec<(String, String)> {
    let folder = path.parent().expect("a folder").display().to_string() + "/";
    let each = Messages::of(path).expect("messages").map(|(place, raw)| {
        let said = raw.and_then(|raw| read(&raw.bytes)).map_or_else(|error| format!("! {error}"), |mail| mail.subject);
        (place.replace(&folder, ""), said)
    });
    each.collect()
}

fn subject(name: &str) -> String {
    format!("From: a@b.example\nSubject: {name}\n\ntext\n")
}

#[test]
fn a_file_is_one_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("one.eml");
    fs::write(&path, subject("one") + "\nFrom here on it is text.\n\nFrom x Tue May 10 11:28:07 2005\nTo: y\n").expect("written");
    assert_eq!(all(&path), [("one.eml".to_owned(), "one".to_owned())]);
    let piped = one("standard input", fs::File::open(&path).expect("open")).expect("a message");
    assert!(read(&piped.bytes).expect("a mail").text.contains("To: y"));
    assert!(Messages::of(&folder.path().join("none")).is_err());
}

#[test]
fn an_mbox_gives_its_messages_unquoted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("archive");
    let text = format!(
        "From ann@contoso.com Tue May 10 11:28:07 2005\n{}\n>From the start\n>>From twice\n> From not\nFrom Monday on it is text\n\n\
         From - Wed May 11 2005 09:00:00\n{}\n\nFrom here to there\n\nFrom MAILER-DAEMON  Thu May 12 09:00 CEST 2005\nbroken\n",
        subject("one"),
        subject("two")
    );
    fs::write(&path, text.replace('\n', "\r\n")).expect("written");
    let got = all(&path);
    assert_eq!(got.len(), 3, "{got:?}");
    assert_eq!(got[0], ("archive, message 1".into(), "one".into()));
    assert_eq!(got[1], ("archive, message 2".into(), "two".into()));
    assert!(got[2].1.contains("this is no mail"), "{got:?}");
    let first = Messages::of(&path).expect("messages").next().expect("one").1.expect("one");
    let text = read(&first.bytes).expect("a mail").text;
    assert_eq!(text, "text\n\nFrom the start\n>From twice\n> From not\nFrom Monday on it is text");
}

#[test]
fn a_message_that_is_too_large_does_not_stop_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("archive");
    let line = "x".repeat(1 << 20) + "\n";
    let large = subject("large") + &line.repeat((MAX_MESSAGE >> 20) + 1);
    fs::write(
        &path,
        format!("From a@b Tue May 10 11:28:07 2005\n{large}\nFrom a@b Tue May 10 11:28:07 2005\n{}", subject("next")),
    )
    .expect("written");
    let got = all(&path);
    assert_eq!(got.len(), 2);
    assert!(got[0].1.contains("larger than 64 MB"), "{}", got[0].1);
    assert_eq!(got[1], ("archive, message 2".into(), "next".into()));
}

#[test]
fn a_folder_gives_its_files_in_order_and_a_maildir_what_is_new_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let mails = folder.path().join("mails");
    fs::create_dir_all(mails.join("inner")).expect("a folder");
    for (name, text) in [("10", subject("ten")), ("9", subject("nine")), ("b.eml", subject("b")), (".hidden", subject("no"))] {
        fs::write(mails.join(name), text).expect("written");
    }
    fs::write(mails.join("a.txt"), "no mail").expect("written");
    fs::write(mails.join("c.msg"), b"\xD0\xCF\x11\xE0\xA1").expect("written");
    fs::write(mails.join("inner/x.eml"), subject("inner")).expect("written");
    std::os::unix::fs::symlink("/no/such/file", mails.join("gone.eml")).expect("a link");
    let got = all(&mails);
    let said: Vec<&str> = got.iter().map(|(_, said)| said.as_str()).collect();
    assert_eq!((said[0], said[1], said[3]), ("nine", "ten", "b"), "{got:?}");
    assert!(said[2].contains("this is no mail") && said[4].contains("save it as .eml"), "{got:?}");
    assert_eq!(said.len(), 5);

    let maildir = folder.path().join("maildir");
    for (name, text) in [("cur/1.x:2,S", "seen"), ("new/5.y", "new"), ("tmp/0.z", "half"), ("cur/9.w:2,", "old")] {
        fs::create_dir_all(maildir.join(name).parent().expect("a folder")).expect("a folder");
        fs::write(maildir.join(name), subject(text)).expect("written");
    }
    let got = all(&maildir);
    assert_eq!(got.iter().map(|(_, said)| said.as_str()).collect::<Vec<_>>(), ["new", "seen", "old"]);
}

#[test]
fn a_pipe_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    assert!(Messages::of(&pipe).expect_err("a pipe").headline().contains("is no file and no folder"));
    assert_eq!(Messages::of(folder.path()).expect("the folder").left(), 0);
}
