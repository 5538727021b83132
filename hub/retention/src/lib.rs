//! What is kept for how long (FLD-23): each night, and at each start, what is personal and past its time is taken out. The
//! log says how many, and nothing else.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use access::Access;
use body::BodyConfig;
use chrono::{DateTime, Days, Months, NaiveTime, TimeDelta, Utc};
use office::{BookingLife, PersonId, calendar};

use store::{PastCount, Store, WordsSubject};
use tokio::sync::Notify;
use writer::{Offices, WriteError};

use self::unused::UnusedCount;
use acts::{
    Ledger,
    erase_account::{self, ErasureRoom},
};

mod strays;
mod unused;

/// What a command was answered is kept for so many days (PROM-09).
pub const ANSWERS_KEPT_DAYS: i64 = 30;
/// At this hour of the first office's clock.
const HOUR: u32 = 3;
/// So many people in one transaction.
const AT_ONCE: usize = 500;
/// A restore is looked at for so long; then what was there before it holds people who are past their time here.
const BEFORE_KEPT: TimeDelta = TimeDelta::days(14);
/// Documents that were taken back are remembered for so long; no backup is kept for longer.
const GONE_KEPT: TimeDelta = TimeDelta::days(3 * 366);
/// Who came in and who did not is looked into for so long after.
const AUDIT_KEPT: TimeDelta = TimeDelta::days(365);
/// Of what strangers did, the newest so many rows; each is about a hundred bytes.
const AUDIT_STRANGERS_MAX: u32 = 200_000;
/// Signed heads of journals are shown for so long; whoever keeps their mails has them for ever.
const HEADS_KEPT: TimeDelta = TimeDelta::days(400);
/// Who an agent was who was shut out, or never came after an invitation, is kept for so long: until the bookings of a whole
/// year have been gone through with them.
const AGENTS_KEPT: TimeDelta = TimeDelta::days(366);
/// People of an office that this hub has no longer are kept for so long after their visit: nobody says any more how long that
/// office would keep them.
const REMOVED_KEPT: TimeDelta = TimeDelta::days(366);
/// A form that was answered is known as done for so long: a page that is opened again with a browser's tabs of last week is
/// sent to nobody by hand.
const PRESSES_KEPT: TimeDelta = TimeDelta::days(7);
/// Who registered and never pressed the link is forgotten after so long (PET-03).
const REGISTRATIONS_KEPT: TimeDelta = TimeDelta::days(30);
/// What was chosen in the form of a request and never sent is forgotten after so long; nobody's form is open for longer.
const DRAFTS_KEPT: TimeDelta = TimeDelta::days(1);
/// Which visit was for the result of which request is told to the desk that serves it, on the same day.
const REQUEST_VISITS_KEPT: TimeDelta = TimeDelta::days(30);
/// Which appointment was for which request: longer than anybody books ahead, or has a booking moved.
const REQUEST_BOOKINGS_KEPT: TimeDelta = TimeDelta::days(400);
/// Who was invited to a conference, and what was written of it or of a request to be a coordinator, is kept for so long after its
/// end: as long as the data of who had an appointment.
const CONFERENCES_KEPT: TimeDelta = TimeDelta::days(30);
/// Which visits have said what they thought is asked no more when the day is over: then their page is gone.
const FEEDBACK_MARKS_KEPT: TimeDelta = TimeDelta::days(1);
/// The limits on links are full again long before.
const BUCKETS_KEPT: TimeDelta = TimeDelta::days(2);

/// What is looked through each night, and the way to take it out.
#[derive(Debug, Clone)]
pub struct Retention {
    /// Who is signed in, and no longer is.
    pub access: Access,
    /// Where it is looked through and taken out.
    pub ledger: Ledger,
    /// The offices, whose rules say for how long.
    pub offices: Offices,
    /// The body, whose categories say how long what was written with a request is kept.
    pub body: Arc<BodyConfig>,
    /// The folder of what citizens sent.
    pub uploads: PathBuf,
    /// The database, beside which restores leave what was there before.
    pub database: PathBuf,
    /// Told when mails were put in.
    pub mail: Arc<Notify>,
}

impl Retention {
    /// Takes out what is due, for ever.
    pub async fn keep(self) {
        keep(self).await;
    }
}

