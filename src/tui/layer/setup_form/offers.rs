//! What can be typed in a field of the form, as one types: words of a fixed set, people, units, fields and tags, the filter language.

use std::ops::Range;

use super::subject::Subject;
use crate::model::field::options;
use crate::model::fold::fold;
use crate::model::people::{Role, UnitKind, User};
use crate::query;
use crate::tui::env::Env;

/// The most that are offered.
const MOST: usize = 8;

/// One way to go on: what it replaces, in bytes, what it puts there, and what that means.
pub type Offer = (Range<usize>, String, String);

/// What could be typed at `cursor` in a field, the likeliest first.
pub fn offers(subject: &Subject, field: &str, text: &str, cursor: usize, env: &Env) -> Vec<Offer> {
    if field == "when" {
        let found = query::complete(text, cursor, &env.reading()).into_iter();
        return found.map(|offer| (offer.replace, offer.text, offer.help)).take(MOST).collect();
    }
    let Some(before) = text.get(..cursor) else { return Vec::new() };
    // the entry of a list that the cursor is in
    let start = if is_list(field) { before.rfind([',', '+']).map_or(0, |at| at + 1) } else { 0 };
    let start = start + (before[start..].len() - before[start..].trim_start().len());
    let end = if is_list(field) { text[cursor..].find(',').map_or(text.len(), |at| cursor + at) } else { text.len() };
    let typed = fold(&before[start..]);
    let whole = fold(text.get(start..end).unwrap_or_default().trim());
    let fits = |word: &String, help: &String| {
        let (word, help) = (fold(word), fold(help));
        word != whole && (word.starts_with(&typed) || (!typed.is_empty() && help.split(' ').any(|part| part.starts_with(&typed))))
    };
    let words = words(subject, field, before[start..].trim(), env).into_iter().filter(|(word, help)| fits(word, help));
    words.map(|(word, help)| (start..end, word, help)).take(MOST).collect()
}

/// Whether several entries are typed, with commas between them.
fn is_list(field: &str) -> bool {
    ["members", "languages", "regions", "on", "among", "match", "set", "tags"].contains(&field)
}

/// The values of the field that is set, as `rating=hot`; none of one that takes any text.
fn values(begun: &str, env: &Env) -> Vec<(String, String)> {
    let name = begun.split('=').next().unwrap_or_default().trim().to_lowercase().replace(['-', ' '], "_");
    let Some(id) = env.catalog.lead.find(&name) else { return Vec::new() };
    let field = env.catalog.lead.field(id);
    let found = options::of(field, &env.catalog).into_iter().filter(|one| one.active);
    found.map(|one| (format!("{name}={}", one.word), one.label)).collect()
}

/// The words of a field with what they mean, `begun` being typed; none where anything can be typed.
fn words(subject: &Subject, field: &str, begun: &str, env: &Env) -> Vec<(String, String)> {
    let people = &env.catalog.people;
    let plain = |words: &[(&str, &str)]| words.iter().map(|(word, help)| ((*word).to_owned(), (*help).to_owned())).collect();
    let users = || people.users.iter().filter(|user| user.active).map(|user| (user.login.clone(), user.name.clone()));
    let writing = |user: &&User| user.active && user.role != Role::ReadOnly;
    let writers = || people.users.iter().filter(writing).map(|user| (user.login.clone(), user.name.clone()));
    let teams =
        |prefix: &'static str| people.teams.iter().map(move |team| (format!("{prefix}{}", team.name), "a team".to_owned()));
    let units = || people.units.iter().map(|unit| (unit.name.clone(), unit.kind.name().replace('-', " ")));
    match (field, subject) {
        ("role", _) => Role::ALL.iter().map(|role| (role.name().to_owned(), role.help().to_owned())).collect(),
        ("active" | "takes_leads", _) => plain(&[("yes", ""), ("no", "")]),
        ("queue", Subject::Team(_)) => plain(&[("yes", ""), ("no", "")]),
        ("queue", _) => teams("").collect(),
        ("unit" | "parent", _) => units().collect(),
        ("kind", _) => {
            [UnitKind::Internal, UnitKind::ChannelPartner].iter().map(|kind| (kind.name().to_owned(), String::new())).collect()
        }
        ("members" | "deputy", _) => users().collect(),
        ("assign" | "among" | "of", _) => writers().chain(teams("team:")).collect(),
        ("share", _) => plain(&[("round-robin", "who has waited longest for one"), ("least-loaded", "who has the most room")]),
        ("match", _) => plain(&[("region", "they work where the lead is"), ("language", "they speak a tag of the lead")]),
        ("on", _) => plain(&[
            ("created", "a lead is entered"),
            ("imported", "a lead comes in a file"),
            ("updated", "any field is changed"),
            ("updated:", "this field is changed"),
            ("reopened", "a closed lead is open again"),
            ("idle:30d", "nothing is done for 30 days"),
            ("by-hand", "somebody routes it"),
        ]),
        ("hours", _) => plain(&[("mon-fri 9:00-17:00", "")]),
        ("away", _) => plain(&[("today", ""), ("this-week", ""), ("next-week", "")]),
        ("due", _) => plain(&[("+2h", "in two hours"), ("today 17:00", ""), ("tomorrow 9:00", ""), ("+3d", "in three days")]),
        ("set", _) if begun.contains('=') => values(begun, env),
        ("set", _) => {
            let written = |field: &&crate::model::field::Field| field.access == crate::model::field::Access::Edit;
            let fields = env.catalog.lead.fields().iter().filter(written).filter(|field| field.name != "owner");
            fields.map(|field| (format!("{}=", field.name), field.label.to_owned())).collect()
        }
        ("tags", _) => env.catalog.tags.iter().map(|tag| (tag.clone(), String::new())).collect(),
        _ => Vec::new(),
    }
}
