//! What happens to an account's standing. Nothing personal is in here.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Certificate;
use crate::{AccountId, CertifiedField, Doer, IdentityPaper, OfficeMoment, Proof, WordsId};

/// Something that happened to a standing. Whose it is, the journal says beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEvent {
    /// When; it never runs backwards for one account.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: Doer,
    /// What it was.
    pub step: AccountStep,
}

/// What happened to an account's standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountStep {
    /// It is there, with level A (PLA-02).
    AccountOpened {
        /// How it came to be.
        way: OpenedBy,
    },
    /// Level B is wished for, and all fields are filled (PET-05).
    LevelWished,
    /// It is not wished for any more.
    WishDropped,
    /// The first of two clerks certified.
    LookedFirst {
        /// What it follows in the office's journal.
        cause: OfficeMoment,
        /// What was shown.
        paper: IdentityPaper,
        /// And beside it.
        proofs: BTreeSet<Proof>,
    },
    /// It has level B (PLA-04).
    AccountCertified {
        /// What it follows in the office's journal.
        cause: OfficeMoment,
        /// What was shown.
        paper: IdentityPaper,
        /// And beside it.
        proofs: BTreeSet<Proof>,
    },
    /// A clerk said what is missing.
    ProofsMissed {
        /// What it follows in the office's journal.
        cause: OfficeMoment,
        /// Whether neither an identity card nor a passport was shown.
        no_paper: bool,
        /// What else was not shown.
        proofs: BTreeSet<Proof>,
    },
    /// Level B was taken back.
    CertificateRevoked {
        /// Why, beside the journal.
        because: WordsId,
    },
    /// Level B, or the first look, ended because a field is not as it was certified.
    CertificateEnded {
        /// The certified field that was changed.
        field: CertifiedField,
        /// Whether something stands in it; where nothing does, the wish ends too.
        filled: bool,
    },
    /// Nobody is let in.
    AccountBlocked {
        /// Why, beside the journal.
        because: WordsId,
    },
    /// Its holder is let in again.
    AccountUnblocked,
    /// Its holder was helped at a desk, against a paper that says who they are.
    HelpedAtDesk {
        /// What the clerk did for them.
        help: DeskHelp,
        /// What was shown.
        paper: IdentityPaper,
    },
    /// Another account of the same person was joined to it.
    AccountJoined {
        /// Which; it is gone by that.
        from: AccountId,
        /// The certification that came along, where this one had none.
        certificate: Option<Certificate>,
    },
    /// It was given up while a request was open.
    AccountClosed,
    /// It is gone.
    AccountAnonymised {
        /// Whether its holder wants it so, nobody used it for long, or it was joined to another.
        because: AnonymiseReason,
    },
}

impl AccountStep {
    /// Where what was written with it is kept.
    #[must_use]
    pub const fn words(&self) -> Option<WordsId> {
        match self {
            Self::CertificateRevoked { because } | Self::AccountBlocked { because } => Some(*because),
            Self::LookedFirst { paper, .. }
            | Self::AccountCertified { paper, .. }
            | Self::HelpedAtDesk { paper, .. } => Some(paper.last),
            Self::AccountOpened { .. }
            | Self::LevelWished
            | Self::WishDropped
            | Self::ProofsMissed { .. }
            | Self::CertificateEnded { .. }
            | Self::AccountUnblocked
            | Self::AccountJoined { .. }
            | Self::AccountClosed
            | Self::AccountAnonymised { .. } => None,
        }
    }
}

/// What somebody is helped with at a desk, who shows who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskHelp {
    /// Their mails go to another address, once a link that goes there is pressed.
    NewAddress,
    /// The second factor that they have lost is taken away.
    LostFactor,
}

/// How an account came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpenedBy {
    /// By its holder, through the link of a mail (PET-03).
    Link,
    /// By a sign-in through TAXISnet and a proven address (PRE-04).
    Taxisnet,
    /// By staff, who invited.
    Invitation,
}

/// Why an account is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnonymiseReason {
    /// Its holder wants it so.
    Wanted,
    /// Nobody has used it for long, and a warning was sent.
    Unused,
    /// It was joined to another of the same person.
    Merged,
}
