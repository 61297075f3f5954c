//! Rules on trial: what they would do with open leads, or those of any filter, without doing it. Who would have how many, which rule
//! matches how many, and behind each line the leads.

mod leads;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use self::leads::TrialLeads;
use super::prompt::Prompt;
use super::{Flow, Incoming, Layer, Outcome, Purpose};
use crate::model::clean::{clean, fit, pad};
use crate::model::definition::{Definition, Rule, Trigger};
use crate::model::number::show_count;
use crate::model::people::Role;
use crate::model::value::Owner;
use crate::query;
use crate::service::rule::{Route, Trial, TriedRule, TryRoute, Why};
use crate::service::scope::Targets;
use crate::tui::action::{Action, Scope};
use crate::tui::desk::Cx;
use crate::tui::effect::Effect;
use crate::tui::env::Env;
use crate::tui::flow;
use crate::tui::theme::Meaning;
use crate::tui::view::rules::{ordered, with_rule};
use crate::tui::widget::popup::{Popup, put};
use crate::tui::widget::select::{Item, Select};
use crate::worker::reader::{Answer, AnyQuery, Slot};
use crate::worker::writer::{AnyAct, Reply};

/// The leads that rules are tried on where nobody said so.
const OPEN: &str = "status:open";
/// Below so many columns the columns of its lines are narrower.
const NARROW: u16 = 60;

/// Which leads of a trial stand behind a line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Behind {
    /// Those that this owner would have, by code.
    Owner(i64),
    /// Those that this rule matches, by its place.
    Rule(usize),
    /// Those that no rule matches.
    Unmatched,
    /// Those that nobody could take.
    Nobody,
    /// None: a rule that was not asked.
    Nothing,
    /// None: a sentence.
    Sentence(String),
}

/// The page.
#[derive(Debug)]
pub struct TrialPage {
    /// The rules instead of those of the database, and the one that is edited.
    edited: Option<(Vec<Definition>, Definition)>,
    filter: String,
    serial: u64,
    trial: Option<Arc<Trial>>,
    failed: Option<String>,
    list: Select,
    behind: Vec<Behind>,
    drawn: Cell<Rect>,
}

impl TrialPage {
    /// The rules of the database.
    pub fn of_database(cx: &mut Cx<'_>) -> Self {
        Self::new(None, cx)
    }

    /// The rules with one as it is being edited.
    pub fn with(edited: &Definition, cx: &mut Cx<'_>) -> Self {
        Self::new(Some((with_rule(edited, cx.env), edited.clone())), cx)
    }

    fn new(edited: Option<(Vec<Definition>, Definition)>, cx: &mut Cx<'_>) -> Self {
        let mut page = Self {
            edited,
            filter: OPEN.into(),
            serial: 0,
            trial: None,
            failed: None,
            list: Select::default(),
            behind: Vec::new(),
            drawn: Cell::default(),
        };
        page.ask(cx);
        page
    }

    fn ask(&mut self, cx: &mut Cx<'_>) {
        match query::parse(&self.filter, &cx.env.reading()) {
            Ok(filter) => {
                let rules = self.edited.as_ref().map(|(rules, _)| rules.clone());
                let targets = all(filter);
                let also = self.edited.as_ref().map(|(_, edited)| edited.number);
                let query = TryRoute { targets, rules, event: None, also };
                (self.trial, self.failed) = (None, None);
                self.serial = cx.ask(Slot::Trial, AnyQuery::Trial(Box::new(query)));
            }
            Err(mistake) => self.failed = Some(mistake.to_string()),
        }
    }

    fn arrived(&mut self, trial: &Arc<Trial>, env: &Env) {
        let (items, behind) = told(trial, env).into_iter().unzip();
        self.list.replace(items);
        self.behind = behind;
        self.trial = Some(Arc::clone(trial));
    }

    /// Asks the rules in earnest, after a question that names how many leads they are asked about.
    fn route(&self, cx: &mut Cx<'_>) -> Flow {
        match query::parse(&self.filter, &cx.env.reading()) {
            Ok(filter) => flow::submit(AnyAct::Route(Route { targets: all(filter) }), cx),
            Err(mistake) => {
                cx.complain(mistake.to_string());
                Flow::Stay
            }
        }
    }

    /// The leads behind the line under the cursor.
    fn open(&self, cx: &mut Cx<'_>) -> Flow {
        let (Some(trial), Some(behind)) = (&self.trial, self.list.current().and_then(|at| self.behind.get(at))) else {
            return Flow::Stay;
        };
        let said = match behind {
            Behind::Nothing => Some("the rule waits for something else: none of these leads is asked about"),
            Behind::Sentence(sentence) => Some(sentence.as_str()),
            _ => None,
        };
        if let Some(said) = said {
            cx.say(said);
            return Flow::Stay;
        }
        let is_behind = |place: &usize| {
            let row = &trial.rows[*place];
            match behind {
                Behind::Owner(code) => row.would == *code || row.now == *code,
                Behind::Rule(rule) => row.rule.is_some_and(|(own, _)| own == *rule) || row.others.contains(rule),
                Behind::Unmatched => row.rule.is_none(),
                Behind::Nobody => matches!(row.why, Why::Nobody(_)),
                Behind::Nothing | Behind::Sentence(_) => false,
            }
        };
        let mut places: Vec<usize> = (0..trial.rows.len()).filter(is_behind).collect();
        // what changes comes first
        places.sort_by_key(|place| !trial.rows[*place].moves());
        let title = self.list.current_item().map(|item| item.text.trim_end().to_owned()).unwrap_or_default();
        Flow::Push(Box::new(TrialLeads::new(Arc::clone(trial), places, title, cx)))
    }

