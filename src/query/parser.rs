//! The grammar of filters: `or` binds least, then side by side or `and`, then `-` and `not`. Recursive descent, bounded in depth.

use std::ops::Range;

use super::ast::{Expr, Next, Op, Operand, Query, SortKey};
use super::error::QueryError;
use super::lexer::{self, Lexed, Raw, Token, lex};
use super::path::{self, Path};
use super::{resolve, states};
use crate::model::entity::Entity;
use crate::model::field::read::Reading;
use crate::model::field::{Field, FieldId, Kind};
use crate::model::fold::words;
use crate::model::nearest::nearest;
use crate::model::phone;

/// The longest filter in characters.
pub const LONGEST: usize = 4_000;
/// The most words and values in one filter.
pub const TERMS: usize = 200;
/// The most parentheses and negations inside each other.
pub const DEPTH: usize = 64;

/// The most steps to linked records inside each other.
pub const STEPS: usize = 4;

/// The words before a colon that are no fields, with what they mean.
pub const SPECIAL: &[(&str, &str)] = &[
    ("is", "a state: mine, new, unassigned …"),
    ("has", "a field that is not empty, a note, a file, a request …"),
    ("no", "a field that is empty; no:contact>30d: none for so long"),
    ("text", "words in its notes; quotes hold them together"),
    ("was", "an owner who once had it"),
    ("unit", "the business unit of its owner; <= with those below"),
    ("sort", "the order; - before a field turns it round"),
];

/// What is asked for behind `has:` and `no:` that is no field.
pub const NOTES: &[&str] = &["note", "notes"];

/// The longest text that is looked for in notes, in characters.
const LONGEST_TEXT: usize = 300;

/// Reads a filter. Nothing typed is every record. The error says what is wrong and where; nothing in it panics or takes long.
pub fn parse(text: &str, reading: &Reading<'_>) -> Result<Query, QueryError> {
    met(text, reading).map(|(query, _)| query)
}

/// A comparison as it stands in the text.
pub(super) struct Met {
    /// The kind of the records that it asks about.
    pub entity: Entity,
    /// What stands before the sign, without the steps to those records.
    pub name: String,
    /// The sign.
    pub op: Op,
    /// The values.
    pub values: Vec<Raw>,
}

/// Like [`parse`], with the comparisons in the order in which they stand.
pub(super) fn met(text: &str, reading: &Reading<'_>) -> Result<(Query, Vec<Met>), QueryError> {
    if text.chars().count() > LONGEST {
        return Err(QueryError::new(0..text.len(), format!("a filter has at most {LONGEST} characters")));
    }
    let (tokens, end) = (lex(text), text.len());
    let (sort, met) = (Vec::new(), Vec::new());
    let mut parser = Parser { tokens, at: 0, end, reading: *reading, depth: 0, terms: 0, steps: 0, sort, met };
    let filter = parser.any()?.unwrap_or_default();
    match parser.tokens.get(parser.at) {
        Some(rest) => Err(QueryError::new(rest.span.clone(), "there is no ( for this )")),
        None => Ok((Query { entity: reading.entity, filter, sort: parser.sort }, parser.met)),
    }
}

/// Reads a filter that is not being typed any more, so that no quote in it may be open.
pub fn parse_whole(text: &str, reading: &Reading<'_>) -> Result<Query, QueryError> {
    let query = parse(text, reading)?;
    match lexer::unclosed(text) {
        Some(at) => Err(QueryError::new(at..text.len(), "the quote that begins here is not closed")),
        None => Ok(query),
    }
}

