//! What an office asks of people who book online, when it reminds them, and how long it keeps what they said.

use serde::{Deserialize, Serialize};

use crate::{ReasonId, Words, strict};

/// Booking online, as an office wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OnlineRules {
    /// Whether a mobile number is asked for (OMB-09); for somebody else, and for a telephone appointment's caller, the
    /// pages know better.
    pub phone: Requirement,
    /// Whether a postal address is asked for (OMB-09).
    pub postal_address: Requirement,
    /// Whether the number of an identity card or a passport is asked for (OMB-09); never required.
    pub identity: Requirement,
    /// A reminder goes out so many local days before the booked day, one for each number (FLD-13).
    pub reminder_days_before: Vec<u8>,
    /// At this hour of the office's clock.
    pub reminder_hour: u8,
    /// Personal data is erased so many days after the visit (FLD-23).
    pub personal_data_days: u16,
    /// An address that was given and never used for a booking is erased after so many hours (FLD-23).
    pub unconfirmed_hours: u16,
    /// Where the office stands, for the map that pages and mails lead to (OMB-14); without it, its address is looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<GeoPoint>,
    /// So many bookings of one day an agent may hold, those that wait for a citizen counted in (TRN-07).
    pub agent_bookings_per_day_max: u16,
    /// All agents together hold at most this share of a day's desk time, in per cent (TRN-07).
    pub agents_share_percent: u8,
    /// A time that an agent chose for a citizen is kept so many hours for the citizen to make it final (TRN-07).
    pub agent_confirm_hours: u16,
    /// A correction is asked for with so many days' time, unless staff say another day (TRN-09).
    #[serde(skip_serializing_if = "is_usual_correction_days")]
    pub correction_days: u16,
    /// Whose booking the office had to give up chooses another time for so many hours before the public does; 0: nobody
    /// chooses first (FLD-33).
    #[serde(skip_serializing_if = "is_usual_first_choice_hours")]
    pub first_choice_hours: u16,
    /// Whoever was served with a booking gets a mail that asks how it was (FLD-25).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub opinion_mail: bool,
    /// The office's own reasons for which a booking becomes void (TRN-09).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub void_reasons: Vec<ListedReason>,
}

/// What the house proposes as time for a correction.
const CORRECTION_DAYS: u16 = 2;

/// What the house proposes as head start for those displaced: a weekend's mail is read on Monday.
const FIRST_CHOICE_HOURS: u16 = 72;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
const fn is_usual_first_choice_hours(hours: &u16) -> bool {
    *hours == FIRST_CHOICE_HOURS
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
const fn is_usual_correction_days(days: &u16) -> bool {
    *days == CORRECTION_DAYS
}

/// A reason of the office's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedReason {
    /// Its number; it never stands for another reason later.
    pub id: ReasonId,
    /// What the citizen is told.
    #[serde(deserialize_with = "strict::one")]
    pub text: Words,
}

impl Default for OnlineRules {
    fn default() -> Self {
        Self {
            phone: Requirement::Required,
            postal_address: Requirement::Required,
            identity: Requirement::Optional,
            reminder_days_before: vec![1],
            reminder_hour: 10,
            personal_data_days: 30,
            unconfirmed_hours: 24,
            map: None,
            agent_bookings_per_day_max: 5,
            agents_share_percent: 20,
            agent_confirm_hours: 24,
            correction_days: CORRECTION_DAYS,
            first_choice_hours: FIRST_CHOICE_HOURS,
            opinion_mail: false,
            void_reasons: Vec::new(),
        }
    }
}

impl OnlineRules {
    /// Whether nothing differs from what the house proposes; an old journal has no word about it.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// A place on the map, written as RFC 5870 has it: `geo:35.1906,25.7164`. Degrees, to six places: some ten centimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GeoPoint {
    latitude_micro: i32,
    longitude_micro: i32,
}

