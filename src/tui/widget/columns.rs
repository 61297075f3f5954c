//! How wide the columns of a list are: what fits, in the order of worth, and who gets the rest. Draws nothing.

use crate::model::field::{FieldId, Kind, Registry};

/// A column on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The field.
    pub field: FieldId,
    /// Its place among the fields of the rows.
    pub place: usize,
    /// Terminal columns.
    pub width: u16,
}

/// The narrowest that a column is cut to before it is left out. Half a telephone number, amount or date helps nobody.
fn least(kind: Kind, width: u16) -> u16 {
    match kind {
        Kind::Phone | Kind::Money | Kind::Int | Kind::Date | Kind::Instant | Kind::Number(_) => width,
        _ => (width * 2 / 3).max(width.min(8)),
    }
}

/// Whether a column gains from more room.
fn stretches(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Memo | Kind::Email | Kind::Url)
}

/// The columns that fit into `room`, one blank between two. The first always does, and before others `kept` does.
pub fn fit(registry: &Registry, fields: &[FieldId], kept: Option<FieldId>, room: u16) -> Vec<Column> {
    let mut columns = first(registry, fields, room);
    if let Some(place) = fields.iter().position(|id| Some(*id) == kept).filter(|place| *place >= columns.len()) {
        let field = registry.field(fields[place]);
        let width = least(field.kind, field.width);
        let before = first(registry, fields, room.saturating_sub(width + 1));
        if used(&before) + 1 + width <= room {
            columns = before;
            columns.push(Column { field: fields[place], place, width });
        }
    }
    let mut rest = room.saturating_sub(used(&columns));
    // First all grow alike to the wanted width, then the texts share what is left.
    while rest > 0 {
        let before = rest;
        for column in &mut columns {
            if rest > 0 && column.width < registry.field(column.field).width {
                column.width += 1;
                rest -= 1;
            }
        }
        if rest == before {
            break;
        }
    }
    let texts: Vec<usize> = (0..columns.len()).filter(|i| stretches(registry.field(columns[*i].field).kind)).collect();
    if let Some(last) = texts.last() {
        let share = rest / u16::try_from(texts.len()).unwrap_or(u16::MAX);
        for index in &texts {
            columns[*index].width += share;
            rest -= share;
        }
        columns[*last].width += rest;
    }
    columns
}

/// The first columns, as many as fit at their narrowest.
fn first(registry: &Registry, fields: &[FieldId], room: u16) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (place, id) in fields.iter().enumerate() {
        let width = least(registry.field(*id).kind, registry.field(*id).width);
        if !columns.is_empty() && used(&columns) + 1 + width > room {
            break;
        }
        columns.push(Column { field: *id, place, width: width.min(room) });
    }
    columns
}

/// How much room columns take with the blanks between them.
fn used(columns: &[Column]) -> u16 {
    let gaps = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    columns.iter().map(|column| column.width).sum::<u16>().saturating_add(gaps)
}

/// Whether values of this kind stand at the right of their column.
pub fn is_right(kind: Kind) -> bool {
    matches!(kind, Kind::Money | Kind::Int | Kind::Degree)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn columns_never_exceed_the_room(room in 1u16..400, count in 1usize..20, kept in 0usize..20) {
            let registry = Registry::lead();
            let fields: Vec<FieldId> = registry.ids().map(|(id, _)| id).take(count).collect();
            let kept = fields.get(kept).copied();
            let columns = fit(&registry, &fields, kept, room);
            prop_assert!(room < 80 || kept.is_none_or(|kept| columns.iter().any(|column| column.field == kept)));
            let gaps = u16::try_from(columns.len() - 1).unwrap();
            prop_assert!(columns.iter().map(|c| c.width).sum::<u16>() + gaps <= room);
        }
    }
}
