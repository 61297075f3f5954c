//! Closing well, closing badly, reopening: what is asked before each, by what the record is. Closes nothing itself.

use crate::model::choice::{DISQUALIFIED, LOST, OPEN};
use crate::model::dates::iso_date;
use crate::model::entity::{Entity, RecordId};
use crate::model::field::read::read_in;
use crate::model::field::{FieldId, Registry};
use crate::model::rules;
use crate::model::value::Value;
use crate::service::opportunity::{CloseOpportunity, Outcome};
use crate::service::qualify::close::DisqualifyLeads;
use crate::service::qualify::{QualifyMany, QualifyPlan};
use crate::service::record::advance::Advanced;
use crate::service::record::delete::RestoreRecords;
use crate::service::record::read::ListRow;
use crate::service::record::reopen::ReopenRecords;
use crate::service::request::{CancelRequests, ResolveRequests};
use crate::service::scope::Targets;
use crate::tui::action::Action;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::flow::submit;
use crate::tui::layer::confirm::Confirm;
use crate::tui::layer::duplicates::Duplicates;
use crate::tui::layer::merge::MergePage;
use crate::tui::layer::picker::{Item, Picker, of};
use crate::tui::layer::prompt::Prompt;
use crate::tui::layer::qualify::Qualify;
use crate::tui::layer::{Flow, Pick, Purpose};
use crate::worker::reader::{AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// What is asked next about an opportunity that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// The actual revenue of a won one.
    Revenue,
    /// The day it ended.
    Date,
    /// Why it was lost.
    Reason,
    /// To whom it was lost.
    Competitor,
    /// What is to be remembered.
    Note,
}

/// What follows where a step in the process asks for more than a key: the page of the lead, or how the opportunity ended.
pub fn beyond(advanced: Advanced, cx: &mut Cx<'_>) -> Flow {
    match advanced {
        Advanced::Moved => Flow::Stay,
        Advanced::Qualify(lead) => Flow::Push(Box::new(Qualify::open(lead, cx))),
        Advanced::Close(record) => {
            let items = vec![
                Item::new("won", Pick::Index(0)).detail("revenue, day, note"),
                Item::new("lost", Pick::Index(1)).detail("reason, note"),
            ];
            let purpose = Purpose::Ended(record);
            Flow::Push(Box::new(Picker::new(format!("{record} is"), purpose, items).quick()))
        }
    }
}

/// Merges two records on their page; of one, those that it may be too are offered first.
pub fn merge(targets: &Targets, cx: &mut Cx<'_>) -> Flow {
    let entity = targets.entity();
    match targets {
        Targets::Numbers { numbers, .. } => match numbers.as_slice() {
            [one] => return Flow::Push(Box::new(Duplicates::of(entity.numbered(*one), cx))),
            [one, other] => {
                return Flow::Push(Box::new(MergePage::open(entity.numbered(*one), entity.numbered(*other), cx)));
            }
            more => cx.complain(format!("{} are marked; two are merged at a time: mark two, or none", more.len())),
        },
        Targets::All { .. } => cx.complain("all are marked; two are merged at a time: mark two, or none"),
    }
    Flow::Stay
}

/// It was said whether an opportunity was won.
pub fn ended(record: RecordId, won: bool, cx: &Cx<'_>) -> Flow {
    if won {
        ask(closing(record, Outcome::Won { revenue: None }, cx), Asks::Revenue, cx)
    } else {
        ask(closing(record, Outcome::Lost { competitor: None }, cx), Asks::Reason, cx)
    }
}

fn one_at_a_time(cx: &mut Cx<'_>) -> Flow {
    cx.complain("opportunities are closed one at a time: each has its own revenue and reason");
    Flow::Stay
}

/// Qualifies a lead on its page, asks about many leads, wins an opportunity.
pub fn well(targets: Targets, row: Option<&ListRow>, fields: &[FieldId], cx: &mut Cx<'_>) -> Flow {
    match (targets.entity(), targets.single()) {
        (Entity::Lead, Some(lead)) => Flow::Push(Box::new(Qualify::open(lead, cx))),
        (Entity::Lead, None) => {
            let plan = QualifyPlan { targets: targets.clone(), opportunity: true };
            let serial = cx.ask(Slot::QualifyPlan, AnyQuery::QualifyPlan(plan));
            let act = AnyAct::QualifyMany(QualifyMany { targets, opportunity: true });
            Flow::Push(Box::new(Confirm::counting(act, serial, cx.env)))
        }
        (Entity::Opportunity, Some(record)) => {
            let registry = &cx.env.catalog.opportunity;
            let estimated = row.filter(|row| row.key == record).and_then(|row| {
                let place = fields.iter().position(|id| *id == registry.id("estimated_value"))?;
                match row.values.get(place) {
                    Some(Value::Money(amount)) => Some(*amount),
                    _ => None,
                }
            });
            let outcome = Outcome::Won { revenue: estimated };
            ask(closing(record, outcome, cx), Asks::Revenue, cx)
        }
        (Entity::Opportunity, None) => one_at_a_time(cx),
        (Entity::Request, _) => {
            let label = format!("resolved{} › ", of(&targets));
            let help = "what it was answered with; may be empty · Enter resolves";
            Flow::Push(Box::new(Prompt::new(label, Purpose::Resolve(targets), "").saying(help)))
        }
        (other, _) => {
            cx.complain(not_closed(other));
            Flow::Stay
        }
    }
}

