//! What is missing before somebody may do something, and the one next step, in place of the button (PLA-06).

use body::{AccessStep, Admission, BodyConfig};
use paths::Page;
use stationery::visitor::Visitor;
use vocabulary::Level;

/// What is missing, and where the one next step leads.
#[derive(Debug)]
pub struct NextLine {
    /// What is missing.
    pub missing: String,
    /// What the step is called.
    pub step: Option<String>,
    /// Where it leads; nowhere, where there is only to wait.
    pub href: Option<String>,
}

/// What is missing; none where they may. `here` is where a sign-in leads back to, `notice` what staff say of a closed level B.
pub fn next_line(visitor: &Visitor, admission: Admission, here: &Page<'_>, notice: Option<String>) -> Option<NextLine> {
    let Admission::Barred { level, assurance, next } = admission else { return None };
    let voice = visitor.voice;
    let missing = match (next, level, assurance) {
        (AccessStep::ClosedForNow, ..) => notice.unwrap_or_else(|| voice.say("request-b-closed")),
        (AccessStep::SignInWithTaxisnet, ..) | (_, _, Some(_)) => voice.say("request-wants-taxisnet"),
        (_, Some(Level::B), None) => voice.say("request-wants-b"),
        (_, Some(Level::None | Level::A) | None, None) => voice.say("request-wants-account"),
    };
    let body = &visitor.state.body;
    let (step, href) = match next {
        AccessStep::ClosedForNow => (None, None),
        AccessStep::SignIn => (Some("next-sign-in"), Some(Page::Login.asking(format_args!("next={here}")))),
        AccessStep::Register => (Some("next-register"), Some(Page::Register.to_string())),
        AccessStep::SignInWithTaxisnet => {
            (Some("next-taxisnet"), Some(Page::Login.asking(format_args!("next={here}"))))
        }
        AccessStep::AskForB => (Some("next-ask-for-b"), Some(Page::MemberLevel.to_string())),
        AccessStep::BookCertification => (Some("next-book-certification"), certification(body)),
        AccessStep::WaitForCertification => (Some("next-wait-for-certification"), None),
    };
    Some(NextLine { missing, step: step.map(|sentence| voice.say(sentence)), href })
}

/// Where the visit is booked at which somebody is certified.
fn certification(body: &BodyConfig) -> Option<String> {
    let visit = &body.certification.as_ref()?.visit;
    Some(Page::Times { office: &visit.office, service: &visit.service }.to_string())
}
