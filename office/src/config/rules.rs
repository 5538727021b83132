//! The numbers and choices of the written rule; every one is a named limit with its unit.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{online::OnlineRules, targets::Targets};

/// The written rule of an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Who comes so long after the booked time still keeps the place (TRN-03).
    pub grace_minutes: u16,
    /// A kiosk takes a check-in so long before the booked time, on the same day, and not earlier; 0: all day.
    pub check_in_early_minutes: u16,
    /// Who checks in earlier than so long before the booked time is told that time, and no look ahead; they may be called as
    /// soon as that costs nobody else more.
    pub early_call_minutes: u16,
    /// Who has waited so long ranks as if booked for arrival plus this (PROM-06).
    pub wait_max_minutes: u16,
    /// Before the futures, somebody without a booking could delay a booked citizen by so much by plan. It is read from
    /// configurations of that time, and acts no more.
    pub booked_delay_max_minutes: u16,
    /// A priority visit counts as if it had come so much earlier (FLD-27).
    pub priority_head_start_minutes: u16,
    /// At most so many priority visits are called in a row while an ordinary visitor is callable.
    pub priority_in_a_row_max: u8,
    /// After so many overtakings the next gap is kept for a walk-in (TRN-06).
    pub overtaken_max: u8,
    /// How it is chosen who is next.
    #[serde(skip_serializing_if = "OrderMode::is_usual")]
    pub order: OrderMode,
    /// Of those without a booking a shorter matter may pass a longer one, each at most so often as the next gap is not
    /// kept for them.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub shorter_may_pass: bool,
    /// A desk's order of preference acts only among arrivals that lie so close together (FLD-01).
    pub preference_window_minutes: u16,
    /// Serving may go on so long after the end of the clerk's hours (TRN-14).
    pub overtime_minutes: u16,
    /// Late arrivals take part in the gaps, and not only after the last booking (TRN-05).
    pub late_in_gaps: bool,
    /// End-of-day places take part in the gaps.
    pub end_of_day_in_gaps: bool,
    /// Recalls before somebody counts as not having appeared (FLD-04).
    pub recalls_before_no_show: u8,
    /// Least time between a call and its repetition.
    pub recall_interval_seconds: u16,
    /// Who comes back within this after a no-show keeps the number and has the next free turn (FLD-04).
    pub no_show_return_minutes: u16,
    /// Leaving can be undone for so long (FLD-12).
    pub leave_undo_minutes: u16,
    /// Attempts to reach somebody by telephone before they count as unreachable (OMB-20).
    pub remote_attempts_max: u8,
    /// When the next booking is so near, interrupting is proposed (TRN-13): not if less would be left to serve.
    pub interrupt_least_left_minutes: u16,
    /// A hold lasts so long.
    pub hold_minutes: u16,
    /// And can be extended so often (WCAG 2.2.1).
    pub hold_extensions_max: u8,
    /// Holds of one address at a time (FLD-17).
    pub holds_per_address_max: u8,
    /// Bookings ahead of one address (FLD-17); a parent still books for a family.
    pub bookings_per_address_max: u8,
    /// A cancelled time is offered again to the public after so long, except on the day itself (OMB-15, FLD-17).
    pub cool_down_minutes: u32,
    /// Those who will not be reached are told so long before the end (FLD-35).
    pub unreachable_notice_minutes: u16,
    /// People in the house at once; tickets beyond are refused.
    pub waiting_max: u16,
    /// Booking online: what is asked, reminders, how long data is kept.
    #[serde(skip_serializing_if = "OnlineRules::is_usual")]
    pub online: OnlineRules,
    /// What the office has set itself, and publishes (NEW-13).
    #[serde(skip_serializing_if = "Targets::are_usual")]
    pub targets: Targets,
    /// From when each rule is enforced (TRN-12).
    pub phases: Vec<RulesPhase>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            grace_minutes: 10,
            check_in_early_minutes: 0,
            early_call_minutes: 15,
            wait_max_minutes: 90,
            booked_delay_max_minutes: 5,
            priority_head_start_minutes: 30,
            priority_in_a_row_max: 2,
            overtaken_max: 5,
            order: OrderMode::Futures,
            shorter_may_pass: false,
            preference_window_minutes: 0,
            overtime_minutes: 10,
            late_in_gaps: false,
            end_of_day_in_gaps: false,
            recalls_before_no_show: 2,
            recall_interval_seconds: 20,
            no_show_return_minutes: 15,
            leave_undo_minutes: 5,
            remote_attempts_max: 3,
            interrupt_least_left_minutes: 5,
            hold_minutes: 5,
            hold_extensions_max: 10,
            holds_per_address_max: 2,
            bookings_per_address_max: 5,
            cool_down_minutes: 15,
            unreachable_notice_minutes: 45,
            waiting_max: 2_000,
            online: OnlineRules::default(),
            targets: Targets::default(),
            phases: Vec::new(),
        }
    }
}

/// How it is chosen who is next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderMode {
    #[default]
    /// By drawn futures: with whom the fewest appointments wait over three minutes, and everybody else least.
    Futures,
    /// By one sentence: booked first from five minutes before, else by arrival, and no desk idle.
    Sentence,
}

impl OrderMode {
    /// Whether it is the one of an office that says nothing.
    const fn is_usual(&self) -> bool {
        match self {
            Self::Futures => true,
            Self::Sentence => false,
        }
    }
}

/// A rule that can be tolerated at first (TRN-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Late arrivals lose the place (TRN-05).
    Late,
    /// A no-show needs the set number of recalls first, and ends the visit (FLD-04).
    NoShow,
    /// A booking with wrong details is void (TRN-09).
    Void,
    /// Without the documents nobody is served (TRN-10).
    Documents,
    /// A service that requires a booking takes no walk-ins but on their word (TRN-15).
    WalkIn,
}

/// How a rule is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enforcement {
    /// A breach is a warning.
    Tolerant,
    /// A breach has its consequence.
    Strict,
}

/// From a published day on, a rule is enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesPhase {
    /// The rule that is enforced.
    pub rule: Rule,
    /// First local day of enforcement.
    pub strict_from: NaiveDate,
}

impl Rules {
    /// How a rule is applied on a local day: tolerated until its published date (TRN-12).
    #[must_use]
    pub fn enforcement(&self, rule: Rule, day: NaiveDate) -> Enforcement {
        let strict = self.phases.iter().any(|phase| phase.rule == rule && phase.strict_from <= day);
        if strict { Enforcement::Strict } else { Enforcement::Tolerant }
    }
}