struct Parser<'a> {
    tokens: Vec<Lexed>,
    at: usize,
    end: usize,
    /// How values are read; its kind is that of the records asked of where the parser stands.
    reading: Reading<'a>,
    depth: usize,
    terms: usize,
    /// How many steps from the listed records it stands.
    steps: usize,
    sort: Vec<SortKey>,
    /// The comparisons so far.
    met: Vec<Met>,
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
        let mut signs = None;
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
                Some(Token::Word(raw)) if is_signs(raw) => {
                    let (text, span) = (raw.text(), raw.span.clone());
                    self.count(&span)?;
                    self.at += 1;
                    signs.get_or_insert((text, span));
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
        match signs {
            Some((text, span)) if !found => Err(no_word(&text, span)),
            _ => Ok(found.then(|| Expr::and(parts))),
        }
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
            Token::Open => self.parenthesis(span).map(Some),
            Token::Path(names) => {
                self.count(&span)?;
                let open = self.span();
                self.at += 1;
                self.along(&names, span.start, |parser| parser.parenthesis(open)).map(Some)
            }
            Token::Word(raw) => {
                self.count(&span)?;
                if is_signs(&raw) { Err(no_word(&raw.text(), span)) } else { word(&raw).map(Some) }
            }
            Token::Term { name, name_span, op, negated, op_span, values } => {
                self.count(&span)?;
                let sign = if negated { "!=" } else { op.text() };
                for value in &values {
                    if value.pieces.is_empty() {
                        return self.wrong(op_span.start..span.end, format!("a value is missing after {name}{sign}"));
                    }
                    if ['!', '<', '>', '='].iter().any(|mark| value.is_mark(0, *mark)) {
                        let message = "a sign stands once, before all values; quotes take its meaning from it";
                        return self.wrong(value.span.clone(), message);
                    }
                }
                if negated && name == "sort" {
                    return self.wrong(op_span, "an order cannot be negated; write sort:-field");
                }
                let negate = |inner: Expr| if negated { Expr::negated(inner) } else { inner };
                let Some((path, name)) = name.rsplit_once('.') else {
                    return self.term("", &name, name_span, op, op_span, &values).map(|inner| inner.map(negate));
                };
                let name_span = name_span.start + path.len() + 1..name_span.end;
                let steps = format!("{path}.");
                self.along(path, span.start, |parser| match parser.term(&steps, name, name_span, op, op_span, &values)? {
                    Some(inner) => Ok(inner),
                    None => parser.wrong(span.clone(), "a condition is missing after this"),
                })
                .map(|inner| Some(negate(inner)))
            }
            Token::Close | Token::And | Token::Or => self.wrong(span, "a condition is missing before this"),
        }
    }

    /// What stands between the parenthesis at `span`, which is passed, and the one that closes it.
    fn parenthesis(&mut self, span: Range<usize>) -> Result<Expr, QueryError> {
        self.enter(&span)?;
        let inner = self.any()?;
        self.depth -= 1;
        if !matches!(self.peek(), Some(Token::Close)) {
            return self.wrong(span, "the ) for this ( is missing");
        }
        self.at += 1;
        inner.ok_or_else(|| QueryError::new(span, "there is no condition in these parentheses"))
    }

    /// What `read` reads, asked of the records to which these names lead one after the other; the first begins at `start`.
    fn along(
        &mut self,
        names: &str,
        start: usize,
        read: impl FnOnce(&mut Self) -> Result<Expr, QueryError>,
    ) -> Result<Expr, QueryError> {
        let (entity, depth, steps) = (self.reading.entity, self.depth, self.steps);
        let mut paths = Vec::new();
        let mut at = start;
        for name in names.split('.') {
            let span = at..at + name.len();
            at = span.end + 1;
            self.enter(&span)?;
            self.steps += 1;
            if self.steps > STEPS {
                return self.wrong(span, format!("more than {STEPS} steps from record to record"));
            }
            let path = way(name, span, &self.reading)?;
            self.reading.entity = path.to;
            paths.push(path);
        }
        let inner = read(self)?;
        (self.reading.entity, self.depth, self.steps) = (entity, depth, steps);
        Ok(paths.into_iter().rev().fold(inner, |inner, path| Expr::linked(path, inner)))
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
        steps: &str,
        name: &str,
        name_span: Range<usize>,
        op: Op,
        op_span: Range<usize>,
        values: &[Raw],
    ) -> Result<Option<Expr>, QueryError> {
        self.met.push(Met { entity: self.reading.entity, name: name.to_owned(), op, values: values.to_vec() });
        if SPECIAL.iter().any(|(special, _)| *special == name) {
            if name == "unit" {
                return states::unit(op, op_span, values, &self.reading).map(Some);
            }
            if op != Op::Is {
                return self.wrong(op_span, format!("{name} is followed by a colon and a word"));
            }
            return match name {
                "is" => each(values, |v| states::is(v, &self.reading)).map(|parts| Some(Expr::or(parts))),
                "has" => each(values, |v| states::has(v, &self.reading)).map(|parts| Some(Expr::or(parts))),
                "no" => each(values, |v| states::no(v, &self.reading)).map(|parts| Some(Expr::or(parts))),
                "was" => states::was(values, &self.reading).map(Some),
                "text" => each(values, noted).map(|parts| Some(Expr::or(parts))),
                _ if self.steps > 0 => self.wrong(name_span, "an order is one of the list itself; write sort: outside"),
                _ => self.order(values).map(|()| None),
            };
        }
        let id = field(name, name_span, &self.reading).map_err(|error| match beside(name, &self.reading) {
            Some(there) => error.or_rather(Some(there)),
            None => error,
        })?;
        let field = self.reading.registry().field(id);
        let mut operands = Vec::new();
        for value in values {
            if op == Op::Is && value.pieces.len() == 1 && value.is_mark(0, '*') {
                return Ok(Some(Expr::Has(id)));
            }
            for operand in resolve::operands(field, steps, op, value, &self.reading)? {
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
            if name.is_empty() {
                return self.wrong(raw.span.clone(), "a field is missing; write sort:-created");
            }
            if self.sort.iter().any(|key| key.next.is_some()) {
                return self.wrong(raw.span.clone(), "sort:next is the whole order; nothing stands beside it");
            }
            if name == "next" && self.reading.entity == Entity::Lead {
                if descending || !self.sort.is_empty() {
                    let message = "sort:next begins with what is to be worked first and stands alone; sort:due is by the day";
                    return self.wrong(raw.span.clone(), message);
                }
                let today = self.reading.zone.day_start(self.reading.today());
                let field = self.reading.registry().id("next_due_at");
                let next = Next { now: self.reading.now, today, fast: self.reading.catalog.fast_sources };
                self.sort.push(SortKey { field, descending: false, next: Some(next) });
                continue;
            }
            let id = field(name, raw.span.clone(), &self.reading)?;
            let field = self.reading.registry().field(id);
            if !is_sortable(field) {
                return self.wrong(raw.span.clone(), format!("a list cannot be sorted by {}", field.label));
            }
            if !self.sort.iter().any(|key| key.field == id) {
                self.sort.push(SortKey::by(id, descending));
            }
        }
        Ok(())
    }
}

