//! Routing: whatever rules, people and leads there are, every lead has one owner, a dry run says what the run after it does, and within a
//! rule everybody's turn comes round.

use std::collections::BTreeMap;

use leadbook::model::definition::{Assign, Body, Definition, How, Match, Rule, Setting, Trigger};
use leadbook::model::entity::Entity;
use leadbook::model::people::{Absence, Role, Team, Unit, UnitKind, User, Work};
use leadbook::model::value::Owner;
use leadbook::query::parse;
use leadbook::service::definition::PutDefinition;
use leadbook::service::people::{AddTeam, PutTeam, PutUnit, PutUser};
use leadbook::service::record::create::CreateRecord;
use leadbook::service::rule::queue::SetQueues;
use leadbook::service::rule::{EventKind, Route, TryRoute};
use leadbook::service::scope::Targets;
use leadbook::store::firing;

use crate::common::Desk;
use crate::world::Dice;

const WHEN: &[&str] = &[
    "",
    "rating:hot",
    "rating:hot or rating:warm",
    "country:no or country:se",
    "value>5k",
    "lee",
    "-lee source:web",
    "status:open (source:web or value<2k)",
    "no:email",
    "owner:me",
];

fn people(desk: &mut Desk, dice: &mut Dice) {
    let unit = |name: &str, parent, kind| PutUnit {
        unit: Unit { number: 0, name: name.into(), parent, kind, partner: None, contact: None },
    };
    let north = desk.act(unit("North", None, UnitKind::Internal)).reply;
    desk.act(unit("Oslo", Some(north), UnitKind::Internal));
    desk.act(unit("Acme", None, UnitKind::ChannelPartner));
    for n in 0..2 + dice.roll(6) {
        let absence = (dice.roll(5) == 0).then_some(Absence { from: 0, until: 40_000, deputy: Some(1) });
        let work = Work {
            capacity: (dice.roll(3) == 0).then(|| dice.roll(6) as i64),
            takes_leads: dice.roll(6) > 0,
            regions: if dice.roll(3) == 0 { vec!["Norway".into()] } else { Vec::new() },
            absence,
            ..Work::default()
        };
        let unit = 1 + dice.roll(4) as i64;
        let active = dice.roll(8) > 0;
        let user = User { unit, work, active, ..User::new(0, format!("u{n}"), format!("U {n}"), Role::Seller) };
        desk.act(PutUser { user });
    }
    let team = desk.act(AddTeam { name: "Inside".into(), members: vec!["ana".into(), "u0".into(), "u1".into()] }).reply;
    let team = desk.ctx.catalog.people.team(team).cloned().expect("a team");
    desk.act(PutTeam { team: Team { queue: true, ..team } });
    desk.act(SetQueues { on: true });
}

fn owners(desk: &Desk) -> Vec<i64> {
    desk.ctx.catalog.people.users.iter().filter(|user| user.active).map(|user| user.number).collect()
}

fn rule(desk: &Desk, dice: &mut Dice) -> Rule {
    let owners = owners(desk);
    let one = |dice: &mut Dice| owners[dice.roll(owners.len())];
    let team = desk.ctx.catalog.people.teams[0].number;
    let share = |dice: &mut Dice, how| {
        let mut among: Vec<i64> = (0..dice.roll(4)).map(|_| one(dice)).collect();
        among.extend((dice.roll(3) == 0).then_some(-team));
        Assign::Share { how, among, matching: if dice.roll(4) == 0 { vec![Match::Region] } else { Vec::new() } }
    };
    let assign = match dice.roll(6) {
        0 => Some(Assign::To(one(dice))),
        1 => Some(Assign::Queue(team)),
        2 | 3 => Some(share(dice, How::RoundRobin)),
        4 => Some(share(dice, How::LeastLoaded)),
        _ => None,
    };
    let set = if assign.is_none() || dice.roll(4) == 0 {
        let (field, value) = [("topic", "routed"), ("rating", "hot"), ("rating", "cold"), ("source", "web")][dice.roll(4)];
        vec![Setting { field: field.into(), value: value.into() }]
    } else {
        Vec::new()
    };
    Rule {
        active: dice.roll(6) > 0,
        unit: [None, None, Some(2), Some(3), Some(4)][dice.roll(5)],
        on: vec![
            dice.pick(&["by-hand", "by-hand", "updated", "updated:rating+topic", "updated:owner"]).parse().expect("a trigger"),
        ],
        when: dice.pick(WHEN).into(),
        assign,
        set,
        tags: Vec::new(),
        task: None,
    }
}

fn lead(desk: &mut Desk, dice: &mut Dice) {
    let (value, partner) = (dice.roll(10_000).to_string(), dice.roll(5) == 0);
    let mut typed = vec![
        ("last_name", dice.pick(&["Lee", "Ek", "Müller"])),
        ("topic", "x"),
        ("rating", dice.pick(&["hot", "warm", "cold"])),
        ("source", dice.pick(&["web", "partner", "other"])),
        ("country", dice.pick(&["Norway", "Sweden", "Spain", ""])),
        ("value", value.as_str()),
    ];
    if partner {
        typed.push(("partner", "Acme"));
    }
    let values = desk.values(&typed);
    let users = owners(desk);
    let before = (desk.ctx.user, desk.ctx.role);
    desk.ctx.user = users[dice.roll(users.len())];
    desk.act(CreateRecord { entity: Entity::Lead, values });
    (desk.ctx.user, desk.ctx.role) = before;
}

