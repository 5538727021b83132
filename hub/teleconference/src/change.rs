//! What a clerk does about the room of a booking: asks a helper in, shows somebody out, ends it for all, goes on by telephone.

use acts::{BookingName, Fault, Turn};
use office::{Booking, BookingLife};
use rooms::{BY_TELEPHONE, RoomAddress, RoomDoor, RoomPass, RoomRole};
use secrets::Holder;
use serde::{Deserialize, Serialize};
use store::CallMarks;
use wire::ProblemCode;
use writer::Workbench;

use crate::exchange::CallExchange;

/// Who booked was shown out.
pub(crate) const APPLICANT_OUT: u32 = 1;
/// Who is served was.
pub(crate) const SERVED_OUT: u32 = 2;
/// No helper is invited: the link was taken back, or they were shown out.
pub(crate) const HELPER_OUT: u32 = 4;
/// It was ended for all.
pub(crate) const FOR_ALL: u32 = 8;

/// What says that a holder of a booking's link was shown out.
pub(crate) const fn bit(holder: Holder) -> u32 {
    match holder {
        Holder::Applicant => APPLICANT_OUT,
        Holder::Served => SERVED_OUT,
    }
}

/// Who can be shown out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallParty {
    /// Who booked.
    Applicant,
    /// The person whom the booking is for, where somebody else booked it.
    Served,
    /// Who was asked in to help.
    Helper,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CallStep {
    /// Makes a link for a helper; one before ends.
    Invite,
    /// Ends it.
    TakeBack,
    /// Shows somebody out, who cannot come back.
    Remove(CallParty),
    /// Ends the call, so that nobody comes in any more.
    End,
    /// Ends it, and goes on by telephone.
    Telephone,
    /// Opens it again, after it was ended or had gone on by telephone.
    Reopen,
    /// It is held at an address that the clerk names, of a service of which Seira knows no more than that.
    Elsewhere(String),
    /// It is held where the body's rooms are.
    Here,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallChange {
    /// The booking whose room it is, as the clerk's page names it.
    pub booking: BookingName,
    /// What is done about its room.
    pub step: CallStep,
}

impl CallStep {
    /// What holds afterwards.
    fn after(&self, marks: CallMarks) -> CallMarks {
        let CallMarks { helper, shut, address } = marks;
        let next = helper.saturating_add(1);
        match self {
            Self::Invite => CallMarks { helper: next, shut: shut & !HELPER_OUT, address },
            // Also the number goes on, so that no link of before is ever good again.
            Self::TakeBack | Self::Remove(CallParty::Helper) => {
                CallMarks { helper: next, shut: shut | HELPER_OUT, address }
            }
            Self::Remove(CallParty::Applicant) => CallMarks { helper, shut: shut | APPLICANT_OUT, address },
            Self::Remove(CallParty::Served) => CallMarks { helper, shut: shut | SERVED_OUT, address },
            Self::End => CallMarks { helper, shut: shut | FOR_ALL, address },
            Self::Telephone => CallMarks { helper, shut: shut | BY_TELEPHONE, address },
            Self::Reopen => CallMarks { helper, shut: shut & !(FOR_ALL | BY_TELEPHONE), address },
            Self::Elsewhere(at) => CallMarks { helper, shut, address: Some(at.clone()) },
            Self::Here => CallMarks { helper, shut, address: None },
        }
    }

    /// Whether it can be done before the room opens.
    const fn is_of_before(&self) -> bool {
        match self {
            Self::Invite | Self::TakeBack | Self::Elsewhere(_) | Self::Here => true,
            Self::Remove(_) | Self::End | Self::Telephone | Self::Reopen => false,
        }
    }
}

/// Does it; whoever is before the room is told at once.
///
/// # Errors
/// That there is no such room, that its time has not come or is over, or that the hub cannot write.
pub async fn run(exchange: &CallExchange, turn: Turn<'_>, change: CallChange) -> Result<(), Fault> {
    let (handle, account) = (turn.office, turn.account()?);
    let booking = change.booking.find(&handle.read())?.id;
    let doors = exchange.doors(handle, booking).await?;
    let asks = RoomPass { role: RoomRole::Host, number: account };
    let now = exchange.ledger.clock.now();
    // What was ended by a clerk can be opened again; for whom it is over by time, nothing can be done.
    let open = rooms::RoomState { ended: None, ..doors.state.clone() }.door(asks, now);
    let sentence = match (open, change.step.is_of_before()) {
        (RoomDoor::Over(_), _) => Some("call-over"),
        (RoomDoor::Waiting { .. }, false) => Some("call-not-open-yet"),
        (RoomDoor::Waiting { .. } | RoomDoor::Open { .. } | RoomDoor::Outside { .. }, _) => None,
    };
    let is_no_address = match &change.step {
        CallStep::Elsewhere(address) => RoomAddress::read(address).is_err(),
        CallStep::Invite
        | CallStep::TakeBack
        | CallStep::Remove(_)
        | CallStep::End
        | CallStep::Telephone
        | CallStep::Reopen
        | CallStep::Here => false,
    };
    let sentence = sentence.or(is_no_address.then_some("conference-address-wrong"));
    let sentence = sentence.or((doors.state.ended == Some(rooms::RoomEnd::Done)).then_some("call-over"));
    let asked = change.clone();
    let CallChange { booking: named, step } = change;
    let work = move |bench: &mut Workbench<'_>| {
        if let Some(sentence) = sentence {
            return Err(Fault { words: Some(text::words(sentence, &[])), ..ProblemCode::NotCallable.into() });
        }
        let booking = named.find(bench.office())?.clone();
        let (person, start) = (person(&booking)?, booking.promise.start);
        let marks = bench.stored(bench.store().call_marks(person, start))?;
        bench.stored(bench.store().put_call_marks(person, start, &step.after(marks)))?;
        bench.write_rows();
        Ok(())
    };
    turn.take("change-call", &asked, work).await?;
    exchange.house.tell(doors.room);
    Ok(())
}

fn person(booking: &Booking) -> Result<office::PersonId, ProblemCode> {
    match &booking.life {
        BookingLife::Confirmed { party } | BookingLife::Arrived { party, .. } => Ok(party.person),
        BookingLife::Cancelled { .. }
        | BookingLife::Void { .. }
        | BookingLife::Missed { .. }
        | BookingLife::Held { .. }
        | BookingLife::Expired { .. }
        | BookingLife::Fixed { .. } => Err(ProblemCode::NotFound),
    }
}
