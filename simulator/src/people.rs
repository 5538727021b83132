//! Those who use the office: citizens who book, come, come late or not at all; clerks; administrators; and mischief.

use chrono::{DateTime, TimeDelta, Utc};
use office::slots::{self, Query};
use office::{
    AddressId, AgentId, Audience, AwayArrival, AwayCame, AwayTold, BookingId, BreakReason, CancelledBy, Channel,
    ClerkId, Command, CorrectedBy, DeskId, DeskProof, DeskState, DocumentState, KioskId, Language, LateChoice, MovedBy,
    Needs, NoteId, NumberBlock, Outcome, OverrideReason, Party, PersonId, PublicId, Reference, ResumeWhen, ServiceId,
    SuspensionScope, TicketNumber, TimeWish, TransferTarget, VisitId, VisitState, VoidReason, calendar,
};
use rand::RngExt;
use uuid::Uuid;

use crate::town;
use crate::world::World;

type LawCheck = Result<(), String>;

/// Plays the whole day: the evening before, the morning, the night.
pub fn live_a_day(world: &mut World) -> LawCheck {
    send(world, &Command::Leave { visit: VisitId(1) })?;
    let config = Box::new(world.town.config.clone());
    send(world, &Command::Configure(config))?;
    let zone = world.town.config.zone;
    let opening = office::calendar::instant_from(zone, world.town.date.and_time(world.town.hours.0));
    let closing = office::calendar::instant_to(zone, world.town.date.and_time(world.town.hours.1));
    for _ in 0..world.dice.random_range(5..45) {
        book(world)?;
        if world.dice.random_bool(0.3) {
            change_booking(world)?;
        }
        let pause = world.dice.random_range(0..300);
        let to = (world.now + TimeDelta::seconds(pause)).min(opening - TimeDelta::hours(1));
        world.pass(to)?;
    }
    world.pass(opening - TimeDelta::minutes(20))?;
    open_desks(world)?;
    let crowd = world.dice.random_range(0.4..1.6);
    while world.now < closing + TimeDelta::minutes(40) {
        let pause = -(1.0 - world.dice.random::<f64>()).ln() * 80.0 / crowd;
        let to = world.now + TimeDelta::milliseconds((pause * 1_000.0) as i64);
        if world.dice.random_bool(0.004) {
            outage(world)?;
        } else {
            world.pass(to)?;
        }
        act(world)?;
    }
    let midnight = closing + TimeDelta::hours(24);
    world.pass(midnight)?;
    send(world, &Command::Tick)
}

fn send(world: &mut World, command: &Command) -> LawCheck {
    world.ask(command).map(|_| ())
}

/// The hub is away, and notes it when it is back (PROM-12).
fn outage(world: &mut World) -> LawCheck {
    let from = world.now;
    world.now += TimeDelta::minutes(world.dice.random_range(1..30));
    send(world, &Command::NoteOutage { from })?;
    if world.dice.random_bool(0.5) {
        let gone = waiting(world).into_iter().take(2).collect();
        send(world, &Command::RollCall { gone })?;
    }
    if let Some(desk) = some_desk(world) {
        let service = some_service(world);
        let public = PublicId(world.draw_id());
        let arrived_at = from + TimeDelta::minutes(world.dice.random_range(-2..3));
        let (served_from, served_to) = (arrived_at + TimeDelta::minutes(1), arrived_at + TimeDelta::minutes(4));
        let outcome = Outcome::Done;
        let number = None;
        let command =
            Command::EnterOutageVisit { desk, service, number, public, arrived_at, served_from, served_to, outcome };
        send(world, &command)?;
    }
    came_meanwhile(world, from)
}

