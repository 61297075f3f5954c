//! A look into an attached file: text, Markdown, a table, a mail; of all else what it is and how large. Reads no file itself.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::{Flow, Incoming, Layer};
use crate::exchange::mail::{Address, Mail};
use crate::model::attachment::{Attachment, show_size};
use crate::model::clean::{clean, fit, pad, width};
use crate::model::dates::show_instant;
use crate::service::attachment::{Preview, PreviewAttachment, RemoveAttachment, Shown};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::files;
use crate::tui::theme::Meaning;
use crate::tui::widget::markdown;
use crate::tui::widget::popup::Popup;
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::AnyAct;

/// The most lines that are made of a file.
const LINES: usize = 1_000;
/// The widest cell of a table, in columns.
const WIDEST: usize = 32;
/// Columns of the names in the head of a mail.
const HEADS: usize = 9;

/// A file that is looked into.
#[derive(Debug)]
pub struct FileView {
    file: Attachment,
    preview: Option<Box<Preview>>,
    failed: Option<String>,
    scroll: usize,
    /// The inside of the box as it was drawn, and how many lines there are.
    drawn: Cell<(Rect, usize)>,
}

impl FileView {
    /// Opens a file and asks what is in it.
    pub fn open(file: &Attachment, cx: &mut Cx<'_>) -> Self {
        cx.ask(Slot::File, AnyQuery::File(PreviewAttachment { file: file.number }));
        Self { file: file.clone(), preview: None, failed: None, scroll: 0, drawn: Cell::default() }
    }

    fn go(&mut self, by: isize) {
        let (area, lines) = self.drawn.get();
        let last = lines.saturating_sub(usize::from(area.height));
        self.scroll = self.scroll.saturating_add_signed(by).min(last);
    }

    fn lines(&self, columns: usize, env: &Env) -> Vec<Line<'static>> {
        let dim = env.theme.style(Meaning::Dim);
        if let Some(failed) = &self.failed {
            return vec![Line::styled(fit(failed, columns), env.theme.style(Meaning::Error))];
        }
        let Some(preview) = &self.preview else { return Vec::new() };
        let mut lines = match &preview.shown {
            Shown::Text(text) => plain(text, columns),
            Shown::Markdown(text) => markdown::render(text, columns, LINES, &env.theme),
            Shown::Table(rows) => table(rows, columns, env),
            Shown::Mail(mail) => letter(mail, columns, env),
            Shown::Image(pixels) => {
                let size = pixels.map_or_else(String::new, |(wide, high)| format!("{wide} × {high} pixels"));
                vec![Line::raw(clean(&self.file.mime).into_owned()), Line::raw(size)]
            }
            Shown::Nothing => {
                let size = show_size(self.file.size.unsigned_abs());
                vec![Line::raw(clean(&self.file.mime).into_owned()), Line::raw(size)]
            }
        };
        if preview.cut {
            lines.push(Line::styled("… there is more in the file", dim));
        }
        if lines.is_empty() {
            lines.push(Line::styled("the file is empty", dim));
        }
        lines
    }
}

/// Text as it stands, wrapped; a tab is four blanks.
fn plain(text: &str, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let wrapped = markdown::plain(line, columns, LINES - lines.len());
        lines.extend(wrapped.into_iter().map(Line::raw));
        if line.trim().is_empty() {
            lines.push(Line::default());
        }
        if lines.len() >= LINES {
            break;
        }
    }
    lines
}

