//! The lead that a line describes, as values of fields. Stores nothing and adds no source itself.

use super::QuickAdd;
use crate::error::Problem;
use crate::model::choice::Set;
use crate::model::field::FieldId;
use crate::model::field::read::{Reading, read};
use crate::model::value::Value;

/// What a new lead holds by its line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Described {
    /// Fields and what they hold; a topic and a last name are always among them.
    pub values: Vec<(FieldId, Value)>,
    /// The label of a source that is not in the set yet: it is to be added, and its code put into the field `source`.
    pub new_source: Option<String>,
}

const EMAILS: [&str; 3] = ["email", "email2", "email3"];
const PHONES: [&str; 4] = ["phone", "mobile_phone", "home_phone", "other_phone"];

impl QuickAdd {
    /// The values of the lead. A missing topic is the source, else the company, else the name; a missing last name is the company.
    /// Source: Topic and Last Name are application required. The problems are those of the line and of each value.
    pub fn describe(&self, reading: &Reading<'_>) -> Result<Described, Vec<Problem>> {
        let mut problems = self.problems.clone();
        let mut out = Described::default();
        let source = self.source.as_ref().map(|s| s.text.as_str()).unwrap_or_default();
        let last = if self.name.last.is_empty() { self.company.as_str() } else { self.name.last.as_str() };
        let full = self.full_name();
        let stand_in = [source, self.company.as_str(), full.as_str()].into_iter().find(|text| !text.is_empty());
        let topic = self.topic.as_deref().or(stand_in).unwrap_or_default();
        let tags = self.tags.join(",");
        let mut pairs = vec![
            ("salutation", self.name.salutation.as_str()),
            ("first_name", self.name.first.as_str()),
            ("middle_name", self.name.middle.as_str()),
            ("last_name", last),
            ("company", self.company.as_str()),
            ("topic", topic),
            ("rating", self.rating.as_deref().unwrap_or_default()),
            ("tags", tags.as_str()),
        ];
        let emails: Vec<&str> = self.email.iter().chain(&self.more_emails).map(String::as_str).collect();
        let phones: Vec<&str> = self.phones.iter().map(String::as_str).collect();
        for (fields, found, what) in [(&EMAILS[..], emails, "e-mail addresses"), (&PHONES[..], phones, "phone numbers")] {
            if found.len() > fields.len() {
                problems.push(Problem::new(fields[0], format!("a lead takes {} {what}", fields.len())));
            }
            pairs.extend(fields.iter().copied().zip(found));
        }
        let registry = reading.registry();
        for (name, text) in pairs.into_iter().filter(|(_, text)| !text.is_empty()) {
            let id = registry.id(name);
            match read(registry.field(id), text, reading) {
                Ok(value) => out.values.push((id, value)),
                Err(problem) => problems.push(problem),
            }
        }
        if !source.is_empty() {
            match reading.catalog.choices.find(Set::Source, source) {
                Some(choice) => out.values.push((registry.id("source"), Value::Choice(choice.code))),
                None => out.new_source = Some(source.to_owned()),
            }
        }
        if problems.is_empty() { Ok(out) } else { Err(problems) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;
    use crate::model::locale::Locale;
    use crate::model::quick_add::{Vocabulary, parse};
    use crate::model::zone::Zone;

    type Plain = (Vec<(&'static str, String)>, Option<String>);

    fn described(line: &str) -> Result<Plain, Vec<String>> {
        let (catalog, locale) = (Catalog::shipped(), Locale::of("US"));
        let reading = Reading {
            entity: crate::model::entity::Entity::Lead,
            catalog: &catalog,
            locale: &locale,
            zone: Zone::Utc,
            now: 0,
            me: 1,
        };
        let showing = crate::model::field::show::Showing { catalog: &catalog, locale: &locale, zone: Zone::Utc, now: 0 };
        let sources: Vec<&str> = catalog.choices.all(Set::Source).iter().map(|c| c.label.as_str()).collect();
        let read = parse(line, &Vocabulary { sources: &sources }).describe(&reading);
        let read = read.map_err(|problems| problems.into_iter().map(|p| p.message).collect::<Vec<_>>())?;
        let plain = |id: FieldId, value: &Value| (catalog.field(id).name, showing.plain(catalog.field(id), value));
        Ok((read.values.iter().map(|(id, value)| plain(*id, value)).collect(), read.new_source))
    }

    #[test]
    fn a_line_becomes_values() {
        let line = "Ann Lee @ Contoso ann@contoso.com +1 555 0100 via web !hot #expo needs 3D printers";
        let (values, new) = described(line).expect("a lead");
        let expected = [
            ("first_name", "Ann"),
            ("last_name", "Lee"),
            ("company", "Contoso"),
            ("topic", "needs 3D printers"),
            ("rating", "hot"),
            ("tags", "expo"),
            ("email", "ann@contoso.com"),
            ("phone", "+1 555 0100"),
            ("source", "web"),
        ];
        assert_eq!(values, expected.map(|(name, text)| (name, text.to_owned())));
        assert_eq!(new, None);
    }

    #[test]
    fn what_a_lead_needs_is_filled_in() {
        let (values, new) = described("@ Contoso via \"Summer fair\"").expect("a lead");
        assert_eq!(new.as_deref(), Some("Summer fair"));
        assert!(values.contains(&("last_name", "Contoso".into())) && values.contains(&("topic", "Summer fair".into())));
        let (values, _) = described("Madonna").expect("a lead");
        assert_eq!(values, [("last_name", "Madonna".to_owned()), ("topic", "Madonna".to_owned())]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(described("!hot").is_err());
        let five = "Ann a@b.com b@b.com c@b.com d@b.com";
        assert!(described(five).expect_err("too many")[0].contains("takes 3 e-mail addresses"));
    }
}
