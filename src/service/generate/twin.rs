//! Leads that are the same person as an earlier one, and those that only look so. Says which is which; finds none by itself.

use super::lexicon::{Word, without_accents};
use super::person::{People, Person, Wish};
use super::phone::{Phone, STYLES};
use super::random::Random;
use super::words::names::SHORT_FORMS;
use super::words::places::COUNTRIES;

/// Why two leads look like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TwinKind {
    /// The same e-mail address in other case or with a `+tag`.
    Email,
    /// The same phone written otherwise.
    Phone,
    /// Equal name, company written otherwise.
    NameCompany,
    /// One typing slip in the name, equal company.
    TypingSlip,
    /// First and last name swapped, or the first shortened, with equal mail domain.
    NameDomain,
    /// The name with and without accents, equal company.
    Accents,
    /// Two people of one name in one company.
    NamesakesInCompany,
    /// A family on one number.
    FamilyPhone,
    /// Two people of one name at one public mail domain.
    NamesakesAtPublicDomain,
    /// Colleagues behind one `info@` and one switchboard.
    SharedContact,
}

impl TwinKind {
    /// Those that are the same person.
    pub const DUPLICATES: [Self; 6] =
        [Self::Email, Self::Phone, Self::NameCompany, Self::TypingSlip, Self::NameDomain, Self::Accents];

    /// Those that are not.
    pub const NEAR_MISSES: [Self; 4] =
        [Self::NamesakesInCompany, Self::FamilyPhone, Self::NamesakesAtPublicDomain, Self::SharedContact];

    /// The word in the truth file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::NameCompany => "name-company",
            Self::TypingSlip => "typing-slip",
            Self::NameDomain => "name-domain",
            Self::Accents => "accents",
            Self::NamesakesInCompany => "namesakes-in-company",
            Self::FamilyPhone => "family-phone",
            Self::NamesakesAtPublicDomain => "namesakes-at-public-domain",
            Self::SharedContact => "shared-contact",
        }
    }

    /// Whether both are the same person.
    pub fn is_duplicate(self) -> bool {
        Self::DUPLICATES.contains(&self)
    }

    /// What the first of the two must have.
    pub const fn wish(self) -> Wish {
        let none =
            Wish { company: false, company_mail: false, public_mail: false, phone: false, accents: false, long_latin: false };
        match self {
            Self::Email | Self::SharedContact => Wish { company_mail: true, ..none },
            Self::Phone => Wish { phone: true, ..none },
            Self::FamilyPhone => Wish { phone: true, public_mail: true, ..none },
            Self::NameCompany => Wish { company: true, ..none },
            Self::TypingSlip => Wish { company: true, long_latin: true, ..none },
            Self::NameDomain => Wish { company_mail: true, long_latin: true, ..none },
            Self::Accents => Wish { company: true, accents: true, ..none },
            Self::NamesakesInCompany => Wish { company_mail: true, ..none },
            Self::NamesakesAtPublicDomain => Wish { public_mail: true, ..none },
        }
    }

    /// Changes the first of the two where it takes both to be alike: an `info@` address and the switchboard.
    pub fn prepare(self, first: &mut Person, random: &mut Random) {
        if let (Self::SharedContact, Some(company)) = (self, &first.company) {
            first.email = Some(format!("info@{}", company.domain));
            first.phone = Some(switchboard(first, company.switchboard).any_way(random));
        }
        if self == Self::FamilyPhone {
            first.address = Some(super::person::address(first.country, first.city, random));
        }
    }

    /// The second of the two, as the lead `index`. `first_index` is the lead it looks like.
    pub fn twin(self, people: &mut People, random: &mut Random, first: &Person, first_index: u64, index: u64) -> Person {
        let mut twin = Person { email: None, phone: None, mobile: None, address: None, ..first.clone() };
        twin.topic = people.topic(first, random);
        match self {
            Self::Email => {
                twin.company = None;
                twin.email = first.email.as_deref().map(|email| same_mail(email, random));
            }
            Self::Phone => {
                twin.company = None;
                let number = people.own_phone(first, first_index);
                twin.phone = Some(number.written(random.between(2, STYLES as i64 - 1) as usize));
            }
            Self::NameCompany => {
                if let Some(company) = &mut twin.company {
                    company.name = rewritten(company, random);
                }
            }
            Self::TypingSlip if random.percent(50) => twin.first = slip(&first.first, random),
            Self::TypingSlip => twin.last = slip(&first.last, random),
            Self::NameDomain => {
                swap_or_shorten(&mut twin, random);
                twin.email = Some(people.company_mail(&twin, random));
                twin.company = None;
            }
            Self::Accents => {
                for word in [&mut twin.first, &mut twin.last] {
                    word.text = without_accents(&word.text);
                }
            }
            Self::NamesakesInCompany => {
                twin.email = Some(people.company_mail(first, random));
                twin.phone = Some(people.own_phone(first, index).any_way(random));
                twin.title = None;
            }
            Self::FamilyPhone => {
                twin.first = people.other_first(first, random);
                twin.phone.clone_from(&first.phone);
                twin.address.clone_from(&first.address);
                twin.email = random.percent(60).then(|| people.public_mail(&twin, random));
            }
            Self::NamesakesAtPublicDomain => {
                let domain = first.email.as_deref().and_then(|e| e.rsplit_once('@')).map_or("", |(_, domain)| domain);
                twin.city = other_city(first, random);
                twin.email = Some(people.mail_at(first, domain, random));
                twin.mobile = Some(people.own_mobile(&twin, index, random));
            }
            Self::SharedContact => {
                twin.first = people.other_first(first, random);
                twin.last = people.lexicon.last[first.culture].draw(random).clone();
                twin.title = None;
                twin.email.clone_from(&first.email);
                let number = first.company.as_ref().map(|c| switchboard(first, c.switchboard));
                twin.phone = number.map(|n| n.any_way(random));
            }
        }
        twin
    }
}

