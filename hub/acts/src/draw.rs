//! A reference for a new booking.

use office::{Command, Reference, Refusal};
use secrets::draw_reference;
use writer::Workbench;

/// A drawn reference is taken once in 25 thousand million draws; so often is another drawn.
const DRAWS_MAX: u8 = 4;

/// Decides a command that needs a reference nobody has, and tells which it got.
///
/// # Errors
/// The rules' no; nothing has changed then.
pub fn with_reference(bench: &mut Workbench<'_>, command: impl Fn(Reference) -> Command) -> Result<Reference, Refusal> {
    let mut draws = 0;
    loop {
        let reference = draw_reference();
        match bench.decide(&command(reference.clone())) {
            Ok(_) => return Ok(reference),
            Err(Refusal::IdTaken) if draws < DRAWS_MAX => draws += 1,
            Err(refused) => return Err(refused),
        }
    }
}
