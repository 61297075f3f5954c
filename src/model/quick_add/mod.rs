//! A lead in one line: `Ann Lee @ Contoso ann@contoso.com +1 555 0100 via web !hot #expo needs 3D printers`. Stores nothing.
//!
//! Words before the first mark are the name; so are the first words after e-mail, phone, rating or tag where the line began with
//! one of these and no company is there. Company (` @ `) and source (` via `) run to the next mark, or end with their quote, or,
//! a known source, with its longest label. All other words are the topic, as is what follows ` : `. Company and source are
//! taken once; a second ` @ `, ` via ` or ` : ` is a word like any other.

mod token;
mod values;

use std::ops::Range;

use super::email;
use super::fold::{fold, words};
use super::name::{self, Parts};
use super::phone;
use crate::error::Problem;
use token::{Token, tokens};
pub use values::Described;

/// The ratings that `!` takes.
const RATINGS: [&str; 3] = ["hot", "warm", "cold"];

/// The most digits of a number by ITU-T E.164.
const PHONE_DIGITS: usize = 15;

/// The words that the line is read with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Vocabulary<'a> {
    /// The labels of the known sources.
    pub sources: &'a [&'a str],
}

/// Where the lead comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The label of a known source, else the text as typed.
    pub text: String,
    /// Whether the source is known.
    pub known: bool,
}

/// What a part of the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The person's name.
    Name,
    /// `@ Contoso`.
    Company,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// `via web`.
    Source,
    /// `!hot`.
    Rating,
    /// `#expo`.
    Tag,
    /// What it is about.
    Topic,
}

/// A stretch of the line, for highlighting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub part: Part,
    /// Its bytes, with its mark.
    pub range: Range<usize>,
    /// Whether one of the problems is here.
    pub wrong: bool,
}

/// What was understood of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuickAdd {
    /// The name in parts.
    pub name: Parts,
    /// The company; empty where none is named.
    pub company: String,
    /// The first e-mail address.
    pub email: Option<String>,
    /// Further addresses.
    pub more_emails: Vec<String>,
    /// Phone numbers as typed.
    pub phones: Vec<String>,
    /// The source.
    pub source: Option<Source>,
    /// `hot`, `warm` or `cold`.
    pub rating: Option<String>,
    /// The tags without `#`, in order, without repeats.
    pub tags: Vec<String>,
    /// What it is about.
    pub topic: Option<String>,
    /// What must be mended before it can be saved, by field.
    pub problems: Vec<Problem>,
    /// The parts of the line in their order.
    pub spans: Vec<Span>,
}

impl QuickAdd {
    /// The name as people write it; empty where none is there.
    pub fn full_name(&self) -> String {
        name::full(&self.name.first, &self.name.middle, &self.name.last)
    }
}

/// Reads a line. Never fails: what is wrong stands in `problems`.
pub fn parse(line: &str, vocabulary: &Vocabulary) -> QuickAdd {
    let tokens = tokens(line);
    let mut reader = Reader::new(line, &tokens, vocabulary);
    let mut at = 0;
    while at < tokens.len() {
        at += reader.step(at);
    }
    reader.finish()
}

/// Where the next plain word belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Name,
    Company,
    Source,
    Topic,
}

struct Reader<'a> {
    line: &'a str,
    tokens: &'a [Token<'a>],
    vocabulary: &'a Vocabulary<'a>,
    state: State,
    out: QuickAdd,
    name: Vec<usize>,
    company: Vec<usize>,
    source: Vec<usize>,
    topic: Vec<usize>,
    has_company: bool,
    has_source: bool,
    has_colon: bool,
}

