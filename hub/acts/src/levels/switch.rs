//! Level B is closed for a service or a category, with a notice to users on its page and by mail, and opened again (PLA-07): by
//! administrators for everything, and by who supervises the requests of a category for that category.

use access::Session;
use body::{
    AccountId, Action, Doer, LevelSubject, ServiceName, SwitchCommand, SwitchEvent, SwitchRefusal, SwitchStep, grant,
    switches,
};
use office::{Language, Words};
use store::{ReadError, Store, Stored};
use tokio::sync::Notify;
use vocabulary::Level;
use wire::ProblemCode;
use writer::{MEMBER, MemberMail, MemberNews, WriteError};

use super::{BodyHouse, LevelRoom};
use crate::{account_mail::sender, accounts::refuses_by, fault::Fault};

/// Why it stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SwitchFault {
    /// The rules say no.
    Rule(SwitchRefusal),
    /// They may not, or the hub cannot.
    Fault(Fault),
}

refuses_by!(SwitchFault: Fault, ProblemCode, WriteError, ReadError);

/// So many users are told by mail at most: more live in no town that has offices of its own.
const TOLD_MAX: u32 = 200_000;
/// Longest notice, in each language; what is longer is cut.
pub const NOTICE_CHARACTERS_MAX: usize = 500;

/// Something that asks for level B, as whoever may close and open it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelSwitch {
    /// The service or category.
    pub subject: LevelSubject,
    /// What it is called.
    pub name: Words,
    /// Whether level B is open for it.
    pub open: bool,
    /// What users are told where staff closed it.
    pub notice: Option<Words>,
}

/// What somebody wants of a switch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SwitchWish {
    /// The service or category that is to be closed or opened.
    pub subject: LevelSubject,
    /// Closed or opened.
    pub turn: SwitchTurn,
}

/// Which way a switch is turned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SwitchTurn {
    /// Level B is closed.
    Close {
        /// What users are told, as it was typed.
        notice: Words,
    },
    /// It is opened.
    Open,
}

impl SwitchWish {
    fn command(self) -> SwitchCommand {
        let Self { subject, turn } = self;
        let cut = |text: &str| text.trim().chars().take(NOTICE_CHARACTERS_MAX).collect::<String>();
        match turn {
            SwitchTurn::Open => SwitchCommand::Open { subject },
            SwitchTurn::Close { notice } => {
                SwitchCommand::Close { subject, notice: Words { el: cut(&notice.el), en: cut(&notice.en) } }
            }
        }
    }
}

/// Something that asks for level B.
struct NamedSubject {
    subject: LevelSubject,
    name: Words,
    /// How the body's file names it, if it is a service.
    service: Option<ServiceName>,
}

/// Everything in the body that asks for level B: services by their offices, then categories.
fn subjects(room: LevelRoom<'_>) -> Vec<NamedSubject> {
    let mut all = Vec::new();
    for handle in room.offices.iter() {
        let asked = handle.config(|config| {
            let asked = config.services.iter().filter(|(_, service)| service.level == Level::B);
            asked.map(|(id, service)| (*id, service.key.clone(), service.name.clone())).collect::<Vec<_>>()
        });
        all.extend(asked.unwrap_or_default().into_iter().map(|(id, key, name)| NamedSubject {
            subject: BodyHouse::subject(handle, id),
            name,
            service: Some(ServiceName { office: handle.key.to_string(), service: key }),
        }));
    }
    let asked = room.body.config.categories.iter().filter(|(_, category)| category.level == Level::B);
    all.extend(asked.map(|(id, category)| NamedSubject {
        subject: LevelSubject::Category(*id),
        name: category.name.clone(),
        service: None,
    }));
    all
}

/// Whether somebody closes and opens level B for anything at all.
///
/// # Errors
/// That the hub cannot read.
pub async fn may_any(room: LevelRoom<'_>, session: &Session) -> Result<bool, Fault> {
    let by = AccountId(session.account.id);
    let grants = room.ledger.readers.read(move |store| store.grants_of(by)).await?;
    Ok(grant::scopes_of(&grants, Action::SwitchLevelB).next().is_some())
}

