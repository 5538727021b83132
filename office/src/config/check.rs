//! What an office's configuration must agree on before it is taken.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Desk, FieldKind, OfficeConfig, Service, Shift, WeeklySpan};
use crate::{ClerkId, DeskId, ServiceId, civil};

/// Letters of walk-in tickets: capitals that look the same in Greek and Latin, without those that look like digits, and
/// without P, which booked visits have (FLD-40).
pub const LETTERS: [char; 11] = ['A', 'B', 'E', 'Z', 'H', 'K', 'M', 'N', 'T', 'Y', 'X'];
/// Serving one person is planned to take so long, at most.
pub const PLANNED_MINUTES_MAX: u16 = 480;
/// A service can be booked so many days ahead, at most.
pub const HORIZON_DAYS_MAX: u16 = 400;
/// Services, desks, clerks or groups of one office, at most: each is walked through at every question.
const PARTS_MAX: usize = 1_000;
/// Entries of one kind in a calendar, at most: each is looked at for every day that is asked about. Years of closures fit.
const CALENDAR_ENTRIES_MAX: usize = 5_000;
/// Stretches in one list of weekly hours, shifts of one desk, and further lists of one part, at most.
const LIST_MAX: usize = 500;

/// Sentences for the hall, and letters of each, at most: a board shows one at a time, in letters for the farthest seat.
const NOTICES_MAX: usize = 50;
const NOTICE_LETTERS_MAX: usize = 80;

/// Something in a configuration that cannot be, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{path}: {problem}")]
pub struct ConfigFault {
    /// The key, from the top, e.g. `services.3.planned_minutes`.
    pub path: String,
    /// What is wrong with it.
    pub problem: ConfigProblem,
}

/// What can be wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfigProblem {
    /// Empty where something must stand.
    #[error("must not be empty")]
    Empty,
    /// The same key stands twice.
    #[error("`{key}` stands twice")]
    Duplicate {
        /// The key that stands twice.
        key: String,
    },
    /// The same letter for two groups.
    #[error("the letter {letter} stands for two groups")]
    LetterTwice {
        /// The letter that two groups have.
        letter: char,
    },
    /// No letter that walk-in tickets can have.
    #[error("`{letter}` is none of A B E Z H K M N T Y X")]
    BadLetter {
        /// The letter as it was written.
        letter: char,
    },
    /// No such group.
    #[error("there is no group `{group}`")]
    UnknownGroup {
        /// The group that is named and not there.
        group: String,
    },
    /// No such service.
    #[error("there is no service {service}")]
    UnknownService {
        /// The service that is named and not there.
        service: ServiceId,
    },
    /// No such desk.
    #[error("there is no desk {desk}")]
    UnknownDesk {
        /// The desk that is named and not there.
        desk: DeskId,
    },
    /// No such clerk.
    #[error("there is no clerk {clerk}")]
    UnknownClerk {
        /// The clerk who is named and not there.
        clerk: ClerkId,
    },
    /// Outside what is allowed.
    #[error("must be from {least} to {most}")]
    OutOfRange {
        /// At least.
        least: u32,
        /// At most.
        most: u32,
    },
    /// The shares of released times do not add up to 100.
    #[error("the shares add up to {sum}, not to 100")]
    SharesNot100 {
        /// What they add up to.
        sum: u32,
    },
    /// A span, or a stretch of days, whose end is not behind its beginning.
    #[error("must begin before it ends")]
    EndsBeforeItBegins,
    /// No weekday is named.
    #[error("must name a weekday")]
    NoDays,
    /// No such date in any year.
    #[error("is no date of the calendar")]
    NoSuchDate,
    /// A key that forms cannot carry.
    #[error("may hold small Latin letters, digits and hyphens only")]
    BadKey,
    /// An address that people should not be led to.
    #[error("must begin with https://")]
    NotHttps,
    /// A channel by which nobody can come.
    #[error("needs a channel")]
    NoChannel,
    /// A day outside the years that can be said.
    #[error("must lie in the years {} to {}", civil::FIRST_YEAR, civil::LAST_YEAR)]
    OutsideYears,
    /// A list that is longer than any office's.
    #[error("may hold {most} at most")]
    TooMany {
        /// At most so many.
        most: usize,
    },
}

