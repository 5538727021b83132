//! Where a citizen can be in the walk; each place carries exactly what belongs to it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use wire::{
    CheckInRequest, MinuteRange, Needs, ProblemCode, RebookingAnswer, RebookingQuery, RebookingRequest, RebookingTimes,
    Standing, TicketAnswer, TicketRequest,
};

use crate::{question::Question, rules::WalkRules};

/// A place in the walk.
#[derive(Debug, Clone, PartialEq)]
pub enum Station {
    /// Nobody is here, or somebody has just come.
    Welcome,
    /// Does not know what they need, or needs help (FLD-38).
    NotSure,
    /// Waits for somebody to come.
    Helped {
        /// Where they were before.
        before: Box<Station>,
    },
    /// Scans or types the code.
    Code {
        /// What was typed so far.
        typed: String,
    },
    /// The hub is asked to check in.
    CheckingIn {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: CheckInRequest,
    },
    /// The booked time has passed: after the others, or anew?
    Late {
        /// The code of the booking, as it was typed or read.
        code: String,
        /// The time that has passed.
        booked_for: Option<DateTime<Utc>>,
        /// How long the wait would be today.
        wait: Option<MinuteRange>,
    },
    /// The hub is asked which times can be had instead.
    SeekingTimes {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        query: RebookingQuery,
        /// Where they were before.
        late: Box<Station>,
    },
    /// Chooses another time; until then today's stays.
    Times {
        /// The code of the booking, as it was typed or read.
        code: String,
        /// What can be had.
        times: RebookingTimes,
        /// The page of the list.
        page: usize,
        /// Where they were before.
        late: Box<Station>,
    },
    /// The hub is asked to give the booking another time.
    Rebooking {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: RebookingRequest,
    },
    /// Has another time.
    Rebooked {
        /// Names the print of the slip.
        job: u64,
        /// What the slip says.
        booked: Box<RebookingAnswer>,
        /// How its printing fares.
        print: PrintState,
    },
    /// Wants a new booking, and is asked whether today's is to be cancelled: it cannot be had back.
    GiveUp {
        /// The code of the booking, as it was typed or read.
        code: String,
        /// The time that has passed.
        booked_for: Option<DateTime<Utc>>,
        /// How long the wait would be today.
        wait: Option<MinuteRange>,
    },
    /// The booking was given up.
    BookAnew,
    /// Chooses a service.
    Services {
        /// The page of the list.
        page: usize,
    },
    /// Reads what to bring and how long it takes.
    Service {
        /// The service's key.
        key: String,
    },
    /// Says how many they are, and with how many cases (FLD-32).
    Party {
        /// What the hub will be asked for.
        request: TicketRequest,
    },
    /// Says what they need (FLD-34).
    Needs {
        /// What the hub will be asked for.
        request: TicketRequest,
    },
    /// The service wants a booking; who could not book says so.
    CouldNotBook {
        /// The service's key.
        key: String,
    },
    /// Is asked something before the ticket.
    Question {
        /// Which question is asked.
        question: Question,
        /// What the hub will be asked for, with the answers so far. Its language is that of whoever answers last.
        request: TicketRequest,
    },
    /// The hub is asked for a ticket.
    TakingTicket {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: TicketRequest,
    },
    /// Has a number.
    Given {
        /// Names the print.
        job: u64,
        /// What is printed and shown.
        ticket: Box<TicketAnswer>,
        /// How the arrival stands to the promised time, for a booking.
        standing: Option<Standing>,
        /// Whether this booking was checked in before.
        again: bool,
        /// How its printing fares.
        print: PrintState,
        /// Whether they may be called before their time; none until they have answered.
        early: Option<bool>,
    },
    /// Has a number, and says that they need help or priority service.
    Wishes {
        /// Where they were before.
        given: Box<Station>,
        /// Whether priority service is asked for.
        priority: bool,
        /// What they need.
        needs: Needs,
    },
    /// The hub is asked for a gap as a fixed time.
    FixingTime {
        /// By which the answer is known.
        intent: u64,
        /// Which gap.
        start: DateTime<Utc>,
        /// Where they were before.
        given: Box<Station>,
    },
    /// Was told no, and what to do next.
    Refused {
        /// The reason, as the hub names it.
        code: ProblemCode,
        /// A time that the sentence speaks of.
        about: Option<DateTime<Utc>>,
        /// What can be tried again.
        retry: Option<Retry>,
        /// The code, where somebody typed one.
        typed: Option<String>,
    },
}

