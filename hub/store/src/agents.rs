//! Agents who book for citizens (TRN-07, TRN-08): their accounts, their sessions, and the times that they left to citizens.

use chrono::{DateTime, Utc};
use office::{AddressId, BookingId};
use secrets::LinkOwner;
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    scope::OfficeScope,
    sql::{Cells, Read, instant, millis, params},
};

/// An agent of one office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The number, which the journal knows.
    pub id: u32,
    /// The office's row.
    pub office: u32,
    /// The name: a driving school's, or a person's.
    pub name: String,
    /// Where mails go, and what they sign in with.
    pub email: String,
    /// What the limits call that address.
    pub address: AddressId,
    /// Where they are called, as E.164.
    pub phone: Option<String>,
    /// The tax number (ΑΦΜ) that they said, if they did.
    pub tax_number: Option<String>,
    /// The details with which they booked in their own name last, as JSON: the next form holds them already.
    pub profile: Option<String>,
    /// Argon2id, as a PHC string; none before the first password was set.
    pub password: Option<String>,
    /// When they were invited last.
    pub invited_at: DateTime<Utc>,
    /// When they set their password last.
    pub active_at: Option<DateTime<Utc>>,
    /// Whether they may sign in no more.
    pub disabled: bool,
}

/// An agent to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAgent {
    /// The office's row.
    pub office: u32,
    /// First and last name, as the administrator typed them.
    pub name: String,
    /// Where mails go, in lower case.
    pub email: String,
    /// Where they are called, as E.164.
    pub phone: Option<String>,
    /// The agent's tax number (ΑΦΜ), if it was typed.
    pub tax_number: Option<String>,
    /// The administrator's account.
    pub by: u32,
}

/// A time that an agent left to a citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentHandover {
    /// The office's row.
    pub office: u32,
    /// The booking that is left to a citizen.
    pub booking: BookingId,
    /// Who left it.
    pub agent: u32,
    /// To whom, by the address.
    pub address: AddressId,
    /// The citizen's name, for the agent's own list.
    pub name: Option<String>,
    /// What the agent typed for the citizen, as JSON, until the citizen has decided.
    pub typed: Option<String>,
    /// The time itself.
    pub at: DateTime<Utc>,
}

const AGENT: &str = "SELECT id, office, name, email, address, phone, tax_number, profile, password, invited_at, active_at, \
    disabled_at FROM agent";
const ENTRUSTED: &str = "SELECT office, booking, agent, address, name, typed, at FROM entrusted";

