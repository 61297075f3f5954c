//! Targets: what somebody, a team, or all together are to win in a month. Writes none; they are definitions.

use std::collections::BTreeMap;

use crate::model::catalog::Catalog;
use crate::model::definition::{Definition, Target};
use crate::model::value::Owner;

/// A month as targets name it: `2026-11`.
pub fn month_of(day: i32) -> String {
    crate::model::zone::date(day).format("%Y-%m").to_string()
}

/// What an owner is to win in a month, in each currency: the target of that month, else that of every month. `None` asks for all
/// together: their own target, else what the users' come to.
pub fn of(catalog: &Catalog, owner: Option<Owner>, month: &str) -> BTreeMap<String, i64> {
    let own = of_code(catalog, owner.map(Owner::code), month);
    if owner.is_some() || !own.is_empty() {
        return own;
    }
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for user in catalog.people.users.iter().filter(|user| user.active) {
        for (currency, amount) in of_code(catalog, Some(user.number), month) {
            let sum = sums.entry(currency).or_default();
            *sum = sum.saturating_add(amount);
        }
    }
    sums
}

fn of_code(catalog: &Catalog, of: Option<i64>, month: &str) -> BTreeMap<String, i64> {
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    // that of the month is put last, over that of every month
    for exact in [false, true] {
        for (_, target) in catalog.targets().filter(|(_, target)| target.of == of) {
            if if exact { target.month.as_deref() == Some(month) } else { target.month.is_none() } {
                found.insert(target.currency.clone(), target.amount);
            }
        }
    }
    found
}

/// The targets of exactly this owner, month and currency; of every currency where none is named.
pub fn find<'a>(
    catalog: &'a Catalog,
    of: Option<i64>,
    month: Option<&str>,
    currency: Option<&str>,
) -> Vec<(&'a Definition, &'a Target)> {
    let is_one = |(_, target): &(&Definition, &Target)| {
        target.of == of && target.month.as_deref() == month && currency.is_none_or(|currency| currency == target.currency)
    };
    catalog.targets().filter(is_one).collect()
}

/// What people call a target: `ana 2026-12 EUR`, `all every EUR`.
pub fn name(catalog: &Catalog, target: &Target) -> String {
    let who = target.of.and_then(Owner::of_code).map_or_else(|| "all".to_owned(), |owner| catalog.people.show(owner));
    format!("{who} {} {}", target.month.as_deref().unwrap_or("every"), target.currency)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::definition::Body;
    use crate::model::people::{Role, User};

    fn catalog(targets: &[(Option<i64>, Option<&str>, i64, &str)]) -> Catalog {
        let mut catalog = Catalog::shipped();
        catalog.people.users.extend([User::new(1, "ana", "Ana", Role::Admin), User::new(2, "bo", "Bo", Role::Seller)]);
        for (number, (of, month, amount, currency)) in (1..).zip(targets) {
            let body = Body::Target(Target {
                of: *of,
                month: month.map(str::to_owned),
                amount: *amount,
                currency: (*currency).to_owned(),
            });
            catalog.definitions.push(Definition { number, name: number.to_string(), place: number, owner: None, body });
        }
        catalog
    }

    #[test]
    fn the_target_of_the_month_goes_before_that_of_every_month() {
        let catalog = catalog(&[
            (Some(1), Some("2026-12"), 70, "EUR"),
            (Some(1), None, 50, "EUR"),
            (Some(1), None, 5, "USD"),
            (Some(2), None, 20, "EUR"),
        ]);
        let of = |owner: Option<i64>, month: &str| -> Vec<(String, i64)> {
            of(&catalog, owner.map(Owner::User), month).into_iter().collect()
        };
        assert_eq!(of(Some(1), "2026-12"), [("EUR".to_owned(), 70), ("USD".to_owned(), 5)]);
        assert_eq!(of(Some(1), "2026-11"), [("EUR".to_owned(), 50), ("USD".to_owned(), 5)]);
        assert_eq!(of(None, "2026-12"), [("EUR".to_owned(), 90), ("USD".to_owned(), 5)]);
        assert_eq!(month_of(20_788), "2026-12");
    }

    #[test]
    fn all_together_may_have_a_target_of_their_own() {
        let catalog = catalog(&[(Some(1), None, 50, "EUR"), (None, None, 40, "EUR")]);
        assert_eq!(of(&catalog, None, "2026-12").into_iter().collect::<Vec<_>>(), [("EUR".to_owned(), 40)]);
    }
}
