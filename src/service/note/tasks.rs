//! Tasks that lines of notes make: once, when the note is saved, and done when the box is ticked. What a line is called later is still
//! that line.

use crate::error::Result;
use crate::model::activity::{TASK, is_open};
use crate::model::entity::Entity;
use crate::model::note::{Note, NoteTask};
use crate::model::todo::{Todo, mistaken, split, todos};
use crate::model::value::Value;
use crate::service::act::{Act, Tx};
use crate::service::activity::complete::CompleteActivities;
use crate::service::activity::plan;
use crate::service::scope::Targets;
use crate::store;

/// Characters of a task's subject at most.
const LONGEST: usize = 800;

/// Whether a text may have lines that are to be done.
fn has_boxes(body: &str) -> bool {
    ["[ ] ", "[x] ", "[X] "].iter().any(|mark| body.contains(mark))
}

/// Reads the tasks of a note that is shown.
pub fn fill(db: &store::Db, note: &mut Note) -> Result<()> {
    if has_boxes(&note.body) {
        note.tasks = store::note_task::of(db, note.number)?;
    }
    Ok(())
}

/// Makes the tasks of the lines that are new since `before`, and completes those whose box was ticked; what the summary says of it
/// comes back.
pub(super) fn keep(tx: &mut Tx<'_>, note: &Note, before: &str) -> Result<String> {
    let about = note.about;
    if !about.entity.takes_activities() || !has_boxes(&note.body) {
        return Ok(String::new());
    }
    let registry = tx.ctx.catalog.registry(about.entity);
    let record = store::record::need(tx.db, registry, about.number)?;
    if !record.named(registry, "deleted_at").is_none() {
        return Ok(String::new());
    }
    let (now, old) = (todos(&note.body), todos(before));
    let known = store::note_task::of(tx.db, note.number)?;
    let lines = matched(&now, &old, &known);
    let (mut planned, mut done) = (Vec::new(), Vec::new());
    for (todo, line) in now.iter().zip(lines) {
        match line {
            Line::Old { activity, was_done } => {
                store::note_task::put(tx.db, note.number, &todo.key(), activity)?;
                let task = known.iter().find(|task| task.activity == activity && !task.deleted && is_open(task.state));
                if todo.done && !was_done && task.is_some() {
                    let targets = Targets::one(Entity::Activity.numbered(activity));
                    CompleteActivities { targets, outcome: None, note: None, at: None }.run(tx)?;
                    done.push(Entity::Activity.numbered(activity).to_string());
                }
            }
            Line::New if !todo.done => {
                let activity = make(tx, note, todo)?;
                store::note_task::put(tx.db, note.number, &todo.key(), activity)?;
                let key = Entity::Activity.numbered(activity);
                let ctx = tx.ctx;
                planned.push(match mistaken(todo.text, ctx.now(), ctx.zone, &ctx.locale) {
                    Some(word) => format!("{key} without a time, for “{word}” is none"),
                    None => key.to_string(),
                });
            }
            Line::New => {}
        }
    }
    let mut said = String::new();
    for (what, tasks) in [("planned", planned), ("done", done)] {
        if !tasks.is_empty() {
            said.push_str(&format!(" · {what} {}", tasks.join(", ")));
        }
    }
    Ok(said)
}

/// What a line of a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// It was there before, and stands for a task.
    Old { activity: i64, was_done: bool },
    /// It was not there, or stood for none.
    New,
}

/// What each line is: first by its text, then, in their order, those that are called otherwise now.
fn matched(now: &[Todo<'_>], old: &[Todo<'_>], known: &[NoteTask]) -> Vec<Line> {
    let task = |key: &str| known.iter().find(|task| task.line == key);
    // a task that was taken back with its line is no task of a line that is typed again
    let before = |key: &str| old.iter().find(|todo| todo.key() == key);
    let mut lines: Vec<Line> = now
        .iter()
        .map(|todo| {
            let key = todo.key();
            match (task(&key), before(&key)) {
                (Some(task), Some(old)) => Line::Old { activity: task.activity, was_done: old.done },
                (Some(task), None) if !task.deleted => Line::Old { activity: task.activity, was_done: false },
                _ => Line::New,
            }
        })
        .collect();
    let used = |lines: &[Line], activity: i64| {
        lines.iter().any(|line| matches!(line, Line::Old { activity: used, .. } if *used == activity))
    };
    let gone: Vec<(i64, bool)> = old
        .iter()
        .filter_map(|todo| Some((task(&todo.key())?.activity, todo.done)))
        .filter(|(activity, _)| !used(&lines, *activity))
        .collect();
    let mut gone = gone.into_iter();
    for (place, todo) in now.iter().enumerate() {
        // a line that was there and stood for nothing is no other line now
        if lines[place] == Line::New && before(&todo.key()).is_none() {
            let Some((activity, was_done)) = gone.next() else { break };
            lines[place] = Line::Old { activity, was_done };
        }
    }
    lines
}

/// Makes the task of a line.
fn make(tx: &mut Tx<'_>, note: &Note, todo: &Todo<'_>) -> Result<i64> {
    let ctx = tx.ctx;
    let (what, when) = split(todo.text, ctx.now(), ctx.zone, &ctx.locale);
    let registry = &ctx.catalog.activity;
    let short: String = what.chars().take(LONGEST).collect();
    let mut values = vec![(registry.id("kind"), Value::Choice(TASK))];
    if short.len() < what.len() {
        values.push((registry.id("description"), Value::text(what)));
    }
    values.push((registry.id("name"), Value::text(short)));
    if let Some(when) = when {
        values.push((registry.id("due_at"), Value::Instant(when.instant(ctx.zone))));
    }
    Ok(plan::write_new(tx, Some(note.about), &values)?.key.number)
}
