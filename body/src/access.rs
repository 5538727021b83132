//! What somebody may do by their level and by who vouches for them; where they may not, what is missing and the one next step.

use vocabulary::{Assurance, Level};

use crate::BWish;

/// What a service or a category of requests asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentityDemand {
    /// How much must be known (PLA-01).
    pub level: Level,
    /// Who has to vouch (OMB-19).
    pub assurance: Assurance,
    /// Whether level B is open for it (PLA-07); asked only where the level is B.
    pub b_open: bool,
}

/// Who asks for something that has a level, as far as admission depends on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Nobody who is signed in.
    Stranger {
        /// Whether this browser was signed in before: they have an account already.
        returning: bool,
    },
    /// Somebody with an account.
    SignedIn {
        /// The level of their account, A or B.
        level: Level,
        /// Who vouches in this session.
        assurance: Assurance,
        /// How far they are on the way to level B.
        wish: BWish,
    },
}

/// Whether they may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// They may do it now.
    Allowed,
    /// They may not yet.
    Barred {
        /// The level that they lack; none where the level is no matter.
        level: Option<Level>,
        /// Who does not vouch for them yet.
        assurance: Option<Assurance>,
        /// What they do next: one step and no choice.
        next: AccessStep,
    },
}

/// The one next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccessStep {
    /// Nothing helps: level B is closed for it (PLA-07).
    ClosedForNow,
    /// They have an account, and sign in to it first.
    SignIn,
    /// Make an account (PLA-02).
    Register,
    /// Sign in by way of TAXISnet (OMB-19), which makes an account where there is none.
    SignInWithTaxisnet,
    /// Fill in all fields and state the wish (PET-05).
    AskForB,
    /// Book the visit at which they are certified (PLA-04).
    BookCertification,
    /// Wait for that visit, or for the second clerk.
    WaitForCertification,
}

/// Whether somebody may do what asks for so much, and what they do next if not (PLA-06).
#[must_use]
pub const fn admit(asker: Asker, demand: IdentityDemand) -> Admission {
    let (has_level, has_assurance) = match asker {
        Asker::Stranger { .. } => (Level::None, Assurance::None),
        Asker::SignedIn { level, assurance, .. } => (level, assurance),
    };
    let level = if (has_level as u8) < demand.level as u8 { Some(demand.level) } else { None };
    let assurance = if has_assurance.satisfies(demand.assurance) { None } else { Some(demand.assurance) };
    // Where it is closed it is closed to those who have the level too, and no other step is worth taking.
    if matches!(demand.level, Level::B) && !demand.b_open {
        return Admission::Barred { level, assurance, next: AccessStep::ClosedForNow };
    }
    let next = match (level, assurance) {
        (None, None) => return Admission::Allowed,
        // It is done at once, and is a sign-in too.
        (_, Some(Assurance::Taxisnet)) => AccessStep::SignInWithTaxisnet,
        (Some(_), None | Some(Assurance::None)) => next_for_level(asker),
        // Nobody lacks that nobody vouches.
        (None, Some(Assurance::None)) => return Admission::Allowed,
    };
    Admission::Barred { level, assurance, next }
}

