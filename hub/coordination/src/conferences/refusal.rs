//! Why something about a conference has no effect, and the sentence that says so.

use acts::Fault;
use body::{ConferenceRefusal, SeriesFlaw};
use chrono::{DateTime, NaiveDateTime, Utc};
use office::calendar::instant_from;
use text::Dates;
use wire::ProblemCode;

/// Why something about a conference has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConferenceFlaw {
    /// There is none of this name, or it is nobody's whom it is shown to.
    NotFound,
    /// This body holds no conferences.
    NotHeld,
    /// They are no coordinator.
    NoCoordinator,
    /// No title was written.
    TitleMissing,
    /// A text is longer than can be kept.
    TooLong,
    /// It is held at no address that leads anywhere by TLS.
    BadAddress,
    /// Some of those who are to be invited have no address.
    BadAddresses(Vec<String>),
    /// Names alone, of which the coordinator invited more than one person.
    NamesOfMany(Vec<String>),
    /// More were pasted than are read.
    TooManyAddresses,
    /// A day or an hour is none.
    BadTime,
    /// There is no such unit.
    UnknownUnit,
    /// They have planned as many as can be ahead.
    TooManyAhead,
    /// There is no such series.
    Series(SeriesFlaw),
    /// The rules say no; of one of a series, to which.
    Rule(ConferenceRefusal, Option<DateTime<Utc>>),
}

impl From<ConferenceRefusal> for ConferenceFlaw {
    fn from(refusal: ConferenceRefusal) -> Self {
        Self::Rule(refusal, None)
    }
}

impl ConferenceFlaw {
    /// In words.
    #[must_use]
    pub fn said(&self, dates: Dates) -> String {
        let voice = dates.voice;
        match self {
            Self::NotFound => voice.say("conference-not-found"),
            Self::NotHeld => voice.say("conference-not-held"),
            Self::NoCoordinator => voice.say("conference-no-coordinator"),
            Self::TitleMissing => voice.say("conference-title-missing"),
            Self::TooLong => voice.say("conference-text-too-long"),
            Self::BadAddress => voice.say("conference-address-wrong"),
            Self::BadAddresses(wrong) => voice.text("conference-addresses-wrong", "list", &wrong.join(" · ")),
            Self::NamesOfMany(names) => voice.text("conference-names-of-many", "list", &names.join(" · ")),
            Self::TooManyAddresses => voice.say("conference-addresses-too-many"),
            Self::BadTime => voice.say("conference-time-wrong"),
            Self::UnknownUnit => voice.say("conference-unit-unknown"),
            Self::TooManyAhead => voice.say("conference-too-many-ahead"),
            Self::Series(SeriesFlaw::Times | SeriesFlaw::NoDates) => voice.say("conference-series-times"),
            Self::Series(SeriesFlaw::NoSuchDay { months }) => {
                let months: Vec<String> = months.iter().map(|month| month.format("%m/%Y").to_string()).collect();
                voice.text("conference-series-no-day", "months", &months.join(", "))
            }
            Self::Rule(refusal, at) => {
                let said = of_rule(*refusal, dates);
                match at {
                    Some(at) => {
                        format!("{} {said}", voice.text("conference-series-none", "when", &dates.day_and_time(*at)))
                    }
                    None => said,
                }
            }
        }
    }

    /// As a door says it that has no form to say it on.
    #[must_use]
    pub fn fault(&self, dates: Dates) -> Fault {
        let code = match self {
            Self::NotFound | Self::NotHeld => ProblemCode::NotFound,
            Self::NoCoordinator | Self::Rule(..) => ProblemCode::NotAllowed,
            Self::TitleMissing
            | Self::TooLong
            | Self::BadAddress
            | Self::BadAddresses(_)
            | Self::NamesOfMany(_)
            | Self::TooManyAddresses
            | Self::BadTime
            | Self::UnknownUnit
            | Self::TooManyAhead
            | Self::Series(_) => ProblemCode::Malformed,
        };
        let words = text::both(|voice| self.said(Dates { voice, ..dates }));
        Fault { words: Some(words), ..code.into() }
    }
}

fn of_rule(refusal: ConferenceRefusal, dates: Dates) -> String {
    let voice = dates.voice;
    let local = |at: NaiveDateTime| dates.day_and_time(instant_from(dates.zone, at));
    match refusal {
        ConferenceRefusal::UnknownConference => voice.say("conference-not-found"),
        ConferenceRefusal::UnknownParticipant => voice.say("conference-nobody"),
        ConferenceRefusal::NotAllowed => voice.say("conference-not-for-it"),
        ConferenceRefusal::NotYours => voice.say("conference-not-yours"),
        ConferenceRefusal::Cancelled => voice.say("conference-is-cancelled"),
        ConferenceRefusal::Over => voice.say("conference-is-over"),
        ConferenceRefusal::TooShort => voice.say("conference-too-short"),
        ConferenceRefusal::TooLong => voice.say("conference-too-long"),
        ConferenceRefusal::InPast => voice.say("conference-in-past"),
        ConferenceRefusal::TooFar => voice.say("conference-too-far"),
        ConferenceRefusal::Begun => voice.say("conference-has-begun"),
        ConferenceRefusal::BadPlaces { most } => voice.with("conference-bad-places", "most", most),
        ConferenceRefusal::RoomTooSmall { most } => voice.with("conference-room-small", "most", most),
        ConferenceRefusal::NoPlaceLeft { places } => voice.with("conference-no-place", "places", places),
        ConferenceRefusal::Maintenance { from, to } => {
            let times = [("from", local(from).into()), ("to", local(to).into())];
            voice.say_with("conference-maintenance", times)
        }
        ConferenceRefusal::RoomsFull { at } => voice.text("conference-rooms-full", "when", &dates.day_and_time(at)),
        ConferenceRefusal::PlacesFull { at, left } => {
            let values = [("when", dates.day_and_time(at).into()), ("left", left.into())];
            voice.say_with("conference-places-full", values)
        }
        ConferenceRefusal::NotYet => voice.say("conference-not-yet"),
        ConferenceRefusal::Locked => voice.say("conference-locked-now"),
        ConferenceRefusal::TooManySteps => voice.say("conference-too-many-steps"),
    }
}
