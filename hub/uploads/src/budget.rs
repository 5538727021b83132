//! What it may cost to judge one file: so many bytes of work, so many pieces, and so long. Everything that looks at bytes or
//! makes some pays here, so that no way of nesting one thing in another costs more than the file's length allows.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use crate::unfit::FileFlaw;

/// Each byte of a file may be looked at so often. A usual file is looked through twice for names, once as it is unpacked
/// and once as text; what lies within itself again and again is more.
const READS_PER_BYTE: u64 = 32;
/// The shortest files may be looked at as if they had so many bytes: a stream costs something however short it is.
const SHORT_BYTES: u64 = 4 * 1024;
/// Everything within, unpacked: ten scanned pages of A4 in colour at 400 to the inch, without any other packing.
const UNPACKED_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Streams, chunks of a PNG or segments of a JPEG. Ten mebibytes of a drawing program hold some thousands.
const PIECES_MAX: u32 = 20_000;
/// Objects of a PDF. A tagged text of some hundred pages has about fifty thousand.
const OBJECTS_MAX: u32 = 200_000;
/// The clock is looked at after so much work: some tenths of a millisecond.
const LOOK_EVERY: u64 = 64 * 1024;

/// How long somebody waits for the answer.
#[derive(Clone, Copy)]
pub struct JudgePatience<'a> {
    /// The clock.
    pub now: &'a dyn Fn() -> Instant,
    /// Nobody waits any longer than until then.
    pub until: Instant,
    /// Whether anybody still waits.
    pub is_wanted: &'a AtomicBool,
}

impl JudgePatience<'_> {
    fn is_over(&self) -> bool {
        !self.is_wanted.load(Ordering::Relaxed) || (self.now)() >= self.until
    }
}

/// What is left of it for one file.
pub struct JudgeBudget<'a> {
    patience: JudgePatience<'a>,
    reads: u64,
    room: u64,
    pieces: u32,
    objects: u32,
    spent: u64,
    next_look: u64,
}

impl<'a> JudgeBudget<'a> {
    /// For a file of so many bytes.
    pub fn new(length: usize, patience: JudgePatience<'a>) -> Self {
        Self::with_room(length, UNPACKED_BYTES_MAX, patience)
    }

    /// The same, with another bound on what may be unpacked.
    pub fn with_room(length: usize, room: u64, patience: JudgePatience<'a>) -> Self {
        let reads = (length as u64 + SHORT_BYTES) * READS_PER_BYTE;
        Self { patience, reads, room, pieces: PIECES_MAX, objects: OBJECTS_MAX, spent: 0, next_look: 0 }
    }

    /// Bytes of the file are looked at.
    pub fn read(&mut self, bytes: usize) -> Result<(), FileFlaw> {
        self.reads = self.reads.checked_sub(bytes as u64).ok_or(FileFlaw::Costly)?;
        self.spend(bytes as u64)
    }

    /// Bytes were unpacked, and are looked at.
    pub fn make(&mut self, bytes: u64) -> Result<(), FileFlaw> {
        self.room = self.room.checked_sub(bytes).ok_or(FileFlaw::Heavy)?;
        self.spend(bytes)
    }

    /// One more stream, chunk or segment.
    pub fn piece(&mut self) -> Result<(), FileFlaw> {
        self.pieces = self.pieces.checked_sub(1).ok_or(FileFlaw::Costly)?;
        Ok(())
    }

    /// One more object of a PDF.
    pub fn object(&mut self) -> Result<(), FileFlaw> {
        self.objects = self.objects.checked_sub(1).ok_or(FileFlaw::Costly)?;
        Ok(())
    }

    /// Bytes of work until now.
    #[cfg(test)]
    pub const fn spent(&self) -> u64 {
        self.spent
    }

    fn spend(&mut self, bytes: u64) -> Result<(), FileFlaw> {
        self.spent += bytes;
        if self.spent < self.next_look {
            return Ok(());
        }
        self.next_look = self.spent + LOOK_EVERY;
        if self.patience.is_over() { Err(FileFlaw::Late) } else { Ok(()) }
    }
}

/// Waits as long as it takes.
#[cfg(test)]
pub fn unhurried() -> JudgePatience<'static> {
    static IS_WANTED: AtomicBool = AtomicBool::new(true);
    JudgePatience {
        now: &Instant::now,
        until: Instant::now() + std::time::Duration::from_hours(1),
        is_wanted: &IS_WANTED,
    }
}
