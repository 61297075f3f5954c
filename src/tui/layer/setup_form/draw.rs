//! The form on the screen: its fields, and below them what there is to say of the one under the cursor. Changes no text.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::{SetupForm, Subject};
use crate::model::clean::{clean, fit, width};
use crate::model::definition::Body;
use crate::query::{self, TokenClass};
use crate::tui::env::Env;
use crate::tui::layer::listing;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::{Popup, put};
use crate::tui::widget::sentence::broken;

/// The most rows that a long condition takes.
const ROWS: u16 = 4;

/// A field on the screen: its place, its first row and how many it takes.
type Placed = (usize, u16, u16);

impl SetupForm {
    fn label_width(&self) -> u16 {
        let widest = self.subject.fields().iter().map(|field| width(field.label)).max().unwrap_or_default();
        u16::try_from(widest).unwrap_or_default() + 3
    }

    /// Where the fields are in a body of this size; the one under the cursor is seen.
    fn places(&self, body: Rect) -> Vec<Placed> {
        let wide = body.width.saturating_sub(self.label_width()).max(1);
        let rows = self.inputs.iter().map(|input| input.rows(wide).clamp(1, ROWS));
        let mut placed = Vec::new();
        let mut y = 0;
        for (place, rows) in rows.enumerate() {
            let more = u16::from(self.problem(place).is_some() && place != self.at);
            placed.push((place, y, rows));
            y += rows + more;
        }
        let below = placed.get(self.at).map_or(0, |(_, y, rows)| y + rows);
        let hidden = below.saturating_sub(body.height);
        let seen = |(place, y, rows): Placed| {
            let y = y.checked_sub(hidden)?;
            (y < body.height).then(|| (place, body.y + y, rows.min(body.height - y)))
        };
        placed.into_iter().filter_map(seen).collect()
    }

    fn problem(&self, place: usize) -> Option<&str> {
        let name = self.subject.fields().get(place)?.name;
        self.problems.iter().find(|problem| problem.field == name).map(|problem| problem.message.as_str())
    }

    /// The fields, and what is said below them.
    fn split(&self, inner: Rect) -> (Rect, Rect) {
        let wanted = if self.place("when").is_some() { 8 } else { 3 };
        // the leads that a condition finds are seen while it is typed
        let least = if self.field() == "when" { 7 } else { 3 };
        let fields = u16::try_from(self.inputs.len()).unwrap_or(u16::MAX);
        // the fields come first, but something is always said
        let below = inner.height.saturating_sub(fields).clamp(least, wanted).min(inner.height / 2);
        let body = Rect { height: inner.height - below, ..inner };
        (body, Rect { y: body.bottom(), height: below, ..inner })
    }

    pub(super) fn place_at(&self, column: u16, row: u16) -> Option<usize> {
        let (body, _) = self.split(self.drawn.get());
        let hit = |(_, y, rows): &Placed| body.contains((column, row).into()) && (*y..y + rows).contains(&row);
        self.places(body).into_iter().find(hit).map(|(place, ..)| place)
    }

    pub(super) fn paint(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let changed = (0..self.inputs.len()).filter(|place| self.is_changed(*place, env)).count();
        let remark = match (self.saving, changed) {
            (Some(_), _) => "saving…".to_owned(),
            (None, 0) => String::new(),
            (None, 1) => "1 field changed".to_owned(),
            (None, count) => format!("{count} fields changed"),
        };
        let noun = self.subject.noun();
        let title = match (self.subject.number(), &self.subject) {
            (0, _) => format!("New {noun}"),
            (_, Subject::User(user)) => format!("{} · {noun}", user.name),
            _ => format!("{} · {noun}", self.subject.name()),
        };
        let inner = Popup::whole(area).draw(frame, &env.theme, &title, &remark);
        self.drawn.set(inner);
        if inner.is_empty() {
            return;
        }
        let (body, below) = self.split(inner);
        let label = self.label_width().min(body.width / 2);
        self.wide.set(body.width.saturating_sub(label).max(1));
        for (place, y, rows) in self.places(body) {
            self.paint_field(frame, Rect { y, height: rows, ..body }, label, place, env);
            if let Some(problem) = self.problem(place).filter(|_| place != self.at && y + rows < body.bottom()) {
                let text = fit(&format!("  ! {}", clean(problem)), usize::from(body.width));
                put(frame, body.x, y + rows, &text, body, env.theme.style(Meaning::Error));
            }
        }
        self.paint_below(frame, below, env);
    }

    fn paint_field(&self, frame: &mut Frame<'_>, area: Rect, label: u16, place: usize, env: &Env) {
        let field = &self.subject.fields()[place];
        let here = place == self.at;
        let sign = match place {
            _ if here => '▸',
            _ if self.problem(place).is_some() => '!',
            _ if self.is_changed(place, env) => '*',
            _ => ' ',
        };
        let style = env.theme.style(if here { Meaning::Title } else { Meaning::Label });
        put(frame, area.x, area.y, &fit(&format!("{sign} {}", field.label), usize::from(label)), area, style);
        let value = Rect { x: area.x + label, width: area.width.saturating_sub(label), ..area };
        let input = &self.inputs[place];
        if field.name == "when" {
            let parts = self.coloured(input.text(), env);
            input.draw_parts(frame, value, Style::new(), here, &parts);
            if input.is_empty() && !here {
                put(frame, value.x, value.y, "every lead", value, env.theme.style(Meaning::Hint));
            }
        } else {
            input.draw(frame, value, Style::new(), here);
        }
    }

