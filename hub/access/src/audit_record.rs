//! What the audit can say: one type for all of it, so that whoever adds a way in or out says here how it is kept.

use std::fmt;

use store::{Account, Agent, Device};
use uuid::Uuid;

use crate::factor_way::FactorWay;

/// Who did something, or to whom it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditParty {
    /// A member of staff.
    Account {
        /// The account's number.
        id: u32,
        /// Where they work; none for the whole hub.
        office: Option<u32>,
    },
    /// An agent of an office, who books for citizens.
    Agent {
        /// The agent's number.
        id: u32,
        /// Whose agent.
        office: u32,
    },
    /// A kiosk or a board.
    Device {
        /// The device's id, which the journal knows.
        id: Uuid,
        /// Where it stands.
        office: u32,
    },
    /// Whoever gave a command on the machine itself.
    Console,
    /// Nobody that the hub knows. Of what they typed nothing is kept.
    Stranger,
}

impl AuditParty {
    /// The office that they belong to.
    pub const fn office(self) -> Option<u32> {
        match self {
            Self::Account { office, .. } => office,
            Self::Agent { office, .. } | Self::Device { office, .. } => Some(office),
            Self::Console | Self::Stranger => None,
        }
    }
}

impl fmt::Display for AuditParty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account { id, .. } => write!(f, "account:{id}"),
            Self::Agent { id, .. } => write!(f, "agent:{id}"),
            Self::Device { id, .. } => write!(f, "device:{id}"),
            Self::Console => f.write_str("console"),
            Self::Stranger => Ok(()),
        }
    }
}

impl From<&Account> for AuditParty {
    fn from(account: &Account) -> Self {
        Self::Account { id: account.id, office: account.office() }
    }
}

impl From<&Agent> for AuditParty {
    fn from(agent: &Agent) -> Self {
        Self::Agent { id: agent.id, office: agent.office }
    }
}

impl From<&Device> for AuditParty {
    fn from(device: &Device) -> Self {
        Self::Device { id: device.id, office: device.office }
    }
}

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignInFailure {
    /// Nobody has that name.
    UnknownName,
    /// The password was another.
    WrongPassword,
    /// The code of the second step was another, or was used before.
    WrongCode,
    /// The passkey of the second step was another.
    WrongPasskey,
    /// The question to a passkey was answered before.
    AnsweredPasskey,
    /// The account is shut, or was changed while it was looked at.
    ShutAccount,
    /// Staff have blocked the account.
    BlockedAccount,
    /// It was tried often, and the challenge that stands before another try was not answered.
    ChallengeUnanswered,
    /// It was tried too often.
    Throttled,
    /// What came back from a provider belongs to no way that this browser began, or came twice.
    StrayWay,
    /// The provider said no, or nothing that it should.
    ProviderSaidNo,
    /// The provider, or the directory, is away.
    ProviderAway,
    /// It is no natural person's account.
    NoPerson,
    /// Nobody here is known so, and no rule gives them anything.
    NobodyHere,
}

impl SignInFailure {
    /// Every reason.
    pub const ALL: [Self; 14] = [
        Self::UnknownName,
        Self::WrongPassword,
        Self::WrongCode,
        Self::WrongPasskey,
        Self::AnsweredPasskey,
        Self::ShutAccount,
        Self::BlockedAccount,
        Self::ChallengeUnanswered,
        Self::Throttled,
        Self::StrayWay,
        Self::ProviderSaidNo,
        Self::ProviderAway,
        Self::NoPerson,
        Self::NobodyHere,
    ];

    /// As it is kept and logged.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownName => "unknown-name",
            Self::WrongPassword => "wrong-password",
            Self::WrongCode => "wrong-code",
            Self::WrongPasskey => "wrong-passkey",
            Self::AnsweredPasskey => "answered-passkey",
            Self::ShutAccount => "shut-account",
            Self::BlockedAccount => "blocked-account",
            Self::ChallengeUnanswered => "challenge-unanswered",
            Self::Throttled => "throttled",
            Self::StrayWay => "stray-way",
            Self::ProviderSaidNo => "provider-said-no",
            Self::ProviderAway => "provider-away",
            Self::NoPerson => "no-person",
            Self::NobodyHere => "nobody-here",
        }
    }
}

