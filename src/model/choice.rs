//! Option sets: the fixed ones of Dynamics with their codes, and the rows that people add. Stores nothing.

mod shipped;

use std::collections::BTreeMap;

use self::shipped::{CAMPAIGN_REASONS, INDUSTRIES, OPPORTUNITY_REASONS, REASONS, RELATIONSHIPS, REQUEST_REASONS, SOURCES};
use super::activity;
use super::entity::Entity;

/// A set of choices that a field takes one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Set {
    /// Where the lead came from (leadsourcecode); rows can be added.
    Source,
    /// How warm it is (leadqualitycode).
    Rating,
    /// How good a lead is by its score (msdyn_leadgrade).
    Grade,
    /// Open, Qualified, Disqualified (statecode); fixed.
    State,
    /// Why it is in its state (statuscode); rows can be added.
    StatusReason,
    /// Line of business (industrycode); rows can be added.
    Industry,
    /// How to reach the person (preferredcontactmethodcode).
    ContactMethod,
    /// When they mean to buy (purchasetimeframe).
    Timeframe,
    /// Who decides (purchaseprocess).
    PurchaseProcess,
    /// Whether money is set aside (budgetstatus).
    Budget,
    /// How much they need it (need).
    Need,
    /// Whether they were contacted at first (initialcommunication).
    InitialCommunication,
    /// The campaign that brought the lead: the campaigns of the database.
    Campaign,
    /// What kind of campaign it is (typecode); rows can be added.
    CampaignType,
    /// How far a campaign is (statuscode).
    CampaignReason,
    /// The channel partner that brought it or works it; rows can be added.
    Partner,
    /// Active or Inactive, of accounts and contacts (statecode).
    RecordState,
    /// Why an account or a contact is in its state (statuscode).
    RecordReason,
    /// What an account is to us (customertypecode).
    Relationship,
    /// What a contact is at their company (accountrolecode).
    ContactRole,
    /// Open, Won, Lost, of an opportunity (statecode).
    OpportunityState,
    /// Why an opportunity is in its state (statuscode).
    OpportunityReason,
    /// Where an opportunity stands in the process (salesstage).
    Stage,
    /// How an opportunity counts in the forecast (msdyn_forecastcategory).
    Forecast,
    /// Who else wants to sell it: the competitors of the database.
    Competitor,
    /// What kind of activity it is (activitytypecode).
    ActivityKind,
    /// Open, Completed, Canceled, Scheduled, of an activity (statecode).
    ActivityState,
    /// Why an activity is in its state (statuscode).
    ActivityReason,
    /// Who called or wrote to whom (directioncode).
    Direction,
    /// How pressing it is (prioritycode).
    Priority,
    /// How a call went; rows can be added, each with what follows from it.
    Outcome,
    /// What a template is for.
    TemplateKind,
    /// What a customer asks with a request (casetypecode).
    RequestType,
    /// How pressing a request is (prioritycode of incident).
    RequestPriority,
    /// How a request came (caseorigincode); rows can be added.
    RequestOrigin,
    /// Active, Resolved, Canceled, of a request (statecode).
    RequestState,
    /// Why a request is in its state (statuscode).
    RequestReason,
}

/// One choice of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The stored code; Dynamics' own where it has one.
    pub code: i64,
    /// What people read.
    pub label: String,
    /// The name in filters, JSON and CSV, made once from the label.
    pub slug: String,
    /// The state a status reason belongs to (0 open, 1 qualified, 2 disqualified); of an outcome the code of what follows from it, see
    /// [`super::activity::Follows`].
    pub state: Option<i64>,
    /// Whether it is still offered; records may hold it all the same.
    pub active: bool,
}

impl Choice {
    /// An active choice whose slug is made from the label.
    pub fn new(code: i64, label: &str) -> Self {
        Self { code, label: label.into(), slug: slug(label), state: None, active: true }
    }
}

