//! The tables of words made ready to draw from: names with their Latin form, and the law by which each list is drawn. Makes no lead.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::random::{Random, Zipf};
use super::words::names::CULTURES;
use super::words::places::COUNTRIES;
use super::words::talk;

/// A word and how a mail address spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is written.
    pub text: String,
    /// In small Latin letters.
    pub latin: String,
}

impl Word {
    /// Reads `text` or `text=latin`, `_` being a blank.
    pub fn parse(entry: &str) -> Self {
        let (text, latin) = entry.split_once('=').unwrap_or((entry, entry));
        Self { text: text.replace('_', " "), latin: latin_letters(latin) }
    }
}

/// A list that is drawn from by Zipf's law.
#[derive(Debug)]
pub struct Ranked {
    words: Vec<Word>,
    law: Zipf,
}

impl Ranked {
    fn new(entries: &str) -> Self {
        let words: Vec<Word> = entries.split_whitespace().map(Word::parse).collect();
        let law = Zipf::new(words.len());
        Self { words, law }
    }

    /// One of them.
    pub fn draw(&self, random: &mut Random) -> &Word {
        &self.words[self.law.draw(random)]
    }
}

/// Everything that is drawn by rank.
#[derive(Debug)]
pub struct Lexicon {
    /// First names by culture.
    pub first: Vec<Ranked>,
    /// Last names by culture.
    pub last: Vec<Ranked>,
    /// The law of the cities of each country.
    pub cities: Vec<Zipf>,
    /// The law of products.
    pub products: Zipf,
    /// The law of titles.
    pub titles: Zipf,
    /// The law of tags.
    pub tags: Zipf,
    /// The law of colleagues.
    pub users: Zipf,
}

impl Lexicon {
    /// All lists.
    pub fn new() -> Self {
        Self {
            first: CULTURES.iter().map(|c| Ranked::new(c.first)).collect(),
            last: CULTURES.iter().map(|c| Ranked::new(c.last)).collect(),
            cities: COUNTRIES.iter().map(|c| Zipf::new(c.cities.len())).collect(),
            products: Zipf::new(talk::PRODUCTS.len()),
            titles: Zipf::new(talk::TITLES.len()),
            tags: Zipf::new(talk::TAGS.len()),
            users: Zipf::new(talk::USERS.len()),
        }
    }
}

/// The text without accents, case kept: `Müller` → `Muller`, `Łódź` → `Lodz`.
pub fn without_accents(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ß' => out.push_str("ss"),
            'Ł' => out.push('L'),
            'ł' => out.push('l'),
            'Ø' => out.push('O'),
            'ø' => out.push('o'),
            'ı' => out.push('i'),
            'Æ' => out.push_str("Ae"),
            'æ' => out.push_str("ae"),
            'đ' => out.push('d'),
            c => out.push(c),
        }
    }
    out
}

/// The small Latin letters and digits of a text, umlauts as Germans write them without.
pub fn latin_letters(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => spelled.push_str("ae"),
            'ö' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            c => spelled.push(c),
        }
    }
    without_accents(&spelled).chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_letters_for_an_address() {
        let lexicon = Lexicon::new();
        for list in lexicon.first.iter().chain(&lexicon.last) {
            assert!(list.words.len() >= 20);
            for word in &list.words {
                assert!(!word.latin.is_empty() && !word.text.is_empty(), "{word:?}");
            }
        }
        let places: usize = COUNTRIES.iter().map(|c| c.weight).sum();
        assert_eq!(places, 1000);
    }

    #[test]
    fn letters_lose_their_marks() {
        assert_eq!(without_accents("Łukasz Müller-Großmann"), "Lukasz Muller-Grossmann");
        assert_eq!(latin_letters("Ó Súilleabháin"), "osuilleabhain");
        assert_eq!(latin_letters("Müller"), "mueller");
    }
}
