//! What stands around the visit in hand: what was done last there, for as long as it can be undone.

use chrono::{DateTime, Utc};
use office::{DeskId, DeskStep, LastStep, Office, VisitId};
use secrets::draw_id;
use text::Voice;

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
