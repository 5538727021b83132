//! Who asks, and how much they may ask: staff by session or token, devices by token, everybody by address.

mod access;
mod caller;
mod cookie;
mod devices;
mod limits;
mod limits_config;
mod password;
mod staff;

pub use access::Access;
pub use caller::{Caller, bearer};
pub use cookie::{SESSION_COOKIE, cookie, session_of};
pub use devices::{Connection, DEVICE_NAME_CHARACTERS_MAX, Devices, PairingError};
pub use limits::{FeedPlace, Limits};
pub use limits_config::LimitsConfig;
pub use password::{hash_password, is_password};
pub use staff::{Accounts, NewAccountError, Session, SignInError, check_new};
