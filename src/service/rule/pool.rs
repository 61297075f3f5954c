//! Who gets a lead: the people whom a rule can give it to, whose turn it is, who has room. Writes nothing but whose turn it was.

use std::collections::{BTreeMap, HashMap};

use super::queue::are_on;
use crate::error::Result;
use crate::model::country;
use crate::model::definition::{Assign, How, Match, Rule};
use crate::model::fold::fold;
use crate::model::people::{People, Role, User};
use crate::model::value::Owner;
use crate::service::act::Tx;
use crate::service::context::Context;
use crate::store::{Db, firing};

/// Why somebody was chosen, or nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The rule assigns nobody.
    Stays,
    /// The rule names them.
    Named,
    /// The rule means this user, who is away; they stand in for them.
    Deputy(i64),
    /// It goes to the queue of a team.
    Queue,
    /// It was their turn.
    Turn,
    /// They have the most room: so many more.
    Room(i64),
    /// They hold the fewest open leads and opportunities, so many.
    Fewest(i64),
    /// Nobody whom the rule means can take it.
    Nobody(String),
}

impl Why {
    /// In words.
    pub fn words(&self, people: &People) -> String {
        let login = |user: i64| people.show(Owner::User(user));
        match self {
            Self::Stays => "stays with its owner".into(),
            Self::Named => "named by the rule".into(),
            Self::Deputy(of) => format!("deputy of {}, who is away", login(*of)),
            Self::Queue => "queue".into(),
            Self::Turn => "their turn".into(),
            Self::Room(left) => format!("the most room: {left} more"),
            Self::Fewest(held) => format!("holds the fewest: {held}"),
            Self::Nobody(why) => format!("nobody can take it: {why}"),
        }
    }
}

/// What is asked about a lead that somebody is sought for.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// The code of its owner.
    pub owner: i64,
    /// Whether it counts among what its owner holds.
    pub counts: bool,
    /// Whether it came just now and is given away, so that nobody holds it yet.
    pub is_new: bool,
    /// Country and state or province.
    pub places: [String; 2],
    /// Its tags, where the rule asks for languages.
    pub tags: Vec<String>,
}

/// Everybody's turn and load while leads are given away.
pub struct Pool {
    day: i64,
    clock: i64,
    at: HashMap<i64, i64>,
    loads: HashMap<i64, i64>,
    counted: bool,
    /// What changed with owners whose load was not asked for yet, until it is written.
    waiting: HashMap<i64, i64>,
    given: BTreeMap<i64, i64>,
    /// Whether the database has queues.
    queues: bool,
}

impl Pool {
    /// As it is now.
    pub fn new(db: &Db, ctx: &Context) -> Result<Self> {
        let at: HashMap<i64, i64> = firing::last_assigned(db)?.into_iter().collect();
        // within one step everybody's turn is a moment later, so that the order of its leads is kept
        let clock = at.values().copied().max().unwrap_or_default().max(ctx.now() - 1);
        let day = i64::from(ctx.zone.today(ctx.now()));
        let queues = are_on(db)?;
        let (loads, waiting, given) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        Ok(Self { day, clock, at, loads, counted: false, waiting, given, queues })
    }

    /// Counts what everybody holds at once, for many leads; those with numbers from `first` to `last` are not theirs yet.
    pub fn count(&mut self, db: &Db, first: i64, last: i64) -> Result<()> {
        self.loads.clear();
        self.waiting.clear();
        for (owner, held) in firing::loads(db, first, last)? {
            *self.loads.entry(owner).or_default() += held;
        }
        self.counted = true;
        Ok(())
    }

    /// That an owner holds one lead more than were counted.
    pub fn holds(&mut self, owner: i64) {
        self.change(owner, 1);
    }

    /// That an owner was given a lead.
    pub fn noted(&mut self, owner: i64) {
        if owner > 0 {
            self.clock += 1;
            self.at.insert(owner, self.clock);
            self.given.insert(owner, self.clock);
        }
    }

    /// Keeps whose turn it was, with the step that gave it.
    pub fn save(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        for (member, at) in std::mem::take(&mut self.given) {
            firing::put_turn(tx.db, member, tx.operation()?, at)?;
        }
        Ok(())
    }

