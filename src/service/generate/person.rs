//! One lead as a person: name, company, address, numbers, topic. Knows neither when nor what became of it.

use std::collections::HashSet;

use super::company::{Company, company};
use super::lexicon::{Lexicon, Word, without_accents};
use super::phone::Phone;
use super::random::Random;
use super::words::names::FIRST_OTHER_SCRIPT;
use super::words::places::{COUNTRIES, PUBLIC_DOMAINS};
use super::words::talk;

/// What a lead says of the person.
#[derive(Clone, Debug)]
pub struct Person {
    /// The place of the country.
    pub country: usize,
    /// The culture of the name.
    pub culture: usize,
    /// The place of the city in its country.
    pub city: usize,
    /// First name.
    pub first: Word,
    /// Last name.
    pub last: Word,
    /// The company.
    pub company: Option<Company>,
    /// The mail address.
    pub email: Option<String>,
    /// The business phone as written.
    pub phone: Option<String>,
    /// The mobile phone as written; at most 20 characters.
    pub mobile: Option<String>,
    /// What they are.
    pub title: Option<&'static str>,
    /// Street and postal code.
    pub address: Option<(String, String)>,
    /// What they want.
    pub topic: String,
}

/// What a planted lead must have; all others have it or not as it comes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    /// A company.
    pub company: bool,
    /// An address at the company's domain.
    pub company_mail: bool,
    /// An address where anyone can have one, and no company.
    pub public_mail: bool,
    /// A business phone in the plainest writing.
    pub phone: bool,
    /// A name in Latin letters with accents.
    pub accents: bool,
    /// A name in Latin letters of four letters at least.
    pub long_latin: bool,
}

/// Draws people; remembers names and addresses, so that nobody is drawn twice by accident.
#[derive(Debug)]
pub struct People {
    /// The seed.
    pub seed: u64,
    /// How many leads there will be.
    pub leads: u64,
    /// The lists.
    pub lexicon: Lexicon,
    by_weight: Vec<usize>,
    seen: HashSet<u64>,
}

impl People {
    /// A source of `leads` people.
    pub fn new(seed: u64, leads: u64) -> Self {
        let by_weight = COUNTRIES.iter().enumerate().flat_map(|(index, c)| std::iter::repeat_n(index, c.weight)).collect();
        Self { seed, leads, lexicon: Lexicon::new(), by_weight, seen: HashSet::new() }
    }

    /// The person of a lead.
    pub fn draw(&mut self, random: &mut Random, index: u64, wish: Wish) -> Person {
        let (mut country, mut culture, mut first, mut last) = self.name(random);
        while (wish.accents && !is_accented(culture, &first, &last))
            || (wish.long_latin && !is_long_latin(culture, &first, &last))
        {
            (country, culture, first, last) = self.name(random);
        }
        let has_company = wish.company || wish.company_mail || (!wish.public_mail && !random.percent(15));
        let company = has_company.then(|| self.company(random, country));
        for _ in 0..20 {
            let mark = mark(&[&first.text, &last.text, company.as_ref().map_or("", |c| &c.bare)]);
            if company.is_none() || self.seen.insert(mark) {
                break;
            }
            first = self.lexicon.first[culture].draw(random).clone();
            if wish.accents && !is_accented(culture, &first, &last) {
                last = self.lexicon.last[culture].draw(random).clone();
            }
        }
        let mut person = Person {
            country,
            culture,
            city: company.as_ref().map_or_else(|| self.lexicon.cities[country].draw(random), |c| c.city),
            first,
            last,
            company,
            email: None,
            phone: None,
            mobile: None,
            title: None,
            address: None,
            topic: String::new(),
        };
        if person.company.is_some() && random.percent(70) {
            person.title = Some(talk::TITLES[self.lexicon.titles.draw(random)]);
        }
        if wish.company_mail || wish.public_mail || !random.percent(20) {
            let at_company = person.company.is_some() && (wish.company_mail || random.percent(75));
            person.email = Some(if at_company { self.company_mail(&person, random) } else { self.public_mail(&person, random) });
        }
        if wish.phone || random.percent(65) {
            let number = self.own_phone(&person, index);
            person.phone = Some(if wish.phone { number.written(random.below(2)) } else { number.any_way(random) });
        }
        if !wish.phone && random.percent(45) {
            person.mobile = Some(self.own_mobile(&person, index, random));
        }
        if random.percent(55) {
            person.address = Some(address(country, person.city, random));
        }
        person.topic = self.topic(&person, random);
        person
    }

    fn name(&self, random: &mut Random) -> (usize, usize, Word, Word) {
        let country = random.pick(&self.by_weight);
        let culture = random.pick(COUNTRIES[country].cultures);
        let (first, last) = (self.lexicon.first[culture].draw(random), self.lexicon.last[culture].draw(random));
        (country, culture, first.clone(), last.clone())
    }

