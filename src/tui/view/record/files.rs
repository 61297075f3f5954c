//! What the keys of the record screen do on an attached file: look into it, open it, write it out, rename it, take it off.

use super::{Pane, RecordView};
use crate::model::attachment::Attachment;
use crate::service::attachment::RemoveAttachment;
use crate::service::record::read::Entry;
use crate::tui::action::Action;
use crate::tui::desk::Cx;
use crate::tui::files;
use crate::tui::flow;
use crate::tui::layer::Flow;
use crate::tui::layer::file_view::FileView;
use crate::tui::layer::prompt::Prompt;
use crate::worker::writer::AnyAct;

impl RecordView {
    /// The file under the cursor, if it is on one.
    pub(super) fn file_here(&self) -> Option<&Attachment> {
        match self.chosen() {
            Some(Entry::File(file)) if self.pane == Pane::Timeline => Some(file),
            _ => None,
        }
    }

    /// Does an action on the file under the cursor; none where it is no action on files, or no file is there.
    pub(super) fn on_file(&self, action: Action, cx: &mut Cx<'_>) -> Option<Flow> {
        let file = self.file_here()?;
        Some(match action {
            Action::Open => Flow::Push(Box::new(FileView::open(file, cx))),
            Action::OpenOutside => files::open_outside(file.number, cx),
            Action::WriteOut => files::ask_folder(file.number, &file.name, cx),
            Action::Edit => Flow::Push(Box::new(Prompt::rename_file(file.number, &file.name))),
            Action::CopyField => flow::copy_text("name", &file.name, cx),
            Action::Delete => {
                cx.act(AnyAct::RemoveFile(RemoveAttachment { file: file.number }));
                Flow::Stay
            }
            _ => return None,
        })
    }

    /// Why an action cannot be done on a file here.
    pub(super) fn no_file(&self, action: Action) -> Option<String> {
        let wants = matches!(action, Action::OpenOutside | Action::WriteOut);
        (wants && self.file_here().is_none()).then(|| "no file under the cursor; the tab Files lists them".into())
    }
}
