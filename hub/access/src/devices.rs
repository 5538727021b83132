//! Paired devices, and what they report of themselves (PROM-11).

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use chrono::{DateTime, Utc};
use handshake::device_mark;
use secrets::{draw_id, draw_token, token_hash};
use store::{Device, OfficeScope};
use tokio::sync::watch;
use uuid::Uuid;
use wire::{DeviceFault, DeviceKind, FaultReport, HubEncounter, Octets, PairingRequest, ShownCall};
use writer::{WriteError, Writer};

/// Longest name of a device.
pub const DEVICE_NAME_CHARACTERS_MAX: usize = 60;

/// So many shown calls of an office are known: more than desks call before somebody comes.
const SHOWN_MOST: usize = 256;

/// The devices of this hub.
#[derive(Debug, Default)]
pub struct Devices {
    by_token: RwLock<HashMap<[u8; 32], Arc<Device>>>,
    all: RwLock<BTreeMap<Uuid, Arc<Device>>>,
    /// Every device by the mark by which it names itself in a greeting, also those shut out.
    by_mark: RwLock<HashMap<Octets<32>, Uuid>>,
    faults: RwLock<BTreeMap<Uuid, BTreeSet<DeviceFault>>>,
    /// Which of them met another hub, until an administrator has taken note.
    encounters: RwLock<BTreeMap<Uuid, HubEncounter>>,
    lines: Mutex<BTreeMap<Uuid, OpenLines>>,
    /// Of each office the newest calls that boards have shown, and whether one said them.
    shown: Mutex<BTreeMap<u32, BTreeMap<u64, bool>>>,
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
        let mark = device_mark(&device.token_hash);
        self.by_mark.write().unwrap_or_else(PoisonError::into_inner).insert(mark, device.id);
        self.all.write().unwrap_or_else(PoisonError::into_inner).insert(device.id, device);
    }

    /// The device with this mark, also one that was shut out.
    pub fn with_mark(&self, mark: &Octets<32>) -> Option<Arc<Device>> {
        let id = self.by_mark.read().unwrap_or_else(PoisonError::into_inner).get(mark).copied()?;
        self.all.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
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

    /// A name that no device of the office bears: two kiosks installed alike would be one and the same in every alarm.
    fn free_name(&self, office: u32, wished: &str) -> String {
        let devices = self.of_office(office);
        let taken = |name: &str| devices.iter().any(|device| device.revoked_at.is_none() && device.name == name);
        let numbered = (2..).map(|nth| format!("{wished} {nth}"));
        std::iter::once(wished.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }

    /// Keeps a device that was let in, and its token for this once.
    pub(crate) async fn add(
        &self,
        writer: &Writer,
        request: &PairingRequest,
        office: u32,
        now: DateTime<Utc>,
    ) -> Result<(Arc<Device>, String), WriteError> {
        let token = draw_token();
        let device = Device {
            id: draw_id(),
            office,
            kind: request.kind,
            name: self.free_name(office, &request.name),
            token_hash: token_hash(&token),
            paired_at: now,
            revoked_at: None,
        };
        let kept = device.clone();
        writer.change(move |store| store.add_device(&kept)).await?;
        self.know(device.clone());
        Ok((Arc::new(device), token))
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
            self.encounters.write().unwrap_or_else(PoisonError::into_inner).remove(&id);
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

    /// A board has shown a call of its office, or said it; says whether that is new.
    pub fn note_shown(&self, office: u32, told: ShownCall) -> bool {
        let mut offices = locked(&self.shown);
        let calls = offices.entry(office).or_default();
        let before = calls.get(&told.call).copied();
        let is_spoken = told.is_spoken || before == Some(true);
        calls.insert(told.call, is_spoken);
        while calls.len() > SHOWN_MOST {
            calls.pop_first();
        }
        before != Some(is_spoken)
    }

    /// The calls that boards of an office have shown, and whether one said them; none where it has no board.
    pub fn shown(&self, office: u32) -> Option<BTreeMap<u64, bool>> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        let is_board = |device: &Arc<Device>| device.kind == DeviceKind::Display && device.revoked_at.is_none();
        let has_board = all.values().any(|device| device.office == office && is_board(device));
        has_board.then(|| locked(&self.shown).get(&office).cloned().unwrap_or_default())
    }

    /// A device says that another hub answered at this one's address; all that it met since staff took note is one encounter.
    pub fn note_encounter(&self, device: Uuid, encounter: HubEncounter) {
        let mut encounters = self.encounters.write().unwrap_or_else(PoisonError::into_inner);
        let whole = encounters.entry(device).or_insert(encounter);
        whole.since = whole.since.min(encounter.since);
        whole.until = whole.until.max(encounter.until);
    }

    /// Which other hub a device met.
    pub fn encounter(&self, device: Uuid) -> Option<HubEncounter> {
        self.encounters.read().unwrap_or_else(PoisonError::into_inner).get(&device).copied()
    }

    /// An administrator has taken note of it; says whether there was anything.
    pub fn dismiss_encounter(&self, device: Uuid) -> bool {
        self.encounters.write().unwrap_or_else(PoisonError::into_inner).remove(&device).is_some()
    }

    /// Every fault in an office, with the name of the device.
    pub fn faults(&self, office: u32) -> Vec<(String, DeviceFault)> {
        let faults = self.faults.read().unwrap_or_else(PoisonError::into_inner);
        let encounters = self.encounters.read().unwrap_or_else(PoisonError::into_inner);
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        let reported = faults.iter().flat_map(|(id, faults)| faults.iter().map(move |fault| (id, *fault)));
        let met = encounters.keys().map(|id| (id, DeviceFault::FalseHub));
        let of_office = reported.chain(met).filter_map(|(id, fault)| Some((all.get(id)?, fault)));
        of_office
            .filter(|(device, _)| device.office == office)
            .map(|(device, fault)| (device.name.clone(), fault))
            .collect()
    }
}
