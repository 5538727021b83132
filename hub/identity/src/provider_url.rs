//! Addresses of providers as an administrator writes them: encrypted, unless the provider is this machine itself.

use std::{net::IpAddr, time::Duration};

use serde::Deserialize;
use url::{Host, Url};

/// The address of a provider: `https`, or `http` to this very machine. What goes there are secrets and people's names, so there
/// are no words that let it be plain elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ProviderUrl(pub Url);

impl TryFrom<String> for ProviderUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let right = "should be like https://login.example.gr/authorize";
        let url = Url::parse(&text).map_err(|_| format!("\"{text}\" {right}"))?;
        let plain = url.scheme() == "http" && is_this_machine(&url);
        if url.scheme() != "https" && !plain {
            return Err(format!(
                "\"{text}\" {right}; http:// alone leads to this machine itself, e.g. http://127.0.0.1:8000"
            ));
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(format!("\"{text}\" {right}, without a user, a password or a #"));
        }
        Ok(Self(url))
    }
}

impl ProviderUrl {
    /// Whether a provider may name this address as one of its own: an encrypted one, and this very machine only where the
    /// provider is on it. Else a description could have a secret sent in the clear, or the hub ask its own machine.
    pub(crate) fn may_name(&self, address: &str) -> bool {
        Self::try_from(address.to_owned()).is_ok_and(|named| is_this_machine(&self.0) || !is_this_machine(&named.0))
    }
}

/// Whether a host is the machine itself.
pub(crate) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
        None => false,
    }
}

/// Where a browser signs out of a provider: an address with `{client}` and `{back}` in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LogoutTemplate(String);

/// What stands for the page to come back to, and for the hub's name there.
const BACK: &str = "{back}";
const CLIENT: &str = "{client}";

impl TryFrom<String> for LogoutTemplate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let bare = text.replace(BACK, "").replace(CLIENT, "");
        if !text.contains(BACK) || bare.contains(['{', '}']) {
            return Err(format!(
                "\"{text}\" should hold {{back}}, and may hold {{client}}, e.g. https://login.example.gr/logout/{{client}}/?url={{back}}"
            ));
        }
        let whole = Self(text);
        ProviderUrl::try_from(whole.filled("client", "back"))?;
        Ok(whole)
    }
}

impl LogoutTemplate {
    fn filled(&self, client: &str, back: &str) -> String {
        let written = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        // The page comes last, so that nothing in it is looked through for the other.
        self.0.replace(CLIENT, &written(client).replace('+', "%20")).replace(BACK, &written(back))
    }

    /// The address for a client, and the page that the provider leads back to.
    pub fn url(&self, client: &str, back: &str) -> Option<Url> {
        Url::parse(&self.filled(client, back)).ok()
    }
}

/// How long a provider may take over one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct ProviderSeconds(u16);

/// Unless set: somebody looks at a page that does not move meanwhile.
const SECONDS: u16 = 10;
/// Longer than that nobody looks.
const SECONDS_MAX: u16 = 60;

impl Default for ProviderSeconds {
    fn default() -> Self {
        Self(SECONDS)
    }
}

impl TryFrom<u16> for ProviderSeconds {
    type Error = String;

    fn try_from(seconds: u16) -> Result<Self, String> {
        if (1..=SECONDS_MAX).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(format!("timeout_seconds: {seconds} should be from 1 to {SECONDS_MAX}"))
        }
    }
}

impl ProviderSeconds {
    /// The same as a span of time.
    pub const fn span(self) -> Duration {
        Duration::from_secs(self.0 as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_providers_description_names_no_line_in_the_clear_and_no_address_of_this_machine() {
        let url = |text: &str| ProviderUrl::try_from(text.to_owned()).unwrap();
        let far = url("https://login.example.gr/realm");
        assert!(far.may_name("https://login.example.gr/token") && far.may_name("https://tokens.example.gr/"));
        for wrong in
            ["http://login.example.gr/token", "http://127.0.0.1:8080/admin", "https://localhost/", "file:///etc", ""]
        {
            assert!(!far.may_name(wrong), "{wrong}");
        }
        let own = url("http://127.0.0.1:8000");
        assert!(own.may_name("http://127.0.0.1:8000/token") && !own.may_name("http://10.0.0.1/token"));
    }

    #[test]
    fn pre_02_what_is_secret_goes_to_another_machine_encrypted_alone() {
        let read = |text: &str| ProviderUrl::try_from(text.to_owned());
        for right in ["https://a.gr/x?format=xml", "http://127.0.0.1:8000/x", "http://localhost/", "http://[::1]:1/"] {
            assert!(read(right).is_ok(), "{right}");
        }
        for wrong in [
            "http://a.gr/x",
            "http://10.0.0.1/",
            "http://127.0.0.1.a.gr/",
            "ftp://a.gr",
            "a.gr",
            "",
            "https://u:p@a.gr/",
            "https://a.gr/#x",
        ] {
            assert!(read(wrong).unwrap_err().contains("https://login.example.gr"), "{wrong}");
        }
    }

    #[test]
    fn pre_02_the_way_out_names_the_page_to_come_back_to() {
        let read = |text: &str| LogoutTemplate::try_from(text.to_owned());
        let template = read("https://a.gr/logout/{client}/?url={back}").unwrap();
        let url = template.url("s e/1", "https://kep.gr/?a={client}&b=ω").unwrap();
        assert_eq!(
            url.as_str(),
            "https://a.gr/logout/s%20e%2F1/?url=https%3A%2F%2Fkep.gr%2F%3Fa%3D%7Bclient%7D%26b%3D%CF%89"
        );
        for wrong in ["https://a.gr/logout", "https://a.gr/?u={back}&x={page}", "http://a.gr/?url={back}", "{back}"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