/// How somebody showed who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignInWay {
    /// By a password alone.
    Password,
    /// By a password and a second factor.
    TwoSteps(FactorWay),
    /// By a password, setting a second factor up.
    SettingUp,
    /// Through a provider that knows them.
    Provider,
    /// By the password of the house's directory.
    Directory,
}

impl SignInWay {
    /// Every way.
    pub const ALL: [Self; 7] = [
        Self::Password,
        Self::TwoSteps(FactorWay::App),
        Self::TwoSteps(FactorWay::Recovery),
        Self::TwoSteps(FactorWay::Passkey),
        Self::SettingUp,
        Self::Provider,
        Self::Directory,
    ];

    /// As it is kept and logged.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::TwoSteps(FactorWay::App) => "app-code",
            Self::TwoSteps(FactorWay::Recovery) => "recovery-code",
            Self::TwoSteps(FactorWay::Passkey) => "passkey",
            Self::SettingUp => "setting-up",
            Self::Provider => "provider",
            Self::Directory => "directory",
        }
    }

    /// Whether it had a second factor.
    pub const fn has_two_steps(self) -> bool {
        match self {
            Self::Password | Self::Provider | Self::Directory => false,
            Self::TwoSteps(_) | Self::SettingUp => true,
        }
    }
}

/// Why a session locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LockCause {
    /// Somebody pressed the button.
    Press,
    /// Nobody was there for long enough.
    Idle,
}

impl LockCause {
    /// Every cause.
    pub const ALL: [Self; 2] = [Self::Press, Self::Idle];

    /// As it is kept and logged.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Press => "press",
            Self::Idle => "idle",
        }
    }
}

/// What was changed about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AccountChange {
    /// The account that was changed.
    pub account: AuditParty,
    /// Who changed it.
    pub by: AuditParty,
    /// It is an administrator's.
    pub is_admin: bool,
}

impl AccountChange {
    /// One that somebody made.
    pub fn by(account: &Account, by: AuditParty) -> Self {
        Self { account: account.into(), by, is_admin: account.is_admin() }
    }

    /// One that the owner made.
    pub fn own(account: &Account) -> Self {
        Self::by(account, account.into())
    }
}

