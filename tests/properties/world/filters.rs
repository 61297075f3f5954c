//! Random filters and orders, most of them valid.

use leadbook::model::entity::Entity;
use leadbook::model::field::Kind;
use leadbook::query::path;
use uuid::Uuid;

use super::data::{BODIES, COMPANIES, MAILS, NAMES, PHONES, TEXTS, text};
use super::{Dice, World};

/// The words behind `is:`.
pub const STATES: &[&str] = &[
    "mine",
    "unassigned",
    "new",
    "draft",
    "incomplete",
    "deleted",
    "late",
    "today",
    "duplicate",
    "shared",
    "queued",
    "open",
    "closed",
];

/// What is asked of what stands beside a record.
pub const BESIDE: &[&str] = &[
    "was:me",
    "was:bo,\"team:North West\"",
    "-was:ana",
    "unit:root",
    "unit:north",
    "unit<=North",
    "unit<root",
    "unit:no*",
    "unit:mine",
    "has:link",
    "no:link",
    "has:duplicate",
    "has:note<20d",
    "has:note>2w",
    "no:note>3w",
    "no:file>1mo",
    "has:file<60d",
    "has:file>=2026-10",
    "no:activity>40d",
    "no:contact>40d",
    "has:activity<10d",
    "has:created<20d",
    "no:modified>20d",
    "has:request<30d",
    "no:opportunity>30d",
    "has:opportunity>30d",
    "has:tag",
];

impl World {
    /// A random filter of leads.
    pub fn filter(&self, dice: &mut Dice, depth: usize) -> String {
        self.filter_of(dice, Entity::Lead, depth)
    }

    /// A random filter of records of a kind, most of them valid.
    pub fn filter_of(&self, dice: &mut Dice, entity: Entity, depth: usize) -> String {
        match dice.roll(if depth == 0 { 6 } else { 11 }) {
            0 if dice.roll(3) == 0 => {
                let whole = dice.pick(BODIES).to_owned();
                dice.pick(&["text:", "-text:"]).to_owned() + &quoted(&piece(dice, &whole))
            }
            0 if dice.roll(6) == 0 => dice.pick(&["has:note", "no:notes", "text:*"]).into(),
            0 => self.word(dice),
            1 if dice.roll(2) == 0 => dice.pick(BESIDE).into(),
            1 => format!("is:{}", dice.pick(STATES)),
            2..=5 => self.comparison(dice, entity),
            6 => format!("-({})", self.filter_of(dice, entity, depth - 1)),
            7 => format!("({} or {})", self.filter_of(dice, entity, depth - 1), self.filter_of(dice, entity, depth - 1)),
            8 => self.along(dice, entity, depth - 1),
            _ => format!("{} {}", self.filter_of(dice, entity, depth - 1), self.filter_of(dice, entity, depth - 1)),
        }
    }

    /// Something that is asked of linked records.
    fn along(&self, dice: &mut Dice, entity: Entity, depth: usize) -> String {
        let paths: Vec<_> = path::of(entity).collect();
        let Some(path) = paths.get(dice.roll(paths.len())) else { return self.comparison(dice, entity) };
        match dice.roll(4) {
            0 => format!("{}{}.{}", dice.pick(&["", "-"]), path.name, self.comparison(dice, path.to)),
            1 => format!("{}:{}", dice.pick(&["has", "no"]), path.name),
            _ => format!("{}{}.({})", dice.pick(&["", "-"]), path.name, self.filter_of(dice, path.to, depth)),
        }
    }

    fn word(&self, dice: &mut Dice) -> String {
        let lists = [NAMES, COMPANIES, MAILS, PHONES, TEXTS];
        let all = dice.pick(&lists);
        quoted(&piece(dice, dice_text(dice.0, all)))
    }

