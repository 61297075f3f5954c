//! The places in which keys mean something, and what each lets through. Knows no key.
//!
//! A view names its scopes from the inside out. Behind them `Global` and `Always` follow by themselves, unless a scope is a
//! typing one (then unmodified characters are text and only `Text` and `Always` follow) or a closed one (only `Always`).

/// A place in which keys mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Under everything: cancel, suspend, help, back.
    Always,
    /// Under every screen that no closed or typing layer covers.
    Global,
    /// A list of records.
    Browse,
    /// What is late, due and new.
    Today,
    /// The reports: a chart and a table.
    Reports,
    /// Assignment rules, points, targets and people.
    Rules,
    /// What the rules would do.
    Trial,
    /// The end of a call: digits say how it went, other keys act on the record.
    WrapUp,
    /// Typing what came of a call and what is next.
    Call,
    /// Over `Browse` while the database holds no record at all.
    Empty,
    /// One record: its fields and its timeline.
    Record,
    /// Over `Record` while the keys go to the steps of its process.
    Process,
    /// The list of steps that can be undone.
    Steps,
    /// A list to read or choose from without typing: recent records, messages.
    Listing,
    /// The columns of a list, to be ticked and moved.
    Columns,
    /// The pages of an import.
    Import,
    /// The page on which a lead is qualified.
    Qualify,
    /// The page on which two records are merged.
    Merge,
    /// Mails to many, before they are sent.
    Mailing,
    /// A running job that can be canceled.
    Job,
    /// A question that `y` or `n` answers.
    Confirm,
    /// Two values of one field, of which one is kept.
    Conflict,
    /// Under every place that takes text: the keys that edit a line.
    Text,
    /// The filter bar.
    Filter,
    /// Typing the beginning of a value to jump to.
    Jump,
    /// The line that makes a lead.
    QuickAdd,
    /// A whole record as a form.
    Form,
    /// The form of a rule, or of somebody.
    Setup,
    /// One field, edited in place.
    Field,
    /// The note editor.
    Editor,
    /// A choice from a list that narrows as one types.
    Picker,
    /// The finder over all records.
    Find,
    /// The commands by name.
    Palette,
    /// The keys of a place.
    Help,
    /// A line that is asked for: tags, a note for a colleague.
    Line,
    /// A path to a file.
    Path,
    /// The paths of files to be attached.
    Attach,
    /// A look into a file.
    File,
    /// The page of the first start.
    Welcome,
}

/// Every scope with its name in keys.toml and its heading in the help.
const NAMES: &[(Scope, &str, &str)] = &[
    (Scope::Always, "always", "Everywhere"),
    (Scope::Global, "global", "On every screen"),
    (Scope::Browse, "browse", "List"),
    (Scope::Today, "today", "Today"),
    (Scope::Reports, "reports", "Reports"),
    (Scope::Rules, "rules", "Assignment rules"),
    (Scope::Trial, "trial", "Rules on trial"),
    (Scope::WrapUp, "wrap-up", "End of a call"),
    (Scope::Call, "call", "Note of a call"),
    (Scope::Empty, "empty", "Empty database"),
    (Scope::Record, "record", "Record"),
    (Scope::Process, "process", "Process"),
    (Scope::Steps, "steps", "Steps"),
    (Scope::Listing, "listing", "Listing"),
    (Scope::Columns, "columns", "Columns"),
    (Scope::Import, "import", "Import"),
    (Scope::Qualify, "qualify", "Qualify"),
    (Scope::Merge, "merge", "Merge"),
    (Scope::Mailing, "mailing", "Mails to many"),
    (Scope::Job, "job", "Running job"),
    (Scope::Confirm, "confirm", "Question"),
    (Scope::Conflict, "conflict", "Changed meanwhile"),
    (Scope::Text, "text", "Typing"),
    (Scope::Filter, "filter", "Filter bar"),
    (Scope::Jump, "jump", "Jump"),
    (Scope::QuickAdd, "quick-add", "Quick add"),
    (Scope::Form, "form", "Form"),
    (Scope::Setup, "setup", "Form of a rule or of people"),
    (Scope::Field, "field", "Field"),
    (Scope::Editor, "editor", "Note editor"),
    (Scope::Picker, "picker", "Choice"),
    (Scope::Find, "find", "Find anywhere"),
    (Scope::Palette, "palette", "Commands"),
    (Scope::Help, "help", "Help"),
    (Scope::Line, "line", "Line"),
    (Scope::Path, "path", "File name"),
    (Scope::Attach, "attach", "Attach files"),
    (Scope::File, "file", "File"),
    (Scope::Welcome, "welcome", "First start"),
];

impl Scope {
    /// Every scope.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(scope, _, _)| *scope)
    }

    fn entry(self) -> &'static (Self, &'static str, &'static str) {
        NAMES.iter().find(|(scope, _, _)| *scope == self).unwrap_or(&NAMES[0])
    }

    /// Its name in keys.toml.
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        self.entry().2
    }

    /// The scope called `name` in keys.toml.
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, n, _)| *n == name).map(|(scope, _, _)| *scope)
    }

    /// Whether unmodified characters are text here.
    pub fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Filter
                | Self::Jump
                | Self::Call
                | Self::QuickAdd
                | Self::Form
                | Self::Setup
                | Self::Field
                | Self::Editor
                | Self::Picker
                | Self::Find
                | Self::Palette
                | Self::Help
                | Self::Line
                | Self::Path
                | Self::Attach
                | Self::Welcome
        )
    }

    /// Whether it answers a question, so that its digits and letters are answers.
    pub fn asks(self) -> bool {
        matches!(self, Self::Confirm | Self::Conflict | Self::Merge | Self::WrapUp)
    }

    /// Whether the scopes behind it, but for `Always`, are out of reach.
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            Self::Steps
                | Self::Trial
                | Self::Listing
                | Self::Columns
                | Self::Import
                | Self::Qualify
                | Self::Merge
                | Self::Mailing
                | Self::Job
                | Self::Confirm
                | Self::Conflict
                | Self::File
        )
    }

    /// The scopes that a key is looked up in, inside out, when a place names `inner`.
    pub fn stack(inner: &[Self]) -> Vec<Self> {
        let mut stack = Vec::with_capacity(inner.len() + 2);
        for &scope in inner.iter().filter(|s| !matches!(s, Self::Global | Self::Always)) {
            if !stack.contains(&scope) {
                stack.push(scope);
            }
            if scope.takes_text() {
                if scope != Self::Text {
                    stack.push(Self::Text);
                }
                stack.push(Self::Always);
                return stack;
            }
            if scope.is_closed() {
                stack.push(Self::Always);
                return stack;
            }
        }
        stack.extend([Self::Global, Self::Always]);
        stack
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn a_stack_ends_where_a_place_is_closed_or_takes_text() {
        assert_eq!(Scope::stack(&[Scope::Browse]), [Scope::Browse, Scope::Global, Scope::Always]);
        assert_eq!(Scope::stack(&[Scope::Confirm, Scope::Browse]), [Scope::Confirm, Scope::Always]);
        assert_eq!(Scope::stack(&[Scope::Filter, Scope::Browse]), [Scope::Filter, Scope::Text, Scope::Always]);
        assert_eq!(Scope::stack(&[Scope::Always]), [Scope::Global, Scope::Always]);
    }

    #[test]
    fn every_scope_is_found_by_its_name() {
        for scope in Scope::all() {
            assert_eq!(Scope::named(scope.name()), Some(scope));
        }
    }
}
