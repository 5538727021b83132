//! A citizen wishes for level B (PET-05), or does not any more; and what they change of their details has its effect on it.

use access::{Session, TAXISNET};
use body::{AccountCommand, AccountContext, AccountId, Doer, account};
use people::Profile;
use store::{Store, Stored};

use super::{LevelRefusal, LevelRoom};
use crate::own_profile;

/// Decides commands on a standing one after the other, and keeps what follows.
pub fn decide(
    store: &Store,
    commands: &[AccountCommand],
    context: &AccountContext<'_>,
) -> Stored<Result<(), body::StandingRefusal>> {
    let mut standing = store.standing(context.account)?;
    let mut kept = Vec::new();
    for command in commands {
        match account::decide(&standing, command, context) {
            Ok(events) => {
                events.iter().for_each(|event| account::apply(&mut standing, event));
                kept.extend(events);
            }
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    if !kept.is_empty() {
        store.keep_standing(context.account, &standing, &kept)?;
    }
    Ok(Ok(()))
}

/// States the wish, or takes it back. What is so already stays so.
///
/// # Errors
/// [`LevelRefusal`] where fields are empty, the body certifies nobody, or the hub cannot write.
pub async fn run(room: LevelRoom<'_>, session: &Session, wishes: bool) -> Result<(), LevelRefusal> {
    let profile = own_profile::read(&room.ledger.readers, session).await?;
    let command =
        if wishes { AccountCommand::Wish { filled: profile.certifiable() } } else { AccountCommand::DropWish };
    let (account, now, body) = (AccountId(session.account.id), room.ledger.sober_now(), room.body.config.clone());
    let decided = room.ledger.writer.change(move |store| {
        let rules = body.certification.as_ref();
        decide(store, &[command], &AccountContext { account, by: Doer::Account(account), now, rules })
    });
    decided.await?.map_err(LevelRefusal::Rule)
}

/// Keeps a profile in the place of the one before. A field that was certified and is another now ends level B until it is
/// certified again.
///
/// # Errors
/// That the hub cannot write, or the rules say no.
pub async fn change_profile(room: LevelRoom<'_>, session: &Session, profile: &Profile) -> Result<(), LevelRefusal> {
    let (account, now, body) = (AccountId(session.account.id), room.ledger.sober_now(), room.body.config.clone());
    let after = profile.clone();
    let decided = room.ledger.writer.change(move |store| {
        // As it is in this turn: two forms that were open at once change one after the other.
        let before = own_profile::kept(store, account.0)?.unwrap_or_default();
        // TAXISnet's word about a tax number is not overwritten.
        let is_vouched = store.identities_of(account.0)?.iter().any(|one| one.provider == TAXISNET);
        if is_vouched && before.tax_number != after.tax_number {
            return Ok(Err(None));
        }
        let stands = after.certifiable();
        let commands: Vec<AccountCommand> = after
            .certified_anew(&before)
            .into_iter()
            .map(|field| AccountCommand::ChangeField { field, filled: stands.contains(&field) })
            .collect();
        store.set_profile(account.0, &own_profile::written(&after), now)?;
        if store.standing(account)?.life == body::AccountLife::NotOpened {
            return Ok(Ok(()));
        }
        let rules = body.certification.as_ref();
        let context = AccountContext { account, by: Doer::Account(account), now, rules };
        Ok(decide(store, &commands, &context)?.map_err(Some))
    });
    decided.await?.map_err(|refusal| refusal.map_or(LevelRefusal::TaxNumberFixed, LevelRefusal::Rule))
}
