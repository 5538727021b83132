//! Paired devices, pairings that wait for an administrator, and what devices report of themselves (PROM-11).

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use chrono::{DateTime, TimeDelta, Utc};
use secrets::{draw_id, draw_token, draw_word, same, token_hash};
use store::{Device, OfficeScope};
use tokio::sync::watch;
use uuid::Uuid;
use wire::{DeviceFault, FaultReport, PairingAnswer, PairingOutcome, PairingRequest};
use writer::{OfficeHandle, WriteError, Writer};

/// A pairing's code is good for so long.
const PAIRING_MINUTES: i64 = 10;
/// Letters of a pairing's code: 20^6 codes, each good for ten minutes and typed by an administrator alone.
const PAIRING_CODE_CHARACTERS: usize = 6;
/// Pairings that may wait at once.
const PAIRINGS_MAX: usize = 256;
/// Longest name of a device.
pub const DEVICE_NAME_CHARACTERS_MAX: usize = 60;

/// What an administrator decided: the token and the office, once there are any.
type Decision = Option<(String, String)>;

/// A pairing that waits.
#[derive(Debug)]
struct Pairing {
    request: PairingRequest,
    code: String,
    secret_hash: [u8; 32],
    expires_at: DateTime<Utc>,
    /// Set by the administrator; taken by the device, once.
    outcome: watch::Sender<Decision>,
}

/// The devices of this hub.
#[derive(Debug, Default)]
pub struct Devices {
    by_token: RwLock<HashMap<[u8; 32], Arc<Device>>>,
    all: RwLock<BTreeMap<Uuid, Arc<Device>>>,
    faults: RwLock<BTreeMap<Uuid, BTreeSet<DeviceFault>>>,
    pairings: Mutex<BTreeMap<Uuid, Pairing>>,
    lines: Mutex<BTreeMap<Uuid, OpenLines>>,
    /// Changes with each revocation, so that open feeds look whether they may go on.
    revocations: watch::Sender<u64>,
}

/// The lines that a device holds open to the hub.
#[derive(Debug, Clone, Copy, Default)]
struct OpenLines {
    open: u32,
    /// When the last of them ended.
    ended_at: Option<DateTime<Utc>>,
}

/// Whether a device follows its office now, as far as this hub has seen since its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DevicePresence {
    /// It does.
    Open,
    /// No more, since then; or not yet.
    Lost(Option<DateTime<Utc>>),
}

