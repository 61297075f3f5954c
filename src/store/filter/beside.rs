//! What stands in no column of a record, as SQL: its notes and files, links and shares, who once owned it, whether it is one of two.

use super::{Compiler, NOTHING, any};
use crate::model::entity::Entity;
use crate::model::fold::words;
use crate::query::ast::{Age, Dated, Op};
use crate::store::sqlite::{former, fts};

impl Compiler<'_> {
    /// Whether one of the record's notes has these words in their order; any note where there are none.
    pub(super) fn noted(&mut self, text: &str) -> String {
        let words = words(text);
        if words.is_empty() {
            return self.dated(Dated::Notes, "");
        }
        self.bind(fts::phrase_term(&words));
        format!("l.number IN ({})", fts::noted_clause(self.registry.entity(), self.values.len()))
    }

    /// A note or a file that is not deleted and fulfils what `also` adds.
    pub(super) fn dated(&self, what: Dated, also: &str) -> String {
        let table = match what {
            Dated::Notes => "note",
            Dated::Files => "attachment",
        };
        format!(
            "EXISTS (SELECT 1 FROM {table} n WHERE n.entity = {} AND n.record = l.number AND n.deleted_at IS NULL{also})",
            self.registry.entity().code()
        )
    }

    /// A note or a file that was made in a stretch of time.
    pub(super) fn aged(&mut self, what: Dated, age: Age) -> String {
        let also = match age {
            Age::Since(at) => format!(" AND n.created_at >= {}", self.bind(at)),
            Age::Before(at) => format!(" AND n.created_at < {}", self.bind(at)),
        };
        self.dated(what, &also)
    }

    /// A link, whichever end of it the record is.
    pub(super) fn links(&self) -> String {
        let entity = self.registry.entity().code();
        format!(
            "(EXISTS (SELECT 1 FROM link k WHERE k.first_entity = {entity} AND k.first_record = l.number)
              OR EXISTS (SELECT 1 FROM link k WHERE k.second_entity = {entity} AND k.second_record = l.number))"
        )
    }

    /// Rights that others were given.
    pub(super) fn shared(&self) -> String {
        format!("l.number IN (SELECT s.record FROM share s WHERE s.entity = {})", self.registry.entity().code())
    }

    /// One of these owners handed it on.
    pub(super) fn was(&mut self, owners: &[i64]) -> String {
        let places: Vec<String> = owners.iter().map(|code| self.bind(code.to_string())).collect();
        if places.is_empty() {
            return NOTHING.into();
        }
        format!("l.number IN ({})", former::clause(self.registry.entity(), &places))
    }

    /// Its owner is of one of these units.
    pub(super) fn of_unit(&mut self, op: Op, units: &[i64]) -> String {
        let owners = self.ctx.owners_of(op, units);
        let owner = self.column("owner");
        self.one_of(&owner, &owners)
    }

    /// Another one, neither deleted nor merged, has its e-mail address, its number, or its name at the same company.
    pub(super) fn duplicate(&self) -> String {
        let entity = self.registry.entity();
        let company = match entity {
            Entity::Lead => Some("company_key"),
            Entity::Contact => Some("account"),
            _ => None,
        };
        let table = entity.name();
        // an index alone tells which keys there are twice; only their records are read
        let twice = |key: &str| {
            format!(
                "l.{key} IN (SELECT d.{key} FROM {table} d
                 WHERE d.{key} IN (SELECT c.{key} FROM {table} c WHERE c.{key} <> '' GROUP BY c.{key} HAVING count(*) > 1)
                 AND d.{key} <> '' AND d.deleted_at IS NULL AND d.merged = 0 GROUP BY d.{key} HAVING count(*) > 1)"
            )
        };
        let named = match company {
            None => twice("name_key"),
            Some(company) => {
                let filled = if entity == Entity::Lead { "d.company_key <> ''" } else { "d.account IS NOT NULL" };
                format!(
                    "l.number IN (SELECT t.number FROM (SELECT d.number, count(*) OVER (PARTITION BY d.name_key, d.{company}) AS many
                     FROM {table} d WHERE d.deleted_at IS NULL AND d.merged = 0 AND d.name_key <> '' AND {filled}) t WHERE t.many > 1)"
                )
            }
        };
        let same = any(vec![twice("email_key"), twice("phone_key"), named]);
        format!("(l.deleted_at IS NULL AND l.merged = 0 AND {same})")
    }
}
