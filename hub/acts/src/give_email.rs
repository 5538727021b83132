//! Whoever came through TAXISnet and has no account gives an address, and confirms it before anything else (PRE-04).

use access::Access;
use office::Language;
use people::{AddressFlaw, Profile, address};
use secrets::{AccountErrand, LinkOwner, draw_id, token_hash};
use store::{OuterArrival, Registration, Store, Stored};
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::{Offices, WriteError};

use crate::{
    account_mail::{LinkWish, sender},
    accounts::refuses_by,
    fault::Fault,
    free_name,
    link_limit::{LinkLimit, may_ask},
    own_profile,
};

/// Why no link is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmailRefusal {
    /// It was too long ago that they came.
    Over,
    /// Mail cannot go to the address.
    BadEmail(AddressFlaw),
    /// They ask too often, or the hub cannot.
    Fault(Fault),
}

refuses_by!(EmailRefusal: Fault, ProblemCode, WriteError);

/// Who waits for an address; nobody, if it was too long ago that they came.
///
/// # Errors
/// That the hub cannot read.
pub async fn look(access: &Access, token: &str) -> Result<Option<OuterArrival>, Fault> {
    let (hash, now) = (token_hash(token), access.clock.now());
    Ok(access.writer.change(move |store| store.arrival(&hash, now)).await?)
}

/// The address that somebody gives who came from a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenEmail<'a> {
    /// What the browser keeps since they came.
    pub token: &'a str,
    /// The address, as it was typed.
    pub typed: &'a str,
    /// The language of the mail.
    pub language: Language,
}

/// What came of it, behind the same answer.
enum EmailDispatch {
    Sent,
    Over,
    TooMany,
}

/// Sends the link; where the address has an account already, its owner is told instead, who signs in there and connects both.
/// Gives the address as it is kept.
///
/// # Errors
/// [`EmailRefusal`].
pub async fn run(
    access: &Access,
    (offices, mail): (&Offices, &Notify),
    limit: LinkLimit,
    given: GivenEmail<'_>,
) -> Result<String, EmailRefusal> {
    let GivenEmail { token, typed, language } = given;
    let email = address(typed).map_err(EmailRefusal::BadEmail)?;
    let (hash, now, office) = (token_hash(token), access.clock.now(), sender(offices, None)?);
    let to = email.clone();
    let send = move |store: &Store| -> Stored<EmailDispatch> {
        let Some(OuterArrival { identity, name, tax_number }) = store.arrival(&hash, now)? else {
            return Ok(EmailDispatch::Over);
        };
        if !may_ask(store, &limit.key, &limit.limits, (&to, limit.from), now)? {
            return Ok(EmailDispatch::TooMany);
        }
        let (owner, errand) = match store.account_at(&to)? {
            Some(account) => (LinkOwner::Account(account), AccountErrand::Known),
            None => {
                let profile = Profile { name, tax_number: tax_number.unwrap_or_default(), ..Profile::default() };
                let profile = own_profile::written(&profile);
                let user = free_name::of(store, to.split('@').next().unwrap_or_default(), &to)?;
                let new =
                    Registration { id: draw_id(), name: user, password: String::new(), email: to.clone(), profile };
                store.put_registration(&new, now)?;
                store.set_registration_language(new.id, language)?;
                store.name_registration(new.id, &identity, &hash)?;
                (LinkOwner::Registration(new.id), AccountErrand::Activation)
            }
        };
        let wish = LinkWish { owner, errand, email: Some(to.clone()), language, office };
        wish.issue(store, &wish.link(now), now)?;
        Ok(EmailDispatch::Sent)
    };
    match access.writer.change(send).await? {
        EmailDispatch::Sent => {
            mail.notify_one();
            Ok(email)
        }
        EmailDispatch::Over => Err(EmailRefusal::Over),
        EmailDispatch::TooMany => Err(ProblemCode::TooManyRequests.into()),
    }
}
