//! When a page of staff locks because nobody is there: a rule without a clock of its own.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

/// No session is longer, however it is used.
const HOURS_MAX: u16 = 12;
/// A page that nobody has touched for longer than this is not watched over.
const IDLE_MINUTES_MAX: u16 = 240;
/// A page whose line broke off has so long to come back: a restart of the hub, or a moment without a network.
const LINE_GRACE: TimeDelta = TimeDelta::seconds(60);
/// When a session was used last is written down once in so long: a restart then locks so much earlier, and never later.
const KEPT_EVERY: TimeDelta = TimeDelta::minutes(1);

/// `[sessions]`: how long staff stay signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionConfig {
    /// A page of desks and bookings locks after so many minutes in which nobody has touched it.
    pub idle_minutes: u16,
    /// A page of administration after so many.
    pub admin_idle_minutes: u16,
    /// Nobody stays signed in for longer, however busy.
    pub hours_max: u16,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self { idle_minutes: 30, admin_idle_minutes: 15, hours_max: HOURS_MAX }
    }
}

impl SessionConfig {
    /// Whether pages lock in time.
    ///
    /// # Errors
    /// Which key is wrong, and what would be right.
    pub fn check(&self) -> Result<(), String> {
        let keys = [
            ("idle_minutes", self.idle_minutes, IDLE_MINUTES_MAX),
            ("admin_idle_minutes", self.admin_idle_minutes, IDLE_MINUTES_MAX),
            ("hours_max", self.hours_max, HOURS_MAX),
        ];
        match keys.iter().find(|(_, value, most)| !(1..=*most).contains(value)) {
            Some((key, value, most)) => Err(format!("sessions.{key}: {value} should be from 1 to {most}")),
            None => Ok(()),
        }
    }

    /// How long a session lasts.
    pub(crate) fn lifetime(&self) -> TimeDelta {
        TimeDelta::hours(self.hours_max.min(HOURS_MAX).into())
    }

    /// When a page locks, as things stand; not at all while somebody is being served before it.
    pub fn locks_at(&self, scene: &IdleScene) -> Option<DateTime<Utc>> {
        let minutes = match scene.place {
            StaffPlace::Desk => self.idle_minutes,
            StaffPlace::Administration => self.admin_idle_minutes,
        };
        let idle_since = scene.freed_at.map_or(scene.seen_at, |freed| freed.max(scene.seen_at));
        (!scene.in_service).then(|| idle_since + TimeDelta::minutes(minutes.into()))
    }
}

/// What kind of page somebody of staff was at last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffPlace {
    /// Desks, bookings, the house.
    Desk,
    /// What only administrators see.
    Administration,
}

/// What a session looks like when it is asked whether anybody is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdleScene {
    /// Where it was used last.
    pub place: StaffPlace,
    /// When it was used last, by the hub's clock.
    pub seen_at: DateTime<Utc>,
    /// Its desk's page follows the office, and a visit is in hand there: a clerk who listens touches nothing.
    pub in_service: bool,
    /// When the visit ended that was in hand last there.
    pub freed_at: Option<DateTime<Utc>>,
}

/// What a session's desk does, as the office knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskSight {
    /// A visit is in hand.
    pub holds: bool,
    /// When the desk acted last.
    pub acted_at: DateTime<Utc>,
}

/// What is known of the presence of who has a session.
#[derive(Debug)]
pub(crate) struct Presence(Mutex<PresenceState>);

#[derive(Debug)]
struct PresenceState {
    seen_at: DateTime<Utc>,
    kept_at: DateTime<Utc>,
    place: StaffPlace,
    lines: u32,
    line_ended_at: DateTime<Utc>,
    locked: bool,
    /// The page to which unlocking leads back.
    back: Option<String>,
}

impl Presence {
    /// Somebody who was seen then; `now` is when this hub began to look.
    pub(crate) const fn new(seen_at: DateTime<Utc>, locked: bool, now: DateTime<Utc>) -> Self {
        Self(Mutex::new(PresenceState {
            seen_at,
            kept_at: seen_at,
            place: StaffPlace::Desk,
            lines: 0,
            line_ended_at: now,
            locked,
            back: None,
        }))
    }

    fn state(&self) -> MutexGuard<'_, PresenceState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody touched a page; says whether that is to be written down.
    pub(crate) fn touch(&self, place: StaffPlace, now: DateTime<Utc>) -> bool {
        let mut state = self.state();
        (state.seen_at, state.place) = (now, place);
        let is_due = (now - state.kept_at).abs() >= KEPT_EVERY;
        if is_due {
            state.kept_at = now;
        }
        is_due
    }

