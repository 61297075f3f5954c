//! Values made into text: for people, for machines, for JSON. Reads nothing back; `read` does.

use serde_json::Value as Json;

use super::{Field, Kind};
use crate::model::catalog::Catalog;
use crate::model::dates::{iso_date, rfc3339_utc, show_date};
use crate::model::locale::Locale;
use crate::model::money;
use crate::model::number::show_count;
use crate::model::value::{Owner, Value};
use crate::model::zone::Zone;

/// Who looks, where and when.
#[derive(Clone, Copy, Debug)]
pub struct Showing<'a> {
    /// The words and people of the database.
    pub catalog: &'a Catalog,
    /// How the person writes numbers.
    pub locale: &'a Locale,
    /// Where the person's clock stands.
    pub zone: Zone,
    /// The moment, in µs UTC.
    pub now: i64,
}

impl Showing<'_> {
    /// For people: labels, `40,000.00 EUR`, `12 Mar 2027`. Not cleaned for a terminal; the caller does that. Empty for nothing.
    pub fn show(&self, field: &Field, value: &Value, currency: &str) -> String {
        match (field.kind, value) {
            (Kind::Flag { yes, .. }, Value::Bool(true)) => yes.into(),
            (Kind::Flag { no, .. }, Value::Bool(false) | Value::None) => no.into(),
            (_, Value::None) => String::new(),
            (_, Value::Text(text)) => text.clone(),
            (Kind::Choice(set), Value::Choice(code)) => self.catalog.choices.label(set, *code),
            (_, Value::Money(amount)) => money::show(*amount, currency, self.locale),
            (Kind::Number(entity), Value::Int(n)) => entity.numbered(*n).to_string(),
            (_, Value::Int(n)) => show_count(*n, self.locale),
            (_, Value::Degree(n)) => degree(*n, if self.locale.decimal_comma { ',' } else { '.' }),
            (_, Value::Date(day)) => show_date(*day, self.zone.today(self.now)),
            (_, Value::Instant(at)) => self.moment(*at),
            (_, Value::Tags(tags)) => tags.join(", "),
            (_, Value::Link(link)) if !link.name.is_empty() => link.name.clone(),
            (_, Value::Record(named)) if !named.name.is_empty() => named.name.clone(),
            _ => self.plain(field, value),
        }
    }

    /// For machines, as CSV and every table that a program reads has it: slugs, decimal points, RFC 3339 in UTC, `L-1042`,
    /// `team:name`, tags between commas, `true` and `false`. Empty for nothing.
    pub fn plain(&self, field: &Field, value: &Value) -> String {
        match (field.kind, value) {
            (Kind::Flag { .. }, Value::None) => "false".into(),
            (_, Value::None) => String::new(),
            (_, Value::Text(text)) => text.clone(),
            (Kind::Choice(set), Value::Choice(code)) => self.catalog.choices.slug(set, *code),
            (_, Value::Choice(code)) => code.to_string(),
            (_, Value::Money(amount)) => amount_text(*amount),
            (Kind::Number(entity), Value::Int(n)) => entity.numbered(*n).to_string(),
            (_, Value::Int(n)) => n.to_string(),
            (_, Value::Degree(n)) => degree(*n, '.'),
            (_, Value::Bool(b)) => b.to_string(),
            (_, Value::Date(day)) => iso_date(*day),
            (_, Value::Instant(at)) => rfc3339_utc(*at),
            (_, Value::Owner(owner)) => self.catalog.people.show(*owner),
            (_, Value::User(n)) => self.catalog.people.show(Owner::User(*n)),
            (_, Value::Tags(tags)) => tags.join(","),
            (Kind::Lookup(entity), Value::Link(link)) => entity.numbered(link.number).to_string(),
            (_, Value::Link(link)) => link.number.to_string(),
            (_, Value::Record(named)) => named.key.to_string(),
        }
    }

    /// For JSON: numbers and flags as such, tags as an array, amounts as decimal text, nothing as null, all else as
    /// [`Self::plain`].
    pub fn json(&self, field: &Field, value: &Value) -> Json {
        match (field.kind, value) {
            (Kind::Flag { .. }, Value::None) => Json::Bool(false),
            (Kind::Tags | Kind::Linked(_), Value::None) => Json::Array(Vec::new()),
            (_, Value::None) => Json::Null,
            (_, Value::Bool(b)) => Json::Bool(*b),
            (Kind::Int, Value::Int(n)) => Json::from(*n),
            (_, Value::Degree(n)) => Json::from(*n as f64 / 100_000.0),
            (_, Value::Tags(tags)) => Json::from(tags.clone()),
            _ => Json::String(self.plain(field, value)),
        }
    }

    /// A moment in a list: the time when it is today, else the day.
    pub fn moment(&self, at: i64) -> String {
        let (day, today) = (self.zone.today(at), self.zone.today(self.now));
        if day == today { self.zone.local(at).format("%H:%M").to_string() } else { show_date(day, today) }
    }
}

