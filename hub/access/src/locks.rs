//! Sessions that lock and open again.

use chrono::{DateTime, TimeDelta, Utc};
use office::ClerkId;
use writer::WriteError;

use crate::{
    access::Access,
    audit_record::{AuditParty, AuditRecord, LockCause},
    idle::{DeskSight, StaffPlace},
    staff::{Session, SessionWay},
};

impl Access {
    /// Whether a session is locked: by a press, or since nobody was there for long enough.
    pub fn is_locked(&self, session: &Session) -> bool {
        if session.way == SessionWay::Program {
            return false;
        }
        if session.presence.is_locked() {
            return true;
        }
        let now = self.clock.now();
        let is_due = self.locks_at(session).is_some_and(|at| at <= now);
        if is_due && session.presence.lock() {
            let of = AuditParty::from(session.account.as_ref());
            self.audit.note(AuditRecord::Lock { of, why: LockCause::Idle });
            self.accounts.tell_of_ending();
        }
        is_due
    }

    /// When a session locks, as things stand: nobody knows while somebody is served before its page.
    pub fn locks_at(&self, session: &Session) -> Option<DateTime<Utc>> {
        let (now, clerk) = (self.clock.now(), ClerkId(session.account.id));
        session.presence.locks_at(&self.accounts.rule, now, || {
            let offices = self.writer.offices().going().filter(|office| session.works_in(office));
            let mut desks = offices.filter_map(|office| {
                let office = office.read();
                let desk = office.desks.values().find(|desk| desk.clerk == clerk)?;
                Some(DeskSight { holds: desk.holds.is_some(), acted_at: desk.acted_at })
            });
            desks.next()
        })
    }

    /// The longest until a page should ask whether it is locked, in seconds as people feel them.
    pub fn ask_again_in(&self, session: &Session) -> f64 {
        let now = self.clock.now();
        let longest = now + TimeDelta::minutes(self.accounts.rule.idle_minutes.into());
        let left = self.locks_at(session).unwrap_or(longest).min(session.expires_at) - now;
        left.as_seconds_f64().max(0.0) / self.clock.speed()
    }

    /// Somebody touched a page of a session.
    pub fn touch(&self, session: &Session, place: StaffPlace) {
        let now = self.clock.now();
        if session.presence.touch(place, now) {
            let (writer, hash) = (self.writer.clone(), session.token_hash);
            tokio::spawn(async move {
                if let Err(error) = writer.change(move |store| store.see_login(&hash, now)).await {
                    tracing::warn!(%error, "when a session was used could not be kept");
                }
            });
        }
    }

    /// Locks a session now.
    ///
    /// # Errors
    /// If the hub cannot write; it is locked all the same, until a restart.
    pub async fn lock(&self, session: &Session) -> Result<(), WriteError> {
        if session.presence.lock() {
            let of = AuditParty::from(session.account.as_ref());
            self.audit.note(AuditRecord::Lock { of, why: LockCause::Press });
            self.accounts.tell_of_ending();
        }
        let (hash, now) = (session.token_hash, self.clock.now());
        self.writer.change(move |store| store.lock_login(&hash, Some(now))).await
    }

    /// Opens a session again, whose password was given.
    ///
    /// # Errors
    /// If the hub cannot write; then it stays locked.
    pub async fn unlock(&self, session: &Session) -> Result<(), WriteError> {
        let (hash, now) = (session.token_hash, self.clock.now());
        let opened = self.writer.change(move |store| {
            store.see_login(&hash, now)?;
            store.lock_login(&hash, None)
        });
        opened.await?;
        session.presence.unlock(now);
        self.audit.note(AuditRecord::Unlock(AuditParty::from(session.account.as_ref())));
        Ok(())
    }
}
