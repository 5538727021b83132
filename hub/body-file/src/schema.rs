//! The shape of a body's file: every key that may stand in it, and no other.

use std::{collections::BTreeSet, path::PathBuf};

use body::{Proof, ResultForm};
use identity::{ProviderSeconds, SecretFile};
use office::{ExtraField, Requirement, Words, strict};
use office_file::CalendarFile;
use serde::Deserialize;
use toml::Spanned;
use vocabulary::{Assurance, Level, civil::CivilMoment};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyFile {
    /// A short name for it in links.
    pub key: String,
    /// What people call the body, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
    /// Where somebody who needs help writes to.
    pub contact_email: String,
    /// The telephone that they call.
    pub contact_phone: String,
    /// The time zone.
    #[serde(default = "athens")]
    pub zone: Spanned<String>,
    /// Days that differ.
    #[serde(default)]
    pub calendar: CalendarFile,
    /// Tables `[[units]]`: who works on requests.
    #[serde(default)]
    pub units: Vec<UnitFile>,
    /// What can be asked of it.
    #[serde(default)]
    pub categories: Vec<CategoryFile>,
    /// How it certifies people.
    #[serde(default)]
    pub certification: Option<CertificationFile>,
    /// Answers that are often given.
    #[serde(default)]
    pub answers: Vec<AnswerFile>,
    /// Who gives protocol numbers.
    #[serde(default)]
    pub protocol: ProtocolFile,
    /// Who keeps citizens' records.
    #[serde(default)]
    pub records: Option<RecordsFile>,
    /// How conferences are held.
    #[serde(default)]
    pub conferences: Option<ConferencesFile>,
    /// Who holds the rooms of teleconferences.
    #[serde(default)]
    pub rooms: RoomsFile,
    /// For what level B is closed to begin with.
    #[serde(default)]
    pub level_b: LevelFile,
}

fn athens() -> Spanned<String> {
    Spanned::new(0..0, "Europe/Athens".to_owned())
}

/// A table of `[[units]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFile {
    /// Never changed once used.
    pub id: Spanned<u16>,
    /// Named by categories.
    pub key: String,
    /// What people call the unit, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
}

/// A category of requests.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryFile {
    /// Never changed once used.
    pub id: Spanned<u16>,
    /// A short name for it in links.
    pub key: String,
    /// What people call the category, in Greek and English.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
    /// What the category is for, in a sentence or two.
    #[serde(deserialize_with = "strict::one")]
    pub about: Words,
    /// Key of the unit that works on it.
    pub unit: Spanned<String>,
    /// Level of identity.
    #[serde(default = "level_a")]
    pub level: Level,
    /// Who has to vouch for who somebody is.
    #[serde(default)]
    pub assurance: Assurance,
    /// Whether level B is open for it where nobody has pressed otherwise.
    #[serde(default = "yes")]
    pub level_b_open: bool,
    /// What an applicant is asked besides, in this category alone.
    #[serde(default)]
    pub fields: Vec<ExtraField>,
    /// Whether a place is asked for.
    #[serde(default = "not_asked")]
    pub place: Requirement,
    /// Whether photographs and documents are.
    #[serde(default = "not_asked")]
    pub files: Requirement,
    /// So many of them at a time.
    #[serde(default = "some_files")]
    pub files_max: u8,
    /// Each of so many mebibytes.
    #[serde(default = "large_files")]
    pub file_mib_max: u8,
    /// Due in so many days.
    #[serde(default)]
    pub days: Option<Spanned<u16>>,
    /// Due in so many working days.
    #[serde(default)]
    pub working_days: Option<Spanned<u16>>,
    /// What the applicant gets.
    #[serde(default)]
    pub result: ResultForm,
    /// The visit at which it is collected.
    #[serde(default)]
    pub pickup: Option<ServiceNameFile>,
    /// Reopened for so many days.
    #[serde(default = "month")]
    pub reopen_days: u16,
    /// Kept for so many years.
    #[serde(default = "some_years")]
    pub retention_years: u8,
}

const fn level_a() -> Level {
    Level::A
}

const fn yes() -> bool {
    true
}

const fn not_asked() -> Requirement {
    Requirement::No
}

const fn some_files() -> u8 {
    body::FILES_MAX
}

const fn large_files() -> u8 {
    body::FILE_MIB_MAX
}

const fn month() -> u16 {
    body::REOPEN_DAYS
}

const fn some_years() -> u8 {
    body::RETENTION_YEARS
}

