//! `show`: one record, for people or as an object.

use clap::ValueEnum;
use serde_json::{Map, Value as Json, json};

use super::args::OfEntity;
use super::open::{Cli, Desk};
use super::output::Out;
use super::{files, held, names, words};
use crate::error::Result;
use crate::model::activity::{APPOINTMENT, CANCELED, is_open, suits};
use crate::model::choice::Set;
use crate::model::clean::{clean, clean_lines, fit, pad, width};
use crate::model::dates::{is_late, rfc3339_utc, show_planned};
use crate::model::entity::{Entity, RecordId};
use crate::model::field::{Field, Group};
use crate::model::money;
use crate::model::note::Note;
use crate::model::record::Record;
use crate::model::todo::todos;
use crate::model::value::Value;
use crate::service::attachment::GetAttachment;
use crate::service::note::find::{EditsOf, NameOf, OriginOf};
use crate::service::record::read::{
    ActivitiesOf, Asked, Brief, BriefsOf, GetNote, GetRecord, HistoryOf, NotesOf, Related, RelatedTo, Tie,
};
use crate::service::request::RequestsOf;
use crate::service::{Context, LeadReader};
use crate::store::log::ChangeKind;

/// Show a record with its notes, its files and its history
#[derive(Debug, clap::Args)]
pub struct Show {
    /// The record
    #[arg(value_name = "REC")]
    record: String,
    /// For people, or one object
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    entity: OfEntity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people.
    Text,
    /// One object.
    Json,
}

/// More steps than this are left to `history`.
const STEPS: i64 = 20;

impl Show {
    /// Shows it.
    pub fn run(self, cli: &Cli, out: &mut Out) -> Result<u8> {
        let desk = cli.read()?;
        let record = names::record_of(&desk, &self.record, self.entity.kind())?;
        let json = self.format.map_or(cli.globals.json, |format| format == Format::Json);
        match (record.entity, json) {
            (Entity::Note, true) => {
                let note = desk.ask(&GetNote { number: record.number })?;
                let mut object = note_json(&desk.ctx, &note);
                if let Some(origin) = desk.ask(&OriginOf { note: record.number })? {
                    object["import_source"] = origin.source.into();
                    object["import_key"] = origin.key.into();
                    object["imported_rest"] = origin.rest.into();
                }
                let changes = desk.ask(&EditsOf { note: record.number })?;
                object["history"] = changes.iter().map(|(o, change)| words::change_json(&desk.ctx, o, change)).collect();
                out.json(&object)?;
            }
            (Entity::Note, false) => {
                let note = desk.ask(&GetNote { number: record.number })?;
                let name = desk.ask(&NameOf { record: note.about })?;
                out.line(&out.bold(&format!("{} on {} · {}", RecordId::note(note.number), note.about, clean(&name))))?;
                note_text(&desk.ctx, out, &note)?;
                if let Some(origin) = desk.ask(&OriginOf { note: record.number })? {
                    out.line(&format!("  from {} · {}", clean(&origin.source), clean(&origin.key)))?;
                    for line in clean_lines(&origin.rest).lines() {
                        out.line(&format!("    {line}"))?;
                    }
                }
                edits(&desk, out, &note)?;
            }
            (Entity::Attachment, true) => {
                out.json(&files::object(&desk.ctx, &desk.ask(&GetAttachment { number: record.number })?))?
            }
            (Entity::Attachment, false) => files::line(&desk.ctx, out, &desk.ask(&GetAttachment { number: record.number })?)?,
            (_, true) => record_json(&desk, out, record)?,
            (_, false) => record_text(&desk, out, record)?,
        }
        Ok(0)
    }
}

