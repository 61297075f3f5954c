//! The text of a filter for others than who typed it: what they would read otherwise is written anew, all else stays as it is, relative
//! dates too. Decides nothing about who they are.

use super::ast::{Expr, Op, Operand};
use super::error::QueryError;
use super::lexer::Raw;
use super::parser::{Met, met};
use super::print::{operand, quote, units_named};
use super::resolve::{middle, operands};
use super::states;
use crate::model::field::read::{Reading, differs};
use crate::model::field::{Field, Kind};

/// A filter as `reading` reads it, written so that each of `others` reads the same. A value that one of them takes for another is written as
/// the first of them writes it; the rest is as it was typed.
pub fn respelled(text: &str, reading: &Reading<'_>, others: &[Reading<'_>]) -> Result<String, QueryError> {
    let (_, met) = met(text, reading)?;
    let mut out = text.to_owned();
    for met in met.iter().rev() {
        let entity = met.entity;
        let others: Vec<_> = others.iter().map(|other| Reading { entity, ..*other }).collect();
        let readers = Readers { author: Reading { entity, ..*reading }, others: &others };
        for raw in met.values.iter().rev() {
            if let Some(value) = readers.value(met, raw) {
                out.replace_range(raw.span.clone(), &value);
            }
        }
    }
    Ok(out)
}

/// Who typed a filter, and who else reads it.
struct Readers<'a> {
    author: Reading<'a>,
    others: &'a [Reading<'a>],
}

