//! What the person says against the file, and files that are wrong.

use leadbook::error::{Error, Result};
use leadbook::exchange::csv::CsvFile;
use leadbook::exchange::import::{Options, OwnerGuess, Plan, Planner, SkippedRows, parse_map};
use leadbook::exchange::input::Input;
use leadbook::model::catalog::Catalog;
use leadbook::model::choice::{Choice, Set};
use leadbook::model::people::{Role, User};
use leadbook::model::value::Owner;

use crate::common::*;

fn with(change: impl FnOnce(&mut Options)) -> Options {
    let mut options = options("US");
    change(&mut options);
    options
}

fn fixed(name: &'static str, value: &str) -> Options {
    with(|o| o.fixed = vec![(Catalog::shipped().lead.id(name), value.to_owned())])
}

#[test]
fn dates_and_marks_can_be_switched() {
    let file = "Name,Close Date,Value\nAnn Lee,3/4/2026,\"1,500\"\n";
    let got = import(text(file), with(|o| (o.day_first, o.decimal_comma) = (Some(true), Some(true)))).expect("good");
    got.expect(&got.drafts[0], &[("estimated_close_date", "2026-04-03"), ("estimated_value", "1.50")]);
    let got = import(text(file), options("GB")).expect("good");
    got.expect(&got.drafts[0], &[("estimated_close_date", "2026-04-03"), ("estimated_value", "1500.00")]);
    assert_eq!(got.plan.notes.len(), 2);
}

#[test]
fn a_value_that_fits_no_order_is_a_problem_of_its_row() {
    let file = "Name,Close Date,Value\nAnn Lee,25/4/2026,\"1,5\"\nBo Ek,4/25/2026,\"1,234.5\"\nCy Diaz,soon,2\n";
    let got = import(text(file), options("US")).expect("good");
    assert_eq!(got.plan.notes.len(), 2, "{:?}", got.plan.notes);
    got.expect(&got.drafts[0], &[("estimated_close_date", ""), ("estimated_value", "")]);
    got.expect(&got.drafts[1], &[("estimated_close_date", "2026-04-25"), ("estimated_value", "1234.50")]);
    assert_eq!(got.drafts[0].rest, "Close Date: 25/4/2026\nValue: 1,5");
    assert_eq!(got.said("estimated_close_date").iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 4]);
    assert!(got.said("estimated_close_date")[0].1.contains("read as 11/23/2026"));
}

#[test]
fn a_map_is_stronger_than_a_guess() {
    let file = "Firma,Name,Status,X\nContoso,Ann Lee,New,a\n";
    let mut chosen = with(|o| o.map = parse_map("Firma=company, Status=-,\"X\"=description").expect("a map"));
    chosen.remembered = vec![("X".into(), "topic".into()), ("gone".into(), "topic".into()), ("Name".into(), "no such".into())];
    let got = import(text(file), chosen).expect("good");
    got.expect(&got.drafts[0], &[("company", "Contoso"), ("status", ""), ("description", "a"), ("last_name", "Lee")]);
    assert_eq!(got.drafts[0].rest, "Status: New");
    let words: Vec<(String, String)> = got.plan.map(&got.catalog.lead);
    assert_eq!(words[2], ("Status".to_owned(), "-".to_owned()));
    // the map is remembered by the headings
    let again = import(text(file), with(|o| o.remembered = words)).expect("good");
    assert_eq!((&again.plan.fingerprint, again.plan.columns == got.plan.columns), (&got.plan.fingerprint, true));

    // what the map chose comes before what was guessed
    let file = "Id,Ref,Email,Best mail,Name\n1,R-1,a@b.example,c@d.example,Ann Lee\n";
    let got = import(text(file), with(|o| o.map = parse_map("Ref=import_key,Best mail=email").expect("a map"))).expect("good");
    got.expect(&got.drafts[0], &[("email", "c@d.example"), ("email2", "a@b.example")]);
    assert_eq!(
        (got.drafts[0].import_key.as_str(), got.drafts[0].rest.as_str(), got.plan.import_source.as_str()),
        ("R-1", "Id: 1", "Ref")
    );

    // a remembered map says the same again, also of headings that stand there twice
    let twice = "Email,Email,Company,Company Name,Name\na@b.example,c@d.example,,Contoso,Ann Lee\n";
    let first = plan(text(twice), options("US")).expect("good");
    let words = first.map(&got.catalog.lead);
    assert_eq!(words[1], ("column 2".to_owned(), "emails".to_owned()));
    let again = plan(text(twice), with(|o| o.remembered = words)).expect("good");
    assert_eq!(again.columns, first.columns);

    let file = "Firma,Name,Status,X\nContoso,Ann Lee,New,a\n";
    let usage = |map: &str| plan(text(file), with(|o| o.map = parse_map(map).expect("a map"))).expect_err("wrong");
    assert_eq!(usage("Firm=company"), Error::Usage("the file has no column “Firm”; did you mean “Firma”?".into()));
    assert_eq!(usage("Firma=compani"), Error::Usage("there is no field “compani”; did you mean company?".into()));
    assert!(parse_map("Firma").is_err());
}

