//! What the test binaries share: a database in a temporary folder, a service with a fixed clock and counted ids, dumps.
#![allow(dead_code)] // each binary uses a part of it

use std::path::PathBuf;

use leadbook::model::choice::Choices;
use leadbook::model::entity::Entity;
use leadbook::model::field::read::read;
use leadbook::model::field::{FieldId, Registry};
use leadbook::model::locale::Locale;
use leadbook::model::people::Role;
use leadbook::model::value::Value;
use leadbook::model::zone::Zone;
use leadbook::service::context::{Cancel, Clock, Ids};
use leadbook::service::lead_service::FirstUser;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::{Act, Context, Done, LeadService, Origin};
use leadbook::store::sqlite::Opening;

/// Mon 23 Nov 2026 10:00 UTC, in µs.
pub const NOW: i64 = 1_795_428_000_000_000;

/// A service on a database of its own.
pub struct Desk {
    /// The folder, removed with this value.
    pub dir: tempfile::TempDir,
    /// The service.
    pub service: LeadService,
    /// The acting user, ana, admin.
    pub ctx: Context,
}

impl Desk {
    /// A new, empty database.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("leads.db");
        let first = FirstUser { login: "ana".into(), name: "Ana Sample".into() };
        let service = LeadService::open(&Opening::or_create(path), &first).expect("a new database");
        let ctx = context(&service);
        Self { dir, service, ctx }
    }

    /// The database file.
    pub fn path(&self) -> PathBuf {
        self.dir.path().join("leads.db")
    }

    /// The fields of a lead.
    pub fn registry(&self) -> Registry {
        Registry::lead()
    }

    /// Does an act and fails the test if it fails.
    pub fn act<A: Act>(&mut self, act: A) -> Done<A::Reply> {
        self.try_act(act).unwrap_or_else(|e| panic!("{e}"))
    }

    /// Does an act; the clock goes on by a second.
    pub fn try_act<A: Act>(&mut self, act: A) -> leadbook::error::Result<Done<A::Reply>> {
        if let Clock::Fixed(at) = &mut self.ctx.clock {
            *at += 1_000_000;
        }
        self.ctx.catalog = self.service.catalog();
        let done = self.service.execute(act, &self.ctx);
        self.ctx.catalog = self.service.catalog();
        done
    }

    /// Values as people type them.
    pub fn values(&self, typed: &[(&str, &str)]) -> Vec<(FieldId, Value)> {
        let registry = &self.ctx.catalog.lead;
        typed
            .iter()
            .map(|(name, text)| {
                let id = registry.find(name).unwrap_or_else(|| panic!("no field {name}"));
                let value = read(registry.field(id), text, &self.ctx.reading()).unwrap_or_else(|p| panic!("{}", p.message));
                (id, value)
            })
            .collect()
    }

    /// The same for a record of any entity.
    pub fn values_of(&self, entity: Entity, typed: &[(&str, &str)]) -> Vec<(FieldId, Value)> {
        let registry = self.ctx.catalog.registry(entity);
        typed
            .iter()
            .map(|(name, text)| {
                let id = registry.find(name).unwrap_or_else(|| panic!("no field {name}"));
                let reading = self.ctx.reading_of(entity);
                (id, read(registry.field(id), text, &reading).unwrap_or_else(|p| panic!("{}", p.message)))
            })
            .collect()
    }

    /// A new lead.
    pub fn lead(&mut self, typed: &[(&str, &str)]) -> i64 {
        let values = self.values(typed);
        self.act(CreateRecord { entity: leadbook::model::entity::Entity::Lead, values }).reply
    }

    /// What a field of a lead holds, as people read it.
    pub fn shown(&self, lead: i64, field: &str) -> String {
        let registry = &self.ctx.catalog.lead;
        let id = registry.find(field).unwrap_or_else(|| panic!("no field {field}"));
        let record = leadbook::store::record::need(self.service.db(), registry, lead).unwrap_or_else(|e| panic!("{e}"));
        self.ctx.showing().show(registry.field(id), record.get(id), record.currency(registry))
    }

    /// The same as [`Self::dump`] for accounts, contacts, opportunities and links.
    pub fn dump_customers(&self) -> Vec<String> {
        let db = self.service.db();
        let mut lines = Vec::new();
        for table in ["account", "contact", "opportunity", "product", "competitor", "campaign", "activity"] {
            let own: Vec<String> = columns(db, table).into_iter().filter(|c| !is_stamp(c)).collect();
            lines.extend(dump(db, table, &own, "deleted_at IS NULL"));
        }
        for table in ["link", "product_line"] {
            lines.extend(dump(db, table, &columns(db, table), "1 = 1"));
        }
        lines
    }

    /// Everything that undo must bring back, a line a row: all tables but the log, the sequences and the search shadows, without
    /// version and modified stamps, without records in Deleted, their children, and list values, users and tags.
    pub fn dump(&self) -> Vec<String> {
        let db = self.service.db();
        let mut lines = Vec::new();
        let lead: Vec<String> = columns(db, "lead").into_iter().filter(|c| !is_stamp(c)).collect();
        lines.extend(dump(db, "lead", &lead, "deleted_at IS NULL"));
        let note: Vec<String> = columns(db, "note").into_iter().filter(|c| !is_stamp(c)).collect();
        lines.extend(dump(
            db,
            "note",
            &note,
            "deleted_at IS NULL AND record IN (SELECT number FROM lead WHERE deleted_at IS NULL)",
        ));
        lines.extend(dump(
            db,
            "lead_tag",
            &columns(db, "lead_tag"),
            "lead IN (SELECT number FROM lead WHERE deleted_at IS NULL)",
        ));
        lines
    }
}

