//! Level B is closed for a service or a category, with a notice to users, and opened again (PLA-07).

use access::Session;
use body::{AccountId, Action, ActionPlace, Doer, ServiceName, Subject, SwitchCommand, SwitchRefusal, switches};
use wire::ProblemCode;

use super::{LevelRefusal, LevelRoom, certify::may};

/// Why it stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SwitchFault {
    /// The rules say no.
    Rule(SwitchRefusal),
    /// They may not, or the hub cannot.
    Level(LevelRefusal),
}

impl From<LevelRefusal> for SwitchFault {
    fn from(refusal: LevelRefusal) -> Self {
        Self::Level(refusal)
    }
}

/// Closes or opens it; `service` names the subject if it is one. What is so already stays so.
///
/// # Errors
/// `not-allowed` for who may not, or [`SwitchFault`] where there is no notice.
pub async fn run(
    room: LevelRoom<'_>,
    session: &Session,
    (command, service): (SwitchCommand, Option<ServiceName>),
) -> Result<(), SwitchFault> {
    if !may(room, session, Action::SwitchLevelB, ActionPlace::BODY).await? {
        return Err(SwitchFault::Level(LevelRefusal::from(ProblemCode::NotAllowed)));
    }
    let subject: Subject = match &command {
        SwitchCommand::Close { subject, .. } | SwitchCommand::Open { subject } => *subject,
    };
    let set_up = room.body.config.b_open(subject, service.as_ref());
    let (by, now) = (Doer::Account(AccountId(session.account.id)), room.ledger.sober_now());
    let events = match switches::decide(&room.body.decided(), &command, set_up, by, now) {
        Ok(events) => events,
        Err(refusal) => return Err(SwitchFault::Rule(refusal)),
    };
    let kept = events.clone();
    let written = room.ledger.writer.change(move |store| store.keep_switches(&kept)).await;
    written.map_err(|error| SwitchFault::Level(LevelRefusal::from(error)))?;
    room.body.note(&events);
    Ok(())
}
