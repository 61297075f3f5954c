//! One field being typed: its text, what is understood of it, what is wrong with it. Draws nothing and saves nothing.

use crate::error::Problem;
use crate::model::choice::Set;
use crate::model::dates::{iso_date, parse_instant, rfc3339_utc, show_instant, show_moment, show_planned};
use crate::model::field::options::{self, Choosable};
use crate::model::field::read::{read_in, unknown};
use crate::model::field::show::{amount_text, degree};
use crate::model::field::{Field, FieldId, Kind};
use crate::model::fold::fold;
use crate::model::value::{Owner, Value};
use crate::model::zone::Zone;
use crate::tui::action::Action;
use crate::tui::env::Env;
use crate::tui::widget::input::Input;
use crate::tui::widget::when::{Reader, Typed};

/// What of the record a field is read with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The currency of its amounts; empty: any.
    pub currency: String,
    /// Its state, whose reasons are offered.
    pub state: i64,
    /// The time zone of its address, where it is known.
    pub place: Option<Zone>,
}

/// What is said about a field while it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// What could be typed, or why nothing can.
    Help(String),
    /// What was understood.
    Read(String),
    /// What is wrong.
    Wrong(String),
}

/// A field being typed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The field.
    pub id: FieldId,
    /// What is typed.
    pub input: Input,
    /// Why it cannot be written.
    pub locked: Option<String>,
    /// What was found wrong when it was to be saved.
    pub problem: Option<String>,
    kind: Kind,
    initial: String,
    /// What the record held when it was read; `None` when that is not known any more.
    seen: Option<Value>,
    /// Whether the next character begins anew: a choice is replaced, not mended.
    fresh: bool,
}

impl Entry {
    /// A field that holds `value`.
    pub fn new(id: FieldId, value: &Value, env: &Env) -> Self {
        let field = env.catalog.field(id);
        let text = text_of(field, value, env);
        let mut input = if field.kind == Kind::Memo { Input::lines(&text) } else { Input::new(&text) };
        // a long text is read from its beginning
        if field.kind == Kind::Memo {
            input.to_start();
        }
        Self {
            id,
            initial: input.text().to_owned(),
            input: input.limited(if is_countable(field.kind) { 0 } else { field.max as usize }),
            locked: None,
            problem: None,
            kind: field.kind,
            seen: Some(value.clone()),
            fresh: true,
        }
    }

    /// Whether another text stands there than at first.
    pub fn is_changed(&self) -> bool {
        self.input.text() != self.initial
    }

    /// Whether its values can be counted, and so are chosen rather than written.
    pub fn is_choice(&self) -> bool {
        is_countable(self.kind)
    }

    /// Whether nothing was typed since the cursor came.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// The cursor comes to it, or leaves it.
    pub fn enter(&mut self) {
        self.fresh = true;
    }

    /// The cursor goes on: a moment that was typed stands there as it was read.
    pub fn leave(&mut self, terms: &Terms, env: &Env) {
        if self.kind != Kind::Instant || !self.is_changed() || self.problem.is_some() {
            return;
        }
        if let Ok(value @ Value::Instant(_)) = self.read(terms, env) {
            let text = text_of(env.catalog.field(self.id), &value, env);
            if self.input.text() != text {
                self.input.replace(&text);
            }
        }
    }

    /// What the record held, as far as that is known.
    pub fn seen(&self) -> Option<&Value> {
        self.seen.as_ref()
    }

    /// Puts a text in, as from a draft or a list; what the record held is taken as unknown if `stale`.
    pub fn put(&mut self, text: &str, stale: bool) {
        self.input.replace(text);
        self.problem = None;
        if stale {
            self.seen = None;
        }
    }

    /// Somebody else's value is kept: nothing is to be saved any more.
    pub fn give_way(&mut self, theirs: &str) {
        self.input.replace(theirs);
        self.initial = self.input.text().to_owned();
        self.problem = None;
    }

    /// Back to what it was; typing can be brought again.
    pub fn revert(&mut self) {
        let initial = self.initial.clone();
        self.input.replace(&initial);
        self.problem = None;
        self.fresh = true;
    }

    /// Types text. False when it is too long for any field.
    pub fn insert(&mut self, text: &str) -> bool {
        if self.is_choice() && self.fresh {
            self.input.replace("");
        }
        self.fresh = false;
        self.problem = None;
        self.input.insert(text)
    }

