//! Rules, points, views and targets: made, changed, moved and taken away. Runs none of them.

use crate::error::{Error, Problem, Result};
use crate::model::catalog::Catalog;
use crate::model::choice::slug;
use crate::model::dates;
use crate::model::definition::{Assign, Body, Definition, DefinitionKind, Rule, SavedView, Target, Trigger};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::Access;
use crate::model::field::read::{Reading, read};
use crate::model::people::Role;
use crate::model::value::Owner;
use crate::query::{parse_whole, views};
use crate::service::access;
use crate::service::act::{Act, Tx};
use crate::service::condition;
use crate::service::context::Context;
use crate::service::record::tag::clean_tag;
use crate::service::rule::queue::are_on;
use crate::service::score;
use crate::service::setup::{self, Row};
use crate::service::spelling;
use crate::store;

/// Makes a definition, or writes over the one with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutDefinition {
    /// What it is to be; a new one has the number 0, and the place 0 where it comes last.
    pub definition: Definition,
}

/// Takes a definition away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoveDefinition {
    /// Its number.
    pub number: i64,
}

/// Gives a definition another place among those of its kind, owner and list; the others close up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoveDefinition {
    /// Its number.
    pub number: i64,
    /// The place, counted from 1.
    pub to: i64,
}

fn row(definition: &Definition) -> Row {
    Row::Definition(definition.clone())
}

fn find(ctx: &Context, number: i64) -> Result<Definition> {
    let found = ctx.catalog.definitions.iter().find(|definition| definition.number == number);
    found.cloned().ok_or_else(|| Error::NotFound(format!("there is no definition D-{number}; it was taken away")))
}

/// Whether the acting user may write a definition: views of their own everybody, rules of a unit its manager, all else an admin.
fn check_right(ctx: &Context, definition: &Definition) -> Result<()> {
    access::check_active(ctx)?;
    if definition.owner == Some(ctx.user) && definition.body.kind() == DefinitionKind::View {
        return Ok(());
    }
    if let (Role::Manager, Body::Rule(Rule { unit: Some(unit), .. })) = (ctx.role, &definition.body)
        && access::manages(ctx, *unit)
    {
        return Ok(());
    }
    access::check_admin(ctx, &format!("changing a {} for others", definition.body.kind().noun()))
}

impl Act for PutDefinition {
    type Reply = i64;

    fn name(&self) -> &'static str {
        "PutDefinition"
    }

    /// The number comes back.
    fn run(self, tx: &mut Tx<'_>) -> Result<i64> {
        let ctx = tx.ctx;
        let mut new = self.definition;
        new.name = new.name.trim().to_owned();
        let old = if new.number == 0 { None } else { Some(find(ctx, new.number)?) };
        for one in old.iter().chain([&new]) {
            check_right(ctx, one)?;
        }
        let mut wrong = problems(&new, &ctx.reading());
        check_queue(tx, &new, &mut wrong)?;
        if wrong.is_empty() {
            new = spelling::for_everybody(&new, &ctx.reading());
            // it may be longer now
            wrong = problems(&new, &ctx.reading());
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let kind = new.body.kind();
        if old.is_none() {
            new.number = store::definition::take_number(tx.db)?;
        }
        if new.place == 0 {
            new.place = ctx.catalog.defined(kind).map(|d| d.place).max().unwrap_or_default() + 1;
        }
        setup::write(tx, old.as_ref().map(row).as_ref(), Some(&row(&new)))?;
        let done = if old.is_none() { "Added" } else { "Changed" };
        tx.say(format!("{done} the {} {}", kind.noun(), new.name));
        if let Body::View(view) = &new.body
            && is_shipped(ctx, view, &new.name)
        {
            tx.also("a view of the program has this name too; by name this one is meant");
        }
        Ok(new.number)
    }
}

impl Act for RemoveDefinition {
    type Reply = ();

    fn name(&self) -> &'static str {
        "RemoveDefinition"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        let old = find(tx.ctx, self.number)?;
        check_right(tx.ctx, &old)?;
        setup::write(tx, Some(&row(&old)), None)?;
        tx.say(format!("Removed the {} {}", old.body.kind().noun(), old.name));
        Ok(())
    }
}

impl Act for MoveDefinition {
    type Reply = ();

