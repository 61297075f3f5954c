//! Mails that other programs wrote, where the folder named by LEADBOOK_REAL_DATA has them: text, names and files of each.

use leadbook::exchange::mail::{Automatic, Mail, read};
use leadbook::model::dates::rfc3339_utc;

use super::{files, people};

/// What is expected of a message.
struct Expected {
    file: &'static str,
    id: &'static str,
    sent: &'static str,
    from: &'static str,
    to: &'static [&'static str],
    subject: &'static str,
    /// How the text begins; the whole text where it is short.
    text: &'static str,
    /// What else stands in the text.
    holds: &'static [&'static str],
    files: &'static [&'static str],
    automatic: Option<Automatic>,
}

const ALL: &[Expected] = &[
    Expected {
        file: "attachment_message_rfc822.eml",
        id: "9169D984-4E0B-45EF-82D4-8F5E53AD7012@example.com",
        sent: "2005-06-06T20:21:22Z",
        from: "foo@example.com",
        to: &["blah@example.com"],
        subject: "testing",
        text: "This is the first part.",
        holds: &[],
        files: &["ForwardedMessage.eml message/rfc822 3781"],
        automatic: None,
    },
    Expected {
        file: "attachment_pdf_non_ascii.eml",
        id: "xxxx@xxxx.com",
        sent: "2005-05-10T17:26:39Z",
        from: "Test Tester <xxxx@xxxx.com>",
        to: &["xxxx@xxxx.com", "xxxx@xxxx.com"],
        subject: "Another PDF with 🎉 Unicode chars in it 🍿",
        text: "Just attaching another PDF, here, to see what the message looks like,\nand to see if I can figure out what",
        holds: &["going wrong here.    Â"],
        files: &["broken.pdf application/pdf 1026"],
        automatic: None,
    },
    Expected {
        file: "bad_date_header.eml",
        id: "",
        // its own date is none: when it was received
        sent: "2010-12-11T03:20:19Z",
        from: "Grants-Notification <infoz@reactive-outpost.com>",
        to: &["someone@yahoo.com"],
        subject: "You may_be Eligible for Legitimate_Cash from_GovAgencies!",
        text: "",
        holds: &[],
        files: &[],
        automatic: Some(Automatic::Bulk),
    },
    Expected {
        file: "bad_subject.eml",
        id: "",
        sent: "2010-12-15T17:21:20Z",
        from: "MySurvey.com & Carol Adams <carol@mysurvey.com>",
        to: &["someone@aol.com"],
        subject: "MySurvey.com: You have a survey waiting! 91123105",
        text: "You have a survey waiting!\n\n\nTo take the survey:",
        holds: &["as we do not process emails sent to this address"],
        files: &[],
        automatic: None,
    },
    Expected {
        file: "content_transfer_encoding_with_8bits.eml",
        id: "200112050759.fB57xSl15666@mailman.enron.com",
        sent: "2001-12-04T22:10:25Z",
        from: "announcements@provantage.com <announcements@provantage.com>",
        to: &["jeff_dasovich@enron.com"],
        subject: "The Original Advantage #e13011",
        text: "----\nDecember 04, 2001\n\nCan't read this email? Click here <http://www.provantage.com/scripts",
        holds: &[
            "Holiday Gift Ideas for the Computer Professional!\n11Mbps Wireless Cable/DSL Router <http://www.provantage.com/",
        ],
        files: &[],
        automatic: None,
    },
    Expected {
        file: "japanese.eml",
        id: "",
        sent: "",
        from: "Mikel Lindsaar <raasdnil@gmail.com>",
        to: &["みける <raasdnil@gmail.com>"],
        subject: "まみむめも",
        text: "かきくえこ\n\n-- \nhttp://lindsaar.net/\nRails, RSpec and Life blog....",
        holds: &[],
        files: &[],
        automatic: None,
    },
    Expected {
        file: "japanese_attachment_long_name.eml",
        id: "60A112A8-F26C-4E23-95B8-4EB9F139D6A0@test.lindsaar.net",
        sent: "2009-10-30T08:11:02Z",
        from: "Mikel Lindsaar <mikel@test.lindsaar.net>",
        to: &["Mikel Lindsaar <raasdnil@gmail.com>"],
        subject: "まみむめもまみむめもまみむめもまみむめもまみむめもまみむめもまみむめもまみむめもまみむめもまみむめも",
        text: "",
        holds: &[],
        files: &["かきくけこかきくけこかきくけこかきくけこかきくけこ.txt text/plain 18"],
        automatic: None,
    },
    Expected {
        file: "missing_content_disposition.eml",
        id: "200201221435.g0MEZP927213@mailman.enron.com",
        sent: "2002-01-22T14:35:28Z",
        from: "redacted@example.com",
        to: &["redacted@example.com"],
        subject: "Redacted",
        text: "",
        holds: &[],
        files: &["somefile.jpg image/jpg 1311"],
        automatic: None,
    },
    Expected {
        file: "multi_address_bounce1.eml",
        id: "20100224061641.3E47A1BC025@lvmail01.LL.com",
        sent: "2010-02-24T06:16:41Z",
        from: "Mail Delivery System <MAILER-DAEMON@lvmail01.LL.com>",
        to: &["rahul.chaudhari@LL.com"],
        subject: "Undelivered Mail Returned to Sender",
        text: "This is the mail system at host lvmail01.LL.com.\n\nI'm sorry to have to inform you that your message could not",
        holds: &["<egyfefsdvsfvvhjsd@gmail.com>: host gmail-smtp-in.l.google.com[209.85.223.33]"],
        files: &["part-1.txt message/delivery-status 2780", "Test of bounce email.eml message/rfc822 1381"],
        automatic: Some(Automatic::Bounce),
    },
    Expected {
        file: "raw_email_with_nested_attachment.eml",
        id: "2CCE0408-10C7-4045-9B16-A1C11C31469B@37signals.com",
        sent: "2007-02-22T18:20:31Z",
        from: "Jamis Buck <jamis@37signals.com>",
        to: &["Jamis Buck <jamis@jamisbuck.org>"],
        subject: "Testing attachments",
        text: "Here is a test of an attachment via email.\n\n- Jamis",
        holds: &[],
        files: &["truncated.png image/png 1902", "smime.p7s application/pkcs7-signature 939"],
        automatic: None,
    },
];

