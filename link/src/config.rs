//! Where the hub is, and who this device is.

use std::path::PathBuf;

use wire::DeviceKind;

/// Where the hub is, and who this device is.
#[derive(Debug, Clone)]
pub struct LinkConfig {
    /// The hub's address, without a path.
    pub hub: String,
    /// What the device is.
    pub kind: DeviceKind,
    /// What its configuration calls it.
    pub name: String,
    /// The folder for its token.
    pub state: PathBuf,
    /// The feed that it follows: `board` or `kiosk`.
    pub feed: &'static str,
}