/// Two kiosks went on meanwhile, and hand in who came (PROM-07).
fn came_meanwhile(world: &mut World, from: DateTime<Utc>) -> LawCheck {
    let kiosk = KioskId(Uuid::from_u128(world.dice.random_range(1..=2)));
    let own = |world: &World| -> Vec<NumberBlock> {
        let own = world.office.leases.iter().filter(|lease| lease.kiosk == kiosk);
        own.map(|lease| lease.block).collect()
    };
    let holds = own(world);
    send(world, &Command::LeaseNumbers { kiosk, holds })?;
    let today = calendar::local_date(world.town.config.zone, world.now);
    let block = own(world).into_iter().filter(|block| block.date == today).max();
    let Some(block) = block else { return Ok(()) };
    for nth in 0..world.dice.random_range(0..4) {
        let is_booked = world.dice.random_bool(0.4);
        let letter = if is_booked { 'P' } else { 'A' };
        let number = TicketNumber { letter, count: block.first + nth };
        let told = [AwayTold::InTime, AwayTold::Late, AwayTold::Nothing][world.dice.random_range(0..3)];
        let came = if is_booked {
            AwayCame::Booked { booking: Some(some_booking(world)), told }
        } else {
            let (service, needs) = (Some(some_service(world)), Needs::default());
            AwayCame::WalkIn { service, persons: 1, cases: 1, priority: false, needs }
        };
        let (public, arrived_at, language) = (PublicId(world.draw_id()), from, Language::El);
        let arrival = AwayArrival { public, number, arrived_at, language, unheard: None, came };
        send(world, &Command::HandIn { kiosk, arrival })?;
        let desk = some_desk(world).filter(|_| world.dice.random_bool(0.2));
        if let Some(desk) = desk {
            let (service, public) = (some_service(world), PublicId(world.draw_id()));
            let (served_from, served_to, outcome) = (from, world.now, Outcome::Done);
            let number = Some(number);
            let command = Command::EnterOutageVisit {
                desk,
                service,
                number,
                public,
                arrived_at,
                served_from,
                served_to,
                outcome,
            };
            send(world, &command)?;
        }
    }
    send(world, &Command::ReturnNumbers { kiosk, block })?;
    send(world, &Command::ReturnNumbers { kiosk, block })?;
    let (visit, booking) = (waiting(world).pop(), some_booking(world));
    if let Some(visit) = visit {
        send(world, &Command::FindBooking { visit, booking })?;
    }
    if let Some(note) = world.office.hand_in_notes.first() {
        let public = note.public;
        send(world, &Command::SettleConflict { public })?;
    }
    Ok(())
}

/// What somebody does now.
fn act(world: &mut World) -> LawCheck {
    match world.dice.random_range(0..100) {
        0..=49 => at_a_desk(world),
        50..=66 => arrive(world),
        67..=78 => take_ticket(world),
        79..=82 => book(world),
        83..=86 => change_booking(world),
        87..=93 => in_the_room(world),
        94..=95 => desks_change(world),
        96 => administer(world),
        97 => late_command(world),
        _ => mischief(world),
    }
}

fn some_service(world: &mut World) -> ServiceId {
    ServiceId(world.dice.random_range(1..=4))
}

fn some_desk(world: &mut World) -> Option<DeskId> {
    let open: Vec<DeskId> = world.office.desks.keys().copied().collect();
    (!open.is_empty()).then(|| open[world.dice.random_range(0..open.len())])
}

fn some_booking(world: &mut World) -> BookingId {
    BookingId(world.dice.random_range(1..=world.office.next_booking.max(1)))
}

fn some_visit(world: &mut World) -> VisitId {
    let visits: Vec<VisitId> = world.office.visits.keys().copied().collect();
    if visits.is_empty() { VisitId(1) } else { visits[world.dice.random_range(0..visits.len())] }
}

fn waiting(world: &World) -> Vec<VisitId> {
    let open = world.office.open_visits.iter().filter_map(|id| world.office.visits.get(id));
    open.filter(|visit| matches!(visit.state, VisitState::Waiting { .. })).map(|visit| visit.id).collect()
}

/// One of three addresses, so that limits are met.
fn address(world: &mut World) -> Option<AddressId> {
    let owner = world.dice.random_range(0..8_u128);
    (owner < 3).then(|| AddressId(Uuid::from_u128(owner + 1)))
}

fn party(world: &mut World) -> Party {
    let person = PersonId(world.draw_id());
    let if_late = match world.dice.random_range(0..4) {
        0 => Some(LateChoice::BookAnew),
        1 => Some(LateChoice::EndOfDay),
        _ => None,
    };
    Party { person, address: address(world), language: Language::El, needs: Needs::default(), if_late }
}

fn reference(world: &mut World) -> Reference {
    let drawn: u32 = world.dice.random();
    Reference(format!("{drawn:08X}"))
}

