//! Scores: current after every change, the same whoever asks, explained line by line, outside version and history.

use leadbook::exchange::import::Options;
use leadbook::model::choice::{DISQUALIFIED, OPEN};
use leadbook::model::definition::{Body, Definition, ScoreRule};
use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::locale::Locale;
use leadbook::model::people::{Role, Team};
use leadbook::model::value::Owner;
use leadbook::model::zone::Zone;
use leadbook::query::parse;
use leadbook::service::activity::wrap_up::WrapUp;
use leadbook::service::context::Clock;
use leadbook::service::definition::{MoveDefinition, PutDefinition, RemoveDefinition};
use leadbook::service::exchange::{Duplicates, ImportRecords, KindOf, PlanImport};
use leadbook::service::link::Associate;
use leadbook::service::note::AddNote;
use leadbook::service::people::{AddTeam, AddUser, PutTeam};
use leadbook::service::qualify::close::DisqualifyLeads;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::record::delete::{DeleteRecords, RestoreRecords};
use leadbook::service::record::open::MarkOpened;
use leadbook::service::record::reopen::ReopenRecords;
use leadbook::service::record::tag::TagRecords;
use leadbook::service::record::update::{UpdateRecord, UpdateRecords};
use leadbook::service::scope::Targets;
use leadbook::service::score::{ExplainScore, Says, ScoreDue, ScoreLeads, SetGrades};
use leadbook::service::undo::{Redo, Undo};
use leadbook::store::{list, record};

use crate::common::Desk;

fn rule(points: i64, name: &str, when: &str) -> PutDefinition {
    let body = Body::ScoreRule(ScoreRule { points, when: when.into(), active: true });
    PutDefinition { definition: Definition { number: 0, name: name.into(), place: 0, owner: None, body } }
}

fn held(desk: &Desk, lead: i64, field: &str) -> Option<i64> {
    let registry = &desk.ctx.catalog.lead;
    let record = record::need(desk.service.db(), registry, lead).expect("the lead");
    record.get(registry.id_of(field)).as_int()
}

trait IdOf {
    fn id_of(&self, name: &str) -> leadbook::model::field::FieldId;
}

impl IdOf for leadbook::model::field::Registry {
    fn id_of(&self, name: &str) -> leadbook::model::field::FieldId {
        self.find(name).expect("a field")
    }
}

fn score(desk: &Desk, lead: i64) -> Option<i64> {
    held(desk, lead, "score")
}

/// The numbers that a filter finds, by the way that lists go.
fn found(desk: &Desk, filter: &str) -> Vec<i64> {
    let query = parse(filter, &desk.ctx.reading()).expect("a filter");
    list::numbers(desk.service.db(), &(&desk.ctx).into(), &query, false).expect("numbers")
}

/// Every open lead has the sum of the points of the rules that a list with their filter finds it by.
fn all_are_current(desk: &Desk) {
    let rules: Vec<(i64, Vec<i64>)> = desk
        .ctx
        .catalog
        .score_rules()
        .filter(|(_, rule)| rule.active)
        .map(|(_, rule)| (rule.points, found(desk, &rule.when)))
        .collect();
    for lead in found(desk, "status:open") {
        let sum = rules.iter().filter(|(_, leads)| leads.contains(&lead)).map(|(points, _)| points).sum::<i64>();
        let expected = (!rules.is_empty()).then_some(sum);
        assert_eq!(score(desk, lead), expected, "L-{lead}");
        let grade = expected.map(|score| [75, 50, 25].iter().position(|least| score >= *least).unwrap_or(3) as i64);
        assert_eq!(held(desk, lead, "grade"), grade, "L-{lead}");
    }
}

fn undo(desk: &mut Desk) {
    desk.act(Undo { step: None, origins: Vec::new() });
}

