//! Keys and pasted text on their way to the layer that they are for. Knows no screen.

use crossterm::event::KeyCode;

use super::action::keymap::{KeyChord, Lookup};
use super::action::{Action, Scope};
use super::app::App;
use super::desk::Cx;
use super::layer::checklist::Step;
use crate::model::attachment::pasted;

/// What was typed ahead.
#[derive(Clone, Debug)]
pub(super) enum Held {
    Key(KeyChord),
    Paste(String),
}

impl App {
    /// What was typed ahead goes on as soon as the rows are here that it is for.
    pub(super) fn go_on_typing(&mut self) {
        for held in std::mem::take(&mut self.held) {
            match held {
                Held::Key(chord) => self.key(chord),
                Held::Paste(text) => self.pasted(&text),
            }
        }
    }

    fn awaits(&self, action: Option<Action>) -> bool {
        self.layers.last().is_some_and(|layer| layer.awaits(action))
    }

    fn hold(&mut self) {
        self.held = std::mem::take(&mut self.pending).into_iter().map(Held::Key).collect();
        self.next.clear();
    }

    pub(super) fn key(&mut self, chord: KeyChord) {
        if !self.held.is_empty() && chord.code != KeyCode::Esc {
            return self.held.push(Held::Key(chord));
        }
        self.held.clear();
        self.pending.push(chord);
        let scopes = self.scopes();
        match self.env.keymap.lookup(&scopes, &self.pending) {
            Lookup::Action(action) if action != Action::Cancel && self.awaits(Some(action)) => self.hold(),
            Lookup::Text(_) if self.awaits(None) => self.hold(),
            Lookup::Action(action) => {
                self.forget_pending();
                self.desk.hush();
                if action == Action::Open && scopes.first() == Some(&Scope::Filter) {
                    self.tick_step(Step::Find);
                }
                self.dispatch(action);
            }
            Lookup::Text(c) => {
                self.forget_pending();
                self.desk.hush();
                self.text(&c.to_string());
            }
            Lookup::Pending(_) => {
                self.pending_since = self.env.now();
                self.next.clear();
            }
            Lookup::None => {
                let typed = KeyChord::print_sequence(&self.pending);
                self.forget_pending();
                if let Some(text) = self.layers.last().and_then(|layer| layer.other_key(&self.env)) {
                    return self.desk.say(text, self.env.now());
                }
                let help = self.env.keymap.all_keys_of(Action::Help, &scopes).into_iter().next().unwrap_or_default();
                self.complain(&format!("{typed} does nothing here · {help} lists the keys"));
            }
        }
    }

    fn forget_pending(&mut self) {
        self.pending.clear();
        self.next.clear();
    }

    fn text(&mut self, text: &str) {
        let mut cx = Cx { env: &self.env, desk: &mut self.desk };
        if let Some(layer) = self.layers.last_mut() {
            let flow = layer.text(text, &mut cx);
            let top = self.layers.len() - 1;
            self.follow(flow, top);
        }
    }

