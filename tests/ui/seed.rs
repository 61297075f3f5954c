//! The databases that the scripts run on. Made once a process, copied for each test; every name in them is made up.

use std::path::Path;
use std::sync::OnceLock;

use leadbook::model::entity::{Entity, RecordId};
use leadbook::model::locale::Locale;
use leadbook::model::people::Role;
use leadbook::model::value::Owner;
use leadbook::model::zone::Zone;
use leadbook::service::context::{Clock, Ids};
use leadbook::service::exchange::{Duplicates, ImportRecords, KindOf, PlanImport};
use leadbook::service::note::AddNote;
use leadbook::service::people::{AddTeam, AddUser};
use leadbook::service::record::assign::AssignRecords;
use leadbook::service::record::delete::DeleteRecords;
use leadbook::service::record::tag::TagRecords;
use leadbook::service::scope::Targets;

use crate::common::{Desk, NOW};

/// What is in the database that a test starts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// Nobody but ana.
    Empty,
    /// ana, bo, cy and the team North; 44 leads of every kind; notes, tags, one handed over, two closed, one deleted.
    Leads,
}

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// Writes a database of this kind to a file.
pub fn write(seed: Seed, file: &Path) {
    static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();
    static LEADS: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = match seed {
        Seed::Empty => EMPTY.get_or_init(|| bytes_of(Desk::new())),
        Seed::Leads => LEADS.get_or_init(|| bytes_of(leads())),
    };
    std::fs::write(file, bytes).expect("a database file");
}

fn bytes_of(desk: Desk) -> Vec<u8> {
    desk.service.db().checkpoint(true).expect("a checkpoint");
    let path = desk.path();
    let Desk { dir, service, .. } = desk;
    drop(service);
    let bytes = std::fs::read(path).expect("the database");
    drop(dir);
    bytes
}

/// Sets the clock of the desk back.
fn ago(desk: &mut Desk, time: i64) {
    desk.ctx.clock = Clock::Fixed(NOW - time);
}

fn leads() -> Desk {
    let mut desk = Desk::new();
    desk.ctx.ids = Ids::counted();
    ago(&mut desk, 400 * DAY);
    desk.act(AddUser { login: "bo".into(), name: "Bo Ek".into(), role: Role::Seller });
    desk.act(AddUser { login: "cy".into(), name: "Cyril Diaz".into(), role: Role::Seller });
    desk.act(AddTeam { name: "North".into(), members: vec!["ana".into(), "bo".into()] });
    crowd(&mut desk);
    closed(&mut desk);
    named(&mut desk);
    histories(&mut desk);
    desk
}

/// Leads enough to scroll, of ana's and of others'.
fn crowd(desk: &mut Desk) {
    let first = ["Ida", "Jon", "Kim", "Lev", "Mia", "Nils", "Olga", "Per", "Rosa", "Sven"];
    let last = ["Abe", "Berg", "Costa", "Dahl", "Engel", "Falk", "Gomez"];
    let companies = ["Northwind", "Litware", "Tailspin Toys", "Wide World", "Woodgrove", "Proseware"];
    let topics = ["Spare parts", "Service plan", "Trial order", "Web form", "Training"];
    for n in 0..30_usize {
        ago(desk, (60 - n as i64) * DAY);
        let (given, family) = (first[n % first.len()], last[n % last.len()]);
        let phone = format!("+1 206 555 {:04}", 100 + n);
        let email = format!("{}.{}@example.com", given.to_lowercase(), family.to_lowercase());
        let mut values = vec![
            ("first_name", given),
            ("last_name", family),
            ("company", companies[n % companies.len()]),
            ("topic", topics[n % topics.len()]),
            ("source", ["Web", "Trade Show", "Partner"][n % 3]),
            ("owner", if n % 5 == 4 { "bo" } else { "ana" }),
        ];
        if n % 4 != 3 {
            values.push(("email", &email));
        }
        if n % 6 != 5 {
            values.push(("phone", &phone));
        }
        if n % 3 == 0 {
            values.push(("rating", "Cold"));
        }
        desk.lead(&values);
    }
}

/// Closed leads come from files alone, and so do those without a name or a topic.
fn closed(desk: &mut Desk) {
    ago(desk, 25 * DAY);
    let file = desk.dir.path().join("closed.csv");
    let text = "Lead ID,Name,Company,Topic,Status,Email\nX-1,Gus Holm,Alpine Ski,Rental,Lost,gus@example.com\n\
                X-2,Una Park,Fourth Coffee,Machines,Converted,una@example.com\nX-3,,Adventure Works,,New,\n";
    std::fs::write(&file, text).expect("a file");
    let options = leadbook::exchange::import::Options::new(Locale::of("US"), Zone::Utc);
    let plan =
        desk.service.ask(&PlanImport { path: file, options, kind: KindOf::Told(Entity::Lead) }, &desk.ctx).expect("a plan");
    let import = ImportRecords { plan, duplicates: Duplicates::Skip, key: None };
    desk.service.import(import, &desk.ctx).expect("an import");
}

