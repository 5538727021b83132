//! Sign-in through providers of OpenID Connect: staff of a house that has one, and bridges to others.

mod config;
mod person;
mod provider;

pub use config::{OpenIdClaimNames, OpenIdConfig, ProviderName};
pub use person::OpenIdPerson;
pub use provider::OpenIdProvider;
