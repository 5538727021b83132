//! The programs' own configuration files, from the site's.

use std::fmt::Write as _;

use crate::catalogue;
use crate::scanner::Interface;
use crate::site::{BoardPlace, HubPlace, KioskPlace, PrinterPlace, PrinterVia, ScannerPlace, Site};

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn screen(id: &str, is_touched: bool) -> String {
    let Some(profile) = catalogue::screen(id) else { return String::new() };
    let (width, height, inches) = (profile.width, profile.height, profile.panel_inches);
    let mut text = format!("\n[screen]\nwidth = {width}\nheight = {height}\npanel_inches = {inches:?}\nfill = true\n");
    if is_touched {
        text += "hide_pointer = true\n";
    }
    text
}

/// `hub.toml`
pub fn hub(site: &Site, hub: &HubPlace) -> String {
    let offices: Vec<String> = hub.offices.iter().map(|office| quoted(office)).collect();
    let encrypted = site.premises.hub_url.starts_with("https://");
    let mut text = format!(
        "# {}\nlisten = {}\npublic_url = {}\noffices = [{}]\ndatabase = \"/var/lib/seira/hub/seira.db\"\n\
         uploads = \"/var/lib/seira/hub/uploads\"\njournal_key = \"/var/lib/seira/hub/journal-key.pem\"\n",
        site.premises.name,
        quoted(&hub.listen),
        quoted(&site.premises.hub_url),
        offices.join(", "),
    );
    if encrypted {
        text += "\n[tls]\ncertificate = \"/etc/seira/tls/certificate.pem\"\nkey = \"/etc/seira/tls/key.pem\"\n";
    }
    text += "\n[mail]\nfolder = \"/var/lib/seira/hub/mail\"\n";
    text
}

/// `kiosk.toml`
pub fn kiosk(site: &Site, kiosk: &KioskPlace) -> String {
    let mut text = head(site, &kiosk.name, "kiosk") + &screen(&kiosk.screen, true);
    if let Some(printer) = &kiosk.printer {
        let _ = write!(text, "\n[printer]\nport = {}\nprofile = {}\n", printer_port(printer), quoted(&printer.profile));
        if printer.via == PrinterVia::UsbPrinter {
            // USB is fast enough for pictures, and its name does not say that it is USB.
            text += "drawn = true\n";
        }
    }
    if let Some(scanner) = &kiosk.scanner {
        text += &scanner_table(scanner);
    }
    text
}

/// `display.toml`
pub fn board(site: &Site, board: &BoardPlace) -> String {
    let chime = if board.chime { "" } else { "\n[sound]\nchime = false\n" };
    let voice = if board.voice { "" } else { "\n[voice]\nspeaks = false\n" };
    head(site, &board.name, "display") + &screen(&board.screen, false) + chime + voice
}

fn head(site: &Site, name: &str, program: &str) -> String {
    let hub = quoted(&site.premises.hub_url);
    format!("# {}\nhub = {hub}\nname = {}\nstate = \"/var/lib/seira/{program}\"\n", site.premises.name, quoted(name))
}

/// Where the kiosk finds its printer: the name that the rules give it, or its address.
fn printer_port(printer: &PrinterPlace) -> String {
    match (printer.via, &printer.address) {
        (PrinterVia::Network, Some(address)) => quoted(&format!("tcp:{address}")),
        (PrinterVia::Network | PrinterVia::UsbSerial | PrinterVia::UsbPrinter | PrinterVia::Serial, _) => {
            quoted("/dev/seira/printer")
        }
    }
}

fn scanner_table(scanner: &ScannerPlace) -> String {
    let profile = catalogue::scanner(&scanner.profile);
    let types = profile.is_some_and(|profile| profile.interface == Interface::Keyboard);
    let keyboard = if types { "keyboard = true\n" } else { "" };
    format!("\n[scanner]\nport = \"/dev/seira/scanner\"\n{keyboard}")
}