/// Somebody wants a time: mostly one that is offered, sometimes any.
fn wanted(world: &mut World) -> TimeWish {
    let service = some_service(world);
    let channel = if world.dice.random_bool(0.15) { Channel::Telephone } else { Channel::InPerson };
    let audience = match world.dice.random_range(0..8) {
        0 | 1 => Audience::Internal,
        // One of two agents, so that limits are met.
        2 => Audience::Agent(AgentId(world.dice.random_range(1..=2))),
        _ => Audience::Public,
    };
    let persons = if world.dice.random_bool(0.9) { 1 } else { world.dice.random_range(0..4) };
    let cases = if world.dice.random_bool(0.9) { 1 } else { world.dice.random_range(0..4) };
    let query = Query { service, channel, persons, cases, audience, from: world.town.date, days: 2 };
    let free = slots::free(&world.office, &query, world.now, &mut world.findings);
    let start = if free.is_empty() || world.dice.random_bool(0.1) {
        world.now + TimeDelta::minutes(world.dice.random_range(-60..60 * 24 * 40))
    } else {
        // Mostly of the day that is played, and rather early.
        let at = world.dice.random_range(0..free.len()).min(world.dice.random_range(0..free.len()));
        free[at].start
    };
    TimeWish { service, channel, start, persons, cases, audience }
}

fn book(world: &mut World) -> LawCheck {
    let wanted = wanted(world);
    let reference = reference(world);
    if world.dice.random_bool(0.5) {
        let party = party(world);
        return send(world, &Command::Book { reference, wanted, party });
    }
    let owner = address(world);
    if world.ask(&Command::Hold { reference, wanted, owner })?.is_err() {
        return Ok(());
    }
    let booking = BookingId(world.office.next_booking);
    for _ in 0..world.dice.random_range(0..3) {
        send(world, &Command::ExtendHold { booking })?;
    }
    if matches!(wanted.audience, Audience::Agent(_)) && world.dice.random_bool(0.7) {
        let to = AddressId(Uuid::from_u128(world.dice.random_range(1..8_u128)));
        send(world, &Command::Entrust { booking, to })?;
    }
    match world.dice.random_range(0..10) {
        0 => send(world, &Command::ReleaseHold { booking }),
        1 => {
            // Comes back to the form too late: the hold has lapsed, and no Tick has come yet.
            world.now += TimeDelta::minutes(25);
            let party = party(world);
            send(world, &Command::Confirm { booking, party })
        }
        2 => Ok(()),
        _ => {
            let party = party(world);
            send(world, &Command::Confirm { booking, party })
        }
    }
}

fn change_booking(world: &mut World) -> LawCheck {
    let booking = some_booking(world);
    match world.dice.random_range(0..13) {
        12 => displace(world, booking),
        0..=2 => {
            let by = if world.dice.random_bool(0.7) { CancelledBy::Citizen } else { CancelledBy::Staff };
            send(world, &Command::Cancel { booking, by })
        }
        3 => send(world, &Command::Void { booking, because: VoidReason::DetailsWrong }),
        4 => send(world, &Command::ExtendHold { booking }),
        5 => send(world, &Command::ReleaseHold { booking }),
        6 => correct(world, booking),
        _ => {
            let Some(promise) = world.office.bookings.get(&booking).map(|booking| booking.promise.clone()) else {
                return Ok(());
            };
            let audience = if world.dice.random_bool(0.3) { Audience::Internal } else { Audience::Public };
            let query = Query {
                service: promise.service,
                channel: promise.channel,
                persons: promise.persons,
                cases: promise.cases,
                audience,
                from: world.town.date,
                days: 2,
            };
            let free = slots::free(&world.office, &query, world.now, &mut world.findings);
            if free.is_empty() {
                return Ok(());
            }
            let start = free[world.dice.random_range(0..free.len())].start;
            send(world, &Command::Move { booking, start, audience, by: MovedBy::Citizen })
        }
    }
}

