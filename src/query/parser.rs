//! The grammar of filters: `or` binds least, then side by side or `and`, then `-` and `not`. Recursive descent, bounded in depth.

use std::ops::Range;

use super::ast::{Expr, Op, Operand, Query, SortKey};
use super::error::QueryError;
use super::lexer::{Lexed, Raw, Token, lex};
use super::{later, resolve, states};
use crate::model::field::read::Reading;
use crate::model::field::{FieldId, Kind};
use crate::model::fold::words;
use crate::model::nearest::nearest;
use crate::model::phone;

/// The longest filter in characters.
pub const LONGEST: usize = 4_000;
/// The most words and values in one filter.
pub const TERMS: usize = 200;
/// The most parentheses and negations inside each other.
pub const DEPTH: usize = 64;

/// The words before a colon that are no fields, with what they mean.
pub const SPECIAL: &[(&str, &str)] = &[
    ("is", "a state: mine, new, unassigned …"),
    ("has", "a field that is not empty"),
    ("no", "a field that is empty"),
    ("text", "words in its notes; quotes hold them together"),
    ("sort", "the order; - before a field turns it round"),
];

/// What is asked for behind `has:` and `no:` that is no field.
pub const NOTES: &[&str] = &["note", "notes"];

/// The longest text that is looked for in notes, in characters.
const LONGEST_TEXT: usize = 300;

/// Reads a filter. Nothing typed is every record. The error says what is wrong and where; nothing in it panics or takes long.
pub fn parse(text: &str, reading: &Reading<'_>) -> Result<Query, QueryError> {
    if text.chars().count() > LONGEST {
        return Err(QueryError::new(0..text.len(), format!("a filter has at most {LONGEST} characters")));
    }
    let mut parser = Parser { tokens: lex(text), at: 0, end: text.len(), reading, depth: 0, terms: 0, sort: Vec::new() };
    let filter = parser.any()?.unwrap_or_default();
    match parser.tokens.get(parser.at) {
        Some(rest) => Err(QueryError::new(rest.span.clone(), "there is no ( for this )")),
        None => Ok(Query { entity: reading.entity, filter, sort: parser.sort }),
    }
}

