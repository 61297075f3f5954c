//! A line that is asked for in the last line of the screen: tags, a note for a colleague, a path. What becomes of it is not its affair.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::picker::of;
use super::{Along, Flow, Incoming, Layer, Outcome, Purpose};
use crate::model::clean::{clean, fit};
use crate::model::dates::iso_date;
use crate::model::field::read::tags;
use crate::model::fold::fold;
use crate::model::value::Owner;
use crate::model::zone::Zone;
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::input::Input;
use crate::tui::widget::popup::put;
use crate::tui::widget::when::Reader;

/// The most completions that are shown.
const SHOWN: usize = 8;
/// The endings of files that lists are written to.
const ENDINGS: &[&str] = &[".csv", ".jsonl", ".json", ".vcf", ".ics"];
/// The longest note for a colleague, in characters. Source: the limit of the field it is kept in.
const LONGEST_NOTE: usize = 2_000;

/// What kind of line is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// Any text.
    Text,
    /// A day, with or without a time, of somebody whose clock may stand elsewhere.
    Moment(Option<Zone>),
    /// Tags to add and, with a dash, to take off.
    Tags,
    /// A file to read.
    Reads,
    /// A file to write.
    Writes,
    /// A file that a report is written to.
    WritesReport,
    /// A folder to write into.
    Folder,
}

/// A line being asked for.
#[derive(Debug)]
pub struct Prompt {
    label: String,
    purpose: Purpose,
    asked: Asked,
    /// What is said of any text while nothing is wrong.
    help: &'static str,
    input: Input,
    /// What was entered before, oldest first, and which of it is shown.
    history: Vec<String>,
    shown: Option<usize>,
    /// What was typed before the history was walked.
    typed: String,
    /// What the text could become.
    found: Vec<String>,
    /// What was wrong when Enter was pressed.
    mistake: Option<String>,
    drawn: Cell<Rect>,
}

const ALONG: &str = "Enter gives it over, note or none · open activities go along, Tab keeps them";
const NOT_ALONG: &str = "Enter gives it over, note or none · open activities stay, Tab sends them";

impl Prompt {
    /// The same, with its text as a proposal: what is typed first takes its place.
    #[must_use]
    pub fn proposing(mut self) -> Self {
        self.input.propose();
        self
    }

    /// Asks for any text, beginning with `text`.
    pub fn new(label: impl Into<String>, purpose: Purpose, text: &str) -> Self {
        Self {
            label: label.into(),
            purpose,
            asked: Asked::Text,
            help: "",
            input: Input::new(text),
            history: Vec::new(),
            shown: None,
            typed: String::new(),
            found: Vec::new(),
            mistake: None,
            drawn: Cell::default(),
        }
    }

    /// What Up and Down bring back, oldest first.
    pub fn with_history(mut self, history: Vec<String>) -> Self {
        self.history = history;
        self
    }

