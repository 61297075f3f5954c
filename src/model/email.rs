//! E-mail addresses: what is accepted, and when two are the same. Sends nothing and asks no server.

use super::fold::fold;

/// The address in `text`, also out of `mailto:…` and `Name <…>`, its domain in lower case. The error is a sentence.
pub fn parse(text: &str) -> Result<String, String> {
    let typed = text.trim();
    let bare = bare(typed);
    if bare.is_empty() {
        return Err("an e-mail address is missing".into());
    }
    let wrong = |what: &str| Err(format!("“{typed}” {what}; an e-mail address looks like name@company.com"));
    let Some((local, domain)) = bare.split_once('@') else {
        return wrong("has no @");
    };
    if domain.contains('@') {
        return wrong("has more than one @");
    }
    if bare.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return wrong("has a blank in it");
    }
    if local.is_empty() || local.len() > 64 {
        return wrong(if local.is_empty() { "has nothing before the @" } else { "is too long before the @" });
    }
    if let Some(c) = bare.chars().find(|c| "<>()[],;:\\\"".contains(*c)) {
        return wrong(&format!("has a “{c}” in it"));
    }
    if !domain.contains('.') {
        return wrong("has no dot after the @");
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c == '-' || c == '_' || c.is_alphanumeric() || !c.is_ascii())
    };
    if domain.len() > 253 || !domain.split('.').all(is_label) {
        return wrong("has no valid domain after the @");
    }
    Ok(format!("{local}@{}", domain.to_lowercase()))
}

/// The key by which two addresses are the same: folded, all lower case.
pub fn key(address: &str) -> String {
    fold(bare(address.trim()))
}

/// The key without its `+tag`, so that ann+expo@contoso.com meets ann@contoso.com.
pub fn base_key(address: &str) -> String {
    let key = key(address);
    match key.rsplit_once('@') {
        Some((local, domain)) => match local.split_once('+') {
            Some((base, _)) if !base.is_empty() => format!("{base}@{domain}"),
            _ => key,
        },
        None => key,
    }
}

/// What stands after the last @, if anything does.
pub fn domain(address: &str) -> Option<&str> {
    address.trim().trim_end_matches('>').rsplit_once('@').map(|(_, domain)| domain).filter(|d| !d.is_empty())
}

/// The address without name, brackets and scheme.
fn bare(text: &str) -> &str {
    let mut bare = text;
    if let Some(inner) = bare.strip_suffix('>').and_then(|t| t.rsplit_once('<')) {
        bare = inner.1.trim();
    }
    if bare.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        bare = bare[7..].split('?').next().unwrap_or_default().trim();
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn usual_ways_of_writing_are_accepted() {
        for (text, address) in [
            (" ann@contoso.com ", "ann@contoso.com"),
            ("Ann.Lee@Contoso.COM", "Ann.Lee@contoso.com"),
            ("mailto:ann@contoso.com?subject=x", "ann@contoso.com"),
            ("Ann Lee <ann@contoso.com>", "ann@contoso.com"),
            ("<mailto:ann@contoso.com>", "ann@contoso.com"),
            ("ann+expo@mail.contoso.co.uk", "ann+expo@mail.contoso.co.uk"),
            ("jürgen@müller.de", "jürgen@müller.de"),
            ("o'brien@x.ie", "o'brien@x.ie"),
        ] {
            assert_eq!(parse(text).as_deref(), Ok(address));
        }
    }

    #[test]
    fn the_error_says_what_is_wrong() {
        for (text, word) in [
            ("", "missing"),
            ("ann.contoso.com", "no @"),
            ("a@b@c.de", "more than one"),
            ("ann lee@contoso.com", "blank"),
            ("@contoso.com", "nothing before"),
            ("ann@contoso", "no dot"),
            ("ann@contoso..com", "valid domain"),
            ("a@b.de, c@d.de", "more than one"),
            ("a;b@c.de", "“;”"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn keys_meet() {
        assert_eq!(key("Ann@CONTOSO.com"), key("ann@contoso.com"));
        assert_ne!(key("ann+x@contoso.com"), key("ann@contoso.com"));
        assert_eq!(base_key("Ann+x@contoso.com"), "ann@contoso.com");
        assert_eq!(base_key("+x@contoso.com"), "+x@contoso.com");
        assert_eq!(domain("a@b.de"), Some("b.de"));
        assert_eq!(domain("nobody"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_safe_and_what_is_accepted_stays(text in any::<String>()) {
            let _ = (key(&text), base_key(&text), domain(&text));
            if let Ok(address) = parse(&text) {
                prop_assert_eq!(parse(&address), Ok(address.clone()));
            }
        }

        #[test]
        fn plain_addresses_pass(address in "[a-z0-9._+]{1,20}@[a-z]{1,10}\\.[a-z]{2,4}") {
            prop_assert_eq!(parse(&address), Ok(address.clone()));
        }
    }
}
