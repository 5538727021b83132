//! What devices say: Greek and English sentences, from `text/`, and how times are written in them.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue};
use wire::{Language, MinuteRange, RepeatedHour};

fluent_templates::static_loader! {
    static TEXT = {
        locales: "../text",
        fallback_language: "el",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static EL: LazyLock<LanguageIdentifier> = LazyLock::new(|| identifier("el"));
static EN: LazyLock<LanguageIdentifier> = LazyLock::new(|| identifier("en"));

fn identifier(tag: &str) -> LanguageIdentifier {
    tag.parse().unwrap_or_default()
}

fn of(language: Language) -> &'static LanguageIdentifier {
    match language {
        Language::El => &EL,
        // What a device is not given in a language, it says in English.
        _ => &EN,
    }
}

/// The sentence `id` in `language`.
#[must_use]
pub fn say(language: Language, id: &str) -> String {
    TEXT.lookup(of(language), id)
}

/// The sentence `id` in `language`, with its places filled.
#[must_use]
pub fn say_with(language: Language, id: &str, places: &[(&'static str, FluentValue<'static>)]) -> String {
    let places: HashMap<Cow<'static, str>, FluentValue<'static>> =
        places.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
    TEXT.lookup_with_args(of(language), id, &places)
}

/// The sentence `id` about a wait: it has `$kind` (`now`, `up-to`, `about` or `range`), and `$from` and `$to` in words
/// with their unit, which is said once where both have the same: «30», «50 λεπτά».
#[must_use]
pub fn say_wait(language: Language, id: &str, wait: MinuteRange) -> String {
    let kind = match (wait.from, wait.to) {
        (0, 0) => "now",
        (0, _) => "up-to",
        (from, to) if from == to => "about",
        _ => "range",
    };
    let from = if wait.to < MINUTES_OF_AN_HOUR { wait.from.to_string() } else { duration(language, wait.from) };
    let to = duration(language, wait.to);
    say_with(language, id, &[("kind", kind.into()), ("from", from.into()), ("to", to.into())])
}

const MINUTES_OF_AN_HOUR: u16 = 60;

/// `50 λεπτά`, `1 ώρα και 10 λεπτά`, `2 ώρες`: nobody counts an hour and a half in minutes.
#[must_use]
pub fn duration(language: Language, minutes: u16) -> String {
    let (hours, rest) = (minutes / MINUTES_OF_AN_HOUR, minutes % MINUTES_OF_AN_HOUR);
    let of = |id, name, count: u16| say_with(language, id, &[(name, count.into())]);
    let in_hours = || of("panel-hours", "hours", hours);
    let in_minutes = || of("panel-minutes", "minutes", rest);
    match (hours, rest) {
        (0, _) => in_minutes(),
        (_, 0) => in_hours(),
        _ => {
            let parts = [("hours", in_hours().into()), ("minutes", in_minutes().into())];
            say_with(language, "panel-hours-and-minutes", &parts)
        }
    }
}

/// Reads an IANA zone name; an unknown one is Athens, where every office of ours lies.
#[must_use]
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(chrono_tz::Europe::Athens)
}

/// `08:30`, in 24 hours, as pages and mails write it too; in the hour that comes twice when the clocks go back, with which of
/// the two it is: `03:30 (θερινή ώρα)`.
#[must_use]
pub fn clock_time(at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    with_clock(face(at, zone), at, zone, language)
}

/// The same to the second.
#[must_use]
pub fn clock_time_to_second(at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let time = format!("{}:{:02}", face(at, zone), at.with_timezone(&zone).second());
    with_clock(time, at, zone, language)
}

