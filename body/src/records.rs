//! Looks at one's own records with the body (debts, pending matters), which another register keeps: who may take one, and how
//! often a day.

use serde::{Deserialize, Serialize};
use vocabulary::{Assurance, Level};

use crate::{Admission, Asker, IdentityDemand, access};

/// Somebody looks so often within a day, unless the body says otherwise.
pub const LOOKS_A_DAY: u16 = 10;

/// How citizens look at their records; a body without a register of them has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsRules {
    /// How often one person may look within a day.
    pub looks_a_day: u16,
}

/// What somebody's session stands on, beside their password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionFooting {
    /// It stands on the password alone.
    PasswordAlone,
    /// A second factor was asked for and given.
    SecondFactor,
}

/// Whether somebody may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordsAdmission {
    /// They may look now.
    Allowed,
    /// The level is not enough; `access::admit` says what is missing and the next step.
    LevelMissing(Admission),
    /// The session stands on a password alone, and what is looked at is worth more: neither a second factor nor TAXISnet.
    FootingMissing,
    /// They have looked as often as they may.
    EnoughForToday,
}

/// What is asked of the level: B, which no switch closes, since it opens one's own records and no service.
const DEMAND: IdentityDemand = IdentityDemand { level: Level::B, assurance: Assurance::None, b_open: true };

/// Whether somebody may look, who has looked so often within the last day.
#[must_use]
pub fn admit_look(
    rules: &RecordsRules,
    asker: Asker,
    footing: SessionFooting,
    looks_within_a_day: u32,
) -> RecordsAdmission {
    let admission = access::admit(asker, DEMAND);
    if admission != Admission::Allowed {
        return RecordsAdmission::LevelMissing(admission);
    }
    let vouched = match asker {
        Asker::Stranger { .. } => false,
        Asker::SignedIn { assurance, .. } => assurance.satisfies(Assurance::Taxisnet),
    };
    let has_footing = match footing {
        SessionFooting::PasswordAlone => vouched,
        SessionFooting::SecondFactor => true,
    };
    if !has_footing {
        return RecordsAdmission::FootingMissing;
    }
    if looks_within_a_day >= rules.looks_a_day.into() {
        return RecordsAdmission::EnoughForToday;
    }
    RecordsAdmission::Allowed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AccessStep, access::tests::asker};

    const RULES: RecordsRules = RecordsRules { looks_a_day: 3 };

    /// Who asks × what the session stands on: a password alone, a second factor. `.` may look, `f` lacks a footing, and else
    /// the first letters of the next step to the level.
    const TABLE: &str = "
        stranger        | re re
        returning       | si si
        a               | as as
        a stated        | bo bo
        a booked        | wa wa
        a taxisnet      | as as
        b               | f  .
        b taxisnet      | .  .
    ";

    fn told(admission: RecordsAdmission) -> &'static str {
        match admission {
            RecordsAdmission::Allowed => ".",
            RecordsAdmission::FootingMissing => "f",
            RecordsAdmission::EnoughForToday => "enough",
            RecordsAdmission::LevelMissing(Admission::Allowed) => "allowed and missing",
            RecordsAdmission::LevelMissing(Admission::Barred { next, .. }) => match next {
                AccessStep::ClosedForNow => "cl",
                AccessStep::SignIn => "si",
                AccessStep::Register => "re",
                AccessStep::SignInWithTaxisnet => "tx",
                AccessStep::AskForB => "as",
                AccessStep::BookCertification => "bo",
                AccessStep::WaitForCertification => "wa",
            },
        }
    }

    #[test]
    fn pla_06_records_are_for_level_b_in_a_session_with_a_second_factor_or_taxisnet() {
        for line in TABLE.trim().lines() {
            let (who, cells) = line.split_once('|').unwrap();
            let wanted: Vec<&str> = cells.split_whitespace().collect();
            let found = [SessionFooting::PasswordAlone, SessionFooting::SecondFactor]
                .map(|footing| told(admit_look(&RULES, asker(who.trim()), footing, 0)));
            assert_eq!(wanted, found, "{who}");
        }
    }

    #[test]
    fn pla_06_looks_within_a_day_have_an_end() {
        let look = |looks| admit_look(&RULES, asker("b taxisnet"), SessionFooting::PasswordAlone, looks);
        assert_eq!([0, 1, 2].map(look), [RecordsAdmission::Allowed; 3]);
        assert_eq!([3, u32::MAX].map(look), [RecordsAdmission::EnoughForToday; 2]);
        // Whoever may not look at all is told that first.
        let barred = admit_look(&RULES, asker("a"), SessionFooting::SecondFactor, 99);
        assert_eq!(told(barred), "as");
    }
}