impl<'a> Reader<'a> {
    fn new(line: &'a str, tokens: &'a [Token<'a>], vocabulary: &'a Vocabulary<'a>) -> Self {
        Self {
            line,
            tokens,
            vocabulary,
            state: State::Name,
            out: QuickAdd::default(),
            name: Vec::new(),
            company: Vec::new(),
            source: Vec::new(),
            topic: Vec::new(),
            has_company: false,
            has_source: false,
            has_colon: false,
        }
    }

    /// Takes the token at `at` and those that belong to it; says how many.
    fn step(&mut self, at: usize) -> usize {
        let token = &self.tokens[at];
        match token.mark {
            Some('!') if token.text.starts_with(char::is_alphabetic) => return self.rating(at),
            Some('#') if token.text.contains(char::is_alphanumeric) => return self.tag(at),
            Some('@') if !self.has_company && (token.quoted || !token.text.contains('@')) => {
                self.begin_company(at);
                self.word(at);
                return 1;
            }
            _ => {}
        }
        if token.quoted {
            self.word(at);
            return 1;
        }
        // a mark whose word is still to be typed
        if at + 1 == self.tokens.len() && matches!(token.text, "@" | "!" | "#") {
            return 1;
        }
        if token.text == ":" && !self.has_colon {
            self.end_run();
            (self.has_colon, self.state) = (true, State::Topic);
            self.span(Part::Topic, token.range.clone(), false);
            return 1;
        }
        if token.text == "@" && !self.has_company {
            self.begin_company(at);
            return 1;
        }
        if at > 0 && at + 1 < self.tokens.len() && !self.has_source && token.text.eq_ignore_ascii_case("via") {
            self.end_run();
            (self.has_source, self.state) = (true, State::Source);
            self.span(Part::Source, token.range.clone(), false);
            return 1;
        }
        if token.mark.is_none() && is_address(token.text) {
            return self.email(at);
        }
        if let Some(count) = self.phone_at(at) {
            return self.phone(at, count);
        }
        self.word(at);
        1
    }

    fn begin_company(&mut self, at: usize) {
        self.end_run();
        (self.has_company, self.state) = (true, State::Company);
        if self.tokens[at].text == "@" {
            self.span(Part::Company, self.tokens[at].range.clone(), false);
        }
    }

    fn rating(&mut self, at: usize) -> usize {
        self.end_run();
        let token = &self.tokens[at];
        let typed = fold(trimmed(token.text));
        let known = RATINGS.contains(&typed.as_str());
        if known {
            self.out.rating = Some(typed);
        } else {
            let message = format!("“{}” is no rating; it is !hot, !warm or !cold", token.text);
            self.out.problems.push(Problem::new("rating", message));
        }
        self.span(Part::Rating, token.range.clone(), !known);
        self.rest();
        1
    }

    fn tag(&mut self, at: usize) -> usize {
        self.end_run();
        let token = &self.tokens[at];
        let tag = trimmed(token.text);
        if !self.out.tags.iter().any(|other| fold(other) == fold(tag)) {
            self.out.tags.push(tag.into());
        }
        self.span(Part::Tag, token.range.clone(), false);
        self.rest();
        1
    }

    fn email(&mut self, at: usize) -> usize {
        self.end_run();
        let token = &self.tokens[at];
        let parsed = email::parse(token.text.trim_end_matches([',', ';', '.']));
        self.span(Part::Email, token.range.clone(), parsed.is_err());
        match parsed {
            Ok(address) if self.out.email.is_none() => self.out.email = Some(address),
            Ok(address) => self.out.more_emails.push(address),
            Err(message) => self.out.problems.push(Problem::new("email", message)),
        }
        self.rest();
        1
    }

    fn phone(&mut self, at: usize, count: usize) -> usize {
        self.end_run();
        let range = self.tokens[at].range.start..self.tokens[at + count - 1].range.end;
        self.out.phones.push(trimmed(&self.line[range.clone()]).into());
        self.span(Part::Phone, range, false);
        self.rest();
        count
    }

    /// How many tokens from `at` are one phone number.
    fn phone_at(&self, at: usize) -> Option<usize> {
        let text = |i: usize| self.tokens[i].text;
        let slice = |to: usize| trimmed(&self.line[self.tokens[at].range.start..self.tokens[to].range.end]);
        let first = trimmed(text(at));
        // a date has digits enough, but is none
        if !first.starts_with(['+', '(']) && !first.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if !is_phonish(first) || (count_digits(first) >= 7 && !phone::looks_like(first)) {
            return None;
        }
        let mut end = at;
        while let Some(token) = self.tokens.get(end + 1) {
            let joins = !token.quoted && token.mark.is_none() && !text(end).ends_with([',', ';']);
            let another = token.text.starts_with('+') || (count_digits(token.text) >= 7 && count_digits(slice(end)) >= 7);
            if !joins || another || !(is_phonish(trimmed(token.text)) || is_extension(trimmed(token.text))) {
                break;
            }
            end += 1;
        }
        (at..=end).rev().find(|to| self.is_phone(at, *to, slice(*to), slice(to.saturating_sub(1).max(at)))).map(|to| to - at + 1)
    }

    /// Whether the tokens from `at` to `to` are one number, and the last of them is not the first word after it.
    fn is_phone(&self, at: usize, to: usize, text: &str, shorter: &str) -> bool {
        let last = trimmed(self.tokens[to].text);
        let digits = phone::digits(text).len();
        if !phone::looks_like(text) || digits > PHONE_DIGITS || count_digits(last) == 0 {
            return false;
        }
        let stray = to > at && last.len() == 1 && digits > 7 && phone::looks_like(shorter);
        !stray
    }

    /// Puts a plain word where it belongs.
    fn word(&mut self, at: usize) {
        let token = &self.tokens[at];
        // nobody is called "Lee:"
        let colon = !token.quoted
            && token.text.len() > 1
            && token.text.ends_with(':')
            && matches!(self.state, State::Name | State::Company);
        let (list, part) = match self.state {
            State::Name => (&mut self.name, Part::Name),
            State::Company => (&mut self.company, Part::Company),
            State::Source => (&mut self.source, Part::Source),
            State::Topic => (&mut self.topic, Part::Topic),
        };
        list.push(at);
        if self.state != State::Source {
            self.span(part, token.range.clone(), false);
        }
        if colon {
            self.end_run();
            (self.has_colon, self.state) = (true, State::Topic);
        } else if token.quoted && matches!(self.state, State::Company | State::Source) {
            self.end_run();
            self.rest();
        }
    }

    /// After a mark that takes no words.
    fn rest(&mut self) {
        self.state = if self.name.is_empty() && !self.has_company && self.topic.is_empty() { State::Name } else { State::Topic };
    }

    /// Closes a run: of the words after ` via `, a known label is the source and the rest the topic.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.source);
        if run.is_empty() {
            return;
        }
        let joined = |count: usize| run[..count].iter().map(|i| trimmed(self.tokens[*i].word)).collect::<Vec<_>>().join(" ");
        let known = (1..=run.len()).rev().find_map(|count| {
            let typed = words(&joined(count));
            let label = self.vocabulary.sources.iter().find(|label| words(label) == typed && !typed.is_empty())?;
            Some((count, (*label).to_owned()))
        });
        let (count, source) = match known {
            Some((count, text)) => (count, Source { text, known: true }),
            None => (run.len(), Source { text: joined(run.len()), known: false }),
        };
        self.out.source = Some(source);
        for (place, at) in run.into_iter().enumerate() {
            let range = self.tokens[at].range.clone();
            if place < count {
                self.span(Part::Source, range, false);
            } else {
                self.topic.push(at);
                self.span(Part::Topic, range, false);
            }
        }
    }

