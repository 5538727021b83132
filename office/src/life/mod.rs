//! The life of bookings, visits and desks: what each command means, one file for each stretch of it.

pub(crate) mod arrivals;
pub(crate) mod asking;
pub(crate) mod bookings;
pub(crate) mod calls;
pub(crate) mod desks;
pub(crate) mod displaced;
pub(crate) mod ends;
pub(crate) mod hand_in;
pub(crate) mod house;
pub(crate) mod lateness;
pub(crate) mod leases;
pub(crate) mod length;
pub(crate) mod night;
pub(crate) mod passing;
pub(crate) mod serving;
pub(crate) mod waiting;

use crate::{Command, Event, Refusal};
use arrivals::{Arrival, Newcomer, OutageService};
use asking::Standpoint;

/// What follows from a command on a day that runs.
pub(crate) fn answer(asking: &Standpoint<'_>, command: &Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Configure(config) => house::configure(asking.office, config, asking.now),
        Command::Tick => Ok(passing::tick(asking)),
        Command::Suspend { scope, until, because } => house::suspend(asking, *scope, *until, because),
        Command::Resume { scope } => house::resume(asking, *scope),
        Command::NoteOutage { from } => house::note_outage(asking, *from),

        Command::RingForHelp { ring, place } => house::ring_for_help(asking, *ring, place),
        Command::AcceptHelp { ring, clerk } => house::accept_help(asking, *ring, *clerk),
        Command::EndHelp { ring } => house::end_help(asking, *ring),

        Command::Hold { reference, wanted, owner } => bookings::hold(asking, reference, wanted, *owner),
        Command::ExtendHold { booking } => bookings::extend(asking, *booking),
        Command::Entrust { booking, to } => bookings::entrust(asking, *booking, *to),
        Command::ReleaseHold { booking } => bookings::release(asking, *booking),
        Command::Confirm { booking, party } => bookings::confirm(asking, *booking, party),
        Command::Book { reference, wanted, party } => bookings::book(asking, reference, wanted, party),
        Command::Move { booking, start, audience, by } => bookings::move_to(asking, *booking, *start, *audience, *by),
        Command::Cancel { booking, by } => bookings::cancel(asking, *booking, *by),
        Command::ChooseAnew { booking, start } => displaced::choose_anew(asking, *booking, *start),
        Command::Void { booking, because } => bookings::void(asking, *booking, *because),
        Command::AskCorrection { booking, because, note, until } => {
            bookings::ask_correction(asking, *booking, *because, *note, *until)
        }
        Command::ChangeDetails { booking } => bookings::change_details(asking, *booking),
        Command::Correct { booking, by } => bookings::correct(asking, *booking, *by),

        Command::CheckIn { booking, public, language, late, priority } => {
            let arrival = Arrival { public: *public, language: *language, late: *late, priority: *priority };
            arrivals::check_in(asking, *booking, &arrival)
        }
        Command::TakeTicket { service, public, persons, cases, priority, needs, language, could_not_book, told } => {
            let plain = Newcomer::plain(*service, *public);
            let (persons, cases, priority) = (*persons, *cases, *priority);
            let (needs, language, told_wait) = (*needs, *language, *told);
            let newcomer = Newcomer { persons, cases, priority, needs, language, told_wait, ..plain };
            arrivals::take_ticket(asking, newcomer, *could_not_book)
        }
        Command::ServeDirect { desk, holds, service, public } => {
            arrivals::serve_direct(asking, *desk, *holds, Newcomer::plain(*service, *public))
        }
        Command::EnterOutageVisit { desk, service, number, public, arrived_at, served_from, served_to, outcome } => {
            let served = OutageService { desk: *desk, from: *served_from, to: *served_to, outcome: *outcome };
            arrivals::enter_paper(asking, Newcomer::plain(*service, *public), *number, *arrived_at, served)
        }

        Command::LeaseNumbers { kiosk, holds } => leases::lease(asking, *kiosk, holds),
        Command::ReturnNumbers { kiosk, block } => leases::give_back(asking, *kiosk, *block),
        Command::HandIn { kiosk, arrival } => hand_in::hand_in(asking, *kiosk, arrival),
        Command::FindBooking { visit, booking } => hand_in::find_booking(asking, *visit, *booking),
        Command::SettleConflict { public } => hand_in::settle(asking, *public),

        Command::RollCall { gone } => waiting::roll_call(asking, gone),
        Command::Admit { visit } => waiting::admit(asking, *visit),
        Command::ChooseLate { visit, choice } => waiting::choose_late(asking, *visit, *choice),
        Command::FixTime { visit, reference, start } => waiting::fix_time(asking, *visit, reference, *start),
        Command::Amend { visit, persons, cases, planned_minutes } => {
            waiting::amend(asking, *visit, *persons, *cases, *planned_minutes)
        }
        Command::Wish { visit, early, priority, needs } => waiting::wish(asking, *visit, *early, *priority, *needs),
        Command::SetNote { visit, note } => waiting::set_note(asking, *visit, *note),
        Command::Leave { visit } => waiting::leave(asking, *visit),
        Command::UndoLeave { visit } => waiting::undo_leave(asking, *visit),
        Command::ComeBack { visit } => waiting::come_back(asking, *visit),

        Command::OpenDesk { desk, clerk, until } => desks::open(asking, *desk, *clerk, *until),
        Command::StartBreak { desk, because, until } => desks::start_break(asking, *desk, *because, *until),
        Command::EndBreak { desk } => desks::end_break(asking, *desk),
        Command::HandOverDesk { desk, from, to } => desks::hand_over(asking, *desk, *from, *to),
        Command::CloseDesk { desk } => desks::close(asking, *desk),
        Command::SetReady { desk, ready } => desks::set_ready(asking, *desk, *ready),

        Command::CallNext { desk, holds, finish, note_read } => {
            calls::call_next(asking, *desk, *holds, *finish, *note_read)
        }
        Command::CallVisit { desk, holds, visit, because, note } => {
            calls::call_visit(asking, *desk, *holds, *visit, *because, *note)
        }
        Command::Recall { desk, visit } => calls::recall(asking, *desk, *visit),
        Command::PutBack { desk, visit } => calls::put_back(asking, *desk, *visit),
        Command::Appeared { desk, visit } => calls::appeared(asking, *desk, *visit),
        Command::NoShow { desk, visit } => calls::no_show(asking, *desk, *visit),
        Command::AttemptFailed { desk, visit } => calls::attempt_failed(asking, *desk, *visit),

        Command::Interrupt { desk, visit, resume, same_desk } => {
            serving::interrupt(asking, *desk, *visit, *resume, *same_desk)
        }
        Command::Park { desk, visit } => serving::park(asking, *desk, *visit),
        Command::Transfer { desk, visit, to, first_in_line } => {
            serving::transfer(asking, *desk, *visit, *to, *first_in_line)
        }
        Command::RecordShown { desk, visit, shown, note } => {
            serving::record_shown(asking, *desk, *visit, *shown, *note)
        }
        Command::LackDocuments { desk, visit } => serving::lack_documents(asking, *desk, *visit),
        Command::Finish { desk, visit, outcome, delivered } => {
            serving::finish(asking, *desk, *visit, *outcome, delivered)
        }
    }
}
