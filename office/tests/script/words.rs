//! What happened, why, and why not, in the words of the scripts.

use chrono::{DateTime, Utc};
use office::{
    BookingEvent, BookingId, BookingLife, CallRight, DeskEvent, Event, EventKind, FillerKind, HandInConflict,
    HouseEvent, Nobody, Outcome, Period, PeriodKind, Rank, Reason, Refusal, SuspensionScope, TransferTarget,
    VisitEvent, VisitId, VisitState, VoidReason,
};

use super::story::Story;

/// An event; none for what a story need not tell.
pub fn event(story: &Story, event: &Event) -> Option<String> {
    match &event.kind {
        EventKind::House(HouseEvent::DayOpened { .. }) => None,
        EventKind::House(kind) => Some(house_event(story, kind)),
        EventKind::Booking(kind) => Some(booking_event(story, kind, event.at)),
        EventKind::Visit(kind) => Some(visit_event(story, kind)),
        EventKind::Desk(kind) => Some(desk_event(story, kind)),
    }
}

fn house_event(story: &Story, event: &HouseEvent) -> String {
    let t = |at: &DateTime<Utc>| clock(story, *at);
    match event {
        HouseEvent::DayOpened { date } => format!("{date} opened"),
        HouseEvent::Configured(_) => "configured".to_owned(),
        HouseEvent::Suspended(one) => match one.until {
            Some(until) => format!("{} suspended until {}", scope(one.scope), t(&until)),
            None => format!("{} suspended", scope(one.scope)),
        },
        HouseEvent::Resumed { scope: what } => format!("{} resumed", scope(*what)),
        HouseEvent::HelpRung { place, .. } => format!("help rung at {place}"),
        HouseEvent::HelpAccepted { clerk, .. } => format!("{clerk} goes to help"),
        HouseEvent::HelpEnded { .. } => "help ended".to_owned(),
        HouseEvent::OutageNoted { from } => format!("outage since {}", t(from)),
        HouseEvent::DayClosed { date } => format!("{date} closed"),
        HouseEvent::Tolerated { rule, .. } => format!("tolerated: {}", kebab(rule)),
        HouseEvent::NumbersLeased { kiosk, block } => {
            format!("kiosk {} has {}-{} of {}", kiosk.0.as_u128(), block.first, block.last, block.date)
        }
        HouseEvent::NumbersReturned { kiosk, block } => {
            format!("kiosk {} returned {}-{}", kiosk.0.as_u128(), block.first, block.last)
        }
        HouseEvent::ConflictNoted(note) => format!("{} noted: {}", note.number, conflict(story, note.conflict)),
        HouseEvent::ConflictSettled { .. } => "settled".to_owned(),
    }
}

fn booking_event(story: &Story, event: &BookingEvent, now: DateTime<Utc>) -> String {
    let b = |id: &BookingId| booking_name(story, *id);
    let t = |at: &DateTime<Utc>| clock(story, *at);
    match event {
        BookingEvent::Held { booking, promise, expires_at, .. } => {
            format!("{} held at {} until {}", b(booking), t(&promise.start), t(expires_at))
        }
        BookingEvent::HoldExtended { booking, expires_at } => format!("{} held until {}", b(booking), t(expires_at)),
        BookingEvent::Entrusted { booking, expires_at, .. } => {
            format!("{} entrusted until {}", b(booking), t(expires_at))
        }
        BookingEvent::HoldEnded { booking } => format!("hold of {} ended", b(booking)),
        BookingEvent::Confirmed { booking, .. } => format!("{} confirmed", b(booking)),
        BookingEvent::Booked(one) => format!("{} booked at {}", b(&one.id), t(&one.promise.start)),
        BookingEvent::Moved { booking, from, to, .. } => format!("{} moved from {} to {}", b(booking), t(from), t(to)),
        BookingEvent::Cancelled { booking, by, cools_until, first_choice } => {
            let cools = if *cools_until > now { format!(", cools until {}", t(cools_until)) } else { String::new() };
            let first = first_choice.map(|choice| match choice.kept {
                Some(kept) => format!(", {} kept until {}", t(&kept.start), t(&choice.until)),
                None => format!(", chooses until {}", t(&choice.until)),
            });
            format!("{} cancelled by {}{cools}{}", b(booking), kebab(by), first.unwrap_or_default())
        }
        BookingEvent::ChosenAnew { booking, to, .. } => format!("{} chose {}", b(booking), t(to)),
        BookingEvent::Voided { booking, because: VoidReason::NotCorrected } => {
            format!("{} void, not corrected", b(booking))
        }
        BookingEvent::Voided { booking, .. } => format!("{} void", b(booking)),
        BookingEvent::CorrectionAsked { booking, until, .. } => {
            format!("{} asked to correct until {}", b(booking), t(until))
        }
        BookingEvent::Corrected { booking, .. } => format!("{} corrected", b(booking)),
        BookingEvent::DetailsChanged { booking } => format!("details of {} changed", b(booking)),
        BookingEvent::Missed { booking } => format!("{} missed", b(booking)),
    }
}

