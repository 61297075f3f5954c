//! A card as a row of an import: one cell for each heading, what has no heading in the last one. Knows no field of a record but by
//! the words of the table.

use sha2::{Digest, Sha256};

use super::card::{Address, Card, CardFile, PhoneKind};
use super::reader::Placed;
use crate::exchange::text::hex;

/// Table: the headings of cards as the person reads them, and the fields that take them, the first one that a record has.
#[rustfmt::skip]
pub const HEADINGS: &[(&str, &[&str])] = &[
    ("id", &["id"]),
    ("Prefix", &["salutation"]),
    ("First Name", &["first_name"]),
    ("Middle Name", &["middle_name"]),
    ("Last Name", &["last_name"]),
    ("Suffix", &[]),
    ("Full Name", &["name"]),
    ("Phonetic First Name", &["yomi_first_name"]),
    ("Phonetic Last Name", &["yomi_last_name"]),
    ("Company", &["company", "account", "name"]),
    ("Department", &["department"]),
    ("Job Title", &["job_title"]),
    ("Email", &["email"]),
    ("Email 2", &["email2"]),
    ("Email 3", &["email3"]),
    ("Business Phone", &["phone"]),
    ("Mobile Phone", &["mobile_phone"]),
    ("Home Phone", &["home_phone"]),
    ("Other Phone", &["other_phone"]),
    ("Fax", &["fax"]),
    ("Pager", &["pager"]),
    ("Website", &["website"]),
    ("Street", &["street"]),
    ("Post Office Box", &["post_office_box"]),
    ("City", &["city"]),
    ("State", &["state_or_province"]),
    ("Postal Code", &["postal_code"]),
    ("Country", &["country"]),
    ("Street (Home)", &["address2_street"]),
    ("Post Office Box (Home)", &["address2_post_office_box"]),
    ("City (Home)", &["address2_city"]),
    ("State (Home)", &["address2_state_or_province"]),
    ("Postal Code (Home)", &["address2_postal_code"]),
    ("Country (Home)", &["address2_country"]),
    ("Birthday", &["birthday"]),
    ("Categories", &["tags"]),
    ("Note", &["description"]),
    (OTHER, &[]),
];

/// What a row that was made of a card holds besides its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardRow {
    /// Photos and other files.
    pub files: Vec<CardFile>,
    /// The same for the same card, wherever it stands.
    pub key: String,
    /// Why nothing is to be made of it.
    pub skip: Option<&'static str>,
    /// What its reader should know.
    pub remark: Option<&'static str>,
}

impl CardRow {
    /// Takes the files out of a card whose cells are these.
    pub fn of(placed: &mut Placed, cells: &[String]) -> Self {
        let mut hash = Sha256::new();
        for ((heading, _), cell) in HEADINGS.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            hash.update(heading);
            hash.update([0x1F]);
            hash.update(cell);
            hash.update([0x1E]);
        }
        Self {
            files: std::mem::take(&mut placed.card.files),
            key: hex(&hash.finalize()[..16]),
            skip: placed.card.is_group.then_some("is a list of people and no person"),
            remark: placed.is_cut.then_some("the card has no END:VCARD; what stands before the next one was read"),
        }
    }
}

/// The heading of what no other one takes: lines with their own labels.
pub const OTHER: &str = "Other";

/// Cells by their headings.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    cells: Vec<String>,
}

