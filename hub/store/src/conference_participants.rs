//! Who is invited to conferences, by name and address: beside the journal, which knows them by numbers, and erasable here.

use body::{AccountId, ConferenceId, ParticipantId};
use chrono::{DateTime, Utc};
use office::Language;
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{Cells, Read, millis, params},
};

/// Somebody who is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConferenceParticipant {
    /// Their number in the conference.
    pub participant: ParticipantId,
    /// What whoever invited them wrote, if anything.
    pub name: Option<String>,
    /// Where their mails go; none once they are erased.
    pub email: Option<String>,
    /// The language of their mails.
    pub language: Language,
}

const PARTICIPANT: &str = "SELECT participant, name, email, language FROM conference_participant";

impl Store {
    /// Keeps who was invited.
    pub fn put_participant(&self, conference: ConferenceId, one: &ConferenceParticipant) -> Stored<()> {
        let put = "INSERT OR IGNORE INTO conference_participant(id, conference, participant, name, email, language) \
                   VALUES(?, ?, ?, ?, ?, ?)";
        let id = secrets::draw_id();
        let values = params![
            id.into_bytes(),
            conference.0.cast_signed(),
            one.participant.0,
            one.name,
            one.email,
            one.language.tag()
        ];
        self.sql.run(put, values).map(drop)
    }

    /// Somebody who is invited, by number.
    pub fn participant(
        &self,
        conference: ConferenceId,
        participant: ParticipantId,
    ) -> Stored<Option<ConferenceParticipant>> {
        let one = format!("{PARTICIPANT} WHERE conference = ? AND participant = ?");
        self.sql.one(&one, params![conference.0.cast_signed(), participant.0], read)
    }

    /// Everybody who is invited, by number.
    pub fn participants(&self, conference: ConferenceId) -> Stored<Vec<ConferenceParticipant>> {
        let all = format!("{PARTICIPANT} WHERE conference = ? ORDER BY participant");
        self.sql.rows(&all, [conference.0.cast_signed()], read)
    }

    /// To which conferences an address is invited, under which number and name.
    pub fn invitations_of(&self, email: &str) -> Stored<Vec<(ConferenceId, ParticipantId, Option<String>)>> {
        self.sql.rows(
            "SELECT conference, participant, name FROM conference_participant WHERE email = ? COLLATE NOCASE \
             ORDER BY conference, participant",
            [email],
            |row| {
                let conference = ConferenceId(row.get::<_, i64>(0)?.cast_unsigned());
                Ok((conference, ParticipantId(row.get(1)?), row.get(2)?))
            },
        )
    }

    /// Addresses that a coordinator invited before, those of the newest conferences first, each once.
    pub fn invited_before(&self, coordinator: AccountId, most: u32) -> Stored<Vec<String>> {
        self.sql.rows(
            "SELECT lower(email) FROM conference_participant JOIN conference ON conference.id = conference \
             WHERE coordinator = ? AND email IS NOT NULL GROUP BY lower(email) ORDER BY max(conference) DESC, lower(email) \
             LIMIT ?",
            params![coordinator.0, most],
            |row| row.get(0),
        )
    }

    /// Names with which a coordinator invited people before, each with its address, those of the newest conferences first.
    pub fn named_before(&self, coordinator: AccountId, most: u32) -> Stored<Vec<(String, String)>> {
        self.sql.rows(
            "SELECT name, lower(email) FROM conference_participant JOIN conference ON conference.id = conference \
             WHERE coordinator = ? AND email IS NOT NULL AND name IS NOT NULL GROUP BY name, lower(email) \
             ORDER BY max(conference) DESC, name, lower(email) LIMIT ?",
            params![coordinator.0, most],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Erases who was invited to a conference; their numbers stay.
    pub fn erase_participants(&self, conference: ConferenceId, at: DateTime<Utc>) -> Stored<usize> {
        self.to_scrub.set(true);
        self.buried.set(true);
        self.sql.run(
            "UPDATE conference_participant SET name = NULL, email = NULL, erased_at = ? \
             WHERE conference = ? AND erased_at IS NULL",
            params![millis(at), conference.0.cast_signed()],
        )
    }

    /// Erases somebody once more, who was erased when this file was a copy of an older one.
    pub(crate) fn bury_participant(&self, id: Uuid, at: DateTime<Utc>) -> Stored<usize> {
        self.sql.run(
            "UPDATE conference_participant SET name = NULL, email = NULL, erased_at = ? \
             WHERE id = ? AND erased_at IS NULL",
            params![millis(at), id.into_bytes()],
        )
    }
}

fn read(row: &Cells<'_>) -> Read<ConferenceParticipant> {
    Ok(ConferenceParticipant {
        participant: ParticipantId(row.get(0)?),
        name: row.get(1)?,
        email: row.get(2)?,
        language: Language::of_tag(&row.get::<_, String>(3)?).unwrap_or_default(),
    })
}
