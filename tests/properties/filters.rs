//! Filters: SQL finds what the evaluator finds, in its order; text and tree are two forms of one thing; no text does harm.

use leadbook::model::entity::Entity;
use leadbook::model::field::read::Reading;
use leadbook::model::locale::Locale;
use leadbook::query::ast::Query;
use leadbook::query::eval::{compare, matches};
use leadbook::query::path;
use leadbook::query::{complete, describe, highlight, parse, print, respelled};
use leadbook::store::filter::{Common, CompileContext, Scale, compile, compile_for};
use leadbook::store::list::{Limits, Search};
use proptest::prelude::*;

use crate::world::filters::{BESIDE, STATES};
use crate::world::{Dice, ME, NOW, World};

/// Every way to a list, taken by lists of any size.
const LIMITS: &[Limits] = &[
    Limits { few: 0, few_at_first: 0, entries: 500, rows: 500, few_notes: 0, many_notes: 3 },
    Limits { few: 10_000, few_at_first: 1_000, entries: 50_000, rows: 3_000, few_notes: 20_000, many_notes: 100_000 },
    Limits { few: 0, few_at_first: 0, entries: 40, rows: 40, few_notes: 0, many_notes: 0 },
    Limits { few: 10, few_at_first: 0, entries: 5, rows: 500, few_notes: 2, many_notes: 9 },
    Limits { few: 500, few_at_first: 0, entries: 100, rows: 5, few_notes: 0, many_notes: 500 },
];

/// What a filter finds by SQL, which is the same when it is asked of a list and of each record.
fn by_sql(world: &World, query: &Query, ctx: &CompileContext<'_>, text: &str) -> Vec<i64> {
    let [many, few] = [Scale::Many, Scale::Few].map(|scale| {
        let compiled = compile_for(query, ctx, Common::Sought, scale);
        let sql = format!("SELECT l.number FROM {} l WHERE {} ORDER BY l.number", query.entity.name(), compiled.condition);
        let found = world.db.rows(&sql, &compiled.values, |row| row.int(0)).unwrap_or_else(|e| panic!("{text}: {e}\n{sql}"));
        (found, sql)
    });
    assert_eq!(many.0, few.0, "{text}\n{}\n{}", many.1, few.1);
    many.0
}

#[test]
fn sql_and_evaluator_agree() {
    let world = World::new(20_261_123, 220);
    let ctx = world.ctx();
    let (mut read, mut found) = (0, 0);
    for seed in 1..=1_000 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (seed * 0x1_0000_01B3));
        let depth = dice.roll(4);
        let text = format!("{}{}", world.filter(&mut dice, depth), world.sort(&mut dice));
        let Ok(query) = parse(&text, &world.reading()) else { continue };
        read += 1;
        let printed = print(&query, &world.reading());
        assert_eq!(parse(&printed, &world.reading()).as_ref(), Ok(&query), "{text} → {printed}");

        let compiled = compile(&query, &ctx);
        let sql = format!("SELECT l.number FROM lead l WHERE {} ORDER BY {}", compiled.condition, compiled.order);
        let by_sql = world.db.rows(&sql, &compiled.values, |row| row.int(0)).unwrap_or_else(|e| panic!("{text}: {e}\n{sql}"));
        let mut by_hand: Vec<_> = world.leads.iter().filter(|lead| matches(&query, lead, &ctx)).collect();
        by_hand.sort_by(|a, b| compare(a, b, &query.sort, &ctx));
        let by_hand: Vec<i64> = by_hand.iter().map(|lead| lead.key.number).collect();
        assert_eq!(by_sql, by_hand, "{text}\n{sql}\n{:?}", compiled.values);
        let few = self::by_sql(&world, &query, &ctx, &text);
        assert_eq!(few.len(), by_hand.len(), "{text}");
        found += usize::from(!by_hand.is_empty() && by_hand.len() < 150);
        for limits in LIMITS {
            let search = || Search::new(&world.db, &ctx, &query, *limits);
            let told = |e| panic!("{text}: {e}, with {limits:?}");
            assert_eq!(search().all(usize::MAX).unwrap_or_else(told), by_hand, "{text}: all, with {limits:?}");
            for most in [1, 7, 220] {
                let first = &by_hand[..most.min(by_hand.len())];
                assert_eq!(search().first(most).unwrap_or_else(told), first, "{text}: the first {most}, with {limits:?}");
            }
            let mut unordered = search().unordered().unwrap_or_else(told);
            unordered.sort_by_key(|number| by_hand.iter().position(|n| n == number));
            assert_eq!(unordered, by_hand, "{text}: unordered, with {limits:?}");
            assert_eq!(search().count().ok(), u64::try_from(by_hand.len()).ok(), "{text}: count, with {limits:?}");
        }
    }
    assert!(read > 700 && found > 300, "too few filters say anything: {read} read, {found} found some");
}

