//! What fifty rules cost: an import with and without them, a dry run over all open leads, and one lead that is entered. Draws no screen.
//!
//! `cargo bench --bench rules [-- SIZE…]` prints a Markdown table, below two probes of the same run. Fails where an import with rules has
//! less than half the speed of one without, or a dry run takes more than five seconds for a million leads.

mod common;
#[allow(dead_code)] // the other benches use more of it
#[path = "common/desk.rs"]
mod desk;

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use common::{Figure, RUNS, Table, grouped, show, sizes};
use desk::{context, filter, probes, service};
use leadbook::exchange::import::Options;
use leadbook::model::definition::{Assign, Body, Definition, How, Rule, ScoreRule, Trigger};
use leadbook::model::entity::Entity;
use leadbook::model::people::{Role, User, Work};
use leadbook::model::value::Value;
use leadbook::service::definition::PutDefinition;
use leadbook::service::exchange::{Duplicates, ImportRecords, KindOf, PlanImport};
use leadbook::service::lead_service::FirstUser;
use leadbook::service::people::PutUser;
use leadbook::service::record::create::CreateRecord;
use leadbook::service::rule::TryRoute;
use leadbook::service::scope::Targets;
use leadbook::service::{Context, LeadReader, LeadService};
use leadbook::store::sqlite::Opening;

/// The rules.
const RULES: usize = 50;
/// Rows that are imported at most.
const ROWS: u64 = 200_000;
/// How long a dry run over a million leads may take.
const DRY_RUN: Duration = Duration::from_secs(5);

const COUNTRIES: [&str; 10] =
    ["Norway", "Sweden", "Denmark", "Finland", "Germany", "France", "Spain", "Italy", "Poland", "Austria"];
const SOURCES: [&str; 5] = ["Web", "Partner", "Seminar", "Trade Show", "Other"];

fn main() {
    if !common::is_release() {
        return;
    }
    let sizes = sizes();
    let mut table = Table::new(&sizes);
    let mut late = Vec::new();
    for (column, leads) in sizes.iter().enumerate() {
        let (path, _) = common::database(*leads);
        probes(&mut table, column, &path);
        let rows = (*leads).min(ROWS);
        let (without, with) = imports(&mut table, column, rows);
        if with.median() > without.median() * 2 {
            late.push(format!("{} rows: rules more than double the time of an import", grouped(rows)));
        }
        let figure = dry_runs(&mut table, column, &path);
        if figure.p99() > DRY_RUN {
            late.push(format!("{} leads: a dry run of {} is more than {}", grouped(*leads), show(figure.p99()), show(DRY_RUN)));
        }
        one_lead(&mut table, column, &path);
    }
    table.print("median · p99");
    assert!(late.is_empty(), "{}", late.join("\n"));
}

/// Fifty rules, of which the first ones match little and the last one all: words, codes, amounts, either-or.
fn rules(people: &[i64]) -> Vec<Definition> {
    let rule = |place: usize| {
        let country = COUNTRIES[place % COUNTRIES.len()].to_lowercase();
        let when = match place % 5 {
            _ if place == RULES - 1 => String::new(),
            0 => format!("country:{country} value>{}k", 900 - place * 10),
            1 => format!("source:web rating:hot country:{country}"),
            2 => {
                format!("(country:{country} or country:{}) source:seminar value>800k", COUNTRIES[(place + 3) % 10].to_lowercase())
            }
            3 => format!("company:zz{place}*"),
            _ => format!("value:{}k..{}k no:email", place * 10, place * 10 + 5),
        };
        let assign = match place % 3 {
            0 => Assign::To(people[place % people.len()]),
            1 => Assign::Share { how: How::RoundRobin, among: people.to_vec(), matching: Vec::new() },
            _ => Assign::Share { how: How::LeastLoaded, among: people.to_vec(), matching: Vec::new() },
        };
        let on = vec![Trigger::Created, Trigger::Imported, Trigger::ByHand];
        let rule =
            Rule { active: true, unit: None, on, when, assign: Some(assign), set: Vec::new(), tags: Vec::new(), task: None };
        let place = place as i64 + 1;
        Definition { number: 0, name: format!("Rule {place}"), place, owner: None, body: Body::Rule(rule) }
    };
    (0..RULES).map(rule).collect()
}

