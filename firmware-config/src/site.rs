//! A site: the machines of one house, in one file, as the technician describes them who installs it.

use serde::Deserialize;

/// Everything of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// What all machines have in common.
    pub premises: Premises,
    /// The hub's machine, where it stands in this house.
    pub hub: Option<HubPlace>,
    /// The touch screens at which citizens take numbers.
    pub kiosks: Vec<KioskPlace>,
    /// The boards of waiting rooms.
    pub boards: Vec<BoardPlace>,
    /// Clerks' machines on which something hangs.
    pub desks: Vec<DeskPlace>,
}

/// `[site]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Premises {
    /// What the house is called, on the sheets.
    pub name: String,
    /// Where devices reach the hub, e.g. `https://seira.lan`.
    pub hub_url: String,
    /// Who tells the time; machines of a house without a way out ask the house's own server.
    #[serde(default = "time_servers")]
    pub time_servers: Vec<String>,
    /// The release of Debian on the machines.
    #[serde(default)]
    pub debian: DebianRelease,
}

fn time_servers() -> Vec<String> {
    (0..4).map(|n| format!("{n}.gr.pool.ntp.org")).collect()
}

/// A release of Debian on which machines run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum DebianRelease {
    /// Debian 12.
    #[default]
    #[serde(rename = "12")]
    Bookworm,
    /// Trixie, whose cage turns no screens.
    #[serde(rename = "13")]
    Trixie,
}

/// `[hub]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HubPlace {
    /// The machine's name in the network.
    pub id: String,
    /// Where the hub listens.
    #[serde(default = "hub_listen")]
    pub listen: String,
    /// The offices' files, in `/etc/seira`.
    pub offices: Vec<String>,
    /// A second disk or a mounted share, to which a copy of the database goes each night.
    #[serde(default)]
    pub backup_to: Option<String>,
}

fn hub_listen() -> String {
    "0.0.0.0:443".to_owned()
}

/// `[[kiosk]]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskPlace {
    /// The machine's name in the network.
    pub id: String,
    /// What administrators call the kiosk.
    pub name: String,
    /// The screen's profile.
    pub screen: String,
    /// The video output, as the kernel names it, such as `HDMI-A-1`.
    pub output: String,
    /// Who shows the window; unless set, cage for an upright one and sway for a turned one.
    #[serde(default)]
    pub session: Option<SessionShell>,
    /// Whether the system's disk is only read, so that a power cut cannot spoil it.
    #[serde(default = "yes")]
    pub read_only_root: bool,
    /// The ticket printer.
    #[serde(default)]
    pub printer: Option<PrinterPlace>,
    /// What reads citizens' codes.
    #[serde(default)]
    pub scanner: Option<ScannerPlace>,
}

/// `[[board]]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardPlace {
    /// The machine's name in the network.
    pub id: String,
    /// What administrators call the board.
    pub name: String,
    /// The screen's profile.
    pub screen: String,
    /// The video output, as the kernel names it.
    pub output: String,
    /// Who shows the window.
    #[serde(default)]
    pub session: Option<SessionShell>,
    /// Whether the system's disk is only read.
    #[serde(default = "yes")]
    pub read_only_root: bool,
    /// Whether a call chimes.
    #[serde(default = "yes")]
    pub chime: bool,
    /// Whether a call is spoken after its chime.
    #[serde(default = "yes")]
    pub voice: bool,
}

/// `[[desk]]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskPlace {
    /// The machine's name in the network.
    pub id: String,
    /// Which desk it stands at, as citizens read it.
    pub name: String,
    /// A printer for slips and tickets.
    #[serde(default)]
    pub printer: Option<PrinterPlace>,
    /// What reads codes there.
    #[serde(default)]
    pub scanner: Option<ScannerPlace>,
}

const fn yes() -> bool {
    true
}

/// Who shows a window and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionShell {
    /// One program, as large as the screen.
    Cage,
    /// Also turns screens, and outlives a screen that is switched off.
    Sway,
}

/// A printer, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinterPlace {
    /// The profile of the model.
    pub profile: String,
    /// What kind of line leads to it.
    pub via: PrinterVia,
    /// The USB socket, as the tail of udev's `ID_PATH`, such as `1.2`. Two equal adapters differ in nothing else, so label
    /// the sockets on the case.
    #[serde(default)]
    pub usb_socket: Option<String>,
    /// The machine's own serial port, such as `/dev/ttyS0`.
    #[serde(default)]
    pub port: Option<String>,
    /// The address of a printer in the network, such as `10.0.0.40:9100`.
    #[serde(default)]
    pub address: Option<String>,
}

/// What kind of line leads to a printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrinterVia {
    /// An adapter from USB to a serial line, or a printer that looks like one.
    UsbSerial,
    /// A printer of USB's printer class.
    UsbPrinter,
    /// The machine's own serial port.
    Serial,
    /// TCP, as a printer with an address of its own.
    Network,
}

/// A scanner, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScannerPlace {
    /// The profile of the model.
    pub profile: String,
    /// The USB socket; unless set, the maker's number is looked for in any.
    #[serde(default)]
    pub usb_socket: Option<String>,
    /// The machine's own serial port.
    #[serde(default)]
    pub port: Option<String>,
}