#[test]
fn a_score_follows_every_change() {
    let mut desk = Desk::new();
    let account =
        desk.act(CreateRecord { entity: Entity::Account, values: desk.values_of(Entity::Account, &[("name", "Fabrikam")]) });
    let account = Entity::Account.numbered(account.reply);
    let before = desk.lead(&[("last_name", "Before"), ("topic", "T"), ("phone", "+46 8 555 010")]);
    assert_eq!(score(&desk, before), None, "there are no rules");
    for (points, name, when) in [
        (20, "Hot", "rating:hot"),
        (-10, "No phone", "no:phone"),
        (30, "Expo", "tag:expo"),
        (25, "Printer", "text:printer"),
        (40, "Talked", "has:last_contact_at"),
        (35, "Of Fabrikam", "account:fabrikam"),
        (5, "Words", "lee or company:contoso"),
        (50, "Late", "is:late"),
    ] {
        desk.act(rule(points, name, when));
        all_are_current(&desk);
    }
    assert_eq!(score(&desk, before), Some(0), "phone, and nothing else");
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "T"), ("rating", "hot")]);
    assert_eq!(score(&desk, lead), Some(15), "hot, a word, no phone");
    let key = RecordId::lead(lead);
    let values = desk.values(&[("phone", "+1 555 0100"), ("rating", "warm")]);
    desk.act(UpdateRecord { record: key, version: None, seen: Vec::new(), values });
    assert_eq!(score(&desk, lead), Some(5));
    desk.act(TagRecords { targets: Targets::one(key), add: vec!["Expo".into()], remove: Vec::new() });
    assert_eq!(score(&desk, lead), Some(35));
    desk.act(AddNote { about: key, body: "Wants the large printer".into() });
    assert_eq!(score(&desk, lead), Some(60));
    undo(&mut desk);
    assert_eq!(score(&desk, lead), Some(35));
    let outcome = desk.ctx.catalog.choices.all(leadbook::model::choice::Set::Outcome)[2].code;
    let next = Some(desk.ctx.now() + 60_000_000);
    let direction = leadbook::model::activity::OUTGOING;
    desk.act(WrapUp { about: key, activity: None, outcome, direction, note: String::new(), next });
    assert_eq!(score(&desk, lead), Some(75));
    assert_eq!(desk.shown(lead, "grade"), "A");
    all_are_current(&desk);
    desk.act(Associate { one: key, other: account, role: String::new() });
    let values = desk.values(&[("parent_account", &account.to_string())]);
    desk.act(UpdateRecord { record: key, version: None, seen: Vec::new(), values });
    assert_eq!(score(&desk, lead), Some(110));
    // the account is renamed: nobody wrote the lead
    let values = desk.values_of(Entity::Account, &[("name", "Litware")]);
    desk.act(UpdateRecord { record: account, version: None, seen: Vec::new(), values });
    assert_eq!(score(&desk, lead), Some(75));
    undo(&mut desk);
    assert_eq!(score(&desk, lead), Some(110));
    all_are_current(&desk);
    desk.act(DeleteRecords { targets: Targets::one(key) });
    desk.act(RestoreRecords { targets: Targets::one(key) });
    all_are_current(&desk);
    let targets = Targets::leads(vec![before, lead]);
    let values = desk.values(&[("rating", "hot")]);
    desk.act(UpdateRecords { targets, values, leave_out_closed: false });
    all_are_current(&desk);
}

#[test]
fn another_rule_scores_all_and_is_taken_back_with_its_scores() {
    let mut desk = Desk::new();
    let leads: Vec<i64> =
        (0..5).map(|n| desk.lead(&[("last_name", "Lee"), ("topic", "T"), ("rating", ["hot", "warm", "cold"][n % 3])])).collect();
    let version = held(&desk, leads[0], "modified_at");
    let first = desk.act(rule(60, "Hot", "rating:hot")).reply;
    all_are_current(&desk);
    desk.act(rule(-5, "Cold", "rating:cold"));
    all_are_current(&desk);
    assert_eq!(held(&desk, leads[0], "modified_at"), version, "nobody changed the lead");
    let mut changed = desk.ctx.catalog.score_rules().next().expect("a rule").0.clone();
    if let Body::ScoreRule(rule) = &mut changed.body {
        rule.active = false;
    }
    desk.act(PutDefinition { definition: changed });
    all_are_current(&desk);
    assert_eq!(score(&desk, leads[0]), Some(0));
    undo(&mut desk);
    all_are_current(&desk);
    assert_eq!(score(&desk, leads[0]), Some(60));
    desk.act(MoveDefinition { number: first, to: 2 });
    desk.act(RemoveDefinition { number: first });
    all_are_current(&desk);
    undo(&mut desk);
    undo(&mut desk);
    undo(&mut desk);
    undo(&mut desk);
    assert_eq!(score(&desk, leads[0]), None, "no rule, no score");
    desk.act(Redo);
    all_are_current(&desk);
}

