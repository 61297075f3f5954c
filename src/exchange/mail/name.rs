//! The name of a file that somebody else chose, made safe for any folder. Writes no file.

/// The longest name, in bytes.
const LONGEST: usize = 200;

/// Names that mean devices on some systems, whatever their ending.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Endings by type, for files that came without a name.
const ENDINGS: &[(&str, &str)] = &[
    ("application/pdf", "pdf"),
    ("application/zip", "zip"),
    ("application/json", "json"),
    ("application/pgp-signature", "asc"),
    ("application/pkcs7-signature", "p7s"),
    ("image/gif", "gif"),
    ("image/jpeg", "jpg"),
    ("image/jpg", "jpg"),
    ("image/png", "png"),
    ("image/svg+xml", "svg"),
    ("message/delivery-status", "txt"),
    ("message/rfc822", "eml"),
    ("text/calendar", "ics"),
    ("text/csv", "csv"),
    ("text/html", "html"),
    ("text/plain", "txt"),
    ("text/rfc822-headers", "txt"),
    ("text/vcard", "vcf"),
    ("text/x-vcard", "vcf"),
];

/// The last piece of `given` without what a folder, a shell or a screen could take amiss; `part-3.pdf` when nothing is left.
pub fn safe(given: &str, mime: &str, number: usize) -> String {
    let last = given.rsplit(['/', '\\']).find(|piece| !piece.trim_matches(['.', ' ']).is_empty()).unwrap_or_default();
    let kept: String = last.chars().map(|c| if is_harmful(c) { '_' } else { c }).collect();
    // no hidden file, no option of a program, nothing that a system cuts off by itself
    let kept = kept.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '~'));
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    let kept = shortened(kept);
    if kept.trim_matches('_').is_empty() {
        let ending = ENDINGS.iter().find(|(known, _)| *known == mime).map_or("bin", |(_, ending)| ending);
        return format!("part-{number}.{ending}");
    }
    let stem = kept.split('.').next().unwrap_or_default().trim_end();
    if DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) { format!("_{kept}") } else { kept }
}

/// A name like `name` with a number before its ending, for the second file that is called so.
pub fn numbered(name: &str, number: usize) -> String {
    let ending = name.rsplit_once('.').filter(|(stem, ending)| !stem.is_empty() && ending.len() <= 10);
    ending.map_or_else(|| format!("{name} ({number})"), |(stem, ending)| format!("{stem} ({number}).{ending}"))
}

/// Controls, what turns or hides the letters around it, and what file systems refuse.
fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*')
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// At most [`LONGEST`] bytes; a short ending stays.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| (1..=10).contains(&ending.len()));
    let room = LONGEST - ending.map_or(0, |ending| ending.len() + 1);
    let mut end = room;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    let stem = name[..end].trim_end();
    ending.map_or_else(|| stem.to_owned(), |ending| format!("{stem}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_names_lose_what_is_hostile() {
        let long = "x".repeat(4_096) + ".pdf";
        for (given, name) in [
            ("offer.pdf", "offer.pdf"),
            ("../../.bashrc", "bashrc"),
            ("/etc/passwd", "passwd"),
            ("C:\\Users\\ann\\offer.pdf", "offer.pdf"),
            ("a/../../b", "b"),
            ("-rf", "rf"),
            ("--help", "help"),
            ("~/x", "x"),
            (".ssh/authorized_keys", "authorized_keys"),
            ("nul\0in.txt", "nul_in.txt"),
            ("two\nlines.txt", "two_lines.txt"),
            ("gnp.exe\u{202E}", "gnp.exe_"),
            ("con", "_con"),
            ("Aux.txt", "_Aux.txt"),
            ("end. . ", "end"),
            ("..", "part-7.pdf"),
            ("", "part-7.pdf"),
            ("/", "part-7.pdf"),
            ("\u{200B}", "part-7.pdf"),
            ("見積書.pdf", "見積書.pdf"),
            ("a;touch x.txt", "a;touch x.txt"),
        ] {
            assert_eq!(safe(given, "application/pdf", 7), name, "{given:?}");
        }
        let short = safe(&long, "", 1);
        assert_eq!((short.len(), short.ends_with("x.pdf")), (LONGEST, true));
    }

    proptest! {
        #[test]
        fn any_name_is_one_name(given in any::<String>()) {
            let name = safe(&given, "", 1);
            prop_assert!(!name.is_empty() && name.len() <= LONGEST + 1);
            prop_assert!(!name.contains(['/', '\\', '\0']) && !name.contains(char::is_control));
            prop_assert!(!name.starts_with(['.', '-', '~']) && !name.ends_with(['.', ' ']));
        }
    }
}