/// How the printing of a ticket fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PrintState {
    /// In the printer.
    Printing,
    /// In the citizen's hand.
    Printed,
    /// Perhaps in the citizen's hand: the printer does not say.
    Unconfirmed,
    /// There is none: the number is on the screen.
    NotPrinted,
}

/// A command that was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retry {
    /// Somebody wanted to check in.
    CheckIn {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: CheckInRequest,
    },
    /// Somebody wanted a ticket.
    Ticket {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: TicketRequest,
    },
    /// Somebody wanted another time.
    Rebook {
        /// By which the answer is known.
        intent: u64,
        /// What was asked.
        request: RebookingRequest,
    },
    /// Somebody wanted to see which other times there are.
    Times {
        /// What was asked.
        query: RebookingQuery,
    },
}

/// A screen; each has a file of its own in `kiosk/src/ui`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum KioskScreen {
    /// Nothing is known yet.
    #[default]
    Starting,
    /// Shows the code for the administrator.
    Pairing,
    /// The hub is away.
    Away,
    /// Whoever answers is not the kiosk's hub, or does not know it.
    Estranged,
    /// The office is closed.
    Closed,
    /// Tickets are suspended.
    Suspended,
    /// Have you an appointment?
    Welcome,
    /// What can somebody do who does not know?
    NotSure,
    /// Somebody is coming.
    Help,
    /// Scan or type.
    Code,
    /// A moment, please.
    Wait,
    /// The time has passed.
    Late,
    /// Which other time?
    Times,
    /// The other time.
    Rebooked,
    /// Is today's booking to be cancelled?
    GiveUp,
    /// The booking was given up.
    BookAnew,
    /// Which service?
    Services,
    /// What to bring.
    Service,
    /// The service wants a booking.
    CouldNotBook,
    /// How many?
    Party,
    /// What is needed?
    Needs,
    /// A question of the table.
    Question,
    /// May we call before the time?
    Early,
    /// Help or priority service, for whoever has a number.
    Wishes,
    /// The number.
    Given,
    /// No, and what to do next.
    Refused,
}

impl Station {
    /// The screen of this place.
    #[must_use]
    pub const fn screen(&self) -> KioskScreen {
        match self {
            Self::Welcome => KioskScreen::Welcome,
            Self::Code { .. } => KioskScreen::Code,
            Self::CheckingIn { .. }
            | Self::TakingTicket { .. }
            | Self::SeekingTimes { .. }
            | Self::Rebooking { .. }
            | Self::FixingTime { .. } => KioskScreen::Wait,
            Self::NotSure => KioskScreen::NotSure,
            Self::Helped { .. } => KioskScreen::Help,
            Self::Times { .. } => KioskScreen::Times,
            Self::Rebooked { .. } => KioskScreen::Rebooked,
            Self::Party { .. } => KioskScreen::Party,
            Self::Needs { .. } => KioskScreen::Needs,
            Self::Wishes { .. } => KioskScreen::Wishes,
            Self::Late { .. } => KioskScreen::Late,
            Self::GiveUp { .. } => KioskScreen::GiveUp,
            Self::BookAnew => KioskScreen::BookAnew,
            Self::Services { .. } => KioskScreen::Services,
            Self::Service { .. } => KioskScreen::Service,
            Self::CouldNotBook { .. } => KioskScreen::CouldNotBook,
            Self::Question { .. } => KioskScreen::Question,
            Self::Given { standing: Some(Standing::Early), early: None, again: false, .. } => KioskScreen::Early,
            Self::Given { .. } => KioskScreen::Given,
            Self::Refused { .. } => KioskScreen::Refused,
        }
    }

