//! Staff look for a citizen's account, by what somebody says at a desk. Each look is kept, and says at whose (FLD-22).

use access::{Access, Session};
use body::{AccountEvent, AccountId, AccountStanding, Action, ActionPlace, OfficeId};
use people::{Profile, tax_number};
use store::AccountWords;
use vocabulary::Level;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{LevelRefusal, LevelRoom, certify::may};
use crate::{
    looks::{LookGrant, LookKind},
    own_profile,
};

/// So many are shown at most: whoever looks knows more of whom they look for.
const FOUND_MAX: usize = 5;
/// Longest that is looked for.
pub const WANTED_CHARACTERS_MAX: usize = 254;

/// Whom somebody looks for, and where they stand.
#[derive(Debug, Clone, Copy)]
pub struct AccountSearch<'a> {
    /// The office at whose desk they look.
    pub office: &'a OfficeHandle,
    /// What was typed.
    pub wanted: &'a str,
}

/// An account that somebody opens, and where they stand.
#[derive(Debug, Clone, Copy)]
pub struct AccountAtOffice<'a> {
    /// The office at whose desk it is opened.
    pub office: &'a OfficeHandle,
    /// The account that is opened.
    pub account: AccountId,
}

/// An account that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAccount {
    /// The account's number, by which its page is named.
    pub account: AccountId,
    /// The user name.
    pub user: String,
    /// First and last name.
    pub name: String,
}

/// Whether somebody may look for accounts at an office.
///
/// # Errors
/// `not-allowed`, or that the hub cannot read.
pub async fn may_look(room: LevelRoom<'_>, session: &Session, office: &OfficeHandle) -> Result<(), LevelRefusal> {
    match may(room, session, Action::FindAccounts, ActionPlace::office(OfficeId(office.row))).await? {
        true => Ok(()),
        false => Err(ProblemCode::NotAllowed.into()),
    }
}

/// Looks for citizens' accounts by user name, proven address or tax number, each as a whole.
///
/// # Errors
/// `not-allowed` for who may not look, or that the hub cannot read or write.
pub async fn run(
    room: LevelRoom<'_>,
    access: &Access,
    session: &Session,
    search: AccountSearch<'_>,
) -> Result<Vec<FoundAccount>, LevelRefusal> {
    let AccountSearch { office, wanted } = search;
    may_look(room, session, office).await?;
    let wanted: String = wanted.trim().chars().take(WANTED_CHARACTERS_MAX).collect();
    let look = LookGrant::new(session.account.id, office.row, LookKind::Account);
    let named = access.accounts.with_name(&wanted).filter(|account| !account.is_staff() && !account.disabled);
    let mut found: Vec<u32> = named.iter().map(|account| account.id).collect();
    let tax = tax_number(&wanted);
    let others = room.ledger.readers.read(move |store| {
        let mut found: Vec<u32> = store.account_at(&wanted)?.into_iter().collect();
        if let Some(tax) = tax {
            found.extend(store.accounts_with_tax_number(&tax)?);
        }
        Ok(found)
    });
    found.extend(others.await?);
    found.sort_unstable();
    found.dedup();
    let mut shown = Vec::new();
    for account in found.into_iter().take(FOUND_MAX) {
        let Some(known) = access.accounts.with_number(account).filter(|one| !one.is_staff() && !one.disabled) else {
            continue;
        };
        LookGrant { about: Some(account), ..look }.keep(room.ledger).await?;
        let profile = room.ledger.readers.read(move |store| own_profile::kept(store, account)).await?;
        let name = profile.unwrap_or_default().name;
        shown.push(FoundAccount { account: AccountId(account), user: known.name.clone(), name });
    }
    // Whoever finds nobody has looked all the same.
    if shown.is_empty() {
        look.keep(room.ledger).await?;
    }
    Ok(shown)
}

/// What staff see of an account before they certify it.
#[derive(Debug, Clone)]
pub struct StandingView {
    /// The user name.
    pub user: String,
    /// What its owner said of themselves.
    pub profile: Profile,
    /// Where it stands.
    pub standing: AccountStanding,
    /// The level that the account has now.
    pub level: Level,
    /// Everything that happened to its standing.
    pub events: Vec<AccountEvent>,
    /// What was written with that, beside the journal.
    pub words: Vec<AccountWords>,
    /// Whether whoever looks may certify here.
    pub may_certify: bool,
    /// Whether there is a certification that whoever looks may take back.
    pub may_revoke: bool,
    /// Where its mails go, if that is proven.
    pub email: Option<String>,
    /// Whether staff let nobody in.
    pub blocked: bool,
    /// Whether it has a second factor.
    pub has_factor: bool,
    /// Whether whoever looks may block it, and let its holder in again.
    pub may_block: bool,
    /// Whether whoever looks may help with a lost second factor.
    pub may_help: bool,
}

/// Opens one.
///
/// # Errors
/// `not-allowed` for who may not look, `not-found` for an account of staff or one that is gone.
pub async fn one(
    room: LevelRoom<'_>,
    access: &Access,
    session: &Session,
    whose: AccountAtOffice<'_>,
) -> Result<StandingView, LevelRefusal> {
    let AccountAtOffice { office, account } = whose;
    let place = ActionPlace::office(OfficeId(office.row));
    may_look(room, session, office).await?;
    // Kept whether there is one or not: who goes through the numbers is seen.
    let look = LookGrant::new(session.account.id, office.row, LookKind::Account);
    LookGrant { about: Some(account.0), ..look }.keep(room.ledger).await?;
    let known = access.accounts.with_number(account.0).filter(|one| !one.is_staff() && !one.disabled);
    let known = known.ok_or(ProblemCode::NotFound)?;
    let found = room.ledger.readers.read(move |store| {
        Ok((
            own_profile::kept(store, account.0)?,
            store.standing(account)?,
            store.standing_events(account)?,
            store.account_words(account)?,
        ))
    });
    let (profile, standing, events, words) = found.await?;
    let has_certification = standing.has_certification();
    Ok(StandingView {
        user: known.name.clone(),
        profile: profile.unwrap_or_default(),
        level: standing.level(),
        standing,
        events,
        words,
        may_certify: may(room, session, Action::Certify, place).await?,
        may_revoke: has_certification && may(room, session, Action::RevokeCertification, ActionPlace::BODY).await?,
        email: known.email.clone().filter(|_| known.email_proven),
        blocked: known.blocked,
        has_factor: known.has_factor(),
        may_block: may(room, session, Action::BlockAccounts, ActionPlace::BODY).await?,
        may_help: may(room, session, Action::HelpWithFactors, place).await?,
    })
}
