//! Two clerks press "next" at the same instant: nobody is called twice, and nobody is passed over.

use std::{collections::BTreeSet, sync::Barrier, thread};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{house::House, http::Answer, hub::Setting, staff::Staff};
use uuid::Uuid;
use wire::{CallAnswer, ProblemCode};

const ROUNDS: usize = 200;

/// The answers of two presses at the same instant.
fn both(press: [&(dyn Fn() -> Result<Answer> + Sync); 2]) -> Result<[Answer; 2]> {
    let start = Barrier::new(2);
    let at_once = |press: &(dyn Fn() -> Result<Answer> + Sync)| {
        start.wait();
        press()
    };
    let (first, second) = thread::scope(|scope| {
        let first = scope.spawn(|| at_once(press[0]));
        let second = scope.spawn(|| at_once(press[1]));
        (first.join(), second.join())
    });
    let whole = |answer: thread::Result<Result<Answer>>| answer.map_err(|_| anyhow::anyhow!("a clerk fell over"))?;
    Ok([whole(first)?, whole(second)?])
}

/// The desks that serve a service, found by trying: each calls and sends away one visit.
fn desks_for(house: &House, staff: &Staff, service: &str) -> Result<Vec<u16>> {
    let kiosk = house.plain_kiosk()?;
    let mut desks = Vec::new();
    for desk in staff.floor()?.desks.iter().map(|desk| desk.number) {
        staff.open_desk(desk)?;
        let ticket = kiosk.take_ticket(service)?;
        let answer = staff.call(desk, None, false)?;
        if answer.status == 200 || answer.status == 201 {
            serve(staff, desk, ticket.visit)?;
            desks.push(desk);
        } else {
            // Another desk serves it, so that nobody is left waiting.
            let known = *desks.first().context("the first desk serves nobody")?;
            let called = staff.call_next(known)?;
            serve(staff, known, called.visit)?;
        }
    }
    Ok(desks)
}

fn serve(staff: &Staff, desk: u16, visit: Uuid) -> Result<()> {
    staff.with_visit(desk, "appeared", visit)?;
    let answer = staff.at_desk(desk, "finishes", &json!({ "visit": visit }))?;
    ensure!(answer.status < 300, "finish: {}", answer.body);
    Ok(())
}

#[test]
fn prom_04_two_clerks_press_next_at_the_same_instant_and_nobody_is_called_twice() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let staff = Staff::admin(&house.hub)?;
    let kiosk = house.plain_kiosk()?;
    let service = kiosk.view()?.services.first().context("no service")?.key.clone();
    let desks = desks_for(&house, &staff, &service)?;
    let [one, two, ..] = desks[..] else { anyhow::bail!("two desks were expected to serve {service}: {desks:?}") };
    let mut called = BTreeSet::new();
    for round in 0..ROUNDS {
        // In every other round there is one visitor for two clerks.
        let visitors = 1 + round % 2;
        for _ in 0..visitors {
            kiosk.take_ticket(&service)?;
        }
        let answers = both([&|| staff.call(one, None, false), &|| staff.call(two, None, false)])?;
        let mut hits = 0;
        for (desk, answer) in [one, two].into_iter().zip(&answers) {
            if answer.status >= 300 {
                ensure!(answer.problem()?.code == ProblemCode::NobodyNext, "{}", answer.body);
                continue;
            }
            let call: CallAnswer = answer.json()?;
            ensure!(called.insert(call.visit), "round {round}: {} was called twice", call.number);
            hits += 1;
            serve(&staff, desk, call.visit)?;
        }
        ensure!(hits == visitors, "round {round}: {hits} calls for {visitors} visitors");
    }
    house.hub.verify()?;
    Ok(())
}

#[test]
fn prom_09_next_pressed_twice_at_one_desk_calls_once() -> Result<()> {
    let house = House::open(Setting::tuesday("10:00")?)?;
    let staff = house.staff_at(&[1])?;
    let kiosk = house.plain_kiosk()?;
    let service = kiosk.open_service()?.key;
    kiosk.take_ticket(&service)?;
    kiosk.take_ticket(&service)?;
    let answers = both([&|| staff.call(1, None, false), &|| staff.call(1, None, false)])?;
    let calls = answers.iter().filter(|answer| answer.status < 300).count();
    ensure!(calls == 1, "{answers:?}");
    let refused = answers.iter().find(|answer| answer.status >= 300).context("one is refused")?;
    let code = refused.problem()?.code;
    ensure!(matches!(code, ProblemCode::DeskHoldsAnother | ProblemCode::DeskBusy), "{code:?}");
    Ok(())
}
