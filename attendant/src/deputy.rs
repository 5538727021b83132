//! Who stands in for the hub while it is away: the stand-in with its disk. Nothing is told to anybody before it is on that disk.

use std::{io, path::Path, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use daybook::{Daybook, Keepsake};
use serde::{Deserialize, Serialize};
use stand_in::{Larder, LocalAnswer, StandIn, StandInRecord};
use uuid::Uuid;
use wire::{
    CheckInAnswer, CheckInRequest, FeedClock, HandIn, KioskView, Language, LeaseAnswer, LeaseRequest, NumberRange,
    Problem, ProblemCode, Provisions, TicketAnswer, TicketRequest,
};

/// What the hub sends is written so often at most: a busy morning changes it all the time.
const KEPT_APART: Duration = Duration::from_secs(10);
/// What the hub could not do is asked again after so long.
const REST: Duration = Duration::from_secs(2);
/// The journal is begun anew when it has grown beyond this.
const JOURNAL_BYTES_MAX: u64 = 1024 * 1024;

/// What is on the disk of that which the hub had sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct KeptLarder {
    larder: Larder,
    /// The hub's clock, as it was told last.
    clock: FeedClock,
    /// What this machine's own clock showed then.
    machine: DateTime<Utc>,
}

/// The stand-in with its disk.
#[derive(Debug)]
pub struct Deputy {
    stand_in: StandIn,
    daybook: Daybook,
    shelf: Keepsake,
    provisions: Option<Provisions>,
    menu: Option<KioskView>,
    clock: Option<(FeedClock, DateTime<Utc>)>,
    /// The hub's clock as it was kept, for a start without the hub.
    kept_clock: Option<FeedClock>,
    /// When what the hub sent was written last; never, in this life.
    kept_at: Option<Duration>,
    is_newer: bool,
    /// Whether the disk took what was written last.
    failed: bool,
    /// Whether numbers have to be asked for.
    lease_due: bool,
    asked: Option<PendingErrand>,
    /// Nothing is asked before: the hub could not do it a moment ago.
    rests_until: Option<Duration>,
}

/// What the hub was asked on the deputy's own behalf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeputyErrand {
    /// To take this in.
    HandIn(Box<HandIn>),
    /// For numbers.
    Lease(LeaseRequest),
}

#[derive(Debug)]
enum PendingErrand {
    HandIn(Uuid),
    Lease { gives_back: Vec<NumberRange> },
}

impl Deputy {
    /// Takes up what lies in the state folder: what was done and not handed in yet, and what the hub had sent.
    ///
    /// # Errors
    /// The journal is there and cannot be read.
    pub fn take_up(folder: &Path, machine: DateTime<Utc>) -> io::Result<Self> {
        let (mut daybook, records) = Daybook::open::<StandInRecord>(&folder.join("daybook.txt"))?;
        let mut stand_in = StandIn::from_records(records);
        let shelf = Keepsake::at(&folder.join("provisions.json"));
        let kept: Option<KeptLarder> = shelf.read().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let kept_clock = kept.as_ref().map(|kept| carried_on(kept, machine));
        let (provisions, menu) =
            kept.as_ref().map(|kept| (kept.larder.provisions.clone(), kept.larder.menu.clone())).unzip();
        stand_in.fill(kept.map(|kept| kept.larder));
        let mut failed = false;
        if daybook.length() > 0 {
            let now = kept_clock.map_or(machine, |clock| clock.now);
            if let Err(error) = daybook.rewrite(&stand_in.records(now)) {
                tracing::error!("the journal cannot be written: {error}");
                failed = true;
            }
        }
        Ok(Self {
            stand_in,
            daybook,
            shelf,
            provisions,
            menu,
            clock: None,
            kept_clock,
            kept_at: None,
            is_newer: false,
            failed,
            lease_due: false,
            asked: None,
            rests_until: None,
        })
    }

    /// The hub's clock as it was kept and carried on, for a start without the hub.
    #[must_use]
    pub const fn kept_clock(&self) -> Option<FeedClock> {
        self.kept_clock
    }

    /// Whether the disk took what was written last.
    #[must_use]
    pub const fn is_failed(&self) -> bool {
        self.failed
    }

    /// Whether it can stand in at this time of the hub's.
    #[must_use]
    pub fn is_ready(&self, now: DateTime<Utc>) -> bool {
        self.stand_in.is_ready(now)
    }

    /// Whether something waits to be handed in.
    #[must_use]
    pub fn owes(&self) -> bool {
        self.stand_in.next_hand_in().is_some()
    }