impl OfficeConfig {
    /// Looks for everything that contradicts itself.
    ///
    /// # Errors
    /// Every fault found, each with the key that it stands under.
    pub fn check(&self) -> Result<(), Vec<ConfigFault>> {
        let mut check = OfficeCheck::default();
        check.lengths(self);
        check.names(self);
        check.groups(self);
        for (id, service) in &self.services {
            check.service(self, &format!("services.{id}"), service);
        }
        check.unique("services", self.services.values().map(|service| service.key.as_str()));
        for (id, desk) in &self.desks {
            check.desk(self, &format!("desks.{id}"), desk);
        }
        for (id, clerk) in &self.clerks {
            check.spans(&format!("clerks.{id}.hours"), &clerk.hours);
        }
        check.spans("hours.serving", &self.hours.serving);
        check.spans("hours.tickets", &self.hours.tickets);
        check.spans("hours.doors", &self.hours.doors);
        check.spans("hours.telephone", &self.hours.telephone);
        check.calendar(self);
        check.hours_changes(self);
        check.notices(self);
        check.rules(self);
        if check.faults.is_empty() { Ok(()) } else { Err(check.faults) }
    }
}

/// The faults found so far.
#[derive(Default)]
struct OfficeCheck {
    faults: Vec<ConfigFault>,
}

impl OfficeCheck {
    fn fault(&mut self, path: impl Into<String>, problem: ConfigProblem) {
        self.faults.push(ConfigFault { path: path.into(), problem });
    }

    fn range(&mut self, path: impl Into<String>, value: impl Into<u32>, least: u32, most: u32) {
        if !(least..=most).contains(&value.into()) {
            self.fault(path, ConfigProblem::OutOfRange { least, most });
        }
    }

