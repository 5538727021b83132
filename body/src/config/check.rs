//! What a body's configuration must agree on before it is taken.

use std::collections::BTreeSet;

use office::{FieldKind, Words, civil};
use thiserror::Error;
use vocabulary::{Assurance, Level};

use super::{BodyConfig, Category, FILE_MIB_MAX, ProtocolSource, ResultForm};
use crate::{CategoryId, ConferenceRules, Term, UnitId, deadline::TERM_MAX, ids::UNIT_MADE_FIRST};

/// Units and categories, at most: each is shown in one list.
const PARTS_MAX: usize = 500;
/// Fields of one form, at most.
const FIELDS_MAX: usize = 50;
/// Entries of one kind in the calendar, at most: each is looked at for every day that is counted.
const CALENDAR_ENTRIES_MAX: usize = 1_000;
/// A request can be reopened for two years, at most.
const REOPEN_DAYS_MAX: u16 = 730;
/// So many files are sent at a time, at most: they come in one form.
const FILES_MOST: u8 = 10;
/// Answers to choose from, at most: they stand in one list.
const ANSWERS_MAX: usize = 200;
/// What was written is kept for so many years, at most: longer is for an archive.
const RETENTION_YEARS_MAX: u8 = 50;
/// Nobody looks at their records more often within a day: each look asks another house.
const LOOKS_A_DAY_MAX: u16 = 100;
/// Conferences at the same time, at most: each is looked at when another is planned beside them.
const ROOMS_MAX: u32 = 1_000;
/// People in conferences at the same time, at most.
const PARTICIPANTS_MAX: u32 = 100_000;
/// People in one conference, at most: each has a mail, and stands in one list.
const PARTICIPANTS_EACH_MAX: u32 = 500;
/// Times at which nobody confers, at most: each is looked at when a conference is planned.
const WINDOWS_MAX: usize = 500;

/// Something in a configuration that cannot be, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{path}: {problem}")]
pub struct BodyFault {
    /// The key, from the top, e.g. `categories.3.unit`.
    pub path: String,
    /// What is wrong with it.
    pub problem: BodyProblem,
}

/// What can be wrong with a body's configuration.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BodyProblem {
    /// Empty where something must stand.
    #[error("must not be empty, in Greek and in English")]
    Empty,
    /// The same key stands twice.
    #[error("`{key}` stands twice")]
    Duplicate {
        /// The key that stands twice.
        key: String,
    },
    /// A key that links cannot carry.
    #[error("`{key}` may hold small Latin letters, digits and hyphens only")]
    BadKey {
        /// As it was written.
        key: String,
    },
    /// No such unit.
    #[error("there is no unit {unit}")]
    UnknownUnit {
        /// The unit that is named and not there.
        unit: UnitId,
    },
    /// Outside what is allowed.
    #[error("must be from {least} to {most}")]
    OutOfRange {
        /// The smallest value that is taken.
        least: u32,
        /// The largest value that is taken.
        most: u32,
    },
    /// A list that is longer than any body's.
    #[error("may hold {most} at most")]
    TooMany {
        /// At most so many.
        most: usize,
    },
    /// Nobody could ask.
    #[error("must be \"a\" or \"b\": a request has somebody whose it is")]
    NoLevel,
    /// What level B is for, where nobody is certified.
    #[error("asks for level B, and nobody is certified: write [certification], or another level")]
    NobodyCertifies,
    /// A visit at which nothing is collected.
    #[error("collects what is never there: write result = \"document\", or leave this out")]
    NothingToCollect,
    /// No such category.
    #[error("there is no category {category}")]
    UnknownCategory {
        /// The category that is named and not there.
        category: CategoryId,
    },
    /// A file that anybody could download.
    #[error("a result that is downloaded asks for level b or for assurance \"taxisnet\"")]
    OpenDownload,
    /// A list of answers where none are chosen, or none where they are.
    #[error("a field of kind \"choice\" has choices, and no other has")]
    BadChoices,
    /// An address that numbers should not be asked at.
    #[error("must begin with https://, or with http://127.0.0.1 on this machine")]
    BadUrl,
    /// No such date in any year.
    #[error("is no date of the calendar")]
    NoSuchDate,
    /// Ends before it begins, or outside the years that can be said.
    #[error("must begin before it ends, in the years {} to {}", civil::FIRST_YEAR, civil::LAST_YEAR)]
    BadTimes,
    /// A closure of a desk, of which a body has none.
    #[error("is of a desk, and a body has none")]
    OfDesk,
}

