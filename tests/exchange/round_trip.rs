//! What leadbook exports, its import reads exactly, guarded or raw.

use leadbook::exchange::csv::Guard;
use leadbook::exchange::export::{Format, Writer};
use leadbook::exchange::input::Input;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::*;

fn exported(guard: Guard, columns: &[&str], row: &[Value]) -> Input {
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out, Format::Csv(guard), columns).expect("memory");
    writer.row(row).expect("memory");
    writer.finish().expect("memory");
    Input::memory("export.csv", out)
}

#[test]
fn an_export_is_imported_as_it_was() {
    let columns = [
        "number",
        "topic",
        "first_name",
        "last_name",
        "name",
        "status",
        "status_reason",
        "estimated_value",
        "currency",
        "tags",
        "created_at",
        "import_source",
        "import_key",
    ];
    let row = [
        json!("L-7"),
        json!("=1+1"),
        json!("Ann"),
        json!("Lee"),
        json!("Ann Lee"),
        json!("disqualified"),
        json!("no-longer-interested"),
        json!("40000.00"),
        json!("EUR"),
        json!(["expo", "vip"]),
        json!("2026-01-22T20:36:47Z"),
        json!("zoho"),
        json!("z1"),
    ];
    for guard in [Guard::On, Guard::Off] {
        let got = import(exported(guard, &columns, &row), options("DE")).expect("good");
        assert_eq!(got.plan.guarded, guard == Guard::On);
        let lead = &got.drafts[0];
        got.expect(
            lead,
            &[
                ("topic", "=1+1"),
                ("last_name", "Lee"),
                ("status", "Disqualified"),
                ("status_reason", "No Longer Interested"),
                ("estimated_value", "40000.00"),
                ("tags", "expo|vip"),
                ("created_at", "2026-01-22T20:36:47Z"),
            ],
        );
        assert_eq!(
            (lead.import_source.as_deref(), lead.import_key.as_str(), lead.whole_rest().as_str()),
            (Some("zoho"), "z1", "number: L-7")
        );
        assert!(lead.filled.is_empty());
    }
}

proptest! {
    #[test]
    fn every_topic_comes_back(topic in "['=+@a -]{0,6}[a-z][=,\"\n'a-z]{0,8}[a-z]") {
        for guard in [Guard::On, Guard::Off] {
            let got = import(exported(guard, &["description", "last_name"], &[json!(topic), json!("Lee")]), options("US")).expect("good");
            prop_assert_eq!(got.show(&got.drafts[0], "description"), topic.trim());
        }
    }
}