fn switchboard(person: &Person, number: u64) -> Phone {
    Phone::shared(person.country, COUNTRIES[person.country].cities[person.city].2, number)
}

fn other_city(person: &Person, random: &mut Random) -> usize {
    let count = COUNTRIES[person.country].cities.len();
    (person.city + 1 + random.below(count.saturating_sub(1).max(1))) % count
}

/// The address with a `+tag`, or in other case.
fn same_mail(email: &str, random: &mut Random) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    match random.below(4) {
        0 => email.to_uppercase(),
        1 => {
            let capitals: Vec<String> = local.split('.').map(capital).collect();
            format!("{}@{}", capitals.join("."), capital(domain))
        }
        _ => format!("{local}+{}@{domain}", random.pick(&["expo", "news", "crm", "web", "offer"])),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// The company as somebody else would write it: without its legal form, with the form written otherwise, in capitals, joined.
fn rewritten(company: &super::company::Company, random: &mut Random) -> String {
    let other = match random.below(4) {
        0 => company.written(None),
        1 => company.written(Some(company.form.1)),
        2 => company.name.to_uppercase(),
        _ => company.written(Some(company.form.1)).replacen(' ', "-", 1),
    };
    if other == company.name { company.written(None) } else { other }
}

/// One letter left out, doubled, turned round with the next, or hit beside; the first letter stays.
fn slip(word: &Word, random: &mut Random) -> Word {
    let mut letters: Vec<char> = word.text.chars().collect();
    for _ in 0..50 {
        let mut slipped = letters.clone();
        let at = 1 + random.below(letters.len() - 2);
        match random.below(4) {
            0 => {
                slipped.remove(at);
            }
            1 => slipped.insert(at, letters[at]),
            2 => slipped.swap(at, at + 1),
            _ => slipped[at] = beside(letters[at]),
        }
        if slipped != letters && letters[at].is_alphabetic() && slipped[at].is_lowercase() {
            letters = slipped;
            break;
        }
    }
    Word { text: letters.into_iter().collect(), latin: word.latin.clone() }
}

/// The key to the right on a keyboard; `e` where there is none.
fn beside(letter: char) -> char {
    let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let next = rows.iter().find_map(|row| row.find(letter).and_then(|at| row[at + letter.len_utf8()..].chars().next()));
    next.unwrap_or('e')
}

fn swap_or_shorten(person: &mut Person, random: &mut Random) {
    let short = SHORT_FORMS.iter().find(|(long, _)| *long == person.first.text).map(|(_, short)| *short);
    match short {
        Some(short) if random.percent(60) => person.first = Word::parse(short),
        _ if random.percent(50) => std::mem::swap(&mut person.first, &mut person.last),
        _ => {
            let initial: String = person.first.text.chars().take(1).collect();
            person.first = Word { latin: person.first.latin.get(..1).unwrap_or("x").to_owned(), text: format!("{initial}.") };
        }
    }
}
