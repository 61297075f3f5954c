//! The days that the reports are about: the usual ones from a list, all others typed into it.

use super::Reports;
use crate::model::report::Period;
use crate::tui::desk::Cx;
use crate::tui::env::Env;
use crate::tui::layer::picker::{Item, Picker};
use crate::tui::layer::prompt::Prompt;
use crate::tui::layer::{Flow, Pick, Purpose};

/// What is offered: the words that are read, and what they are called. Behind them stands what is typed.
pub(super) const OFFERS: &[(&str, &str)] = &[
    ("", "all days"),
    ("this-week", "this week"),
    ("this-month", "this month"),
    ("last-month", "last month"),
    ("this-quarter", "this quarter"),
    ("last-quarter", "last quarter"),
    ("this-year", "this year"),
    ("last-year", "last year"),
];

fn read(text: &str, env: &Env) -> Result<Period, String> {
    let today = env.zone.today(env.now());
    Period::parse(text, today, &env.locale).map_err(|error| error.to_string())
}

/// The choice of a period.
pub(super) fn picker(now: Option<&Period>, env: &Env) -> Picker {
    let text = now.map_or("", |period| period.text.as_str());
    let days = |period: &Period| {
        let (first, last) = period.ends();
        if first == last { first.to_string() } else { format!("{first} – {last}") }
    };
    let mut items: Vec<Item> = OFFERS
        .iter()
        .enumerate()
        .map(|(place, (word, label))| {
            let detail = read(word, env).ok().filter(|_| !word.is_empty()).map(|period| days(&period)).unwrap_or_default();
            Item::new(*label, Pick::Index(place)).detail(detail).current(*word == text)
        })
        .collect();
    let own = now.filter(|_| OFFERS.iter().all(|(word, _)| *word != text));
    let detail = own.map_or_else(|| "2026-11, 2026-Q3, 2026-01..2026-06".to_owned(), |period| period.text.clone());
    items.push(Item::new("another…", Pick::Index(OFFERS.len())).detail(detail).current(own.is_some()));
    Picker::new("Period", Purpose::Period, items).or_typed()
}

impl Reports {
    /// Takes a period as it was typed; nothing is all days.
    pub(super) fn set_period(&mut self, text: &str, cx: &mut Cx<'_>) -> Flow {
        let text = text.trim();
        match text.is_empty() || text == "all" {
            true => self.period = None,
            false => match read(text, cx.env) {
                Ok(period) => self.period = Some(period),
                Err(mistake) => return Flow::Push(Box::new(Prompt::period(text, Some(mistake)))),
            },
        }
        self.ask_unless_here(cx);
        self.settle(cx.env);
        Flow::Stay
    }
}
