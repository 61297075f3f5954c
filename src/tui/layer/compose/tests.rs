//! Mails by keys: written, kept as a draft, filled from a template, sent, and what stops them.

use proptest::prelude::*;

use super::*;
use crate::error::{Error, Problem};
use crate::service::activity::mail::send::Posted;
use crate::tui::stage::{NOW, Stage};

fn prepared(subject: &str, body: &str) -> Prepared {
    let to = "Ann Lee <ann@contoso.com>".to_owned();
    let letter = Letter { to, cc: String::new(), subject: subject.into(), body: body.into() };
    Prepared {
        posting: Posting { about: Some(RecordId::lead(7)), activity: None, letter },
        name: "Ann Lee".into(),
        against: None,
        problems: Vec::new(),
        templates: vec![(3, "Welcome".into()), (4, "Offer".into())],
    }
}

fn stage() -> Stage {
    let mut stage = Stage::new(80, 24);
    stage.env.config.mail_own = vec!["ana@us.example".into()];
    stage.env.config.mail_send = vec!["msmtp".into(), "-t".into()];
    stage
}

fn open(mut stage: Stage) -> Stage {
    stage.open(|cx| Compose::open(RecordId::lead(7), "Ann Lee", cx));
    stage.answer(Slot::Mail, Ok(Answer::Prepared(Box::new(prepared("", "")))));
    stage
}

fn sent(stage: &Stage) -> Vec<Posting> {
    let acts = stage.acts();
    let mails = acts.iter().filter_map(|(_, act)| match act {
        AnyAct::SendMails(mails) => Some(mails.postings.clone()),
        _ => None,
    });
    mails.flatten().collect()
}

#[test]
fn a_mail_is_written_and_sent() {
    let mut stage = open(stage());
    let (lines, _) = stage.draw();
    let screen = lines.join("\n");
    assert!(screen.contains(" Mail · Ann Lee ") && screen.contains("sending cannot be taken back"), "{screen}");
    assert!(screen.contains("To: Ann Lee <ann@contoso.com>"), "{screen}");
    // the cursor waits for the subject
    stage.write("Your offer").keys("down down").write("Dear Ann,");
    assert_eq!(stage.draft().map(|draft| draft.key).as_deref(), Some("mail-L-7"));
    stage.keys("ctrl-s");
    let posting = sent(&stage).pop().expect("a mail");
    assert_eq!((posting.letter.subject.as_str(), posting.letter.body.as_str()), ("Your offer", "Dear Ann,"));
    assert!(stage.screen().contains("being handed over"));
    stage.keys("esc");
    assert_eq!(stage.said(), "being sent; this closes by itself");
    stage.written(Ok(Reply::Posted(Posted { sent: vec![5], ..Posted::default() })));
    assert!(stage.layers.is_empty());
    assert!(stage.effects.contains(&Effect::DropDraft("mail-L-7".into())));
}

#[test]
fn what_is_missing_is_said_and_nothing_is_sent() {
    let mut stage = open(stage());
    stage.keys("ctrl-s");
    assert!(stage.screen().contains("the text is empty"), "{}", stage.screen());
    stage.keys("down down").write("Dear {first_name}").keys("ctrl-s");
    assert!(stage.screen().contains("{first_name} still stands in"), "{}", stage.screen());
    assert!(sent(&stage).is_empty());
    let mut stage = open(Stage::new(80, 24));
    stage.keys("down down").write("Dear Ann").keys("ctrl-s");
    assert!(stage.screen().contains("it is not known from which address you write"), "{}", stage.screen());
    assert!(sent(&stage).is_empty());
    // a failure keeps all of it
    stage.env = self::stage().env;
    stage.keys("ctrl-s");
    stage.written(Err(Error::Busy("locked".into())));
    assert!(stage.screen().contains("Dear Ann") && stage.screen().contains("locked"), "{}", stage.screen());
}

#[test]
fn a_template_fills_it_and_keeps_whom_it_is_to() {
    let mut stage = open(stage());
    stage.keys("up end").write(", bo@x.example").keys("ctrl-t");
    assert!(stage.screen().contains("Welcome"), "{}", stage.screen());
    stage.keys("enter");
    let problems = vec![Problem::new("company", "is empty, and line 1 says no word instead")];
    let filled = Prepared { problems, ..prepared("Welcome, Ann", "Dear Ann of {company}") };
    stage.answer(Slot::Mail, Ok(Answer::Prepared(Box::new(filled))));
    let screen = stage.screen();
    assert!(
        screen.contains("To: Ann Lee <ann@contoso.com>, bo@x.example") && screen.contains("Subject: Welcome, Ann"),
        "{screen}"
    );
    assert!(screen.contains("company is empty"), "{screen}");
    stage.keys("ctrl-s");
    assert!(stage.screen().contains("{company} still stands in") && sent(&stage).is_empty());
}

#[test]
fn esc_keeps_a_draft_and_opening_again_goes_on() {
    let mut stage = open(stage());
    stage.write("Your offer").keys("esc");
    assert_eq!((stage.layers.len(), stage.said()), (0, "draft kept · m goes on"));
    let draft = stage.draft().expect("a draft");
    stage.env.drafts.push(Draft { at: NOW - 7_200_000_000, ..draft });
    stage.open(|cx| Compose::open(RecordId::lead(7), "Ann Lee", cx));
    assert_eq!(stage.said(), "going on with the draft of 2 h ago");
    stage.answer(Slot::Mail, Ok(Answer::Prepared(Box::new(prepared("", "")))));
    assert!(stage.screen().contains("Subject: Your offer"), "{}", stage.screen());
    // nothing typed, nothing kept
    let mut stage = open(self::stage());
    stage.keys("esc");
    assert!(stage.layers.is_empty() && stage.draft().is_none());
}

#[test]
fn what_did_not_go_out_is_said() {
    let mut stage = open(stage());
    stage.write("x").keys("down down").write("text").keys("ctrl-s");
    stage.written(Ok(Reply::Posted(Posted {
        failed: vec![(5, "msmtp did not take the mail: no such host".into())],
        ..Posted::default()
    })));
    assert_eq!(stage.said(), "not sent: msmtp did not take the mail: no such host · T-5 keeps it, m there goes on");
    assert!(stage.layers.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn anything_goes(
        columns in 1u16..200, rows in 1u16..60, subject in "\\PC{0,30}", body in ".{0,200}",
        steps in prop::collection::vec((0usize..12, ".{0,9}"), 0..20),
    ) {
        let keys = ["enter", "down", "up", "ctrl-t", "1", "esc", "ctrl-s", "ctrl-k", "backspace", "pgdn"];
        let mut stage = stage();
        stage.env.size = (columns, rows);
        stage.open(|cx| Compose::open(RecordId::lead(7), &subject, cx));
        stage.answer(Slot::Mail, Ok(Answer::Prepared(Box::new(prepared(&subject, &body)))));
        for (step, typed) in steps {
            match keys.get(step) {
                Some(key) => { stage.keys(key); }
                None => { stage.write(&typed); }
            }
            let (_, cursor) = stage.draw();
            prop_assert!(cursor.is_none_or(|at| at.x < columns && at.y < rows));
            stage.mouse(columns / 2, rows / 2, 0).mouse(columns / 2, rows / 3, 1);
        }
    }
}
