//! What a stream of a PDF holds, unpacked piece by piece and kept nowhere: deflated, or written as text, or both.

use flate2::{Decompress, FlushDecompress, Status};

use crate::{
    budget::JudgeBudget,
    name::Name,
    text::{Base16, Base85, Decoder, Rest},
    unfit::FileFlaw,
};

/// Unpacked in pieces; each begins with the end of the one before, so that no name falls between two.
pub const PIECE_BYTES: usize = 64 * 1024;
/// Text is read in pieces, of which each makes half a piece at most: a letter of ASCII85 may stand for four bytes.
const TEXT_BYTES: usize = PIECE_BYTES / 8;
/// Longer than any name that is looked for, written in its longest way.
const OVERLAP_BYTES: usize = 64;
/// To begin unpacking clears a window of 32 KiB, which takes as long as to look at so many bytes.
const BEGIN_COSTS: usize = 256;

/// The last bytes that came out of a packing.
struct Piece {
    bytes: Vec<u8>,
    /// Names that begin before were looked at.
    seen: usize,
}

impl Piece {
    fn new() -> Self {
        Self { bytes: Vec::with_capacity(PIECE_BYTES), seen: 0 }
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.seen = 0;
    }

    /// Looks at what is new, and keeps half a piece free.
    fn look(&mut self) -> Result<(), FileFlaw> {
        let new = &self.bytes[self.seen..];
        // The first question is quick, and most pictures answer it.
        if new.contains(&b'/') && names(new).any(|name| name.is_active()) {
            return Err(FileFlaw::Active);
        }
        // What began in the last bytes may go on in the next.
        self.seen = self.seen.max(self.bytes.len().saturating_sub(OVERLAP_BYTES));
        if self.bytes.len() > PIECE_BYTES / 2 {
            self.bytes.drain(..self.seen);
            self.seen = 0;
        }
        Ok(())
    }
}

fn names(bytes: &[u8]) -> impl Iterator<Item = Name> + '_ {
    let slashes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    slashes.map(|(at, _)| Name::at(&bytes[at + 1..]))
}

/// Unpacks one stream after the other.
pub struct Unpacking {
    inflating: Inflation,
    text: Piece,
}

impl Unpacking {
    pub fn new() -> Self {
        Self { inflating: Inflation { inflate: Decompress::new(true), piece: Piece::new() }, text: Piece::new() }
    }

    /// Looks at what was unlocked as it stands.
    pub fn look_at(&mut self, text: &[u8], budget: &mut JudgeBudget<'_>) -> Result<(), FileFlaw> {
        budget.read(text.len())?;
        if names(text).any(|name| name.is_active()) { Err(FileFlaw::Active) } else { Ok(()) }
    }

    /// Looks into what begins with these bytes, in each way in which a reader might; by what it is, and not by what it says
    /// of itself. As it stands it was looked at before.
    pub fn look_into(&mut self, data: &[u8], budget: &mut JudgeBudget<'_>) -> Result<(), FileFlaw> {
        if self.inflating.begins(data) {
            budget.read(BEGIN_COSTS)?;
            for chunk in data.chunks(PIECE_BYTES) {
                if self.inflating.take(chunk, budget)? == Rest::Over {
                    break;
                }
            }
        }
        self.read_text(data, Base85::default(), budget)?;
        self.read_text(data, Base16::default(), budget)
    }

    fn read_text(
        &mut self,
        data: &[u8],
        mut decoder: impl Decoder,
        budget: &mut JudgeBudget<'_>,
    ) -> Result<(), FileFlaw> {
        self.text.clear();
        let (mut rest, mut goes_on) = (data, Rest::More);
        // Whether something deflated is written there, once its beginning is known.
        let mut deflated = None;
        while goes_on == Rest::More && !rest.is_empty() {
            let had = self.text.bytes.len();
            let chunk = &rest[..rest.len().min(TEXT_BYTES)];
            let (taken, then) = decoder.take(chunk, &mut self.text.bytes);
            (rest, goes_on) = (&rest[taken..], then);
            if goes_on == Rest::Over || rest.is_empty() {
                decoder.end(&mut self.text.bytes);
            }
            budget.read(taken + self.text.bytes.len() - had)?;
            let new = match deflated {
                None if self.text.bytes.len() >= 2 => {
                    deflated = Some(if self.inflating.begins(&self.text.bytes) { Rest::More } else { Rest::Over });
                    budget.read(BEGIN_COSTS)?;
                    &self.text.bytes[..]
                }
                None | Some(_) => &self.text.bytes[had..],
            };
            if deflated == Some(Rest::More) {
                deflated = Some(self.inflating.take(new, budget)?);
            }
            self.text.look()?;
        }
        Ok(())
    }
}

struct Inflation {
    inflate: Decompress,
    piece: Piece,
}

impl Inflation {
    /// Whether it begins as something deflated does; then all is ready for it.
    fn begins(&mut self, data: &[u8]) -> bool {
        // RFC 1950, 2.2: the method, and two bytes that 31 divides.
        let [first, second, ..] = *data else { return false };
        let begins = first & 0x0f == 8 && u16::from_be_bytes([first, second]).is_multiple_of(31);
        if begins {
            self.inflate.reset(true);
            self.piece.clear();
        }
        begins
    }

    /// Unpacks some more; what is not deflated, or is broken, ends by itself.
    fn take(&mut self, mut data: &[u8], budget: &mut JudgeBudget<'_>) -> Result<Rest, FileFlaw> {
        loop {
            let (taken, made) = (self.inflate.total_in(), self.inflate.total_out());
            let status = self.inflate.decompress_vec(data, &mut self.piece.bytes, FlushDecompress::None);
            let taken = usize::try_from(self.inflate.total_in() - taken).unwrap_or(data.len());
            let made = self.inflate.total_out() - made;
            budget.read(taken)?;
            budget.make(made)?;
            self.piece.look()?;
            data = data.get(taken..).unwrap_or_default();
            match status {
                Ok(Status::Ok | Status::BufError) if made > 0 => {}
                Ok(Status::Ok | Status::BufError) if data.is_empty() => return Ok(Rest::More),
                Ok(Status::Ok) if taken > 0 => {}
                Ok(Status::Ok | Status::BufError | Status::StreamEnd) | Err(_) => return Ok(Rest::Over),
            }
        }
    }
}
