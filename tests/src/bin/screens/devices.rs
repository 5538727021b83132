//! The kiosk's and the display's screens, and the tickets, as their own programs draw them.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use tests::{
    device::{Device, DeviceSetting, ScannerPort},
    house::House,
    printer::Printer,
    scanner::Scanner,
    screen::Screen,
    staff::Staff,
};

use crate::pages;

const KIOSK_SIZE: (u32, u32) = (1080, 1920);
const DISPLAY_SIZE: (u32, u32) = (1920, 1080);

/// The sentences by which a person finds the way through the kiosk, in one language.
struct Way {
    language: &'static str,
    booking: &'static str,
    no_booking: &'static str,
    take: &'static str,
    no_priority: &'static str,
    printed: &'static str,
    home: &'static str,
    other_language: &'static str,
}

const WAYS: [Way; 2] = [
    Way {
        language: "el",
        booking: "Έχω ραντεβού",
        no_booking: "Δεν έχω ραντεβού",
        take: "Ναι, θέλω αριθμό",
        no_priority: "Όχι, ευχαριστώ",
        printed: "Πάρτε το εισιτήριό σας",
        home: "Αρχή",
        other_language: "English",
    },
    Way {
        language: "en",
        booking: "I have an appointment",
        no_booking: "I have no appointment",
        take: "Yes, I would like a number",
        no_priority: "No, thank you",
        printed: "Take your ticket",
        home: "Start",
        other_language: "Ελληνικά",
    },
];

/// The devices of the office.
pub struct Floor {
    kiosk: Device,
    display: Device,
    printer: Printer,
    scanner: Scanner,
}

impl Floor {
    /// Starts them; their pairing screens are the first pictures that they show.
    pub fn open(house: &House) -> Result<Self> {
        let printer = Printer::plug_in(&house.folder("printer"))?;
        let scanner = Scanner::plug_in()?;
        let base = house.hub.base();
        let port = ScannerPort::Serial(scanner.port());
        let kiosk = DeviceSetting::kiosk(&house.folder("kiosk"), &base, KIOSK_SIZE, printer.port(), &port);
        let display = DeviceSetting::display(&house.folder("display"), &base, DISPLAY_SIZE);
        Ok(Self { kiosk: Device::start(kiosk)?, display: Device::start(display)?, printer, scanner })
    }

    /// Takes every screen.
    pub fn take(mut self, house: &House, into: &Path) -> Result<()> {
        let keep = |screen: &Screen, name: &str| screen.picture()?.save(&into.join(format!("{name}.png")));
        self.kiosk.screen()?.find("Σύνδεση συσκευής")?;
        keep(self.kiosk.screen()?, "kiosk-pairing.el")?;
        keep(self.display.screen()?, "display-pairing.el")?;
        self.kiosk.pair(&house.hub)?;
        self.display.pair(&house.hub)?;
        let service = house.plain_kiosk()?.open_service()?;
        for way in &WAYS {
            let name = if way.language == "el" { &service.name.el } else { &service.name.en };
            self.walk(way, name, into)?;
        }
        self.tickets(into)?;
        self.display.screen()?.find("Παρακαλούμε περιμένετε")?;
        keep(self.display.screen()?, "display-quiet.el")?;
        pages::lively(house)?;
        self.display.screen()?.find("Τελευταίες κλήσεις")?;
        keep(self.display.screen()?, "display-calls.el")?;
        let staff = Staff::admin(&house.hub)?;
        drop(staff);
        Ok(())
    }

    fn walk(&mut self, way: &Way, service: &str, into: &Path) -> Result<()> {
        let screen = self.kiosk.screen()?;
        let keep = |name: &str| screen.picture()?.save(&into.join(format!("kiosk-{name}.{}.png", way.language)));
        screen.find(way.no_booking)?;
        keep("1-welcome")?;
        screen.press(way.booking)?;
        screen.gone(way.no_booking)?;
        keep("2-code")?;
        self.scanner.scan("22222222", "\r")?;
        screen.find(if way.language == "el" {
            "Δεν βρήκαμε ραντεβού"
        } else {
            "We found no appointment"
        })?;
        keep("3-unknown-code")?;
        screen.press(way.home)?;
        screen.press(way.no_booking)?;
        screen.find(service)?;
        keep("4-services")?;
        screen.press(service)?;
        screen.find(way.take)?;
        keep("5-what-to-bring")?;
        screen.press(way.take)?;
        screen.find(way.no_priority)?;
        keep("6-priority")?;
        screen.press(way.no_priority)?;
        screen.find(way.printed)?;
        keep("7-ticket")?;
        screen.press(way.home)?;
        screen.press(way.other_language)
    }

    fn tickets(&self, into: &Path) -> Result<()> {
        for (ticket, way) in self.printer.tickets()?.iter().zip(&WAYS) {
            fs::copy(ticket, into.join(format!("ticket.{}.png", way.language))).context("keeping a ticket")?;
        }
        Ok(())
    }
}