/// How people are certified.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificationFile {
    /// Key of the office that certifies.
    pub office: Spanned<String>,
    /// Key of the service that is booked for it.
    pub service: Spanned<String>,
    /// Whether a second clerk looks.
    #[serde(default)]
    pub two_clerks: bool,
    /// What must be shown beside an identity card or a passport.
    #[serde(default = "every_proof")]
    pub shown: BTreeSet<Proof>,
}

fn every_proof() -> BTreeSet<Proof> {
    Proof::ALL.into()
}

/// An answer that is often given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerFile {
    /// What staff know it by.
    #[serde(deserialize_with = "strict::one")]
    pub name: Words,
    /// What it says.
    #[serde(deserialize_with = "strict::one")]
    pub text: Words,
    /// Key of the category that it is for.
    #[serde(default)]
    pub category: Option<Spanned<String>>,
    /// Key of the unit that it is for.
    #[serde(default)]
    pub unit: Option<Spanned<String>>,
}

/// Who gives protocol numbers; the body's own series, unless another system is named.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProtocolFile {
    /// Where the other system is asked.
    pub url: Option<Spanned<String>>,
    /// A file with the token that it wants in its first line.
    pub secret_file: Option<SecretFile>,
    /// The certificate of who signs the other's, if browsers do not know it.
    pub authority_file: Option<PathBuf>,
    /// The unit for which it is asked.
    pub unit: String,
    /// Why it is asked, in the words of the decision that allows it.
    pub reason: String,
    /// Seconds that it may take over an answer.
    pub timeout_seconds: ProviderSeconds,
}

/// Who keeps citizens' records: debts, and pending matters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordsFile {
    /// Where the register is asked.
    pub url: Spanned<String>,
    /// A file with the token that it wants in its first line.
    #[serde(default)]
    pub secret_file: Option<SecretFile>,
    /// The certificate of who signs the register's, if browsers do not know it.
    #[serde(default)]
    pub authority_file: Option<PathBuf>,
    /// The unit for which it is asked.
    pub unit: String,
    /// Why it is asked, in the words of the decision that allows it.
    pub reason: String,
    /// Seconds that it may take over an answer.
    #[serde(default)]
    pub timeout_seconds: ProviderSeconds,
    /// How often one person may look within a day.
    #[serde(default = "some_looks")]
    pub looks_a_day: u16,
}

const fn some_looks() -> u16 {
    body::records::LOOKS_A_DAY
}

/// How conferences are held.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConferencesFile {
    /// So many at the same time.
    pub rooms: u16,
    /// So many people in all of them at the same time.
    pub participants: u32,
    /// So many people in one.
    #[serde(default = "some_participants")]
    pub participants_each: u16,
    /// When nobody confers.
    #[serde(default)]
    pub maintenance: Vec<MaintenanceFile>,
}

const fn some_participants() -> u16 {
    100
}

/// A time at which nobody confers, in local time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaintenanceFile {
    /// The first minute without rooms.
    pub from: CivilMoment,
    /// The first minute with rooms again.
    pub to: CivilMoment,
    /// What is said to whoever wants to plan then.
    #[serde(deserialize_with = "strict::one")]
    pub because: Words,
}

/// Who holds the rooms of teleconferences; Seira itself, unless an address is named.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoomsFile {
    /// Which kind it is.
    pub provider: Option<Spanned<ProviderKindFile>>,
    /// The fixed address, for `link`; the server, for `jitsi`.
    pub url: Option<Spanned<String>>,
    /// Of `jitsi`: the name under which the server knows the body (`app_id`).
    pub app: Option<String>,
    /// Of `jitsi`: the file of the secret that the server has too, for HS256.
    pub secret_file: Option<PathBuf>,
    /// Of `jitsi`: the file of a private RSA key instead, for RS256.
    pub key_file: Option<PathBuf>,
    /// Of `jitsi`: the name by which the server finds the public half of that key.
    pub key_name: Option<String>,
    /// Of `jitsi`: for whom tokens are made, unless that is `jitsi`.
    pub audience: Option<String>,
    /// Of `jitsi`: whose rooms they are, unless the server's own.
    pub tenant: Option<String>,
}

/// Which kind of provider holds the rooms.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderKindFile {
    /// Seira itself.
    BuiltIn,
    /// Whoever is behind an address.
    Link,
    /// A server of Jitsi.
    Jitsi,
}

/// For what level B is closed to begin with.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LevelFile {
    /// Services of offices; categories have `level_b_open`.
    pub closed: Vec<ServiceNameFile>,
}

/// A service of an office.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceNameFile {
    /// The office's key.
    pub office: Spanned<String>,
    /// The service's key there.
    pub service: Spanned<String>,
}
