//! Cuts the text of a filter into tokens with their places. Knows no field and no value; every text has tokens.

use std::ops::Range;

use super::ast::Op;

/// One character of a word or value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The character; controls are blanks.
    pub c: char,
    /// Whether it stood between quotes, where no character has a meaning of its own.
    pub quoted: bool,
}

/// A word or value and where it stands, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// Its characters without the quotes.
    pub pieces: Vec<Piece>,
    /// Where it stands, with the quotes.
    pub span: Range<usize>,
}

impl Raw {
    /// Its text.
    pub fn text(&self) -> String {
        self.pieces.iter().map(|p| p.c).collect()
    }

    /// Whether a part of it stood between quotes.
    pub fn is_quoted(&self) -> bool {
        self.pieces.iter().any(|p| p.quoted)
    }

    /// The part of it from piece `from` to piece `to`; the place stays that of the whole.
    pub fn part(&self, from: usize, to: usize) -> Self {
        Self { pieces: self.pieces.get(from..to).unwrap_or_default().to_vec(), span: self.span.clone() }
    }

    /// Whether the piece at `at` is this character with its own meaning.
    pub fn is_mark(&self, at: usize, mark: char) -> bool {
        self.pieces.get(at).is_some_and(|p| !p.quoted && p.c == mark)
    }
}

/// What the text consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `-` before something.
    Minus,
    /// `and`
    And,
    /// `or`
    Or,
    /// `not`
    Not,
    /// `account.` before a parenthesis: what stands in it is asked of linked records.
    Path(String),
    /// A word or a quoted text.
    Word(Raw),
    /// `field:value`, `field>value`, `field!=value` and the like.
    Term {
        /// What stands before the sign.
        name: String,
        /// Where that stands.
        name_span: Range<usize>,
        /// The sign.
        op: Op,
        /// Where the sign stands.
        op_span: Range<usize>,
        /// Whether it is `!=`, or `!` stands behind the colon: none of the values.
        negated: bool,
        /// The values; several only behind `:`. Empty ones where nothing was typed.
        values: Vec<Raw>,
    },
}

/// A token and its place in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lexed {
    /// The token.
    pub token: Token,
    /// Where it stands.
    pub span: Range<usize>,
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn second(&self) -> Option<char> {
        self.text[self.at..].chars().nth(1)
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }
}

/// Whether `c` parts two tokens.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// The quote that ends what `c` begins.
fn closing(c: char) -> Option<&'static [char]> {
    match c {
        '"' => Some(&['"']),
        '“' | '„' => Some(&['”', '“', '"']),
        _ => None,
    }
}

fn is_name(c: char, first: bool) -> bool {
    c.is_ascii_alphabetic() || (!first && (c.is_ascii_digit() || matches!(c, '_' | '-' | '.')))
}

/// All tokens of a text. A quote that nobody closed ends with the text, as somebody is still typing.
pub fn lex(text: &str) -> Vec<Lexed> {
    let mut cursor = Cursor { text, at: 0 };
    let mut out = Vec::new();
    while let Some(c) = cursor.peek() {
        if is_blank(c) {
            cursor.bump();
            continue;
        }
        let start = cursor.at;
        let token = match c {
            '(' | ')' => {
                cursor.bump();
                if c == '(' { Token::Open } else { Token::Close }
            }
            '-' if cursor.second().is_some_and(|next| !is_blank(next) && next != ')') => {
                cursor.bump();
                Token::Minus
            }
            _ => term(&mut cursor).unwrap_or_else(|| word(&mut cursor)),
        };
        out.push(Lexed { token, span: start..cursor.at });
    }
    out
}

/// A word up to a blank or parenthesis; `and`, `or`, `not` where they stand without quotes.
fn word(cursor: &mut Cursor<'_>) -> Token {
    let raw = value(cursor, false);
    if !raw.is_quoted() {
        match raw.text().to_ascii_lowercase().as_str() {
            "and" => return Token::And,
            "or" => return Token::Or,
            "not" => return Token::Not,
            _ => {}
        }
    }
    Token::Word(raw)
}

/// A comparison, if a name and a sign stand here, or the way to linked records; else the cursor stays.
fn term(cursor: &mut Cursor<'_>) -> Option<Token> {
    let rest = &cursor.text[cursor.at..];
    let end = rest.char_indices().find(|(at, c)| !is_name(*c, *at == 0)).map_or(rest.len(), |(at, _)| at);
    if let Some(path) = rest[..end].strip_suffix('.').filter(|path| !path.is_empty() && rest[end..].starts_with('(')) {
        let path = path.to_ascii_lowercase();
        cursor.at += end;
        return Some(Token::Path(path));
    }
    let (op, negated, length) = sign(&rest.as_bytes()[end..])?;
    if end == 0 || rest[end..].starts_with("://") {
        return None;
    }
    let name_span = cursor.at..cursor.at + end;
    let op_span = name_span.end..name_span.end + length;
    cursor.at = op_span.end;
    let mut values = vec![value(cursor, op == Op::Is)];
    while op == Op::Is && cursor.peek() == Some(',') {
        cursor.bump();
        values.push(value(cursor, true));
    }
    Some(Token::Term { name: rest[..end].to_ascii_lowercase(), name_span, op, op_span, negated, values })
}