fn visit_event(story: &Story, event: &VisitEvent) -> String {
    let v = |id: &VisitId| visit_name(story, *id);
    match event {
        VisitEvent::CheckedIn(one) => format!("{} is {}, {}", v(&one.id), one.number, rank(story, one.rank)),
        VisitEvent::TicketTaken(one) => format!("{} is {}", v(&one.id), one.number),
        VisitEvent::CameDirectly(one) => format!("{} is {}, served directly", v(&one.id), one.number),
        VisitEvent::OutageVisitEntered(one) => format!("{} is {}, served on paper", v(&one.id), one.number),
        VisitEvent::BookingFound { visit, booking, rank: to } => {
            format!("{} is {}, {}", v(visit), booking_name(story, *booking), rank(story, *to))
        }
        VisitEvent::ServedOnPaper { visit, desk, from, to, .. } => {
            format!("{} served on paper at {desk} {}-{}", v(visit), clock(story, *from), clock(story, *to))
        }
        VisitEvent::TimeFixed { visit, booking } => {
            format!("{} fixed for {}", v(visit), clock(story, booking.promise.start))
        }
        VisitEvent::Ranked { visit, rank: to, because } => {
            let because = match because {
                office::RankReason::Admitted => "admitted",
                office::RankReason::Chose(_) => "chose",
                office::RankReason::TargetClosed => "its desk closed",
            };
            format!("{} {}: {because}", v(visit), rank(story, *to))
        }
        VisitEvent::Amended { visit, persons, cases, planned_minutes } => {
            format!("{} has {persons} persons, {cases} cases, {planned_minutes}m", v(visit))
        }
        VisitEvent::Wished { visit, early, priority, needs } => {
            let said =
                |name: &str, said: Option<bool>| said.map(|yes| format!("{name} {}", if yes { "yes" } else { "no" }));
            let needs = needs.map(|needs| format!("escort {}", if needs.escort { "yes" } else { "no" }));
            let all: Vec<String> =
                [said("early", *early), said("priority", *priority), needs].into_iter().flatten().collect();
            format!("{} says: {}", v(visit), all.join(", "))
        }
        VisitEvent::NoteSet { visit, note } => {
            format!("{} has {}", v(visit), if note.is_some() { "a note" } else { "no note" })
        }
        VisitEvent::Left { visit } => format!("{} left", v(visit)),
        VisitEvent::LeftUndone { visit } => format!("{} stays", v(visit)),
        VisitEvent::CameBack { visit, rank: to } => format!("{} back, {}", v(visit), rank(story, *to)),
        VisitEvent::Called { visit, desk, reason: why, overtook, .. } => {
            let over: Vec<String> = overtook.iter().map(v).collect();
            let over = if over.is_empty() { String::new() } else { format!(", over {}", over.join(" ")) };
            format!("{} to {desk}: {}{over}", v(visit), reason(story, *why))
        }
        VisitEvent::Recalled { visit, desk, .. } => format!("{} recalled to {desk}", v(visit)),
        VisitEvent::PutBack { visit, .. } => format!("{} put back", v(visit)),
        VisitEvent::Appeared { visit, desk } => format!("{} served at {desk}", v(visit)),
        VisitEvent::NoShow { visit, .. } => format!("{} did not appear", v(visit)),
        VisitEvent::AttemptFailed { visit, .. } => format!("{} did not answer", v(visit)),
        VisitEvent::ShownRecorded { visit, shown, .. } => {
            let representation = if shown.representation { " and representation" } else { "" };
            format!("{} showed identity{representation}, papers {}", v(visit), kebab(&shown.papers))
        }
        VisitEvent::Interrupted { visit, left_minutes, rank: to, .. } => {
            format!("{} interrupted with {left_minutes}m left, {}", v(visit), rank(story, *to))
        }
        VisitEvent::Parked { visit, desk } => format!("{} parked by {desk}", v(visit)),
        VisitEvent::Transferred { visit, to, rank: how, .. } => {
            let to = match to {
                TransferTarget::Service(id) => service_key(story, *id),
                TransferTarget::Desk(desk) => format!("desk {desk}"),
            };
            format!("{} sent to {to}, {}", v(visit), rank(story, *how))
        }
        VisitEvent::Finished { visit, outcome, .. } => format!("{} {}", v(visit), finished(*outcome)),
        VisitEvent::ToldUnreachable { visit } => format!("{} told that today will not reach them", v(visit)),
        VisitEvent::Unserved { visit } => format!("{} not served", v(visit)),
    }
}

