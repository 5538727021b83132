//! Who asks, and how much they may ask: staff by session or token, devices by token, everybody by address.

mod access;
mod account_changes;
mod caller;
mod cookie;
mod devices;
mod limits;
mod limits_config;
mod link_limits;
mod password;
mod sign_in;
mod staff;

pub use access::Access;
pub use account_changes::{LOGIN_NAME_CHARACTERS_MAX, NewAccountError, check_new};
pub use caller::{Caller, bearer};
pub use cookie::{SESSION_COOKIE, cookie, session_of};
pub use devices::{Connection, DEVICE_NAME_CHARACTERS_MAX, Devices, PairingError};
pub use limits::{FeedPlace, Limits};
pub use limits_config::LimitsConfig;
pub use link_limits::may_ask;
pub use password::{
    PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, Password, PasswordFault, hash_beside, hash_of, hash_password,
};
pub use sign_in::{NewSession, SignInError};
pub use staff::{Accounts, Session};
