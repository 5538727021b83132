//! Becoming a coordinator by request (PRE-05): asked, approved or refused with a reason, or withdrawn. An invitation skips it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{AccountId, Action, ActionPlace, Doer, Grant, GrantScope, Role, RoleRequestId, UnitId, WordsId, grant};

/// What somebody wants to coordinate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CoordinatorPost {
    /// The whole organisation.
    Organisation,
    /// One unit of it, and no other.
    Unit(UnitId),
}

impl CoordinatorPost {
    /// The role, and where it holds.
    #[must_use]
    pub const fn role(self) -> (Role, GrantScope) {
        match self {
            Self::Organisation => (Role::CoordinatorOfOrganisation, GrantScope::Body),
            Self::Unit(unit) => (Role::CoordinatorOfUnit, GrantScope::Unit(unit)),
        }
    }

    /// The grant; none, if the table gave such a role nowhere.
    #[must_use]
    pub fn grant(self) -> Option<Grant> {
        let (role, scope) = self.role();
        Grant::new(role, scope).ok()
    }

    /// What whoever decides must be allowed to do.
    #[must_use]
    pub const fn decided_by(self) -> Action {
        match self {
            Self::Organisation => Action::DecideOrganisationCoordinators,
            Self::Unit(_) => Action::DecideUnitCoordinators,
        }
    }

    /// Whether somebody may decide who has it.
    #[must_use]
    pub fn may_be_decided(self, grants: &[Grant]) -> bool {
        grant::may(grants, self.decided_by(), &ActionPlace::BODY)
    }
}

/// A request, as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRequest {
    /// Its number in the hub.
    pub id: RoleRequestId,
    /// Who asks.
    pub account: AccountId,
    /// What they want to coordinate.
    pub post: CoordinatorPost,
    /// What they wrote: organisation, telephone, purpose.
    pub words: WordsId,
    /// The moment of the press.
    pub asked_at: DateTime<Utc>,
    /// When its newest event was.
    pub last_at: DateTime<Utc>,
    /// Where it stands.
    pub phase: RoleRequestPhase,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleRequestPhase {
    /// Somebody has to decide.
    Open,
    /// They are a coordinator.
    Approved,
    /// They are not.
    Refused {
        /// The words with which it was answered.
        reason: WordsId,
    },
    /// They do not want it any more.
    Withdrawn,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleRequestCommand {
    /// Somebody wants to be a coordinator.
    Ask {
        /// The number that it gets.
        request: RoleRequestId,
        /// What they want to coordinate.
        post: CoordinatorPost,
        /// What they wrote.
        words: WordsId,
    },
    /// Somebody who may says yes.
    Approve,
    /// Or no.
    Refuse {
        /// The words with which it is answered.
        reason: WordsId,
    },
    /// Whoever asked does not want it any more.
    Withdraw,
}

/// Something that happened to a request. Which it was, the journal says beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRequestEvent {
    /// When; it never runs backwards for one request.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: Doer,
    /// What it was.
    pub step: RoleRequestStep,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleRequestStep {
    /// It was asked.
    RoleAsked {
        /// Its number in the hub.
        request: RoleRequestId,
        /// Who asks.
        account: AccountId,
        /// What they want to coordinate.
        post: CoordinatorPost,
        /// What they wrote.
        words: WordsId,
    },
    /// They are a coordinator.
    RoleApproved,
    /// They are not.
    RoleRefused {
        /// The words with which it was answered.
        reason: WordsId,
    },
    /// They do not want it any more.
    RoleWithdrawn,
}

/// What is known beside a request when something is decided about it.
#[derive(Debug, Clone, Copy)]
pub struct RoleRequestContext<'a> {
    /// Who does it.
    pub by: AccountId,
    /// The time, as an argument.
    pub now: DateTime<Utc>,
    /// What they may do.
    pub grants: &'a [Grant],
    /// Whether the register of staff, or their place here, says that they are staff (PRE-03).
    pub is_staff: bool,
    /// Whether another request of theirs is open.
    pub has_open: bool,
}

