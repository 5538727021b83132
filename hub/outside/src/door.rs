//! One door to another house: its address, its token, for whom and why it is asked, and the line itself.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crew::WorkCrew;
use http::{Request, header};
use identity::{ProviderFault, ProviderLine, ProviderSeconds, ProviderUrl, SecretFile, UnreadCause, good};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// Where another house is asked, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideDoorConfig {
    /// The section of the body's file in which it stands.
    pub section: &'static str,
    /// Where it is asked.
    pub url: ProviderUrl,
    /// A file with the token that it wants in its first line.
    pub secret_file: Option<SecretFile>,
    /// The certificate of who signs the other's, if browsers do not know it (PEM).
    pub authority_file: Option<PathBuf>,
    /// The unit for which it is asked, as the other house knows it.
    pub unit: String,
    /// Why it is asked, in the words of the decision that allows it.
    pub reason: String,
    /// Seconds that it may take over an answer.
    pub timeout_seconds: ProviderSeconds,
}

impl OutsideDoorConfig {
    /// Takes its paths as they are seen from a folder.
    pub fn resolve(&mut self, folder: &Path) {
        self.secret_file = self.secret_file.take().map(|file| file.resolved(folder));
        self.authority_file = self.authority_file.take().map(|file| folder.join(file));
    }

    fn key(&self, of: &str) -> String {
        format!("{}.{of}", self.section)
    }
}

/// Why another house gave no answer that is one.
pub type OutsideFault = ProviderFault;

/// What the state's centre for interoperability wants to know of every question.
#[derive(Debug, Clone, Serialize)]
pub struct AuditWords<'a> {
    /// The number of the question, which stands in both houses' books.
    pub transaction: Uuid,
    /// Why it is asked.
    pub reason: &'a str,
    /// The unit in whose name it is asked.
    pub unit: &'a str,
    /// For whom: the account of the person, by its number.
    pub end_user: &'a str,
}

/// A door, as the hub goes through it.
#[derive(Clone)]
pub struct OutsideDoor(Arc<DoorParts>, Arc<WorkCrew>);

struct DoorParts {
    config: OutsideDoorConfig,
    secret: Option<String>,
    line: ProviderLine,
}

impl std::fmt::Debug for OutsideDoor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OutsideDoor({})", self.0.config.section)
    }
}

impl OutsideDoor {
    /// As configured.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn new(config: &OutsideDoorConfig, crew: &Arc<WorkCrew>) -> anyhow::Result<Self> {
        let secret = config.secret_file.as_ref().map(|file| file.read(&config.key("secret_file"))).transpose()?;
        let authority = config.authority_file.as_ref();
        let line = ProviderLine::new(&config.key("authority_file"), authority, config.timeout_seconds)?;
        Ok(Self(Arc::new(DoorParts { config: config.clone(), secret, line }), Arc::clone(crew)))
    }

    /// Who asks and why, for a question of this number.
    pub fn audit<'a>(&'a self, transaction: Uuid, end_user: &'a str) -> AuditWords<'a> {
        let OutsideDoorConfig { reason, unit, .. } = &self.0.config;
        AuditWords { transaction, reason, unit, end_user }
    }

    /// Asks, under a key by which the same question is known again, and reads the answer as JSON.
    pub(crate) async fn ask<A: DeserializeOwned>(
        &self,
        key: Uuid,
        question: &impl Serialize,
    ) -> Result<A, OutsideFault> {
        let unreadable = OutsideFault::Unreadable(UnreadCause::Form);
        let body = serde_json::to_vec(question).map_err(|_| unreadable)?;
        let request = self.request(key, body).ok_or(unreadable)?;
        let parts = Arc::clone(&self.0);
        let reply = self.1.try_do(move || parts.line.ask(request)).await??;
        serde_json::from_slice(&good(reply)?).map_err(|_| unreadable)
    }

    fn request(&self, key: Uuid, body: Vec<u8>) -> Option<Request<Vec<u8>>> {
        let request = Request::post(self.0.config.url.0.as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .header("idempotency-key", key.to_string());
        let request = match &self.0.secret {
            Some(secret) => request.header(header::AUTHORIZATION, format!("Bearer {secret}")),
            None => request,
        };
        request.body(body).ok()
    }
}