    fn load(&mut self, db: &Db, user: i64) -> Result<i64> {
        if let Some(load) = self.loads.get(&user) {
            return Ok(*load);
        }
        let held = if self.counted { 0 } else { firing::load_of(db, user)? };
        let load = held + self.waiting.remove(&user).unwrap_or_default();
        self.loads.insert(user, load);
        Ok(load)
    }

    fn change(&mut self, owner: i64, by: i64) {
        match self.loads.get_mut(&owner) {
            Some(load) => *load += by,
            None => *self.waiting.entry(owner).or_default() += by,
        }
    }

    /// That what was decided is written: what somebody holds can be asked for again.
    pub fn written(&mut self) {
        if !self.counted {
            self.waiting.clear();
        }
    }

    /// How many open leads and opportunities a user holds, this lead not counted.
    fn held(&mut self, db: &Db, user: &User, sought: &Sought) -> Result<i64> {
        Ok(self.load(db, user.number)? - i64::from(sought.counts && sought.owner == user.number))
    }

    /// How many more a user can hold, this lead not counted; none where they have no limit.
    fn room(&mut self, db: &Db, user: &User, sought: &Sought) -> Result<Option<i64>> {
        let Some(capacity) = user.work.capacity else { return Ok(None) };
        Ok(Some(capacity - self.held(db, user, sought)?))
    }

    /// Why a user cannot take a lead; `None` where they can.
    fn hindered(&mut self, db: &Db, user: &User, sought: &Sought) -> Result<Option<&'static str>> {
        Ok(if !user.active {
            Some("is inactive")
        } else if user.role == Role::ReadOnly {
            Some("only reads")
        } else if !user.work.takes_leads {
            Some("takes no leads")
        } else if user.is_away(self.day) {
            Some("is away")
        } else if self.room(db, user, sought)?.is_some_and(|room| room <= 0) {
            Some("is full")
        } else {
            None
        })
    }

    /// Who would get a lead by a rule; the code of the owner.
    pub fn find(&mut self, db: &Db, people: &People, rule: &Rule, sought: &Sought) -> Result<(Option<i64>, Why)> {
        Ok(match &rule.assign {
            None => (None, Why::Stays),
            Some(Assign::Queue(_)) if !self.queues => (None, Why::Nobody("this database has no queues".into())),
            Some(Assign::Queue(team)) => match people.team(*team) {
                Some(held) if held.queue => (Some(Owner::Team(*team).code()), Why::Queue),
                _ => (None, Why::Nobody(format!("{} is no queue", people.show(Owner::Team(*team))))),
            },
            Some(Assign::To(code)) => match Owner::of_code(*code) {
                Some(Owner::User(user)) => self.named(db, people, user, sought)?,
                Some(Owner::Team(team)) if people.team(team).is_some() => (Some(*code), Why::Named),
                _ => (None, Why::Nobody("the rule names nobody that is here".into())),
            },
            Some(Assign::Share { how, among, matching }) => {
                let all = members(people, rule, among);
                self.shared(db, people, &all, (*how, matching), sought)?
            }
        })
    }

    /// Who gets a lead by a rule; the code of the owner, whose turn it was.
    pub fn choose(&mut self, db: &Db, people: &People, rule: &Rule, sought: &Sought) -> Result<(Option<i64>, Why)> {
        let (to, why) = self.find(db, people, rule, sought)?;
        if let Some(to) = to {
            self.noted(to);
            if sought.counts && sought.owner != to {
                self.change(sought.owner, -1);
                self.change(to, 1);
            }
        }
        if sought.is_new {
            self.change(to.unwrap_or(sought.owner), 1);
        }
        Ok((to, why))
    }

    /// A user whom the rule names, or who stands in for them.
    fn named(&mut self, db: &Db, people: &People, user: i64, sought: &Sought) -> Result<(Option<i64>, Why)> {
        let (mut next, mut passed) = (people.user(user), Vec::new());
        let mut reasons: Vec<String> = Vec::new();
        while let Some(one) = next {
            let Some(reason) = self.hindered(db, one, sought)? else {
                let why = if one.number == user { Why::Named } else { Why::Deputy(user) };
                return Ok((Some(one.number), why));
            };
            reasons.push(format!("{} {reason}", one.login));
            passed.push(one.number);
            let deputy = one.work.absence.filter(|_| reason == "is away").and_then(|absence| absence.deputy);
            // deputies that stand in for each other are all away
            next = deputy.filter(|deputy| !passed.contains(deputy)).and_then(|deputy| people.user(deputy));
        }
        if reasons.is_empty() {
            reasons.push("the rule names nobody that is here".into());
        }
        Ok((None, Why::Nobody(reasons.join(", "))))
    }

    /// One of several users.
    fn shared(
        &mut self,
        db: &Db,
        people: &People,
        all: &[i64],
        (how, matching): (How, &[Match]),
        sought: &Sought,
    ) -> Result<(Option<i64>, Why)> {
        let mut can: Vec<&User> = Vec::new();
        let mut reasons: Vec<String> = Vec::new();
        for user in all.iter().filter_map(|number| people.user(*number)) {
            let unsuited = || matching.iter().find_map(|what| unsuited(user, *what, sought));
            match self.hindered(db, user, sought)?.map(str::to_owned).or_else(unsuited) {
                Some(reason) if can.is_empty() => reasons.push(format!("{} {reason}", user.login)),
                Some(_) => {}
                None => can.push(user),
            }
        }
        // room without a limit compares with nothing: then all are measured by what they hold
        let by_room = can.iter().all(|user| user.work.capacity.is_some());
        let mut best: Option<((i64, i64), &User)> = None;
        for user in can {
            let held = match how {
                How::RoundRobin => 0,
                How::LeastLoaded => self.held(db, user, sought)? - user.work.capacity.filter(|_| by_room).unwrap_or_default(),
            };
            let key = (held, self.at.get(&user.number).copied().unwrap_or(i64::MIN));
            if best.is_none_or(|(first, _)| key < first) {
                best = Some((key, user));
            }
        }
        Ok(match best {
            Some((_, user)) if how == How::RoundRobin => (Some(user.number), Why::Turn),
            Some(((held, _), user)) if by_room => (Some(user.number), Why::Room(-held)),
            Some(((held, _), user)) => (Some(user.number), Why::Fewest(held)),
            None if reasons.is_empty() => (None, Why::Nobody("the rule means no people".into())),
            None => {
                let more = reasons.len().saturating_sub(4);
                reasons.truncate(4);
                let and = if more == 0 { String::new() } else { format!(" and {more} more") };
                (None, Why::Nobody(format!("{}{and}", reasons.join(", "))))
            }
        })
    }
}

