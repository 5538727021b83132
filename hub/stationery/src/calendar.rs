//! A month of days with what is free on each (OMB-08): a plain table with links, which a script makes a grid that the
//! arrow keys walk through.

use std::collections::BTreeMap;

use acts::Fault;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use office::{CivilDate, calendar::instant_from};
use serde::Deserialize;
use text::{Dates, Voice, both};

use crate::day_rows::{DayRows, day_rows};

/// The free times of a service, and how they are laid out.
#[derive(Debug)]
pub struct FreeCalendar {
    /// By local day.
    pub free: BTreeMap<NaiveDate, Vec<DateTime<Utc>>>,
    /// The local day of now.
    pub today: NaiveDate,
    /// The office's zone.
    pub zone: Tz,
    /// The page, with a query that further choices are added to.
    pub href: String,
    /// In which language.
    pub voice: Voice,
    /// Times that are kept for who looks: they are free for them alone.
    pub own: BTreeMap<DateTime<Utc>, OwnTime>,
}

/// A time that is kept for who looks.
#[derive(Debug, Clone)]
pub struct OwnTime {
    /// Its page, on which they go on.
    pub href: String,
    /// «κρατείται για εσάς έως τις 10:15»
    pub until: String,
}

/// Which part of the calendar is looked at.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(from = "CalendarWords")]
pub struct CalendarQuery {
    /// The first of a month.
    month: Option<CivilDate>,
    /// The day whose times are shown.
    day: Option<CivilDate>,
    /// What does not exist of it.
    flaw: Option<CalendarFlaw>,
}

/// What an address asks a calendar for and does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CalendarFlaw {
    /// A day that no calendar has.
    Day,
    /// A month that no calendar has.
    Month,
}

/// The same, as an address has it.
#[derive(Debug, Default, Deserialize)]
struct CalendarWords {
    /// A month, `2026-12`.
    #[serde(default)]
    month: String,
    /// A day, `2026-12-24`.
    #[serde(default)]
    day: String,
}

impl From<CalendarWords> for CalendarQuery {
    fn from(CalendarWords { month, day }: CalendarWords) -> Self {
        let first = format!("{month}-01").parse::<CivilDate>().ok();
        let looked = day.parse::<CivilDate>().ok();
        let flaw = if !day.is_empty() && looked.is_none() {
            Some(CalendarFlaw::Day)
        } else if !month.is_empty() && first.is_none() {
            Some(CalendarFlaw::Month)
        } else {
            None
        };
        Self { month: first, day: looked, flaw }
    }
}

impl CalendarQuery {
    /// This day is looked at, or no part in particular.
    pub const fn of_day(day: Option<CivilDate>) -> Self {
        Self { month: None, day, flaw: None }
    }

    /// The same; where no day is given, the one that was looked at before.
    pub fn or_day_of(day: Option<CivilDate>, before: Self) -> Self {
        Self::of_day(day.or(before.day))
    }

    /// The same; where nothing was looked at yet, this day.
    pub fn or_day(self, day: Option<NaiveDate>) -> Self {
        let looked = self.month.is_some() || self.day.is_some();
        if looked { self } else { Self { day: day.and_then(CivilDate::new), ..self } }
    }

    /// What the address asks for and does not exist: a calendar that opened elsewhere without a word would be read as an
    /// answer.
    pub fn fault(self) -> Option<Fault> {
        let sentence = match self.flaw? {
            CalendarFlaw::Day => "calendar-day-wrong",
            CalendarFlaw::Month => "calendar-month-wrong",
        };
        Some(Fault { words: Some(both(|voice| voice.say(sentence))), ..Fault::malformed("query".to_owned()) })
    }
}

/// A month, as the page shows it.
#[derive(Debug)]
pub struct Month {
    /// «Νοέμβριος 2026»
    pub name: String,
    /// The month before, if it has something.
    pub earlier: Option<MonthLink>,
    /// The next month that has something.
    pub later: Option<MonthLink>,
    /// The heads of the columns.
    pub weekdays: Vec<DayName>,
    /// Weeks of seven, with nothing where the month has no day.
    pub weeks: Vec<Vec<Option<CalendarDay>>>,
    /// The chosen day, in words.
    pub day: String,
    /// Its times.
    pub parts: Vec<DayPart>,
    /// The page with this choice: where the switch of languages leads.
    pub here: String,
}

/// A way to another month.
#[derive(Debug)]
pub struct MonthLink {
    /// Its page.
    pub href: String,
    /// What it is called, in the language of the reader.
    pub name: String,
}

/// A weekday.
#[derive(Debug)]
pub struct DayName {
    /// In short, «Δευ».
    pub short: String,
    /// In full, «Δευτέρα».
    pub long: String,
}

/// A day of the month that is shown.
#[derive(Debug)]
pub struct CalendarDay {
    /// Which day of the month it is.
    pub number: u32,
    /// How many times are free.
    pub free: u16,
    /// Its page.
    pub href: String,
    /// For people who do not see it.
    pub label: String,
    /// Whether its times are shown.
    pub chosen: bool,
}