fn act<A: leadbook::service::Act>(service: &mut LeadService, ctx: &mut Context, act: A) -> A::Reply {
    let done = service.execute(act, ctx).expect("done");
    ctx.catalog = service.catalog();
    done.reply
}

fn people(service: &mut LeadService, ctx: &mut Context) -> Vec<i64> {
    let mut numbers = Vec::new();
    for n in 0..20 {
        let work = Work { capacity: (n % 2 == 0).then_some(1_000_000), ..Work::default() };
        let user = User { work, ..User::new(0, format!("seller{n}"), format!("Seller {n}"), Role::Seller) };
        numbers.push(act(service, ctx, PutUser { user }));
    }
    numbers
}

/// Imports of the same file into new databases, by turns without rules and with them.
fn imports(table: &mut Table, column: usize, rows: u64) -> (Figure, Figure) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("leads.csv");
    let mut text = String::from("First Name,Last Name,Company Name,Topic,Email,Country,Lead Source,Rating,Est. Value\n");
    for n in 0..rows {
        let (country, source) = (COUNTRIES[(n * 7 % 10) as usize], SOURCES[(n * 3 % 5) as usize]);
        let (rating, value) = (["Hot", "Warm", "Cold"][(n % 3) as usize], n * 7_919 % 1_000_000);
        let _ = writeln!(text, "Ann{n},Lee{n},Company {n},Topic {n},ann{n}@example.com,{country},{source},{rating},{value}");
    }
    std::fs::write(&file, text).expect("a file");
    let (mut without, mut with) = (Figure::default(), Figure::default());
    for run in 0..RUNS {
        for (place, figure) in [&mut without, &mut with].into_iter().enumerate() {
            let opening = Opening::or_create(folder.path().join(format!("{run}-{place}.db")));
            let first = FirstUser { login: "ana".into(), name: "Ana Lima".into() };
            let mut service = LeadService::open(&opening, &first).expect("a database");
            let mut ctx = context(&service);
            if place == 1 {
                let people = people(&mut service, &mut ctx);
                for definition in rules(&people) {
                    act(&mut service, &mut ctx, PutDefinition { definition });
                }
            }
            let plan = PlanImport {
                path: file.clone(),
                options: Options::new(ctx.locale.clone(), ctx.zone),
                kind: KindOf::Told(Entity::Lead),
            };
            let plan = service.ask(&plan, &ctx).expect("a plan");
            let start = Instant::now();
            let act = ImportRecords { plan, duplicates: Duplicates::Create, key: None };
            service.import(act, &ctx).expect("imported");
            figure.add(vec![start.elapsed()]);
            let path = service.db().path().to_path_buf();
            drop(service);
            // the next run needs the room
            let _ = std::fs::remove_file(path);
        }
    }
    let rate = |figure: &Figure| grouped((rows as f64 / figure.median().as_secs_f64()) as u64);
    let times = with.median().as_secs_f64() / without.median().as_secs_f64();
    table.put(column, "import without rules, rows a second", format!("{} ({} rows)", rate(&without), grouped(rows)));
    table.put(column, &format!("import with {RULES} rules, rows a second"), format!("{} ({times:.2} × the time)", rate(&with)));
    (without, with)
}

