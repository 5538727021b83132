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
    /// Whether it is a kiosk, a board, or the buttons of a desk.
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

/// Before the number of a desk.
const DESK: &str = "desk:";

fn name(kind: DeviceKind) -> String {
    match kind {
        DeviceKind::Kiosk => "kiosk".to_owned(),
        DeviceKind::Display => "display".to_owned(),
        DeviceKind::Desk(desk) => format!("{DESK}{desk}"),
    }
}

fn kind_of(name: &str) -> DeviceKind {
    match name.strip_prefix(DESK).and_then(|desk| desk.parse().ok()) {
        Some(desk) => DeviceKind::Desk(desk),
        None if name == "kiosk" => DeviceKind::Kiosk,
        None => DeviceKind::Display,
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
                    kind: kind_of(&kind),
                    name: row.get(3)?,
                    token_hash: row.get(4)?,
                    paired_at: instant(row.get(5)?),
                    revoked_at: row.get::<_, Option<i64>>(6)?.map(instant),
                })
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prom_11_a_kind_is_read_as_it_was_written() {
        for kind in [DeviceKind::Kiosk, DeviceKind::Display, DeviceKind::Desk(3), DeviceKind::Desk(u16::MAX)] {
            assert_eq!(kind_of(&name(kind)), kind);
        }
    }
}
