//! What is inside a PDF, as far as it could harm whoever opens it (TRN-10): commands that run by themselves, and pages that
//! unpack into more than a clerk's machine can hold. Nothing of it is shown here; what cannot be looked into is not taken.

use flate2::{Decompress, FlushDecompress, Status};

use crate::unfit::{Unfit, fits};

/// Everything within, unpacked: ten scanned pages of A4 in colour at 400 to the inch, without any other packing.
const UNPACKED_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Unpacked in pieces; each begins with the end of the one before, so that no name falls between two.
const PIECE_BYTES: usize = 64 * 1024;
/// Longer than any name that is looked for, written in its longest way.
const OVERLAP_BYTES: usize = 64;
/// A stream's own description stands right before it.
const DESCRIPTION_BYTES_MAX: usize = 64 * 1024;

/// Actions that run programs or scripts (ISO 32000-1, 12.6.4), and forms that are scripts themselves.
const ACTIVE: [&[u8]; 7] =
    [b"JavaScript", b"Launch", b"RichMedia", b"XFA", b"EmbeddedFile", b"EmbeddedFiles", b"FileAttachment"];

/// Whether a PDF is fit to be opened in an office.
pub fn judge(bytes: &[u8]) -> Result<(), Unfit> {
    judge_within(bytes, UNPACKED_BYTES_MAX)
}

fn judge_within(bytes: &[u8], room: u64) -> Result<(), Unfit> {
    if names(bytes).any(|name| name.is(b"Encrypt")) {
        return Err(Unfit::Locked);
    }
    if names(bytes).any(|name| name.is_active()) {
        return Err(Unfit::Active);
    }
    let (inflate, piece) = (Decompress::new(true), Vec::with_capacity(PIECE_BYTES));
    let mut unpacking = Unpacking { inflate, piece, room };
    for (description, data) in streams(bytes) {
        image_fits(description)?;
        match packing(description)? {
            Packing::Text(decode) => unpacking.inflate(&decode(data))?,
            // By what it is, and not by what it says of itself.
            Packing::Plain => unpacking.inflate(data)?,
        }
    }
    Ok(())
}

/// A name, with `#4a` read as the letter that it stands for; of a longer one its beginning.
#[derive(Clone, Copy)]
struct Name {
    letters: [u8; Self::LONGEST],
    length: usize,
}

impl Name {
    const LONGEST: usize = 20;

    /// What begins behind a slash.
    fn at(mut rest: &[u8]) -> Self {
        let mut name = Self { letters: [0; Self::LONGEST], length: 0 };
        while let Some((&byte, after)) = rest.split_first().filter(|_| name.length < Self::LONGEST) {
            let escaped = if byte == b'#' { after.get(..2).and_then(byte_of_hex) } else { None };
            if escaped.is_none() && (byte.is_ascii_whitespace() || b"/()<>[]{}%\0".contains(&byte)) {
                break;
            }
            name.letters[name.length] = escaped.unwrap_or(byte);
            name.length += 1;
            rest = if escaped.is_some() { &after[2..] } else { after };
        }
        name
    }

    fn letters(&self) -> &[u8] {
        &self.letters[..self.length]
    }

    fn is(&self, name: &[u8]) -> bool {
        self.letters() == name
    }

    fn is_active(&self) -> bool {
        ACTIVE.contains(&self.letters())
    }
}

/// Two letters of hexadecimal writing.
fn byte_of_hex(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)
}

/// The names in some bytes.
fn names(bytes: &[u8]) -> impl Iterator<Item = Name> + '_ {
    let slashes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    slashes.map(|(at, _)| Name::at(&bytes[at + 1..]))
}

/// Every place at which a reader may find a stream: its description, and everything from its first byte on.
fn streams(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    const BEGIN: &[u8] = b"stream";
    let found = bytes.windows(BEGIN.len()).enumerate().filter(|(_, window)| *window == BEGIN);
    let found = found.filter(|(at, _)| !bytes[..*at].ends_with(b"end"));
    found.filter_map(|(at, _)| {
        let rest = &bytes[at + BEGIN.len()..];
        let data =
            rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"))?;
        let before = &bytes[at.saturating_sub(DESCRIPTION_BYTES_MAX)..at];
        let begins = before.windows(3).rposition(|window| window == b"obj").unwrap_or(0);
        Some((&before[begins..], data))
    })
}

