//! HTML → text that people can read: lines, lists, links, quotations. Runs nothing, fetches nothing, fails at nothing.

use mail_parser::decoders::html::add_html_token;

/// The deepest quotation that is marked with a `>` each.
const QUOTES: usize = 5;
/// The longest tag or entity that is read, in bytes.
const LONGEST_TAG: usize = 4_096;

/// What of a document is no text.
const HIDDEN: &[&str] = &["head", "style", "script", "title", "template", "noscript", "svg", "math", "object"];
/// What stands on lines of its own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "footer",
    "form",
    "header",
    "li",
    "main",
    "ol",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];
/// What stands between blank lines.
const PARAGRAPHS: &[&str] = &["p", "h1", "h2", "h3", "h4", "h5", "h6"];

/// The text of a document or of a piece of one.
pub fn to_text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        page.text(&rest[..at]);
        let tag = &rest[at..];
        if let Some(after) = tag.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        if !tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            page.text("<");
            rest = &tag[1..];
            continue;
        }
        let end = tag_end(tag);
        rest = &tag[end..];
        let inner = tag[1..end].trim_end_matches('>');
        rest = page.tag(inner, rest);
    }
    page.text(rest);
    page.finish()
}

/// Where a tag ends, behind its `>`; a `>` in quotes does not end it. One that never ends is all that is left, or its line.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate().take(LONGEST_TAG) {
        match (byte, quote) {
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) if tag[..at].ends_with('=') => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    tag.find('>').map_or(tag.len(), |at| at + 1)
}

/// The text as it grows.
#[derive(Default)]
struct Page {
    out: String,
    /// A blank is due before the next word.
    blank: bool,
    /// How many line breaks are due before the next word.
    breaks: usize,
    /// How deep the quotation is.
    quotes: usize,
    /// In preformatted text blanks and lines stay.
    pre: usize,
    /// The address of the open link, and where its text begins.
    link: Option<(String, usize)>,
    /// A head that never ends was met: no other is looked for.
    endless_head: bool,
}

impl Page {
    /// A tag without its brackets; gives the rest of the document, which is shorter where the tag hides what is in it.
    fn tag<'a>(&mut self, inner: &str, rest: &'a str) -> &'a str {
        let (closing, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let name = inner[..end].to_ascii_lowercase();
        let hides = HIDDEN.contains(&name.as_str()) && !(name == "head" && self.endless_head);
        if hides && !closing && !inner.ends_with('/') {
            return match behind(rest, &name) {
                Some(after) => after,
                // better the words of a head that never ends than none of the text
                None if name == "head" => {
                    self.endless_head = true;
                    rest
                }
                None => "",
            };
        }
        match name.as_str() {
            "br" => self.breaks = (self.breaks + 1).min(2),
            "hr" => {
                self.lines(1);
                self.word("----");
                self.lines(1);
            }
            "td" | "th" if closing => self.blank = true,
            "a" if closing => self.close_link(),
            "a" => self.open_link(&inner[end..]),
            "img" => {
                let alt = attribute(&inner[end..], "alt");
                if !alt.trim().is_empty() {
                    self.text(&format!(" [{}] ", alt.trim()));
                }
            }
            _ if PARAGRAPHS.contains(&name.as_str()) => self.lines(2),
            _ if BLOCKS.contains(&name.as_str()) => {
                self.lines(1);
                match name.as_str() {
                    "blockquote" if closing => self.quotes = self.quotes.saturating_sub(1),
                    "blockquote" => self.quotes += 1,
                    "pre" if closing => self.pre = self.pre.saturating_sub(1),
                    "pre" => self.pre += 1,
                    "li" if !closing => {
                        self.word("-");
                        self.blank = true;
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        rest
    }

    fn lines(&mut self, breaks: usize) {
        self.breaks = self.breaks.max(breaks);
    }

    /// Text between tags: entities are read, blanks become one.
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.pre > 0 {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.breaks = (self.breaks + 1).min(2);
                }
                if !line.trim().is_empty() {
                    self.word(&entities(line.trim_end()));
                }
            }
            return;
        }
        let text = entities(text);
        for piece in text.split_inclusive(|c: char| c.is_whitespace()) {
            let word = piece.trim_end_matches(char::is_whitespace);
            let word = word.trim_matches(['\u{200B}', '\u{FEFF}', '\u{AD}', '\u{34F}', '\u{200C}']);
            if !word.is_empty() {
                self.word(word);
            }
            self.blank |= word.len() < piece.len();
        }
    }

    fn word(&mut self, word: &str) {
        if self.out.is_empty() {
            self.breaks = 0;
            self.blank = false;
            self.start_line();
        } else if self.breaks > 0 {
            for _ in 0..self.breaks {
                self.out.push('\n');
            }
            self.start_line();
        } else if self.blank {
            self.out.push(' ');
        }
        self.breaks = 0;
        self.blank = false;
        self.out.push_str(word);
    }

    fn start_line(&mut self) {
        for _ in 0..self.quotes.min(QUOTES) {
            self.out.push_str("> ");
        }
    }

    fn open_link(&mut self, attributes: &str) {
        let address = attribute(attributes, "href").trim().to_owned();
        let lower = address.to_ascii_lowercase();
        let known = ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
        self.link = (known && address.len() <= 500).then_some((address, self.out.len()));
    }

    /// Writes the address behind the text of a link, unless the text says it.
    fn close_link(&mut self) {
        let Some((address, start)) = self.link.take() else { return };
        let text = self.out.get(start..).unwrap_or_default();
        let bare = |text: &str| {
            let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
            let text = text.split_once("://").map_or(text.clone(), |(_, rest)| rest.to_owned());
            text.trim_start_matches("mailto:").trim_start_matches("tel:").trim_start_matches("www.").to_owned()
        };
        if text.trim().is_empty() || bare(text) == bare(&address) {
            return;
        }
        self.blank = true;
        self.word(&format!("<{address}>"));
    }

    fn finish(self) -> String {
        let lines: Vec<&str> = self.out.lines().map(str::trim_end).collect();
        lines.join("\n").replace('\0', "\u{2400}")
    }
}

