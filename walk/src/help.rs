//! A ring for help: how far it has come.

use std::time::Duration;

/// How far a ring has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HelpStage {
    /// It is on its way to staff.
    Ringing,
    /// Staff hear it.
    Rung,
    /// A member of staff has said that they come.
    Coming,
    /// Nobody has said so for a minute: where to go instead.
    Waited,
    /// It reaches nobody: the hub is away, or did not answer.
    Unheard,
}

/// A ring and how long it has been waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HelpWait {
    /// Names the ring.
    pub ring: u64,
    /// The moment at which it rang, in the time of the walk.
    pub since: Duration,
    /// How far it has come.
    pub stage: HelpStage,
}

impl HelpWait {
    /// Whether time alone can still bring it further.
    pub(crate) const fn waits(&self) -> bool {
        matches!(self.stage, HelpStage::Ringing | HelpStage::Rung)
    }
}
