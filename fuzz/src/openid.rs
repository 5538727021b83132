//! Who somebody is out of what a provider of OpenID Connect says, read under the names that are usual.

#[path = "../../hub/identity/src/openid/person.rs"]
pub mod person;

/// As much of the settings as the reader looks at.
pub mod config {
    use crate::claims::{ClaimPath, GrantRule};

    /// A provider.
    pub struct OpenIdConfig {
        /// Under which names it says what.
        pub claims: OpenIdClaimNames,
        /// Who is given what.
        pub grants: Vec<GrantRule>,
    }

    /// The names of what a provider says.
    pub struct OpenIdClaimNames {
        /// Under which name the first name stands.
        pub first_name: ClaimPath,
        /// Under which name the last name stands.
        pub last_name: ClaimPath,
        /// How the person is called there.
        pub user_name: ClaimPath,
        /// The tax number, of a bridge to TAXISnet.
        pub tax_number: Option<ClaimPath>,
    }
}