impl Columns {
    /// The cells of a card, in the order of [`HEADINGS`].
    pub fn of(placed: &Placed) -> Vec<String> {
        let card = &placed.card;
        let mut row = Self { cells: vec![String::new(); HEADINGS.len()] };
        let mut rest: Vec<String> = Vec::new();
        row.set("id", card.uid.strip_prefix("urn:uuid:").unwrap_or(&card.uid));
        row.set_name(card);
        row.set("Department", &card.department);
        row.set("Job Title", &card.title);
        for (at, email) in card.emails.iter().enumerate() {
            match ["Email", "Email 2", "Email 3"].get(at) {
                Some(heading) => row.set(heading, email),
                None => rest.push(format!("E-mail: {email}")),
            }
        }
        for phone in &card.phones {
            let (own, label) = match phone.kind {
                PhoneKind::Work => ("Business Phone", "Phone (work)"),
                PhoneKind::Mobile => ("Mobile Phone", "Phone (mobile)"),
                PhoneKind::Home => ("Home Phone", "Phone (home)"),
                PhoneKind::Fax => ("Fax", "Fax"),
                PhoneKind::Pager => ("Pager", "Pager"),
                PhoneKind::Other => ("Business Phone", "Phone"),
            };
            let is_call = !matches!(phone.kind, PhoneKind::Fax | PhoneKind::Pager);
            let placed = row.fill(own, &phone.number) || (is_call && row.fill("Other Phone", &phone.number));
            if !placed {
                rest.push(format!("{label}: {}", phone.number));
            }
        }
        if let Some((site, more)) = card.websites.split_first() {
            row.set("Website", site);
            rest.extend(more.iter().map(|site| format!("Website: {site}")));
        }
        for (at, address) in card.addresses.iter().enumerate() {
            match at {
                0 => row.set_address(address, ""),
                1 => row.set_address(address, " (Home)"),
                _ => rest.push(format!("Address: {}", one_line(address))),
            }
        }
        row.set("Birthday", &card.birthday);
        row.set("Categories", &card.categories.join(", "));
        row.set("Note", &card.note);
        rest.extend(card.others.iter().map(|other| format!("{}: {}", other.label, other.text)));
        if placed.unread > 0 {
            rest.push(format!("Lines of the card that could not be read: {}", placed.unread));
        }
        row.set(OTHER, &rest.join("\n"));
        row.cells
    }

    /// The name: its parts, the whole one where there are none; a company's card has the company's alone.
    fn set_name(&mut self, card: &Card) {
        let name = &card.name;
        let has_parts = !(name.first.is_empty() && name.last.is_empty() && name.middle.is_empty());
        let company = if card.company.is_empty() && card.is_company { &card.full_name } else { &card.company };
        self.set("Company", company);
        self.set("Prefix", &name.prefix);
        self.set("Suffix", &name.suffix);
        self.set("First Name", &name.first);
        self.set("Middle Name", &name.middle);
        self.set("Last Name", &name.last);
        if !has_parts && !card.is_company && card.full_name != card.company {
            self.set("Full Name", &card.full_name);
        }
        self.set("Phonetic First Name", &card.phonetic.0);
        self.set("Phonetic Last Name", &card.phonetic.1);
    }

    fn set_address(&mut self, address: &Address, which: &str) {
        let between = if which.is_empty() { "\n" } else { ", " };
        let mut lines: Vec<&str> = address.street.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        // as many lines as a record has
        let tail = if lines.len() > 3 { lines.split_off(2).join(", ") } else { String::new() };
        if !tail.is_empty() {
            lines.push(&tail);
        }
        for (heading, text) in [
            ("Street", lines.join(between).as_str()),
            ("Post Office Box", &address.box_number),
            ("City", &address.city),
            ("State", &address.state),
            ("Postal Code", &address.code),
            ("Country", &address.country),
        ] {
            self.set(&format!("{heading}{which}"), text);
        }
    }

    fn set(&mut self, heading: &str, text: &str) {
        if let Some(cell) = self.cell(heading) {
            *cell = text.to_owned();
        }
    }

    /// Puts a text where nothing stands yet.
    fn fill(&mut self, heading: &str, text: &str) -> bool {
        match self.cell(heading) {
            Some(cell) if cell.is_empty() => {
                *cell = text.to_owned();
                true
            }
            _ => false,
        }
    }

    fn cell(&mut self, heading: &str) -> Option<&mut String> {
        let at = HEADINGS.iter().position(|(own, _)| *own == heading)?;
        self.cells.get_mut(at)
    }
}

fn one_line(address: &Address) -> String {
    let street = address.street.replace('\n', ", ");
    let parts = [&street, &address.box_number, &address.code, &address.city, &address.state, &address.country];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}
