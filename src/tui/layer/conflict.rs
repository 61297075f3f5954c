//! Two people changed the same fields: both values side by side, one of each is kept. Saves nothing; the layer below does.

use std::cell::Cell;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Flow, Layer, Outcome};
use crate::error::{Clash, Conflict};
use crate::model::clean::{clean, fit, width};
use crate::model::dates::ago;
use crate::model::entity::{Entity, RecordName};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::{Popup, put};

/// Which of two values is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Theirs,
    Mine,
}

/// The question which of two values is kept, field by field.
#[derive(Debug)]
pub struct ConflictLayer {
    conflict: Conflict,
    kept: Vec<Option<Kept>>,
    cursor: usize,
    drawn: Cell<Rect>,
}

impl ConflictLayer {
    /// Asks about all fields of a refused save.
    pub fn new(conflict: Conflict) -> Self {
        Self { kept: vec![None; conflict.clashes.len()], conflict, cursor: 0, drawn: Cell::default() }
    }

    fn keep(&mut self, kept: Kept, cx: &mut Cx<'_>) -> Flow {
        if let Some(place) = self.kept.get_mut(self.cursor) {
            *place = Some(kept);
        }
        if self.kept.len() <= 1 {
            return self.save(cx);
        }
        if let Some(open) = self.kept.iter().position(Option::is_none) {
            self.cursor = open;
        }
        Flow::Stay
    }

    fn save(&mut self, cx: &mut Cx<'_>) -> Flow {
        if let Some(open) = self.kept.iter().position(Option::is_none) {
            self.cursor = open;
            cx.complain(format!("{} is not decided yet: {}", self.label(open, cx.env), self.question(cx.env)));
            return Flow::Stay;
        }
        let theirs = self.conflict.clashes.iter().zip(&self.kept).filter(|(_, kept)| **kept == Some(Kept::Theirs));
        Flow::Done(Outcome::Resolved {
            version: self.conflict.version,
            theirs: theirs.map(|(clash, _)| (clash.field.clone(), clash.theirs.clone())).collect(),
        })
    }

    fn go(&mut self, on: bool) {
        let count = self.kept.len().max(1);
        self.cursor = if on { (self.cursor + 1) % count } else { (self.cursor + count - 1) % count };
    }

    fn label(&self, place: usize, env: &Env) -> String {
        let field = self.conflict.clashes.get(place).map_or("", |clash| clash.field.as_str());
        let entity = match RecordName::parse(&self.conflict.record) {
            Some(RecordName::Number(record)) => record.entity,
            _ => Entity::Lead,
        };
        let found = env.catalog.registry(entity).find(field).map(|id| env.catalog.field(id).label);
        found.map_or_else(|| clean(field).into_owned(), str::to_owned)
    }

    fn is_me(&self, env: &Env) -> bool {
        self.conflict.by == env.login()
    }

    /// `Bo`, as colleagues say.
    fn who(&self, env: &Env) -> String {
        let user = env.catalog.people.find_user(&self.conflict.by);
        let first = user.and_then(|user| user.name.split_whitespace().next());
        clean(first.unwrap_or(&self.conflict.by)).into_owned()
    }

    fn question(&self, env: &Env) -> String {
        let theirs = env.keymap.keys_of(Action::Theirs, Scope::Conflict);
        let mine = env.keymap.keys_of(Action::Mine, Scope::Conflict);
        if self.is_me(env) {
            format!("{theirs} keep the other window's · {mine} keep this one")
        } else {
            format!("{theirs} keep {}'s · {mine} keep mine", self.who(env))
        }
    }

    /// `Bo changed Phone 2 min ago`.
    fn headline(&self, env: &Env) -> String {
        let age = match ago(self.conflict.at, env.now()).as_str() {
            "now" => "just now".to_owned(),
            age => format!("{age} ago"),
        };
        let what = match self.kept.len() {
            1 => self.label(0, env),
            count => format!("{count} of the fields"),
        };
        match self.is_me(env) {
            true => format!("You changed {what} {age} in another window"),
            false => format!("{} changed {what} {age}", self.who(env)),
        }
    }

    /// The lines of one field: what it is, both values.
    fn lines(&self, place: usize, clash: &Clash, columns: usize, env: &Env) -> [(String, bool); 3] {
        let shown = |text: &str| if text.is_empty() { "(empty)".to_owned() } else { clean(text).into_owned() };
        let tick = |kept| if self.kept[place] == Some(kept) { "(•)" } else { "( )" };
        let theirs = if self.is_me(env) { "The other's".to_owned() } else { format!("{}'s", self.who(env)) };
        let wide = width(&theirs).max(5);
        let line = |kept, whose: &str, text: &str| {
            let free = wide.saturating_sub(width(whose));
            let line = format!("  {} {whose}:{} {}", tick(kept), " ".repeat(free), shown(text));
            (fit(&line, columns), self.kept[place] == Some(kept))
        };
        [
            (fit(&self.label(place, env), columns), false),
            line(Kept::Theirs, &theirs, &clash.theirs),
            line(Kept::Mine, "Yours", &clash.yours),
        ]
    }
}

