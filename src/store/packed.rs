//! Many numbers and old values in few bytes, for the log of large acts. Touches no table.

use crate::error::{Error, Result};

/// Packs ascending numbers as differences.
pub fn pack_numbers(numbers: &[i64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(numbers.len() * 2);
    let mut last = 0i64;
    for number in numbers {
        put(&mut out, number.wrapping_sub(last) as u64);
        last = *number;
    }
    out
}

/// The numbers that [`pack_numbers`] packed; [`Error::Damaged`] when the bytes are not such.
pub fn unpack_numbers(bytes: &[u8]) -> Result<Vec<i64>> {
    let mut at = 0;
    let mut last = 0i64;
    let mut numbers = Vec::new();
    while at < bytes.len() {
        last = last.wrapping_add(take(bytes, &mut at)? as i64);
        numbers.push(last);
    }
    Ok(numbers)
}

/// Packs texts, each of which may be absent.
pub fn pack_texts(texts: &[Option<String>]) -> Vec<u8> {
    let mut out = Vec::new();
    for text in texts {
        match text {
            None => put(&mut out, 0),
            Some(text) => {
                put(&mut out, text.len() as u64 + 1);
                out.extend_from_slice(text.as_bytes());
            }
        }
    }
    out
}

/// The texts that [`pack_texts`] packed.
pub fn unpack_texts(bytes: &[u8]) -> Result<Vec<Option<String>>> {
    let mut at = 0;
    let mut texts = Vec::new();
    while at < bytes.len() {
        let length = usize::try_from(take(bytes, &mut at)?).map_err(|_| damaged())?;
        if length == 0 {
            texts.push(None);
            continue;
        }
        let end = at.checked_add(length - 1).filter(|end| *end <= bytes.len()).ok_or_else(damaged)?;
        let text = std::str::from_utf8(&bytes[at..end]).map_err(|_| damaged())?;
        texts.push(Some(text.to_owned()));
        at = end;
    }
    Ok(texts)
}

fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push((n as u8) | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn take(bytes: &[u8], at: &mut usize) -> Result<u64> {
    let mut n = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at).ok_or_else(damaged)?;
        *at += 1;
        n |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(n);
        }
    }
    Err(damaged())
}

fn damaged() -> Error {
    Error::Damaged("a packed step of the log is damaged".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked(mut numbers: Vec<i64>, texts: Vec<Option<String>>) {
            numbers.sort_unstable();
            prop_assert_eq!(unpack_numbers(&pack_numbers(&numbers)).unwrap(), numbers);
            prop_assert_eq!(unpack_texts(&pack_texts(&texts)).unwrap(), texts);
        }

        #[test]
        fn any_bytes_are_an_answer_or_an_error(bytes: Vec<u8>) {
            let _ = unpack_numbers(&bytes);
            let _ = unpack_texts(&bytes);
        }
    }
}
