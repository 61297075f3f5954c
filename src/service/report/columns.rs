//! Table: the columns of the reports about what comes of leads, and how each is computed.

use crate::model::report::{Column, ColumnKind};

use ColumnKind::{Count, Days, Money, Rates, Share};

/// Behind the name of the row.
pub(super) const OUTCOMES: &[Column] = &[
    Column::new("leads", "Leads", Count, "Leads that were entered; deleted ones and those merged into others count nowhere."),
    Column::new("open", "Open", Count, "Of these, the ones that are open."),
    Column::new("qualified", "Qualified", Count, "Of these, the ones that are qualified."),
    Column::new("disqualified", "Disqualified", Count, "Of these, the ones that are disqualified."),
    Column::new(
        "conversion_closed",
        "Of closed",
        Share,
        "Qualified leads of all that are closed: qualified / (qualified + disqualified).",
    ),
    Column::new("conversion_all", "Of all", Share, "Qualified leads of all: qualified / leads."),
    Column::new(
        "days_median",
        "Days (median)",
        Days,
        "From entry to qualification, in days: half of the qualified leads took less.",
    ),
    Column::new("days_mean", "Days (mean)", Days, "From entry to qualification, in days, on average."),
    Column::new("opportunities", "Opp.", Count, "Opportunities that came from these leads, whatever became of them."),
    Column::new("won", "Won", Count, "Of these opportunities, the ones that were won."),
    Column::new("lost", "Lost", Count, "Of these opportunities, the ones that were lost."),
    Column::new(
        "revenue_from",
        "Revenue from",
        Money,
        "Actual revenue of won opportunities that came from these leads, by currency.",
    ),
    Column::new(
        "revenue_through",
        "Revenue through",
        Money,
        "Actual revenue of won opportunities that came from no lead of the row, but whose account or contact is one that such a lead \
         refers to or is linked with; each counts once a row.",
    ),
    Column::new("revenue_per_lead", "Per lead", Money, "Revenue from / leads."),
    Column::new(
        "cost",
        "Cost",
        Money,
        "What the leads cost: their own cost, else their even part of the actual cost of their campaign.",
    ),
    Column::new(
        "return",
        "Return",
        Rates,
        "(Revenue from - cost) / cost, of the currencies in which something was spent; none where all that was won is in others.",
    ),
    Column::new("without_opportunity", "No opp.", Count, "Qualified leads that no opportunity came from: they can win nothing."),
];
