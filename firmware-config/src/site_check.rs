//! Reads a site's file, and says everything that is wrong with it: on which line, at which key, and what would be right.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::catalogue;
use crate::file::{self, FileFault};
use crate::nearest;
use crate::places::KeyPlaces;
use crate::printer::PrinterTransport;
use crate::render::updates;
use crate::scanner::Interface;
use crate::screen::ScreenTurn;
use crate::site::{
    BoardPlace, ButtonsPlace, DebianRelease, DeskPlace, HubPlace, KioskPlace, Premises, PrinterPlace, PrinterVia,
    ScannerPlace, SessionShell, Site,
};

/// The tables of a site's file.
const TABLES: [&str; 5] = ["site", "hub", "kiosk", "board", "desk"];
/// A name is shown on screens and sheets, where a longer one has no room.
const NAME_CHARS_MAX: usize = 60;
/// A machine's name in the network (RFC 1123).
const ID_CHARS_MAX: usize = 63;

impl Site {
    /// Reads and checks a site's file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(text: &str) -> Result<Self, Vec<FileFault>> {
        let (table, broken) = DeTable::parse_recoverable(text);
        if !broken.is_empty() {
            return Err(broken.iter().map(|error| file::fault(text, error)).collect());
        }
        let mut reading = Reading { text, places: KeyPlaces::new(text, table.into_inner()), faults: Vec::new() };
        let premises = reading.one::<Premises>("site");
        let site = premises.flatten().map(|premises| Self {
            premises,
            hub: reading.one::<HubPlace>("hub").flatten(),
            kiosks: reading.all::<KioskPlace>("kiosk"),
            boards: reading.all::<BoardPlace>("board"),
            desks: reading.all::<DeskPlace>("desk"),
        });
        reading.unknown_tables();
        if let Some(site) = &site {
            reading.look_at(site);
        } else if reading.faults.is_empty() {
            reading.say("site", "there is no [site] table: write its name and its hub_url first".to_owned());
        }
        reading.faults.sort_by_key(|fault| fault.line);
        site.filter(|_| reading.faults.is_empty()).ok_or(reading.faults)
    }
}

/// A file that is being read.
struct Reading<'a> {
    text: &'a str,
    places: KeyPlaces<'a>,
    faults: Vec<FileFault>,
}

