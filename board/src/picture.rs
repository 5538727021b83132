//! What is to be seen on the board, in words and numbers: it follows from what the board knows, and is drawn elsewhere.

use std::time::Instant;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use link::{Estrangement, LinkState, ThreeWords};
use wire::{BoardCall, DeskLabel, EmblemDots, Language, OfficeState, Upcoming, Words};

use crate::{room::BoardRoom, state::BoardState};

/// Everything that is to be seen; drawn anew when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BoardPicture {
    /// What fills the large area.
    pub large: LargeArea,
    /// The office's name.
    pub office: Words,
    /// The office's emblem, if it has one.
    pub emblem: Option<EmblemDots>,
    /// The hub's time, e.g. `10:32`; empty until the hub has told it.
    pub time: String,
    /// The day, in words, in Greek and English; empty likewise.
    pub day: Words,
    /// Earlier calls, newest first.
    pub calls: Vec<CallRow>,
    /// Who is called soon.
    pub soon: Vec<SoonRow>,
    /// How many wait.
    pub waiting: u32,
    /// Sentences for the room.
    pub notices: Vec<Words>,
    /// What the office itself says to the hall.
    pub hall_notice: Option<Words>,
    /// Whether all this is only what was known last.
    pub stale: bool,
    /// How many calls wait for their turn on the large area.
    pub more: usize,
    /// The language in which sentences stand just now.
    pub language: Language,
    /// Whether it is dark around the board.
    pub is_night: bool,
}

/// What fills the large area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LargeArea {
    /// Nothing is known yet.
    #[default]
    Starting,
    /// The code for the administrator, and the words to compare.
    Pairing {
        /// What the administrator types.
        code: String,
        /// The three words that have to be the same on both screens.
        words: ThreeWords,
    },
    /// No connection since a time, in Greek and English.
    Lost(Words),
    /// Whoever answers is not the board's hub, or does not know it.
    Estranged(Estrangement),
    /// The newest call.
    Call(CallRow),
    /// Nobody is called just now.
    Quiet,
    /// The office is closed.
    Closed {
        /// When it opens, in Greek and English.
        opens: Option<Words>,
        /// What the office says of the reason, in Greek and English.
        because: Option<Words>,
    },
    /// Serving is suspended.
    Suspended {
        /// Until when, in Greek and English.
        until: Option<Words>,
        /// What the office says of the reason, in Greek and English.
        because: Option<Words>,
    },
}

/// A call as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// The call, as the hub counts calls and repeats.
    pub id: u64,
    /// The ticket's number.
    pub number: String,
    /// Where to go.
    pub desk: DeskLabel,
    /// The promised time, in Greek and English.
    pub booked: Option<Words>,
    /// Whether it was repeated.
    pub recall: bool,
    /// Whether it still stands.
    pub standing: bool,
}

/// A visit that will be called soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoonRow {
    /// The ticket's number.
    pub number: String,
    /// The promised time, in Greek and English; none for somebody without an appointment (FLD-40).
    pub booked: Option<Words>,
}

impl BoardPicture {
    /// What is to be seen at an instant of this machine.
    #[must_use]
    pub fn of(board: &BoardState, room: BoardRoom, at: Instant) -> Self {
        let language = board.languages.of_sentences(board.on_for(at));
        let (more, is_night) = (board.announcer.more(), board.is_night(at));
        Self { language, more, is_night, ..drawn(board, room, board.hub_time(at)) }
    }
}

