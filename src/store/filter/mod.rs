//! A filter as SQL: a portable condition over the alias `l` of the listed table, with every value bound. Takes no text from the filter itself.

mod beside;
mod linked;
mod one;

use super::columns::{column, is_indexed_phone, is_indexed_word, key, order};
use super::sqlite::fts;
use super::value::SqlValue;
use crate::model::country;
use crate::model::entity::Entity;
use crate::model::field::{Field, FieldId, Kind, Registry};
use crate::model::fold::words;
use crate::query::ast::{Dated, Due, Expr, Fit, IsKind, Op, Operand, Query};
use crate::query::eval::family;
use crate::query::{is_country, ranked, search_words};

pub use crate::query::eval::EvalContext as CompileContext;

/// A compiled filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    /// A condition with the places `$1…$n` in the order of their first use.
    pub condition: String,
    /// What they hold.
    pub values: Vec<SqlValue>,
    /// What stands behind ORDER BY; never empty and without values, the last key is unique.
    pub order: String,
}

/// What the columns that most filters ask for, state, owner, source and rating, are to SQLite's planner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Common {
    /// A way into an index.
    #[default]
    Sought,
    /// A check of rows that are found by other means: written `+l.status`, which no index serves. So the planner keeps to the
    /// index of the order, or to the words, instead of looking up each of the many rows of a state.
    Checked,
}

impl Common {
    /// The fields it is about; each index of an order holds them.
    pub const FIELDS: [&str; 4] = ["status", "owner", "source", "rating"];
}

/// Of how many records a condition is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Of a list: what it looks up is found once for all.
    #[default]
    Many,
    /// Of records that are named: what it looks up is asked of each, so that nobody waits for all that a common word or tag leads to.
    Few,
}

impl Scale {
    /// More records than these are not asked one by one.
    const FEW: usize = 64;

    /// The scale of so many records.
    pub const fn of(records: usize) -> Self {
        if records > Self::FEW { Self::Many } else { Self::Few }
    }
}

impl Compiled {
    /// The condition as it stands behind `before` other values.
    pub fn behind(&self, before: usize) -> String {
        moved(&self.condition, before)
    }
}

/// A text with its places `$1…$n` moved up, so that it can stand behind others.
pub(super) fn moved(condition: &str, by: usize) -> String {
    let mut text = String::with_capacity(condition.len() + 16);
    let mut rest = condition;
    while let Some(at) = rest.find('$') {
        let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        text.push_str(&rest[..=at]);
        match rest[at + 1..at + 1 + digits].parse::<usize>() {
            Ok(place) => text.push_str(&(place + by).to_string()),
            Err(_) => text.push_str(&rest[at + 1..at + 1 + digits]),
        }
        rest = &rest[at + 1 + digits..];
    }
    text.push_str(rest);
    text
}

/// The SQL of a filter. Deleted leads are left out unless the filter asks about deletion.
pub fn compile(query: &Query, ctx: &CompileContext<'_>) -> Compiled {
    compile_with(query, ctx, Common::Sought)
}

/// The SQL of a filter, with a say in how its rows are found.
pub fn compile_with(query: &Query, ctx: &CompileContext<'_>, common: Common) -> Compiled {
    compile_for(query, ctx, common, Scale::Many)
}

/// The same for many records or for few.
pub fn compile_for(query: &Query, ctx: &CompileContext<'_>, common: Common, scale: Scale) -> Compiled {
    let registry = ctx.catalog.registry(query.entity);
    let mut compiler = Compiler { ctx, registry, common, scale, values: Vec::new(), named: 0 };
    let asked = query.mentions_deleted(registry);
    let condition = match (&query.filter, asked) {
        (Expr::All, false) => "l.deleted_at IS NULL".into(),
        (filter, true) => compiler.expr(filter),
        (filter, false) => format!("l.deleted_at IS NULL AND {}", compiler.expr(filter)),
    };
    let condition = if scale == Scale::Few { one::of_one(&condition) } else { condition };
    Compiled { condition, values: compiler.values, order: order(query, ctx.catalog) }
}

struct Compiler<'a> {
    ctx: &'a CompileContext<'a>,
    registry: &'a Registry,
    common: Common,
    scale: Scale,
    values: Vec<SqlValue>,
    /// How many sets of linked records have a name.
    named: usize,
}

