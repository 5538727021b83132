//! Which mail follows from which event (TRN-02): kinds and ids, no text.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Booking, BookingEvent, BookingId, BookingLife, CancelledBy, Event, EventKind, HouseEvent, Language, MovedBy,
    Office, Origin, Party, PersonId, Rule, UNDO_SECONDS, VisitEvent, VisitId, VisitState, calendar,
};

/// Nobody is reminded of a time within so many hours of having chosen it.
const REMINDED_AFTER_HOURS: i64 = 6;

/// What is said of a day is no help so many hours after the booking's time.
const OF_THE_DAY_HOURS: i64 = 12;

/// A mail that is owed to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// What it says.
    pub kind: MailKind,
    /// About which booking.
    pub booking: BookingId,
    /// To whom; the address stands in the hub's `people` table.
    pub person: PersonId,
    /// The language of the letter.
    pub language: Language,
    /// Sent then, if not at once, and only while the booking is as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<LaterMail>,
    /// The time that it had before, if it has another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<DateTime<Utc>>,
}

/// When a mail goes out that is owed later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterMail {
    /// Not before.
    pub at: DateTime<Utc>,
    /// The booking as it was told last: one that was moved since has a reminder of its own.
    pub sequence: u32,
}

/// What a mail says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailKind {
    /// The booking stands, with its details and a link to change it (OMB-14).
    Confirmation,
    /// It has another time (OMB-16).
    Moved,
    /// The office had to give it another time (FLD-15).
    MovedByOffice,
    /// It is near (FLD-13).
    Reminder,
    /// It was given up as asked (OMB-15).
    Cancelled,
    /// The office had to give it up, and offers another time (FLD-15, PROM-12).
    CancelledByOffice,
    /// It was cancelled by itself: too late (TRN-05).
    CancelledByLateness,
    /// It is void, and why; it takes a new one (TRN-09).
    Void,
    /// Something is to be put right, and by when (TRN-09).
    CorrectionAsked,
    /// What was put right has come (TRN-02).
    Corrected,
    /// Staff changed what was said with it (FLD-14).
    DetailsChanged,
    /// Details are missing or wrong; tolerated this time (TRN-09, TRN-12).
    DetailsWarning,
    /// Nobody came, or could be reached (OMB-20).
    Missed,
    /// Today will not reach them: an offer of another time (FLD-35).
    WillNotBeReached,
    /// The day ended before they were served: an offer of another time (FLD-35).
    NotServed,
    /// They were served, and are asked how it was, where the office wants to know (FLD-25).
    Opinion,
}

impl Mail {
    /// When it goes out that is owed at `at`. Nobody is asked how it was before the clerk can no longer undo the end.
    #[must_use]
    pub fn due(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        match self.later {
            Some(later) => later.at,
            None if self.kind == MailKind::Opinion => over_for_good(at),
            None => at,
        }
    }

    /// Whether it asks how it was while that is not over for good: the clerk has taken the end back, or may still do so.
    #[must_use]
    pub fn asks_too_soon(&self, office: &Office, now: DateTime<Utc>) -> bool {
        let visit = office.bookings.get(&self.booking).and_then(|booking| booking.life.visit());
        let state = visit.and_then(|visit| office.visits.get(&visit)).map(|visit| &visit.state);
        let served = matches!(state, Some(VisitState::Finished { at, .. }) if now >= over_for_good(*at));
        self.kind == MailKind::Opinion && !served
    }

    /// Whether it would remind somebody of what they were told at `made_at`, only just before.
    #[must_use]
    pub fn reminds_too_soon(&self, made_at: DateTime<Utc>) -> bool {
        let soonest = made_at.checked_add_signed(TimeDelta::hours(REMINDED_AFTER_HOURS));
        self.kind == MailKind::Reminder && self.later.zip(soonest).is_some_and(|(later, soonest)| later.at < soonest)
    }
}

/// When no clerk can undo any more what ended at `at`.
fn over_for_good(at: DateTime<Utc>) -> DateTime<Utc> {
    at.checked_add_signed(TimeDelta::seconds(UNDO_SECONDS)).unwrap_or(at)
}

/// What a mail claims, and so how long it has a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MailClaim {
    /// The booking stands.
    Stands,
    /// The office gave it up.
    GivenUp,
    /// Something about the day of the booking.
    OfDay,
    /// Something that is over, and stays so.
    Over,
    /// Something that is asked on the page of a visit, which goes with its day.
    Asked,
}

impl MailKind {
    /// Every kind, the most usual first.
    pub const ALL: [Self; 16] = [
        Self::Confirmation,
        Self::Moved,
        Self::MovedByOffice,
        Self::Reminder,
        Self::Cancelled,
        Self::CancelledByOffice,
        Self::CancelledByLateness,
        Self::Void,
        Self::CorrectionAsked,
        Self::Corrected,
        Self::DetailsChanged,
        Self::DetailsWarning,
        Self::Missed,
        Self::WillNotBeReached,
        Self::NotServed,
        Self::Opinion,
    ];

