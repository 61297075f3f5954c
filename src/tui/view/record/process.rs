//! The process above the fields of a lead or an opportunity: its stages and the steps of the one it is in, each ticked by writing the
//! field that it stands for. Decides no rule.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Pane, RecordView};
use crate::model::choice::{OPEN, Set};
use crate::model::clean::{clean, fit, width};
use crate::model::field::{FieldId, Kind};
use crate::model::process::{self, Step};
use crate::model::record::Record;
use crate::model::value::Value;
use crate::service::record::update::UpdateRecords;
use crate::service::scope::Targets;
use crate::tui::action::Action;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::{Flow, field};
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::put;
use crate::worker::writer::AnyAct;

/// Blanks between two steps.
const GAP: usize = 2;
/// From this many lines of the screen the stages have a line of their own where they do not fit beside another.
const ROOMY: u16 = 20;
/// From this many lines the steps take a second line rather than short names.
const LARGE: u16 = 34;
/// Below this many lines the steps are seen only while the keys go to them.
const SMALL: u16 = 12;

/// The process of one record.
#[derive(Debug)]
pub(super) struct Bar {
    stage: i64,
    pub(super) steps: Vec<Step>,
    /// Why nothing in it can be written.
    locked: Option<String>,
}

/// One step where it is drawn.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    step: usize,
    x: u16,
    text: String,
}

/// How the bar is laid out.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// Whether the stages are at the right of the last line above.
    pub(super) beside: bool,
    /// Whether they have a line of their own.
    below: bool,
    /// What stands before the steps where the stages are nowhere.
    lead: String,
    rows: Vec<Vec<Piece>>,
    /// Whether steps are left out before and behind.
    cut: (bool, bool),
}

impl Shape {
    /// How many lines it takes.
    pub(super) fn height(&self) -> u16 {
        u16::from(self.below) + u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }
}

impl Bar {
    /// The process of a record; nothing where it is in none.
    pub(super) fn of(record: &Record, env: &Env) -> Option<Self> {
        let registry = env.catalog.registry(record.key.entity);
        let stage = process::stage(registry, record)?;
        let steps = process::steps(registry, record, stage);
        let reasons: Vec<Option<String>> =
            steps.iter().map(|step| field::locked(record, registry.field(step.field), env)).collect();
        let locked = if env.read_only {
            Some("the database can only be read".into())
        } else {
            reasons.iter().all(Option::is_some).then(|| reasons.into_iter().flatten().next()).flatten()
        };
        let closed = record.named(registry, "status").as_int().unwrap_or(OPEN) != OPEN;
        // an opportunity that never left the lead's stage has no steps of its own
        (!steps.is_empty() || !closed).then_some(Self { stage, steps, locked })
    }

    /// The first step that is not done; the first of all where there is none.
    fn next(&self) -> usize {
        self.steps.iter().position(|step| !step.done).unwrap_or(0)
    }

    fn count(&self) -> String {
        format!("{}/{}", self.steps.iter().filter(|step| step.done).count(), self.steps.len())
    }

