//! A record as a card: which of its fields stand on one, and where. Knows no format.

use serde_json::Value;

use super::card::{Address, Card, Name, Phone, PhoneKind};

/// The fields that stand on a card, by their names; a record has some of them.
pub const FIELDS: &[&str] = &[
    "id",
    "salutation",
    "first_name",
    "middle_name",
    "last_name",
    "name",
    "yomi_first_name",
    "yomi_last_name",
    "company",
    "account",
    "department",
    "job_title",
    "email",
    "email2",
    "email3",
    "phone",
    "mobile_phone",
    "home_phone",
    "other_phone",
    "fax",
    "pager",
    "website",
    "street",
    "street2",
    "street3",
    "post_office_box",
    "city",
    "state_or_province",
    "postal_code",
    "country",
    "address2_street",
    "address2_street2",
    "address2_street3",
    "address2_post_office_box",
    "address2_city",
    "address2_state_or_province",
    "address2_postal_code",
    "address2_country",
    "birthday",
    "tags",
    "description",
];

const PHONES: &[(&str, PhoneKind)] = &[
    ("phone", PhoneKind::Work),
    ("mobile_phone", PhoneKind::Mobile),
    ("home_phone", PhoneKind::Home),
    ("other_phone", PhoneKind::Other),
    ("fax", PhoneKind::Fax),
    ("pager", PhoneKind::Pager),
];

/// The card of a record with these fields and their values as JSON has them, references as names.
pub fn of_record(columns: &[String], values: &[Value]) -> Card {
    let value = |name: &str| columns.iter().position(|column| column == name).and_then(|at| values.get(at));
    let text = |name: &str| value(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let texts = |names: &[&str]| names.iter().map(|name| text(name)).filter(|text| !text.is_empty()).collect::<Vec<_>>();
    let is_person = columns.iter().any(|column| column == "last_name");
    let company = texts(&["company", "account"]).into_iter().next().unwrap_or_default();
    let company = if is_person { company } else { text("name") };
    let name = Name {
        prefix: text("salutation"),
        first: text("first_name"),
        middle: text("middle_name"),
        last: text("last_name"),
        suffix: String::new(),
    };
    let is_named = is_person && name != Name::default();
    let address = |first: &str, is_home: bool| {
        let part = |name: &str| text(&format!("{first}{name}"));
        let street = [part("street"), part("street2"), part("street3")].into_iter().filter(|line| !line.is_empty());
        Address {
            street: street.collect::<Vec<_>>().join("\n"),
            box_number: part("post_office_box"),
            city: part("city"),
            state: part("state_or_province"),
            code: part("postal_code"),
            country: part("country"),
            is_home,
        }
    };
    let is_written = |address: &Address| *address != Address { is_home: address.is_home, ..Address::default() };
    let id = text("id");
    Card {
        uid: if id.is_empty() { id } else { format!("urn:uuid:{id}") },
        full_name: if is_named { text("name") } else { company.clone() },
        name,
        phonetic: (text("yomi_first_name"), text("yomi_last_name")),
        is_company: !is_named && !company.is_empty(),
        company,
        department: text("department"),
        title: text("job_title"),
        emails: texts(&["email", "email2", "email3"]),
        phones: PHONES
            .iter()
            .map(|(name, kind)| Phone { number: text(name), kind: *kind })
            .filter(|phone| !phone.number.is_empty())
            .collect(),
        addresses: [address("", false), address("address2_", true)].into_iter().filter(is_written).collect(),
        websites: texts(&["website"]),
        birthday: text("birthday"),
        categories: value("tags")
            .and_then(Value::as_array)
            .map(|tags| tags.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            .unwrap_or_default(),
        note: text("description"),
        ..Card::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_record_says_whose_card_it_is() {
        let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let person = columns(&["id", "first_name", "last_name", "name", "company", "phone", "address2_city", "tags"]);
        let ann = of_record(&person, &["7d", "Ann", "Lee", "Ann Lee", "Contoso", "1", "Utica", "x"].map(|text| json!(text)));
        assert_eq!((ann.full_name.as_str(), ann.company.as_str(), ann.is_company), ("Ann Lee", "Contoso", false));
        assert_eq!((ann.uid.as_str(), ann.addresses[0].is_home), ("urn:uuid:7d", true));
        let nobody = of_record(&person, &[json!("7d"), json!(null), json!(null), json!(""), json!("Contoso")]);
        assert_eq!((nobody.full_name.as_str(), nobody.is_company), ("Contoso", true));
        let account = of_record(&columns(&["id", "name", "tags"]), &[json!("7d"), json!("Litware"), json!(["a", "b"])]);
        assert_eq!((account.full_name.as_str(), account.company.as_str(), account.is_company), ("Litware", "Litware", true));
        assert_eq!(account.categories, ["a", "b"]);
    }
}
