//! Where each account stands: its level, and how it came by it; and for what level B is open.

use body::{
    AccountEvent, AccountId, AccountStanding, AccountStep, Doer, Grant, GrantScope, LevelSwitches, Role, SwitchEvent,
    SwitchStep, switches,
};
use chrono::{DateTime, Utc};

use crate::{
    body_journal::{BodyRow, BodySubject},
    error::{StoreError, Stored},
    file::Store,
    rights_gone,
    sql::params,
};

impl Store {
    /// Where an account stands. Of one that nothing was decided about, the address says it: proven, it has level A.
    pub fn standing(&self, account: AccountId) -> Stored<AccountStanding> {
        let state: Option<String> =
            self.sql.one("SELECT state FROM account_standing WHERE account = ?", [account.0], |row| row.get(0))?;
        if let Some(state) = state {
            return serde_json::from_str(&state).map_err(|error| StoreError::Broken(error.into()));
        }
        let is_open = self.account(account.0)?.is_some_and(|account| account.email_proven && !account.disabled);
        Ok(if is_open { AccountStanding::proven() } else { AccountStanding::default() })
    }

    /// Keeps what follows for an account: its events, and where it stands after them.
    pub fn keep_standing(&self, account: AccountId, standing: &AccountStanding, events: &[AccountEvent]) -> Stored<()> {
        let rows = events.iter().map(|event| BodyRow { at: event.at, by: event.by, step: &event.step });
        self.append_body(BodySubject::Account(account.0), rows)?;
        if events.iter().any(|event| rights_gone::takes(&event.step).is_some()) {
            self.buried.set(true);
        }
        let state = serde_json::to_string(standing).map_err(|error| StoreError::Broken(error.into()))?;
        let put = "INSERT OR REPLACE INTO account_standing(account, state) VALUES(?, ?)";
        self.sql.run(put, params![account.0, state]).map(drop)
    }

    /// Everything that happened to an account's standing, in order.
    pub fn standing_events(&self, account: AccountId) -> Stored<Vec<AccountEvent>> {
        let rows: Vec<(DateTime<Utc>, Doer, AccountStep)> = self.body_rows(BodySubject::Account(account.0))?;
        Ok(rows.into_iter().map(|(at, by, step)| AccountEvent { at, by, step }).collect())
    }

    /// What staff decided about level B.
    pub fn level_switches(&self) -> Stored<LevelSwitches> {
        let rows: Vec<(DateTime<Utc>, Doer, SwitchStep)> = self.body_rows(BodySubject::Switches)?;
        let mut decided = LevelSwitches::default();
        for (at, by, step) in rows {
            switches::apply(&mut decided, &SwitchEvent { at, by, step });
        }
        Ok(decided)
    }

    /// Keeps what was decided about level B.
    pub fn keep_switches(&self, events: &[SwitchEvent]) -> Stored<()> {
        let rows = events.iter().map(|event| BodyRow { at: event.at, by: event.by, step: &event.step });
        self.append_body(BodySubject::Switches, rows)
    }

    /// Puts the same mail in for everybody who has level B, so many at most, in one statement: what it is about is JSON, into
    /// which the number of each account goes as `account`, and the language that its owner chose as `language`. Says how many there
    /// were.
    pub fn post_to_level_b(
        &self,
        office: u32,
        (kind, about): (&str, &str),
        at: DateTime<Utc>,
        most: u32,
    ) -> Stored<usize> {
        let post = "INSERT INTO outbox(office, kind, about, created_at, due_at) \
                    SELECT ?1, ?2, json_set(?3, '$.account', account_standing.account, \
                    '$.language', coalesce(account.language, json_extract(?3, '$.language'))), ?4, ?4 \
                    FROM account_standing JOIN account ON account.id = account_standing.account WHERE json_extract(state, '$.life') = 'open' AND json_extract(state, '$.certificate') IS NOT NULL \
                    ORDER BY account_standing.account LIMIT ?5";
        self.sql.run(post, params![office, kind, about, crate::sql::millis(at), most])
    }

    /// What an account may do, and where.
    pub fn grants_of(&self, account: AccountId) -> Stored<Vec<Grant>> {
        let rows: Vec<(String, String)> = self.sql.rows(
            "SELECT role, scope FROM account_grant WHERE account = ? ORDER BY role, scope",
            [account.0],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        // A row that nobody can read allows nothing.
        Ok(rows.iter().filter_map(|(role, scope)| grant(role, scope)).collect())
    }

    /// Gives a grant; `false` if the account has it already.
    pub fn give_grant(
        &self,
        account: AccountId,
        grant: Grant,
        by: Option<AccountId>,
        at: DateTime<Utc>,
    ) -> Stored<bool> {
        let give = "INSERT OR IGNORE INTO account_grant(account, role, scope, at, granted_by) VALUES(?, ?, ?, ?, ?)";
        let (role, scope) = written(grant);
        let values = params![account.0, role, scope, crate::sql::millis(at), by.map(|by| by.0)];
        Ok(self.sql.run(give, values)? > 0)
    }

    /// Takes a grant back; `false` if the account has it not.
    pub fn take_grant(&self, account: AccountId, grant: Grant, at: DateTime<Utc>) -> Stored<bool> {
        let (role, scope) = written(grant);
        self.note_grant_gone(account.0, role, &scope, at)?;
        let take = "DELETE FROM account_grant WHERE account = ? AND role = ? AND scope = ?";
        Ok(self.sql.run(take, params![account.0, role, scope])? > 0)
    }

    /// The accounts that have a role in a scope, or in everything.
    pub fn accounts_with(&self, role: Role, scope: GrantScope) -> Stored<Vec<AccountId>> {
        let [here, everywhere] = [scope, GrantScope::Body].map(scope_name);
        self.sql.rows(
            "SELECT DISTINCT account FROM account_grant JOIN account ON account.id = account \
             WHERE role = ? AND scope IN (?, ?) AND disabled_at IS NULL ORDER BY account",
            params![role_name(role), here, everywhere],
            |row| row.get(0).map(AccountId),
        )
    }
}

/// The table's own words for what it knew before there were bodies.
fn grant(role: &str, scope: &str) -> Option<Grant> {
    let role = if role == "admin" { Ok(Role::Administrator) } else { role.parse() };
    let scope = if scope == "whole" { Ok(GrantScope::Body) } else { scope.parse() };
    Grant::new(role.ok()?, scope.ok()?).ok()
}

fn written(grant: Grant) -> (&'static str, String) {
    (role_name(grant.role()), scope_name(grant.scope()))
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Administrator => "admin",
        Role::Clerk
        | Role::Agent
        | Role::Certifier
        | Role::CaseWorker
        | Role::RequestSupervisor
        | Role::Coordinator
        | Role::CoordinatorOfOrganisation
        | Role::CoordinatorOfUnit => role.name(),
    }
}

fn scope_name(scope: GrantScope) -> String {
    match scope {
        GrantScope::Body => "whole".to_owned(),
        GrantScope::Unit(_) | GrantScope::Office(_) | GrantScope::List(_) | GrantScope::Category(_) => {
            scope.to_string()
        }
    }
}
