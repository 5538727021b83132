//! One machine of an office: which program it runs, and what hangs on it.

use serde::{Deserialize, Serialize};

/// A kiosk's or a display's computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// Its name, for the unit's description.
    pub name: String,
    /// What it runs.
    pub program: MachineProgram,
    /// The program's own configuration file.
    pub config: String,
    /// The account under which it runs.
    #[serde(default = "kiosk_user")]
    pub user: String,
    /// The screen's profile.
    pub screen: String,
    /// The video output, as the kernel names it, such as "HDMI-A-1".
    pub output: String,
    /// The printer, on a kiosk.
    #[serde(default)]
    pub printer: Option<Attachment>,
    /// The scanner, on a kiosk.
    #[serde(default)]
    pub scanner: Option<Attachment>,
}

fn kiosk_user() -> String {
    "kiosk".to_owned()
}

/// What a machine runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MachineProgram {
    /// The touchscreen.
    Kiosk,
    /// The waiting-room screen.
    Display,
}

impl MachineProgram {
    /// The program's file name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Display => "display",
        }
    }
}

/// A printer or scanner and the socket in which it is plugged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The profile of what is plugged in, by its name.
    pub profile: String,
    /// The USB socket, as the tail of udev's `ID_PATH`, such as "1.2:1.0". Two equal adapters differ in nothing else, so
    /// label the sockets on the case.
    #[serde(default)]
    pub usb_socket: Option<String>,
}
