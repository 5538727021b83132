//! Requests to be a coordinator (PRE-05): each as it is now, beside the journal from which it follows.

use body::{AccountId, Doer, RoleRequest, RoleRequestEvent, RoleRequestId, RoleRequestPhase, RoleRequestStep};
use chrono::{DateTime, Utc};
use office::Language;
use uuid::Uuid;

use crate::{
    body_journal::{BodyRow, BodySubject},
    error::{StoreError, Stored},
    file::Store,
    sql::{Cells, Read, millis, params},
};

/// A request, and how the outside names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRequestRow {
    /// Opaque, drawn with its form: a form that is sent twice is one request.
    pub public: Uuid,
    /// The language in which whoever asked is told.
    pub language: Language,
    /// As it is now.
    pub request: RoleRequest,
}

const ROW: &str = "SELECT public, state, language FROM role_request";

impl Store {
    /// The number that the next request has in the hub.
    pub fn next_role_request(&self) -> Stored<RoleRequestId> {
        let last: i64 = self.sql.only("SELECT coalesce(max(id), 0) FROM role_request", [], |row| row.get(0))?;
        Ok(RoleRequestId(last.cast_unsigned() + 1))
    }

    /// A request, by how the outside names it.
    pub fn role_request(&self, public: Uuid) -> Stored<Option<RoleRequestRow>> {
        let found = self.sql.one(&format!("{ROW} WHERE public = ?"), [public.into_bytes()], kept)?;
        found.map(read).transpose()
    }

    /// A request, by its number in the hub.
    pub fn role_request_numbered(&self, id: RoleRequestId) -> Stored<Option<RoleRequestRow>> {
        let found = self.sql.one(&format!("{ROW} WHERE id = ?"), [id.0.cast_signed()], kept)?;
        found.map(read).transpose()
    }

    /// The newest request of an account.
    pub fn role_request_of(&self, account: AccountId) -> Stored<Option<RoleRequestRow>> {
        let newest = format!("{ROW} WHERE account = ? ORDER BY id DESC LIMIT 1");
        self.sql.one(&newest, [account.0], kept)?.map(read).transpose()
    }

    /// Every request of an account, in order.
    pub fn role_requests_of(&self, account: AccountId) -> Stored<Vec<RoleRequestRow>> {
        let rows: Vec<_> = self.sql.rows(&format!("{ROW} WHERE account = ? ORDER BY id"), [account.0], kept)?;
        rows.into_iter().map(read).collect()
    }

    /// How many requests an account has made.
    pub fn role_requests_by(&self, account: AccountId) -> Stored<u32> {
        self.sql.only("SELECT count(*) FROM role_request WHERE account = ?", [account.0], |row| row.get(0))
    }

    /// Requests that somebody has to decide, the oldest first.
    pub fn open_role_requests(&self, most: u32) -> Stored<Vec<RoleRequestRow>> {
        let open = format!("{ROW} WHERE phase = 'open' ORDER BY id LIMIT ?");
        let rows: Vec<_> = self.sql.rows(&open, [most], kept)?;
        rows.into_iter().map(read).collect()
    }

    /// Keeps what follows for a request: its events, and the request after them.
    pub fn keep_role_request(&self, row: &RoleRequestRow, events: &[RoleRequestEvent]) -> Stored<()> {
        let request = &row.request;
        let rows = events.iter().map(|event| BodyRow { at: event.at, by: event.by, step: &event.step });
        self.append_body::<RoleRequestStep>(BodySubject::RoleRequest(request.id.0), rows)?;
        let state = serde_json::to_string(request).map_err(|error| StoreError::Broken(error.into()))?;
        let decided: Option<DateTime<Utc>> = match request.phase {
            RoleRequestPhase::Open => None,
            RoleRequestPhase::Approved | RoleRequestPhase::Refused { .. } | RoleRequestPhase::Withdrawn => {
                Some(request.last_at)
            }
        };
        let put = "INSERT INTO role_request(id, public, language, account, phase, decided_at, state) \
                   VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET phase = excluded.phase, \
                   decided_at = excluded.decided_at, state = excluded.state";
        self.sql
            .run(
                put,
                params![
                    request.id.0.cast_signed(),
                    row.public.into_bytes(),
                    row.language.tag(),
                    request.account.0,
                    phase(request.phase),
                    decided.map(millis),
                    state
                ],
            )
            .map(drop)
    }

    /// Everything that happened to a request, in order.
    pub fn role_request_events(&self, id: RoleRequestId) -> Stored<Vec<RoleRequestEvent>> {
        let rows: Vec<(DateTime<Utc>, Doer, RoleRequestStep)> = self.body_rows(BodySubject::RoleRequest(id.0))?;
        Ok(rows.into_iter().map(|(at, by, step)| RoleRequestEvent { at, by, step }).collect())
    }

    /// Requests that were decided before, and whose words are still there.
    pub fn role_requests_past(&self, before: DateTime<Utc>, most: u32) -> Stored<Vec<RoleRequestId>> {
        self.sql.rows(
            "SELECT id FROM role_request WHERE decided_at < ? AND EXISTS (SELECT 1 FROM body_words \
             WHERE about = 'role-request' AND number = role_request.id AND erased_at IS NULL) ORDER BY id LIMIT ?",
            params![millis(before), most],
            |row| Ok(RoleRequestId(row.get::<_, i64>(0)?.cast_unsigned())),
        )
    }
}

const fn phase(phase: RoleRequestPhase) -> &'static str {
    match phase {
        RoleRequestPhase::Open => "open",
        RoleRequestPhase::Approved => "approved",
        RoleRequestPhase::Refused { .. } => "refused",
        RoleRequestPhase::Withdrawn => "withdrawn",
    }
}

fn kept(row: &Cells<'_>) -> Read<([u8; 16], String, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn read((public, state, language): ([u8; 16], String, String)) -> Stored<RoleRequestRow> {
    let request = serde_json::from_str(&state).map_err(|error| StoreError::Broken(error.into()))?;
    let language = Language::of_tag(&language).unwrap_or_default();
    Ok(RoleRequestRow { public: Uuid::from_bytes(public), language, request })
}