/// The sign that a text begins with, whether it negates, and its length; `:>` is `>` and `:!` is `!=`, as people write them elsewhere.
fn sign(text: &[u8]) -> Option<(Op, bool, usize)> {
    let compared = |text: &[u8]| match text {
        [b'>', b'=', ..] => Some((Op::AtLeast, false, 2)),
        [b'<', b'=', ..] => Some((Op::AtMost, false, 2)),
        [b'>', ..] => Some((Op::Greater, false, 1)),
        [b'<', ..] => Some((Op::Less, false, 1)),
        [b'!', b'=', ..] => Some((Op::Is, true, 2)),
        _ => None,
    };
    match text {
        [b':', b'!', rest @ ..] if rest.first() != Some(&b'=') => Some((Op::Is, true, 2)),
        [b':', rest @ ..] => Some(compared(rest).map_or((Op::Is, false, 1), |(op, negated, length)| (op, negated, length + 1))),
        [b'=', b'>', ..] => Some((Op::AtLeast, false, 2)),
        [b'=', b'<', ..] => Some((Op::AtMost, false, 2)),
        [b'=', ..] => Some((Op::Is, false, 1)),
        _ => compared(text),
    }
}

/// A value up to a blank or parenthesis, and up to a comma in a `list`.
fn value(cursor: &mut Cursor<'_>, list: bool) -> Raw {
    let start = cursor.at;
    let mut pieces = Vec::new();
    while let Some(c) = cursor.peek() {
        if is_blank(c) || matches!(c, '(' | ')') || (list && c == ',') {
            break;
        }
        cursor.bump();
        match closing(c) {
            Some(ends) => quoted(cursor, ends, &mut pieces),
            None => pieces.push(Piece { c, quoted: false }),
        }
    }
    Raw { pieces, span: start..cursor.at }
}

/// The inside of a quoted text, up to and with its end; a backslash takes the meaning from a quote or backslash.
fn quoted(cursor: &mut Cursor<'_>, ends: &[char], pieces: &mut Vec<Piece>) {
    while let Some(c) = cursor.bump() {
        if ends.contains(&c) {
            return;
        }
        let c = match c {
            '\\' if matches!(cursor.peek(), Some('"' | '\\')) => cursor.bump().unwrap_or(c),
            c if c.is_control() => ' ',
            c => c,
        };
        pieces.push(Piece { c, quoted: true });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<String> {
        lex(text)
            .into_iter()
            .map(|l| match l.token {
                Token::Word(raw) => raw.text(),
                Token::Term { name, op, values, negated, .. } => {
                    let values: Vec<String> = values.iter().map(Raw::text).collect();
                    format!("{}{name}{}{}", if negated { "-" } else { "" }, op.text(), values.join("|"))
                }
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn a_filter_falls_into_tokens() {
        assert_eq!(
            shape("ann -(source:web,\"trade show\" OR value>=10,5k) 2026 created=-30d"),
            ["ann", "Minus", "Open", "source:web|trade show", "Or", "value>=10,5k", "Close", "2026", "created:-30d"]
        );
        assert_eq!(shape("https://x.com \"a:b\" 10:30 - --x"), ["https://x.com", "a:b", "10:30", "-", "Minus", "Minus", "x"]);
        assert_eq!(shape("owner:team:\"North West\" tag:“a b”"), ["owner:team:North West", "tag:a b"]);
        assert_eq!(shape("company:\"say \\\"hi\\\""), ["company:say \"hi\""]);
        assert_eq!(shape("source: x"), ["source:", "x"]);
        assert_eq!(
            shape("a!=b,c a:!b a:!=b a:>b a:>=b a:<b a:<=b a=>b a=<b a! x!=\"!y\" !z"),
            ["-a:b|c", "-a:b", "-a:b", "a>b", "a>=b", "a<b", "a<=b", "a>=b", "a<=b", "a!", "-x:!y", "!z"]
        );
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "é source:\"web x\",b";
        let lexed = lex(text);
        assert_eq!(&text[lexed[1].span.clone()], "source:\"web x\",b");
        let Token::Term { values, .. } = &lexed[1].token else { panic!("no comparison") };
        assert_eq!(&text[values[1].span.clone()], "b");
    }
}