/// The office gives a booking up; mostly who had it chooses another time before the public does, at once or later.
fn displace(world: &mut World, booking: BookingId) -> LawCheck {
    send(world, &Command::Cancel { booking, by: CancelledBy::Office })?;
    let Some(had) = world.office.bookings.get(&booking).cloned() else { return Ok(()) };
    let Some(query) = world.office.config.as_ref().and_then(|config| slots::to_choose(config, &had, world.now)) else {
        return Ok(());
    };
    let free = slots::free_to_move(&world.office, &Query { days: 3, ..query }, &had, world.now);
    let kept = had.life.first_choice(world.now).and_then(|choice| choice.kept);
    let some = (!free.is_empty()).then(|| free[world.dice.random_range(0..free.len())]);
    let chosen = if world.dice.random_bool(0.5) { kept } else { some };
    let Some(start) = chosen.map(|slot| slot.start) else { return Ok(()) };
    if world.dice.random_bool(0.5) {
        world.delayed.push(Command::ChooseAnew { booking, start });
        return Ok(());
    }
    send(world, &Command::ChooseAnew { booking, start })
}

/// Staff ask for a correction; mostly it comes, sometimes twice, sometimes never.
fn correct(world: &mut World, booking: BookingId) -> LawCheck {
    let until = world.now + TimeDelta::minutes(world.dice.random_range(-5..600));
    send(world, &Command::AskCorrection { booking, because: VoidReason::DetailsMissing, note: None, until })?;
    if world.dice.random_bool(0.3) {
        send(world, &Command::ChangeDetails { booking })?;
    }
    for _ in 0..world.dice.random_range(0..3) {
        send(world, &Command::Correct { booking, by: CorrectedBy::Citizen })?;
    }
    Ok(())
}

fn check_in(world: &mut World, booking: BookingId, late: Option<LateChoice>) -> Result<bool, String> {
    let public = PublicId(world.draw_id());
    let priority = world.dice.random_bool(0.15);
    let command = Command::CheckIn { booking, public, language: None, late, priority };
    Ok(world.ask(&command)?.is_ok())
}

/// Somebody with a booking comes: around their time; one in eight never does.
fn arrive(world: &mut World) -> LawCheck {
    if world.dice.random_bool(0.04) {
        let booking = some_booking(world);
        return check_in(world, booking, None).map(|_| ());
    }
    let now = world.now;
    let comes = |start: DateTime<Utc>, id: BookingId| {
        let draw = id.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
        let offset = i64::try_from(draw % 50).unwrap_or(0) - 25;
        !draw.is_multiple_of(8) && start + TimeDelta::minutes(if offset > 15 { offset * 2 } else { offset }) <= now
    };
    let due = world.office.expected.iter().find(|(start, id)| comes(*start, *id)).map(|(_, id)| *id);
    let Some(booking) = due else { return Ok(()) };
    if check_in(world, booking, None)? {
        return Ok(());
    }
    let choice = if world.dice.random_bool(0.7) { LateChoice::EndOfDay } else { LateChoice::BookAnew };
    check_in(world, booking, Some(choice)).map(|_| ())
}

fn take_ticket(world: &mut World) -> LawCheck {
    let command = Command::TakeTicket {
        service: some_service(world),
        public: PublicId(world.draw_id()),
        persons: if world.dice.random_bool(0.9) { 1 } else { world.dice.random_range(0..4) },
        cases: if world.dice.random_bool(0.9) { 1 } else { world.dice.random_range(0..4) },
        priority: world.dice.random_bool(0.15),
        needs: Needs::default(),
        language: Language::El,
        could_not_book: world.dice.random_bool(0.3),
        told: None,
    };
    if world.ask(&command)?.is_err() || world.dice.random_bool(0.85) {
        return Ok(());
    }
    let visit = VisitId(world.office.next_visit);
    if world.dice.random_bool(0.5) {
        let note = Some(NoteId(world.draw_id()));
        return send(world, &Command::SetNote { visit, note });
    }
    fix_time(world, visit)
}

/// A walk-in takes a time that is still free today (TRN-06).
fn fix_time(world: &mut World, visit: VisitId) -> LawCheck {
    let reference = reference(world);
    let minutes = world.dice.random_range(-5..90);
    let start = world.now + TimeDelta::minutes(minutes);
    send(world, &Command::FixTime { visit, reference, start })
}