    /// With a sentence above the line.
    pub fn saying(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    fn asking(self, asked: Asked) -> Self {
        Self { asked, ..self }
    }

    /// A day, with or without a time, which is read while it is typed; `place` is the zone of the one whom it concerns.
    pub fn moment(label: impl Into<String>, purpose: Purpose, text: &str, place: Option<Zone>) -> Self {
        Self::new(label, purpose, text).asking(Asked::Moment(place))
    }

    /// Tags for some leads, as `expo -trade`.
    pub fn tags(_: &Env, targets: Targets) -> Self {
        Self::new(format!("tags{} › ", of(&targets)), Purpose::Tags(targets), "").asking(Asked::Tags)
    }

    /// The note that a new owner reads with some leads; it may be empty.
    pub fn hand_over(env: &Env, owner: Owner, targets: Targets) -> Self {
        let who = env.catalog.people.show(owner);
        let label = format!("note for {}{} › ", clean(&who), of(&targets));
        let mut prompt = Self::new(label, Purpose::HandOver(owner, targets, Along::Go), "");
        prompt.input = std::mem::take(&mut prompt.input).limited(LONGEST_NOTE);
        prompt.saying(ALONG)
    }

    /// Whether open activities go to the new owner turns round.
    fn turn(&mut self) -> bool {
        let Purpose::HandOver(_, _, along) = &mut self.purpose else { return false };
        (*along, self.help) = if *along == Along::Go { (Along::Stay, NOT_ALONG) } else { (Along::Go, ALONG) };
        true
    }

    /// The file that some leads are written to.
    pub fn export(env: &Env, targets: Targets) -> Self {
        let path = format!("leads-{}.csv", iso_date(env.zone.today(env.now())));
        Self::new(format!("write{} to › ", of(&targets)), Purpose::Export(targets), &path).asking(Asked::Writes)
    }

    /// The file that a report is written to.
    pub fn report(path: &str) -> Self {
        Self::new("write report to › ", Purpose::Report, path).asking(Asked::WritesReport)
    }

    /// The days that reports are about, again where what was typed is wrong.
    pub fn period(text: &str, mistake: Option<String>) -> Self {
        let prompt = Self::new("period › ", Purpose::Period, text).mistaken(mistake);
        prompt.saying("2026-11, 2026-Q3, last-year, -90d..today, 2026-01..2026-06; nothing is all days")
    }

    /// The folder that an attached file is written to, beginning with the last one.
    pub fn write_out(file: i64, name: &str, folder: &str) -> Self {
        Self::new(format!("write {} to folder › ", fit(&clean(name), 30)), Purpose::WriteOut(file), folder).asking(Asked::Folder)
    }

    /// Another name for an attached file.
    pub fn rename_file(file: i64, name: &str) -> Self {
        Self::new("name of the file › ", Purpose::RenameFile(file), name)
    }

    /// The file that leads are read from, beginning with the folder of the last one.
    pub fn import_file(env: &Env) -> Self {
        let last = env.state.last_import.as_str();
        let folder = last.rfind('/').map_or("", |at| &last[..=at]);
        let history = if last.is_empty() { Vec::new() } else { vec![last.to_owned()] };
        Self::new("import file › ", Purpose::ImportFile, folder).asking(Asked::Reads).with_history(history)
    }

    /// The same line with the path that could not be read, and why.
    pub fn import_again(path: &str, mistake: String, env: &Env) -> Self {
        let mut prompt = Self::import_file(env);
        prompt.input = Input::new(path);
        prompt.mistaken(Some(mistake))
    }

    /// With what was wrong with the text, in words.
    pub fn mistaken(self, mistake: Option<String>) -> Self {
        Self { mistake: mistake.map(|mistake| clean(&mistake).into_owned()), ..self }
    }

    /// What is wrong with the text, in words.
    fn check(&self, env: &Env) -> Option<String> {
        let text = self.input.text().trim();
        match self.asked {
            Asked::Text => self.input.is_over().then(|| self.input.count()).flatten().map(|count| format!("too long: {count}")),
            Asked::Moment(place) => Reader::new(env, place).read(text).instant().err(),
            Asked::Tags => {
                let plain: Vec<&str> = text.split([' ', ',']).map(|word| word.trim_start_matches(['+', '-'])).collect();
                tags(&plain.join(",")).err()
            }
            Asked::Folder => text.is_empty().then(|| "which folder? Tab completes its path".into()),
            Asked::Reads => text.is_empty().then(|| "which file? Tab completes its path".into()),
            Asked::Writes | Asked::WritesReport if text.is_empty() => Some("which file?".into()),
            Asked::Writes | Asked::WritesReport if text.ends_with('/') => Some("that is a folder; name a file in it".into()),
            Asked::WritesReport => crate::exchange::report::Format::of_path(text)
                .is_none()
                .then(|| "the ending says the format: .csv, .md or .json".into()),
            Asked::Writes => {
                let right = ENDINGS.iter().any(|ending| text.to_ascii_lowercase().ends_with(ending));
                (!right).then(|| "the ending says the format: .csv, .json, .jsonl, .vcf or .ics".into())
            }
        }
    }

    fn help(&self) -> &'static str {
        match self.asked {
            Asked::Text => self.help,
            Asked::Moment(_) => "a day, with or without a time: tomorrow 15:00, fri 9am, 12 Dec, +2h",
            Asked::Tags => "expo -trade adds expo and takes trade off · Tab completes",
            Asked::Folder => "a folder · Tab completes · a name that is taken there gets a number",
            Asked::Reads => "a CSV or vCard file · Tab completes · nothing is written before you say so",
            Asked::WritesReport => "the ending says the format: .csv, .md or .json · Tab completes",
            Asked::Writes => "the ending says the format: .csv, .json, .jsonl, .vcf or .ics · Tab completes",
        }
    }