impl BodyConfig {
    /// Looks for everything that contradicts itself.
    ///
    /// # Errors
    /// Every fault found, each with the key that it stands under.
    pub fn check(&self) -> Result<(), Vec<BodyFault>> {
        let mut check = BodyCheck::default();
        check.key("key", &self.key);
        check.words("name", &self.name);
        check.length("units", self.units.len(), PARTS_MAX);
        check.length("categories", self.categories.len(), PARTS_MAX);
        for (id, unit) in &self.units {
            check.key(&format!("units.{id}.key"), &unit.key);
            check.words(&format!("units.{id}.name"), &unit.name);
            check.range(format!("units.{id}.id"), id.0, 0, u32::from(UNIT_MADE_FIRST) - 1);
        }
        check.unique("units", self.units.values().map(|unit| unit.key.as_str()));
        for (id, category) in &self.categories {
            check.category(self, &format!("categories.{id}"), category);
        }
        check.unique("categories", self.categories.values().map(|category| category.key.as_str()));
        if let ProtocolSource::Adapter { url } = &self.protocol {
            check.url("protocol.url", url);
        }
        check.answers(self);
        if let Some(records) = &self.records {
            check.range("records.looks_a_day", records.looks_a_day, 1, LOOKS_A_DAY_MAX.into());
            if self.certification.is_none() {
                check.fault("records", BodyProblem::NobodyCertifies);
            }
        }
        if let Some(conferences) = &self.conferences {
            check.conferences(conferences);
        }
        check.calendar(self);
        if check.faults.is_empty() { Ok(()) } else { Err(check.faults) }
    }
}

/// The faults found so far.
#[derive(Default)]
struct BodyCheck {
    faults: Vec<BodyFault>,
}

impl BodyCheck {
    fn fault(&mut self, path: impl Into<String>, problem: BodyProblem) {
        self.faults.push(BodyFault { path: path.into(), problem });
    }

    fn words(&mut self, path: &str, words: &Words) {
        if words.el.trim().is_empty() || words.en.trim().is_empty() {
            self.fault(path, BodyProblem::Empty);
        }
    }

    fn key(&mut self, path: &str, key: &str) {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if key.is_empty() || key.len() > 60 || !key.chars().all(is_plain) {
            self.fault(path, BodyProblem::BadKey { key: key.to_owned() });
        }
    }

    fn length(&mut self, path: impl Into<String>, length: usize, most: usize) {
        if length > most {
            self.fault(path, BodyProblem::TooMany { most });
        }
    }

    fn range(&mut self, path: impl Into<String>, value: impl Into<u32>, least: u32, most: u32) {
        if !(least..=most).contains(&value.into()) {
            self.fault(path, BodyProblem::OutOfRange { least, most });
        }
    }

