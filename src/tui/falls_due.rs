//! What falls due while the program is open: one timer to the next thing, a sentence and a bell when it is there. Asks, writes nothing.

use super::action::{Action, Scope};
use super::app::App;
use super::effect::Effect;
use crate::service::activity::today::{Day, DueRow, GetDay};
use crate::worker::reader::{AnyQuery, Slot};

impl App {
    /// Takes the day as it is now; whatever falls due next is waited for.
    pub(super) fn day_arrived(&mut self, day: &Day) {
        self.desk.day_is_here();
        let midnight = self.env.zone.day_start(self.env.zone.today(self.env.now()).saturating_add(1));
        self.day_due = Some(day.next_due.map_or(midnight, |due| due.min(midnight)));
        self.day = Some(Box::new(day.clone()));
    }

    /// Something has fallen due, or another day began: it is said once, with the bell where that is wanted.
    pub(super) fn fell_due(&mut self) {
        self.day_due = None;
        let now = self.env.now();
        let is_due = |row: &&DueRow| row.activity.due.is_some_and(|due| due <= now && due > now - 60_000_000);
        let row = self.day.as_ref().and_then(|day| day.today.iter().chain(&day.coming).find(is_due));
        if let Some(row) = row {
            let who = [row.person.name.as_str(), row.person.company.as_str()];
            let who: Vec<&str> = who.into_iter().filter(|text| !text.is_empty()).collect();
            let keys = self.env.keymap.all_keys_of(Action::Today, &[Scope::Browse]).into_iter().next().unwrap_or_default();
            let later = self.env.keymap.all_keys_of(Action::Reschedule, &[Scope::Browse]).into_iter().next().unwrap_or_default();
            let mut what = vec![row.activity.subject.as_str()];
            what.extend(who);
            let text = format!("now due: {} · {keys} opens Today · {later} moves it", what.join(" · "));
            let (number, subject) = (row.activity.number, row.activity.subject.clone());
            self.desk.say(text, now);
            self.desk.fell_due(number, subject, now);
            if self.env.config.bell {
                self.desk.push(Effect::Bell);
            }
        }
        self.desk.ask(Slot::Day, AnyQuery::Day(GetDay), now);
    }
}
