//! Conferences (PRE-06 to PRE-09): each as it is now, beside the journal from which it follows.

use body::{
    AccountId, AnswerGiven, Conference, ConferenceEvent, ConferenceId, ConferencePhase, ConferenceStep, Doer,
    GrantScope, OccupiedSpan, ParticipantId, UnitId, WordsId,
    conference::{CONFERENCE_MINUTES_OVER, COORDINATORS_EARLY_MINUTES, HeldConference},
};
use chrono::{DateTime, TimeDelta, Utc};
use office::{Language, Words};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    body_journal::{BodyRow, BodySubject},
    error::{StoreError, Stored},
    file::Store,
    sql::{Cells, Read, instant, millis, params},
};

/// A conference, and how the outside names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConferenceRow {
    /// Opaque, drawn with its form: a form that is sent twice is one conference.
    pub public: Uuid,
    /// As it is now.
    pub conference: Conference,
}

/// Which conferences are asked for.
#[derive(Debug, Clone)]
pub struct ConferenceQuestion {
    /// Those that this account planned.
    pub coordinator: AccountId,
    /// And those within these scopes.
    pub scopes: Vec<GrantScope>,
    /// Those whose end is later than this; else those that ended before.
    pub after: DateTime<Utc>,
    /// Past ones in the place of those that are or will be.
    pub past: bool,
    /// At most so many.
    pub most: u32,
}

/// What a coordinator wrote of a conference, as it stands beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ConferenceWords {
    /// By what it is known.
    pub title: Words,
    /// What it is about.
    pub description: Words,
    /// Where it is held: an address that begins with `https://`, or nothing where the body's own rooms are.
    pub address: String,
}

/// What a mail to somebody invited says, in plain words and numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConferenceInvitation {
    /// How the outside names the conference.
    pub public: Uuid,
    /// What was written of it.
    pub words: ConferenceWords,
    /// When it begins.
    pub from: DateTime<Utc>,
    /// When it ends.
    pub until: DateTime<Utc>,
    /// When the links lead nowhere any more.
    pub closes: DateTime<Utc>,
    /// How often calendars were told something else.
    pub sequence: u32,
    /// Which of their links is good.
    pub link: u32,
    /// Where their mails go; nowhere, once they are erased.
    pub email: Option<String>,
    /// The language of their mails.
    pub language: Language,
    /// Whether it will be, or is.
    pub is_planned: bool,
    /// Whether the invitation was taken back.
    pub is_removed: bool,
    /// Whether they said that they do not come.
    pub has_declined: bool,
}

/// How many conferences there are, and how many people went into them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConferenceCount {
    /// Conferences that have begun.
    pub conferences: u64,
    /// Passes through their waiting pages.
    pub participants: u64,
}

/// The public counters (PRE-09).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ConferenceFigures {
    /// Since the first one.
    pub in_all: ConferenceCount,
    /// On this day of the body.
    pub today: ConferenceCount,
    /// At this moment.
    pub now: ConferenceCount,
}

const ROW: &str = "SELECT public, state FROM conference";

impl Store {
    /// The number that the next conference has in the hub.
    pub fn next_conference(&self) -> Stored<ConferenceId> {
        let last: i64 = self.sql.only("SELECT coalesce(max(id), 0) FROM conference", [], |row| row.get(0))?;
        Ok(ConferenceId(last.cast_unsigned() + 1))
    }

    /// A conference, by how the outside names it.
    pub fn conference(&self, public: Uuid) -> Stored<Option<ConferenceRow>> {
        let found = self.sql.one(&format!("{ROW} WHERE public = ?"), [public.into_bytes()], kept)?;
        found.map(read).transpose()
    }

    /// A conference, by its number in the hub.
    pub fn conference_numbered(&self, id: ConferenceId) -> Stored<Option<ConferenceRow>> {
        let found = self.sql.one(&format!("{ROW} WHERE id = ?"), [id.0.cast_signed()], kept)?;
        found.map(read).transpose()
    }

