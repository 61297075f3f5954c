//! The laws that generated data keeps: same data for a seed, the shares of life, the rules of a lead, pairs as described.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::*;
use crate::model::choice::{Choices, Set};
use crate::model::entity::RecordId;
use crate::model::field::Kind;
use crate::model::record::Record;
use crate::model::rules::{check_reason, check_required};
use crate::model::value::Value;
use crate::store::lists;
use crate::store::sqlite::{Opening, fts};

/// 2026-11-23.
pub(super) const TODAY: i32 = 20_780;

pub(super) struct World {
    folder: tempfile::TempDir,
    pub made: Generated,
    pub catalog: Catalog,
    pub leads: Vec<Record>,
}

pub(super) fn world(leads: u64, seed: u64) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("big.db");
    let first = FirstUser { login: "ana".into(), name: "Ana Lima".into() };
    let made = generate(&path, &Spec { leads, seed, today: TODAY, first }, &mut |_, _, _| Ok(())).expect("generated");
    let db = Db::open(&Opening::existing(&path)).expect("opens");
    let catalog = lists::catalog(&db).expect("catalog");
    let leads = (1..=leads as i64).map(|n| store::record::need(&db, &catalog.lead, n).expect("lead")).collect();
    World { folder, made, catalog, leads }
}

/// One of 3,000 leads, made once.
pub(super) fn great_world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| world(3_000, 2))
}

impl World {
    pub fn db(&self) -> Db {
        Db::open(&Opening::existing(self.folder.path().join("big.db"))).expect("opens")
    }

    fn lead(&self, number: i64) -> &Record {
        &self.leads[number as usize - 1]
    }

    fn text(&self, number: i64, field: &'static str) -> &str {
        self.lead(number).text(&self.catalog.lead, field)
    }

    /// How many of a hundred leads have it so.
    fn share(&self, has: impl Fn(&Record) -> bool) -> f64 {
        100.0 * self.leads.iter().filter(|lead| has(lead)).count() as f64 / self.leads.len() as f64
    }

    fn dump(&self) -> Vec<String> {
        let (db, mut out) = (self.db(), Vec::new());
        let tables =
            "lead note activity request attachment app_user team team_member choice tag lead_tag operation setting sequence";
        for table in tables.split(' ') {
            let columns: Vec<String> = db
                .rows("SELECT name FROM pragma_table_info($1)", &[table.into()], |row| Ok(row.text(0)?.to_owned()))
                .expect("columns");
            let all = columns.iter().map(|c| format!("quote({c})")).collect::<Vec<_>>().join(" || '|' || ");
            out.extend(
                db.rows(&format!("SELECT {all} FROM {table} ORDER BY 1"), &[], |row| Ok(row.text(0)?.to_owned())).expect("rows"),
            );
        }
        out
    }
}

pub(super) fn close_to(what: &str, share: f64, wanted: f64, by: f64) {
    assert!((share - wanted).abs() <= by, "{what}: {share:.1} % instead of {wanted} %");
}

#[test]
fn the_same_seed_gives_the_same_data_and_another_one_other_data() {
    let (a, b, c) = (world(150, 7), world(150, 7), world(150, 8));
    assert_eq!(a.dump(), b.dump());
    assert_ne!(a.dump(), c.dump());
    assert_eq!(a.made, b.made);
}

#[test]
fn shares_are_those_of_life() {
    let world = great_world();
    let registry = &world.catalog.lead;
    let int = |lead: &Record, field| lead.named(registry, field).as_int();
    let empty = |field: &'static str| world.share(|lead| lead.named(registry, field).is_none());
    close_to("without e-mail", empty("email"), 20.0, 3.0);
    close_to("without company", empty("company"), 15.0, 3.0);
    close_to("from the web", world.share(|lead| int(lead, "source") == Some(8)), 40.0, 3.0);
    close_to("of one owner", world.share(|lead| int(lead, "owner") == Some(1)), 30.0, 3.0);
    close_to("closed", world.share(|lead| int(lead, "status") != Some(0)), 60.0, 3.0);
    let is_other = |text: &str| text.chars().any(|c| c as u32 > 0x36f);
    close_to("in other scripts", world.share(|lead| is_other(lead.text(registry, "last_name"))), 5.0, 1.5);
    let db = world.db();
    let noted = db.number("SELECT count(DISTINCT record) FROM note", &[]).expect("count");
    close_to("with notes", noted as f64 / 30.0, 40.0, 3.0);
    let longest = store::note::count(&db, RecordId::lead(world.made.longest)).expect("count");
    assert_eq!(longest as usize, LONGEST_TIMELINE);

    let currencies: HashSet<&str> = world.leads.iter().map(|lead| lead.text(registry, "currency")).collect();
    assert_eq!(currencies, HashSet::from(["EUR", "USD", "GBP"]));
    let mut values: Vec<i64> = world.leads.iter().filter_map(|lead| int(lead, "estimated_value")).map(|v| v / 10_000).collect();
    values.sort_unstable();
    let (median, mean) = (values[values.len() / 2], values.iter().sum::<i64>() / values.len() as i64);
    assert!((8_000..10_500).contains(&median) && mean > median * 3 / 2, "median {median}, mean {mean}");

    let mut names: HashMap<&str, usize> = HashMap::new();
    world.leads.iter().for_each(|lead| *names.entry(lead.text(registry, "last_name")).or_default() += 1);
    let mut counts: Vec<usize> = names.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    assert!(counts[0] > 4 * counts[20] && counts.len() > 400, "{:?} of {}", &counts[..21], counts.len());

    let closed_in = |years: i64| {
        let since = i64::from(TODAY) * DAY - years * 365 * DAY;
        world.leads.iter().filter_map(|lead| int(lead, "closed_at")).filter(|at| (since..since + 365 * DAY).contains(at)).count()
    };
    assert!(closed_in(1) > closed_in(3) && closed_in(3) > closed_in(5) && closed_in(5) > 0);
}

