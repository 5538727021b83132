//! Why a file is not taken.

/// Most points of a picture: a page of A3 at 600 to the inch has 70 million.
const PIXELS_MAX: u64 = 100_000_000;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFlaw {
    /// It is none of the kinds that are taken.
    Kind,
    /// It is a photograph as telephones keep it, which offices' machines do not open.
    Heif,
    /// It is not whole, or is something else besides.
    Broken,
    /// It would open into too large a picture.
    Pixels,
    /// It does something by itself when it is opened.
    Active,
    /// It would unpack into more than a machine holds.
    Heavy,
    /// It is locked with a password, to be opened or only to be printed or changed.
    Encrypted,
    /// It is written so that nobody can look into it.
    Locked,
    /// To look through it would cost more than a file of its length may.
    Costly,
    /// It was not looked through in time.
    Late,
}

/// Whether a picture of so many points can be opened on a clerk's machine.
///
/// # Errors
/// If it is empty, or has too many.
pub fn fits(width: u64, height: u64) -> Result<(), FileFlaw> {
    match width * height {
        0 => Err(FileFlaw::Broken),
        1..=PIXELS_MAX => Ok(()),
        _ => Err(FileFlaw::Pixels),
    }
}
