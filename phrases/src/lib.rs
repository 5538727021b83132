//! What devices say: Greek and English sentences, from `text/`, and how times are written in them.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use fluent_templates::{LanguageIdentifier, Loader, fluent_bundle::FluentValue};
use wire::{Language, MinuteRange};

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

/// `08:30`, in 24 hours, as pages and mails write it too.
#[must_use]
pub fn clock_time(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// `Τρίτη 5 Μαΐου` / `Tuesday 5 May`.
#[must_use]
pub fn day(at: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let local = at.with_timezone(&zone);
    let weekday = say(language, &format!("panel-weekday-{}", local.weekday().number_from_monday()));
    let month = say(language, &format!("panel-month-{}", local.month()));
    format!("{weekday} {} {month}", local.day())
}

/// The time, with its day where that is not today.
#[must_use]
pub fn moment(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz, language: Language) -> String {
    let time = clock_time(at, zone);
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

fn after_verb(
    at: DateTime<Utc>,
    now: DateTime<Utc>,
    zone: Tz,
    language: Language,
    [today, other]: [&str; 2],
) -> String {
    let (local, time) = (at.with_timezone(&zone), clock_time(at, zone));
    if local.date_naive() == now.with_timezone(&zone).date_naive() {
        return say_with(language, today, &[("time", time.into())]);
    }
    let weekday = say(language, &format!("panel-on-weekday-{}", local.weekday().number_from_monday()));
    let month = say(language, &format!("panel-month-{}", local.month()));
    let day = format!("{weekday} {} {month}", local.day());
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
        ];
        for (el, en) in pairs {
            assert!(!ids(el).is_empty());
            assert_eq!(ids(el), ids(en));
        }
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
        assert_eq!(clock_time(at("2026-11-24T08:32:00Z"), athens), "10:32");
        assert_eq!(clock_time(at("2026-07-24T06:05:00Z"), athens), "09:05");
        assert_eq!(clock_time(at("2026-11-24T15:00:00Z"), athens), "17:00");
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
    }
}
