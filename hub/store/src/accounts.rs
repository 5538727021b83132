//! Accounts of people, staff and citizens alike, and their sessions. One account is one person; what somebody may do as a
//! member of staff is a grant of it. Passwords and tokens are kept as hashes alone.

use chrono::{DateTime, Utc};
use office::Language;
use secrets::LinkOwner;
use serde::{Deserialize, Serialize};

use crate::{
    error::Stored,
    file::Store,
    scope::OfficeScope,
    sql::{Cells, Read, instant, millis, params},
};

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Runs the hub: devices, accounts, and everything that a clerk may.
    Admin,
    /// Serves at a desk.
    Clerk,
}

impl Role {
    /// Its name in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Clerk => "clerk",
        }
    }

    fn of(name: &str) -> Self {
        if name == "admin" { Self::Admin } else { Self::Clerk }
    }
}

/// What somebody may do as a member of staff, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffGrant {
    /// What they may do.
    pub role: Role,
    /// The row of the one office that they belong to; every office, if unset.
    pub office: Option<u32>,
    /// Whether a provider's word gave it, and takes it.
    pub is_ruled: bool,
}

/// Somebody's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number, which the journal knows.
    pub id: u32,
    /// The login name.
    pub name: String,
    /// Argon2id, as a PHC string; none before the first password was set, or after an administrator ended it.
    pub password: Option<String>,
    /// What they may do as staff; none for a citizen.
    pub staff: Option<StaffGrant>,
    /// Whether they may sign in no more.
    pub disabled: bool,
    /// Whether staff let nobody in, until they do again.
    pub blocked: bool,
    /// Where their mails go.
    pub email: Option<String>,
    /// Whether that address is known to be theirs.
    pub email_proven: bool,
    /// The secret of their authenticator app, sealed; none without a second factor.
    pub factor: Option<Vec<u8>>,
    /// What the hashes of their recovery codes are made with.
    pub recovery_salt: Option<Vec<u8>>,
    /// How many passkeys they have.
    pub passkeys: u32,
    /// How often a passkey of theirs was added or taken away.
    pub passkey_change: i64,
    /// The language in which they are written to; none where they never chose one.
    pub language: Option<Language>,
}

/// A session of somebody who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// SHA-256 of its token.
    pub token_hash: [u8; 32],
    /// The number of the account that is signed in.
    pub account: u32,
    /// What every form carries.
    pub csrf: String,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
    /// Begun on a page, and no program's.
    pub is_of_page: bool,
    /// When somebody was seen to use it.
    pub seen_at: DateTime<Utc>,
    /// Locked, until the password is given again.
    pub is_locked: bool,
    /// Whether it was begun with a second factor.
    pub two_steps: bool,
    /// Through whom it was begun, if not here.
    pub provider: Option<String>,
}

impl Account {
    /// Whether it is that of a member of staff.
    pub const fn is_staff(&self) -> bool {
        self.staff.is_some()
    }

    /// Whether it runs an office, or the whole hub.
    pub fn is_admin(&self) -> bool {
        self.staff.is_some_and(|staff| staff.role == Role::Admin)
    }

    /// The row of the one office to which a member of staff belongs.
    pub fn office(&self) -> Option<u32> {
        self.staff.and_then(|staff| staff.office)
    }

    /// Whether its place among staff is by a provider's word: then it signs in there, and has no password here.
    pub fn is_ruled(&self) -> bool {
        self.staff.is_some_and(|staff| staff.is_ruled)
    }

    /// Within which offices they find things by their ids: a citizen within none.
    pub fn scope(&self) -> OfficeScope {
        self.staff.map_or(OfficeScope::NOWHERE, |staff| OfficeScope::granted(staff.office))
    }

    /// Whether it has a second factor, of whatever kind.
    pub const fn has_factor(&self) -> bool {
        self.factor.is_some() || self.passkeys > 0
    }

    /// Whether it signs in, and with the same password and second factors as another time.
    pub fn signs_in_like(&self, before: &Self) -> bool {
        let has_same_factors = self.factor == before.factor && self.passkey_change == before.passkey_change;
        !self.disabled && !self.blocked && self.password == before.password && has_same_factors
    }
}

const COLUMNS: &str = "SELECT id, name, password, role, scope, disabled_at, email, email_proven_at, factor, \
    recovery_salt, (SELECT count(*) FROM passkey WHERE passkey.account = account.id), passkey_change, \
    account_grant.provider IS NOT NULL, \
    EXISTS (SELECT 1 FROM account_standing WHERE account_standing.account = account.id \
    AND json_extract(state, '$.life') = 'blocked'), language \
    FROM account LEFT JOIN account_grant ON account_grant.account = account.id AND role IN ('admin', 'clerk')";
/// The scope of a grant for the whole hub; one for an office has the office's row behind a word.
const WHOLE: &str = "whole";
const OFFICE: &str = "office:";
/// What stands where an account has no password: the hash of none.
const NO_PASSWORD: &str = "";

