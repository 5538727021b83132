//! The form of a conference: as it is typed, as it is read, and as it is filled from one that there is.

use body::{
    Conference, ConferenceRefusal, SeriesPace, SeriesWish, UnitId,
    conference::{CONFERENCE_MINUTES_MAX, SERIES_MAX, days, holiday, span_on},
};
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use coordination::conferences::{ConferenceFlaw, ConferenceTexts, plan::WallTimes};
use office::{Calendar, CivilDate, Words};
use serde::Deserialize;
use stationery::{field_choices, time_field::clock_time, visitor::Visitor};
use store::ConferenceWords;
use teleconference::RoomProvider;
use text::Dates;

field_choices! {
    /// How often a conference is.
    PaceChoice {
        /// A single conference.
        Once = "once",
        /// On the same day of each week.
        Weekly = "weekly",
        /// On the same day of each month.
        Monthly = "monthly",
    }
}

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ConferenceForm {
    /// By which the same form is known again.
    #[serde(default)]
    pub request: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default, rename = "title-el")]
    pub title_el: String,
    #[serde(default, rename = "title-en")]
    pub title_en: String,
    #[serde(default, rename = "description-el")]
    pub description_el: String,
    #[serde(default, rename = "description-en")]
    pub description_en: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub day: String,
    #[serde(default)]
    pub begins: String,
    #[serde(default)]
    pub ends: String,
    #[serde(default)]
    pub places: String,
    #[serde(default)]
    pub pace: String,
    #[serde(default)]
    pub times: String,
    #[serde(default)]
    pub invited: String,
    /// Whether it is planned on holidays too.
    #[serde(default)]
    pub sure: String,
}

impl ConferenceForm {
    /// As it is filled from one that there is.
    pub fn of(conference: &Conference, words: &ConferenceWords, zone: Tz) -> Self {
        let (from, until) = (conference.span.from.with_timezone(&zone), conference.span.until.with_timezone(&zone));
        Self {
            unit: conference.unit.map(|unit| unit.to_string()).unwrap_or_default(),
            title_el: words.title.el.clone(),
            title_en: words.title.en.clone(),
            description_el: words.description.el.clone(),
            description_en: words.description.en.clone(),
            address: words.address.clone(),
            day: from.format("%Y-%m-%d").to_string(),
            begins: from.format("%H:%M").to_string(),
            ends: until.format("%H:%M").to_string(),
            places: conference.places.to_string(),
            ..Self::default()
        }
    }

    /// Title, description and address.
    pub fn texts(&self) -> ConferenceTexts {
        ConferenceTexts {
            title: Words::new(self.title_el.clone(), self.title_en.clone()),
            description: Words::new(self.description_el.clone(), self.description_en.clone()),
            address: self.address.clone(),
        }
    }

    /// For which unit; none for the whole organisation. What is no number is no unit.
    pub fn unit(&self) -> Option<UnitId> {
        let unit = Some(self.unit.trim()).filter(|unit| !unit.is_empty());
        unit.map(|unit| unit.parse::<UnitId>().unwrap_or(UnitId(u16::MAX)))
    }

    /// So many people; what is no number is none.
    pub fn places(&self) -> u16 {
        self.places.trim().parse::<u16>().unwrap_or_default()
    }

    /// When. An hour that is not later than the first is one of the next day.
    ///
    /// # Errors
    /// What is no day or no hour.
    pub fn times(&self) -> Result<WallTimes, ConferenceFlaw> {
        let day = self.day.trim().parse::<CivilDate>().map_err(|_| ConferenceFlaw::BadTime)?;
        let read = |typed: &str| clock_time(typed).map(|time| time.time()).ok_or(ConferenceFlaw::BadTime);
        let (begins, ends) = (read(&self.begins)?, read(&self.ends)?);
        let passed = ends.signed_duration_since(begins);
        let minutes = if passed > TimeDelta::zero() {
            passed.num_minutes()
        } else {
            passed.num_minutes() + CONFERENCE_MINUTES_MAX
        };
        Ok(WallTimes { day: day.date(), begins, minutes })
    }

