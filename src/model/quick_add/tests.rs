//! What the quick-add line understands.

use proptest::prelude::*;

use super::*;

const SOURCES: Vocabulary<'static> =
    Vocabulary { sources: &["Web", "Trade Show", "Trade Show Berlin", "Partner / Referral", "Word of Mouth"] };

fn read(line: &str) -> QuickAdd {
    parse(line, &SOURCES)
}

/// `first|middle|last|company|email|phones|source|rating|tags|topic`, empty parts left out at the end.
fn shown(line: &str) -> String {
    let q = read(line);
    let source = q.source.map_or(String::new(), |s| if s.known { s.text } else { format!("{}?", s.text) });
    let emails = q.email.into_iter().chain(q.more_emails).collect::<Vec<_>>().join(",");
    [
        name::full(&q.name.salutation, &q.name.first, ""),
        q.name.middle,
        q.name.last,
        q.company,
        emails,
        q.phones.join(","),
        source,
        q.rating.unwrap_or_default(),
        q.tags.join(","),
        q.topic.unwrap_or_default(),
    ]
    .join("|")
    .trim_end_matches('|')
    .to_owned()
}

#[test]
fn the_line_of_the_manual() {
    let line = "Ann Lee @ Contoso ann@contoso.com +1 555 0100 via web !hot #expo needs 3D printers";
    assert_eq!(shown(line), "Ann||Lee|Contoso|ann@contoso.com|+1 555 0100|Web|hot|expo|needs 3D printers");
    let parts: Vec<(Part, &str)> = read(line).spans.iter().map(|s| (s.part, &line[s.range.clone()])).collect();
    assert_eq!(
        parts,
        [
            (Part::Name, "Ann Lee"),
            (Part::Company, "@ Contoso"),
            (Part::Email, "ann@contoso.com"),
            (Part::Phone, "+1 555 0100"),
            (Part::Source, "via web"),
            (Part::Rating, "!hot"),
            (Part::Tag, "#expo"),
            (Part::Topic, "needs 3D printers"),
        ]
    );
    assert!(read(line).problems.is_empty());
}

#[test]
fn parts_are_found_in_any_order() {
    for (line, meant) in [
        ("Lee", "||Lee"),
        ("Ann M. van der Lee", "Ann|M.|van der Lee"),
        ("@ Contoso", "|||Contoso"),
        ("@Contoso Ltd !hot", "|||Contoso Ltd||||hot"),
        ("@ Fourth Coffee, ann@x.de", "|||Fourth Coffee|ann@x.de"),
        ("Ann Lee : needs @ home", "Ann||Lee|home||||||needs"),
        ("Ann Lee: 3D printers", "Ann||Lee|||||||3D printers"),
        ("Ann Lee @ Contoso: 3D printers", "Ann||Lee|Contoso||||||3D printers"),
        ("Foo @ Bar : a : b", "||Foo|Bar||||||a : b"),
        ("Foo: a : b", "||Foo|||||||a : b"),
        ("Ann Lee @ Contoso : 3D printers #expo", "Ann||Lee|Contoso|||||expo|3D printers"),
        ("Ann Lee @ Contoso #expo 3D printers", "Ann||Lee|Contoso|||||expo|3D printers"),
        ("ann@x.de Ann Lee : demo", "Ann||Lee||ann@x.de|||||demo"),
        ("!hot Ann Lee #expo demo", "Ann||Lee|||||hot|expo|demo"),
        ("!hot @ Contoso #expo demo", "|||Contoso||||hot|expo|demo"),
        ("Ann Lee <ann@x.de>, bo@x.de; demo", "Ann||Lee||ann@x.de,bo@x.de|||||demo"),
        ("Ann Lee !Cold !warm", "Ann||Lee|||||warm"),
        ("Ann Lee #expo #Expo #berlin, demo", "Ann||Lee||||||expo,berlin|demo"),
        ("Ann Lee #\"trade show\" demo", "Ann||Lee||||||trade show|demo"),
        ("Ann Lee @ A @ B", "Ann||Lee|A @ B"),
        ("Ann Lee !", "Ann||Lee"),
        ("Ann Lee @", "Ann||Lee"),
        ("Ann Lee ! demo", "Ann|Lee !|demo"),
        ("Lee, Ann @ Contoso", "Ann||Lee|Contoso"),
        ("王小明 @ 日本ガス via web", "||王小明|日本ガス|||Web"),
    ] {
        assert_eq!(shown(line), meant, "{line}");
    }
}

#[test]
fn a_source_wins_by_its_longest_label() {
    for (line, meant) in [
        ("Ann Lee via trade show berlin needs x", "Ann||Lee||||Trade Show Berlin|||needs x"),
        ("Ann Lee via trade show hamburg", "Ann||Lee||||Trade Show|||hamburg"),
        ("Ann Lee via partner/referral demo", "Ann||Lee||||Partner / Referral|||demo"),
        ("Ann Lee via Bo's garage !hot demo", "Ann||Lee||||Bo's garage?|hot||demo"),
        ("Ann Lee via \"Bo's garage\" demo", "Ann||Lee||||Bo's garage?|||demo"),
        ("Ann Lee via web via ship", "Ann||Lee||||Web|||via ship"),
        ("Ann Lee VIA web : demo", "Ann||Lee||||Web|||demo"),
        ("Via Lee", "Via||Lee"),
        ("Maria Via", "Maria||Via"),
        ("Ann Lee @ Contoso via web, needs x", "Ann||Lee|Contoso|||Web|||needs x"),
    ] {
        assert_eq!(shown(line), meant, "{line}");
    }
}

