//! The walk of a citizen through the kiosk, as a pure machine: what happens goes in, what is to be done comes out.

use std::time::Duration;

use chrono::{DateTime, Utc};
use link::LinkState;
use wire::{
    Availability, CheckInAnswer, CheckInRequest, KioskView, Language, LateChoice, OfficeState, Problem, ProblemCode,
    RebookingAnswer, RebookingTimes, TicketAnswer, TicketRequest,
};

use crate::{
    comfort::{Comfort, Ease},
    help::{HelpStage, HelpWait},
    input::{WalkAction, WalkInput},
    press::Press,
    question::Question,
    rules::WalkRules,
    station::{KioskScreen, PrintState, Retry, Station},
};

/// The machine.
#[derive(Debug, Clone)]
pub struct KioskWalk {
    pub(crate) rules: WalkRules,
    language: Language,
    /// Whether whoever stands here chose the language: until then a booking's own is spoken.
    chose_language: bool,
    pub(crate) station: Station,
    view: Option<KioskView>,
    pub(crate) link: LinkState,
    comfort: Comfort,
    headset: bool,
    /// Counts those who stood here one after the other.
    guest: u64,
    pub(crate) help: Option<HelpWait>,
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
            comfort: Comfort::default(),
            headset: false,
            guest: 0,
            help: None,
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

    /// How whoever stands here wants the screen.
    #[must_use]
    pub const fn comfort(&self) -> Comfort {
        self.comfort
    }

    /// Whether a headset is plugged in, so that one person alone hears.
    #[must_use]
    pub const fn has_headset(&self) -> bool {
        self.headset
    }

    /// Which guest stands here, counted from the start: what holds for one person's use ends with it.
    #[must_use]
    pub const fn guest(&self) -> u64 {
        self.guest
    }

    /// The ring for help of whoever stands here.
    #[must_use]
    pub const fn help(&self) -> Option<HelpWait> {
        self.help
    }

    /// The times of the walk.
    #[must_use]
    pub const fn rules(&self) -> &WalkRules {
        &self.rules
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
            WalkInput::Chosen(press) => self.choose_by_ear(press, now),
            WalkInput::Scanned(code) => self.scanned(code, now),
            WalkInput::CheckedIn(intent, answer) => self.checked_in(intent, *answer, now),
            WalkInput::TicketGiven(intent, ticket) => self.given(intent, *ticket, None, false, now),
            WalkInput::Refused(intent, problem) => self.refused(intent, &problem, now),
            WalkInput::NoAnswer(intent) => self.unanswered(intent, now),
            WalkInput::Times(intent, times) => self.take_times(intent, *times, now),
            WalkInput::Rebooked(intent, booked) => self.rebooked(intent, *booked, now),
            WalkInput::TimeFixed(intent, answer) => self.time_fixed(intent, *answer, now),
            WalkInput::HelpRung(ring) => self.help_comes_to(ring, HelpStage::Rung),
            WalkInput::HelpComing(ring) => self.help_comes_to(ring, HelpStage::Coming),
            WalkInput::Headset(plugged) => self.take_headset(plugged, now),
            WalkInput::Stirred => self.stir(now),
            WalkInput::Printed(job) => self.printed(job, PrintState::Printed, now),
            WalkInput::Unconfirmed(job) => self.printed(job, PrintState::Unconfirmed, now),
            WalkInput::NotPrinted(job) => self.printed(job, PrintState::NotPrinted, now),
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
        let told = self.help.filter(HelpWait::waits).map(|help| help.since + self.rules.help);
        let idle = self.patience().map(|patience| self.since() + patience);
        told.into_iter().chain(idle).min()
    }

    /// Whoever is read to needs more time.
    fn patience(&self) -> Option<Duration> {
        let factor = if self.comfort.listen { self.rules.listening_factor } else { 1 };
        self.station.patience(&self.rules).map(|patience| patience * factor)
    }

    fn since(&self) -> Duration {
        self.touched.max(self.changed)
    }

