//! What a vCard says of somebody, whatever version it is written in. Knows no file and no record.

use super::property::Property;

/// The parts of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Mr., Dr.
    pub prefix: String,
    /// Given name.
    pub first: String,
    /// Further given names.
    pub middle: String,
    /// Family name.
    pub last: String,
    /// Sr., M.Sc.
    pub suffix: String,
}

/// What a telephone number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// At work.
    Work,
    /// A mobile one.
    Mobile,
    /// At home.
    Home,
    /// A fax.
    Fax,
    /// A pager.
    Pager,
    /// Not said.
    Other,
}

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// As it is written.
    pub number: String,
    /// What it is for.
    pub kind: PhoneKind,
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Street, house, floor, in lines.
    pub street: String,
    /// Post office box.
    pub box_number: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Postal code.
    pub code: String,
    /// Country.
    pub country: String,
    /// Whether it is where they live, not where they work.
    pub is_home: bool,
}

/// What a card says besides, with what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// The name.
    pub label: String,
    /// The text.
    pub text: String,
}

/// A photo, a logo, a sound or a key that a card holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFile {
    /// A file name made by this program: `photo.jpg`.
    pub name: String,
    /// Its type.
    pub mime: String,
    /// All bytes.
    pub bytes: Vec<u8>,
}

/// A card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// The id in the address book.
    pub uid: String,
    /// The parts of the name.
    pub name: Name,
    /// The whole name.
    pub full_name: String,
    /// First and last name as they are spoken.
    pub phonetic: (String, String),
    /// The company.
    pub company: String,
    /// The department in it.
    pub department: String,
    /// The job title.
    pub title: String,
    /// E-mail addresses, the preferred one first.
    pub emails: Vec<String>,
    /// Telephone numbers, preferred ones first.
    pub phones: Vec<Phone>,
    /// Addresses, that at work first.
    pub addresses: Vec<Address>,
    /// Web addresses, that of the work first.
    pub websites: Vec<String>,
    /// The day of birth as 1980-03-22.
    pub birthday: String,
    /// Categories.
    pub categories: Vec<String>,
    /// The note.
    pub note: String,
    /// All else that people would read.
    pub others: Vec<Labelled>,
    /// Photos and other files.
    pub files: Vec<CardFile>,
    /// Whether it is of a list of people and of nobody.
    pub is_group: bool,
    /// Whether it is of a company and of nobody in it.
    pub is_company: bool,
}

/// What tells only programs something; a LABEL says again what its ADR says.
const TECHNICAL: &[&str] = &[
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "REV",
    "MAILER",
    "CLASS",
    "SOURCE",
    "NAME",
    "CLIENTPIDMAP",
    "SORT-STRING",
    "X-ABLABEL",
    "X-ABADR",
    "X-ABUID",
    "X-ABSHOWAS",
    "X-MS-OL-DESIGN",
    "X-MS-OL-DEFAULT-POSTAL-ADDRESS",
    "X-IMAGETYPE",
    "X-IMAGEHASH",
    "X-SHARED-PHOTO-DISPLAY-PREF",
];

/// What properties are called where no field takes them.
const LABELS: &[(&str, &str)] = &[
    ("N", "Name"),
    ("FN", "Name"),
    ("ORG", "Company"),
    ("TITLE", "Job title"),
    ("NICKNAME", "Nickname"),
    ("ROLE", "Role"),
    ("TZ", "Time zone"),
    ("GEO", "Position"),
    ("LANG", "Language"),
    ("GENDER", "Gender"),
    ("ANNIVERSARY", "Anniversary"),
    ("X-ANNIVERSARY", "Anniversary"),
    ("X-MS-ANNIVERSARY", "Anniversary"),
    ("X-SPOUSE", "Spouse"),
    ("X-MS-SPOUSE", "Spouse"),
    ("X-MANAGER", "Manager"),
    ("X-MS-MANAGER", "Manager"),
    ("X-ASSISTANT", "Assistant"),
    ("X-MS-ASSISTANT", "Assistant"),
    ("X-MS-IMADDRESS", "Chat"),
    ("X-MS-TEL", "Phone"),
    ("IMPP", "Chat"),
    ("X-AIM", "AIM"),
    ("X-SKYPE", "Skype"),
    ("X-SKYPE-USERNAME", "Skype"),
    ("X-SOCIALPROFILE", "Profile"),
    ("X-ABDATE", "Date"),
    ("X-ABRELATEDNAMES", "Related"),
    ("RELATED", "Related"),
    ("LABEL", "Address"),
    ("FBURL", "Free and busy"),
    ("CALURI", "Calendar"),
    ("AGENT", "Agent"),
    ("KEY", "Key"),
    ("LOGO", "Logo"),
    ("PHOTO", "Photo"),
    ("SOUND", "Sound"),
];

