//! Filters that are read, and those that are not and why.

use super::*;
use crate::model::catalog::Catalog;
use crate::model::locale::Locale;
use crate::model::people::{Role, Team, Unit, UnitKind, User};
use crate::model::zone::Zone;
use crate::query::print;

fn with<T>(country: &str, run: impl FnOnce(&Reading<'_>) -> T) -> T {
    let mut catalog = Catalog::shipped();
    catalog.people.users = vec![User::new(1, "ana", "", Role::Seller), User::new(2, "bo", "", Role::Seller)];
    catalog.people.teams = vec![Team { number: 1, name: "North West".into(), unit: 1, members: vec![1], queue: false }];
    let unit = |number, name: &str, parent| Unit {
        number,
        name: name.into(),
        parent,
        kind: UnitKind::Internal,
        partner: None,
        contact: None,
    };
    catalog.people.units = vec![unit(1, "West", None), unit(2, "North", Some(1))];
    let locale = Locale::of(country);
    // Monday 23 November 2026, 11:30 UTC
    run(&Reading {
        entity: crate::model::entity::Entity::Lead,
        catalog: &catalog,
        locale: &locale,
        zone: Zone::Utc,
        now: 1_795_433_400_000_000,
        me: 1,
    })
}

/// The canonical text of a filter, which shows how it was read.
fn canonical(country: &str, text: &str) -> String {
    with(country, |reading| match parse(text, reading) {
        Ok(query) => {
            let printed = print(&query, reading);
            assert_eq!(parse(&printed, reading).as_ref(), Ok(&query), "{text} → {printed}");
            printed
        }
        Err(error) => format!("{}..{}: {error}", error.span.start, error.span.end),
    })
}

#[test]
fn filters_are_read() {
    for (text, read) in [
        ("", ""),
        (" ann  lee ", "ann lee"),
        ("Smith & Co", "Smith Co"),
        ("status:open source:web,partner", "status:open source:web,partner"),
        ("rating>=warm owner:me", "rating>=warm owner:ana"),
        ("industry:\"service retail\"", "industry:service-retail"),
        (
            "industry:retail",
            "industry:building-supply-retail,entertainment-retail,non-durable-merchandise-retail,service-retail,vehicle-retail",
        ),
        (
            "account.industry:Vehicle,supply -source:trade",
            "account.industry:vehicle-retail,building-supply-retail -source:trade-show",
        ),
        ("budget:buy", "budget_status:may-buy,can-buy,will-buy"),
        ("value>10k created>-30d", "estimated_value>10000 created_at>2026-10-24"),
        ("company:\"Fourth Coffee\" or email:*@fourthcoffee.com", "company:\"fourth coffee\" or email:*@fourthcoffee.com"),
        ("is:mine -is:new not is:draft", "is:mine -is:new -is:draft"),
        ("is:late is:today", "is:late is:today"),
        ("no:contact>30d", "no:last_contact_at or last_contact_at<2026-10-24"),
        (
            "no:note>2w has:file<7d has:note>=2026-11-01 has:note>2026-11-01",
            "-has:note>=2026-11-09 has:file>=2026-11-16 has:note>=2026-11-01 has:note>=2026-11-02",
        ),
        (
            "has:created>1y has:request<30d no:opportunity>2w",
            "created_at<2025-11-23 request.created_at>=2026-10-24 -opportunity.created_at>=2026-11-09",
        ),
        ("has:activity>2w activity.has:note<12h", "last_activity_at<2026-11-09 activity.has:note>=2026-11-22T23:30:00Z"),
        ("was:me,\"team:North West\" -was:bo", "was:ana,\"team:North West\" -was:bo"),
        ("unit:north unit<=mine unit:*est account.unit<North", "unit:North unit<=West unit:West account.unit<North"),
        (
            "is:closed is:open has:link no:duplicate is:queued has:tag",
            "-status:open status:open has:link -is:duplicate is:queued has:tags",
        ),
        ("has:activity no:next-step", "has:last_activity_at -open_activities>=1"),
        ("due<tomorrow sort:next", "next_due_at<2026-11-24 sort:next"),
        ("is:mine,unassigned x", "(is:mine or is:unassigned) x"),
        ("closes:this-quarter", "estimated_close_date:2026-10-01..2026-12-31"),
        ("created:2026-11 created<=2026-11", "created_at:2026-11-01..2026-11-30 created_at<=2026-11-30"),
        ("created:today..", "created_at:2026-11-23.."),
        ("employees:50..500", "employees:50..500"),
        ("owner:team:\"north west\"", "owner:\"team:North West\""),
        ("sort:-value,name x sort:created", "x sort:-estimated_value,name,created_at"),
        ("has:phone,email no:company", "(has:phone or has:email) no:company"),
        ("rating!=hot owner!=me,bo value!=5 -rating!=hot", "-rating:hot -owner:ana,bo -estimated_value:5 rating:hot"),
        (
            "rating:!hot rating:>warm value:<=10k created:>2026-11",
            "-rating:hot rating>warm estimated_value<=10000 created_at>2026-11-30",
        ),
        ("company:!contoso is!=mine has:!phone", "-company:contoso -is:mine no:phone"),
        ("account.industry!=consulting", "-account.industry:consulting"),
        ("company:\"!x\" \"!x\"", "company:\"!x\" \"!x\""),
        ("has:contact no:contact has:parent_contact", "has:last_contact_at no:last_contact_at has:parent_contact"),
        ("smith & co", "smith co"),
        ("\"", ""),
        ("not (a or b) and c", "-(a or b) c"),
        ("--a", "a"),
        ("phone:*0100 phone:+46*", "phone:*0100 phone:46*"),
        ("(650) 867-3450", "\"650\" \"867-3450\""),
        ("+1 555 0100 ann", "\"+1 555 0100\" ann"),
        ("\"555\" \"0100\"", "\"555\" \"0100\""),
        ("source:trade*,*referral", "source:trade-show,employee-referral,external-referral"),
        ("rating:warm..hot", "rating:hot,warm"),
        ("country:DE,Narnia", "country:de,narnia"),
        ("email:* topic:*", "has:email has:topic"),
        ("number:L-5..10 tag:#expo", "number:L-5..L-10 tags:expo"),
        ("ann* \"a:b\" 'x", "ann \"a:b\" 'x"),
        ("* or x", "* or x"),
        ("city=York", "city:york"),
        ("account.industry:consulting", "account.industry:consulting"),
        ("account.( industry:consulting ) ann", "account.industry:consulting ann"),
        (
            "-opportunity.(status:won value>10k) or Opportunity.Account.city:york",
            "-opportunity.(status:won estimated_value>10000) or opportunity.account.city:york",
        ),
        ("has:opportunity no:requests -has:request", "has:opportunity no:request no:request"),
        ("account.(*) account.no:phone linked-contact.is:mine", "account.(*) account.(no:phone) linked_contact.is:mine"),
        ("activity.(ann (a or b)) activity.text:x", "activity.(ann (a or b)) activity.text:x"),
    ] {
        assert_eq!(canonical("US", text), read, "{text}");
    }
    assert_eq!(
        canonical("DE", "value>1.234,50 value>1,5k value:1.500"),
        "estimated_value>1234.50 estimated_value>1500 estimated_value:1500"
    );
    assert_eq!(canonical("DE", "created>3.4.2026"), "created_at>2026-04-03");
    assert_eq!(canonical("US", "created>3/4/2026"), "created_at>2026-03-04");
}

#[test]
fn mistakes_have_their_place_and_a_word_that_was_meant() {
    for (text, error) in [
        ("ann statsu:open", "4..10: there is no field statsu; did you mean status?"),
        ("source:wbe", "7..10: Lead Source does not know “wbe”; did you mean web?"),
        ("industry:retial", "9..15: Industry does not know “retial”; did you mean retail?"),
        ("industry:retail*", "9..16: Industry does not know “retail*”; did you mean retail?"),
        ("budget>=buy", "8..11: Budget does not know “buy”; it can be no-committed-budget, may-buy, can-buy, will-buy"),
        ("rating:great", "7..12: Rating does not know “great”; it can be hot, warm, cold"),
        ("was:nobody", "4..10: Owner does not know “nobody”; it can be ana, bo, \"team:North West\""),
        ("was>me", "3..4: was is followed by a colon and a word"),
        ("unit:Nrth", "5..9: there is no unit “Nrth”; did you mean North?"),
        ("unit>North", "4..5: unit is followed by a colon, or by <= to take those below it too"),
        ("no:contact<30d", "3..14: what was not for so long is written no:contact>30d; what was not lately -has:contact<30d"),
        ("has:note<", "4..9: an age is missing behind note<; write it as note>30d"),
        (
            "opportunity.is:duplicate",
            "15..24: opportunities are not looked through for duplicates; leads, accounts and contacts are",
        ),
        ("no:contact>soon", "3..15: “soon” is no age; write it as 30d, 2w or 3mo"),
        ("no:phone>30d", "3..12: Business Phone has no age; contact, activity, note, file, request and moments have one"),
        (
            "acount.industry:retail",
            "0..6: “acount” does not lead from leads to other records; these do: account, contact, opportunity, activity, request, campaign, master, linked_account, linked_contact, product, competitor; did you mean account?",
        ),
        ("x -account.industri:retail", "11..19: there is no field industri; did you mean industry?"),
        ("opportunity.account.(status:opne)", "28..32: Status does not know “opne”; it can be active, inactive"),
        ("account.(a sort:name)", "11..15: an order is one of the list itself; write sort: outside"),
        ("account.(a", "8..9: the ) for this ( is missing"),
        ("account.()", "8..9: there is no condition in these parentheses"),
        ("is:hot", "3..6: is: does not know “hot”; write rating:hot"),
        ("is:mien", "3..7: is: does not know “mien”; did you mean mine?"),
        ("rating:hot,!warm", "11..16: a sign stands once, before all values; quotes take its meaning from it"),
        ("rating>>warm", "7..12: a sign stands once, before all values; quotes take its meaning from it"),
        ("owner:>ana", "7..10: Owner has no order; write owner:value"),
        ("rating!=", "6..8: a value is missing after rating!="),
        ("sort!=name", "4..6: an order cannot be negated; write sort:-field"),
        ("sort:-", "5..6: a field is missing; write sort:-created"),
        ("account.name>5", "13..14: Account Name has no order; write account.name:text"),
        ("account_name:x", "0..12: there is no field account_name; did you mean account.account_name?"),
        ("%", "0..1: there is no word to look for in “%”"),
        ("status:open or ?", "15..16: there is no word to look for in “?”"),
        ("-_", "1..2: there is no word to look for in “_”"),
        ("\"\"", "0..2: a word is missing"),
        ("source:", "6..7: a value is missing after source:"),
        ("a or", "2..4: a condition is missing beside this or"),
        ("or a", "0..2: a condition is missing beside this or"),
        ("(a", "0..1: the ) for this ( is missing"),
        ("a)", "1..2: there is no ( for this )"),
        ("()", "0..1: there is no condition in these parentheses"),
        ("-sort:name", "0..1: an order cannot be negated; write sort:-field"),
        ("sort:-next", "5..10: sort:next begins with what is to be worked first and stands alone; sort:due is by the day"),
        ("sort:next,name", "10..14: sort:next is the whole order; nothing stands beside it"),
        ("sort:tags", "5..9: a list cannot be sorted by Tags"),
        ("value>10k,5x", "6..12: “10k,5x” is no number; write it as 40000, 1234.50 or 40k"),
        ("value:10..5", "6..11: the range ends before it begins"),
        ("value:..", "6..8: both ends of the range are missing"),
        ("value>\"10k EUR\"", "6..15: amounts are compared without a currency; write it as currency:eur"),
        ("owner>ana", "6..9: Owner has no order; write owner:value"),
        ("created:blursday", "8..16: “blursday” is not understood as a date; did you mean thursday?"),
        ("created:xyz", "8..11: “xyz” is not understood as a date; write it as 2026-11-23, 23 Nov, tomorrow, fri 9am or +2w"),
        ("phone:abc", "6..9: “abc” has no digits; a phone number is found by them"),
        ("*lee", "0..4: a word is found by its beginning; write name:*lee to find an end"),
        ("company:\"\"", "7..10: a value is missing after company:"),
        ("company:\" \"", "8..11: a text is missing; what has none is found by no:company"),
    ] {
        assert_eq!(canonical("US", text), error, "{text}");
    }
}

#[test]
fn limits_hold() {
    let deep = format!("{}a{}", "(".repeat(65), ")".repeat(65));
    assert!(canonical("US", &deep).contains("more than 64"));
    assert!(canonical("US", &"a ".repeat(201)).contains("at most 200"));
    assert!(canonical("US", &"a".repeat(4001)).contains("at most 4000"));
    assert!(canonical("US", &format!("city:{}", "a".repeat(301))).contains("at most 300"));
}
