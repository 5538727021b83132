//! TAXISnet's own OAuth2, as the state's tax authority has it: no OpenID Connect, and a profile in XML.

mod answer;
mod client;
mod config;
mod question;

pub use answer::TaxisnetPerson;
pub use client::TaxisnetClient;
pub use config::TaxisnetConfig;