    /// The key of the service that was chosen and is not yet asked for.
    pub(crate) const fn chosen(&self) -> Option<&String> {
        match self {
            Self::Service { key } | Self::CouldNotBook { key } => Some(key),
            Self::Question { request, .. } | Self::Party { request } | Self::Needs { request } => {
                Some(&request.service)
            }
            Self::Welcome
            | Self::NotSure
            | Self::Helped { .. }
            | Self::SeekingTimes { .. }
            | Self::Times { .. }
            | Self::Rebooking { .. }
            | Self::Rebooked { .. }
            | Self::Wishes { .. }
            | Self::FixingTime { .. }
            | Self::Code { .. }
            | Self::CheckingIn { .. }
            | Self::Late { .. }
            | Self::GiveUp { .. }
            | Self::BookAnew
            | Self::Services { .. }
            | Self::TakingTicket { .. }
            | Self::Given { .. }
            | Self::Refused { .. } => None,
        }
    }

    /// The intent that waits for an answer.
    pub(crate) const fn intent(&self) -> Option<u64> {
        match self {
            Self::CheckingIn { intent, .. }
            | Self::TakingTicket { intent, .. }
            | Self::SeekingTimes { intent, .. }
            | Self::Rebooking { intent, .. }
            | Self::FixingTime { intent, .. } => Some(*intent),
            Self::Welcome
            | Self::NotSure
            | Self::Helped { .. }
            | Self::Code { .. }
            | Self::Late { .. }
            | Self::Times { .. }
            | Self::Rebooked { .. }
            | Self::GiveUp { .. }
            | Self::BookAnew
            | Self::Services { .. }
            | Self::Service { .. }
            | Self::Party { .. }
            | Self::Needs { .. }
            | Self::CouldNotBook { .. }
            | Self::Question { .. }
            | Self::Given { .. }
            | Self::Wishes { .. }
            | Self::Refused { .. } => None,
        }
    }

    /// Whether the hub is being asked.
    pub(crate) const fn is_busy(&self) -> bool {
        self.intent().is_some()
    }

    /// Whether it stays when the hub is lost: a number that was given, and a question that is under way.
    pub(crate) fn outlives_the_link(&self) -> bool {
        let holds = matches!(
            self,
            Self::Given { .. }
                | Self::Wishes { .. }
                | Self::Rebooked { .. }
                | Self::Helped { .. }
                | Self::Refused { retry: Some(_), .. }
        );
        self.is_busy() || holds
    }

    /// Whether nobody can leave it: an answer is under way, or it is not yet known whether the number is on paper.
    pub(crate) fn holds_on(&self) -> bool {
        self.is_busy() || self.print() == Some(PrintState::Printing)
    }

    /// Whether a number is on the screen and on no paper.
    pub(crate) fn keeps_a_number(&self) -> bool {
        match self.print() {
            Some(PrintState::NotPrinted | PrintState::Printing) => true,
            Some(PrintState::Printed | PrintState::Unconfirmed) | None => false,
        }
    }

    /// How the printing of what is in hand fares.
    pub(crate) fn print(&self) -> Option<PrintState> {
        match self {
            Self::Given { print, .. } | Self::Rebooked { print, .. } => Some(*print),
            Self::Wishes { given, .. } | Self::FixingTime { given, .. } => given.print(),
            Self::Welcome
            | Self::NotSure
            | Self::Helped { .. }
            | Self::Code { .. }
            | Self::CheckingIn { .. }
            | Self::Late { .. }
            | Self::SeekingTimes { .. }
            | Self::Times { .. }
            | Self::Rebooking { .. }
            | Self::GiveUp { .. }
            | Self::BookAnew
            | Self::Services { .. }
            | Self::Service { .. }
            | Self::Party { .. }
            | Self::Needs { .. }
            | Self::CouldNotBook { .. }
            | Self::Question { .. }
            | Self::TakingTicket { .. }
            | Self::Refused { .. } => None,
        }
    }