    /// What was written of a conference; nothing, once that is erased.
    pub fn conference_words(&self, id: WordsId) -> Stored<ConferenceWords> {
        let text = self.body_words(id)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// What a mail to somebody invited says.
    pub fn conference_invitation(&self, conference: u64, participant: u16) -> Stored<Option<ConferenceInvitation>> {
        let (id, participant) = (ConferenceId(conference), ParticipantId(participant));
        let Some(ConferenceRow { public, conference }) = self.conference_numbered(id)? else { return Ok(None) };
        let Some(kept) = self.participant(id, participant)? else { return Ok(None) };
        let Some(stands) = conference.participants.get(&participant) else { return Ok(None) };
        Ok(Some(ConferenceInvitation {
            public,
            words: self.conference_words(conference.words)?,
            from: conference.span.from,
            until: conference.span.until,
            closes: conference.span.closes(),
            sequence: conference.sequence,
            link: stands.link,
            email: kept.email,
            language: kept.language,
            is_planned: conference.phase == ConferencePhase::Planned,
            is_removed: stands.is_removed,
            has_declined: stands.answer == AnswerGiven::Declined,
        }))
    }

    /// The conferences that were planned together, in order of their times.
    pub fn conferences_of_series(&self, series: Uuid) -> Stored<Vec<ConferenceRow>> {
        let all = format!("{ROW} WHERE series = ? ORDER BY from_at, id");
        let rows: Vec<_> = self.sql.rows(&all, [series.into_bytes()], kept)?;
        rows.into_iter().map(read).collect()
    }

    /// Conferences that somebody planned or oversees: those that are or will be by their beginning, past ones the newest first.
    pub fn conference_list(&self, question: &ConferenceQuestion) -> Stored<Vec<ConferenceRow>> {
        let units: Vec<String> = question
            .scopes
            .iter()
            .filter_map(|scope| match scope {
                GrantScope::Unit(unit) => Some(unit.to_string()),
                GrantScope::Body | GrantScope::Office(_) | GrantScope::List(_) | GrantScope::Category(_) => None,
            })
            .collect();
        let order = if question.past { "until_at DESC, id DESC" } else { "from_at, id" };
        let rows: Vec<_> = self.sql.rows(
            &format!(
                "{ROW} WHERE (until_at > ?1) = ?2 AND (coordinator = ?3 OR ?4 OR unit IN (SELECT value FROM json_each(?5))) \
                 ORDER BY {order} LIMIT ?6"
            ),
            params![
                millis(question.after),
                !question.past,
                question.coordinator.0,
                question.scopes.contains(&GrantScope::Body),
                format!("[{}]", units.join(",")),
                question.most
            ],
            kept,
        )?;
        rows.into_iter().map(read).collect()
    }

    /// What every conference takes that touches a time.
    pub fn occupied(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Stored<Vec<OccupiedSpan>> {
        let far = |at: DateTime<Utc>, minutes: i64| at.checked_add_signed(TimeDelta::minutes(minutes)).unwrap_or(at);
        let margin = COORDINATORS_EARLY_MINUTES + CONFERENCE_MINUTES_OVER;
        let rows: Vec<_> = self.sql.rows(
            &format!("{ROW} WHERE until_at > ? AND from_at < ? AND phase = 'planned'"),
            params![millis(far(from, -margin)), millis(far(until, margin))],
            kept,
        )?;
        let spans = rows.into_iter().map(|row| Ok(OccupiedSpan::of(&read(row)?.conference)));
        Ok(spans.collect::<Stored<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// How many conferences somebody planned are still ahead.
    pub fn conferences_ahead_of(&self, coordinator: AccountId, now: DateTime<Utc>) -> Stored<u32> {
        let count = "SELECT count(*) FROM conference WHERE coordinator = ? AND until_at > ? AND phase = 'planned'";
        self.sql.only(count, params![coordinator.0, millis(now)], |row| row.get(0))
    }

    /// Keeps what follows for a conference: its events, and the conference after them.
    pub fn keep_conference(&self, row: &ConferenceRow, events: &[ConferenceEvent]) -> Stored<()> {
        let conference = &row.conference;
        let rows = events.iter().map(|event| BodyRow { at: event.at, by: event.by, step: &event.step });
        self.append_body::<ConferenceStep>(BodySubject::Conference(conference.id.0), rows)?;
        let state = serde_json::to_string(conference).map_err(|error| StoreError::Broken(error.into()))?;
        let came = conference.participants.values().filter(|one| one.has_come).count();
        // One that was ended is over when it was.
        let until = match conference.phase {
            ConferencePhase::Ended => conference.last_at.min(conference.span.until),
            ConferencePhase::Planned | ConferencePhase::Cancelled => conference.span.until,
        };
        let put = "INSERT INTO conference(id, public, series, unit, coordinator, from_at, until_at, phase, came, state) \
                   VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET from_at = excluded.from_at, \
                   until_at = excluded.until_at, phase = excluded.phase, came = excluded.came, state = excluded.state";
        self.sql
            .run(
                put,
                params![
                    conference.id.0.cast_signed(),
                    row.public.into_bytes(),
                    conference.series.map(|series| series.0.into_bytes()),
                    conference.unit.map(|unit| unit.0),
                    conference.coordinator.0,
                    millis(conference.span.from),
                    millis(until),
                    phase(conference.phase),
                    i64::try_from(came).unwrap_or(i64::MAX),
                    state
                ],
            )
            .map(drop)
    }

    /// Everything that happened to a conference, in order.
    pub fn conference_events(&self, id: ConferenceId) -> Stored<Vec<ConferenceEvent>> {
        let rows: Vec<(DateTime<Utc>, Doer, ConferenceStep)> = self.body_rows(BodySubject::Conference(id.0))?;
        Ok(rows.into_iter().map(|(at, by, step)| ConferenceEvent { at, by, step }).collect())
    }

    /// The public counters; a day of the body begins at `midnight`.
    pub fn conference_figures(&self, midnight: DateTime<Utc>, now: DateTime<Utc>) -> Stored<ConferenceFigures> {
        let count = |since: &str| {
            let counted = format!(
                "SELECT count(*), coalesce(sum(came), 0) FROM conference \
                 WHERE phase IN ('planned', 'ended') AND from_at <= ?1 AND {since}"
            );
            self.sql.only(&counted, params![millis(now), millis(midnight)], |row| {
                let (conferences, participants): (i64, i64) = (row.get(0)?, row.get(1)?);
                Ok(ConferenceCount {
                    conferences: conferences.cast_unsigned(),
                    participants: participants.cast_unsigned(),
                })
            })
        };
        Ok(ConferenceFigures {
            in_all: count("?2 IS NOT NULL")?,
            today: count("until_at > ?2")?,
            now: count("until_at > ?1 AND ?2 IS NOT NULL AND phase = 'planned'")?,
        })
    }

    /// What was held between two moments, as it is counted.
    pub fn conferences_held(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Stored<Vec<HeldConference>> {
        self.sql.rows(
            "SELECT unit, from_at, until_at, came FROM conference WHERE phase IN ('planned', 'ended') \
             AND from_at >= ? AND from_at < ? ORDER BY from_at",
            params![millis(from), millis(until)],
            |row| {
                Ok(HeldConference {
                    unit: row.get::<_, Option<u16>>(0)?.map(UnitId),
                    from: instant(row.get(1)?),
                    until: instant(row.get(2)?),
                    came: row.get(3)?,
                })
            },
        )
    }

    /// When time itself changes the counters next: a conference begins or ends.
    pub fn conference_turns_at(&self, now: DateTime<Utc>) -> Stored<Option<DateTime<Utc>>> {
        let next = "SELECT min(at) FROM (SELECT min(from_at) AS at FROM conference WHERE from_at > ?1 AND phase = 'planned' \
                    UNION ALL SELECT min(until_at) FROM conference WHERE until_at > ?1 AND phase = 'planned')";
        let at: Option<i64> = self.sql.only(next, [millis(now)], |row| row.get(0))?;
        Ok(at.map(instant))
    }

    /// Conferences that were over before, and of which people or words are still kept.
    pub fn conferences_past(&self, before: DateTime<Utc>, most: u32) -> Stored<Vec<ConferenceId>> {
        self.sql.rows(
            "SELECT id FROM conference WHERE until_at < ?1 AND (EXISTS (SELECT 1 FROM conference_participant \
             WHERE conference = conference.id AND erased_at IS NULL) OR EXISTS (SELECT 1 FROM body_words \
             WHERE about = 'conference' AND number = conference.id AND erased_at IS NULL)) ORDER BY id LIMIT ?2",
            params![millis(before), most],
            |row| Ok(ConferenceId(row.get::<_, i64>(0)?.cast_unsigned())),
        )
    }
}

const fn phase(phase: ConferencePhase) -> &'static str {
    match phase {
        ConferencePhase::Planned => "planned",
        ConferencePhase::Cancelled => "cancelled",
        ConferencePhase::Ended => "ended",
    }
}

fn kept(row: &Cells<'_>) -> Read<([u8; 16], String)> {
    Ok((row.get(0)?, row.get(1)?))
}

fn read((public, state): ([u8; 16], String)) -> Stored<ConferenceRow> {
    let conference = serde_json::from_str(&state).map_err(|error| StoreError::Broken(error.into()))?;
    Ok(ConferenceRow { public: Uuid::from_bytes(public), conference })
}

#[cfg(test)]
mod tests {
    use body::{
        BodyConfig, ConferenceCommand, ConferenceContext, ConferenceRules, ConferenceSpan, CoordinatorPost, Grant,
        ProtocolSource, Role, RoleRequestCommand, RoleRequestContext, UnitContext, conference, role_request, units,
    };

    use crate::{BodyWords, ConferenceParticipant, RoleRequestRow, TombstoneKind, WordsSubject};

    use super::*;

    const COORDINATOR: AccountId = AccountId(7);

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        (folder, store)
    }

    fn rules() -> ConferenceRules {
        ConferenceRules { rooms: 9, participants: 99, participants_each: 9, room_people: None, maintenance: Vec::new() }
    }

    fn town() -> BodyConfig {
        BodyConfig {
            key: "town".into(),
            name: Words::new("Δήμος", "Town"),
            contact_email: String::new(),
            contact_phone: String::new(),
            zone: chrono_tz::Europe::Athens,
            calendar: office::Calendar::default(),
            units: [].into(),
            categories: [].into(),
            certification: None,
            protocol: ProtocolSource::Own,
            records: None,
            conferences: Some(rules()),
            b_closed: [].into(),
            answers: Vec::new(),
        }
    }

    /// Plans one from an hour on, or does something to it.
    fn take(store: &Store, row: Option<ConferenceRow>, command: &ConferenceCommand, now: &str) -> ConferenceRow {
        let grants = [Grant::new(Role::CoordinatorOfOrganisation, GrantScope::Body).unwrap()];
        let (rules, by) = (rules(), Doer::Account(COORDINATOR));
        let zone = chrono_tz::Europe::Athens;
        let announced = &body::AnnouncedWindows::default();
        let context =
            ConferenceContext { by, now: at(now), grants: &grants, rules: &rules, announced, zone, others: &[] };
        let (public, before) = row.map_or_else(|| (secrets::draw_id(), None), |row| (row.public, Some(row.conference)));
        let events = conference::decide(before.as_ref(), command, &context).unwrap();
        let after = events.iter().fold(before, conference::apply).unwrap();
        let row = ConferenceRow { public, conference: after };
        store.keep_conference(&row, &events).unwrap();
        row
    }

    fn planned(store: &Store, from: &str, until: &str, now: &str) -> ConferenceRow {
        let (words, span) = (WordsId(secrets::draw_id()), ConferenceSpan { from: at(from), until: at(until) });
        let conference = store.next_conference().unwrap();
        let command = ConferenceCommand::Plan { conference, series: None, unit: None, words, span, places: 5 };
        take(store, None, &command, now)
    }

    #[test]
    fn pre_09_the_counters_are_right_across_midnight_and_in_a_file_that_is_opened_anew() {
        let (folder, store) = store();
        let early = "2026-11-23T07:00:00Z";
        planned(&store, "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z", early);
        let mut night = planned(&store, "2026-11-23T21:30:00Z", "2026-11-23T22:30:00Z", early);
        let cancelled = planned(&store, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", early);
        take(&store, Some(cancelled), &ConferenceCommand::Cancel, early);
        night = take(&store, Some(night), &ConferenceCommand::Invite, early);
        let come = ConferenceCommand::Enter { participant: ParticipantId(1) };
        let night = take(&store, Some(night), &come, "2026-11-23T21:31:00Z");
        let counted = |store: &Store, now: &str| {
            // Midnight in Athens is at 22:00.
            let midnight =
                if at(now) < at("2026-11-23T22:00:00Z") { "2026-11-22T22:00:00Z" } else { "2026-11-23T22:00:00Z" };
            let figures = store.conference_figures(at(midnight), at(now)).unwrap();
            [figures.in_all, figures.today, figures.now].map(|count| (count.conferences, count.participants))
        };
        assert_eq!(counted(&store, "2026-11-23T07:30:00Z"), [(0, 0); 3]);
        assert_eq!(counted(&store, "2026-11-23T21:45:00Z"), [(2, 1), (2, 1), (1, 1)]);
        assert_eq!(counted(&store, "2026-11-23T22:15:00Z"), [(2, 1), (1, 1), (1, 1)], "it is still today's");
        let ended = take(&store, Some(night), &ConferenceCommand::End, "2026-11-23T22:10:00Z");
        assert_eq!(counted(&store, "2026-11-23T22:15:00Z"), [(2, 1), (1, 1), (0, 0)]);
        let next = store.conference_turns_at(at("2026-11-23T07:30:00Z")).unwrap();
        assert_eq!(next, Some(at("2026-11-23T08:00:00Z")));
        assert_eq!(store.conference_turns_at(at("2026-11-23T22:15:00Z")).unwrap(), None);
        drop(store);
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        assert_eq!(counted(&store, "2026-11-23T22:15:00Z"), [(2, 1), (1, 1), (0, 0)]);
        assert_eq!(store.conference(ended.public).unwrap(), Some(ended));
    }

    #[test]
    fn pre_06_what_is_kept_is_what_the_journal_says_and_what_was_erased_stays_so_in_an_older_copy() {
        let (folder, store) = store();
        let now = "2026-11-23T07:00:00Z";
        let row = planned(&store, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", now);
        let row = take(&store, Some(row), &ConferenceCommand::Invite, now);
        let conference = row.conference.id;
        let occupied = |from: &str, until: &str| store.occupied(at(from), at(until)).unwrap().len();
        assert_eq!(occupied("2026-11-24T09:20:00Z", "2026-11-24T10:00:00Z"), 1, "the links still lead there");
        assert_eq!(occupied("2026-11-24T11:00:00Z", "2026-11-24T12:00:00Z"), 0);
        let email = Some("maria@example.gr".to_owned());
        let one = ConferenceParticipant { participant: ParticipantId(1), name: None, email, language: Language::El };
        store.put_participant(conference, &one).unwrap();
        let subject = WordsSubject::Conference(conference);
        let words = BodyWords { id: row.conference.words, subject, author: Some(COORDINATOR), text: "{}".into() };
        assert!(store.put_body_words(&words, at(now)).unwrap() && !store.put_body_words(&words, at(now)).unwrap());
        // A request to be a coordinator, and a unit.
        let request = store.next_role_request().unwrap();
        let (post, words) = (CoordinatorPost::Organisation, WordsId(secrets::draw_id()));
        let context =
            RoleRequestContext { by: AccountId(8), now: at(now), grants: &[], is_staff: true, has_open: false };
        let asked = RoleRequestCommand::Ask { request, post, words };
        let events = role_request::decide(None, &asked, &context).unwrap();
        let made = events.iter().fold(None, role_request::apply).unwrap();
        let asked = RoleRequestRow { public: secrets::draw_id(), language: Language::El, request: made };
        store.keep_role_request(&asked, &events).unwrap();
        assert_eq!(store.open_role_requests(9).unwrap(), [asked]);
        let grants = [Grant::new(Role::CoordinatorOfOrganisation, GrantScope::Body).unwrap()];
        let config = town();
        let context = UnitContext { by: Doer::Account(COORDINATOR), now: at(now), grants: &grants, config: &config };
        let events = units::decide(&store.made_units().unwrap(), &Words::new("Τύπος", "Press"), &context).unwrap();
        store.keep_units(&events).unwrap();
        assert_eq!(store.made_unit_name(UnitId(10_001)).unwrap(), Some(Words::new("Τύπος", "Press")));
        let report = store.verify_body().unwrap();
        assert_eq!(report.conferences, 1);
        // Erased here, and erased in an older copy.
        let copy = folder.path().join("copy.db");
        store.copy_to(&copy).unwrap();
        let later = at("2026-12-28T03:00:00Z");
        assert_eq!(store.conferences_past(at("2026-11-24T08:30:00Z"), 9).unwrap(), []);
        assert_eq!(store.conferences_past(later, 9).unwrap(), [conference]);
        assert_eq!(store.erase_participants(conference, later).unwrap(), 1);
        assert_eq!(store.erase_body_words(subject, later).unwrap(), 1);
        assert_eq!(store.conferences_past(later, 9).unwrap(), []);
        let gone = store.tombstones(later).unwrap();
        let kinds: Vec<TombstoneKind> = gone.iter().map(|stone| stone.kind).collect();
        assert!(kinds.contains(&TombstoneKind::BodyWords) && kinds.contains(&TombstoneKind::Participant), "{kinds:?}");
        let copy = Store::open(&copy).unwrap();
        assert_eq!((copy.bury(&gone).unwrap(), copy.bury(&gone).unwrap()), (2, 0));
        assert_eq!(copy.participants(conference).unwrap()[0].email, None);
        assert_eq!(copy.body_words(row.conference.words).unwrap(), None);
        copy.verify_body().unwrap();
    }
}
