//! The quick line on the screen: its parts in the looks of their meanings, and each of them by name below. Changes nothing.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::QuickAdd;
use crate::model::choice::Set;
use crate::model::clean::{clean, fit, width};
use crate::model::nearest::nearest;
use crate::model::quick_add::{Part, QuickAdd as Line};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;
use crate::tui::widget::popup::{Popup, is_framed, put};

/// The line of the manual, shown until something is typed.
const EXAMPLE: &str = "Ann Lee @ Contoso ann@contoso.com +1 555 0100 via web !hot #expo : 3D printers";
/// The widest that the box becomes.
const WIDE: u16 = 108;

/// A part of the lead: what it is called, the mark that begins it, what was understood, and whether it was filled in.
struct Understood {
    label: &'static str,
    mark: &'static str,
    text: String,
    filled: bool,
    part: Part,
}

impl QuickAdd {
    pub(super) fn paint(&self, frame: &mut Frame<'_>, area: Rect, env: &Env) {
        let line = self.line(env);
        let parts = self.understood(&line);
        let two = is_framed(area);
        let shown: Vec<&Understood> = parts.iter().filter(|part| two || !part.text.is_empty()).collect();
        let rows = if two { shown.len().div_ceil(2) } else { shown.len() };
        let popup = Popup::below(area, WIDE.min(area.width), u16::try_from(rows).unwrap_or(0) + 2);
        let remark = if self.awaited.is_some() { "saving…" } else { "" };
        let inner = popup.draw(frame, &env.theme, "New lead", remark);
        if inner.is_empty() {
            return;
        }
        self.paint_line(frame, Rect { height: 1, ..inner }, &line, env);
        let rest = Rect { y: inner.y + 1, height: inner.height - 1, ..inner };
        if rest.is_empty() {
            return;
        }
        let last = Rect { y: rest.bottom() - 1, height: 1, ..rest };
        self.paint_remark(frame, last, &line, env);
        let rest = Rect { height: rest.height - 1, ..rest };
        let columns = if two { 2 } else { 1 };
        let wide = rest.width / columns;
        for (at, part) in (0u16..).zip(&shown) {
            let (x, y) = (rest.x + at % columns * wide, rest.y + at / columns);
            if y < rest.bottom() {
                let place = Rect { x, y, width: wide.saturating_sub(u16::from(two)), height: 1 };
                paint_part(frame, place, part, env);
            }
        }
    }

    fn paint_line(&self, frame: &mut Frame<'_>, area: Rect, line: &Line, env: &Env) {
        put(frame, area.x, area.y, "› ", area, env.theme.style(Meaning::Prompt));
        let field = Rect { x: area.x + 2.min(area.width - 1), width: area.width.saturating_sub(2).max(1), ..area };
        self.drawn.set(field);
        let styles: Vec<(Range<usize>, Style)> = line
            .spans
            .iter()
            .map(|span| {
                let wrong = env.theme.style(Meaning::Error).add_modifier(Modifier::UNDERLINED);
                (span.range.clone(), if span.wrong { wrong } else { look(span.part, env) })
            })
            .collect();
        self.input.draw_parts(frame, field, Style::new(), true, &styles);
        if self.input.is_empty() && field.width > 1 {
            let example = fit(EXAMPLE, usize::from(field.width) - 1);
            put(frame, field.x + 1, field.y, &example, field, env.theme.style(Meaning::Dim));
        }
    }

