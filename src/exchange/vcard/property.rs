//! One property of a vCard: its name, its parameters, and its value decoded by them. Knows no card.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::base64;

/// A property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Property {
    /// The group before the name, `item1`; empty where there is none.
    pub group: String,
    /// The name in capitals.
    pub name: String,
    /// Parameters, their names in capitals; one without a name is a TYPE, as in 2.1.
    pub parameters: Vec<(String, String)>,
    /// The value as it stands there.
    pub value: Vec<u8>,
    /// Only semicolons are escaped, as in 2.1.
    pub is_old: bool,
}

impl Property {
    /// Takes a line apart; none where it is no property.
    pub fn read(line: &[u8], is_old: bool) -> Option<Self> {
        let (mut quoted, mut end) = (false, None);
        for (at, byte) in line.iter().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b':' if !quoted => {
                    end = Some(at);
                    break;
                }
                _ => {}
            }
        }
        // a quote that nobody closes hides no value
        let end = end.or_else(|| line.iter().position(|byte| *byte == b':'))?;
        let head = String::from_utf8_lossy(&line[..end]).into_owned();
        let mut pieces = outside_quotes(&head, ';');
        let name = pieces.next()?.trim();
        let (group, name) = name.rsplit_once('.').unwrap_or(("", name));
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            return None;
        }
        let parameters = pieces.flat_map(parameter).collect();
        Some(Self {
            group: group.to_ascii_lowercase(),
            name: name.to_ascii_uppercase(),
            parameters,
            value: line[end + 1..].to_vec(),
            is_old,
        })
    }

    /// The first value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether it is of a type, in small letters.
    pub fn is_type(&self, kind: &str) -> bool {
        self.parameters.iter().any(|(name, value)| name == "TYPE" && value.eq_ignore_ascii_case(kind))
    }

    /// Whether it is the preferred one of its name.
    pub fn is_preferred(&self) -> bool {
        self.is_type("pref") || self.parameter("PREF") == Some("1")
    }

    fn encoding(&self) -> &str {
        self.parameter("ENCODING").unwrap_or_default()
    }

    /// Whether the value is bytes and no text.
    pub fn is_binary(&self) -> bool {
        self.encoding().eq_ignore_ascii_case("b") || self.encoding().eq_ignore_ascii_case("base64")
    }

    /// The bytes of a binary value, also of a `data:` address, with their type where that says it. None where it is none.
    pub fn bytes(&self) -> Option<(Vec<u8>, Option<String>)> {
        if self.is_binary() {
            let text = self.value.trim_ascii();
            return base64::decode(text).filter(|bytes| !bytes.is_empty()).map(|bytes| (bytes, None));
        }
        let value = self.value.trim_ascii();
        let scheme = value.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case(b"data:"))?;
        let rest = &value[scheme.len()..];
        // programs escape the comma or the semicolon as in any text
        let rest: Vec<u8> = rest.iter().copied().filter(|byte| *byte != b'\\').collect();
        let comma = rest.iter().position(|byte| *byte == b',')?;
        let about = String::from_utf8_lossy(&rest[..comma]).to_ascii_lowercase();
        let mime = about.strip_suffix(";base64")?;
        let bytes = base64::decode(&rest[comma + 1..]).filter(|bytes| !bytes.is_empty())?;
        Some((bytes, Some(mime.to_owned()).filter(|mime| !mime.is_empty())))
    }

    /// The whole value as text.
    pub fn text(&self) -> String {
        self.unescape(&self.decode(&self.value))
    }

    /// The parts between semicolons, each as text.
    pub fn parts(&self) -> Vec<String> {
        split(&self.value, b';').into_iter().map(|part| self.unescape(&self.decode(part)).trim().to_owned()).collect()
    }

    /// The parts between semicolons, each as the list between its commas.
    pub fn lists(&self) -> Vec<Vec<String>> {
        let list = |part: &[u8]| -> Vec<String> {
            let pieces = if self.is_old { vec![part] } else { split(part, b',') };
            let texts = pieces.into_iter().map(|piece| self.unescape(&self.decode(piece)).trim().to_owned());
            texts.filter(|text| !text.is_empty()).collect()
        };
        split(&self.value, b';').into_iter().map(list).collect()
    }

    fn decode(&self, raw: &[u8]) -> String {
        let bytes = if self.encoding().eq_ignore_ascii_case("quoted-printable") {
            Cow::Owned(quoted_printable(raw))
        } else {
            Cow::Borrowed(raw)
        };
        let told = self.parameter("CHARSET").and_then(|label| Encoding::for_label(label.trim().as_bytes()));
        let text = match (told, std::str::from_utf8(&bytes)) {
            // what is UTF-8 is hardly anything else, whatever its label says; ASCII is in every charset
            (None, Ok(text)) => text.to_owned(),
            (Some(charset), Ok(text)) if charset == UTF_8 || text.is_ascii() && !is_escaping(charset) => text.to_owned(),
            (Some(charset), _) => charset.decode_without_bom_handling(&bytes).0.into_owned(),
            (None, Err(_)) => WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned(),
        };
        text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}")
    }

    fn unescape(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if c != '\\' {
                out.push(c);
                continue;
            }
            let mut ahead = chars.clone();
            match ahead.next() {
                Some('n' | 'N') if !self.is_old => out.push('\n'),
                Some(mark @ ('\\' | ',' | ';' | ':' | '"')) => out.push(mark),
                _ => {
                    out.push('\\');
                    continue;
                }
            }
            chars = ahead;
        }
        out
    }
}

/// Whether ASCII bytes can mean other characters in a charset.
fn is_escaping(charset: &'static Encoding) -> bool {
    !charset.is_ascii_compatible() || charset.name() == "ISO-2022-JP"
}

/// `TYPE="work,voice"`, `type=pref`, `CELL`, `ENCODING=b`: names and values.
fn parameter(text: &str) -> Vec<(String, String)> {
    const ENCODINGS: &[&str] = &["QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"];
    let text = text.trim();
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name.trim().to_ascii_uppercase(), value.trim()),
        None if ENCODINGS.iter().any(|known| text.eq_ignore_ascii_case(known)) => ("ENCODING".to_owned(), text),
        None => ("TYPE".to_owned(), text),
    };
    let plain = |value: &str| value.trim().trim_matches('"').replace("^n", "\n").replace("^'", "\"").replace("^^", "^");
    if name != "TYPE" {
        return vec![(name, plain(value))];
    }
    let types = plain(value);
    types
        .split(',')
        .map(str::trim)
        .filter(|kind| !kind.is_empty())
        .map(|kind| (name.clone(), kind.to_ascii_lowercase()))
        .collect()
}

/// Splits where no quote is open.
fn outside_quotes(text: &str, mark: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c: char| {
        quoted ^= c == '"';
        c == mark && !quoted
    })
}

/// Splits at marks without a backslash before them.
fn split(value: &[u8], mark: u8) -> Vec<&[u8]> {
    let mut escaped = false;
    value
        .split(|byte| {
            let here = *byte == mark && !escaped;
            escaped = *byte == b'\\' && !escaped;
            here
        })
        .collect()
}

fn quoted_printable(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let figure = |at: usize| raw.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut at = 0;
    while at < raw.len() {
        if raw[at] == b'='
            && let (Some(high), Some(low)) = (figure(at + 1), figure(at + 2))
        {
            out.push(u8::try_from(high * 16 + low).unwrap_or_default());
            at += 3;
        } else {
            out.push(raw[at]);
            at += 1;
        }
    }
    out
}
