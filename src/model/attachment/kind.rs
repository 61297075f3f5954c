//! Table: what a file is, by the ending of its name, else by how it begins. Decides nothing but the words.

/// What is written when nothing is known.
const UNKNOWN: &str = "application/octet-stream";
/// What text without a known ending is.
const PLAIN: &str = "text/plain";

/// Endings in small letters, with what such files are.
const BY_ENDING: &[(&str, &str)] = &[
    ("txt", PLAIN),
    ("log", PLAIN),
    ("ini", PLAIN),
    ("md", "text/markdown"),
    ("markdown", "text/markdown"),
    ("csv", "text/csv"),
    ("tsv", "text/tab-separated-values"),
    ("html", "text/html"),
    ("htm", "text/html"),
    ("xml", "text/xml"),
    ("ics", "text/calendar"),
    ("vcf", "text/vcard"),
    ("eml", "message/rfc822"),
    ("mbox", "application/mbox"),
    ("msg", "application/vnd.ms-outlook"),
    ("json", "application/json"),
    ("toml", "application/toml"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
    ("pdf", "application/pdf"),
    ("rtf", "application/rtf"),
    ("ps", "application/postscript"),
    ("doc", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("zip", "application/zip"),
    ("gz", "application/gzip"),
    ("tar", "application/x-tar"),
    ("7z", "application/x-7z-compressed"),
    ("p7s", "application/pkcs7-signature"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("bmp", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("svg", "image/svg+xml"),
    ("heic", "image/heic"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("wav", "audio/wav"),
    ("ogg", "audio/ogg"),
    ("mp4", "video/mp4"),
    ("mov", "video/quicktime"),
    ("webm", "video/webm"),
    ("dwg", "image/vnd.dwg"),
    ("stl", "model/stl"),
];

/// How files begin, with what they are.
const BY_BEGIN: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BEGIN:VCARD", "text/vcard"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"{\\rtf", "application/rtf"),
];

/// What a file is called by other programs, from its name and its first bytes.
pub fn mime(name: &str, begin: &[u8]) -> &'static str {
    let ending = super::extension(name).unwrap_or_default();
    if let Some((_, mime)) = BY_ENDING.iter().find(|(known, _)| *known == ending) {
        return mime;
    }
    match BY_BEGIN.iter().find(|(known, _)| begin.starts_with(known)) {
        Some((_, mime)) => mime,
        None if begin.len() > 12 && begin.starts_with(b"RIFF") && begin[8..].starts_with(b"WEBP") => "image/webp",
        None if !begin.is_empty() && is_text(begin) => PLAIN,
        None => UNKNOWN,
    }
}

/// Whether bytes read as UTF-8 text without what only machines write; a character that the end cuts in two counts as whole.
pub fn is_text(bytes: &[u8]) -> bool {
    let whole = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    whole && !bytes.iter().any(|b| matches!(b, 0..=8 | 14..=26 | 28..=31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_ending_else_by_how_it_begins() {
        assert_eq!(mime("Offer.PDF", b""), "application/pdf");
        assert_eq!(mime("scan", b"%PDF-1.7"), "application/pdf");
        assert_eq!(mime("x.unknown", b"\x89PNG\r\n\x1a\n...."), "image/png");
        assert_eq!(mime("x", b"RIFF\0\0\0\0WEBPVP8 "), "image/webp");
        assert_eq!(mime("README", "plain, with é".as_bytes()), "text/plain");
        assert_eq!(mime("README", &"é".as_bytes()[..1]), "text/plain");
        assert_eq!(mime("x", b"\0\x01\x02"), "application/octet-stream");
        assert_eq!(mime("empty", b""), "application/octet-stream");
    }

    #[test]
    fn no_ending_stands_twice() {
        for (at, (ending, _)) in BY_ENDING.iter().enumerate() {
            assert!(!BY_ENDING[..at].iter().any(|(other, _)| other == ending), "{ending}");
        }
    }
}