struct Parser<'a> {
    tokens: Vec<Lexed>,
    at: usize,
    end: usize,
    reading: &'a Reading<'a>,
    depth: usize,
    terms: usize,
    sort: Vec<SortKey>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|l| &l.token)
    }

    fn span(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.end..self.end, |l| l.span.clone())
    }

    fn wrong<T>(&self, span: Range<usize>, message: impl Into<String>) -> Result<T, QueryError> {
        Err(QueryError::new(span, message))
    }

    fn count(&mut self, span: &Range<usize>) -> Result<(), QueryError> {
        self.terms += 1;
        if self.terms > TERMS {
            return self.wrong(span.clone(), format!("a filter has at most {TERMS} words and values"));
        }
        Ok(())
    }

    /// Parts between `or`; none where there is no condition at all.
    fn any(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut parts = Vec::new();
        let first = self.all()?;
        if !matches!(self.peek(), Some(Token::Or)) {
            return Ok(first);
        }
        let missing = |span| QueryError::new(span, "a condition is missing beside this or");
        parts.push(first.ok_or_else(|| missing(self.span()))?);
        while matches!(self.peek(), Some(Token::Or)) {
            let or = self.span();
            self.at += 1;
            parts.push(self.all()?.ok_or_else(|| missing(or))?);
        }
        Ok(Some(Expr::or(parts)))
    }

    /// Conditions side by side.
    fn all(&mut self) -> Result<Option<Expr>, QueryError> {
        let mut parts = Vec::new();
        let mut found = false;
        loop {
            match self.peek() {
                None | Some(Token::Close | Token::Or) => break,
                Some(Token::And) => {
                    let and = self.span();
                    self.at += 1;
                    if !found || matches!(self.peek(), None | Some(Token::Close | Token::Or | Token::And)) {
                        return self.wrong(and, "a condition is missing beside this and");
                    }
                }
                Some(_) => {
                    if let Some(phone) = self.phone() {
                        let span = self.span();
                        self.count(&span)?;
                        parts.push(phone);
                    } else {
                        match self.one()? {
                            Some(part) => parts.push(part),
                            None => continue,
                        }
                    }
                    found = true;
                }
            }
        }
        Ok(found.then(|| Expr::and(parts)))
    }

    /// A telephone number that was typed with blanks.
    fn phone(&mut self) -> Option<Expr> {
        let figures = |lexed: &&Lexed| matches!(&lexed.token, Token::Word(raw) if !raw.is_quoted() && is_figures(&raw.text()));
        let words: Vec<String> = self.tokens[self.at..]
            .iter()
            .take_while(figures)
            .map(|lexed| if let Token::Word(raw) = &lexed.token { raw.text() } else { String::new() })
            .collect();
        let text = words.join(" ");
        if words.len() < 2 || !phone::looks_like(&text) {
            return None;
        }
        self.at += words.len();
        Some(Expr::Words(text))
    }

    /// One condition, perhaps negated or in parentheses; none for an order.
    fn one(&mut self) -> Result<Option<Expr>, QueryError> {
        let span = self.span();
        let Some(Lexed { token, .. }) = self.tokens.get(self.at).cloned() else {
            return self.wrong(span, "a condition is missing");
        };
        self.at += 1;
        match token {
            Token::Minus | Token::Not => {
                if matches!(self.peek(), None | Some(Token::Close | Token::And | Token::Or)) {
                    return self.wrong(span, "a condition is missing after this");
                }
                self.enter(&span)?;
                let inner = self.one()?;
                self.depth -= 1;
                match inner {
                    Some(inner) => Ok(Some(Expr::negated(inner))),
                    None => self.wrong(span, "an order cannot be negated; write sort:-field"),
                }
            }
            Token::Open => {
                self.enter(&span)?;
                let inner = self.any()?;
                self.depth -= 1;
                if !matches!(self.peek(), Some(Token::Close)) {
                    return self.wrong(span, "the ) for this ( is missing");
                }
                self.at += 1;
                match inner {
                    Some(inner) => Ok(Some(inner)),
                    None => self.wrong(span, "there is no condition in these parentheses"),
                }
            }
            Token::Word(raw) => {
                self.count(&span)?;
                word(&raw).map(Some)
            }
            Token::Term { name, name_span, op, op_span, values } => {
                self.count(&span)?;
                for value in &values {
                    if value.pieces.is_empty() {
                        return self.wrong(op_span.start..span.end, format!("a value is missing after {name}{}", op.text()));
                    }
                }
                self.term(&name, name_span, op, op_span, &values)
            }
            Token::Close | Token::And | Token::Or => self.wrong(span, "a condition is missing before this"),
        }
    }

    fn enter(&mut self, span: &Range<usize>) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return self.wrong(span.clone(), format!("more than {DEPTH} parentheses inside each other"));
        }
        Ok(())
    }

    fn term(
        &mut self,
        name: &str,
        name_span: Range<usize>,
        op: Op,
        op_span: Range<usize>,
        values: &[Raw],
    ) -> Result<Option<Expr>, QueryError> {
        if SPECIAL.iter().any(|(special, _)| *special == name) {
            if op != Op::Is {
                return self.wrong(op_span, format!("{name} is followed by a colon and a word"));
            }
            return match name {
                "is" => each(values, |v| states::is(v, self.reading)).map(|parts| Some(Expr::or(parts))),
                "has" => each(values, |v| states::has(name, v, self.reading)).map(|parts| Some(Expr::or(parts))),
                "no" => each(values, |v| states::no(v, self.reading)).map(|parts| Some(Expr::or(parts))),
                "text" => each(values, noted).map(|parts| Some(Expr::or(parts))),
                _ => self.order(values).map(|()| None),
            };
        }
        let id = field(name, name_span, self.reading)?;
        let field = self.reading.registry().field(id);
        let mut operands = Vec::new();
        for value in values {
            if op == Op::Is && value.pieces.len() == 1 && value.is_mark(0, '*') {
                return Ok(Some(Expr::Has(id)));
            }
            for operand in resolve::operands(field, op, value, self.reading)? {
                if operands.contains(&operand) {
                    continue;
                }
                // codes stand in one list, however many a star means
                if !operands.is_empty() && !matches!(operand, Operand::Code(_)) {
                    self.count(&value.span)?;
                }
                operands.push(operand);
            }
        }
        Ok(Some(Expr::Compare { field: id, op, values: operands }))
    }

    fn order(&mut self, values: &[Raw]) -> Result<(), QueryError> {
        for raw in values {
            let text = raw.text();
            let (descending, name) = match text.trim().strip_prefix('-') {
                Some(name) => (true, name),
                None => (false, text.trim()),
            };
            let id = field(name, raw.span.clone(), self.reading)?;
            let field = self.reading.registry().field(id);
            if matches!(field.kind, Kind::Tags | Kind::Linked(_) | Kind::Memo | Kind::Id) {
                return self.wrong(raw.span.clone(), format!("a list cannot be sorted by {}", field.label));
            }
            if !self.sort.iter().any(|key| key.field == id) {
                self.sort.push(SortKey { field: id, descending });
            }
        }
        Ok(())
    }
}

