//! What is told apart at a glance: where a booking stands, and whether a button lives; also without colours.

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    device::pair_without_screen,
    house::PlainKiosk,
    staff::{OFFICE, Staff},
};
use wire::DeviceKind;

use crate::place::Place;

/// Of each kind of tag in the list: the word, the mark, and how its edge and its ground look.
const TAGS: &str = "return [...document.querySelectorAll('.list-table .tag')].map(tag => { const look = getComputedStyle(tag); \
    return [tag.textContent.trim(), tag.querySelector('path').getAttribute('d'), \
        [look.borderTopStyle, look.borderTopWidth].join(' '), look.backgroundColor + look.color] })";

/// A list of bookings with one of each kind, shortly before the first.
fn one_of_each() -> Result<Place> {
    let place = Place::open("09:20", |office| office.replace("lead_minutes = 30\n", ""))?;
    let staff = Staff::admin(&place.hub)?;
    let book = |service: &str, hour: &str, name: &str| {
        staff.book(service, format!("2026-11-24T{hour}:00+02:00").parse()?, name)
    };
    let served = book("driving-licence", "09:30", "Ελένη Εξυπηρετημένη")?;
    let here = book("family-status", "09:45", "Πέτρος Παρών")?;
    book("driving-licence", "12:00", "Άννα Αναμενόμενη")?;
    let cancelled = book("driving-licence", "13:00", "Κώστας Ακυρωμένος")?;
    staff.cancel(&cancelled.reference)?;
    let kiosk = PlainKiosk::new(pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?);
    ensure!(kiosk.check_in(&served.code)?.status == 200, "checked in");
    staff.open_desk(3)?;
    let call = staff.call_next(3)?;
    staff.with_visit(3, "appeared", call.visit)?;
    let finish = json!({ "visit": call.visit, "outcome": "done" });
    let finished = staff.at_desk(3, "finishes", &finish)?;
    ensure!(finished.status < 300, "{}", finished.body);
    ensure!(kiosk.check_in(&here.code)?.status == 200, "checked in");
    place.sign_in()?;
    place.staff("bookings")?;
    Ok(place)
}

#[test]
fn fld_30_each_standing_differs_by_word_mark_and_line_and_not_by_colour_alone() -> Result<()> {
    let place = one_of_each()?;
    place.browser.reads("Άννα Αναμενόμενη")?;
    place.judge("standings")?;
    for are_forced in [false, true] {
        place.browser.colours_forced(are_forced)?;
        let tags: Vec<(String, String, String, String)> = serde_json::from_value(place.browser.script(TAGS)?)?;
        let words: Vec<&str> = tags.iter().map(|(word, ..)| word.as_str()).collect();
        ensure!(words == ["εξυπηρετήθηκε", "έχει έρθει", "αναμένεται", "ακυρώθηκε"], "{tags:?}");
        for (at, (_, mark, line, colours)) in tags.iter().enumerate() {
            for (_, other, other_line, other_colours) in &tags[..at] {
                ensure!(mark != other, "one mark for two: {tags:?}");
                ensure!(are_forced || line != other_line || colours != other_colours, "one look for two: {tags:?}");
            }
        }
    }
    place.browser.colours_forced(false)?;
    // Looked for, they stand below their day, which is said once.
    place.browser.fill("wanted", "ΑΝΑΜΕΝΟΜ")?;
    place.browser.press_selector("form[role=search] button")?;
    place.browser.reads("Βρέθηκ")?;
    let heads =
        place.browser.script("return [...document.querySelectorAll('.day-head th')].map(one => one.textContent)")?;
    ensure!(heads == json!(["Τρίτη 24 Νοεμβρίου"]), "{heads}");
    place.judge_here("standings-found")?;
    place.close()
}

/// For each kind of button, alive and dead: by how much its edge, and its ground, differ; and the style of both edges.
const BUTTONS: &str = "
    const channel = value => { const part = value / 255; return part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4; };
    const bright = colour => { const [red, green, blue] = colour.match(/[0-9.]+/g).map(Number); \
        return .2126 * channel(red) + .7152 * channel(green) + .0722 * channel(blue); };
    const seen = colour => !/, 0\\)$/.test(colour);
    const contrast = (one, other) => { const [high, low] = [bright(one), bright(other)].sort((a, b) => b - a); \
        return (high + .05) / (low + .05); };
    const look = (kind, dead) => { const button = document.createElement('button'); button.className = kind; \
        button.textContent = 'X'; button.disabled = dead; document.querySelector('main').append(button); \
        const style = getComputedStyle(button); const ground = seen(style.backgroundColor) ? style.backgroundColor : 'rgb(255, 255, 255)'; \
        const edge = style.borderTopStyle !== 'none' && style.borderTopWidth !== '0px' && seen(style.borderTopColor) \
            ? style.borderTopColor : ground; \
        const found = { ground, edge, line: style.borderTopStyle, ink: style.color }; button.remove(); return found; };
    return ['govgr-btn govgr-btn-primary', 'govgr-btn govgr-btn-secondary', 'govgr-btn govgr-btn-warning', 'time'] \
        .map(kind => { const [live, dead] = [look(kind, false), look(kind, true)]; \
            return [kind, Math.max(contrast(live.edge, dead.edge), contrast(live.ground, dead.ground)), live.line, dead.line, \
                contrast(dead.ink, dead.ground)]; });";

#[test]
fn fld_30_a_dead_button_differs_from_a_live_one_by_three_to_one() -> Result<()> {
    let place = Place::open("09:00", std::convert::identity)?;
    place.sign_in()?;
    for path in ["/staff", "/"] {
        place.go(path)?;
        for are_forced in [false, true] {
            place.browser.colours_forced(are_forced)?;
            let found: Vec<(String, f64, String, String, f64)> =
                serde_json::from_value(place.browser.script(BUTTONS)?)?;
            for (kind, contrast, live, dead, ink) in &found {
                ensure!(live == "solid" && dead == "dashed", "{path} {kind}: {live} {dead}");
                ensure!(are_forced || *contrast >= 3.0, "{path} {kind}: {contrast}");
                ensure!(are_forced || *ink >= 4.5, "{path} {kind}: what it says is read at {ink}");
            }
            ensure!(found.len() == 4, "{found:?}");
        }
        place.browser.colours_forced(false)?;
    }
    // None is met at a desk: once somebody is called, the great button says that they came.
    let kiosk = PlainKiosk::new(pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?);
    kiosk.take_ticket("driving-licence")?;
    place.go("/staff?all=1")?;
    place.browser.press_selector("form[action$='/desks/3/open'] button")?;
    place.browser.press_selector("button.next")?;
    place.browser.waits_for("form[action$='/appeared'] button.next:not([disabled])")?;
    place.judge_here("button-next")?;
    ensure!(place.browser.address()?.contains(OFFICE), "{}", place.browser.address()?);
    place.close()
}