fn desk_event(story: &Story, event: &DeskEvent) -> String {
    match event {
        DeskEvent::DeskOpened { desk, until, .. } => match until {
            Some(until) => format!("desk {desk} opened until {}", clock(story, *until)),
            None => format!("desk {desk} opened"),
        },
        DeskEvent::DeskHandedOver { desk, clerk, .. } => format!("desk {desk} handed to {}", clerk.0),
        DeskEvent::BreakStarted { desk, .. } => format!("desk {desk} on a break"),
        DeskEvent::BreakEnded { desk } => format!("desk {desk} back"),
        DeskEvent::DeskClosed { desk } => format!("desk {desk} closed"),
        DeskEvent::ReadySet { desk, ready } => format!("desk {desk} {}ready", if *ready { "" } else { "not " }),
    }
}

/// Why somebody was next.
pub fn reason(story: &Story, reason: Reason) -> String {
    let t = |at: DateTime<Utc>| clock(story, at);
    match reason {
        Reason::BookedAndDue { booked_for, arrived_at } => {
            format!("booked for {}, here since {}", t(booked_for), t(arrived_at))
        }
        Reason::WaitedPastLimit { limit_minutes, .. } => format!("has waited past {limit_minutes}m"),
        Reason::FitsGap { kind, priority, free_minutes, before } => {
            let kind = filler(kind);
            let priority = if priority { " by priority" } else { "" };
            match (free_minutes, before) {
                (Some(free), Some(before)) => format!("{kind}{priority}, {free}m free before {}", t(before)),
                _ => format!("{kind}{priority}, fits"),
            }
        }
        Reason::GapKept { overtaken } => format!("overtaken {overtaken} times, the turn was kept"),
        Reason::FirstInLine => "first in line".to_owned(),
        Reason::BookedEarly { booked_for } => format!("early for {}", t(booked_for)),
        Reason::WithinBound { kind, delay_seconds, booked_for } => {
            format!("{}, delays {} by {}", filler(kind), t(booked_for), length(delay_seconds.into()))
        }
        Reason::InTurn { kind, priority } => in_turn(kind, priority),
        Reason::Weighed { right, weighing } => {
            let right = match right {
                CallRight::Due { booked_for, .. } => format!("booked for {}", t(booked_for)),
                CallRight::Early { booked_for } => format!("early for {}", t(booked_for)),
                CallRight::InTurn { kind, priority } => in_turn(kind, priority),
            };
            format!("{right}, and not {}", visit_name(story, weighing.other))
        }
        Reason::EndOfDay => "after the last booking".to_owned(),
        Reason::OutOfOrder { because, .. } => format!("out of order, {}", kebab(&because)),
        Reason::ParkedHere => "parked here".to_owned(),
        Reason::Direct => "came directly".to_owned(),
        Reason::RemoteDue { booked_for } => format!("by telephone for {}", t(booked_for)),
    }
}

