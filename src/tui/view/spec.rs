//! What the list and the record screen need to know of an entity beside its registry. Draws nothing.

use crate::model::entity::Entity;
use crate::model::field::{FieldId, Registry};
use crate::query::ast::SortKey;

/// One entity as the screens see it.
#[derive(Debug, PartialEq, Eq)]
pub struct EntitySpec {
    /// The entity.
    pub entity: Entity,
    /// The screen's name, with the digit that opens it.
    pub screen: &'static str,
    /// The columns of a list, in the order of their worth.
    pub columns: &'static [&'static str],
    /// The field whose values open a list, newest first.
    pub sort: &'static str,
    /// What a record is called, the first that holds something; the second behind the first.
    pub title: &'static [&'static str],
    /// By what a record is recognised in a list of hits, beside its title.
    pub about: &'static [&'static str],
    /// How to reach it, in the head of a preview.
    pub reach: &'static [&'static str],
    /// What it is worth, in the second line of a preview.
    pub worth: &'static [&'static str],
    /// Who and where it is, in the third.
    pub person: &'static [&'static str],
    /// The field that the cursor is on when a record is opened.
    pub first: &'static str,
}

/// Leads.
pub const LEADS: EntitySpec = EntitySpec {
    entity: Entity::Lead,
    screen: "2 Leads",
    columns: &["next_due_at", "name", "company", "topic", "rating", "phone", "source", "owner", "estimated_value"],
    sort: "modified_at",
    title: &["name", "company"],
    about: &["topic"],
    reach: &["email", "phone", "mobile_phone"],
    worth: &["budget_status", "estimated_value", "estimated_close_date", "purchase_timeframe", "source"],
    person: &["job_title", "city", "country"],
    first: "topic",
};

/// Opportunities.
pub const OPPORTUNITIES: EntitySpec = EntitySpec {
    entity: Entity::Opportunity,
    screen: "4 Opportunities",
    columns: &[
        "name",
        "account",
        "stage",
        "estimated_value",
        "estimated_close_date",
        "rating",
        "contact",
        "probability",
        "owner",
    ],
    sort: "modified_at",
    title: &["name", "account"],
    about: &["contact"],
    reach: &["contact", "email"],
    worth: &["stage", "estimated_value", "estimated_close_date", "probability", "forecast_category"],
    person: &["budget_status", "purchase_timeframe"],
    first: "name",
};

/// Accounts.
pub const ACCOUNTS: EntitySpec = EntitySpec {
    entity: Entity::Account,
    screen: "5 Accounts",
    columns: &["name", "phone", "city", "primary_contact", "industry", "relationship", "owner"],
    sort: "modified_at",
    title: &["name"],
    about: &["city"],
    reach: &["phone", "email", "website"],
    worth: &["relationship", "industry", "annual_revenue", "employees"],
    person: &["primary_contact", "city", "country"],
    first: "name",
};

/// Contacts.
pub const CONTACTS: EntitySpec = EntitySpec {
    entity: Entity::Contact,
    screen: "6 Contacts",
    columns: &["name", "account", "job_title", "phone", "email", "city", "owner"],
    sort: "modified_at",
    title: &["name", "account"],
    about: &["job_title"],
    reach: &["email", "phone", "mobile_phone"],
    worth: &["job_title", "role"],
    person: &["city", "country"],
    first: "first_name",
};

/// Products.
pub const PRODUCTS: EntitySpec = EntitySpec {
    entity: Entity::Product,
    screen: "Products",
    columns: &["name", "product_number", "price", "status", "description"],
    sort: "modified_at",
    title: &["name"],
    about: &["product_number"],
    reach: &["product_number"],
    worth: &["price"],
    person: &["description"],
    first: "name",
};

/// Competitors.
pub const COMPETITORS: EntitySpec = EntitySpec {
    entity: Entity::Competitor,
    screen: "Competitors",
    columns: &["name", "website", "strengths", "weaknesses", "status"],
    sort: "modified_at",
    title: &["name"],
    about: &["website"],
    reach: &["website"],
    worth: &["strengths"],
    person: &["weaknesses"],
    first: "name",
};

