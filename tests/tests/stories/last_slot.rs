//! Fifty people book the last free time at once: one gets it, forty-nine are told kindly.

use std::{sync::Barrier, thread};

use anyhow::{Context, Result, ensure};
use tests::{
    booking::Citizen,
    house::House,
    http::Answer,
    hub::{Mails, Setting},
    mail::MailServer,
    staff::OFFICE,
};

const PEOPLE: usize = 50;

#[test]
fn prom_02_fifty_people_press_on_the_last_time_and_one_gets_it() -> Result<()> {
    let post = tempfile::TempDir::with_prefix("seira-post-")?;
    let server = MailServer::start(post.path())?;
    let house = House::open(Setting { mails: Mails::Smtp(server.port()), ..Setting::tuesday("09:00")? })?;
    let service = house.plain_kiosk()?.open_service()?.key;
    let people = (0..PEOPLE).map(|nth| proven(&house, &server, nth)).collect::<Result<Vec<_>>>()?;
    let wanted = leave_one(&house, &server, &people[0], &service)?;

    let start = Barrier::new(PEOPLE);
    let answers: Vec<Result<Answer>> = thread::scope(|scope| {
        let presses: Vec<_> = people
            .iter()
            .map(|citizen| {
                let (start, service, wanted) = (&start, &service, &wanted);
                scope.spawn(move || {
                    start.wait();
                    citizen.press_time(OFFICE, service, wanted)
                })
            })
            .collect();
        let fell = || anyhow::anyhow!("a citizen fell over");
        presses.into_iter().map(|press| press.join().map_err(|_| fell())?).collect()
    });
    let answers = answers.into_iter().collect::<Result<Vec<_>>>()?;
    let (lucky, told): (Vec<_>, Vec<_>) =
        answers.iter().enumerate().partition(|(_, answer)| answer.status < 400 && answer.status >= 300);
    ensure!(lucky.len() == 1, "{} people got the same time", lucky.len());
    for (_, answer) in told {
        ensure!(answer.status < 500, "{}: {}", answer.status, answer.body);
        ensure!(answer.body.contains("role=\"alert\""), "not told kindly: {}", answer.body);
    }
    let (nth, answer) = lucky[0];
    let page = people[nth].confirm(&people[nth].held(answer)?, "Μαρία Γεωργίου")?;
    ensure!(page.body.contains("Το ραντεβού σας κλείστηκε"), "{}", page.body);
    house.hub.verify()?;
    Ok(())
}

/// Somebody whose address is proven.
fn proven(house: &House, server: &MailServer, nth: usize) -> Result<Citizen> {
    let email = format!("citizen{nth}@example.gr");
    let citizen = Citizen::new(house.hub.client(), &email);
    citizen.ask_for_link()?;
    let link = server.wait_for(&email, 0)?.link(&house.hub.base())?;
    citizen.open_link(&link)?;
    Ok(citizen)
}

/// Has every place of a time taken, and the last one given back; says which time that is.
fn leave_one(house: &House, server: &MailServer, asker: &Citizen, service: &str) -> Result<String> {
    let wanted = asker.times(OFFICE, service)?.first().cloned().context("no free time at all")?;
    for nth in PEOPLE..PEOPLE + 20 {
        let citizen = proven(house, server, nth)?;
        let held = citizen.held(&citizen.press_time(OFFICE, service, &wanted)?)?;
        if !asker.times(OFFICE, service)?.contains(&wanted) {
            citizen.decline(&held, "Νίκος Νικολάου")?;
            ensure!(asker.times(OFFICE, service)?.contains(&wanted), "a time given back is not offered");
            return Ok(wanted);
        }
        citizen.confirm(&held, "Νίκος Νικολάου")?;
    }
    anyhow::bail!("{wanted} is never full")
}
