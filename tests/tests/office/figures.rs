//! The figures of an office in a browser (FLD-10), what a visitor thinks of a visit on the phone (FLD-25), and what everybody may read
//! (NEW-13).

use std::{
    collections::BTreeMap,
    io::Write,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{
    device::pair_without_screen,
    house::PlainKiosk,
    printed::PrintedPage,
    staff::{OFFICE, Staff},
    wait::until_ok,
};
use uuid::Uuid;
use wire::DeviceKind;

use crate::place::Place;

/// The day that is played.
const DAY: &str = "2026-11-24";
/// The desks at which people are served by turns.
const DESKS: [u16; 2] = [1, 2];

/// A plot as it is drawn: its name, and of each bar its number, that of its line, how long it is, and where its line ends.
type DrawnPlot = (String, Vec<(u32, u32, f64, f64)>);
/// Gives them all.
const PLOTS: &str = "return [...document.querySelectorAll('.plot svg')].map(svg => \
    [svg.querySelector('title').id, [...svg.querySelectorAll('g[data-value]')].map(bar => \
        [Number(bar.dataset.value), Number(bar.dataset.reach), bar.querySelector('.plot-bar').width.baseVal.value, \
         bar.querySelector('.plot-reach').x2.baseVal.value])])";
/// A bar is drawn to the whole unit.
const UNIT: f64 = 1.0;

/// A house in which six came one after the other and were served at two desks, while a minute passed in two seconds; and in which
/// the desks have been open since. The last of the six.
fn six_served() -> Result<(Place, Uuid)> {
    let mut place = Place::open("10:00", std::convert::identity)?;
    place.hub.stop()?;
    place.hub.set_speed(30.0);
    place.hub.run()?;
    let kiosk = PlainKiosk::new(pair_without_screen(&place.hub, DeviceKind::Kiosk, "Είσοδος")?);
    let staff = Staff::admin(&place.hub)?;
    for desk in DESKS {
        staff.open_desk(desk)?;
    }
    let services = ["signature", "certified-copy"].repeat(3);
    for service in &services {
        kiosk.take_ticket(service)?;
    }
    let mut last = Uuid::nil();
    for (_, desk) in services.iter().zip(DESKS.into_iter().cycle()) {
        last = staff.call_next(desk)?.visit;
        staff.with_visit(desk, "appeared", last)?;
        let finished = staff.at_desk(desk, "finishes", &json!({ "visit": last, "outcome": "done" }))?;
        ensure!(finished.status < 300, "{}", finished.body);
    }
    place.hub.stop()?;
    place.hub.set_speed(1.0);
    place.hub.set_clock("2026-11-24T11:30:00+02:00".parse()?);
    place.hub.run()?;
    Ok((place, last))
}

/// What Python counts in the journal of the day, as the hub exports it.
fn judged(place: &Place) -> Result<Value> {
    let exported = place.hub.command("export")?.output()?;
    ensure!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    let judge = concat!(env!("CARGO_MANIFEST_DIR"), "/../figures/tests/judge.py");
    let mut python =
        Command::new("python3").args([judge, OFFICE, DAY, DAY]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    python.stdin.take().context("its input")?.write_all(&exported.stdout)?;
    let answer = python.wait_with_output()?;
    ensure!(answer.status.success(), "the judge of figures fails");
    Ok(serde_json::from_slice(&answer.stdout)?)
}

/// The median and the ninetieth wait of each group that Python found, in the order of their numbers.
fn waits(groups: &Value) -> Result<Vec<(u64, u64)>> {
    let groups: BTreeMap<String, Value> = serde_json::from_value(groups.clone())?;
    let mut waits = BTreeMap::new();
    for (key, group) in groups {
        let number = |at: usize| group[8][at].as_u64().with_context(|| format!("no wait in {group}"));
        waits.insert(key.parse::<u16>()?, (number(1)?, number(2)?));
    }
    Ok(waits.into_values().collect())
}

/// The plots of the page that is open, by their names. Each bar and line is as long as its number, beside the longest.
fn plots(place: &Place) -> Result<BTreeMap<String, Vec<(u64, u64)>>> {
    let drawn: Vec<DrawnPlot> = serde_json::from_value(place.browser.script(PLOTS)?)?;
    let mut plots = BTreeMap::new();
    for (name, bars) in drawn {
        ensure!(!bars.is_empty(), "{name} is empty");
        let longest = bars.iter().map(|bar| bar.3).fold(0.0, f64::max);
        let most = bars.iter().map(|bar| f64::from(bar.0.max(bar.1))).fold(1.0, f64::max);
        for (median, ninety, bar, line) in &bars {
            for (number, length) in [(median, bar), (ninety, line)] {
                let meant = f64::from(*number) * longest / most;
                ensure!((meant - length).abs() <= UNIT, "{name}: {number} is {length} long, not {meant}: {bars:?}");
            }
        }
        plots.insert(name, bars.into_iter().map(|bar| (bar.0.into(), bar.1.into())).collect());
    }
    Ok(plots)
}

#[test]
fn fld_10_plots_read_back_from_the_page_are_what_python_counts_in_the_journal() -> Result<()> {
    let (mut place, _) = six_served()?;
    place.sign_in()?;
    place.browser.press("Λειτουργία")?;
    place.browser.press("Στοιχεία λειτουργίας")?;
    place.browser.reads("Επισκέψεις ανά υπηρεσία")?;
    place.judge("figures")?;
    // What cannot be asked for is said, with the field.
    place.date("from", "2026-11-30")?;
    place.date("to", DAY)?;
    place.browser.press("Εμφάνιση")?;
    place.browser.reads("η ημέρα αυτή είναι πριν από την ημέρα στο πεδίο")?;
    place.judge("figures-refused")?;
    // The night closes the day; then it is in the table, as the journal tells of it.
    place.hub.stop()?;
    place.hub.set_clock("2026-11-25T09:00:00+02:00".parse()?);
    place.hub.run()?;
    place.sign_in()?;
    place.staff(&format!("figures?from={DAY}&to={DAY}"))?;
    place.browser.reads("Επισκέψεις ανά θυρίδα")?;
    let judged = until_ok("the day is closed, and Python counts six", || {
        let judged = judged(&place)?;
        ensure!(judged["all"][0] == 6, "{judged}");
        Ok(judged)
    })?;
    let plots = plots(&place)?;
    for (name, groups) in [("plot-service-name", "by_service"), ("plot-desk-name", "by_desk")] {
        let waits = waits(&judged[groups])?;
        ensure!(waits.len() == 2 && plots.get(name) == Some(&waits), "{name}: {plots:?}, and Python: {judged}");
    }
    // On paper stands what is seen, and nothing that only a screen can do.
    let printed = PrintedPage::of(&place.browser.pdf()?)?;
    if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
        printed.picture()?.save(&std::path::Path::new(&folder).join("paper-figures.png"))?;
    }
    let text = printed.text()?;
    for said in ["Στοιχεία λειτουργίας", "Επισκέψεις ανά θυρίδα", "Θυρίδα 2"]
    {
        ensure!(text.contains(said), "{said} is on the paper: {text}");
    }
    ensure!(!text.contains("Εμφάνιση"), "{text}");
    place.close()
}

#[test]
fn fld_25_a_visitor_says_on_the_phone_how_it_was_and_is_thanked() -> Result<()> {
    let (place, visit) = six_served()?;
    place.go(&format!("/v/{visit}?lang=el"))?;
    place.browser.reads("Πώς ήταν η εξυπηρέτησή σας;")?;
    place.judge("visit-feedback")?;
    place.browser.press_selector("#face-good")?;
    place.browser.fill("text", "Ευγενικοί και γρήγοροι")?;
    place.browser.press("Αποστολή")?;
    place.browser.reads("Ευχαριστούμε για τη γνώμη σας.")?;
    place.judge("visit-feedback-said")?;
    place.sign_in()?;
    place.staff("figures")?;
    place.browser.reads("Ευγενικοί και γρήγοροι")?;
    place.browser.press_selector("section[aria-labelledby=feedback] form button")?;
    place.browser.reads("Το κείμενο διαγράφηκε.")?;
    place.browser.no_longer_reads("Ευγενικοί και γρήγοροι")?;
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
