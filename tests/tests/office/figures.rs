//! The figures of an office in a browser (FLD-10), what a visitor thinks of a visit on the phone (FLD-25), and what everybody may read
//! (NEW-13).

use anyhow::{Result, ensure};
use serde_json::json;
use tests::{
    device::pair_without_screen,
    house::PlainKiosk,
    staff::{OFFICE, Staff},
};
use uuid::Uuid;
use wire::DeviceKind;

use crate::place::Place;

/// A bar of a plot as it is drawn: its length, and that of the bar of the longest.
const BARS: &str = "return [...document.querySelectorAll('.plot svg')].map(svg => \
    [...svg.querySelectorAll('g[data-value]')].map(bar => \
        [Number(bar.dataset.value), bar.querySelector('rect').getBoundingClientRect().width]))";

/// A house in which six were served at one desk; the last of them.
fn six_served() -> Result<(Place, Uuid)> {
    let place = Place::open("10:00", std::convert::identity)?;
    let kiosk = PlainKiosk::new(pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?);
    let staff = Staff::admin(&place.hub)?;
    staff.open_desk(1)?;
    let mut last = Uuid::nil();
    for service in ["signature", "certified-copy"].repeat(3) {
        kiosk.take_ticket(service)?;
        last = staff.call_next(1)?.visit;
        staff.with_visit(1, "appeared", last)?;
        let finished = staff.at_desk(1, "finishes", &json!({ "visit": last, "outcome": "done" }))?;
        ensure!(finished.status < 300, "{}", finished.body);
    }
    Ok((place, last))
}

#[test]
fn fld_10_figures_are_plots_that_say_their_numbers_with_their_tables() -> Result<()> {
    let (place, _) = six_served()?;
    place.sign_in()?;
    place.browser.press("Λειτουργία")?;
    place.browser.press("Στοιχεία λειτουργίας")?;
    place.browser.reads("Επισκέψεις ανά υπηρεσία")?;
    place.judge("figures")?;
    // A bar is as long as its number, beside the others of its plot.
    let plots: Vec<Vec<(f64, f64)>> = serde_json::from_value(place.browser.script(BARS)?)?;
    ensure!(!plots.is_empty() && plots.iter().all(|bars| !bars.is_empty()), "{plots:?}");
    for bars in &plots {
        let (most, longest) =
            bars.iter().copied().fold((0.0, 0.0), |one: (f64, f64), other| if other.0 > one.0 { other } else { one });
        for (value, width) in bars {
            ensure!((value * longest - width * most).abs() <= most.max(1.0) * 2.0, "{plots:?}");
        }
    }
    // What cannot be asked for is said, with the field.
    place.date("from", "2026-11-30")?;
    place.date("to", "2026-11-24")?;
    place.browser.press("Εμφάνιση")?;
    place.browser.reads("Από")?;
    place.judge("figures-refused")?;
    place.close()
}

#[test]
fn fld_25_a_visitor_says_on_the_phone_how_it_was_and_is_thanked() -> Result<()> {
    let (place, visit) = six_served()?;
    place.go(&format!("/v/{visit}?lang=el"))?;
    place.browser.reads("Πώς ήταν η εξυπηρέτησή σας;")?;
    place.judge("visit-feedback")?;
    place.browser.press_selector("label[for=face-good]")?;
    place.browser.fill("text", "Ευγενικοί και γρήγοροι")?;
    place.browser.press("Αποστολή")?;
    place.browser.reads("Ευχαριστούμε για τη γνώμη σας.")?;
    place.judge("visit-feedback-said")?;
    place.sign_in()?;
    place.staff("figures")?;
    place.browser.reads("Ευγενικοί και γρήγοροι")?;
    place.browser.press("Διαγραφή")?;
    place.browser.reads("Το κείμενο διαγράφηκε.")?;
    place.close()
}

#[test]
fn new_13_everybody_reads_the_targets() -> Result<()> {
    let (place, _) = six_served()?;
    place.go(&format!("/office/{OFFICE}?lang=el"))?;
    place.browser.press("Στόχοι και στοιχεία λειτουργίας")?;
    place.browser.reads("Κλήση έως 10 λεπτά από την ώρα του ραντεβού")?;
    place.judge("open-figures")?;
    place.close()
}