/// What a clock on the wall shows, and no more: for the clock of a screen, whose [`day_of_clock`] says the rest.
#[must_use]
pub fn face(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// The day that stands beside a clock; in the hour that comes twice, with which of the two the clock shows.
#[must_use]
pub fn day_of_clock(at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let day = day(at, zone, language);
    match repeated(at, zone, language) {
        Some(clock) => format!("{day}, {clock}"),
        None => day,
    }
}

fn with_clock(time: String, at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    match repeated(at, zone, language) {
        Some(clock) => say_with(language, "time-repeated", &[("time", time.into()), ("clock", clock.into())]),
        None => time,
    }
}

/// By which clock an instant is meant whose time of day comes twice; none for every other.
fn repeated(at: DateTime<Utc>, zone: Tz, language: Language) -> Option<String> {
    Some(match RepeatedHour::of(at, zone)? {
        RepeatedHour::Summer => say(language, "clock-summer"),
        RepeatedHour::Winter => say(language, "clock-winter"),
        RepeatedHour::Offset(offset) => offset,
    })
}

/// `Τρίτη 5 Μαΐου` / `Tuesday 5 May`, in the words of the pages.
#[must_use]
pub fn day(at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    day_named(at, zone, language, "weekday")
}

/// A day of which the weekday is said as this name's sentences say it.
fn day_named(at: DateTime<Utc>, zone: Tz, language: Language, name: &str) -> String {
    let local = at.with_timezone(&zone);
    let weekday = say(language, &format!("{name}-{}", local.weekday().number_from_monday()));
    let month = say(language, &format!("month-{}", local.month()));
    format!("{weekday} {} {month}", local.day())
}

/// The time, with its day where that is not today.
#[must_use]
pub fn moment(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let time = clock_time(at, zone, language);
    if at.with_timezone(&zone).date_naive() == now.with_timezone(&zone).date_naive() {
        return time;
    }
    let day = day(at, zone, language);
    say_with(language, "panel-day-and-time", &[("day", day.into()), ("time", time.into())])
}

/// When something happens, to stand after a verb: «στις 08:00», or «την Τετάρτη 25 Νοεμβρίου στις 08:00».
#[must_use]
pub fn moment_at(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz, language: Language) -> String {
    after_verb(at, now, zone, language, ["panel-at-time", "panel-at-day"])
}

/// From when on, to stand after a verb: «από τις 08:00», or «από την Τετάρτη 25 Νοεμβρίου στις 08:00».
#[must_use]
pub fn moment_from(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz, language: Language) -> String {
    after_verb(at, now, zone, language, ["panel-from-time", "panel-from-day"])
}

/// As it stands after «έως»: «τις 08:00», or «την Τετάρτη 25 Νοεμβρίου στις 08:00», in the words of the pages.
#[must_use]
pub fn moment_until(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz, language: Language) -> String {
    after_verb(at, now, zone, language, ["until-time", "until-day"])
}

fn after_verb(
    at: DateTime<Utc>,
    now: DateTime<Utc>,
    zone: Tz,
    language: Language,
    [today, other]: [&str; 2],
) -> String {
    let (local, time) = (at.with_timezone(&zone), clock_time(at, zone, language));
    if local.date_naive() == now.with_timezone(&zone).date_naive() {
        return say_with(language, today, &[("time", time.into())]);
    }
    let day = day_named(at, zone, language, "the-weekday");
    say_with(language, other, &[("day", day.into()), ("time", time.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// The ids of a text file, in order.
    fn ids(text: &str) -> Vec<&str> {
        let starts = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
        text.lines().filter(starts).filter_map(|line| line.split_once(" =")).map(|(id, _)| id).collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let pairs = [
            (include_str!("../../text/el/panel.ftl"), include_str!("../../text/en/panel.ftl")),
            (include_str!("../../text/el/kiosk.ftl"), include_str!("../../text/en/kiosk.ftl")),
            (include_str!("../../text/el/display.ftl"), include_str!("../../text/en/display.ftl")),
            (include_str!("../../text/el/ticket.ftl"), include_str!("../../text/en/ticket.ftl")),
            (include_str!("../../text/el/voice.ftl"), include_str!("../../text/en/voice.ftl")),
        ];
        for (el, en) in pairs {
            assert!(!ids(el).is_empty());
            assert_eq!(ids(el), ids(en));
        }
    }

    #[test]
    fn days_and_months_have_one_source_which_is_the_pages() {
        let pages = include_str!("../../text/el/pages.ftl");
        let named = |start: &'static str| {
            pages.lines().filter_map(move |line| Some(line.strip_prefix(start)?.split_once(" = ")?.1))
        };
        let names: Vec<&str> = named("weekday-").chain(named("the-weekday-")).chain(named("month-")).collect();
        assert!(names.contains(&"Τρί") && names.contains(&"την Τρίτη") && names.contains(&"Μαΐου"), "{names:?}");
        let own = [
            include_str!("../../text/el/panel.ftl"),
            include_str!("../../text/el/kiosk.ftl"),
            include_str!("../../text/el/display.ftl"),
            include_str!("../../text/el/ticket.ftl"),
            include_str!("../../text/el/voice.ftl"),
        ];
        let words = own.iter().flat_map(|text| text.split([' ', '\n', ',', '.']));
        let twice: Vec<&str> = words.filter(|word| names.contains(word)).collect();
        assert_eq!(twice, Vec::<&str>::new(), "a device names a day or a month by itself");
    }

    #[test]
    fn days_are_written_as_people_say_them() {
        let athens = zone("Europe/Athens");
        let check = |instant, language, expect: &str| assert_eq!(day(at(instant), athens, language), expect);
        check("2026-05-05T07:00:00Z", Language::El, "Τρίτη 5 Μαΐου");
        check("2026-05-05T07:00:00Z", Language::En, "Tuesday 5 May");
        // In Athens this is already the next day.
        check("2026-12-31T22:30:00Z", Language::El, "Παρασκευή 1 Ιανουαρίου");
    }

    #[test]
    fn times_have_twenty_four_hours() {
        let athens = zone("Europe/Athens");
        assert_eq!(clock_time(at("2026-11-24T08:32:00Z"), athens, Language::El), "10:32");
        assert_eq!(clock_time(at("2026-07-24T06:05:00Z"), athens, Language::En), "09:05");
        assert_eq!(clock_time(at("2026-11-24T15:00:00Z"), athens, Language::El), "17:00");
    }

    #[test]
    fn prom_10_the_hour_that_comes_twice_is_said_with_which_it_is_wherever_a_time_is_said() {
        let athens = zone("Europe/Athens");
        for (day, noon) in [("2026-10-25", "2026-10-24T09:00:00Z"), ("2027-10-31", "2027-10-30T09:00:00Z")] {
            let (summer, winter) = (at(&format!("{day}T00:30:00Z")), at(&format!("{day}T01:30:00Z")));
            let ways: [&dyn Fn(DateTime<Utc>, Language) -> String; 7] = [
                &|at, language| clock_time(at, athens, language),
                &|at, language| clock_time_to_second(at, athens, language),
                &|then, language| moment(then, at(noon), athens, language),
                &|then, language| moment_at(then, at(noon), athens, language),
                &|then, language| moment_from(then, at(noon), athens, language),
                &|then, language| moment_until(then, at(noon), athens, language),
                &|at, language| day_of_clock(at, athens, language),
            ];
            for said in ways {
                let check = |at, language, word: &str| {
                    let said = said(at, language);
                    assert!(said.contains(word), "{said}");
                };
                check(summer, Language::El, "θερινή ώρα");
                check(winter, Language::El, "χειμερινή ώρα");
                check(summer, Language::En, "summer time");
                check(winter, Language::En, "winter time");
            }
        }
        let summer = at("2026-10-25T00:30:00Z");
        assert_eq!(clock_time(summer, athens, Language::El), "03:30 (θερινή ώρα)");
        assert_eq!(clock_time_to_second(summer, athens, Language::En), "03:30:00 (summer time)");
        assert_eq!(day_of_clock(summer, athens, Language::El), "Κυριακή 25 Οκτωβρίου, θερινή ώρα");
        assert_eq!(face(summer, athens), "03:30");
        let once = at("2026-11-24T08:32:00Z");
        assert_eq!(day_of_clock(once, athens, Language::El), day(once, athens, Language::El));
    }

    #[test]
    fn from_an_hour_on_a_wait_is_told_in_hours() {
        let check = |language, minutes: [u16; 4], expect: [&str; 4]| {
            assert_eq!(minutes.map(|minutes| duration(language, minutes)), expect.map(str::to_owned));
        };
        check(Language::El, [1, 50, 60, 125], ["1 λεπτό", "50 λεπτά", "1 ώρα", "2 ώρες και 5 λεπτά"]);
        check(Language::En, [1, 50, 61, 120], ["1 minute", "50 minutes", "1 hour 1 minute", "2 hours"]);
    }

    #[test]
    fn another_day_is_named() {
        let athens = zone("Europe/Athens");
        let now = at("2026-11-24T08:00:00Z");
        assert_eq!(moment(at("2026-11-24T09:15:00Z"), now, athens, Language::El), "11:15");
        assert_eq!(moment(at("2026-11-25T06:00:00Z"), now, athens, Language::El), "Τετάρτη 25 Νοεμβρίου, 08:00");
        let later = at("2026-11-30T06:00:00Z");
        assert_eq!(moment_at(later, later, athens, Language::El), "στις 08:00");
        assert_eq!(moment_at(later, now, athens, Language::El), "τη Δευτέρα 30 Νοεμβρίου στις 08:00");
        assert_eq!(moment_from(later, later, athens, Language::El), "από τις 08:00");
        assert_eq!(moment_from(later, now, athens, Language::En), "on Monday 30 November from 08:00");
        assert_eq!(moment_until(later, later, athens, Language::El), "τις 08:00");
        assert_eq!(moment_until(later, now, athens, Language::El), "τη Δευτέρα 30 Νοεμβρίου στις 08:00");
        assert_eq!(moment_until(later, now, athens, Language::En), "Monday 30 November at 08:00");
    }
}
