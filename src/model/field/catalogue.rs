//! Table: the fields of products, competitors, campaigns and templates beside the shared ones. Source: those entities in Dynamics, as far as a
//! salesperson needs them.

use super::build::{choice, date, int, memo, money, of, text, url};
use super::{Field, Group, Kind};
use crate::model::choice::Set;

const DETAILS: Group = Group::Details;
const TRILLION: i64 = 1_000_000_000_000;

const STATUS: Field = choice("status", "Status", Set::RecordState).also(&["state"]).group(DETAILS).column("Status", 8);
const REASON: Field =
    choice("status_reason", "Status Reason", Set::RecordReason).also(&["reason"]).group(DETAILS).column("Reason", 12).kept();
const CURRENCY: Field = of("currency", "Currency", Kind::Currency, 8).limit(3).group(DETAILS);
const TAGS: Field = of("tags", "Tags", Kind::Tags, 16).also(&["tag"]).group(DETAILS);

/// Every field of a product but administration, in the order of forms.
pub const PRODUCT: &[Field] = &[
    text("name", "Name", 100).group(DETAILS).column("Name", 28).needed(),
    text("product_number", "Product ID", 100).also(&["sku", "code"]).group(DETAILS).column("Product ID", 14),
    money("price", "List Price", TRILLION).also(&["list_price"]).group(DETAILS).column("Price", 16),
    CURRENCY,
    STATUS,
    REASON,
    memo("description", "Description", 2_000).group(DETAILS).column("Description", 30),
    TAGS,
];

/// Every field of a competitor but administration, in the order of forms.
pub const COMPETITOR: &[Field] = &[
    text("name", "Name", 100).group(DETAILS).column("Name", 28).needed(),
    url("website", "Website").also(&["web", "url"]).group(DETAILS).column("Website", 24),
    memo("strengths", "Strengths", 2_000).group(DETAILS).column("Strengths", 30),
    memo("weaknesses", "Weaknesses", 2_000).group(DETAILS).column("Weaknesses", 30),
    memo("description", "Overview", 2_000).also(&["overview"]).group(DETAILS).column("Overview", 30),
    STATUS,
    REASON,
    TAGS,
];

/// Every field of a campaign but administration, in the order of forms.
pub const CAMPAIGN: &[Field] = &[
    text("name", "Name", 128).group(DETAILS).column("Name", 30).needed(),
    choice("type", "Campaign Type", Set::CampaignType).also(&["campaign_type"]).group(DETAILS).column("Type", 16),
    choice("status_reason", "Status Reason", Set::CampaignReason).also(&["reason", "stage"]).group(DETAILS).column("Reason", 14),
    STATUS,
    date("starts", "Start Date").also(&["start_date", "start"]).group(DETAILS).column("Starts", 12),
    date("ends", "End Date").also(&["end_date", "end"]).group(DETAILS).column("Ends", 12),
    money("budgeted_cost", "Budgeted Cost", TRILLION).also(&["budget"]).group(DETAILS).column("Budgeted", 16),
    money("actual_cost", "Actual Cost", TRILLION).also(&["cost"]).group(DETAILS).column("Cost", 16),
    money("expected_revenue", "Expected Revenue", TRILLION).group(DETAILS).column("Expected", 16),
    CURRENCY,
    int("expected_response", "Expected Response", 1_000_000_000).group(DETAILS).column("Response", 8).seldom(),
    memo("description", "Description", 2_000).group(DETAILS).column("Description", 30),
    TAGS,
];

/// Every field of a template but administration, in the order of forms.
pub const TEMPLATE: &[Field] = &[
    text("name", "Name", 100).group(DETAILS).column("Name", 28).needed(),
    choice("kind", "Kind", Set::TemplateKind).also(&["type"]).group(DETAILS).column("Kind", 6).needed(),
    text("subject", "Subject", 200).group(DETAILS).column("Subject", 28),
    memo("body", "Text", 100_000).group(DETAILS).column("Text", 40),
    memo("description", "Description", 2_000).group(DETAILS).column("Description", 30).seldom(),
    STATUS,
    REASON,
    TAGS,
];
