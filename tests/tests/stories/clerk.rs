//! A clerk at their desk's page in a real browser, and the people who come.

use anyhow::{Context, Result, ensure};
use tests::{
    browser::Browser,
    house::{House, PlainKiosk},
    hub::Setting,
    staff::{Staff, clerk_of},
    wait,
};
use wire::{FloorVisit, TicketAnswer};

/// A clerk in front of a browser. The fields fall in this order: the browser before the office.
pub struct ClerkAtWork {
    pub browser: Browser,
    pub kiosk: PlainKiosk,
    pub staff: Staff,
    pub house: House,
    pub desk: u16,
}

impl ClerkAtWork {
    /// Signs in and opens a desk, by the page alone.
    pub fn at(desk: u16, setting: Setting) -> Result<Self> {
        let house = House::open(setting)?;
        let staff = Staff::admin(&house.hub)?;
        let (name, password) = clerk_of(desk);
        staff.employ(desk)?;
        let browser = Browser::open(&house.folder("browser"))?;
        browser.resize(1280, 900)?;
        browser.go(&format!("{}/staff", house.hub.base()))?;
        browser.fill("name", &name)?;
        browser.fill("password", &password)?;
        browser.press_selector("main form button")?;
        browser.reads("Επιλέξτε θυρίδα")?;
        browser.press_selector(&format!("form[action$='/desks/{desk}/open'] button"))?;
        let clerk = Self { browser, kiosk: house.plain_kiosk()?, staff, house, desk };
        clerk.browser.reads("Κλήση επόμενου")?;
        Ok(clerk)
    }

    /// Somebody takes a ticket.
    pub fn walk_in(&self, service: &str) -> Result<TicketAnswer> {
        self.kiosk.take_ticket(service)
    }

    /// Presses the button of one of the desk's forms.
    pub fn press(&self, action: &str) -> Result<()> {
        self.browser.press_selector(&format!("form[action$='/desks/{}/{action}'] button:not([disabled])", self.desk))
    }

    /// Opens the menu that reads so.
    pub fn open_menu(&self, text: &str) -> Result<()> {
        self.browser.press(text)?;
        wait::until("the menu is open", || {
            self.browser
                .script("return document.querySelector('details.menu[open]') !== null")
                .ok()?
                .as_bool()?
                .then_some(())
        })
    }

    /// Chooses in a list of the menu that is open.
    pub fn choose(&self, name: &str, value: &str) -> Result<()> {
        self.browser.press_selector(&format!(".menu[open] select[name='{name}'] option[value='{value}']"))
    }

    /// Waits until the last press is refused in these words. They stand in a place of their own: what the page says
    /// anyway is no answer.
    pub fn is_refused(&self, words: &str) -> Result<()> {
        wait::until(&format!("the press is refused: «{words}»"), || {
            let said = self.browser.script("return document.querySelector('.refusal')?.innerText ?? ''").ok()?;
            said.as_str()?.contains(words).then_some(())
        })
    }

    /// What stands in the box of the visit that the desk holds.
    pub fn holding(&self) -> Result<String> {
        let text = self.browser.script("return document.querySelector('.holding')?.innerText ?? ''")?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the desk holds a number, with these words about it.
    pub fn holds(&self, number: &str, words: &str) -> Result<()> {
        let mut last = String::new();
        let held = wait::until(&format!("the desk holds {number}: {words}"), || {
            last = self.holding().ok()?;
            (last.contains(number) && last.contains(words)).then_some(())
        });
        held.with_context(|| format!("it holds: {last}; the page reads: {}", self.browser.text().unwrap_or_default()))
    }

    /// Waits until the desk holds nobody.
    pub fn holds_nobody(&self) -> Result<()> {
        self.browser.reads("Η θυρίδα είναι ελεύθερη.")
    }

    /// What staff see of a number.
    pub fn on_the_floor(&self, number: &str) -> Result<FloorVisit> {
        let floor = self.staff.floor()?;
        floor.visits.into_iter().find(|visit| visit.number == number).with_context(|| format!("{number} is not there"))
    }

    /// The row of a number in the waiting list, or nothing.
    pub fn row(&self, number: &str) -> Result<String> {
        let script = format!(
            "return [...document.querySelectorAll('.queue-table tbody tr, .aside li')]\
             .find(row => row.innerText.includes('{number}'))?.innerText ?? ''"
        );
        Ok(self.browser.script(&script)?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the row of a number reads so.
    pub fn row_reads(&self, number: &str, words: &str) -> Result<()> {
        wait::until_ok(&format!("the row of {number} reads «{words}»"), || {
            let row = self.row(number)?;
            ensure!(row.contains(words), "it reads: {row}; the page: {}", self.browser.text()?);
            Ok(())
        })
    }
}