/// How a stream is packed.
enum Packing {
    /// As it is: whether it is deflated shows in its first bytes.
    Plain,
    /// Written as text once more.
    Text(fn(&[u8]) -> Vec<u8>),
}

/// One packing in text at most, and around it deflating alone: everything else is either very old or meant to hide.
fn packing(description: &[u8]) -> Result<Packing, Unfit> {
    let (mut text, mut deflated) = (None, 0);
    for name in names(description) {
        match name.letters() {
            b"FlateDecode" | b"Fl" => deflated += 1,
            b"ASCII85Decode" | b"A85" if text.is_none() => text = Some(base_85 as fn(&[u8]) -> Vec<u8>),
            b"ASCIIHexDecode" | b"AHx" if text.is_none() => text = Some(base_16 as fn(&[u8]) -> Vec<u8>),
            b"ASCII85Decode" | b"A85" | b"ASCIIHexDecode" | b"AHx" | b"LZWDecode" | b"LZW" | b"RunLengthDecode"
            | b"RL" | b"Crypt" => return Err(Unfit::Locked),
            _ => {}
        }
    }
    if deflated > 1 || says_elsewhere(description) {
        return Err(Unfit::Locked);
    }
    Ok(text.map_or(Packing::Plain, Packing::Text))
}

/// Whether how it is packed, or its data, stands in another place.
fn says_elsewhere(description: &[u8]) -> bool {
    let after = |name: &[u8]| {
        let at = description.windows(name.len()).position(|window| window == name)?;
        description[at + name.len()..].iter().copied().find(|byte| !byte.is_ascii_whitespace())
    };
    after(b"/Filter").is_some_and(|byte| byte.is_ascii_digit())
}

/// A picture within is no larger than one by itself may be.
fn image_fits(description: &[u8]) -> Result<(), Unfit> {
    let number = |name: &[u8]| -> Option<u64> {
        let at = description.windows(name.len()).position(|window| window == name)?;
        let rest = description[at + name.len()..].trim_ascii_start();
        let digits = rest.iter().take(12).take_while(|byte| byte.is_ascii_digit());
        digits.map(|byte| u64::from(byte - b'0')).reduce(|number, digit| number * 10 + digit)
    };
    match (number(b"/Width"), number(b"/Height")) {
        (Some(width), Some(height)) if width > 0 && height > 0 => fits(width.min(1 << 24), height.min(1 << 24)),
        _ => Ok(()),
    }
}

/// Unpacks one stream after the other, keeping nothing.
struct Unpacking {
    inflate: Decompress,
    piece: Vec<u8>,
    /// So many bytes may still come.
    room: u64,
}

impl Unpacking {
    /// Unpacks what is deflated; what is not, or is broken, ends by itself.
    fn inflate(&mut self, data: &[u8]) -> Result<(), Unfit> {
        // RFC 1950, 2.2: the method, and two bytes that 31 divides.
        let [first, second, ..] = *data else { return Ok(()) };
        if first & 0x0f != 8 || !u16::from_be_bytes([first, second]).is_multiple_of(31) {
            return Ok(());
        }
        self.inflate.reset(true);
        self.piece.clear();
        loop {
            let (taken, made) = (self.inflate.total_in(), self.inflate.total_out());
            let rest = usize::try_from(taken).ok().and_then(|taken| data.get(taken..)).unwrap_or_default();
            let status = self.inflate.decompress_vec(rest, &mut self.piece, FlushDecompress::None);
            let made = self.inflate.total_out() - made;
            self.room = self.room.checked_sub(made).ok_or(Unfit::Heavy)?;
            // The first question is quick, and most pictures answer it.
            if self.piece.contains(&b'/') && names(&self.piece).any(|name| name.is_active()) {
                return Err(Unfit::Active);
            }
            let goes_on = matches!(status, Ok(Status::Ok)) && (made > 0 || self.inflate.total_in() > taken);
            if !goes_on {
                return Ok(());
            }
            if self.piece.len() == self.piece.capacity() {
                let from = self.piece.len().saturating_sub(OVERLAP_BYTES);
                self.piece.drain(..from);
            }
        }
    }
}

