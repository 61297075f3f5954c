//! Files for some records: a path that Tab completes, a list of what is there, or what is dropped on the terminal. Stays open until
//! they are attached, so that no path is typed twice; reads no folder itself.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::picker::of;
use super::prompt::common_start;
use super::{Flow, Incoming, Layer, Outcome};
use crate::model::attachment::pasted;
use crate::model::clean::{clean, fit};
use crate::service::attachment::AttachFiles;
use crate::service::context::Progress;
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::outside::expand;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::popup::put;
use crate::worker::writer::AnyAct;

/// Rows of the list of files.
const SHOWN: usize = 10;
/// The most taken files that are named.
const NAMED: usize = 5;

/// The files being chosen.
#[derive(Debug)]
pub struct Attach {
    targets: Targets,
    input: Input,
    /// Paths that are taken beside what is typed.
    taken: Vec<String>,
    /// What the typed path could become, and which of it the cursor is on.
    found: Vec<String>,
    at: Option<usize>,
    mistake: Option<String>,
    /// The act that is under way, and how far it is.
    ticket: Option<u64>,
    progress: Option<Progress>,
    drawn: Cell<Rect>,
}

impl Attach {
    /// Asks for files for these records, beginning where the last ones lay.
    pub fn new(targets: Targets, cx: &mut Cx<'_>) -> Self {
        let input = Input::new(&cx.desk.folders().from.clone());
        let layer = Self {
            targets,
            input,
            taken: Vec::new(),
            found: Vec::new(),
            at: None,
            mistake: None,
            ticket: None,
            progress: None,
            drawn: Cell::default(),
        };
        layer.look(cx);
        layer
    }

    /// Asks what is there.
    fn look(&self, cx: &mut Cx<'_>) {
        cx.push(Effect::CompletePath(self.input.text().to_owned()));
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.mistake = None;
        self.at = None;
        self.look(cx);
    }

    fn put(&mut self, text: &str, cx: &mut Cx<'_>) {
        self.input.replace(text);
        self.found.clear();
        self.changed(cx);
    }

    /// Tab: what the list has under its cursor, else what all of it begins with.
    fn complete(&mut self, cx: &mut Cx<'_>) {
        let typed = self.input.text().to_owned();
        let one = self.at.and_then(|at| self.found.get(at)).or(self.found.first().filter(|_| self.found.len() == 1));
        let text = one.cloned().unwrap_or_else(|| common_start(&self.found));
        match self.found.is_empty() {
            true => self.mistake = Some("nothing begins so".into()),
            false if text.len() > typed.len() => self.put(&text, cx),
            false => {}
        }
    }

    fn walk(&mut self, down: bool) {
        let last = self.found.len().checked_sub(1);
        self.at = match (self.at, down) {
            (None, true) => last.map(|_| 0),
            (None, false) => last,
            (Some(at), true) => last.map(|last| (at + 1).min(last)),
            (Some(0), false) => None,
            (Some(at), false) => Some(at - 1),
        };
    }

    /// What the cursor of the list is on goes into the line: a folder is gone into, a file is what is meant. Whether it was a file.
    fn choose(&mut self, cx: &mut Cx<'_>) -> bool {
        let Some(path) = self.at.and_then(|at| self.found.get(at)).cloned() else { return true };
        self.put(&path, cx);
        !path.ends_with('/')
    }

    /// The path that is typed, if it can be a file.
    fn typed(&self) -> Option<String> {
        let text = self.input.text().trim();
        let is_file = !text.is_empty() && !text.ends_with('/') && !matches!(text, "~" | "." | "..");
        is_file.then(|| text.to_owned())
    }

    fn take_another(&mut self, cx: &mut Cx<'_>) {
        if !self.choose(cx) {
            return;
        }
        match self.typed() {
            Some(path) => {
                let folder = folder(&path).to_owned();
                self.taken.push(path);
                self.put(&folder, cx);
            }
            None => self.mistake = Some("choose a file first".into()),
        }
    }

    fn submit(&mut self, cx: &mut Cx<'_>) -> Flow {
        if !self.choose(cx) {
            return Flow::Stay;
        }
        let typed = self.typed();
        // a path that goes on is meant, unless files were taken before it
        let files: Vec<String> = self.taken.iter().cloned().chain(typed).collect();
        if files.is_empty() {
            self.mistake = Some("which file? Tab completes, Down goes into the list".into());
            return Flow::Stay;
        }
        if let Some(last) = files.last() {
            cx.desk.folders().from = folder(last).to_owned();
        }
        let files = files.iter().map(|path| expand(path)).collect();
        let act = AnyAct::Attach(AttachFiles { targets: self.targets.clone(), files });
        match flow::question(&act, cx) {
            Some(question) => question,
            None => self.begin(act, cx),
        }
    }

    fn begin(&mut self, act: AnyAct, cx: &mut Cx<'_>) -> Flow {
        self.mistake = None;
        self.progress = None;
        self.ticket = Some(cx.act(act));
        Flow::Stay
    }

