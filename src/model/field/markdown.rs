//! The table of fields that README shows, made from the registry. Writes no file.

use std::fmt::Write;

use super::{Access, Field, Group, Kind, Registry};
use crate::model::choice::{Choices, Set};

/// Sets with more choices than this are named, not listed.
const LISTED: usize = 8;

/// A Markdown table of all fields: the name for filters, columns, `set`, CSV and JSON, the label, what it takes, other names.
pub fn markdown(registry: &Registry) -> String {
    let choices = Choices::shipped();
    let mut text = String::from("| field | label | takes | also called |\n|---|---|---|---|\n");
    for group in Group::ALL {
        let mut fields = registry.fields().iter().filter(|field| field.group == *group).peekable();
        if fields.peek().is_some() {
            let _ = writeln!(text, "| | **{}** | | |", group.label());
        }
        for field in fields {
            let also: Vec<String> = field.synonyms.iter().map(|name| format!("`{name}`")).collect();
            let _ = writeln!(text, "| `{}` | {} | {} | {} |", field.name, field.label, takes(field, &choices), also.join(" "));
        }
    }
    text
}

/// What a field takes, and who writes it where that is not the person.
fn takes(field: &Field, choices: &Choices) -> String {
    let kind = match field.kind {
        Kind::Text => format!("text, {}", field.max),
        Kind::Memo if field.max == 0 => "lines of text".to_owned(),
        Kind::Memo => format!("lines of text, {}", field.max),
        Kind::Email => "e-mail address".to_owned(),
        Kind::Phone => "phone number".to_owned(),
        Kind::Url => "web address".to_owned(),
        Kind::Choice(set) => choice(set, choices),
        Kind::Money => "amount".to_owned(),
        Kind::Currency => "code of a currency".to_owned(),
        Kind::Int => format!("whole number up to {}", field.most),
        Kind::Degree => "degrees".to_owned(),
        Kind::Flag { yes, no } => format!("`{no}` or `{yes}`"),
        Kind::Date => "day".to_owned(),
        Kind::Instant => "moment".to_owned(),
        Kind::Owner => "user or team".to_owned(),
        Kind::User => "user".to_owned(),
        Kind::Tags => "tags".to_owned(),
        Kind::Lookup(entity) => format!("number of a record, as `{}`", entity.numbered(17)),
        Kind::Number(entity) => format!("number of a record, as `{}`", entity.numbered(1042)),
        Kind::Linked(entity) => format!("names of linked {}", entity.plural()),
        Kind::Record => "number of a record of any kind, as `L-1042`".to_owned(),
        Kind::Id => "UUID".to_owned(),
    };
    let needed = if field.required { "; needed" } else { "" };
    let kept = match field.access {
        Access::Edit => "",
        Access::Import => "; set by imports alone",
        Access::System => "; kept by the program",
    };
    format!("{kind}{needed}{kept}")
}

fn choice(set: Set, choices: &Choices) -> String {
    let all = choices.all(set);
    let more = if set.is_open() { ", or one of your own" } else { "" };
    if all.is_empty() || all.len() > LISTED {
        return format!(
            "one of a list ({}{more})",
            if all.is_empty() { "empty at first".into() } else { format!("{} shipped", all.len()) }
        );
    }
    let words: Vec<String> = all.iter().map(|choice| format!("`{}`", choice.slug)).collect();
    format!("{}{more}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_one_line() {
        let registry = Registry::lead();
        let text = markdown(&registry);
        for field in registry.fields() {
            assert_eq!(
                text.lines().filter(|line| line.starts_with(&format!("| `{}` |", field.name))).count(),
                1,
                "{}",
                field.name
            );
        }
        assert!(text.lines().all(|line| line.matches('|').count() == 5), "{text}");
        assert!(text.contains("| `rating` | Rating | `hot` `warm` `cold` | `quality` |"), "{text}");
    }
}
