//! Every page of the flow, at 320 and at 1280 px, in both languages: axe-core finds nothing, nothing stands out of the
//! window, also not at twice the size of the letters (WCAG 1.4.4 and 1.4.10 at once).

use std::cell::RefCell;

use anyhow::{Result, ensure};
use tests::{
    browser::Browser,
    heard::{self, HeardDates},
};

use crate::walk::{Walk, WalkPlace, place};

/// A phone of the smallest kind, and a desk; CSS pixels.
const WIDTHS: [u32; 2] = [320, WIDE];
/// Where a page is heard: it is read alike at every width.
const WIDE: u32 = 1280;

#[test]
fn omb_01_every_page_of_a_booking_is_accessible() -> Result<()> {
    let place = place(std::convert::identity)?;
    let faults = RefCell::new(Vec::new());
    for language in ["el", "en"] {
        for width in WIDTHS {
            let email = format!("page-{language}-{width}@example.gr");
            place.browser.width(width)?;
            let at = |name: &str| judge(&place.browser, &format!("{name} {language} {width}"), width, &faults);
            let walk = Walk { place: &place, language, email: &email, at: &at };
            walk.prove()?;
            walk.choose()?;
            walk.tell()?;
            walk.agree()?;
            walk.manage()?;
        }
    }
    let faults = faults.into_inner();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// Collects what is wrong with the page that is open; keeps a picture of it where `SEIRA_PICTURES` names a folder.
fn judge(browser: &Browser, name: &str, width: u32, faults: &RefCell<Vec<String>>) -> Result<()> {
    // PET-07: whose page it is, an address for help, the privacy policy; and the accessibility statement (Law 4727/2020).
    let around = browser.script(
        "const name = document.querySelector('header .masthead-name'); const foot = document.querySelector('footer'); \
         return [!!name && name.textContent.trim() !== '', !!foot && !!foot.querySelector('a[href^=\"mailto:\"]'), \
            !!foot && !!foot.querySelector('a[href=\"/privacy\"]') && !!foot.querySelector('a[href=\"/accessibility\"]')]",
    )?;
    if around != serde_json::json!([true, true, true]) {
        faults.borrow_mut().push(format!("{name}: name, help and privacy policy are {around}"));
    }
    let found = browser.accessibility_faults()?;
    faults.borrow_mut().extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    if width == WIDE {
        let name = name.trim_end_matches(&format!(" {width}")).replace(' ', "-");
        let otherwise = heard::compare(browser, "citizens", &name, HeardDates::Story)?;
        faults.borrow_mut().extend(otherwise.map(|otherwise| format!("{name} {otherwise}")));
    }
    if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
        let file = std::path::Path::new(&folder).join(format!("{}.png", name.replace(' ', "-")));
        browser.whole_picture(width)?.save(&file)?;
    }
    for size in ["100%", "200%"] {
        let script = format!(
            "document.documentElement.style.fontSize = '{size}'; const room = document.documentElement.clientWidth; \
             const over = document.documentElement.scrollWidth - room; \
             const wide = over <= 0 ? [] : [...document.querySelectorAll('body *')] \
                .filter(one => one.getBoundingClientRect().right > room + 1) \
                .map(one => one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 20)); \
             document.documentElement.style.fontSize = ''; return [over, wide.slice(-3).join(' | ')]"
        );
        let found = browser.script(&script)?;
        let over = found[0].as_i64().unwrap_or_default();
        if over > 0 {
            faults.borrow_mut().push(format!("{name}: {over} px stand out of the window at {size}: {}", found[1]));
        }
    }
    Ok(())
}

/// Judges the page that is open at every width; none may have a fault.
pub fn look(place: &WalkPlace, name: &str) -> Result<()> {
    look_at(&place.browser, name)
}

/// The same of a page that has an address of its own, in both languages; it is left in Greek.
pub fn look_in_both(browser: &Browser, name: &str) -> Result<()> {
    look_at(browser, &format!("{name} el"))?;
    let address = browser.address()?;
    let mark = if address.contains('?') { '&' } else { '?' };
    browser.go(&format!("{address}{mark}lang=en"))?;
    look_at(browser, &format!("{name} en"))?;
    browser.go(&format!("{address}{mark}lang=el"))
}

/// The same, in any browser.
pub fn look_at(browser: &Browser, name: &str) -> Result<()> {
    let faults = RefCell::new(Vec::new());
    for width in WIDTHS {
        browser.width(width)?;
        judge(browser, &format!("{name} {width}"), width, &faults)?;
    }
    let faults = faults.into_inner();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}