    /// Edits the text; choices are turned with left and right. False when the action is none of editing.
    pub fn act(&mut self, action: Action, terms: &Terms, env: &Env) -> bool {
        if self.is_choice() {
            match action {
                Action::Left => return self.turn(false, terms, env),
                Action::Right => return self.turn(true, terms, env),
                Action::DeleteBack | Action::DeleteForward | Action::DeleteWord if self.fresh => {
                    self.input.replace("");
                    self.problem = None;
                    return true;
                }
                _ => {}
            }
        }
        let before = self.input.text().len();
        let taken = self.input.act(action);
        if taken {
            self.fresh = false;
            if self.input.text().len() != before {
                self.problem = None;
            }
        }
        taken
    }

    /// To the next or the previous of its values.
    fn turn(&mut self, on: bool, terms: &Terms, env: &Env) -> bool {
        let field = env.catalog.field(self.id);
        let mut texts: Vec<String> = offered(field, terms.state, env).iter().map(|o| typed(field, o)).collect();
        if can_be_empty(field) {
            texts.insert(0, String::new());
        }
        let here = texts.iter().position(|text| text == self.input.text());
        let there = match here {
            Some(at) if on => (at + 1) % texts.len(),
            Some(at) => at.checked_sub(1).unwrap_or(texts.len() - 1),
            None => 0,
        };
        if let Some(text) = texts.get(there) {
            self.input.replace(text);
            self.problem = None;
        }
        true
    }

    /// The mouse was clicked in it, so many columns and rows from the corner of its place.
    pub fn click(&mut self, column: u16, row: u16, area: ratatui::layout::Rect) {
        self.fresh &= self.is_choice();
        self.input.click(column, row, area);
    }

    /// The value that is meant; the error is a sentence.
    pub fn read(&self, terms: &Terms, env: &Env) -> Result<Value, String> {
        let field = env.catalog.field(self.id);
        let text = self.input.text();
        if !self.is_choice() || text.trim().is_empty() {
            return read_in(field, text, &terms.currency, &env.reading()).map_err(|p| p.message);
        }
        let code = choose(field, text, terms.state, env)?;
        Ok(match field.kind {
            Kind::Choice(_) => Value::Choice(code),
            Kind::Flag { .. } => Value::Bool(code != 0),
            Kind::Owner => Owner::of_code(code).map_or(Value::None, Value::Owner),
            _ => Value::User(code),
        })
    }

    /// The value to be saved; `None` when it is what the record holds. The error is a sentence.
    pub fn change(&self, terms: &Terms, env: &Env) -> Result<Option<Value>, Problem> {
        if !self.is_changed() || self.locked.is_some() {
            return Ok(None);
        }
        let name = env.catalog.field(self.id).name;
        let value = self.read(terms, env).map_err(|message| Problem::new(name, message))?;
        Ok(Some(value).filter(|value| self.seen.as_ref() != Some(value)))
    }

    /// What there is to say about it; while it has the cursor nothing half-typed is called wrong.
    pub fn remark(&self, terms: &Terms, focused: bool, env: &Env) -> Option<Remark> {
        let field = env.catalog.field(self.id);
        if let Some(problem) = &self.problem {
            return Some(Remark::Wrong(problem.clone()));
        }
        if let Some(reason) = &self.locked {
            return focused.then(|| Remark::Help(reason.clone()));
        }
        if !focused && !self.is_changed() {
            return None;
        }
        let text = self.input.text().trim();
        if text.is_empty() {
            return focused.then(|| help(field, terms, env)).flatten().map(Remark::Help);
        }
        let half_typed = matches!(field.kind, Kind::Email | Kind::Url) && focused && !self.input.is_over();
        match self.read(terms, env) {
            Err(_) if half_typed => None,
            Err(message) => Some(Remark::Wrong(message)),
            Ok(_) if !focused => None,
            Ok(value) => understood(field, &value, text, terms, env)
                .map(Remark::Read)
                .or_else(|| self.input.count().map(Remark::Help))
                .or_else(|| self.is_choice().then(|| help(field, terms, env)).flatten().map(Remark::Help)),
        }
    }
}

/// Whether values of this kind are chosen from some.
pub fn is_countable(kind: Kind) -> bool {
    matches!(kind, Kind::Choice(_) | Kind::Flag { .. } | Kind::Owner | Kind::User)
}

/// Whether the field may hold nothing at all.
pub fn can_be_empty(field: &Field) -> bool {
    matches!(field.kind, Kind::Choice(set) if !set.is_reason() && !set.is_state()) && !field.required
}

/// The values that a field of a record in this state can take now.
pub fn offered(field: &Field, state: i64, env: &Env) -> Vec<Choosable> {
    let fits = |o: &Choosable| match field.kind {
        Kind::Choice(set) if set.is_reason() => {
            env.catalog.choices.get(set, o.code).is_some_and(|choice| choice.state == Some(state))
        }
        _ => true,
    };
    options::of(field, &env.catalog).into_iter().filter(|o| o.active && fits(o)).collect()
}