/// Somebody rings at the kiosk; now and then staff go there, and it is over.
fn ring(world: &mut World) -> LawCheck {
    let standing = world.office.help.keys().next().copied();
    let command = match (world.dice.random_range(0..3), standing) {
        (0, Some(ring)) => Command::AcceptHelp { ring, clerk: ClerkId(1) },
        (1, Some(ring)) => Command::EndHelp { ring },
        (2, None) => Command::AcceptHelp { ring: PublicId(world.draw_id()), clerk: ClerkId(1) },
        (_, None | Some(_)) => {
            Command::RingForHelp { ring: PublicId(world.draw_id()), place: "Είσοδος".to_owned() }
        }
    };
    send(world, &command)
}

/// Somebody in the waiting room, or who was.
fn in_the_room(world: &mut World) -> LawCheck {
    let visit = some_visit(world);
    let command = match world.dice.random_range(0..11) {
        0 => Command::Leave { visit },
        1 => Command::UndoLeave { visit },
        2 | 3 => Command::ComeBack { visit },
        4 => Command::ChooseLate { visit, choice: LateChoice::EndOfDay },
        5 => Command::Admit { visit },
        6 => Command::Amend {
            visit,
            persons: world.dice.random_range(0..3),
            cases: world.dice.random_range(1..3),
            planned_minutes: world.dice.random_bool(0.5).then(|| world.dice.random_range(3..25)),
        },
        7 => return fix_time(world, visit),
        8 => Command::Wish {
            visit,
            early: world.dice.random_bool(0.5).then(|| world.dice.random_bool(0.7)),
            priority: world.dice.random_bool(0.2).then(|| world.dice.random_bool(0.5)),
            needs: None,
        },
        9 => return ring(world),
        _ => {
            let note = world.dice.random_bool(0.7).then(|| NoteId(world.draw_id()));
            Command::SetNote { visit, note }
        }
    };
    send(world, &command)
}

fn open_desks(world: &mut World) -> LawCheck {
    let desks: Vec<DeskId> = world.town.config.desks.keys().copied().collect();
    for desk in desks {
        if world.dice.random_bool(0.85) {
            open_desk(world, desk, ClerkId(u32::from(desk.0)))?;
        }
    }
    Ok(())
}

fn open_desk(world: &mut World, desk: DeskId, clerk: ClerkId) -> LawCheck {
    let until = world.dice.random_bool(0.15).then(|| world.now + TimeDelta::minutes(world.dice.random_range(20..240)));
    send(world, &Command::OpenDesk { desk, clerk, until })
}

/// Desks open, break and close.
fn desks_change(world: &mut World) -> LawCheck {
    let desk = DeskId(world.dice.random_range(1..=4));
    let command = match world.dice.random_range(0..9) {
        0..=2 => {
            let clerk = ClerkId(world.dice.random_range(1..=5));
            // One of them sits down at whatever desk is open.
            match world.office.desks.get(&desk).map(|open| open.clerk).filter(|_| clerk == ClerkId(5)) {
                Some(from) => Command::HandOverDesk { desk, from, to: clerk },
                None => return open_desk(world, desk, clerk),
            }
        }
        3 => {
            let minutes = world.dice.random_range(3..20);
            let until = world.dice.random_bool(0.6).then(|| world.now + TimeDelta::minutes(minutes));
            Command::StartBreak { desk, because: BreakReason::Rest, until }
        }
        4 | 5 => {
            let on_break = |desk: &office::OpenDesk| matches!(desk.state, DeskState::Break { .. });
            let desk = world.office.desks.iter().find(|(_, open)| on_break(open)).map_or(desk, |(id, _)| *id);
            Command::EndBreak { desk }
        }
        6 => Command::SetReady { desk, ready: world.dice.random_bool(0.6) },
        7 => Command::CloseDesk { desk },
        _ => {
            let (service, public) = (some_service(world), PublicId(world.draw_id()));
            let holds = world.office.desks.get(&desk).and_then(|open| open.holds);
            Command::ServeDirect { desk, holds, service, public }
        }
    };
    send(world, &command)
}

