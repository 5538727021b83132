//! An office's emblem from its file to whoever shows or prints it: judged before the hub starts, given as our own picture
//! under an address that changes with it, told to devices.

use std::fs;

use serde_json::Value;
use wire::OfficeEmblem;

use crate::{
    feeds::{ReadFeed, view_of},
    house::ProgramHouse,
    http,
    two_offices::two_offices_files,
};

/// Another drawing: a black disc.
const DISC: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4.5" cy="4.5" r="4"/></svg>"#;

fn page(house: &ProgramHouse, path: &str) -> String {
    let answer = house.ask("GET", path, &[("accept-language", "el")], "");
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    answer.text
}

/// The emblem in the head of a page: its address, and what is read out for it.
fn shown(page: &str) -> Option<(String, String)> {
    let head = page.split("<header").nth(1)?.split("</header>").next()?;
    let image = head.split("<img class=\"emblem\"").nth(1)?.split('>').next()?;
    let value = |name: &str| image.split(&format!("{name}=\"")).nth(1)?.split('"').next().map(str::to_owned);
    Some((value("src")?, value("alt")?))
}

#[test]
fn new_14_every_page_of_an_office_shows_its_emblem_and_the_file_itself_goes_to_nobody() {
    let house = ProgramHouse::new();
    let (address, alt) = shown(&page(&house, "/")).expect("an emblem");
    assert_eq!(alt, "", "its name stands beside it");
    for path in ["/office/kep", "/office/kep/1", "/book", "/privacy", "/accessibility"] {
        assert_eq!(shown(&page(&house, path)).map(|found| found.0), Some(address.clone()), "{path}");
    }
    assert_eq!(shown(&page(&house, "/login")), None, "staff know where they work");
    let picture = http::ask_head(&house.address, "GET", &address, &[], b"");
    assert_eq!(picture.status, 200, "{picture:?}");
    for header in [
        "content-type: image/png",
        "cache-control: public, max-age=31536000, immutable",
        "x-content-type-options: nosniff",
        "img-src 'self'",
    ] {
        assert!(picture.headers.contains(header), "no {header} in {}", picture.headers);
    }
    assert!(!picture.headers.contains("set-cookie"), "{}", picture.headers);
    for unknown in ["/emblems/", "/emblems/0000000000000000.png", "/emblems/emblem.svg", "/emblems/..%2Fkep.toml"] {
        assert_eq!(house.ask("GET", unknown, &[], "").status, 404, "{unknown}");
    }
    assert_eq!(house.ask("GET", &address.replace(".png", ".svg"), &[], "").status, 404);
    assert_eq!(house.ask("GET", &address.replace(".png", ""), &[], "").status, 404);
}

#[test]
fn new_14_another_emblem_has_another_address_and_none_leaves_pages_as_they_were() {
    let mut house = ProgramHouse::new();
    let (before, _) = shown(&page(&house, "/")).unwrap();
    house.stop();
    let file = house.folder.path().join("emblem.svg");
    fs::write(&file, DISC).unwrap();
    house.start();
    let (after, _) = shown(&page(&house, "/")).unwrap();
    assert_ne!(before, after);
    assert_eq!(house.ask("GET", &before, &[], "").status, 404, "what was kept of it is kept by whoever has it");
    house.stop();
    let journal = house.verify().unwrap();
    let office = house.folder.path().join("kep.toml");
    let text = fs::read_to_string(&office).unwrap();
    fs::write(&office, text.replace("emblem = \"emblem.svg\"\n", "")).unwrap();
    house.start();
    let plain = page(&house, "/");
    assert_eq!(shown(&plain), None);
    assert!(!plain.contains("masthead-office") && !plain.contains("/emblems/"), "{plain}");
    house.stop();
    assert_eq!(house.verify().unwrap(), journal, "no rule of the office asks what it looks like");
}