#[test]
fn what_is_written_for_all_countries_means_in_each_what_its_author_meant() {
    let world = World::new(20_261_126, 5);
    let habits = Locale::habits();
    let (mut read, mut changed) = (0, 0);
    for seed in 1..=1_500 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (seed * 0x1_0000_01B3));
        let depth = dice.roll(4);
        let more = ["", "value>1.500 ", "-(close<3/4/2027) ", "has:note>=5/6/2026 ", "score<=1,234 ", "created:3/4/26..today "];
        let text = format!("{}{}", more[dice.roll(more.len())], world.filter(&mut dice, depth));
        for author in &habits {
            let author = Reading { locale: author, ..world.reading() };
            let others: Vec<_> = habits.iter().map(|locale| Reading { locale, ..author }).collect();
            let Ok(written) = respelled(&text, &author, &others) else { continue };
            read += 1;
            changed += usize::from(written != text);
            let meant = parse(&text, &author);
            for other in &others {
                assert_eq!(parse(&written, other), meant, "{text} → {written}");
            }
        }
    }
    assert!(read > 2_000 && changed > 500, "too few filters say anything: {read} read, {changed} written anew");
}

#[test]
fn sql_and_evaluator_agree_on_every_kind_of_records() {
    let world = World::new(20_261_124, 90);
    let ctx = world.ctx();
    let mut found = std::collections::HashMap::new();
    for seed in 1..=4_000 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (seed * 0x1_0000_01B3));
        let entity = Entity::LISTED[dice.roll(Entity::LISTED.len())];
        let depth = dice.roll(4);
        let text = world.filter_of(&mut dice, entity, depth);
        let reading = Reading { entity, ..world.reading() };
        let Ok(query) = parse(&text, &reading) else { continue };
        let printed = print(&query, &reading);
        assert_eq!(parse(&printed, &reading).as_ref(), Ok(&query), "{text} → {printed}");
        let by_sql = by_sql(&world, &query, &ctx, &text);
        let all = world.beside.records.iter().filter(|record| record.key.entity == entity);
        let mut by_hand: Vec<i64> = all.filter(|record| matches(&query, record, &ctx)).map(|record| record.key.number).collect();
        by_hand.sort_unstable();
        assert_eq!(by_sql, by_hand, "{text} of {}", entity.plural());
        *found.entry(entity).or_insert(0) += usize::from(!by_hand.is_empty() && text.contains('.'));
    }
    for entity in Entity::LISTED.iter().filter(|entity| path::of(**entity).next().is_some()) {
        assert!(found.get(entity).is_some_and(|n| *n > 3), "too few filters of {} say anything: {found:?}", entity.plural());
    }
}

#[test]
fn every_path_leads_to_what_the_evaluator_finds() {
    let world = World::new(20_261_125, 90);
    let ctx = world.ctx();
    for path in path::PATHS {
        for (inner, sign) in [("*", ""), ("*", "-"), ("is:mine", ""), ("is:deleted", ""), ("-is:deleted", "")] {
            let reading = Reading { entity: path.from, ..world.reading() };
            let text = format!("{sign}{}.({inner})", path.name);
            let query = parse(&text, &reading).expect("a filter");
            let by_sql = by_sql(&world, &query, &ctx, &text);
            let all = world.beside.records.iter().filter(|record| matches(&query, record, &ctx));
            let by_hand: Vec<i64> = all.map(|record| record.key.number).collect();
            assert_eq!(by_sql, by_hand, "{text} of {}", path.from.plural());
        }
    }
}

#[test]
fn every_word_of_the_language_finds_some_leads_and_not_all() {
    let world = World::new(20_261_126, 300);
    let ctx = world.ctx();
    let states = STATES.iter().map(|state| format!("is:{state}"));
    for text in states.chain(BESIDE.iter().map(|text| (*text).to_owned())) {
        let query = parse(&text, &world.reading()).unwrap_or_else(|e| panic!("{text}: {e}"));
        let by_sql = by_sql(&world, &query, &ctx, &text);
        let all = world.leads.iter().filter(|lead| matches(&query, lead, &ctx));
        assert_eq!(by_sql, all.map(|lead| lead.key.number).collect::<Vec<_>>(), "{text}");
        let all = if text.starts_with("unit<=North") { 0 } else { world.leads.len() };
        assert!(!by_sql.is_empty() && by_sql.len() != all, "{text} finds {}", by_sql.len());
    }
}

#[test]
fn what_the_reference_shows_is_read_and_answered() {
    let world = World::new(9, 30);
    for filter in leadbook::query::reference::WRITTEN.iter().flat_map(|(written, _)| *written) {
        let query = parse(filter, &world.reading()).unwrap_or_else(|e| panic!("{filter}: {e}"));
        assert!(leadbook::store::list::count(&world.db, &world.ctx(), &query).is_ok(), "{filter}");
    }
}

