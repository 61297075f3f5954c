//! Which kind of records a file holds, where its headings, its numbers or its name say so clearly. Decides nothing: a person does.

use super::headings_own::OWN;
use super::recognise::normal;
use crate::error::Result;
use crate::exchange::csv::{CsvFile, Record};
use crate::model::entity::{Entity, RecordName};

/// A kind of records, and what says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The kind.
    pub entity: Entity,
    /// What says so, in words: `numbers`, `headings`, `name`.
    pub from: &'static str,
}

impl Guess {
    /// What says so, as the beginning of a sentence.
    pub fn says(self) -> String {
        let verb = if self.from == "name" { "says" } else { "say" };
        format!("the file's {} {verb}", self.from)
    }
}

/// How many rows are looked at for numbers of leadbook.
const ROWS: usize = 16;

/// What a file says: by the numbers of an export of ours, else by headings that no other list has, else by its name.
pub fn guess(file: &CsvFile) -> Result<Option<Guess>> {
    // an address book holds people, whatever they are to us
    if file.is_cards() {
        return Ok(None);
    }
    if let Some(entity) = by_number(file)? {
        return Ok(Some(Guess { entity, from: "numbers" }));
    }
    let headings: Vec<String> = file.headings.iter().map(|heading| normal(heading)).collect();
    let by_headings = by_headings(&headings).map(|entity| Guess { entity, from: "headings" });
    Ok(by_headings.or_else(|| by_name(&file.input.stem()).map(|entity| Guess { entity, from: "name" })))
}

/// The kind whose numbers stand under `number`, as leadbook writes them.
fn by_number(file: &CsvFile) -> Result<Option<Entity>> {
    let Some(at) = file.headings.iter().position(|heading| heading == "number") else { return Ok(None) };
    let (mut rows, mut record, mut found) = (file.rows()?, Record::default(), None);
    for _ in 0..ROWS {
        if !rows.read(&mut record)? {
            break;
        }
        let cell = record.get(at).trim();
        if cell.is_empty() {
            continue;
        }
        match RecordName::parse(cell) {
            Some(RecordName::Number(id)) if cell.contains('-') && found.is_none_or(|entity| entity == id.entity) => {
                found = Some(id.entity);
            }
            _ => return Ok(None),
        }
    }
    Ok(found.filter(|entity| Entity::LISTED.contains(entity)))
}

/// The kind with headings that are in no list but its own, if there is just one such.
fn by_headings(headings: &[String]) -> Option<Entity> {
    let has = |names: &[&str]| names.iter().any(|name| headings.iter().any(|heading| heading == name));
    let mut found = OWN.iter().filter(|own| has(own.sure)).map(|own| own.entity);
    found.next().filter(|_| found.next().is_none())
}

/// The kind whose name is the last word of its kind in the name of the file: `accounts-2026.csv`.
fn by_name(stem: &str) -> Option<Entity> {
    let stem = stem.to_lowercase();
    let words = stem.split(|c: char| !c.is_alphabetic());
    words.filter_map(Entity::of_name).rfind(|entity| Entity::IMPORTED.contains(entity))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::input::Input;

    fn guessed(name: &str, text: &str) -> Option<(Entity, &'static str)> {
        let file = CsvFile::open(Input::memory(name, text.as_bytes().to_vec())).expect("a file");
        guess(&file).expect("read").map(|guess| (guess.entity, guess.from))
    }

    #[test]
    fn a_file_says_what_it_holds_or_does_not() {
        for (name, text, found) in [
            ("list.csv", "number,name\nA-3,Contoso\n", Some((Entity::Account, "numbers"))),
            ("accounts.csv", "number,name\n\"O-3\",Renewal\n", Some((Entity::Opportunity, "numbers"))),
            ("list.csv", "number,name\n17,Contoso\n", None),
            ("list.csv", "number,name\nN-3,Contoso\n", None),
            ("list.csv", "Account Name,Account Owner,Billing Street\nC,A,S\n", Some((Entity::Account, "headings"))),
            ("accounts.csv", "Opportunity Name,Stage,Amount\nC,A,1\n", Some((Entity::Opportunity, "headings"))),
            ("list.csv", "(Do Not Modify) Contact,Full Name,Company Name\n1,A,C\n", Some((Entity::Contact, "headings"))),
            ("contacts.csv", "First Name,Lead Status\nA,New\n", Some((Entity::Lead, "headings"))),
            ("my contacts 2026.csv", "First Name,Email\nA,b@c.example\n", Some((Entity::Contact, "name"))),
            ("atomic-crm-contacts.csv", "first_name,company\nA,C\n", Some((Entity::Contact, "name"))),
            ("list.csv", "Id,WhoId,Subject,Status\n1,2,Call,Open\n", Some((Entity::Activity, "headings"))),
            ("list.csv", "Id,ParentId,Title,Body,IsPrivate\n1,2,T,B,0\n", Some((Entity::Note, "headings"))),
            ("old notes.csv", "Id,Parent,Text\n1,2,T\n", Some((Entity::Note, "name"))),
            ("list.csv", "First Name,Company\nA,C\n", None),
            ("list.csv", "Opportunity Name,Billing Street\nA,C\n", None),
            ("contacts.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nBDAY:1980-03-22\nEND:VCARD\n", None),
        ] {
            assert_eq!(guessed(name, text), found, "{name} {text}");
        }
    }
}