/// An amount with a decimal point and two or four places: three would look like a group of thousands in half of the world.
pub fn amount_text(amount: i64) -> String {
    let mut text = money::decimal(amount);
    if text.split_once('.').is_some_and(|(_, places)| places.len() == 3) {
        text.push('0');
    }
    text
}

/// Degrees with five places, so that no mark looks like one of thousands.
pub fn degree(n: i64, mark: char) -> String {
    let sign = if n < 0 { "-" } else { "" };
    format!("{sign}{}{mark}{:05}", n.unsigned_abs() / 100_000, n.unsigned_abs() % 100_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::lead::FIELDS;
    use crate::model::field::read::{Reading, read_in};
    use crate::model::people::{Role, Team, User};
    use proptest::prelude::*;

    /// Monday 23 November 2026, 11:30 UTC.
    const NOW: i64 = 1_795_433_400_000_000;

    fn catalog() -> Catalog {
        let mut catalog = Catalog::shipped();
        catalog.people.users = vec![User::new(1, "ana", "Ana", Role::Admin)];
        catalog.people.teams = vec![Team { number: 4, name: "North West".into(), unit: 1, members: vec![], queue: false }];
        catalog
    }

    fn line(max: u32) -> impl Strategy<Value = Value> {
        let max = if max == 0 { 300 } else { max as usize };
        "[\\p{L}\\p{N}&,;:#\"'*<>()+ -]{0,40}"
            .prop_map(move |t| Value::text(t.trim().chars().take(max).collect::<String>().trim_end()))
    }

    /// A value that the field may hold.
    fn value(field: &'static Field, catalog: &Catalog) -> BoxedStrategy<Value> {
        match field.kind {
            Kind::Text | Kind::Phone => line(field.max).boxed(),
            Kind::Memo => "[a-zé ,]{0,10}(\n[a-z]{1,9}){0,3}".prop_map(|t| Value::text(t.trim_end())).boxed(),
            Kind::Email => "[a-z.+]{1,20}@[a-z]{1,9}\\.com".prop_map(Value::text).boxed(),
            Kind::Url => "(https://)?www\\.[a-z]{1,20}\\.com/[a-z?=&]{0,20}".prop_map(Value::text).boxed(),
            Kind::Choice(set) => {
                let codes: Vec<i64> = catalog.choices.all(set).iter().map(|c| c.code).collect();
                if codes.is_empty() {
                    Just(Value::None).boxed()
                } else {
                    prop::sample::select(codes).prop_map(Value::Choice).boxed()
                }
            }
            Kind::Money => (0..=field.most).prop_map(Value::Money).boxed(),
            Kind::Currency => prop::sample::select(vec!["EUR", "USD", "JPY"]).prop_map(Value::text).boxed(),
            Kind::Int => (0..=field.most).prop_map(Value::Int).boxed(),
            Kind::Number(_) => (1i64..1_000_000).prop_map(Value::Int).boxed(),
            Kind::Degree => (-field.most..=field.most).prop_map(Value::Degree).boxed(),
            Kind::Flag { .. } => any::<bool>().prop_map(Value::Bool).boxed(),
            Kind::Date => (-25_000i32..100_000).prop_map(Value::Date).boxed(),
            Kind::Instant => (-2_000_000_000_000_000i64..8_000_000_000_000_000).prop_map(Value::Instant).boxed(),
            Kind::Owner => prop::sample::select(vec![Owner::User(1), Owner::Team(4)]).prop_map(Value::Owner).boxed(),
            Kind::User => Just(Value::User(1)).boxed(),
            // never read: links write them
            Kind::Linked(_) => Just(Value::None).boxed(),
            Kind::Tags => prop::collection::btree_set("[a-z]{1,4}( [a-z]{1,4}){0,2}", 0..4)
                .prop_map(|tags| if tags.is_empty() { Value::None } else { Value::Tags(tags.into_iter().collect()) })
                .boxed(),
            Kind::Record => (1i64..1_000_000).prop_map(|n| Value::record(crate::model::entity::RecordId::lead(n))).boxed(),
            Kind::Lookup(_) => (1i64..1_000_000).prop_map(Value::link).boxed(),
            Kind::Id => any::<u128>().prop_map(|n| Value::Text(uuid::Uuid::from_u128(n).to_string())).boxed(),
        }
    }

    fn any_value() -> impl Strategy<Value = (&'static Field, Value)> {
        let catalog = catalog();
        (0..FIELDS.len()).prop_flat_map(move |i| value(&FIELDS[i], &catalog).prop_map(move |v| (&FIELDS[i], v)))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn what_machines_read_is_read_back((field, value) in any_value(), country in prop::sample::select(vec!["US", "DE", "CH"])) {
            let (catalog, locale) = (catalog(), Locale::of(country));
            let zone = Zone::Fixed(3600);
            let plain = Showing { catalog: &catalog, locale: &locale, zone, now: NOW }.plain(field, &value);
            let reading = Reading { entity: crate::model::entity::Entity::Lead, catalog: &catalog, locale: &locale, zone, now: NOW, me: 1 };
            prop_assert_eq!(read_in(field, &plain, "", &reading), Ok(value), "{} {}", field.name, plain);
        }
    }

    #[test]
    fn people_machines_and_json_each_have_their_form() {
        let (catalog, locale) = (catalog(), Locale::of("DE"));
        let showing = Showing { catalog: &catalog, locale: &locale, zone: Zone::Utc, now: NOW };
        for (name, value, shown, plain, json) in [
            ("source", Value::Choice(7), "Trade Show", "trade-show", "\"trade-show\""),
            ("estimated_value", Value::Money(400_000_000), "40.000,00 EUR", "40000.00", "\"40000.00\""),
            ("employees", Value::Int(1200), "1.200", "1200", "1200"),
            ("number", Value::Int(1042), "L-1042", "L-1042", "\"L-1042\""),
            ("owner", Value::Owner(Owner::Team(4)), "team:North West", "team:North West", "\"team:North West\""),
            ("do_not_phone", Value::Bool(true), "do not allow", "true", "true"),
            ("do_not_phone", Value::None, "allow", "false", "false"),
            ("tags", Value::Tags(vec!["a".into(), "b".into()]), "a, b", "a,b", "[\"a\",\"b\"]"),
            ("created_at", Value::Instant(NOW), "11:30", "2026-11-23T11:30:00Z", "\"2026-11-23T11:30:00Z\""),
            ("estimated_close_date", Value::Date(20_889), "12 Mar 2027", "2027-03-12", "\"2027-03-12\""),
            ("latitude", Value::Degree(-5_252_000), "-52,52000", "-52.52000", "-52.52"),
            ("topic", Value::None, "", "", "null"),
        ] {
            let field = catalog.field(catalog.lead.id(name));
            assert_eq!(showing.show(field, &value, "EUR"), shown, "{name}");
            assert_eq!(showing.plain(field, &value), plain, "{name}");
            assert_eq!(showing.json(field, &value).to_string(), json, "{name}");
        }
    }
}
