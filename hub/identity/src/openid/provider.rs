//! The client that speaks to a provider of OpenID Connect.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use crew::WorkCrew;
use openidconnect::{
    AdditionalClaims, AuthType, AuthenticationFlow, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    DiscoveryError, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse,
    IdTokenFields, IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, RequestTokenError, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse as _, UserInfoClaims, UserInfoError,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreResponseType, CoreRevocableToken,
        CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use super::{
    config::OpenIdConfig,
    person::{OpenIdPerson, person},
};
use crate::{
    fault::{ProviderFault, UnreadCause, trouble},
    provider_line::ProviderLine,
};

/// How long a provider's description and keys are used before they are fetched again. A key that it changes earlier is fetched
/// when something is signed with it.
const DESCRIPTION_AGE_MAX: Duration = Duration::from_secs(3600);

/// Everything that is said beside what the standard names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct FurtherClaims(Map<String, Value>);

impl AdditionalClaims for FurtherClaims {}

type TokenFields = IdTokenFields<
    FurtherClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type ProviderClient = Client<
    FurtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<TokenFields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider, as the hub speaks to it.
#[derive(Clone)]
pub struct OpenIdProvider(Arc<OpenIdParts>, Arc<WorkCrew>);

struct OpenIdParts {
    config: OpenIdConfig,
    secret: Option<String>,
    line: ProviderLine,
    described: Mutex<Option<(Arc<ProviderMetadataWithLogout>, Instant)>>,
}

impl std::fmt::Debug for OpenIdProvider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpenIdProvider({})", self.0.config.name)
    }
}

impl OpenIdProvider {
    /// As configured. It is not asked yet: a house starts while its provider is away.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn new(config: &OpenIdConfig, crew: &Arc<WorkCrew>) -> anyhow::Result<Self> {
        let secret = config.secret_file.as_ref().map(|file| file.read("openid.secret_file")).transpose()?;
        let line = ProviderLine::new("openid.authority_file", config.authority_file.as_ref(), config.timeout_seconds)?;
        let parts = OpenIdParts { config: config.clone(), secret, line, described: Mutex::default() };
        Ok(Self(Arc::new(parts), Arc::clone(crew)))
    }

    /// How it was configured.
    pub fn config(&self) -> &OpenIdConfig {
        &self.0.config
    }

    /// Where a browser is sent to sign in: `state`, `nonce` and `verifier` are of this way alone.
    ///
    /// # Errors
    /// [`ProviderFault`], if the provider has to be asked for it first.
    pub async fn sign_in_url(
        &self,
        redirect: &str,
        (state, nonce, verifier): (&str, &str, &str),
    ) -> Result<Url, ProviderFault> {
        let (parts, redirect) = (Arc::clone(&self.0), redirect.to_owned());
        let (state, nonce, verifier) = (state.to_owned(), nonce.to_owned(), verifier.to_owned());
        self.1.try_do(move || parts.sign_in_url(redirect, state, nonce, verifier)).await?
    }

    /// Where a browser is sent to sign out, if the provider has such a page and is there to say so.
    pub async fn sign_out_url(&self, back: &str) -> Option<Url> {
        let (parts, back) = (Arc::clone(&self.0), back.to_owned());
        self.1.try_do(move || parts.sign_out_url(back)).await.ok().flatten()
    }

    /// Who came back with a code.
    ///
    /// # Errors
    /// [`ProviderFault`].
    pub async fn person(
        &self,
        redirect: &str,
        code: &str,
        (nonce, verifier): (&str, &str),
    ) -> Result<OpenIdPerson, ProviderFault> {
        let (parts, redirect, code) = (Arc::clone(&self.0), redirect.to_owned(), code.to_owned());
        let (nonce, verifier) = (nonce.to_owned(), verifier.to_owned());
        self.1.try_do(move || parts.person(redirect, code, nonce, verifier)).await?
    }
}