fn in_turn(kind: office::FillerKind, priority: bool) -> String {
    format!("{}{}, in turn", filler(kind), if priority { " by priority" } else { "" })
}

/// Why nobody was next.
pub fn nobody(story: &Story, nobody: Nobody) -> String {
    match nobody {
        Nobody::NoneWaiting => "nobody waits".to_owned(),
        Nobody::NoneForThisDesk => "nobody for this desk".to_owned(),
        Nobody::AfterBookings { visit, last_booked_for } => {
            format!("{} waits for the last booking, {}", visit_name(story, visit), clock(story, last_booked_for))
        }
        Nobody::TooEarly { visit, callable_at } => {
            format!("{} is not called before {}", visit_name(story, visit), clock(story, callable_at))
        }
        Nobody::Closing { visit, ends_at } => {
            format!("{} cannot end by {}", visit_name(story, visit), clock(story, ends_at))
        }
    }
}

/// Why not.
pub fn refusal(story: &Story, refusal: Refusal) -> String {
    match refusal {
        Refusal::AlreadyHere { visit } => format!("already here as {}", visit_name(story, visit)),
        Refusal::LateChoiceNeeded { booked_for } => format!("late for {}, choose", clock(story, booked_for)),
        Refusal::CheckInOpensAt { at } => format!("check-in opens at {}", clock(story, at)),
        Refusal::OfficeClosed { opens_at } => match opens_at {
            Some(at) => format!("closed until {}", clock(story, at)),
            None => "closed".to_owned(),
        },
        Refusal::TicketsClosed { opens_at } => match opens_at {
            Some(at) => format!("no tickets before {}", clock(story, at)),
            None => "no tickets".to_owned(),
        },
        Refusal::Suspended { until } => match until {
            Some(at) => format!("suspended until {}", clock(story, at)),
            None => "suspended".to_owned(),
        },
        Refusal::DeskBusy { visit } => format!("desk has {}", visit_name(story, visit)),
        Refusal::DeskHoldsAnother { holds } => {
            format!("desk holds {}", holds.map_or("nobody".to_owned(), |visit| visit_name(story, visit)))
        }
        Refusal::NoteFirst { visit, .. } => format!("read the note of {} first", visit_name(story, visit)),
        Refusal::RecallTooSoon { at } => format!("recall from {}", clock(story, at)),
        Refusal::RecallFirst { more } => format!("recall {more} times first"),
        other => other.to_string(),
    }
}

/// Where a visit stands.
pub fn state(story: &Story, id: VisitId) -> String {
    let Some(visit) = story.office.visits.get(&id) else { return "gone".to_owned() };
    match &visit.state {
        VisitState::Waiting { since, desk } => {
            let only = desk.map_or(String::new(), |desk| format!(" for desk {desk}"));
            format!("waits{only} since {}, {}", clock(story, *since), rank(story, visit.rank))
        }
        VisitState::Called { desk, recalls, .. } => format!("called to {desk}, {recalls} recalls"),
        VisitState::Serving { desk, since, .. } => format!("served at {desk} since {}", clock(story, *since)),
        VisitState::Parked { desk, .. } => format!("parked by {desk}"),
        VisitState::Interrupted { desk, .. } => format!("interrupted at {desk}, {}", rank(story, visit.rank)),
        VisitState::NoShow { .. } => "did not appear".to_owned(),
        VisitState::Left { .. } => "left".to_owned(),
        VisitState::Finished { outcome, .. } => finished(*outcome).to_owned(),
        VisitState::Unserved { .. } => "not served".to_owned(),
    }
}

/// Where a booking stands.
pub fn booking(story: &Story, id: BookingId) -> String {
    let Some(booking) = story.office.bookings.get(&id) else { return "gone".to_owned() };
    let life = match &booking.life {
        BookingLife::Held { .. } => "held",
        BookingLife::Confirmed { .. } => "confirmed",
        BookingLife::Arrived { .. } => "arrived",
        BookingLife::Fixed { .. } => "fixed",
        BookingLife::Cancelled { .. } => "cancelled",
        BookingLife::Void { .. } => "void",
        BookingLife::Expired { .. } => "expired",
        BookingLife::Missed { .. } => "missed",
    };
    format!("{life} at {}", clock(story, booking.promise.start))
}

