//! Agents who book for citizens (TRN-07, TRN-08), and the times that they left to citizens. An agent is an account with a grant of an
//! office; what stands here beside it is the number that journals know, and what the office wrote down who invited them.

use body::{AccountId, Grant, GrantScope, OfficeId, Role};
use chrono::{DateTime, Utc};
use office::{AddressId, BookingId};
use uuid::Uuid;

use crate::{
    error::{StoreError, Stored},
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
    /// The account of who agreed to be one; none before.
    pub account: Option<u32>,
    /// The name: a driving school's, or a person's.
    pub name: String,
    /// Where they were invited, and are written to.
    pub email: String,
    /// What the limits call that address.
    pub address: AddressId,
    /// Where they are called, as E.164.
    pub phone: Option<String>,
    /// The tax number (ΑΦΜ) that they said, if they did.
    pub tax_number: Option<String>,
    /// The details with which they booked in their own name last, as JSON: the next form holds them already.
    pub profile: Option<String>,
    /// When they were invited last.
    pub invited_at: DateTime<Utc>,
    /// When they agreed last.
    pub active_at: Option<DateTime<Utc>>,
    /// Whether they were shut out.
    pub disabled: bool,
}

impl Agent {
    /// Whether they may still agree to the invitation that was sent last.
    pub fn is_awaited(&self) -> bool {
        !self.disabled && self.active_at.is_none_or(|active| active < self.invited_at)
    }
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

const AGENT: &str = "SELECT id, office, account, name, email, address, phone, tax_number, profile, invited_at, active_at, \
    disabled_at FROM agent";
/// That the account of an agent has the grant still.
const GRANTED: &str = "disabled_at IS NULL AND EXISTS (SELECT 1 FROM account_grant \
    WHERE account_grant.account = agent.account AND role = 'agent' AND scope = 'office:' || agent.office)";
const ERASE: &str = "UPDATE agent SET name = '', email = 'erased-' || id, phone = NULL, tax_number = NULL, profile = NULL, \
    account = NULL, disabled_at = coalesce(disabled_at, invited_at)";
const ENTRUSTED: &str = "SELECT office, booking, agent, address, name, typed, at FROM entrusted";

impl Store {
    /// Notes an agent who is to be invited; none if the office has one with this address.
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

    /// Invites an agent once more: the link before is good no longer, and they book for nobody until they agree again. Says whether
    /// there is one within the scope.
    pub fn invite_agent_again(&self, scope: OfficeScope, agent: u32, now: DateTime<Utc>) -> Stored<bool> {
        let Some(known) = self.agent(scope, agent)?.filter(|known| !known.name.is_empty()) else { return Ok(false) };
        self.take_agency(&known, now)?;
        let invite = "UPDATE agent SET invited_at = ?, disabled_at = NULL WHERE id = ?";
        self.sql.run(invite, params![millis(now), agent])?;
        Ok(true)
    }

    /// Somebody who was invited agrees, with their account, which proves the address; `false` if that invitation was used already, or
    /// the account is another agent's of that office.
    pub fn accept_agency(&self, agent: &Agent, account: u32, now: DateTime<Utc>) -> Stored<bool> {
        let set = self.sql.run(
            "UPDATE agent SET account = ?1, active_at = ?2 WHERE id = ?3 AND invited_at = ?4 AND disabled_at IS NULL \
             AND name != '' AND (active_at IS NULL OR active_at < invited_at) AND NOT EXISTS (SELECT 1 FROM agent AS other \
             WHERE other.account = ?1 AND other.office = agent.office AND other.id != agent.id AND other.disabled_at IS NULL)",
            params![account, millis(now), agent.id, millis(agent.invited_at)],
        )?;
        if set == 1 {
            self.give_grant(AccountId(account), agency(agent.office)?, None, now)?;
            self.prove_address(agent.address, now)?;
        }
        Ok(set == 1)
    }