/// What the audit knows of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuditRecord {
    /// Somebody of staff, an agent or a program began a session.
    SignIn {
        /// Who began the session.
        who: AuditParty,
        /// How they showed who they are.
        way: SignInWay,
    },
    /// The password was right, and the code of the second step is awaited.
    FirstStep(AuditParty),
    /// They did not.
    SignInFailure {
        /// At whose name it was tried.
        at: AuditParty,
        /// Why not.
        why: SignInFailure,
    },
    /// Somebody who is signed in typed a wrong password before something that asks for it.
    ConfirmFailure {
        /// Whose session.
        of: AuditParty,
        /// Why not.
        why: SignInFailure,
    },
    /// Somebody ended their own session.
    SignOut(AuditParty),
    /// A page of staff locked.
    Lock {
        /// Whose session.
        of: AuditParty,
        /// What locked it.
        why: LockCause,
    },
    /// It was opened again with the password.
    Unlock(AuditParty),
    /// It was not.
    UnlockFailure {
        /// Whose session.
        of: AuditParty,
        /// Why not.
        why: SignInFailure,
    },
    /// A desk was handed to another clerk, who stays signed in there.
    Handover {
        /// Who had the desk.
        from: AuditParty,
        /// Who has it from then on.
        to: AuditParty,
    },
    /// Somebody's sessions were ended by another.
    SessionsEnded {
        /// Whose session.
        of: AuditParty,
        /// Who ended them.
        by: AuditParty,
    },
    /// Somebody asked for what they have no right to.
    RightsRefusal(AuditParty),
    /// A token was shown that is good no longer, or never was.
    TokenRefusal(AuditParty),
    /// A device was let in.
    Pairing {
        /// The device that was let in.
        device: AuditParty,
        /// The administrator who let it in.
        by: AuditParty,
    },
    /// A device was shut out.
    DeviceShut {
        /// The device that was shut out.
        device: AuditParty,
        /// The administrator who shut it out.
        by: AuditParty,
    },
    /// An account was made.
    AccountMade(AccountChange),
    /// A link to set a password with was made by somebody else; the password before it ended.
    AccountInvited(AccountChange),
    /// Somebody asked for a link, since the password is forgotten.
    PasswordForgotten(AuditParty),
    /// An account has another password.
    PasswordChanged(AccountChange),
    /// Another address was asked for.
    AddressChanged(AccountChange),
    /// An address was shown to be theirs.
    AddressProven(AuditParty),
    /// A member of staff was given a role beside their own.
    RoleGiven(AccountChange),
    /// It was taken back.
    RoleTaken(AccountChange),
    /// A second factor was set up.
    FactorSet(AccountChange),
    /// A second factor was taken away.
    FactorDropped(AccountChange),
    /// Recovery codes were made anew.
    CodesRenewed(AuditParty),
    /// An account was shut.
    AccountShut(AccountChange),
    /// A citizen's account was blocked.
    AccountBlocked(AccountChange),
    /// Its holder was let in again.
    AccountUnblocked(AccountChange),
    /// Two accounts of one person were joined.
    AccountsJoined {
        /// The one that stays.
        into: AuditParty,
        /// The one that went.
        from: AuditParty,
    },
    /// An agent was invited, or once more.
    AgentInvited {
        /// The agent who was invited.
        agent: AuditParty,
        /// The administrator who invited them.
        by: AuditParty,
    },
    /// An agent was shut out.
    AgentShut {
        /// The agent who was shut out.
        agent: AuditParty,
        /// The administrator who shut them out.
        by: AuditParty,
    },
    /// A backup was put in the database's place.
    Restore,
    /// A new key took the place of the one with which links, codes and cookies are made.
    KeyRotation,
    /// The clock was believed on somebody's word.
    ClockBelieved(AuditParty),
}

/// What a record is about, without by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is said by the record of its name")]
pub enum AuditKind {
    SignIn,
    FirstStep,
    SignInFailure,
    ConfirmFailure,
    SignOut,
    Lock,
    Unlock,
    UnlockFailure,
    Handover,
    SessionsEnded,
    RightsRefusal,
    TokenRefusal,
    Pairing,
    DeviceShut,
    AccountMade,
    AccountInvited,
    PasswordForgotten,
    PasswordChanged,
    AddressChanged,
    AddressProven,
    RoleGiven,
    RoleTaken,
    FactorSet,
    FactorDropped,
    CodesRenewed,
    AccountShut,
    AccountBlocked,
    AccountUnblocked,
    AccountsJoined,
    AgentInvited,
    AgentShut,
    Restore,
    KeyRotation,
    ClockBelieved,
}

impl AuditKind {
    /// Every kind.
    pub const ALL: [Self; 34] = [
        Self::SignIn,
        Self::FirstStep,
        Self::SignInFailure,
        Self::ConfirmFailure,
        Self::SignOut,
        Self::Lock,
        Self::Unlock,
        Self::UnlockFailure,
        Self::Handover,
        Self::SessionsEnded,
        Self::RightsRefusal,
        Self::TokenRefusal,
        Self::Pairing,
        Self::DeviceShut,
        Self::AccountMade,
        Self::AccountInvited,
        Self::PasswordForgotten,
        Self::PasswordChanged,
        Self::AddressChanged,
        Self::AddressProven,
        Self::RoleGiven,
        Self::RoleTaken,
        Self::FactorSet,
        Self::FactorDropped,
        Self::CodesRenewed,
        Self::AccountShut,
        Self::AccountBlocked,
        Self::AccountUnblocked,
        Self::AccountsJoined,
        Self::AgentInvited,
        Self::AgentShut,
        Self::Restore,
        Self::KeyRotation,
        Self::ClockBelieved,
    ];

