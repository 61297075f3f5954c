//! vCards as records: what phones and address books wrote becomes of leads and contacts, in fields, in the description, as files.

use leadbook::exchange::csv::CsvFile;
use leadbook::exchange::input::Input;
use leadbook::exchange::vcard::{Card, Reader};
use leadbook::model::entity::Entity;

use crate::common::*;

/// A card of each kind, as phones write them, with a list of people between them.
const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-1\r\nN:Lee;Ann;;Dr.;Jr.\r\nFN:Dr. Ann Lee Jr.\r\nORG:Contoso;Sales\r\n\
    TITLE:Buyer\r\nEMAIL;TYPE=WORK:Ann@Contoso.example\r\nEMAIL:ann2@x.example\r\nEMAIL:ann3@x.example\r\nEMAIL:ann4@x.example\r\n\
    TEL;TYPE=CELL:+1 555 0100\r\nTEL;TYPE=CELL:+1 555 0101\r\nTEL;TYPE=CELL:+1 555 0102\r\n\
    ADR;TYPE=HOME:;;Elm St 4;Utica;NY;13501;USA\r\nADR;TYPE=WORK:;Floor 2;Main St 1;Austin;TX;73301;USA\r\n\
    BDAY:1980-03-22\r\nNICKNAME:Annie\r\nCATEGORIES:expo,vip\r\nNOTE:Met in spring.\\nLikes trains.\r\n\
    PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\nREV:20260101T000000Z\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:3.0\r\nX-ADDRESSBOOKSERVER-KIND:group\r\nFN:Friends\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Ek\r\nTEL:12345\r\nX-LONG:LONG\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Litware\r\nORG:Litware\r\nX-ABShowAs:COMPANY\r\nEMAIL:no address\r\nEND:VCARD\r\n";

fn look_alike(entity: Entity) -> Imported {
    let long = "y".repeat(1990);
    import_as(Input::memory("phone.vcf", CARDS.replace("LONG:LONG", &format!("LONG:{long}")).into_bytes()), options("US"), entity)
        .expect("an import")
}

#[test]
fn cards_become_leads() {
    let got = look_alike(Entity::Lead);
    assert!(got.plan.file.is_cards());
    assert_eq!((got.plan.file.about().as_str(), got.plan.import_source.as_str()), ("vCard", "vcard"));
    assert_eq!((got.report.read, got.report.created, got.report.skipped), (4, 3, 1));
    let ann = got.key("card-1");
    got.expect(
        ann,
        &[
            ("salutation", "Dr."),
            ("first_name", "Ann"),
            ("last_name", "Lee"),
            ("company", "Contoso"),
            ("job_title", "Buyer"),
            ("email", "Ann@contoso.example"),
            ("email2", "ann2@x.example"),
            ("email3", "ann3@x.example"),
            ("mobile_phone", "+1 555 0100"),
            ("other_phone", "+1 555 0101"),
            ("street", "Main St 1"),
            ("street2", "Floor 2"),
            ("state_or_province", "TX"),
            ("address2_city", "Utica"),
            ("tags", "expo|vip"),
            (
                "description",
                "Met in spring.\nLikes trains.\nSuffix: Jr.\nDepartment: Sales\nBirthday: 1980-03-22\nE-mail: ann4@x.example\n\
                 Phone (mobile): +1 555 0102\nNickname: Annie",
            ),
        ],
    );
    assert_eq!(ann.rest, "");
    assert_eq!((ann.files[0].name.as_str(), ann.files[0].mime.as_str()), ("photo.jpg", "image/jpeg"));
    assert_eq!(got.drafts[1].skip.as_deref(), Some("is a list of people and no person"));
    got.expect(&got.drafts[2], &[("first_name", "Bo"), ("last_name", "Ek"), ("phone", "12345")]);
    // what the description has no room for is kept
    assert!(got.drafts[2].rest.is_empty() || got.drafts[2].rest.contains("X-LONG"), "{}", got.drafts[2].rest);
    got.expect(&got.drafts[3], &[("company", "Litware"), ("first_name", "")]);
    assert!(got.drafts[3].problems.iter().any(|problem| problem.message.contains("has no @")), "{:?}", got.drafts[3].problems);
    let lines = got.report.lines();
    assert_eq!(got.report.place(&lines[0]), "card 2");
    assert!(got.report.unused_columns.is_empty());
}

#[test]
fn cards_become_contacts_with_what_only_they_have() {
    let got = look_alike(Entity::Contact);
    let ann = got.key("card-1");
    let show = |name| got.show_of(Entity::Contact, ann, name);
    assert_eq!((show("department").as_str(), show("birthday").as_str()), ("Sales", "1980-03-22"));
    assert!(ann.references.iter().any(|reference| reference.text == "Contoso"), "{:?}", ann.references);
    assert!(!show("description").contains("Department"), "{}", show("description"));
}

