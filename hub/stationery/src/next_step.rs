//! What somebody is told who may not have something yet: what is missing, and the one next step, in place of the button
//! (PLA-06).

use access::TAXISNET;
use acts::{
    Fault,
    levels::{self, BodyHouse, LevelRoom, ServiceGate},
    records::RecordsRoom,
};
use body::{AccessStep, Admission, Asker, Subject};
use office::Words;
use paths::Page;
use vocabulary::{Assurance, Level};
use writer::OfficeHandle;

use crate::{login::buttons, state::Pages, visitor::Visitor};

/// What is missing, and what comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// What is missing, in a sentence.
    pub missing: String,
    /// The name of the step; none, where there is none to take now.
    pub label: Option<String>,
    /// Where it is taken.
    pub href: String,
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

impl NextStep {
    /// What is said; nothing to whom may.
    #[must_use]
    pub fn of(visitor: &Visitor, admission: Admission, notice: Option<&Words>) -> Option<Self> {
        let Admission::Barred { level, assurance, next } = admission else { return None };
        let voice = visitor.voice;
        let missing = match (next, notice, level, assurance) {
            (AccessStep::ClosedForNow, Some(words), _, _) => voice.of_text(words),
            (AccessStep::ClosedForNow, None, _, _) => voice.say("level-closed"),
            (_, _, _, Some(Assurance::Taxisnet)) => voice.say("level-needs-taxisnet"),
            (_, _, Some(Level::B), _) => voice.say("level-needs-b"),
            (_, _, Some(Level::A | Level::None) | None, _) => voice.say("level-needs-a"),
        };
        let certification = || {
            let rules = visitor.state.body.certification.as_ref()?;
            let (office, service) = (&rules.visit.office, &rules.visit.service);
            Some(Page::Book.asking(format_args!("office={office}&service={service}")))
        };
        let (label, href) = match next {
            AccessStep::ClosedForNow => (None, String::new()),
            AccessStep::SignIn => (Some("step-sign-in"), Page::Login.asking("next=/account")),
            AccessStep::Register => (Some("step-register"), Page::Register.to_string()),
            AccessStep::SignInWithTaxisnet => match through_taxisnet(visitor) {
                Some(href) => (Some("step-taxisnet"), href),
                // Where the house has none, nobody has it.
                None => (None, String::new()),
            },
            AccessStep::AskForB => (Some("step-ask-b"), Page::MemberLevel.to_string()),
            AccessStep::BookCertification => {
                (Some("step-book-certification"), certification().unwrap_or_else(|| Page::MemberLevel.to_string()))
            }
            AccessStep::WaitForCertification => (Some("step-wait-certification"), Page::Member.to_string()),
        };
        Some(Self { missing, label: label.map(|id| voice.say(id)), href })
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
        let subject: Subject = BodyHouse::subject(handle, service);
        Self::of(visitor, admission, body.notice(subject).as_ref())
    }
}

/// Where somebody signs in through TAXISnet, if this house has it.
fn through_taxisnet(visitor: &Visitor) -> Option<String> {
    let own = Page::LoginWith { provider: TAXISNET }.to_string();
    buttons(visitor, &Page::Member.to_string()).into_iter().map(|one| one.href).find(|href| href.starts_with(&own))
}
