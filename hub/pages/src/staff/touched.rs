//! Whom a change of hours or a closure touches, as its page shows them; what is chosen for each; and who changed what before
//! (FLD-15).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use office::{Audience, BookingId, CancelledBy, Closure, Command, HoursChange, OfficeConfig, Refusal};
use serde::Serialize;

use super::{
    bookings::{known::href, search::people_of},
    closures, hours,
    signed::Signed,
};
use acts::{Fault, Look, LookKind, Touched, touched};
use secrets::{draw_id, readable};
use store::{HoursEdit, Person};
use text::Dates;
use wire::ProblemCode;
use writer::{Decided, OfficeHandle, Workbench};

/// So many changes are shown.
const CHANGES_SHOWN_MAX: u32 = 30;

/// What a change would do.
pub struct Preview {
    /// The change, in words.
    pub what: String,
    /// Whom it touches.
    pub rows: Vec<TouchedRow>,
    /// How many they are.
    pub count: u16,
    /// The id of the command that the form would send.
    pub command: String,
}

/// A booking that is touched.
pub struct TouchedRow {
    /// Its number.
    pub id: String,
    /// Its page.
    pub href: String,
    /// Its code.
    pub reference: String,
    /// Day and time.
    pub when: String,
    /// Whose it is.
    pub name: String,
    /// What for.
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
        signed: &Signed,
        handle: &OfficeHandle,
        config: &OfficeConfig,
        changed: &OfficeConfig,
        what: String,
    ) -> Result<Self, Fault> {
        let state = &signed.visitor.state;
        let (office, changed, now) = (handle.read().clone(), changed.clone(), state.clock.now());
        let found = tokio::task::spawn_blocking(move || touched(&office, &changed, now)).await;
        let found = found.map_err(|_| Fault::from(ProblemCode::Unavailable))?;
        let bookings: Vec<_> = found.iter().map(|one| one.booking.clone()).collect();
        let people = people_of(state, &bookings).await?;
        let look = Look::new(signed.session.account.id, handle.row, LookKind::List);
        Look { names: Some(found.len()), ..look }.keep(&state.ledger).await?;
        let dates = Dates { voice: signed.visitor.voice, zone: config.zone };
        let row = |(Touched { booking, instead }, person): (Touched, Option<Person>)| {
            let service = config.services.get(&booking.promise.service);
            TouchedRow {
                id: booking.id.to_string(),
                href: href(&config.key, &booking.reference),
                reference: readable(&booking.reference),
                when: dates.day_and_time(booking.promise.start),
                name: person.and_then(|person| person.name).unwrap_or_default(),
                service: service.map(|service| dates.voice.of_text(&service.name)).unwrap_or_default(),
                instead: instead.map(|start| (start.to_rfc3339(), dates.day_and_time(start))),
            }
        };
        let rows: Vec<TouchedRow> = found.into_iter().zip(people).map(row).collect();
        let count = u16::try_from(rows.len()).unwrap_or(u16::MAX);
        Ok(Self { what, rows, count, command: draw_id().to_string() })
    }
}

/// What becomes of a booking that is touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// It has another time.
    Move(DateTime<Utc>),
    /// It is given up; who had it chooses first (FLD-33).
    Cancel,
}

impl Choice {
    /// What was chosen in a form, in the order in which it is decided: who is moved has the proposed time before one is kept
    /// for who chooses later.
    pub fn all(fields: &BTreeMap<String, String>) -> Vec<(BookingId, Self)> {
        let mut all: Vec<_> = fields.iter().filter_map(|(name, value)| Self::of(name, value)).collect();
        all.sort_by_key(|(booking, choice)| (*choice == Self::Cancel, *booking));
        all
    }

    /// The choice that a field stands for.
    fn of(name: &str, value: &str) -> Option<(BookingId, Self)> {
        let booking = BookingId(name.strip_prefix("booking-")?.parse().ok()?);
        match value {
            "cancel" => Some((booking, Self::Cancel)),
            "leave" => None,
            start => Some((booking, Self::Move(start.parse().ok()?))),
        }
    }
}

/// Sets the office up so, and moves or cancels as was chosen.
///
/// # Errors
/// If the office cannot be set up so.
pub fn carry_out(
    bench: &mut Workbench<'_>,
    changed: OfficeConfig,
    choices: Vec<(BookingId, Choice)>,
) -> Result<Decided, Refusal> {
    let mut decided = bench.decide(&Command::Configure(Box::new(changed)))?;
    for (booking, choice) in choices {
        let command = match choice {
            Choice::Cancel => Command::Cancel { booking, by: CancelledBy::Office },
            Choice::Move(start) => Command::Move { booking, start, audience: Audience::Internal },
        };
        // Who has come or cancelled in the meantime is left alone; a time that was taken leaves the booking where it is.
        if let Ok(more) = bench.decide(&command) {
            decided.events.extend(more.events);
            decided.seq = more.seq;
        }
    }
    Ok(decided)
}

/// A change, as it is kept for people to look at.
pub fn edit(signed: &Signed, what: &str, body: &impl Serialize) -> HoursEdit {
    let body = serde_json::to_string(body).unwrap_or_default();
    HoursEdit { account: signed.session.account.id, what: what.to_owned(), body }
}

/// Who changed hours and closures, when, and how: the newest first.
pub async fn history(signed: &Signed, handle: &OfficeHandle, config: &OfficeConfig, dates: Dates) -> Vec<String> {
    let state = &signed.visitor.state;
    let row = handle.row;
    let edits = state.readers.read(move |store| store.hours_edits(row, CHANGES_SHOWN_MAX)).await.unwrap_or_default();
    let accounts = state.access.accounts.all();
    let who = |id: u32| accounts.iter().find(|one| one.id == id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let said = |(at, edit): (DateTime<Utc>, HoursEdit)| {
        let closure = || serde_json::from_str::<Closure>(&edit.body).ok();
        let change = || serde_json::from_str::<HoursChange>(&edit.body).ok();
        let (id, what) = match edit.what.as_str() {
            "closed" => ("history-closed", closures::said(config, &closure()?, dates)),
            "opened" => ("history-opened", closures::said(config, &closure()?, dates)),
            "hours" => ("history-hours", hours::said(config, &change()?, dates)),
            _ => ("history-hours-undone", hours::said(config, &change()?, dates)),
        };
        let values = [("at", dates.day_and_time(at).into()), ("who", who(edit.account).into()), ("what", what.into())];
        Some(dates.voice.say_with(id, values))
    };
    edits.into_iter().filter_map(said).collect()
}
