//! The templates of notes, those of the database before the ones that ship, and what is filled in when one is used.

use crate::model::catalog::Template;
use crate::model::choice::NOTE_TEMPLATE;
use crate::model::dates::iso_date;
use crate::model::fold::fold;
use crate::tui::env::Env;
use crate::tui::layer::picker::{Item, Picker};
use crate::tui::layer::{Pick, Purpose};

/// Each shipped template with what it is called. One of the database that is called the same stands in its place.
const SHIPPED: &[(&str, &str)] = &[
    ("Call summary", include_str!("../../../../assets/templates/call-summary.md")),
    ("Meeting", include_str!("../../../../assets/templates/meeting.md")),
    ("Qualification (BANT)", include_str!("../../../../assets/templates/qualification.md")),
];

/// The templates with their texts, in the order in which they are offered.
fn offered(templates: &[Template]) -> Vec<(&str, &str)> {
    let own = templates.iter().filter(|template| template.kind == NOTE_TEMPLATE);
    let mut offered: Vec<(&str, &str)> = own.map(|template| (template.name.as_str(), template.body.as_str())).collect();
    let left = SHIPPED.iter().filter(|(name, _)| !offered.iter().any(|(own, _)| fold(own) == fold(name)));
    let left: Vec<(&str, &str)> = left.copied().collect();
    offered.extend(left);
    offered
}

/// A choice of a template.
pub(super) fn picker(env: &Env) -> Picker {
    let offered = offered(&env.catalog.templates);
    let items = offered.iter().enumerate().map(|(place, (name, _))| Item::new(*name, Pick::Index(place))).collect();
    Picker::new("Template", Purpose::Template, items).quick()
}

/// The text of a template with the record's name and today's date in it.
pub(super) fn text(place: usize, name: &str, env: &Env) -> String {
    let text = offered(&env.catalog.templates).get(place).map_or("", |(_, text)| *text);
    let today = iso_date(env.zone.today(env.now()));
    text.trim_end_matches('\n').replace("{date}", &today).replace("{name}", name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::choice::MAIL_TEMPLATE;

    #[test]
    fn own_templates_come_first_and_in_the_place_of_shipped_ones() {
        let own = |kind, name: &str| Template {
            number: 1,
            kind,
            name: name.into(),
            subject: String::new(),
            body: format!("my {name}"),
        };
        let templates = [own(NOTE_TEMPLATE, "meeting"), own(MAIL_TEMPLATE, "Offer"), own(NOTE_TEMPLATE, "Visit")];
        let names: Vec<&str> = offered(&templates).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["meeting", "Visit", "Call summary", "Qualification (BANT)"]);
        assert_eq!(offered(&templates)[0].1, "my meeting");
        assert_eq!(offered(&[]).len(), SHIPPED.len());
    }
}