    fn take_agency(&self, agent: &Agent, now: DateTime<Utc>) -> Stored<()> {
        match agent.account {
            Some(account) => self.take_grant(AccountId(account), agency(agent.office)?, now).map(drop),
            None => Ok(()),
        }
    }

    /// Takes out what says who somebody was who was shut out, or never came after an invitation, before a moment; how many. What
    /// is left is a number, of which the journal speaks.
    pub fn erase_agents(&self, before: DateTime<Utc>) -> Stored<usize> {
        let erased = self.sql.run(
            &format!("{ERASE} WHERE name != '' AND (disabled_at < ?1 OR active_at IS NULL AND invited_at < ?1)"),
            [millis(before)],
        )?;
        if erased > 0 {
            self.to_scrub.set(true);
        }
        Ok(erased)
    }

    /// Takes out whatever agents an account was, with their grants: the account goes.
    pub(crate) fn erase_agents_of(&self, account: u32, at: DateTime<Utc>) -> Stored<()> {
        self.sql.run(
            "UPDATE agent SET disabled_at = coalesce(disabled_at, ?) WHERE account = ?",
            params![millis(at), account],
        )?;
        self.sql.run(&format!("{ERASE} WHERE account = ?"), [account])?;
        self.sql.run("DELETE FROM account_grant WHERE account = ? AND role = 'agent'", [account]).map(drop)
    }

    /// Accounts of one person were joined: what one was an agent of, the other is.
    pub(crate) fn move_agents(&self, from: u32, into: u32) -> Stored<()> {
        self.sql.run("UPDATE agent SET account = ? WHERE account = ?", [into, from])?;
        self.sql
            .run("UPDATE OR IGNORE account_grant SET account = ? WHERE account = ? AND role = 'agent'", [into, from])?;
        self.sql.run("DELETE FROM account_grant WHERE account = ? AND role = 'agent'", [from]).map(drop)
    }

    /// Keeps the details with which an agent booked in their own name.
    pub fn put_agent_profile(&self, agent: u32, profile: &str) -> Stored<()> {
        self.sql.run("UPDATE agent SET profile = ? WHERE id = ?", params![profile, agent]).map(drop)
    }

    /// Shuts an agent out, whose account books for nobody any more; says whether there is one within the scope.
    pub fn disable_agent(&self, scope: OfficeScope, agent: u32, now: DateTime<Utc>) -> Stored<bool> {
        let Some(known) = self.agent(scope, agent)? else { return Ok(false) };
        self.buried.set(true);
        self.take_agency(&known, now)?;
        self.sql.run("UPDATE agent SET disabled_at = ? WHERE id = ?", params![millis(now), agent])?;
        Ok(true)
    }