/// A text that names no point on the earth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write a place as geo:LATITUDE,LONGITUDE in degrees, e.g. geo:35.1906,25.7164")]
pub struct NoPlace;

impl GeoPoint {
    /// Degrees north, as text.
    #[must_use]
    pub fn latitude(self) -> String {
        degrees(self.latitude_micro)
    }

    /// Degrees east, as text.
    #[must_use]
    pub fn longitude(self) -> String {
        degrees(self.longitude_micro)
    }
}

/// Millionths of a degree as degrees.
fn degrees(micro: i32) -> String {
    let sign = if micro < 0 { "-" } else { "" };
    let micro = micro.unsigned_abs();
    format!("{sign}{}.{:06}", micro / 1_000_000, micro % 1_000_000)
}

/// Degrees as millionths, if they are not more than `most`.
fn micro(text: &str, most: i32) -> Option<i32> {
    let (negative, plain) = text.strip_prefix('-').map_or((false, text), |plain| (true, plain));
    let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
    let is_number = |digits: &str, longest| digits.len() <= longest && digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole, 3) || !is_number(part, 6) {
        return None;
    }
    let micro = format!("{whole}{part:0<6}").parse::<i32>().ok().filter(|micro| *micro <= most * 1_000_000)?;
    Some(if negative { -micro } else { micro })
}

impl TryFrom<String> for GeoPoint {
    type Error = NoPlace;

    fn try_from(text: String) -> Result<Self, NoPlace> {
        let (latitude, longitude) = text.strip_prefix("geo:").and_then(|pair| pair.split_once(',')).ok_or(NoPlace)?;
        let latitude_micro = micro(latitude.trim(), 90).ok_or(NoPlace)?;
        let longitude_micro = micro(longitude.trim(), 180).ok_or(NoPlace)?;
        Ok(Self { latitude_micro, longitude_micro })
    }
}

impl From<GeoPoint> for String {
    fn from(point: GeoPoint) -> Self {
        format!("geo:{},{}", point.latitude(), point.longitude())
    }
}

/// Whether something is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// Nobody books without it.
    Required,
    /// Who likes may give it.
    Optional,
    /// It is not asked for.
    No,
}

/// A field of a service's own (FLD-28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraField {
    /// Its name in forms and in what is kept: small Latin letters, digits and hyphens.
    pub key: String,
    /// What stands beside the field, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub label: Words,
    /// What helps to fill it in.
    #[serde(default, deserialize_with = "strict::optional", skip_serializing_if = "Option::is_none")]
    pub hint: Option<Words>,
    /// What may stand in it.
    #[serde(default)]
    pub kind: FieldKind,
    /// Nobody books without it.
    #[serde(default)]
    pub required: bool,
    /// The answers to choose from; only where `kind` is `choice`.
    #[serde(default, deserialize_with = "strict::list", skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Words>,
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A line of text, 200 characters at most.
    #[default]
    Line,
    /// Several lines, 2,000 characters at most.
    Lines,
    /// Digits alone, 20 at most.
    Digits,
    /// A day, year first.
    Date,
    /// One of the given answers.
    Choice,
}

/// A form to fill in beforehand (PET-01).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// What people call the form, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
    /// Where it is had: an address that begins with `https://`.
    pub url: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn omb_14_a_place_is_read_as_it_is_written() {
        let point = |text: &str| GeoPoint::try_from(text.to_owned());
        let here = point("geo:35.1906,25.7164").unwrap();
        assert_eq!((here.latitude().as_str(), here.longitude().as_str()), ("35.190600", "25.716400"));
        assert_eq!(point(&String::from(here)), Ok(here));
        assert_eq!(point("geo:-0.5,-180").unwrap().longitude(), "-180.000000");
        for wrong in ["", "35.1,25.7", "geo:91,0", "geo:0,181", "geo:1;2", "geo:a,b", "geo:1.1234567,2", "geo:,"] {
            assert_eq!(point(wrong), Err(NoPlace), "{wrong}");
        }
    }
}
