//! The templates that ship, and what is filled in when one is used.

use crate::model::dates::iso_date;
use crate::tui::env::Env;
use crate::tui::layer::picker::{Item, Picker};
use crate::tui::layer::{Pick, Purpose};

/// Each template with what it is called.
const TEMPLATES: &[(&str, &str)] = &[
    ("Call summary", include_str!("../../../../assets/templates/call-summary.md")),
    ("Meeting", include_str!("../../../../assets/templates/meeting.md")),
    ("Qualification (BANT)", include_str!("../../../../assets/templates/qualification.md")),
];

/// A choice of a template.
pub(super) fn picker() -> Picker {
    let items = TEMPLATES.iter().enumerate().map(|(place, (name, _))| Item::new(*name, Pick::Index(place))).collect();
    Picker::new("Template", Purpose::Template, items).quick()
}

/// The text of a template with the record's name and today's date in it.
pub(super) fn text(place: usize, name: &str, env: &Env) -> String {
    let text = TEMPLATES.get(place).map_or("", |(_, text)| text);
    let today = iso_date(env.zone.today(env.now()));
    text.trim_end_matches('\n').replace("{date}", &today).replace("{name}", name)
}
