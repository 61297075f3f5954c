//! A report as it stands on a screen: a column for each currency, the texts of the cells, the charts that there are. Made once a sheet;
//! draws nothing.

use crate::model::clean::{clean, width};
use crate::model::entity::Entity;
use crate::model::locale::Locale;
use crate::model::report::{Amounts, Cell, ChartForm, Column, ColumnKind, Drill, Figure, Row, Sheet};
use crate::tui::widget::chart::{Bar, Chart, Form, MARK};

/// The text of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    /// The number.
    pub now: String,
    /// How it differs from the period before.
    pub change: String,
}

/// A column on the screen: one of the sheet, of money and rates one currency of it.
#[derive(Clone, Debug)]
pub(super) struct GridColumn {
    /// Its place in the sheet.
    pub of: usize,
    pub currency: Option<String>,
    pub head: String,
    /// Cells that its numbers need, and with what changed.
    pub width: usize,
    pub with_change: usize,
    pub is_name: bool,
}

/// A chart of the sheet, of amounts in one currency.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tab {
    pub title: String,
    pub form: ChartForm,
    /// The columns of the grid.
    pub columns: Vec<usize>,
}

/// The table and the charts of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub columns: Vec<GridColumn>,
    /// Row by row, the whole last.
    pub texts: Vec<Vec<Text>>,
    pub tabs: Vec<Tab>,
    /// How many rows there are without the whole.
    pub rows: usize,
}

impl Grid {
    pub fn new(sheet: &Sheet, locale: &Locale) -> Self {
        let columns = columns(sheet);
        let all = || sheet.rows.iter().chain(&sheet.total);
        let texts: Vec<Vec<Text>> =
            all().map(|row| columns.iter().map(|column| text(sheet, row, column, locale)).collect()).collect();
        let mut grid = Self { columns, texts, tabs: Vec::new(), rows: sheet.rows.len() };
        for (place, column) in grid.columns.iter_mut().enumerate() {
            let cells = || grid.texts.iter().map(|row| &row[place]);
            let numbers = cells().map(|text| width(&text.now)).max().unwrap_or(0);
            let changes = cells().map(|text| width(&text.change)).max().unwrap_or(0);
            column.width = numbers.max(width(&column.head));
            column.with_change = column.width.max(if changes > 0 { numbers + 1 + changes } else { 0 });
        }
        grid.tabs = tabs(sheet, &grid.columns);
        grid
    }

    /// The chart that is drawn beside another where there is room for two: the one about money, else the first, else the next.
    pub fn beside(&self, tab: &Tab) -> Option<&Tab> {
        let is_money = |tab: &&Tab| tab.columns.iter().any(|place| self.columns[*place].currency.is_some());
        let others = || self.tabs.iter().filter(|other| *other != tab);
        if is_money(&tab) { others().next() } else { others().find(is_money).or_else(|| others().next()) }
    }

    /// How many rows the cursor can be on.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// The chart that a column is drawn in: the one before, if the column is in it, else the first one, else one of its own.
    pub fn chart_of(&self, sheet: &Sheet, column: usize, before: Option<&Tab>) -> Option<Tab> {
        let of = self.columns.get(column)?;
        if of.is_name {
            return before.or(self.tabs.first()).cloned();
        }
        let has = |tab: &&Tab| tab.columns.contains(&column);
        let own = || Tab {
            title: title(sheet.columns[of.of].label, of.currency.as_deref()),
            form: self.own_form(),
            columns: vec![column],
        };
        Some(before.filter(has).or_else(|| self.tabs.iter().find(has)).cloned().unwrap_or_else(own))
    }

    /// What is one after the other in time is drawn so.
    fn own_form(&self) -> ChartForm {
        if self.tabs.first().is_some_and(|tab| tab.form == ChartForm::Line) { ChartForm::Line } else { ChartForm::Bars }
    }

