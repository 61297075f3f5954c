//! Queues of teams: taken from by members, each lead once.

use leadbook::model::definition::{Assign, Rule};
use leadbook::model::people::Work;
use leadbook::model::value::Owner;
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::rule::queue::{GetQueues, SetQueues, TakeNext};
use leadbook::service::scope::Targets;

use super::{Routing, rule};
use crate::common::Desk;

#[test]
fn members_take_what_waits_the_oldest_first() {
    let mut desk = Desk::new();
    let bo = desk.user("bo", 1, Work::default());
    let team = desk.team("Inside", &[bo], true);
    desk.rule("Queue", Rule { assign: Some(Assign::Queue(team)), ..rule("source:web") });
    let leads: Vec<i64> =
        (0..3).map(|n| desk.lead(&[("last_name", "Lee"), ("topic", "x"), ("source", ["web", "web", "seminar"][n])])).collect();
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