    /// How often.
    ///
    /// # Errors
    /// What is no number of times.
    pub fn series(&self) -> Result<Option<SeriesWish>, ConferenceFlaw> {
        let pace = match self.pace.parse::<PaceChoice>() {
            Ok(PaceChoice::Weekly) => SeriesPace::Weekly,
            Ok(PaceChoice::Monthly) => SeriesPace::Monthly,
            // What chooses nothing is the one that is asked for in any case.
            Ok(PaceChoice::Once) | Err(_) => return Ok(None),
        };
        let wrong = ConferenceFlaw::Series(body::SeriesFlaw::Times);
        let times =
            self.times.trim().parse::<u8>().ok().filter(|times| (1..=SERIES_MAX).contains(times)).ok_or(wrong)?;
        Ok(Some(SeriesWish { pace, times }))
    }

    /// Those of its days that are holidays, with their names.
    pub fn holidays(&self, calendar: &Calendar, dates: Dates) -> Vec<String> {
        let Ok(times) = self.times() else { return Vec::new() };
        let all = match self.series() {
            Ok(Some(wish)) => days(times.day, wish).unwrap_or_default(),
            Ok(None) | Err(_) => vec![times.day],
        };
        let named = |day: NaiveDate| {
            let name = holiday(calendar, day)?;
            let at = span_on(dates.zone, day, times.begins, 0).from;
            Some(format!("{}: {}", dates.day_and_year(at), dates.voice.of_text(&name)))
        };
        all.into_iter().filter_map(named).collect()
    }
}

/// In which field something is wrong.
pub const fn field(flaw: &ConferenceFlaw) -> &'static str {
    match flaw {
        ConferenceFlaw::TitleMissing | ConferenceFlaw::TooLong => "title-el",
        ConferenceFlaw::BadAddress => "address",
        ConferenceFlaw::BadAddresses(_) | ConferenceFlaw::NamesOfMany(_) | ConferenceFlaw::TooManyAddresses => {
            "invited"
        }
        ConferenceFlaw::BadTime => "day",
        ConferenceFlaw::UnknownUnit => "unit",
        ConferenceFlaw::Series(_) => "times",
        ConferenceFlaw::Rule(refusal, _) => of_rule(*refusal),
        ConferenceFlaw::NotFound
        | ConferenceFlaw::NotHeld
        | ConferenceFlaw::NoCoordinator
        | ConferenceFlaw::TooManyAhead => "",
    }
}

const fn of_rule(refusal: ConferenceRefusal) -> &'static str {
    match refusal {
        ConferenceRefusal::TooShort | ConferenceRefusal::TooLong => "ends",
        ConferenceRefusal::InPast
        | ConferenceRefusal::TooFar
        | ConferenceRefusal::Begun
        | ConferenceRefusal::Maintenance { .. }
        | ConferenceRefusal::RoomsFull { .. } => "day",
        ConferenceRefusal::BadPlaces { .. }
        | ConferenceRefusal::RoomTooSmall { .. }
        | ConferenceRefusal::NoPlaceLeft { .. }
        | ConferenceRefusal::PlacesFull { .. } => "places",
        ConferenceRefusal::NotAllowed => "unit",
        ConferenceRefusal::UnknownConference
        | ConferenceRefusal::UnknownParticipant
        | ConferenceRefusal::NotYours
        | ConferenceRefusal::Cancelled
        | ConferenceRefusal::Over
        | ConferenceRefusal::NotYet
        | ConferenceRefusal::Locked
        | ConferenceRefusal::TooManySteps => "",
    }
}

/// Where a conference is held of which no address is written.
pub fn held(visitor: &Visitor) -> String {
    let rules = visitor.state.body.conferences.as_ref();
    match (&visitor.state.calls.provider, rules.and_then(|rules| rules.room_people)) {
        (RoomProvider::BuiltIn, most) => visitor.voice.with("conference-address-own", "most", most.unwrap_or_default()),
        (RoomProvider::Link(address), _) => visitor.voice.text("conference-address-fixed", "host", address.host()),
        (RoomProvider::Jitsi(server), _) => {
            visitor.voice.text("conference-address-jitsi", "host", server.address().host())
        }
    }
}

/// How conferences are said: by the body's own clock.
pub fn dates_of(visitor: &Visitor) -> Dates {
    Dates { voice: visitor.voice, zone: visitor.state.body.zone, now: visitor.state.clock.now() }
}
