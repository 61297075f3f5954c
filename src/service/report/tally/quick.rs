//! All leads by source without reading each: the states are counted in the index, and only those leads are read whose times or customers
//! matter. Says what reading all of them would say.

use super::classes::Classes;
use crate::error::Result;
use crate::model::choice::{DISQUALIFIED, OPEN, QUALIFIED, Set};
use crate::service::report::groups::Groups;
use crate::service::report::scope::Scope;
use crate::store::report::lead;

/// The classes of all leads.
pub(super) fn classes<'a>(scope: &Scope<'_>, groups: &'a Groups) -> Result<Classes<'a>> {
    let mut classes = Classes::new(groups, false);
    let codes = scope.ctx.catalog.choices.all(Set::Source).iter().map(|choice| Some(choice.code));
    for source in codes.chain([None]) {
        for state in [OPEN, DISQUALIFIED] {
            let count = lead::count(scope.db, source, state)?;
            if count > 0 {
                let class = classes.class(source);
                if let Some(tally) = classes.tally(class) {
                    tally.count(state, count);
                }
            }
        }
        let mut qualified = 0;
        lead::of_state(scope.db, source, QUALIFIED, &|rows| scope.advance(rows), |lead| {
            classes.add(lead, false);
            qualified += 1;
            Ok(())
        })?;
        if qualified > 0 {
            let class = classes.class(source);
            if let Some(tally) = classes.tally(class) {
                tally.count(QUALIFIED, qualified);
            }
        }
    }
    lead::tied(scope.db, |lead| {
        classes.add(lead, false);
        Ok(())
    })?;
    lead::erased(scope.db, |lead| {
        classes.add(lead, true);
        Ok(())
    })?;
    Ok(classes)
}
