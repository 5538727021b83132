//! The names of everything that can be asked, happen, or be refused, so that what never occurred can be told.

use office::{Command, EventKind, Nobody, Reason, Refusal};

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
        TakeTicket ServeDirect EnterPaper RollCall Admit ChooseLate FixTime Amend SetNote Leave UndoLeave ComeBack
        OpenDesk StartBreak EndBreak CloseDesk SetReady CallNext CallVisit Recall PutBack Appeared NoShow AttemptFailed
        Interrupt Park Transfer RecordShown LackDocuments Finish
    }
    /// The name of an event.
    event, EVENTS: EventKind {
        Configured Suspended Resumed OutageNoted DayOpened DayClosed Held HoldExtended Entrusted HoldEnded Confirmed Booked Moved Cancelled ChosenAnew Voided Missed CheckedIn TicketTaken CameDirectly PaperEntered TimeFixed Tolerated Ranked Amended CorrectionAsked Corrected DetailsChanged
        NoteSet Left LeftUndone CameBack DeskOpened BreakStarted BreakEnded DeskClosed ReadySet Called Recalled PutBack
        Appeared NoShow AttemptFailed ShownRecorded Interrupted Parked Transferred Finished ToldUnreachable Unserved
    }
    /// The name of a reason for a call.
    reason, REASONS: Reason {
        BookedAndDue WaitedPastLimit FitsGap GapKept FirstInLine BookedEarly WithinBound EndOfDay OutOfOrder ParkedHere
        Direct RemoteDue
    }
    /// The name of a reason for nobody.
    nobody, NOBODIES: Nobody { NoneWaiting NoneForThisDesk LeftToDesk NoGap TooEarly Closing }
    /// The name of a refusal.
    refusal, REFUSALS: Refusal {
        NotConfigured BadConfiguration ServiceInUse DeskInUse UnknownService UnknownDesk UnknownBooking UnknownVisit
        NotSuspended IdTaken TooSoon BeyondHorizon NotOffered Taken BadCount TooManyHolds TooManyBookings AgentDayFull AgentsShareFull HoldLapsed NoMoreExtensions NotHeld NotOpen TooLateToChange OtherDay CheckInOpensAt AlreadyHere BookingCancelled NothingToCorrect
        BookingVoid BookingExpired BookingMissed NoCheckInNeeded LateChoiceNeeded OfficeClosed TicketsClosed Suspended
        BookingRequired NoTimeLeft HouseFull NothingToChoose DeskClosed DeskOnBreak DeskNotOnBreak DeskAlreadyOpen
        ClerkElsewhere DeskBusy DeskHoldsAnother Nobody NoteFirst NotCallable NotServedHere ReasonNeeded NotCalledHere
        NotServingHere NotRemote RecallTooSoon RecallFirst NoReasonToInterrupt NotLate TooLateToUndo NotNoShow BadTimes
    }
}