/// The code of the open state.
pub const OPEN: i64 = 0;
/// The code of the qualified state.
pub const QUALIFIED: i64 = 1;
/// The code of the disqualified state.
pub const DISQUALIFIED: i64 = 2;
/// The code of the inactive state of accounts and contacts.
pub const INACTIVE: i64 = 1;
/// The code of the won state of an opportunity.
pub const WON: i64 = 1;
/// The code of the lost state of an opportunity.
pub const LOST: i64 = 2;
/// The code of the forecast category that an open opportunity has unless somebody says otherwise.
pub const PIPELINE: i64 = 100_000_001;
/// The code of the forecast category of what may well be won.
pub const BEST_CASE: i64 = 100_000_002;
/// The code of the forecast category of what its owner counts on.
pub const COMMITTED: i64 = 100_000_003;
/// The code of the forecast category of what the forecast leaves out.
pub const OMITTED: i64 = 100_000_004;
/// The reason of a lead nobody has spoken to.
pub const NEW: i64 = 1;
/// The reason of a lead that was spoken to.
pub const CONTACTED: i64 = 2;
/// The reason of a lead that wants nothing more.
pub const NO_LONGER_INTERESTED: i64 = 6;
/// The rating of a lead unless somebody says otherwise.
pub const WARM: i64 = 2;
/// The highest rating.
pub const HOT: i64 = 1;

/// The code of the resolved state of a request.
pub const RESOLVED: i64 = 1;
/// The code of the canceled state of a request.
pub const REQUEST_CANCELED: i64 = 2;
/// The kind of a template that notes begin with.
pub const NOTE_TEMPLATE: i64 = 1;
/// The kind of a template that mails begin with.
pub const MAIL_TEMPLATE: i64 = 2;

/// Codes below this are Dynamics'; rows that people add count up from here.
pub const FIRST_OWN_CODE: i64 = 100_000;

impl Set {
    /// Every set.
    pub const ALL: &'static [Self] = &[
        Self::Source,
        Self::Rating,
        Self::Grade,
        Self::State,
        Self::StatusReason,
        Self::Industry,
        Self::ContactMethod,
        Self::Timeframe,
        Self::PurchaseProcess,
        Self::Budget,
        Self::Need,
        Self::InitialCommunication,
        Self::Campaign,
        Self::CampaignType,
        Self::CampaignReason,
        Self::Partner,
        Self::RecordState,
        Self::RecordReason,
        Self::Relationship,
        Self::ContactRole,
        Self::OpportunityState,
        Self::OpportunityReason,
        Self::Stage,
        Self::Forecast,
        Self::Competitor,
        Self::ActivityKind,
        Self::ActivityState,
        Self::ActivityReason,
        Self::Direction,
        Self::Priority,
        Self::Outcome,
        Self::TemplateKind,
        Self::RequestType,
        Self::RequestPriority,
        Self::RequestOrigin,
        Self::RequestState,
        Self::RequestReason,
    ];

    /// The stored name of the set.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Rating => "rating",
            Self::Grade => "grade",
            Self::State => "status",
            Self::StatusReason => "reason",
            Self::Industry => "industry",
            Self::ContactMethod => "contact-method",
            Self::Timeframe => "timeframe",
            Self::PurchaseProcess => "purchase-process",
            Self::Budget => "budget",
            Self::Need => "need",
            Self::InitialCommunication => "initial-communication",
            Self::Campaign => "campaign",
            Self::CampaignType => "campaign-type",
            Self::CampaignReason => "campaign-reason",
            Self::Partner => "partner",
            Self::RecordState => "record-status",
            Self::RecordReason => "record-reason",
            Self::Relationship => "relationship",
            Self::ContactRole => "contact-role",
            Self::OpportunityState => "opportunity-status",
            Self::OpportunityReason => "opportunity-reason",
            Self::Stage => "stage",
            Self::Forecast => "forecast",
            Self::Competitor => "competitor",
            Self::ActivityKind => "activity-kind",
            Self::ActivityState => "activity-status",
            Self::ActivityReason => "activity-reason",
            Self::Direction => "direction",
            Self::Priority => "priority",
            Self::Outcome => "outcome",
            Self::TemplateKind => "template-kind",
            Self::RequestType => "request-type",
            Self::RequestPriority => "request-priority",
            Self::RequestOrigin => "request-origin",
            Self::RequestState => "request-status",
            Self::RequestReason => "request-reason",
        }
    }

    /// The set with that stored name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.name() == name)
    }

    /// Whether people add rows. Source: states cannot be added to, reasons, sources and industries can.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Source
                | Self::StatusReason
                | Self::Industry
                | Self::Campaign
                | Self::CampaignType
                | Self::Partner
                | Self::Competitor
                | Self::Outcome
        )
    }

    /// The kind of records that its choices are, the number being the code; `None` where the choices are rows of their own.
    pub const fn entity(self) -> Option<Entity> {
        match self {
            Self::Campaign => Some(Entity::Campaign),
            Self::Competitor => Some(Entity::Competitor),
            _ => None,
        }
    }

    /// Whether its choices are the states of an entity, which rules hang on.
    pub const fn is_state(self) -> bool {
        matches!(self, Self::State | Self::RecordState | Self::OpportunityState | Self::ActivityState | Self::RequestState)
    }

    /// Whether each of its choices belongs to a state.
    pub const fn is_reason(self) -> bool {
        matches!(
            self,
            Self::StatusReason
                | Self::RecordReason
                | Self::OpportunityReason
                | Self::CampaignReason
                | Self::ActivityReason
                | Self::RequestReason
        )
    }

    /// Whether its choices have a natural order, so that `<` and `>` mean something (a greater rating is a hotter one).
    pub const fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::Rating
                | Self::Grade
                | Self::Budget
                | Self::Need
                | Self::Timeframe
                | Self::Stage
                | Self::Priority
                | Self::RequestPriority
        )
    }

    /// The rank of a code in the natural order, the best being greatest.
    pub const fn rank(self, code: i64) -> i64 {
        match self {
            Self::Rating | Self::Grade | Self::Need | Self::Timeframe | Self::RequestPriority => -code,
            _ => code,
        }
    }
}

