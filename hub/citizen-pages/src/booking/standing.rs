//! How a booking stands, as its page says it first: what became of it, from when to when, why, and the one thing to do.

use office::{BookingLife, CancelledBy, EarlierTime, MovedBy};
use post::{void_reason, why_displaced};
use stationery::visitor::Visitor;
use text::Dates;

use super::linked::LinkedBooking;

/// How a booking stands.
pub struct BookingStanding {
    /// In a sentence.
    pub said: String,
    /// Why, where somebody announced it or the rules say it.
    pub why: Option<String>,
    /// What one does about it, in a sentence.
    pub advice: Option<String>,
    /// The office gave it another time.
    pub moved_by_office: bool,
    /// The time before, beside the one that holds.
    pub was: Option<String>,
}

impl LinkedBooking {
    /// How it stands, for this visitor; `just_moved` where the citizen chose another time a moment ago.
    pub fn standing(&self, visitor: &Visitor, just_moved: bool) -> BookingStanding {
        let voice = visitor.voice;
        let words = visitor.state.texts.voice(self.handle.row, voice);
        let dates = Dates { voice, zone: self.config.zone, now: visitor.state.clock.now() };
        let moved_by_office = self.was_moved_by_office();
        let why = match &self.booking.life {
            BookingLife::Confirmed { .. } => {
                let earlier = self.earlier.filter(|_| moved_by_office);
                earlier.and_then(|earlier| why_displaced(&self.config, &self.booking, earlier.start, &words))
            }
            BookingLife::Cancelled { by: CancelledBy::Office, .. } => {
                why_displaced(&self.config, &self.booking, self.booking.promise.start, &words)
            }
            BookingLife::Void { because, .. } => Some(void_reason(&self.config, *because, voice)),
            BookingLife::Cancelled { .. }
            | BookingLife::Arrived { .. }
            | BookingLife::Fixed { .. }
            | BookingLife::Missed { .. }
            | BookingLife::Held { .. }
            | BookingLife::Expired { .. } => None,
        };
        let advice = (moved_by_office && self.is_changeable(visitor)).then(|| words.say("moved-by-office-advice"));
        let was = self.earlier.filter(|_| self.is_open() && (moved_by_office || just_moved));
        BookingStanding {
            said: words.say(self.sentence(moved_by_office)),
            why,
            advice,
            moved_by_office,
            was: was.map(|was| dates.day_and_time(was.start)),
        }
    }

    /// Whether the office gave it the time that it has.
    pub fn was_moved_by_office(&self) -> bool {
        self.is_open() && matches!(self.earlier, Some(EarlierTime { moved_by: MovedBy::Office, .. }))
    }

    /// Whether its time has gone by without it, or was given up.
    pub const fn is_dead(&self) -> bool {
        match self.booking.life {
            BookingLife::Confirmed { .. } | BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => false,
            BookingLife::Cancelled { .. }
            | BookingLife::Void { .. }
            | BookingLife::Missed { .. }
            | BookingLife::Held { .. }
            | BookingLife::Expired { .. } => true,
        }
    }

    /// Day and time, marked where they do not hold any more: for pages that name the booking.
    pub fn when_it_stood(&self, visitor: &Visitor) -> String {
        let when = self.when(visitor);
        if self.is_dead() { visitor.voice.text("when-no-longer", "when", &when) } else { when }
    }

    const fn sentence(&self, moved_by_office: bool) -> &'static str {
        match self.booking.life {
            BookingLife::Confirmed { .. } if moved_by_office => "standing-moved-by-office",
            BookingLife::Confirmed { .. } => "standing-confirmed",
            BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => "standing-arrived",
            BookingLife::Cancelled { by: CancelledBy::Office, .. } => "standing-displaced",
            BookingLife::Cancelled { by: CancelledBy::Lateness, .. } => "standing-too-late",
            BookingLife::Cancelled { by: CancelledBy::Citizen | CancelledBy::Staff, .. } => "standing-cancelled",
            BookingLife::Void { .. } => "standing-void",
            BookingLife::Missed { .. } => "standing-missed",
            BookingLife::Held { .. } | BookingLife::Expired { .. } => "standing-over",
        }
    }
}