/// What is typed for a value: a person's login, else the label.
pub fn typed(field: &Field, value: &Choosable) -> String {
    if matches!(field.kind, Kind::Owner | Kind::User) { value.word.clone() } else { value.label.clone() }
}

/// The code that is meant: in full, or by a beginning that only one value has.
fn choose(field: &Field, text: &str, state: i64, env: &Env) -> Result<i64, String> {
    let offered = offered(field, state, env);
    if let Some(code) = options::find(field, text, &env.catalog, env.me) {
        if matches!(field.kind, Kind::Choice(set) if set.is_reason()) && !offered.iter().any(|o| o.code == code) {
            let labels: Vec<&str> = offered.iter().map(|o| o.label.as_str()).collect();
            let state = env.catalog.choices.label(Set::State, state).to_lowercase();
            return Err(format!("{} of a lead that is {state} can be {}", field.label, labels.join(", ")));
        }
        return Ok(code);
    }
    let start = fold(text);
    let begins: Vec<&Choosable> =
        offered.iter().filter(|o| fold(&o.label).starts_with(&start) || fold(&o.word).starts_with(&start)).collect();
    match begins.as_slice() {
        [one] => Ok(one.code),
        [] => Err(unknown(field, text, &env.catalog)),
        several => {
            let labels: Vec<&str> = several.iter().take(4).map(|o| o.label.as_str()).collect();
            Err(format!("“{}” can be {}", text.trim(), labels.join(" or ")))
        }
    }
}

/// What was understood, where that is not plain from the text.
fn understood(field: &Field, value: &Value, text: &str, terms: &Terms, env: &Env) -> Option<String> {
    let date = match field.kind {
        Kind::Date => Reader::new(env, None).read_day(text),
        Kind::Instant => Reader::new(env, terms.place).read(text),
        _ => Typed::Nothing,
    };
    if let Typed::Read { line, .. } = date {
        return Some(line);
    }
    let shown = match (field.kind, value) {
        (Kind::Owner | Kind::User, Value::Owner(Owner::User(n)) | Value::User(n)) => env.catalog.people.user(*n)?.name.clone(),
        (Kind::Text | Kind::Memo | Kind::Phone | Kind::Url, _) => return None,
        (Kind::Money, _) => {
            let own = crate::model::field::read::currency_in(field, text, &env.reading());
            env.showing().show(field, value, own.unwrap_or(&terms.currency))
        }
        _ => env.showing().show(field, value, &terms.currency),
    };
    (shown != text).then(|| format!("→ {shown}"))
}

fn help(field: &Field, terms: &Terms, env: &Env) -> Option<String> {
    let text = match field.kind {
        Kind::Date => "a day: 24 Nov, tomorrow, fri, +2w".to_owned(),
        Kind::Instant => "a day, with or without a time: tomorrow 15:00, fri 9am, +2h".to_owned(),
        Kind::Money => format!("an amount: 40k, {}", if env.locale.decimal_comma { "1.250,50" } else { "1,250.50" }),
        Kind::Currency => "a code: EUR, USD".to_owned(),
        Kind::Tags => "tags between commas".to_owned(),
        Kind::Degree => "degrees: 52.52".to_owned(),
        kind if is_countable(kind) => {
            let labels: Vec<String> = offered(field, terms.state, env).iter().map(|o| typed(field, o)).collect();
            if labels.is_empty() { "none yet; Enter adds one".to_owned() } else { labels.join(" · ") }
        }
        _ if field.required => format!("{} is needed", field.label),
        _ => return None,
    };
    Some(text)
}

/// A value as it is typed, so that it reads back as the same.
pub fn text_of(field: &Field, value: &Value, env: &Env) -> String {
    let mark = if env.locale.decimal_comma { ',' } else { '.' };
    match (field.kind, value) {
        (Kind::Flag { .. }, _) => env.showing().show(field, value, ""),
        (_, Value::None) => String::new(),
        (Kind::Money, Value::Money(amount)) => amount_text(*amount).replace('.', &mark.to_string()),
        (Kind::Degree, Value::Degree(n)) => degree(*n, mark),
        (Kind::Int, Value::Int(n)) => n.to_string(),
        (Kind::Date, Value::Date(day)) => iso_date(*day),
        (Kind::Instant, Value::Instant(at)) => moment_text(*at, env),
        (Kind::Choice(set), Value::Choice(code)) => env.catalog.choices.label(set, *code),
        (Kind::Tags, Value::Tags(tags)) => tags.join(", "),
        _ => env.showing().plain(field, value),
    }
}