    /// Another first name of the same culture.
    pub fn other_first(&self, person: &Person, random: &mut Random) -> Word {
        let list = &self.lexicon.first[person.culture];
        (0..100).map(|_| list.draw(random)).find(|w| w.text != person.first.text).unwrap_or(&person.first).clone()
    }

    /// A company of a country: few are known to many leads, most to some.
    pub fn company(&self, random: &mut Random, country: usize) -> Company {
        let share = self.leads * COUNTRIES[country].weight as u64 / 1000;
        let count = usize::try_from(share / 3).unwrap_or(usize::MAX).max(3);
        // drawn from a draw: the first of a thousand companies has seven times its share, the last hardly any
        let among = random.below(count) + 1;
        let index = random.below(among);
        company(self.seed, country, index)
    }

    /// An address at the company in the style of the house, which nobody else has.
    pub fn company_mail(&mut self, person: &Person, random: &mut Random) -> String {
        let Some(company) = &person.company else { return self.public_mail(person, random) };
        let (first, last) = (&person.first.latin, &person.last.latin);
        let initial = first.get(..1).unwrap_or("x");
        let local = match company.mail_style {
            0 | 1 => format!("{first}.{last}"),
            2 => format!("{initial}.{last}"),
            _ => format!("{initial}{last}"),
        };
        let domain = company.domain.clone();
        self.unused(&local, &domain)
    }

    /// An address where anyone can have one, which nobody else has.
    pub fn public_mail(&mut self, person: &Person, random: &mut Random) -> String {
        let domain = random.pick(PUBLIC_DOMAINS);
        self.mail_at(person, domain, random)
    }

    /// An address at a public domain, which nobody else has.
    pub fn mail_at(&mut self, person: &Person, domain: &str, random: &mut Random) -> String {
        let (first, last) = (&person.first.latin, &person.last.latin);
        let local = match random.below(4) {
            0 => format!("{first}.{last}"),
            1 => format!("{first}{last}{}", random.between(1, 99)),
            2 => format!("{first}.{last}{}", random.between(1950, 2005)),
            _ => format!("{last}.{first}"),
        };
        self.unused(&local, domain)
    }

    fn unused(&mut self, local: &str, domain: &str) -> String {
        let local = local.get(..60).unwrap_or(local);
        let mut address = format!("{local}@{domain}");
        let mut n = 2;
        while !self.seen.insert(mark(&[&address])) {
            address = format!("{local}{n}@{domain}");
            n += 1;
        }
        address
    }

    /// The number that this lead alone has.
    pub fn own_phone(&self, person: &Person, index: u64) -> Phone {
        let area = COUNTRIES[person.country].cities[person.city].2;
        Phone::own(person.country, area, index, self.seed % 1_000_003)
    }

    /// The mobile number that this lead alone has, as written.
    pub fn own_mobile(&self, person: &Person, index: u64, random: &mut Random) -> String {
        let prefix = random.pick(COUNTRIES[person.country].mobile);
        // a half turn away from the business phones, so that the two orders never meet in one lead
        Phone::own(person.country, prefix, index, self.seed % 1_000_003 + 4_000_000).written(random.below(2))
    }

    /// What somebody wants.
    pub fn topic(&self, person: &Person, random: &mut Random) -> String {
        if person.culture >= FIRST_OTHER_SCRIPT && random.percent(50) {
            return random.pick(talk::OTHER_TOPICS[person.culture - FIRST_OTHER_SCRIPT]).to_owned();
        }
        let topic =
            filled(random.pick(talk::TOPICS), person.company.as_ref(), talk::PRODUCTS[self.lexicon.products.draw(random)]);
        let mut letters = topic.chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    }
}

/// Puts product and company into a text.
pub fn filled(text: &str, company: Option<&Company>, product: &str) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    text.replace("{p}", product).replace("{c}", company.map_or("the company", |c| &c.bare))
}

/// Street and postal code in a city.
pub fn address(country: usize, city: usize, random: &mut Random) -> (String, String) {
    let place = &COUNTRIES[country];
    let street = random.pick(place.streets).replace('#', &random.between(1, 240).to_string());
    let code = place.cities[city].3;
    let code = code.chars().map(|c| match c {
        '#' => char::from(b'0' + random.below(10) as u8),
        '@' => char::from(b'A' + random.below(26) as u8),
        c => c,
    });
    (street, code.collect())
}

fn is_accented(culture: usize, first: &Word, last: &Word) -> bool {
    culture < FIRST_OTHER_SCRIPT && [first, last].iter().any(|w| without_accents(&w.text) != w.text)
}

fn is_long_latin(culture: usize, first: &Word, last: &Word) -> bool {
    culture < FIRST_OTHER_SCRIPT && first.text.chars().count() >= 4 && last.text.chars().count() >= 4
}

/// A mark by which texts are remembered: FNV-1a.
fn mark(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|p| p.bytes().chain(std::iter::once(0)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
