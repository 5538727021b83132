//! One command of each kind after another: whoever adds a command gives it its place in this walk, or it does not compile.

use chrono::{DateTime, Utc};
use office::{
    AddressId, Audience, AwayArrival, AwayCame, AwayTold, BookingId, BreakReason, CancelledBy, Channel, ClerkId,
    Command, CorrectedBy, DeskId, DeskProof, DocumentState, KioskId, Language, LateChoice, MovedBy, Needs, NoteId,
    NumberBlock, Office, Outcome, OverrideReason, PublicId, Reference, ResumeWhen, ServiceId, SuspensionScope,
    TicketNumber, TimeWish, TransferTarget, VisitId, VoidReason, Words,
};
use uuid::Uuid;

use crate::house::{closed_until, config, party, wild};

/// What every command is filled with.
#[derive(Debug, Clone, Copy)]
pub struct EdgePick {
    /// Wherever a time stands.
    pub at: DateTime<Utc>,
    /// Wherever a small number stands.
    pub count: u8,
    /// Wherever a length stands.
    pub minutes: Option<u16>,
    /// How long lists are.
    pub length: usize,
    /// Which of several things of a kind is meant.
    pub turn: usize,
}

/// The command after `before`; the first after none, none after the last.
#[expect(clippy::too_many_lines, reason = "one list of all commands")]
pub fn after(before: Option<&Command>, office: &Office, pick: &EdgePick) -> Option<Command> {
    let EdgePick { at, count, minutes, length, turn } = *pick;
    let any = |number: usize| number % 3 + turn;
    let visit = of(office.visits.keys().copied(), any(0)).unwrap_or(VisitId(u64::MAX));
    let booking = of(office.bookings.keys().copied(), any(1)).unwrap_or(BookingId(u64::MAX));
    let hold = of(office.bookings.values().filter(|one| one.life.party().is_none()).map(|one| one.id), 0);
    let desk = DeskId([1, 2, 3, u16::MAX][turn % 4]);
    let holds = office.desks.get(&desk).and_then(|open| open.holds);
    let in_hand = holds.unwrap_or(visit);
    let service = ServiceId([1, 5, 3, u16::MAX][turn % 4]);
    let public = PublicId(Uuid::from_u128(u128::MAX - turn as u128));
    let reference = Reference("Z".repeat(length.min(1_000)));
    let note = Some(NoteId(Uuid::nil()));
    let channel = [Channel::InPerson, Channel::Telephone, Channel::Teleconference][turn % 3];
    let audience = [Audience::Internal, Audience::Public, Audience::Agent(office::AgentId(u32::MAX))][turn % 3];
    let wanted = TimeWish { service, channel, start: at, persons: count, cases: count, audience };
    let scope = [SuspensionScope::Tickets, SuspensionScope::Service(service), SuspensionScope::Desk(desk)][turn % 3];
    let owner = AddressId(Uuid::from_u128(u128::MAX));
    let kiosk = KioskId(Uuid::from_u128(turn as u128));
    Some(match before {
        None => {
            let changed = if turn % 2 == 0 { closed_until(config(), at) } else { wild(closed_until(config(), at)) };
            Command::Configure(Box::new(changed))
        }
        Some(Command::Configure(_)) => {
            let words = "λ".repeat(length);
            Command::Suspend { scope, until: Some(at), because: Words::new(words.clone(), words) }
        }
        Some(Command::Suspend { .. }) => Command::Resume { scope },
        Some(Command::Resume { .. }) => Command::Tick,
        Some(Command::Tick) => Command::RingForHelp { ring: public, place: "λ".repeat(length) },
        Some(Command::RingForHelp { .. }) => Command::AcceptHelp { ring: public, clerk: ClerkId(u32::MAX) },
        Some(Command::AcceptHelp { .. }) => Command::EndHelp { ring: public },
        Some(Command::EndHelp { .. }) => Command::NoteOutage { from: at },
        Some(Command::NoteOutage { .. }) => Command::Hold { reference, wanted, owner: Some(owner) },
        Some(Command::Hold { .. }) => Command::ExtendHold { booking: hold.unwrap_or(booking) },
        Some(Command::ExtendHold { .. }) => Command::ReleaseHold { booking: hold.unwrap_or(booking) },
        Some(Command::ReleaseHold { .. }) => Command::Entrust { booking: hold.unwrap_or(booking), to: owner },
        Some(Command::Entrust { .. }) => Command::Confirm { booking: hold.unwrap_or(booking), party: party(u128::MAX) },
        Some(Command::Confirm { .. }) => Command::Book { reference, wanted, party: party(u128::MAX) },
        Some(Command::Book { .. }) => Command::Move { booking, start: at, audience, by: MovedBy::Office },
        Some(Command::Move { .. }) => {
            let by = [CancelledBy::Office, CancelledBy::Citizen, CancelledBy::Lateness][turn % 3];
            Command::Cancel { booking, by }
        }
        Some(Command::Cancel { .. }) => Command::ChooseAnew { booking: BookingId(5), start: at },
        Some(Command::ChooseAnew { .. }) => Command::Void { booking, because: VoidReason::DetailsWrong },
        Some(Command::Void { .. }) => {
            let because = VoidReason::Listed(office::ReasonId(u16::MAX));
            Command::AskCorrection { booking, because, note, until: at }
        }
        Some(Command::AskCorrection { .. }) => Command::Correct { booking, by: CorrectedBy::Staff },
        Some(Command::Correct { .. }) => Command::ChangeDetails { booking },
        Some(Command::ChangeDetails { .. }) => Command::CheckIn {
            booking,
            public,
            language: Some(Language::En),
            late: Some(LateChoice::EndOfDay),
            priority: true,
        },
        Some(Command::CheckIn { .. }) => Command::TakeTicket {
            service,
            public,
            persons: count,
            cases: count,
            priority: true,
            needs: Needs::default(),
            language: Language::El,
            could_not_book: true,
            told: Some(office::ToldWait { from: u16::MAX, to: 0 }),
        },
        Some(Command::TakeTicket { .. }) => {
            Command::Wish { visit, early: Some(true), priority: Some(true), needs: Some(Needs::default()) }
        }
        Some(Command::Wish { .. }) => Command::ServeDirect { desk, holds, service, public },
        Some(Command::ServeDirect { .. }) => Command::EnterOutageVisit {
            number: None,
            desk,
            service,
            public,
            arrived_at: at,
            served_from: at,
            served_to: at,
            outcome: Outcome::Done,
        },
        Some(Command::EnterOutageVisit { .. }) => {
            let holds = office.leases.iter().map(|lease| lease.block).cycle().take(length);
            Command::LeaseNumbers { kiosk, holds: holds.collect() }
        }
        Some(Command::LeaseNumbers { .. }) => {
            let block = NumberBlock { date: at.date_naive(), first: u16::from(count), last: u16::MAX };
            Command::ReturnNumbers {
                kiosk,
                block: of(office.leases.iter().map(|lease| lease.block), turn).unwrap_or(block),
            }
        }
        Some(Command::ReturnNumbers { .. }) => {
            let came = match turn % 3 {
                0 => AwayCame::WalkIn {
                    service: Some(service),
                    persons: count,
                    cases: count,
                    priority: true,
                    needs: Needs::default(),
                },
                1 => AwayCame::Booked { booking: Some(booking), told: AwayTold::Nothing },
                _ => AwayCame::Booked { booking: None, told: AwayTold::Late },
            };
            let number = TicketNumber { letter: ['P', 'A', 'Ω'][turn % 3], count: u16::MAX - u16::from(count) };
            let (arrived_at, language, unheard) = (at, Language::En, Some(visit));
            Command::HandIn { kiosk, arrival: AwayArrival { public, number, arrived_at, language, unheard, came } }
        }
        Some(Command::HandIn { .. }) => Command::FindBooking { visit, booking },
        Some(Command::FindBooking { .. }) => Command::SettleConflict { public },
        Some(Command::SettleConflict { .. }) => {
            Command::RollCall { gone: office.visits.keys().copied().cycle().take(length).collect() }
        }
        Some(Command::RollCall { .. }) => Command::Admit { visit },
        Some(Command::Admit { .. }) => Command::ChooseLate { visit, choice: LateChoice::BookAnew },
        Some(Command::ChooseLate { .. }) => Command::FixTime { visit, reference, start: at },
        Some(Command::FixTime { .. }) => {
            Command::Amend { visit, persons: count, cases: count, planned_minutes: minutes }
        }
        Some(Command::Amend { .. }) => Command::SetNote { visit, note },
        Some(Command::SetNote { .. }) => Command::Leave { visit },
        Some(Command::Leave { .. }) => Command::UndoLeave { visit: VisitId(7) },
        Some(Command::UndoLeave { .. }) => Command::ComeBack { visit },
        Some(Command::ComeBack { .. }) => {
            Command::OpenDesk { desk: DeskId(4), clerk: ClerkId(u32::MAX), until: Some(at) }
        }
        Some(Command::OpenDesk { .. }) => {
            let desk = of(office.desks.iter().filter(|(_, open)| open.holds.is_none()).map(|(desk, _)| *desk), 0);
            Command::StartBreak { desk: desk.unwrap_or(DeskId(4)), because: BreakReason::Technical, until: Some(at) }
        }
        Some(Command::StartBreak { .. }) => Command::EndBreak { desk },
        Some(Command::EndBreak { .. }) => {
            let from = office.desks.get(&desk).map_or(ClerkId(u32::MAX), |open| open.clerk);
            Command::HandOverDesk { desk, from, to: ClerkId(u32::MAX - 1) }
        }
        Some(Command::HandOverDesk { .. }) => Command::CloseDesk { desk },
        Some(Command::CloseDesk { .. }) => Command::SetReady { desk, ready: true },
        Some(Command::SetReady { .. }) => {
            Command::CallNext { desk, holds, finish: Some(Outcome::Done), note_read: Some(visit) }
        }
        Some(Command::CallNext { .. }) => {
            let because = Some(OverrideReason::Urgent);
            Command::CallVisit { desk, holds, visit, because, note }
        }
        Some(Command::CallVisit { .. }) => Command::Recall { desk, visit: in_hand },
        Some(Command::Recall { .. }) => Command::PutBack { desk, visit: in_hand },
        Some(Command::PutBack { .. }) => Command::Appeared { desk, visit: in_hand },
        Some(Command::Appeared { .. }) => Command::NoShow { desk, visit: in_hand },
        Some(Command::NoShow { .. }) => Command::AttemptFailed { desk, visit: in_hand },
        Some(Command::AttemptFailed { .. }) => {
            Command::Interrupt { desk, visit: in_hand, resume: ResumeWhen::NextGap, same_desk: true }
        }
        Some(Command::Interrupt { .. }) => Command::Park { desk, visit: in_hand },
        Some(Command::Park { .. }) => {
            let to = if turn % 2 == 0 { TransferTarget::Service(service) } else { TransferTarget::Desk(DeskId(2)) };
            Command::Transfer { desk, visit: in_hand, to, first_in_line: Some(OverrideReason::Mistake) }
        }
        Some(Command::Transfer { .. }) => {
            let shown = DeskProof { identity: true, representation: true, papers: DocumentState::Waived };
            Command::RecordShown { desk, visit: in_hand, shown, note }
        }
        Some(Command::RecordShown { .. }) => Command::LackDocuments { desk, visit: in_hand },
        Some(Command::LackDocuments { .. }) => {
            let delivered = vec![(ServiceId(1), count); length];
            Command::Finish { desk, visit: in_hand, outcome: Outcome::Done, delivered }
        }
        Some(Command::Finish { .. }) => return None,
    })
}

/// One of several, whichever number is asked for.
fn of<T>(all: impl Iterator<Item = T>, nth: usize) -> Option<T> {
    let all: Vec<T> = all.collect();
    let length = all.len().max(1);
    all.into_iter().nth(nth % length)
}