/// Whether a list can be sorted by a field.
pub(super) const fn is_sortable(field: &Field) -> bool {
    !matches!(field.kind, Kind::Tags | Kind::Linked(_) | Kind::Memo | Kind::Id)
}

/// The path that a word names.
fn way(name: &str, span: Range<usize>, reading: &Reading<'_>) -> Result<&'static Path, QueryError> {
    if let Some(path) = path::find(reading.entity, name) {
        return Ok(path);
    }
    let names: Vec<&str> = path::of(reading.entity).map(|path| path.name).collect();
    let plural = reading.entity.plural();
    let message = if names.is_empty() {
        format!("nothing leads from {plural} to other records")
    } else {
        format!("“{name}” does not lead from {plural} to other records; these do: {}", names.join(", "))
    };
    Err(QueryError::new(span, message).or_rather(nearest(name, names)))
}

/// The field of a linked record that a word names, with the way to it.
fn beside(name: &str, reading: &Reading<'_>) -> Option<String> {
    let has = |path: &&Path| reading.catalog.registry(path.to).find(name).is_some();
    path::of(reading.entity).find(has).map(|path| format!("{}.{name}", path.name))
}

/// The field that a word names.
pub(super) fn field(name: &str, span: Range<usize>, reading: &Reading<'_>) -> Result<FieldId, QueryError> {
    let registry = reading.registry();
    if let Some(id) = registry.find(name) {
        return Ok(id);
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

/// Whether a word has neither letters nor digits, so that nothing is found by it; beside others it is passed over, so that `Smith & Co`
/// finds what it names. Stars alone are everything, and so is the quote that somebody has just typed.
fn is_signs(raw: &Raw) -> bool {
    let stars = !raw.pieces.is_empty() && (0..raw.pieces.len()).all(|at| raw.is_mark(at, '*'));
    let just_typed = raw.pieces.is_empty() && raw.span.len() == 1;
    !stars && !just_typed && resolve::search_words(&raw.text()).iter().all(String::is_empty)
}

/// The mistake that there is nothing to look for.
fn no_word(text: &str, span: Range<usize>) -> QueryError {
    let text = text.trim();
    let message =
        if text.is_empty() { "a word is missing".into() } else { format!("there is no word to look for in “{text}”") };
    QueryError::new(span, message)
}

/// A word to be searched; stars alone find everything.
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
mod tests;
