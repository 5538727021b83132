//! Who asks: staff by session or token, devices by token.

mod caller;
mod cookie;
mod password;
mod staff;

pub use caller::{Caller, address, bearer};
pub use cookie::{SESSION_COOKIE, cookie, session_of};
pub use password::{hash_password, is_password};
pub use staff::{Accounts, NewAccountError, Session, SignInError, check_new};