impl Card {
    /// Makes a card of its properties.
    pub fn of(properties: &[Property]) -> Self {
        let mut card = Self::default();
        // stable: preferred ones first, else in their order
        let mut ordered: Vec<&Property> = properties.iter().collect();
        ordered.sort_by_key(|property| !property.is_preferred());
        for property in ordered {
            card.take(property, properties);
        }
        card.addresses.sort_by_key(|address| address.is_home);
        let has_address = !card.addresses.is_empty();
        if has_address {
            card.others.retain(|other| other.label != "Address");
        }
        card
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn take(&mut self, property: &Property, all: &[Property]) {
        match property.name.as_str() {
            "N" if self.name == Name::default() => self.name = name(property),
            "FN" if self.full_name.is_empty() => self.full_name = property.text().trim().to_owned(),
            "ORG" if self.company.is_empty() => {
                let mut parts = property.parts().into_iter();
                self.company = parts.next().unwrap_or_default();
                self.department = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            }
            "TITLE" if self.title.is_empty() => self.title = property.text().trim().to_owned(),
            "EMAIL" => self.take_email(property),
            "TEL" => self.take_phone(property, all),
            "ADR" => {
                let address = address(property);
                if address != (Address { is_home: address.is_home, ..Address::default() }) {
                    self.addresses.push(address);
                }
            }
            "URL" => {
                let url = property.text().trim().to_owned();
                if !url.is_empty() && !self.websites.contains(&url) {
                    // the site of the work stands first
                    let at = if property.is_type("work") { 0 } else { self.websites.len() };
                    self.websites.insert(at, url);
                }
            }
            "BDAY" if self.birthday.is_empty() => match day(&property.text()) {
                Some(day) => self.birthday = day,
                None => self.other("Birthday", &property.text()),
            },
            "CATEGORIES" => self.categories.extend(property.lists().into_iter().flatten().flat_map(|category| {
                category.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>()
            })),
            "NOTE" => {
                let text = property.text();
                if !self.note.is_empty() && !text.trim().is_empty() {
                    self.note.push('\n');
                }
                self.note.push_str(text.trim());
            }
            "UID" if self.uid.is_empty() => self.uid = property.text().trim().to_owned(),
            "X-PHONETIC-FIRST-NAME" => self.phonetic.0 = property.text().trim().to_owned(),
            "X-PHONETIC-LAST-NAME" => self.phonetic.1 = property.text().trim().to_owned(),
            "KIND" | "X-ADDRESSBOOKSERVER-KIND" => {
                let kind = property.text().trim().to_ascii_lowercase();
                self.is_group |= kind == "group";
                self.is_company |= kind == "org";
            }
            "X-ABSHOWAS" => self.is_company |= property.text().trim().eq_ignore_ascii_case("company"),
            name if TECHNICAL.contains(&name) => {}
            _ => self.take_other(property, all),
        }
    }

    fn take_email(&mut self, property: &Property) {
        let text = property.text().trim().to_owned();
        let address = text.get(7..).filter(|_| starts_with(&text, "mailto:")).unwrap_or(&text).to_owned();
        if !address.is_empty() && !self.emails.iter().any(|own| own.eq_ignore_ascii_case(&address)) {
            self.emails.push(address);
        }
    }

    fn take_phone(&mut self, property: &Property, all: &[Property]) {
        let text = property.text().trim().to_owned();
        let number = match text.get(4..).filter(|_| starts_with(&text, "tel:")) {
            Some(rest) => rest.replace(";ext=", " ext. "),
            None => text,
        };
        if number.is_empty() {
            return;
        }
        if let Some(label) = label_of(property, all) {
            return self.other(&label, &number);
        }
        let kind = if property.is_type("fax") {
            PhoneKind::Fax
        } else if property.is_type("pager") {
            PhoneKind::Pager
        } else if property.is_type("cell") || property.is_type("iphone") {
            PhoneKind::Mobile
        } else if property.is_type("work") || property.is_type("main") {
            PhoneKind::Work
        } else if property.is_type("home") {
            PhoneKind::Home
        } else {
            PhoneKind::Other
        };
        if !self.phones.iter().any(|phone| phone.number == number && phone.kind == kind) {
            self.phones.push(Phone { number, kind });
        }
    }

    /// What no field takes: bytes as a file, all else with what it is called.
    fn take_other(&mut self, property: &Property, all: &[Property]) {
        if let Some((bytes, mime)) = property.bytes() {
            let kind = mime.or_else(|| property.parameter("MEDIATYPE").map(str::to_ascii_lowercase));
            self.files.push(file(property, bytes, kind));
            return;
        }
        let usual = LABELS.iter().find(|(name, _)| *name == property.name).map(|(_, label)| *label);
        let label = label_of(property, all).unwrap_or_else(|| usual.unwrap_or(&property.name).to_owned());
        if property.is_binary() {
            return self.other(&label, "could not be read");
        }
        let text = property.lists().into_iter().map(|list| list.join(", ")).filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let whole = matches!(property.name.as_str(), "LABEL" | "GEO" | "IMPP") || property.name.starts_with("X-ABADR");
        self.other(&label, &if whole { property.text() } else { text.join("; ") });
    }

    fn other(&mut self, label: &str, text: &str) {
        let text = text.trim();
        let other = Labelled { label: label.to_owned(), text: text.to_owned() };
        if !text.is_empty() && !self.others.contains(&other) {
            self.others.push(other);
        }
    }
}

fn starts_with(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// The label that Apple gives to the group of a property: `item1.X-ABLabel:_$!<Anniversary>!$_`.
fn label_of(property: &Property, all: &[Property]) -> Option<String> {
    if property.group.is_empty() || matches!(property.name.as_str(), "URL" | "ADR" | "EMAIL") {
        return None;
    }
    let label = all.iter().find(|other| other.name == "X-ABLABEL" && other.group == property.group)?.text();
    let bare = label.trim().strip_prefix("_$!<").and_then(|rest| rest.strip_suffix(">!$_")).unwrap_or(label.trim());
    Some(bare.to_owned()).filter(|label| !label.is_empty())
}

fn name(property: &Property) -> Name {
    let mut parts = property.lists().into_iter();
    let mut next = |between: &str| parts.next().unwrap_or_default().join(between);
    let (last, first, middle, prefix) = (next(" "), next(" "), next(" "), next(" "));
    Name { prefix, first, middle, last, suffix: next(", ") }
}

fn address(property: &Property) -> Address {
    let lists = property.lists();
    let part = |at: usize| lists.get(at).map(|list| list.join(", ")).unwrap_or_default();
    let street = [part(2), part(1)].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    Address {
        street,
        box_number: part(0),
        city: part(3),
        state: part(4),
        code: part(5),
        country: part(6),
        is_home: property.is_type("home") && !property.is_type("work"),
    }
}

/// A day in full; none of a day without its year.
fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let day = text.split(['T', 't', ' ']).next()?;
    let digits: String = day.chars().filter(char::is_ascii_digit).collect();
    let written = day.len() == 8 || (day.len() == 10 && day.as_bytes()[4] == b'-' && day.as_bytes()[7] == b'-');
    if digits.len() != 8 || !written || day.starts_with('-') {
        return None;
    }
    // 1604 is how Apple writes that the year is not known
    (&digits[..4] != "1604").then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

fn file(property: &Property, bytes: Vec<u8>, mime: Option<String>) -> CardFile {
    const KNOWN: &[(&[u8], &str, &str)] = &[
        (b"\xFF\xD8\xFF", "image/jpeg", "jpg"),
        (b"\x89PNG", "image/png", "png"),
        (b"GIF8", "image/gif", "gif"),
        (b"BM", "image/bmp", "bmp"),
    ];
    let is_image = matches!(property.name.as_str(), "PHOTO" | "LOGO");
    let known = KNOWN.iter().find(|(start, ..)| is_image && bytes.starts_with(start));
    let told =
        property.parameters.iter().find(|(name, value)| name == "TYPE" && !matches!(value.as_str(), "pref" | "work" | "home"));
    let (mime, ending) = match (known, mime, told) {
        (Some((_, mime, ending)), ..) => ((*mime).to_owned(), (*ending).to_owned()),
        (None, Some(mime), _) => {
            let ending = mime.rsplit('/').next().unwrap_or_default().to_owned();
            (mime, ending)
        }
        (None, None, Some((_, kind))) if is_image => (format!("image/{kind}"), kind.clone()),
        (None, None, Some((_, kind))) => ("application/octet-stream".to_owned(), kind.clone()),
        (None, None, None) => ("application/octet-stream".to_owned(), String::new()),
    };
    // an ending that a card names is letters and figures, and no path
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let ending = if ending.is_empty() { "bin" } else { &ending };
    let mime: String = mime.chars().filter(|c| c.is_ascii_alphanumeric() || "/.+-".contains(*c)).take(100).collect();
    CardFile { name: format!("{}.{ending}", property.name.to_ascii_lowercase()), mime, bytes }
}
