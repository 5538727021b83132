//! Whom a change of hours or a closure touches, as its page shows them; what is chosen for each; and who changed what before
//! (FLD-15).

use std::collections::BTreeMap;

use acts::{CalendarEdit, ClosingRemedy, Displacement, Fault, LookGrant, LookKind, displacements, judge};
use chrono::{DateTime, Utc};
use office::{BookingId, CivilInstant, OfficeConfig, calendar::local_date};
use secrets::{draw_id, readable};
use stationery::{
    day_rows::{DayRows, day_rows},
    signed::StaffVisitor,
};
use store::{HoursEdit, Person};
use text::Dates;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{
    bookings::{known::page_of, search::people_of},
    calendar_line::{closure_line, hours_line},
};

/// So many changes are shown.
const CHANGES_SHOWN_MAX: u32 = 30;

/// What a change would do.
pub struct Preview {
    /// The change, in words.
    pub what: String,
    /// Whom it touches, by day.
    pub days: Vec<DayRows<PreviewRow>>,
    /// How many they are.
    pub count: u16,
    /// The id of the command that the form would send.
    pub command: String,
}

/// A booking that is touched.
pub struct PreviewRow {
    /// Its number.
    pub id: String,
    /// Its page.
    pub href: String,
    /// Its code.
    pub reference: String,
    /// The time of day.
    pub time: String,
    /// The name of whoever is expected.
    pub name: String,
    /// The service that was booked.
    pub service: String,
    /// The next time that they could have: for the hub, and for people.
    pub instead: Option<(String, String)>,
}

impl Preview {
    /// Works out whom a configuration touches: on a copy, so that neither the writer nor other readers wait for it.
    ///
    /// # Errors
    /// If the people cannot be read, or the look not be kept.
    pub async fn of(
        signed: &StaffVisitor,
        handle: &OfficeHandle,
        config: &OfficeConfig,
        changed: &OfficeConfig,
        what: String,
    ) -> Result<Self, Fault> {
        let state = &signed.visitor.state;
        let (office, changed, now) = (handle.read().clone(), changed.clone(), state.clock.now());
        judge(&office, &changed, now)?;
        let found = tokio::task::spawn_blocking(move || displacements(&office, &changed, now)).await;
        let found = found.map_err(|_| Fault::from(ProblemCode::Unavailable))?;
        let bookings: Vec<_> = found.iter().map(|one| one.booking.clone()).collect();
        let people = people_of(state, &bookings).await?;
        let look = LookGrant::new(signed.session.account.id, handle.row, LookKind::List);
        LookGrant { names: Some(found.len()), ..look }.keep(&state.ledger).await?;
        let dates = Dates { voice: signed.visitor.voice, zone: config.zone, now };
        let row = |(Displacement { booking, instead }, person): (Displacement, Option<Person>)| {
            let service = config.services.get(&booking.promise.service);
            let row = PreviewRow {
                id: booking.id.to_string(),
                href: page_of(&config.key, &booking.reference).to_string(),
                reference: readable(&booking.reference),
                time: dates.time(booking.promise.start),
                name: person.and_then(|person| person.name).unwrap_or_default(),
                service: service.map(|service| dates.voice.of_text(&service.name)).unwrap_or_default(),
                instead: instead.map(|start| (start.to_rfc3339(), dates.day_and_time(start))),
            };
            (booking.promise.start, row)
        };
        let count = u16::try_from(found.len()).unwrap_or(u16::MAX);
        let days = day_rows(found.into_iter().zip(people).map(row), dates, local_date(config.zone, now));
        Ok(Self { what, days, count, command: draw_id().to_string() })
    }
}

/// What was chosen in a form for those who are touched.
pub fn remedies(fields: &BTreeMap<String, String>) -> Vec<(BookingId, ClosingRemedy)> {
    fields.iter().filter_map(|(name, value)| remedy(name, value)).collect()
}

/// The choice that a field stands for; who is to be left is not named.
fn remedy(name: &str, value: &str) -> Option<(BookingId, ClosingRemedy)> {
    let booking = BookingId(name.strip_prefix("booking-")?.parse::<u64>().ok()?);
    match value {
        "cancel" => Some((booking, ClosingRemedy::Cancel)),
        "leave" => None,
        start => Some((booking, ClosingRemedy::Move(start.parse::<CivilInstant>().ok()?))),
    }
}

/// Who changed hours and closures, when, and how: the newest first.
pub async fn history(signed: &StaffVisitor, handle: &OfficeHandle, config: &OfficeConfig, dates: Dates) -> Vec<String> {
    let state = &signed.visitor.state;
    let row = handle.row;
    let edits = state.readers.read(move |store| store.hours_edits(row, CHANGES_SHOWN_MAX)).await.unwrap_or_default();
    let accounts = state.access.accounts.all();
    let who = |id: u32| accounts.iter().find(|one| one.id == id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let said = |(at, edit): (DateTime<Utc>, HoursEdit)| {
        let (id, what) = match CalendarEdit::of(&edit)? {
            CalendarEdit::Closed(closure) => ("history-closed", closure_line(config, &closure, dates)),
            CalendarEdit::Opened(closure) => ("history-opened", closure_line(config, &closure, dates)),
            CalendarEdit::Changed(change) => ("history-hours", hours_line(config, &change, dates)),
            CalendarEdit::Undone(change) => ("history-hours-undone", hours_line(config, &change, dates)),
        };
        let values = [("at", dates.day_and_time(at).into()), ("who", who(edit.account).into()), ("what", what.into())];
        Some(dates.voice.say_with(id, values))
    };
    edits.into_iter().filter_map(said).collect()
}
