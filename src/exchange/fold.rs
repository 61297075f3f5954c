//! Long lines of vCards and calendars, folded as both formats want it. Knows neither.

use std::io::{self, Write};

/// Writes a line of at most `longest` bytes, going on in further lines that begin with a blank; no character is divided, and each
/// ends in CR LF.
pub fn write_folded(out: &mut dyn Write, line: &str, longest: usize) -> io::Result<()> {
    let mut rest = line;
    let mut room = longest;
    loop {
        let mut end = rest.floor_char_boundary(room.min(rest.len()));
        if end == 0 && !rest.is_empty() {
            end = rest.ceil_char_boundary(1);
        }
        out.write_all(&rest.as_bytes()[..end])?;
        out.write_all(b"\r\n")?;
        rest = &rest[end..];
        if rest.is_empty() {
            return Ok(());
        }
        out.write_all(b" ")?;
        room = longest - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_are_short_and_give_the_text_back(text in "[a-zé日😀 ,]{0,200}") {
            let mut out = Vec::new();
            write_folded(&mut out, &text, 75).expect("memory");
            let written = String::from_utf8(out).expect("whole characters");
            prop_assert!(written.ends_with("\r\n") && written.split("\r\n").all(|line| line.len() <= 75), "{}", written);
            prop_assert_eq!(written.replace("\r\n ", "").replace("\r\n", ""), text);
        }
    }
}
