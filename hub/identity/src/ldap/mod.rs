//! A house's directory (LDAP): whether staff have typed the password that it knows, and what it says of them.

mod config;
mod directory;
mod filter;
mod line;

pub use config::{LdapConfig, LdapUrl, LineGuard};
pub use directory::{Directory, DirectoryPerson};
pub use filter::LdapFilterTemplate;