/// The users among whom a rule shares leads out, each once, in the order of their numbers.
fn members(people: &People, rule: &Rule, among: &[i64]) -> Vec<i64> {
    let mut all: Vec<i64> = match among {
        [] => {
            let within = |user: &&User| rule.unit.is_none_or(|unit| people.is_within(user.unit, unit));
            let takes = |user: &&User| user.active && user.role != Role::ReadOnly && user.work.takes_leads;
            people.users.iter().filter(within).filter(takes).map(|user| user.number).collect()
        }
        _ => among
            .iter()
            .flat_map(|code| match Owner::of_code(*code) {
                Some(Owner::User(user)) => vec![user],
                Some(Owner::Team(team)) => people.team(team).map(|team| team.members.clone()).unwrap_or_default(),
                None => Vec::new(),
            })
            .collect(),
    };
    all.sort_unstable();
    all.dedup();
    all
}

/// Why a lead does not suit a user; none where it does.
fn unsuited(user: &User, what: Match, sought: &Sought) -> Option<String> {
    match what {
        Match::Region => {
            let places: Vec<String> = sought.places.iter().map(|place| fold(place)).filter(|place| !place.is_empty()).collect();
            let holds = |region: &String| {
                let region = fold(region);
                let names = country::writings(&region);
                places.iter().any(|place| *place == region || names.as_ref().is_some_and(|names| names.contains(&place.as_str())))
            };
            let is_one = user.work.regions.iter().any(holds);
            (!is_one).then(|| match places.first() {
                Some(_) => format!("does not work in {}", sought.places.iter().find(|place| !place.is_empty()).map_or("", |p| p)),
                None => "works in regions, and the lead has none".into(),
            })
        }
        Match::Language => {
            let speaks = |tag: &String| {
                let tag = fold(tag);
                user.work.languages.iter().any(|language| {
                    let language = fold(language);
                    tag == language || tag.strip_prefix("lang-") == Some(language.as_str())
                })
            };
            (!sought.tags.iter().any(speaks)).then(|| "does not speak its language".into())
        }
    }
}