/// What somebody may close and open: all of it, or what is in the categories that they supervise.
///
/// # Errors
/// `not-allowed` for who may close and open nothing, or that the hub cannot read.
pub async fn theirs(room: LevelRoom<'_>, session: &Session) -> Result<Vec<LevelSwitch>, Fault> {
    let by = AccountId(session.account.id);
    let grants = room.ledger.readers.read(move |store| store.grants_of(by)).await?;
    if grant::scopes_of(&grants, Action::SwitchLevelB).next().is_none() {
        return Err(ProblemCode::NotAllowed.into());
    }
    let theirs = subjects(room)
        .into_iter()
        .filter(|one| grant::may(&grants, Action::SwitchLevelB, &one.subject.place()))
        .map(|NamedSubject { subject, name, service }| LevelSwitch {
            open: room.body.is_open(subject, service.as_ref()),
            notice: room.body.notice(subject),
            subject,
            name,
        });
    Ok(theirs.collect())
}

/// What was decided in the writer's turn.
struct SwitchVerdict {
    /// Whether anything changed.
    changed: bool,
    /// How many are told.
    told: usize,
}

/// Closes or opens it. What is so already stays so, and nobody is told again: users of level B are told in the same transaction
/// in which it is decided, each once.
///
/// # Errors
/// `not-allowed`, in words, for who may not, `not-found` for what asks for no level B, or [`SwitchFault`] where there is no
/// notice.
pub async fn run(room: LevelRoom<'_>, mail: &Notify, session: &Session, wish: SwitchWish) -> Result<(), SwitchFault> {
    let (subject, command) = (wish.subject, wish.command());
    let named = subjects(room).into_iter().find(|one| one.subject == subject);
    let body = room.body.config.clone();
    let (by, now) = (AccountId(session.account.id), room.ledger.sober_now());
    // A note about a service or category that has no office to send it is told to nobody.
    let office = sender(room.offices, None).ok();
    let write = move |store: &Store| -> Stored<Result<SwitchVerdict, SwitchFault>> {
        // The right and the switch as they are in this turn: who lost the one decides nothing, and what is pressed twice at once
        // is decided once.
        if !grant::may(&store.grants_of(by)?, Action::SwitchLevelB, &subject.place()) {
            return Ok(Err(not_theirs().into()));
        }
        let Some(NamedSubject { name, service, .. }) = named else { return Ok(Err(ProblemCode::NotFound.into())) };
        let set_up = body.b_open(subject, service.as_ref());
        let events = match switches::decide(&store.level_switches()?, &command, set_up, Doer::Account(by), now) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(SwitchFault::Rule(refusal))),
        };
        if events.is_empty() {
            return Ok(Ok(SwitchVerdict { changed: false, told: 0 }));
        }
        store.keep_switches(&events)?;
        let mut told = 0;
        if let Some(office) = office {
            for event in &events {
                let about = MemberMail { account: 0, language: Language::default(), news: news(event, &name) };
                let about = serde_json::to_string(&about).unwrap_or_default();
                told += store.post_to_level_b(office, (MEMBER, &about), now, TOLD_MAX)?;
            }
        }
        Ok(Ok(SwitchVerdict { changed: true, told }))
    };
    let SwitchVerdict { changed, told } = room.ledger.writer.change(write).await??;
    if changed {
        room.body.renew(&room.ledger.readers).await;
    }
    if told > 0 {
        tracing::info!(told, "users of level B are told that it was closed or opened for something");
        mail.notify_one();
    }
    Ok(())
}

/// What users of level B are told.
fn news(event: &SwitchEvent, what: &Words) -> MemberNews {
    match &event.step {
        SwitchStep::LevelClosed { notice, .. } => {
            MemberNews::LevelClosed { what: what.clone(), notice: notice.clone() }
        }
        SwitchStep::LevelOpened { .. } => MemberNews::LevelOpened { what: what.clone() },
    }
}

/// That it is not theirs to close and open.
fn not_theirs() -> Fault {
    Fault { words: Some(text::both(|voice| voice.say("levels-not-yours"))), ..ProblemCode::NotAllowed.into() }
}
