//! A citizen registers by themselves (PLA-02, PET-03): there is no account until the link in the mail is pressed. Nobody
//! learns from the answer whether an address has an account; that a user name is taken has to be said.

use access::{Access, hash_beside};
use chrono::{DateTime, Utc};
use office::Language;
use people::Profile;
use secrets::{AccountErrand, LinkOwner, draw_id};
use store::{PressDigest, Registration, Store, Stored};
use tokio::sync::Notify;
use uuid::Uuid;
use wire::ProblemCode;
use writer::{Offices, WriteError};

use crate::{
    account_mail::{LinkWish, sender},
    accounts::{NewPasswordRefusal, context, refuses_by},
    fault::Fault,
    link_limit::{LinkLimit, may_ask},
    own_profile,
    set_new_password::TwicePassword,
};

/// Who registers.
#[derive(Debug, Clone)]
pub struct RegistrationWish {
    /// The user name.
    pub name: String,
    /// The password, typed twice.
    pub password: TwicePassword,
    /// What they say of themselves.
    pub profile: Profile,
    /// Where the link goes.
    pub email: String,
    /// The language of the mail.
    pub language: Language,
    /// The challenge that was solved; it is used up. None, where the hub asks for no challenge.
    pub challenge: Option<Uuid>,
}

/// Why nobody is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegistrationRefusal {
    /// The user name is taken, or waits for somebody else.
    NameTaken,
    /// The user name is empty or too long, or has blanks in it.
    BadName,
    /// The password is not such as one may be, or was typed differently the second time.
    Password(NewPasswordRefusal),
    /// The challenge was solved for another mail before.
    ChallengeUsed,
    /// They ask too often, or the hub cannot.
    Fault(Fault),
}

refuses_by!(RegistrationRefusal: Fault, ProblemCode, WriteError);

/// What came of it, behind the same answer.
enum RegistrationNote {
    Waits,
    NameTaken,
    ChallengeUsed,
    TooMany,
}

/// Uses a challenge up, by which one mail goes out; false, where it was before.
fn use_up(store: &Store, challenge: Option<Uuid>, now: DateTime<Utc>) -> Stored<bool> {
    let Some(challenge) = challenge else { return Ok(true) };
    let used = PressDigest::of(&["challenge", &challenge.to_string()]);
    let is_new = store.done_press(&used)?.is_none();
    store.note_press(&used, None, now)?;
    Ok(is_new)
}

/// Keeps the registration, and has its link sent; where the address has an account already, its owner is told instead.
///
/// # Errors
/// [`RegistrationRefusal`].
pub async fn run(
    access: &Access,
    (offices, mail): (&Offices, &Notify),
    limit: LinkLimit,
    wish: RegistrationWish,
) -> Result<(), RegistrationRefusal> {
    let RegistrationWish { name, password, profile, email, language, challenge } = wish;
    let name = name.trim().to_owned();
    access::check_name(&name).map_err(|_| RegistrationRefusal::BadName)?;
    let user = email.split('@').next().unwrap_or_default();
    let context = context(offices, &[&name, user, &profile.name]);
    let checked = password.checked(&context).map_err(RegistrationRefusal::Password)?;
    let office = sender(offices, None)?;
    let hash = hash_beside(checked).await.map_err(Fault::from)?;
    let (now, profile) = (access.clock.now(), own_profile::written(&profile));
    let new = Registration { id: draw_id(), name, password: hash, email, profile };
    let note = move |store: &Store| -> Stored<RegistrationNote> {
        if !may_ask(store, &limit.key, &limit.limits, (&new.email, limit.from), now)? {
            return Ok(RegistrationNote::TooMany);
        }
        // A name is refused whoever asks for it, so that this says nothing of the address.
        if store.is_name_taken(&new.name, &new.email)? {
            return Ok(RegistrationNote::NameTaken);
        }
        if !use_up(store, challenge, now)? {
            return Ok(RegistrationNote::ChallengeUsed);
        }
        let email = Some(new.email.clone());
        if let Some(account) = store.account_at(&new.email)? {
            let (owner, errand) = (LinkOwner::Account(account), AccountErrand::Known);
            let wish = LinkWish { owner, errand, email, language, office };
            wish.issue(store, &wish.link(now), now)?;
            return Ok(RegistrationNote::Waits);
        }
        store.put_registration(&new, now)?;
        store.set_registration_language(new.id, language)?;
        let (owner, errand) = (LinkOwner::Registration(new.id), AccountErrand::Activation);
        let wish = LinkWish { owner, errand, email, language, office };
        wish.issue(store, &wish.link(now), now)?;
        Ok(RegistrationNote::Waits)
    };
    match access.writer.change(note).await? {
        RegistrationNote::Waits => {
            mail.notify_one();
            Ok(())
        }
        RegistrationNote::NameTaken => Err(RegistrationRefusal::NameTaken),
        RegistrationNote::ChallengeUsed => Err(RegistrationRefusal::ChallengeUsed),
        RegistrationNote::TooMany => Err(ProblemCode::TooManyRequests.into()),
    }
}

/// A link that somebody asks for once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkAgain {
    /// The address with which they registered.
    pub email: String,
    /// The language of the mail.
    pub language: Language,
    /// The challenge that was solved for it, where there was one.
    pub challenge: Option<Uuid>,
}

/// Sends the link of a registration once more, where one waits for this address; the answer is the same where none does.
///
/// # Errors
/// `too-many-requests` past the limits, `command-reused` if the challenge was used for another mail before, or that the hub
/// cannot write.
pub async fn send_again(
    access: &Access,
    (offices, mail): (&Offices, &Notify),
    limit: LinkLimit,
    wish: LinkAgain,
) -> Result<(), Fault> {
    let LinkAgain { email, language, challenge } = wish;
    let (now, office) = (access.clock.now(), sender(offices, None)?);
    let sent = access.writer.change(move |store| {
        if !may_ask(store, &limit.key, &limit.limits, (&email, limit.from), now)? {
            return Ok(Some(ProblemCode::TooManyRequests));
        }
        if !use_up(store, challenge, now)? {
            return Ok(Some(ProblemCode::CommandReused));
        }
        for waiting in store.registrations_at(&email)? {
            let (owner, errand) = (LinkOwner::Registration(waiting.id), AccountErrand::Activation);
            let wish = LinkWish { owner, errand, email: Some(waiting.email), language, office };
            wish.issue(store, &wish.link(now), now)?;
        }
        Ok(None)
    });
    if let Some(refused) = sent.await? {
        return Err(refused.into());
    }
    mail.notify_one();
    Ok(())
}
