//! `--link`: columns that name other records by one of their fields. Looks no record up.

use super::map::{called, no_column};
use super::plan::Options;
use super::target::{Target, nearest};
use crate::error::{Error, Result};
use crate::model::entity::Entity;
use crate::model::field::{Field, Kind, Registry};

/// The kinds of records that a field of such records can refer to.
pub fn referred(field: &Field, of: Entity) -> Vec<Entity> {
    match field.kind {
        Kind::Lookup(entity) => vec![entity],
        Kind::Record => of.stands_on().to_vec(),
        _ => Vec::new(),
    }
}

/// Sends the columns that are told to name records to the fields that refer to them; by which field each column's records are looked up.
///
/// A column that is known to refer to something stays in its field; any other one says what the record stands on. Columns that were only
/// guessed to say that too are kept beside it.
pub(super) fn apply<S: AsRef<str>>(
    options: &Options,
    headings: &[S],
    targets: &mut [Target],
    registry: &Registry,
) -> Result<Vec<Option<&'static str>>> {
    let mut by = vec![None; targets.len()];
    let refers = |target: Target| match target {
        Target::Field(id) => Some(id).filter(|id| !referred(registry.field(*id), registry.entity()).is_empty()),
        _ => None,
    };
    let stands = registry.ids().find(|(_, field)| field.kind == Kind::Record).map(|(id, _)| id);
    for (heading, word) in &options.links {
        let named = called(heading, headings);
        if named.is_empty() {
            return Err(no_column(heading, headings));
        }
        for at in named {
            let field = refers(targets[at]).or(stands).ok_or_else(|| no_field(heading, registry))?;
            targets[at] = Target::Field(field);
            by[at] = Some(look_up_by(word, registry.field(field), registry.entity())?);
        }
    }
    let told = |at: usize| options.map.iter().any(|(heading, _)| called(heading, headings).contains(&at));
    let is_linked = stands.is_some_and(|id| (0..targets.len()).any(|at| by[at].is_some() && targets[at] == Target::Field(id)));
    for at in 0..targets.len() {
        if is_linked && by[at].is_none() && Some(targets[at]) == stands.map(Target::Field) && !told(at) {
            targets[at] = Target::Rest;
        }
    }
    Ok(by)
}

fn no_field(heading: &str, registry: &Registry) -> Error {
    let fields: Vec<&str> =
        registry.fields().iter().filter(|f| !referred(f, registry.entity()).is_empty()).map(|f| f.name).collect();
    if fields.is_empty() {
        return Error::Usage(format!("{} refer to no other records, so “{heading}” names none", registry.entity().plural()));
    }
    let (one, fields) = (registry.entity().one(), fields.join(", "));
    Error::Usage(format!("which field of {one} is “{heading}”? Say it with --map \"{heading}=FIELD\": {fields}"))
}

/// The field of the records that are named; an unknown one is answered with the nearest name.
fn look_up_by(word: &str, field: &Field, of: Entity) -> Result<&'static str> {
    let registries: Vec<Registry> = referred(field, of).into_iter().map(Registry::of).collect();
    let found = registries.iter().find_map(|registry| registry.find(word).map(|id| registry.field(id)));
    match found {
        Some(found) if matches!(found.kind, Kind::Tags | Kind::Linked(_) | Kind::Flag { .. }) => {
            Err(Error::Usage(format!("records are not told apart by {}; import_key, number, email or name do it", found.name)))
        }
        Some(found) => Ok(found.name),
        None => {
            let names = registries.iter().flat_map(Registry::names);
            let near = nearest(word, names).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            Err(Error::Usage(format!("the records that are linked to have no field “{word}”{near}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::import::recognise::recognise;
    use crate::model::locale::Locale;
    use crate::model::zone::Zone;

    type Linked = Vec<(&'static str, Option<&'static str>)>;

    fn linked(entity: Entity, line: &str, links: &[(&str, &str)]) -> Result<Linked> {
        let registry = Registry::of(entity);
        let headings: Vec<&str> = line.split(',').collect();
        let mut targets = recognise(&headings, &registry).targets;
        let links = links.iter().map(|(heading, word)| ((*heading).to_owned(), (*word).to_owned())).collect();
        let options = Options { links, ..Options::new(Locale::of("US"), Zone::Utc) };
        let by = apply(&options, &headings, &mut targets, &registry)?;
        Ok(targets.iter().map(|target| target.word(&registry)).zip(by).collect())
    }

    #[test]
    fn a_linked_column_stays_in_its_field_or_says_what_the_record_stands_on() {
        let tasks = "Id,WhoId,WhatId,Subject,Client";
        assert_eq!(
            linked(Entity::Activity, tasks, &[]).expect("columns"),
            [("import_key", None), ("regarding", None), ("regarding", None), ("name", None), ("-", None)]
        );
        assert_eq!(
            linked(Entity::Activity, tasks, &[("client", "E-Mail")]).err().map(|e| e.headline()),
            Some("the records that are linked to have no field “E-Mail”; did you mean email?".into())
        );
        assert_eq!(
            linked(Entity::Activity, tasks, &[("client", "email")]).expect("columns")[1..],
            [("-", None), ("-", None), ("name", None), ("regarding", Some("email"))]
        );
        let sales = "Sale_ID,Lead_ID,Firm";
        assert_eq!(
            linked(Entity::Opportunity, sales, &[("Lead_ID", "import_key")]).expect("columns"),
            [("import_key", None), ("originating_lead", Some("import_key")), ("-", None)]
        );
        for (entity, links, part) in [
            (Entity::Opportunity, ("Firm", "name"), "Say it with --map \"Firm=FIELD\": account, contact"),
            (Entity::Opportunity, ("LeadID", "name"), "no column “LeadID”; did you mean “Lead_ID”?"),
            (Entity::Opportunity, ("Lead_ID", "tags"), "not told apart by tags"),
            (Entity::Campaign, ("Firm", "name"), "campaigns refer to no other records"),
        ] {
            let error = linked(entity, sales, &[links]).expect_err(part).headline();
            assert!(error.contains(part), "{error}");
        }
    }
}
