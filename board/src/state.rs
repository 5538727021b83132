//! What the board knows: the hub's last view, how it stands to the hub, and which call is announced.

use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use link::{HubClock, LinkState, News};
use wire::{BoardView, OfficeEmblem};

use crate::{
    announce::{Announcer, Cue},
    hours::{BoardHours, QuietHours},
    languages::BoardLanguages,
};

/// What the board knows.
#[derive(Debug)]
pub struct BoardState {
    /// Which call stands large.
    pub announcer: Announcer,
    /// What the hub said last.
    pub(crate) view: Option<BoardView>,
    /// The office's emblem, if it has one.
    pub(crate) emblem: Option<Box<OfficeEmblem>>,
    /// How the board stands to its hub.
    pub(crate) link: LinkState,
    /// The hub's clock; this machine's own may be wrong, and is not shown.
    pub(crate) clock: Option<HubClock>,
    /// In which languages it speaks, and since when.
    pub(crate) languages: BoardLanguages,
    on_since: Instant,
    /// When it is dark around it, if ever.
    night: Option<BoardHours>,
    /// The desks that it is about; none where it is about all.
    desks: Vec<u16>,
}

impl BoardState {
    /// A board that comes on at this instant and has heard nothing yet.
    pub fn new(announcer: Announcer, languages: BoardLanguages, at: Instant) -> Self {
        let link = LinkState::default();
        Self {
            announcer,
            view: None,
            emblem: None,
            link,
            clock: None,
            languages,
            on_since: at,
            night: None,
            desks: Vec::new(),
        }
    }

    /// Shows itself in the colours of night within these hours.
    #[must_use]
    pub fn dark_in(mut self, night: Option<BoardHours>) -> Self {
        self.night = night;
        self
    }

    /// Shows calls to these desks alone, as a screen over a desk does; without any, to all.
    #[must_use]
    pub fn of_desks(mut self, desks: Vec<u16>) -> Self {
        self.desks = desks;
        self
    }

    /// What of a view this board is about. Who is called soon may be called to any desk.
    fn own(&self, mut view: BoardView) -> BoardView {
        if !self.desks.is_empty() {
            view.calls.retain(|call| self.desks.contains(&call.desk.number));
            view.upcoming.clear();
        }
        view
    }

    /// Whether it shows itself in the colours of night.
    pub(crate) fn is_night(&self, at: Instant) -> bool {
        self.night.is_some_and(|night| night.has(self.time_of_day(at)))
    }

    /// How much is left of the usual loudness, with these quiet hours.
    #[must_use]
    pub fn loudness(&self, quiet: &[QuietHours], at: Instant) -> f32 {
        QuietHours::share_at(quiet, self.time_of_day(at))
    }

    /// The time of day where the office is.
    fn time_of_day(&self, at: Instant) -> NaiveTime {
        self.hub_time(at).with_timezone(&self.zone()).time()
    }

    /// For how long it has been on.
    pub(crate) fn on_for(&self, at: Instant) -> Duration {
        at.saturating_duration_since(self.on_since)
    }

    /// Takes what the link tells, at an instant of this machine.
    pub fn take(&mut self, news: News<BoardView>, at: Instant) -> Vec<Cue> {
        self.link.take(&news);
        match news {
            News::Clock(told) => self.clock = Some(HubClock::told(told)),
            News::Lost { .. } | News::Estranged(_) => self.announcer.lose(),
            News::Emblem(emblem) => self.emblem = emblem,
            News::Pairing { .. } | News::Paired | News::Provisions(_) => {}
            News::View { epoch, view } => {
                let view = self.own(*view);
                let cues = self.announcer.take(epoch, &view.calls, self.hub_time(at), at);
                self.view = Some(view);
                return cues;
            }
        }
        Vec::new()
    }

    /// The hub's time at an instant, or this machine's until the hub has told it.
    pub(crate) fn hub_time(&self, at: Instant) -> DateTime<Utc> {
        self.clock.unwrap_or_else(HubClock::of_this_machine).at(at)
    }

    /// The zone of the office.
    pub(crate) fn zone(&self) -> Tz {
        self.view.as_ref().map_or(chrono_tz::Europe::Athens, |view| phrases::zone(&view.zone))
    }

    /// Lets time pass.
    pub fn tick(&mut self, at: Instant) -> Vec<Cue> {
        self.announcer.tick(at)
    }

    /// When something that is shown changes by itself: the minute, a flash, whose turn it is, the language of a sentence.
    #[must_use]
    pub fn next_due(&self, at: Instant) -> Option<Instant> {
        let minute = self.clock.map(|clock| clock.next_minute(at));
        let language = self.languages.next_turn(self.on_for(at)).map(|turn| self.on_since + turn);
        [minute, language, self.announcer.next_due(at)].into_iter().flatten().min()
    }
}