#[test]
fn values_for_all_rows_win_and_lose_no_cell() {
    let file = "Name,Lead Source,Tags,Owner,Status\nAnn Lee,Web,vip,Jane Doe,Lost\n";
    let got = import(text(file), fixed("source", "Spring Expo")).expect("good");
    got.expect(&got.drafts[0], &[("source", "<Spring Expo>"), ("topic", "Spring Expo"), ("owner", "<Jane Doe>")]);
    assert_eq!(got.drafts[0].rest, "Lead Source: Web");
    let got = import(text(file), fixed("tags", "expo, vip")).expect("good");
    got.expect(&got.drafts[0], &[("tags", "expo|vip"), ("source", "Web")]);
    assert_eq!(got.drafts[0].rest, "");
    let got = import(text(file), fixed("status", "open")).expect("good");
    got.expect(&got.drafts[0], &[("status", "Open"), ("status_reason", "New")]);
    assert_eq!(got.drafts[0].rest, "Status: Lost");
    let got = import(text(file), fixed("topic", "Spring")).expect("good");
    assert_eq!(got.drafts[0].incomplete(), "");
    for (name, value) in [("owner", "nobody"), ("rating", "tepid"), ("number", "1"), ("import_key", "x"), ("employees", "many")] {
        assert!(matches!(import(text(file), fixed(name, value)), Err(Error::Invalid(_))), "{name}");
    }
}

#[test]
fn what_the_act_made_is_known_to_later_rows() {
    let file = "Name,Lead Source,Owner\nAnn Lee,Podcast,Jane Doe\nBo Ek,podcast,Jane Doe\nCy Diaz,Web,sally\nDee Fox,,AGT-0010\n";
    let mut catalog = Catalog::shipped();
    catalog.people.users.push(User::new(7, "sally", "Sally Seller", Role::Seller));
    let plan = plan(text(file), options("US")).expect("good");
    let mut planner = Planner::new(&plan, &catalog).expect("good");
    let mut rows = plan.file.rows().expect("good");
    let mut next = || {
        let mut record = leadbook::exchange::csv::Record::default();
        assert!(rows.read(&mut record).expect("good"));
        record
    };
    let ann = planner.draft(&next());
    assert_eq!((ann.new_choices[0].label.as_str(), &ann.owner), ("Podcast", &OwnerGuess::UnknownName("Jane Doe".into())));
    planner.learn_choice(Set::Source, Choice::new(100_000, "Podcast"));
    planner.learn_owner("Jane Doe", Owner::User(9));
    let bo = planner.draft(&next());
    assert!(bo.new_choices.is_empty());
    assert_eq!(bo.get(catalog.lead.id("source")).and_then(|v| v.as_int()), Some(100_000));
    assert_eq!((bo.owner, planner.draft(&next()).owner), (OwnerGuess::Known(Owner::User(9)), OwnerGuess::Known(Owner::User(7))));
    let dee = planner.draft(&next());
    assert_eq!((&dee.owner, dee.rest.as_str(), dee.problems.len()), (&OwnerGuess::None, "Owner: AGT-0010", 1));
}