#[test]
fn a_closed_lead_keeps_the_score_that_it_closed_with() {
    let mut desk = Desk::new();
    desk.act(rule(60, "Hot", "rating:hot"));
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "T"), ("rating", "hot")]);
    let reasons = &desk.ctx.catalog.choices;
    let reason = reasons.all(leadbook::model::choice::Set::StatusReason).iter().find(|r| r.state == Some(DISQUALIFIED));
    let reason = reason.expect("a reason").code;
    desk.act(DisqualifyLeads { targets: Targets::leads(vec![lead]), reason, note: None });
    desk.act(rule(10, "Any", "*"));
    desk.act(AddNote { about: RecordId::lead(lead), body: "Again".into() });
    assert_eq!(score(&desk, lead), Some(60));
    let explained = desk.service.ask(&ExplainScore { lead: RecordId::lead(lead) }, &desk.ctx).expect("lines");
    assert_eq!(explained.headline(&desk.ctx.catalog), "score 60 B · closed with it; would be 70 now");
    desk.act(ReopenRecords { targets: Targets::leads(vec![lead]) });
    assert_eq!(held(&desk, lead, "status"), Some(OPEN));
    assert_eq!(score(&desk, lead), Some(70));
}

#[test]
fn every_line_is_explained() {
    let mut desk = Desk::new();
    desk.act(rule(20, "Will buy", "budget:will-buy"));
    desk.act(rule(-10, "No phone", "no:phone"));
    desk.act(rule(7, "Of bo", "owner:ana"));
    let off = Body::ScoreRule(ScoreRule { points: 1_000, when: "*".into(), active: false });
    desk.act(PutDefinition { definition: Definition { number: 0, name: "Off".into(), place: 0, owner: None, body: off } });
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "T"), ("budget", "will buy")]);
    let explained = desk.service.ask(&ExplainScore { lead: RecordId::lead(lead) }, &desk.ctx).expect("lines");
    assert_eq!((explained.score, explained.headline(&desk.ctx.catalog).as_str()), (Some(17), "score 17 D"));
    let lines: Vec<(String, &Says)> =
        explained.lines.iter().map(|line| (format!("{} {}", line.sign(), line.name), &line.says)).collect();
    assert_eq!(
        lines,
        [
            ("+20 Will buy".to_owned(), &Says::Counts),
            ("-10 No phone".to_owned(), &Says::Counts),
            ("+7 Of bo".to_owned(), &Says::Counts),
            ("+1000 Off".to_owned(), &Says::Off),
        ]
    );
    let other = Entity::Account.numbered(1);
    assert!(desk.service.ask(&ExplainScore { lead: other }, &desk.ctx).is_err());
}

#[test]
fn points_hang_on_nobody_who_asks_and_not_on_themselves() {
    let mut desk = Desk::new();
    for (when, why) in [
        ("owner:me", "the same for everybody"),
        ("rating:hot or -is:mine", "the same for everybody"),
        ("score>10", "cannot depend on the score"),
        ("no:grade", "cannot depend on the score"),
        ("", "says which leads"),
        ("rating:hot sort:name", "a score has no order"),
        ("unit:mine", "the same for everybody"),
        ("company:\"x", "is not closed"),
        ("sourze:web", "did you mean source?"),
    ] {
        let error = desk.try_act(rule(10, "Wrong", when)).expect_err(when).headline();
        assert!(error.contains(why), "{when}: {error}");
    }
}