    pub(super) fn pasted(&mut self, text: &str) {
        if !self.held.is_empty() || self.awaits(None) {
            return self.held.push(Held::Paste(text.to_owned()));
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        self.forget_pending();
        if self.scopes().iter().any(|scope| scope.takes_text()) {
            self.desk.hush();
            // A line break at the end of what was copied is no Enter.
            self.text(text.trim_end_matches('\n'));
        } else if !pasted::paths(text.trim_end()).is_empty()
            && self.scopes().iter().any(|s| matches!(s, Scope::Browse | Scope::Record))
        {
            // files that were dropped on the terminal
            self.desk.hush();
            self.dispatch(Action::Attach);
            if self.scopes().contains(&Scope::Attach) {
                self.text(text.trim_end());
            }
        } else {
            self.complain("pasted text goes where text is typed: n a lead, i a note, / the filter");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use crate::query::views;
    use crate::service::act::Done;
    use crate::service::record::read::ListRow;
    use crate::tui::app::App;
    use crate::tui::effect::Effect;
    use crate::tui::env::Env;
    use crate::tui::msg::Msg;
    use crate::worker::reader::{Answer, Answered, Slot};
    use crate::worker::writer::{Reply, Said};

    /// Presses keys; what was asked for last in a slot comes back.
    fn press(app: &mut App, keys: &[KeyCode], slot: Slot) -> u64 {
        let mut asked = 0;
        for code in keys {
            for effect in app.update(Msg::Key(KeyEvent::new(*code, KeyModifiers::NONE))) {
                if let Effect::Ask { slot: of, serial, .. } = effect
                    && of == slot
                {
                    asked = serial;
                }
            }
        }
        asked
    }

    fn rows(app: &mut App, serial: u64, numbers: &[i64]) {
        let env = Env::test();
        let row = |number: &i64| {
            let mut record = env.lead(&[]);
            record.key.number = *number;
            ListRow::of(&record, &env.catalog.lead)
        };
        let rows = numbers.iter().map(row).collect();
        app.update(Msg::Answered(Answered { slot: Slot::Page, serial, result: Ok(Answer::Rows(rows)) }));
    }

    /// The list of leads with these rows.
    fn listing(numbers: &[i64]) -> App {
        let mut env = Env::test();
        env.config.start_screen = "leads".into();
        let views = Arc::new(views::shipped(&env.reading()).expect("views"));
        let mut app = App::new(env, views);
        let serial = app.start().iter().find_map(|effect| match effect {
            Effect::Ask { slot: Slot::Page, serial, .. } => Some(*serial),
            _ => None,
        });
        rows(&mut app, serial.expect("a question"), numbers);
        app
    }

    fn foremost_draft(app: &App) -> Option<String> {
        app.layers.last().and_then(|layer| layer.draft_key())
    }

    #[test]
    fn what_is_typed_while_a_lead_is_added_is_for_that_lead() {
        let mut app = listing(&[7, 8]);
        for c in "nBo Ek".chars() {
            app.update(Msg::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        }
        let effects = app.update(Msg::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
        let ticket = effects.iter().find_map(|effect| match effect {
            Effect::Do { ticket, .. } => Some(*ticket),
            _ => None,
        });
        press(&mut app, &[KeyCode::Char('c'), KeyCode::Char('1')], Slot::Page);
        app.update(Msg::Paste("about the price".into()));
        let done = Done {
            reply: Reply::Number(9),
            step: Some(1),
            summary: "Added Bo Ek".into(),
            touched: 1,
            catalog_changed: false,
            warnings: Vec::new(),
        };
        let said = Said::Written { ticket: ticket.expect("an act"), result: Ok(done) };
        let serial = app.update(Msg::Said(said)).iter().find_map(|effect| match effect {
            Effect::Ask { slot: Slot::Numbers, serial, .. } => Some(*serial),
            _ => None,
        });
        assert_eq!(app.layers.len(), 1, "no call with whom the cursor is about to leave");
        let answer = Ok(Answer::Numbers(Arc::new(vec![9, 7, 8])));
        app.update(Msg::Answered(Answered { slot: Slot::Numbers, serial: serial.expect("a question"), result: answer }));
        assert_eq!(foremost_draft(&app).as_deref(), Some("call-L-9"));
        assert!(app.env.drafts.iter().any(|draft| draft.text.contains("about the price")), "{:?}", app.env.drafts);
    }

    #[test]
    fn keys_that_come_before_the_rows_wait_for_them() {
        let mut app = listing(&[7, 8]);
        let typed = [KeyCode::Char('/'), KeyCode::Char('a'), KeyCode::Enter, KeyCode::Char('c'), KeyCode::Char('1')];
        let serial = press(&mut app, &typed, Slot::Page);
        assert_eq!(app.layers.len(), 1, "no call with whoever was there before");
        rows(&mut app, serial, &[9]);
        assert_eq!(foremost_draft(&app).as_deref(), Some("call-L-9"));
        // Esc lets go of what waits
        press(&mut app, &[KeyCode::Esc, KeyCode::Esc], Slot::Page);
        let typed = [KeyCode::Char('/'), KeyCode::Char('b'), KeyCode::Enter, KeyCode::Char('c'), KeyCode::Esc];
        press(&mut app, &typed, Slot::Page);
        assert!(app.held.is_empty() && app.layers.len() == 1);
    }
}
