//! Views: filters with a name, an order and columns; the shipped ones come from `assets/views.toml`. Runs none of them.

use serde::Deserialize;

use super::parser::parse;
use crate::error::{Error, Problem, Result};
use crate::model::choice::slug;
use crate::model::entity::Entity;
use crate::model::field::read::Reading;

const SHIPPED: &str = include_str!("../../assets/views.toml");

/// Whose a view is; what is one's own comes before what all share, and that before what is shipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Saved by the person who asks, with the number of its definition.
    Own(i64),
    /// Saved for everybody, with the number of its definition.
    Shared(i64),
    /// Part of the program.
    #[default]
    Shipped,
}

impl Whose {
    /// The number of its definition; a shipped one has none.
    pub const fn number(self) -> Option<i64> {
        match self {
            Self::Own(number) | Self::Shared(number) => Some(number),
            Self::Shipped => None,
        }
    }

    /// What it is called beside the name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own(_) => "mine",
            Self::Shared(_) => "shared",
            Self::Shipped => "",
        }
    }
}

/// A filter that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What people read.
    pub name: String,
    /// The name on the command line and in the state that is remembered: `my-open-leads`.
    pub slug: String,
    /// The filter as text, read anew each time, as `this-week` moves on; empty for all.
    pub filter: String,
    /// Its order as text of the filter language, `sort:-modified_at`; empty for the order of the list.
    pub sort: String,
    /// The names of its fields, in the order of their worth.
    pub columns: Vec<String>,
    /// Whose it is.
    pub whose: Whose,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    view: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(default)]
    entity: String,
    name: String,
    filter: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    columns: Vec<String>,
}

/// The shipped views of the entity that is read, in the order in which they are offered; the first is the one that opens.
pub fn shipped(reading: &Reading<'_>) -> Result<Vec<View>> {
    load("views.toml", SHIPPED, reading)
}

/// All views of the entity that is read, for the person who reads: their own, then those that are shared, then the shipped ones.
pub fn all(reading: &Reading<'_>) -> Result<Vec<View>> {
    let mut views: Vec<View> = saved(reading).collect();
    views.sort_by_key(|view| matches!(view.whose, Whose::Shared(_)));
    views.extend(shipped(reading)?);
    Ok(views)
}

/// The views that were saved for this entity and that the person who reads sees, in their order.
fn saved<'a>(reading: &'a Reading<'_>) -> impl Iterator<Item = View> + 'a {
    let seen = |owner: Option<i64>| owner.is_none_or(|owner| owner == reading.me);
    let here = reading
        .catalog
        .saved_views()
        .filter(move |(definition, view)| view.entity == reading.entity.name() && seen(definition.owner));
    here.map(|(definition, view)| View {
        name: definition.name.clone(),
        slug: slug(&definition.name),
        filter: view.filter.clone(),
        sort: if view.sort.is_empty() { String::new() } else { format!("sort:{}", view.sort) },
        columns: view.columns.clone(),
        whose: match definition.owner {
            Some(_) => Whose::Own(definition.number),
            None => Whose::Shared(definition.number),
        },
    })
}

/// The view that people call `name`: its name in any writing, its slug, or a beginning of it that is no other's. A whole word is
/// stronger than a part of one: `open` is *Open leads* and not *Opened this week*.
pub fn find<'a>(views: &'a [View], name: &str) -> Option<&'a View> {
    let wanted = slug(name);
    let only = |begins: &dyn Fn(&str) -> bool| {
        let mut found = views.iter().filter(|view| begins(&view.slug));
        found.next().filter(|_| found.next().is_none())
    };
    let word = format!("{wanted}-");
    let whole = views.iter().find(|view| view.slug == wanted);
    whole.or_else(|| only(&|slug| slug.starts_with(&word))).or_else(|| only(&|slug| slug.starts_with(&wanted)))
}

