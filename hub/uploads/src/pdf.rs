//! What is inside a PDF, as far as it could harm whoever opens it (TRN-10): commands that run by themselves, and pages that
//! unpack into more than a clerk's machine can hold. Nothing of it is shown here; what cannot be looked into is not taken.
//!
//! It is gone through from its first byte to its last, twice, whatever it says of where its parts are: no length, table or
//! way back in it is followed, so that none of them can lead in a circle.

use crate::{
    budget::JudgeBudget,
    locked::{ObjectName, PdfLock, digits, object_before, reference, trimmed},
    name::{Name, is_blank},
    unfit::{FileFlaw, fits},
    unpack::{PIECE_BYTES, Unpacking},
};

/// A stream says in so many bytes how it is packed; whoever needs more hides something.
const FILTER_BYTES_MAX: usize = 256;
/// A side of a picture is written in so many digits, with so many blanks before it.
const DIGITS_MAX: usize = 9;
const BLANKS_MAX: usize = 64;

/// Whether a PDF is fit to be opened in an office.
pub fn judge(bytes: &[u8], budget: &mut JudgeBudget<'_>) -> Result<(), FileFlaw> {
    let lock = match look_at_names(bytes, budget)? {
        PdfDoor::Open => None,
        PdfDoor::Locked => Some(PdfLock::open(bytes, budget)?),
    };
    look_into_streams(bytes, lock.as_ref(), budget)
}

/// Whether a file says that it is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PdfDoor {
    Open,
    Locked,
}

/// Looks at every name that is not packed.
fn look_at_names(bytes: &[u8], budget: &mut JudgeBudget<'_>) -> Result<PdfDoor, FileFlaw> {
    let (mut is_active, mut packed, mut door) = (false, Ok(()), PdfDoor::Open);
    for (nth, chunk) in bytes.chunks(PIECE_BYTES).enumerate() {
        budget.read(chunk.len())?;
        for (at, _) in chunk.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            let rest = &bytes[nth * PIECE_BYTES + at + 1..];
            let name = Name::at(rest);
            match name.letters() {
                b"Encrypt" => door = PdfDoor::Locked,
                b"Filter" => packed = packed.and(filters(&rest[name.written..], budget)),
                _ => is_active |= name.is_active(),
            }
        }
    }
    if is_active { Err(FileFlaw::Active) } else { packed.map(|()| door) }
}

/// What stands behind `/Filter`: one packing in text at most, and within it deflating, once. Everything else is either
/// very old or meant to hide, and so is what stands in another place.
fn filters(rest: &[u8], budget: &mut JudgeBudget<'_>) -> Result<(), FileFlaw> {
    let value = &rest[..rest.len().min(FILTER_BYTES_MAX)];
    let (mut at, mut is_list, mut text, mut deflated) = (0, false, false, false);
    let said = loop {
        let Some(&byte) = value.get(at) else { break Err(FileFlaw::Locked) };
        at += 1;
        match byte {
            b'[' if !is_list => is_list = true,
            b']' if is_list => break Ok(()),
            b'%' => at += value[at..].iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count(),
            b'/' => {
                let name = Name::at(&value[at..]);
                at += name.written;
                let is_plain = match name.letters() {
                    b"FlateDecode" | b"Fl" => !std::mem::replace(&mut deflated, true),
                    b"ASCII85Decode" | b"A85" | b"ASCIIHexDecode" | b"AHx" => {
                        !std::mem::replace(&mut text, true) && !deflated
                    }
                    b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL" | b"Crypt" => false,
                    _ => true,
                };
                if !is_plain {
                    break Err(FileFlaw::Locked);
                }
                if !is_list {
                    break Ok(());
                }
            }
            b'n' if !is_list && value[at..].starts_with(b"ull") => break Ok(()),
            _ if is_blank(byte) => {}
            _ => break Err(FileFlaw::Locked),
        }
    };
    budget.read(at)?;
    said
}

