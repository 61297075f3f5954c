//! The import screen: a file, its columns with samples and guesses, what would happen, then the import. Writes nothing before Enter.

mod actions;
mod draw;
mod settings;

use std::path::PathBuf;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::prompt::Prompt;
use super::{Flow, Incoming, Layer, Outcome};
use crate::error::Error;
use crate::exchange::import::{Options, Plan};
use crate::model::entity::Entity;
use crate::service::context::Progress;
use crate::service::exchange::{Duplicates, ImportRecords, Imported, KindOf, PlanImport, Shared, TryImport};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::{AnyAct, Reply};

/// How far the import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The file is being read for the first time.
    Reading,
    /// The columns are on the screen.
    Columns,
    /// What would happen is being counted.
    Trying,
    /// What would happen is on the screen.
    Trial,
    /// It happens.
    Writing,
    /// What happened is on the screen.
    Done,
}

/// Which list of the first page has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pane {
    /// The columns of the file.
    Columns,
    /// What holds for all rows.
    Settings,
}

/// The import screen.
#[derive(Debug)]
pub struct ImportScreen {
    pub(super) path: PathBuf,
    pub(super) options: Options,
    pub(super) kind: KindOf,
    /// By which field the records are looked up that the rows stand on; none is by any.
    pub(super) by: Option<&'static str>,
    pub(super) duplicates: Duplicates,
    pub(super) stage: Stage,
    pub(super) plan: Option<Shared<Plan>>,
    pub(super) outcome: Option<Box<Imported>>,
    pub(super) failed: Option<String>,
    pub(super) pane: Pane,
    pub(super) column: usize,
    pub(super) setting: usize,
    pub(super) scroll: usize,
    pub(super) progress: Option<Progress>,
    /// The path as it was typed.
    typed: String,
    ticket: u64,
    remembered: bool,
}

impl ImportScreen {
    /// Opens a file as a person typed its path, and reads it; where it does not say what it holds, it holds records of this kind.
    pub fn new(path: &str, entity: Entity, cx: &mut Cx<'_>) -> Self {
        let mut screen = Self {
            path: crate::tui::outside::expand(path.trim()),
            options: Options::new(cx.env.locale.clone(), cx.env.zone),
            kind: KindOf::Guess(entity),
            by: None,
            duplicates: Duplicates::Skip,
            stage: Stage::Reading,
            plan: None,
            outcome: None,
            failed: None,
            pane: Pane::Columns,
            column: 0,
            setting: 0,
            scroll: 0,
            progress: None,
            typed: path.to_owned(),
            ticket: 0,
            remembered: false,
        };
        screen.read(cx);
        screen
    }

    /// Reads the file with the options as they are now.
    pub(super) fn read(&mut self, cx: &mut Cx<'_>) {
        self.stage = Stage::Reading;
        self.failed = None;
        self.progress = None;
        let plan = PlanImport { path: self.path.clone(), options: self.options.clone(), kind: self.kind };
        cx.ask(Slot::ImportPlan, AnyQuery::ImportPlan(Box::new(plan)));
    }

    fn import(&self, plan: &Shared<Plan>) -> ImportRecords {
        ImportRecords { plan: plan.clone(), duplicates: self.duplicates, key: None }
    }

    pub(super) fn try_it(&mut self, cx: &mut Cx<'_>) {
        let Some(plan) = &self.plan else { return };
        let trial = TryImport { import: self.import(plan) };
        self.stage = Stage::Trying;
        self.progress = None;
        self.scroll = 0;
        cx.ask(Slot::ImportTrial, AnyQuery::ImportTrial(Box::new(trial)));
    }

    pub(super) fn write(&mut self, cx: &mut Cx<'_>) {
        let Some(plan) = &self.plan else { return };
        self.ticket = cx.act(AnyAct::Import(Box::new(self.import(plan))));
        self.stage = Stage::Writing;
        self.progress = None;
        self.scroll = 0;
    }

