//! Citizens look at their own records with the body: debts and pending matters, asked of the register that keeps them, for
//! whoever has level B and proved more than a password in this session. Each look is kept before anything is asked (FLD-22);
//! nothing of the answer is.

use access::Session;
use body::{Asker, RecordsAdmission, RecordsRules, SessionFooting, records};
use chrono::{DateTime, TimeDelta, Utc};
use outside::{CitizenRecords, Outside, OutsideFault, RecordsQuestion};
use store::{Look, Store, Stored};
use uuid::Uuid;
use wire::ProblemCode;

use crate::{
    fault::Fault,
    levels::{LevelRoom, asker},
    looks::LookKind,
    own_profile,
};

/// So many looks are read: more than anybody may take within a day.
const LOOKS_READ: u32 = 101;
/// Looks that are shown to who took them.
const LOOKS_SHOWN: usize = 20;
/// The same form again within this time is the same look: an unsteady hand, or a page that is loaded anew.
const AGAIN: TimeDelta = TimeDelta::minutes(1);

/// What looking at records stands on.
#[derive(Debug, Clone, Copy)]
pub struct RecordsRoom<'a> {
    /// The body, and the way to read and write.
    pub levels: LevelRoom<'a>,
    /// Who is asked.
    pub outside: &'a Outside,
}

/// What somebody is told before they look.
#[derive(Debug, Clone)]
pub struct RecordsPreview {
    /// Whether they may; else what is missing.
    pub admission: RecordsAdmission,
    /// How often a day, at most.
    pub looks_a_day: u16,
    /// When they looked, the newest first.
    pub looks: Vec<DateTime<Utc>>,
}

/// What came of a look.
#[derive(Debug)]
pub enum RecordsOutcome {
    /// The register has answered.
    Told(CitizenRecords),
    /// They may not look.
    Barred(RecordsAdmission),
    /// The register gave no answer that is one.
    Untold(OutsideFault),
}

/// On what a session stands.
fn footing(session: &Session) -> SessionFooting {
    if session.two_steps { SessionFooting::SecondFactor } else { SessionFooting::PasswordAlone }
}

/// Looks that somebody took, the newest first.
fn looks_of(store: &Store, account: u32) -> Stored<Vec<Look>> {
    store.looks_of(account, LookKind::Records.name(), LOOKS_READ)
}

/// How many of them fall within a day, without those of this form.
fn within_a_day(looks: &[Look], but: Option<Uuid>, now: DateTime<Utc>) -> u32 {
    let counted =
        looks.iter().filter(|look| look.at > now - TimeDelta::days(1) && (but.is_none() || look.visit != but));
    u32::try_from(counted.count()).unwrap_or(u32::MAX)
}

impl<'a> RecordsRoom<'a> {
    /// The rules of looking; none where no register is named, or there is nobody to ask.
    fn rules(self) -> Option<RecordsRules> {
        self.levels.body.config.records.filter(|_| self.outside.records.is_some())
    }

    async fn asker(self, session: &Session) -> Result<Asker, Fault> {
        if session.is_staff() {
            return Err(ProblemCode::NotAllowed.into());
        }
        Ok(asker(self.levels, Some(session), true).await?)
    }

    /// Whether this body has records to look at.
    #[must_use]
    pub fn is_there(self) -> bool {
        self.rules().is_some()
    }

    /// What somebody is told before they look.
    ///
    /// # Errors
    /// `not-found` where the body names no register, `not-allowed` for staff, or that the hub cannot read.
    pub async fn preview(self, session: &Session) -> Result<RecordsPreview, Fault> {
        let rules = self.rules().ok_or(ProblemCode::NotFound)?;
        let asker = self.asker(session).await?;
        let (account, now) = (session.account.id, self.levels.ledger.clock.now());
        let looks = self.levels.ledger.readers.read(move |store| looks_of(store, account)).await?;
        let admission = records::admit_look(&rules, asker, footing(session), within_a_day(&looks, None, now));
        let looks = looks.iter().map(|look| look.at).take(LOOKS_SHOWN).collect();
        Ok(RecordsPreview { admission, looks_a_day: rules.looks_a_day, looks })
    }

