//! An administrator sees which device shows a code, and which words it shows, before it is let in (PROM-11).

use access::{Access, Applicant, Session};
use wire::ProblemCode;

use crate::fault::Fault;

/// The device that shows this code.
///
/// # Errors
/// `not-allowed` for anybody but an administrator, or `unknown-code`.
pub fn run(access: &Access, admin: &Session, code: &str) -> Result<Applicant, Fault> {
    if !admin.is_admin() {
        return Err(ProblemCode::NotAllowed.into());
    }
    Ok(access.pairings.applicant(code, access.clock.now())?)
}
