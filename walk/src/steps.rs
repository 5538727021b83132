//! What each button does at each place of the walk.

use std::time::Duration;

use wire::{LateChoice, RebookingQuery, RebookingRequest, TicketRequest, WishRequest};

use crate::{input::WalkAction, machine::KioskWalk, press::Press, question::Question, station::Station};

/// So many times stand on a page.
pub(crate) const TIMES_ON_A_PAGE: usize = 6;

impl KioskWalk {
    /// Goes on from where somebody is; what is not offered there does nothing.
    pub(crate) fn step(&mut self, press: Press, now: Duration) -> Vec<WalkAction> {
        match (std::mem::replace(&mut self.station, Station::Welcome), press) {
            (Station::Welcome | Station::NotSure, Press::HaveBooking) => {
                self.go(Station::Code { typed: String::new() }, now)
            }
            (Station::Welcome | Station::NotSure, Press::NoBooking) => self.go(Station::Services { page: 0 }, now),
            (Station::Welcome | Station::Services { .. }, Press::NotSure) => self.go(Station::NotSure, now),
            (Station::Code { mut typed }, Press::Key(key)) => {
                if typed.len() < wire::REFERENCE_CHARACTERS && wire::CODE_ALPHABET.contains(&(key as u8)) {
                    typed.push(key);
                }
                self.station = Station::Code { typed };
            }
            (Station::Code { mut typed }, Press::Erase) => {
                typed.pop();
                self.station = Station::Code { typed };
            }
            (Station::Code { typed }, Press::EnterCode) if typed.len() == wire::REFERENCE_CHARACTERS => {
                return self.check_in(typed, None, now);
            }
            (Station::Services { .. }, Press::Page(page)) => {
                let last = self.pages().saturating_sub(1);
                self.go(Station::Services { page: page.min(last) }, now);
            }
            (Station::Services { .. } | Station::NotSure, Press::Service(key)) => self.choose(key, now),
            (Station::Service { key }, Press::TakeNumber) => {
                return self.ask(Question::first(), TicketRequest::new(key), now);
            }
            (Station::Service { key }, Press::MoreOfUs) => {
                self.go(Station::Party { request: TicketRequest::new(key) }, now);
            }
            (Station::Party { mut request }, Press::Count(count, more)) => {
                count.change(&mut request, more);
                self.station = Station::Party { request };
            }
            (Station::Party { request }, Press::TakeNumber) => return self.ask(Question::first(), request, now),
            (Station::CouldNotBook { key }, Press::CouldNotBook) => {
                let request = TicketRequest { could_not_book: true, ..TicketRequest::new(key) };
                return self.ask(Question::first(), request, now);
            }
            (Station::Question { question, mut request }, Press::Answer(answered, yes)) if answered == question => {
                question.note(&mut request, yes);
                if yes && question == Question::Priority {
                    self.go(Station::Needs { request }, now);
                } else {
                    return self.ask(question.next(), request, now);
                }
            }
            (Station::Needs { mut request }, Press::Need(need)) => {
                need.turn(&mut request.needs);
                self.station = Station::Needs { request };
            }
            (Station::Needs { request }, Press::WishesDone) => {
                return self.ask(Question::Priority.next(), request, now);
            }
            (station, press) => return self.step_later(station, press, now),
        }
        Vec::new()
    }

