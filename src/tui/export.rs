//! Starting what ends in a file or on the clipboard. Writes neither itself.

use super::desk::{Copying, Cx};
use super::flow::copy_text;
use super::layer::Flow;
use crate::model::entity::RecordId;
use crate::model::field::FieldId;
use crate::service::exchange::{card, card_fields};
use crate::service::record::read::{ListRow, RowsByNumber};
use crate::service::scope::Targets;
use crate::worker::reader::{AnyQuery, Slot};

/// Writes some records to a file whose ending says the format.
pub fn start(targets: &Targets, path: &str, cx: &mut Cx<'_>) -> Flow {
    use crate::service::exchange::ExportRecords;
    let path = path.trim();
    if path.is_empty() {
        return Flow::Stay;
    }
    let columns: Vec<FieldId> = Vec::new();
    let export = ExportRecords { targets: targets.clone(), columns, path: super::outside::expand(path) };
    cx.ask(Slot::Export, AnyQuery::Export(Box::new(export)));
    Flow::Stay
}

/// Asks for what stands on the vCard of a record, to be copied when it comes.
pub fn copy_card(record: RecordId, cx: &mut Cx<'_>) -> Flow {
    match card_fields(cx.env.catalog.registry(record.entity)) {
        Ok(fields) => {
            cx.desk.copy_when_here(Copying::Card(fields.clone()));
            cx.ask(Slot::Copy, AnyQuery::Rows(RowsByNumber { entity: record.entity, numbers: vec![record.number], fields }));
        }
        Err(error) => cx.complain(error.headline()),
    }
    Flow::Stay
}

/// Copies what was asked for and is here now.
pub fn copy_row(copying: &Copying, row: &ListRow, cx: &mut Cx<'_>) {
    let registry = cx.env.catalog.registry(row.key.entity);
    let _ = match (copying, row.values.first()) {
        (Copying::Dial(_), Some(value)) => {
            super::planning::dial(value.as_text(), super::planning::warning(row.values.get(1)), cx)
        }
        (Copying::Field(field), Some(value)) => copy_text(registry.field(*field).label, value.as_text(), cx),
        (Copying::Card(fields), _) => copy_text("vCard", &card(&cx.env.showing(), registry, fields, &row.values), cx),
        _ => Flow::Stay,
    };
}

/// Asks for a value that is not on the screen, to be copied, or dialled, when it comes.
pub fn copy_later(record: RecordId, field: FieldId, dial: bool, cx: &mut Cx<'_>) -> Flow {
    cx.desk.copy_when_here(if dial { Copying::Dial(field) } else { Copying::Field(field) });
    // whoever asked not to be called is dialled with a word about it
    let asks_not = cx.env.catalog.registry(record.entity).find(super::planning::asks_not(record.entity));
    let fields = std::iter::once(field).chain(asks_not.filter(|_| dial)).collect();
    cx.ask(Slot::Copy, AnyQuery::Rows(RowsByNumber { entity: record.entity, numbers: vec![record.number], fields }));
    Flow::Stay
}