/// Administrators change, suspend and resume.
fn administer(world: &mut World) -> LawCheck {
    let scope = match world.dice.random_range(0..3) {
        0 => SuspensionScope::Tickets,
        1 => SuspensionScope::Service(some_service(world)),
        _ => SuspensionScope::Desk(DeskId(world.dice.random_range(1..=4))),
    };
    let command = match world.dice.random_range(0..5) {
        0 => {
            let minutes = world.dice.random_range(5..40);
            let until = world.dice.random_bool(0.7).then(|| world.now + TimeDelta::minutes(minutes));
            Command::Suspend { scope, until, because: town::text() }
        }
        1 | 2 => {
            let scope = world.office.suspensions.first().map_or(scope, |suspension| suspension.scope);
            Command::Resume { scope }
        }
        _ => {
            let Some(config) = world.office.config.clone() else { return Ok(()) };
            let date = world.town.date;
            Command::Configure(Box::new(town::change(&mut world.dice, &config, date)))
        }
    };
    send(world, &command)
}

/// A command that was on its way for a while, and comes after others that were sent later.
fn late_command(world: &mut World) -> LawCheck {
    if world.delayed.is_empty() {
        return Ok(());
    }
    let at = world.dice.random_range(0..world.delayed.len());
    let command = world.delayed.swap_remove(at);
    send(world, &command)
}

/// Anything at a wrong place.
fn mischief(world: &mut World) -> LawCheck {
    let desk = DeskId(world.dice.random_range(1..=6));
    let visit = some_visit(world);
    let command = match world.dice.random_range(0..17) {
        0 => Command::Recall { desk, visit },
        1 => Command::Appeared { desk, visit },
        2 => Command::NoShow { desk, visit },
        3 => Command::AttemptFailed { desk, visit },
        4 => Command::Finish { desk, visit, outcome: Outcome::Done, delivered: Vec::new() },
        5 => Command::CallNext { desk, holds: Some(visit), finish: None, note_read: None },
        6 => Command::CallVisit { desk, holds: None, visit, because: None, note: None },
        // Now, so that the times do not follow each other; and from another season.
        kind @ (7 | 14) => {
            let at = if kind == 7 { world.now } else { world.now - TimeDelta::days(90) };
            Command::EnterOutageVisit {
                desk,
                service: some_service(world),
                number: None,
                public: PublicId(world.draw_id()),
                arrived_at: at,
                served_from: at - TimeDelta::minutes(5),
                served_to: at,
                outcome: Outcome::NotPossible,
            }
        }
        8 => Command::Leave { visit: VisitId(1_000_000) },
        9 => Command::Cancel { booking: BookingId(1_000_000), by: CancelledBy::Citizen },
        10 => Command::PutBack { desk, visit },
        11 => {
            let shown = DeskProof { identity: true, representation: false, papers: DocumentState::Complete };
            Command::RecordShown { desk, visit, shown, note: None }
        }
        12 => Command::LackDocuments { desk, visit },
        13 => Command::Confirm { booking: some_booking(world), party: party(world) },
        15 => Command::OpenDesk { desk, clerk: ClerkId(9), until: Some(world.now + TimeDelta::days(9_000)) },
        _ => Command::Interrupt { desk, visit, resume: ResumeWhen::NextGap, same_desk: false },
    };
    send(world, &command)
}

/// A clerk does the next thing at a desk.
fn at_a_desk(world: &mut World) -> LawCheck {
    let Some(desk) = some_desk(world) else { return desks_change(world) };
    let Some(open) = world.office.desks.get(&desk) else { return Ok(()) };
    let Some(visit) = open.holds else { return call(world, desk) };
    let Some(state) = world.office.visits.get(&visit).map(|held| held.state.clone()) else { return Ok(()) };
    match state {
        VisitState::Called { .. } => {
            let remote =
                world.office.visits.get(&visit).is_some_and(|held| {
                    matches!(held.origin, office::Origin::Booked { channel: Channel::Telephone, .. })
                });
            let command = match world.dice.random_range(0..20) {
                0..=2 => Command::Recall { desk, visit },
                3..=5 => Command::NoShow { desk, visit },
                6 => Command::PutBack { desk, visit },
                7..=12 if remote => Command::AttemptFailed { desk, visit },
                _ => Command::Appeared { desk, visit },
            };
            send(world, &command)
        }
        VisitState::Serving { since, .. } => serve(world, desk, visit, since),
        VisitState::Waiting { .. }
        | VisitState::Parked { .. }
        | VisitState::Interrupted { .. }
        | VisitState::NoShow { .. }
        | VisitState::Left { .. }
        | VisitState::Finished { .. }
        | VisitState::Unserved { .. } => Ok(()),
    }
}