/// Morning, midday, afternoon.
#[derive(Debug)]
pub struct DayPart {
    /// What it is called.
    pub name: String,
    /// The times that are free then.
    pub times: Vec<Time>,
}

/// A time that can be chosen.
#[derive(Debug)]
pub struct Time {
    /// What the button says to the hub.
    pub value: String,
    /// What it says to people.
    pub shown: String,
    /// Where it is kept for them already.
    pub own: Option<OwnTime>,
}

impl FreeCalendar {
    /// Lays a month out; `None` if nothing is free at all.
    pub fn month(&self, looked: CalendarQuery) -> Option<Month> {
        let dates = self.dates();
        let (looked_day, looked_month) = (looked.day.map(CivilDate::date), looked.month.map(CivilDate::date));
        let wanted = looked_day.or(looked_month).unwrap_or(self.today).max(self.today);
        // The first day with something free from where one looked on, else the last one.
        let near = self.free.range(wanted..).next().or_else(|| self.free.iter().next_back()).map(|(day, _)| *day)?;
        let first = first_of(looked_day.or(looked_month).unwrap_or(near));
        let next = first + Months::new(1);
        let in_month = |day: &NaiveDate| (first..next).contains(day);
        let chosen = looked_day.filter(in_month).or_else(|| Some(near).filter(in_month));
        let earlier = self.free.range(..first).next_back().map(|(day, _)| self.link(*day));
        let later = self.free.range(next..).next().map(|(day, _)| self.link(*day));
        Some(Month {
            name: self.month_name(first),
            earlier,
            later,
            weekdays: (0..7).map(|number| self.day_name(number)).collect(),
            weeks: self.weeks(first, next, chosen, dates),
            day: chosen.map(|day| dates.date(day)).unwrap_or_default(),
            parts: chosen.map(|day| self.parts(day, dates)).unwrap_or_default(),
            here: chosen.map_or_else(|| self.href.clone(), |day| format!("{}day={day}", self.href)),
        })
    }

    /// The first free times of all, by day (for people who prefer a list).
    pub fn soonest(&self, count: usize) -> Vec<DayRows<Time>> {
        let dates = self.dates();
        let all = self.free.values().flatten().take(count);
        day_rows(all.map(|start| (*start, self.time(*start, dates.time(*start)))), dates, self.today)
    }

    /// The very first, in words.
    pub fn first(&self) -> Option<String> {
        let start = self.free.values().flatten().next()?;
        Some(self.dates().day_and_time(*start))
    }

    fn dates(&self) -> Dates {
        let now = instant_from(self.zone, self.today.and_time(NaiveTime::MIN));
        Dates { voice: self.voice, zone: self.zone, now }
    }

    fn time(&self, start: DateTime<Utc>, shown: String) -> Time {
        Time { value: start.to_rfc3339(), shown, own: self.own.get(&start).cloned() }
    }

    fn link(&self, day: NaiveDate) -> MonthLink {
        MonthLink { href: format!("{}month={}", self.href, day.format("%Y-%m")), name: self.month_name(day) }
    }

    fn month_name(&self, date: NaiveDate) -> String {
        format!("{} {}", self.voice.say(&format!("month-name-{}", date.month())), date.year())
    }

    fn day_name(&self, number: u32) -> DayName {
        DayName {
            short: self.voice.say(&format!("weekday-short-{}", number + 1)),
            long: self.voice.say(&format!("weekday-{}", number + 1)),
        }
    }

    fn weeks(
        &self,
        first: NaiveDate,
        next: NaiveDate,
        chosen: Option<NaiveDate>,
        dates: Dates,
    ) -> Vec<Vec<Option<CalendarDay>>> {
        let day = |date: NaiveDate| {
            let free = self.free.get(&date).map_or(0, |times| u16::try_from(times.len()).unwrap_or(u16::MAX));
            let label = self.voice.say_with("calendar-day", [("n", free.into()), ("day", dates.date(date).into())]);
            let href = format!("{}day={date}#chosen-day", self.href);
            CalendarDay { number: date.day(), free, href, label, chosen: chosen == Some(date) }
        };
        let mut weeks = Vec::new();
        // Weeks that are over would only push the others down on a phone.
        let from = if (first..next).contains(&self.today) { self.today } else { first };
        let mut monday = from.week(Weekday::Mon).first_day();
        while monday < next {
            let days = (0..7).map(|number| monday + Days::new(number));
            weeks.push(days.map(|date| (first..next).contains(&date).then(|| day(date))).collect());
            monday = monday + Days::new(7);
        }
        weeks
    }

    fn parts(&self, day: NaiveDate, dates: Dates) -> Vec<DayPart> {
        let names = [(0..12, "times-morning"), (12..15, "times-noon"), (15..24, "times-afternoon")];
        let times = self.free.get(&day).map(Vec::as_slice).unwrap_or_default();
        let part = |(hours, id): (std::ops::Range<u32>, &str)| DayPart {
            name: self.voice.say(id),
            times: times
                .iter()
                .filter(|start| hours.contains(&start.with_timezone(&self.zone).hour()))
                .map(|start| self.time(*start, dates.time(*start)))
                .collect(),
        };
        names.into_iter().map(part).filter(|part| !part.times.is_empty()).collect()
    }
}

