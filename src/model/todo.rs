//! Lines of a note that are to be done: `- [ ] call Ann tomorrow 15:00`. Says what stands on them and when it is due; makes no task.

use super::dates::{When, meant_as_date, no_such_day, parse_in_text};
use super::fold::fold;
use super::locale::Locale;
use super::zone::Zone;

/// The most words at the end that are tried as a day and a time.
const LONGEST: usize = 8;

/// A line with a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Todo<'a> {
    /// Its place among the lines of the note, from 0.
    pub line: usize,
    /// What stands behind the box.
    pub text: &'a str,
    /// Whether the box is ticked.
    pub done: bool,
}

impl Todo<'_> {
    /// What the line is known by, however it is spelled.
    pub fn key(&self) -> String {
        fold(self.text)
    }
}

/// The lines with a box and a text behind it, those in code left out.
pub fn todos(body: &str) -> Vec<Todo<'_>> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (line, text) in body.lines().enumerate() {
        let text = text.trim();
        if text.starts_with("```") || text.starts_with("~~~") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let Some(item) = ["- ", "* ", "+ "].iter().find_map(|mark| text.strip_prefix(mark)) else { continue };
        let item = item.trim_start();
        let done = match item.get(..4) {
            Some("[ ] ") => false,
            Some("[x] " | "[X] ") => true,
            _ => continue,
        };
        let text = item[4..].trim();
        if !text.is_empty() {
            found.push(Todo { line, text, done });
        }
    }
    found
}

/// What is to be done, and when where the last words say it. Words that are no date belong to what is to be done.
pub fn split<'a>(text: &'a str, now: i64, zone: Zone, locale: &Locale) -> (&'a str, Option<When>) {
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    for start in starts {
        let (what, when) = (text[..start].trim_end(), text[start..].trim());
        // what is never only a date, and a number alone is an amount or a room
        if what.is_empty() || when.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        if let Some(found) = parse_in_text(when, now, zone, locale) {
            let cut = ["on", "by", "at", "until", "for"].iter().find_map(|word| {
                let rest = what.strip_suffix(word)?;
                rest.ends_with(' ').then(|| rest.trim_end())
            });
            return (cut.filter(|cut| !cut.is_empty()).unwrap_or(what), Some(found));
        }
    }
    (text, None)
}

/// The last word of what is to be done, where it is meant as a day or a time and is none.
pub fn mistaken(text: &str, now: i64, zone: Zone, locale: &Locale) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let last = &words[words.len().saturating_sub(LONGEST)..];
    no_such_day(last, now, zone, locale).or_else(|| match split(text, now, zone, locale).1 {
        Some(_) => None,
        None => meant_as_date(text).map(str::to_owned),
    })
}

/// The note with a remark behind each line whose box stands for something; a remark that says so ticks the box.
pub fn annotated(body: &str, mut remark: impl FnMut(&Todo<'_>) -> Option<(bool, String)>) -> String {
    let all = todos(body);
    let mut out = String::with_capacity(body.len());
    for (place, line) in body.lines().enumerate() {
        if place > 0 {
            out.push('\n');
        }
        match all.iter().find(|todo| todo.line == place).and_then(|todo| Some((todo, remark(todo)?))) {
            Some((_, (done, said))) => {
                let ticked = line.replacen("[ ]", "[x]", 1);
                out.push_str(if done { &ticked } else { line });
                out.push_str(&said);
            }
            None => out.push_str(line),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 23 November 2026, 11:30 UTC.
    const NOW: i64 = 1_795_433_400_000_000;

    #[test]
    fn lines_with_a_box_are_found() {
        let body = "# Call\n- [ ] send offer\n  * [x] ask Bo\n- [] no\n- [ ]\n```\n- [ ] code\n```\n+ [X] last ";
        let found: Vec<_> = todos(body).into_iter().map(|todo| (todo.line, todo.text, todo.done)).collect();
        assert_eq!(found, [(1, "send offer", false), (2, "ask Bo", true), (8, "last", true)]);
    }

    #[test]
    fn the_last_words_say_when() {
        for (text, what, when) in [
            ("call Ann tomorrow 15:00", "call Ann", Some("2026-11-24 15:00")),
            ("send offer by fri", "send offer", Some("2026-11-27")),
            ("call Ann", "call Ann", None),
            ("book room 12", "book room 12", None),
            ("tomorrow", "tomorrow", None),
            ("mail the list 2026-12-01", "mail the list", Some("2026-12-01")),
            ("ask about next week +3d", "ask about next week", Some("2026-11-26")),
        ] {
            let (found, at) = split(text, NOW, Zone::Utc, &Locale::of("US"));
            let at = at.map(|at| match at.time {
                Some(time) => format!("{} {}", at.date, time.format("%H:%M")),
                None => at.date.to_string(),
            });
            assert_eq!((found, at.as_deref()), (what, when), "{text}");
        }
    }

    #[test]
    fn a_word_that_is_meant_as_a_date_is_named() {
        let named = |text| mistaken(text, NOW, Zone::Utc, &Locale::of("DE"));
        assert_eq!(named("send docs 32.13.").as_deref(), Some("32.13."));
        assert_eq!(named("send docs 29 feb 2027").as_deref(), Some("29 feb 2027"));
        assert_eq!(named("send docs 3.12."), None);
        assert_eq!(named("send docs"), None);
    }

    #[test]
    fn lines_are_told_what_became_of_them() {
        let body = "x\n- [ ] one\n- [x] two\n- [ ] three";
        let told = annotated(body, |todo| match todo.text {
            "one" => Some((true, " · done".into())),
            "two" => Some((false, " · open".into())),
            _ => None,
        });
        assert_eq!(told, "x\n- [x] one · done\n- [x] two · open\n- [ ] three");
    }
}
