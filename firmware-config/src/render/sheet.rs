//! The set-up sheet of a machine: what it is, how it is wired, and what is done in which order. Greek first, then English.

use std::fmt::Write as _;

use crate::catalogue;
use crate::printer::{Flow, Parity, Serial};
use crate::render::markup::escaped;
use crate::render::wiring::{SheetCable, drawing};
use crate::scanner::Interface;
use crate::screen::ScreenTurn;
use crate::site::{
    BoardPlace, DebianRelease, DeskPlace, HubPlace, KioskPlace, PrinterPlace, PrinterVia, ScannerPlace, Site,
};
use crate::words::SheetLanguage;

/// What stands on paper is black on white, whatever the browser thinks of dark rooms.
const STYLE: &str = "\
@page{size:A4;margin:14mm}\
body{font:11pt/1.4 'Noto Sans','DejaVu Sans',sans-serif;color:#000;background:#fff;max-width:180mm;margin:auto}\
section+section{break-before:page}h1{font-size:18pt;margin:0 0 4mm}h2{font-size:13pt;margin:5mm 0 2mm}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:1.5mm 2mm;text-align:left;vertical-align:top}\
th{width:34%;background:#eee}code{font-family:'DejaVu Sans Mono',monospace;font-size:9.5pt;background:#eee;padding:0 1mm;overflow-wrap:anywhere}\
ol>li{margin:1.5mm 0;break-inside:avoid}svg{width:100%;max-height:90mm}svg .box{fill:#fff;stroke:#000;stroke-width:2}\
svg .socket{fill:#000}svg .tag{fill:#eee;stroke:#555}svg .label{fill:#ffe08a;stroke:#000;stroke-width:2}\
svg .cable{stroke:#000;stroke-width:3;fill:none}svg text{font-size:15px}svg .name{font-weight:bold}\
.note{border-left:3px solid #555;padding-left:3mm}.signed{margin-top:8mm}";

/// What one language's half of a sheet is made of.
struct Half {
    language: SheetLanguage,
    name: String,
    facts: Vec<(String, String)>,
    cables: Vec<SheetCable>,
    notes: Vec<String>,
    steps: Vec<String>,
}

impl Half {
    fn new(language: SheetLanguage, site: &Site, (id, name, role): (&str, &str, &str)) -> Self {
        let facts = vec![
            (language.say("sheet-house"), escaped(&site.premises.name)),
            (language.say("sheet-machine"), code(id)),
            (language.say("sheet-role"), language.say(role)),
            (language.say("sheet-hub-url"), code(&site.premises.hub_url)),
        ];
        let socket = |id: &str| language.say(id);
        let cable = |id: &str| SheetCable { what: socket(id), socket: socket(id), is_labelled: false };
        let cables = vec![cable("sheet-wire-power"), cable("sheet-wire-network")];
        let (notes, steps) = (Vec::new(), Vec::new());
        Self { language, name: name.to_owned(), facts, cables, notes, steps }
    }

    fn fact(&mut self, id: &str, value: String) {
        self.facts.push((self.language.say(id), value));
    }