/// Who would get what of all leads, and of the open ones.
fn dry_runs(table: &mut Table, column: usize, path: &Path) -> Figure {
    let ctx = context(&service(path));
    let reader = LeadReader::open(path).expect("a reader");
    let people: Vec<i64> = ctx.catalog.people.users.iter().map(|user| user.number).collect();
    let mut figure = Figure::default();
    for text in ["status:open", ""] {
        let targets = Targets::All { filter: Box::new(filter(&ctx, text)), except: Vec::new(), confirmed: None };
        let ask = TryRoute { targets, rules: Some(rules(&people)), event: None, also: None };
        let mut of_text = Figure::default();
        let mut asked = 0;
        for _ in 0..RUNS {
            let start = Instant::now();
            let trial = reader.ask(&ask, &ctx).expect("a trial");
            of_text.add(vec![start.elapsed()]);
            asked = trial.rows.len() as u64;
        }
        let name = if text.is_empty() { "all leads" } else { "all open leads" };
        let cell = format!("{} · {} ({} asked)", show(of_text.median()), show(of_text.p99()), grouped(asked));
        table.put(column, &format!("dry run of {RULES} rules over {name}"), cell);
        figure = of_text;
    }
    figure
}

/// Conditions of points that look beyond the lead: at its words, notes, tags and what it is tied to.
const BEYOND: [&str; 5] = ["anna", "text:price", "tag:expo", "account.industry:brokers", "opportunity.(status:won value>50k)"];

/// One lead that is entered, without rules and with them, with points, and where duplicates are looked for; all of them go again.
fn one_lead(table: &mut Table, column: usize, path: &Path) {
    let mut service = service(path);
    let mut ctx = context(&service);
    let lead = |ctx: &Context| {
        let field = |name: &str| {
            ctx.catalog.lead.id(match name {
                "last_name" => "last_name",
                "topic" => "topic",
                _ => "country",
            })
        };
        let values = vec![
            (field("last_name"), Value::text("Lee")),
            (field("topic"), Value::text("x")),
            (field("country"), Value::text("Chile")),
        ];
        CreateRecord { entity: Entity::Lead, values }
    };
    let figure = desk::measure(20, |_| drop(service.execute(lead(&ctx), &ctx).expect("a lead")));
    table.figure(column, "a lead is entered, without rules", &figure);
    let people: Vec<i64> = ctx.catalog.people.users.iter().filter(|user| user.active).map(|user| user.number).collect();
    let mut numbers = Vec::new();
    for definition in rules(&people) {
        numbers.push(act(&mut service, &mut ctx, PutDefinition { definition }));
    }
    let figure = desk::measure(20, |_| drop(service.execute(lead(&ctx), &ctx).expect("a lead")));
    table.figure(column, &format!("a lead is entered, with {RULES} rules"), &figure);
    let forget = |service: &mut LeadService, ctx: &mut Context, numbers: &mut Vec<i64>| {
        for number in numbers.drain(..) {
            act(service, ctx, leadbook::service::definition::RemoveDefinition { number });
        }
    };
    forget(&mut service, &mut ctx, &mut numbers);
    for (place, when) in (0..).zip(BEYOND) {
        let body = Body::ScoreRule(ScoreRule { points: 5, when: when.into(), active: true });
        let definition = Definition { number: 0, name: when.replace([':', ','], " "), place, owner: None, body };
        numbers.push(act(&mut service, &mut ctx, PutDefinition { definition }));
    }
    let figure = desk::measure(20, |_| drop(service.execute(lead(&ctx), &ctx).expect("a lead")));
    table.figure(column, &format!("a lead is entered, with {} points beyond it", BEYOND.len()), &figure);
    forget(&mut service, &mut ctx, &mut numbers);
    let mut rule = rules(&people).swap_remove(RULES - 1);
    if let Body::Rule(rule) = &mut rule.body {
        rule.when = "is:duplicate".into();
    }
    numbers.push(act(&mut service, &mut ctx, PutDefinition { definition: rule }));
    let figure = desk::measure(20, |_| drop(service.execute(lead(&ctx), &ctx).expect("a lead")));
    table.figure(column, "a lead is entered, with a rule for duplicates", &figure);
    forget(&mut service, &mut ctx, &mut numbers);
}