#[test]
fn phones_begin_with_plus_or_have_seven_digits() {
    for (line, meant) in [
        ("Ann +4", "||Ann|||+4"),
        ("Ann 555 0100 demo", "||Ann|||555 0100||||demo"),
        ("Ann (650) 867-3450 x123 demo", "||Ann|||(650) 867-3450 x123||||demo"),
        ("Ann 555 0100 ext. 12 demo", "||Ann|||555 0100 ext. 12||||demo"),
        ("Ann +1 555 0100 3 printers", "||Ann|||+1 555 0100||||3 printers"),
        ("Ann +1 555 0100 +46 8 555 010", "||Ann|||+1 555 0100,+46 8 555 010"),
        ("Ann +1 555 0100, 5550101", "||Ann|||+1 555 0100,5550101"),
        ("Ann 5550100 5550101", "||Ann|||5550100,5550101"),
        ("Ann +33 1 23 45 67 89", "||Ann|||+33 1 23 45 67 89"),
        ("Ann !hot 3 printers", "||Ann|||||hot||3 printers"),
        ("Ann !hot call 2026-11-23 9:00", "||Ann|||||hot||call 2026-11-23 9:00"),
        ("Ann @ Studio 54 ann@x.de", "||Ann|Studio 54|ann@x.de"),
        ("Ann !hot \"5550100\"", "||Ann|||||hot||5550100"),
        ("Ann +1 555 0100 - demo", "||Ann|||+1 555 0100||||- demo"),
    ] {
        assert_eq!(shown(line), meant, "{line}");
    }
}

#[test]
fn quotes_hold_words_together() {
    for (line, meant) in [
        ("\"Mary Ann\" Lee", "Mary Ann||Lee"),
        ("\"Ann Lee\"", "Ann||Lee"),
        ("Ann Lee @ \"Via Roma\" demo", "Ann||Lee|Via Roma||||||demo"),
        ("Ann Lee @\"C @ D\" demo", "Ann||Lee|C @ D||||||demo"),
        ("Ann Lee @ “Fourth Coffee” demo", "Ann||Lee|Fourth Coffee||||||demo"),
        ("Ann Lee : \"!hot\" and \"#expo\"", "Ann||Lee|||||||!hot and #expo"),
        ("Ann Lee @ \"not closed", "Ann||Lee|not closed"),
        ("Ann Lee \"\" : 5\" pipes", "Ann||Lee|||||||5\" pipes"),
    ] {
        assert_eq!(shown(line), meant, "{line}");
    }
}

#[test]
fn problems_say_what_would_be_right() {
    let problems = |line| read(line).problems.into_iter().map(|p| (p.field, p.message)).collect::<Vec<_>>();
    assert_eq!(problems("Ann !lukewarm"), [("rating".into(), "“lukewarm” is no rating; it is !hot, !warm or !cold".into())]);
    assert_eq!(problems("#expo")[0].1, "a name or a company is missing");
    assert_eq!(problems("")[0].0, "name");
    assert_eq!(problems("Ann ann@contoso")[0].0, "email");
    assert!(problems("Ann meet@9").is_empty());
    let q = read("Ann ann@contoso");
    assert!(q.spans[1].wrong && q.spans[1].part == Part::Email);
    assert_eq!(q.full_name(), "Ann");
}

proptest! {
    #[test]
    fn any_line_is_safe(line in any::<String>(), near in "([A-Za-z]{0,4}|[@!#:+\"“”,]|[0-9]{1,8}|via|web|trade|show|ext|a@b\\.de| ){0,16}") {
        for line in [line, near] {
            let q = read(&line);
            let mut end = 0;
            for span in &q.spans {
                prop_assert!(span.range.start >= end && span.range.end > span.range.start);
                prop_assert!(line.get(span.range.clone()).is_some());
                end = span.range.end;
            }
        }
    }

    #[test]
    fn plain_words_are_the_name(words in prop::collection::vec("[A-Z][a-z]{1,8}", 1..4)) {
        let line = words.join(" ");
        prop_assume!(!words.iter().any(|w| w == "Via"));
        let q = read(&line);
        prop_assert!(q.topic.is_none() && q.company.is_empty());
        prop_assert_eq!(name::full(&q.name.salutation, "", &q.full_name()), line);
    }

    #[test]
    fn no_word_is_lost(words in prop::collection::vec("[a-z]{1,6}", 1..8), at in 0usize..8, mark in "(@|via|:|!hot|#tag|a@b\\.de)") {
        let mut words = words;
        words.insert(at.min(words.len()), mark);
        let line = words.join(" ");
        let all = shown(&line).to_lowercase();
        let dropped: Vec<_> = words.iter().map(|w| w.trim_start_matches(['@', ':', '!', '#'])).filter(|w| *w != "via" && !all.contains(*w)).collect();
        prop_assert!(dropped.is_empty(), "{}: {}", line, all);
    }
}