#[test]
fn new_14_an_emblem_that_cannot_be_one_is_told_before_the_hub_starts() {
    let house = ProgramHouse::files();
    let said = |emblem: &[u8]| {
        fs::write(house.folder.path().join("emblem.svg"), emblem).unwrap();
        let [checked, started] = [["check-config"], ["serve"]].map(|command| house.run(&command));
        assert!(!checked.status.success() && !started.status.success());
        let said = String::from_utf8(checked.stderr).unwrap();
        assert_eq!(said.lines().next(), String::from_utf8(started.stderr).unwrap().lines().next());
        said
    };
    let body = |body: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{body}</svg>");
    for (emblem, told) in [
        (body("<text>ΚΕΠ</text>"), "turn text into paths"),
        (body("<image href='file:///etc/passwd'/>"), "holds or names another picture"),
        (body("<script>alert(1)</script>"), "<script>, which is not drawn here"),
        (body("<g id='a'><use href='#a'/></g>"), "without end"),
        (body(""), "nothing of the emblem is to be seen"),
        ("GIF89a".to_owned(), "neither SVG nor PNG"),
        (" ".repeat(2_000_000), "longer than 1024 KiB"),
    ] {
        let said = said(emblem.as_bytes());
        assert!(
            said.contains("kep.toml: line ") && said.contains("emblem: `emblem.svg` ") && said.contains(told),
            "{said}"
        );
    }
    fs::remove_file(house.folder.path().join("emblem.svg")).unwrap();
    assert!(
        String::from_utf8(house.run(&["check-config"]).stderr).unwrap().contains("emblem: `emblem.svg` cannot be read")
    );
    fs::write(house.folder.path().join("emblem.svg"), DISC).unwrap();
    assert!(house.run(&["check-config"]).status.success());
}

/// What a device is told of the emblem, right behind the clock.
fn told(house: &ProgramHouse, token: &str, audience: &str) -> Value {
    let mut feed = ReadFeed::open(house, token, &format!("/api/v1/offices/kep/feeds/{audience}"));
    assert_eq!(feed.message().unwrap().0, "clock");
    let (event, emblem) = feed.message().unwrap();
    assert_eq!(event, "emblem");
    emblem
}

#[test]
fn new_14_kiosk_and_board_are_told_the_emblem_and_its_dots() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let (board, _) = house.pair(&admin, "display");
    let emblem: OfficeEmblem = serde_json::from_value(told(&house, &kiosk, "kiosk")).unwrap();
    assert_eq!(Some(&emblem.picture), shown(&page(&house, "/")).map(|found| found.0).as_ref());
    assert!(emblem.dots.rows() == 96 && emblem.dots.black() > 1_000, "{:?}", emblem.dots);
    assert_eq!(
        http::ask_head(&house.address, "GET", &emblem.picture, &[], b"").status,
        200,
        "a device gets it as anybody"
    );
    let shown_there: OfficeEmblem = serde_json::from_value(told(&house, &board, "board")).unwrap();
    assert_eq!(shown_there, emblem);
    let mut floor = ReadFeed::open(&house, &admin, "/api/v1/offices/kep/feeds/floor");
    assert_eq!([floor.message().unwrap().0, floor.message().unwrap().0], ["clock", "view"], "staff draw none");
    drop(floor);
    house.stop();
    let office = house.folder.path().join("kep.toml");
    let text = fs::read_to_string(&office).unwrap();
    fs::write(&office, text.replace("emblem = \"emblem.svg\"\n", "")).unwrap();
    house.start();
    assert_eq!(told(&house, &kiosk, "kiosk"), Value::Null, "so that a device forgets the one before");
    assert!(view_of(&house, &kiosk, "kiosk")["services"].is_array());
}

#[test]
fn new_14_of_several_offices_each_page_shows_its_own() {
    let mut house = two_offices_files();
    let other = house.folder.path().join("other.toml");
    let text = fs::read_to_string(&other).unwrap();
    fs::write(&other, text.replace("emblem = \"emblem.svg\"", "emblem = \"disc.svg\"")).unwrap();
    fs::write(house.folder.path().join("disc.svg"), DISC).unwrap();
    house.start();
    let front = page(&house, "/");
    assert_eq!(shown(&front), None, "the front page is nobody's");
    let at = |key: &str| {
        let (address, alt) = shown(&page(&house, &format!("/office/{key}"))).unwrap();
        assert_eq!(alt, "ΚΕΠ Δήμου Αγίου Νικολάου", "above stands the name of all: the emblem says whose page it is");
        address
    };
    let (kep, disc) = (at("kep"), at("other"));
    assert_ne!(kep, disc);
    let card = |key: &str| {
        front.split(&format!("aria-labelledby=\"office-{key}\"")).nth(1).unwrap().split("<h2").next().unwrap()
    };
    assert!(card("kep").contains(&kep) && card("other").contains(&disc), "{front}");
    let begun = page(&house, "/book?office=other&service=driving-licence");
    assert_eq!(shown(&begun).map(|found| found.0), Some(disc.clone()), "where a booking begins, it is known for whom");
    assert_eq!(shown(&page(&house, "/book")), None);
    let admin = house.admin();
    let ticket =
        house.post(&admin, "/api/v1/offices/other/tickets", &serde_json::json!({ "service": "signature" })).ok();
    let visit = format!("/v/{}", ticket["visit"].as_str().unwrap());
    assert_eq!(shown(&page(&house, &visit)).map(|found| found.0), Some(disc), "a ticket's page is its office's");
}
