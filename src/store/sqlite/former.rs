//! Who once owned a record, asked of the log. Writes nothing.

use crate::model::entity::Entity;

/// The numbers of the records of a kind that one of the owners bound at these places handed on: single changes by their index, sets
/// of changes unpacked one by one, of which there are few.
pub fn clause(entity: Entity, places: &[String]) -> String {
    let code = entity.code();
    let mut sql = format!(
        "SELECT c.record FROM change c WHERE c.entity = {code} AND c.field = 'owner' AND c.old IN ({})",
        places.join(", ")
    );
    for place in places {
        sql.push_str(&format!(
            " UNION SELECT j.value FROM change_set s, json_each(records_with(s.rows, s.old, {place})) j
             WHERE s.entity = {code} AND s.field = 'owner'"
        ));
    }
    sql
}
