//! No cell of a file is in neither place: whatever a row holds is in a field, or word for word among what is kept.

use leadbook::exchange::import::{Draft, OwnerGuess, Target};
use leadbook::model::choice::slug;
use leadbook::model::field::Kind;
use leadbook::model::value::Value;
use proptest::prelude::*;

use crate::common::*;

const HEADINGS: &[&str] = &[
    "Id",
    "Name",
    "First Name",
    "Last Name",
    "Company",
    "Account",
    "Email",
    "Work Email",
    "Other Email",
    "Phone",
    "Phone",
    "Street",
    "Title",
    "Lead Source",
    "Industry",
    "Campaign",
    "Rating",
    "Status",
    "Status Reason",
    "Converted",
    "Deleted",
    "Owner",
    "Tags",
    "Value",
    "Currency",
    "Employees",
    "Close Date",
    "Created On",
    "Closed On",
    "Do Not Call",
    "Description",
    "Colour",
    "Latitude",
    "Est. Value",
    "Lead Status",
    "Preferred Method of Contact",
];

const CELLS: &[&str] = &[
    "",
    "",
    "Ann Lee",
    "Lee, Ann",
    "Ann",
    "Contoso Ltd",
    "ann@contoso.example",
    "Ann <ann@contoso.example>",
    "a@b.example; c@d.example, e@f.example f@g.example",
    "not an address",
    "+1 555 0100 ext. 12",
    "001Ec00000GINb1IAH",
    "{\"a\":1}",
    "Web",
    "web",
    "8",
    "Cold Call",
    "-",
    "hot",
    "Qualified",
    "Closed - Converted",
    "Open",
    "Negotiation",
    "Lost",
    "TRUE",
    "0",
    "1,234.50",
    "1.234,5",
    "€ 40",
    "-5",
    "12.5",
    "US Dollar",
    "EUR",
    "3/4/2026",
    "25/4/2026",
    "2026-01-22T20:36:47.000+0000",
    "soon",
    "1 Main St\nSuite 5",
    "one\ntwo\nthree\nfour",
    "a,b;c",
    "Jane Doe",
    "AGT-0010",
    "12",
    "99999999999",
    "  blank around  ",
    "No",
    "This Quarter",
    "E-mail",
    "Dr. Ludwig van Beek",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(CELLS).prop_map(str::to_owned),
        1 => "[a-z@.,; 0-9€é]{0,130}",
        1 => any::<String>().prop_map(|t| t.replace('\0', "")),
    ]
}

/// Whether a cell's field says what the cell says.
fn is_in_field(got: &Imported, draft: &Draft, target: Target, text: &str) -> bool {
    let lead = &got.catalog.lead;
    let shown = |name| got.show(draft, name);
    let same = |a: &str, b: &str| leadbook::model::fold::fold(a) == leadbook::model::fold::fold(b);
    match target {
        Target::Key => draft.import_key == text,
        Target::Name => {
            let all = ["salutation", "first_name", "middle_name", "last_name"].map(shown).join(" ");
            let mut words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
            words.retain(|word| !all.to_lowercase().contains(&word.to_lowercase()) && !same(&all, word));
            words.is_empty() || same(&all, text)
        }
        Target::Emails => ["email", "email2", "email3"]
            .map(shown)
            .iter()
            .any(|e| !e.is_empty() && text.to_lowercase().contains(&e.to_lowercase())),
        Target::Converted | Target::Ended | Target::Deleted | Target::Own | Target::Rest | Target::Problem => false,
        Target::Field(id) => {
            let field = lead.field(id);
            let is = shown(field.name);
            match (field.kind, draft.get(id)) {
                (Kind::Email, _) => !is.is_empty() && text.to_lowercase().contains(&is.to_lowercase()),
                (Kind::Owner, _) => draft.owner == OwnerGuess::UnknownName(text.split_whitespace().collect::<Vec<_>>().join(" ")),
                (Kind::Tags, Some(Value::Tags(tags))) => {
                    text.split([',', ';', '\n']).all(|t| t.trim().is_empty() || tags.contains(&t.trim().to_owned()))
                }
                (Kind::Choice(_), _) if field.name.starts_with("status") => {
                    ["status", "status_reason", "rating"].map(shown).iter().any(|s| slug(s) == slug(text))
                }
                (Kind::Choice(_), Some(value)) => {
                    slug(&is) == slug(text) || value.as_int() == text.parse().ok() || (is == "Email" && text == "E-mail")
                }
                (Kind::Choice(_), None) => is == format!("<{}>", text.split_whitespace().collect::<Vec<_>>().join(" ")),
                (Kind::Text, _) if field.name == "street" => {
                    let lines = ["street", "street2", "street3"].map(shown);
                    text.lines().map(str::trim).filter(|l| !l.is_empty()).all(|l| lines.iter().any(|s| s == l))
                }
                (Kind::Text | Kind::Memo | Kind::Phone | Kind::Url, _) => is == text,
                (_, value) => value.is_some(),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_is_in_neither_place(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..HEADINGS.len() + 2), 1..4)
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(HEADINGS).expect("memory");
        for row in &rows {
            writer.write_record(row).expect("memory");
        }
        let file = String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8");
        let got = import(text(&file), options("US")).expect("an import");
        for (draft, record) in got.drafts.iter().zip(&got.records) {
            let mut fields = std::collections::HashSet::new();
            for (id, _) in &draft.values {
                prop_assert!(fields.insert(*id), "a field twice");
            }
            for (at, cell) in record.iter().enumerate().filter(|(_, c)| !c.trim().is_empty()) {
                let heading = got.plan.file.heading(at);
                let kept = format!("\n{}\n", draft.rest).contains(&format!("\n{heading}: {cell}\n"))
                    || format!("\n{}\n", draft.rest).contains(&format!("\n{heading}: {}\n", cell.trim()));
                let target = got.plan.columns.get(at).map_or(Target::Rest, |c| c.target);
                prop_assert!(
                    kept || is_in_field(&got, draft, target, cell.trim()),
                    "{heading} {cell:?} is in neither place: {:?} {:?}", draft.values, draft.rest
                );
            }
            for name in ["topic", "last_name"] {
                prop_assert!(!got.show(draft, name).is_empty(), "{name} is missing");
            }
            for (id, value) in &draft.values {
                let field = got.catalog.field(*id);
                prop_assert!(field.max == 0 || value.as_text().chars().count() <= field.max as usize, "{} is too long", field.name);
            }
        }
    }
}