    /// The same, for whoever has a booking, a number, or was told no.
    fn step_later(&mut self, station: Station, press: Press, now: Duration) -> Vec<WalkAction> {
        match (station, press) {
            (Station::Late { code, .. }, Press::Late(LateChoice::EndOfDay)) => {
                return self.check_in(code, Some(LateChoice::EndOfDay), now);
            }
            (late @ Station::Late { .. }, Press::Late(LateChoice::BookAnew)) => return self.seek_times(late, now),
            (Station::Times { code, times, late, .. }, Press::Page(page)) => {
                let last = times.slots.len().div_ceil(TIMES_ON_A_PAGE).saturating_sub(1);
                self.go(Station::Times { code, times, page: page.min(last), late }, now);
            }
            (Station::Times { code, times, .. }, Press::NewTime(start))
                if times.slots.iter().any(|slot| slot.start == start) =>
            {
                let intent = self.intend();
                let request = RebookingRequest { code, start, language: Some(self.language()) };
                self.go(Station::Rebooking { intent, request: request.clone() }, now);
                return vec![WalkAction::Rebook(intent, request)];
            }
            (Station::GiveUp { code, .. }, Press::GiveUp) => {
                return self.check_in(code, Some(LateChoice::BookAnew), now);
            }
            (Station::Given { job, ticket, standing, again, print, .. }, Press::CallEarly(yes)) => {
                let visit = ticket.visit;
                self.go(Station::Given { job, ticket, standing, again, print, early: Some(yes) }, now);
                return vec![WalkAction::SayWishes(visit, WishRequest { early: Some(yes), ..WishRequest::default() })];
            }
            (given @ Station::Given { .. }, Press::SayWishes) => {
                let (priority, needs) = (false, wire::Needs::default());
                self.go(Station::Wishes { given: Box::new(given), priority, needs }, now);
            }
            (given @ Station::Given { .. }, Press::FixTime(start)) => return self.fix_time(given, start, now),
            (Station::Wishes { given, priority, needs }, Press::Priority) => {
                self.station = Station::Wishes { given, priority: !priority, needs };
            }
            (Station::Wishes { given, priority, mut needs }, Press::Need(need)) => {
                need.turn(&mut needs);
                self.station = Station::Wishes { given, priority, needs };
            }
            (Station::Wishes { given, priority, needs }, Press::WishesDone) => {
                let visit = visit_of(&given);
                self.go(*given, now);
                let wish = WishRequest { early: None, priority: priority.then_some(true), needs: Some(needs) };
                return visit.map(|visit| WalkAction::SayWishes(visit, wish)).into_iter().collect();
            }
            (Station::Refused { retry: Some(retry), .. }, Press::TryAgain) => return self.try_again(retry, now),
            (Station::Refused { .. }, Press::HaveBooking) => self.go(Station::Code { typed: String::new() }, now),
            (Station::Refused { .. } | Station::BookAnew, Press::NoBooking) => {
                self.go(Station::Services { page: 0 }, now)
            }
            (station, Press::Back) => {
                let before = station.before();
                self.go(before, now);
            }
            // What is not offered here does nothing.
            (station, _) => self.station = station,
        }
        Vec::new()
    }

    /// Looks which other times there are; nothing is given up by that.
    fn seek_times(&mut self, late: Station, now: Duration) -> Vec<WalkAction> {
        let Station::Late { code, .. } = &late else {
            self.station = late;
            return Vec::new();
        };
        let (intent, query) = (self.intend(), RebookingQuery { code: code.clone() });
        self.go(Station::SeekingTimes { intent, query: query.clone(), late: Box::new(late) }, now);
        vec![WalkAction::AskTimes(intent, query)]
    }

    /// Asks for the gap that the ticket named, and for no other.
    fn fix_time(&mut self, given: Station, start: chrono::DateTime<chrono::Utc>, now: Duration) -> Vec<WalkAction> {
        let offered = match &given {
            Station::Given { ticket, .. } if ticket.first_gap_at == Some(start) => Some(ticket.visit),
            _ => None,
        };
        let Some(visit) = offered else {
            self.station = given;
            return Vec::new();
        };
        let intent = self.intend();
        self.go(Station::FixingTime { intent, start, given: Box::new(given) }, now);
        vec![WalkAction::FixTime(intent, visit, start)]
    }
}

/// The visit of whoever has a number.
fn visit_of(given: &Station) -> Option<uuid::Uuid> {
    match given {
        Station::Given { ticket, .. } => Some(ticket.visit),
        _ => None,
    }
}
