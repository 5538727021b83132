//! The time that is kept for somebody while they fill in the form.

use paths::Page;
use std::sync::Arc;

use acts::Fault;
use chrono::{DateTime, Utc};
use office::{Audience, Booking, BookingId, BookingLife, Channel, OfficeConfig, OnlineRules, Promise, Service};
use people::DetailRules;
use stationery::{
    draft::DraftKey,
    houses::marked,
    how::{How, telephone_hint},
};
use text::{Dates, Voice};
use wire::ProblemCode;
use writer::OfficeHandle;

use super::proven::ProvenVisitor;

/// A kept time, as the pages show it.
#[derive(Debug)]
pub struct Hold {
    /// Of which office.
    pub handle: Arc<OfficeHandle>,
    /// The kept time.
    pub booking: BookingId,
    /// Whose draft belongs to it.
    pub draft: DraftKey,
    /// What is kept.
    pub promise: Promise,
    /// The service whose time is kept.
    pub service: Service,
    /// What the office asks.
    pub online: OnlineRules,
    /// What the page shows of it.
    pub shown: HoldBox,
}

impl Hold {
    /// Its page.
    pub fn href(&self) -> String {
        Page::Hold { office: &self.handle.key, booking: self.booking }.to_string()
    }

    /// The page of its last check.
    pub fn review(&self) -> String {
        Page::HoldReview { office: &self.handle.key, booking: self.booking }.to_string()
    }

    /// What must be known to judge its details.
    pub const fn rules(&self, voice: Voice) -> DetailRules<'_> {
        DetailRules { service: &self.service, channel: self.promise.channel, online: &self.online, voice }
    }
}

/// The kept time in words, beside the form.
#[derive(Debug, Clone)]
pub struct HoldBox {
    /// The office's name.
    pub office: String,
    /// Where it is, or how one is served without coming.
    pub place: String,
    /// The service's name.
    pub service: String,
    /// In which way, for how many, how long.
    pub how: String,
    /// Day and time.
    pub when: String,
    /// Kept until then.
    pub until: String,
    /// So many seconds from now.
    pub seconds_left: i64,
    /// Whether it can be kept longer once more.
    pub may_extend: bool,
    /// Where it is kept longer.
    pub extend: String,
    /// Where another time is chosen.
    pub times: String,
}

/// Where somebody stands who asks for a kept time.
#[derive(Debug)]
pub enum HoldCase {
    /// It is kept for them.
    Held(Box<Hold>),
    /// It was, and is no more: the page on which the time is chosen again, and the draft that waits.
    Lapsed(String, DraftKey),
    /// They have booked it already.
    Booked,
}

/// A kept time of this address.
///
/// # Errors
/// If it is not theirs, or is kept no longer.
pub fn find(proven: &ProvenVisitor, key: &str, booking: &str) -> Result<HoldCase, Fault> {
    let visitor = &proven.visitor;
    let handle = visitor.state.office(key)?;
    let id = BookingId(booking.parse::<u64>().map_err(|_| Fault::from(ProblemCode::NotFound))?);
    let office = handle.read();
    let config = office.config.as_ref().ok_or(ProblemCode::Unavailable)?;
    let booking = office.bookings.get(&id).ok_or(ProblemCode::BookingExpired)?;
    let draft = (proven.address, key.to_owned(), id);
    let times = times_of(config, booking).ok_or(ProblemCode::UnknownService)?;
    // What an agent had prepared may have been taken back: whoever looks at it is told so.
    let is_entrusted = proven.agent.is_none() && matches!(booking.promise.audience, Audience::Agent(_));
    let again = || if is_entrusted { format!("{times}&entrusted=1") } else { times.clone() };
    let now = visitor.state.clock.now();
    match &booking.life {
        BookingLife::Held { owner, expires_at, extensions } if *owner == Some(proven.address) => {
            if *expires_at <= now {
                return Ok(HoldCase::Lapsed(again(), draft));
            }
            let may_extend = *extensions < config.rules.hold_extensions_max;
            let hold = hold(proven, Arc::clone(handle), config, booking, (*expires_at, now, may_extend), times);
            Ok(HoldCase::Held(Box::new(hold.ok_or(ProblemCode::UnknownService)?)))
        }
        BookingLife::Confirmed { party } | BookingLife::Arrived { party, .. }
            if party.address == Some(proven.address) =>
        {
            Ok(HoldCase::Booked)
        }
        BookingLife::Held { .. }
        | BookingLife::Confirmed { .. }
        | BookingLife::Arrived { .. }
        | BookingLife::Fixed { .. } => Err(ProblemCode::NotFound.into()),
        // What lapsed names nobody any more; the draft is found by who asks.
        BookingLife::Expired { .. } => Ok(HoldCase::Lapsed(again(), draft)),
        BookingLife::Cancelled { .. } | BookingLife::Void { .. } | BookingLife::Missed { .. } => {
            Err(ProblemCode::BookingExpired.into())
        }
    }
}

/// The page on which another time is chosen for the same, in place of this one.
fn times_of(config: &OfficeConfig, booking: &Booking) -> Option<String> {
    let Promise { service, channel, persons, cases, .. } = booking.promise;
    let service = &config.services.get(&service)?.key;
    let how = How { channel, persons, cases }.query();
    Some(Page::Times { office: &config.key, service }.asking(format!("{how}&again={}", booking.id)))
}

fn hold(
    proven: &ProvenVisitor,
    handle: Arc<OfficeHandle>,
    config: &OfficeConfig,
    booking: &Booking,
    (until, now, may_extend): (DateTime<Utc>, DateTime<Utc>, bool),
    times: String,
) -> Option<Hold> {
    let voice = proven.visitor.voice;
    let dates = Dates { voice, zone: config.zone, now };
    let service = config.services.get(&booking.promise.service)?;
    let Promise { channel, persons, cases, start, .. } = booking.promise;
    let shown = HoldBox {
        office: voice.of_text(&config.name),
        place: match channel {
            Channel::InPerson => voice.of_text(&config.address),
            Channel::Telephone => voice.say(telephone_hint(service)),
            Channel::Teleconference => voice.say("remote-teleconference"),
        },
        service: voice.of_text(&service.name),
        how: How { channel, persons, cases }.said(service, voice),
        when: marked(dates.day_and_time(start), channel, voice),
        until: dates.time(until),
        seconds_left: (until - now).num_seconds().max(0),
        may_extend,
        extend: Page::HoldExtend { office: &handle.key, booking: booking.id }.to_string(),
        times,
    };
    Some(Hold {
        booking: booking.id,
        draft: (proven.address, handle.key.to_string(), booking.id),
        promise: booking.promise.clone(),
        handle,
        service: service.clone(),
        online: config.rules.online.clone(),
        shown,
    })
}
