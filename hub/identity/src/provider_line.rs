//! The line to a provider over HTTP: bounded in time and size, and to the configured address alone.

use std::path::PathBuf;

use http::{Request, Response};
use ureq::{Agent, Error};

use crate::{provider_url::ProviderSeconds, trusted};

/// So much of an answer is read. What a provider says of one person are a few lines; its keys, as large as any seen, are a
/// tenth of this.
const REPLY_BYTES_MAX: u64 = 64 * 1024;

/// An answer as it came.
pub type RawReply = Response<Vec<u8>>;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderLineFault {
    /// It did not come in time.
    #[error("silent")]
    Silent,
    /// Nobody is there, or the line broke.
    #[error("unreachable")]
    Unreachable,
    /// It does not end where it should.
    #[error("too long")]
    TooLong,
}

/// The way to ask one provider: how long is waited and whom it trusts.
#[derive(Debug, Clone)]
pub struct ProviderLine(Agent);

impl ProviderLine {
    /// To a provider whose certificate is signed by this authority, if it is not one that browsers know.
    ///
    /// # Errors
    /// What is wrong with the authority's file; `key` is its name in the configuration.
    pub fn new(key: &str, authority: Option<&PathBuf>, seconds: ProviderSeconds) -> anyhow::Result<Self> {
        let agent = Agent::config_builder()
            .timeout_global(Some(seconds.span()))
            // Another place is another provider: it is not given secrets unasked.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Nor is a proxy of which the machine's environment knows: it would hear whatever is asked on this machine.
            .proxy(None)
            .http_status_as_error(false)
            .tls_config(trusted::for_requests(key, authority)?)
            .user_agent("Seira")
            .build()
            .new_agent();
        Ok(Self(agent))
    }

    /// Asks, and waits for the whole answer.
    ///
    /// # Errors
    /// [`ProviderLineFault`].
    pub fn ask(&self, request: Request<Vec<u8>>) -> Result<RawReply, ProviderLineFault> {
        let (head, body) = self.0.run(request).map_err(fault)?.into_parts();
        let mut body = body;
        let read = body.with_config().limit(REPLY_BYTES_MAX).read_to_vec().map_err(fault)?;
        Ok(Response::from_parts(head, read))
    }
}

/// What it says is kept nowhere.
fn fault(error: Error) -> ProviderLineFault {
    match error {
        Error::Timeout(_) => ProviderLineFault::Silent,
        Error::BodyExceedsLimit(_) => ProviderLineFault::TooLong,
        Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => ProviderLineFault::Silent,
        _ => ProviderLineFault::Unreachable,
    }
}