/// Every stretch of a visit so far.
pub fn periods(story: &Story, id: VisitId) -> String {
    let Some(visit) = story.office.visits.get(&id) else { return "gone".to_owned() };
    let told = visit.periods.iter().map(|Period { kind, from, to, desk }| {
        let kind = match kind {
            PeriodKind::Wait => "wait",
            PeriodKind::Way => "way",
            PeriodKind::Service => "service",
            PeriodKind::Parked => "parked",
            PeriodKind::Interrupted => "interrupted",
        };
        let desk = desk.map_or(String::new(), |desk| format!(" at {desk}"));
        format!("{kind} {}-{}{desk}", clock(story, *from), clock(story, *to))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// What did not fit.
fn conflict(story: &Story, conflict: HandInConflict) -> String {
    match conflict {
        HandInConflict::Cancelled { by } => format!("cancelled by {}", kebab(&by)),
        HandInConflict::Void => "void".to_owned(),
        HandInConflict::Missed => "missed".to_owned(),
        HandInConflict::Moved => "moved".to_owned(),
        HandInConflict::HereAlready { visit } => format!("here already as {}", visit_name(story, visit)),
        HandInConflict::NotKnown => "not known".to_owned(),
        HandInConflict::ServedOnPaper => "served on paper".to_owned(),
        HandInConflict::ServiceGone => "service gone".to_owned(),
        HandInConflict::Renumbered => "renumbered".to_owned(),
        HandInConflict::DayOver => "day over".to_owned(),
    }
}

/// How a visit ranks.
fn rank(story: &Story, rank: Rank) -> String {
    match rank {
        Rank::Booked { start } => format!("booked for {}", clock(story, start)),
        Rank::Filler { kind } => filler(kind).to_owned(),
        Rank::EndOfDay => "end of day".to_owned(),
        Rank::FirstInLine => "first in line".to_owned(),
    }
}

fn filler(kind: FillerKind) -> &'static str {
    match kind {
        FillerKind::WalkIn => "walk-in",
        FillerKind::Late => "late",
        FillerKind::Transferred => "transferred",
        FillerKind::Interrupted => "interrupted",
        FillerKind::Returned => "returned",
    }
}

fn finished(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::NotPossible => "not possible",
        Outcome::DocumentsMissing => "documents missing",
    }
}

fn scope(scope: SuspensionScope) -> String {
    match scope {
        SuspensionScope::Tickets => "tickets".to_owned(),
        SuspensionScope::Service(service) => format!("service {service}"),
        SuspensionScope::Desk(desk) => format!("desk {desk}"),
    }
}

/// Minutes and seconds: `9m`, `1m30s`, `45s`.
fn length(seconds: i64) -> String {
    match (seconds / 60, seconds % 60) {
        (minutes, 0) => format!("{minutes}m"),
        (0, seconds) => format!("{seconds}s"),
        (minutes, seconds) => format!("{minutes}m{seconds}s"),
    }
}

/// A local time; seconds only where there are some.
pub fn clock(story: &Story, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&story.config.zone);
    let text = local.time().to_string();
    text.strip_suffix(":00").filter(|_| text.len() == 8).map_or(text.clone(), str::to_owned)
}

/// The script's name of a visit, or its number.
pub fn visit_name(story: &Story, id: VisitId) -> String {
    let named = story.visits.iter().find(|(_, visit)| **visit == id).map(|(name, _)| name.clone());
    let number =
        || story.office.visits.get(&id).map_or_else(|| format!("visit {id}"), |visit| visit.number.to_string());
    named.unwrap_or_else(number)
}

/// The script's name of a booking, or its number.
pub fn booking_name(story: &Story, id: BookingId) -> String {
    let named = story.bookings.iter().find(|(_, booking)| **booking == id).map(|(name, _)| name.clone());
    named.unwrap_or_else(|| format!("booking {id}"))
}

fn service_key(story: &Story, id: office::ServiceId) -> String {
    story.config.services.get(&id).map_or_else(|| format!("service {id}"), |service| service.key.clone())
}

/// A choice as its JSON name, without quotes.
fn kebab<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|json| json.as_str().map(str::to_owned)).unwrap_or_default()
}