async fn keep(state: Retention) {
    loop {
        // What is erased for the sake of a day that has not come is gone for good.
        state.ledger.writer.belief().believed().await;
        let now = state.ledger.clock.now();
        sweep(&state, now).await;
        match erase(&state, now).await {
            Ok((0, 0)) => {}
            Ok((people, addresses)) => tracing::info!(people, addresses, "personal data past its time was erased"),
            Err(error) => tracing::error!(%error, "personal data could not be erased; it is tried again"),
        }
        match unused::keep(&state.access, (&state.ledger, &state.offices), now).await {
            Ok(UnusedCount { warned: 0, gone: 0 }) => {}
            Ok(UnusedCount { warned, gone }) => {
                tracing::info!(warned, gone, "accounts that nobody uses: owners were warned, accounts went");
                state.mail.notify_one();
            }
            Err(error) => {
                tracing::error!(%error, "accounts that nobody uses could not be looked through; it is tried again")
            }
        }
        let room = ErasureRoom { ledger: &state.ledger, offices: &state.offices, uploads: &state.uploads };
        match erase_account::of_closed(&state.access, room).await {
            Ok(0) => {}
            Ok(accounts) => tracing::info!(accounts, "accounts that were closed were erased with their last request"),
            Err(fault) => tracing::error!(?fault, "closed accounts could not be erased; it is tried again"),
        }
        match strays::remove(&state.ledger.readers, &state.uploads).await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "documents that nobody's booking has were removed"),
            Err(error) => {
                tracing::error!(%error, "the folder of documents could not be looked through; it is tried again")
            }
        }
        state.ledger.clock.sleep_until(next_night(&state, now)).await;
    }
}

/// Takes out the databases that restores have left beside the one of today.
async fn sweep(state: &Retention, now: DateTime<Utc>) {
    let database = state.database.clone();
    let swept = state.ledger.readers.read(move |_| Ok(store::sweep_beside(&database, now - BEFORE_KEPT))).await;
    if let Ok(databases) = swept
        && databases > 0
    {
        tracing::info!(databases, "what restores had left was taken out");
    }
}

/// Erases what was written with requests that ended so many years ago as their category says; the journal keeps its numbers.
async fn erase_requests(state: &Retention, now: DateTime<Utc>) -> Result<(), WriteError> {
    let mut erased = 0_usize;
    for (id, category) in &state.body.categories {
        let Some(before) = now.checked_sub_months(Months::new(12 * u32::from(category.retention_years))) else {
            continue;
        };
        let (category, most) = (*id, u32::try_from(AT_ONCE).unwrap_or(u32::MAX));
        loop {
            let past = state.ledger.readers.read(move |store| store.requests_past(category, before, most)).await;
            let past = past.map_err(|_| WriteError::Unavailable)?;
            if past.is_empty() {
                break;
            }
            erased += past.len();
            let erase = move |store: &Store| {
                let mut files = Vec::new();
                for row in &past {
                    files.extend(store.erase_request_words(row, now)?);
                }
                Ok(files)
            };
            let files = state.ledger.writer.change(erase).await?;
            uploads::remove(&state.uploads, &files).await;
        }
    }
    if erased > 0 {
        tracing::info!(erased, "what was written with requests past their time was erased");
    }
    Ok(())
}

/// Erases who was invited to conferences that are over, what was written of them, and what was written with requests to be a
/// coordinator that were decided, all of it so many days ago; the journal keeps its numbers.
async fn erase_conferences(state: &Retention, now: DateTime<Utc>) -> Result<(), WriteError> {
    let (before, most) = (now - CONFERENCES_KEPT, u32::try_from(AT_ONCE).unwrap_or(u32::MAX));
    loop {
        let past = state.ledger.readers.read(move |store| store.conferences_past(before, most)).await;
        let past = past.map_err(|_| WriteError::Unavailable)?;
        if past.is_empty() {
            break;
        }
        tracing::info!(conferences = past.len(), "who was invited to conferences past their time was erased");
        let erase = move |store: &Store| {
            past.iter().try_for_each(|id| {
                store.erase_participants(*id, now)?;
                // The minutes themselves are a record of the body, and stay.
                store.erase_body_words(WordsSubject::Meeting(*id), now)?;
                store.erase_body_words(WordsSubject::Conference(*id), now).map(drop)
            })
        };
        state.ledger.writer.change(erase).await?;
    }
    loop {
        let past = state.ledger.readers.read(move |store| store.role_requests_past(before, most)).await;
        let past = past.map_err(|_| WriteError::Unavailable)?;
        if past.is_empty() {
            return Ok(());
        }
        let erase = move |store: &Store| {
            past.iter().try_for_each(|id| store.erase_body_words(WordsSubject::RoleRequest(*id), now).map(drop))
        };
        state.ledger.writer.change(erase).await?;
    }
}

