//! What an office is set up to be. It is part of the office, and changes by event while the office runs (TRN-11).

mod calendar;
mod check;
mod desk;
mod online;
mod rules;
mod service;
mod targets;

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use calendar::{Calendar, Closure, EarlyClose, Hours, HoursChange, LocalHoliday, WeeklySpan};
pub use check::{ConfigFault, ConfigProblem, LETTERS};
pub use desk::{Clerk, Desk, Direction, Shift};
pub use online::{ExtraField, FieldKind, Form, GeoPoint, ListedReason, NoPlace, OnlineRules, Requirement};
pub use rules::{Enforcement, OrderMode, Rule, Rules, RulesPhase};
pub use service::{BookingNeed, Channel, Document, DocumentForm, Group, Release, Service};
pub use targets::Targets;

use crate::{ClerkId, DeskId, ServiceId, Words};

/// Everything that an office's administrators decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfficeConfig {
    /// Its name in links and in the API, e.g. `kep`.
    pub key: String,
    /// Its number within the hub, in booking codes.
    pub number: u32,
    /// What people call the office, in Greek and English.
    pub name: Words,
    /// Street, number, postcode and town.
    pub address: Words,
    /// Where somebody who needs help writes to (PET-07).
    pub contact_email: String,
    /// And calls.
    pub contact_phone: String,
    /// Where somebody goes who rang for help at a kiosk and to whom nobody came; empty says the reception.
    #[serde(default, skip_serializing_if = "Words::are_none")]
    pub help_where: Words,
    /// The published grounds of priority service, in a sentence (FLD-27).
    #[serde(default, skip_serializing_if = "Words::are_none")]
    pub priority_grounds: Words,
    /// Where those with a ticket wait; printed on it.
    pub wait_where: Words,
    /// What a desk is called: θυρίδα, unless the office says γραφείο.
    pub desk_word: Words,
    /// Its zone; `Europe/Athens` for Greek offices.
    pub zone: Tz,
    /// The groups of services, in the order in which they are shown.
    pub groups: Vec<Group>,
    /// What one comes for.
    pub services: BTreeMap<ServiceId, Service>,
    /// Where one is served.
    pub desks: BTreeMap<DeskId, Desk>,
    /// Those who serve, as far as their hours matter to the plan (TRN-14).
    pub clerks: BTreeMap<ClerkId, Clerk>,
    /// Weekly hours.
    pub hours: Hours,
    /// Days that differ.
    pub calendar: Calendar,
    /// The numbers and choices of the written rule.
    pub rules: Rules,
}