impl OpenIdParts {
    fn sign_in_url(
        &self,
        redirect: String,
        state: String,
        nonce: String,
        verifier: String,
    ) -> Result<Url, ProviderFault> {
        let client = self.client(&*self.description()?, redirect)?;
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier));
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let request = client.authorize_url(flow, move || CsrfToken::new(state), move || Nonce::new(nonce));
        let scopes = self.config.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new);
        let url = request.add_scopes(scopes).set_pkce_challenge(challenge).url().0;
        let leads = self.config.issuer.may_name(url.as_str());
        leads.then_some(url).ok_or(ProviderFault::Unreadable(UnreadCause::Elsewhere))
    }

    fn sign_out_url(&self, back: String) -> Option<Url> {
        let description = self.description().ok()?;
        let page = description.additional_metadata().end_session_endpoint.clone()?;
        let request = LogoutRequest::from(page).set_client_id(ClientId::new(self.config.client_id.clone()));
        Some(request.set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(back).ok()?).http_get_url())
    }

    fn person(
        &self,
        redirect: String,
        code: String,
        nonce: String,
        verifier: String,
    ) -> Result<OpenIdPerson, ProviderFault> {
        let described = self.description()?;
        let client = self.client(&described, redirect.clone())?;
        let http = |request: HttpRequest| self.ask(request);
        let request = client.exchange_code(AuthorizationCode::new(code));
        // A provider that has no such address is none.
        let request = request.map_err(|_| ProviderFault::Unreadable(UnreadCause::Form))?;
        let tokens = request.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request(&http).map_err(of_tokens)?;
        let unproven = ProviderFault::Unreadable(UnreadCause::Unproven);
        let id_token = tokens.id_token().ok_or(ProviderFault::Unreadable(UnreadCause::Form))?;
        let nonce = Nonce::new(nonce);
        let mut claims = match id_token.claims(&client.id_token_verifier(), &nonce) {
            Ok(said) => flat(said)?,
            // It may be signed with a key that is newer than what was fetched.
            Err(_) => {
                let client = self.client(&*self.describe_anew(&described)?, redirect)?;
                flat(id_token.claims(&client.id_token_verifier(), &nonce).map_err(|_| unproven)?)?
            }
        };
        let subject = claims.get("sub").and_then(Value::as_str).unwrap_or_default().to_owned();
        // What the provider says there is about the same person, or the answer is none.
        let expected = Some(openidconnect::SubjectIdentifier::new(subject));
        if let Ok(request) = client.user_info(tokens.access_token().to_owned(), expected) {
            let more: UserInfoClaims<FurtherClaims, CoreGenderClaim> = request.request(&http).map_err(of_userinfo)?;
            for (name, value) in flat(&more)? {
                claims.entry(name).or_insert(value);
            }
        }
        person(&self.config, &claims)
    }

    /// What the library may read: a provider that is away, or sends elsewhere, has answered nothing.
    fn ask(&self, request: HttpRequest) -> Result<HttpResponse, ProviderFault> {
        // What a provider's description names is asked under the same terms as what an administrator writes.
        if !self.config.issuer.may_name(&request.uri().to_string()) {
            return Err(ProviderFault::Unreadable(UnreadCause::Elsewhere));
        }
        let reply = self.line.ask(request)?;
        match trouble(reply.status().as_u16()) {
            Some(fault) => Err(fault),
            None => Ok(reply),
        }
    }

    fn client(
        &self,
        description: &ProviderMetadataWithLogout,
        redirect: String,
    ) -> Result<ProviderClient, ProviderFault> {
        let secret = self.secret.clone().map(ClientSecret::new);
        let id = ClientId::new(self.config.client_id.clone());
        let client = Client::from_provider_metadata(description.clone(), id, secret);
        let redirect = RedirectUrl::new(redirect).map_err(|_| ProviderFault::Unreadable(UnreadCause::Value))?;
        let ways = description.token_endpoint_auth_methods_supported();
        let has = |way| ways.is_some_and(|ways| ways.contains(&way));
        // Unless a provider says otherwise, it takes the secret in a header (Discovery, 3).
        let in_body = has(CoreClientAuthMethod::ClientSecretPost) && !has(CoreClientAuthMethod::ClientSecretBasic);
        let client = if in_body { client.set_auth_type(AuthType::RequestBody) } else { client };
        Ok(client.set_redirect_uri(redirect))
    }

    /// The provider's description of itself, fetched if it is not known, or old.
    fn description(&self) -> Result<Arc<ProviderMetadataWithLogout>, ProviderFault> {
        let known = self.described.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            Some((description, at)) if at.elapsed() < DESCRIPTION_AGE_MAX => Ok(description),
            Some(_) | None => self.fetch(),
        }
    }

    /// The same, fetched anew, unless somebody else has done so meanwhile.
    fn describe_anew(
        &self,
        old: &Arc<ProviderMetadataWithLogout>,
    ) -> Result<Arc<ProviderMetadataWithLogout>, ProviderFault> {
        let known = self.described.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            Some((description, _)) if !Arc::ptr_eq(&description, old) => Ok(description),
            Some(_) | None => self.fetch(),
        }
    }

    fn fetch(&self) -> Result<Arc<ProviderMetadataWithLogout>, ProviderFault> {
        let issuer = self.config.issuer.0.as_str();
        // Most issuers have no slash at their end, and an address without a path gets one when it is read; the two are not the
        // same to the library, which compares as the standard says.
        let bare = issuer.strip_suffix('/').unwrap_or(issuer);
        let http = |request: HttpRequest| self.ask(request);
        let fetch = |issuer: &str| {
            let issuer = IssuerUrl::new(issuer.to_owned()).map_err(DiscoveryError::UrlParse)?;
            ProviderMetadataWithLogout::discover(&issuer, &http)
        };
        let fetched = match fetch(bare) {
            Err(DiscoveryError::Validation(_)) => fetch(issuer),
            other => other,
        };
        let description = Arc::new(fetched.map_err(of_discovery)?);
        let mut known = self.described.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Some((Arc::clone(&description), Instant::now()));
        Ok(description)
    }
}