/// The field that a word names.
pub(super) fn field(name: &str, span: Range<usize>, reading: &Reading<'_>) -> Result<FieldId, QueryError> {
    let registry = reading.registry();
    if let Some(id) = registry.find(name) {
        return Ok(id);
    }
    if let Some(sentence) = later::field(name) {
        return Err(QueryError::new(span, sentence));
    }
    let names = registry.names().chain(SPECIAL.iter().map(|(special, _)| *special));
    let near = nearest(name, names);
    Err(QueryError::new(span, format!("there is no field {name}")).or_rather(near))
}

fn each(values: &[Raw], read: impl Fn(&Raw) -> Result<Expr, QueryError>) -> Result<Vec<Expr>, QueryError> {
    values.iter().map(read).collect()
}

/// Whether `text` has only what telephone numbers are written with.
pub(super) fn is_figures(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '/'))
}

/// Words that stand one after the other in a note; a star alone is any note.
fn noted(raw: &Raw) -> Result<Expr, QueryError> {
    if raw.pieces.len() == 1 && raw.is_mark(0, '*') {
        return Ok(Expr::Notes(String::new()));
    }
    if raw.pieces.len() > LONGEST_TEXT {
        return Err(QueryError::new(raw.span.clone(), format!("a value has at most {LONGEST_TEXT} characters")));
    }
    let words = words(&raw.text());
    if words.is_empty() {
        return Err(QueryError::new(raw.span.clone(), "a word is missing; any note at all is found by has:note"));
    }
    Ok(Expr::Notes(words.join(" ")))
}

