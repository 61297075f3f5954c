//! Cards as phones and programs write them, and what is read of them; cards written and read again; bytes that are no card.

use proptest::prelude::*;

use super::*;

fn cards(bytes: &[u8]) -> Vec<Placed> {
    let mut reader = Reader::new(bytes);
    let mut all = Vec::new();
    while let Some(placed) = reader.read().expect("within the limits") {
        all.push(placed);
    }
    all
}

fn card(text: &str) -> Card {
    let text = text.replace('\n', "\r\n");
    let mut all = cards(text.as_bytes());
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).card
}

fn other(card: &Card, label: &str) -> String {
    let texts: Vec<&str> = card.others.iter().filter(|other| other.label == label).map(|other| other.text.as_str()).collect();
    texts.join(" | ")
}

#[test]
fn an_old_phone_writes_quoted_printable() {
    let card = card(
        "BEGIN:VCARD\nVERSION:2.1\n\
         N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC=6C=6C=65=72;J=C3=BCrgen;;;\n\
         FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen =\nM=C3=BCller\n\
         TEL;CELL;PREF:0170 1234567\nTEL;HOME:0221 98\nTEL;WORK;FAX:0221 99\n\
         EMAIL;PREF;WORK:j.mueller@example.com\nORG:Stahl; Bau;Einkauf\nADR;WORK;PREF:;Haus 2;Domplatz 1;K\u{f6}ln;NRW;50667;DE\n\
         NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\ntwo=3Bthree\nBDAY:19800322\nX-MS-MANAGER:Ann Lee\n\
         PHOTO;JPEG;ENCODING=BASE64:\n /9j/4AAQ\n SkZJRg==\n\nREV:20120305T131933Z\nEND:VCARD\n",
    );
    assert_eq!((card.name.last.as_str(), card.name.first.as_str()), ("Müller", "Jürgen"));
    assert_eq!(card.full_name, "Jürgen Müller");
    assert_eq!((card.company.as_str(), card.department.as_str()), ("Stahl", "Bau, Einkauf"));
    let phones: Vec<_> = card.phones.iter().map(|phone| (phone.number.as_str(), phone.kind)).collect();
    use PhoneKind::{Fax, Home, Mobile};
    assert_eq!(phones, [("0170 1234567", Mobile), ("0221 98", Home), ("0221 99", Fax)]);
    assert_eq!(card.addresses[0].street, "Domplatz 1\nHaus 2");
    assert_eq!(card.addresses[0].city, "Köln");
    assert_eq!(card.note, "one\ntwo;three");
    assert_eq!(card.birthday, "1980-03-22");
    assert_eq!(other(&card, "Manager"), "Ann Lee");
    assert_eq!(
        card.files[0],
        CardFile { name: "photo.jpg".into(), mime: "image/jpeg".into(), bytes: b"\xFF\xD8\xFF\xE0\0\x10JFIF".into() }
    );
}

#[test]
fn charsets_are_taken_at_their_word() {
    for (bytes, name) in [
        (&b"N;CHARSET=windows-1251:\xcf\xe5\xf2\xf0\xee\xe2;\xc8\xe2\xe0\xed"[..], "Петров"),
        (b"N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J", "Müller"),
        (b"N;CHARSET=Shift_JIS:\x8e\x52\x93\x63;a", "山田"),
        (b"N:M\xfcller;J", "Müller"),
        (b"N;CHARSET=nonsense:M\xc3\xbcller;J", "Müller"),
        (b"N;CHARSET=UTF-8:M\xc3\xbcller;J", "Müller"),
    ] {
        let file = [b"BEGIN:VCARD\r\nVERSION:2.1\r\n", bytes, b"\r\nEND:VCARD\r\n"].concat();
        assert_eq!(cards(&file)[0].card.name.last, name);
    }
}

#[test]
fn version_three_is_folded_and_escaped() {
    let card = card(
        "begin:vcard\nversion:3.0\nN:Doe;John;Richter\\, James;Mr.;Sr.\nFN:Mr. John Doe\n\
         NOTE:a line\\nanother\\, with a fo\n ld and a \\\\ and a \\; and http\\://x\n\
         item1.X-ABDATE:1975-03-01\nitem1.X-ABLabel:_$!<Anniversary>!$_\nitem2.TEL:905-222\nitem2.X-ABLabel:_$!<AssistantPhone>!$_\n\
         TEL;TYPE=\"work,voice\":1\nTEL;type=HOME;type=FAX:2\nEMAIL;TYPE=INTERNET:b@x.example\nEMAIL;TYPE=INTERNET,PREF:a@x.example\n\
         URL;TYPE=HOME:http\\://home.example\nURL;TYPE=WORK:http\\://work.example\nCATEGORIES:red,blue\\, green\n\
         BDAY;VALUE=date:--0203\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\nGEO:46.7;-71.2\nORG:Bit\\;Bytes;IT\nend:vcard\n",
    );
    assert_eq!(card.name.middle, "Richter, James");
    assert_eq!(card.note, "a line\nanother, with a fold and a \\ and a ; and http://x");
    assert_eq!((other(&card, "Anniversary"), other(&card, "AssistantPhone")), ("1975-03-01".into(), "905-222".into()));
    assert_eq!(card.phones.iter().map(|phone| phone.kind).collect::<Vec<_>>(), [PhoneKind::Work, PhoneKind::Fax]);
    assert_eq!(card.emails, ["a@x.example", "b@x.example"]);
    assert_eq!(card.websites, ["http://work.example", "http://home.example"]);
    assert_eq!(card.categories, ["red", "blue", "green"]);
    assert_eq!((card.birthday.as_str(), other(&card, "Birthday").as_str()), ("", "--0203"));
    assert_eq!(other(&card, "Position"), "46.7;-71.2");
    assert_eq!(card.company, "Bit;Bytes");
}

