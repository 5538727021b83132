//! About which request something is done, and for whom.

use body::AccountId;
use uuid::Uuid;

/// Which request, and who does something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestErrand {
    /// The request, as the outside names it.
    pub request: Uuid,
    /// The account of who does it.
    pub by: AccountId,
}
