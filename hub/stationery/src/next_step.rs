//! What somebody is told who may not have something yet: what is missing, and the one next step, in place of the button
//! (PLA-06).

use access::TAXISNET;
use acts::{
    Fault,
    levels::{self, BodyHouse, LevelRoom, ServiceGate},
    records::RecordsRoom,
};
use body::{AccessStep, Admission, Asker, BodyConfig, LevelSubject, Proof};
use office::Words;
use paths::Page;
use vocabulary::{Assurance, Level};
use writer::OfficeHandle;

use crate::{login::button_of, state::Pages, visitor::Visitor};

/// What is missing, and what comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// What is missing, in a sentence.
    pub missing: String,
    /// The name of the step; none, where there is none to take now.
    pub label: Option<String>,
    /// Where it is taken; nowhere, where there is only to wait.
    pub href: Option<String>,
    /// Its name and where it is taken, where the hub cannot know which of two it is: somebody without a session has an account
    /// or has none.
    pub beside: Option<(String, String)>,
}

impl Pages {
    /// What every use case of levels stands on.
    pub fn level_room(&self) -> LevelRoom<'_> {
        LevelRoom { ledger: &self.ledger, body: &self.levels, offices: &self.offices }
    }

    /// What looking at records stands on.
    pub fn records_room(&self) -> RecordsRoom<'_> {
        RecordsRoom { levels: self.level_room(), outside: &self.outside }
    }
}

impl Visitor {
    /// Who asks, with an account or without.
    ///
    /// # Errors
    /// That the hub cannot read.
    pub async fn asker(&self) -> Result<Asker, Fault> {
        let returning = self.browser.accounts(&self.state.key).next().is_some();
        Ok(levels::asker(self.state.level_room(), self.member.as_deref(), returning).await?)
    }
}

/// What somebody wants who may not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WantedThing {
    /// A time for a service.
    Service,
    /// To submit a request.
    Request,
}

impl WantedThing {
    /// The sentence of what is missing.
    fn missing(self, next: AccessStep, level: Option<Level>, assurance: Option<Assurance>) -> &'static str {
        if next == AccessStep::ClosedForNow {
            return self.choose("level-closed", "request-b-closed");
        }
        match (assurance, level) {
            (Some(Assurance::Taxisnet), _) => self.choose("level-needs-taxisnet", "request-wants-taxisnet"),
            (Some(Assurance::None) | None, Some(Level::B)) => self.choose("level-needs-b", "request-wants-b"),
            (Some(Assurance::None) | None, Some(Level::A | Level::None) | None) => {
                self.choose("level-needs-a", "request-wants-account")
            }
        }
    }

    const fn choose(self, service: &'static str, request: &'static str) -> &'static str {
        match self {
            Self::Service => service,
            Self::Request => request,
        }
    }
}

impl NextStep {
    /// What is said; nothing to whom may. `here` is the page to which signing in leads back, `notice` what staff say where level B
    /// is closed.
    #[must_use]
    pub fn of(
        visitor: &Visitor,
        admission: Admission,
        wanted: WantedThing,
        here: &Page<'_>,
        notice: Option<&Words>,
    ) -> Option<Self> {
        let Admission::Barred { level, assurance, next } = admission else { return None };
        let voice = visitor.voice;
        let missing = match notice.filter(|_| next == AccessStep::ClosedForNow) {
            Some(words) => voice.of_text(words),
            None => voice.say(wanted.missing(next, level, assurance)),
        };
        let (label, href) = match next {
            AccessStep::ClosedForNow => (None, None),
            AccessStep::SignIn => (Some("step-sign-in"), Some(Page::Login.before(here))),
            AccessStep::Register => (Some("step-register"), Some(Page::Register.to_string())),
            // Where the house has none, nobody has it.
            AccessStep::SignInWithTaxisnet => match button_of(visitor, TAXISNET, &here.to_string()) {
                Some(button) => (Some("step-taxisnet"), Some(button.href)),
                None => (None, None),
            },
            AccessStep::AskForB => (Some("step-ask-b"), Some(Page::MemberLevel.to_string())),
            AccessStep::BookCertification => {
                let visit = certification_visit(&visitor.state.body).unwrap_or_else(|| Page::MemberLevel.to_string());
                (Some("step-book-certification"), Some(visit))
            }
            AccessStep::WaitForCertification => (Some("step-wait-certification"), None),
        };
        let beside = match next {
            AccessStep::Register => Some(("step-have-account", Page::Login.before(here))),
            AccessStep::SignIn => Some(("step-no-account", Page::Register.to_string())),
            AccessStep::ClosedForNow
            | AccessStep::SignInWithTaxisnet
            | AccessStep::AskForB
            | AccessStep::BookCertification
            | AccessStep::WaitForCertification => None,
        };
        let beside = beside.map(|(id, href)| (voice.say(id), href));
        Some(Self { missing, label: label.map(|id| voice.say(id)), href, beside })
    }

    /// What is said of a service of an office.
    #[must_use]
    pub fn of_service(
        visitor: &Visitor,
        asker: Asker,
        handle: &OfficeHandle,
        service: office::ServiceId,
    ) -> Option<Self> {
        let body = &visitor.state.levels;
        let admission = ServiceGate { body, asker: Some(asker) }.admission(handle, service)?;
        let subject: LevelSubject = BodyHouse::subject(handle, service);
        let key = handle.config(|config| config.services.get(&service).map(|offered| offered.key.clone())).flatten()?;
        let here = Page::Times { office: &handle.key, service: &key };
        Self::of(visitor, admission, WantedThing::Service, &here, body.notice(subject).as_ref())
    }
}

/// What must be shown beside the paper at that visit: its name in forms, and the sentence that says it.
#[must_use]
pub const fn proof_name(proof: Proof) -> &'static str {
    match proof {
        Proof::TaxNumber => "proof-tax-number",
        Proof::TaxOffice => "proof-tax-office",
        Proof::Address => "proof-address",
    }
}

/// Where the visit is booked at which somebody is certified; none where this body certifies nobody.
#[must_use]
pub fn certification_visit(body: &BodyConfig) -> Option<String> {
    let visit = &body.certification.as_ref()?.visit;
    Some(Page::Book.asking(format_args!("office={}&service={}", visit.office, visit.service)))
}