    fn step(&mut self, id: &str, places: &[(&'static str, String)]) {
        self.steps.push(self.language.say_with(id, places));
    }

    fn command(&mut self, id: &str, command: &str) {
        self.step(id, &[("command", code(command))]);
    }

    fn screen(&mut self, id: &str, output: &str, is_touched: bool) {
        let Some(profile) = catalogue::screen(id) else { return };
        let places = [
            ("width", profile.width.to_string()),
            ("height", profile.height.to_string()),
            ("inches", profile.panel_inches.to_string()),
            ("output", code(output)),
        ];
        let mut facts = self.language.say_with("sheet-screen-facts", &places);
        let degrees = match profile.turned {
            ScreenTurn::None => None,
            ScreenTurn::Quarter => Some("90"),
            ScreenTurn::Half => Some("180"),
            ScreenTurn::ThreeQuarters => Some("270"),
        };
        if let Some(degrees) = degrees {
            facts += &format!(", {}", self.language.say_with("sheet-turned", &[("degrees", degrees.to_owned())]));
        }
        self.fact("sheet-screen", facts);
        let what = self.language.say_with("sheet-wire-screen", &[("output", String::new())]);
        self.cables.push(SheetCable { what: what.trim().to_owned(), socket: output.to_owned(), is_labelled: false });
        if is_touched {
            let what = self.language.say("sheet-wire-touch");
            self.cables.push(SheetCable { what, socket: "USB".to_owned(), is_labelled: false });
        }
    }

    fn printer(&mut self, printer: &PrinterPlace) {
        let Ok(profile) = catalogue::printer(&printer.profile) else { return };
        let language = self.language;
        let socket = printer.usb_socket.clone().unwrap_or_default();
        let port = printer.port.clone().unwrap_or_default();
        let address = printer.address.clone().unwrap_or_default();
        let (via, at, has_line) = match printer.via {
            PrinterVia::UsbSerial => ("sheet-via-usb-serial", format!("USB {socket}"), true),
            PrinterVia::UsbPrinter => ("sheet-via-usb-printer", format!("USB {socket}"), false),
            PrinterVia::Serial => ("sheet-via-serial", port.clone(), true),
            PrinterVia::Network => ("sheet-via-network", address.clone(), false),
        };
        let via =
            language.say_with(via, &[("socket", code(&socket)), ("port", code(&port)), ("address", code(&address))]);
        let mut facts = format!("{} {}<br>{via}", escaped(&profile.vendor), escaped(&profile.model));
        if has_line {
            facts += &format!("<br>{}", line(language, &profile.serial));
        }
        self.fact("sheet-printer", facts);
        self.unverified(profile.verified);
        let is_labelled = printer.usb_socket.is_some();
        self.cables.push(SheetCable { what: language.say("sheet-wire-printer"), socket: at, is_labelled });
    }

    fn scanner(&mut self, scanner: &ScannerPlace) {
        let Some(profile) = catalogue::scanner(&scanner.profile) else { return };
        let language = self.language;
        let (via, at) = match (&scanner.usb_socket, &scanner.port) {
            (Some(socket), _) => {
                (language.say_with("sheet-via-usb-serial", &[("socket", code(socket))]), format!("USB {socket}"))
            }
            (None, Some(port)) => (language.say_with("sheet-via-serial", &[("port", code(port))]), port.clone()),
            (None, None) => (language.say("sheet-via-any-usb"), "USB".to_owned()),
        };
        let mut facts = format!("{} {}<br>{via}", escaped(&profile.vendor), escaped(&profile.model));
        if profile.interface == Interface::Rs232 {
            facts += &format!("<br>{}", line(language, &profile.serial));
        }
        self.fact("sheet-scanner", facts);
        self.unverified(profile.verified);
        let is_labelled = scanner.usb_socket.is_some();
        self.cables.push(SheetCable { what: language.say("sheet-wire-scanner"), socket: at, is_labelled });
    }

    fn unverified(&mut self, is_verified: bool) {
        let note = self.language.say("sheet-unverified");
        if !is_verified && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// What is done on each machine before its own: the system, the packages, the files, the cables.
    fn begin(&mut self, site: &Site, id: &str, package: &str, read_only_root: bool) {
        let release = match site.premises.debian {
            DebianRelease::Bookworm => "12",
            DebianRelease::Trixie => "13",
        };
        self.step("sheet-step-debian", &[("release", release.to_owned()), ("id", escaped(id))]);
        if read_only_root {
            self.step("sheet-step-state", &[]);
        }
        let more = if read_only_root { " overlayroot" } else { "" };
        let package = if package == "seira-config" { String::new() } else { format!("./{package}.deb ") };
        self.command("sheet-step-package", &format!("apt install {package}./seira-config.deb{more}"));
        let command = code(&format!("cp -r {id}/files/. /"));
        self.step("sheet-step-copy", &[("id", escaped(id)), ("command", command)]);
        self.step("sheet-step-wires", &[]);
    }

    fn set_up_scanner(&mut self, scanner: Option<&ScannerPlace>) {
        let Some(profile) = scanner.and_then(|scanner| catalogue::scanner(&scanner.profile)) else { return };
        let codes: String = profile
            .setup
            .iter()
            .map(|setup| format!("<li>{}</li>", escaped(&self.language.say(setup.sentence()))))
            .collect();
        let head = self.language.say_with("sheet-step-scanner", &[("guide", escaped(&profile.guide))]);
        self.steps.push(format!("{head}<ol type=\"a\">{codes}</ol>"));
    }

    /// Where the house updates by itself, this machine is told to.
    fn updates(&mut self, site: &Site) {
        if site.premises.updates.is_some() {
            self.step("sheet-step-updates-key", &[("file", code("/etc/seira/packages.asc"))]);
            self.command("sheet-step-updates", "systemctl enable --now seira-update.timer");
        }
    }

    fn look_over(&mut self) {
        self.step("sheet-step-restart", &[]);
        self.command("sheet-step-doctor", "firmware-config doctor");
        let why = self.language.say("sheet-step-doctor-why");
        if let Some(step) = self.steps.last_mut() {
            *step = format!("{step} {why}");
        }
    }

    fn written(&self) -> String {
        let language = self.language;
        let title = language.say_with("sheet-title", &[("name", escaped(&self.name))]);
        let mut html = format!("<section lang=\"{}\">\n<h1>{title}</h1>\n<table>\n", language.tag());
        for (name, value) in &self.facts {
            let _ = writeln!(html, "<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>");
        }
        html += "</table>\n";
        let _ = write!(
            html,
            "<h2>{}</h2>\n{}",
            language.say("sheet-wiring"),
            drawing(&language.say("sheet-wire-computer"), &self.cables)
        );
        if self.cables.iter().any(|cable| cable.is_labelled) {
            let _ = writeln!(html, "<p class=\"note\">{}</p>", language.say("sheet-wire-label"));
        }
        for note in &self.notes {
            let _ = writeln!(html, "<p class=\"note\">{note}</p>");
        }
        let _ = writeln!(html, "<h2>{}</h2>\n<ol>", language.say("sheet-steps"));
        for step in &self.steps {
            let _ = writeln!(html, "<li>{step}</li>");
        }
        let (by, on) = (language.say("sheet-signed"), language.say("sheet-signed-on"));
        html + &format!("</ol>\n<p class=\"signed\">{by} ______________________ {on} ______________</p>\n</section>\n")
    }
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

fn line(language: SheetLanguage, serial: &Serial) -> String {
    let parity = language.say(match serial.parity {
        Parity::None => "sheet-parity-none",
        Parity::Even => "sheet-parity-even",
        Parity::Odd => "sheet-parity-odd",
    });
    let flow = language.say(match serial.flow {
        Flow::None => "sheet-flow-none",
        Flow::Hardware => "sheet-flow-hardware",
        Flow::Software => "sheet-flow-software",
    });
    language.say_with("sheet-line", &[("baud", serial.baud.to_string()), ("parity", parity), ("flow", flow)])
}

fn both(title: &str, half: impl Fn(SheetLanguage) -> Half) -> String {
    let halves: String =
        [SheetLanguage::Greek, SheetLanguage::English].into_iter().map(|language| half(language).written()).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"el\">\n<head><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}</style></head>\n<body>\n{halves}</body>\n</html>\n",
        escaped(title)
    )
}

/// The hub's sheet.
#[must_use]
pub fn of_hub(site: &Site, hub: &HubPlace) -> String {
    both(&hub.id, |language| {
        let mut half = Half::new(language, site, (&hub.id, &hub.id, "sheet-role-hub"));
        if let Some(folder) = &hub.backup_to {
            let what = language.say("sheet-wire-backup");
            half.cables.push(SheetCable { what, socket: folder.clone(), is_labelled: false });
        }
        half.begin(site, &hub.id, "seira-hub", false);
        if let Some(folder) = &hub.backup_to {
            half.step("sheet-step-backup", &[("folder", code(folder))]);
        }
        half.step("sheet-step-offices", &[("files", code(&hub.offices.join(" ")))]);
        if let Some(host) = site.premises.hub_url.strip_prefix("https://") {
            let host = host.split(':').next().unwrap_or(host);
            half.command("sheet-step-certificate", &format!("seira-hub make-ca --folder /etc/seira/tls --name {host}"));
        }
        half.command(
            "sheet-step-admin",
            "runuser -u seira-hub -- seira-hub create-admin --config /etc/seira/hub.toml --name admin",
        );
        half.command("sheet-step-serve", "systemctl enable --now seira-hub");
        half.look_over();
        half.step("sheet-step-browser", &[("url", code(&site.premises.hub_url))]);
        half
    })
}

/// A kiosk's sheet.
#[must_use]
pub fn of_kiosk(site: &Site, kiosk: &KioskPlace) -> String {
    both(&kiosk.name, |language| {
        let mut half = Half::new(language, site, (&kiosk.id, &kiosk.name, "sheet-role-kiosk"));
        half.screen(&kiosk.screen, &kiosk.output, true);
        kiosk.printer.iter().for_each(|printer| half.printer(printer));
        kiosk.scanner.iter().for_each(|scanner| half.scanner(scanner));
        half.begin(site, &kiosk.id, "seira-kiosk", kiosk.read_only_root);
        half.set_up_scanner(kiosk.scanner.as_ref());
        half.look_over();
        if kiosk.printer.is_some() {
            half.command("sheet-step-print", "seira-kiosk printer test");
            half.command("sheet-step-greek", "seira-kiosk printer greek-page");
        }
        if kiosk.scanner.is_some() {
            half.command("sheet-step-scan", "seira-kiosk scanner watch");
        }
        half.step("sheet-step-pair", &[]);
        half.updates(site);
        half
    })
}

/// A board's sheet.
#[must_use]
pub fn of_board(site: &Site, board: &BoardPlace) -> String {
    both(&board.name, |language| {
        let mut half = Half::new(language, site, (&board.id, &board.name, "sheet-role-board"));
        half.screen(&board.screen, &board.output, false);
        half.begin(site, &board.id, "seira-display", board.read_only_root);
        half.look_over();
        half.step("sheet-step-pair", &[]);
        half.updates(site);
        half
    })
}

/// A desk's sheet.
#[must_use]
pub fn of_desk(site: &Site, desk: &DeskPlace) -> String {
    both(&desk.name, |language| {
        let mut half = Half::new(language, site, (&desk.id, &desk.name, "sheet-role-desk"));
        desk.printer.iter().for_each(|printer| half.printer(printer));
        desk.scanner.iter().for_each(|scanner| half.scanner(scanner));
        if let Some(buttons) = &desk.buttons {
            let (what, socket) = (language.say("sheet-wire-buttons"), format!("USB {}", buttons.usb_socket));
            half.cables.push(SheetCable { what, socket, is_labelled: true });
        }
        let package = if desk.buttons.is_some() { "seira-desk" } else { "seira-config" };
        half.begin(site, &desk.id, package, false);
        half.set_up_scanner(desk.scanner.as_ref());
        half.look_over();
        if desk.buttons.is_some() {
            half.command("sheet-step-pair-log", "journalctl -u seira-desk");
            half.updates(site);
        }
        half
    })
}