/// Takes out what was chosen in forms of requests, and never sent.
async fn drop_drafts(state: &Retention, now: DateTime<Utc>) -> Result<(), WriteError> {
    let most = u32::try_from(AT_ONCE).unwrap_or(u32::MAX);
    loop {
        let past = state.ledger.readers.read(move |store| store.drafts_before(now - DRAFTS_KEPT, most)).await;
        let past = past.map_err(|_| WriteError::Unavailable)?;
        if past.is_empty() {
            return Ok(());
        }
        let forget = move |store: &Store| {
            let mut files = Vec::new();
            // What was sent after all in this moment stays.
            for file in past {
                if store.drop_request_file(&file, now)? {
                    files.push(file.upload.id);
                }
            }
            Ok(files)
        };
        let files = state.ledger.writer.change(forget).await?;
        uploads::remove(&state.uploads, &files).await;
    }
}

/// The next three o'clock at night.
fn next_night(state: &Retention, now: DateTime<Utc>) -> DateTime<Utc> {
    let zone = state.offices.iter().find_map(|office| office.config(|config| config.zone));
    let zone = zone.unwrap_or(chrono_tz::Europe::Athens);
    let hour = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default();
    let today = calendar::local_date(zone, now);
    let tonight = calendar::instant_from(zone, today.and_time(hour));
    if now < tonight {
        tonight
    } else {
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        calendar::instant_from(zone, tomorrow.and_time(hour))
    }
}

/// Takes out people and addresses past their time: how many of each. Who they are is looked up beside the writer, which
/// would be kept from commands by a look through everybody.
///
/// # Errors
/// If the store cannot be read or written.
async fn erase(state: &Retention, now: DateTime<Utc>) -> Result<(usize, usize), WriteError> {
    note_visits(state).await?;
    let kept = KeepingLimits::of(state, now).await?;
    erase_past(state, &kept, now).await?;
    forget_looks(state, &kept).await?;
    erase_feedback(state, &kept, now).await?;
    erase_requests(state, now).await?;
    drop_drafts(state, now).await?;
    erase_conferences(state, now).await?;
    let people = erase_people(state, kept, now).await?;
    let addresses = erase_addresses(state, now).await?;
    let agents = state.ledger.writer.change(move |store| store.erase_agents(now - AGENTS_KEPT)).await?;
    if agents > 0 {
        tracing::info!(agents, "who was an agent long ago was erased");
    }
    let scrub = people + addresses > 0;
    let last = move |store: &Store| {
        if scrub {
            store.scrub_now();
        }
        store.forget_gone(now - GONE_KEPT)?;
        store.forget_address_codes(now)?;
        store.forget_mobile_codes(now)?;
        store.forget_head_lines(now - HEADS_KEPT)?;
        store.forget_warnings(now - post::WARNINGS_KEPT)?;
        store.forget_audit(now - AUDIT_KEPT, AUDIT_STRANGERS_MAX)?;
        store.forget_account_links(now)?;
        store.forget_arrivals(now)?;
        store.forget_registrations(now - REGISTRATIONS_KEPT)?;
        store.forget_presses(now - PRESSES_KEPT)?;
        store.forget_unit_invitations(now)?;
        store.forget_feedback_marks(now - FEEDBACK_MARKS_KEPT)?;
        store.forget_request_visits(now - REQUEST_VISITS_KEPT)?;
        store.forget_request_bookings(now - REQUEST_BOOKINGS_KEPT)?;
        store.forget_buckets(now - BUCKETS_KEPT)
    };
    state.ledger.writer.change(last).await?;
    Ok((people, addresses))
}

/// Whose visit was before, by office, is kept no longer.
#[derive(Clone)]
struct KeepingLimits {
    offices: Arc<BTreeMap<u32, DateTime<Utc>>>,
    /// Whom staff booked for without a word about the office are kept as long as the longest.
    others: DateTime<Utc>,
}

