//! Units that coordinators made, and who is invited to coordinate one (PRE-06).

use body::{AccountId, Doer, GrantScope, MadeUnits, Role, UnitEvent, UnitId, UnitStep, units};
use chrono::{DateTime, Utc};
use office::{Language, Words};
use uuid::Uuid;

use crate::{
    body_journal::{BodyRow, BodySubject},
    error::Stored,
    file::Store,
    sql::{Cells, Read, instant, millis, params},
};

/// An invitation to coordinate a unit, until it is used or runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitInvitation {
    /// Drawn with it.
    pub id: Uuid,
    /// The unit that they would coordinate.
    pub unit: UnitId,
    /// Where it was sent.
    pub email: String,
    /// The language of its mail.
    pub language: Language,
    /// Who invited.
    pub by: AccountId,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
}

const INVITATION: &str = "SELECT id, unit, email, language, invited_by, expires_at FROM unit_invitation";

impl Store {
    /// The units that were made.
    pub fn made_units(&self) -> Stored<MadeUnits> {
        let rows: Vec<(DateTime<Utc>, Doer, UnitStep)> = self.body_rows(BodySubject::Units)?;
        let mut made = MadeUnits::default();
        for (at, by, step) in rows {
            units::apply(&mut made, &UnitEvent { at, by, step });
        }
        Ok(made)
    }

    /// What a unit is called that was made.
    pub fn made_unit_name(&self, unit: UnitId) -> Stored<Option<Words>> {
        let made = self.made_units()?;
        Ok(made.iter().find(|(id, _)| *id == unit).map(|(_, name)| name.clone()))
    }

    /// Keeps that units were made.
    pub fn keep_units(&self, events: &[UnitEvent]) -> Stored<()> {
        let rows = events.iter().map(|event| BodyRow { at: event.at, by: event.by, step: &event.step });
        self.append_body(BodySubject::Units, rows)
    }

    /// Invites somebody, in the place of an earlier invitation of the same address to the same unit.
    pub fn put_unit_invitation(&self, invitation: &UnitInvitation, at: DateTime<Utc>) -> Stored<()> {
        let UnitInvitation { id, unit, email, language, by, expires_at } = invitation;
        self.sql
            .run("DELETE FROM unit_invitation WHERE unit = ? AND email = ? COLLATE NOCASE", params![unit.0, email])?;
        self.sql
            .run(
                "INSERT INTO unit_invitation(id, unit, email, language, invited_by, at, expires_at) \
                 VALUES(?, ?, ?, ?, ?, ?, ?)",
                params![id.into_bytes(), unit.0, email, language.tag(), by.0, millis(at), millis(*expires_at)],
            )
            .map(drop)
    }

    /// An invitation that is still good.
    pub fn unit_invitation(&self, id: Uuid, now: DateTime<Utc>) -> Stored<Option<UnitInvitation>> {
        let one = format!("{INVITATION} WHERE id = ? AND expires_at > ?");
        self.sql.one(&one, params![id.into_bytes(), millis(now)], invitation)
    }

    /// Every invitation that is still good.
    pub fn unit_invitations(&self, now: DateTime<Utc>, most: u32) -> Stored<Vec<UnitInvitation>> {
        let all = format!("{INVITATION} WHERE expires_at > ? ORDER BY at, id LIMIT ?");
        self.sql.rows(&all, params![millis(now), most], invitation)
    }

    /// An invitation is used, or taken back; `false` if it was before.
    pub fn drop_unit_invitation(&self, id: Uuid) -> Stored<bool> {
        Ok(self.sql.run("DELETE FROM unit_invitation WHERE id = ?", [id.into_bytes()])? > 0)
    }

    /// Forgets invitations that have run out.
    pub fn forget_unit_invitations(&self, now: DateTime<Utc>) -> Stored<()> {
        self.sql.run("DELETE FROM unit_invitation WHERE expires_at <= ?", [millis(now)]).map(drop)
    }

    /// Who coordinates units: which unit, the account, and its user name.
    pub fn unit_coordinators(&self, most: u32) -> Stored<Vec<(UnitId, AccountId, String)>> {
        let rows: Vec<(u32, String, String)> = self.sql.rows(
            "SELECT account, scope, name FROM account_grant JOIN account ON account.id = account \
             WHERE role = ? AND disabled_at IS NULL ORDER BY scope, name LIMIT ?",
            params![Role::CoordinatorOfUnit.name(), most],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        // A row that nobody can read is nobody's.
        let of_unit = |(account, scope, name): (u32, String, String)| match scope.parse() {
            Ok(GrantScope::Unit(unit)) => Some((unit, AccountId(account), name)),
            Ok(GrantScope::Body | GrantScope::Office(_) | GrantScope::List(_) | GrantScope::Category(_)) | Err(_) => {
                None
            }
        };
        Ok(rows.into_iter().filter_map(of_unit).collect())
    }
}

fn invitation(row: &Cells<'_>) -> Read<UnitInvitation> {
    Ok(UnitInvitation {
        id: Uuid::from_bytes(row.get(0)?),
        unit: UnitId(row.get(1)?),
        email: row.get(2)?,
        language: Language::of_tag(&row.get::<_, String>(3)?).unwrap_or_default(),
        by: AccountId(row.get(4)?),
        expires_at: instant(row.get(5)?),
    })
}