    /// An agent, by number, for who asks within a scope.
    pub fn agent(&self, scope: OfficeScope, id: u32) -> Stored<Option<Agent>> {
        self.sql.one(&format!("{AGENT} WHERE id = ?1 AND (?2 IS NULL OR office = ?2)"), params![id, scope.row()], agent)
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

    /// What an account may book for citizens as, by number: one in each office at most.
    pub fn agents_of_account(&self, account: u32) -> Stored<Vec<Agent>> {
        self.sql.rows(&format!("{AGENT} WHERE account = ? AND {GRANTED} ORDER BY id"), [account], agent)
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

/// What an agent of an office may do: it is one grant.
fn agency(office: u32) -> Stored<Grant> {
    Grant::new(Role::Agent, GrantScope::Office(OfficeId(office))).map_err(|error| StoreError::Broken(error.into()))
}

fn agent(row: &Cells<'_>) -> Read<Agent> {
    Ok(Agent {
        id: row.get(0)?,
        office: row.get(1)?,
        account: row.get(2)?,
        name: row.get(3)?,
        email: row.get(4)?,
        address: AddressId(Uuid::from_bytes(row.get(5)?)),
        phone: row.get(6)?,
        tax_number: row.get(7)?,
        profile: row.get(8)?,
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
    use crate::{Activation, Registration, accounts::Role as StaffRole};

    fn account(store: &Store, email: &str, now: DateTime<Utc>) -> u32 {
        let (id, password) = (secrets::draw_id(), "hash".to_owned());
        let waiting =
            Registration { id, name: email.to_owned(), password, email: email.to_owned(), profile: "{}".to_owned() };
        match store.activate(&waiting, now).unwrap() {
            Activation::Account(account) => account,
            Activation::NameTaken => panic!("{email} is free"),
        }
    }

    #[test]
    fn new_08_an_agent_who_is_invited_again_comes_back_when_they_agree_again_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let later = |minutes| now + TimeDelta::minutes(minutes);
        let by = store.add_account("admin", Some("hash"), (StaffRole::Admin, None), None, now).unwrap().unwrap();
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
        let school = account(&store, "school@example.gr", now);
        let is_agent = || !store.agents_of_account(school).unwrap().is_empty();
        assert!(!is_agent(), "nobody is one before they agreed");
        let first = agent();
        assert!(store.accept_agency(&first, school, later(1)).unwrap() && is_agent());
        assert!(!store.accept_agency(&first, school, later(2)).unwrap(), "an invitation is good once");
        assert!(store.agent(other, id).unwrap().is_none(), "nobody, for another office");
        assert!(!store.invite_agent_again(other, id, later(3)).unwrap());
        assert!(!store.disable_agent(other, id, later(3)).unwrap());
        assert!(is_agent(), "as before");
        assert!(store.invite_agent_again(own, id, later(3)).unwrap() && !is_agent());
        assert!(!store.accept_agency(&first, school, later(4)).unwrap(), "looked up before, agreed after");
        assert!(store.accept_agency(&agent(), school, later(5)).unwrap() && is_agent());
        // One account is no second agent of the office.
        let second = NewAgent { email: "second@example.gr".to_owned(), ..new };
        let second = store.invite_agent(&second, later(6)).unwrap().unwrap();
        let second = store.agent(own, second).unwrap().unwrap();
        assert!(!store.accept_agency(&second, school, later(7)).unwrap());
        // Who was shut out does not come back with what was under way.
        let before = agent();
        assert!(store.disable_agent(own, id, later(8)).unwrap() && !is_agent());
        assert!(!store.accept_agency(&before, school, later(9)).unwrap());
        assert!(store.invite_agent_again(OfficeScope::granted(None), id, later(10)).unwrap());
        assert!(!is_agent() && !agent().disabled);
        // The grant alone decides.
        assert!(store.accept_agency(&agent(), school, later(11)).unwrap() && is_agent());
        assert!(
            store.take_grant(AccountId(school), agency(agent().office).unwrap(), later(12)).unwrap() && !is_agent()
        );
    }

    #[test]
    fn fld_23_an_account_that_is_erased_leaves_no_agent_and_one_that_is_joined_takes_it_along() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let office = store.office_row("kep").unwrap();
        let new = NewAgent {
            office,
            name: "Σχολή".to_owned(),
            email: "school@example.gr".to_owned(),
            phone: None,
            tax_number: None,
            by: 1,
        };
        let id = store.invite_agent(&new, now).unwrap().unwrap();
        let agent = || store.agent(OfficeScope::granted(Some(office)), id).unwrap().unwrap();
        let (first, second) = (account(&store, "school@example.gr", now), account(&store, "own@example.gr", now));
        assert!(store.accept_agency(&agent(), first, now).unwrap());
        store.join_account(first, second, now).unwrap();
        assert!(store.erase_account(first, now).unwrap());
        assert_eq!(store.agents_of_account(second).unwrap(), [agent()]);
        assert!(store.erase_account(second, now).unwrap(), "an agent is no member of staff");
        assert!(store.agents_of_account(second).unwrap().is_empty());
        assert_eq!((agent().name.as_str(), agent().account, agent().disabled), ("", None, true));
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
            let account = account(&store, &agent.email, now);
            assert!(store.accept_agency(&agent, account, now).unwrap());
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
            assert_eq!((left.phone, left.tax_number, left.profile, left.account), (None, None, None, None));
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
