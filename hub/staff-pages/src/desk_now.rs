//! What stands around the visit in hand: what was done last there, for as long as it can be undone; what they need and have to
//! show; and how far it has come, with how much time is left.

use chrono::{DateTime, Utc};
use office::{
    DeskId, DeskStep, LastStep, Office, OfficeConfig, PublicId, Stint, Visit, VisitId,
    order::{next_promise, wait_limits},
};
use people::needs_line;
use post::document;
use secrets::draw_id;
use text::{Dates, Voice};
use uuid::Uuid;

/// What was done last at a desk, offered to be undone.
pub struct UndoOffer {
    /// What was done, in a sentence.
    pub said: String,
    /// Its name in the form.
    pub step: &'static str,
    /// The visit that it was about, or nothing.
    pub visit: String,
    /// So many milliseconds are left.
    pub left: i64,
    /// The id of the command that would undo it.
    pub command: String,
}

impl UndoOffer {
    /// What can be undone at a desk now, if anything can.
    pub fn of(office: &Office, desk: DeskId, now: DateTime<Utc>, voice: Voice) -> Option<Self> {
        let last = office.desks.get(&desk)?.last.as_ref().filter(|last| now < last.until())?;
        let visit = last.visit.and_then(|visit| office.visits.get(&visit));
        Some(Self {
            said: said(office, last, voice),
            step: name(last.step),
            visit: visit.map(|visit| visit.public.0.to_string()).unwrap_or_default(),
            left: (last.until() - now).num_milliseconds(),
            command: draw_id().to_string(),
        })
    }
}

/// A step's name, as the journal and the API spell it.
const fn name(step: DeskStep) -> &'static str {
    match step {
        DeskStep::Call => "call",
        DeskStep::Finish => "finish",
        DeskStep::NoShow => "no-show",
        DeskStep::Park => "park",
        DeskStep::Transfer => "transfer",
        DeskStep::Break => "break",
    }
}

fn said(office: &Office, last: &LastStep, voice: Voice) -> String {
    let number = |id: Option<VisitId>| id.and_then(|id| office.visits.get(&id)).map(|visit| visit.number.to_string());
    let of = last.visit;
    let about = |id: &str| voice.text(id, "number", &number(of).unwrap_or_default());
    match (last.step, last.called) {
        (DeskStep::Finish, Some(called)) => {
            let next = number(Some(called)).unwrap_or_default();
            let values = [("number", number(of).unwrap_or_default().into()), ("next", next.into())];
            voice.say_with("desk-undo-finish-and-call", values)
        }
        (DeskStep::Finish, None) => about("desk-undo-finish"),
        (DeskStep::Call, _) => about("desk-undo-call"),
        (DeskStep::NoShow, _) => about("desk-undo-no-show"),
        (DeskStep::Park, _) => about("desk-undo-park"),
        (DeskStep::Transfer, _) => about("desk-undo-transfer"),
        (DeskStep::Break, _) => voice.say("desk-undo-break"),
    }
}

/// What a clerk must know of the visit in hand that leads to nobody.
pub struct InHand {
    /// What they need (FLD-34).
    pub needs: Option<String>,
    /// More persons or cases than one (FLD-32).
    pub several: Option<String>,
    /// What the service asks people to show.
    pub documents: Vec<String>,
    /// How far it has come; none at a desk that holds nobody.
    pub ring: Option<TimeRing>,
}

/// How far the visit in hand has come, and how much time is left before the next booked one (TRN-04).
pub struct TimeRing {
    /// Since when the desk has it, in milliseconds.
    pub from: i64,
    /// So many minutes have passed.
    pub passed: i64,
    /// The minutes that are planned.
    pub planned: u16,
    /// How much of the plan has passed, of a hundred.
    pub percent: i64,
    /// When the next booked one is, and how much time is left until then.
    pub next: Option<String>,
    /// Less is left than is still planned.
    pub is_short: bool,
}

impl InHand {
    /// What is to be known of a visit.
    pub fn of(office: &Office, config: &OfficeConfig, public: Uuid, desk: DeskId, dates: Dates) -> Option<Self> {
        let visit = visit_of(office, public)?;
        let voice = dates.voice;
        let documents = config.services.get(&visit.service).map(|service| service.documents.as_slice());
        Some(Self {
            needs: needs_line(&visit.needs, voice).map(|(_, needs)| needs),
            several: several(visit, voice),
            documents: documents.unwrap_or_default().iter().map(|one| document(one, voice)).collect(),
            ring: TimeRing::of(office, visit, desk, dates),
        })
    }
}

