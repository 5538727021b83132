//! Who somebody is, out of what a provider of OpenID Connect has proven.

use serde_json::{Map, Value};

use super::config::OpenIdConfig;
use crate::{
    claims::{ClaimPath, GrantOffer, name, offers},
    fault::{ProviderFault, UnreadCause},
};

/// No provider's name for a person is longer (OpenID Connect Core, 2).
const SUBJECT_LETTERS_MAX: usize = 255;

/// Somebody whom a provider knows.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenIdPerson {
    /// The provider's own and lasting name for this person: an account is known again by it, and never by an address.
    pub subject: String,
    /// How the person is called there, for a new account.
    pub user_name: Option<String>,
    /// The first name, where the provider says one.
    pub first_name: Option<String>,
    /// The last name, where the provider says one.
    pub last_name: Option<String>,
    /// An address that the provider says it has seen proven.
    pub email: Option<String>,
    /// The tax number, from a bridge to TAXISnet.
    pub tax_number: Option<String>,
    /// What follows by the rules.
    pub grants: Vec<GrantOffer>,
}

impl std::fmt::Debug for OpenIdPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpenIdPerson(…)")
    }
}

/// The person, by what was said and proven.
pub fn person(config: &OpenIdConfig, claims: &Map<String, Value>) -> Result<OpenIdPerson, ProviderFault> {
    let wrong = ProviderFault::Unreadable(UnreadCause::Value);
    let text = |path: &ClaimPath| path.text(claims);
    let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
    if !(1..=SUBJECT_LETTERS_MAX).contains(&subject.len()) {
        return Err(wrong);
    }
    let is_proven = claims.get("email_verified").is_some_and(|said| said == &Value::Bool(true));
    let email = text(&ClaimPath::named("email")).filter(|_| is_proven).and_then(|email| people::address(email).ok());
    let names = &config.claims;
    let tax_number = match &names.tax_number {
        None => None,
        // As of TAXISnet itself: an account that has none is a company's.
        Some(path) => {
            let typed = text(path).filter(|typed| !typed.eq_ignore_ascii_case("null"));
            Some(people::tax_number(typed.ok_or(ProviderFault::NotAPerson)?).ok_or(wrong)?)
        }
    };
    Ok(OpenIdPerson {
        subject: subject.to_owned(),
        user_name: text(&names.user_name).and_then(name),
        first_name: text(&names.first_name).and_then(name),
        last_name: text(&names.last_name).and_then(name),
        email,
        tax_number,
        grants: offers(&config.grants, claims, |one, other| one == other),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn config(more: &str) -> OpenIdConfig {
        let text = format!(
            "name = \"staff\"\nlabel = {{ el = \"Υπηρεσία\", en = \"Office\" }}\nissuer = \
             \"https://sso.example.gr/\"\nclient_id = \"seira\"\n{more}"
        );
        toml::from_str(&text).unwrap()
    }

    fn read(config: &OpenIdConfig, claims: &Value) -> Result<OpenIdPerson, ProviderFault> {
        person(config, claims.as_object().unwrap())
    }

    #[test]
    fn pre_02_an_address_counts_only_if_the_provider_has_seen_it_proven() {
        let config = config("");
        for (verified, kept) in
            [(json!(true), true), (json!(false), false), (json!("true"), false), (json!(null), false)]
        {
            let claims = json!({ "sub": "1", "email": "a@example.gr", "email_verified": verified });
            assert_eq!(read(&config, &claims).unwrap().email.is_some(), kept, "{verified}");
        }
        assert_eq!(read(&config, &json!({ "sub": "1", "email": "a@example.gr" })).unwrap().email, None);
    }

    #[test]
    fn pre_02_a_bridge_speaks_for_natural_persons_alone() {
        let config = config("claims = { tax_number = \"taxid\" }\n");
        let with = |taxid: Value| read(&config, &json!({ "sub": "1", "taxid": taxid })).map(|person| person.tax_number);
        assert_eq!(with(json!("068933130   ")), Ok(Some("068933130".to_owned())));
        for none in [json!("null"), json!(""), json!(null)] {
            assert_eq!(with(none), Err(ProviderFault::NotAPerson));
        }
        assert_eq!(with(json!("068933131")), Err(ProviderFault::Unreadable(UnreadCause::Value)));
    }

    #[test]
    fn pre_02_who_has_no_name_at_the_provider_is_nobody() {
        let long = "x".repeat(SUBJECT_LETTERS_MAX + 1);
        for claims in [json!({}), json!({ "sub": "" }), json!({ "sub": 7 }), json!({ "sub": long })] {
            assert!(read(&config(""), &claims).is_err());
        }
    }
}
