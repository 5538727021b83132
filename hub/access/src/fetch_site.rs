//! From whose page a form or a request that changes something was sent, as browsers say.

use http::{HeaderMap, header};

/// What a browser says of where a request was made (Fetch Metadata); programs of our own say nothing.
const FETCH_SITE: &str = "sec-fetch-site";

/// From whose page a request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormOrigin {
    /// From one of this hub's own.
    Own,
    /// From another's, also a neighbour's under the same registered name: what stands there is not ours.
    Foreign,
    /// Nobody says: an old browser, or a program.
    Unsaid,
}

impl FormOrigin {
    /// As the headers say, of a hub that is reached at an address. A proxy may have put its own name in the host's place, so
    /// that a form is ours also if it comes from that address.
    pub fn of(headers: &HeaderMap, public_url: &str) -> Self {
        let text = |value: Option<&http::HeaderValue>| value.map(|value| value.to_str().unwrap_or_default().to_owned());
        if let Some(site) = text(headers.get(FETCH_SITE)) {
            // `none` is a person's own doing: an address that they typed, a page that they opened again.
            return if matches!(site.as_str(), "same-origin" | "none") { Self::Own } else { Self::Foreign };
        }
        let Some(origin) = text(headers.get(header::ORIGIN)) else { return Self::Unsaid };
        let host = text(headers.get(header::HOST)).unwrap_or_default();
        let public = public_url.split_once("://").map_or(public_url, |(_, authority)| authority);
        let is_own = [host.as_str(), public].iter().any(|own| !own.is_empty() && is_at(&origin, own));
        if is_own { Self::Own } else { Self::Foreign }
    }
}

/// Whether an origin is at a host, whatever protocol a proxy has made of it; a port that a protocol has anyway is often left
/// out.
fn is_at(origin: &str, host: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let usual = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return false,
    };
    let plain = |text: &str| text.strip_suffix(usual).unwrap_or(text).to_ascii_lowercase();
    !authority.is_empty() && plain(authority) == plain(host)
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn of(said: &[(&'static str, &str)]) -> FormOrigin {
        let headers = said.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        FormOrigin::of(&headers.collect(), "https://public.example.gr")
    }

    #[test]
    fn new_08_a_form_of_a_neighbour_is_as_foreign_as_any_other() {
        for site in ["cross-site", "same-site", "Same-Origin", "anything", ""] {
            assert_eq!(of(&[("sec-fetch-site", site)]), FormOrigin::Foreign, "{site}");
        }
        for site in ["same-origin", "none"] {
            assert_eq!(of(&[("sec-fetch-site", site)]), FormOrigin::Own, "{site}");
        }
    }

    #[test]
    fn new_08_a_browser_that_says_no_more_than_its_origin_is_believed_about_that() {
        let from = |origin: &str, host: &str| of(&[("origin", origin), ("host", host)]);
        assert_eq!(from("https://seira.example.gr", "seira.example.gr"), FormOrigin::Own);
        assert_eq!(from("https://Seira.example.gr:443", "seira.example.gr"), FormOrigin::Own);
        assert_eq!(from("http://127.0.0.1:8080", "127.0.0.1:8080"), FormOrigin::Own);
        assert_eq!(from("https://public.example.gr", "10.0.0.7:8080"), FormOrigin::Own, "a proxy's own name");
        for foreign in [
            "null",
            "",
            "https://",
            "seira.example.gr",
            "https://evil.example.gr",
            "https://seira.example.gr:444",
            "https://seira.example.gr.evil.gr",
            "ftp://seira.example.gr",
        ] {
            assert_eq!(from(foreign, "seira.example.gr"), FormOrigin::Foreign, "{foreign}");
        }
        assert_eq!(of(&[("origin", "https://seira.example.gr")]), FormOrigin::Foreign, "no host to hold it against");
        assert_eq!(of(&[("host", "seira.example.gr")]), FormOrigin::Unsaid);
    }
}
