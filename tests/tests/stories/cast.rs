//! Who is in a story with windows: a kiosk with printer and scanner, a display, and staff with open desks.

use anyhow::{Result, ensure};
use tests::{
    device::{DeviceProcess, DeviceSetting, ScannerPort},
    house::House,
    hub::Setting,
    printer::Printer,
    questions::QUESTIONS,
    scanner::Scanner,
    staff::Staff,
};
use uuid::Uuid;
use wire::{CallAnswer, FloorVisit};

/// Size of an upright touchscreen and of a wide display, in pixels.
pub const KIOSK_SIZE: (u32, u32) = (1080, 1920);
pub const DISPLAY_SIZE: (u32, u32) = (1280, 720);

/// Everybody, on one stage. The fields fall in this order: devices before the hub, the hub before its folder.
pub struct Cast {
    pub kiosk: DeviceProcess,
    pub display: DeviceProcess,
    pub printer: Printer,
    pub scanner: Scanner,
    pub staff: Staff,
    pub desks: Vec<u16>,
    pub house: House,
}

impl Cast {
    /// Opens the office, starts the devices, lets them in, and opens every desk.
    pub fn gather(setting: Setting) -> Result<Self> {
        let house = House::open(setting)?;
        let printer = Printer::plug_in(&house.folder("printer"))?;
        let scanner = Scanner::plug_in()?;
        let base = house.hub.base();
        let port = ScannerPort::Serial(scanner.port());
        let kiosk = DeviceProcess::start(DeviceSetting::kiosk(
            &house.folder("kiosk"),
            &base,
            KIOSK_SIZE,
            printer.port(),
            &port,
        ))?;
        let display = DeviceProcess::start(DeviceSetting::display(&house.folder("display"), &base, DISPLAY_SIZE))?;
        kiosk.pair(&house.hub)?;
        display.pair(&house.hub)?;
        let staff = Staff::admin(&house.hub)?;
        let desks: Vec<u16> = staff.floor()?.desks.iter().map(|desk| desk.number).collect();
        for desk in &desks {
            staff.open_desk(*desk)?;
        }
        Ok(Self { kiosk, display, printer, scanner, staff, desks, house })
    }

    /// Has somebody without a booking take a number at the kiosk, for a service that reads so.
    pub fn walk_in(&self, service: &str) -> Result<()> {
        let screen = self.kiosk.screen()?;
        screen.press("Θέλω αριθμό")?;
        screen.press(service)?;
        screen.press("Ναι, θέλω αριθμό")?;
        QUESTIONS.iter().try_for_each(|question| screen.press(question.no_in_greek))
    }

    /// The only visit that staff see.
    pub fn only_visit(&self) -> Result<FloorVisit> {
        let (visit, _) =
            self.staff.floor_feed()?.until("one visit", tests::wait::PATIENCE, |floor: &wire::FloorView| {
                let [visit] = floor.visits.as_slice() else { return None };
                Some(visit.clone())
            })?;
        Ok(visit)
    }

    /// Calls at the desks in turn until one of them has somebody to call.
    pub fn call(&self) -> Result<(u16, CallAnswer)> {
        let mut last = None;
        for desk in &self.desks {
            let answer = self.staff.call(*desk, None, false)?;
            if answer.status < 300 {
                return Ok((*desk, answer.json()?));
            }
            last = Some(answer);
        }
        anyhow::bail!("no desk calls anybody: {last:?}")
    }

    /// The person is at the desk, is served, and goes.
    pub fn serve(&self, desk: u16, visit: Uuid) -> Result<()> {
        self.staff.with_visit(desk, "appeared", visit)?;
        self.staff.with_visit(desk, "finishes", visit)
    }

    /// What the citizen's own page says.
    pub fn visit_page(&self, address: &str) -> Result<String> {
        ensure!(address.starts_with(&self.house.hub.base()), "the code leads elsewhere: {address}");
        let page = self.house.hub.client().get(address)?;
        ensure!(page.status == 200, "{address}: {}", page.status);
        Ok(page.body)
    }
}

/// A number as it is read off a picture: letters and digits that OCR mixes up do not count.
pub fn shows_number(text: &str, number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    text.split_whitespace().any(|word| {
        let letters = word.chars().filter(|c| c.is_alphanumeric());
        let read: String = letters
            .map(|c| match c {
                'O' | 'o' | 'Ο' | 'ο' | 'Θ' => '0',
                'I' | 'l' | 'Ι' | 'Ί' => '1',
                other => other,
            })
            .collect();
        read.ends_with(&digits) && read.chars().count() <= number.len() + 1
    })
}