    /// `Qualify ▸ Develop ▸ Propose ▸ Close   2/7`, and why it can only be read.
    pub(super) fn stages(&self, env: &Env) -> Line<'static> {
        let mut spans = Vec::new();
        for choice in env.catalog.choices.all(Set::Stage) {
            let meaning = if choice.code == self.stage && self.locked.is_none() { Meaning::Tab } else { Meaning::Dim };
            if !spans.is_empty() {
                spans.push(Span::styled(" ▸ ", env.theme.style(Meaning::Dim)));
            }
            let label = clean(&choice.label).into_owned();
            // closed, the stage in which it ended is told by its brackets alone
            let label = if choice.code == self.stage && self.locked.is_some() { format!("[{label}]") } else { label };
            spans.push(Span::styled(label, env.theme.style(meaning)));
        }
        if !self.steps.is_empty() {
            spans.push(Span::styled(format!("   {}", self.count()), env.theme.style(Meaning::Label)));
        }
        if let Some(reason) = &self.locked {
            spans.push(Span::styled(format!("   {reason}"), env.theme.style(Meaning::Label)));
        }
        Line::from(spans)
    }

    /// Where all of it goes on a screen of this size, beside a line of which so many columns are taken (none where there is no such
    /// line); `at` is the step under the cursor, if the keys go to the bar.
    pub(super) fn shape(&self, columns: u16, lines: u16, taken: Option<usize>, at: Option<usize>, env: &Env) -> Shape {
        let room = usize::from(columns).saturating_sub(2);
        let stages = self.stages(env).width();
        let beside = taken.is_some_and(|taken| taken + stages + 4 <= usize::from(columns));
        let below = !beside && lines >= ROOMY && stages <= room;
        if self.steps.is_empty() || (lines < SMALL && at.is_none()) {
            return Shape { beside, below, ..Shape::default() };
        }
        let read_only = if self.locked.is_some() { " read-only" } else { "" };
        let label = env.catalog.choices.label(Set::Stage, self.stage);
        let lead = if beside || below { String::new() } else { format!("{} {}{read_only}  ", clean(&label), self.count()) };
        let texts = |name: fn(&Step) -> &'static str| {
            let sign = |step: &Step| if step.done { "✓" } else { "·" };
            self.steps.iter().map(|step| format!("{} {}", sign(step), name(step))).collect::<Vec<_>>()
        };
        let (full, short) = (texts(|step| step.label), texts(|step| step.short));
        let most = if lines >= ROOMY - 2 { 2 } else { 1 };
        let tries = [(&full, 1), (&full, if lines >= LARGE { 2 } else { 1 }), (&short, 1), (&short, most)];
        let packed =
            tries.iter().map(|(texts, rows)| (pack(texts, width(&lead), room), *rows)).find(|(rows, most)| rows.len() <= *most);
        let (rows, cut) = match packed {
            Some((rows, _)) => (rows, (false, false)),
            None => {
                let mut rows = pack(&short, width(&lead), room);
                let here = at.unwrap_or_else(|| self.next());
                let line = rows.iter().position(|row| row.iter().any(|piece| piece.step == here)).unwrap_or(0);
                let first = (line + 1).saturating_sub(most);
                let behind = rows.split_off((first + most).min(rows.len()));
                (rows.split_off(first), (first > 0, !behind.is_empty()))
            }
        };
        Shape { beside, below, lead, rows, cut }
    }

    /// Draws what is not beside another line.
    pub(super) fn draw(&self, shape: &Shape, at: Option<usize>, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let mut y = area.y;
        if shape.below {
            let line = Rect { x: area.x.saturating_add(1), y, width: area.width.saturating_sub(1), height: 1 }.intersection(area);
            frame.render_widget(self.stages(env), line);
            y += 1;
        }
        if !shape.cut.0 {
            put(frame, area.x + 1, y, &shape.lead, area, env.theme.style(Meaning::Label));
        }
        for row in &shape.rows {
            for piece in row {
                let done = self.steps.get(piece.step).is_some_and(|step| step.done);
                let style = match (at == Some(piece.step), self.locked.is_some(), done) {
                    (true, _, _) => env.theme.style(Meaning::Cursor),
                    // what is still to do stands out
                    (_, true, _) | (_, _, true) => env.theme.style(Meaning::Dim),
                    _ => Style::new(),
                };
                put(frame, area.x + piece.x, y, &piece.text, area, style);
            }
            y += 1;
        }
        let dim = env.theme.style(Meaning::Dim);
        if shape.cut.0 {
            put(frame, area.x, y.saturating_sub(1), "‹", area, dim);
        }
        if shape.cut.1 {
            put(frame, area.right().saturating_sub(1), y.saturating_sub(1), "›", area, dim);
        }
    }

    /// The step that was clicked, by the line of the bar and the column.
    pub(super) fn step_at(shape: &Shape, column: u16, line: u16) -> Option<usize> {
        let row = shape.rows.get(usize::from(line.checked_sub(u16::from(shape.below))?))?;
        let within = |piece: &&Piece| usize::from(column.saturating_sub(piece.x)) < width(&piece.text) && column >= piece.x;
        row.iter().find(within).map(|piece| piece.step)
    }
}

