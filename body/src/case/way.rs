//! How a result goes to the applicant (PLA-03, PET-06): which ways there are, for the rules and for the pages that offer them.

use std::{fmt, str::FromStr};

use thiserror::Error;
use vocabulary::{Assurance, Level};

use super::{Case, CasePhase, CaseRefusal, ResultWay};
use crate::{Asker, ResultForm};

/// A word that names none of the ways in which a result is had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no way of a result")]
pub struct NoResultWay;

impl ResultWay {
    /// Every way, the usual one first: by post to who is certified, else in person.
    pub const ALL: [Self; 3] = [Self::Post, Self::Collection, Self::Download];

    /// Its name in what is kept and in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Collection => "collection",
            Self::Post => "post",
            Self::Download => "download",
        }
    }
}

impl fmt::Display for ResultWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for ResultWay {
    type Err = NoResultWay;

    fn from_str(text: &str) -> Result<Self, NoResultWay> {
        Self::ALL.into_iter().find(|way| way.name() == text).ok_or(NoResultWay)
    }
}

impl Asker {
    /// How well they are known.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Stranger { .. } => Level::None,
            Self::SignedIn { level, .. } => level,
        }
    }

    /// Whether they may have a file: by level B, or because somebody vouches for them in this session.
    pub(super) fn may_download(self) -> Result<(), CaseRefusal> {
        let vouched = match self {
            Self::Stranger { .. } => false,
            Self::SignedIn { assurance, .. } => assurance != Assurance::None,
        };
        if self.level() == Level::B || vouched { Ok(()) } else { Err(CaseRefusal::NotAdmitted) }
    }
}

impl ResultForm {
    /// Whether a result of this form can go to somebody in this way.
    pub(super) fn can_go(self, way: ResultWay, to: Asker) -> Result<(), CaseRefusal> {
        match (way, self) {
            // Where there is nothing to take along, no way is wrong: it leads nowhere.
            (ResultWay::Collection, _) => Ok(()),
            (ResultWay::Post, Self::None) => Err(CaseRefusal::NoSuchResult),
            (ResultWay::Post, Self::Document | Self::ElectronicDocument) => {
                if to.level() == Level::B {
                    Ok(())
                } else {
                    Err(CaseRefusal::AddressNotCertified)
                }
            }
            (ResultWay::Download, Self::ElectronicDocument) => to.may_download(),
            (ResultWay::Download, Self::None | Self::Document) => Err(CaseRefusal::NoSuchResult),
        }
    }

    /// The ways in which a result of this form can go to somebody, the usual one first; none where there is no result.
    #[must_use]
    pub fn ways(self, to: Asker) -> Vec<ResultWay> {
        match self {
            Self::None => Vec::new(),
            Self::Document | Self::ElectronicDocument => {
                ResultWay::ALL.into_iter().filter(|way| self.can_go(*way, to).is_ok()).collect()
            }
        }
    }
}

impl Case {
    /// The way that holds: what was readied, or what is wished for so far.
    #[must_use]
    pub const fn way_now(&self) -> ResultWay {
        match self.phase {
            CasePhase::Ready { way } => way,
            CasePhase::InHand | CasePhase::AwaitsAnswer { .. } | CasePhase::Accepted | CasePhase::Closed { .. } => {
                self.way
            }
        }
    }

    /// Whether the applicant can choose a way now; `has_file` says that the result lies there as a file.
    pub(super) fn can_choose(
        &self,
        form: ResultForm,
        way: ResultWay,
        applicant: Asker,
        has_file: bool,
    ) -> Result<(), CaseRefusal> {
        if self.is_closed() {
            return Err(CaseRefusal::AlreadyClosed);
        }
        form.can_go(way, applicant)?;
        let is_ready = matches!(self.phase, CasePhase::Ready { .. });
        if is_ready && way == ResultWay::Download && !has_file { Err(CaseRefusal::NoFile) } else { Ok(()) }
    }

    /// The ways that the applicant can choose now, the usual one first; none where there is no result, or it is over.
    #[must_use]
    pub fn ways(&self, form: ResultForm, applicant: Asker, has_file: bool) -> Vec<ResultWay> {
        let mut ways = form.ways(applicant);
        ways.retain(|way| self.can_choose(form, *way, applicant, has_file).is_ok());
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BWish;

    #[test]
    fn pet_06_what_is_offered_is_what_the_rules_take() {
        let known = |level, assurance| Asker::SignedIn { level, assurance, wish: BWish::None };
        let said = |form: ResultForm, to| form.ways(to).iter().map(|way| way.name()).collect::<Vec<_>>().join(" ");
        for (form, to, ways) in [
            (ResultForm::None, known(Level::B, Assurance::Taxisnet), ""),
            (ResultForm::Document, known(Level::A, Assurance::Taxisnet), "collection"),
            (ResultForm::Document, known(Level::B, Assurance::None), "post collection"),
            (ResultForm::ElectronicDocument, known(Level::A, Assurance::None), "collection"),
            (ResultForm::ElectronicDocument, known(Level::A, Assurance::Taxisnet), "collection download"),
            (ResultForm::ElectronicDocument, known(Level::B, Assurance::None), "post collection download"),
            (ResultForm::ElectronicDocument, Asker::Stranger { returning: true }, "collection"),
        ] {
            assert_eq!(said(form, to), ways, "{form:?} {to:?}");
        }
        for way in ResultWay::ALL {
            assert_eq!(way.name().parse(), Ok(way));
            assert_eq!(serde_json::to_value(way).unwrap(), way.name());
        }
        assert_eq!("pigeon".parse::<ResultWay>(), Err(NoResultWay));
    }
}