fn drawn(board: &BoardState, room: BoardRoom, now: DateTime<Utc>) -> BoardPicture {
    let zone = board.zone();
    let in_both = |write: &dyn Fn(Language) -> String| Words::new(write(Language::El), write(Language::En));
    let mut picture = BoardPicture {
        large: large_area(board, zone, now),
        emblem: board.emblem.as_ref().map(|emblem| emblem.dots.clone()),
        stale: matches!(board.link, LinkState::Lost { .. } | LinkState::Estranged(_)),
        ..BoardPicture::default()
    };
    if board.clock.is_some() {
        picture.time = phrases::face(now, zone);
        picture.day = in_both(&|language| phrases::day_of_clock(now, zone, language));
    }
    if let Some(view) = &board.view {
        let row = |call: &&BoardCall| row(call, zone);
        picture.office = view.office.clone();
        picture.notices = view.notices.clone();
        picture.hall_notice = view.hall_notice.clone();
        // Somebody may stand large meanwhile: people with a number are called as always.
        if !matches!(picture.large, LargeArea::Suspended { .. }) && !picture.stale {
            picture.notices.extend(suspension(&view.state, zone, now));
        }
        let room = room.beside(picture.notices.iter().chain(&picture.hall_notice));
        // Under "closed" the morning's calls would look as if somebody could still go to a desk.
        if !matches!(picture.large, LargeArea::Closed { .. }) {
            picture.calls = board.announcer.list(&view.calls, room.calls).iter().map(row).collect();
        }
        picture.soon = view.upcoming.iter().take(room.soon).map(|next| soon(next, zone)).collect();
        picture.waiting = view.waiting;
    }
    picture
}

fn large_area(board: &BoardState, zone: Tz, now: DateTime<Utc>) -> LargeArea {
    match &board.link {
        LinkState::Starting => return LargeArea::Starting,
        LinkState::Pairing { code, words } => return LargeArea::Pairing { code: code.clone(), words: *words },
        LinkState::Estranged(why) => return LargeArea::Estranged(*why),
        LinkState::Lost { since } => return LargeArea::Lost(clock_time(*since, zone)),
        LinkState::Live => {}
    }
    if let Some(large) = board.announcer.large() {
        return LargeArea::Call(row(&large.call, zone));
    }
    type Said = fn(DateTime<Utc>, DateTime<Utc>, Tz, Language) -> String;
    let when = |at: &Option<DateTime<Utc>>, said: Said| {
        at.map(|at| {
            let write = |language| said(at, now, zone, language);
            Words::new(write(Language::El), write(Language::En))
        })
    };
    match board.view.as_ref().map(|view| &view.state) {
        None => LargeArea::Starting,
        Some(OfficeState::Open { .. }) => LargeArea::Quiet,
        Some(OfficeState::Closed { opens_at, because }) => {
            // People who wait are still called after the last ticket was given.
            let waits = board.view.as_ref().is_some_and(|view| view.waiting > 0);
            if waits {
                LargeArea::Quiet
            } else {
                LargeArea::Closed { opens: when(opens_at, phrases::moment_at), because: because.clone() }
            }
        }
        Some(OfficeState::Suspended { until, because }) => {
            LargeArea::Suspended { until: when(until, phrases::moment_from), because: because.clone() }
        }
    }
}

/// That no new numbers are given, until when and why, in one line.
fn suspension(state: &OfficeState, zone: Tz, now: DateTime<Utc>) -> Option<Words> {
    let OfficeState::Suspended { until, because } = state else { return None };
    let say = |language: Language| {
        let (kind, time) = match until {
            Some(until) => ("until", phrases::moment_until(*until, now, zone, language)),
            None => ("open", String::new()),
        };
        let line =
            phrases::say_with(language, "display-suspended-line", &[("until", kind.into()), ("time", time.into())]);
        let because = because.as_ref().map(|words| words.in_language(language)).unwrap_or_default();
        format!("{line} {because}").trim_end().to_owned()
    };
    Some(Words::new(say(Language::El), say(Language::En)))
}

fn row(call: &BoardCall, zone: Tz) -> CallRow {
    CallRow {
        id: call.id,
        number: call.number.clone(),
        desk: call.desk.clone(),
        booked: call.booked_for.map(|at| clock_time(at, zone)),
        recall: call.recall,
        standing: call.standing,
    }
}

fn soon(next: &Upcoming, zone: Tz) -> SoonRow {
    SoonRow { number: next.number.clone(), booked: next.booked_for.map(|at| clock_time(at, zone)) }
}

/// A time in Greek and English, which differ where the hour comes twice.
fn clock_time(at: DateTime<Utc>, zone: Tz) -> Words {
    let said = |language| phrases::clock_time(at, zone, language);
    Words::new(said(Language::El), said(Language::En))
}
