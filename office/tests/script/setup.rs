//! The office of a script, and the first lines that describe it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime, Weekday};
use office::{
    Assurance, BookingNeed, Calendar, Channel, Clerk, ClerkId, Desk, DeskId, Group, Hours, LETTERS, Level,
    OfficeConfig, Rule, Rules, RulesPhase, Service, ServiceId, Shift, WeeklySpan, Words,
};

/// A service's planned length where a test does not care.
pub const SERVICE_MINUTES: u16 = 10;
/// All days, so that a script's date may be any.
const ALL_DAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// An office without services and desks, open from 08:00 to 14:00 on every day of the week.
pub fn small_office() -> OfficeConfig {
    OfficeConfig {
        key: "kep".to_owned(),
        number: 1,
        name: Words::new("ΚΕΠ", "Citizens' service centre"),
        address: Words::default(),
        contact_email: "kep@example.gr".to_owned(),
        contact_phone: "2100000000".to_owned(),
        help_where: office::Words::default(),
        priority_grounds: office::Words::default(),
        wait_where: Words::default(),
        desk_word: Words::new("θυρίδα", "desk"),
        zone: chrono_tz::Europe::Athens,
        groups: Vec::new(),
        services: BTreeMap::new(),
        desks: BTreeMap::new(),
        clerks: BTreeMap::new(),
        hours: Hours { serving: vec![span("08:00", "14:00")], ..Hours::default() },
        calendar: Calendar::default(),
        rules: Rules::default(),
    }
}

/// A service that anybody may book or walk in for.
pub fn plain_service(key: &str, group: &str, planned_minutes: u16) -> Service {
    Service {
        key: key.to_owned(),
        group: group.to_owned(),
        catalogue: None,
        name: Words::new(key, key),
        about: Words::default(),
        planned_minutes,
        minutes_per_further_person: 0,
        minutes_per_further_case: 0,
        channels: BTreeSet::from([Channel::InPerson]),
        booking: BookingNeed::Preferred,
        documents: Vec::new(),
        level: Level::None,
        assurance: Assurance::None,
        grid_minutes: 5,
        telephone_informs: false,
        pictogram: office::Pictogram::default(),
        information: false,
        lead_minutes: 0,
        horizon_days: 60,
        releases: Vec::new(),
        change_until_minutes: 0,
        fields: Vec::new(),
        forms: Vec::new(),
    }
}

/// A stretch of every day.
pub fn span(from: &str, to: &str) -> WeeklySpan {
    WeeklySpan { days: ALL_DAYS.to_vec(), from: clock(from), to: clock(to) }
}

/// A time of day.
pub fn clock(text: &str) -> NaiveTime {
    let text = if text.len() == 5 { format!("{text}:00") } else { text.to_owned() };
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no time"))
}

