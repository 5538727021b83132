//! More people are invited to a conference, also while it runs (PRE-06).

use acts::Fault;
use body::{
    AccountId, BodyConfig, ConferenceCommand, ConferenceContext, ConferenceEvent, ConferenceRefusal, ConferenceStep,
    Doer, conference,
};
use chrono::{DateTime, Utc};
use office::Language;
use store::{ConferenceParticipant, ConferenceRow, Store, Stored};
use uuid::Uuid;
use writer::ConferenceNews;

use super::{AddressLine, ConferenceFlaw, ConferenceRoom, house::ConferenceSurroundings, mails, typed::read_addresses};

/// A conference with whom it gained, before that is kept.
pub(super) struct Guests {
    /// As it is then.
    pub row: ConferenceRow,
    /// What happened.
    pub events: Vec<ConferenceEvent>,
    /// Who came to the list.
    pub people: Vec<ConferenceParticipant>,
}

impl Guests {
    /// Keeps all of it, with the mails that follow.
    pub fn keep(&self, store: &Store, now: DateTime<Utc>) -> Stored<()> {
        store.keep_conference(&self.row, &self.events)?;
        let conference = &self.row.conference;
        for one in &self.people {
            store.put_participant(conference.id, one)?;
            mails::tell(store, conference, one.participant, ConferenceNews::Invited, now)?;
            mails::remind(store, conference, one.participant, now)?;
        }
        Ok(())
    }
}

/// Puts people on the list, each by the rules.
pub(super) fn take_in(
    guests: &mut Guests,
    lines: &[AddressLine],
    language: Language,
    context: &ConferenceContext<'_>,
) -> Result<(), ConferenceRefusal> {
    for line in lines {
        let before = &guests.row.conference;
        let events = conference::decide(Some(before), &ConferenceCommand::Invite, context)?;
        for event in events {
            let Some(after) = conference::apply(Some(guests.row.conference.clone()), &event) else { continue };
            guests.row.conference = after;
            if let ConferenceStep::ParticipantInvited { participant } = event.step {
                let (name, email) = (line.name.clone(), Some(line.email.clone()));
                guests.people.push(ConferenceParticipant { participant, name, email, language });
            }
            guests.events.push(event);
        }
    }
    Ok(())
}

/// So many names of before are known.
const NAMED_MAX: u32 = 1_000;

/// Reads who is to be invited: addresses, with names or without, and names alone of people whom this coordinator invited before.
///
/// # Errors
/// That the hub cannot read.
pub async fn read(
    room: ConferenceRoom<'_>,
    by: AccountId,
    typed: &str,
) -> Result<Result<Vec<AddressLine>, ConferenceFlaw>, Fault> {
    let read = read_addresses(typed, &[]);
    // Somebody may be called by their name alone.
    if !matches!(read, Err(ConferenceFlaw::BadAddresses(_))) {
        return Ok(read);
    }
    let known = room.ledger.readers.read(move |store| store.named_before(by, NAMED_MAX)).await?;
    let line = |(name, email): (String, String)| AddressLine { name: Some(name), email };
    let known: Vec<AddressLine> = known.into_iter().map(line).collect();
    Ok(read_addresses(typed, &known))
}

/// Invites people; who is on the list already is not invited again.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: ConferenceRoom<'_>,
    (public, by): (Uuid, AccountId),
    lines: Vec<AddressLine>,
    language: Language,
) -> Result<Result<(), ConferenceFlaw>, Fault> {
    room.change(move |store, body, now| take(store, body, (public, by), (&lines, language), now)).await
}

fn take(
    store: &Store,
    body: &BodyConfig,
    (public, by): (Uuid, AccountId),
    (lines, language): (&[AddressLine], Language),
    now: DateTime<Utc>,
) -> Stored<Result<(), ConferenceFlaw>> {
    let Some(row) = store.conference(public)? else { return Ok(Err(ConferenceFlaw::NotFound)) };
    let Some(rules) = &body.conferences else { return Ok(Err(ConferenceFlaw::NotHeld)) };
    let known = ConferenceSurroundings::of(store, Some(by), row.conference.span)?;
    if !row.conference.is_managed_by(by, &known.grants) {
        return Ok(Err(ConferenceRefusal::NotYours.into()));
    }
    let there = store.participants(row.conference.id)?;
    let is_there = |line: &&AddressLine| {
        let same = |one: &&ConferenceParticipant| {
            one.email.as_deref().is_some_and(|email| email.eq_ignore_ascii_case(&line.email))
        };
        let stands = |one: &ConferenceParticipant| {
            row.conference.participants.get(&one.participant).is_some_and(|stands| !stands.is_removed)
        };
        there.iter().filter(same).any(stands)
    };
    let fresh: Vec<AddressLine> = lines.iter().filter(|line| !is_there(line)).cloned().collect();
    let mut guests = Guests { row, events: Vec::new(), people: Vec::new() };
    let context = known.context(Doer::Account(by), now, (body, rules));
    if let Err(refusal) = take_in(&mut guests, &fresh, language, &context) {
        return Ok(Err(refusal.into()));
    }
    if !guests.events.is_empty() {
        guests.keep(store, now)?;
    }
    Ok(Ok(()))
}