impl Store {
    /// Makes an agent's account, without a password; none if the office has one with this address.
    pub fn invite_agent(&self, new: &NewAgent, now: DateTime<Utc>) -> Stored<Option<u32>> {
        let address = self.address_of(&new.email, now)?;
        let added = self.sql.run(
            "INSERT OR IGNORE INTO agent(office, name, email, address, phone, tax_number, invited_at, invited_by) \
             VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                new.office,
                new.name,
                new.email,
                address.id.0.into_bytes(),
                new.phone,
                new.tax_number,
                millis(now),
                new.by
            ],
        )?;
        Ok((added == 1).then(|| self.sql.last_number()))
    }

    /// Invites an agent once more: the link before, the password before and every session are good no longer. Says whether there is one within the scope.
    pub fn invite_agent_again(&self, scope: OfficeScope, agent: u32, now: DateTime<Utc>) -> Stored<bool> {
        let invited = self.sql.run(
            "UPDATE agent SET invited_at = ?1, disabled_at = NULL, password = NULL \
             WHERE id = ?2 AND name != '' AND (?3 IS NULL OR office = ?3)",
            params![millis(now), agent, scope.row()],
        )?;
        if invited == 1 {
            self.end_password_links(LinkOwner::Agent(agent))?;
            self.sql.run("DELETE FROM agent_login WHERE agent = ?", [agent])?;
        }
        Ok(invited == 1)
    }

    /// Sets a password, which proves the address, and ends every session; `false` if that invitation was used already.
    pub fn activate_agent(&self, agent: &Agent, password: &str, now: DateTime<Utc>) -> Stored<bool> {
        let set = self.sql.run("UPDATE agent SET password = ?1, active_at = ?2 \
             WHERE id = ?3 AND invited_at = ?4 AND disabled_at IS NULL AND (active_at IS NULL OR active_at < invited_at)",
            params![password, millis(now), agent.id, millis(agent.invited_at)])?;
        self.sql.run("DELETE FROM agent_login WHERE agent = ?", [agent.id])?;
        self.prove_address(agent.address, now)?;
        Ok(set > 0)
    }

    /// Sets another password, and ends every session, save one; `false` if the agent was shut out.
    pub fn set_agent_password(&self, agent: u32, password: &str, keep: Option<&[u8; 32]>) -> Stored<bool> {
        let set = self
            .sql
            .run("UPDATE agent SET password = ? WHERE id = ? AND disabled_at IS NULL", params![password, agent])?;
        let end = "DELETE FROM agent_login WHERE agent = ? AND token_hash IS NOT ?";
        self.sql.run(end, params![agent, keep.map(<[u8; 32]>::as_slice)])?;
        Ok(set == 1)
    }

    /// Takes out what says who somebody was who was shut out, or never came after an invitation, before a moment; how many. What
    /// is left is a number, of which the journal speaks.
    pub fn erase_agents(&self, before: DateTime<Utc>) -> Stored<usize> {
        let erased = self.sql.run(
            "UPDATE agent SET name = '', email = 'erased-' || id, phone = NULL, tax_number = NULL, profile = NULL, \
             password = NULL, disabled_at = coalesce(disabled_at, invited_at) \
             WHERE name != '' AND (disabled_at < ?1 OR active_at IS NULL AND invited_at < ?1)",
            [millis(before)],
        )?;
        if erased > 0 {
            self.to_scrub.set(true);
        }
        Ok(erased)
    }

    /// Keeps the details with which an agent booked in their own name.
    pub fn put_agent_profile(&self, agent: u32, profile: &str) -> Stored<()> {
        self.sql.run("UPDATE agent SET profile = ? WHERE id = ?", params![profile, agent]).map(drop)
    }

    /// Lets an agent sign in no more, and ends the sessions; says whether there is one within the scope.
    pub fn disable_agent(&self, scope: OfficeScope, agent: u32, now: DateTime<Utc>) -> Stored<bool> {
        let disabled = self.sql.run(
            "UPDATE agent SET disabled_at = ?1 WHERE id = ?2 AND (?3 IS NULL OR office = ?3)",
            params![millis(now), agent, scope.row()],
        )?;
        if disabled == 1 {
            self.buried.set(true);
            self.end_password_links(LinkOwner::Agent(agent))?;
            self.sql.run("DELETE FROM agent_login WHERE agent = ?", [agent])?;
        }
        Ok(disabled == 1)
    }

    /// An agent, by number, for who asks within a scope.
    pub fn agent(&self, scope: OfficeScope, id: u32) -> Stored<Option<Agent>> {
        self.sql.one(&format!("{AGENT} WHERE id = ?1 AND (?2 IS NULL OR office = ?2)"), params![id, scope.row()], agent)
    }

    /// The agent whose link this hub has signed itself, whatever the office.
    pub fn agent_of_link(&self, id: u32) -> Stored<Option<Agent>> {
        self.sql.one(&format!("{AGENT} WHERE id = ?"), [id], agent)
    }

    /// An agent of an office, of whom something of that office's says so.
    pub fn agent_of(&self, office: u32, id: u32) -> Stored<Option<Agent>> {
        self.sql.one(&format!("{AGENT} WHERE id = ? AND office = ?"), [id, office], agent)
    }

    /// The agent to whom an invitation was sent at a moment, which no other one of them has.
    pub fn agent_invited(&self, id: u32, invited_at: i64) -> Stored<Option<Agent>> {
        self.sql.one(&format!("{AGENT} WHERE id = ? AND invited_at = ?"), params![id, invited_at], agent)
    }

    /// The agents of an office, save those of whom nothing is kept.
    pub fn agents_of(&self, office: u32) -> Stored<Vec<Agent>> {
        self.sql.rows(&format!("{AGENT} WHERE office = ? AND name != '' ORDER BY name, id"), [office], agent)
    }

    /// The agents who sign in with an address: one in each office at most.
    pub fn agents_with(&self, email: &str) -> Stored<Vec<Agent>> {
        let sql = format!("{AGENT} WHERE email = ? COLLATE NOCASE ORDER BY id");
        self.sql.rows(&sql, [email], agent)
    }

    /// Keeps a session of an agent who still signs in with this password, as it is kept; says whether they do. Sessions that
    /// have run out are forgotten.
    pub fn add_agent_login(
        &self,
        token_hash: &[u8; 32],
        (agent, password): (u32, &str),
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Stored<bool> {
        self.sql.run("DELETE FROM agent_login WHERE expires_at <= ?", [millis(now)])?;
        let added = self.sql.run(
            "INSERT INTO agent_login(token_hash, agent, created_at, expires_at) \
             SELECT ?1, id, ?3, ?4 FROM agent WHERE id = ?2 AND password = ?5 AND disabled_at IS NULL",
            params![token_hash.as_slice(), agent, millis(now), millis(expires_at), password],
        )?;
        Ok(added == 1)
    }

    /// Whose session it is, if it is still good.
    pub fn agent_of_login(&self, token_hash: &[u8; 32], now: DateTime<Utc>) -> Stored<Option<Agent>> {
        let sql = format!(
            "{AGENT} WHERE disabled_at IS NULL AND id = (SELECT agent FROM agent_login WHERE token_hash = ? AND expires_at > ?)"
        );
        self.sql.one(&sql, params![token_hash.as_slice(), millis(now)], agent)
    }

    /// Ends a session.
    pub fn end_agent_login(&self, token_hash: &[u8; 32]) -> Stored<()> {
        self.sql.run("DELETE FROM agent_login WHERE token_hash = ?", [token_hash.as_slice()]).map(drop)
    }

    /// Notes a time that an agent left to a citizen.
    pub fn put_entrusted(&self, one: &AgentHandover) -> Stored<()> {
        self.sql
            .run(
                "INSERT OR REPLACE INTO entrusted(office, booking, agent, address, name, typed, at) \
                 VALUES(?, ?, ?, ?, ?, ?, ?)",
                params![
                    one.office,
                    one.booking.0 as i64,
                    one.agent,
                    one.address.0.into_bytes(),
                    one.name,
                    one.typed,
                    millis(one.at)
                ],
            )
            .map(drop)
    }

    /// A time that was left to a citizen.
    pub fn entrusted(&self, office: u32, booking: BookingId) -> Stored<Option<AgentHandover>> {
        self.sql.one(
            &format!("{ENTRUSTED} WHERE office = ? AND booking = ?"),
            params![office, booking.0 as i64],
            entrusted,
        )
    }

    /// Every time that an agent left to citizens, as far as it is still known.
    pub fn entrusted_by(&self, agent: u32) -> Stored<Vec<AgentHandover>> {
        self.sql.rows(&format!("{ENTRUSTED} WHERE agent = ?"), [agent], entrusted)
    }

    /// Every time that was left to a citizen of an office.
    pub fn entrusted_in(&self, office: u32) -> Stored<Vec<AgentHandover>> {
        self.sql.rows(&format!("{ENTRUSTED} WHERE office = ?"), [office], entrusted)
    }

    /// The citizen has decided to come: what was typed for them is theirs now, and stands with the booking.
    pub fn settle_entrusted(&self, office: u32, booking: BookingId) -> Stored<()> {
        self.take_entrusted_out("UPDATE entrusted SET typed = NULL WHERE office = ? AND booking = ?", office, booking)
    }

    /// The citizen does not come, or what was noted is past its time; nothing, if nothing was left to them.
    pub fn drop_entrusted(&self, office: u32, booking: BookingId) -> Stored<()> {
        self.take_entrusted_out("DELETE FROM entrusted WHERE office = ? AND booking = ?", office, booking)
    }

    fn take_entrusted_out(&self, statement: &str, office: u32, booking: BookingId) -> Stored<()> {
        let taken = self.sql.run(statement, params![office, booking.0 as i64])?;
        self.to_scrub.set(self.to_scrub.get() || taken > 0);
        self.drop_mobile_code(office, booking)
    }
}

