//! Messages with the oddities of those that other programs write, made up here.

use leadbook::exchange::mail::Automatic;
use leadbook::model::dates::rfc3339_utc;

use super::{files, mail, people};

#[test]
fn a_usual_mail() {
    let got = mail(
        "From: \"Lee, Ann\" <Ann.Lee@contoso.com>\r\nTo: ana@us.example, Bo Ek <bo@us.example>\r\nCc: undisclosed-recipients:;\r\n\
         Reply-To: office@contoso.com\r\nSubject: Price =?utf-8?q?list_f=C3=BCr?= =?utf-8?q?_May?=\r\n\
         Date: Mon, 23 Nov 2026 15:00:00 +0100\r\nMessage-ID: <m2@contoso.com>\r\nIn-Reply-To: <m1@us.example>\r\n\
         References: <m0@us.example>\r\n <m1@us.example>\r\n\r\nHello,\r\n\r\n  see below.\r\n",
    );
    assert_eq!(people(&got.from), ["Lee, Ann <Ann.Lee@contoso.com>"]);
    assert_eq!(people(&got.to), ["ana@us.example", "Bo Ek <bo@us.example>"]);
    assert_eq!(people(&got.reply_to), ["office@contoso.com"]);
    assert!(got.cc.is_empty() && got.automatic.is_none() && got.attachments.is_empty());
    assert_eq!(got.subject, "Price list für May");
    assert_eq!(got.sent_at.map(rfc3339_utc).as_deref(), Some("2026-11-23T14:00:00Z"));
    assert_eq!((got.message_id.as_deref(), got.related()), (Some("m2@contoso.com"), vec!["m1@us.example", "m0@us.example"]));
    assert_eq!(got.text, "Hello,\n\n  see below.");
}

#[test]
fn plain_text_comes_before_html_and_html_before_nothing() {
    let both = "From: a@b.example\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nPLAIN\n--x\n\
                Content-Type: text/html\n\n<p>Hello <b>Ann</b></p><p>bye</p>\n--x--\n";
    assert_eq!(mail(both).text, "PLAIN");
    assert_eq!(mail(&both.replace("PLAIN", " \n")).text, "Hello Ann\n\nbye");
    let related = "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n\
                   --y\nContent-Type: multipart/related; boundary=z\n\n--z\nContent-Type: text/html\n\n<p>rich</p>\n--z\n\
                   Content-Type: image/png; name=logo.png\nContent-Transfer-Encoding: base64\nContent-Disposition: inline\n\niVBO\n--z--\n\
                   --y\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--y--\n--x\nContent-Type: text/plain\n\nlist footer\n--x--\n";
    let got = mail(related);
    assert_eq!(got.text, "rich\n\nlist footer");
    assert_eq!(files(&got.attachments), ["logo.png image/png 3", "part-2.ics text/calendar 15"]);
}

#[test]
fn text_parts_with_a_name_are_files() {
    let got = mail(
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=\"--odd (1)\"\n\npreamble\n----odd (1)\n\none\n----odd (1)x\n\
         ----odd (1)\nContent-Type: text/plain; name*=utf-8''pre%C3%A7o.txt\n\nfile\n----odd (1)\nContent-Type: text/csv\n\
         Content-Disposition: attachment; filename=\"=?iso-8859-1?Q?pre=E7os=2Ecsv?=\"\n\na,b\n----odd (1)\n\
         Content-Type: application/pdf\nContent-Disposition: attachment; filename=../../.bashrc\n\n%PDF\n----odd (1)--\nepilogue\n",
    );
    assert_eq!(got.text, "one\n----odd (1)x");
    assert_eq!(files(&got.attachments), ["preço.txt text/plain 4", "preços.csv text/csv 3", "bashrc application/pdf 4"]);
}

#[test]
fn flowed_text_is_one_line_a_paragraph() {
    let got = mail(
        "From: a@b.example\nContent-Type: text/plain; format=flowed; charset=utf-8\n\nThis goes \non and \non.\nNext.\n> quoted \n\
         > too\n-- \nAnn\n",
    );
    assert_eq!(got.text, "This goes on and on.\nNext.\n> quoted too\n-- \nAnn");
}