impl KeepingLimits {
    async fn of(state: &Retention, now: DateTime<Utc>) -> Result<Self, WriteError> {
        let known = state.ledger.readers.read(|store| store.offices()).await.map_err(|_| WriteError::Unavailable)?;
        let own = state.offices.iter().filter_map(|office| {
            let days = office.config(|config| config.rules.online.personal_data_days)?;
            Some((office.row, now - TimeDelta::days(days.into())))
        });
        let mut offices: BTreeMap<_, _> = own.collect();
        let longest = offices.values().min().copied();
        let others = longest.unwrap_or(DateTime::UNIX_EPOCH);
        let removed = longest.unwrap_or(now).min(now - REMOVED_KEPT);
        for (row, _) in known {
            let is_removed = state.offices.iter().all(|office| office.row != row);
            // One that is there and is not set up yet, or is set aside, is left alone.
            if is_removed {
                offices.insert(row, removed);
            }
        }
        Ok(Self { offices: Arc::new(offices), others })
    }

    fn before(&self, office: Option<u32>) -> DateTime<Utc> {
        office.map_or(self.others, |row| self.offices.get(&row).copied().unwrap_or(DateTime::UNIX_EPOCH))
    }
}

/// The visits that are still ahead, as they stand now: a booking may have been moved since it was made.
async fn note_visits(state: &Retention) -> Result<(), WriteError> {
    let mut visits: BTreeMap<PersonId, DateTime<Utc>> = BTreeMap::new();
    for office in state.offices.iter() {
        let office = office.read();
        for booking in office.bookings.values() {
            if let Some(party) = booking.life.party().filter(|_| !matches!(booking.life, BookingLife::Held { .. })) {
                visits.insert(party.person, booking.promise.start);
            }
        }
    }
    let visits: Vec<_> = visits.into_iter().collect();
    for some in visits.chunks(AT_ONCE) {
        let some = some.to_vec();
        state
            .ledger
            .writer
            .change(move |store| some.iter().try_for_each(|(person, at)| store.note_visit(*person, *at)))
            .await?;
    }
    Ok(())
}

/// Who looked at whose data is kept as long as the data of those whose visit was then.
async fn forget_looks(state: &Retention, kept: &KeepingLimits) -> Result<(), WriteError> {
    let offices: Vec<Option<u32>> = kept.offices.keys().copied().map(Some).chain([None]).collect();
    for some in offices.chunks(AT_ONCE) {
        let some: Vec<_> = some.iter().map(|office| (*office, kept.before(*office))).collect();
        let forget =
            move |store: &Store| some.iter().try_for_each(|(office, at)| store.forget_looks(*office, *at).map(drop));
        state.ledger.writer.change(forget).await?;
    }
    Ok(())
}

/// What visitors wrote after their visits, as long ago as personal data is kept: somebody may have written who they are.
async fn erase_feedback(state: &Retention, kept: &KeepingLimits, now: DateTime<Utc>) -> Result<(), WriteError> {
    let kept = kept.clone();
    let past = state
        .ledger
        .readers
        .read(move |store| store.feedback_words_before(|office| kept.before(Some(office)).date_naive()))
        .await;
    for some in past.map_err(|_| WriteError::Unavailable)?.chunks(AT_ONCE) {
        let some = some.to_vec();
        let erase = move |store: &Store| {
            some.iter().try_for_each(|(office, words)| store.erase_feedback_words(*office, *words, now).map(drop))
        };
        state.ledger.writer.change(erase).await?;
    }
    Ok(())
}

/// Notes and mails past their time, and what agents typed for citizens.
async fn erase_past(state: &Retention, kept: &KeepingLimits, now: DateTime<Utc>) -> Result<(), WriteError> {
    let reading = kept.clone();
    let past = state.ledger.readers.read(move |store| store.past(|office| reading.before(Some(office)))).await;
    let PastCount { notes, mails, entrusted } = past.map_err(|_| WriteError::Unavailable)?;
    for row in entrusted {
        forget_entrusted(state, row, kept.before(Some(row))).await?;
    }
    for some in notes.chunks(AT_ONCE) {
        let some = some.to_vec();
        let erase = move |store: &Store| some.iter().try_for_each(|note| store.erase_note(*note, now).map(drop));
        state.ledger.writer.change(erase).await?;
    }
    for some in mails.chunks(AT_ONCE) {
        let (some, kept) = (some.to_vec(), kept.clone());
        let forget = move |store: &Store| {
            some.chunk_by(|one, other| one.0 == other.0).try_for_each(|of_office| {
                let office = of_office[0].0;
                let mails: Vec<i64> = of_office.iter().map(|mail| mail.1).collect();
                store.forget_mails(office, kept.before(Some(office)), &mails).map(drop)
            })
        };
        state.ledger.writer.change(forget).await?;
    }
    Ok(())
}

