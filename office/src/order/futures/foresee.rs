//! What the futures say of everybody who waits, and of those who would come now.

use std::collections::BTreeMap;

use super::dice::FutureDice;
use super::line::{FutureLine, LineEnd, LineProbe};
use super::play::Player;
use super::{FutureDraw, NO_TIME, NewcomeRates, Seconds};
use crate::order::scene::{Desks, Scene};
use crate::{Office, Service, ServiceId, Visit, VisitId};

/// So many futures are drawn for what is told.
pub(crate) const FORESEEN_FUTURES: u32 = 100;

/// A large house draws fewer, so that what is told stays within some milliseconds; it is counted and not timed, so that the
/// answer is the same on every machine.
const WORK_MAX: u64 = 30_000_000;

/// But never fewer than these.
const FUTURES_LEAST: u32 = 16;

/// No day is longer.
const DAY_SECONDS: Seconds = 25 * 3_600;

/// Whoever is not reached in so many of a hundred futures is told that today may not reach them.
const UNREACHED_PERCENT: usize = 50;

/// When somebody is called, over the futures.
#[derive(Debug, Clone, Default)]
pub(crate) struct CallTimes {
    /// From the earliest; [`NO_TIME`] where today does not reach them.
    sorted: Vec<Seconds>,
}

/// Everybody's call times.
#[derive(Debug, Clone, Default)]
pub(crate) struct Foresight {
    pub(crate) visits: Vec<(VisitId, CallTimes)>,
    pub(crate) services: Vec<(ServiceId, CallTimes)>,
}

impl CallTimes {
    fn new(mut times: Vec<Seconds>) -> Self {
        times.sort_unstable();
        Self { sorted: times }
    }

    /// The time by which they are called in so many of a hundred futures; `None` if today may not reach them.
    pub(crate) fn by(&self, percent: usize) -> Option<Seconds> {
        let reached = self.sorted.partition_point(|&at| at != NO_TIME);
        if reached * 100 <= self.sorted.len() * (100 - UNREACHED_PERCENT) {
            return None;
        }
        self.sorted.get((self.sorted.len() * percent / 100).min(reached - 1)).copied()
    }

    /// In how many of a hundred futures today reaches them.
    pub(crate) fn reached_percent(&self) -> usize {
        let reached = self.sorted.partition_point(|&at| at != NO_TIME);
        if self.sorted.is_empty() { 0 } else { reached * 100 / self.sorted.len() }
    }
}

impl Foresight {
    /// Plays the rest of the day for a scene in which `counted` desks take part.
    pub(crate) fn of(
        office: &Office,
        scene: &Scene<'_>,
        counted: Desks,
        arrival: Option<&Visit>,
        futures: u32,
    ) -> Self {
        let Some(config) = &office.config else { return Self::default() };
        let mut line = FutureLine::of(office, scene, counted, LineEnd::Day, NO_TIME);
        line.probes = LineProbe::for_each(config.services.iter(), scene);
        let (booked, others) = (line.booked.len(), line.others.len());
        let mut times = vec![Vec::with_capacity(futures as usize); booked + others + line.probes.len()];
        let work = (line.seats.len() * booked * booked).max(1) as u64;
        let futures = futures.min(u32::try_from(WORK_MAX / work).unwrap_or(u32::MAX).max(FUTURES_LEAST));
        let stamp = office.events.wrapping_add(u64::from(arrival.is_some()));
        let mut dice = FutureDice::new(u64::from(config.number), stamp, 0);
        let (mut player, mut future) = (Player::default(), FutureDraw::default());
        for _ in 0..futures {
            future.draw(&line, &office.learnt, &NewcomeRates::default(), &mut dice);
            player.play(&line, &future, None, DAY_SECONDS);
            let all = player.booked.iter().chain(&player.others).chain(&player.probes);
            for (times, &called) in times.iter_mut().zip(all) {
                times.push(called);
            }
        }
        let mut times = times.into_iter().map(CallTimes::new);
        let guests: Vec<Option<VisitId>> = line.booked.iter().chain(&line.others).map(|guest| guest.visit).collect();
        let here = guests.into_iter().zip(times.by_ref()).filter_map(|(visit, times)| Some((visit?, times)));
        let visits = here.collect();
        let services = config.services.keys().copied().zip(times).collect();
        Self { visits, services }
    }
}

/// The rest of the day if everything takes as long as such things usually do, and the booked come at their time: who is
/// called when, in that order; and when somebody would be called who came for a service now.
pub(crate) fn usual_day(
    office: &Office,
    scene: &Scene<'_>,
    counted: Desks,
) -> (Vec<(VisitId, Seconds)>, BTreeMap<ServiceId, Seconds>) {
    let mut line = FutureLine::of(office, scene, counted, LineEnd::Day, NO_TIME);
    let services = office.config.iter().flat_map(|config| &config.services);
    let asked: Vec<ServiceId> = services.clone().map(|(id, _)| *id).collect();
    line.probes = LineProbe::for_each(services, scene);
    let mut future = FutureDraw::default();
    future.take_as_usual(&line, &office.learnt);
    let mut player = Player::default();
    player.play(&line, &future, None, DAY_SECONDS);
    let called = player.booked.iter().chain(&player.others).zip(line.booked.iter().chain(&line.others));
    let called = called.enumerate().filter(|(_, (at, _))| **at != NO_TIME);
    let mut order: Vec<_> = called.filter_map(|(place, (&at, guest))| Some((at, place, guest.visit?))).collect();
    order.sort_unstable();
    let answers = asked.into_iter().zip(player.probes).filter(|(_, at)| *at != NO_TIME).collect();
    (order.into_iter().map(|(at, _, visit)| (visit, at)).collect(), answers)
}

impl LineProbe {
    fn for_each<'a>(services: impl Iterator<Item = (&'a ServiceId, &'a Service)>, scene: &Scene<'_>) -> Vec<Self> {
        let probe = |(id, service): (&ServiceId, &Service)| Self {
            desks: scene.desks_serving(*id),
            planned: Seconds::from(service.planned_minutes) * 60,
        };
        services.map(probe).collect()
    }
}