    /// What the trial came to, in a sentence.
    fn summary(&self, env: &Env) -> String {
        let count = |n: u64| show_count(i64::try_from(n).unwrap_or(i64::MAX), &env.locale);
        match (&self.failed, &self.trial) {
            (Some(failed), _) => format!("! {failed}"),
            (None, None) => "asking the rules …".into(),
            (None, Some(trial)) => {
                let all = trial.rows.len() as u64;
                let mut text = format!("{} leads: {} would get another owner", count(all), count(trial.moved));
                if trial.nobody > 0 {
                    text.push_str(&format!(", for {} there is nobody", count(trial.nobody)));
                }
                text
            }
        }
    }
}

/// All leads of a filter.
fn all(filter: query::Query) -> Targets {
    Targets::All { filter: Box::new(filter), except: Vec::new(), confirmed: None }
}

/// The question before the rules are asked about all open leads.
pub fn route_open(cx: &mut Cx<'_>) -> Flow {
    match (why_no_route(cx.env), query::parse(OPEN, &cx.env.reading())) {
        (None, Ok(filter)) => flow::submit(AnyAct::Route(Route { targets: all(filter) }), cx),
        (why, _) => {
            cx.complain(why.unwrap_or_default());
            Flow::Stay
        }
    }
}

/// Why the rules of the database cannot be asked here now.
fn why_no_route(env: &Env) -> Option<String> {
    let is_by_hand = |rule: &Rule| rule.active && rule.on.contains(&Trigger::ByHand);
    match env.role {
        _ if env.read_only => Some("the database can only be read".into()),
        Role::Admin | Role::Manager if env.catalog.rules().any(|(_, rule)| is_by_hand(rule)) => None,
        Role::Admin | Role::Manager => Some("no rule is asked by hand: give one by-hand in Asked On".into()),
        _ => Some("routing leads needs the role manager or admin".into()),
    }
}

/// The lines of a trial, each with what stands behind it.
fn told(trial: &Trial, env: &Env) -> Vec<(Item, Behind)> {
    let count = |n: u64| show_count(i64::try_from(n).unwrap_or(i64::MAX), &env.locale);
    let people = &env.catalog.people;
    let name = |code: i64| Owner::of_code(code).map_or_else(|| "nobody".to_owned(), |owner| people.show(owner));
    let wide = if env.size.0 < NARROW { 18 } else { 30 };
    let mut lines = Vec::new();
    let mut owners: Vec<(i64, u64, u64)> = trial.owners.iter().map(|(code, (now, then))| (*code, *now, *then)).collect();
    owners.sort_by_key(|(code, now, then)| (std::cmp::Reverse(now.abs_diff(*then)), *code));
    for (code, now, then) in owners {
        let change = match then.cmp(&now) {
            std::cmp::Ordering::Greater => format!("+{}", count(then - now)),
            std::cmp::Ordering::Less => format!("−{}", count(now - then)),
            std::cmp::Ordering::Equal => "as now".into(),
        };
        let who = clean(&name(code)).into_owned();
        let text = match env.size.0 < NARROW {
            true => format!("{} {:>7} → {:>7} {change:>7}", pad(&fit(&who, 14), 14), count(now), count(then)),
            false => format!("{} {:>9} now {:>9} then {change:>9}", pad(&fit(&who, 22), 22), count(now), count(then)),
        };
        lines.push((Item::new(text).group("Who would have how many of them"), Behind::Owner(code)));
    }
    let asked: Vec<i64> = ordered(env).into_iter().map(|(definition, _)| definition.number).collect();
    let mut rules: Vec<(usize, &TriedRule)> = trial.rules.iter().enumerate().collect();
    // one that is not saved yet comes behind the others
    rules.sort_by_key(|(_, rule)| asked.iter().position(|number| *number == rule.number).unwrap_or(usize::MAX));
    for (place, rule) in rules {
        let matched = if rule.matched == 0 { "matches none".to_owned() } else { format!("matches {}", count(rule.matched)) };
        let text = format!("{} {matched}", pad(&fit(&clean(&rule.name), wide), wide));
        lines.push((Item::new(text).group("Which rule, as the first that matches"), Behind::Rule(place)));
    }
    for (name, waits) in &trial.waiting {
        let text = format!("{} {waits}", pad(&fit(&clean(name), wide), wide));
        lines.push((Item::new(text).group("Not asked of leads that come in or are routed"), Behind::Nothing));
    }
    for sentence in &trial.broken {
        lines.push((Item::new(clean(sentence).into_owned()).group("To be known"), Behind::Sentence(sentence.clone())));
    }
    if trial.unmatched > 0 {
        let text = format!("{} {}", pad("no rule matches", wide), count(trial.unmatched));
        lines.push((Item::new(text).detail("they stay with their owners").group("Left over"), Behind::Unmatched));
    }
    if trial.nobody > 0 {
        let text = format!("{} {}", pad("nobody can take them", wide), count(trial.nobody));
        lines.push((Item::new(text).detail("all are away, full, or do not suit").group("Left over"), Behind::Nobody));
    }
    lines
}

