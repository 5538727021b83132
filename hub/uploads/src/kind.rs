//! What a file is (TRN-10): by its own structure, never by its name. What is something else besides, is broken, or would
//! fill a clerk's machine when it is opened, is not taken.

use crate::{
    budget::{JudgeBudget, JudgePatience},
    pdf::judge,
    unfit::{FileFlaw, fits},
};

/// A PDF ends with its mark; programs put some blank bytes behind it.
const PDF_TAIL_BYTES: usize = 2_048;
/// Readers look for the mark of a PDF in its first bytes; more blanks before it are a way of being something else.
const PDF_HEAD_BYTES: usize = 1_024;
/// An archive's directory ends within so many bytes of the file's end: 22, and a comment of up to 65,535.
const ARCHIVE_TAIL_BYTES: usize = 22 + 65_535;

/// What a file is. The name it came with is not asked.
///
/// # Errors
/// Why it is not taken. This may take a second or two, and as long as somebody waits for it.
pub fn kind_of(bytes: &[u8], patience: JudgePatience<'_>) -> Result<&'static str, FileFlaw> {
    kind_within(bytes, &mut JudgeBudget::new(bytes.len(), patience))
}

/// The same, with what it may cost.
pub(crate) fn kind_within(bytes: &[u8], budget: &mut JudgeBudget<'_>) -> Result<&'static str, FileFlaw> {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
    let kind = if bytes.starts_with(PNG) {
        png(&bytes[PNG.len()..], budget).map(|()| "image/png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        jpeg(&bytes[2..], budget).map(|()| "image/jpeg")
    } else if bytes[blanks_before(bytes)..].starts_with(b"%PDF-") {
        pdf(bytes, budget).map(|()| "application/pdf")
    } else if is_heif(bytes) {
        Err(FileFlaw::Heif)
    } else {
        Err(FileFlaw::Kind)
    }?;
    if is_archive_too(bytes) { Err(FileFlaw::Broken) } else { Ok(kind) }
}

/// How many bytes stand before the first line: a mark of the order of bytes and blank ones, which some programs put there, and
/// which readers skip.
fn blanks_before(bytes: &[u8]) -> usize {
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let blank = bytes[mark..].iter().take(PDF_HEAD_BYTES).take_while(|byte| byte.is_ascii_whitespace() || **byte == 0);
    mark + blank.count()
}

/// Whether it is a photograph as telephones keep it, in one of the kinds of HEIF (ISO 23008-12): its first box says so.
fn is_heif(bytes: &[u8]) -> bool {
    const BRANDS: [&[u8]; 9] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

/// Whether a program that opens archives would find one in it.
fn is_archive_too(bytes: &[u8]) -> bool {
    const END: &[u8] = b"PK\x05\x06";
    let tail = &bytes[bytes.len().saturating_sub(ARCHIVE_TAIL_BYTES)..];
    tail.windows(END.len()).enumerate().any(|(at, window)| {
        let comment = tail.get(at + 20..at + 22).map(|length| usize::from(u16::from_le_bytes([length[0], length[1]])));
        window == END && comment.is_some_and(|comment| at + 22 + comment == tail.len())
    })
}

/// The chunks of a PNG, from the one with its size to its end, with nothing behind (ISO 15948, 5.3).
fn png(mut chunks: &[u8], budget: &mut JudgeBudget<'_>) -> Result<(), FileFlaw> {
    let mut is_first = true;
    loop {
        let (head, rest) = chunks.split_at_checked(8).ok_or(FileFlaw::Broken)?;
        budget.piece()?;
        budget.read(head.len())?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let kind = &head[4..];
        let (body, rest) = rest.split_at_checked(length).ok_or(FileFlaw::Broken)?;
        let (_checksum, rest) = rest.split_at_checked(4).ok_or(FileFlaw::Broken)?;
        if is_first {
            let size = body.get(..8).filter(|_| kind == b"IHDR").ok_or(FileFlaw::Broken)?;
            let side = |at: usize| u64::from(u32::from_be_bytes([size[at], size[at + 1], size[at + 2], size[at + 3]]));
            fits(side(0), side(4))?;
            is_first = false;
        }
        if kind == b"IEND" {
            // Nothing stands in it either (11.2.5): a place for whatever one likes.
            return if rest.is_empty() && body.is_empty() { Ok(()) } else { Err(FileFlaw::Broken) };
        }
        chunks = rest;
    }
}

/// The segments of a JPEG, up to its picture (ITU-T T.81, B.1.1): cameras put what they like behind it.
fn jpeg(mut segments: &[u8], budget: &mut JudgeBudget<'_>) -> Result<(), FileFlaw> {
    let mut sized = None;
    loop {
        // A segment may have any number of these before it.
        let fill = segments.windows(2).take_while(|pair| *pair == b"\xff\xff").count();
        budget.read(fill)?;
        segments = &segments[fill..];
        budget.piece()?;
        let (head, rest) = segments.split_at_checked(4).ok_or(FileFlaw::Broken)?;
        let length = usize::from(u16::from_be_bytes([head[2], head[3]])).checked_sub(2).ok_or(FileFlaw::Broken)?;
        let (body, rest) = rest.split_at_checked(length).ok_or(FileFlaw::Broken)?;
        match (head[0], head[1]) {
            (0xff, 0xc4 | 0xc8 | 0xcc) => {}
            (0xff, 0xc0..=0xcf) => {
                let size = body.get(1..5).ok_or(FileFlaw::Broken)?;
                let side = |at: usize| u64::from(u16::from_be_bytes([size[at], size[at + 1]]));
                sized = Some(fits(side(2), side(0))?);
            }
            (0xff, 0xda) => return sized.ok_or(FileFlaw::Broken),
            (0xff, _) => {}
            _ => return Err(FileFlaw::Broken),
        }
        segments = rest;
    }
}

/// A PDF has its mark near its end, and blank bytes at most behind it; then it is looked into.
fn pdf(bytes: &[u8], budget: &mut JudgeBudget<'_>) -> Result<(), FileFlaw> {
    const END: &[u8] = b"%%EOF";
    let tail = &bytes[bytes.len().saturating_sub(PDF_TAIL_BYTES)..];
    let at = tail.windows(END.len()).rposition(|window| window == END).ok_or(FileFlaw::Broken)?;
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
    if tail[at + END.len()..].iter().all(is_blank) { judge(bytes, budget) } else { Err(FileFlaw::Broken) }
}

#[cfg(test)]
mod tests {
    use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};

    use super::*;
    use crate::budget::unhurried;

    fn kind_of(bytes: &[u8]) -> Result<&'static str, FileFlaw> {
        super::kind_of(bytes, unhurried())
    }

    fn picture() -> Vec<u8> {
        let mut png = Vec::new();
        PngEncoder::new(&mut png).write_image(&[0; 12], 2, 2, ExtendedColorType::Rgb8).unwrap();
        png
    }

    /// A JPEG as far as it is looked at: its size, and the beginning of its picture.
    fn photograph(width: u16, height: u16) -> Vec<u8> {
        let mut jpeg = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x0b\x08".to_vec();
        jpeg.extend([height.to_be_bytes(), width.to_be_bytes()].concat());
        jpeg.extend(b"\x01\x01\x11\x00\xff\xda\x00\x02....\xff\xd9");
        jpeg
    }

    #[test]
    fn trn_10_a_file_is_what_it_is_built_as() {
        assert_eq!(kind_of(b"%PDF-1.7\n...\n%%EOF\n"), Ok("application/pdf"));
        assert_eq!(kind_of(&picture()), Ok("image/png"));
        assert_eq!(kind_of(&photograph(4_000, 3_000)), Ok("image/jpeg"));
        for before in ["\u{feff}", "\r\n", "\n\n  \t", "\u{feff}\r\n", "\0\0"] {
            let written = format!("{before}%PDF-1.7\n...\n%%EOF\n");
            assert_eq!(kind_of(written.as_bytes()), Ok("application/pdf"), "{before:?}");
        }
        let blank = [" ".repeat(2_000).as_bytes(), b"%PDF-1.7\n...\n%%EOF\n"].concat();
        assert_eq!(kind_of(&blank), Err(FileFlaw::Kind));
        assert_eq!(kind_of(b"\n<html>%PDF-1.7\n%%EOF\n"), Err(FileFlaw::Kind));
        for brand in ["heic", "mif1", "avif"] {
            assert_eq!(kind_of(format!("\0\0\0\x18ftyp{brand}....").as_bytes()), Err(FileFlaw::Heif), "{brand}");
        }
        assert_eq!(kind_of(b"\0\0\0\x18ftypisom...."), Err(FileFlaw::Kind), "a film");
        for wrong in [&b""[..], b"PK\x03\x04", b"<html>", b"MZ", b"\x1f\x8b\x08", b"GIF89a", b"<?xml"] {
            assert_eq!(kind_of(wrong), Err(FileFlaw::Kind), "{wrong:?}");
        }
    }

    #[test]
    fn trn_10_what_is_not_whole_or_something_else_besides_is_not_taken() {
        let end = [&b"PK\x05\x06"[..], &[0; 18]].concat();
        let pdf = b"%PDF-1.7\n...\n%%EOF\n".to_vec();
        for (whole, name) in [(picture(), "PNG"), (photograph(10, 10), "JPEG"), (pdf, "PDF")] {
            let archive = [whole.clone(), end.clone()].concat();
            assert_eq!(kind_of(&archive), Err(FileFlaw::Broken), "{name} with an archive behind");
            assert!(kind_of(&whole[..whole.len() - whole.len() / 2]).is_err(), "half a {name}");
        }
        let script = [picture(), b"<script>alert(1)</script>".to_vec()].concat();
        assert_eq!(kind_of(&script), Err(FileFlaw::Broken));
        let picture = picture();
        let within = [&picture[..picture.len() - 12], b"\0\0\0\x08IEND<script>....."].concat();
        assert_eq!(kind_of(&within), Err(FileFlaw::Broken), "within its end");
    }

    #[test]
    fn trn_10_a_picture_that_would_fill_a_machine_is_not_taken() {
        let mut bomb = picture();
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        assert_eq!(kind_of(&bomb), Err(FileFlaw::Pixels));
        assert_eq!(kind_of(&photograph(u16::MAX, u16::MAX)), Err(FileFlaw::Pixels));
        assert_eq!(kind_of(&photograph(0, 10)), Err(FileFlaw::Broken));
    }
}
