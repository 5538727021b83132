//! Walk-in → ticket → call → recall → no-show.
//!
//! Shows CARD-03, CARD-04 and CARD-06.

use anyhow::{Result, ensure};
use tests::{hub::Setting, wait};
use wire::{FloorView, FloorVisitState};

use crate::cast::{Cast, shows_number};

#[test]
fn trn_06_fld_04_walk_in_takes_a_ticket_is_called_and_recalled_and_does_not_come() -> Result<()> {
    let cast = Cast::gather(Setting::tuesday("10:00")?)?;
    let service = cast.house.plain_kiosk()?.open_service()?;
    cast.walk_in(&service.name.el)?;
    let visit = cast.only_visit()?;

    let screen = cast.kiosk.screen()?;
    screen.find("Πάρτε το εισιτήριό σας.")?;
    let shown = screen.picture()?.text()?;
    ensure!(shows_number(&shown, &visit.number), "the kiosk does not show {}: {shown}", visit.number);
    let ticket = cast.printer.ticket(0)?;
    ensure!(shows_number(&ticket.text()?, &visit.number), "the ticket reads: {}", ticket.text()?);
    let code = ticket.qr()?.ok_or_else(|| anyhow::anyhow!("no QR code on the ticket"))?;
    ensure!(cast.visit_page(&code)?.contains(&visit.number), "the citizen's page does not name the number");
    ensure!(!code.contains(&visit.number), "the code says more than an opaque id: {code}");

    let (desk, call) = cast.call()?;
    ensure!(call.number == visit.number && call.visit == visit.visit, "another was called: {call:?}");
    let board = cast.display.screen()?;
    wait::until("the display shows the call", || {
        shows_number(&board.picture().ok()?.text().ok()?, &call.number).then_some(())
    })?;

    for _ in 0..2 {
        // The rule asks for a pause between two calls of the same person.
        wait::until_ok("the call can be repeated", || cast.staff.with_visit(desk, "recalls", visit.visit))?;
    }
    board.find("Επανάληψη κλήσης")?;
    wait::until_ok("the visit can be ended", || cast.staff.with_visit(desk, "no-shows", visit.visit))?;
    let floor: FloorView = cast.staff.floor()?;
    let state = floor.visits.iter().find(|known| known.visit == visit.visit).map(|known| known.state);
    ensure!(
        matches!(state, None | Some(FloorVisitState::NoShow { .. })),
        "after two repetitions the visit is {state:?}"
    );
    cast.house.hub.verify()?;
    Ok(())
}
