//! What an office tells those who come in, in sentences that its rules and hours make.

use chrono::{NaiveTime, Weekday};
use office::{Office, OfficeConfig, OrderMode, WeeklySpan, outlook};
use text::{Voice, both};
use wire::{Language, Words};

/// What an office says about waiting: the rule in one sentence, and, once enough is known, how many of a hundred
/// appointments began within three minutes of their time.
pub fn promise(office: &Office, order: OrderMode) -> Words {
    let rule = match order {
        OrderMode::Futures => "notice-promise-futures",
        OrderMode::Sentence => "notice-promise-sentence",
    };
    match kept(office) {
        Some(kept) => both(|voice| format!("{} {}", voice.say(rule), voice.of_text(&kept))),
        None => both(|voice| voice.say(rule)),
    }
}

/// How many of a hundred appointments begin within three minutes of their time, once enough is known.
pub fn kept(office: &Office) -> Option<Words> {
    let percent = outlook::appointments_kept_percent(office)?;
    Some(both(|voice| voice.with("notice-promise-kept", "percent", percent)))
}

/// When people are served: a line for the days that have the same hours.
pub fn hours(config: &OfficeConfig) -> Vec<Words> {
    config.hours.serving.iter().map(|span| both(|voice| line(voice, span))).collect()
}

fn line(voice: Voice, span: &WeeklySpan) -> String {
    let time = |time: NaiveTime| time.format("%H:%M").to_string();
    let values =
        [("days", days(voice, &span.days).into()), ("from", time(span.from).into()), ("to", time(span.to).into())];
    voice.say_with("notice-hours-line", values)
}

/// «Δευτέρα έως Παρασκευή», or each day where they do not follow one another.
fn days(voice: Voice, days: &[Weekday]) -> String {
    let name = |day: Weekday| voice.say(&format!("weekday-{}", day.number_from_monday()));
    let follow = days.windows(2).all(|pair| pair[0].succ() == pair[1]);
    match days {
        [first, .., last] if follow && days.len() > 2 => {
            voice.say_with("notice-hours-days", [("first", name(*first).into()), ("last", name(*last).into())])
        }
        _ => days.iter().map(|day| name(*day)).collect::<Vec<_>>().join(", "),
    }
}

/// The office's own words, or the house's where it has none.
pub fn own_or(words: &Words, id: &str) -> Words {
    let usual = both(|voice| voice.say(id));
    let own = |language| words.in_language(language).to_owned();
    if *words == Words::default() { usual } else { Words::new(own(Language::El), own(Language::En)) }
}

#[cfg(test)]
mod tests {
    use office::FadingShare;

    use super::*;

    #[test]
    fn new_11_the_rule_is_said_and_once_enough_is_known_how_many_appointments_begin_in_time() {
        let mut office = Office::default();
        let rule =
            "Whoever has an appointment comes first once its time has come; the others are called in order of arrival.";
        assert_eq!(promise(&office, OrderMode::Futures).en, rule);
        assert!(promise(&office, OrderMode::Sentence).en.contains("five minutes before"));
        office.learnt.waited = FadingShare { of: 49_000, are: 1_000 };
        assert_eq!(promise(&office, OrderMode::Futures).en, rule, "of too few");
        office.learnt.waited = FadingShare { of: 100_000, are: 6_000 };
        let said = promise(&office, OrderMode::Futures);
        assert_eq!(said.en, format!("{rule} Of 100 appointments, 94 begin at most three minutes after their time."));
        assert!(said.el.contains("94"), "{}", said.el);
        assert!(said.el.ends_with(&kept(&office).unwrap().el), "each language has its own");
    }
}