fn agent(row: &Cells<'_>) -> Read<Agent> {
    Ok(Agent {
        id: row.get(0)?,
        office: row.get(1)?,
        name: row.get(2)?,
        email: row.get(3)?,
        address: AddressId(Uuid::from_bytes(row.get(4)?)),
        phone: row.get(5)?,
        tax_number: row.get(6)?,
        profile: row.get(7)?,
        password: row.get(8)?,
        invited_at: instant(row.get(9)?),
        active_at: row.get::<_, Option<i64>>(10)?.map(instant),
        disabled: row.get::<_, Option<i64>>(11)?.is_some(),
    })
}

fn entrusted(row: &Cells<'_>) -> Read<AgentHandover> {
    Ok(AgentHandover {
        office: row.get(0)?,
        booking: BookingId(row.get::<_, i64>(1)?.unsigned_abs()),
        agent: row.get(2)?,
        address: AddressId(Uuid::from_bytes(row.get(3)?)),
        name: row.get(4)?,
        typed: row.get(5)?,
        at: instant(row.get(6)?),
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::accounts::Role;

    #[test]
    fn new_08_an_agent_who_is_invited_again_comes_back_with_a_new_password_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let later = |minutes| now + TimeDelta::minutes(minutes);
        let by = store.add_account("admin", Some("hash"), (Role::Admin, None), None, now).unwrap().unwrap();
        let new = NewAgent {
            office: store.office_row("kep").unwrap(),
            name: "Σχολή".to_owned(),
            email: "school@example.gr".to_owned(),
            phone: None,
            tax_number: None,
            by,
        };
        let id = store.invite_agent(&new, now).unwrap().unwrap();
        let (own, other) = (OfficeScope::granted(Some(new.office)), OfficeScope::granted(Some(new.office + 1)));
        let agent = || store.agent(own, id).unwrap().unwrap();
        let sign_in = |token: u8, password: &str, at| {
            store.add_agent_login(&[token; 32], (id, password), at, at + TimeDelta::hours(8)).unwrap()
        };
        assert!(!sign_in(0, "", now), "nobody signs in without a password");
        assert!(store.activate_agent(&agent(), "first", later(1)).unwrap());
        assert!(sign_in(1, "first", later(2)) && !sign_in(2, "other", later(2)));
        // On an account that stands, the password and the sessions end with the invitation.
        assert!(store.agent(other, id).unwrap().is_none(), "nobody, for another office");
        assert!(!store.invite_agent_again(other, id, later(3)).unwrap());
        assert!(!store.disable_agent(other, id, later(3)).unwrap());
        assert!(store.agent_of_login(&[1; 32], later(3)).unwrap().is_some(), "as before");
        assert!(store.invite_agent_again(own, id, later(3)).unwrap());
        assert_eq!((agent().password, store.agent_of_login(&[1; 32], later(3)).unwrap()), (None, None));
        assert!(!sign_in(3, "first", later(4)), "looked up before, begun after");
        assert!(store.activate_agent(&agent(), "second", later(5)).unwrap());
        assert!(sign_in(4, "second", later(6)));
        // Who was shut out does not begin what was under way, nor come back with what they had.
        assert!(store.disable_agent(own, id, later(7)).unwrap());
        assert!(!sign_in(5, "second", later(7)));
        assert!(store.invite_agent_again(OfficeScope::granted(None), id, later(8)).unwrap());
        assert!(!sign_in(6, "second", later(8)) && agent().password.is_none() && !agent().disabled);
    }

    #[test]
    fn fld_23_nothing_is_kept_of_an_agent_who_was_shut_out_long_ago() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let office = store.office_row("kep").unwrap();
        let scope = OfficeScope::granted(Some(office));
        let invite = |name: &str| {
            let (phone, tax_number) = (Some("+302100000000".to_owned()), Some("090000045".to_owned()));
            let email = format!("{name}@example.gr");
            let new = NewAgent { office, name: name.to_owned(), email, phone, tax_number, by: 1 };
            store.invite_agent(&new, now).unwrap().unwrap()
        };
        let (shut, never, active) = (invite("shut"), invite("never"), invite("active"));
        for id in [shut, active] {
            let agent = store.agent(scope, id).unwrap().unwrap();
            assert!(store.activate_agent(&agent, "hash", now).unwrap());
        }
        store.put_agent_profile(shut, "{}").unwrap();
        store.disable_agent(scope, shut, now).unwrap();
        assert_eq!(store.erase_agents(now).unwrap(), 0, "not yet");
        assert_eq!(store.erase_agents(now + TimeDelta::days(1)).unwrap(), 2);
        let names: Vec<String> = store.agents_of(office).unwrap().into_iter().map(|agent| agent.name).collect();
        assert_eq!(names, ["active"]);
        for id in [shut, never] {
            let left = store.agent(scope, id).unwrap().unwrap();
            assert_eq!((left.name.as_str(), left.email), ("", format!("erased-{id}")));
            assert_eq!((left.phone, left.tax_number, left.profile, left.password), (None, None, None, None));
            assert!(
                left.disabled && !store.invite_agent_again(scope, id, now).unwrap(),
                "nobody is there to be invited"
            );
        }
        // Their address is free for whoever has it now.
        assert_ne!(invite("shut"), shut);
        assert_eq!(store.erase_agents(now + TimeDelta::days(1)).unwrap(), 1, "who never came, once more");
    }
}