    /// After how long without a touch something happens; never, where nobody is or the hub is being asked.
    pub(crate) fn patience(&self, rules: &WalkRules) -> Option<Duration> {
        if matches!(self, Self::Welcome) || self.holds_on() {
            return None;
        }
        Some(match self.print() {
            // What was asked besides is answered first, or its question is over.
            Some(PrintState::Printed) if self.screen() != KioskScreen::Given => rules.idle,
            Some(PrintState::Printed) => rules.printed,
            // A printer that never says whether it printed would keep the next in line waiting for minutes.
            Some(PrintState::Unconfirmed) => rules.idle,
            Some(PrintState::NotPrinted) => rules.noted,
            Some(PrintState::Printing) | None if matches!(self, Self::Helped { .. }) => rules.noted,
            Some(PrintState::Printing) | None => rules.idle,
        })
    }

    /// Whether it goes home without asking first: the ticket is in hand, or its number had its time.
    pub(crate) fn leaves_unasked(&self) -> bool {
        let asks_besides = matches!(self.screen(), KioskScreen::Early | KioskScreen::Wishes);
        self.print().is_some() && !asks_besides
    }

    /// One step back.
    pub(crate) fn before(self) -> Self {
        match self {
            Self::Service { .. } | Self::CouldNotBook { .. } => Self::Services { page: 0 },
            Self::Party { request } => Self::Service { key: request.service },
            Self::Needs { request } => Self::Question { question: Question::Priority, request },
            Self::Question { question, request } => match question.before() {
                Some(question) => Self::Question { question, request },
                None if request.could_not_book => Self::CouldNotBook { key: request.service },
                None => Self::Service { key: request.service },
            },
            Self::Late { .. } => Self::Code { typed: String::new() },
            Self::GiveUp { code, booked_for, wait } => Self::Late { code, booked_for, wait },
            Self::Times { late, .. } => *late,
            Self::Wishes { given, .. } => *given,
            Self::Helped { before } => *before,
            station @ (Self::CheckingIn { .. }
            | Self::TakingTicket { .. }
            | Self::SeekingTimes { .. }
            | Self::Rebooking { .. }
            | Self::FixingTime { .. }
            | Self::Rebooked { .. }
            | Self::Given { .. }) => station,
            Self::Welcome
            | Self::NotSure
            | Self::Code { .. }
            | Self::BookAnew
            | Self::Services { .. }
            | Self::Refused { .. } => Self::Welcome,
        }
    }

    /// What can be tried again when there was no answer.
    pub(crate) fn retry(&self) -> Option<Retry> {
        match self {
            Self::CheckingIn { intent, request } => Some(Retry::CheckIn { intent: *intent, request: request.clone() }),
            Self::TakingTicket { intent, request } => Some(Retry::Ticket { intent: *intent, request: request.clone() }),
            Self::Rebooking { intent, request } => Some(Retry::Rebook { intent: *intent, request: request.clone() }),
            Self::SeekingTimes { query, .. } => Some(Retry::Times { query: query.clone() }),
            Self::Welcome
            | Self::NotSure
            | Self::Helped { .. }
            | Self::Code { .. }
            | Self::Late { .. }
            | Self::Times { .. }
            | Self::Rebooked { .. }
            | Self::GiveUp { .. }
            | Self::BookAnew
            | Self::Services { .. }
            | Self::Service { .. }
            | Self::Party { .. }
            | Self::Needs { .. }
            | Self::CouldNotBook { .. }
            | Self::Question { .. }
            | Self::FixingTime { .. }
            | Self::Given { .. }
            | Self::Wishes { .. }
            | Self::Refused { .. } => None,
        }
    }
}
