//! What agents booked and is over (TRN-07): a booking leaves the office's memory with its day, an agent's list keeps it. Each
//! row follows from the journal and holds ids alone.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context;
use office::{AddressId, Audience, Booking, BookingLife, Event, EventKind, HouseEvent, Office, ServiceId};
use serde::{Deserialize, Serialize};

use store::{PastRow, Store};

use crate::fold::nothing;

/// A booking of an agent that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastBooking {
    /// Its code.
    pub reference: String,
    /// The service that was booked.
    pub service: ServiceId,
    /// How it ended.
    pub ended: BookingEnd,
    /// Whose it was: the agent's own, or a citizen's.
    pub address: Option<AddressId>,
}

impl PastBooking {
    /// What is known of a booking that is over; none where it was kept by a version that nobody reads any more.
    #[must_use]
    pub fn of(row: &PastRow) -> Option<Self> {
        serde_json::from_str(&row.body).ok()
    }
}

/// How a booking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookingEnd {
    /// Somebody came, or was called.
    Arrived,
    /// It was given up.
    Cancelled,
    /// It was void.
    Void,
    /// Nobody came.
    Missed,
}

/// The agents' bookings that an event may take out of an office's memory.
#[derive(Debug)]
pub struct LeavingBookings(Vec<Booking>);

impl LeavingBookings {
    /// Asked before the event is applied.
    pub fn before(office: &Office, event: &Event) -> Self {
        if !matches!(event.kind, EventKind::House(HouseEvent::DayClosed { .. })) {
            return Self(Vec::new());
        }
        let of_agents = |booking: &&Booking| matches!(booking.promise.audience, Audience::Agent(_));
        Self(office.bookings.values().filter(of_agents).cloned().collect())
    }

    /// Those that it has taken out, as rows; asked after it was applied.
    pub fn after(self, office: &Office) -> impl Iterator<Item = PastRow> {
        let gone = self.0.into_iter().filter(|booking| !office.bookings.contains_key(&booking.id));
        gone.filter_map(|booking| row(&booking))
    }
}

/// One row; none for a time that was never booked.
fn row(booking: &Booking) -> Option<PastRow> {
    let Audience::Agent(agent) = booking.promise.audience else { return None };
    let ended = match &booking.life {
        BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => BookingEnd::Arrived,
        // The night finds nobody who still waits for their day; should one be left, nobody came.
        BookingLife::Confirmed { .. } | BookingLife::Missed { .. } => BookingEnd::Missed,
        BookingLife::Cancelled { .. } => BookingEnd::Cancelled,
        BookingLife::Void { .. } => BookingEnd::Void,
        BookingLife::Held { .. } | BookingLife::Expired { .. } => return None,
    };
    let past = PastBooking {
        reference: booking.reference.0.clone(),
        service: booking.promise.service,
        ended,
        address: booking.life.party().and_then(|party| party.address),
    };
    Some(PastRow {
        booking: booking.id,
        agent: agent.0,
        start: booking.promise.start,
        body: serde_json::to_string(&past).ok()?,
    })
}

/// Looks the journals of offices with agents through, once in the life of a file: an older hub kept no such rows.
///
/// # Errors
/// If the file cannot be read or written, or a journal is broken.
pub fn fill(store: &Store) -> anyhow::Result<()> {
    if store.has_all_past()? {
        return Ok(());
    }
    let mut all = Vec::new();
    let moment = store.moment()?;
    for (office, key) in moment.offices()? {
        if moment.agents_of(office)?.is_empty() {
            continue;
        }
        let folded = catch_unwind(AssertUnwindSafe(|| {
            let mut whole = nothing();
            moment.events(office, 0, u64::MAX, |stored| {
                let event = stored.event().with_context(|| format!("office {key}"))?;
                let leaving = LeavingBookings::before(&whole.office, &event);
                office::apply(&mut whole.office, &event);
                all.extend(leaving.after(&whole.office).map(|past| (office, past)));
                Ok(())
            })
        }));
        // Its office is set aside; the journals are looked through again by a version that can fold it.
        let Ok(folded) = folded else { return Ok(()) };
        folded?;
    }
    drop(moment);
    store.keep_all_past(&all)?;
    Ok(())
}
