//! Starting what ends in a file or on the clipboard. Writes neither itself.

use super::desk::Cx;
use super::layer::Flow;
use crate::model::entity::RecordId;
use crate::model::field::FieldId;
use crate::service::record::read::RowsByNumber;
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

/// Asks for a value that is not on the screen, to be copied, or dialled, when it comes.
pub fn copy_later(record: RecordId, field: FieldId, dial: bool, cx: &mut Cx<'_>) -> Flow {
    cx.desk.copy_when_here(field, dial);
    cx.ask(Slot::Copy, AnyQuery::Rows(RowsByNumber { entity: record.entity, numbers: vec![record.number], fields: vec![field] }));
    Flow::Stay
}
