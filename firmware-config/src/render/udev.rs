//! The rules by which a machine knows what hangs on it: names that stay, and nobody else who talks to it.

use std::fmt::Write as _;

use crate::catalogue;
use crate::render::machine_file::MachineFile;
use crate::scanner::Interface;
use crate::site::{ButtonsPlace, PrinterPlace, PrinterVia, ScannerPlace};

/// The group of whoever works with printer and scanner.
const GROUP: &str = "seira-io";

/// The rules of a machine. `touched` is the output to which touches belong, where there is a touch screen.
pub fn of(
    printer: Option<&PrinterPlace>,
    scanner: Option<&ScannerPlace>,
    touched: Option<&String>,
) -> Vec<MachineFile> {
    let mut names = String::from("ACTION==\"remove\", GOTO=\"seira_end\"\n");
    let mut alone = String::new();
    if let Some(printer) = printer {
        names += &printer_rules(printer);
        if let Some(socket) = &printer.usb_socket {
            alone += &leave_alone_socket(socket);
        }
    }
    if let Some(scanner) = scanner {
        names += &scanner_rules(scanner);
        let vendor = catalogue::scanner(&scanner.profile).and_then(|profile| profile.usb_vendor);
        match (&scanner.usb_socket, vendor) {
            (Some(socket), _) => alone += &leave_alone_socket(socket),
            (None, Some(vendor)) => {
                let _ = writeln!(alone, "ATTRS{{idVendor}}==\"{vendor}\", ENV{{ID_MM_DEVICE_IGNORE}}=\"1\"");
            }
            (None, None) => {}
        }
    }
    if let Some(output) = touched {
        // The compositor turns touches along with the output they are tied to; a calibration matrix would turn them twice.
        let _ = writeln!(
            names,
            "SUBSYSTEM==\"input\", KERNEL==\"event*\", ENV{{ID_INPUT_TOUCHSCREEN}}==\"1\", ENV{{WL_OUTPUT}}=\"{output}\""
        );
    }
    let mut files = vec![MachineFile::new("/etc/udev/rules.d/61-seira.rules", names + "LABEL=\"seira_end\"\n")];
    if !alone.is_empty() {
        // ModemManager talks AT commands to every new serial line for some seconds: a printer prints them, a scanner takes
        // them badly. It asks for its word in a file that comes before 80.
        let text = format!("ACTION!=\"add|change|move|bind\", GOTO=\"seira_mm_end\"\n{alone}LABEL=\"seira_mm_end\"\n");
        files.push(MachineFile::new("/etc/udev/rules.d/78-seira-modemmanager.rules", text));
    }
    files
}

/// The rules of the buttons at a desk.
pub fn of_buttons(buttons: &ButtonsPlace) -> MachineFile {
    let ButtonsPlace { usb_socket: socket, keyboard, .. } = buttons;
    let matching = format!("ENV{{ID_PATH}}==\"*-usb-0:{socket}:*\"");
    let rule = if *keyboard { typing(&matching, "buttons") } else { tty(&matching, "buttons") };
    let text = format!(
        "ACTION==\"remove\", GOTO=\"seira_buttons_end\"\n{rule}{}{}LABEL=\"seira_buttons_end\"\n",
        in_socket(socket),
        leave_alone_socket(socket)
    );
    MachineFile::new("/etc/udev/rules.d/62-seira-buttons.rules", text)
}

fn leave_alone_socket(socket: &str) -> String {
    format!("ENV{{ID_PATH}}==\"*-usb-0:{socket}:*\", ENV{{ID_MM_DEVICE_IGNORE}}=\"1\"\n")
}

/// Some scanners lose the first code after the port has slept, and some adapters their settings.
fn stay_awake(matching: &str) -> String {
    format!("SUBSYSTEM==\"usb\", {matching}, TEST==\"power/control\", ATTR{{power/control}}=\"on\"\n")
}

/// The USB device in a socket, whichever bus the socket is on.
fn in_socket(socket: &str) -> String {
    stay_awake(&format!("KERNEL==\"[0-9]*-{socket}\""))
}

fn tty(matching: &str, name: &str) -> String {
    format!(
        "SUBSYSTEM==\"tty\", {matching}, SYMLINK+=\"seira/{name}\", GROUP=\"{GROUP}\", MODE=\"0660\", TAG+=\"systemd\"\n"
    )
}

/// What it types is read by us alone: the session never hears of it, so that a hostile code types into nothing.
fn typing(matching: &str, name: &str) -> String {
    format!(
        "SUBSYSTEM==\"input\", KERNEL==\"event*\", ENV{{ID_INPUT_KEYBOARD}}==\"1\", {matching}, \
         ENV{{LIBINPUT_IGNORE_DEVICE}}=\"1\", SYMLINK+=\"seira/{name}\", GROUP=\"{GROUP}\", MODE=\"0660\", TAG+=\"systemd\"\n"
    )
}

fn printer_rules(printer: &PrinterPlace) -> String {
    let socket = printer.usb_socket.as_deref().unwrap_or_default();
    match printer.via {
        PrinterVia::UsbSerial => {
            tty(&format!("ENV{{ID_BUS}}==\"usb\", ENV{{ID_PATH}}==\"*-usb-0:{socket}:*\""), "printer")
                + &in_socket(socket)
        }
        // The kernel's printer class gets no ID_PATH from udev's own rules.
        PrinterVia::UsbPrinter => {
            format!(
                "SUBSYSTEM==\"usbmisc\", KERNEL==\"lp[0-9]*\", IMPORT{{builtin}}=\"path_id\"\n\
                 SUBSYSTEM==\"usbmisc\", KERNEL==\"lp[0-9]*\", ENV{{ID_PATH}}==\"*-usb-0:{socket}:*\", \
                 SYMLINK+=\"seira/printer\", GROUP=\"{GROUP}\", MODE=\"0660\", TAG+=\"systemd\"\n"
            ) + &in_socket(socket)
        }
        PrinterVia::Serial => own_port(printer.port.as_deref(), "printer"),
        PrinterVia::Network => String::new(),
    }
}

fn own_port(port: Option<&str>, name: &str) -> String {
    let kernel = port.and_then(|port| port.strip_prefix("/dev/")).unwrap_or_default();
    tty(&format!("KERNEL==\"{kernel}\""), name)
}

fn scanner_rules(scanner: &ScannerPlace) -> String {
    let Some(profile) = catalogue::scanner(&scanner.profile) else { return String::new() };
    if scanner.port.is_some() {
        return own_port(scanner.port.as_deref(), "scanner");
    }
    let (matching, awake) = match (&scanner.usb_socket, &profile.usb_vendor) {
        (Some(socket), _) => (format!("ENV{{ID_PATH}}==\"*-usb-0:{socket}:*\""), in_socket(socket)),
        (None, Some(vendor)) => {
            (format!("ENV{{ID_VENDOR_ID}}==\"{vendor}\""), stay_awake(&format!("ATTR{{idVendor}}==\"{vendor}\"")))
        }
        (None, None) => return String::new(),
    };
    let rule = match profile.interface {
        Interface::UsbSerial | Interface::Rs232 => tty(&matching, "scanner"),
        Interface::Keyboard => typing(&matching, "scanner"),
    };
    rule + &awake
}