fn is_stamp(column: &str) -> bool {
    matches!(column, "version" | "modified_at" | "modified_by")
}

fn columns(db: &leadbook::store::Db, table: &str) -> Vec<String> {
    db.rows(&format!("SELECT name FROM pragma_table_info('{table}')"), &[], |row| Ok(row.text(0)?.to_owned())).expect("columns")
}

fn dump(db: &leadbook::store::Db, table: &str, columns: &[String], condition: &str) -> Vec<String> {
    let quoted: Vec<String> = columns.iter().map(|c| format!("quote({c})")).collect();
    let sql = format!("SELECT {} FROM {table} WHERE {condition} ORDER BY 1, 2", quoted.join(" || '|' || "));
    let sql = sql.replace(" ORDER BY 1, 2", " ORDER BY 1");
    db.rows(&sql, &[], |row| Ok(format!("{table}|{}", row.text(0)?))).expect("a dump")
}

/// A context for the first user of a service.
pub fn context(service: &LeadService) -> Context {
    Context {
        user: 1,
        role: Role::Admin,
        origin: Origin::Tui,
        clock: Clock::Fixed(NOW),
        ids: Ids::System,
        zone: Zone::Utc,
        locale: Locale::of("US"),
        catalog: service.catalog(),
        progress: None,
        cancel: Cancel::default(),
        strict_disqualify: false,
        drafts: std::sync::Arc::default(),
    }
}

/// The shipped option sets.
pub fn choices() -> Choices {
    Choices::shipped()
}

/// Compares a generated part of README.md, between `<!-- NAME begin -->` and `<!-- NAME end -->`, with what it should say;
/// LEADBOOK_UPDATE=1 writes it anew.
pub fn readme(name: &str, part: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let Ok(readme) = std::fs::read_to_string(&file) else { return };
    let (begin, end) = (format!("<!-- {name} begin -->\n"), format!("<!-- {name} end -->"));
    let from = readme.find(&begin).unwrap_or_else(|| panic!("README has no {begin}")) + begin.len();
    let to = readme[from..].find(&end).unwrap_or_else(|| panic!("README has no {end}")) + from;
    let wanted = format!("{}\n{}\n\n{}", &readme[..from], part.trim(), &readme[to..]);
    if std::env::var_os("LEADBOOK_UPDATE").is_some_and(|value| value == "1") {
        std::fs::write(&file, &wanted).expect("README.md can be written");
    } else {
        assert!(readme == wanted, "README is out of step behind {begin}run with LEADBOOK_UPDATE=1; it should say:\n{part}");
    }
}
