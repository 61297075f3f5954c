//! What an action needs: a record, a row, the right to write; and why it cannot be done where that lacks. Does nothing.

use crate::model::entity::Entity;
use crate::model::people::Role;
use crate::model::rules;
use crate::service::record::read::ListRow;
use crate::tui::action::Action;
use crate::tui::env::Env;
use crate::tui::{decide, planning};

/// What needs a database that can be written.
const WRITES: &[Action] = &[
    Action::New,
    Action::Edit,
    Action::Note,
    Action::Request,
    Action::Call,
    Action::Mail,
    Action::Task,
    Action::Book,
    Action::Done,
    Action::Reschedule,
    Action::Tags,
    Action::Attach,
    Action::Rating,
    Action::StatusReason,
    Action::Assign,
    Action::Link,
    Action::Merge,
    Action::StepOn,
    Action::StepBack,
    Action::CloseWell,
    Action::CloseBadly,
    Action::Delete,
    Action::Erase,
    Action::Restore,
    Action::Repeat,
    Action::Undo,
    Action::Redo,
    Action::Import,
    Action::TakeNext,
];

/// What needs a record.
const ON_RECORDS: &[Action] = &[
    Action::Attach,
    Action::Edit,
    Action::Note,
    Action::Request,
    Action::Call,
    Action::Mail,
    Action::Task,
    Action::Book,
    Action::Done,
    Action::Reschedule,
    Action::Dial,
    Action::Tags,
    Action::Rating,
    Action::StatusReason,
    Action::Assign,
    Action::Link,
    Action::Merge,
    Action::StepOn,
    Action::StepBack,
    Action::CloseWell,
    Action::CloseBadly,
    Action::Delete,
    Action::Erase,
    Action::Restore,
    Action::CopyField,
    Action::CopyEmail,
    Action::CopyPhone,
    Action::CopyNumber,
    Action::CopyCard,
    Action::Score,
    Action::Repeat,
    Action::WhyOwner,
];

/// Whether an action is done on a record.
pub fn is_on_record(action: Action) -> bool {
    ON_RECORDS.contains(&action)
}

/// Whether an action goes by the rows of a list: what the cursor is on, or where it goes.
pub fn is_on_rows(action: Action) -> bool {
    let moves = [
        Action::Up,
        Action::Down,
        Action::First,
        Action::Last,
        Action::PageUp,
        Action::PageDown,
        Action::NextRecord,
        Action::PreviousRecord,
        Action::Open,
        Action::Mark,
        Action::MarkRange,
        Action::MarkAll,
        Action::Work,
    ];
    is_on_record(action) || moves.contains(&action)
}

/// Why an action cannot be done here now.
pub fn why_not(action: Action, has_target: bool, row: Option<&ListRow>, env: &Env) -> Option<String> {
    let writes = WRITES.contains(&action);
    if writes && env.read_only {
        return Some("the database can only be read".into());
    }
    let on_record = ON_RECORDS.contains(&action);
    if on_record && !has_target {
        return Some("no record here".into());
    }
    let row = row?;
    if let Some(reason) = planning::why_not(action, row) {
        return Some(reason);
    }
    let registry = env.catalog.registry(row.key.entity);
    if action == Action::Rating && registry.find("rating").is_none() {
        return Some(format!("{} has no rating", row.key.entity.one()));
    }
    match action {
        Action::CloseBadly if row.key.entity == Entity::Activity => None,
        Action::CloseWell | Action::CloseBadly => decide::why_not(row, true, env),
        Action::Restore => decide::why_not(row, false, env),
        Action::Merge if row.key.entity == Entity::Opportunity => Some("opportunities are not merged".into()),
        Action::WhyOwner if row.key.entity != Entity::Lead => Some("rules give leads away, nothing else".into()),
        Action::Erase if !matches!(row.key.entity, Entity::Lead | Entity::Contact) => {
            Some("people are erased: leads and contacts".into())
        }
        Action::Erase if env.role != Role::Admin => Some("erasing needs the admin role".into()),
        Action::Score if row.key.entity != Entity::Lead => Some("leads are scored".into()),
        Action::Delete if row.deleted => Some("deleted already; O restores it".into()),
        Action::Edit | Action::Rating | Action::StatusReason | Action::Merge if row.deleted => {
            Some("deleted; O restores it".into())
        }
        Action::Rating | Action::StatusReason if !rules::is_open(row.key.entity, row.state) => {
            let state = rules::state_label(env.catalog.registry(row.key.entity), &env.catalog.choices, row.state);
            Some(format!("{state}, so read-only"))
        }
        _ => None,
    }
}
