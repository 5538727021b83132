//! What has to be known about a code scanner.

use serde::{Deserialize, Serialize};

use crate::printer::Serial;

/// A model of scanner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScannerProfile {
    /// The name by which a machine's file asks for it.
    pub id: String,
    /// Who makes it.
    pub vendor: String,
    /// The maker's name of the model or family.
    pub model: String,
    /// How it is attached.
    pub interface: Interface,
    /// USB vendor number, four hexadecimal digits; none for a true serial line.
    #[serde(default)]
    pub usb_vendor: Option<String>,
    /// The serial line; a virtual one on USB ignores the speed.
    pub serial: Serial,
    /// What the installer scans from the maker's own sheet, in this order.
    pub setup: Vec<String>,
    /// Where these facts come from.
    pub source: String,
    /// Whether somebody of the house has seen them hold on the real machine.
    pub verified: bool,
}

/// How a scanner is attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interface {
    /// A virtual serial line on USB: the preferred one.
    UsbSerial,
    /// A serial line with its own plug.
    Rs232,
    /// Types like a keyboard: only where nothing else can be had.
    Keyboard,
}
