//! Base64, quoted-printable and charsets, read as far as they can be read. Never fails: what is broken is left out or kept as it is.

use std::borrow::Cow;

use encoding_rs::Encoding;
use mail_parser::decoders::charsets::map::charset_decoder;

/// The bytes of a part by its Content-Transfer-Encoding, given in lower case; an unknown one (as `8bits`) changes nothing.
pub fn transfer<'a>(bytes: &'a [u8], encoding: &str) -> Cow<'a, [u8]> {
    match encoding {
        "base64" => Cow::Owned(base64(bytes)),
        "quoted-printable" => Cow::Owned(quoted_printable(bytes)),
        _ => Cow::Borrowed(bytes),
    }
}

/// Base64; what is none of its letters is passed over, and it ends with the padding or the text.
fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                // several pieces, each padded, in one part: the next begins anew
                bits = 0;
                held = 0;
                continue;
            }
            _ => continue,
        };
        held = (held << 6) | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((held >> bits) & 0xFF).unwrap_or_default());
        }
    }
    out
}

/// Quoted-printable; a `=` that is none of its codes stays.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        // blanks at the end of a line were added on the way
        let text = line.trim_ascii_end();
        let broken = text.last() == Some(&b'=');
        let text = if broken { &text[..text.len() - 1] } else { text };
        let mut at = 0;
        while at < text.len() {
            let pair = (text[at] == b'=').then(|| text.get(at + 1..at + 3)).flatten();
            if let Some(byte) = pair.and_then(hex) {
                out.push(byte);
                at += 3;
            } else {
                out.push(text[at]);
                at += 1;
            }
        }
        if !broken && line.ends_with(b"\n") {
            out.extend_from_slice(if line.ends_with(b"\r\n") { b"\r\n" } else { b"\n" });
        }
    }
    out
}

fn hex(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()
}

/// The text of bytes by the charset that was given. Where none was, or only ASCII, or one that is unknown, UTF-8 is tried first,
/// then Western European.
pub fn charset(bytes: &[u8], label: &str) -> String {
    let plain = matches!(label.to_ascii_lowercase().as_str(), "" | "us-ascii" | "ascii" | "ansi_x3.4-1968" | "utf-8" | "utf8");
    if plain {
        return match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{FEFF}').to_owned(),
            Err(_) if label.to_ascii_lowercase().starts_with("utf") => String::from_utf8_lossy(bytes).into_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        };
    }
    if let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) {
        // some programs call all they write Western European; what is UTF-8 throughout is no chance
        if encoding == encoding_rs::WINDOWS_1252
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return text.to_owned();
        }
        return encoding.decode(bytes).0.into_owned();
    }
    // those that are not on the web's list, as UTF-7
    match charset_decoder(label.as_bytes()) {
        Some(decode) => decode(bytes),
        None => charset(bytes, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_as_far_as_it_goes() {
        for (text, expected) in [
            ("SGVsbG8=", "Hello"),
            ("SGVs\r\nbG8", "Hello"),
            ("S G!V*sbG8=", "Hello"),
            ("SGVsbG8=SGVsbG8=", "HelloHello"),
            ("", ""),
        ] {
            assert_eq!(transfer(text.as_bytes(), "base64").as_ref(), expected.as_bytes(), "{text}");
        }
    }

    #[test]
    fn quoted_printable_keeps_what_is_no_code() {
        for (text, expected) in [
            ("a=3Db", "a=b"),
            ("long =\r\nline", "long line"),
            ("end   \r\nnext", "end\r\nnext"),
            ("100=% =zz =", "100=% =zz "),
            ("gr=C3=bc=C3=9Fe", "grüße"),
        ] {
            assert_eq!(String::from_utf8_lossy(&transfer(text.as_bytes(), "quoted-printable")), expected, "{text}");
        }
        assert_eq!(transfer(b"a=3D", "8bits").as_ref(), b"a=3D");
    }

    #[test]
    fn charsets() {
        assert_eq!(charset(b"gr\xFC\xDFe", ""), "grüße");
        assert_eq!(charset("grüße".as_bytes(), "us-ascii"), "grüße");
        assert_eq!(
            (charset(b"gr\xFC\xDFe", "iso-8859-1"), charset("grüße".as_bytes(), "iso-8859-1")),
            ("grüße".into(), "grüße".into())
        );
        assert_eq!(charset(b"\x1b$B$^$_\x1b(B", "ISO-2022-JP"), "まみ");
        assert_eq!(charset(b"+AGE-bc", "utf-7"), "abc");
        assert_eq!(charset(b"caf\xE9", "x-nobody-knows"), "café");
        assert_eq!(charset(b"\xFFa", "utf-8"), "\u{FFFD}a");
    }
}