/// The first of a date's month.
fn first_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// Times by their local day.
pub fn by_day(starts: impl Iterator<Item = DateTime<Utc>>, zone: Tz) -> BTreeMap<NaiveDate, Vec<DateTime<Utc>>> {
    let mut days: BTreeMap<NaiveDate, Vec<DateTime<Utc>>> = BTreeMap::new();
    for start in starts {
        days.entry(start.with_timezone(&zone).date_naive()).or_default().push(start);
    }
    for times in days.values_mut() {
        times.sort_unstable();
        times.dedup();
    }
    days
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Athens;
    use wire::Language;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(days: &[&str]) -> FreeCalendar {
        let starts = days.iter().flat_map(|day| {
            let start: DateTime<Utc> = format!("{day}T08:15:00Z").parse().unwrap();
            [start, start + chrono::TimeDelta::hours(4)]
        });
        let (href, voice) = ("/book/kep/address?channel=in-person&".to_owned(), Voice(Language::El));
        FreeCalendar {
            free: by_day(starts, Athens),
            today: date("2026-11-20"),
            zone: Athens,
            href,
            voice,
            own: BTreeMap::new(),
        }
    }

    #[test]
    fn omb_08_the_month_is_that_of_the_first_free_time() {
        let month = calendar(&["2026-12-22", "2027-01-04"]).month(CalendarQuery::default()).unwrap();
        assert_eq!(month.name, "Δεκέμβριος 2026");
        assert_eq!(month.weeks.len(), 5);
        assert!(month.weeks[0][0].is_none(), "December begins on a Tuesday");
        let day = month.weeks[3][1].as_ref().unwrap();
        assert_eq!((day.number, day.free, day.chosen), (22, 2, true));
        assert_eq!(day.label, "Τρίτη 22 Δεκεμβρίου, 2 διαθέσιμες ώρες");
        let day = month.weeks.iter().flatten().flatten().find(|day| day.number == 23).unwrap();
        assert_eq!(day.label, "Τετάρτη 23 Δεκεμβρίου, καμία διαθέσιμη ώρα");
        assert!(month.earlier.is_none());
        let later = month.later.unwrap();
        assert_eq!((later.name.as_str(), later.href.contains("month=2027-01")), ("Ιανουάριος 2027", true));
    }

    #[test]
    fn omb_08_a_chosen_day_and_a_full_one() {
        let calendar = calendar(&["2026-11-24", "2026-12-22"]);
        let looked = CalendarQuery::of_day(Some("2026-11-24".parse().unwrap()));
        let month = calendar.month(looked).unwrap();
        assert_eq!(month.weeks.len(), 3, "from the week of today on");
        assert_eq!(month.parts[0].name, "Πρωί");
        assert_eq!(month.parts[0].times[0].shown, "10:15", "in the office's zone");
        assert_eq!(month.parts[1].times[0].shown, "14:15");
        let full = CalendarQuery::of_day(Some("2026-11-25".parse().unwrap()));
        assert!(calendar.month(full).unwrap().parts.is_empty());
        assert!(calendar_of_nothing().month(CalendarQuery::default()).is_none());
        let days = calendar.soonest(3);
        let said: Vec<(&str, Vec<&str>)> = days
            .iter()
            .map(|day| (day.name.as_str(), day.rows.iter().map(|time| time.shown.as_str()).collect()))
            .collect();
        let expected = [("Τρίτη 24 Νοεμβρίου", vec!["10:15", "14:15"]), ("Τρίτη 22 Δεκεμβρίου", vec!["10:15"])];
        assert_eq!(said, expected, "each day once");
        assert_eq!(calendar.first().unwrap(), "Τρίτη 24 Νοεμβρίου, 10:15");
    }

    #[test]
    fn fld_33_the_calendar_opens_on_the_day_that_is_kept_until_another_is_looked_at() {
        let calendar = calendar(&["2026-11-24", "2026-12-22", "2027-01-04"]);
        let kept = Some(date("2027-01-04"));
        let month = calendar.month(CalendarQuery::default().or_day(kept)).unwrap();
        assert_eq!((month.name.as_str(), month.day.as_str()), ("Ιανουάριος 2027", "Δευτέρα 4 Ιανουαρίου 2027"));
        let looked = CalendarQuery { month: Some("2026-12-01".parse().unwrap()), ..CalendarQuery::default() };
        assert_eq!(calendar.month(looked.or_day(kept)).unwrap().name, "Δεκέμβριος 2026");
        assert_eq!(calendar.month(CalendarQuery::default().or_day(None)).unwrap().name, "Νοέμβριος 2026");
    }

    fn calendar_of_nothing() -> FreeCalendar {
        calendar(&[])
    }
}