/// `No Longer Interested` → `no-longer-interested`.
pub fn slug(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for c in label.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') && c != '\'' && c != '’' {
            out.push('-');
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

/// Every set with its choices, in the order in which they are offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    sets: BTreeMap<Set, Vec<Choice>>,
}

impl Choices {
    /// The sets as they are shipped.
    pub fn shipped() -> Self {
        let mut choices = Self::default();
        for set in Set::ALL {
            choices.sets.insert(*set, shipped(*set));
        }
        choices
    }

    /// Adds or replaces one row.
    pub fn put(&mut self, set: Set, choice: Choice) {
        let rows = self.sets.entry(set).or_default();
        match rows.iter_mut().find(|c| c.code == choice.code) {
            Some(row) => *row = choice,
            None => rows.push(choice),
        }
    }

    /// All choices of a set, also those no longer offered.
    pub fn all(&self, set: Set) -> &[Choice] {
        self.sets.get(&set).map_or(&[], Vec::as_slice)
    }

    /// The choice with a code.
    pub fn get(&self, set: Set, code: i64) -> Option<&Choice> {
        self.all(set).iter().find(|c| c.code == code)
    }

    /// The label of a code; the code itself where the row is gone.
    pub fn label(&self, set: Set, code: i64) -> String {
        self.get(set, code).map_or_else(|| code.to_string(), |c| c.label.clone())
    }

    /// The slug of a code.
    pub fn slug(&self, set: Set, code: i64) -> String {
        self.get(set, code).map_or_else(|| code.to_string(), |c| c.slug.clone())
    }

    /// The choice that people call `text`: by slug, label in any writing, or code.
    pub fn find(&self, set: Set, text: &str) -> Option<&Choice> {
        let wanted = slug(text);
        let rows = self.all(set);
        if wanted.is_empty() {
            return None;
        }
        rows.iter().find(|c| c.slug == wanted || slug(&c.label) == wanted).or_else(|| {
            let code: i64 = text.trim().parse().ok()?;
            rows.iter().find(|c| c.code == code)
        })
    }
}

fn shipped(set: Set) -> Vec<Choice> {
    let plain = |first: i64, labels: &[&str]| (first..).zip(labels).map(|(code, label)| Choice::new(code, label)).collect();
    match set {
        Set::Source => plain(1, SOURCES),
        Set::Rating => plain(1, &["Hot", "Warm", "Cold"]),
        Set::Grade => plain(0, &["A", "B", "C", "D"]),
        Set::State => plain(0, &["Open", "Qualified", "Disqualified"]),
        Set::StatusReason => reasons(REASONS),
        Set::CampaignType => plain(1, &["Advertisement", "Direct Marketing", "Event", "Co-branding", "Other"]),
        Set::CampaignReason => reasons(CAMPAIGN_REASONS),
        Set::RecordReason => reasons(&[(1, OPEN, "Active"), (2, INACTIVE, "Inactive")]),
        Set::OpportunityReason => reasons(OPPORTUNITY_REASONS),
        Set::RecordState => plain(0, &["Active", "Inactive"]),
        Set::OpportunityState => plain(0, &["Open", "Won", "Lost"]),
        Set::Relationship => plain(1, RELATIONSHIPS),
        Set::ContactRole => plain(1, &["Decision Maker", "Employee", "Influencer"]),
        Set::Stage => plain(0, &["Qualify", "Develop", "Propose", "Close"]),
        Set::Forecast => (PIPELINE..)
            .zip(["Pipeline", "Best case", "Committed", "Omitted"])
            .map(|(code, label)| Choice::new(code, label))
            .collect(),
        Set::Industry => plain(1, INDUSTRIES),
        Set::ContactMethod => plain(1, &["Any", "Email", "Phone", "Fax", "Mail"]),
        Set::Timeframe => plain(0, &["Immediate", "This Quarter", "Next Quarter", "This Year", "Unknown"]),
        Set::PurchaseProcess => plain(0, &["Individual", "Committee", "Unknown"]),
        Set::Budget => plain(0, &["No Committed Budget", "May Buy", "Can Buy", "Will Buy"]),
        Set::Need => plain(0, &["Must have", "Should have", "Good to have", "No need"]),
        Set::InitialCommunication => plain(0, &["Contacted", "Not Contacted"]),
        Set::TemplateKind => plain(NOTE_TEMPLATE, &["Note", "Mail"]),
        Set::RequestType => plain(1, &["Question", "Problem", "Request"]),
        Set::RequestPriority => plain(1, &["High", "Normal", "Low"]),
        Set::RequestOrigin => plain(1, &["Phone", "Email", "Web"]),
        Set::RequestState => plain(0, &["Active", "Resolved", "Canceled"]),
        Set::RequestReason => reasons(REQUEST_REASONS),
        Set::Campaign | Set::Partner | Set::Competitor => Vec::new(),
        Set::ActivityKind => activity::KINDS.iter().map(|(code, label)| Choice::new(*code, label)).collect(),
        Set::ActivityState => plain(0, &["Open", "Completed", "Canceled", "Scheduled"]),
        Set::ActivityReason => reasons(activity::REASONS),
        Set::Direction => plain(0, &["Incoming", "Outgoing"]),
        Set::Priority => plain(0, &["Low", "Normal", "High"]),
        Set::Outcome => reasons(activity::OUTCOMES),
    }
}

fn reasons(rows: &[(i64, i64, &str)]) -> Vec<Choice> {
    rows.iter().map(|(code, state, label)| Choice { state: Some(*state), ..Choice::new(*code, label) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_dynamics() {
        let choices = Choices::shipped();
        assert_eq!(choices.label(Set::Source, 8), "Web");
        assert_eq!(choices.label(Set::Industry, 33), "Wholesale");
        assert_eq!(choices.label(Set::StatusReason, 6), "No Longer Interested");
        assert_eq!(choices.get(Set::StatusReason, 6).and_then(|c| c.state), Some(DISQUALIFIED));
    }

    #[test]
    fn a_choice_is_found_by_slug_label_or_code() {
        let choices = Choices::shipped();
        for text in ["trade-show", "Trade Show", "trade show", "TRADE_SHOW", "7"] {
            assert_eq!(choices.find(Set::Source, text).map(|c| c.code), Some(7), "{text}");
        }
        assert_eq!(choices.find(Set::Source, "doctors offices"), None);
        assert_eq!(choices.find(Set::Industry, "Doctors Offices and Clinics").map(|c| c.code), Some(11));
    }
}
