//! Help while a filter is typed: what could be meant at the cursor, and which part of the text is what. Parses nothing.

use std::ops::Range;

use super::ast::{IsKind, Op};
use super::lexer::{Token, lex};
use super::parser::SPECIAL;
use super::print::quote;
use crate::model::dates::{parse_period, show_date};
use crate::model::field::read::Reading;
use crate::model::field::{Field, Kind, options};
use crate::model::fold::fold;
use crate::model::zone;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What it replaces, in bytes of the text.
    pub replace: Range<usize>,
    /// What it puts there.
    pub text: String,
    /// What it means.
    pub help: String,
}

/// What a part of a filter is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenClass {
    /// A word that is searched.
    Word,
    /// The field of a comparison, or `is`, `has`, `no`, `sort`.
    Field,
    /// `:`, `>` and the like, and `-` before a condition.
    Operator,
    /// What a field is compared with.
    Value,
    /// `and`, `or`, `not`.
    Keyword,
    /// A parenthesis.
    Paren,
}

/// The fields that are offered before anything is typed.
const FIRST: &[&str] = &["is", "status", "owner", "rating", "source", "created_at", "tags", "text", "sort"];

/// The words that are offered for days, those that lists are asked for most first.
const DAYS: &[&str] = &[
    "today",
    "this-week",
    "last-week",
    "this-month",
    "last-month",
    "this-quarter",
    "last-quarter",
    "this-year",
    "last-year",
    "yesterday",
    "tomorrow",
    "next-week",
    "next-month",
    "next-quarter",
    "next-year",
    "-7d",
    "-30d",
    "-90d",
];

/// The parts of a text, in its order. Blanks are in none.
pub fn highlight(text: &str) -> Vec<(Range<usize>, TokenClass)> {
    let mut out = Vec::new();
    for lexed in lex(text) {
        match lexed.token {
            Token::Open | Token::Close => out.push((lexed.span, TokenClass::Paren)),
            Token::And | Token::Or | Token::Not => out.push((lexed.span, TokenClass::Keyword)),
            Token::Minus => out.push((lexed.span, TokenClass::Operator)),
            Token::Word(_) => out.push((lexed.span, TokenClass::Word)),
            Token::Path(_) => out.push((lexed.span, TokenClass::Field)),
            Token::Term { name_span, op_span, .. } => {
                let rest = op_span.end..lexed.span.end;
                out.push((name_span, TokenClass::Field));
                out.push((op_span, TokenClass::Operator));
                if !rest.is_empty() {
                    out.push((rest, TokenClass::Value));
                }
            }
        }
    }
    out
}

/// What could be typed at `cursor` (in bytes), the likeliest first; what stands there already is not offered.
pub fn complete(text: &str, cursor: usize, reading: &Reading<'_>) -> Vec<Completion> {
    let at_cursor = lex(text).into_iter().find(|l| l.span.start < cursor && cursor <= l.span.end);
    let Some(typed) = text.get(..cursor) else { return Vec::new() };
    let found = match at_cursor.map(|l| l.token) {
        Some(Token::Word(raw)) if !raw.is_quoted() => fields(raw.span.clone(), &typed[raw.span.start..], ":", reading),
        Some(Token::Term { name_span, .. }) if cursor <= name_span.end => {
            fields(name_span.clone(), &typed[name_span.start..], "", reading)
        }
        Some(Token::Term { name, op, values, .. }) => {
            match values.into_iter().find(|v| v.span.start <= cursor && cursor <= v.span.end) {
                Some(value) => {
                    let typed = typed[value.span.start..].trim_start_matches(['"', '“', '„']);
                    of_field(&name, op, value.span.clone(), typed, reading)
                }
                None => Vec::new(),
            }
        }
        Some(Token::And | Token::Or | Token::Not | Token::Word(_)) => Vec::new(),
        _ => first(cursor, reading),
    };
    let already = |c: &Completion| text.get(c.replace.clone()) == Some(c.text.as_str());
    found.into_iter().filter(|c| !already(c)).collect()
}

fn first(cursor: usize, reading: &Reading<'_>) -> Vec<Completion> {
    let offer = |name: &&str| Completion { replace: cursor..cursor, text: format!("{name}:"), help: meaning(name, reading) };
    FIRST.iter().map(offer).collect()
}