/// Campaigns.
pub const CAMPAIGNS: EntitySpec = EntitySpec {
    entity: Entity::Campaign,
    screen: "Campaigns",
    columns: &["name", "type", "status_reason", "starts", "ends", "actual_cost", "budgeted_cost"],
    sort: "modified_at",
    title: &["name"],
    about: &["type"],
    reach: &["starts", "ends"],
    worth: &["type", "budgeted_cost", "actual_cost"],
    person: &["description"],
    first: "name",
};

/// Activities.
pub const ACTIVITIES: EntitySpec = EntitySpec {
    entity: Entity::Activity,
    screen: "Activities",
    columns: &["due_at", "kind", "name", "regarding", "outcome", "status_reason", "priority", "owner"],
    sort: "modified_at",
    title: &["name", "regarding"],
    about: &["regarding"],
    reach: &["regarding", "phone_number", "location"],
    worth: &[],
    person: &[],
    first: "name",
};

/// Templates.
pub const TEMPLATES: EntitySpec = EntitySpec {
    entity: Entity::Template,
    screen: "Templates",
    columns: &["name", "kind", "subject", "body", "status"],
    sort: "modified_at",
    title: &["name"],
    about: &["kind"],
    reach: &["subject"],
    worth: &["kind"],
    person: &["body"],
    first: "body",
};

/// Customer requests.
pub const REQUESTS: EntitySpec = EntitySpec {
    entity: Entity::Request,
    screen: "Requests",
    columns: &["name", "regarding", "type", "priority", "due_at", "status_reason", "owner"],
    sort: "modified_at",
    title: &["name", "regarding"],
    about: &["regarding"],
    reach: &["regarding", "product"],
    worth: &["type", "priority", "due_at", "origin"],
    person: &["resolution", "description"],
    first: "name",
};

/// A screen at the bottom of the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The list of an entity.
    List(Entity),
    /// The board of open leads and opportunities.
    Pipeline,
    /// What is late, due and new.
    Today,
    /// The reports.
    Reports,
    /// Assignment rules and people.
    Rules,
}

/// The screens with their names, in the order of their digits.
pub const SCREENS: &[(Screen, &str)] = &[
    (Screen::Today, "1 Today"),
    (Screen::List(Entity::Lead), LEADS.screen),
    (Screen::Pipeline, "3 Pipeline"),
    (Screen::List(Entity::Opportunity), OPPORTUNITIES.screen),
    (Screen::List(Entity::Account), ACCOUNTS.screen),
    (Screen::List(Entity::Contact), CONTACTS.screen),
    (Screen::Reports, "7 Reports"),
    (Screen::Rules, "8 Rules"),
];

impl EntitySpec {
    /// How the screens see an entity; one that has no screen is seen as a lead.
    pub const fn of(entity: Entity) -> &'static Self {
        match entity {
            Entity::Lead
            | Entity::Note
            | Entity::Attachment
            | Entity::User
            | Entity::Team
            | Entity::Unit
            | Entity::Definition => &LEADS,
            Entity::Opportunity => &OPPORTUNITIES,
            Entity::Account => &ACCOUNTS,
            Entity::Contact => &CONTACTS,
            Entity::Product => &PRODUCTS,
            Entity::Competitor => &COMPETITORS,
            Entity::Campaign => &CAMPAIGNS,
            Entity::Activity => &ACTIVITIES,
            Entity::Template => &TEMPLATES,
            Entity::Request => &REQUESTS,
        }
    }

    /// The columns as fields.
    pub fn column_ids(&self, registry: &Registry) -> Vec<FieldId> {
        self.columns.iter().filter_map(|name| registry.find(name)).collect()
    }

    /// The order in which a list opens.
    pub fn default_sort(&self, registry: &Registry) -> Vec<SortKey> {
        registry.find(self.sort).map(|field| SortKey::by(field, true)).into_iter().collect()
    }
}
