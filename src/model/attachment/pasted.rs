//! Paths as a terminal pastes them when files are dropped on it: quoted, with escaped blanks, as `file://`, several at once. Touches
//! no disk.

/// The paths in a pasted text, in their order; none where it holds something else.
///
/// A line is one path unless its words are quoted, escaped, or each begin as paths from the root, from home, or as `file://`.
pub fn paths(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words = words(line);
        if words.iter().all(|word| is_path(word)) {
            found.extend(words.iter().map(|word| plain(word)));
        } else if is_path(line) && !line.contains(['\'', '"', '\\']) {
            // blanks that nobody escaped
            found.push(plain(line));
        } else {
            return Vec::new();
        }
    }
    found
}

/// Whether a text begins as a path that leads to the same file from any folder.
fn is_path(text: &str) -> bool {
    text.starts_with('/') || text.starts_with("~/") || text.starts_with("file://")
}

/// The words of a line as a shell parts them.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut begun, mut quote) = (String::new(), false, None);
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some('\''), c) => word.push(c),
            (_, '\\') => {
                begun = true;
                word.extend(chars.next());
            }
            (Some(_), c) => word.push(c),
            (None, '\'' | '"') => {
                begun = true;
                quote = Some(c);
            }
            (None, c) if c.is_whitespace() => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            (None, c) => {
                begun = true;
                word.push(c);
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

/// A path without `file://`; what stands for bytes in such an address is put back.
fn plain(word: &str) -> String {
    let Some(rest) = word.strip_prefix("file://") else { return word.to_owned() };
    // the name of this machine may stand before the path
    let path = rest.find('/').map_or(rest, |at| &rest[at..]);
    let bytes = path.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_are_read_as_terminals_paste_them() {
        for (text, expected) in [
            ("/home/ana/offer.pdf", &["/home/ana/offer.pdf"][..]),
            ("/home/ana/offer.pdf\n", &["/home/ana/offer.pdf"]),
            ("'/home/ana/my offer.pdf'", &["/home/ana/my offer.pdf"]),
            ("\"/home/ana/my offer.pdf\"", &["/home/ana/my offer.pdf"]),
            ("/home/ana/my\\ offer.pdf", &["/home/ana/my offer.pdf"]),
            ("/home/ana/my offer.pdf", &["/home/ana/my offer.pdf"]),
            ("file:///home/ana/my%20offer%C3%A9.pdf", &["/home/ana/my offeré.pdf"]),
            ("file://host/home/x", &["/home/x"]),
            ("file:///home/100%.txt", &["/home/100%.txt"]),
            ("~/a.txt", &["~/a.txt"]),
            ("/a '/b c' /d\\ e ", &["/a", "/b c", "/d e"]),
            ("/a\n/b c\nfile:///d", &["/a", "/b c", "/d"]),
            ("'/it'\\''s'", &["/it's"]),
            ("/a\\\\b", &["/a\\b"]),
            ("offer.pdf", &[]),
            ("call Ann /tomorrow", &[]),
            ("/a 'b", &[]),
            ("", &[]),
        ] {
            assert_eq!(paths(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "\\PC*") {
            paths(&text);
        }

        #[test]
        fn what_a_shell_quotes_comes_back(path in "/[a-z '\"\\\\$é]{1,12}[a-z]") {
            let quoted = format!("'{}'", path.replace('\'', "'\\''"));
            prop_assert_eq!(paths(&quoted), [path]);
        }
    }
}