impl Reading<'_> {
    fn say(&mut self, key: &str, says: String) {
        self.faults.push(FileFault { line: self.places.line_of(key), says: format!("{key}: {says}") });
    }

    /// A table: nothing where there is none, and nothing within where it cannot be read.
    fn one<T: DeserializeOwned>(&mut self, name: &str) -> Option<Option<T>> {
        let value = self.places.table().get(name)?.clone();
        if matches!(value.get_ref(), DeValue::Array(_)) {
            self.say(name, format!("write [{name}]: a site has one of it"));
            return Some(None);
        }
        Some(self.take(name, value))
    }

    /// A list of tables; those that cannot be read are said and left out.
    fn all<T: DeserializeOwned>(&mut self, name: &str) -> Vec<T> {
        let Some(value) = self.places.table().get(name).cloned() else { return Vec::new() };
        match value.into_inner() {
            DeValue::Array(all) => {
                let all: Vec<_> = all.into_iter().collect();
                all.into_iter().enumerate().filter_map(|(n, one)| self.take(&format!("{name}[{n}]"), one)).collect()
            }
            _ => {
                self.say(name, format!("write [[{name}]], since there may be several"));
                Vec::new()
            }
        }
    }

    fn take<'i, T: DeserializeOwned>(&mut self, key: &str, value: Spanned<DeValue<'i>>) -> Option<T> {
        let at = value.span().start;
        T::deserialize(ValueDeserializer::from(value))
            .map_err(|error| {
                let line = file::line_at(self.text, error.span().map_or(at, |span| span.start));
                let says = format!("{key}: {}", nearest::with_suggestion(error.message()));
                self.faults.push(FileFault { line, says });
            })
            .ok()
    }

    fn unknown_tables(&mut self) {
        let names: Vec<String> = self.places.table().keys().map(|key| key.get_ref().to_string()).collect();
        let tables = TABLES.map(str::to_owned);
        for name in names.into_iter().filter(|name| !TABLES.contains(&name.as_str())) {
            let hint = nearest::one_of(&name, &tables);
            self.say(&name, format!("a site has no such table; {hint}"));
        }
    }

    fn look_at(&mut self, site: &Site) {
        self.look_at_premises(&site.premises);
        let mut ids = BTreeMap::new();
        if let Some(hub) = &site.hub {
            self.look_at_hub(hub, &mut ids);
        }
        for (n, kiosk) in site.kiosks.iter().enumerate() {
            let key = format!("kiosk[{n}]");
            self.id(&key, &kiosk.id, &mut ids);
            self.name(&key, &kiosk.name);
            let window = (kiosk.screen.as_str(), kiosk.output.as_str(), kiosk.session);
            self.window(&key, window, site.premises.debian, true);
            self.attachments(&key, kiosk.printer.as_ref(), kiosk.scanner.as_ref());
        }
        for (n, board) in site.boards.iter().enumerate() {
            let key = format!("board[{n}]");
            self.id(&key, &board.id, &mut ids);
            self.name(&key, &board.name);
            let window = (board.screen.as_str(), board.output.as_str(), board.session);
            self.window(&key, window, site.premises.debian, false);
        }
        for (n, desk) in site.desks.iter().enumerate() {
            let key = format!("desk[{n}]");
            self.id(&key, &desk.id, &mut ids);
            self.name(&key, &desk.name);
            self.attachments(&key, desk.printer.as_ref(), desk.scanner.as_ref());
            if let Some(buttons) = &desk.buttons {
                self.buttons(&format!("{key}.buttons"), buttons, desk);
            }
        }
    }

    fn buttons(&mut self, key: &str, buttons: &ButtonsPlace, desk: &DeskPlace) {
        if buttons.desk == 0 {
            self.say(&format!("{key}.desk"), "should be the number of the desk, such as 3".to_owned());
        }
        let socket = &buttons.usb_socket;
        self.socket(key, Some(socket));
        let printer = desk.printer.as_ref().and_then(|printer| printer.usb_socket.as_ref());
        let scanner = desk.scanner.as_ref().and_then(|scanner| scanner.usb_socket.as_ref());
        if printer == Some(socket) || scanner == Some(socket) {
            self.say(&format!("{key}.usb_socket"), format!("something else is in \"{socket}\" already"));
        }
    }

    fn look_at_premises(&mut self, premises: &Premises) {
        self.name("site", &premises.name);
        let rest = premises.hub_url.strip_prefix("https://").or_else(|| premises.hub_url.strip_prefix("http://"));
        let host = rest.map(|rest| rest.split_once(':').map_or(rest, |(host, _)| host));
        let port_is_good =
            rest.and_then(|rest| rest.split_once(':')).is_none_or(|(_, port)| port.parse::<u16>().is_ok());
        if !host.is_some_and(is_host) || !port_is_good {
            let says = "should be where devices reach the hub, without a path, such as \"https://seira.lan\"";
            self.say("site.hub_url", format!("\"{}\" {says}", premises.hub_url));
        }
        for server in premises.time_servers.iter().filter(|server| !is_host(server)) {
            let says = format!("\"{server}\" should be a name or an address, such as \"ntp.grnet.gr\"");
            self.say("site.time_servers", says);
        }
        if let Some(hour) = premises.updates.as_ref().filter(|hour| updates::minute_of(hour).is_none()) {
            let says = format!("\"{hour}\" should be an hour at which nobody waits, such as \"03:00\"");
            self.say("site.updates", says);
        }
    }

    fn look_at_hub(&mut self, hub: &HubPlace, ids: &mut BTreeMap<String, String>) {
        self.id("hub", &hub.id, ids);
        if hub.listen.parse::<SocketAddr>().is_err() {
            let says = format!("\"{}\" should be an address with a port, such as \"0.0.0.0:443\"", hub.listen);
            self.say("hub.listen", says);
        }
        if hub.offices.is_empty() {
            self.say("hub.offices", "should name a file of an office, such as \"kep.toml\"".to_owned());
        }
        for office in hub.offices.iter().filter(|office| !is_file_name(office)) {
            let says = format!("\"{office}\" should be the name of a file in /etc/seira, such as \"kep.toml\"");
            self.say("hub.offices", says);
        }
        if let Some(folder) = &hub.backup_to
            && (!is_folder(folder) || folder.starts_with("/var/lib/seira"))
        {
            let says = "should be a folder on another disk than /var/lib/seira, such as \"/mnt/backup\"";
            self.say("hub.backup_to", format!("\"{folder}\" {says}"));
        }
    }

    fn id(&mut self, key: &str, id: &str, ids: &mut BTreeMap<String, String>) {
        let key = format!("{key}.id");
        let is_id = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if id.is_empty()
            || id.len() > ID_CHARS_MAX
            || !id.bytes().all(is_id)
            || id.starts_with('-')
            || id.ends_with('-')
        {
            let says = "should be a name in the network, of a-z, 0-9 and \"-\", such as \"kiosk-entrance\"";
            self.say(&key, format!("\"{id}\" {says}"));
        } else if let Some(first) = ids.insert(id.to_owned(), key.clone()) {
            self.say(&key, format!("\"{id}\" stands at {first} already: each machine has a name of its own"));
        }
    }

    fn name(&mut self, key: &str, name: &str) {
        if name.trim().is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
            let says = format!("should be 1 to {NAME_CHARS_MAX} letters in one line, such as \"Είσοδος\"");
            self.say(&format!("{key}.name"), says);
        }
    }

    fn window(
        &mut self,
        key: &str,
        (screen, output, session): (&str, &str, Option<SessionShell>),
        debian: DebianRelease,
        is_touched: bool,
    ) {
        match catalogue::screen(screen) {
            None => {
                let ids: Vec<String> = catalogue::screens().into_iter().map(|profile| profile.id).collect();
                let hint = nearest::one_of(screen, &ids);
                self.say(&format!("{key}.screen"), format!("there is no profile \"{screen}\"; {hint}"));
            }
            Some(profile) if is_touched && !profile.touch => {
                let says = format!("\"{screen}\" is no touch screen: citizens could press nothing on it");
                self.say(&format!("{key}.screen"), says);
            }
            Some(profile) => {
                let turned = profile.turned != ScreenTurn::None;
                if turned && session == Some(SessionShell::Cage) && debian == DebianRelease::Trixie {
                    let says = "cage of Debian 13 turns no screens: write \"sway\", or leave the key out";
                    self.say(&format!("{key}.session"), says.to_owned());
                }
            }
        }
        let (kind, number) = output.rsplit_once('-').unwrap_or((output, ""));
        let kind_is_good = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !kind_is_good || number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            let says = format!("\"{output}\" should be as `ls /sys/class/drm` says it, such as \"HDMI-A-1\"");
            self.say(&format!("{key}.output"), says);
        }
    }

    fn attachments(&mut self, key: &str, printer: Option<&PrinterPlace>, scanner: Option<&ScannerPlace>) {
        if let Some(printer) = printer {
            self.printer(&format!("{key}.printer"), printer);
        }
        if let Some(scanner) = scanner {
            self.scanner(&format!("{key}.scanner"), scanner);
        }
        let socket = |place: Option<&String>| place.cloned();
        let sockets =
            (printer.and_then(|p| socket(p.usb_socket.as_ref())), scanner.and_then(|s| socket(s.usb_socket.as_ref())));
        if let (Some(first), Some(second)) = sockets
            && first == second
        {
            self.say(&format!("{key}.scanner.usb_socket"), format!("the printer is in \"{first}\" already"));
        }
    }

    fn printer(&mut self, key: &str, printer: &PrinterPlace) {
        let PrinterPlace { profile, via, usb_socket, port, address } = printer;
        let transport = match via {
            PrinterVia::UsbSerial | PrinterVia::Serial => PrinterTransport::Serial,
            PrinterVia::UsbPrinter => PrinterTransport::Usb,
            PrinterVia::Network => PrinterTransport::Network,
        };
        match catalogue::printer(profile) {
            Err(unknown) => self.say(&format!("{key}.profile"), unknown.to_string()),
            Ok(model) if !model.transports.contains(&transport) => {
                let says = format!("{} {} has no such line, by its profile", model.vendor, model.model);
                self.say(&format!("{key}.via"), says);
            }
            Ok(_) => {}
        }
        let (wanted, given, example) = match via {
            PrinterVia::UsbSerial | PrinterVia::UsbPrinter => ("usb_socket", usb_socket.is_some(), "1.2"),
            PrinterVia::Serial => ("port", port.is_some(), "/dev/ttyS0"),
            PrinterVia::Network => ("address", address.is_some(), "10.0.0.40:9100"),
        };
        if !given {
            self.say(&format!("{key}.via"), format!("needs {wanted} = \"{example}\" beside it"));
        }
        let written = [("usb_socket", usb_socket), ("port", port), ("address", address)];
        for (name, _) in written.iter().filter(|(name, value)| *name != wanted && value.is_some()) {
            self.say(&format!("{key}.{name}"), format!("goes with another `via`; here {wanted} says where it is"));
        }
        self.socket(key, usb_socket.as_deref());
        self.port(key, port.as_deref());
        if let Some(address) = address
            && !address.rsplit_once(':').is_some_and(|(host, port)| is_host(host) && port.parse::<u16>().is_ok())
        {
            let says = format!("\"{address}\" should be an address with a port, such as \"10.0.0.40:9100\"");
            self.say(&format!("{key}.address"), says);
        }
    }

    fn scanner(&mut self, key: &str, scanner: &ScannerPlace) {
        match catalogue::scanner(&scanner.profile) {
            None => {
                let ids: Vec<String> = catalogue::scanners().into_iter().map(|profile| profile.id).collect();
                let hint = nearest::one_of(&scanner.profile, &ids);
                self.say(&format!("{key}.profile"), format!("there is no profile \"{}\"; {hint}", scanner.profile));
            }
            Some(profile) => {
                let is_found = match profile.interface {
                    Interface::Rs232 => scanner.port.is_some() || scanner.usb_socket.is_some(),
                    Interface::UsbSerial | Interface::Keyboard => {
                        scanner.usb_socket.is_some() || profile.usb_vendor.is_some()
                    }
                };
                if !is_found {
                    let says =
                        "needs usb_socket = \"1.3\" (or port = \"/dev/ttyS1\"): the model alone says not where it is";
                    self.say(&format!("{key}.profile"), says.to_owned());
                }
            }
        }
        self.socket(key, scanner.usb_socket.as_deref());
        self.port(key, scanner.port.as_deref());
    }

    fn socket(&mut self, key: &str, socket: Option<&str>) {
        let numbers = |part: &str, separator: char| {
            part.split(separator).all(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        };
        if let Some(socket) = socket.filter(|socket| !numbers(socket, '.')) {
            let says =
                "should be the way to the socket, such as \"1.2\": the digits behind \"usb-0:\" in `udevadm info`";
            self.say(&format!("{key}.usb_socket"), format!("\"{socket}\" {says}"));
        }
    }

    fn port(&mut self, key: &str, port: Option<&str>) {
        let is_line = |port: &str| {
            port.strip_prefix("/dev/tty")
                .is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()))
        };
        if let Some(port) = port.filter(|port| !is_line(port)) {
            self.say(&format!("{key}.port"), format!("\"{port}\" should be a serial port, such as \"/dev/ttyS0\""));
        }
    }
}

fn is_host(host: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    !host.is_empty() && host.len() <= 253 && host.bytes().all(is_letter) && !host.starts_with(['-', '.'])
}

fn is_file_name(name: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !name.starts_with('.') && !name.is_empty() && name.bytes().all(is_letter)
}

fn is_folder(path: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/');
    path.len() > 1 && path.starts_with('/') && path.bytes().all(is_letter) && !path.split('/').any(|part| part == "..")
}

#[cfg(test)]
#[path = "site_check_tests.rs"]
mod tests;
