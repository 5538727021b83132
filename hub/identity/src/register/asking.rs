//! What the register is asked, and the client that asks it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use crew::WorkCrew;
use http::{Request, header};
use serde::Serialize;
use uuid::Uuid;

use super::{
    answer::{RegisterAnswer, read},
    config::RegisterConfig,
};
use crate::{
    fault::{ProviderFault, good},
    provider_line::ProviderLine,
};

/// About whom the register is asked, and for whom.
#[derive(Clone)]
pub struct RegisterQuestion {
    /// The number of this question, which stands in both houses' books.
    pub transaction: Uuid,
    /// Who asks: the account of the person who signed in, by its number.
    pub end_user: String,
    /// The person's tax number.
    pub tax_number: String,
}

impl std::fmt::Debug for RegisterQuestion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RegisterQuestion({})", self.transaction)
    }
}

/// The question as it is sent.
#[derive(Serialize)]
struct WrittenQuestion<'a> {
    audit: AuditFields<'a>,
    tax_number: &'a str,
}

/// What the state's centre for interoperability wants to know of every question.
#[derive(Serialize)]
struct AuditFields<'a> {
    transaction: Uuid,
    reason: &'a str,
    unit: &'a str,
    end_user: &'a str,
}

/// The register, as the hub speaks to it.
#[derive(Clone)]
pub struct StaffRegister(Arc<RegisterParts>, Arc<WorkCrew>);

struct RegisterParts {
    config: RegisterConfig,
    secret: Option<String>,
    line: ProviderLine,
}

impl std::fmt::Debug for StaffRegister {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StaffRegister(…)")
    }
}

impl StaffRegister {
    /// As configured.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn new(config: &RegisterConfig, crew: &Arc<WorkCrew>) -> anyhow::Result<Self> {
        let secret = config.secret_file.as_ref().map(|file| file.read("staff_register.secret_file")).transpose()?;
        let authority = config.authority_file.as_ref();
        let line = ProviderLine::new("staff_register.authority_file", authority, config.timeout_seconds)?;
        Ok(Self(Arc::new(RegisterParts { config: config.clone(), secret, line }), Arc::clone(crew)))
    }

    /// What it says, and, where it says nothing that is understood, why: then the answer is "later".
    pub async fn ask(&self, question: RegisterQuestion, now: DateTime<Utc>) -> (RegisterAnswer, Option<ProviderFault>) {
        let parts = Arc::clone(&self.0);
        let days = parts.config.ask_again_after_days;
        let said = self.1.try_do(move || parts.ask(&question)).await.map_err(ProviderFault::from).flatten();
        match said {
            Ok(body) => (read(Some(&body), now, days), None),
            Err(fault) => (read(None, now, days), Some(fault)),
        }
    }
}

impl RegisterParts {
    fn ask(&self, question: &RegisterQuestion) -> Result<Vec<u8>, ProviderFault> {
        let unreadable = ProviderFault::Unreadable(crate::UnreadCause::Value);
        let request = self.question(question).ok_or(unreadable)?;
        good(self.line.ask(request)?)
    }

    fn question(&self, question: &RegisterQuestion) -> Option<Request<Vec<u8>>> {
        let RegisterConfig { reason, unit, .. } = &self.config;
        let audit = AuditFields { transaction: question.transaction, reason, unit, end_user: &question.end_user };
        let body = serde_json::to_vec(&WrittenQuestion { audit, tax_number: &question.tax_number }).ok()?;
        let request = Request::post(self.config.url.0.as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json");
        let request = match &self.secret {
            Some(secret) => request.header(header::AUTHORIZATION, format!("Bearer {secret}")),
            None => request,
        };
        request.body(body).ok()
    }
}