fn meaning(name: &str, reading: &Reading<'_>) -> String {
    match SPECIAL.iter().find(|(special, _)| *special == name) {
        Some((_, help)) => (*help).into(),
        None => reading.registry().find(name).map_or_else(String::new, |id| reading.registry().field(id).label.into()),
    }
}

/// Fields whose name, synonym or label begins with what is typed, and the words that are no fields.
fn fields(replace: Range<usize>, typed: &str, behind: &str, reading: &Reading<'_>) -> Vec<Completion> {
    let typed = typed.to_lowercase().replace(' ', "_");
    let special = SPECIAL.iter().map(|(name, _)| *name).filter(|name| name.starts_with(&typed));
    let mut names: Vec<&str> = special.collect();
    names.extend(named(&typed, reading));
    let offer =
        |name: &str| Completion { replace: replace.clone(), text: format!("{name}{behind}"), help: meaning(name, reading) };
    names.into_iter().map(offer).collect()
}

/// Names of fields: those that begin so, then those of which a synonym or a part of the name does.
fn named(typed: &str, reading: &Reading<'_>) -> Vec<&'static str> {
    let all = reading.registry().fields();
    let mut names: Vec<&'static str> = all.iter().map(|f| f.name).filter(|name| name.starts_with(typed)).collect();
    if typed.is_empty() {
        return names;
    }
    for field in all {
        let other = field.synonyms.iter().any(|s| s.starts_with(typed)) || field.name.split('_').any(|p| p.starts_with(typed));
        if other && !names.contains(&field.name) {
            names.push(field.name);
        }
    }
    names
}

fn of_field(name: &str, op: Op, replace: Range<usize>, typed: &str, reading: &Reading<'_>) -> Vec<Completion> {
    match name {
        "is" => IsKind::ALL
            .iter()
            .filter(|kind| kind.name().starts_with(&typed.to_lowercase()))
            .map(|kind| Completion { replace: replace.clone(), text: kind.name().into(), help: kind.help().into() })
            .collect(),
        "has" | "no" => {
            let small = typed.to_ascii_lowercase();
            let own = [("file", "an attached file"), ("note", "a note")].into_iter().filter(|(word, _)| word.starts_with(&small));
            let own = own.map(|(word, help)| Completion { replace: replace.clone(), text: word.into(), help: help.into() });
            let fields = fields(replace.clone(), typed, "", reading).into_iter().filter(|c| !is_special(&c.text));
            own.chain(fields).collect()
        }
        "sort" => {
            let bare = typed.trim_start_matches('-');
            let inner = replace.start + (typed.len() - bare.len())..replace.end;
            fields(inner, bare, "", reading).into_iter().filter(|c| !is_special(&c.text)).collect()
        }
        _ => match reading.registry().find(name) {
            Some(id) => values(reading.registry().field(id), op, &replace, typed, reading),
            None => Vec::new(),
        },
    }
}

fn is_special(name: &str) -> bool {
    SPECIAL.iter().any(|(special, _)| *special == name)
}

fn values(field: &Field, op: Op, replace: &Range<usize>, typed: &str, reading: &Reading<'_>) -> Vec<Completion> {
    let offer = |text: String, help: String| Completion { replace: replace.clone(), text, help };
    let wanted = fold(typed);
    match field.kind {
        Kind::Date | Kind::Instant => {
            // behind .. the end of the range is typed
            let (kept, wanted) = match typed.rsplit_once("..").filter(|_| op == Op::Is) {
                Some((from, end)) => (format!("{from}.."), fold(end)),
                None => (String::new(), wanted),
            };
            let words = DAYS.iter().filter(|word| word.starts_with(&wanted));
            words.map(|word| offer(format!("{kept}{word}"), days(word, reading))).collect()
        }
        Kind::Tags => {
            let wanted = wanted.trim_start_matches('#').to_owned();
            let known = reading.catalog.tags.iter().filter(|tag| fold(tag).starts_with(&wanted));
            known.map(|tag| offer(quote(tag), "a tag".into())).collect()
        }
        Kind::Currency if fold(&reading.locale.currency).starts_with(&wanted) => {
            vec![offer(reading.locale.currency.to_lowercase(), "the currency of new records".into())]
        }
        Kind::Choice(_) | Kind::Flag { .. } | Kind::Owner | Kind::User => {
            let mut all = options::of(field, reading.catalog);
            if matches!(field.kind, Kind::Owner | Kind::User) {
                let me = options::Choosable { code: reading.me, word: "me".into(), label: "myself".into(), active: true };
                all.insert(0, me);
            }
            let begins = |o: &options::Choosable| fold(&o.word).starts_with(&wanted) || fold(&o.label).starts_with(&wanted);
            let inside = |o: &options::Choosable| fold(&o.label).split(' ').skip(1).any(|word| word.starts_with(&wanted));
            let (first, rest): (Vec<_>, Vec<_>) = all.into_iter().filter(|o| begins(o) || inside(o)).partition(begins);
            first.into_iter().chain(rest).map(|o| offer(quote(&o.word), o.label)).collect()
        }
        _ => Vec::new(),
    }
}

/// The days that a word means: `16 Nov – 22 Nov`.
fn days(word: &str, reading: &Reading<'_>) -> String {
    let Ok(period) = parse_period(word, zone::date(reading.today()), reading.locale) else { return String::new() };
    let (start, end) = (zone::days(period.start), zone::days(period.end_exclusive) - 1);
    let today = reading.today();
    if start == end { show_date(start, today) } else { format!("{} – {}", show_date(start, today), show_date(end, today)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;
    use crate::model::locale::Locale;
    use crate::model::people::{Role, User};
    use crate::model::zone::Zone;

    /// The first three offers where `|` stands, put into the text.
    fn offers(marked: &str) -> Vec<String> {
        let mut catalog = Catalog::shipped();
        let user = User::new(1, "maria", "Maria Roth", Role::Seller);
        catalog.people.users = vec![user];
        catalog.tags = vec!["expo".into(), "cold call".into()];
        let locale = Locale::of("US");
        let reading = Reading {
            entity: crate::model::entity::Entity::Lead,
            catalog: &catalog,
            locale: &locale,
            zone: Zone::Utc,
            now: 1_795_433_400_000_000,
            me: 1,
        };
        let cursor = marked.find('|').expect("a cursor");
        let text = marked.replace('|', "");
        let put = |c: Completion| {
            let mut whole = text.clone();
            whole.replace_range(c.replace, &c.text);
            whole
        };
        complete(&text, cursor, &reading).into_iter().take(3).map(put).collect()
    }

    #[test]
    fn fields_and_values_are_completed() {
        for (marked, first) in [
            ("stat|", "status:"),
            ("ann sour|", "ann source:"),
            ("-ra|", "-rating:"),
            ("rea|", "status_reason:"),
            ("st|:open", "status:open"),
            ("source:w|", "source:web"),
            ("source:web,tr|", "source:web,trade-show"),
            ("source:\"tra|", "source:trade-show"),
            ("owner:m|", "owner:me"),
            ("owner:roth|", "owner:maria"),
            ("is:m|", "is:mine"),
            ("has:em|", "has:email"),
            ("sort:-val|", "sort:-estimated_value"),
            ("created>last-m|", "created>last-month"),
            ("closes:today..next-q|", "closes:today..next-quarter"),
            ("tag:c|", "tag:\"cold call\""),
            ("do_not_phone:|", "do_not_phone:yes"),
            ("|", "is:"),
        ] {
            assert_eq!(offers(marked).first().map(String::as_str), Some(first), "{marked}");
        }
        for nothing in ["\"stat|", "colour:r|", "zzz|", "company:con|", "is:mine|"] {
            assert!(offers(nothing).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn every_part_has_its_class() {
        let text = "ann -(source:\"web x\",b or is:)";
        let parts: Vec<(&str, TokenClass)> = highlight(text).into_iter().map(|(at, class)| (&text[at], class)).collect();
        use TokenClass::*;
        assert_eq!(
            parts,
            [
                ("ann", Word),
                ("-", Operator),
                ("(", Paren),
                ("source", Field),
                (":", Operator),
                ("\"web x\",b", Value),
                ("or", Keyword),
                ("is", Field),
                (":", Operator),
                (")", Paren),
            ]
        );
    }
}
