//! The report on the screen as a file: CSV, Markdown or JSON, by the ending of its name.

use super::Reports;
use crate::exchange::report::{Format, text};
use crate::model::dates::iso_date;
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::layer::Flow;
use crate::tui::layer::prompt::Prompt;

impl Reports {
    /// Asks for the name of the file.
    pub(super) fn export(&self, cx: &mut Cx<'_>) -> Flow {
        let day = iso_date(cx.env.zone.today(cx.env.now()));
        Flow::Push(Box::new(Prompt::report(&format!("{}-{day}.csv", self.kind.name()))))
    }

    /// Writes what is on the screen.
    pub(super) fn write(&self, path: &str, cx: &mut Cx<'_>) -> Flow {
        let path = path.trim().to_owned();
        let (Some(shown), Some(format)) = (&self.place().shown, Format::of_path(&path)) else { return Flow::Stay };
        match text(&shown.sheet, format, &cx.env.locale) {
            Ok(text) => cx.push(Effect::WriteFile { path, text }),
            Err(error) => cx.complain(error.to_string()),
        }
        Flow::Stay
    }
}