fn stored(desk: &Desk) -> BTreeMap<i64, i64> {
    let sql = "SELECT number, owner FROM lead";
    desk.service.db().rows(sql, &[], |row| Ok((row.int(0)?, row.int(1)?))).expect("owners").into_iter().collect()
}

#[test]
fn a_dry_run_is_the_run_after_it_and_every_lead_has_an_owner_who_can_take_it() {
    let mut moved = 0;
    for seed in 1..=24_u64 {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (seed * 0x1_0000_01B3));
        let mut desk = Desk::new();
        people(&mut desk, &mut dice);
        for _ in 0..25 {
            lead(&mut desk, &mut dice);
        }
        for n in 0..1 + dice.roll(6) {
            let body = Body::Rule(rule(&desk, &mut dice));
            // a rule that names nobody that is there is refused, which is as well
            let definition = Definition { number: 0, name: format!("R{n}"), place: 0, owner: None, body };
            let _ = desk.try_act(PutDefinition { definition });
        }
        let filter = parse(dice.pick(&["status:open", "", "rating:hot"]), &desk.ctx.reading()).expect("a filter");
        let targets = Targets::All { filter: Box::new(filter), except: Vec::new(), confirmed: None };
        let before = stored(&desk);
        let ask = TryRoute { targets: targets.clone(), rules: None, event: Some(EventKind::ByHand), also: None };
        let trial = desk.service.ask(&ask, &desk.ctx).expect("a trial");
        assert_eq!(stored(&desk), before, "a trial writes nothing");
        let Ok(done) = desk.try_act(Route { targets }) else {
            assert!(trial.rules.is_empty(), "seed {seed}");
            continue;
        };
        let mut expected = before.clone();
        expected.extend(trial.rows.iter().map(|row| (row.lead, row.would)));
        assert_eq!(stored(&desk), expected, "seed {seed}");
        assert_eq!(done.reply.moved, trial.moved, "seed {seed}");
        moved += trial.moved;
        let people = &desk.ctx.catalog.people;
        for row in trial.rows.iter().filter(|row| row.moves()) {
            match Owner::of_code(row.would).expect("an owner") {
                Owner::User(user) => {
                    let user = people.user(user).expect("a user");
                    assert!(user.active && user.work.takes_leads && user.work.absence.is_none(), "seed {seed}: {}", user.login);
                }
                Owner::Team(team) => assert!(people.team(team).is_some(), "seed {seed}"),
            }
        }
        for user in people.users.iter().filter(|user| user.work.capacity.is_some()) {
            let got = trial.rows.iter().any(|row| row.moves() && row.would == user.number);
            let held = firing::load_of(desk.service.db(), user.number).expect("a load");
            assert!(!got || Some(held) <= user.work.capacity, "seed {seed}: {} holds {held}", user.login);
        }
        for lead in trial.rows.iter().filter(|row| row.rule.is_some()) {
            let fired = firing::of_lead(desk.service.db(), lead.lead, 9).expect("firings");
            assert_eq!(fired.len(), 1 + lead.others.len(), "seed {seed}");
        }
    }
    assert!(moved > 60, "only {moved} leads were moved");
}

#[test]
fn round_robin_differs_by_at_most_one() {
    for seed in 1..=12_u64 {
        let mut dice = Dice(0x51_7C_C1_B7 ^ (seed * 0x1_0000_01B3));
        let mut desk = Desk::new();
        let users = 2 + dice.roll(5);
        let among: Vec<i64> =
            (0..users).map(|n| desk.act(PutUser { user: User::new(0, format!("u{n}"), "", Role::Seller) }).reply).collect();
        let rule = Rule {
            active: true,
            unit: None,
            on: vec![Trigger::Created, Trigger::ByHand],
            when: "rating:hot".into(),
            assign: Some(Assign::Share { how: How::RoundRobin, among: among.clone(), matching: Vec::new() }),
            set: Vec::new(),
            tags: Vec::new(),
            task: None,
        };
        let definition = Definition { number: 0, name: "R".into(), place: 0, owner: None, body: Body::Rule(rule) };
        desk.act(PutDefinition { definition });
        for _ in 0..5 + dice.roll(20) {
            let values = desk.values(&[("last_name", "Lee"), ("topic", "x"), ("rating", dice.pick(&["hot", "hot", "cold"]))]);
            desk.act(CreateRecord { entity: Entity::Lead, values });
        }
        let owners = stored(&desk);
        let counts: Vec<usize> = among.iter().map(|user| owners.values().filter(|owner| *owner == user).count()).collect();
        let (least, most) = (counts.iter().min().expect("people"), counts.iter().max().expect("people"));
        assert!(most - least <= 1, "seed {seed}: {counts:?}");
    }
}
