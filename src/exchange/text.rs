//! Bytes of a file as UTF-8: which encoding they are in, and a reader that decodes piece by piece. Holds no file in memory.

use std::io::{self, Read};
use std::ops::Range;

use encoding_rs::{CoderResult, Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the characters of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, which holds Latin-1.
    Windows1252,
}

impl Encoding {
    /// The name that people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// What a look at all bytes found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// The encoding to read them in.
    pub encoding: Encoding,
    /// Whether a byte order mark stands before them.
    pub marked: bool,
    /// How many bytes there are.
    pub bytes: u64,
    /// Bytes that mean no character; each is read as U+FFFD, in Windows-1252 as the control character of its code.
    pub undecodable: u64,
}

/// The bytes that Windows-1252 leaves undefined.
const UNDEFINED: &[u8] = &[0x81, 0x8D, 0x8F, 0x90, 0x9D];
const CHUNK: usize = 64 * 1024;

/// Reads everything once and decides. UTF-16 is known by its mark or by the zero bytes of its first kilobytes; bytes that are not
/// UTF-8 are Windows-1252, unless most characters beyond ASCII are good UTF-8, which then is taken as damaged.
pub fn probe(input: &mut impl Read) -> io::Result<Probe> {
    let mut chunk = vec![0; CHUNK];
    let mut held = 0;
    let mut scan = Scan::default();
    let mut found: Option<(Encoding, bool)> = None;
    let mut odd = 0;
    loop {
        let got = fill(input, &mut chunk[held..])?;
        let end = held + got;
        if scan.bytes == 0 {
            found = utf16(&chunk[..end]);
            if found.is_none() && chunk[..end].starts_with(b"\xEF\xBB\xBF") {
                scan.marked = true;
            }
        }
        scan.bytes += got as u64;
        if found.is_some() {
            odd = scan.bytes % 2;
            held = 0;
        } else {
            held = scan.see(&chunk[..end], got == 0);
            chunk.copy_within(end - held..end, 0);
        }
        if got == 0 {
            break;
        }
    }
    let (encoding, marked) = found.unwrap_or((
        if scan.broken == 0 || scan.marked || scan.beyond > scan.broken { Encoding::Utf8 } else { Encoding::Windows1252 },
        scan.marked,
    ));
    let undecodable = match encoding {
        Encoding::Utf8 => scan.broken,
        Encoding::Windows1252 => scan.undefined,
        Encoding::Utf16Le | Encoding::Utf16Be => odd,
    };
    Ok(Probe { encoding, marked, bytes: scan.bytes, undecodable })
}

/// UTF-16 by its mark, or by zeros in every other byte.
fn utf16(head: &[u8]) -> Option<(Encoding, bool)> {
    match head {
        [0xFF, 0xFE, ..] => return Some((Encoding::Utf16Le, true)),
        [0xFE, 0xFF, ..] => return Some((Encoding::Utf16Be, true)),
        _ => {}
    }
    let head = &head[..head.len().min(4096) & !1];
    let half = head.len() / 2;
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if half >= 2 && odd * 2 > half && even * 10 < half {
        Some((Encoding::Utf16Le, false))
    } else if half >= 2 && even * 2 > half && odd * 10 < half {
        Some((Encoding::Utf16Be, false))
    } else {
        None
    }
}

#[derive(Default)]
struct Scan {
    bytes: u64,
    marked: bool,
    /// Characters beyond ASCII that are good UTF-8.
    beyond: u64,
    /// Bytes that are no part of good UTF-8.
    broken: u64,
    undefined: u64,
}

impl Scan {
    /// Looks at `bytes`; returns how many at the end may be the beginning of a character and must be given again.
    fn see(&mut self, bytes: &[u8], last: bool) -> usize {
        let mut rest = bytes;
        if rest.is_ascii() {
            return 0;
        }
        loop {
            match std::str::from_utf8(rest) {
                Ok(good) => {
                    self.good(good.as_bytes());
                    return 0;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    self.good(good);
                    let wrong = match error.error_len() {
                        Some(length) => length,
                        None if last => bad.len(),
                        None => return bad.len(),
                    };
                    self.broken += wrong as u64;
                    self.undefined += undefined(&bad[..wrong]);
                    rest = &bad[wrong..];
                }
            }
        }
    }

    fn good(&mut self, bytes: &[u8]) {
        self.beyond += bytes.iter().filter(|b| **b >= 0xC0).count() as u64;
        self.undefined += undefined(bytes);
    }
}

fn undefined(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| UNDEFINED.contains(b)).count() as u64
}

