//! How the screen looks: its parts above, the list, and beside or below it the details of the row under the cursor. Asks for nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Rules;
use super::rows::{Entry, Part, definition, held, state};
use crate::model::clean::{clean, fit, pad, width};
use crate::model::dates::ago;
use crate::model::definition::{Body, Definition, Rule};
use crate::model::entity::Entity;
use crate::model::people::typed::{TEAM, Typed, UNIT};
use crate::model::people::{UnitKind, User};
use crate::model::value::Owner;
use crate::query;
use crate::service::rule::Fired;
use crate::tui::action::{Action, Scope};
use crate::tui::env::Env;
use crate::tui::layer::listing;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::put;
use crate::tui::widget::sentence::broken;

/// From so many columns on the details stand beside the list.
const BESIDE: u16 = 120;
/// Below so many columns only the part that is seen is named.
const ONE_PART: u16 = 60;
/// The most lines of details below the list.
const BELOW: u16 = 11;

/// The names of the parts, the list, its rows without the heads, and the details.
struct Places {
    names: Rect,
    list: Rect,
    rows: Rect,
    details: Rect,
}

fn places(area: Rect) -> Places {
    let names = Rect { height: 1.min(area.height), ..area };
    let rest = Rect { y: area.y + names.height, height: area.height - names.height, ..area };
    let (list, details) = if area.width >= BESIDE {
        let wide = area.width * 3 / 5;
        (Rect { width: wide, ..rest }, Rect { x: rest.x + wide, width: rest.width - wide, ..rest })
    } else {
        let low = BELOW.min(rest.height / 2);
        (Rect { height: rest.height - low, ..rest }, Rect { y: rest.bottom() - low, height: low, ..rest })
    };
    let head = 1.min(list.height);
    let rows = Rect { y: list.y + head, height: list.height - head, ..list };
    Places { names, list, rows, details }
}

/// A line of the list: a heading, or an entry by its place.
enum Row<'a> {
    Heading(&'a str),
    Entry(usize),
}

fn lines(screen: &Rules) -> Vec<Row<'_>> {
    let mut lines = Vec::new();
    let mut group = "";
    for (place, entry) in screen.entries.iter().enumerate() {
        if entry.group != group {
            group = &entry.group;
            lines.push(Row::Heading(group));
        }
        lines.push(Row::Entry(place));
    }
    lines
}