    /// The stable name, under which it is kept and logged.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::FirstStep => "first-step",
            Self::SignInFailure => "sign-in-failed",
            Self::ConfirmFailure => "confirmation-failed",
            Self::SignOut => "sign-out",
            Self::Lock => "locked",
            Self::Unlock => "unlocked",
            Self::UnlockFailure => "unlock-failed",
            Self::Handover => "desk-handed-over",
            Self::SessionsEnded => "sessions-ended",
            Self::RightsRefusal => "right-refused",
            Self::TokenRefusal => "token-refused",
            Self::Pairing => "device-paired",
            Self::DeviceShut => "device-revoked",
            Self::AccountMade => "account-made",
            Self::AccountInvited => "account-invited",
            Self::PasswordForgotten => "password-forgotten",
            Self::PasswordChanged => "password-changed",
            Self::AddressChanged => "address-changed",
            Self::AddressProven => "address-proven",
            Self::RoleGiven => "role-given",
            Self::RoleTaken => "role-taken",
            Self::FactorSet => "second-factor-set",
            Self::FactorDropped => "second-factor-dropped",
            Self::CodesRenewed => "recovery-codes-renewed",
            Self::AccountShut => "account-shut",
            Self::AccountBlocked => "account-blocked",
            Self::AccountUnblocked => "account-unblocked",
            Self::AccountsJoined => "accounts-joined",
            Self::AgentInvited => "agent-invited",
            Self::AgentShut => "agent-shut",
            Self::Restore => "restore",
            Self::KeyRotation => "key-rotated",
            Self::ClockBelieved => "clock-believed",
        }
    }
}

/// That it is about an administrator's account, as it is kept and logged.
pub const ADMIN: &str = "admin";

impl AuditRecord {
    /// What it is about.
    pub const fn kind(self) -> AuditKind {
        match self {
            Self::SignIn { .. } => AuditKind::SignIn,
            Self::FirstStep(_) => AuditKind::FirstStep,
            Self::SignInFailure { .. } => AuditKind::SignInFailure,
            Self::ConfirmFailure { .. } => AuditKind::ConfirmFailure,
            Self::SignOut(_) => AuditKind::SignOut,
            Self::Lock { .. } => AuditKind::Lock,
            Self::Unlock(_) => AuditKind::Unlock,
            Self::UnlockFailure { .. } => AuditKind::UnlockFailure,
            Self::Handover { .. } => AuditKind::Handover,
            Self::SessionsEnded { .. } => AuditKind::SessionsEnded,
            Self::RightsRefusal(_) => AuditKind::RightsRefusal,
            Self::TokenRefusal(_) => AuditKind::TokenRefusal,
            Self::Pairing { .. } => AuditKind::Pairing,
            Self::DeviceShut { .. } => AuditKind::DeviceShut,
            Self::AccountMade(_) => AuditKind::AccountMade,
            Self::AccountInvited(_) => AuditKind::AccountInvited,
            Self::PasswordForgotten(_) => AuditKind::PasswordForgotten,
            Self::PasswordChanged(_) => AuditKind::PasswordChanged,
            Self::AddressChanged(_) => AuditKind::AddressChanged,
            Self::AddressProven(_) => AuditKind::AddressProven,
            Self::RoleGiven(_) => AuditKind::RoleGiven,
            Self::RoleTaken(_) => AuditKind::RoleTaken,
            Self::FactorSet(_) => AuditKind::FactorSet,
            Self::FactorDropped(_) => AuditKind::FactorDropped,
            Self::CodesRenewed(_) => AuditKind::CodesRenewed,
            Self::AccountShut(_) => AuditKind::AccountShut,
            Self::AccountBlocked(_) => AuditKind::AccountBlocked,
            Self::AccountUnblocked(_) => AuditKind::AccountUnblocked,
            Self::AccountsJoined { .. } => AuditKind::AccountsJoined,
            Self::AgentInvited { .. } => AuditKind::AgentInvited,
            Self::AgentShut { .. } => AuditKind::AgentShut,
            Self::Restore => AuditKind::Restore,
            Self::KeyRotation => AuditKind::KeyRotation,
            Self::ClockBelieved(_) => AuditKind::ClockBelieved,
        }
    }