/// A moment as people write it, `Fri 4 Dec 15:00`; in the machines' form only where that would be read as another.
fn moment_text(at: i64, env: &Env) -> String {
    let minute = |at: i64| at.div_euclid(60_000_000);
    let reads_back =
        |text: &String| parse_instant(text, env.now(), env.zone, &env.locale).is_ok_and(|read| minute(read) == minute(at));
    [show_planned(at, env.now(), env.zone), show_moment(at, env.now(), env.zone), show_instant(at, env.zone)]
        .into_iter()
        .find(reads_back)
        .unwrap_or_else(|| rfc3339_utc(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::zone::of_place;

    fn entry(env: &Env, name: &'static str, value: Value) -> Entry {
        Entry::new(env.catalog.lead.id(name), &value, env)
    }

    fn terms() -> Terms {
        Terms { currency: "USD".into(), ..Terms::default() }
    }

    #[test]
    fn what_is_there_is_typed_so_that_it_reads_back() {
        let env = Env::test();
        for (name, value, text) in [
            ("estimated_value", Value::Money(400_000_000), "40000.00"),
            ("estimated_close_date", Value::Date(20_889), "2027-03-12"),
            ("rating", Value::Choice(1), "Hot"),
            ("do_not_phone", Value::Bool(true), "do not allow"),
            ("owner", Value::Owner(Owner::Team(1)), "team:North"),
            ("tags", Value::Tags(vec!["a".into(), "b".into()]), "a, b"),
            ("latitude", Value::Degree(-5_252_000), "-52.52000"),
            ("employees", Value::Int(1200), "1200"),
            // Friday 4 December 2026, 15:00 UTC; the day alone; a time that is past; a year that is
            ("created_at", Value::Instant(1_796_396_400_000_000), "Fri 4 Dec 15:00"),
            ("created_at", Value::Instant(1_796_342_400_000_000), "Fri 4 Dec"),
            ("created_at", Value::Instant(1_795_345_800_000_000), "Sun 22 Nov 11:10"),
            ("created_at", Value::Instant(1_700_000_040_000_000), "Tue 14 Nov 2023 22:14"),
        ] {
            let entry = entry(&env, name, value.clone());
            assert_eq!(entry.input.text(), text, "{name}");
            assert_eq!(entry.read(&terms(), &env), Ok(value), "{name}");
            assert_eq!(entry.change(&terms(), &env), Ok(None), "{name}");
        }
    }

    #[test]
    fn choices_are_found_by_their_beginning_and_turned() {
        let env = Env::test();
        let mut source = entry(&env, "source", Value::None);
        source.insert("tr");
        assert_eq!(source.read(&terms(), &env), Ok(Value::Choice(7)));
        assert_eq!(source.remark(&terms(), true, &env), Some(Remark::Read("→ Trade Show".into())));
        source.input.set("p");
        assert_eq!(source.read(&terms(), &env), Err("“p” can be Partner or Public Relations".into()));
        let mut rating = entry(&env, "rating", Value::Choice(2));
        rating.act(Action::Left, &terms(), &env);
        assert_eq!(rating.input.text(), "Hot");
        rating.insert("c");
        assert_eq!((rating.input.text(), rating.read(&terms(), &env)), ("c", Ok(Value::Choice(3))));
        let mut reason = entry(&env, "status_reason", Value::Choice(1));
        reason.insert("Lost");
        assert_eq!(reason.read(&terms(), &env), Err("Status Reason of a lead that is open can be New, Contacted".into()));
    }

    #[test]
    fn what_was_read_is_shown_and_what_is_wrong_said() {
        let env = Env::test();
        for (name, text, remark) in [
            ("estimated_close_date", "tomorrow", Remark::Read("→ Tue 24 Nov".into())),
            ("estimated_close_date", "12 jan", Remark::Read("→ Tue 12 Jan 2027".into())),
            ("created_at", "tue 9am", Remark::Read("→ Tue 24 Nov 09:00 (their 04:00!)".into())),
            ("estimated_value", "40k", Remark::Read("→ 40,000.00 USD".into())),
            ("owner", "bo", Remark::Read("→ Bo Ek".into())),
            ("estimated_close_date", "", Remark::Help("a day: 24 Nov, tomorrow, fri, +2w".into())),
            ("rating", "", Remark::Help("Hot · Warm · Cold".into())),
        ] {
            let mut entry = entry(&env, name, Value::None);
            entry.insert(text);
            let terms = Terms { place: of_place("US", "NY"), ..terms() };
            assert_eq!(entry.remark(&terms, true, &env), Some(remark), "{name}");
        }
        let mut email = entry(&env, "email", Value::None);
        email.insert("ann");
        assert_eq!(email.remark(&terms(), true, &env), None);
        assert!(matches!(email.remark(&terms(), false, &env), Some(Remark::Wrong(_))));
    }
}
