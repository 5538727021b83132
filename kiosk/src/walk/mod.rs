//! The walk of a citizen through the kiosk, as a pure machine: what happens goes in, what is to be done comes out.
//!
//! It has no clock: time comes with each input, counted from the start of the program. What the screen shows follows
//! from [`Walk::screen`] and [`Walk::at`] alone.

mod at;
mod rules;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use at::{At, Paper, Retry, Screen};
use chrono::{DateTime, Utc};
pub use rules::Rules;
use wire::{
    Availability, CheckInAnswer, CheckInRequest, KioskView, Language, LateChoice, OfficeState, Problem, ProblemCode,
    TicketAnswer, TicketRequest,
};

/// What a button means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Show another language.
    Language(Language),
    /// I have an appointment.
    HaveBooking,
    /// I have none.
    NoBooking,
    /// To the first screen.
    Home,
    /// One step back.
    Back,
    /// A key of the code.
    Key(char),
    /// Take the last key back.
    Erase,
    /// The code is whole.
    EnterCode,
    /// Another page of the list.
    Page(usize),
    /// A service, by its key.
    Service(String),
    /// I want a number for it.
    TakeNumber,
    /// I could not book (TRN-15).
    CouldNotBook,
    /// Whether I need help or priority service (FLD-27).
    Priority(bool),
    /// What I choose after my time has passed.
    Late(LateChoice),
    /// Yes, cancel today's appointment.
    GiveUp,
    /// Ask the hub again.
    TryAgain,
    /// I have noted my number, or taken my ticket.
    Noted,
    /// I am still here.
    StillHere,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// A button was pressed and released.
    Press(Press),
    /// A code came from the scanner.
    Scanned(String),
    /// The hub answered a check-in.
    CheckedIn(u64, Box<CheckInAnswer>),
    /// The hub gave a ticket.
    TicketGiven(u64, Box<TicketAnswer>),
    /// The hub said no.
    Refused(u64, Box<Problem>),
    /// The hub did not answer.
    NoAnswer(u64),
    /// The printer is done with a ticket.
    Printed(u64),
    /// The printer could not print it.
    NotPrinted(u64),
    /// A new view of the office.
    View(Box<KioskView>),
    /// How the kiosk stands to its hub.
    Link(panel::link::Standing),
    /// Time passed.
    Tick,
}

/// What is to be done. The number names the intent: the same intent again is the same command for the hub.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Ask the hub to check somebody in.
    CheckIn(u64, CheckInRequest),
    /// Ask the hub for a ticket.
    TakeTicket(u64, TicketRequest),
    /// Print the ticket.
    Print(u64, Box<TicketAnswer>),
}

/// The machine.
#[derive(Debug, Clone)]
pub struct Walk {
    rules: Rules,
    language: Language,
    at: At,
    view: Option<KioskView>,
    link: panel::link::Standing,
    touched: Duration,
    changed: Duration,
    asked: Option<Duration>,
    last_press: Option<(Press, Duration)>,
    intents: u64,
}