/// What no record fulfils.
const NOTHING: &str = "1 = 0";

impl Compiler<'_> {
    /// The place of a new bound value.
    fn bind(&mut self, value: impl Into<SqlValue>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn field(&self, id: FieldId) -> Field {
        *self.registry.field(id)
    }

    /// The column of a field, as it stands in a condition.
    fn column(&self, name: &str) -> String {
        let checked = self.common == Common::Checked && Common::FIELDS.contains(&name);
        format!("{}l.{name}", if checked { "+" } else { "" })
    }

    /// A condition that may be NULL where a column is; NULL counts as not fulfilled.
    fn expr(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::All => "1 = 1".into(),
            Expr::Words(text) => self.searched(&search_words(text)),
            Expr::Has(field) => {
                let parts = family(self.registry, *field).into_iter().map(|id| self.has(&self.field(id)));
                any(parts.collect())
            }
            Expr::Is(kind) => self.is(*kind),
            Expr::Files => self.dated(Dated::Files, ""),
            Expr::Aged { what, age } => self.aged(*what, *age),
            Expr::Links => self.links(),
            Expr::Was(owners) => self.was(owners),
            Expr::Unit { op, units } => self.of_unit(*op, units),
            Expr::Due(due) => self.due(*due),
            Expr::Linked { path, inner } => self.linked_by(path, inner),
            Expr::Notes(text) => self.noted(text),
            Expr::Compare { field, op, values } => self.compare(*field, *op, values),
            Expr::And(parts) => self.all(parts),
            Expr::Or(parts) => {
                let parts = parts.iter().map(|p| self.expr(p)).collect();
                any(parts)
            }
            Expr::Not(inner) => format!("({}) IS NOT TRUE", self.expr(inner)),
        }
    }

    /// Conditions side by side; all searched words are one search.
    fn all(&mut self, parts: &[Expr]) -> String {
        let mut found: Vec<String> = Vec::new();
        let searched: Vec<String> = parts
            .iter()
            .filter_map(|p| if let Expr::Words(text) = p { Some(search_words(text)) } else { None })
            .flatten()
            .collect();
        if !searched.is_empty() {
            found.push(self.searched(&searched));
        }
        for part in parts.iter().filter(|p| !matches!(p, Expr::Words(_))) {
            found.push(self.expr(part));
        }
        format!("({})", found.join(" AND "))
    }

    /// All of these words are the record's, or of the name of its account.
    fn searched(&mut self, words: &[String]) -> String {
        let entity = self.registry.entity();
        if !fts::is_of_account(entity) || words.is_empty() {
            return self.matching(words);
        }
        let mut parts = Vec::new();
        for word in words {
            self.bind(fts::match_term(std::slice::from_ref(word)));
            let place = self.values.len();
            self.bind(fts::word_pattern(word));
            parts.push(fts::word_clause(entity, place));
        }
        format!("({})", parts.join(" AND "))
    }

    fn matching(&mut self, words: &[String]) -> String {
        if words.is_empty() {
            return "1 = 1".into();
        }
        self.bind(fts::match_term(words));
        fts::match_clause(self.registry.entity(), self.values.len())
    }

    fn is(&mut self, kind: IsKind) -> String {
        match kind {
            IsKind::Mine => format!("{} = {}", self.column("owner"), self.bind(self.ctx.me)),
            IsKind::Unassigned => {
                let owner = self.column("owner");
                format!("({owner} < 0 OR {owner} IN (SELECT u.number FROM app_user u WHERE u.active = 0))")
            }
            IsKind::New => {
                let owners = self.one_of(&self.column("owner"), &self.ctx.mine());
                format!("({owners} AND l.handed_at IS NOT NULL AND l.opened_at IS NULL)")
            }
            // read as Expr::Due, with the bounds of the day
            IsKind::Late | IsKind::Today => NOTHING.into(),
            IsKind::Draft => {
                let entity = self.registry.entity();
                let drafts: Vec<i64> = self.ctx.drafts.iter().filter(|d| d.entity == entity).map(|d| d.number).collect();
                self.one_of("l.number", &drafts)
            }
            IsKind::Incomplete => "l.incomplete IS NOT NULL".into(),
            IsKind::Duplicate => self.duplicate(),
            IsKind::Shared => self.shared(),
            IsKind::Queued => {
                let queues = self.ctx.queues();
                self.one_of(&self.column("owner"), &queues)
            }
            IsKind::Deleted => "l.deleted_at IS NOT NULL".into(),
        }
    }

    /// The next step is due in a stretch.
    fn due(&mut self, due: Due) -> String {
        let column = if self.registry.entity() == Entity::Activity { "d.due_key" } else { "d.next_due_at" };
        let mut parts = vec![format!("{column} < {}", self.bind(due.before))];
        if due.from > i64::MIN {
            parts.push(format!("{column} >= {}", self.bind(due.from)));
        }
        if let Some(except) = due.except {
            parts.push(format!("{column} <> {}", self.bind(except)));
        }
        // few are due in a stretch of time: they lead to the records, whatever else is asked
        let table = self.registry.entity().name();
        format!("l.number IN (SELECT d.number FROM {table} d WHERE {})", parts.join(" AND "))
    }

    /// One number of these.
    fn one_of(&mut self, source: &str, codes: &[i64]) -> String {
        match codes {
            [] => NOTHING.into(),
            [code] => format!("{source} = {}", self.bind(*code)),
            _ => {
                let places: Vec<String> = codes.iter().map(|code| self.bind(*code)).collect();
                format!("{source} IN ({})", places.join(", "))
            }
        }
    }

    fn compare(&mut self, id: FieldId, op: Op, values: &[Operand]) -> String {
        let fields: Vec<Field> = family(self.registry, id).into_iter().map(|id| self.field(id)).collect();
        let mut parts = Vec::new();
        let codes: Vec<i64> =
            values.iter().filter_map(|v| if let Operand::Code(code) = v { Some(*code) } else { None }).collect();
        if let (Some(code), [field, ..]) = (codes.first(), fields.as_slice()) {
            parts.push(match field.kind {
                Kind::Choice(set) if op != Op::Is => {
                    self.one_of(&self.column(field.name), &ranked(set, op, *code, self.ctx.catalog))
                }
                _ => self.one_of(&self.column(field.name), &codes),
            });
        }
        for value in values {
            match value {
                Operand::Code(_) => {}
                Operand::Text { text, fit } => parts.push(self.text(&fields, text, *fit)),
                Operand::Range { from, to } => parts.extend(fields.iter().map(|f| self.range(f, op, *from, *to))),
                Operand::Record(to) => {
                    parts.extend(fields.iter().map(|f| format!("{} = {}", column(f), self.bind(to.to_string()))));
                }
                Operand::Id(uuid) => parts.push(format!("l.id = {}", self.bind(*uuid))),
            }
        }
        any(parts)
    }

    fn has(&self, field: &Field) -> String {
        match field.kind {
            Kind::Tags => format!("EXISTS (SELECT 1 FROM {0}_tag lt WHERE lt.{0} = l.number)", self.registry.entity().name()),
            Kind::Linked(entity) => format!("l.number IN ({})", self.linked(entity, "1 = 1")),
            Kind::Flag { .. } => format!("{} = 1", column(field)),
            _ if field.is_text() => format!("{} <> ''", column(field)),
            _ => format!("{} IS NOT NULL", self.column(field.name)),
        }
    }

    fn range(&mut self, field: &Field, op: Op, from: Option<i64>, to: Option<i64>) -> String {
        let source = column(field);
        match (op, from, to) {
            (Op::Is, Some(from), Some(to)) if from == to => format!("{source} = {}", self.bind(from)),
            (Op::Is, Some(from), Some(to)) => {
                let from = self.bind(from);
                format!("({source} >= {from} AND {source} <= {})", self.bind(to))
            }
            (Op::Is | Op::AtLeast, Some(from), _) => format!("{source} >= {}", self.bind(from)),
            (Op::Is | Op::AtMost, _, Some(to)) => format!("{source} <= {}", self.bind(to)),
            (Op::Greater, _, Some(to)) => format!("{source} > {}", self.bind(to)),
            (Op::Less, Some(from), _) => format!("{source} < {}", self.bind(from)),
            _ => NOTHING.into(),
        }
    }

    /// A folded text in one of the fields. Where its words stand in the index of words, that finds the candidates.
    fn text(&mut self, fields: &[Field], text: &str, fit: Fit) -> String {
        let candidates = candidates(fields, text, fit).map(|words| self.matching(&words));
        let exact = any(fields.iter().map(|field| self.stands(field, text, fit)).collect());
        match candidates {
            Some(candidates) => format!("({candidates} AND {exact})"),
            None => exact,
        }
    }

    fn stands(&mut self, field: &Field, text: &str, fit: Fit) -> String {
        if field.kind == Kind::Tags {
            let inner = self.fit("t.name_key", field, text, fit);
            let table = self.registry.entity().name();
            return format!("l.number IN (SELECT lt.{table} FROM tag t JOIN {table}_tag lt ON lt.tag = t.number WHERE {inner})");
        }
        if let Kind::Linked(entity) = field.kind {
            let inner = self.fit("t.name_key", field, text, fit);
            return format!("l.number IN ({})", self.linked(entity, &inner));
        }
        self.fit(&key(field), field, text, fit)
    }

    /// The numbers of the records that are linked with one of a kind that meets a condition, see [`super::record::linked`].
    fn linked(&self, entity: Entity, condition: &str) -> String {
        format!(
            "SELECT k.first_record FROM {} t JOIN link k ON k.second_record = t.number AND k.second_entity = {}
             WHERE k.first_entity = {} AND t.deleted_at IS NULL AND {condition}",
            entity.name(),
            entity.code(),
            self.registry.entity().code()
        )
    }

    fn fit(&mut self, source: &str, field: &Field, text: &str, fit: Fit) -> String {
        match (fit, field.kind) {
            (Fit::Word, Kind::Phone) => {
                let start = self.like(source, "", text, "%");
                format!("({start} OR {})", self.like(source, "%", text, ""))
            }
            (Fit::Word, Kind::Email) => {
                let start = self.like(source, "", text, "%");
                format!("({start} OR {})", self.like(source, "%@", text, "%"))
            }
            (Fit::Word, Kind::Url) | (Fit::Inside, _) => self.like(source, "%", text, "%"),
            (Fit::Word, _) => self.like(&format!("(' ' || {source})"), "% ", text, "%"),
            (Fit::Suffix, _) => self.like(source, "%", text, ""),
            (Fit::Prefix, _) => {
                let from = format!("{source} >= {}", self.bind(text));
                match after(text) {
                    Some(end) => format!("({from} AND {source} < {})", self.bind(end)),
                    None => from,
                }
            }
            (Fit::Whole, _) => match country::writings(text).filter(|_| is_country(field)) {
                Some(names) => {
                    let places: Vec<String> = names.iter().map(|name| self.bind(*name)).collect();
                    format!("{source} IN ({})", places.join(", "))
                }
                None => format!("{source} = {}", self.bind(text)),
            },
        }
    }

    fn like(&mut self, source: &str, before: &str, text: &str, behind: &str) -> String {
        let mut pattern = before.to_owned();
        for c in text.chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern.push_str(behind);
        format!("{source} LIKE {} ESCAPE '\\'", self.bind(pattern))
    }
}

fn any(parts: Vec<String>) -> String {
    match parts.as_slice() {
        [] => NOTHING.into(),
        [one] => one.clone(),
        _ => format!("({})", parts.join(" OR ")),
    }
}

/// The words by which the index of words finds every record that may have a text in one of the fields; none where it does not.
pub(super) fn candidates(fields: &[Field], text: &str, fit: Fit) -> Option<Vec<String>> {
    let indexed = matches!(fit, Fit::Word | Fit::Whole) && fields.iter().all(is_indexed_word);
    let is_short_phone = fields.iter().any(is_indexed_phone) && text.len() < 4;
    if indexed && !is_short_phone { Some(words(text)).filter(|words| !words.is_empty()) } else { None }
}

/// The least text that is greater than every text beginning with `text`; none where there is none.
fn after(text: &str) -> Option<String> {
    let mut chars: Vec<char> = text.chars().collect();
    while let Some(last) = chars.pop() {
        // the scalar values have a gap where surrogates are
        let next = if last == '\u{D7FF}' { Some('\u{E000}') } else { char::from_u32(last as u32 + 1) };
        if let Some(next) = next {
            chars.push(next);
            return Some(chars.into_iter().collect());
        }
    }
    None
}
