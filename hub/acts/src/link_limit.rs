//! The limit on links, taken in the writer's turn.

use std::net::IpAddr;

use access::{LimitsConfig, may_ask};
use secrets::ServerKey;
use wire::ProblemCode;
use writer::Workbench;

use crate::fault::Fault;

/// The limit on links, for who asks for one now.
#[derive(Debug, Clone)]
pub struct LinkLimit {
    /// Hides who asked.
    pub key: ServerKey,
    /// How many may be asked for.
    pub limits: LimitsConfig,
    /// The network address of who asks.
    pub from: IpAddr,
}

impl LinkLimit {
    /// Counts one more link to an address.
    ///
    /// # Errors
    /// `too-many-requests` past the limit, or that the hub cannot write.
    pub fn take(&self, bench: &mut Workbench<'_>, email: &str) -> Result<(), Fault> {
        let now = bench.now();
        let may = may_ask(bench.store(), &self.key, &self.limits, (email, self.from), now);
        if bench.stored(may)? { Ok(()) } else { Err(ProblemCode::TooManyRequests.into()) }
    }
}
