//! A move is one decision, also when the power goes in the middle of it: never both times, never neither (OMB-16).

use std::{thread, time::Duration};

use anyhow::{Context, Result, ensure};
use tests::{booking::Citizen, wait};

use crate::{
    bounds::{link_of, one_desk},
    kept::scene_of,
};

/// How often the power is cut.
const CUTS: u64 = 12;

/// The hours of a day's free times, as they stand on the page.
fn offered(citizen: &Citizen) -> Result<Vec<String>> {
    citizen.times("kep", "driving-licence")
}

/// Moves a booking there and back until nobody answers; how often that was acknowledged.
fn move_about(client: &tests::http::Client, link: &str, times: &[String; 2]) -> usize {
    let change = format!("{link}/change");
    let moved = |nth: usize| -> Result<bool> {
        let answer = client.post_form(&change, &change, &[("start", &times[nth % 2])])?;
        Ok(answer.status == 303)
    };
    let mut done = 0;
    for nth in 0.. {
        match moved(nth) {
            Ok(true) => done += 1,
            Ok(false) => {}
            Err(_) => break,
        }
    }
    done
}

#[test]
fn omb_16_a_move_is_whole_or_not_at_all_also_when_the_power_goes() -> Result<()> {
    let mut scene = scene_of(one_desk)?;
    let citizen = scene.proven("moves@example.gr")?;
    let looker = scene.proven("looks@example.gr")?;
    let all = offered(&citizen)?;
    // Far apart, so that neither is in the way of the other.
    let times = [all.first().context("a time")?.clone(), all.last().context("a time")?.clone()];
    ensure!(all.len() > 6, "{all:?}");
    let held = citizen.held(&citizen.press_time("kep", "driving-licence", &times[0])?)?;
    let link = link_of(&citizen.confirm(&held, "Ελένη Παπαδοπούλου")?)?;
    let mut moves = 0;
    for cut in 0..CUTS {
        let client = scene.hub.client();
        moves += thread::scope(|scope| -> Result<usize> {
            let mover = scope.spawn(|| move_about(&client, &link, &times));
            wait::pass(Duration::from_millis(60 + 37 * cut));
            scene.hub.kill()?;
            mover.join().map_err(|_| anyhow::anyhow!("the citizen fell over"))
        })?;
        scene.hub.run()?;
        scene.hub.answers()?;
        let free = offered(&looker)?;
        let taken: Vec<&String> = times.iter().filter(|time| !free.contains(time)).collect();
        ensure!(taken.len() == 1, "cut {cut}: the booking takes {taken:?} of {times:?}");
        let page = scene.hub.client().get(&link)?.body;
        let hour = |time: &str| -> Result<String> {
            let start: chrono::DateTime<chrono::Utc> = time.parse()?;
            Ok((start + chrono::TimeDelta::hours(2)).format(", %H:%M").to_string())
        };
        ensure!(page.contains(&hour(taken[0])?), "cut {cut}: the page says another time than {}", taken[0]);
        ensure!(page.contains("Το ραντεβού σας ισχύει."), "{page}");
    }
    ensure!(moves > 10, "hardly any moves: {moves}");
    scene.hub.stop()?;
    scene.hub.verify()?;
    Ok(())
}
