//! With which other record one is merged: those that it may be too, with the reasons; another one is looked for by the finder, which
//! takes over as soon as what is typed is none of them. Compares nothing itself.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::find::{Find, Sought};
use super::menu::{Did, Menu, Pointed, Words};
use super::{Flow, Incoming, Layer, Outcome};
use crate::model::clean::clean;
use crate::model::entity::RecordId;
use crate::model::fold::words;
use crate::service::duplicates::{Match, RetrieveDuplicates};
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::widget::popup::Popup;
use crate::tui::widget::select::Item;
use crate::worker::reader::{Answer, AnyQuery, Slot};

/// The probable duplicates of a record.
#[derive(Debug)]
pub struct Duplicates {
    record: RecordId,
    asked: u64,
    /// What was found; nothing before the answer is there.
    found: Option<Vec<Match>>,
    /// Those of them that fit what is typed, in the order of the rows.
    shown: Vec<usize>,
    menu: Menu,
}

/// Whether each word that was typed begins a word of the text.
fn fits(text: &str, typed: &[String]) -> bool {
    let own = words(text);
    typed.iter().all(|word| own.iter().any(|other| other.starts_with(word.as_str())))
}

/// How people recognise a record.
fn title(found: &Match) -> String {
    let parts = [found.name.as_str(), found.place.as_str()];
    let title = parts.iter().filter(|part| !part.is_empty()).map(|part| clean(part)).collect::<Vec<_>>().join(" · ");
    if title.is_empty() { found.key.to_string() } else { title }
}

impl Duplicates {
    /// Asks what a record may be too.
    pub fn of(record: RecordId, cx: &mut Cx<'_>) -> Self {
        let asked = cx.ask(Slot::Duplicates, AnyQuery::Duplicates(RetrieveDuplicates { record }));
        Self { record, asked, found: None, shown: Vec::new(), menu: Menu::default() }
    }

    /// The finder in its place, with what was typed.
    fn another(&self, cx: &mut Cx<'_>) -> Flow {
        Flow::Replace(Box::new(Find::beginning(Sought::Merge(self.record), self.menu.input.text(), cx)))
    }

    /// The rows that fit what is typed; the finder where none does.
    fn narrow(&mut self, cx: &mut Cx<'_>) -> Flow {
        let Some(found) = &self.found else { return Flow::Stay };
        let typed = words(self.menu.input.text());
        let fitting = found.iter().enumerate().filter(|(_, found)| fits(&format!("{} {}", title(found), found.key), &typed));
        self.shown = fitting.map(|(place, _)| place).collect();
        if self.shown.is_empty() {
            return self.another(cx);
        }
        let item = |place: &usize| {
            let found = &found[*place];
            Item::new(title(found)).detail(format!("{} · {}", found.reasons.join(", "), found.key))
        };
        let mut items: Vec<Item> = self.shown.iter().map(item).collect();
        items.push(Item::new("another one …").detail("is looked for"));
        self.menu.list.replace(items);
        self.menu.list.narrow("");
        Flow::Stay
    }

    fn enter(&self, cx: &mut Cx<'_>) -> Flow {
        let (Some(found), Some(place)) = (&self.found, self.menu.list.current()) else { return Flow::Stay };
        match self.shown.get(place).and_then(|place| found.get(*place)) {
            Some(found) => {
                let (record, name) = (found.key, title(found));
                Flow::Done(Outcome::Found { record, name, sought: Sought::Merge(self.record) })
            }
            None => self.another(cx),
        }
    }
}