    /// Looks. The number of the look was drawn with its form.
    ///
    /// # Errors
    /// `not-found` where the body names no register, `not-allowed` for staff, or that the hub cannot read or write.
    pub async fn look(self, session: &Session, number: Uuid) -> Result<RecordsOutcome, Fault> {
        let rules = self.rules().ok_or(ProblemCode::NotFound)?;
        let register = self.outside.records.as_ref().ok_or(ProblemCode::NotFound)?;
        let asker = self.asker(session).await?;
        let ledger = self.levels.ledger;
        let profile = own_profile::read(&ledger.readers, session).await?;
        let (account, footing, now) = (session.account.id, footing(session), ledger.clock.now());
        let attempt = LookAttempt { account, number, asker, footing };
        let transaction = match ledger.writer.change(move |store| attempt.keep(store, &rules, now)).await? {
            Ok(transaction) => transaction,
            Err(admission) => return Ok(RecordsOutcome::Barred(admission)),
        };
        tracing::info!(%transaction, account, "a citizen's own records were asked for");
        let question =
            RecordsQuestion { transaction, end_user: format!("account {account}"), tax_number: profile.tax_number };
        Ok(match register.records(&question, now).await {
            Ok(records) => RecordsOutcome::Told(records),
            Err(fault) => {
                tracing::warn!(%fault, %transaction, "the register of records gave no answer");
                RecordsOutcome::Untold(fault)
            }
        })
    }
}

/// A look that somebody wants to take.
#[derive(Debug, Clone, Copy)]
struct LookAttempt {
    account: u32,
    number: Uuid,
    asker: Asker,
    footing: SessionFooting,
}

impl LookAttempt {
    /// Keeps it, if they may look, and says its number: that of the form, unless the form is used up.
    fn keep(self, store: &Store, rules: &RecordsRules, now: DateTime<Utc>) -> Stored<Result<Uuid, RecordsAdmission>> {
        let Self { account, number, asker, footing } = self;
        let looks = looks_of(store, account)?;
        let of_form = looks.iter().find(|look| look.visit == Some(number));
        let is_again = of_form.is_some_and(|look| now - look.at < AGAIN);
        let taken = within_a_day(&looks, Some(number).filter(|_| is_again), now);
        let admission = records::admit_look(rules, asker, footing, taken);
        if admission != RecordsAdmission::Allowed {
            return Ok(Err(admission));
        }
        if is_again {
            return Ok(Ok(number));
        }
        let number = if of_form.is_some() { secrets::draw_id() } else { number };
        store.put_look(&Look {
            at: now,
            account,
            office: None,
            what: LookKind::Records.name().to_owned(),
            booking: None,
            visit: Some(number),
            names: None,
            occasion: None,
            about: None,
        })?;
        Ok(Ok(number))
    }
}

#[cfg(test)]
mod tests {
    use body::BWish;
    use vocabulary::{Assurance, Level};

    use super::*;
    use crate::requests::tests::House;

    const RULES: RecordsRules = RecordsRules { looks_a_day: 2 };

    fn attempt(number: u128) -> LookAttempt {
        let asker = Asker::SignedIn { level: Level::B, assurance: Assurance::Taxisnet, wish: BWish::None };
        LookAttempt { account: 1, number: Uuid::from_u128(number), asker, footing: SessionFooting::PasswordAlone }
    }

    #[test]
    fn pla_06_the_same_press_is_one_look_and_looks_have_an_end() {
        let house = House::new();
        let look = |number, at: DateTime<Utc>| attempt(number).keep(&house.store, &RULES, at).unwrap();
        let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(look(1, house.now), Ok(first));
        assert_eq!(look(1, house.now + TimeDelta::seconds(5)), Ok(first), "the same press");
        assert_eq!(looks_of(&house.store, 1).unwrap().len(), 1);
        assert_eq!(look(2, house.now + TimeDelta::seconds(9)), Ok(second));
        assert_eq!(look(2, house.now + TimeDelta::seconds(10)), Ok(second), "nor does it count again");
        let later = house.now + TimeDelta::minutes(5);
        assert_eq!(look(3, later), Err(RecordsAdmission::EnoughForToday));
        assert_eq!(look(1, later), Err(RecordsAdmission::EnoughForToday), "an old form opens nothing");
        // The next day one may look again, and an old form has a new number.
        let tomorrow = house.now + TimeDelta::hours(25);
        let number = look(1, tomorrow).unwrap();
        assert_ne!(number, first);
        assert_eq!(looks_of(&house.store, 1).unwrap().len(), 3);
        assert!(looks_of(&house.store, 2).unwrap().is_empty());
    }

    #[test]
    fn pla_06_who_may_not_look_leaves_no_look() {
        let house = House::new();
        let asker = Asker::SignedIn { level: Level::B, assurance: Assurance::None, wish: BWish::None };
        let alone = LookAttempt { asker, ..attempt(1) };
        let kept = alone.keep(&house.store, &RULES, house.now).unwrap();
        assert_eq!(kept, Err(RecordsAdmission::FootingMissing));
        assert!(looks_of(&house.store, 1).unwrap().is_empty());
        let proven = LookAttempt { footing: SessionFooting::SecondFactor, ..alone };
        assert!(proven.keep(&house.store, &RULES, house.now).unwrap().is_ok());
    }
}
