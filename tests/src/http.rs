//! HTTP as a device, a browser without scripts, and a careless client would speak it.

use std::{sync::Mutex, time::Duration};

use anyhow::{Context, Result, bail};
use serde::{Serialize, de::DeserializeOwned};
use ureq::{Agent, Body, http::Response};
use uuid::Uuid;
use wire::{IDEMPOTENCY_KEY, Problem};

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `Location` of a redirection.
    pub location: Option<String>,
    /// The media type.
    pub media_type: String,
    /// The body.
    pub body: String,
    headers: Vec<(String, String)>,
}

impl Answer {
    /// A header, by its name in small letters.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as what it is said to be.
    ///
    /// # Errors
    /// When it was refused, or is something else.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        if self.status >= 300 {
            bail!("refused with {}: {}", self.status, self.body);
        }
        serde_json::from_str(&self.body).with_context(|| format!("unexpected answer: {}", self.body))
    }

    /// The refusal.
    ///
    /// # Errors
    /// When it was not refused, or not as `application/problem+json`.
    pub fn problem(&self) -> Result<Problem> {
        if self.media_type != "application/problem+json" {
            bail!("{} is {}, not a problem: {}", self.status, self.media_type, self.body);
        }
        let problem: Problem = serde_json::from_str(&self.body)?;
        anyhow::ensure!(problem.status == self.status, "{} says {}", self.status, self.body);
        Ok(problem)
    }
}

/// One client: keeps its cookies, its token and its language.
pub struct Client {
    agent: Agent,
    base: String,
    token: Option<String>,
    language: &'static str,
    cookies: Mutex<Vec<(String, String)>>,
}

impl Client {
    /// A client of the server at `base`, e.g. `http://127.0.0.1:8080`. It follows no redirection by itself.
    #[must_use]
    pub fn new(base: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .build()
            .new_agent();
        Self { agent, base: base.to_owned(), token: None, language: "el", cookies: Mutex::default() }
    }

    /// The same, with a device's or a clerk's token.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// The same, with a cookie that no server gave it, e.g. `name=value`.
    #[must_use]
    pub fn with_cookie(self, pair: &str) -> Self {
        self.keep(pair);
        self
    }

    /// The token that it carries.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The server's address.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Asks for a page or a resource; `path` may be a whole address.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn get(&self, path: &str) -> Result<Answer> {
        let mut request = self.agent.get(self.address(path)).header("accept-language", self.language);
        for (name, value) in self.headers() {
            request = request.header(name, value);
        }
        self.answer(request.call()?)
    }

    /// Sends a command of its own, under a new name.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn post<T: Serialize>(&self, path: &str, body: &T) -> Result<Answer> {
        self.post_named(path, body, Uuid::from_u128(rand::random()))
    }

    /// Sends a command under this name, e.g. once more.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn post_named<T: Serialize>(&self, path: &str, body: &T, name: Uuid) -> Result<Answer> {
        self.post_bytes(path, "application/json", &serde_json::to_vec(body)?, Some(name))
    }

    /// Sends any bytes.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn post_bytes(&self, path: &str, media_type: &str, body: &[u8], name: Option<Uuid>) -> Result<Answer> {
        let mut request = self
            .agent
            .post(self.address(path))
            .header("accept-language", self.language)
            .header("content-type", media_type);
        if media_type.starts_with("application/x-www-form-urlencoded") || media_type.starts_with("multipart/form-data")
        {
            // As a browser says it of a form that stands in a page of the same server.
            request = request.header("sec-fetch-site", "same-origin");
        }
        if let Some(name) = name {
            request = request.header(IDEMPOTENCY_KEY, name.to_string());
        }
        for (name, value) in self.headers() {
            request = request.header(name, value);
        }
        self.answer(request.send(body)?)
    }

    /// Sends the form of a page as a browser would: with the hidden fields that the page at `path` holds.
    ///
    /// # Errors
    /// When the server cannot be reached, or the page does not open.
    pub fn post_form(&self, path: &str, action: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let page = self.get(path)?;
        anyhow::ensure!(page.status == 200, "{path} answers {}: {}", page.status, page.body);
        self.post_form_of(&page.body, action, fields)
    }

    /// Sends the form of a page that is open already.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn post_form_of(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let hidden = hidden_fields(page, action);
        let hidden = hidden.iter().filter(|(name, _)| !fields.iter().any(|(given, _)| given == name));
        let all = hidden.map(|(name, value)| (name.as_str(), value.as_str())).chain(fields.iter().copied());
        let body =
            all.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&");
        self.post_bytes(action, "application/x-www-form-urlencoded", body.as_bytes(), None)
    }

    fn address(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) }
    }

    fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        if let Some(token) = &self.token {
            headers.push(("authorization", format!("Bearer {token}")));
        }
        let cookies = self.cookies.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !cookies.is_empty() {
            let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            headers.push(("cookie", pairs.join("; ")));
        }
        headers
    }

    fn answer(&self, mut response: Response<Body>) -> Result<Answer> {
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let media_type = header("content-type").unwrap_or_default();
        let location = header("location");
        for cookie in response.headers().get_all("set-cookie") {
            self.keep(cookie.to_str().unwrap_or_default());
        }
        let all = response.headers().iter();
        let headers = all.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
        let (headers, status) = (headers.collect(), response.status().as_u16());
        let body = String::from_utf8_lossy(&response.body_mut().read_to_vec()?).into_owned();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_owned();
        Ok(Answer { status, location, media_type, body, headers })
    }

    fn keep(&self, cookie: &str) {
        let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { return };
        let mut cookies = self.cookies.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        cookies.retain(|(known, _)| known != name);
        if !value.is_empty() {
            cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}

/// The hidden fields of the form that is sent to `action`.
fn hidden_fields(page: &str, action: &str) -> Vec<(String, String)> {
    let path = action.split('?').next().unwrap_or(action);
    let form = page
        .split("<form")
        .skip(1)
        .find(|form| form.split('>').next().is_some_and(|head| head.contains(&format!("action=\"{path}\""))))
        .or_else(|| page.split("<form").nth(1))
        .unwrap_or_default();
    let form = form.split("</form>").next().unwrap_or_default();
    let inputs = form.split("<input").skip(1).filter_map(|rest| rest.split('>').next());
    inputs
        .filter(|input| input.contains("type=\"hidden\""))
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default())))
        .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!("{name}=\""))?;
    let (value, _) = after.split_once('"')?;
    Some(value.replace("&quot;", "\"").replace("&#x2F;", "/").replace("&amp;", "&"))
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