/// Cells one below the other; the headings stand out.
fn table(rows: &[Vec<String>], columns: usize, env: &Env) -> Vec<Line<'static>> {
    let cell = |text: &str| clean(text.trim()).into_owned();
    let mut wide: Vec<usize> = Vec::new();
    for row in rows {
        for (at, text) in row.iter().enumerate() {
            if at == wide.len() {
                wide.push(1);
            }
            wide[at] = wide[at].max(width(&cell(text)).min(WIDEST));
        }
    }
    let line = |row: &Vec<String>| {
        let cells = wide.iter().enumerate().map(|(at, wide)| pad(&cell(row.get(at).map_or("", String::as_str)), *wide));
        fit(&cells.collect::<Vec<_>>().join(" │ "), columns)
    };
    let style = |at: usize| if at == 0 { env.theme.style(Meaning::Title) } else { Style::new() };
    rows.iter().take(LINES).enumerate().map(|(at, row)| Line::styled(line(row), style(at))).collect()
}

/// The head of a mail, its text and the names of its files.
fn letter(mail: &Mail, columns: usize, env: &Env) -> Vec<Line<'static>> {
    let people = |list: &[Address]| {
        let one = |a: &Address| if a.name.is_empty() { a.email.clone() } else { format!("{} <{}>", a.name, a.email) };
        list.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let sent = mail.sent_at.map_or_else(String::new, |at| show_instant(at, env.zone));
    let files: Vec<&str> = mail.attachments.iter().map(|file| file.name.as_str()).collect();
    let head = [
        ("From", people(&mail.from)),
        ("To", people(&mail.to)),
        ("Cc", people(&mail.cc)),
        ("Date", sent),
        ("Subject", mail.subject.clone()),
        ("Files", files.join(", ")),
    ];
    let mut lines: Vec<Line<'static>> = head
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| {
            let text = fit(&clean(&text), columns.saturating_sub(HEADS));
            Line::from(vec![Span::styled(pad(name, HEADS), env.theme.style(Meaning::Label)), Span::raw(text)])
        })
        .collect();
    lines.push(Line::default());
    lines.extend(plain(&mail.text, columns));
    lines
}

impl Layer for FileView {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::File]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let page = isize::try_from(self.drawn.get().0.height.max(2) - 1).unwrap_or(1);
        match action {
            Action::Down | Action::Open => self.go(1),
            Action::Up => self.go(-1),
            Action::PageDown => self.go(page),
            Action::PageUp => self.go(-page),
            Action::First => self.scroll = 0,
            Action::Last => self.go(isize::MAX),
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            Action::OpenOutside => return files::open_outside(self.file.number, cx),
            Action::WriteOut => return files::ask_folder(self.file.number, &self.file.name, cx),
            Action::Delete => {
                cx.act(AnyAct::RemoveFile(RemoveAttachment { file: self.file.number }));
                return Flow::Close;
            }
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, _: &mut Cx<'_>) -> Flow {
        if let Incoming::Answer { slot: Slot::File, result, .. } = incoming {
            match result {
                Ok(Answer::File(preview)) if preview.file.number == self.file.number => self.preview = Some(preview.clone()),
                Ok(_) => {}
                Err(error) => self.failed = Some(clean(&error.to_string()).into_owned()),
            }
        }
        Flow::Pass
    }

    fn mouse(&mut self, _: u16, _: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        self.go(2 * wheel as isize);
        Flow::Stay
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let popup = Popup::whole(area);
        let title = format!("{} · {}", self.file.name, show_size(self.file.size.unsigned_abs()));
        let lines = self.lines(usize::from(popup.inner.width).max(1), env);
        let height = usize::from(popup.inner.height);
        let last = lines.len().saturating_sub(height);
        let remark =
            if last > 0 { format!("{} of {}", (self.scroll + height).min(lines.len()), lines.len()) } else { String::new() };
        let inner = popup.draw(frame, &env.theme, &title, &remark);
        self.drawn.set((inner, lines.len()));
        let shown: Vec<Line<'static>> = lines.into_iter().skip(self.scroll.min(last)).take(height).collect();
        frame.render_widget(Paragraph::new(shown), inner);
    }

    fn covers(&self) -> bool {
        true
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        (action == Action::Delete && env.read_only).then(|| "the database can only be read".into())
    }
}

#[cfg(test)]
mod tests;
