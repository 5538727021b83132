//! The names of everything that can be asked, happen, or be refused, so that what never occurred can be told.

use office::{BookingEvent, Command, DeskEvent, EventKind, HouseEvent, Nobody, Reason, Refusal, VisitEvent};

macro_rules! names {
    ($($(#[$doc:meta])* $function:ident, $all:ident: $kind:ident { $($variant:ident)* })*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $function(of: &$kind) -> &'static str {
            match of { $($kind::$variant { .. } => stringify!($variant),)* }
        }

        /// Every name.
        pub const $all: &[&str] = &[$(stringify!($variant)),*];
    )*};
}

names! {
    /// The name of a command.
    command, COMMANDS: Command {
        Configure Suspend Resume Tick NoteOutage Hold ExtendHold Entrust ReleaseHold Confirm Book Move Cancel ChooseAnew Void CheckIn AskCorrection Correct ChangeDetails
        TakeTicket ServeDirect EnterOutageVisit LeaseNumbers ReturnNumbers HandIn FindBooking SettleConflict RollCall Admit ChooseLate FixTime Amend Wish RingForHelp AcceptHelp EndHelp SetNote Leave UndoLeave ComeBack
        OpenDesk HandOverDesk StartBreak EndBreak CloseDesk SetReady CallNext CallVisit Recall PutBack Appeared NoShow AttemptFailed
        Interrupt Park Transfer RecordShown LackDocuments Finish
    }
    /// The name of what happens to the office.
    house_event, HOUSE_EVENTS: HouseEvent {
        Configured Suspended Resumed HelpRung HelpAccepted HelpEnded OutageNoted DayOpened DayClosed Tolerated NumbersLeased NumbersReturned ConflictNoted
        ConflictSettled
    }
    /// The name of what happens to a booking.
    booking_event, BOOKING_EVENTS: BookingEvent {
        Held HoldExtended Entrusted HoldEnded Confirmed Booked Moved Cancelled ChosenAnew Voided CorrectionAsked
        Corrected DetailsChanged Missed
    }
    /// The name of what happens to a visit.
    visit_event, VISIT_EVENTS: VisitEvent {
        CheckedIn TicketTaken CameDirectly OutageVisitEntered BookingFound ServedOnPaper TimeFixed Ranked Amended Wished NoteSet Left LeftUndone CameBack
        Called Recalled PutBack Appeared NoShow AttemptFailed ShownRecorded Interrupted Parked Transferred Finished
        ToldUnreachable Unserved
    }
    /// The name of what happens to a desk.
    desk_event, DESK_EVENTS: DeskEvent {
        DeskOpened DeskHandedOver BreakStarted BreakEnded DeskClosed ReadySet
    }
    /// The name of a reason for a call.
    reason, REASONS: Reason {
        BookedAndDue WaitedPastLimit FitsGap InTurn Weighed GapKept FirstInLine BookedEarly WithinBound EndOfDay OutOfOrder ParkedHere
        Direct RemoteDue
    }
    /// The name of a reason for nobody.
    nobody, NOBODIES: Nobody { NoneWaiting NoneForThisDesk AfterBookings TooEarly Closing }
    /// The name of a refusal.
    refusal, REFUSALS: Refusal {
        NotConfigured BadConfiguration ServiceInUse DeskInUse NobodyRings UnknownService UnknownDesk UnknownBooking UnknownVisit
        NotSuspended IdTaken TooSoon BeyondHorizon NotOffered Taken BadCount TooManyHolds TooManyBookings AgentDayFull AgentsShareFull HoldLapsed NoMoreExtensions NotHeld NotOpen TooLateToChange OtherDay CheckInOpensAt AlreadyHere BookingCancelled NothingToCorrect
        BookingVoid BookingExpired BookingMissed NoCheckInNeeded LateChoiceNeeded OfficeClosed TicketsClosed Suspended
        BookingRequired NoTimeLeft HouseFull NothingToChoose NotLeased DeskClosed DeskOnBreak DeskNotOnBreak DeskAlreadyOpen
        ClerkElsewhere DeskBusy DeskHoldsAnother Nobody NoteFirst NotCallable NotServedHere ReasonNeeded NotCalledHere
        NotServingHere NotRemote RecallTooSoon RecallFirst NoReasonToInterrupt NotLate TooLateToUndo NotNoShow BadTimes
        TooFarAhead AlreadyOver TooLongAgo
    }
}

/// Reasons that only old journals name.
pub const OF_OLD_JOURNALS: &[&str] = &["FitsGap", "WithinBound"];

/// To what an event happens, and its name.
#[must_use]
pub const fn event(of: &EventKind) -> (&'static str, &'static str) {
    match of {
        EventKind::House(event) => ("house event", house_event(event)),
        EventKind::Booking(event) => ("booking event", booking_event(event)),
        EventKind::Visit(event) => ("visit event", visit_event(event)),
        EventKind::Desk(event) => ("desk event", desk_event(event)),
    }
}