#[test]
fn the_same_card_has_the_same_key_in_any_file() {
    let bo = "BEGIN:VCARD\nVERSION:3.0\nFN:Bo Ek\nTEL:12345\nEND:VCARD\n";
    let alone = import(Input::memory("a.vcf", bo.as_bytes().to_vec()), options("US")).expect("an import");
    let more = format!("BEGIN:VCARD\nFN:Al Ma\nEMAIL:al@x.example\nEND:VCARD\n{bo}");
    let among = import(Input::memory("b.vcf", more.into_bytes()), options("US")).expect("an import");
    assert_eq!(alone.drafts[0].import_key, among.drafts[1].import_key);
    assert_ne!(among.drafts[0].import_key, among.drafts[1].import_key);
}

#[test]
fn a_file_without_a_card_that_says_anything_is_refused() {
    for text in ["BEGIN:VCARD\n", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"] {
        let error = CsvFile::open(Input::memory("x.vcf", text.as_bytes().to_vec())).expect_err("nothing in it");
        assert_eq!(error.headline(), "x.vcf holds no card that says anything");
    }
    let wide = Input::memory("x.vcf", CARDS.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    assert_eq!(import(wide, options("US")).expect("UTF-16").report.created, 3);
}

fn cards(name: &str) -> Option<Vec<Card>> {
    let input = real_in("vcf", name)?;
    let mut reader = Reader::new(input.open().expect("a file"));
    let mut all = Vec::new();
    while let Some(placed) = reader.read().expect("within the limits") {
        assert!(!placed.is_cut, "{name}: card {}", placed.number);
        all.push(placed.card);
    }
    // and as leads
    let imported = import(input, options("US")).expect("an import");
    assert_eq!(imported.drafts.len(), all.len(), "{name}");
    Some(all)
}

/// Full name or name, first e-mail, count of numbers, and files of every card.
#[test]
fn real_cards_say_what_they_say() {
    type Found = (String, String, usize, Vec<(String, usize)>);
    type Said = &'static [(&'static str, &'static str, usize, &'static [(&'static str, usize)])];
    #[rustfmt::skip]
    let files: [(&str, Said); 10] = [
        ("John_Doe_ANDROID.vcf", &[
            ("", "john.doe@company.com", 0, &[]),
            ("", "jane.doe@company.com", 0, &[]),
            ("Ñ Ñ Ñ Ñ Ñ", "", 1, &[]),
            ("Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ", "", 4, &[]),
            ("Ñ Ñ Ñ Ñ", "bob@company.com", 3, &[("photo.jpg", 876)]),
            ("ÑÑÑÑ", "henry@company.com", 1, &[]),
        ]),
        ("John_Doe_GMAIL.vcf", &[("Mr. John Richter, James Doe Sr.", "john.doe@ibm.com", 2, &[])]),
        ("John_Doe_IPHONE.vcf", &[("Mr. John Richter James Doe Sr.", "john.doe@ibm.com", 6, &[("photo.jpg", 32531)])]),
        ("John_Doe_MAC_ADDRESS_BOOK.vcf", &[("Mr. John Richter,James Doe Sr.", "john.doe@ibm.com", 6, &[("photo.jpg", 18242)])]),
        ("John_Doe_MS_OUTLOOK.vcf", &[("Mr. John Richter James Doe Sr.", "john.doe@ibm.cm", 2, &[("photo.jpg", 860)])]),
        ("gmail-list.vcf", &[
            ("Arnold Smith", "asmithk@gmail.com", 0, &[]),
            ("Chris Beatle", "chrisy55d@yahoo.com", 0, &[]),
            ("Doug White", "dwhite@gmail.com", 0, &[]),
        ]),
        ("outlook-2007.vcf", &[("Mr. Michael Angstadt Jr.", "mike.angstadt@gmail.com", 4, &[("key.x509", 514), ("photo.jpg", 2324)])]),
        ("rfc2426-example.vcf", &[
            ("Frank Dawson", "Frank_Dawson@Lotus.com", 2, &[]),
            ("Tim Howes", "howes@netscape.com", 2, &[]),
        ]),
        ("rfc6350-example.vcf", &[("Simon Perreault", "simon.perreault@viagenie.ca", 2, &[])]),
        ("thunderbird-MoreFunctionsForAddressBook-extension.vcf", &[("John Doe", "doe.john@hotmail.com", 5, &[("photo.jpg", 8940)])]),
    ];
    for (name, said) in files {
        let Some(cards) = cards(name) else { return };
        let found: Vec<Found> = cards
            .iter()
            .map(|card| {
                let files = card.files.iter().map(|file| (file.name.clone(), file.bytes.len())).collect();
                (card.full_name.clone(), card.emails.first().cloned().unwrap_or_default(), card.phones.len(), files)
            })
            .collect();
        let said: Vec<Found> = said
            .iter()
            .map(|(full, email, phones, files)| {
                let files = files.iter().map(|(name, size)| ((*name).to_owned(), *size)).collect();
                ((*full).to_owned(), (*email).to_owned(), *phones, files)
            })
            .collect();
        assert_eq!(found, said, "{name}");
    }
}
