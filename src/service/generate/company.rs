//! Companies, each the same whenever its number is drawn: name, legal form, mail domain, size. Knows no people.

use super::lexicon::{Word, latin_letters};
use super::random::Random;
use super::words::companies::{HEADS, MIDDLES, TAILS, TRADES};
use super::words::places::COUNTRIES;

/// A company as a lead names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// The name as it is written.
    pub name: String,
    /// The name without its legal form.
    pub bare: String,
    /// The legal form in two ways of writing.
    pub form: (&'static str, &'static str),
    /// Whether the form stands before the name.
    form_first: bool,
    /// Its mail domain; `.example` belongs to nobody.
    pub domain: String,
    /// How its people's addresses are made.
    pub mail_style: usize,
    /// The seven digits of its switchboard.
    pub switchboard: u64,
    /// Its code in the industry list.
    pub industry: i64,
    /// People who work there.
    pub employees: i64,
    /// The place of its city among those of its country.
    pub city: usize,
}

/// The `index`th company of a country.
pub fn company(seed: u64, country: usize, index: usize) -> Company {
    let place = &COUNTRIES[country];
    let trade = &TRADES[place.trades];
    let mut random = Random::of(seed, 0x434f + country as u64, index as u64);
    let (bare, slug) =
        if trade.names.is_empty() { made_up(index, trade.words) } else { own_script(index, trade.names, trade.words) };
    let form = random.pick(trade.forms);
    let form = form.split_once('=').unwrap_or((form, form));
    let form = if random.percent(60) { first_form(trade.forms) } else { form };
    let domain = if place.code == "us" { format!("{slug}.example") } else { format!("{slug}-{}.example", place.code) };
    let mut made = Company {
        name: String::new(),
        bare,
        form,
        form_first: trade.form_first,
        domain,
        mail_style: random.below(4),
        switchboard: random.below(8_000_000) as u64,
        industry: random.between(1, 33),
        employees: bounded(random.log_normal(60.0, 1.4), 500_000.0),
        city: random.below(place.cities.len()),
    };
    made.name = made.written(Some(made.form.0));
    made
}

impl Company {
    /// The name with a legal form, or without one.
    pub fn written(&self, form: Option<&str>) -> String {
        match form {
            None => self.bare.clone(),
            Some(form) if self.form_first && form.ends_with(|c: char| c == ')' || !c.is_alphabetic()) => {
                format!("{form}{}", self.bare)
            }
            Some(form) if self.form_first => format!("{form} {}", self.bare),
            Some(form) => format!("{} {form}", self.bare),
        }
    }
}

/// A log-normal number as a count from 1 to `most`.
#[expect(clippy::cast_possible_truncation)]
pub fn bounded(number: f64, most: f64) -> i64 {
    number.clamp(1.0, most) as i64
}

fn first_form(forms: &[&'static str]) -> (&'static str, &'static str) {
    let form = forms.first().copied().unwrap_or_default();
    form.split_once('=').unwrap_or((form, form))
}

/// Two companies with different numbers have different names, until all combinations are used up.
fn made_up(index: usize, trades: &[&str]) -> (String, String) {
    let stems = HEADS.len() * TAILS.len();
    let stem = (index % stems) * 1_009 % stems;
    let trade = (index / stems + stem * 7) % trades.len();
    let middle = MIDDLES[index / (stems * trades.len()) % MIDDLES.len()];
    let (head, tail, trade) = (HEADS[stem % HEADS.len()], TAILS[stem / HEADS.len()], trades[trade]);
    let name = format!("{head}{middle}{tail}");
    let slug = format!("{}-{}", latin_letters(&name), latin_letters(trade));
    (format!("{name} {trade}"), slug)
}

fn own_script(index: usize, names: &[&str], trades: &[&str]) -> (String, String) {
    let name = Word::parse(names[index % names.len()]);
    let trade = Word::parse(trades[(index / names.len() + index % names.len() * 3) % trades.len()]);
    let round = index / (names.len() * trades.len());
    let (number, suffix) =
        if round == 0 { (String::new(), String::new()) } else { (format!(" {}", round + 1), (round + 1).to_string()) };
    let blank = if name.text.is_ascii() || is_spaced(&name.text) { " " } else { "" };
    (format!("{}{blank}{}{number}", name.text, trade.text), format!("{}-{}{suffix}", name.latin, trade.latin))
}

/// Whether a script puts blanks between words.
fn is_spaced(text: &str) -> bool {
    text.chars().next().is_some_and(|c| (c as u32) < 0x2e80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn companies_differ_and_stay() {
        let mut domains = HashSet::new();
        for country in [0, 1, 2, 13] {
            let mut names = HashSet::new();
            for index in 0..150 {
                let made = company(7, country, index);
                assert_eq!(made, company(7, country, index));
                assert!(made.domain.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'), "{}", made.domain);
                assert!(names.insert(made.bare.clone()), "{} twice", made.bare);
                assert!(domains.insert(made.domain.clone()), "{} twice", made.domain);
                assert!(made.name.chars().count() <= 100);
            }
        }
    }
}
