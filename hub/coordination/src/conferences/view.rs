//! One conference, for those who plan and oversee it; each look at who is invited is kept (FLD-22).

use acts::{Fault, LookGrant, LookKind};
use body::{
    AccountId, Conference, ConferenceArrival, ConferenceDoor, ConferencePhase, ConferenceRefusal, MaintenanceWindow,
};
use store::{ConferenceParticipant, ConferenceRow, ConferenceWords};
use uuid::Uuid;

use super::{ConferenceFlaw, ConferenceRoom};

/// One conference, as a coordinator sees it.
#[derive(Debug, Clone)]
pub struct ConferenceView {
    /// As it is now.
    pub row: ConferenceRow,
    /// What was written of it.
    pub words: ConferenceWords,
    /// Who is invited, for whoever manages it; nobody for whoever only takes part.
    pub people: Vec<ConferenceParticipant>,
    /// Whether they manage it.
    pub is_manager: bool,
    /// What they find at its door.
    pub door: ConferenceDoor,
    /// The others of its series.
    pub series: Vec<(Uuid, Conference)>,
    /// The maintenance in whose way it is, since that was announced after it was planned.
    pub maintenance: Option<MaintenanceWindow>,
}

/// Opens it.
///
/// # Errors
/// That the hub cannot read or keep the look.
pub async fn run(
    room: ConferenceRoom<'_>,
    (public, by): (Uuid, AccountId),
) -> Result<Result<ConferenceView, ConferenceFlaw>, Fault> {
    let (body, now) = (std::sync::Arc::clone(room.body), room.ledger.clock.now());
    let found = room.ledger.readers.read(move |store| {
        let Some(row) = store.conference(public)? else { return Ok(Err(ConferenceFlaw::NotFound)) };
        let grants = store.grants_of(by)?;
        let conference = &row.conference;
        let is_coordinator = body::grant::scopes_of(&grants, body::Action::CreateConferences).next().is_some();
        // Who coordinates nothing is told that there is none.
        if !is_coordinator {
            return Ok(Err(ConferenceFlaw::NotFound));
        }
        if !conference.admits_coordinator(by, &grants) {
            return Ok(Err(ConferenceRefusal::NotYours.into()));
        }
        let is_manager = conference.is_managed_by(by, &grants);
        let people = if is_manager { store.participants(conference.id)? } else { Vec::new() };
        let series = match conference.series {
            Some(series) => store.conferences_of_series(series.0)?,
            None => Vec::new(),
        };
        let series = series.into_iter().filter(|one| one.public != public).map(|one| (one.public, one.conference));
        let (words, door) =
            (store.conference_words(conference.words)?, conference.door(ConferenceArrival::Coordinator, now));
        let (announced, span) = (store.announced_windows()?, conference.span);
        let is_ahead = conference.phase == ConferencePhase::Planned && now < span.until;
        let rules = body.conferences.as_ref().filter(|_| is_ahead);
        let window = rules.and_then(|rules| rules.window(&announced, body.zone, (span.from, span.until)));
        let maintenance = window.cloned();
        Ok(Ok(ConferenceView { words, people, is_manager, door, series: series.collect(), maintenance, row }))
    });
    let found = found.await?;
    if let Ok(view) = &found {
        keep_look(room, by, view.people.iter().filter(|one| one.email.is_some()).count()).await?;
    }
    Ok(found)
}

/// Keeps that somebody looked at so many who are invited.
///
/// # Errors
/// If it cannot be kept: then nothing may be shown.
pub async fn keep_look(room: ConferenceRoom<'_>, by: AccountId, names: usize) -> Result<(), Fault> {
    let look = LookGrant::new(by.0, 0, LookKind::Participants);
    LookGrant { office: None, names: Some(names), ..look }.keep(room.ledger).await
}
