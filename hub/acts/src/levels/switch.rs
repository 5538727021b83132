//! Level B is closed for a service or a category, with a notice to users on its page and by mail, and opened again (PLA-07).

use access::Session;
use body::{
    AccountId, Action, ActionPlace, Doer, LevelSubject, ServiceName, SwitchCommand, SwitchEvent, SwitchRefusal,
    SwitchStep, switches,
};
use office::{Language, Words};
use store::{Store, Stored};
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::{MEMBER, MemberMail, MemberNews};

use crate::account_mail::sender;

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

/// So many users are told by mail at most: more live in no town that has offices of its own.
const TOLD_MAX: u32 = 200_000;

/// What something is called that asks for level B; none where it is not there any more.
fn name(room: LevelRoom<'_>, subject: LevelSubject) -> Option<Words> {
    match subject {
        LevelSubject::Service { office, service } => {
            let handle = room.offices.iter().find(|handle| handle.row == office.0)?;
            handle.config(|config| config.services.get(&service).map(|service| service.name.clone())).flatten()
        }
        LevelSubject::Category(category) => room.body.config.categories.get(&category).map(|one| one.name.clone()),
    }
}

/// Closes or opens it; `service` names the subject if it is one. What is so already stays so, and nobody is told again: users of
/// level B are told in the same transaction in which it is decided, each once.
///
/// # Errors
/// `not-allowed` for who may not, or [`SwitchFault`] where there is no notice.
pub async fn run(
    room: LevelRoom<'_>,
    mail: &Notify,
    session: &Session,
    (command, service): (SwitchCommand, Option<ServiceName>),
) -> Result<(), SwitchFault> {
    if !may(room, session, Action::SwitchLevelB, ActionPlace::BODY).await? {
        return Err(SwitchFault::Level(LevelRefusal::from(ProblemCode::NotAllowed)));
    }
    let subject: LevelSubject = match &command {
        SwitchCommand::Close { subject, .. } | SwitchCommand::Open { subject } => *subject,
    };
    let set_up = room.body.config.b_open(subject, service.as_ref());
    let (by, now) = (Doer::Account(AccountId(session.account.id)), room.ledger.sober_now());
    // What has no name is on no page, and nobody misses it.
    let what = name(room, subject);
    let office = sender(room.offices, None).ok();
    let write = move |store: &Store| -> Stored<Result<(Vec<SwitchEvent>, usize), SwitchRefusal>> {
        // As it is in this turn: what is pressed twice at once is decided once.
        let events = match switches::decide(&store.level_switches()?, &command, set_up, by, now) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if events.is_empty() {
            return Ok(Ok((events, 0)));
        }
        store.keep_switches(&events)?;
        let (Some(what), Some(office)) = (what, office) else { return Ok(Ok((events, 0))) };
        let mut told = 0;
        for event in &events {
            let news = match &event.step {
                SwitchStep::LevelClosed { notice, .. } => {
                    MemberNews::LevelClosed { what: what.clone(), notice: notice.clone() }
                }
                SwitchStep::LevelOpened { .. } => MemberNews::LevelOpened { what: what.clone() },
            };
            // Whoever chose another language is told in that.
            let about = MemberMail { account: 0, language: Language::default(), news };
            let about = serde_json::to_string(&about).unwrap_or_default();
            told += store.post_to_level_b(office, (MEMBER, &about), now, TOLD_MAX)?;
        }
        Ok(Ok((events, told)))
    };
    let written = room.ledger.writer.change(write).await;
    let written = written.map_err(|error| SwitchFault::Level(LevelRefusal::from(error)))?;
    let (events, told) = written.map_err(SwitchFault::Rule)?;
    room.body.note(&events);
    if told > 0 {
        tracing::info!(told, "users of level B are told that it was closed or opened for something");
        mail.notify_one();
    }
    Ok(())
}
