//! Why somebody was called, or nobody, in words for staff (NEW-01).

use chrono::DateTime;
use chrono_tz::Tz;
use office::{CallRight, FillerKind, Nobody, OverrideReason, Reason, Weighing};
use wire::Words;

use super::{Voice, both};
use crate::dates::Dates;

/// Why a visit was called.
#[must_use]
pub fn reason(reason: &Reason, zone: Tz) -> Words {
    both(|voice| say_reason(reason, of_today(voice, zone)))
}

/// Times of today alone are said of calls: no day is.
const fn of_today(voice: Voice, zone: Tz) -> Dates {
    Dates { voice, zone, now: DateTime::UNIX_EPOCH }
}

fn say_reason(reason: &Reason, dates: Dates) -> String {
    let voice = dates.voice;
    match *reason {
        Reason::BookedAndDue { booked_for, arrived_at } => voice.say_with(
            "reason-booked-and-due",
            [("booked", dates.time(booked_for).into()), ("arrived", dates.time(arrived_at).into())],
        ),
        Reason::WaitedPastLimit { arrived_at, limit_minutes } => voice.say_with(
            "reason-waited-past-limit",
            [("arrived", dates.time(arrived_at).into()), ("limit", limit_minutes.into())],
        ),
        Reason::FitsGap { kind, priority, free_minutes, before } => {
            let kind = say_kind(kind, voice);
            let sentence = match (free_minutes, before) {
                (Some(free), Some(before)) => voice.say_with(
                    "reason-fits-gap-before",
                    [("kind", kind.into()), ("free", free.into()), ("before", dates.time(before).into())],
                ),
                (Some(_) | None, Some(_) | None) => voice.with("reason-fits-gap", "kind", kind),
            };
            if priority { voice.with("reason-by-priority", "reason", sentence) } else { sentence }
        }
        Reason::InTurn { kind, priority } => say_in_turn(kind, priority, voice),
        Reason::Weighed { right, weighing } => say_weighed(right, &weighing, dates),
        Reason::GapKept { overtaken } => voice.with("reason-gap-kept", "n", overtaken),
        Reason::FirstInLine => voice.say("reason-first-in-line"),
        Reason::BookedEarly { booked_for } => voice.with("reason-booked-early", "booked", dates.time(booked_for)),
        Reason::WithinBound { kind, delay_seconds, booked_for } => voice.say_with(
            "reason-within-bound",
            [
                ("kind", say_kind(kind, voice).into()),
                ("minutes", delay_seconds.div_ceil(60).into()),
                ("booked", dates.time(booked_for).into()),
            ],
        ),
        Reason::EndOfDay => voice.say("reason-end-of-day"),
        Reason::OutOfOrder { because, note: _ } => {
            voice.with("reason-out-of-order", "because", override_reason(because, voice))
        }
        Reason::ParkedHere => voice.say("reason-parked-here"),
        Reason::Direct => voice.say("reason-direct"),
        Reason::RemoteDue { booked_for } => voice.with("reason-remote-due", "booked", dates.time(booked_for)),
    }
}

fn say_in_turn(kind: FillerKind, priority: bool, voice: Voice) -> String {
    let sentence = voice.with("reason-in-turn", "kind", say_kind(kind, voice));
    if priority { voice.with("reason-by-priority", "reason", sentence) } else { sentence }
}

/// By what right somebody was in question, and what the futures said for them.
fn say_weighed(right: CallRight, weighing: &Weighing, dates: Dates) -> String {
    let voice = dates.voice;
    let right = match right {
        CallRight::Due { booked_for, arrived_at } => {
            say_reason(&Reason::BookedAndDue { booked_for, arrived_at }, dates)
        }
        CallRight::Early { booked_for } => voice.with("reason-early", "booked", dates.time(booked_for)),
        CallRight::InTurn { kind, priority } => say_in_turn(kind, priority, voice),
    };
    let other = ("other", weighing.other_number.to_string().into());
    let other_needs = ("otherNeeds", weighing.other_needs_minutes.into());
    let why = match weighing.at_stake {
        Some(stake) => voice.say_with(
            "reason-weighed-at-stake",
            [
                other,
                other_needs,
                ("needs", weighing.needs_minutes.into()),
                ("booked", dates.time(stake.booked_for).into()),
                ("late", stake.late_percent.into()),
                ("otherwise", stake.otherwise_percent.into()),
            ],
        ),
        None => voice.say_with("reason-weighed", [other, other_needs]),
    };
    format!("{right}. {why}")
}