    /// The rows that are charted in so many lines: all, or those at the top and what belongs to the one under the cursor.
    pub fn charted(&self, sheet: &Sheet, cursor: usize, lines: usize) -> Vec<usize> {
        let all = 0..sheet.rows.len();
        if all.len() <= lines {
            return all.collect();
        }
        let is_top = |row: &usize| sheet.rows[*row].depth == 0;
        let above = all.clone().filter(is_top).take_while(|row| *row <= cursor).last().unwrap_or(0);
        let next = all.clone().filter(is_top).find(|row| *row > above).unwrap_or(all.end);
        // on the whole nothing is opened
        let opened = if cursor < all.end { above..next } else { 0..0 };
        all.filter(|row| is_top(row) || opened.contains(row)).collect()
    }

    /// The chart as it is drawn.
    pub fn chart(&self, sheet: &Sheet, tab: &Tab, rows: &[usize], locale: &Locale) -> Chart {
        let form = match tab.form {
            ChartForm::Bars | ChartForm::Stacked => Form::Bars,
            ChartForm::Funnel => Form::Funnel,
            ChartForm::Line => Form::Columns,
        };
        let bars = rows.iter().filter_map(|place| sheet.rows.get(*place).zip(self.texts.get(*place))).map(|(row, texts)| {
            let value = |place: &usize| self.columns.get(*place).map_or(0.0, |column| value(row, column));
            let mut parts: Vec<f64> = tab.columns.iter().map(value).collect();
            let mut mark = None;
            if tab.form != ChartForm::Stacked {
                mark = parts.get(1).copied().filter(|mark| *mark > 0.0);
                parts.truncate(1);
            }
            Bar { label: clean(&row.label).into_owned(), depth: row.depth, end: self.end(row, texts, tab, locale), parts, mark }
        });
        Chart { form, bars: bars.collect() }
    }

    /// The numbers at the end of a bar: of a stack the sum, of a funnel with the share that stands behind it.
    fn end(&self, row: &Row, texts: &[Text], tab: &Tab, locale: &Locale) -> String {
        let shown = |place: &usize| texts.get(*place).map_or("", |text| text.now.as_str());
        match tab.form {
            ChartForm::Stacked => self.sum(row, tab, locale),
            ChartForm::Funnel => {
                let behind = tab.columns.first().map(|place| place + 1).filter(|next| self.is_share(row, *next));
                let share = behind.as_ref().map(shown).filter(|text| !text.is_empty());
                let own = tab.columns.first().map_or("", shown);
                share.map_or_else(|| own.to_owned(), |share| format!("{own} ▸ {share}"))
            }
            _ => tab.columns.iter().map(shown).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(&format!(" {MARK} ")),
        }
    }

    /// All parts of a stack together, which are of one kind and of one currency.
    fn sum(&self, row: &Row, tab: &Tab, locale: &Locale) -> String {
        let columns = || tab.columns.iter().filter_map(|place| self.columns.get(*place));
        let (mut count, mut amounts) = (0, Amounts::default());
        for column in columns() {
            match row.cells.get(column.of).map(|cell| of_column(&cell.figure, column)) {
                Some(Figure::Count(part)) => count += part,
                Some(Figure::Money(part)) => amounts.add_all(&part),
                _ => {}
            }
        }
        match columns().find_map(|column| column.currency.as_deref()) {
            Some(currency) => bare(Figure::Money(amounts).show(locale, false), Some(currency)),
            None => Figure::Count(count).show(locale, false),
        }
    }

    fn is_share(&self, row: &Row, place: usize) -> bool {
        let cell = self.columns.get(place).and_then(|column| row.cells.get(column.of));
        cell.is_some_and(|cell| matches!(cell.figure, Figure::Share { .. }))
    }

    /// The records behind a cell, of amounts those of its currency.
    pub fn drill(&self, sheet: &Sheet, row: usize, column: usize) -> Option<Drill> {
        let of = self.columns.get(column)?;
        let cells = &row_at(sheet, row)?.cells;
        if of.is_name {
            // what the row is of: what is behind its first number
            return cells.iter().find_map(|cell| cell.drill.clone());
        }
        let drill = cells.get(of.of)?.drill.clone()?;
        let one_of_several = self.columns.iter().filter(|other| other.of == of.of).count() > 1;
        Some(match of.currency.as_deref().filter(|_| one_of_several && drill.entity == Entity::Opportunity) {
            Some(currency) => {
                let all = if drill.filter.is_empty() { String::new() } else { format!("({}) ", drill.filter) };
                Drill { filter: format!("{all}currency:{currency}"), ..drill }
            }
            None => drill,
        })
    }
}

