//! Which desks can take a time: those that serve it, rostered, with their clerk there from its first minute to its last.

use chrono::{DateTime, Utc};

use crate::calendar::{Exception, LocalDay, Span, join, shift_spans};
use crate::{Audience, ClerkId, DeskId, Office, OfficeConfig, ServiceId, SuspensionScope};

/// A set of desks, one bit each.
pub(super) type RosterDesks = u128;

/// RosterDesks beyond so many take part in no promise.
const DESKS_MAX: usize = 128;

/// The desks of an office and what they serve, for one question about slots.
pub(super) struct Roster<'a> {
    office: &'a Office,
    config: &'a OfficeConfig,
    /// Those that matter to the question, the least versatile first: bit 0 is the first.
    desks: Vec<DeskId>,
    /// Who serves a service, by its number.
    serving: Vec<RosterDesks>,
}

/// Who is there on one day.
#[derive(Default)]
pub(super) struct DayRoster {
    /// Stretches in which the public may book.
    public: Vec<Cover>,
    /// Stretches in which staff may book.
    any: Vec<Cover>,
}

/// Some desks, each with one clerk all along, in unix seconds.
#[derive(Clone, Copy)]
struct Cover {
    from: i64,
    to: i64,
    desks: RosterDesks,
}

impl<'a> Roster<'a> {
    /// The desks that matter to a service: those that serve it, and those to which a booking could be put to make room.
    pub fn new(office: &'a Office, config: &'a OfficeConfig, service: ServiceId) -> Self {
        let mut related: Vec<ServiceId> = vec![service];
        let mut desks: Vec<DeskId> = Vec::new();
        let mut at = 0;
        while let Some(&service) = related.get(at) {
            at += 1;
            for (id, desk) in &config.desks {
                if desk.services.contains(&service) && !desks.contains(id) {
                    desks.push(*id);
                    related.extend(desk.services.iter().filter(|other| !related.contains(other)).collect::<Vec<_>>());
                }
            }
        }
        desks.sort_unstable_by_key(|id| (config.desks.get(id).map_or(0, |desk| desk.services.len()), *id));
        desks.truncate(DESKS_MAX);
        let services = config.services.keys().next_back().map_or(0, |last| usize::from(last.0) + 1);
        let mut serving = vec![0; services];
        for (bit, id) in desks.iter().enumerate() {
            for service in config.desks.get(id).into_iter().flat_map(|desk| &desk.services) {
                if let Some(mask) = serving.get_mut(usize::from(service.0)) {
                    *mask |= 1 << bit;
                }
            }
        }
        Self { office, config, desks, serving }
    }

    /// How many desks matter.
    pub fn len(&self) -> usize {
        self.desks.len()
    }

    /// Who serves a service, whatever the hour.
    pub fn serving(&self, service: ServiceId) -> RosterDesks {
        self.serving.get(usize::from(service.0)).copied().unwrap_or(0)
    }

    /// Sets of desks that no two different services tell apart; every set of desks that a booking of any service can
    /// use is made of whole ones.
    pub fn alike(&self) -> Vec<RosterDesks> {
        let all = if self.desks.len() == DESKS_MAX { RosterDesks::MAX } else { (1 << self.desks.len()) - 1 };
        let mut classes = vec![all];
        for &mask in &self.serving {
            split(&mut classes, mask);
        }
        classes
    }

    /// Who is there on a day.
    pub fn on(&self, day: &LocalDay, exception: &Exception, roster: &mut DayRoster) {
        roster.public.clear();
        roster.any.clear();
        for (bit, &id) in self.desks.iter().enumerate() {
            let shifts = shift_spans(self.config, day, exception, id);
            let shifts = shifts.into_iter().flat_map(|(span, who)| {
                self.less_suspension(id, span).into_iter().map(move |span| (span, who.public, who.clerk))
            });
            let shifts: Vec<(Span, bool, Option<ClerkId>)> = shifts.collect();
            for (span, _, _) in merged(&shifts, |_| true) {
                note(&mut roster.any, span, 1 << bit);
            }
            for (span, _, _) in merged(&shifts, |public| public) {
                note(&mut roster.public, span, 1 << bit);
            }
        }
    }

    /// What a suspension of the desk leaves of a stretch (FLD-30); until further notice, nothing after it began.
    fn less_suspension(&self, desk: DeskId, span: Span) -> Vec<Span> {
        let mut spans = vec![span];
        for suspension in self.office.suspensions.iter().filter(|s| s.scope == SuspensionScope::Desk(desk)) {
            let until = suspension.until.unwrap_or(DateTime::<Utc>::MAX_UTC);
            crate::calendar::subtract(&mut spans, (suspension.since, until));
        }
        spans
    }
}

impl DayRoster {
    /// Of some desks, those that are there from `from` to `to`, for this audience.
    pub fn throughout(&self, desks: RosterDesks, audience: Audience, from: i64, to: i64) -> RosterDesks {
        let covers = if audience.is_public() { &self.public } else { &self.any };
        desks & fold(covers, |cover| cover.from <= from && to <= cover.to)
    }

    /// Of some desks, those that are there at some instant from `from` to `to`.
    pub fn sometime(&self, desks: RosterDesks, from: i64, to: i64) -> RosterDesks {
        desks & fold(&self.any, |cover| cover.from < to && from < cover.to)
    }

    /// Splits sets of desks by who is there when: see [`Roster::alike`].
    pub fn split(&self, classes: &mut Vec<RosterDesks>) {
        for cover in self.public.iter().chain(&self.any) {
            split(classes, cover.desks);
        }
    }

    /// Whether nobody is there at all.
    pub fn is_empty(&self) -> bool {
        self.any.is_empty()
    }
}

/// Shifts of one clerk that touch are one stretch: a booking may span them, but never a change of clerks.
fn merged(
    shifts: &[(Span, bool, Option<ClerkId>)],
    takes: impl Fn(bool) -> bool,
) -> Vec<(Span, bool, Option<ClerkId>)> {
    let mut taken: Vec<_> = shifts.iter().copied().filter(|(_, public, _)| takes(*public)).collect();
    if taken.len() < 2 {
        return taken;
    }
    taken.sort_unstable_by_key(|(span, _, clerk)| (*clerk, *span));
    let mut all = Vec::with_capacity(taken.len());
    for group in taken.chunk_by(|one, other| one.2 == other.2) {
        let mut spans: Vec<Span> = group.iter().map(|(span, _, _)| *span).collect();
        join(&mut spans);
        all.extend(spans.into_iter().map(|span| (span, true, group[0].2)));
    }
    all
}

/// Adds a desk's stretch, to an equal one of other desks if there is such a one.
fn note(covers: &mut Vec<Cover>, span: Span, desk: RosterDesks) {
    let (from, to) = (span.0.timestamp(), span.1.timestamp());
    match covers.iter_mut().find(|cover| (cover.from, cover.to) == (from, to)) {
        Some(cover) => cover.desks |= desk,
        None => covers.push(Cover { from, to, desks: desk }),
    }
}

fn fold(covers: &[Cover], holds: impl Fn(&Cover) -> bool) -> RosterDesks {
    covers.iter().filter(|cover| holds(cover)).fold(0, |desks, cover| desks | cover.desks)
}

/// Splits each set into those inside and those outside of another.
fn split(classes: &mut Vec<RosterDesks>, mask: RosterDesks) {
    for at in 0..classes.len() {
        let (inside, outside) = (classes[at] & mask, classes[at] & !mask);
        if inside != 0 && outside != 0 {
            classes[at] = inside;
            classes.push(outside);
        }
    }
}
