//! A coordinator plans a conference, or a series of them: all or none (PRE-06).

use acts::Fault;
use body::{
    AccountId, Action, BodyConfig, ConferenceCommand, ConferenceSeriesId, ConferenceSpan, Doer, OccupiedSpan,
    SeriesWish, UnitId, WordsId,
    conference::{self, days, may_plan, span_on},
    grant,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use office::Language;
use secrets::draw_id;
use store::{BodyWords, ConferenceRow, Store, Stored, WordsSubject};
use uuid::Uuid;

use super::{
    AHEAD_MAX, AddressLine, ConferenceFlaw, ConferenceRoom, ConferenceTexts,
    house::ConferenceSurroundings,
    invite::{Guests, take_in},
};

/// When a conference is, by the clocks on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WallTimes {
    /// On this day; of a series, the first.
    pub day: NaiveDate,
    /// At this hour.
    pub begins: NaiveTime,
    /// For so many minutes.
    pub minutes: i64,
}

/// A conference that somebody wants to plan.
#[derive(Debug, Clone)]
pub struct ConferencePlan {
    /// Drawn with the form: what is sent twice is planned once.
    pub public: Uuid,
    /// Who plans it.
    pub by: AccountId,
    /// For which unit; for the whole organisation, if unset.
    pub unit: Option<UnitId>,
    /// What they wrote.
    pub texts: ConferenceTexts,
    /// Day and hours by the clock on the wall.
    pub times: WallTimes,
    /// How often; once, if unset.
    pub series: Option<SeriesWish>,
    /// So many people may come.
    pub places: u16,
    /// Those who get a letter and a link at once.
    pub invited: Vec<AddressLine>,
    /// The language of their mails.
    pub language: Language,
}

/// Plans it; gives the first.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: ConferenceRoom<'_>,
    plan: ConferencePlan,
) -> Result<Result<ConferenceRow, ConferenceFlaw>, Fault> {
    room.change(move |store, body, now| take(store, body, &plan, now)).await
}

fn take(
    store: &Store,
    body: &BodyConfig,
    plan: &ConferencePlan,
    now: DateTime<Utc>,
) -> Stored<Result<ConferenceRow, ConferenceFlaw>> {
    if let Some(row) = store.conference(plan.public)? {
        return Ok(if row.conference.coordinator == plan.by { Ok(row) } else { Err(ConferenceFlaw::NotFound) });
    }
    let Some(rules) = &body.conferences else { return Ok(Err(ConferenceFlaw::NotHeld)) };
    let grants = store.grants_of(plan.by)?;
    if grant::scopes_of(&grants, Action::CreateConferences).next().is_none() {
        return Ok(Err(ConferenceFlaw::NoCoordinator));
    }
    if let Some(unit) = plan.unit
        && store.made_units()?.name(body, unit).is_none()
    {
        return Ok(Err(ConferenceFlaw::UnknownUnit));
    }
    // What they may not do is said before what is wrong with what they wrote.
    if !may_plan(&grants, plan.unit) {
        return Ok(Err(body::ConferenceRefusal::NotAllowed.into()));
    }
    let words = match plan.texts.checked() {
        Ok(words) => words,
        Err(flaw) => return Ok(Err(flaw)),
    };
    if words.address.is_empty()
        && let Err(refusal) = rules.own_room_holds(plan.places)
    {
        return Ok(Err(refusal.into()));
    }
    let days = match plan.series.map_or_else(|| Ok(vec![plan.times.day]), |wish| days(plan.times.day, wish)) {
        Ok(days) => days,
        Err(flaw) => return Ok(Err(ConferenceFlaw::Series(flaw))),
    };
    let ahead = store.conferences_ahead_of(plan.by, now)?;
    if ahead + u32::try_from(days.len()).unwrap_or(u32::MAX) > AHEAD_MAX {
        return Ok(Err(ConferenceFlaw::TooManyAhead));
    }
    let series = (days.len() > 1).then(|| ConferenceSeriesId(draw_id()));
    let first = store.next_conference()?;
    let (mut planned, mut taken) = (Vec::new(), Vec::new());
    // Everything is decided before anything is kept: all of a series, or none.
    for (nth, day) in days.iter().enumerate() {
        let span: ConferenceSpan = span_on(body.zone, *day, plan.times.begins, plan.times.minutes);
        let id = body::ConferenceId(first.0.saturating_add(nth as u64));
        let mut known = ConferenceSurroundings::of(store, Some(plan.by), span)?;
        known.others.extend(taken.iter().copied());
        let wish = WordsId(draw_id());
        let (unit, places) = (plan.unit, plan.places);
        let command = ConferenceCommand::Plan { conference: id, series, unit, words: wish, span, places };
        let context = known.context(Doer::Account(plan.by), now, (body, rules));
        let of_series = series.is_some().then_some(span.from);
        let events = match conference::decide(None, &command, &context) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(ConferenceFlaw::Rule(refusal, of_series))),
        };
        let Some(made) = events.iter().fold(None, conference::apply) else { continue };
        let public = if nth == 0 { plan.public } else { draw_id() };
        let mut guests = Guests { row: ConferenceRow { public, conference: made }, events, people: Vec::new() };
        if let Err(refusal) = take_in(&mut guests, &plan.invited, plan.language, &context) {
            return Ok(Err(ConferenceFlaw::Rule(refusal, None)));
        }
        taken.extend(OccupiedSpan::of(&guests.row.conference));
        planned.push(guests);
    }
    let text = serde_json::to_string(&words).unwrap_or_default();
    for guests in &planned {
        let conference = &guests.row.conference;
        let subject = WordsSubject::Conference(conference.id);
        let kept = BodyWords { id: conference.words, subject, author: Some(plan.by), text: text.clone() };
        guests.keep(store, now)?;
        store.put_body_words(&kept, now)?;
    }
    Ok(planned.into_iter().next().map(|guests| guests.row).ok_or(ConferenceFlaw::BadTime))
}