/// Looks into everything that a reader may take for a stream.
fn look_into_streams(bytes: &[u8], lock: Option<&PdfLock>, budget: &mut JudgeBudget<'_>) -> Result<(), FileFlaw> {
    let mut locked = LockedStream::default();
    let (mut unpacking, mut size, mut lines) = (Unpacking::new(), PdfSize::default(), Lines::of(bytes));
    for (nth, chunk) in bytes.chunks(PIECE_BYTES).enumerate() {
        budget.read(chunk.len())?;
        for (at, byte) in chunk.iter().enumerate() {
            let (until, rest) = bytes.split_at(nth * PIECE_BYTES + at + 1);
            match byte {
                b'/' => {
                    let name = Name::at(rest);
                    match name.letters() {
                        b"Width" => size.width = size.width.max(number(&rest[name.written..])),
                        b"Length" => locked.length = lock.and_then(|lock| length(&rest[name.written..], lock)),
                        b"Height" => size.height = size.height.max(number(&rest[name.written..])),
                        _ => {}
                    }
                }
                b'j' if until.ends_with(b"obj") && !until.ends_with(b"endobj") => {
                    budget.object()?;
                    size = PdfSize::default();
                    locked = LockedStream { object: object_before(until), length: None };
                }
                b'm' if until.ends_with(b"stream") && !until.ends_with(b"endstream") => {
                    budget.piece()?;
                    size.fits()?;
                    // Readers take what stands behind the word's line.
                    if let Some(begins) = lines.next(until.len(), budget)? {
                        unpacking.look_into(&bytes[begins..], budget)?;
                        if let Some(lock) = lock {
                            locked.look_into(&bytes[begins..], lock, &mut unpacking, budget)?;
                        }
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// What is said of a stream of a locked file since the beginning of its object.
#[derive(Default)]
struct LockedStream {
    object: Option<ObjectName>,
    length: Option<u64>,
}

impl LockedStream {
    /// Looks into a stream as readers unlock it: to the length that it says it has, or to its last word, whichever is later.
    fn look_into(
        &self,
        data: &[u8],
        lock: &PdfLock,
        unpacking: &mut Unpacking,
        budget: &mut JudgeBudget<'_>,
    ) -> Result<(), FileFlaw> {
        const END: &[u8] = b"endstream";
        // What belongs to no object nobody can unlock.
        let object = self.object.ok_or(FileFlaw::Encrypted)?;
        let mut word = data.len();
        for (nth, chunk) in data.chunks(PIECE_BYTES).enumerate() {
            budget.read(chunk.len())?;
            let from = nth * PIECE_BYTES;
            let reach = &data[from..data.len().min(from + chunk.len() + END.len())];
            if let Some(at) = reach.windows(END.len()).position(|window| window == END) {
                word = from + at;
                break;
            }
        }
        let said = self.length.and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
        let data = &data[..word.max(said).min(data.len())];
        budget.read(data.len())?;
        let Some(text) = lock.unlocked(object, data) else { return Ok(()) };
        unpacking.look_at(&text, budget)?;
        unpacking.look_into(&text, budget)
    }
}

/// How long a stream says it is, here or in another object.
fn length(rest: &[u8], lock: &PdfLock) -> Option<u64> {
    let rest = trimmed(rest);
    match reference(rest) {
        Some((object, _)) => lock.number(object),
        None => digits(rest).map(|(number, _)| number),
    }
}

/// Where lines begin.
struct Lines<'a> {
    bytes: &'a [u8],
    /// The end of a line that was found, and from where on there is none before it.
    found: std::ops::Range<usize>,
}

impl<'a> Lines<'a> {
    const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, found: 0..0 }
    }

    /// Where the line begins that follows on a place; places come in order, so that nothing is gone through twice.
    fn next(&mut self, after: usize, budget: &mut JudgeBudget<'_>) -> Result<Option<usize>, FileFlaw> {
        if !self.found.contains(&after) {
            let mut end = after;
            for chunk in self.bytes[after..].chunks(PIECE_BYTES) {
                let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
                let there = chunk.iter().position(is_end);
                let looked_at = there.map_or(chunk.len(), |there| there + 1);
                budget.read(looked_at)?;
                end += there.unwrap_or(chunk.len());
                if there.is_some() {
                    break;
                }
            }
            self.found = after..end + 1;
        }
        let end = self.found.end - 1;
        let line = self.bytes.get(end..).filter(|line| !line.is_empty());
        Ok(line.map(|line| end + if line.starts_with(b"\r\n") { 2 } else { 1 }))
    }
}

/// What is said of a picture since the beginning of an object.
#[derive(Default)]
struct PdfSize {
    width: u64,
    height: u64,
}

impl PdfSize {
    /// A picture within is no larger than one by itself may be.
    fn fits(&self) -> Result<(), FileFlaw> {
        if self.width == 0 || self.height == 0 { Ok(()) } else { fits(self.width, self.height) }
    }
}

/// The number behind a name; 0 if there is none.
fn number(rest: &[u8]) -> u64 {
    let blanks = rest.iter().take(BLANKS_MAX).take_while(|byte| is_blank(**byte)).count();
    let digits = rest[blanks..].iter().take(DIGITS_MAX).take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;
    use crate::budget::unhurried;

    fn judge(pdf: &[u8]) -> Result<(), FileFlaw> {
        super::judge(pdf, &mut JudgeBudget::new(pdf.len(), unhurried()))
    }

    fn judge_within(pdf: &[u8], room: u64) -> Result<(), FileFlaw> {
        super::judge(pdf, &mut JudgeBudget::with_room(pdf.len(), room, unhurried()))
    }

    #[test]
    fn trn_10_what_its_owner_alone_may_change_is_looked_into_as_every_reader_opens_it() {
        let taken: [&[u8]; 5] = [
            include_bytes!("../samples/rc4-40.pdf"),
            include_bytes!("../samples/rc4-128.pdf"),
            include_bytes!("../samples/aes-128.pdf"),
            include_bytes!("../samples/aes-256-r5.pdf"),
            include_bytes!("../samples/aes-256.pdf"),
        ];
        for (nth, pdf) in taken.into_iter().enumerate() {
            assert_eq!(judge(pdf), Ok(()), "{nth}");
        }
        let with_scripts: [&[u8]; 5] = [
            include_bytes!("../samples/rc4-40-script.pdf"),
            include_bytes!("../samples/rc4-128-script.pdf"),
            include_bytes!("../samples/aes-128-script.pdf"),
            include_bytes!("../samples/aes-256-r5-script.pdf"),
            include_bytes!("../samples/aes-256-script.pdf"),
        ];
        for (nth, pdf) in with_scripts.into_iter().enumerate() {
            assert_eq!(judge(pdf), Err(FileFlaw::Active), "{nth}");
        }
        let shut = include_bytes!("../samples/aes-256-user.pdf");
        assert_eq!(judge(shut), Err(FileFlaw::Encrypted), "it asks for a password");
        // Two that say how it is locked: nobody knows which one a reader takes.
        let twice = [taken[2], b"trailer <</Encrypt 5 0 R>>\n%%EOF\n"].concat();
        assert_eq!(judge(&twice), Err(FileFlaw::Encrypted));
        // Whatever breaks in it, nothing else does.
        for cut in (0..taken[4].len()).step_by(7) {
            let mut broken = taken[4].to_vec();
            broken[cut] ^= 0x55;
            let _ = judge(&broken);
            let _ = judge(&taken[4][..cut]);
        }
    }

    fn deflated(content: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    fn zeros(mebibytes: usize) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        let some = vec![0; 1024 * 1024];
        for _ in 0..mebibytes {
            encoder.write_all(&some).unwrap();
        }
        encoder.finish().unwrap()
    }

    fn pdf(description: &str, data: &[u8]) -> Vec<u8> {
        let head = format!("%PDF-1.7\n1 0 obj\n<<{description}>>\nstream\r\n");
        [head.as_bytes(), data, b"\nendstream\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"].concat()
    }

    const FLATE: &str = "/Filter /FlateDecode";
    const MIB: u64 = 1024 * 1024;

    #[test]
    fn trn_10_a_usual_pdf_is_taken() {
        let page = b"BT /F1 12 Tf (JavaScript, Launch) Tj ET";
        assert_eq!(judge(&pdf(FLATE, &deflated(page))), Ok(()));
        assert_eq!(judge(&pdf("/Filter [/ASCII85Decode /FlateDecode]", b"GhQ~>")), Ok(()));
        assert_eq!(judge(&pdf("/Filter /DCTDecode /Width 2480 /Height 3508", b"\xff\xd8\xff")), Ok(()));
        assert_eq!(judge(&pdf("/OpenAction [1 0 R /Fit]", b"")), Ok(()), "which page is shown first harms nobody");
        assert_eq!(judge_within(&pdf(FLATE, &zeros(4)), 5 * MIB), Ok(()), "a page of a scanner");
    }

    #[test]
    fn trn_10_a_pdf_that_does_something_by_itself_is_not_taken() {
        for action in ["/S/JavaScript/JS(app.alert(1))", "/S /Launch /F (cmd.exe)", "/S/#4aava#53cript", "/XFA 3 0 R"] {
            assert_eq!(judge(&pdf(action, b"")), Err(FileFlaw::Active), "{action}");
            let within = deflated(format!("2 0 <<{action}>>").as_bytes());
            assert_eq!(
                judge(&pdf("/Type/ObjStm /Filter/FlateDecode", &within)),
                Err(FileFlaw::Active),
                "packed {action}"
            );
        }
        // Over the seam of two pieces.
        let seams = [PIECE_BYTES / 2, PIECE_BYTES].map(|seam| seam - 80..seam + 4);
        for before in seams.into_iter().flatten() {
            let content = [vec![b' '; before], b"/S/JavaScript ".to_vec(), vec![b' '; PIECE_BYTES]].concat();
            assert_eq!(judge(&pdf(FLATE, &deflated(&content))), Err(FileFlaw::Active), "{before}");
        }
    }

    #[test]
    fn trn_10_a_pdf_that_unpacks_without_end_is_not_taken() {
        let judge = |pdf: &[u8]| judge_within(pdf, 5 * MIB);
        let bomb = zeros(6);
        assert!(bomb.len() < 16 * 1024, "{}", bomb.len());
        assert_eq!(judge(&pdf(FLATE, &bomb)), Err(FileFlaw::Heavy));
        assert_eq!(judge(&pdf("", &bomb)), Err(FileFlaw::Heavy), "whatever it says of itself");
        let hex: String = bomb.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(judge(&pdf("/Filter [/AHx /Fl]", hex.as_bytes())), Err(FileFlaw::Heavy));
        let halves = [pdf(FLATE, &zeros(3)), pdf(FLATE, &zeros(3))].concat();
        assert_eq!(judge(&halves), Err(FileFlaw::Heavy), "all streams together");
        assert_eq!(judge(&pdf("/Filter [/FlateDecode /FlateDecode]", &deflated(&bomb))), Err(FileFlaw::Locked));
        let huge = "/Subtype/Image /Filter /DCTDecode /Width 60000 /Height 60000";
        assert_eq!(judge(&pdf(huge, b"\xff\xd8\xff")), Err(FileFlaw::Pixels));
    }

    #[test]
    fn trn_10_what_cannot_be_looked_into_is_not_taken() {
        assert_eq!(judge(&pdf("/Encrypt 5 0 R", b"")), Err(FileFlaw::Encrypted));
        assert_eq!(judge(&pdf("/EncryptMetadata false", b"")), Ok(()));
        let many = format!("[{}/Fl]", "/Nothing ".repeat(40));
        let hidden =
            ["/LZWDecode", "[/RL /Fl]", "5 0 R", "%\n5 0 R", "[/A85 /AHx]", "[/Fl /A85]", "[/#4cZW]", "[5 0 R]", &many];
        for filter in hidden {
            assert_eq!(judge(&pdf(&format!("/Filter {filter}"), b"")), Err(FileFlaw::Locked), "{filter}");
            let hidden = pdf(&format!("/#46ilter {filter} /Title (1 0 obj)"), b"");
            assert_eq!(judge(&hidden), Err(FileFlaw::Locked), "{filter}, whatever stands behind it");
        }
        for filter in ["null", "[]", "[ /DCTDecode]", "% as it comes\n/DCTDecode", "[ /AHx%\n/Fl ]"] {
            assert_eq!(judge(&pdf(&format!("/Filter {filter}"), b"")), Ok(()), "{filter}");
        }
    }

    #[test]
    fn trn_10_what_is_written_as_text_is_read_whatever_is_said_of_it() {
        let script = b"2 0 <</S/JavaScript/JS 3 0 R>> ";
        let packed = deflated(&script.repeat(50));
        for hidden in [&script[..], &packed] {
            let hex: String = hidden.iter().map(|byte| format!("{byte:02X} ")).collect();
            let base_85 = in_base_85(hidden);
            for (text, name) in
                [(hex + ">", "/AHx"), (base_85.clone() + "~>", "/A85"), (format!("<~{base_85}"), "/A85")]
            {
                for says in [format!("/Filter [{name}/Fl]"), "/Filter/Fl".to_owned(), String::new()] {
                    assert_eq!(judge(&pdf(&says, text.as_bytes())), Err(FileFlaw::Active), "{says} {text}");
                }
            }
        }
        let late = format!("{}{}~>", "z".repeat(40_000), in_base_85(&packed));
        assert_eq!(judge(&pdf("/Filter/A85", late.as_bytes())), Ok(()), "deflated is what begins so");
        let late = format!("{}{}~>", "z".repeat(40_000), in_base_85(script));
        assert_eq!(judge(&pdf("/Filter/A85", late.as_bytes())), Err(FileFlaw::Active));
    }

    #[test]
    fn trn_10_a_stream_begins_behind_its_line() {
        let packed = deflated(b" /S/Launch ");
        for between in ["\n", "\r", "\r\n", "  \n", " % a remark\r\n"] {
            let head = format!("%PDF-1.7\n1 0 obj\n<<>>\nstream{between}");
            assert_eq!(judge(&[head.as_bytes(), &packed].concat()), Err(FileFlaw::Active), "{between:?}");
        }
    }

    fn in_base_85(bytes: &[u8]) -> String {
        let mut text = String::new();
        for four in bytes.chunks(4) {
            let mut group = [0; 4];
            group[..four.len()].copy_from_slice(four);
            let number = u32::from_be_bytes(group);
            let digits = [4, 3, 2, 1, 0].map(|power| (number / 85_u32.pow(power) % 85) as u8);
            text.extend(digits[..four.len() + 1].iter().map(|digit| char::from(digit + b'!')));
        }
        text
    }
}