#[test]
fn version_four_writes_addresses_of_numbers_and_photos() {
    let card = card(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Simon P\nN:P;Simon;;;ing. jr,M.Sc.\n\
         TEL;VALUE=uri;TYPE=\"work,voice\";PREF=1:tel:+1-418-656-9254;ext=102\nTEL;VALUE=uri;TYPE=cell:tel:+1-418-262-6501\n\
         EMAIL;TYPE=work:mailto:s@p.example\nPHOTO:data:image/png;base64,iVBO\n Rw==\nLOGO;MEDIATYPE=image/png:http://p.example/logo.png\n\
         GENDER:M\nX-CUSTOM;LABEL=\"a:b;c\":seen\nKIND:individual\nEND:VCARD\n",
    );
    assert_eq!(card.name.suffix, "ing. jr, M.Sc.");
    assert_eq!(card.phones[0], Phone { number: "+1-418-656-9254 ext. 102".into(), kind: PhoneKind::Work });
    assert_eq!(card.phones[1], Phone { number: "+1-418-262-6501".into(), kind: PhoneKind::Mobile });
    assert_eq!(card.emails, ["s@p.example"]);
    assert_eq!((card.files[0].name.as_str(), card.files[0].bytes.as_slice()), ("photo.png", &b"\x89PNG"[..]));
    assert_eq!((other(&card, "Logo"), other(&card, "X-CUSTOM")), ("http://p.example/logo.png".into(), "seen".into()));
}

#[test]
fn files_that_are_cut_or_mixed_are_read_as_far_as_they_go() {
    let all = cards(
        b"\xEF\xBB\xBFrubbish\r\nBEGIN:VCARD\nVERSION:3.0\nFN:One\nno property here\nBEGIN:VCARD\rVERSION:3.0\rFN:Two\r\
          AGENT:\rBEGIN:VCARD\rFN:Inner\rEND:VCARD\rEND:VCARD\r\n\r\nBEGIN:VCARD\nKIND:group\nFN:Friends\nEND:VCARD\nBEGIN:VCARD\nFN:Last",
    );
    let seen: Vec<_> = all.iter().map(|p| (p.card.full_name.as_str(), p.line, p.is_cut, p.unread, p.card.is_group)).collect();
    assert_eq!(
        seen,
        [("One", 2, true, 1, false), ("Two", 6, false, 0, false), ("Friends", 15, false, 0, true), ("Last", 19, true, 0, false)]
    );
}

#[test]
fn a_name_of_a_file_is_never_a_path() {
    let card = card(
        "BEGIN:VCARD\nVERSION:3.0\nFN:x\nPHOTO;ENCODING=b;TYPE=../../etc/passwd:QUJD\nKEY;X509;ENCODING=BASE64:QUJD\nEND:VCARD\n",
    );
    assert_eq!(card.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["photo.etcpassw", "key.x509"]);
}

#[test]
fn what_is_too_large_is_refused_with_its_line() {
    let refused = |file: &[u8]| {
        let mut reader = Reader::new(file);
        loop {
            match reader.read() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("nothing was refused"),
                Err(error) => break error.headline(),
            }
        }
    };
    let mut long = b"BEGIN:VCARD\nVERSION:3.0\nNOTE:".to_vec();
    long.extend(vec![b'x'; MAX_TEXT + 1]);
    assert_eq!(refused(&long), "line 3 is longer than 1 MB");
    let mut many = b"BEGIN:VCARD\n".to_vec();
    many.extend(b"X-A:b\n".repeat(MAX_PROPERTIES + 1));
    assert_eq!(refused(&many), format!("the card on line 1 has more than {MAX_PROPERTIES} lines"));
    let mut photos = b"BEGIN:VCARD\n".to_vec();
    for _ in 0..3 {
        photos.extend(b"PHOTO;ENCODING=b:");
        photos.extend(vec![b'Q'; MAX_LINE / 4 * 3]);
        photos.push(b'\n');
    }
    assert_eq!(refused(&photos), "the card on line 1 has more than 64 MB");
}

#[test]
fn a_vcard_is_known_by_its_beginning() {
    for (head, known) in [
        (&b"BEGIN:VCARD\r\n"[..], true),
        (b"\xEF\xBB\xBF\n\nbegin:vCard", true),
        (b"BEGIN : VCARD", true),
        (b"BEGIN:VCALENDAR", false),
        (b"BEGIN", false),
        (b"First Name,Last Name", false),
        (b"", false),
    ] {
        assert_eq!(is_vcard(head), known);
    }
}