impl Layer for TrialPage {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Trial]
    }

    fn act(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        match action {
            Action::Back | Action::Close | Action::Cancel => {
                if self.trial.is_none() && self.failed.is_none() {
                    cx.push(Effect::CancelJob);
                }
                return Flow::Close;
            }
            Action::Open => return self.open(cx),
            Action::Save | Action::Route => return self.route(cx),
            Action::Filter => {
                let mut prompt = Prompt::new("try on › ", Purpose::Trial, &self.filter);
                if self.filter == OPEN {
                    prompt = prompt.proposing();
                }
                return Flow::Push(Box::new(
                    prompt.saying("a filter over leads, as owner:me created:this-month; nothing is all of them"),
                ));
            }
            other if self.list.act(other, self.drawn.get().height) => {}
            _ => return Flow::Pass,
        }
        Flow::Stay
    }

    fn outcome(&mut self, outcome: &Outcome, cx: &mut Cx<'_>) -> Flow {
        match outcome {
            Outcome::Entered(Purpose::Trial, text) => {
                if let Err(mistake) = query::parse(text, &cx.env.reading()) {
                    let prompt = Prompt::new("try on › ", Purpose::Trial, text).mistaken(Some(mistake.to_string()));
                    return Flow::Push(Box::new(prompt));
                }
                text.trim().clone_into(&mut self.filter);
                self.ask(cx);
                Flow::Stay
            }
            _ => Flow::Pass,
        }
    }

    fn incoming(&mut self, incoming: &Incoming<'_>, cx: &mut Cx<'_>) -> Flow {
        if let Incoming::Written { result: Ok(done), .. } = incoming
            && matches!(done.reply, Reply::Routed(_))
        {
            self.ask(cx);
        }
        if let Incoming::Answer { slot: Slot::Trial, serial, result } = incoming
            && *serial == self.serial
        {
            match result {
                Ok(Answer::Tried(trial)) => self.arrived(trial, cx.env),
                Ok(_) => {}
                Err(error) => self.failed = Some(error.to_string()),
            }
        }
        Flow::Pass
    }

    fn mouse(&mut self, column: u16, row: u16, wheel: i32, cx: &mut Cx<'_>) -> Flow {
        if wheel != 0 {
            self.list.wheel(wheel * 3);
            return Flow::Stay;
        }
        let before = self.list.current();
        if self.list.click(column, row, self.drawn.get()) && before == self.list.current() {
            return self.open(cx);
        }
        Flow::Stay
    }

    fn resized(&mut self, cx: &mut Cx<'_>) {
        if let Some(trial) = self.trial.clone() {
            self.arrived(&trial, cx.env);
        }
    }

    fn renewed(&mut self, cx: &mut Cx<'_>) {
        if self.edited.is_none() {
            self.ask(cx);
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let title = match &self.edited {
            Some((_, edited)) => format!("Rules on trial · with {} as it is typed", edited.name),
            None => "Rules on trial".to_owned(),
        };
        let inner = Popup::whole(area).draw(frame, &env.theme, &title, "nothing is done");
        if inner.height < 4 {
            return;
        }
        let columns = usize::from(inner.width);
        let on = if self.filter.is_empty() { "all leads" } else { &self.filter };
        put(frame, inner.x, inner.y, &fit(&format!("on {}", clean(on)), columns), inner, env.theme.style(Meaning::Prompt));
        let style = env.theme.style(if self.failed.is_some() { Meaning::Error } else { Meaning::Title });
        put(frame, inner.x, inner.y + 1, &fit(&clean(&self.summary(env)), columns), inner, style);
        let broken = self.trial.as_ref().map_or(&[] as &[String], |trial| &trial.broken);
        let mut y = inner.y + 2;
        for sentence in broken.iter().take(3) {
            put(frame, inner.x, y, &fit(&format!("! {}", clean(sentence)), columns), inner, env.theme.style(Meaning::Error));
            y += 1;
        }
        let list = Rect { y: y + 1, height: inner.bottom().saturating_sub(y + 1), ..inner };
        self.drawn.set(list);
        let empty = match &self.trial {
            Some(_) => "no lead is in this filter",
            None => "",
        };
        self.list.draw(frame, list, &env.theme, empty);
    }

    fn covers(&self) -> bool {
        true
    }

    fn unavailable(&self, action: Action, env: &Env) -> Option<String> {
        match (action, &self.edited) {
            (Action::Save | Action::Route, Some(_)) => {
                Some("rules are asked in earnest when they are saved: save this one first".into())
            }
            (Action::Save | Action::Route, None) => why_no_route(env),
            _ => None,
        }
    }
}
