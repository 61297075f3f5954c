//! The hand-written part of the sample data as it is read from its text file. Knows no database and no date.

/// One lead with what happened to it. Ages are days before now.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    /// The columns of the line, in the order of [`Column`].
    columns: Vec<&'a str>,
    /// Notes: age, login, text.
    pub notes: Vec<(i64, &'a str, String)>,
    /// Who handed it to the person at the keyboard, and what they said: age, login, text.
    pub handed: Option<(i64, &'a str, &'a str)>,
    /// The fields that an import filled in.
    pub incomplete: Option<&'a str>,
    /// When it was deleted, and by whom.
    pub deleted: Option<(i64, &'a str)>,
}

/// The columns of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Days since it came.
    Age,
    /// `me`, a login, or `team:name`.
    Owner,
    /// Slug of the status reason.
    Reason,
    /// Rating.
    Rating,
    /// Slug of the source.
    Source,
    /// The person.
    Name,
    /// What they are.
    Title,
    /// Where.
    Company,
    /// E-mail.
    Email,
    /// Business phone.
    Phone,
    /// Mobile phone.
    Mobile,
    /// City, country.
    Place,
    /// What they want.
    Topic,
    /// What it may bring.
    Value,
    /// Days until it may be closed.
    Closes,
    /// Tags.
    Tags,
    /// Campaign.
    Campaign,
    /// Slug of the industry.
    Industry,
}

impl<'a> Entry<'a> {
    /// The text of a column; empty where there is none.
    pub fn get(&self, column: Column) -> &'a str {
        self.columns.get(column as usize).map_or("", |text| text.trim())
    }

    /// Days since it came.
    pub fn age(&self) -> i64 {
        number(self.get(Column::Age)).unwrap_or_default()
    }
}

/// A whole number, or nothing.
pub fn number(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

/// The leads of a file, in its order; lines that belong to no lead are left out.
pub fn read(text: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mark = line.chars().next().unwrap_or_default();
        if mark.is_ascii_digit() {
            entries.push(Entry { columns: line.split('|').collect(), ..Entry::default() });
            continue;
        }
        let Some(entry) = entries.last_mut() else { continue };
        let rest = &line[mark.len_utf8()..];
        let mut parts = rest.splitn(3, '|').map(str::trim);
        let mut part = || parts.next().unwrap_or("");
        match mark {
            '>' => entry.notes.push((number(part()).unwrap_or_default(), part(), part().replace("\\n", "\n"))),
            '@' => entry.handed = Some((number(part()).unwrap_or_default(), part(), part())),
            'x' => entry.deleted = Some((number(part()).unwrap_or_default(), part())),
            '!' => entry.incomplete = Some(rest.trim()),
            _ => {}
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_leads_with_what_belongs_to_them() {
        let text = "# x\n2|me|new|hot|web|Ann Lee\n> 1 | bo | a\\nb | c\n@ 0 | bo | hello\n! topic\n\n3|bo|lost\nx 2 | bo\n";
        let entries = read(text);
        assert_eq!(entries.len(), 2);
        assert_eq!((entries[0].age(), entries[0].get(Column::Name), entries[0].get(Column::Industry)), (2, "Ann Lee", ""));
        assert_eq!(entries[0].notes, [(1, "bo", "a\nb | c".to_owned())]);
        assert_eq!((entries[0].handed, entries[0].incomplete), (Some((0, "bo", "hello")), Some("topic")));
        assert_eq!(entries[1].deleted, Some((2, "bo")));
    }
}