impl Layer for Duplicates {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Picker]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Open => self.enter(cx),
            Action::Back | Action::Close | Action::Cancel => Flow::Close,
            other => match self.menu.act(other) {
                Did::Nothing => Flow::Pass,
                Did::Moved => Flow::Stay,
                Did::Typed => self.narrow(cx),
            },
        }
    }

    fn text(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        self.menu.input.insert(text);
        self.narrow(cx)
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        match incoming {
            Incoming::Answer { slot: Slot::Duplicates, serial, result } if *serial == self.asked => match result {
                Ok(Answer::Duplicates(found)) => {
                    if found.is_empty() {
                        cx.say(format!("nothing is like {}: the other one is looked for", self.record));
                    }
                    self.found = Some(found.clone());
                    self.narrow(cx)
                }
                Ok(_) => Flow::Stay,
                Err(error) => {
                    cx.complain(error.to_string());
                    Flow::Close
                }
            },
            _ => Flow::Pass,
        }
    }

    fn changed(&mut self, cx: &mut Cx<'_>) {
        self.asked = cx.ask(Slot::Duplicates, AnyQuery::Duplicates(RetrieveDuplicates { record: self.record }));
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        match self.menu.pointed(column, row, wheel) {
            Pointed::Chosen => self.enter(cx),
            Pointed::Moved => Flow::Stay,
            Pointed::Outside => Flow::Close,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let rows = u16::try_from(self.shown.len()).unwrap_or(u16::MAX).saturating_add(2);
        let popup = Popup::centred(area, 96, rows.max(3));
        let title = format!("Merge {} with", self.record);
        let remark = match self.shown.len() {
            0 => String::new(),
            1 => "1 may be the same".to_owned(),
            several => format!("{several} may be the same"),
        };
        let words =
            Words {
                title: &title, remark: &remark, prompt: "› ", invites: "type to look for another one", empty: "comparing …"
            };
        self.menu.draw(frame, popup, &words, env);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::stage::Stage;

    fn found(number: i64, name: &str, reason: &str) -> Match {
        let reasons = vec![reason.to_owned()];
        Match { key: RecordId::lead(number), name: name.into(), place: "Contoso".into(), reasons, is_strong: false }
    }

    fn offered(matches: Vec<Match>) -> Stage {
        let mut stage = Stage::new(80, 24);
        stage.open(|cx| Duplicates::of(RecordId::lead(7), cx));
        stage.answer(Slot::Duplicates, Ok(Answer::Duplicates(matches)));
        stage
    }

    fn two() -> Stage {
        offered(vec![found(9, "Anne Lee", "same e-mail"), found(8, "Ann Ek\u{1b}", "same phone")])
    }

    #[test]
    fn the_first_is_taken_by_enter_and_reasons_are_told() {
        let mut stage = two();
        let screen = stage.screen();
        for part in ["Merge L-7 with", "Anne Lee · Contoso", "same e-mail · L-9", "same phone · L-8", "another one …"] {
            assert!(screen.contains(part), "{part} in\n{screen}");
        }
        stage.keys("enter");
        let Some(Outcome::Found { record, sought, .. }) = stage.outcomes.pop() else { panic!("nothing is chosen") };
        assert_eq!((record, sought), (RecordId::lead(9), Sought::Merge(RecordId::lead(7))));
    }

    #[test]
    fn what_is_typed_narrows_and_else_goes_to_the_finder() {
        let mut stage = two();
        stage.write("ek");
        assert!(!stage.screen().contains("Anne Lee") && stage.screen().contains("L-8"), "{}", stage.screen());
        stage.write("man");
        assert_eq!(stage.scopes(), [Scope::Find]);
        assert!(stage.screen().contains("› ekman"), "{}", stage.screen());
        let mut stage = two();
        stage.keys("down down enter");
        assert_eq!(stage.scopes(), [Scope::Find]);
    }

    #[test]
    fn where_nothing_is_like_it_the_finder_comes_at_once_with_what_was_typed() {
        let mut stage = Stage::new(80, 24);
        stage.open(|cx| Duplicates::of(RecordId::lead(7), cx));
        stage.write("bo");
        stage.answer(Slot::Duplicates, Ok(Answer::Duplicates(Vec::new())));
        assert_eq!(stage.scopes(), [Scope::Find]);
        assert!(stage.screen().contains("› bo") && stage.said().contains("nothing is like L-7"), "{}", stage.screen());
    }
}
