//! How large a picture is, in pixels, by the first bytes of its file. Decodes no picture.

/// Width and height of a PNG, GIF, BMP, WebP or JPEG; `None` for all else and where the bytes do not reach far enough.
pub fn pixels(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR") {
        return Some((be32(bytes, 16)?, be32(bytes, 20)?));
    }
    if bytes.starts_with(b"GIF8") {
        return Some((le16(bytes, 6)?, le16(bytes, 8)?));
    }
    if bytes.starts_with(b"BM") {
        // a height below zero means that the rows stand from above
        let height = i32::from_le_bytes(bytes.get(22..26)?.try_into().ok()?);
        return Some((le32(bytes, 18)?, height.unsigned_abs()));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return webp(bytes);
    }
    if bytes.starts_with(b"\xff\xd8\xff") { jpeg(bytes) } else { None }
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}

/// The three forms of WebP: lossy, lossless, extended.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8 " => Some((le16(bytes, 26)? & 0x3fff, le16(bytes, 28)? & 0x3fff)),
        b"VP8L" => {
            let bits = le32(bytes, 21)?;
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => {
            let wide = le32(bytes, 24)? & 0xff_ffff;
            let high = le32(bytes, 26)? >> 8;
            Some((wide + 1, high + 1))
        }
        _ => None,
    }
}

/// Goes from segment to segment until the one that tells of the picture.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let mark = *bytes.get(at + 1)?;
        match mark {
            // filled up
            0xff => at += 1,
            // marks without a length
            0x01 | 0xd0..=0xd8 => at += 2,
            // C4, C8 and CC are no frames
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return Some((be16(bytes, at + 7)?, be16(bytes, at + 5)?)),
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::try_from(be16(bytes, at + 2)?.max(2)).ok()?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_picture_says_how_large_it_is() {
        let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &640u32.to_be_bytes(), &480u32.to_be_bytes()].concat();
        assert_eq!(pixels(&png), Some((640, 480)));
        assert_eq!(pixels(b"GIF89a\x40\x01\xc8\x00"), Some((320, 200)));
        let jpeg = [
            &b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"[..],
            b"\xff\xc4\x00\x04\0\0\xff\xff\xc2\x00\x11\x08\x01\xe0\x02\x80\x03",
        ]
        .concat();
        assert_eq!(pixels(&jpeg), Some((640, 480)));
        let mut bmp = b"BM".to_vec();
        bmp.resize(18, 0);
        bmp.extend(7_u32.to_le_bytes());
        bmp.extend((-5_i32).to_le_bytes());
        assert_eq!(pixels(&bmp), Some((7, 5)));
        let mut lossless = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f".to_vec();
        lossless.extend((99_u32 | (49 << 14)).to_le_bytes());
        assert_eq!(pixels(&lossless), Some((100, 50)));
        let mut extended = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0".to_vec();
        extended.extend([0x3f, 0x01, 0, 0xc7, 0, 0]);
        assert_eq!(pixels(&extended), Some((320, 200)));
        assert_eq!(pixels(b"%PDF-1.7"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_fail(begin in prop::sample::select(vec![&b"\xff\xd8\xff"[..], b"BM", b"GIF8", b"RIFF\0\0\0\0WEBPVP8X", b""]),
                                 rest in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = pixels(&[begin, &rest].concat());
        }
    }
}