/// The first line that is seen: the cursor stays near the middle of a long list.
fn top(lines: &[Row<'_>], cursor: usize, height: u16) -> usize {
    let height = usize::from(height);
    let at = lines.iter().position(|line| matches!(line, Row::Entry(place) if *place == cursor)).unwrap_or_default();
    at.saturating_sub(height / 2).min(lines.len().saturating_sub(height))
}

/// The names of the parts with the columns in which they begin.
fn names(screen: &Rules, columns: u16) -> Vec<(Part, u16, String)> {
    let all: usize = Part::ALL.iter().map(|part| width(part.title()) + 3).sum();
    let short = all + 1 > usize::from(columns);
    if columns < ONE_PART {
        return vec![(screen.part, 1, format!("‹ {} ›", screen.part.title()))];
    }
    let mut x = 1;
    let mut found = Vec::new();
    for part in Part::ALL {
        let here = *part == screen.part;
        // on a narrow screen the first words are enough for those that are not seen
        let name = if short && !here { part.title().chars().take(5).collect() } else { part.title().to_owned() };
        let text = if here { format!("[{name}]") } else { format!(" {name} ") };
        let wide = u16::try_from(width(&text)).unwrap_or_default();
        found.push((*part, x, text));
        x += wide + 1;
    }
    found
}

/// The part whose name was clicked.
pub(super) fn part_at(column: u16, row: u16, screen: &Rules, env: &Env) -> Option<Part> {
    let hit = |(_, x, text): &(Part, u16, String)| (*x..*x + u16::try_from(width(text)).unwrap_or_default()).contains(&column);
    (row == screen.drawn.get().y.saturating_sub(2))
        .then(|| names(screen, env.size.0).into_iter().find(hit).map(|(part, ..)| part))?
}

/// The place of the row that was clicked.
pub(super) fn row_at(column: u16, row: u16, screen: &Rules) -> Option<usize> {
    let area = screen.drawn.get();
    if !area.contains((column, row).into()) {
        return None;
    }
    let lines = lines(screen);
    let at = top(&lines, screen.cursor(), area.height) + usize::from(row - area.y);
    match lines.get(at) {
        Some(Row::Entry(place)) => Some(*place),
        _ => None,
    }
}

pub(super) fn draw(screen: &Rules, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    if area.is_empty() {
        return;
    }
    let places = places(area);
    screen.drawn.set(places.rows);
    for (part, x, text) in names(screen, area.width) {
        let meaning = if part == screen.part { Meaning::Tab } else { Meaning::Label };
        put(frame, x, places.names.y, &text, places.names, env.theme.style(meaning));
    }
    if screen.entries.is_empty() {
        let (what, how) = screen.part.empty();
        let key = env.keymap.keys_of(Action::New, Scope::Rules);
        let why = screen.why_not(Action::New, env);
        let text = why.map_or_else(|| format!("{what} {key} {how}"), |why| format!("{what} {why}"));
        for (y, line) in (places.list.y + 1..).zip(broken(&text, usize::from(places.list.width.saturating_sub(2)), 3)) {
            put(frame, places.list.x + 1, y, &line, places.list, env.theme.style(Meaning::Dim));
        }
        return;
    }
    list(screen, frame, &places, env);
    details(screen, frame, places.details, area.width >= BESIDE, env);
}

/// How wide the columns are: their shares, but none wider than what stands in it, and the rest to those that have too little.
fn widths(part: Part, entries: &[Entry], columns: u16) -> Vec<usize> {
    let heads = part.columns();
    let room = usize::from(columns).saturating_sub(heads.len() + 1);
    let wants: Vec<usize> = (0..heads.len())
        .map(|at| {
            let cells = entries.iter().filter_map(|entry| entry.cells.get(at)).map(|cell| width(cell));
            cells.max().unwrap_or_default().max(width(heads[at].0))
        })
        .collect();
    let total: usize = heads.iter().map(|(_, share)| usize::from(*share)).sum();
    let mut found: Vec<usize> =
        heads.iter().zip(&wants).map(|((_, share), want)| (*want).min(room * usize::from(*share) / total.max(1))).collect();
    // short columns are shown whole before long ones get more
    let mut order: Vec<usize> = (0..heads.len()).collect();
    order.sort_by_key(|at| wants[*at]);
    for at in order {
        let left = room.saturating_sub(found.iter().sum());
        found[at] += left.min(wants[at].saturating_sub(found[at]));
    }
    found
}

fn list(screen: &Rules, frame: &mut Frame<'_>, places: &Places, env: &Env) {
    let widths = widths(screen.part, &screen.entries, places.list.width);
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().zip(&widths).map(|(cell, wide)| pad(&fit(cell, *wide), *wide)).collect();
        pad(&format!(" {}", cells.join(" ")), usize::from(places.list.width))
    };
    let heads: Vec<String> = screen.part.columns().iter().map(|(head, _)| (*head).to_owned()).collect();
    put(frame, places.list.x, places.list.y, &line(&heads), places.list, env.theme.style(Meaning::Label));
    let lines = lines(screen);
    let top = top(&lines, screen.cursor(), places.rows.height);
    for (y, row) in (places.rows.y..places.rows.bottom()).zip(lines.iter().skip(top)) {
        match row {
            Row::Heading(text) => {
                let text = fit(&format!(" {text}"), usize::from(places.rows.width));
                put(frame, places.rows.x, y, &text, places.rows, env.theme.style(Meaning::Title));
            }
            Row::Entry(place) => {
                let entry = &screen.entries[*place];
                let style = match (*place == screen.cursor(), entry.dim) {
                    (true, _) => env.theme.style(Meaning::Cursor),
                    (false, true) => env.theme.style(Meaning::Dim),
                    (false, false) => Style::new(),
                };
                put(frame, places.rows.x, y, &line(&entry.cells), places.rows, style);
            }
        }
    }
}

/// The details, made line by line.
struct Told<'a> {
    env: &'a Env,
    columns: usize,
    lines: Vec<Line<'static>>,
}