    /// The menu without what nobody can know.
    #[must_use]
    pub fn menu(&self, now: DateTime<Utc>) -> Option<KioskView> {
        self.stand_in.menu(now)
    }

    /// The hub told its time.
    pub fn hear_clock(&mut self, told: FeedClock, machine: DateTime<Utc>) {
        self.clock = Some((told, machine));
    }

    /// The hub sent its menu.
    pub fn hear_menu(&mut self, menu: &KioskView, hub_now: DateTime<Utc>, now: Duration) {
        self.menu = Some(menu.clone());
        self.stock_up(hub_now, now);
    }

    /// The hub sent bookings, hours and keys: it is there, so that numbers can be asked for.
    pub fn hear_provisions(&mut self, provisions: Provisions, hub_now: DateTime<Utc>, now: Duration) {
        self.provisions = Some(provisions);
        self.lease_due = true;
        self.stock_up(hub_now, now);
    }

    /// The hub has shut this kiosk out, or it belongs to another one now: keys and bookings go, and what was never handed in is
    /// left beside for whoever looks for it.
    pub fn forget(&mut self) {
        (self.provisions, self.menu, self.asked, self.lease_due) = (None, None, None, false);
        self.stand_in = StandIn::default();
        if let Err(error) = self.shelf.forget().and_then(|()| self.daybook.set_aside()) {
            tracing::error!("what the hub had sent cannot be forgotten: {error}");
        }
    }

    fn stock_up(&mut self, hub_now: DateTime<Utc>, now: Duration) {
        let (Some(provisions), Some(menu)) = (self.provisions.clone(), self.menu.clone()) else { return };
        self.stand_in.fill(Some(Larder { provisions, menu, heard_at: hub_now }));
        self.is_newer = true;
        if self.kept_at.is_none_or(|kept| now.saturating_sub(kept) >= KEPT_APART) {
            self.keep(now);
        }
    }

    /// Writes what the hub has sent, if that was long enough ago.
    pub fn keep_if_due(&mut self, now: Duration) {
        if self.kept_at.is_some_and(|kept| kept + KEPT_APART <= now) {
            self.keep(now);
        }
    }

    /// Writes what the hub has sent, if the disk has it not yet.
    pub fn keep(&mut self, now: Duration) {
        let (Some(larder), Some((clock, machine)), true) = (self.stand_in.larder(), self.clock, self.is_newer) else {
            return;
        };
        let kept = KeptLarder { larder: larder.clone(), clock, machine };
        let written = serde_json::to_vec(&kept).map_err(io::Error::from).and_then(|bytes| self.shelf.keep(&bytes));
        self.note(&written);
        (self.kept_at, self.is_newer) = (Some(now), written.is_err());
    }

