//! The ticket's page as the phone in one's hand: it follows the line without a press, rings when its number is called, shows the
//! way, and keeps the place of who leaves and thinks better of it (FLD-12).

use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tests::{browser::Browser, house::House, hub::Setting, wait};

/// A phone that writes down what it is told to do. Nothing of it would be left after a reload.
const LISTENS: &str = "window.told = []; navigator.vibrate = () => { told.push('vibrates'); return true; }; \
     window.Notification = class { static permission = 'granted'; \
         constructor(title, more) { told.push(title + ' / ' + more.body); } close() { told.push('taken away'); } }; \
     return true";

struct Phone {
    browser: Browser,
}

impl Phone {
    /// What it was told to do so far.
    fn told(&self) -> Result<Vec<String>> {
        let told = self.browser.script("return window.told ?? ['reloaded']")?;
        let lines = told.as_array().cloned().unwrap_or_default();
        Ok(lines.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Waits until it was told as much.
    fn is_told(&self, what: &str, count: usize) -> Result<Vec<String>> {
        wait::until(what, || self.told().ok().filter(|told| told.len() >= count))
    }

    fn is_asked(&self) -> Result<Value> {
        self.browser.script("return !document.querySelector('[data-alert]').hidden")
    }

    fn keep(&self, name: &str) -> Result<()> {
        let faults = self.browser.accessibility_faults()?;
        ensure!(faults.is_empty(), "{name}: {}", faults.join("\n"));
        if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
            self.browser.whole_picture(390)?.save(&Path::new(&folder).join(format!("{name}.png")))?;
        }
        Ok(())
    }
}

fn phone(house: &House) -> Result<Phone> {
    let folder = house.folder("browser");
    std::fs::create_dir_all(&folder)?;
    Ok(Phone { browser: Browser::open(&folder)? })
}

#[test]
fn fld_12_the_phone_rings_vibrates_and_shows_the_desk_when_its_number_is_called_and_again_at_a_repeat() -> Result<()> {
    let office = |text: String| text.replace("[rules]\n", "[rules]\nrecall_interval_seconds = 1\n");
    let house = House::open(Setting { office, ..Setting::tuesday("10:00")? })?;
    let staff = house.staff_at(&[1])?;
    let phone = phone(&house)?;
    let visit = house.plain_kiosk()?.take_ticket("signature")?.visit;
    phone.browser.go(&format!("{}/v/{visit}?lang=el", house.hub.base()))?;
    phone.browser.script(LISTENS)?;
    ensure!(phone.is_asked()? == json!(true), "nobody is asked");
    phone.browser.press_selector("[data-alert] button")?;
    phone.browser.reads("Κρατήστε αυτή τη σελίδα ανοιχτή")?;
    ensure!(phone.told()?.is_empty(), "it vibrates before anybody is called");
    phone.keep("phone-waits-el")?;
    staff.call_next(1)?;
    phone.browser.reads("Περάστε στη θυρίδα 1")?;
    let told = phone.is_told("the phone vibrates and shows a message", 2)?;
    ensure!(told[0] == "vibrates" && told[1].contains("Περάστε στη θυρίδα 1"), "{told:?}");
    phone.keep("phone-called-el")?;
    // The same call once more is told once more.
    wait::until_ok("the call can be repeated", || staff.with_visit(1, "recalls", visit))?;
    let told = phone.is_told("the repeat is told", 4)?;
    ensure!(told[2] == "vibrates" && told.len() == 4, "{told:?}");
    // Who is at the desk needs no message any more.
    staff.with_visit(1, "appeared", visit)?;
    phone.browser.reads("Τώρα εξυπηρετείστε")?;
    let told = phone.is_told("the message is taken away", 5)?;
    ensure!(told[4] == "taken away", "{told:?}");
    ensure!(phone.is_asked()? == json!(false), "a phone at the desk is asked whether to ring");
    Ok(())
}

#[test]
fn fld_12_a_phone_that_was_not_asked_to_stays_silent_and_who_leaves_may_keep_the_place() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let staff = house.staff_at(&[1])?;
    let phone = phone(&house)?;
    let visit = house.plain_kiosk()?.take_ticket("signature")?.visit;
    phone.browser.go(&format!("{}/v/{visit}?lang=el", house.hub.base()))?;
    phone.browser.press("Φεύγω, δεν θα περιμένω άλλο")?;
    phone.browser.reads("Αποχωρήσατε")?;
    ensure!(staff.floor()?.visits.is_empty(), "who left still waits");
    ensure!(phone.is_asked()? == json!(false), "who left is asked whether to ring");
    phone.keep("phone-left-el")?;
    phone.browser.press("Κρατήστε τη θέση μου")?;
    phone.browser.reads("Φεύγω, δεν θα περιμένω άλλο")?;
    ensure!(staff.floor()?.visits.len() == 1, "the place is not kept");
    phone.browser.script(LISTENS)?;
    staff.call_next(1)?;
    phone.browser.reads("Περάστε στη θυρίδα 1")?;
    ensure!(phone.told()?.is_empty(), "it rings without having been asked to");
    Ok(())
}