/// What agents typed for citizens: a time that lapsed leaves nothing, one that stands leaves the name to the agent's list
/// for as long as the citizen's own details are kept.
async fn forget_entrusted(state: &Retention, row: u32, before: DateTime<Utc>) -> Result<(), WriteError> {
    let Ok(entrusted) = state.ledger.readers.read(move |store| store.entrusted_in(row)).await else { return Ok(()) };
    if state.offices.iter().all(|office| office.row != row) {
        let over: Vec<_> = entrusted.into_iter().filter(|one| one.at < before).map(|one| one.booking).collect();
        let drop_all = move |store: &Store| over.iter().try_for_each(|booking| store.drop_entrusted(row, *booking));
        return state.ledger.writer.change(drop_all).await;
    }
    let Some(handle) = state.offices.going().find(|office| office.row == row) else { return Ok(()) };
    let (mut settled, mut over) = (Vec::new(), Vec::new());
    {
        let office = handle.read();
        for one in entrusted {
            match office.bookings.get(&one.booking).map(|booking| &booking.life) {
                Some(BookingLife::Held { .. }) => {}
                Some(BookingLife::Expired { .. }) => over.push(one.booking),
                Some(_) if one.typed.is_some() => settled.push(one.booking),
                None if one.typed.is_some() => over.push(one.booking),
                Some(_) | None if one.at < before => over.push(one.booking),
                Some(_) | None => {}
            }
        }
    }
    let forgotten = state.ledger.writer.change(move |store| {
        settled.iter().try_for_each(|booking| store.settle_entrusted(row, *booking))?;
        over.iter().try_for_each(|booking| store.drop_entrusted(row, *booking))
    });
    forgotten.await
}

async fn erase_people(state: &Retention, kept: KeepingLimits, now: DateTime<Utc>) -> Result<usize, WriteError> {
    let reading = kept.clone();
    let people = state.ledger.readers.read(move |store| store.people_before(|office| reading.before(office))).await;
    let mut count = 0;
    for some in people.map_err(|_| WriteError::Unavailable)?.chunks(AT_ONCE) {
        let (some, kept) = (some.to_vec(), kept.clone());
        let erased = state.ledger.writer.change(move |store| {
            let (mut people, mut files) = (0, Vec::new());
            for person in some {
                if store.is_person_before(person, |office| kept.before(office))? {
                    let forgotten = store.erasing_on(|store| store.erase_person(person, now))?;
                    people += forgotten.people;
                    files.extend(forgotten.files);
                }
            }
            Ok((people, files))
        });
        let (erased, files) = erased.await?;
        uploads::remove(&state.uploads, &files).await;
        count += erased;
    }
    Ok(count)
}

/// Addresses that were asked for and that no booking stands on.
async fn erase_addresses(state: &Retention, now: DateTime<Utc>) -> Result<usize, WriteError> {
    let hours = state.offices.iter().filter_map(|office| office.config(|config| config.rules.online.unconfirmed_hours));
    let before = now - TimeDelta::hours(hours.max().unwrap_or(24).into());
    let addresses = state.ledger.readers.read(move |store| store.addresses_before(before)).await;
    let mut count = 0;
    for some in addresses.map_err(|_| WriteError::Unavailable)?.chunks(AT_ONCE) {
        let some = some.to_vec();
        let forgotten = state.ledger.writer.change(move |store| {
            let mut addresses = 0;
            for address in some {
                let is_past = store.is_address_before(address, before)?;
                let forgets = is_past && store.erasing_on(|store| store.forget_address(address))?;
                addresses += usize::from(forgets);
            }
            Ok(addresses)
        });
        count += forgotten.await?;
    }
    Ok(count)
}

#[cfg(test)]
mod table;
