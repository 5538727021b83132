//! The walk of a citizen through the kiosk, as a pure machine: what happens goes in, what is to be done comes out.

use std::time::Duration;

use chrono::{DateTime, Utc};
use link::LinkState;
use wire::{
    Availability, CheckInAnswer, CheckInRequest, KioskView, Language, LateChoice, OfficeState, Problem, ProblemCode,
    TicketAnswer, TicketRequest,
};

use crate::{
    input::{WalkAction, WalkInput},
    press::Press,
    question::Question,
    rules::WalkRules,
    station::{KioskScreen, PrintState, Retry, Station},
};

/// The machine.
#[derive(Debug, Clone)]
pub struct KioskWalk {
    rules: WalkRules,
    language: Language,
    /// Whether whoever stands here chose the language: until then a booking's own is spoken.
    chose_language: bool,
    station: Station,
    view: Option<KioskView>,
    link: LinkState,
    /// Whether the kiosk goes on by itself.
    local: bool,
    touched: Duration,
    changed: Duration,
    asked: Option<Duration>,
    last_press: Option<(Press, Duration)>,
    intents: u64,
}

impl KioskWalk {
    /// A kiosk that nobody uses yet.
    #[must_use]
    pub fn new(rules: WalkRules) -> Self {
        Self {
            language: rules.language,
            chose_language: false,
            rules,
            station: Station::Welcome,
            view: None,
            link: LinkState::default(),
            local: false,
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
    pub const fn station(&self) -> &Station {
        &self.station
    }

    /// What the office offers.
    #[must_use]
    pub const fn view(&self) -> Option<&KioskView> {
        self.view.as_ref()
    }

    /// How the kiosk stands to its hub.
    #[must_use]
    pub const fn link(&self) -> &LinkState {
        &self.link
    }

    /// Whether the kiosk goes on by itself while the hub is away.
    #[must_use]
    pub const fn is_local(&self) -> bool {
        self.local
    }

    /// Since when the hub is being asked and has not answered.
    #[must_use]
    pub fn busy_since(&self) -> Option<Duration> {
        self.station.is_busy().then_some(self.changed)
    }

    /// Whether the number on the screen had been given before, so that its paper is a copy.
    #[must_use]
    pub const fn shows_again(&self) -> bool {
        matches!(self.station, Station::Given { again: true, .. })
    }

    /// How the arrival of whoever has a number on the screen stands to the promised time.
    #[must_use]
    pub const fn standing(&self) -> Option<wire::Standing> {
        match self.station {
            Station::Given { standing, .. } => standing,
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
    pub fn screen(&self) -> KioskScreen {
        if self.station.outlives_the_link() {
            return self.station.screen();
        }
        match (&self.link, &self.view) {
            (LinkState::Pairing { .. }, _) => return KioskScreen::Pairing,
            (LinkState::Lost { .. }, Some(_)) if self.local => {}
            (LinkState::Lost { .. }, _) => return KioskScreen::Away,
            (LinkState::Estranged(_), _) => return KioskScreen::Estranged,
            (LinkState::Starting, _) | (LinkState::Live, None) => return KioskScreen::Starting,
            (LinkState::Live, Some(_)) => {}
        }
        match (self.view.as_ref().map(|view| &view.state), &self.station) {
            (Some(OfficeState::Closed { .. }), Station::Welcome) => KioskScreen::Closed,
            (Some(OfficeState::Suspended { .. }), Station::Welcome) => KioskScreen::Suspended,
            _ => self.station.screen(),
        }
    }

    /// Takes what happened at `now`, and says what is to be done.
    pub fn on(&mut self, input: WalkInput, now: Duration) -> Vec<WalkAction> {
        match input {
            WalkInput::Press(press) => self.press(press, now),
            WalkInput::Scanned(code) => self.scanned(code, now),
            WalkInput::CheckedIn(intent, answer) => self.checked_in(intent, *answer, now),
            WalkInput::TicketGiven(intent, ticket) => self.given(intent, *ticket, None, false, now),
            WalkInput::Refused(intent, problem) => self.refused(intent, &problem, now),
            WalkInput::NoAnswer(intent) => self.unanswered(intent, now),
            WalkInput::Printed(job) => self.printed(job, true, now),
            WalkInput::NotPrinted(job) => self.printed(job, false, now),
            WalkInput::View(view) => self.take_view(*view, now),
            WalkInput::Link(link) => self.take_link(link, now),
            WalkInput::Local(local) => self.take_local(local, now),
            WalkInput::Tick => self.tick(now),
        }
    }

    /// When [`WalkInput::Tick`] has something to do next.
    #[must_use]
    pub fn next_due(&self, now: Duration) -> Option<Duration> {
        if let Some(asked) = self.asked {
            // Each second of the countdown is shown.
            let shown = (now.saturating_sub(asked).as_millis() / 1000 + 1) as u64;
            return Some((asked + Duration::from_secs(shown)).min(asked + self.rules.ask));
        }
        self.station.patience(&self.rules).map(|patience| self.since() + patience)
    }

    fn since(&self) -> Duration {
        self.touched.max(self.changed)
    }

    fn go(&mut self, station: Station, now: Duration) {
        self.station = station;
        self.changed = now;
        self.asked = None;
    }

    fn go_home(&mut self, now: Duration) {
        self.greet_the_next();
        self.go(Station::Welcome, now);
    }

    /// Somebody else may stand here now, who has chosen nothing yet.
    const fn greet_the_next(&mut self) {
        (self.language, self.chose_language) = (self.rules.language, false);
    }

    /// Speaks a booking's own language to whoever has chosen none.
    const fn speak(&mut self, booked_in: Language) {
        if !self.chose_language {
            self.language = booked_in;
        }
    }

    fn press(&mut self, press: Press, now: Duration) -> Vec<WalkAction> {
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
            Press::Language(language) => (self.language, self.chose_language) = (language, true),
            Press::StillHere => {}
            Press::Home | Press::Noted if self.station.holds_on() => {}
            Press::Home | Press::Noted => self.go_home(now),
            press => return self.step(press, now),
        }
        Vec::new()
    }

    fn step(&mut self, press: Press, now: Duration) -> Vec<WalkAction> {
        match (std::mem::replace(&mut self.station, Station::Welcome), press) {
            (Station::Welcome, Press::HaveBooking) => self.go(Station::Code { typed: String::new() }, now),
            (Station::Welcome, Press::NoBooking) => self.go(Station::Services { page: 0 }, now),
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
            (Station::Services { .. }, Press::Service(key)) => self.choose(key, now),
            (Station::Service { key }, Press::TakeNumber) => {
                return self.ask(Question::first(), TicketRequest::new(key), now);
            }
            (Station::CouldNotBook { key }, Press::CouldNotBook) => {
                let request = TicketRequest { could_not_book: true, ..TicketRequest::new(key) };
                return self.ask(Question::first(), request, now);
            }
            (Station::Question { question, mut request }, Press::Answer(answered, yes)) if answered == question => {
                question.note(&mut request, yes);
                return self.ask(question.next(), request, now);
            }
            (Station::Late { code, .. }, Press::Late(LateChoice::EndOfDay)) => {
                return self.check_in(code, Some(LateChoice::EndOfDay), now);
            }
            (Station::Late { code, booked_for }, Press::Late(LateChoice::BookAnew)) => {
                self.go(Station::GiveUp { code, booked_for }, now);
            }
            (Station::GiveUp { code, .. }, Press::GiveUp) => {
                return self.check_in(code, Some(LateChoice::BookAnew), now);
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
            Availability::Now { .. } => self.go(Station::Service { key }, now),
            Availability::BookingRequired => self.go(Station::CouldNotBook { key }, now),
            Availability::NoTimeLeft => self.refuse(ProblemCode::NoTimeLeft, None, None, now),
            Availability::Suspended { until } => self.refuse(ProblemCode::Suspended, until, None, now),
        }
    }

    fn scanned(&mut self, code: String, now: Duration) -> Vec<WalkAction> {
        if matches!(self.link, LinkState::Pairing { .. }) || self.station.is_busy() {
            return Vec::new();
        }
        // A number that is on no paper stays until it was noted; the next in line comes after.
        if self.station.keeps_a_number() && now.saturating_sub(self.changed) < self.rules.number_least {
            return Vec::new();
        }
        self.touched = now;
        // Who was served before has their number; the next one in line holds out a code.
        if matches!(self.station, Station::Given { .. } | Station::BookAnew) {
            self.greet_the_next();
        }
        self.check_in(code, None, now)
    }

    fn check_in(&mut self, code: String, late: Option<LateChoice>, now: Duration) -> Vec<WalkAction> {
        let intent = self.intend();
        let request = CheckInRequest { code, language: self.chose_language.then_some(self.language), late };
        self.go(Station::CheckingIn { intent, request: request.clone() }, now);
        vec![WalkAction::CheckIn(intent, request)]
    }

    /// Asks the question; where none is left, the hub is asked for the ticket.
    fn ask(&mut self, question: Option<Question>, request: TicketRequest, now: Duration) -> Vec<WalkAction> {
        let Some(question) = question else { return self.take_ticket(request, now) };
        self.go(Station::Question { question, request }, now);
        Vec::new()
    }

    fn take_ticket(&mut self, request: TicketRequest, now: Duration) -> Vec<WalkAction> {
        let intent = self.intend();
        let request = TicketRequest { language: self.language, ..request };
        self.go(Station::TakingTicket { intent, request: request.clone() }, now);
        vec![WalkAction::TakeTicket(intent, request)]
    }

    /// The same intent again, so that a hub that had done it does nothing twice (PROM-09).
    fn try_again(&mut self, retry: Retry, now: Duration) -> Vec<WalkAction> {
        match retry {
            Retry::CheckIn { intent, request } => {
                self.go(Station::CheckingIn { intent, request: request.clone() }, now);
                vec![WalkAction::CheckIn(intent, request)]
            }
            Retry::Ticket { intent, request } => {
                self.go(Station::TakingTicket { intent, request: request.clone() }, now);
                vec![WalkAction::TakeTicket(intent, request)]
            }
        }
    }

    const fn intend(&mut self) -> u64 {
        self.intents += 1;
        self.intents
    }

    fn checked_in(&mut self, intent: u64, answer: CheckInAnswer, now: Duration) -> Vec<WalkAction> {
        if self.station.intent() == Some(intent) {
            self.speak(answer.ticket.language);
        }
        self.given(intent, answer.ticket, Some(answer.standing), answer.again, now)
    }

    fn given(
        &mut self,
        intent: u64,
        ticket: TicketAnswer,
        standing: Option<wire::Standing>,
        again: bool,
        now: Duration,
    ) -> Vec<WalkAction> {
        if self.station.intent() != Some(intent) {
            return Vec::new();
        }
        self.go(
            Station::Given {
                job: intent,
                ticket: Box::new(ticket.clone()),
                standing,
                again,
                print: PrintState::Printing,
            },
            now,
        );
        vec![WalkAction::Print(intent, Box::new(ticket))]
    }

    fn refused(&mut self, intent: u64, problem: &Problem, now: Duration) -> Vec<WalkAction> {
        if self.station.intent() != Some(intent) {
            return Vec::new();
        }
        if let Some(booked_in) = problem.language {
            self.speak(booked_in);
        }
        match (std::mem::replace(&mut self.station, Station::Welcome), problem.code) {
            (Station::CheckingIn { request, .. }, ProblemCode::LateChoiceNeeded) => {
                self.go(Station::Late { code: request.code, booked_for: problem.at }, now);
            }
            // The booking was given up, as was asked: this is the answer that was wanted.
            (Station::CheckingIn { request, .. }, ProblemCode::BookingCancelled)
                if request.late == Some(LateChoice::BookAnew) =>
            {
                self.go(Station::BookAnew, now);
            }
            (Station::TakingTicket { request, .. }, ProblemCode::BookingRequired) if !request.could_not_book => {
                self.go(Station::CouldNotBook { key: request.service }, now);
            }
            (_, code) => self.refuse(code, problem.at, None, now),
        }
        Vec::new()
    }

    fn unanswered(&mut self, intent: u64, now: Duration) -> Vec<WalkAction> {
        if self.station.intent() == Some(intent) {
            let retry = self.station.retry();
            self.refuse(ProblemCode::Unavailable, None, retry, now);
        }
        Vec::new()
    }

    fn refuse(&mut self, code: ProblemCode, about: Option<DateTime<Utc>>, retry: Option<Retry>, now: Duration) {
        self.go(Station::Refused { code, about, retry }, now);
    }

    fn printed(&mut self, done: u64, well: bool, now: Duration) -> Vec<WalkAction> {
        if let Station::Given { job, print, .. } = &mut self.station
            && *job == done
            && *print == PrintState::Printing
        {
            *print = if well { PrintState::Printed } else { PrintState::NotPrinted };
            self.changed = now;
        }
        Vec::new()
    }

    fn take_view(&mut self, view: KioskView, now: Duration) -> Vec<WalkAction> {
        self.view = Some(view);
        // A service that is no longer offered is no longer shown.
        if self.station.chosen().is_some_and(|key| self.service(key).is_none()) {
            self.go(Station::Services { page: 0 }, now);
        }
        Vec::new()
    }

    fn take_link(&mut self, link: LinkState, now: Duration) -> Vec<WalkAction> {
        let was_live = self.link == LinkState::Live;
        self.link = link;
        // Whoever was in the middle of a walk starts anew when the hub is back; a number in hand stays.
        let goes_on = self.local && matches!(self.link, LinkState::Lost { .. });
        if was_live && self.link != LinkState::Live && !goes_on && !self.station.outlives_the_link() {
            self.go_home(now);
        }
        Vec::new()
    }

    fn take_local(&mut self, local: bool, now: Duration) -> Vec<WalkAction> {
        let went_on = std::mem::replace(&mut self.local, local);
        // Whoever is in the middle of a walk has the screen for which nobody is there any more taken away.
        if went_on && !local && self.link != LinkState::Live && !self.station.outlives_the_link() {
            self.go_home(now);
        }
        Vec::new()
    }

    fn tick(&mut self, now: Duration) -> Vec<WalkAction> {
        if let Some(asked) = self.asked {
            if now.saturating_sub(asked) >= self.rules.ask {
                self.go_home(now);
            }
            return Vec::new();
        }
        let Some(patience) = self.station.patience(&self.rules) else { return Vec::new() };
        if now.saturating_sub(self.since()) < patience {
            return Vec::new();
        }
        if self.station.leaves_unasked() {
            self.go_home(now);
        } else {
            self.asked = Some(now);
        }
        Vec::new()
    }
}
