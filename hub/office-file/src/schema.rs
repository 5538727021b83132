//! The shape of an office's file: every key that may stand in it, and no other.

use std::collections::BTreeSet;

use chrono::Weekday;
use office::{
    Assurance, BookingNeed, Channel, CivilDate, CivilMoment, CivilTime, Direction, DocumentForm, ExtraField, Form,
    Level, Pictogram, Release, Rules, Words, strict,
};
use serde::{Deserialize, Deserializer, de};
use toml::Spanned;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeFile {
    /// In links and in the API.
    pub key: String,
    /// Within the hub, in booking codes.
    pub number: u32,
    /// What people call the office, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
    /// Street, number, postcode and town.
    #[serde(deserialize_with = "strict::one")]
    pub address: Words,
    /// Where somebody who needs help writes to.
    pub contact_email: String,
    /// And calls.
    pub contact_phone: String,
    /// Where somebody goes to whom nobody came after ringing for help at the kiosk.
    #[serde(default, deserialize_with = "strict::one")]
    pub help_where: Words,
    /// The published grounds of priority service, in a sentence.
    #[serde(default, deserialize_with = "strict::one")]
    pub priority_grounds: Words,
    /// Where those with a ticket wait.
    #[serde(deserialize_with = "strict::one")]
    pub wait_where: Words,
    /// What is said on boards, each sentence for its time.
    #[serde(default)]
    pub notices: Vec<NoticeFile>,
    /// What a desk is called.
    #[serde(default = "desk_word")]
    #[serde(deserialize_with = "strict::one")]
    pub desk_word: Words,
    /// The file of its emblem, SVG or PNG, beside this one.
    #[serde(default)]
    pub emblem: Option<Spanned<String>>,
    /// The time zone.
    #[serde(default = "athens")]
    pub zone: Spanned<String>,
    /// Weekly hours.
    pub hours: HoursFile,
    /// Days that differ.
    #[serde(default)]
    pub calendar: CalendarFile,
    /// The written rule; what is not named is as the house proposes.
    #[serde(default)]
    pub rules: Rules,
    /// Headings, in the order in which they are shown.
    pub groups: Vec<GroupFile>,
    /// What one comes for.
    pub services: Vec<ServiceFile>,
    /// Where one is served.
    pub desks: Vec<DeskFile>,
    /// Those whose hours matter to the plan.
    #[serde(default)]
    pub clerks: Vec<ClerkFile>,
}

fn desk_word() -> Words {
    Words::new("Θυρίδα", "Desk")
}

fn athens() -> Spanned<String> {
    Spanned::new(0..0, "Europe/Athens".to_owned())
}

/// A weekday as people write it: `mon`, `Monday`, `Δευτέρα`, `Δευ`.
#[derive(Debug, Clone, Copy)]
pub struct WeekdayName(pub Weekday);

impl<'de> Deserialize<'de> for WeekdayName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const GREEK: [(&str, Weekday); 7] = [
            ("δευ", Weekday::Mon),
            ("τρί", Weekday::Tue),
            ("τετ", Weekday::Wed),
            ("πέμ", Weekday::Thu),
            ("παρ", Weekday::Fri),
            ("σάβ", Weekday::Sat),
            ("κυρ", Weekday::Sun),
        ];
        let text = String::deserialize(deserializer)?;
        let lower = text.to_lowercase();
        let greek = GREEK.iter().find(|(start, _)| lower.starts_with(start)).map(|(_, day)| *day);
        greek.or_else(|| lower.parse().ok()).map(Self).ok_or_else(|| {
            de::Error::custom(format!("days: `{text}` is no weekday, write mon, tue, wed, thu, fri, sat or sun"))
        })
    }
}

/// A time of day, `08:00`.
#[derive(Debug, Clone, Copy)]
pub struct Hour(pub CivilTime);

impl<'de> Deserialize<'de> for Hour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let time = (text.len() <= "08:00".len()).then(|| text.parse::<CivilTime>().ok()).flatten();
        time.map(Self).ok_or_else(|| de::Error::custom(format!("`{text}` is no time of day, write it like 08:00")))
    }
}

/// A stretch of time on some weekdays.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanFile {
    /// On these days.
    pub days: Vec<WeekdayName>,
    /// The hour at which it begins.
    pub from: Hour,
    /// The hour at which it ends.
    pub to: Hour,
}

/// Weekly hours.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursFile {
    /// When people are served.
    pub serving: Vec<SpanFile>,
    /// When tickets are given; as serving, unless set.
    #[serde(default)]
    pub tickets: Vec<SpanFile>,
    /// When the doors are open; as serving, unless set.
    #[serde(default)]
    pub doors: Vec<SpanFile>,
    /// When the office calls; as serving, unless set.
    #[serde(default)]
    pub telephone: Vec<SpanFile>,
}

/// Days that differ.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CalendarFile {
    /// Whether the Greek public sector's holidays hold.
    pub greek_public_sector: bool,
    /// Days of the place, each year.
    pub local_holidays: Vec<LocalHolidayFile>,
    /// Closed from and to.
    pub closures: Vec<ClosureFile>,
    /// Days that end early.
    pub early_closes: Vec<EarlyCloseFile>,
    /// Holidays on which this office works.
    pub open_anyway: Vec<CivilDate>,
}