    /// When something is to be written that the disk has not yet, or to be asked again.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        let kept = self.kept_at.filter(|_| self.is_newer).map(|kept| kept + KEPT_APART);
        kept.into_iter().chain(self.rests_until).min()
    }

    fn note(&mut self, written: &io::Result<()>) {
        if let Err(error) = written {
            tracing::error!("the state folder cannot be written: {error}");
        }
        self.failed = written.is_err();
    }

    /// Puts a record on the disk, and then makes it so.
    fn record(&mut self, record: StandInRecord) -> bool {
        let written = self.daybook.append(&record);
        self.note(&written);
        if written.is_ok() {
            self.stand_in.apply(record);
        } else {
            self.stand_in.spoil(&record);
        }
        written.is_ok()
    }

    /// Checks somebody in by itself. `asked_before` is the key under which the hub was asked for the same.
    ///
    /// # Errors
    /// Why not, in the hub's words; and that nothing can be kept.
    pub fn check_in(
        &mut self,
        request: &CheckInRequest,
        asked_before: Option<Uuid>,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<CheckInAnswer, Box<Problem>> {
        let decided = self.stand_in.check_in(request, (drawn(), asked_before), language, now)?;
        self.settle(decided)
    }

    /// Gives a number by itself.
    ///
    /// # Errors
    /// Why not, in the hub's words; and that nothing can be kept.
    pub fn take_ticket(
        &mut self,
        request: &TicketRequest,
        asked_before: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<TicketAnswer, Box<Problem>> {
        let decided = self.stand_in.take_ticket(request, (drawn(), asked_before), now)?;
        self.settle(decided)
    }

    fn settle<T>(&mut self, decided: LocalAnswer<T>) -> Result<T, Box<Problem>> {
        let LocalAnswer { record, answer } = decided;
        // A number that cannot be kept is given to nobody.
        if record.is_none_or(|record| self.record(record)) {
            Ok(answer)
        } else {
            Err(Box::new(stand_in::problem(ProblemCode::StorageFull, None)))
        }
    }

    /// What the hub, which is there, is to be asked next; one thing at a time, what it is owed first.
    pub fn next_errand(&mut self, now: Duration) -> Option<DeputyErrand> {
        if self.asked.is_some() || self.rests_until.is_some_and(|until| now < until) {
            return None;
        }
        self.rests_until = None;
        if let Some(arrival) = self.stand_in.next_hand_in().cloned() {
            self.asked = Some(PendingErrand::HandIn(arrival.visit));
            return Some(DeputyErrand::HandIn(Box::new(arrival)));
        }
        if !std::mem::take(&mut self.lease_due) {
            return None;
        }
        let request = self.stand_in.lease_request();
        self.asked = Some(PendingErrand::Lease { gives_back: request.gives_back.clone() });
        Some(DeputyErrand::Lease(request))
    }

    /// The hub did not answer: what was asked is asked again when it is there.
    pub fn unanswered(&mut self, now: Duration) {
        self.rests_until = Some(now + REST);
        if let Some(PendingErrand::Lease { .. }) = self.asked.take() {
            self.lease_due = true;
        }
    }

    /// The hub took in what was handed in.
    pub fn handed_in(&mut self) {
        if let Some(PendingErrand::HandIn(visit)) = self.asked.take() {
            self.record(StandInRecord::HandedIn(visit));
            // What was given lies above what is given next: other numbers are needed.
            self.lease_due |= !self.owes();
        }
    }

    /// The hub said no. What it takes under no circumstances stays in the journal, and keeps nobody behind it waiting; anything
    /// else is asked again a moment later.
    pub fn refused(&mut self, problem: &Problem, now: Duration) {
        let for_ever = matches!(
            problem.code,
            ProblemCode::Malformed | ProblemCode::TooLarge | ProblemCode::CommandReused | ProblemCode::UnknownService
        );
        if !for_ever {
            tracing::warn!(code = %problem.title, "the hub cannot take it now");
            return self.unanswered(now);
        }
        match self.asked.take() {
            Some(PendingErrand::HandIn(visit)) => {
                tracing::error!(%visit, code = %problem.title, "the hub does not take what is handed in");
                self.record(StandInRecord::SetAside { visit, because: problem.code });
                self.lease_due |= !self.owes();
            }
            Some(PendingErrand::Lease { .. }) => tracing::warn!(code = %problem.title, "the hub leases no numbers"),
            None => {}
        }
    }

    /// The hub gave numbers.
    pub fn leased(&mut self, answer: LeaseAnswer, now: DateTime<Utc>) {
        let Some(PendingErrand::Lease { gives_back }) = self.asked.take() else { return };
        for range in gives_back {
            self.record(StandInRecord::Returned(range));
        }
        for range in self.stand_in.over(now) {
            self.record(StandInRecord::Returned(range));
        }
        for range in answer.granted {
            self.record(StandInRecord::Leased(range));
        }
        let outdated = self.stand_in.outdated();
        self.lease_due |= !outdated.is_empty();
        for range in outdated {
            self.record(StandInRecord::Dropped(range));
        }
        if self.daybook.length() > JOURNAL_BYTES_MAX {
            let written = self.daybook.rewrite(&self.stand_in.records(now));
            self.note(&written);
        }
    }
}

/// An opaque id, 122 random bits.
fn drawn() -> Uuid {
    uuid::Builder::from_random_bytes(rand::random()).into_uuid()
}

/// The hub's clock by now: it went on as this machine's did. Where that was set back meanwhile, it shows at least what it
/// showed last.
fn carried_on(kept: &KeptLarder, machine: DateTime<Utc>) -> FeedClock {
    let speed = if kept.clock.speed.is_finite() { kept.clock.speed.clamp(0.0, 100_000.0) } else { 1.0 };
    let passed = (machine - kept.machine).max(TimeDelta::zero()).num_milliseconds() as f64 * speed;
    let passed = TimeDelta::try_milliseconds(passed as i64).unwrap_or_default();
    let now = kept.clock.now.checked_add_signed(passed).unwrap_or(kept.clock.now).max(kept.larder.heard_at);
    FeedClock { now, speed }
}