/// Reads views from TOML. The error names every view that is wrong, and what is wrong with it.
pub fn load(file: &str, text: &str, reading: &Reading<'_>) -> Result<Vec<View>> {
    let rows = toml::from_str::<File>(text).map_err(|e| Error::invalid(file, e.message().to_owned()))?.view;
    let mut problems = Vec::new();
    let mut views: Vec<View> = Vec::new();
    for row in rows {
        match if row.entity.is_empty() { Some(Entity::Lead) } else { Entity::of_name(&row.entity) } {
            Some(entity) if entity == reading.entity => {}
            Some(_) => continue,
            None => {
                problems.push(Problem::new(file, format!("the view “{}”: there is no {}", row.name, row.entity)));
                continue;
            }
        }
        let sort = if row.sort.is_empty() { String::new() } else { format!("sort:{}", row.sort) };
        let view =
            View { slug: slug(&row.name), name: row.name, filter: row.filter, sort, columns: row.columns, whose: Whose::Shipped };
        let mut wrong = |message: String| problems.push(Problem::new(file, format!("the view “{}”: {message}", view.name)));
        for text in [&view.filter, &view.sort] {
            if let Err(error) = parse(text, reading) {
                wrong(error.to_string());
            }
        }
        for column in view.columns.iter().filter(|c| reading.registry().find(c).is_none()) {
            wrong(format!("there is no field {column}"));
        }
        if view.slug.is_empty() || views.iter().any(|v| v.slug == view.slug) {
            wrong("needs a name of its own".into());
        }
        views.push(view);
    }
    if problems.is_empty() { Ok(views) } else { Err(Error::Invalid(problems)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;
    use crate::model::locale::Locale;
    use crate::model::zone::Zone;

    fn with<T>(run: impl FnOnce(&Reading<'_>) -> T) -> T {
        let (catalog, locale) = (Catalog::shipped(), Locale::default());
        run(&Reading {
            entity: crate::model::entity::Entity::Lead,
            catalog: &catalog,
            locale: &locale,
            zone: Zone::Utc,
            now: 0,
            me: 1,
        })
    }

    #[test]
    fn the_shipped_views_are_valid() {
        let views = with(shipped).expect("valid views");
        assert_eq!(views[0].slug, "my-open-leads");
        assert!(find(&views, "All Leads").is_some() && find(&views, "all-leads").is_some());
        assert!(views.iter().all(|v| !v.columns.is_empty()));
    }

    #[test]
    fn every_list_has_its_shipped_views() {
        use crate::model::entity::Entity;

        let (catalog, locale) = (Catalog::shipped(), Locale::default());
        for entity in Entity::LISTED {
            let reading = Reading { entity: *entity, catalog: &catalog, locale: &locale, zone: Zone::Utc, now: 0, me: 1 };
            let views = shipped(&reading).unwrap_or_else(|e| panic!("{}: {e}", entity.name()));
            assert!(!views.is_empty(), "{}", entity.name());
        }
    }

    #[test]
    fn what_is_ones_own_comes_first_and_what_is_anothers_never() {
        use crate::model::definition::{Body, Definition, SavedView};
        use crate::model::entity::Entity;

        let mut catalog = Catalog::shipped();
        for (number, name, owner) in [(1, "Ours", None), (2, "Open leads", Some(1)), (3, "Theirs", Some(2))] {
            let view = SavedView { entity: "lead".into(), filter: String::new(), sort: "-score".into(), columns: Vec::new() };
            catalog.definitions.push(Definition { number, name: name.into(), place: number, owner, body: Body::View(view) });
        }
        let locale = Locale::default();
        let reading = Reading { entity: Entity::Lead, catalog: &catalog, locale: &locale, zone: Zone::Utc, now: 0, me: 1 };
        let views = all(&reading).expect("views");
        let first: Vec<(&str, Whose)> = views.iter().take(3).map(|view| (view.slug.as_str(), view.whose)).collect();
        assert_eq!(first, [("open-leads", Whose::Own(2)), ("ours", Whose::Shared(1)), ("my-open-leads", Whose::Shipped)]);
        assert_eq!(find(&views, "open leads").map(|view| view.whose), Some(Whose::Own(2)));
        assert_eq!(views[0].sort, "sort:-score");
        assert!(find(&views, "theirs").is_none());
    }

    #[test]
    fn every_mistake_is_named() {
        let text = "[[view]]\nname = \"A\"\nfilter = \"colour:red\"\n[[view]]\nname = \"a\"\nfilter = \"\"\ncolumns = [\"x\"]";
        let error = with(|reading| load("my.toml", text, reading)).expect_err("mistakes").headline();
        for part in ["no field colour", "no field x", "a name of its own"] {
            assert!(error.contains(part), "{error}");
        }
        assert!(with(|reading| load("my.toml", "views = 1", reading)).is_err());
    }
}
