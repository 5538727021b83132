//! The gateway that takes messages to mobiles: asked over HTTP as the office's provider wants it (FLD-33).

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use ureq::{Agent, Error, http::Response};

use crate::sms_config::{SmsConfig, SmsField, SmsMethod, SmsVerdict, Template};

/// So much of an answer is read.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// A message to a mobile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sms {
    /// The number, as E.164.
    pub to: String,
    /// What it says.
    pub text: String,
}

/// Why a message was not taken, for administrators: a class and a code, never what the gateway wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SmsError {
    /// The gateway said no for good, with this status.
    #[error("sms refused {0}")]
    Refused(u16),
    /// It said that it is to be tried again, or nothing that it should say.
    #[error("sms later {0}")]
    Later(u16),
    /// It did not answer in time.
    #[error("sms timeout")]
    Timeout,
    /// It cannot be reached, or the line broke.
    #[error("sms connection")]
    Connection,
}

/// The way to the service that sends messages to mobiles; cheap to clone.
#[derive(Debug, Clone)]
pub struct Gateway(Arc<Parts>);

struct Parts {
    agent: Agent,
    config: SmsConfig,
    password: String,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gateway(…)")
    }
}

impl Gateway {
    /// As configured.
    ///
    /// # Errors
    /// If the password's file cannot be read.
    pub fn new(config: &SmsConfig) -> anyhow::Result<Self> {
        let password = match &config.password_file {
            Some(file) => std::fs::read_to_string(file).with_context(|| file.display().to_string())?,
            None => String::new(),
        };
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(config.timeout_seconds.into())))
            // Another place is another gateway: it is not given the password unasked.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Nor is a proxy of which the machine's environment knows.
            .proxy(None)
            .http_status_as_error(false)
            .user_agent("Seira")
            .build()
            .new_agent();
        let password = password.lines().next().unwrap_or_default().trim().to_owned();
        Ok(Self(Arc::new(Parts { agent, config: config.clone(), password })))
    }

    /// Hands a message over.
    ///
    /// # Errors
    /// [`SmsError`].
    pub async fn send(&self, sms: Sms) -> Result<(), SmsError> {
        let parts = Arc::clone(&self.0);
        tokio::task::spawn_blocking(move || parts.send(&sms)).await.map_err(|_| SmsError::Connection)?
    }
}

impl Parts {
    fn send(&self, sms: &Sms) -> Result<(), SmsError> {
        let mut answer = self.ask(sms).map_err(|error| match error {
            Error::Timeout(_) => SmsError::Timeout,
            // Nothing that it says is kept: it may repeat the address that was asked.
            _ => SmsError::Connection,
        })?;
        let status = answer.status().as_u16();
        match self.config.verdict(status) {
            SmsVerdict::Accepted => match &self.config.accepted_says {
                Some(says) => {
                    let body = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec();
                    let body = String::from_utf8_lossy(&body.unwrap_or_default()).into_owned();
                    if body.contains(says) { Ok(()) } else { Err(SmsError::Later(status)) }
                }
                None => Ok(()),
            },
            SmsVerdict::Again => Err(SmsError::Later(status)),
            SmsVerdict::Refused => Err(SmsError::Refused(status)),
        }
    }

    fn ask(&self, sms: &Sms) -> Result<Response<ureq::Body>, Error> {
        let url = &self.config.url.0;
        let headers = self.config.headers.iter().map(|(name, value)| (name.as_str(), self.fill(value, sms)));
        match self.config.method {
            SmsMethod::Get => {
                let request = headers.fold(self.agent.get(url), |request, (name, value)| request.header(name, value));
                request.query_pairs(self.flat(sms)).call()
            }
            SmsMethod::Form => {
                let request = headers.fold(self.agent.post(url), |request, (name, value)| request.header(name, value));
                request.send_form(self.flat(sms))
            }
            SmsMethod::Json => {
                let request = headers.fold(self.agent.post(url), |request, (name, value)| request.header(name, value));
                let fields = self.config.fields.0.iter().map(|(name, field)| (name.clone(), self.json(field, sms)));
                request.send_json(serde_json::Value::Object(fields.collect()))
            }
        }
    }

    fn fill(&self, template: &Template, sms: &Sms) -> String {
        template.fill(|name| match name {
            "to" => sms.to.clone(),
            "to_digits" => sms.to.trim_start_matches('+').to_owned(),
            "text" => sms.text.clone(),
            "from" => self.config.from.clone(),
            "user" => self.config.user.clone().unwrap_or_default(),
            "password" => self.password.clone(),
            _ => String::new(),
        })
    }

    fn flat(&self, sms: &Sms) -> Vec<(String, String)> {
        let text = |field: &SmsField| match field {
            SmsField::Text(template) => self.fill(template, sms),
            SmsField::Plain(value) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            // Refused where the configuration is read.
            SmsField::List(_) | SmsField::Table(_) => String::new(),
        };
        self.config.fields.0.iter().map(|(name, field)| (name.clone(), text(field))).collect()
    }

    fn json(&self, field: &SmsField, sms: &Sms) -> serde_json::Value {
        match field {
            SmsField::Text(template) => self.fill(template, sms).into(),
            SmsField::Plain(value) => value.clone(),
            SmsField::List(several) => several.iter().map(|one| self.json(one, sms)).collect(),
            SmsField::Table(table) => {
                let fields = table.iter().map(|(name, field)| (name.clone(), self.json(field, sms)));
                serde_json::Value::Object(fields.collect())
            }
        }
    }
}