    const fn claim(self) -> MailClaim {
        match self {
            Self::Confirmation
            | Self::Moved
            | Self::MovedByOffice
            | Self::Reminder
            | Self::CorrectionAsked
            | Self::Corrected
            | Self::DetailsChanged
            | Self::DetailsWarning => MailClaim::Stands,
            Self::CancelledByOffice => MailClaim::GivenUp,
            Self::WillNotBeReached => MailClaim::OfDay,
            Self::Cancelled | Self::CancelledByLateness | Self::Void | Self::Missed | Self::NotServed => {
                MailClaim::Over
            }
            Self::Opinion => MailClaim::Asked,
        }
    }

    /// Whether it says that a booking stands.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self.claim(), MailClaim::Stands)
    }

    /// Whether it has still a meaning, if it could not leave earlier: nobody is told that a booking stands which was given up
    /// since, is in the past, or whose person has come; nor that it was given up, once they have set that right (FLD-33).
    #[must_use]
    pub fn has_meaning(self, booking: Option<&Booking>, now: DateTime<Utc>) -> bool {
        let Some(Booking { life, promise, .. }) = booking else {
            return match self.claim() {
                MailClaim::Stands | MailClaim::Asked => false,
                MailClaim::GivenUp | MailClaim::OfDay | MailClaim::Over => true,
            };
        };
        match self.claim() {
            MailClaim::Stands => matches!(life, BookingLife::Confirmed { .. }) && now < promise.start,
            MailClaim::GivenUp => !life.keeps_time(),
            MailClaim::OfDay => {
                now < promise.start.checked_add_signed(TimeDelta::hours(OF_THE_DAY_HOURS)).unwrap_or(promise.start)
            }
            MailClaim::Over => true,
            MailClaim::Asked => matches!(life, BookingLife::Arrived { .. }),
        }
    }
}

/// The mails that follow from an event. `office` is the office as it is right after the event.
#[must_use]
pub fn mails(office: &Office, event: &Event) -> Vec<Mail> {
    let mut mails: Vec<Mail> = mail(office, &event.kind).into_iter().collect();
    let promised = match &event.kind {
        EventKind::Booking(event) => promised_anew(event),
        EventKind::House(_) | EventKind::Visit(_) | EventKind::Desk(_) => None,
    };
    if let Some(booking) = promised.and_then(|booking| office.bookings.get(&booking)) {
        mails.extend(reminders(office, booking, event.at));
    }
    mails
}

/// The booking that an event promises a time to, or another one.
const fn promised_anew(event: &BookingEvent) -> Option<BookingId> {
    match event {
        BookingEvent::Confirmed { booking, .. }
        | BookingEvent::Moved { booking, .. }
        | BookingEvent::ChosenAnew { booking, .. } => Some(*booking),
        BookingEvent::Booked(booking) => Some(booking.id),
        BookingEvent::Held { .. }
        | BookingEvent::HoldExtended { .. }
        | BookingEvent::Entrusted { .. }
        | BookingEvent::HoldEnded { .. }
        | BookingEvent::Cancelled { .. }
        | BookingEvent::Voided { .. }
        | BookingEvent::CorrectionAsked { .. }
        | BookingEvent::Corrected { .. }
        | BookingEvent::DetailsChanged { .. }
        | BookingEvent::Missed { .. } => None,
    }
}

/// The reminders of a booking that are still ahead, in the office's zone (FLD-13). They are owed at once, so that no
/// restart forgets or repeats them.
fn reminders(office: &Office, booking: &Booking, now: DateTime<Utc>) -> Vec<Mail> {
    let (Some(config), Some(party)) = (&office.config, booking.life.party()) else { return Vec::new() };
    let online = &config.rules.online;
    let date = calendar::local_date(config.zone, booking.promise.start);
    let hour = NaiveTime::from_hms_opt(online.reminder_hour.into(), 0, 0).unwrap_or_default();
    let days = online.reminder_days_before.iter().filter(|days| **days > 0);
    let at = days.filter_map(|days| date.checked_sub_days(Days::new(u64::from(*days))));
    at.map(|date| calendar::instant_from(config.zone, date.and_time(hour)))
        .filter(|at| *at > now)
        .filter_map(|at| {
            let mail = to(booking.id, party, MailKind::Reminder)?;
            Some(Mail { later: Some(LaterMail { at, sequence: booking.sequence }), ..mail })
        })
        .collect()
}

/// What follows at once. No event is followed by more than one such mail: who else is told is the hub's affair.
fn mail(office: &Office, kind: &EventKind) -> Option<Mail> {
    match kind {
        EventKind::House(event) => after_house_event(office, event),
        EventKind::Booking(event) => after_booking_event(office, event),
        EventKind::Visit(event) => after_visit_event(office, event),
        EventKind::Desk(_) => None,
    }
}