impl Store {
    /// Makes an account of staff, without a password where its owner is to set it; gives its number, or nothing if the name is
    /// taken.
    pub fn add_account(
        &self,
        name: &str,
        password: Option<&str>,
        (role, office): (Role, Option<u32>),
        email: Option<&str>,
        at: DateTime<Utc>,
    ) -> Stored<Option<u32>> {
        let password = password.unwrap_or(NO_PASSWORD);
        let added = self.sql.run(
            "INSERT OR IGNORE INTO account(name, password, email, created_at) VALUES(?, ?, ?, ?)",
            params![name, password, email, millis(at)],
        )?;
        if added == 0 {
            return Ok(None);
        }
        let id: u32 = self.sql.last_number();
        let grant = "INSERT INTO account_grant(account, role, scope, at) VALUES(?, ?, ?, ?)";
        self.sql.run(grant, params![id, role.name(), grant_scope(office), millis(at)])?;
        Ok(Some(id))
    }

    /// Sets a new password, or none, and ends every session of the account, save one.
    pub fn set_password(&self, account: u32, password: Option<&str>, keep: Option<&[u8; 32]>) -> Stored<()> {
        let password = password.unwrap_or(NO_PASSWORD);
        self.sql.run("UPDATE account SET password = ? WHERE id = ?", params![password, account])?;
        self.end_logins_but(account, keep)
    }

    /// The language in which the owner of an account is written to from now on.
    pub fn set_account_language(&self, account: u32, language: Language) -> Stored<()> {
        self.sql.run("UPDATE account SET language = ? WHERE id = ?", params![language.tag(), account]).map(drop)
    }

    /// The language in which whoever is meant by a link is written to; none where they never chose one.
    pub fn language_of(&self, owner: LinkOwner) -> Stored<Option<Language>> {
        let found: Option<Option<String>> = match owner {
            LinkOwner::Account(id) | LinkOwner::Moved { account: id, .. } => {
                self.sql.one("SELECT language FROM account WHERE id = ?", [id], |row| row.get(0))?
            }
            LinkOwner::Registration(id) => {
                let select = "SELECT language FROM registration WHERE id = ?";
                self.sql.one(select, [id.into_bytes()], |row| row.get(0))?
            }
        };
        Ok(found.flatten().as_deref().and_then(Language::of_tag))
    }

    /// Lets an account sign in no more, and ends its sessions.
    pub fn disable_account(&self, account: u32, at: DateTime<Utc>) -> Stored<()> {
        self.buried.set(true);
        self.sql.run("UPDATE account SET disabled_at = ? WHERE id = ?", params![millis(at), account])?;
        self.sql.run("DELETE FROM recovery_code WHERE account = ?", [account])?;
        self.drop_passkeys(account, at)?;
        self.end_password_links(LinkOwner::Account(account))?;
        self.end_logins_but(account, None)
    }

    /// An account by number.
    pub fn account(&self, id: u32) -> Stored<Option<Account>> {
        self.sql.one(&format!("{COLUMNS} WHERE id = ?"), [id], account)
    }

    /// Every account, by number.
    pub fn accounts(&self) -> Stored<Vec<Account>> {
        self.sql.rows(&format!("{COLUMNS} ORDER BY id"), [], account)
    }

    /// Keeps a session of an account that still signs in with this password and these second factors, as they are kept; says
    /// whether it does.
    pub fn add_login(&self, login: &Login, account: &Account, at: DateTime<Utc>) -> Stored<bool> {
        // Whoever has none was known by another, or is nobody yet.
        if account.password.is_none() && login.provider.is_none() {
            return Ok(false);
        }
        let password = account.password.as_deref().unwrap_or(NO_PASSWORD);
        let added = self.sql.run(
            "INSERT INTO login(token_hash, account, csrf, created_at, expires_at, page, seen_at, two_steps, provider) \
             SELECT ?1, id, ?3, ?4, ?5, ?8, ?4, ?9, ?11 FROM account \
             WHERE id = ?2 AND password = ?6 AND factor IS ?7 AND passkey_change = ?10 AND disabled_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM account_standing WHERE account_standing.account = account.id \
             AND json_extract(state, '$.life') = 'blocked')",
            params![
                login.token_hash.as_slice(),
                login.account,
                login.csrf,
                millis(at),
                millis(login.expires_at),
                password,
                account.factor,
                login.is_of_page,
                login.two_steps,
                account.passkey_change,
                login.provider
            ],
        )?;
        Ok(added == 1)
    }

    /// Somebody was seen to use a session.
    pub fn see_login(&self, token_hash: &[u8; 32], at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run("UPDATE login SET seen_at = ? WHERE token_hash = ?", params![millis(at), token_hash.as_slice()])
            .map(drop)
    }

    /// A session is locked since then, or with none open again.
    pub fn lock_login(&self, token_hash: &[u8; 32], at: Option<DateTime<Utc>>) -> Stored<()> {
        self.sql
            .run("UPDATE login SET locked_at = ? WHERE token_hash = ?", params![at.map(millis), token_hash.as_slice()])
            .map(drop)
    }