fn say_kind(kind: FillerKind, voice: Voice) -> String {
    voice.say(match kind {
        FillerKind::WalkIn => "filler-walk-in",
        FillerKind::Late => "filler-late",
        FillerKind::Transferred => "filler-transferred",
        FillerKind::Interrupted => "filler-interrupted",
        FillerKind::Returned => "filler-returned",
    })
}

/// Why a clerk goes out of order.
#[must_use]
pub fn override_reason(because: OverrideReason, voice: Voice) -> String {
    voice.say(match because {
        OverrideReason::ShortMatter => "override-short-matter",
        OverrideReason::BroughtDocuments => "override-brought-documents",
        OverrideReason::Urgent => "override-urgent",
        OverrideReason::Mistake => "override-mistake",
        OverrideReason::NoteOfProposal => "override-note-of-proposal",
        OverrideReason::Other => "override-other",
    })
}

/// Why nobody is next. `number` is the ticket of the visit that it speaks of.
#[must_use]
pub fn nobody(nobody: &Nobody, number: Option<&str>, zone: Tz) -> Words {
    both(|voice| say_nobody(nobody, number.unwrap_or("—"), of_today(voice, zone)))
}

fn say_nobody(nobody: &Nobody, number: &str, dates: Dates) -> String {
    let voice = dates.voice;
    let number = || ("number", number.to_owned().into());
    match *nobody {
        Nobody::NoneWaiting => voice.say("nobody-none-waiting"),
        Nobody::NoneForThisDesk => voice.say("nobody-none-for-this-desk"),
        Nobody::AfterBookings { visit: _, last_booked_for } => {
            voice.say_with("nobody-after-bookings", [number(), ("booked", dates.time(last_booked_for).into())])
        }
        Nobody::TooEarly { visit: _, callable_at } => {
            voice.say_with("nobody-too-early", [number(), ("at", dates.time(callable_at).into())])
        }
        Nobody::Closing { visit: _, ends_at } => {
            voice.say_with("nobody-closing", [number(), ("at", dates.time(ends_at).into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Athens;

    use super::*;

    #[test]
    fn new_01_the_reason_is_a_sentence_in_both_languages() {
        let booked_for = "2026-11-24T08:15:00Z".parse().unwrap();
        let arrived_at = "2026-11-24T08:08:00Z".parse().unwrap();
        let said = reason(&Reason::BookedAndDue { booked_for, arrived_at }, Athens);
        assert_eq!(said.en, "booked for 10:15, arrived 10:08");
        assert_eq!(said.el, "ραντεβού στις 10:15, άφιξη 10:08");
        let gap = Reason::FitsGap {
            kind: FillerKind::WalkIn,
            priority: false,
            free_minutes: Some(14),
            before: Some("2026-11-24T08:30:00Z".parse().unwrap()),
        };
        assert_eq!(reason(&gap, Athens).en, "walk-in, 14 min free before the booking of 10:30");
    }

    #[test]
    fn new_01_what_was_weighed_is_said_with_its_numbers() {
        let weighing = Weighing {
            futures: 256,
            needs_minutes: 5,
            other: office::VisitId(7),
            other_number: office::TicketNumber { letter: 'E', count: 7 },
            other_needs_minutes: 20,
            at_stake: Some(office::WaitAtStake {
                booked_for: "2026-11-24T08:15:00Z".parse().unwrap(),
                late_percent: 4,
                otherwise_percent: 34,
            }),
        };
        let right = CallRight::InTurn { kind: FillerKind::WalkIn, priority: false };
        let said = reason(&Reason::Weighed { right, weighing }, Athens);
        assert_eq!(
            said.en,
            "walk-in, in order of arrival. If E007 (20 min) were called now, the appointment of 10:15 would wait over three \
             minutes with 34 in 100; with this one (5 min) with 4."
        );
        assert!(said.el.contains("E007") && said.el.contains("34") && said.el.contains("10:15"), "{}", said.el);
        let even = Reason::Weighed { right, weighing: Weighing { at_stake: None, ..weighing } };
        assert!(reason(&even, Athens).en.ends_with("everybody else waits less than with E007 (20 min)."));
    }

    #[test]
    fn trn_05_nobody_says_after_which_booking_it_goes_on() {
        let after = Nobody::AfterBookings {
            visit: office::VisitId(7),
            last_booked_for: "2026-11-24T08:00:00Z".parse().unwrap(),
        };
        let said = nobody(&after, Some("A042"), Athens);
        assert_eq!(said.en, "A042 is served after the last appointment, which is at 10:00.");
    }
}
