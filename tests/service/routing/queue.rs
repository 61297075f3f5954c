//! Queues of teams: taken from by members, each lead once.

use leadbook::model::definition::{Assign, Body, Definition, Rule};
use leadbook::model::people::{Role, Team, Work};
use leadbook::model::value::Owner;
use leadbook::service::definition::PutDefinition;
use leadbook::service::lead_service::FirstUser;
use leadbook::service::people::PutTeam;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::rule::queue::{GetQueues, HasQueues, SetQueues, TakeNext};
use leadbook::service::scope::Targets;
use leadbook::service::undo::{Redo, Undo};
use leadbook::service::{Context, LeadService};
use leadbook::store::sqlite::Opening;

use super::{Routing, rule};
use crate::common::{Desk, context};

#[test]
fn members_take_what_waits_the_oldest_first() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    let team = desk.team("Inside", &[bo], true);
    desk.act(SetQueues { on: true });
    desk.rule("Queue", Rule { assign: Some(Assign::Queue(team)), ..rule("source:web") });
    let leads: Vec<i64> =
        (0..3).map(|n| desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("source", ["web", "web", "seminar"][n])])).collect();
    desk.act(SetQueues { on: false });
    let off = desk.try_act(TakeNext).expect_err("off").headline();
    assert_eq!(off, "this database has no queues");
    desk.act(SetQueues { on: true });
    assert!(desk.try_act(TakeNext).expect_err("no member").headline().contains("in no team that has a queue"));
    let waiting = desk.service.ask(&GetQueues, &desk.ctx).expect("queues");
    assert_eq!((waiting[0].name.as_str(), waiting[0].waiting, waiting[0].mine), ("Inside", 2, false));
    desk.act_as("bo");
    assert_eq!([desk.act(TakeNext).reply, desk.act(TakeNext).reply], [leads[0], leads[1]]);
    assert_eq!([leads[0], leads[1]].map(|lead| desk.shown(lead, "owner")), ["bo", "bo"]);
    let empty = desk.try_act(TakeNext).expect_err("empty").headline();
    assert_eq!(empty, "nothing waits in the queue of Inside");
    desk.act_as("ana");
    desk.act(AssignRecords { targets: Targets::leads(vec![leads[2]]), owner: Owner::Team(team), note: None, activities: false });
    desk.act_as("bo");
    assert_eq!(desk.act(TakeNext).reply, leads[2]);
}

#[test]
fn rules_put_leads_only_into_queues_from_which_somebody_takes() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    let team = desk.team("Inside", &[bo], false);
    let queue = |active| PutDefinition {
        definition: Definition {
            number: 0,
            name: "Queue".into(),
            place: 0,
            owner: None,
            body: Body::Rule(Rule { active, assign: Some(Assign::Queue(team)), ..rule("") }),
        },
    };
    let refused = desk.try_act(queue(true)).expect_err("no queue").headline();
    assert!(refused.contains("leadbook queue on") && refused.contains("Inside is no queue"), "{refused}");
    let number = desk.act(queue(false)).reply;
    desk.act(SetQueues { on: true });
    let open = desk.ctx.catalog.people.team(team).cloned().expect("a team");
    desk.act(PutTeam { team: Team { queue: true, ..open.clone() } });
    let PutDefinition { definition } = queue(true);
    desk.act(PutDefinition { definition: Definition { number, place: 1, ..definition } });
    let mut owners = Vec::new();
    let mut enter = |desk: &mut Desk| {
        let lead = desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
        owners.push(desk.owner_and_reason(lead));
    };
    enter(&mut desk);
    desk.act(SetQueues { on: false });
    enter(&mut desk);
    desk.act(SetQueues { on: true });
    desk.act(PutTeam { team: open });
    enter(&mut desk);
    let expected = [
        ("team:Inside", "queue"),
        ("ana", "nobody can take it: this database has no queues"),
        ("ana", "nobody can take it: team:Inside is no queue"),
    ];
    assert_eq!(owners, expected.map(|(owner, why)| (owner.to_owned(), why.to_owned())));
}

#[test]
fn switching_queues_is_a_step_of_its_own() {
    let mut desk = Desk::new();
    let lead = desk.lead(&[("last_name", "Lee"), ("topic", "x")]);
    desk.act(SetQueues { on: true });
    let has = |desk: &Desk| desk.service.ask(&HasQueues, &desk.ctx).expect("an answer");
    assert!(has(&desk));
    assert_eq!(desk.act(SetQueues { on: true }).step, None, "they are on already");
    let undone = desk.act(Undo { step: None, origins: Vec::new() });
    assert!(!has(&desk) && undone.summary.contains("Queues are on"), "{}", undone.summary);
    assert_eq!(desk.shown(lead, "topic"), "x", "the lead is still there");
    desk.act(Redo);
    assert!(has(&desk));
}

#[test]
fn two_who_take_at_the_same_moment_get_none_twice_and_lose_none() {
    const LEADS: usize = 60;
    let mut desk = Desk::new();
    let (bo, cy) = (desk.user("bo", 1, Work::default()), desk.user("cy", 1, Work::default()));
    let team = desk.team("Inside", &[bo, cy], true);
    desk.act(SetQueues { on: true });
    desk.rule("Queue", Rule { assign: Some(Assign::Queue(team)), ..rule("") });
    let leads: Vec<i64> = (0..LEADS).map(|_| desk.lead(&[("last_name", "Lee"), ("topic", "x")])).collect();
    let path = desk.path();
    let take_all = |user: i64| {
        let first = FirstUser { login: "ana".into(), name: String::new() };
        let opening = Opening { wait: 60_000, ..Opening::existing(path.clone()) };
        let mut service = LeadService::open(&opening, &first).expect("the database");
        let ctx = Context { user, role: Role::Seller, ..context(&service) };
        let mut taken = Vec::new();
        while let Ok(done) = service.execute(TakeNext, &ctx) {
            taken.push(done.reply);
        }
        taken
    };
    let (left, right) = std::thread::scope(|scope| {
        let both = [scope.spawn(|| take_all(bo)), scope.spawn(|| take_all(cy))];
        let [left, right] = both.map(|one| one.join().expect("a taker"));
        (left, right)
    });
    let mut taken: Vec<i64> = left.iter().chain(&right).copied().collect();
    taken.sort_unstable();
    assert_eq!(taken, leads);
    let of =
        |owner: i64| desk.service.db().number("SELECT count(*) FROM lead WHERE owner = $1", &[owner.into()]).expect("a count");
    assert_eq!((of(bo), of(cy)), (left.len() as i64, right.len() as i64));
}
