//! What several targets need: input taken apart, and a judge of files whose steps are counted.
//!
//! Of `uploads`, `post`, `link`, `identity` and `people` the files themselves are taken in, and not the crates: those stand on the database, the
//! mails and TLS, which would be instrumented too, for minutes at each change.

// What the readers of answers know as `people` is two of its files, which stand here.
extern crate self as people;

#[path = "../../hub/people/src/address.rs"]
pub mod address_file;
#[path = "../../hub/post/src/bounce.rs"]
pub mod bounce;
#[path = "../../hub/uploads/src/budget.rs"]
mod budget;
#[path = "../../hub/identity/src/claims.rs"]
pub mod claims;
#[path = "../../link/src/clock.rs"]
pub mod clock;
pub mod fault;
#[path = "../../hub/uploads/src/kind.rs"]
mod kind;
#[path = "../../hub/uploads/src/lock_dictionary.rs"]
mod lock_dictionary;
#[path = "../../hub/uploads/src/locked.rs"]
mod locked;
#[path = "../../hub/uploads/src/name.rs"]
mod name;
pub mod openid;
#[path = "../../hub/uploads/src/pdf.rs"]
mod pdf;
pub mod register;
#[path = "../../link/src/sse.rs"]
pub mod sse;
#[path = "../../hub/people/src/tax_number.rs"]
pub mod tax_number_file;
#[path = "../../hub/identity/src/taxisnet/answer.rs"]
pub mod taxisnet_answer;
#[path = "../../hub/uploads/src/text.rs"]
mod text;
#[path = "../../hub/uploads/src/unfit.rs"]
mod unfit;
#[path = "../../hub/uploads/src/unpack.rs"]
mod unpack;

use std::{
    cell::Cell,
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};

use lettre::Address as EmailAddress;

use crate::{budget::JudgePatience, kind::kind_of};

pub use crate::{address_file::address, tax_number_file::tax_number, unfit::FileFlaw};

/// Takes an input apart from its beginning; at its end everything is nought.
pub struct Crumbs<'a>(&'a [u8]);

impl<'a> Crumbs<'a> {
    /// The crumbs of a whole input.
    pub fn of(input: &'a [u8]) -> Self {
        Self(input)
    }

    /// Whether nothing is left.
    pub fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte; nought behind the end.
    pub fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// A number of so many bytes, eight at most.
    pub fn number(&mut self, bytes: usize) -> u64 {
        (0..bytes).fold(0, |number, _| number << 8 | u64::from(self.byte()))
    }

    /// The next bytes, as many as the next one says.
    pub fn piece(&mut self) -> &'a [u8] {
        let length = usize::from(self.byte()).min(self.0.len());
        let (piece, rest) = self.0.split_at(length);
        self.0 = rest;
        piece
    }

    /// What is left.
    pub fn rest(self) -> &'a [u8] {
        self.0
    }
}

/// The clock of a judge is looked at after so much work (`LOOK_EVERY` in `hub/uploads/src/budget.rs`).
const LOOK_EVERY: u64 = 64 * 1024;
/// What a file may unpack into, all together.
const UNPACKED_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Nothing deflated makes more of one byte (RFC 1951: 258 bytes for two bits), however often a byte is read.
const DEFLATE_MOST: u64 = 1_032;
/// So often a byte of the file may be looked at; the shortest files count as so many bytes.
const READS_PER_BYTE: u64 = 32;
const SHORT_BYTES: u64 = 4 * 1024;

/// Judges a file; it takes no more steps than its length allows, and the same file is found to be the same.
pub fn judged(file: &[u8]) -> Result<&'static str, FileFlaw> {
    let (looks, is_wanted, began) = (Cell::new(0_u64), AtomicBool::new(true), Instant::now());
    let clock = || {
        looks.set(looks.get() + 1);
        began
    };
    let patience = JudgePatience { now: &clock, until: began + Duration::from_secs(1), is_wanted: &is_wanted };
    let found = kind_of(file, patience);
    let reads = (file.len() as u64 + SHORT_BYTES) * READS_PER_BYTE;
    let most = reads + UNPACKED_BYTES_MAX.min(reads * DEFLATE_MOST);
    assert!(looks.get() <= most / LOOK_EVERY + 2, "{} looks at the clock for {} bytes", looks.get(), file.len());
    assert_eq!(found, kind_of(file, patience), "judged again");
    assert_ne!(found, Err(FileFlaw::Late), "the clock stands still");
    // Nobody opens an archive that was taken for something else.
    if found.is_ok() {
        let archive = [file, b"PK\x05\x06", &[0; 18]].concat();
        assert!(kind_of(&archive, patience).is_err(), "an archive behind a {found:?} is taken");
    }
    found
}