    /// Ends a session.
    pub fn end_login(&self, token_hash: &[u8; 32]) -> Stored<()> {
        self.sql.run("DELETE FROM login WHERE token_hash = ?", [token_hash.as_slice()]).map(drop)
    }

    /// Every session that is still good; those that are not are forgotten at the next sign-in.
    pub fn logins(&self, now: DateTime<Utc>) -> Stored<Vec<Login>> {
        self.sql.rows(
            "SELECT token_hash, account, csrf, expires_at, page, seen_at, locked_at, two_steps, provider FROM login \
             WHERE expires_at > ?",
            [millis(now)],
            |row| {
                Ok(Login {
                    token_hash: row.get(0)?,
                    account: row.get(1)?,
                    csrf: row.get(2)?,
                    expires_at: instant(row.get(3)?),
                    is_of_page: row.get(4)?,
                    seen_at: instant(row.get(5)?),
                    is_locked: row.get::<_, Option<i64>>(6)?.is_some(),
                    two_steps: row.get(7)?,
                    provider: row.get(8)?,
                })
            },
        )
    }

    /// Forgets sessions that have run out.
    pub fn forget_logins(&self, now: DateTime<Utc>) -> Stored<()> {
        self.sql.run("DELETE FROM login WHERE expires_at <= ?", [millis(now)]).map(drop)
    }
}

/// The scope of a grant for one office, or with none for the whole hub.
pub(crate) fn grant_scope(office: Option<u32>) -> String {
    office.map_or_else(|| WHOLE.to_owned(), |row| format!("{OFFICE}{row}"))
}

/// The office of a grant's scope; none where it is for the whole hub. A scope that nobody can read is nowhere.
fn office_of(scope: &str) -> Option<u32> {
    if scope == WHOLE {
        None
    } else {
        Some(scope.strip_prefix(OFFICE).and_then(|row| row.parse().ok()).unwrap_or_default())
    }
}

fn account(row: &Cells<'_>) -> Read<Account> {
    Ok(Account {
        id: row.get(0)?,
        name: row.get(1)?,
        password: Some(row.get::<_, String>(2)?).filter(|password| password != NO_PASSWORD),
        staff: match row.get::<_, Option<String>>(3)? {
            Some(role) => Some(StaffGrant {
                role: Role::of(&role),
                office: office_of(&row.get::<_, String>(4)?),
                is_ruled: row.get(12)?,
            }),
            None => None,
        },
        disabled: row.get::<_, Option<i64>>(5)?.is_some(),
        email: row.get(6)?,
        email_proven: row.get::<_, Option<i64>>(7)?.is_some(),
        factor: row.get(8)?,
        recovery_salt: row.get(9)?,
        passkeys: row.get(10)?,
        passkey_change: row.get(11)?,
        blocked: row.get(13)?,
        language: row.get::<_, Option<String>>(14)?.as_deref().and_then(Language::of_tag),
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn new_08_a_session_is_begun_by_an_account_as_it_is_now() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let id = store.add_account("eleni", Some("first"), (Role::Clerk, None), None, now).unwrap().unwrap();
        let account = || store.accounts().unwrap().remove(0);
        let begin = |token: u8, account: &Account| {
            let (expires_at, csrf) = (now + TimeDelta::hours(1), "c".to_owned());
            let login = Login {
                token_hash: [token; 32],
                account: id,
                csrf,
                expires_at,
                is_of_page: true,
                seen_at: now,
                is_locked: false,
                two_steps: false,
                provider: None,
            };
            store.add_login(&login, account, now).unwrap()
        };
        let first = account();
        assert!(begin(1, &first));
        store.set_password(id, Some("second"), None).unwrap();
        let second = account();
        assert!(!begin(2, &first) && begin(3, &second));
        store.lock_login(&[3; 32], Some(now)).unwrap();
        store.see_login(&[3; 32], now + TimeDelta::minutes(1)).unwrap();
        let kept = store.logins(now).unwrap();
        assert_eq!((kept.len(), kept[0].is_locked, kept[0].seen_at), (1, true, now + TimeDelta::minutes(1)));
        store.lock_login(&[3; 32], None).unwrap();
        assert!(!store.logins(now).unwrap()[0].is_locked);
        // Looked up without a second factor, begun after one was set.
        assert!(store.set_factor(&account(), b"sealed", 1).unwrap());
        assert!(!begin(4, &second) && begin(5, &account()));
        store.set_password(id, Some("third"), Some(&[5; 32])).unwrap();
        let left: Vec<[u8; 32]> = store.logins(now).unwrap().into_iter().map(|login| login.token_hash).collect();
        assert_eq!(left, [[5; 32]], "save the one that changed it");
        store.set_password(id, None, None).unwrap();
        assert!(account().password.is_none() && !begin(6, &account()), "nobody signs in without a password");
        store.set_password(id, Some("fourth"), None).unwrap();
        let fourth = account();
        store.disable_account(id, now).unwrap();
        assert!(!begin(7, &fourth));
        assert_eq!(store.logins(now).unwrap(), [], "nothing outlives it");
    }
}