/// A holiday of the place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalHolidayFile {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
    /// What people call the day, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
}

/// A closure, in local time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosureFile {
    /// The moment at which it begins.
    pub from: CivilMoment,
    /// The moment at which it ends.
    pub to: CivilMoment,
    /// One desk only.
    #[serde(default)]
    pub desk: Option<u16>,
    /// What people are told of the reason.
    #[serde(deserialize_with = "strict::one")]
    pub because: Words,
}

/// A day that ends early.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlyCloseFile {
    /// The day.
    pub date: CivilDate,
    /// It ends then.
    pub at: Hour,
    /// What people are told of the reason.
    #[serde(deserialize_with = "strict::one")]
    pub because: Words,
}

/// A table of `[[notices]]`: a sentence for those in the hall. Of several that hold at once each stands for a minute.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeFile {
    /// The sentence, 80 letters at most.
    #[serde(deserialize_with = "strict::one")]
    pub text: Words,
    /// From this local time on; at once, unless it is said.
    #[serde(default)]
    pub from: Option<CivilMoment>,
    /// Until this local time; for as long as it stands in the file, unless it is said.
    #[serde(default)]
    pub until: Option<CivilMoment>,
}

/// A heading.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupFile {
    /// Named by services.
    pub key: String,
    /// Of walk-in tickets.
    pub letter: char,
    /// What people call the heading, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
}

/// A table of `[[services]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFile {
    /// Never changed once used.
    pub id: u16,
    /// In links and in the API.
    pub key: String,
    /// Key of its group.
    pub group: Spanned<String>,
    /// Ties equal services of different offices.
    #[serde(default)]
    pub catalogue: Option<String>,
    /// What people call the service, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
    /// What it is for, in a sentence or two.
    #[serde(deserialize_with = "strict::one")]
    pub about: Words,
    /// One person with one case.
    pub planned_minutes: u16,
    /// So much longer for each person beyond the first.
    #[serde(default)]
    pub minutes_per_further_person: u16,
    /// So much longer for each case beyond the first.
    #[serde(default)]
    pub minutes_per_further_case: u16,
    /// Ways in which it can be had.
    #[serde(default = "in_person")]
    pub channels: BTreeSet<Channel>,
    /// By telephone people are only told what they want to know.
    #[serde(default)]
    pub telephone_informs: bool,
    /// The picture by which it is found without reading.
    #[serde(default)]
    pub pictogram: Pictogram,
    /// Whether those come to it who do not know what they need.
    #[serde(default)]
    pub information: bool,
    /// Whether it wants a booking.
    pub booking: BookingNeed,
    /// What to bring.
    #[serde(default)]
    pub documents: Vec<DocumentFile>,
    /// Level of identity.
    #[serde(default)]
    pub level: Level,
    /// Who has to vouch for who somebody is.
    #[serde(default)]
    pub assurance: Assurance,
    /// Starts lie this far apart.
    #[serde(default = "quarter")]
    pub grid_minutes: u16,
    /// Booked at least so long ahead.
    #[serde(default)]
    pub lead_minutes: u32,
    /// At most so many days ahead.
    #[serde(default = "two_months")]
    pub horizon_days: u16,
    /// Staged release.
    #[serde(default)]
    pub releases: Vec<Release>,
    /// Changed until so long before.
    #[serde(default)]
    pub change_until_minutes: u32,
    /// What whoever books it is asked besides.
    #[serde(default)]
    pub fields: Vec<ExtraField>,
    /// Forms to fill in beforehand.
    #[serde(default)]
    pub forms: Vec<Form>,
}

fn in_person() -> BTreeSet<Channel> {
    BTreeSet::from([Channel::InPerson])
}

const fn quarter() -> u16 {
    15
}

const fn two_months() -> u16 {
    60
}

/// A document to bring.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentFile {
    /// What people call the document, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
    /// As original or copy.
    #[serde(default = "original")]
    pub form: DocumentForm,
    /// How many.
    #[serde(default = "one")]
    pub count: u8,
}

const fn original() -> DocumentForm {
    DocumentForm::Original
}

const fn one() -> u8 {
    1
}

/// A table of `[[desks]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskFile {
    /// On its sign.
    pub number: u16,
    /// Keys of its services, in order of preference.
    pub services: Vec<Spanned<String>>,
    /// Seen from the waiting room.
    #[serde(default)]
    pub direction: Option<Direction>,
    /// When it is rostered.
    pub shifts: Vec<ShiftFile>,
}

/// When a desk is rostered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftFile {
    /// On these days.
    pub days: Vec<WeekdayName>,
    /// The hour at which it begins.
    pub from: Hour,
    /// The hour at which it ends.
    pub to: Hour,
    /// First day.
    #[serde(default)]
    pub first: Option<CivilDate>,
    /// Last day.
    #[serde(default)]
    pub last: Option<CivilDate>,
    /// Whether the public may book against it.
    #[serde(default = "yes")]
    pub public: bool,
    /// Account number of who is meant to serve.
    #[serde(default)]
    pub clerk: Option<u32>,
}

const fn yes() -> bool {
    true
}

/// Somebody who serves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClerkFile {
    /// The account's number.
    pub id: u32,
    /// Working hours.
    pub hours: Vec<SpanFile>,
    /// What colleagues call the place of work.
    #[serde(deserialize_with = "strict::one")]
    pub label: Words,
}