    fn name(&self) -> &'static str {
        "MoveDefinition"
    }

    fn run(self, tx: &mut Tx<'_>) -> Result<()> {
        let ctx = tx.ctx;
        let moved = find(ctx, self.number)?;
        check_right(ctx, &moved)?;
        let beside = |other: &&Definition| other.owner == moved.owner && lists(other) == lists(&moved);
        let mut all: Vec<Definition> = ctx.catalog.defined(moved.body.kind()).filter(beside).cloned().collect();
        let from = all.iter().position(|d| d.number == self.number).unwrap_or_default();
        let to = usize::try_from(self.to.max(1) - 1).unwrap_or_default().min(all.len() - 1);
        let one = all.remove(from);
        all.insert(to, one);
        for (place, old) in (1..).zip(all) {
            setup::write(tx, Some(&row(&old)), Some(&row(&Definition { place, ..old.clone() })))?;
        }
        tx.say(format!("Moved the {} {} to place {}", moved.body.kind().noun(), moved.name, to + 1));
        Ok(())
    }
}

/// Whether a view that comes with the program is called so.
fn is_shipped(ctx: &Context, view: &SavedView, name: &str) -> bool {
    let shipped = Entity::of_name(&view.entity).and_then(|entity| views::shipped(&ctx.reading_of(entity)).ok());
    shipped.is_some_and(|views| views.iter().any(|one| one.slug == slug(name)))
}

/// The kind of records that a view lists.
fn lists(definition: &Definition) -> Option<&str> {
    if let Body::View(view) = &definition.body { Some(&view.entity) } else { None }
}

/// Whether another definition of its kind, owner and list is called as this one.
pub(in crate::service) fn is_taken(catalog: &Catalog, definition: &Definition) -> bool {
    let same = |d: &Definition| {
        d.number != definition.number
            && d.owner == definition.owner
            && lists(d) == lists(definition)
            && d.name.to_lowercase() == definition.name.to_lowercase()
    };
    catalog.defined(definition.body.kind()).any(same)
}

/// Why a definition cannot be meant as it is; every mistake is named.
pub fn problems(definition: &Definition, reading: &Reading<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let kind = definition.body.kind();
    let bad = |c: char| c.is_control();
    if definition.name.is_empty() || definition.name.chars().count() > 100 || definition.name.contains(bad) {
        problems.push(Problem::new("name", "1 to 100 characters"));
    }
    if is_taken(reading.catalog, definition) {
        problems.push(Problem::new("name", format!("there is a {} “{}” already", kind.noun(), definition.name)));
    }
    match &definition.body {
        Body::Rule(rule) => check_rule(reading, rule, &mut problems),
        Body::ScoreRule(rule) => {
            problems.extend(score::check(reading, &rule.when).err().map(|why| Problem::new("when", why)));
            if rule.points == 0 || rule.points.abs() > 1_000 {
                problems.push(Problem::new("points", "points are a number from -1000 to 1000 and not 0"));
            }
        }
        Body::View(view) => check_view(reading, view, &mut problems),
        Body::Target(target) => check_target(reading, target, &mut problems),
    }
    problems
}

fn check_filter(reading: &Reading<'_>, entity: Entity, field: &str, filter: &str, problems: &mut Vec<Problem>) {
    if let Err(error) = parse_whole(filter, &Reading { entity, ..*reading }) {
        problems.push(Problem::new(field, error.to_string()));
    }
}

fn check_owner(reading: &Reading<'_>, field: &str, code: i64, problems: &mut Vec<Problem>) {
    let people = &reading.catalog.people;
    let there = match Owner::of_code(code) {
        Some(Owner::User(n)) => people.user(n).is_some_and(|user| user.active),
        Some(Owner::Team(n)) => people.team(n).is_some(),
        None => false,
    };
    if !there {
        let who = Owner::of_code(code).map_or_else(|| "nobody".to_owned(), |owner| people.show(owner));
        problems.push(Problem::new(field, format!("{who} cannot be given leads: no active user or team")));
    }
}