    /// Notes what a stretch of the line is; words of one part run together.
    fn span(&mut self, part: Part, range: Range<usize>, wrong: bool) {
        let joins = matches!(part, Part::Name | Part::Company | Part::Source | Part::Topic);
        match self.out.spans.last_mut() {
            Some(last) if joins && last.part == part => last.range.end = range.end,
            _ => self.out.spans.push(Span { part, range, wrong }),
        }
    }

    fn finish(mut self) -> QuickAdd {
        self.end_run();
        let words = |list: &[usize]| list.iter().map(|i| self.tokens[*i].word).collect::<Vec<_>>().join(" ");
        let topic = words(&self.topic);
        // "@Contoso" is its own mark
        let company = words(&self.company);
        let opens = self.company.first().is_some_and(|i| self.tokens[*i].mark == Some('@') && !self.tokens[*i].quoted);
        let company = if opens { &company[1..] } else { &company };
        self.out.company = trimmed(company).trim_end_matches(':').into();
        self.out.topic = (!topic.is_empty()).then_some(topic);
        self.out.name = self.name_parts();
        if self.out.name == Parts::default() && self.out.company.is_empty() {
            self.out.problems.push(Problem::new("name", "a name or a company is missing"));
        }
        self.out
    }

    /// The parts of the name; with quotes among several words, each quote is one part.
    fn name_parts(&self) -> Parts {
        let texts: Vec<&str> = self.name.iter().map(|i| self.tokens[*i].word).collect();
        let held = self.name.iter().any(|i| self.tokens[*i].quoted && self.tokens[*i].text.contains(char::is_whitespace));
        match texts.as_slice() {
            [first, middle @ .., last] if held => {
                Parts { first: (*first).into(), middle: middle.join(" "), last: trimmed(last).into(), ..Parts::default() }
            }
            _ => name::split(trimmed(&texts.join(" ")).trim_end_matches(':')),
        }
    }
}

/// Without the punctuation that ends a part of a sentence.
fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches([',', ';'])
}

/// Something before an @ and a letter after it: meant as an address, right or not.
fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.starts_with(char::is_alphabetic))
}

fn count_digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

fn is_phonish(text: &str) -> bool {
    text.chars().enumerate().all(|(i, c)| c.is_ascii_digit() || matches!(c, '-' | '.' | '(' | ')' | '/') || (c == '+' && i == 0))
}

/// `x12`, `ext.`, `ext.12`.
fn is_extension(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = ["extension", "extn", "ext", "x"].iter().find_map(|word| lower.strip_prefix(word));
    rest.is_some_and(|rest| rest.trim_start_matches(['.', ':']).bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
