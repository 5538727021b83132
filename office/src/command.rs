//! What can be asked of an office. Randomness and the clock come in from outside; who asks is the hub's affair.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    AddressId, Audience, BookingId, BreakReason, CancelledBy, Channel, ClerkId, CorrectedBy, DeskId, DeskProof,
    KioskId, Language, LateChoice, MovedBy, Needs, NoteId, NumberBlock, OfficeConfig, Outcome, OverrideReason, Party,
    PublicId, Reference, ServiceId, SuspensionScope, TicketNumber, ToldWait, VisitId, VoidReason, Words,
};

/// Something asked of an office.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    // The office itself.
    /// Set the office up, or change it while it runs (TRN-11).
    Configure(Box<OfficeConfig>),
    /// Suspend a service, a desk or the giving of tickets (FLD-30).
    Suspend {
        /// What is suspended.
        scope: SuspensionScope,
        /// Until then, or until further notice.
        until: Option<DateTime<Utc>>,
        /// Why, as people are told.
        because: Words,
    },
    /// End a suspension.
    Resume {
        /// What is no longer suspended.
        scope: SuspensionScope,
    },
    /// Somebody at a kiosk wants a person to come (NEW-05).
    RingForHelp {
        /// Drawn by the kiosk.
        ring: PublicId,
        /// What administrators call the kiosk.
        place: String,
    },
    /// A member of staff goes there.
    AcceptHelp {
        /// The ring that is answered.
        ring: PublicId,
        /// Who goes.
        clerk: ClerkId,
    },
    /// Nobody is needed any more: they were helped, or took it back.
    EndHelp {
        /// The ring that is over.
        ring: PublicId,
    },
    /// Time has passed: do what has become due. Asked at [`crate::next_due`], and harmless at any other time.
    Tick,
    /// The hub was away in between; nobody is late or missed for that (PROM-12).
    NoteOutage {
        /// Last sign of life before.
        from: DateTime<Utc>,
    },

    // Bookings.
    /// Keep a time while somebody fills in the form.
    Hold {
        /// Drawn by the hub; refused if taken.
        reference: Reference,
        /// The service, way and time that are kept for a while.
        wanted: TimeWish,
        /// For the limits per address.
        owner: Option<AddressId>,
    },
    /// Once more the full time for a hold (WCAG 2.2.1).
    ExtendHold {
        /// The hold.
        booking: BookingId,
    },
    /// Give a hold back.
    ReleaseHold {
        /// The hold.
        booking: BookingId,
    },
    /// Leave a time that an agent holds to a citizen, whose own confirmation makes it a booking (TRN-07).
    Entrust {
        /// The hold that is left.
        booking: BookingId,
        /// The citizen's address, which need not be proven yet.
        to: AddressId,
    },
    /// Make a held time a booking.
    Confirm {
        /// The hold that becomes a booking.
        booking: BookingId,
        /// To whom it is promised.
        party: Party,
    },
    /// Book at once, without a hold: staff for a caller (FLD-14).
    Book {
        /// Drawn by the hub; refused if taken.
        reference: Reference,
        /// The service, way and time that are promised.
        wanted: TimeWish,
        /// To whom it is promised.
        party: Party,
    },
    /// Move a booking within its office: one decision, never both times, never neither (PROM-02).
    Move {
        /// The booking that gets another time.
        booking: BookingId,
        /// The new time.
        start: DateTime<Utc>,
        /// Who asks: a citizen is bound by lead time, horizon and closing time for changes.
        audience: Audience,
        /// Who wants it so; whom the office moves is told why (FLD-15).
        by: MovedBy,
    },
    /// Give a booking up.
    Cancel {
        /// The booking that is given up.
        booking: BookingId,
        /// Who gives it up.
        by: CancelledBy,
    },
    /// Whose booking the office gave up chooses another time before the public does (FLD-33); the citizen, or staff for
    /// a caller.
    ChooseAnew {
        /// The booking that the office gave up.
        booking: BookingId,
        /// The new time.
        start: DateTime<Utc>,
    },
    /// Make a booking void (TRN-09).
    Void {
        /// The booking that becomes void.
        booking: BookingId,
        /// The reason that the citizen is told.
        because: VoidReason,
    },
    /// Ask the citizen to put something right by a deadline, after which the booking is void (TRN-09); asked again, it
    /// replaces what was asked before.
    AskCorrection {
        /// The booking whose citizen is asked.
        booking: BookingId,
        /// What is the matter.
        because: VoidReason,
        /// What staff wrote about it.
        note: Option<NoteId>,
        /// To be done by then; not after the booked time.
        until: DateTime<Utc>,
    },
    /// What was asked for is put right (TRN-09).
    Correct {
        /// The booking that waits for it.
        booking: BookingId,
        /// Who put it right.
        by: CorrectedBy,
    },
    /// Staff change what was said with a booking (FLD-14); it is kept beside the journal, and the citizen is told.
    ChangeDetails {
        /// The booking whose details are others now.
        booking: BookingId,
    },

    // Arrivals.
    /// A booked citizen is here. Who is late, enforced, and chooses to book anew is not checked in: the booking is
    /// given up instead (TRN-05).
    CheckIn {
        /// The booking of whoever is here.
        booking: BookingId,
        /// Drawn by the hub.
        public: PublicId,
        /// The language for ticket and call, if it differs from the booking's.
        language: Option<Language>,
        /// The choice, for somebody late (TRN-05).
        late: Option<LateChoice>,
        /// Asks for priority service (FLD-27).
        priority: bool,
    },
    /// A walk-in wants a number.
    TakeTicket {
        /// The service that they wait for.
        service: ServiceId,
        /// Drawn by the hub.
        public: PublicId,
        /// How many persons.
        persons: u8,
        /// With how many cases.
        cases: u8,
        /// Asks for priority service (FLD-27).
        priority: bool,
        /// What they need.
        needs: Needs,
        /// Ticket, page and voice.
        language: Language,
        /// Says on their word that they could not book (TRN-15).
        could_not_book: bool,
        /// What their ticket says of the wait, if it says something (FLD-11).
        told: Option<ToldWait>,
    },
    /// Whoever has a number says more about themselves; what is left out stays as it is.
    Wish {
        /// The visit that the number stands for.
        visit: VisitId,
        /// Whether they may be called before their time.
        early: Option<bool>,
        /// Whether they ask for priority service (FLD-27).
        priority: Option<bool>,
        /// What they need (FLD-34).
        needs: Option<Needs>,
    },
    /// Serve somebody at the desk who has no ticket (FLD-07).
    ServeDirect {
        /// The desk that serves them.
        desk: DeskId,
        /// The visit that the desk holds, as the clerk believes.
        holds: Option<VisitId>,
        /// The service that they get.
        service: ServiceId,
        /// Drawn by the hub.
        public: PublicId,
    },
    /// Enter a visit that was served on paper during an outage, with its true times (PROM-12).
    #[serde(rename = "enter-paper")]
    EnterOutageVisit {
        /// The desk that served them.
        desk: DeskId,
        /// The service that they got.
        service: ServiceId,
        /// The number in their hand, if a kiosk had given them one while the hub was away.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<TicketNumber>,
        /// Drawn by the hub.
        public: PublicId,
        /// When they came.
        arrived_at: DateTime<Utc>,
        /// When serving began.
        served_from: DateTime<Utc>,
        /// When it ended.
        served_to: DateTime<Utc>,
        /// How it ended.
        outcome: Outcome,
    },
    /// A kiosk makes ready for a time without its hub: numbers of today and of the days after it (PROM-07).
    LeaseNumbers {
        /// Whose they are to be.
        kiosk: KioskId,
        /// The numbers that it has on its disk.
        holds: Vec<NumberBlock>,
    },
    /// A kiosk gives back what it has not used of its numbers, and gives none of them any more.
    ReturnNumbers {
        /// Whose they were.
        kiosk: KioskId,
        /// The numbers.
        block: NumberBlock,
    },
    /// A kiosk hands in somebody who came while the hub was away (PROM-07).
    HandIn {
        /// Who hands it in.
        kiosk: KioskId,
        /// Who came.
        arrival: AwayArrival,
    },
    /// A clerk finds the booking of somebody who waits without one, since the hub did not know their code (PROM-07).
    FindBooking {
        /// The visit of whoever is here.
        visit: VisitId,
        /// What they had booked.
        booking: BookingId,
    },
    /// Staff have looked at what did not fit of that which a kiosk handed in (PROM-07).
    SettleConflict {
        /// The id on the ticket that the kiosk printed.
        public: PublicId,
    },
    /// After an outage: who of those waiting is still here (PROM-12). The others have left.
    RollCall {
        /// Those who are gone.
        gone: Vec<VisitId>,
    },
    /// Admit somebody late into the booked place after all (TRN-03, TRN-04).
    Admit {
        /// The visit of whoever came late.
        visit: VisitId,
    },
    /// Somebody late, checked in, chooses again (TRN-05).
    ChooseLate {
        /// The visit of whoever came late.
        visit: VisitId,
        /// What they have chosen.
        choice: LateChoice,
    },
    /// A walk-in takes the offered gap as a fixed time today (TRN-06).
    FixTime {
        /// The walk-in's visit.
        visit: VisitId,
        /// Drawn by the hub.
        reference: Reference,
        /// The time; refused unless it can be had.
        start: DateTime<Utc>,
    },
    /// More or fewer persons or cases than said (FLD-32), or another length in the clerk's judgement (TRN-04).
    Amend {
        /// The visit that turned out otherwise.
        visit: VisitId,
        /// How many persons.
        persons: u8,
        /// How many cases.
        cases: u8,
        /// The length in minutes, where the clerk knows better.
        planned_minutes: Option<u16>,
    },
    /// Attach or remove the note that is read before the call (FLD-05).
    SetNote {
        /// To which visit.
        visit: VisitId,
        /// The note, in the hub's `note` table.
        note: Option<NoteId>,
    },
    /// Leave of one's own accord (FLD-12).
    Leave {
        /// The visit of whoever leaves.
        visit: VisitId,
    },
    /// Undo having left, within the set minutes (FLD-12).
    UndoLeave {
        /// The visit of whoever left.
        visit: VisitId,
    },
    /// Back after a no-show (FLD-04), or with the documents that were missing (TRN-09).
    ComeBack {
        /// The visit of whoever is back.
        visit: VisitId,
    },

    // Desks.
    /// Begin to serve at a desk.
    OpenDesk {
        /// The desk that opens.
        desk: DeskId,
        /// Who serves.
        clerk: ClerkId,
        /// End of the clerk's hours, if not as configured (TRN-14).
        until: Option<DateTime<Utc>>,
    },
    /// Go on a break (FLD-09).
    StartBreak {
        /// The desk whose clerk goes.
        desk: DeskId,
        /// What the break is for.
        because: BreakReason,
        /// Its stated end; without one the desk does not count in the plan.
        until: Option<DateTime<Utc>>,
    },
    /// Come back from a break.
    EndBreak {
        /// The desk whose clerk is back.
        desk: DeskId,
    },
    /// Another clerk takes an open desk over, with whoever is in hand there: the desk does not close in between.
    HandOverDesk {
        /// The desk that stays open.
        desk: DeskId,
        /// Who serves there, as the other believes: taken over twice, the second is refused.
        from: ClerkId,
        /// Who serves from now on.
        to: ClerkId,
    },
    /// Close a desk; refused while it holds somebody.
    CloseDesk {
        /// The desk that closes.
        desk: DeskId,
    },
    /// Call by itself as soon as somebody can be called (FLD-07), or no longer.
    SetReady {
        /// The desk that calls by itself, or no longer.
        desk: DeskId,
        /// On or off.
        ready: bool,
    },

    // Calls, and what follows.
    /// Call whom the rule proposes.
    CallNext {
        /// To which desk.
        desk: DeskId,
        /// The visit that the desk holds, as the clerk believes: pressed twice, the second press is refused (PROM-04).
        holds: Option<VisitId>,
        /// Finish the visit being served, with this outcome, in the same decision. Where nobody is next, the visit is
        /// finished all the same, and no call follows.
        finish: Option<Outcome>,
        /// The visit whose note the clerk has read (FLD-05).
        note_read: Option<VisitId>,
    },
    /// Call somebody out of order, parked here, or a telephone booking that is due (FLD-06, FLD-03, OMB-20).
    CallVisit {
        /// To which desk.
        desk: DeskId,
        /// The visit that the desk holds, as the clerk believes.
        holds: Option<VisitId>,
        /// The visit to be called.
        visit: VisitId,
        /// Why; needed unless the visit is parked here, or is the one that the rule proposes.
        because: Option<OverrideReason>,
        /// In the clerk's own words.
        note: Option<NoteId>,
    },
    /// Repeat the call: flash, chime, voice (FLD-04).
    Recall {
        /// At which desk.
        desk: DeskId,
        /// The visit that was called.
        visit: VisitId,
    },
    /// Take a call back that was a mistake: the visit waits on as before.
    PutBack {
        /// At which desk.
        desk: DeskId,
        /// The visit that was called.
        visit: VisitId,
    },
    /// The called person is at the desk.
    Appeared {
        /// At which desk.
        desk: DeskId,
        /// The visit that was called.
        visit: VisitId,
    },
    /// The called person did not appear (FLD-04).
    NoShow {
        /// At which desk.
        desk: DeskId,
        /// The visit that was called.
        visit: VisitId,
    },
    /// An attempt to reach somebody by telephone or teleconference failed (OMB-20): the visit is put aside, so that
    /// others are served until the clerk tries again.
    AttemptFailed {
        /// At which desk.
        desk: DeskId,
        /// The visit that could not be reached.
        visit: VisitId,
    },
    /// Interrupt for a booked citizen; the person chooses how to go on (TRN-13).
    Interrupt {
        /// At which desk.
        desk: DeskId,
        /// The visit that is being served.
        visit: VisitId,
        /// In the next gap, or after the appointments.
        resume: ResumeWhen,
        /// Only this desk should go on.
        same_desk: bool,
    },
    /// Put aside, to be called again by this desk (FLD-03).
    Park {
        /// At which desk.
        desk: DeskId,
        /// The visit that is put aside.
        visit: VisitId,
    },
    /// Send to another service or desk, with number and arrival time kept (FLD-02).
    Transfer {
        /// From which desk.
        desk: DeskId,
        /// The visit that is sent elsewhere.
        visit: VisitId,
        /// The service or desk that serves it from then on.
        to: TransferTarget,
        /// Put first there, for this reason.
        first_in_line: Option<OverrideReason>,
    },
    /// The clerk records what was shown at the desk (OMB-17); again, to put it right.
    RecordShown {
        /// At which desk.
        desk: DeskId,
        /// By whom.
        visit: VisitId,
        /// What they have shown.
        shown: DeskProof,
        /// Why documents that are missing are waived (TRN-09); needed then.
        note: Option<NoteId>,
    },
    /// The clerk finds that documents are missing: enforced, the visit ends so, and may come back the same day; else it
    /// is a warning, and serving goes on (TRN-09, TRN-10, TRN-12).
    LackDocuments {
        /// At which desk.
        desk: DeskId,
        /// The visit whose documents are missing.
        visit: VisitId,
    },
    /// Served, or not: the visit ends (FLD-08).
    Finish {
        /// At which desk.
        desk: DeskId,
        /// The visit that ends.
        visit: VisitId,
        /// How it ended.
        outcome: Outcome,
        /// The services delivered, and how many of each; the visit's own once, if empty.
        delivered: Vec<(ServiceId, u8)>,
    },
}