#[test]
fn broken_heads_are_read_as_far_as_they_go() {
    let dates = [
        ("Date: Mon, 30 Feb 2026 10:00:00 +0000\n", ""),
        ("Date: yesterday\nReceived: by x; Tue, 24 Nov 2026 08:00:00 +0000\n", "2026-11-24T08:00:00Z"),
        ("Date: 24 Nov 26 08:00 GMT\n", "2026-11-24T08:00:00Z"),
        ("Date: Tue, 24 Nov 2026 08:00:00 +0000 (UTC)\n", "2026-11-24T08:00:00Z"),
        ("Date: Thu, 1 Jan 1801 00:00:00 +0000\n", ""),
        ("", ""),
    ];
    for (line, sent) in dates {
        let got = mail(&format!("From: a@b.example\n{line}\nx"));
        assert_eq!(got.sent_at.map(rfc3339_utc).unwrap_or_default(), sent, "{line}");
    }
    let got = mail("From: nobody\nSender: <real@b.example>\nSubject:\n =?utf-8?Q?broken\n =?x-unknown?B?4pyT?= end\n\nx");
    assert_eq!(people(&got.from), ["real@b.example"]);
    assert!(got.subject.ends_with("end"), "{}", got.subject);
    let latin = b"From: J\xFCrgen <j@b.example>\nSubject: Gr\xFC\xDFe\n\ncaf\xE9";
    let got = leadbook::exchange::mail::read(latin).expect("a mail");
    assert_eq!(
        (people(&got.from), got.subject.as_str(), got.text.as_str()),
        (vec!["Jürgen <j@b.example>".into()], "Grüße", "café")
    );
    // no part is where the boundary says: what is there is the text
    let got = mail("From: a@b.example\nContent-Type: multipart/mixed; boundary=never\n\nwords\n");
    assert_eq!(got.text, "words");
    let got = mail("From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nthe end is missing");
    assert_eq!(got.text, "the end is missing");
}

#[test]
fn who_wrote_it_by_program_or_to_many() {
    for (lines, expected) in [
        ("From: ann@contoso.com\n", None),
        ("From: ann@contoso.com\nAuto-Submitted: no\nPrecedence: first-class\nX-Auto-Response-Suppress: None\n", None),
        ("From: ann@contoso.com\nReturn-Path: <>\n", Some(Automatic::Bounce)),
        ("From: MAILER-DAEMON@contoso.com\n", Some(Automatic::Bounce)),
        ("From: ann@contoso.com\nContent-Type: multipart/report; boundary=x\n", Some(Automatic::Bounce)),
        ("From: ann@contoso.com\nAuto-Submitted: auto-replied (vacation)\n", Some(Automatic::Program)),
        ("From: ann@contoso.com\nX-Auto-Response-Suppress: DR, OOF, AutoReply\n", Some(Automatic::Program)),
        ("From: ann@contoso.com\nX-Autoreply: yes\n", Some(Automatic::Program)),
        ("From: ann@contoso.com\nPrecedence: auto_reply\n", Some(Automatic::Program)),
        ("From: ann@contoso.com\nList-Id: <x.contoso.com>\n", Some(Automatic::List)),
        ("From: ann@contoso.com\nPrecedence: Bulk\n", Some(Automatic::Bulk)),
        ("From: ann@contoso.com\nList-Unsubscribe: <mailto:x@y.example>\n", Some(Automatic::Bulk)),
        ("From: no-reply@contoso.com\n", Some(Automatic::NoReply)),
        ("From: Contoso <do_not_reply+5@contoso.com>\n", Some(Automatic::NoReply)),
        ("From: contoso.noreply@contoso.com\n", Some(Automatic::NoReply)),
        ("From: reply@contoso.com\n", None),
    ] {
        assert_eq!(mail(&format!("{lines}\nx")).automatic, expected, "{lines}");
    }
}

#[test]
fn a_mail_is_known_again() {
    let of = |text: &str| mail(text).key();
    assert_eq!(of("From: a@b.example\nMessage-ID: <x@y>\n\none"), "x@y");
    let bare = of("From: a@b.example\nSubject: s\n\none");
    assert!(bare.starts_with("sha256-") && bare.len() == 71, "{bare}");
    // how it came does not count, what is in it does
    assert_eq!(
        bare,
        of("From c@d Tue May 10 11:28:07 2005\r\nReceived: by x; no date\r\nFrom: A <a@b.example>\r\nSubject: s\r\n\r\none\r\n")
    );
    for other in
        ["From: a@b.example\nSubject: s\n\ntwo", "From: a@c.example\nSubject: s\n\none", "From: a@b.example\nSubject: t\n\none"]
    {
        assert_ne!(bare, of(other), "{other}");
    }
}

#[test]
fn what_is_no_mail_is_refused_in_words() {
    for bytes in [&b""[..], b"just a text\nwith lines", b"\x7fELF\0\0", b"Note: a colon is no mail\n\nx", b"\n\n\n"] {
        let error = leadbook::exchange::mail::read(bytes).expect_err("no mail");
        assert!(error.headline().contains("this is no mail"), "{error}");
    }
}