#[test]
fn every_rule_of_a_lead_holds() {
    let world = great_world();
    let registry = &world.catalog.lead;
    let choices = &world.catalog.choices;
    let end = i64::from(TODAY) * DAY;
    for lead in &world.leads {
        let int = |field| lead.named(registry, field).as_int();
        check_required(registry, lead).expect("required fields");
        check_reason(registry, choices, lead).expect("reason");
        assert_eq!(int("status") == Some(0), int("closed_at").is_none());
        let (created, modified) = (int("created_at").expect("created"), int("modified_at").expect("modified"));
        assert!(end - 5 * 366 * DAY - DAY <= created && created <= modified && modified < end, "{}", lead.key);
        assert!(int("closed_at").is_none_or(|at| created <= at && at < end));
        for (id, field) in registry.ids() {
            let value = lead.get(id);
            let longest = if field.max == 0 { u32::MAX } else { field.max };
            assert!(value.as_text().chars().count() <= longest as usize, "{}: {}", field.name, value.as_text());
            match (field.kind, value) {
                (Kind::Choice(set), Value::Choice(code)) => assert!(choices.get(set, *code).is_some(), "{} {code}", field.name),
                (Kind::Money | Kind::Int, value) => assert!(value.as_int().is_none_or(|n| (0..=field.most).contains(&n))),
                (Kind::Email, Value::Text(text)) => {
                    assert_eq!(crate::model::email::parse(text).map(|e| e.to_lowercase()), Ok(text.to_lowercase()))
                }
                (Kind::Phone, Value::Text(text)) => assert!(crate::model::phone::looks_like(text), "{text}"),
                _ => {}
            }
        }
    }
    assert_eq!(Choices::shipped().all(Set::Source), choices.all(Set::Source));
}

#[test]
fn the_search_indexes_the_log_and_the_sequences_agree() {
    let world = world(300, 5);
    let mut db = world.db();
    let damaged = db.write(fts::check).expect("checked");
    assert_eq!(damaged, Vec::<String>::new());
    let history = log::history(&db, RecordId::lead(300), 0, 10).expect("history");
    assert_eq!(history.len(), 1);
    assert_eq!(log::newest(&db).expect("newest"), 1);
    assert_eq!(log::newest_live(&db, 1, &[]).expect("asked"), None);
    let next = db.write(|db| {
        ["lead", "note", "activity", "request", "attachment"]
            .map(|of| setting::take_numbers(db, of, 1))
            .into_iter()
            .collect::<Result<Vec<_>>>()
    });
    let Counts { activities, requests, files } = world.made.history;
    let made = [300, world.made.notes, activities, requests, files];
    assert_eq!(next.expect("taken"), made.map(|count| count as i64 + 1));
}

#[test]
fn planted_pairs_are_as_they_are_said_to_be() {
    let world = great_world();
    let truth = &world.made.truth;
    assert_eq!(truth.len(), 90);
    assert_eq!(truth.iter().filter(|pair| pair.kind.is_duplicate()).count(), 45);
    let mut seen = HashSet::new();
    for pair in truth {
        assert!(pair.first < pair.second && seen.insert(pair.first) && seen.insert(pair.second));
        let both = |field: &'static str| (world.text(pair.first, field), world.text(pair.second, field));
        let same = |field: &'static str| both(field).0 == both(field).1 && !both(field).0.is_empty();
        let domain = |email: &str| email.rsplit_once('@').map(|(_, d)| d.to_owned());
        let (email, phone) = (both("email"), both("phone"));
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let same_number =
            |a: &str, b: &str| digits(a).len() >= 7 && digits(a)[digits(a).len() - 7..] == digits(b)[digits(b).len() - 7..];
        let holds = match pair.kind {
            TwinKind::Email => {
                let plain = |e: &str| {
                    let e = e.to_lowercase();
                    let (local, domain) = e.split_once('@').map(|(l, d)| (l.to_owned(), d.to_owned())).unwrap_or_default();
                    format!("{}@{domain}", local.split('+').next().unwrap_or_default())
                };
                email.0 != email.1 && plain(email.0) == plain(email.1) && !email.0.is_empty()
            }
            TwinKind::Phone => phone.0 != phone.1 && same_number(phone.0, phone.1),
            TwinKind::NameCompany => same("name") && !same("company") && !both("company").1.is_empty(),
            TwinKind::TypingSlip => !same("name") && same("company"),
            TwinKind::NameDomain => !same("name") && !same("email") && domain(email.0) == domain(email.1),
            TwinKind::Accents => !same("name") && same("company") && lexicon::without_accents(both("name").0) == both("name").1,
            TwinKind::NamesakesInCompany => same("name") && same("company") && !same("email") && !same_number(phone.0, phone.1),
            TwinKind::FamilyPhone => same("phone") && same("last_name") && !same("first_name") && same("street"),
            TwinKind::NamesakesAtPublicDomain => same("name") && !same("email") && domain(email.0) == domain(email.1),
            TwinKind::SharedContact => same("email") && email.0.starts_with("info@") && !same("name") && same("company"),
        };
        assert!(holds, "{pair:?}: {:?} {:?} {email:?} {phone:?}", both("name"), both("company"));
    }
    let path = world.folder.path().join("truth.csv");
    write_truth(&path, truth).expect("written");
    let text = std::fs::read_to_string(&path).expect("read");
    assert_eq!(text.lines().count(), 91);
    assert_eq!(text.lines().next(), Some("kind,first,second,is_duplicate"));
    assert!(text.lines().skip(1).all(|line| line.split(',').count() == 4 && line.contains(",L-")));
}

