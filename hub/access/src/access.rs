//! What decides who may come in: accounts, devices, limits.

use std::sync::Arc;

use secrets::ServerKey;
use writer::{Clock, Writer};

use crate::{
    alarms::HouseAlarms, audit::AuditTrail, cookie::Cookies, devices::Devices, limits::Limits, pairings::Pairings,
    presses::Presses, sign_in_rules::SignInRules, staff::Accounts,
};

/// What decides who may come in; cheap to clone.
#[derive(Debug, Clone)]
pub struct Access {
    /// Staff and their sessions.
    pub accounts: Arc<Accounts>,
    /// Paired devices, and what they report.
    pub devices: Arc<Devices>,
    /// Devices that wait to be let in, and who this hub is to them.
    pub pairings: Arc<Pairings>,
    /// Limits for each address and device.
    pub limits: Arc<Limits>,
    /// What is told of who came in.
    pub audit: AuditTrail,
    /// What is wrong with the house itself.
    pub alarms: HouseAlarms,
    /// The way to keep what changes.
    pub writer: Writer,
    /// The hub's clock.
    pub clock: Clock,
    /// Signs what browsers keep.
    pub key: ServerKey,
    /// How they keep it.
    pub cookies: Cookies,
    /// Of whom a second factor is asked.
    pub sign_in: SignInRules,
    /// Where browsers reach the hub: forms come from there.
    pub public_url: Arc<str>,
    /// What was answered to presses a moment ago.
    pub presses: Presses,
}
