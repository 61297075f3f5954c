//! What the keys of the import screen do. Draws nothing.

use super::settings::{field_of, settings};
use super::{ImportScreen, Pane, Stage};
use crate::exchange::import::Target;
use crate::model::field::FieldId;
use crate::tui::action::Action;
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::layer::picker::Picker;
use crate::tui::layer::{Flow, Outcome, Pick, Purpose};

impl ImportScreen {
    pub(super) fn perform(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Back | Action::Cancel | Action::Close => return self.back(cx),
            Action::Down => self.go(1, cx),
            Action::Up => self.go(-1, cx),
            Action::PageDown => self.go(10, cx),
            Action::PageUp => self.go(-10, cx),
            Action::First => self.go(isize::MIN / 2, cx),
            Action::Last => self.go(isize::MAX / 2, cx),
            Action::Next | Action::Previous | Action::Left | Action::Right if self.stage == Stage::Columns => {
                self.pane = if self.pane == Pane::Columns { Pane::Settings } else { Pane::Columns };
            }
            Action::Open => match self.stage {
                Stage::Columns if self.failed.is_some() && self.plan.is_none() => return Flow::Close,
                Stage::Columns => self.try_it(cx),
                Stage::Trial => self.write(cx),
                Stage::Done => return Flow::Close,
                Stage::Reading | Stage::Trying | Stage::Writing => {}
            },
            Action::Edit if self.stage == Stage::Columns => return self.change(cx),
            Action::Mark if self.stage == Stage::Columns && self.pane == Pane::Settings => return self.change_setting(cx),
            Action::Mark if self.stage == Stage::Columns => self.use_or_skip(cx),
            Action::Export => return self.write_unread(cx),
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    /// Esc: a running job is stopped, then a page back, then away.
    fn back(&mut self, cx: &mut Cx<'_>) -> Flow {
        match self.stage {
            Stage::Reading if self.failed.is_some() => return Flow::Close,
            Stage::Reading => {
                cx.push(Effect::CancelJob);
                return Flow::Close;
            }
            Stage::Trying | Stage::Writing => cx.push(Effect::CancelJob),
            Stage::Trial => {
                self.stage = Stage::Columns;
                self.scroll = 0;
            }
            Stage::Columns | Stage::Done => return Flow::Close,
        }
        Flow::Stay
    }

    fn go(&mut self, by: isize, cx: &Cx<'_>) {
        match (self.stage, self.pane) {
            (Stage::Columns, Pane::Columns) => {
                let count = self.plan.as_ref().map_or(0, |plan| plan.columns.len());
                self.column = self.column.saturating_add_signed(by).min(count.saturating_sub(1));
            }
            (Stage::Columns, Pane::Settings) => {
                self.setting = self.setting.saturating_add_signed(by).min(settings(self.entity(), cx.env).len() - 1);
            }
            _ => {
                let lines = self.outcome.as_ref().map_or(0, |o| o.report.lines().len());
                self.scroll = self.scroll.saturating_add_signed(by).min(lines.saturating_sub(1));
            }
        }
    }

    /// Changes what the column under the cursor becomes, or the setting.
    fn change(&mut self, cx: &mut Cx<'_>) -> Flow {
        if self.pane == Pane::Settings {
            return self.change_setting(cx);
        }
        let Some(column) = self.plan.as_ref().and_then(|plan| plan.columns.get(self.column)) else { return Flow::Stay };
        let now = match column.target {
            Target::Field(id) => Some(id),
            _ => None,
        };
        Flow::Push(Box::new(Picker::import_column(cx.env.catalog.registry(self.entity()), self.column, &column.heading, now)))
    }

    /// Takes a column out of the fields, or gives it back to the guess.
    fn use_or_skip(&mut self, cx: &mut Cx<'_>) {
        let Some(column) = self.plan.as_ref().and_then(|plan| plan.columns.get(self.column)) else { return };
        let heading = column.heading.clone();
        let skipped = column.target == Target::Rest;
        let was_told = self.options.map.iter().any(|(h, _)| *h == heading);
        self.options.map.retain(|(h, _)| *h != heading);
        self.options.links.clear();
        if skipped && !was_told {
            cx.complain("no field is known for this column; e chooses one");
            return;
        }
        if !skipped {
            self.options.map.push((heading, "-".into()));
        }
        self.read(cx);
    }

    fn map_column(&mut self, column: usize, word: &str, cx: &mut Cx<'_>) {
        let Some(heading) = self.plan.as_ref().and_then(|plan| plan.columns.get(column)).map(|c| c.heading.clone()) else {
            return;
        };
        self.options.map.retain(|(h, _)| *h != heading);
        self.options.links.clear();
        self.options.map.push((heading, word.to_owned()));
        self.read(cx);
    }

    pub(super) fn closed_with(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Picked(Purpose::ImportColumn(column), pick) => {
                match pick {
                    Pick::Field(id) => self.map_column(*column, cx.env.catalog.field(*id).name, cx),
                    Pick::Nothing => self.map_column(*column, "-", cx),
                    Pick::New(word) => self.map_column(*column, &word.clone(), cx),
                    _ => return Flow::Pass,
                }
                Flow::Stay
            }
            Outcome::Picked(purpose, pick) if field_of(purpose).is_some() => {
                let Some(id) = field_of(purpose) else { return Flow::Pass };
                let text = self.picked_text(id, pick, cx);
                self.set_fixed(id, &text, cx);
                Flow::Stay
            }
            Outcome::Entered(purpose, text) if field_of(purpose).is_some() => {
                let Some(id) = field_of(purpose) else { return Flow::Pass };
                self.set_fixed(id, text, cx);
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn picked_text(&self, _: FieldId, pick: &Pick, cx: &Cx<'_>) -> String {
        match pick {
            Pick::Choice(choice) => choice.label.clone(),
            Pick::Owner(owner) => cx.env.catalog.people.show(*owner),
            Pick::New(text) => text.clone(),
            _ => String::new(),
        }
    }

    /// Writes the rows of which nothing could be made beside the file, to be mended and imported again.
    fn write_unread(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(text) = self.outcome.as_ref().and_then(|o| o.unread.clone()) else { return Flow::Pass };
        let stem = self.path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let path = self.path.with_file_name(format!("{stem}-problems.csv"));
        cx.push(Effect::WriteFile { path: path.display().to_string(), text });
        Flow::Stay
    }
}