    pub(crate) fn go(&mut self, station: Station, now: Duration) {
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
        self.comfort = Comfort { large: false, contrast: false, low: false, listen: self.headset };
        self.help = None;
        self.guest += 1;
    }

    /// Speaks a booking's own language to whoever has chosen none.
    const fn speak(&mut self, booked_in: Language) {
        if !self.chose_language {
            self.language = booked_in;
        }
    }

    fn press(&mut self, press: Press, now: Duration) -> Vec<WalkAction> {
        // A second touch that was meant for the screen before, or that a trembling hand made, does nothing (K22).
        let is_new = now.saturating_sub(self.changed) < self.rules.settle && self.changed > Duration::ZERO;
        if self.trembles(&press, now) || is_new { Vec::new() } else { self.obey(press, now) }
    }

    /// The same by ear. A new screen forgets where somebody stood, so what they chose was heard on this one, and is meant for
    /// it however new it is.
    fn choose_by_ear(&mut self, press: Press, now: Duration) -> Vec<WalkAction> {
        if self.trembles(&press, now) { Vec::new() } else { self.obey(press, now) }
    }

    /// Whether this is the press before once more, which a trembling hand makes (K22).
    fn trembles(&mut self, press: &Press, now: Duration) -> bool {
        let window = if matches!(press, Press::Key(_)) { self.rules.same_key } else { self.rules.same_press };
        let again = self.last_press.replace((press.clone(), now));
        again.is_some_and(|(last, at)| last == *press && now.saturating_sub(at) < window)
    }

    fn obey(&mut self, press: Press, now: Duration) -> Vec<WalkAction> {
        self.touched = now;
        if self.asked.take().is_some() {
            // Whatever was pressed says that somebody is there; it is not taken for more than that.
            return Vec::new();
        }
        match press {
            Press::Language(language) => (self.language, self.chose_language) = (language, true),
            Press::StillHere => {}
            Press::Ease(ease) => self.turn(ease),
            Press::Help => return self.ring(now),
            Press::NoHelp => return self.end_help(now),
            Press::Home | Press::Noted if self.station.holds_on() => {}
            Press::Home | Press::Noted => self.go_home(now),
            press => return self.step(press, now),
        }
        Vec::new()
    }

    /// Makes the screen easier in a way, or no longer.
    const fn turn(&mut self, ease: Ease) {
        self.comfort = self.comfort.with(ease, !self.comfort.has(ease));
    }

    /// Rings for somebody to come; one who rang already is shown how far that has come.
    fn ring(&mut self, now: Duration) -> Vec<WalkAction> {
        if self.station.is_busy() || matches!(self.station, Station::Helped { .. }) {
            return Vec::new();
        }
        let before = Box::new(std::mem::replace(&mut self.station, Station::Welcome));
        self.go(Station::Helped { before }, now);
        if self.help.is_some_and(|help| help.stage != HelpStage::Unheard) {
            return Vec::new();
        }
        let ring = self.intend();
        let heard = self.link == LinkState::Live;
        let stage = if heard { HelpStage::Ringing } else { HelpStage::Unheard };
        self.help = Some(HelpWait { ring, since: now, stage });
        if heard { vec![WalkAction::RingForHelp(ring)] } else { Vec::new() }
    }

    fn end_help(&mut self, now: Duration) -> Vec<WalkAction> {
        let Some(help) = self.help.take() else { return Vec::new() };
        if !matches!(self.station, Station::Helped { .. }) {
            return vec![WalkAction::EndHelp(help.ring)];
        }
        if let Station::Helped { before } = std::mem::replace(&mut self.station, Station::Welcome) {
            self.go(*before, now);
        }
        vec![WalkAction::EndHelp(help.ring)]
    }

    fn help_comes_to(&mut self, ring: u64, stage: HelpStage) -> Vec<WalkAction> {
        if let Some(help) = self.help.as_mut().filter(|help| help.ring == ring && help.stage != HelpStage::Coming) {
            help.stage = stage;
        }
        Vec::new()
    }

