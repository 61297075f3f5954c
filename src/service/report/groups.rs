//! The rows of a report about what comes of leads: which there are, and in which of them a lead counts. Counts nothing.

use std::collections::{BTreeSet, HashMap};

use super::scope::Scope;
use crate::model::choice::Set;
use crate::model::people::People;
use crate::model::report::ReportKind;
use crate::model::value::Owner;
use crate::query::ast::{Expr, Op};

/// A row before it is counted.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// For people.
    pub label: String,
    /// For programs; none for the row of what has no value.
    pub slug: Option<String>,
    /// How deep it stands below others.
    pub depth: usize,
    /// Whether its leads stand in other rows, too.
    pub overlaps: bool,
    /// Which leads are in it.
    pub filter: Expr,
}

/// The rows of a report.
pub(super) struct Groups {
    /// The column of a lead that decides.
    pub column: &'static str,
    /// The rows.
    pub all: Vec<Group>,
    /// The rows in which a value of the column counts.
    of: HashMap<Option<i64>, Vec<usize>>,
    /// Whether the rows have an order of their own; else those of most leads come first.
    pub is_ordered: bool,
}

impl Groups {
    /// The rows of a report.
    pub fn of(scope: &Scope<'_>) -> Self {
        match scope.kind {
            ReportKind::Owners => owners(scope),
            ReportKind::Units => units(scope),
            ReportKind::Partners => choices(scope, "partner", Set::Partner, "no partner"),
            _ => choices(scope, "source", Set::Source, "no source"),
        }
    }

    fn new(column: &'static str) -> Self {
        Self { column, all: Vec::new(), of: HashMap::new(), is_ordered: false }
    }

    fn add(&mut self, group: Group, keys: impl IntoIterator<Item = Option<i64>>) {
        let row = self.all.len();
        self.all.push(group);
        for key in keys {
            self.of.entry(key).or_default().push(row);
        }
    }

    /// The rows in which leads with a value of the column count.
    pub fn rows(&self, key: Option<i64>) -> &[usize] {
        self.of.get(&key).map_or(&[], Vec::as_slice)
    }
}

fn choices(scope: &Scope<'_>, column: &'static str, set: Set, none: &str) -> Groups {
    let mut groups = Groups::new(column);
    let choices = &scope.ctx.catalog.choices;
    for choice in choices.all(set) {
        let filter = scope.coded(column, &[choice.code]);
        let slug = Some(choices.slug(set, choice.code));
        groups.add(Group { label: choice.label.clone(), slug, depth: 0, overlaps: false, filter }, [Some(choice.code)]);
    }
    groups.add(Group { label: none.into(), slug: None, depth: 0, overlaps: false, filter: scope.without(column) }, [None]);
    groups
}

/// Each user and each team that owns leads; behind them each team with all that its members own.
fn owners(scope: &Scope<'_>) -> Groups {
    let people = &scope.ctx.catalog.people;
    let mut groups = Groups::new("owner");
    let one = |owner: Owner| Group {
        label: people.show(owner),
        slug: Some(people.show(owner)),
        depth: 0,
        overlaps: false,
        filter: scope.coded("owner", &[owner.code()]),
    };
    for owner in people.users.iter().map(|user| Owner::User(user.number)) {
        groups.add(one(owner), [Some(owner.code())]);
    }
    for team in &people.teams {
        let owner = Owner::Team(team.number);
        groups.add(one(owner), [Some(owner.code())]);
    }
    for team in people.teams.iter().filter(|team| !team.members.is_empty()) {
        let members = team.members.iter().map(|member| Owner::User(*member));
        let codes: Vec<i64> = std::iter::once(Owner::Team(team.number)).chain(members).map(Owner::code).collect();
        let label = format!("{} and members", people.show(Owner::Team(team.number)));
        let group =
            Group { label: label.clone(), slug: Some(label), depth: 0, overlaps: true, filter: scope.coded("owner", &codes) };
        groups.add(group, codes.into_iter().map(Some));
    }
    groups
}

/// Each business unit with those below it, as a tree: what users and teams of them own.
fn units(scope: &Scope<'_>) -> Groups {
    let people = &scope.ctx.catalog.people;
    let mut groups = Groups { is_ordered: true, ..Groups::new("owner") };
    let mut seen = BTreeSet::new();
    let is_root = |parent: Option<i64>| parent.is_none_or(|parent| !people.units.iter().any(|unit| unit.number == parent));
    let roots: Vec<i64> = people.units.iter().filter(|unit| is_root(unit.parent)).map(|unit| unit.number).collect();
    for root in roots {
        unit(people, root, 0, &mut seen, &mut groups);
    }
    groups
}

fn unit(people: &People, number: i64, depth: usize, seen: &mut BTreeSet<i64>, groups: &mut Groups) {
    // a circle of units would have no end
    if !seen.insert(number) {
        return;
    }
    let Some(found) = people.units.iter().find(|unit| unit.number == number) else { return };
    let below = below(people, number);
    let users = people.users.iter().filter(|user| below.contains(&user.unit)).map(|user| Owner::User(user.number));
    let teams = people.teams.iter().filter(|team| below.contains(&team.unit)).map(|team| Owner::Team(team.number));
    let codes: Vec<i64> = users.chain(teams).map(Owner::code).collect();
    if !codes.is_empty() {
        let filter = Expr::Unit { op: Op::AtMost, units: vec![number] };
        let group = Group { label: found.name.clone(), slug: Some(found.name.clone()), depth, overlaps: depth > 0, filter };
        groups.add(group, codes.into_iter().map(Some));
    }
    for child in people.units.iter().filter(|unit| unit.parent == Some(number)) {
        unit(people, child.number, depth + 1, seen, groups);
    }
}

/// A unit and all below it.
fn below(people: &People, number: i64) -> BTreeSet<i64> {
    let mut found = BTreeSet::from([number]);
    loop {
        let before = found.len();
        let more = people.units.iter().filter(|unit| unit.parent.is_some_and(|parent| found.contains(&parent)));
        let more: Vec<i64> = more.map(|unit| unit.number).collect();
        found.extend(more);
        if found.len() == before {
            return found;
        }
    }
}