/// Reads a line that describes the office; `false` if it is none.
pub fn describe(config: &mut OfficeConfig, words: &[&str]) -> Result<bool, String> {
    match words {
        ["service", key, minutes, options @ ..] => service(config, key, minutes, options)?,
        ["desk", number, "serves", rest @ ..] => desk(config, number, rest)?,
        ["clerk", number, from, to] => {
            let id = ClerkId(number.parse().map_err(|_| "a clerk has a number")?);
            config.clerks.insert(id, Clerk { hours: vec![span(from, to)], label: Words::default() });
        }
        ["hours", from, to] => {
            config.hours.serving = vec![span(from, to)];
            for shift in config.desks.values_mut().flat_map(|desk| &mut desk.shifts) {
                (shift.from, shift.to) = (clock(from), clock(to));
            }
        }
        ["tickets", from, to] => config.hours.tickets = vec![span(from, to)],
        ["telephone", from, to] => config.hours.telephone = vec![span(from, to)],
        ["zone", zone] => config.zone = zone.parse().map_err(|_| "no such zone")?,
        ["rule", key, value] => set_rule(&mut config.rules, key, value)?,
        ["strict", rules @ ..] => {
            for rule in rules {
                let rule: Rule = serde_json::from_value((*rule).into()).map_err(|fault| fault.to_string())?;
                config.rules.phases.push(RulesPhase { rule, strict_from: NaiveDate::MIN });
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// `service KEY 20m [letter A] [telephone] [teleconference] [required] [grid 5] [lead 60] [change 60] [person 5] [case 5]`
fn service(config: &mut OfficeConfig, key: &str, minutes: &str, options: &[&str]) -> Result<(), String> {
    let known = config.services.iter().find(|(_, service)| service.key == key).map(|(id, _)| *id);
    let id = known.unwrap_or(ServiceId(u16::try_from(config.services.len()).unwrap_or_default() + 1));
    let mut letter = known.is_none().then(|| LETTERS[config.groups.len() % LETTERS.len()]);
    let planned: u16 = minutes.trim_end_matches('m').parse().map_err(|_| format!("`{minutes}` is no length"))?;
    let mut service = plain_service(key, key, planned);
    let mut rest = options;
    loop {
        let number = |text: &str| text.parse::<u16>().map_err(|_| format!("`{text}` is no number"));
        rest = match rest {
            [] => break,
            ["letter", one, rest @ ..] => {
                letter = one.chars().next();
                rest
            }
            ["telephone", rest @ ..] => {
                service.channels.insert(Channel::Telephone);
                rest
            }
            ["teleconference", rest @ ..] => {
                service.channels.insert(Channel::Teleconference);
                rest
            }
            ["required", rest @ ..] => {
                service.booking = BookingNeed::Required;
                rest
            }
            ["grid", minutes, rest @ ..] => {
                service.grid_minutes = number(minutes)?;
                rest
            }
            ["lead", minutes, rest @ ..] => {
                service.lead_minutes = number(minutes)?.into();
                rest
            }
            ["change", minutes, rest @ ..] => {
                service.change_until_minutes = number(minutes)?.into();
                rest
            }
            ["person", minutes, rest @ ..] => {
                service.minutes_per_further_person = number(minutes)?;
                rest
            }
            ["case", minutes, rest @ ..] => {
                service.minutes_per_further_case = number(minutes)?;
                rest
            }
            [word, ..] => return Err(format!("a service has no `{word}`")),
        };
    }
    if let Some(letter) = letter {
        let group = config.groups.iter().find(|group| group.letter == letter).map(|group| group.key.clone());
        service.group = group.unwrap_or_else(|| {
            config.groups.push(Group { key: key.to_owned(), letter, name: Words::new(key, key) });
            key.to_owned()
        });
    }
    config.services.insert(id, service);
    Ok(())
}

/// `desk 1 serves KEY… [from 08:00 to 14:00] [clerk 7] [internal]`
fn desk(config: &mut OfficeConfig, number: &str, rest: &[&str]) -> Result<(), String> {
    let id = DeskId(number.parse().map_err(|_| "a desk has a number")?);
    let hours = config.hours.serving.first().map(|span| (span.from, span.to)).unwrap_or_default();
    let (mut from, mut to, mut clerk, mut public) = (hours.0, hours.1, None, true);
    let mut services = Vec::new();
    let mut rest = rest;
    loop {
        rest = match rest {
            [] => break,
            ["from", one, "to", other, rest @ ..] => {
                (from, to) = (clock(one), clock(other));
                rest
            }
            ["clerk", number, rest @ ..] => {
                clerk = Some(ClerkId(number.parse().map_err(|_| "a clerk has a number")?));
                rest
            }
            ["internal", rest @ ..] => {
                public = false;
                rest
            }
            [key, rest @ ..] => {
                services.push(service_id(config, key)?);
                rest
            }
        };
    }
    let shift = Shift { days: ALL_DAYS.to_vec(), from, to, first: None, last: None, public, clerk };
    config.desks.insert(id, Desk { services, direction: None, shifts: vec![shift] });
    Ok(())
}

/// A service by its key.
pub fn service_id(config: &OfficeConfig, key: &str) -> Result<ServiceId, String> {
    let found = config.services.iter().find(|(_, service)| service.key == key);
    found.map(|(id, _)| *id).ok_or_else(|| format!("there is no service `{key}`"))
}

/// Sets a number or a choice of the written rule by its key.
fn set_rule(rules: &mut Rules, key: &str, value: &str) -> Result<(), String> {
    if let Some(key) = key.strip_prefix("online.") {
        let mut json = serde_json::to_value(&rules.online).map_err(|fault| fault.to_string())?;
        json[key] = serde_json::from_str(value).map_err(|fault| fault.to_string())?;
        rules.online = serde_json::from_value(json).map_err(|fault| fault.to_string())?;
        return Ok(());
    }
    let mut json = serde_json::to_value(&*rules).map_err(|fault| fault.to_string())?;
    // A rule that there is not is refused below; a word is a name.
    json[key] = serde_json::from_str(value).unwrap_or_else(|_| value.into());
    *rules = serde_json::from_value(json).map_err(|fault| fault.to_string())?;
    Ok(())
}