#[test]
fn currencies_of_amounts() {
    let file = "Name,Value,Annual Revenue\nAnn Lee,€ 40k,1000\nBo Ek,40,$5\nCy Diaz,5 USD,6 EUR\n";
    let got = import(text(file), options("US")).expect("good");
    got.expect(&got.drafts[0], &[("estimated_value", "40000.00"), ("currency", "EUR"), ("annual_revenue", "1000.00")]);
    got.expect(&got.drafts[1], &[("currency", "USD"), ("annual_revenue", "5.00")]);
    got.expect(&got.drafts[2], &[("currency", "USD"), ("estimated_value", "5.00"), ("annual_revenue", "")]);
    assert_eq!(got.drafts[2].rest, "Annual Revenue: 6 EUR");
}

#[test]
fn what_is_too_long_is_kept_whole() {
    let (company, topic) = ("C".repeat(101), "T".repeat(301));
    let got = import(text(&format!("Topic,Company,Email\n{topic},{company},a@b.example\n")), options("US")).expect("good");
    assert_eq!(got.drafts[0].rest, format!("Topic: {topic}\nCompany: {company}"));
    got.expect(&got.drafts[0], &[("company", ""), ("topic", "leads"), ("last_name", "a")]);
    assert!(got.said("company")[0].1.contains("longer than the 100 characters of Company Name"));
}

#[test]
fn files_that_are_wrong_say_where() {
    let headline = |input: Input| -> String {
        let result: Result<Imported> = import(input, options("US"));
        match result {
            Err(error) => error.headline(),
            Ok(_) => panic!("it was read"),
        }
    };
    assert!(headline(text("")).contains("leads.csv is empty"));
    assert!(headline(text("colour,shape\nred,round\n")).contains("no column of leads.csv is known: colour, shape"));
    assert!(headline(text("Name,Email\nAnn,\"a@b.c\nBo,b@c.d\n")).contains("row 2: the quote that opens column 2 on line 2"));
    assert!(headline(Input::memory("x.csv", *b"PK\x03\x04")).contains("spreadsheet"));
    let got = import(text("Name,Email\nAnn Lee,a\0b\nBo Ek,b@c.example\n"), options("US")).expect("good");
    assert_eq!(got.drafts[0].skip.as_deref(), Some("Email holds a zero byte"));
    assert!(got.drafts[1].skip.is_none());
}

#[test]
fn the_first_pass_can_be_stopped() {
    let file = format!("Name\n{}", "Ann Lee\n".repeat(5000));
    let mut asked = 0;
    let catalog = Catalog::shipped();
    let file = CsvFile::open(text(&file)).expect("good");
    let stopped = Plan::read(file, options("US"), &catalog.lead, &mut |progress| {
        asked += 1;
        assert!(progress.rows > 0 && progress.done > 0 && progress.done <= progress.total);
        if asked == 2 { Err(Error::Canceled) } else { Ok(()) }
    });
    assert_eq!((stopped.err(), asked), (Some(Error::Canceled), 2));
}

#[test]
fn skipped_rows_can_be_mended_and_imported_again() {
    let got = import(text("Name,E-mail\nAnn Lee,x;y\nBo Ek,b@c.example,more\n"), options("US")).expect("good");
    let mut skipped = SkippedRows::new(Vec::new(), &got.plan).expect("memory");
    for record in &got.records {
        skipped.write(record, "a reason, in words").expect("memory");
    }
    let list = String::from_utf8(skipped.finish().expect("memory")).expect("UTF-8");
    assert_eq!(
        list,
        "Name,E-mail,leadbook_problem\nAnn Lee,\"x;y\",\"a reason, in words\"\nBo Ek,b@c.example,\"a reason, in words\",more\n"
    );
    let again = import(text(&list), options("US")).expect("good");
    assert_eq!(again.plan.fingerprint, got.plan.fingerprint);
    assert_eq!(again.drafts[0].import_key, got.drafts[0].import_key);
    assert!(!again.drafts[0].rest.contains("reason"));
    let mut twice = SkippedRows::new(Vec::new(), &again.plan).expect("memory");
    twice.write(&again.records[0], "another").expect("memory");
    let list = String::from_utf8(twice.finish().expect("memory")).expect("UTF-8");
    assert_eq!(list, "Name,E-mail,leadbook_problem\nAnn Lee,\"x;y\",another\n");
}
