//! The kiosk as it stands: the walk, and the time that it goes by.

use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use link::{HubClock, News};
use walk::{DevicePlace, FaceSetting, KioskFace, KioskWalk, RemoteDoor, WalkInput};
use wire::{FeedClock, KioskView, OfficeEmblem};

/// The kiosk: the walk, and the time that it goes by.
#[derive(Debug, Clone)]
pub struct Kiosk {
    /// Where somebody is on their way through the screens.
    pub walk: KioskWalk,
    /// The hub's clock, once it has told it.
    pub clock: Option<HubClock>,
    /// The office's emblem, if the hub has told one.
    pub emblem: Option<Box<OfficeEmblem>>,
    /// The hub's own address, without a slash at the end.
    hub: String,
    /// What administrators call this kiosk.
    pub name: String,
    /// What hangs on it, and where.
    pub machine: MachineSetting,
}

/// What hangs on a kiosk, and where, as its configuration says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MachineSetting {
    /// Where the scanner is, if there is one.
    pub scanner: Option<DevicePlace>,
    /// Where tickets come out.
    pub slot: DevicePlace,
    /// Whether it can speak.
    pub speaks: bool,
}

impl Kiosk {
    /// A kiosk that has heard nothing yet.
    #[must_use]
    pub fn new(walk: KioskWalk, hub: &str, name: &str, machine: MachineSetting) -> Self {
        Self { walk, clock: None, emblem: None, hub: hub.to_owned(), name: name.to_owned(), machine }
    }

    /// The page on which one books, for telephones: where the hub says, which is not where a kiosk inside the house
    /// reaches it.
    #[must_use]
    pub fn booking_page(&self) -> String {
        let told = self.walk.view().map(|view| view.booking_page.as_str()).filter(|page| !page.is_empty());
        told.map_or_else(|| format!("{}/book", self.hub), str::to_owned)
    }

    /// What stands on the screen at `now`, the walk's time.
    #[must_use]
    pub fn face(&self, now: Duration) -> KioskFace {
        let MachineSetting { scanner, slot, speaks } = self.machine;
        let setting = FaceSetting {
            now: self.hub_now(),
            zone: self.zone(),
            time: self.shown_time(),
            scanner,
            slot,
            booking_page: self.booking_page(),
            speaks,
            remote: self.remote(),
        };
        KioskFace::of(&self.walk, &setting, now)
    }

    /// The way for a telephone to drive this kiosk, while the hub offers one.
    const fn remote(&self) -> Option<RemoteDoor> {
        None
    }

    /// Goes by a clock that was kept over a restart, until the hub tells its own.
    pub(crate) fn carry_on(&mut self, kept: FeedClock) {
        self.clock = Some(HubClock::told(kept));
    }

    /// The zone of the office.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.walk.view().map_or(chrono_tz::Europe::Athens, |view| phrases::zone(&view.zone))
    }

    /// The hub's time, or this machine's until the hub has told it.
    #[must_use]
    pub fn hub_now(&self) -> DateTime<Utc> {
        self.clock.unwrap_or_else(HubClock::of_this_machine).now()
    }

    /// The same, as it is shown; nothing until the hub has told it, since this machine's clock may be wrong.
    #[must_use]
    pub fn shown_time(&self) -> String {
        self.clock.map_or_else(String::new, |clock| phrases::clock_time(clock.now(), self.zone(), self.walk.language()))
    }

    /// Takes what the link tells; what the walk then has to hear of it, if anything.
    pub(crate) fn take_news(&mut self, news: News<KioskView>, now: Duration) -> Option<WalkInput> {
        let mut link = self.walk.link().clone();
        link.take(&news);
        let view = match news {
            News::Clock(told) => {
                self.clock = Some(HubClock::told(told));
                None
            }
            News::Emblem(emblem) => {
                self.emblem = emblem;
                None
            }
            News::View { view, .. } => Some(WalkInput::View(view)),
            News::Provisions(_) | News::Pairing { .. } | News::Paired | News::Lost { .. } | News::Estranged(_) => None,
        };
        if link != *self.walk.link() {
            // Told at once, so that the next news is taken from where this one led.
            self.walk.on(WalkInput::Link(link), now);
        }
        view
    }
}