    /// The parts in the order of the screen.
    fn understood(&self, line: &Line) -> Vec<Understood> {
        let part = |part, label, mark, text: String| Understood { label, mark, text, filled: false, part };
        let emails: Vec<&str> = line.email.iter().chain(&line.more_emails).map(String::as_str).collect();
        let (mut source, mut filled) = (String::new(), false);
        if let Some(own) = &line.source {
            source = if own.known { own.text.clone() } else { format!("{} (new)", own.text) };
        } else if let Some(carried) = &self.carried.source {
            (source, filled) = (carried.label.clone(), true);
        }
        let rating = line.rating.as_deref().map(|rating| if rating == "hot" { "▲ hot" } else { rating });
        let mut tags = self.carried.tags.clone();
        tags.extend(line.tags.iter().filter(|tag| !self.carried.tags.contains(tag)).cloned());
        let salutation = &line.name.salutation;
        let name = if salutation.is_empty() { line.full_name() } else { format!("{salutation} {}", line.full_name()) };
        // what a lead needs is filled in: a last name from the company, a topic from the source
        let mut parts = vec![
            part(Part::Name, "Name", "", name.clone()),
            part(Part::Company, "Company", "@", line.company.clone()),
            part(Part::Email, "E-mail", "", emails.join(", ")),
            part(Part::Phone, "Phone", "", line.phones.join(", ")),
            Understood { filled, ..part(Part::Source, "Source", "via", source) },
            part(Part::Rating, "Rating", "!", rating.unwrap_or_default().to_owned()),
            Understood { filled: line.tags.is_empty(), ..part(Part::Tag, "Tags", "#", tags.join(", ")) },
            part(Part::Topic, "Topic", ":", line.topic.clone().unwrap_or_default()),
        ];
        if line.topic.is_none() {
            let own = line.source.as_ref().map(|source| source.text.as_str()).unwrap_or_default();
            let stand_in = [own, line.company.as_str(), name.as_str()].into_iter().find(|text| !text.is_empty());
            parts[7].text = stand_in.unwrap_or_default().to_owned();
            parts[7].filled = true;
        }
        parts
    }

    /// What there is to say about the line.
    fn paint_remark(&self, frame: &mut Frame<'_>, area: Rect, line: &Line, env: &Env) {
        let unknown = line.source.as_ref().filter(|source| !source.known);
        let (text, meaning) = if let Some(problem) = &self.problem {
            (format!("! {problem}"), Meaning::Error)
        } else if let Some(problem) = line.problems.iter().find(|problem| problem.field != "name") {
            (format!("! {}", problem.message), Meaning::Error)
        } else if let Some(greeting) = &self.greeting {
            (greeting.clone(), Meaning::Draft)
        } else if let Some(source) = unknown {
            let known: Vec<&str> = env.catalog.choices.all(Set::Source).iter().map(|c| c.label.as_str()).collect();
            let near = nearest(&source.text, known).map(|near| format!(" · did you mean {near}?")).unwrap_or_default();
            (format!("new source “{}”, added with the lead{near}", source.text), Meaning::Message)
        } else if self.is_blank() {
            (self.invitation(env), Meaning::Dim)
        } else if let Some(problem) = line.problems.first() {
            (problem.message.clone(), Meaning::Dim)
        } else {
            return;
        };
        put(frame, area.x, area.y, &fit(&clean(&text), usize::from(area.width)), area, env.theme.style(meaning));
    }

    fn invitation(&self, env: &Env) -> String {
        if !self.carried.is_empty() {
            let source = self.carried.source.iter().map(|source| format!("via {}", source.label));
            let all: Vec<String> = source.chain(self.carried.tags.iter().map(|tag| format!("#{tag}"))).collect();
            return format!("as before: {} · Backspace drops it", all.join(" "));
        }
        if env.drafts.iter().any(|draft| draft.key.starts_with("form-new")) {
            return "a form is kept as a draft · Tab goes on with it".into();
        }
        "a name or a company is enough".into()
    }
}

fn paint_part(frame: &mut Frame<'_>, area: Rect, part: &Understood, env: &Env) {
    let label = format!("{:<8}{:<3} ", part.label, part.mark);
    put(frame, area.x, area.y, &label, area, env.theme.style(Meaning::Label));
    let left = u16::try_from(width(&label)).unwrap_or(0);
    let text = clean(&part.text);
    let text = if part.filled && !text.is_empty() { format!("{text} (filled in)") } else { text.into_owned() };
    let style = if part.filled { env.theme.style(Meaning::Dim) } else { look(part.part, env) };
    put(frame, area.x + left, area.y, &fit(&text, usize::from(area.width.saturating_sub(left))), area, style);
}

/// What a part looks like, in the line and below it.
fn look(part: Part, env: &Env) -> Style {
    env.theme.style(match part {
        Part::Name => Meaning::Title,
        Part::Company => Meaning::Tab,
        Part::Email | Part::Phone => Meaning::Key,
        Part::Source => Meaning::Message,
        Part::Rating => Meaning::Hot,
        Part::Tag => Meaning::Mark,
        Part::Topic => return Style::new(),
    })
}
