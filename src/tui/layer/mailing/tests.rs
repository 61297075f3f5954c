//! Mails to many by keys: looked at, sent with progress, stopped.

use proptest::prelude::*;

use super::*;
use crate::exchange::mail::Letter;
use crate::model::entity::RecordId;
use crate::service::activity::mail::send::{Posted, Posting};
use crate::tui::stage::Stage;
use crate::worker::writer::Reply;

fn stage() -> Stage {
    let mut stage = Stage::new(80, 24);
    stage.env.config.mail_own = vec!["ana@us.example".into()];
    stage.env.config.mail_send = vec!["msmtp".into()];
    stage.open(|cx| Mailing::new(Targets::leads(vec![1, 2, 3]), cx));
    stage
}

fn many() -> PreparedMany {
    let posting = |number: i64, name: &str| Posting {
        about: Some(RecordId::lead(number)),
        activity: None,
        letter: Letter {
            to: format!("{name}@x.example"),
            cc: String::new(),
            subject: "Welcome".into(),
            body: format!("Dear {name},\u{1b}[31m"),
        },
    };
    PreparedMany {
        postings: vec![posting(1, "ann"), posting(2, "bo")],
        asks_not: 2,
        unfilled: vec![(RecordId::lead(3), "company: is empty".into())],
        ..PreparedMany::default()
    }
}

fn shown() -> Stage {
    let mut stage = stage();
    stage.answer(Slot::Mail, Ok(Answer::MailTemplates(vec![(9, "Welcome".into())])));
    stage.keys("enter");
    stage.answer(Slot::Mailing, Ok(Answer::PreparedMany(Box::new(many()))));
    stage
}

#[test]
fn each_is_looked_at_before_all_are_sent() {
    let mut stage = shown();
    let screen = stage.screen();
    for text in [
        "Mails from Welcome · 1 of 2",
        "Ctrl-s sends 2 mails; there is no undo",
        "passed over: 2 ask for no mails · 1 with an empty merge field",
        "L-3: company: is empty",
        "To: ann@x.example",
        "Dear ann,",
    ] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    assert!(!screen.contains('\u{1b}'));
    stage.keys("J");
    assert!(stage.screen().contains("2 of 2") && stage.screen().contains("Dear bo,"), "{}", stage.screen());
    stage.keys("J K K K");
    assert!(stage.screen().contains("1 of 2"));
    stage.keys("ctrl-s ctrl-s");
    let acts = stage.acts();
    assert_eq!(acts.len(), 1, "a second Ctrl-s sends nothing twice");
    let AnyAct::SendMails(mails) = &acts[0].1 else { panic!("{acts:?}") };
    assert_eq!((mails.postings.len(), mails.mailer.from.email.as_str()), (2, "ana@us.example"));
    assert!(stage.screen().contains("0 of 2 are out"));
    stage.keys("esc");
    assert!(stage.effects.contains(&Effect::CancelJob) && !stage.layers.is_empty());
    stage.written(Ok(Reply::Posted(Posted { sent: vec![4], left: 1, ..Posted::default() })));
    assert!(stage.layers.is_empty());
}

#[test]
fn esc_before_it_sends_nothing_and_without_templates_it_says_how() {
    let mut stage = shown();
    stage.keys("esc");
    assert!(stage.layers.is_empty() && stage.acts().is_empty());
    let mut stage = self::stage();
    stage.answer(Slot::Mail, Ok(Answer::MailTemplates(Vec::new())));
    assert!(stage.layers.is_empty() && stage.said().contains("there are no templates yet"), "{}", stage.said());
    let mut stage = shown();
    stage.env.config.mail_send = Vec::new();
    assert!(stage.screen().contains("it is not known how mails are sent"), "{}", stage.screen());
    stage.keys("ctrl-s");
    assert!(stage.acts().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn anything_goes(columns in 1u16..200, rows in 1u16..60, steps in prop::collection::vec(0usize..9, 0..20)) {
        let keys = ["J", "K", "j", "k", "pgdn", "G", "g", "ctrl-s", "home"];
        let mut stage = shown();
        stage.env.size = (columns, rows);
        for step in steps {
            stage.keys(keys[step]);
            let (_, cursor) = stage.draw();
            prop_assert!(cursor.is_none());
        }
    }
}
