//! Help while a filter is typed: what could be meant at the cursor, and which part of the text is what. Parses nothing.

use std::ops::Range;

use super::lexer::{Token, lex};
use super::offers::{fields, first, of_field};
use super::parser::LONGEST;
use super::path;
use crate::model::entity::Entity;
use crate::model::field::read::Reading;

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

/// The longest text that is looked at here, in bytes: no filter is as long, and it is looked at with every key.
const READ: usize = LONGEST * 4;

/// The parts of a text, in its order. Blanks are in none.
pub fn highlight(text: &str) -> Vec<(Range<usize>, TokenClass)> {
    let mut out = Vec::new();
    if text.len() > READ {
        return out;
    }
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
    if text.len() > READ {
        return Vec::new();
    }
    let tokens = lex(text);
    let place = tokens.iter().position(|l| l.span.start < cursor && cursor <= l.span.end);
    let Some(typed) = text.get(..cursor) else { return Vec::new() };
    let before = place.unwrap_or_else(|| tokens.iter().filter(|l| l.span.end <= cursor).count());
    // a parenthesis behind a path asks of linked records
    let mut entity = reading.entity;
    let mut outside = Vec::new();
    let mut ahead = None;
    for lexed in tokens.iter().take(before) {
        match &lexed.token {
            Token::Path(names) => ahead = along(entity, names),
            Token::Open => {
                outside.push((entity, ahead.is_some()));
                entity = ahead.take().unwrap_or(entity);
            }
            Token::Close => entity = outside.pop().map_or(entity, |(entity, _)| entity),
            _ => {}
        }
    }
    let here = Reading { entity, ..*reading };
    // in `account.ind` the field is one of accounts
    let is_linked = outside.iter().any(|(_, is_linked)| *is_linked);
    let of_name = |span: Range<usize>, behind: &str| {
        let name = &typed[span.start..];
        let offered = match name.rsplit_once('.') {
            Some((names, name)) => match along(entity, names) {
                Some(entity) => fields(cursor - name.len()..span.end, name, behind, &Reading { entity, ..here }),
                None => Vec::new(),
            },
            None => fields(span, name, behind, &here),
        };
        // linked records have no order
        let is_linked = is_linked || name.contains('.');
        offered.into_iter().filter(|c| !is_linked || !c.text.starts_with("sort")).collect()
    };
    let found = match place.and_then(|place| tokens.into_iter().nth(place)).map(|l| (l.span, l.token)) {
        Some((_, Token::Word(raw))) if !raw.is_quoted() => of_name(raw.span, ":"),
        Some((_, Token::Term { name_span, .. })) if cursor <= name_span.end => of_name(name_span, ""),
        Some((_, Token::Term { name, op, values, .. })) => {
            let (entity, name) = match name.rsplit_once('.') {
                Some((names, name)) => (along(entity, names), name),
                None => (Some(entity), name.as_str()),
            };
            let value = values.into_iter().find(|v| v.span.start <= cursor && cursor <= v.span.end);
            match (value, entity) {
                (Some(value), Some(entity)) => {
                    let typed = typed[value.span.start..].trim_start_matches(['"', '“', '„']);
                    of_field(name, op, value.span.clone(), typed, &Reading { entity, ..here })
                }
                _ => Vec::new(),
            }
        }
        Some((_, Token::And | Token::Or | Token::Not | Token::Word(_) | Token::Path(_))) => Vec::new(),
        _ => first(cursor, &here).into_iter().filter(|c| !is_linked || c.text != "sort:").collect(),
    };
    let already = |c: &Completion| text.get(c.replace.clone()) == Some(c.text.as_str());
    found.into_iter().filter(|c| !already(c)).collect()
}

/// Of which records is asked behind these names.
fn along(from: Entity, names: &str) -> Option<Entity> {
    names.split('.').try_fold(from, |entity, name| path::find(entity, name).map(|path| path.to))
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
            ("account.ind|", "account.industry:"),
            ("opportunity.status:w|", "opportunity.status:won"),
            ("x (opportunity.account.(ci|", "x (opportunity.account.(city:"),
            ("opportunity.(account.(x) stag|", "opportunity.(account.(x) stage:"),
            ("account.(is:mine) rat|", "account.(is:mine) rating:"),
            ("linked-|", "linked_account."),
            ("was:m|", "was:me"),
            ("unit:|", "unit:mine"),
            ("has:opp|", "has:opportunity"),
            ("no:next|", "no:next-step"),
            ("sort:ne|", "sort:next"),
            ("is:cl|", "is:closed"),
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
