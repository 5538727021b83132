//! Somebody forgot their password, and asks for a link by mail. Nobody learns from the answer who has an account.

use access::{Access, AuditParty, AuditRecord};
use office::Language;
use people::address_as_kept;
use secrets::{AccountErrand, LinkOwner};
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::Offices;

use crate::{
    account_mail::{LinkWish, sender},
    fault::Fault,
    ledger::Ledger,
    link_limit::{LinkLimit, may_ask},
};

/// Longest that is looked for.
const CHARACTERS_MAX: usize = 254;

/// Has a link sent to whoever has an account and an address that is known to be theirs. The answer is the same for others.
///
/// # Errors
/// `too-many-requests` past the limits, whoever it is, or that the hub cannot read or write.
pub async fn run(
    ledger: &Ledger,
    access: &Access,
    (offices, mail): (&Offices, &Notify),
    limit: LinkLimit,
    (typed, language): (&str, Language),
) -> Result<(), Fault> {
    let found = called(access, typed.trim());
    let typed: String = address_as_kept(typed).chars().take(CHARACTERS_MAX).collect();
    let parties: Vec<AuditParty> = found.iter().map(|(party, _, _)| *party).collect();
    let wishes = found.into_iter().map(|(party, owner, email)| {
        let (errand, office) = (AccountErrand::Forgotten, sender(offices, party.office())?);
        Ok(LinkWish { owner, errand, email: Some(email), language, office })
    });
    let wishes: Vec<LinkWish> = wishes.collect::<Result<_, Fault>>()?;
    let now = ledger.clock.now();
    let asked = ledger.writer.change(move |store| {
        // Counted for whatever was typed, whether somebody is called so or not.
        let name = format!("forgotten {typed}");
        if !may_ask(store, &limit.key, &limit.limits, (&name, limit.from), now)? {
            return Ok(false);
        }
        wishes.iter().try_for_each(|wish| wish.issue(store, &wish.link(now), now))?;
        Ok(true)
    });
    if !asked.await? {
        return Err(ProblemCode::TooManyRequests.into());
    }
    mail.notify_one();
    parties.into_iter().for_each(|party| ledger.audit.note(AuditRecord::PasswordForgotten(party)));
    Ok(())
}

/// The accounts that are meant and can be written to.
fn called(access: &Access, typed: &str) -> Vec<(AuditParty, LinkOwner, String)> {
    let named = access.accounts.with_name(typed).filter(|account| account.email_proven && !account.disabled);
    let mut found: Vec<_> = named.into_iter().chain(access.accounts.with_email(&address_as_kept(typed))).collect();
    found.dedup_by_key(|account| account.id);
    // Staff without a password here have an invitation, or sign in elsewhere, where they can be shut out.
    found.retain(|account| !account.is_staff() || account.password.is_some());
    let written = found.into_iter().filter_map(|account| {
        let email = account.email.clone()?;
        Some((AuditParty::from(account.as_ref()), LinkOwner::Account(account.id), email))
    });
    written.collect()
}