fn text() -> impl Strategy<Value = String> {
    // what people write, marks that must be escaped, letters of several bytes
    "[a-zA-Z0-9äß日😀,;:\\\\\"'.@+()-]([a-zA-Z0-9äß日😀 ,;:\\\\\"'.@+()=-]{0,90}[a-zA-Z0-9äß日😀,;:\\\\\"'.@+()=-])?"
}

fn maybe() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), text()]
}

prop_compose! {
    fn any_address()(street in text(), box_number in maybe(), city in maybe(), state in maybe(), code in maybe(), country in maybe(), is_home in any::<bool>()) -> Address {
        // between the parts of a street stands a line break
        Address { street: street.replace(", ", ",\n"), box_number, city, state, code, country, is_home }
    }
}

fn any_phone() -> impl Strategy<Value = Phone> {
    use PhoneKind::{Fax, Home, Mobile, Other, Pager, Work};
    ("[+0-9][0-9 ()/-]{1,20}[0-9]", prop::sample::select(vec![Work, Mobile, Home, Fax, Pager, Other]))
        .prop_map(|(number, kind)| Phone { number, kind })
}

prop_compose! {
    fn any_card()(
        parts in [maybe(), maybe(), maybe(), maybe(), maybe()],
        (full_name, company, department, title, note) in (text(), maybe(), maybe(), maybe(), prop::collection::vec(text(), 0..4)),
        emails in prop::collection::btree_set("[a-z]{1,9}@[a-z]{1,9}\\.example", 0..4),
        mut phones in prop::collection::vec(any_phone(), 0..5),
        mut addresses in prop::collection::vec(any_address(), 0..3),
        websites in prop::collection::btree_set("https://[a-z]{1,9}\\.example/[a-z?=&,;]{0,9}", 0..3),
        birthday in prop_oneof![Just(String::new()), "(19|20)[0-9]{2}-0[1-9]-1[0-9]"],
        categories in prop::collection::vec("[a-zä]{1,9}( [a-z;]{1,5}x)?", 0..3),
        phonetic in (maybe(), maybe()),
        photo in prop::option::of(prop::collection::vec(any::<u8>(), 1..300)),
        is_company in any::<bool>(),
    ) -> Card {
        phones.sort_by(|a, b| a.number.cmp(&b.number));
        phones.dedup_by(|a, b| a.number == b.number);
        addresses.sort_by_key(|address| address.is_home);
        let [prefix, first, middle, last, suffix] = parts;
        let photo = photo.map(|tail| CardFile { name: "photo.png".into(), mime: "image/png".into(), bytes: [&b"\x89PNG"[..], &tail].concat() });
        Card {
            uid: "7d3a".into(),
            name: Name { prefix, first, middle, last, suffix },
            full_name,
            phonetic,
            company,
            department,
            title,
            emails: emails.into_iter().collect(),
            phones,
            addresses,
            websites: websites.into_iter().collect(),
            birthday,
            categories,
            note: note.join("\n"),
            others: Vec::new(),
            files: photo.into_iter().collect(),
            is_group: false,
            is_company,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(all in prop::collection::vec(any_card(), 1..4)) {
        let mut out = Vec::new();
        for card in &all {
            write(&mut out, card).expect("memory");
        }
        prop_assert!(out.split(|byte| *byte == b'\n').all(|line| line.len() <= 76));
        let read: Vec<Card> = cards(&out).into_iter().map(|placed| placed.card).collect();
        prop_assert_eq!(read, all);
    }

    #[test]
    fn any_bytes_are_safe(bytes in prop::collection::vec(any::<u8>(), 0..400), cut in any::<prop::sample::Index>()) {
        let mut file = b"BEGIN:VCARD\r\nVERSION:2.1\r\n".to_vec();
        file.extend(&bytes);
        let _ = cards(&bytes);
        for placed in cards(&file) {
            let _ = Columns::of(&placed);
        }
        // a good card that is cut anywhere
        let good = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:=C3=\r\n=B6;x\r\nPHOTO;BASE64:\r\n /9j/\r\n\r\nEND:VCARD\r\n";
        let _ = cards(&good[..cut.index(good.len())]);
    }

    #[test]
    fn any_properties_are_safe(lines in prop::collection::vec("(item1\\.)?(N|FN|TEL|EMAIL|ADR|ORG|PHOTO|KEY|NOTE|BDAY|VERSION|BEGIN|END|X-ABLABEL|URL|CATEGORIES)(;(TYPE=\"?|CHARSET=|ENCODING=)?[a-zA-Z0-9,\"-]{0,12}){0,3}:?[a-zA-Z0-9=+/,;:\\\\ é]{0,40}", 0..12)) {
        let file = format!("BEGIN:VCARD\n{}\nEND:VCARD\n", lines.join("\n"));
        for placed in cards(file.as_bytes()) {
            let _ = Columns::of(&placed);
        }
    }
}
