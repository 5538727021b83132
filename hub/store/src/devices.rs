//! Paired devices. A device's token is kept as a hash alone.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wire::DeviceKind;

use crate::{
    error::Stored,
    file::Store,
    scope::OfficeScope,
    sql::{instant, millis, params},
};

/// A device that an administrator let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id, which the journal knows.
    pub id: Uuid,
    /// The row of its office.
    pub office: u32,
    /// Whether it is a kiosk or a board.
    pub kind: DeviceKind,
    /// What its configuration calls it.
    pub name: String,
    /// SHA-256 of its token.
    pub token_hash: [u8; 32],
    /// When it was let in.
    pub paired_at: DateTime<Utc>,
    /// When it was shut out again.
    pub revoked_at: Option<DateTime<Utc>>,
}

const fn name(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Kiosk => "kiosk",
        DeviceKind::Display => "display",
    }
}

impl Store {
    /// Keeps a device.
    pub fn add_device(&self, device: &Device) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO device(id, office, kind, name, token_hash, paired_at) VALUES(?, ?, ?, ?, ?, ?)",
                params![
                    device.id.as_bytes().as_slice(),
                    device.office,
                    name(device.kind),
                    device.name,
                    device.token_hash.as_slice(),
                    millis(device.paired_at)
                ],
            )
            .map(drop)
    }

    /// Shuts a device out; says whether one within the scope is out now that was not.
    pub fn revoke_device(&self, scope: OfficeScope, device: Uuid, at: DateTime<Utc>) -> Stored<bool> {
        self.buried.set(true);
        self.sql
            .run(
                "UPDATE device SET revoked_at = ?1 WHERE id = ?2 AND revoked_at IS NULL AND (?3 IS NULL OR office = ?3)",
                params![millis(at), device.as_bytes().as_slice(), scope.row()],
            )
            .map(|changed| changed == 1)
    }

    /// Every device, also those that were shut out, by the time of pairing.
    pub fn devices(&self) -> Stored<Vec<Device>> {
        self.sql.rows(
            "SELECT id, office, kind, name, token_hash, paired_at, revoked_at FROM device ORDER BY paired_at, id",
            [],
            |row| {
                let kind: String = row.get(2)?;
                Ok(Device {
                    id: Uuid::from_bytes(row.get(0)?),
                    office: row.get(1)?,
                    kind: if kind == "kiosk" { DeviceKind::Kiosk } else { DeviceKind::Display },
                    name: row.get(3)?,
                    token_hash: row.get(4)?,
                    paired_at: instant(row.get(5)?),
                    revoked_at: row.get::<_, Option<i64>>(6)?.map(instant),
                })
            },
        )
    }
}
