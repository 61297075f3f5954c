//! A mail as it is written in an editor: `To:`, `Cc:` and `Subject:` above a blank line, the text below. Sends nothing.

use super::Address;
use crate::error::{Error, Problem, Result};
use crate::model::email;

/// The most addresses of a mail that is written by hand.
const MOST: usize = 50;

/// A mail that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// To whom, with commas between, as it is typed.
    pub to: String,
    /// Who gets a copy.
    pub cc: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
}

impl Letter {
    /// The text for an editor.
    pub fn text(&self) -> String {
        let cc = if self.cc.is_empty() { String::new() } else { format!("Cc: {}\n", self.cc) };
        format!("To: {}\n{cc}Subject: {}\n\n{}", self.to, self.subject, self.body)
    }

    /// Reads such a text. A line above the blank one that has the form of a head and is none of the three is a mistake, named with its
    /// number; any other one begins the text.
    pub fn parse(text: &str) -> Result<Self> {
        let mut letter = Self::default();
        let mut rest = text;
        let mut number = 0;
        while !rest.is_empty() {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            rest = after;
            number += 1;
            let whole = line;
            let line = line.trim();
            if line.is_empty() {
                break;
            }
            let is_head =
                line.split_once(':').is_some_and(|(name, _)| name.trim().chars().all(|c| c.is_ascii_alphabetic() || c == '-'));
            if !is_head {
                letter.body = if after.is_empty() {
                    whole.trim_end().to_owned()
                } else {
                    format!("{whole}\n{after}").trim_end().to_owned()
                };
                return Ok(letter);
            }
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            let place = match name.trim().to_ascii_lowercase().as_str() {
                "to" => &mut letter.to,
                "cc" => &mut letter.cc,
                "subject" => &mut letter.subject,
                _ => {
                    let message = format!("line {number} is no To:, Cc: or Subject:; the text begins below a blank line");
                    return Err(Error::invalid("mail", message));
                }
            };
            let value = value.trim();
            if !place.is_empty() && !value.is_empty() {
                place.push_str(", ");
            }
            place.push_str(value);
        }
        letter.body = rest.trim_end().to_owned();
        Ok(letter)
    }

    /// To whom it goes and who gets a copy. Every address that is none is named; so is it when there is nobody.
    pub fn people(&self) -> Result<(Vec<Address>, Vec<Address>)> {
        let mut problems = Vec::new();
        let to = addresses("To", &self.to, &mut problems);
        let cc = addresses("Cc", &self.cc, &mut problems);
        if to.is_empty() && problems.is_empty() {
            problems.push(Problem::new("To", "nobody is named whom the mail goes to"));
        }
        if to.len() + cc.len() > MOST {
            problems
                .push(Problem::new("To", format!("more than {MOST} people; mark the records and send each a mail of their own")));
        }
        if problems.is_empty() { Ok((to, cc)) } else { Err(Error::Invalid(problems)) }
    }
}

/// The addresses of a line; a comma in quotes divides nothing.
fn addresses(field: &str, line: &str, problems: &mut Vec<Problem>) -> Vec<Address> {
    let mut found = Vec::new();
    let mut quoted = false;
    let divides = |c: char| {
        quoted ^= c == '"';
        matches!(c, ',' | ';') && !quoted
    };
    for piece in line.split(divides).map(str::trim).filter(|piece| !piece.is_empty()) {
        match email::parse(piece) {
            Ok(email) => {
                let name = piece.rsplit_once('<').map_or("", |(name, _)| name);
                found.push(Address { name: name.trim().trim_matches('"').replace("\\\"", "\""), email });
            }
            Err(message) => problems.push(Problem::new(field, message)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read() {
        let text = "To: \"Lee, Ann\" <ann@contoso.com>, bo@x.example\ncc: Cy <cy@x.example>\nSubject: Your: offer\n\nDear Ann,\n\nTo: nobody\n";
        let letter = Letter::parse(text).expect("a mail");
        assert_eq!((letter.subject.as_str(), letter.body.as_str()), ("Your: offer", "Dear Ann,\n\nTo: nobody"));
        let (to, cc) = letter.people().expect("people");
        let shown: Vec<(&str, &str)> = to.iter().chain(&cc).map(|a| (a.name.as_str(), a.email.as_str())).collect();
        assert_eq!(shown, [("Lee, Ann", "ann@contoso.com"), ("", "bo@x.example"), ("Cy", "cy@x.example")]);
        assert_eq!(Letter::parse(&letter.text()).expect("again"), letter);
    }

    #[test]
    fn mistakes_are_named() {
        let error = Letter::parse("To: a@b.example\nSubjet: offer\n").expect_err("no head");
        assert!(error.headline().contains("line 2 is no To:"), "{error}");
        // what has not the form of a head is the text, also without the blank line
        let letter = Letter::parse("To: a@b.example\nSubject: Hello\nDear Ann,\n\nhello: you").expect("a mail");
        assert_eq!((letter.subject.as_str(), letter.body.as_str()), ("Hello", "Dear Ann,\n\nhello: you"));
        for (text, word) in
            [("Subject: x\n\nx", "nobody is named"), ("To: ann\n\nx", "has no @"), ("To: a@b.example, c d\n\nx", "has no @")]
        {
            let error = Letter::parse(text).and_then(|letter| letter.people()).expect_err(text);
            assert!(error.headline().contains(word), "{error}");
        }
        let crowd = (0..60).map(|at| format!("p{at}@x.example")).collect::<Vec<_>>().join(",");
        let error = Letter { to: crowd, ..Letter::default() }.people().expect_err("a crowd");
        assert!(error.headline().contains("mark the records"), "{error}");
    }
}