    /// The plan came: a map that was used for the same headings before is put in its place, once.
    fn planned(&mut self, plan: &Shared<Plan>, cx: &mut Cx<'_>) {
        if !self.remembered {
            self.remembered = true;
            if let Some(map) = cx.env.state.import_map(plan.entity.name(), &plan.file.headings) {
                let map: Vec<(String, String)> = map.iter().map(|(heading, word)| (heading.clone(), word.clone())).collect();
                if !map.is_empty() {
                    self.options.remembered = map;
                    return self.read(cx);
                }
            }
        }
        if plan.rows == 0 {
            cx.complain(format!("no rows in this file: a heading alone makes no {}", plan.entity.name()));
        }
        self.plan = Some(plan.clone());
        let links = self.links(cx.env);
        if links != self.options.links {
            self.options.links = links;
            return self.read(cx);
        }
        self.stage = Stage::Columns;
    }

    /// What the rows become, as far as it is known.
    pub(super) fn entity(&self) -> Entity {
        let (KindOf::Told(asked) | KindOf::Guess(asked)) = self.kind;
        self.plan.as_ref().map_or(asked, |plan| plan.entity)
    }

    /// Remembers the map for files with the same headings.
    fn remember(&self, cx: &mut Cx<'_>) {
        let Some(plan) = &self.plan else { return };
        let mut state = cx.state();
        let map = plan.map(cx.env.catalog.registry(plan.entity));
        state.remember_import(plan.entity.name(), &plan.file.headings, map.into_iter().collect());
        cx.push(Effect::SaveState(Box::new(state)));
    }

    fn stopped(&mut self, error: &crate::error::Error) {
        self.failed = Some(error.to_string());
        self.progress = None;
        self.stage = if self.plan.is_some() { Stage::Columns } else { Stage::Reading };
    }
}

impl Layer for ImportScreen {
    fn scopes(&self) -> Vec<Scope> {
        match self.stage {
            Stage::Reading | Stage::Trying | Stage::Writing if self.failed.is_none() => vec![Scope::Job],
            _ => vec![Scope::Import],
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        self.perform(action, cx)
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        self.closed_with(outcome, cx)
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::ImportPlan, result, .. } => match result {
                Ok(Answer::Plan(plan)) => self.planned(plan, cx),
                Ok(_) => {}
                // nothing of the file is here yet: another path is asked for
                Err(error) if self.plan.is_none() && !matches!(error, Error::Canceled) => {
                    return Flow::Replace(Box::new(Prompt::import_again(&self.typed, error.to_string(), cx.env)));
                }
                Err(error) => self.stopped(error),
            },
            Incoming::Answer { slot: Slot::ImportTrial, result, .. } => match result {
                Ok(Answer::Trial(trial)) => {
                    self.outcome = Some(trial.clone());
                    self.stage = Stage::Trial;
                }
                Ok(_) => {}
                Err(error) => self.stopped(error),
            },
            Incoming::Written { ticket, result } if *ticket == self.ticket && self.stage == Stage::Writing => match result {
                Ok(done) => {
                    if let Reply::Import(imported) = &done.reply {
                        self.outcome = Some(imported.clone());
                    }
                    self.stage = Stage::Done;
                    self.remember(cx);
                }
                Err(error) => self.stopped(error),
            },
            Incoming::Progress(progress) => self.progress = Some(*progress),
            _ => {}
        }
        Flow::Pass
    }

    fn mouse(&mut self, _column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            return self.perform(if wheel > 0 { Action::Down } else { Action::Up }, cx);
        }
        if self.stage == Stage::Columns
            && let Some(column) = draw::column_at(self, row, cx.env)
        {
            self.pane = Pane::Columns;
            self.column = column;
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        draw::draw(self, frame, area, env);
    }

    fn covers(&self) -> bool {
        true
    }

    fn unavailable(&self, action: Action, _: &Env) -> Option<String> {
        let unread = self.outcome.as_ref().and_then(|o| o.unread.as_ref());
        if self.plan.is_none() && matches!(action, Action::Open | Action::Edit | Action::Mark | Action::Export) {
            return Some("no file is read; Esc goes back".into());
        }
        let no_rows = self.plan.as_ref().is_some_and(|plan| plan.rows == 0);
        match (action, self.stage) {
            (Action::Open, Stage::Columns) if no_rows => Some("no rows in this file".into()),
            (Action::Export, Stage::Done | Stage::Trial) if unread.is_none() => Some("every row could be read".into()),
            (Action::Export, Stage::Columns) => Some("after Enter, if rows cannot be read".into()),
            (Action::Edit | Action::Mark, Stage::Trial | Stage::Done) => Some("Esc goes back to the columns".into()),
            _ => None,
        }
    }
}
