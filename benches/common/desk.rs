//! What the benches of the service share: the service on a generated database, the first user's context, samples, probes of the machine.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use leadbook::model::entity::Entity;
use leadbook::model::field::FieldId;
use leadbook::model::field::read::Reading;
use leadbook::model::locale::Locale;
use leadbook::model::people::Role;
use leadbook::model::zone::Zone;
use leadbook::query::ast::Query as Filter;
use leadbook::query::parse;
use leadbook::service::context::{Cancel, Clock, Ids};
use leadbook::service::lead_service::FirstUser;
use leadbook::service::{Context, LeadService, Origin};
use leadbook::store::sqlite::Opening;
use leadbook::store::{Db, setting};

use super::common::{Figure, RUNS, Table};

/// The rows of a window.
pub const WINDOW: usize = 50;

/// The service on a generated database.
pub fn service(path: &Path) -> LeadService {
    LeadService::open(&Opening::existing(path), &FirstUser { login: "ana".into(), name: "Ana Lima".into() }).expect("the service")
}

/// The first user, at the terminal, now.
pub fn context(service: &LeadService) -> Context {
    Context {
        user: 1,
        role: Role::Admin,
        origin: Origin::Tui,
        clock: Clock::System,
        ids: Ids::System,
        zone: Zone::Utc,
        locale: Locale::of("DE"),
        catalog: service.catalog(),
        progress: None,
        cancel: Cancel::default(),
        strict_disqualify: false,
        files: leadbook::model::attachment::Rules::default(),
        drafts: Arc::default(),
    }
}

/// The longest that a run may take, beyond its first sample.
const LONGEST_RUN: Duration = Duration::from_millis(500);

/// Takes `samples` samples of `act` in each of [`RUNS`] runs, fewer where it is slow; the act gets the sample's number.
pub fn measure(samples: usize, mut act: impl FnMut(usize)) -> Figure {
    let mut figure = Figure::default();
    let start = Instant::now();
    act(0);
    let fit = LONGEST_RUN.as_nanos() / start.elapsed().as_nanos().max(1);
    let samples = samples.min(usize::try_from(fit).unwrap_or(samples)).max(1);
    for run in 0..RUNS {
        let times = (0..samples).map(|sample| {
            let start = Instant::now();
            act(run * samples + sample);
            start.elapsed()
        });
        figure.add(times.collect());
    }
    figure
}

/// What the machine can do now: fifty rows and a frame, and one commit that reaches the disk.
pub fn probes(table: &mut Table, column: usize, path: &Path) {
    let db = Db::open_reader(path).expect("the database");
    let backend = ratatui::backend::TestBackend::new(120, 40);
    let mut terminal = ratatui::Terminal::new(backend).expect("a terminal");
    let figure = measure(100, |_| {
        let sql = "SELECT number, name, company, topic FROM lead WHERE deleted_at IS NULL ORDER BY name_key LIMIT 50";
        let rows = db.rows(sql, &[], |row| Ok(format!("{:<24}{:<24}{}", row.text(1)?, row.text(2)?, row.text(3)?)));
        let text = rows.expect("rows").join("\n");
        terminal.draw(|frame| frame.render_widget(text.as_str(), frame.area())).expect("a frame");
    });
    table.figure(column, "probe: 50 rows and a frame", &figure);
    let mut service = service(path);
    let ctx = context(&service);
    let figure = measure(20, |sample| {
        service.execute(Touch(sample), &ctx).expect("a commit");
    });
    table.figure(column, "probe: a synced commit", &figure);
}

/// The smallest act there is: one setting that changes.
pub struct Touch(pub usize);

impl leadbook::service::Act for Touch {
    type Reply = ();

    fn name(&self) -> &'static str {
        "Touch"
    }

    fn run(self, tx: &mut leadbook::service::Tx<'_>) -> leadbook::error::Result<()> {
        setting::put(tx.db, "bench", &self.0.to_string())
    }
}

/// A filter over leads.
pub fn filter(ctx: &Context, text: &str) -> Filter {
    let reading = Reading {
        entity: Entity::Lead,
        catalog: &ctx.catalog,
        locale: &ctx.locale,
        zone: ctx.zone,
        now: ctx.now(),
        me: ctx.user,
    };
    parse(text, &reading).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// The columns of the view that opens.
pub fn fields(ctx: &Context) -> Vec<FieldId> {
    ["name", "company", "topic", "rating", "phone", "source", "owner", "estimated_value"].map(|f| ctx.catalog.lead.id(f)).to_vec()
}