/// ASCII85 up to its `~` (ISO 32000-1, 7.4.3): five letters for four bytes.
fn base_85(data: &[u8]) -> Vec<u8> {
    let (mut bytes, mut group) = (Vec::with_capacity(data.len() / 5 * 4), Vec::with_capacity(5));
    for byte in data.iter().copied().filter(|byte| !byte.is_ascii_whitespace()) {
        match byte {
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => break,
        }
        if group.len() == 5 {
            bytes.extend(four_of(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let has = group.len() - 1;
        group.resize(5, 84);
        bytes.extend(&four_of(&group)[..has]);
    }
    bytes
}

fn four_of(group: &[u8]) -> [u8; 4] {
    let number = group.iter().fold(0_u32, |number, digit| number.wrapping_mul(85).wrapping_add(u32::from(*digit)));
    number.to_be_bytes()
}

/// ASCII-Hex up to its `>` (ISO 32000-1, 7.4.2): two letters for a byte.
fn base_16(data: &[u8]) -> Vec<u8> {
    let digits = data.iter().copied().take_while(|byte| *byte != b'>').filter(u8::is_ascii_hexdigit);
    let digits: Vec<u8> = digits.collect();
    digits.chunks(2).filter_map(|pair| byte_of_hex(&[pair[0], pair.get(1).copied().unwrap_or(b'0')])).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

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
            assert_eq!(judge(&pdf(action, b"")), Err(Unfit::Active), "{action}");
            let within = deflated(format!("2 0 <<{action}>>").as_bytes());
            assert_eq!(judge(&pdf("/Type/ObjStm /Filter/FlateDecode", &within)), Err(Unfit::Active), "packed {action}");
        }
        // Over the seam of two pieces.
        for before in PIECE_BYTES - 16..PIECE_BYTES + 4 {
            let content = [vec![b' '; before], b"/S/JavaScript ".to_vec(), vec![b' '; PIECE_BYTES]].concat();
            assert_eq!(judge(&pdf(FLATE, &deflated(&content))), Err(Unfit::Active), "{before}");
        }
    }

    #[test]
    fn trn_10_a_pdf_that_unpacks_without_end_is_not_taken() {
        let judge = |pdf: &[u8]| judge_within(pdf, 5 * MIB);
        let bomb = zeros(6);
        assert!(bomb.len() < 16 * 1024, "{}", bomb.len());
        assert_eq!(judge(&pdf(FLATE, &bomb)), Err(Unfit::Heavy));
        assert_eq!(judge(&pdf("", &bomb)), Err(Unfit::Heavy), "whatever it says of itself");
        let hex: String = bomb.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(judge(&pdf("/Filter [/AHx /Fl]", hex.as_bytes())), Err(Unfit::Heavy));
        let halves = [pdf(FLATE, &zeros(3)), pdf(FLATE, &zeros(3))].concat();
        assert_eq!(judge(&halves), Err(Unfit::Heavy), "all streams together");
        assert_eq!(judge(&pdf("/Filter [/FlateDecode /FlateDecode]", &deflated(&bomb))), Err(Unfit::Locked));
        let huge = "/Subtype/Image /Filter /DCTDecode /Width 60000 /Height 60000";
        assert_eq!(judge(&pdf(huge, b"\xff\xd8\xff")), Err(Unfit::Pixels));
    }

    #[test]
    fn trn_10_what_cannot_be_looked_into_is_not_taken() {
        assert_eq!(judge(&pdf("/Encrypt 5 0 R", b"")), Err(Unfit::Locked));
        assert_eq!(judge(&pdf("/EncryptMetadata false", b"")), Ok(()));
        for filter in ["/LZWDecode", "[/RL /Fl]", "5 0 R", "[/A85 /AHx]"] {
            assert_eq!(judge(&pdf(&format!("/Filter {filter}"), b"")), Err(Unfit::Locked), "{filter}");
        }
    }

    #[test]
    fn text_is_read_back() {
        assert_eq!(base_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(base_85(b"z87cUR DZ~>"), b"\0\0\0\0Hello");
        assert_eq!(base_16(b"48 65 6C6c 6F7>"), b"Hellop");
    }
}
