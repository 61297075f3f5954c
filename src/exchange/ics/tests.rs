//! Calendars read back by a strict reader of RFC 5545.

use super::*;
use proptest::prelude::*;
use serde_json::json;

/// A component as a strict reader sees it: its name, its properties as name, parameters and value, and what is in it.
#[derive(Debug, Default)]
struct Part {
    name: String,
    properties: Vec<(String, String, String)>,
    parts: Vec<Part>,
}

impl Part {
    fn all(&self, name: &str) -> Vec<&str> {
        self.properties.iter().filter(|(own, ..)| own == name).map(|(.., value)| value.as_str()).collect()
    }

    fn one(&self, name: &str) -> &str {
        let all = self.all(name);
        assert!(all.len() <= 1, "{name} twice");
        all.first().copied().unwrap_or_default()
    }
}

/// Reads a calendar by the grammar of RFC 5545 and takes nothing else.
fn read(bytes: &[u8]) -> Part {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "lines end in CR LF");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "a line is too long");
    let unfolded = text.replace("\r\n ", "");
    let mut open = vec![Part::default()];
    for line in unfolded.trim_end_matches("\r\n").split("\r\n") {
        let quoted = |at: usize| line[..at].matches('"').count() % 2 == 1;
        let colon = line.match_indices(':').map(|(at, _)| at).find(|at| !quoted(*at)).expect("a colon");
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        assert!(name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-') && !name.is_empty(), "{name}");
        match name {
            "BEGIN" => open.push(Part { name: value.to_owned(), ..Part::default() }),
            "END" => {
                let part = open.pop().expect("a part");
                assert_eq!(part.name, value);
                open.last_mut().expect("an outer part").parts.push(part);
            }
            _ => open.last_mut().expect("a part").properties.push((name.to_owned(), parameters.to_owned(), value.to_owned())),
        }
    }
    assert_eq!(open.len(), 1, "all is closed");
    let mut all = open.remove(0);
    assert!(all.parts.len() == 1 && all.properties.is_empty());
    all.parts.remove(0)
}

/// The text of a value.
fn plain(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        assert!(!matches!(c, ',' | ';'), "a mark without a backslash: {value}");
        match c {
            '\\' => match chars.next().expect("something behind a backslash") {
                'n' => out.push('\n'),
                mark @ ('\\' | ',' | ';') => out.push(mark),
                other => panic!("\\{other}"),
            },
            c => out.push(c),
        }
    }
    out
}

fn written(entries: &[Entry]) -> Part {
    let mut out = Vec::new();
    begin(&mut out).expect("memory");
    for one in entries {
        entry(&mut out, one, NOW).expect("memory");
    }
    end(&mut out).expect("memory");
    read(&out)
}

/// 24 November 2026, 08:00 UTC.
const NOW: i64 = 1_795_507_200_000_000;
const HOUR: i64 = 3_600_000_000;
/// The same day.
const DAY: i32 = 20_781;

fn blank(what: What) -> Entry {
    Entry {
        uid: "7d".into(),
        summary: "Demo".into(),
        description: String::new(),
        location: String::new(),
        what,
        status: Status::Open,
        attendees: Vec::new(),
        is_urgent: false,
        created: None,
        modified: None,
        completed: None,
    }
}

#[test]
fn appointments_are_events_and_tasks_are_to_be_done() {
    let demo = Entry {
        description: "Bring: the 3D printer; samples, cables\nand \\ this".into(),
        location: "Main St 1, Austin".into(),
        attendees: vec!["Ann \"A\" Lee <ann@contoso.example>".into(), "bo@x.example".into(), "Cy Diaz".into()],
        created: Some(NOW - HOUR),
        ..blank(What::Event(Span::Timed(NOW, NOW + HOUR)))
    };
    let fair = blank(What::Event(Span::Days(DAY, DAY + 1)));
    let call = Entry { status: Status::Done, is_urgent: true, completed: Some(NOW), ..blank(What::Todo(Some(Due::At(NOW)))) };
    let task = Entry { status: Status::Canceled, ..blank(What::Todo(Some(Due::On(DAY)))) };
    let calendar = written(&[demo, fair, call, task, blank(What::Todo(None))]);
    assert_eq!((calendar.name.as_str(), calendar.one("VERSION")), ("VCALENDAR", "2.0"));
    assert!(!calendar.one("PRODID").is_empty());
    let [demo, fair, call, task, bare] = calendar.parts.as_slice() else { panic!("{calendar:?}") };
    assert_eq!((demo.name.as_str(), demo.one("UID"), demo.one("DTSTAMP")), ("VEVENT", "7d", "20261124T080000Z"));
    assert_eq!((demo.one("DTSTART"), demo.one("DTEND")), ("20261124T080000Z", "20261124T090000Z"));
    assert_eq!(plain(demo.one("DESCRIPTION")), "Bring: the 3D printer; samples, cables\nand \\ this");
    assert_eq!(plain(demo.one("LOCATION")), "Main St 1, Austin");
    assert_eq!(demo.all("ATTENDEE"), ["mailto:ann@contoso.example", "mailto:bo@x.example", "invalid:nomail"]);
    assert!(demo.properties.iter().any(|(_, parameters, _)| parameters == "CN=\"Ann A Lee\""), "{demo:?}");
    assert_eq!(demo.one("CREATED"), "20261124T070000Z");
    assert_eq!((fair.one("DTSTART"), fair.one("DTEND")), ("20261124", "20261126"));
    assert!(fair.properties.iter().any(|(name, parameters, _)| name == "DTEND" && parameters == "VALUE=DATE"));
    assert_eq!((call.name.as_str(), call.one("DUE"), call.one("STATUS")), ("VTODO", "20261124T080000Z", "COMPLETED"));
    assert_eq!((call.one("PRIORITY"), call.one("COMPLETED")), ("1", "20261124T080000Z"));
    assert_eq!((task.one("DUE"), task.one("STATUS")), ("20261124", "CANCELLED"));
    assert_eq!((bare.one("DUE"), bare.one("STATUS")), ("", "NEEDS-ACTION"));
}