/// The leads that the scripts speak of, the newest last.
fn named(desk: &mut Desk) {
    let long = "A very long topic that no column can hold in one line, with a question, a comma, and then some more of it";
    let rows: &[(i64, &[(&str, &str)])] = &[
        (
            9 * DAY,
            &[
                ("first_name", "He\u{301}le\u{300}ne"),
                ("last_name", "Müller-Ångström"),
                ("company", "Zoë & Söhne GmbH"),
                ("topic", "Ersatzteile"),
                ("phone", "+49 30 555 0100"),
                ("currency", "EUR"),
                ("value", "1250.50"),
            ],
        ),
        (
            8 * DAY,
            &[
                ("last_name", "田中"),
                ("first_name", "美咲"),
                ("company", "株式会社サンプル"),
                ("topic", "プリンター 🖨️ 3台"),
                ("rating", "Warm"),
                ("phone", "+81 3 5550 0100"),
                ("currency", "JPY"),
                ("value", "900000"),
            ],
        ),
        (
            7 * DAY,
            &[
                ("first_name", "Maximiliana-Theodora"),
                ("last_name", "von Hohenberg-Wittelsbach"),
                ("company", "Consolidated International Manufacturing and Trading Company"),
                ("topic", long),
                ("value", "1234567.89"),
            ],
        ),
        (
            5 * DAY,
            &[
                ("first_name", "Dan"),
                ("last_name", "Moe"),
                ("company", "Litware"),
                ("topic", "Spare parts"),
                ("owner", "bo"),
                ("rating", "Hot"),
            ],
        ),
        (
            4 * DAY,
            &[
                ("first_name", "Eva"),
                ("last_name", "Roth"),
                ("company", "Tailspin Toys"),
                ("topic", "Web form"),
                ("rating", "Cold"),
                ("email", "eva.roth@example.com"),
                ("phone", "+49 3 555 0177"),
                ("source", "Web"),
            ],
        ),
        (
            3 * DAY,
            &[
                ("first_name", "Cy"),
                ("last_name", "Diaz"),
                ("company", "Litware"),
                ("topic", "Spare parts"),
                ("rating", "Hot"),
                ("email", "cy@litware.example"),
                ("owner", "bo"),
            ],
        ),
        (
            2 * DAY,
            &[
                ("first_name", "Bo"),
                ("last_name", "Ekman"),
                ("company", "Fabrikam"),
                ("topic", "Service plan"),
                ("rating", "Warm"),
                ("phone", "+46 8 555 010"),
                ("source", "Partner"),
                ("value", "12000"),
            ],
        ),
        (
            DAY,
            &[
                ("first_name", "Ann"),
                ("last_name", "Lee"),
                ("job_title", "Head of Purchasing"),
                ("company", "Contoso"),
                ("topic", "3D printers"),
                ("rating", "Hot"),
                ("email", "ann@contoso.example"),
                ("phone", "+1 555 0100"),
                ("mobile_phone", "+1 555 0101"),
                ("source", "Web"),
                ("website", "https://contoso.example"),
                ("value", "40000"),
                ("closes", "2026-12-18"),
                ("budget_status", "May Buy"),
                ("street", "1 Harbour Way"),
                ("city", "Redmond"),
                ("state_or_province", "WA"),
                ("postal_code", "98052"),
                ("country", "US"),
                ("industry", "Durable Manufacturing"),
                ("employees", "250"),
                ("description", "Met at the fair.\nWants a demo of the large printer."),
            ],
        ),
    ];
    for (time, values) in rows {
        ago(desk, *time);
        desk.lead(values);
    }
    // what was deleted
    ago(desk, DAY / 2);
    let gone =
        desk.lead(&[("first_name", "Gone"), ("last_name", "Byebye"), ("company", "Nobody Ltd"), ("topic", "Wrong number")]);
    desk.act(DeleteRecords { targets: Targets::one(leadbook::model::entity::RecordId::lead(gone)) });
}

/// Notes and tags of Ann Lee, and Cy Diaz handed over.
fn histories(desk: &mut Desk) {
    let number = |desk: &Desk, name: &str| {
        let sql = format!("SELECT number FROM lead WHERE name = '{name}'");
        desk.service.db().rows(&sql, &[], |row| row.int(0)).expect("a lead")[0]
    };
    let (ann, cy) = (number(desk, "Ann Lee"), number(desk, "Cy Diaz"));
    ago(desk, 20 * HOUR);
    desk.act(TagRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(ann)),
        add: vec!["expo".into(), "vip".into()],
        remove: vec![],
    });
    desk.act(AddNote {
        about: RecordId::lead(ann),
        body: "# First call\n\n- wants **two** large printers\n- [ ] send the list".into(),
    });
    ago(desk, 2 * HOUR);
    desk.act(AddNote { about: RecordId::lead(ann), body: "Wants a demo; decision with Lena".into() });
    ago(desk, HOUR);
    desk.ctx.user = 2;
    desk.act(AssignRecords {
        targets: Targets::one(leadbook::model::entity::RecordId::lead(cy)),
        owner: Owner::User(1),
        note: Some("wants French docs, call Tue".into()),
        activities: false,
    });
    desk.ctx.user = 1;
}