fn check_rule(reading: &Reading<'_>, rule: &Rule, problems: &mut Vec<Problem>) {
    let registry = &reading.catalog.lead;
    problems.extend(condition::of_everybody(reading, &rule.when, "a rule").err().map(|why| Problem::new("when", why)));
    if rule.on.is_empty() {
        problems
            .push(Problem::new("on", "says when the rule is asked: created, imported, updated, reopened, idle:30d or by-hand"));
    }
    for trigger in &rule.on {
        let Trigger::Updated(fields) = trigger else { continue };
        for name in fields.iter().filter(|name| registry.find(name).is_none()) {
            problems.push(Problem::new("on", format!("leads have no field {name}")));
        }
    }
    if rule.unit.is_some_and(|unit| reading.catalog.people.unit(unit).is_none()) {
        problems.push(Problem::new("unit", "there is no such business unit or channel partner"));
    }
    match &rule.assign {
        Some(Assign::To(owner)) => check_owner(reading, "assign", *owner, problems),
        Some(Assign::Share { among, .. }) => among.iter().for_each(|owner| check_owner(reading, "assign", *owner, problems)),
        Some(Assign::Queue(team)) => check_owner(reading, "queue", Owner::Team(*team).code(), problems),
        None => {}
    }
    for setting in &rule.set {
        match registry.find(&setting.field).map(|id| registry.field(id)) {
            None => problems.push(Problem::new("set", format!("leads have no field {}", setting.field))),
            Some(field) if field.access != Access::Edit || field.name == "owner" => {
                problems.push(Problem::new("set", format!("{} is not written by rules", field.label)));
            }
            Some(field) => problems.extend(
                read(field, &setting.value, reading)
                    .err()
                    .map(|wrong| Problem::new("set", format!("{}: {}", field.label, wrong.message))),
            ),
        }
    }
    for tag in &rule.tags {
        if let Err(Error::Invalid(wrong)) = clean_tag(tag) {
            problems.extend(wrong);
        }
    }
    if let Some(task) = &rule.task {
        if task.text.trim().is_empty() {
            problems.push(Problem::new("task", "says what is to be done"));
        }
        if let Err(error) = dates::parse_instant(&task.due, reading.now, reading.zone, reading.locale) {
            problems.push(Problem::new("due", error.to_string()));
        }
    }
    if rule.assign.is_none() && rule.set.is_empty() && rule.tags.is_empty() && rule.task.is_none() {
        problems.push(Problem::new("assign", "the rule does nothing: it assigns, sets a field, tags or makes a task"));
    }
}

/// A rule that is asked puts leads only where somebody can take them.
fn check_queue(tx: &Tx<'_>, definition: &Definition, problems: &mut Vec<Problem>) -> Result<()> {
    let Body::Rule(Rule { active: true, assign: Some(Assign::Queue(team)), .. }) = &definition.body else { return Ok(()) };
    if !are_on(tx.db)? {
        problems.push(Problem::new("queue", "this database has no queues; an admin switches them on: leadbook queue on"));
    }
    if let Some(team) = tx.ctx.catalog.people.team(*team).filter(|team| !team.queue) {
        let name = &team.name;
        problems.push(Problem::new("queue", format!("{name} is no queue; make it one: leadbook team set \"{name}\" queue=yes")));
    }
    Ok(())
}

fn check_view(reading: &Reading<'_>, view: &SavedView, problems: &mut Vec<Problem>) {
    let Some(entity) = Entity::of_name(&view.entity).filter(|entity| Entity::LISTED.contains(entity)) else {
        problems.push(Problem::new("entity", format!("there are no lists of “{}”", view.entity)));
        return;
    };
    check_filter(reading, entity, "filter", &view.filter, problems);
    if !view.sort.is_empty() {
        check_filter(reading, entity, "sort", &format!("sort:{}", view.sort), problems);
    }
    let registry = reading.catalog.registry(entity);
    for name in view.columns.iter().filter(|name| registry.find(name).is_none()) {
        problems.push(Problem::new("columns", format!("{} have no field {name}", entity.plural())));
    }
}

fn check_target(reading: &Reading<'_>, target: &Target, problems: &mut Vec<Problem>) {
    if let Some(owner) = target.of {
        check_owner(reading, "of", owner, problems);
    }
    if target.amount <= 0 {
        problems.push(Problem::new("amount", "a target is an amount above 0"));
    }
    let is_month = |text: &str| {
        text.split_once('-').is_some_and(|(year, month)| {
            year.len() == 4 && year.parse::<u16>().is_ok() && month.len() == 2 && matches!(month.parse::<u8>(), Ok(1..=12))
        })
    };
    if target.month.as_deref().is_some_and(|month| !is_month(month)) {
        problems.push(Problem::new("month", "a month is written as 2026-11"));
    }
}

/// The record of the log that a definition is.
pub const fn key(number: i64) -> RecordId {
    Entity::Definition.numbered(number)
}