    fn unique<'a>(&mut self, path: &str, keys: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for key in keys {
            if key.is_empty() {
                self.fault(path, ConfigProblem::Empty);
            } else if !seen.insert(key) {
                self.fault(path, ConfigProblem::Duplicate { key: key.to_owned() });
            }
        }
    }

    fn order(&mut self, path: impl Into<String>, from: NaiveTime, to: NaiveTime) {
        if from >= to {
            self.fault(path, ConfigProblem::EndsBeforeItBegins);
        }
    }

    fn length(&mut self, path: impl Into<String>, length: usize, most: usize) {
        if length > most {
            self.fault(path, ConfigProblem::TooMany { most });
        }
    }

    /// What is walked through again and again has an end.
    fn lengths(&mut self, config: &OfficeConfig) {
        let parts = [
            ("groups", config.groups.len()),
            ("services", config.services.len()),
            ("desks", config.desks.len()),
            ("clerks", config.clerks.len()),
        ];
        for (path, length) in parts {
            self.length(path, length, PARTS_MAX);
        }
        let calendar = &config.calendar;
        let entries = [
            ("calendar.local_holidays", calendar.local_holidays.len()),
            ("calendar.closures", calendar.closures.len()),
            ("calendar.early_closes", calendar.early_closes.len()),
            ("calendar.open_anyway", calendar.open_anyway.len()),
            ("calendar.hours_changes", calendar.hours_changes.len()),
        ];
        for (path, length) in entries {
            self.length(path, length, CALENDAR_ENTRIES_MAX);
        }
        for (id, service) in &config.services {
            let lists = [service.releases.len(), service.documents.len(), service.fields.len(), service.forms.len()];
            self.length(format!("services.{id}"), lists.into_iter().max().unwrap_or_default(), LIST_MAX);
        }
        for (id, desk) in &config.desks {
            self.length(format!("desks.{id}"), desk.services.len().max(desk.shifts.len()), LIST_MAX.max(PARTS_MAX));
        }
        let online = &config.rules.online;
        self.length("rules.online", online.void_reasons.len().max(online.reminder_days_before.len()), LIST_MAX);
    }

    /// A day that arithmetic can be done with.
    fn day(&mut self, path: impl Into<String>, day: NaiveDate) {
        if !civil::is_date(day) {
            self.fault(path, ConfigProblem::OutsideYears);
        }
    }

    fn spans(&mut self, path: &str, spans: &[WeeklySpan]) {
        self.length(path, spans.len(), LIST_MAX);
        for (index, span) in spans.iter().enumerate() {
            self.order(format!("{path}.{index}"), span.from, span.to);
            if span.days.is_empty() {
                self.fault(format!("{path}.{index}.days"), ConfigProblem::NoDays);
            }
        }
    }

    fn names(&mut self, config: &OfficeConfig) {
        if config.key.is_empty() {
            self.fault("key", ConfigProblem::Empty);
        }
        if config.name.el.is_empty() || config.name.en.is_empty() {
            self.fault("name", ConfigProblem::Empty);
        }
    }

    fn groups(&mut self, config: &OfficeConfig) {
        self.unique("groups", config.groups.iter().map(|group| group.key.as_str()));
        let mut seen = BTreeSet::new();
        for group in &config.groups {
            let (path, letter) = (format!("groups.{}.letter", group.key), group.letter);
            if !LETTERS.contains(&letter) {
                self.fault(path, ConfigProblem::BadLetter { letter });
            } else if !seen.insert(letter) {
                self.fault(path, ConfigProblem::LetterTwice { letter });
            }
        }
    }

    fn service(&mut self, config: &OfficeConfig, path: &str, service: &Service) {
        if !config.groups.iter().any(|group| group.key == service.group) {
            self.fault(format!("{path}.group"), ConfigProblem::UnknownGroup { group: service.group.clone() });
        }
        self.range(format!("{path}.planned_minutes"), service.planned_minutes, 1, PLANNED_MINUTES_MAX.into());
        let further = [
            ("minutes_per_further_person", service.minutes_per_further_person),
            ("minutes_per_further_case", service.minutes_per_further_case),
        ];
        for (key, minutes) in further {
            self.range(format!("{path}.{key}"), minutes, 0, PLANNED_MINUTES_MAX.into());
        }
        self.range(format!("{path}.grid_minutes"), service.grid_minutes, 1, PLANNED_MINUTES_MAX.into());
        self.range(format!("{path}.horizon_days"), service.horizon_days, 0, HORIZON_DAYS_MAX.into());
        if service.channels.is_empty() {
            self.fault(format!("{path}.channels"), ConfigProblem::NoChannel);
        }
        let sum: u32 = service.releases.iter().map(|release| u32::from(release.percent)).sum();
        if !service.releases.is_empty() && sum != 100 {
            self.fault(format!("{path}.releases"), ConfigProblem::SharesNot100 { sum });
        }
        for (index, document) in service.documents.iter().enumerate() {
            self.range(format!("{path}.documents.{index}.count"), document.count, 1, 99);
        }
        self.fields(path, service);
    }

    fn fields(&mut self, path: &str, service: &Service) {
        self.unique(&format!("{path}.fields"), service.fields.iter().map(|field| field.key.as_str()));
        for (index, field) in service.fields.iter().enumerate() {
            let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if field.key.is_empty() || !field.key.chars().all(is_plain) {
                self.fault(format!("{path}.fields.{index}.key"), ConfigProblem::BadKey);
            }
            if (field.kind == FieldKind::Choice) == field.choices.is_empty() {
                self.fault(format!("{path}.fields.{index}.choices"), ConfigProblem::Empty);
            }
        }
        for (index, form) in service.forms.iter().enumerate() {
            if !form.url.starts_with("https://") {
                self.fault(format!("{path}.forms.{index}.url"), ConfigProblem::NotHttps);
            }
        }
    }

    fn desk(&mut self, config: &OfficeConfig, path: &str, desk: &Desk) {
        if desk.services.is_empty() {
            self.fault(format!("{path}.services"), ConfigProblem::Empty);
        }
        let mut seen = BTreeSet::new();
        for service in &desk.services {
            if !config.services.contains_key(service) {
                self.fault(format!("{path}.services"), ConfigProblem::UnknownService { service: *service });
            } else if !seen.insert(*service) {
                let key = config.services.get(service).map(|service| service.key.clone()).unwrap_or_default();
                self.fault(format!("{path}.services"), ConfigProblem::Duplicate { key });
            }
        }
        for (index, shift) in desk.shifts.iter().enumerate() {
            self.shift(config, &format!("{path}.shifts.{index}"), shift);
        }
    }

    fn shift(&mut self, config: &OfficeConfig, path: &str, shift: &Shift) {
        self.order(path, shift.from, shift.to);
        if shift.days.is_empty() {
            self.fault(format!("{path}.days"), ConfigProblem::NoDays);
        }
        for day in [shift.first, shift.last].into_iter().flatten() {
            self.day(path, day);
        }
        if let (Some(first), Some(last)) = (shift.first, shift.last)
            && first > last
        {
            self.fault(format!("{path}.last"), ConfigProblem::EndsBeforeItBegins);
        }
        if let Some(clerk) = shift.clerk.filter(|clerk| !config.clerks.contains_key(clerk)) {
            self.fault(format!("{path}.clerk"), ConfigProblem::UnknownClerk { clerk });
        }
    }

    fn calendar(&mut self, config: &OfficeConfig) {
        let calendar = &config.calendar;
        for (index, holiday) in calendar.local_holidays.iter().enumerate() {
            // 2024 is a leap year: the 29th of February is a date, if a rare one.
            if chrono::NaiveDate::from_ymd_opt(2024, holiday.month, holiday.day).is_none() {
                self.fault(format!("calendar.local_holidays.{index}"), ConfigProblem::NoSuchDate);
            }
        }
        for (index, closure) in calendar.closures.iter().enumerate() {
            let path = format!("calendar.closures.{index}");
            self.day(path.clone(), closure.from.date());
            self.day(path.clone(), closure.to.date());
            if closure.from >= closure.to {
                self.fault(path.clone(), ConfigProblem::EndsBeforeItBegins);
            }
            if let Some(desk) = closure.desk.filter(|desk| !config.desks.contains_key(desk)) {
                self.fault(format!("{path}.desk"), ConfigProblem::UnknownDesk { desk });
            }
        }
    }

    fn hours_changes(&mut self, config: &OfficeConfig) {
        for (index, early) in config.calendar.early_closes.iter().enumerate() {
            self.day(format!("calendar.early_closes.{index}"), early.date);
        }
        for (index, day) in config.calendar.open_anyway.iter().enumerate() {
            self.day(format!("calendar.open_anyway.{index}"), *day);
        }
        for (index, change) in config.calendar.hours_changes.iter().enumerate() {
            let path = format!("calendar.hours_changes.{index}");
            for day in [Some(change.first), change.last].into_iter().flatten() {
                self.day(path.clone(), day);
            }
            if change.last.is_some_and(|last| last < change.first) {
                self.fault(path.clone(), ConfigProblem::EndsBeforeItBegins);
            }
            self.spans(&format!("{path}.spans"), &change.spans);
            if let Some(desk) = change.desk.filter(|desk| !config.desks.contains_key(desk)) {
                self.fault(format!("{path}.desk"), ConfigProblem::UnknownDesk { desk });
            }
        }
    }

    fn notices(&mut self, config: &OfficeConfig) {
        self.length("notices", config.notices.len(), NOTICES_MAX);
        for (index, notice) in config.notices.iter().enumerate() {
            // Counted as the tables of a file are.
            let path = format!("notices.{}", index + 1);
            for text in [&notice.text.el, &notice.text.en] {
                if text.trim().is_empty() {
                    self.fault(format!("{path}.text"), ConfigProblem::Empty);
                }
                self.length(format!("{path}.text"), text.chars().count(), NOTICE_LETTERS_MAX);
            }
            for (key, moment) in [("from", notice.from), ("until", notice.until)] {
                if let Some(moment) = moment {
                    self.day(format!("{path}.{key}"), moment.date());
                }
            }
            if let (Some(from), Some(until)) = (notice.from, notice.until)
                && from >= until
            {
                self.fault(format!("{path}.until"), ConfigProblem::EndsBeforeItBegins);
            }
        }
    }

    fn rules(&mut self, config: &OfficeConfig) {
        let rules = &config.rules;
        self.range("rules.wait_max_minutes", rules.wait_max_minutes, 1, 1_440);
        self.range("rules.grace_minutes", rules.grace_minutes, 0, 1_440);
        self.range("rules.hold_minutes", rules.hold_minutes, 1, 1_440);
        self.range("rules.holds_per_address_max", rules.holds_per_address_max, 1, u8::MAX.into());
        self.range("rules.bookings_per_address_max", rules.bookings_per_address_max, 1, u8::MAX.into());
        self.range("rules.remote_attempts_max", rules.remote_attempts_max, 1, u8::MAX.into());
        self.range("rules.overtaken_max", rules.overtaken_max, 1, u8::MAX.into());
        self.range("rules.waiting_max", rules.waiting_max, 1, u16::MAX.into());
        self.range("rules.priority_in_a_row_max", rules.priority_in_a_row_max, 1, u8::MAX.into());
        self.range("rules.online.reminder_hour", rules.online.reminder_hour, 0, 23);
        self.range("rules.online.personal_data_days", rules.online.personal_data_days, 0, 3_650);
        self.range("rules.online.unconfirmed_hours", rules.online.unconfirmed_hours, 1, 8_760);
        self.range("rules.online.agents_share_percent", rules.online.agents_share_percent, 0, 100);
        self.range("rules.online.agent_confirm_hours", rules.online.agent_confirm_hours, 1, 720);
        self.range("rules.online.correction_days", rules.online.correction_days, 1, 365);
        self.range("rules.online.first_choice_hours", rules.online.first_choice_hours, 0, 720);
        let targets =
            [("booked_minutes", rules.targets.booked_minutes), ("walk_in_minutes", rules.targets.walk_in_minutes)];
        for (key, minutes) in targets {
            self.range(format!("rules.targets.{key}"), minutes.unwrap_or(1), 1, 1_440);
        }
        self.range("rules.targets.percent", rules.targets.percent, 1, 100);
        let mut reasons = BTreeSet::new();
        for (index, reason) in rules.online.void_reasons.iter().enumerate() {
            let path = format!("rules.online.void_reasons.{index}");
            if !reasons.insert(reason.id) {
                self.fault(path.clone(), ConfigProblem::Duplicate { key: reason.id.to_string() });
            }
            if reason.text.el.is_empty() || reason.text.en.is_empty() {
                self.fault(format!("{path}.text"), ConfigProblem::Empty);
            }
        }
        let mut seen = BTreeSet::new();
        for (index, phase) in rules.phases.iter().enumerate() {
            if !seen.insert(phase.rule) {
                let key = format!("{:?}", phase.rule);
                self.fault(format!("rules.phases.{index}"), ConfigProblem::Duplicate { key });
            }
        }
    }
}