#[test]
fn grades_are_asked_again_when_they_move_and_are_taken_back() {
    let mut desk = Desk::new();
    desk.act(rule(60, "Hot", "rating:hot"));
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "T"), ("rating", "hot")]);
    assert_eq!(desk.shown(lead, "grade"), "B");
    let done = desk.act(SetGrades { grades: [60, 30, 10] });
    assert_eq!((done.reply.changed, desk.shown(lead, "grade").as_str()), (1, "A"));
    undo(&mut desk);
    assert_eq!(desk.shown(lead, "grade"), "B");
    desk.act(Redo);
    assert_eq!(desk.shown(lead, "grade"), "A");
    let bo = desk.act(AddUser { login: "bo".into(), name: String::new(), role: Role::Seller }).reply;
    (desk.ctx.user, desk.ctx.role) = (bo, Role::Seller);
    assert!(desk.try_act(SetGrades { grades: [9, 5, 1] }).is_err());
}

#[test]
fn time_moves_scores_once_a_day() {
    let mut desk = Desk::new();
    desk.act(rule(60, "Young", "created>-30d"));
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "T")]);
    assert_eq!(score(&desk, lead), Some(60));
    assert!(!desk.act(ScoreDue).reply, "scored today");
    if let Clock::Fixed(at) = &mut desk.ctx.clock {
        *at += 40 * 86_400_000_000;
    }
    assert_eq!(score(&desk, lead), Some(60), "nobody asked");
    let due = desk.act(ScoreDue);
    assert_eq!((due.reply, due.step, score(&desk, lead)), (true, None, Some(0)));
    assert!(!desk.act(ScoreDue).reply);
    if let Clock::Fixed(at) = &mut desk.ctx.clock {
        *at -= 40 * 86_400_000_000;
    }
    let targets = Some(Targets::leads(vec![lead]));
    assert_eq!(desk.act(ScoreLeads { targets }).reply.changed, 1);
    assert_eq!(score(&desk, lead), Some(60));
}

#[test]
fn what_is_imported_is_scored_in_the_same_step() {
    let mut desk = Desk::new();
    for n in 0..50 {
        desk.act(rule(1 + n % 7, &format!("Rule {n}"), &format!("company:\"Company {n}\" or number<{}", n * 40 + 1)));
    }
    let mut text = String::from("Lead ID,Last Name,Company,Status\n");
    for n in 0..1_500 {
        text.push_str(&format!("{n},Number{n},Company {},{}\n", n % 90, ["Open", "Qualified"][n % 2]));
    }
    let path = desk.dir.path().join("leads.csv");
    std::fs::write(&path, text).expect("a file");
    let options = Options::new(Locale::of("US"), Zone::Utc);
    let plan = PlanImport { path, options, kind: KindOf::Told(Entity::Lead) };
    let plan = desk.service.ask(&plan, &desk.ctx).expect("a plan");
    desk.service.import(ImportRecords { plan, duplicates: Duplicates::Skip, key: None }, &desk.ctx).expect("an import");
    desk.ctx.catalog = desk.service.catalog();
    assert!(desk.shown(1, "score").parse::<i64>().is_ok());
    assert!(desk.shown(2, "score").parse::<i64>().is_ok(), "a closed one has the score that it came with");
    all_are_current(&desk);
}

#[test]
fn what_is_linked_counts_as_a_list_finds_it() {
    let mut desk = Desk::new();
    for (points, name, when) in [
        (10, "Retail", "account.name:fabrikam"),
        (20, "Talked with the account", "account.(activity.subject:demo)"),
        (30, "Task", "activity.(subject:demo)"),
        (40, "Linked", "linked_account:(name:fabrikam) or linked_account.name:fabrikam"),
        (50, "Of the unit", "owner:ana"),
        (60, "Was Ana's", "was:ana"),
    ] {
        let _ = desk.try_act(rule(points, name, when));
    }
    assert!(desk.ctx.catalog.score_rules().count() >= 4, "the words of linked records are known");
    let made = |desk: &mut Desk, entity, name: &str| {
        let values = desk.values_of(entity, &[("name", name)]);
        entity.numbered(desk.act(CreateRecord { entity, values }).reply)
    };
    let account = made(&mut desk, Entity::Account, "Fabrikam");
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "T")]);
    let other = desk.lead(&[("last_name", "Ek"), ("topic", "T")]);
    all_are_current(&desk);
    let values = desk.values(&[("parent_account", &account.to_string())]);
    desk.act(UpdateRecord { record: RecordId::lead(lead), version: None, seen: Vec::new(), values });
    all_are_current(&desk);
    let first = score(&desk, lead);
    assert!(first > score(&desk, other));
    desk.act(Associate { one: RecordId::lead(other), other: account, role: String::new() });
    all_are_current(&desk);
    for about in [RecordId::lead(other), account] {
        let values =
            desk.values_of(Entity::Activity, &[("subject", "Demo"), ("kind", "task"), ("regarding", &about.to_string())]);
        desk.act(CreateRecord { entity: Entity::Activity, values });
        all_are_current(&desk);
    }
    assert!(score(&desk, lead) > first, "an activity on its account");
    for _ in 0..4 {
        undo(&mut desk);
        all_are_current(&desk);
    }
}