    fn unique<'a>(&mut self, path: &str, keys: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for key in keys {
            if !seen.insert(key) {
                self.fault(path, BodyProblem::Duplicate { key: key.to_owned() });
            }
        }
    }

    /// An adapter is asked with what a citizen wrote: in the clear on this machine alone.
    fn url(&mut self, path: &str, url: &str) {
        let is_here = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
            .iter()
            .any(|here| url.strip_prefix(here).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
        if !is_here && url.strip_prefix("https://").is_none_or(str::is_empty) {
            self.fault(path, BodyProblem::BadUrl);
        }
    }

    fn category(&mut self, config: &BodyConfig, path: &str, category: &Category) {
        self.key(&format!("{path}.key"), &category.key);
        self.words(&format!("{path}.name"), &category.name);
        self.words(&format!("{path}.about"), &category.about);
        if !config.units.contains_key(&category.unit) {
            self.fault(format!("{path}.unit"), BodyProblem::UnknownUnit { unit: category.unit });
        }
        match category.level {
            Level::None => self.fault(format!("{path}.level"), BodyProblem::NoLevel),
            Level::B if config.certification.is_none() => {
                self.fault(format!("{path}.level"), BodyProblem::NobodyCertifies);
            }
            Level::A | Level::B => {}
        }
        let is_known = category.level == Level::B || category.assurance != Assurance::None;
        if category.result == ResultForm::ElectronicDocument && !is_known {
            self.fault(format!("{path}.result"), BodyProblem::OpenDownload);
        }
        let term = match category.term {
            Term::Days(_) => "days",
            Term::WorkingDays(_) => "working_days",
        };
        self.range(format!("{path}.{term}"), category.term.count(), 1, TERM_MAX.into());
        self.range(format!("{path}.reopen_days"), category.reopen_days, 0, REOPEN_DAYS_MAX.into());
        self.range(format!("{path}.retention_years"), category.retention_years, 1, RETENTION_YEARS_MAX.into());
        self.range(format!("{path}.files_max"), category.files_max, 1, FILES_MOST.into());
        self.range(format!("{path}.file_mib_max"), category.file_mib_max, 1, FILE_MIB_MAX.into());
        if category.result == ResultForm::None && category.pickup.is_some() {
            self.fault(format!("{path}.pickup"), BodyProblem::NothingToCollect);
        }
        self.length(format!("{path}.fields"), category.fields.len(), FIELDS_MAX);
        self.unique(&format!("{path}.fields"), category.fields.iter().map(|field| field.key.as_str()));
        for (index, field) in category.fields.iter().enumerate() {
            self.key(&format!("{path}.fields.{index}.key"), &field.key);
            self.words(&format!("{path}.fields.{index}.label"), &field.label);
            if (field.kind == FieldKind::Choice) == field.choices.is_empty() {
                self.fault(format!("{path}.fields.{index}.choices"), BodyProblem::BadChoices);
            }
        }
    }

    fn answers(&mut self, config: &BodyConfig) {
        self.length("answers", config.answers.len(), ANSWERS_MAX);
        for (index, answer) in config.answers.iter().enumerate() {
            let path = format!("answers.{index}");
            self.words(&format!("{path}.name"), &answer.name);
            self.words(&format!("{path}.text"), &answer.text);
            if let Some(unit) = answer.unit.filter(|unit| !config.units.contains_key(unit)) {
                self.fault(format!("{path}.unit"), BodyProblem::UnknownUnit { unit });
            }
            if let Some(category) = answer.category.filter(|category| !config.categories.contains_key(category)) {
                self.fault(format!("{path}.category"), BodyProblem::UnknownCategory { category });
            }
        }
    }

    fn conferences(&mut self, rules: &ConferenceRules) {
        self.range("conferences.rooms", rules.rooms, 1, ROOMS_MAX);
        self.range("conferences.participants", rules.participants, 2, PARTICIPANTS_MAX);
        let most = rules.participants.clamp(2, PARTICIPANTS_EACH_MAX);
        self.range("conferences.participants_each", rules.participants_each, 2, most);
        self.length("conferences.maintenance", rules.maintenance.len(), WINDOWS_MAX);
        for (index, window) in rules.maintenance.iter().enumerate() {
            let path = format!("conferences.maintenance.{index}");
            self.words(&format!("{path}.because"), &window.because);
            let days = [window.from.date(), window.to.date()];
            if window.from >= window.to || !days.into_iter().all(civil::is_date) {
                self.fault(path, BodyProblem::BadTimes);
            }
        }
    }

    fn calendar(&mut self, config: &BodyConfig) {
        let calendar = &config.calendar;
        let entries = [
            ("calendar.local_holidays", calendar.local_holidays.len()),
            ("calendar.closures", calendar.closures.len()),
            ("calendar.open_anyway", calendar.open_anyway.len()),
        ];
        for (path, length) in entries {
            self.length(path, length, CALENDAR_ENTRIES_MAX);
        }
        for (index, holiday) in calendar.local_holidays.iter().enumerate() {
            // 2024 is a leap year: the 29th of February is a date, if a rare one.
            if chrono::NaiveDate::from_ymd_opt(2024, holiday.month, holiday.day).is_none() {
                self.fault(format!("calendar.local_holidays.{index}"), BodyProblem::NoSuchDate);
            }
        }
        for (index, closure) in calendar.closures.iter().enumerate() {
            let path = format!("calendar.closures.{index}");
            let days = [closure.from.date(), closure.to.date()];
            if closure.from >= closure.to || !days.into_iter().all(civil::is_date) {
                self.fault(path.clone(), BodyProblem::BadTimes);
            }
            if closure.desk.is_some() {
                self.fault(format!("{path}.desk"), BodyProblem::OfDesk);
            }
        }
    }
}