    /// The parts of a condition in their colours, the wrong one underlined.
    fn coloured(&self, text: &str, env: &Env) -> Vec<(std::ops::Range<usize>, Style)> {
        let style = |class| match class {
            TokenClass::Field => env.theme.style(Meaning::Label),
            TokenClass::Operator | TokenClass::Paren => env.theme.style(Meaning::Hint),
            TokenClass::Keyword => env.theme.style(Meaning::Prompt),
            TokenClass::Value | TokenClass::Word => Style::new(),
        };
        let wrong = self.mistake.as_ref().filter(|_| self.offers.is_empty() || self.field() != "when");
        let wrong =
            wrong.map(|mistake| (mistake.span.clone(), env.theme.style(Meaning::Error).add_modifier(Modifier::UNDERLINED)));
        wrong.into_iter().chain(query::highlight(text).into_iter().map(|(range, class)| (range, style(class)))).collect()
    }

    /// What there is to say of the field under the cursor: its mistake or its help, what it could become, what the condition means and
    /// finds, what the rule does.
    fn paint_below(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let columns = usize::from(area.width);
        let Some(field) = self.subject.fields().get(self.at).filter(|_| area.height > 0) else { return };
        let rule: String = format!("── {} ", field.label).chars().chain(std::iter::repeat('─')).take(columns).collect();
        put(frame, area.x, area.y, &rule, area, env.theme.style(Meaning::Frame));
        let mut lines: Vec<Line<'static>> = Vec::new();
        let error = |text: &str| Line::styled(fit(&format!("! {}", clean(text)), columns), env.theme.style(Meaning::Error));
        let wrong = self.mistake.as_ref().filter(|_| self.offers.is_empty() && field.name == "when").map(ToString::to_string);
        match (wrong.as_deref().or(self.problem(self.at)), self.offers.is_empty()) {
            (Some(wrong), _) => lines.push(error(wrong)),
            (None, false) => lines.push(self.offered(columns, env)),
            (None, true) => lines.push(Line::styled(fit(field.help, columns), env.theme.style(Meaning::Dim))),
        }
        if !self.offers.is_empty() && field.name != "when" {
            lines.push(Line::styled(fit(field.help, columns), env.theme.style(Meaning::Dim)));
        }
        if self.place("when").is_some() {
            self.told(&mut lines, columns, env);
        }
        for (y, line) in (area.y + 1..area.bottom()).zip(lines) {
            frame.render_widget(line, Rect { y, height: 1, ..area });
        }
    }

    /// What the condition means and finds, and what the rule does with it.
    fn told(&self, lines: &mut Vec<Line<'static>>, columns: usize, env: &Env) {
        let label = env.theme.style(Meaning::Label);
        if let Ok(Subject::Definition(definition)) = self.read(env)
            && let Body::Rule(rule) = &definition.body
            && self.field() != "when"
        {
            let text = format!("= {} → {}", rule.asked(), rule.does(&env.catalog.people));
            lines.extend(broken(&clean(&text), columns, 2).into_iter().map(|line| Line::styled(line, label)));
        }
        if let Ok(query) = query::parse(self.text_of("when"), &env.reading())
            && self.field() == "when"
        {
            let words = query::describe(&query, &env.reading());
            let text = if words.trim().is_empty() { "= every lead".to_owned() } else { format!("= {words}") };
            lines.extend(broken(&clean(&text), columns, 2).into_iter().map(|line| Line::styled(line, label)));
        }
        if self.mistake.is_none() {
            lines.push(Line::styled(fit(&self.matches.words(env), columns), env.theme.style(Meaning::Title)));
            for row in &self.matches.first {
                let item = listing::hit(row, env);
                let room = columns.saturating_sub(width(&item.detail) + 4);
                let text = format!("  {}  {}", fit(&item.text, room), item.detail);
                lines.push(Line::raw(text));
            }
        }
    }

    /// What the word at the cursor could become, as many as fit.
    fn offered(&self, room: usize, env: &Env) -> Line<'static> {
        let (key, meaning) = if self.is_begun() { ("Tab ", Meaning::Key) } else { ("can be ", Meaning::Hint) };
        let mut spans = vec![Span::styled(key.to_owned(), env.theme.style(meaning))];
        let mut used = width(key);
        for (index, (_, text, help)) in self.offers.iter().enumerate() {
            let text = clean(text).into_owned();
            let help = if index == 0 && !help.is_empty() { format!(" ({})", clean(help)) } else { String::new() };
            let wide = width(&text) + width(&help) + 2;
            if used + wide > room && index > 0 {
                spans.push(Span::styled("…".to_owned(), env.theme.style(Meaning::Hint)));
                break;
            }
            used += wide;
            let style = if index == 0 { env.theme.style(Meaning::Title) } else { env.theme.style(Meaning::Hint) };
            spans.extend([Span::styled(text, style), Span::styled(help, env.theme.style(Meaning::Hint)), Span::raw("  ")]);
        }
        Line::from(spans)
    }
}
