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
pub use caller::{Caller, bearer, session_of};
pub use cookie::{SESSION_COOKIE, cookie};
pub use devices::{DEVICE_NAME_CHARACTERS_MAX, DevicePresence, Devices, PairingError};
pub use limits::{FeedPlace, Limits};
pub use limits_config::LimitsConfig;
pub use password::{
    PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, Password, PasswordFault, hash_beside, hash_of, hash_password,
};
pub use staff::{Accounts, LOGIN_NAME_CHARACTERS_MAX, NewAccountError, NewSession, SESSION_HOURS, Session, check_new};
