//! A turn of the writer in one office: who asks, under which id, and what came of it.

use std::sync::Arc;

use office::Command;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use store::Actor;
use uuid::Uuid;
use wire::ProblemCode;
use writer::{CommandId, Kept, OfficeHandle, Ruling, Workbench, Writer};

use crate::{fault::Fault, refusals::refusal_in};

/// What every use case in an office is handed: the writer, the office, who asks, and the command's id.
#[derive(Debug, Clone)]
pub struct Turn<'a> {
    /// The way to change anything.
    pub writer: &'a Writer,
    /// The office in which something is done.
    pub office: &'a Arc<OfficeHandle>,
    /// Who asks.
    pub actor: Actor,
    /// Drawn by who asks, so that the same again gets the same answer (PROM-09).
    pub id: Option<Uuid>,
}

impl Turn<'_> {
    /// Has a piece of work done for a request. Its outcome is a fact on disk when it comes, and is kept under the command's
    /// id: the same request again gets the same outcome, through whichever door, and another request under that id is
    /// refused. `act` names the use case among all.
    ///
    /// # Errors
    /// What the work says, or that the hub cannot write.
    pub async fn take<T, F>(self, act: &str, request: &impl Serialize, work: F) -> Result<T, Fault>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Workbench<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let id = self.id.map(|id| Ok::<_, Fault>(CommandId { id, body_hash: self.hash(act, request)? })).transpose()?;
        let outcome = self.writer.run(&self.office.key, self.actor, id, move |bench| KeptOutcome(work(bench))).await?;
        outcome.0
    }

    /// The account of the member of staff who asks.
    ///
    /// # Errors
    /// `not-allowed` where somebody else asks.
    pub const fn account(&self) -> Result<u32, ProblemCode> {
        match self.actor {
            Actor::Account(account) => Ok(account),
            Actor::Hub | Actor::Citizen | Actor::Device(_) => Err(ProblemCode::NotAllowed),
        }
    }

    /// SHA-256 over what is asked: the use case, the office, and the request, each with its length.
    fn hash(&self, act: &str, request: &impl Serialize) -> Result<[u8; 32], Fault> {
        // What cannot be written down is not taken for something else that cannot.
        let request = serde_json::to_vec(request).map_err(|_| Fault::from(ProblemCode::InternalError))?;
        let mut hash = Sha256::new();
        for part in [act.as_bytes(), self.office.key.as_bytes(), &request] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Ok(hash.finalize().into())
    }
}

/// Decides a command, and makes it so.
///
/// # Errors
/// The rules' no, in the words of the office; nothing has changed then.
pub fn decide(bench: &mut Workbench<'_>, command: &Command) -> Result<Ruling, Fault> {
    bench.decide(command).map_err(|refusal| refusal_in(bench.office(), &refusal))
}

/// What came of a piece of work, as it is kept under the command's id.
struct KeptOutcome<T>(Result<T, Fault>);

impl<T: Serialize + DeserializeOwned> Kept for KeptOutcome<T> {
    fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&self.0).unwrap_or_default()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().map(Self)
    }
}