#[test]
fn scores_follow_what_is_linked_and_what_is_two_steps_away() {
    let mut desk = Desk::new();
    for (points, name, when) in [
        (20, "Linked", "linked_account.city:berlin"),
        (5, "Two steps", "contact.account.city:berlin"),
        (7, "Beside", "account.lead.rating:hot"),
        (100, "Opened", "has:opened_at"),
        (1_000, "Queued", "is:queued"),
    ] {
        desk.act(rule(points, name, when));
    }
    let made = |desk: &mut Desk, entity, typed: &[(&str, &str)]| {
        let values = desk.values_of(entity, typed);
        entity.numbered(desk.act(CreateRecord { entity, values }).reply)
    };
    let set = |desk: &mut Desk, record: RecordId, typed: &[(&str, &str)]| {
        let values = desk.values_of(record.entity, typed);
        desk.act(UpdateRecord { record, version: None, seen: Vec::new(), values });
        all_are_current(desk);
    };
    let account = made(&mut desk, Entity::Account, &[("name", "Fabrikam")]);
    made(&mut desk, Entity::Contact, &[("last_name", "Ek"), ("account", "A-1")]);
    let one = desk.lead(&[("last_name", "Lee"), ("topic", "T"), ("contact", "C-1")]);
    desk.act(Associate { one: RecordId::lead(one), other: account, role: String::new() });
    assert_eq!(score(&desk, one), Some(0));
    set(&mut desk, account, &[("city", "Berlin")]);
    assert_eq!(score(&desk, one), Some(25), "by the link, and by the account of its contact");
    let two = desk.lead(&[("last_name", "Ek"), ("topic", "T"), ("account", "A-1"), ("rating", "hot")]);
    let three = desk.lead(&[("last_name", "Ek"), ("topic", "T"), ("account", "A-1")]);
    assert_eq!(score(&desk, three), Some(27));
    set(&mut desk, RecordId::lead(two), &[("rating", "cold")]);
    assert_eq!(score(&desk, three), Some(20));
    set(&mut desk, RecordId::lead(two), &[("rating", "hot")]);
    // it leaves the account, which it does not refer to any more when that is asked
    set(&mut desk, RecordId::lead(two), &[("account", "")]);
    assert_eq!(score(&desk, three), Some(20));
    let team = desk.act(AddTeam { name: "Inside".into(), members: vec!["ana".into()] }).reply;
    let (owner, targets) = (Owner::Team(team), Targets::leads(vec![three]));
    desk.act(AssignRecords { targets, owner, note: None, activities: false });
    desk.act(MarkOpened { record: RecordId::lead(three) });
    assert_eq!(score(&desk, three), Some(120));
    let inside = desk.ctx.catalog.people.team(team).cloned().expect("a team");
    desk.act(PutTeam { team: Team { queue: true, ..inside } });
    assert_eq!(score(&desk, three), Some(1_120));
    all_are_current(&desk);
}