/// A time that somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeWish {
    /// The service that they want.
    pub service: ServiceId,
    /// In which way.
    pub channel: Channel,
    /// The moment at which it would begin.
    pub start: DateTime<Utc>,
    /// How many persons (FLD-32).
    pub persons: u8,
    /// With how many cases (FLD-32).
    pub cases: u8,
    /// Who asks (FLD-16).
    pub audience: Audience,
}

/// Somebody who came to a kiosk while the hub was away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwayArrival {
    /// Drawn by the kiosk; it stands on the ticket.
    pub public: PublicId,
    /// The number that the kiosk gave.
    pub number: TicketNumber,
    /// When they came, by the hub's clock as the kiosk carried it on.
    pub arrived_at: DateTime<Utc>,
    /// The language of the ticket.
    pub language: Language,
    /// The visit that the hub itself had begun for the same wish, of which the kiosk never heard.
    pub unheard: Option<VisitId>,
    /// How they came.
    pub came: AwayCame,
}

/// How somebody came while the hub was away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwayCame {
    /// With a code.
    Booked {
        /// The booking that it names; none, where the hub knows no such one.
        booking: Option<BookingId>,
        /// What the kiosk told them.
        told: AwayTold,
    },
    /// Without a booking.
    WalkIn {
        /// The service that they wait for; none, where it is not offered any more.
        service: Option<ServiceId>,
        /// How many persons.
        persons: u8,
        /// With how many cases.
        cases: u8,
        /// Asks for priority service (FLD-27).
        priority: bool,
        /// What they need (FLD-34).
        needs: Needs,
    },
}

/// What a kiosk told somebody with a code while the hub was away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AwayTold {
    /// They keep the booked place, by the time that the hub had sent.
    InTime,
    /// They are late, and are served all the same.
    Late,
    /// Nothing: the kiosk did not know the booking.
    Nothing,
}

/// When an interrupted person goes on (TRN-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResumeWhen {
    /// In the next gap, first of all.
    NextGap,
    /// After the appointments, before closing.
    EndOfDay,
}

/// Where a visit is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TransferTarget {
    /// Any desk that serves this.
    Service(ServiceId),
    /// This desk alone; freed if it closes.
    Desk(DeskId),
}