/// The object of a record; what does not exist yet is an empty array, so that programs may count on the keys.
fn record_json(desk: &Desk<LeadReader>, out: &mut Out, about: RecordId) -> Result<()> {
    let ctx = &desk.ctx;
    let lead = desk.ask(&GetRecord { record: about, entries: 0 })?.record;
    let notes = desk.ask(&NotesOf { about, limit: i64::MAX })?;
    let history = desk.ask(&HistoryOf { about, limit: i64::MAX })?;
    let showing = ctx.showing();
    let mut object: Map<String, Json> = ctx
        .catalog
        .registry(about.entity)
        .ids()
        .map(|(id, field)| (field.name.to_owned(), showing.json(field, lead.get(id))))
        .collect();
    object.insert("version".into(), json!(lead.version));
    object.insert("notes".into(), notes.iter().map(|note| note_json(ctx, note)).collect());
    object.insert("attachments".into(), files::objects(desk, about)?);
    if about.entity.takes_activities() {
        let activities = desk.ask(&ActivitiesOf { about })?;
        object.insert("activities".into(), activities.iter().map(|record| held::fields(ctx, record)).collect());
    } else {
        object.insert("activities".into(), json!([]));
    }
    let requests = desk.ask(&RequestsOf { about })?;
    object.insert("requests".into(), requests.iter().map(|asked| request_json(ctx, asked)).collect());
    let related = desk.ask(&RelatedTo { about })?;
    object.insert("links".into(), related.iter().map(|related| link_json(ctx, related)).collect());
    let history = history.iter().map(|(operation, change)| words::change_json(ctx, operation, change));
    object.insert("history".into(), history.collect());
    held::complete(desk, about, &mut object)?;
    out.json(&Json::Object(object))
}

/// A request as an object.
fn request_json(ctx: &Context, asked: &Asked) -> Json {
    let slug = |set, code: Option<i64>| code.map(|code| ctx.catalog.choices.slug(set, code));
    json!({
        "number": Entity::Request.numbered(asked.number).to_string(),
        "regarding": asked.about.to_string(),
        "name": asked.title,
        "type": slug(Set::RequestType, asked.kind),
        "priority": slug(Set::RequestPriority, asked.priority),
        "status": slug(Set::RequestState, Some(asked.state)),
        "status_reason": slug(Set::RequestReason, Some(asked.reason)),
        "due_at": asked.due.map(rfc3339_utc),
        "created_at": rfc3339_utc(asked.at),
        "description": Some(&asked.text).filter(|text| !text.is_empty()),
        "resolution": Some(&asked.resolution).filter(|text| !text.is_empty()),
    })
}

/// What was asked for, a line each.
fn requests(desk: &Desk<LeadReader>, out: &mut Out, about: RecordId) -> Result<()> {
    let requests = desk.ask(&RequestsOf { about })?;
    if requests.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.bold("Requests"))?;
    for asked in &requests {
        let state = desk.ctx.catalog.choices.label(Set::RequestState, asked.state);
        let from = if asked.about == about { String::new() } else { format!(" · of {}", asked.about) };
        let number = Entity::Request.numbered(asked.number);
        let when = words::moment(&desk.ctx, asked.at);
        out.line(&format!("  {number} · {when} · {}{from} · {}", clean(&state), clean(&asked.title)))?;
        for line in clean_lines(&asked.resolution).lines() {
            out.line(format!("    {line}").trim_end())?;
        }
    }
    Ok(())
}

/// So many open activities are told of, and so many closed ones.
const OPEN_TOLD: usize = 20;
const CLOSED_TOLD: usize = 10;
/// The longest text of an activity that is told, in columns.
const TOLD: usize = 100;

/// The activities of a record: the open ones, the first due first, then the closed ones, the latest first.
fn activities(desk: &Desk<LeadReader>, out: &mut Out, about: RecordId) -> Result<()> {
    if !about.entity.takes_activities() {
        return Ok(());
    }
    let all = desk.ask(&BriefsOf { about })?;
    let (mut open, closed): (Vec<Brief>, Vec<Brief>) = all.into_iter().partition(|brief| is_open(brief.state));
    open.sort_by_key(|brief| (brief.due.is_none(), brief.due, brief.number));
    if open.is_empty() && closed.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.bold("Activities"))?;
    for brief in open.iter().take(OPEN_TOLD).chain(closed.iter().take(CLOSED_TOLD)) {
        activity(&desk.ctx, out, about, brief)?;
    }
    let left = open.len().saturating_sub(OPEN_TOLD) + closed.len().saturating_sub(CLOSED_TOLD);
    if left > 0 {
        out.line(&format!("  {left} more: leadbook list regarding:{about} --entity activity"))?;
    }
    Ok(())
}