/// What leads to a higher level.
const fn next_for_level(asker: Asker) -> AccessStep {
    match asker {
        Asker::Stranger { returning: true } => AccessStep::SignIn,
        Asker::Stranger { returning: false } => AccessStep::Register,
        // An account whose address is not proven is none, so that who is signed in lacks level B alone.
        Asker::SignedIn { wish: BWish::None, .. } => AccessStep::AskForB,
        Asker::SignedIn { wish: BWish::Stated, .. } => AccessStep::BookCertification,
        Asker::SignedIn { wish: BWish::VisitBooked | BWish::AwaitsSecondClerk, .. } => AccessStep::WaitForCertification,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const WISHES: [BWish; 4] = [BWish::None, BWish::Stated, BWish::VisitBooked, BWish::AwaitsSecondClerk];

    /// Who asks × what is asked for: `.` allowed, else the first letters of the next step. The columns are level none, A, B and
    /// closed B, first without, then with TAXISnet.
    const TABLE: &str = "
        stranger               | . re re cl | tx tx tx cl
        stranger returning     | . si si cl | tx tx tx cl
        a none                 | . .  as cl | tx tx tx cl
        a stated               | . .  bo cl | tx tx tx cl
        a booked               | . .  wa cl | tx tx tx cl
        a second               | . .  wa cl | tx tx tx cl
        a taxisnet none        | . .  as cl | .  .  as cl
        a taxisnet stated      | . .  bo cl | .  .  bo cl
        a taxisnet booked      | . .  wa cl | .  .  wa cl
        a taxisnet second      | . .  wa cl | .  .  wa cl
        b                      | . .  .  cl | tx tx tx cl
        b taxisnet             | . .  .  cl | .  .  .  cl
    ";

    /// Whoever these words of a table mean.
    pub fn asker(words: &str) -> Asker {
        let assurance = if words.contains("taxisnet") { Assurance::Taxisnet } else { Assurance::None };
        let wish = match words.split_whitespace().last() {
            Some("stated") => BWish::Stated,
            Some("booked") => BWish::VisitBooked,
            Some("second") => BWish::AwaitsSecondClerk,
            _ => BWish::None,
        };
        match words.split_whitespace().next() {
            Some("a") => Asker::SignedIn { level: Level::A, assurance, wish },
            Some("b") => Asker::SignedIn { level: Level::B, assurance, wish },
            _ => Asker::Stranger { returning: words.contains("returning") },
        }
    }

    #[test]
    fn pla_06_what_is_missing_and_the_one_next_step_follow_from_the_level() {
        for line in TABLE.trim().lines() {
            let (who, cells) = line.split_once('|').unwrap();
            let cells: Vec<&str> = cells.split_whitespace().filter(|cell| *cell != "|").collect();
            let mut cells = cells.into_iter();
            for assurance in Assurance::ALL {
                for (level, b_open) in [(Level::None, true), (Level::A, true), (Level::B, true), (Level::B, false)] {
                    let told = match admit(asker(who.trim()), IdentityDemand { level, assurance, b_open }) {
                        Admission::Allowed => ".",
                        Admission::Barred { next, .. } => match next {
                            AccessStep::ClosedForNow => "cl",
                            AccessStep::SignIn => "si",
                            AccessStep::Register => "re",
                            AccessStep::SignInWithTaxisnet => "tx",
                            AccessStep::AskForB => "as",
                            AccessStep::BookCertification => "bo",
                            AccessStep::WaitForCertification => "wa",
                        },
                    };
                    assert_eq!(Some(told), cells.next(), "{who}: {level:?} {assurance:?} open {b_open}");
                }
            }
            assert_eq!(cells.next(), None);
        }
    }

    #[test]
    fn pla_06_whoever_takes_the_next_steps_gets_there_and_nobody_is_led_in_a_circle() {
        let demands = Level::ALL.into_iter().flat_map(|level| Assurance::ALL.map(|assurance| (level, assurance)));
        for (level, assurance) in demands {
            let demand = IdentityDemand { level, assurance, b_open: true };
            for returning in [true, false] {
                let mut asker = Asker::Stranger { returning };
                let mut taken = Vec::new();
                while let Admission::Barred { next, .. } = admit(asker, demand) {
                    assert!(!taken.contains(&next), "{next:?} again, {demand:?}");
                    taken.push(next);
                    let (level, assurance) = match asker {
                        Asker::Stranger { .. } => (Level::A, Assurance::None),
                        Asker::SignedIn { level, assurance, .. } => (level, assurance),
                    };
                    asker = match next {
                        AccessStep::ClosedForNow => unreachable!("it is open"),
                        AccessStep::SignIn | AccessStep::Register => {
                            Asker::SignedIn { level, assurance, wish: BWish::None }
                        }
                        AccessStep::SignInWithTaxisnet => {
                            Asker::SignedIn { level, assurance: Assurance::Taxisnet, wish: BWish::None }
                        }
                        AccessStep::AskForB => Asker::SignedIn { level, assurance, wish: BWish::Stated },
                        AccessStep::BookCertification => Asker::SignedIn { level, assurance, wish: BWish::VisitBooked },
                        AccessStep::WaitForCertification => {
                            Asker::SignedIn { level: Level::B, assurance, wish: BWish::None }
                        }
                    };
                }
                assert!(taken.len() <= 5, "{taken:?}");
            }
        }
    }

    #[test]
    fn pla_06_more_than_is_asked_for_never_bars() {
        for (level, assurance) in Level::ALL.into_iter().flat_map(|level| Assurance::ALL.map(|one| (level, one))) {
            for wish in WISHES {
                let demand = IdentityDemand { level, assurance, b_open: true };
                let best = Asker::SignedIn { level: Level::B, assurance: Assurance::Taxisnet, wish };
                assert_eq!(admit(best, demand), Admission::Allowed);
            }
        }
    }
}