impl Readers<'_> {
    /// A value anew; none where all read it alike.
    fn value(&self, met: &Met, raw: &Raw) -> Option<String> {
        let registry = self.author.registry();
        match met.name.as_str() {
            "is" | "text" | "sort" => None,
            "has" | "no" => self.age(raw),
            "was" => self.spelled(registry.field(registry.find("owner")?), Op::Is, raw),
            "unit" => {
                let units = |reading: &Reading<'_>| match states::unit(met.op, 0..0, std::slice::from_ref(raw), reading) {
                    Ok(Expr::Unit { units, .. }) => Some(units),
                    _ => None,
                };
                differs(&self.author, self.others, units)
                    .map(|units| units_named(&units, self.others.first().unwrap_or(&self.author)))
            }
            name => self.spelled(registry.field(registry.find(name)?), met.op, raw),
        }
    }

    /// The value of a field anew, each end of a range for itself.
    fn spelled(&self, field: &Field, op: Op, raw: &Raw) -> Option<String> {
        let is_range =
            matches!(field.kind, Kind::Money | Kind::Int | Kind::Degree | Kind::Number(_) | Kind::Date | Kind::Instant);
        if let Some(at) = middle(raw).filter(|_| is_range && op == Op::Is) {
            let ends = [(raw.part(0, at), Op::AtLeast), (raw.part(at + 2, raw.pieces.len()), Op::AtMost)];
            let anew = ends.each_ref().map(|(end, op)| self.spelled(field, *op, end));
            if anew.iter().all(Option::is_none) {
                return None;
            }
            let as_typed = |end: &Raw| if end.text().trim().is_empty() { String::new() } else { quote(&end.text()) };
            let [low, high] = [0, 1].map(|at| anew[at].clone().unwrap_or_else(|| as_typed(&ends[at].0)));
            return Some(format!("{low}..{high}"));
        }
        let meant: Vec<Operand> = differs(&self.author, self.others, |reading| operands(field, "", op, raw, reading).ok())?;
        let writer = self.others.first().unwrap_or(&self.author);
        Some(meant.iter().map(|one| operand(field, op, one, writer)).collect::<Vec<_>>().join(","))
    }

    /// What stands behind `has:` and `no:`, where it has an age: that is a moment.
    fn age(&self, raw: &Raw) -> Option<String> {
        let is_sign = |c: char| matches!(c, '<' | '>' | '=');
        let text = raw.text();
        let start = text.chars().position(is_sign)?;
        let sign: String = text.chars().skip(start).take_while(|c| is_sign(*c)).collect();
        let op = [Op::AtLeast, Op::Greater, Op::AtMost, Op::Less].into_iter().find(|op| op.text() == sign)?;
        let leads = &self.author.catalog.lead;
        let end = start + sign.len();
        let moment = self.spelled(leads.field(leads.id("created_at")), op, &raw.part(end, raw.pieces.len()))?;
        let name: String = text.chars().take(start).collect();
        Some(format!("{}{sign}{moment}", name.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;
    use crate::model::entity::Entity;
    use crate::model::locale::Locale;
    use crate::model::people::{Role, Team, Unit, UnitKind, User};
    use crate::model::zone::Zone;
    use crate::query::parse;

    fn catalog(unit: &str, login: &str, team: &str) -> Catalog {
        let mut catalog = Catalog::shipped();
        let units = ["Organization", unit, "South"].map(|name| Unit::new(name, None, UnitKind::Internal));
        catalog.people.units = (1..).zip(units).map(|(number, unit)| Unit { number, ..unit }).collect();
        catalog.people.users = vec![User::new(1, login, "", Role::Admin), User::new(2, "bo", "", Role::Seller)];
        catalog.people.teams = vec![Team { number: 1, name: team.into(), unit: 1, members: vec![], queue: false }];
        catalog
    }

    /// Monday 23 November 2026, 11:30 UTC.
    const fn reading<'a>(catalog: &'a Catalog, locale: &'a Locale) -> Reading<'a> {
        Reading { entity: Entity::Lead, catalog, locale, zone: Zone::Utc, now: 1_795_433_400_000_000, me: 2 }
    }

    fn neutral(country: &str, text: &str) -> String {
        let catalog = catalog("North", "ana", "Inside");
        let (own, habits) = (Locale::of(country), Locale::habits());
        let others: Vec<_> = habits.iter().map(|locale| reading(&catalog, locale)).collect();
        let out = respelled(text, &reading(&catalog, &own), &others).unwrap_or_else(|e| panic!("{text}: {e}"));
        let meant = parse(text, &reading(&catalog, &own));
        for other in &others {
            assert_eq!(parse(&out, other), meant, "{text} became {out}");
        }
        out
    }

    #[test]
    fn what_countries_read_otherwise_is_written_for_all() {
        for (country, text, out) in [
            ("DE", "value>1.500", "value>1500"),
            ("US", "value>1.500", "value>1.50"),
            ("US", "-value<=1,234 or employees:\"1,200\"..", "-value<=1234 or employees:1200.."),
            ("US", "estimated_close_date<3/4/2027", "estimated_close_date<2027-03-04"),
            ("DE", "estimated_close_date<3/4/2027", "estimated_close_date<2027-04-03"),
            ("DE", "created:3/4/2026..today,yesterday source:web", "created:2026-04-03..today,yesterday source:web"),
            ("DE", "created:\"3/4/2026\"..\"last monday\"", "created:2026-04-03..\"last monday\""),
            ("DE", "(no:contact<3/4/2026 or has:note>=3/4/2026)", "(no:contact<2026-04-03 or has:note>=2026-04-03)"),
            ("DE", "account.revenue>1.500 value<1.500", "account.revenue>1500 value<1500"),
            ("DE", "contacts.(created<3/4/2026) sort:-value", "contacts.(created<2026-04-03) sort:-value"),
            ("CA", "currency:$", "currency:cad"),
        ] {
            assert_eq!(neutral(country, text), out, "{country} {text}");
        }
    }

    #[test]
    fn what_all_read_alike_stays_as_it_was_typed() {
        for text in [
            "",
            "value>1.5k  or  value:\"1.234,50\"",
            "created>-30d due:today..\"next friday\" created:2026-11",
            "no:contact>30d has:note<2w is:late owner:me source:web* text:\"3/4\" 3/4 topic:1.500 sort:-created",
            "unit<=North was:ana,team:Inside -rating:hot",
        ] {
            for country in ["US", "DE", "CN", "SE"] {
                assert_eq!(neutral(country, text), text, "{country}");
            }
        }
    }

    #[test]
    fn who_has_another_name_is_called_by_it() {
        let (old, new) = (catalog("North", "ana", "Inside"), catalog("Nord \"1\"", "anna", "Inner Sales"));
        let locale = Locale::default();
        let (old, new) = (reading(&old, &locale), reading(&new, &locale));
        for (text, out) in [
            ("unit:North,South source:web", "unit:\"Nord \\\"1\\\"\",South source:web"),
            ("-(unit<=north  or was:ANA)", "-(unit<=\"Nord \\\"1\\\"\"  or was:anna)"),
            ("owner:bo,ana created_by:ana", "owner:bo,anna created_by:anna"),
            ("account.owner:team:inside created>-30d", "account.owner:\"team:Inner Sales\" created>-30d"),
            ("owner:me north ana", "owner:me north ana"),
        ] {
            let written = respelled(text, &old, &[new]).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(written, out);
            assert_eq!(parse(&written, &new).ok(), parse(text, &old).ok(), "{written}");
        }
    }
}