    fn take_headset(&mut self, plugged: bool, now: Duration) -> Vec<WalkAction> {
        (self.headset, self.comfort.listen) = (plugged, plugged);
        self.stir(now)
    }

    /// Somebody is there: what was asked about that is answered.
    fn stir(&mut self, now: Duration) -> Vec<WalkAction> {
        self.touched = now;
        self.asked = None;
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
        // Large letters leave room for two of three.
        let fits = |count: usize| if self.comfort.large { (count - count / 3).max(1) } else { count };
        let on_one = fits(self.rules.services_on_a_page);
        if all <= on_one { on_one } else { fits(self.rules.services_on_a_page_of_many).max(1) }
    }

    pub(crate) fn choose(&mut self, key: String, now: Duration) {
        let Some(service) = self.service(&key) else {
            return self.refuse(ProblemCode::UnknownService, None, None, None, now);
        };
        match service.availability {
            Availability::Now { .. } => self.go(Station::Service { key }, now),
            Availability::BookingRequired => self.go(Station::CouldNotBook { key }, now),
            Availability::NoTimeLeft => self.refuse(ProblemCode::NoTimeLeft, None, None, None, now),
            Availability::Suspended { until } => self.refuse(ProblemCode::Suspended, until, None, None, now),
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
        if self.station.print().is_some() || matches!(self.station, Station::BookAnew) {
            self.greet_the_next();
        }
        self.check_in(code, None, now)
    }

    pub(crate) fn check_in(&mut self, code: String, late: Option<LateChoice>, now: Duration) -> Vec<WalkAction> {
        let intent = self.intend();
        let request = CheckInRequest { code, language: self.chose_language.then_some(self.language), late };
        self.go(Station::CheckingIn { intent, request: request.clone() }, now);
        vec![WalkAction::CheckIn(intent, request)]
    }

    /// Asks the question; where none is left, the hub is asked for the ticket.
    pub(crate) fn ask(&mut self, question: Option<Question>, request: TicketRequest, now: Duration) -> Vec<WalkAction> {
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
    pub(crate) fn try_again(&mut self, retry: Retry, now: Duration) -> Vec<WalkAction> {
        match retry {
            Retry::CheckIn { intent, request } => {
                self.go(Station::CheckingIn { intent, request: request.clone() }, now);
                vec![WalkAction::CheckIn(intent, request)]
            }
            Retry::Ticket { intent, request } => {
                self.go(Station::TakingTicket { intent, request: request.clone() }, now);
                vec![WalkAction::TakeTicket(intent, request)]
            }
            Retry::Rebook { intent, request } => {
                self.go(Station::Rebooking { intent, request: request.clone() }, now);
                vec![WalkAction::Rebook(intent, request)]
            }
            // It is only a look: the code is checked in again, which leads back to the choice.
            Retry::Times { query } => self.check_in(query.code, None, now),
        }
    }

    pub(crate) const fn intend(&mut self) -> u64 {
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
                // Without the hub nobody asks what only the hub can note; who says nothing may be called early.
                early: ticket.local.then_some(true),
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
                let Problem { at: booked_for, wait, .. } = *problem;
                self.go(Station::Late { code: request.code, booked_for, wait }, now);
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
            // The number is theirs; only the gap is gone.
            (Station::FixingTime { given, .. }, _) => self.go(*given, now),
            (Station::CheckingIn { request, .. }, code) => {
                let typed = (request.code.len() == wire::REFERENCE_CHARACTERS).then_some(request.code);
                self.refuse(code, problem.at, None, typed, now);
            }
            (_, code) => self.refuse(code, problem.at, None, None, now),
        }
        Vec::new()
    }

    fn unanswered(&mut self, intent: u64, now: Duration) -> Vec<WalkAction> {
        self.help_comes_to(intent, HelpStage::Unheard);
        if self.station.intent() != Some(intent) {
            return Vec::new();
        }
        if let Station::FixingTime { given, .. } = &self.station {
            let given = given.as_ref().clone();
            self.go(given, now);
        } else {
            let retry = self.station.retry();
            self.refuse(ProblemCode::Unavailable, None, retry, None, now);
        }
        Vec::new()
    }

    pub(crate) fn refuse(
        &mut self,
        code: ProblemCode,
        about: Option<DateTime<Utc>>,
        retry: Option<Retry>,
        typed: Option<String>,
        now: Duration,
    ) {
        self.go(Station::Refused { code, about, retry, typed }, now);
    }

    fn printed(&mut self, done: u64, how: PrintState, now: Duration) -> Vec<WalkAction> {
        if note_print(&mut self.station, done, how) {
            self.changed = now;
        }
        Vec::new()
    }

    fn take_times(&mut self, intent: u64, times: RebookingTimes, now: Duration) -> Vec<WalkAction> {
        if self.station.intent() != Some(intent) {
            return Vec::new();
        }
        if let Station::SeekingTimes { query, late, .. } = std::mem::replace(&mut self.station, Station::Welcome) {
            // Where nothing can be had, today's is still theirs to keep or to give up.
            let none = times.slots.is_empty();
            match (*late, none) {
                (Station::Late { code, booked_for, wait }, true) => {
                    self.go(Station::GiveUp { code, booked_for, wait }, now);
                }
                (late, _) => {
                    self.go(Station::Times { code: query.code, times, page: 0, late: Box::new(late) }, now);
                }
            }
        }
        Vec::new()
    }

    fn rebooked(&mut self, intent: u64, booked: RebookingAnswer, now: Duration) -> Vec<WalkAction> {
        if self.station.intent() != Some(intent) {
            return Vec::new();
        }
        let print = PrintState::Printing;
        self.go(Station::Rebooked { job: intent, booked: Box::new(booked.clone()), print }, now);
        vec![WalkAction::PrintSlip(intent, Box::new(booked))]
    }

    /// The number stays, and is printed once more with its time.
    fn time_fixed(&mut self, intent: u64, answer: CheckInAnswer, now: Duration) -> Vec<WalkAction> {
        if self.station.intent() != Some(intent) {
            return Vec::new();
        }
        let ticket = answer.ticket;
        let given = Station::Given {
            job: intent,
            ticket: Box::new(ticket.clone()),
            standing: Some(wire::Standing::InTime),
            again: false,
            print: PrintState::Printing,
            early: Some(false),
        };
        self.go(given, now);
        vec![WalkAction::Print(intent, Box::new(ticket))]
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
        if let Some(help) = self.help.as_mut().filter(|help| help.waits() && now >= help.since + self.rules.help) {
            help.stage = HelpStage::Waited;
        }
        let Some(patience) = self.patience() else { return Vec::new() };
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

/// Notes how a print fared, wherever its paper belongs; false where it is nobody's any more.
fn note_print(station: &mut Station, done: u64, how: PrintState) -> bool {
    match station {
        Station::Given { job, print, .. } | Station::Rebooked { job, print, .. }
            if *job == done && *print == PrintState::Printing =>
        {
            *print = how;
            true
        }
        Station::Wishes { given, .. } | Station::FixingTime { given, .. } => note_print(given, done, how),
        Station::Helped { before } => note_print(before, done, how),
        Station::Given { .. }
        | Station::Rebooked { .. }
        | Station::Welcome
        | Station::NotSure
        | Station::Code { .. }
        | Station::CheckingIn { .. }
        | Station::Late { .. }
        | Station::SeekingTimes { .. }
        | Station::Times { .. }
        | Station::Rebooking { .. }
        | Station::GiveUp { .. }
        | Station::BookAnew
        | Station::Services { .. }
        | Station::Service { .. }
        | Station::Party { .. }
        | Station::Needs { .. }
        | Station::CouldNotBook { .. }
        | Station::Question { .. }
        | Station::TakingTicket { .. }
        | Station::Refused { .. } => false,
    }
}
