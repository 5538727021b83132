//! Sign-in through others, and what is asked of them: TAXISnet, providers of OpenID Connect, a house's directory, the register
//! of staff. Each has a part that is pure (what to ask, how an answer is read) and a small one that speaks.
//!
//! Nobody out there is trusted with more than an answer: what comes is bounded in size and time, another address than the
//! configured one is never followed, and nothing that was said goes into a log.

mod claims;
mod fault;
mod ldap;
mod openid;
mod provider_line;
mod provider_url;
mod providers;
mod register;
mod secret_file;
mod taxisnet;
mod trusted;

use std::sync::Arc;

use crew::WorkCrew;

pub use claims::{ClaimPath, GrantOffer, GrantRule};
pub use fault::{AwayCause, ProviderFault, UnreadCause, good};
pub use ldap::{Directory, DirectoryPerson, LdapConfig, LdapFilterTemplate, LdapUrl, LineGuard};
pub use openid::{OpenIdClaimNames, OpenIdConfig, OpenIdPerson, OpenIdProvider, ProviderName};
pub use provider_line::{ProviderLine, ProviderLineFault, RawReply};
pub use provider_url::{LogoutTemplate, ProviderSeconds, ProviderUrl};
pub use providers::{OuterPerson, ProviderDoor, Providers, ProvidersConfig};
pub use register::{RegisterAnswer, RegisterConfig, RegisterQuestion, RegisterVerdict, StaffRegister};
pub use secret_file::SecretFile;
pub use taxisnet::{TaxisnetClient, TaxisnetConfig, TaxisnetPerson};

/// So many answers of others are awaited at once. One that is silent holds a thread for as long as it may take, so a few more
/// than there are cores.
const CREW_THREADS: usize = 8;
/// So many more people may wait for their turn; whoever comes then is told to come again in a moment.
const CREW_QUEUE: usize = 64;

/// The threads that wait for others, one crew for all of them: so their silence keeps no page waiting that does not need them.
pub fn provider_crew() -> Arc<WorkCrew> {
    Arc::new(WorkCrew::new("provider", CREW_THREADS, CREW_QUEUE))
}