/// Texts that somebody might try: long, deep, full of quotes, NUL and stars.
fn hostile() -> Vec<String> {
    let many = |part: &str, n: usize| part.repeat(n);
    vec![
        many("a ", 200),
        many("name:*a* ", 200),
        many("text:a ", 199),
        many("-is:duplicate ", 100),
        many("was:me or ", 100) + "was:bo",
        many("opportunity.account.lead.", 30) + "name:x",
        many("account.lead.", 2) + "is:mine",
        many("account.lead.", 31) + "is:mine",
        many("linked_account.lead.", 2) + "(a or name:x)",
        many("opportunity.linked_lead.", 2) + "is:mine",
        many("linked_account.lead.is:mine or opportunity.linked_lead.account.lead.has:duplicate or ", 20) + "x",
        many("opportunity.(", 63) + "x" + &many(")", 63),
        many("(", 64) + "a" + &many(")", 64),
        many("(", 100_000),
        many("-", 100_000) + "a",
        many("\"", 3_999),
        format!("name:\"{}\"", many("\\\"", 149)),
        format!("name:{}", many("%_", 140)),
        format!("name:*{}*", many("é", 290)),
        "name:\0 \0 text:\"\0\" tag:\0,x".into(),
        format!("source:{}", many("web,", 199) + "web"),
        format!("name:{}", many("a,", 199) + "a"),
        format!("country:{}", many("de,", 190) + "de"),
        many("x", 1_000_000),
        many("name:x ", 150_000),
        many("é(", 500_000),
        format!("text:{}", many("a b c ", 45)),
        many("company:a* or ", 199) + "b",
    ]
}

#[test]
fn hostile_filters_are_answered_within_a_second() {
    let world = World::new(13, 120);
    let reading = world.reading();
    let mut answered = 0;
    for text in hostile() {
        let start = std::time::Instant::now();
        let _ = (highlight(&text), complete(&text, text.len(), &reading));
        match parse(&text, &reading) {
            Ok(query) => {
                answered += 1;
                assert!(!describe(&query, &reading).is_empty());
                let compiled = compile(&query, &world.ctx());
                let sql = format!("SELECT l.number FROM lead l WHERE {}", compiled.condition);
                let found = world.db.rows(&sql, &compiled.values, |row| row.int(0));
                // what is too much for the database is said in words of ours
                let is_answer = matches!(&found, Ok(_) | Err(leadbook::error::Error::Usage(_)));
                assert!(is_answer, "{}: {:?}", text.chars().take(60).collect::<String>(), found.err());
            }
            Err(error) => assert!(text.get(error.span).is_some() && !error.message.is_empty()),
        }
        let most = std::time::Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 1 });
        assert!(start.elapsed() < most, "{} took {:?}", text.chars().take(60).collect::<String>(), start.elapsed());
    }
    assert!(answered > 10, "only {answered} are filters");
}

#[test]
fn sql_takes_no_letter_from_the_filter() {
    let world = World::new(5, 1);
    let ctx = world.ctx();
    let hostile = "'; drop table lead; --";
    for text in
        [format!("\"{hostile}\""), format!("company:\"{hostile}\" tag:\"{hostile}\" email:*\"{hostile}\" city:\"{hostile}\"*")]
    {
        let query = parse(&text, &world.reading()).expect("a filter");
        let compiled = compile(&query, &ctx);
        assert!(!compiled.condition.contains("drop") && !compiled.order.contains("drop"), "{}", compiled.condition);
        let places = compiled.condition.matches('$').count();
        assert_eq!(places, compiled.values.len(), "every value has one place");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_read_or_refused_at_a_place(text in "[ -~äß日\u{202e}\t]{0,80}") {
        let world = leadbook::model::catalog::Catalog::shipped();
        let locale = leadbook::model::locale::Locale::default();
        let zone = leadbook::model::zone::Zone::Utc;
        let reading = leadbook::model::field::read::Reading { entity: leadbook::model::entity::Entity::Lead, catalog: &world, locale: &locale, zone, now: NOW, me: ME };
        for (place, _) in highlight(&text) {
            prop_assert!(text.get(place).is_some());
        }
        for (cursor, _) in text.char_indices() {
            for offer in complete(&text, cursor, &reading) {
                prop_assert!(text.get(offer.replace).is_some());
            }
        }
        match parse(&text, &reading) {
            Ok(query) => {
                prop_assert!(!describe(&query, &reading).is_empty());
                let printed = print(&query, &reading);
                prop_assert_eq!(parse(&printed, &reading), Ok(query), "{} → {}", text, printed);
            }
            Err(error) => prop_assert!(text.get(error.span).is_some()),
        }
    }
}
