//! Paper out and back: the number stays on the screen with its QR code, staff see it, and the next ticket prints.

use anyhow::{Result, ensure};
use tests::{hub::Setting, wait};
use wire::FloorView;

use crate::cast::{Cast, shows_number};

#[test]
fn prom_11_without_paper_the_number_is_on_the_screen_and_staff_know() -> Result<()> {
    let cast = Cast::gather(Setting::tuesday("10:00")?)?;
    let service = cast.house.plain_kiosk()?.open_service()?;
    cast.printer.interfere("paper out")?;
    cast.walk_in(&service.name.el)?;
    let visit = cast.only_visit()?;
    let screen = cast.kiosk.screen()?;
    screen.find("Το εισιτήριο δεν τυπώθηκε")?;
    ensure!(shows_number(&screen.picture()?.text()?, &visit.number), "the screen does not show {}", visit.number);
    let code = screen.qr()?;
    ensure!(cast.visit_page(&code)?.contains(&visit.number), "the screen's code leads to another page");
    alarmed(&cast, true)?;
    ensure!(cast.printer.tickets()?.is_empty(), "it printed without paper");

    cast.printer.interfere("paper in")?;
    alarmed(&cast, false)?;
    screen.press("Το σημείωσα")?;
    screen.find("Θέλω αριθμό")?;
    cast.walk_in(&service.name.el)?;
    let ticket = cast.printer.ticket(0)?;
    let next = cast.staff.floor_feed()?.until("the second visit", wait::PATIENCE, |floor: &FloorView| {
        floor.visits.iter().find(|other| other.visit != visit.visit).map(|other| other.number.clone())
    })?;
    ensure!(shows_number(&ticket.text()?, &next.0), "the next ticket is not {}", next.0);
    ensure!(cast.printer.tickets()?.len() == 1, "the old ticket was sent again blindly");
    Ok(())
}

/// Waits until staff see a fault of a device, or none.
fn alarmed(cast: &Cast, expect: bool) -> Result<()> {
    let feed = cast.staff.floor_feed()?;
    let what = if expect { "staff are told of the paper" } else { "staff are told that all is well" };
    feed.until(what, wait::PATIENCE, |view: &FloorView| (view.alarms.is_empty() != expect).then_some(())).map(drop)
}