    /// What is dropped on the terminal comes as a paste.
    fn pasted(&mut self, text: &str, cx: &mut Cx<'_>) -> bool {
        let mut paths = pasted::paths(text);
        let begun = self.typed().is_some();
        match (paths.len(), begun) {
            (0, _) => return false,
            (1, false) => {
                let path = paths.remove(0);
                self.put(&path, cx);
            }
            _ => self.taken.append(&mut paths),
        }
        self.mistake = None;
        true
    }

    fn remark(&self) -> (String, Meaning) {
        if let Some(mistake) = &self.mistake {
            return (format!("! {mistake}"), Meaning::Error);
        }
        let text = match (self.ticket, self.progress) {
            (Some(_), Some(progress)) if progress.total > 0 => {
                format!("attaching … {} % · Esc cancels", progress.done.min(progress.total) * 100 / progress.total)
            }
            (Some(_), _) => "attaching …".to_owned(),
            _ => "Tab completes · Down goes into the list · or drop files on the terminal".to_owned(),
        };
        (text, Meaning::Dim)
    }
}

/// The part of a path before its last slash, with it.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

impl Layer for Attach {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Attach]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        if self.ticket.is_some() {
            if matches!(action, Action::Back | Action::Close | Action::Cancel) {
                cx.push(Effect::CancelJob);
            }
            return Flow::Stay;
        }
        match action {
            Action::Open => return self.submit(cx),
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            Action::SaveNext => self.take_another(cx),
            Action::Complete => self.complete(cx),
            Action::Up | Action::Down => self.walk(action == Action::Down),
            Action::DeleteBack if self.input.is_empty() && !self.taken.is_empty() => {
                self.taken.pop();
            }
            other if self.input.act(other) => self.changed(cx),
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        if self.ticket.is_none() && !(text.chars().count() > 1 && self.pasted(text, cx)) {
            let taken = self.input.insert(text);
            self.changed(cx);
            self.mistake = (!taken).then(|| "that is too long for one line".into());
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Confirmed(act) if matches!(**act, AnyAct::Attach(_)) => self.begin((**act).clone(), cx),
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, _: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Paths { typed, found } if *typed == self.input.text() => {
                self.found = found.to_vec();
                self.at = self.at.filter(|at| *at < self.found.len());
            }
            Incoming::Progress(progress) if self.ticket.is_some() => self.progress = Some(*progress),
            Incoming::Written { ticket, result } if self.ticket == Some(*ticket) => {
                self.ticket = None;
                match result {
                    Ok(_) => return Flow::Close,
                    Err(error) => self.mistake = Some(clean(&error.to_string()).into_owned()),
                }
            }
            _ => {}
        }
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        let area = self.drawn.get();
        if wheel != 0 {
            self.walk(wheel > 0);
        } else if self.ticket.is_none() && area.contains((column, row).into()) {
            let at = self.first() + usize::from(row - area.y);
            if at < self.found.len() {
                self.at = Some(at);
                self.choose(cx);
            }
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let area = area.intersection(frame.area());
        let (remark, meaning) = self.remark();
        let mut lines: Vec<(String, Meaning)> = Vec::new();
        let hidden = self.taken.len().saturating_sub(NAMED);
        if hidden > 0 {
            lines.push((format!("+ {hidden} files"), Meaning::Label));
        }
        lines.extend(self.taken.iter().skip(hidden).map(|path| (format!("+ {}", clean(path)), Meaning::Title)));
        let above = lines.len();
        let first = self.first();
        for (at, path) in self.found.iter().enumerate().skip(first).take(SHOWN) {
            let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            let slash = if path.ends_with('/') { "/" } else { "" };
            let style = if self.at == Some(at) { Meaning::Cursor } else { Meaning::Label };
            lines.push((format!("  {}{slash}", clean(name)), style));
        }
        let below = self.found.len().saturating_sub(first + SHOWN);
        let remark = if below > 0 { format!("{remark} · {below} more") } else { remark };
        lines.push((remark, meaning));
        let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height);
        let place = Rect { y: area.bottom() - rows, height: rows, ..area };
        let skipped = lines.len() - usize::from(rows);
        let top = place.y + u16::try_from(above.saturating_sub(skipped)).unwrap_or(0);
        self.drawn.set(Rect { y: top.min(place.bottom()), height: place.bottom().saturating_sub(top + 1), ..place });
        if place.is_empty() {
            return;
        }
        frame.render_widget(Clear, place);
        for (y, (text, meaning)) in (place.y..place.bottom()).zip(lines.into_iter().skip(skipped)) {
            let text = fit(&format!(" {text}"), usize::from(place.width));
            put(frame, place.x, y, &text, place, env.theme.style(meaning));
        }
    }

    fn prompt(&self) -> Option<(String, String, u16)> {
        let label = format!("attach{} › ", of(&self.targets));
        Some((label, clean(self.input.text()).into_owned(), self.input.cursor_column()))
    }
}

impl Attach {
    /// The first row of the list that is shown.
    fn first(&self) -> usize {
        self.at.map_or(0, |at| at.saturating_sub(SHOWN - 1))
    }
}

#[cfg(test)]
mod tests;
