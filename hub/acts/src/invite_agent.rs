//! An administrator invites an agent, by mail (TRN-08).

use access::{AuditParty, AuditRecord, Session};
use chrono::{DateTime, TimeDelta, Utc};
use people::{AddressFlaw, address, is_unseen, phone_number, tax_number};
use secrets::{Invitation, LinkOwner};
use store::{NewAgent, OutboxEntry, Store, Stored};
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::{INVITED, OfficeHandle};

use crate::{fault::Fault, ledger::Ledger};

/// An invitation is good for so long.
pub const INVITATION_DAYS: i64 = 7;
/// Longest name of an agent.
const NAME_CHARACTERS_MAX: usize = 120;

/// An agent to be invited, as somebody typed it.
#[derive(Debug, Clone)]
pub struct AgentWish {
    /// The name: a driving school's, or a person's.
    pub name: String,
    /// Where mails go.
    pub email: String,
    /// Where they are called; may be empty.
    pub phone: String,
    /// Their tax number; may be empty.
    pub tax_number: String,
    /// The language of the mail.
    pub language: office::Language,
}

/// Why an agent is not invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgentRefusal {
    /// The name is empty, too long, or has in it what nobody sees.
    Name,
    /// Mail cannot go to the address.
    Email(AddressFlaw),
    /// The telephone number is none.
    Phone,
    /// The tax number is none.
    TaxNumber,
    /// The office has an agent with this address.
    EmailTaken,
    /// They may not, or the hub cannot.
    Fault(Fault),
}

impl From<Fault> for AgentRefusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Notes the agent, and sends the mail with which they agree: with the account that they have, or with one that is made then. Gives
/// its number.
///
/// # Errors
/// [`AgentRefusal`].
pub async fn run(
    ledger: &Ledger,
    mail: &Notify,
    admin: &Session,
    office: &OfficeHandle,
    wish: AgentWish,
) -> Result<u32, AgentRefusal> {
    if !admin.runs(Some(office.row)) {
        return Err(AgentRefusal::Fault(ProblemCode::NotAllowed.into()));
    }
    let language = wish.language;
    let new = checked(wish, office.row, admin.account.id)?;
    let (row, now) = (office.row, ledger.clock.now());
    let made = ledger.writer.change(move |store| {
        let made = store.invite_agent(&new, now)?;
        if let Some(agent) = made {
            store.post(row, &letter(store, (agent, &new.email), now, language)?, now, now)?;
        }
        Ok(made)
    });
    let agent = made.await.map_err(Fault::from)?.ok_or(AgentRefusal::EmailTaken)?;
    mail.notify_one();
    let (invited, by) = (AuditParty::Agent { id: agent, office: row }, AuditParty::from(admin.account.as_ref()));
    ledger.audit.note(AuditRecord::AgentInvited { agent: invited, by });
    Ok(agent)
}

/// The agent as they are kept.
fn checked(wish: AgentWish, office: u32, by: u32) -> Result<NewAgent, AgentRefusal> {
    let name = wish.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > NAME_CHARACTERS_MAX || name.chars().any(is_unseen) {
        return Err(AgentRefusal::Name);
    }
    let email = address(&wish.email).map_err(AgentRefusal::Email)?.to_lowercase();
    let optional = |text: &str, parse: fn(&str) -> Option<String>, wrong: AgentRefusal| match text.trim() {
        "" => Ok(None),
        text => parse(text).map(Some).ok_or(wrong),
    };
    let phone = optional(&wish.phone, phone_number, AgentRefusal::Phone)?;
    let tax_number = optional(&wish.tax_number, tax_number, AgentRefusal::TaxNumber)?;
    Ok(NewAgent { office, name, email, phone, tax_number, by })
}

/// The mail of an invitation that is sent now: in the language that its reader chose, if they have an account.
pub(crate) fn letter(
    store: &Store,
    (agent, email): (u32, &str),
    now: DateTime<Utc>,
    language: office::Language,
) -> Stored<OutboxEntry> {
    let account = store.account_at(email)?.map(LinkOwner::Account);
    let chosen = account.map(|owner| store.language_of(owner)).transpose()?.flatten();
    let language = chosen.unwrap_or(language);
    let expires_at = now + TimeDelta::days(INVITATION_DAYS);
    let link = Invitation { agent, invited_at: now.timestamp_millis(), expires_at, language };
    let about = serde_json::to_string(&link).unwrap_or_default();
    Ok(OutboxEntry { seq: None, kind: INVITED.to_owned(), about })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> AgentWish {
        AgentWish {
            name: "  Σχολή   Οδηγών ".to_owned(),
            email: " School@example.gr".to_owned(),
            phone: String::new(),
            tax_number: "090000045".to_owned(),
            language: office::Language::default(),
        }
    }

    #[test]
    fn trn_08_an_agent_is_kept_as_they_are_meant() {
        let kept = checked(wish(), 1, 7).unwrap();
        assert_eq!((kept.name.as_str(), kept.email.as_str()), ("Σχολή Οδηγών", "school@example.gr"));
        assert_eq!((kept.phone, kept.tax_number.as_deref()), (None, Some("090000045")));
    }

    #[test]
    fn trn_08_what_is_wrong_is_told_apart() {
        let refused = |wish| checked(wish, 1, 7).unwrap_err();
        assert_eq!(refused(AgentWish { name: " ".to_owned(), ..wish() }), AgentRefusal::Name);
        assert_eq!(refused(AgentWish { name: "α".repeat(NAME_CHARACTERS_MAX + 1), ..wish() }), AgentRefusal::Name);
        assert_eq!(
            refused(AgentWish { email: "school".to_owned(), ..wish() }),
            AgentRefusal::Email(AddressFlaw::NoAddress)
        );
        assert_eq!(refused(AgentWish { phone: "κανένα".to_owned(), ..wish() }), AgentRefusal::Phone);
        assert_eq!(refused(AgentWish { tax_number: "090000046".to_owned(), ..wish() }), AgentRefusal::TaxNumber);
    }
}
