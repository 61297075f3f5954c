//! Table: the choices that ship with sets of many, with Dynamics' codes: sources, reasons, relationships, industries.

use super::{DISQUALIFIED, INACTIVE, LOST, OPEN, QUALIFIED, REQUEST_CANCELED, RESOLVED, WON};

pub(super) const SOURCES: &[&str] = &[
    "Advertisement",
    "Employee Referral",
    "External Referral",
    "Partner",
    "Public Relations",
    "Seminar",
    "Trade Show",
    "Web",
    "Word of Mouth",
    "Other",
];

/// Code, state, label. Source: statuscode of incident.
pub(super) const REQUEST_REASONS: &[(i64, i64, &str)] = &[
    (1, OPEN, "In Progress"),
    (2, OPEN, "On Hold"),
    (3, OPEN, "Waiting for Details"),
    (4, OPEN, "Researching"),
    (5, RESOLVED, "Problem Solved"),
    (1000, RESOLVED, "Information Provided"),
    (6, REQUEST_CANCELED, "Canceled"),
    (2000, REQUEST_CANCELED, "Merged"),
];

pub(super) const RELATIONSHIPS: &[&str] = &[
    "Competitor",
    "Consultant",
    "Customer",
    "Investor",
    "Partner",
    "Influencer",
    "Press",
    "Prospect",
    "Reseller",
    "Supplier",
    "Vendor",
    "Other",
];

pub(super) const INDUSTRIES: &[&str] = &[
    "Accounting",
    "Agriculture and Non-petrol Natural Resource Extraction",
    "Broadcasting Printing and Publishing",
    "Brokers",
    "Building Supply Retail",
    "Business Services",
    "Consulting",
    "Consumer Services",
    "Design, Direction and Creative Management",
    "Distributors, Dispatchers and Processors",
    "Doctor's Offices and Clinics",
    "Durable Manufacturing",
    "Eating and Drinking Places",
    "Entertainment Retail",
    "Equipment Rental and Leasing",
    "Financial",
    "Food and Tobacco Processing",
    "Inbound Capital Intensive Processing",
    "Inbound Repair and Services",
    "Insurance",
    "Legal Services",
    "Non-Durable Merchandise Retail",
    "Outbound Consumer Service",
    "Petrochemical Extraction and Distribution",
    "Service Retail",
    "SIG Affiliations",
    "Social Services",
    "Special Outbound Trade Contractors",
    "Specialty Realty",
    "Transportation",
    "Utility Creation and Distribution",
    "Vehicle Retail",
    "Wholesale",
];

/// Code, state, label. Source: statuscode of campaign.
pub(super) const CAMPAIGN_REASONS: &[(i64, i64, &str)] = &[
    (0, OPEN, "Proposed"),
    (1, OPEN, "Ready To Launch"),
    (2, OPEN, "Launched"),
    (3, OPEN, "Completed"),
    (4, OPEN, "Canceled"),
    (5, OPEN, "Suspended"),
    (6, INACTIVE, "Inactive"),
];

/// Code, state, label. Source: statuscode of opportunity.
pub(super) const OPPORTUNITY_REASONS: &[(i64, i64, &str)] =
    &[(1, OPEN, "In Progress"), (2, OPEN, "On Hold"), (3, WON, "Won"), (4, LOST, "Canceled"), (5, LOST, "Out-Sold")];

/// Code, state, label. Source: statuscode of lead.
pub(super) const REASONS: &[(i64, i64, &str)] = &[
    (1, OPEN, "New"),
    (2, OPEN, "Contacted"),
    (3, QUALIFIED, "Qualified"),
    (4, DISQUALIFIED, "Lost"),
    (5, DISQUALIFIED, "Cannot Contact"),
    (6, DISQUALIFIED, "No Longer Interested"),
    (7, DISQUALIFIED, "Canceled"),
];