fn after_house_event(office: &Office, event: &HouseEvent) -> Option<Mail> {
    match event {
        HouseEvent::Tolerated { rule: Rule::Void, booking, .. } => about(office, (*booking)?, MailKind::DetailsWarning),
        HouseEvent::Tolerated { rule: Rule::Late | Rule::NoShow | Rule::Documents | Rule::WalkIn, .. }
        | HouseEvent::Configured(_)
        | HouseEvent::Suspended(_)
        | HouseEvent::Resumed { .. }
        | HouseEvent::HelpRung { .. }
        | HouseEvent::HelpAccepted { .. }
        | HouseEvent::HelpEnded { .. }
        | HouseEvent::OutageNoted { .. }
        | HouseEvent::DayOpened { .. }
        | HouseEvent::DayClosed { .. }
        | HouseEvent::NumbersLeased { .. }
        | HouseEvent::NumbersReturned { .. }
        | HouseEvent::ConflictNoted(_)
        | HouseEvent::ConflictSettled { .. } => None,
    }
}

fn after_booking_event(office: &Office, event: &BookingEvent) -> Option<Mail> {
    match event {
        BookingEvent::Confirmed { booking, .. } => about(office, *booking, MailKind::Confirmation),
        BookingEvent::Booked(booking) => to(booking.id, booking.life.party()?, MailKind::Confirmation),
        BookingEvent::Moved { booking, from, by, .. } => {
            let kind = match by {
                MovedBy::Citizen => MailKind::Moved,
                MovedBy::Office => MailKind::MovedByOffice,
            };
            Some(Mail { was: Some(*from), ..about(office, *booking, kind)? })
        }
        BookingEvent::ChosenAnew { booking, from, .. } => {
            Some(Mail { was: Some(*from), ..about(office, *booking, MailKind::Moved)? })
        }
        BookingEvent::Cancelled { booking, by, .. } => about(
            office,
            *booking,
            match by {
                CancelledBy::Citizen | CancelledBy::Staff => MailKind::Cancelled,
                CancelledBy::Office => MailKind::CancelledByOffice,
                CancelledBy::Lateness => MailKind::CancelledByLateness,
            },
        ),
        BookingEvent::Voided { booking, .. } => about(office, *booking, MailKind::Void),
        BookingEvent::CorrectionAsked { booking, .. } => about(office, *booking, MailKind::CorrectionAsked),
        BookingEvent::Corrected { booking, .. } => about(office, *booking, MailKind::Corrected),
        BookingEvent::DetailsChanged { booking } => about(office, *booking, MailKind::DetailsChanged),
        BookingEvent::Missed { booking } => about(office, *booking, MailKind::Missed),
        BookingEvent::Held { .. }
        | BookingEvent::HoldExtended { .. }
        | BookingEvent::Entrusted { .. }
        | BookingEvent::HoldEnded { .. } => None,
    }
}

fn after_visit_event(office: &Office, event: &VisitEvent) -> Option<Mail> {
    match event {
        VisitEvent::ToldUnreachable { visit } => about_visit(office, *visit, MailKind::WillNotBeReached),
        VisitEvent::Unserved { visit } => about_visit(office, *visit, MailKind::NotServed),
        VisitEvent::Finished { visit, .. } => {
            let asks = office.config.as_ref().is_some_and(|config| config.rules.online.opinion_mail);
            asks.then(|| about_visit(office, *visit, MailKind::Opinion)).flatten()
        }
        VisitEvent::CheckedIn(_)
        | VisitEvent::TicketTaken(_)
        | VisitEvent::CameDirectly(_)
        | VisitEvent::OutageVisitEntered(_)
        | VisitEvent::BookingFound { .. }
        | VisitEvent::ServedOnPaper { .. }
        | VisitEvent::TimeFixed { .. }
        | VisitEvent::Ranked { .. }
        | VisitEvent::Amended { .. }
        | VisitEvent::Wished { .. }
        | VisitEvent::NoteSet { .. }
        | VisitEvent::Left { .. }
        | VisitEvent::LeftUndone { .. }
        | VisitEvent::CameBack { .. }
        | VisitEvent::Called { .. }
        | VisitEvent::Recalled { .. }
        | VisitEvent::PutBack { .. }
        | VisitEvent::Appeared { .. }
        | VisitEvent::NoShow { .. }
        | VisitEvent::AttemptFailed { .. }
        | VisitEvent::ShownRecorded { .. }
        | VisitEvent::Interrupted { .. }
        | VisitEvent::Parked { .. }
        | VisitEvent::Transferred { .. }
        | VisitEvent::StepUndone { .. } => None,
    }
}

/// About a booking, to whom it is promised.
fn about(office: &Office, booking: BookingId, kind: MailKind) -> Option<Mail> {
    to(booking, office.bookings.get(&booking).map(|booking: &Booking| &booking.life)?.party()?, kind)
}

/// About the booking of a visit; who came without one has no address.
fn about_visit(office: &Office, visit: VisitId, kind: MailKind) -> Option<Mail> {
    match office.visits.get(&visit)?.origin {
        Origin::Booked { booking, .. } => about(office, booking, kind),
        Origin::WalkIn | Origin::Direct | Origin::Outage => None,
    }
}

const fn to(booking: BookingId, party: &Party, kind: MailKind) -> Option<Mail> {
    Some(Mail { kind, booking, person: party.person, language: party.language, later: None, was: None })
}
