//! Messages that were made to hurt: bombs, nests, names, noise. Each is answered soon, in a sentence or in part.

use std::fmt::Write;
use std::time::{Duration, Instant};

use leadbook::exchange::mail::{MAX_ADDRESSES, MAX_MESSAGE, MAX_REFERENCES, MAX_TEXT, read};
use proptest::prelude::*;

use super::{files, mail};

/// Reads it within the time in which a person waits, also on a slow machine without optimisation.
fn soon<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let done = work();
    assert!(started.elapsed() < Duration::from_secs(20), "{what}: {:?}", started.elapsed());
    done
}

fn refused(what: &str, bytes: &[u8]) -> String {
    soon(what, || read(bytes)).expect_err(what).to_string()
}

#[test]
fn ten_thousand_parts_in_parts_are_refused() {
    let mut nest = String::from("From: a@b.example\n");
    for depth in 0..10_000 {
        let _ = write!(nest, "Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
    }
    let error = refused("a nest of parts", nest.as_bytes());
    assert!(error.contains("more than 20 deep") && error.contains("look at it in a mail program"), "{error}");
}

#[test]
fn ten_thousand_mails_in_mails_are_one_file() {
    let nest = "From: a@b.example\nContent-Type: message/rfc822\n\n".repeat(10_000) + "From: a@b.example\n\nthe innermost";
    let got = soon("a nest of mails", || mail(&nest));
    assert_eq!(got.attachments.len(), 1);
    let encoded = "From: a@b.example\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n".repeat(10_000);
    assert_eq!(soon("a nest of encoded mails", || mail(&encoded)).text, "");
}

#[test]
fn a_million_parts_are_refused() {
    let many = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n".to_owned() + &"--b\n\n\n".repeat(1_000_000);
    let error = refused("many parts", many.as_bytes());
    assert!(error.contains("more than 1000 parts"), "{error}");
}

#[test]
fn what_is_too_large_is_refused_or_cut() {
    let error = refused("a large mail", &vec![b'x'; MAX_MESSAGE + 1]);
    assert!(error.contains("larger than 64 MB"), "{error}");
    let head = "From: a@b.example\n".to_owned() + &"X-Pad: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n".repeat(30_000);
    assert!(refused("a large head", head.as_bytes()).contains("the head of the mail is larger than 1 MB"));

    let text = "From: a@b.example\n\n".to_owned() + &"ü".repeat(MAX_TEXT);
    let got = soon("a long text", || mail(&text));
    assert!(got.cut && got.text.len() <= MAX_TEXT && got.text.ends_with('ü'));
    let page = "From: a@b.example\nContent-Type: text/html\n\n".to_owned()
        + &"<blockquote><a href=\"https://x.example\">x".repeat(200_000);
    let got = soon("a page of quotations", || mail(&page));
    assert!(got.cut && got.text.len() <= MAX_TEXT);
}

#[test]
fn crowds_are_counted_no_further_than_needed() {
    let crowd = |from: usize| (0..20_000).map(|at| format!("p{}@x.example", at + from)).collect::<Vec<_>>().join(",\n ");
    let ids: String = (0..5_000).map(|at| format!("<i{at}@x.example>\n ")).collect();
    let text = format!("From: a@b.example\nTo: {}\nCc: {}\nReferences: {ids}\n\nx", crowd(0), crowd(50_000));
    let got = soon("a crowd", || mail(&text));
    assert_eq!((got.to.len(), got.cc.len(), got.references.len()), (MAX_ADDRESSES, MAX_ADDRESSES, MAX_REFERENCES));
    // where the talk began, and its newest
    assert_eq!((got.references[0].as_str(), got.references[99].as_str()), ("i0@x.example", "i4999@x.example"));
}

#[test]
fn odd_heads_are_answered_soon() {
    for piece in ["(", "<", "\"", "a@b,", ":;", "=?utf-8?B?", "=?x?Q?=", "\\", "\0", ";", "a=", "*0*=", "\u{202E}"] {
        let value = piece.repeat(900_000 / piece.len());
        for name in
            ["From", "To", "Subject", "Date", "Message-ID", "References", "Content-Type", "Content-Disposition", "Received"]
        {
            let text = format!("To: a@b.example\n{name}: {value}\n\nx");
            soon(&format!("{name}: {piece}…"), || mail(&text));
        }
    }
}

#[test]
fn hostile_names_are_names_of_files() {
    let long = "x".repeat(4_096) + ".pdf";
    let names = ["../../.bashrc", "/etc/cron.d/x", "a\\..\\b.exe", "-rf", "\u{202E}fdp.exe", &long, "con.txt", ".", "$(id).txt"];
    let mut text = String::from("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n");
    for name in names {
        let _ = write!(text, "--b\nContent-Disposition: attachment; filename=\"{}\"\n\nx\n", name.replace('\\', "\\\\"));
    }
    let _ = write!(text, "--b\nContent-Disposition: attachment; filename*=utf-8''a%00b%0Ac%2F..%2F%2Ebashrc\n\nx\n--b--\n");
    let got: Vec<String> = mail(&text).attachments.into_iter().map(|file| file.name).collect();
    let cut = format!("{}.pdf", "x".repeat(196));
    assert_eq!(got, ["bashrc", "x", "b.exe", "rf", "_fdp.exe", &cut, "_con.txt", "part-8.txt", "$(id).txt", "bashrc (10)"]);
    assert_eq!(files(&mail("From: a@b.example\nContent-Type: image/png\n\nx").attachments), ["part-1.png image/png 1"]);
}

/// Pieces of which mails are made, so that noise comes near to one.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = [
        "From: ",
        "To: ",
        "Subject: ",
        "Date: ",
        "Content-Type: ",
        "multipart/mixed; boundary=",
        "multipart/alternative; boundary=x",
        "text/html; charset=",
        "utf-16",
        "iso-2022-jp",
        "utf-7",
        "message/rfc822",
        "Content-Transfer-Encoding: base64\n",
        "Content-Transfer-Encoding: quoted-printable\n",
        "Content-Disposition: attachment; filename*0*=",
        "--x",
        "--x--",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "<a@b.example>",
        "=?utf-8?Q?",
        "?=",
        "=",
        "<p>",
        "</",
        "&#",
        ";",
        "\"",
        "a@b",
        "\u{202E}",
        "format=flowed",
    ];
    prop_oneof![
        3 => prop::sample::select(known.to_vec()).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn any_bytes_are_a_mail_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Err(error) = read(&bytes) {
            prop_assert!(!error.headline().is_empty());
        }
    }

    #[test]
    fn any_pieces_are_a_mail(pieces in prop::collection::vec(piece(), 0..60)) {
        let bytes = [&b"From: a@b.example\n"[..], &pieces.concat()].concat();
        let got = read(&bytes).expect("a mail");
        prop_assert!(got.text.len() <= MAX_TEXT && !got.text.contains('\0') && !got.subject.contains('\n'));
        for file in &got.attachments {
            prop_assert!(!file.name.is_empty() && !file.name.contains(['/', '\\', '\0', '\n']) && !file.name.starts_with(['.', '-']));
        }
    }
}
