//! Values: whatever is typed for a field is a value of its kind or a problem of that field, and what is read shows again.

use leadbook::model::catalog::Catalog;
use leadbook::model::field::lead::FIELDS;
use leadbook::model::field::read::{Reading, read};
use leadbook::model::field::show::Showing;
use leadbook::model::locale::Locale;
use leadbook::model::zone::Zone;
use proptest::prelude::*;

use crate::world::{ME, NOW};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_text_is_a_value_or_a_problem(
        text in prop_oneof![any::<String>(), "[-+0-9.,/:a-z% @€]{0,24}"],
        country in prop::sample::select(vec!["US", "DE", "JP"]),
    ) {
        let (catalog, locale) = (Catalog::shipped(), Locale::of(country));
        let reading = Reading { entity: leadbook::model::entity::Entity::Lead, catalog: &catalog, locale: &locale, zone: Zone::Fixed(3_600), now: NOW, me: ME };
        let showing = Showing { catalog: &catalog, locale: &locale, zone: Zone::Fixed(3_600), now: NOW };
        for field in FIELDS {
            match read(field, &text, &reading) {
                Ok(value) => {
                    let plain = showing.plain(field, &value);
                    prop_assert_eq!(read(field, &plain, &reading), Ok(value.clone()), "{} {:?}", field.name, plain);
                    let _ = (showing.show(field, &value, "EUR"), showing.json(field, &value));
                }
                Err(problem) => prop_assert!(problem.field == field.name && !problem.message.is_empty()),
            }
        }
    }
}