impl TimeRing {
    fn of(office: &Office, visit: &Visit, desk: DeskId, dates: Dates) -> Option<Self> {
        let (since, _) = visit.state.in_hand()?;
        let (passed, planned) = ((dates.now - since).num_minutes().max(0), i64::from(visit.planned_minutes));
        let promise = next_promise(office, desk, dates.now);
        let left = promise.map(|promise| (promise - dates.now).num_minutes());
        let next = promise.zip(left).map(|(promise, left)| {
            let at = dates.time(promise);
            match u32::try_from(left) {
                Ok(left) if promise > dates.now => {
                    dates.voice.say_with("desk-next-booked", [("at", at.into()), ("n", left.into())])
                }
                Ok(_) | Err(_) => dates.voice.text("desk-next-booked-waits", "at", &at),
            }
        });
        Some(Self {
            from: since.timestamp_millis(),
            passed,
            planned: visit.planned_minutes,
            percent: (passed * 100 / planned.max(1)).min(100),
            next,
            is_short: left.is_some_and(|left| left < planned - passed),
        })
    }
}

/// How long somebody in the list has waited, and from when on that is long.
pub struct WaitedTime {
    /// When they came, in milliseconds.
    pub from: i64,
    /// So many minutes ago.
    pub minutes: i64,
    /// After so many minutes it is long.
    pub long: i64,
    /// After so many it is too long.
    pub too_long: i64,
    /// The class by which that is seen.
    pub class: &'static str,
}

impl WaitedTime {
    /// How long a visit has waited.
    pub fn of(office: &Office, config: &OfficeConfig, public: Uuid, now: DateTime<Utc>) -> Option<Self> {
        let visit = visit_of(office, public)?;
        let limits = wait_limits(&config.rules, visit);
        let since_coming = |at: DateTime<Utc>| (at - visit.arrived_at).num_minutes();
        let (minutes, long, too_long) =
            (since_coming(now).max(0), since_coming(limits.long), since_coming(limits.too_long));
        let class = match minutes {
            minutes if minutes >= too_long => "is-too-long",
            minutes if minutes >= long => "is-long",
            _ => "",
        };
        Some(Self { from: visit.arrived_at.timestamp_millis(), minutes, long, too_long, class })
    }
}

/// A clerk's own day at a desk, in words: for that clerk alone.
pub struct OwnStint {
    /// Since when, and how many.
    pub served: String,
    /// How long people usually took.
    pub usual: Option<String>,
}

impl OwnStint {
    /// That of who serves at a desk.
    pub fn of(office: &Office, desk: DeskId, dates: Dates) -> Option<Self> {
        let stint = Stint::of(office, desk)?;
        let served = u32::try_from(stint.served).unwrap_or(u32::MAX);
        let values = [("since", dates.time(stint.since).into()), ("n", served.into())];
        let minutes = stint.median_seconds.and_then(|seconds| u32::try_from(seconds / 60).ok());
        Some(Self {
            served: dates.voice.say_with("stint-served", values),
            usual: minutes.map(|minutes| dates.voice.count("stint-usual", minutes)),
        })
    }
}

fn visit_of(office: &Office, public: Uuid) -> Option<&Visit> {
    office.visits_by_public.get(&PublicId(public)).and_then(|id| office.visits.get(id))
}

/// «2 πρόσωπα · 3 υποθέσεις», where there are several.
fn several(visit: &Visit, voice: Voice) -> Option<String> {
    let persons = (visit.persons > 1).then(|| voice.count("desk-persons", visit.persons));
    let cases = (visit.cases > 1).then(|| voice.count("desk-cases", visit.cases));
    let said: Vec<String> = persons.into_iter().chain(cases).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_01_a_step_is_named_in_the_form_as_the_api_names_it() {
        let all =
            [DeskStep::Call, DeskStep::Finish, DeskStep::NoShow, DeskStep::Park, DeskStep::Transfer, DeskStep::Break];
        for step in all {
            let read: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
                serde::de::IntoDeserializer::into_deserializer(name(step));
            assert_eq!(<DeskStep as serde::Deserialize>::deserialize(read), Ok(step));
        }
    }
}
