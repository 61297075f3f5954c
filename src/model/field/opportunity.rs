//! Table: the fields of an opportunity beside the shared ones. Source: the opportunity entity, what a lead maps to, and the steps of
//! the lead-to-opportunity process.

use super::build::{choice, date, email, flag, int, lookup, memo, money, of, text};
use super::{Field, Group, Kind};
use crate::model::choice::Set;
use crate::model::entity::Entity;

const COMPANY: Group = Group::Company;
const QUALIFICATION: Group = Group::Qualification;
const PROCESS: Group = Group::Process;
const DETAILS: Group = Group::Details;
const TRILLION: i64 = 1_000_000_000_000;

/// Every field of an opportunity but administration, in the order of forms.
pub const FIELDS: &[Field] = &[
    text("name", "Topic", 300).also(&["topic", "subject"]).group(COMPANY).column("Topic", 26).needed(),
    lookup("account", "Account", Entity::Account).also(&["customer"]).group(COMPANY).column("Account", 20),
    lookup("contact", "Contact", Entity::Contact).group(COMPANY).column("Contact", 18),
    email("email", "Email").also(&["mail"]).group(COMPANY).seldom(),
    choice("stage", "Stage", Set::Stage).also(&["sales_stage"]).group(QUALIFICATION).column("Stage", 9),
    choice("status", "Status", Set::OpportunityState).also(&["state"]).group(QUALIFICATION).column("Status", 8).imported(),
    choice("status_reason", "Status Reason", Set::OpportunityReason)
        .also(&["reason"])
        .group(QUALIFICATION)
        .column("Reason", 12)
        .imported(),
    choice("rating", "Rating", Set::Rating).also(&["quality"]).group(QUALIFICATION).column("Rating", 7),
    money("estimated_value", "Est. Revenue", TRILLION)
        .also(&["value", "amount", "estimated_revenue"])
        .group(QUALIFICATION)
        .column("Value", 16),
    flag("value_from_products", "Revenue", "sum of the products", "by hand").group(QUALIFICATION).seldom(),
    of("currency", "Currency", Kind::Currency, 8).limit(3).group(QUALIFICATION),
    date("estimated_close_date", "Est. Close Date").also(&["closes", "close_date"]).group(QUALIFICATION).column("Closes", 12),
    int("probability", "Probability", 100).group(QUALIFICATION).column("Prob.", 5),
    choice("forecast_category", "Forecast Category", Set::Forecast)
        .also(&["forecast"])
        .group(QUALIFICATION)
        .column("Forecast", 10),
    money("actual_value", "Actual Revenue", TRILLION)
        .also(&["actual_revenue"])
        .group(QUALIFICATION)
        .column("Actual", 16)
        .imported()
        .seldom(),
    date("actual_close_date", "Actual Close Date").group(QUALIFICATION).column("Closed On", 12).imported().seldom(),
    choice("competitor", "Lost To", Set::Competitor).group(QUALIFICATION).imported().seldom(),
    of("competitors", "Competitors", Kind::Linked(Entity::Competitor), 20).group(QUALIFICATION).kept().seldom(),
    choice("budget_status", "Budget", Set::Budget).also(&["budget"]).group(QUALIFICATION),
    money("budget_amount", "Budget Amount", TRILLION).group(QUALIFICATION),
    choice("need", "Need", Set::Need).group(QUALIFICATION).seldom(),
    choice("purchase_timeframe", "Purchase Timeframe", Set::Timeframe).also(&["timeframe"]).group(QUALIFICATION),
    choice("purchase_process", "Purchase Process", Set::PurchaseProcess).also(&["process"]).group(QUALIFICATION),
    flag("decision_maker", "Decision Maker?", "completed", "mark complete").group(QUALIFICATION).seldom(),
    flag("confirm_interest", "Confirm Interest", "yes", "no").group(QUALIFICATION).seldom(),
    flag("evaluate_fit", "Evaluate Fit", "yes", "no").group(QUALIFICATION).seldom(),
    choice("initial_communication", "Initial Communication", Set::InitialCommunication).group(QUALIFICATION).seldom(),
    date("follow_up_prospect", "Follow Up (Prospect)").group(QUALIFICATION).seldom(),
    date("follow_up_qualify", "Follow Up (Qualify)").group(QUALIFICATION).seldom(),
    memo("qualification_comments", "Qualification Comments", 2_000).group(QUALIFICATION).seldom(),
    // Develop
    memo("customer_need", "Customer Need", 2_000).group(PROCESS),
    memo("proposed_solution", "Proposed Solution", 2_000).group(PROCESS),
    flag("identify_stakeholders", "Identify Stakeholders", "completed", "mark complete").group(PROCESS),
    flag("identify_competitors", "Identify Competitors", "completed", "mark complete").group(PROCESS),
    // Propose
    flag("identify_sales_team", "Identify Sales Team", "completed", "mark complete").group(PROCESS),
    flag("develop_proposal", "Develop Proposal", "completed", "mark complete").group(PROCESS),
    flag("complete_internal_review", "Complete Internal Review", "completed", "mark complete").group(PROCESS),
    flag("present_proposal", "Present Proposal", "completed", "mark complete").group(PROCESS),
    // Close
    flag("complete_final_proposal", "Complete Final Proposal", "completed", "mark complete").group(PROCESS),
    flag("present_final_proposal", "Present Final Proposal", "completed", "mark complete").group(PROCESS),
    date("final_decision_date", "Confirm Decision Date").group(PROCESS),
    flag("send_thank_you", "Send Thank You", "completed", "mark complete").group(PROCESS),
    flag("file_debrief", "File De-brief", "completed", "mark complete").group(PROCESS),
    memo("description", "Description", 2_000).group(DETAILS),
    of("tags", "Tags", Kind::Tags, 16).also(&["tag"]).group(DETAILS),
    choice("campaign", "Source Campaign", Set::Campaign).group(DETAILS).column("Campaign", 18),
    lookup("originating_lead", "Originating Lead", Entity::Lead).also(&["lead"]).group(DETAILS).column("Lead", 18).imported(),
];
