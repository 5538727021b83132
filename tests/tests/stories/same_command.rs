//! The same command sent again: the same answer, nothing happens twice, also after a restart.

use anyhow::{Result, ensure};
use tests::{
    house::{House, ticket_request, tickets_path},
    hub::Setting,
};
use uuid::Uuid;
use wire::{ProblemCode, TicketAnswer};

#[test]
fn prom_09_the_same_command_again_gives_the_same_answer_also_after_a_restart() -> Result<()> {
    let mut house = House::open(Setting::tuesday("10:00")?)?;
    let kiosk = house.plain_kiosk()?;
    let service = kiosk.open_service()?.key;
    let (name, request) = (Uuid::from_u128(rand::random()), ticket_request(&service));
    let first: TicketAnswer = kiosk.client().post_named(&tickets_path(), &request, name)?.json()?;
    let again: TicketAnswer = kiosk.client().post_named(&tickets_path(), &request, name)?.json()?;
    ensure!(again == first, "{again:?} is not {first:?}");

    for round in ["a graceful stop", "a power cut"] {
        if round == "a power cut" {
            house.hub.kill()?
        } else {
            house.hub.stop()?
        }
        house.hub.run()?;
        let again: TicketAnswer = kiosk.client().post_named(&tickets_path(), &request, name)?.json()?;
        ensure!(again == first, "after {round}: {again:?} is not {first:?}");
    }

    let next = kiosk.take_ticket(&service)?;
    ensure!(next.number != first.number, "a number was given twice");
    ensure!(next.people_ahead == first.people_ahead + 1, "the repeated command counted: {next:?}");
    Ok(())
}

#[test]
fn prom_09_a_name_with_another_command_is_refused_and_a_refusal_is_repeated() -> Result<()> {
    let mut house = House::open(Setting::tuesday("10:00")?)?;
    let kiosk = house.plain_kiosk()?;
    let services = kiosk.view()?.services;
    let name = Uuid::from_u128(rand::random());
    let answer = kiosk.client().post_named(&tickets_path(), &ticket_request(&services[0].key), name)?;
    ensure!(answer.status < 300, "{}", answer.body);
    let other = kiosk.client().post_named(&tickets_path(), &ticket_request(&services[1].key), name)?;
    ensure!(other.status == 409 && other.problem()?.code == ProblemCode::CommandReused, "{}", other.body);

    let name = Uuid::from_u128(rand::random());
    let wrong = ticket_request("no-such-service");
    let refused = kiosk.client().post_named(&tickets_path(), &wrong, name)?;
    ensure!(refused.problem()?.code == ProblemCode::UnknownService, "{}", refused.body);
    house.hub.stop()?;
    house.hub.run()?;
    let again = kiosk.client().post_named(&tickets_path(), &wrong, name)?;
    ensure!(again.problem()? == refused.problem()?, "{}", again.body);
    Ok(())
}