impl Told<'_> {
    /// A label and what stands behind it, broken into as many lines as it needs, at most so many.
    fn field(&mut self, label: &str, text: &str, most: usize) {
        let wide = 14.min(self.columns / 2);
        let style = self.env.theme.style(Meaning::Label);
        let lines = broken(&clean(text), self.columns.saturating_sub(wide).max(1), most);
        for (at, line) in lines.into_iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            self.lines.push(Line::from(vec![Span::styled(pad(&fit(label, wide), wide), style), Span::raw(line)]));
        }
    }

    fn heading(&mut self, text: &str) {
        let rule: String = format!("── {text} ").chars().chain(std::iter::repeat('─')).take(self.columns).collect();
        self.lines.push(Line::styled(rule, self.env.theme.style(Meaning::Frame)));
    }

    /// A sentence, broken into as many lines as it needs.
    fn sentence(&mut self, text: &str) {
        let style = self.env.theme.style(Meaning::Dim);
        let lines = broken(&clean(text), self.columns.max(1), 3);
        self.lines.extend(lines.into_iter().map(|line| Line::styled(line, style)));
    }

    fn plain(&mut self, text: &str, meaning: Option<Meaning>) {
        let style = meaning.map_or_else(Style::new, |meaning| self.env.theme.style(meaning));
        self.lines.push(Line::styled(fit(&clean(text), self.columns), style));
    }
}

fn details(screen: &Rules, frame: &mut Frame<'_>, area: Rect, beside: bool, env: &Env) {
    if area.height < 2 || area.width < 4 {
        return;
    }
    let Some(here) = screen.here() else { return };
    let frame_style = env.theme.style(Meaning::Frame);
    let inner = if beside {
        for y in area.y..area.bottom() {
            put(frame, area.x, y, "│", area, frame_style);
        }
        Rect { x: area.x + 2, width: area.width - 3, ..area }
    } else {
        put(frame, area.x, area.y, &"─".repeat(usize::from(area.width)), area, frame_style);
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 1 }
    };
    let mut told = Told { env, columns: usize::from(inner.width), lines: Vec::new() };
    let people = &env.catalog.people;
    match here.key.entity {
        Entity::User => people.user(here.key.number).into_iter().for_each(|one| user(screen, one, &mut told)),
        Entity::Team => people.team(here.key.number).into_iter().for_each(|one| {
            told.plain(&one.name, Some(Meaning::Title));
            fields(TEAM, &mut told, |field| one.shown(field, people));
        }),
        Entity::Unit => people.unit(here.key.number).into_iter().for_each(|one| {
            told.plain(&one.name, Some(Meaning::Title));
            fields(UNIT, &mut told, |field| one.shown(field, people));
            let users = people.users.iter().filter(|user| user.unit == one.number).map(|user| user.login.clone());
            told.field("People", &users.collect::<Vec<_>>().join(", "), 3);
            if one.kind == UnitKind::ChannelPartner {
                told.sentence("Its rules are asked first about leads whose partner it is.");
            }
        }),
        _ => definition(here.key, env).into_iter().for_each(|one| told_of(screen, one, inner.height, beside, &mut told)),
    }
    for (y, line) in (inner.y..inner.bottom()).zip(told.lines) {
        frame.render_widget(line, Rect { y, height: 1, ..inner });
    }
}

fn fields(table: &[Typed], told: &mut Told<'_>, shown: impl Fn(&str) -> String) {
    for field in table.iter().filter(|field| field.name != "name") {
        let text = shown(field.name);
        if !text.is_empty() {
            told.field(field.label, &text, 3);
        }
    }
}

fn user(screen: &Rules, user: &User, told: &mut Told<'_>) {
    let (env, people) = (told.env, &told.env.catalog.people);
    told.plain(&format!("{} · {}", user.name, user.login), Some(Meaning::Title));
    let now = state(user, env);
    told.field("Holds", &format!("{} open leads and opportunities", held(user, &screen.counted, env)), 1);
    if now.is_empty() {
        told.field("Rules", "may give them leads", 1);
    } else {
        told.field("Rules", &format!("give them no leads: {now}"), 1);
    }
    told.field("Role", &format!("{}: {}", user.role.name(), user.role.help()), 2);
    let teams: Vec<&str> = people.teams_of(user.number).map(|team| team.name.as_str()).collect();
    for (label, text) in [
        ("Unit", user.shown("unit", people)),
        ("Teams", teams.join(", ")),
        ("Languages", user.shown("languages", people)),
        ("Regions", user.shown("regions", people)),
        ("Hours", user.shown("hours", people)),
        ("Away", user.shown("away", people)),
        ("Deputy", user.shown("deputy", people)),
    ] {
        if !text.is_empty() {
            told.field(label, &text, 2);
        }
    }
}

