//! What TAXISnet is asked, and where a browser is sent.

use http::{Request, header};
use url::{Url, form_urlencoded::Serializer};

use super::{answer::BearerToken, config::TaxisnetConfig};

/// Where a person signs in; `redirect` is the hub's page to which they come back.
pub fn authorize_url(config: &TaxisnetConfig, redirect: &str, state: &str) -> Url {
    let mut url = config.authorize_url.0.clone();
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &config.client_id)
        .append_pair("redirect_uri", redirect)
        .append_pair("scope", &config.scope)
        .append_pair("state", state);
    url
}

/// Asks for a token with the code that came with a person.
pub fn token(
    config: &TaxisnetConfig,
    secret: &str,
    redirect: &str,
    code: &str,
) -> Result<Request<Vec<u8>>, http::Error> {
    let body = Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", redirect)
        .append_pair("client_id", &config.client_id)
        .append_pair("client_secret", secret)
        .finish();
    Request::post(config.token_url.0.as_str())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .body(body.into_bytes())
}

/// Asks who the person is.
pub fn userinfo(config: &TaxisnetConfig, token: &BearerToken) -> Result<Request<Vec<u8>>, http::Error> {
    Request::get(config.userinfo_url.0.as_str())
        .header(header::AUTHORIZATION, format!("Bearer {}", token.0))
        .header(header::ACCEPT, "application/xml, text/xml")
        .body(Vec::new())
}
