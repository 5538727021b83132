//! The board without a window: takes the hub's news, announces calls, and works out what is to be seen.

use std::time::Instant;

use bevy::prelude::*;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use crossbeam_channel::Receiver;
use panel::{
    alarm::Alarm,
    clock::{HubClock, Now},
    link::{News, Standing},
    words,
};
use wire::{BoardCall, BoardView, DeskLabel, Language, OfficeState, Upcoming, Words};

use crate::{
    announce::{Announcer, Cue},
    chime::Chime,
    keeper::Keeper,
};

/// The hub's news, from the link's thread.
#[derive(Resource)]
pub struct FromHub(pub Receiver<News<BoardView>>);

/// Where cues go.
#[derive(Resource)]
pub struct Outlets {
    /// The chime.
    pub chime: Chime,
    /// The disk.
    pub keeper: Keeper,
}

/// What the board knows.
#[derive(Resource)]
pub struct Board {
    /// Which call stands large.
    pub announcer: Announcer,
    view: Option<BoardView>,
    standing: Standing,
    /// The hub's clock; this machine's own may be wrong, and is not shown.
    clock: Option<HubClock>,
}

impl Board {
    /// A board that has heard nothing yet.
    pub fn new(announcer: Announcer) -> Self {
        Self { announcer, view: None, standing: Standing::default(), clock: None }
    }

    fn take(&mut self, news: News<BoardView>, at: Instant) -> Vec<Cue> {
        self.standing.take(&news);
        match news {
            News::Clock(told) => self.clock = Some(HubClock::told(told)),
            News::Lost { .. } => self.announcer.lose(),
            News::Pairing { .. } | News::Paired => {}
            News::View { epoch, view } => {
                let cues = self.announcer.take(epoch, &view.calls, self.hub_time(at), at);
                self.view = Some(*view);
                return cues;
            }
        }
        Vec::new()
    }

    /// The hub's time at an instant, or this machine's until the hub has told it.
    fn hub_time(&self, at: Instant) -> DateTime<Utc> {
        self.clock.unwrap_or_else(HubClock::of_this_machine).at(at)
    }

    fn zone(&self) -> Tz {
        self.view.as_ref().map_or(chrono_tz::Europe::Athens, |view| words::zone(&view.zone))
    }
}

/// How much has room.
#[derive(Resource, Debug, Clone, Copy)]
pub struct Room {
    /// Rows of earlier calls.
    pub calls: usize,
    /// Rows of next numbers.
    pub upcoming: usize,
    /// Columns of next numbers; one with its promised time takes [`COLUMNS_WITH_TIME`].
    pub columns: usize,
    /// Characters of a notice on one line, which takes the room of a row.
    pub notice_characters: usize,
    /// The language that notices are read in.
    pub language: Language,
    /// Whether the two lists stand one below the other, and so give room together.
    pub stacked: bool,
}

/// So many columns of next numbers are taken by one with its promised time.
pub const COLUMNS_WITH_TIME: usize = 2;

impl Room {
    /// What is left beside these notices.
    fn beside(self, notices: &[Words]) -> Self {
        let characters = |notice: &Words| notice.in_language(self.language).chars().count();
        let lines = |notice: &Words| characters(notice).div_ceil(self.notice_characters.max(1));
        let taken: usize = notices.iter().map(lines).sum();
        let (calls, upcoming) = if self.stacked { (taken.div_ceil(2), taken / 2) } else { (taken, taken) };
        let left = |rows: usize, taken: usize| rows.saturating_sub(taken).max(1);
        Self { calls: left(self.calls, calls), upcoming: left(self.upcoming, upcoming), ..self }
    }

    /// The first of these that fit, row by row.
    fn fitting(self, upcoming: &[Upcoming]) -> &[Upcoming] {
        let (mut row, mut column) = (0, 0);
        let fits = |next: &&Upcoming| {
            let wanted = if next.booked_for.is_some() { COLUMNS_WITH_TIME.min(self.columns) } else { 1 };
            if column + wanted > self.columns {
                (row, column) = (row + 1, 0);
            }
            column += wanted;
            row < self.upcoming
        };
        &upcoming[..upcoming.iter().take_while(fits).count()]
    }
}

/// Everything that is to be seen; drawn anew when it changes.
#[derive(Resource, Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// What fills the large area.
    pub large: LargeArea,
    /// The office's name.
    pub office: Words,
    /// The hub's time, e.g. `10:32`; empty until the hub has told it.
    pub time: String,
    /// The day, in words, in Greek and English; empty likewise.
    pub day: Words,
    /// Earlier calls, newest first.
    pub calls: Vec<Row>,
    /// Who is next.
    pub upcoming: Vec<Soon>,
    /// How many wait.
    pub waiting: u32,
    /// Sentences for the room.
    pub notices: Vec<Words>,
    /// Whether all this is only what was known last.
    pub stale: bool,
}

/// What fills the large area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LargeArea {
    /// Nothing is known yet.
    #[default]
    Starting,
    /// The code for the administrator.
    Pairing(String),
    /// No connection since a time.
    Lost(String),
    /// The newest call.
    Call(Row),
    /// Nobody is called just now.
    Quiet,
    /// The office is closed.
    Closed {
        /// When it opens, in Greek and English.
        opens: Option<Words>,
        /// Why.
        because: Option<Words>,
    },
    /// Serving is suspended.
    Suspended {
        /// Until when, in Greek and English.
        until: Option<Words>,
        /// Why.
        because: Option<Words>,
    },
}

/// A call as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The ticket's number.
    pub number: String,
    /// Where to go.
    pub desk: DeskLabel,
    /// The promised time.
    pub booked: Option<String>,
    /// Whether it was repeated.
    pub recall: bool,
    /// Whether it still stands.
    pub standing: bool,
}