/// A word to be searched. One without letters and digits finds everything, so that `Smith & Co` finds what it names.
fn word(raw: &Raw) -> Result<Expr, QueryError> {
    let mut length = raw.pieces.len();
    while length > 0 && raw.is_mark(length - 1, '*') {
        length -= 1;
    }
    let text = raw.part(0, length).text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if length > 1 && raw.is_mark(0, '*') {
        let end = text.trim_start_matches('*');
        let message = format!("a word is found by its beginning; write name:*{end} to find an end");
        return Err(QueryError::new(raw.span.clone(), message));
    }
    Ok(if resolve::search_words(&text).iter().all(String::is_empty) { Expr::All } else { Expr::Words(text) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalog::Catalog;
    use crate::model::locale::Locale;
    use crate::model::people::{Role, Team, User};
    use crate::model::zone::Zone;
    use crate::query::print;

    fn with<T>(country: &str, run: impl FnOnce(&Reading<'_>) -> T) -> T {
        let mut catalog = Catalog::shipped();
        let user = |number, login: &str| User {
            number,
            login: login.into(),
            name: String::new(),
            role: Role::Seller,
            active: true,
            unit: 1,
            work: crate::model::people::Work::default(),
        };
        catalog.people.users = vec![user(1, "ana"), user(2, "bo")];
        catalog.people.teams = vec![Team { number: 1, name: "North West".into(), unit: 1, members: vec![1], queue: false }];
        let locale = Locale::of(country);
        // Monday 23 November 2026, 11:30 UTC
        run(&Reading {
            entity: crate::model::entity::Entity::Lead,
            catalog: &catalog,
            locale: &locale,
            zone: Zone::Utc,
            now: 1_795_433_400_000_000,
            me: 1,
        })
    }

    /// The canonical text of a filter, which shows how it was read.
    fn canonical(country: &str, text: &str) -> String {
        with(country, |reading| match parse(text, reading) {
            Ok(query) => {
                let printed = print(&query, reading);
                assert_eq!(parse(&printed, reading).as_ref(), Ok(&query), "{text} → {printed}");
                printed
            }
            Err(error) => format!("{}..{}: {error}", error.span.start, error.span.end),
        })
    }

    #[test]
    fn filters_are_read() {
        for (text, read) in [
            ("", ""),
            (" ann  lee ", "ann lee"),
            ("Smith & Co", "Smith Co"),
            ("status:open source:web,partner", "status:open source:web,partner"),
            ("rating>=warm owner:me", "rating>=warm owner:ana"),
            ("value>10k created>-30d", "estimated_value>10000 created_at>2026-10-24"),
            ("company:\"Fourth Coffee\" or email:*@fourthcoffee.com", "company:\"fourth coffee\" or email:*@fourthcoffee.com"),
            ("is:mine -is:new not is:draft", "is:mine -is:new -is:draft"),
            ("is:late is:today", "is:late is:today"),
            ("no:contact>30d", "no:last_contact_at or last_contact_at<2026-10-24"),
            ("has:activity no:next-step", "has:last_activity_at -open_activities>=1"),
            ("due<tomorrow sort:next", "next_due_at<2026-11-24 sort:next_due_at"),
            ("is:mine,unassigned x", "(is:mine or is:unassigned) x"),
            ("closes:this-quarter", "estimated_close_date:2026-10-01..2026-12-31"),
            ("created:2026-11 created<=2026-11", "created_at:2026-11-01..2026-11-30 created_at<=2026-11-30"),
            ("created:today..", "created_at:2026-11-23.."),
            ("employees:50..500", "employees:50..500"),
            ("owner:team:\"north west\"", "owner:\"team:North West\""),
            ("sort:-value,name x sort:created", "x sort:-estimated_value,name,created_at"),
            ("has:phone,email no:company", "(has:phone or has:email) no:company"),
            ("not (a or b) and c", "-(a or b) c"),
            ("--a", "a"),
            ("phone:*0100 phone:+46*", "phone:*0100 phone:46*"),
            ("(650) 867-3450", "\"650\" \"867-3450\""),
            ("+1 555 0100 ann", "\"+1 555 0100\" ann"),
            ("\"555\" \"0100\"", "\"555\" \"0100\""),
            ("source:trade*,*referral", "source:trade-show,employee-referral,external-referral"),
            ("rating:warm..hot", "rating:hot,warm"),
            ("country:DE,Narnia", "country:de,narnia"),
            ("email:* topic:*", "has:email has:topic"),
            ("number:L-5..10 tag:#expo", "number:L-5..L-10 tags:expo"),
            ("ann* \"a:b\" 'x", "ann \"a:b\" 'x"),
            ("* or x", "* or x"),
            ("city=York", "city:york"),
        ] {
            assert_eq!(canonical("US", text), read, "{text}");
        }
        assert_eq!(
            canonical("DE", "value>1.234,50 value>1,5k value:1.500"),
            "estimated_value>1234.50 estimated_value>1500 estimated_value:1500"
        );
        assert_eq!(canonical("DE", "created>3.4.2026"), "created_at>2026-04-03");
        assert_eq!(canonical("US", "created>3/4/2026"), "created_at>2026-03-04");
    }

    #[test]
    fn mistakes_have_their_place_and_a_word_that_was_meant() {
        for (text, error) in [
            ("ann statsu:open", "4..10: there is no field statsu; did you mean status?"),
            ("source:wbe", "7..10: Lead Source does not know “wbe”; did you mean web?"),
            ("rating:great", "7..12: Rating does not know “great”; it can be hot, warm, cold"),
            ("is:shared", "3..9: is:shared needs filtering by shares, which this version does not have"),
            ("was:me", "0..3: was needs the list of former owners, which this version does not have"),
            ("no:contact>soon", "3..15: “soon” is no age; write it as 30d, 2w or 3mo"),
            ("no:phone>30d", "3..12: no:phone has no age; only no:contact>30d and no:activity>30d have one"),
            (
                "account.industry:retail",
                "0..16: account.industry needs filtering by the account's fields, which this version does not have",
            ),
            ("sort:unit", "5..9: unit needs business units in filters, which this version does not have"),
            ("is:open", "3..7: is: does not know “open”; write status:open"),
            (
                "is:mien",
                "3..7: is: does not know “mien”; it takes mine, unassigned, new, late, today, draft, incomplete, deleted; did you mean mine?",
            ),
            ("source:", "6..7: a value is missing after source:"),
            ("a or", "2..4: a condition is missing beside this or"),
            ("or a", "0..2: a condition is missing beside this or"),
            ("(a", "0..1: the ) for this ( is missing"),
            ("a)", "1..2: there is no ( for this )"),
            ("()", "0..1: there is no condition in these parentheses"),
            ("-sort:name", "0..1: an order cannot be negated; write sort:-field"),
            ("sort:tags", "5..9: a list cannot be sorted by Tags"),
            ("value>10k,5x", "6..12: “10k,5x” is no number; write it as 40000, 1234.50 or 40k"),
            ("value:10..5", "6..11: the range ends before it begins"),
            ("value:..", "6..8: both ends of the range are missing"),
            ("value>\"10k EUR\"", "6..15: amounts are compared without a currency; write it as currency:eur"),
            ("owner>ana", "6..9: Owner has no order; write owner:value"),
            ("created:blursday", "8..16: “blursday” is not understood as a date; did you mean thursday?"),
            ("created:xyz", "8..11: “xyz” is not understood as a date; write it as 2026-11-23, 23 Nov, tomorrow, fri 9am or +2w"),
            ("phone:abc", "6..9: “abc” has no digits; a phone number is found by them"),
            ("*lee", "0..4: a word is found by its beginning; write name:*lee to find an end"),
            ("company:\"\"", "7..10: a value is missing after company:"),
            ("company:\" \"", "8..11: a text is missing; what has none is found by no:company"),
        ] {
            assert_eq!(canonical("US", text), error, "{text}");
        }
    }

    #[test]
    fn limits_hold() {
        let deep = format!("{}a{}", "(".repeat(65), ")".repeat(65));
        assert!(canonical("US", &deep).contains("more than 64"));
        assert!(canonical("US", &"a ".repeat(201)).contains("at most 200"));
        assert!(canonical("US", &"a".repeat(4001)).contains("at most 4000"));
        assert!(canonical("US", &format!("city:{}", "a".repeat(301))).contains("at most 300"));
    }
}