/// What requests were answered with is there: they are closed.
pub fn resolved(targets: &Targets, text: &str, cx: &mut Cx<'_>) -> Flow {
    let resolution = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    submit(AnyAct::ResolveRequests(ResolveRequests { targets: targets.clone(), resolution, reason: None }), cx)
}

/// Disqualifies leads, loses an opportunity; the reason is asked first.
pub fn badly(targets: Targets, cx: &mut Cx<'_>) -> Flow {
    match (targets.entity(), targets.single()) {
        (Entity::Lead, _) => {
            let title = format!("Disqualify{}", of(&targets));
            let picker = Picker::reason(cx.env, title, Purpose::Disqualify(targets), Entity::Lead, DISQUALIFIED);
            Flow::Push(Box::new(picker))
        }
        (Entity::Opportunity, Some(record)) => ask(closing(record, Outcome::Lost { competitor: None }, cx), Asks::Reason, cx),
        (Entity::Opportunity, None) => one_at_a_time(cx),
        (Entity::Request, _) => submit(AnyAct::CancelRequests(CancelRequests { targets }), cx),
        (other, _) => {
            cx.complain(not_closed(other));
            Flow::Stay
        }
    }
}

/// Brings deleted records back, else reopens closed ones.
pub fn again(targets: Targets, row: Option<&ListRow>, cx: &mut Cx<'_>) -> Flow {
    let act = match row {
        Some(row) if !row.deleted => AnyAct::Reopen(ReopenRecords { targets }),
        _ => AnyAct::Restore(RestoreRecords { targets }),
    };
    submit(act, cx)
}

fn not_closed(entity: Entity) -> String {
    if entity == Entity::Activity {
        return "an activity is done (x) or canceled (X)".to_owned();
    }
    format!("{} is not closed; D deletes it", entity.one())
}

/// Why a record cannot be closed or reopened now.
pub fn why_not(row: &ListRow, closes: bool, env: &Env) -> Option<String> {
    let state = || crate::model::rules::state_label(env.catalog.registry(row.key.entity), &env.catalog.choices, row.state);
    match (closes, row.deleted, row.state) {
        (true, true, _) => Some("deleted; O restores it".into()),
        (true, _, _) if !matches!(row.key.entity, Entity::Lead | Entity::Request | Entity::Opportunity) => {
            Some(not_closed(row.key.entity))
        }
        (true, _, state_now) if state_now != OPEN => Some(format!("{} already; O reopens it", state())),
        (false, false, state) if rules::is_open(row.key.entity, state) => Some("open already".into()),
        _ => None,
    }
}

/// What deciding is called on a kind of record, where that is another word than for leads.
pub fn label(entity: Entity, action: Action) -> Option<&'static str> {
    match (entity, action) {
        (Entity::Opportunity, Action::CloseWell) => Some("win"),
        (Entity::Opportunity, Action::CloseBadly) => Some("lose"),
        (Entity::Request, Action::CloseWell) => Some("resolve"),
        (Entity::Request | Entity::Activity, Action::CloseBadly) => Some("cancel"),
        (Entity::Request, Action::StepOn) => Some("make a lead"),
        _ => None,
    }
}

fn closing(record: RecordId, outcome: Outcome, cx: &Cx<'_>) -> CloseOpportunity {
    let date = Some(cx.env.zone.today(cx.env.now()));
    CloseOpportunity { opportunity: record.number, outcome, reason: None, date, note: None }
}

