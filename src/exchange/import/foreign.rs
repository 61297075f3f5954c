//! Ids of other programs and objects written into a cell where people expect a name. Knows shapes, looks nothing up.

use crate::model::entity::Entity;

/// What stands in a cell in the place of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// The id of a record in another program.
    Id,
    /// A JSON object or list.
    Json,
}

impl Foreign {
    /// What a report says of it.
    pub const fn instead_of_a_name(self) -> &'static str {
        match self {
            Self::Id => "holds the id of a record in another program where a name is due",
            Self::Json => "holds an object in JSON where text is due",
        }
    }
}

/// What `text` holds instead of a name: a Salesforce id of 15 or 18 characters, a UUID, JSON; `None` for all else.
pub fn foreign(text: &str) -> Option<Foreign> {
    let text = text.trim();
    match text.as_bytes() {
        [] => None,
        [b'{', .., b'}'] if text.contains(':') || text == "{}" => Some(if is_uuid(text) { Foreign::Id } else { Foreign::Json }),
        [b'{', .., b'}'] if is_uuid(text) => Some(Foreign::Id),
        [b'[', b'{', .., b']'] => Some(Foreign::Json),
        _ if is_salesforce(text) || is_uuid(text) => Some(Foreign::Id),
        _ => None,
    }
}

/// The kind of records that an id belongs to, where it says so itself: an id of Salesforce begins with that of its kind.
pub fn kind_of_id(text: &str) -> Option<Entity> {
    let text = text.trim();
    let kind = match text.get(..3).filter(|_| is_salesforce(text))? {
        "001" => Entity::Account,
        "003" => Entity::Contact,
        "006" => Entity::Opportunity,
        "00Q" => Entity::Lead,
        "500" => Entity::Request,
        "701" => Entity::Campaign,
        _ => return None,
    };
    Some(kind)
}

/// The other form of an id of Salesforce: its reports write 15 characters, its exports add three that say which of them are capitals.
pub fn other_form(text: &str) -> Option<String> {
    let text = text.trim();
    if !is_salesforce(text) {
        return None;
    }
    let short = text.get(..15)?;
    let checked = || format!("{short}{}", String::from_utf8_lossy(&check(short.as_bytes())));
    Some(if text.len() == 15 { checked() } else { short.to_owned() })
}

/// Whether `text` in the place of an owner names a record rather than a person: an id, a bare number, or letters with a number
/// as `AGT-0010`.
pub fn is_owner_id(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let coded = text.rsplit_once(['-', '_', '#', ':']).is_some_and(|(code, number)| {
        code.chars().count() <= 6
            && code.chars().all(char::is_alphabetic)
            && number.len() > 1
            && number.bytes().all(|b| b.is_ascii_digit())
    });
    foreign(text).is_some() || coded || (digits > 0 && digits == text.len())
}

fn is_uuid(text: &str) -> bool {
    let bare = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text).as_bytes();
    bare.len() == 36
        && bare.iter().enumerate().all(|(i, b)| if matches!(i, 8 | 13 | 18 | 23) { *b == b'-' } else { b.is_ascii_hexdigit() })
}

/// 15 letters and figures that begin with the key of an object type; of 18, the last three say which of the 15 are capitals.
fn is_salesforce(text: &str) -> bool {
    let bytes = text.as_bytes();
    if !matches!(bytes.len(), 15 | 18) || !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    if bytes.len() == 18 {
        return check(&bytes[..15]) == bytes[15..];
    }
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    (bytes[0] == b'0' || bytes[..2] == *b"a0") && digits >= 5 && bytes.iter().any(u8::is_ascii_alphabetic)
}

fn check(bytes: &[u8]) -> Vec<u8> {
    const CODE: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    bytes
        .chunks(5)
        .map(|five| CODE[five.iter().enumerate().map(|(i, b)| usize::from(b.is_ascii_uppercase()) << i).sum::<usize>()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_objects_are_no_names() {
        for id in [
            "001Ec00000GINb1IAH",
            "005bm00000NCJmQAAX",
            "001bm00001ZMTUy",
            "a00Ec000009WFuqIAG",
            "0192f7a0-0000-7000-8000-000000000001",
            "{0192F7A0-0000-7000-8000-000000000001}",
        ] {
            assert_eq!(foreign(id), Some(Foreign::Id), "{id}");
        }
        for json in ["{\"city\":\"Rom\"}", "[{\"a\":1}]", "{}"] {
            assert_eq!(foreign(json), Some(Foreign::Json), "{json}");
        }
        for name in [
            "",
            "Contoso",
            "3M",
            "Internationally1",
            "ContosoGmbHundCo",
            "Donaudampfschiff18",
            "{x}",
            "[x]",
            "001Ec00000GINb1IAX",
            "84011 Porter",
        ] {
            assert_eq!(foreign(name), None, "{name}");
        }
    }

    #[test]
    fn an_id_of_salesforce_says_its_kind_and_has_two_forms() {
        for (id, kind) in [
            ("00QEc00000BBaeXMAT", Some(Entity::Lead)),
            ("003Ec00000Cz310IAB", Some(Entity::Contact)),
            ("005bm00000NCJmQAAX", None),
            ("003", None),
            ("00é", None),
        ] {
            assert_eq!(kind_of_id(id), kind, "{id}");
        }
        assert_eq!(other_form("00QEc00000BBaeXMAT").as_deref(), Some("00QEc00000BBaeX"));
        assert_eq!(other_form("00QEc00000BBaeX").as_deref(), Some("00QEc00000BBaeXMAT"));
        assert_eq!(other_form("Contoso"), None);
    }

    #[test]
    fn an_owner_is_a_person() {
        for id in ["AGT-0010", "12", "005bm00000NCJmQAAX", "USR_7781"] {
            assert!(is_owner_id(id), "{id}");
        }
        for name in ["Jane Doe", "jdoe", "user42", "smith-99x", "Jane Doe 2", "j.doe1984@contoso.com", ""] {
            assert!(!is_owner_id(name), "{name}");
        }
    }
}