/// Why nothing follows. No text: pages make the words, in Greek and English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleRequestRefusal {
    /// There is none.
    #[error("there is no such request")]
    Unknown,
    /// Members of public bodies alone become coordinators.
    #[error("the register of staff does not know them")]
    NotStaff,
    /// Another one of theirs is open.
    #[error("another request is open")]
    OpenAlready,
    /// They are what they ask for.
    #[error("they are a coordinator of it already")]
    HasAlready,
    /// They may not decide this.
    #[error("they may not decide this")]
    NotAllowed,
    /// Nobody decides about themselves.
    #[error("nobody decides about themselves")]
    OwnRequest,
    /// It was decided otherwise, or withdrawn.
    #[error("it was decided already")]
    Decided,
}

/// Decides a command on a request, or on none where it is asked. Changes nothing. What is so already gives no event.
///
/// # Errors
/// A [`RoleRequestRefusal`] where the rules say no.
pub fn decide(
    request: Option<&RoleRequest>,
    command: &RoleRequestCommand,
    context: &RoleRequestContext<'_>,
) -> Result<Vec<RoleRequestEvent>, RoleRequestRefusal> {
    let step = match (command, request) {
        (RoleRequestCommand::Ask { .. }, Some(_)) => return Ok(Vec::new()),
        (RoleRequestCommand::Ask { request, post, words }, None) => {
            if post.grant().is_some_and(|grant| context.grants.contains(&grant)) {
                return Err(RoleRequestRefusal::HasAlready);
            }
            if !context.is_staff {
                return Err(RoleRequestRefusal::NotStaff);
            }
            if context.has_open {
                return Err(RoleRequestRefusal::OpenAlready);
            }
            let (request, post, words) = (*request, *post, *words);
            RoleRequestStep::RoleAsked { request, account: context.by, post, words }
        }
        (_, None) => return Err(RoleRequestRefusal::Unknown),
        (RoleRequestCommand::Approve, Some(request)) => {
            may_decide(request, context)?;
            match request.phase {
                RoleRequestPhase::Open => RoleRequestStep::RoleApproved,
                RoleRequestPhase::Approved => return Ok(Vec::new()),
                RoleRequestPhase::Refused { .. } | RoleRequestPhase::Withdrawn => {
                    return Err(RoleRequestRefusal::Decided);
                }
            }
        }
        (RoleRequestCommand::Refuse { reason }, Some(request)) => {
            may_decide(request, context)?;
            match request.phase {
                RoleRequestPhase::Open => RoleRequestStep::RoleRefused { reason: *reason },
                RoleRequestPhase::Refused { .. } => return Ok(Vec::new()),
                RoleRequestPhase::Approved | RoleRequestPhase::Withdrawn => return Err(RoleRequestRefusal::Decided),
            }
        }
        (RoleRequestCommand::Withdraw, Some(request)) => {
            if request.account != context.by {
                return Err(RoleRequestRefusal::Unknown);
            }
            match request.phase {
                RoleRequestPhase::Open => RoleRequestStep::RoleWithdrawn,
                RoleRequestPhase::Withdrawn => return Ok(Vec::new()),
                RoleRequestPhase::Approved | RoleRequestPhase::Refused { .. } => {
                    return Err(RoleRequestRefusal::Decided);
                }
            }
        }
    };
    let at = request.map_or(context.now, |request| request.last_at.max(context.now));
    Ok(vec![RoleRequestEvent { at, by: Doer::Account(context.by), step }])
}

fn may_decide(request: &RoleRequest, context: &RoleRequestContext<'_>) -> Result<(), RoleRequestRefusal> {
    if request.account == context.by {
        return Err(RoleRequestRefusal::OwnRequest);
    }
    request.post.may_be_decided(context.grants).then_some(()).ok_or(RoleRequestRefusal::NotAllowed)
}

/// Makes it so.
#[must_use]
pub fn apply(request: Option<RoleRequest>, event: &RoleRequestEvent) -> Option<RoleRequest> {
    let phase = match &event.step {
        RoleRequestStep::RoleAsked { request, account, post, words } => {
            return Some(RoleRequest {
                id: *request,
                account: *account,
                post: *post,
                words: *words,
                asked_at: event.at,
                last_at: event.at,
                phase: RoleRequestPhase::Open,
            });
        }
        RoleRequestStep::RoleApproved => RoleRequestPhase::Approved,
        RoleRequestStep::RoleRefused { reason } => RoleRequestPhase::Refused { reason: *reason },
        RoleRequestStep::RoleWithdrawn => RoleRequestPhase::Withdrawn,
    };
    request.map(|request| RoleRequest { phase, last_at: event.at, ..request })
}