/// Asks the next thing about an opportunity that is being closed.
fn ask(act: CloseOpportunity, asks: Asks, cx: &Cx<'_>) -> Flow {
    let record = Entity::Opportunity.numbered(act.opportunity);
    let registry = &cx.env.catalog.opportunity;
    let word = if matches!(act.outcome, Outcome::Won { .. }) { "won" } else { "lost" };
    let prompt = |label: String, text: &str, help| {
        let purpose = Purpose::Closing(Box::new(act.clone()), asks);
        Flow::Push(Box::new(Prompt::new(label, purpose, text).proposing().saying(help)))
    };
    let picker = |title: String, name| {
        let purpose = Purpose::Closing(Box::new(act.clone()), asks);
        Flow::Push(Box::new(match asks {
            Asks::Reason => Picker::reason(cx.env, title, purpose, Entity::Opportunity, LOST),
            _ => Picker::value(cx.env, title, purpose, registry.id(name)),
        }))
    };
    match asks {
        Asks::Revenue => {
            let text = match act.outcome {
                Outcome::Won { revenue: Some(amount) } => {
                    let field = registry.field(registry.id("actual_value"));
                    crate::tui::layer::entry::text_of(field, &Value::Money(amount), cx.env)
                }
                _ => String::new(),
            };
            prompt(format!("{word} · {record} · revenue › "), &text, "in the opportunity's currency; empty: as estimated")
        }
        Asks::Date => {
            let text = act.date.map(iso_date).unwrap_or_default();
            prompt(format!("{word} · {record} · on › "), &text, "a day: 2026-11-24, yesterday, fri")
        }
        Asks::Note => {
            prompt(format!("{word} · {record} · note › "), "", "what is to be remembered; may be empty · Enter closes it")
        }
        Asks::Reason => picker(format!("Lost · {record}"), "status_reason"),
        Asks::Competitor => picker(format!("Lost to · {record}"), "competitor"),
    }
}

/// A field of an opportunity read from a line; a mistake is said and asked again.
fn read(registry: &Registry, name: &'static str, text: &str, cx: &Cx<'_>) -> Result<Value, String> {
    let field = registry.field(registry.id(name));
    read_in(field, text, "", &cx.env.reading_of(Entity::Opportunity)).map_err(|problem| problem.message)
}

/// A line about an opportunity that is being closed was entered.
pub fn entered(mut act: CloseOpportunity, asks: Asks, text: &str, cx: &mut Cx<'_>) -> Flow {
    let catalog = std::sync::Arc::clone(&cx.env.catalog);
    let read = |name| read(&catalog.opportunity, name, text, cx);
    let next = match asks {
        Asks::Revenue => read("actual_value").map(|value| {
            let revenue = if let Value::Money(amount) = value { Some(amount) } else { None };
            act.outcome = Outcome::Won { revenue };
            Asks::Date
        }),
        Asks::Date => read("actual_close_date").map(|value| {
            act.date = if let Value::Date(day) = value { Some(day) } else { None };
            Asks::Note
        }),
        _ => {
            act.note = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            cx.act(AnyAct::CloseOpportunity(act));
            return Flow::Stay;
        }
    };
    match next {
        Ok(next) => ask(act, next, cx),
        Err(message) => {
            let label = format!("{} › ", Entity::Opportunity.numbered(act.opportunity));
            Flow::Push(Box::new(Prompt::new(label, Purpose::Closing(Box::new(act), asks), text).mistaken(Some(message))))
        }
    }
}

/// A reason or a competitor was chosen.
pub fn picked(mut act: CloseOpportunity, asks: Asks, pick: &Pick, cx: &Cx<'_>) -> Flow {
    match (asks, pick) {
        (Asks::Reason, Pick::Choice(reason)) => {
            act.reason = Some(reason.code);
            ask(act, if reason.code == OUT_SOLD { Asks::Competitor } else { Asks::Note }, cx)
        }
        (Asks::Competitor, pick) => {
            let competitor = if let Pick::Choice(choice) = pick { Some(choice.code) } else { None };
            act.outcome = Outcome::Lost { competitor };
            ask(act, Asks::Note, cx)
        }
        _ => Flow::Pass,
    }
}

/// The reason that names a competitor. Source: statuscode of opportunity.
const OUT_SOLD: i64 = 5;

/// A reason for disqualified leads was chosen: a note may follow.
pub fn disqualify(targets: &Targets, reason: i64) -> Flow {
    let label = format!("why{} › ", of(targets));
    let purpose = Purpose::DisqualifyNote(reason, targets.clone());
    Flow::Push(Box::new(Prompt::new(label, purpose, "").saying("a note; may be empty · Enter disqualifies")))
}

/// The note is there: the leads are closed.
pub fn disqualified(targets: &Targets, reason: i64, text: &str, cx: &mut Cx<'_>) -> Flow {
    let note = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    submit(AnyAct::Disqualify(DisqualifyLeads { targets: targets.clone(), reason, note }), cx)
}