#[test]
fn an_activity_becomes_an_entry() {
    let columns: Vec<String> = FIELDS.iter().map(|name| (*name).to_owned()).collect();
    let read = |pairs: &[(&str, Value)]| {
        let value = |name: &String| pairs.iter().find(|(own, _)| own == name).map_or(Value::Null, |(_, value)| value.clone());
        of_record(&columns, &columns.iter().map(value).collect::<Vec<_>>())
    };
    let entry = |pairs: &[(&str, Value)]| read(pairs).expect("an entry");
    let demo = entry(&[
        ("name", json!("Demo")),
        ("regarding", json!("Ann Lee")),
        ("kind", json!("appointment")),
        ("starts_at", json!("2026-11-24T08:00:00Z")),
        ("due_at", json!("2026-11-24T09:00:00Z")),
        ("required_attendees", json!("ann@x.example; Bo Ek")),
    ]);
    assert_eq!((demo.summary.as_str(), demo.what), ("Demo · Ann Lee", What::Event(Span::Timed(NOW, NOW + HOUR))));
    assert_eq!(demo.attendees, ["ann@x.example", "Bo Ek"]);
    let fair = entry(&[("kind", json!("appointment")), ("starts_at", json!("2026-11-24")), ("all_day", json!(true))]);
    assert_eq!(fair.what, What::Event(Span::Days(DAY, DAY)));
    let call = entry(&[
        ("kind", json!("phone-call")),
        ("phone_number", json!("+1 555 0100")),
        ("description", json!("ask")),
        ("due_at", json!("2026-11-24")),
        ("status", json!("completed")),
        ("priority", json!("high")),
    ]);
    assert_eq!((call.description.as_str(), call.what), ("+1 555 0100\nask", What::Todo(Some(Due::On(DAY)))));
    assert!(call.is_urgent && call.status == Status::Done);
    // what was only logged, and mails that came or went, are no entries
    let due = ("due_at", json!("2026-11-24"));
    for (kind, status, is_due, belongs) in [
        ("phone-call", "completed", false, false),
        ("phone-call", "open", false, true),
        ("email", "completed", true, false),
        ("email", "open", false, false),
        ("email", "open", true, true),
        ("task", "completed", true, true),
        ("letter", "completed", false, false),
        ("appointment", "canceled", true, true),
    ] {
        let mut pairs = vec![("kind", json!(kind)), ("status", json!(status))];
        pairs.extend(is_due.then(|| due.clone()));
        assert_eq!(read(&pairs).is_some(), belongs, "{kind} {status} {is_due}");
    }
}

proptest! {
    #[test]
    fn any_text_is_written_strictly(
        text in any::<String>(),
        words in "[a-zé日😀,;:\\\\\" \n]{0,200}",
        attendee in any::<String>(),
        (from, to, first, last) in (any::<i64>(), any::<i64>(), any::<i32>(), any::<i32>()),
    ) {
        let texts = |what| Entry {
            summary: text.clone(),
            description: words.clone(),
            location: text.clone(),
            attendees: vec![attendee.clone(), format!("{attendee} <{text}>"), format!("{words}@x")],
            ..blank(what)
        };
        let whats = [
            What::Event(Span::Timed(from, to)),
            What::Event(Span::Days(first, last)),
            What::Todo(Some(Due::At(from))),
            What::Todo(Some(Due::On(first))),
        ];
        let calendar = written(&whats.map(texts));
        for part in &calendar.parts {
            let _ = (plain(part.one("SUMMARY")), plain(part.one("LOCATION")));
            let description = if words.trim().is_empty() { "" } else { words.as_str() };
            prop_assert_eq!(plain(part.one("DESCRIPTION")), description);
        }
    }
}