fn told_of(screen: &Rules, definition: &Definition, height: u16, beside: bool, told: &mut Told<'_>) {
    let env = told.env;
    match &definition.body {
        Body::Rule(one) => rule(screen, definition, one, beside, told),
        Body::ScoreRule(one) => {
            let off = if one.active { "" } else { " · switched off" };
            told.plain(&format!("{:+} {}{off}", one.points, definition.name), Some(Meaning::Title));
            told.field("When", &words(&one.when, env), 3);
            found(screen, usize::from(height), told);
        }
        Body::Target(target) => {
            told.plain(&definition.name, Some(Meaning::Title));
            let of =
                target.of.and_then(Owner::of_code).map_or_else(|| "all together".into(), |owner| env.catalog.people.show(owner));
            told.field("Of", &of, 1);
            told.field("Month", target.month.as_deref().unwrap_or("every month that has none of its own"), 2);
            told.field("Amount", &definition.shown("amount", &env.catalog.people, &env.locale), 1);
            told.sentence("Won opportunities count, by the owner and the day on which they were won.");
        }
        Body::View(_) => {}
    }
}

/// A condition in words, or why it cannot be read.
fn words(when: &str, env: &Env) -> String {
    match query::parse(when, &env.reading()) {
        Ok(query) => Some(query::describe(&query, &env.reading()))
            .filter(|text| !text.trim().is_empty())
            .unwrap_or_else(|| "every lead".into()),
        Err(mistake) => format!("cannot be asked: {mistake}"),
    }
}

fn rule(screen: &Rules, definition: &Definition, rule: &Rule, beside: bool, told: &mut Told<'_>) {
    let env = told.env;
    let off = if rule.active { "" } else { " · switched off, not asked" };
    told.plain(&format!("{}{off}", definition.name), Some(Meaning::Title));
    told.field("Asked", &format!("when a lead is {}", rule.asked()), 2);
    told.field("When", &words(&rule.when, env), if beside { 4 } else { 2 });
    told.field("Then", &rule.does(&env.catalog.people), if beside { 4 } else { 2 });
    found(screen, if beside { 6 } else { 2 }, told);
    let log: &[Fired] = match &screen.log {
        Some((number, log)) if *number == definition.number => log,
        _ => return,
    };
    let tally = screen.counted.tally.iter().find(|one| one.rule == definition.number);
    match tally.and_then(|one| Some((one.count, one.last?))) {
        Some((count, last)) => {
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            told.heading(&format!("fired {times}, last {}", ago(last, env.now())));
        }
        None => told.heading("has not fired yet"),
    }
    for fired in log {
        told.plain(&firing(fired, env), None);
    }
}

/// A firing in a line: when, which lead, to whom, which part matched, by whose act.
fn firing(fired: &Fired, env: &Env) -> String {
    let to = fired.given.to.and_then(Owner::of_code).map_or_else(|| "stays".to_owned(), |owner| env.catalog.people.show(owner));
    let part = if fired.given.part.is_empty() { String::new() } else { format!(" · {}", fired.given.part) };
    format!(
        "{} {} → {to}{part} · {} by {}",
        pad(&ago(fired.at, env.now()), 6),
        pad(&format!("L-{}", fired.lead), 8),
        fired.event,
        fired.by
    )
}

/// How many open leads a condition finds, and the first of them, within so many lines.
fn found(screen: &Rules, most: usize, told: &mut Told<'_>) {
    told.heading(&screen.matches.words(told.env));
    for row in screen.matches.first.iter().take(most.saturating_sub(1)) {
        let item = listing::hit(row, told.env);
        let room = told.columns.saturating_sub(width(&item.detail) + 2);
        let text = format!("{}  {}", pad(&fit(&clean(&item.text), room), room), item.detail);
        told.plain(&text, None);
    }
}