#[test]
fn a_score_follows_when_what_a_rule_names_is_called_otherwise() {
    let mut desk = Desk::new();
    let expo = desk.values_of(Entity::Campaign, &[("name", "Expo")]);
    let expo = Entity::Campaign.numbered(desk.act(CreateRecord { entity: Entity::Campaign, values: expo }).reply);
    desk.act(rule(30, "Expo", "campaign:*po"));
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "T"), ("campaign", "expo")]);
    assert_eq!(score(&desk, lead), Some(30));
    let fair = desk.values_of(Entity::Campaign, &[("name", "Depot")]);
    desk.act(CreateRecord { entity: Entity::Campaign, values: fair });
    let values = desk.values_of(Entity::Campaign, &[("name", "Fair")]);
    desk.act(UpdateRecord { record: expo, version: None, seen: Vec::new(), values });
    assert_eq!(desk.act(ScoreLeads::default()).reply.changed, 0);
}

#[test]
fn who_once_owned_many_leads_counts_at_once() {
    let mut desk = Desk::new();
    desk.act(rule(30, "Was ana's", "was:ana"));
    let bo = desk.act(AddUser { login: "bo".into(), name: String::new(), role: Role::Seller }).reply;
    let leads: Vec<i64> = (0..1_005).map(|_| desk.lead(&[("last_name", "Lee"), ("topic", "T")])).collect();
    let (owner, targets) = (Owner::User(bo), Targets::leads(leads.clone()));
    desk.act(AssignRecords { targets, owner, note: None, activities: false });
    assert_eq!([score(&desk, leads[0]), score(&desk, leads[1_004])], [Some(30), Some(30)]);
}

#[test]
fn what_is_of_a_source_that_qualifies_fast_is_worked_before_what_is_not() {
    let mut desk = Desk::new();
    let mut seen = Vec::new();
    for (source, hours) in [("web", 2), ("seminar", 300)] {
        for n in 0..5 {
            let lead = desk.lead(&[("last_name", &format!("Done{n}")), ("topic", "x"), ("source", source)]);
            let sql = "UPDATE lead SET status = 1, status_reason = 3, closed_at = created_at + $1 WHERE number = $2";
            let mut db = leadbook::store::Db::open(&leadbook::store::sqlite::Opening::existing(desk.path())).expect("the file");
            db.write(|db| db.execute(sql, &[(hours * 3_600_000_000_i64).into(), lead.into()])).expect("closed");
        }
        seen.push(desk.lead(&[("last_name", "Open"), ("topic", "x"), ("source", source)]));
    }
    let order = |desk: &Desk| {
        let filter = leadbook::query::parse("status:open sort:next", &desk.ctx.reading()).expect("a filter");
        let page = leadbook::service::record::read::ListPage { filter, limit: 10, fields: Vec::new() };
        let rows = desk.service.ask(&page, &desk.ctx).expect("rows");
        rows.iter().map(|row| row.key.number).collect::<Vec<_>>()
    };
    assert_eq!(order(&desk), [seen[1], seen[0]], "the newest first");
    desk.act(leadbook::service::score::ScoreLeads::default());
    assert_eq!(desk.ctx.catalog.fast_sources, [8, 0, 0, 0]);
    assert_eq!(order(&desk), [seen[0], seen[1]], "that from the web first");
}

#[test]
fn points_mean_what_their_author_meant_whatever_country_the_lead_is_changed_in() {
    let mut desk = Desk::new();
    let lead = desk.lead(&[("topic", "T"), ("last_name", "Lee"), ("estimated_value", "800")]);
    desk.ctx.locale = Locale::of("DE");
    desk.act(rule(20, "Big", "value>1.500 -created<3/4/2020 created>-30d"));
    let kept = desk.ctx.catalog.score_rules().next().map(|(_, rule)| rule.when.clone());
    assert_eq!(kept.as_deref(), Some("value>1500 -created<2020-04-03 created>-30d"));
    for country in ["US", "DE"] {
        desk.ctx.locale = Locale::of(country);
        let topic = (desk.registry().id_of("topic"), leadbook::model::value::Value::text(country));
        desk.act(UpdateRecords { targets: Targets::leads(vec![lead]), values: vec![topic], leave_out_closed: false });
        assert_eq!(score(&desk, lead), Some(0), "{country}");
    }
}