/// A row of a sheet, the whole behind the last.
pub(super) fn row_at(sheet: &Sheet, row: usize) -> Option<&Row> {
    sheet.rows.get(row).or_else(|| sheet.total.as_ref().filter(|_| row == sheet.rows.len()))
}

fn title(label: &str, currency: Option<&str>) -> String {
    currency.map_or_else(|| label.to_owned(), |currency| format!("{label} · {currency}"))
}

/// The amounts of a figure: each currency with its weight.
fn of_currencies(figure: &Figure) -> Vec<(&str, f64)> {
    match figure {
        Figure::Money(amounts) => amounts.each().map(|(currency, amount)| (currency, amount as f64)).collect(),
        Figure::Rates(rates) => rates.iter().map(|(currency, rate)| (currency.as_str(), *rate as f64)).collect(),
        _ => Vec::new(),
    }
}

/// The currencies of the whole sheet, the one with the most first.
fn currencies(sheet: &Sheet) -> Vec<String> {
    let mut found: Vec<(String, f64)> = Vec::new();
    for cell in sheet.rows.iter().chain(&sheet.total).flat_map(|row| &row.cells) {
        for figure in std::iter::once(&cell.figure).chain(&cell.before) {
            for (currency, weight) in of_currencies(figure) {
                // rates are no amounts: they name a currency and do not weigh
                let weight = if matches!(figure, Figure::Money(_)) { weight.abs() } else { 0.0 };
                match found.iter_mut().find(|(known, _)| known == currency) {
                    Some((_, sum)) => *sum += weight,
                    None => found.push((currency.to_owned(), weight)),
                }
            }
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.into_iter().map(|(currency, _)| currency).collect()
}

const fn is_of_money(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::Money | ColumnKind::Rates)
}

fn columns(sheet: &Sheet) -> Vec<GridColumn> {
    let currencies = currencies(sheet);
    let mut found = Vec::new();
    for (of, column) in sheet.columns.iter().enumerate() {
        if of > 0 && column.is_name() {
            // the name of the row says it all
            continue;
        }
        let has = |currency: &&String| {
            holds(sheet, of, currency) || aim_of(sheet, column).is_some_and(|aim| holds(sheet, aim, currency))
        };
        let own: Vec<Option<String>> =
            if is_of_money(column) { currencies.iter().filter(has).cloned().map(Some).collect() } else { Vec::new() };
        let own = if own.is_empty() { vec![None] } else { own };
        found.extend(own.into_iter().map(|currency| GridColumn {
            of,
            head: match currency.as_deref() {
                Some(currency) => format!("{} {currency}", column.label),
                None if of == 0 => name_head(sheet),
                None => column.label.to_owned(),
            },
            currency,
            width: 0,
            with_change: 0,
            is_name: column.is_name(),
        }));
    }
    found
}

/// Whether a column has an amount of a currency.
fn holds(sheet: &Sheet, of: usize, currency: &str) -> bool {
    let cells = sheet.rows.iter().chain(&sheet.total).filter_map(|row| row.cells.get(of));
    let mut figures = cells.flat_map(|cell| std::iter::once(&cell.figure).chain(&cell.before));
    figures.any(|figure| of_currencies(figure).iter().any(|(known, _)| *known == currency))
}

/// The column that a column is measured against in its chart: nothing is drawn beside the mark where nothing was reached.
fn aim_of(sheet: &Sheet, column: &Column) -> Option<usize> {
    let chart = sheet.charts.iter().find(|chart| chart.form == ChartForm::Bars && chart.columns.first() == Some(&column.key));
    chart.and_then(|chart| chart.columns.get(1)).and_then(|aim| sheet.column(aim))
}

/// What the rows are called by: where some are parts of others, by what those are called, too.
fn name_head(sheet: &Sheet) -> String {
    let names: Vec<&str> = sheet.columns.iter().filter(|column| column.is_name()).map(|column| column.label).collect();
    let is_unnamed = |row: &Row| row.cells.first().is_none_or(|cell| cell.figure == Figure::None);
    let parted = sheet.rows.iter().any(|row| row.depth > 0 || is_unnamed(row));
    if parted { names.join(" / ") } else { names.first().copied().unwrap_or_default().to_owned() }
}

/// The charts, each of amounts once for each currency that its columns have.
fn tabs(sheet: &Sheet, columns: &[GridColumn]) -> Vec<Tab> {
    let mut tabs = Vec::new();
    for chart in &sheet.charts {
        let all: Vec<usize> = chart.columns.iter().filter_map(|key| sheet.column(key)).collect();
        let mut known: Vec<Option<&str>> = Vec::new();
        // amounts of which there are none have no currency and no bars
        let is_bare = |column: &&GridColumn| column.currency.is_none() && is_of_money(&sheet.columns[column.of]);
        for column in columns.iter().filter(|column| all.contains(&column.of) && !is_bare(column)) {
            let currency = column.currency.as_deref();
            if !known.contains(&currency) {
                known.push(currency);
            }
        }
        for currency in known {
            let place = |of: &usize| columns.iter().position(|column| column.of == *of && column.currency.as_deref() == currency);
            let shown: Vec<usize> = all.iter().filter_map(place).collect();
            if !shown.is_empty() {
                tabs.push(Tab { title: title(chart.title, currency), form: chart.form, columns: shown });
            }
        }
    }
    tabs
}

/// What of a figure stands in a column of one currency.
fn of_column(figure: &Figure, column: &GridColumn) -> Figure {
    let Some(currency) = column.currency.as_deref() else { return figure.clone() };
    match figure {
        Figure::Money(amounts) => {
            let mut one = Amounts::default();
            amounts.each().filter(|(known, _)| *known == currency).for_each(|(known, amount)| one.add(known, amount));
            Figure::Money(one)
        }
        Figure::Rates(rates) => Figure::Rates(rates.iter().filter(|(known, _)| known == currency).cloned().collect()),
        other => other.clone(),
    }
}

/// An amount without its currency, which stands in the head.
fn bare(text: String, currency: Option<&str>) -> String {
    match currency.and_then(|currency| text.strip_suffix(currency)) {
        Some(number) => number.trim_end().to_owned(),
        None => text,
    }
}

fn value(row: &Row, column: &GridColumn) -> f64 {
    let Some(cell) = row.cells.get(column.of) else { return 0.0 };
    match &cell.figure {
        // what is lost points the other way
        Figure::Money(amounts) => column.currency.as_deref().map_or(0, |currency| amounts.of(currency)) as f64 / 10_000.0,
        _ => of_column(&cell.figure, column).weight(),
    }
}

fn text(sheet: &Sheet, row: &Row, column: &GridColumn, locale: &Locale) -> Text {
    let cell: &Cell = match row.cells.get(column.of) {
        Some(cell) => cell,
        None => return Text::default(),
    };
    let of: &Column = &sheet.columns[column.of];
    if column.is_name {
        return Text { now: format!("{}{}", "  ".repeat(row.depth), clean(&row.label)), change: String::new() };
    }
    let hours = of.kind == ColumnKind::Hours;
    let now = of_column(&cell.figure, column);
    let before = cell.before.as_ref().map(|before| of_column(before, column));
    let bare = |text: String| bare(text, column.currency.as_deref());
    let change = before.map(|before| now.change(&before, locale, hours)).unwrap_or_default();
    // what did not change says so by silence
    let is_none = !change.chars().any(|c| c.is_ascii_digit() && c != '0');
    let change = if is_none { String::new() } else { change.replace('-', "−") };
    Text { now: clean(&bare(now.show(locale, hours))).into_owned(), change: bare(change) }
}
