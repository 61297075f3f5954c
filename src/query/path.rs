//! Table: from a record to those that are tied to it, by name, so that a filter can ask something of them. Looks no record up.

use crate::model::entity::Entity;

/// A way from the records of a kind to those of the same or another one.
#[derive(Debug, PartialEq, Eq)]
pub struct Path {
    /// Whose records it begins at.
    pub from: Entity,
    /// What it is called before the point, as `account` in `account.industry:retail`.
    pub name: &'static str,
    /// To whose records it leads.
    pub to: Entity,
    /// How; a record that one of them reaches is reached.
    pub ways: &'static [Way],
    /// Whether `has:name` asks for it; else that is a field, or something that the record keeps itself.
    pub is_had: bool,
    /// Which records these are.
    pub help: &'static str,
}

/// How two records are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// This field of the record holds the other one.
    Holds(&'static str),
    /// This field of the other one holds the record.
    Held(&'static str),
    /// The record stands on the other one, as an activity on a lead.
    On,
    /// The other one stands on the record.
    Bears,
    /// They are linked, in any role.
    Linked,
    /// By one path and then, from where it leads, by another.
    Through(&'static str, &'static str),
}

use Way::{Bears, Held, Holds, Linked, On, Through};

const fn path(from: Entity, name: &'static str, to: Entity, ways: &'static [Way], help: &'static str) -> Path {
    Path { from, name, to, ways, is_had: false, help }
}

impl Path {
    const fn had(mut self) -> Self {
        self.is_had = true;
        self
    }
}

use Entity::{Account, Activity, Campaign, Competitor, Contact, Lead, Opportunity, Product, Request};

/// All of them.
pub const PATHS: &[Path] = &[
    path(Lead, "account", Account, &[Holds("parent_account")], "the account that it belongs to or became"),
    path(Lead, "contact", Contact, &[Holds("parent_contact")], "the contact that it belongs to or became"),
    path(Lead, "opportunity", Opportunity, &[Held("originating_lead")], "opportunities that came from it").had(),
    path(Lead, "activity", Activity, &[Bears], "its activities"),
    path(Lead, "request", Request, &[Bears], "what it asked for").had(),
    path(Lead, "campaign", Campaign, &[Holds("campaign")], "the campaign that it came from"),
    path(Lead, "master", Lead, &[Holds("master")], "the lead that it was merged into"),
    path(Lead, "linked_account", Account, &[Holds("parent_account"), Linked], "its account and those it is linked with").had(),
    path(Lead, "linked_contact", Contact, &[Holds("parent_contact"), Linked], "its contact and those it is linked with").had(),
    path(Lead, "product", Product, &[Linked], "products of interest").had(),
    path(Lead, "competitor", Competitor, &[Linked], "its competitors").had(),
    path(Account, "lead", Lead, &[Held("parent_account"), Linked], "leads that belong to it, became it or are linked with it"),
    path(Account, "contact", Contact, &[Held("account")], "its contacts"),
    path(Account, "opportunity", Opportunity, &[Held("account")], "its opportunities").had(),
    path(Account, "activity", Activity, &[Bears], "its activities"),
    path(Account, "request", Request, &[Bears], "what it asked for").had(),
    path(Account, "parent_account", Account, &[Holds("parent_account")], "the account above it"),
    path(Account, "primary_contact", Contact, &[Holds("primary_contact")], "its primary contact"),
    path(Account, "originating_lead", Lead, &[Holds("originating_lead")], "the lead that it was made from"),
    path(Contact, "account", Account, &[Holds("account")], "its account"),
    path(Contact, "lead", Lead, &[Held("parent_contact"), Linked], "leads that belong to it, became it or are linked with it"),
    path(Contact, "opportunity", Opportunity, &[Held("contact")], "its opportunities").had(),
    path(Contact, "activity", Activity, &[Bears], "its activities"),
    path(Contact, "request", Request, &[Bears], "what it asked for").had(),
    path(Contact, "originating_lead", Lead, &[Holds("originating_lead")], "the lead that it was made from"),
    path(Opportunity, "account", Account, &[Holds("account")], "its account"),
    path(Opportunity, "contact", Contact, &[Holds("contact")], "its contact"),
    path(Opportunity, "lead", Lead, &[Holds("originating_lead")], "the lead that it came from"),
    path(
        Opportunity,
        "linked_lead",
        Lead,
        &[Through("account", "lead"), Through("contact", "lead")],
        "leads that are tied to its account or its contact",
    )
    .had(),
    path(Opportunity, "activity", Activity, &[Bears], "its activities"),
    path(Opportunity, "campaign", Campaign, &[Holds("campaign")], "the campaign that it came from"),
    path(Opportunity, "competitor", Competitor, &[Holds("competitor")], "the competitor that it was lost to"),
    path(Activity, "lead", Lead, &[On], "the lead that it is about").had(),
    path(Activity, "account", Account, &[On], "the account that it is about").had(),
    path(Activity, "contact", Contact, &[On], "the contact that it is about").had(),
    path(Activity, "opportunity", Opportunity, &[On], "the opportunity that it is about").had(),
    path(Activity, "request", Request, &[On], "the request that it is about").had(),
    path(Request, "lead", Lead, &[On], "the lead that asked").had(),
    path(Request, "account", Account, &[On], "the account that asked").had(),
    path(Request, "contact", Contact, &[On], "the contact that asked").had(),
    path(Request, "product", Product, &[Holds("product")], "the product that it is about"),
    path(Request, "activity", Activity, &[Bears], "its activities"),
    path(Campaign, "lead", Lead, &[Held("campaign")], "leads that came from it").had(),
    path(Campaign, "opportunity", Opportunity, &[Held("campaign")], "opportunities that came from it").had(),
    path(Product, "lead", Lead, &[Linked], "leads that are interested in it").had(),
    path(Competitor, "lead", Lead, &[Linked], "leads that it competes for").had(),
    path(Competitor, "opportunity", Opportunity, &[Held("competitor")], "opportunities that were lost to it").had(),
];

/// The paths that begin at a kind of records.
pub fn of(from: Entity) -> impl Iterator<Item = &'static Path> {
    PATHS.iter().filter(move |path| path.from == from)
}

/// The path of a name, written in any case, `-` as `_`, one or many.
pub fn find(from: Entity, name: &str) -> Option<&'static Path> {
    let name = name.trim().to_ascii_lowercase().replace('-', "_");
    of(from).find(|path| path.name == name || (path.name == path.to.name() && path.to.plural() == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::{Kind, Registry};

    #[test]
    fn every_path_goes_by_a_field_that_is_there() {
        for path in PATHS {
            assert_eq!(find(path.from, path.name), Some(path), "{}.{} twice", path.from.name(), path.name);
            assert!(!path.ways.is_empty());
            for way in path.ways {
                let held = match way {
                    Holds(field) => Some((path.from, *field, path.to)),
                    Held(field) => Some((path.to, *field, path.from)),
                    On => Some((path.from, "regarding", path.to)),
                    Bears => Some((path.to, "regarding", path.from)),
                    Linked => None,
                    Through(first, then) => {
                        let first = find(path.from, first).expect("the first half");
                        assert_eq!(find(first.to, then).map(|then| then.to), Some(path.to));
                        None
                    }
                };
                let Some((owner, name, to)) = held else { continue };
                let registry = Registry::of(owner);
                let field = registry.field(registry.id(name));
                let fits =
                    if field.kind == Kind::Record { owner.stands_on().contains(&to) } else { field.refers_to() == Some(to) };
                assert!(fits, "{name} of {} does not lead to {}", owner.plural(), to.plural());
            }
        }
    }
}
