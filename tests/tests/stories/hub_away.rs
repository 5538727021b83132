//! The hub away and back: kiosk and display say so within five seconds, and recover by themselves.
//!
//! Shows PROM-08.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tests::{hub::Setting, wait};
use wire::STALE_AFTER_SECONDS;

use crate::cast::{Cast, shows_number};

/// Reading a picture takes this machine a while; the sentence itself must stand there in time.
const READING: Duration = Duration::from_secs(8);

#[test]
fn prom_08_hub_away_and_back_is_said_and_mended() -> Result<()> {
    let mut cast = Cast::gather(Setting::tuesday("10:00")?)?;
    let service = cast.house.plain_kiosk()?.open_service()?;
    cast.kiosk.screen()?.find("Θέλω αριθμό")?;
    let daybook = cast.house.folder("kiosk").join("state/daybook.txt");
    wait::until("the kiosk has numbers of its own", || {
        std::fs::read_to_string(&daybook).ok()?.contains("leased").then_some(())
    })?;
    cast.house.hub.kill()?;
    let gone = Instant::now();
    cast.display.screen()?.find_within("Χωρίς σύνδεση από τις", Duration::from_secs(STALE_AFTER_SECONDS) + READING)?;
    ensure!(gone.elapsed() < Duration::from_secs(STALE_AFTER_SECONDS) + READING, "{:?}", gone.elapsed());
    // The kiosk goes on by itself (PROM-07).
    cast.kiosk.screen()?.find("Λειτουργεί τοπικά")?;

    cast.house.hub.run()?;
    cast.display.screen()?.gone("Χωρίς σύνδεση")?;
    cast.kiosk.screen()?.find("Θέλω αριθμό")?;
    cast.walk_in(&service.name.el)?;
    let visit = cast.only_visit()?;
    let (_, call) = cast.call()?;
    ensure!(call.number == visit.number, "{call:?}");
    let board = cast.display.screen()?;
    wait::until("the display shows the call", || {
        shows_number(&board.picture().ok()?.text().ok()?, &call.number).then_some(())
    })
}

#[test]
fn prom_08_a_display_that_restarts_repeats_no_call() -> Result<()> {
    let mut cast = Cast::gather(Setting::tuesday("10:00")?)?;
    let service = cast.house.plain_kiosk()?.open_service()?;
    cast.house.plain_kiosk()?.take_ticket(&service.key)?;
    let (_, call) = cast.call()?;
    let shows = |cast: &Cast| -> Result<()> {
        let board = cast.display.screen()?;
        wait::until("the display shows the call", || {
            shows_number(&board.picture().ok()?.text().ok()?, &call.number).then_some(())
        })
    };
    shows(&cast)?;
    cast.display.restart()?;
    // Known again without pairing, and the last call is on the list.
    shows(&cast)
}
