//! Who asks, and how much they may ask: staff by session or token, devices by token, everybody by address.

mod access;
mod admission;
mod alarms;
mod audit;
mod audit_record;
mod buckets;
mod caller;
mod cookie;
mod devices;
mod factor_way;
mod fetch_site;
mod guesses;
mod idle;
mod known_browser;
mod limits;
mod limits_config;
mod locks;
mod name_index;
mod newest;
mod pairings;
mod passkeys;
mod password;
mod password_policy;
mod peer;
mod presses;
mod second_factor;
mod sign_in_rules;
mod staff;

pub use access::Access;
pub use alarms::{HouseAlarm, HouseAlarms};
pub use audit::{AuditTrail, from_peer, row_of_console, tell};
pub use audit_record::{ADMIN, AccountChange, AuditKind, AuditParty, AuditRecord, LockCause, SignInFailure, SignInWay};
pub use caller::{Caller, bearer, mark, session_of};
pub use cookie::{Cookies, SESSION_COOKIE};
pub use devices::{DEVICE_NAME_CHARACTERS_MAX, DevicePresence, Devices};
pub use factor_way::FactorWay;
pub use fetch_site::FormOrigin;
pub use guesses::{Guess, GuessProof, GuessRefusal};
pub use handshake::{HubIdentity, Salutation, ThreeWords};
pub use idle::{DeskSight, IdleScene, SessionConfig, StaffPlace};
pub use known_browser::{KnownBrowser, KnownName};
pub use limits::{FeedPlace, Limits, Purse, PurseRefusal, RequestKind};
pub use limits_config::LimitsConfig;
pub use pairings::{Applicant, PairingError, PairingLine, Pairings};
pub use passkeys::NewFactor;
pub use password::{NewPassword, Password, code_hashes, hash_beside, hash_of, hash_password};
pub use password_policy::{PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, PasswordContext, PasswordFault};
pub use peer::{Network, PlaceRefusal, Proxies};
pub use presses::{PressName, Presses};
pub use second_factor::{FactorError, RECOVERY_CODES, RecoveryCodes};
pub use sign_in_rules::{FactorDemand, SignInConfig, SignInRules};
pub use staff::{
    Accounts, LOGIN_NAME_CHARACTERS_MAX, NewAccountError, NewSession, SESSION_HOURS, Session, SessionWay, TAXISNET,
    check_name,
};
