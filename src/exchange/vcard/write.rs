//! A card as vCard 3.0, which every address book reads. Decides nothing of what stands on it.

use std::io::{self, Write};

use super::base64;
use super::card::{Address, Card, PhoneKind};
use crate::exchange::fold::write_folded;

/// The longest line in bytes, its end not counted. Source: RFC 2426.
const LONGEST: usize = 75;

/// Writes one card.
pub fn write(out: &mut dyn Write, card: &Card) -> io::Result<()> {
    let mut lines = Lines { out };
    lines.line("BEGIN", "VCARD")?;
    lines.line("VERSION", "3.0")?;
    let name = &card.name;
    let parts = [&name.last, &name.first, &name.middle, &name.prefix, &name.suffix];
    lines.line("N", &parts.map(|part| escape(part)).join(";"))?;
    lines.line("FN", &escape(&card.full_name))?;
    if !(card.company.is_empty() && card.department.is_empty()) {
        let parts = [&card.company, &card.department];
        let count = if card.department.is_empty() { 1 } else { 2 };
        lines.line("ORG", &parts[..count].iter().map(|part| escape(part)).collect::<Vec<_>>().join(";"))?;
    }
    if card.is_company {
        lines.line("X-ABShowAs", "COMPANY")?;
    }
    lines.text("TITLE", &card.title)?;
    for (at, email) in card.emails.iter().enumerate() {
        lines.text(if at == 0 { "EMAIL;TYPE=INTERNET,PREF" } else { "EMAIL;TYPE=INTERNET" }, email)?;
    }
    for phone in &card.phones {
        let kind = match phone.kind {
            PhoneKind::Work => "TEL;TYPE=WORK,VOICE",
            PhoneKind::Mobile => "TEL;TYPE=CELL",
            PhoneKind::Home => "TEL;TYPE=HOME,VOICE",
            PhoneKind::Fax => "TEL;TYPE=WORK,FAX",
            PhoneKind::Pager => "TEL;TYPE=PAGER",
            PhoneKind::Other => "TEL;TYPE=VOICE",
        };
        lines.text(kind, &phone.number)?;
    }
    for address in &card.addresses {
        lines.line(if address.is_home { "ADR;TYPE=HOME" } else { "ADR;TYPE=WORK" }, &parts_of(address))?;
    }
    for website in &card.websites {
        lines.text("URL", website)?;
    }
    lines.text("BDAY", &card.birthday)?;
    if !card.categories.is_empty() {
        let categories: Vec<String> = card.categories.iter().map(|category| escape(category)).collect();
        lines.line("CATEGORIES", &categories.join(","))?;
    }
    lines.text("X-PHONETIC-FIRST-NAME", &card.phonetic.0)?;
    lines.text("X-PHONETIC-LAST-NAME", &card.phonetic.1)?;
    lines.text("NOTE", &card.note)?;
    for file in &card.files {
        let kind = file.mime.strip_prefix("image/").unwrap_or_default().to_ascii_uppercase();
        let kind = if kind.is_empty() { String::new() } else { format!(";TYPE={kind}") };
        lines.line(&format!("PHOTO;ENCODING=b{kind}"), &base64::encode(&file.bytes))?;
    }
    lines.text("UID", &card.uid)?;
    lines.line("END", "VCARD")
}

fn parts_of(address: &Address) -> String {
    let parts =
        [&address.box_number, &String::new(), &address.street, &address.city, &address.state, &address.code, &address.country];
    parts.map(|part| escape(part)).join(";")
}

/// Text as a value: its marks escaped, its line breaks written, control characters left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => out.push_str("\\n"),
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\t' => out.push('\t'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

struct Lines<'a> {
    out: &'a mut dyn Write,
}

impl Lines<'_> {
    /// A property of text; nothing where there is none.
    fn text(&mut self, head: &str, text: &str) -> io::Result<()> {
        if text.is_empty() { Ok(()) } else { self.line(head, &escape(text)) }
    }

    /// Writes a property, folded between characters.
    fn line(&mut self, head: &str, value: &str) -> io::Result<()> {
        write_folded(self.out, &format!("{head}:{value}"), LONGEST)
    }
}