/// Whom to call: mostly whom the rule proposes.
fn call(world: &mut World, desk: DeskId) -> LawCheck {
    let parked = world
        .office
        .open_visits
        .iter()
        .filter_map(|id| world.office.visits.get(id))
        .find(|visit| matches!(visit.state, VisitState::Parked { desk: by, .. } if by == desk));
    let parked = parked.map(|visit| visit.id);
    if let Some(visit) = parked.filter(|_| world.dice.random_bool(0.3)) {
        return send(world, &Command::CallVisit { desk, holds: None, visit, because: None, note: None });
    }
    if world.dice.random_bool(0.05) {
        let all = waiting(world);
        if !all.is_empty() {
            let visit = all[world.dice.random_range(0..all.len())];
            let because = world.dice.random_bool(0.7).then_some(OverrideReason::ShortMatter);
            return send(world, &Command::CallVisit { desk, holds: None, visit, because, note: None });
        }
    }
    let next = Command::CallNext { desk, holds: None, finish: None, note_read: None };
    if let Err(office::Refusal::NoteFirst { visit, .. }) = world.ask(&next)? {
        let read = Command::CallNext { desk, holds: None, finish: None, note_read: Some(visit) };
        return send(world, &read);
    }
    Ok(())
}

/// Somebody is interrupted for a booked citizen, who is done at once; then the other desks become free and ask, before
/// the first goes on with whom it had.
fn interrupt(world: &mut World, command: Command) -> LawCheck {
    if world.ask(&command)?.is_err() {
        return Ok(());
    }
    let Command::Interrupt { desk: own, .. } = command else { return Ok(()) };
    let next = |desk| Command::CallNext { desk, holds: None, finish: None, note_read: None };
    let done = |desk, visit| Command::Finish { desk, visit, outcome: Outcome::Done, delivered: Vec::new() };
    for round in 0..4 {
        let held: Vec<(DeskId, VisitId)> =
            world.office.desks.iter().filter_map(|(id, open)| Some((*id, open.holds?))).collect();
        for (desk, visit) in held {
            send(world, &Command::Appeared { desk, visit })?;
            send(world, &done(desk, visit))?;
        }
        let desks: Vec<DeskId> = world.office.desks.keys().copied().collect();
        for desk in desks {
            if (round == 0) == (desk == own) {
                send(world, &next(desk))?;
            }
        }
    }
    Ok(())
}

/// Serving goes on, ends, or is broken off.
fn serve(world: &mut World, desk: DeskId, visit: VisitId, since: DateTime<Utc>) -> LawCheck {
    let planned = world.office.visits.get(&visit).map_or(0, |visit| visit.planned_minutes);
    let served = (world.now - since).num_seconds();
    let done = served > i64::from(planned) * world.dice.random_range(20..100);
    let command = match world.dice.random_range(0..40) {
        0 => Command::Park { desk, visit },
        1 => {
            let service = TransferTarget::Service(some_service(world));
            let to = if world.dice.random_bool(0.5) {
                service
            } else {
                TransferTarget::Desk(DeskId(world.dice.random_range(1..=4)))
            };
            let first_in_line = world.dice.random_bool(0.3).then_some(OverrideReason::Urgent);
            Command::Transfer { desk, visit, to, first_in_line }
        }
        2 if world.dice.random_bool(0.5) => Command::LackDocuments { desk, visit },
        2 => {
            let shown = DeskProof { identity: true, representation: false, papers: DocumentState::Complete };
            Command::RecordShown { desk, visit, shown, note: None }
        }
        3 => Command::Amend { visit, persons: 2, cases: 1, planned_minutes: None },
        4..=7 => {
            let resume = if world.dice.random_bool(0.7) { ResumeWhen::NextGap } else { ResumeWhen::EndOfDay };
            let same_desk = world.dice.random_bool(0.5);
            return interrupt(world, Command::Interrupt { desk, visit, resume, same_desk });
        }
        _ if !done => return Ok(()),
        8..=20 => Command::CallNext { desk, holds: Some(visit), finish: Some(Outcome::Done), note_read: None },
        _ => Command::Finish { desk, visit, outcome: Outcome::Done, delivered: Vec::new() },
    };
    send(world, &command)
}