impl Layer for ConflictLayer {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Conflict]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Theirs => return self.keep(Kept::Theirs, cx),
            Action::Mine => return self.keep(Kept::Mine, cx),
            Action::Open => return self.save(cx),
            Action::Back | Action::Close | Action::Cancel => return Flow::Close,
            Action::Down | Action::Next => self.go(true),
            Action::Up | Action::Previous => self.go(false),
            Action::First | Action::PageUp => self.cursor = 0,
            Action::Last | Action::PageDown => self.cursor = self.kept.len().saturating_sub(1),
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.go(wheel > 0);
            return Flow::Stay;
        }
        let area = self.drawn.get();
        if !area.contains((column, row).into()) {
            return Flow::Stay;
        }
        let line = usize::from(row - area.y) + self.top(area.height);
        let Some(at) = line.checked_sub(1).filter(|at| at / 3 < self.kept.len()) else { return Flow::Stay };
        self.cursor = at / 3;
        match at % 3 {
            1 => self.keep(Kept::Theirs, cx),
            2 => self.keep(Kept::Mine, cx),
            _ => Flow::Stay,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let headline = self.headline(env);
        let question = self.question(env);
        let longest = self.conflict.clashes.iter().map(|c| width(&clean(&c.theirs)).max(width(&clean(&c.yours)))).max();
        let columns = (longest.unwrap_or(0) + 20).max(width(&headline)).max(width(&question)).max(40);
        let rows = 3 * self.kept.len() + 3;
        let columns = u16::try_from(columns).unwrap_or(u16::MAX);
        let popup = Popup::centred(area, columns, u16::try_from(rows).unwrap_or(u16::MAX));
        let title = format!("Changed meanwhile · {}", self.conflict.record);
        let inner = popup.draw(frame, &env.theme, &title, "nothing typed is lost");
        self.drawn.set(inner);
        if inner.is_empty() {
            return;
        }
        let room = usize::from(inner.width);
        let mut lines = vec![(fit(&headline, room), env.theme.style(Meaning::Today))];
        for (place, clash) in self.conflict.clashes.iter().enumerate() {
            for (at, (text, chosen)) in self.lines(place, clash, room, env).into_iter().enumerate() {
                let style = match (at, chosen) {
                    (0, _) if place == self.cursor => env.theme.style(Meaning::Cursor),
                    (0, _) => env.theme.style(Meaning::Label),
                    (_, true) => env.theme.style(Meaning::Selection),
                    _ => Style::new(),
                };
                lines.push((text, style));
            }
        }
        let top = self.top(inner.height);
        let body = inner.height.saturating_sub(1).max(1);
        for (y, (text, style)) in (inner.y..inner.y + body).zip(lines.iter().skip(top)) {
            put(frame, inner.x, y, text, inner, *style);
        }
        if inner.height > 1 {
            put(frame, inner.x, inner.bottom() - 1, &fit(&question, room), inner, env.theme.style(Meaning::Key));
        }
    }
}

impl ConflictLayer {
    /// The first line that is shown, so that the field in question is.
    fn top(&self, height: u16) -> usize {
        let body = usize::from(height).saturating_sub(1).max(1);
        (3 * self.cursor + 4).saturating_sub(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::stage::{NOW, Stage};

    fn clash(field: &str, theirs: &str, yours: &str) -> Clash {
        Clash { field: field.into(), theirs: theirs.into(), yours: yours.into() }
    }

    fn conflict(by: &str, clashes: Vec<Clash>) -> Conflict {
        Conflict { record: "L-7".into(), version: 9, by: by.into(), at: NOW - 120_000_000, clashes }
    }

    #[test]
    fn one_field_is_decided_with_one_key() {
        let mut stage = Stage::new(80, 24);
        stage.open(|_| ConflictLayer::new(conflict("bo", vec![clash("phone", "555-0100", "555-0199")])));
        let screen = stage.screen();
        for part in
            ["Bo changed Business Phone 2 min ago", "Bo's:  555-0100", "Yours: 555-0199", "1 keep Bo's · 2 keep mine", "L-7"]
        {
            assert!(screen.contains(part), "{part} in\n{screen}");
        }
        stage.keys("1");
        let theirs = vec![("phone".to_owned(), "555-0100".to_owned())];
        assert_eq!(stage.outcomes, [Outcome::Resolved { version: 9, theirs }]);
    }

    #[test]
    fn several_are_decided_one_by_one_and_saved_together() {
        let mut stage = Stage::new(60, 12);
        let clashes = vec![clash("phone", "1", "2"), clash("topic", "a\u{1b}[31m", ""), clash("city", "x", "y")];
        stage.open(|_| ConflictLayer::new(conflict("ana", clashes)));
        assert!(stage.screen().contains("You changed 3 of the fields 2 min ago in another window"));
        stage.keys("2 enter");
        assert!(stage.said().starts_with("Topic is not decided yet: 1 keep the other"), "{}", stage.said());
        assert!(stage.screen().contains("␛[31m") && stage.screen().contains("(empty)"));
        stage.keys("1 2 enter");
        let theirs = vec![("topic".to_owned(), "a\u{1b}[31m".to_owned())];
        assert_eq!(stage.outcomes, [Outcome::Resolved { version: 9, theirs }]);
    }

    #[test]
    fn esc_goes_back_to_what_was_typed() {
        let mut stage = Stage::new(40, 8);
        stage.open(|_| ConflictLayer::new(conflict("bo", vec![clash("phone", "1", "2")])));
        stage.keys("esc");
        assert!(stage.layers.is_empty() && stage.outcomes.is_empty());
    }
}
