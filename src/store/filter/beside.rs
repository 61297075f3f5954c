//! What stands in no column of a record, as SQL: its notes and files, links and shares, who once owned it, whether it is one of two.

use super::{Compiler, NOTHING, Scale, any};
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
        let (entity, place) = (self.registry.entity(), self.values.len());
        match self.scale {
            Scale::Many => format!("l.number IN ({})", fts::noted_clause(entity, place)),
            Scale::Few => fts::noted_of_one(entity, place),
        }
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
        let (named, filled): (&[&str], &str) = match entity {
            Entity::Lead => (&["company_key", "name_key"], " AND d.company_key <> ''"),
            Entity::Contact => (&["account", "name_key"], " AND d.account IS NOT NULL"),
            _ => (&["name_key"], ""),
        };
        let keys: [(&[&str], String); 3] = [
            (&["email_key"], "d.email_key <> ''".into()),
            (&["phone_key"], "d.phone_key <> ''".into()),
            (named, format!("d.name_key <> ''{filled}")),
        ];
        let table = entity.name();
        if self.scale == Scale::Few {
            let like = |(keys, filled): &(&[&str], String)| {
                let same = keys.iter().map(|key| format!("d.{key} = l.{key}")).collect::<Vec<_>>().join(" AND ");
                // what has no address, number or company is not looked for among all others without
                let own = filled.replace("d.", "l.");
                format!(
                    "({own} AND EXISTS (SELECT 1 FROM {table} d WHERE {same} AND {filled} AND d.number <> l.number
                     AND d.deleted_at IS NULL AND d.merged = 0))"
                )
            };
            return format!("(l.deleted_at IS NULL AND l.merged = 0 AND {})", any(keys.iter().map(like).collect()));
        }
        let twice = |(keys, filled): &(&[&str], String)| {
            let by = keys.iter().map(|key| format!("d.{key}")).collect::<Vec<_>>().join(", ");
            // an index alone tells which addresses and numbers there are twice; only their records are read
            let some = match *keys {
                [key @ ("email_key" | "phone_key")] => format!(
                    "d.{key} IN (SELECT c.{key} FROM {table} c WHERE c.{key} <> '' GROUP BY c.{key} HAVING count(*) > 1) AND "
                ),
                _ => String::new(),
            };
            format!(
                "SELECT t.number FROM (SELECT d.number, count(*) OVER (PARTITION BY {by}) AS many FROM {table} d
                 WHERE {some}{filled} AND d.deleted_at IS NULL AND d.merged = 0) t WHERE t.many > 1"
            )
        };
        format!("l.number IN ({})", keys.iter().map(twice).collect::<Vec<_>>().join(" UNION ALL "))
    }
}