    fn is_checked_while_typing(&self) -> bool {
        match self.asked {
            Asked::Tags => true,
            Asked::Moment(_) => !self.input.text().trim().is_empty(),
            _ => self.input.is_over(),
        }
    }

    /// What is read of a date.
    fn understood(&self, env: &Env) -> Option<String> {
        let Asked::Moment(place) = self.asked else { return None };
        Reader::new(env, place).read(self.input.text()).said().map(|(line, _)| line)
    }

    fn changed(&mut self) {
        self.mistake = None;
        self.shown = None;
        self.found.clear();
    }

    fn complete(&mut self, cx: &mut Cx<'_>) {
        match self.asked {
            Asked::Text | Asked::Moment(_) => {}
            Asked::Tags => {
                let word = self.last_word().to_owned();
                let start = fold(word.trim_start_matches(['+', '-', '#']));
                let tags = cx.env.catalog.tags.iter();
                let found: Vec<String> = tags.filter(|tag| fold(tag).starts_with(&start)).take(50).cloned().collect();
                self.offer(word.len(), &start, found, " ");
            }
            Asked::Reads | Asked::Writes | Asked::WritesReport | Asked::Folder => {
                cx.push(Effect::CompletePath(self.input.text().to_owned()))
            }
        }
    }

    fn last_word(&self) -> &str {
        let text = self.input.text();
        let start = text.rfind([' ', ',']).map_or(0, |at| at + 1);
        text[start..].trim_start_matches(['+', '-', '#'])
    }

    /// The last `typed` bytes become what all of `found` begin with; `end` follows when there is but one.
    fn offer(&mut self, typed: usize, start: &str, found: Vec<String>, end: &str) {
        let common = common_start(&found);
        let kept = self.input.text().len() - typed;
        let text = match found.as_slice() {
            [one] => Some(format!("{one}{end}")),
            _ if fold(&common).len() > fold(start).len() => Some(common),
            _ => None,
        };
        if let Some(text) = text {
            let text = format!("{}{text}", &self.input.text()[..kept]);
            self.input.replace(&text);
        }
        self.mistake = found.is_empty().then(|| "nothing begins so".to_owned());
        self.found = if found.len() > 1 { found } else { Vec::new() };
    }

    fn walk(&mut self, back: bool) {
        let count = self.history.len();
        let there = match self.shown {
            None if back && count > 0 => {
                self.typed = self.input.text().to_owned();
                Some(count - 1)
            }
            Some(at) if back => Some(at.saturating_sub(1)),
            Some(at) if at + 1 < count => Some(at + 1),
            Some(_) => {
                self.input.replace(&self.typed);
                None
            }
            None => None,
        };
        self.shown = there;
        if let Some(text) = there.and_then(|at| self.history.get(at)) {
            self.input.replace(text);
        }
    }
}

/// What all of these begin with.
pub(super) fn common_start(texts: &[String]) -> String {
    let Some((first, rest)) = texts.split_first() else { return String::new() };
    let mut end = first.len();
    for text in rest {
        let same = first
            .char_indices()
            .zip(text.chars())
            .find(|((_, a), b)| a != b)
            .map_or(first.len().min(text.len()), |((at, _), _)| at);
        end = end.min(same);
    }
    first[..first.floor_char_boundary(end)].to_owned()
}

