//! Messages of our own: every line that travels, and that reading gives back what was written.

use leadbook::exchange::mail::{Address, Ending, Outgoing, read};
use proptest::prelude::*;

use super::people;

fn outgoing(subject: &str, name: &str, body: &str) -> Outgoing {
    Outgoing {
        message_id: "id-1@us.example".into(),
        from: Address { name: "Ana Ruiz".into(), email: "ana@us.example".into() },
        to: vec![Address { name: name.into(), email: "ann@contoso.com".into() }],
        cc: Vec::new(),
        subject: subject.into(),
        body: body.into(),
        references: Vec::new(),
        at: 1_795_532_400_000_000,
        offset: 60,
    }
}

#[test]
fn a_plain_message_is_plain() {
    let mut mail = outgoing("Your offer", "Ann Lee", "Dear Ann,\n\nhere it is.\n");
    mail.cc = vec![Address { name: "Lee, Bo \"B\"".into(), email: "bo@contoso.com".into() }];
    mail.references = vec!["m0@contoso.com".into(), "m1@contoso.com".into()];
    let text = String::from_utf8(mail.bytes(Ending::Lf).expect("a message")).expect("text");
    assert_eq!(
        text,
        "Date: Tue, 24 Nov 2026 16:00:00 +0100\nFrom: Ana Ruiz <ana@us.example>\nTo: Ann Lee <ann@contoso.com>\n\
         Cc: \"Lee, Bo \\\"B\\\"\" <bo@contoso.com>\nSubject: Your offer\nMessage-ID: <id-1@us.example>\nIn-Reply-To: <m1@contoso.com>\n\
         References: <m0@contoso.com> <m1@contoso.com>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\
         Content-Transfer-Encoding: 7bit\n\nDear Ann,\n\nhere it is.\n"
    );
    let crlf = mail.bytes(Ending::CrLf).expect("a message");
    assert_eq!(crlf, text.replace('\n', "\r\n").into_bytes());
}

#[test]
fn foreign_letters_and_long_lines_are_encoded() {
    let body = format!("Grüße 日本\n{}\nFrom here\n.\nend = 5  \n", "long ".repeat(60));
    let mail = outgoing(&"Angebot für Müller ".repeat(12), "Jörg Müller-Lüdenscheidt", &body);
    let bytes = mail.bytes(Ending::CrLf).expect("a message");
    assert!(bytes.is_ascii());
    let text = String::from_utf8(bytes.clone()).expect("text");
    assert!(text.split("\r\n").all(|line| line.len() <= 78), "{text}");
    assert!(text.contains("\r\n=46rom here\r\n=2E\r\nend =3D 5 =20\r\n"), "{text}");
    let got = read(&bytes).expect("a mail");
    assert_eq!((got.subject.as_str(), got.text.as_str()), (mail.subject.trim_end(), body.trim_end()));
    assert_eq!(people(&got.to), ["Jörg Müller-Lüdenscheidt <ann@contoso.com>"]);
}

#[test]
fn nobody_adds_a_field_by_a_line_break() {
    let mut mail = outgoing("Hi\r\nBcc: all@contoso.com", "Ann\nX-Evil: 1", "text");
    mail.message_id = "a\r\nBcc: b@c.example".into();
    mail.to[0].email = "ann@contoso.com\nBcc: d@e.example".into();
    let text = String::from_utf8(mail.bytes(Ending::Lf).expect("a message")).expect("text");
    assert!(!text.contains("\nBcc:") && !text.contains("\nX-Evil"), "{text}");
    mail.to.clear();
    assert!(mail.bytes(Ending::Lf).expect_err("to nobody").headline().contains("nobody is named"));
    mail.from = Address::default();
    assert!(mail.bytes(Ending::Lf).expect_err("from nobody").headline().contains("your own address is missing"));
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(
        subject in "[a-zA-ZäöüßÉ日本🎉 =?_,<>\"()]{0,120}",
        name in "[a-zA-Zäöü日 ,.\"()\\\\=?-]{0,60}",
        body in "(?s)[ -~äöü日\n\t=.]{0,300}",
    ) {
        let mail = outgoing(&subject, &name, &body);
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        for ending in [Ending::Lf, Ending::CrLf] {
            let bytes = mail.bytes(ending).expect("a message");
            let got = read(&bytes).expect("a mail");
            prop_assert_eq!(&got.subject, &squeezed(&subject));
            prop_assert_eq!(&got.to[0].email, "ann@contoso.com");
            prop_assert_eq!(squeezed(&got.to[0].name), squeezed(&name));
            prop_assert_eq!(got.text.trim(), body.trim());
            let long = bytes.split(|b| *b == b'\n').find(|line| line.len() > 300);
            prop_assert!(long.is_none());
        }
    }
}
