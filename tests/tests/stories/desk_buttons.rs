//! The buttons at a desk, as the real program on a real line: a clerk calls the next one without looking at the page.

use anyhow::{Result, ensure};
use tests::{
    device::{DeviceProcess, DeviceSetting},
    house::House,
    hub::Setting,
    scanner::Scanner,
    wait::until,
};

#[test]
fn new_09_a_key_on_a_line_calls_the_next_one_also_after_a_power_cut() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let staff = house.staff_at(&[1])?;
    let kiosk = house.plain_kiosk()?;
    let tickets = [kiosk.take_ticket("signature")?, kiosk.take_ticket("signature")?];
    let mut keys = Scanner::plug_in()?;
    let setting = DeviceSetting::desk(&house.folder("desk"), &house.hub.base(), 1, keys.port());
    let mut buttons = DeviceProcess::start_here(setting)?;
    buttons.pair(&house.hub)?;
    let held = || {
        let floor = staff.floor().ok()?;
        let holds = floor.desks.iter().find(|desk| desk.number == 1)?.holds?;
        floor.visits.into_iter().find(|visit| visit.visit == holds).map(|visit| visit.number)
    };
    // What the line loses is pressed again, as a hand would; a press that was heard waits for its answer.
    let press_until = |keys: &mut Scanner, letter: u8, number: &str| {
        until(&format!("desk 1 holds {number}"), || {
            keys.send(&[letter]).ok()?;
            (held()? == number).then_some(())
        })
    };
    press_until(&mut keys, b'C', &tickets[0].number)?;
    ensure!(held().as_deref() == Some(tickets[0].number.as_str()), "{:?}", held());
    buttons.restart()?;
    // Letters that mean nothing at a desk press nothing.
    keys.send(b"DVHh\r\n1;")?;
    ensure!(held().as_deref() == Some(tickets[0].number.as_str()), "{:?}", held());
    staff.with_visit(1, "appeared", tickets[0].visit)?;
    press_until(&mut keys, b'C', &tickets[1].number)?;
    Ok(())
}