    fn comparison(&self, dice: &mut Dice, entity: Entity) -> String {
        let fields = self.catalog.registry(entity).fields();
        let mut field = fields[dice.roll(fields.len())];
        // what lists are made of, more often than the rest
        if dice.roll(3) == 0 {
            let name = dice.pick(&["status", "owner", "source", "rating", "name", "modified_at", "estimated_value", "company"]);
            field = fields.iter().copied().find(|f| f.name == name).unwrap_or(field);
        }
        if dice.roll(12) == 0 {
            return format!("{}:file", dice.pick(&["has", "no"]));
        }
        if dice.roll(8) == 0 {
            return format!("{}:{}", dice.pick(&["has", "no"]), field.name);
        }
        let op = dice.pick(&[":", ":", ">", ">=", "<", "<="]);
        let one = |dice: &mut Dice| match field.kind {
            Kind::Choice(_) | Kind::Flag { .. } | Kind::Owner | Kind::User => {
                let all = leadbook::model::field::options::of(&field, &self.catalog);
                all.get(dice.roll(all.len())).map_or("x".into(), |o| quoted(&o.word))
            }
            Kind::Money | Kind::Int => dice.pick(&["0", "0.5", "50", "1k", "40k", "1m", "50..", "..1k", "0..500"]).into(),
            Kind::Degree => dice.pick(&["0", "-10", "-10..10.5", "20"]).into(),
            Kind::Date | Kind::Instant => dice
                .pick(&["today", "-30d", "this-week", "last-month", "2026-11", "2026-10-01..today", "..-7d", "tomorrow..", "-2h"])
                .into(),
            Kind::Number(of) => dice.pick(&["5", "10..50", "7"]).replace("5", &of.numbered(5).to_string()),
            Kind::Record => dice.pick(&["L-5", "A-2", "contoso", "ann*", "*account"]).into(),
            Kind::Lookup(Entity::Account) => dice.pick(&["A-1", "contoso", "*account", "ann*", "eclair"]).into(),
            Kind::Lookup(Entity::Lead) => dice.pick(&["L-2", "7", "a*", "*e"]).into(),
            Kind::Lookup(_) => dice.pick(&["C-2", "contoso", "*contact", "50"]).into(),
            Kind::Id => Uuid::from_u128(1_000 + dice.roll(30) as u128).to_string(),
            Kind::Linked(_) => dice.pick(&["\"3D printer\"", "3d", "eclair", "scan", "*50%", "a*", "*an*"]).into(),
            Kind::Tags => dice.pick(&["expo", "VIP", "cold*", "*%", "\"cold call\""]).into(),
            _ => {
                let whole = text(dice, &field);
                let part = quoted(&piece(dice, &whole));
                match dice.roll(5) {
                    0 => format!("{part}*"),
                    1 => format!("*{part}"),
                    2 => format!("*{part}*"),
                    _ => part,
                }
            }
        };
        let ordered = match field.kind {
            Kind::Money | Kind::Int | Kind::Degree | Kind::Date | Kind::Instant | Kind::Number(_) => true,
            Kind::Choice(set) => set.is_ordered(),
            _ => false,
        };
        let op = if ordered { op } else { ":" };
        let mut values = vec![one(dice)];
        while op == ":" && dice.roll(3) == 0 {
            values.push(one(dice));
        }
        format!("{}{op}{}", field.name, values.join(","))
    }

    /// A random order, perhaps none.
    pub fn sort(&self, dice: &mut Dice) -> String {
        if dice.roll(8) == 0 {
            return " sort:next".into();
        }
        let fields = self.catalog.lead.fields();
        let mut keys: Vec<String> =
            (0..dice.roll(3)).map(|_| format!("{}{}", dice.pick(&["", "-"]), fields[dice.roll(fields.len())].name)).collect();
        // the orders that an index has, and almost has
        if dice.roll(3) == 0 {
            let first = dice.pick(&["name", "-name", "company", "-company", "modified_at", "-modified_at", "number", "-number"]);
            keys.truncate(1);
            keys.insert(usize::from(dice.roll(4) == 0).min(keys.len()), first.into());
            if dice.roll(4) == 0 {
                keys.push(dice.pick(&["number", "-number"]).into());
            }
        }
        if keys.is_empty() { String::new() } else { format!(" sort:{}", keys.join(",")) }
    }
}

fn dice_text(seed: u64, all: &[&'static str]) -> &'static str {
    all[usize::try_from(seed >> 7).unwrap_or(0) % all.len()]
}

/// A part of a text, so that beginnings, ends and middles are asked for.
fn piece(dice: &mut Dice, text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let start = if dice.roll(2) == 0 { 0 } else { dice.roll(chars.len()) };
    let length = 1 + dice.roll(chars.len() - start);
    chars[start..start + length].iter().collect()
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
