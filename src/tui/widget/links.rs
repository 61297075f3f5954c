//! The records that a record is tied to, a line each: how, which, what state. Asks for nothing and opens nothing.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::model::clean::{clean, fit, pad};
use crate::model::entity::Entity;
use crate::model::rules;
use crate::service::record::read::{Related, Tie};
use crate::tui::env::Env;
use crate::tui::theme::Meaning;

/// Columns of how it is tied.
const TIE: usize = 18;
/// Columns of the number.
const NUMBER: usize = 8;

/// How a record is tied to the one that is looked at, in a word or two.
fn tie(related: &Related, env: &Env) -> String {
    match &related.tie {
        Tie::Field(id) => env.catalog.field(*id).label.to_owned(),
        Tie::Line(line) => line.terms(&env.locale),
        Tie::Link(role) if role.is_empty() => "linked".to_owned(),
        Tie::Link(role) => clean(role).into_owned(),
        Tie::Of(id) => match (id.entity(), env.catalog.field(*id).name) {
            (entity, "originating_lead") => format!("became {}", entity.name()),
            (_, "master") => "merged into it".to_owned(),
            (Entity::Account, "primary_contact") => "primary contact of".to_owned(),
            (Entity::Account, _) => "account below".to_owned(),
            (Entity::Opportunity, "competitor") => "lost to it".to_owned(),
            (entity, _) => entity.name().to_owned(),
        },
    }
}

/// A line for each, as many as the height takes, the selected one reversed.
pub fn draw(related: &[Related], selected: Option<usize>, frame: &mut Frame<'_>, area: Rect, env: &Env) {
    let (columns, height) = (usize::from(area.width), usize::from(area.height));
    if related.is_empty() {
        let text = fit("tied to nothing yet", columns);
        return frame.render_widget(Line::styled(text, env.theme.style(Meaning::Dim)), area);
    }
    let here = selected.unwrap_or(0).min(related.len() - 1);
    let top = (here + 1).saturating_sub(height);
    let line = |(at, one): (usize, &Related)| {
        let registry = env.catalog.registry(one.key.entity);
        let closed = !rules::is_open(one.key.entity, one.state);
        let state =
            if closed { format!(" · {}", rules::state_label(registry, &env.catalog.choices, one.state)) } else { String::new() };
        let name = fit(&format!("{}{state}", clean(&one.name)), columns.saturating_sub(TIE + NUMBER + 1));
        let style = if closed { env.theme.style(Meaning::Dim) } else { Style::new() };
        let mut line = Line::from(vec![
            Span::styled(pad(&tie(one, env), TIE), env.theme.style(Meaning::Label)),
            Span::styled(pad(&one.key.to_string(), NUMBER), style),
            Span::styled(name, style),
        ]);
        if selected == Some(at) {
            line.spans.push(Span::raw(" ".repeat(columns.saturating_sub(line.width()))));
            line = line.style(env.theme.style(Meaning::Cursor));
        }
        line
    };
    let lines: Vec<Line<'_>> = related.iter().enumerate().skip(top).take(height).map(line).collect();
    frame.render_widget(Paragraph::new(lines), area);
}