    /// Who did it, to whom, and why or in which way.
    pub(crate) const fn parts(self) -> (AuditParty, AuditParty, &'static str) {
        use AuditParty::Stranger as Nobody;
        match self {
            Self::SignIn { who, way } => (who, Nobody, way.name()),
            Self::SignOut(who)
            | Self::Unlock(who)
            | Self::RightsRefusal(who)
            | Self::AddressProven(who)
            | Self::CodesRenewed(who)
            | Self::ClockBelieved(who) => (who, Nobody, ""),
            Self::Lock { of, why } => (of, Nobody, why.name()),
            Self::UnlockFailure { of, why } | Self::ConfirmFailure { of, why } => (Nobody, of, why.name()),
            Self::Handover { from, to } => (to, from, ""),
            // Whoever knows a password or a name alone is nobody in particular yet.
            Self::TokenRefusal(at) | Self::FirstStep(at) | Self::PasswordForgotten(at) => (Nobody, at, ""),
            Self::SignInFailure { at, why } => (Nobody, at, why.name()),
            Self::SessionsEnded { of, by } => (by, of, ""),
            Self::Pairing { device, by } | Self::DeviceShut { device, by } => (by, device, ""),
            Self::RoleGiven(change)
            | Self::RoleTaken(change)
            | Self::AccountMade(change)
            | Self::AccountInvited(change)
            | Self::PasswordChanged(change)
            | Self::AddressChanged(change)
            | Self::FactorSet(change)
            | Self::FactorDropped(change)
            | Self::AccountBlocked(change)
            | Self::AccountUnblocked(change)
            | Self::AccountShut(change) => (change.by, change.account, if change.is_admin { ADMIN } else { "" }),
            Self::AccountsJoined { into, from } => (into, from, ""),
            Self::AgentInvited { agent, by } | Self::AgentShut { agent, by } => (by, agent, ""),
            Self::Restore | Self::KeyRotation => (AuditParty::Console, Nobody, ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What whoever runs the machine reads about the audit.
    const PAGE: &str = include_str!("../../../docs/keeping.md");

    /// The row of an event.
    fn row(event: &str) -> &'static str {
        let name = format!("`{event}`");
        let is_row = |line: &&str| line.split('|').nth(1).is_some_and(|events| events.contains(&name));
        PAGE.lines().find(is_row).unwrap_or_else(|| panic!("docs/keeping.md has no row for {event}"))
    }

    #[test]
    fn new_08_the_page_about_the_audit_has_every_event_way_and_reason() {
        for kind in AuditKind::ALL {
            assert!(!row(kind.name()).is_empty());
        }
        let says = |kind: AuditKind, word: &str| {
            assert!(row(kind.name()).contains(&format!("`{word}`")), "docs/keeping.md: {}: {word}", kind.name());
        };
        for way in SignInWay::ALL {
            says(AuditKind::SignIn, way.name());
        }
        for why in SignInFailure::ALL {
            says(AuditKind::SignInFailure, why.name());
        }
        for cause in LockCause::ALL {
            says(AuditKind::Lock, cause.name());
        }
        says(AuditKind::AccountMade, ADMIN);
    }
}