/// The rest of a document behind the end of an element that is not shown; `None` when it never ends.
fn behind<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        let start = at + found + 2;
        let end = start + name.len();
        if rest.get(start..end).is_some_and(|tag| tag.eq_ignore_ascii_case(name)) {
            return Some(rest[end..].split_once('>').map_or("", |(_, rest)| rest));
        }
        at = start;
    }
    None
}

/// The value of an attribute, entities read; empty when it is not there.
fn attribute(attributes: &str, name: &str) -> String {
    let mut rest = attributes;
    while let Some(at) = rest.find('=') {
        let key = rest[..at].trim_end().rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let value = rest[at + 1..].trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        if key.eq_ignore_ascii_case(name) {
            return entities(value);
        }
        rest = after;
    }
    String::new()
}

/// `&amp;` and its like as the characters that they mean; what is none stays as it is.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(40).position(|b| b == b';');
        match end.filter(|end| rest.as_bytes()[1..*end].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'#')) {
            Some(end) => {
                add_html_token(&mut out, &rest.as_bytes()[..=end], false);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    // a blank that must not break is a blank to the reader
    out.replace('\u{A0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_would_read() {
        for (html, text) in [
            ("<p>Hello&nbsp;Ann,</p><p>see <b>you</b>\n soon</p>", "Hello Ann,\n\nsee you soon"),
            ("a<br>b<br/>c<br><br>d", "a\nb\nc\n\nd"),
            ("<head><title>T</title><style>p{}</style></head><body>x<script>if(1<2){}</script>y", "xy"),
            ("<ul><li>one<li>two</ul>end", "- one\n- two\nend"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("<a href=\"https://contoso.com/x\">offer</a>", "offer <https://contoso.com/x>"),
            ("<a href='https://contoso.com/'>contoso.com</a>", "contoso.com"),
            ("<a href=\"javascript:x\">offer</a>", "offer"),
            ("mine<blockquote>yours<blockquote>older</blockquote></blockquote>", "mine\n> yours\n> > older"),
            ("<!-- <p>no</p> -->1 < 2 &amp; 3 &lt; 4 &#x41;&#66; &nope; &", "1 < 2 & 3 < 4 AB &nope; &"),
            ("<pre>a  b\n  c</pre>d", "a  b\n  c\nd"),
            ("<img alt=\"Logo\" src=x>text<hr>more", "[Logo] text\n----\nmore"),
            ("<p title=\"a > b\">x</p>", "x"),
            ("open <b", "open"),
        ] {
            assert_eq!(to_text(html), text, "{html}");
        }
    }

    #[test]
    fn a_bomb_of_tags_is_quick() {
        let started = std::time::Instant::now();
        for piece in
            ["<blockquote>", "<a href=", "<!--", "<style>", "<script", "<head>", "&", "<", "</style", "<b =\"", "<pre>\n"]
        {
            let text = to_text(&piece.repeat(200_000));
            assert!(text.len() <= 4_000_000, "{piece}: {}", text.len());
        }
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }
}