/// Everything that was said, side by side.
fn flat(said: &impl Serialize) -> Result<Map<String, Value>, ProviderFault> {
    match serde_json::to_value(said) {
        Ok(Value::Object(claims)) => Ok(claims),
        _ => Err(ProviderFault::Unreadable(UnreadCause::Form)),
    }
}

fn of_discovery(error: DiscoveryError<ProviderFault>) -> ProviderFault {
    match error {
        DiscoveryError::Request(fault) => fault,
        DiscoveryError::Response(status, ..) if !status.is_success() => ProviderFault::Refused(status.as_u16()),
        DiscoveryError::Validation(_) => ProviderFault::Unreadable(UnreadCause::Unproven),
        _ => ProviderFault::Unreadable(UnreadCause::Form),
    }
}

fn of_tokens(error: RequestTokenError<ProviderFault, StandardErrorResponse<CoreErrorResponseType>>) -> ProviderFault {
    match error {
        RequestTokenError::Request(fault) => fault,
        RequestTokenError::ServerResponse(_) => ProviderFault::Refused(400),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => ProviderFault::Unreadable(UnreadCause::Form),
    }
}

fn of_userinfo(error: UserInfoError<ProviderFault>) -> ProviderFault {
    match error {
        UserInfoError::Request(fault) => fault,
        UserInfoError::Response(status, ..) if !status.is_success() => ProviderFault::Refused(status.as_u16()),
        UserInfoError::ClaimsVerification(_) => ProviderFault::Unreadable(UnreadCause::Unproven),
        _ => ProviderFault::Unreadable(UnreadCause::Form),
    }
}
