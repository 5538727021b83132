//! Why nothing follows for an account. No text: pages make the words, in Greek and English.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{CertifiedField, Proof};

/// Why a command was refused. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StandingRefusal {
    /// It is not there, or not any more.
    #[error("the account is not open")]
    NotOpen,
    /// Staff have blocked it, and nothing is done with it until they let its holder in again.
    #[error("the account is blocked")]
    Blocked,
    /// The body certifies nobody.
    #[error("the body certifies nobody")]
    NobodyCertifies,
    /// Fields must be filled before.
    #[error("fields are missing")]
    FieldsMissing {
        /// Which, in order.
        missing: Vec<CertifiedField>,
    },
    /// Proofs must be shown before.
    #[error("proofs are missing")]
    ProofsMissing {
        /// Which, in order.
        missing: Vec<Proof>,
    },
    /// The holder never said that they wish for level B.
    #[error("level B was not wished for")]
    NotWished,
    /// It has level B already.
    #[error("certified already")]
    CertifiedAlready,
    /// It has no level B that could be taken back.
    #[error("not certified")]
    NotCertified,
    /// The second clerk must be another than the first.
    #[error("a second clerk is needed")]
    SameClerk,
    /// Nobody decides about an account of their own.
    #[error("nobody decides about their own account")]
    OwnAccount,
    /// Only the holder can ask this.
    #[error("only the holder can ask this")]
    NotYours,
    /// A clerk who says that something is missing says what.
    #[error("nothing is said to be missing")]
    NothingMissing,
}