/// The steps in as many lines as they take; the first one begins behind so many columns.
fn pack(texts: &[String], lead: usize, room: usize) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut used = lead;
    for (step, text) in texts.iter().enumerate() {
        let begun = rows.last().is_some_and(|row| !row.is_empty());
        let gap = if begun { GAP } else { 0 };
        if begun && used + gap + width(text) > room {
            rows.push(Vec::new());
            used = 0;
        } else {
            used += gap;
        }
        let text = fit(text, room.saturating_sub(used));
        let x = u16::try_from(used + 1).unwrap_or(u16::MAX);
        used += width(&text);
        if let Some(row) = rows.last_mut() {
            row.push(Piece { step, x, text });
        }
    }
    rows
}

impl RecordView {
    /// The process of the record that is shown.
    pub(super) fn bar(&self, env: &Env) -> Option<Bar> {
        self.record().and_then(|record| Bar::of(record, env)).filter(|bar| !bar.steps.is_empty())
    }

    /// The step under the cursor, where the keys go to the bar.
    pub(super) fn step_here(&self, env: &Env) -> Option<Step> {
        let bar = self.bar(env).filter(|_| self.pane == Pane::Process)?;
        bar.steps.get(self.step.min(bar.steps.len() - 1)).copied()
    }

    /// The keys go to the bar, if there is one; the cursor to the first step that is not done.
    pub(super) fn enter_bar(&mut self, env: &Env) -> bool {
        match self.bar(env) {
            Some(bar) => {
                if self.pane != Pane::Process {
                    self.step = bar.next();
                    self.pane = Pane::Process;
                }
                true
            }
            None => false,
        }
    }

    /// Moves in the bar.
    pub(super) fn move_step(&mut self, by: isize, env: &Env) {
        if let Some(bar) = self.bar(env) {
            self.step = self.step.saturating_add_signed(by).min(bar.steps.len() - 1);
        }
    }

    /// Ticks the step under the cursor, or takes the tick off; one that says more than yes opens what its field is edited with.
    pub(super) fn tick_step(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(step) = self.step_here(cx.env) else { return Flow::Stay };
        if !is_flag(step.field, cx.env) {
            return self.edit(step.field, cx);
        }
        let (targets, values) = (Targets::one(self.key), vec![(step.field, Value::Bool(!step.done))]);
        cx.act(AnyAct::UpdateMany(UpdateRecords { targets, values, leave_out_closed: false }));
        Flow::Stay
    }

    /// What Enter does on the step under the cursor.
    pub(super) fn tick_label(&self, env: &Env) -> Option<&'static str> {
        let step = self.step_here(env)?;
        Some(match (is_flag(step.field, env), step.done) {
            (true, false) => "tick",
            (true, true) => "take off",
            (false, _) => "fill in",
        })
    }

    /// Why the step under the cursor cannot be ticked.
    pub(super) fn step_locked(&self, action: Action, env: &Env) -> Option<String> {
        let step = self.step_here(env).filter(|_| matches!(action, Action::Open | Action::Mark))?;
        if env.read_only {
            return Some("the database can only be read".into());
        }
        field::locked(self.record()?, env.catalog.field(step.field), env)
    }
}

/// Whether a field is done by a yes alone.
pub(super) fn is_flag(id: FieldId, env: &Env) -> bool {
    matches!(env.catalog.field(id).kind, Kind::Flag { .. })
}