/// `T-7 · due Tue 24 Nov 09:00 · Phone Call · Call Ann`, and the beginning of what was said.
fn activity(ctx: &Context, out: &mut Out, about: RecordId, brief: &Brief) -> Result<()> {
    let choices = &ctx.catalog.choices;
    let open = is_open(brief.state);
    let mut parts = vec![Entity::Activity.numbered(brief.number).to_string()];
    parts.push(match (open, brief.due) {
        (false, _) => words::moment(ctx, brief.at),
        (true, None) => "no time".to_owned(),
        (true, Some(due)) => {
            let late = if is_late(due, ctx.now(), ctx.zone) { ", late" } else { "" };
            let word = if brief.kind == APPOINTMENT { "" } else { "due " };
            format!("{word}{}{late}", show_planned(due, ctx.now(), ctx.zone))
        }
    });
    parts.push(choices.label(Set::ActivityKind, brief.kind));
    if let Some(direction) = brief.direction.filter(|_| !open) {
        parts.push(choices.label(Set::Direction, direction).to_lowercase());
    }
    parts.extend(brief.outcome.map(|outcome| choices.label(Set::Outcome, outcome).to_lowercase()));
    if brief.state == CANCELED {
        parts.push("canceled".to_owned());
    }
    parts.push(brief.subject.clone());
    parts.extend(brief.about.filter(|other| *other != about).map(|other| format!("of {other}")));
    out.line(&format!("  {}", clean(&parts.join(" · "))))?;
    let first = brief.text.lines().map(str::trim).find(|line| !line.is_empty());
    first.map_or(Ok(()), |line| out.line(&format!("    {}", fit(&clean(line), TOLD))))
}

/// A tie as an object: the other record, and whether it stands in a field of this one, this one in a field of it, or they are linked.
fn link_json(ctx: &Context, related: &Related) -> Json {
    let (kind, name) = match &related.tie {
        Tie::Field(id) => ("field", ctx.catalog.field(*id).name),
        Tie::Of(id) => ("referrer", ctx.catalog.field(*id).name),
        Tie::Link(role) => ("role", role.as_str()),
        Tie::Line(_) => ("role", "product"),
    };
    let mut object = Map::new();
    if let Tie::Line(line) = related.tie {
        object.insert("quantity".into(), json!(money::decimal(line.quantity)));
        object.insert("price".into(), json!(money::decimal(line.price)));
        object.insert("amount".into(), json!(line.amount().map(money::decimal)));
    }
    object.insert("record".into(), json!(related.key.to_string()));
    object.insert("name".into(), json!(related.name));
    object.insert(kind.into(), json!(name));
    Json::Object(object)
}

/// What a record is tied to, a line each.
fn links(desk: &Desk<LeadReader>, out: &mut Out, about: RecordId) -> Result<()> {
    let related = desk.ask(&RelatedTo { about })?;
    if related.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.bold("Links"))?;
    for related in &related {
        let label = |id| desk.ctx.catalog.field(id).label;
        let how = match &related.tie {
            Tie::Field(id) => label(*id).to_owned(),
            Tie::Of(id) => format!("its {}", label(*id)),
            Tie::Link(role) if role.is_empty() => "linked".to_owned(),
            Tie::Link(role) => role.clone(),
            Tie::Line(line) => line.show(&desk.ctx.locale),
        };
        out.line(&format!("  {}  {} · {}", related.key, clean(&related.name), clean(&how)))?;
    }
    Ok(())
}

/// The object of a note.
pub(super) fn note_json(ctx: &Context, note: &Note) -> Json {
    let lines = todos(&note.body);
    let tasks = lines.iter().filter_map(|line| {
        let key = line.key();
        let task = note.tasks.iter().find(|task| task.line == key && !task.deleted)?;
        let (number, state) =
            (Entity::Activity.numbered(task.activity), ctx.catalog.choices.slug(Set::ActivityState, task.state));
        Some(json!({ "line": line.text, "activity": number.to_string(), "status": state }))
    });
    let tasks: Vec<Json> = tasks.collect();
    json!({
        "number": RecordId::note(note.number).to_string(),
        "id": note.id.to_string(),
        "about": note.about.to_string(),
        "body": note.body,
        "pinned": note.pinned,
        "tasks": tasks,
        "created_at": rfc3339_utc(note.created_at),
        "created_by": words::login(ctx, note.created_by),
        "modified_at": rfc3339_utc(note.modified_at),
        "modified_by": words::login(ctx, note.modified_by),
        "deleted_at": note.deleted_at.map(rfc3339_utc),
    })
}