#[test]
fn every_real_mail_is_read() {
    let Ok(folder) = std::env::var("LEADBOOK_REAL_DATA") else {
        println!("skipped without LEADBOOK_REAL_DATA: {} real mails", ALL.len());
        return;
    };
    let folder = std::path::Path::new(&folder).join("eml");
    for expected in ALL {
        let bytes = std::fs::read(folder.join(expected.file)).expect(expected.file);
        let mail = read(&bytes).unwrap_or_else(|error| panic!("{}: {error}", expected.file));
        compare(expected, &mail);
    }
    // one that is new has no line above
    let there = std::fs::read_dir(&folder).expect("the folder of mails").count();
    assert_eq!(there, ALL.len(), "a mail in {} is not in this test", folder.display());
}

fn compare(expected: &Expected, mail: &Mail) {
    let what = expected.file;
    assert_eq!(mail.message_id.as_deref().unwrap_or_default(), expected.id, "{what}");
    assert_eq!(mail.sent_at.map(rfc3339_utc).unwrap_or_default(), expected.sent, "{what}");
    assert_eq!(people(&mail.from), [expected.from], "{what}");
    assert_eq!(people(&mail.to), expected.to, "{what}");
    assert_eq!(mail.subject, expected.subject, "{what}");
    assert!(mail.text.starts_with(expected.text), "{what}: {}", mail.text);
    if expected.text.len() < 60 && expected.holds.is_empty() {
        assert_eq!(mail.text, expected.text, "{what}");
    }
    for text in expected.holds {
        // lines may be broken anywhere in the original
        let flat = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(&words), "{what} holds “{text}”\n{}", mail.text);
    }
    assert_eq!(files(&mail.attachments), expected.files, "{what}");
    assert_eq!(mail.automatic, expected.automatic, "{what}");
    assert!(!mail.cut, "{what}");
}