    pub(crate) fn line_begins(&self) {
        self.state().lines += 1;
    }

    pub(crate) fn line_ends(&self, now: DateTime<Utc>) {
        let mut state = self.state();
        state.lines = state.lines.saturating_sub(1);
        state.line_ended_at = now;
    }

    /// When somebody was seen last.
    pub(crate) fn seen_at(&self) -> DateTime<Utc> {
        self.state().seen_at
    }

    pub(crate) fn is_locked(&self) -> bool {
        self.state().locked
    }

    /// Locks; says whether it was open.
    pub(crate) fn lock(&self) -> bool {
        !std::mem::replace(&mut self.state().locked, true)
    }

    pub(crate) fn unlock(&self, now: DateTime<Utc>) {
        let mut state = self.state();
        (state.locked, state.seen_at, state.kept_at) = (false, now, now);
    }

    pub(crate) fn lead_back_to(&self, page: String) {
        self.state().back = Some(page);
    }

    pub(crate) fn take_back(&self) -> Option<String> {
        self.state().back.take()
    }

    /// When it locks. The desk is asked only once the hands have been still for long enough.
    pub(crate) fn locks_at(
        &self,
        rule: &SessionConfig,
        now: DateTime<Utc>,
        desk: impl FnOnce() -> Option<DeskSight>,
    ) -> Option<DateTime<Utc>> {
        let (mut scene, follows) = {
            let state = self.state();
            let follows = state.lines > 0 || (now - state.line_ended_at).abs() < LINE_GRACE;
            let PresenceState { place, seen_at, .. } = *state;
            (IdleScene { place, seen_at, in_service: false, freed_at: None }, follows)
        };
        let by_hands = rule.locks_at(&scene);
        if by_hands.is_some_and(|at| now < at) || !follows {
            return by_hands;
        }
        if let Some(desk) = desk() {
            (scene.in_service, scene.freed_at) = (desk.holds, Some(desk.acted_at));
        }
        rule.locks_at(&scene)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + minute * 60, 0).unwrap()
    }

    #[test]
    fn new_08_a_desk_locks_after_half_an_hour_administration_after_a_quarter_and_nobody_who_serves() {
        let rule = SessionConfig::default();
        let scene = IdleScene { place: StaffPlace::Desk, seen_at: at(0), in_service: false, freed_at: None };
        assert_eq!(rule.locks_at(&scene), Some(at(30)));
        assert_eq!(rule.locks_at(&IdleScene { place: StaffPlace::Administration, ..scene }), Some(at(15)));
        assert_eq!(rule.locks_at(&IdleScene { in_service: true, ..scene }), None, "a long service touches nothing");
        assert_eq!(
            rule.locks_at(&IdleScene { freed_at: Some(at(50)), ..scene }),
            Some(at(80)),
            "the visit's end counts"
        );
        assert_eq!(rule.locks_at(&IdleScene { freed_at: Some(at(-5)), ..scene }), Some(at(30)));
    }

    #[test]
    fn new_08_a_visit_in_hand_keeps_a_page_open_that_follows_the_office_and_no_other() {
        let rule = SessionConfig::default();
        let presence = Presence::new(at(0), false, at(0));
        let serving = || Some(DeskSight { holds: true, acted_at: at(1) });
        presence.line_begins();
        assert_eq!(presence.locks_at(&rule, at(10), serving), Some(at(30)), "nobody looks at the desk before");
        assert_eq!(presence.locks_at(&rule, at(45), serving), None);
        assert_eq!(
            presence.locks_at(&rule, at(45), || Some(DeskSight { holds: false, acted_at: at(40) })),
            Some(at(70))
        );
        assert_eq!(presence.locks_at(&rule, at(45), || None), Some(at(30)), "another's desk keeps nobody's page open");
        presence.line_ends(at(46));
        assert_eq!(presence.locks_at(&rule, at(46), serving), None, "it may come back in a moment");
        assert_eq!(presence.locks_at(&rule, at(48), serving), Some(at(30)));
    }

    #[test]
    fn new_08_what_is_set_is_within_bounds() {
        assert_eq!(SessionConfig::default().check(), Ok(()));
        for wrong in [
            SessionConfig { idle_minutes: 0, ..SessionConfig::default() },
            SessionConfig { admin_idle_minutes: IDLE_MINUTES_MAX + 1, ..SessionConfig::default() },
            SessionConfig { hours_max: HOURS_MAX + 1, ..SessionConfig::default() },
        ] {
            assert!(wrong.check().is_err(), "{wrong:?}");
        }
    }
}