#[test]
fn nothing_but_what_was_planted_shares_an_address_or_a_number() {
    let world = great_world();
    let planted: HashSet<i64> = world.made.truth.iter().map(|pair| pair.second).collect();
    for field in ["email", "phone", "mobile_phone"] {
        let mut seen = HashSet::new();
        for number in (1..=3_000).filter(|n| !planted.contains(n)) {
            let text = world.text(number, field).to_lowercase();
            assert!(text.is_empty() || text.starts_with("info@") || seen.insert(text), "{field} of L-{number}");
        }
    }
}

#[test]
fn an_existing_file_is_left_alone_and_a_stopped_one_is_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = FirstUser { login: "ana".into(), name: "Ana Lima".into() };
    let spec = Spec { leads: 600, seed: 1, today: TODAY, first };
    let path = folder.path().join("mine.txt");
    std::fs::write(&path, "mine").expect("written");
    assert!(matches!(generate(&path, &spec, &mut |_, _, _| Ok(())), Err(Error::Refused { .. })));
    assert_eq!(std::fs::read_to_string(&path).expect("read"), "mine");
    let path = folder.path().join("new.db");
    for at in [Stage::Writing, Stage::Indexing] {
        let mut stop = |stage, done, _| if stage == at && done > 0 { Err(Error::Canceled) } else { Ok(()) };
        assert_eq!(generate(&path, &spec, &mut stop), Err(Error::Canceled));
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1, "{at:?}");
    }
    assert!(generate(&path, &Spec { leads: 0, ..spec }, &mut |_, _, _| Ok(())).is_err());
}

#[test]
fn qualified_leads_became_customers() {
    let world = great_world();
    let db = world.db();
    let count = |sql: &str| db.number(sql, &[]).expect("a number");
    let [accounts, contacts, opportunities] = world.made.customers;
    assert_eq!(count("SELECT count(*) FROM account"), accounts);
    assert_eq!(count("SELECT count(*) FROM opportunity"), opportunities);
    let qualified = world.leads.iter().filter(|l| l.named(&world.catalog.lead, "status").as_int() == Some(1)).count() as i64;
    assert_eq!((contacts, qualified), (qualified, count("SELECT count(*) FROM lead WHERE parent_contact IS NOT NULL")));
    assert!(accounts < contacts && opportunities > contacts && opportunities < 2 * contacts, "{:?}", world.made.customers);
    // each opportunity has its customer, and knows the lead that it came from
    let lost = "SELECT count(*) FROM opportunity o JOIN lead l ON l.number = o.originating_lead
                WHERE o.contact IS NULL OR l.parent_contact <> o.contact";
    assert_eq!(count(lost), 0);
    // what a customer buys later came from no lead, after the first sale
    let [first, later] = ["IS NOT NULL", "IS NULL"].map(|from| {
        let of = "EXISTS (SELECT 1 FROM lead l WHERE l.parent_contact = o.contact AND l.closed_at < o.created_at)";
        let of = if from == "IS NULL" { of } else { "true" };
        count(&format!("SELECT count(*) FROM opportunity o WHERE o.originating_lead {from} AND {of}"))
    });
    assert!(first > contacts / 2 && first < contacts && later > contacts / 3, "{first} and {later} of {contacts}");
    assert_eq!(first + later, opportunities);
    for state in 0..3 {
        assert!(db.number("SELECT count(*) FROM opportunity WHERE status = $1", &[state.into()]).expect("a number") > 0);
    }
    assert_eq!(count("SELECT count(*) FROM link"), opportunities);
    // the next account gets the next number
    assert_eq!(count("SELECT next FROM sequence WHERE entity = 'account'"), accounts + 1);
}