/// A visit that will be called soon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Soon {
    /// The ticket's number.
    pub number: String,
    /// The promised time.
    pub booked: Option<String>,
}

/// When the logic runs; what is drawn comes after it in the same frame.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Logic;

/// The board's logic.
pub struct LogicPlugin;

impl Plugin for LogicPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<Shown>().add_systems(Update, (take_news, work_out_shown, set_alarm).chain().in_set(Logic));
    }
}

fn take_news(from: Res<FromHub>, outlets: Res<Outlets>, now: Res<Now>, mut board: ResMut<Board>) {
    let at = now.at();
    let mut cues = Vec::new();
    for news in from.0.try_iter() {
        cues.extend(board.take(news, at));
    }
    cues.extend(board.announcer.tick(at));
    for cue in cues {
        match cue {
            Cue::Chime => outlets.chime.ring(),
            Cue::Keep(seen) => outlets.keeper.keep(seen),
        }
    }
}

fn work_out_shown(board: Res<Board>, room: Res<Room>, now: Res<Now>, mut shown: ResMut<Shown>) {
    shown.set_if_neq(shown_now(&board, *room, board.hub_time(now.at())));
}

fn set_alarm(board: Res<Board>, now: Res<Now>, mut alarm: ResMut<Alarm>) {
    let at = now.at();
    if let Some(clock) = &board.clock {
        alarm.wake_at(clock.next_minute(at));
    }
    if let Some(due) = board.announcer.next_due(at) {
        alarm.wake_at(due);
    }
}

fn shown_now(board: &Board, room: Room, now: DateTime<Utc>) -> Shown {
    let zone = board.zone();
    let in_both = |write: &dyn Fn(Language) -> String| Words::new(write(Language::El), write(Language::En));
    let mut shown = Shown {
        large: large_area(board, zone, now),
        stale: matches!(board.standing, Standing::Lost { .. }),
        ..Shown::default()
    };
    if board.clock.is_some() {
        shown.time = words::clock_time(now, zone);
        shown.day = in_both(&|language| words::day(now, zone, language));
    }
    if let Some(view) = &board.view {
        let row = |call: &&BoardCall| row(call, zone);
        shown.office = view.office.clone();
        shown.notices = view.notices.clone();
        // Somebody may stand large meanwhile: people with a number are called as always.
        if !matches!(shown.large, LargeArea::Suspended { .. }) && !shown.stale {
            shown.notices.extend(suspension(&view.state, zone, now));
        }
        let room = room.beside(&shown.notices);
        // Under "closed" the morning's calls would look as if somebody could still go to a desk.
        if !matches!(shown.large, LargeArea::Closed { .. }) {
            shown.calls = board.announcer.list(&view.calls, room.calls).iter().map(row).collect();
        }
        shown.upcoming = room.fitting(&view.upcoming).iter().map(|next| soon(next, zone)).collect();
        shown.waiting = view.waiting;
    }
    shown
}

fn large_area(board: &Board, zone: Tz, now: DateTime<Utc>) -> LargeArea {
    match &board.standing {
        Standing::Starting => return LargeArea::Starting,
        Standing::Pairing { code } => return LargeArea::Pairing(code.clone()),
        Standing::Lost { since } => return LargeArea::Lost(words::clock_time(*since, zone)),
        Standing::Live => {}
    }
    if let Some(large) = board.announcer.large() {
        return LargeArea::Call(row(&large.call, zone));
    }
    let when = |at: &Option<DateTime<Utc>>| {
        at.map(|at| {
            let write = |language| words::moment(at, now, zone, language);
            Words::new(write(Language::El), write(Language::En))
        })
    };
    match board.view.as_ref().map(|view| &view.state) {
        None => LargeArea::Starting,
        Some(OfficeState::Open { .. }) => LargeArea::Quiet,
        Some(OfficeState::Closed { opens_at, because }) => {
            // People who wait are still called after the last ticket was given.
            let waits = board.view.as_ref().is_some_and(|view| view.waiting > 0);
            if waits { LargeArea::Quiet } else { LargeArea::Closed { opens: when(opens_at), because: because.clone() } }
        }
        Some(OfficeState::Suspended { until, because }) => {
            LargeArea::Suspended { until: when(until), because: because.clone() }
        }
    }
}

/// That no new numbers are given, until when and why, in one line.
fn suspension(state: &OfficeState, zone: Tz, now: DateTime<Utc>) -> Option<Words> {
    let OfficeState::Suspended { until, because } = state else { return None };
    let say = |language: Language| {
        let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
        let (kind, time) = match until {
            Some(until) => {
                let kind = if day(*until) == day(now) { "today" } else { "later" };
                (kind, words::moment(*until, now, zone, language))
            }
            None => ("open", String::new()),
        };
        let line =
            words::say_with(language, "display-suspended-line", &[("until", kind.into()), ("time", time.into())]);
        let because = because.as_ref().map(|words| words.in_language(language)).unwrap_or_default();
        format!("{line} {because}").trim_end().to_owned()
    };
    Some(Words::new(say(Language::El), say(Language::En)))
}

fn row(call: &BoardCall, zone: Tz) -> Row {
    Row {
        number: call.number.clone(),
        desk: call.desk.clone(),
        booked: call.booked_for.map(|at| words::clock_time(at, zone)),
        recall: call.recall,
        standing: call.standing,
    }
}

fn soon(next: &Upcoming, zone: Tz) -> Soon {
    Soon { number: next.number.clone(), booked: next.booked_for.map(|at| words::clock_time(at, zone)) }
}
