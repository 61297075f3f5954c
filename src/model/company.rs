//! What two writings of one company's name have in common, and the internet domain that is its own. Looks nothing up.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::fold::fold;

/// The words by which a company says what it is before the law, folded and without dots.
const LEGAL: &[&str] = &[
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bv",
    "bvba",
    "co",
    "company",
    "corp",
    "corporation",
    "cv",
    "doo",
    "eirl",
    "eood",
    "eurl",
    "gbr",
    "ggmbh",
    "gmbh",
    "hf",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kgaa",
    "kk",
    "lda",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "mbh",
    "nv",
    "ohg",
    "oo",
    "ood",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sarl",
    "sas",
    "sasu",
    "se",
    "sl",
    "slu",
    "snc",
    "spa",
    "spz",
    "sro",
    "srl",
    "ug",
    "zoo",
    "тов",
    "ооо",
    "зао",
    "оао",
    "株式会社",
    "有限会社",
    "有限公司",
    "股份有限公司",
];

/// Joining words that a legal form leaves at the end.
const JOINING: &[&str] = &["and", "und", "et", "y", "e", "the", "i"];

/// Mail providers whose addresses say nothing of a company.
const PUBLIC: &str = include_str!("../../assets/public-mail-domains.txt");

/// What is the same in all writings of a company's name: folded, without marks and without its legal form. A name that is nothing
/// but legal forms stays whole.
pub fn stem(name: &str) -> String {
    let folded = fold(name).replace(['.', '\'', '’', '`'], "");
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut end = words.len();
    while end > 1 && (LEGAL.contains(&words[end - 1]) || (end < words.len() && JOINING.contains(&words[end - 1]))) {
        end -= 1;
    }
    // in some languages it stands in front
    let start = usize::from(end > 1 && !words[0].is_ascii() && LEGAL.contains(&words[0]));
    words[start..end].join(" ")
}

/// With what the folded names of a company begin, in all writings that have the same [`stem`] but for marks within the stem and a
/// legal form in front.
pub fn beginning(name: &str) -> String {
    let (folded, stem) = (fold(name), stem(name));
    folded.chars().zip(stem.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
}

/// The domain of an e-mail address or a web address, without `www.`; none for one of a public mail provider.
pub fn domain(address: &str) -> Option<String> {
    let folded = fold(address);
    let text = folded.trim();
    let host = match text.rsplit_once('@') {
        Some((_, host)) => host,
        None => text.split_once("://").map_or(text, |(_, rest)| rest),
    };
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.');
    let is_name = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    (is_name && !is_public(host)).then(|| host.to_owned())
}

/// Whether a domain, or the one above it, is a public mail provider's.
pub fn is_public(host: &str) -> bool {
    static ALL: OnceLock<HashSet<&str>> = OnceLock::new();
    let all =
        ALL.get_or_init(|| PUBLIC.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect());
    all.contains(host) || host.split_once('.').is_some_and(|(_, above)| above.contains('.') && all.contains(above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_the_same_with_and_without_its_legal_form() {
        for (one, other) in [
            ("Contoso GmbH", "Contoso"),
            ("Contoso, Inc.", "CONTOSO"),
            ("Müller & Co. KG", "Müller"),
            ("Fjordlight AB", "fjordlight"),
            ("Smith's Ltd.", "Smiths"),
            ("O’Neill Limited", "O'Neill"),
            ("Officine Belforte S.r.l.", "Officine Belforte"),
            ("株式会社サンプル", "株式会社サンプル"),
            ("Pty Ltd", "PTY"),
        ] {
            assert_eq!(stem(one), stem(other), "{one}");
        }
        assert_ne!(stem("Contoso North"), stem("Contoso"));
        assert_eq!(stem(" & "), "");
    }

    #[test]
    fn all_writings_begin_alike() {
        for (name, begins) in [("Contoso GmbH", "contoso"), ("Müller & Co. KG", "muller"), ("O’Neill Ltd", "o"), ("", "")] {
            assert_eq!(beginning(name), begins, "{name}");
        }
    }

    #[test]
    fn a_domain_is_the_companys_unless_it_is_everybodys() {
        for (text, expected) in [
            ("ann@Contoso.com", Some("contoso.com")),
            ("https://www.contoso.com/en?x=1", Some("contoso.com")),
            ("contoso.example:8080", Some("contoso.example")),
            ("ann@gmail.com", None),
            ("ann@mail.yahoo.co.uk", None),
            ("ann", None),
            ("", None),
        ] {
            assert_eq!(domain(text).as_deref(), expected, "{text}");
        }
    }
}
