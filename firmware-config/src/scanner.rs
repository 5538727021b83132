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
    /// What the installer scans from the maker's own manual, in this order.
    pub setup: Vec<SetupCode>,
    /// Which manual that is, and where in it.
    pub guide: String,
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

/// A code of the maker's manual by which a scanner is set up, by what it does: the codes themselves are the maker's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetupCode {
    /// Forget what others have set.
    FactoryDefault,
    /// A virtual serial line on USB.
    UsbCom,
    /// Type, as on a keyboard of the United States.
    UsbKeyboardUs,
    /// A serial line of its own.
    #[serde(rename = "rs232-9600")]
    Rs232At9600,
    /// End each code with CR.
    SuffixCr,
    /// Begin each code with its kind.
    AimId,
    /// Read nothing else, so that what is bought elsewhere says nothing here.
    QrOnly,
    /// Read whatever is held there.
    Presentation,
    /// Read from bright glass.
    PhoneScreens,
    /// Beep so that only who scans hears it.
    Quiet,
    /// Keep all this.
    Save,
}

impl SetupCode {
    /// The sentence that says what it does.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::FactoryDefault => "sheet-scan-factory-default",
            Self::UsbCom => "sheet-scan-usb-com",
            Self::UsbKeyboardUs => "sheet-scan-usb-keyboard-us",
            Self::Rs232At9600 => "sheet-scan-rs232-9600",
            Self::SuffixCr => "sheet-scan-suffix-cr",
            Self::AimId => "sheet-scan-aim-id",
            Self::QrOnly => "sheet-scan-qr-only",
            Self::Presentation => "sheet-scan-presentation",
            Self::PhoneScreens => "sheet-scan-phone-screens",
            Self::Quiet => "sheet-scan-quiet",
            Self::Save => "sheet-scan-save",
        }
    }
}
