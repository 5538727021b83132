//! The ways to the hub: whom TLS trusts on each, and how long each waits.

use std::{sync::Arc, time::Duration};

use rustls::CertificateError;
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};
use wire::{CertificateBytes, STALE_AFTER_SECONDS};

/// A feed that says nothing for so long is lost. What is left of the promise is for waking up and drawing, on a slow
/// machine too; two heartbeats of the hub still fit in.
pub const SILENCE: Duration = Duration::from_millis(STALE_AFTER_SECONDS * 1000 - 900);
/// A hub that does not take a connection within this time is away.
const CONNECT: Duration = Duration::from_secs(2);
/// One try of a command.
const TRY: Duration = Duration::from_secs(3);
/// A connection is kept for the next citizen for so long.
const KEPT_OPEN: Duration = Duration::from_secs(300);

/// Whose certificates are taken for the hub's.
#[derive(Debug, Clone, Copy)]
pub enum HubTrust<'a> {
    /// Anybody's: on this line nothing is said that others may not hear, and nothing heard that is not made sure of.
    Anybody,
    /// Those of these CAs alone; where there are none, those that everybody trusts.
    Pinned(&'a [CertificateBytes]),
}

impl HubTrust<'_> {
    fn tls(self) -> TlsConfig {
        match self {
            Self::Anybody => TlsConfig::builder().disable_verification(true).build(),
            Self::Pinned([]) => TlsConfig::builder().root_certs(RootCerts::WebPki).build(),
            Self::Pinned(authorities) => {
                let certificates =
                    authorities.iter().map(|bytes| Certificate::from_der(bytes.as_slice()).to_owned()).collect();
                TlsConfig::builder().root_certs(RootCerts::Specific(Arc::new(certificates))).build()
            }
        }
    }
}

/// For greetings, pairings and the feed. Nobody is followed elsewhere: whoever stands in a house's way to its hub, and sends
/// people to a page of its own, is not the hub.
pub fn following(trust: HubTrust<'_>) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        // A token goes to the hub, and to no proxy of which the machine's environment knows.
        .proxy(None)
        .timeout_connect(Some(CONNECT))
        .timeout_recv_response(Some(SILENCE))
        .timeout_per_read(Some(SILENCE));
    config.tls_config(trust.tls()).build().new_agent()
}

/// For commands.
pub fn commanding(trust: HubTrust<'_>) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        // A token goes to the hub, and to no proxy of which the machine's environment knows.
        .proxy(None)
        .timeout_global(Some(TRY))
        .max_idle_age(KEPT_OPEN);
    config.tls_config(trust.tls()).build().new_agent()
}

/// Why a line led to nobody who can be talked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// Nobody is there.
    Away,
    /// A certificate under the right CA that is good no more, or not yet by this machine's clock.
    OutOfDate,
    /// Whoever is there has no certificate that is taken, or does not speak TLS.
    Stranger,
}

/// What a failure says of the other end.
pub fn fault_of(error: &ureq::Error) -> LineFault {
    let from_tls = match error {
        ureq::Error::Tls(_) => return LineFault::Stranger,
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()),
        _ => None,
    };
    match from_tls {
        None => LineFault::Away,
        Some(rustls::Error::InvalidCertificate(
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. },
        )) => LineFault::OutOfDate,
        Some(_) => LineFault::Stranger,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use rustls::pki_types::UnixTime;

    use super::*;

    #[test]
    fn prom_11_a_certificate_that_has_run_out_is_the_hubs_and_any_other_that_is_not_taken_is_not() {
        let fault =
            |error: rustls::Error| fault_of(&ureq::Error::Io(io::Error::new(io::ErrorKind::InvalidData, error)));
        let at = UnixTime::since_unix_epoch(Duration::ZERO);
        let expired = CertificateError::ExpiredContext { time: at, not_after: at };
        assert_eq!(fault(rustls::Error::InvalidCertificate(expired)), LineFault::OutOfDate);
        assert_eq!(fault(rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer)), LineFault::Stranger);
        assert_eq!(fault(rustls::Error::InvalidCertificate(CertificateError::NotValidForName)), LineFault::Stranger);
        assert_eq!(fault(rustls::Error::DecryptError), LineFault::Stranger);
        let reset = ureq::Error::Io(io::ErrorKind::ConnectionReset.into());
        assert_eq!(fault_of(&reset), LineFault::Away);
        assert_eq!(fault_of(&ureq::Error::HostNotFound), LineFault::Away);
    }
}