impl Walk {
    /// A kiosk that nobody uses yet.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self {
            language: rules.language,
            rules,
            at: At::Welcome,
            view: None,
            link: panel::link::Standing::default(),
            touched: Duration::ZERO,
            changed: Duration::ZERO,
            asked: None,
            last_press: None,
            intents: 0,
        }
    }

    /// The language shown.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Where the citizen is.
    #[must_use]
    pub const fn at(&self) -> &At {
        &self.at
    }

    /// What the office offers.
    #[must_use]
    pub const fn view(&self) -> Option<&KioskView> {
        self.view.as_ref()
    }

    /// How the kiosk stands to its hub.
    #[must_use]
    pub const fn link(&self) -> &panel::link::Standing {
        &self.link
    }

    /// Since when the hub is being asked and has not answered.
    #[must_use]
    pub fn busy_since(&self) -> Option<Duration> {
        self.at.is_busy().then_some(self.changed)
    }

    /// Whether the number on the screen had been given before, so that its paper is a copy.
    #[must_use]
    pub const fn shows_again(&self) -> bool {
        matches!(self.at, At::Given { again: true, .. })
    }

    /// How the arrival of whoever has a number on the screen stands to the promised time.
    #[must_use]
    pub const fn standing(&self) -> Option<wire::Standing> {
        match self.at {
            At::Given { standing, .. } => standing,
            _ => None,
        }
    }

    /// The service of that key.
    #[must_use]
    pub fn service(&self, key: &str) -> Option<&wire::KioskService> {
        self.view.as_ref()?.services.iter().find(|service| service.key == key)
    }

    /// Seconds until the screen goes home, while it asks "are you still there?".
    #[must_use]
    pub fn countdown(&self, now: Duration) -> Option<u64> {
        let rest = (self.asked? + self.rules.ask).saturating_sub(now);
        Some(rest.as_millis().div_ceil(1000) as u64)
    }

    /// Which screen shows this.
    #[must_use]
    pub fn screen(&self) -> Screen {
        use panel::link::Standing;
        if self.at.outlives_the_link() {
            return self.at.screen();
        }
        match (&self.link, &self.view) {
            (Standing::Pairing { .. }, _) => return Screen::Pairing,
            (Standing::Lost { .. }, _) => return Screen::Away,
            (Standing::Starting, _) | (Standing::Live, None) => return Screen::Starting,
            (Standing::Live, Some(_)) => {}
        }
        match (self.view.as_ref().map(|view| &view.state), &self.at) {
            (Some(OfficeState::Closed { .. }), At::Welcome) => Screen::Closed,
            (Some(OfficeState::Suspended { .. }), At::Welcome) => Screen::Suspended,
            _ => self.at.screen(),
        }
    }

    /// Takes what happened at `now`, and says what is to be done.
    pub fn on(&mut self, input: Input, now: Duration) -> Vec<Action> {
        match input {
            Input::Press(press) => self.press(press, now),
            Input::Scanned(code) => self.scanned(code, now),
            Input::CheckedIn(intent, answer) => self.checked_in(intent, *answer, now),
            Input::TicketGiven(intent, ticket) => self.given(intent, *ticket, None, false, now),
            Input::Refused(intent, problem) => self.refused(intent, &problem, now),
            Input::NoAnswer(intent) => self.unanswered(intent, now),
            Input::Printed(job) => self.printed(job, true, now),
            Input::NotPrinted(job) => self.printed(job, false, now),
            Input::View(view) => self.take_view(*view, now),
            Input::Link(link) => self.take_link(link, now),
            Input::Tick => self.tick(now),
        }
    }

    /// When [`Input::Tick`] has something to do next.
    #[must_use]
    pub fn next_due(&self, now: Duration) -> Option<Duration> {
        if let Some(asked) = self.asked {
            // Each second of the countdown is shown.
            let shown = (now.saturating_sub(asked).as_millis() / 1000 + 1) as u64;
            return Some((asked + Duration::from_secs(shown)).min(asked + self.rules.ask));
        }
        self.at.patience(&self.rules).map(|patience| self.since() + patience)
    }

    fn since(&self) -> Duration {
        self.touched.max(self.changed)
    }

    fn go(&mut self, at: At, now: Duration) {
        self.at = at;
        self.changed = now;
        self.asked = None;
    }

    fn go_home(&mut self, now: Duration) {
        self.language = self.rules.language;
        self.go(At::Welcome, now);
    }

    fn press(&mut self, press: Press, now: Duration) -> Vec<Action> {
        // A second touch that was meant for the screen before, or that a trembling hand made, does nothing (K22).
        let window = if matches!(press, Press::Key(_)) { self.rules.same_key } else { self.rules.same_press };
        let again = self.last_press.replace((press.clone(), now));
        if again.is_some_and(|(last, at)| last == press && now.saturating_sub(at) < window) {
            return Vec::new();
        }
        if now.saturating_sub(self.changed) < self.rules.settle && self.changed > Duration::ZERO {
            return Vec::new();
        }
        self.touched = now;
        if self.asked.take().is_some() {
            // Whatever was pressed says that somebody is there; it is not taken for more than that.
            return Vec::new();
        }
        match press {
            Press::Language(language) => self.language = language,
            Press::StillHere => {}
            Press::Home | Press::Noted if self.at.holds_on() => {}
            Press::Home | Press::Noted => self.go_home(now),
            press => return self.step(press, now),
        }
        Vec::new()
    }

    fn step(&mut self, press: Press, now: Duration) -> Vec<Action> {
        match (std::mem::replace(&mut self.at, At::Welcome), press) {
            (At::Welcome, Press::HaveBooking) => self.go(At::Code { typed: String::new() }, now),
            (At::Welcome, Press::NoBooking) => self.go(At::Services { page: 0 }, now),
            (At::Code { mut typed }, Press::Key(key)) => {
                if typed.len() < wire::REFERENCE_CHARACTERS && wire::CODE_ALPHABET.contains(&(key as u8)) {
                    typed.push(key);
                }
                self.at = At::Code { typed };
            }
            (At::Code { mut typed }, Press::Erase) => {
                typed.pop();
                self.at = At::Code { typed };
            }
            (At::Code { typed }, Press::EnterCode) if typed.len() == wire::REFERENCE_CHARACTERS => {
                return self.check_in(typed, None, now);
            }
            (At::Services { .. }, Press::Page(page)) => {
                let last = self.pages().saturating_sub(1);
                self.go(At::Services { page: page.min(last) }, now);
            }
            (At::Services { .. }, Press::Service(key)) => self.choose(key, now),
            (At::Service { key }, Press::TakeNumber) => {
                self.go(At::Priority { key, could_not_book: false }, now);
            }
            (At::CouldNotBook { key }, Press::CouldNotBook) => {
                self.go(At::Priority { key, could_not_book: true }, now);
            }
            (At::Priority { key, could_not_book }, Press::Priority(priority)) => {
                return self.take_ticket(key, could_not_book, priority, now);
            }
            (At::Late { code, .. }, Press::Late(LateChoice::EndOfDay)) => {
                return self.check_in(code, Some(LateChoice::EndOfDay), now);
            }
            (At::Late { code, booked_for }, Press::Late(LateChoice::BookAnew)) => {
                self.go(At::GiveUp { code, booked_for }, now);
            }
            (At::GiveUp { code, .. }, Press::GiveUp) => {
                return self.check_in(code, Some(LateChoice::BookAnew), now);
            }
            (At::Refused { retry: Some(retry), .. }, Press::TryAgain) => return self.try_again(retry, now),
            (At::Refused { .. }, Press::HaveBooking) => self.go(At::Code { typed: String::new() }, now),
            (At::Refused { .. } | At::BookAnew, Press::NoBooking) => self.go(At::Services { page: 0 }, now),
            (at, Press::Back) => {
                let before = at.before();
                self.go(before, now);
            }
            // What is not offered here does nothing.
            (at, _) => self.at = at,
        }
        Vec::new()
    }

    /// How many pages the list of services has.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.view.as_ref().map_or(1, |view| view.services.len().div_ceil(self.services_on_a_page()).max(1))
    }

    /// How many services stand on one of them.
    #[must_use]
    pub fn services_on_a_page(&self) -> usize {
        let all = self.view.as_ref().map_or(0, |view| view.services.len());
        let fits_on_one = all <= self.rules.services_on_a_page;
        if fits_on_one { self.rules.services_on_a_page } else { self.rules.services_on_a_page_of_many.max(1) }
    }

    fn choose(&mut self, key: String, now: Duration) {
        let Some(service) = self.service(&key) else {
            return self.refuse(ProblemCode::UnknownService, None, None, now);
        };
        match service.availability {
            Availability::Now { .. } => self.go(At::Service { key }, now),
            Availability::BookingRequired => self.go(At::CouldNotBook { key }, now),
            Availability::NoTimeLeft => self.refuse(ProblemCode::NoTimeLeft, None, None, now),
            Availability::Suspended { until } => self.refuse(ProblemCode::Suspended, until, None, now),
        }
    }

    fn scanned(&mut self, code: String, now: Duration) -> Vec<Action> {
        if matches!(self.link, panel::link::Standing::Pairing { .. }) || self.at.is_busy() {
            return Vec::new();
        }
        // A number that is on no paper stays until it was noted; the next in line comes after.
        if self.at.keeps_a_number() && now.saturating_sub(self.changed) < self.rules.number_least {
            return Vec::new();
        }
        self.touched = now;
        self.check_in(code, None, now)
    }

    fn check_in(&mut self, code: String, late: Option<LateChoice>, now: Duration) -> Vec<Action> {
        let intent = self.intend();
        let request = CheckInRequest { code, language: Some(self.language), late };
        self.go(At::CheckingIn { intent, request: request.clone() }, now);
        vec![Action::CheckIn(intent, request)]
    }

    fn take_ticket(&mut self, service: String, could_not_book: bool, priority: bool, now: Duration) -> Vec<Action> {
        let intent = self.intend();
        let request =
            TicketRequest { service, language: self.language, priority, could_not_book, persons: 1, cases: 1 };
        self.go(At::TakingTicket { intent, request: request.clone() }, now);
        vec![Action::TakeTicket(intent, request)]
    }

    /// The same intent again, so that a hub that had done it does nothing twice (PROM-09).
    fn try_again(&mut self, retry: Retry, now: Duration) -> Vec<Action> {
        match retry {
            Retry::CheckIn { intent, request } => {
                self.go(At::CheckingIn { intent, request: request.clone() }, now);
                vec![Action::CheckIn(intent, request)]
            }
            Retry::Ticket { intent, request } => {
                self.go(At::TakingTicket { intent, request: request.clone() }, now);
                vec![Action::TakeTicket(intent, request)]
            }
        }
    }

    const fn intend(&mut self) -> u64 {
        self.intents += 1;
        self.intents
    }

    fn checked_in(&mut self, intent: u64, answer: CheckInAnswer, now: Duration) -> Vec<Action> {
        self.given(intent, answer.ticket, Some(answer.standing), answer.again, now)
    }

    fn given(
        &mut self,
        intent: u64,
        ticket: TicketAnswer,
        standing: Option<wire::Standing>,
        again: bool,
        now: Duration,
    ) -> Vec<Action> {
        if self.at.intent() != Some(intent) {
            return Vec::new();
        }
        self.go(
            At::Given { job: intent, ticket: Box::new(ticket.clone()), standing, again, paper: Paper::Printing },
            now,
        );
        vec![Action::Print(intent, Box::new(ticket))]
    }

    fn refused(&mut self, intent: u64, problem: &Problem, now: Duration) -> Vec<Action> {
        if self.at.intent() != Some(intent) {
            return Vec::new();
        }
        match (std::mem::replace(&mut self.at, At::Welcome), problem.code) {
            (At::CheckingIn { request, .. }, ProblemCode::LateChoiceNeeded) => {
                self.go(At::Late { code: request.code, booked_for: problem.at }, now);
            }
            // The booking was given up, as was asked: this is the answer that was wanted.
            (At::CheckingIn { request, .. }, ProblemCode::BookingCancelled)
                if request.late == Some(LateChoice::BookAnew) =>
            {
                self.go(At::BookAnew, now);
            }
            (At::TakingTicket { request, .. }, ProblemCode::BookingRequired) if !request.could_not_book => {
                self.go(At::CouldNotBook { key: request.service }, now);
            }
            (_, code) => self.refuse(code, problem.at, None, now),
        }
        Vec::new()
    }

    fn unanswered(&mut self, intent: u64, now: Duration) -> Vec<Action> {
        if self.at.intent() == Some(intent) {
            let retry = self.at.retry();
            self.refuse(ProblemCode::Unavailable, None, retry, now);
        }
        Vec::new()
    }

    fn refuse(&mut self, code: ProblemCode, about: Option<DateTime<Utc>>, retry: Option<Retry>, now: Duration) {
        self.go(At::Refused { code, about, retry }, now);
    }

    fn printed(&mut self, done: u64, well: bool, now: Duration) -> Vec<Action> {
        if let At::Given { job, paper, .. } = &mut self.at
            && *job == done
            && *paper == Paper::Printing
        {
            *paper = if well { Paper::Printed } else { Paper::NotPrinted };
            self.changed = now;
        }
        Vec::new()
    }

    fn take_view(&mut self, view: KioskView, now: Duration) -> Vec<Action> {
        self.view = Some(view);
        // A service that is no longer offered is no longer shown.
        let gone = match &self.at {
            At::Service { key } | At::Priority { key, .. } | At::CouldNotBook { key } => self.service(key).is_none(),
            _ => false,
        };
        if gone {
            self.go(At::Services { page: 0 }, now);
        }
        Vec::new()
    }

    fn take_link(&mut self, link: panel::link::Standing, now: Duration) -> Vec<Action> {
        let was_live = self.link == panel::link::Standing::Live;
        self.link = link;
        // Whoever was in the middle of a walk starts anew when the hub is back; a number in hand stays.
        if was_live && self.link != panel::link::Standing::Live && !self.at.outlives_the_link() {
            self.go_home(now);
        }
        Vec::new()
    }

    fn tick(&mut self, now: Duration) -> Vec<Action> {
        if let Some(asked) = self.asked {
            if now.saturating_sub(asked) >= self.rules.ask {
                self.go_home(now);
            }
            return Vec::new();
        }
        let Some(patience) = self.at.patience(&self.rules) else { return Vec::new() };
        if now.saturating_sub(self.since()) < patience {
            return Vec::new();
        }
        if self.at.leaves_unasked() {
            self.go_home(now);
        } else {
            self.asked = Some(now);
        }
        Vec::new()
    }
}
