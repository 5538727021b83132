//! The office's emblem on citizens' pages: a wide one, a tall one and a round one, on a phone and on a desk, in both languages.

use std::{fs, path::Path};

use anyhow::{Result, ensure};
use tests::{
    browser::Browser,
    hub::{Hub, Setting},
};

/// A seal with the office's name beside it, four times as long as high; its letters are drawn.
const WIDE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 90"><circle cx="45" cy="45" r="43" fill="#7a1532"/>
<circle cx="45" cy="45" r="34" fill="none" stroke="#f4d58a" stroke-width="3"/><path fill="#fff" d="M45 18l24 18H21zM25 40h7v22h-7zM41 40h8v22h-8zM58 40h7v22h-7zM21 66h48v6H21z"/>
<path fill="#7a1532" d="M110 22h16v16l16-16h20l-22 22 24 30h-20l-15-19-3 3v16h-16zM175 22h52v14h-36v6h30v12h-30v6h36v14h-52zM240 22h56v52h-16V36h-24v38h-16zM310 28h80v8h-80zM310 44h80v8h-80zM310 60h60v8h-60z"/></svg>"##;

/// A shield, light above and dark below.
const TALL: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 100"><defs><linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#d7ecfa"/><stop offset="1" stop-color="#0b5394"/></linearGradient></defs>
<path d="M4 4h52v58c0 18-14 28-26 34C18 90 4 80 4 62z" fill="url(#sky)" stroke="#06304f" stroke-width="3"/><path fill="#fff" d="M12 70c8-8 14 8 18 0s10 8 18 0l-2 8c-6 4-10-6-16 0s-12-4-16 0z"/><path fill="#06304f" d="M28 20h4v40h-4zM18 28h24v4H18z"/></svg>"##;

/// A dark seal with white lines.
const ROUND: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><circle cx="50" cy="50" r="48" fill="#003375"/><circle cx="50" cy="50" r="40" fill="none" stroke="#fff" stroke-width="2"/>
<path fill="#fff" d="M50 20l26 20H24zM28 44h8v24h-8zM46 44h8v24h-8zM64 44h8v24h-8zM24 72h52v6H24z"/></svg>"##;

/// CSS pixels: the smallest phone, a usual one, a desk.
const WIDTHS: [u32; 3] = [320, 390, 1280];

#[test]
fn new_14_an_emblem_of_any_shape_stands_beside_the_offices_name() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-emblem-")?;
    fs::create_dir(folder.path().join("browser"))?;
    let place = folder.path().join("hub");
    let mut hub = Hub::prepare(&place, Setting::tuesday("09:00")?)?;
    let browser = Browser::open(&folder.path().join("browser"))?;
    let office = fs::read_to_string(place.join("hub.toml"))?;
    let kep = fs::read_to_string(place.join("kep.toml"))?;
    let sample = fs::read_to_string(place.join("emblem.svg"))?;
    for (name, drawing) in [("sample", sample.as_str()), ("wide", WIDE), ("tall", TALL), ("round", ROUND)] {
        fs::write(place.join("emblem.svg"), drawing)?;
        hub.run()?;
        for language in ["el", "en"] {
            for (page, path) in [("front", "/"), ("service", "/office/kep/1"), ("book", "/book")] {
                browser.go(&format!("{}{path}?lang={language}", hub.base()))?;
                for width in WIDTHS {
                    let seen = format!("emblem-{name}-{page}-{language}-{width}");
                    stands_beside_the_name(&browser, width, &seen)?;
                }
            }
        }
        hub.stop()?;
    }
    // Two offices: their cards on the front page, and a head that says by its emblem whose page it is.
    let north = kep
        .replace("key = \"kep\"\nnumber = 1", "key = \"north\"\nnumber = 2")
        .replace("ΚΕΠ Δήμου Αγίου Νικολάου", "ΚΕΠ Βόρειας Συνοικίας")
        .replace("\"emblem.svg\"", "\"north.svg\"");
    fs::write(place.join("north.toml"), north)?;
    fs::write(place.join("north.svg"), WIDE)?;
    fs::write(place.join("hub.toml"), office.replace("[\"kep.toml\"]", "[\"kep.toml\", \"north.toml\"]"))?;
    hub.run()?;
    browser.go(&format!("{}/?lang=el", hub.base()))?;
    for width in WIDTHS {
        browser.width(width)?;
        keep(&browser, width, &format!("emblem-two-front-el-{width}"))?;
    }
    let cards =
        browser.script("return [...document.querySelectorAll('.office-head img')].map(one => one.naturalWidth > 0)")?;
    ensure!(cards == serde_json::json!([true, true]), "{cards}");
    browser.go(&format!("{}/office/north?lang=el", hub.base()))?;
    for width in WIDTHS {
        browser.width(width)?;
        keep(&browser, width, &format!("emblem-two-office-el-{width}"))?;
    }
    let read = browser.script("return document.querySelector('header img.emblem').alt")?;
    ensure!(read == "ΚΕΠ Βόρειας Συνοικίας", "{read}");
    hub.stop()
}

/// The emblem is there, in its shape, within the head and beside the name; nobody is told of it twice.
fn stands_beside_the_name(browser: &Browser, width: u32, seen: &str) -> Result<()> {
    browser.width(width)?;
    let found = browser.script(
        "const image = document.querySelector('header img.emblem'); const name = document.querySelector('.masthead-name'); \
         const at = image.getBoundingClientRect(), by = name.getBoundingClientRect(), \
            head = document.querySelector('header').getBoundingClientRect(), pad = 8; \
         const shape = (at.width - pad) / (at.height - pad) / (image.naturalWidth / image.naturalHeight); \
         return { loaded: image.complete && image.naturalWidth > 0, alt: image.alt, shape: Math.abs(shape - 1) < .05, \
            within: at.top >= head.top && at.bottom <= head.bottom && at.left >= 0, \
            beside: by.left >= at.right && by.top < at.bottom && by.bottom > at.top, \
            sharp: image.naturalWidth >= (at.width - pad) * 1.9, room: by.width >= 120, \
            over: document.documentElement.scrollWidth <= document.documentElement.clientWidth }",
    )?;
    let expect = serde_json::json!({ "loaded": true, "alt": "", "shape": true, "within": true, "beside": true,
        "sharp": true, "room": true, "over": true });
    ensure!(found == expect, "{seen}: {found}");
    keep(browser, width, seen)
}

/// What axe-core finds; and a picture for people, where somebody wants one.
fn keep(browser: &Browser, width: u32, seen: &str) -> Result<()> {
    let faults = browser.accessibility_faults()?;
    ensure!(faults.is_empty(), "{seen}: {}", faults.join("\n"));
    if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
        browser.whole_picture(width)?.save(&Path::new(&folder).join(format!("{seen}.png")))?;
    }
    Ok(())
}