/// Why a pairing did not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairingError {
    /// No pairing with this code, or it has expired.
    #[error("no such pairing")]
    Unknown,
    /// Too many wait.
    #[error("too many pairings wait")]
    TooMany,
    /// The hub cannot write.
    #[error(transparent)]
    Write(#[from] WriteError),
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Devices {
    /// The devices as they were kept.
    pub fn new(devices: Vec<Device>) -> Self {
        let this = Self::default();
        for device in devices {
            this.know(device);
        }
        this
    }

    fn know(&self, device: Device) {
        let device = Arc::new(device);
        if device.revoked_at.is_none() {
            self.by_token
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(device.token_hash, Arc::clone(&device));
        }
        self.all.write().unwrap_or_else(PoisonError::into_inner).insert(device.id, device);
    }

    /// The device with this token.
    pub fn with_token(&self, hash: &[u8; 32]) -> Option<Arc<Device>> {
        self.by_token.read().unwrap_or_else(PoisonError::into_inner).get(hash).cloned()
    }

    /// The device that had this token until it was shut out.
    pub fn shut_with_token(&self, hash: &[u8; 32]) -> Option<Arc<Device>> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        all.values().find(|device| device.revoked_at.is_some() && device.token_hash == *hash).cloned()
    }

    /// Every device of an office, also those shut out, by id.
    pub fn of_office(&self, office: u32) -> Vec<Arc<Device>> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        all.values().filter(|device| device.office == office).cloned().collect()
    }

    /// The device with this id within a scope, also one that was shut out.
    pub fn with_id(&self, scope: OfficeScope, device: Uuid) -> Option<Arc<Device>> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&device).filter(|device| scope.covers(Some(device.office))).cloned()
    }

    /// A device begins a pairing.
    ///
    /// # Errors
    /// [`PairingError::TooMany`].
    pub fn begin(&self, request: PairingRequest, now: DateTime<Utc>) -> Result<PairingAnswer, PairingError> {
        let mut pairings = locked(&self.pairings);
        pairings.retain(|_, pairing| pairing.expires_at > now);
        if pairings.len() >= PAIRINGS_MAX {
            return Err(PairingError::TooMany);
        }
        let code = loop {
            let code = draw_word(PAIRING_CODE_CHARACTERS);
            if pairings.values().all(|pairing| pairing.code != code) {
                break code;
            }
        };
        let (id, secret) = (draw_id(), draw_token());
        let expires_at = now + TimeDelta::minutes(PAIRING_MINUTES);
        let pairing = Pairing {
            request,
            code: code.clone(),
            secret_hash: token_hash(&secret),
            expires_at,
            outcome: watch::Sender::new(None),
        };
        pairings.insert(id, pairing);
        Ok(PairingAnswer { pairing: id, code, secret, expires_at })
    }

    /// How a pairing stands, for whoever knows its secret; tells of the administrator's answer too.
    pub fn watch(&self, pairing: Uuid, secret: &str) -> Option<(DateTime<Utc>, watch::Receiver<Decision>)> {
        let pairings = locked(&self.pairings);
        let pairing = pairings.get(&pairing)?;
        same(&pairing.secret_hash, &token_hash(secret)).then(|| (pairing.expires_at, pairing.outcome.subscribe()))
    }

    /// Hands the token out, this once.
    pub fn hand_out(&self, pairing: Uuid) -> Option<PairingOutcome> {
        let mut pairings = locked(&self.pairings);
        let (token, office) = pairings.get(&pairing)?.outcome.borrow().clone()?;
        pairings.remove(&pairing);
        Some(PairingOutcome::Paired { token, office })
    }

    /// A name that no device of the office bears: two kiosks installed alike would be one and the same in every alarm.
    fn free_name(&self, office: u32, wished: &str) -> String {
        let devices = self.of_office(office);
        let taken = |name: &str| devices.iter().any(|device| device.revoked_at.is_none() && device.name == name);
        let numbered = (2..).map(|nth| format!("{wished} {nth}"));
        std::iter::once(wished.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    /// An administrator lets the device with this code in.
    ///
    /// # Errors
    /// [`PairingError`].
    pub async fn approve(
        &self,
        writer: &Writer,
        code: &str,
        office: &OfficeHandle,
        now: DateTime<Utc>,
    ) -> Result<Arc<Device>, PairingError> {
        let code: String =
            code.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect();
        let (id, request) = {
            let pairings = locked(&self.pairings);
            let found = pairings.iter().find(|(_, pairing)| {
                pairing.expires_at > now
                    && pairing.outcome.borrow().is_none()
                    && same(pairing.code.as_bytes(), code.as_bytes())
            });
            let (id, pairing) = found.ok_or(PairingError::Unknown)?;
            (*id, pairing.request.clone())
        };
        let token = draw_token();
        let device = Device {
            id: draw_id(),
            office: office.row,
            kind: request.kind,
            name: self.free_name(office.row, &request.name),
            token_hash: token_hash(&token),
            paired_at: now,
            revoked_at: None,
        };
        let kept = device.clone();
        writer.change(move |store| store.add_device(&kept)).await?;
        let known = device.id;
        self.know(device);
        if let Some(pairing) = locked(&self.pairings).get(&id) {
            pairing.outcome.send_replace(Some((token, office.key.to_string())));
        }
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&known).cloned().ok_or(PairingError::Unknown)
    }

    /// Shuts a device out, at once. Says whether there was one within the scope.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn revoke(
        &self,
        writer: &Writer,
        scope: OfficeScope,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<bool, WriteError> {
        let revoked = writer.change(move |store| store.revoke_device(scope, id, now)).await?;
        if revoked {
            self.by_token.write().unwrap_or_else(PoisonError::into_inner).retain(|_, device| device.id != id);
            let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
            if let Some(device) = all.get_mut(&id) {
                *device = Arc::new(Device { revoked_at: Some(now), ..Device::clone(device) });
            }
            drop(all);
            self.faults.write().unwrap_or_else(PoisonError::into_inner).remove(&id);
            self.revocations.send_modify(|count| *count += 1);
        }
        Ok(revoked)
    }

    /// Tells of each revocation.
    pub fn revocations(&self) -> watch::Receiver<u64> {
        self.revocations.subscribe()
    }

    /// A device begins to follow its office.
    pub fn line_begins(&self, device: Uuid) {
        locked(&self.lines).entry(device).or_default().open += 1;
    }

    /// It follows no more.
    pub fn line_ends(&self, device: Uuid, now: DateTime<Utc>) {
        let mut lines = locked(&self.lines);
        let line = lines.entry(device).or_default();
        line.open = line.open.saturating_sub(1);
        line.ended_at = Some(now);
    }

    /// Whether a device follows its office.
    pub fn connection(&self, device: Uuid) -> DevicePresence {
        match locked(&self.lines).get(&device) {
            Some(OpenLines { open: 1.., .. }) => DevicePresence::Open,
            line => DevicePresence::Lost(line.and_then(|line| line.ended_at)),
        }
    }

    /// A device says how it is; says whether that is new.
    pub fn report(&self, device: Uuid, report: FaultReport) -> bool {
        let mut faults = self.faults.write().unwrap_or_else(PoisonError::into_inner);
        let before = if report.faults.is_empty() {
            faults.remove(&device)
        } else {
            faults.insert(device, report.faults.clone())
        };
        before.unwrap_or_default() != report.faults
    }

    /// Every fault in an office, with the name of the device.
    pub fn faults(&self, office: u32) -> Vec<(String, DeviceFault)> {
        let faults = self.faults.read().unwrap_or_else(PoisonError::into_inner);
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        let of_office = faults.iter().filter_map(|(id, faults)| Some((all.get(id)?, faults)));
        of_office
            .filter(|(device, _)| device.office == office)
            .flat_map(|(device, faults)| faults.iter().map(|fault| (device.name.clone(), *fault)))
            .collect()
    }
}