/// Reads until `into` is full or the input ends.
fn fill(input: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match input.read(&mut into[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}

/// Reads any encoding as valid UTF-8 without its mark, a chunk at a time.
pub struct Decode<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` is not decoded yet.
    waiting: Range<usize>,
    text: Vec<u8>,
    /// What of `text` is not handed out yet.
    ready: Range<usize>,
    ended: bool,
    finished: bool,
}

impl<R: Read> Decode<R> {
    /// Reads `input`, from its first byte, in `encoding`.
    pub fn new(input: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 => UTF_8.new_decoder_with_bom_removal(),
            Encoding::Utf16Le => UTF_16LE.new_decoder_with_bom_removal(),
            Encoding::Utf16Be => UTF_16BE.new_decoder_with_bom_removal(),
            Encoding::Windows1252 => WINDOWS_1252.new_decoder_without_bom_handling(),
        };
        let (raw, text) = (vec![0; CHUNK], vec![0; CHUNK]);
        Self { input, decoder, raw, waiting: 0..0, text, ready: 0..0, ended: false, finished: false }
    }

    /// Decodes on until something is ready or all is.
    fn decode(&mut self) -> io::Result<()> {
        while self.ready.is_empty() && !self.finished {
            if self.waiting.is_empty() && !self.ended {
                let got = fill(&mut self.input, &mut self.raw)?;
                self.waiting = 0..got;
                self.ended = got < self.raw.len();
            }
            let raw = &self.raw[self.waiting.clone()];
            let (result, read, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.ended);
            self.waiting.start += read;
            self.ready = 0..written;
            self.finished = self.ended && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decode<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.decode()?;
        let count = self.ready.len().min(out.len());
        out[..count].copy_from_slice(&self.text[self.ready.start..self.ready.start + count]);
        self.ready.start += count;
        Ok(count)
    }
}

/// Bytes as hexadecimal figures.
pub fn hex(bytes: &[u8]) -> String {
    const FIGURES: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|n| char::from(FIGURES[usize::from(n)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> (Probe, String) {
        let found = probe(&mut &bytes[..]).expect("bytes are read");
        let mut text = String::new();
        Decode::new(bytes, found.encoding).read_to_string(&mut text).expect("valid UTF-8");
        (found, text)
    }

    fn utf16(text: &str, low_first: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|u: u16| if low_first { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn every_encoding_is_known() {
        let text = "Name;Ort\nZoë Müller;Köln – “Süd” €\n";
        for (bytes, encoding, marked) in [
            (text.as_bytes().to_vec(), Encoding::Utf8, false),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8, true),
            (utf16(text, true, true), Encoding::Utf16Le, true),
            (utf16(text, false, true), Encoding::Utf16Be, true),
            (utf16(text, true, false), Encoding::Utf16Le, false),
            (utf16(text, false, false), Encoding::Utf16Be, false),
            (WINDOWS_1252.encode(text).0.into_owned(), Encoding::Windows1252, false),
        ] {
            let (found, read) = read(&bytes);
            assert_eq!((found.encoding, found.marked, found.undecodable), (encoding, marked, 0));
            assert_eq!(found.bytes, bytes.len() as u64);
            assert_eq!(read, text, "{}", encoding.name());
        }
    }

    #[test]
    fn damage_is_counted_and_a_late_byte_decides() {
        let mut late = "a,b\n".repeat(50_000).into_bytes();
        late.extend_from_slice(b"caf\xE9,x\n");
        let (found, text) = read(&late);
        assert_eq!((found.encoding, found.undecodable), (Encoding::Windows1252, 0));
        assert!(text.ends_with("café,x\n"));

        let (found, text) = read(&["Zoë, Müller\n".as_bytes(), b"\xFFx"].concat());
        assert_eq!((found.encoding, found.undecodable), (Encoding::Utf8, 1));
        assert!(text.ends_with("\u{FFFD}x"));

        let (found, _) = read(b"a\x81b\xE4");
        assert_eq!((found.encoding, found.undecodable), (Encoding::Windows1252, 1));
        let (found, text) = read(b"");
        assert_eq!((found.bytes, text.as_str()), (0, ""));
        let (found, _) = read(b"\xFF\xFEa\0b");
        assert_eq!(found.undecodable, 1);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes);
        }

        #[test]
        fn text_survives_every_chunk_border(text in "[a-zä日😀]{0,40}", before in 65_500usize..65_540) {
            let text = format!("{}{text}", "x".repeat(before));
            let (found, back) = read(text.as_bytes());
            prop_assert_eq!((found.encoding, found.undecodable), (Encoding::Utf8, 0));
            prop_assert_eq!(back, text.clone());
            let (_, back) = read(&utf16(&text, true, true));
            prop_assert_eq!(back, text);
        }
    }
}
