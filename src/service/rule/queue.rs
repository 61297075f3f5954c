//! Queues: teams hold leads, and their members take the next one, each once. Source: queues, message PickFromQueue.

use crate::error::{Error, Result};
use crate::model::definition::{Assign, Rule};
use crate::model::entity::{Entity, RecordId};
use crate::model::people::Team;
use crate::model::value::{Owner, Value};
use crate::service::access;
use crate::service::act::{Act, Query, Tx};
use crate::service::context::Context;
use crate::service::record::change_record;
use crate::service::record::write::display_name;
use crate::store::log::{Change, ChangeKind};
use crate::store::{Db, firing, setting};

/// The setting that says whether teams have queues, and its name in the log.
pub(in crate::service) const QUEUES: &str = "queues";

/// Whether the database has queues.
pub fn are_on(db: &Db) -> Result<bool> {
    Ok(setting::get(db, QUEUES)?.as_deref() == Some("on"))
}

/// Switches queues on or off for the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetQueues {
    /// Whether there are to be queues.
    pub on: bool,
}

impl Act for SetQueues {
    type Reply = ();

    fn name(&self) -> &'static str {
        "SetQueues"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        access::check_admin(tx.ctx, "switching queues")?;
        put_queues(tx, self.on)?;
        tx.say(if self.on { "Queues are on" } else { "Queues are off" });
        let into_queues = |rule: &Rule| rule.active && matches!(rule.assign, Some(Assign::Queue(_)));
        let rules = tx.ctx.catalog.rules().filter(|(_, rule)| into_queues(rule));
        let names: Vec<String> = rules.map(|(definition, _)| format!("“{}”", definition.name)).collect();
        if !self.on && !names.is_empty() {
            let (rules, give) = if names.len() == 1 { ("the rule", "gives") } else { ("the rules", "give") };
            tx.warn(&format!("{rules} {} {give} nobody a lead now", names.join(", ")));
        }
        Ok(())
    }
}

/// Switches queues and logs it; nothing where they are so already.
pub(in crate::service) fn put_queues(tx: &mut Tx<'_>, on: bool) -> Result<()> {
    let word = |on: bool| if on { "on" } else { "off" };
    let old = are_on(tx.db)?;
    if old == on {
        return Ok(());
    }
    setting::put(tx.db, QUEUES, word(on))?;
    let record = Entity::Definition.numbered(0);
    let (field, old, new) = (QUEUES.to_owned(), Some(word(old).to_owned()), Some(word(on).to_owned()));
    tx.log(Change { record, about: record, kind: ChangeKind::Update, field, old, new })
}

/// Whether the database has queues, asked from outside an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HasQueues;

impl Query for HasQueues {
    type Reply = bool;

    fn run(&self, db: &Db, _: &Context) -> Result<bool> {
        are_on(db)
    }
}

/// What waits in the queues that the acting user takes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GetQueues;

/// A queue and how many leads wait in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// The number of the team.
    pub team: i64,
    /// Its name.
    pub name: String,
    /// How many open leads it has.
    pub waiting: i64,
    /// Whether the acting user takes from it.
    pub mine: bool,
}

impl Query for GetQueues {
    type Reply = Vec<Queue>;

    fn run(&self, db: &Db, ctx: &Context) -> Result<Vec<Queue>> {
        let queues = ctx.catalog.people.teams.iter().filter(|team| team.queue);
        let one = |team: &Team| {
            let waiting = firing::waiting(db, Owner::Team(team.number).code())?;
            Ok(Queue { team: team.number, name: team.name.clone(), waiting, mine: team.members.contains(&ctx.user) })
        };
        queues.map(one).collect()
    }
}

/// Gives the acting user the next lead of the queues of their teams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeNext;

/// The lead that is next in these queues: what is late, then what is hot, then the rest, of each the one that waits longest.
fn next(db: &Db, ctx: &Context, teams: &[&Team]) -> Result<Option<i64>> {
    let codes: Vec<i64> = teams.iter().map(|team| Owner::Team(team.number).code()).collect();
    firing::next_waiting(db, &codes, ctx.now())
}

impl Act for TakeNext {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "PickFromQueue"
    }

    /// Its number comes back. The step is one transaction that waits for others, so nobody else gets the same lead.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let (db, ctx) = (tx.db, tx.ctx);
        access::check_active(ctx)?;
        if !are_on(db)? {
            return Err(Error::refused("this database has no queues", "an admin switches them on: leadbook queue on"));
        }
        let teams: Vec<&Team> = ctx.catalog.people.teams_of(ctx.user).filter(|team| team.queue).collect();
        if teams.is_empty() {
            let headline = format!("{} is in no team that has a queue", ctx.login());
            return Err(Error::refused(headline, "an admin puts you into one, or gives one of your teams a queue"));
        }
        let Some(number) = next(db, ctx, &teams)? else {
            let names: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
            return Err(Error::refused(format!("nothing waits in the queue of {}", names.join(", ")), "look again later"));
        };
        let registry = &ctx.catalog.lead;
        let (lead, _) = change_record(tx, Entity::Lead.numbered(number), ChangeKind::Update, |lead| {
            lead.set(registry.id("owner"), Value::Owner(Owner::User(ctx.user)));
            for name in ["handed_by", "handed_at", "handed_note", "opened_at"] {
                lead.set(registry.id(name), Value::None);
            }
            Ok(())
        })?;
        tx.say(format!("Took {} · {}", display_name(ctx, &lead), RecordId::lead(number)));
        Ok(number)
    }
}
