//! Why a lead has its score: each rule with its points, those that count first to the eye. Changes nothing.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Flow, Incoming, Layer};
use crate::model::clean::clean;
use crate::model::entity::RecordId;
use crate::service::score::{ExplainScore, Explained, Says, show_grades};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::select::{Item, Select};
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// The lines of a score over a list or a record.
#[derive(Debug)]
pub struct ScoreLines {
    lead: RecordId,
    title: String,
    list: Select,
    empty: &'static str,
    drawn: Cell<Rect>,
}

impl ScoreLines {
    /// Asks for the lines of a lead.
    pub fn open(lead: RecordId, cx: &mut Cx<'_>) -> Self {
        cx.ask(Slot::Score, AnyQuery::Score(ExplainScore { lead }));
        Self { lead, title: format!("Score of {lead}"), list: Select::default(), empty: "…", drawn: Cell::default() }
    }

    fn explained(&mut self, explained: &Explained, env: &Env) {
        self.empty = "no score rules yet: leadbook score-rule add \"Will buy\" --points +20 --when budget:will-buy";
        self.title = format!("{} · {} · {}", self.lead, explained.headline(&env.catalog), show_grades(explained.grades));
        let item = |line: &crate::service::score::Line| {
            // the sign says it without colour too
            let sign = if line.says == Says::Counts { '✓' } else { ' ' };
            let points = format!("{:>5}", line.sign());
            let when = clean(&line.when);
            let item = Item::new(format!("{sign} {points}  {}   {when}", clean(&line.name)));
            match &line.says {
                Says::Counts => item,
                Says::Not => item.dim(Some("no".into())),
                _ => item.dim(Some(clean(&line.remark()).into_owned())),
            }
        };
        self.list.replace(explained.lines.iter().map(item).collect());
    }
}

impl Layer for ScoreLines {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Listing]
    }

    fn act(&mut self, action: Action, _: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open | Action::Back | Action::Close | Action::Cancel => Flow::Close,
            other if self.list.act(other, self.drawn.get().height) => Flow::Stay,
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        let Incoming::Answer { slot: Slot::Score, result, .. } = incoming else { return Flow::Pass };
        match result {
            Ok(Answer::Score(explained)) => self.explained(explained, cx.env),
            Ok(_) => {}
            Err(error) => cx.complain(error.to_string()),
        }
        Flow::Stay
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, _: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel);
        } else {
            self.list.click(column, row, self.drawn.get());
        }
        Flow::Stay
    }

    fn label(&self, action: Action) -> Option<&'static str> {
        (action == Action::Open).then_some("close")
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let wide = u16::try_from(crate::model::clean::width(&self.title)).unwrap_or(u16::MAX).saturating_add(6);
        let popup = Popup::centred(area, self.list.width().max(wide).clamp(40, 100), self.list.height().max(1));
        let inner = popup.draw(frame, &env.theme, &self.title, &self.list.counts());
        self.drawn.set(inner);
        self.list.draw(frame, inner, &env.theme, self.empty);
    }
}