fn record_text(desk: &Desk<LeadReader>, out: &mut Out, about: RecordId) -> Result<()> {
    let ctx = &desk.ctx;
    let registry = ctx.catalog.registry(about.entity);
    let lead = desk.ask(&GetRecord { record: about, entries: 0 })?.record;
    let text = |name: &str| registry.find(name).map_or_else(String::new, |id| lead.get(id).as_text().to_owned());
    let parts = [about.to_string(), text("name"), text("company")];
    let title = parts.iter().filter(|p| !p.is_empty()).map(|p| clean(p)).collect::<Vec<_>>().join(" · ");
    out.line(&out.bold(&title))?;
    for group in Group::ALL {
        fields(ctx, out, &lead, *group)?;
    }
    let notes = desk.ask(&NotesOf { about, limit: i64::MAX })?;
    if !notes.is_empty() {
        out.line("")?;
        out.line(&out.bold("Notes"))?;
    }
    for note in &notes {
        note_text(ctx, out, note)?;
    }
    activities(desk, out, about)?;
    files::lines(desk, out, about)?;
    requests(desk, out, about)?;
    links(desk, out, about)?;
    history(desk, out, about)
}

fn fields(ctx: &Context, out: &mut Out, lead: &Record, group: Group) -> Result<()> {
    let registry = ctx.catalog.registry(lead.key.entity);
    let showing = ctx.showing();
    // on an activity its kind may have another word
    let kind = lead.activity_kind(registry);
    let label = |field: &Field| kind.and_then(|kind| suits::label(kind, field.name)).unwrap_or(field.label);
    let filled: Vec<(&str, String)> = registry
        .ids()
        .filter(|(id, field)| field.group == group && !matches!(lead.get(*id), Value::Bool(false)) && !lead.get(*id).is_none())
        .map(|(id, field)| match lead.get(id) {
            Value::Instant(at) => (label(field), words::moment(ctx, *at)),
            value => (label(field), showing.show(field, value, lead.currency(registry))),
        })
        .collect();
    if filled.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.bold(group.label()))?;
    let most = filled.iter().map(|(label, _)| width(label)).max().unwrap_or_default();
    for (label, text) in filled {
        let text = clean_lines(&text);
        let mut lines = text.lines();
        out.line(&format!("  {}  {}", pad(label, most), lines.next().unwrap_or_default()))?;
        for line in lines {
            out.line(format!("  {}  {line}", " ".repeat(most)).trim_end())?;
        }
    }
    Ok(())
}

fn note_text(ctx: &Context, out: &mut Out, note: &Note) -> Result<()> {
    let when = words::moment(ctx, note.created_at);
    let by = words::login(ctx, note.created_by);
    let mut tail = String::new();
    for (is, word) in [(note.pinned, " · pinned"), (note.version > 1, " · edited"), (note.deleted_at.is_some(), " · deleted")]
    {
        tail.push_str(if is { word } else { "" });
    }
    out.line(&format!("  {} · {when} · {}{tail}", RecordId::note(note.number), clean(&by)))?;
    for line in clean_lines(&note.told(ctx.now(), ctx.zone)).lines() {
        out.line(format!("    {line}").trim_end())?;
    }
    Ok(())
}

/// What became of a note since it was written: who changed it when, and the lines that went and came.
fn edits(desk: &Desk<LeadReader>, out: &mut Out, note: &Note) -> Result<()> {
    let mut changes = desk.ask(&EditsOf { note: note.number })?;
    changes.retain(|(_, change)| change.kind != ChangeKind::Create);
    if changes.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.bold("History"))?;
    for (operation, change) in &changes {
        let said = words::change(&desk.ctx, change).unwrap_or_default();
        let (when, by) = (words::moment(&desk.ctx, operation.at), words::login(&desk.ctx, operation.actor));
        out.line(&format!("  {when} · {} · {} · {}", clean(&by), words::origin(&operation.origin), clean(&said)))?;
        for line in words::edited(change) {
            out.line(&format!("    {line}"))?;
        }
    }
    Ok(())
}

fn history(desk: &Desk<LeadReader>, out: &mut Out, about: RecordId) -> Result<()> {
    let ctx = &desk.ctx;
    let mut changes = desk.ask(&HistoryOf { about, limit: STEPS * 4 })?;
    changes.retain(|(_, change)| words::change(ctx, change).is_some());
    if changes.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.bold("History"))?;
    for (operation, change) in changes.iter().take(STEPS as usize) {
        let said = words::change(ctx, change).unwrap_or_default();
        let (when, by) = (words::moment(ctx, operation.at), words::login(ctx, operation.actor));
        out.line(&format!("  {when} · {} · {} · {}", clean(&by), words::origin(&operation.origin), clean(&said)))?;
    }
    if changes.len() > STEPS as usize {
        out.line(&format!("  more: leadbook history {about}"))?;
    }
    Ok(())
}
