//! What can be asked of an account's standing.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AnonymiseReason, Certificate, DeskHelp, OpenedBy};
use crate::{AccountId, CertificationRules, CertifiedField, Doer, IdentityPaper, OfficeMoment, Proof, WordsId};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountCommand {
    /// Its address is proven, and it is there (PET-03, PRE-04).
    Open {
        /// How it came to be.
        way: OpenedBy,
    },
    /// Its holder wishes for level B (PET-05).
    Wish {
        /// Which fields are filled.
        filled: BTreeSet<CertifiedField>,
    },
    /// Its holder does not wish for it any more; level B, if they have it, stays.
    DropWish,
    /// A clerk certifies (PLA-04).
    Certify {
        /// What it follows in the office's journal.
        cause: OfficeMoment,
        /// What was shown.
        paper: IdentityPaper,
        /// And beside it.
        proofs: BTreeSet<Proof>,
        /// Which fields are filled now.
        filled: BTreeSet<CertifiedField>,
    },
    /// A clerk says what is missing, and certifies nothing.
    SayMissing {
        /// What it follows in the office's journal.
        cause: OfficeMoment,
        /// Whether neither an identity card nor a passport was shown.
        no_paper: bool,
        /// What else was not shown.
        proofs: BTreeSet<Proof>,
    },
    /// Staff take the certification back.
    Revoke {
        /// Why, beside the journal.
        because: WordsId,
    },
    /// A field was changed.
    ChangeField {
        /// The certified field in which something else stands now.
        field: CertifiedField,
        /// Whether something stands in it now.
        filled: bool,
    },
    /// Staff let nobody in.
    Block {
        /// Why, beside the journal.
        because: WordsId,
    },
    /// Staff let its holder in again.
    Unblock,
    /// Staff help its holder at a desk.
    Help {
        /// What the clerk does for them.
        help: DeskHelp,
        /// What was shown.
        paper: IdentityPaper,
    },
    /// Its holder joins another account of theirs to it, to which they have signed in too.
    Join {
        /// The account that goes.
        from: AccountId,
        /// The certification that the account that goes had, if it had one.
        certificate: Option<Certificate>,
    },
    /// It is given up; while a request is open it is closed, and else anonymised.
    GiveUp {
        /// So many requests are open.
        open_cases: u32,
        /// Whether its holder wants it so, nobody used it for long, or it was joined to another.
        because: AnonymiseReason,
    },
}

/// What is known beside the standing when a command is decided.
#[derive(Debug, Clone, Copy)]
pub struct AccountContext<'a> {
    /// The account whose standing is decided on.
    pub account: AccountId,
    /// Who does it: somebody with an account, or the hub itself.
    pub by: Doer,
    /// The moment of the decision, by the hub's clock.
    pub now: DateTime<Utc>,
    /// How the body certifies, if it does.
    pub rules: Option<&'a CertificationRules>,
}
