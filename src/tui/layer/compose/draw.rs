//! How a mail that is being written looks: whom it is to, what speaks against it, what cannot be taken back, the text. Changes nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::{Compose, mailer};
use crate::model::clean::{clean, fit};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::put;

/// Rows that the editor has at least, where there are so many.
const LEAST: u16 = 12;

pub(super) fn draw(mail: &Compose, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let height = (area.height / 2).max(LEAST).min(area.height);
    let area = Rect { y: area.bottom() - height, height, ..area }.intersection(frame.area());
    if area.is_empty() {
        return;
    }
    frame.render_widget(Clear, area);
    let columns = usize::from(area.width);
    let style = |meaning| env.theme.style(meaning);
    put(frame, area.x, area.y, &"─".repeat(columns), area, style(Meaning::Focus));
    let title = format!(" Mail · {} ", clean(&mail.name));
    put(frame, area.x + 1, area.y, &fit(&title, columns.saturating_sub(4)), area, style(Meaning::Title));
    let (words, meaning) = remark(mail, env);
    if area.height > 2 {
        put(frame, area.x, area.y + 1, &fit(&format!(" {words}"), columns), area, style(meaning));
    }
    let indent = u16::from(area.width > 20);
    let above = area.height.min(2);
    let text = Rect { x: area.x + indent, y: area.y + above, width: area.width - indent, height: area.height - above };
    mail.editor.draw(frame, text, &env.theme, true);
}

/// The one thing that is to be known now.
fn remark(mail: &Compose, env: &Env) -> (String, Meaning) {
    if mail.sending.is_some() {
        return ("being handed over …".into(), Meaning::Label);
    }
    if let Some(problem) = &mail.problem {
        return (clean(problem).into_owned(), Meaning::Error);
    }
    if let Some(against) = mail.prepared.as_ref().and_then(|prepared| prepared.against) {
        return (format!("! {against}: a mail that is sent all the same says so"), Meaning::Late);
    }
    let mailer = mailer(&env.config);
    let how = match mailer.check() {
        Err(error) => return (error.to_string(), Meaning::Error),
        Ok(()) if mailer.is_sending() => "sending cannot be taken back",
        Ok(()) => "writes an .eml file",
    };
    let draft = if mail.has_draft { "✎ draft · " } else { "" };
    (format!("{draft}{how}"), Meaning::Label)
}