impl Layer for Prompt {
    fn scopes(&self) -> Vec<Scope> {
        match self.asked {
            Asked::Reads | Asked::Writes | Asked::WritesReport | Asked::Folder => vec![Scope::Path],
            _ => vec![Scope::Line],
        }
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => {
                self.mistake = self.check(cx.env);
                if self.mistake.is_none() {
                    return Flow::Done(Outcome::Entered(self.purpose.clone(), self.input.text().to_owned()));
                }
            }
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            Action::Complete if self.turn() => {}
            Action::Complete => self.complete(cx),
            Action::Up => self.walk(true),
            Action::Down => self.walk(false),
            other if self.input.act(other) => self.changed(),
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn text(&mut self, text: &str, _: &mut Cx<'_>) -> Flow {
        let taken = self.input.insert(text);
        self.changed();
        if !taken {
            self.mistake = Some("that is too long for one line".into());
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, _: &mut Cx<'_>) -> Flow {
        let Incoming::Paths { typed, found } = incoming else { return Flow::Pass };
        if !matches!(self.asked, Asked::Reads | Asked::Writes | Asked::WritesReport | Asked::Folder)
            || *typed != self.input.text()
        {
            return Flow::Pass;
        }
        let is_wanted = |path: &&String| self.asked != Asked::Folder || path.ends_with('/');
        let found = found.iter().filter(is_wanted).cloned().collect();
        self.offer(typed.len(), typed, found, "");
        Flow::Stay
    }

    fn mouse(&mut self, column: u16, row: u16, _: i32, _: &mut Cx<'_>) -> Flow {
        let area = self.drawn.get();
        if area.contains((column, row).into())
            && let Some(text) = self.found.get(usize::from(row - area.y)).cloned()
        {
            let typed = if self.asked == Asked::Tags { self.last_word().len() } else { self.input.text().len() };
            self.offer(typed, "", vec![text], if self.asked == Asked::Tags { " " } else { "" });
        }
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let area = area.intersection(frame.area());
        let wrong = || self.check(env).filter(|_| self.is_checked_while_typing());
        let mistake = self.mistake.clone().or_else(wrong);
        let remark = match &mistake {
            Some(mistake) => format!("! {mistake}"),
            None => self.understood(env).unwrap_or_else(|| self.help().to_owned()),
        };
        let rows = self.found.len().min(SHOWN) + usize::from(!remark.is_empty());
        let rows = u16::try_from(rows).unwrap_or(0).min(area.height);
        let place = Rect { y: area.bottom() - rows, height: rows, ..area };
        self.drawn.set(place);
        if place.is_empty() {
            return;
        }
        frame.render_widget(Clear, place);
        let more = self.found.len().saturating_sub(SHOWN);
        let lines = self.found.iter().take(SHOWN).map(|text| (clean(text).into_owned(), Meaning::Label));
        let note = if more > 0 { format!("{remark} · {more} more") } else { remark };
        let meaning = if mistake.is_some() { Meaning::Error } else { Meaning::Dim };
        for (y, (text, meaning)) in (place.y..place.bottom()).zip(lines.chain([(note, meaning)])) {
            let text = fit(&format!(" {text}"), usize::from(place.width));
            put(frame, place.x, y, &text, place, env.theme.style(meaning));
        }
    }

    fn unavailable(&self, action: Action, _: &Env) -> Option<String> {
        match (action, self.asked) {
            (Action::Complete, Asked::Text) if matches!(self.purpose, Purpose::HandOver(..)) => None,
            (Action::Complete, Asked::Text) => Some("any text will do here".into()),
            (Action::Complete, Asked::Moment(_)) => Some("a date is typed in full".into()),
            _ => None,
        }
    }

    fn prompt(&self) -> Option<(String, String, u16)> {
        Some((self.label.clone(), clean(self.input.text()).into_owned(), self.input.cursor_column()))
    }
}

#[cfg(test)]
mod tests;
